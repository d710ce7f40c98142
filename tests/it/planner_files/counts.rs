//! Every reference file read, and its records counted in the raw text by other means.

use super::{column, count, files, sheets};
use crate::harness::reference;
use crate::xer::Xer;
use libtest_mimic::Trial;
use regex::Regex;
use std::path::Path;
use throughline::base::finding::{Findings, Severity};

pub fn trials() -> Vec<Trial> {
    vec![
        reference("planner_files::every_record_of_the_p6_series_comes_in", "p6", |folder| series(folder, 5)),
        reference("planner_files::every_record_of_the_small_exports_comes_in", "msproject", |folder| series(folder, 4)),
        reference("planner_files::every_task_and_link_of_microsoft_project_comes_in", "msproject", microsoft_project),
        reference("planner_files::p6_xml_comes_in", "msproject", p6_xml),
        reference("planner_files::what_is_not_used_is_listed_once_a_table", "p6", unused),
    ]
}

fn errors(findings: &Findings) -> Vec<String> {
    let errors = findings.0.iter().filter(|finding| finding.severity() == Severity::Error);
    errors.map(|finding| format!("{:?} {}", finding.origin, finding.message())).collect()
}

fn series(folder: &Path, expected: usize) {
    let paths = files(folder, "xer");
    assert_eq!(paths.len(), expected);
    for path in paths {
        let xer = Xer::read(&path);
        let (sheets, findings) = sheets(&path);
        let rows = |table: &str| xer.rows(table).len();
        assert_eq!(errors(&findings), [""; 0], "{}", path.display());
        assert_eq!(count(&sheets, "Activities"), rows("TASK") + rows("PROJWBS"), "{}", path.display());
        assert_eq!(count(&sheets, "Dependencies"), rows("TASKPRED"), "{}", path.display());
        let lagged = column(&sheets, "Dependencies", "Lag").iter().filter(|lag| !lag.is_empty()).count();
        let with_lag = xer.rows("TASKPRED").iter().filter(|row| row["lag_hr_cnt"].parse::<f64>().expect("hours") != 0.0).count();
        assert_eq!(lagged, with_lag, "{}", path.display());
        let used: std::collections::BTreeSet<&str> = xer.rows("TASK").iter().map(|row| row["clndr_id"].as_str()).collect();
        assert!(count(&sheets, "Calendars") >= used.len());
    }
}

fn microsoft_project(folder: &Path) {
    let part = |name: &str| Regex::new(&format!("(?s)<{name}>(.*?)</{name}>")).expect("a pattern");
    let (task, link, uid, null) = (part("Task"), part("PredecessorLink"), part("UID"), part("IsNull"));
    let mut tasks = 0;
    for path in files(folder, "xml") {
        let text = String::from_utf8_lossy(&std::fs::read(&path).expect("read")).into_owned();
        if !text.contains("schemas.microsoft.com/project") {
            continue;
        }
        let is_row = |text: &&str| {
            let first = |pattern: &Regex| pattern.captures(text).map(|found| found[1].to_string()).unwrap_or_default();
            first(&uid) != "0" && first(&null) != "1"
        };
        let real: Vec<&str> =
            task.captures_iter(&text).map(|found| found.get(1).expect("inside").as_str()).filter(is_row).collect();
        let links: usize = real.iter().map(|text| link.find_iter(text).count()).sum();
        let (sheets, findings) = sheets(&path);
        assert_eq!(errors(&findings), [""; 0], "{}", path.display());
        assert_eq!(count(&sheets, "Activities"), real.len(), "{}", path.display());
        assert_eq!(count(&sheets, "Dependencies"), links, "{}", path.display());
        let named: Vec<String> = real.iter().map(|text| format!("T{}", uid.captures(text).expect("an id")[1].trim())).collect();
        assert_eq!(column(&sheets, "Activities", "Activity ID"), named, "{}", path.display());
        tasks += real.len();
    }
    assert!(tasks > 150, "only {tasks} tasks");
}

fn p6_xml(folder: &Path) {
    let mut read = 0;
    for (path, lag) in files(folder, "xml").into_iter().filter_map(|path| {
        let lags = [
            ("Predecessor", "predecessor"),
            ("Successor", "successor"),
            ("TwentyFour", "24-hour"),
            ("ProjectDefault", "project"),
        ];
        let name = path.file_name()?.to_string_lossy().into_owned();
        let (_, lag) = lags.into_iter().find(|(start, _)| name.starts_with(start))?;
        Some((path, lag))
    }) {
        let (sheets, findings) = sheets(&path);
        assert_eq!(errors(&findings), [""; 0], "{}", path.display());
        assert_eq!(column(&sheets, "Activities", "Activity ID"), ["WBS:201020", "WBS:201020.1", "A1000"]);
        assert_eq!(column(&sheets, "Activities", "Duration"), ["0h", "0h", "360h"]);
        assert_eq!(column(&sheets, "Calendars", "Monday"), ["07:00-12:00, 12:30-15:30"]);
        let options = column(&sheets, "Schedule options", "Option");
        let values = column(&sheets, "Schedule options", "Value");
        let value = |name: &str| options.iter().position(|option| option == name).map(|at| values[at].as_str());
        assert_eq!((value("lag_calendar"), value("total_float")), (Some(lag), Some("smallest")));
        let export = sheets_of_twin(&path);
        assert_eq!(export.as_deref(), Some(lag), "the XER beside it says the same");
        read += 1;
    }
    assert_eq!(read, 4);
}

/// The lag calendar of the XER file of the same name.
fn sheets_of_twin(path: &Path) -> Option<String> {
    let (sheets, _) = sheets(&path.with_extension("xer"));
    let at = column(&sheets, "Schedule options", "Option").iter().position(|option| option == "lag_calendar")?;
    column(&sheets, "Schedule options", "Value").get(at).cloned()
}

fn unused(folder: &Path) {
    for path in files(folder, "xer") {
        let (_, findings) = sheets(&path);
        let listed: Vec<&str> =
            findings.0.iter().filter(|finding| finding.code.id == "S070").map(|finding| finding.found.as_str()).collect();
        assert!(listed.len() < 12, "{listed:#?}");
        let task = listed.iter().find(|found| found.starts_with("TASK:")).expect("fields of TASK");
        let xer = Xer::read(&path);
        let with_float = xer.rows("TASK").iter().filter(|row| !row["total_float_hr_cnt"].is_empty()).count();
        assert!(task.contains(&format!("total_float_hr_cnt ({with_float})")), "{task}");
    }
}
