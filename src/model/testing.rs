//! Checked tables from text, for tests: a header line and lines of cells with `|` between them.
//!
//! A header is a field of the table's contract; where the contract is not there, its type stands after it
//! (`Duration:span`). Each row lies on the sheet of the table's name in `t.xlsx`, the header in row 1.

use crate::base::day::{Day, Moment, days_since_epoch};
use crate::base::finding::Findings;
use crate::base::money::Currency;
use crate::base::origin::SheetName;
use crate::base::period::FiscalCalendar;
use crate::base::span::{Span, Unit};
use crate::model::portfolio::Portfolio;
use crate::model::settings::Settings;
use crate::table::contract::{Contract, Field, Kind, build};
use crate::table::contracts;
use crate::table::tables::{FieldPlace, Origins, Part, Table, Tables};
use polars::prelude::{Column, DataFrame, DataType};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A date written `2026-10-31`.
pub fn day(text: &str) -> Day {
    text.parse().expect("a date")
}

/// A moment written `2026-10-31` or `2026-10-31 17:00`.
pub fn moment(text: &str) -> Moment {
    match text.split_once(' ') {
        None => Moment::start_of(day(text)),
        Some((date, time)) => {
            let (hour, minute) = time.split_once(':').expect("a time");
            Moment::at(day(date), hour.parse().expect("an hour"), minute.parse().expect("a minute"))
        }
    }
}

/// Settings as of a date, in pounds, with calendar years.
pub fn settings(as_of: &str) -> Settings {
    Settings::new("Test", moment(as_of), Currency::parse("GBP").expect("listed"))
}

/// Tables under construction.
#[derive(Default)]
pub struct TestTables(Tables);

impl TestTables {
    /// No tables yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a table: a line of headers, then one line a row. Empty cells hold nothing.
    pub fn with(mut self, name: &'static str, header: &str, rows: &[&str]) -> Self {
        let headers: Vec<&str> = header.split('|').map(str::trim).collect();
        let contract = Arc::new(contract_of(name, &headers));
        let cells: Vec<Vec<&str>> = rows.iter().map(|row| row.split('|').map(str::trim).collect()).collect();
        assert!(cells.iter().all(|row| row.len() <= headers.len()), "{name}: a row with more cells than headers");
        let bound: Vec<Option<usize>> = contract.fields.iter().map(|field| position(&headers, field)).collect();
        let columns: Vec<Column> = contract.fields.iter().zip(&bound).map(|(field, at)| column(field, &cells, *at)).collect();
        let frame = DataFrame::new(rows.len(), columns).expect("columns of one length");
        let place = |at: &Option<usize>| at.map_or(FieldPlace::Absent, |at| FieldPlace::Column(at as u32));
        let sheet = Arc::new(SheetName::new("t.xlsx", name));
        let part = Part { sheet, owner: None, places: bound.iter().map(place).collect() };
        let count = rows.len() as u32;
        let origins =
            Origins { parts: vec![part], part: vec![0; rows.len()], row: (1..=count).collect(), col: vec![0; rows.len()] };
        let table = Table { contract, frame, origins, states: BTreeMap::new(), open_columns: Vec::new() };
        self.0.tables.insert(name.into(), table);
        self
    }

    /// The tables.
    pub fn tables(self) -> Tables {
        self.0
    }

    /// The portfolio as of a date, with standard settings, and its findings.
    pub fn build(self, as_of: &str) -> (Portfolio, Findings) {
        Portfolio::build(&self.0, &settings(as_of))
    }

    /// The portfolio with settings of one's own.
    pub fn build_with(self, settings: &Settings) -> (Portfolio, Findings) {
        Portfolio::build(&self.0, settings)
    }
}

/// Findings as `code place: found`, in order, for comparison.
pub fn told(findings: &Findings) -> Vec<String> {
    let mut told: Vec<String> = findings.0.iter().map(tell).collect();
    told.sort();
    told
}

fn tell(finding: &crate::base::finding::Finding) -> String {
    let place = finding.origin.as_ref().map(|origin| format!("{} {}", origin.sheet.sheet, origin.address())).unwrap_or_default();
    format!("{} {place}: {}", finding.code.id, finding.found)
}

