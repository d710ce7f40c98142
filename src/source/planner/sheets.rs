//! Lays a plan out as the sheets of plan.xlsx and resources.xlsx, so that every cell passes through the same checks as if
//! somebody had typed it. References are resolved here: keys of the file become the ids that people see.

use super::desk::Desk;
use super::plan::{Activity, Assignment, Calendar, Hours, Key, Link, Plan};
use super::sheet::Filler;
use super::wbs;
use crate::base::origin::RowPlace;
use crate::source::codes;
use crate::source::raw::RawSheet;
use std::collections::{BTreeMap, BTreeSet};

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The ids that people see, by the keys of the file.
#[derive(Default)]
struct Ids {
    initiatives: BTreeMap<Key, String>,
    /// The initiative and the id of each activity.
    activities: BTreeMap<Key, (String, String)>,
    calendars: BTreeMap<Key, String>,
    resources: BTreeMap<Key, String>,
}

/// The sheets of a plan.
pub(super) fn sheets(mut plan: Plan, desk: &mut Desk<'_>) -> Vec<RawSheet> {
    keep_first(&mut plan, desk);
    let ids = ids(&plan);
    let used = used_calendars(&plan);
    report_idle_calendars(&plan, &used, desk);
    let fillers = [
        activities(&plan, &ids, desk),
        dependencies(&plan, &ids, desk),
        calendars(&plan, &ids, &used, desk),
        exceptions(&plan, &ids, &used),
        options(&plan, &ids, desk),
        baselines(&plan, &ids, desk),
        resources(&plan, &ids, desk),
        rates(&plan, &ids, desk),
        assignments(&plan, &ids, desk),
    ];
    let file = desk.file();
    (0u32..).zip(fillers).filter_map(|(position, filler)| filler.finish(file, position)).collect()
}

/// Leaves out records whose key another has already.
fn keep_first(plan: &mut Plan, desk: &mut Desk<'_>) {
    once(&mut plan.projects, |project| (&project.key, &project.place), desk);
    once(&mut plan.calendars, |calendar| (&calendar.key, &calendar.place), desk);
    once(&mut plan.resources, |resource| (&resource.key, &resource.place), desk);
    once(&mut plan.activities, |activity| (&activity.key, &activity.place), desk);
}

fn once<T>(records: &mut Vec<T>, facts: impl Fn(&T) -> (&Key, &RowPlace), desk: &mut Desk<'_>) {
    let mut seen: BTreeSet<Key> = BTreeSet::new();
    records.retain(|record| {
        let (key, place) = facts(record);
        let is_new = seen.insert(key.clone());
        if !is_new {
            let finding = desk.at(codes::PLAN_TWICE, place).found(key.clone()).expected("an id that no other record has");
            desk.say(finding.hint("Delete one of the two in the planner's program, and export again."));
        }
        is_new
    });
}

fn ids(plan: &Plan) -> Ids {
    let mut ids = Ids::default();
    let mut taken = BTreeSet::new();
    for project in &plan.projects {
        ids.initiatives.insert(project.key.clone(), unused(tidy(&project.code), &project.key, &mut taken));
    }
    let mut taken: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for activity in &plan.activities {
        if !wbs::is_row(activity) {
            taken.entry(&activity.project).or_default().insert(tidy(&activity.id));
        }
    }
    for activity in &plan.activities {
        let Some(initiative) = ids.initiatives.get(&activity.project) else { continue };
        let own = tidy(&activity.id);
        let taken = taken.entry(&activity.project).or_default();
        let id = if wbs::is_row(activity) { unused(own, &activity.key, taken) } else { own };
        ids.activities.insert(activity.key.clone(), (initiative.clone(), id));
    }
    let owner = plan.projects.first().map(|project| ids.initiatives[&project.key].clone()).unwrap_or_default();
    let mut taken = BTreeSet::new();
    for calendar in &plan.calendars {
        let id = format!("{owner}: {}", tidy(&calendar.name));
        ids.calendars.insert(calendar.key.clone(), unused(id, &calendar.key, &mut taken));
    }
    let mut taken = BTreeSet::new();
    for resource in &plan.resources {
        let id = resource.code.as_deref().map_or_else(|| format!("{owner}-R{}", resource.key), tidy);
        ids.resources.insert(resource.key.clone(), unused(id, &resource.key, &mut taken));
    }
    ids
}

