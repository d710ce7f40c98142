//! What an activity costs by its components: fixed cost, cost per hour, assignments at the rates of their days.

use super::Context;
use crate::analysis::codes;
use crate::base::calendar::WorkCalendar;
use crate::base::day::{Day, Moment};
use crate::base::finding::Findings;
use crate::base::number;
use crate::model::finance::RateKind;
use crate::model::resource::{Assignment, Bearer, Rate, RateUnit};
use rust_decimal::Decimal;

/// Fixed cost, and cost spread over working time.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cost {
    /// Falls as the accrual says.
    pub fixed: Decimal,
    /// Spread evenly.
    pub variable: Decimal,
}

impl Cost {
    /// Both.
    pub fn total(self) -> Decimal {
        self.fixed + self.variable
    }
}

/// Fixed cost, cost per hour of baseline duration, and assignments at the rates of their days.
pub fn component_cost(context: &Context<'_>, (index, start, finish): (usize, Moment, Moment), findings: &mut Findings) -> Cost {
    let activity = context.activity(index);
    let minutes = context.calendars[index].work(start, finish);
    let mut cost = Cost { fixed: activity.fixed_cost.unwrap_or_default(), variable: Decimal::ZERO };
    cost.variable += activity.cost_per_hour.unwrap_or_default() * Decimal::from(minutes) / Decimal::from(60);
    for assignment in &context.assignments[index] {
        cost.fixed += assignment.fixed_cost.unwrap_or_default();
        let rates = rates_of(context, &assignment.bearer);
        let Some(first) = rate_in_force(rates, start.day()) else { continue };
        if rates.iter().any(|rate| exchange(context, index, rate, start.day()).is_none()) {
            report_no_rate(context, index, first, findings);
            continue;
        }
        let in_own = |rate: &Rate| exchange(context, index, rate, start.day()).unwrap_or_default();
        cost.fixed += first.cost_per_use.unwrap_or_default() * in_own(first);
        let used = minutes_used(context, index, assignment, minutes);
        for (rate, share) in spells(rates, first, &context.calendars[index], start, finish) {
            cost.variable += quantity(context, index, assignment, rate, used) * share * rate.rate * in_own(rate);
        }
    }
    cost
}

/// The rates of a bearer, oldest first; those of its role where a resource has none of its own.
fn rates_of<'c, 'a>(context: &'c Context<'a>, bearer: &Bearer) -> &'c [&'a Rate] {
    let of_bearer = |bearer: &Bearer| context.rates.get(bearer).map(Vec::as_slice).filter(|rates| !rates.is_empty());
    let of_role = || match bearer {
        Bearer::Resource(id) => {
            let resource = context.portfolio.resources.iter().find(|resource| resource.id == *id)?;
            of_bearer(&Bearer::Role(resource.role.clone()?))
        }
        Bearer::Role(_) => None,
    };
    of_bearer(bearer).or_else(of_role).unwrap_or_default()
}

/// The last rate from on or before a day, else the first one.
fn rate_in_force<'a>(rates: &[&'a Rate], day: Day) -> Option<&'a Rate> {
    rates.iter().rev().find(|rate| rate.from <= day).or(rates.first()).copied()
}

/// The rates in force between two moments, each with its share of the working time.
fn spells<'a>(
    rates: &[&'a Rate],
    first: &'a Rate,
    calendar: &WorkCalendar,
    start: Moment,
    finish: Moment,
) -> Vec<(&'a Rate, Decimal)> {
    let all = calendar.work(start, finish);
    if all <= 0 {
        return vec![(first, Decimal::ONE)];
    }
    let later = rates.iter().filter(|rate| rate.from > first.from).map(|rate| (*rate, Moment::start_of(rate.from)));
    let begins: Vec<(&Rate, Moment)> = std::iter::once((first, start)).chain(later.filter(|(_, from)| *from < finish)).collect();
    let ends = begins.iter().skip(1).map(|(_, from)| *from).chain([finish]);
    let share =
        |(&(rate, from), to): (&(&'a Rate, Moment), Moment)| (rate, Decimal::from(calendar.work(from, to)) / Decimal::from(all));
    begins.iter().zip(ends).map(share).collect()
}

/// From a rate's currency, the reporting one where it names none, to that of the activity, at the budget rate.
fn exchange(context: &Context<'_>, index: usize, rate: &Rate, day: Day) -> Option<Decimal> {
    let from = rate.currency.unwrap_or(context.portfolio.settings.reporting_currency);
    context.exchange(RateKind::Budget, from, context.currency_of(index), day).ok()
}

fn report_no_rate(context: &Context<'_>, index: usize, rate: &Rate, findings: &mut Findings) {
    let own = context.currency_of(index);
    let from = rate.currency.unwrap_or(context.portfolio.settings.reporting_currency);
    findings.push(
        codes::EXCHANGE_RATE_MISSING
            .at(rate.origin.clone())
            .field("Rates", "Currency")
            .found(format!("a rate in {from} for work in {own}"))
            .expected(format!("a budget rate from {from} to {own} in FX rates"))
            .hint("The assignment counts as costing nothing until the exchange rate is given."),
    );
}

/// Minutes of work of an assignment: as given, or its units over the baseline duration.
pub fn minutes_used(context: &Context<'_>, index: usize, assignment: &Assignment, minutes: i64) -> Decimal {
    let work = assignment.work.as_ref().and_then(|work| work.minutes(&context.calendars[index]));
    work.map_or_else(|| units(assignment) * Decimal::from(minutes), Decimal::from)
}

/// Units as given; one where none are, unless a lump sum stands for them.
fn units(assignment: &Assignment) -> Decimal {
    let implied = if assignment.work.is_none() && assignment.fixed_cost.is_some() { Decimal::ZERO } else { Decimal::ONE };
    assignment.units.and_then(number::from_excel).unwrap_or(implied)
}

/// How many units of a rate some minutes of work are; of a consumable, the units themselves.
fn quantity(context: &Context<'_>, index: usize, assignment: &Assignment, rate: &Rate, used: Decimal) -> Decimal {
    let calendar = &context.calendars[index];
    let length = match rate.unit {
        RateUnit::Hour => 60,
        RateUnit::Day => calendar.minutes_per_day(),
        RateUnit::Week => calendar.minutes_per_week(),
        RateUnit::Month => calendar.minutes_per_month(),
        RateUnit::Each => return units(assignment),
    };
    used / Decimal::from(length.max(1))
}
