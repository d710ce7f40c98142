//! Formats that a second process reads: the values of xls and ods, and what happens when that process fails.

use super::kit::{codes, container, part, read_files};
use crate::harness::{needs_program, test};
use libtest_mimic::Trial;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use std::path::{Path, PathBuf};
use std::process::Command;
use throughline::source::Limits;
use throughline::source::raw::{CellError, FormatClass, Value};

pub fn trials() -> Vec<Trial> {
    let mut trials = vec![
        test("source::older::a_helper_that_fails_is_a_finding", failures),
        test("source::older::damaged_files_end_only_the_helper", damaged),
    ];
    for format in ["xls", "ods"] {
        trials
            .push(needs_program(&format!("source::older::values_of_{format}"), "soffice", move |office| values(office, format)));
    }
    trials
}

/// This test binary is the helper too: see `main`.
fn limits() -> Limits {
    Limits { helper: Some(std::env::current_exe().unwrap()), ..Limits::default() }
}

fn sample() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Data").unwrap();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    sheet.write(0, 0, "name").unwrap().write(2, 1, 1234.5).unwrap().write(3, 1, true).unwrap();
    sheet.write_with_format(4, 1, ExcelDateTime::from_ymd(2026, 10, 31).unwrap(), &day).unwrap();
    sheet.write_formula(5, 1, Formula::new("=B3*2").set_result("2469")).unwrap();
    sheet.write_formula(6, 1, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    book.add_worksheet().set_name("Hidden").unwrap().set_hidden(true).write(0, 0, 7).unwrap();
    book.save_to_buffer().unwrap()
}

fn values(office: &Path, format: &str) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.xlsx"), sample()).unwrap();
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let mut command = Command::new(office);
    command.args([&profile, "--headless", "--convert-to", format, "a.xlsx"]).current_dir(folder.path());
    assert!(command.output().unwrap().status.success());
    let bytes = std::fs::read(folder.path().join(format!("a.{format}"))).unwrap();
    let (intake, findings) = read_files(&[(&format!("a.{format}"), bytes)], &limits());
    let ids: Vec<&str> = findings.0.iter().map(|finding| finding.code.id).collect();
    assert_eq!(ids, ["S023", "S040"], "{findings:?}");
    let sheet = &intake.sheets[0];
    assert_eq!((sheet.name.file.clone(), sheet.name.sheet.as_str()), (format!("a.{format}"), "Data"));
    let value = |row, col| sheet.cell(row, col).map(|cell| cell.0);
    assert_eq!(sheet.cell_text(0, 0), Some("name"));
    assert_eq!(value(2, 1), Some(Value::Number(1234.5)));
    // LibreOffice writes TRUE into an ods as the number 1 with a format.
    assert!([Some(Value::Bool(true)), Some(Value::Number(1.0))].contains(&value(3, 1)));
    assert_eq!(value(4, 1), Some(Value::Number(46_326.0)));
    assert_eq!(sheet.cell(4, 1).unwrap().1.class, FormatClass::Date);
    assert_eq!(value(5, 1), Some(Value::Number(2469.0)));
    assert!(sheet.formulas.iter().any(|formula| (formula.row, formula.col) == (5, 1) && formula.text.contains("B3")));
    assert!(matches!(value(6, 1), Some(Value::Error(CellError::Div0))), "{:?}", value(6, 1));
}

fn failures() {
    let old = compound();
    let with = |limits: Limits| codes("a.xls", old.clone(), &limits).1;
    assert_eq!(with(Limits::default()), ["S024"]);
    assert_eq!(with(Limits { helper: Some(PathBuf::from("/no/such/program")), ..Limits::default() }), ["S024"]);
    assert_eq!(with(Limits { helper_answer: 10, ..limits() }), ["S011"]);
    assert_eq!(with(Limits { helper_memory: 20_000_000_000, ..limits() }), ["S025"]);
    #[cfg(target_os = "linux")]
    assert_eq!(with(Limits { helper_memory: 1_000_000, ..limits() }), ["S025"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let sleeper = folder.path().join("sleeper");
        std::fs::write(&sleeper, "#!/bin/sh\nexec sleep 60\n").unwrap();
        std::fs::set_permissions(&sleeper, std::fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(with(Limits { helper: Some(sleeper), helper_seconds: 1, ..Limits::default() }), ["S026"]);
    }
}

fn damaged() {
    for (name, bytes) in
        [("a.xls", compound()), ("a.xls", vec![9, 8, 6, 0, 1, 2, 3, 4]), ("a.xlsb", binary("<x")), ("a.ods", open_document("<x"))]
    {
        let (_, ids) = codes(name, bytes, &limits());
        assert_eq!(ids, ["S025"], "{name}");
    }
}

fn compound() -> Vec<u8> {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.resize(1_024, 0xFF);
    bytes.extend("Workbook".encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(4_096, 0xFF);
    bytes
}

fn binary(inner: &str) -> Vec<u8> {
    container(&[part("xl/workbook.bin", inner), part("xl/_rels/workbook.bin.rels", inner)], &[])
}

fn open_document(inner: &str) -> Vec<u8> {
    container(&[part("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), part("content.xml", inner)], &[])
}
