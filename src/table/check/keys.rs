//! Rows against rows: keys that stand twice, values that should be unique, rows that are alike, codes that look alike.
//! The sheets of one table are taken in their order; the first row stays.

use super::codes;
use super::column::Noted;
use super::lookalike;
use super::outcome::Data;
use super::region::{self, Region};
use crate::base::finding::Code;
use crate::table::contract::Kind;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// A record of one of the regions.
type At = (usize, u32);

/// From here on, repeats on one sheet are told together.
const TOLD_ONE_BY_ONE: usize = 200;

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

fn hold_back_repeats(regions: &mut [Region<'_>], fields: &[usize], code: Code, expected: &str) {
    let mut seen: HashMap<String, At> = HashMap::new();
    let mut repeats: Vec<(At, At)> = Vec::new();
    let mut key = String::new();
    for (index, record) in records(regions) {
        if regions[index].reasons.contains_key(&record) || !key_text(&regions[index], record, fields, &mut key) {
            continue;
        }
        match seen.get(&key) {
            Some(first) => repeats.push(((index, record), *first)),
            None => {
                seen.insert(key.clone(), (index, record));
            }
        }
    }
    let shown_at = fields.last().copied().unwrap_or(0);
    let mut told = vec![0usize; regions.len()];
    let mut together: HashMap<usize, Vec<u32>> = HashMap::new();
    for ((index, record), first) in repeats {
        let place = regions[first.0].origin(first.1, shown_at);
        let found: Vec<String> =
            fields.iter().map(|field| regions[index].found(record, *field)).filter(|found| !found.is_empty()).collect();
        let noted = Noted {
            code,
            found: found.join(" with "),
            expected: format!("{expected}; the first is at {place}"),
            hint: "Delete the row that is wrong, or give it a key of its own.".into(),
            records: vec![record],
        };
        let region = &mut regions[index];
        let finding = region
            .finding(&noted, shown_at)
            .map(|finding| crate::base::finding::Finding { owner: region.grid.owner.clone(), ..finding });
        region.hold_back(record, region::reason(&noted, finding.as_ref()));
        told[index] += 1;
        if told[index] > TOLD_ONE_BY_ONE {
            together.entry(index).or_default().push(record);
        } else {
            region.findings.0.extend(finding);
        }
    }
    for (index, region) in regions.iter_mut().enumerate() {
        let Some(records) = together.remove(&index) else { continue };
        let hint = "The same data may have been pasted or sent twice.".into();
        let noted = Noted { code, found: format!("{} more", records.len()), expected: expected.to_string(), hint, records };
        push(region, shown_at, &noted);
    }
}

fn push(region: &mut Region<'_>, field: usize, noted: &Noted) {
    let owner = region.grid.owner.clone();
    let finding = region.finding(noted, field).map(|finding| crate::base::finding::Finding { owner, ..finding });
    region.findings.0.extend(finding);
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
    for ((index, record), first) in same {
        let place = regions[first.0].grid.sheet.origin(regions[first.0].grid.records[first.1 as usize].row, 0);
        let place = crate::base::origin::Origin { col: None, ..place };
        let hint = "Delete one of them, unless both are meant.".into();
        let expected = format!("a row of its own; the first is at {place}");
        let row = Noted { code: codes::SAME_ROW, found: String::new(), expected, hint, records: vec![record] };
        // No single field is to blame: the finding names the row.
        push(&mut regions[index], usize::MAX, &row);
    }
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
    for ((index, record), first, place) in alike {
        let place = regions[place.0].origin(place.1, field);
        let found = regions[index].found(record, field);
        let expected = format!("a code that cannot be taken for \"{first}\" at {place}");
        let hint = "If both mean the same, use one spelling; if not, choose codes that differ more.".into();
        push(&mut regions[index], field, &Noted { code: codes::LOOK_ALIKE, found, expected, hint, records: vec![record] });
    }
}
