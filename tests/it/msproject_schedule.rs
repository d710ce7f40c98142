//! Microsoft Project's plans (MSPDI) from end to end, by the rules of the `microsoft-project` profile: start, finish, late
//! dates and slack of every automatically scheduled task are those that Microsoft Project stored.
//!
//! Every file of the folder is compared, or named with the reason why there is nothing to compare.

use crate::harness::reference;
use crate::plans_end_to_end::{by_id, files, planned};
use libtest_mimic::Trial;
use std::path::Path;
use throughline::analysis::schedule::{ActivityState, ScheduledActivity};
use throughline::base::day::Moment;

/// Files without a task.
const NO_TASKS: [(&str, &str); 4] = [
    ("mspdiavailability", "resources and when they can be had, no task"),
    ("mspdicostratetable", "resources and their rates, no task"),
    ("calendar-calendars", "calendars, no task"),
    ("calendar-recurring-exceptions", "a calendar and its exceptions, no task"),
];

/// Files in which every task was placed by hand: they stay where they are.
const BY_HAND: [&str; 2] = ["task-links-project2016-mspdi.xml", "task-links-project2019-mspdi.xml"];

/// Split tasks that have not started: how long the gap is, only the time-phased work says, for which a plan has no column.
const SPLIT: [(&str, &[u32]); 2] = [("mspdisplittask.xml", &[1, 2]), ("mspditimephased.xml", &[5, 13, 21, 29, 37])];

/// Tasks whose late dates Microsoft Project did not count again when the project grew: they still lead to an earlier (in
/// one file, a later) finish of the project than the one that the file has.
const OLD_LATE_DATES: [(&str, &[u32]); 3] = [
    ("mspdiduration.xml", &[1, 2, 3, 4]),
    ("mspditimephased.xml", &[1, 2, 3, 4, 6, 9, 12, 14, 17, 18, 19, 20, 22]),
    ("mspditimephasedsegments.xml", &[2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]),
];

pub fn trials() -> Vec<Trial> {
    vec![reference("msproject_schedule::dates_and_slack_are_those_of_microsoft_project", "msproject", every_file)]
}

fn every_file(folder: &Path) {
    let mut paths = files(folder, "xml");
    for below in ["calendar-calendars", "calendar-recurring-exceptions", "task-links"] {
        paths.extend(files(&folder.join(below), "xml"));
    }
    let (mut compared, mut tasks, mut missed) = (0, 0, Vec::new());
    for path in &paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with("Calendar.xml") {
            continue; // Primavera P6, in `plans_end_to_end`.
        }
        let stored = stored_tasks(path);
        if let Some((_, why)) = NO_TASKS.iter().find(|(start, _)| name.starts_with(start)) {
            println!("{name} left out: {why}");
            assert!(stored.is_empty(), "{name} has tasks after all");
            continue;
        }
        let (portfolio, schedule) = planned(path, Moment::from_datetime("2015-01-01T08:00:00".parse().expect("a moment")));
        let ours = by_id(&portfolio, &schedule);
        assert!(!stored.is_empty(), "{name} has no task");
        for task in stored.iter().filter(|task| !is_listed(&SPLIT, &name, task.uid)) {
            assert!(!task.is_manual || BY_HAND.contains(&name.as_str()), "{name} {} was placed by hand", task.uid);
            let Some(ours) = ours.get(&format!("T{}", task.uid)) else {
                missed.push(format!("{name} {} is not there", task.uid));
                continue;
            };
            tasks += 1;
            let is_old = is_listed(&OLD_LATE_DATES, &name, task.uid);
            assert!(!is_old || task.moment("LateFinish") != Some(ours.late_finish.0), "{name} {}: not old", task.uid);
            for (field, ours, theirs) in figures(&name, task, ours) {
                compared += 1;
                if ours != theirs {
                    missed.push(format!("{name} {} {field}: {}, stored {}", task.uid, show(field, ours), show(field, theirs)));
                }
            }
        }
    }
    println!("{compared} figures of {tasks} tasks, {} missed", missed.len());
    assert!(missed.is_empty(), "{} of {compared}: {:#?}", missed.len(), &missed[..missed.len().min(60)]);
    assert!(tasks > 150 && compared > 700, "only {compared} of {tasks}");
}

fn is_listed(list: &[(&str, &[u32])], name: &str, uid: u32) -> bool {
    list.iter().any(|(file, uids)| *file == name && uids.contains(&uid))
}

fn show(field: &str, value: Option<i64>) -> String {
    match value {
        Some(value) if field.ends_with("Slack") => format!("{value} min"),
        Some(value) => Moment(value).to_string(),
        None => "none".into(),
    }
}

/// A task as the file has it.
struct Stored {
    uid: u32,
    text: String,
    is_manual: bool,
}

impl Stored {
    fn field(&self, name: &str) -> Option<&str> {
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        let from = self.text.find(&open)? + open.len();
        Some(&self.text[from..from + self.text[from..].find(&close)?])
    }

    fn moment(&self, name: &str) -> Option<i64> {
        Some(Moment::from_datetime(self.field(name)?.parse().expect("a moment")).0)
    }

    /// Slack in minutes; the file has tenths.
    fn slack(&self, name: &str) -> Option<i64> {
        let tenths: f64 = self.field(name)?.parse().expect("a number");
        Some((tenths / 10.0).round() as i64)
    }
}

/// Tasks with a name, but not the project's own.
fn stored_tasks(path: &Path) -> Vec<Stored> {
    let text = std::fs::read_to_string(path).expect("the file");
    let mut tasks = Vec::new();
    for block in text.split("<Task>").skip(1) {
        let block = block.split("</Task>").next().unwrap_or_default();
        let own = ["<PredecessorLink>", "<Baseline>", "<ExtendedAttribute>", "<TimephasedData>"]
            .iter()
            .filter_map(|nested| block.find(nested))
            .min()
            .map_or(block, |end| &block[..end]);
        let mut task = Stored { uid: 0, text: own.into(), is_manual: false };
        task.uid = task.field("UID").and_then(|uid| uid.parse().ok()).expect("a unique id");
        task.is_manual = task.field("Manual") == Some("1");
        let is_blank = task.field("IsNull") == Some("1") || task.field("Name").is_none();
        if task.uid != 0 && !is_blank {
            tasks.push(task);
        }
    }
    tasks
}

/// Field, ours, stored: dates as minutes since the epoch, slack as minutes.
fn figures(name: &str, task: &Stored, ours: &ScheduledActivity) -> Vec<(&'static str, Option<i64>, Option<i64>)> {
    let mut figures =
        vec![("Start", Some(ours.start.0), task.moment("Start")), ("Finish", Some(ours.finish.0), task.moment("Finish"))];
    let counted = ours.state != ActivityState::Complete && !task.is_manual && !is_listed(&OLD_LATE_DATES, name, task.uid);
    if counted {
        if ours.state == ActivityState::NotStarted {
            figures.push(("LateStart", Some(ours.late_start.0), task.moment("LateStart")));
        }
        figures.push(("LateFinish", Some(ours.late_finish.0), task.moment("LateFinish")));
        figures.push(("TotalSlack", ours.total_float, task.slack("TotalSlack")));
        if ours.free_float.is_some() {
            figures.push(("FreeSlack", ours.free_float, task.slack("FreeSlack")));
        }
    }
    figures
}
