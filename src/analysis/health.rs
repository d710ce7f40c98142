//! One page of health for each initiative: schedule, cost, benefits, risk and overall, each with the rule that rated it.
//!
//! Promises: every rating prints its rule with the figures and limits that decided it; a rating without inputs is not
//! available, with the reason; the owner's own rating stands beside the computed one and never replaces it unseen. Paused,
//! proposed and cancelled initiatives are not rated; a complete one is blue.
//!
//! Ratings use three steps. Of several signs the worst decides, and all are listed.

use crate::analysis::earned_value::{EarnedValue, Performance};
use crate::analysis::measure::{Measure, Undefined};
use crate::analysis::milestones::MilestoneStatus;
use crate::analysis::schedule::{ActivityState, InitiativeSchedule, Schedules};
use crate::base::id::InitiativeId;
use crate::model::activity::ActivityType;
use crate::model::initiative::{Initiative, InitiativeStatus, Rag, RagOverride};
use crate::model::portfolio::Portfolio;
use crate::model::settings::Thresholds;

/// A risk scored at or above this, on a scale of 5 × 5, is a red sign.
pub const RED_SCORE: i64 = 20;

/// A risk scored at or above this, on a scale of 5 × 5, is an amber sign.
pub const AMBER_SCORE: i64 = 12;

/// What the cost position says of an initiative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CostOutlook {
    /// Budget over expected outturn: 1 is on budget, below 1 is over it.
    pub budget_over_forecast: Measure<f64>,
}

/// What benefits realisation says of an initiative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BenefitOutlook {
    /// Realised over planned, to date.
    pub realised_over_planned: Measure<f64>,
    /// Forecast over business case, in full.
    pub forecast_over_case: Measure<f64>,
}

/// What the registers say of an initiative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RiskOutlook {
    /// Highest score of an open threat, 1 to 25; none without open threats.
    pub highest_score: Option<i64>,
    /// Contingency left over exposure: 1 covers it.
    pub contingency_over_exposure: Measure<f64>,
    /// Open issues of the highest severity.
    pub severe_issues: usize,
    /// Open issues past their due date.
    pub overdue_issues: usize,
}

/// What other analyses say of an initiative; none where their tables did not come in.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outlooks {
    /// Cost position.
    pub cost: Option<CostOutlook>,
    /// Benefits.
    pub benefits: Option<BenefitOutlook>,
    /// Risks and issues.
    pub risk: Option<RiskOutlook>,
}

/// A rating and the rule that gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// The rating; none where it is not available.
    pub rag: Option<Rag>,
    /// The rule with its figures, or the reason why there is none.
    pub rule: String,
}

/// The health of an initiative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// Which.
    pub initiative: InitiativeId,
    /// Schedule.
    pub schedule: Rating,
    /// Cost.
    pub cost: Rating,
    /// Scope and benefits.
    pub benefits: Rating,
    /// Risks and issues.
    pub risk: Rating,
    /// The worst of the four.
    pub overall: Rating,
    /// The owner's own rating, with the reason.
    pub owner: Option<RagOverride>,
}

impl Health {
    /// The rating to be shown: the owner's where there is one, else the computed one.
    #[must_use]
    pub fn shown(&self) -> Option<Rag> {
        self.owner.as_ref().map(|owner| owner.rag).or(self.overall.rag)
    }

    /// True where the owner's rating differs from the computed one.
    #[must_use]
    pub fn is_overridden(&self) -> bool {
        self.owner.as_ref().is_some_and(|owner| Some(owner.rag) != self.overall.rag)
    }
}

/// All that the rating of one initiative takes.
#[derive(Clone, Debug)]
pub struct HealthInput<'a> {
    /// The initiative.
    pub initiative: &'a Initiative,
    /// Limits.
    pub thresholds: &'a Thresholds,
    /// Its schedule.
    pub schedule: Option<&'a InitiativeSchedule>,
    /// Its earned value at the data date.
    pub performance: Option<&'a Performance>,
    /// Its milestones.
    pub milestones: Vec<&'a MilestoneStatus>,
    /// What other analyses say.
    pub outlooks: Outlooks,
}

