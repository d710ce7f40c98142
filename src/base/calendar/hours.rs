//! Working hours as people write them in a cell.

use super::timeline::{self, Hours};

/// Minutes of 08:00, where a day given as a number of hours begins.
const MORNING: u16 = 8 * 60;
/// Minutes of 12:00, where its lunch hour begins.
const NOON: u16 = 12 * 60;
/// Minutes of 24:00.
const MIDNIGHT: u16 = 24 * 60;
/// Words for a day without work.
const CLOSED: &[&str] = &["", "off", "closed", "none", "no", "-", "non-working", "nonworking", "not working", "holiday"];

/// Reads the working hours of a day, as half-open intervals in minutes of the day.
///
/// - Intervals: `08:00-12:00, 13:00-17:00`, `8-12;13-17`, `8.30 to 12.00`, `0800-1200`, `8am-5pm`; `24:00` (or `00:00`
///   as an end) is midnight. Intervals that touch are joined.
/// - A number of hours: `8`, `7.5`, `7,5 h`. The day begins at 08:00; above four hours there is a lunch hour at 12:00.
///   Above 15 hours, which would run past midnight, the day begins at 00:00 and has no lunch hour.
/// - `off`, `closed`, `0` or nothing: no work.
///
/// # Errors
/// A sentence that says what could not be understood and what to write.
pub fn parse_hours(text: &str) -> Result<Vec<(u16, u16)>, String> {
    let clean = text.trim().to_lowercase().replace(['–', '—', '−'], "-").replace(" to ", "-");
    if CLOSED.contains(&clean.as_str()) {
        return Ok(Vec::new());
    }
    if let Some(minutes) = hour_count(&clean) {
        return of_length(minutes).ok_or_else(|| format!("\"{}\" hours do not fit in a day: write 0 to 24", text.trim()));
    }
    let pieces = clean.split([',', ';', '&', '+', '\n', '/']).flat_map(|part| part.split(" and "));
    let hours = pieces.map(str::trim).filter(|piece| !piece.is_empty()).map(interval).collect::<Result<Hours, String>>()?;
    timeline::tidy(hours).ok_or_else(|| format!("\"{}\" has hours that overlap: write each hour once", text.trim()))
}

/// A day's hours as they are written: `08:00-12:00, 13:00-17:00`, or `off`.
pub(super) fn show_hours(hours: &[(u16, u16)]) -> String {
    if hours.is_empty() {
        return "off".into();
    }
    let shown: Vec<String> = hours.iter().map(|&(from, to)| format!("{}-{}", clock(from), clock(to))).collect();
    shown.join(", ")
}

fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// Minutes, where the text is a plain number of hours.
fn hour_count(text: &str) -> Option<f64> {
    let number = ["hours", "hour", "hrs", "hr", "h"].iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text);
    let number = number.trim().replace(',', ".");
    let plain = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || c == '.') && number.len() <= 6;
    plain.then(|| number.parse::<f64>().ok()).flatten().map(|hours| (hours * 60.0).round())
}

/// The intervals of a day given by its length alone.
fn of_length(minutes: f64) -> Option<Hours> {
    if !(0.0..=f64::from(MIDNIGHT)).contains(&minutes) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number between 0 and 1440")]
    let minutes = minutes as u16;
    Some(match minutes {
        0 => Vec::new(),
        1..=240 => vec![(MORNING, MORNING + minutes)],
        241..=900 => vec![(MORNING, NOON), (NOON + 60, minutes + MORNING + 60)],
        _ => vec![(0, minutes)],
    })
}

fn interval(text: &str) -> Result<(u16, u16), String> {
    let unreadable = || format!("\"{text}\" is not working hours: write 08:00-12:00, or a number of hours, or off");
    let (from, to) = text.split_once('-').ok_or_else(unreadable)?;
    let (from, to) = (minute_of_day(from).ok_or_else(unreadable)?, minute_of_day(to).ok_or_else(unreadable)?);
    let to = if to == 0 { MIDNIGHT } else { to };
    if from < to {
        return Ok((from, to));
    }
    let over_midnight = format!("write {}-24:00 on this day and 00:00-{} on the next", clock(from), clock(to));
    Err(format!("\"{text}\" ends before it starts: for a night shift {over_midnight}"))
}

