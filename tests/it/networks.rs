//! The schedule's passes against a judge that knows nothing of them: dates raised, and lowered, a minute at a time until
//! no link is violated. Small networks, all of them; larger ones at random.
//!
//! All networks of up to 3 activities in the quick tier, of 4 in the full one (13 choices a pair: no link, or one of four
//! kinds with a lag of -1, 0 or 2: 4.8 million); for 5 activities all 1,024 graphs with each of the 12 kinds throughout,
//! and in the full tier a million mixed ones. Then 20,000 activities whose dates are known, and the critical path lengths
//! that PSPLIB gives for 960 projects (Kolisch & Sprecher, European Journal of Operational Research 96, 1997).

use crate::harness::{is_full_tier, reference, test};
use libtest_mimic::Trial;
use rayon::prelude::*;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;
use throughline::analysis::schedule::{Hold, Link, Network, Node, Passes, ScheduleOptions, longest_paths, run_passes};
use throughline::base::calendar::WorkCalendar;
use throughline::base::day::Moment;
use throughline::model::activity::LinkType;

/// Durations that are tried, zero among them.
const DURATIONS: [[i64; 5]; 2] = [[3, 2, 4, 1, 2], [2, 0, 3, 0, 1]];

/// The start of every project, in minutes; any moment will do.
const START: i64 = 10_000_000;

const KINDS: [LinkType; 4] = [LinkType::FinishToStart, LinkType::StartToStart, LinkType::FinishToFinish, LinkType::StartToFinish];

const LAGS: [i64; 3] = [-1, 0, 2];

/// What lies between two activities: nothing, or one of twelve links.
const CHOICES: u64 = 13;

pub fn trials() -> Vec<Trial> {
    vec![
        test("networks::all_of_up_to_three_activities", || (1..=3).for_each(all_of)),
        test("networks::all_of_four_activities", all_of_four),
        test("networks::five_activities_every_graph_of_one_kind", five_of_one_kind),
        test("networks::five_activities_at_random", five_at_random),
        test("networks::twenty_thousand_activities", twenty_thousand),
        reference("networks::critical_path_lengths_of_psplib", "psplib", psplib),
    ]
}

/// A link between two activities, as the judge sees it.
#[derive(Clone, Copy, Debug)]
struct Bond {
    from: usize,
    to: usize,
    kind: LinkType,
    lag: i64,
}

fn bond(from: usize, to: usize, choice: u64) -> Option<Bond> {
    let choice = choice.checked_sub(1)? as usize;
    Some(Bond { from, to, kind: KINDS[choice / LAGS.len()], lag: LAGS[choice % LAGS.len()] })
}

fn pairs(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(move |from| (from + 1..count).map(move |to| (from, to)))
}

/// The network of a number in base 13, one digit a pair.
fn bonds(count: usize, mut number: u64) -> Vec<Bond> {
    let mut next = || {
        let digit = number % CHOICES;
        number /= CHOICES;
        digit
    };
    pairs(count).filter_map(|(from, to)| bond(from, to, next())).collect()
}

fn all_of(count: usize) {
    let networks = CHOICES.pow(u32::try_from(pairs(count).count()).expect("few pairs"));
    (0..networks).for_each(|number| judge(count, &bonds(count, number)));
}

fn all_of_four() {
    let all = CHOICES.pow(6);
    let step = if is_full_tier() { 1 } else { 997 };
    (0..all / step).into_par_iter().for_each(|number| judge(4, &bonds(4, number * step)));
}

fn five_of_one_kind() {
    for graph in 0u32..1 << 10 {
        for choice in 1..CHOICES {
            let linked = pairs(5).enumerate().filter(|(bit, _)| graph >> bit & 1 == 1);
            judge(5, &linked.filter_map(|(_, (from, to))| bond(from, to, choice)).collect::<Vec<_>>());
        }
    }
}

fn five_at_random() {
    let mut state = 20_261_031_u64;
    let mut draw = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    for _ in 0..if is_full_tier() { 1_000_000 } else { 2_000 } {
        judge(5, &pairs(5).filter_map(|(from, to)| bond(from, to, draw() % CHOICES)).collect::<Vec<_>>());
    }
}

