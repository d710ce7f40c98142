//! Rules over one row: dates in order, estimates that do not fall, fields that go together.

use super::codes;
use super::column::Noted;
use super::outcome::Data;
use super::region::{self, Region};
use crate::base::calendar::WorkCalendar;
use crate::base::finding::Code;
use crate::base::span::Span;
use crate::table::contract::{RowRule, Words};

/// Checks every rule on every record.
pub(super) fn check(region: &mut Region<'_>) {
    let contract = std::sync::Arc::clone(&region.grid.contract);
    for rule in &contract.rules {
        match rule {
            RowRule::Ordered(first, second) => ordered(region, first, second),
            RowRule::Ascending(keys) => ascending(region, keys),
            RowRule::OneOf(keys) => one_of(region, keys),
            RowRule::Needs { given, word, needed } => needs(region, given, word.as_deref(), needed),
        }
    }
}

fn records(region: &Region<'_>) -> std::ops::Range<u32> {
    0..u32::try_from(region.grid.records.len()).unwrap_or(u32::MAX)
}

fn header(region: &Region<'_>, field: usize) -> String {
    region.contract().fields[field].header.to_string()
}

/// Reports a broken rule at a field of a record.
fn report(region: &mut Region<'_>, record: u32, field: usize, noted: (Code, String, String, &'static str)) -> String {
    let (code, found, expected, hint) = noted;
    let noted = Noted { code, found, expected, hint: hint.into(), records: vec![record] };
    let finding = region.finding(&noted, field);
    let reason = region::reason(&noted, finding.as_ref());
    region.findings.0.extend(finding);
    reason
}

fn ordered(region: &mut Region<'_>, first: &str, second: &str) {
    let contract = region.contract();
    let (Some(first), Some(second)) = (contract.position(first), contract.position(second)) else { return };
    for record in records(region) {
        let value = |field: usize| region.columns[field].data.comparable(record as usize);
        let (Some(early), Some(late)) = (value(first), value(second)) else { continue };
        if early > late {
            let found = format!("{}, after {}", region.found(record, first), region.found(record, second));
            let expected = format!("{} on or before {}", header(region, first), header(region, second));
            report(region, record, first, (codes::NOT_ORDERED, found, expected, "Check both dates."));
        }
    }
}

fn ascending(region: &mut Region<'_>, keys: &[Words]) {
    let fields: Vec<usize> = keys.iter().filter_map(|key| region.contract().position(key)).collect();
    let calendar = WorkCalendar::standard();
    for record in records(region) {
        let size = |field: &usize| size(&region.columns[*field].data, record as usize, &calendar).map(|size| (*field, size));
        let given: Vec<(usize, f64)> = fields.iter().filter_map(size).collect();
        let Some(pair) = given.windows(2).find(|pair| pair[0].1 > pair[1].1) else { continue };
        let (low, high) = (pair[0].0, pair[1].0);
        let found = format!("{} above {}", region.found(record, low), region.found(record, high));
        let headers: Vec<String> = fields.iter().map(|field| header(region, *field)).collect();
        let expected = format!("{} in rising order", headers.join(", "));
        report(region, record, low, (codes::NOT_ASCENDING, found, expected, "Check the estimates; two of them may be swapped."));
    }
}

/// A number to compare; a duration counts by the ordinary calendar.
#[expect(clippy::cast_precision_loss, reason = "only for comparing")]
fn size(data: &Data, record: usize, calendar: &WorkCalendar) -> Option<f64> {
    let span = || Span::parse(data.text(record)?, None).ok()?.minutes(calendar).map(|minutes| minutes as f64);
    data.comparable(record).or_else(span)
}

fn one_of(region: &mut Region<'_>, keys: &[Words]) {
    let fields: Vec<usize> = keys.iter().filter_map(|key| region.contract().position(key)).collect();
    let Some(&first) = fields.first() else { return };
    let headers: Vec<String> = fields.iter().map(|field| header(region, *field)).collect();
    for record in records(region) {
        if fields.iter().all(|field| region.columns[*field].data.is_null(record as usize)) {
            let expected = headers.join(" or ");
            let reason = report(region, record, first, (codes::ONE_OF_NEEDED, String::new(), expected, "Fill in one of them."));
            region.hold_back(record, reason);
        }
    }
}

fn needs(region: &mut Region<'_>, given: &str, word: Option<&str>, needed: &str) {
    let contract = region.contract();
    let (Some(given), Some(needed)) = (contract.position(given), contract.position(needed)) else { return };
    for record in records(region) {
        let (data, other) = (&region.columns[given].data, &region.columns[needed].data);
        let asks = match word {
            Some(word) => data.text(record as usize) == Some(word),
            None => !data.is_null(record as usize),
        };
        let broken_otherwise = region.columns[needed].states.iter().any(|(at, _)| *at == record);
        if asks && other.is_null(record as usize) && !broken_otherwise {
            let expected = match word {
                Some(word) => format!("{}, because {} is {word}", header(region, needed), header(region, given)),
                None => format!("{}, because {} is given", header(region, needed), header(region, given)),
            };
            report(region, record, needed, (codes::NEEDED_TOO, String::new(), expected, "Fill it in, or empty the other field."));
        }
    }
}
