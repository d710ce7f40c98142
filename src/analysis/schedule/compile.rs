//! The portfolio as a network: activities to nodes, durations and lags to minutes.
//!
//! The project of an initiative starts when its planner's program says; without that, at the earliest of: the initiative's
//! planned start, its activities' baseline starts; where neither is given, their actual starts; where those are missing too, the data date.

use super::crew;
use super::network::{DateRules, Link, Network, Node, PointRest};
use super::progress::{self, ProgressState};
use crate::analysis::codes;
use crate::analysis::progress::{ProgressBook, finish_moment, start_moment};
use crate::base::calendar::WorkCalendar;
use crate::base::day::Moment;
use crate::base::finding::Findings;
use crate::model::activity::{Activity, ActivityIndex, ActivityType, Constraint, Dependency, LagCalendar, LinkType};
use crate::model::initiative::Initiative;
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The network and the way back to the portfolio.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The network of all that is scheduled by links: neither summaries nor hammocks.
    pub network: Network,
    /// The node of an activity.
    pub node_of: Vec<Option<usize>>,
    /// The activity of a node.
    pub activity_of: Vec<usize>,
    /// Planned working minutes, by activity.
    pub minutes: Vec<i64>,
    /// Calendar, by activity.
    pub calendars: Vec<Arc<WorkCalendar>>,
    /// Initiative as a position in the portfolio, by activity.
    pub group_of: Vec<usize>,
    /// Start of the project, by initiative.
    pub project_start: Vec<Moment>,
    /// What is known of each activity at the data date.
    pub states: Vec<ProgressState>,
    /// The activities below a summary that are scheduled, by activity; empty for all others.
    pub leaves: Vec<Vec<usize>>,
}

/// Calendars in use, each once.
struct CalendarPool {
    calendars: Vec<Arc<WorkCalendar>>,
    position: BTreeMap<String, usize>,
}

impl CalendarPool {
    fn add(&mut self, calendar: &Arc<WorkCalendar>) -> usize {
        let calendars = &mut self.calendars;
        *self.position.entry(calendar.id().to_string()).or_insert_with(|| {
            calendars.push(Arc::clone(calendar));
            calendars.len() - 1
        })
    }
}

/// Compiles the portfolio.
pub fn plan(portfolio: &Portfolio) -> (Plan, Findings) {
    let mut findings = Findings::new();
    let calendars: Vec<Arc<WorkCalendar>> =
        portfolio.activities.iter().map(|activity| calendar_of(portfolio, activity)).collect();
    let minutes = durations(portfolio, &calendars);
    let group_of = groups(portfolio);
    let book = ProgressBook::open(portfolio);
    let state = |index: usize| book.state(ActivityIndex(index), portfolio.data_date, &calendars[index]);
    let states: Vec<ProgressState> = (0..portfolio.activities.len()).map(state).collect();
    let project_start = project_starts(portfolio, &group_of, &calendars, &states);
    let mut pool = CalendarPool { calendars: Vec::new(), position: BTreeMap::new() };
    let mut plan = Plan {
        network: Network::default(),
        node_of: vec![None; portfolio.activities.len()],
        activity_of: Vec::new(),
        minutes,
        calendars,
        group_of,
        project_start,
        states,
        leaves: leaves(portfolio),
    };
    let nodes = nodes(portfolio, &mut plan, &mut pool, &mut findings);
    let links = links(portfolio, &plan, &mut pool);
    let finish_by = finish_by(portfolio);
    plan.network = acyclic(portfolio, pool.calendars, nodes, &links, &mut findings).finishing_by(finish_by);
    (plan, findings)
}

/// True for what the passes schedule.
const fn is_scheduled(activity: &Activity) -> bool {
    !matches!(activity.kind, ActivityType::Summary | ActivityType::Hammock)
}

/// The calendar of an activity: its own, else its project's, else the default; one whose duration is elapsed time runs around the clock.
#[must_use]
pub fn calendar_of(portfolio: &Portfolio, activity: &Activity) -> Arc<WorkCalendar> {
    if activity.duration.is_elapsed() && !activity.duration.is_zero() {
        return Arc::new(WorkCalendar::round_the_clock());
    }
    let own = activity.calendar.as_ref();
    let of_project = || portfolio.initiative(&activity.key.initiative).and_then(|initiative| initiative.calendar.as_ref());
    Arc::clone(portfolio.calendars.get_or_default(own.or_else(of_project)))
}

/// Planned working minutes; what is no length of time has been told already, and counts as none.
fn durations(portfolio: &Portfolio, calendars: &[Arc<WorkCalendar>]) -> Vec<i64> {
    let minutes = |(activity, calendar): (&Activity, &Arc<WorkCalendar>)| {
        if activity.kind.is_point() { 0 } else { activity.duration.minutes(calendar).unwrap_or(0).max(0) }
    };
    portfolio.activities.iter().zip(calendars).map(minutes).collect()
}

