//! Microsoft Project plans saved as XML (MSPDI). Source: Microsoft, *Project XML Data Interchange Schema Reference*.
//!
//! An activity's id is `T` and the task's unique id, which stays when rows are moved; its WBS code is the outline number.
//! Money stands in hundredths, lags in tenths of a minute, durations as `PT8H30M0S`.

mod calendar;
mod project;
mod resource;
mod task;
mod value;

use super::desk::Desk;
use super::plan::{Activity, Assignment, Key, Length, Plan};
use super::xml::{Account, Element, Step, Walker, decode};
use crate::base::finding::Finding;
use crate::source::codes;
use resource::Shape;
use std::collections::{BTreeMap, BTreeSet};

/// The key of the one project of a file.
const PROJECT: &str = "1";
/// Stands for the project's calendar until that is known: a resource's calendar that names no base is based on it.
const PROJECT_CALENDAR: &str = "of the project";
/// Parts that are large and that nothing reads.
const SKIPPED: [&str; 1] = ["TimephasedData"];

/// Reads a file; none where it holds no plan.
pub(super) fn read(bytes: &[u8], desk: &mut Desk<'_>) -> Option<Plan> {
    let text = decode(bytes, desk);
    let mut file = File {
        walker: Walker::new(&text),
        header: Element { name: "Project".into(), line: 1, ..Element::default() },
        account: Account::default(),
        plan: Plan::default(),
        tasks: Tasks::default(),
        assignments: Vec::new(),
        workers: BTreeSet::new(),
    };
    let outcome = file.run(desk);
    if let Err(refusal) = outcome {
        let nothing = file.plan.activities.is_empty();
        desk.say(*refusal);
        if nothing {
            return None;
        }
    }
    Some(file.finish(desk))
}

/// What is known of tasks that are not activities, and of those that are.
#[derive(Default)]
struct Tasks {
    /// Tasks that are left out, with why.
    left_out: BTreeMap<Key, &'static str>,
    /// Tasks with a calendar of their own, and whether they ignore their resources' calendars.
    own_calendar: BTreeMap<Key, bool>,
    first_lines: BTreeMap<&'static str, (u32, usize)>,
}

impl Tasks {
    fn leave_out(&mut self, key: &str, why: &'static str, line: u32) {
        self.left_out.insert(key.to_string(), why);
        self.first_lines.entry(why).or_insert((line, 0)).1 += 1;
    }
}

struct File<'t> {
    walker: Walker<'t>,
    header: Element,
    account: Account,
    plan: Plan,
    tasks: Tasks,
    assignments: Vec<(Assignment, Shape)>,
    /// Resources that work, which have calendars that count.
    workers: BTreeSet<Key>,
}

