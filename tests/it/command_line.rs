//! The program as a user meets it: workspaces in temporary folders, exit codes, what is printed, what is written.

use crate::harness::{root, test};
use libtest_mimic::Trial;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub fn trials() -> Vec<Trial> {
    vec![
        test("command_line::the_sample_runs_and_its_set_is_whole", sample_runs),
        test("command_line::every_flaw_of_the_sample_is_found_at_its_cell", flaws_are_found),
        test("command_line::the_same_inputs_give_the_same_bytes", same_bytes),
        test("command_line::a_later_run_tells_the_change_since_the_earlier", change_since_last_run),
        test("command_line::strict_publishes_nothing_where_there_are_errors", strict),
        test("command_line::settings_that_cannot_be_are_refused_with_a_hint", bad_settings),
        test("command_line::a_workspace_that_is_held_is_left_alone", held),
        test("command_line::an_unwritable_output_is_named", unwritable),
        test("command_line::a_blank_workspace_is_made_checked_and_run", blank_workspace),
        test("command_line::init_changes_nothing_that_is_there", init_refuses),
        test("command_line::the_built_in_sample_is_the_folder", sample_is_embedded),
        test("command_line::the_templates_are_those_of_the_contracts", templates_are_current),
        test("command_line::every_topic_command_and_table_has_its_page", manual),
        test("command_line::a_broken_file_beside_good_ones_stops_nothing", broken_file),
        test("command_line::explain_answers_by_id_measure_and_folder", explain),
    ]
}

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_throughline"))
}

