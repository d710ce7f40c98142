//! Dates, moments and periods.

use super::{Context, Parser, distinct_texts, no_value};
use crate::base::day::{Day, Moment, day_from_epoch};
use crate::source::raw::{FormatClass, Style};
use crate::table::check::cells::Cell;
use crate::table::check::codes;
use crate::table::check::date::{self, Order};
use crate::table::check::outcome::{Datum, Note, Outcome};
use crate::table::contract::Kind;
use crate::table::tables::ValueState;
use chrono::Datelike as _;

/// Numbers between these are taken for serial numbers of dates: from 1954-10 to 2119-01.
const SERIALS: std::ops::Range<f64> = 20_000.0..80_000.0;

/// Reads dates.
pub(super) struct Dates<'g> {
    context: Context<'g>,
    day_first: bool,
    /// Some texts have the day first and some the month.
    mixed: bool,
    /// The settings or the column's own dates say the order, so that no cell is doubtful.
    told: bool,
}

impl<'g> Dates<'g> {
    pub fn new(context: Context<'g>, cells: &[Cell<'_>]) -> Self {
        if let Some(day_first) = context.reading.day_first {
            return Self { context, day_first, mixed: false, told: true };
        }
        let (mut days, mut months) = (0usize, 0usize);
        for text in distinct_texts(context.sheet, cells) {
            match date::read(text).and_then(|written| written.order()) {
                Some(Order::DayFirst) => days += 1,
                Some(Order::MonthFirst) => months += 1,
                _ => {}
            }
        }
        // One date that can be read in only one way tells the order of the whole column, unless another contradicts it.
        let told = (days > 0) != (months > 0);
        Self { context, day_first: months <= days, mixed: days > 0 && months > 0, told }
    }

    fn moment(&self, day: Day, minutes: i64) -> Outcome {
        let datum = match self.context.field.kind {
            Kind::Moment => Datum::Int(Moment::start_of(day).plus(minutes).0),
            Kind::Period => Datum::Period(self.context.settings.fiscal.period_of(day).ordinal()),
            _ => Datum::Day(date::frame_day(day)),
        };
        let far = !(1950..=2100).contains(&day.year());
        Outcome::value(datum).noted_if(far, || {
            Note::new(codes::FAR_DATE, "a date between 1950 and 2100", "Check the year; the date was used as it stands.")
        })
    }

    fn not_a_date(&self) -> (crate::base::finding::Code, &'static str) {
        if matches!(self.context.field.kind, Kind::Period) {
            (codes::NOT_A_PERIOD, "Write FY2027-P04, a month such as Jul 2026, or a date.")
        } else {
            (codes::NOT_A_DATE, "Write the date as 2026-10-31, or type it into a cell with a date format.")
        }
    }

    fn unusable(&self) -> Outcome {
        let (code, hint) = self.not_a_date();
        Outcome::unusable(ValueState::Prose, Note::new(code, self.context.expected(), hint))
    }

    /// A bare number: a serial without a date format, 20261031, or for periods 202610.
    fn bare(&self, number: f64) -> Outcome {
        let read = if SERIALS.contains(&number) {
            date::serial_days(number, self.context.sheet.date_1904)
                .map(|days| self.moment(day_from_epoch(days), date::serial_minutes(number)))
        } else if number.fract() == 0.0 {
            digits_date(number, matches!(self.context.field.kind, Kind::Period)).map(|day| self.moment(day, 0))
        } else {
            None
        };
        let Some(outcome) = read else { return self.unusable() };
        let hint = "Give the cells a date format.";
        outcome.noted(Note::new(codes::DATE_AS_NUMBER, "a cell with a date format", hint))
    }

    fn written(&self, written: date::Written) -> Outcome {
        let open = written.order() == Some(Order::Open) && !self.told;
        if open && self.mixed {
            let hint = "Write dates as 2026-10-31, or say in the settings that the source writes the day first.";
            return Outcome::unusable(ValueState::Prose, Note::new(codes::MIXED_DATES, "dates written in one way", hint));
        }
        let Some(day) = written.day(self.day_first) else { return self.unusable() };
        let mut outcome = self.moment(day, written.minutes);
        if open {
            let hint = "Write dates as 2026-10-31, or say in the settings that the source writes the day first.";
            outcome =
                outcome.noted(Note::new(codes::AMBIGUOUS_DATE, format!("a date in one reading; it was read as {day}"), hint));
        } else if !self.context.is_csv() && matches!(self.context.field.kind, Kind::Date | Kind::Moment) {
            outcome = outcome.noted(Note::new(
                codes::DATE_AS_TEXT,
                "a real date",
                "Convert the column to dates (Data > Text to Columns > Date).",
            ));
        }
        outcome.noted_if(written.two_digit_year, || {
            Note::new(
                codes::TWO_DIGIT_YEAR,
                "a year of four digits",
                "Write the year in full; 00 to 79 were read as 2000 to 2079.",
            )
        })
    }
}

/// The date of 20261031; of 202610 its fifteenth day, for periods.
#[expect(clippy::cast_possible_truncation, reason = "compared with the bounds first")]
fn digits_date(number: f64, months_too: bool) -> Option<Day> {
    let digits = if (19_500_101.0..=21_001_231.0).contains(&number) {
        number as i64
    } else if months_too && (195_001.0..=210_012.0).contains(&number) {
        number as i64 * 100 + 15
    } else {
        return None;
    };
    let (year, month, day) = (digits / 10_000, digits / 100 % 100, digits % 100);
    Day::from_ymd_opt(i32::try_from(year).ok()?, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

impl Parser for Dates<'_> {
    fn number(&self, number: f64, style: &Style, _record: usize) -> Outcome {
        if style.class != FormatClass::Date {
            return self.bare(number);
        }
        match date::serial_days(number, self.context.sheet.date_1904) {
            Some(days) => self.moment(day_from_epoch(days), date::serial_minutes(number)),
            None => self.unusable(),
        }
    }

    fn text(&self, text: &str, _record: usize) -> Outcome {
        if matches!(self.context.field.kind, Kind::Period)
            && let Some(period) = self.context.settings.fiscal.parse(text)
        {
            return Outcome::value(Datum::Period(period.ordinal()));
        }
        if let Some(written) = date::read(text) {
            return self.written(written);
        }
        if let Ok(number) = text.trim().parse::<f64>()
            && number.is_finite()
        {
            return self.bare(number);
        }
        let (code, hint) = self.not_a_date();
        no_value(&self.context, text, code, hint)
    }

    fn boolean(&self, _yes: bool) -> Outcome {
        self.unusable()
    }
}
