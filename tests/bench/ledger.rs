//! `cargo bench --bench ledger`: a ledger of 200,000 lines by nine columns from file to checked, typed frame with the origin
//! of every value; beside it, in the same minute, fastexcel giving polars the raw sheet (where Python has them); then a
//! table sheet of 100,000 rows written. Each measurement is a process of its own, so that peak memory is its own too.
//!
//! `cargo bench --bench ledger -- stages` prints how long reading and checking take apart.

#![allow(clippy::print_stdout, clippy::expect_used, reason = "a bench reports figures")]

use rust_xlsxwriter::{Format, Workbook, XlsxError};
use std::path::Path;
use std::process::Command;
use std::time::Instant;
use throughline::base::disk::Disk;
use throughline::render::xlsx;
use throughline::report::book::{Book, Cell, Column, Kind, Sheet, Stamp, Table, Value};
use throughline::report::theme::Theme;
use throughline::source::raw::SourceFile;
use throughline::source::{Limits, read};
use throughline::table::check::CheckSettings;
use throughline::table::mapping::Mappings;

const LINES: u32 = 200_000;
const TABLE_ROWS: u32 = 100_000;
const ROUNDS: usize = 7;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["read-and-check", file] => read_and_check(file, false),
        ["stages"] => in_a_folder(|file| read_and_check(file, true)),
        ["write"] => write_table(),
        _ => in_a_folder(compare),
    }
}

fn in_a_folder(job: impl FnOnce(&str)) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ledger.xlsx");
    write_ledger(&path).expect("a ledger");
    job(path.to_str().expect("a path that is text"));
}

/// Ours and the peer's in turn, then the medians and their ratio.
fn compare(file: &str) {
    let peer = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bench/peers/fastexcel_ledger.py");
    let own = std::env::current_exe().expect("this bench");
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.extend(measured(Command::new(&own).args(["read-and-check", file])));
        theirs.extend(measured(Command::new("python3").args([peer, file])));
    }
    println!("ledger of {LINES} lines by 9 columns; {ROUNDS} rounds in turn; median (least to most)");
    show("from file to checked frame", &ours);
    if theirs.is_empty() {
        println!("fastexcel to polars, raw: not measured, Python with fastexcel and polars was not found");
    } else {
        show("fastexcel to polars, raw", &theirs);
        println!("ratio of medians: {:.2}", median(&ours, 0) / median(&theirs, 0));
    }
    let written: Vec<[f64; 2]> = (0..3).filter_map(|_| measured(Command::new(&own).arg("write"))).collect();
    show(&format!("table sheet of {TABLE_ROWS} rows by 8 written"), &written);
}

/// Seconds and peak memory in MB, as the process printed them first; none where it could not run.
fn measured(command: &mut Command) -> Option<[f64; 2]> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut figures = text.split_whitespace().filter_map(|word| word.parse::<f64>().ok());
    Some([figures.next()?, figures.next()?])
}

fn median(runs: &[[f64; 2]], figure: usize) -> f64 {
    let mut sorted: Vec<f64> = runs.iter().map(|run| run[figure]).collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

fn show(name: &str, runs: &[[f64; 2]]) {
    let least = runs.iter().map(|run| run[0]).fold(f64::INFINITY, f64::min);
    let most = runs.iter().map(|run| run[0]).fold(0.0, f64::max);
    println!("{name:<42} {:.3} s ({least:.3} to {most:.3}), peak memory {:.0} MB", median(runs, 0), median(runs, 1));
}

fn read_and_check(file: &str, stages: bool) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build_global();
    pool.expect("the first pool");
    let files = [SourceFile { path: file.into(), name: "ledger.xlsx".into() }];
    let start = Instant::now();
    let (intake, mut findings) = read(&Disk::real(), &files, &Limits::default());
    let read_seconds = start.elapsed().as_secs_f64();
    let (tables, found) = throughline::table::read(&intake.sheets, &Mappings::default(), &CheckSettings::default());
    findings.extend(found);
    tables.assert_reconciled().expect("rows and money add up");
    let seconds = start.elapsed().as_secs_f64();
    let ledger = tables.get("Actuals").expect("a ledger");
    assert_eq!((ledger.len(), findings.0.len()), (LINES as usize, 0), "every line is accepted: {:?}", findings.0.first());
    assert!(ledger.origins.of(0, 0).to_string().ends_with("Actuals!A2"));
    println!("{seconds:.4} {:.0} {}", peak_memory(), ledger.len());
    if stages {
        println!("reading {read_seconds:.3} s, checking {:.3} s", seconds - read_seconds);
    }
}

