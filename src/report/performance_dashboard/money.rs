//! What the money pages share: amounts as cells, sums as formulas, words for amounts, totals of columns.

use super::context::{Context, figure, sum};
use crate::analysis::measure::Measure;
use crate::base::money::Money;
use crate::report::book::{Cell, Column, Kind, Mark, Note, Scale, Table, Tone, Value, column_of, header_of, show};
use rust_decimal::Decimal;

/// An amount as a value, or why there is none.
#[must_use]
pub fn amount(money: Measure<Money>) -> Value {
    money.map_or_else(|none| Value::NotAvailable(none.reason().into()), |money| Value::Money(money.amount()))
}

/// Several amounts as cells.
#[must_use]
pub fn amounts<const N: usize>(all: [Measure<Money>; N]) -> Vec<Cell> {
    all.map(|money| Cell::new(amount(money))).to_vec()
}

/// The formula of a sum where every part is a figure, else `n/a`. A part that begins with `-` is taken away.
#[must_use]
pub fn added(parts: &[&str]) -> String {
    let plain: Vec<&str> = parts.iter().map(|part| part.trim_start_matches('-')).collect();
    let signed = parts
        .iter()
        .enumerate()
        .map(|(index, part)| if index == 0 || part.starts_with('-') { (*part).into() } else { format!("+{part}") });
    format!("IF(COUNT({})={},{},\"n/a\")", plain.join(","), parts.len(), signed.collect::<String>())
}

/// The sum of values as `added` gives it.
#[must_use]
pub fn total(parts: &[&Value]) -> Value {
    let missing = parts.iter().find_map(|part| match part.result() {
        Value::NotAvailable(why) => Some(why.clone()),
        _ => None,
    });
    missing.map_or_else(|| sum(parts.iter().copied()), Value::NotAvailable)
}

/// The unit of amounts in words: `GBPk`.
#[must_use]
pub fn unit(kind: &Kind) -> String {
    header_of("", kind).trim().trim_matches(['(', ')']).to_string()
}

/// `GBP 1.2m`, for a sentence; the sign is left to the words around it.
#[must_use]
pub fn words(money: Money) -> String {
    let amount = money.amount().abs();
    let (scale, suffix) = if amount >= Decimal::from(1_000_000) {
        (Scale::Million, "m")
    } else if amount >= Decimal::from(1_000) {
        (Scale::Thousand, "k")
    } else {
        (Scale::One, "")
    };
    let shown = show(&Value::Money(amount), &Kind::Money(money.currency, scale));
    format!("{} {}{suffix}", money.currency, if shown == "-" { "0" } else { &shown })
}

/// The message of a page: what a reader should take from it, on top.
#[must_use]
pub fn message(tone: Tone, sentences: &[String]) -> Note {
    Note::toned(tone, sentences.iter().filter(|each| !each.is_empty()).cloned().collect::<Vec<_>>().join(" "))
}

/// A verdict: `ok` or `fault`.
#[must_use]
pub fn verdict(formula: impl Into<String>) -> Column {
    let words = [("ok", Tone::Good), ("fault", Tone::Bad), ("look", Tone::Warn)];
    let words = words.map(|(word, tone)| (word.to_string(), tone)).to_vec();
    Column::text("Check").formula(formula).mark(Mark::Words(words))
}

/// The exact sum of a column's amounts.
#[must_use]
pub fn column_sum(table: &Table, header: &str) -> Value {
    let Some(at) = table.position(header) else { return Value::Blank };
    sum(table.rows.iter().map(|row| &row[at].value))
}

/// The sum of a column as a live cell; `n/a` with the reason where no row has a figure.
#[must_use]
pub fn live_sum(table: &Table, header: &str, reason: &str) -> Cell {
    let known = table.position(header).is_some_and(|at| table.rows.iter().any(|row| figure(&row[at].value).is_some()));
    if known {
        Cell::formula(format!("SUM({})", column_of(&table.name, header)), column_sum(table, header))
    } else {
        Cell::not_available(reason)
    }
}

/// A money column of the reporting currency.
#[must_use]
pub fn column(context: &Context<'_>, words: &str) -> Column {
    Column::new(words, context.money())
}

/// With a capital.
#[must_use]
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// With a capital and a full stop.
#[must_use]
pub fn sentence(words: &str) -> String {
    format!("{}.", capital(words.trim().trim_end_matches('.')))
}
