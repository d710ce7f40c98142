//! Rules over one row: dates in order, estimates that do not fall, fields that go together.

use super::codes;
use super::column::Noted;
use super::outcome::Data;
use super::region::Region;
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

/// A broken rule at a record.
fn broken(record: u32, code: Code, found: String, expected: String, hint: &'static str) -> Noted {
    Noted { code, found, expected, hint: hint.into(), records: vec![record] }
}

fn ordered(region: &mut Region<'_>, first: &str, second: &str) {
    let contract = region.contract();
    let (Some(first), Some(second)) = (contract.position(first), contract.position(second)) else { return };
    let expected = format!("{} on or before {}", header(region, first), header(region, second));
    let mut all = Vec::new();
    for record in records(region) {
        let value = |field: usize| region.columns[field].data.comparable(record as usize);
        if let (Some(early), Some(late)) = (value(first), value(second))
            && early > late
        {
            let found = format!("{}, after {}", region.found(record, first), region.found(record, second));
            all.push((first, broken(record, codes::NOT_ORDERED, found, expected.clone(), "Check both dates.")));
        }
    }
    region.tell(all);
}

fn ascending(region: &mut Region<'_>, keys: &[Words]) {
    let fields: Vec<usize> = keys.iter().filter_map(|key| region.contract().position(key)).collect();
    let headers: Vec<String> = fields.iter().map(|field| header(region, *field)).collect();
    let expected = format!("{} in rising order", headers.join(", "));
    let calendar = WorkCalendar::standard();
    let mut all = Vec::new();
    for record in records(region) {
        let size = |field: &usize| size(&region.columns[*field].data, record as usize, &calendar).map(|size| (*field, size));
        let given: Vec<(usize, f64)> = fields.iter().filter_map(size).collect();
        let Some(pair) = given.windows(2).find(|pair| pair[0].1 > pair[1].1) else { continue };
        let (low, high) = (pair[0].0, pair[1].0);
        let found = format!("{} above {}", region.found(record, low), region.found(record, high));
        let hint = "Check the estimates; two of them may be swapped.";
        all.push((low, broken(record, codes::NOT_ASCENDING, found, expected.clone(), hint)));
    }
    region.tell(all);
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
    let expected = fields.iter().map(|field| header(region, *field)).collect::<Vec<String>>().join(" or ");
    let lacks = |record: &u32| fields.iter().all(|field| region.columns[*field].data.is_null(*record as usize));
    let lacking: Vec<u32> = records(region).filter(lacks).collect();
    if lacking.is_empty() {
        return;
    }
    let hint = "Fill in one of them.".into();
    let noted = Noted { code: codes::ONE_OF_NEEDED, found: String::new(), expected, hint, records: lacking.clone() };
    let reason = region.tell(vec![(first, noted)]).concat();
    for record in lacking {
        region.hold_back(record, reason.clone());
    }
}

fn needs(region: &mut Region<'_>, given: &str, word: Option<&str>, needed: &str) {
    let contract = region.contract();
    let (Some(given), Some(needed)) = (contract.position(given), contract.position(needed)) else { return };
    let (data, other) = (&region.columns[given].data, &region.columns[needed]);
    let asks = |record: u32| match word {
        Some(word) => data.text(record as usize) == Some(word),
        None => !data.is_null(record as usize),
    };
    // A cell that holds something unusable has its own finding.
    let told = |record: u32| other.states.binary_search_by_key(&record, |(at, _)| *at).is_ok();
    let lacks = |record: &u32| asks(*record) && other.data.is_null(*record as usize) && !told(*record);
    let lacking: Vec<u32> = records(region).filter(lacks).collect();
    if lacking.is_empty() {
        return;
    }
    let because = match word {
        Some(word) => format!("{} is {word}", header(region, given)),
        None => format!("{} is given", header(region, given)),
    };
    let expected = format!("{}, because {because}", header(region, needed));
    let hint = "Fill it in, or empty the other field.".into();
    region.tell(vec![(needed, Noted { code: codes::NEEDED_TOO, found: String::new(), expected, hint, records: lacking })]);
}