impl File<'_> {
    fn run(&mut self, desk: &mut Desk<'_>) -> Result<(), Box<Finding>> {
        loop {
            match self.walker.step(desk)? {
                Step::Open { line, .. } if self.walker.depth == 1 => self.header.line = line,
                Step::Open { name, line } => match name.as_str() {
                    "Calendars" | "Tasks" | "Resources" | "Assignments" => self.list(desk)?,
                    _ => {
                        let element = self.walker.element(name, line, &SKIPPED, desk)?;
                        if element.children.is_empty() {
                            self.header.children.push(element);
                        } else {
                            self.account.unused(&element.name, element.line);
                        }
                    }
                },
                Step::End => return Ok(()),
                _ => {}
            }
        }
    }

    /// The records of a list.
    fn list(&mut self, desk: &mut Desk<'_>) -> Result<(), Box<Finding>> {
        loop {
            match self.walker.step(desk)? {
                Step::Open { name, line } => {
                    let element = self.walker.element(name, line, &SKIPPED, desk)?;
                    if self.account.note(&element, desk) {
                        self.record(&element, desk);
                    }
                }
                Step::Close | Step::End => return Ok(()),
                Step::Text(_) => {}
            }
        }
    }

    fn record(&mut self, element: &Element, desk: &mut Desk<'_>) {
        let id = element.get("UID").map(|uid| format!("UID {uid}"));
        let fields = self.account.record(element, id.as_deref(), &[]);
        match element.name.as_str() {
            "Calendar" => self.plan.calendars.extend(calendar::calendar(&fields, desk)),
            "Task" => task::read(&fields, &self.header, &mut self.plan, &mut self.tasks, desk),
            "Resource" => {
                if let Some(resource) = resource::resource(&fields, &mut self.plan.rates, desk) {
                    if resource.kind == "human" {
                        self.workers.insert(resource.key.clone());
                    }
                    self.plan.resources.push(resource);
                }
            }
            "Assignment" => self.assignments.extend(resource::assignment(&fields, &self.plan.resources, desk)),
            _ => {}
        }
    }

    fn finish(mut self, desk: &mut Desk<'_>) -> Plan {
        self.account.note(&self.header, desk);
        let fields = self.account.record(&self.header, None, &[]);
        let project = project::project(&fields, desk);
        let day = project::minutes_per_day(&self.header);
        for calendar in &mut self.plan.calendars {
            calendar.minutes_per_day = Some(day);
            if calendar.base.as_deref() == Some(PROJECT_CALENDAR) {
                calendar.base = project.calendar.clone().filter(|key| *key != calendar.key);
            }
        }
        let left_out = std::mem::take(&mut self.tasks.left_out);
        self.assignments.retain(|(assignment, _)| !left_out.contains_key(&assignment.activity));
        self.settle_assignments();
        self.links(&left_out, desk);
        let staffed = self.staffed();
        for activity in &mut self.plan.activities {
            settle(activity, project.calendar.as_ref(), &staffed, &self.tasks.own_calendar);
        }
        self.plan.projects.push(project);
        self.account.report(desk);
        for (why, (line, count)) in &self.tasks.first_lines {
            let finding = desk.at_line(codes::PLAN_UNUSED, "Task", *line).found(format!("{count} task(s) left out: {why}"));
            desk.say(finding.hint("Nothing to mend, unless they should count."));
        }
        self.plan
    }

    fn settle_assignments(&mut self) {
        let durations: BTreeMap<&str, i64> = self
            .plan
            .activities
            .iter()
            .filter_map(|activity| match activity.duration {
                Length::Working(minutes) => Some((activity.key.as_str(), minutes)),
                _ => None,
            })
            .collect();
        let mut crowd: BTreeMap<Key, usize> = BTreeMap::new();
        for (assignment, _) in &self.assignments {
            *crowd.entry(assignment.activity.clone()).or_default() += 1;
        }
        for (assignment, shape) in &mut self.assignments {
            let alone = crowd.get(&assignment.activity) == Some(&1);
            resource::settle(assignment, *shape, durations.get(assignment.activity.as_str()).copied(), alone);
        }
        self.plan.assignments = std::mem::take(&mut self.assignments).into_iter().map(|(assignment, _)| assignment).collect();
    }

    /// Activities on which somebody works.
    fn staffed(&self) -> BTreeSet<Key> {
        let works = |assignment: &&Assignment| assignment.resource.as_ref().is_some_and(|key| self.workers.contains(key));
        self.plan.assignments.iter().filter(works).map(|assignment| assignment.activity.clone()).collect()
    }

    /// Leaves out links of tasks that are left out.
    fn links(&mut self, left_out: &BTreeMap<Key, &'static str>, desk: &mut Desk<'_>) {
        let why = |key: &Key| left_out.get(key).copied();
        self.plan.links.retain(|link| {
            let Some(why) = why(&link.predecessor).or_else(|| why(&link.successor)) else { return true };
            let found = format!("a link from task {} to task {}: {why}", link.predecessor, link.successor);
            let finding = desk.at(codes::PLAN_DIFFERENT, &link.place).found(found);
            desk.say(finding.hint("The link is left out with the task."));
            false
        });
    }
}

/// The calendar that a task follows. One without a calendar of its own follows its resources, and where nobody works on it,
/// the project's.
fn settle(activity: &mut Activity, project: Option<&Key>, staffed: &BTreeSet<Key>, own: &BTreeMap<Key, bool>) {
    if activity.kind == "summary" {
        activity.calendar = None;
        return;
    }
    let staffed = staffed.contains(&activity.key);
    match own.get(&activity.key) {
        Some(true) => {}
        Some(false) => activity.basis = staffed.then_some("both"),
        None => activity.basis = staffed.then_some("resources"),
    }
    activity.calendar = activity.calendar.take().or_else(|| project.cloned());
}
