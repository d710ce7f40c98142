//! What the builders make of small tables written as text.

mod order;
mod plan;
mod registers;

use crate::base::id::{KpiId, PersonId};
use crate::model::activity::ActivityType;
use crate::model::testing::{TestTables, told};

#[test]
fn a_plan_becomes_a_network() {
    let (portfolio, findings) = TestTables::new()
        .with("Initiatives", "Initiative ID | Name | Objective | Owner", &["I1 | One | | ", "I2 | Two | |"])
        .with(
            "Activities",
            "Initiative | Activity ID | WBS | Name | Type | Duration:span",
            &[
                "I1 | S | 1 | Phase | summary |",
                "I1 | A | 1.2 | Dig | task | 5d",
                "I1 | B | 1.10 | Fill | | 2d",
                "I2 | A | 1 | Other | | 1d",
            ],
        )
        .with(
            "Dependencies",
            "Initiative | Predecessor | Successor | Type | Lag:span",
            &["I1 | A | B | FS | 1d", "I1 | B | I2/A | | "],
        )
        .build("2026-10-31");
    assert_eq!(told(&findings), Vec::<String>::new());
    let ids: Vec<String> = portfolio.activities.iter().map(|activity| activity.key.to_string()).collect();
    assert_eq!(ids, ["I1/S", "I1/A", "I1/B", "I2/A"]);
    assert_eq!(portfolio.activities[1].parent.map(|parent| parent.0), Some(0));
    assert_eq!(portfolio.activities[0].kind, ActivityType::Summary);
    let links: Vec<(usize, usize)> = portfolio.dependencies.iter().map(|link| (link.predecessor.0, link.successor.0)).collect();
    assert_eq!(links, [(1, 2), (2, 3)]);
    assert_eq!(portfolio.data_date.to_string(), "2026-10-30 17:00");
}

#[test]
fn a_circle_is_shown_and_opened() {
    let (portfolio, findings) = TestTables::new()
        .with(
            "Activities",
            "Initiative | Activity ID | WBS | Duration:span",
            &["I1 | A | 1 | 1d", "I1 | B | 2 | 1d", "I1 | C | 3 | 1d"],
        )
        .with("Dependencies", "Predecessor | Successor", &["A | B", "B | C", "C | A", "A | A", "A | B", "A | X"])
        .build("2026-10-31");
    assert_eq!(portfolio.dependencies.len(), 2);
    assert_eq!(
        told(&findings),
        [
            "M001 Dependencies B7: X",
            "M004 Activities A2: I1",
            "M050 Dependencies B5: A > A",
            "M051 Dependencies B6: A > B",
            "M052 Dependencies B4: A > B > C > A",
        ]
    );
}

const LEDGER: &str = "Entry ID | Posting date | Period | Initiative | Cost code | Category | Type | Amount | Currency";

fn money_tables(rows: &[&str]) -> TestTables {
    TestTables::new()
        .with("Initiatives", "Initiative ID | Name | Currency", &["I1 | One |", "I2 | Two | JPY"])
        .with(
            "Cost codes",
            "Cost code | Initiative | WBS | Category | Capex/Opex",
            &["C1 | I1 | 1.2 | Labour | capex", "C2 | I2 | | |"],
        )
        .with("Actuals", LEDGER, rows)
}

#[test]
fn a_cost_code_that_is_not_listed_is_told_even_where_the_initiative_is_known() {
    let (portfolio, findings) = money_tables(&["E1 | 2026-10-05 | | I1 | C9 | | actual | 5 | GBP"]).build("2026-10-31");
    assert_eq!(portfolio.ledger.frame.height(), 1);
    assert!(told(&findings).contains(&"M079 Actuals E2: C9".to_string()), "{:?}", told(&findings));
}

#[test]
fn each_ledger_line_goes_to_one_bucket() {
    let (portfolio, findings) = money_tables(&[
        "E1 | 2026-10-05 | | | C1 | | actual | 100.25 | ",
        "E2 | 2026-10-06 | 2026-09 | I2 | | Travel | accrual | 500 | ",
        "E3 | 2026-11-02 | | I1 | | | actual | 7 | ",
        "E4 | 2026-10-07 | | | C9 | | actual | 3.5 | GBP",
        "E5 | 2026-10-08 | | I1 | | | actual | 1.005 | ",
        "E6 | 2026-10-09 | | I2 | C1 | | reversal | 20 | ",
        "E7 | 2026-10-10 | | I9 | C1 | | actual | 1 | ",
        "E8 | 2026-10-10 | | I2 | | | commitment | 0.5 | ",
    ])
    .build("2026-10-31");
    let ledger = &portfolio.ledger;
    let told_totals: Vec<String> = ledger
        .totals
        .iter()
        .map(|t| {
            let sums = [t.read, t.assigned, t.unassigned, t.after_as_of, t.held_back].map(|sum| sum.normalize().to_string());
            format!("{} {} {}: {}", t.currency, t.kind.word(), t.lines, sums.join(" "))
        })
        .collect();
    assert_eq!(
        told_totals,
        [
            "GBP actual 5: 112.755 100.25 4.5 7 1.005",
            "JPY accrual 1: 500 500 0 0 0",
            "JPY reversal 1: 20 20 0 0 0",
            "JPY commitment 1: 0.5 0 0 0 0.5"
        ]
    );
    assert_eq!(ledger.frame.height(), 5);
    assert_eq!(ledger.later.height(), 1);
    assert_eq!(ledger.held_back.iter().map(|line| line.entry.as_str()).collect::<Vec<_>>(), ["E5", "E8"]);
    assert_eq!(ledger.money(0).map(|money| money.to_string()).as_deref(), Some("100.25 GBP"));
    assert_eq!(
        told(&findings),
        [
            "M080 Actuals H6: 1.005",
            "M080 Actuals H9: 0.5",
            "M081 Actuals D8: I9",
            "M081 Actuals E5: C9",
            "M082 Actuals B4: a later date",
            "M083 Actuals C3: FY2026-P09",
            "M084 Actuals E7: C1",
            "M086 Actuals H7: 20",
            "M094 : no average rate from JPY to GBP for FY2026-P10",
        ]
    );
}

