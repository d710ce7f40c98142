//! One cell: a value, and where it leads.

use crate::base::day::{Day, Moment};
use crate::base::money::{Currency, Money};
use crate::base::origin::Origin;
use crate::model::initiative::Rag;
use rust_decimal::Decimal;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    Blank,
    /// Text, written as text whatever it begins with.
    Text(String),
    /// A number; one that is not finite shows as not available.
    Number(f64),
    /// A whole number.
    Integer(i64),
    /// An amount in major units of its column's currency.
    Money(Decimal),
    /// A date.
    Date(Day),
    /// A date and a time of day.
    Moment(Moment),
    /// Yes or no.
    Bool(bool),
    /// A rating: shown as letters and colour.
    Rag(Rag),
    /// Which way a figure moves: shown as an arrow.
    Trend(Trend),
    /// No value, for this reason. Shown as `n/a` with the reason as a note; never 0, never an error.
    NotAvailable(String),
    /// An Excel formula (no leading `=`; long structured references) and the value the engine computed.
    Formula {
        /// The formula.
        text: String,
        /// What it comes to.
        value: Box<Value>,
    },
}

/// Which way a figure moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trend {
    /// Rising.
    Up,
    /// Steady.
    Flat,
    /// Falling.
    Down,
}

impl Trend {
    /// The arrow.
    #[must_use]
    pub const fn arrow(self) -> &'static str {
        match self {
            Self::Up => "▲",
            Self::Flat => "►",
            Self::Down => "▼",
        }
    }
}

/// How large the unit of shown money is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Major units, with as many decimals as the currency's minor unit has.
    Exact,
    /// Major units, no decimals.
    One,
    /// Thousands, one decimal.
    Thousand,
    /// Millions, one decimal.
    Million,
}

/// What a figure means, which decides its number format and its unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Short text: an id, a name.
    Text,
    /// Sentences, wrapped.
    Prose,
    /// A count.
    Integer,
    /// A number with this many decimals.
    Number(u8),
    /// An amount of a currency.
    Money(Currency, Scale),
    /// An index such as CPI: two decimals.
    Ratio,
    /// A share, shown as per cent with one decimal.
    Percent,
    /// Working or calendar days, one decimal.
    Days,
    /// A date.
    Date,
    /// A date and time.
    Moment,
    /// Yes or no.
    YesNo,
    /// A rating.
    Rag,
    /// An arrow.
    Trend,
}

impl Kind {
    /// True where values stand at the right of their cell.
    #[must_use]
    pub const fn is_figure(&self) -> bool {
        matches!(self, Self::Integer | Self::Number(_) | Self::Money(..) | Self::Ratio | Self::Percent | Self::Days)
    }

    /// True where values stand in the middle of their cell.
    #[must_use]
    pub const fn is_centred(&self) -> bool {
        matches!(self, Self::Date | Self::Moment | Self::YesNo | Self::Rag | Self::Trend)
    }
}

/// Where a cell leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// A sheet of this book, by the name of its tab.
    Sheet(String),
    /// A table of this book, at a row counted from 0 (its header where none).
    Table {
        /// The table's name.
        table: String,
        /// The row.
        row: Option<usize>,
    },
    /// A cell, row, sheet or file of the inputs.
    Source(Origin),
}

/// A value with what hangs on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The value.
    pub value: Value,
    /// Link and note; boxed, because most cells have neither.
    pub more: Option<Box<More>>,
}

/// What few cells have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct More {
    /// Where the cell leads.
    pub link: Option<Link>,
    /// A note shown beside the cell.
    pub note: Option<String>,
}

impl Cell {
    /// A cell of a value.
    #[must_use]
    pub const fn new(value: Value) -> Self {
        Self { value, more: None }
    }

    /// An empty cell.
    #[must_use]
    pub const fn blank() -> Self {
        Self::new(Value::Blank)
    }

    /// Text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::new(Value::Text(text.into()))
    }

    /// Text, or blank where there is none.
    #[must_use]
    pub fn maybe_text(text: Option<impl Into<String>>) -> Self {
        text.map_or_else(Self::blank, Self::text)
    }

    /// A count.
    #[must_use]
    pub fn count(count: usize) -> Self {
        Self::new(Value::Integer(i64::try_from(count).unwrap_or(i64::MAX)))
    }

    /// A number, or `n/a` with this reason.
    #[must_use]
    pub fn number(number: Option<f64>, reason: impl Into<String>) -> Self {
        Self::new(number.map_or_else(|| Value::NotAvailable(reason.into()), Value::Number))
    }

    /// An amount, or `n/a` with this reason.
    #[must_use]
    pub fn money(money: Option<Money>, reason: impl Into<String>) -> Self {
        Self::new(money.map_or_else(|| Value::NotAvailable(reason.into()), |money| Value::Money(money.amount())))
    }

    /// A date, or blank where there is none.
    #[must_use]
    pub fn date(day: Option<Day>) -> Self {
        Self::new(day.map_or(Value::Blank, Value::Date))
    }

    /// `n/a`, with its reason.
    #[must_use]
    pub fn not_available(reason: impl Into<String>) -> Self {
        Self::new(Value::NotAvailable(reason.into()))
    }

    /// A formula and the value it comes to.
    #[must_use]
    pub fn formula(text: impl Into<String>, value: Value) -> Self {
        Self::new(Value::Formula { text: text.into(), value: Box::new(value) })
    }

    /// Leads somewhere.
    #[must_use]
    pub fn link(mut self, link: Link) -> Self {
        self.more.get_or_insert_default().link = Some(link);
        self
    }

    /// Leads to a cell of the inputs.
    #[must_use]
    pub fn from_source(self, origin: &Origin) -> Self {
        self.link(Link::Source(origin.clone()))
    }

    /// Carries a note.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.more.get_or_insert_default().note = Some(text.into());
        self
    }

    /// The value itself, behind a formula where there is one.
    #[must_use]
    pub fn result(&self) -> &Value {
        self.value.result()
    }
}

impl Value {
    /// The value itself, behind a formula where there is one.
    #[must_use]
    pub fn result(&self) -> &Self {
        match self {
            Self::Formula { value, .. } => value.result(),
            other => other,
        }
    }
}

impl From<Value> for Cell {
    fn from(value: Value) -> Self {
        Self::new(value)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}
