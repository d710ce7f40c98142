//! Completions, the manual page, and the helper that reads legacy workbooks.

use super::Cli;
use super::exit::Exit;
use crate::source;
use clap::CommandFactory as _;
use std::path::PathBuf;

/// Print completions for a shell
#[derive(Debug, clap::Args)]
pub struct CompletionArgs {
    /// The shell
    shell: clap_complete::Shell,
}

/// Print the manual page (roff)
#[derive(Debug, clap::Args)]
pub struct ManArgs {}

/// Read one legacy workbook in a process of its own
#[derive(Debug, clap::Args)]
pub struct ReadLegacyArgs {
    /// The workbook
    file: PathBuf,
    /// Memory it may take, in bytes
    #[arg(long)]
    memory: u64,
}

pub fn completions(args: &CompletionArgs) -> Exit {
    clap_complete::generate(args.shell, &mut Cli::command(), "throughline", &mut std::io::stdout());
    Exit::Done
}

pub fn man(_args: &ManArgs) -> Exit {
    match clap_mangen::Man::new(Cli::command()).render(&mut std::io::stdout()) {
        Ok(()) => Exit::Done,
        Err(_) => Exit::Disk,
    }
}

pub fn read_legacy(args: &ReadLegacyArgs) -> Exit {
    let _ = args;
    let _ = source::codes::ALL;
    Exit::Internal
}
