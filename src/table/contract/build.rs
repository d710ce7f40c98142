//! A short way to declare contracts: one or two lines a field. Each list is one text with `|` between its entries.

use crate::table::contract::{Choice, Contract, Crosstab, Field, Kind, RowRule, Words, snake_case};

/// A contract without fields.
#[must_use]
pub fn contract(name: &'static str, workbook: &'static str, about: &'static str) -> Contract {
    Contract {
        name: name.into(),
        workbook: workbook.into(),
        about: about.into(),
        fields: Vec::new(),
        key: Vec::new(),
        rules: Vec::new(),
        open_prefix: None,
        crosstab: None,
    }
}

/// A field of a kind.
#[must_use]
pub fn field(header: &'static str, kind: Kind) -> Field {
    Field {
        key: snake_case(header).into(),
        header: header.into(),
        aliases: Vec::new(),
        kind,
        required: false,
        unique: false,
        pattern: None,
        help: Words::default(),
        example: Words::default(),
    }
}

macro_rules! field_of_kind {
    ($($(#[$doc:meta])* $name:ident => $kind:expr;)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub fn $name(header: &'static str) -> Field {
            field(header, $kind)
        }
    )*};
}

field_of_kind! {
    /// A key.
    id => Kind::Id;
    /// Free text.
    text => Kind::Text;
    /// A date.
    date => Kind::Date;
    /// A date with an optional time.
    moment => Kind::Moment;
    /// A fiscal period.
    period => Kind::Period;
    /// A number without bounds.
    number => Kind::Number { min: None, max: None };
    /// A whole number without bounds.
    integer => Kind::Integer { min: None, max: None };
    /// A plan amount.
    money => Kind::Money;
    /// A ledger amount.
    ledger => Kind::LedgerAmount;
    /// A percentage.
    percent => Kind::Percent;
    /// Yes or no.
    yes_no => Kind::YesNo;
    /// A duration.
    span => Kind::Span;
    /// A currency code.
    currency => Kind::Currency;
}

/// The id of a row of another table.
#[must_use]
pub fn reference(header: &'static str, table: &'static str) -> Field {
    field(header, Kind::Reference(table.into()))
}

/// Several ids of another table.
#[must_use]
pub fn references(header: &'static str, table: &'static str) -> Field {
    field(header, Kind::References(table.into()))
}

/// One of a list of words, `active=live,running|closed`: each word with its other spellings after `=`.
#[must_use]
pub fn choice(header: &'static str, words: &'static str) -> Field {
    field(header, Kind::Choice(words.split('|').map(one_choice).collect()))
}

fn one_choice(text: &'static str) -> Choice {
    let (word, aliases) = text.split_once('=').unwrap_or((text, ""));
    let aliases = aliases.split(',').map(str::trim).filter(|alias| !alias.is_empty());
    Choice { word: word.trim().into(), aliases: aliases.map(Words::from).collect() }
}

fn words(list: &'static str) -> Vec<Words> {
    list.split('|').map(|word| word.trim().into()).collect()
}

impl Contract {
    /// Its fields, in the order of the template.
    #[must_use]
    pub fn fields(mut self, fields: Vec<Field>) -> Self {
        self.fields = fields;
        self
    }

    /// The keys of the fields that together identify a row.
    #[must_use]
    pub fn key(mut self, keys: &'static str) -> Self {
        self.key = words(keys);
        self
    }

    /// The first date is not after the second.
    #[must_use]
    pub fn ordered(self, first: &'static str, second: &'static str) -> Self {
        self.rule(RowRule::Ordered(first.into(), second.into()))
    }

    /// Numbers that do not fall from left to right.
    #[must_use]
    pub fn ascending(self, keys: &'static str) -> Self {
        self.rule(RowRule::Ascending(words(keys)))
    }

    /// At least one of the fields is given.
    #[must_use]
    pub fn one_of(self, keys: &'static str) -> Self {
        self.rule(RowRule::OneOf(words(keys)))
    }

    /// Where the first field is given, the second must be given.
    #[must_use]
    pub fn needs(self, given: &'static str, needed: &'static str) -> Self {
        self.rule(RowRule::Needs { given: given.into(), word: None, needed: needed.into() })
    }

    /// Where the first field holds a word, the second must be given.
    #[must_use]
    pub fn needs_when(self, given: &'static str, word: &'static str, needed: &'static str) -> Self {
        self.rule(RowRule::Needs { given: given.into(), word: Some(word.into()), needed: needed.into() })
    }

    fn rule(mut self, rule: RowRule) -> Self {
        self.rules.push(rule);
        self
    }

    /// The prefix of its open columns.
    #[must_use]
    pub fn open(mut self, prefix: &'static str) -> Self {
        self.open_prefix = Some(prefix.into());
        self
    }

    /// Its wide form: the field that a header gives and the field that the cell gives.
    #[must_use]
    pub fn wide(mut self, header: &'static str, value: &'static str) -> Self {
        self.crosstab = Some(Crosstab { header: header.into(), value: value.into() });
        self
    }
}

impl Field {
    /// Each row must give it.
    #[must_use]
    pub fn needed(mut self) -> Self {
        self.required = true;
        self
    }

    /// Other headers that mean the same.
    #[must_use]
    pub fn also(mut self, aliases: &'static str) -> Self {
        self.aliases = words(aliases);
        self
    }

    /// What it means and how it is used.
    #[must_use]
    pub fn help(mut self, help: &'static str) -> Self {
        self.help = help.into();
        self
    }

    /// A believable value.
    #[must_use]
    pub fn example(mut self, example: &'static str) -> Self {
        self.example = example.into();
        self
    }

    /// Bounds of a number, both allowed.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "the bounds of whole numbers are declared as small whole numbers")]
    pub fn between(mut self, low: f64, high: f64) -> Self {
        self.kind = match self.kind {
            Kind::Integer { .. } => Kind::Integer { min: Some(low as i64), max: Some(high as i64) },
            _ => Kind::Number { min: Some(low), max: Some(high) },
        };
        self
    }

    /// A smallest number, allowed itself.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "the bounds of whole numbers are declared as small whole numbers")]
    pub fn at_least(mut self, low: f64) -> Self {
        self.kind = match self.kind {
            Kind::Integer { .. } => Kind::Integer { min: Some(low as i64), max: None },
            _ => Kind::Number { min: Some(low), max: None },
        };
        self
    }
}
