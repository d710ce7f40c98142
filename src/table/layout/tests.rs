//! Layouts without a mapping, each as a small sheet in text.

use super::{Cut, cut};
use crate::base::finding::Finding;
use crate::source::raw::{NamedRange, RawSheet, Rect, TableRegion};
use crate::table::contract::build::{contract, date, id, money, number, period, reference, text};
use crate::table::contract::{Contract, Crosstab};
use crate::table::grid::{From, Grid, RecordAt};
use crate::table::mapping::Mappings;
use crate::table::tables::SheetUse;
use crate::table::testing::{self, put};
use std::sync::Arc;

fn contracts() -> Vec<Arc<Contract>> {
    let mut risks = contract("Risks", "risks.xlsx", "").fields(vec![
        id("Risk ID").needed().example("R-01"),
        text("Event").needed().example("The permit is late"),
        reference("Owner", "People").needed().example("P-01"),
        date("Raised").example("2026-10-01"),
        money("Cost likely").example("1,000"),
    ]);
    risks.open_prefix = Some("Impact: ".into());
    let mut budgets = contract("Budgets", "finance.xlsx", "").fields(vec![
        reference("Initiative", "Initiatives").needed(),
        text("Category").needed(),
        period("Period").needed(),
        money("Amount").needed().also("Total"),
    ]);
    budgets.crosstab = Some(Crosstab { header: "period".into(), value: "amount".into() });
    let people =
        contract("People", "initiatives.xlsx", "").fields(vec![id("Person ID").needed(), text("Name").needed(), number("Age")]);
    [risks, budgets, people].into_iter().map(Arc::new).collect()
}

fn sheet(name: &str, rows: &[&str]) -> RawSheet {
    testing::sheet(name, &rows.join("\n"))
}

fn cut_one(sheet: &RawSheet) -> Cut<'_> {
    cut(std::slice::from_ref(sheet), &Mappings::default(), &contracts())
}

/// `field=column` for each binding, in the order of the contract.
fn bindings(grid: &Grid<'_>) -> String {
    let mut bound: Vec<(usize, String)> = grid
        .bindings
        .iter()
        .map(|binding| {
            let from = match &binding.from {
                From::Column(col) => crate::base::origin::column_name(*col),
                From::Row(row) => format!("row {}", row + 1),
                From::Own => "own".to_string(),
                other => format!("{other:?}"),
            };
            (binding.field, format!("{}={from}", grid.contract.fields[binding.field].key))
        })
        .collect();
    bound.sort();
    bound.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(" ")
}

fn rows(grid: &Grid<'_>) -> Vec<u32> {
    grid.records.iter().map(|at| at.row + 1).collect()
}

/// `code place found` of each finding.
fn told(cut: &Cut<'_>) -> Vec<String> {
    let line = |finding: &Finding| {
        let place = finding.origin.as_ref().map(crate::base::origin::Origin::address).unwrap_or_default();
        format!("{} {place} {}", finding.code.id, finding.found)
    };
    cut.2.0.iter().map(line).collect()
}

#[test]
fn the_header_row_is_found_below_titles_notes_and_blank_rows() {
    let sheet = sheet(
        "Risks",
        &["Risk register", "as of|2026-10-31", "", "Owner|EVENT (what happens)|risk-id", "P1|Fire|R1", "", "P2|Flood|R2"],
    );
    let cut = cut_one(&sheet);
    assert_eq!(told(&cut), [""; 0]);
    assert_eq!(bindings(&cut.0[0]), "risk_id=C event=B owner=A");
    assert_eq!(rows(&cut.0[0]), [5, 7]);
    assert_eq!(cut.0[0].set_aside.blank, [5]);
    assert_eq!(cut.1[0].1, SheetUse::Mapped(vec!["Risks".into()]));
}

#[test]
fn headers_decide_where_the_sheet_has_another_name() {
    let sheet = sheet("Sheet1", &["Risk ID|Event|Owner|Raised", "R1|Fire|P1|2026-10-01"]);
    let cut = cut_one(&sheet);
    assert_eq!(cut.0[0].contract.name, "Risks");
    assert!(cut.2.0.is_empty());
}

#[test]
fn headers_that_any_table_might_have_decide_nothing() {
    for headers in ["ID|Owner|Name|Duration|Task", "Risk ID|Event|Colour|Shape|Size", "Event|Raised|Cost likely"] {
        let sheet = sheet("Sheet1", &[headers, "1|2|3|4|5"]);
        assert!(cut_one(&sheet).0.is_empty(), "{headers}");
    }
}

#[test]
fn a_crosstab_is_known_by_its_headers_too() {
    let sheet = sheet("Sheet1", &["Initiative|Category|Oct 2026|Nov 2026", "I1|Staff|10|20"]);
    assert_eq!(cut_one(&sheet).0[0].records.len(), 2);
}

