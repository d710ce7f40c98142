//! From what is known of an activity to what the passes need, with the status checks.

use super::network::Progress;
use crate::analysis::codes;
pub use crate::analysis::progress::ProgressState;
use crate::analysis::progress::start_moment;
use crate::base::calendar::WorkCalendar;
use crate::base::day::Moment;
use crate::base::finding::{Code, Findings};
use crate::model::activity::Activity;

/// What the plan says of an activity.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The activity.
    pub activity: &'a Activity,
    /// Its calendar.
    pub calendar: &'a WorkCalendar,
    /// Planned working minutes.
    pub duration: i64,
    /// The data date.
    pub data_date: Moment,
}

impl Facts<'_> {
    fn report(&self, findings: &mut Findings, code: Code, field: &str, found: &str, hint: &str) {
        let finding = code.at(self.activity.origin.clone()).field("Activities", field);
        findings.push(finding.found(format!("{found} on {}", self.activity.key)).hint(hint));
    }
}

/// What has happened to an activity by the data date. Actual dates after it are findings and not used.
pub fn of(facts: &Facts<'_>, state: &ProgressState, findings: &mut Findings) -> Progress {
    let mut state = state.clone();
    drop_future(facts, &mut state, findings);
    if !state.is_started() {
        return Progress::NotStarted;
    }
    if state.is_complete() { complete(facts, &state, findings) } else { in_progress(facts, &state, findings) }
}

fn drop_future(facts: &Facts<'_>, state: &mut ProgressState, findings: &mut Findings) {
    let future = |at: &Moment| *at > facts.data_date;
    if let Some(at) = state.actual_finish.filter(future) {
        let hint = "The activity counts as unfinished. Move the date to the forecast, or run with a later as-of date.";
        facts.report(findings, codes::ACTUAL_AFTER_DATA_DATE, "Actual finish", &at.to_string(), hint);
        state.remaining = state.remaining.or(Some(facts.calendar.work(facts.data_date, at)));
        state.actual_finish = None;
        state.percent = state.percent.filter(|share| *share < 1.0);
    }
    if let Some(at) = state.actual_start.filter(future) {
        let hint = "The activity counts as not started. Move the date to the forecast, or run with a later as-of date.";
        facts.report(findings, codes::ACTUAL_AFTER_DATA_DATE, "Actual start", &at.to_string(), hint);
        *state = ProgressState::default();
    }
}

fn complete(facts: &Facts<'_>, state: &ProgressState, findings: &mut Findings) -> Progress {
    let took = state.actual_duration.unwrap_or(facts.duration);
    let computed = |start: Moment| facts.calendar.add(start, took).min(facts.data_date);
    let finish = state.actual_finish.or(state.actual_start.map(computed)).unwrap_or(facts.data_date);
    if state.actual_finish.is_none() && state.actual_duration.is_none() {
        let hint = format!("{finish} is used. Give the actual finish.");
        facts.report(findings, codes::COMPLETE_WITHOUT_FINISH, "Actual finish", "100 % and no actual finish", &hint);
    }
    let start = state.actual_start.unwrap_or_else(|| facts.calendar.sub(finish, took));
    if state.actual_start.is_none() {
        report_no_start(facts, start, findings);
    }
    Progress::Complete { start: start.min(finish), finish }
}

fn in_progress(facts: &Facts<'_>, state: &ProgressState, findings: &mut Findings) -> Progress {
    let done = share_of(facts.duration, state.share_done());
    let remaining = state.remaining.unwrap_or(facts.duration - done);
    let spent = state.actual_duration.unwrap_or(done);
    let start = state.actual_start.unwrap_or_else(|| facts.calendar.sub(facts.data_date, spent));
    if state.actual_start.is_none() {
        report_no_start(facts, start, findings);
    }
    let resume = facts.activity.resume.map(|at| start_moment(at, facts.calendar)).filter(|at| *at > facts.data_date);
    Progress::InProgress { start, remaining, resume }
}

fn report_no_start(facts: &Facts<'_>, start: Moment, findings: &mut Findings) {
    let hint = format!("{start} is used. Give the actual start.");
    facts.report(findings, codes::PROGRESS_WITHOUT_START, "Actual start", "progress and no actual start", &hint);
}

/// A share of some minutes, to the nearest minute.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "minutes of a duration are far below 2^52")]
fn share_of(minutes: i64, share: f64) -> i64 {
    (minutes as f64 * share).round() as i64
}
