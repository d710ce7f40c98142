//! Pure functions of the portfolio, the closed months and earlier results. No files, no clock, no unseeded chance.

pub mod accountability;
pub mod baselines;
pub mod benefits;
pub mod budget_control;
pub mod budget_rate;
pub mod buffers;
pub mod capacity;
pub mod codes;
pub mod commitments;
pub mod cost;
pub mod decisions;
pub mod earned_value;
pub mod explain;
pub mod framework;
pub mod funding;
pub mod health;
pub mod health_inputs;
pub mod interdependency;
pub mod kpi;
pub mod lateness;
pub mod ledger_review;
pub mod links;
pub mod measure;
pub mod milestones;
pub mod outlook;
pub mod progress;
pub mod reconciliation;
pub mod reserves;
pub mod risk;
pub mod schedule;
pub mod schedule_health;
#[cfg(test)]
mod tests;
pub mod words;

use crate::base::finding::Findings;
use crate::base::id::InitiativeId;
use crate::model::initiative::Initiative;
use crate::model::past::Past;
use crate::model::portfolio::Portfolio;
use accountability::Accountability;
use baselines::BaselineComparison;
use benefits::BenefitsRealisation;
use budget_control::BudgetControl;
use buffers::Buffers;
use capacity::{Dates, ResourcePlan};
use commitments::Commitments;
use cost::{CostPosition, Dimension, InitiativeCost};
use decisions::DecisionsNeeded;
use earned_value::{EarnedValue, Stated};
use framework::Framework;
use funding::FundingPosition;
use health::Health;
use interdependency::Interdependencies;
use kpi::KpiBoard;
use ledger_review::LedgerReview;
use measure::Undefined;
use milestones::MilestoneStatus;
use reconciliation::{Reconciliation, Results};
use reserves::Reserves;
use risk::RiskExposure;
use rust_decimal::Decimal;
use schedule::{Schedule, Schedules};
use schedule_health::ScheduleHealth;
use std::collections::BTreeMap;

/// Every result.
#[derive(Clone, Debug)]
pub struct Analyses {
    /// Dates, float and paths.
    pub schedules: Schedules,
    /// Planned value, earned value, actual cost, and what follows.
    pub earned_value: EarnedValue,
    /// Budget, actual cost, commitments and forecast.
    pub cost: CostPosition,
    /// Changes of the budget, judged, and the budget that they lead to.
    pub budget_control: BudgetControl,
    /// Where the money comes from.
    pub funding: FundingPosition,
    /// Contingency and management reserve.
    pub reserves: Reserves,
    /// The lines of the ledger held against one another.
    pub ledger_review: LedgerReview,
    /// Exposure to risk.
    pub risk: RiskExposure,
    /// Benefits planned and realised.
    pub benefits: BenefitsRealisation,
    /// KPIs.
    pub kpis: KpiBoard,
    /// Load and capacity of resources.
    pub resources: ResourcePlan,
    /// Decisions needed.
    pub decisions: DecisionsNeeded,
    /// Milestones, gates and other points.
    pub milestones: Vec<MilestoneStatus>,
    /// The plan against its baselines and the last closed month.
    pub baseline_comparison: BaselineComparison,
    /// Soundness of the schedule: the 14 points.
    pub schedule_health: ScheduleHealth,
    /// Health by initiative.
    pub health: Vec<Health>,
    /// Links between initiatives, and bottlenecks.
    pub interdependencies: Interdependencies,
    /// Buffers of the critical chain.
    pub buffers: Buffers,
    /// Milestones, gates, reviews and celebrations as one framework of dates.
    pub framework: Framework,
    /// Who owns what, due when.
    pub accountability: Accountability,
    /// From every source total to the reported one, and what does not tie.
    pub reconciliation: Reconciliation,
}

