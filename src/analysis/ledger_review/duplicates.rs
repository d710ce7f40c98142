//! Invoices that look as if they were booked several times: actual lines of the same vendor, document, amount and currency
//! under different entry ids.
//!
//! A line that was taken back by one of the opposite amount is not counted. A document that comes on three days or more is
//! taken for a series, such as a rent, of which only lines of one day are held against one another. Lines that give their
//! order's number as their document are left alone: orders are invoiced in equal parts.

use super::lines::Lines;
use super::{LedgerLineRef, in_order};
use crate::model::finance::EntryKind;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// On how many days a document comes at most without being a series.
const DAYS_OF_ONE_DOCUMENT: usize = 2;

/// Vendor, document, size of the amount, currency.
type Key<'p> = (&'p str, &'p str, u64, &'p str);

/// Groups of two lines or more, by day and entry.
pub(super) fn duplicates(lines: &Lines<'_>) -> Vec<Vec<LedgerLineRef>> {
    let mut again: HashMap<Key<'_>, Vec<usize>> = HashMap::new();
    for line in perhaps(lines) {
        let Some(key) = key(lines, line) else { continue };
        again.entry(key).or_default().push(line);
    }
    let mut groups: Vec<Vec<LedgerLineRef>> = again.into_values().flat_map(|group| apart(lines, group)).collect();
    for group in &mut groups {
        group.sort_by(|a, b| in_order(a).cmp(&in_order(b)));
    }
    groups.sort_by(|a, b| a.first().map(in_order).cmp(&b.first().map(in_order)));
    groups
}

/// Lines whose key has the same fingerprint as another's: all that share their key, and hardly any others. Fingerprints
/// take a fraction of the memory that a million keys would.
fn perhaps(lines: &Lines<'_>) -> Vec<usize> {
    let fingerprint = |line: usize| {
        let mut hasher = DefaultHasher::new();
        key(lines, line)?.hash(&mut hasher);
        Some((hasher.finish(), line))
    };
    let mut prints: Vec<(u64, usize)> = (0..lines.len()).filter_map(fingerprint).collect();
    prints.sort_unstable();
    let alike = prints.chunk_by(|a, b| a.0 == b.0).filter(|alike| alike.len() > 1);
    alike.flatten().map(|(_, line)| *line).collect()
}

fn key<'p>(lines: &Lines<'p>, line: usize) -> Option<Key<'p>> {
    let (size, document) = (lines.minor(line).unsigned_abs(), lines.document(line)?);
    let one = lines.kind(line) == EntryKind::Actual && size != 0 && lines.po(line) != Some(document);
    let key = (lines.vendor(line)?, document, size, lines.currency(line)?);
    one.then_some(key)
}

/// The lines of one document that stand, together or, in a series, day by day.
fn apart(lines: &Lines<'_>, group: Vec<usize>) -> Vec<Vec<LedgerLineRef>> {
    let days: BTreeSet<i32> = group.iter().map(|line| lines.posted_days(*line)).collect();
    if days.len() <= DAYS_OF_ONE_DOCUMENT {
        return standing(lines, &group).into_iter().collect();
    }
    let mut by_day: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
    for line in group {
        by_day.entry(lines.posted_days(line)).or_default().push(line);
    }
    by_day.into_values().filter_map(|group| standing(lines, &group)).collect()
}

/// The lines of the sign that prevails, where more than one of them is left once the others are taken off.
fn standing(lines: &Lines<'_>, group: &[usize]) -> Option<Vec<LedgerLineRef>> {
    let (below, above): (Vec<usize>, Vec<usize>) = group.iter().partition(|line| lines.minor(**line) < 0);
    let (more, fewer) = if above.len() >= below.len() { (above, below) } else { (below, above) };
    if more.len() < fewer.len() + 2 {
        return None;
    }
    Some(more.into_iter().filter_map(|line| lines.reference(line)).collect())
}
