//! The balance of every budget line as changes come into force, against nothing and against what is spent.
//!
//! A line is an initiative and a category, over all periods, in the initiative's currency. A change without a category is
//! held against the whole initiative. Changes apply in the order of their approval (those without a date last, then by
//! id); proposed ones each by itself, on top of all that are in force.

use super::{in_force, is_pending, sides};
use crate::analysis::budget_rate;
use crate::analysis::cost::{CellAmounts, CostPosition};
use crate::analysis::measure::{Measure, Undefined};
use crate::base::id::InitiativeId;
use crate::base::money::{Currency, Money};
use crate::model::budget_control::{BudgetChange, BudgetPlace};
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The line that a change reduces, before and after it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Reduced {
    /// Before the change.
    pub before: Measure<Decimal>,
    /// After it.
    pub after: Measure<Decimal>,
    /// After all changes in force, and a proposed one itself.
    pub now: Measure<Decimal>,
    /// Actual cost of the line up to the as-of date, in the initiative's currency.
    pub spent: Measure<Money>,
    /// What is on order for it.
    pub on_order: Measure<Money>,
    /// True where no later change in force reduces the same line.
    pub last: bool,
    /// The initiative's currency.
    pub currency: Currency,
}

type Line<'p> = (&'p InitiativeId, &'p str);

/// What each change leaves of the line that it reduces, by position in the table; none where it reduces nothing.
pub(super) struct Balances(Vec<Option<Reduced>>);

impl Balances {
    pub fn of(portfolio: &Portfolio, cost: &CostPosition) -> Self {
        let mut walk = Walk { portfolio, lines: originals(portfolio) };
        let mut reduced: Vec<Option<Reduced>> = vec![None; portfolio.budget_changes.len()];
        let mut last: BTreeMap<Line<'_>, usize> = BTreeMap::new();
        for at in in_order(portfolio) {
            let change = &portfolio.budget_changes[at];
            let before = change.from.as_ref().map(|place| (place, walk.balance(place)));
            walk.apply(change);
            reduced[at] = before.map(|(place, before)| {
                last.insert(line_of(place), at);
                walk.reduced(cost, place, before)
            });
        }
        for (at, change) in portfolio.budget_changes.iter().enumerate() {
            let Some(place) = &change.from else { continue };
            if is_pending(portfolio, change) {
                let before = walk.balance(place);
                let now = before.and_then(|before| before.checked_sub(walk.taken(change)?).ok_or(Undefined::TooLarge));
                reduced[at] = Some(Reduced { after: now, now, last: true, ..walk.reduced(cost, place, before) });
            } else if let Some(reduced) = &mut reduced[at] {
                reduced.now = walk.balance(place);
                reduced.last = last.get(&line_of(place)) == Some(&at);
            }
        }
        Self(reduced)
    }

    pub fn at(&self, change: usize) -> Option<&Reduced> {
        self.0.get(change)?.as_ref()
    }
}

fn line_of(place: &BudgetPlace) -> Line<'_> {
    (&place.initiative, &place.category)
}

/// Positions of the changes in force, in order of approval.
fn in_order(portfolio: &Portfolio) -> Vec<usize> {
    let changes = &portfolio.budget_changes;
    let mut order: Vec<usize> = (0..changes.len()).filter(|at| in_force(portfolio, &changes[*at])).collect();
    order.sort_by_key(|at| (changes[*at].approved_on.is_none(), changes[*at].approved_on, &changes[*at].id));
    order
}

fn originals(portfolio: &Portfolio) -> BTreeMap<Line<'_>, Measure<Decimal>> {
    let mut lines = BTreeMap::new();
    for line in &portfolio.budgets {
        let to = own_currency(portfolio, &line.initiative);
        let amount = budget_rate::exact(portfolio, line.amount, (line.currency, to), line.period);
        plus(lines.entry((&line.initiative, line.category.as_str())).or_insert(Ok(Decimal::ZERO)), amount);
    }
    lines
}