/// A code without spaces around it or doubled inside, and without characters that nobody sees.
fn tidy(code: &str) -> String {
    let visible: String = code.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An id that is not taken: as it is, else with its key.
fn unused(id: String, key: &str, taken: &mut BTreeSet<String>) -> String {
    let free = |id: &String| !id.is_empty() && !taken.contains(id);
    let id = if free(&id) { id } else { format!("{id} ({key})").trim_start().to_string() };
    taken.insert(id.clone());
    id
}

/// Calendars that something follows, with those that they are based on.
fn used_calendars(plan: &Plan) -> BTreeSet<&str> {
    let by_key: BTreeMap<&str, &Calendar> = plan.calendars.iter().map(|calendar| (calendar.key.as_str(), calendar)).collect();
    let of_projects = plan.projects.iter().filter_map(|project| project.calendar.as_deref());
    let of_activities = plan.activities.iter().filter_map(|activity| activity.calendar.as_deref());
    let of_resources = plan.resources.iter().filter_map(|resource| resource.calendar.as_deref());
    let mut open: Vec<&str> = of_projects.chain(of_activities).chain(of_resources).collect();
    let mut used = BTreeSet::new();
    while let Some(key) = open.pop() {
        if used.insert(key) {
            open.extend(by_key.get(key).and_then(|calendar| calendar.base.as_deref()));
        }
    }
    used
}

fn report_idle_calendars(plan: &Plan, used: &BTreeSet<&str>, desk: &mut Desk<'_>) {
    let idle: Vec<&Calendar> = plan.calendars.iter().filter(|calendar| !used.contains(calendar.key.as_str())).collect();
    if let Some(first) = idle.first() {
        let names: Vec<&str> = idle.iter().take(10).map(|calendar| calendar.name.as_str()).collect();
        let finding = desk.at(codes::PLAN_UNUSED, &first.place);
        let found = format!("{} calendar(s) that no activity, resource or project follows: {}", idle.len(), names.join(", "));
        desk.say(finding.found(found).hint("Nothing to mend."));
    }
}

/// Says that a record names one that is not there.
fn missing(desk: &mut Desk<'_>, place: &RowPlace, what: &str, key: &str, effect: &str) {
    let finding = desk.at(codes::PLAN_REFERENCE, place).found(format!("{what} {key}"));
    desk.say(finding.expected(format!("a {what} of this file")).hint(format!("{effect} Export it with what it refers to.")));
}

/// The id of a calendar that a record follows; none, and a finding, where it is not there.
fn calendar_id<'i>(ids: &'i Ids, key: Option<&Key>, place: &RowPlace, desk: &mut Desk<'_>) -> Option<&'i str> {
    let key = key?;
    let found = ids.calendars.get(key).map(String::as_str);
    if found.is_none() {
        missing(desk, place, "calendar", key, "The default calendar is used.");
    }
    found
}

const ACTIVITIES: [&str; 27] = [
    "Initiative",
    "Activity ID",
    "WBS",
    "Name",
    "Type",
    "Duration",
    "Calendar",
    "Calendar basis",
    "Scheduling",
    "Constraint type",
    "Constraint date",
    "Secondary constraint type",
    "Secondary constraint date",
    "Expected finish",
    "External early start",
    "External late finish",
    "Deadline",
    "Actual start",
    "Actual finish",
    "Percent complete",
    "Percent complete kind",
    "Remaining duration",
    "Resume date",
    "Fixed cost",
    "Cost accrual",
    "Levelling priority",
    "Owner",
];

fn activities(plan: &Plan, ids: &Ids, desk: &mut Desk<'_>) -> Filler {
    let mut sheet = Filler::new("Activities", 6, &ACTIVITIES);
    for activity in &plan.activities {
        let Some((initiative, id)) = ids.activities.get(&activity.key) else {
            missing(desk, &activity.place, "project", &activity.project, "The activity is left out.");
            continue;
        };
        sheet.row(&activity.place);
        sheet.text("Initiative", initiative);
        sheet.text("Activity ID", id);
        sheet.text("WBS", &activity.wbs);
        sheet.text("Name", if activity.name.is_empty() { id } else { &activity.name });
        sheet.text("Type", activity.kind);
        sheet.text("Duration", &activity.duration.text());
        sheet.word("Calendar", calendar_id(ids, activity.calendar.as_ref(), &activity.place, desk));
        sheet.word("Calendar basis", activity.basis);
        sheet.word("Scheduling", activity.is_manual.then_some("manual"));
        dates(&mut sheet, activity);
        progress(&mut sheet, activity);
    }
    sheet
}

fn dates(sheet: &mut Filler, activity: &Activity) {
    for (constraint, kind, date) in [
        (activity.constraint, "Constraint type", "Constraint date"),
        (activity.secondary, "Secondary constraint type", "Secondary constraint date"),
    ] {
        sheet.word(kind, constraint.map(|(word, _)| word));
        sheet.moment(date, constraint.and_then(|(_, at)| at));
    }
    sheet.moment("Expected finish", activity.expected_finish);
    sheet.moment("External early start", activity.external_early_start);
    sheet.moment("External late finish", activity.external_late_finish);
    sheet.moment("Deadline", activity.deadline);
}

fn progress(sheet: &mut Filler, activity: &Activity) {
    sheet.moment("Actual start", activity.actual_start);
    sheet.moment("Actual finish", activity.actual_finish);
    sheet.percent("Percent complete", activity.percent);
    sheet.word("Percent complete kind", activity.percent_kind);
    sheet.word("Remaining duration", activity.remaining.map(super::plan::Length::text).as_deref());
    sheet.moment("Resume date", activity.resume);
    sheet.number("Fixed cost", activity.fixed_cost);
    sheet.word("Cost accrual", activity.accrual);
    sheet.number("Levelling priority", activity.priority.map(Into::into));
    sheet.word("Owner", activity.owner.as_deref());
}

fn dependencies(plan: &Plan, ids: &Ids, desk: &mut Desk<'_>) -> Filler {
    let mut sheet = Filler::new("Dependencies", 5, &["Initiative", "Predecessor", "Successor", "Type", "Lag"]);
    for link in &plan.links {
        let [predecessor, successor] = ends(link, ids, desk);
        let (Some((from, predecessor)), Some((home, successor))) = (predecessor, successor) else { continue };
        sheet.row(&link.place);
        sheet.text("Initiative", home);
        if from == home {
            sheet.text("Predecessor", predecessor);
        } else {
            sheet.text("Predecessor", &format!("{from}/{predecessor}"));
        }
        sheet.text("Successor", successor);
        sheet.text("Type", link.kind);
        if !link.lag.is_zero() {
            sheet.text("Lag", &link.lag.text());
        }
    }
    sheet
}

fn ends<'i>(link: &Link, ids: &'i Ids, desk: &mut Desk<'_>) -> [Option<&'i (String, String)>; 2] {
    [&link.predecessor, &link.successor].map(|key| {
        let found = ids.activities.get(key);
        if found.is_none() {
            missing(desk, &link.place, "activity", key, "The link is left out.");
        }
        found
    })
}

