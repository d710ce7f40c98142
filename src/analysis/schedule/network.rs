//! The network that the passes run over: integer nodes, links in topological order of their successors, minutes.

use crate::base::calendar::WorkCalendar;
use crate::base::day::Moment;
use crate::model::activity::{Constraint, LinkType};
use std::sync::Arc;

/// What has happened to an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Nothing.
    NotStarted,
    /// It has started.
    InProgress {
        /// Actual start.
        start: Moment,
        /// Working minutes left.
        remaining: i64,
        /// The work left does not resume before this.
        resume: Option<Moment>,
    },
    /// It is done.
    Complete {
        /// Actual start.
        start: Moment,
        /// Actual finish.
        finish: Moment,
    },
}

/// Where an activity without duration rests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PointRest {
    /// At the end of working time or at its start, as its links say.
    #[default]
    Either,
    /// Where work can start.
    Start,
    /// Where work can finish; where its links lead to no such moment, where work can start.
    Finish,
}

/// A resource that an activity's dates follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CrewMember {
    /// Position of its calendar in [`Network::calendars`].
    pub calendar: usize,
    /// Its working minutes.
    pub minutes: i64,
}

/// Dates that bind an activity besides its links.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateRules {
    /// Date constraint, its date already set to a working time.
    pub constraint: Option<Constraint>,
    /// A second one.
    pub secondary: Option<Constraint>,
    /// Deadline, already set to a working time.
    pub deadline: Option<Moment>,
    /// It is expected to finish then: sets the work left.
    pub expected_finish: Option<Moment>,
    /// A buffer's committed finish: it shrinks and grows with what is left before it, up to its planned length.
    pub committed_finish: Option<Moment>,
    /// The earliest start that work outside the network allows.
    pub external_start: Option<Moment>,
    /// The latest finish that work outside the network can take.
    pub external_finish: Option<Moment>,
    /// Placed by hand: its constraint holds, whatever its links say.
    pub manual: bool,
    /// Resources whose calendars its dates follow; empty for its own calendar's.
    pub crew: Vec<CrewMember>,
}

/// An activity as the passes see it.
#[derive(Clone, Debug)]
pub struct Node {
    /// Position of its calendar in [`Network::calendars`].
    pub calendar: usize,
    /// The initiative, as a position in the portfolio.
    pub group: usize,
    /// Planned duration, in working minutes.
    pub duration: i64,
    /// The earliest moment at which it may start.
    pub floor: Moment,
    /// Where it rests if it has no duration.
    pub point: PointRest,
    /// What binds it besides its links; none where nothing does.
    pub rules: Option<Box<DateRules>>,
    /// What has happened.
    pub progress: Progress,
}

impl Node {
    /// An activity that nothing binds but its links.
    #[must_use]
    pub const fn new(calendar: usize, group: usize, duration: i64, floor: Moment) -> Self {
        Self { calendar, group, duration, floor, point: PointRest::Either, rules: None, progress: Progress::NotStarted }
    }

    /// Binds it to dates.
    #[must_use]
    pub fn bound_by(mut self, rules: DateRules) -> Self {
        self.rules = (rules != DateRules::default()).then(|| Box::new(rules));
        self
    }

    /// Says where it rests if it has no duration.
    #[must_use]
    pub const fn resting(mut self, point: PointRest) -> Self {
        self.point = point;
        self
    }

    /// Says what has happened.
    #[must_use]
    pub const fn with_progress(mut self, progress: Progress) -> Self {
        self.progress = progress;
        self
    }

    /// Working minutes still to be done, by duration and progress.
    #[must_use]
    pub const fn work_left(&self) -> i64 {
        match self.progress {
            Progress::NotStarted => self.duration,
            Progress::InProgress { remaining, .. } => remaining,
            Progress::Complete { .. } => 0,
        }
    }

    /// True where it is done.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        matches!(self.progress, Progress::Complete { .. })
    }

    /// True where it has not started.
    #[must_use]
    pub const fn is_unstarted(&self) -> bool {
        matches!(self.progress, Progress::NotStarted)
    }

    /// Its constraints.
    pub(super) fn constraints(&self) -> impl Iterator<Item = Constraint> + use<> {
        let rules = self.rules.as_ref();
        [rules.and_then(|rules| rules.constraint), rules.and_then(|rules| rules.secondary)].into_iter().flatten()
    }

    /// True where nothing has happened to it, it has work to do, and nothing binds it but its links.
    fn is_plain(&self) -> bool {
        self.is_unstarted() && self.duration > 0 && self.rules.is_none()
    }
}

