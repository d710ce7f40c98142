//! Completions, the manual page, and the helper that reads legacy workbooks.

use super::Cli;
use super::exit::Exit;
use crate::source;
use clap::CommandFactory as _;

/// Print completions for a shell
#[derive(Debug, clap::Args)]
pub struct CompletionArgs {
    /// The shell
    shell: clap_complete::Shell,
}

/// Print the manual page (roff)
#[derive(Debug, clap::Args)]
pub struct ManArgs {}

/// Read one legacy workbook, from standard input, in a process of its own
#[derive(Debug, clap::Args)]
pub struct ReadLegacyArgs {
    /// Memory it may take, in bytes
    memory: u64,
    /// Cells a sheet may hold
    cells: u64,
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
    match source::legacy_child_main(&[args.memory.to_string(), args.cells.to_string()]) {
        0 => Exit::Done,
        _ => Exit::Disk,
    }
}
