//! What is left when both passes are done: activities that are to be as late as possible, and the floats of links.

use super::forward::{from_finish, rules, to_start};
use super::rest::Pace;
use super::{Ends, Hold, NO_FLOAT, Passes};
use crate::analysis::schedule::network::{Bond, Network, Stop};
use crate::base::day::Moment;
use crate::model::activity::Constraint;
use crate::model::scheduling::{AsLateAsPossible, OpenEndFloat};

impl Passes {
    /// Places activities that are to be as late as possible. True where early dates behind them have moved too, so that
    /// late dates are to be worked out again.
    pub(super) fn place_late(&mut self, network: &Network) -> bool {
        let late: Vec<usize> = (0..network.stops.len()).filter(|&place| is_late_as_possible(network, place)).collect();
        let to_late_dates = |place: &usize| {
            let group = network.stops[*place].group as usize;
            self.options[group].as_late_as_possible == AsLateAsPossible::LateDates
        };
        let (on_late_dates, before_successors): (Vec<usize>, Vec<usize>) = late.into_iter().partition(to_late_dates);
        if !on_late_dates.is_empty() {
            self.placed_late = vec![false; network.stops.len()];
            for &place in &on_late_dates {
                self.placed_late[place] = true;
            }
            self.forward(network);
        }
        for &place in before_successors.iter().rev() {
            self.move_up_to_successors(network, place);
        }
        !on_late_dates.is_empty()
    }

    /// Moves an activity up to its successors' early dates.
    fn move_up_to_successors(&mut self, network: &Network, place: usize) {
        let stop = &network.stops[place];
        let node = &network.nodes[stop.node as usize];
        let (pace, work) = (Pace::of(network, node), self.work_of(network, place));
        let begins = pace.begins(self.early[place].start, work);
        let latest = self.room_before_successors(network, place).min(self.late[place].finish);
        let start = pace.start_of(pace.rest_back(latest, work, begins), work);
        let finish = pace.finish_of(start, work);
        if pace.calendar.work(self.early[place].finish, finish) <= 0 {
            return;
        }
        self.early[place] = Ends::new(pace.calendar, start, finish);
        self.hold[place] = Hold::AsLateAsPossible.code();
        for link in network.arrivals_of[place] as usize..network.arrivals_of[place + 1] as usize {
            self.driving[link] = false;
        }
        for bond in network.bonds_out_of(place) {
            let arrival = Bond { other: u32::try_from(place).unwrap_or(u32::MAX), ..*bond };
            self.link_float[bond.link as usize] = self.sent(network, &arrival, self.now).0;
        }
    }

    /// The latest finish that leaves the successors' early dates, or that of the project, where they are.
    fn room_before_successors(&self, network: &Network, place: usize) -> Moment {
        let stop = &network.stops[place];
        let own = &network.calendars[stop.calendar as usize];
        let room = network.bonds_out_of(place).iter().filter_map(|bond| {
            let successor = &network.nodes[network.stops[bond.other as usize].node as usize];
            let counts = !successor.is_complete() && self.links_count(bond.other as usize, successor);
            let lag = network.lag_calendar(&network.links[bond.link as usize]);
            let early = &self.early[bond.other as usize];
            let at = lag.sub(if to_start(bond.kind) { early.start } else { early.finish }, bond.lag);
            counts.then(|| if from_finish(bond.kind) { at } else { own.add(at, self.work_of(network, place)) })
        });
        let project = self.group_finish[stop.group as usize].unwrap_or(self.late[place].finish);
        room.min().unwrap_or(project)
    }

    /// The float of every link, and the free float of every activity.
    pub(super) fn set_floats(&mut self, network: &Network) {
        for place in 0..network.stops.len() {
            let first = network.arrivals_of[place] as usize;
            for (at, bond) in network.bonds_into(place).iter().enumerate() {
                let gap = if bond.simple {
                    Some(self.simple_gap(bond, place))
                } else {
                    self.gap(network, bond, place, Moment(self.link_float[first + at]))
                };
                self.link_float[first + at] = gap.unwrap_or(NO_FLOAT);
                let Some(gap) = gap else { continue };
                let free = &mut self.free[bond.other as usize];
                *free = (*free).min(gap);
            }
        }
        for (place, stop) in network.stops.iter().enumerate() {
            if self.free[place] == NO_FLOAT {
                self.free[place] = self.open_end(network, place, stop);
            }
            self.free[place] = self.free[place].max(0);
            if !stop.plain && is_held_to_finish(network, stop) {
                self.free[place] = 0;
            }
        }
    }

    /// The gap of a link whose ends and lag share a calendar.
    #[inline]
    fn simple_gap(&self, bond: &Bond, place: usize) -> i64 {
        let (pred, succ) = (&self.early[bond.other as usize], &self.early[place]);
        let has = if to_start(bond.kind) { succ.start_work } else { succ.finish_work };
        let sent = if from_finish(bond.kind) { pred.finish_work } else { pred.start_work };
        has - sent - bond.lag
    }

    /// Minutes of the predecessor's calendar between what a link asks and what the successor has; none where the link asks
    /// nothing any more.
    fn gap(&self, network: &Network, bond: &Bond, place: usize, sent: Moment) -> Option<i64> {
        let (pred, succ) = (&network.stops[bond.other as usize], &network.stops[place]);
        let from_start = !from_finish(bond.kind) && !pred.unstarted;
        if pred.complete || succ.complete || (from_start && !self.start_waits(&network.nodes[pred.node as usize])) {
            return None;
        }
        let has = if to_start(bond.kind) { self.early[place].start } else { self.early[place].finish };
        let calendar = &network.calendars[pred.calendar as usize];
        Some(calendar.work_before(has) - calendar.work_before(sent))
    }

    /// The free float of an activity that nothing follows.
    fn open_end(&self, network: &Network, place: usize, stop: &Stop) -> i64 {
        let group = stop.group as usize;
        if self.options[group].open_end_float == OpenEndFloat::TotalFloat {
            return self.total_float(stop, place);
        }
        let calendar = &network.calendars[stop.calendar as usize];
        self.group_finish[group].map_or(0, |finish| calendar.work_before(finish) - self.early[place].finish_work)
    }
}

/// True where any activity is to be as late as possible.
pub(super) fn any_late_as_possible(network: &Network) -> bool {
    (0..network.stops.len()).any(|place| is_late_as_possible(network, place))
}

fn is_late_as_possible(network: &Network, place: usize) -> bool {
    let stop = &network.stops[place];
    if stop.plain {
        return false;
    }
    let node = &network.nodes[stop.node as usize];
    node.is_unstarted() && node.constraints().any(|constraint| constraint == Constraint::AsLateAsPossible)
}

/// True for an activity that must finish on a date: it has no freedom.
fn is_held_to_finish(network: &Network, stop: &Stop) -> bool {
    let rules = rules(&network.nodes[stop.node as usize]);
    [rules.constraint, rules.secondary].iter().any(|constraint| matches!(constraint, Some(Constraint::MustFinishOn(_))))
}
