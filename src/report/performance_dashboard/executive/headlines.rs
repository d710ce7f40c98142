//! The headline figures of the run, for the tiles and for the next run to compare with.

use crate::analysis::lateness;
use crate::analysis::measure::Measure;
use crate::base::day::Moment;
use crate::base::finding::Severity;
use crate::base::number;
use crate::report::ReportInput;
use crate::report::headline::{Figure, Headline, PORTFOLIO, Unit};
use rust_decimal::Decimal;

/// Digits kept of a ratio.
const RATIO_DIGITS: u32 = 6;

/// Every headline: the portfolio's, then each initiative's.
#[must_use]
pub fn headlines(input: &ReportInput<'_>) -> Vec<Headline> {
    let mut all = of_portfolio(input);
    all.extend(of_initiatives(input));
    all
}

fn of_portfolio(input: &ReportInput<'_>) -> Vec<Headline> {
    let results = &input.analyses.earned_value.portfolio;
    let money = Unit::Money(results.currency);
    let none = || Err("no status date".to_string());
    let current = results.history.last();
    let amount = |amount: Measure<Decimal>| reasoned(amount).map(|amount| number::round(amount, results.currency.exponent()));
    let finishes = lateness::finishes(input.portfolio, &input.analyses.schedules.current, &input.analyses.earned_value);
    let counted = finishes.iter().filter(|finish| results.counted.contains(&finish.initiative));
    let finish = counted.filter_map(|finish| finish.forecast).max();
    let mut all = vec![
        line("budget_at_completion", money, current.map_or_else(none, |at| amount(Ok(at.base.budget_at_completion)))),
        line("actual_cost", money, current.map_or_else(none, |at| amount(at.base.actual_cost))),
        line("estimate_at_completion", money, amount(results.sum_of_estimates)),
        line("cost_performance_index", Unit::Index, current.map_or_else(none, |at| index(at.cost.cost_performance_index))),
        line(
            "schedule_performance_index_time",
            Unit::Index,
            current.map_or_else(none, |at| index(at.time.schedule_performance_index)),
        ),
        line("errors", Unit::Count, Ok(Decimal::from(input.findings.count(Severity::Error)))),
    ];
    all.push(Headline { scope: PORTFOLIO.into(), measure: "forecast_finish".into(), unit: Unit::Date, value: date(finish) });
    all
}

fn of_initiatives(input: &ReportInput<'_>) -> Vec<Headline> {
    let finishes = lateness::finishes(input.portfolio, &input.analyses.schedules.current, &input.analyses.earned_value);
    let results = &input.analyses.earned_value.initiatives;
    let of = |(result, finish): (&crate::analysis::earned_value::InitiativeEarnedValue, &lateness::Finish)| {
        let none = || Err("no status date".to_string());
        let current = result.current();
        let days = finish.days_late.and_then(number::from_excel).ok_or_else(|| "no baseline dates".to_string());
        let scope = result.initiative.to_string();
        let estimate = current.map_or_else(none, |at| reasoned(at.cost.estimate_at_completion));
        let estimate = estimate.map(|amount| number::round(amount, result.currency.exponent()));
        let lines = vec![
            line("cost_performance_index", Unit::Index, current.map_or_else(none, |at| index(at.cost.cost_performance_index))),
            line(
                "schedule_performance_index_time",
                Unit::Index,
                current.map_or_else(none, |at| index(at.time.schedule_performance_index)),
            ),
            line("estimate_at_completion", Unit::Money(result.currency), estimate),
            line("days_late", Unit::Days, days),
            Headline { scope: String::new(), measure: "forecast_finish".into(), unit: Unit::Date, value: date(finish.forecast) },
        ];
        lines.into_iter().map(move |line| Headline { scope: scope.clone(), ..line })
    };
    results.iter().zip(&finishes).flat_map(of).collect()
}

fn line(measure: &str, unit: Unit, value: Result<Decimal, String>) -> Headline {
    Headline {
        scope: PORTFOLIO.into(),
        measure: measure.into(),
        unit,
        value: value.map(|number| Figure::Number(number.normalize())),
    }
}

fn reasoned<T>(value: Measure<T>) -> Result<T, String> {
    value.map_err(|none| none.reason().to_string())
}

fn index(value: Measure<f64>) -> Result<Decimal, String> {
    let number = reasoned(value)?;
    number::from_excel(number).map(|number| number::round(number, RATIO_DIGITS)).ok_or_else(|| "too large to show".into())
}

fn date(at: Option<Moment>) -> Result<Figure, String> {
    at.map(|at| Figure::Date(at.finish_day())).ok_or_else(|| "no activities".into())
}
