//! The workbooks of the sample portfolio.

use std::fs;
use std::sync::LazyLock;
use throughline::base::disk::Disk;
use throughline::pipeline::run::{self, Stage, Watcher};
use throughline::pipeline::sample::SAMPLE;
use throughline::pipeline::workspace::{Request, Workspace};
use throughline::report;
use throughline::report::book::Book;

struct Silent;

impl Watcher for Silent {
    fn stage(&self, _stage: Stage) {}
    fn done(&self) {}
}

/// Every workbook that a run on the sample writes.
pub fn books() -> Vec<Book> {
    static BOOKS: LazyLock<Vec<Book>> = LazyLock::new(written);
    BOOKS.clone()
}

fn written() -> Vec<Book> {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in SAMPLE {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, bytes).expect("written");
    }
    let disk = Disk::real();
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 5).expect("a date");
    let request = Request { root: folder.path().to_path_buf(), as_of: None, out: None, today };
    let workspace = Workspace::open(&disk, &request).expect("a workspace");
    let prepared = run::check(&disk, &workspace, None, &Silent).expect("checked").prepared;
    report::books(&prepared.report_input())
}
