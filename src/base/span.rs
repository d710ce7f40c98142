//! Durations as people write them: `60d`, `12d 4h`, `8 wks`, `1.5 mo`, `2,5 d`, elapsed `3ed`, percent `10%`, signed.
//!
//! Promises: amounts are exact decimals and become minutes once, rounded half away from zero; what is displayed reads
//! back as the same span. A lone `m` (minutes or months?) and `1,500` (a thousand or one and a half?) are refused, with
//! the ways to say it. How long a day, week or month is, the calendar says ([`WorkCalendar::minutes_per_day`]).

use crate::base::calendar::WorkCalendar;
use crate::base::number;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use std::fmt;

/// The largest amount accepted, in any unit.
const LARGEST: i64 = 1_000_000_000;

/// A unit of duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Minutes of working time.
    Minutes,
    /// Hours of working time.
    Hours,
    /// Days of the calendar's usual length.
    Days,
    /// Weeks of the calendar's usual length.
    Weeks,
    /// Months of 20 days.
    Months,
}

impl Unit {
    /// All, longest first: the order in which a span is displayed.
    pub const ALL: [Self; 5] = [Self::Months, Self::Weeks, Self::Days, Self::Hours, Self::Minutes];

    /// The unit that a word such as `d`, `days` or `wks` names; none where it names no unit or could name two (`m`).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text.trim().to_lowercase().trim_end_matches('.') {
            "min" | "mins" | "minute" | "minutes" => Self::Minutes,
            "h" | "hr" | "hrs" | "hour" | "hours" => Self::Hours,
            "d" | "dy" | "dys" | "day" | "days" => Self::Days,
            "w" | "wk" | "wks" | "week" | "weeks" => Self::Weeks,
            "mo" | "mos" | "mon" | "mth" | "mths" | "month" | "months" => Self::Months,
            _ => return None,
        })
    }

    /// The unit's short name, as spans are displayed.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Minutes => "min",
            Self::Hours => "h",
            Self::Days => "d",
            Self::Weeks => "w",
            Self::Months => "mo",
        }
    }

    /// Minutes of working time in one unit.
    fn working_minutes(self, calendar: &WorkCalendar) -> i64 {
        match self {
            Self::Minutes => 1,
            Self::Hours => 60,
            Self::Days => calendar.minutes_per_day(),
            Self::Weeks => calendar.minutes_per_week(),
            Self::Months => calendar.minutes_per_month(),
        }
    }

    /// Minutes on the clock in one unit; an elapsed month is 30 days, as in Microsoft Project.
    const fn clock_minutes(self) -> i64 {
        match self {
            Self::Minutes => 1,
            Self::Hours => 60,
            Self::Days => 24 * 60,
            Self::Weeks => 7 * 24 * 60,
            Self::Months => 30 * 24 * 60,
        }
    }
}

/// A duration or a lag as given.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Span(Kind);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Kind {
    /// Amounts of working time, in the order of [`Unit::ALL`].
    Working([Decimal; 5]),
    /// Amounts of time on the clock, in the order of [`Unit::ALL`].
    Elapsed([Decimal; 5]),
    /// A share of another duration.
    Share(Decimal),
}

/// Why a text is not a span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SpanError {
    /// Nothing there.
    Empty,
    /// A number without a unit, and no unit to assume.
    NoUnit(String),
    /// A word that names no unit.
    UnknownUnit(String),
    /// `m`: minutes or months?
    AmbiguousUnit(String),
    /// `1,500`: a thousand or one and a half?
    AmbiguousNumber(String),
    /// No number where one is expected.
    NotANumber(String),
    /// Working and elapsed time, or a share and a time, in one span.
    Mixed(String),
    /// More than a thousand million units.
    TooLarge(String),
}

impl fmt::Display for SpanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "there is no duration"),
            Self::NoUnit(text) => write!(f, "{text} has no unit: write {text}d, {text}h or {text} wks"),
            Self::UnknownUnit(text) => {
                write!(f, "\"{text}\" is not a unit of time: write min, h, d, w or mo (ed, eh for elapsed time)")
            }
            Self::AmbiguousUnit(text) => write!(f, "\"{text}\" could be minutes or months: write min or mo"),
            Self::AmbiguousNumber(text) => {
                write!(f, "\"{text}\" could be thousands or a decimal: write it without the comma, or with a point")
            }
            Self::NotANumber(text) => write!(f, "\"{text}\" is not a duration: write 60d, 12d 4h, 8 wks or 10%"),
            Self::Mixed(text) => write!(f, "\"{text}\" mixes working time, elapsed time and percent: use one of them"),
            Self::TooLarge(text) => write!(f, "\"{text}\" is too long to be a duration"),
        }
    }
}

