//! Workbooks that others made, read through mappings and contracts of our own: findings at the right cell, and none where
//! there should be none.

use crate::harness::{reference, root};
use libtest_mimic::Trial;
use std::fmt::Write as _;
use std::path::Path;
use throughline::base::disk::Disk;
use throughline::base::finding::{Finding, Findings, Severity};
use throughline::source::raw::{SourceFile, Value};
use throughline::source::{self, Limits};
use throughline::table::check::CheckSettings;
use throughline::table::mapping::Mappings;
use throughline::table::tables::{Table, Tables, ValueState};

pub fn trials() -> Vec<Trial> {
    vec![
        reference("layout_workbooks::a_responsibility_matrix", "workbooks/pm-handbook", responsibility_matrix),
        reference("layout_workbooks::an_indented_plan", "workbooks/pm-handbook", indented_plan),
        reference("layout_workbooks::a_form_of_two_thousand_cells", "workbooks/government-return", two_thousand_cells),
        reference("layout_workbooks::audit_workbooks_with_one_defect_each", "workbooks/grant-audit/should_fail", one_defect_each),
        reference("layout_workbooks::audit_workbooks_without_defects", "workbooks/grant-audit/should_pass", no_defects),
    ]
}

fn read(case: &str, folder: &Path, names: &[&str]) -> (Tables, Findings) {
    let settings = std::fs::read_to_string(root().join("tests/cases").join(case).join("portfolio.toml")).expect("the settings");
    let (mappings, wrong) = Mappings::from_toml(&settings, |_| None);
    assert!(wrong.0.is_empty(), "{wrong:?}");
    let files: Vec<SourceFile> =
        names.iter().map(|name| SourceFile { path: folder.join(name), name: (*name).to_string() }).collect();
    let intake = source::read(&Disk::real(), &files, &Limits::default()).0;
    throughline::table::read(&intake.sheets, &mappings, &CheckSettings::default())
}

/// Errors and warnings about a file, as `code place` (sources without files in this reading are left out).
fn told(findings: &Findings, name: &str) -> Vec<String> {
    let serious = |finding: &&Finding| matches!(finding.severity(), Severity::Error | Severity::Warning);
    let here = |finding: &&Finding| finding.origin.as_ref().is_some_and(|origin| origin.sheet.file == name);
    let place = |finding: &Finding| {
        let origin = finding.origin.as_ref().expect("a place");
        format!("{} {}!{}", finding.code.id, origin.sheet.sheet, origin.address())
    };
    let mut told: Vec<String> = findings.0.iter().filter(here).filter(serious).map(place).collect();
    told.sort();
    told
}

/// 8 steps and 6 roles; the two steps without an R are known to be so.
fn responsibility_matrix(folder: &Path) {
    let (tables, findings) = read("responsibility_matrix", folder, &["RACI.xlsx"]);
    assert_eq!(told(&findings, "RACI.xlsx"), [""; 0], "{findings:?}");
    let table = tables.get("Responsibilities").expect("read");
    assert_eq!(table.len(), 48);
    let mut without: Vec<&str> = table.rows().filter_map(|row| row.text("step")).collect();
    without.dedup();
    without.retain(|step| !table.rows().any(|row| row.text("step") == Some(*step) && row.text("part") == Some("R")));
    assert_eq!(without, ["Project Planning", "Status Report"]);
    let lead =
        table.rows().find(|row| row.text("step") == Some("Sprint Planning") && row.text("role") == Some("SDM")).expect("a cell");
    assert_eq!((lead.text("part"), lead.origin("part").to_string()), (Some("A"), "RACI.xlsx > RACI!D6".to_string()));
}

