//! Grids to checked tables: every cell a typed value, a named state or a finding; every row accepted, held back, blank, a
//! total or declared to be no data.
//!
//! Promises: nothing that cannot be read becomes zero; a row whose required field cannot be used is held back as it
//! stands; rows and money in equal rows and money out, sheet by sheet ([`Tables::assert_reconciled`]). Columns are read in
//! parallel and the result does not depend on it. Rules between tables belong to the model, but for [`references`].

mod assemble;
mod cells;
pub mod codes;
mod column;
mod date;
mod keys;
mod lookalike;
mod merged;
mod number;
mod outcome;
mod parse;
pub mod references;
mod region;
mod rules;
mod sense;
mod totals;

use crate::base::finding::Findings;
use crate::base::money::Currency;
use crate::base::period::FiscalCalendar;
use crate::table::contract::Contract;
use crate::table::grid::Grid;
use crate::table::tables::Tables;
use rayon::prelude::*;
use region::Region;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What checking needs to know of the settings.
#[derive(Clone, Copy, Debug, Default)]
pub struct CheckSettings {
    /// The fiscal calendar, which turns dates and months into periods.
    pub fiscal: FiscalCalendar,
    /// The currency whose smallest unit holds for ledger amounts without one of their own; none to leave that to the model.
    pub currency: Option<Currency>,
}

/// Checks every grid. Sheets of one table are joined in the order in which they are given; [`Tables::sheets`] is the
/// layout's to fill.
#[must_use]
pub fn check_grids(grids: Vec<Grid<'_>>, settings: &CheckSettings) -> (Tables, Findings) {
    let patterns = broken_patterns(&grids);
    let regions: Vec<Region<'_>> = grids.into_par_iter().map(|grid| region::check(grid, settings)).collect();
    let mut by_table: BTreeMap<String, Vec<Region<'_>>> = BTreeMap::new();
    for region in regions {
        by_table.entry(region.grid.contract.name.to_string()).or_default().push(region);
    }
    let mut tables = Tables::default();
    let mut findings = patterns;
    for (name, mut regions) in by_table {
        keys::check(&mut regions);
        let contract = Arc::clone(&regions[0].grid.contract);
        tables.tables.insert(name, assemble::table(&contract, &regions));
        for region in regions {
            tables.quarantine.extend(assemble::quarantine(&region));
            add_control_total(&mut tables, assemble::control_total(&region));
            findings.extend(region.findings);
        }
    }
    tables.control_totals.sort_by(|a, b| (&a.sheet, &a.table).cmp(&(&b.sheet, &b.table)));
    findings.extend(references::check(&tables, |contract| !is_ours(contract)));
    (tables, findings)
}

/// True for a contract of the data dictionary, as against one that the settings declare.
fn is_ours(contract: &Contract) -> bool {
    crate::table::contracts::find(&contract.name).is_some_and(|known| *known == *contract)
}

/// Adds a sheet's control total; parts of one sheet as one table are one entry.
fn add_control_total(tables: &mut Tables, total: crate::table::tables::ControlTotal) {
    let same = tables.control_totals.iter_mut().find(|known| known.sheet == total.sheet && known.table == total.table);
    match same {
        Some(known) => known.add(&total),
        None => tables.control_totals.push(total),
    }
}

/// Patterns of declared contracts that are no regular expressions.
fn broken_patterns(grids: &[Grid<'_>]) -> Findings {
    let mut out = Findings::new();
    let mut seen: Vec<&str> = Vec::new();
    for grid in grids.iter().filter(|grid| !is_ours(&grid.contract)) {
        if seen.contains(&grid.contract.name.as_ref()) {
            continue;
        }
        seen.push(&grid.contract.name);
        for field in &grid.contract.fields {
            let Some(pattern) = &field.pattern else { continue };
            if regex::Regex::new(&format!("^(?:{pattern})$")).is_err() {
                let finding = codes::BAD_PATTERN.nowhere().field(grid.contract.name.to_string(), field.header.to_string());
                let hint = "Correct the pattern in portfolio.toml; brackets and backslashes must match.";
                out.push(finding.found(format!("\"{pattern}\"")).expected("a regular expression").hint(hint));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests;
