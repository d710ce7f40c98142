//! The columns of the Actuals table, and the lines of a bucket as they become a frame. Texts are borrowed, not copied; what
//! a line takes over from its row as it stands is gathered from the table's own columns.

use crate::base::money::Currency;
use crate::model::build::ledger::Home;
use crate::model::finance::{CostCode, EntryKind, Expenditure};
use crate::table::tables::{Origins, Table};
use polars::prelude::{Column, DataFrame, DataType, DateChunked, IdxCa, Int32Chunked, Int64Chunked, StringChunked};
use rayon::prelude::*;

/// A column of texts; one that is not there holds nothing.
#[derive(Clone, Copy, Default)]
pub(super) struct Texts<'t>(Option<&'t StringChunked>);

impl<'t> Texts<'t> {
    pub fn get(&self, index: usize) -> Option<&'t str> {
        self.0?.get(index)
    }
}

/// A column of whole numbers or days.
#[derive(Clone, Copy, Default)]
pub(super) struct Wholes<'t>(Option<&'t Int32Chunked>);

impl Wholes<'_> {
    pub fn get(&self, index: usize) -> Option<i32> {
        self.0?.get(index)
    }
}

/// A column of amounts in ten-thousandths.
#[derive(Clone, Copy, Default)]
pub(super) struct Amounts<'t>(Option<&'t Int64Chunked>);

impl Amounts<'_> {
    pub fn get(&self, index: usize) -> Option<i64> {
        self.0?.get(index)
    }
}

/// The columns of the Actuals table.
pub(super) struct Columns<'t> {
    pub entry: Texts<'t>,
    pub posted: Wholes<'t>,
    pub entered: Wholes<'t>,
    pub period: Wholes<'t>,
    pub initiative: Texts<'t>,
    pub wbs: Texts<'t>,
    pub cost_code: Texts<'t>,
    pub category: Texts<'t>,
    pub kind: Texts<'t>,
    pub amount: Amounts<'t>,
    pub currency: Texts<'t>,
}

impl<'t> Columns<'t> {
    pub fn of(table: &'t Table) -> Self {
        let column = |key: &str| table.frame.column(key).ok();
        let texts = |key: &str| Texts(column(key).and_then(|column| column.str().ok()));
        let days = |key: &str| Wholes(column(key).and_then(|column| column.date().ok()).map(DateChunked::physical));
        Self {
            entry: texts("entry_id"),
            posted: days("posting_date"),
            entered: days("entered_on"),
            period: Wholes(column("period").and_then(|column| column.i32().ok())),
            initiative: texts("initiative"),
            wbs: texts("wbs"),
            cost_code: texts("cost_code"),
            category: texts("category"),
            kind: texts("type"),
            amount: Amounts(column("amount").and_then(|column| column.i64().ok())),
            currency: texts("currency"),
        }
    }
}

/// A line with what was found out about it.
#[derive(Clone, Copy)]
pub(super) struct Line<'c> {
    /// Its position in the table.
    pub index: usize,
    pub home: Home<'c>,
    pub kind: EntryKind,
    pub minor: i64,
    pub currency: Currency,
    /// Ordinal of the period in which it counts.
    pub period: i32,
    /// Ordinal of the period of its posting date, where that is another.
    pub original_period: Option<i32>,
}

/// Columns of the frame that are the row's own: name, key in the table, type.
const AS_THEY_STAND: [(&str, &str, DataType); 7] = [
    ("entry", "entry_id", DataType::String),
    ("posted", "posting_date", DataType::Int32),
    ("vendor", "vendor", DataType::String),
    ("po", "po", DataType::String),
    ("document", "document", DataType::String),
    ("cost_code", "cost_code", DataType::String),
    ("entered", "entered_on", DataType::Int32),
];

