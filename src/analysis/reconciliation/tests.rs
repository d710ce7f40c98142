//! The statements over small portfolios, worked by hand.

use super::*;
use crate::analysis::{Analyses, analyse};
use crate::model::past::Past;
use crate::model::testing::{TestTables, settings};
use proptest::prelude::*;

fn analysed(tables: TestTables) -> Analyses {
    let (portfolio, _) = tables.build("2026-10-31");
    analyse(&portfolio, &Past::default()).0
}

/// Statements whose name begins so, as `scope: source step step = reported, difference`.
fn told(analyses: &Analyses, name: &str) -> Vec<String> {
    let tell = |each: &Statement| {
        let steps: Vec<String> = each.adjustments.iter().map(|step| format!("{} ({})", step.amount, step.count)).collect();
        let steps = if steps.is_empty() { String::new() } else { format!(" {}", steps.join(" ")) };
        format!(
            "{}: {}{steps} = {}, {}",
            each.scope,
            each.source.amount.normalize(),
            each.reported.amount.normalize(),
            each.difference
        )
    };
    analyses.reconciliation.statements.iter().filter(|each| each.name.starts_with(name)).map(tell).collect()
}

fn candidates(analyses: &Analyses, name: &str) -> Vec<String> {
    let found = analyses.reconciliation.statements.iter().find(|each| each.name == name).expect("a statement");
    found.candidates.iter().map(|each| format!("{}: {}", each.what, each.why)).collect()
}

fn base() -> TestTables {
    TestTables::new()
        .with("Initiatives", "Initiative ID | Name | Currency | Approved budget", &["I1 | One | | 100", "I2 | Two | EUR | 50"])
        .with("Cost codes", "Cost code | Initiative", &["K1 | I1"])
        .with(
            "FX rates",
            "From | To | Kind | Period | Rate",
            &["EUR | GBP | average | 2026-10 | 0.9", "EUR | GBP | budget | 2026-10 | 0.8"],
        )
}

const LEDGER: &str = "Entry ID | Posting date | Initiative | Cost code | Type | Amount | Currency";

#[test]
fn from_the_ledger_to_the_cost_page() {
    let analyses = analysed(base().with(
        "Actuals",
        LEDGER,
        &[
            "E1 | 2026-10-05 | I1 | | actual | 30 |",
            "E2 | 2026-10-06 | | K1 | accrual | 12.34 |",
            "E3 | 2026-10-07 | | | actual | 5 | GBP",
            "E4 | 2026-11-02 | I1 | | actual | 7 |",
            "E5 | 2026-10-08 | I1 | | actual | 1.234 |",
            "E6 | 2026-10-09 | I2 | | actual | 10 |",
            "E7 | 2026-09-09 | I2 | | actual | 4 |",
            "E8 | 2026-10-10 | I1 | | commitment | 99 |",
        ],
    ));
    assert_eq!(analyses.reconciliation.faults().count(), 0, "{:?}", analyses.reconciliation.open());
    assert_eq!(
        told(&analyses, "Ledger to actual cost"),
        ["EUR: 14 = 14, 0", "GBP: 55.574 -1.234 (1) -7 (1) = 47.34, 0"],
        "read, held back, later, counted; one of no initiative is among what counts"
    );
    assert_eq!(told(&analyses, "Ledger to orders placed"), ["GBP: 99 = 99, 0"]);
    assert_eq!(told(&analyses, "Ledger to accrued cost"), ["GBP: 12.34 = 12.34, 0"]);
    assert_eq!(
        told(&analyses, "Actual cost to the Cost page"),
        ["portfolio: 47.34 9 (1) 0 (1) = 56.34, 0"],
        "10 euros at 0.9; 4 euros of September have no rate"
    );
    assert_eq!(
        told(&analyses, "Actual cost to its parts"),
        ["categories: 56.34 = 56.34, 0", "periods: 56.34 = 56.34, 0"],
        "one initiative has no figure: its September lacks a rate"
    );
}

#[test]
fn unassigned_money_is_in_the_total_and_in_no_initiative() {
    let rows = ["E1 | 2026-10-05 | I1 | | actual | 30 |", "E2 | 2026-10-07 | | | actual | 5 | GBP"];
    let analyses = analysed(base().with("Actuals", LEDGER, &rows));
    assert_eq!(
        told(&analyses, "Actual cost to its parts"),
        ["initiatives: 35 -5 (0) = 30, 0", "categories: 35 = 35, 0", "periods: 35 = 35, 0"]
    );
}

