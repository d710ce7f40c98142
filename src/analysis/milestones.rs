//! Milestones, gates and other points: where the baseline put them, where they are now, how late.
//!
//! Promises: days late count the calendar's days between the baseline date and the actual or forecast one; without a
//! baseline date there is no lateness, and the deadline alone speaks. The trend is the date as each month closed; until a
//! month is closed there is none.

use crate::analysis::earned_value::EarnedValue;
use crate::analysis::measure::{Measure, Undefined};
use crate::analysis::schedule::{ActivityState, Schedule, ScheduledActivity};
use crate::base::day::{Moment, days_since_epoch};
use crate::base::id::ActivityKey;
use crate::model::activity::{ActivityIndex, ActivityType};
use crate::model::past::{ClosedActivity, Past};
use crate::model::portfolio::Portfolio;
use std::collections::BTreeMap;

/// A point of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MilestoneStatus {
    /// Which.
    pub activity: ActivityIndex,
    /// Milestone, decision gate, review point or celebration.
    pub kind: ActivityType,
    /// Reached or not.
    pub state: ActivityState,
    /// Baseline date.
    pub baseline: Option<Moment>,
    /// Actual date, else forecast.
    pub date: Moment,
    /// Deadline.
    pub deadline: Option<Moment>,
    /// Calendar days after the baseline date; negative before it.
    pub days_late: Option<i64>,
    /// Calendar days after the deadline; negative before it.
    pub days_past_deadline: Option<i64>,
    /// Its date as each month closed that held it, oldest first.
    pub trend: Measure<Vec<TrendPoint>>,
}

/// The date of a point as a month closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrendPoint {
    /// The period, as `FYyyyy-Pnn`.
    pub period: String,
    /// Actual date, else the forecast of that time.
    pub date: Moment,
    /// True where it was reached.
    pub reached: bool,
}

impl MilestoneStatus {
    /// The worse of both kinds of lateness.
    #[must_use]
    pub fn worst(&self) -> Option<i64> {
        self.days_late.max(self.days_past_deadline)
    }
}

/// Every point of the plan, by initiative as in the portfolio, then by date.
#[must_use]
pub fn milestones(portfolio: &Portfolio, schedule: &Schedule, earned_value: &EarnedValue, past: &Past) -> Vec<MilestoneStatus> {
    let baselines: BTreeMap<ActivityIndex, Moment> = (earned_value.initiatives.iter())
        .flat_map(|initiative| &initiative.activities)
        .filter_map(|activity| Some((activity.activity, activity.baseline?.1)))
        .collect();
    let order: BTreeMap<&str, usize> =
        portfolio.initiatives.iter().enumerate().map(|(position, initiative)| (initiative.id.as_str(), position)).collect();
    let months = months(past);
    let mut milestones: Vec<MilestoneStatus> = (schedule.activities.iter())
        .filter(|activity| activity.kind.is_point())
        .map(|activity| {
            let trend = trend(&months, &portfolio.activity(activity.activity).key);
            status(portfolio, activity, baselines.get(&activity.activity).copied(), trend)
        })
        .collect();
    milestones.sort_by_key(|milestone| {
        let initiative = portfolio.activity(milestone.activity).key.initiative.as_str();
        (order.get(initiative).copied(), milestone.date, milestone.activity)
    });
    milestones
}

/// Closed months, each with its activities by key.
type Months<'a> = Vec<(&'a str, BTreeMap<&'a ActivityKey, &'a ClosedActivity>)>;

fn months(past: &Past) -> Months<'_> {
    let each = past.closed.iter();
    each.map(|month| (month.period.as_str(), month.schedule.iter().map(|closed| (&closed.key, closed)).collect())).collect()
}

/// The dates that the closed months gave a point.
fn trend(months: &Months<'_>, key: &ActivityKey) -> Measure<Vec<TrendPoint>> {
    if months.is_empty() {
        return Err(Undefined::NoClosedMonth);
    }
    let then = |(period, activities): &(&str, BTreeMap<&ActivityKey, &ClosedActivity>)| {
        let closed = activities.get(key)?;
        Some(TrendPoint { period: (*period).to_string(), date: closed.finish, reached: closed.complete })
    };
    let points: Vec<TrendPoint> = months.iter().filter_map(then).collect();
    if points.is_empty() { Err(Undefined::NotInClosedMonth) } else { Ok(points) }
}

fn status(
    portfolio: &Portfolio,
    activity: &ScheduledActivity,
    baseline: Option<Moment>,
    trend: Measure<Vec<TrendPoint>>,
) -> MilestoneStatus {
    let deadline = portfolio.activity(activity.activity).deadline;
    let days_after = |reference: Moment| day_of(activity.finish) - day_of(reference);
    MilestoneStatus {
        activity: activity.activity,
        kind: activity.kind,
        state: activity.state,
        baseline,
        date: activity.finish,
        deadline,
        days_late: baseline.map(days_after),
        days_past_deadline: deadline.map(days_after),
        trend,
    }
}

/// The day that a point falls on, counted from 1970-01-01.
fn day_of(at: Moment) -> i64 {
    days_since_epoch(at.day())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::model::past::Past;
    use crate::model::testing::TestTables;

    #[test]
    fn lateness_counts_calendar_days_from_the_baseline_and_the_deadline() {
        let (portfolio, _) = TestTables::new()
            .with("Initiatives", "Initiative ID|Name|Start", &["P|Project|2026-03-02"])
            .with(
                "Activities",
                "Initiative|Activity ID|WBS|Name|Type|Duration|Baseline start|Baseline finish|Deadline",
                &[
                    "P|A|1|Build|task|10d|2026-03-02|2026-03-06|",
                    "P|M|2|Live|milestone|0d|2026-03-06 17:00|2026-03-06 17:00|2026-03-12",
                    "P|N|3|Party|celebration|0d|||",
                ],
            )
            .with("Dependencies", "Initiative|Predecessor|Successor|Type", &["P|A|M|FS", "P|M|N|FS"])
            .build("2026-02-27");
        let (analyses, _) = analyse(&portfolio, &Past::default());
        let told: Vec<(Moment, Option<i64>, Option<i64>)> =
            analyses.milestones.iter().map(|each| (each.date, each.days_late, each.days_past_deadline)).collect();
        let friday = crate::model::testing::moment("2026-03-13 17:00");
        assert_eq!(told, vec![(friday, Some(7), Some(1)), (friday, None, None)]);
    }
}
