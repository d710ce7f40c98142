//! Workbooks to raw sheets. The only user of calamine.
//!
//! An xlsx or xlsm is a container of XML parts. The container is examined first (`package`), then the small parts are
//! read whole (`workbook`, `styles`, `tables`), then each sheet is streamed in blocks of rows (`blocks`), whose cells are
//! read on every core at once, plain ones fast (`plain`) and all others by calamine (`cells`), and the blocks are joined
//! into columns (`columns`).
//!
//! Promises: never a dense range, never memory on a file's word; the same result whatever the number of threads.

mod blocks;
mod cells;
mod columns;
mod dates;
mod formats;
mod locate;
mod older;
mod package;
mod plain;
mod shared;
mod sheet;
mod styles;
mod tables;
mod workbook;
mod xml;

pub use formats::class_of;
pub use older::read as read_older;

use crate::base::finding::{Code, Finding, Findings};
use crate::base::origin::Origin;
use crate::source::codes;
use crate::source::limits::Limits;
use crate::source::raw::RawSheet;
use package::Package;
use rayon::prelude::*;
use shared::Keys;
use sheet::{Context, Parsed};
use styles::Styles;
use workbook::Workbook;

/// Reading that stops early hands back the finding that says why.
pub(super) type Outcome<T> = Result<T, Box<Finding>>;

/// A refusal without a place; the caller adds file or sheet.
pub(super) fn refuse(code: Code, found: impl Into<String>, hint: impl Into<String>) -> Box<Finding> {
    Box::new(code.nowhere().found(found).hint(hint))
}

/// A refusal because of a named limit.
pub(super) fn over_limit(what: impl Into<String>, limit: &str, allowed: impl std::fmt::Display) -> Box<Finding> {
    let hint = format!("If the file is honest, split it: it is over the limit `{limit}`.");
    Box::new(codes::OVER_LIMIT.nowhere().found(what).expected(format!("at most {allowed} ({limit})")).hint(hint))
}

/// Examines a container that another process will open.
///
/// # Errors
/// The finding that refuses it.
pub fn check_container(bytes: &[u8], limits: &Limits) -> Result<(), Box<Finding>> {
    Package::open(bytes, limits).map(|_| ())
}

/// Reads the bytes of an xlsx or xlsm workbook. The sheets come in workbook order.
#[must_use]
pub fn read_workbook(file: &str, bytes: &[u8], limits: &Limits) -> (Option<Vec<RawSheet>>, Findings) {
    let mut findings = Findings::new();
    match read_parts(file, bytes, limits, &mut findings) {
        Ok(sheets) => (Some(sheets), findings),
        Err(mut refusal) => {
            refusal.origin.get_or_insert_with(|| Origin::file(file));
            findings.push(*refusal);
            (None, findings)
        }
    }
}

fn read_parts(file: &str, bytes: &[u8], limits: &Limits, findings: &mut Findings) -> Outcome<Vec<RawSheet>> {
    let package = Package::open(bytes, limits)?;
    let workbook = Workbook::read(&package, limits)?;
    note_macros_and_links(file, &package, &workbook, findings);
    let styles = styles::read(&package, workbook.styles_part.as_deref(), limits)?;
    let read = read_sheets(file, &package, &workbook, &styles, limits)?;
    let mut sheets = Vec::new();
    for (sheet, notes) in read {
        sheets.extend(sheet);
        findings.extend(notes);
    }
    Ok(sheets)
}

type SheetRead = (Option<RawSheet>, Findings);

/// Cells and shared texts are read side by side; the cells need only the number of texts. Where the part does not
/// declare it, or declares too few, the texts come first.
fn read_sheets(
    file: &str,
    package: &Package<'_>,
    workbook: &Workbook,
    styles: &Styles,
    limits: &Limits,
) -> Outcome<Vec<SheetRead>> {
    let part = workbook.shared_part.as_deref();
    let texts = || shared::read(package, part, limits);
    let cells = |keys: &Keys| -> Vec<Parsed> {
        let context = Context { package, workbook, keys, styles, limits };
        workbook.sheets.par_iter().map(|entry| sheet::parse(file, entry, &context)).collect()
    };
    let declared = shared::declared(package, part, limits)?;
    let keys = Keys::new(declared.unwrap_or(0));
    let (texts, parsed) = match declared {
        Some(_) => rayon::join(texts, || cells(&keys)),
        None => (texts(), Vec::new()),
    };
    let texts = texts?;
    let parsed =
        if declared.is_none_or(|count| count < texts.places.len()) { cells(&Keys::new(texts.places.len())) } else { parsed };
    Ok(parsed.into_par_iter().map(|parsed| sheet::finish(parsed, &texts, styles, limits)).collect())
}

fn note_macros_and_links(file: &str, package: &Package<'_>, workbook: &Workbook, findings: &mut Findings) {
    if package.has_macros() {
        findings
            .push(codes::MACROS.at(Origin::file(file)).hint("Nothing to do. Make sure the macros ran before the file was sent."));
    }
    if workbook.external_links > 0 {
        let found = format!("{} linked workbooks", workbook.external_links);
        findings.push(
            codes::EXTERNAL_LINKS
                .at(Origin::file(file))
                .found(found)
                .hint("Refresh the links before sending the file, or paste values."),
        );
    }
}