/// The position of each activity's initiative; one more than the last for an initiative that is not listed.
fn groups(portfolio: &Portfolio) -> Vec<usize> {
    let position: BTreeMap<&str, usize> =
        portfolio.initiatives.iter().enumerate().map(|(index, initiative)| (initiative.id.as_str(), index)).collect();
    let unlisted = portfolio.initiatives.len();
    let group = |activity: &Activity| position.get(activity.key.initiative.as_str()).copied().unwrap_or(unlisted);
    portfolio.activities.iter().map(group).collect()
}

fn project_starts(
    portfolio: &Portfolio,
    group_of: &[usize],
    calendars: &[Arc<WorkCalendar>],
    states: &[ProgressState],
) -> Vec<Moment> {
    let count = portfolio.initiatives.len() + 1;
    let mut planned: Vec<Option<Moment>> =
        portfolio.initiatives.iter().map(|initiative| initiative.start.map(Moment::start_of)).collect();
    planned.resize(count, None);
    let mut actual: Vec<Option<Moment>> = vec![None; count];
    let baselines = portfolio.baselines.iter().filter_map(|entry| Some((entry.activity.0, entry.start?)));
    let own = portfolio.activities.iter().enumerate().filter_map(|(index, activity)| Some((index, activity.baseline_start?)));
    for (index, start) in baselines.chain(own) {
        earliest(&mut planned[group_of[index]], start_moment(start, &calendars[index]));
    }
    for (index, state) in states.iter().enumerate() {
        state.actual_start.into_iter().for_each(|start| earliest(&mut actual[group_of[index]], start));
    }
    let told = |group: usize| portfolio.initiatives.get(group).and_then(|initiative| initiative.project_start);
    let found = planned.iter().zip(&actual).enumerate();
    found.map(|(group, (planned, actual))| told(group).or(*planned).or(*actual).unwrap_or(portfolio.data_date)).collect()
}

fn earliest(slot: &mut Option<Moment>, at: Moment) {
    *slot = Some(slot.map_or(at, |before| before.min(at)));
}

/// The scheduled activities below each summary, at any depth.
fn leaves(portfolio: &Portfolio) -> Vec<Vec<usize>> {
    let mut leaves = vec![Vec::new(); portfolio.activities.len()];
    for (index, activity) in portfolio.activities.iter().enumerate().filter(|(_, activity)| is_scheduled(activity)) {
        let mut above = activity.parent;
        let mut depth = 0;
        while let Some(parent) = above.filter(|_| depth < 64) {
            leaves[parent.0].push(index);
            above = portfolio.activity(parent).parent;
            depth += 1;
        }
    }
    leaves
}

/// By initiative: the date that it must finish by.
fn finish_by(portfolio: &Portfolio) -> Vec<Option<Moment>> {
    let date = |(group, initiative): (usize, &Initiative)| {
        initiative.must_finish_by.map(|at| finish_moment(at, portfolio.project_calendar(group)))
    };
    portfolio.initiatives.iter().enumerate().map(date).collect()
}

fn nodes(portfolio: &Portfolio, plan: &mut Plan, pool: &mut CalendarPool, findings: &mut Findings) -> Vec<Node> {
    let mut nodes = Vec::new();
    let committed = committed_finishes(portfolio);
    let crews = crew::crews(portfolio, plan, findings);
    for (index, activity) in portfolio.activities.iter().enumerate().filter(|(_, activity)| is_scheduled(activity)) {
        let calendar = &plan.calendars[index];
        let facts = progress::Facts { activity, calendar, duration: plan.minutes[index], data_date: portfolio.data_date };
        let progress = progress::of(&facts, &plan.states[index], findings);
        plan.node_of[index] = Some(nodes.len());
        plan.activity_of.push(index);
        let crew = crews.of(index, plan.minutes[index], |calendar| pool.add(calendar));
        let rules = DateRules {
            constraint: activity.constraint.map(|constraint| timed(constraint, calendar)),
            secondary: activity.secondary_constraint.map(|constraint| timed(constraint, calendar)),
            deadline: activity.deadline.map(|at| finish_moment(at, calendar)),
            expected_finish: activity.expected_finish.map(|at| finish_moment(at, calendar)),
            committed_finish: committed[index].map(|at| finish_moment(at, calendar)),
            external_start: activity.external_early_start.map(|at| start_moment(at, calendar)),
            external_finish: activity.external_late_finish.map(|at| finish_moment(at, calendar)),
            manual: activity.manual,
            crew,
        };
        let group = plan.group_of[index];
        let node = Node::new(pool.add(calendar), group, plan.minutes[index], plan.project_start[group]);
        nodes.push(node.bound_by(rules).resting(point(activity.kind)).with_progress(progress));
    }
    nodes
}

/// By activity: the finish to which a buffer's baseline commits it.
fn committed_finishes(portfolio: &Portfolio) -> Vec<Option<Moment>> {
    let is_buffer = |index: usize| portfolio.activities[index].kind == ActivityType::Buffer;
    let mut committed: Vec<Option<Moment>> = portfolio
        .activities
        .iter()
        .map(|activity| activity.baseline_finish.filter(|_| activity.kind == ActivityType::Buffer))
        .collect();
    for entry in portfolio.baselines.iter().filter(|entry| is_buffer(entry.activity.0)) {
        let initiative = &portfolio.activity(entry.activity).key.initiative;
        if portfolio.governing_baseline(initiative) == Some(entry.baseline.as_str()) {
            committed[entry.activity.0] = entry.finish.or(committed[entry.activity.0]);
        }
    }
    committed
}