fn contract_of(name: &'static str, headers: &[&str]) -> Contract {
    let contract = contracts::find(name).map_or_else(|| made_up(name, headers), |contract| (*contract).clone());
    let known = |header: &&&str| contract.fields.iter().any(|field| header.split(':').next() == Some(&*field.header));
    assert_eq!(headers.iter().find(|header| !known(header)), None, "{name} has no such header");
    contract
}

fn made_up(name: &'static str, headers: &[&str]) -> Contract {
    let fields = headers.iter().map(|header| {
        let (text, kind) = header.split_once(':').unwrap_or((header, "text"));
        let header: &'static str = Box::leak(text.to_string().into_boxed_str());
        build::field(header, kind_of(kind))
    });
    build::contract(name, "t.xlsx", "").fields(fields.collect())
}

fn kind_of(word: &str) -> Kind {
    match word {
        "text" | "id" => Kind::Text,
        "date" => Kind::Date,
        "moment" => Kind::Moment,
        "period" => Kind::Period,
        "number" => Kind::Number { min: None, max: None },
        "integer" => Kind::Integer { min: None, max: None },
        "money" => Kind::Money,
        "ledger" => Kind::LedgerAmount,
        "percent" => Kind::Percent,
        "yesno" => Kind::YesNo,
        "span" => Kind::Span,
        other => panic!("no kind {other}"),
    }
}

fn position(headers: &[&str], field: &Field) -> Option<usize> {
    headers.iter().position(|header| header.split(':').next() == Some(&*field.header))
}

fn column(field: &Field, cells: &[Vec<&str>], at: Option<usize>) -> Column {
    let name = field.key.as_ref().into();
    let cell = |row: &Vec<&str>| at.and_then(|at| row.get(at).copied()).filter(|text| !text.is_empty()).map(String::from);
    let texts: Vec<Option<String>> = cells.iter().map(cell).collect();
    let numbers = |parse: &dyn Fn(&str) -> f64| texts.iter().map(|text| text.as_deref().map(parse)).collect::<Vec<Option<f64>>>();
    let wholes = |parse: &dyn Fn(&str) -> i64| texts.iter().map(|text| text.as_deref().map(parse)).collect::<Vec<Option<i64>>>();
    let ints = |parse: &dyn Fn(&str) -> i32| texts.iter().map(|text| text.as_deref().map(parse)).collect::<Vec<Option<i32>>>();
    match field.kind {
        Kind::Date => {
            let days = ints(&|text| days_since_epoch(day(text)) as i32);
            Column::new(name, days).cast(&DataType::Date).expect("days are dates")
        }
        Kind::Moment => Column::new(name, wholes(&|text| moment(text).0)),
        Kind::Period => Column::new(name, ints(&|text| FiscalCalendar::default().parse(text).expect("a period").ordinal())),
        Kind::Number { .. } | Kind::Money => Column::new(name, numbers(&|text| text.parse().expect("a number"))),
        Kind::Percent => Column::new(name, numbers(&percent)),
        Kind::Integer { .. } => Column::new(name, wholes(&|text| text.parse().expect("a whole number"))),
        Kind::LedgerAmount => Column::new(name, wholes(&ten_thousandths)),
        Kind::YesNo => Column::new(name, texts.iter().map(|text| text.as_deref().map(|text| text == "yes")).collect::<Vec<_>>()),
        Kind::Span => {
            let canonical = |text: &String| Span::parse(text, Some(Unit::Days)).expect("a duration").to_string();
            Column::new(name, texts.iter().map(|text| text.as_ref().map(canonical)).collect::<Vec<_>>())
        }
        _ => Column::new(name, texts),
    }
}

fn percent(text: &str) -> f64 {
    match text.strip_suffix('%') {
        Some(number) => number.trim().parse::<f64>().expect("a percentage") / 100.0,
        None => text.parse().expect("a fraction"),
    }
}

fn ten_thousandths(text: &str) -> i64 {
    let amount: Decimal = text.parse().expect("an amount");
    (amount * Decimal::from(10_000)).to_i64().expect("in range")
}