/// A link as the passes see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// Predecessor's position in [`Network::nodes`].
    pub predecessor: usize,
    /// Successor's position in [`Network::nodes`].
    pub successor: usize,
    /// Kind.
    pub kind: LinkType,
    /// Lag in minutes of its calendar.
    pub lag: i64,
    /// Position of the lag's calendar in [`Network::calendars`].
    pub calendar: usize,
    /// The dependency that it comes from, as a position in the portfolio.
    pub dependency: usize,
}

/// One end of a link as the passes walk it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bond {
    /// Place of the activity at the other end.
    pub other: u32,
    /// Position in [`Network::links`].
    pub link: u32,
    /// Lag in minutes.
    pub lag: i64,
    /// Position of the lag's calendar.
    pub calendar: u32,
    /// Kind.
    pub kind: LinkType,
    /// Both ends and the lag share a calendar, and the other end has not started: dates can be reckoned in work.
    pub simple: bool,
}

/// An activity as the passes walk it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stop {
    /// Position in [`Network::nodes`].
    pub node: u32,
    /// Position of its calendar.
    pub calendar: u32,
    /// Position of its initiative.
    pub group: u32,
    /// Nothing has happened to it, it has work to do, and nothing binds it but its links.
    pub plain: bool,
    /// It has not started.
    pub unstarted: bool,
    /// It is done.
    pub complete: bool,
    /// Working minutes left.
    pub work: i64,
    /// The earliest moment at which it may start.
    pub floor: Moment,
}

/// Activities and links, ready for the passes. Built once by [`Network::new`].
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// Calendars, each once.
    pub calendars: Vec<Arc<WorkCalendar>>,
    /// Activities.
    pub nodes: Vec<Node>,
    /// Links, sorted by the place of their successor.
    pub links: Vec<Link>,
    /// By initiative: the date that it must finish by.
    pub finish_by: Vec<Option<Moment>>,
    /// Nodes in topological order: every place's node.
    order: Vec<usize>,
    /// Every node's place.
    place: Vec<u32>,
    pub(super) stops: Vec<Stop>,
    /// Links into each place, sorted by place; parallel to `links`.
    pub(super) arrivals: Vec<Bond>,
    /// Where each place's arrivals begin, and the end.
    pub(super) arrivals_of: Vec<u32>,
    /// Links out of each place, sorted by place.
    pub(super) departures: Vec<Bond>,
    /// Where each place's departures begin, and the end.
    pub(super) departures_of: Vec<u32>,
}

impl Network {
    /// A network of these nodes and links.
    ///
    /// # Errors
    /// The positions, in `links` as given, of the links between activities that lie on or behind a cycle.
    pub fn new(calendars: Vec<Arc<WorkCalendar>>, nodes: Vec<Node>, links: &[Link]) -> Result<Self, Vec<usize>> {
        if nodes.len() >= WORTH_PREPARING {
            for calendar in &calendars {
                calendar.prepare();
            }
        }
        let order = topological_order(nodes.len(), links);
        if order.len() < nodes.len() {
            return Err(links_left_over(nodes.len(), &order, links));
        }
        let mut place = vec![0u32; nodes.len()];
        for (at, &node) in order.iter().enumerate() {
            place[node] = small(at);
        }
        let mut sorted = links.to_vec();
        sorted.sort_by_key(|link| (place[link.successor], link.dependency, link.predecessor));
        let mut network = Self { calendars, nodes, links: sorted, order, place, ..Self::default() };
        network.lay_out();
        Ok(network)
    }

    /// Gives initiatives a date to finish by.
    #[must_use]
    pub fn finishing_by(mut self, finish_by: Vec<Option<Moment>>) -> Self {
        self.finish_by = finish_by;
        self
    }

    /// Lays nodes and links out in the order in which the passes walk them.
    fn lay_out(&mut self) {
        self.stops = self.order.iter().map(|&node| stop(node, &self.nodes[node])).collect();
        self.arrivals = self.links.iter().enumerate().map(|(at, link)| self.bond(at, link, link.predecessor)).collect();
        self.arrivals_of = offsets(self.nodes.len(), self.links.iter().map(|link| self.place[link.successor] as usize));
        let mut out: Vec<usize> = (0..self.links.len()).collect();
        out.sort_by_key(|&link| (self.place[self.links[link].predecessor], link));
        self.departures_of = offsets(self.nodes.len(), out.iter().map(|&at| self.place[self.links[at].predecessor] as usize));
        self.departures = out.iter().map(|&at| self.bond(at, &self.links[at], self.links[at].successor)).collect();
    }

    fn bond(&self, at: usize, link: &Link, other: usize) -> Bond {
        let (pred, succ) = (&self.nodes[link.predecessor], &self.nodes[link.successor]);
        let simple =
            pred.calendar == link.calendar && succ.calendar == link.calendar && pred.is_unstarted() && succ.is_unstarted();
        Bond { other: self.place[other], link: small(at), lag: link.lag, calendar: small(link.calendar), kind: link.kind, simple }
    }