/// Where a kind of activity rests if it has no duration.
const fn point(kind: ActivityType) -> PointRest {
    match kind {
        ActivityType::StartMilestone => PointRest::Start,
        ActivityType::FinishMilestone => PointRest::Finish,
        _ => PointRest::Either,
    }
}

/// A constraint whose date without a time takes the start or the finish of the working day.
fn timed(constraint: Constraint, calendar: &WorkCalendar) -> Constraint {
    let (start, finish) = (|at| start_moment(at, calendar), |at| finish_moment(at, calendar));
    match constraint {
        Constraint::StartNoEarlierThan(at) => Constraint::StartNoEarlierThan(start(at)),
        Constraint::StartNoLaterThan(at) => Constraint::StartNoLaterThan(start(at)),
        Constraint::MustStartOn(at) => Constraint::MustStartOn(start(at)),
        Constraint::StartOn(at) => Constraint::StartOn(start(at)),
        Constraint::FinishNoEarlierThan(at) => Constraint::FinishNoEarlierThan(finish(at)),
        Constraint::FinishNoLaterThan(at) => Constraint::FinishNoLaterThan(finish(at)),
        Constraint::MustFinishOn(at) => Constraint::MustFinishOn(finish(at)),
        Constraint::FinishOn(at) => Constraint::FinishOn(finish(at)),
        Constraint::AsLateAsPossible => Constraint::AsLateAsPossible,
    }
}

fn links(portfolio: &Portfolio, plan: &Plan, pool: &mut CalendarPool) -> Vec<Link> {
    let each = portfolio.dependencies.iter().enumerate();
    each.filter_map(|(position, dependency)| link(portfolio, plan, pool, position, dependency)).collect()
}

/// A link between two scheduled activities; one of a hammock drives nothing.
fn link(portfolio: &Portfolio, plan: &Plan, pool: &mut CalendarPool, position: usize, dependency: &Dependency) -> Option<Link> {
    let (from, to) = (dependency.predecessor.0, dependency.successor.0);
    let (predecessor, successor) = (plan.node_of[from]?, plan.node_of[to]?);
    let calendar = if dependency.lag.is_elapsed() {
        Arc::new(WorkCalendar::round_the_clock())
    } else {
        let options = &portfolio.schedule_options[plan.group_of[to]];
        match dependency.lag_calendar.unwrap_or(options.lag_calendar) {
            LagCalendar::Predecessor => Arc::clone(&plan.calendars[from]),
            LagCalendar::Successor => Arc::clone(&plan.calendars[to]),
            LagCalendar::Project => Arc::clone(portfolio.project_calendar(plan.group_of[to])),
            LagCalendar::RoundTheClock => Arc::new(WorkCalendar::round_the_clock()),
        }
    };
    let lag = lag_minutes(dependency, &calendar, plan.minutes[from]);
    let kind: LinkType = dependency.link;
    Some(Link { predecessor, successor, kind, lag, calendar: pool.add(&calendar), dependency: position })
}

/// A lag in minutes; a percentage is of the predecessor's duration.
fn lag_minutes(dependency: &Dependency, calendar: &WorkCalendar, duration: i64) -> i64 {
    match dependency.lag.percent() {
        Some(share) => {
            let minutes = share.checked_mul(Decimal::from(duration)).unwrap_or_default();
            crate::base::number::round(minutes, 0).to_i64().unwrap_or(0)
        }
        None => dependency.lag.minutes(calendar).unwrap_or(0),
    }
}

/// The network. The portfolio's links make no circle; should any do, those that could not be ordered are left out and told.
fn acyclic(
    portfolio: &Portfolio,
    calendars: Vec<Arc<WorkCalendar>>,
    nodes: Vec<Node>,
    links: &[Link],
    findings: &mut Findings,
) -> Network {
    let left_over = match Network::new(calendars.clone(), nodes.clone(), links) {
        Ok(network) => return network,
        Err(left_over) => left_over,
    };
    for dependency in left_over.iter().map(|&link| &portfolio.dependencies[links[link].dependency]) {
        let ends = (portfolio.activity(dependency.predecessor), portfolio.activity(dependency.successor));
        findings.push(
            codes::LINKS_IN_A_CIRCLE
                .at(dependency.origin.clone())
                .field("Dependencies", "Successor")
                .found(format!("{} to {}", ends.0.key, ends.1.key))
                .expected("links that do not lead back to where they began")
                .hint("The link is left out of the schedule. Remove one of the links of the circle."),
        );
    }
    let dropped: BTreeSet<usize> = left_over.into_iter().collect();
    let kept: Vec<Link> = links.iter().enumerate().filter(|(at, _)| !dropped.contains(at)).map(|(_, link)| *link).collect();
    Network::new(calendars, nodes, &kept).unwrap_or_else(|_| Network::default())
}
