//! Planners' own files: the reference files read and counted against their raw text, their calendars against another
//! reader, whole runs against the dates of the programs that wrote them, and `throughline import` against the file itself.

mod calendars;
mod counts;
mod dates;
mod import;

use libtest_mimic::Trial;
use std::path::{Path, PathBuf};
use throughline::base::disk::Disk;
use throughline::base::finding::Findings;
use throughline::source::raw::{RawSheet, SourceFile};
use throughline::source::{Limits, read};

pub fn trials() -> Vec<Trial> {
    [counts::trials(), calendars::trials(), dates::trials(), import::trials()].into_iter().flatten().collect()
}

/// The files of a folder, and of those in it, whose names have an ending; sorted.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("listed").filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn sheets(path: &Path) -> (Vec<RawSheet>, Findings) {
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    let (intake, findings) = read(&Disk::real(), &[SourceFile { path: path.to_path_buf(), name }], &Limits::default());
    (intake.sheets, findings)
}

/// Rows below the header of a sheet; 0 where there is no such sheet.
fn count(sheets: &[RawSheet], name: &str) -> usize {
    let sheet = sheets.iter().find(|sheet| sheet.name.sheet == name);
    sheet.and_then(RawSheet::extent).map_or(0, |extent| extent.bottom as usize)
}

/// The texts of a column, from the row below the header on; empty where a cell is.
fn column(sheets: &[RawSheet], name: &str, header: &str) -> Vec<String> {
    let Some(sheet) = sheets.iter().find(|sheet| sheet.name.sheet == name) else { return Vec::new() };
    let Some(col) = sheet.columns.iter().map(|(col, _)| *col).find(|col| sheet.cell_text(0, *col) == Some(header)) else {
        return Vec::new();
    };
    (1..=count(sheets, name) as u32).map(|row| sheet.cell_text(row, col).unwrap_or_default().to_string()).collect()
}
