//! A tidy table: named, documented columns of one type each.

use crate::base::day::{Day, Moment};
use rust_decimal::Decimal;

/// A table of plain data.
#[derive(Clone, Debug, PartialEq)]
pub struct TidyTable {
    /// Its name, and its files' name.
    pub name: &'static str,
    /// What a row is.
    pub about: &'static str,
    /// Its columns, all of the same length.
    pub columns: Vec<TidyColumn>,
    /// How many rows.
    pub rows: usize,
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct TidyColumn {
    /// Its name, in lower case with underscores.
    pub name: &'static str,
    /// What it means, with its unit.
    pub about: &'static str,
    /// Its values.
    pub values: Values,
}

/// The values of a column, of one type.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Text.
    Text(Vec<Option<String>>),
    /// Whole numbers.
    Whole(Vec<Option<i64>>),
    /// Ratios and shares.
    Number(Vec<Option<f64>>),
    /// Exact amounts in major units.
    Amount(Vec<Option<Decimal>>),
    /// Dates.
    Date(Vec<Option<Day>>),
    /// Dates with a time of day.
    Moment(Vec<Option<Moment>>),
    /// Yes or no.
    YesNo(Vec<Option<bool>>),
}

impl Values {
    /// The type in a word, for the description of columns.
    #[must_use]
    pub const fn type_name(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Whole(_) => "whole number",
            Self::Number(_) => "number",
            Self::Amount(_) => "decimal",
            Self::Date(_) => "date",
            Self::Moment(_) => "date and time",
            Self::YesNo(_) => "true or false",
        }
    }

    /// How many values.
    #[must_use]
    pub const fn len(&self) -> usize {
        match self {
            Self::Text(values) => values.len(),
            Self::Whole(values) => values.len(),
            Self::Number(values) => values.len(),
            Self::Amount(values) => values.len(),
            Self::Date(values) => values.len(),
            Self::Moment(values) => values.len(),
            Self::YesNo(values) => values.len(),
        }
    }

    /// True where there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl TidyTable {
    /// Begins a table with one row a record.
    #[must_use]
    pub const fn over<'r, R>(name: &'static str, about: &'static str, records: &'r [R]) -> TidyTableBuilder<'r, R> {
        TidyTableBuilder { table: Self { name, about, columns: Vec::new(), rows: records.len() }, records }
    }

    /// A column by name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&TidyColumn> {
        self.columns.iter().find(|column| column.name == name)
    }
}

/// Builds a table column by column from its records.
#[derive(Debug)]
pub struct TidyTableBuilder<'r, R> {
    table: TidyTable,
    records: &'r [R],
}

impl<'r, R> TidyTableBuilder<'r, R> {
    /// A column of text.
    #[must_use]
    pub fn text<T: ToString>(self, name: &'static str, about: &'static str, of: impl Fn(&'r R) -> Option<T>) -> Self {
        let values = self.records.iter().map(|record| of(record).map(|text| text.to_string())).collect();
        self.with(name, about, Values::Text(values))
    }

    /// A column of whole numbers.
    #[must_use]
    pub fn whole(self, name: &'static str, about: &'static str, of: impl Fn(&R) -> Option<i64>) -> Self {
        let values = self.records.iter().map(of).collect();
        self.with(name, about, Values::Whole(values))
    }

    /// A column of ratios; what is not finite is none.
    #[must_use]
    pub fn number(self, name: &'static str, about: &'static str, of: impl Fn(&R) -> Option<f64>) -> Self {
        let values = self.records.iter().map(|record| of(record).filter(|number| number.is_finite())).collect();
        self.with(name, about, Values::Number(values))
    }

    /// A column of exact amounts.
    #[must_use]
    pub fn amount(self, name: &'static str, about: &'static str, of: impl Fn(&R) -> Option<Decimal>) -> Self {
        let values = self.records.iter().map(of).collect();
        self.with(name, about, Values::Amount(values))
    }

    /// A column of dates.
    #[must_use]
    pub fn date(self, name: &'static str, about: &'static str, of: impl Fn(&R) -> Option<Day>) -> Self {
        let values = self.records.iter().map(of).collect();
        self.with(name, about, Values::Date(values))
    }

    /// A column of dates with a time.
    #[must_use]
    pub fn moment(self, name: &'static str, about: &'static str, of: impl Fn(&R) -> Option<Moment>) -> Self {
        let values = self.records.iter().map(of).collect();
        self.with(name, about, Values::Moment(values))
    }

    /// A column of yes and no.
    #[must_use]
    pub fn yes_no(self, name: &'static str, about: &'static str, of: impl Fn(&R) -> Option<bool>) -> Self {
        let values = self.records.iter().map(of).collect();
        self.with(name, about, Values::YesNo(values))
    }

    /// The table.
    #[must_use]
    pub fn done(self) -> TidyTable {
        self.table
    }

    fn with(mut self, name: &'static str, about: &'static str, values: Values) -> Self {
        self.table.columns.push(TidyColumn { name, about, values });
        self
    }
}
