//! The portfolio: initiatives' sums in the reporting currency. Budgets, planned and earned value go over at the budget
//! rate of the data date, actual cost at the average rate of its period; an initiative that cannot be added is named.

use super::budget::Budget;
use super::context::Context;
use super::curve::{PlannedCurve, PlannedItem, Side, held};
use super::earned_schedule::EarnedScheduleRule;
use super::initiatives::Book;
use super::measures::performance;
use super::portfolio_scopes::{Part, PortfolioScope};
use super::range;
use super::result::{Base, Contribution, InitiativeEarnedValue, Performance, PortfolioEarnedValue};
use super::time::TimeBase;
use crate::analysis::codes;
use crate::analysis::measure::{Measure, Undefined};
use crate::base::day::Moment;
use crate::base::finding::Findings;
use crate::base::number;
use crate::model::finance::RateKind;
use crate::model::initiative::InitiativeStatus;
use rust_decimal::Decimal;
use std::sync::Arc;

/// An initiative that is counted, with its budget rate.
#[derive(Clone, Copy, Debug)]
pub struct Counted {
    /// Its position.
    pub group: usize,
    /// Units of the reporting currency for one of its own.
    pub rate: Decimal,
}

/// Adds the initiatives up.
pub fn roll_up(
    book: &Book<'_, '_>,
    initiatives: &[InitiativeEarnedValue],
    statuses: &[Moment],
    findings: &mut Findings,
) -> (PortfolioEarnedValue, Vec<Counted>) {
    let context = book.context;
    let mut left_out = Vec::new();
    let mut counted = Vec::new();
    let data_date = context.portfolio.data_date;
    let with_actuals = book.followed.iter().any(|each| each.track.actuals.in_reporting(data_date).is_ok());
    for (group, initiative) in initiatives.iter().enumerate() {
        match countable(book, group, with_actuals) {
            Ok(rate) => counted.push(Counted { group, rate }),
            Err(reason) => left_out.push((initiative.initiative.clone(), reason)),
        }
        report_exchange(context, group, left_out.last().filter(|(id, _)| *id == initiative.initiative), findings);
    }
    let whole = PortfolioScope::of(context, counted.iter().map(|each| Part::of(book, *each, 0)).collect());
    let history = history(book, &counted, &whole, statuses);
    let contributions: Vec<Contribution> =
        counted.iter().map(|each| contribution(book, each, &initiatives[each.group])).collect();
    let portfolio = PortfolioEarnedValue {
        currency: context.portfolio.settings.reporting_currency,
        sum_of_estimates: sum_of_estimates(context, &contributions),
        counted: counted.iter().map(|each| initiatives[each.group].initiative.clone()).collect(),
        left_out,
        exchange_variance: exchange_variance(&contributions),
        range: range::of_history(&history),
        history,
        contributions,
        curve: combined_curve(book, &counted, data_date),
    };
    (portfolio, counted)
}

/// An initiative at the data date, in the reporting currency.
fn contribution(book: &Book<'_, '_>, each: &Counted, result: &InitiativeEarnedValue) -> Contribution {
    let currency = book.context.portfolio.settings.reporting_currency;
    let data_date = book.context.portfolio.data_date;
    let none = Base { actual_cost: Err(Undefined::NoActualCost), ..Base::zero(data_date, currency) };
    let base = result.current().map_or(none, |current| Base {
        currency,
        budget_at_completion: current.base.budget_at_completion * each.rate,
        planned_value: current.base.planned_value * each.rate,
        earned_value: current.base.earned_value * each.rate,
        actual_cost: book.followed[each.group].track.actuals.in_reporting(data_date),
        ..current.base
    });
    let at_rate = |amount: Measure<Decimal>| amount?.checked_mul(each.rate).ok_or(Undefined::TooLarge);
    Contribution {
        initiative: result.initiative.clone(),
        rate: each.rate,
        base,
        actual_at_budget_rate: at_rate(result.current().map_or(Err(Undefined::NoActualCost), |current| current.base.actual_cost)),
        estimate_at_completion: at_rate(
            result.current().map_or(Err(Undefined::NoBaseline), |current| current.cost.estimate_at_completion),
        ),
    }
}