/// The health of every initiative, as [`Portfolio::initiatives`].
#[must_use]
pub fn health(
    portfolio: &Portfolio,
    schedules: &Schedules,
    earned_value: &EarnedValue,
    milestones: &[MilestoneStatus],
    outlooks: &dyn Fn(&Initiative) -> Outlooks,
) -> Vec<Health> {
    let input = |(position, initiative): (usize, &'_ Initiative)| {
        let is_own = |milestone: &&MilestoneStatus| portfolio.activity(milestone.activity).key.initiative == initiative.id;
        rate(&HealthInput {
            initiative,
            thresholds: &portfolio.settings.thresholds,
            schedule: schedules.current.initiatives.get(position),
            performance: earned_value.initiatives.get(position).and_then(|each| each.current()),
            milestones: milestones.iter().filter(is_own).collect(),
            outlooks: outlooks(initiative),
        })
    };
    portfolio.initiatives.iter().enumerate().map(input).collect()
}

/// Rates one initiative.
#[must_use]
pub fn rate(input: &HealthInput<'_>) -> Health {
    let owner = input.initiative.rag_override.clone();
    let initiative = input.initiative.id.clone();
    if let Some(fixed) = rating_by_status(input.initiative.status) {
        let [schedule, cost, benefits, risk] = std::array::from_fn(|_| fixed.clone());
        return Health { initiative, schedule, cost, benefits, risk, overall: fixed, owner };
    }
    let schedule = rating(schedule_signs(input), "no activities are planned");
    let cost = rating(cost_signs(input), "neither earned value nor a cost position is available");
    let benefits = rating(benefit_signs(input), "no benefits are recorded");
    let risk = rating(risk_signs(input), "no risks or issues are recorded");
    let overall = worst_of([("schedule", &schedule), ("cost", &cost), ("benefits", &benefits), ("risk", &risk)]);
    Health { initiative, schedule, cost, benefits, risk, overall, owner }
}

fn rating_by_status(status: InitiativeStatus) -> Option<Rating> {
    let (rag, rule) = match status {
        InitiativeStatus::Active | InitiativeStatus::Approved => return None,
        InitiativeStatus::Complete => (Some(Rag::Blue), "complete"),
        InitiativeStatus::OnHold => (None, "not rated: on hold"),
        InitiativeStatus::Proposed => (None, "not rated: not approved yet"),
        InitiativeStatus::Cancelled => (None, "not rated: cancelled"),
    };
    Some(Rating { rag, rule: rule.into() })
}

/// One sign of health.
struct Sign {
    rag: Option<Rag>,
    text: String,
}

impl Sign {
    fn new(rag: Rag, text: String) -> Self {
        Self { rag: Some(rag), text }
    }

    fn missing(what: &str, reason: Undefined) -> Self {
        Self { rag: None, text: format!("{what} {reason}") }
    }
}

/// The worst sign decides; all are listed, the deciding ones first.
fn rating(mut signs: Vec<Sign>, none: &str) -> Rating {
    if signs.is_empty() {
        return Rating { rag: None, rule: format!("n/a: {none}") };
    }
    signs.sort_by_key(|sign| sign.rag.map_or(u8::MAX, |rag| rag as u8));
    let texts: Vec<&str> = signs.iter().map(|sign| sign.text.as_str()).collect();
    Rating { rag: signs[0].rag, rule: texts.join("; ") }
}

fn worst_of(parts: [(&str, &Rating); 4]) -> Rating {
    let worst = parts.iter().filter_map(|(_, rating)| rating.rag).min();
    let Some(rag) = worst else { return Rating { rag: None, rule: "n/a: none of the four parts can be rated".into() } };
    let deciding: Vec<&str> = parts.iter().filter(|(_, rating)| rating.rag == worst).map(|(name, _)| *name).collect();
    let missing: Vec<&str> = parts.iter().filter(|(_, rating)| rating.rag.is_none()).map(|(name, _)| *name).collect();
    let decided = format!("the worst of the parts: {}", deciding.join(", "));
    let rule = if missing.is_empty() { decided } else { format!("{decided}; n/a: {}", missing.join(", ")) };
    Rating { rag: Some(rag), rule }
}

/// Green from one limit up, red below another, amber between.
fn by_index(name: &str, index: Measure<f64>, limits: &Thresholds) -> Sign {
    let value = match index {
        Ok(value) => value,
        Err(reason) => return Sign::missing(name, reason),
    };
    let (green, red) = (limits.index_green, limits.index_red);
    if value >= green {
        Sign::new(Rag::Green, format!("{name} {value:.3} is at least {green:.2}"))
    } else if value < red {
        Sign::new(Rag::Red, format!("{name} {value:.3} is below {red:.2}"))
    } else {
        Sign::new(Rag::Amber, format!("{name} {value:.3} is between {red:.2} and {green:.2}"))
    }
}

