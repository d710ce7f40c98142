//! Cells as layout sees them: empty or not, and their text. What a text means is checked later.

use crate::base::day::{Day, MINUTES_PER_DAY, Moment};
use crate::base::number;
use crate::source::raw::{FormatClass, RawSheet, Rect, Style, Value};
use chrono::Days;
use rust_decimal::Decimal;
use std::borrow::Cow;

/// The trimmed text of a cell; none where it is empty or holds only spaces. Dates read `2026-10-31` or
/// `2026-10-31 17:00`, percentages `64%`, numbers as Excel would show them in full.
pub fn text_of(sheet: &RawSheet, row: u32, col: u32) -> Option<Cow<'_, str>> {
    let (value, style) = sheet.cell(row, col)?;
    let text = match value {
        Value::Text(index) => Cow::Borrowed(sheet.text(index).trim()),
        Value::Number(number) => Cow::Owned(number_text(number, style, sheet.date_1904)),
        Value::Bool(yes) => Cow::Borrowed(if yes { "TRUE" } else { "FALSE" }),
        Value::Error(error) => Cow::Borrowed(error.text()),
        Value::NeverCalculated => Cow::Borrowed("(formula never calculated)"),
    };
    (!text.is_empty()).then_some(text)
}

/// The exact number of a cell that holds one.
pub fn decimal_of(sheet: &RawSheet, row: u32, col: u32) -> Option<Decimal> {
    match sheet.cell(row, col)?.0 {
        Value::Number(value) => number::from_excel(value),
        _ => None,
    }
}

/// True where a number is shown as a date.
pub fn is_date(sheet: &RawSheet, row: u32, col: u32) -> bool {
    matches!(sheet.cell(row, col), Some((Value::Number(_), Style { class: FormatClass::Date, .. })))
}

fn number_text(value: f64, style: &Style, date_1904: bool) -> String {
    let plain = || number::from_excel(value).map_or_else(|| value.to_string(), |exact| exact.to_string());
    match style.class {
        FormatClass::Date => moment_of(value, date_1904).map_or_else(plain, |moment| moment.to_string()),
        FormatClass::Percent => number::from_excel(value).map_or_else(plain, percent_text),
        _ => plain(),
    }
}

fn percent_text(exact: Decimal) -> String {
    format!("{}%", (exact * Decimal::ONE_HUNDRED).normalize())
}

/// The moment of a date's serial number, rounded to the minute; none outside the years that Excel shows.
fn moment_of(serial: f64, date_1904: bool) -> Option<Moment> {
    const LAST_SERIAL: f64 = 2_958_466.0;
    if !(0.0..LAST_SERIAL).contains(&serial) {
        return None;
    }
    let epoch = if date_1904 { Day::from_ymd_opt(1904, 1, 1)? } else { Day::from_ymd_opt(1899, 12, 30)? };
    #[expect(clippy::cast_possible_truncation, reason = "bounded above by the last serial")]
    #[expect(clippy::cast_precision_loss, reason = "minutes in a day are few")]
    let minutes = (serial * MINUTES_PER_DAY as f64).round() as i64;
    let day = epoch.checked_add_days(Days::new(u64::try_from(minutes / MINUTES_PER_DAY).ok()?))?;
    Some(Moment::start_of(day).plus(minutes % MINUTES_PER_DAY))
}

/// Which rows of a range of rows and columns hold something, by offset from its top.
pub struct Occupied {
    top: u32,
    rows: Vec<bool>,
}

impl Occupied {
    /// Looks at the cells of a rectangle, in the columns for which `wanted` says yes. Cells that hold only spaces count
    /// as empty.
    pub fn of(sheet: &RawSheet, rect: Rect, wanted: impl Fn(u32) -> bool) -> Self {
        let height = usize::try_from(rect.bottom - rect.top).unwrap_or(0) + 1;
        let mut rows = vec![false; height];
        let columns = sheet.columns.iter().filter(|(col, _)| (rect.left..=rect.right).contains(col) && wanted(*col));
        for (_, column) in columns {
            let start = column.rows.partition_point(|row| *row < rect.top);
            for (row, value) in column.rows.iter().zip(&column.values).skip(start) {
                if *row > rect.bottom {
                    break;
                }
                rows[(*row - rect.top) as usize] |= !is_blank_value(sheet, *value);
            }
        }
        Self { top: rect.top, rows }
    }

    /// True where the row holds something.
    pub fn at(&self, row: u32) -> bool {
        row.checked_sub(self.top).and_then(|offset| self.rows.get(offset as usize)).copied().unwrap_or(false)
    }

    /// The last row that holds something.
    pub fn last(&self) -> Option<u32> {
        let offset = self.rows.iter().rposition(|held| *held)?;
        Some(self.top + u32::try_from(offset).ok()?)
    }
}

/// True where a rectangle holds something.
pub fn holds(sheet: &RawSheet, rect: Rect) -> bool {
    sheet.columns.iter().filter(|(col, _)| (rect.left..=rect.right).contains(col)).any(|(_, column)| {
        let start = column.rows.partition_point(|row| *row < rect.top);
        let below = column.rows[start..].iter().zip(&column.values[start..]).take_while(|(row, _)| **row <= rect.bottom);
        below.into_iter().any(|(_, value)| !is_blank_value(sheet, *value))
    })
}

/// True for text that holds only spaces.
pub fn is_blank_value(sheet: &RawSheet, value: Value) -> bool {
    matches!(value, Value::Text(index) if sheet.text(index).trim().is_empty())
}

/// A short excerpt of a text for a message.
pub fn excerpt(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST { line } else { line.chars().take(LONGEST - 1).chain(std::iter::once('…')).collect() }
}
