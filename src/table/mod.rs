//! Raw sheets to checked dataframes. The data dictionary ([`contracts`]), mappings of foreign layouts, value checks,
//! quarantine and control totals.
//!
//! Promises: each cell of a mapped table ends as a typed value, a named value state, or a finding at its address; a row
//! that cannot be used is kept in quarantine as it was; rows seen = accepted + quarantined + blank + totals. Knows
//! headers and cells; nothing after `model/` does.

pub mod check;
pub mod codes;
pub mod contract;
pub mod contracts;
pub mod grid;
pub mod headers;
pub mod layout;
pub mod mapping;
pub mod tables;
pub mod template;
#[cfg(test)]
pub(crate) mod testing;

use crate::base::finding::Findings;
use crate::source::raw::RawSheet;
use check::CheckSettings;
use mapping::Mappings;
use tables::Tables;

/// Cuts the sheets into tables, by the mappings where they apply, and checks every cell of them. The tables of the data
/// dictionary and those that the mappings declare are known.
#[must_use]
pub fn read(sheets: &[RawSheet], mappings: &Mappings, settings: &CheckSettings) -> (Tables, Findings) {
    let (grids, uses, mut findings) = layout::cut(sheets, mappings, &contracts::all());
    let (mut tables, checked) = check::check_grids(grids, settings);
    tables.sheets = uses;
    findings.extend(checked);
    (tables, findings)
}
