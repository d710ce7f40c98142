//! The forward pass: early dates, what holds them, and which links drive.

use super::rest::Pace;
use super::{Ends, FinishHold, Hold, Passes, finish_at, start_at};
use crate::analysis::schedule::network::{Bond, DateRules, Network, Node, Progress, Stop};
use crate::base::calendar::WorkCalendar;
use crate::base::day::Moment;
use crate::model::activity::{Constraint, LinkType};
use crate::model::scheduling::{
    FinishDriven, LateConstraints, NotStarted, OutOfSequence, Profile, ScheduleOptions, StartLag, WorkLeft,
};

/// No rules.
static UNBOUND: DateRules = DateRules {
    constraint: None,
    secondary: None,
    deadline: None,
    expected_finish: None,
    committed_finish: None,
    external_start: None,
    external_finish: None,
    manual: false,
    crew: Vec::new(),
};

/// The rules of a node.
pub(super) fn rules(node: &Node) -> &DateRules {
    node.rules.as_deref().unwrap_or(&UNBOUND)
}

/// True for links that hold a successor's start.
pub(super) const fn to_start(kind: LinkType) -> bool {
    matches!(kind, LinkType::FinishToStart | LinkType::StartToStart)
}

/// True for links that carry a predecessor's finish.
pub(super) const fn from_finish(kind: LinkType) -> bool {
    matches!(kind, LinkType::FinishToStart | LinkType::FinishToFinish)
}

impl Passes {
    pub(super) fn forward(&mut self, network: &Network) {
        self.group_finish.fill(None);
        self.broken.clear();
        self.work.clear();
        self.finish_hold.clear();
        for (place, stop) in network.stops.iter().enumerate() {
            let group = stop.group as usize;
            if stop.plain && self.groups[group].plain {
                self.forward_plain(network, place, stop);
            } else {
                self.forward_any(network, place, stop);
            }
            let finish = Some(self.early[place].finish);
            if finish > self.group_finish[group] {
                self.group_finish[group] = finish;
            }
        }
    }

    fn is_placed_late(&self, place: usize) -> bool {
        self.placed_late.get(place).copied().unwrap_or(false)
    }

    /// An activity that nothing binds but its links, reckoned on its calendar's line of work.
    fn forward_plain(&mut self, network: &Network, place: usize, stop: &Stop) {
        let calendar = &*network.calendars[stop.calendar as usize];
        let (floor, mut hold) = self.floor(stop);
        let mut best = calendar.work_before(floor);
        let mut held_by_link = false;
        let first = network.arrivals_of[place] as usize;
        self.asked.clear();
        for (at, bond) in network.bonds_into(place).iter().enumerate() {
            let mut asked = if bond.simple {
                let early = &self.early[bond.other as usize];
                bond.lag + if from_finish(bond.kind) { early.finish_work } else { early.start_work }
            } else {
                let sent = self.sent(network, bond, self.now);
                self.link_float[first + at] = sent.0;
                calendar.work_before(sent)
            };
            if !to_start(bond.kind) {
                asked -= stop.work;
            }
            self.asked.push(asked);
            if asked > best || (asked == best && !held_by_link) {
                (best, hold, held_by_link) = (asked, Hold::Link(first + at), true);
            }
        }
        for (driving, asked) in self.driving[first..].iter_mut().zip(&self.asked) {
            *driving = *asked == best;
        }
        let finish_work = best + stop.work;
        self.hold[place] = hold.code();
        self.early[place] =
            Ends { start: start_at(calendar, best), finish: finish_at(calendar, finish_work), start_work: best, finish_work };
    }

    /// Any activity, reckoned in moments.
    fn forward_any(&mut self, network: &Network, place: usize, stop: &Stop) {
        let node = &network.nodes[stop.node as usize];
        if let Progress::Complete { start, finish } = node.progress {
            self.set_early(network, place, stop, start, finish);
            self.hold[place] = Hold::Actual.code();
            self.set_forced(network, place, stop);
            return;
        }
        let pace = Pace::of(network, node);
        let (start, hold) = self.earliest(network, place, node, &pace);
        let pinned = self.pinned_start(place, stop, node, &pace);
        let (start, hold) = pinned.unwrap_or((start, hold));
        let (work, mut finish_hold) = self.work_by_date(network, place, node, &pace, start);
        if work != stop.work {
            self.work.insert(place, work);
        }
        let mut finish = pace.finish_of(start, work);
        if self.groups[stop.group as usize].finish_driven == FinishDriven::Stretch {
            for (at, bond) in network.bonds_into(place).iter().enumerate().filter(|(_, bond)| !to_start(bond.kind)) {
                let asked = pace.rest_back(self.sent(network, bond, self.now), work, false);
                if asked > finish {
                    (finish, finish_hold) = (asked, FinishHold::Link(network.arrivals_of[place] as usize + at));
                }
            }
        }
        if self.options_of(node).profile == Profile::MicrosoftProject {
            finish = self.kept_moment(network, place, pace.calendar, hold, finish);
        }
        self.hold[place] = hold.code();
        if finish_hold != FinishHold::Work {
            self.finish_hold.insert(place, finish_hold);
        }
        self.set_early(network, place, stop, start, finish);
        self.set_driving(network, place, node, &pace, pinned.is_some());
    }

