//! What holds for any sheet whatever: no panic, every row counted, the order of columns without meaning.

use super::cut;
use crate::source::raw::{RawSheet, Rect, TableRegion};
use crate::table::contracts;
use crate::table::grid::{From, Grid};
use crate::table::mapping::Mappings;
use crate::table::template::{self, ExampleCell, TemplateColumn, TemplateFormat, TemplateSheet};
use crate::table::testing;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Words that make headers, totals, periods and data meet in every way.
fn cell() -> impl Strategy<Value = &'static str> {
    let words = [
        "",
        "",
        "",
        "",
        "x",
        "1",
        "-2.5",
        "2026-10-31",
        "Total",
        "Subtotal",
        "Risk ID",
        "Event",
        "Owner",
        "Initiative",
        "Category",
        "Period",
        "Amount",
        "Oct 2026",
        "Nov 2026",
        "KPI",
        "Value",
        "'  indented",
        "2FS+3d;4SS",
        "a[2,00 #3];b",
        "8:00 - 9:00",
        "Yes",
        "#REF!",
        "50%",
    ];
    proptest::sample::select(words.to_vec())
}

fn any_sheet() -> impl Strategy<Value = RawSheet> {
    let rows = proptest::collection::vec(proptest::collection::vec(cell(), 1..7), 0..14);
    let name = proptest::sample::select(vec!["Risks", "Budgets wide", "Sheet1", "About", "KPI readings"]);
    (name, rows).prop_map(|(name, rows)| {
        let text: Vec<String> = rows.iter().map(|row| row.join("|")).collect();
        testing::sheet(name, &format!("x\n{}", text.join("\n")))
    })
}

/// Rows of a grid by all that may become of them.
fn counted(grid: &Grid<'_>) -> BTreeSet<u32> {
    let aside = &grid.set_aside;
    let records = grid.records.iter().map(|at| at.row);
    records.chain(aside.blank.iter().chain(&aside.totals).chain(&aside.declared).copied()).collect()
}

/// A mapping that asks for everything at once.
const MAPPING: &str = r#"
[[source]]
files = "*"
[[source.table]]
as = "Activities"
optional = true
hierarchy = { column = "Event", by = "leading spaces" }
fields = { activity_id = "Risk ID", wbs = { hierarchy = "code" }, duration = { column = "@2", unit = "days", percent_of = "@3", optional = true } }
[[source.table]]
as = "Dependencies"
explode = { column = "@1", by = "links" }
fields = { predecessor = { part = "activity" }, successor = "@2", lag = { part = "lag" } }
[[source.table]]
as = "Assignments"
header_row = [2, 3]
explode = { column = "@3", by = "demand" }
fields = { activity = "@1", units = { part = "units" }, resource = { part = "name", text = "{sheet}:{value}" } }
[[source.table]]
as = "Budgets"
crosstab = { pattern = "2026", totals = "Total" }
fields = { initiative = "Initiative" }
[[source.table]]
as = "Risks"
transposed = true
where = [{ column = "Owner", blank = false }]
fields = { risk_id = "Risk ID", event = "Event" }
[[source.table]]
as = "Calendars"
working_time = { hours = "A1:B9", days = "C1:D9" }
fields = { calendar_id = { constant = "c" } }
[[source.table]]
as = "Issues"
repeat = { count = 4, down = 3, across = 1 }
cells = { issue_id = "A1", title = "B2" }
[[source.table]]
as = "KPIs"
sheets = "KPI*"
fields = { kpi_id = { join = { sheet = "*", key = "KPI", on = "{Value}" }, column = "Value" } }
"#;

