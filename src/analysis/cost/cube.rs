//! The cube behind the cost position: budget, actual cost, commitments and forecast by initiative, category, period and
//! currency, converted and rounded once, there; finer parts of a cell are shares of what was rounded, and add up to it.

use super::gather::Native;
use crate::analysis::measure::Undefined;
use crate::base::id::InitiativeId;
use crate::base::money::{Currency, Money, apportion};
use crate::base::period::Period;
use crate::model::exchange::When;
use crate::model::finance::{Expenditure, RateKind};
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What an amount is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// Budget of the version that counts.
    Original,
    /// Approved changes of the budget.
    Change,
    /// Actual cost: actuals, accruals and reversals.
    Actual,
    /// The part of actual cost that is accrued: accruals and reversals.
    Accrued,
    /// Orders placed, less what was released, by period of posting.
    Commitment,
    /// What is still on order at the as-of date: a balance, in the period of that date.
    OnOrder,
    /// Forecast.
    Forecast,
}

impl Fact {
    /// The kind of rate that converts it: flows at the average rate, plans at the budget rate, balances at the closing rate.
    /// Source: IAS 21, paragraphs 23 and 40, for flows and balances.
    #[must_use]
    pub const fn rate_kind(self) -> RateKind {
        match self {
            Self::Original | Self::Change | Self::Forecast => RateKind::Budget,
            Self::Actual | Self::Accrued | Self::Commitment => RateKind::Average,
            Self::OnOrder => RateKind::Closing,
        }
    }
}

/// Where an amount belongs. No initiative: the unassigned bucket. An empty category: none given.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellKey {
    /// Initiative.
    pub initiative: Option<InitiativeId>,
    /// Category.
    pub category: String,
    /// Period.
    pub period: Period,
}

/// What is finer than a cell; none where the line does not tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct FineKey {
    /// Work package: the first level of the WBS code.
    pub work: Option<Arc<str>>,
    /// Capital or operating.
    pub expenditure: Option<Expenditure>,
    /// Funding source.
    pub funding_source: Option<Arc<str>>,
}

/// The amounts of one cell, in minor units of one currency. None: no line says anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CellAmounts {
    /// Budget of the version that counts.
    pub original: Option<i64>,
    /// Approved changes.
    pub changes: Option<i64>,
    /// Actual cost.
    pub actual: Option<i64>,
    /// The part of actual cost that is accrued.
    pub accrued: Option<i64>,
    /// Actual cost at the budget rate; none where there is no cost, or no such rate for part of it.
    pub actual_at_budget_rate: Option<i64>,
    /// Orders placed less released, in the period.
    pub commitment: Option<i64>,
    /// Still on order at the as-of date.
    pub on_order: Option<i64>,
    /// Forecast.
    pub forecast: Option<i64>,
}

impl CellAmounts {
    /// The current budget: original and approved changes.
    #[must_use]
    pub fn budget(&self) -> Option<i64> {
        match (self.original, self.changes) {
            (None, None) => None,
            (original, changes) => Some(original.unwrap_or(0).saturating_add(changes.unwrap_or(0))),
        }
    }

    fn slot(&mut self, fact: Fact) -> &mut Option<i64> {
        match fact {
            Fact::Original => &mut self.original,
            Fact::Change => &mut self.changes,
            Fact::Actual => &mut self.actual,
            Fact::Accrued => &mut self.accrued,
            Fact::Commitment => &mut self.commitment,
            Fact::OnOrder => &mut self.on_order,
            Fact::Forecast => &mut self.forecast,
        }
    }
}

/// Money that is in no converted figure, and why: no rate leads to the wanted currency, or it is too large.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unconverted {
    /// What it is.
    pub fact: Fact,
    /// Where it belongs.
    pub cell: CellKey,
    /// Its amount, in major units; none where that is too large to calculate with.
    pub amount: Option<Decimal>,
    /// Its currency.
    pub currency: Currency,
    /// Why it is left out.
    pub why: Undefined,
}

/// The converted cube.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cube {
    /// By cell.
    pub cells: BTreeMap<CellKey, CellAmounts>,
    /// The cells' parts: for each fact they add up to the cell.
    pub parts: BTreeMap<CellKey, BTreeMap<FineKey, CellAmounts>>,
    /// What could not be converted.
    pub unconverted: Vec<Unconverted>,
    /// Cells with actual cost of which some has no budget rate.
    pub without_budget_rate: Vec<CellKey>,
}

impl Cube {
    /// The cells of an initiative, or of none.
    pub fn of(&self, initiative: Option<&InitiativeId>) -> impl Iterator<Item = (&CellKey, &CellAmounts)> {
        let mine = initiative.cloned();
        let first = CellKey { initiative: mine.clone(), category: String::new(), period: Period::new(i32::MIN, 0) };
        self.cells.range(first..).take_while(move |(key, _)| key.initiative == mine)
    }
}

/// The largest sum of a fact over all cells, signs left out, in smallest units: any two figures made of such sums can be
/// added without a thought of overflow. What is beyond it is left out of the cube as too large.
pub const LARGEST_SUM: i64 = i64::MAX / 8;