/// `8`, `08:00`, `8.30`, `0830`, `8am`, `5:30 pm`, `24:00` as minutes of the day.
fn minute_of_day(text: &str) -> Option<u16> {
    let text = text.trim();
    let (text, noon) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(rest), _) => (rest.trim(), Some(0)),
        (_, Some(rest)) => (rest.trim(), Some(12)),
        _ => (text, None),
    };
    let (hour, minute) = match text.split_once([':', '.', 'h']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        Some(_) => return None,
        None if text.len() == 4 && text.is_ascii() => text.split_at(2),
        None => (text, "0"),
    };
    let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit()).then(|| part.parse::<u16>().ok()).flatten();
    let (hour, minute) = (digits(hour)?, digits(minute)?);
    let hour = match noon {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(add) => hour % 12 + add,
        None => hour,
    };
    (minute < 60 && hour <= 24 && hour * 60 + minute <= MIDNIGHT).then(|| hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hours_are_read_as_people_write_them() {
        let standard = vec![(480, 720), (780, 1020)];
        for text in [
            "08:00-12:00, 13:00-17:00",
            "8-12;13-17",
            " 8 - 12 ; 13 - 17 ",
            "8.00 to 12.00, 13.00 to 17.00",
            "08:00–12:00 and 13:00–17:00",
            "0800-1200 & 1300-1700",
            "8am-12pm, 1pm-5pm",
            "13:00-17:00,08:00-12:00",
            "8",
            "8 h",
            "8.0 hours",
        ] {
            assert_eq!(parse_hours(text), Ok(standard.clone()), "{text}");
        }
        for text in ["", " ", "off", "OFF", "Closed", "0", "0.0", "-"] {
            assert_eq!(parse_hours(text), Ok(Vec::new()), "{text}");
        }
        assert_eq!(parse_hours("7,5"), Ok(vec![(480, 720), (780, 990)]));
        assert_eq!(parse_hours("4"), Ok(vec![(480, 720)]));
        assert_eq!(parse_hours("15"), Ok(vec![(480, 720), (780, 1440)]));
        assert_eq!(parse_hours("15.5"), Ok(vec![(0, 930)]));
        assert_eq!(parse_hours("24"), Ok(vec![(0, 1440)]));
        assert_eq!(parse_hours("00:00-24:00"), Ok(vec![(0, 1440)]));
        assert_eq!(parse_hours("22:00-00:00, 00:00-06:00"), Ok(vec![(0, 360), (1320, 1440)]));
        assert_eq!(parse_hours("8-12, 12-17"), Ok(vec![(480, 1020)]));
    }

    #[test]
    fn what_cannot_be_hours_is_said() {
        for text in [
            "24.5",
            "25",
            "8-",
            "nine to five",
            "8-12, 11-17",
            "8:5-9",
            "8-25",
            "08:60-10:00",
            "1093:00-1094:00",
            "13pm-14pm",
            "7:30",
        ] {
            assert!(parse_hours(text).is_err(), "{text}");
        }
        let night = parse_hours("22:00-06:00").expect_err("runs over midnight");
        assert!(night.contains("22:00-24:00") && night.contains("00:00-06:00"), "{night}");
    }

    proptest! {
        #[test]
        fn any_text_is_hours_of_a_day_or_refused(text in prop_oneof!["\\PC{0,12}", "[0-9:;,. -]{0,14}", "[0-9]{1,5}[:.]?[0-9]{0,2}-[0-9]{1,5}"]) {
            if let Ok(hours) = parse_hours(&text) {
                prop_assert!(hours.iter().all(|(from, to)| from < to && *to <= MIDNIGHT));
                prop_assert!(hours.windows(2).all(|pair| pair[0].1 < pair[1].0));
                prop_assert_eq!(parse_hours(&show_hours(&hours)), Ok(hours));
            }
        }

        #[test]
        fn a_number_of_hours_gives_as_many(quarters in 0u16..=96) {
            let hours = parse_hours(&format!("{}", f64::from(quarters) / 4.0)).expect("hours");
            prop_assert_eq!(timeline::minutes_of(&hours), i64::from(quarters) * 15);
        }
    }
}
