//! Lines that look like one line booked several times: the same kind, vendor, document, amount, currency and day, under
//! different entry ids. A line that was taken back by one of the opposite amount is not counted.

use super::lines::Lines;
use super::{LedgerLineRef, in_order};
use std::collections::HashMap;

/// Vendor, document, size of the amount, currency, day of posting and kind.
type Key<'p> = (&'p str, &'p str, u64, &'p str, i32, &'static str);

/// Groups of two lines or more, by day and entry.
pub(super) fn duplicates(lines: &Lines<'_>) -> Vec<Vec<LedgerLineRef>> {
    let mut first: HashMap<Key<'_>, usize> = HashMap::new();
    let mut again: HashMap<Key<'_>, Vec<usize>> = HashMap::new();
    for line in 0..lines.len() {
        let Some(key) = key(lines, line) else { continue };
        if let Some(known) = first.get(&key) {
            again.entry(key).or_insert_with(|| vec![*known]).push(line);
        } else {
            first.insert(key, line);
        }
    }
    let groups = again.into_values().filter_map(|group| standing(lines, &group));
    let mut groups: Vec<Vec<LedgerLineRef>> = groups.collect();
    for group in &mut groups {
        group.sort_by(|a, b| in_order(a).cmp(&in_order(b)));
    }
    groups.sort_by(|a, b| a.first().map(in_order).cmp(&b.first().map(in_order)));
    groups
}

fn key<'p>(lines: &Lines<'p>, line: usize) -> Option<Key<'p>> {
    let size = lines.minor(line).unsigned_abs();
    let kind = lines.kind(line).word();
    let key = (lines.vendor(line)?, lines.document(line)?, size, lines.currency(line)?, lines.posted_days(line), kind);
    (size != 0).then_some(key)
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
