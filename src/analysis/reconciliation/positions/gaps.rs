//! Reports that a series lacks.

use super::Series;
use crate::base::day::Day;
use crate::base::money::Currency;
use crate::base::origin::Origin;
use std::collections::BTreeMap;
use std::fmt;

/// Reports that are missing between two reports of a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PositionGap {
    /// What it is about.
    pub item: String,
    /// Its measure.
    pub measure: String,
    /// Currency, where it is told.
    pub currency: Option<Currency>,
    /// The report before.
    pub from: Day,
    /// The report after.
    pub to: Day,
    /// The dates on which most others have a report.
    pub missing: Vec<Day>,
    /// Where the report after stands.
    pub origin: Origin,
}

impl fmt::Display for PositionGap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let missing: Vec<String> = self.missing.iter().map(Day::to_string).collect();
        write!(f, "{}, {}: no report for {}", self.item, self.measure, missing.join(", "))
    }
}

/// The dates on which reports of a measure are made: those on which at least half of the series that run then have one.
#[derive(Clone, Debug, Default)]
pub(super) struct Calendar(Vec<Day>);

impl Calendar {
    pub fn of(column: &[Series<'_>]) -> Self {
        // By date: reports, series that begin, series that ended before it.
        let mut dates: BTreeMap<Day, (usize, usize, usize)> = BTreeMap::new();
        for series in column {
            for position in *series {
                dates.entry(position.as_of).or_default().0 += 1;
            }
            if let (Some(first), Some(last)) = (series.first(), series.last()) {
                dates.entry(first.as_of).or_default().1 += 1;
                dates.entry(last.as_of).or_default().2 += 1;
            }
        }
        let mut running = 0;
        let mut calendar = Self::default();
        for (date, (reports, begin, end)) in dates {
            running += begin;
            if reports * 2 >= running {
                calendar.0.push(date);
            }
            running -= end;
        }
        calendar
    }

    /// What a series lacks between its first and its last report.
    pub fn gaps(&self, series: Series<'_>) -> Vec<PositionGap> {
        let gap = |pair: &[&crate::model::finance::ReportedPosition]| {
            let (before, after) = (pair[0], pair[1]);
            let from = self.0.partition_point(|date| *date <= before.as_of);
            let to = self.0.partition_point(|date| *date < after.as_of);
            (from < to).then(|| PositionGap {
                item: after.item.clone(),
                measure: after.measure.clone(),
                currency: after.currency,
                from: before.as_of,
                to: after.as_of,
                missing: self.0[from..to].to_vec(),
                origin: after.origin.clone(),
            })
        };
        series.windows(2).filter_map(gap).collect()
    }
}
