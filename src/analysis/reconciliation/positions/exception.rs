//! A change, or a total, that is not what the values say, and what could explain it.

use super::gaps::PositionGap;
use super::{PositionsCheck, Series, TABLE};
use crate::analysis::reconciliation::clues::{power_of_ten, shown, swapped_digits};
use crate::analysis::reconciliation::statement::Candidate;
use crate::base::day::Day;
use crate::base::money::Currency;
use crate::base::origin::Origin;
use crate::model::cells::CellPlaces;
use crate::model::finance::ReportedPosition;
use rust_decimal::Decimal;

/// Which figure was stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatedIn {
    /// The change since the report before.
    Change,
    /// The total of all changes.
    Total,
}

impl StatedIn {
    /// The header of its field.
    #[must_use]
    pub const fn header(self) -> &'static str {
        match self {
            Self::Change => "Stated change",
            Self::Total => "Stated total",
        }
    }

    /// The figure of a position.
    #[must_use]
    pub const fn of(self, position: &ReportedPosition) -> Option<Decimal> {
        match self {
            Self::Change => position.stated_change,
            Self::Total => position.stated_total,
        }
    }
}

/// A stated change that is not the difference of the values; or a stated total that did not grow by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PositionException {
    /// What it is about.
    pub item: String,
    /// Its measure.
    pub measure: String,
    /// Currency, where it is told.
    pub currency: Option<Currency>,
    /// Which figure.
    pub field: StatedIn,
    /// The date of the report before.
    pub previous: Day,
    /// The date of this one.
    pub as_of: Day,
    /// The value before.
    pub opening: Decimal,
    /// The change that is stated; of a total, by how much it grew.
    pub stated: Decimal,
    /// The value now.
    pub closing: Decimal,
    /// Value now less value before.
    pub recomputed: Decimal,
    /// Recomputed less stated.
    pub difference: Decimal,
    /// By how much the two may differ, since the figures are rounded as they are given.
    pub tolerance: Decimal,
    /// What could explain it, the likeliest first.
    pub candidates: Vec<Candidate>,
    /// Where the stated figure stands.
    pub origin: Origin,
    /// Where the value before stands.
    pub opening_origin: Origin,
}

impl PositionException {
    /// True where the two differ by no more than they may.
    #[must_use]
    pub fn ties(&self) -> bool {
        self.difference.abs() <= self.tolerance
    }

    /// Puts its places to the cells of the figures.
    pub(super) fn at_cells(mut self, cells: &CellPlaces) -> Self {
        self.origin = cells.cell(&self.origin, TABLE, self.field.header());
        self.opening_origin = cells.cell(&self.opening_origin, TABLE, "Value");
        self
    }

    /// What was found, for a finding.
    #[must_use]
    pub fn found(&self) -> String {
        format!("{} for {} on {}", shown(self.stated), self.item, self.as_of)
    }

    /// What was expected, for a finding.
    #[must_use]
    pub fn expected(&self) -> String {
        let (opening, closing) = (shown(self.opening), shown(self.closing));
        format!("{}, from {opening} on {} to {closing} on {}", shown(self.recomputed), self.previous, self.as_of)
    }
}

/// How finely the values of a measure are given: decimal places, and so by how much a recomputed change may be off.
#[derive(Clone, Copy, Debug)]
pub(super) struct Precision {
    decimals: u32,
}

