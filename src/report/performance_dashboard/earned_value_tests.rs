//! Earned value from the activity up, and reconciliation, of a small portfolio whose figures are worked out by hand.

use super::*;
use crate::model::testing::TestTables;
use crate::report::book::{Book, Cell, Table, Value};
use crate::report::testing::{columns_named, table, with_input};
use crate::report::tidy::{self, TidyTable, Values};
use rust_decimal::Decimal;

/// Four activities from Monday 2 to Friday 13 March; on Friday 6 March half of each is planned: PV 500, 50.005, 16.665 and
/// 16.665, 583.335 in all, which is 583.34. The two units above the rounded-down parts go to the first two halves of a
/// penny: 50.01, 16.67, 16.66. Account CA-1: EV 400, AC 500. Account CA-2: EV 33.33, AC 20.
fn tables() -> TestTables {
    let dates = "2026-03-02|2026-03-13";
    let activity =
        |id: &str, wbs: &str, account: &str, budget: &str| format!("P1|{id}|{wbs}|Do {id}|task|10d|{dates}|{budget}|{account}");
    let rows = [
        activity("A", "1.1", "CA-1", "1000"),
        activity("B", "1.2", "CA-1", "100.01"),
        activity("C", "2.1", "CA-2", "33.33"),
        activity("D", "2.2", "CA-2", "33.33"),
    ];
    TestTables::new()
        .with("Initiatives", "Initiative ID|Name", &["P1|First"])
        .with(
            "Activities",
            "Initiative|Activity ID|WBS|Name|Type|Duration|Baseline start|Baseline finish|Budget|Control account",
            &rows.each_ref().map(String::as_str),
        )
        .with(
            "Progress",
            "As-of|Initiative|Activity|Percent complete|Actual start|Actual finish|Remaining duration|Actual cost",
            &[
                "2026-03-06|P1|A|0.4|2026-03-02||6d|500",
                "2026-03-06|P1|B|0||||0",
                "2026-03-06|P1|C|1|2026-03-02|2026-03-05|0d|20",
                "2026-03-06|P1|D|0||||0",
            ],
        )
}

fn at(table: &Table, row: usize, header: &str) -> Value {
    let column = table.position(header).unwrap_or_else(|| panic!("{} has no {header}", table.name));
    table.rows[row][column].result().clone()
}

fn money(table: &Table, row: usize, header: &str) -> Decimal {
    match at(table, row, header) {
        Value::Money(amount) => amount,
        other => panic!("{header} of row {row} is {other:?}"),
    }
}

fn near(value: &Value, expected: f64) -> bool {
    context::figure(value).is_some_and(|figure| (figure - expected).abs() < 1e-6)
}

fn amount(text: &str) -> Decimal {
    text.parse().expect("an amount")
}

#[test]
fn accounts_and_packages_are_what_the_hand_works_out() {
    let book = with_input(tables(), None, book);
    let scopes = table(&book, "tbl_ev_scopes");
    let levels: Vec<Value> = (0..scopes.rows.len()).map(|row| at(scopes, row, "Level")).collect();
    let expected = ["initiative", "control account", "work package", "control account", "work package"];
    assert_eq!(levels, expected.map(|word| Value::Text(word.into())));
    let planned: Vec<Decimal> = (0..5).map(|row| money(scopes, row, "PV")).collect();
    assert_eq!(planned, ["583.34", "550.01", "550.01", "33.33", "33.33"].map(amount));
    // CA-1: CPI 400 / 500; EAC 500 + 700.01 / 0.8. CA-2: CPI 33.33 / 20; EAC 20 + 33.33 / 1.6665 = 40.
    assert!(near(&at(scopes, 1, "CPI"), 0.8) && near(&at(scopes, 1, "EAC"), 1_375.012_5), "{:?}", scopes.rows[1]);
    assert!(near(&at(scopes, 3, "CPI"), 1.6665) && near(&at(scopes, 3, "EAC"), 40.0), "{:?}", scopes.rows[3]);
    // TCPI of CA-1: 700.01 left to earn, 600.01 left to spend. The whole by its own CPI: 520 + 733.34 x 520 / 433.33.
    assert!(near(&at(scopes, 1, "TCPI"), 700.01 / 600.01));
    assert!(near(&at(scopes, 0, "EAC"), 520.0 + 733.34 * 520.0 / 433.33));
}

/// What a table shows adds up to the total it shows, to the minor unit.
#[test]
fn activities_accounts_and_initiative_add_up() {
    let book = with_input(tables(), None, book);
    let (activities, scopes) = (table(&book, "tbl_ev_activities"), table(&book, "tbl_ev_scopes"));
    for header in ["BAC", "PV", "EV", "AC"] {
        let all: Decimal = (0..activities.rows.len()).map(|row| money(activities, row, header)).sum();
        let accounts = money(scopes, 1, header) + money(scopes, 3, header);
        assert_eq!([all, accounts], [money(scopes, 0, header); 2], "{header}");
    }
}

