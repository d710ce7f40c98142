//! What has to be paid, when, for whom, and by which source.

use crate::analysis::cost::{CellAmounts, CellKey, CostPosition, FineKey};
use crate::base::id::InitiativeId;
use crate::base::money::split;
use crate::base::period::Period;
use crate::model::portfolio::Portfolio;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Whether a cost has been made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Timing {
    /// Actual cost up to the as-of date.
    ToDate,
    /// Still to come.
    ToCome,
}

/// A source as the budget names it; none where it names none.
pub(super) type Named = Option<Arc<str>>;

/// A cost to be paid: above zero, in minor units of the reporting currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Need {
    pub period: Period,
    pub timing: Timing,
    pub initiative: Option<InitiativeId>,
    pub source: Named,
    pub minor: i64,
}

/// All needs, by period, timing, initiative and source; and the credits that no later need takes up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Needs {
    pub needs: Vec<Need>,
    /// Below zero.
    pub credits: i64,
}

/// Minor units by initiative and source, and within by period and timing.
type Raw = BTreeMap<(Option<InitiativeId>, Named), BTreeMap<(Period, Timing), i64>>;

/// The needs of the cost position.
pub(super) fn needs(portfolio: &Portfolio, cost: &CostPosition) -> Needs {
    let mut raw = Raw::new();
    let shares = Shares::of(cost);
    let mut add = |key: &CellKey, at: (Period, Timing), minor: i64| {
        if minor == 0 {
            return;
        }
        for (source, part) in shares.split(key, minor) {
            let sum = raw.entry((key.initiative.clone(), source)).or_default().entry(at).or_default();
            *sum = sum.saturating_add(part);
        }
    };
    for (key, cell) in &cost.cube.cells {
        add(key, (key.period, Timing::ToDate), cell.actual.unwrap_or(0));
        add(key, (key.period, Timing::ToCome), cost.to_come(key.period, cell));
    }
    for (key, minor) in orders_beyond_forecast(portfolio, cost) {
        add(&key, (key.period, Timing::ToCome), minor);
    }
    settled(raw)
}

/// What is on order and in no forecast, by initiative and category: it is to come, in the period of the as-of date.
fn orders_beyond_forecast(portfolio: &Portfolio, cost: &CostPosition) -> Vec<(CellKey, i64)> {
    let mut sums: BTreeMap<CellKey, (i64, i64)> = BTreeMap::new();
    for (key, cell) in &cost.cube.cells {
        let (on_order, to_come) = sums.entry(CellKey { period: cost.period, ..key.clone() }).or_default();
        *on_order = on_order.saturating_add(cell.on_order.unwrap_or(0));
        *to_come = to_come.saturating_add(cost.to_come(key.period, cell));
    }
    let holds = portfolio.settings.finance.forecast_holds_orders;
    let beyond = |(on_order, to_come): (i64, i64)| if holds { on_order.saturating_sub(on_order.min(to_come)) } else { on_order };
    sums.into_iter().map(|(key, sums)| (key, beyond(sums))).filter(|(_, minor)| *minor != 0).collect()
}

/// Sets credits against the next needs of the same initiative and source.
fn settled(raw: Raw) -> Needs {
    let mut found = Needs::default();
    for ((initiative, source), periods) in raw {
        let mut credit = 0i64;
        for ((period, timing), minor) in periods {
            let left = minor.saturating_add(credit);
            credit = left.min(0);
            if left > 0 {
                found.needs.push(Need { period, timing, initiative: initiative.clone(), source: source.clone(), minor: left });
            }
        }
        found.credits = found.credits.saturating_add(credit);
    }
    let order = |need: &Need| (need.period, need.timing, need.initiative.is_none(), need.initiative.clone(), need.source.clone());
    found.needs.sort_by_key(order);
    found
}

/// Budget by funding source.
type Weights = BTreeMap<Named, i64>;

/// Which sources the current budget names, for each cell and for each initiative and category.
struct Shares<'c> {
    cells: BTreeMap<&'c CellKey, Weights>,
    lines: BTreeMap<(&'c Option<InitiativeId>, &'c str), Weights>,
}

impl<'c> Shares<'c> {
    fn of(cost: &'c CostPosition) -> Self {
        let mut shares = Self { cells: BTreeMap::new(), lines: BTreeMap::new() };
        for (key, parts) in &cost.cube.parts {
            for (source, minor) in named(parts) {
                for weights in [
                    shares.cells.entry(key).or_default(),
                    shares.lines.entry((&key.initiative, key.category.as_str())).or_default(),
                ] {
                    let sum = weights.entry(source.clone()).or_default();
                    *sum = sum.saturating_add(minor);
                }
            }
        }
        shares
    }

    /// A cell's money by source, in proportion to the budget.
    fn split(&self, key: &CellKey, minor: i64) -> Vec<(Named, i64)> {
        let line = || self.lines.get(&(&key.initiative, key.category.as_str()));
        let weights = self.cells.get(key).filter(|weights| counts(weights)).or_else(|| line().filter(|weights| counts(weights)));
        let Some(weights) = weights else { return vec![(None, minor)] };
        let each: Vec<u64> = weights.values().map(|weight| u64::try_from(*weight).unwrap_or(0)).collect();
        weights.keys().cloned().zip(split(minor, &each)).filter(|(_, minor)| *minor != 0).collect()
    }
}

fn counts(weights: &Weights) -> bool {
    weights.values().any(|weight| *weight > 0)
}

fn named(parts: &BTreeMap<FineKey, CellAmounts>) -> impl Iterator<Item = (Named, i64)> {
    parts.iter().filter_map(|(fine, part)| Some((fine.funding_source.clone(), part.budget()?)))
}
