//! How MSPDI writes durations, lags and money.

use crate::source::planner::desk::{Desk, Record};
use crate::source::planner::plan::Length;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

/// The longest duration that is believed, in minutes: 1,000 years.
const LONGEST: i64 = 525_960_000;

/// Minutes of `PT8H30M0S`, rounded to the minute; `P1D` is a day of 24 hours.
pub fn period(text: &str) -> Option<i64> {
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (days, times) = text.strip_prefix('P')?.split_once('T').unwrap_or((text.strip_prefix('P')?, ""));
    let mut seconds = Decimal::ZERO;
    for (part, units) in [(days, &[('D', 86_400)][..]), (times, &[('H', 3_600), ('M', 60), ('S', 1)][..])] {
        let mut rest = part;
        while !rest.is_empty() {
            let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
            let number: Decimal = rest[..end].parse().ok()?;
            let letter = rest[end..].chars().next()?;
            let unit = units.iter().find(|(known, _)| *known == letter)?.1;
            seconds = seconds.checked_add(number.checked_mul(Decimal::from(unit))?)?;
            rest = &rest[end + letter.len_utf8()..];
        }
    }
    let minutes = crate::base::number::round(seconds / Decimal::from(60), 0).to_i64().filter(|minutes| *minutes <= LONGEST)?;
    Some(if negative { -minutes } else { minutes })
}

/// True for the codes of elapsed units. Those of estimated durations are 32 higher.
pub const fn is_elapsed(format: u32) -> bool {
    matches!(format, 4 | 6 | 8 | 10 | 12 | 20 | 36 | 38 | 40 | 42 | 44 | 52)
}

/// A duration, in minutes.
pub fn minutes(record: &dyn Record, field: &'static str, desk: &mut Desk<'_>) -> Option<i64> {
    let text = record.get(field)?;
    let found = period(text);
    if found.is_none() {
        desk.bad_value(record, field, text, "a duration such as PT8H0M0S");
    }
    found
}

/// A duration with the unit of its format.
pub fn length(record: &dyn Record, field: &'static str, format: u32, desk: &mut Desk<'_>) -> Option<Length> {
    let minutes = minutes(record, field, desk)?.max(0);
    Some(if is_elapsed(format) { Length::Elapsed(minutes) } else { Length::Working(minutes) })
}

/// A lag in tenths of a minute, or in percent of the predecessor's duration.
pub fn lag(record: &dyn Record, desk: &mut Desk<'_>) -> Length {
    let format = desk.number(record, "LagFormat").and_then(|format| format.to_u32()).unwrap_or(7);
    let number = desk.number(record, "LinkLag").unwrap_or_default();
    if matches!(format, 19 | 20 | 51 | 52) {
        return Length::Percent(number);
    }
    let minutes = crate::base::number::round(number / Decimal::TEN, 0).to_i64().unwrap_or(0).clamp(-LONGEST, LONGEST);
    if is_elapsed(format) { Length::Elapsed(minutes) } else { Length::Working(minutes) }
}

/// Money that stands in hundredths; none for nothing.
pub fn money(record: &dyn Record, field: &'static str, desk: &mut Desk<'_>) -> Option<Decimal> {
    let hundredths = desk.number(record, field).filter(|number| !number.is_zero())?;
    Some((hundredths / Decimal::ONE_HUNDRED).normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_minutes() {
        for (text, minutes) in [
            ("PT8H0M0S", Some(480)),
            ("PT0H30M29S", Some(30)),
            ("PT1H0M30S", Some(61)),
            ("-PT4H", Some(-240)),
            ("P2DT1H", Some(2_940)),
            ("PT0.5H", Some(30)),
            ("P", Some(0)),
            ("8H", None),
            ("PT8X", None),
            ("PT99999999999H", None),
            ("PT8é", None),
        ] {
            assert_eq!(period(text), minutes, "{text}");
        }
    }
}
