//! Tables: what becomes a filterable Excel table, with formulas that name their columns.

use super::{Cell, Kind, Value, header_of};
use rust_decimal::Decimal;

/// A table. Rows are rectangular: one cell a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Its name in the workbook, unique in the book, such as `tbl_cost`.
    pub name: String,
    /// Heading above it, on pages.
    pub title: Option<String>,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
    /// Outline level of each row, from 0; empty where rows are not grouped.
    pub levels: Vec<u8>,
    /// How many columns at the left identify a row, and stay in view.
    pub key_columns: usize,
    /// What to say where there are no rows, such as `No open risks.`
    pub when_empty: String,
    /// True where it is a form to fill in: input cells look like input cells.
    pub is_form: bool,
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Header with its unit, unique in the table without regard to case.
    pub header: String,
    /// What its figures mean.
    pub kind: Kind,
    /// How wide it is.
    pub width: Width,
    /// The formula of every row (no leading `=`); cells then hold the values that the engine computed.
    pub formula: Option<String>,
    /// What stands in the totals row.
    pub total: Total,
    /// A note on the header.
    pub help: Option<String>,
    /// Colours by meaning.
    pub marks: Vec<Mark>,
    /// What may be entered.
    pub validation: Option<Validation>,
    /// True where the column is detail that opens with a click.
    pub is_detail: bool,
    /// True where a form does not insist on it: its header recedes.
    pub is_optional: bool,
    /// A small chart in each cell instead of a value.
    pub sparkline: Option<Sparkline>,
}

/// A small chart in each cell of a column, over neighbouring columns of the cell's own row: it stays right when rows are
/// sorted or filtered. All cells share one axis; a row with fewer than three figures has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sparkline {
    /// Header of the first column shown.
    pub first: String,
    /// Header of the last column shown.
    pub last: String,
    /// True for columns (figures of periods), false for a line (balances).
    pub is_columns: bool,
}

/// Width of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// As its content asks, within the bounds of its kind.
    Fit,
    /// This many characters.
    Characters(u16),
}

/// A totals cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Total {
    /// Empty.
    None,
    /// Words, such as `Total`.
    Label(String),
    /// The sum of the rows shown (`SUBTOTAL(109, …)`).
    Sum,
    /// How many rows shown hold something (`SUBTOTAL(103, …)`).
    Count,
    /// Another formula over the table, with its value.
    Formula {
        /// The formula.
        text: String,
        /// What it comes to.
        value: Value,
    },
}

/// A colour with a meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Good.
    Good,
    /// To be watched.
    Warn,
    /// Bad.
    Bad,
    /// Neither.
    Neutral,
    /// Stands out without judging.
    Accent,
    /// Recedes.
    Muted,
}

/// Colours of a column by meaning; always beside a sign, a letter or a word.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// Good and bad by sign; true where more is good.
    Variance {
        /// True where a positive figure is good news.
        more_is_good: bool,
    },
    /// A bar in the cell from a shared zero, with the colours of `Variance`.
    VarianceBar {
        /// True where a positive figure is good news.
        more_is_good: bool,
    },
    /// A plain bar for shares and amounts.
    Bar,
    /// Bad below the first figure, to be watched below the second.
    Low {
        /// Bad below this.
        bad: f64,
        /// To be watched below this.
        warn: f64,
    },
    /// Bad above the first figure, to be watched above the second.
    High {
        /// Bad above this.
        bad: f64,
        /// To be watched above this.
        warn: f64,
    },
    /// Words that have a tone, such as `error`.
    Words(Vec<(String, Tone)>),
    /// Shades from white to the accent colour.
    Shade,
    /// Zeros recede.
    QuietZero,
}

/// What may be entered in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Validation {
    /// One of a few words.
    OneOf(Vec<String>),
    /// One of a list that another table's column holds.
    From {
        /// The table.
        table: String,
        /// Its column's header.
        column: String,
        /// True where other entries only earn a warning.
        lenient: bool,
    },
    /// A date.
    Date,
    /// A number between bounds.
    Number {
        /// Smallest.
        min: Option<f64>,
        /// Largest.
        max: Option<f64>,
    },
    /// A whole number between bounds.
    Whole {
        /// Smallest.
        min: Option<i64>,
        /// Largest.
        max: Option<i64>,
    },
}

impl Column {
    /// A column whose header takes the unit of its kind.
    #[must_use]
    pub fn new(words: &str, kind: Kind) -> Self {
        Self {
            header: header_of(words, &kind),
            kind,
            width: Width::Fit,
            formula: None,
            total: Total::None,
            help: None,
            marks: Vec::new(),
            validation: None,
            is_detail: false,
            is_optional: false,
            sparkline: None,
        }
    }

    /// A column of text.
    #[must_use]
    pub fn text(words: &str) -> Self {
        Self::new(words, Kind::Text)
    }

    /// A column of small charts over the columns from `first` to `last` of the same row.
    #[must_use]
    pub fn sparkline(words: &str, first: &str, last: &str, is_columns: bool) -> Self {
        let sparkline = Sparkline { first: first.to_string(), last: last.to_string(), is_columns };
        Self { sparkline: Some(sparkline), ..Self::text(words).wide(20) }
    }

