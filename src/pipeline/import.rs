//! A planner's own file, written into our template: the same rows that a run reads from the file itself, so that the plan
//! can go on in Excel. Nothing that is there is overwritten unless that is asked for.

use crate::base::disk::{Created, Disk, DiskError};
use crate::base::finding::Findings;
use crate::render::xlsx;
use crate::report::template_book;
use crate::report::theme::Theme;
use crate::source::limits::GRID_ROWS;
use crate::source::raw::{RawSheet, SourceFile};
use crate::source::{self, Limits};
use crate::table::contract::Contract;
use crate::table::contracts;
use crate::table::template::{self, TemplateWorkbook};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What was written.
#[derive(Debug)]
pub struct Imported {
    /// Rows by table, in the order of the workbook.
    pub rows: Vec<(String, usize)>,
    /// What there is to say of the file.
    pub findings: Findings,
}

/// Why nothing was written.
#[derive(Debug)]
pub enum ImportError {
    /// The target is there already.
    Exists(PathBuf),
    /// The file is no plan, or none that can be read; with what there is to say of it.
    Unreadable(Findings),
    /// It is a workbook or a text file, which a run reads as it is.
    NotAPlan,
    /// A table has more rows than a worksheet.
    TooLarge(String),
    /// The disk refused.
    Disk(DiskError),
    /// The workbook could not be rendered.
    Internal(String),
}

impl From<DiskError> for ImportError {
    fn from(error: DiskError) -> Self {
        Self::Disk(error)
    }
}

/// Reads a planner's file and writes it as a workbook of our template.
///
/// # Errors
/// [`ImportError`]; nothing was written then.
pub fn import(disk: &Disk, from: &Path, to: &Path, force: bool) -> Result<Imported, ImportError> {
    if !force && disk.exists(to)? {
        return Err(ImportError::Exists(to.to_path_buf()));
    }
    let name = from.file_name().map_or_else(|| from.to_string_lossy(), |name| name.to_string_lossy()).into_owned();
    let file = SourceFile { path: from.to_path_buf(), name };
    let (intake, findings) = source::read(disk, &[file], &Limits::default());
    let sheets = intake.sheets;
    match sheets.first() {
        None => return Err(ImportError::Unreadable(findings)),
        Some(sheet) if sheet.name.is_grid() => return Err(ImportError::NotAPlan),
        Some(_) => {}
    }
    let rows: Vec<(String, usize)> = sheets.iter().map(|sheet| (sheet.name.sheet.clone(), records(sheet))).collect();
    if let Some((table, _)) = rows.iter().find(|(_, rows)| *rows >= GRID_ROWS as usize) {
        return Err(ImportError::TooLarge(table.clone()));
    }
    let bytes = workbook(from, to, &sheets)?;
    if force {
        disk.replace_file(to, &bytes)?;
    } else if disk.create_new_file(to, &bytes)? == Created::AlreadyThere {
        return Err(ImportError::Exists(to.to_path_buf()));
    }
    Ok(Imported { rows, findings })
}

/// Rows below the header.
fn records(sheet: &RawSheet) -> usize {
    sheet.extent().map_or(0, |extent| extent.bottom as usize)
}

fn workbook(from: &Path, to: &Path, sheets: &[RawSheet]) -> Result<Vec<u8>, ImportError> {
    let stem = |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let forms = forms(&format!("{}.xlsx", stem(to)), sheets);
    let book = template_book::filled(&forms, &stem(from), sheets);
    xlsx::bytes(&book, &Theme::default()).map(|rendered| rendered.bytes).map_err(|error| ImportError::Internal(error.to_string()))
}

/// The forms of plan.xlsx, and those of the other tables that the file fills.
fn forms(file: &str, sheets: &[RawSheet]) -> TemplateWorkbook {
    let filled = |contract: &Contract| sheets.iter().any(|sheet| sheet.name.sheet == contract.name);
    let taken = contracts::all().into_iter().filter(|contract| contract.workbook == "plan.xlsx" || filled(contract));
    let moved = taken.map(|contract| Arc::new(Contract { workbook: file.to_string().into(), ..Contract::clone(&contract) }));
    let moved: Vec<Arc<Contract>> = moved.collect();
    let mut workbooks = template::blank_workbooks(&moved);
    workbooks.pop().unwrap_or(TemplateWorkbook { file: file.to_string(), sheets: Vec::new() })
}
