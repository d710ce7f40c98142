//! Cost figures worked out by hand, and sums that must agree.

mod position;

use super::*;
use crate::analysis::measure::{Measure, Undefined};
use crate::base::money::Money;
use crate::model::testing::{TestTables, told};

const LEDGER: &str = "Entry ID | Posting date | Initiative | Category | Type | Amount | Currency";

fn tables() -> TestTables {
    TestTables::new()
        .with("Initiatives", "Initiative ID | Name | Currency | Approved budget", &["I1 | One | GBP | 400", "I2 | Two | EUR |"])
        .with(
            "FX rates",
            "From | To | Kind | Period | Rate",
            &["EUR | GBP | average | 2026-10 | 0.90", "EUR | GBP | budget | 2026-01 | 0.85"],
        )
        .with(
            "Budgets",
            "Initiative | Category | Capex/Opex | Period | Amount",
            &[
                "I1 | Labour | opex | 2026-09 | 100",
                "I1 | Labour | opex | 2026-10 | 100",
                "I1 | Labour | opex | 2026-11 | 100",
                "I1 | Labour | opex | 2027-01 | 50",
                "I2 | Services | opex | 2026-10 | 200",
            ],
        )
        .with(
            "Forecast",
            "Initiative | Category | Period | Amount",
            &["I1 | Labour | 2026-10 | 99", "I1 | Labour | 2026-11 | 130", "I1 | Labour | 2027-01 | 70"],
        )
        .with(
            "Actuals",
            LEDGER,
            &[
                "E1 | 2026-09-10 | I1 | Labour | actual | 90 |",
                "E2 | 2026-10-10 | I1 | Labour | actual | 60 |",
                "E3 | 2026-10-11 | I1 | Labour | accrual | 30 |",
                "E4 | 2026-10-12 | I1 | Labour | reversal | -10 |",
                "E5 | 2026-10-12 | I2 | Services | actual | 100.01 |",
                "E6 | 2026-10-12 | | Travel | actual | 5 |",
                "E7 | 2026-09-01 | I1 | Labour | commitment | 500 |",
                "E8 | 2026-10-10 | I1 | Labour | commitment release | -120 |",
            ],
        )
}

fn at(as_of: &str) -> (CostPosition, Findings) {
    let (portfolio, _) = tables().build(as_of);
    cost_position(&portfolio, &BTreeMap::from([(InitiativeId::new("I1"), "360.5".parse().expect("a number"))]), &[])
}

fn shown(figure: Measure<Money>) -> String {
    figure.map_or_else(|why| why.reason().to_string(), |money| money.amount().to_string())
}

fn figures(of: &Figures) -> String {
    [of.budget, of.actual, of.accrued, of.exchange_effect, of.to_come, of.outlook, of.variance].map(shown).join(" ")
}

#[test]
fn an_initiative_in_its_windows() {
    let (position, _) = at("2026-10-31");
    let one = &position.initiatives[0].reporting;
    assert_eq!(figures(&one.month), "100.00 80.00 20.00 0.00 0.00 80.00 -20.00");
    assert_eq!(figures(&one.year_to_date), "200.00 170.00 20.00 0.00 0.00 170.00 -30.00");
    assert_eq!(figures(&one.full_year), "300.00 170.00 20.00 0.00 130.00 300.00 0.00");
    assert_eq!(figures(&one.life), "350.00 170.00 20.00 0.00 200.00 370.00 20.00");
    assert_eq!(shown(one.open_commitments), "380.00");
    assert_eq!(one.year_to_date.variance_share, Ok(-0.15));
}

