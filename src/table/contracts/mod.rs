//! The data dictionary: every table that may come in, one file a topic.

mod activities;
mod actuals;
mod benefits;
mod budget_changes;
mod budgets;
mod calendars;
mod commentary;
mod commitments;
mod contingency;
mod decisions;
mod deliverables;
mod dependencies;
mod funding;
mod fx_rates;
mod initiatives;
mod issues;
mod kpis;
mod objectives;
mod people;
mod progress;
mod resources;
mod risks;

use crate::table::contract::Contract;
use std::sync::{Arc, LazyLock};

static ALL: LazyLock<Vec<Arc<Contract>>> = LazyLock::new(|| declared().into_iter().map(Arc::new).collect());

/// Every contract, in the order of the templates.
#[must_use]
pub fn all() -> Vec<Arc<Contract>> {
    ALL.clone()
}

/// A contract by name, without regard to case.
#[must_use]
pub fn find(name: &str) -> Option<Arc<Contract>> {
    ALL.iter().find(|contract| contract.name.eq_ignore_ascii_case(name.trim())).cloned()
}

fn declared() -> Vec<Contract> {
    vec![
        people::people(),
        objectives::objectives(),
        initiatives::initiatives(),
        deliverables::deliverables(),
        activities::activities(),
        dependencies::dependencies(),
        dependencies::schedule_options(),
        calendars::calendars(),
        calendars::calendar_exceptions(),
        progress::progress(),
        progress::baselines(),
        resources::resources(),
        resources::rates(),
        resources::assignments(),
        budgets::budgets(),
        budget_changes::budget_changes(),
        budgets::forecast(),
        actuals::actuals(),
        actuals::cost_codes(),
        commitments::commitments(),
        funding::funding(),
        fx_rates::fx_rates(),
        contingency::contingency(),
        budget_changes::authority_limits(),
        commentary::commentary(),
        commentary::reported_positions(),
        decisions::decisions(),
        risks::risks(),
        issues::issues(),
        kpis::kpis(),
        kpis::kpi_targets(),
        kpis::kpi_readings(),
        benefits::benefits(),
        benefits::benefit_profile(),
        benefits::benefit_readings(),
    ]
}

#[cfg(test)]
mod tests;