/// Peak memory of this process in MB; 0 where the system does not tell.
fn peak_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    let kilobytes: f64 = line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or(0.0);
    kilobytes / 1024.0
}

/// What a finance system exports: two columns of distinct texts, five of repeated ones, dates and amounts.
fn write_ledger(path: &Path) -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Actuals")?;
    let (day, money) = (Format::new().set_num_format("yyyy-mm-dd"), Format::new().set_num_format("#,##0.00"));
    let headers = ["Entry ID", "Posting date", "Initiative", "Cost code", "Vendor", "Description", "Amount", "Currency", "Type"];
    sheet.write_row(0, 0, headers)?;
    for row in 1..=LINES {
        let mixed = row.wrapping_mul(2_654_435_761) >> 7;
        sheet.write(row, 0, format!("GL-{row:07}"))?.write_with_format(row, 1, 45_748 + mixed % 550, &day)?;
        sheet.write(row, 2, format!("INIT-{:03}", mixed % 40))?.write(row, 3, format!("CC-{:04}", mixed % 300))?;
        sheet.write(row, 4, format!("Vendor {}", mixed % 2_000))?;
        sheet.write(row, 5, format!("Invoice {mixed} for work done in month {}", mixed % 12))?;
        sheet.write_with_format(row, 6, f64::from(mixed % 250_000 + 100_000) / 100.0, &money)?;
        sheet.write(row, 7, ["GBP", "EUR", "USD"][mixed as usize % 3])?;
        sheet.write(row, 8, ["actual", "accrual", "reversal"][mixed as usize % 3])?;
    }
    book.save(path)
}

fn write_table() {
    let columns = vec![
        Column::text("Entry").wide(12),
        Column::new("Posted", Kind::Date),
        Column::text("Initiative").wide(12),
        Column::text("Vendor").wide(16),
        Column::text("Description").wide(40),
        Column::new("Amount (GBP)", Kind::Number(2)).sum(),
        Column::new("Share", Kind::Percent),
        Column::new("Lines", Kind::Integer),
    ];
    let day = chrono::NaiveDate::from_ymd_opt(2026, 10, 31).expect("a date");
    let row = |number: u32| {
        vec![
            Cell::text(format!("GL-{number:07}")),
            Cell::date(day.checked_sub_days(chrono::Days::new(u64::from(number % 500)))),
            Cell::text(format!("INIT-{:03}", number % 40)),
            Cell::text(format!("Vendor {}", number % 2_000)),
            Cell::text(format!("Invoice {number} for work done in month {}", number % 12)),
            Cell::new(Value::Number(f64::from(number % 250_000) / 100.0)),
            Cell::new(Value::Number(f64::from(number % 1_000) / 1_000.0)),
            Cell::count(number as usize % 50),
        ]
    };
    let table = Table::new("tbl_lines", columns).rows((0..TABLE_ROWS).map(row).collect());
    let stamp = Stamp { portfolio: "Bench".into(), as_of: None, run_id: None, version: "bench".into() };
    let book = Book {
        file_name: "bench".into(),
        title: "Bench".into(),
        stamp,
        inputs: None,
        sheets: vec![Sheet::data("Lines", "Lines").block(table)],
        names: Vec::new(),
    };
    let start = Instant::now();
    let bytes = xlsx::bytes(&book, &Theme::default()).expect("a workbook").bytes;
    println!("{:.4} {:.0} {}", start.elapsed().as_secs_f64(), peak_memory(), bytes.len());
}
