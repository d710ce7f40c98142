//! The cost position: budget, actual cost, commitments and forecast by initiative, category and period.
//!
//! Promises: each amount is converted at (initiative, category, period, currency) and rounded there, once; every total is
//! a sum of those, so that parts add up to what is shown; money without a rate is listed and in no total; a figure
//! without a source is none with a reason. Actual cost is converted at average rates, budget and forecast at budget rates.
//!
//! What is still to come is the forecast of later periods; in a period that the as-of date cuts, what its forecast has
//! above its actual cost. Earned value and estimates at completion by trend are not here.

mod cash;
mod cube;
mod figures;
mod findings;
mod gather;
mod position;
mod reconcile;
mod scope;
#[cfg(test)]
mod tests;

pub use cash::{Burn, CashFlow, CashMonth};
pub use cube::{CellAmounts, CellKey, Cube, Fact, FineKey, LARGEST_SUM, Unconverted, convert};
pub use figures::{Figures, Window, Windows};
pub use gather::{Native, native};
pub use position::{Dimension, PositionGroup, PositionLine};
pub use reconcile::{BudgetBridge, LedgerCheck};

use crate::analysis::ledger_review::OrderBalance;
use crate::base::finding::Findings;
use crate::base::id::InitiativeId;
use crate::base::money::Currency;
use crate::base::period::Period;
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;
use scope::{Part, Scope};
use std::collections::BTreeMap;

/// The cost position of the portfolio.
#[derive(Clone, Debug)]
pub struct CostPosition {
    /// The period in which the as-of date lies.
    pub period: Period,
    /// True where the as-of date lies before the period's last day.
    pub period_incomplete: bool,
    /// Reporting currency.
    pub currency: Currency,
    /// What the tables say, before conversion.
    pub native: Native,
    /// The cube in the reporting currency.
    pub cube: Cube,
    /// The cube with each initiative in its own currency.
    pub own: Cube,
    /// By initiative, by id; only those of the portfolio.
    pub initiatives: Vec<InitiativeCost>,
    /// By category, by name; unassigned money included.
    pub categories: Vec<(String, Windows)>,
    /// Money of no initiative.
    pub unassigned: Windows,
    /// Everything, unassigned money included.
    pub total: Windows,
    /// By period from the first to the last that has money, in the reporting currency, all initiatives and unassigned.
    pub periods: Vec<PeriodCost>,
    /// How much of the portfolio the figures cover.
    pub coverage: Coverage,
    /// Budget against budget at completion, by initiative.
    pub bridges: Vec<BudgetBridge>,
    /// Cost of the ledger against the cube, by currency: both sides of the control total.
    pub ledger_checks: Vec<LedgerCheck>,
    /// The position line by line, by each [`Dimension`].
    pub groups: Vec<PositionGroup>,
    /// Cash by period.
    pub cash: CashFlow,
    /// Burn rate and runway: the portfolio, then each initiative that is not over.
    pub burn: Vec<Burn>,
}

/// The cost of one initiative.
#[derive(Clone, Debug)]
pub struct InitiativeCost {
    /// Which.
    pub initiative: InitiativeId,
    /// In the reporting currency.
    pub reporting: Windows,
    /// In the initiative's own currency.
    pub own: Windows,
    /// Its line of the position, in its own currency.
    pub own_position: PositionLine,
    /// By category, by name, in the reporting currency.
    pub categories: Vec<(String, Windows)>,
    /// The owner's words on cost for the period, in the order of the table.
    pub commentary: Vec<String>,
    /// True where the variance of the year to date passes the threshold for words and there are none.
    pub commentary_needed: bool,
}

impl CostPosition {
    /// What of a cell's forecast is still to come, in minor units.
    #[must_use]
    pub fn to_come(&self, period: Period, cell: &CellAmounts) -> i64 {
        scope::still_to_come((self.period, self.period_incomplete), period, cell)
    }
}

/// One period of the portfolio.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodCost {
    /// Which.
    pub period: Period,
    /// Amounts in minor units of the reporting currency.
    pub amounts: CellAmounts,
}

/// How many of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Initiatives.
    pub initiatives: usize,
    /// Those with budget lines.
    pub with_budget: usize,
    /// Those with actual cost.
    pub with_actual_cost: usize,
    /// Those with a forecast.
    pub with_forecast: usize,
    /// Amounts of the cube (by fact, cell and currency) that were converted.
    pub converted: usize,
    /// Amounts of the cube.
    pub amounts: usize,
}

