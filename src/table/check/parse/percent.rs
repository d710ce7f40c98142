//! Percentages: 64, 0.64 and `64 %` told apart by the cell's format and by the column.

use super::numeric::{Writing, read_text};
use super::{Context, Parser, distinct_texts};
use crate::base::number as decimals;
use crate::source::raw::{FormatClass, Style};
use crate::table::check::cells::{self, Cell};
use crate::table::check::codes;
use crate::table::check::number;
use crate::table::check::outcome::{Datum, Note, Outcome};
use crate::table::tables::ValueState;
use rust_decimal::Decimal;

/// Reads percentages as fractions.
pub(super) struct Percent<'g> {
    context: Context<'g>,
    writing: Writing,
    /// Bare numbers of the column are whole percentages: one of them is above 1.
    whole: bool,
    /// Some cells have a percent format or sign.
    some_signed: bool,
}

impl<'g> Percent<'g> {
    pub fn new(context: Context<'g>, all: &[Cell<'_>]) -> Self {
        let writing = Writing::of(&context, all);
        let (mut whole, mut some_signed) = (false, false);
        for cell in all {
            if let Cell::Number(number, style) = *cell {
                let signed = cells::style(context.sheet, style).class == FormatClass::Percent;
                some_signed |= signed && number != 0.0;
                whole |= !signed && number.abs() > 1.0;
            }
        }
        for text in distinct_texts(context.sheet, all) {
            if let Some(written) = number::read(text, writing.decimal_comma) {
                some_signed |= written.percent;
                whole |= !written.percent && written.value.abs() > Decimal::ONE;
            }
        }
        Self { context, writing, whole, some_signed }
    }

    /// A bare number, read as the column is written.
    fn bare(&self, value: Decimal) -> Outcome {
        let size = value.abs();
        let doubtful = if self.whole { size > Decimal::ZERO && size <= Decimal::ONE } else { false }
            || (self.some_signed && size > Decimal::ONE);
        let fraction = if self.whole { value / Decimal::ONE_HUNDRED } else { value };
        self.fraction(decimals::to_f64(fraction)).noted_if(doubtful, || {
            let read = (fraction * Decimal::ONE_HUNDRED).normalize();
            let hint = "Give the column a percent format and type 64%.";
            Note::new(codes::AMBIGUOUS_PERCENT, format!("a percentage with its sign; it was read as {read}%"), hint)
        })
    }

    fn fraction(&self, fraction: f64) -> Outcome {
        const IMPOSSIBLE: f64 = 10.0;
        if self.context.ours && !(0.0..=IMPOSSIBLE).contains(&fraction) {
            let hint = "In a cell with a percent format type 64%, not 64.";
            return Outcome::unusable(
                ValueState::Prose,
                Note::new(codes::PERCENT_IMPOSSIBLE, "a percentage from 0% to 100%", hint),
            );
        }
        // What is left of the binary noise of 0.29 × 100 is no more than 100 %.
        let high = self.context.ours && fraction > 1.0 + 1e-9;
        Outcome::value(Datum::Float(fraction)).noted_if(high, || {
            Note::new(codes::PERCENT_HIGH, "a percentage from 0% to 100%", "Check it; it was used as it stands.")
        })
    }
}

impl Parser for Percent<'_> {
    fn number(&self, number: f64, style: &Style, _record: usize) -> Outcome {
        if style.class == FormatClass::Percent {
            return self.fraction(number);
        }
        if style.class == FormatClass::Date {
            let hint = "Give the cell a percent format and type the percentage again.";
            return Outcome::unusable(ValueState::Prose, Note::new(codes::NUMBER_SHOWN_AS_DATE, self.context.expected(), hint));
        }
        match decimals::from_excel(number) {
            Some(value) => self.bare(value),
            None => self.fraction(f64::INFINITY.copysign(number)),
        }
    }

    fn text(&self, text: &str, _record: usize) -> Outcome {
        let (written, mut notes) = match read_text(&self.context, self.writing, text) {
            Ok(read) => read,
            Err(outcome) => return outcome,
        };
        if written.percent {
            // `64 %` as text says what it means.
            notes.retain(|note| note.code != codes::NUMBER_AS_TEXT);
        }
        let mut outcome = if written.percent {
            self.fraction(decimals::to_f64(written.value / Decimal::ONE_HUNDRED))
        } else {
            self.bare(written.value)
        };
        if outcome.datum.is_some() {
            outcome.notes.extend(notes);
        }
        outcome
    }

    fn boolean(&self, _yes: bool) -> Outcome {
        let hint = "Type a percentage instead of TRUE or FALSE.";
        Outcome::unusable(ValueState::Prose, Note::new(codes::NOT_A_NUMBER, self.context.expected(), hint))
    }
}
