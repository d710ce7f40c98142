//! Allocations worked out by hand, against the best that is possible, and sums that hold whatever the money is.

use super::*;
use crate::analysis::cost::cost_position;
use crate::model::testing::{TestTables, told};
use std::collections::BTreeMap;

const BUDGETS: &str = "Initiative | Category | Capex/Opex | Funding source | Period | Amount";
const LEDGER: &str = "Entry ID | Posting date | Initiative | Category | Type | Amount | Currency";
const FORECAST: &str = "Initiative | Category | Period | Amount";
const FUNDING: &str = "Source | Amount | Currency | From | To | Match % | Expiry | Initiative";

fn tables() -> TestTables {
    TestTables::new()
        .with("Initiatives", "Initiative ID | Name", &["I1 | One", "I2 | Two"])
        .with(
            "Budgets",
            BUDGETS,
            &[
                "I1 | Labour | opex | A | 2026-09 | 100",
                "I1 | Labour | opex | A | 2026-10 | 60",
                "I1 | Labour | opex | | 2026-10 | 40",
                "I1 | Travel | opex | | 2026-11 | 50",
                "I2 | Build | opex | B | 2026-10 | 200",
                "I2 | Build | opex | B | 2026-12 | 100",
            ],
        )
        .with(
            "Actuals",
            LEDGER,
            &[
                "E1 | 2026-09-10 | I1 | Labour | actual | 90 |",
                "E2 | 2026-10-10 | I1 | Labour | actual | 110 |",
                "E3 | 2026-10-11 | I2 | Build | actual | 150 |",
            ],
        )
        .with("Forecast", FORECAST, &["I1 | Travel | 2026-11 | 50", "I2 | Build | 2026-12 | 120"])
        .with(
            "Funding",
            FUNDING,
            &[
                "A | 160 | GBP | 2026-09-01 | 2026-10-31 | | |",
                "B | 200 | GBP | 2026-10-01 | 2026-11-30 | | 2026-12-31 | I2",
                "G | 60 | GBP | | | | |",
            ],
        )
}

fn position_of(tables: TestTables) -> (FundingPosition, CostPosition, Findings) {
    let (portfolio, _) = tables.build("2026-10-31");
    let (cost, _) = cost_position(&portfolio, &BTreeMap::new(), &[]);
    let (position, findings) = funding_position(&portfolio, &cost);
    (position, cost, findings)
}

fn shown<const N: usize>(figures: [Measure<Money>; N]) -> String {
    figures
        .map(|figure| figure.map_or_else(|why| why.reason().to_string(), |money| money.amount().normalize().to_string()))
        .join(" ")
}

#[test]
fn the_allocation_by_hand() {
    let (position, cost, findings) = position_of(tables());
    // October's 110 of labour: 66 for A and 44 for any, as the budget is 60 to 40.
    let sources: Vec<String> = position
        .sources
        .iter()
        .map(|of| {
            format!(
                "{} {}",
                of.source,
                shown([of.amount, of.budget, of.need, of.used_to_date, of.allocated, of.unallocated, of.unfunded])
            )
        })
        .collect();
    // A pays 90 + 66 and 4 of the 44; B pays 150, and December lies outside its window; G pays 40 and 20.
    assert_eq!(sources, ["A 160 160 156 160 160 0 0", "B 200 300 270 150 150 50 120", "G 60 no budget 0 40 60 0 0"]);
    let periods: Vec<String> = position
        .periods
        .iter()
        .map(|of| shown([of.brought_forward, of.opened, of.need, of.funded, of.unfunded, of.lapsed, of.carried_forward]))
        .collect();
    assert_eq!(periods, ["0 220 90 90 0 0 130", "130 200 260 260 0 0 70", "70 0 50 20 30 50 0", "0 0 120 0 120 0 0"]);
    let total = &position.total;
    assert_eq!(shown([total.funding, total.budget, total.over_budget]), "420 550 -130");
    assert_eq!(
        shown([total.need, total.funded, total.unfunded, total.used_to_date, total.unallocated, total.expiring, total.credits]),
        "520 370 150 350 50 50 0"
    );
    assert_eq!(total.need, cost.groups[0].total.estimate_at_completion);
    let gaps: Vec<(String, String, GapReason)> =
        position.gaps.iter().map(|gap| (gap.period.to_string(), gap.amount.amount().to_string(), gap.why)).collect();
    assert_eq!(
        gaps,
        [
            ("FY2026-P11".into(), "30.00".into(), GapReason::UsedUp),
            ("FY2026-P12".into(), "120.00".into(), GapReason::OutsideWindow)
        ]
    );
    let [one, two] = position.initiatives.as_slice() else { panic!("two initiatives") };
    assert_eq!(shown([one.budget, one.tied, one.need, one.funded, one.unfunded]), "250 no funding given 250 220 30");
    assert_eq!(shown([two.budget, two.tied, two.need, two.funded, two.unfunded]), "300 200 270 150 120");
    let paid: Vec<(&str, i64)> = one.by_source.iter().map(|(source, money)| (source.as_str(), money.minor)).collect();
    assert_eq!(paid, [("A", 16_000), ("G", 6_000)]);
    assert_eq!(
        told(&findings),
        [
            "A225 Initiatives 2:2: 30.00 GBP for I1 in FY2026-P11: funding used up",
            "A225 Initiatives 3:3: 120.00 GBP of B for I2 in FY2026-P12: outside the window",
            "A227 Funding 3:3: 50.00 GBP of B is not needed by 2026-11-30",
            "A230 : 420.00 GBP of funding, -130.00 GBP against the budget",
        ]
    );
}

