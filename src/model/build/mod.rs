//! From checked tables to the [`Portfolio`]: one builder a topic, in the order in which topics refer to one another.
//!
//! Promises: ids are matched exactly (what merely looks alike is proposed, never used); a record that cannot be placed is
//! a finding; the result depends on what the rows say, not on their order. Does not look at files, schedules or results.

mod activities;
mod budgets;
mod calendars;
mod context;
mod cycles;
mod dependencies;
mod initiatives;
mod ledger;
mod lookalike;
mod people;
mod progress;
mod resources;
mod status;
mod steps;
mod summaries;
#[cfg(test)]
mod tests;
mod wbs;

use crate::base::finding::Findings;
use crate::model::portfolio::Portfolio;
use crate::model::settings::Settings;
use crate::table::tables::Tables;
use context::Context;

impl Portfolio {
    /// Builds the portfolio from checked tables. Whatever the tables lack is empty; whatever is wrong in them is a finding.
    #[must_use]
    pub fn build(tables: &Tables, settings: &Settings) -> (Self, Findings) {
        let context = &mut Context::new(tables, settings);
        let people = people::people(context);
        let objectives = people::objectives(context);
        let initiatives = initiatives::initiatives(context);
        let calendars = calendars::calendars(context);
        let activities = activities::activities(context);
        let dependencies = dependencies::dependencies(context, &activities);
        let resources = resources::resources(context);
        let rates = resources::rates(context);
        let plans = budgets::plans(context, &activities);
        let cost_codes = ledger::cost_codes(context);
        let ledger = ledger::ledger(context, &cost_codes);
        let portfolio = Self {
            data_date: calendars::data_date(&calendars, settings.as_of),
            progress: progress::progress(context, &calendars),
            baselines: progress::baselines(context),
            assignments: resources::assignments(context, &activities, &resources, &rates),
            activity_index: std::mem::take(&mut context.activities.by_key),
            settings: settings.clone(),
            calendars,
            people,
            objectives,
            initiatives,
            deliverables: Vec::new(),
            activities,
            dependencies,
            resources,
            rates,
            budgets: plans.budgets,
            forecast: plans.forecast,
            plan_totals: plans.totals,
            ledger,
            cost_codes,
            fx_rates: Vec::new(),
            commentary: Vec::new(),
            reported: Vec::new(),
            decisions: Vec::new(),
            risks: Vec::new(),
            issues: Vec::new(),
            kpis: Vec::new(),
            benefits: Vec::new(),
            tables_present: tables.tables.keys().cloned().collect(),
        };
        context.report_unchecked();
        (portfolio, std::mem::take(&mut context.findings))
    }
}
