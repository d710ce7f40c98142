//! `throughline check [DIR]`: what is wrong, where, and how to mend it.

use super::exit::Exit;
use super::progress::Progress;
use super::run::{finished, helper, refused, unusable};
use super::{Talk, WorkspaceArgs, summary};
use crate::base::disk::Disk;
use crate::base::finding::Severity;
use crate::pipeline::run::{self, Watcher as _};
use crate::pipeline::workspace::Workspace;

/// Check every workbook cell by cell, and write what is wrong to a workbook the owners can be sent
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    workspace: WorkspaceArgs,
    /// Show every finding; without it, the first of each kind
    #[arg(long)]
    all: bool,
}

pub fn run(args: &Args) -> Exit {
    let talk = args.workspace.talk();
    let disk = Disk::real();
    let workspace = match Workspace::open(&disk, &args.workspace.request()) {
        Ok(workspace) => workspace,
        Err(error) => return unusable(&error),
    };
    let progress = Progress::new(talk == Talk::Summary);
    let outcome = run::check(&disk, &workspace, helper(), &progress);
    progress.done();
    match outcome {
        Ok(published) => {
            summary::checked(&published, talk, args.all);
            let errors = published.prepared.findings.count(Severity::Error);
            match finished(&published) {
                Exit::Done if errors > 0 => Exit::ErrorsFound,
                exit => exit,
            }
        }
        Err(fault) => refused(fault, talk),
    }
}
