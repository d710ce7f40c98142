//! From a written workbook through a whole run to the published set, read again with our own reader: every sum on its sheets
//! is the judge's, to the smallest unit.

use super::draw::{AS_OF, Drawn};
use super::judge::{Verdict, judge};
use rayon::prelude::*;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use throughline::base::disk::Disk;
use throughline::base::finding::Severity;
use throughline::base::number::from_excel;
use throughline::pipeline::run::{self, Stage, Watcher};
use throughline::pipeline::workspace::{Request, Workspace};
use throughline::source::raw::{RawSheet, SourceFile, TableRegion, Value};
use throughline::source::{Limits, read};

const SETTINGS: &str = "name = \"Drawn\"\nas_of = \"2026-10-31\"\nreporting_currency = \"GBP\"\n";

struct Silent;

impl Watcher for Silent {
    fn stage(&self, _stage: Stage) {}
    fn done(&self) {}
}

/// Publishes the ledgers of so many seeds, and adds up what was published.
pub fn tie_out(ledgers: u64) {
    (0..ledgers).into_par_iter().for_each(|seed| {
        let folder = tempfile::tempdir().expect("a folder");
        let drawn = Drawn::of(1_000_000 + seed, 120);
        let verdict = judge(&drawn);
        let out = publish(folder.path(), &drawn);
        let dashboard = Book::read(&out.join("Performance Dashboard.xlsx"));
        cost(&dashboard, &verdict, seed);
        control_totals(&dashboard, &verdict, seed);
        statements(&dashboard, seed);
        tidy(&out.join("data/cost.csv"), &verdict, seed);
    });
}

/// Writes the workbooks and runs; gives the folder of the set.
fn publish(root: &Path, drawn: &Drawn) -> PathBuf {
    fs::create_dir_all(root.join("inputs")).expect("a folder");
    fs::write(root.join("portfolio.toml"), SETTINGS).expect("written");
    super::book::write(&drawn.sheets(2), &root.join("inputs"));
    let request = Request { root: root.to_path_buf(), as_of: None, out: None, today: AS_OF };
    let disk = Disk::real();
    let workspace = Workspace::open(&disk, &request).expect("a workspace");
    run::run(&disk, &workspace, None, false, &Silent).expect("published");
    root.join("out/2026-10-31")
}

/// A published workbook.
struct Book(Vec<RawSheet>);

impl Book {
    fn read(path: &Path) -> Self {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let files = [SourceFile { path: path.to_path_buf(), name }];
        let (intake, findings) = read(&Disk::real(), &files, &Limits::default());
        assert!(findings.0.iter().all(|finding| finding.code.severity != Severity::Error), "{findings:?}");
        Self(intake.sheets)
    }

    fn table(&self, name: &str) -> Table<'_> {
        let mut all = self.0.iter().flat_map(|sheet| sheet.tables.iter().map(move |region| Table { sheet, region }));
        all.find(|table| table.region.name == name).unwrap_or_else(|| panic!("no table {name}"))
    }
}

/// A table of it.
struct Table<'b> {
    sheet: &'b RawSheet,
    region: &'b TableRegion,
}

impl Table<'_> {
    /// The column of a header; a unit may stand behind it.
    fn col(&self, header: &str) -> u32 {
        let is = |column: &String| column == header || column.strip_prefix(header).is_some_and(|rest| rest.starts_with(" ("));
        let at = self.region.columns.iter().position(is);
        self.region.rect.left
            + at.unwrap_or_else(|| panic!("{}: no {header} in {:?}", self.region.name, self.region.columns)) as u32
    }

    fn rows(&self) -> std::ops::RangeInclusive<u32> {
        let rect = self.region.rect;
        rect.top + self.region.header_rows..=rect.bottom - self.region.totals_rows
    }

    fn text(&self, row: u32, header: &str) -> &str {
        self.sheet.cell_text(row, self.col(header)).unwrap_or("")
    }

    /// A number in so many parts of one; none where there is no number. Fractions of a part are a fault.
    fn parts(&self, row: u32, header: &str, parts: i64) -> Option<i128> {
        let Some((Value::Number(number), _)) = self.sheet.cell(row, self.col(header)) else { return None };
        let scaled = from_excel(number).expect("a number") * Decimal::from(parts);
        assert!(scaled.fract().is_zero(), "{}, row {row}, {header}: {number} is not whole", self.region.name);
        Some(i128::try_from(scaled).expect("in range"))
    }

    fn pence(&self, row: u32, header: &str) -> Option<i128> {
        self.parts(row, header, 100)
    }

    fn total(&self, header: &str) -> Option<i128> {
        assert_eq!(self.region.totals_rows, 1, "{}", self.region.name);
        self.pence(self.region.rect.bottom, header)
    }
}

/// Actual cost of the judge by a part of the cell.
fn actual<K: Ord>(verdict: &Verdict, by: impl Fn(&super::judge::Cell) -> K) -> BTreeMap<K, i128> {
    let mut sums = BTreeMap::new();
    for ((_, cell), pence) in verdict.cube.iter().filter(|((fact, _), _)| *fact == "actual") {
        *sums.entry(by(cell)).or_default() += pence;
    }
    sums
}

fn nonzero<K: Ord>(sums: BTreeMap<K, i128>) -> BTreeMap<K, i128> {
    sums.into_iter().filter(|(_, pence)| *pence != 0).collect()
}

