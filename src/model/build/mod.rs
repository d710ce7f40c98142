//! From checked tables to the [`Portfolio`]: one builder a topic, in the order in which topics refer to one another.
//!
//! Promises: ids are matched exactly (what merely looks alike is proposed, never used); a record that cannot be placed is
//! a finding; the result depends on what the rows say, not on their order. Does not look at files, schedules or results.

mod across;
mod activities;
mod benefits;
mod budget_control;
mod budgets;
mod calendars;
mod closing;
mod context;
mod cycles;
mod dependencies;
mod exchange;
mod governance;
mod initiatives;
mod kpis;
mod ledger;
mod people;
mod progress;
mod project_facts;
mod resources;
mod risks;
mod schedule_options;
mod source_totals;
mod status;
mod steps;
mod summaries;
#[cfg(test)]
mod tests;
mod wbs;

use crate::base::finding::Findings;
use crate::base::id::InitiativeId;
use crate::model::cells::CellPlaces;
use crate::model::portfolio::Portfolio;
use crate::model::settings::Settings;
use crate::table::tables::Tables;
use closing::Closing;
use context::Context;

impl Portfolio {
    /// Builds the portfolio from checked tables. Whatever the tables lack is empty; whatever is wrong in them is a finding.
    #[must_use]
    pub fn build(tables: &Tables, settings: &Settings) -> (Self, Findings) {
        let context = &mut Context::new(tables, settings);
        let portfolio = assemble(context);
        across::check(context, &portfolio);
        context.report_unchecked();
        (portfolio, std::mem::take(&mut context.findings))
    }
}

/// Runs the builders, each after those whose registers it refers to.
fn assemble(context: &mut Context<'_>) -> Portfolio {
    let (people, objectives) = (people::people(context), people::objectives(context));
    let mut initiatives = initiatives::initiatives(context);
    let schedule_options = schedule_options::schedule_options(context, &initiatives);
    let calendars = calendars::calendars(context);
    project_facts::apply(context, &mut initiatives, &calendars);
    governance::register_deliverables(context);
    let activities = activities::activities(context);
    let summary_links = |id: &InitiativeId| {
        let group = initiatives.iter().position(|initiative| initiative.id == *id);
        schedule_options[group.unwrap_or(initiatives.len())].summary_links
    };
    let dependencies = dependencies::dependencies(context, &activities, &summary_links);
    let resources = resources::resources(context);
    let rates = resources::rates(context);
    let (fx_rates, exchange) = exchange::rates(context);
    let works = budgets::works(&activities);
    let closing = Closing::new(context.settings, calendars.default_calendar());
    let mut plans = budgets::plans(context, &works);
    let risks = risks::risks(context);
    let control = budget_control::records(context, &works, &risks);
    plans.totals.extend(control.totals);
    let cost_codes = ledger::cost_codes(context);
    let ledger = ledger::ledger(context, &cost_codes, &closing);
    exchange::check_needed(context, &exchange, &ledger, &[("Budgets", &plans.budgets), ("Forecast", &plans.forecast)]);
    let (progress, baselines) = (progress::progress(context, &calendars), progress::baselines(context));
    Portfolio {
        data_date: calendars::data_date(&calendars, context.settings.as_of),
        deliverables: governance::deliverables(context),
        progress,
        baselines,
        removed_from_plan: std::mem::take(&mut context.removed_from_plan),
        left_out_actuals: context.take_left_out_actuals(),
        assignments: resources::assignments(context, (&activities, &calendars), &resources, &rates),
        commentary: governance::commentary(context),
        reported: governance::reported(context),
        decisions: governance::decisions(context),
        risks,
        issues: risks::issues(context),
        kpis: kpis::kpis(context),
        benefits: benefits::benefits(context),
        activity_index: std::mem::take(&mut context.activities.by_key),
        settings: context.settings.clone(),
        cells: CellPlaces::of(context.tables),
        tables_present: context.tables.tables.keys().cloned().collect(),
        budgets: plans.budgets,
        superseded_budgets: plans.superseded,
        budget_changes: control.changes,
        commitments: control.commitments,
        funding: control.funding,
        reserves: control.reserves,
        authority: control.authority,
        forecast: plans.forecast,
        plan_totals: plans.totals,
        source_totals: source_totals::source_totals(context.tables),
        calendars,
        people,
        objectives,
        initiatives,
        schedule_options,
        activities,
        dependencies,
        resources,
        rates,
        ledger,
        cost_codes,
        fx_rates,
        exchange,
    }
}