/// Runs every analysis, each on what the ones before it found.
#[must_use]
pub fn analyse(portfolio: &Portfolio, past: &Past) -> (Analyses, Findings) {
    let mut findings = Findings::new();
    let mut keep = |more: Findings| findings.extend(more);
    let (schedules, found) = schedule::schedules(portfolio);
    keep(found);
    let (mut earned_value, found) = earned_value::earned_value(portfolio, &schedules);
    keep(found);
    let milestones = milestones::milestones(portfolio, &schedules.current, &earned_value, past);
    let baseline_comparison = baselines::baseline_comparison(portfolio, &schedules, &earned_value, past);
    let (schedule_health, found) = schedule_health::schedule_health(portfolio, &schedules, &baseline_comparison);
    keep(found);
    let (ledger_review, found) = ledger_review::ledger_review(portfolio);
    keep(found);
    let (cost, found) = cost::cost_position(portfolio, &budgets_at_completion(&earned_value), &ledger_review.orders);
    keep(found);
    keep(earned_value.take_stated(portfolio, &stated(&cost)));
    let (budget_control, found) = budget_control::budget_control(portfolio, &cost);
    keep(found);
    let (funding, found) = funding::funding_position(portfolio, &cost);
    keep(found);
    let (kpis, found) = kpi::kpi_board(portfolio);
    keep(found);
    let (resources, found) = capacity::resource_plan(portfolio, &dates(&schedules.current));
    keep(found);
    let (decisions, found) = decisions::decisions_needed(portfolio);
    keep(found);
    let (risk, benefits) = (risk::risk_exposure(portfolio), benefits::benefits_realisation(portfolio));
    let (reserves, found) = reserves::reserves(portfolio, &risk, &schedules.current);
    keep(found);
    let inputs = |of: &Initiative| health_inputs::outlooks(portfolio, &cost, &benefits, &risk, &of.id);
    let health = health::health(portfolio, &schedules, &earned_value, &milestones, &inputs);
    let commitments = Commitments::of(portfolio, &earned_value);
    let interdependencies = interdependency::interdependencies(portfolio, &schedules.current, &earned_value);
    let (buffers, found) = buffers::buffers(portfolio, &schedules, &commitments, past);
    keep(found);
    let framework = framework::framework(portfolio, &schedules.current, &milestones);
    let accountability = accountability::accountability(portfolio, &schedules.current, &commitments);
    let mut analyses = Analyses {
        schedules,
        earned_value,
        cost,
        budget_control,
        funding,
        reserves,
        ledger_review,
        risk,
        benefits,
        kpis,
        resources,
        decisions,
        milestones,
        baseline_comparison,
        schedule_health,
        health,
        interdependencies,
        buffers,
        framework,
        accountability,
        reconciliation: Reconciliation::default(),
    };
    let (reconciliation, found) = reconciliation::reconciliation(portfolio, Results::of(&analyses));
    keep(found);
    analyses.reconciliation = reconciliation;
    (analyses, at_cells(portfolio, findings))
}

/// Findings that name a row and a field, put to the cell.
fn at_cells(portfolio: &Portfolio, mut findings: Findings) -> Findings {
    for finding in &mut findings.0 {
        finding.origin = finding.origin.take().map(|place| portfolio.cells.cell(&place, &finding.table, &finding.field));
    }
    findings
}

/// Budget at completion of each initiative that has one, in its own currency.
fn budgets_at_completion(earned: &EarnedValue) -> BTreeMap<InitiativeId, Decimal> {
    let current = earned.initiatives.iter().filter_map(|initiative| Some((initiative, initiative.current()?)));
    current.map(|(initiative, performance)| (initiative.initiative.clone(), performance.base.budget_at_completion)).collect()
}

/// What the cost position says of each initiative beside earned value.
fn stated(cost: &CostPosition) -> BTreeMap<InitiativeId, Stated> {
    let by_initiative = cost.groups.iter().find(|group| group.dimension == Dimension::Initiative);
    let line = |id: &InitiativeId| by_initiative?.lines.iter().find(|(label, _)| label == id.as_str()).map(|(_, line)| line);
    let of = |each: &InitiativeCost| {
        let life = &each.own.life;
        let in_reporting = line(&each.initiative).map_or(life.outlook, |line| line.estimate_at_completion);
        let own = &each.own_position;
        let to_come =
            own.estimate_at_completion.and_then(|estimate| estimate.checked_sub(own.actual?).map_err(|_| Undefined::TooLarge));
        (each.initiative.clone(), Stated { to_come, budget: life.budget, in_reporting })
    };
    cost.initiatives.iter().map(of).collect()
}

/// Start and finish of every activity.
fn dates(schedule: &Schedule) -> Dates {
    schedule.activities.iter().map(|activity| (activity.activity, (activity.start, activity.finish))).collect()
}
