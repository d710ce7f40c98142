//! The forward and the backward pass, float, driving links and the longest path.
//!
//! Rules: a start is moved on to the next working time of its own calendar, a finish back to the previous one; a point
//! without duration may rest at either, and late where it rests early. A completed activity still passes on what its own unfinished predecessors force
//! (retained logic). A finish that a link holds in time off counts as the working instant before it.

use super::network::{Link, Network, Node, Progress};
use crate::base::calendar::WorkCalendar;
use crate::base::day::Moment;
use crate::model::activity::{Constraint, LinkType};
use crate::model::scheduling::{FloatAnchor, ScheduleOptions};

/// What holds an early start where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// The start of the project.
    ProjectStart,
    /// The data date.
    DataDate,
    /// A link, as a position in [`Network::links`].
    Link(usize),
    /// The activity's own date constraint.
    Constraint,
    /// The date on which its work resumes.
    Resume,
    /// It is done.
    Actual,
}

/// The dates of every node.
#[derive(Clone, Debug, Default)]
pub struct Passes {
    /// Early start; of the work left where it has started; actual start where it is done.
    pub early_start: Vec<Moment>,
    /// Early finish; actual finish where it is done.
    pub early_finish: Vec<Moment>,
    /// Late start, of the work left.
    pub late_start: Vec<Moment>,
    /// Late finish.
    pub late_finish: Vec<Moment>,
    /// Total float in minutes of its calendar; none where it is done.
    pub total_float: Vec<Option<i64>>,
    /// Free float in minutes of its calendar; none where it is done.
    pub free_float: Vec<Option<i64>>,
    /// What holds the early start.
    pub hold: Vec<Hold>,
    /// By link: true where it holds its successor's early start.
    pub driving: Vec<bool>,
    /// By link: minutes of the predecessor's calendar by which the link could slip; none where an end of it is done.
    pub relationship_float: Vec<Option<i64>>,
    /// By link: true where a mandatory date breaks it.
    pub broken: Vec<bool>,
    /// By group: the latest early finish.
    pub group_finish: Vec<Option<Moment>>,
    /// What unfinished predecessors force on the successors of a completed node.
    forced: Vec<Option<Moment>>,
}

/// Runs both passes. `data_date` none: nothing has a status.
#[must_use]
pub fn run(network: &Network, data_date: Option<Moment>, options: &ScheduleOptions) -> Passes {
    let mut passes = Passes::sized(network);
    for &node in network.order() {
        passes.forward(network, node, data_date);
    }
    passes.group_finish = group_finish(network, &passes);
    for &node in network.order().iter().rev() {
        passes.backward(network, node, options.anchor);
    }
    for &node in network.order().iter().rev() {
        passes.place_as_late_as_possible(network, node);
    }
    for node in 0..network.nodes.len() {
        passes.set_floats(network, node);
    }
    passes
}

impl Passes {
    fn sized(network: &Network) -> Self {
        let (nodes, links) = (network.nodes.len(), network.links.len());
        Self {
            early_start: vec![Moment(0); nodes],
            early_finish: vec![Moment(0); nodes],
            late_start: vec![Moment(0); nodes],
            late_finish: vec![Moment(0); nodes],
            total_float: vec![None; nodes],
            free_float: vec![None; nodes],
            hold: vec![Hold::ProjectStart; nodes],
            driving: vec![false; links],
            relationship_float: vec![None; links],
            broken: vec![false; links],
            group_finish: Vec::new(),
            forced: vec![None; nodes],
        }
    }

    fn forward(&mut self, network: &Network, index: usize, data_date: Option<Moment>) {
        let node = &network.nodes[index];
        if let Progress::Complete { start, finish } = node.progress {
            self.early_start[index] = start;
            self.early_finish[index] = finish;
            self.hold[index] = Hold::Actual;
            self.forced[index] = self.forced_on(network, index, data_date);
            return;
        }
        let calendar = network.calendar(index);
        let work = node.work_left();
        let (start, hold) = self.earliest(network, index, data_date);
        let start = pinned_start(node, calendar, work).unwrap_or(start);
        self.hold[index] = if pinned_start(node, calendar, work).is_some() { Hold::Constraint } else { hold };
        self.early_start[index] = start;
        self.early_finish[index] = calendar.add(start, work);
        for link in network.links_into(index) {
            let asked = rest(calendar, self.asked(network, &network.links[link], work, data_date), work);
            self.driving[link] = asked == start;
            self.broken[link] = calendar.work(start, asked) > 0;
        }
    }

