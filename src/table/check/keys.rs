//! Rows against rows: keys that stand twice, values that should be unique, rows that are alike, codes that look alike.
//! The sheets of one table are taken in their order; the first row stays.

use super::codes;
use super::column::Noted;
use super::lookalike;
use super::outcome::Data;
use super::region::Region;
use crate::base::finding::Code;
use crate::base::origin::Origin;
use crate::table::contract::Kind;
use polars::datatypes::PlHashMap;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// A record of one of the regions.
type At = (usize, u32);

/// Compares the rows of all regions of one table.
pub(super) fn check(regions: &mut [Region<'_>]) {
    let Some(first) = regions.first() else { return };
    let contract = std::sync::Arc::clone(&first.grid.contract);
    let key: Vec<usize> = contract.key.iter().filter_map(|key| contract.position(key)).collect();
    if key.is_empty() {
        same_rows(regions);
    } else {
        hold_back_repeats(regions, &key, codes::DUPLICATE_KEY, "a key that is used once");
    }
    for (position, field) in contract.fields.iter().enumerate() {
        if field.unique {
            hold_back_repeats(regions, &[position], codes::NOT_UNIQUE, "a value that is used once");
        }
        if field.kind == Kind::Id && key.contains(&position) {
            look_alikes(regions, position);
        }
    }
}

fn records<'r>(regions: &'r [Region<'_>]) -> impl Iterator<Item = At> + 'r {
    regions
        .iter()
        .enumerate()
        .flat_map(|(index, region)| (0u32..).take(region.grid.records.len()).map(move |record| (index, record)))
}

/// The values of some fields as one text; none where all are empty.
fn key_text(region: &Region<'_>, record: u32, fields: &[usize], out: &mut String) -> bool {
    out.clear();
    let mut any = false;
    for field in fields {
        let data = &region.columns[*field].data;
        let at = record as usize;
        any |= !data.is_null(at);
        let _ = match data {
            Data::Text { .. } => write!(out, "{}", data.text(at).unwrap_or("")),
            Data::Int(values) => values[at].map_or(Ok(()), |value| write!(out, "{value}")),
            Data::Small(values) => values[at].map_or(Ok(()), |value| write!(out, "{value}")),
            Data::Float(values) => values[at].map_or(Ok(()), |value| write!(out, "{value}")),
            Data::Bool(values) => values[at].map_or(Ok(()), |value| write!(out, "{value}")),
            Data::Absent => Ok(()),
        };
        out.push('\u{1f}');
    }
    any
}

/// Records whose key stands before, each with the first that has it.
fn repeats(regions: &[Region<'_>], fields: &[usize]) -> Vec<(At, At)> {
    let mut seen: PlHashMap<Cow<'_, str>, At> = PlHashMap::default();
    seen.reserve(regions.iter().map(|region| region.grid.records.len()).sum());
    let mut repeats: Vec<(At, At)> = Vec::new();
    let mut key = String::new();
    for (index, record) in records(regions).filter(|(index, record)| !regions[*index].reasons.contains_key(record)) {
        let text = match fields {
            // A ledger's key is one text, a million times: it is not copied.
            [only] if matches!(regions[index].columns[*only].data, Data::Text { .. }) => {
                regions[index].columns[*only].data.text(record as usize).map(Cow::Borrowed)
            }
            _ => key_text(&regions[index], record, fields, &mut key).then(|| Cow::Owned(key.clone())),
        };
        let Some(text) = text else { continue };
        let first = *seen.entry(text).or_insert((index, record));
        if first != (index, record) {
            repeats.push(((index, record), first));
        }
    }
    repeats
}

fn hold_back_repeats(regions: &mut [Region<'_>], fields: &[usize], code: Code, expected: &str) {
    let repeats = repeats(regions, fields);
    let shown_at = fields.last().copied().unwrap_or(0);
    let noted = |((index, record), first): &(At, At)| {
        let place = regions[first.0].origin(first.1, shown_at);
        let found: Vec<String> =
            fields.iter().map(|field| regions[*index].found(*record, *field)).filter(|found| !found.is_empty()).collect();
        let expected = format!("{expected}; the first is at {place}");
        let hint = "Delete the row that is wrong, or give it a key of its own.".into();
        (*index, shown_at, Noted { code, found: found.join(" with "), expected, hint, records: vec![*record] })
    };
    let all = repeats.iter().map(noted).collect();
    let reasons = tell(regions, all);
    for (((index, record), _), reason) in repeats.into_iter().zip(reasons) {
        regions[index].hold_back(record, reason);
    }
}

/// Tells of what was found in several regions, which come one after the other; gives the reasons in the same order.
fn tell(regions: &mut [Region<'_>], all: Vec<(usize, usize, Noted)>) -> Vec<String> {
    let mut by_region: BTreeMap<usize, Vec<(usize, Noted)>> = BTreeMap::new();
    for (index, field, noted) in all {
        by_region.entry(index).or_default().push((field, noted));
    }
    by_region.into_iter().flat_map(|(index, broken)| regions[index].tell(broken)).collect()
}

/// Rows of tables without a key that are alike in every field.
fn same_rows(regions: &mut [Region<'_>]) {
    let Some(fields) = regions.first().map(|region| (0..region.columns.len()).collect::<Vec<usize>>()) else { return };
    let mut seen: HashMap<u64, At> = HashMap::new();
    let mut same: Vec<(At, At)> = Vec::new();
    let (mut key, mut other) = (String::new(), String::new());
    for (index, record) in records(regions) {
        if regions[index].reasons.contains_key(&record) || !key_text(&regions[index], record, &fields, &mut key) {
            continue;
        }
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        match seen.get(&hasher.finish()) {
            Some(first) => {
                key_text(&regions[first.0], first.1, &fields, &mut other);
                if key == other {
                    same.push(((index, record), *first));
                }
            }
            None => {
                seen.insert(hasher.finish(), (index, record));
            }
        }
    }
    let noted = |((index, record), first): &(At, At)| {
        let sheet = &regions[first.0].grid.sheet.name;
        let place = Origin::row(sheet, regions[first.0].grid.records[first.1 as usize].row);
        let hint = "Delete one of them, unless both are meant.".into();
        let expected = format!("a row of its own; the first is at {place}");
        // No single field is to blame: the finding names the row.
        (*index, usize::MAX, Noted { code: codes::SAME_ROW, found: String::new(), expected, hint, records: vec![*record] })
    };
    let all = same.iter().map(noted).collect();
    tell(regions, all);
}

/// Codes of one key column that differ only in what is easily confused.
fn look_alikes(regions: &mut [Region<'_>], field: usize) {
    const MACHINE_MADE: usize = 20_000;
    const SHORTEST: usize = 3;
    if records(regions).count() > MACHINE_MADE {
        return;
    }
    let mut seen: HashMap<String, (String, At)> = HashMap::new();
    let mut alike: Vec<(At, String, At)> = Vec::new();
    for (index, record) in records(regions) {
        let Some(code) = regions[index].columns[field].data.text(record as usize).filter(|code| code.chars().count() >= SHORTEST)
        else {
            continue;
        };
        match seen.get(&lookalike::skeleton(code)) {
            Some((first, place)) if first != code => alike.push(((index, record), first.clone(), *place)),
            Some(_) => {}
            None => {
                seen.insert(lookalike::skeleton(code), (code.to_string(), (index, record)));
            }
        }
    }
    let noted = |((index, record), first, place): &(At, String, At)| {
        let place = regions[place.0].origin(place.1, field);
        let found = regions[*index].found(*record, field);
        let expected = format!("a code that cannot be taken for \"{first}\" at {place}");
        let hint = "If both mean the same, use one spelling; if not, choose codes that differ more.".into();
        (*index, field, Noted { code: codes::LOOK_ALIKE, found, expected, hint, records: vec![*record] })
    };
    let all = alike.iter().map(noted).collect();
    tell(regions, all);
}
