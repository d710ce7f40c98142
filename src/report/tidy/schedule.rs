//! The schedule: one row an activity.

use super::TidyTable;
use crate::analysis::schedule::ScheduledActivity;
use crate::base::day::Moment;
use crate::model::activity::Activity;
use crate::report::ReportInput;
use crate::report::parts::words::{kind, state};
use std::collections::BTreeMap;

struct Row<'a> {
    activity: &'a Activity,
    at: &'a ScheduledActivity,
    baseline: Option<(Moment, Moment)>,
    driver: String,
}

/// Dates, float and paths of every activity.
#[must_use]
pub fn table(input: &ReportInput<'_>) -> TidyTable {
    let schedule = &input.analyses.schedules.current;
    let results = input.analyses.earned_value.initiatives.iter().flat_map(|each| &each.activities);
    let baselines: BTreeMap<_, _> = results.map(|each| (each.activity, each.baseline)).collect();
    let rows: Vec<Row<'_>> = schedule
        .activities
        .iter()
        .map(|at| Row {
            activity: input.portfolio.activity(at.activity),
            at,
            baseline: baselines.get(&at.activity).copied().flatten(),
            driver: schedule.driver_text(input.portfolio, at.activity),
        })
        .collect();
    named(&rows)
}

fn named(rows: &[Row<'_>]) -> TidyTable {
    TidyTable::over("schedule", "An activity, milestone or summary row of the plan, as things stand at the data date.", rows)
        .text("initiative", "Id of the initiative.", |row| Some(&row.activity.key.initiative))
        .text("activity", "Id of the activity, unique within the initiative.", |row| Some(&row.activity.key.id))
        .text("wbs", "Code of the work breakdown structure.", |row| Some(&row.activity.wbs))
        .text("name", "Name.", |row| Some(&row.activity.name))
        .text("kind", "task, milestone, gate, review, celebration, hammock, summary or buffer.", |row| Some(kind(row.at.kind)))
        .text("state", "not started, in progress or complete.", |row| Some(state(row.at.state)))
        .moment("baseline_start", "Baseline start.", |row| row.baseline.map(|(start, _)| start))
        .moment("baseline_finish", "Baseline finish.", |row| row.baseline.map(|(_, finish)| finish))
        .moment("start", "Actual start, else early start.", |row| Some(row.at.start))
        .moment("finish", "Actual finish, else early finish.", |row| Some(row.at.finish))
        .moment("late_start", "Latest start that delays nothing.", |row| Some(row.at.late_start))
        .moment("late_finish", "Latest finish that delays nothing.", |row| Some(row.at.late_finish))
        .moment("deadline", "Deadline.", |row| row.activity.deadline)
        .whole("duration_minutes", "Planned duration in working minutes.", |row| Some(row.at.duration))
        .whole("remaining_minutes", "Work left in working minutes.", |row| Some(row.at.remaining))
        .whole("total_float_minutes", "Total float in working minutes; none for complete work.", |row| row.at.total_float)
        .whole("free_float_minutes", "Free float in working minutes; none for complete work and summaries.", |row| {
            row.at.free_float
        })
        .whole("start_float_minutes", "Late start less early start, in working minutes.", |row| row.at.start_float)
        .whole("finish_float_minutes", "Late finish less early finish, in working minutes.", |row| row.at.finish_float)
        .whole("interfering_float_minutes", "Total float less free float, in working minutes.", |row| row.at.interfering_float())
        .whole("minutes_per_day", "Working minutes that count as one day on the activity's calendar.", |row| {
            Some(row.at.minutes_per_day)
        })
        .yes_no("critical", "By total float or by the longest path, as the initiative's options say.", |row| {
            Some(row.at.critical)
        })
        .whole("near_critical_band", "Near-critical band, 1 the nearest; none where critical or beyond the bands.", |row| {
            row.at.near_critical.and_then(|band| i64::try_from(band + 1).ok())
        })
        .whole("float_path", "The first float path of its initiative that it lies on, from 1.", |row| {
            row.at.float_path.and_then(|path| i64::try_from(path).ok())
        })
        .yes_no("on_longest_path", "On a chain of driving links to the last finish of an initiative.", |row| {
            Some(row.at.on_longest_path)
        })
        .text("driver", "What holds the early start.", |row| Some(&row.driver))
        .text("source", "Where the record is.", |row| Some(&row.activity.origin))
        .done()
}
