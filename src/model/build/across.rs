//! Rules across registers: what no single table can know.

use crate::base::finding::Code;
use crate::base::id::InitiativeId;
use crate::model::activity::ActivityType;
use crate::model::build::context::{Context, flag_at};
use crate::model::codes;
use crate::model::finance::EntryKind;
use crate::model::initiative::{Initiative, InitiativeStatus};
use crate::model::portfolio::Portfolio;
use polars::datatypes::PlHashSet;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Runs every rule, in order.
pub(super) fn check(context: &mut Context<'_>, portfolio: &Portfolio) {
    let facts = Facts::of(portfolio);
    for initiative in &portfolio.initiatives {
        plan_and_budget(context, portfolio, initiative, &facts);
        cost_and_progress(context, portfolio, initiative, &facts);
        budget_sum(context, portfolio, initiative);
        others(context, portfolio, initiative);
    }
    money_outside_life(context, portfolio);
    benefits_before_initiative(context, portfolio);
    empty_summaries(context, portfolio);
}

/// Which initiatives have what.
struct Facts<'p> {
    planned: BTreeSet<&'p InitiativeId>,
    budgeted: BTreeSet<&'p InitiativeId>,
    progressed: BTreeSet<&'p InitiativeId>,
    /// Initiatives with lines of actual cost in the ledger, or with actual cost in progress reports.
    costed: BTreeSet<InitiativeId>,
}

impl<'p> Facts<'p> {
    fn of(portfolio: &'p Portfolio) -> Self {
        let begun = portfolio
            .activities
            .iter()
            .filter(|activity| activity.actual_start.is_some() || activity.percent_complete.is_some_and(|share| share > 0.0));
        let reported = portfolio.progress.iter().filter(|reading| reading.percent_complete.is_some_and(|share| share > 0.0));
        let reported = reported.map(|reading| &portfolio.activity(reading.activity).key.initiative);
        let cost = portfolio.progress.iter().filter(|reading| reading.actual_cost.is_some_and(|cost| !cost.is_zero()));
        let cost = cost.map(|reading| portfolio.activity(reading.activity).key.initiative.clone());
        Self {
            planned: portfolio.activities.iter().map(|activity| &activity.key.initiative).collect(),
            budgeted: portfolio.budgets.iter().map(|line| &line.initiative).collect(),
            progressed: begun.map(|activity| &activity.key.initiative).chain(reported).collect(),
            costed: ledger_initiatives(portfolio).into_iter().chain(cost).collect(),
        }
    }
}

/// Initiatives with actual cost in the ledger.
fn ledger_initiatives(portfolio: &Portfolio) -> BTreeSet<InitiativeId> {
    let frame = &portfolio.ledger.frame;
    let text = |key: &str| frame.column(key).ok().and_then(|column| column.str().ok());
    let (Some(initiatives), Some(kinds)) = (text("initiative"), text("kind")) else { return BTreeSet::new() };
    let cost =
        initiatives.iter().zip(kinds.iter()).filter(|(_, kind)| kind.and_then(EntryKind::parse).is_some_and(EntryKind::is_cost));
    let distinct: PlHashSet<&str> = cost.filter_map(|(initiative, _)| initiative).collect();
    distinct.into_iter().map(InitiativeId::new).collect()
}

fn tell(context: &mut Context<'_>, initiative: &Initiative, code: Code, expected: &str, hint: &str) {
    let finding = flag_at(&initiative.origin, code, "Initiatives", "Initiative ID").found(initiative.id.to_string());
    context.push(finding.expected(expected).hint(hint));
}

const fn is_live(initiative: &Initiative) -> bool {
    matches!(initiative.status, InitiativeStatus::Active | InitiativeStatus::Approved | InitiativeStatus::OnHold)
}

fn plan_and_budget(context: &mut Context<'_>, portfolio: &Portfolio, initiative: &Initiative, facts: &Facts<'_>) {
    let has_budget =
        facts.budgeted.contains(&initiative.id) || initiative.approved_budget.is_some_and(|budget| !budget.is_zero());
    let has_plan = facts.planned.contains(&initiative.id);
    if !is_live(initiative) || !initiative.declared {
        return;
    }
    if has_budget && !has_plan && portfolio.has_table("Activities") {
        tell(
            context,
            initiative,
            codes::BUDGET_WITHOUT_PLAN,
            "activities that spend the budget",
            "add the plan, or say why there is none",
        );
    }
    if has_plan && !has_budget && portfolio.has_table("Budgets") {
        tell(context, initiative, codes::PLAN_WITHOUT_BUDGET, "a budget for the plan", "add budget lines or an approved budget");
    }
}

