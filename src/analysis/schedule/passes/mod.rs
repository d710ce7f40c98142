//! The forward and the backward pass, floats and driving links.
//!
//! Rules: a start is moved on to the next working time of its own calendar, a finish back to the previous one; a point
//! without duration rests as its kind says, and late where it rests early. A completed activity still passes on what its
//! own unfinished predecessors force (retained logic). A finish that a link holds in time off counts as the working
//! instant before it.
//!
//! Where both ends of a link and its lag share a calendar, dates are reckoned as places on the calendar's line of work,
//! which is what makes the passes quick; the plain functions of `forward` and `backward` and the general ones agree, and
//! a test holds that they do.

mod backward;
mod floats;
mod forward;
mod rest;
#[cfg(test)]
mod tests;

use super::network::{Bond, Network, Stop};
use crate::base::calendar::WorkCalendar;
use crate::base::day::Moment;
use crate::model::activity::LinkType;
use crate::model::scheduling::{FinishDriven, FloatAnchor, NotStarted, Profile, ScheduleOptions, TotalFloatBasis};
use std::collections::{BTreeMap, BTreeSet};

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
    /// Its second date constraint.
    SecondaryConstraint,
    /// Work outside the network.
    External,
    /// It was placed by hand.
    Manual,
    /// The date on which its work resumes.
    Resume,
    /// The work done so far: the rest follows it.
    WorkDone,
    /// It is to be as late as possible.
    AsLateAsPossible,
    /// It is done.
    Actual,
}

/// What an early finish follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FinishHold {
    /// The early start and the work left.
    Work,
    /// The date on which it is expected to finish.
    Expected,
    /// The date to which a buffer is committed.
    Committed,
    /// A link that stretches it, as a position in [`Network::links`].
    Link(usize),
    /// It is done.
    Actual,
}

/// What holds a late finish where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LateHold {
    /// The early finish of its initiative, or of the portfolio.
    ProjectFinish,
    /// The date that its initiative must finish by.
    MustFinishBy,
    /// Its own early finish: nothing follows it.
    OwnFinish,
    /// A link, as a position in [`Network::links`].
    Link(usize),
    /// Its own date constraint.
    Constraint,
    /// Its second date constraint.
    SecondaryConstraint,
    /// Its deadline.
    Deadline,
    /// Work outside the network.
    External,
    /// It is done.
    Actual,
}

/// Start and finish of the work left, and their places on the line of work of the activity's calendar.
#[derive(Clone, Copy, Debug)]
struct Ends {
    start: Moment,
    finish: Moment,
    start_work: i64,
    finish_work: i64,
}

impl Ends {
    const NONE: Self = Self { start: Moment(0), finish: Moment(0), start_work: 0, finish_work: 0 };

    fn new(calendar: &WorkCalendar, start: Moment, finish: Moment) -> Self {
        Self { start, finish, start_work: calendar.work_before(start), finish_work: calendar.work_before(finish) }
    }
}

/// The dates of a node. Floats are minutes of its calendar; none where it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeDates {
    /// Early start; of the work left where it has started; actual start where it is done.
    pub early_start: Moment,
    /// Early finish; actual finish where it is done.
    pub early_finish: Moment,
    /// Late start, of the work left.
    pub late_start: Moment,
    /// Late finish.
    pub late_finish: Moment,
    /// Working minutes left, after expected finish and commitment.
    pub work: i64,
    /// Total float, by the basis of the options.
    pub total_float: Option<i64>,
    /// Late start less early start.
    pub start_float: Option<i64>,
    /// Late finish less early finish.
    pub finish_float: Option<i64>,
    /// Free float.
    pub free_float: Option<i64>,
    /// What holds the early start.
    pub hold: Hold,
    /// What the early finish follows from.
    pub finish_hold: FinishHold,
    /// What holds the late finish.
    pub late_hold: LateHold,
}

/// A float that does not exist.
const NO_FLOAT: i64 = i64::MAX;

/// What the options say of an initiative, at hand for every activity.
#[derive(Clone, Copy, Debug)]
struct GroupRules {
    not_started: NotStarted,
    finish_driven: FinishDriven,
    /// Activities that nothing binds can be reckoned on their calendar's line of work alone.
    plain: bool,
    open_ends: bool,
    anchor: FloatAnchor,
    basis: TotalFloatBasis,
}