mod conservation {
    use super::*;
    use proptest::prelude::*;
    use rust_decimal::Decimal;
    use std::collections::BTreeMap;

    fn line() -> impl Strategy<Value = String> {
        let date = prop::sample::select(vec!["2026-09-30", "2026-10-31", "2026-11-01"]);
        let initiative = prop::sample::select(vec!["", "I1", "I2", "I9"]);
        let code = prop::sample::select(vec!["", "C1", "C2", "C9"]);
        let kind = prop::sample::select(vec!["actual", "accrual", "reversal", "commitment", "commitment release"]);
        let currency = prop::sample::select(vec!["", "GBP", "JPY", "KWD"]);
        (date, initiative, code, kind, -9_999_999i64..9_999_999, 0u32..4, currency).prop_map(
            |(date, initiative, code, kind, amount, scale, currency)| {
                format!("| {date} | | {initiative} | {code} | | {kind} | {} | {currency}", Decimal::new(amount, scale))
            },
        )
    }

    fn numbered(lines: &[String]) -> Vec<String> {
        lines.iter().enumerate().map(|(number, line)| format!("E{number} {line}")).collect()
    }

    fn built(lines: &[String]) -> crate::model::finance::Ledger {
        let rows: Vec<&str> = lines.iter().map(String::as_str).collect();
        money_tables(&rows).build("2026-10-31").0.ledger
    }

    proptest! {
        #[test]
        fn money_in_is_money_in_the_buckets(lines in prop::collection::vec(line(), 0..30)) {
            let rows = numbered(&lines);
            let ledger = built(&rows);
            prop_assert!(ledger.totals.iter().all(|total| total.residual().is_zero()));
            prop_assert_eq!(ledger.totals.iter().map(|total| total.lines).sum::<u64>(), lines.len() as u64);
            // Independently: what the frames and the lines held back hold is what the cells said.
            let told: Decimal = rows.iter().map(|row| row.split('|').nth(7).expect("an amount").trim().parse::<Decimal>().expect("a number")).sum();
            let mut kept: Decimal = ledger.held_back.iter().map(|line| line.amount).sum();
            for frame in [&ledger.frame, &ledger.later] {
                let one = crate::model::finance::Ledger { frame: frame.clone(), ..Default::default() };
                kept += (0..frame.height()).map(|line| one.money(line).expect("money").amount()).sum::<Decimal>();
            }
            prop_assert_eq!(kept, told);
        }

        #[test]
        fn the_order_of_rows_does_not_matter(lines in prop::collection::vec(line(), 0..20)) {
            let rows = numbered(&lines);
            let turned: Vec<String> = rows.iter().rev().cloned().collect();
            let (ledger, other) = (built(&rows), built(&turned));
            prop_assert_eq!(&ledger.totals, &other.totals);
            let by_entry = |ledger: &crate::model::finance::Ledger| -> BTreeMap<String, String> {
                let text = |column: &str, line| ledger.frame.column(column).expect("a column").str().expect("texts").get(line).map(String::from);
                let entries = (0..ledger.frame.height()).map(|line| {
                    let told = format!("{:?} {:?} {:?}", ledger.money(line), text("initiative", line), text("kind", line));
                    (text("entry", line).unwrap_or_default(), told)
                });
                entries.collect()
            };
            prop_assert_eq!(by_entry(&ledger), by_entry(&other));
        }
    }
}

