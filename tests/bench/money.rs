//! `cargo bench --bench money`: a million ledger lines by twelve columns in four workbooks, in four currencies, with cost codes,
//! exchange rates and budgets, from file to the reconciled cost position by initiative, category and period, on two cores;
//! then the growth from 10,000 lines. Beside it, in the same minutes, the same job in pandas with openpyxl and in polars with
//! fastexcel, where Python has them. Each measurement is a process of its own, so that its peak memory is its own too.
//!
//! A fast wrong answer fails: rows and money add up, and every cell of the position must agree with the peers' to the penny.
//! `-- growth` measures that part alone, `-- ours` leaves the peers out, `-- stages [LINES]` prints where the time goes.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a bench reports figures, and draws its cases from whole numbers"
)]

#[path = "money/workspace.rs"]
mod workspace;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use throughline::analysis::cost::{CostPosition, cost_position};
use throughline::base::digest;
use throughline::base::disk::Disk;
use throughline::model::portfolio::Portfolio;
use throughline::pipeline::control;
use throughline::pipeline::run::{self, Stage, Watcher};
use throughline::pipeline::workspace::{Request, Workspace};
use throughline::source::{self, Limits};
use throughline::table::check::CheckSettings;

/// Lines of the comparison.
const LINES: u32 = 1_000_000;
/// Sizes of the growth curve.
const SIZES: [u32; 5] = [10_000, 31_600, 100_000, 316_000, LINES];
/// Rounds of ours and of polars; pandas runs once, since it takes minutes.
const ROUNDS: usize = 3;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["position", root] => position(Path::new(root), false),
        ["everything", root] => everything(Path::new(root)),
        ["stages"] => with_ledger(LINES, |root| position(root, true)),
        ["stages", lines] => with_ledger(lines.parse().expect("a number of lines"), |root| position(root, true)),
        ["write", root, lines] => workspace::write(Path::new(root), lines.parse().expect("a number")).expect("a workspace"),
        ["growth"] => growth(),
        ["ours"] => with_ledger(LINES, |root| compare(root, false)),
        _ => {
            with_ledger(LINES, |root| compare(root, true));
            growth();
        }
    }
}

fn with_ledger(lines: u32, job: impl FnOnce(&Path)) {
    let folder = tempfile::tempdir().expect("a folder");
    workspace::write(folder.path(), lines).expect("a workspace");
    job(folder.path());
}

/// What a process printed: seconds, peak memory in MB, and the digest of its position.
struct Measured {
    seconds: f64,
    memory: f64,
    position: String,
}

fn measured(command: &mut Command) -> Option<Measured> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut words = text.split_whitespace();
    let mut figure = || words.next()?.parse::<f64>().ok();
    let (seconds, memory) = (figure()?, figure()?);
    Some(Measured { seconds, memory, position: words.collect::<Vec<_>>().join(" ") })
}

fn ours(mode: &str, root: &Path) -> Measured {
    let own = std::env::current_exe().expect("this bench");
    measured(Command::new(own).arg(mode).arg(root)).expect("a measurement")
}

fn peer(script: &str, root: &Path) -> Option<Measured> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bench/peers");
    measured(Command::new("python3").arg(folder.join(script)).arg(root.join("inputs")))
}

/// Ours and the peers' in turn, then medians and ratios.
fn compare(root: &Path, with_peers: bool) {
    println!("{LINES} ledger lines by 12 columns in {} workbooks, from file to reconciled position, 2 cores", workspace::BOOKS);
    let (mut own, mut polars, mut whole) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        own.push(ours("position", root));
        whole.push(ours("everything", root));
        polars.extend(with_peers.then(|| peer("polars_position.py", root)).flatten());
    }
    let pandas: Vec<Measured> = with_peers.then(|| peer("pandas_position.py", root)).flatten().into_iter().collect();
    show("throughline, every cell checked", &own);
    show("throughline, every analysis of a run", &whole);
    for (name, runs) in [("polars with fastexcel", &polars), ("pandas with openpyxl", &pandas)] {
        if runs.is_empty() {
            println!("{name}: not measured");
            continue;
        }
        show(name, runs);
        println!("  ratio of medians: {:.2} times our time", median(runs) / median(&own));
        assert!(
            runs.iter().all(|run| run.position == own[0].position),
            "{name}: {} is not {}",
            runs[0].position,
            own[0].position
        );
    }
    println!("position (cells, GBP pence, of it unassigned, digest): {}", own[0].position);
}

