//! What must add up, asserted in every run: rows seen = accepted + quarantined + blank + totals + declared, and money in
//! = sum of buckets, per currency. A residual is a fault of the program: nothing is published.

use crate::analysis::reconciliation::Reconciliation;
use crate::model::portfolio::Portfolio;
use crate::table::tables::Tables;

/// Every sum that does not add up, in words; empty in a sound run.
#[must_use]
pub fn residuals(tables: &Tables, portfolio: &Portfolio) -> Vec<String> {
    let mut faults: Vec<String> = tables.assert_reconciled().err().unwrap_or_default();
    for total in portfolio.ledger.totals.iter().filter(|total| !total.residual().is_zero()) {
        let (kind, currency) = (total.kind.word(), total.currency);
        faults.push(format!("ledger, {kind} lines in {currency}: {} of {} is in no bucket", total.residual(), total.read));
    }
    for total in portfolio.plan_totals.iter().filter(|total| !total.residual().is_zero()) {
        faults.push(format!("{}, {}: {} of {} is in no bucket", total.table, total.currency, total.residual(), total.read));
    }
    faults
}

/// Every statement that must tie and does not, in words; empty in a sound run.
#[must_use]
pub fn unreconciled(reconciliation: &Reconciliation) -> Vec<String> {
    reconciliation.faults().map(ToString::to_string).collect()
}
