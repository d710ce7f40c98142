//! The position line by line, cash and burn, worked out by hand.

use super::*;
use crate::analysis::cost::position::Dimension;
use crate::base::id::BudgetChangeId;
use crate::base::period::Period;
use crate::model::budget_control::{BudgetChange, BudgetPlace, ChangeKind, ChangeStatus};
use crate::model::testing::day;

const LINES: &str = "Entry ID | Posting date | Initiative | WBS | Category | Type | Amount | Currency";

/// Labour has orders of 40 open against a forecast of 30; Services has no orders and a forecast of 40.
fn tables() -> TestTables {
    TestTables::new()
        .with("Initiatives", "Initiative ID | Name | Currency", &["I1 | One | GBP"])
        .with(
            "Budgets",
            "Initiative | Activity or WBS | Category | Capex/Opex | Funding source | Period | Amount",
            &["I1 | 1.1 | Labour | capex | Grant | 2026-10 | 100", "I1 | 2 | Labour | opex | | 2026-11 | 100"],
        )
        .with(
            "Forecast",
            "Initiative | WBS | Category | Period | Amount",
            &["I1 | 2.1 | Labour | 2026-11 | 30", "I1 | 3 | Services | 2026-11 | 40"],
        )
        .with(
            "Actuals",
            LINES,
            &[
                "E1 | 2026-10-10 | I1 | 1.2 | Labour | actual | 60 |",
                "E2 | 2026-10-31 | I1 | 2 | Labour | accrual | 20 |",
                "E3 | 2026-09-01 | I1 | 2 | Labour | commitment | 50 |",
                "E4 | 2026-10-10 | I1 | 2 | Labour | commitment release | -10 |",
            ],
        )
}

fn place(work: &str, category: &str) -> BudgetPlace {
    BudgetPlace {
        initiative: InitiativeId::new("I1"),
        work: Some(work.into()),
        category: category.into(),
        expenditure: None,
        funding_source: None,
        period: Period::new(2026, 11),
    }
}

/// 30 from Labour in work package 2 to Services in work package 3.
fn virement(status: ChangeStatus, approved_on: &str) -> BudgetChange {
    BudgetChange {
        id: BudgetChangeId::new("C1"),
        kind: ChangeKind::Virement,
        from: Some(place("2", "Labour")),
        to: Some(place("3", "Services")),
        amount: Decimal::from(30),
        currency: Currency::parse("GBP").expect("listed"),
        reason: None,
        requester: None,
        approver: None,
        approved_on: Some(day(approved_on)),
        status,
        origin: crate::base::origin::Origin::sheet(&std::sync::Arc::new(crate::base::origin::SheetName::new(
            "t.xlsx", "Changes",
        ))),
    }
}

fn position(change: BudgetChange) -> CostPosition {
    let (mut portfolio, _) = tables().build("2026-10-31");
    portfolio.budget_changes = vec![change];
    cost_position(&portfolio, &BTreeMap::new(), &[]).0
}

fn group(position: &CostPosition, dimension: Dimension) -> Vec<String> {
    let group = position.groups.iter().find(|group| group.dimension == dimension).expect("every dimension");
    let lines = group.lines.iter().map(|(label, line)| (label.as_str(), line)).chain([("all", &group.total)]);
    let row = |(label, line): (&str, &PositionLine)| {
        let amounts = [
            line.original,
            line.changes,
            line.actual,
            line.commitments,
            line.to_come,
            line.uncommitted,
            line.estimate_at_completion,
            line.available,
            line.variance,
        ];
        let short = |measure: Measure<Money>| measure.map_or_else(|_| "n/a".into(), |money| money.amount().trunc().to_string());
        format!("{label}: {}", amounts.map(short).join(" "))
    };
    lines.map(row).collect()
}

