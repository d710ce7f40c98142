//! The portfolio: initiatives' sums in the reporting currency. Budgets, planned and earned value go over at the budget
//! rate of the data date, actual cost at the average rate of its period; an initiative that cannot be added is named.

use super::Track;
use super::budget::Budget;
use super::context::Context;
use super::curve::{PlannedCurve, PlannedItem, Side};
use super::measures::{TimeBase, performance};
use super::range;
use super::result::{Base, Contribution, InitiativeEarnedValue, Performance, PortfolioEarnedValue};
use crate::analysis::codes;
use crate::analysis::measure::{Measure, Undefined};
use crate::base::day::Moment;
use crate::base::finding::Findings;
use crate::model::finance::RateKind;
use crate::model::initiative::InitiativeStatus;
use rust_decimal::Decimal;

/// An initiative that is counted, with its budget rate.
struct Counted {
    group: usize,
    rate: Decimal,
}

/// Adds the initiatives up.
pub fn roll_up(
    context: &Context<'_>,
    budgets: &[Budget],
    tracks: &[Track],
    initiatives: &[InitiativeEarnedValue],
    statuses: &[Moment],
    findings: &mut Findings,
) -> PortfolioEarnedValue {
    let mut left_out = Vec::new();
    let mut counted = Vec::new();
    let with_actuals = tracks.iter().any(|track| track.actuals.reporting.last().is_some_and(Result::is_ok));
    for (group, initiative) in initiatives.iter().enumerate() {
        match countable(context, budgets, &tracks[group], group, with_actuals) {
            Ok(rate) => counted.push(Counted { group, rate }),
            Err(reason) => left_out.push((initiative.initiative.clone(), reason)),
        }
        report_exchange(context, group, left_out.last().filter(|(id, _)| *id == initiative.initiative), findings);
    }
    let curve = combined_curve(context, budgets, &counted);
    let history: Vec<Performance> =
        (0..statuses.len()).map(|status| at_status(context, budgets, tracks, &counted, &curve, statuses, status)).collect();
    let contributions: Vec<Contribution> =
        counted.iter().map(|each| contribution(context, tracks, each, &initiatives[each.group])).collect();
    PortfolioEarnedValue {
        currency: context.portfolio.settings.reporting_currency,
        sum_of_estimates: sum_of_estimates(context, &contributions),
        counted: counted.iter().map(|each| initiatives[each.group].initiative.clone()).collect(),
        left_out,
        exchange_variance: exchange_variance(&contributions),
        range: range::of_history(&history),
        history,
        contributions,
        curve,
    }
}

/// An initiative at the data date, in the reporting currency.
fn contribution(context: &Context<'_>, tracks: &[Track], each: &Counted, result: &InitiativeEarnedValue) -> Contribution {
    let currency = context.portfolio.settings.reporting_currency;
    let zero = Base {
        status: context.portfolio.data_date,
        currency,
        budget_at_completion: Decimal::ZERO,
        planned_value: Decimal::ZERO,
        earned_value: Decimal::ZERO,
        actual_cost: Err(Undefined::NoActualCost),
    };
    let base = result.current().map_or(zero, |current| Base {
        currency,
        budget_at_completion: current.base.budget_at_completion * each.rate,
        planned_value: current.base.planned_value * each.rate,
        earned_value: current.base.earned_value * each.rate,
        actual_cost: tracks[each.group].actuals.reporting.last().copied().unwrap_or(Err(Undefined::NoActualCost)),
        ..current.base
    });
    let own = result.current().map_or(Err(Undefined::NoBaseline), |current| current.cost.estimate_at_completion);
    let estimate_at_completion = own.and_then(|own| own.checked_mul(each.rate).ok_or(Undefined::TooLarge));
    let actual_at_budget_rate = result.current().map_or(Err(Undefined::NoActualCost), |current| {
        current.base.actual_cost?.checked_mul(each.rate).ok_or(Undefined::TooLarge)
    });
    Contribution { initiative: result.initiative.clone(), rate: each.rate, base, actual_at_budget_rate, estimate_at_completion }
}