    /// The moment at which a link holds a finish, where no working time lies between the two: Microsoft Project keeps it.
    fn kept_moment(&self, network: &Network, place: usize, calendar: &WorkCalendar, hold: Hold, finish: Moment) -> Moment {
        let Hold::Link(link) = hold else { return finish };
        let bond = &network.bonds_into(place)[link - network.arrivals_of[place] as usize];
        let sent = self.sent(network, bond, self.now);
        if !to_start(bond.kind) && sent > finish && calendar.work(finish, sent) == 0 { sent } else { finish }
    }

    fn set_early(&mut self, network: &Network, place: usize, stop: &Stop, start: Moment, finish: Moment) {
        self.early[place] = Ends::new(&network.calendars[stop.calendar as usize], start, finish);
    }

    fn set_driving(&mut self, network: &Network, place: usize, node: &Node, pace: &Pace<'_>, pinned: bool) {
        let (start, work) = (self.early[place].start, self.work_of(network, place));
        let first = network.arrivals_of[place] as usize;
        let counts = self.links_count(place, node);
        let pulled = counts && self.options_of(node).late_constraints == LateConstraints::EarlyDatesToo;
        let stretch = self.groups[node.group].finish_driven == FinishDriven::Stretch;
        for (at, bond) in network.bonds_into(place).iter().enumerate() {
            let sent = self.sent(network, bond, self.now);
            self.link_float[first + at] = sent.0;
            let asked = pace.rest(asked(bond, pace, sent, work), network.stops[place].work);
            self.driving[first + at] = counts && asked == start;
            let may_break = pinned || (pulled && (to_start(bond.kind) || !stretch));
            if may_break && pace.calendar.work(start, asked) > 0 {
                self.broken.insert(first + at);
            }
        }
    }

    /// True where what has not started waits for the data date.
    #[inline]
    fn waits(&self, stop: &Stop) -> bool {
        self.groups[stop.group as usize].not_started == NotStarted::FromDataDate
    }

    /// The earliest moment for the work left, before links and constraints.
    #[inline]
    fn floor(&self, stop: &Stop) -> (Moment, Hold) {
        match self.now {
            Some(now) if now > stop.floor && self.waits(stop) => (now, Hold::DataDate),
            _ => (stop.floor, Hold::ProjectStart),
        }
    }

    /// The earliest moment for the work left of any activity.
    fn floor_of(&self, stop: &Stop, node: &Node, pace: &Pace<'_>) -> (Moment, Hold) {
        let Progress::InProgress { start, remaining, .. } = node.progress else { return self.floor(stop) };
        let options = self.options_of(node);
        match self.now {
            None => (start, Hold::Actual),
            Some(_) if options.work_left == WorkLeft::AfterWorkDone => {
                (pace.finish_of(start, (node.duration - remaining).max(0)), Hold::WorkDone)
            }
            Some(now) => (now, Hold::DataDate),
        }
    }

    pub(super) fn options_of(&self, node: &Node) -> &ScheduleOptions {
        &self.options[node.group]
    }

    /// False for a started activity whose links no longer hold what is left of it.
    pub(super) fn links_count(&self, place: usize, node: &Node) -> bool {
        !self.is_placed_late(place)
            && (node.is_unstarted() || self.options_of(node).out_of_sequence == OutOfSequence::RetainedLogic)
    }

    /// The earliest start that floor, links and constraints allow, and which of them holds it.
    fn earliest(&self, network: &Network, place: usize, node: &Node, pace: &Pace<'_>) -> (Moment, Hold) {
        let work = network.stops[place].work;
        let (floor, hold) = self.floor_of(&network.stops[place], node, pace);
        let mut best = (pace.rest(floor, work), hold);
        for (at, hold) in Self::own_dates(node, pace, work) {
            let at = pace.rest(at, work);
            if at > best.0 {
                best = (at, hold);
            }
        }
        if !self.links_count(place, node) {
            return best;
        }
        let mut held_by_link = false;
        let first = network.arrivals_of[place] as usize;
        let stretch = self.groups[node.group].finish_driven == FinishDriven::Stretch;
        for (at, bond) in network.bonds_into(place).iter().enumerate().filter(|(_, bond)| to_start(bond.kind) || !stretch) {
            let asked = pace.rest(asked(bond, pace, self.sent(network, bond, self.now), work), work);
            if asked > best.0 || (asked == best.0 && !held_by_link) {
                best = (asked, Hold::Link(first + at));
                held_by_link = true;
            }
        }
        self.pulled_back(node, pace, work, best)
    }

