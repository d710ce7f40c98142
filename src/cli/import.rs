//! `throughline import FILE --to plan.xlsx`: a planner's own file, written into our template.

use super::exit::Exit;
use crate::base::disk::Disk;
use crate::base::finding::{Finding, Findings, Severity};
use crate::pipeline::import::{self, ImportError, Imported};
use std::path::{Path, PathBuf};

/// Write a Primavera P6 export (XER, XML) or a Microsoft Project plan (XML) into our template, to go on in Excel
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The planner's file
    file: PathBuf,
    /// The workbook to write
    #[arg(long, value_name = "XLSX", default_value = "plan.xlsx")]
    to: PathBuf,
    /// Write over a workbook that is there
    #[arg(long)]
    force: bool,
}

pub fn run(args: &Args) -> Exit {
    match import::import(&Disk::real(), &args.file, &args.to, args.force) {
        Ok(imported) => {
            tell(&imported, &args.file, &args.to);
            Exit::Done
        }
        Err(error) => refused(error, &args.file),
    }
}

fn tell(imported: &Imported, from: &Path, to: &Path) {
    anstream::println!("Wrote {} from {}:", to.display(), from.display());
    for (table, rows) in &imported.rows {
        anstream::println!("  {rows:>7}  {table}");
    }
    let (unused, problems): (Vec<&Finding>, Vec<&Finding>) =
        imported.findings.0.iter().partition(|finding| finding.severity() == Severity::Info);
    list("Found on the way:", &problems);
    list("Not used:", &unused);
    anstream::println!(
        "\nNext: put it into the inputs folder of a workspace, instead of the file itself, and run\n  throughline check"
    );
}

fn list(title: &str, findings: &[&Finding]) {
    if findings.is_empty() {
        return;
    }
    anstream::println!("\n{title}");
    for finding in findings {
        let place = finding.origin.as_ref().map(ToString::to_string).unwrap_or_default();
        anstream::println!("  {} {}  {place}\n      {}", finding.severity(), finding.code.id, finding.message());
    }
}

fn refused(error: ImportError, from: &Path) -> Exit {
    match error {
        ImportError::Exists(path) => {
            anstream::eprintln!("error: {} is there already; nothing was changed", path.display());
            anstream::eprintln!("hint: name another workbook, or add --force to write over it");
            Exit::Usage
        }
        ImportError::NotAPlan => {
            anstream::eprintln!("error: {} is not a planner's file", from.display());
            anstream::eprintln!(
                "hint: import takes Primavera XER and XML and Microsoft Project XML; workbooks are read as they are"
            );
            Exit::Usage
        }
        ImportError::Unreadable(findings) => {
            anstream::eprintln!("error: {} cannot be read as a plan", from.display());
            complain(&findings);
            Exit::Disk
        }
        ImportError::TooLarge(table) => {
            anstream::eprintln!("error: {table} has more rows than a worksheet can hold");
            anstream::eprintln!("hint: put the file itself into the inputs folder of a workspace: a run reads it as it is");
            Exit::Usage
        }
        ImportError::Disk(error) => {
            anstream::eprintln!("error: {error}");
            Exit::Disk
        }
        ImportError::Internal(message) => {
            anstream::eprintln!("error: {message}");
            Exit::Internal
        }
    }
}

fn complain(findings: &Findings) {
    for finding in &findings.0 {
        anstream::eprintln!("  {}", finding.message());
        anstream::eprintln!("hint: {}", finding.hint);
    }
}
