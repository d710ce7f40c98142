//! The position line by line: original budget, changes, actual cost, orders, forecast, estimate at completion and what is
//! available, by each dimension in which the tables tell it.
//!
//! Estimate at completion = actual cost + what is on order + what the forecast holds beyond the orders. The forecast to
//! come counts orders first, by initiative and category: `covered` = the lesser of the two; where the settings say that the
//! forecast holds no orders, nothing is covered. Every dimension adds up to the same total, to the minor unit.
//!
//! Source: budget position of project accounting (available = current budget - actual cost - commitments).

use super::cube::{CellAmounts, CellKey, Cube, FineKey};
use super::figures::{Known, to_money};
use super::scope::{Part, Scope};
use crate::analysis::measure::{Measure, Undefined};
use crate::base::id::InitiativeId;
use crate::base::money::{Currency, Money, split};
use crate::model::finance::Expenditure;
use crate::model::initiative::Initiative;
use crate::model::portfolio::Portfolio;
use std::collections::BTreeMap;

/// What the position is broken down by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// By initiative.
    Initiative,
    /// By initiative and first level of the WBS code: `LU-101 2`.
    WorkPackage,
    /// By cost category.
    Category,
    /// Capital or operating.
    Expenditure,
    /// By funding source.
    FundingSource,
    /// By fiscal period. Orders name no period: their excess over the forecast stands in the line that tells none.
    Period,
}

impl Dimension {
    /// All, in the order of reports.
    pub const ALL: [Self; 6] =
        [Self::Initiative, Self::WorkPackage, Self::Category, Self::Expenditure, Self::FundingSource, Self::Period];

    /// For a sheet.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Initiative => "initiative",
            Self::WorkPackage => "work package",
            Self::Category => "category",
            Self::Expenditure => "capital and operating",
            Self::FundingSource => "funding source",
            Self::Period => "period",
        }
    }
}

/// The position by one dimension.
#[derive(Clone, Debug, PartialEq)]
pub struct PositionGroup {
    /// By what.
    pub dimension: Dimension,
    /// By label, in its order; an empty label where the lines do not tell.
    pub lines: Vec<(String, PositionLine)>,
    /// Everything; the same for each dimension.
    pub total: PositionLine,
}

/// One line of the position, in the reporting currency. Positive is cost.
#[derive(Clone, Debug, PartialEq)]
pub struct PositionLine {
    /// Budget of the version that counts.
    pub original: Measure<Money>,
    /// Approved changes.
    pub changes: Measure<Money>,
    /// Current budget.
    pub budget: Measure<Money>,
    /// Actual cost, accruals included.
    pub actual: Measure<Money>,
    /// The part that is accrued.
    pub accrued: Measure<Money>,
    /// Still on order.
    pub commitments: Measure<Money>,
    /// Forecast to complete.
    pub to_come: Measure<Money>,
    /// What the forecast holds beyond the orders.
    pub uncommitted: Measure<Money>,
    /// Actual cost, orders and what is beyond them.
    pub estimate_at_completion: Measure<Money>,
    /// Current budget less actual cost and orders.
    pub available: Measure<Money>,
    /// Estimate at completion less current budget.
    pub variance: Measure<Money>,
}

/// Sums in minor units.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    original: i128,
    changes: i128,
    has_budget: bool,
    actual: i128,
    accrued: i128,
    on_order: i128,
    to_come: i128,
    covered: i128,
}

impl Sums {
    fn add(&mut self, other: &Self) {
        self.original += other.original;
        self.changes += other.changes;
        self.has_budget |= other.has_budget;
        self.actual += other.actual;
        self.accrued += other.accrued;
        self.on_order += other.on_order;
        self.to_come += other.to_come;
        self.covered += other.covered;
    }

    fn line(&self, known: &Known, by_period: bool, currency: Currency) -> PositionLine {
        let money = |known: Result<(), Undefined>, minor: i128| known.and_then(|()| to_money(minor, currency));
        let orders = if by_period { Err(Undefined::NotByPeriod) } else { known.orders };
        let (current, beyond) = (self.original + self.changes, self.to_come - self.covered);
        let estimated = known.actual.and(known.orders).and(known.forecast);
        let estimate = self.actual + self.on_order + beyond;
        PositionLine {
            original: money(known.budget, self.original),
            changes: money(known.budget, self.changes),
            budget: money(known.budget, current),
            actual: money(known.actual, self.actual),
            accrued: money(known.actual, self.accrued),
            commitments: money(orders, self.on_order),
            to_come: money(known.forecast, self.to_come),
            uncommitted: money(orders.and(known.forecast), beyond),
            estimate_at_completion: money(estimated, estimate),
            available: money(known.budget.and(known.actual).and(orders), current - self.actual - self.on_order),
            variance: money(known.budget.and(estimated), estimate - current),
        }
    }
}

/// What of a cell is told so finely, with its sums.
struct Entry<'c> {
    key: &'c CellKey,
    fine: &'c FineKey,
    sums: Sums,
}

/// The position by every dimension.
pub(super) fn groups(portfolio: &Portfolio, scope: &Scope, cube: &Cube) -> Vec<PositionGroup> {
    let mut entries = entries(scope, cube);
    if portfolio.settings.finance.forecast_holds_orders {
        cover(&mut entries);
    }
    let currency = portfolio.settings.reporting_currency;
    let group = |dimension: Dimension| {
        let mut lines: BTreeMap<String, Sums> = BTreeMap::new();
        let mut all = Sums::default();
        for entry in &entries {
            for (label, sums) in placed(dimension, entry) {
                lines.entry(label).or_default().add(&sums);
            }
            all.add(&entry.sums);
        }
        let line = |(label, sums): (String, Sums)| {
            let known = known(portfolio, scope, cube, dimension, &label, &sums);
            let line = sums.line(&known, dimension == Dimension::Period && !label.is_empty(), currency);
            (label, line)
        };
        let known = scope.overall(cube, all.has_budget);
        PositionGroup { dimension, lines: lines.into_iter().map(line).collect(), total: all.line(&known, false, currency) }
    };
    Dimension::ALL.map(group).into()
}

