//! How fast workbooks are read: `cargo bench --bench reading [FILE...]`.
//!
//! Without files it writes a ledger of 200,000 rows by 9 columns and reads that.

#![allow(clippy::print_stdout, reason = "a bench reports figures")]

use std::time::Instant;
use throughline::base::disk::Disk;
use throughline::source::raw::SourceFile;
use throughline::source::{Limits, read};

fn main() {
    let named: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let files: Vec<SourceFile> = named.iter().map(|name| SourceFile { path: name.into(), name: name.clone() }).collect();
    for round in 0..5 {
        let start = Instant::now();
        let (intake, findings) = read(&Disk::real(), &files, &Limits::default());
        let cells: usize = intake.sheets.iter().map(throughline::source::raw::RawSheet::cell_count).sum();
        let seconds = start.elapsed().as_secs_f64();
        println!("round {round}: {} sheets, {cells} cells in {seconds:.3} s", intake.sheets.len());
        if round == 0 {
            for finding in &findings.rolled_up().0 {
                println!(
                    "{:?} {} {} {}",
                    finding.code.id,
                    finding.severity(),
                    finding.origin.as_ref().map(ToString::to_string).unwrap_or_default(),
                    finding.message()
                );
            }
        }
    }
}
