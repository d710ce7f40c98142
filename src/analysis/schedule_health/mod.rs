//! Is the schedule sound enough to be believed? The 14 points, for each initiative and for the portfolio, and the status
//! checks.
//!
//! Promises: every point counts rows that a reader can look up, and names them; a point that cannot be worked out says why
//! and neither passes nor fails; the critical path test really schedules again. Unless a point says otherwise it counts
//! unfinished activities that are neither summaries nor hammocks. Days are working days of the activity's own calendar.
//!
//! Source: DCMA, "14-Point Assessment", Earned Value Management System Program Analysis Pamphlet (DCMA-EA PAM 200.1), 2012.

mod checks;
mod facts;
mod path;
mod points;
#[cfg(test)]
mod tests;

use crate::analysis::baselines::BaselineComparison;
use crate::analysis::measure::{Measure, Undefined};
use crate::analysis::schedule::Schedules;
use crate::base::finding::Findings;
use crate::base::id::InitiativeId;
use crate::base::origin::Origin;
use crate::model::activity::ActivityIndex;
use crate::model::portfolio::Portfolio;
use facts::{Facts, Scope};

/// Soundness of the schedule.
#[derive(Clone, Debug)]
pub struct ScheduleHealth {
    /// All initiatives together.
    pub portfolio: HealthTable,
    /// By initiative, as [`Portfolio::initiatives`].
    pub initiatives: Vec<(InitiativeId, HealthTable)>,
}

/// The points of one schedule.
#[derive(Clone, Debug)]
pub struct HealthTable {
    /// The 14 points, in order.
    pub points: Vec<HealthPoint>,
}

impl HealthTable {
    /// How many points pass, and how many could be judged.
    #[must_use]
    pub fn passed(&self) -> (usize, usize) {
        let judged: Vec<bool> = self.points.iter().filter_map(|point| point.passes.ok()).collect();
        (judged.iter().filter(|passes| **passes).count(), judged.len())
    }
}

/// One point.
#[derive(Clone, Debug)]
pub struct HealthPoint {
    /// Its number, 1 to 14.
    pub number: u8,
    /// Its name.
    pub name: &'static str,
    /// What is counted, of what, and the limit, in words.
    pub rule: &'static str,
    /// How many rows it found; for points 12 and 13 of the portfolio, how many initiatives fail; for point 14, how many
    /// are done.
    pub count: usize,
    /// Of how many.
    pub of: usize,
    /// Count by of, as a share; an index for points 12 to 14.
    pub value: Measure<f64>,
    /// The limit of the value; none where the point is only reported.
    pub limit: Option<f64>,
    /// True where the limit is a floor, false where it is a ceiling.
    pub at_least: bool,
    /// True where the value keeps the limit.
    pub passes: Measure<bool>,
    /// The rows, in the order of the portfolio.
    pub offenders: Vec<Offender>,
}

/// A row that a point found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offender {
    /// The activity; of a link, its successor.
    pub activity: ActivityIndex,
    /// The link, as a position in [`Portfolio::dependencies`].
    pub dependency: Option<usize>,
    /// What was found.
    pub what: String,
    /// Where to look.
    pub origin: Origin,
}

impl HealthPoint {
    /// True where the value keeps a limit; none where there is no limit.
    fn judged(value: Measure<f64>, limit: Option<f64>, at_least: bool) -> Measure<bool> {
        let limit = limit.ok_or(Undefined::ReportedOnly)?;
        value.map(|value| if at_least { value >= limit - TINY } else { value <= limit + TINY })
    }
}

/// What a share may miss its limit by through rounding.
const TINY: f64 = 1e-9;

/// Assesses the current schedule: the 14 points, and the status checks as findings.
#[must_use]
pub fn schedule_health(
    portfolio: &Portfolio,
    schedules: &Schedules,
    baselines: &BaselineComparison,
) -> (ScheduleHealth, Findings) {
    let facts = Facts::gather(portfolio, &schedules.current, baselines);
    let tests = path::critical_path_tests(&facts);
    let group = |(group, initiative): (usize, &crate::model::initiative::Initiative)| {
        let scope = Scope::initiative(&facts, group);
        let mut points = points::counted(&facts, &scope);
        points.push(path::critical_path_test(&facts, &tests[group..=group]));
        points.push(path::length_index(&facts, &[group]));
        points.push(points::execution_index(&facts, &scope));
        (initiative.id.clone(), HealthTable { points })
    };
    let initiatives: Vec<(InitiativeId, HealthTable)> = portfolio.initiatives.iter().enumerate().map(group).collect();
    let scope = Scope::portfolio(&facts);
    let mut all = points::counted(&facts, &scope);
    all.push(path::critical_path_test(&facts, &tests));
    all.push(path::length_index(&facts, &(0..portfolio.initiatives.len()).collect::<Vec<_>>()));
    all.push(points::execution_index(&facts, &scope));
    (ScheduleHealth { portfolio: HealthTable { points: all }, initiatives }, checks::findings(&facts))
}
