//! What a cell comes to: a typed value, or a state and notes on what is wrong.

use crate::base::finding::Code;
use crate::table::contract::Kind;
use crate::table::tables::ValueState;
use std::borrow::Cow;

/// A typed value on its way into a column.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Datum {
    Text(String),
    Float(f64),
    Int(i64),
    /// Days since 1970-01-01.
    Day(i32),
    /// Ordinal of a fiscal period.
    Period(i32),
    Bool(bool),
}

/// Something to say about a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Note {
    pub code: Code,
    pub expected: String,
    pub hint: Cow<'static, str>,
}

impl Note {
    pub fn new(code: Code, expected: impl Into<String>, hint: impl Into<Cow<'static, str>>) -> Self {
        Self { code, expected: expected.into(), hint: hint.into() }
    }
}

/// What a cell comes to. Without a value and without a state it is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Outcome {
    pub datum: Option<Datum>,
    pub state: Option<ValueState>,
    pub notes: Vec<Note>,
}

impl Outcome {
    pub const fn value(datum: Datum) -> Self {
        Self { datum: Some(datum), state: None, notes: Vec::new() }
    }

    pub fn text(text: impl Into<String>) -> Self {
        Self::value(Datum::Text(text.into()))
    }

    pub const fn empty() -> Self {
        Self { datum: None, state: None, notes: Vec::new() }
    }

    /// No value: a state and the note that says why.
    pub fn unusable(state: ValueState, note: Note) -> Self {
        Self { datum: None, state: Some(state), notes: vec![note] }
    }

    pub fn noted(mut self, note: Note) -> Self {
        self.notes.push(note);
        self
    }

    pub fn noted_if(self, wrong: bool, note: impl FnOnce() -> Note) -> Self {
        if wrong { self.noted(note()) } else { self }
    }
}

/// A value as a column stores it: texts live in the column's pool.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Slot {
    Null,
    Text(u32),
    Float(f64),
    Int(i64),
    Day(i32),
    Bool(bool),
}

/// The typed values of one field, one entry a record.
#[derive(Clone, Debug)]
pub(super) enum Data {
    /// No column gives the field.
    Absent,
    /// Indices into the pool; `u32::MAX` is none.
    Text {
        codes: Vec<u32>,
        pool: Vec<String>,
    },
    Float(Vec<Option<f64>>),
    Int(Vec<Option<i64>>),
    /// Days since 1970-01-01, or ordinals of periods.
    Small(Vec<Option<i32>>),
    Bool(Vec<Option<bool>>),
}

const NO_TEXT: u32 = u32::MAX;

impl Data {
    pub fn for_kind(kind: &Kind, capacity: usize) -> Self {
        match kind {
            Kind::Id | Kind::Text | Kind::Reference(_) | Kind::References(_) | Kind::Choice(_) | Kind::Span | Kind::Currency => {
                Self::Text { codes: Vec::with_capacity(capacity), pool: Vec::new() }
            }
            Kind::Date | Kind::Period => Self::Small(Vec::with_capacity(capacity)),
            Kind::Moment | Kind::Integer { .. } | Kind::LedgerAmount => Self::Int(Vec::with_capacity(capacity)),
            Kind::Number { .. } | Kind::Money | Kind::Percent => Self::Float(Vec::with_capacity(capacity)),
            Kind::YesNo => Self::Bool(Vec::with_capacity(capacity)),
        }
    }

    /// Takes a value into the pool where it is text.
    pub fn store(&mut self, datum: Option<Datum>) -> Slot {
        match (datum, self) {
            (Some(Datum::Text(text)), Self::Text { pool, .. }) => {
                pool.push(text);
                Slot::Text(u32::try_from(pool.len() - 1).unwrap_or(NO_TEXT))
            }
            (Some(Datum::Float(number)), _) => Slot::Float(number),
            (Some(Datum::Int(number)), _) => Slot::Int(number),
            (Some(Datum::Day(number) | Datum::Period(number)), _) => Slot::Day(number),
            (Some(Datum::Bool(yes)), _) => Slot::Bool(yes),
            (Some(Datum::Text(_)) | None, _) => Slot::Null,
        }
    }

    pub fn push(&mut self, slot: Slot) {
        match self {
            Self::Absent => {}
            Self::Text { codes, .. } => codes.push(if let Slot::Text(code) = slot { code } else { NO_TEXT }),
            Self::Float(values) => values.push(if let Slot::Float(number) = slot { Some(number) } else { None }),
            Self::Int(values) => values.push(if let Slot::Int(number) = slot { Some(number) } else { None }),
            Self::Small(values) => values.push(if let Slot::Day(number) = slot { Some(number) } else { None }),
            Self::Bool(values) => values.push(if let Slot::Bool(yes) = slot { Some(yes) } else { None }),
        }
    }

    pub fn len(&self) -> usize {
        match self {
            Self::Absent => 0,
            Self::Text { codes, .. } => codes.len(),
            Self::Float(values) => values.len(),
            Self::Int(values) => values.len(),
            Self::Small(values) => values.len(),
            Self::Bool(values) => values.len(),
        }
    }

    pub fn text(&self, record: usize) -> Option<&str> {
        let Self::Text { codes, pool } = self else { return None };
        pool.get(usize::try_from(*codes.get(record)?).ok()?).map(String::as_str)
    }

    pub fn is_null(&self, record: usize) -> bool {
        match self {
            Self::Absent => true,
            Self::Text { .. } => self.text(record).is_none(),
            Self::Float(values) => values.get(record).copied().flatten().is_none(),
            Self::Int(values) => values.get(record).copied().flatten().is_none(),
            Self::Small(values) => values.get(record).copied().flatten().is_none(),
            Self::Bool(values) => values.get(record).copied().flatten().is_none(),
        }
    }

    /// A number to compare or to add up, where the field holds one.
    #[expect(clippy::cast_precision_loss, reason = "only for comparing; money is added from the exact values")]
    pub fn comparable(&self, record: usize) -> Option<f64> {
        match self {
            Self::Float(values) => values.get(record).copied().flatten(),
            Self::Int(values) => values.get(record).copied().flatten().map(|number| number as f64),
            Self::Small(values) => values.get(record).copied().flatten().map(f64::from),
            Self::Absent | Self::Text { .. } | Self::Bool(_) => None,
        }
    }

    /// Sets a value to null.
    pub fn clear(&mut self, record: usize) {
        match self {
            Self::Absent => {}
            Self::Text { codes, .. } => codes[record] = NO_TEXT,
            Self::Float(values) => values[record] = None,
            Self::Int(values) => values[record] = None,
            Self::Small(values) => values[record] = None,
            Self::Bool(values) => values[record] = None,
        }
    }

    /// Sets the texts that are null.
    pub fn fill_text(&mut self, text: &str) {
        if let Self::Text { codes, pool } = self {
            let code = u32::try_from(pool.len()).unwrap_or(NO_TEXT);
            pool.push(text.to_string());
            for slot in codes.iter_mut().filter(|slot| **slot == NO_TEXT) {
                *slot = code;
            }
        }
    }
}
