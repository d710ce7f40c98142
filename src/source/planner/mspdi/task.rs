//! A task of Microsoft Project, with its links and baselines.

use super::{PROJECT, Tasks, project, value};
use crate::source::codes;
use crate::source::planner::desk::{Desk, Record as _, Words};
use crate::source::planner::plan::{Activity, Baseline, Constraint, Length, Link, Plan};
use crate::source::planner::xml::{Account, Element, Fields};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

const CONSTRAINTS: &Words = &[
    ("0", ""),
    ("1", "as late as possible"),
    ("2", "must start on"),
    ("3", "must finish on"),
    ("4", "start no earlier than"),
    ("5", "start no later than"),
    ("6", "finish no earlier than"),
    ("7", "finish no later than"),
];
const LINKS: &Words = &[("0", "FF"), ("1", "FS"), ("2", "SF"), ("3", "SS")];
const ACCRUALS: &Words = &[("1", "start"), ("2", "end"), ("3", "prorated")];
/// The priority of a task that nobody gave one.
const USUAL_PRIORITY: i64 = 500;

/// Adds a task to the plan, or to those that are left out.
pub fn read(fields: &Fields<'_>, header: &Element, plan: &mut Plan, tasks: &mut Tasks, desk: &mut Desk<'_>) {
    let element = fields.element;
    for name in
        ["IsNull", "Active", "ExternalTask", "IsSubproject", "ID", "OutlineLevel", "Milestone", "PredecessorLink", "Baseline"]
    {
        fields.uses(name);
    }
    let Some(uid) = fields.get("UID").map(String::from) else {
        desk.bad_value(fields, "UID", "(empty)", "a unique id");
        return;
    };
    if uid == "0" {
        tasks.left_out.insert(uid, "the project summary task");
        return;
    }
    let reason = if element.is("IsNull") {
        Some("a blank row")
    } else if element.get("Active") == Some("0") {
        Some("inactive")
    } else if element.is("ExternalTask") {
        Some("a task of another project, shown for its link")
    } else {
        None
    };
    if let Some(reason) = reason {
        tasks.leave_out(&uid, reason, element.line);
        return;
    }
    if element.is("IsSubproject") {
        different(fields, "an inserted project".into(), "Its own tasks are not in this file: read its file too.", desk);
    }
    let activity = activity(fields, header, &uid, desk);
    if own_calendar(fields).is_some() {
        let ignores = desk.flag(fields, "IgnoreResourceCalendar") == Some(true);
        tasks.own_calendar.insert(activity.key.clone(), ignores);
    }
    links(fields, &activity, plan, desk);
    baselines(fields, &activity, plan, desk);
    plan.activities.push(activity);
}

/// The task's own calendar; none for -1, and for 0, which earlier versions wrote.
fn own_calendar<'f>(fields: &'f Fields<'_>) -> Option<&'f str> {
    fields.get("CalendarUID").filter(|uid| !matches!(*uid, "-1" | "0"))
}

fn different(fields: &Fields<'_>, found: String, hint: &str, desk: &mut Desk<'_>) {
    let finding = desk.at(codes::PLAN_DIFFERENT, &fields.place()).found(found);
    desk.say(finding.hint(hint));
}

fn activity(fields: &Fields<'_>, header: &Element, uid: &str, desk: &mut Desk<'_>) -> Activity {
    let mut activity = Activity::new(uid.to_string(), PROJECT.into(), format!("T{uid}"), fields.place());
    activity.name = fields.get("Name").unwrap_or_default().to_string();
    activity.wbs = fields.get("OutlineNumber").or_else(|| fields.element.get("ID")).unwrap_or(uid).to_string();
    activity.calendar = own_calendar(fields).map(String::from);
    activity.deadline = desk.finish_moment(fields, "Deadline");
    activity.fixed_cost = value::money(fields, "FixedCost", desk);
    let accrual = desk.word(fields, "FixedCostAccrual", ACCRUALS);
    activity.accrual = accrual.filter(|_| activity.fixed_cost.is_some());
    let priority = desk.number(fields, "Priority").and_then(|priority| priority.to_i64());
    activity.priority = priority.filter(|priority| *priority != USUAL_PRIORITY);
    activity.owner = fields.get("Contact").map(String::from);
    if desk.flag(fields, "Summary") == Some(true) {
        activity.kind = "summary";
        if constraint(fields, header, desk).is_some() || desk.flag(fields, "Manual") == Some(true) {
            let found = "a summary task with a date of its own";
            different(fields, found.into(), "Its dates follow from the tasks below it here: put the constraint on those.", desk);
        }
        return activity;
    }
    let format = desk.number(fields, "DurationFormat").and_then(|format| format.to_u32()).unwrap_or(7);
    activity.duration = value::length(fields, "Duration", format, desk).unwrap_or(Length::Working(0));
    activity.constraint = constraint(fields, header, desk);
    if desk.flag(fields, "Manual") == Some(true) {
        manual(&mut activity, fields, format, desk);
    }
    if activity.duration.is_zero() {
        activity.kind = "milestone";
    }
    progress(&mut activity, fields, format, desk);
    activity
}

