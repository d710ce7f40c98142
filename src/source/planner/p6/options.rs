//! The options of scheduling of a P6 project, and the facts of the project that its schedule hangs on.

use super::words;
use crate::source::planner::desk::{Desk, Record};

/// The option whose value is the key of an activity until its id is known.
pub const FLOAT_PATHS_TO: &str = "float_paths_to";

type Options = Vec<(&'static str, String)>;

/// What a project's own record says.
pub fn of_project(record: &dyn Record, desk: &mut Desk<'_>) -> Options {
    let mut options = vec![("profile", "p6".to_string())];
    for (name, field) in
        [("data_date", "last_recalc_date"), ("must_finish_by", "plan_end_date"), ("project_start", "plan_start_date")]
    {
        options.extend(desk.moment(record, field).map(|at| (name, at.to_string())));
    }
    critical(record, desk, &mut options);
    options
}

/// What makes an activity critical.
fn critical(record: &dyn Record, desk: &mut Desk<'_>, options: &mut Options) {
    let critical = desk.word(record, "critical_path_type", words::CRITICAL);
    options.extend(critical.map(|word| ("critical_by", word.to_string())));
    let float = desk.number(record, "critical_drtn_hr_cnt");
    options.extend(float.map(|hours| ("critical_float_hours", hours.normalize().to_string())));
}

/// What the schedule options say.
pub fn of_schedule(record: &dyn Record, desk: &mut Desk<'_>) -> Options {
    let mut options = Options::new();
    options.extend(out_of_sequence(record, desk).map(|word| ("out_of_sequence", word.to_string())));
    if let Some(early) = desk.flag(record, "sched_lag_early_start_flag") {
        options.push(("start_lag", if early { "from-early-start" } else { "from-actual-start" }.into()));
    }
    for (name, field, words) in [
        ("total_float", "sched_float_type", words::FLOATS),
        ("lag_calendar", "sched_calendar_on_relationship_lag", words::LAG_CALENDARS),
    ] {
        options.extend(desk.word(record, field, words).map(|word| (name, word.to_string())));
    }
    for (name, field) in [("open_ends_critical", "sched_open_critical_flag"), ("expected_finish", "sched_use_expect_end_flag")] {
        options.extend(desk.flag(record, field).map(|yes| (name, if yes { "yes" } else { "no" }.to_string())));
    }
    if desk.flag(record, "sched_use_project_end_date_for_float") == Some(false) {
        options.push(("float_to", "portfolio".into()));
    }
    critical(record, desk, &mut options);
    float_paths(record, desk, &mut options);
    options
}

fn out_of_sequence(record: &dyn Record, desk: &mut Desk<'_>) -> Option<&'static str> {
    let retained = desk.flag(record, "sched_retained_logic");
    let overridden = desk.flag(record, "sched_progress_override");
    match (retained, overridden) {
        (Some(true), _) => Some("retained-logic"),
        (_, Some(true)) => Some("progress-override"),
        (Some(false), Some(false)) => Some("actual-dates"),
        _ => desk.word(record, "out_of_sequence", words::OUT_OF_SEQUENCE),
    }
}

fn float_paths(record: &dyn Record, desk: &mut Desk<'_>, options: &mut Options) {
    let enabled = desk.flag(record, "enable_multiple_longest_path_calc");
    let count = desk.number(record, "max_multiple_longest_path").filter(|count| (1..=100).any(|n| *count == n.into()));
    let by_total = desk.flag(record, "use_total_float_multiple_longest_paths");
    if enabled == Some(true) {
        options.extend(count.map(|count| ("float_paths", count.normalize().to_string())));
        let by = if by_total == Some(true) { "total-float" } else { "free-float" };
        options.push(("float_paths_by", by.to_string()));
        let end = record.get("key_activity_for_multiple_longest_paths");
        options.extend(end.map(|key| (FLOAT_PATHS_TO, key.to_string())));
    }
}
