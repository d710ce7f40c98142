//! The headlines that the next run compares with: the tiles, and the indices of each initiative.

use super::tiles;
use crate::analysis::earned_value::InitiativeEarnedValue;
use crate::analysis::lateness::{Finish, finishes};
use crate::analysis::measure::Measure;
use crate::base::number;
use crate::report::ReportInput;
use crate::report::book::Book;
use crate::report::headline::{Figure, Headline, PORTFOLIO, Unit};
use crate::report::performance_dashboard::context::Context;
use rust_decimal::Decimal;

/// Digits kept of a ratio.
const RATIO_DIGITS: u32 = 6;

/// Every headline: the portfolio's, then each initiative's. `detail` holds the tables behind the tiles.
#[must_use]
pub fn headlines(context: &Context<'_>, detail: &Book) -> Vec<Headline> {
    let tiles = tiles::headlines(context, detail).into_iter();
    let mut all: Vec<Headline> =
        tiles.map(|(measure, unit, value)| Headline { scope: PORTFOLIO.into(), measure: measure.into(), unit, value }).collect();
    all.extend(of_initiatives(context.input));
    all
}

fn of_initiatives(input: &ReportInput<'_>) -> Vec<Headline> {
    let finishes = finishes(input.portfolio, &input.analyses.schedules.current, &input.analyses.earned_value);
    input
        .analyses
        .earned_value
        .initiatives
        .iter()
        .zip(&finishes)
        .flat_map(|(result, finish)| of_initiative(result, finish))
        .collect()
}

fn of_initiative(result: &InitiativeEarnedValue, finish: &Finish) -> Vec<Headline> {
    let current = result.current();
    let none = || Err("no status date".to_string());
    let days = finish.days_late.and_then(number::from_excel).ok_or_else(|| "no baseline dates".to_string());
    let estimate = current.map_or_else(none, |at| reasoned(at.cost.estimate_at_completion));
    let estimate = estimate.map(|amount| number::round(amount, result.currency.exponent()));
    let forecast = finish.forecast.map(|at| Figure::Date(at.finish_day())).ok_or_else(|| "no activities".to_string());
    let number = |value: Result<Decimal, String>| value.map(|number| Figure::Number(number.normalize()));
    let lines = [
        ("cost_performance_index", Unit::Index, number(current.map_or_else(none, |at| index(at.cost.cost_performance_index)))),
        (
            "schedule_performance_index_time",
            Unit::Index,
            number(current.map_or_else(none, |at| index(at.time.schedule_performance_index))),
        ),
        ("estimate_at_completion", Unit::Money(result.currency), number(estimate)),
        ("days_late", Unit::Days, number(days)),
        ("forecast_finish", Unit::Date, forecast),
    ];
    let scope = result.initiative.to_string();
    let line = |(measure, unit, value): (&str, Unit, Result<Figure, String>)| Headline {
        scope: scope.clone(),
        measure: measure.into(),
        unit,
        value,
    };
    lines.into_iter().map(line).collect()
}

fn reasoned<T>(value: Measure<T>) -> Result<T, String> {
    value.map_err(|none| none.reason().to_string())
}

fn index(value: Measure<f64>) -> Result<Decimal, String> {
    let number = reasoned(value)?;
    number::from_excel(number).map(|number| number::round(number, RATIO_DIGITS)).ok_or_else(|| "too large to show".into())
}
