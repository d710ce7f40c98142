//! The columns of the Actuals table, and the lines of a bucket as they become a frame. Texts are borrowed, not copied.

use crate::base::money::Currency;
use crate::model::build::ledger::Home;
use crate::model::finance::{CostCode, EntryKind, Expenditure};
use crate::table::tables::{Origins, Table};
use polars::prelude::{Column, DataFrame};

/// The columns of the Actuals table.
pub(super) struct Columns<'t> {
    pub entry: Vec<Option<&'t str>>,
    pub posted: Vec<Option<i32>>,
    pub entered: Vec<Option<i32>>,
    pub period: Vec<Option<i32>>,
    pub initiative: Vec<Option<&'t str>>,
    pub wbs: Vec<Option<&'t str>>,
    pub cost_code: Vec<Option<&'t str>>,
    pub category: Vec<Option<&'t str>>,
    pub kind: Vec<Option<&'t str>>,
    pub amount: Vec<Option<i64>>,
    pub currency: Vec<Option<&'t str>>,
    pub vendor: Vec<Option<&'t str>>,
    pub po: Vec<Option<&'t str>>,
    pub document: Vec<Option<&'t str>>,
}

impl<'t> Columns<'t> {
    pub fn of(table: &'t Table) -> Self {
        let rows = table.len();
        let column = |key: &str| table.frame.column(key).ok();
        let texts = |key: &str| match column(key).and_then(|column| column.str().ok()) {
            Some(texts) => texts.iter().collect(),
            None => vec![None; rows],
        };
        let days = |key: &str| match column(key).and_then(|column| column.date().ok()) {
            Some(days) => days.physical().iter().collect(),
            None => vec![None; rows],
        };
        let periods = column("period").and_then(|column| column.i32().ok());
        let amounts = column("amount").and_then(|column| column.i64().ok());
        Self {
            entry: texts("entry_id"),
            posted: days("posting_date"),
            entered: days("entered_on"),
            period: periods.map_or_else(|| vec![None; rows], |periods| periods.iter().collect()),
            initiative: texts("initiative"),
            wbs: texts("wbs"),
            cost_code: texts("cost_code"),
            category: texts("category"),
            kind: texts("type"),
            amount: amounts.map_or_else(|| vec![None; rows], |amounts| amounts.iter().collect()),
            currency: texts("currency"),
            vendor: texts("vendor"),
            po: texts("po"),
            document: texts("document"),
        }
    }
}

/// A line with what was found out about it.
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

/// Lines of one bucket as they become a frame.
#[derive(Default)]
pub(super) struct Lines<'c> {
    entry: Vec<&'c str>,
    posted: Vec<i32>,
    period: Vec<i32>,
    initiative: Vec<Option<&'c str>>,
    wbs: Vec<Option<&'c str>>,
    category: Vec<&'c str>,
    kind: Vec<&'static str>,
    minor: Vec<i64>,
    currency: Vec<Currency>,
    capex: Vec<Option<bool>>,
    vendor: Vec<Option<&'c str>>,
    po: Vec<Option<&'c str>>,
    document: Vec<Option<&'c str>>,
    cost_code: Vec<Option<&'c str>>,
    entered: Vec<Option<i32>>,
    original_period: Vec<Option<i32>>,
    part: Vec<u32>,
    row: Vec<u32>,
}

impl<'c> Lines<'c> {
    pub fn frame(&self) -> DataFrame {
        let currencies: Vec<&str> = self.currency.iter().map(Currency::code).collect();
        let columns = vec![
            Column::new("entry".into(), &self.entry),
            Column::new("posted".into(), &self.posted),
            Column::new("period".into(), &self.period),
            Column::new("initiative".into(), &self.initiative),
            Column::new("wbs".into(), &self.wbs),
            Column::new("category".into(), &self.category),
            Column::new("kind".into(), &self.kind),
            Column::new("minor".into(), &self.minor),
            Column::new("currency".into(), &currencies),
            Column::new("capex".into(), &self.capex),
            Column::new("vendor".into(), &self.vendor),
            Column::new("po".into(), &self.po),
            Column::new("document".into(), &self.document),
            Column::new("cost_code".into(), &self.cost_code),
            Column::new("entered".into(), &self.entered),
            Column::new("original_period".into(), &self.original_period),
            Column::new("part".into(), &self.part),
            Column::new("row".into(), &self.row),
        ];
        DataFrame::new(self.entry.len(), columns).unwrap_or_else(|_| DataFrame::empty())
    }

    pub fn push(&mut self, columns: &Columns<'c>, origins: &Origins, line: Line<'c>) {
        let index = line.index;
        let code = line.home.code;
        let of_code = |pick: fn(&CostCode) -> Option<&String>| code.and_then(pick).map(String::as_str);
        let category = columns.category[index].or_else(|| of_code(|code| code.category.as_ref()));
        self.entry.push(columns.entry[index].unwrap_or_default());
        self.posted.push(columns.posted[index].unwrap_or_default());
        self.period.push(line.period);
        self.initiative.push(line.home.initiative);
        self.wbs.push(columns.wbs[index].or_else(|| of_code(|code| code.wbs.as_ref())));
        self.category.push(category.unwrap_or_default());
        self.kind.push(line.kind.word());
        self.minor.push(line.minor);
        self.currency.push(line.currency);
        self.capex.push(code.and_then(|code| code.expenditure).map(|expenditure| expenditure == Expenditure::Capex));
        self.vendor.push(columns.vendor[index]);
        self.po.push(columns.po[index]);
        self.document.push(columns.document[index]);
        self.cost_code.push(columns.cost_code[index]);
        self.entered.push(columns.entered[index]);
        self.original_period.push(line.original_period);
        self.part.push(origins.part[index]);
        self.row.push(origins.row[index]);
    }
}
