//! Formulas worked out again by other programs: LibreOffice, made to recalculate on loading, and IronCalc.

use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};
use ironcalc::base::Model;
use ironcalc::base::cell::CellValue;
use ironcalc::import::load_from_xlsx_bytes;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;

/// Values of formula cells by sheet and cell.
type Values = BTreeMap<(String, u32, u32), Data>;

/// The formula cells of a workbook with their cached values.
pub fn cached(bytes: &[u8]) -> Values {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
    let mut values = Values::new();
    for name in book.sheet_names() {
        let formulas = book.worksheet_formula(&name).expect("formulas");
        let range = book.worksheet_range(&name).expect("cells");
        let (top, left) = formulas.start().unwrap_or((0, 0));
        for (row, col, formula) in formulas.used_cells() {
            let (row, col) = (top + u32::try_from(row).expect("small"), left + u32::try_from(col).expect("small"));
            if !formula.is_empty() {
                values.insert((name.clone(), row, col), range.get_value((row, col)).cloned().unwrap_or(Data::Empty));
            }
        }
    }
    values
}

/// LibreOffice's values of the same cells of each workbook, with recalculation forced on loading.
pub fn libre_office(program: &Path, books: &[Vec<u8>]) -> Vec<Values> {
    let folder = tempfile::tempdir().expect("a folder");
    let profile = folder.path().join("profile/user");
    std::fs::create_dir_all(&profile).expect("a profile");
    std::fs::write(profile.join("registrymodifications.xcu"), SETTINGS).expect("settings");
    let name = |index: usize| format!("book{index}.xlsx");
    for (index, bytes) in books.iter().enumerate() {
        std::fs::write(folder.path().join(name(index)), bytes).expect("the workbook");
    }
    let output = Command::new(program)
        .arg(format!("-env:UserInstallation=file://{}", folder.path().join("profile").display()))
        .args(["--headless", "--convert-to", "xlsx", "--outdir"])
        .arg(folder.path().join("out"))
        .args((0..books.len()).map(|index| folder.path().join(name(index))))
        .output()
        .expect("LibreOffice runs");
    let reread = |(index, bytes): (usize, &Vec<u8>)| {
        let written = std::fs::read(folder.path().join("out").join(name(index)));
        let fault = |error| panic!("LibreOffice wrote nothing ({error}): {}", String::from_utf8_lossy(&output.stderr));
        reread(bytes, written.unwrap_or_else(fault))
    };
    books.iter().enumerate().map(reread).collect()
}

/// The values that another program wrote for the formula cells of a workbook.
fn reread(ours: &[u8], theirs: Vec<u8>) -> Values {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(theirs)).expect("a workbook");
    let mut ranges = BTreeMap::new();
    for name in book.sheet_names() {
        ranges.insert(name.clone(), book.worksheet_range(&name).expect("cells"));
    }
    let value = |(sheet, row, col): (String, u32, u32)| {
        let value = ranges[&sheet].get_value((row, col)).cloned().unwrap_or(Data::Empty);
        ((sheet, row, col), value)
    };
    cached(ours).into_keys().map(value).collect()
}

const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"#;

/// IronCalc's values of the same cells.
pub fn iron_calc(bytes: &[u8]) -> Values {
    let workbook = load_from_xlsx_bytes(bytes, "book", "en", "UTC").expect("a workbook");
    let mut model = Model::from_workbook(workbook, "en").expect("a model");
    model.evaluate();
    let names = model.workbook.get_worksheet_names();
    let mut values = Values::new();
    for ((sheet, row, col), _) in cached(bytes) {
        let index = names.iter().position(|name| *name == sheet).expect("the same sheets");
        let cell = (
            u32::try_from(index).expect("small"),
            i32::try_from(row + 1).expect("small"),
            i32::try_from(col + 1).expect("small"),
        );
        let value = match model.get_cell_value_by_index(cell.0, cell.1, cell.2).expect("a cell") {
            CellValue::None => Data::Empty,
            CellValue::String(text) => Data::String(text),
            CellValue::Number(number) => Data::Float(number),
            CellValue::Boolean(truth) => Data::Bool(truth),
        };
        values.insert((sheet, row, col), value);
    }
    values
}

/// Where two programs disagree with the cached values.
pub fn differences(ours: &Values, theirs: &Values) -> Vec<String> {
    let differ = ours.iter().filter(|(cell, value)| !same(value, theirs.get(cell).unwrap_or(&Data::Empty)));
    differ
        .map(|((sheet, row, col), value)| {
            let cell = throughline::base::origin::cell_name(*row, *col);
            format!("{sheet}!{cell}: cached {value:?}, recalculated {:?}", theirs.get(&(sheet.clone(), *row, *col)))
        })
        .collect()
}

fn number(value: &Data) -> Option<f64> {
    match value {
        Data::Float(number) => Some(*number),
        Data::Int(whole) => Some(*whole as f64),
        Data::DateTime(at) => Some(at.as_f64()),
        _ => None,
    }
}

/// Numbers to 12 digits of the larger, or to a billionth; an empty text is nothing.
fn same(a: &Data, b: &Data) -> bool {
    match (number(a), number(b)) {
        (Some(x), Some(y)) => (x - y).abs() <= 1e-9_f64.max(1e-12 * x.abs().max(y.abs())),
        (None, None) => text(a) == text(b),
        _ => false,
    }
}

fn text(value: &Data) -> String {
    match value {
        Data::Empty => String::new(),
        other => other.to_string(),
    }
}
