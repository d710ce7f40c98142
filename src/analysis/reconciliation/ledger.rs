//! From the lines of the ledger to the cost, by currency: what is held back, what counts later, what counts in another
//! period.

use super::facts::{Group, total};
use super::statement::{SideTotal, Statement, Topic};
use crate::analysis::cost::{CostPosition, Fact, Native};
use crate::base::money::Currency;
use crate::base::period::Period;
use crate::model::finance::{EntryKind, LedgerTotal};
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// The statements of the ledger.
pub(super) fn statements(portfolio: &Portfolio, cost: &CostPosition, groups: &[Group]) -> Vec<Statement> {
    let currencies: BTreeSet<Currency> = portfolio.ledger.totals.iter().map(|total| total.currency).collect();
    let mut statements = Vec::new();
    for currency in currencies {
        statements.extend(FACTS.iter().filter_map(|way| to_fact(portfolio, cost, groups, currency, way)));
        statements.extend(by_period(&cost.native, groups, currency));
    }
    statements
}

/// Which kinds of line make up a fact of the cost position.
struct Way {
    name: &'static str,
    source: &'static str,
    fact: Fact,
    kinds: &'static [EntryKind],
}

const FACTS: [Way; 3] = [
    Way {
        name: "Ledger to actual cost",
        source: "actuals, accruals and reversals",
        fact: Fact::Actual,
        kinds: &[EntryKind::Actual, EntryKind::Accrual, EntryKind::Reversal],
    },
    Way {
        name: "Ledger to accrued cost",
        source: "accruals and reversals",
        fact: Fact::Accrued,
        kinds: &[EntryKind::Accrual, EntryKind::Reversal],
    },
    Way {
        name: "Ledger to orders placed",
        source: "commitments and their releases",
        fact: Fact::Commitment,
        kinds: &[EntryKind::Commitment, EntryKind::CommitmentRelease],
    },
];

/// The sum of a fact in a currency before conversion; none where a cell of it is too large to calculate with.
pub(super) fn native_total(native: &Native, fact: Fact, currency: Currency, wanted: impl Fn(Period) -> bool) -> Option<Decimal> {
    let mine =
        native.amounts.iter().filter(|((of, key, in_currency), _)| *of == fact && *in_currency == currency && wanted(key.period));
    mine.map(|(_, parts)| Native::total(parts).ok()).try_fold(Decimal::ZERO, |sum, amount| sum.checked_add(amount?))
}

/// From all lines of some kinds to a fact of the cost position.
fn to_fact(portfolio: &Portfolio, cost: &CostPosition, groups: &[Group], currency: Currency, way: &Way) -> Option<Statement> {
    let totals: Vec<&LedgerTotal> =
        portfolio.ledger.totals.iter().filter(|total| total.currency == currency && way.kinds.contains(&total.kind)).collect();
    if totals.is_empty() {
        return None;
    }
    let sum = |part: fn(&LedgerTotal) -> Decimal| totals.iter().map(|total| part(total)).sum::<Decimal>();
    let mine = |group: &Group| group.currency == currency && way.kinds.contains(&group.kind);
    let (_, later) = total(groups, |group| group.later && mine(group));
    let (_, unassigned) = total(groups, |group| !group.later && !group.assigned && mine(group));
    let lines: u64 = totals.iter().map(|total| total.lines).sum();
    let (_, counted) = total(groups, mine);
    let reported = native_total(&cost.native, way.fact, currency, |_| true)?;
    let mut label = "in the cost position, before conversion".to_string();
    if unassigned > 0 {
        label = format!("{label}, {unassigned} of no initiative among them");
    }
    let statement =
        Statement::tie(Topic::Ledger, way.name, currency.code(), currency, SideTotal::new(way.source, sum(|total| total.read)))
            .adjust("held back: finer than the smallest unit", -sum(|total| total.held_back), lines.saturating_sub(counted))
            .adjust("count after the as-of date", -sum(|total| total.after_as_of), later);
    Some(statement.reported(SideTotal::new(label, reported)))
}

/// By period: what was posted in it, what was put off to a later one since it was closed, and what came from earlier ones.
/// Only where something was put off; elsewhere the posting date decides alone.
fn by_period(native: &Native, groups: &[Group], currency: Currency) -> Vec<Statement> {
    let mine = |group: &Group| !group.later && group.currency == currency && group.kind.is_cost();
    let moved: Vec<&Group> = groups.iter().filter(|group| mine(group) && group.original.is_some()).collect();
    let periods: BTreeSet<Period> = moved.iter().flat_map(|group| [Some(group.period), group.original]).flatten().collect();
    let statement = |period: Period| {
        let (posted, _) = total(groups, |group| mine(group) && group.original.unwrap_or(group.period) == period);
        let (out, out_lines) = total(groups, |group| mine(group) && group.original == Some(period));
        let (brought, in_lines) = total(groups, |group| mine(group) && group.original.is_some() && group.period == period);
        let source = SideTotal::new(format!("cost posted in {period}"), posted);
        let reported = native_total(native, Fact::Actual, currency, |of| of == period)?;
        Some(
            Statement::tie(Topic::Ledger, "Cost by period", format!("{period}, {currency}"), currency, source)
                .adjust("came after the period was closed: put off to the next open one", -out, out_lines)
                .adjust("put off from earlier periods", brought, in_lines)
                .reported(SideTotal::new(format!("actual cost of {period}"), reported)),
        )
    };
    periods.into_iter().filter_map(statement).collect()
}

/// The actual cost of each initiative posted after the data date of the plan, by currency.
pub(super) fn after_data_date(groups: &[Group]) -> BTreeMap<(&str, Currency), (Decimal, u64)> {
    let mut sums: BTreeMap<(&str, Currency), (Decimal, u64)> = BTreeMap::new();
    for group in groups.iter().filter(|group| !group.later && group.kind.is_cost()) {
        let Some(initiative) = &group.after_data_date else { continue };
        let sum = sums.entry((initiative.as_str(), group.currency)).or_default();
        *sum = (sum.0 + group.amount, sum.1 + group.lines);
    }
    sums
}