fn call(arguments: &[&str]) -> Output {
    program().args(arguments).output().expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn path_text(path: &Path) -> &str {
    path.to_str().expect("a path that is text")
}

/// A workspace with the sample's settings and inputs.
fn sample() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(&root().join("sample_data/portfolio.toml"), &folder.path().join("portfolio.toml"));
    fs::create_dir(folder.path().join("inputs")).expect("a folder");
    for name in names(&root().join("sample_data/inputs")) {
        copy(&root().join("sample_data/inputs").join(&name), &folder.path().join("inputs").join(&name));
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::copy(from, to).unwrap_or_else(|error| panic!("{} to {}: {error}", from.display(), to.display()));
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut names: Vec<String> = entries.map(|entry| text(entry.expect("an entry").file_name().as_encoded_bytes())).collect();
    names.sort();
    names
}

/// Every file below a folder, by name, with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for name in names(folder) {
        let path = folder.join(&name);
        if path.is_dir() {
            found.extend(files(&path).into_iter().map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else {
            found.insert(name, fs::read(&path).expect("a file"));
        }
    }
    found
}

fn published(workspace: &Path) -> PathBuf {
    workspace.join("out/2026-10-31")
}

fn sample_runs() {
    let workspace = sample();
    let output = call(&["run", path_text(workspace.path())]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    for words in [
        "as of 2026-10-31",
        "Rows",
        "Ledger",
        "Findings",
        "Performance Dashboard.xlsx",
        "Master Execution Plan.xlsx",
        "Data Quality.xlsx",
    ] {
        assert!(said.contains(words), "{words} in\n{said}");
    }
    let set = files(&published(workspace.path()));
    let plan = ["schedule", "schedule_health", "baseline_comparison", "cross_links", "buffers", "framework", "accountability"];
    let others = ["earned_value", "cost", "risks", "kpis", "benefits", "findings", "control_totals", "headlines"];
    for result in plan.into_iter().chain(others) {
        for kind in ["csv", "parquet"] {
            let name = format!("data/{result}.{kind}");
            assert!(set.get(&name).is_some_and(|bytes| bytes.len() > 20), "{name} is missing or empty");
        }
    }
    let manifest: Value = serde_json::from_slice(&set["manifest.json"]).expect("json");
    let outputs = manifest["outputs"].as_array().expect("outputs");
    assert_eq!(outputs.len() + 1, set.len(), "the manifest names every file but itself");
    for output in outputs {
        let bytes = &set[output["file"].as_str().expect("a name")];
        assert_eq!(output["sha256"], throughline::base::digest::sha256(bytes));
    }
    assert_eq!(names(&workspace.path().join("out")), ["2026-10-31"], "nothing is left beside the set");
}

fn findings(workspace: &Path) -> Vec<Value> {
    let output = call(&["check", path_text(workspace), "--json"]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let document: Value = serde_json::from_slice(&output.stdout).expect("json");
    document["findings"].as_array().expect("findings").clone()
}

/// True where addresses such as `G36, B4:B9, row 30` name a cell.
fn names_cell(addresses: &str, cell: &str) -> bool {
    let split = cell.find(|letter: char| letter.is_ascii_digit()).expect("a cell");
    let (column, row) = (&cell[..split], cell[split..].parse::<u32>().expect("a row"));
    addresses.split(", ").any(|part| {
        let (letters, rows) = match part.strip_prefix("row ") {
            Some(rows) => (column.to_string(), rows.to_string()),
            None => (
                part.chars().take_while(char::is_ascii_alphabetic).collect(),
                part.replace(|c: char| c.is_ascii_alphabetic(), ""),
            ),
        };
        let mut bounds = rows.split(':').filter_map(|bound| bound.parse::<u32>().ok());
        let first = bounds.next().unwrap_or(0);
        letters == column && (first..=bounds.next().unwrap_or(first)).contains(&row)
    })
}

fn flaws_are_found() {
    let workspace = sample();
    let findings = findings(workspace.path());
    let list = fs::read_to_string(root().join("sample_data/FLAWS.md")).expect("the list of flaws");
    let flaws: Vec<Vec<&str>> = list
        .lines()
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>())
        .filter(|cells| cells.len() >= 6 && cells[0].parse::<u32>().is_ok())
        .collect();
    assert!(flaws.len() >= 12, "{} flaws listed", flaws.len());
    for flaw in flaws {
        let (file, sheet, cell) = (flaw[1], if flaw[2] == "(csv)" { "" } else { flaw[2] }, flaw[3]);
        let at = |finding: &&Value| {
            finding["file"] == file && finding["sheet"] == sheet && names_cell(finding["cells"].as_str().unwrap_or(""), cell)
        };
        assert!(findings.iter().any(|finding| at(&finding)), "nothing is said of {file} > {sheet}!{cell}: {}", flaw[4]);
    }
}

fn same_bytes() {
    let first = sample();
    call(&["run", path_text(first.path())]);
    let expected = files(&published(first.path()));
    let rerun = program().args(["run", path_text(first.path())]).env("TZ", "Pacific/Auckland").output().expect("it runs");
    assert_eq!(rerun.status.code(), Some(0));
    assert!(files(&published(first.path())) == expected, "a second run changed something");
    let second = sample();
    let environment =
        [("RAYON_NUM_THREADS", "1"), ("POLARS_MAX_THREADS", "1"), ("TZ", "America/New_York"), ("LANG", "de_DE.UTF-8")];
    let output = program().args(["run", path_text(second.path())]).envs(environment).output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    for (name, bytes) in files(&published(second.path())) {
        assert!(expected.get(&name) == Some(&bytes), "{name} differs with one thread, in another time zone and folder");
    }
}

fn change_since_last_run() {
    let workspace = sample();
    let root = path_text(workspace.path());
    assert_eq!(call(&["run", root, "--as-of", "2026-09-30", "--quiet"]).status.code(), Some(0));
    let alone = sample();
    call(&["run", path_text(alone.path()), "--quiet"]);
    assert_eq!(call(&["run", root, "--quiet"]).status.code(), Some(0));
    let read = |folder: &Path| -> Value {
        serde_json::from_slice(&fs::read(published(folder).join("manifest.json")).expect("a manifest")).expect("json")
    };
    let (after, first) = (read(workspace.path()), read(alone.path()));
    let named = |manifest: &Value| manifest["inputs"].to_string().contains("out/2026-09-30/data/headlines.csv");
    assert!(named(&after) && !named(&first), "the earlier run counts among the inputs");
    assert_ne!(after["run_id"], first["run_id"]);
}

fn strict() {
    let workspace = sample();
    let output = call(&["run", path_text(workspace.path()), "--strict"]);
    assert_eq!(output.status.code(), Some(6));
    assert!(text(&output.stderr).contains("nothing was published"), "{}", text(&output.stderr));
    assert!(!published(workspace.path()).exists());
}

fn bad_settings() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = path_text(folder.path());
    let none = call(&["run", root]);
    assert_eq!(none.status.code(), Some(2));
    assert!(text(&none.stderr).contains("throughline init"), "{}", text(&none.stderr));
    let cases = [
        ("name = \"x\"\nreporting_currency = \"GBP\"\nas_off = \"2026-10-31\"\n", "did you mean `as_of`"),
        ("name = \"x\"\nreporting_currency = \"POUNDS\"\n", "three letters"),
        ("name = \"x\"\nreporting_currency = \"GBP\"\nas_of = \"31/10/2026\"\n", "2026-10-31"),
        ("name = \"x\"\nreporting_currency = \"GBP\"\n[fiscal_year]\nperiods = \"4-4-5\"\n", "year_end"),
        ("name = \"x\"\nreporting_currency = \"GBP\"\n[thresholds]\nindex_red = 0.99\n", "smaller"),
        ("name = \"x\"\nreporting_currency = \"GBP\"\n[[source]]\nfiels = \"*\"\n", "files"),
        ("name = \"x\"\nreporting_currency = \"GBP\"\n[output]\ntheme = \"pink\"\n", "colour-blind-safe"),
        ("name = \"x\"\nreporting_currency = \"GBP\"\n[schedule]\nlag_calender = \"24-hour\"\n", "did you mean `lag_calendar`"),
        ("name = \"x\"\nreporting_currency = \"GBP\"\n[schedule]\nprofile = \"msp\"\n", "microsoft-project"),
        ("name = \n", "settings"),
    ];
    for (settings, hint) in cases {
        fs::write(folder.path().join("portfolio.toml"), settings).expect("a file");
        let output = call(&["check", root]);
        assert_eq!(output.status.code(), Some(2), "{settings}");
        let said = text(&output.stderr);
        assert!(said.contains("hint:") && said.contains(hint), "{settings}\n{said}");
    }
    assert_eq!(call(&["run", root, "--as-of", "yesterday"]).status.code(), Some(2));
}

fn held() {
    let workspace = sample();
    let disk = throughline::base::disk::Disk::real();
    let lock = throughline::base::disk::WorkspaceLock::acquire(&disk, workspace.path(), "somebody else's run").expect("free");
    let output = call(&["run", path_text(workspace.path())]);
    assert_eq!(output.status.code(), Some(4));
    assert!(text(&output.stderr).contains("somebody else's run"), "{}", text(&output.stderr));
    drop(lock);
    assert_eq!(call(&["run", path_text(workspace.path()), "--quiet"]).status.code(), Some(0));
}

fn unwritable() {
    let workspace = sample();
    fs::write(workspace.path().join("blocked"), "a file, not a folder").expect("a file");
    let out = workspace.path().join("blocked/out");
    let output = call(&["run", path_text(workspace.path()), "--out", path_text(&out)]);
    assert_eq!(output.status.code(), Some(3), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("blocked"), "{}", text(&output.stderr));
}

fn blank_workspace() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().join("ours");
    let made = call(&["init", path_text(&root)]);
    assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
    assert!(root.join("inputs/plan.xlsx").is_file());
    let check = call(&["check", path_text(&root), "--as-of", "2026-10-31", "--json"]);
    let document: Value = serde_json::from_slice(&check.stdout).expect("json");
    assert_eq!((check.status.code(), &document["counts"]["errors"]), (Some(0), &Value::from(0)), "{}", text(&check.stdout));
    assert_eq!(document["counts"]["warnings"], 0, "{}", text(&check.stdout));
    let run = call(&["run", path_text(&root), "--as-of", "2026-10-31"]);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
}

