//! The dashboard of a small portfolio whose figures are worked out by hand.

use super::*;
use crate::model::testing::{TestTables, moment};
use crate::report::book::{Block, Table, Tile, Total, Value, show, total_of};
use crate::report::headline::{PreviousRun, parse};
use crate::report::testing::{columns_named, table, with_input};
use crate::report::tidy;

/// P1: BAC 1,000 over ten days from Monday 2 March; on Friday 6 March half is planned (PV 500), 40 % is done (EV 400),
/// 500 is spent (AC 500). So SV -100, CV -100, SPI 0.80, CPI 0.80, EAC 500 + 600 / 0.8 = 1,250, VAC -250.
/// P2: BAC 200, begins on 9 March: nothing is planned, earned or spent yet, and its indices do not exist.
fn tables() -> TestTables {
    TestTables::new()
        .with("Initiatives", "Initiative ID|Name", &["P1|First", "P2|Second"])
        .with(
            "Activities",
            "Initiative|Activity ID|WBS|Name|Type|Duration|Baseline start|Baseline finish|Budget",
            &[
                "P1|A|1|Build|task|10d|2026-03-02|2026-03-13|1000",
                "P1|M|2|Live|milestone|0d|2026-03-13 17:00|2026-03-13 17:00|",
                "P2|B|1|Write|task|4d|2026-03-09|2026-03-12|200",
            ],
        )
        .with("Dependencies", "Initiative|Predecessor|Successor|Type", &["P1|A|M|FS"])
        .with(
            "Progress",
            "As-of|Initiative|Activity|Percent complete|Actual start|Remaining duration|Actual cost",
            &["2026-03-06|P1|A|0.4|2026-03-02|6d|500", "2026-03-06|P2|B|0|||0"],
        )
}

fn book_of(tables: TestTables) -> Book {
    with_input(tables, None, book)
}

/// A row of a table as its cells show, some columns.
pub(super) fn shown(table: &Table, row: usize, headers: &[&str]) -> Vec<String> {
    let at = |header: &&str| table.position(header).unwrap_or_else(|| panic!("{} has no {header}", table.name));
    headers.iter().map(|header| show(&table.rows[row][at(header)].value, &table.columns[at(header)].kind)).collect()
}

fn tiles(book: &Book) -> Vec<&Tile> {
    let blocks = book.sheets.iter().flat_map(Sheet::blocks);
    blocks.filter_map(|block| if let Block::Tiles(tiles) = block { Some(tiles) } else { None }).flatten().collect()
}

#[test]
fn earned_value_is_what_the_hand_works_out() {
    let book = book_of(tables());
    let table = table(&book, "tbl_ev");
    let headers =
        ["BAC (GBP)", "PV (GBP)", "EV (GBP)", "AC (GBP)", "SV (GBP)", "CV (GBP)", "SPI", "CPI", "EAC (GBP)", "VAC (GBP)"];
    assert_eq!(shown(table, 0, &headers), ["1,000", "500", "400", "500", "(100)", "(100)", "0.80", "0.80", "1,250", "(250)"]);
    assert_eq!(shown(table, 1, &headers), ["200", "-", "-", "-", "-", "-", "n/a", "n/a", "200", "-"]);
    let total = |header: &str| {
        let at = table.position(header).expect("a column");
        show(&total_of(table, at), &table.columns[at].kind)
    };
    assert_eq!(headers.map(total), ["1,200", "500", "400", "500", "(100)", "(100)", "0.80", "0.80", "1,450", "(250)"]);
}

#[test]
fn what_does_not_exist_says_why_and_is_never_zero() {
    let book = book_of(tables());
    let ev = table(&book, "tbl_ev");
    for header in ["SPI", "CPI", "SPI(t)"] {
        let at = ev.position(header).expect("a column");
        assert!(matches!(ev.rows[1][at].result(), Value::NotAvailable(reason) if !reason.is_empty()), "{header}");
    }
    // No Budgets, Actuals, Forecast, Risks or Benefits came in.
    for tile in tiles(&book)
        .into_iter()
        .filter(|tile| ["Budget", "Actual", "Forecast", "Risk", "Cash"].iter().any(|word| tile.label.starts_with(word)))
    {
        assert!(matches!(tile.value.result(), Value::NotAvailable(reason) if !reason.is_empty()), "{}", tile.label);
    }
}

