//! How much of a buffer is used up, and how much of its chain is done.

use crate::analysis::commitments::Commitments;
use crate::analysis::links::Lags;
use crate::analysis::measure::{Measure, Undefined};
use crate::analysis::schedule::{ActivityState, Schedule, ScheduledActivity, calendar_of};
use crate::base::day::Moment;
use crate::model::activity::ActivityIndex;
use crate::model::portfolio::Portfolio;

/// Working minutes of an activity that are done: planned less remaining duration, never below none.
pub fn done_minutes(activity: &ScheduledActivity) -> i64 {
    match activity.state {
        ActivityState::Complete => activity.duration,
        ActivityState::InProgress => (activity.duration - activity.remaining).max(0),
        ActivityState::NotStarted => 0,
    }
}

/// Working time from a buffer's baseline start to the moment at which its chain lets it start; none where that is earlier.
///
/// # Errors
/// [`Undefined::NoBaseline`].
pub fn consumed(portfolio: &Portfolio, schedule: &Schedule, commitments: &Commitments, buffer: ActivityIndex) -> Measure<i64> {
    let (planned, _) = commitments.of_activity(buffer).ok_or(Undefined::NoBaseline)?;
    let calendar = calendar_of(portfolio, portfolio.activity(buffer));
    let starts = start_of(portfolio, schedule, buffer);
    Ok(calendar.work(planned, starts).max(0))
}

/// When a buffer starts: as reported; else when the last of its predecessors finished, where all have; else its early
/// start. Without the second, a chain done in time would seem to eat up its buffer as days go by.
fn start_of(portfolio: &Portfolio, schedule: &Schedule, buffer: ActivityIndex) -> Moment {
    let own = schedule.activity(buffer);
    if own.state != ActivityState::NotStarted {
        return own.start;
    }
    let mut last = None;
    for link in portfolio.dependencies.iter().filter(|link| link.successor == buffer) {
        let giver = schedule.activity(link.predecessor);
        if giver.state != ActivityState::Complete {
            return own.early_start;
        }
        last = last.max(Some(Lags::of(portfolio, schedule, link).after(giver.finish)));
    }
    last.map_or(own.early_start, |finish| finish.min(own.early_start))
}
