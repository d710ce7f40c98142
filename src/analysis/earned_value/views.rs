//! The views of earned value: the same activities added up by work package, control account, organisation, initiative and
//! portfolio, and by period; what the estimates span; what asks for words; how the baselines came about.
//!
//! Promises: every view adds up the same exact amounts of the same activities, so that the sums of any full set of scopes
//! are equal; an index is worked out anew from sums. An empty name stands for what no name is given for.

use super::result::{Base, Performance};
use crate::analysis::measure::{Measure, Undefined};
use crate::base::day::{Day, Moment};
use crate::base::id::{InitiativeId, PersonId};
use crate::base::money::Currency;
use crate::base::period::Period;
use crate::model::activity::ActivityIndex;
use rust_decimal::Decimal;

/// A part of the portfolio over which earned value is added up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The work below a code of the work breakdown structure.
    WorkPackage(String),
    /// A control account; named as the initiative where it has none.
    ControlAccount(String),
    /// The work that an organisation is responsible for.
    Organisation(String),
    /// An initiative.
    Initiative(InitiativeId),
    /// The initiatives that the portfolio counts.
    Portfolio,
}

impl Scope {
    /// The kind of scope, in a word for a column.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::WorkPackage(_) => "work package",
            Self::ControlAccount(_) => "control account",
            Self::Organisation(_) => "organisation",
            Self::Initiative(_) => "initiative",
            Self::Portfolio => "portfolio",
        }
    }

    /// Its code or name; empty for what no name is given for, and for the portfolio.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::WorkPackage(name) | Self::ControlAccount(name) | Self::Organisation(name) => name,
            Self::Initiative(id) => id.as_str(),
            Self::Portfolio => "",
        }
    }
}

/// Earned value of a scope.
#[derive(Clone, Debug)]
pub struct ScopeEarnedValue {
    /// Which.
    pub scope: Scope,
    /// The initiative it lies in; none where it holds several.
    pub initiative: Option<InitiativeId>,
    /// What the plan calls it: the name of a summary row, of the initiative; else as [`Scope::name`].
    pub title: String,
    /// For a work package, the number of parts of its code: 1 at the top. 0 for every other scope.
    pub depth: usize,
    /// For a work package, true where it holds activities directly: those packages hold each activity once.
    pub holds_activities: bool,
    /// Currency of the amounts.
    pub currency: Currency,
    /// At the data date.
    pub current: Performance,
    /// Base measures at the status dates of its initiative (of the portfolio, where it holds several); the last is the data
    /// date.
    pub history: Vec<Base>,
    /// Its activities that have a budget or actual cost.
    pub activities: Vec<ActivityIndex>,
    /// The share of its budget that level of effort makes up.
    pub level_of_effort_share: Measure<f64>,
    /// SPI of the rest: level of effort earns what is planned, and so draws SPI towards 1.
    pub schedule_index_without_level_of_effort: Measure<f64>,
    /// The same in hours of work.
    pub hours: Hours,
    /// What the formulas span.
    pub range: EstimateRange,
    /// The estimates at completion of its control accounts, added up. The scope's own estimate by its sums is
    /// [`super::CostMeasures::estimate_at_completion`]: the two differ, and both are to be shown. For a work package or a
    /// control account, its own.
    pub sum_of_estimates: Measure<Decimal>,
}

/// Hours of work at the data date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hours {
    /// Planned in all.
    pub budget: Measure<f64>,
    /// Planned by now.
    pub planned: Measure<f64>,
    /// Earned: of each activity, the share of its hours that it has earned of its budget.
    pub earned: Measure<f64>,
    /// Worked.
    pub actual: Measure<f64>,
}

impl Hours {
    /// No hours are given.
    #[must_use]
    pub const fn none() -> Self {
        Self { budget: NONE, planned: NONE, earned: NONE, actual: NONE }
    }
}

const NONE: Measure<f64> = Err(Undefined::NoHours);

/// Where a period lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodState {
    /// It ends on or before the data date.
    Past,
    /// The data date lies in it.
    Running,
    /// It begins after the data date.
    ToCome,
}

/// Earned value of a scope in a period.
#[derive(Clone, Debug)]
pub struct PeriodEarnedValue {
    /// Which.
    pub scope: Scope,
    /// The initiative it lies in; none where it holds several.
    pub initiative: Option<InitiativeId>,
    /// The period.
    pub period: Period,
    /// Currency of the amounts.
    pub currency: Currency,
    /// Where it lies.
    pub state: PeriodState,
    /// The moment up to which `cumulative` counts: the end of the period, in the running period the data date.
    pub until: Moment,
    /// Planned in the whole period.
    pub planned: Decimal,
    /// Planned in the part of it up to the data date.
    pub planned_to_date: Decimal,
    /// Earned in the period: none where no reading of the initiative lies in it, or none tells what was earned before.
    pub earned: Measure<Decimal>,
    /// Spent in the period.
    pub actual: Measure<Decimal>,
    /// From the beginning up to `until`.
    pub cumulative: Cumulative,
    /// Hours planned in the whole period.
    pub hours_planned: Measure<f64>,
    /// Hours earned in the period.
    pub hours_earned: Measure<f64>,
    /// Hours worked in the period.
    pub hours_actual: Measure<f64>,
}

