//! What must add up, asserted in every run: rows seen = accepted + quarantined + blank + totals + declared, and money in
//! = sum of buckets, per currency. A residual is a fault of the program: nothing is published.

use crate::model::portfolio::Portfolio;
use crate::table::tables::Tables;

/// Every sum that does not add up, in words; empty in a sound run.
#[must_use]
pub fn residuals(tables: &Tables, portfolio: &Portfolio) -> Vec<String> {
    let mut faults: Vec<String> = tables.assert_reconciled().err().unwrap_or_default();
    faults.extend(portfolio.ledger_totals.residuals());
    faults
}