#[test]
fn nothing_at_all_still_makes_a_book() {
    let book = book_of(TestTables::new());
    assert!(book.sheets.len() > 10);
    let (portfolio, _) = TestTables::new().build("2026-03-06");
    assert!(portfolio.initiatives.is_empty());
    for tile in tiles(&book) {
        let change = tile.change.as_ref().expect("a change");
        assert!(matches!(change.value.result(), Value::NotAvailable(_)), "{}", tile.label);
    }
}

#[test]
fn totals_are_the_sums_of_the_rows_that_are_shown() {
    let book = book_of(tables());
    let mut sums = 0;
    for table in book.sheets.iter().flat_map(Sheet::tables) {
        for (at, column) in table.columns.iter().enumerate().filter(|(_, column)| column.total == Total::Sum) {
            let added: f64 = table.rows.iter().filter_map(|row| context::figure(&row[at].value)).sum();
            let total = context::figure(&total_of(table, at)).expect("a figure");
            assert!((added - total).abs() < 1e-6, "{} {}", table.name, column.header);
            sums += 1;
        }
    }
    assert!(sums > 20, "{sums}");
}

#[test]
fn every_formula_names_tables_and_columns_that_are_there() {
    let book = book_of(tables());
    let seen = columns_named(&book);
    assert!(seen > 100, "{seen}");
}

#[test]
fn the_next_run_says_what_changed() {
    let csv = "scope,measure,unit,value,date,reason\nportfolio,cost_performance_index,index,0.9,,\nportfolio,forecast_finish,date,,2026-03-11,\n";
    let previous = PreviousRun { as_of: moment("2026-02-28"), headlines: parse(csv.as_bytes()).expect("headlines") };
    let book = with_input(tables(), Some(&previous), book);
    let change = |label: &str| {
        let tile = tiles(&book).into_iter().find(|tile| tile.label == label).expect("a tile");
        tile.change.clone().expect("a change")
    };
    let index = change("Cost index CPI");
    assert!(matches!(index.value.value, Value::Number(moved) if (moved + 0.1).abs() < 1e-9), "{index:?}");
    assert_eq!(index.since, "since last run, 28 Feb 2026, not closed");
    // Six days of work are left after Friday 6 March: Monday 16 March, five days after 11 March.
    let finish = change("Last forecast finish");
    assert!(matches!(finish.value.value, Value::Number(days) if (days - 5.0).abs() < 1e-9), "{finish:?}");
    assert!(matches!(change("Schedule index SPI(t)").value.value, Value::NotAvailable(_)));
}

#[test]
fn tidy_results_carry_the_figures_of_the_workbook() {
    with_input(tables(), None, |input| {
        let results = tidy::tables(input);
        for result in &results {
            assert!(result.columns.iter().all(|column| column.values.len() == result.rows), "{}", result.name);
        }
        let described = results.last().expect("columns");
        let columns: usize = results.iter().filter(|result| result.name != "columns").map(|result| result.columns.len()).sum();
        assert_eq!((described.name, described.rows), ("columns", columns));
        let earned = results.iter().find(|result| result.name == "earned_value").expect("earned value");
        let of = |name: &str| earned.column(name).expect("a column").values.clone();
        let (tidy::Values::Text(levels), tidy::Values::Amount(values)) = (of("level"), of("earned_value")) else {
            panic!("types")
        };
        let sum = |level: &str| -> rust_decimal::Decimal {
            levels.iter().zip(&values).filter(|(of, _)| of.as_deref() == Some(level)).filter_map(|(_, value)| *value).sum()
        };
        assert_eq!([sum("portfolio"), sum("initiative"), sum("activity")], [rust_decimal::Decimal::from(400); 3]);
    });
}
