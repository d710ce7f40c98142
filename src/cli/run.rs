//! `throughline run [DIR]`: the month's run.

use super::exit::Exit;
use super::progress::Progress;
use super::{Talk, WorkspaceArgs, summary};
use crate::base::disk::{Disk, PublishOutcome};
use crate::pipeline::run::{self, Fault, Published, Watcher as _};
use crate::pipeline::workspace::{Workspace, WorkspaceError};

/// Read every workbook, check it, work out the results, and publish the month's workbooks
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    workspace: WorkspaceArgs,
    /// Publish nothing where any finding is an error
    #[arg(long)]
    strict: bool,
}

pub fn run(args: &Args) -> Exit {
    let talk = args.workspace.talk();
    let disk = Disk::real();
    let workspace = match Workspace::open(&disk, &args.workspace.request()) {
        Ok(workspace) => workspace,
        Err(error) => return unusable(&error),
    };
    let progress = Progress::new(talk == Talk::Summary);
    let outcome = run::run(&disk, &workspace, helper(), args.strict, &progress);
    progress.done();
    match outcome {
        Ok(published) => {
            summary::published(&published, talk);
            finished(&published)
        }
        Err(fault) => refused(fault, talk),
    }
}

/// The program that reads legacy workbooks in a process of its own: this one.
pub fn helper() -> Option<std::path::PathBuf> {
    std::env::current_exe().ok()
}

/// The exit code of a published or staged set.
pub fn finished(published: &Published) -> Exit {
    match &published.outcome {
        PublishOutcome::Published { .. } => Exit::Done,
        PublishOutcome::Staged { staged, .. } => {
            anstream::eprintln!(
                "error: the new workbooks could not take the place of the old ones: one of them is open in another program"
            );
            anstream::eprintln!("hint: close it and run again; the new set waits in {}", staged.display());
            Exit::Staged
        }
    }
}

/// Says why a workspace cannot be used.
pub fn unusable(error: &WorkspaceError) -> Exit {
    anstream::eprintln!("error: {error}");
    if !error.hint().is_empty() {
        anstream::eprintln!("hint: {}", error.hint());
    }
    if matches!(error, WorkspaceError::Disk(_)) { Exit::Disk } else { Exit::Usage }
}

/// Says why nothing was published.
pub fn refused(fault: Fault, talk: Talk) -> Exit {
    match fault {
        Fault::Held(error) => {
            anstream::eprintln!("error: {error}");
            Exit::Held
        }
        Fault::Disk(error) => {
            anstream::eprintln!("error: {error}");
            anstream::eprintln!("hint: nothing was published; what was published before is untouched");
            Exit::Disk
        }
        Fault::Strict(prepared) => {
            summary::strict(&prepared, talk);
            Exit::Strict
        }
        Fault::Internal(faults) => {
            anstream::eprintln!("error: an internal check failed, so nothing was published; please report this:");
            for fault in faults {
                anstream::eprintln!("  {fault}");
            }
            Exit::Internal
        }
    }
}