fn judge(count: usize, bonds: &[Bond]) {
    for durations in &DURATIONS {
        compare(&durations[..count], bonds);
    }
}

fn compare(durations: &[i64], bonds: &[Bond]) {
    let (network, passes) = scheduled(durations, bonds);
    let early = earliest(durations, bonds);
    let finish = (0..durations.len()).map(|at| early[at] + durations[at]).max().unwrap_or(0);
    let late = latest(durations, bonds, finish);
    for at in 0..durations.len() {
        let story = || format!("activity {at} of {durations:?} {bonds:?}");
        assert_eq!(passes.dates(&network, at).early_start.0 - START, early[at], "early start, {}", story());
        assert_eq!(passes.dates(&network, at).early_finish.0 - START, early[at] + durations[at], "early finish, {}", story());
        assert_eq!(passes.dates(&network, at).late_start.0 - START, late[at], "late start, {}", story());
        assert_eq!(passes.dates(&network, at).late_finish.0 - START, late[at] + durations[at], "late finish, {}", story());
        assert_eq!(passes.dates(&network, at).total_float, Some(late[at] - early[at]), "total float, {}", story());
        assert_eq!(
            passes.dates(&network, at).free_float,
            Some(free_float(durations, bonds, &early, finish, at)),
            "free float, {}",
            story()
        );
        let held = match passes.dates(&network, at).hold {
            Hold::Link(link) => is_tight(&network, durations, &early, link),
            Hold::ProjectStart => early[at] == 0,
            _ => false,
        };
        assert!(held, "driver {:?}, {}", passes.dates(&network, at).hold, story());
    }
    let path = &longest_paths(&passes, &network)[0];
    assert!(path.iter().any(|&at| early[at] + durations[at] == finish), "the longest path ends at the finish, {bonds:?}");
    assert!(path.iter().all(|&at| late[at] == early[at]), "without constraints the longest path has no float, {bonds:?}");
}

fn scheduled(durations: &[i64], bonds: &[Bond]) -> (Network, Passes) {
    let node = |duration: &i64| Node::new(0, 0, *duration, Moment(START));
    let link = |(dependency, bond): (usize, &Bond)| Link {
        predecessor: bond.from,
        successor: bond.to,
        kind: bond.kind,
        lag: bond.lag,
        calendar: 0,
        dependency,
    };
    let links: Vec<Link> = bonds.iter().enumerate().map(link).collect();
    let calendars = vec![Arc::new(WorkCalendar::round_the_clock())];
    let network = Network::new(calendars, durations.iter().map(node).collect(), &links).expect("no cycle");
    let passes = run_passes(&network, None, &[ScheduleOptions::default()]);
    (network, passes)
}

/// By how much two dates violate a link; none or less where they do not.
fn violation(durations: &[i64], starts: &[i64], bond: &Bond) -> i64 {
    let finish = |at: usize| starts[at] + durations[at];
    match bond.kind {
        LinkType::FinishToStart => finish(bond.from) + bond.lag - starts[bond.to],
        LinkType::StartToStart => starts[bond.from] + bond.lag - starts[bond.to],
        LinkType::FinishToFinish => finish(bond.from) + bond.lag - finish(bond.to),
        LinkType::StartToFinish => starts[bond.from] + bond.lag - finish(bond.to),
    }
}

fn earliest(durations: &[i64], bonds: &[Bond]) -> Vec<i64> {
    let mut starts = vec![0; durations.len()];
    while let Some(bond) = bonds.iter().find(|bond| violation(durations, &starts, bond) > 0) {
        starts[bond.to] += 1;
    }
    starts
}

fn latest(durations: &[i64], bonds: &[Bond], finish: i64) -> Vec<i64> {
    let mut starts: Vec<i64> = durations.iter().map(|duration| finish - duration).collect();
    while let Some(bond) = bonds.iter().find(|bond| violation(durations, &starts, bond) > 0) {
        starts[bond.from] -= 1;
    }
    starts
}

