//! Numbers, whole numbers, plan amounts and ledger amounts.

use super::{Context, Parser, distinct_texts, no_value};
use crate::base::number::{self as decimals, from_excel};
use crate::source::raw::{FormatClass, Style};
use crate::table::check::cells::Cell;
use crate::table::check::codes;
use crate::table::check::number::{self, DecimalSign};
use crate::table::check::outcome::{Datum, Note, Outcome};
use crate::table::contract::Kind;
use crate::table::tables::ValueState;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

/// Ledger amounts are kept in ten-thousandths of the major unit.
const LEDGER_SCALE: f64 = 10_000.0;

/// How the numbers of a column that are text are written.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Writing {
    /// The decimal sign is a comma.
    pub decimal_comma: bool,
    /// Some cells say point and some say comma.
    pub mixed: bool,
    /// The settings or the column's own numbers say so, and no cell is doubtful.
    pub told: bool,
}

impl Writing {
    /// What the texts of a column show, unless the settings say it.
    pub fn of(context: &Context<'_>, cells: &[Cell<'_>]) -> Self {
        if let Some(decimal_comma) = context.reading.decimal_comma {
            return Self { decimal_comma, mixed: false, told: true };
        }
        let (mut points, mut commas) = (0usize, 0usize);
        for text in distinct_texts(context.sheet, cells) {
            match number::read(text, false).map(|written| written.style) {
                Some(DecimalSign::Point) => points += 1,
                Some(DecimalSign::Comma) => commas += 1,
                _ => {}
            }
        }
        // One number that can be read in only one way settles the whole column, unless another contradicts it.
        let told = (points > 0) != (commas > 0);
        Self { decimal_comma: commas > points, mixed: points > 0 && commas > 0, told }
    }

    /// The note on a doubtful number; none where it can be told.
    fn doubt(self, written: &number::Written, shown: &str) -> Option<Note> {
        if written.style != DecimalSign::Ambiguous || self.told {
            return None;
        }
        let hint =
            "Type it as a number, without signs between thousands; or say in the settings that the source writes decimal commas.";
        if self.mixed {
            return Some(Note::new(codes::MIXED_NUMBERS, "numbers written in one way", hint));
        }
        Some(Note::new(codes::AMBIGUOUS_NUMBER, format!("a plain number; it was read as {shown}"), hint))
    }
}

/// The number of a text with its notes, or the outcome that says why there is none.
pub(super) fn read_text(context: &Context<'_>, writing: Writing, text: &str) -> Result<(number::Written, Vec<Note>), Outcome> {
    let Some(written) = number::read(text, writing.decimal_comma) else {
        return Err(no_value(context, text, codes::NOT_A_NUMBER, "Type a number; put words into a text column."));
    };
    let mut notes = Vec::new();
    if let Some(doubt) = writing.doubt(&written, &written.value.to_string()) {
        if doubt.code == codes::MIXED_NUMBERS {
            return Err(Outcome::unusable(ValueState::Prose, doubt));
        }
        notes.push(doubt);
    } else if !context.is_csv() && !written.abbreviated {
        let hint = "Convert the column to numbers (Data > Text to Columns > Finish).";
        notes.push(Note::new(codes::NUMBER_AS_TEXT, "a number", hint));
    }
    if written.abbreviated {
        let hint = "Write the amount in full.";
        notes.push(Note::new(codes::ABBREVIATED_AMOUNT, format!("the amount in full; it was read as {}", written.value), hint));
    }
    Ok((written, notes))
}

/// Reads numbers of all kinds but percentages.
pub(super) struct Numeric<'g> {
    context: Context<'g>,
    writing: Writing,
}

