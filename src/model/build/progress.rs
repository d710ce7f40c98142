//! Progress reports and named baselines.

use crate::base::calendar::Calendars;
use crate::base::day::Moment;
use crate::base::id::InitiativeId;
use crate::model::activity::{ActivityIndex, BaselineEntry, LeftOutActual, ProgressReading, RemovedFromPlan};
use crate::model::build::calendars::last_working_instant;
use crate::model::build::context::{Context, flag};
use crate::model::codes;
use crate::table::tables::Row;
use std::collections::BTreeMap;

/// Progress up to the as-of date, by status date, then activity. Later reports are kept out and counted.
pub(super) fn progress(context: &mut Context<'_>, calendars: &Calendars) -> Vec<ProgressReading> {
    let mut readings: BTreeMap<(Moment, ActivityIndex), (ProgressReading, Row<'_>)> = BTreeMap::new();
    for row in context.rows("Progress") {
        let Some(reading) = reading(context, row, calendars) else { continue };
        if row.moment("as_of").is_some_and(|at| context.is_future(at)) {
            let finding = flag(row, codes::PROGRESS_AFTER_AS_OF, "as_of").found("a later status date");
            context.push(
                finding
                    .expected(format!("reports up to {}", context.settings.as_of))
                    .hint("kept out of this run; nothing to mend"),
            );
            continue;
        }
        let key = (reading.as_of, reading.activity);
        if let Some((first, _)) = readings.get(&key) {
            let expected = format!("one report for an activity and date; the first is at {}", first.origin);
            context.push(flag(row, codes::LISTED_TWICE, "activity").expected(expected).hint("delete one; only the first counts"));
        } else {
            readings.insert(key, (reading, row));
        }
    }
    check_falls(context, &readings);
    readings.into_values().map(|(reading, _)| reading).collect()
}

fn reading(context: &mut Context<'_>, row: Row<'_>, calendars: &Calendars) -> Option<ProgressReading> {
    let home = context.initiative(row, "initiative");
    let activity = context.activity(row, "activity", home.as_ref())?;
    let at = row.moment("as_of")?;
    let as_of = if at.is_date_only() { last_working_instant(calendars, at) } else { at };
    let [actual_start, actual_finish] = ["actual_start", "actual_finish"].map(|key| passed(context, row, activity, key));
    Some(ProgressReading {
        as_of,
        activity,
        percent_complete: row.number("percent_complete"),
        actual_start,
        actual_finish,
        actual_duration: row.span("actual_duration"),
        remaining: row.span("remaining_duration"),
        actual_cost: context.amount(row, "actual_cost"),
        actual_work: row.span("actual_work"),
        origin: row.place(),
    })
}

/// An actual date that has passed. One after the as-of date is told and left out; in a report of a later date it is kept out
/// with the report.
fn passed(context: &mut Context<'_>, row: Row<'_>, activity: ActivityIndex, key: &'static str) -> Option<Moment> {
    let at = row.moment(key)?;
    if !context.is_future(at) {
        return Some(at);
    }
    if row.moment("as_of").is_some_and(|as_of| !context.is_future(as_of)) {
        let finding =
            flag(row, codes::ACTUAL_AFTER_AS_OF, key).expected(format!("a date on or before {}", context.settings.as_of));
        context.push(finding.hint("an actual date is one that has passed: correct it, or clear it; left out until then"));
        let left_out = LeftOutActual { activity, at, is_finish: key == "actual_finish", origin: row.origin(key) };
        context.left_out_actuals.push(left_out);
    }
    None
}

/// Percent complete and cost to date that fall from one report to the next.
fn check_falls(context: &mut Context<'_>, readings: &BTreeMap<(Moment, ActivityIndex), (ProgressReading, Row<'_>)>) {
    let mut highest: BTreeMap<ActivityIndex, (f64, Moment)> = BTreeMap::new();
    for (reading, row) in readings.values() {
        let Some(percent) = reading.percent_complete else { continue };
        if let Some((before, at)) = highest.get(&reading.activity).copied().filter(|(before, _)| percent < *before) {
            let expected = format!("at least {:.0} %, as reported for {}", before * 100.0, at.day());
            let hint = "say why work was lost, or correct one of the two reports; the later one counts";
            context.push(flag(*row, codes::PROGRESS_FALLS, "percent_complete").expected(expected).hint(hint));
        }
        highest.insert(reading.activity, (percent, reading.as_of));
    }
}

