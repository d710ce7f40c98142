//! Planners' own files from end to end: source, tables, model, schedule, against the dates that the other program stored.
//!
//! Primavera P6: the early and late dates and the total float of every activity of five successive exports. The four ways
//! to walk a lag, as P6 writes them, arrive as the option that they are.

use crate::harness::reference;
use crate::xer::{Row, Xer, minutes, moment};
use libtest_mimic::Trial;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use throughline::analysis::schedule::{ActivityState, Schedule, ScheduledActivity, schedules};
use throughline::base::day::Moment;
use throughline::base::disk::Disk;
use throughline::base::money::Currency;
use throughline::model::activity::LagCalendar;
use throughline::model::portfolio::Portfolio;
use throughline::model::settings::Settings;
use throughline::source::raw::SourceFile;
use throughline::source::{self, Limits};
use throughline::table::check::CheckSettings;
use throughline::table::mapping::Mappings;

pub fn trials() -> Vec<Trial> {
    vec![
        reference("plans_end_to_end::p6_dates_and_floats_from_end_to_end", "p6", p6_series),
        reference("plans_end_to_end::lag_calendars_of_p6_arrive", "msproject", lag_calendars),
    ]
}

/// A plan from a planner's file, and its schedule as of a moment.
pub fn planned(path: &Path, as_of: Moment) -> (Portfolio, Schedule) {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let files = vec![SourceFile { path: path.into(), name }];
    let sheets = source::read(&Disk::real(), &files, &Limits::default()).0.sheets;
    let (tables, _) = throughline::table::read(&sheets, &Mappings::default(), &CheckSettings::default());
    let settings = Settings::new("Plan", as_of, Currency::parse("EUR").expect("listed"));
    let (portfolio, _) = Portfolio::build(&tables, &settings);
    let (schedules, _) = schedules(&portfolio);
    (portfolio, schedules.current)
}

/// The scheduled activities by their own ids.
pub fn by_id<'a>(portfolio: &Portfolio, schedule: &'a Schedule) -> BTreeMap<String, &'a ScheduledActivity> {
    let ids = portfolio.activities.iter().map(|activity| activity.key.id.as_str().to_string());
    ids.zip(&schedule.activities).collect()
}

/// Files of a folder with an ending, in order of name.
pub fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("listed").filter_map(Result::ok).map(|entry| entry.path());
    let mut paths: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|kind| kind == ending)).collect();
    paths.sort();
    paths
}

fn p6_series(folder: &Path) {
    let (mut compared, mut missed) = (0, Vec::new());
    let paths = files(folder, "xer");
    for path in &paths {
        let xer = Xer::read(path);
        let now = moment(&xer.rows("PROJECT")[0], "last_recalc_date").expect("a data date");
        let (portfolio, schedule) = planned(path, now);
        let ours = by_id(&portfolio, &schedule);
        for task in xer.rows("TASK") {
            let name = format!("{} {}", path.file_name().unwrap_or_default().to_string_lossy(), task["task_code"]);
            let Some(ours) = ours.get(&task["task_code"]) else {
                missed.push(format!("{name} is not there"));
                continue;
            };
            for (field, ours, theirs) in figures(task, ours) {
                compared += 1;
                if ours != theirs {
                    missed.push(format!("{name} {field}: {ours:?}, P6 says {theirs:?}"));
                }
            }
        }
    }
    println!("{compared} figures of P6, {} missed", missed.len());
    assert!(missed.is_empty(), "{} of {compared}: {:#?}", missed.len(), &missed[..missed.len().min(30)]);
    assert!(paths.len() == 5 && compared > 800, "only {compared}");
}

/// Field, ours, theirs: dates as minutes since the epoch, floats as minutes.
fn figures(task: &Row, ours: &ScheduledActivity) -> Vec<(&'static str, Option<i64>, Option<i64>)> {
    let theirs = |field: &str| moment(task, field).map(|at| at.0);
    if task["status_code"] == "TK_Complete" {
        return vec![
            ("act_start_date", Some(ours.start.0), theirs("act_start_date")),
            ("act_end_date", Some(ours.finish.0), theirs("act_end_date")),
            ("total_float_hr_cnt", ours.total_float, None),
        ];
    }
    vec![
        ("restart_date", Some(ours.early_start.0), theirs("restart_date")),
        ("early_end_date", Some(ours.early_finish.0), theirs("early_end_date")),
        ("rem_late_start_date", Some(ours.late_start.0), theirs("rem_late_start_date")),
        ("late_end_date", Some(ours.late_finish.0), theirs("late_end_date")),
        ("total_float_hr_cnt", ours.total_float, minutes(task, "total_float_hr_cnt")),
    ]
}

/// Two formats, four lag calendars, one completed activity each: the option arrives, and so do the actual dates.
fn lag_calendars(folder: &Path) {
    let expected = [
        ("PredecessorCalendar", LagCalendar::Predecessor),
        ("ProjectDefaultCalendar", LagCalendar::Project),
        ("SuccessorCalendar", LagCalendar::Successor),
        ("TwentyFourHourCalendar", LagCalendar::RoundTheClock),
    ];
    for (name, calendar) in expected {
        for (ending, now, [start, finish]) in [
            ("xer", "2019-10-02T00:00:00", ["2019-06-10T08:00:00", "2019-06-12T17:00:00"]),
            ("xml", "2021-05-17T22:00:00", ["2021-02-05T08:00:00", "2021-04-19T15:30:00"]),
        ] {
            let at = |text: &str| Moment::from_datetime(text.parse().expect("a moment"));
            let (portfolio, schedule) = planned(&folder.join(format!("{name}.{ending}")), at(now));
            assert_eq!(portfolio.schedule_options[0].lag_calendar, calendar, "{name}.{ending}");
            let activity = by_id(&portfolio, &schedule)["A1000"];
            assert_eq!(activity.state, ActivityState::Complete, "{name}.{ending}");
            assert_eq!([activity.start, activity.finish], [at(start), at(finish)], "{name}.{ending}");
        }
    }
}
