//! Earned value: from the ledger to its actual cost, and from activities up to the portfolio.

use super::facts::Group;
use super::ledger::after_data_date;
use super::statement::{SideTotal, Statement, Topic};
use crate::analysis::cost::{CostPosition, Fact};
use crate::analysis::earned_value::{ActualCostBasis, Base, EarnedValue, InitiativeEarnedValue, Scope};
use crate::base::money::Currency;
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;

/// The statements of earned value.
pub(super) fn statements(portfolio: &Portfolio, cost: &CostPosition, earned: &EarnedValue, groups: &[Group]) -> Vec<Statement> {
    let mut statements: Vec<Statement> =
        earned.initiatives.iter().filter_map(|initiative| actual_cost(portfolio, cost, initiative, groups)).collect();
    for initiative in &earned.initiatives {
        statements.extend(roll_up(portfolio, earned, initiative));
    }
    statements.extend(portfolio_total(earned));
    statements
}

/// An initiative's actual cost in the ledger, and in earned value. Where lines of other currencies are among them, or the
/// as-of date is an instant within a day, which lines of that day count is earned value's own choice: the two are compared.
fn actual_cost(
    portfolio: &Portfolio,
    cost: &CostPosition,
    initiative: &InitiativeEarnedValue,
    groups: &[Group],
) -> Option<Statement> {
    if !matches!(initiative.actual_cost, ActualCostBasis::Ledger | ActualCostBasis::LedgerByInitiative) {
        return None;
    }
    let reported = initiative.current()?.base.actual_cost.ok()?;
    let mine = || cost.own.of(Some(&initiative.initiative));
    let minor: i128 = mine().filter_map(|(_, cell)| cell.actual).map(i128::from).sum();
    let amount = Decimal::try_from_i128_with_scale(minor, initiative.currency.exponent()).ok()?;
    let is_mine = |key: &crate::analysis::cost::CellKey| key.initiative.as_ref() == Some(&initiative.initiative);
    let foreign = cost
        .native
        .amounts
        .keys()
        .any(|(fact, key, currency)| *fact == Fact::Actual && *currency != initiative.currency && is_mine(key));
    let sums = after_data_date(groups);
    let is_instant = !portfolio.settings.as_of.is_date_only();
    let late = sums.get(&(initiative.initiative.as_str(), initiative.currency)).copied().filter(|_| is_instant);
    let (late, lines) = late.unwrap_or_default();
    let source = SideTotal::new("actual cost of the Cost page", amount);
    let name = "Cost to actual cost of earned value";
    let begin = if foreign || is_instant { Statement::compare } else { tie };
    Some(
        begin(Topic::EarnedValue, name, initiative.initiative.to_string(), initiative.currency, source)
            .adjust("posted after the data date", -late, lines)
            .reported(SideTotal::new("actual cost, AC", reported)),
    )
}

fn tie(topic: Topic, name: &str, scope: String, currency: Currency, source: SideTotal) -> Statement {
    Statement::tie(topic, name, scope, currency, source)
}

/// One of the base measures.
struct Measured {
    words: &'static str,
    of: fn(&Base) -> Decimal,
}

const MEASURES: [Measured; 3] = [
    Measured { words: "budget at completion", of: |base| base.budget_at_completion },
    Measured { words: "planned value", of: |base| base.planned_value },
    Measured { words: "earned value", of: |base| base.earned_value },
];

/// Amounts that agree to this, a hundredth of a hundredth, are equal: shares of time and rates between currencies are divided,
/// and a quotient ends somewhere.
const NEAR: Decimal = Decimal::from_parts(1, 0, 0, false, 4);

/// What is reported, and the source where the two differ by less than a quotient's last digits.
fn level(source: Decimal, reported: Decimal) -> Decimal {
    if (source - reported).abs() <= NEAR { source } else { reported }
}

/// An initiative's activities, work packages and control accounts, each against the initiative.
fn roll_up(portfolio: &Portfolio, earned: &EarnedValue, initiative: &InitiativeEarnedValue) -> Vec<Statement> {
    let Some(current) = initiative.current() else { return Vec::new() };
    if portfolio.initiative(&initiative.initiative).is_none() {
        return Vec::new();
    }
    let scopes = |wanted: fn(&Scope) -> bool, top: bool| {
        let mine = earned.scopes.iter().filter(move |scope| scope.initiative.as_ref() == Some(&initiative.initiative));
        let mine = mine.filter(move |scope| wanted(&scope.scope) && (!top || scope.depth <= 1));
        mine.map(|scope| scope.current.base).collect::<Vec<Base>>()
    };
    let activities: Vec<Base> = initiative.activities.iter().filter_map(|activity| activity.history.last().copied()).collect();
    let sides = [
        ("activities", activities),
        ("work packages", scopes(|scope| matches!(scope, Scope::WorkPackage(_)), true)),
        ("control accounts", scopes(|scope| matches!(scope, Scope::ControlAccount(_)), false)),
    ];
    let mut statements = Vec::new();
    for (words, bases) in sides.iter().filter(|(_, bases)| !bases.is_empty()) {
        for measure in &MEASURES {
            let (parts, whole) = (bases.iter().map(measure.of).sum(), (measure.of)(&current.base));
            let source = SideTotal::new(format!("{} of {} {words}", measure.words, bases.len()), parts);
            let name = format!("{} to initiative: {}", capital(words), measure.words);
            let scope = initiative.initiative.to_string();
            let statement = Statement::tie(Topic::EarnedValue, &name, scope, initiative.currency, source);
            statements.push(statement.reported(SideTotal::new("of the initiative", level(parts, whole))));
        }
    }
    statements
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The initiatives that the portfolio counts, against its totals.
fn portfolio_total(earned: &EarnedValue) -> Vec<Statement> {
    let portfolio = &earned.portfolio;
    let Some(current) = portfolio.history.last().filter(|_| !portfolio.contributions.is_empty()) else { return Vec::new() };
    let statement = |measure: &Measured| {
        let parts: Decimal = portfolio.contributions.iter().map(|each| (measure.of)(&each.base)).sum();
        let source = SideTotal::new(format!("{} of {} initiatives", measure.words, portfolio.contributions.len()), parts);
        let name = format!("Initiatives to portfolio: {}", measure.words);
        Statement::tie(Topic::EarnedValue, &name, "portfolio", portfolio.currency, source)
            .reported(SideTotal::new("of the portfolio", level(parts, (measure.of)(&current.base))))
    };
    MEASURES.iter().map(statement).collect()
}