fn schedule_signs(input: &HealthInput<'_>) -> Vec<Sign> {
    let mut signs = Vec::new();
    if let Some(performance) = input.performance {
        signs.push(by_index("SPI(t)", performance.time.schedule_performance_index, input.thresholds));
    }
    signs.extend(milestone_sign(&input.milestones, input.thresholds));
    let schedule = input.schedule.filter(|schedule| schedule.finish.is_some());
    if let Some(float) = schedule.and_then(|schedule| schedule.least_float) {
        signs.push(if float < 0 {
            Sign::new(Rag::Amber, "a deadline or constraint cannot be met: total float is negative".into())
        } else {
            Sign::new(Rag::Green, "no negative float".into())
        });
    }
    signs
}

/// The latest milestone or gate: red from the limit on, amber from one day. Reviews and celebrations rate nothing: they
/// follow what they look back on.
fn milestone_sign(milestones: &[&MilestoneStatus], limits: &Thresholds) -> Option<Sign> {
    let rates = |kind: ActivityType| !matches!(kind, ActivityType::ReviewPoint | ActivityType::Celebration);
    let open = milestones.iter().filter(|milestone| milestone.state != ActivityState::Complete && rates(milestone.kind));
    let days = open.filter_map(|milestone| milestone.worst()).max()?;
    let limit = limits.milestone_red_days;
    Some(if days >= limit {
        Sign::new(Rag::Red, format!("a milestone is {days} days late; red from {limit}"))
    } else if days > 0 {
        Sign::new(Rag::Amber, format!("a milestone is {days} days late; red from {limit}"))
    } else {
        Sign::new(Rag::Green, "no open milestone is late".into())
    })
}

fn cost_signs(input: &HealthInput<'_>) -> Vec<Sign> {
    let mut signs = Vec::new();
    if let Some(performance) = input.performance {
        signs.push(by_index("CPI", performance.cost.cost_performance_index, input.thresholds));
    }
    if let Some(cost) = input.outlooks.cost {
        signs.push(by_index("budget over forecast", cost.budget_over_forecast, input.thresholds));
    }
    signs
}

fn benefit_signs(input: &HealthInput<'_>) -> Vec<Sign> {
    let Some(benefits) = input.outlooks.benefits else { return Vec::new() };
    vec![
        by_index("benefits realised over planned to date", benefits.realised_over_planned, input.thresholds),
        by_index("benefits forecast over business case", benefits.forecast_over_case, input.thresholds),
    ]
}

fn risk_signs(input: &HealthInput<'_>) -> Vec<Sign> {
    let Some(risk) = input.outlooks.risk else { return Vec::new() };
    let mut signs = vec![score_sign(risk.highest_score)];
    signs.push(by_index("contingency over exposure", risk.contingency_over_exposure, input.thresholds));
    if risk.severe_issues > 0 {
        signs.push(Sign::new(Rag::Amber, format!("{} open issues of the highest severity", risk.severe_issues)));
    }
    if risk.overdue_issues > 0 {
        signs.push(Sign::new(Rag::Amber, format!("{} open issues are overdue", risk.overdue_issues)));
    }
    signs
}

