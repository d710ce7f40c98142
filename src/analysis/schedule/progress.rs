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

/// What has happened to an activity by the data date. What the Activities table itself leaves out has been told already.
pub fn of(facts: &Facts<'_>, state: &ProgressState, findings: &mut Findings) -> Progress {
    if !state.is_started() {
        return Progress::NotStarted;
    }
    if state.is_complete() { complete(facts, state, findings) } else { in_progress(facts, state, findings) }
}

fn complete(facts: &Facts<'_>, state: &ProgressState, findings: &mut Findings) -> Progress {
    let took = state.actual_duration.unwrap_or(facts.duration);
    let computed = |start: Moment| facts.calendar.add(start, took).min(facts.data_date);
    let finish = state.actual_finish.or(state.actual_start.map(computed)).unwrap_or(facts.data_date);
    if state.actual_finish.is_none() && state.actual_duration.is_none() && !is_own(facts) {
        let hint = format!("{finish} is used. Give the actual finish.");
        facts.report(findings, codes::COMPLETE_WITHOUT_FINISH, "Actual finish", "100 % and no actual finish", &hint);
    }
    let start = state.actual_start.unwrap_or_else(|| facts.calendar.sub(finish, took));
    if state.actual_start.is_none() && !is_own(facts) {
        report_no_start(facts, start, findings);
    }
    Progress::Complete { start: start.min(finish), finish }
}

fn in_progress(facts: &Facts<'_>, state: &ProgressState, findings: &mut Findings) -> Progress {
    let done = share_of(facts.duration, state.share_done());
    let remaining = state.remaining.unwrap_or(facts.duration - done);
    let spent = state.actual_duration.unwrap_or(done);
    let start = state.actual_start.unwrap_or_else(|| facts.calendar.sub(facts.data_date, spent));
    if state.actual_start.is_none() && !is_own(facts) {
        report_no_start(facts, start, findings);
    }
    let resume = facts.activity.resume.map(|at| start_moment(at, facts.calendar));
    Progress::InProgress { start, remaining, resume }
}

/// True where the percentage is the Activities table's own.
fn is_own(facts: &Facts<'_>) -> bool {
    facts.activity.percent_complete.is_some()
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