#[test]
fn another_currency_is_converted_once_and_its_effect_told() {
    let (position, _) = at("2026-10-31");
    let two = &position.initiatives[1];
    // 200 × 0.85; 100.01 × 0.90 = 90.009; 100.01 × 0.85 = 85.0085.
    assert_eq!(figures(&two.reporting.month), "170.00 90.01 0.00 5.00 no forecast no forecast -79.99");
    assert_eq!(figures(&two.own.month), "200.00 100.01 0.00 0.00 no forecast no forecast -99.99");
    assert_eq!(figures(&position.total.month), "270.00 175.01 20.00 5.00 0.00 175.01 -94.99");
    assert_eq!(shown(position.unassigned.month.actual), "5.00");
    assert_eq!(position.unassigned.month.budget, Err(Undefined::NoBudget));
    let categories: Vec<&str> = position.categories.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(categories, ["Labour", "Services", "Travel"]);
    let c = position.coverage;
    assert_eq!((c.initiatives, c.with_budget, c.with_actual_cost, c.with_forecast, c.converted, c.amounts), (2, 2, 2, 1, 16, 16));
}

#[test]
fn a_period_that_is_cut_adds_what_its_forecast_has_above_its_cost() {
    let (position, _) = at("2026-10-20");
    assert!(position.period_incomplete);
    // Forecast of October 99, spent 80: 19 to come, and November's 130.
    assert_eq!(figures(&position.initiatives[0].reporting.full_year), "300.00 170.00 20.00 0.00 149.00 319.00 19.00");
}

#[test]
fn budget_and_plan_are_bridged_and_the_ledger_agrees() {
    let (position, findings) = at("2026-10-31");
    let bridge = &position.bridges[0];
    assert_eq!(
        [bridge.approved, bridge.budget, bridge.budget_at_completion, bridge.difference].map(shown).join(" "),
        "400.00 350.00 360.50 -10.50"
    );
    assert!(position.ledger_checks.iter().all(|check| check.residual().is_zero()));
    assert_eq!(position.ledger_checks.len(), 2);
    // The outlook, 370, leaves out part of 170 spent and 380 on order; -15 % asks for words, and so does I2's -47 %.
    assert_eq!(
        told(&findings),
        [
            "A100 Initiatives 2:2: 370.00 GBP for I1",
            "A101 Initiatives 2:2: none on I1, -15.0 % against budget",
            "A101 Initiatives 3:3: none on I2, -47.1 % against budget"
        ]
    );
}

#[test]
fn what_is_missing_is_never_zero() {
    let (portfolio, _) = TestTables::new()
        .with("Initiatives", "Initiative ID | Name | Currency", &["I1 | One | EUR"])
        .with("Budgets", "Initiative | Category | Capex/Opex | Period | Amount", &["I1 | Labour | opex | 2026-10 | 100"])
        .build("2026-10-31");
    let (position, _) = cost_position(&portfolio, &BTreeMap::new(), &[]);
    let one = &position.initiatives[0];
    assert_eq!(one.reporting.month.budget, Err(Undefined::NoExchangeRate));
    assert_eq!(shown(one.own.month.budget), "100.00");
    assert_eq!(one.own.month.actual, Err(Undefined::NoTable));
    assert_eq!(one.own.full_year.outlook, Err(Undefined::NoTable));
    assert_eq!(position.cube.unconverted.len(), 1);
    assert_eq!((position.coverage.converted, position.coverage.amounts), (0, 1));
    assert_eq!(position.bridges[0].budget_at_completion, Err(Undefined::NoBudget));
}

mod sums {
    use super::*;
    use proptest::prelude::*;

    fn line() -> impl Strategy<Value = String> {
        let date = prop::sample::select(vec!["2025-12-31", "2026-09-30", "2026-10-31"]);
        let initiative = prop::sample::select(vec!["", "I1", "I2"]);
        let category = prop::sample::select(vec!["", "Labour", "Travel"]);
        let kind = prop::sample::select(vec!["actual", "accrual", "reversal", "commitment"]);
        let currency = prop::sample::select(vec!["GBP", "EUR"]);
        (date, initiative, category, kind, -99_999i64..99_999, currency).prop_map(
            |(date, initiative, category, kind, minor, currency)| {
                format!("| {date} | {initiative} | {category} | {kind} | {} | {currency}", Decimal::new(minor, 2))
            },
        )
    }