/// The rows without dates are the groups, and nothing else is.
fn indented_plan(folder: &Path) {
    let (tables, findings) = read("indented_plan", folder, &["Project Plan.xlsx"]);
    assert_eq!(findings.count(Severity::Error), 0, "{findings:?}");
    let rows = |name: &str| tables.get(name).map_or(0, Table::len);
    assert_eq!((rows("Activities"), rows("Dependencies"), rows("Assignments")), (39, 13, 33));
    let activities = tables.get("Activities").expect("read");
    for row in activities.rows() {
        assert_eq!(row.text("type") == Some("summary"), row.moment("baseline_start").is_none(), "{:?}", row.text("name"));
    }
    let design = activities.rows().find(|row| row.text("activity_id") == Some("7")).expect("a row");
    assert_eq!((design.text("wbs"), design.text("duration")), (Some("2.1.1"), Some("5w")));
    let links: Vec<(Option<&str>, Option<&str>)> =
        tables.get("Dependencies").expect("read").rows().map(|row| (row.text("predecessor"), row.text("successor"))).collect();
    assert_eq!(&links[..4], [(Some("2"), Some("3")), (Some("2"), Some("4")), (Some("2"), Some("7")), (Some("7"), Some("8"))]);
}

/// Settings that read each cell of a list as a field of its own, one table a sheet.
fn settings_of(cells: &[(String, String)]) -> String {
    let mut settings = String::from("[[source]]\nfiles = \"*.xlsm\"\n");
    let mut contracts = String::new();
    let mut sheets: Vec<&str> = cells.iter().map(|(sheet, _)| sheet.as_str()).collect();
    sheets.dedup();
    for sheet in sheets {
        let own: Vec<&str> = cells.iter().filter(|(name, _)| name == sheet).map(|(_, cell)| cell.as_str()).collect();
        let fields: Vec<String> = own.iter().map(|cell| format!("{{ name = \"At {cell}\" }}")).collect();
        let places: Vec<String> = own.iter().map(|cell| format!("at_{} = \"{cell}\"", cell.to_lowercase())).collect();
        let _ = write!(contracts, "[[contract]]\nname = \"{sheet}\"\nfield = [{}]\n", fields.join(", "));
        let _ = write!(
            settings,
            "[[source.table]]\nas = \"{sheet}\"\nsheets = \"{sheet}\"\n[source.table.cells]\n{}\n",
            places.join("\n")
        );
    }
    contracts + &settings
}

/// Every cell that the return's own list names is read, at its place, as what it is: a value, an error or nothing.
fn two_thousand_cells(folder: &Path) {
    let mut list = csv::Reader::from_path(folder.join("datamaps_datamap.csv")).expect("the list");
    let mut cells: Vec<(String, String)> = list
        .records()
        .map(|record| record.expect("a record"))
        .map(|record| (record[1].trim().to_string(), record[2].trim().to_string()))
        .collect();
    cells.sort();
    cells.dedup();
    let (mappings, wrong) = Mappings::from_toml(&settings_of(&cells), |_| None);
    assert!(wrong.0.is_empty(), "{wrong:?}");
    let name = "dft1_tmp.xlsm".to_string();
    let intake = source::read(&Disk::real(), &[SourceFile { path: folder.join(&name), name }], &Limits::default()).0;
    let (tables, _) = throughline::table::read(&intake.sheets, &mappings, &CheckSettings::default());
    let (mut values, mut errors) = (0, 0);
    for (sheet, cell) in &cells {
        let raw = intake.sheets.iter().find(|raw| raw.name.sheet == *sheet).unwrap_or_else(|| panic!("{sheet}"));
        let (row, col) = throughline::base::origin::parse_cell(cell).expect("a cell");
        let table = tables.get(sheet).unwrap_or_else(|| panic!("{sheet}"));
        let key = format!("at_{}", cell.to_lowercase());
        let read = table.rows().next().expect("one record");
        assert_eq!(read.origin(&key).address(), *cell, "{sheet}");
        let field = u16::try_from(table.contract.position(&key).expect("a field")).expect("few");
        match raw.cell(row, col).map(|(value, _)| value) {
            Some(Value::Error(_)) => {
                errors += 1;
                assert_eq!(table.states.get(&(0, field)), Some(&ValueState::Error), "{sheet}!{cell}");
            }
            Some(Value::Text(index)) if raw.text(index).trim().is_empty() => assert_eq!(read.text(&key), None),
            Some(Value::NeverCalculated) => assert_eq!(read.text(&key), None),
            Some(_) => {
                values += 1;
                assert!(read.text(&key).is_some() || table.states.contains_key(&(0, field)), "{sheet}!{cell}");
            }
            None => assert_eq!(read.text(&key), None, "{sheet}!{cell}"),
        }
    }
    assert!(values > 500, "{values} values and {errors} errors of {}", cells.len());
}

