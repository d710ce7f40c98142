//! Closed months as plain data. Until a month is closed there is none, and what needs one says so.

use crate::base::day::Moment;
use crate::base::id::ActivityKey;

/// The closed months, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// Closed months; empty until the first close.
    pub closed: Vec<ClosedMonth>,
}

impl Past {
    /// The month closed last.
    #[must_use]
    pub fn last(&self) -> Option<&ClosedMonth> {
        self.closed.last()
    }
}

/// A closed month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClosedMonth {
    /// The period, as `FYyyyy-Pnn`.
    pub period: String,
    /// Its schedule, by activity.
    pub schedule: Vec<ClosedActivity>,
    /// Its buffers.
    pub buffers: Vec<ClosedBuffer>,
}

impl ClosedMonth {
    /// An activity as the month closed; none where it was not in the plan then.
    #[must_use]
    pub fn activity(&self, key: &ActivityKey) -> Option<&ClosedActivity> {
        self.schedule.iter().find(|activity| activity.key == *key)
    }
}

/// The dates of an activity as a month closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedActivity {
    /// Which.
    pub key: ActivityKey,
    /// Actual start, else forecast start.
    pub start: Moment,
    /// Actual finish, else forecast finish.
    pub finish: Moment,
    /// True where it was finished.
    pub complete: bool,
}

/// How much of a buffer was used up as a month closed, and how much of its chain was done, in working minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedBuffer {
    /// Which.
    pub key: ActivityKey,
    /// Used up.
    pub consumed_minutes: i64,
    /// Its planned length.
    pub planned_minutes: i64,
    /// Done of its chain.
    pub chain_done_minutes: i64,
    /// Planned length of its chain.
    pub chain_minutes: i64,
}