/// Converts each amount into the currency wanted for its cell and rounds it there, once.
#[must_use]
pub fn convert(portfolio: &Portfolio, native: &Native, wanted: impl Fn(Option<&InitiativeId>) -> Currency) -> Cube {
    let mut cube = Cube::default();
    let mut sizes: BTreeMap<Fact, i64> = BTreeMap::new();
    for ((fact, key, currency), parts) in &native.amounts {
        let to = wanted(key.initiative.as_ref());
        let left_out = |amount, why| Unconverted { fact: *fact, cell: key.clone(), amount, currency: *currency, why };
        let total = Native::total(parts);
        let converted = total.and_then(|total| {
            let rate = rate(portfolio, (*currency, to), *fact, key.period).ok_or(Undefined::NoExchangeRate)?;
            Ok((rounded(total, rate, to)?, rate))
        });
        let (Ok((minor, rate)), Ok(parts)) = (converted, parts) else {
            cube.unconverted.push(left_out(total.ok(), converted.err().unwrap_or(Undefined::TooLarge)));
            continue;
        };
        let size = sizes.entry(*fact).or_default();
        match size_of(parts, rate, to).and_then(|more| size.checked_add(more)).filter(|sum| *sum <= LARGEST_SUM) {
            Some(sum) if cube.put(*fact, key, minor) => *size = sum,
            _ => {
                cube.unconverted.push(left_out(total.ok(), Undefined::TooLarge));
                continue;
            }
        }
        cube.put_parts(*fact, key, minor, parts, rate, to);
        if let (Fact::Actual, Ok(total)) = (*fact, total) {
            let at_budget = portfolio.exchange.convert_rate(*currency, to, RateKind::Budget, When::Period(key.period));
            cube.put_at_budget_rate(key, at_budget.and_then(|rate| rounded(total, rate, to).ok()));
        }
    }
    cube
}

impl Cube {
    /// Adds an amount to a cell; false where the sum would not fit, and nothing is added.
    fn put(&mut self, fact: Fact, key: &CellKey, minor: i64) -> bool {
        let slot = self.cells.entry(key.clone()).or_default().slot(fact);
        match slot.unwrap_or(0).checked_add(minor) {
            Some(sum) => *slot = Some(sum),
            None => return false,
        }
        true
    }

    fn put_parts(
        &mut self,
        fact: Fact,
        key: &CellKey,
        minor: i64,
        parts: &BTreeMap<FineKey, Decimal>,
        rate: Decimal,
        to: Currency,
    ) {
        let scale = Decimal::from(10i64.pow(to.exponent()));
        let exact: Vec<Decimal> = parts
            .values()
            .map(|part| part.checked_mul(rate).and_then(|part| part.checked_mul(scale)).unwrap_or_default())
            .collect();
        let cells = self.parts.entry(key.clone()).or_default();
        for (fine, share) in parts.keys().zip(apportion(minor, &exact)) {
            let slot = cells.entry(fine.clone()).or_default().slot(fact);
            *slot = Some(slot.unwrap_or(0).saturating_add(share));
        }
    }

    fn put_at_budget_rate(&mut self, key: &CellKey, minor: Option<i64>) {
        let missing = self.without_budget_rate.last() == Some(key);
        let Some(cell) = self.cells.get_mut(key) else { return };
        let sum = minor.and_then(|minor| cell.actual_at_budget_rate.unwrap_or(0).checked_add(minor));
        cell.actual_at_budget_rate = sum.filter(|_| !missing);
        if sum.is_none() && !missing {
            self.without_budget_rate.push(key.clone());
        }
    }
}

/// The rate for a fact. A balance takes the closing rate of the as-of date's period; before that period's end the spot rate
/// of the as-of date, else the closing rate of the period before.
fn rate(portfolio: &Portfolio, (from, to): (Currency, Currency), fact: Fact, period: Period) -> Option<Decimal> {
    let rate = |kind, when| portfolio.exchange.convert_rate(from, to, kind, when);
    if fact != Fact::OnOrder {
        return rate(fact.rate_kind(), When::Period(period));
    }
    let (fiscal, as_of) = (&portfolio.settings.fiscal, portfolio.settings.as_of.day());
    let spot = || rate(RateKind::Spot, When::Day(as_of));
    if as_of < fiscal.end(period) {
        return spot().or_else(|| rate(RateKind::Closing, When::Period(fiscal.prev(period))));
    }
    rate(RateKind::Closing, When::Period(period)).or_else(spot)
}

/// The parts of a cell added up without their signs; none where that is too large.
fn size_of(parts: &BTreeMap<FineKey, Decimal>, rate: Decimal, to: Currency) -> Option<i64> {
    parts.values().try_fold(0i64, |sum, part| sum.checked_add(rounded(part.abs(), rate, to).ok()?))
}

fn rounded(amount: Decimal, rate: Decimal, to: Currency) -> Result<i64, Undefined> {
    let exact = amount.checked_mul(rate).ok_or(Undefined::TooLarge)?;
    Money::rounded(exact, to).map(|money| money.minor).map_err(|_| Undefined::TooLarge)
}
