//! Risks and issues.

use crate::base::day::Day;
use crate::base::id::{InitiativeId, IssueId, PersonId, RiskId};
use crate::base::money::Currency;
use crate::base::origin::Origin;
use crate::model::activity::ActivityIndex;
use rust_decimal::Decimal;

/// Where a risk stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RiskStatus {
    /// Not yet accepted into the register.
    Draft,
    /// Open.
    Open,
    /// Over.
    Closed,
    /// It happened: an issue now.
    Occurred,
}

/// A risk: a threat or an opportunity.
#[derive(Clone, Debug, PartialEq)]
pub struct Risk {
    /// Key.
    pub id: RiskId,
    /// The initiative.
    pub initiative: InitiativeId,
    /// Cause.
    pub cause: Option<String>,
    /// Event.
    pub event: String,
    /// Effect.
    pub effect: Option<String>,
    /// Category.
    pub category: Option<String>,
    /// Owner; none where the cell names nobody known.
    pub owner: Option<PersonId>,
    /// True for an opportunity.
    pub opportunity: bool,
    /// Probability as a fraction.
    pub probability: f64,
    /// Cost impact: min, likely, max, in major units of `currency`.
    pub cost: [Option<Decimal>; 3],
    /// Days impact: min, likely, max, in working days.
    pub days: [Option<f64>; 3],
    /// added days, duration factor or branch, as given.
    pub impact_kind: Option<String>,
    /// Activities it hits.
    pub activities: Vec<ActivityIndex>,
    /// Impact score 1 to 5.
    pub impact_score: Option<i64>,
    /// Impact scores by dimension.
    pub impact_scores: Vec<(String, f64)>,
    /// When it would strike.
    pub proximity: Option<Day>,
    /// Response, as given.
    pub response: Option<String>,
    /// Residual probability as a fraction.
    pub residual_probability: Option<f64>,
    /// Residual likely cost.
    pub residual_cost: Option<Decimal>,
    /// Residual likely days.
    pub residual_days: Option<f64>,
    /// Target score.
    pub target_score: Option<i64>,
    /// Trigger.
    pub trigger: Option<String>,
    /// Contingency plan.
    pub contingency_plan: Option<String>,
    /// Raised on.
    pub raised: Option<Day>,
    /// Where it stands; open where nothing is said.
    pub status: RiskStatus,
    /// Closed on.
    pub closed: Option<Day>,
    /// Currency: its own, else the initiative's.
    pub currency: Currency,
    /// Where the record is.
    pub origin: Origin,
}

/// Where an issue stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IssueStatus {
    /// Open.
    Open,
    /// Being worked on.
    InProgress,
    /// Solved, not confirmed.
    Resolved,
    /// Over.
    Closed,
    /// Came back.
    Reopened,
}

/// An issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Key.
    pub id: IssueId,
    /// The initiative.
    pub initiative: InitiativeId,
    /// Title.
    pub title: String,
    /// Raised on.
    pub raised: Day,
    /// Severity, 1 worst.
    pub severity: i64,
    /// Owner; none where the cell names nobody known.
    pub owner: Option<PersonId>,
    /// Due on.
    pub due: Option<Day>,
    /// The risk that it was.
    pub risk: Option<RiskId>,
    /// Escalated to.
    pub escalated_to: Option<String>,
    /// Escalated on.
    pub escalated_on: Option<Day>,
    /// Acknowledged on.
    pub acknowledged: Option<Day>,
    /// Resolution.
    pub resolution: Option<String>,
    /// Resolved on.
    pub resolved: Option<Day>,
    /// Reopened on.
    pub reopened: Option<Day>,
    /// Where it stands; open where nothing is said.
    pub status: IssueStatus,
    /// Where the record is.
    pub origin: Origin,
}