/// The dates of every node and the state of every link.
#[derive(Clone, Debug)]
pub struct Passes {
    now: Option<Moment>,
    options: Vec<ScheduleOptions>,
    groups: Vec<GroupRules>,
    early: Vec<Ends>,
    late: Vec<Ends>,
    free: Vec<i64>,
    hold: Vec<Code>,
    late_hold: Vec<Code>,
    /// What early finishes follow from, where not from the work left.
    finish_hold: BTreeMap<usize, FinishHold>,
    /// The work left, where a date decides it.
    work: BTreeMap<usize, i64>,
    /// What unfinished predecessors force on the successors of a completed activity; empty where none does.
    forced: Vec<Option<Moment>>,
    /// Activities that the second forward pass keeps on their late dates; empty where there is none.
    placed_late: Vec<bool>,
    /// By link: its float; until floats are worked out, the date that it carries.
    link_float: Vec<i64>,
    /// Links that a fixed date breaks.
    broken: BTreeSet<usize>,
    /// Places on a line of work that the links into one activity ask for.
    asked: Vec<i64>,
    /// By link: true where it holds its successor's early start.
    pub driving: Vec<bool>,
    /// By group: the latest early finish.
    pub group_finish: Vec<Option<Moment>>,
}

/// A [`Hold`] or a [`LateHold`] in four bytes: below [`FIRST_LINK`] a case, above it a link.
type Code = u32;

const FIRST_LINK: Code = 16;

const HOLDS: [Hold; 10] = [
    Hold::ProjectStart,
    Hold::DataDate,
    Hold::Constraint,
    Hold::SecondaryConstraint,
    Hold::External,
    Hold::Manual,
    Hold::Resume,
    Hold::WorkDone,
    Hold::AsLateAsPossible,
    Hold::Actual,
];

const LATE_HOLDS: [LateHold; 8] = [
    LateHold::ProjectFinish,
    LateHold::MustFinishBy,
    LateHold::OwnFinish,
    LateHold::Constraint,
    LateHold::SecondaryConstraint,
    LateHold::Deadline,
    LateHold::External,
    LateHold::Actual,
];

/// The code of a case, by its position, or of a link.
fn code(case: Option<usize>, link: usize) -> Code {
    u32::try_from(case.unwrap_or(link + FIRST_LINK as usize)).unwrap_or(0)
}

impl Hold {
    #[inline]
    fn code(self) -> Code {
        match self {
            Self::Link(link) => code(None, link),
            Self::ProjectStart => 0,
            Self::DataDate => 1,
            case => code(HOLDS.iter().position(|each| *each == case), 0),
        }
    }

    fn of(code: Code) -> Self {
        HOLDS.get(code as usize).copied().unwrap_or_else(|| Self::Link((code - FIRST_LINK) as usize))
    }
}

impl LateHold {
    #[inline]
    fn code(self) -> Code {
        match self {
            Self::Link(link) => code(None, link),
            Self::ProjectFinish => 0,
            case => code(LATE_HOLDS.iter().position(|each| *each == case), 0),
        }
    }

    fn of(code: Code) -> Self {
        LATE_HOLDS.get(code as usize).copied().unwrap_or_else(|| Self::Link((code - FIRST_LINK) as usize))
    }
}

/// Runs both passes. `data_date` none: nothing has a status. `options` by group; the last ones hold for all others.
#[must_use]
pub fn run(network: &Network, data_date: Option<Moment>, options: &[ScheduleOptions]) -> Passes {
    let mut passes = Passes::sized(network, data_date, options);
    passes.forward(network);
    passes.backward(network);
    if passes.place_late(network) {
        passes.backward(network);
    }
    passes.set_floats(network);
    passes
}

/// Runs as much as early dates ask for: the forward pass, and what follows only where something is to be as late as possible.
/// Late dates and floats stay empty.
#[must_use]
pub fn run_early(network: &Network, data_date: Option<Moment>, options: &[ScheduleOptions]) -> Passes {
    let mut passes = Passes::sized(network, data_date, options);
    passes.forward(network);
    if floats::any_late_as_possible(network) {
        passes.backward(network);
        passes.place_late(network);
    }
    passes
}

impl Passes {
    fn sized(network: &Network, now: Option<Moment>, options: &[ScheduleOptions]) -> Self {
        let (nodes, links) = (network.nodes.len(), network.links.len());
        let groups = network.nodes.iter().map(|node| node.group + 1).max().unwrap_or(0);
        let of = |group: usize| options.get(group).or(options.last()).cloned().unwrap_or_default();
        let options: Vec<ScheduleOptions> = (0..groups).map(of).collect();
        Self {
            now,
            groups: options.iter().map(group_rules).collect(),
            options,
            early: vec![Ends::NONE; nodes],
            late: vec![Ends::NONE; nodes],
            free: vec![NO_FLOAT; nodes],
            hold: vec![0; nodes],
            late_hold: vec![0; nodes],
            finish_hold: BTreeMap::new(),
            work: BTreeMap::new(),
            forced: Vec::new(),
            placed_late: Vec::new(),
            link_float: vec![NO_FLOAT; links],
            broken: BTreeSet::new(),
            asked: Vec::new(),
            driving: vec![false; links],
            group_finish: vec![None; groups],
        }
    }

