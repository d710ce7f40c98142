//! Milestones, decision gates, review points and celebration points of all initiatives as one framework of dates.
//!
//! Promises: baseline, date and lateness are those of [`crate::analysis::milestones`]; days are calendar days; every point
//! of the plan is there once, in order of its date.
//!
//! Does not judge what a gate decides, or whether work went past a gate that was not passed.

use crate::analysis::measure::{Measure, Undefined};
use crate::analysis::milestones::MilestoneStatus;
use crate::analysis::schedule::{ActivityState, Driver, Schedule};
use crate::base::day::{Day, Moment};
use crate::base::id::PersonId;
use crate::model::activity::{ActivityIndex, ActivityType};
use crate::model::initiative::{Initiative, InitiativeStatus};
use crate::model::portfolio::Portfolio;
use chrono::{Datelike as _, Days};
use std::collections::BTreeMap;

/// An initiative at work should meet a review point or a decision gate within so many calendar days.
pub const REVIEW_WITHIN_DAYS: u64 = 90;

/// So many gates and review points of one owner in one week are a bunch.
pub const BUNCH_OF: usize = 2;

/// All points, and what is odd about their order.
#[derive(Clone, Debug)]
pub struct Framework {
    /// In order of date, then of the portfolio.
    pub points: Vec<FrameworkPoint>,
    /// Decision gates passed before an earlier gate of the same initiative: the earlier, then the later one.
    pub gates_out_of_order: Vec<(ActivityIndex, ActivityIndex)>,
    /// Gates and reviews ahead of one owner in one week, by week, then owner.
    pub bunches: Vec<Bunch>,
    /// Initiatives at work with no review ahead within [`REVIEW_WITHIN_DAYS`], as in the portfolio.
    pub gaps: Vec<ReviewGap>,
}

/// A point of the framework.
#[derive(Clone, Debug, PartialEq)]
pub struct FrameworkPoint {
    /// Which.
    pub activity: ActivityIndex,
    /// Its initiative, as a position in the portfolio.
    pub initiative: usize,
    /// Milestone, decision gate, review point or celebration.
    pub kind: ActivityType,
    /// Reached or not.
    pub state: ActivityState,
    /// Baseline date.
    pub baseline: Option<Moment>,
    /// Actual date, else forecast.
    pub date: Moment,
    /// Deadline.
    pub deadline: Option<Moment>,
    /// Calendar days after the baseline date; negative before it.
    pub days_late: Option<i64>,
    /// Calendar days after the deadline; negative before it.
    pub days_past_deadline: Option<i64>,
    /// Total float in days of its calendar; none where it is reached.
    pub float_days: Option<f64>,
    /// Critical by float.
    pub critical: bool,
    /// What holds its date.
    pub driver: Driver,
    /// Owner.
    pub owner: Option<PersonId>,
    /// Number of a decision gate among the gates of its initiative, by baseline date, else date; from 1.
    pub gate_number: Option<usize>,
    /// Links whose need-by date the point misses, as positions in [`Portfolio::dependencies`].
    pub needed_sooner: Vec<usize>,
    /// Calendar days by which its date moved since the last closed month.
    pub moved_since_close: Measure<i64>,
}

impl FrameworkPoint {
    /// True where it is reached.
    #[must_use]
    pub fn is_reached(&self) -> bool {
        self.state == ActivityState::Complete
    }
}

/// Gates and reviews of one owner in one week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bunch {
    /// The Monday of the week.
    pub week: Day,
    /// Whose.
    pub owner: PersonId,
    /// Which, by date.
    pub points: Vec<ActivityIndex>,
}

/// An initiative that goes long without a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewGap {
    /// Which, as a position in the portfolio.
    pub initiative: usize,
    /// The next review point or gate; none where there is none at all.
    pub next: Option<(ActivityIndex, Moment)>,
}

/// The framework at the data date.
#[must_use]
pub fn framework(portfolio: &Portfolio, schedule: &Schedule, milestones: &[MilestoneStatus]) -> Framework {
    let positions: BTreeMap<&str, usize> =
        portfolio.initiatives.iter().enumerate().map(|(position, initiative)| (initiative.id.as_str(), position)).collect();
    let mut points: Vec<FrameworkPoint> = milestones
        .iter()
        .filter_map(|status| {
            let initiative = positions.get(portfolio.activity(status.activity).key.initiative.as_str())?;
            Some(point(portfolio, schedule, status, *initiative))
        })
        .collect();
    points.sort_by_key(|point| (point.date, point.activity));
    number_gates(&mut points);
    Framework {
        gates_out_of_order: gates_out_of_order(&points),
        bunches: bunches(&points),
        gaps: gaps(portfolio, schedule, &points),
        points,
    }
}

