//! The sample portfolio for trials: its files in a folder of their own, and what a run makes of them, once for all.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use throughline::base::disk::Disk;
use throughline::pipeline::run::{self, Prepared, Stage, Watcher};
use throughline::pipeline::sample::SAMPLE;
use throughline::pipeline::workspace::{Request, Workspace};

struct Silent;

impl Watcher for Silent {
    fn stage(&self, _stage: Stage) {}
    fn done(&self) {}
}

/// Everything that is known of the sample before anything is written.
pub fn prepared() -> &'static Prepared {
    static PREPARED: LazyLock<Prepared> = LazyLock::new(|| looked_at(|_| {}));
    &PREPARED
}

/// Prepares a copy of the sample, then hands over its folder.
pub fn looked_at(then: impl Fn(&Path)) -> Prepared {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in SAMPLE {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, bytes).expect("written");
    }
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 5).expect("a date");
    let request = Request { root: folder.path().to_path_buf(), as_of: None, out: None, today };
    let disk = Disk::real();
    let workspace = Workspace::open(&disk, &request).expect("a workspace");
    let prepared = run::look(&disk, &workspace, None, &Silent).expect("read");
    then(folder.path());
    prepared
}