/// Each initiative's line in its own currency, in the order of the portfolio.
pub(super) fn own_lines(portfolio: &Portfolio, scope: &Scope, own: &Cube) -> Vec<PositionLine> {
    let mut entries = entries(scope, own);
    if portfolio.settings.finance.forecast_holds_orders {
        cover(&mut entries);
    }
    let mut sums: BTreeMap<&InitiativeId, Sums> = BTreeMap::new();
    for entry in &entries {
        if let Some(initiative) = &entry.key.initiative {
            sums.entry(initiative).or_default().add(&entry.sums);
        }
    }
    let line = |initiative: &Initiative| {
        let known = scope.known_of(own, Part::Initiative(&initiative.id), super::scope::is_over(initiative));
        sums.get(&initiative.id).copied().unwrap_or_default().line(&known, false, initiative.currency)
    };
    portfolio.initiatives.iter().map(line).collect()
}

fn entries<'c>(scope: &Scope, cube: &'c Cube) -> Vec<Entry<'c>> {
    let mut entries = Vec::new();
    for (key, parts) in &cube.parts {
        let Some(cell) = cube.cells.get(key) else { continue };
        let forecasts: Vec<i64> = parts.values().map(|part| part.forecast.unwrap_or(0)).collect();
        let to_come = shares(scope.to_come(key.period, cell), &forecasts);
        for ((fine, part), to_come) in parts.iter().zip(to_come) {
            entries.push(Entry { key, fine, sums: sums_of(part, to_come) });
        }
    }
    entries
}

fn sums_of(part: &CellAmounts, to_come: i64) -> Sums {
    let minor = |amount: Option<i64>| i128::from(amount.unwrap_or(0));
    Sums {
        original: minor(part.original),
        changes: minor(part.changes),
        has_budget: part.original.is_some() || part.changes.is_some(),
        actual: minor(part.actual),
        accrued: minor(part.accrued),
        on_order: minor(part.on_order),
        to_come: i128::from(to_come),
        covered: 0,
    }
}

/// A total over parts: the parts themselves where they add up to it, else in proportion to them.
fn shares(total: i64, parts: &[i64]) -> Vec<i64> {
    if parts.iter().map(|part| i128::from(*part)).sum::<i128>() == i128::from(total) {
        return parts.to_vec();
    }
    let weights: Vec<u64> = parts.iter().map(|part| u64::try_from(*part).unwrap_or(0)).collect();
    split(total, &weights)
}

/// Puts what orders cover of the forecast, by initiative and category, to the forecast's parts.
fn cover(entries: &mut [Entry<'_>]) {
    let same = |a: &Entry<'_>, b: &Entry<'_>| a.key.initiative == b.key.initiative && a.key.category == b.key.category;
    for group in entries.chunk_by_mut(same) {
        let on_order: i128 = group.iter().map(|entry| entry.sums.on_order).sum();
        let to_come: i128 = group.iter().map(|entry| entry.sums.to_come).sum();
        let Ok(covered) = i64::try_from(on_order.min(to_come)) else { continue };
        let weights: Vec<u64> = group.iter().map(|entry| u64::try_from(entry.sums.to_come).unwrap_or(0)).collect();
        for (entry, share) in group.iter_mut().zip(split(covered, &weights)) {
            entry.sums.covered = i128::from(share);
        }
    }
}

/// The labels under which an entry's sums stand.
fn placed(dimension: Dimension, entry: &Entry<'_>) -> Vec<(String, Sums)> {
    let (key, fine) = (entry.key, entry.fine);
    let initiative = || key.initiative.as_ref().map(InitiativeId::to_string).unwrap_or_default();
    let label = match dimension {
        Dimension::Initiative => initiative(),
        Dimension::WorkPackage => fine.work.as_ref().map(|work| format!("{} {work}", initiative())).unwrap_or_default(),
        Dimension::Category => key.category.clone(),
        Dimension::Expenditure => match fine.expenditure {
            Some(Expenditure::Capex) => "capex".into(),
            Some(Expenditure::Opex) => "opex".into(),
            None => String::new(),
        },
        Dimension::FundingSource => fine.funding_source.as_deref().unwrap_or_default().to_string(),
        Dimension::Period => {
            let orders = Sums { on_order: entry.sums.on_order, covered: entry.sums.covered, ..Sums::default() };
            let rest = Sums { on_order: 0, covered: 0, ..entry.sums };
            return vec![(key.period.to_string(), rest), (String::new(), orders)];
        }
    };
    vec![(label, entry.sums)]
}

/// What of a line is known. An initiative needs a forecast of its own; elsewhere none means that nothing is to come.
fn known(portfolio: &Portfolio, scope: &Scope, cube: &Cube, dimension: Dimension, label: &str, sums: &Sums) -> Known {
    if dimension == Dimension::Initiative && !label.is_empty() {
        let id = InitiativeId::new(label);
        let over = portfolio.initiative(&id).is_some_and(super::scope::is_over);
        return scope.known_of(cube, Part::Initiative(&id), over);
    }
    scope.overall(cube, sums.has_budget)
}
