//! People, objectives, initiatives and deliverables.

use crate::base::day::{Day, Moment};
use crate::base::id::{CalendarId, DeliverableId, InitiativeId, ObjectiveId, PersonId};
use crate::base::money::Currency;
use crate::base::origin::Origin;
use crate::model::activity::ActivityIndex;
use rust_decimal::Decimal;

/// Somebody who can own, sponsor or approve.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Key.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Role.
    pub role: Option<String>,
    /// Organisation.
    pub organisation: Option<String>,
    /// The person's manager.
    pub manager: Option<PersonId>,
    /// First day.
    pub from: Option<Day>,
    /// Last day; none while the person stays.
    pub to: Option<Day>,
    /// Where the record is.
    pub origin: Origin,
}

/// A strategic objective.
#[derive(Clone, Debug, PartialEq)]
pub struct Objective {
    /// Key.
    pub id: ObjectiveId,
    /// Name.
    pub name: String,
    /// Theme.
    pub theme: Option<String>,
    /// Owner.
    pub owner: Option<PersonId>,
    /// Target date.
    pub target_date: Option<Day>,
    /// Weight within its theme, as a fraction.
    pub weight: Option<f64>,
    /// Where the record is.
    pub origin: Origin,
}

/// Where an initiative stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InitiativeStatus {
    /// Not decided yet.
    Proposed,
    /// Decided, not started.
    Approved,
    /// Running.
    Active,
    /// Paused.
    OnHold,
    /// Done.
    Complete,
    /// Stopped.
    Cancelled,
}

/// Red, amber or green, with the halves, and blue for complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rag {
    /// Red.
    Red,
    /// Amber-red.
    AmberRed,
    /// Amber.
    Amber,
    /// Amber-green.
    AmberGreen,
    /// Green.
    Green,
    /// Blue: complete.
    Blue,
}

impl Rag {
    /// The letters shown beside the colour.
    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Self::Red => "R",
            Self::AmberRed => "A/R",
            Self::Amber => "A",
            Self::AmberGreen => "A/G",
            Self::Green => "G",
            Self::Blue => "B",
        }
    }

    /// The colour of letters; none where they are no rating.
    #[must_use]
    pub fn parse(letters: &str) -> Option<Self> {
        [Self::Red, Self::AmberRed, Self::Amber, Self::AmberGreen, Self::Green, Self::Blue]
            .into_iter()
            .find(|rag| rag.letter().eq_ignore_ascii_case(letters.trim()))
    }
}

/// An owner's own rating, with the reason that must come with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RagOverride {
    /// The rating.
    pub rag: Rag,
    /// Why.
    pub reason: String,
}

/// An initiative: a project or programme of the portfolio.
#[derive(Clone, Debug, PartialEq)]
pub struct Initiative {
    /// Key.
    pub id: InitiativeId,
    /// Name.
    pub name: String,
    /// The objective it serves.
    pub objective: Option<ObjectiveId>,
    /// Workstream.
    pub workstream: Option<String>,
    /// Sponsor.
    pub sponsor: Option<PersonId>,
    /// Owner; none where the cell names nobody known (a finding).
    pub owner: Option<PersonId>,
    /// Category.
    pub category: Option<String>,
    /// Stage.
    pub stage: Option<String>,
    /// Status; active where nothing is said.
    pub status: InitiativeStatus,
    /// Priority, 1 first.
    pub priority: Option<i64>,
    /// Scoring criteria: name and score.
    pub scores: Vec<(String, f64)>,
    /// Planned start.
    pub start: Option<Day>,
    /// Planned finish.
    pub finish: Option<Day>,
    /// The instant that its project starts at, where its planner's program says so; goes before every other start.
    pub project_start: Option<Moment>,
    /// The calendar of its project; the default one where nothing is said.
    pub calendar: Option<CalendarId>,
    /// The date its schedule is measured against.
    pub must_finish_by: Option<Moment>,
    /// Currency of every amount of the initiative without its own.
    pub currency: Currency,
    /// Approved budget, in that currency.
    pub approved_budget: Option<Decimal>,
    /// Contingency, in that currency.
    pub contingency: Option<Decimal>,
    /// Net present value of the business case.
    pub business_case_npv: Option<Decimal>,
    /// True where it cannot be stopped by choice.
    pub mandatory: bool,
    /// Initiatives that cannot run beside it.
    pub excludes: Vec<InitiativeId>,
    /// Initiatives that it needs.
    pub requires: Vec<InitiativeId>,
    /// The owner's own rating.
    pub rag_override: Option<RagOverride>,
    /// Ids under which it was known before.
    pub previous_ids: Vec<String>,
    /// Where the record is; the place of its first use where the Initiatives table does not list it.
    pub origin: Origin,
    /// False where no Initiatives table lists it, and it is known only from the records of others.
    pub declared: bool,
}

/// A deliverable.
#[derive(Clone, Debug, PartialEq)]
pub struct Deliverable {
    /// Key.
    pub id: DeliverableId,
    /// The initiative that owes it.
    pub initiative: InitiativeId,
    /// Name.
    pub name: String,
    /// Acceptance criteria.
    pub acceptance_criteria: Option<String>,
    /// The activity that makes it.
    pub activity: Option<ActivityIndex>,
    /// Owner.
    pub owner: Option<PersonId>,
    /// Due date.
    pub due: Option<Day>,
    /// Date of acceptance.
    pub accepted_on: Option<Day>,
    /// Who accepted it.
    pub accepted_by: Option<PersonId>,
    /// Where the record is.
    pub origin: Origin,
}