impl std::error::Error for SpanError {}

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(Kind::Working([Decimal::ZERO; 5]));

    /// Reads a span. A number without a unit takes the unit given; a sign in front goes for the whole.
    ///
    /// # Errors
    /// A [`SpanError`], which says what to write instead.
    pub fn parse(text: &str, default: Option<Unit>) -> Result<Self, SpanError> {
        let clean = text.trim().replace(['−', '–'], "-");
        let (negative, body) = match clean.strip_prefix(['-', '+']) {
            Some(rest) => (clean.starts_with('-'), rest.trim_start()),
            None => (false, clean.as_str()),
        };
        if body.is_empty() {
            return Err(SpanError::Empty);
        }
        let mut sum: Option<Self> = None;
        let mut rest = body;
        while !rest.is_empty() {
            let (part, after) = next_part(rest, default)?;
            sum = Some(match sum {
                None => part,
                Some(before) => before.plus(&part).ok_or_else(|| SpanError::Mixed(text.trim().into()))?,
            });
            rest = after;
        }
        let span = sum.unwrap_or(Self::ZERO);
        Ok(if negative { span.negated() } else { span })
    }

    /// A number of units of working time.
    #[must_use]
    pub fn from_number(number: Decimal, unit: Unit) -> Self {
        Self(Kind::Working(single(number, unit)))
    }

    /// A number of minutes of working time.
    #[must_use]
    pub fn from_minutes(minutes: i64) -> Self {
        Self::from_number(Decimal::from(minutes), Unit::Minutes)
    }

    /// A number of units of time on the clock.
    #[must_use]
    pub fn elapsed(number: Decimal, unit: Unit) -> Self {
        Self(Kind::Elapsed(single(number, unit)))
    }

    /// A share of another duration, as a fraction: 0.1 is 10 %.
    #[must_use]
    pub fn from_share(share: Decimal) -> Self {
        Self(Kind::Share(share.normalize()))
    }

    /// The span in minutes: of working time, with days, weeks and months as long as the calendar says, or on the clock
    /// where [`Self::is_elapsed`]. Rounded once to the minute, half away from zero. None for a share of another duration,
    /// and where the minutes are too many to count.
    #[must_use]
    pub fn minutes(&self, calendar: &WorkCalendar) -> Option<i64> {
        let (amounts, length): (_, &dyn Fn(Unit) -> i64) = match &self.0 {
            Kind::Working(amounts) => (amounts, &|unit| unit.working_minutes(calendar)),
            Kind::Elapsed(amounts) => (amounts, &Unit::clock_minutes),
            Kind::Share(_) => return None,
        };
        let exact = Unit::ALL.into_iter().zip(amounts).try_fold(Decimal::ZERO, |sum, (unit, amount)| {
            amount.checked_mul(Decimal::from(length(unit))).and_then(|minutes| sum.checked_add(minutes))
        })?;
        number::round(exact, 0).to_i64()
    }

    /// True for time on the clock, which runs through nights and weekends.
    #[must_use]
    pub const fn is_elapsed(&self) -> bool {
        matches!(self.0, Kind::Elapsed(_))
    }

    /// The share of another duration as a fraction (10 % is 0.1), where the span is one.
    #[must_use]
    pub const fn percent(&self) -> Option<Decimal> {
        match self.0 {
            Kind::Share(share) => Some(share),
            _ => None,
        }
    }

    /// True where it is no time at all.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        match &self.0 {
            Kind::Working(amounts) | Kind::Elapsed(amounts) => amounts.iter().all(Decimal::is_zero),
            Kind::Share(share) => share.is_zero(),
        }
    }

    /// True below zero, as a lead is.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Kind::Working(amounts) | Kind::Elapsed(amounts) => amounts.iter().any(|amount| *amount < Decimal::ZERO),
            Kind::Share(share) => *share < Decimal::ZERO,
        }
    }

    /// The same the other way round.
    #[must_use]
    pub fn negated(&self) -> Self {
        let negate = |amount: Decimal| if amount.is_zero() { amount } else { -amount };
        Self(match self.0 {
            Kind::Working(amounts) => Kind::Working(amounts.map(negate)),
            Kind::Elapsed(amounts) => Kind::Elapsed(amounts.map(negate)),
            Kind::Share(share) => Kind::Share(negate(share)),
        })
    }

    /// The sum of two spans of one kind; two shares do not add up.
    fn plus(&self, other: &Self) -> Option<Self> {
        let sum = |a: &[Decimal; 5], b: &[Decimal; 5]| std::array::from_fn(|unit| (a[unit] + b[unit]).normalize());
        match (&self.0, &other.0) {
            (Kind::Working(a), Kind::Working(b)) => Some(Self(Kind::Working(sum(a, b)))),
            (Kind::Elapsed(a), Kind::Elapsed(b)) => Some(Self(Kind::Elapsed(sum(a, b)))),
            _ => None,
        }
    }
}

