//! The range that the formulas span, and where the estimate of the people in charge lies.

use super::result::{CostMeasures, Performance, PerformanceFactor};
use super::views::EstimateRange;
use crate::analysis::measure::{Measure, Undefined};
use rust_decimal::Decimal;

/// The range of the formulas that apply, with the estimate from the bottom up beside it.
#[must_use]
pub fn range(cost: &CostMeasures, stated: Measure<Decimal>) -> EstimateRange {
    let by: Vec<(String, Measure<Decimal>)> =
        PerformanceFactor::ALL.into_iter().map(|factor| (factor.label().to_string(), cost.estimate(factor))).collect();
    let none = by.iter().find_map(|(_, estimate)| estimate.err()).unwrap_or(Undefined::NoBudget);
    let known = || by.iter().filter_map(|(label, estimate)| estimate.ok().map(|estimate| (estimate, label.as_str())));
    let low = known().reduce(|best, next| if next.0 < best.0 { next } else { best });
    let high = known().reduce(|best, next| if next.0 > best.0 { next } else { best });
    let amount = |end: Option<(Decimal, &str)>| end.map(|(amount, _)| amount).ok_or(none);
    let label = |end: Option<(Decimal, &str)>| end.map(|(_, label)| label.to_string()).unwrap_or_default();
    let inside = || Ok((amount(low)?..=amount(high)?).contains(&stated?));
    EstimateRange {
        low: amount(low),
        low_by: label(low),
        high: amount(high),
        high_by: label(high),
        stated,
        stated_inside: inside(),
        by,
    }
}

/// The range at the last of some status dates, without an estimate from the bottom up.
#[must_use]
pub fn of_history(history: &[Performance]) -> EstimateRange {
    let none = EstimateRange {
        low: Err(Undefined::NoBaseline),
        low_by: String::new(),
        high: Err(Undefined::NoBaseline),
        high_by: String::new(),
        by: Vec::new(),
        stated: Err(Undefined::NoForecast),
        stated_inside: Err(Undefined::NoForecast),
    };
    history.last().map_or(none, |current| range(&current.cost, Err(Undefined::NoForecast)))
}

/// Sets the estimate from the bottom up beside the formulas.
pub fn state(range: &mut EstimateRange, stated: Measure<Decimal>) {
    range.stated = stated;
    range.stated_inside = match (range.low, range.high, stated) {
        (Ok(low), Ok(high), Ok(stated)) => Ok((low..=high).contains(&stated)),
        (_, _, Err(none)) | (Err(none), ..) | (_, Err(none), _) => Err(none),
    };
}
