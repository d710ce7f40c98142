//! Networks for the bench: layered ones as large plans are, and one whose dates can be worked out by hand.

use std::sync::Arc;
use throughline::analysis::schedule::{DateRules, Link, Network, Node, Progress, ScheduleOptions, run_passes};
use throughline::base::calendar::{CalendarDefinition, CalendarException, Calendars, WorkCalendar};
use throughline::base::day::{Day, Moment};
use throughline::base::id::CalendarId;
use throughline::model::activity::{Constraint, LinkType};

/// How large a network is.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Activities.
    pub activities: usize,
    /// Links.
    pub links: usize,
}

/// A fixed sequence of numbers: the multiplier of Knuth's MMIX.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound.max(1)
    }

    /// True so many times in a hundred.
    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

fn date(text: &str) -> Day {
    text.parse().expect("a date")
}

fn node(calendar: usize, duration: i64) -> Node {
    Node::new(calendar, 0, duration, Moment::at(date("2026-03-02"), 8, 0))
}

/// Chains of a day's work each, every chain a day after the one before.
pub fn staggered_chains(chains: usize, length: usize) -> Network {
    let mut links = Vec::new();
    let mut link = |predecessor, successor, kind, lag| {
        links.push(Link { predecessor, successor, kind, lag, calendar: 0, dependency: links.len() });
    };
    for activity in 0..chains * length {
        if activity % length + 1 < length {
            link(activity, activity + 1, LinkType::FinishToStart, 0);
        }
        if activity / length + 1 < chains {
            link(activity, activity + length, LinkType::StartToStart, 480);
        }
    }
    let nodes = (0..chains * length).map(|_| node(0, 480)).collect();
    Network::new(vec![Arc::new(WorkCalendar::standard())], nodes, &links).expect("no cycle")
}

/// A plan in layers of a hundred activities: links lead up to three layers on, four in five from finish to start. A tenth
/// of the work is done, and what was under way then is under way.
pub fn layered(shape: Shape) -> (Network, Moment) {
    let mut draw = Draw(20_261_031);
    let calendars = calendars();
    let layer = 100.min(shape.activities / 10);
    let mut nodes: Vec<Node> = (0..shape.activities).map(|_| activity(&mut draw)).collect();
    let links = links(&mut draw, shape, layer, &nodes);
    let planned = Network::new(calendars.clone(), nodes.clone(), &links).expect("layers make no cycle");
    let passes = run_passes(&planned, None, &[ScheduleOptions::default()]);
    let last = passes.group_finish[0].expect("a finish");
    let first = nodes[0].floor;
    let now = calendars[0].next_work_start(first.plus((last.0 - first.0) / 10 / 1_440 * 1_440));
    for (at, node) in nodes.iter_mut().enumerate() {
        let (start, finish) = (passes.dates(&planned, at).early_start, passes.dates(&planned, at).early_finish);
        let left = calendars[node.calendar].work(now, finish);
        node.progress = match (finish <= now || left <= 0, start < now) {
            (true, true) => Progress::Complete { start, finish: finish.min(now) },
            (false, true) => Progress::InProgress { start, remaining: left + node.duration / 8, resume: None },
            _ => Progress::NotStarted,
        };
        if node.progress == Progress::NotStarted {
            let constraint = constraint(&mut draw, start);
            *node = node.clone().bound_by(DateRules { constraint, ..DateRules::default() });
        }
    }
    (Network::new(calendars, nodes, &links).expect("layers make no cycle"), now)
}

fn activity(draw: &mut Draw) -> Node {
    let calendar = if draw.chance(60) { 0 } else { draw.below(6) };
    let hours = if draw.chance(5) { 0 } else { 4 + draw.below(116) };
    node(calendar, hours as i64 * 60)
}