impl fmt::Display for Span {
    /// `12d 4h`, `-1.5d`, `3ed`, `10%`; nothing is `0d`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (amounts, elapsed) = match &self.0 {
            Kind::Share(share) => return f.pad(&format!("{}%", (share * Decimal::ONE_HUNDRED).normalize())),
            Kind::Working(amounts) => (amounts, ""),
            Kind::Elapsed(amounts) => (amounts, "e"),
        };
        let shown = |(unit, amount): (Unit, &Decimal)| format!("{}{elapsed}{}", amount.abs(), unit.symbol());
        let parts: Vec<String> = Unit::ALL.into_iter().zip(amounts).filter(|(_, amount)| !amount.is_zero()).map(shown).collect();
        let sign = if self.is_negative() { "-" } else { "" };
        if parts.is_empty() { f.pad(&format!("0{elapsed}d")) } else { f.pad(&format!("{sign}{}", parts.join(" "))) }
    }
}

/// One amount of one unit, in the order of [`Unit::ALL`].
fn single(number: Decimal, unit: Unit) -> [Decimal; 5] {
    Unit::ALL.map(|each| if each == unit { number.normalize() } else { Decimal::ZERO })
}

/// The first amount of a text with its unit, and the text after it.
fn next_part(text: &str, default: Option<Unit>) -> Result<(Span, &str), SpanError> {
    let in_number = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let (digits, rest) = text.split_at(text.find(|c| !in_number(c)).unwrap_or(text.len()));
    let (digits, rest) = (digits.trim_end_matches(','), rest.trim_start());
    let number = amount(digits, text)?;
    if let Some(after) = rest.strip_prefix('%') {
        return Ok((Span::from_share(number / Decimal::ONE_HUNDRED), separated(after)));
    }
    let (elapsed, rest) = rest.strip_prefix("elapsed ").map_or((false, rest), |unit| (true, unit.trim_start()));
    let (word, after) = rest.split_at(rest.find(|c: char| !c.is_alphabetic() && c != '.').unwrap_or(rest.len()));
    let span = match (word.is_empty(), default) {
        (true, Some(unit)) if !elapsed => Span::from_number(number, unit),
        (true, _) => return Err(SpanError::NoUnit(digits.into())),
        (false, _) => in_units(number, &format!("{}{word}", if elapsed { "e" } else { "" }))?,
    };
    Ok((span, separated(after)))
}

/// A text without the space, comma or "and" that stands between two amounts.
fn separated(text: &str) -> &str {
    let text = text.trim_start_matches([' ', ',', '\u{a0}', '\t']);
    text.strip_prefix("and ").unwrap_or(text).trim_start()
}

fn in_units(number: Decimal, word: &str) -> Result<Span, SpanError> {
    let word = word.trim_end_matches('.').to_lowercase();
    if let Some(unit) = Unit::parse(&word) {
        return Ok(Span::from_number(number, unit));
    }
    if matches!(word.as_str(), "m" | "em") {
        return Err(SpanError::AmbiguousUnit(word));
    }
    let unit = word.strip_prefix('e').and_then(Unit::parse);
    unit.map(|unit| Span::elapsed(number, unit)).ok_or(SpanError::UnknownUnit(word))
}

