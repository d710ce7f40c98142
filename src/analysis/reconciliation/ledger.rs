//! From the ledger to the cost in the figures, by currency.

use super::statement::{SideTotal, Statement, Topic};
use crate::analysis::cost::CostPosition;
use crate::base::money::Currency;
use crate::model::finance::LedgerTotal;
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The statements of the ledger.
pub(super) fn statements(portfolio: &Portfolio, cost: &CostPosition) -> Vec<Statement> {
    let mut totals: BTreeMap<Currency, Vec<&LedgerTotal>> = BTreeMap::new();
    for total in portfolio.ledger.totals.iter().filter(|total| total.kind.is_cost()) {
        totals.entry(total.currency).or_default().push(total);
    }
    let in_cube = |currency| cost.ledger_checks.iter().find(|check| check.currency == currency).map(|check| check.cube);
    let statement = |(currency, totals): (Currency, Vec<&LedgerTotal>)| {
        let sum = |part: fn(&LedgerTotal) -> Decimal| totals.iter().map(|total| part(total)).sum::<Decimal>();
        let held_back = portfolio.ledger.held_back.iter().filter(|line| line.currency == currency).count() as u64;
        Statement::tie(
            Topic::Ledger,
            "Ledger to actual cost",
            currency.code(),
            currency,
            SideTotal::new("cost lines of the ledger", sum(|total| total.read)),
        )
        .adjust("finer than the smallest unit: held back", -sum(|total| total.held_back), held_back)
        .adjust("posted after the as-of date", -sum(|total| total.after_as_of), 0)
        .reported(SideTotal::new("actual cost, before conversion", in_cube(currency).unwrap_or_default()))
    };
    totals.into_iter().map(statement).collect()
}