/// Lines of one bucket as they become a frame.
#[derive(Default)]
pub(super) struct Lines<'c> {
    /// Positions in the table.
    index: Vec<u32>,
    period: Vec<i32>,
    initiative: Vec<Option<&'c str>>,
    unknown_initiative: Vec<Option<&'c str>>,
    wbs: Vec<Option<&'c str>>,
    category: Vec<&'c str>,
    kind: Vec<&'static str>,
    minor: Vec<i64>,
    currency: Vec<Currency>,
    capex: Vec<Option<bool>>,
    original_period: Vec<Option<i32>>,
    part: Vec<u32>,
    row: Vec<u32>,
}

type Make<'l> = Box<dyn Fn() -> Column + Send + Sync + 'l>;

impl<'c> Lines<'c> {
    /// The frame; `table` is the one that the lines were taken from.
    pub fn frame(&self, table: Option<&Table>) -> DataFrame {
        let own = AS_THEY_STAND.iter().map(|(name, key, kind)| -> Make<'_> {
            Box::new(move || {
                as_it_stands(table, key, &self.index)
                    .cast(kind)
                    .map(|column| column.with_name((*name).into()))
                    .unwrap_or_default()
            })
        });
        let found: [Make<'_>; 12] = [
            Box::new(|| Column::new("period".into(), &self.period)),
            Box::new(|| Column::new("initiative".into(), &self.initiative)),
            Box::new(|| Column::new("unknown_initiative".into(), &self.unknown_initiative)),
            Box::new(|| Column::new("wbs".into(), &self.wbs)),
            Box::new(|| Column::new("category".into(), &self.category)),
            Box::new(|| Column::new("kind".into(), &self.kind)),
            Box::new(|| Column::new("minor".into(), &self.minor)),
            Box::new(|| Column::new("currency".into(), self.currency.iter().map(Currency::code).collect::<Vec<_>>())),
            Box::new(|| Column::new("capex".into(), &self.capex)),
            Box::new(|| Column::new("original_period".into(), &self.original_period)),
            Box::new(|| Column::new("part".into(), &self.part)),
            Box::new(|| Column::new("row".into(), &self.row)),
        ];
        let makers: Vec<Make<'_>> = own.chain(found).collect();
        let columns = makers.par_iter().map(|make| make()).collect();
        DataFrame::new(self.index.len(), columns).unwrap_or_else(|_| DataFrame::empty())
    }

    pub fn push(&mut self, columns: &Columns<'c>, origins: &Origins, line: &Line<'c>) {
        let index = line.index;
        let code = line.home.code;
        let of_code = |pick: fn(&CostCode) -> Option<&String>| code.and_then(pick).map(String::as_str);
        let category = columns.category.get(index).or_else(|| of_code(|code| code.category.as_ref()));
        self.index.push(u32::try_from(index).unwrap_or(u32::MAX));
        self.period.push(line.period);
        self.initiative.push(line.home.initiative);
        self.unknown_initiative.push(columns.initiative.get(index).filter(|_| line.home.initiative.is_none()));
        self.wbs.push(columns.wbs.get(index).or_else(|| of_code(|code| code.wbs.as_ref())));
        self.category.push(category.unwrap_or_default());
        self.kind.push(line.kind.word());
        self.minor.push(line.minor);
        self.currency.push(line.currency);
        self.capex.push(code.and_then(|code| code.expenditure).map(|expenditure| expenditure == Expenditure::Capex));
        self.original_period.push(line.original_period);
        self.part.push(origins.part[index]);
        self.row.push(origins.row[index]);
    }
}

/// A column of the table at some of its rows; nothing at all where the table or the column is not there.
fn as_it_stands(table: Option<&Table>, key: &str, index: &[u32]) -> Column {
    let rows = IdxCa::from_vec("".into(), index.to_vec());
    let column = table.and_then(|table| table.frame.column(key).ok());
    let gathered = column.and_then(|column| column.take(&rows).ok());
    gathered.unwrap_or_else(|| Column::full_null("".into(), index.len(), &DataType::Null))
}