fn own_currency(portfolio: &Portfolio, initiative: &InitiativeId) -> Currency {
    portfolio.initiative(initiative).map_or(portfolio.settings.reporting_currency, |known| known.currency)
}

fn plus(sum: &mut Measure<Decimal>, amount: Measure<Decimal>) {
    *sum = sum.and_then(|sum| sum.checked_add(amount?).ok_or(Undefined::TooLarge));
}

struct Walk<'p> {
    portfolio: &'p Portfolio,
    lines: BTreeMap<Line<'p>, Measure<Decimal>>,
}

impl<'p> Walk<'p> {
    fn apply(&mut self, change: &'p BudgetChange) {
        for (place, amount) in sides(change) {
            let to = own_currency(self.portfolio, &place.initiative);
            let amount = budget_rate::exact(self.portfolio, amount, (change.currency, to), place.period);
            plus(self.lines.entry(line_of(place)).or_insert(Ok(Decimal::ZERO)), amount);
        }
    }

    /// What a change takes, in the currency of the initiative that gives; nothing where it gives it back to the same line.
    fn taken(&self, change: &BudgetChange) -> Measure<Decimal> {
        let from = change.from.as_ref().ok_or(Undefined::NotApplicable)?;
        let to = own_currency(self.portfolio, &from.initiative);
        let mine = sides(change).filter(|(place, _)| {
            place.initiative == from.initiative && (from.category.is_empty() || place.category == from.category)
        });
        mine.map(|(place, amount)| budget_rate::exact(self.portfolio, -amount, (change.currency, to), place.period))
            .try_fold(Decimal::ZERO, |sum, amount| sum.checked_add(amount?).ok_or(Undefined::TooLarge))
    }

    /// The balance of the line at a place; of the whole initiative where the place names no category.
    fn balance(&self, place: &BudgetPlace) -> Measure<Decimal> {
        let whole = place.category.is_empty();
        let mine = self
            .lines
            .iter()
            .filter(|((initiative, category), _)| **initiative == place.initiative && (whole || *category == place.category));
        mine.map(|(_, balance)| *balance)
            .try_fold(Decimal::ZERO, |sum, balance| sum.checked_add(balance?).ok_or(Undefined::TooLarge))
    }

    fn reduced(&self, cost: &CostPosition, place: &BudgetPlace, before: Measure<Decimal>) -> Reduced {
        let (spent, on_order) = used(cost, place, self.portfolio);
        let after = self.balance(place);
        let currency = own_currency(self.portfolio, &place.initiative);
        Reduced { before, after, now: after, spent, on_order, last: false, currency }
    }
}

/// Actual cost and open orders of the line at a place, in the initiative's currency.
fn used(cost: &CostPosition, place: &BudgetPlace, portfolio: &Portfolio) -> (Measure<Money>, Measure<Money>) {
    let Some(initiative) = cost.initiatives.iter().find(|one| one.initiative == place.initiative) else {
        return (Err(Undefined::NoActualCost), Err(Undefined::NoActualCost));
    };
    let whole = (initiative.own.life.actual, initiative.own.open_commitments);
    if place.category.is_empty() {
        return whole;
    }
    let currency = own_currency(portfolio, &place.initiative);
    let cells = cost.own.of(Some(&place.initiative)).filter(|(key, _)| key.category == place.category);
    let cells: Vec<&CellAmounts> = cells.map(|(_, cell)| cell).collect();
    let sum = |pick: fn(&CellAmounts) -> Option<i64>| {
        let minors = cells.iter().filter_map(|cell| pick(cell)).map(|minor| Ok(Money::new(minor, currency)));
        budget_rate::sum(currency, minors)
    };
    // The initiative's own figures say whether such money is known at all.
    (whole.0.and_then(|_| sum(|cell| cell.actual)), whole.1.and_then(|_| sum(|cell| cell.on_order)))
}
