//! A case through the engine, and field by field against the slow judge.

use super::case::{Activity, Case, Rest, State};
use super::judge::{Dates, judge};
use std::collections::BTreeSet;
use std::sync::Arc;
use throughline::analysis::schedule::{
    DateRules, Link, Network, Node, NodeDates, Passes, PointRest, Progress, longest_paths, run_passes,
};
use throughline::base::calendar::{CalendarDefinition, Calendars, WorkCalendar};
use throughline::base::day::Moment;

/// The case as the engine takes it. Links keep their positions as `dependency`.
pub fn network(case: &Case) -> Network {
    let definitions: Vec<CalendarDefinition> =
        case.calendars.iter().enumerate().map(|(at, calendar)| calendar.definition(&format!("C{at}"))).collect();
    let (built, problems) = Calendars::build(&definitions, None);
    assert!(problems.is_empty(), "{problems:?}");
    let calendars: Vec<Arc<WorkCalendar>> =
        definitions.iter().map(|definition| Arc::clone(built.get(&definition.id).expect("built"))).collect();
    let nodes = case.activities.iter().map(|activity| node(case, activity)).collect();
    let links: Vec<Link> = case
        .bonds
        .iter()
        .enumerate()
        .map(|(dependency, bond)| Link {
            predecessor: bond.from,
            successor: bond.to,
            kind: bond.kind,
            lag: bond.lag,
            calendar: bond.calendar,
            dependency,
        })
        .collect();
    let finish_by = case.finish_by.iter().map(|by| by.map(Moment)).collect();
    Network::new(calendars, nodes, &links).expect("no cycle").finishing_by(finish_by)
}

fn node(case: &Case, activity: &Activity) -> Node {
    let progress = match activity.state {
        State::NotStarted => Progress::NotStarted,
        State::InProgress { start, remaining, resume } => {
            Progress::InProgress { start: Moment(start), remaining, resume: resume.map(Moment) }
        }
        State::Complete { start, finish } => Progress::Complete { start: Moment(start), finish: Moment(finish) },
    };
    let rules = DateRules {
        constraint: activity.constraint,
        secondary: activity.secondary,
        deadline: activity.deadline.map(Moment),
        expected_finish: activity.expected_finish.map(Moment),
        external_start: activity.external_start.map(Moment),
        external_finish: activity.external_finish.map(Moment),
        ..DateRules::default()
    };
    let rest = match activity.rest {
        Rest::Either => PointRest::Either,
        Rest::Start => PointRest::Start,
        Rest::Finish => PointRest::Finish,
    };
    Node::new(activity.calendar, activity.group, activity.duration, Moment(case.starts[activity.group]))
        .bound_by(rules)
        .resting(rest)
        .with_progress(progress)
}

/// What the engine makes of a case.
pub fn scheduled(case: &Case) -> (Network, Passes) {
    let network = network(case);
    let passes = run_passes(&network, case.data_date.map(Moment), std::slice::from_ref(&case.options));
    (network, passes)
}

/// The first field on which the engine and the slow judge differ, as a sentence; none where they agree throughout.
pub fn difference(case: &Case) -> Option<String> {
    let theirs = judge(case);
    let (network, passes) = scheduled(case);
    let ours: Vec<NodeDates> = (0..case.activities.len()).map(|at| passes.dates(&network, at)).collect();
    dates(case, &theirs, &ours).or_else(|| floats(case, &theirs, &ours)).or_else(|| paths(case, &theirs, &network, &passes))
}

fn dates(case: &Case, theirs: &Dates, ours: &[NodeDates]) -> Option<String> {
    for at in 0..case.activities.len() {
        let mut fields = vec![
            ("early start", ours[at].early_start.0, theirs.early_start[at]),
            ("early finish", ours[at].early_finish.0, theirs.early_finish[at]),
        ];
        if !case.activities[at].is_complete() {
            fields.push(("late start", ours[at].late_start.0, theirs.late_start[at]));
            fields.push(("late finish", ours[at].late_finish.0, theirs.late_finish[at]));
        }
        for (name, ours, theirs) in fields {
            if ours != theirs {
                return Some(format!("{name} of A{at}: engine {}, judge {}", show(ours), show(theirs)));
            }
        }
    }
    None
}

fn floats(case: &Case, theirs: &Dates, ours: &[NodeDates]) -> Option<String> {
    for at in 0..case.activities.len() {
        for (name, ours, theirs) in [
            ("start float", ours[at].start_float, theirs.start_float[at]),
            ("finish float", ours[at].finish_float, theirs.finish_float[at]),
            ("total float", ours[at].total_float, theirs.total_float[at]),
            ("free float", ours[at].free_float, theirs.free_float[at]),
        ] {
            if ours != theirs {
                return Some(format!("{name} of A{at}: engine {ours:?}, judge {theirs:?}"));
            }
        }
    }
    None
}

fn paths(case: &Case, theirs: &Dates, network: &Network, ours: &Passes) -> Option<String> {
    for (position, link) in network.links.iter().enumerate() {
        let (ours, theirs) = (ours.driving[position], theirs.driving[link.dependency]);
        let between_done = case.activities[link.successor].is_complete() || case.activities[link.predecessor].is_complete();
        if ours != theirs && !between_done {
            return Some(format!("link {} drives: engine {ours}, judge {theirs}", link.dependency));
        }
    }
    let longest = longest_paths(ours, network);
    for group in 0..case.starts.len() {
        let ours: BTreeSet<usize> = longest.get(group).into_iter().flatten().copied().collect();
        if ours != theirs.longest_path[group] {
            return Some(format!("longest path of group {group}: engine {ours:?}, judge {:?}", theirs.longest_path[group]));
        }
    }
    None
}

/// A moment as a date and time.
pub fn show(t: i64) -> String {
    format!("{} ({})", Moment(t).datetime().format("%a %Y-%m-%d %H:%M"), t)
}