#[test]
fn what_is_tied_pays_first_then_what_expires_first() {
    let (position, _, _) = position_of(
        tables()
            .with(
                "Funding",
                FUNDING,
                &[
                    "W | 1000 | GBP | | 2026-09-30 | | |",
                    "X | 1000 | GBP | | | | |",
                    "Y | 30 | GBP | | | | | I1",
                    "Z | 1000 | GBP | | | | 2026-10-01 |",
                ],
            )
            .with("Budgets", BUDGETS, &["I1 | Labour | opex | | 2026-09 | 100"]),
    );
    // September: 30 of Y, which is I1's; then W, which ends first. October: Z (2026-10-01 lies in it), for I1 and I2.
    let allocated: Vec<String> = position.lines.iter().map(|line| shown([line.allocated])).collect();
    assert_eq!(allocated, ["60", "170", "30", "260"]);
    assert_eq!(position.lines.iter().map(|line| line.is_over).collect::<Vec<_>>(), [true, false, false, true]);
}

#[test]
fn cost_outside_the_window_is_told_at_it() {
    let (position, _, findings) = position_of(tables().with(
        "Funding",
        FUNDING,
        &["A | 500 | GBP | 2026-10-02 | 2026-12-31 | | |", "B | 500 | GBP | | | | |", "G | 94 | GBP | | | | |"],
    ));
    // September's 90 is before the 2nd of October; October is touched by the window. G pays the 44 and 50 that name none.
    let a = &position.sources[0];
    assert_eq!(shown([a.need, a.allocated, a.outside_window, a.unfunded]), "156 160 90 90");
    assert_eq!(a.expires_on, Some(crate::model::testing::day("2026-12-31")));
    assert!(told(&findings).contains(&"A226 Funding 2:2: 90.00 GBP of cost to date of A".to_string()));
}

#[test]
fn a_source_that_bears_a_share_needs_others_beside_it() {
    let of = |other: &str| {
        let general = format!("G | {other} | GBP | | | | |");
        position_of(
            tables()
                .with("Budgets", BUDGETS, &["I1 | Labour | opex | M | 2026-09 | 100"])
                .with("Actuals", LEDGER, &["E1 | 2026-09-10 | I1 | Labour | actual | 100.01 |"])
                .with("Forecast", FORECAST, &[])
                .with("Funding", FUNDING, &["M | 500 | GBP | | | 40% | |", &general]),
        )
    };
    // 40 % of 100.01 is 40.004, rounded down; beside 40.00 at 40 % others pay 60.00, and here 60.01.
    let (whole, _, _) = of("500");
    let m = &whole.sources[1];
    assert_eq!((m.source.as_str(), m.match_share, m.match_met), ("M", Some(0.4), Ok(true)));
    assert_eq!(shown([m.allocated, m.match_required, m.match_found, m.unfunded]), "40 60 60 0");
    assert_eq!(shown([whole.sources[0].allocated]), "60.01");
    assert_eq!(whole.sources[0].match_met, Err(Undefined::NotApplicable));
    // With 20 from others the rest is a gap, and the match is not met.
    let (short, _, findings) = of("20");
    let m = &short.sources[1];
    assert_eq!(shown([m.allocated, m.match_required, m.match_found, m.unfunded]), "40 60 20 40.01");
    assert_eq!(m.match_met, Ok(false));
    assert_eq!(short.gaps[0].why, GapReason::MatchMissing);
    assert!(told(&findings).contains(&"A229 Funding 2:2: 20.00 GBP beside M".to_string()));
}