const CALENDARS: [&str; 11] = [
    "Calendar ID",
    "Name",
    "Base calendar",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "Hours per day",
];

fn calendars(plan: &Plan, ids: &Ids, used: &BTreeSet<&str>, desk: &mut Desk<'_>) -> Filler {
    let mut sheet = Filler::new("Calendars", 3, &CALENDARS);
    for calendar in plan.calendars.iter().filter(|calendar| used.contains(calendar.key.as_str())) {
        sheet.row(&calendar.place);
        sheet.word("Calendar ID", ids.calendars.get(&calendar.key).map(String::as_str));
        sheet.text("Name", &calendar.name);
        sheet.word("Base calendar", calendar_id(ids, calendar.base.as_ref(), &calendar.place, desk));
        for (weekday, hours) in WEEKDAYS.into_iter().zip(&calendar.week) {
            sheet.word(weekday, hours.as_ref().map(hours_text).as_deref());
        }
        let hours =
            calendar.minutes_per_day.map(|minutes| rust_decimal::Decimal::from(minutes) / rust_decimal::Decimal::from(60));
        sheet.number("Hours per day", hours);
    }
    sheet
}

fn hours_text(hours: &Hours) -> String {
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let shown: Vec<String> = hours.iter().map(|(from, to)| format!("{}-{}", clock(*from), clock(*to))).collect();
    if shown.is_empty() { "off".into() } else { shown.join(", ") }
}

