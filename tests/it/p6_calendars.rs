//! Our calendars against the dates that P6 computed on its own.

use crate::harness::reference;
use crate::xer::{Row, Xer, minutes, moment};
use libtest_mimic::Trial;
use std::path::{Path, PathBuf};
use throughline::base::calendar::{Calendars, WorkCalendar};
use throughline::base::day::Moment;
use throughline::base::id::CalendarId;

pub fn trials() -> Vec<Trial> {
    vec![reference("p6_calendars::durations_and_floats_of_p6_are_ours", "p6", p6_series)]
}

fn p6_series(folder: &Path) {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("listed").filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "xer"));
    paths.sort();
    let mut compared = 0;
    for path in paths {
        let xer = Xer::read(&path);
        let (calendars, problems) = Calendars::build(&xer.calendars(), None);
        assert!(problems.is_empty(), "{problems:?}");
        for task in xer.rows("TASK").iter().filter(|task| task["status_code"] != "TK_Complete") {
            let calendar = calendars.get(&CalendarId::new(&task["clndr_id"])).expect("the task's calendar");
            compared += compare(calendar, task);
        }
    }
    println!("{compared} dates and floats of P6 compared");
    assert!(compared > 300, "only {compared}");
}

/// Compares the remaining work and the float of a task; returns how many figures that were.
fn compare(calendar: &WorkCalendar, task: &Row) -> usize {
    let name = &task["task_id"];
    let remaining = minutes(task, "remain_drtn_hr_cnt").expect("a duration");
    // What is in progress goes on at the restart date; its early start is its actual one.
    let spans = [("restart_date", "early_end_date"), ("rem_late_start_date", "late_end_date")];
    let dates = spans.map(|(start, finish)| (moment(task, start), moment(task, finish)));
    let mut compared = 0;
    for (start, finish) in dates.into_iter().filter_map(|(start, finish)| Some((start?, finish?))) {
        assert_eq!(calendar.work(start, finish), remaining, "{name}: work from {start} to {finish}");
        assert_eq!(calendar.add(start, remaining), finish, "{name}: {start} and {remaining} minutes");
        assert_eq!(calendar.sub(finish, remaining), start, "{name}: {finish} less {remaining} minutes");
        compared += 3;
    }
    let float = |early: Option<Moment>, late: Option<Moment>| Some(calendar.work(early?, late?));
    if let (Some(ours), Some(theirs)) = (float(dates[0].1, dates[1].1), minutes(task, "total_float_hr_cnt")) {
        assert_eq!(ours, theirs, "{name}: total float");
        compared += 1;
    }
    compared
}