    /// The earliest start that floor, links and constraints allow, and which of them holds it.
    fn earliest(&self, network: &Network, index: usize, data_date: Option<Moment>) -> (Moment, Hold) {
        let node = &network.nodes[index];
        let calendar = network.calendar(index);
        let work = node.work_left();
        let mut best = floor(node, data_date);
        best.0 = rest(calendar, best.0, work);
        let constraint = constrained_start(node, calendar, work).map(|at| (at, Hold::Constraint));
        let resume = match node.progress {
            Progress::InProgress { resume, .. } => resume.map(|at| (at, Hold::Resume)),
            _ => None,
        };
        for (at, hold) in constraint.into_iter().chain(resume) {
            let at = rest(calendar, at, work);
            if at > best.0 {
                best = (at, hold);
            }
        }
        let mut held_by_link = false;
        for link in network.links_into(index) {
            let at = rest(calendar, self.asked(network, &network.links[link], work, data_date), work);
            if at > best.0 || (at == best.0 && !held_by_link) {
                best = (at, Hold::Link(link));
                held_by_link = true;
            }
        }
        best
    }

    /// The start of the work left that a link asks of its successor.
    fn asked(&self, network: &Network, link: &Link, work: i64, data_date: Option<Moment>) -> Moment {
        let value = self.sent(network, link, data_date);
        let calendar = network.calendar(link.successor);
        match link.kind {
            LinkType::FinishToStart | LinkType::StartToStart => value,
            LinkType::FinishToFinish | LinkType::StartToFinish => calendar.sub(value, work),
        }
    }

    /// The predecessor's date plus the lag.
    fn sent(&self, network: &Network, link: &Link, data_date: Option<Moment>) -> Moment {
        let calendar = network.lag_calendar(link);
        let pred = link.predecessor;
        if matches!(link.kind, LinkType::StartToStart | LinkType::StartToFinish) {
            let start = match network.nodes[pred].progress {
                Progress::NotStarted => self.early_start[pred],
                Progress::InProgress { start, .. } | Progress::Complete { start, .. } => start,
            };
            return calendar.add(start, link.lag);
        }
        let finish = calendar.add(self.early_finish[pred], link.lag);
        let Some(forced) = self.forced[pred] else { return finish };
        let used = data_date.map_or(0, |now| calendar.work(self.early_finish[pred], now).max(0));
        let lag_left = if link.lag > 0 { (link.lag - used).max(0) } else { link.lag };
        finish.max(calendar.add(forced, lag_left))
    }

    /// What unfinished predecessors of a completed node force on its successors.
    fn forced_on(&self, network: &Network, index: usize, data_date: Option<Moment>) -> Option<Moment> {
        let unfinished = |link: &Link| {
            let finish_type = matches!(link.kind, LinkType::FinishToStart | LinkType::FinishToFinish);
            finish_type && (!is_complete(&network.nodes[link.predecessor]) || self.forced[link.predecessor].is_some())
        };
        let links = network.links_into(index).map(|link| &network.links[link]).filter(|link| unfinished(link));
        links.map(|link| self.sent(network, link, data_date)).max()
    }

    fn backward(&mut self, network: &Network, index: usize, anchor: FloatAnchor) {
        let node = &network.nodes[index];
        let calendar = network.calendar(index);
        let work = node.work_left();
        let anchored = match anchor {
            FloatAnchor::Initiative => self.group_finish.get(node.group).copied().flatten(),
            FloatAnchor::Portfolio => self.group_finish.iter().copied().flatten().max(),
        };
        let mut latest = anchored.unwrap_or(self.early_finish[index]);
        for link in network.links_out_of(index) {
            if let Some(bound) = self.allowed(network, &network.links[link], work) {
                latest = latest.min(bound);
            }
        }
        latest = late_constraint(node, calendar, work, latest);
        let begins = work > 0 || calendar.next_work_start(self.early_start[index]) == self.early_start[index];
        self.late_finish[index] = if begins { rest_back(calendar, latest, work) } else { calendar.prev_work_finish(latest) };
        self.late_start[index] = calendar.sub(self.late_finish[index], work);
    }

