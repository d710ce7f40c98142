//! Real workbooks, where they are there to read.

use crate::harness::reference;
use libtest_mimic::Trial;
use std::path::Path;
use throughline::base::disk::Disk;
use throughline::base::finding::Severity;
use throughline::source::raw::{FileStatus, FormatClass, Intake, Rect, SourceFile, Value};
use throughline::source::{Limits, discover, read};

pub fn trials() -> Vec<Trial> {
    vec![
        reference("source::real::every_project_is_read", "projects", |folder| every_file(folder, 40)),
        reference("source::real::every_workbook_is_read", "workbooks", |folder| every_file(folder, 15)),
        reference("source::real::known_cells", "projects", known_cells),
    ]
}

fn read_folder(folder: &Path) -> (Intake, Vec<String>) {
    let disk = Disk::real();
    let (files, _) = discover(disk.list_tree(folder).unwrap());
    let (intake, findings) = read(&disk, &files, &Limits::default());
    let errors = findings.0.iter().filter(|finding| finding.severity() == Severity::Error);
    (intake, errors.map(|finding| format!("{:?} {}", finding.origin, finding.message())).collect())
}

fn every_file(folder: &Path, at_least: usize) {
    let (intake, errors) = read_folder(folder);
    assert!(intake.files.len() >= at_least, "{} files", intake.files.len());
    assert!(intake.files.iter().all(|facts| facts.status == FileStatus::Read));
    assert_eq!(errors, [""; 0]);
    assert!(intake.sheets.iter().all(|sheet| sheet.columns.iter().all(|(_, column)| column.rows.is_sorted_by(|a, b| a < b))));
}

/// C2011-07, "Patient transport system": its second activity, as the published workbook shows it.
fn known_cells(folder: &Path) {
    let file = SourceFile { path: folder.join("C2011-07.xlsx"), name: "C2011-07.xlsx".into() };
    let (intake, _) = read(&Disk::real(), &[file], &Limits::default());
    let sheet = &intake.sheets[0];
    assert_eq!((sheet.name.sheet.as_str(), sheet.date_1904), ("Baseline Schedule", false));
    assert_eq!(sheet.cell_text(5, 1), Some("      Brainstorming and filling in the survey"));
    assert_eq!(sheet.cell_text(5, 2), Some("1FS+6d"));
    let (value, style) = sheet.cell(5, 4).unwrap();
    // 11 January 2010, 13:00.
    assert!(matches!(value, Value::Number(serial) if (serial - 40_189.0 - 13.0 / 24.0).abs() < 1e-9), "{value:?}");
    assert_eq!((style.class, style.code.as_str()), (FormatClass::Date, "dd/mm/yyyy hh:mm"));
    assert_eq!(sheet.cell(5, 8).unwrap().0, Value::Number(0.0));
    assert_eq!(sheet.extent().unwrap(), Rect { top: 0, left: 0, bottom: 70, right: 10 });
    assert_eq!(intake.sheets.len(), 27);
}
