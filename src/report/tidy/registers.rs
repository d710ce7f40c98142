//! The registers: risks, KPIs, benefits.

use super::TidyTable;
use crate::analysis::benefits::{BenefitFigures, BenefitStatus};
use crate::analysis::kpi::{KpiStatus, Trend};
use crate::analysis::measure::Measure;
use crate::analysis::risk::AssessedRisk;
use crate::base::money::Money;
use crate::model::benefit::{Benefit, BenefitClass};
use crate::model::kpi::{Direction, Kpi};
use crate::model::risk::{Risk, RiskStatus};
use crate::report::ReportInput;
use rust_decimal::Decimal;

fn major(money: Measure<Money>) -> Option<Decimal> {
    money.ok().map(Money::amount)
}

/// One row a risk; scores and expected values of the open ones.
#[must_use]
pub fn risks(input: &ReportInput<'_>) -> TidyTable {
    let exposure = &input.analyses.risk;
    let assessed = |risk: &Risk| exposure.risks.iter().find(|each| each.risk == risk.id);
    let rows: Vec<(&Risk, Option<&AssessedRisk>)> = input.portfolio.risks.iter().map(|risk| (risk, assessed(risk))).collect();
    let whole = |value: Option<Measure<u8>>| value.and_then(Result::ok).map(i64::from);
    TidyTable::over("risks", "A risk of the register.", &rows)
        .text("risk", "Id.", |(risk, _)| Some(&risk.id))
        .text("initiative", "Id of the initiative.", |(risk, _)| Some(&risk.initiative))
        .text("event", "What may happen.", |(risk, _)| Some(&risk.event))
        .text("kind", "threat or opportunity.", |(risk, _)| Some(if risk.opportunity { "opportunity" } else { "threat" }))
        .text("status", "draft, open, closed or occurred.", |(risk, _)| Some(risk_status(risk.status)))
        .text("owner", "Id of the owner.", |(risk, _)| risk.owner.as_ref())
        .number("probability", "Share of one.", |(risk, _)| Some(risk.probability))
        .whole("probability_band", "1 to 5; open risks.", |(_, at)| at.map(|at| i64::from(at.probability_band)))
        .whole("impact", "1 to 5; open risks.", |(_, at)| whole(at.map(|at| at.impact)))
        .whole("score", "Probability band x impact; open risks.", |(_, at)| whole(at.map(|at| at.score)))
        .whole("residual_score", "After the response; open risks.", |(_, at)| whole(at.map(|at| at.residual_score)))
        .text("currency", "Currency of the expected values.", |_| Some(exposure.currency.code().to_string()))
        .amount("expected_value", "Probability x mean cost, in the reporting currency; open risks.", |(_, at)| {
            at.and_then(|at| major(at.expected))
        })
        .amount("residual_expected_value", "After the response.", |(_, at)| at.and_then(|at| major(at.residual_expected)))
        .number("expected_days", "Probability x mean of the days, in working days.", |(_, at)| {
            at.and_then(|at| at.expected_days.ok())
        })
        .text("reason", "Why there is no expected value.", |(_, at)| match at {
            Some(at) => at.expected.err().map(crate::analysis::measure::Undefined::reason),
            None => Some("only open risks are assessed"),
        })
        .text("source", "Where the record is.", |(risk, _)| Some(&risk.origin))
        .done()
}

const fn risk_status(status: RiskStatus) -> &'static str {
    match status {
        RiskStatus::Draft => "draft",
        RiskStatus::Open => "open",
        RiskStatus::Closed => "closed",
        RiskStatus::Occurred => "occurred",
    }
}