fn exceptions(plan: &Plan, ids: &Ids, used: &BTreeSet<&str>) -> Filler {
    let mut sheet = Filler::new("Calendar exceptions", 4, &["Calendar", "Date", "To date", "Working", "Hours", "Name"]);
    for calendar in plan.calendars.iter().filter(|calendar| used.contains(calendar.key.as_str())) {
        let mut dates = BTreeSet::new();
        for exception in calendar.exceptions.iter().filter(|exception| dates.insert(exception.from)) {
            sheet.row(&calendar.place);
            sheet.word("Calendar", ids.calendars.get(&calendar.key).map(String::as_str));
            sheet.day("Date", Some(exception.from));
            sheet.day("To date", Some(exception.to).filter(|to| *to > exception.from));
            sheet.text("Working", if exception.hours.is_empty() { "no" } else { "yes" });
            if !exception.hours.is_empty() {
                sheet.text("Hours", &hours_text(&exception.hours));
            }
            sheet.text("Name", &exception.name);
        }
    }
    sheet
}

/// The options of projects that have activities; the others are listed.
fn options(plan: &Plan, ids: &Ids, desk: &mut Desk<'_>) -> Filler {
    let mut sheet = Filler::new("Schedule options", 3, &["Initiative", "Option", "Value"]);
    let busy: BTreeSet<&str> = plan.activities.iter().map(|activity| activity.project.as_str()).collect();
    for project in &plan.projects {
        if !busy.contains(project.key.as_str()) {
            let finding =
                desk.at(codes::PLAN_UNUSED, &project.place).found(format!("project {} has no activities", project.code));
            desk.say(finding.hint("Nothing to mend, unless it should have some."));
            continue;
        }
        let calendar = project.calendar.as_ref().and_then(|key| ids.calendars.get(key)).cloned();
        let calendar = calendar.map(|id| ("project_calendar", id));
        for (name, value) in project.options.iter().cloned().chain(calendar) {
            sheet.row(&project.place);
            sheet.word("Initiative", ids.initiatives.get(&project.key).map(String::as_str));
            sheet.text("Option", name);
            sheet.text("Value", &value);
        }
    }
    sheet
}

fn baselines(plan: &Plan, ids: &Ids, desk: &mut Desk<'_>) -> Filler {
    let headers = &["Baseline", "Initiative", "Activity", "Start", "Finish", "Cost", "Work"];
    let mut sheet = Filler::new("Baselines", 3, headers);
    for baseline in &plan.baselines {
        let Some((initiative, id)) = ids.activities.get(&baseline.activity) else {
            missing(desk, &baseline.place, "activity", &baseline.activity, "Its baseline is left out.");
            continue;
        };
        sheet.row(&baseline.place);
        sheet.text("Baseline", &baseline.name);
        sheet.text("Initiative", initiative);
        sheet.text("Activity", id);
        sheet.moment("Start", baseline.start);
        sheet.moment("Finish", baseline.finish);
        sheet.number("Cost", baseline.cost);
        sheet.word("Work", baseline.work.map(|minutes| super::plan::Length::Working(minutes).text()).as_deref());
    }
    sheet
}

