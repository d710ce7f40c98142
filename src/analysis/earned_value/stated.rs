//! What the cost position says beside what earned value says: the estimate from the bottom up, and the budget.
//!
//! The estimate from the bottom up is actual cost and what orders and forecast still hold. It is refused where that would
//! be negative. Undistributed budget is the current budget less the budget at completion of the plan: money that is given
//! and not yet in any work package. It can be negative, where the plan holds more than the budget gives.

use super::measures::bottom_up_estimate;
use super::range;
use super::result::{EarnedValue, InitiativeEarnedValue};
use super::views::{EstimateRange, Scope};
use crate::analysis::codes;
use crate::analysis::measure::{Measure, Undefined};
use crate::base::finding::Findings;
use crate::base::id::InitiativeId;
use crate::base::money::Money;
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What the cost position says of an initiative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stated {
    /// What is still to be spent, in its own currency: orders, and forecast beyond them.
    pub to_come: Measure<Money>,
    /// Current budget, in its own currency.
    pub budget: Measure<Money>,
    /// Estimate at completion in the reporting currency.
    pub in_reporting: Measure<Money>,
}

impl EarnedValue {
    /// Takes in what the cost position says, by initiative.
    #[must_use]
    pub fn take_stated(&mut self, portfolio: &Portfolio, stated: &BTreeMap<InitiativeId, Stated>) -> Findings {
        let mut findings = Findings::new();
        for initiative in &mut self.initiatives {
            let Some(said) = stated.get(&initiative.initiative) else { continue };
            take_one(portfolio, initiative, said, &mut findings);
        }
        let total: Measure<Decimal> = self.portfolio.counted.iter().map(|id| in_reporting(stated.get(id))).sum();
        let total = if self.portfolio.counted.is_empty() { Err(Undefined::NoForecast) } else { total };
        range::state(&mut self.portfolio.range, total);
        let by_id: BTreeMap<&InitiativeId, &EstimateRange> =
            self.initiatives.iter().map(|initiative| (&initiative.initiative, &initiative.range)).collect();
        for scope in &mut self.scopes {
            match &scope.scope {
                Scope::Portfolio => scope.range = self.portfolio.range.clone(),
                Scope::Initiative(id) => {
                    scope.range = by_id.get(id).map_or_else(|| scope.range.clone(), |range| (*range).clone())
                }
                _ => {}
            }
        }
        findings
    }
}

fn in_reporting(said: Option<&Stated>) -> Measure<Decimal> {
    Ok(said.ok_or(Undefined::NoForecast)?.in_reporting?.amount())
}

fn take_one(portfolio: &Portfolio, initiative: &mut InitiativeEarnedValue, said: &Stated, findings: &mut Findings) {
    let Some(current) = initiative.current() else { return };
    let (budget, actual) = (current.base.budget_at_completion, current.base.actual_cost);
    let estimate = said.to_come.and_then(|to_come| bottom_up_estimate(actual?, to_come.amount()));
    range::state(&mut initiative.range, estimate);
    initiative.undistributed_budget = said.budget.map(|given| given.amount() - budget);
    let Some(record) = portfolio.initiative(&initiative.initiative) else { return };
    if let Ok(to_come) = said.to_come
        && to_come.minor < 0
    {
        let finding = codes::ESTIMATE_BELOW_COST.at(record.origin.clone()).field("Forecast", "Amount");
        let finding = finding.found(format!("{to_come} still to be spent on {}", initiative.initiative));
        findings.push(finding.expected("nothing below zero").hint("The estimate from the bottom up is n/a. Mend the forecast."));
    }
    if let (Ok(false), Ok(estimate), Ok(low), Ok(high)) =
        (initiative.range.stated_inside, initiative.range.stated, initiative.range.low, initiative.range.high)
    {
        let text = |amount| super::initiative::number_text(amount);
        let finding = codes::ESTIMATE_OUTSIDE_RANGE.at(record.origin.clone()).field("Forecast", "Amount");
        let (currency, id) = (initiative.currency, &initiative.initiative);
        let finding = finding.found(format!("{} {currency} for {id}", text(estimate)));
        let finding = finding.expected(format!(
            "from {} (PF = {}) to {} (PF = {})",
            text(low),
            initiative.range.low_by,
            text(high),
            initiative.range.high_by
        ));
        findings.push(
            finding.hint("Performance so far leads elsewhere. Say in the commentary what will change it, or mend the forecast."),
        );
    }
}