    /// The latest finish of the predecessor's work left that a link allows; none where the link asks nothing of it.
    fn allowed(&self, network: &Network, link: &Link, work: i64) -> Option<Moment> {
        let lag = network.lag_calendar(link);
        let own = network.calendar(link.predecessor);
        let (pred, succ) = (&network.nodes[link.predecessor], link.successor);
        let finish_type = matches!(link.kind, LinkType::FinishToStart | LinkType::FinishToFinish);
        if is_complete(&network.nodes[succ]) {
            return finish_type.then(|| lag.sub(self.late_finish[succ], link.lag));
        }
        let not_started = pred.progress == Progress::NotStarted;
        match link.kind {
            LinkType::FinishToStart => Some(lag.sub(self.late_start[succ], link.lag)),
            LinkType::FinishToFinish => Some(lag.sub(self.late_finish[succ], link.lag)),
            LinkType::StartToStart => not_started.then(|| own.add(lag.sub(self.late_start[succ], link.lag), work)),
            LinkType::StartToFinish => not_started.then(|| own.add(lag.sub(self.late_finish[succ], link.lag), work)),
        }
    }

    /// Moves an activity that is to be as late as possible up to its successors' early dates.
    fn place_as_late_as_possible(&mut self, network: &Network, index: usize) {
        let node = &network.nodes[index];
        if node.constraint != Some(Constraint::AsLateAsPossible) || node.progress != Progress::NotStarted {
            return;
        }
        let float = self.slack_to_successors(network, index).min(self.total_float_of(network, index)).max(0);
        if float > 0 {
            let calendar = network.calendar(index);
            let start = rest(calendar, calendar.add(self.early_start[index], float), node.duration);
            self.early_start[index] = start;
            self.early_finish[index] = calendar.add(start, node.duration);
            self.hold[index] = Hold::Constraint;
            for link in network.links_into(index) {
                self.driving[link] = false;
            }
        }
    }

    fn set_floats(&mut self, network: &Network, index: usize) {
        for link in network.links_out_of(index) {
            self.relationship_float[link] = self.gap(network, &network.links[link]);
        }
        if is_complete(&network.nodes[index]) {
            return;
        }
        self.total_float[index] = Some(self.total_float_of(network, index));
        self.free_float[index] = Some(self.slack_to_successors(network, index).max(0));
    }

    fn total_float_of(&self, network: &Network, index: usize) -> i64 {
        network.calendar(index).work(self.early_finish[index], self.late_finish[index])
    }

    /// Working minutes by which an activity can slip before a successor's early date, or the project's finish, moves.
    fn slack_to_successors(&self, network: &Network, index: usize) -> i64 {
        let gaps = network.links_out_of(index).filter_map(|link| self.gap(network, &network.links[link]));
        let to_finish = || {
            let finish = self.group_finish.get(network.nodes[index].group).copied().flatten();
            finish.map_or(0, |finish| network.calendar(index).work(self.early_finish[index], finish))
        };
        gaps.min().unwrap_or_else(to_finish)
    }

    /// Minutes of the predecessor's calendar between what the link asks and what the successor has.
    fn gap(&self, network: &Network, link: &Link) -> Option<i64> {
        let (pred, succ) = (link.predecessor, link.successor);
        let start_type = matches!(link.kind, LinkType::StartToStart | LinkType::StartToFinish);
        let begun = network.nodes[pred].progress != Progress::NotStarted;
        if is_complete(&network.nodes[pred]) || is_complete(&network.nodes[succ]) || (start_type && begun) {
            return None;
        }
        let to_start = matches!(link.kind, LinkType::FinishToStart | LinkType::StartToStart);
        let has = if to_start { self.early_start[succ] } else { self.early_finish[succ] };
        Some(network.calendar(pred).work(self.sent(network, link, None), has))
    }

