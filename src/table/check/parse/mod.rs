//! From a cell to a typed value, kind by kind.
//!
//! Promises: any value under any kind ends as a typed value, a named state, or empty, each with its notes; nothing that
//! cannot be read becomes zero. What a column shows about its own writing (decimal commas, day first, whole percentages)
//! is gathered first, so that one cell is read as its neighbours are.

mod dates;
mod numeric;
mod percent;
mod spans;
mod states;
mod words;

use super::CheckSettings;
use super::cells::{self, Cell};
use super::codes;
use super::outcome::{Note, Outcome};
use crate::source::raw::{RawSheet, Style};
use crate::table::contract::{Field, Kind, words::expectation};
use crate::table::grid::Reading;
use crate::table::tables::ValueState;

/// What the parser of a column knows beside its cells.
#[derive(Clone, Copy)]
pub(super) struct Context<'g> {
    pub sheet: &'g RawSheet,
    pub reading: &'g Reading,
    pub field: &'g Field,
    pub translate: &'g [(String, String)],
    pub factor: f64,
    pub settings: &'g CheckSettings,
    /// The contract is one of ours, whose percentages lie between nothing and a few hundred.
    pub ours: bool,
}

impl Context<'_> {
    /// In a csv file every cell is text, so that text is no finding.
    pub fn is_csv(&self) -> bool {
        self.sheet.name.sheet.is_empty()
    }

    fn expected(&self) -> String {
        expectation(self.field)
    }
}

/// Reads the cells of one column.
pub(super) trait Parser {
    fn number(&self, number: f64, style: &Style, record: usize) -> Outcome;
    fn text(&self, text: &str, record: usize) -> Outcome;
    fn boolean(&self, yes: bool) -> Outcome;
    /// True where a text means the same in every record.
    fn same_everywhere(&self) -> bool {
        true
    }
}

/// The parser of a column, which has seen all its cells. The units are those of a Unit column, for durations.
pub(super) fn parser<'g>(
    context: Context<'g>,
    cells: &[Cell<'_>],
    units: Vec<Option<crate::base::span::Unit>>,
) -> Box<dyn Parser + 'g> {
    match &context.field.kind {
        Kind::Id | Kind::Reference(_) => Box::new(words::Key::new(context)),
        Kind::References(_) => Box::new(words::KeyList::new(context)),
        Kind::Text => Box::new(words::Plain::new(context)),
        Kind::Choice(choices) => Box::new(words::OneOf::new(context, choices)),
        Kind::YesNo => Box::new(words::YesNo),
        Kind::Currency => Box::new(words::CurrencyCode(context)),
        Kind::Number { .. } | Kind::Integer { .. } | Kind::Money | Kind::LedgerAmount => {
            Box::new(numeric::Numeric::new(context, cells))
        }
        Kind::Percent => Box::new(percent::Percent::new(context, cells)),
        Kind::Date | Kind::Moment | Kind::Period => Box::new(dates::Dates::new(context, cells)),
        Kind::Span => Box::new(spans::Spans::new(context, units)),
    }
}

/// What one cell comes to: error values and words of state first, then by the parser.
pub(super) fn outcome(context: &Context<'_>, parser: &dyn Parser, cell: Cell<'_>, record: usize) -> Outcome {
    match cell {
        Cell::Empty => Outcome::empty(),
        Cell::Number(number, style) => {
            let style = cells::style(context.sheet, style);
            if context.translate.is_empty() {
                return parser.number(number, style, record);
            }
            match states::translated(context, &cells::shown(context.sheet, cell)) {
                Some(words) => text_outcome(context, parser, words, record),
                None => parser.number(number, style, record),
            }
        }
        Cell::Text(index) => text_outcome(context, parser, context.sheet.text(index), record),
        Cell::Words(words) => text_outcome(context, parser, words, record),
        Cell::Bool(yes) => parser.boolean(yes),
        Cell::Error(_) => {
            let hint = "Mend the formula, or type the value.";
            Outcome::unusable(ValueState::Error, Note::new(codes::ERROR_VALUE, context.expected(), hint))
        }
        Cell::NeverCalculated => {
            let hint = "Open the workbook in Excel, let it calculate, and save it.";
            Outcome::unusable(ValueState::NeverCalculated, Note::new(codes::NEVER_CALCULATED, context.expected(), hint))
        }
    }
}

fn text_outcome(context: &Context<'_>, parser: &dyn Parser, text: &str, record: usize) -> Outcome {
    let words = states::translated(context, text).unwrap_or(text);
    if words.chars().all(|c| c.is_whitespace() || states::is_invisible(c)) {
        return Outcome::empty();
    }
    states::state_of(context, words).unwrap_or_else(|| parser.text(words, record))
}

/// Each text of the cells once.
fn distinct_texts<'t>(sheet: &'t RawSheet, cells: &'t [Cell<'_>]) -> impl Iterator<Item = &'t str> {
    let mut seen: Vec<bool> = Vec::new();
    cells.iter().filter_map(move |cell| match *cell {
        Cell::Text(index) => {
            if seen.is_empty() {
                seen.resize(sheet.texts.len(), false);
            }
            let slot = seen.get_mut(usize::try_from(index).ok()?)?;
            (!std::mem::replace(slot, true)).then(|| sheet.text(index))
        }
        Cell::Words(words) => Some(words),
        _ => None,
    })
}

/// What words in place of a value come to: a range, or prose.
fn no_value(context: &Context<'_>, text: &str, code: crate::base::finding::Code, hint: &'static str) -> Outcome {
    if super::number::is_range(text) {
        let hint = "Give one value; where the table has fields for least, likely and most, use those.";
        return Outcome::unusable(ValueState::Range, Note::new(codes::RANGE, context.expected(), hint));
    }
    Outcome::unusable(ValueState::Prose, Note::new(code, context.expected(), hint))
}
