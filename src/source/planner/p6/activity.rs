//! An activity of P6.

use super::{Builder, Task, key, words};
use crate::source::planner::desk::{Desk, Record};
use crate::source::planner::plan::{Activity, Constraint, Length};
use rust_decimal::Decimal;

/// The most that a started activity without a finish can have done.
const ALMOST: Decimal = Decimal::from_parts(99, 0, 0, false, 2);

impl Builder {
    pub fn activity(&mut self, record: &dyn Record, desk: &mut Desk<'_>) {
        let (Some(id_key), Some(project)) = (key(record, "task_id", desk), key(record, "proj_id", desk)) else { return };
        let Some(id) = key(record, "task_code", desk) else { return };
        let kind = desk.word(record, "task_type", words::TYPES).unwrap_or("task");
        if kind == "WBS summary" {
            self.summaries.push(record.place());
            return;
        }
        let mut activity = Activity::new(id_key, project, id, record.place());
        activity.name = record.get("task_name").unwrap_or_default().to_string();
        activity.kind = if kind == "resource task" { "task" } else { kind };
        activity.calendar = record.get("clndr_id").map(String::from);
        activity.constraint = constraint(record, "cstr_type", "cstr_date", desk);
        activity.secondary = constraint(record, "cstr_type2", "cstr_date2", desk);
        activity.expected_finish = desk.finish_moment(record, "expect_end_date");
        activity.external_early_start = desk.moment(record, "external_early_start_date");
        activity.external_late_finish = desk.finish_moment(record, "external_late_end_date");
        activity.priority = desk.word(record, "priority_type", words::PRIORITIES).and_then(|number| number.parse().ok());
        self.status(&mut activity, record, desk);
        let planned = (desk.moment(record, "target_start_date"), desk.finish_moment(record, "target_end_date"));
        let wbs = record.get("wbs_id").map(String::from);
        self.tasks.push(Task { activity, wbs, by_resources: kind == "resource task", planned });
    }

    /// Duration and progress. What has not started is scheduled by its remaining duration, as in P6.
    fn status(&self, activity: &mut Activity, record: &dyn Record, desk: &mut Desk<'_>) {
        let is_point = activity.kind.ends_with("milestone");
        let planned = desk.hours(record, "target_drtn_hr_cnt").filter(|_| !is_point).unwrap_or(0).max(0);
        let remaining = desk.hours(record, "remain_drtn_hr_cnt").filter(|_| !is_point);
        activity.duration = Length::Working(planned);
        let (start, finish) = (desk.moment(record, "act_start_date"), desk.finish_moment(record, "act_end_date"));
        let status = desk.word(record, "status_code", words::STATUS);
        let status = status.unwrap_or(if finish.is_some() {
            "complete"
        } else if start.is_some() {
            "active"
        } else {
            "not started"
        });
        let kind = desk.word(record, "complete_pct_type", words::PERCENTS).unwrap_or("duration");
        match status {
            "not started" => not_started(activity, planned, remaining, record, desk),
            "complete" => {
                (activity.actual_start, activity.actual_finish) = (start, finish);
                activity.percent = Some(Decimal::ONE);
                activity.percent_kind = Some(kind);
            }
            _ => {
                activity.actual_start = start;
                activity.resume = desk.moment(record, "resume_date");
                activity.remaining = remaining.map(|minutes| Length::Working(minutes.max(0)));
                activity.percent_kind = Some(kind);
                activity.percent = self.share(kind, (planned, remaining), record, desk);
                if activity.percent.is_some_and(|share| share >= Decimal::ONE) {
                    activity.percent = Some(ALMOST);
                    Self::differs(
                        desk,
                        record,
                        "100 % and no actual finish".into(),
                        "It counts as 99 %. Give the actual finish, or correct the percentage.",
                    );
                }
            }
        }
    }

    /// The share done of a started activity, 0 to 1.
    fn share(
        &self,
        kind: &str,
        (planned, remaining): (i64, Option<i64>),
        record: &dyn Record,
        desk: &mut Desk<'_>,
    ) -> Option<Decimal> {
        let stated = match kind {
            "physical" => desk.number(record, "phys_complete_pct"),
            "units" => desk.number(record, "units_complete_pct"),
            _ => None,
        };
        if let Some(stated) = stated {
            return stated.checked_div(self.whole).map(|share| share.clamp(Decimal::ZERO, Decimal::ONE));
        }
        if kind == "units" {
            let (done, left) = (desk.number(record, "act_work_qty"), desk.number(record, "remain_work_qty"));
            let all = done? + left?;
            return done?.checked_div(all).map(|share| share.clamp(Decimal::ZERO, Decimal::ONE));
        }
        let left = Decimal::from(remaining?).checked_div(planned.into())?;
        Some((Decimal::ONE - left).clamp(Decimal::ZERO, Decimal::ONE).round_dp(6))
    }
}

fn not_started(activity: &mut Activity, planned: i64, remaining: Option<i64>, record: &dyn Record, desk: &mut Desk<'_>) {
    let Some(remaining) = remaining.filter(|remaining| *remaining != planned && *remaining >= 0) else { return };
    if activity.kind != "hammock" {
        let lengths = (Length::Working(planned).text(), Length::Working(remaining).text());
        let found = format!("planned {} but {} remaining, before it starts", lengths.0, lengths.1);
        Builder::differs(desk, record, found, "The remaining duration is taken as its duration, as P6 schedules it.");
        activity.duration = Length::Working(remaining);
    }
}

fn constraint(record: &dyn Record, kind: &'static str, date: &'static str, desk: &mut Desk<'_>) -> Option<Constraint> {
    let at = desk.moment(record, date);
    let word = desk.word(record, kind, words::CONSTRAINTS)?;
    desk.dated(record, word, at)
}