    /// Positions in [`Network::links`] of the links into a node.
    pub fn links_into(&self, node: usize) -> impl Iterator<Item = usize> + use<> {
        let at = self.place_of(node);
        self.arrivals_of[at] as usize..self.arrivals_of[at + 1] as usize
    }

    /// Positions in [`Network::links`] of the links out of a node.
    pub fn links_out_of(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        self.bonds_out_of(self.place_of(node)).iter().map(|bond| bond.link as usize)
    }

    /// Links into a place.
    #[inline]
    pub(super) fn bonds_into(&self, place: usize) -> &[Bond] {
        &self.arrivals[self.arrivals_of[place] as usize..self.arrivals_of[place + 1] as usize]
    }

    /// Links out of a place.
    #[inline]
    pub(super) fn bonds_out_of(&self, place: usize) -> &[Bond] {
        &self.departures[self.departures_of[place] as usize..self.departures_of[place + 1] as usize]
    }

    /// Nodes, each after all its predecessors.
    #[must_use]
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// The place of a node in [`Network::order`].
    #[must_use]
    #[inline]
    pub fn place_of(&self, node: usize) -> usize {
        self.place[node] as usize
    }

    /// The calendar of a node.
    #[must_use]
    #[inline]
    pub fn calendar(&self, node: usize) -> &WorkCalendar {
        &self.calendars[self.nodes[node].calendar]
    }

    /// The calendar of a link's lag.
    #[must_use]
    pub fn lag_calendar(&self, link: &Link) -> &WorkCalendar {
        &self.calendars[link.calendar]
    }

    /// The same network as it was planned: no activity started, nothing expected of what is left.
    #[must_use]
    pub fn as_if_nothing_happened(&self) -> Self {
        let mut network = self.clone();
        for node in &mut network.nodes {
            node.progress = Progress::NotStarted;
            if let Some(rules) = &mut node.rules {
                (rules.expected_finish, rules.committed_finish) = (None, None);
            }
        }
        network.lay_out();
        network
    }

    /// Puts another activity in a node's place; its links stay.
    pub fn replace(&mut self, node: usize, by: Node) {
        let before = std::mem::replace(&mut self.nodes[node], by);
        let now = &self.nodes[node];
        if (before.calendar, before.is_unstarted()) == (now.calendar, now.is_unstarted()) {
            let place = self.place_of(node);
            self.stops[place] = stop(node, now);
        } else {
            self.lay_out();
        }
    }
}

fn stop(node: usize, each: &Node) -> Stop {
    Stop {
        node: small(node),
        calendar: small(each.calendar),
        group: small(each.group),
        plain: each.is_plain(),
        unstarted: each.is_unstarted(),
        complete: each.is_complete(),
        work: each.work_left(),
        floor: each.floor,
    }
}

/// Activities from which on laying out the days of every calendar saves more than it costs.
const WORTH_PREPARING: usize = 200;

/// A position as the passes hold it. A portfolio has far fewer than four thousand million activities.
fn small(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

fn topological_order(count: usize, links: &[Link]) -> Vec<usize> {
    let mut waiting = vec![0usize; count];
    for link in links {
        waiting[link.successor] += 1;
    }
    let mut out: Vec<usize> = (0..links.len()).collect();
    out.sort_by_key(|&link| (links[link].predecessor, links[link].successor, link));
    let starts = offsets(count, out.iter().map(|&link| links[link].predecessor));
    let mut order: Vec<usize> = (0..count).filter(|&node| waiting[node] == 0).collect();
    let mut done = 0;
    while done < order.len() {
        let node = order[done];
        for &link in &out[starts[node] as usize..starts[node + 1] as usize] {
            let successor = links[link].successor;
            waiting[successor] -= 1;
            if waiting[successor] == 0 {
                order.push(successor);
            }
        }
        done += 1;
    }
    order
}

fn links_left_over(count: usize, order: &[usize], links: &[Link]) -> Vec<usize> {
    let mut reached = vec![false; count];
    for &node in order {
        reached[node] = true;
    }
    let inside = |link: &Link| !reached[link.predecessor] && !reached[link.successor];
    links.iter().enumerate().filter(|(_, link)| inside(link)).map(|(position, _)| position).collect()
}

/// Where each key begins in a sorted list of keys below `count`, and the end.
fn offsets(count: usize, keys: impl Iterator<Item = usize>) -> Vec<u32> {
    let mut offsets = vec![0; count + 1];
    for key in keys {
        offsets[key + 1] += 1;
    }
    for index in 0..count {
        offsets[index + 1] += offsets[index];
    }
    offsets
}
