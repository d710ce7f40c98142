//! Durations: text with units, or a number with the unit of its row, its source, or the usual one.

use super::{Context, Parser};
use crate::base::number::from_excel;
use crate::base::span::{Span, SpanError, Unit};
use crate::source::raw::{FormatClass, Style};
use crate::table::check::codes;
use crate::table::check::outcome::{Note, Outcome};
use crate::table::tables::ValueState;
use rust_decimal::Decimal;

/// Reads durations.
pub(super) struct Spans<'g> {
    context: Context<'g>,
    /// The unit that each record's Unit column gives; empty where there is no such column.
    units: Vec<Option<Unit>>,
    source_unit: Option<Unit>,
    /// The unit that a bare number has if nothing says it.
    usual: Unit,
}

impl<'g> Spans<'g> {
    pub fn new(context: Context<'g>, units: Vec<Option<Unit>>) -> Self {
        let source_unit = context.reading.span_unit.as_deref().and_then(Unit::parse);
        let usual = if context.field.key.contains("work") { Unit::Hours } else { Unit::Days };
        Self { context, units, source_unit, usual }
    }

    fn unit(&self, record: usize) -> Option<Unit> {
        self.units.get(record).copied().flatten().or(self.source_unit)
    }

    fn in_units(&self, number: Decimal, record: usize) -> Outcome {
        let unit = self.unit(record);
        let span = Span::from_number(number, unit.unwrap_or(self.usual));
        Outcome::text(span.to_string()).noted_if(unit.is_none() && !number.is_zero(), || {
            let expected = format!("a duration with its unit; it was read as {span}");
            Note::new(codes::NO_UNIT, expected, "Write 12d or 6h, or fill in the Unit column.")
        })
    }

    fn unusable(&self, hint: String) -> Outcome {
        Outcome::unusable(ValueState::Prose, Note::new(codes::NOT_A_DURATION, self.context.expected(), hint))
    }
}

impl Parser for Spans<'_> {
    fn number(&self, number: f64, style: &Style, record: usize) -> Outcome {
        let Some(exact) = from_excel(number).filter(|exact| exact.abs() < Decimal::from(1_000_000_000)) else {
            return self.unusable("Check the number: it is too large for a duration.".to_string());
        };
        match style.class {
            FormatClass::Percent => Outcome::text(Span::from_share(exact).to_string()),
            FormatClass::Time => {
                let minutes = crate::base::number::round(exact * Decimal::from(1_440), 0);
                Outcome::text(Span::from_number(minutes, Unit::Minutes).to_string())
            }
            FormatClass::Date => {
                self.unusable("Excel turned it into a date: type it as 12d in a cell with a text format.".to_string())
            }
            _ => self.in_units(exact, record),
        }
    }

    fn text(&self, text: &str, record: usize) -> Outcome {
        let clean = text.trim().trim_end_matches('?').trim_end().replace('\u{a0}', " ");
        match Span::parse(&clean, self.unit(record)) {
            Ok(span) => Outcome::text(span.to_string()),
            Err(SpanError::NoUnit(_)) => match Span::parse(&clean, Some(self.usual)) {
                Ok(span) => Outcome::text(span.to_string()).noted(Note::new(
                    codes::NO_UNIT,
                    format!("a duration with its unit; it was read as {span}"),
                    "Write 12d or 6h, or fill in the Unit column.",
                )),
                Err(error) => self.unusable(sentence(&error)),
            },
            Err(_) if crate::table::check::number::is_range(&clean) => {
                super::no_value(&self.context, &clean, codes::NOT_A_DURATION, "")
            }
            Err(error) => self.unusable(sentence(&error)),
        }
    }

    fn boolean(&self, _yes: bool) -> Outcome {
        self.unusable("Type a duration instead of TRUE or FALSE.".to_string())
    }

    fn same_everywhere(&self) -> bool {
        self.units.is_empty()
    }
}

fn sentence(error: &SpanError) -> String {
    let text = error.to_string();
    format!("{text}.")
}