/// How far an activity can move alone before a successor, or the finish, is touched.
fn free_float(durations: &[i64], bonds: &[Bond], early: &[i64], finish: i64, at: usize) -> i64 {
    let out: Vec<&Bond> = bonds.iter().filter(|bond| bond.from == at).collect();
    let mut moved = early.to_vec();
    let fits = |starts: &[i64]| {
        let within = !out.is_empty() || starts[at] + durations[at] <= finish;
        within && out.iter().all(|bond| violation(durations, starts, bond) <= 0)
    };
    loop {
        moved[at] += 1;
        if !fits(&moved) {
            return moved[at] - early[at] - 1;
        }
    }
}

fn is_tight(network: &Network, durations: &[i64], early: &[i64], link: usize) -> bool {
    let link = &network.links[link];
    let bond = Bond { from: link.predecessor, to: link.successor, kind: link.kind, lag: link.lag };
    violation(durations, early, &bond) == 0
}

/// A hundred chains of two hundred days' work each, a day after one another's start: 299 working days from Monday.
fn twenty_thousand() {
    let (chains, length) = (100, 200);
    let node = |_| Node::new(0, 0, 480, Moment::at("2026-03-02".parse().expect("a date"), 8, 0));
    let mut links = Vec::new();
    let mut link = |predecessor, successor, kind, lag| {
        links.push(Link { predecessor, successor, kind, lag, calendar: 0, dependency: links.len() });
    };
    for chain in 0..chains {
        for at in 0..length {
            let activity = chain * length + at;
            if at + 1 < length {
                link(activity, activity + 1, LinkType::FinishToStart, 0);
            }
            if chain + 1 < chains {
                link(activity, activity + length, LinkType::StartToStart, 480);
            }
        }
    }
    let calendars = vec![Arc::new(WorkCalendar::standard())];
    let network = Network::new(calendars, (0..chains * length).map(node).collect(), &links).expect("no cycle");
    let start = Instant::now();
    let passes = run_passes(&network, None, &[ScheduleOptions::default()]);
    println!("{} activities, {} links: {:?}", network.nodes.len(), network.links.len(), start.elapsed());
    let finish = Moment::at("2027-04-22".parse().expect("a date"), 17, 0);
    assert_eq!(passes.group_finish, [Some(finish)], "59 weeks and four days");
    assert!(
        (0..network.nodes.len()).all(|at| passes.dates(&network, at).total_float == Some(0)),
        "every way through takes as long"
    );
}

/// Every project of PSPLIB, in periods without calendar or resources.
fn psplib(folder: &Path) {
    let mut compared = 0;
    for record in csv::Reader::from_path(folder.join("best_known.csv")).expect("the bounds").records() {
        let record = record.expect("a row");
        let path = folder.join(&record[0]).join(format!("{}.sm", &record[1]));
        let (durations, bonds) = project(&std::fs::read_to_string(&path).expect("a project"));
        let (network, passes) = scheduled(&durations, &bonds);
        let length = (0..durations.len()).map(|at| passes.dates(&network, at).early_finish.0 - START).max();
        assert_eq!(length, record[2].parse().ok(), "{}", path.display());
        compared += 1;
    }
    assert_eq!(compared, 960);
}

/// Durations and precedence of a project in PSPLIB's format.
fn project(text: &str) -> (Vec<i64>, Vec<Bond>) {
    let numbers = |line: &str| line.split_whitespace().map_while(|part| part.parse::<i64>().ok()).collect::<Vec<i64>>();
    let part = |title: &str| {
        let lines = text.lines().skip_while(|line| !line.starts_with(title)).skip(1);
        lines.skip_while(|line| numbers(line).is_empty()).map(numbers).take_while(|line| !line.is_empty()).collect::<Vec<_>>()
    };
    let job = |number: i64| usize::try_from(number - 1).expect("a job");
    let bonds = part("PRECEDENCE RELATIONS").into_iter().flat_map(move |line| {
        let from = job(line[0]);
        let bond = move |to: &i64| Bond { from, to: job(*to), kind: LinkType::FinishToStart, lag: 0 };
        line[3..].iter().map(bond).collect::<Vec<_>>()
    });
    (part("REQUESTS/DURATIONS").iter().map(|line| line[2]).collect(), bonds.collect())
}
