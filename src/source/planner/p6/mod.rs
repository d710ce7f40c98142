//! From the records of Primavera P6 to a plan. Fields are named as XER names them; the XML reader translates.
//!
//! Durations, lags and floats are hours of the calendar and are kept to the minute. Planned dates serve as a baseline
//! where the file has no baseline project, as they do in P6. Source: Oracle, *Primavera P6 EPPM XER Import/Export Data Map
//! Guide* and *P6 EPPM Database Reference*.

mod activity;
mod finish;
mod options;
mod words;

use super::desk::{Desk, Record};
use super::plan::{Activity, Assignment, Calendar, Key, Length, Link, Plan, Project, Rate, Resource};
use super::wbs;
use crate::base::day::Moment;
use crate::source::codes;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Tables with the fields that they cannot do without.
pub(super) const NEEDED: &[(&str, &[&str])] = &[
    ("PROJECT", &["proj_id", "proj_short_name"]),
    ("CALENDAR", &["clndr_id", "clndr_name"]),
    ("PROJWBS", &["wbs_id", "proj_id", "wbs_short_name"]),
    ("TASK", &["task_id", "proj_id", "task_code", "target_drtn_hr_cnt"]),
    ("TASKPRED", &["task_id", "pred_task_id"]),
    ("RSRC", &["rsrc_id"]),
    ("TASKRSRC", &["task_id"]),
];

/// A project, before it is known which ones are baselines of others.
struct Candidate {
    project: Project,
    /// The project that it is a baseline of.
    original: Option<Key>,
    /// What it is called where it is a baseline.
    name: String,
}

/// An activity with what is settled at the end.
struct Task {
    activity: Activity,
    wbs: Option<Key>,
    by_resources: bool,
    planned: (Option<Moment>, Option<Moment>),
}

/// A link with its predecessor's project.
struct Tie {
    link: Link,
    other_project: Option<Key>,
}

/// Gathers the records of a file.
pub(super) struct Builder {
    candidates: Vec<Candidate>,
    nodes: Vec<wbs::Node>,
    tasks: Vec<Task>,
    ties: Vec<Tie>,
    roles: BTreeMap<Key, String>,
    materials: BTreeSet<Key>,
    expenses: BTreeMap<Key, Decimal>,
    summaries: Vec<crate::base::origin::RowPlace>,
    plan: Plan,
    /// What 100 % is written as.
    whole: Decimal,
    /// True where the file's WBS has no node for the project itself.
    rootless: bool,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            candidates: Vec::new(),
            nodes: Vec::new(),
            tasks: Vec::new(),
            ties: Vec::new(),
            roles: BTreeMap::new(),
            materials: BTreeSet::new(),
            expenses: BTreeMap::new(),
            summaries: Vec::new(),
            plan: Plan::default(),
            whole: Decimal::ONE_HUNDRED,
            rootless: false,
        }
    }
}

/// The key in a field; none, and a finding, where it is empty.
fn key(record: &dyn Record, field: &'static str, desk: &mut Desk<'_>) -> Option<Key> {
    let found = record.get(field).map(String::from);
    if found.is_none() {
        desk.bad_value(record, field, "(empty)", "an id");
    }
    found
}

impl Builder {
    /// For XML, where a percentage is a share and the WBS has no node for the project itself.
    pub fn of_xml() -> Self {
        Self { whole: Decimal::ONE, rootless: true, ..Self::default() }
    }

    pub fn project(&mut self, record: &dyn Record, desk: &mut Desk<'_>) {
        let Some(key) = key(record, "proj_id", desk) else { return };
        let code = record.get("proj_short_name").unwrap_or(&key).to_string();
        let name = record.get("proj_name").unwrap_or(&code).to_string();
        let calendar = record.get("clndr_id").map(String::from);
        let options = options::of_project(record, desk);
        let project = Project { key, code, options, calendar, place: record.place() };
        let original = record.get("orig_proj_id").map(String::from);
        self.candidates.push(Candidate { project, original, name });
    }

    pub fn schedule_options(&mut self, record: &dyn Record, desk: &mut Desk<'_>) {
        let project = record.get("proj_id");
        let options = options::of_schedule(record, desk);
        if let Some(candidate) = self.candidates.iter_mut().find(|candidate| Some(candidate.project.key.as_str()) == project) {
            for (name, value) in options {
                candidate.project.options.retain(|(known, _)| *known != name);
                candidate.project.options.push((name, value));
            }
        }
    }

    pub fn calendar(&mut self, calendar: Calendar) {
        self.plan.calendars.push(calendar);
    }