    /// Fixes the width, in characters.
    #[must_use]
    pub const fn wide(mut self, characters: u16) -> Self {
        self.width = Width::Characters(characters);
        self
    }

    /// Gives every row this formula.
    #[must_use]
    pub fn formula(mut self, text: impl Into<String>) -> Self {
        self.formula = Some(text.into());
        self
    }

    /// Sums the column in the totals row.
    #[must_use]
    pub fn sum(mut self) -> Self {
        self.total = Total::Sum;
        self
    }

    /// Sets the totals cell.
    #[must_use]
    pub fn total(mut self, total: Total) -> Self {
        self.total = total;
        self
    }

    /// Explains the column in a note on its header.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Colours the column by meaning.
    #[must_use]
    pub fn mark(mut self, mark: Mark) -> Self {
        self.marks.push(mark);
        self
    }

    /// Restricts what may be entered.
    #[must_use]
    pub fn validate(mut self, validation: Validation) -> Self {
        self.validation = Some(validation);
        self
    }

    /// Folds the column away until asked for.
    #[must_use]
    pub const fn detail(mut self) -> Self {
        self.is_detail = true;
        self
    }
}

impl Table {
    /// An empty table.
    #[must_use]
    pub fn new(name: impl Into<String>, columns: Vec<Column>) -> Self {
        Self {
            name: name.into(),
            title: None,
            columns,
            rows: Vec::new(),
            levels: Vec::new(),
            key_columns: 1,
            when_empty: "Nothing to show.".to_string(),
            is_form: false,
        }
    }

    /// Gives it a heading.
    #[must_use]
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Says what an empty table means.
    #[must_use]
    pub fn when_empty(mut self, text: impl Into<String>) -> Self {
        self.when_empty = text.into();
        self
    }

    /// Keeps this many columns in view.
    #[must_use]
    pub const fn keys(mut self, columns: usize) -> Self {
        self.key_columns = columns;
        self
    }

    /// Sets its rows.
    #[must_use]
    pub fn rows(mut self, rows: Vec<Vec<Cell>>) -> Self {
        self.rows = rows;
        self
    }

    /// Groups its rows by outline level.
    #[must_use]
    pub fn levels(mut self, levels: Vec<u8>) -> Self {
        self.levels = levels;
        self
    }

    /// Adds a row.
    pub fn push(&mut self, row: Vec<Cell>) {
        self.rows.push(row);
    }

    /// True where any column has something in the totals row.
    #[must_use]
    pub fn has_totals(&self) -> bool {
        self.columns.iter().any(|column| column.total != Total::None)
    }

    /// The position of a column by its header.
    #[must_use]
    pub fn position(&self, header: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.header == header)
    }
}

/// What a totals cell shows: the words, or the value of its formula over all rows.
#[must_use]
pub fn total_of(table: &Table, column: usize) -> Value {
    let Some(spec) = table.columns.get(column) else { return Value::Blank };
    let values = || table.rows.iter().filter_map(|row| row.get(column)).map(Cell::result);
    match &spec.total {
        Total::None => Value::Blank,
        Total::Label(words) => Value::Text(words.clone()),
        Total::Sum => sum(values()),
        Total::Count => {
            let filled = values().filter(|value| !matches!(value, Value::Blank)).count();
            Value::Integer(i64::try_from(filled).unwrap_or(i64::MAX))
        }
        Total::Formula { value, .. } => value.clone(),
    }
}

/// Exact where every figure is a decimal or whole; else in floats, in the order of the rows, as Excel adds.
fn sum<'v>(values: impl Iterator<Item = &'v Value> + Clone) -> Value {
    let exact = values.clone().try_fold(Decimal::ZERO, |sum, value| match value {
        Value::Money(amount) => sum.checked_add(*amount),
        Value::Integer(whole) => sum.checked_add(Decimal::from(*whole)),
        Value::Number(_) => None,
        _ => Some(sum),
    });
    exact.map_or_else(|| Value::Number(float_sum(values)), Value::Money)
}

fn float_sum<'v>(values: impl Iterator<Item = &'v Value>) -> f64 {
    values
        .map(|value| match value {
            Value::Money(amount) => crate::base::number::to_f64(*amount),
            Value::Number(number) if number.is_finite() => *number,
            #[expect(clippy::cast_precision_loss, reason = "a cell holds a double anyway")]
            Value::Integer(whole) => *whole as f64,
            _ => 0.0,
        })
        .sum()
}

/// A reference to a column's cell in the formula's own row: `tbl_cost[[#This Row],[Budget]]`.
#[must_use]
pub fn this_row(table: &str, header: &str) -> String {
    format!("{table}[[#This Row],[{}]]", escaped(header))
}

/// A reference to all data cells of a column: `tbl_cost[Budget]`.
#[must_use]
pub fn column_of(table: &str, header: &str) -> String {
    format!("{table}[{}]", escaped(header))
}

/// In a structured reference, `[ ] # '` and `@` of a column's name follow an apostrophe.
fn escaped(header: &str) -> String {
    header.chars().fold(String::with_capacity(header.len()), |mut out, letter| {
        if matches!(letter, '[' | ']' | '#' | '\'' | '@') {
            out.push('\'');
        }
        out.push(letter);
        out
    })
}
