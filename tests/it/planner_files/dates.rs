//! Whole runs on planners' files: the dates in the tidy results against those that P6 and Microsoft Project computed.

use super::files;
use super::import::{run, schedule, workspace};
use crate::harness::reference;
use crate::xer::Xer;
use libtest_mimic::Trial;
use regex::Regex;
use std::path::Path;

pub fn trials() -> Vec<Trial> {
    vec![
        reference("planner_files::a_run_on_an_export_gives_the_dates_of_p6", "p6", p6),
        reference("planner_files::a_run_on_a_plan_gives_the_dates_of_microsoft_project", "msproject", microsoft_project),
    ]
}

fn p6(folder: &Path) {
    let mut compared = 0;
    for path in files(folder, "xer") {
        let xer = Xer::read(&path);
        let now = xer.rows("PROJECT")[0]["last_recalc_date"].replace(' ', "T");
        let work = workspace();
        std::fs::copy(&path, work.path().join("inputs/plan.xer")).expect("copied");
        run(work.path(), &now);
        let ours = schedule(work.path());
        for task in xer.rows("TASK").iter().filter(|task| task["status_code"] != "TK_Complete") {
            let row = &ours[&task["task_code"]];
            for (field, column) in [("early_end_date", "finish"), ("late_end_date", "late_finish")] {
                assert_eq!(row[column], task[field].replace(' ', "T"), "{} {} {field}", path.display(), task["task_code"]);
            }
            let float = crate::xer::minutes(task, "total_float_hr_cnt");
            assert_eq!(row["total_float_minutes"].parse().ok(), float, "{}", task["task_code"]);
            compared += 3;
        }
    }
    assert!(compared > 300, "only {compared}");
}

/// Tasks that Microsoft Project has split before they start: a finding tells each, and they are scheduled in one piece.
const NOT_ALIKE: &[(&str, &[&str])] =
    &[("mspdisplittask.xml", &["T1", "T2"]), ("mspditimephased.xml", &["T5", "T13", "T21", "T29", "T37"])];

fn microsoft_project(folder: &Path) {
    let part = |name: &str| Regex::new(&format!("(?s)<{name}>(.*?)</{name}>")).expect("a pattern");
    let task = part("Task");
    let get = |text: &str, name: &str| part(name).captures(text).map(|found| found[1].to_string()).unwrap_or_default();
    let (mut compared, mut left_out) = (0, Vec::new());
    for path in files(folder, "xml") {
        let text = String::from_utf8_lossy(&std::fs::read(&path).expect("read")).into_owned();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if !text.contains("schemas.microsoft.com/project") || !task.is_match(&text) {
            continue;
        }
        let work = workspace();
        std::fs::copy(&path, work.path().join("inputs/plan.xml")).expect("copied");
        // The dates of Microsoft Project do not move with the status date; one after all actual dates counts them all.
        run(work.path(), "2030-01-01");
        let ours = schedule(work.path());
        for found in task.captures_iter(&text) {
            let text = &found[1];
            let id = format!("T{}", get(text, "UID"));
            let skipped = id == "T0" || ["IsNull", "Summary", "Manual"].iter().any(|flag| get(text, flag) == "1");
            let differs = NOT_ALIKE.iter().any(|(file, ids)| *file == name && ids.contains(&id.as_str()));
            if skipped {
                continue;
            }
            if differs {
                left_out.push(format!("{name} {id}"));
                continue;
            }
            for (theirs, column) in [("Start", "start"), ("Finish", "finish")] {
                let theirs = get(text, theirs);
                assert_eq!(ours[&id][column], to_the_minute(&theirs), "{name} {id} {column}");
                compared += 1;
            }
        }
    }
    println!("{compared} dates of Microsoft Project agree; left out: {}", left_out.join(", "));
    assert!(compared > 250, "only {compared}");
}

/// `2006-09-08T09:08:24` as `2006-09-08T09:08`.
fn to_the_minute(text: &str) -> String {
    text.chars().take(16).collect()
}
