//! `throughline import`: the workbook that it writes says what the file says.

use super::{count, files, sheets};
use crate::harness::{reference, test};
use libtest_mimic::Trial;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

pub fn trials() -> Vec<Trial> {
    vec![
        test("planner_files::import_writes_what_a_run_reads", small_plan),
        test("planner_files::import_overwrites_only_when_told_to", overwriting),
        test("planner_files::import_takes_nothing_but_plans", refusals),
        test("planner_files::a_damaged_plan_is_told_at_its_line_and_stops_nothing", damaged),
        reference("planner_files::imported_p6_plans_have_the_dates_of_their_files", "p6", |folder| twins(folder, "xer", 5)),
        reference("planner_files::imported_project_plans_have_the_dates_of_their_files", "msproject", |folder| {
            twins(&folder.join("task-links"), "xml", 6);
        }),
    ]
}

const PLAN: &str = "ERMHDR\t23.12\r\n%T\tPROJECT\r\n%F\tproj_id\tproj_short_name\tclndr_id\tlast_recalc_date\r\n%R\t1\tNORTH\t10\t2026-10-30 17:00\r\n%T\tCALENDAR\r\n%F\tclndr_id\tclndr_name\tday_hr_cnt\tclndr_data\r\n%R\t10\tSite\t7.5\t(0||CalendarData()((0||DaysOfWeek()((0||2()((0||0(s|07:30|f|15:00)())))(0||3()((0||0(s|07:30|f|15:00)())))(0||4()((0||0(s|07:30|f|15:00)())))))(0||Exceptions()((0||0(d|46330)())))))\r\n%T\tPROJWBS\r\n%F\twbs_id\tproj_id\twbs_short_name\twbs_name\r\n%R\t100\t1\tNORTH\tNorth wing\r\n%T\tTASK\r\n%F\ttask_id\tproj_id\twbs_id\tclndr_id\ttask_type\tstatus_code\ttask_code\ttask_name\ttarget_drtn_hr_cnt\tremain_drtn_hr_cnt\tact_start_date\tcstr_type\tcstr_date\r\n%R\t1\t1\t100\t10\tTT_Task\tTK_Active\tA10\t=Design\t40.5\t20.25\t2026-10-12 07:30\t\t\r\n%R\t2\t1\t100\t10\tTT_Task\tTK_NotStart\tA20\tBuild\t60\t60\t\tCS_MSOA\t2026-11-11 09:30\r\n%R\t3\t1\t100\t10\tTT_FinMile\tTK_NotStart\tA30\tDone\t0\t0\t\t\t\r\n%T\tTASKPRED\r\n%F\ttask_id\tpred_task_id\tpred_type\tlag_hr_cnt\r\n%R\t2\t1\tPR_FS\t7.25\r\n%R\t3\t2\tPR_FF\t0\r\n%E\r\n";

fn call(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_throughline")).args(arguments).output().expect("the program starts")
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path that is text")
}

/// A workspace without inputs.
pub fn workspace() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(folder.path().join("inputs")).expect("a folder");
    std::fs::write(folder.path().join("portfolio.toml"), "name = \"Plans\"\nreporting_currency = \"GBP\"\n").expect("settings");
    folder
}