/// Every activity but those of the first layer has a predecessor; the other links fall where they may.
fn links(draw: &mut Draw, shape: Shape, layer: usize, nodes: &[Node]) -> Vec<Link> {
    let mut links = Vec::with_capacity(shape.links);
    let mut successor = layer;
    while links.len() < shape.links {
        let back = layer * draw.below(3).min(successor / layer - 1);
        let predecessor = (successor / layer - 1) * layer - back + draw.below(layer);
        links.push(link(draw, predecessor, successor, nodes, links.len()));
        successor =
            if links.len() + layer < shape.activities { successor + 1 } else { layer + draw.below(shape.activities - layer) };
    }
    links
}

fn link(draw: &mut Draw, predecessor: usize, successor: usize, nodes: &[Node], dependency: usize) -> Link {
    let kind = match draw.below(20) {
        0..16 => LinkType::FinishToStart,
        16..18 => LinkType::StartToStart,
        18 => LinkType::FinishToFinish,
        _ => LinkType::StartToFinish,
    };
    let lag = match draw.below(20) {
        0..15 => 0,
        15..19 => 60 * (1 + draw.below(40) as i64),
        _ => -60 * (1 + draw.below(16) as i64),
    };
    let calendar = match draw.below(10) {
        0 => nodes[successor].calendar,
        1 => ROUND_THE_CLOCK,
        _ => nodes[predecessor].calendar,
    };
    Link { predecessor, successor, kind, lag, calendar, dependency }
}

/// Three in a hundred are not to start, or not to finish, before or after a date near their own.
fn constraint(draw: &mut Draw, start: Moment) -> Option<Constraint> {
    let at = start.plus(1_440 * (draw.below(60) as i64 - 20));
    match draw.below(100) {
        0 => Some(Constraint::StartNoEarlierThan(at)),
        1 => Some(Constraint::FinishNoEarlierThan(at)),
        2 => Some(Constraint::FinishNoLaterThan(at)),
        _ => None,
    }
}

/// Position of the calendar without time off.
const ROUND_THE_CLOCK: usize = 5;

/// Office hours, six days, three long days, a night shift, an early shift; each with ten days off a year. Then every minute.
fn calendars() -> Vec<Arc<WorkCalendar>> {
    let office = vec![(480, 720), (780, 1_020)];
    let weeks = [
        ("office", office, 5),
        ("six days", vec![(420, 720), (750, 930)], 6),
        ("long days", vec![(360, 660), (690, 1_110)], 3),
        ("night shift", vec![(0, 360), (1_320, 1_440)], 7),
        ("early shift", vec![(360, 840)], 5),
    ];
    let definitions = weeks.map(|(name, hours, days)| CalendarDefinition {
        id: CalendarId::new(name),
        name: name.into(),
        base: None,
        weekdays: std::array::from_fn(|day| Some(if day < days { hours.clone() } else { Vec::new() })),
        minutes_per_day: None,
        exceptions: (2026..2086).flat_map(holidays).collect(),
    });
    let (built, problems) = Calendars::build(&definitions, None);
    assert!(problems.is_empty(), "{problems:?}");
    let mut calendars: Vec<Arc<WorkCalendar>> =
        definitions.iter().map(|definition| Arc::clone(built.get(&definition.id).expect("built"))).collect();
    calendars.push(Arc::new(WorkCalendar::round_the_clock()));
    calendars
}

/// Ten days off, and a short day before the last of them.
fn holidays(year: i32) -> Vec<CalendarException> {
    let day = |month, day| Day::from_ymd_opt(year, month, day).expect("a date");
    let off = |from, to| CalendarException { from, to, intervals: Vec::new(), name: "holiday".into() };
    let single =
        [(1, 1), (4, 10), (5, 1), (5, 25), (8, 31), (10, 3)].map(|(month, date)| off(day(month, date), day(month, date)));
    let short = CalendarException { from: day(12, 24), to: day(12, 24), intervals: vec![(480, 720)], name: "short day".into() };
    single.into_iter().chain([off(day(12, 25), day(12, 28)), short]).collect()
}
