//! The backward pass: late dates and what holds them.

use super::forward::{from_finish, rules, to_start};
use super::rest::Pace;
use super::{Ends, LateHold, Passes, finish_at, start_at};
use crate::analysis::schedule::network::{Bond, Network, Node, Progress, Stop};
use crate::base::calendar::WorkCalendar;
use crate::base::day::Moment;
use crate::model::activity::{Constraint, LinkType};
use crate::model::scheduling::{FloatAnchor, OutOfSequence, StartLag, WorkLeft};

/// What a backward link needs to know of its predecessor.
#[derive(Clone, Copy)]
struct From {
    /// Links from its start hold its work.
    waits: bool,
    /// When it finished, if it has.
    done: Option<Moment>,
}

impl Passes {
    pub(super) fn backward(&mut self, network: &Network) {
        let anchors = self.anchors(network);
        for (place, stop) in network.stops.iter().enumerate().rev() {
            let (mut anchor, mut hold) = anchors[stop.group as usize];
            if self.groups[stop.group as usize].open_ends && network.bonds_out_of(place).is_empty() {
                (anchor, hold) = (self.early[place].finish, LateHold::OwnFinish);
            }
            if stop.plain {
                self.backward_plain(network, place, stop, anchor, hold);
            } else {
                self.backward_any(network, place, stop, anchor, hold);
            }
        }
    }

    /// By group: what late finishes are counted back from.
    fn anchors(&self, network: &Network) -> Vec<(Moment, LateHold)> {
        let own = |group: usize| match network.finish_by.get(group).copied().flatten() {
            Some(at) => Some((at, LateHold::MustFinishBy)),
            None => self.group_finish[group].map(|at| (at, LateHold::ProjectFinish)),
        };
        let has_work = |group: &usize| self.group_finish[*group].is_some();
        let last = (0..self.groups.len()).filter(has_work).filter_map(own).max_by_key(|(at, _)| *at);
        let anchor = |group: usize| match self.groups[group].anchor {
            FloatAnchor::Initiative => own(group),
            FloatAnchor::Portfolio => last,
        };
        (0..self.groups.len()).map(|group| anchor(group).unwrap_or((Moment(0), LateHold::ProjectFinish))).collect()
    }

    /// An activity that nothing binds but its links, reckoned on its calendar's line of work.
    fn backward_plain(&mut self, network: &Network, place: usize, stop: &Stop, anchor: Moment, hold: LateHold) {
        let calendar = &*network.calendars[stop.calendar as usize];
        let (mut latest, mut hold, mut held_by_link) = (calendar.work_before(anchor), hold, false);
        for bond in network.bonds_out_of(place) {
            let allowed = if bond.simple {
                let late = &self.late[bond.other as usize];
                let date = if to_start(bond.kind) { late.start_work } else { late.finish_work };
                date - bond.lag + if from_finish(bond.kind) { 0 } else { stop.work }
            } else {
                let Some(moment) = self.allowed(network, bond, calendar, stop.work, From { waits: true, done: None }) else {
                    continue;
                };
                calendar.work_before(moment)
            };
            if allowed < latest || (allowed == latest && !held_by_link) {
                (latest, hold, held_by_link) = (allowed, LateHold::Link(bond.link as usize), true);
            }
        }
        self.late_hold[place] = hold.code();
        self.late[place] = Ends {
            start: start_at(calendar, latest - stop.work),
            finish: finish_at(calendar, latest),
            start_work: latest - stop.work,
            finish_work: latest,
        };
    }

    /// Any activity, reckoned in moments.
    fn backward_any(&mut self, network: &Network, place: usize, stop: &Stop, anchor: Moment, hold: LateHold) {
        let node = &network.nodes[stop.node as usize];
        let pace = Pace::of(network, node);
        let work = if node.is_complete() { 0 } else { self.work_of(network, place) };
        let begins = pace.begins(self.early[place].start, work);
        let done = if let Progress::Complete { finish, .. } = node.progress { Some(finish) } else { None };
        let from = From { waits: self.start_waits(node), done };
        let (mut latest, mut hold, mut held_by_link) = (pace.rest_back(anchor, work, begins), hold, false);
        for bond in network.bonds_out_of(place) {
            let Some(allowed) = self.allowed(network, bond, pace.calendar, work, from) else { continue };
            let allowed = if stop.complete { allowed } else { pace.rest_back(allowed, work, begins) };
            let first = stop.complete && !held_by_link;
            if first || allowed < latest || (allowed == latest && !held_by_link) {
                (latest, hold, held_by_link) = (allowed, LateHold::Link(bond.link as usize), true);
            }
        }
        if !stop.complete {
            (latest, hold) = own_late_dates(node, &pace, work, (latest, hold));
        }
        let finish = if stop.complete { latest } else { pace.rest_back(latest, work, begins) };
        let start = pace.start_of(finish, work);
        // Something done hands on what its successors allow, and nothing of its own.
        self.late_hold[place] = if node.is_complete() && !held_by_link { LateHold::Actual } else { hold }.code();
        self.late[place] = Ends::new(pace.calendar, start, finish);
    }

