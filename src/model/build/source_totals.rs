//! What the sheets of money hold before anything is done with it: the near end of every reconciliation.

use crate::base::money::Currency;
use crate::base::origin::SheetName;
use crate::model::build::context::LARGEST_AMOUNT;
use crate::model::finance::{HeldBackMoney, SourceTotal};
use crate::table::codes;
use crate::table::tables::{QuarantinedRow, Table, Tables};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The tables whose sheets are tied to the figures.
const TABLES: [&str; 3] = [LEDGER, "Budgets", "Forecast"];
/// The one whose amounts are bounded.
const LEDGER: &str = "Actuals";

/// The totals, by table, sheet and currency.
pub(super) fn source_totals(tables: &Tables) -> Vec<SourceTotal> {
    let mut totals = Vec::new();
    for table in TABLES {
        let too_large = tables.get(table).filter(|_| table != LEDGER).map(too_large).unwrap_or_default();
        for control in tables.control_totals.iter().filter(|control| control.table == table) {
            totals.extend(control.money.iter().map(|money| SourceTotal {
                table: table.to_string(),
                sheet: Arc::clone(&control.sheet),
                currency: Currency::parse(&money.currency),
                seen: money.seen,
                held_back: held_back(&tables.quarantine, table, &control.sheet, &money.currency),
                too_large: too_large.get(&(&*control.sheet, money.currency.as_str())).copied().unwrap_or_default(),
            }));
        }
    }
    totals.sort_by(|a, b| (&a.table, &a.sheet, a.currency).cmp(&(&b.table, &b.sheet, b.currency)));
    totals
}

/// Rows of a sheet and a currency that were held back, by the first reason of each.
fn held_back(rows: &[QuarantinedRow], table: &str, sheet: &SheetName, currency: &str) -> Vec<HeldBackMoney> {
    let mut reasons: BTreeMap<String, (Decimal, u64)> = BTreeMap::new();
    let mine = rows.iter().filter(|row| row.table == table && *row.place.sheet == *sheet);
    for (row, (amount, _)) in mine.filter_map(|row| Some((row, row.money.as_ref().filter(|(_, code)| code == currency)?))) {
        let sum = reasons.entry(reason(row)).or_default();
        *sum = (sum.0.saturating_add(*amount), sum.1 + 1);
    }
    reasons.into_iter().map(|(reason, (amount, rows))| HeldBackMoney { reason, amount, rows }).collect()
}

/// The title of the kind of finding that a row was held back for, and its code.
fn reason(row: &QuarantinedRow) -> String {
    let first = row.reasons.first().map_or("", String::as_str);
    let id: String = first.chars().take_while(char::is_ascii_alphanumeric).collect();
    let known = codes::ALL.iter().find(|code| code.id == id);
    known.map_or_else(|| "held back".to_string(), |code| format!("held back: {} ({id})", code.title))
}

/// Accepted plan amounts beyond what can be meant, by sheet and currency code. A ledger has none: its amounts are bounded.
fn too_large(table: &Table) -> BTreeMap<(&SheetName, &str), (Decimal, u64)> {
    let mut sums: BTreeMap<(&SheetName, &str), (Decimal, u64)> = BTreeMap::new();
    for row in table.rows() {
        let Some(amount) = row.decimal("amount").filter(|amount| amount.abs() > Decimal::from(LARGEST_AMOUNT)) else { continue };
        let part = &table.origins.parts[table.origins.part[row.index] as usize];
        let sum = sums.entry((&part.sheet, row.text("currency").unwrap_or(""))).or_default();
        *sum = (sum.0.saturating_add(amount), sum.1 + 1);
    }
    sums
}