#[test]
fn credits_and_orders() {
    let (position, cost, _) = position_of(
        tables()
            .with("Budgets", BUDGETS, &["I1 | Labour | opex | | 2026-09 | 100"])
            .with(
                "Actuals",
                LEDGER,
                &[
                    "E1 | 2026-08-10 | I1 | Labour | actual | -50 |",
                    "E2 | 2026-09-10 | I1 | Labour | actual | 80 |",
                    "E3 | 2026-10-10 | I2 | Build | actual | -5 |",
                    "E4 | 2026-10-10 | I1 | Labour | commitment | 100 |",
                    "E5 | 2026-10-10 | | Labour | actual | 7 |",
                ],
            )
            .with("Forecast", FORECAST, &["I1 | Labour | 2026-11 | 30", "I2 | Build | 2026-12 | 0"]),
    );
    // I1: 80 - 50 = 30 in September; orders beyond the forecast 70 in October; 30 in November. I2's credit is left.
    let needs: Vec<String> = position.periods.iter().map(|of| shown([of.need])).collect();
    assert_eq!(needs, ["30", "77", "30"]);
    assert_eq!(shown([position.total.need, position.total.credits]), "137 -5");
    assert_eq!(shown([cost.groups[0].total.estimate_at_completion]), "132");
    let last = position.initiatives.last().expect("cost of no initiative");
    assert_eq!((last.initiative.as_ref(), shown([last.need])), (None, "7".into()));
}

#[test]
fn a_source_that_nobody_gives_and_a_table_that_did_not_come_in() {
    let (position, _, findings) = position_of(tables().with("Funding", FUNDING, &["G | 1000 | GBP | | | | |"]));
    let a = &position.sources[0];
    assert_eq!((a.source.as_str(), a.amount, a.lines.len()), ("A", Err(Undefined::NoFunding), 0));
    assert!(position.gaps.iter().filter(|gap| gap.source.is_some()).all(|gap| gap.why == GapReason::UnknownSource));
    assert!(told(&findings).iter().all(|told| !told.starts_with("A225")), "told where the budget names it");
    let (portfolio, _) = TestTables::new().with("Initiatives", "Initiative ID | Name", &["I1 | One"]).build("2026-10-31");
    let (cost, _) = cost_position(&portfolio, &BTreeMap::new(), &[]);
    let (none, findings) = funding_position(&portfolio, &cost);
    assert!(!none.is_available() && findings.0.is_empty());
    assert_eq!((none.total.funding, none.total.need), (Err(Undefined::NoTable), Err(Undefined::NoTable)));
}

#[test]
fn another_currency_comes_in_at_the_budget_rate_or_not_at_all() {
    let rates = ["EUR | GBP | budget | 2026-01 | 0.8"];
    let with = |rates: &[&str]| {
        let tables = tables().with("FX rates", "From | To | Kind | Period | Rate", rates);
        position_of(tables.with("Funding", FUNDING, &["A | 200 | EUR | | | | |", "G | 10 | GBP | | | | |"])).0
    };
    assert_eq!(shown([with(&rates).total.funding, with(&rates).lines[0].allocated]), "170 160");
    let lost = with(&[]);
    assert_eq!((lost.total.funding, lost.lines[0].amount), (Err(Undefined::NoExchangeRate), Err(Undefined::NoExchangeRate)));
    assert_eq!(shown([lost.lines[1].amount, lost.total.need]), "10 520");
}

