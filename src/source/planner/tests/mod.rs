//! Small files of each kind, written here; what their records become; and what happens when they are cut and bent.

mod mspdi;
mod mutations;
mod p6;

use crate::base::day::Moment;
use crate::source::kind::Kind;
use crate::source::limits::Limits;
use crate::source::raw::{FormatClass, RawSheet, Value};

/// The sheets of a file, and its findings as text.
fn read(name: &str, bytes: &[u8]) -> (Vec<RawSheet>, Vec<String>) {
    read_within(name, bytes, &Limits::default())
}

fn read_within(name: &str, bytes: &[u8], limits: &Limits) -> (Vec<RawSheet>, Vec<String>) {
    let (sheets, findings) = super::read(name, bytes, Kind::of(bytes), limits);
    let shown = |finding: &crate::base::finding::Finding| {
        let place = finding.origin.as_ref().map(ToString::to_string).unwrap_or_default();
        format!("{} {place}: {}", finding.code.id, finding.found)
    };
    (sheets.unwrap_or_default(), findings.0.iter().map(shown).collect())
}

/// The line, from 1, on which a text first holds a part.
fn line_of(text: &str, part: &str) -> usize {
    let at = text.find(part).unwrap_or_else(|| panic!("{part:?}"));
    text[..at].matches('\n').count() + 1
}

/// The rows of a sheet under some of its headers, cells joined by bars.
fn rows(sheets: &[RawSheet], name: &str, headers: &[&str]) -> Vec<String> {
    let Some(sheet) = sheets.iter().find(|sheet| sheet.name.sheet == name) else { return Vec::new() };
    let bottom = sheet.extent().map_or(0, |extent| extent.bottom);
    let column = |header: &&str| sheet.columns.iter().map(|(col, _)| *col).find(|col| sheet.cell_text(0, *col) == Some(header));
    let columns: Vec<Option<u32>> = headers.iter().map(column).collect();
    let line =
        |row| columns.iter().map(|col| col.map_or_else(String::new, |col| shown(sheet, row, col))).collect::<Vec<_>>().join("|");
    (1..=bottom).map(line).collect()
}

fn shown(sheet: &RawSheet, row: u32, col: u32) -> String {
    match sheet.cell(row, col) {
        None => String::new(),
        Some((Value::Text(index), _)) => sheet.text(index).to_string(),
        Some((Value::Number(serial), style)) if style.class == FormatClass::Date => Moment::of_excel_serial(serial).to_string(),
        Some((Value::Number(number), _)) => number.to_string(),
        Some((other, _)) => format!("{other:?}"),
    }
}