impl Precision {
    pub fn of(column: &[Series<'_>]) -> Self {
        let values = column.iter().flat_map(|series| series.iter()).filter_map(|position| position.value);
        Self { decimals: values.map(|value| value.normalize().scale()).max().unwrap_or(0) }
    }

    /// Half of the last digit of the stated figure; and half of the last digit of both values where they give fewer.
    fn tolerance(self, stated: Decimal) -> Decimal {
        let given = stated.normalize().scale();
        let half = Decimal::new(5, given + 1);
        if given > self.decimals { half + Decimal::new(1, self.decimals) } else { half }
    }
}

/// The change at a report, with what could explain it where it does not tie; none where it cannot be tested.
pub(super) fn of_change(series: Series<'_>, at: usize, precision: Precision, gaps: &[PositionGap]) -> Option<PositionException> {
    let stated = series[at].stated_change?;
    let mut exception = exception(series, at, StatedIn::Change, stated, precision.tolerance(stated))?;
    if !exception.ties() {
        exception.candidates = candidates(series, at, &exception, gaps);
    }
    Some(exception)
}

/// The growth of the stated total at a report; none where it cannot be tested.
pub(super) fn of_total(series: Series<'_>, at: usize, precision: Precision) -> Option<PositionException> {
    let (before, now) = (series[at - 1].stated_total?, series[at].stated_total?);
    // Both totals are rounded where they are given.
    let tolerance = precision.tolerance(before) + precision.tolerance(now);
    exception(series, at, StatedIn::Total, now - before, tolerance)
}

fn exception(series: Series<'_>, at: usize, field: StatedIn, stated: Decimal, tolerance: Decimal) -> Option<PositionException> {
    let (before, now) = (series[at - 1], series[at]);
    let (opening, closing) = (before.value?, now.value?);
    let recomputed = closing - opening;
    Some(PositionException {
        item: now.item.clone(),
        measure: now.measure.clone(),
        currency: now.currency,
        field,
        previous: before.as_of,
        as_of: now.as_of,
        opening,
        stated,
        closing,
        recomputed,
        difference: recomputed - stated,
        tolerance,
        candidates: Vec::new(),
        origin: now.origin.clone(),
        opening_origin: before.origin.clone(),
    })
}

/// What could explain a change that does not tie, the likeliest first.
fn candidates(series: Series<'_>, at: usize, exception: &PositionException, gaps: &[PositionGap]) -> Vec<Candidate> {
    let mut found = Vec::new();
    found.extend(slips(exception));
    let gap = gaps.iter().find(|gap| gap.to == exception.as_of && gap.from == exception.previous);
    found.extend(gap.map(|gap| across_gap(gap, exception)));
    found.extend(restated(series, at, exception));
    found.extend(other_moves(series, at, exception));
    found
}

/// The change may be measured from a report that is not there.
fn across_gap(gap: &PositionGap, exception: &PositionException) -> Candidate {
    let implied = exception.closing - exception.stated;
    let dates: Vec<String> = gap.missing.iter().map(Day::to_string).collect();
    Candidate {
        what: format!("no report for {}", dates.join(", ")),
        amount: implied,
        why: format!("the stated change would be right from {} then", shown(implied)),
        origin: Some(gap.origin.clone()),
    }
}

/// Slips of the hand: sign, decimal point, digits.
fn slips(exception: &PositionException) -> Vec<Candidate> {
    let (stated, recomputed) = (exception.stated, exception.recomputed);
    let place = Some(exception.origin.clone());
    let candidate =
        |what: &str, amount: Decimal, why: String| Candidate { what: what.into(), amount, why, origin: place.clone() };
    let mut found = Vec::new();
    if !stated.is_zero() && (recomputed + stated).abs() <= exception.tolerance {
        found.push(candidate("the stated change", stated, "it has the opposite sign".into()));
    }
    let pairs = [
        ("the stated change", stated, recomputed),
        ("the value now", exception.closing, exception.opening + stated),
        ("the value before", exception.opening, exception.closing - stated),
    ];
    for (what, given, needed) in pairs {
        if let Some((first, second)) = swapped_digits(given, needed) {
            let why = format!("{} with {first} and {second} the other way round is {}", shown(given), shown(needed));
            found.push(candidate(what, given, why));
        } else if let Some(power) = power_of_ten(given, needed) {
            let times = if power > 0 { "larger" } else { "smaller" };
            let why =
                format!("it is {} times {times} than {}", shown(Decimal::from(10i64.pow(power.unsigned_abs()))), shown(needed));
            found.push(candidate(what, given, why));
        }
    }
    found
}

/// The stated change may be another report's, or measured from an earlier report.
fn other_moves(series: Series<'_>, at: usize, exception: &PositionException) -> Vec<Candidate> {
    let near = |amount: Decimal| (amount - exception.stated).abs() <= exception.tolerance;
    let mut found = Vec::new();
    let since = |earlier: &&&ReportedPosition| earlier.value.is_some_and(|value| near(exception.closing - value));
    if let Some(earlier) = series[..at - 1].iter().rev().find(since) {
        found.push(Candidate {
            what: format!("the report of {}", earlier.as_of),
            amount: earlier.value.unwrap_or_default(),
            why: format!("the stated change is measured from its {}", shown(earlier.value.unwrap_or_default())),
            origin: Some(earlier.origin.clone()),
        });
    }
    let step = |pair: &&[&ReportedPosition]| {
        let change = pair[1].value.zip(pair[0].value).map(|(now, before)| now - before);
        pair[1].as_of != exception.as_of && !exception.stated.is_zero() && change.is_some_and(near)
    };
    if let Some(pair) = series.windows(2).find(step) {
        found.push(Candidate {
            what: format!("the change on {}", pair[1].as_of),
            amount: exception.stated,
            why: "the stated change is the one of that report".into(),
            origin: Some(pair[1].origin.clone()),
        });
    }
    found
}

/// A value that is out puts two changes out, by the same amount and in opposite directions.
fn restated(series: Series<'_>, at: usize, exception: &PositionException) -> Vec<Candidate> {
    let miss = |at: usize| {
        let (before, now) = (series.get(at.checked_sub(1)?)?, series.get(at)?);
        Some(now.value? - before.value? - now.stated_change?)
    };
    let opposite = |other: Option<Decimal>| {
        other.is_some_and(|other| (other + exception.difference).abs() <= exception.tolerance * Decimal::TWO)
    };
    let candidate = |position: &ReportedPosition, needed: Decimal| Candidate {
        what: format!("the value on {}", position.as_of),
        amount: position.value.unwrap_or_default(),
        why: format!("both changes beside it would tie if it were {}", shown(needed)),
        origin: Some(position.origin.clone()),
    };
    let mut found = Vec::new();
    if at > 1 && opposite(miss(at - 1)) {
        found.push(candidate(series[at - 1], exception.opening + exception.difference));
    }
    if opposite(miss(at + 1)) {
        found.push(candidate(series[at], exception.closing - exception.difference));
    }
    found
}

impl PositionsCheck {
    /// True where every change that could be tested ties and no column is back-filled.
    #[must_use]
    pub const fn is_clean(&self) -> bool {
        self.exceptions.is_empty() && self.back_filled.is_empty()
    }
}
