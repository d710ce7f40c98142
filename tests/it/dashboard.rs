//! The Performance Dashboard of the sample portfolio: it tells the stories that the sample holds, and its sums agree with
//! the program's own.

use crate::harness;
use crate::sample::prepared;
use libtest_mimic::Trial;
use throughline::render::tidy;
use throughline::report::book::{Block, Book, Sheet, Table, Value, show, total_of};
use throughline::report::{headline, performance_dashboard};

pub fn trials() -> Vec<Trial> {
    vec![
        harness::test("dashboard::the_executive_page_tells_the_stories", the_executive_page_tells_the_stories),
        harness::test("dashboard::sums_agree_with_the_program", sums_agree_with_the_program),
        harness::test("dashboard::money_pages_agree_with_the_program", money_pages_agree_with_the_program),
        harness::test("dashboard::headlines_are_read_back", headlines_are_read_back),
    ]
}

fn table<'b>(book: &'b Book, name: &str) -> &'b Table {
    book.table(name).unwrap_or_else(|| panic!("no table {name}"))
}

/// The rows of a table as its cells show, each as one line.
fn lines(table: &Table) -> Vec<String> {
    let cells = |row: &Vec<_>| {
        let shown = row
            .iter()
            .zip(&table.columns)
            .map(|(cell, column): (&throughline::report::book::Cell, _)| show(&cell.value, &column.kind));
        shown.collect::<Vec<_>>().join(" | ")
    };
    table.rows.iter().map(cells).collect()
}

/// Every story of the sample is a line on the Executive page that holds all of its words.
fn the_executive_page_tells_the_stories() {
    let prepared = prepared();
    let book = performance_dashboard::book(&prepared.report_input());
    let executive = book.sheets.iter().find(|sheet| sheet.name == "Executive").expect("an Executive page");
    let all: Vec<String> = executive.tables().flat_map(lines).collect();
    let stories: [(&str, &[&str]); 6] = [
        (
            "a late critical path behind a vendor",
            &["LU-101", "25 Jun 2027", "23 Mar 2027", "+64 days", "Helvmark", "needed by", "critical path"],
        ),
        ("an initiative with CPI near 0.8", &["LU-102", "CPI 0.78", "over its budget"]),
        ("benefits leaking", &["Benefits", "BEN-01", "business case promised"]),
        ("a double-booked architect", &["People", "Lead architect", "LU-101", "LU-102", "LU-106"]),
        ("a risk that became an issue", &["Risk to issue", "RSK-01", "ISS-01"]),
        ("decisions that wait", &["Decisions", "open decisions are past the date"]),
    ];
    for (story, words) in stories {
        let told = all.iter().any(|line| words.iter().all(|word| line.contains(word)));
        assert!(told, "{story}: no line holds {words:?} in\n{}", all.join("\n"));
    }
}

/// What the table re-adds is what the program sums, and every verdict of the workbook is good.
fn sums_agree_with_the_program() {
    let prepared = prepared();
    let book = performance_dashboard::book(&prepared.report_input());
    for name in ["tbl_ev_check", "tbl_control_rows", "tbl_control_money", "tbl_ev_basis", "tbl_recon", "tbl_checks"] {
        for line in lines(table(&book, name)) {
            assert!(!line.contains("fault"), "{name}: {line}");
        }
    }
    let life = table(&book, "tbl_cost_life");
    let total = |header: &str| total_of(life, life.position(header).expect("a column"));
    let cost = &prepared.analyses.cost.total.life;
    let money = |figure: throughline::analysis::measure::Measure<throughline::base::money::Money>| {
        Value::Money(figure.expect("a figure").amount())
    };
    assert_eq!([total("PL (GBPk)"), total("AC (GBPk)")], [money(cost.budget), money(cost.actual)]);
    let has_tiles = |sheet: &Sheet| sheet.blocks().any(|block| matches!(block, Block::Tiles(tiles) if tiles.len() == 12));
    assert!(book.sheets.iter().any(has_tiles));
}

/// Totals of the position are the program's, by every dimension; no check of the workbook finds a fault.
fn money_pages_agree_with_the_program() {
    let prepared = prepared();
    let book = performance_dashboard::book(&prepared.report_input());
    let money = |figure: throughline::analysis::measure::Measure<throughline::base::money::Money>| {
        Value::Money(figure.expect("a figure").amount())
    };
    let names =
        ["tbl_position", "tbl_position_work", "tbl_position_category", "tbl_position_expenditure", "tbl_position_funding"];
    for (name, group) in names.iter().zip(&prepared.analyses.cost.groups) {
        let position = table(&book, name);
        let total = |header: &str| total_of(position, position.position(header).expect("a column"));
        let of = &group.total;
        assert_eq!(
            ["Original (GBPk)", "Changes (GBPk)", "PL (GBPk)", "AC (GBPk)", "On order (GBPk)", "EAC (GBPk)"].map(total),
            [of.original, of.changes, of.budget, of.actual, of.commitments, of.estimate_at_completion].map(money),
            "{name}"
        );
    }
    let position = table(&book, "tbl_position");
    let total = |header: &str| total_of(position, position.position(header).expect("a column"));
    let of = &prepared.analyses.cost.groups[0].total;
    assert_eq!(["Available (GBPk)", "dPL (GBPk)"].map(total), [of.available, of.variance].map(money));
    let checked = book.sheets.iter().flat_map(Sheet::tables).filter(|table| table.position("Check").is_some());
    let mut seen = 0;
    for table in checked.filter(|table| !table.name.starts_with("tbl_recon")) {
        seen += table.rows.len();
        for line in lines(table) {
            assert!(!line.contains("fault"), "{}: {line}", table.name);
        }
    }
    assert!(seen > 100, "{seen}");
}

/// The headlines that this run writes are what the next run reads.
fn headlines_are_read_back() {
    let prepared = prepared();
    let written = headline::headlines(&prepared.report_input());
    let csv = tidy::csv(&headline::tidy(&written)).expect("csv");
    let read = headline::parse(&csv).expect("headlines");
    assert!(written.len() > 40, "{}", written.len());
    assert_eq!(read.len(), written.len());
    for (written, read) in written.iter().zip(&read) {
        assert_eq!((&written.scope, &written.measure, written.unit), (&read.scope, &read.measure, read.unit));
        assert_eq!(written.value.as_ref().ok(), read.value.as_ref().ok(), "{} {}", written.scope, written.measure);
    }
}