fn init_refuses() {
    let workspace = sample();
    let before = files(workspace.path());
    let output = call(&["init", path_text(workspace.path())]);
    assert_eq!(output.status.code(), Some(2));
    assert!(files(workspace.path()) == before);
}

fn sample_is_embedded() {
    let folder = root().join("sample_data");
    let mut expected: Vec<String> = names(&folder.join("inputs")).into_iter().map(|name| format!("inputs/{name}")).collect();
    expected.push("portfolio.toml".to_string());
    let mut listed: Vec<&str> = throughline::pipeline::sample::SAMPLE.iter().map(|(name, _)| *name).collect();
    listed.sort_unstable();
    expected.sort();
    assert_eq!(listed, expected, "src/pipeline/sample.rs lists the sample's files");
}

fn templates_are_current() {
    let made = throughline::pipeline::init::templates().expect("templates");
    let folder = root().join("templates");
    if std::env::var_os("THROUGHLINE_WRITE_TEMPLATES").is_some() {
        for (name, bytes) in &made {
            fs::write(folder.join(name), bytes).expect("a template");
        }
    }
    let listed: Vec<String> =
        names(&folder).into_iter().filter(|name| Path::new(name).extension().is_some_and(|kind| kind == "xlsx")).collect();
    let mut expected: Vec<&str> = made.iter().map(|(name, _)| name.as_str()).collect();
    expected.sort_unstable();
    assert_eq!(listed, expected);
    for (name, bytes) in &made {
        let same = fs::read(folder.join(name)).is_ok_and(|there| there == *bytes);
        assert!(same, "templates/{name} lags behind its contracts: run this test with THROUGHLINE_WRITE_TEMPLATES=1");
    }
}