#[test]
fn a_line_that_came_after_the_close_is_put_off() {
    let mut settings = settings("2026-10-31");
    settings.finance.closed_through = Some(crate::base::period::Period::new(2026, 9));
    let tables = base().with(
        "Actuals",
        "Entry ID | Posting date | Entered on | Initiative | Type | Amount",
        &["E1 | 2026-09-20 | 2026-10-20 | I1 | actual | 30", "E2 | 2026-10-05 | 2026-10-06 | I1 | actual | 8"],
    );
    let (portfolio, _) = tables.build_with(&settings);
    let (analyses, _) = analyse(&portfolio, &Past::default());
    assert_eq!(told(&analyses, "Cost by period"), ["FY2026-P09, GBP: 30 -30 (1) = 0, 0", "FY2026-P10, GBP: 8 30 (1) = 38, 0"]);
}

#[test]
fn from_original_to_current_budget() {
    let analyses = analysed(
        base()
            .with(
                "Budgets",
                "Initiative | Category | Capex/Opex | Period | Amount | Version",
                &[
                    "I1 | L | opex | 2026-10 | 90 | v1",
                    "I1 | L | opex | 2026-10 | 80 | v2",
                    "I2 | L | opex | 2026-10 | 50 | v2",
                    "I9 | L | opex | 2026-10 | 11 | v2",
                ],
            )
            .with(
                "Budget changes",
                "Change ID | Type | From | To | Amount | Currency | Period | Category | Status | Approved on",
                &[
                    "C1 | increase | | I1 | 20 | GBP | 2026-10 | L | approved | 2026-10-02",
                    "C2 | increase | | I1 | 7 | GBP | 2026-10 | L | proposed |",
                    "C3 | decrease | I1 | | 3 | GBP | 2026-10 | L | approved | 2026-10-03",
                ],
            ),
    );
    assert_eq!(analyses.reconciliation.faults().count(), 0, "{:?}", analyses.reconciliation.open());
    assert_eq!(told(&analyses, "Budgets to the figures")[1], "GBP: 181 -90 (1) -11 (1) = 80, 0");
    assert_eq!(told(&analyses, "Original to current budget"), ["I1: 80 20 (0) -3 (0) = 97, 0", "I2: 50 = 50, 0"]);
    assert_eq!(told(&analyses, "Approved to current budget"), ["I1: 100 = 97, 3", "I2: 50 = 50, 0"]);
    assert_eq!(candidates(&analyses, "Approved to current budget"), ["budget change C3: its 3 is the difference"]);
}

#[test]
fn a_register_that_still_holds_the_original_budget_is_told() {
    let analyses = analysed(
        base().with("Budgets", "Initiative | Category | Capex/Opex | Period | Amount", &["I1 | L | opex | 2026-10 | 100"]).with(
            "Budget changes",
            "Change ID | Type | To | Amount | Currency | Period | Category | Status | Approved on",
            &[
                "C1 | increase | I1 | 20 | GBP | 2026-10 | L | approved | 2026-10-02",
                "C2 | increase | I1 | 5 | GBP | 2026-10 | L | approved | 2026-10-03",
            ],
        ),
    );
    assert_eq!(
        candidates(&analyses, "Approved to current budget")[0],
        "all changes in force together: they come to 25: the approved budget is still the original one"
    );
}

#[test]
fn the_plan_is_compared_with_the_budget_and_the_activity_named() {
    let analyses = analysed(
        base()
            .with(
                "Activities",
                "Initiative | Activity ID | WBS | Duration | Fixed cost",
                &["I1 | A | 1.1 | 9d | 50", "I1 | B | 1.2 | 5d | 40", "I1 | C | 2 | 5d | 17"],
            )
            .with("Budgets", "Initiative | Category | Capex/Opex | Period | Amount", &["I1 | L | opex | 2026-10 | 90"]),
    );
    assert_eq!(told(&analyses, "Budget to plan"), ["I1: 90 = 107, -17"]);
    assert_eq!(candidates(&analyses, "Budget to plan"), ["activity I1/C: its 17 is the difference"]);
    assert_eq!(told(&analyses, "Activities to initiative: budget at completion"), ["I1: 107 = 107, 0"]);
    assert_eq!(told(&analyses, "Work packages to initiative: budget at completion"), ["I1: 107 = 107, 0"]);
    assert_eq!(analyses.reconciliation.faults().count(), 0);
}