mod sums {
    use super::super::allocate::{Allocation, allocate, same, share_of};
    use super::super::need::{Need, Timing};
    use super::*;
    use crate::base::day::day_from_epoch;
    use crate::base::origin::Origin;
    use crate::model::budget_control::FundingLine;
    use proptest::prelude::*;
    use rust_decimal::Decimal;
    use std::sync::Arc;

    /// 2026-01-01.
    const FIRST_DAY: i64 = 20_454;

    fn initiative() -> impl Strategy<Value = Option<InitiativeId>> {
        prop::sample::select(vec![None, Some(InitiativeId::new("I1")), Some(InitiativeId::new("I2"))])
    }

    fn need(plain: bool) -> impl Strategy<Value = Need> {
        let source =
            if plain { vec![None] } else { vec![None, Some(Arc::from("A")), Some(Arc::from("B")), Some(Arc::from("Z"))] };
        (1u8..=6, any::<bool>(), initiative(), prop::sample::select(source), 1i64..100).prop_map(
            |(number, to_come, initiative, source, minor)| Need {
                period: Period::new(2026, number),
                timing: if to_come { Timing::ToCome } else { Timing::ToDate },
                initiative,
                source,
                minor,
            },
        )
    }

    fn line(plain: bool) -> impl Strategy<Value = FundingLine> {
        let day = || prop::option::of((0i64..180).prop_map(|days| day_from_epoch(FIRST_DAY + days)));
        let source = prop::sample::select(vec!["A", "B", "G"]);
        let share = prop::sample::select(if plain { vec![None] } else { vec![None, None, Some(0.4), Some(0.5), Some(1.0)] });
        (source, 0i64..150, day(), day(), share, initiative()).prop_map(
            move |(source, minor, from, to, match_share, initiative)| FundingLine {
                source: source.into(),
                amount: Decimal::new(minor, 2),
                currency: Currency::parse("GBP").expect("listed"),
                from,
                to,
                conditions: None,
                match_share,
                expiry: None,
                initiative: initiative.filter(|_| !plain),
                origin: Origin::file("t.xlsx"),
            },
        )
    }

    fn portfolio(funding: Vec<FundingLine>) -> Portfolio {
        static BASE: std::sync::LazyLock<Portfolio> = std::sync::LazyLock::new(|| tables().build("2026-10-31").0);
        Portfolio { funding, ..BASE.clone() }
    }