/// The name of each file is its defect.
fn one_defect_each(folder: &Path) {
    let cases: [(&str, &[&str]); 7] = [
        ("audit-findings/has_bad_award_references.xlsx", &["T013 Form!A2"]),
        ("audit-findings/has_bad_finding_reference.xlsx", &["T013 Form!B2"]),
        ("audit-findings/has_bad_prior_references.xlsx", &["T013 Form!K2"]),
        (
            "audit-findings/has-bad-yes-or-no-inputs.xlsx",
            &["T001 Form!D2", "T001 Form!E2", "T001 Form!F2", "T001 Form!G2", "T001 Form!H2", "T001 Form!I2", "T001 Form!J2"],
        ),
        (
            "audit-findings/missing-required-fields.xlsx",
            &[
                "T001 Form!A2",
                "T001 Form!B2",
                "T001 Form!C2",
                "T001 Form!D2",
                "T001 Form!E2",
                "T001 Form!F2",
                "T001 Form!G2",
                "T001 Form!H2",
                "T001 Form!I2",
                "T001 Form!J2",
            ],
        ),
        (
            "notes-to-sefa/empty-notes-to-sefa.xlsx",
            &[
                "T001 Coversheet!B4",
                "T001 Coversheet!B5",
                "T001 Coversheet!B6",
                "T001 Coversheet!B7",
                "T017 Coversheet!B2",
                "T017 Coversheet!B3",
            ],
        ),
        ("notes-to-sefa/mangled-notes-to-sefa.xlsx", &["T337 Coversheet!"]),
    ];
    for (name, expected) in cases {
        let (_, findings) = read("audit_findings", folder, &[name]);
        assert_eq!(told(&findings, name), expected, "{name}");
    }
}

fn no_defects(folder: &Path) {
    let names = ["audit-findings-100010.xlsx", "federal-awards-100010.xlsx"];
    for name in names {
        let (tables, findings) = read("audit_findings", folder, &[name]);
        assert_eq!(told(&findings, name), [""; 0], "{findings:?}");
        if name.starts_with("federal") {
            awards_are_those_of_the_expected_data(folder, &tables);
        }
    }
}

fn awards_are_those_of_the_expected_data(folder: &Path, tables: &Tables) {
    let text = std::fs::read_to_string(folder.join("test-array-100010.json")).expect("the expected data");
    let all: serde_json::Value = serde_json::from_str(&text).expect("json");
    let expected = all.as_array().expect("a list").iter().find(|part| part["endpoint"] == "federal_awards").expect("awards");
    let awards = tables.get("Awards").expect("read");
    let rows = expected["rows"].as_array().expect("rows");
    assert_eq!(awards.len(), rows.len());
    for (award, row) in awards.rows().zip(rows) {
        let names = row["fields"].as_array().expect("names");
        let value = |name: &str| names.iter().position(|field| field == name).map(|at| &row["values"][at]);
        assert_eq!(award.text("programme"), value("federal_program_name").and_then(serde_json::Value::as_str));
        assert_eq!(award.number("amount"), value("amount_expended").and_then(serde_json::Value::as_f64));
        assert_eq!(award.number("amount_passed_on"), value("passthrough_amount").and_then(serde_json::Value::as_f64));
        assert_eq!(award.text("direct"), value("is_direct").and_then(serde_json::Value::as_str));
        assert_eq!(award.integer("findings"), value("findings_count").and_then(serde_json::Value::as_i64));
    }
    let total: f64 = awards.rows().filter_map(|award| award.number("amount")).sum();
    assert_eq!(Some(total), expected["singletons"]["total_amount_expended"].as_f64());
}
