//! What can be settled once every record of a P6 file is known: baselines, the WBS, external links, resource calendars.

use super::options::FLOAT_PATHS_TO;
use super::{Builder, Task};
use crate::source::codes;
use crate::source::planner::desk::Desk;
use crate::source::planner::plan::{Activity, Baseline, Key, Length, Link, Plan};
use crate::source::planner::wbs;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// The name of the baseline that planned dates make.
const PLANNED: &str = "Planned dates";

impl Builder {
    /// The plan.
    pub fn finish(mut self, desk: &mut Desk<'_>) -> Plan {
        let baseline_of = self.baseline_projects();
        let (kept, copies): (Vec<Task>, Vec<Task>) =
            std::mem::take(&mut self.tasks).into_iter().partition(|task| !baseline_of.contains_key(&task.activity.project));
        self.baselines(&kept, &copies, &baseline_of);
        self.candidates.retain(|candidate| !baseline_of.contains_key(&candidate.project.key));
        let busy: BTreeSet<&str> = kept.iter().map(|task| task.activity.project.as_str()).collect();
        self.nodes.retain(|node| busy.contains(node.project.as_str()));
        self.name_path_ends(&kept);
        let copied: BTreeSet<&str> = copies.iter().map(|task| task.activity.key.as_str()).collect();
        self.ties.retain(|tie| !copied.contains(tie.link.successor.as_str()));
        self.plan.assignments.retain(|assignment| !copied.contains(assignment.activity.as_str()));
        self.plan.links = self.links(desk);
        for resource in &mut self.plan.resources {
            resource.role = resource.role.take().and_then(|key| self.roles.get(&key).cloned());
        }
        self.report_summaries(desk);
        self.activities(kept, desk);
        self.plan.projects = self.candidates.into_iter().map(|candidate| candidate.project).collect();
        if self.plan.projects.len() < 2 {
            self.plan.projects.iter_mut().for_each(|project| project.options.retain(|(name, _)| *name != "float_to"));
        }
        self.plan
    }

    /// Gives the option that names an activity its id; one that names none of them is dropped.
    fn name_path_ends(&mut self, kept: &[Task]) {
        let ids: BTreeMap<&str, &str> = kept.iter().map(|task| (task.activity.key.as_str(), task.activity.id.as_str())).collect();
        for candidate in &mut self.candidates {
            candidate.project.options.retain_mut(|(name, value)| {
                if *name != FLOAT_PATHS_TO {
                    return true;
                }
                let id = ids.get(value.as_str()).map(|id| (*id).to_string());
                let found = id.is_some();
                *value = id.unwrap_or_default();
                found
            });
        }
    }

    /// Projects that are baselines of others in the file: the project, by the baseline's key.
    fn baseline_projects(&self) -> BTreeMap<Key, Key> {
        let known: BTreeSet<&str> = self.candidates.iter().map(|candidate| candidate.project.key.as_str()).collect();
        let original = |candidate: &super::Candidate| {
            let original = candidate.original.as_deref().filter(|key| known.contains(key) && *key != candidate.project.key)?;
            Some((candidate.project.key.clone(), original.to_string()))
        };
        self.candidates.iter().filter_map(original).collect()
    }

    /// The activities of baseline projects, matched by their codes; where a project has none, its own planned dates.
    fn baselines(&mut self, kept: &[Task], copies: &[Task], baseline_of: &BTreeMap<Key, Key>) {
        let by_code: BTreeMap<(&str, &str), &str> = kept
            .iter()
            .map(|task| ((task.activity.project.as_str(), task.activity.id.as_str()), task.activity.key.as_str()))
            .collect();
        let names: BTreeMap<&str, &str> =
            self.candidates.iter().map(|candidate| (candidate.project.key.as_str(), candidate.name.as_str())).collect();
        let mut found = Vec::new();
        for task in copies {
            let copy = &task.activity;
            let Some(original) = baseline_of.get(&copy.project) else { continue };
            if let Some(key) = by_code.get(&(original.as_str(), copy.id.as_str())) {
                found.push(baseline(names[copy.project.as_str()], key, task));
            }
        }
        let covered: BTreeSet<&str> = baseline_of.values().map(String::as_str).collect();
        let own = kept.iter().filter(|task| !covered.contains(task.activity.project.as_str()));
        found.extend(own.map(|task| baseline(PLANNED, &task.activity.key, task)));
        found.retain(|baseline| baseline.start.is_some() || baseline.finish.is_some());
        self.plan.baselines.extend(found);
    }

