//! Changes that look like one change split to stay below a limit.
//!
//! Two places are the same where initiative and category are. A proposed change counts as of the as-of date. Changes that
//! pass their approver's limit alone are told as such, and take no part here.

use super::authority::{self, Request};
use super::{in_force, is_pending};
use crate::analysis::budget_rate;
use crate::base::day::Day;
use crate::base::money::Money;
use crate::model::budget_control::{AuthorityLimit, BudgetChange, BudgetPlace, ChangeKind};
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Changes between the same two places within a few days, each within its approver's limit, together above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitSet {
    /// Positions in [`Portfolio::budget_changes`], in order of approval.
    pub changes: Vec<usize>,
    /// What they amount to together, in the currency of the first.
    pub together: Money,
    /// The largest limit among their approvers, in words.
    pub limit: String,
}

/// Kind of change, and initiative and category on either side.
type Pair<'p> = (ChangeKind, Option<(&'p str, &'p str)>, Option<(&'p str, &'p str)>);

/// A change that its approver may approve alone.
#[derive(Clone, Copy)]
struct Part<'p> {
    at: usize,
    on: Day,
    change: &'p BudgetChange,
    limit: &'p AuthorityLimit,
}

/// The sets of changes that look split; of sets that hold one another, the largest.
pub(super) fn splits(portfolio: &Portfolio) -> Vec<SplitSet> {
    let mut pairs: BTreeMap<Pair<'_>, Vec<Part<'_>>> = BTreeMap::new();
    for (at, change) in portfolio.budget_changes.iter().enumerate() {
        if let Some(part) = part(portfolio, at, change) {
            pairs.entry(pair(change)).or_default().push(part);
        }
    }
    let mut sets: Vec<SplitSet> = pairs.into_values().flat_map(|parts| of_pair(portfolio, parts)).collect();
    sets.sort_by(|one, other| one.changes.cmp(&other.changes));
    sets
}

fn pair(change: &BudgetChange) -> Pair<'_> {
    let from = change.from.as_ref().map(name);
    (change.kind, from, change.to.as_ref().map(name))
}

fn name(place: &BudgetPlace) -> (&str, &str) {
    (place.initiative.as_str(), place.category.as_str())
}

fn part<'p>(portfolio: &'p Portfolio, at: usize, change: &'p BudgetChange) -> Option<Part<'p>> {
    let on = match (in_force(portfolio, change), is_pending(portfolio, change)) {
        (true, _) => change.approved_on?,
        (false, true) => change.approved_on.unwrap_or_else(|| portfolio.settings.as_of.day()),
        (false, false) => return None,
    };
    let request = request(change)?;
    let limit = authority::limit_for(portfolio, change.approver.as_ref()?, request.kind, request.currency).ok()?;
    (authority::covers(portfolio, limit, &request) == Ok(true)).then_some(Part { at, on, change, limit })
}

/// What a change asks for; the rate is that of the period that it takes from, else of the one that it gives to.
pub(super) fn request(change: &BudgetChange) -> Option<Request> {
    let place = change.from.as_ref().or(change.to.as_ref())?;
    let kind = authority::kind_of(change.kind);
    Some(Request { kind, amount: change.amount, currency: change.currency, period: place.period })
}

fn of_pair(portfolio: &Portfolio, mut parts: Vec<Part<'_>>) -> Vec<SplitSet> {
    parts.sort_by_key(|part| (part.on, part.at));
    let days = portfolio.settings.finance.split_days;
    let mut sets = Vec::new();
    let mut reached = 0;
    for first in 0..parts.len() {
        let inside = parts[first..].iter().take_while(|part| (part.on - parts[first].on).num_days() <= days).count();
        // A window that ends where the one before did is part of it.
        if first + inside > reached {
            reached = first + inside;
            sets.extend(of_window(portfolio, &parts[first..reached]));
        }
    }
    sets
}

fn of_window(portfolio: &Portfolio, parts: &[Part<'_>]) -> Option<SplitSet> {
    let (first, rest) = parts.split_first()?;
    if rest.is_empty() {
        return None;
    }
    let request = request(first.change)?;
    let amount = |part: &Part<'_>| {
        let period = self::request(part.change)?.period;
        budget_rate::exact(portfolio, part.change.amount, (part.change.currency, request.currency), period).ok()
    };
    let together = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(amount(part)?))?;
    let limits = parts.iter().map(|part| part.limit);
    let limit = limits.max_by_key(|limit| authority::rank(portfolio, limit, request.period))?;
    let above = authority::covers(portfolio, limit, &Request { amount: together, ..request }) == Ok(false);
    above.then_some(SplitSet {
        changes: parts.iter().map(|part| part.at).collect(),
        together: Money::rounded(together, request.currency).ok()?,
        limit: authority::shown(limit),
    })
}
