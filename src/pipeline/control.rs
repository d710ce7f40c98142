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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::finance::{LedgerTotal, PlanTotal};
    use crate::model::testing::{TestTables, settings};
    use rust_decimal::Decimal;

    fn tables() -> Tables {
        TestTables::new()
            .with("Initiatives", "Initiative ID | Name", &["I1 | One"])
            .with("Budgets", "Initiative | Category | Capex/Opex | Period | Amount", &["I1 | Labour | opex | 2026-10 | 7"])
            .with(
                "Actuals",
                "Entry ID | Posting date | Initiative | Category | Type | Amount",
                &["E1 | 2026-10-01 | I1 | Labour | actual | 5", "E2 | 2026-11-01 | | Labour | actual | 3"],
            )
            .tables()
    }

    /// The faults of the sums alone: tables written as text have no control totals of their own.
    fn faults(change: impl Fn(&mut Portfolio)) -> Vec<String> {
        let tables = tables();
        let (mut portfolio, _) = Portfolio::build(&tables, &settings("2026-10-31"));
        change(&mut portfolio);
        let sums = ["ledger,", "Budgets, ", "Forecast, "];
        let all = residuals(&tables, &portfolio).into_iter();
        all.filter(|fault| sums.iter().any(|start| fault.starts_with(start))).collect()
    }

    #[test]
    fn a_penny_in_no_bucket_is_a_fault() {
        assert_eq!(faults(|_| {}), Vec::<String>::new());
        let penny = Decimal::new(1, 2);
        let buckets: [fn(&mut LedgerTotal) -> &mut Decimal; 4] = [
            |total| &mut total.assigned,
            |total| &mut total.unassigned,
            |total| &mut total.after_as_of,
            |total| &mut total.held_back,
        ];
        for bucket in buckets {
            let told = faults(|portfolio| *bucket(&mut portfolio.ledger.totals[0]) += penny);
            let start = "ledger, actual lines in GBP: -0.01";
            assert!(told.len() == 1 && told[0].starts_with(start) && told[0].ends_with(" is in no bucket"), "{told:?}");
        }
        assert_eq!(faults(|portfolio| portfolio.ledger.totals[0].read += penny).len(), 1);
        let parts: [fn(&mut PlanTotal) -> &mut Decimal; 3] =
            [|total| &mut total.used, |total| &mut total.superseded, |total| &mut total.left_out];
        for part in parts {
            let told = faults(|portfolio| *part(&mut portfolio.plan_totals[0]) -= penny);
            assert!(told.len() == 1 && told[0].starts_with("Budgets, GBP: 0.01 of 7"), "{told:?}");
        }
    }

    #[test]
    fn rows_that_no_control_total_explains_are_a_fault() {
        let tables = tables();
        let (portfolio, _) = Portfolio::build(&tables, &settings("2026-10-31"));
        let told = residuals(&tables, &portfolio);
        assert!(told.contains(&"Actuals: 0 rows accepted, 2 in the table".to_string()), "{told:?}");
    }
}