fn score_sign(highest: Option<i64>) -> Sign {
    match highest {
        Some(score) if score >= RED_SCORE => Sign::new(Rag::Red, format!("an open risk scores {score}; red from {RED_SCORE}")),
        Some(score) if score >= AMBER_SCORE => {
            Sign::new(Rag::Amber, format!("an open risk scores {score}; amber from {AMBER_SCORE}, red from {RED_SCORE}"))
        }
        Some(score) => Sign::new(Rag::Green, format!("the highest open risk scores {score}; amber from {AMBER_SCORE}")),
        None => Sign::new(Rag::Green, "no open risk".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::money::Currency;
    use crate::base::origin::Origin;

    fn initiative(status: InitiativeStatus) -> Initiative {
        Initiative {
            id: InitiativeId::new("P"),
            name: "Project".into(),
            objective: None,
            workstream: None,
            sponsor: None,
            owner: None,
            category: None,
            stage: None,
            status,
            priority: None,
            scores: Vec::new(),
            start: None,
            finish: None,
            project_start: None,
            calendar: None,
            must_finish_by: None,
            currency: Currency::parse("GBP").expect("listed"),
            approved_budget: None,
            contingency: None,
            business_case_npv: None,
            mandatory: false,
            excludes: Vec::new(),
            requires: Vec::new(),
            rag_override: None,
            previous_ids: Vec::new(),
            origin: Origin::file("t.xlsx"),
            declared: true,
        }
    }

    #[test]
    fn a_late_celebration_rates_nothing() {
        let late = |kind| MilestoneStatus {
            activity: crate::model::activity::ActivityIndex(0),
            kind,
            state: ActivityState::NotStarted,
            baseline: None,
            date: crate::base::day::Moment(0),
            deadline: None,
            days_late: Some(13),
            days_past_deadline: None,
            trend: Ok(Vec::new()),
        };
        let sign = |kind| milestone_sign(&[&late(kind)], &Thresholds::default()).and_then(|sign| sign.rag);
        assert_eq!([ActivityType::Celebration, ActivityType::ReviewPoint].map(sign), [None, None]);
        assert_eq!([ActivityType::DecisionGate, ActivityType::FinishMilestone].map(sign), [Some(Rag::Red); 2]);
    }

    fn rated(initiative: &Initiative, outlooks: Outlooks) -> Health {
        let thresholds = Thresholds::default();
        rate(&HealthInput {
            initiative,
            thresholds: &thresholds,
            schedule: None,
            performance: None,
            milestones: Vec::new(),
            outlooks,
        })
    }

    fn cost(index: Measure<f64>) -> Outlooks {
        Outlooks { cost: Some(CostOutlook { budget_over_forecast: index }), ..Outlooks::default() }
    }

    #[test]
    fn each_rating_prints_the_rule_that_gave_it() {
        for (index, rag, rule) in [
            (Ok(0.95), Some(Rag::Green), "budget over forecast 0.950 is at least 0.95"),
            (Ok(0.9499), Some(Rag::Amber), "budget over forecast 0.950 is between 0.85 and 0.95"),
            (Ok(0.85), Some(Rag::Amber), "budget over forecast 0.850 is between 0.85 and 0.95"),
            (Ok(0.8499), Some(Rag::Red), "budget over forecast 0.850 is below 0.85"),
            (Err(Undefined::NoBudget), None, "budget over forecast n/a: no budget"),
        ] {
            let health = rated(&initiative(InitiativeStatus::Active), cost(index));
            assert_eq!(health.cost, Rating { rag, rule: rule.into() });
        }
    }

    #[test]
    fn the_worst_part_decides_and_missing_ones_are_named() {
        let risk =
            RiskOutlook { highest_score: Some(20), contingency_over_exposure: Ok(2.0), severe_issues: 0, overdue_issues: 3 };
        let health = rated(&initiative(InitiativeStatus::Active), Outlooks { risk: Some(risk), ..cost(Ok(1.0)) });
        let text =
            "an open risk scores 20; red from 20; 3 open issues are overdue; contingency over exposure 2.000 is at least 0.95";
        assert_eq!(health.risk, Rating { rag: Some(Rag::Red), rule: text.into() });
        let rule = "the worst of the parts: risk; n/a: schedule, benefits";
        assert_eq!(health.overall, Rating { rag: Some(Rag::Red), rule: rule.into() });
        assert_eq!(health.benefits.rule, "n/a: no benefits are recorded");
    }

    #[test]
    fn what_does_not_run_is_not_rated() {
        for (status, rag, rule) in [
            (InitiativeStatus::Complete, Some(Rag::Blue), "complete"),
            (InitiativeStatus::OnHold, None, "not rated: on hold"),
            (InitiativeStatus::Proposed, None, "not rated: not approved yet"),
            (InitiativeStatus::Cancelled, None, "not rated: cancelled"),
        ] {
            let health = rated(&initiative(status), cost(Ok(0.1)));
            assert_eq!(health.overall, Rating { rag, rule: rule.into() });
        }
    }

    #[test]
    fn the_owners_rating_stands_beside_the_computed_one() {
        let mut owned = initiative(InitiativeStatus::Active);
        owned.rag_override = Some(RagOverride { rag: Rag::Amber, reason: "supplier replaced".into() });
        let health = rated(&owned, cost(Ok(0.5)));
        assert_eq!((health.overall.rag, health.shown(), health.is_overridden()), (Some(Rag::Red), Some(Rag::Amber), true));
    }
}