    /// Early start and early finish of a node.
    #[must_use]
    pub fn early_dates(&self, network: &Network, node: usize) -> (Moment, Moment) {
        let early = &self.early[network.place_of(node)];
        (early.start, early.finish)
    }

    /// The dates of a node.
    #[must_use]
    pub fn dates(&self, network: &Network, node: usize) -> NodeDates {
        let place = network.place_of(node);
        let (early, late) = (&self.early[place], &self.late[place]);
        let stop = &network.stops[place];
        let some = |float: i64| (!stop.complete).then_some(float);
        NodeDates {
            early_start: early.start,
            early_finish: early.finish,
            late_start: late.start,
            late_finish: late.finish,
            work: self.work_of(network, place),
            total_float: some(self.total_float(stop, place)),
            start_float: some(late.start_work - early.start_work),
            finish_float: some(late.finish_work - early.finish_work),
            free_float: some(self.free[place]),
            hold: Hold::of(self.hold[place]),
            finish_hold: self.finish_hold.get(&place).copied().unwrap_or(if stop.complete {
                FinishHold::Actual
            } else {
                FinishHold::Work
            }),
            late_hold: if stop.complete { LateHold::Actual } else { LateHold::of(self.late_hold[place]) },
        }
    }

    /// The early finish of a node.
    #[must_use]
    pub fn early_finish(&self, network: &Network, node: usize) -> Moment {
        self.early[network.place_of(node)].finish
    }

    /// The early start of a node.
    #[must_use]
    pub fn early_start(&self, network: &Network, node: usize) -> Moment {
        self.early[network.place_of(node)].start
    }

    /// True where a fixed date breaks a link.
    #[must_use]
    pub fn is_broken(&self, link: usize) -> bool {
        self.broken.contains(&link)
    }

    /// Working minutes left of an activity.
    fn work_of(&self, network: &Network, place: usize) -> i64 {
        self.work.get(&place).copied().unwrap_or(network.stops[place].work)
    }

    fn forced_by(&self, place: usize) -> Option<Moment> {
        self.forced.get(place).copied().flatten()
    }

    /// Minutes of the predecessor's calendar by which a link could slip; none where an end of it is done.
    #[must_use]
    pub fn relationship_float(&self, link: usize) -> Option<i64> {
        Some(self.link_float[link]).filter(|float| *float != NO_FLOAT)
    }

    /// The predecessor's date that a link carries, plus its lag.
    #[must_use]
    pub fn carried(&self, network: &Network, link: usize) -> Moment {
        self.sent(network, &network.arrivals[link], self.now)
    }

    fn total_float(&self, stop: &Stop, place: usize) -> i64 {
        let (early, late) = (&self.early[place], &self.late[place]);
        let (start, finish) = (late.start_work - early.start_work, late.finish_work - early.finish_work);
        match self.groups[stop.group as usize].basis {
            TotalFloatBasis::Finish => finish,
            TotalFloatBasis::Start => start,
            TotalFloatBasis::SmallestUntilStarted if !stop.unstarted => finish,
            TotalFloatBasis::Smallest | TotalFloatBasis::SmallestUntilStarted => start.min(finish),
        }
    }

    /// The predecessor's date plus the lag.
    fn sent(&self, network: &Network, bond: &Bond, now: Option<Moment>) -> Moment {
        let calendar = &network.calendars[bond.calendar as usize];
        let pred = bond.other as usize;
        if matches!(bond.kind, LinkType::StartToStart | LinkType::StartToFinish) {
            return calendar.add(self.start_that_counts(network, bond), bond.lag);
        }
        let finish = calendar.add(self.early[pred].finish, bond.lag);
        let Some(forced) = self.forced_by(pred) else { return finish };
        let used = now.map_or(0, |now| calendar.work(self.early[pred].finish, now).max(0));
        let lag_left = if bond.lag > 0 { (bond.lag - used).max(0) } else { bond.lag };
        finish.max(calendar.add(forced, lag_left))
    }
}

fn group_rules(options: &ScheduleOptions) -> GroupRules {
    GroupRules {
        not_started: options.not_started,
        finish_driven: options.finish_driven,
        plain: options.finish_driven == FinishDriven::Contiguous && options.profile == Profile::P6,
        open_ends: options.open_ends_critical,
        anchor: options.anchor,
        basis: options.total_float,
    }
}

/// Where work of so many minutes before it can start.
#[inline]
fn start_at(calendar: &WorkCalendar, work: i64) -> Moment {
    calendar.start_at(work).map_or_else(|| rest::horizon(work), held_inside)
}

/// A moment no further off than the horizon.
fn held_inside(at: Moment) -> Moment {
    at.clamp(rest::horizon(-1), rest::horizon(1))
}

/// Where work of so many minutes before it can finish.
#[inline]
fn finish_at(calendar: &WorkCalendar, work: i64) -> Moment {
    calendar.finish_at(work).map_or_else(|| rest::horizon(work), held_inside)
}