impl<'g> Numeric<'g> {
    pub fn new(context: Context<'g>, cells: &[Cell<'_>]) -> Self {
        Self { context, writing: Writing::of(&context, cells) }
    }

    /// The number by the field's kind; the exact value is asked for only where the float is not enough.
    fn finish(&self, number: f64, exact: impl FnOnce() -> Option<Decimal>) -> Outcome {
        match &self.context.field.kind {
            Kind::Integer { min, max } => self.integer(number, *min, *max),
            Kind::LedgerAmount => Self::ledger(number, exact),
            Kind::Number { min, max } => {
                let outside = min.is_some_and(|min| number < min) || max.is_some_and(|max| number > max);
                if outside { self.outside() } else { Outcome::value(Datum::Float(number)) }
            }
            _ => Outcome::value(Datum::Float(number)),
        }
    }

    fn outside(&self) -> Outcome {
        let hint = "Check the number and its unit.";
        Outcome::unusable(ValueState::Prose, Note::new(codes::OUT_OF_BOUNDS, self.context.expected(), hint))
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "checked to be whole and far below 2^53")]
    fn integer(&self, number: f64, min: Option<i64>, max: Option<i64>) -> Outcome {
        let whole = number.round();
        if (number - whole).abs() > 1e-9 || whole.abs() > 1e15 {
            let hint = "Round it, or use the field that it belongs to.";
            return Outcome::unusable(ValueState::Prose, Note::new(codes::NOT_WHOLE, self.context.expected(), hint));
        }
        let outside = min.is_some_and(|min| whole < min as f64) || max.is_some_and(|max| whole > max as f64);
        if outside { self.outside() } else { Outcome::value(Datum::Int(whole as i64)) }
    }

    /// An amount in ten-thousandths, exactly. Below ten thousand million the float tells all 15 digits that Excel keeps.
    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and far below 2^63")]
    fn ledger(number: f64, exact: impl FnOnce() -> Option<Decimal>) -> Outcome {
        const CERTAIN: f64 = 1e10;
        let scaled = number * LEDGER_SCALE;
        let whole = scaled.round();
        if number.abs() < CERTAIN && (scaled - whole).abs() <= scaled.abs() * 4e-15 {
            return Outcome::value(Datum::Int(whole as i64));
        }
        let scaled = exact().and_then(|decimal| decimal.checked_mul(Decimal::from(10_000)));
        match scaled {
            Some(scaled) if scaled.fract().is_zero() => {
                scaled.to_i64().map_or_else(Self::too_large, |whole| Outcome::value(Datum::Int(whole)))
            }
            Some(_) => {
                let hint = "Round it to whole pence or cents at the source.";
                Outcome::unusable(ValueState::Prose, Note::new(codes::AMOUNT_TOO_FINE, "an amount in whole smallest units", hint))
            }
            None => Self::too_large(),
        }
    }

    fn too_large() -> Outcome {
        let hint = "Check the amount: it has more than 15 digits.";
        Outcome::unusable(ValueState::Prose, Note::new(codes::AMOUNT_TOO_LARGE, "an amount below 900 million million", hint))
    }

    fn scaled(&self, decimal: Decimal) -> Option<Decimal> {
        decimal.checked_mul(from_excel(self.context.factor)?)
    }
}

impl Parser for Numeric<'_> {
    fn number(&self, number: f64, style: &Style, _record: usize) -> Outcome {
        if style.class == FormatClass::Date {
            let hint = "Give the cell a number format and type the number again.";
            return Outcome::unusable(ValueState::Prose, Note::new(codes::NUMBER_SHOWN_AS_DATE, self.context.expected(), hint));
        }
        // A factor of 1 (the usual case) is exact, and so is a flipped sign.
        #[expect(clippy::float_cmp, reason = "1 and -1 are exact")]
        if self.context.factor == 1.0 || self.context.factor == -1.0 {
            let number = number * self.context.factor;
            return self.finish(number, || from_excel(number));
        }
        match from_excel(number).and_then(|decimal| self.scaled(decimal)) {
            Some(decimal) => self.finish(decimals::to_f64(decimal), || Some(decimal)),
            None => Self::too_large(),
        }
    }

    fn text(&self, text: &str, _record: usize) -> Outcome {
        let (written, notes) = match read_text(&self.context, self.writing, text) {
            Ok(read) => read,
            Err(outcome) => return outcome,
        };
        let value = if written.percent { written.value / Decimal::ONE_HUNDRED } else { written.value };
        let mut outcome = match self.scaled(value) {
            Some(decimal) => self.finish(number::float(decimal), || Some(decimal)),
            None => Self::too_large(),
        };
        if outcome.datum.is_some() {
            outcome.notes.extend(notes);
        }
        outcome
    }

    fn boolean(&self, _yes: bool) -> Outcome {
        let hint = "Type a number instead of TRUE or FALSE.";
        Outcome::unusable(ValueState::Prose, Note::new(codes::NOT_A_NUMBER, self.context.expected(), hint))
    }
}
