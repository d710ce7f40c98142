//! Positions reported elsewhere: changes recomputed from the values against the stated ones.

use super::statement::Candidate;
use crate::base::day::Day;
use crate::base::money::Currency;
use crate::base::origin::Origin;
use crate::model::finance::ReportedPosition;
use rust_decimal::Decimal;

/// What the positions say against one another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PositionsCheck {
    /// Series: an item, a measure and a currency.
    pub series: usize,
    /// Changes with a value before, a value after and a stated change.
    pub moves_tested: usize,
    /// Those that are what is stated, within the tolerance.
    pub moves_tie: usize,
    /// Those that are not, by item, measure and date.
    pub exceptions: Vec<PositionException>,
    /// Stated totals that are no history.
    pub back_filled: Vec<BackFilled>,
}

/// A stated change that is not the difference of the values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PositionException {
    /// What it is about.
    pub item: String,
    /// Its measure.
    pub measure: String,
    /// Currency, where it is told.
    pub currency: Option<Currency>,
    /// The date of the position before.
    pub previous: Day,
    /// The date of this one.
    pub as_of: Day,
    /// The value before.
    pub opening: Decimal,
    /// The change that is stated.
    pub stated: Decimal,
    /// The value now.
    pub closing: Decimal,
    /// Value now less value before.
    pub recomputed: Decimal,
    /// Recomputed less stated.
    pub difference: Decimal,
    /// By how much the two may differ, since the figures are rounded as they are given.
    pub tolerance: Decimal,
    /// What could explain it.
    pub candidates: Vec<Candidate>,
    /// Where the stated change stands.
    pub origin: Origin,
    /// Where the value before stands.
    pub opening_origin: Origin,
}

/// A column of totals that was filled in afterwards: it holds one figure at every date, and no history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackFilled {
    /// The measure.
    pub measure: String,
    /// The field.
    pub field: String,
    /// Series that show it.
    pub series: usize,
    /// Series in which it could be seen.
    pub of: usize,
    /// What it is that gives it away.
    pub why: String,
    /// Where it is seen first.
    pub origin: Option<Origin>,
}

/// Tests every change.
pub(super) fn check(positions: &[ReportedPosition]) -> PositionsCheck {
    let mut check = PositionsCheck::default();
    let same =
        |a: &&ReportedPosition, b: &&ReportedPosition| (&a.item, &a.measure, a.currency) == (&b.item, &b.measure, b.currency);
    let mut sorted: Vec<&ReportedPosition> = positions.iter().collect();
    sorted.sort_by(|a, b| (&a.item, &a.measure, a.currency, a.as_of).cmp(&(&b.item, &b.measure, b.currency, b.as_of)));
    for series in sorted.chunk_by(same) {
        check.series += 1;
        for pair in series.windows(2) {
            let Some(exception) = exception(pair[0], pair[1]) else { continue };
            check.moves_tested += 1;
            if exception.difference.abs() <= exception.tolerance {
                check.moves_tie += 1;
            } else {
                check.exceptions.push(exception);
            }
        }
    }
    check
}

fn exception(before: &ReportedPosition, after: &ReportedPosition) -> Option<PositionException> {
    let stated = after.stated_change?;
    let recomputed = after.value - before.value;
    Some(PositionException {
        item: after.item.clone(),
        measure: after.measure.clone(),
        currency: after.currency,
        previous: before.as_of,
        as_of: after.as_of,
        opening: before.value,
        stated,
        closing: after.value,
        recomputed,
        difference: recomputed - stated,
        tolerance: half_the_last_digit(stated),
        candidates: Vec::new(),
        origin: after.origin.clone(),
        opening_origin: before.origin.clone(),
    })
}

/// Half of the last digit that is given: 0.5 for 120, 0.005 for 1.25.
fn half_the_last_digit(stated: Decimal) -> Decimal {
    Decimal::new(5, stated.normalize().scale() + 1)
}