    /// The latest finish of the predecessor's work left that a link allows; none where the link asks nothing of it.
    fn allowed(&self, network: &Network, bond: &Bond, own: &WorkCalendar, work: i64, from: From) -> Option<Moment> {
        let lag = &network.calendars[bond.calendar as usize];
        let successor = bond.other as usize;
        let stop = &network.stops[successor];
        let late = &self.late[successor];
        if !stop.unstarted {
            let node = &network.nodes[stop.node as usize];
            match self.options_of(node).out_of_sequence {
                OutOfSequence::RetainedLogic if stop.complete && self.options_of(node).work_left == WorkLeft::AfterWorkDone => {
                    return None;
                }
                OutOfSequence::RetainedLogic => {}
                OutOfSequence::ProgressOverride => return None,
                OutOfSequence::ActualDates => return allowed_by_facts(node, bond, lag, own, work, from.waits),
            }
        }
        if stop.complete {
            let hands_on = from_finish(bond.kind) && matches!(LateHold::of(self.late_hold[successor]), LateHold::Link(_));
            return hands_on.then(|| lag.sub(late.finish, self.lag_left(lag, bond, from)));
        }
        match bond.kind {
            LinkType::FinishToStart => Some(lag.sub(late.start, self.lag_left(lag, bond, from))),
            LinkType::FinishToFinish => Some(lag.sub(late.finish, self.lag_left(lag, bond, from))),
            LinkType::StartToStart => from.waits.then(|| own.add(lag.sub(late.start, bond.lag), work)),
            LinkType::StartToFinish => from.waits.then(|| own.add(lag.sub(late.finish, bond.lag), work)),
        }
    }

    /// True where links from an activity's start still hold its work: it has not started, or lags count from the start of
    /// what is left of it.
    pub(super) fn start_waits(&self, node: &Node) -> bool {
        match node.progress {
            Progress::NotStarted => true,
            Progress::InProgress { .. } => self.options_of(node).start_lag == StartLag::FromEarlyStart,
            Progress::Complete { .. } => false,
        }
    }

    /// The lag of a link, less what has passed of it since its predecessor finished.
    fn lag_left(&self, calendar: &WorkCalendar, bond: &Bond, from: From) -> i64 {
        match (from.done, self.now) {
            (Some(finish), Some(now)) if bond.lag > 0 => (bond.lag - calendar.work(finish, now).max(0)).max(0),
            _ => bond.lag,
        }
    }
}

/// What a link to a started activity allows where its actual dates count.
fn allowed_by_facts(node: &Node, bond: &Bond, lag: &WorkCalendar, own: &WorkCalendar, work: i64, waits: bool) -> Option<Moment> {
    let (start, finish) = match node.progress {
        Progress::NotStarted => return None,
        Progress::InProgress { start, .. } => (start, None),
        Progress::Complete { start, finish } => (start, Some(finish)),
    };
    let fact = if to_start(bond.kind) { start } else { finish? };
    let at = lag.sub(fact, bond.lag);
    if from_finish(bond.kind) { Some(at) } else { waits.then(|| own.add(at, work)) }
}

/// The latest finish that constraints, deadline and outside work leave.
fn own_late_dates(node: &Node, pace: &Pace<'_>, work: i64, mut latest: (Moment, LateHold)) -> (Moment, LateHold) {
    let rules = rules(node);
    for (constraint, hold) in [(rules.constraint, LateHold::Constraint), (rules.secondary, LateHold::SecondaryConstraint)] {
        let bound = match constraint {
            Some(Constraint::StartNoLaterThan(at) | Constraint::StartOn(at)) if node.is_unstarted() => pace.finish_of(at, work),
            Some(Constraint::FinishNoLaterThan(at) | Constraint::FinishOn(at)) => at,
            Some(Constraint::MustStartOn(at)) if node.is_unstarted() && !rules.manual => {
                latest = (pace.finish_of(pace.rest(at, work), work), hold);
                continue;
            }
            Some(Constraint::MustFinishOn(at)) if !rules.manual => {
                latest = (at, hold);
                continue;
            }
            _ => continue,
        };
        if bound < latest.0 {
            latest = (bound, hold);
        }
    }
    for (at, hold) in [(rules.deadline, LateHold::Deadline), (rules.external_finish, LateHold::External)] {
        if let Some(at) = at.filter(|at| *at < latest.0) {
            latest = (at, hold);
        }
    }
    latest
}
