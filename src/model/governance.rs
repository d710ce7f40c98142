//! Decisions (bodies, gates and workflow come with the governance charter).

use crate::base::day::Day;
use crate::base::id::{DecisionId, InitiativeId, PersonId};
use crate::base::origin::Origin;

/// Where a decision stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecisionStatus {
    /// Waiting.
    Open,
    /// Taken.
    Decided,
    /// Put off.
    Deferred,
    /// Taken back.
    Reversed,
}

/// A decision, taken or needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Key.
    pub id: DecisionId,
    /// What is to be decided.
    pub title: String,
    /// The initiative concerned.
    pub initiative: Option<InitiativeId>,
    /// Raised on.
    pub raised: Day,
    /// Needed by.
    pub needed_by: Option<Day>,
    /// Options.
    pub options: Option<String>,
    /// What was decided.
    pub decision: Option<String>,
    /// Why.
    pub rationale: Option<String>,
    /// By whom.
    pub made_by: Option<PersonId>,
    /// When.
    pub decided_on: Option<Day>,
    /// What it is about.
    pub items: Option<String>,
    /// The decision it replaces.
    pub supersedes: Option<DecisionId>,
    /// To be looked at again on.
    pub review_date: Option<Day>,
    /// Where it stands; open where nothing is said.
    pub status: DecisionStatus,
    /// Where the record is.
    pub origin: Origin,
}
