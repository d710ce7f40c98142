//! Words for the things of a plan, the same in every workbook and in the tidy results.

use crate::analysis::schedule::ActivityState;
use crate::base::day::{Day, Moment};
use crate::model::activity::{Activity, ActivityType, Constraint, LinkType};

/// What an activity is.
#[must_use]
pub const fn kind(kind: ActivityType) -> &'static str {
    match kind {
        ActivityType::Task => "task",
        ActivityType::Milestone => "milestone",
        ActivityType::StartMilestone => "start milestone",
        ActivityType::FinishMilestone => "finish milestone",
        ActivityType::DecisionGate => "gate",
        ActivityType::ReviewPoint => "review",
        ActivityType::Celebration => "celebration",
        ActivityType::Hammock => "hammock",
        ActivityType::Summary => "summary",
        ActivityType::Buffer => "buffer",
    }
}

/// How far an activity is.
#[must_use]
pub const fn state(state: ActivityState) -> &'static str {
    match state {
        ActivityState::NotStarted => "not started",
        ActivityState::InProgress => "in progress",
        ActivityState::Complete => "complete",
    }
}

/// `FS`, `SS`, `FF` or `SF`.
#[must_use]
pub const fn link(kind: LinkType) -> &'static str {
    match kind {
        LinkType::FinishToStart => "FS",
        LinkType::StartToStart => "SS",
        LinkType::FinishToFinish => "FF",
        LinkType::StartToFinish => "SF",
    }
}

/// `12 Jan 2027`.
#[must_use]
pub fn day(day: Day) -> String {
    day.format("%d %b %Y").to_string()
}

/// The dates that hold an activity beside its links, such as `start no earlier than 12 Jan 2027`; empty for none.
#[must_use]
pub fn constraints(activity: &Activity) -> String {
    let own = [activity.constraint, activity.secondary_constraint].into_iter().flatten().map(constraint);
    let dated = |words: &str, at: Option<Moment>| at.map(|at| format!("{words} {}", day(at.given_day())));
    let others = [
        activity.manual.then(|| "placed by hand".to_string()),
        dated("expected to finish on", activity.expected_finish),
        activity.external_early_start.map(|at| format!("outside work allows a start on {}", day(at.day()))),
        dated("outside work needs it by", activity.external_late_finish),
    ];
    own.chain(others.into_iter().flatten()).collect::<Vec<_>>().join("; ")
}

fn constraint(constraint: Constraint) -> String {
    match constraint {
        Constraint::StartNoEarlierThan(at) => format!("start no earlier than {}", day(at.day())),
        Constraint::StartNoLaterThan(at) => format!("start no later than {}", day(at.day())),
        Constraint::FinishNoEarlierThan(at) => format!("finish no earlier than {}", day(at.given_day())),
        Constraint::FinishNoLaterThan(at) => format!("finish no later than {}", day(at.given_day())),
        Constraint::MustStartOn(at) => format!("must start on {}", day(at.day())),
        Constraint::MustFinishOn(at) => format!("must finish on {}", day(at.given_day())),
        Constraint::StartOn(at) => format!("start on {}", day(at.day())),
        Constraint::FinishOn(at) => format!("finish on {}", day(at.given_day())),
        Constraint::AsLateAsPossible => "as late as possible".to_string(),
    }
}
