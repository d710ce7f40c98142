//! Who may spend what: changes of the budget, orders placed, funding, reserves and the limits of authority.
//!
//! Promises: amounts are exact, in major units of the record's own currency; a record that cannot be placed is a finding
//! and stands in the control totals, never here. Judges nothing: that is for the analyses.

use crate::base::day::Day;
use crate::base::id::{BudgetChangeId, InitiativeId, PersonId, RiskId};
use crate::base::money::Currency;
use crate::base::origin::Origin;
use crate::base::period::Period;
use crate::model::finance::Expenditure;
use rust_decimal::Decimal;

/// A change of the budget, whatever its status.
#[derive(Clone, Debug, PartialEq)]
pub struct BudgetChange {
    /// Key.
    pub id: BudgetChangeId,
    /// Kind of change.
    pub kind: ChangeKind,
    /// What is reduced; none for an increase.
    pub from: Option<BudgetPlace>,
    /// What grows; none for a decrease.
    pub to: Option<BudgetPlace>,
    /// Amount in major units, above zero.
    pub amount: Decimal,
    /// Currency: its own, else that of the initiative that gives, else of the one that receives.
    pub currency: Currency,
    /// Why.
    pub reason: Option<String>,
    /// Who asked for it.
    pub requester: Option<PersonId>,
    /// Who approved it.
    pub approver: Option<Approver>,
    /// When it was approved.
    pub approved_on: Option<Day>,
    /// Where it stands.
    pub status: ChangeStatus,
    /// Where the record is.
    pub origin: Origin,
}

/// Kind of a budget change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// From one place of the budget to another; the whole does not change.
    Virement,
    /// More budget.
    Increase,
    /// Less budget.
    Decrease,
    /// The same budget in another period.
    Rephase,
}

/// Where a budget change stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeStatus {
    /// Asked for.
    Proposed,
    /// In force.
    Approved,
    /// Turned down.
    Rejected,
    /// Taken back.
    Withdrawn,
}

/// A place of the budget.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BudgetPlace {
    /// The initiative.
    pub initiative: InitiativeId,
    /// Activity or WBS text as given.
    pub work: Option<String>,
    /// Category; empty where none is given.
    pub category: String,
    /// Capital or operating, where given.
    pub expenditure: Option<Expenditure>,
    /// Funding source.
    pub funding_source: Option<String>,
    /// The period.
    pub period: Period,
}

/// Who approved something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Approver {
    /// A person of the People table.
    Person(PersonId),
    /// A body or a role, by name.
    Body(String),
}

/// An order placed with a vendor.
#[derive(Clone, Debug, PartialEq)]
pub struct Commitment {
    /// Number of the purchase order.
    pub po: String,
    /// Vendor.
    pub vendor: Option<String>,
    /// The initiative.
    pub initiative: InitiativeId,
    /// Category; empty where none is given.
    pub category: String,
    /// Activity or WBS text as given.
    pub work: Option<String>,
    /// Amount ordered, in major units, never negative.
    pub amount: Decimal,
    /// Currency: its own, else the initiative's.
    pub currency: Currency,
    /// The day it was placed.
    pub raised: Option<Day>,
    /// The day it is to be delivered.
    pub delivery: Option<Day>,
    /// Where it stands.
    pub status: CommitmentStatus,
    /// Where the record is.
    pub origin: Origin,
}

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CommitmentStatus {
    /// Nothing delivered.
    Open,
    /// Delivered in part.
    PartlyDelivered,
    /// Delivered, or closed without.
    Closed,
    /// Cancelled.
    Cancelled,
}

/// Money that a source gives.
#[derive(Clone, Debug, PartialEq)]
pub struct FundingLine {
    /// Name of the source.
    pub source: String,
    /// Amount in major units, never negative.
    pub amount: Decimal,
    /// Currency: its own, else the initiative's.
    pub currency: Currency,
    /// First day on which it may be used.
    pub from: Option<Day>,
    /// Last day on which it may be used.
    pub to: Option<Day>,
    /// Conditions.
    pub conditions: Option<String>,
    /// Share of each cost that the source bears, as a fraction; the rest is to be matched from elsewhere.
    pub match_share: Option<f64>,
    /// The day after which what is unused is lost.
    pub expiry: Option<Day>,
    /// The initiative it is for; none for any.
    pub initiative: Option<InitiativeId>,
    /// Where the record is.
    pub origin: Origin,
}