    const BUDGETS: [&str; 3] = [
        "I1 | 1.1 | Labour | capex | 2026-09 | 100.005 | EUR",
        "I1 | 2 | Labour | opex | 2026-09 | 33.335 | EUR",
        "I2 | | Travel | opex | 2026-10 | 70 | GBP",
    ];
    const FORECAST: [&str; 3] = [
        "I1 | 1.2 | Labour | 2026-11 | 50.005 | EUR",
        "I1 | 2 | Labour | 2026-11 | 20.005 | EUR",
        "I2 | 1 | Labour | 2026-12 | 300 | GBP",
    ];

    /// Every dimension adds up to the same total; variances are their local part and exchange.
    fn dimensions_add_up(position: &CostPosition) -> Result<(), TestCaseError> {
        let minor = |measure: Measure<Money>| measure.map_or(0, |money| money.minor);
        let picks: [fn(&PositionLine) -> Measure<Money>; 6] = [
            |line| line.original,
            |line| line.actual,
            |line| line.accrued,
            |line| line.to_come,
            |line| line.budget,
            |line| line.estimate_at_completion,
        ];
        for group in &position.groups {
            for pick in picks {
                let sum: i64 = group.lines.iter().map(|(_, line)| minor(pick(line))).sum();
                prop_assert_eq!(sum, minor(pick(&group.total)), "{:?}", group.dimension);
            }
            prop_assert_eq!(&group.total, &position.groups[0].total);
        }
        for windows in position.initiatives.iter().map(|each| &each.reporting).chain([&position.total]) {
            for window in Window::ALL {
                let figures = windows.of(window);
                let parts = minor(figures.local_effect) + minor(figures.exchange_effect);
                prop_assert_eq!(parts, minor(figures.variance));
            }
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn parts_add_up_to_the_whole(lines in prop::collection::vec(line(), 1..40)) {
            let rows: Vec<String> = lines.iter().enumerate().map(|(number, line)| format!("E{number} {line}")).collect();
            let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
            let rates = ["EUR | GBP | budget | 2025-12 | 0.85", "EUR | GBP | closing | 2026-10 | 0.8003", "EUR | GBP | average | 2025-12 | 0.8371", "EUR | GBP | average | 2026-09 | 0.8913", "EUR | GBP | average | 2026-10 | 0.9077"];
            let (portfolio, _) = TestTables::new()
                .with("Initiatives", "Initiative ID | Name", &["I1 | One", "I2 | Two"])
                .with("FX rates", "From | To | Kind | Period | Rate", &rates)
                .with("Actuals", LEDGER, &rows)
                .with("Budgets", "Initiative | Activity or WBS | Category | Capex/Opex | Period | Amount | Currency", &BUDGETS)
                .with("Forecast", "Initiative | WBS | Category | Period | Amount | Currency", &FORECAST)
                .build("2026-10-31");
            let (position, _) = cost_position(&portfolio, &BTreeMap::new(), &[]);
            prop_assert!(position.ledger_checks.iter().all(|check| check.residual().is_zero()));
            for window in Window::ALL {
                let minor = |windows: &Windows| windows.of(window).actual.expect("known").minor;
                let total = minor(&position.total);
                prop_assert_eq!(position.categories.iter().map(|(_, windows)| minor(windows)).sum::<i64>(), total);
                let initiatives: i64 = position.initiatives.iter().map(|one| minor(&one.reporting)).sum();
                prop_assert_eq!(initiatives + minor(&position.unassigned), total);
                for one in &position.initiatives {
                    prop_assert_eq!(one.categories.iter().map(|(_, windows)| minor(windows)).sum::<i64>(), minor(&one.reporting));
                }
            }
            dimensions_add_up(&position)?;
            let periods: i64 = position.periods.iter().filter_map(|period| period.amounts.actual).sum();
            prop_assert_eq!(periods, position.total.life.actual.expect("known").minor);
        }
    }
}