#[test]
fn rates_are_checked_against_each_other_and_against_what_is_needed() {
    let (portfolio, findings) = TestTables::new()
        .with("Initiatives", "Initiative ID | Name | Currency", &["I1 | One | EUR"])
        .with(
            "FX rates",
            "From | To | Kind | Period | Rate",
            &[
                "EUR | GBP | average | 2026-10 | 0.80",
                "GBP | EUR | average | 2026-10 | 1.20",
                "USD | GBP | average | 2026-10 | 0.75",
                "EUR | USD | average | 2026-10 | 1.10",
                "USD | USD | average | 2026-10 | 1",
                "EUR | GBP | closing | 2026-10 | 0",
            ],
        )
        .with("Actuals", LEDGER, &["E1 | 2026-10-05 | | I1 | | | actual | 10 |", "E2 | 2026-09-05 | | I1 | | | actual | 10 |"])
        .with("Budgets", "Initiative | Category | Capex/Opex | Period | Amount", &["I1 | Labour | opex | 2026-10 | 100"])
        .build("2026-10-31");
    // 1/1.20 = 0.833 against 0.80; 1.10 × 0.75 = 0.825 against 0.80.
    assert_eq!(portfolio.fx_rates.len(), 4);
    let told = told(&findings);
    let rates: Vec<&str> = told.iter().map(String::as_str).filter(|line| line.starts_with("M09")).collect();
    assert_eq!(
        rates,
        [
            "M091 FX rates E7: 0",
            "M092 FX rates E2: 0.8",
            "M092 FX rates E2: 0.8",
            "M093 FX rates B6: USD to USD, 1",
            "M094 : no average rate from EUR to GBP for FY2026-P09",
            "M094 : no budget rate from EUR to GBP for FY2026-P10",
        ]
    );
}

#[test]
fn registers_point_at_records_or_say_so() {
    let (portfolio, findings) = TestTables::new()
        .with("People", "Person ID | Name | To", &["P1 | Ann Lee |", "P2 | Bo Chan | 2026-06-30"])
        .with("Initiatives", "Initiative ID | Name | Owner | Objective | Previous IDs", &["I1 | One | P1 | | OLD-1"])
        .with("Activities", "Initiative | Activity ID | WBS | Duration", &["OLD-1 | A | 1 | 1d"])
        .with(
            "Risks",
            "Risk ID | Initiative | Event | Owner | Kind | Probability | Cost min | Cost likely | Cost max | Activities hit | Status | Residual cost likely",
            &[
                "R1 | I1 | Rain | P2 | threat | 30% | 1 | 2 | 3 | A | open | 5",
                "R2 | I1 | Snow | Ann Lee | threat | 100% | 1 | 2 | 3 | B | open |",
                "R3 | l1 | Sun | P2 | opportunity | 10% | | 2 | | | closed |",
            ],
        )
        .with("Issues", "Issue ID | Initiative | Title | Raised | Severity | Owner | Risk", &["S1 | I1 | Flood | 2026-10-01 | 1 | P1 | R9"])
        .build("2026-10-31");
    assert_eq!(portfolio.risks.len(), 2);
    assert_eq!(portfolio.risks[0].activities.len(), 1);
    assert_eq!(portfolio.risks[1].owner.as_ref().map(PersonId::as_str), Some("P1"));
    assert_eq!(portfolio.activities[0].key.to_string(), "I1/A");
    assert_eq!(
        told(&findings),
        [
            "M001 Issues G2: R9",
            "M001 Risks B4: l1",
            "M001 Risks J3: B",
            "M006 Activities A2: OLD-1",
            "M007 Risks D3: Ann Lee",
            "M009 Risks D2: P2",
            "M100 Risks F3: 100 %",
            "M102 Risks L2: 5",
            "M105 Issues 2:2: nothing",
        ]
    );
    let alike = findings.0.iter().find(|finding| finding.found == "l1").map(|finding| finding.hint.as_str());
    assert_eq!(alike, Some("Did you mean I1? It has the letter I where this has the letter l."));
}

#[test]
fn a_circle_of_kpis_is_cut_and_weights_are_checked() {
    let (portfolio, findings) = TestTables::new()
        .with(
            "KPIs",
            "KPI ID | Name | Kind | Direction | Green threshold | Red threshold | Parent | Weight",
            &[
                "K1 | a | lagging | up | 1 | 5 | K2 |",
                "K2 | b | lagging | down | 1 | 5 | K1 |",
                "K3 | c | leading | up | | | K2 | 60%",
            ],
        )
        .with(
            "KPI readings",
            "KPI | Period | Value",
            &["K1 | 2026-10 | 3", "K1 | 2026-10 | 4", "K2 | 2026-11 | 4", "K9 | 2026-10 | 1", "K3 | 2026-09 | 1"],
        )
        .build("2026-10-31");
    assert_eq!(portfolio.kpis[0].parent, None);
    assert_eq!(portfolio.kpis[1].parent.as_ref().map(KpiId::as_str), Some("K1"));
    assert_eq!(portfolio.kpis[0].readings.len(), 1);
    assert_eq!(
        told(&findings),
        [
            "M001 KPI readings A5: K9",
            "M008 KPI readings B3: FY2026-P10",
            "M015 KPIs H3: 60.0 % in all below K2",
            "M016 KPIs G2: K1 > K2 > K1",
            "M113 KPI readings B4: FY2026-P11",
            "M120 KPIs E2: 1",
            "M121 KPIs C2: lagging",
            "M122 KPIs A3: K2",
        ]
    );
}
