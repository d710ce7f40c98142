//! Everything up to the results, for commands that answer and publish nothing.

use super::exit::Exit;
use super::progress::Progress;
use super::run::{helper, refused, unusable};
use super::{Talk, today};
use crate::base::disk::Disk;
use crate::pipeline::run::{self, Prepared, Watcher as _};
use crate::pipeline::workspace::{AsOf, Request, Workspace};
use std::path::Path;

/// Reads and analyses a workspace; where that cannot be, it has said why and gives the exit code.
pub fn look(dir: &Path, as_of: Option<AsOf>, json: bool) -> Result<Prepared, Exit> {
    let disk = Disk::real();
    let request = Request { root: dir.to_path_buf(), as_of, out: None, today: today() };
    let workspace = Workspace::open(&disk, &request).map_err(|error| unusable(&error))?;
    let progress = Progress::new(!json);
    let outcome = run::look(&disk, &workspace, helper(), &progress);
    progress.done();
    outcome.map_err(|fault| refused(fault, if json { Talk::Json } else { Talk::Summary }))
}