/// Runs, and gives the findings that are errors.
pub fn run(folder: &Path, as_of: &str) -> Vec<String> {
    let output = call(&["run", text(folder), "--as-of", as_of, "--json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a document");
    let findings = document["findings"].as_array().expect("findings").iter();
    let errors = findings.filter(|finding| finding["severity"] == "error");
    errors.map(|finding| format!("{} {}", finding["code"], finding["message"])).collect()
}

/// The rows of the tidy schedule by activity, without the column that names the source.
pub fn schedule(folder: &Path) -> BTreeMap<String, BTreeMap<String, String>> {
    let set = std::fs::read_dir(folder.join("out")).expect("a set").filter_map(Result::ok).map(|entry| entry.path());
    let path = set.map(|set| set.join("data/schedule.csv")).find(|path| path.is_file()).expect("a schedule");
    let mut reader = csv::Reader::from_path(path).expect("opened");
    let headers = reader.headers().expect("headers").clone();
    let mut rows = BTreeMap::new();
    for record in reader.records().map(|record| record.expect("a record")) {
        let mut row: BTreeMap<String, String> =
            headers.iter().zip(&record).map(|(name, value)| (name.to_string(), value.to_string())).collect();
        row.remove("source");
        rows.insert(row["activity"].clone(), row);
    }
    rows
}

/// Runs on a file and on what is imported from it: the same schedule, and no error that the file did not have.
fn compare(path: &Path, as_of: &str) {
    let (of_file, of_workbook) = (workspace(), workspace());
    std::fs::copy(path, of_file.path().join("inputs").join(path.file_name().expect("a name"))).expect("copied");
    let target = of_workbook.path().join("inputs/plan.xlsx");
    let output = call(&["import", text(path), "--to", text(&target)]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let (errors_of_file, errors) = (run(of_file.path(), as_of), run(of_workbook.path(), as_of));
    let (ours, theirs) = (schedule(of_workbook.path()), schedule(of_file.path()));
    assert!(!ours.is_empty() && ours == theirs, "{}", path.display());
    assert_eq!(errors, errors_of_file, "{}", path.display());
    let (from_file, _) = sheets(path);
    let (from_workbook, _) = sheets(&target);
    for name in ["Activities", "Dependencies", "Calendars", "Calendar exceptions"] {
        assert!(count(&from_workbook, name) >= count(&from_file, name), "{name}");
    }
}

fn twins(folder: &Path, ending: &str, expected: usize) {
    let paths = files(folder, ending);
    assert_eq!(paths.len(), expected);
    for path in paths {
        let as_of = if ending == "xer" {
            crate::xer::Xer::read(&path).rows("PROJECT")[0]["last_recalc_date"].replace(' ', "T")
        } else {
            "2014-10-31".to_string()
        };
        compare(&path, &as_of);
    }
}

fn small_plan() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("north.xer");
    std::fs::write(&path, PLAN).expect("written");
    compare(&path, "2026-10-30T17:00");
    let target = folder.path().join("plan.xlsx");
    let output = call(&["import", text(&path), "--to", text(&target)]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    for part in ["4  Activities", "2  Dependencies", "1  Calendar exceptions"] {
        assert!(said.contains(part), "{said}");
    }
    let again = folder.path().join("again.xlsx");
    assert!(call(&["import", text(&path), "--to", text(&again)]).status.success());
    assert!(call(&["import", text(&path), "--to", text(&again), "--force"]).status.success());
    let bytes = |path: &Path| std::fs::read(path).expect("read");
    let third = folder.path().join("more").join("again.xlsx");
    std::fs::create_dir(folder.path().join("more")).expect("a folder");
    assert!(call(&["import", text(&path), "--to", text(&third)]).status.success());
    assert_eq!(bytes(&again), bytes(&third), "the same file gives the same bytes");
}

fn overwriting() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (path, target) = (folder.path().join("north.xer"), folder.path().join("plan.xlsx"));
    std::fs::write(&path, PLAN).expect("written");
    std::fs::write(&target, "mine").expect("written");
    let output = call(&["import", text(&path), "--to", text(&target)]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--force"));
    assert_eq!(std::fs::read(&target).expect("read"), b"mine");
    assert_eq!(call(&["import", text(&path), "--to", text(&target), "--force"]).status.code(), Some(0));
    assert!(std::fs::read(&target).expect("read").starts_with(b"PK"));
}

fn refusals() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let target = folder.path().join("plan.xlsx");
    for (name, bytes, code) in
        [("ledger.csv", &b"a,b\n1,2\n"[..], 2), ("empty.xer", b"", 3), ("no.xer", b"ERMHDR\t1\r\n%E\r\n", 3)]
    {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        assert_eq!(call(&["import", text(&path), "--to", text(&target)]).status.code(), Some(code), "{name}");
        assert!(!target.exists());
    }
    assert_eq!(call(&["import", text(&folder.path().join("absent.xer")), "--to", text(&target)]).status.code(), Some(3));
}

/// A plan with a broken calendar, a circle of links and a missing end.
fn damaged() {
    let work = workspace();
    let plan = PLAN
        .replace("(s|07:30|f|15:00)())))(0||3()", "(s|07:30|f|05:00)())))(0||3()")
        .replace("%R\t2\t1\tPR_FS\t7.25\r\n", "%R\t2\t1\tPR_FS\t7.25\r\n%R\t1\t2\tPR_FS\t0\r\n")
        .replace("%E\r\n", "");
    std::fs::write(work.path().join("inputs/plan.xer"), &plan).expect("written");
    let output = call(&["check", text(work.path()), "--as-of", "2026-10-30T17:00", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a document");
    let findings = document["findings"].as_array().expect("findings");
    let line = |part: &str| plan[..plan.find(part).expect("there")].matches('\n').count() + 1;
    let places = [
        ("S068", format!("CALENDAR line {}", line("%R\t10\tSite"))),
        ("S060", format!("TASKPRED line {}", plan.matches('\n').count())),
        ("M052", format!("TASKPRED line {}", line("%R\t1\t2\tPR_FS"))),
    ];
    for (code, cells) in &places {
        let found = findings
            .iter()
            .any(|finding| finding["code"] == *code && finding["cells"].as_str().is_some_and(|at| at.contains(cells.as_str())));
        assert!(found, "{code} at {cells}: {findings:#?}");
    }
    assert!(call(&["run", text(work.path()), "--as-of", "2026-10-30T17:00", "--quiet"]).status.success());
}
