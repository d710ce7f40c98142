//! How fast workbooks are read: `cargo bench --bench reading [-- FILE...]`. Without files it writes a ledger of 200,000 rows by
//! nine columns and reads that. Each round reads every file anew; the figures count from opening to finished sheets.

#![allow(clippy::print_stdout, clippy::expect_used, clippy::cast_precision_loss, reason = "a bench reports figures")]

use rust_xlsxwriter::{Format, Workbook, XlsxError};
use std::path::Path;
use std::time::Instant;
use throughline::base::disk::Disk;
use throughline::source::raw::{RawSheet, SourceFile};
use throughline::source::{Limits, read};

const ROWS: u32 = 200_000;
const ROUNDS: usize = 5;

fn main() {
    let named: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let files: Vec<SourceFile> = if named.is_empty() {
        let path = folder.path().join("ledger.xlsx");
        write_ledger(&path).expect("a ledger");
        vec![SourceFile { path, name: "ledger.xlsx".into() }]
    } else {
        named.into_iter().map(|name| SourceFile { path: name.clone().into(), name }).collect()
    };
    for round in 1..=ROUNDS {
        let start = Instant::now();
        let (intake, findings) = read(&Disk::real(), &files, &Limits::default());
        let seconds = start.elapsed().as_secs_f64();
        let cells: usize = intake.sheets.iter().map(RawSheet::cell_count).sum();
        let (sheets, rate) = (intake.sheets.len(), cells as f64 / seconds / 1e6);
        println!(
            "round {round}: {sheets} sheets, {cells} cells in {seconds:.3} s, {rate:.2} million a second; {} findings",
            findings.0.len()
        );
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("peak memory: not told by this system");
    println!("{} threads; {peak}", rayon::current_num_threads());
}

/// Two columns of distinct texts, five of repeated ones, dates and amounts: what a finance system exports.
fn write_ledger(path: &Path) -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Actuals")?;
    let (day, money) = (Format::new().set_num_format("yyyy-mm-dd"), Format::new().set_num_format("#,##0.00"));
    let headers =
        ["Entry id", "Posting date", "Initiative", "Cost code", "Vendor", "Description", "Amount", "Currency", "Period"];
    sheet.write_row(0, 0, headers)?;
    for row in 1..=ROWS {
        let mixed = row.wrapping_mul(2_654_435_761) >> 7;
        sheet.write(row, 0, format!("GL-{row:07}"))?.write_with_format(row, 1, 45_748 + mixed % 550, &day)?;
        sheet.write(row, 2, format!("INIT-{:03}", mixed % 40))?.write(row, 3, format!("CC-{:04}", mixed % 300))?;
        sheet.write(row, 4, format!("Vendor {}", mixed % 2_000))?;
        sheet.write(row, 5, format!("Invoice {mixed} for work done in month {}", mixed % 12))?;
        sheet.write_with_format(row, 6, f64::from(mixed % 2_500_000) / 100.0 - 5_000.0, &money)?;
        sheet.write(row, 7, ["GBP", "EUR", "USD"][mixed as usize % 3])?.write(
            row,
            8,
            format!("FY2026-P{:02}", mixed % 12 + 1),
        )?;
    }
    book.save(path)
}
