//! The pages and tidy results of a real project of the OR-AS database, at each of its status dates: every view adds up to
//! the figures that the database itself gives. Source: see `reference_projects`.

use crate::harness::reference;
use crate::reference_projects::portfolio_as_of;
use crate::reported::reported;
use libtest_mimic::Trial;
use std::path::Path;
use throughline::analysis::analyse;
use throughline::base::day::Moment;
use throughline::base::finding::Findings;
use throughline::base::number;
use throughline::model::past::Past;
use throughline::report::book::{Book, Table, Value};
use throughline::report::performance_dashboard;
use throughline::report::tidy::{self, TidyTable, Values};
use throughline::table::tables::Tables;

pub fn trials() -> Vec<Trial> {
    vec![reference("reference_views::every_page_adds_up_to_the_figures", "projects", every_page_adds_up_to_the_figures)]
}

/// The sum of a column over the rows whose text in another column is this.
fn sum(table: &Table, header: &str, by: &str, word: &str) -> f64 {
    let (at, test) = (table.position(header).expect("a column"), table.position(by).expect("a column"));
    let holds = |row: &&Vec<_>| matches!(throughline::report::book::Cell::result(&row[test]), Value::Text(text) if text == word);
    let figures = table.rows.iter().filter(holds).map(|row| match row[at].result() {
        Value::Money(amount) => number::to_f64(*amount),
        Value::Number(figure) => *figure,
        other => panic!("{} {header}: {other:?}", table.name),
    });
    figures.sum()
}

/// The last figure of a column.
fn last(table: &Table, header: &str) -> f64 {
    let at = table.position(header).expect("a column");
    let mut figures = table.rows.iter().filter_map(|row| match row[at].result() {
        Value::Money(amount) => Some(number::to_f64(*amount)),
        _ => None,
    });
    figures.next_back().expect("a figure")
}

/// The sum of the dataset's detail in one of its tables.
fn detail(table: &TidyTable, name: &str) -> f64 {
    let (Values::Text(names), Values::Amount(amounts)) =
        (&table.column("table").expect("a column").values, &table.column("value_dollars").expect("a column").values)
    else {
        panic!("types")
    };
    let of = names.iter().zip(amounts).filter(|(of, _)| of.as_deref() == Some(name));
    of.filter_map(|(_, amount)| amount.map(number::to_f64)).sum()
}

fn views(folder: &Path, status: Moment, test: impl FnOnce(&Book, &TidyTable)) {
    let portfolio = portfolio_as_of(folder, "C2011-12", false, Some(status));
    let (analyses, _) = analyse(&portfolio, &Past::default());
    reported(&portfolio, &analyses, (&Tables::default(), &Findings::new()), |input| {
        let results = tidy::tables(input);
        test(&performance_dashboard::book(input), results.iter().find(|table| table.name == "ipmdar").expect("the dataset"));
    });
}

/// Status dates with PV, EV and AC, as the database exported them.
fn exported(folder: &Path) -> Vec<(Moment, [f64; 3])> {
    let path = folder.join("C2011-12.evm.csv");
    let records = csv::ReaderBuilder::new().flexible(true).from_path(path).expect("the figures").into_records();
    let row = |record: csv::StringRecord| {
        let at = Moment::from_datetime(record[1].replace(' ', "T").parse().expect("a status date"));
        (at, [2, 3, 4].map(|column| record[column].parse().expect("an amount")))
    };
    records.map(|record| row(record.expect("a row"))).collect()
}

fn every_page_adds_up_to_the_figures(folder: &Path) {
    let rows = exported(folder);
    assert_eq!(rows.len(), 8);
    for (status, expected) in rows {
        views(folder, status, |book, dataset| {
            let table = |name: &str| book.table(name).unwrap_or_else(|| panic!("no table {name}"));
            let scopes = table("tbl_ev_scopes");
            let headers = ["PV", "EV", "AC"];
            for level in ["initiative", "control account", "work package"] {
                let got = headers.map(|header| sum(scopes, header, "Level", level));
                agree(&format!("{level} at {status}"), got, expected);
            }
            let periods = table("tbl_ev_periods");
            let to_date = ["EV to date", "AC to date"].map(|header| last(periods, header));
            agree(&format!("periods at {status}"), [expected[0], to_date[0], to_date[1]], expected);
            let names = ["BCWS_ToDate", "BCWP_ToDate", "ACWP_ToDate"];
            agree(&format!("ipmdar at {status}"), names.map(|name| detail(dataset, name)), expected);
        });
    }
}

/// To the cent.
fn agree(what: &str, got: [f64; 3], expected: [f64; 3]) {
    for ((got, expected), name) in got.into_iter().zip(expected).zip(["PV", "EV", "AC"]) {
        assert!((got - expected).abs() < 0.0101, "{what}, {name}: {got}, expected {expected}");
    }
}
