//! What a table must look like. Reading, validation, blank templates, the field reference and the messages all come from
//! one [`Contract`], so that guide and message can never contradict each other.

pub mod build;
pub mod words;

use std::borrow::Cow;

/// Text of a declaration: static for ours, owned for a contract that the user declares in `portfolio.toml`.
pub type Words = Cow<'static, str>;

/// A table that may come in.
#[derive(Clone, Debug, PartialEq)]
pub struct Contract {
    /// Its name, which is also the sheet's name in our templates, such as `Cost codes`.
    pub name: Words,
    /// The template workbook that holds it, such as `finance.xlsx`.
    pub workbook: Words,
    /// What it is for, in one or two sentences.
    pub about: Words,
    /// Its fields, in the order of the template.
    pub fields: Vec<Field>,
    /// Keys of the fields that together identify a row; empty where rows have no key.
    pub key: Vec<Words>,
    /// Rules over one row.
    pub rules: Vec<RowRule>,
    /// Families of columns that share a prefix, such as `Score: `, read as numbers.
    pub open_prefix: Option<Words>,
    /// The wide form: which field a column's header becomes and which field its cell becomes.
    pub crosstab: Option<Crosstab>,
}

/// The crosstab ("wide") form of a contract.
#[derive(Clone, Debug, PartialEq)]
pub struct Crosstab {
    /// Key of the field that a header gives, such as `period`.
    pub header: Words,
    /// Key of the field that the cell gives, such as `amount`.
    pub value: Words,
}

/// A column of a contract.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Key in the frame: the header in snake case, such as `cost_code`.
    pub key: Words,
    /// Header in the template, such as `Cost code`.
    pub header: Words,
    /// Other headers that mean the same.
    pub aliases: Vec<Words>,
    /// Type of its cells.
    pub kind: Kind,
    /// True where each row must give it.
    pub required: bool,
    /// True where no two rows may share a value.
    pub unique: bool,
    /// Regular expression that the whole text must match; none where any text will do.
    pub pattern: Option<Words>,
    /// What it means and how it is used.
    pub help: Words,
    /// A believable value for the example row.
    pub example: Words,
}

/// The type of a field, with the column type it has in a frame.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Key text, trimmed. Frame: String.
    Id,
    /// Free text. Frame: String.
    Text,
    /// The id of a row of another table (contract name). An activity may be written `INIT/ID`. Frame: String.
    Reference(Words),
    /// Several ids of another table, separated by `,` or `;`. Frame: String, joined by `;`.
    References(Words),
    /// A date. Frame: Date.
    Date,
    /// A date with an optional time; 00:00 means no time given. Frame: Int64, minutes since 1970-01-01 00:00.
    Moment,
    /// A fiscal period, given as an id, a date or a calendar month. Frame: Int32, `Period::ordinal`.
    Period,
    /// A number as the cell holds it, within optional bounds. Frame: Float64.
    Number {
        /// Smallest value allowed.
        min: Option<f64>,
        /// Largest value allowed.
        max: Option<f64>,
    },
    /// A whole number, within optional bounds. Frame: Int64.
    Integer {
        /// Smallest value allowed.
        min: Option<i64>,
        /// Largest value allowed.
        max: Option<i64>,
    },
    /// A plan amount: an exact decimal of up to 15 digits. Frame: Float64 (the cell's own number; see `base::number`).
    Money,
    /// A ledger amount, never finer than the minor unit. Frame: Int64, ten-thousandths of the major unit.
    LedgerAmount,
    /// A percentage; 64, 0.64 and `64 %` are told apart by the cell's format. Frame: Float64, as a fraction.
    Percent,
    /// One of a list. Frame: String, the canonical word.
    Choice(Vec<Choice>),
    /// Yes or no. Frame: Boolean.
    YesNo,
    /// A duration, `12d 4h`, or a number with a Unit column. Frame: String, canonical `base::span::Span` text.
    Span,
    /// An ISO 4217 code. Frame: String.
    Currency,
}

/// An allowed word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The canonical word, shown in the dropdown.
    pub word: Words,
    /// Other spellings that mean the same.
    pub aliases: Vec<Words>,
}

/// A rule over one row of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum RowRule {
    /// The first date or moment is not after the second.
    Ordered(Words, Words),
    /// Numbers, money or spans that must not fall from left to right, such as min, likely, max.
    Ascending(Vec<Words>),
    /// At least one of the fields is given.
    OneOf(Vec<Words>),
    /// If the first field is given (or has this word), the second must be given too.
    Needs {
        /// Key of the field that asks.
        given: Words,
        /// The word that asks; none for any value.
        word: Option<Words>,
        /// Key of the field that is needed.
        needed: Words,
    },
}

impl Contract {
    /// The position of a field by its key.
    #[must_use]
    pub fn position(&self, key: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.key == key)
    }

    /// The amount that control totals add up: the field `amount`, or the first amount there is.
    #[must_use]
    pub fn amount_field(&self) -> Option<usize> {
        let is_amount = |position: &usize| matches!(self.fields[*position].kind, Kind::Money | Kind::LedgerAmount);
        let first = || (0..self.fields.len()).find(|position| is_amount(position));
        self.position("amount").filter(is_amount).or_else(first)
    }

    /// The name in snake case, as in `tbl_cost_codes`.
    #[must_use]
    pub fn snake_name(&self) -> String {
        snake_case(&self.name)
    }
}

/// `Cost code` to `cost_code`; `Capex/Opex` to `capex_opex`.
#[must_use]
pub fn snake_case(header: &str) -> String {
    let mut out = String::new();
    for letter in header.chars() {
        if letter.is_alphanumeric() {
            out.extend(letter.to_lowercase());
        } else if !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
    }
    out.trim_end_matches('_').to_string()
}