    pub fn wbs(&mut self, record: &dyn Record, desk: &mut Desk<'_>) {
        let (Some(key), Some(project)) = (key(record, "wbs_id", desk), key(record, "proj_id", desk)) else { return };
        self.nodes.push(wbs::Node {
            key,
            project,
            parent: record.get("parent_wbs_id").map(String::from),
            code: record.get("wbs_short_name").unwrap_or_default().to_string(),
            name: record.get("wbs_name").unwrap_or_default().to_string(),
            place: record.place(),
        });
    }

    pub fn role(&mut self, record: &dyn Record, desk: &mut Desk<'_>) {
        let Some(key) = key(record, "role_id", desk) else { return };
        if let Some(name) = record.get("role_name").or_else(|| record.get("role_short_name")) {
            self.roles.insert(key, name.to_string());
        }
    }

    pub fn resource(&mut self, record: &dyn Record, desk: &mut Desk<'_>) {
        let Some(key) = key(record, "rsrc_id", desk) else { return };
        let kind = desk.word(record, "rsrc_type", words::RESOURCES).unwrap_or("human");
        let is_material = kind == "material";
        if is_material {
            self.materials.insert(key.clone());
        }
        self.plan.resources.push(Resource {
            key,
            code: record.get("rsrc_short_name").map(String::from),
            name: record.get("rsrc_name").unwrap_or_default().to_string(),
            kind: if is_material { "physical" } else { kind },
            role: record.get("role_id").map(String::from),
            team: None,
            calendar: record.get("clndr_id").map(String::from),
            capacity: None,
            is_consumable: is_material,
            place: record.place(),
        });
    }

    pub fn rate(&mut self, record: &dyn Record, desk: &mut Desk<'_>) {
        let Some(resource) = key(record, "rsrc_id", desk) else { return };
        let (from, rate) = (desk.moment(record, "start_date"), desk.number(record, "cost_per_qty"));
        let capacity = desk.number(record, "max_qty_per_hr").filter(|units| *units > Decimal::ZERO);
        let unit = if self.materials.contains(&resource) { "unit" } else { "hour" };
        if let Some(of) = self.plan.resources.iter_mut().find(|known| known.key == resource) {
            of.capacity = capacity.filter(|_| unit == "hour").or(of.capacity);
        }
        let Some(amount) = rate.filter(|rate| *rate > Decimal::ZERO) else { return };
        let from = from.map_or(crate::base::day::day_from_epoch(0), Moment::day);
        self.plan.rates.push(Rate { resource, from, amount, unit, per_use: None, place: record.place() });
    }

    pub fn link(&mut self, record: &dyn Record, desk: &mut Desk<'_>) {
        let (Some(successor), Some(predecessor)) = (key(record, "task_id", desk), key(record, "pred_task_id", desk)) else {
            return;
        };
        let kind = desk.word(record, "pred_type", words::LINKS).unwrap_or("FS");
        let lag = Length::Working(desk.hours(record, "lag_hr_cnt").unwrap_or(0));
        let other_project = record.get("pred_proj_id").map(String::from);
        self.ties.push(Tie { link: Link { predecessor, successor, kind, lag, place: record.place() }, other_project });
    }

    pub fn assignment(&mut self, record: &dyn Record, desk: &mut Desk<'_>) {
        let Some(activity) = key(record, "task_id", desk) else { return };
        let resource = record.get("rsrc_id").map(String::from);
        let role = record.get("role_id").filter(|_| resource.is_none());
        let role = role.map(|role| self.roles.get(role).cloned().unwrap_or_else(|| role.to_string()));
        let (cost, work) = (desk.number(record, "target_cost"), desk.hours(record, "target_qty"));
        let units = desk.number(record, "target_qty_per_hr").filter(|units| *units > Decimal::ZERO);
        if resource.is_none() && role.is_none() {
            return;
        }
        let is_material = resource.as_ref().is_some_and(|key| self.materials.contains(key));
        let (units, work, fixed_cost) = if is_material { (None, None, cost) } else { (units, work, None) };
        let place = record.place();
        self.plan.assignments.push(Assignment { activity, resource, role, units, work, fixed_cost, profile: None, place });
    }

    pub fn expense(&mut self, record: &dyn Record, desk: &mut Desk<'_>) {
        let (Some(activity), Some(cost)) = (key(record, "task_id", desk), desk.number(record, "target_cost")) else { return };
        let sum = self.expenses.entry(activity).or_default();
        *sum = sum.saturating_add(cost);
    }

    /// Says that an activity cannot be used quite as it is.
    fn differs(desk: &mut Desk<'_>, record: &dyn Record, found: String, hint: &str) {
        let finding = desk.at(codes::PLAN_DIFFERENT, &record.place()).found(found);
        desk.say(finding.hint(hint));
    }
}