/// A constraint. Where the project lets links win over constraints, "must" becomes "on".
fn constraint(fields: &Fields<'_>, header: &Element, desk: &mut Desk<'_>) -> Option<Constraint> {
    let at = desk.moment(fields, "ConstraintDate");
    let word = match desk.word(fields, "ConstraintType", CONSTRAINTS)? {
        "must start on" if !project::honours_constraints(header) => "start on",
        "must finish on" if !project::honours_constraints(header) => "finish on",
        word => word,
    };
    desk.dated(fields, word, at)
}

/// A task placed by hand stays on its start.
fn manual(activity: &mut Activity, fields: &Fields<'_>, format: u32, desk: &mut Desk<'_>) {
    fields.uses("ManualFinish");
    let start = desk.moment(fields, "ManualStart").or_else(|| desk.moment(fields, "Start"));
    if let Some(length) = value::length(fields, "ManualDuration", format, desk) {
        activity.duration = length;
    }
    if start.is_none() {
        different(
            fields,
            "a manually scheduled task without a start".into(),
            "It is scheduled by its links here. Give it a start.",
            desk,
        );
        return;
    }
    activity.is_manual = true;
    activity.constraint = Some(("", start));
}

fn progress(activity: &mut Activity, fields: &Fields<'_>, format: u32, desk: &mut Desk<'_>) {
    activity.actual_start = desk.moment(fields, "ActualStart");
    activity.actual_finish = desk.finish_moment(fields, "ActualFinish");
    let percent = desk.number(fields, "PercentComplete").filter(|percent| *percent > Decimal::ZERO);
    activity.percent = percent.map(|percent| (percent / Decimal::ONE_HUNDRED).min(Decimal::ONE));
    let remaining = value::length(fields, "RemainingDuration", format, desk);
    fields.uses("Stop");
    let started = activity.actual_start.is_some() || activity.percent.is_some();
    if started && activity.actual_finish.is_none() {
        activity.remaining = remaining;
        activity.resume = desk.moment(fields, "Resume");
    }
}

fn links(fields: &Fields<'_>, activity: &Activity, plan: &mut Plan, desk: &mut Desk<'_>) {
    let account = Account::default();
    for element in fields.element.all("PredecessorLink") {
        let link = account.record(element, Some(&format!("of task UID {}", activity.key)), &[]);
        let Some(predecessor) = link.get("PredecessorUID").map(String::from) else {
            desk.bad_value(&link, "PredecessorUID", "(empty)", "the unique id of a task");
            continue;
        };
        if element.is("CrossProject") {
            let other = element.get("CrossProjectName").unwrap_or("another project");
            different(
                &link,
                format!("a link from {other}"),
                "It is left out. Read that project's file too, and link the two in plan.xlsx as INITIATIVE/ACTIVITY.",
                desk,
            );
            continue;
        }
        let kind = desk.word(&link, "Type", LINKS).unwrap_or("FS");
        let lag = value::lag(&link, desk);
        plan.links.push(Link { predecessor, successor: activity.key.clone(), kind, lag, place: link.place() });
    }
}

fn baselines(fields: &Fields<'_>, activity: &Activity, plan: &mut Plan, desk: &mut Desk<'_>) {
    if activity.kind == "summary" {
        return;
    }
    let account = Account::default();
    for element in fields.element.all("Baseline") {
        let record = account.record(element, Some(&format!("of task UID {}", activity.key)), &[]);
        let name = match element.get("Number").unwrap_or("0") {
            "0" => "Baseline".to_string(),
            number => format!("Baseline {number}"),
        };
        let baseline = Baseline {
            name,
            activity: activity.key.clone(),
            start: desk.moment(&record, "Start"),
            finish: desk.finish_moment(&record, "Finish"),
            cost: value::money(&record, "Cost", desk),
            work: value::minutes(&record, "Work", desk).filter(|minutes| *minutes > 0),
            place: record.place(),
        };
        if baseline.start.is_some() || baseline.finish.is_some() || baseline.cost.is_some() {
            plan.baselines.push(baseline);
        }
    }
}
