//! Status checks that need the schedule: logic that does not hold together, dates that cannot be, lags that look wrong.
//!
//! Each kind is told once for all the rows where it is found. One activity of an initiative that nothing precedes and one
//! that nothing follows are normal: its first and its last.

use super::facts::{Facts, is_work};
use crate::analysis::codes;
use crate::analysis::schedule::{ActivityState, Driver};
use crate::base::calendar::HORIZON_MINUTES;
use crate::base::finding::{Code, Finding, Findings};
use crate::model::activity::{ActivityIndex, ActivityType, Dependency, LinkType};
use crate::model::initiative::InitiativeStatus;
use rust_decimal::Decimal;

/// A check: it looks at one activity or one link.
type Check = fn(&Facts<'_>, usize) -> Option<Finding>;

const OF_ACTIVITIES: &[Check] = &[
    finish_without_start,
    before_data_date,
    no_successor,
    no_predecessor,
    finish_drives_nothing,
    start_waits_for_nothing,
    riding,
    beyond_horizon,
];
const OF_LINKS: &[Check] = &[out_of_sequence, lag_longer_than_work];

/// Runs every check on every activity and link of the initiatives that still run.
pub fn findings(facts: &Facts<'_>) -> Findings {
    let mut findings = Findings::new();
    let runs = |index: &usize| {
        let initiative = facts.portfolio.initiatives.get(facts.group_of[*index]);
        initiative.is_none_or(|each| !matches!(each.status, InitiativeStatus::Cancelled | InitiativeStatus::Complete))
    };
    let ends = Ends::of(facts);
    for index in (0..facts.portfolio.activities.len()).filter(|&index| is_work(facts.activity(index))).filter(runs) {
        let found = OF_ACTIVITIES.iter().filter_map(|check| check(facts, index));
        found.filter(|finding| !ends.excuse(index, finding)).for_each(|finding| findings.push(finding));
    }
    for link in 0..facts.portfolio.dependencies.len() {
        OF_LINKS.iter().filter_map(|check| check(facts, link)).for_each(|finding| findings.push(finding));
    }
    findings
}

/// The first and the last activity of each initiative among those with an open end.
struct Ends {
    first: Vec<Option<usize>>,
    last: Vec<Option<usize>>,
}

impl Ends {
    fn of(facts: &Facts<'_>) -> Self {
        let groups = facts.portfolio.initiatives.len() + 1;
        let (mut first, mut last): (Vec<Option<usize>>, Vec<Option<usize>>) = (vec![None; groups], vec![None; groups]);
        for index in (0..facts.portfolio.activities.len()).filter(|&index| is_work(facts.activity(index))) {
            let group = facts.group_of[index];
            let starts = |index: usize| (facts.dates(index).start, index);
            let finishes = |index: usize| (facts.dates(index).finish, index);
            if facts.into[index].is_empty() && first[group].is_none_or(|known| starts(index) < starts(known)) {
                first[group] = Some(index);
            }
            if facts.out_of[index].is_empty() && last[group].is_none_or(|known| finishes(index) > finishes(known)) {
                last[group] = Some(index);
            }
        }
        Self { first, last }
    }

    fn excuse(&self, index: usize, finding: &Finding) -> bool {
        let is = |ends: &[Option<usize>]| ends.contains(&Some(index));
        match finding.code.id {
            id if id == codes::NO_PREDECESSOR.id => is(&self.first),
            id if id == codes::NO_SUCCESSOR.id => is(&self.last),
            _ => false,
        }
    }
}

fn tell(facts: &Facts<'_>, index: usize, code: Code, field: &'static str) -> Finding {
    code.at(facts.cell(index, field)).field("Activities", field)
}

fn tell_link(facts: &Facts<'_>, link: usize, code: Code, field: &'static str) -> Finding {
    code.at(facts.portfolio.dependency_cell(link, field)).field("Dependencies", field)
}

/// What the plan's own row says; one that has no percentage is told where the schedule works its start out.
fn finish_without_start(facts: &Facts<'_>, index: usize) -> Option<Finding> {
    let activity = facts.activity(index);
    let started_elsewhere = || {
        let readings = &facts.portfolio.progress;
        readings.iter().any(|reading| reading.activity.0 == index && reading.actual_start.is_some())
    };
    let wrong = activity.actual_finish.is_some()
        && activity.actual_start.is_none()
        && activity.percent_complete.is_some()
        && !activity.kind.is_point();
    (wrong && !started_elsewhere()).then(|| {
        tell(facts, index, codes::FINISH_WITHOUT_START, "Actual start")
            .expected("an actual start, since it has an actual finish")
            .hint("Give the date on which it started. Until then the planned duration before the finish is used.")
    })
}

fn before_data_date(facts: &Facts<'_>, index: usize) -> Option<Finding> {
    let dates = facts.dates(index);
    let now = facts.portfolio.data_date;
    let early = match dates.state {
        ActivityState::NotStarted => dates.start < now,
        ActivityState::InProgress => dates.finish < now,
        ActivityState::Complete => false,
    };
    early.then(|| {
        tell(facts, index, codes::WORK_BEFORE_DATA_DATE, "Activity ID")
            .found("unfinished work before the data date")
            .expected(format!("what is not done to lie after {now}"))
            .hint("Report its progress, or free it from the date or rule that keeps it in the past.")
    })
}

fn no_predecessor(facts: &Facts<'_>, index: usize) -> Option<Finding> {
    let activity = facts.activity(index);
    let open = facts.into[index].is_empty()
        && facts.dates(index).state == ActivityState::NotStarted
        && activity.external_early_start.is_none();
    open.then(|| {
        tell(facts, index, codes::NO_PREDECESSOR, "Activity ID")
            .found("no predecessor")
            .expected("a predecessor for all but the first activity")
            .hint("Link it to what it waits for, or to the start of its initiative.")
    })
}

/// A celebration leads to nothing.
fn no_successor(facts: &Facts<'_>, index: usize) -> Option<Finding> {
    let activity = facts.activity(index);
    let open = facts.out_of[index].is_empty()
        && facts.is_unfinished(index)
        && activity.kind != ActivityType::Celebration
        && activity.external_late_finish.is_none();
    open.then(|| {
        tell(facts, index, codes::NO_SUCCESSOR, "Activity ID")
            .found("no successor")
            .expected("a successor for all but the last activity")
            .hint("Link it to what needs it, or to the finish of its initiative: its delay moves nothing until then.")
    })
}

fn finish_drives_nothing(facts: &Facts<'_>, index: usize) -> Option<Finding> {
    let links = &facts.out_of[index];
    let from_start =
        |&&link: &&usize| matches!(facts.portfolio.dependencies[link].link, LinkType::StartToStart | LinkType::StartToFinish);
    let dangling = facts.is_unfinished(index)
        && !facts.activity(index).kind.is_point()
        && !links.is_empty()
        && links.iter().filter(from_start).count() == links.len();
    dangling.then(|| {
        tell(facts, index, codes::DANGLING_LOGIC, "Activity ID")
            .found("all its successors hang on its start, so that its finish moves nothing")
            .expected("a link from its finish too")
            .hint("Add an FS or FF link to what needs its result.")
    })
}

fn start_waits_for_nothing(facts: &Facts<'_>, index: usize) -> Option<Finding> {
    let links = &facts.into[index];
    let to_finish =
        |&&link: &&usize| matches!(facts.portfolio.dependencies[link].link, LinkType::FinishToFinish | LinkType::StartToFinish);
    let dangling = facts.dates(index).state == ActivityState::NotStarted
        && !facts.activity(index).kind.is_point()
        && !links.is_empty()
        && links.iter().filter(to_finish).count() == links.len();
    dangling.then(|| {
        tell(facts, index, codes::DANGLING_LOGIC, "Activity ID")
            .found("all its predecessors hold its finish, so that nothing holds its start")
            .expected("a link to its start too")
            .hint("Add an FS or SS link from what it waits for.")
    })
}

/// Due to begin, held by nothing but the calendar: it moves on with every data date.
fn riding(facts: &Facts<'_>, index: usize) -> Option<Finding> {
    let dates = facts.dates(index);
    let rides = dates.state == ActivityState::NotStarted && dates.driver == Driver::DataDate;
    rides.then(|| {
        tell(facts, index, codes::RIDING_THE_DATA_DATE, "Activity ID")
            .found("held by nothing but the data date")
            .expected("a start that a predecessor, a constraint or a report gives")
            .hint("Report its start, or link it to what it really waits for: it slips with every status date until then.")
    })
}

fn beyond_horizon(facts: &Facts<'_>, index: usize) -> Option<Finding> {
    let dates = facts.dates(index);
    let now = facts.portfolio.data_date;
    let far = dates.finish.0 - now.0 >= HORIZON_MINUTES || now.0 - dates.start.0 >= HORIZON_MINUTES;
    far.then(|| {
        tell(facts, index, codes::BEYOND_HORIZON, "Duration")
            .found("a date more than 100 years from the data date")
            .expected("dates within 100 years")
            .hint("Check durations, lags and dates before it for a slip of the keyboard. The date is cut off there.")
    })
}

/// Links other than finish to start; those are told with the schedule.
fn out_of_sequence(facts: &Facts<'_>, position: usize) -> Option<Finding> {
    let link = &facts.portfolio.dependencies[position];
    let state = |index: ActivityIndex| facts.schedule.activity(index).state;
    let (before, after) = (state(link.predecessor), state(link.successor));
    let ends = [link.predecessor, link.successor].map(|end| &facts.portfolio.activity(end).key);
    let (unstarted, unfinished) = (before == ActivityState::NotStarted, before != ActivityState::Complete);
    let (begun, done) = (after != ActivityState::NotStarted, after == ActivityState::Complete);
    let (found, expected) = match link.link {
        LinkType::StartToStart if begun && unstarted => {
            (format!("{} has started and {} has not", ends[1], ends[0]), "a predecessor that starts first")
        }
        LinkType::FinishToFinish if done && unfinished => {
            (format!("{} is finished and {} is not", ends[1], ends[0]), "a predecessor that finishes first")
        }
        LinkType::StartToFinish if done && unstarted => {
            (format!("{} is finished and {} has not started", ends[1], ends[0]), "a predecessor that starts first")
        }
        _ => return None,
    };
    let hint = "Correct the progress or the link: one of the two is wrong.";
    Some(tell_link(facts, position, codes::OUT_OF_SEQUENCE, "Successor").found(found).expected(expected).hint(hint))
}

fn lag_longer_than_work(facts: &Facts<'_>, position: usize) -> Option<Finding> {
    let link = &facts.portfolio.dependencies[position];
    let before = facts.schedule.activity(link.predecessor);
    let open =
        facts.is_unfinished(link.successor.0) && before.duration > 0 && is_work(facts.portfolio.activity(link.predecessor));
    (open && is_longer(facts, link, before.duration)).then(|| {
        tell_link(facts, position, codes::LAG_LONGER_THAN_WORK, "Lag")
            .found(format!("a lag of {} after work that is shorter", link.lag))
            .expected("a lag no longer than its predecessor's duration")
            .hint("Where the wait is work of its own, such as curing or approval, make it an activity with an owner.")
    })
}

fn is_longer(facts: &Facts<'_>, link: &Dependency, duration: i64) -> bool {
    if link.lag.is_negative() || link.lag.is_elapsed() {
        return false;
    }
    let calendar = crate::analysis::schedule::calendar_of(facts.portfolio, facts.portfolio.activity(link.predecessor));
    match link.lag.percent() {
        Some(share) => share > Decimal::ONE,
        None => link.lag.minutes(&calendar).is_some_and(|lag| lag > duration),
    }
}