/// The pages of cost: by initiative, by initiative and category, by period.
fn cost(book: &Book, verdict: &Verdict, seed: u64) {
    let lost = |id: &str| verdict.unconverted.iter().any(|(fact, cell, _)| *fact == "actual" && cell.0 == id);
    let life = book.table("tbl_cost_life");
    let by_initiative = actual(verdict, |cell| cell.0.to_string());
    let mut shown = 0;
    for row in life.rows() {
        let id = life.text(row, "Initiative");
        let id = if id == "(none)" { "" } else { id };
        // Where some money has no rate, an initiative has no figure: a part of its cost would pass for the whole.
        let expected = by_initiative.get(id).copied().unwrap_or(0);
        let found = life.pence(row, "AC");
        assert_eq!(found, (!lost(id) || id.is_empty()).then_some(expected), "seed {seed}, {id}");
        shown += found.unwrap_or(0);
    }
    assert_eq!(life.total("AC").unwrap_or(0), shown, "seed {seed}: the total of the page");
    if verdict.unconverted.is_empty() {
        assert_eq!(shown, by_initiative.values().sum::<i128>(), "seed {seed}");
    }
    let detail = book.table("tbl_cost_detail");
    let whole = detail.rows().filter(|row| detail.text(*row, "Window") == "whole life");
    let cells = whole.filter_map(|row| {
        let category = Some(detail.text(row, "Category")).filter(|category| *category != "(none given)").unwrap_or("");
        Some(((detail.text(row, "Initiative").to_string(), category.to_string()), detail.pence(row, "AC")?))
    });
    let expected = actual(verdict, |cell| (cell.0.to_string(), cell.1.to_string()));
    let expected = expected.into_iter().filter(|((id, _), _)| !id.is_empty()).collect();
    assert_eq!(nonzero(cells.collect()), nonzero(expected), "seed {seed}");
    let periods = book.table("tbl_cost_periods");
    let by_period = periods.rows().filter_map(|row| Some((periods.text(row, "Period").to_string(), periods.pence(row, "AC")?)));
    let expected = actual(verdict, |cell| format!("FY2026-P{:02}", cell.2));
    assert_eq!(nonzero(by_period.collect()), nonzero(expected), "seed {seed}");
}

/// Rows and money that came in, and where they went.
fn control_totals(book: &Book, verdict: &Verdict, seed: u64) {
    let money = book.table("tbl_control_money");
    let mut found: BTreeMap<String, [i128; 3]> = BTreeMap::new();
    for row in money.rows().filter(|row| money.text(*row, "Table") == "Actuals") {
        let sums = found.entry(money.text(row, "Currency").to_string()).or_default();
        for (sum, header) in sums.iter_mut().zip(["Money in", "Accepted", "Held back"]) {
            *sum += money.parts(row, header, 10_000).expect("a sum");
        }
    }
    let some = |sums: &[i128; 3]| sums.iter().any(|sum| *sum != 0);
    found.retain(|_, sums| some(sums));
    let expected = verdict.table.iter().map(|(code, sums)| ((*code).to_string(), *sums)).filter(|(_, sums)| some(sums));
    assert_eq!(found, expected.collect(), "seed {seed}");
    let rows = book.table("tbl_control_rows");
    let count = |header| {
        let lines = rows.rows().filter(|row| rows.text(*row, "Table") == "Actuals");
        lines.map(|row| rows.parts(row, header, 1).expect("a count")).sum::<i128>()
    };
    let held = verdict.buckets.iter().filter(|bucket| **bucket == super::judge::Bucket::Quarantined).count() as i128;
    let all = verdict.buckets.len() as i128;
    assert_eq!((count("Seen"), count("Accepted"), count("Held back")), (all, all - held, held), "seed {seed}");
    assert!(rows.rows().all(|row| rows.parts(row, "Residual", 1) == Some(0)), "seed {seed}");
}

/// Every statement that must tie does, and its own sums say so.
fn statements(book: &Book, seed: u64) {
    let table = book.table("tbl_recon");
    let mut must = 0;
    for row in table.rows().filter(|row| table.text(*row, "Kind") == "must tie") {
        let amount = |header| table.parts(row, header, 10_000).expect("an amount");
        let difference = amount("Source total") + amount("Adjustments") - amount("Reported");
        assert_eq!((difference, amount("Difference")), (0, 0), "seed {seed}, row {row}");
        must += 1;
    }
    assert!(must > 0, "seed {seed}: no statement must tie");
}

/// The tidy result holds the very cells.
fn tidy(path: &Path, verdict: &Verdict, seed: u64) {
    let mut reader = csv::Reader::from_path(path).expect("a result");
    let headers = reader.headers().expect("headers").clone();
    let at = |name: &str| headers.iter().position(|header| header == name).expect("a column");
    let (initiative, category, period) = (at("initiative"), at("category"), at("period"));
    let actual = at("actual_cost");
    let mut found = BTreeMap::new();
    for record in reader.records().map(|record| record.expect("a record")) {
        let number: u32 = record[period].rsplit('P').next().and_then(|number| number.parse().ok()).expect("a period");
        if let Ok(amount) = record[actual].parse::<Decimal>() {
            let pence = i128::try_from(amount * Decimal::ONE_HUNDRED).expect("pence");
            found.insert((record[initiative].to_string(), record[category].to_string(), number), pence);
        }
    }
    let expected = self::actual(verdict, |cell| (cell.0.to_string(), cell.1.to_string(), cell.2));
    assert_eq!(found, expected, "seed {seed}");
}
