//! The network that the passes run over: integer nodes, links sorted by successor, minutes.

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
    /// Date constraint, its date already set to a working time.
    pub constraint: Option<Constraint>,
    /// Deadline, already set to a working time.
    pub deadline: Option<Moment>,
    /// What has happened.
    pub progress: Progress,
}

impl Node {
    /// Working minutes still to be done.
    #[must_use]
    pub const fn work_left(&self) -> i64 {
        match self.progress {
            Progress::NotStarted => self.duration,
            Progress::InProgress { remaining, .. } => remaining,
            Progress::Complete { .. } => 0,
        }
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

/// Activities and links, ready for the passes. Built once by [`Network::new`].
#[derive(Clone, Debug)]
pub struct Network {
    /// Calendars, each once.
    pub calendars: Vec<Arc<WorkCalendar>>,
    /// Activities.
    pub nodes: Vec<Node>,
    /// Links, sorted by successor.
    pub links: Vec<Link>,
    /// Where each successor's links begin in `links`, and the end.
    incoming: Vec<usize>,
    /// Positions in `links`, sorted by predecessor.
    outgoing_links: Vec<usize>,
    /// Where each predecessor's links begin in `outgoing_links`, and the end.
    outgoing: Vec<usize>,
    /// Nodes in topological order.
    order: Vec<usize>,
}

impl Network {
    /// A network of these nodes and links.
    ///
    /// # Errors
    /// The positions, in `links` as given, of the links between activities that lie on or behind a cycle.
    pub fn new(calendars: Vec<Arc<WorkCalendar>>, nodes: Vec<Node>, links: &[Link]) -> Result<Self, Vec<usize>> {
        let mut sorted = links.to_vec();
        sorted.sort_by_key(|link| (link.successor, link.dependency, link.predecessor));
        let incoming = offsets(nodes.len(), sorted.iter().map(|link| link.successor));
        let mut outgoing_links: Vec<usize> = (0..sorted.len()).collect();
        outgoing_links.sort_by_key(|&link| (sorted[link].predecessor, link));
        let outgoing = offsets(nodes.len(), outgoing_links.iter().map(|&link| sorted[link].predecessor));
        let mut network = Self { calendars, nodes, links: sorted, incoming, outgoing_links, outgoing, order: Vec::new() };
        network.order = network.topological_order();
        if network.order.len() == network.nodes.len() { Ok(network) } else { Err(network.links_left_over(links)) }
    }

    /// A network of nothing.
    #[must_use]
    pub const fn empty() -> Self {
        Self {
            calendars: Vec::new(),
            nodes: Vec::new(),
            links: Vec::new(),
            incoming: Vec::new(),
            outgoing_links: Vec::new(),
            outgoing: Vec::new(),
            order: Vec::new(),
        }
    }

    /// Positions in [`Network::links`] of the links into a node.
    pub fn links_into(&self, node: usize) -> impl Iterator<Item = usize> + use<> {
        self.incoming[node]..self.incoming[node + 1]
    }

    /// Positions in [`Network::links`] of the links out of a node.
    pub fn links_out_of(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        self.outgoing_links[self.outgoing[node]..self.outgoing[node + 1]].iter().copied()
    }

    /// Nodes, each after all its predecessors.
    #[must_use]
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// The calendar of a node.
    #[must_use]
    pub fn calendar(&self, node: usize) -> &WorkCalendar {
        &self.calendars[self.nodes[node].calendar]
    }

    /// The calendar of a link's lag.
    #[must_use]
    pub fn lag_calendar(&self, link: &Link) -> &WorkCalendar {
        &self.calendars[link.calendar]
    }

    /// The same network with no activity started.
    #[must_use]
    pub fn as_if_nothing_happened(&self) -> Self {
        let mut network = self.clone();
        for node in &mut network.nodes {
            node.progress = Progress::NotStarted;
        }
        network
    }

    fn topological_order(&self) -> Vec<usize> {
        let mut waiting: Vec<usize> = (0..self.nodes.len()).map(|node| self.incoming[node + 1] - self.incoming[node]).collect();
        let mut order: Vec<usize> = (0..self.nodes.len()).filter(|&node| waiting[node] == 0).collect();
        let mut done = 0;
        while done < order.len() {
            for link in self.links_out_of(order[done]) {
                let successor = self.links[link].successor;
                waiting[successor] -= 1;
                if waiting[successor] == 0 {
                    order.push(successor);
                }
            }
            done += 1;
        }
        order
    }

    fn links_left_over(&self, links: &[Link]) -> Vec<usize> {
        let mut reached = vec![false; self.nodes.len()];
        for &node in &self.order {
            reached[node] = true;
        }
        let inside = |link: &Link| !reached[link.predecessor] && !reached[link.successor];
        links.iter().enumerate().filter(|(_, link)| inside(link)).map(|(position, _)| position).collect()
    }
}

/// Where each key begins in a sorted list of keys below `count`, and the end.
fn offsets(count: usize, keys: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut offsets = vec![0; count + 1];
    for key in keys {
        offsets[key + 1] += 1;
    }
    for index in 0..count {
        offsets[index + 1] += offsets[index];
    }
    offsets
}
