//! Variances that pass the thresholds, with the words that explain them.
//!
//! A variance of an initiative or a control account is asked about where it passes the share, and the amount where one is
//! set. The share is of earned value for cost, of planned value for schedule, of the budget at completion; where there is
//! none of these, of what stands against it, so that money spent with nothing earned is a variance of 100 %. Better than
//! planned is asked about as well: it may be a plan that was too soft. Source: IPMR, format 5.

use super::context::Context;
use super::result::Performance;
use super::views::{Explanation, Scope, ScopeEarnedValue, VarianceMeasure, VarianceToExplain};
use crate::analysis::codes;
use crate::base::finding::Findings;
use crate::base::number;
use crate::model::finance::{Commentary, RateKind};
use crate::model::initiative::InitiativeStatus;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// The variances to explain, in the order of the scopes.
pub fn variances(context: &Context<'_>, scopes: &[ScopeEarnedValue], findings: &mut Findings) -> Vec<VarianceToExplain> {
    let mut variances = Vec::new();
    let mut whole: &[_] = &[];
    for scope in scopes {
        match &scope.scope {
            Scope::Initiative(_) => whole = &scope.activities,
            Scope::ControlAccount(_) if !scope.activities.is_empty() && scope.activities != whole => {}
            _ => continue,
        }
        let of_scope = of_scope(context, scope);
        report(context, scope, &of_scope, findings);
        variances.extend(of_scope);
    }
    variances
}

fn of_scope(context: &Context<'_>, scope: &ScopeEarnedValue) -> Vec<VarianceToExplain> {
    let group = scope.initiative.as_ref().and_then(|id| context.group_by_id.get(id.as_str()).copied());
    let Some(group) = group else { return Vec::new() };
    if matches!(context.portfolio.initiatives[group].status, InitiativeStatus::Proposed | InitiativeStatus::Cancelled) {
        return Vec::new();
    }
    let thresholds = &context.portfolio.settings.thresholds;
    let day = context.portfolio.data_date.day();
    let reporting = context.portfolio.settings.reporting_currency;
    let rate = context.exchange(RateKind::Budget, scope.currency, reporting, day);
    let large = |amount: Decimal| match thresholds.variance_amount {
        None => true,
        Some(limit) => rate.map_or(true, |rate| amount.abs() * rate > limit),
    };
    let passes = |share: f64, amount: Decimal| share.abs() > thresholds.variance_share && large(amount);
    let found = measured(&scope.current).into_iter().filter(|(_, amount, share)| passes(*share, *amount));
    found
        .map(|(measure, amount, share)| {
            let explanation = explanation(context, scope, measure);
            VarianceToExplain {
                scope: scope.scope.clone(),
                initiative: scope.initiative.clone(),
                measure,
                currency: scope.currency,
                amount,
                share,
                needed: explanation.is_empty(),
                explanation,
            }
        })
        .collect()
}

/// The variances that exist, with their shares.
fn measured(current: &Performance) -> Vec<(VarianceMeasure, Decimal, f64)> {
    let (base, cost) = (&current.base, &current.cost);
    let share = |amount: Decimal, of: Decimal, else_of: Decimal| {
        let of = if of.is_zero() { else_of } else { of };
        number::ratio(amount, of.abs())
    };
    let mut found = Vec::new();
    let spent = base.actual_cost.unwrap_or_default();
    let mut keep = |measure, amount, share: Option<f64>| found.extend(share.map(|share| (measure, amount, share)));
    if let Ok(amount) = cost.cost_variance {
        keep(VarianceMeasure::Cost, amount, share(amount, base.earned_value, spent));
    }
    keep(VarianceMeasure::Schedule, cost.schedule_variance, share(cost.schedule_variance, base.planned_value, base.earned_value));
    if let Ok(amount) = cost.variance_at_completion {
        keep(VarianceMeasure::AtCompletion, amount, share(amount, base.budget_at_completion, spent));
    }
    found
}

/// What the Commentary table says of a scope for the period of the data date.
fn explanation(context: &Context<'_>, scope: &ScopeEarnedValue, measure: VarianceMeasure) -> Vec<Explanation> {
    let period = context.portfolio.settings.fiscal.period_of(context.portfolio.settings.as_of.day());
    let item = item(scope);
    let speaks = |words: &&Commentary| {
        words.period == period && words.item == item && words.measure.eq_ignore_ascii_case(measure.commentary_measure())
    };
    let explain = |words: &Commentary| Explanation { text: words.text.clone(), author: words.author.clone() };
    context.portfolio.commentary.iter().filter(speaks).map(explain).collect()
}

/// A scope as the Commentary table names it: the initiative, or the initiative and the control account.
fn item(scope: &ScopeEarnedValue) -> String {
    let initiative = scope.initiative.as_ref().map(ToString::to_string).unwrap_or_default();
    match &scope.scope {
        Scope::ControlAccount(account) => format!("{initiative} {account}"),
        _ => initiative,
    }
}

/// One finding for each measure of the Commentary table that is asked for.
fn report(context: &Context<'_>, scope: &ScopeEarnedValue, variances: &[VarianceToExplain], findings: &mut Findings) {
    let mut asked: BTreeSet<&str> = BTreeSet::new();
    for variance in variances.iter().filter(|variance| variance.needed) {
        let measure = variance.measure.commentary_measure();
        if !asked.insert(measure) {
            continue;
        }
        let Some(initiative) = scope.initiative.as_ref().and_then(|id| context.portfolio.initiative(id)) else { continue };
        let share = context.portfolio.settings.thresholds.variance_share * 100.0;
        let amount = super::initiative::number_text(variance.amount);
        let found = format!(
            "{} variance of {} {amount} {} ({:+.1} %)",
            variance.measure.label(),
            item(scope),
            variance.currency,
            variance.share * 100.0
        );
        findings.push(
            codes::VARIANCE_UNEXPLAINED
                .at(initiative.origin.clone())
                .field("Commentary", "Text")
                .found(found)
                .expected(format!("the owner's words beyond {share:.0} %"))
                .hint(format!("Add a row to Commentary: item \"{}\", measure {measure}.", item(scope))),
        );
    }
}
