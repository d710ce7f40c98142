//! Choices of the scheduling method.

use crate::model::activity::LagCalendar;

/// What a late date is counted back from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloatAnchor {
    /// The early finish of the activity's own initiative.
    Initiative,
    /// The early finish of the last initiative of the portfolio.
    Portfolio,
}

/// Choices of the scheduling method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScheduleOptions {
    /// The calendar on which a lag is walked where its link names none.
    pub lag_calendar: LagCalendar,
    /// Total float up to which an activity is critical, in minutes.
    pub critical_float: i64,
    /// What late dates are counted back from.
    pub anchor: FloatAnchor,
}

impl Default for ScheduleOptions {
    /// Lags on the predecessor's calendar; critical at no float; each initiative against its own finish.
    fn default() -> Self {
        Self { lag_calendar: LagCalendar::Predecessor, critical_float: 0, anchor: FloatAnchor::Initiative }
    }
}
