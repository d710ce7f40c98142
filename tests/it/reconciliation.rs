//! Reconciliation as people meet it: reported positions of a city's capital projects, and the command.

use crate::harness::reference;
use libtest_mimic::Trial;
use std::fs;
use std::path::Path;
use throughline::analysis::reconciliation::{PositionsCheck, StatedIn};
use throughline::base::disk::Disk;
use throughline::pipeline::run::{self, Prepared, Stage, Watcher};
use throughline::pipeline::workspace::{Request, Workspace};

pub fn trials() -> Vec<Trial> {
    vec![reference(
        "reconciliation::capital_projects_have_exactly_four_exceptions",
        "workbooks/capital-projects",
        capital_projects_have_exactly_four_exceptions,
    )]
}

struct Silent;

impl Watcher for Silent {
    fn stage(&self, _stage: Stage) {}
    fn done(&self) {}
}

/// What a workspace of these files comes to.
fn looked_at(settings: &str, files: &[(&str, Vec<u8>)]) -> Prepared {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("portfolio.toml"), settings).expect("written");
    fs::create_dir_all(folder.path().join("inputs")).expect("a folder");
    for (name, bytes) in files {
        fs::write(folder.path().join("inputs").join(name), bytes).expect("written");
    }
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 5).expect("a date");
    let request = Request { root: folder.path().to_path_buf(), as_of: None, out: None, today };
    let disk = Disk::real();
    let workspace = Workspace::open(&disk, &request).expect("a workspace");
    run::look(&disk, &workspace, None, &Silent).expect("read")
}

const CITY: &str = r#"
name = "Capital projects"
as_of = "2019-09-30"
reporting_currency = "USD"

[[source]]
files = "*.csv"
use = "mappings/nyc-capital-projects.toml"
"#;

fn capital_projects_have_exactly_four_exceptions(folder: &Path) {
    let file = fs::read(folder.join("Capital_Projects.csv")).expect("the file");
    let text = String::from_utf8(file.clone()).expect("text");
    let check = looked_at(CITY, &[("Capital_Projects.csv", file)]).analyses.reconciliation.positions;
    judge(&check);
    // The order of the rows says nothing.
    let mut records = records_of(&text);
    let header = records.remove(0);
    records.reverse();
    let turned = format!("{header}\n{}\n", records.join("\n"));
    judge(&looked_at(CITY, &[("Capital_Projects.csv", turned.into_bytes())]).analyses.reconciliation.positions);
}

/// The figures of the reference data's own description.
fn judge(check: &PositionsCheck) {
    assert_eq!((check.moves_tested, check.moves_tie), (1_779, 1_775));
    let exceptions: Vec<String> =
        check.exceptions.iter().map(|each| format!("{} {}", each.item, each.as_of.format("%Y-%m"))).collect();
    assert_eq!(exceptions, ["314 2015-02", "366 2016-01", "449 2018-08", "570 2018-08"]);
    assert!(check.exceptions.iter().all(|each| !each.candidates.is_empty()), "each has something to look at");
    let columns: Vec<StatedIn> = check.back_filled.iter().map(|column| column.stated).collect();
    assert_eq!(columns, [StatedIn::Total], "the total is no history, the change is");
}

/// The records of a csv file as they stand; a line break within quotes does not end one.
fn records_of(text: &str) -> Vec<String> {
    let mut records = Vec::new();
    let mut open = false;
    let mut record = String::new();
    for line in text.lines() {
        open ^= line.matches('"').count() % 2 == 1;
        record.push_str(line);
        if open {
            record.push('\n');
        } else {
            records.push(std::mem::take(&mut record));
        }
    }
    records
}
