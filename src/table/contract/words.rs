//! What a field takes, in words: one text for the messages, the templates and the field reference.

use crate::table::contract::{Contract, Field, Kind, RowRule, Words};

/// What a cell of the field should hold, such as `a date such as 2026-10-31`.
#[must_use]
pub fn expectation(field: &Field) -> String {
    match &field.kind {
        Kind::Id => "a code".to_string(),
        Kind::Text => "text".to_string(),
        Kind::Reference(table) => format!("a code of {table}"),
        Kind::References(table) => format!("codes of {table}, separated by ;"),
        Kind::Date => "a date such as 2026-10-31".to_string(),
        Kind::Moment => "a date such as 2026-10-31, with a time where it matters".to_string(),
        Kind::Period => "a period such as FY2027-P04, or a month such as Jul 2026".to_string(),
        Kind::Number { min, max } => bounded("a number", *min, *max),
        Kind::Integer { min, max } => bounded("a whole number", *min, *max),
        Kind::Money | Kind::LedgerAmount => "an amount such as 1234.50".to_string(),
        Kind::Percent => "a percentage such as 64%".to_string(),
        Kind::Choice(choices) => {
            let words: Vec<&str> = choices.iter().map(|choice| choice.word.as_ref()).collect();
            format!("one of: {}", words.join(", "))
        }
        Kind::YesNo => "yes or no".to_string(),
        Kind::Span => "a duration such as 12d, 3w or 6h".to_string(),
        Kind::Currency => "a currency code such as GBP".to_string(),
    }
}

fn bounded<N: std::fmt::Display>(what: &str, min: Option<N>, max: Option<N>) -> String {
    match (min, max) {
        (Some(min), Some(max)) => format!("{what} from {min} to {max}"),
        (Some(min), None) => format!("{what} of at least {min}"),
        (None, Some(max)) => format!("{what} of at most {max}"),
        (None, None) => what.to_string(),
    }
}

/// A rule of a contract as a sentence, with the headers of its fields.
#[must_use]
pub fn rule_sentence(contract: &Contract, rule: &RowRule) -> String {
    let header = |key: &Words| {
        contract.position(key).map_or_else(|| key.to_string(), |position| contract.fields[position].header.to_string())
    };
    match rule {
        RowRule::Ordered(first, second) => format!("{} is on or before {}.", header(first), header(second)),
        RowRule::Ascending(keys) => {
            format!("{} do not fall from left to right.", keys.iter().map(header).collect::<Vec<_>>().join(", "))
        }
        RowRule::OneOf(keys) => format!("Each row gives {}.", keys.iter().map(header).collect::<Vec<_>>().join(" or ")),
        RowRule::Needs { given, word: Some(word), needed } => {
            format!("{} is given where {} is {word}.", header(needed), header(given))
        }
        RowRule::Needs { given, word: None, needed } => format!("{} is given where {} is.", header(needed), header(given)),
    }
}
