//! Reconciliation as people meet it: reported positions of a city's capital projects, and the command.

use crate::harness::{reference, test};
use libtest_mimic::Trial;
use std::fs;
use std::path::Path;
use throughline::analysis::reconciliation::{PositionsCheck, StatedIn, Statement, Topic};
use throughline::base::disk::Disk;
use throughline::pipeline::run::{self, Prepared, Stage, Watcher};
use throughline::pipeline::workspace::{Request, Workspace};

pub fn trials() -> Vec<Trial> {
    vec![
        reference(
            "reconciliation::capital_projects_have_exactly_four_exceptions",
            "workbooks/capital-projects",
            capital_projects_have_exactly_four_exceptions,
        ),
        test("reconciliation::the_command_tells_what_does_not_tie_first", command_tells_exceptions_first),
        test("reconciliation::the_command_refuses_a_folder_without_settings", command_needs_a_workspace),
        test("reconciliation::what_a_sheet_holds_ties_to_the_cost", sheets_tie_to_the_cost),
        test("reconciliation::the_sample_ties_but_for_its_own_differences", sample_ties),
    ]
}

struct Silent;

impl Watcher for Silent {
    fn stage(&self, _stage: Stage) {}
    fn done(&self) {}
}

/// A workspace of these files.
fn workspace(settings: &str, files: &[(&str, Vec<u8>)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("portfolio.toml"), settings).expect("written");
    fs::create_dir_all(folder.path().join("inputs")).expect("a folder");
    for (name, bytes) in files {
        fs::write(folder.path().join("inputs").join(name), bytes).expect("written");
    }
    folder
}

