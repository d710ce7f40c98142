//! Primavera P6 exports in XML. Records are told apart by their elements and read by the names that XER gives their fields.

mod calendar;
mod names;

use super::desk::Desk;
use super::p6::Builder;
use super::plan::Plan;
use super::xml::{Account, Element, Step, Walker, decode};
use crate::base::finding::Finding;
use crate::source::codes;

type Add = fn(&mut Builder, &dyn super::desk::Record, &mut Desk<'_>);
type Names = &'static [(&'static str, &'static str)];

/// What is made of the elements of each kind; the child that names the record to people.
fn reading(name: &str) -> Option<(Add, Names, &'static str)> {
    Some(match name {
        "WBS" => (Builder::wbs as Add, names::WBS, "Code"),
        "Activity" => (Builder::activity, names::ACTIVITY, "Id"),
        "Relationship" => (Builder::link, names::RELATIONSHIP, "ObjectId"),
        "Role" => (Builder::role, names::ROLE, "Id"),
        "Resource" => (Builder::resource, names::RESOURCE, "Id"),
        "ResourceRate" => (Builder::rate, names::RATE, "ObjectId"),
        "ResourceAssignment" => (Builder::assignment, names::ASSIGNMENT, "ObjectId"),
        "ActivityExpense" => (Builder::expense, names::EXPENSE, "ObjectId"),
        _ => return None,
    })
}

/// Reads a file; none where it holds no plan.
pub(super) fn read(bytes: &[u8], desk: &mut Desk<'_>) -> Option<Plan> {
    let text = decode(bytes, desk);
    let mut file = File { walker: Walker::new(&text), builder: Builder::of_xml(), account: Account::default(), projects: 0 };
    let outcome = file.run(desk);
    let broke_off = outcome.is_err();
    if let Err(refusal) = outcome {
        desk.say(*refusal);
    }
    if file.projects == 0 {
        if !broke_off {
            let finding = desk.at_file(codes::PLAN_TABLE_MISSING).found("no Project element");
            desk.say(finding.expected("at least one project").hint("Export the project again, with its activities."));
        }
        return None;
    }
    file.account.report(desk);
    Some(file.builder.finish(desk))
}

struct File<'t> {
    walker: Walker<'t>,
    builder: Builder,
    account: Account,
    projects: usize,
}

impl File<'_> {
    fn run(&mut self, desk: &mut Desk<'_>) -> Result<(), Box<Finding>> {
        loop {
            match self.walker.step(desk)? {
                Step::Open { name, line } if self.walker.depth == 2 => {
                    if matches!(name.as_str(), "Project" | "BaselineProject") {
                        self.project(name, line, desk)?;
                    } else {
                        self.record(name, line, None, desk)?;
                    }
                }
                Step::End => return Ok(()),
                _ => {}
            }
        }
    }

    /// One record outside or inside a project; what is no record is counted. Gives back what is a plain value.
    fn record(
        &mut self,
        name: String,
        line: u32,
        project: Option<&str>,
        desk: &mut Desk<'_>,
    ) -> Result<Option<Element>, Box<Finding>> {
        let element = self.walker.element(name, line, &["Spread"], desk)?;
        if element.children.is_empty() && project.is_some() {
            return Ok(Some(element));
        }
        if element.name == "Calendar" {
            if self.account.note(&element, desk) {
                let fields = self.account.record(&element, element.get("Name"), names::CALENDAR);
                let calendar = calendar::calendar(&fields, desk);
                self.builder.calendar(calendar);
            }
        } else if let Some((add, names, label)) = reading(&element.name) {
            if self.account.note(&element, desk) {
                let mut fields = self.account.record(&element, element.get(label), names);
                fields.project = project;
                add(&mut self.builder, &fields, desk);
            }
        } else if element.name == "ScheduleOptions" {
            return Ok(Some(element));
        } else if element.name != "ProjectList" {
            self.account.unused(&element.name, element.line);
        }
        Ok(None)
    }

    /// A project: plain values of its own, and records. It is kept even where the file breaks off inside it.
    fn project(&mut self, name: String, line: u32, desk: &mut Desk<'_>) -> Result<(), Box<Finding>> {
        let mut own = Element { name, line, ..Element::default() };
        let mut schedules: Vec<Element> = Vec::new();
        let outcome = loop {
            match self.walker.step(desk) {
                Ok(Step::Open { name, line }) => {
                    let id = own.get("ObjectId").unwrap_or_default().to_string();
                    match self.record(name, line, Some(&id), desk) {
                        Ok(Some(element)) if element.name == "ScheduleOptions" => schedules.push(element),
                        Ok(Some(value)) => own.children.push(value),
                        Ok(None) => {}
                        Err(refusal) => break Err(refusal),
                    }
                }
                Ok(Step::Close | Step::End) => break Ok(()),
                Ok(Step::Text(_)) => {}
                Err(refusal) => break Err(refusal),
            }
        };
        self.projects += 1;
        let kept = self.account.note(&own, desk);
        let id = own.get("ObjectId").unwrap_or_default().to_string();
        if kept {
            let fields = self.account.record(&own, own.get("Id"), names::PROJECT);
            self.builder.project(&fields, desk);
            self.builder.schedule_options(&fields, desk);
        }
        for schedule in &schedules {
            if self.account.note(schedule, desk) {
                let mut fields = self.account.record(schedule, None, names::OPTIONS);
                fields.project = Some(&id);
                self.builder.schedule_options(&fields, desk);
            }
        }
        outcome
    }
}