#[test]
fn orders_listed_and_booked_are_compared_and_the_one_that_differs_is_named() {
    let analyses = analysed(
        base()
            .with(
                "Commitments",
                "PO | Initiative | Amount | Currency | Status",
                &["P1 | I1 | 100 | GBP | open", "P2 | I1 | 60 | GBP | open", "P3 | I1 | 9 | GBP | open"],
            )
            .with(
                "Actuals",
                "Entry ID | Posting date | Initiative | Type | Amount | PO",
                &[
                    "E1 | 2026-10-05 | I1 | commitment | 100 | P1",
                    "E2 | 2026-10-05 | I1 | commitment | 58 | P2",
                    "E3 | 2026-10-05 | I1 | commitment | 4 | P4",
                ],
            ),
    );
    assert_eq!(told(&analyses, "Orders listed to orders booked"), ["GBP: 169 4 (1) -9 (1) = 162, 2"]);
    assert_eq!(
        candidates(&analyses, "Orders listed to orders booked"),
        ["order P2, listed less booked: its 2 is the difference"]
    );
}

#[test]
fn a_statement_that_must_tie_and_does_not_is_a_fault_with_candidates() {
    let (portfolio, _) = base()
        .with("Actuals", LEDGER, &["E1 | 2026-10-05 | I1 | | actual | 30 |", "E2 | 2026-10-05 | I1 | | actual | 8 |"])
        .build("2026-10-31");
    let source = SideTotal::new("lines", 68.into());
    let gbp = crate::base::money::Currency::parse("GBP").expect("listed");
    let mut statement =
        Statement::tie(Topic::Ledger, "Ledger to actual cost", "GBP", gbp, source).reported(SideTotal::new("cost", 38.into()));
    explain_fault(&portfolio, &mut statement);
    assert_eq!(statement.candidates[0].what, "ledger entry E1 of 2026-10-05");
    assert_eq!(
        statement.to_string(),
        "Ledger to actual cost, GBP: lines 68 GBP, cost 38: 30 is left unexplained",
        "what is told where a run publishes nothing"
    );
    let reconciliation = Reconciliation { statements: vec![statement], ..Reconciliation::default() };
    assert_eq!((reconciliation.tied(), reconciliation.open().len(), reconciliation.faults().count()), (0, 1, 1));
}

const WHOSE: [&str; 4] = ["I1 | ", "I2 | ", " | K1", " | K9"];
const KINDS: [&str; 5] = ["actual", "accrual", "reversal", "commitment", "commitment release"];

fn line() -> impl Strategy<Value = String> {
    let parts = (0usize..4, 1u32..29, 9u32..12, 0usize..5, -500_000i64..500_000, 0usize..3, prop::option::of(1u32..29));
    parts.prop_map(|(whose, day, month, kind, thousandths, currency, entered)| {
        let currency = ["", "GBP", "EUR"][currency];
        let entered = entered.map_or_else(String::new, |day| format!("2026-11-{day:02}"));
        let amount = Decimal::new(thousandths, if thousandths % 7 == 0 { 3 } else { 2 });
        format!("2026-{month:02}-{day:02} | {entered} | {} | {} | {amount} | {currency}", WHOSE[whose], KINDS[kind])
    })
}

use rust_decimal::Decimal;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever the ledger holds, every statement that must tie does, and the order of its lines does not matter.
    #[test]
    fn every_ledger_ties(lines in prop::collection::vec(line(), 0..60)) {
        let header = "Entry ID | Posting date | Entered on | Initiative | Cost code | Type | Amount | Currency";
        let rows: Vec<String> = lines.iter().enumerate().map(|(at, line)| format!("E{at:03} | {line}")).collect();
        let mut settings = settings("2026-10-31");
        settings.finance.closed_through = Some(crate::base::period::Period::new(2026, 9));
        let tables = |rows: &[String]| {
            let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
            let (portfolio, _) = base().with("Actuals", header, &rows).build_with(&settings);
            analyse(&portfolio, &Past::default()).0.reconciliation.statements
        };
        let forth = tables(&rows);
        let faults: Vec<String> = forth.iter().filter(|each| each.must_tie && !each.ties()).map(ToString::to_string).collect();
        prop_assert_eq!(faults, Vec::<String>::new());
        let mut turned = rows.clone();
        turned.reverse();
        prop_assert_eq!(forth, tables(&turned));
    }
}