fn resources(plan: &Plan, ids: &Ids, desk: &mut Desk<'_>) -> Filler {
    let headers = &["Resource ID", "Name", "Kind", "Role", "Team", "Calendar", "Capacity", "Consumable"];
    let mut sheet = Filler::new("Resources", 3, headers);
    for resource in &plan.resources {
        sheet.row(&resource.place);
        let id = ids.resources.get(&resource.key).map(String::as_str).unwrap_or_default();
        sheet.text("Resource ID", id);
        sheet.text("Name", if resource.name.is_empty() { id } else { &resource.name });
        sheet.text("Kind", resource.kind);
        sheet.word("Role", resource.role.as_deref());
        sheet.word("Team", resource.team.as_deref());
        sheet.word("Calendar", calendar_id(ids, resource.calendar.as_ref(), &resource.place, desk));
        sheet.number("Capacity", resource.capacity);
        sheet.word("Consumable", resource.is_consumable.then_some("yes"));
    }
    sheet
}

fn rates(plan: &Plan, ids: &Ids, desk: &mut Desk<'_>) -> Filler {
    let mut sheet = Filler::new("Rates", 3, &["Resource", "From", "Rate", "Unit", "Cost per use"]);
    for rate in &plan.rates {
        let Some(id) = ids.resources.get(&rate.resource) else {
            missing(desk, &rate.place, "resource", &rate.resource, "The rate is left out.");
            continue;
        };
        sheet.row(&rate.place);
        sheet.text("Resource", id);
        sheet.day("From", Some(rate.from));
        sheet.number("Rate", Some(rate.amount));
        sheet.text("Unit", rate.unit);
        sheet.number("Cost per use", rate.per_use);
    }
    sheet
}

fn assignments(plan: &Plan, ids: &Ids, desk: &mut Desk<'_>) -> Filler {
    let headers = &["Initiative", "Activity", "Resource", "Role", "Units", "Work", "Fixed cost", "Profile"];
    let mut sheet = Filler::new("Assignments", 3, headers);
    for assignment in joined(&plan.assignments) {
        let Some((initiative, id)) = ids.activities.get(&assignment.activity) else {
            missing(desk, &assignment.place, "activity", &assignment.activity, "The assignment is left out.");
            continue;
        };
        let resource = assignment.resource.as_ref().map(|key| (key, ids.resources.get(key)));
        if let Some((key, None)) = resource {
            missing(desk, &assignment.place, "resource", key, "The assignment is left out.");
            continue;
        }
        sheet.row(&assignment.place);
        sheet.text("Initiative", initiative);
        sheet.text("Activity", id);
        sheet.word("Resource", resource.and_then(|(_, id)| id).map(String::as_str));
        sheet.word("Role", assignment.role.as_deref());
        sheet.number("Units", assignment.units);
        sheet.word("Work", assignment.work.map(|minutes| super::plan::Length::Working(minutes).text()).as_deref());
        sheet.number("Fixed cost", assignment.fixed_cost);
        sheet.word("Profile", assignment.profile);
    }
    sheet
}

/// Assignments of one resource or role to one activity are one: units, work and cost are added.
fn joined(assignments: &[Assignment]) -> Vec<Assignment> {
    fn add<T: std::ops::Add<Output = T> + Copy>(a: Option<T>, b: Option<T>) -> Option<T> {
        match (a, b) {
            (Some(a), Some(b)) => Some(a + b),
            (a, b) => a.or(b),
        }
    }
    let mut position: BTreeMap<(&str, Option<&str>, Option<&str>), usize> = BTreeMap::new();
    let mut out: Vec<Assignment> = Vec::new();
    for assignment in assignments {
        let key = (assignment.activity.as_str(), assignment.resource.as_deref(), assignment.role.as_deref());
        match position.entry(key) {
            std::collections::btree_map::Entry::Vacant(slot) => {
                slot.insert(out.len());
                out.push(assignment.clone());
            }
            std::collections::btree_map::Entry::Occupied(slot) => {
                let first = &mut out[*slot.get()];
                first.units = add(first.units, assignment.units);
                first.work = add(first.work, assignment.work);
                first.fixed_cost = add(first.fixed_cost, assignment.fixed_cost);
            }
        }
    }
    out
}