/// Base measures from the beginning up to a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cumulative {
    /// PV.
    pub planned: Decimal,
    /// EV: told by a reading of the period, else none.
    pub earned: Measure<Decimal>,
    /// AC.
    pub actual: Measure<Decimal>,
    /// PV in hours.
    pub hours_planned: Measure<f64>,
    /// EV in hours.
    pub hours_earned: Measure<f64>,
    /// AC in hours.
    pub hours_actual: Measure<f64>,
}

/// The independent range of estimates at completion: what the formulas say, beside what the people in charge say.
/// Source: Christensen, "The Estimate at Completion Problem", Project Management Journal 24 (1993).
#[derive(Clone, Debug, PartialEq)]
pub struct EstimateRange {
    /// The lowest of the formulas.
    pub low: Measure<Decimal>,
    /// The performance factor behind it.
    pub low_by: String,
    /// The highest of the formulas.
    pub high: Measure<Decimal>,
    /// The performance factor behind it.
    pub high_by: String,
    /// Every formula, by its performance factor.
    pub by: Vec<(String, Measure<Decimal>)>,
    /// The estimate from the bottom up: actual cost, orders and forecast of the cost position.
    pub stated: Measure<Decimal>,
    /// True where that estimate lies inside the range.
    pub stated_inside: Measure<bool>,
}

/// What a variance is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VarianceMeasure {
    /// CV = EV − AC.
    Cost,
    /// SV = EV − PV.
    Schedule,
    /// VAC = BAC − EAC.
    AtCompletion,
}

impl VarianceMeasure {
    /// As it is written in a table.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Cost => "cost",
            Self::Schedule => "schedule",
            Self::AtCompletion => "at completion",
        }
    }

    /// The measure of the Commentary table under which its explanation stands.
    #[must_use]
    pub const fn commentary_measure(self) -> &'static str {
        match self {
            Self::Schedule => "schedule",
            Self::Cost | Self::AtCompletion => "cost",
        }
    }
}

/// A variance that passes the thresholds.
#[derive(Clone, Debug, PartialEq)]
pub struct VarianceToExplain {
    /// Of what.
    pub scope: Scope,
    /// The initiative it lies in.
    pub initiative: Option<InitiativeId>,
    /// Which variance.
    pub measure: VarianceMeasure,
    /// Currency of the amount.
    pub currency: Currency,
    /// The variance: negative is behind plan, or above cost.
    pub amount: Decimal,
    /// As a share: of EV for cost, of PV for schedule, of BAC at completion.
    pub share: f64,
    /// What the Commentary table says about it for the period of the data date.
    pub explanation: Vec<Explanation>,
    /// True where nothing explains it.
    pub needed: bool,
}

/// The owner's words on a variance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The words.
    pub text: String,
    /// Who wrote them.
    pub author: Option<PersonId>,
}

/// What a baseline did to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BaselineChange {
    /// The first one.
    Initial,
    /// The same activities with other dates or costs.
    Replan,
    /// Activities came in, and none left.
    ScopeAdded,
    /// Activities left, and none came in.
    ScopeRemoved,
    /// Activities came in and others left.
    ScopeChanged,
    /// Nothing differs.
    Unchanged,
}

impl BaselineChange {
    /// As it is written in a table.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Initial => "initial",
            Self::Replan => "replan",
            Self::ScopeAdded => "scope added",
            Self::ScopeRemoved => "scope removed",
            Self::ScopeChanged => "scope added and removed",
            Self::Unchanged => "unchanged",
        }
    }
}

/// A baseline of an initiative in the order of approval, against the one before it.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeLogEntry {
    /// Name of the baseline.
    pub baseline: String,
    /// Which initiative.
    pub initiative: InitiativeId,
    /// What changed.
    pub kind: BaselineChange,
    /// Approved on; none for a draft.
    pub approved_on: Option<Day>,
    /// Who approved it, each once.
    pub approved_by: Vec<PersonId>,
    /// Reasons on its rows, each once.
    pub reason: Option<String>,
    /// Currency of the costs.
    pub currency: Currency,
    /// Cost of the baseline before.
    pub cost_before: Measure<Decimal>,
    /// Cost of this one.
    pub cost_after: Measure<Decimal>,
    /// Finish of the baseline before.
    pub finish_before: Option<Moment>,
    /// Finish of this one.
    pub finish_after: Option<Moment>,
    /// Activities that came in.
    pub added: usize,
    /// Activities that left.
    pub removed: usize,
    /// Activities with other dates or another cost.
    pub changed: usize,
    /// Over-target baseline, OTB: its cost is above the approved budget.
    pub over_target_cost: Measure<bool>,
    /// Over-target schedule, OTS: its finish is after the date that was approved.
    pub over_target_schedule: Measure<bool>,
    /// True for the baseline in force.
    pub governs: bool,
}

/// Hours of work by organisation and period.
#[derive(Clone, Debug, PartialEq)]
pub struct Staffing {
    /// The initiative.
    pub initiative: InitiativeId,
    /// Responsible organisation; empty where none is given.
    pub organisation: String,
    /// The period.
    pub period: Period,
    /// Hours by the baseline.
    pub planned: Measure<f64>,
    /// Hours worked.
    pub actual: Measure<f64>,
    /// Hours still to come by the current schedule.
    pub to_come: Measure<f64>,
    /// Full-time units that the planned hours are: hours by the working hours of the period.
    pub planned_units: Measure<f64>,
}