#[test]
fn an_unknown_header_names_the_nearest_field_and_a_missing_one_names_the_header() {
    let sheet = sheet("Risks", &["Risk ID|Evnt|Owner|Colour", "R1|Fire|P1|red"]);
    let cut = cut_one(&sheet);
    assert_eq!(told(&cut), ["T301 B1 \"Evnt\"", "T301 D1 \"Colour\"", "T303 1:1 no such header"]);
    assert!(cut.2.0[0].hint.contains("\"Event\""));
    assert!(cut.2.0[2].hint.contains("\"Evnt\""));
}

#[test]
fn a_second_column_for_a_field_and_a_column_without_header_are_told() {
    let sheet = sheet("Risks", &["Risk ID|Event|Owner|Event||Raised", "R1|Fire|P1|Flood|x|2026-10-01"]);
    assert_eq!(told(&cut_one(&sheet)), ["T302 D1 Event", "T304 E1 column E"]);
}

#[test]
fn open_columns_keep_their_names() {
    let sheet = sheet("Risks", &["Risk ID|Event|Owner|Impact: Cost|Impact: Safety", "R1|Fire|P1|3|4"]);
    let cut = cut_one(&sheet);
    assert_eq!(cut.0[0].open, [("Cost".to_string(), 3), ("Safety".to_string(), 4)]);
}

#[test]
fn two_tables_one_below_the_other() {
    let sheet = sheet("Registers", &["Risk ID|Event|Owner", "R1|Fire|P1", "", "Person ID|Name", "P1|Ann", "P2|Bob"]);
    let cut = cut_one(&sheet);
    assert_eq!(cut.1[0].1, SheetUse::Mapped(vec!["Risks".into(), "People".into()]));
    assert_eq!((rows(&cut.0[0]), rows(&cut.0[1])), (vec![2], vec![5, 6]));
    assert_eq!(told(&cut), [""; 0]);
}

#[test]
fn two_tables_side_by_side() {
    let sheet = sheet("Registers", &["Risk ID|Event|Owner||Person ID|Name", "R1|Fire|P1||P1|Ann", "||||P2|Bob"]);
    let cut = cut_one(&sheet);
    assert_eq!(bindings(&cut.0[0]), "risk_id=A event=B owner=C");
    assert_eq!(bindings(&cut.0[1]), "person_id=E name=F");
    assert_eq!((rows(&cut.0[0]), rows(&cut.0[1])), (vec![2], vec![2, 3]));
    assert_eq!(told(&cut), [""; 0]);
}

#[test]
fn an_excel_table_wins_over_guessing_and_takes_in_rows_typed_below_it() {
    let mut sheet =
        sheet("Data", &["Risk ID|Event|Owner", "x|y|z", "", "Risk ID|Event|Owner", "R1|Fire|P1", "R2|Flood|P1", "", "a note"]);
    sheet.tables.push(TableRegion {
        name: "tbl_risks".into(),
        rect: Rect { top: 3, left: 0, bottom: 4, right: 2 },
        header_rows: 1,
        totals_rows: 0,
        columns: vec!["Risk ID".into(), "Event".into(), "Owner".into()],
    });
    let cut = cut_one(&sheet);
    assert_eq!(cut.0.len(), 1);
    assert_eq!(rows(&cut.0[0]), [5, 6]);
    assert_eq!(told(&cut), ["T305 6:6 1 row(s) below the table's last row 5", "T308 A8 1 cell(s), the first one \"a note\""]);
}

#[test]
fn the_totals_row_of_an_excel_table_is_set_aside() {
    let mut sheet = sheet("Data", &["Risk ID|Event|Owner|Cost likely", "R1|Fire|P1|10", "R2|Flood|P1|20", "Total|||30"]);
    sheet.tables.push(TableRegion {
        name: "Table1".into(),
        rect: Rect { top: 0, left: 0, bottom: 3, right: 3 },
        header_rows: 1,
        totals_rows: 1,
        columns: ["Risk ID", "Event", "Owner", "Cost likely"].map(String::from).to_vec(),
    });
    let cut = cut_one(&sheet);
    assert_eq!(rows(&cut.0[0]), [2, 3]);
    assert_eq!(cut.0[0].set_aside.totals, [3]);
}

#[test]
fn a_named_range_wins_over_guessing() {
    let mut sheet = sheet("Data", &["|Person ID|Name", "|P0|old", "|Person ID|Name", "|P1|Ann", "|P2|Bob", "|P3|Cid"]);
    sheet.named_ranges.push(NamedRange { name: "People".into(), rect: Rect { top: 2, left: 1, bottom: 4, right: 2 } });
    let cut = cut_one(&sheet);
    assert_eq!(rows(&cut.0[0]), [4, 5]);
    assert_eq!(told(&cut), ["T308 B6 2 cell(s), the first one \"P3\""]);
}

