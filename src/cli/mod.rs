//! The command line: the only user of clap, of the terminal and of exit codes. One file a command. Decides no numbers.

mod check;
mod exit;
mod explain;
mod fields;
mod help;
mod import;
mod init;
mod look;
mod progress;
mod reconcile;
mod run;
mod shell;
mod summary;

use crate::base::day::Day;
use crate::pipeline::workspace::{AsOf, Request};
use clap::{Parser, Subcommand};
use exit::Exit;
use std::path::PathBuf;
use std::process::ExitCode;

/// One integrated execution plan and the month's reporting pack, from the workbooks you already keep.
#[derive(Debug, Parser)]
#[command(name = "throughline", version, about, disable_help_subcommand = true, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Args),
    Import(import::Args),
    Check(check::Args),
    Run(run::Args),
    Reconcile(reconcile::Args),
    Explain(explain::Args),
    Fields(fields::Args),
    Help(help::Args),
    Completions(shell::CompletionArgs),
    Man(shell::ManArgs),
    #[command(hide = true)]
    ReadLegacy(shell::ReadLegacyArgs),
}

/// What `check` and `run` are asked to work on.
#[derive(Debug, clap::Args)]
struct WorkspaceArgs {
    /// The workspace: the folder that holds portfolio.toml
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// As-of date (2026-10-31), instant (2026-10-31T17:00), or month-end for the last completed period
    #[arg(long, value_name = "DATE", value_parser = parse_as_of)]
    as_of: Option<AsOf>,
    /// Where outputs go [default: `out` in the workspace]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Print one JSON document for machines instead of the summary
    #[arg(long)]
    json: bool,
    /// Print nothing but errors
    #[arg(long, short, conflicts_with = "json")]
    quiet: bool,
}

impl WorkspaceArgs {
    fn request(&self) -> Request {
        Request { root: self.dir.clone(), as_of: self.as_of, out: self.out.clone(), today: today() }
    }

    fn talk(&self) -> Talk {
        match (self.json, self.quiet) {
            (true, _) => Talk::Json,
            (_, true) => Talk::Quiet,
            _ => Talk::Summary,
        }
    }
}

/// How a command speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Talk {
    /// A summary for people.
    Summary,
    /// One JSON document.
    Json,
    /// Errors only.
    Quiet,
}

fn parse_as_of(text: &str) -> Result<AsOf, String> {
    AsOf::parse(text).ok_or_else(|| "write 2026-10-31, 2026-10-31T17:00 or month-end".to_string())
}

/// Today's date: the clock is read here, for `month-end`, and nowhere else.
fn today() -> Day {
    chrono::Local::now().date_naive()
}

/// Runs the program and gives its exit code.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = std::panic::catch_unwind(|| dispatch(cli.command));
    outcome.unwrap_or(Exit::Internal).code()
}

fn dispatch(command: Command) -> Exit {
    match command {
        Command::Init(args) => init::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Run(args) => run::run(&args),
        Command::Reconcile(args) => reconcile::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Fields(args) => fields::run(&args),
        Command::Help(args) => help::run(&args),
        Command::Completions(args) => shell::completions(&args),
        Command::Man(args) => shell::man(&args),
        Command::ReadLegacy(args) => shell::read_legacy(&args),
    }
}
