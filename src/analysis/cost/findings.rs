//! What the cost position finds: an outlook below what is spent and ordered, a variance that nobody explains, money that is
//! in no figure.

use super::cube::{Fact, Unconverted};
use super::{CostPosition, InitiativeCost};
use crate::analysis::codes;
use crate::analysis::measure::Undefined;
use crate::base::finding::{Finding, Findings};
use crate::base::money::Currency;
use crate::model::initiative::Initiative;
use crate::model::portfolio::Portfolio;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn findings(portfolio: &Portfolio, position: &CostPosition) -> Findings {
    let mut findings = Findings::new();
    for cost in &position.initiatives {
        let Some(initiative) = portfolio.initiative(&cost.initiative) else { continue };
        for finding in below_committed(initiative, cost).into_iter().chain(not_explained(portfolio, initiative, cost)) {
            findings.push(finding);
        }
    }
    for finding in too_large(&position.cube.unconverted).into_iter().chain(without_rate(portfolio, position)) {
        findings.push(finding);
    }
    findings
}

fn below_committed(initiative: &Initiative, cost: &InitiativeCost) -> Option<Finding> {
    let life = &cost.own.life;
    let (outlook, actual, open) = (life.outlook.ok()?, life.actual.ok()?, cost.own.open_commitments.ok()?);
    if open.minor <= 0 || outlook.minor >= actual.minor.saturating_add(open.minor) {
        return None;
    }
    let finding = codes::OUTLOOK_BELOW_COMMITTED.at(initiative.origin.clone()).field("Forecast", "Amount");
    let finding = finding
        .found(format!("{outlook} for {}", cost.initiative))
        .expected(format!("at least {actual} spent and {open} on order"));
    Some(finding.hint("Add what is on order to the forecast, or release the order."))
}

fn not_explained(portfolio: &Portfolio, initiative: &Initiative, cost: &InitiativeCost) -> Option<Finding> {
    if !cost.commentary_needed {
        return None;
    }
    let share = cost.reporting.year_to_date.variance_share.unwrap_or(0.0) * 100.0;
    let finding = codes::COMMENTARY_NEEDED.at(initiative.origin.clone()).field("Commentary", "Text");
    let finding = finding.found(format!("none on {}, {share:+.1} % against budget", cost.initiative));
    let limit = portfolio.settings.thresholds.commentary_share * 100.0;
    Some(finding.expected(format!("the owner's words beyond {limit:.0} %")).hint("Add a row to Commentary."))
}

/// Money too large to calculate with, by table and currency.
fn too_large(unconverted: &[Unconverted]) -> Vec<Finding> {
    let large = unconverted.iter().filter(|money| money.why == Undefined::TooLarge);
    let places: BTreeSet<(&str, String, Currency)> =
        large.map(|money| (table_of(money.fact), owner_of(money), money.currency)).collect();
    let finding = |(table, owner, currency): (&str, String, Currency)| {
        let finding = codes::AMOUNT_TOO_LARGE.nowhere().field(table, "Amount");
        let finding = finding.found(format!("sums in {currency} for {owner}")).expected("amounts whose sum can be held exactly");
        finding.hint("look for an amount with too many digits, or a rate that is far too high")
    };
    places.into_iter().map(finding).collect()
}

/// Orders and budget changes in a currency that no rate leads from, and actual cost without a budget rate. What Budgets,
/// Forecast and Actuals need is told where rates are read.
fn without_rate(portfolio: &Portfolio, position: &CostPosition) -> Vec<Finding> {
    let to = position.currency;
    let mut missing: BTreeMap<(&str, &str, Currency), BTreeSet<String>> = BTreeMap::new();
    for money in position.cube.unconverted.iter().filter(|money| money.why == Undefined::NoExchangeRate) {
        let kind = match money.fact {
            Fact::OnOrder => "closing",
            Fact::Change => "budget",
            _ => continue,
        };
        missing.entry((table_of(money.fact), kind, money.currency)).or_default().insert(money.cell.period.to_string());
    }
    let list = |periods: BTreeSet<String>| periods.into_iter().collect::<Vec<_>>().join(", ");
    let mut found: Vec<Finding> = Vec::new();
    for ((table, kind, from), periods) in missing {
        let finding = codes::EXCHANGE_RATE_MISSING.nowhere().field("FX rates", "Rate");
        let finding = finding.found(format!("no {kind} rate from {from} to {to} for {}", list(periods)));
        let hint = format!("Add it to FX rates; until then this money of {table} is in no total in {to}.");
        found.push(finding.expected(format!("a {kind} rate for money of {table} in {from}")).hint(hint));
    }
    let without: BTreeSet<String> = position.cube.without_budget_rate.iter().map(|cell| cell.period.to_string()).collect();
    if !without.is_empty() {
        let finding =
            codes::NO_BUDGET_RATE.nowhere().field("FX rates", "Rate").found(format!("no budget rate for {}", list(without)));
        let expected = format!("a budget rate to {} for each currency of actual cost", portfolio.settings.reporting_currency);
        found.push(finding.expected(expected).hint("Add the budget rate of each currency to FX rates."));
    }
    found
}

const fn table_of(fact: Fact) -> &'static str {
    match fact {
        Fact::Original => "Budgets",
        Fact::Change => "Budget changes",
        Fact::Forecast => "Forecast",
        Fact::Actual | Fact::Accrued | Fact::Commitment | Fact::OnOrder => "Actuals",
    }
}

fn owner_of(money: &Unconverted) -> String {
    money.cell.initiative.as_ref().map_or_else(|| "no initiative".to_string(), ToString::to_string)
}