/// Works out the cost position. `orders` are the balances of the ledger's review. `budgets_at_completion` are earned value's, in each initiative's own currency, for the
/// bridge from budget to plan.
#[must_use]
pub fn cost_position(
    portfolio: &Portfolio,
    budgets_at_completion: &BTreeMap<InitiativeId, Decimal>,
    orders: &[OrderBalance],
) -> (CostPosition, Findings) {
    let settings = &portfolio.settings;
    let native = native(portfolio, orders);
    let currency = settings.reporting_currency;
    let own_currency =
        |id: Option<&InitiativeId>| id.and_then(|id| portfolio.initiative(id)).map_or(currency, |known| known.currency);
    let (cube, own) = rayon::join(|| convert(portfolio, &native, |_| currency), || convert(portfolio, &native, own_currency));
    let scope = Scope::of(portfolio);
    let initiatives = portfolio.initiatives.iter().zip(position::own_lines(portfolio, &scope, &own));
    let initiatives = initiatives.map(|(initiative, line)| scope.initiative(portfolio, initiative, (&cube, &own), line));
    let position = CostPosition {
        period: scope.period,
        period_incomplete: scope.incomplete,
        currency,
        initiatives: initiatives.collect(),
        categories: scope.by_category(&cube, currency, Part::All),
        unassigned: scope.windows(&cube, currency, Part::Unassigned),
        total: scope.windows(&cube, currency, Part::All),
        periods: periods(portfolio, &cube),
        coverage: coverage(portfolio, &native, &cube),
        bridges: reconcile::bridges(portfolio, &own, budgets_at_completion),
        ledger_checks: reconcile::ledger_checks(portfolio, &native),
        groups: position::groups(portfolio, &scope, &cube),
        cash: cash::cash_flow(portfolio, &scope, &cube),
        burn: cash::burn(portfolio, &scope, &cube),
        native,
        cube,
        own,
    };
    let findings = findings::findings(portfolio, &position);
    (position, findings)
}

/// Every period from the first to the last with money, gaps included.
fn periods(portfolio: &Portfolio, cube: &Cube) -> Vec<PeriodCost> {
    let mut by_period: BTreeMap<Period, CellAmounts> = BTreeMap::new();
    for (key, cell) in &cube.cells {
        let sum = by_period.entry(key.period).or_default();
        let plus = |a: Option<i64>, b: Option<i64>| {
            if a.is_none() && b.is_none() { None } else { Some(a.unwrap_or(0).saturating_add(b.unwrap_or(0))) }
        };
        *sum = CellAmounts {
            original: plus(sum.original, cell.original),
            changes: plus(sum.changes, cell.changes),
            actual: plus(sum.actual, cell.actual),
            accrued: plus(sum.accrued, cell.accrued),
            actual_at_budget_rate: plus(sum.actual_at_budget_rate, cell.actual_at_budget_rate),
            commitment: plus(sum.commitment, cell.commitment),
            on_order: plus(sum.on_order, cell.on_order),
            forecast: plus(sum.forecast, cell.forecast),
        };
    }
    let (Some(first), Some(last)) = (by_period.keys().next().copied(), by_period.keys().next_back().copied()) else {
        return Vec::new();
    };
    let range = portfolio.settings.fiscal.range(first, last);
    range.into_iter().map(|period| PeriodCost { period, amounts: by_period.get(&period).copied().unwrap_or_default() }).collect()
}

fn coverage(portfolio: &Portfolio, native: &Native, cube: &Cube) -> Coverage {
    let with = |fact: Fact| {
        let has =
            |id: &InitiativeId| native.amounts.keys().any(|(of, key, _)| *of == fact && key.initiative.as_ref() == Some(id));
        portfolio.initiatives.iter().filter(|initiative| has(&initiative.id)).count()
    };
    Coverage {
        initiatives: portfolio.initiatives.len(),
        with_budget: with(Fact::Original),
        with_actual_cost: with(Fact::Actual),
        with_forecast: with(Fact::Forecast),
        converted: native.amounts.len() - cube.unconverted.len(),
        amounts: native.amounts.len(),
    }
}
