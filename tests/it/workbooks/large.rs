//! A plan of three thousand rows: how large its workbook is, how many rules it draws with, how long it takes.

use super::{package, structure};
use rust_xlsxwriter::{Workbook, Worksheet};
use std::time::Instant;
use throughline::base::disk::Disk;
use throughline::pipeline::run::{self, Stage, Watcher};
use throughline::pipeline::workspace::{Request, Workspace};
use throughline::report::master_execution_plan;
use throughline::report::theme::Theme;

/// The largest workbook that still travels by mail without a thought.
const MOST_BYTES: usize = 3_000_000;
/// Rules that a sheet may draw with: a handful a column, never one a cell.
const MOST_RULES: usize = 150;

struct Silent;

impl Watcher for Silent {
    fn stage(&self, _stage: Stage) {}
    fn done(&self) {}
}

fn row(sheet: &mut Worksheet, at: &mut u32, cells: &[&str]) {
    for (col, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        let _ = sheet.write_string(*at, u16::try_from(col).expect("few columns"), *cell).expect("written");
    }
    *at += 1;
}

/// Ten initiatives of five phases of six work packages of nine activities, each after two of the twelve before it.
fn plan() -> Vec<u8> {
    let (mut initiatives, mut activities, mut links) = (Worksheet::new(), Worksheet::new(), Worksheet::new());
    let (mut i, mut a, mut l) = (0, 0, 0);
    row(&mut initiatives, &mut i, &["Initiative ID", "Name", "Owner"]);
    row(
        &mut activities,
        &mut a,
        &["Initiative", "Activity ID", "WBS", "Name", "Type", "Duration", "Baseline start", "Baseline finish"],
    );
    row(&mut links, &mut l, &["Initiative", "Predecessor", "Successor", "Type"]);
    let mut seed = 7_u64;
    let mut random = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    for number in 1..=10 {
        let initiative = format!("I{number:02}");
        row(&mut initiatives, &mut i, &[&initiative, &format!("Initiative number {number}"), "P-1"]);
        let mut count = 0_u64;
        for phase in 1..=5 {
            row(
                &mut activities,
                &mut a,
                &[&initiative, &format!("S{phase}"), &format!("{phase}"), &format!("Phase {phase}"), "summary", "0d"],
            );
            for package in 1..=6 {
                let wbs = format!("{phase}.{package}");
                row(
                    &mut activities,
                    &mut a,
                    &[&initiative, &format!("S{wbs}"), &wbs, &format!("Package {wbs}"), "summary", "0d"],
                );
                for step in 1..=9 {
                    count += 1;
                    let (id, code) = (format!("A{count:04}"), format!("{wbs}.{step}"));
                    let name = format!("Prepare, build and check part {count}");
                    let is_point = step == 9 && package % 3 == 0;
                    let (kind, length) =
                        if is_point { ("milestone", "0d".to_string()) } else { ("task", format!("{}d", 2 + random(12))) };
                    row(&mut activities, &mut a, &[&initiative, &id, &code, &name, kind, &length, "2026-01-05", "2026-06-30"]);
                    let first = 1 + random(12).min(count.saturating_sub(1));
                    for back in [1, 1 + first].into_iter().filter(|back| *back < count) {
                        row(&mut links, &mut l, &[&initiative, &format!("A{:04}", count - back), &id, "FS"]);
                    }
                }
            }
        }
    }
    let mut book = Workbook::new();
    for (name, mut sheet) in [("Initiatives", initiatives), ("Activities", activities), ("Dependencies", links)] {
        sheet.set_name(name).expect("a name");
        book.push_worksheet(sheet);
    }
    book.save_to_buffer().expect("a workbook")
}

pub fn stays_small() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("inputs")).expect("a folder");
    std::fs::write(folder.path().join("inputs/plan.xlsx"), plan()).expect("written");
    let settings = "name = \"Large\"\nas_of = \"2026-03-31\"\nreporting_currency = \"GBP\"\n";
    std::fs::write(folder.path().join("portfolio.toml"), settings).expect("written");
    let disk = Disk::real();
    let today = chrono::NaiveDate::from_ymd_opt(2026, 4, 3).expect("a date");
    let request = Request { root: folder.path().to_path_buf(), as_of: None, out: None, today };
    let workspace = Workspace::open(&disk, &request).expect("a workspace");
    let began = Instant::now();
    let prepared = run::check(&disk, &workspace, None, &Silent).expect("checked").prepared;
    let analysed = began.elapsed();
    let book = master_execution_plan::book(&prepared.report_input());
    let rows = book.table("tbl_plan").expect("the plan").rows.len();
    assert!(rows > 3_000, "{rows} rows");
    let bytes = super::rendered(&book, &Theme::default());
    println!(
        "{rows} rows, {} links: read and analysed in {:.2} s, written in {:.2} s, {} kB",
        prepared.portfolio.dependencies.len(),
        analysed.as_secs_f64(),
        began.elapsed().saturating_sub(analysed).as_secs_f64(),
        bytes.len() / 1_000
    );
    assert!(bytes.len() < MOST_BYTES, "{} bytes", bytes.len());
    let package = package::Package::open(&bytes);
    for (name, part) in package.sheets() {
        let rules = package.xml(&part).all("cfRule").len();
        assert!(rules <= if name == "Gantt" { 12 } else { MOST_RULES }, "{name} draws with {rules} rules");
    }
    let faults = structure::faults(&bytes);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