    fn in_window(portfolio: &Portfolio, line: &FundingLine, need: &Need) -> bool {
        let fiscal = &portfolio.settings.fiscal;
        let first = fiscal.start(need.period);
        let days = (0..31).map(|days| first + chrono::TimeDelta::days(days));
        let mut of_period = days.filter(|day| fiscal.period_of(*day) == need.period);
        let (from, to) = (line.from, line.to);
        let ordered = from.zip(to).is_none_or(|(from, to)| from <= to);
        ordered && of_period.any(|day| from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to))
    }

    fn sorted(mut needs: Vec<Need>) -> Vec<Need> {
        needs.sort_by_key(|need| (need.period, need.timing, need.initiative.clone(), need.source.clone()));
        needs
    }

    /// The largest sum that lines can pay, by augmenting paths: who pays is tried again until nothing more fits.
    fn most(portfolio: &Portfolio, needs: &[Need]) -> i64 {
        let mut paid = vec![vec![0i64; needs.len()]; portfolio.funding.len()];
        let minor = |line: &FundingLine| Money::rounded(line.amount, line.currency).expect("small").minor;
        let mut total = 0;
        loop {
            let free: Vec<i64> =
                portfolio.funding.iter().zip(&paid).map(|(line, paid)| minor(line) - paid.iter().sum::<i64>()).collect();
            let open: Vec<i64> =
                needs.iter().enumerate().map(|(at, need)| need.minor - paid.iter().map(|row| row[at]).sum::<i64>()).collect();
            let Some(path) = path(portfolio, needs, &paid, &free, &open) else { return total };
            for step in path.windows(2) {
                match (step[0], step[1]) {
                    (Node::Line(line), Node::Need(need)) => paid[line][need] += 1,
                    (Node::Need(need), Node::Line(line)) => paid[line][need] -= 1,
                    _ => unreachable!("lines and needs alternate"),
                }
            }
            total += 1;
        }
    }

    #[derive(Clone, Copy, PartialEq)]
    enum Node {
        Line(usize),
        Need(usize),
    }

    fn path(portfolio: &Portfolio, needs: &[Need], paid: &[Vec<i64>], free: &[i64], open: &[i64]) -> Option<Vec<Node>> {
        let mut queue: Vec<Vec<Node>> =
            (0..free.len()).filter(|line| free[*line] > 0).map(|line| vec![Node::Line(line)]).collect();
        let mut seen: Vec<Node> = queue.iter().map(|path| path[0]).collect();
        while let Some(path) = queue.pop() {
            let next: Vec<Node> = match path[path.len() - 1] {
                Node::Need(need) if open[need] > 0 => return Some(path),
                Node::Need(need) => (0..free.len()).filter(|line| paid[*line][need] > 0).map(Node::Line).collect(),
                Node::Line(line) => (0..needs.len())
                    .filter(|need| in_window(portfolio, &portfolio.funding[line], &needs[*need]))
                    .map(Node::Need)
                    .collect(),
            };
            for node in next {
                if !seen.contains(&node) {
                    seen.push(node);
                    queue.push([path.clone(), vec![node]].concat());
                }
            }
        }
        None
    }

    fn check(portfolio: &Portfolio, needs: &[Need], done: &Allocation) -> Result<(), TestCaseError> {
        let paid_by =
            |line: usize| done.payments.iter().flatten().filter(|(by, _)| *by == line).map(|(_, minor)| minor).sum::<i64>();
        for (at, purse) in done.purses.iter().enumerate() {
            prop_assert!(purse.left >= 0);
            prop_assert_eq!(paid_by(at) + purse.left, purse.amount.expect("pounds").minor);
        }
        for (at, need) in needs.iter().enumerate() {
            let paid = &done.payments[at];
            prop_assert!(done.open[at] >= 0);
            prop_assert_eq!(paid.iter().map(|(_, minor)| minor).sum::<i64>() + done.open[at], need.minor);
            prop_assert_eq!(done.why[at].is_some(), done.open[at] > 0);
            for (by, minor) in paid {
                let line = &portfolio.funding[*by];
                prop_assert!(*minor > 0 && in_window(portfolio, line, need));
                prop_assert!(line.initiative.is_none() || line.initiative == need.initiative);
                let of_source = paid.iter().filter(|(by, _)| same(&portfolio.funding[*by].source, &line.source));
                let most = portfolio
                    .funding
                    .iter()
                    .filter(|one| same(&one.source, &line.source))
                    .map(|one| share_of(one, need.minor))
                    .max();
                prop_assert!(of_source.map(|(_, minor)| minor).sum::<i64>() <= most.unwrap_or(0));
            }
            left_over(portfolio, need, at, done)?;
        }
        Ok(())
    }

    /// Beside a cost that nothing pays for lies no money of its own source, or of any where it names none, that could.
    fn left_over(portfolio: &Portfolio, need: &Need, at: usize, done: &Allocation) -> Result<(), TestCaseError> {
        for (by, line) in portfolio.funding.iter().enumerate() {
            let mine = need.source.as_ref().is_none_or(|source| same(source, &line.source));
            let may =
                mine && in_window(portfolio, line, need) && (line.initiative.is_none() || line.initiative == need.initiative);
            let of_source = done.payments[at].iter().filter(|(by, _)| same(&portfolio.funding[*by].source, &line.source));
            let share = share_of(line, need.minor) - of_source.map(|(_, minor)| minor).sum::<i64>();
            prop_assert!(done.open[at] == 0 || !may || done.purses[by].left == 0 || share <= 0);
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]
        #[test]
        fn every_unit_is_paid_once_and_by_who_may(needs in prop::collection::vec(need(false), 0..8), lines in prop::collection::vec(line(false), 0..6)) {
            let (needs, portfolio) = (sorted(needs), portfolio(lines));
            check(&portfolio, &needs, &allocate(&portfolio, &needs))?;
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]
        /// Where nothing is tied, named or matched, what expires first pays first, and no other choice pays more.
        #[test]
        fn no_choice_pays_more(needs in prop::collection::vec(need(true), 1..6), lines in prop::collection::vec(line(true), 1..5)) {
            let (needs, portfolio) = (sorted(needs), portfolio(lines));
            let done = allocate(&portfolio, &needs);
            check(&portfolio, &needs, &done)?;
            let paid: i64 = done.payments.iter().flatten().map(|(_, minor)| minor).sum();
            prop_assert_eq!(paid, most(&portfolio, &needs));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]
        /// From tables to totals: allocated and unallocated make the funding, funded and unfunded the need.
        #[test]
        fn totals_add_up(
            actuals in prop::collection::vec((1u8..=10, prop::sample::select(vec!["I1", "I2", ""]), -20_000i64..90_000), 1..10),
            forecast in prop::collection::vec((11u8..=12, prop::sample::select(vec!["I1", "I2"]), 1i64..90_000), 1..5),
            lines in prop::collection::vec((line(false), 1i64..1_000), 1..6),
        ) {
            let pounds = |minor: &i64| Decimal::new(*minor, 2);
            let actual = |(at, (month, of, minor)): (usize, &(u8, &str, i64))| format!("E{at} | 2026-{month:02}-03 | {of} | Labour | actual | {} |", pounds(minor));
            let actuals: Vec<String> = actuals.iter().enumerate().map(actual).collect();
            let forecast: Vec<String> = forecast.iter().map(|(month, of, minor)| format!("{of} | Labour | 2026-{month:02} | {}", pounds(minor))).collect();
            let (mut portfolio, _) = tables()
                .with("Actuals", LEDGER, &actuals.iter().map(String::as_str).collect::<Vec<_>>())
                .with("Forecast", FORECAST, &forecast.iter().map(String::as_str).collect::<Vec<_>>())
                .build("2026-10-31");
            portfolio.funding = lines.into_iter().map(|(line, times)| FundingLine { amount: line.amount * Decimal::from(times), ..line }).collect();
            let (cost, _) = cost_position(&portfolio, &BTreeMap::new(), &[]);
            let (position, _) = funding_position(&portfolio, &cost);
            let minor = |figure: Measure<Money>| figure.expect("known").minor;
            let total = &position.total;
            prop_assert_eq!(minor(total.funded) + minor(total.unfunded), minor(total.need));
            prop_assert_eq!(minor(total.funded) + minor(total.unallocated), minor(total.funding));
            prop_assert_eq!(minor(total.need) + minor(total.credits), minor(cost.groups[0].total.estimate_at_completion));
            let lines = |pick: fn(&FundingLinePosition) -> Measure<Money>| position.lines.iter().map(|line| minor(pick(line))).sum::<i64>();
            prop_assert_eq!(lines(|line| line.allocated) + lines(|line| line.unallocated), minor(total.funding));
            let given = position.sources.iter().filter(|source| !source.lines.is_empty());
            prop_assert_eq!(given.map(|source| minor(source.allocated)).sum::<i64>(), minor(total.funded));
            let periods = |pick: fn(&FundingPeriod) -> Measure<Money>| position.periods.iter().map(|period| minor(pick(period))).sum::<i64>();
            prop_assert_eq!((periods(|it| it.need), periods(|it| it.funded), periods(|it| it.unfunded)), (minor(total.need), minor(total.funded), minor(total.unfunded)));
            prop_assert_eq!(periods(|it| it.opened), minor(total.funding));
            for period in &position.periods {
                let left = minor(period.brought_forward) + minor(period.opened) - minor(period.funded) - minor(period.lapsed);
                prop_assert_eq!(left, minor(period.carried_forward));
                prop_assert!(left >= 0);
            }
            let initiatives: i64 = position.initiatives.iter().flat_map(|one| &one.by_source).map(|(_, money)| money.minor).sum();
            prop_assert_eq!(initiatives, minor(total.funded));
            prop_assert_eq!(position.gaps.iter().map(|gap| gap.amount.minor).sum::<i64>(), minor(total.unfunded));
        }
    }
}
