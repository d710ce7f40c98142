//! Key performance indicators, their targets and readings.

use crate::base::id::{InitiativeId, KpiId, ObjectiveId, PersonId};
use crate::base::origin::Origin;
use crate::base::period::Period;

/// Which way is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// As near to the target as can be.
    Target,
}

/// A value of a KPI in a period.
#[derive(Clone, Debug, PartialEq)]
pub struct KpiValue {
    /// The period.
    pub period: Period,
    /// The value, in the KPI's unit.
    pub value: f64,
    /// Comment.
    pub comment: Option<String>,
    /// Where the record is.
    pub origin: Origin,
}

/// A key performance indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct Kpi {
    /// Key.
    pub id: KpiId,
    /// Name.
    pub name: String,
    /// leading, lagging, process or milestone.
    pub kind: String,
    /// The objective it measures.
    pub objective: Option<ObjectiveId>,
    /// The initiative it measures.
    pub initiative: Option<InitiativeId>,
    /// Formula or source.
    pub formula: Option<String>,
    /// Unit.
    pub unit: Option<String>,
    /// Which way is good.
    pub direction: Direction,
    /// Baseline.
    pub baseline: Option<f64>,
    /// At or beyond this it is green.
    pub green_threshold: Option<f64>,
    /// At or beyond this, the wrong way, it is red.
    pub red_threshold: Option<f64>,
    /// Owner.
    pub owner: Option<PersonId>,
    /// Parent in the KPI tree.
    pub parent: Option<KpiId>,
    /// Weight within its parent, as a fraction.
    pub weight: Option<f64>,
    /// sum, average, last or weighted, as given.
    pub aggregation: Option<String>,
    /// weekly, monthly, quarterly or yearly, as given.
    pub frequency: Option<String>,
    /// Targets by period, ascending.
    pub targets: Vec<KpiValue>,
    /// Readings by period, ascending.
    pub readings: Vec<KpiValue>,
    /// Where the record is.
    pub origin: Origin,
}
