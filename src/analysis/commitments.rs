//! The dates that were promised: the governing baseline of every activity, as earned value takes it.
//!
//! Promises: where no baseline is given, there is no commitment; the early dates that stand in for earned value are none.

use crate::analysis::earned_value::{BaselineDates, EarnedValue};
use crate::base::day::Moment;
use crate::model::activity::ActivityIndex;
use crate::model::portfolio::Portfolio;

/// Baseline start and finish, by activity.
#[derive(Clone, Debug)]
pub struct Commitments(Vec<Option<(Moment, Moment)>>);

impl Commitments {
    /// Those of the governing baselines.
    #[must_use]
    pub fn of(portfolio: &Portfolio, earned: &EarnedValue) -> Self {
        let mut dates = vec![None; portfolio.activities.len()];
        let given = earned.initiatives.iter().filter(|initiative| initiative.dates != BaselineDates::EarlySchedule);
        for activity in given.flat_map(|initiative| &initiative.activities) {
            dates[activity.activity.0] = activity.baseline;
        }
        Self(dates)
    }

    /// Baseline start and finish of an activity; none where it is in no baseline.
    #[must_use]
    pub fn of_activity(&self, activity: ActivityIndex) -> Option<(Moment, Moment)> {
        self.0.get(activity.0).copied().flatten()
    }
}
