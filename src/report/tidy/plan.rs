//! How far the plan can be trusted and what it promises: the 14 points, baselines, scheduling options, float paths.

use super::TidyTable;
use crate::analysis::baselines::ActivityComparison;
use crate::analysis::schedule::InitiativePath;
use crate::analysis::schedule_health::HealthPoint;
use crate::base::id::ActivityKey;
use crate::model::activity::ActivityIndex;
use crate::model::scheduling::OptionEntry;
use crate::report::ReportInput;
use crate::report::headline::PORTFOLIO;

fn whole(count: usize) -> Option<i64> {
    i64::try_from(count).ok()
}

/// The key of an activity.
fn key<'a>(input: &ReportInput<'a>, index: ActivityIndex) -> &'a ActivityKey {
    &input.portfolio.activity(index).key
}

/// One row a point of the portfolio and of each initiative.
#[must_use]
pub fn health(input: &ReportInput<'_>) -> TidyTable {
    type Row<'a> = (String, &'a HealthPoint);
    let health = &input.analyses.schedule_health;
    let own = health.portfolio.points.iter().map(|point| (PORTFOLIO.to_string(), point));
    let others = health.initiatives.iter().flat_map(|(id, table)| table.points.iter().map(move |point| (id.to_string(), point)));
    let rows: Vec<Row<'_>> = own.chain(others).collect();
    TidyTable::over("schedule_health", "A point of the DCMA 14-point assessment of the portfolio or of an initiative.", &rows)
        .text("scope", "portfolio, or the id of an initiative.", |(scope, _)| Some(scope))
        .whole("point", "Number, 1 to 14.", |(_, point)| Some(i64::from(point.number)))
        .text("name", "Name.", |(_, point)| Some(point.name))
        .text("rule", "What is counted, of what, and the limit.", |(_, point)| Some(point.rule))
        .whole("count", "How many rows it found.", |(_, point)| whole(point.count))
        .whole("of", "Of how many.", |(_, point)| whole(point.of))
        .number("value", "Count by of as a share; an index for points 12 to 14.", |(_, point)| point.value.ok())
        .number("limit", "Limit of the value; none where the point is only reported.", |(_, point)| point.limit)
        .yes_no("at_least", "The limit is a floor, else a ceiling.", |(_, point)| Some(point.at_least))
        .yes_no("passes", "The value keeps the limit.", |(_, point)| point.passes.ok())
        .text("reason", "Why there is no value or no verdict.", |(_, point)| {
            let none = point.value.err().or(point.passes.err());
            none.map(crate::analysis::measure::Undefined::reason)
        })
        .done()
}

/// One row a row that a point of the portfolio found.
#[must_use]
pub fn offenders(input: &ReportInput<'_>) -> TidyTable {
    let points = &input.analyses.schedule_health.portfolio.points;
    let rows: Vec<_> = points.iter().flat_map(|point| point.offenders.iter().map(move |each| (point, each))).collect();
    TidyTable::over("schedule_health_rows", "A row that a point of the DCMA 14-point assessment found.", &rows)
        .whole("point", "Number, 1 to 14.", |(point, _)| Some(i64::from(point.number)))
        .text("initiative", "Id of the initiative.", |(_, each)| Some(&key(input, each.activity).initiative))
        .text("activity", "Id of the activity; of a link, its successor.", |(_, each)| Some(&key(input, each.activity).id))
        .text("found", "What was found.", |(_, each)| Some(&each.what))
        .text("source", "Where to look.", |(_, each)| Some(&each.origin))
        .done()
}

/// One row an activity: the plan against the baseline that governs and the last closed month.
#[must_use]
pub fn baselines(input: &ReportInput<'_>) -> TidyTable {
    let rows: &[ActivityComparison] = &input.analyses.baseline_comparison.activities;
    TidyTable::over("baseline_comparison", "An activity against its governing baseline and the last closed month.", rows)
        .text("initiative", "Id of the initiative.", |each| Some(&key(input, each.activity).initiative))
        .text("activity", "Id of the activity.", |each| Some(&key(input, each.activity).id))
        .moment("baseline_start", "Start by the governing baseline.", |each| each.baseline_start)
        .moment("baseline_finish", "Finish by the governing baseline.", |each| each.baseline_finish)
        .moment("start", "Actual start, else forecast.", |each| Some(each.start))
        .moment("finish", "Actual finish, else forecast.", |each| Some(each.finish))
        .number("start_variance_days", "Working days of its calendar by which it starts later.", |each| each.start_variance)
        .number("finish_variance_days", "Working days of its calendar by which it finishes later.", |each| each.finish_variance)
        .number("duration_variance_days", "Working days of its calendar by which it spans more.", |each| each.duration_variance)
        .yes_no("added", "Its initiative has a baseline that does not hold it.", |each| Some(each.added))
        .moment("last_closed_finish", "Finish as the last month closed.", |each| each.last_closed_finish.ok())
        .number("moved_since_close_days", "Working days by which it finishes later than as the last month closed.", |each| {
            each.moved_since_close.ok()
        })
        .text("reason", "Why nothing is compared with a closed month.", |each| {
            each.last_closed_finish.err().map(crate::analysis::measure::Undefined::reason)
        })
        .done()
}

/// One row an option of an initiative.
#[must_use]
pub fn options(input: &ReportInput<'_>) -> TidyTable {
    let initiatives = input.analyses.schedules.current.initiatives.iter();
    let rows: Vec<(String, OptionEntry)> = initiatives
        .flat_map(|plan| plan.options.entries().into_iter().map(move |entry| (plan.initiative.to_string(), entry)))
        .collect();
    TidyTable::over("schedule_options", "A rule of scheduling as an initiative followed it.", &rows)
        .text("initiative", "Id of the initiative.", |(initiative, _)| Some(initiative))
        .text("option", "Name, as in portfolio.toml.", |(_, entry)| Some(entry.name))
        .text("value", "Its value.", |(_, entry)| Some(&entry.value))
        .text("meaning", "What it decides.", |(_, entry)| Some(entry.meaning))
        .done()
}

struct PathRow<'a> {
    initiative: String,
    path: usize,
    step: usize,
    activity: ActivityIndex,
    of: &'a InitiativePath,
}

/// One row a step of a float path.
#[must_use]
pub fn float_paths(input: &ReportInput<'_>) -> TidyTable {
    let mut rows = Vec::new();
    for plan in &input.analyses.schedules.current.initiatives {
        for (number, of) in plan.float_paths.iter().enumerate() {
            let steps = of.activities.iter().enumerate();
            rows.extend(steps.map(|(step, activity)| PathRow {
                initiative: plan.initiative.to_string(),
                path: number + 1,
                step: step + 1,
                activity: *activity,
                of,
            }));
        }
    }
    TidyTable::over("float_paths", "A step of a chain that leads to the finish of an initiative.", &rows)
        .text("initiative", "Id of the initiative whose finish it leads to.", |row| Some(&row.initiative))
        .whole("path", "Number of the path, from 1, the one with the least float.", |row| whole(row.path))
        .whole("path_float_minutes", "Working minutes by which the path can slip before it moves the finish.", |row| {
            Some(row.of.float)
        })
        .whole("step", "Number of the step, from 1.", |row| whole(row.step))
        .text("step_initiative", "Id of the initiative of the step's activity.", |row| Some(&key(input, row.activity).initiative))
        .text("step_activity", "Id of the step's activity.", |row| Some(&key(input, row.activity).id))
        .done()
}
