//! Risk exposure from the register: scores, expected values, the heat map, the largest risks. No simulation.
//!
//! A score is probability band times impact, each 1 to 5; bands are settings. A score ranks and is no quantity: the
//! expected value stands beside it. Expected value = probability × mean cost, where the mean is (min + likely + max) / 3
//! (triangular) where all three are given, (min + max) / 2 where likely is missing, else likely. Threats and opportunities
//! are never netted but in the one figure called net. Amounts are converted at the budget rate of the as-of period and
//! rounded once a risk. Only open risks count; drafts, closed and occurred ones are counted apart.

mod score;
#[cfg(test)]
mod tests;

pub use score::{CostBasis, ImpactBasis};

use crate::analysis::measure::{Measure, Undefined};
use crate::base::id::{InitiativeId, RiskId};
use crate::base::money::{Currency, Money};
use crate::base::number;
use crate::model::portfolio::Portfolio;
use crate::model::risk::{Risk, RiskStatus};
use std::collections::BTreeMap;

/// The exposure of the portfolio.
#[derive(Clone, Debug, PartialEq)]
pub struct RiskExposure {
    /// Reporting currency.
    pub currency: Currency,
    /// Open risks, by id.
    pub risks: Vec<AssessedRisk>,
    /// Ids of open threats, the largest expected value first; those without an amount follow by score.
    pub ranked_threats: Vec<RiskId>,
    /// Ids of open opportunities, in the same order.
    pub ranked_opportunities: Vec<RiskId>,
    /// Open threats by cell, before the response: 25 cells, most likely and largest first.
    pub threats_inherent: Vec<HeatCell>,
    /// Open threats by cell, after the response; a risk without residual values stays where it was.
    pub threats_residual: Vec<HeatCell>,
    /// Open opportunities by cell.
    pub opportunities: Vec<HeatCell>,
    /// By initiative, by id; those with an open risk.
    pub initiatives: Vec<(InitiativeId, Exposure)>,
    /// By category, by name; empty: none given.
    pub categories: Vec<(String, Exposure)>,
    /// All open risks.
    pub total: Exposure,
    /// Number of risks that are open, draft, occurred, closed.
    pub counts: StatusCounts,
}

/// Risks by status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StatusCounts {
    /// Open.
    pub open: usize,
    /// Draft.
    pub draft: usize,
    /// Occurred.
    pub occurred: usize,
    /// Closed.
    pub closed: usize,
}

/// An open risk with its score and its expected value.
#[derive(Clone, Debug, PartialEq)]
pub struct AssessedRisk {
    /// Which.
    pub risk: RiskId,
    /// The initiative.
    pub initiative: InitiativeId,
    /// Category; empty where none is given.
    pub category: String,
    /// True for an opportunity.
    pub opportunity: bool,
    /// Band of the probability, 1 to 5.
    pub probability_band: u8,
    /// Impact, 1 to 5.
    pub impact: Measure<u8>,
    /// Where the impact comes from.
    pub impact_basis: ImpactBasis,
    /// Probability band times impact, 1 to 25.
    pub score: Measure<u8>,
    /// Band of the residual probability.
    pub residual_band: u8,
    /// Impact after the response.
    pub residual_impact: Measure<u8>,
    /// Score after the response.
    pub residual_score: Measure<u8>,
    /// How the mean cost was taken.
    pub cost_basis: CostBasis,
    /// Mean cost if it happens, in the risk's own currency.
    pub mean_cost: Measure<Money>,
    /// Probability × mean cost, in the reporting currency.
    pub expected: Measure<Money>,
    /// Residual probability × residual likely cost (each the inherent one where not given), in the reporting currency.
    pub residual_expected: Measure<Money>,
    /// Probability × mean of the days, in working days; by the same rule as cost.
    pub expected_days: Measure<f64>,
}

/// A cell of the heat map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeatCell {
    /// Band of the probability, 1 to 5.
    pub probability: u8,
    /// Impact, 1 to 5.
    pub impact: u8,
    /// Risks in it, by id.
    pub risks: Vec<RiskId>,
}

/// The exposure of a scope, in the reporting currency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exposure {
    /// Threats: cost to be expected.
    pub threats: Side,
    /// Opportunities: gain to be expected.
    pub opportunities: Side,
    /// Threats less opportunities.
    pub net: Measure<Money>,
    /// Contingency of the scope's initiatives as a share of the residual exposure to threats.
    pub contingency_cover: Measure<f64>,
}

/// Threats or opportunities of a scope.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Side {
    /// Open risks.
    pub count: usize,
    /// Those of them with an expected value: the sums cover these.
    pub quantified: usize,
    /// Sum of expected values.
    pub expected: Measure<Money>,
    /// Sum of expected values after the response.
    pub residual: Measure<Money>,
}

/// Scores and expected values of a risk, whatever its status.
#[must_use]
pub fn assess(portfolio: &Portfolio, risk: &Risk) -> AssessedRisk {
    score::assess(portfolio, risk)
}