/// The budget rate of an initiative, or why it cannot be added to the others.
fn countable(book: &Book<'_, '_>, group: usize, with_actuals: bool) -> Measure<Decimal> {
    let context = book.context;
    match context.portfolio.initiatives[group].status {
        InitiativeStatus::Proposed => return Err(Undefined::NotApproved),
        InitiativeStatus::Cancelled => return Err(Undefined::Cancelled),
        _ => {}
    }
    if book.plans[group].current().curve.total().is_zero() {
        return Err(Undefined::NoBudget);
    }
    let day = context.portfolio.data_date.day();
    if with_actuals {
        book.followed[group].track.actuals.in_reporting(context.portfolio.data_date)?;
    }
    let (from, to) = (context.currency(group), context.portfolio.settings.reporting_currency);
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

/// An item in the reporting currency.
pub fn at_rate(item: &PlannedItem, rate: Decimal) -> PlannedItem {
    PlannedItem { fixed: held(item.fixed * rate), variable: held(item.variable * rate), ..item.clone() }
}

fn combined_curve(book: &Book<'_, '_>, counted: &[Counted], status: Moment) -> PlannedCurve {
    let scaled = |each: &Counted| {
        let (rate, budget): (Decimal, &Budget) = (each.rate, book.plans[each.group].at(status));
        budget.curve.items.iter().map(move |item| at_rate(item, rate))
    };
    let calendar = book.context.portfolio.calendars.default_calendar();
    PlannedCurve::new(counted.iter().flat_map(scaled).collect(), Arc::clone(calendar))
}

/// The portfolio at each status date. The curve is built anew where another baseline was in force.
fn history(book: &Book<'_, '_>, counted: &[Counted], whole: &PortfolioScope<'_>, statuses: &[Moment]) -> Vec<Performance> {
    let plans_at = |status: Moment| -> Vec<*const Budget> {
        counted.iter().map(|each| std::ptr::from_ref(book.plans[each.group].at(status))).collect()
    };
    let mut in_force: Option<(Vec<*const Budget>, PlannedCurve)> = None;
    let mut history = Vec::with_capacity(statuses.len());
    for &status in statuses {
        let plans = plans_at(status);
        let curve = match in_force.take() {
            Some((of, curve)) if of == plans => curve,
            _ => combined_curve(book, counted, status),
        };
        history.push(at_status(book, counted, whole, &curve, status));
        in_force = Some((plans, curve));
    }
    history
}

fn at_status(
    book: &Book<'_, '_>,
    counted: &[Counted],
    whole: &PortfolioScope<'_>,
    curve: &PlannedCurve,
    status: Moment,
) -> Performance {
    let settings = &book.context.portfolio.settings;
    let earned_of = |each: &Counted| {
        let rate = each.rate;
        let earned = book.followed[each.group].track.earned_at(book.context, book.plans, each.group, status);
        earned.into_iter().map(move |value| held(value * rate))
    };
    let earned: Vec<Decimal> = counted.iter().flat_map(earned_of).collect();
    let spent = |each: &Counted| book.followed[each.group].track.actuals.in_reporting(status);
    let actual_cost = if counted.is_empty() { Err(Undefined::NoActualCost) } else { counted.iter().map(spent).sum() };
    let base = Base {
        status,
        currency: settings.reporting_currency,
        budget_at_completion: curve.total(),
        planned_value: curve.value(status, Side::Before),
        earned_value: earned.iter().sum(),
        actual_cost,
    };
    let finish = |each: &Counted| {
        let plan = book.plans[each.group].at(status);
        book.followed[each.group].track.finish_of(&plan.activities, status)
    };
    let finishes: Option<Vec<Moment>> = counted.iter().map(finish).collect();
    let finish = finishes.and_then(|finishes| finishes.into_iter().max()).filter(|_| settings.freeze_at_finish);
    let until = finish.map_or(status, |finish| finish.min(status));
    let earned_schedule = curve.earned_schedule(base.earned_value, status, &EarnedScheduleRule::of(settings));
    let mut time = TimeBase::of(curve, book.context.portfolio.calendars.default_calendar(), until, earned_schedule);
    time.adherence = curve.adherence(&earned, earned_schedule);
    time.usable_share = number::from_excel(settings.usable_out_of_sequence).unwrap_or_default();
    time.recent = whole.recent(&base);
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