    /// The nodes on the driving chains that lead to the last finish of a group, in order of start.
    #[must_use]
    pub fn longest_path(&self, network: &Network, group: usize) -> Vec<usize> {
        let Some(finish) = self.group_finish.get(group).copied().flatten() else { return Vec::new() };
        let is_last = |&node: &usize| {
            network.nodes[node].group == group && !is_complete(&network.nodes[node]) && self.early_finish[node] == finish
        };
        let mut path: Vec<usize> = (0..network.nodes.len()).filter(is_last).collect();
        let mut seen = vec![false; network.nodes.len()];
        for &node in &path {
            seen[node] = true;
        }
        let mut next = 0;
        while next < path.len() {
            for link in network.links_into(path[next]).filter(|&link| self.driving[link]) {
                let predecessor = network.links[link].predecessor;
                if !seen[predecessor] {
                    seen[predecessor] = true;
                    path.push(predecessor);
                }
            }
            next += 1;
        }
        path.retain(|&node| !is_complete(&network.nodes[node]));
        path.sort_by_key(|&node| (self.early_start[node], self.early_finish[node], node));
        path
    }
}

fn is_complete(node: &Node) -> bool {
    matches!(node.progress, Progress::Complete { .. })
}

/// The earliest moment for the work left, before links and constraints.
fn floor(node: &Node, data_date: Option<Moment>) -> (Moment, Hold) {
    match (node.progress, data_date) {
        (Progress::InProgress { start, .. }, None) => (start, Hold::Actual),
        (Progress::InProgress { .. }, Some(now)) => (now, Hold::DataDate),
        (_, Some(now)) if now > node.floor => (now, Hold::DataDate),
        _ => (node.floor, Hold::ProjectStart),
    }
}

/// The start that a constraint asks for at the earliest.
fn constrained_start(node: &Node, calendar: &WorkCalendar, work: i64) -> Option<Moment> {
    let started = node.progress != Progress::NotStarted;
    match node.constraint? {
        Constraint::StartNoEarlierThan(at) | Constraint::StartOn(at) if !started => Some(at),
        Constraint::FinishNoEarlierThan(at) | Constraint::FinishOn(at) => Some(calendar.sub(at, work)),
        _ => None,
    }
}

/// The start that a mandatory constraint fixes, whatever the logic says.
fn pinned_start(node: &Node, calendar: &WorkCalendar, work: i64) -> Option<Moment> {
    if node.progress != Progress::NotStarted {
        return None;
    }
    match node.constraint? {
        Constraint::MustStartOn(at) => Some(rest(calendar, at, work)),
        Constraint::MustFinishOn(at) => Some(calendar.sub(rest_back(calendar, at, work), work)),
        _ => None,
    }
}

/// The latest finish that constraint and deadline leave.
fn late_constraint(node: &Node, calendar: &WorkCalendar, work: i64, latest: Moment) -> Moment {
    let started = node.progress != Progress::NotStarted;
    let bounded = match node.constraint {
        Some(Constraint::StartNoLaterThan(at) | Constraint::StartOn(at)) if !started => latest.min(calendar.add(at, work)),
        Some(Constraint::FinishNoLaterThan(at) | Constraint::FinishOn(at)) => latest.min(at),
        Some(Constraint::MustStartOn(at)) if !started => calendar.add(rest(calendar, at, work), work),
        Some(Constraint::MustFinishOn(at)) => at,
        _ => latest,
    };
    node.deadline.map_or(bounded, |deadline| bounded.min(deadline))
}

/// Where work may start: the next working time; a point may also rest at the end of working time.
fn rest(calendar: &WorkCalendar, at: Moment, work: i64) -> Moment {
    if work == 0 && calendar.prev_work_finish(at) == at { at } else { calendar.next_work_start(at) }
}

/// Where work may finish: the previous end of working time; a point may also rest at a start.
fn rest_back(calendar: &WorkCalendar, at: Moment, work: i64) -> Moment {
    if work == 0 && calendar.next_work_start(at) == at { at } else { calendar.prev_work_finish(at) }
}

fn group_finish(network: &Network, passes: &Passes) -> Vec<Option<Moment>> {
    let groups = network.nodes.iter().map(|node| node.group + 1).max().unwrap_or(0);
    let mut finish = vec![None; groups];
    for (index, node) in network.nodes.iter().enumerate() {
        finish[node.group] = finish[node.group].max(Some(passes.early_finish[index]));
    }
    finish
}