/// A movement of a reserve.
#[derive(Clone, Debug, PartialEq)]
pub struct ReserveMovement {
    /// The fund.
    pub fund: Fund,
    /// The initiative whose fund it is; none for the portfolio's.
    pub initiative: Option<InitiativeId>,
    /// When.
    pub date: Day,
    /// Which way it moves the fund.
    pub movement: Movement,
    /// Amount in major units, never negative.
    pub amount: Decimal,
    /// Currency: its own, else the initiative's, else the reporting currency.
    pub currency: Currency,
    /// The risk that it is drawn for.
    pub risk: Option<RiskId>,
    /// Who approved it.
    pub approver: Option<Approver>,
    /// Why.
    pub reason: Option<String>,
    /// Where the record is.
    pub origin: Origin,
}

/// A reserve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fund {
    /// For known risks; inside the baseline.
    Contingency,
    /// For what nobody knows yet; outside the baseline.
    ManagementReserve,
}

/// How a reserve moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Movement {
    /// What there is to begin with.
    Opening,
    /// More.
    Addition,
    /// Used for a risk.
    Drawdown,
    /// Given back, since it is not needed.
    Release,
}

/// Up to which amount a body or role may approve.
#[derive(Clone, Debug, PartialEq)]
pub struct AuthorityLimit {
    /// The body or role.
    pub holder: String,
    /// What it may approve.
    pub kind: AuthorityKind,
    /// Largest amount in major units; none where there is no limit.
    pub limit: Option<Decimal>,
    /// Currency: its own, else the reporting currency.
    pub currency: Currency,
    /// Who decides above the limit.
    pub escalates_to: Option<String>,
    /// Where the record is.
    pub origin: Origin,
}

/// What a limit of authority is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AuthorityKind {
    /// Anything that has no limit of its own.
    Any,
    /// Virements and re-phasing.
    Virement,
    /// Increases and decreases.
    Increase,
    /// Draws on contingency.
    Contingency,
    /// Draws on management reserve.
    ManagementReserve,
    /// Orders.
    Commitment,
}

impl ChangeKind {
    /// All, in the order of reports.
    pub const ALL: [Self; 4] = [Self::Virement, Self::Increase, Self::Decrease, Self::Rephase];

    /// The word in the table.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Virement => "virement",
            Self::Increase => "increase",
            Self::Decrease => "decrease",
            Self::Rephase => "re-phase",
        }
    }
}

impl ChangeStatus {
    /// All, in the order of a change's life.
    pub const ALL: [Self; 4] = [Self::Proposed, Self::Approved, Self::Rejected, Self::Withdrawn];

    /// The word in the table.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Approver {
    /// The id of the person, or the name of the body.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Person(id) => id.as_str(),
            Self::Body(name) => name,
        }
    }
}

impl CommitmentStatus {
    /// All, in the order of an order's life.
    pub const ALL: [Self; 4] = [Self::Open, Self::PartlyDelivered, Self::Closed, Self::Cancelled];

    /// The word in the table.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::PartlyDelivered => "partly delivered",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
        }
    }
}

impl Fund {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Contingency, Self::ManagementReserve];

    /// The word in the table.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Contingency => "contingency",
            Self::ManagementReserve => "management reserve",
        }
    }
}

impl Movement {
    /// All, in the order of a corkscrew.
    pub const ALL: [Self; 4] = [Self::Opening, Self::Addition, Self::Drawdown, Self::Release];

    /// The word in the table.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Addition => "addition",
            Self::Drawdown => "drawdown",
            Self::Release => "release",
        }
    }

    /// True where it makes the fund larger.
    #[must_use]
    pub const fn adds(self) -> bool {
        matches!(self, Self::Opening | Self::Addition)
    }
}

impl AuthorityKind {
    /// All.
    pub const ALL: [Self; 6] =
        [Self::Any, Self::Virement, Self::Increase, Self::Contingency, Self::ManagementReserve, Self::Commitment];

    /// The word in the table.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Virement => "virement",
            Self::Increase => "increase",
            Self::Contingency => "contingency",
            Self::ManagementReserve => "management reserve",
            Self::Commitment => "commitment",
        }
    }
}
