//! The schedule: when each activity can start and must finish, and what its dates depend on.
//!
//! Two schedules over one network of all initiatives, links between initiatives included: `baseline_early`, the pure
//! early-start pass from planned durations, as if nothing had happened; and `current`, with progress, the data date and
//! retained logic. Each date names its driver. Times are minutes of the activity's own calendar.
//!
//! Does not level resources, and moves no baseline. Method: critical path method, forward and backward pass, as
//! Primavera P6 does it where tools differ. Source: Kelley & Walker, "Critical-Path Planning and Scheduling" (1959);
//! for links with lags, Elmaghraby & Kamburowski, Management Science 38 (1992).

mod compile;
mod crew;
mod network;
mod passes;
mod paths;
mod progress;
mod result;
mod rollup;
mod slip;
#[cfg(test)]
mod tests;

pub use crate::model::scheduling::{FloatAnchor, ScheduleOptions};
pub use compile::calendar_of;
pub use network::{CrewMember, DateRules, Link, Network, Node, PointRest, Progress};
pub use passes::{FinishHold, Hold, LateHold, NodeDates, Passes, run as run_passes};
pub use paths::{FloatPath, float_paths, longest_paths};
pub use result::{
    ActivityState, Driver, FinishDriver, InitiativePath, InitiativeSchedule, LateDriver, LinkStatus, Schedule, ScheduledActivity,
    Schedules,
};
pub use slip::{SlipTrial, Slipped};

use crate::base::finding::Findings;
use crate::model::portfolio::Portfolio;

/// Schedules every activity of the portfolio, twice: as planned and as it stands. Each initiative by its own rules
/// ([`Portfolio::schedule_options`]).
#[must_use]
pub fn schedules(portfolio: &Portfolio) -> (Schedules, Findings) {
    let (plan, mut findings) = compile::plan(portfolio);
    let baseline_early = result::schedule(portfolio, &plan, &plan.network.as_if_nothing_happened(), None);
    let current = result::schedule(portfolio, &plan, &plan.network, Some(portfolio.data_date));
    findings.extend(result::check(portfolio, &current));
    (Schedules { baseline_early, current }, findings)
}