/// The blank workbooks, as the program writes them: nothing is read from them, and nothing is told but the example rows.
#[test]
fn blank_workbooks_hold_no_data() {
    let contracts = contracts::all();
    for workbook in template::blank_workbooks(&contracts) {
        let sheets: Vec<RawSheet> = workbook.sheets.iter().map(blank).collect();
        let (grids, _, findings) = cut(&sheets, &Mappings::default(), &contracts);
        assert_eq!(grids.len(), sheets.len(), "{}", workbook.file);
        assert!(grids.iter().all(|grid| grid.records.is_empty() && !grid.set_aside.declared.is_empty()), "{}", workbook.file);
        assert_eq!(findings.0.len(), sheets.len(), "{:?}", findings.0);
        assert!(findings.0.iter().all(|finding| finding.code == super::codes::EXAMPLE_ROW));
    }
}

/// A title, the headers and the example row, as an Excel table.
fn blank(sheet: &TemplateSheet) -> RawSheet {
    let line = |cell: &dyn Fn(&TemplateColumn) -> String| sheet.columns.iter().map(cell).collect::<Vec<_>>().join("|");
    let example = |column: &TemplateColumn| match &column.example {
        ExampleCell::Empty => String::new(),
        ExampleCell::Text(text) => format!("'{text}"),
        ExampleCell::Number(number) if column.format == TemplateFormat::Percent => format!("{}%", number * 100.0),
        ExampleCell::Number(number) => number.to_string(),
        ExampleCell::Date(day) => day.to_string(),
    };
    let text = format!("{}\n\n{}\n{}", sheet.name, line(&|column| format!("'{}", column.header)), line(&example));
    let mut raw = testing::sheet(&sheet.name, &text);
    let right = u32::try_from(sheet.columns.len() - 1).expect("few");
    raw.tables.push(TableRegion {
        name: sheet.table_name.clone(),
        rect: Rect { top: 2, left: 0, bottom: 3, right },
        header_rows: 1,
        totals_rows: 0,
        columns: sheet.columns.iter().map(|column| column.header.clone()).collect(),
    });
    raw
}

proptest! {
    #[test]
    fn each_row_of_a_table_is_a_record_or_counted(sheet in any_sheet()) {
        let sheets = [sheet];
        let (grids, uses, _) = cut(&sheets, &Mappings::default(), &contracts::all());
        prop_assert_eq!(uses.len(), 1);
        for grid in &grids {
            let rows = counted(grid);
            if let (Some(first), Some(last)) = (rows.first(), rows.last()) {
                prop_assert_eq!(rows.len(), (last - first + 1) as usize, "no row between is left out");
                prop_assert_eq!(grid.header_row.map(|row| row + 1), Some(*first));
            }
            let below = grid.sheet.columns.iter().flat_map(|(col, column)| column.rows.iter().map(move |row| (*row, *col)));
            let bound = |col: u32| grid.bindings.iter().any(|binding| matches!(binding.from, From::Column(own) if own == col));
            let next = grids.iter().filter_map(|other| other.header_row).filter(|row| *row > grid.header_row.unwrap_or(0)).min();
            for (row, col) in below.filter(|(row, col)| *row > grid.header_row.unwrap_or(0) && next.is_none_or(|next| *row < next) && bound(*col)) {
                let empty = grid.sheet.cell_text(row, col).is_some_and(|text| text.trim().is_empty());
                prop_assert!(empty || rows.contains(&row), "row {row} of column {col} is in no account");
            }
        }
    }

    #[test]
    fn any_sheet_under_any_mapping_is_cut_without_a_panic(first in any_sheet(), second in any_sheet()) {
        let (mappings, wrong) = Mappings::from_toml(MAPPING, |_| None);
        prop_assert!(wrong.0.is_empty(), "{:?}", wrong);
        let sheets = [first, second];
        let (grids, uses, _) = cut(&sheets, &mappings, &contracts::all());
        prop_assert_eq!(uses.len(), 2);
        for grid in &grids {
            for binding in &grid.bindings {
                if let From::Derived { texts, .. } = &binding.from {
                    prop_assert_eq!(texts.len(), grid.records.len());
                }
            }
        }
    }
}
