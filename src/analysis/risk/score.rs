//! One risk: bands, impact, means and expected values.

use super::AssessedRisk;
use crate::analysis::measure::{Measure, Undefined};
use crate::base::money::{Currency, Money};
use crate::base::number;
use crate::model::exchange::When;
use crate::model::finance::RateKind;
use crate::model::portfolio::Portfolio;
use crate::model::risk::Risk;
use rust_decimal::Decimal;

/// Where an impact of 1 to 5 comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImpactBasis {
    /// The register's impact score.
    Given,
    /// The highest of its scores by dimension.
    HighestDimension,
    /// The band of its likely cost as a share of the initiative's approved budget.
    CostShare,
    /// Nothing says.
    None,
}

impl ImpactBasis {
    /// For a sheet.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Given => "impact score",
            Self::HighestDimension => "highest score by dimension",
            Self::CostShare => "likely cost as a share of the approved budget",
            Self::None => "not scored",
        }
    }
}

/// How a mean was taken from min, likely and max.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CostBasis {
    /// (min + likely + max) / 3.
    Triangular,
    /// (min + max) / 2.
    Uniform,
    /// Likely.
    Likely,
    /// Nothing says.
    None,
}

impl CostBasis {
    /// For a sheet.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Triangular => "triangular mean (min + likely + max) / 3",
            Self::Uniform => "(min + max) / 2",
            Self::Likely => "likely",
            Self::None => "no amount",
        }
    }
}

/// The score and the expected value of a risk.
pub(super) fn assess(portfolio: &Portfolio, risk: &Risk) -> AssessedRisk {
    let bands = &portfolio.settings.risk_bands;
    let probability_band = band(risk.probability, &bands.probability);
    let residual_probability = risk.residual_probability.unwrap_or(risk.probability);
    let residual_band = band(residual_probability, &bands.probability);
    let (impact, impact_basis) = impact(portfolio, risk);
    let residual_impact = residual_impact(portfolio, risk, impact, impact_basis);
    let (mean, cost_basis) = mean(&risk.cost);
    let days = risk.days.map(|days| days.and_then(number::from_excel));
    let residual_cost = risk.residual_cost.map_or(mean, Ok);
    AssessedRisk {
        risk: risk.id.clone(),
        initiative: risk.initiative.clone(),
        category: risk.category.clone().unwrap_or_default(),
        opportunity: risk.opportunity,
        probability_band,
        impact,
        impact_basis,
        score: impact.map(|impact| impact * probability_band),
        residual_band,
        residual_impact,
        residual_score: residual_impact.map(|impact| impact * residual_band),
        cost_basis,
        mean_cost: mean.and_then(|mean| Money::rounded(mean, risk.currency).map_err(|_| Undefined::TooLarge)),
        expected: expected(portfolio, risk.currency, risk.probability, mean),
        residual_expected: expected(portfolio, risk.currency, residual_probability, residual_cost),
        expected_days: self::mean(&days).0.map(|days| number::to_f64(days) * risk.probability),
    }
}

/// The band of a value, 1 to 5; a value on a bound belongs to the lower band.
pub(super) fn band(value: f64, bounds: &[f64; 4]) -> u8 {
    bounds.iter().fold(1, |band, bound| band + u8::from(value > *bound))
}

fn impact(portfolio: &Portfolio, risk: &Risk) -> (Measure<u8>, ImpactBasis) {
    if let Some(score) = risk.impact_score {
        return (u8::try_from(score.clamp(1, 5)).map_err(|_| Undefined::NoImpact), ImpactBasis::Given);
    }
    let highest = risk.impact_scores.iter().map(|(_, score)| *score).fold(f64::NAN, f64::max);
    if highest.is_finite() {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held between 1 and 5")]
        let score = highest.round().clamp(1.0, 5.0) as u8;
        return (Ok(score), ImpactBasis::HighestDimension);
    }
    match risk.cost[1].map_or(Err(Undefined::NoImpact), |cost| cost_band(portfolio, risk, cost)) {
        Ok(score) => (Ok(score), ImpactBasis::CostShare),
        Err(why) => (Err(why), ImpactBasis::None),
    }
}

/// The band of a cost as a share of the initiative's approved budget.
fn cost_band(portfolio: &Portfolio, risk: &Risk, cost: Decimal) -> Measure<u8> {
    let initiative = portfolio.initiative(&risk.initiative);
    let (budget, currency) =
        initiative.and_then(|known| Some((known.approved_budget?, known.currency))).ok_or(Undefined::NoBudget)?;
    let budget = budget.checked_mul(plan_rate(portfolio, currency)?).ok_or(Undefined::TooLarge)?;
    let cost = cost.abs().checked_mul(plan_rate(portfolio, risk.currency)?).ok_or(Undefined::TooLarge)?;
    let share = number::ratio(cost, budget).ok_or(Undefined::NoBudget)?;
    Ok(band(share, &portfolio.settings.risk_bands.cost_share))
}

/// The impact after the response: of the residual cost where the impact was taken from cost, else unchanged.
fn residual_impact(portfolio: &Portfolio, risk: &Risk, impact: Measure<u8>, basis: ImpactBasis) -> Measure<u8> {
    match (basis, risk.residual_cost) {
        (ImpactBasis::CostShare, Some(cost)) => cost_band(portfolio, risk, cost),
        _ => impact,
    }
}

fn mean([min, likely, max]: &[Option<Decimal>; 3]) -> (Measure<Decimal>, CostBasis) {
    match (min, likely, max) {
        (Some(min), Some(likely), Some(max)) => (average(&[min, likely, max]), CostBasis::Triangular),
        (Some(min), None, Some(max)) => (average(&[min, max]), CostBasis::Uniform),
        (_, Some(likely), _) => (Ok(*likely), CostBasis::Likely),
        _ => (Err(Undefined::NoAmount), CostBasis::None),
    }
}

fn average(values: &[&Decimal]) -> Measure<Decimal> {
    let sum = values.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(**value));
    sum.and_then(|sum| sum.checked_div(Decimal::from(values.len()))).ok_or(Undefined::TooLarge)
}

fn expected(portfolio: &Portfolio, currency: Currency, probability: f64, mean: Measure<Decimal>) -> Measure<Money> {
    let probability = number::from_excel(probability).ok_or(Undefined::TooLarge)?;
    let rate = plan_rate(portfolio, currency)?;
    let amount = mean?.checked_mul(probability).and_then(|amount| amount.checked_mul(rate)).ok_or(Undefined::TooLarge)?;
    Money::rounded(amount, portfolio.settings.reporting_currency).map_err(|_| Undefined::TooLarge)
}

/// The budget rate of the as-of period to the reporting currency.
pub(super) fn plan_rate(portfolio: &Portfolio, from: Currency) -> Measure<Decimal> {
    let settings = &portfolio.settings;
    let period = settings.fiscal.period_of(settings.as_of.day());
    let rate = portfolio.exchange.convert_rate(from, settings.reporting_currency, RateKind::Budget, When::Period(period));
    rate.ok_or(Undefined::NoExchangeRate)
}