/// An amount with a decimal point or comma.
fn amount(digits: &str, text: &str) -> Result<Decimal, SpanError> {
    let not_a_number = || SpanError::NotANumber(text.trim().into());
    let thousands =
        digits.split_once(',').is_some_and(|(whole, fraction)| fraction.len() == 3 && !whole.trim_start_matches('0').is_empty());
    if thousands {
        return Err(SpanError::AmbiguousNumber(digits.into()));
    }
    let plain = digits.replace(',', ".");
    let well_formed = plain.matches('.').count() <= 1 && plain.chars().any(|c| c.is_ascii_digit());
    if !well_formed {
        return Err(not_a_number());
    }
    if plain.len() > 24 {
        return Err(SpanError::TooLarge(digits.into()));
    }
    let number: Decimal = plain.trim_end_matches('.').parse().map_err(|_| not_a_number())?;
    if number > Decimal::from(LARGEST) { Err(SpanError::TooLarge(digits.into())) } else { Ok(number) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn minutes(text: &str) -> Option<i64> {
        Span::parse(text, None).expect(text).minutes(&WorkCalendar::standard())
    }

    #[test]
    fn spans_are_read_as_people_write_them() {
        for (text, expected, shown) in [
            ("60d", 60 * 480, "60d"),
            ("12d 4h", 12 * 480 + 240, "12d 4h"),
            ("12d4h", 12 * 480 + 240, "12d 4h"),
            ("12 days, 4 hours", 12 * 480 + 240, "12d 4h"),
            ("4h and 12 d", 12 * 480 + 240, "12d 4h"),
            ("8 wks", 8 * 2_400, "8w"),
            ("1.5 mo", 30 * 480, "1.5mo"),
            ("90 min", 90, "90min"),
            ("2,5 d", 1_200, "2.5d"),
            ("0,125 d", 60, "0.125d"),
            (".5 d", 240, "0.5d"),
            ("3ed", 3 * 1_440, "3ed"),
            ("4eh", 240, "4eh"),
            ("2 elapsed weeks", 14 * 1_440, "2ew"),
            ("1emo", 30 * 1_440, "1emo"),
            ("-1d", -480, "-1d"),
            ("- 1d 4h", -720, "-1d 4h"),
            ("+2 Days", 960, "2d"),
            ("1d 1d", 960, "2d"),
            ("2.50 DAYS", 1_200, "2.5d"),
            ("0d", 0, "0d"),
            ("-0 h", 0, "0d"),
        ] {
            let span = Span::parse(text, None).expect(text);
            assert_eq!((span.minutes(&WorkCalendar::standard()), span.to_string()), (Some(expected), shown.into()), "{text}");
        }
    }

    #[test]
    fn a_plain_number_takes_the_default_unit() {
        assert_eq!(Span::parse("60", Some(Unit::Days)), Ok(Span::from_number(Decimal::from(60), Unit::Days)));
        assert_eq!(Span::parse("2h", Some(Unit::Days)), Ok(Span::from_number(Decimal::TWO, Unit::Hours)));
        assert_eq!(Span::parse("60", None), Err(SpanError::NoUnit("60".into())));
    }

    #[test]
    fn a_share_is_not_a_time() {
        let span = Span::parse("-12.5 %", None).expect("a share");
        assert_eq!((span.percent(), span.minutes(&WorkCalendar::standard())), (Some(Decimal::new(-125, 3)), None));
        assert_eq!(span.to_string(), "-12.5%");
        assert!(span.is_negative() && !span.is_elapsed());
    }

    #[test]
    fn a_fraction_is_rounded_once_and_away_from_zero() {
        assert_eq!(minutes("0.5 min"), Some(1));
        assert_eq!(minutes("-0.5 min"), Some(-1));
        assert_eq!(minutes("0.3 min 0.3 min"), Some(1), "0.6 of a minute in all");
        assert_eq!(minutes("0.00625 h 0.0005 d"), Some(1), "0.375 and 0.24 of a minute");
        assert_eq!(minutes("0.00625 h 0.0002 d"), Some(0), "0.375 and 0.096 of a minute");
    }

    #[test]
    fn what_is_not_a_span_is_said() {
        for (text, error) in [
            ("", SpanError::Empty),
            (" - ", SpanError::Empty),
            ("3m", SpanError::AmbiguousUnit("m".into())),
            ("1,500 d", SpanError::AmbiguousNumber("1,500".into())),
            ("3 fortnights", SpanError::UnknownUnit("fortnights".into())),
            ("days", SpanError::NotANumber("days".into())),
            ("1.2.3 d", SpanError::NotANumber("1.2.3 d".into())),
            ("1d 2eh", SpanError::Mixed("1d 2eh".into())),
            ("10% 1d", SpanError::Mixed("10% 1d".into())),
            ("10% 10%", SpanError::Mixed("10% 10%".into())),
            ("1d -4h", SpanError::NotANumber("-4h".into())),
            ("1000000001 d", SpanError::TooLarge("1000000001".into())),
        ] {
            assert_eq!(Span::parse(text, None), Err(error), "{text}");
        }
        assert!(Span::parse("1000000000 d", None).is_ok());
    }

    #[test]
    fn a_day_is_as_long_as_the_calendar_says() {
        let day = Span::parse("2d", None).expect("two days");
        assert_eq!(day.minutes(&WorkCalendar::round_the_clock()), Some(2 * 1_440));
        let elapsed = Span::parse("2ed", None).expect("two elapsed days");
        assert_eq!(elapsed.minutes(&WorkCalendar::standard()), Some(2 * 1_440));
    }

    proptest! {
        #[test]
        fn what_is_displayed_reads_back(
            amounts in prop::array::uniform5((0i64..1_000_000, 0u32..6)), elapsed in any::<bool>(), negative in any::<bool>()
        ) {
            let amounts = amounts.map(|(number, scale)| Decimal::new(number, scale).normalize());
            let span = Span(if elapsed { Kind::Elapsed(amounts) } else { Kind::Working(amounts) });
            let span = if negative { span.negated() } else { span };
            prop_assert_eq!(Span::parse(&span.to_string(), None), Ok(span));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,12}") {
            let read = Span::parse(&text, Some(Unit::Days));
            if let Ok(span) = read {
                prop_assert_eq!(Span::parse(&span.to_string(), None), Ok(span));
            }
        }
    }
}