fn point(portfolio: &Portfolio, schedule: &Schedule, status: &MilestoneStatus, initiative: usize) -> FrameworkPoint {
    let scheduled = schedule.activity(status.activity);
    FrameworkPoint {
        activity: status.activity,
        initiative,
        kind: status.kind,
        state: status.state,
        baseline: status.baseline,
        date: status.date,
        deadline: status.deadline,
        days_late: status.days_late,
        days_past_deadline: status.days_past_deadline,
        float_days: scheduled.total_float_days(),
        critical: scheduled.critical,
        driver: scheduled.driver,
        owner: portfolio.activity(status.activity).owner.clone(),
        gate_number: None,
        needed_sooner: needed_sooner(portfolio, status.activity, status.date),
        moved_since_close: Err(Undefined::NoClosedMonth),
    }
}

/// The links out of a point whose taker needs it before its date.
fn needed_sooner(portfolio: &Portfolio, activity: ActivityIndex, date: Moment) -> Vec<usize> {
    let links = portfolio.dependencies.iter().enumerate().filter(|(_, link)| link.predecessor == activity);
    links
        .filter(|(_, link)| link.need_by.is_some_and(|need_by| date.finish_day() > need_by))
        .map(|(position, _)| position)
        .collect()
}

/// Numbers the decision gates of each initiative.
fn number_gates(points: &mut [FrameworkPoint]) {
    let mut order: Vec<usize> = (0..points.len()).filter(|&at| points[at].kind == ActivityType::DecisionGate).collect();
    order.sort_by_key(|&at| {
        let point = &points[at];
        (point.initiative, point.baseline.unwrap_or(point.date), point.date, point.activity)
    });
    let mut before = None;
    let mut number = 0;
    for at in order {
        number = if before == Some(points[at].initiative) { number + 1 } else { 1 };
        before = Some(points[at].initiative);
        points[at].gate_number = Some(number);
    }
}

/// Gates passed while the gate before them is open, or was passed later.
fn gates_out_of_order(points: &[FrameworkPoint]) -> Vec<(ActivityIndex, ActivityIndex)> {
    let mut gates: Vec<&FrameworkPoint> = points.iter().filter(|point| point.gate_number.is_some()).collect();
    gates.sort_by_key(|gate| (gate.initiative, gate.gate_number));
    let same = |pair: &&[&FrameworkPoint]| pair[0].initiative == pair[1].initiative;
    let skipped = |pair: &&[&FrameworkPoint]| pair[1].is_reached() && (!pair[0].is_reached() || pair[0].date > pair[1].date);
    gates.windows(2).filter(same).filter(skipped).map(|pair| (pair[0].activity, pair[1].activity)).collect()
}

const fn is_review(kind: ActivityType) -> bool {
    matches!(kind, ActivityType::DecisionGate | ActivityType::ReviewPoint)
}

fn bunches(points: &[FrameworkPoint]) -> Vec<Bunch> {
    let mut weeks: BTreeMap<(Day, &PersonId), Vec<ActivityIndex>> = BTreeMap::new();
    for point in points.iter().filter(|point| is_review(point.kind) && !point.is_reached()) {
        if let Some(owner) = &point.owner {
            weeks.entry((monday(point.date.finish_day()), owner)).or_default().push(point.activity);
        }
    }
    let bunched = weeks.into_iter().filter(|(_, points)| points.len() >= BUNCH_OF);
    bunched.map(|((week, owner), points)| Bunch { week, owner: owner.clone(), points }).collect()
}

fn monday(day: Day) -> Day {
    day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))).unwrap_or(day)
}

fn gaps(portfolio: &Portfolio, schedule: &Schedule, points: &[FrameworkPoint]) -> Vec<ReviewGap> {
    let as_of = portfolio.settings.as_of.day();
    let limit = as_of.checked_add_days(Days::new(REVIEW_WITHIN_DAYS)).unwrap_or(as_of);
    let gap = |(position, initiative): (usize, &Initiative)| {
        let unfinished = schedule.initiatives.get(position).is_some_and(|plan| plan.unfinished > 0);
        if !unfinished || !is_at_work(initiative) {
            return None;
        }
        let ahead = |point: &&FrameworkPoint| point.initiative == position && is_review(point.kind) && !point.is_reached();
        let next = points.iter().find(ahead).map(|point| (point.activity, point.date));
        let soon = next.is_some_and(|(_, date)| date.finish_day() <= limit);
        (!soon).then_some(ReviewGap { initiative: position, next })
    };
    portfolio.initiatives.iter().enumerate().filter_map(gap).collect()
}

const fn is_at_work(initiative: &Initiative) -> bool {
    matches!(initiative.status, InitiativeStatus::Active | InitiativeStatus::Approved)
}