fn median(runs: &[Measured]) -> f64 {
    let mut sorted: Vec<f64> = runs.iter().map(|run| run.seconds).collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

fn show(name: &str, runs: &[Measured]) {
    let least = runs.iter().map(|run| run.seconds).fold(f64::INFINITY, f64::min);
    let most = runs.iter().map(|run| run.seconds).fold(0.0, f64::max);
    let memory = runs.iter().map(|run| run.memory).fold(0.0, f64::max);
    println!("{name:<38} {:>8.2} s ({least:.2} to {most:.2}), peak memory {memory:.0} MB", median(runs));
}

/// Time and memory by size, and the power of the size that time grows by (least squares over the logarithms).
fn growth() {
    println!("{:>10} {:>10} {:>8} {:>12}", "lines", "seconds", "MB", "lines/s");
    let mut points = Vec::new();
    for lines in SIZES {
        with_ledger(lines, |root| {
            let runs: Vec<Measured> = (0..ROUNDS).map(|_| ours("position", root)).collect();
            let (seconds, memory) = (median(&runs), runs.iter().map(|run| run.memory).fold(0.0, f64::max));
            println!("{lines:>10} {seconds:>10.3} {memory:>8.0} {:>12.0}", f64::from(lines) / seconds);
            points.push((f64::from(lines).ln(), seconds.ln()));
        });
    }
    let count = points.len() as f64;
    let (x, y) = points.iter().fold((0.0, 0.0), |sum, point| (sum.0 + point.0 / count, sum.1 + point.1 / count));
    let rise: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    let run: f64 = points.iter().map(|point| (point.0 - x).powi(2)).sum();
    println!("time grows with the number of lines to the power of {:.2}", rise / run);
}

fn opened(root: &Path) -> Workspace {
    // A second workspace in one process finds the pool that the first one made.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(2).build_global();
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 5).expect("a date");
    let request = Request { root: PathBuf::from(root), as_of: None, out: None, today };
    Workspace::open(&Disk::real(), &request).expect("a workspace")
}

/// From file to reconciled position: every cell checked, every line in one bucket, the cube against the ledger.
fn position(root: &Path, stages: bool) {
    let workspace = opened(root);
    let start = Instant::now();
    let mut laps = vec![("", 0.0)];
    let mut lap = |name: &'static str| laps.push((name, start.elapsed().as_secs_f64()));
    let tree = Disk::real().list_tree(&workspace.inputs).expect("inputs");
    let (files, _) = source::discover(tree);
    let (intake, _) = source::read(&Disk::real(), &files, &Limits::default());
    lap("reading");
    let settings = &workspace.settings;
    let check = CheckSettings { fiscal: settings.fiscal, currency: Some(settings.reporting_currency) };
    let (tables, found) = throughline::table::read(&intake.sheets, &workspace.mappings, &check);
    assert_eq!(found.count(throughline::base::finding::Severity::Error), 0, "{:?}", found.0.first());
    rayon::spawn(move || drop(intake));
    lap("checking");
    let (portfolio, _) = Portfolio::build(&tables, settings);
    lap("building");
    let (cost, _) = cost_position(&portfolio, &BTreeMap::new(), &[]);
    lap("cost position");
    assert_eq!(control::residuals(&tables, &portfolio), Vec::<String>::new());
    assert!(cost.ledger_checks.iter().all(|check| check.residual().is_zero()));
    lap("reconciling");
    println!("{:.4} {:.0} {}", start.elapsed().as_secs_f64(), peak_memory(), told(&cost));
    if stages {
        let pairs = laps.iter().zip(laps.iter().skip(1));
        pairs.for_each(|(before, (name, at))| println!("{name:<16} {:.3} s", at - before.1));
    }
}

/// The actual cost of the cube in words that the peers print too: cells, total, unassigned, and a digest of every cell.
fn told(cost: &CostPosition) -> String {
    let (mut lines, mut cells, mut total, mut unassigned) = (String::new(), 0, 0i128, 0i128);
    for (key, amounts) in &cost.cube.cells {
        let Some(actual) = amounts.actual else { continue };
        cells += 1;
        total += i128::from(actual);
        unassigned += if key.initiative.is_none() { i128::from(actual) } else { 0 };
        let initiative = key.initiative.as_ref().map_or("", |id| id.as_str());
        let _ = writeln!(lines, "{initiative}|{}|{}|{actual}", key.category, key.period);
    }
    format!("{cells} {total} {unassigned} {}", digest::sha256(lines.as_bytes()))
}

struct Silent;

impl Watcher for Silent {
    fn stage(&self, _stage: Stage) {}
    fn done(&self) {}
}

/// Everything that a run knows before it writes: all analyses and all findings.
fn everything(root: &Path) {
    let workspace = opened(root);
    let start = Instant::now();
    let prepared = run::look(&Disk::real(), &workspace, None, &Silent).expect("results");
    println!("{:.4} {:.0} {}", start.elapsed().as_secs_f64(), peak_memory(), told(&prepared.analyses.cost));
}

/// Peak memory of this process in MB; 0 where the system does not tell.
fn peak_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    let kilobytes: f64 = line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or(0.0);
    kilobytes / 1024.0
}