/// One row a KPI.
#[must_use]
pub fn kpis(input: &ReportInput<'_>) -> TidyTable {
    let rows: Vec<(&Kpi, &KpiStatus)> = input.portfolio.kpis.iter().zip(&input.analyses.kpis.kpis).collect();
    TidyTable::over("kpis", "A KPI at its latest reading.", &rows)
        .text("kpi", "Id.", |(kpi, _)| Some(&kpi.id))
        .text("name", "Name.", |(kpi, _)| Some(&kpi.name))
        .text("initiative", "Id of the initiative that it measures.", |(kpi, _)| kpi.initiative.as_ref())
        .text("objective", "Id of the objective that it measures.", |(kpi, _)| kpi.objective.as_ref())
        .text("unit", "Unit of the values.", |(kpi, _)| kpi.unit.as_ref())
        .text("direction", "Which way is good: up, down or target.", |(kpi, _)| {
            Some(match kpi.direction {
                Direction::Up => "up",
                Direction::Down => "down",
                Direction::Target => "target",
            })
        })
        .text("period", "Fiscal period of the latest reading.", |(_, at)| at.period.ok())
        .number("value", "The latest reading.", |(_, at)| at.value.ok())
        .number("target", "The target that it is held against.", |(_, at)| at.target.ok())
        .number("gap", "Reading less target.", |(_, at)| at.gap.ok())
        .number("progress", "Share of the way from baseline to target.", |(_, at)| at.progress.ok())
        .text("rag", "Rating: R, A or G.", |(_, at)| at.rag.ok().map(crate::model::initiative::Rag::letter))
        .text("reason", "Why there is no rating.", |(_, at)| at.rag.err().map(crate::analysis::measure::Undefined::reason))
        .text("rule", "The rule behind the rating.", |(_, at)| Some(&at.rule))
        .text("trend", "up, down or flat, over the last three readings.", |(_, at)| {
            at.trend.ok().map(|trend| match trend {
                Trend::Up => "up",
                Trend::Down => "down",
                Trend::Flat => "flat",
            })
        })
        .yes_no("stale", "The latest reading is older than the frequency allows.", |(_, at)| Some(at.stale))
        .text("source", "Where the record is.", |(kpi, _)| Some(&kpi.origin))
        .done()
}

type BenefitRow<'a> = (&'a Benefit, &'a BenefitStatus);

/// One row a benefit, in the reporting currency.
#[must_use]
pub fn benefits(input: &ReportInput<'_>) -> TidyTable {
    let result = &input.analyses.benefits;
    let rows: Vec<BenefitRow<'_>> = input.portfolio.benefits.iter().zip(&result.benefits).collect();
    let counted = |pick: fn(&BenefitFigures) -> Measure<Money>| move |(_, at): &BenefitRow<'_>| major(pick(&at.counted));
    TidyTable::over("benefits", "A benefit, at its share of a group that must not be counted twice; harms below zero.", &rows)
        .text("benefit", "Id.", |(benefit, _)| Some(&benefit.id))
        .text("name", "Name.", |(benefit, _)| Some(&benefit.name))
        .text("initiative", "Id of the initiative that brings it.", |(benefit, _)| Some(&benefit.initiative))
        .text("class", "Class; classes are never added to one another.", |(benefit, _)| benefit.class.map(class))
        .text("owner", "Id of the owner.", |(benefit, _)| benefit.owner.as_ref())
        .text("currency", "Reporting currency.", |_| Some(result.currency.code().to_string()))
        .amount("business_case_to_date", "Business case up to the as-of period.", counted(|each| each.business_case.to_date))
        .amount("forecast_to_date", "Current forecast up to the as-of period.", counted(|each| each.forecast.to_date))
        .amount("realised_to_date", "Readings with evidence and finance's validation.", counted(|each| each.realised.to_date))
        .amount("claimed_to_date", "Readings without them.", counted(|each| each.claimed.to_date))
        .amount("leakage_to_date", "Forecast less realised, to date.", counted(|each| each.leakage))
        .amount("business_case_total", "Business case of all periods.", counted(|each| each.business_case.total))
        .amount("forecast_total", "Current forecast of all periods.", counted(|each| each.forecast.total))
        .amount("weighted_total", "Current forecast of all periods x confidence.", |(_, at)| major(at.weighted))
        .yes_no("forecast_is_business_case", "The business case stands in for a missing forecast.", |(_, at)| {
            Some(at.forecast_is_business_case)
        })
        .number("progress", "Share of the way of its measure from baseline to target.", |(_, at)| at.progress.ok())
        .text("reason", "Why nothing is realised to date.", |(_, at)| {
            at.counted.realised.to_date.err().map(crate::analysis::measure::Undefined::reason)
        })
        .text("source", "Where the record is.", |(benefit, _)| Some(&benefit.origin))
        .done()
}

const fn class(class: BenefitClass) -> &'static str {
    match class {
        BenefitClass::CashReleasing => "cash-releasing",
        BenefitClass::NonCashReleasing => "non-cash-releasing",
        BenefitClass::CostAvoidance => "cost avoidance",
        BenefitClass::Revenue => "revenue",
        BenefitClass::Qualitative => "qualitative",
        BenefitClass::Disbenefit => "disbenefit",
    }
}