/// The budget rate of an initiative, or why it cannot be added to the others.
fn countable(context: &Context<'_>, budgets: &[Budget], track: &Track, group: usize, with_actuals: bool) -> Measure<Decimal> {
    match context.portfolio.initiatives[group].status {
        InitiativeStatus::Proposed => return Err(Undefined::NotApproved),
        InitiativeStatus::Cancelled => return Err(Undefined::Cancelled),
        _ => {}
    }
    if budgets[group].curve.total().is_zero() {
        return Err(Undefined::NoBudget);
    }
    if with_actuals {
        track.actuals.reporting.iter().copied().collect::<Measure<Vec<Decimal>>>()?;
    }
    let (from, to) = (context.currency(group), context.portfolio.settings.reporting_currency);
    let day = context.portfolio.data_date.day();
    context.exchange(RateKind::Budget, from, to, day)
}

fn report_exchange(
    context: &Context<'_>,
    group: usize,
    left_out: Option<&(crate::base::id::InitiativeId, Undefined)>,
    findings: &mut Findings,
) {
    let Some((_, Undefined::NoExchangeRate)) = left_out else { return };
    let (from, to) = (context.currency(group), context.portfolio.settings.reporting_currency);
    findings.push(
        codes::EXCHANGE_RATE_MISSING
            .at(context.initiative_origin(group))
            .field("FX rates", "Rate")
            .found(format!("amounts in {from} for {}", context.initiative_name(group)))
            .expected(format!("budget and average rates from {from} to {to} for every period with cost"))
            .hint("The initiative is left out of the portfolio's earned value until the rates are given."),
    );
}

fn combined_curve(context: &Context<'_>, budgets: &[Budget], counted: &[Counted]) -> PlannedCurve {
    let scaled = |each: &Counted| {
        let rate = each.rate;
        budgets[each.group].curve.items.iter().map(move |item| PlannedItem {
            fixed: item.fixed * rate,
            variable: item.variable * rate,
            ..item.clone()
        })
    };
    let calendar = context.portfolio.calendars.default_calendar();
    PlannedCurve::new(counted.iter().flat_map(scaled).collect(), std::sync::Arc::clone(calendar))
}

fn at_status(
    context: &Context<'_>,
    budgets: &[Budget],
    tracks: &[Track],
    counted: &[Counted],
    curve: &PlannedCurve,
    statuses: &[Moment],
    status: usize,
) -> Performance {
    let settings = &context.portfolio.settings;
    let earned: Vec<Decimal> =
        counted.iter().flat_map(|each| tracks[each.group].earned[status].iter().map(|value| value * each.rate)).collect();
    let actual_cost = if counted.is_empty() {
        Err(Undefined::NoActualCost)
    } else {
        counted.iter().map(|each| tracks[each.group].actuals.reporting[status]).sum()
    };
    let planned = |each: &Counted| budgets[each.group].curve.value(statuses[status], Side::Before) * each.rate;
    let base = Base {
        status: statuses[status],
        currency: settings.reporting_currency,
        budget_at_completion: curve.total(),
        planned_value: counted.iter().map(planned).sum(),
        earned_value: earned.iter().sum(),
        actual_cost,
    };
    let finishes: Option<Vec<Moment>> = counted.iter().map(|each| tracks[each.group].finished[status]).collect();
    let finish = finishes.and_then(|finishes| finishes.into_iter().max()).filter(|_| settings.freeze_at_finish);
    let until = finish.map_or(statuses[status], |finish| finish.min(statuses[status]));
    let earned_schedule = curve.earned_schedule(base.earned_value, statuses[status], settings.flat_curve);
    let mut time = TimeBase::of(curve, context.portfolio.calendars.default_calendar(), until, earned_schedule);
    time.adherence = curve.adherence(&earned, earned_schedule);
    performance(base, &time)
}

/// The initiatives' own estimates at completion, added up at the budget rate.
fn sum_of_estimates(context: &Context<'_>, contributions: &[Contribution]) -> Measure<Decimal> {
    if context.portfolio.initiatives.is_empty() || contributions.is_empty() {
        return Err(Undefined::NoBudget);
    }
    contributions.iter().map(|each| each.estimate_at_completion).sum()
}

/// Actual cost at budget rates less actual cost as booked.
fn exchange_variance(contributions: &[Contribution]) -> Measure<Decimal> {
    if contributions.is_empty() {
        return Err(Undefined::NoActualCost);
    }
    contributions.iter().map(|each| Ok(each.actual_at_budget_rate? - each.base.actual_cost?)).sum()
}
