//! Dates that a file stores as text in ISO 8601, as the serial number that Excel would show.

use crate::base::day::{Day, days_since_epoch};

/// Days between the serials of the two date systems: 1904-01-01 is 1462 in the one and 0 in the other.
const DAYS_1904: f64 = 1_462.0;

/// The serial of `2026-10-31`, `2026-10-31T17:00:00`, `17:00:00` or the same with a fraction of a second and a `Z`.
pub fn serial(text: &str, date_1904: bool) -> Option<f64> {
    let text = text.trim().trim_end_matches('Z');
    let (date, time) = match text.split_once(['T', ' ']) {
        Some((date, time)) => (Some(date), Some(time)),
        None if text.contains(':') => (None, Some(text)),
        None => (Some(text), None),
    };
    let days = date.map_or(Some(0.0), |date| day_serial(date, date_1904))?;
    Some(days + time.map_or(Some(0.0), time_fraction)?)
}

#[expect(clippy::cast_precision_loss, reason = "days of any calendar date are far below 2^52")]
fn day_serial(date: &str, date_1904: bool) -> Option<f64> {
    let day = Day::parse_from_str(date, "%Y-%m-%d").ok()?;
    let serial = days_since_epoch(day) as f64 + 25_569.0;
    // Serials below 61 stand one day earlier than the calendar says: Excel counts a 29 February 1900.
    let serial = if serial < 61.0 { serial - 1.0 } else { serial };
    let shifted = if date_1904 { serial - DAYS_1904 } else { serial };
    (shifted >= 0.0).then_some(shifted)
}

fn time_fraction(time: &str) -> Option<f64> {
    let mut parts = time.split(':');
    let hours: f64 = parts.next()?.parse().ok()?;
    let minutes: f64 = parts.next()?.parse().ok()?;
    let seconds: f64 = parts.next().map_or(Some(0.0), |text| text.parse().ok())?;
    Some((hours * 60.0 + minutes) / 1_440.0 + seconds / 86_400.0).filter(|fraction| (0.0..=1.0).contains(fraction))
}

/// The days of an ISO duration of hours, minutes and seconds, such as `PT06H30M00S`.
pub fn duration(text: &str) -> Option<f64> {
    let mut rest = text.trim().strip_prefix("PT")?;
    let mut seconds = 0.0;
    for (unit, worth) in [('H', 3_600.0), ('M', 60.0), ('S', 1.0)] {
        if let Some((digits, after)) = rest.split_once(unit) {
            seconds += digits.parse::<f64>().ok()? * worth;
            rest = after;
        }
    }
    rest.is_empty().then_some(seconds / 86_400.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_dates_become_the_serials_that_excel_shows() {
        // Excel: DATEVALUE("2026-10-31") = 46326; 1900-01-01 is 1; 1900-03-01 is 61; in the 1904 system 1904-01-01 is 0.
        for (text, date_1904, number) in [
            ("2026-10-31", false, Some(46_326.0)),
            ("2026-10-31T12:00:00", false, Some(46_326.5)),
            ("1900-01-01", false, Some(1.0)),
            ("1900-03-01", false, Some(61.0)),
            ("1904-01-01", true, Some(0.0)),
            ("06:00:00Z", false, Some(0.25)),
            ("tomorrow", false, None),
        ] {
            assert_eq!(serial(text, date_1904), number, "{text}");
        }
    }

    #[test]
    fn iso_durations_become_parts_of_a_day() {
        for (text, days) in [("PT06H30M00S", Some(6.5 / 24.0)), ("PT36H", Some(1.5)), ("P1D", None), ("PT1H?", None)] {
            assert_eq!(duration(text), days, "{text}");
        }
    }
}
