//! What is not scheduled but taken from others after the passes: hammocks and summaries.

use super::compile::Plan;
use super::result::{ActivityState, Driver, FinishDriver, LateDriver, ScheduledActivity};
use crate::base::calendar::WorkCalendar;
use crate::base::day::Moment;
use crate::model::activity::{ActivityIndex, ActivityType, LinkType};
use crate::model::portfolio::Portfolio;

/// A hammock or summary before it is rolled up: at the start of its project, without length.
pub fn placeholder(portfolio: &Portfolio, plan: &Plan, index: usize) -> ScheduledActivity {
    let at = plan.project_start[plan.group_of[index]];
    ScheduledActivity {
        activity: ActivityIndex(index),
        kind: portfolio.activities[index].kind,
        state: ActivityState::NotStarted,
        start: at,
        finish: at,
        early_start: at,
        early_finish: at,
        late_start: at,
        late_finish: at,
        duration: 0,
        remaining: 0,
        minutes_per_day: plan.calendars[index].minutes_per_day(),
        total_float: None,
        start_float: None,
        finish_float: None,
        free_float: None,
        critical: false,
        near_critical: None,
        float_path: None,
        on_longest_path: false,
        driver: Driver::RolledUp,
        finish_driver: FinishDriver::RolledUp,
        late_driver: LateDriver::RolledUp,
    }
}

/// Dates that a hammock's links hold it to.
#[derive(Clone, Debug, Default)]
struct Anchors {
    starts: Vec<Moment>,
    finishes: Vec<Moment>,
}

/// Hammocks span from their earliest start anchor to their latest finish anchor. Start anchors: what they follow (FS, SS)
/// and what starts with them (SS). Finish anchors: what they finish with (FF) and what follows them (FS). Without one,
/// the start is that of the initiative, and the finish the planned duration later, or that of the initiative.
pub fn hammocks(portfolio: &Portfolio, plan: &Plan, activities: &mut [ScheduledActivity]) {
    let mut anchors: Vec<Anchors> = vec![Anchors::default(); activities.len()];
    let is_hammock = |index: ActivityIndex| portfolio.activity(index).kind == ActivityType::Hammock;
    for link in &portfolio.dependencies {
        let (before, after) = (&activities[link.predecessor.0], &activities[link.successor.0]);
        if is_hammock(link.successor) && !is_hammock(link.predecessor) {
            match link.link {
                LinkType::FinishToStart => anchors[link.successor.0].starts.push(before.finish),
                LinkType::StartToStart => anchors[link.successor.0].starts.push(before.start),
                LinkType::FinishToFinish => anchors[link.successor.0].finishes.push(before.finish),
                LinkType::StartToFinish => anchors[link.successor.0].finishes.push(before.start),
            }
        }
        if is_hammock(link.predecessor) && !is_hammock(link.successor) {
            match link.link {
                LinkType::FinishToStart => anchors[link.predecessor.0].finishes.push(after.start),
                LinkType::FinishToFinish => anchors[link.predecessor.0].finishes.push(after.finish),
                LinkType::StartToStart => anchors[link.predecessor.0].starts.push(after.start),
                LinkType::StartToFinish => anchors[link.predecessor.0].starts.push(after.finish),
            }
        }
    }
    for index in (0..activities.len()).filter(|&index| is_hammock(ActivityIndex(index))) {
        let calendar = &plan.calendars[index];
        let (from, to) = span_of_group(plan, activities, index);
        let start = calendar.next_work_start(anchors[index].starts.iter().copied().min().unwrap_or(from));
        let planned = if plan.minutes[index] > 0 { calendar.add(start, plan.minutes[index]) } else { to };
        let finish = calendar.prev_work_finish(anchors[index].finishes.iter().copied().max().unwrap_or(planned)).max(start);
        place(&mut activities[index], start, finish);
        activities[index].duration = calendar.work(start, finish);
        let state = &plan.states[index];
        let spanned = activities[index].duration;
        if state.is_complete() {
            activities[index].state = ActivityState::Complete;
        } else if state.is_started() {
            activities[index].state = ActivityState::InProgress;
        }
        activities[index].remaining = if state.is_complete() { 0 } else { spanned };
    }
}

fn span_of_group(plan: &Plan, activities: &[ScheduledActivity], index: usize) -> (Moment, Moment) {
    let group = plan.group_of[index];
    let members = || (0..activities.len()).filter(|&other| plan.group_of[other] == group && plan.node_of[other].is_some());
    let start = members().map(|other| activities[other].start).min().unwrap_or(plan.project_start[group]);
    let finish = members().map(|other| activities[other].finish).max().unwrap_or(start);
    (start, finish)
}

fn place(activity: &mut ScheduledActivity, start: Moment, finish: Moment) {
    activity.start = start;
    activity.finish = finish;
    activity.early_start = start;
    activity.early_finish = finish;
    activity.late_start = start;
    activity.late_finish = finish;
}

/// Summaries span the activities below them: earliest start to latest finish, critical where any of them is.
pub fn summaries(plan: &Plan, activities: &mut [ScheduledActivity]) {
    for index in 0..activities.len() {
        let below: Vec<&ScheduledActivity> = plan.leaves[index].iter().map(|&leaf| &activities[leaf]).collect();
        if activities[index].kind == ActivityType::Summary && !below.is_empty() {
            activities[index] = rolled_up(&activities[index], &below, &plan.calendars[index]);
        }
    }
}

fn rolled_up(summary: &ScheduledActivity, below: &[&ScheduledActivity], calendar: &WorkCalendar) -> ScheduledActivity {
    let first = |pick: fn(&ScheduledActivity) -> Moment| below.iter().map(|leaf| pick(leaf)).min().unwrap_or(summary.start);
    let last = |pick: fn(&ScheduledActivity) -> Moment| below.iter().map(|leaf| pick(leaf)).max().unwrap_or(summary.start);
    let (start, finish) = (first(|leaf| leaf.start), last(|leaf| leaf.finish));
    let state = state_of(below);
    let unfinished = below.iter().filter(|leaf| leaf.state != ActivityState::Complete);
    let work_begins = unfinished.map(|leaf| leaf.early_start).min();
    ScheduledActivity {
        state,
        start,
        finish,
        early_start: first(|leaf| leaf.early_start),
        early_finish: last(|leaf| leaf.early_finish),
        late_start: first(|leaf| leaf.late_start),
        late_finish: last(|leaf| leaf.late_finish),
        duration: calendar.work(start, finish),
        remaining: work_begins.map_or(0, |from| calendar.work(from, finish)),
        total_float: below.iter().filter_map(|leaf| leaf.total_float).min(),
        critical: below.iter().any(|leaf| leaf.critical),
        on_longest_path: below.iter().any(|leaf| leaf.on_longest_path),
        ..summary.clone()
    }
}

fn state_of(below: &[&ScheduledActivity]) -> ActivityState {
    let all = |state: ActivityState| below.iter().all(|leaf| leaf.state == state);
    if all(ActivityState::Complete) {
        ActivityState::Complete
    } else if all(ActivityState::NotStarted) {
        ActivityState::NotStarted
    } else {
        ActivityState::InProgress
    }
}
