//! What tests of books share: a small portfolio's report input, a table by name, and that formulas name what is there.

use crate::analysis::analyse;
use crate::base::finding::Findings;
use crate::base::run::RunFacts;
use crate::model::past::Past;
use crate::model::testing::{TestTables, moment};
use crate::report::ReportInput;
use crate::report::book::{Block, Book, Cell, Sheet, Table, Value};
use crate::report::headline::PreviousRun;
use crate::table::tables::Tables;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that is known of a portfolio on Friday 6 March 2026.
pub fn with_input<R>(tables: TestTables, previous: Option<&PreviousRun>, test: impl FnOnce(&ReportInput<'_>) -> R) -> R {
    let (portfolio, _) = tables.build("2026-03-06");
    let past = Past::default();
    let (analyses, _) = analyse(&portfolio, &past);
    let run = RunFacts {
        run_id: "0123456789ab".into(),
        version: "0.0.0".into(),
        portfolio: "Test".into(),
        as_of: moment("2026-03-06"),
        inputs: Vec::new(),
        settings_sha256: String::new(),
        seed: 1,
    };
    let (findings, none) = (Findings::new(), Tables::default());
    test(&ReportInput {
        run: &run,
        files: &[],
        tables: &none,
        findings: &findings,
        portfolio: &portfolio,
        past: &past,
        previous,
        analyses: &analyses,
        inputs: None,
    })
}

pub fn table<'b>(book: &'b Book, name: &str) -> &'b Table {
    book.table(name).unwrap_or_else(|| panic!("no table {name}"))
}

/// How many columns the formulas of a book name; each is there, and table names are unique.
pub fn columns_named(book: &Book) -> usize {
    let known: BTreeMap<&str, BTreeSet<&str>> = (book.sheets.iter().flat_map(Sheet::tables))
        .map(|table| (table.name.as_str(), table.columns.iter().map(|column| column.header.as_str()).collect()))
        .collect();
    let tables: Vec<&Table> = book.sheets.iter().flat_map(Sheet::tables).collect();
    assert_eq!(known.len(), tables.len(), "table names are unique");
    let of_columns = tables.iter().flat_map(|table| table.columns.iter().filter_map(|column| column.formula.clone()));
    let tiles = book.sheets.iter().flat_map(Sheet::blocks).filter_map(|block| match block {
        Block::Tiles(tiles) => Some(tiles),
        _ => None,
    });
    let of_tiles = tiles.flatten().map(|tile| &tile.value).filter_map(formula);
    let of_cells = tables.iter().flat_map(|table| table.rows.iter().flatten()).filter_map(formula);
    let formulas: Vec<String> = of_columns.chain(of_tiles).chain(of_cells).collect();
    let whole = regex::Regex::new(r"(tbl_\w+)\[(?:\[#This Row\],\[([^\]]+)\]|([^\[\]]+))\]").expect("a pattern");
    let mut seen = 0;
    for found in formulas.iter().flat_map(|text| whole.captures_iter(text)) {
        let column = found.get(2).or(found.get(3)).expect("a column").as_str().replace("''", "'");
        assert!(known.get(&found[1]).is_some_and(|columns| columns.contains(column.as_str())), "{} {column}", &found[1]);
        seen += 1;
    }
    seen
}

fn formula(cell: &Cell) -> Option<String> {
    if let Value::Formula { text, .. } = &cell.value { Some(text.clone()) } else { None }
}