fn manual() {
    let help = text(&call(&["help"]).stdout);
    for topic in throughline::docs::topics() {
        assert!(help.contains(topic.name), "{} is listed", topic.name);
        let page = call(&["help", topic.name]);
        assert_eq!(page.status.code(), Some(0));
        assert!(page.stdout.len() > 200, "{} has a page", topic.name);
    }
    for command in ["init", "check", "run", "explain", "fields", "help", "completions", "man"] {
        assert!(help.contains(command) && call(&["help", command]).status.success(), "{command}");
    }
    for contract in throughline::table::contracts::all() {
        let page = text(&call(&["fields", &contract.name]).stdout);
        for field in &contract.fields {
            assert!(page.contains(field.header.as_ref()), "{} in the page of {}", field.header, contract.name);
        }
    }
    let near = call(&["fields", "Risk"]);
    assert!(near.status.code() == Some(2) && text(&near.stderr).contains("Risks"), "{}", text(&near.stderr));
    assert!(text(&call(&["completions", "bash"]).stdout).contains("throughline"));
    assert!(text(&call(&["man"]).stdout).contains(".TH throughline"));
}

fn broken_file() {
    let workspace = sample();
    fs::write(workspace.path().join("inputs/broken.xlsx"), b"PK\x03\x04 and then nothing").expect("a file");
    fs::write(workspace.path().join("inputs/~$plan.xlsx"), b"owner").expect("a file");
    let output = call(&["run", path_text(workspace.path()), "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let document: Value = serde_json::from_slice(&output.stdout).expect("json");
    let said = |file: &str, severity: &str| {
        let list = document["findings"].as_array().expect("findings");
        list.iter().any(|finding| finding["file"] == file && finding["severity"] == severity)
    };
    assert!(said("broken.xlsx", "error") && said("~$plan.xlsx", "info"));
    assert!(published(workspace.path()).join("Performance Dashboard.xlsx").is_file());
}

fn explain() {
    let workspace = sample();
    let root = path_text(workspace.path());
    let whole = call(&["explain", "LU-101", "finish", root]);
    assert_eq!(whole.status.code(), Some(0), "{}", text(&whole.stderr));
    let said = text(&whole.stdout);
    assert!(said.contains("LU-101 finishes") && said.contains("because") && said.contains("> Dependencies!"), "{said}");
    let brief = call(&["explain", "LU-101/A270", root, "--json"]);
    let document: Value = serde_json::from_slice(&brief.stdout).expect("json");
    assert_eq!((brief.status.code(), &document["measure"]), (Some(0), &Value::Null));
    assert!(document["lines"].as_array().is_some_and(|lines| lines.len() > 4 && lines[0]["cell"].is_string()), "{document}");
    let unknown = call(&["explain", "LU-10", root]);
    assert!(
        unknown.status.code() == Some(2) && text(&unknown.stderr).contains("did you mean LU-101"),
        "{}",
        text(&unknown.stderr)
    );
    let slip = call(&["explain", "LU-101", "finsh", root]);
    assert!(slip.status.code() == Some(2) && text(&slip.stderr).contains("did you mean finish"), "{}", text(&slip.stderr));
    assert!(!workspace.path().join("out").exists(), "asking publishes nothing");
}