#[test]
fn periods_in_the_headers_make_a_crosstab() {
    let rows = ["Initiative|Category|2026-10-01|2026-11-01|Total", "I1|Staff|10|20|30", "I1|Travel|5||6"];
    let sheet = sheet("Budgets wide", &rows);
    let cut = cut_one(&sheet);
    let grid = &cut.0[0];
    assert_eq!(bindings(grid), "initiative=A category=B period=row 1 amount=own");
    assert_eq!(grid.records, [(1, 2), (1, 3), (2, 2)].map(|(row, col)| RecordAt { row, col }));
    assert_eq!((grid.set_aside.blank.len(), grid.set_aside.totals.len()), (1, 2));
    assert_eq!(told(&cut), ["T307 E3 6"]);
    assert!(cut.2.0[0].expected.starts_with('5'));
}

#[test]
fn thousands_and_currency_are_taken_from_the_header() {
    let sheet = sheet("Risks", &["Risk ID|Event|Owner|Cost likely (£k)", "R1|Fire|P1|10"]);
    let cut = cut_one(&sheet);
    let cost = cut.0[0].bindings.iter().find(|binding| binding.field == 4).expect("bound");
    assert!((cost.factor - 1000.0).abs() < 1e-12);
    assert_eq!(cut.0[0].reading.currency.as_deref(), Some("GBP"));
}

#[test]
fn the_example_row_of_a_template_is_set_aside_and_a_changed_one_is_not() {
    let rows = ["Risk ID|Event|Owner|Raised|Cost likely", "R-01|The permit is late|P-01|2026-10-01|1000", "R-02|Fire|P-01||"];
    let first = sheet("Risks", &rows);
    let cut = cut_one(&first);
    assert_eq!(told(&cut), ["T306 2:2 the template's example"]);
    assert_eq!((self::rows(&cut.0[0]), cut.0[0].set_aside.declared.clone()), (vec![3], vec![1]));
    let second = sheet("Risks", &["Risk ID|Event|Owner|Raised|Cost likely", "R-01|The permit is late|P-01|2026-10-01|999"]);
    assert_eq!(told(&cut_one(&second)), [""; 0]);
}

#[test]
fn guides_are_no_data_and_other_sheets_are_unknown() {
    let guide = sheet("About", &["Fill in the tables."]);
    assert_eq!(cut_one(&guide).1[0].1, SheetUse::NotData("a guide for people".into()));
    let other = sheet("Rsks", &["a|b", "1|2"]);
    let cut = cut_one(&other);
    assert_eq!(cut.1[0].1, SheetUse::Unknown { nearest: Some("Risks".into()) });
    assert_eq!(told(&cut), ["T300  4 cell(s)"]);
}

#[test]
fn a_sheet_with_the_name_of_a_table_and_nothing_on_it_is_told() {
    let emptied = sheet("Risks", &[]);
    let cut = cut_one(&emptied);
    assert_eq!((&cut.1[0].1, told(&cut)), (&SheetUse::Empty, vec!["T309  an empty sheet".to_string()]));
    let spare = sheet("Sheet2", &[]);
    let cut = cut_one(&spare);
    assert_eq!((&cut.1[0].1, told(&cut)), (&SheetUse::Empty, Vec::new()));
}

#[test]
fn a_csv_file_is_known_by_its_own_name() {
    let sheet = testing::sheet_of("ledger/people-2026-10.csv", "", "Person ID|Name\nP1|Ann");
    assert_eq!(cut_one(&sheet).0[0].contract.name, "People");
}

#[test]
fn every_row_below_the_headers_is_a_record_or_counted() {
    let mut sheet = sheet("People", &["Person ID|Name|Age"]);
    for row in 1..200u32 {
        if row % 7 != 0 {
            put(&mut sheet, row, row % 3, if row % 3 == 2 { "41" } else { "x" });
        }
    }
    let cut = cut_one(&sheet);
    let grid = &cut.0[0];
    assert_eq!(grid.records.len() + grid.set_aside.blank.len(), 199);
    assert!(told(&cut).is_empty());
}

#[test]
fn a_total_row_of_a_crosstab_is_no_record_and_is_compared() {
    let rows = ["Initiative|Category|2026-10-01|2026-11-01", "I1|Staff|10|20", "I1|Travel|5|1", "Total||15|22"];
    let sheet = sheet("Budgets wide", &rows);
    let cut = cut_one(&sheet);
    assert_eq!(cut.0[0].records.len(), 4);
    assert_eq!(cut.0[0].set_aside.totals, [3, 3]);
    assert_eq!(told(&cut), ["T053 4:4 a total row", "T054 D4 \"22\""]);
    assert!(cut.2.0[1].expected.starts_with("21"));
}

#[test]
fn empty_cells_of_a_total_row_are_counted_as_blank() {
    let sheet = sheet("Budgets wide", &["Initiative|Oct 2026|Nov 2026|Total", "I1|10|20|30", "Subtotal|||", "Subtotal|10||30"]);
    let cut = cut_one(&sheet);
    let aside = &cut.0[0].set_aside;
    assert_eq!((&aside.blank[..], &aside.totals[..]), (&[2, 2, 3][..], &[1, 3, 3][..]));
}