    /// The links between activities of the file. One to another project that is not there leaves its dates behind.
    fn links(&mut self, desk: &mut Desk<'_>) -> Vec<Link> {
        let projects: BTreeSet<&str> = self.candidates.iter().map(|candidate| candidate.project.key.as_str()).collect();
        let mut links = Vec::with_capacity(self.ties.len());
        for tie in std::mem::take(&mut self.ties) {
            if tie.other_project.as_deref().is_none_or(|project| projects.contains(project)) {
                links.push(tie.link);
                continue;
            }
            let project = tie.other_project.unwrap_or_default();
            let finding = desk.at(codes::PLAN_DIFFERENT, &tie.link.place);
            let finding = finding
                .found(format!("a link from activity {} of project {project}, which is not in the file", tie.link.predecessor));
            desk.say(finding.hint("It is left out; the external early start and late finish of the activity count instead. Export the projects together to have it."));
        }
        links
    }

    fn report_summaries(&self, desk: &mut Desk<'_>) {
        if let Some(first) = self.summaries.first() {
            let finding = desk.at(codes::PLAN_UNUSED, first);
            let found = format!("{} activities of the type WBS summary", self.summaries.len());
            desk.say(finding.found(found).hint("Nothing to mend: the rows of the WBS are summaries already."));
        }
    }

    fn activities(&mut self, tasks: Vec<Task>, desk: &mut Desk<'_>) {
        self.add_roots();
        let (codes, rows) = wbs::outline(&self.nodes, desk);
        let roots: BTreeMap<&str, &str> =
            self.candidates.iter().map(|candidate| (candidate.project.key.as_str(), candidate.project.code.as_str())).collect();
        let with_calendar: BTreeSet<&str> =
            self.plan.assignments.iter().filter(|row| row.resource.is_some()).map(|row| row.activity.as_str()).collect();
        let mut activities: Vec<Activity> = Vec::with_capacity(rows.len() + tasks.len());
        activities.extend(rows);
        for task in tasks {
            let mut activity = task.activity;
            let code = task.wbs.as_ref().and_then(|key| codes.get(key));
            if let (Some(key), None) = (&task.wbs, code) {
                let finding = desk.at(codes::PLAN_REFERENCE, &activity.place).found(format!("WBS node {key}"));
                desk.say(
                    finding
                        .expected("a WBS node of this file")
                        .hint("It is put at the top of the project. Export it with its WBS."),
                );
            }
            let root = roots.get(activity.project.as_str()).map_or(activity.project.as_str(), |code| code);
            activity.wbs = code.cloned().unwrap_or_else(|| root.replace('.', "-"));
            let follows = task.by_resources && with_calendar.contains(activity.key.as_str());
            activity.basis = follows.then_some("resources");
            activity.fixed_cost = self.expenses.get(&activity.key).copied();
            activities.push(activity);
        }
        self.plan.activities = activities;
        self.settle_assignments();
    }

    /// Work that takes just the activity's duration at its units follows from them, and is left to them: what remains of it
    /// is then what remains of the activity.
    fn settle_assignments(&mut self) {
        let lengths = self.plan.activities.iter().filter_map(|activity| match activity.duration {
            Length::Working(minutes) => Some((activity.key.as_str(), minutes)),
            _ => None,
        });
        let lengths: BTreeMap<&str, i64> = lengths.collect();
        for assignment in &mut self.plan.assignments {
            let Some((units, work)) = assignment.units.zip(assignment.work) else { continue };
            let Some(whole) = lengths.get(assignment.activity.as_str()).and_then(|minutes| units.checked_mul((*minutes).into()))
            else {
                continue;
            };
            if (whole - Decimal::from(work)).abs() * Decimal::ONE_HUNDRED <= whole {
                assignment.work = None;
            }
        }
    }

    /// Gives each project a node of its own, above those that have none above them.
    fn add_roots(&mut self) {
        if !self.rootless {
            return;
        }
        let known: BTreeSet<Key> = self.nodes.iter().map(|node| node.key.clone()).collect();
        let root = |project: &str| format!("project {project}");
        for node in &mut self.nodes {
            if node.parent.as_ref().is_none_or(|parent| !known.contains(parent)) {
                node.parent = Some(root(&node.project));
            }
        }
        let roots = self.candidates.iter().map(|candidate| wbs::Node {
            key: root(&candidate.project.key),
            project: candidate.project.key.clone(),
            parent: None,
            code: candidate.project.code.clone(),
            name: candidate.name.clone(),
            place: candidate.project.place.clone(),
        });
        self.nodes = roots.collect::<Vec<_>>().into_iter().chain(std::mem::take(&mut self.nodes)).collect();
    }
}

fn baseline(name: &str, activity: &str, task: &Task) -> Baseline {
    Baseline {
        name: name.to_string(),
        activity: activity.to_string(),
        start: task.planned.0,
        finish: task.planned.1,
        cost: None,
        work: None,
        place: task.activity.place.clone(),
    }
}