/// Works out the exposure.
#[must_use]
pub fn risk_exposure(portfolio: &Portfolio) -> RiskExposure {
    let open = portfolio.risks.iter().filter(|risk| risk.status == RiskStatus::Open);
    let risks: Vec<AssessedRisk> = open.map(|risk| score::assess(portfolio, risk)).collect();
    RiskExposure {
        currency: portfolio.settings.reporting_currency,
        ranked_threats: ranked(&risks, false),
        ranked_opportunities: ranked(&risks, true),
        threats_inherent: heat_map(&risks, false, |risk| (risk.probability_band, risk.impact)),
        threats_residual: heat_map(&risks, false, |risk| (risk.residual_band, risk.residual_impact)),
        opportunities: heat_map(&risks, true, |risk| (risk.probability_band, risk.impact)),
        initiatives: grouped(portfolio, &risks, |risk| risk.initiative.clone()),
        categories: grouped(portfolio, &risks, |risk| risk.category.clone()),
        total: exposure(portfolio, &risks.iter().collect::<Vec<_>>()),
        counts: counts(&portfolio.risks),
        risks,
    }
}

fn counts(risks: &[Risk]) -> StatusCounts {
    let count = |status| risks.iter().filter(|risk| risk.status == status).count();
    StatusCounts {
        open: count(RiskStatus::Open),
        draft: count(RiskStatus::Draft),
        occurred: count(RiskStatus::Occurred),
        closed: count(RiskStatus::Closed),
    }
}

fn ranked(risks: &[AssessedRisk], opportunity: bool) -> Vec<RiskId> {
    let mut side: Vec<&AssessedRisk> = risks.iter().filter(|risk| risk.opportunity == opportunity).collect();
    let size = |risk: &AssessedRisk| (risk.expected.map_or(i64::MIN, |money| money.minor), risk.score.unwrap_or(0));
    side.sort_by_key(|risk| (std::cmp::Reverse(size(risk)), risk.risk.clone()));
    side.into_iter().map(|risk| risk.risk.clone()).collect()
}

/// All 25 cells, most likely first, then largest impact first.
fn heat_map(risks: &[AssessedRisk], opportunity: bool, place: impl Fn(&AssessedRisk) -> (u8, Measure<u8>)) -> Vec<HeatCell> {
    let cells = (1..=5).rev().flat_map(|probability| (1..=5).rev().map(move |impact| (probability, impact)));
    let mine = |risk: &&AssessedRisk| risk.opportunity == opportunity;
    let inside = |probability, impact| {
        let here = risks.iter().filter(mine).filter(|risk| place(risk) == (probability, Ok(impact)));
        here.map(|risk| risk.risk.clone()).collect()
    };
    cells.map(|(probability, impact)| HeatCell { probability, impact, risks: inside(probability, impact) }).collect()
}

fn grouped<K: Ord>(portfolio: &Portfolio, risks: &[AssessedRisk], key: impl Fn(&AssessedRisk) -> K) -> Vec<(K, Exposure)> {
    let mut groups: BTreeMap<K, Vec<&AssessedRisk>> = BTreeMap::new();
    for risk in risks {
        groups.entry(key(risk)).or_default().push(risk);
    }
    groups.into_iter().map(|(key, members)| (key, exposure(portfolio, &members))).collect()
}

fn exposure(portfolio: &Portfolio, risks: &[&AssessedRisk]) -> Exposure {
    let currency = portfolio.settings.reporting_currency;
    let threats = side(risks, false, currency);
    let opportunities = side(risks, true, currency);
    let minor = |side: &Side| if side.count == 0 { Ok(0) } else { side.expected.map(|money| money.minor) };
    let net = minor(&threats).and_then(|cost| {
        let net = cost.checked_sub(minor(&opportunities)?).ok_or(Undefined::TooLarge)?;
        Ok(Money::new(net, currency))
    });
    Exposure { net, contingency_cover: contingency_cover(portfolio, risks, &threats), threats, opportunities }
}

fn side(risks: &[&AssessedRisk], opportunity: bool, currency: Currency) -> Side {
    let mine: Vec<&&AssessedRisk> = risks.iter().filter(|risk| risk.opportunity == opportunity).collect();
    let quantified = mine.iter().filter(|risk| risk.expected.is_ok()).count();
    let sum = |amount: fn(&AssessedRisk) -> Measure<Money>| {
        let minors: Vec<i64> = mine.iter().filter_map(|risk| amount(risk).ok()).map(|money| money.minor).collect();
        if minors.is_empty() {
            return Err(Undefined::NoAmount);
        }
        let sum = minors.iter().try_fold(0, |sum: i64, minor| sum.checked_add(*minor)).ok_or(Undefined::TooLarge)?;
        Ok(Money::new(sum, currency))
    };
    Side { count: mine.len(), quantified, expected: sum(|risk| risk.expected), residual: sum(|risk| risk.residual_expected) }
}

/// Contingency of the initiatives concerned, in the reporting currency, over the residual exposure to threats.
fn contingency_cover(portfolio: &Portfolio, risks: &[&AssessedRisk], threats: &Side) -> Measure<f64> {
    let initiatives: std::collections::BTreeSet<&InitiativeId> = risks.iter().map(|risk| &risk.initiative).collect();
    let mut contingency = rust_decimal::Decimal::ZERO;
    let mut given = false;
    for initiative in initiatives.into_iter().filter_map(|id| portfolio.initiative(id)) {
        let Some(amount) = initiative.contingency else { continue };
        let rate = score::plan_rate(portfolio, initiative.currency)?;
        contingency += amount.checked_mul(rate).ok_or(Undefined::TooLarge)?;
        given = true;
    }
    let exposure = threats.residual?.amount();
    if given { number::ratio(contingency, exposure).ok_or(Undefined::NothingToCompare) } else { Err(Undefined::NoAmount) }
}