fn cost_and_progress(context: &mut Context<'_>, portfolio: &Portfolio, initiative: &Initiative, facts: &Facts<'_>) {
    let costed = facts.costed.contains(&initiative.id);
    let progressed = facts.progressed.contains(&initiative.id);
    if progressed && !costed && portfolio.has_table("Actuals") {
        tell(
            context,
            initiative,
            codes::PROGRESS_WITHOUT_COST,
            "actual cost, since work was done",
            "check cost codes and postings",
        );
    }
    if costed && !progressed && facts.planned.contains(&initiative.id) {
        tell(
            context,
            initiative,
            codes::COST_WITHOUT_PROGRESS,
            "progress, since money was spent",
            "report progress, or check what the cost is",
        );
    }
}

/// Initiatives that exclude each other and both run, and ones that need a cancelled one.
fn others(context: &mut Context<'_>, portfolio: &Portfolio, initiative: &Initiative) {
    if !is_live(initiative) {
        return;
    }
    let known = |id: &InitiativeId| portfolio.initiative(id);
    for other in initiative.excludes.iter().filter_map(known).filter(|other| is_live(other)) {
        let finding = flag_at(&initiative.origin, codes::EXCLUDED_RUNS, "Initiatives", "Excludes");
        let finding = finding.found(format!("{} and {}", initiative.id, other.id)).expected("one of the two to run");
        context.push(finding.hint("stop one of them, or clear the exclusion"));
    }
    for other in initiative.requires.iter().filter_map(known).filter(|other| other.status == InitiativeStatus::Cancelled) {
        let finding = flag_at(&initiative.origin, codes::REQUIRED_STOPPED, "Initiatives", "Requires").found(other.id.to_string());
        context.push(
            finding
                .expected(format!("an initiative that runs, since {} needs it", initiative.id))
                .hint("plan without it, or restart it"),
        );
    }
}

/// Budget lines in the initiative's own currency against the approved budget.
fn budget_sum(context: &mut Context<'_>, portfolio: &Portfolio, initiative: &Initiative) {
    let Some(approved) = initiative.approved_budget else { return };
    let mine: Vec<_> = portfolio.budgets.iter().filter(|line| line.initiative == initiative.id).collect();
    if mine.is_empty() || mine.iter().any(|line| line.currency != initiative.currency) {
        return;
    }
    let sum: Decimal = mine.iter().map(|line| line.amount).sum();
    if sum != approved {
        let expected = format!("{sum}, the sum of its lines in Budgets");
        let finding =
            flag_at(&initiative.origin, codes::BUDGET_DIFFERS, "Initiatives", "Approved budget").found(approved.to_string());
        context.push(finding.expected(expected).hint("the cost position uses the budget lines; bring the two together"));
    }
}

fn money_outside_life(context: &mut Context<'_>, portfolio: &Portfolio) {
    let lives: BTreeMap<&InitiativeId, &Initiative> =
        portfolio.initiatives.iter().map(|initiative| (&initiative.id, initiative)).collect();
    let fiscal = portfolio.settings.fiscal;
    for line in &portfolio.budgets {
        let Some(initiative) = lives.get(&line.initiative) else { continue };
        let early = initiative.start.is_some_and(|start| fiscal.end(line.period) < start);
        let late = initiative.finish.is_some_and(|finish| fiscal.start(line.period) > finish);
        if (early || late) && !line.amount.is_zero() {
            let finding = flag_at(&line.origin, codes::PLAN_OUTSIDE_LIFE, "Budgets", "Period")
                .found(format!("{} for {}", line.period, line.initiative));
            let shown = |day: Option<crate::base::day::Day>| day.map_or("open".to_string(), |day| day.to_string());
            let expected = format!("a period from {} to {}", shown(initiative.start), shown(initiative.finish));
            context.push(finding.expected(expected).hint("move the money, or correct the initiative's dates"));
        }
    }
}

/// A benefit that starts before its initiative does, by the dates of the two tables.
fn benefits_before_initiative(context: &mut Context<'_>, portfolio: &Portfolio) {
    for benefit in &portfolio.benefits {
        let initiative = portfolio.initiative(&benefit.initiative);
        let dates = benefit.start.zip(initiative.and_then(|initiative| initiative.start));
        if let Some((start, begins)) = dates.filter(|(start, begins)| start < begins) {
            let finding =
                flag_at(&benefit.origin, codes::BENEFIT_BEFORE_INITIATIVE, "Benefits", "Start date").found(start.to_string());
            context.push(
                finding
                    .expected(format!("a start after {} has begun on {begins}", benefit.initiative))
                    .hint("correct one of the dates"),
            );
        }
    }
}

fn empty_summaries(context: &mut Context<'_>, portfolio: &Portfolio) {
    let parents: BTreeSet<usize> =
        portfolio.activities.iter().filter_map(|activity| activity.parent).map(|parent| parent.0).collect();
    for (position, activity) in portfolio.activities.iter().enumerate() {
        if activity.kind == ActivityType::Summary && !parents.contains(&position) {
            let finding =
                flag_at(&activity.origin, codes::SUMMARY_WITHOUT_WORK, "Activities", "Type").found(activity.key.to_string());
            context.push(finding.expected("activities with WBS codes below its own").hint("add them, or make it a task"));
        }
    }
}