#[test]
fn both_sums_of_estimates_are_shown() {
    let book = with_input(tables(), None, book);
    let estimates = table(&book, "tbl_eac");
    // Accounts: 1,375.0125 + 40. The lowest of the formulas is PF = 1: 520 + 733.34.
    assert!(near(&at(estimates, 0, "Sum of control accounts"), 1_415.012_5));
    assert!(near(&at(estimates, 0, "Lowest"), 1_253.34), "{:?}", at(estimates, 0, "Lowest"));
    let top = table(&book, "tbl_eac_portfolio");
    assert!(near(&at(top, 2, "EAC (GBP)"), 520.0 + 733.34 * 520.0 / 433.33));
}

fn tidy_table<R>(name: &str, test: impl FnOnce(&TidyTable) -> R) -> R {
    with_input(tables(), None, |input| {
        let tables = tidy::tables(input);
        test(tables.iter().find(|table| table.name == name).unwrap_or_else(|| panic!("no table {name}")))
    })
}

/// The amounts of the records of the dataset's table whose element is this (none: detail).
fn dollars(table: &TidyTable, name: &str, element: Option<&str>, measure: Option<&str>) -> Decimal {
    let text = |column: &str| match &table.column(column).expect("a column").values {
        Values::Text(values) => values.clone(),
        _ => panic!("{column} is no text"),
    };
    let Values::Amount(amounts) = &table.column("value_dollars").expect("a column").values else { panic!("no amounts") };
    let (names, elements, measures) = (text("table"), text("summary_element_id"), text("summary_measure"));
    let holds = |row: &usize| {
        names[*row].as_deref() == Some(name) && elements[*row].as_deref() == element && measures[*row].as_deref() == measure
    };
    (0..table.rows).filter(holds).filter_map(|row| amounts[row]).sum()
}

#[test]
fn the_dataset_adds_up_to_the_baseline_and_omits_zeros() {
    tidy_table("ipmdar", |table| {
        let detail = |name: &str| dollars(table, name, None, None);
        assert_eq!(["BCWS_ToDate", "BCWP_ToDate", "ACWP_ToDate"].map(detail), ["583.34", "433.33", "520"].map(amount));
        let budget = detail("BCWS_ToDate") + detail("BCWS_ToComplete");
        let summary = |element: &str| dollars(table, "SummaryPerformance", Some(element), Some("BAC"));
        assert_eq!(budget, amount("1166.67"));
        assert_eq!(budget, summary("PMB") - summary("UB"));
        // Two accounts at their own CPI: 875.0125 and 20 to come, 895.0125 in all.
        assert_eq!(detail("EST_ToComplete"), amount("895.01"));
        let Values::Amount(amounts) = &table.column("value_dollars").expect("a column").values else { panic!("no amounts") };
        assert!(amounts.iter().all(|amount| amount.is_some_and(|amount| !amount.is_zero())), "{amounts:?}");
    });
}

/// A statement's difference follows from its own cells; what does not tie is listed first.
#[test]
fn a_stated_change_that_is_not_the_difference_is_listed() {
    let reported = &["P1|2026-01-31|EAC|100|", "P1|2026-02-28|EAC|130|20"];
    let tables = tables().with("Reported positions", "Item|As-of|Measure|Value|Stated change", reported);
    let book = with_input(tables, None, book);
    let positions = table(&book, "tbl_recon_positions");
    assert_eq!(positions.rows.len(), 1);
    assert_eq!(
        ["Recomputed", "Stated change", "Difference"].map(|header| money(positions, 0, header)),
        [30, 20, 10].map(Decimal::from)
    );
    let statements = table(&book, "tbl_recon");
    for row in 0..statements.rows.len() {
        let of = |header: &str| money(statements, row, header);
        assert_eq!(of("Source total") + of("Adjustments") - of("Reported"), of("Difference"), "row {row}");
    }
}

#[test]
fn nothing_to_show_says_so() {
    let book = with_input(TestTables::new(), None, book);
    for name in [
        "tbl_ev_scopes",
        "tbl_ev_activities",
        "tbl_ev_periods",
        "tbl_eac",
        "tbl_variances",
        "tbl_ipmr_1",
        "tbl_ipmr_4",
        "tbl_recon_open",
    ] {
        let table = table(&book, name);
        assert!(table.rows.is_empty() && !table.when_empty.is_empty(), "{name}");
    }
    assert!(columns_named(&book) > 100);
    let cells = |book: &Book| {
        book.sheets.iter().flat_map(Sheet::tables).flat_map(|table| table.rows.clone()).flatten().collect::<Vec<Cell>>()
    };
    assert!(cells(&book).iter().all(|cell| !matches!(cell.result(), Value::Number(number) if !number.is_finite())));
}