/// What a workspace of these files comes to.
fn looked_at(settings: &str, files: &[(&str, Vec<u8>)]) -> Prepared {
    let folder = workspace(settings, files);
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

const HOUSE: &str = r#"
name = "A small house"
as_of = "2026-10-31"
reporting_currency = "GBP"
"#;

/// A ledger with a line in euros, one without a currency, a key used twice, one that no one can read, and one too late.
const LEDGER: &str = "\
Entry ID,Posting date,Initiative,Category,Type,Amount,Currency
E1,2026-10-05,I1,Labour,actual,100.00,GBP
E2,2026-10-06,I1,Labour,accrual,20.50,GBP
E3,2026-10-07,I1,Labour,actual,10.00,EUR
E4,2026-10-08,I1,Travel,actual,3.25,
E1,2026-10-05,I1,Labour,actual,100.00,GBP
E5,2026-10-09,I1,Labour,actual,ten pounds,GBP
E6,2026-11-03,I1,Labour,actual,7.00,GBP
E7,2026-10-12,,Labour,actual,1.00,GBP
";

const POSITIONS: &str = "\
Item,As-of,Measure,Value,Stated change
I1,2026-08-31,Forecast,1000,
I1,2026-09-30,Forecast,1090,90
I1,2026-10-31,Forecast,1200,101
";

fn house() -> Vec<(&'static str, Vec<u8>)> {
    let csv = |text: &str| text.as_bytes().to_vec();
    vec![
        ("initiatives.csv", csv("Initiative ID,Name,Owner,Status,Approved budget\nI1,One,Ann Example,active,500\n")),
        ("people.csv", csv("Person ID,Name\nP1,Ann Example\n")),
        ("actuals.csv", csv(LEDGER)),
        (
            "budgets.csv",
            csv("Initiative,Category,Capex/Opex,Period,Amount\nI1,Labour,opex,Oct 2026,400\nI1,Travel,opex,Oct 2026,60\n"),
        ),
        ("fx.csv", csv("From,To,Kind,Period,Rate\nEUR,GBP,average,Oct 2026,0.9\n")),
        ("reported positions.csv", csv(POSITIONS)),
    ]
}

fn sheets_tie_to_the_cost() {
    let prepared = looked_at(HOUSE, &house());
    let reconciliation = &prepared.analyses.reconciliation;
    assert_eq!(reconciliation.faults().count(), 0, "{:?}", reconciliation.open());
    let told = |name: &str| -> Vec<String> {
        let tell = |each: &Statement| {
            let steps: Vec<String> = each.adjustments.iter().map(|step| step.amount.to_string()).collect();
            format!("{} {} = {}", each.source.amount.normalize(), steps.join(" "), each.reported.amount.normalize())
        };
        let of_ledger =
            reconciliation.statements.iter().filter(|each| each.scope.starts_with("actuals") || each.topic != Topic::Source);
        of_ledger.filter(|each| each.name.starts_with(name)).map(tell).collect()
    };
    // By hand: GBP 100 + 20.50 + 100 (twice) + 7 + 1; the 3.25 names no currency and is the initiative's.
    assert_eq!(told("Source to lines"), ["10  = 10", "228.5 -100 3.25 = 131.75", "3.25 -3.25 = 0"]);
    assert_eq!(told("Ledger to actual cost"), ["10  = 10", "131.75 -7 = 124.75"]);
    assert_eq!(told("Actual cost to the Cost page"), ["124.75 9 = 133.75"]);
    assert_eq!(told("Actual cost to its parts")[0], "133.75 -1 = 132.75");
}

fn command_tells_exceptions_first() {
    let folder = workspace(HOUSE, &house());
    let call = |arguments: &[&str]| {
        let path = folder.path().to_str().expect("a path that is text");
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_throughline"));
        let output = program.arg("reconcile").arg(path).args(arguments).output().expect("the program starts");
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    };
    let brief = call(&[]);
    assert!(brief.lines().all(|line| line.chars().count() <= 100), "{brief}");
    let place = |text: &str, words: &str| text.find(words).unwrap_or_else(|| panic!("{words} in {text}"));
    let order =
        ["Totals ", "tie with a difference of 0.00; 1 do not", "Approved to current budget, I1 (GBP)", "Reported positions"];
    assert!(order.windows(2).all(|pair| place(&brief, pair[0]) < place(&brief, pair[1])), "{brief}");
    assert!(brief.contains("2 changes tested in 1 series: 1 tie, 1 do not"), "{brief}");
    assert!(brief.contains("[reported positions.csv line 4, column 5]"), "{brief}");
    assert!(!brief.contains("Ledger to actual cost"), "what ties is counted, not shown: {brief}");
    let all = call(&["--all"]);
    assert!(place(&all, "Approved to current budget") < place(&all, "Ledger to actual cost"), "{all}");
    let json: serde_json::Value = serde_json::from_str(&call(&["--json"])).expect("one document");
    let open: Vec<&serde_json::Value> =
        json["statements"].as_array().expect("a list").iter().filter(|each| each["ties"] == false).collect();
    assert_eq!((open.len(), &open[0]["difference"], &open[0]["must_tie"]), (1, &"40".into(), &false.into()));
    assert_eq!(json["positions"]["exceptions"][0]["difference"], "9");
    assert!(!folder.path().join("out").exists(), "nothing is written");
}

fn command_needs_a_workspace() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_throughline"));
    let output = program.arg("reconcile").arg(folder.path()).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("throughline init"), "a hint");
}

fn sample_ties() {
    let reconciliation = &crate::sample::prepared().analyses.reconciliation;
    assert_eq!(reconciliation.faults().count(), 0);
    assert!(reconciliation.tied() > 100, "{} tie", reconciliation.tied());
    assert!(reconciliation.open().iter().all(|each| !each.must_tie));
    // The page of the cost position says what the last statement of its chain says.
    let total = crate::sample::prepared().analyses.cost.total.life.actual.expect("a total").amount();
    let chain = reconciliation.statements.iter().find(|each| each.name == "Actual cost to the Cost page").expect("a statement");
    assert_eq!(chain.reported.amount, total);
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
