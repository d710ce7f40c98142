//! Files to raw sheets of cells. Knows files and sheets; knows nothing of initiatives or budgets.
//!
//! Promises: a file that cannot be read becomes a finding and the rest goes on; nothing is allocated on the word of a
//! file before its declared sizes were checked against [`Limits`]; a value, its formula and its number format stay
//! together; the same files give the same result whatever the number of threads. Does not interpret headers, dates or
//! money: that is `table/`.

pub mod codes;
pub mod discover;
mod excel;
mod guard;
mod kind;
pub mod limits;
mod notes;
pub mod raw;

pub use discover::discover;
pub use excel::class_of;
pub use limits::Limits;

use crate::base::digest;
use crate::base::disk::Disk;
use crate::base::finding::{Finding, Findings};
use crate::base::origin::Origin;
use kind::Kind;
use raw::{FileFacts, FileStatus, Intake, RawSheet, SourceFile};
use rayon::prelude::*;

/// What came of one file.
struct FileRead {
    facts: FileFacts,
    sheets: Vec<RawSheet>,
    findings: Findings,
}

/// Files from this size up are read one after another, each on every core; smaller ones side by side.
const LARGE_FILE: u64 = 4 * 1024 * 1024;

/// Reads every file. The sheets come sorted by file name, then by position in the file.
#[must_use]
pub fn read(disk: &Disk, files: &[SourceFile], limits: &Limits) -> (Intake, Findings) {
    let size_of = |file: &SourceFile| disk.file_size(&file.path).unwrap_or(0);
    let (large, small): (Vec<&SourceFile>, Vec<&SourceFile>) = files.iter().partition(|file| size_of(file) >= LARGE_FILE);
    let mut read: Vec<FileRead> = large.into_iter().map(|file| read_file(disk, file, limits)).collect();
    read.extend(small.into_par_iter().map(|file| read_file(disk, file, limits)).collect::<Vec<_>>());
    read.sort_by(|a, b| a.facts.name.cmp(&b.facts.name));
    let mut intake = Intake::default();
    let mut findings = Findings::new();
    for file in read {
        intake.files.push(file.facts);
        intake.sheets.extend(file.sheets);
        findings.extend(file.findings);
    }
    (intake, findings)
}

fn read_file(disk: &Disk, file: &SourceFile, limits: &Limits) -> FileRead {
    let facts = FileFacts { name: file.name.clone(), bytes: 0, sha256: String::new(), status: FileStatus::Refused };
    let mut read = FileRead { facts, sheets: Vec::new(), findings: Findings::new() };
    match bytes_of(disk, file, limits) {
        Ok(bytes) => read_bytes(file, &bytes, limits, &mut read),
        Err(finding) => read.findings.push(*finding),
    }
    read
}

fn read_bytes(file: &SourceFile, bytes: &[u8], limits: &Limits, read: &mut FileRead) {
    read.facts.bytes = bytes.len() as u64;
    let (sheets, findings, sha256) = {
        let ((sheets, findings), sha256) = rayon::join(|| guarded_sheets(file, bytes, limits), || digest::sha256(bytes));
        (sheets, findings, sha256)
    };
    read.facts.sha256 = sha256;
    read.findings.extend(findings);
    if let Some(sheets) = sheets {
        read.sheets = sheets;
        read.facts.status = FileStatus::Read;
    }
}

type Sheets = (Option<Vec<RawSheet>>, Findings);

/// The sheets of a file; a fault of a reader becomes a finding.
fn guarded_sheets(file: &SourceFile, bytes: &[u8], limits: &Limits) -> Sheets {
    guard::guarded(|| sheets_of(file, bytes, limits)).unwrap_or_else(|fault| {
        let hint = "Open the file in Excel and save it under a new name; if it still fails, send us the file.";
        (None, Findings(vec![codes::READER_FAULT.at(Origin::file(&file.name)).found(fault).hint(hint)]))
    })
}

fn sheets_of(file: &SourceFile, bytes: &[u8], limits: &Limits) -> Sheets {
    let mut findings = Findings::new();
    let kind = Kind::of(bytes);
    findings.0.extend(kind.misnamed(&file.name));
    let (sheets, more) = match kind {
        Kind::Workbook => excel::read_workbook(&file.name, bytes, limits),
        other => (None, Findings(vec![other.refusal(&file.name)])),
    };
    findings.extend(more);
    (sheets, findings)
}

fn bytes_of(disk: &Disk, file: &SourceFile, limits: &Limits) -> Result<Vec<u8>, Box<Finding>> {
    disk.read_file(&file.path, limits.file_bytes).map_err(|fault| {
        let hint = "Close the file in other programs, check your rights to it, and run again.";
        Box::new(codes::CANNOT_OPEN.at(Origin::file(&file.name)).found(fault.source.to_string()).hint(hint))
    })
}
