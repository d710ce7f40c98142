//! Positions reported elsewhere: changes recomputed from the values, against the stated ones.
//!
//! A change can be tested where two reports that follow one another in a series (item, measure, currency) both give a
//! value, and the later one states the change. A report between the two that the series lacks is told as a gap, and the
//! change is tested across it. A report without a value ends the stretch: what comes after it starts anew.
//!
//! The recomputed and the stated change may differ by half of the last digit that the stated one gives, since it is
//! rounded there; where the values are given more coarsely than the change, by half of their last digit each as well.

mod back_filled;
mod exception;
mod gaps;
#[cfg(test)]
mod tests;

pub use back_filled::BackFilled;
pub use exception::{PositionException, StatedIn};
pub use gaps::PositionGap;

use super::codes;
use crate::base::finding::Findings;
use crate::base::money::Currency;
use crate::model::finance::ReportedPosition;
use crate::model::portfolio::Portfolio;
use exception::Precision;
use gaps::Calendar;
use std::collections::BTreeMap;

/// What the positions say against one another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PositionsCheck {
    /// Reports of a value or of a change.
    pub positions: usize,
    /// Series: an item, a measure and a currency.
    pub series: usize,
    /// Changes with a value before, a value after and a stated change.
    pub moves_tested: usize,
    /// Those that are what is stated, within the tolerance.
    pub moves_tie: usize,
    /// Stated totals whose growth since the report before could be tested; none of a column that was filled in afterwards.
    pub totals_tested: usize,
    /// Those that grew by the change of the value, within the tolerance.
    pub totals_tie: usize,
    /// Changes and totals that are not what they should be, by measure, item, currency and date.
    pub exceptions: Vec<PositionException>,
    /// Columns that are no history.
    pub back_filled: Vec<BackFilled>,
    /// Stated changes that could not be tested: why, and how many.
    pub untested: Vec<(String, usize)>,
    /// Reports that a series lacks, by measure, item, currency and date.
    pub gaps: Vec<PositionGap>,
}

/// The table that they come from.
const TABLE: &str = "Reported positions";

/// The reports of an item, a measure and a currency, in the order of their dates.
type Series<'p> = &'p [&'p ReportedPosition];

/// Tests every change.
pub(super) fn check(portfolio: &Portfolio) -> (PositionsCheck, Findings) {
    let mut sorted: Vec<&ReportedPosition> = portfolio.reported.iter().collect();
    sorted.sort_by(|a, b| (&a.measure, &a.item, a.currency, a.as_of).cmp(&(&b.measure, &b.item, b.currency, b.as_of)));
    let series: Vec<Series<'_>> = sorted.chunk_by(|a, b| name(a) == name(b)).collect();
    let mut check = PositionsCheck { positions: sorted.len(), series: series.len(), ..PositionsCheck::default() };
    for column in series.chunk_by(|a, b| column(a) == column(b)) {
        let calendar = Calendar::of(column);
        let back_filled = back_filled::columns(column);
        let precision = Precision::of(column);
        let totals = back_filled.iter().all(|found| found.stated != StatedIn::Total);
        for series in column {
            check.test(series, &calendar, precision, totals);
        }
        check.back_filled.extend(back_filled);
    }
    check.exceptions = std::mem::take(&mut check.exceptions).into_iter().map(|each| each.at_cells(&portfolio.cells)).collect();
    for column in &mut check.back_filled {
        column.origin = column.origin.take().map(|place| portfolio.cells.cell(&place, TABLE, column.stated.header()));
    }
    check.untested = untested(&series);
    let findings = findings(&check);
    (check, findings)
}

type Name<'p> = (&'p str, &'p str, Option<Currency>);

fn name(position: &ReportedPosition) -> Name<'_> {
    (&position.measure, &position.item, position.currency)
}

fn column<'p>(series: &Series<'p>) -> (&'p str, Option<Currency>) {
    (&series[0].measure, series[0].currency)
}

impl PositionsCheck {
    /// Tests the changes of one series, and the growth of its stated totals where they are a history.
    fn test(&mut self, series: Series<'_>, calendar: &Calendar, precision: Precision, totals: bool) {
        let gaps = calendar.gaps(series);
        for at in 1..series.len() {
            if let Some(change) = exception::of_change(series, at, precision, &gaps) {
                self.moves_tested += 1;
                self.moves_tie += usize::from(change.ties());
                self.exceptions.extend(Some(change).filter(|change| !change.ties()));
            }
            if totals && let Some(total) = exception::of_total(series, at, precision) {
                self.totals_tested += 1;
                self.totals_tie += usize::from(total.ties());
                self.exceptions.extend(Some(total).filter(|total| !total.ties()));
            }
        }
        self.gaps.extend(gaps);
    }
}

/// Why stated changes could not be tested.
fn untested(series: &[Series<'_>]) -> Vec<(String, usize)> {
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for series in series {
        for (at, position) in series.iter().enumerate().filter(|(_, position)| position.stated_change.is_some()) {
            let before = at.checked_sub(1).map(|before| series[before]);
            let reason = match (position.value, before) {
                (None, _) => "no value is reported beside the change",
                (_, None) => "it is the first report of its series",
                (_, Some(before)) if before.value.is_none() => "the report before it has no value",
                _ => continue,
            };
            *reasons.entry(reason).or_default() += 1;
        }
    }
    reasons.into_iter().map(|(reason, count)| (reason.to_string(), count)).collect()
}

fn findings(check: &PositionsCheck) -> Findings {
    let mut findings = Findings::new();
    for exception in &check.exceptions {
        let finding = codes::STATED_CHANGE_DIFFERS.at(exception.origin.clone()).field(TABLE, exception.field.header());
        let likeliest = exception.candidates.first().map(|candidate| format!(" Perhaps: {}, {}.", candidate.what, candidate.why));
        let hint = format!("Correct the change, or the value that was restated.{}", likeliest.unwrap_or_default());
        findings.push(finding.found(exception.found()).expected(exception.expected()).hint(hint));
    }
    for column in &check.back_filled {
        let code = codes::STATED_COLUMN_BACK_FILLED;
        let finding = column.origin.clone().map_or_else(|| code.nowhere(), |place| code.at(place));
        let finding = finding.field(TABLE, column.stated.header()).found(column.why.clone());
        let expected = "a figure that moves as the value does";
        findings.push(finding.expected(expected).hint("Do not take it for a history; keep what was stated at each date."));
    }
    for gap in &check.gaps {
        let finding = codes::REPORT_MISSING.at(gap.origin.clone()).field(TABLE, "As-of");
        let finding = finding.found(gap.to_string()).expected("a report for every date on which the others have one");
        findings.push(finding.hint("Add the report, or know that the change is tested across the gap."));
    }
    findings
}