/// The named baselines, by name, then activity.
pub(super) fn baselines(context: &mut Context<'_>) -> Vec<BaselineEntry> {
    let mut entries: BTreeMap<(String, ActivityIndex), BaselineEntry> = BTreeMap::new();
    for row in context.rows("Baselines") {
        let home = context.initiative(row, "initiative");
        let Some(activity) = context.activity(row, "activity", home.as_ref()) else {
            removed(context, row, home);
            continue;
        };
        let entry = baseline(context, row, activity);
        let key = (entry.baseline.clone(), activity);
        if let Some(first) = entries.get(&key) {
            let expected = format!("one row for an activity and baseline; the first is at {}", first.origin);
            context.push(flag(row, codes::LISTED_TWICE, "activity").expected(expected).hint("delete one; only the first counts"));
        } else {
            entries.insert(key, entry);
        }
    }
    let entries: Vec<BaselineEntry> = entries.into_values().collect();
    check_rebaselines(context, &entries);
    entries
}

/// Keeps what a baseline holds of an activity that the plan does not have.
fn removed(context: &mut Context<'_>, row: Row<'_>, initiative: Option<InitiativeId>) {
    let Some(activity) = row.text("activity").map(String::from) else { return };
    let cost = context.amount(row, "cost");
    context.removed_from_plan.push(RemovedFromPlan {
        baseline: row.text("baseline").unwrap_or_default().to_string(),
        initiative,
        activity,
        start: row.moment("start"),
        finish: row.moment("finish"),
        cost,
        origin: row.place(),
    });
}

fn baseline(context: &mut Context<'_>, row: Row<'_>, activity: ActivityIndex) -> BaselineEntry {
    let (start, finish) = (row.moment("start"), row.moment("finish"));
    BaselineEntry {
        baseline: row.text("baseline").unwrap_or_default().to_string(),
        activity,
        start,
        finish,
        cost: context.amount(row, "cost"),
        work: row.span("work"),
        approved_by: context.person(row, "approved_by", false),
        approved_on: row.day("approved_on"),
        reason: row.text("reason").map(String::from),
        origin: row.place(),
    }
}

/// A baseline that replaces an earlier one for the same activity needs a reason and an approver, on any of its rows.
fn check_rebaselines(context: &mut Context<'_>, entries: &[BaselineEntry]) {
    let mut names: BTreeMap<&str, (&BaselineEntry, bool, bool)> = BTreeMap::new();
    for entry in entries {
        let known = names.entry(&entry.baseline).or_insert((entry, false, false));
        known.1 |= entry.reason.is_some();
        known.2 |= entry.approved_by.is_some();
    }
    let first_approved = entries.iter().filter_map(|entry| Some((entry.approved_on?, entry.baseline.as_str()))).min();
    let original = first_approved.map(|(_, name)| name).or_else(|| names.keys().next().copied());
    for (name, (entry, reason, approver)) in names.iter().filter(|(name, _)| Some(**name) != original) {
        for (given, field) in [(reason, "Reason"), (approver, "Approved by")] {
            if !given {
                let finding = codes::REBASELINE_UNEXPLAINED
                    .at(entry.origin.clone())
                    .field("Baselines", field)
                    .found(format!("none for {name}"));
                context.push(
                    finding
                        .expected("a reason and an approver for each re-baseline")
                        .hint("say why the plan was set anew, and who agreed"),
                );
            }
        }
    }
}
