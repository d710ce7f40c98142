//! Status checks of an activity that need no schedule: actual dates, percent complete, remaining work, estimates.
//!
//! Source: US Department of Defense, DCMA 14-point assessment, check 9 (invalid dates); Oracle, Primavera P6 scheduling
//! log warnings. An actual date after the as-of date is left out; every other value stays as it was given.

use crate::base::day::Moment;
use crate::base::finding::Code;
use crate::model::activity::{Activity, ActivityIndex, ActivityType, LeftOutActual};
use crate::model::build::context::{Context, flag};
use crate::model::codes;
use crate::table::tables::Row;

/// A check: what is wrong with an activity, at which field, what was expected, and what to do.
type Check = fn(&Activity) -> Option<(Code, &'static str, &'static str, &'static str)>;

const CHECKS: &[Check] =
    &[complete_without_finish, finish_with_less_than_all, finish_with_work_left, progress_without_start, hammock_with_constraint];

/// Runs every check; leaves out actual dates that lie after the as-of date.
pub(super) fn check(context: &mut Context<'_>, index: ActivityIndex, activity: &mut Activity, row: Row<'_>) {
    for (key, at) in [("actual_start", &mut activity.actual_start), ("actual_finish", &mut activity.actual_finish)] {
        if let Some(future) = at.filter(|at| context.is_future(*at)) {
            *at = None;
            let left_out =
                LeftOutActual { activity: index, at: future, is_finish: key == "actual_finish", origin: row.origin(key) };
            context.left_out_actuals.push(left_out);
            let finding =
                flag(row, codes::ACTUAL_AFTER_AS_OF, key).expected(format!("a date on or before {}", context.settings.as_of));
            context.push(finding.hint("an actual date is one that has passed: correct it, or clear it; left out until then"));
        }
    }
    if activity.kind == ActivityType::Summary {
        return;
    }
    for (code, key, expected, hint) in CHECKS.iter().filter_map(|check| check(activity)) {
        context.push(flag(row, code, key).expected(expected).hint(hint));
    }
}

fn complete_without_finish(activity: &Activity) -> Option<(Code, &'static str, &'static str, &'static str)> {
    let wrong = activity.percent_complete.is_some_and(|share| share >= 1.0) && activity.actual_finish.is_none();
    let hint = "give the actual finish, or a percentage below 100";
    wrong.then_some((codes::COMPLETE_WITHOUT_FINISH, "actual_finish", "an actual finish, since 100 % is complete", hint))
}

fn finish_with_less_than_all(activity: &Activity) -> Option<(Code, &'static str, &'static str, &'static str)> {
    let wrong = activity.actual_finish.is_some() && activity.percent_complete.is_some_and(|share| share < 1.0);
    let hint = "set it to 100 %, or clear the actual finish; it counts as finished until then";
    wrong.then_some((codes::FINISH_WITH_WORK_LEFT, "percent_complete", "100 %, since it has an actual finish", hint))
}

fn finish_with_work_left(activity: &Activity) -> Option<(Code, &'static str, &'static str, &'static str)> {
    let wrong = activity.actual_finish.is_some() && activity.remaining.as_ref().is_some_and(|left| !left.is_zero());
    let hint = "set it to 0, or clear the actual finish; it counts as finished until then";
    wrong.then_some((codes::FINISH_WITH_WORK_LEFT, "remaining_duration", "0, since it has an actual finish", hint))
}

fn progress_without_start(activity: &Activity) -> Option<(Code, &'static str, &'static str, &'static str)> {
    let unstarted = activity.actual_start.is_none() && activity.actual_finish.is_none();
    let wrong = unstarted && activity.percent_complete.is_some_and(|share| share > 0.0 && share < 1.0);
    let hint = "give the actual start, or set the percentage to 0";
    wrong.then_some((codes::PROGRESS_WITHOUT_START, "actual_start", "an actual start, since there is progress", hint))
}

fn hammock_with_constraint(activity: &Activity) -> Option<(Code, &'static str, &'static str, &'static str)> {
    let wrong = activity.kind == ActivityType::Hammock && activity.constraint.or(activity.secondary_constraint).is_some();
    let hint = "put the constraint on an activity that the hammock spans";
    wrong.then_some((codes::HAMMOCK_WITH_CONSTRAINT, "constraint_type", "no constraint: it takes its dates from others", hint))
}

/// The latest instant that a finish can mean: the end of its day where no time is given.
pub(super) fn finish_instant(at: Moment) -> Moment {
    if at.is_date_only() { Moment::end_of(at.day()) } else { at }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn a_finish_without_a_time_is_the_end_of_its_day() {
        let day = NaiveDate::from_ymd_opt(2026, 10, 30).expect("a date");
        assert_eq!(finish_instant(Moment::start_of(day)), Moment::end_of(day));
        assert_eq!(finish_instant(Moment::at(day, 12, 0)), Moment::at(day, 12, 0));
    }
}
