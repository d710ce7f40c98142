//! Milestones, decision gates, review points and celebration points of all initiatives as one framework of dates.
//!
//! Promises: baseline, date and lateness are those of [`crate::analysis::milestones`]; days are calendar days; every point
//! of the plan is there once, in order of its date.
//!
//! Does not judge what a gate decides, or whether work went past a gate that was not passed.

use crate::analysis::measure::{Measure, Undefined};
use crate::analysis::milestones::MilestoneStatus;
use crate::analysis::schedule::{ActivityState, Driver, Schedule};
use crate::base::day::{Day, Moment, days_since_epoch};
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
    /// The point itself, its dates and its trend.
    pub status: MilestoneStatus,
    /// Its initiative, as a position in the portfolio.
    pub initiative: usize,
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
    /// Calendar days by which its date moved since the last closed month that held it; negative where it came nearer.
    pub moved_since_close: Measure<i64>,
}

impl FrameworkPoint {
    /// True where it is reached.
    #[must_use]
    pub fn is_reached(&self) -> bool {
        self.status.state == ActivityState::Complete
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
    let needs = needs(portfolio);
    let mut points: Vec<FrameworkPoint> = milestones
        .iter()
        .filter_map(|status| {
            let initiative = positions.get(portfolio.activity(status.activity).key.initiative.as_str())?;
            Some(point(portfolio, schedule, &needs, status, *initiative))
        })
        .collect();
    points.sort_by_key(|point| (point.status.date, point.status.activity));
    number_gates(&mut points);
    Framework {
        gates_out_of_order: gates_out_of_order(&points),
        bunches: bunches(&points),
        gaps: gaps(portfolio, schedule, &points),
        points,
    }
}

fn point(
    portfolio: &Portfolio,
    schedule: &Schedule,
    needs: &Needs,
    status: &MilestoneStatus,
    initiative: usize,
) -> FrameworkPoint {
    let scheduled = schedule.activity(status.activity);
    FrameworkPoint {
        initiative,
        float_days: scheduled.total_float_days(),
        critical: scheduled.critical,
        driver: scheduled.driver,
        owner: portfolio.activity(status.activity).owner.clone(),
        gate_number: None,
        needed_sooner: needed_sooner(needs, status.activity, status.date),
        moved_since_close: moved_since_close(status),
        status: status.clone(),
    }
}

fn moved_since_close(status: &MilestoneStatus) -> Measure<i64> {
    let last = status.trend.as_ref().map_err(|reason| *reason)?.last().ok_or(Undefined::NotInClosedMonth)?;
    Ok(days_since_epoch(status.date.day()) - days_since_epoch(last.date.day()))
}

/// Links with a need-by date, by predecessor: position and date.
type Needs = BTreeMap<ActivityIndex, Vec<(usize, Day)>>;

fn needs(portfolio: &Portfolio) -> Needs {
    let mut needs = Needs::new();
    for (position, link) in portfolio.dependencies.iter().enumerate() {
        if let Some(need_by) = link.need_by {
            needs.entry(link.predecessor).or_default().push((position, need_by));
        }
    }
    needs
}

/// The links out of a point whose taker needs it before its date.
fn needed_sooner(needs: &Needs, activity: ActivityIndex, date: Moment) -> Vec<usize> {
    let links = needs.get(&activity).into_iter().flatten();
    links.filter(|(_, need_by)| date.finish_day() > *need_by).map(|(position, _)| *position).collect()
}

/// Numbers the decision gates of each initiative.
fn number_gates(points: &mut [FrameworkPoint]) {
    let mut order: Vec<usize> = (0..points.len()).filter(|&at| points[at].status.kind == ActivityType::DecisionGate).collect();
    order.sort_by_key(|&at| {
        let point = &points[at];
        (point.initiative, point.status.baseline.unwrap_or(point.status.date), point.status.date, point.status.activity)
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
    let skipped =
        |pair: &&[&FrameworkPoint]| pair[1].is_reached() && (!pair[0].is_reached() || pair[0].status.date > pair[1].status.date);
    gates.windows(2).filter(same).filter(skipped).map(|pair| (pair[0].status.activity, pair[1].status.activity)).collect()
}

const fn is_review(kind: ActivityType) -> bool {
    matches!(kind, ActivityType::DecisionGate | ActivityType::ReviewPoint)
}

fn bunches(points: &[FrameworkPoint]) -> Vec<Bunch> {
    let mut weeks: BTreeMap<(Day, &PersonId), Vec<ActivityIndex>> = BTreeMap::new();
    for point in points.iter().filter(|point| is_review(point.status.kind) && !point.is_reached()) {
        if let Some(owner) = &point.owner {
            weeks.entry((monday(point.status.date.finish_day()), owner)).or_default().push(point.status.activity);
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
        let ahead = |point: &&FrameworkPoint| point.initiative == position && is_review(point.status.kind) && !point.is_reached();
        let next = points.iter().find(ahead).map(|point| (point.status.activity, point.status.date));
        let soon = next.is_some_and(|(_, date)| date.finish_day() <= limit);
        (!soon).then_some(ReviewGap { initiative: position, next })
    };
    portfolio.initiatives.iter().enumerate().filter_map(gap).collect()
}

const fn is_at_work(initiative: &Initiative) -> bool {
    matches!(initiative.status, InitiativeStatus::Active | InitiativeStatus::Approved)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::model::past::{ClosedActivity, ClosedMonth, Past};
    use crate::model::testing::{TestTables, day, moment};

    const HEADER: &str = "Initiative|Activity ID|WBS|Type|Duration|Owner|Constraint type|Constraint date|Actual start|Actual finish|Baseline start|Baseline finish";

    fn framework_of(rows: &[&str], links: &[&str], past: &Past) -> (Portfolio, Framework) {
        let (portfolio, _) = TestTables::new()
            .with("People", "Person ID|Name", &["P1|Ann", "P2|Bob"])
            .with("Initiatives", "Initiative ID|Name|Start", &["X|One|2026-03-02", "Y|Two|2026-03-02"])
            .with("Activities", HEADER, rows)
            .with("Dependencies", "Initiative|Predecessor|Successor|Type|Need by", links)
            .build("2026-02-27");
        let (analyses, _) = analyse(&portfolio, past);
        (portfolio, analyses.framework)
    }

    fn names(portfolio: &Portfolio, activities: impl IntoIterator<Item = ActivityIndex>) -> Vec<String> {
        activities.into_iter().map(|each| portfolio.activity(each).key.to_string()).collect()
    }

    const ROWS: &[&str] = &[
        "X|G1|1|decision gate|0d|P1|start no earlier than|2026-04-08||||2026-04-07",
        "X|G2|2|decision gate|0d|P1|||2026-02-20|2026-02-20||2026-05-07",
        "X|R|3|review point|0d|P1|start no earlier than|2026-04-10||||",
        "X|W|4|task|100d|P1||||||",
        "Y|M|1|milestone|0d|P2|start no earlier than|2026-04-09||||",
        "Y|W|2|task|100d|P2||||||",
        "Y|V|3|review point|0d|P2|start no earlier than|2026-06-30||||",
    ];

    #[test]
    fn points_come_by_date_with_their_gates_numbered() {
        let (portfolio, found) = framework_of(ROWS, &["X|G1|Y/W|FS|2026-04-01"], &Past::default());
        assert_eq!(
            names(&portfolio, found.points.iter().map(|point| point.status.activity)),
            ["X/G2", "X/G1", "Y/M", "X/R", "Y/V"]
        );
        let gate = &found.points[1];
        assert_eq!((gate.gate_number, gate.status.days_late, gate.needed_sooner.as_slice()), (Some(1), Some(1), &[0][..]));
        assert_eq!(found.points[0].gate_number, Some(2));
        // The second gate was passed with the first still open.
        assert_eq!(
            names(&portfolio, found.gates_out_of_order.iter().flat_map(|(first, second)| [*first, *second])),
            ["X/G1", "X/G2"]
        );
        assert_eq!(gate.moved_since_close, Err(Undefined::NoClosedMonth));
    }

    #[test]
    fn reviews_of_one_owner_bunch_and_long_gaps_are_told() {
        let (portfolio, found) = framework_of(ROWS, &[], &Past::default());
        // 8 and 10 April 2026 are Wednesday and Friday of the week from the 6th; the milestone of the 9th is Bob's.
        assert_eq!(found.bunches.len(), 1);
        assert_eq!(
            (found.bunches[0].week, names(&portfolio, found.bunches[0].points.clone())),
            (day("2026-04-06"), vec!["X/G1".to_string(), "X/R".to_string()])
        );
        // 90 days from 27 February end on 28 May; the next review of Y is on 30 June.
        assert_eq!(found.gaps.len(), 1);
        assert_eq!((found.gaps[0].initiative, found.gaps[0].next.map(|(_, date)| date.day())), (1, Some(day("2026-06-30"))));
    }

    #[test]
    fn a_date_is_held_against_the_last_closed_month() {
        let (portfolio, _) = framework_of(ROWS, &[], &Past::default());
        let at = moment("2026-04-06 08:00");
        let closed = ClosedActivity { key: portfolio.activities[0].key.clone(), start: at, finish: at, complete: false };
        let past =
            Past { closed: vec![ClosedMonth { period: "FY2026-P01".into(), schedule: vec![closed], ..ClosedMonth::default() }] };
        let (_, found) = framework_of(ROWS, &[], &past);
        assert_eq!(
            (found.points[1].moved_since_close, found.points[2].moved_since_close),
            (Ok(2), Err(Undefined::NotInClosedMonth))
        );
    }
}
