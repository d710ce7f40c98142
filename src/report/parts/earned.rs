//! Base measures as they are reported: each activity's rounded so that they add up, and every scope the sum of its own.

use super::shares::rounded_parts;
use crate::analysis::earned_value::{Base, InitiativeEarnedValue, ScopeEarnedValue};
use crate::analysis::measure::Measure;
use crate::base::number;
use crate::model::activity::ActivityIndex;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Base measures in whole minor units of the initiative's currency, in major units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reported {
    /// Budget at completion, BAC.
    pub budget_at_completion: Decimal,
    /// Planned value, PV.
    pub planned_value: Decimal,
    /// Earned value, EV.
    pub earned_value: Decimal,
    /// Actual cost, AC.
    pub actual_cost: Measure<Decimal>,
}

impl Reported {
    /// Nothing at all.
    pub const ZERO: Self = Self {
        budget_at_completion: Decimal::ZERO,
        planned_value: Decimal::ZERO,
        earned_value: Decimal::ZERO,
        actual_cost: Ok(Decimal::ZERO),
    };

    /// The base measures of a scope, rounded on their own.
    #[must_use]
    pub fn alone(base: &Base) -> Self {
        let rounded = |amount: Decimal| number::round(amount, base.currency.exponent());
        Self {
            budget_at_completion: rounded(base.budget_at_completion),
            planned_value: rounded(base.planned_value),
            earned_value: rounded(base.earned_value),
            actual_cost: base.actual_cost.map(rounded),
        }
    }

    /// Adds another's; an actual cost that is not known is not known of the sum either.
    #[must_use]
    pub fn plus(self, other: &Self) -> Self {
        Self {
            budget_at_completion: self.budget_at_completion + other.budget_at_completion,
            planned_value: self.planned_value + other.planned_value,
            earned_value: self.earned_value + other.earned_value,
            actual_cost: self.actual_cost.and_then(|sum| Ok(sum + other.actual_cost?)),
        }
    }
}

/// The activities of an initiative at the data date.
#[derive(Clone, Debug, Default)]
pub struct ReportedActivities(pub BTreeMap<ActivityIndex, Reported>);

impl ReportedActivities {
    /// Rounds every measure so that the activities add up to the initiative's own.
    #[must_use]
    pub fn of(initiative: &InitiativeEarnedValue) -> Self {
        let rows: Vec<(ActivityIndex, &Base)> =
            initiative.activities.iter().filter_map(|each| Some((each.activity, each.history.last()?))).collect();
        let places = initiative.currency.exponent();
        let parts = |pick: fn(&Base) -> Decimal| {
            let exact: Vec<Decimal> = rows.iter().map(|(_, base)| pick(base)).collect();
            rounded_parts(&exact, places)
        };
        let (budgets, planned) = (parts(|base| base.budget_at_completion), parts(|base| base.planned_value));
        let (earned, actual) = (parts(|base| base.earned_value), actual_costs(&rows, places));
        let row = |(index, (activity, _)): (usize, &(ActivityIndex, &Base))| {
            let reported = Reported {
                budget_at_completion: budgets[index],
                planned_value: planned[index],
                earned_value: earned[index],
                actual_cost: actual[index],
            };
            (*activity, reported)
        };
        Self(rows.iter().enumerate().map(row).collect())
    }

    /// The sum over some activities.
    #[must_use]
    pub fn sum(&self, activities: &[ActivityIndex]) -> Reported {
        activities.iter().filter_map(|activity| self.0.get(activity)).fold(Reported::ZERO, Reported::plus)
    }

    /// A scope: the sum of its activities, or its own actual cost where theirs are not known.
    #[must_use]
    pub fn scope(&self, scope: &ScopeEarnedValue) -> Reported {
        let sum = self.sum(&scope.activities);
        let own = Reported::alone(&scope.current.base);
        Reported { actual_cost: sum.actual_cost.or(own.actual_cost), ..sum }
    }
}

fn actual_costs(rows: &[(ActivityIndex, &Base)], places: u32) -> Vec<Measure<Decimal>> {
    let all: Measure<Vec<Decimal>> = rows.iter().map(|(_, base)| base.actual_cost).collect();
    match all {
        Ok(exact) => rounded_parts(&exact, places).into_iter().map(Ok).collect(),
        Err(_) => rows.iter().map(|(_, base)| base.actual_cost.map(|amount| number::round(amount, places))).collect(),
    }
}