/// Columns: original, changes, actual, on order, to come, beyond orders, estimate at completion, available, variance.
#[test]
fn orders_cover_the_forecast_by_category_and_every_dimension_adds_up() {
    let position = position(virement(ChangeStatus::Approved, "2026-10-01"));
    assert_eq!(
        group(&position, Dimension::Category),
        ["Labour: 200 -30 80 40 30 0 120 50 -50", "Services: 0 30 0 0 40 40 40 30 10", "all: 200 0 80 40 70 40 160 80 -40"]
    );
    assert_eq!(
        group(&position, Dimension::WorkPackage),
        [
            "I1 1: 100 0 60 0 0 0 60 40 -40",
            "I1 2: 100 -30 20 40 30 0 60 10 -10",
            "I1 3: 0 30 0 0 40 40 40 30 10",
            "all: 200 0 80 40 70 40 160 80 -40"
        ]
    );
    assert_eq!(
        group(&position, Dimension::Period),
        [
            ": n/a n/a 0 40 0 -30 10 n/a n/a",
            "FY2026-P09: n/a n/a 0 n/a 0 n/a 0 n/a n/a",
            "FY2026-P10: 100 0 80 n/a 0 n/a 80 n/a -20",
            "FY2026-P11: 100 0 0 n/a 70 n/a 70 n/a -30",
            "all: 200 0 80 40 70 40 160 80 -40"
        ]
    );
    assert_eq!(group(&position, Dimension::FundingSource)[1], "Grant: 100 0 0 0 0 0 0 100 -100");
    assert_eq!(group(&position, Dimension::Initiative)[0], "I1: 200 0 80 40 70 40 160 80 -40");
}

#[test]
fn only_what_is_approved_by_then_changes_the_budget() {
    for change in [
        virement(ChangeStatus::Proposed, "2026-10-01"),
        virement(ChangeStatus::Rejected, "2026-10-01"),
        virement(ChangeStatus::Withdrawn, "2026-10-01"),
        virement(ChangeStatus::Approved, "2026-11-01"),
    ] {
        assert_eq!(group(&position(change), Dimension::Category)[0], "Labour: 200 n/a 80 40 30 0 120 80 -80".replace("n/a", "0"));
    }
}

#[test]
fn a_forecast_without_orders_is_added_to_them() {
    let (mut portfolio, _) = tables().build("2026-10-31");
    portfolio.settings.finance.forecast_holds_orders = false;
    let position = cost_position(&portfolio, &BTreeMap::new(), &[]).0;
    assert_eq!(group(&position, Dimension::Category)[0], "Labour: 200 0 80 40 30 30 150 80 -50");
}

#[test]
fn orders_stand_at_the_closing_rate_of_the_as_of_period() {
    let rates = |more: &[&str]| {
        let mut rows = vec!["EUR | GBP | average | 2026-09 | | 0.90", "EUR | GBP | average | 2026-10 | | 0.95"];
        rows.extend(more);
        let (portfolio, _) = TestTables::new()
            .with("Initiatives", "Initiative ID | Name | Currency", &["I1 | One | EUR"])
            .with("FX rates", "From | To | Kind | Period | Date | Rate", &rows)
            .with(
                "Actuals",
                LINES,
                &[
                    "E1 | 2026-09-10 | I1 | | Labour | commitment | 100 |",
                    "E2 | 2026-10-10 | I1 | | Labour | commitment release | -100 |",
                    "E3 | 2026-10-10 | I1 | | Labour | commitment | 50 |",
                ],
            )
            .build("2026-10-31");
        let (position, findings) = cost_position(&portfolio, &BTreeMap::new(), &[]);
        (shown(position.initiatives[0].reporting.open_commitments), told(&findings))
    };
    // The order of 100 is released in full: nothing of it stays, whatever the rates of September and October.
    assert_eq!(rates(&["EUR | GBP | closing | 2026-10 | | 0.80"]).0, "40.00");
    assert_eq!(rates(&["EUR | GBP | spot | | 2026-10-30 | 0.70"]).0, "35.00");
    let (open, findings) = rates(&[]);
    assert_eq!(open, "no exchange rate to the reporting currency");
    assert_eq!(findings, ["A009 : no closing rate from EUR to GBP for FY2026-P10"]);
}

