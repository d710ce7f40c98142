//! `cargo bench --bench schedule`: the two passes of the critical path method on one core, over networks built beforehand:
//! early and late dates, total and free float, driving links and the longest path. Six calendars with holidays and a night
//! shift, lags of both signs, date constraints, progress up to a data date; 20,000 activities with 49,000 links, 100,000 with
//! 245,000, and the growth from 1,000 to 200,000.
//!
//! A fast wrong answer fails: before anything is timed, the dates are held against every link and against a network whose
//! finish is known. `-- gate` fails where a target is missed; `-- growth` and `-- large` measure that part alone.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "a bench reports figures, and draws its cases from whole numbers"
)]

#[path = "schedule/certificate.rs"]
mod certificate;
#[path = "schedule/networks.rs"]
mod networks;

use networks::Shape;
use std::hint::black_box;
use std::time::Instant;
use throughline::analysis::schedule::{Network, ScheduleOptions, longest_paths, run_passes};
use throughline::base::day::Moment;

/// What is asked of the two sizes that planners know, in milliseconds.
const TARGETS: [(Shape, f64); 2] =
    [(Shape { activities: 20_000, links: 49_000 }, 6.0), (Shape { activities: 100_000, links: 245_000 }, 40.0)];

/// Sizes of the growth curve; each has 2.45 links an activity.
const SIZES: [usize; 8] = [1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000];

/// Time may grow by at most this power of the size.
const STEEPEST: f64 = 1.2;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |word: &str| arguments.iter().any(|argument| argument == word);
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().expect("the first pool");
    known_finish();
    let mut missed = Vec::new();
    if !has("growth") {
        missed.extend(TARGETS.iter().filter(|(shape, limit)| !meets(*shape, *limit)).map(|(shape, _)| shape.activities));
    }
    let steepness = if has("large") { 1.0 } else { growth() };
    if has("gate") {
        assert!(missed.is_empty(), "too slow at {missed:?} activities");
        assert!(steepness <= STEEPEST, "time grows with the size to the power of {steepness:.2}");
    }
}

/// A network of a shape with its data date.
fn prepared(shape: Shape) -> (Network, Moment) {
    let start = Instant::now();
    let (network, data_date) = networks::layered(shape);
    let seconds = start.elapsed().as_secs_f64();
    certificate::check(&network, data_date);
    println!("{} activities, {} links; drawn in {seconds:.1} s", network.nodes.len(), network.links.len());
    (network, data_date)
}

fn meets(shape: Shape, limit: f64) -> bool {
    let (network, data_date) = prepared(shape);
    let runs = milliseconds(&network, data_date, if shape.activities > 50_000 { 31 } else { 101 });
    let (median, least, most) = (runs[runs.len() / 2], runs[0], runs[runs.len() - 1]);
    let verdict = if median <= limit { "met" } else { "missed" };
    println!("  two passes {median:.2} ms ({least:.2} to {most:.2}, {} runs); target {limit} ms {verdict}", runs.len());
    let (nodes, links, calendars) = (network.nodes.clone(), network.links.clone(), network.calendars.clone());
    let build = Instant::now();
    black_box(Network::new(calendars, nodes, &links).expect("no cycle"));
    println!("  building the network, not counted above: {:.2} ms", build.elapsed().as_secs_f64() * 1e3);
    median <= limit
}

/// Times of the passes with the longest path, ascending.
fn milliseconds(network: &Network, data_date: Moment, runs: usize) -> Vec<f64> {
    let options = [ScheduleOptions::default()];
    let once = || {
        let start = Instant::now();
        let passes = run_passes(black_box(network), Some(data_date), &options);
        let path = longest_paths(&passes, network);
        let took = start.elapsed().as_secs_f64() * 1e3;
        assert!(!black_box(path).is_empty(), "something is left to do");
        took
    };
    let _ = [once(), once(), once()];
    let mut times: Vec<f64> = (0..runs).map(|_| once()).collect();
    times.sort_by(f64::total_cmp);
    times
}

/// Prints the curve; returns the power of the size with which time grows, by least squares of the logarithms.
fn growth() -> f64 {
    println!("{:>10} {:>10} {:>12} {:>18}", "activities", "links", "median, ms", "ns an activity");
    let mut points = Vec::new();
    for activities in SIZES {
        let shape = Shape { activities, links: activities * 49 / 20 };
        let (network, data_date) = networks::layered(shape);
        certificate::check(&network, data_date);
        let runs = milliseconds(&network, data_date, (2_000_000 / activities).clamp(15, 401));
        let median = runs[runs.len() / 2];
        println!("{activities:>10} {:>10} {median:>12.3} {:>18.0}", shape.links, median * 1e6 / activities as f64);
        points.push(((activities as f64).ln(), median.ln()));
    }
    let slope = slope(&points);
    println!("time grows with the size to the power of {slope:.2}");
    slope
}

fn slope(points: &[(f64, f64)]) -> f64 {
    let count = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let covariance: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    covariance / points.iter().map(|point| (point.0 - x).powi(2)).sum::<f64>()
}

/// A hundred chains of two hundred days' work each, each a day after the one before: 299 working days from a Monday.
fn known_finish() {
    let network = networks::staggered_chains(100, 200);
    let passes = run_passes(&network, None, &[ScheduleOptions::default()]);
    let finish = Moment::at("2027-04-22".parse().expect("a date"), 17, 0);
    assert_eq!(passes.group_finish, [Some(finish)], "59 weeks and four days");
    assert!(
        (0..network.nodes.len()).all(|at| passes.dates(&network, at).total_float == Some(0)),
        "every way through takes as long"
    );
    assert_eq!(longest_paths(&passes, &network)[0].len(), 20_000, "and so every activity lies on the longest path");
}
