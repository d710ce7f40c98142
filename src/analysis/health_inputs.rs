//! What the cost position, the benefits and the registers say of each initiative, in the form that health rates.

use crate::analysis::benefits::BenefitsRealisation;
use crate::analysis::cost::CostPosition;
use crate::analysis::health::{BenefitOutlook, CostOutlook, Outlooks, RiskOutlook};
use crate::analysis::measure::{Measure, Undefined};
use crate::analysis::risk::RiskExposure;
use crate::base::id::InitiativeId;
use crate::base::money::Money;
use crate::base::number;
use crate::model::portfolio::Portfolio;
use crate::model::risk::{Issue, IssueStatus};

/// What is said of one initiative; none of what no table came in for.
#[must_use]
pub fn outlooks(
    portfolio: &Portfolio,
    cost: &CostPosition,
    benefits: &BenefitsRealisation,
    risk: &RiskExposure,
    of: &InitiativeId,
) -> Outlooks {
    Outlooks {
        cost: cost_outlook(cost, of).filter(|_| portfolio.has_table("Budgets")),
        benefits: benefit_outlook(benefits, of).filter(|_| portfolio.has_table("Benefits")),
        risk: (portfolio.has_table("Risks") || portfolio.has_table("Issues")).then(|| risk_outlook(portfolio, risk, of)),
    }
}

fn cost_outlook(cost: &CostPosition, of: &InitiativeId) -> Option<CostOutlook> {
    let initiative = cost.initiatives.iter().find(|cost| cost.initiative == *of)?;
    let life = &initiative.own.life;
    Some(CostOutlook { budget_over_forecast: share(life.budget, life.outlook) })
}

fn benefit_outlook(benefits: &BenefitsRealisation, of: &InitiativeId) -> Option<BenefitOutlook> {
    let (_, figures) = benefits.initiatives.iter().find(|(initiative, _)| initiative == of)?;
    Some(BenefitOutlook {
        realised_over_planned: share(figures.realised.to_date, figures.business_case.to_date),
        forecast_over_case: share(figures.forecast.total, figures.business_case.total),
    })
}

fn risk_outlook(portfolio: &Portfolio, risk: &RiskExposure, of: &InitiativeId) -> RiskOutlook {
    let threats = risk.risks.iter().filter(|risk| risk.initiative == *of && !risk.opportunity);
    let exposure = risk.initiatives.iter().find(|(initiative, _)| initiative == of);
    let as_of = portfolio.settings.as_of.day();
    let issues = || portfolio.issues.iter().filter(|issue| issue.initiative == *of && is_open(issue));
    RiskOutlook {
        highest_score: threats.filter_map(|risk| risk.score.ok()).max().map(i64::from),
        contingency_over_exposure: exposure.map_or(Err(Undefined::NoAmount), |(_, exposure)| exposure.contingency_cover),
        severe_issues: issues().filter(|issue| issue.severity == 1).count(),
        overdue_issues: issues().filter(|issue| issue.due.is_some_and(|due| due < as_of)).count(),
    }
}

const fn is_open(issue: &Issue) -> bool {
    !matches!(issue.status, IssueStatus::Closed | IssueStatus::Resolved)
}

fn share(part: Measure<Money>, whole: Measure<Money>) -> Measure<f64> {
    number::ratio(part?.amount(), whole?.amount()).ok_or(Undefined::NothingToCompare)
}