/// Labour is capital and of one fund in every line; Services is both, so that nothing is known of its cost; Travel has no
/// budget, and the lines of the whole initiative differ.
#[test]
fn cost_takes_what_all_budget_lines_of_its_category_say() {
    let (portfolio, _) = TestTables::new()
        .with("Initiatives", "Initiative ID | Name | Currency", &["I1 | One | GBP"])
        .with(
            "Budgets",
            "Initiative | Category | Capex/Opex | Funding source | Period | Amount",
            &[
                "I1 | Labour | capex | Grant | 2026-10 | 100",
                "I1 | Services | opex | Grant | 2026-10 | 50",
                "I1 | Services | capex | Grant | 2026-11 | 50",
            ],
        )
        .with(
            "Forecast",
            "Initiative | Category | Period | Amount",
            &["I1 | Labour | 2026-11 | 7", "I1 | Services | 2026-11 | 8"],
        )
        .with(
            "Actuals",
            LINES,
            &["E1 | 2026-10-10 | I1 | | Travel | actual | 5 |", "E2 | 2026-10-10 | I1 | | Labour | actual | 6 |"],
        )
        .build("2026-10-31");
    let position = cost_position(&portfolio, &BTreeMap::new(), &[]).0;
    assert_eq!(
        group(&position, Dimension::Expenditure),
        [
            ": n/a n/a 5 0 8 8 13 n/a n/a",
            "capex: 150 0 6 0 7 7 13 144 -137",
            "opex: 50 0 0 0 0 0 0 50 -50",
            "all: 200 0 11 0 15 15 26 189 -174"
        ]
    );
    assert_eq!(
        group(&position, Dimension::FundingSource),
        ["Grant: 200 0 11 0 15 15 26 189 -174", "all: 200 0 11 0 15 15 26 189 -174"]
    );
}

/// An order of 200 EUR that the table alone lists, 80 of it invoiced; one that the ledger books, listed too.
#[test]
fn an_order_that_the_ledger_does_not_book_counts_once() {
    let (portfolio, _) = TestTables::new()
        .with("Initiatives", "Initiative ID | Name | Currency", &["I1 | One | EUR"])
        .with(
            "FX rates",
            "From | To | Kind | Period | Rate",
            &["EUR | GBP | closing | 2026-10 | 0.8", "EUR | GBP | average | 2026-10 | 0.9"],
        )
        .with("Forecast", "Initiative | Category | Period | Amount", &["I1 | Labour | 2026-11 | 20"])
        .with(
            "Commitments",
            "PO | Initiative | Category | WBS | Amount | Status",
            &["P1 | I1 | Labour | 4.2 | 200 | open", "P2 | I1 | Labour | | 50 | open", "P3 | I1 | Labour | | 70 | cancelled"],
        )
        .with(
            "Actuals",
            "Entry ID | Posting date | Initiative | Category | Type | Amount | Currency | PO",
            &["E1 | 2026-10-10 | I1 | Labour | actual | 80 | | P1", "E2 | 2026-10-10 | I1 | Labour | commitment | 50 | | P2"],
        )
        .build("2026-10-31");
    let (review, _) = crate::analysis::ledger_review::ledger_review(&portfolio);
    let (position, _) = cost_position(&portfolio, &BTreeMap::new(), &review.orders);
    let one = &position.initiatives[0];
    assert_eq!((shown(one.own.open_commitments), shown(one.reporting.open_commitments)), ("170.00".into(), "136.00".into()));
    let line = &one.own_position;
    assert_eq!([line.commitments, line.uncommitted, line.estimate_at_completion].map(shown).join(" "), "170.00 0.00 250.00");
    assert!(
        group(&position, Dimension::WorkPackage)[1].starts_with("I1 4: n/a n/a 0 96"),
        "{:?}",
        group(&position, Dimension::WorkPackage)
    );
}

