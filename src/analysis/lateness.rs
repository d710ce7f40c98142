//! The finish of each initiative against its baseline, and hand-overs that are promised too late.
//!
//! Promises: days late are working days of the activity's own calendar, positive when late; one without a baseline date
//! has no lateness, never 0. Hand-overs are compared by their dates alone, whatever the schedule says.

use crate::analysis::earned_value::EarnedValue;
use crate::analysis::schedule::{ActivityState, Schedule};
use crate::base::calendar::WorkCalendar;
use crate::base::day::{Day, Moment};
use crate::base::id::InitiativeId;
use crate::model::activity::{ActivityIndex, Dependency};
use crate::model::portfolio::Portfolio;

/// The finish of an initiative against its baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct Finish {
    /// Which initiative.
    pub initiative: InitiativeId,
    /// The last baseline finish.
    pub baseline: Option<Moment>,
    /// The last forecast or actual finish.
    pub forecast: Option<Moment>,
    /// Working days late, on the calendar of the activity that finishes last.
    pub days_late: Option<f64>,
    /// The activity that finishes last.
    pub last: Option<ActivityIndex>,
}

/// A hand-over promised after it is needed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LatePromise {
    /// Position of the link in [`Portfolio::dependencies`].
    pub dependency: usize,
    /// Needed by.
    pub need_by: Day,
    /// Promised for.
    pub promised: Day,
}

/// The finish of every initiative against its baseline, as [`Portfolio::initiatives`].
#[must_use]
pub fn finishes(portfolio: &Portfolio, schedule: &Schedule, earned: &EarnedValue) -> Vec<Finish> {
    let of = |(plan, value): (
        &crate::analysis::schedule::InitiativeSchedule,
        &crate::analysis::earned_value::InitiativeEarnedValue,
    )| {
        let last = plan.longest_path.last().copied();
        let calendar = last.and_then(|last| portfolio.activity(last).calendar.as_ref());
        let calendar = portfolio.calendars.get_or_default(calendar);
        let baseline = value.curve.finish;
        let days_late = baseline.zip(plan.finish).map(|(baseline, finish)| working_days(calendar, baseline, finish));
        Finish { initiative: plan.initiative.clone(), baseline, forecast: plan.finish, days_late, last }
    };
    schedule.initiatives.iter().zip(&earned.initiatives).map(of).collect()
}

/// Hand-overs whose promise lies after the need, and whose predecessor is not done; the latest first.
#[must_use]
pub fn late_promises(portfolio: &Portfolio, schedule: &Schedule) -> Vec<LatePromise> {
    let late = |(position, link): (usize, &Dependency)| {
        let open = schedule.activity(link.predecessor).state != ActivityState::Complete;
        let (need_by, promised) = link.need_by.zip(link.promised)?;
        (open && promised > need_by).then_some(LatePromise { dependency: position, need_by, promised })
    };
    let mut all: Vec<LatePromise> = portfolio.dependencies.iter().enumerate().filter_map(late).collect();
    all.sort_by_key(|each| (std::cmp::Reverse(each.promised - each.need_by), each.dependency));
    all
}

/// Working days from one moment to another on a calendar; negative where the second lies before the first.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "minutes of a schedule are far below 2^52")]
pub fn working_days(calendar: &WorkCalendar, from: Moment, to: Moment) -> f64 {
    let minutes = if to >= from { calendar.work(from, to) } else { -calendar.work(to, from) };
    minutes as f64 / calendar.minutes_per_day().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::moment;

    #[test]
    fn days_late_are_working_days_with_a_sign() {
        let calendar = WorkCalendar::standard();
        // Friday to the Wednesday after: three working days.
        let (friday, wednesday) = (moment("2026-10-30 17:00"), moment("2026-11-04 17:00"));
        assert!((working_days(&calendar, friday, wednesday) - 3.0).abs() < 1e-9);
        assert!((working_days(&calendar, wednesday, friday) + 3.0).abs() < 1e-9);
    }
}
