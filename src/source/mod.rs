//! Files to raw sheets of cells. Knows files and sheets; knows nothing of initiatives or budgets.
//!
//! Promises: a file that cannot be read becomes a finding and the rest goes on; nothing is allocated on the word of a
//! file before its declared sizes were checked against [`Limits`]; a value, its formula and its number format stay
//! together; the same files give the same result whatever the number of threads. Does not interpret headers, dates or
//! money: that is `table/`. Planners' files hold records instead of cells; [`planner`] lays them out in our own sheets.

pub mod codes;
pub mod discover;
mod excel;
mod guard;
mod helper;
mod intern;
mod kind;
pub mod limits;
mod notes;
pub mod planner;
pub mod raw;
mod text;
mod wire;

pub use discover::discover;
pub use excel::class_of;
pub use helper::{HELPER_COMMAND, legacy_child_main};
pub use limits::Limits;

use crate::base::digest;
use crate::base::disk::{Disk, DiskError};
use crate::base::finding::{Finding, Findings};
use crate::base::origin::Origin;
use kind::Kind;
use raw::{FileFacts, FileStatus, Intake, RawSheet, SourceFile};
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// What came of one file.
struct FileRead {
    facts: FileFacts,
    sheets: Vec<RawSheet>,
    findings: Findings,
}

/// Reads every file. The sheets come sorted by file name, then by position in the file. As many files are open at once as there are threads; the threads that
/// have no file help with those of the others.
#[must_use]
pub fn read(disk: &Disk, files: &[SourceFile], limits: &Limits) -> (Intake, Findings) {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(files.len()));
    rayon::scope(|scope| {
        for _ in 0..rayon::current_num_threads().min(files.len()) {
            scope.spawn(|_| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let read = read_file(disk, file, limits);
                    done.lock().unwrap_or_else(PoisonError::into_inner).push(read);
                }
            });
        }
    });
    gather(done.into_inner().unwrap_or_else(PoisonError::into_inner))
}

fn gather(mut read: Vec<FileRead>) -> (Intake, Findings) {
    read.sort_by(|a, b| (&a.facts.name, &a.facts.sha256).cmp(&(&b.facts.name, &b.facts.sha256)));
    let mut intake = Intake::default();
    let mut findings = Findings::new();
    for file in read {
        intake.files.push(file.facts);
        intake.sheets.extend(file.sheets);
        findings.extend(file.findings);
    }
    planner::leave_out_repeats(&mut intake.sheets, &mut findings);
    (intake, findings)
}

fn read_file(disk: &Disk, file: &SourceFile, limits: &Limits) -> FileRead {
    let facts = FileFacts { name: file.name.clone(), bytes: 0, sha256: String::new(), status: FileStatus::Refused };
    let mut read = FileRead { facts, sheets: Vec::new(), findings: Findings::new() };
    match disk.read_file(&file.path, limits.file_bytes) {
        Ok(bytes) => read_bytes(file, &bytes, limits, &mut read),
        Err(error) => read.findings.push(cannot_open(file, limits, &error)),
    }
    read
}

fn read_bytes(file: &SourceFile, bytes: &[u8], limits: &Limits, read: &mut FileRead) {
    let ((sheets, findings), sha256) = rayon::join(|| guarded_sheets(file, bytes, limits), || digest::sha256(bytes));
    read.facts.bytes = bytes.len() as u64;
    read.facts.sha256 = sha256;
    read.findings.extend(findings);
    if let Some(sheets) = sheets {
        read.sheets = sheets;
        read.facts.status = FileStatus::Read;
    }
}

fn cannot_open(file: &SourceFile, limits: &Limits, error: &DiskError) -> Finding {
    let place = Origin::file(&file.name);
    let found = error.source.to_string();
    match error.source.kind() {
        io::ErrorKind::FileTooLarge => {
            let hint = "If the file is honest, split it: it is over the limit `file_bytes`.";
            codes::OVER_LIMIT
                .at(place)
                .found(found)
                .expected(format!("at most {} bytes (file_bytes)", limits.file_bytes))
                .hint(hint)
        }
        io::ErrorKind::Interrupted => {
            codes::CHANGED_WHILE_READ.at(place).found(found).hint("Wait until the file is saved, and run again.")
        }
        _ => {
            let need = error.need().unwrap_or_else(|| "close it in other programs and check your rights to it".to_string());
            codes::CANNOT_OPEN.at(place).found(found).hint(format!("{need}; then run again."))
        }
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
    let kind = Kind::of(bytes);
    let (sheets, more) = match kind {
        Kind::Workbook => excel::read_workbook(&file.name, bytes, limits),
        Kind::Text => text::read(&file.name, bytes, limits),
        Kind::Xer | Kind::PrimaveraXml | Kind::ProjectXml => planner::read(&file.name, bytes, kind, limits),
        Kind::Old | Kind::Binary | Kind::OpenDocument => helper::read(&file.name, bytes, kind, limits),
        other => (None, Findings(vec![other.refusal(&file.name)])),
    };
    let named_as_workbook = kind::is_workbook_name(&file.name);
    if sheets.is_none() && kind == Kind::Text && named_as_workbook {
        return (None, Findings(vec![Kind::Other("bytes of no known format").refusal(&file.name)]));
    }
    let mut findings = Findings::new();
    findings.0.extend(kind.misnamed(&file.name));
    findings.extend(more);
    (sheets, findings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::disk::OperationKind;

    #[test]
    fn a_file_that_the_disk_does_not_give_is_named_for_what_happened() {
        let file = SourceFile { path: "a.xlsx".into(), name: "a.xlsx".into() };
        for (kind, code) in [
            (io::ErrorKind::FileTooLarge, codes::OVER_LIMIT),
            (io::ErrorKind::Interrupted, codes::CHANGED_WHILE_READ),
            (io::ErrorKind::NotFound, codes::CANNOT_OPEN),
            (io::ErrorKind::PermissionDenied, codes::CANNOT_OPEN),
        ] {
            let error =
                DiskError { operation: OperationKind::ReadFile, path: file.path.clone(), bytes: None, source: kind.into() };
            let finding = cannot_open(&file, &Limits::default(), &error);
            assert_eq!(finding.code, code, "{kind}");
            assert!(!finding.hint.is_empty() && finding.origin == Some(Origin::file("a.xlsx")));
        }
    }

    #[test]
    fn a_missing_file_is_a_finding_and_the_others_are_read() {
        let files = ["no/such/file.xlsx", "neither.csv"].map(|name| SourceFile { path: name.into(), name: name.into() });
        let (intake, findings) = read(&Disk::real(), &files, &Limits::default());
        assert_eq!(
            intake.files.iter().map(|facts| facts.name.as_str()).collect::<Vec<_>>(),
            ["neither.csv", "no/such/file.xlsx"]
        );
        assert!(findings.0.iter().all(|finding| finding.code == codes::CANNOT_OPEN) && findings.0.len() == 2);
    }

    #[test]
    fn codes_are_listed_once_each() {
        let mut ids: Vec<&str> = codes::ALL.iter().map(|code| code.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), codes::ALL.len());
    }
}