    /// The earliest starts that an activity's own dates ask for.
    fn own_dates(node: &Node, pace: &Pace<'_>, work: i64) -> Vec<(Moment, Hold)> {
        let rules = rules(node);
        let mut dates = Vec::new();
        for (constraint, hold) in [(rules.constraint, Hold::Constraint), (rules.secondary, Hold::SecondaryConstraint)] {
            match constraint {
                Some(Constraint::StartNoEarlierThan(at) | Constraint::StartOn(at)) if node.is_unstarted() => {
                    dates.push((at, hold))
                }
                Some(Constraint::FinishNoEarlierThan(at) | Constraint::FinishOn(at)) => {
                    dates.push((pace.start_of(at, work), hold))
                }
                _ => {}
            }
        }
        if let Progress::InProgress { resume: Some(resume), .. } = node.progress {
            dates.push((resume, Hold::Resume));
        }
        if let Some(at) = rules.external_start.filter(|_| node.is_unstarted()) {
            dates.push((at, Hold::External));
        }
        dates
    }

    /// Pulls a start back to a "no later than", where the options let it bind early dates.
    fn pulled_back(&self, node: &Node, pace: &Pace<'_>, work: i64, best: (Moment, Hold)) -> (Moment, Hold) {
        if self.options_of(node).late_constraints == LateConstraints::LateDatesOnly || !node.is_unstarted() {
            return best;
        }
        let latest = node.constraints().filter_map(|constraint| match constraint {
            Constraint::StartNoLaterThan(at) => Some(pace.rest(at, work)),
            Constraint::FinishNoLaterThan(at) => Some(pace.start_of(pace.rest_back(at, work, true), work)),
            _ => None,
        });
        latest.min().filter(|latest| *latest < best.0).map_or(best, |latest| (latest, Hold::Constraint))
    }

    /// The start that is fixed, whatever the logic says.
    fn pinned_start(&self, place: usize, stop: &Stop, node: &Node, pace: &Pace<'_>) -> Option<(Moment, Hold)> {
        if node.is_unstarted() && self.is_placed_late(place) {
            return Some((self.late[place].start, Hold::AsLateAsPossible));
        }
        let hold = if rules(node).manual { Hold::Manual } else { Hold::Constraint };
        node.constraints().find_map(|constraint| match constraint {
            Constraint::MustStartOn(at) if node.is_unstarted() => Some((pace.rest(at, stop.work), hold)),
            Constraint::MustFinishOn(at) => Some((pace.start_of(pace.rest_back(at, stop.work, true), stop.work), hold)),
            _ => None,
        })
    }

    /// The work left, where a date decides it.
    fn work_by_date(&self, network: &Network, place: usize, node: &Node, pace: &Pace<'_>, start: Moment) -> (i64, FinishHold) {
        let stop = &network.stops[place];
        let rules = rules(node);
        let held_finish = network.bonds_into(place).iter().any(|bond| !to_start(bond.kind));
        let counts = self.options_of(node).expected_finish && !held_finish && node.duration > 0;
        if let Some(at) = rules.expected_finish.filter(|_| counts) {
            return (pace.calendar.work(start, at).max(0), FinishHold::Expected);
        }
        if let Some(at) = rules.committed_finish {
            return (pace.calendar.work(start, at).clamp(0, stop.work), FinishHold::Committed);
        }
        (stop.work, FinishHold::Work)
    }

    /// The start of a predecessor that a link carries.
    pub(super) fn start_that_counts(&self, network: &Network, bond: &Bond) -> Moment {
        let pred = bond.other as usize;
        if network.stops[pred].unstarted {
            return self.early[pred].start;
        }
        let node = &network.nodes[network.stops[pred].node as usize];
        match node.progress {
            Progress::InProgress { start, .. } if self.options_of(node).start_lag == StartLag::FromActualStart => start,
            Progress::Complete { start, .. } => start,
            _ => self.early[pred].start,
        }
    }

    fn set_forced(&mut self, network: &Network, place: usize, stop: &Stop) {
        let forced = self.forced_on(network, place, stop);
        if forced.is_some() && self.forced.is_empty() {
            self.forced = vec![None; network.stops.len()];
        }
        if let Some(slot) = self.forced.get_mut(place) {
            *slot = forced;
        }
    }

    /// What unfinished predecessors of a completed activity force on its successors, under retained logic.
    fn forced_on(&self, network: &Network, place: usize, stop: &Stop) -> Option<Moment> {
        let options = &self.options[stop.group as usize];
        if options.out_of_sequence != OutOfSequence::RetainedLogic || options.work_left == WorkLeft::AfterWorkDone {
            return None;
        }
        let unfinished = |bond: &&Bond| {
            let pred = bond.other as usize;
            let complete = network.stops[pred].complete;
            from_finish(bond.kind) && (!complete || self.forced_by(pred).is_some())
        };
        network.bonds_into(place).iter().filter(unfinished).map(|bond| self.sent(network, bond, self.now)).max()
    }
}

/// The start of the work left that a link asks of its successor, by the date that it carries.
fn asked(bond: &Bond, pace: &Pace<'_>, sent: Moment, work: i64) -> Moment {
    if to_start(bond.kind) { sent } else { pace.start_of(sent, work) }
}