#[test]
fn cash_leaves_when_posted_and_later_for_accruals_and_forecast() {
    let position = position(virement(ChangeStatus::Approved, "2026-10-01"));
    let month = |month: &CashMonth| {
        let amounts =
            [month.paid, month.expected, month.cumulative_out].map(|money| money.expect("known").amount().trunc().to_string());
        format!("{} {}", month.period, amounts.join(" "))
    };
    let months: Vec<String> = position.cash.months.iter().map(month).collect();
    // The accrual of 20 is paid 30 days after 31 October; the 30 days of November's forecast in the first 30 of December.
    assert_eq!(months, ["FY2026-P10 60 0 60", "FY2026-P11 0 20 80", "FY2026-P12 0 70 150"]);
    let (mut portfolio, _) = tables().build("2026-10-31");
    portfolio.settings.finance.payment_days = 10;
    let months: Vec<String> = cost_position(&portfolio, &BTreeMap::new(), &[]).0.cash.months.iter().map(month).collect();
    // 20 of November's 30 days are paid by its end: 46.67 of 70, by category 20.00 and 26.67.
    assert_eq!(months, ["FY2026-P10 60 0 60", "FY2026-P11 0 66 126", "FY2026-P12 0 23 150"]);
    assert_eq!(position.cash.months[0].funding, Err(Undefined::NoTable));
}

#[test]
fn the_runway_is_what_is_left_at_the_mean_of_whole_periods() {
    let at = |as_of: &str| {
        let (portfolio, _) = tables().build(as_of);
        let burn = cost_position(&portfolio, &BTreeMap::new(), &[]).0.burn.remove(0);
        (shown(burn.per_period), shown(burn.remaining), burn.runway_periods, burn.runs_out)
    };
    // 80 in August to October: 26.67 a month; 120 left last 4.4994 months: 30 and 31 and 31 and 28 days and 0.4994 of March.
    let (per_period, remaining, runway, runs_out) = at("2026-10-31");
    assert_eq!((per_period.as_str(), remaining.as_str()), ("26.67", "120.00"));
    assert!((runway.expect("a runway") - 120.0 / 26.67).abs() < 1e-12);
    assert_eq!(runs_out, Ok(day("2027-03-16")));
    // October is cut: July to September have no cost.
    assert_eq!(at("2026-10-30").2, Err(Undefined::NothingSpentLately));
}

#[test]
fn what_is_too_large_is_in_no_figure_and_is_told() {
    let (portfolio, _) = TestTables::new()
        .with("Initiatives", "Initiative ID | Name | Currency", &["I1 | One | EUR"])
        .with(
            "FX rates",
            "From | To | Kind | Period | Rate",
            &["EUR | GBP | average | 2026-10 | 100000", "EUR | GBP | budget | 2026-10 | 1"],
        )
        .with("Actuals", LINES, &["E1 | 2026-10-10 | I1 | | Labour | actual | 900000000000000 |"])
        .build("2026-10-31");
    let (position, findings) = cost_position(&portfolio, &BTreeMap::new(), &[]);
    assert_eq!(position.initiatives[0].reporting.month.actual, Err(Undefined::TooLarge));
    assert_eq!(shown(position.initiatives[0].own.month.actual), "900000000000000.00");
    assert_eq!(told(&findings), ["A107 : sums in EUR for I1"]);
}

#[test]
fn without_a_budget_rate_the_variance_is_not_split() {
    let (portfolio, _) = TestTables::new()
        .with("Initiatives", "Initiative ID | Name | Currency", &["I1 | One | GBP"])
        .with("FX rates", "From | To | Kind | Period | Rate", &["EUR | GBP | average | 2026-10 | 0.9"])
        .with("Budgets", "Initiative | Category | Capex/Opex | Period | Amount", &["I1 | Labour | opex | 2026-10 | 100"])
        .with(
            "Actuals",
            LINES,
            &["E1 | 2026-10-10 | I1 | | Labour | actual | 10 | GBP", "E2 | 2026-10-10 | I1 | | Labour | actual | 100 | EUR"],
        )
        .build("2026-10-31");
    let (position, findings) = cost_position(&portfolio, &BTreeMap::new(), &[]);
    let month = &position.initiatives[0].reporting.month;
    assert_eq!(
        (shown(month.actual), month.exchange_effect, month.local_effect),
        ("100.00".into(), Err(Undefined::NoBudgetRate), Err(Undefined::NoBudgetRate))
    );
    assert_eq!(told(&findings), ["A106 : no budget rate for FY2026-P10"]);
}
