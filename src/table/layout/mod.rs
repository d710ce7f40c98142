//! Cuts sheets into grids: which cells are which fields of which records.
//!
//! Promises: a mapping wins over an Excel table or named range, and those win over guessing from headers. A sheet, column
//! or header that nothing explains is a finding that names the nearest known one; no cell is dropped without being
//! counted or reported. Does not judge what cells hold: that is checking's work.

mod bind;
mod catalogue;
mod cells;
pub mod codes;
mod crosstab;
mod default;
mod example;
mod find;
mod given;
mod mapped;
#[cfg(test)]
mod properties;
mod region;
#[cfg(test)]
mod tests;

use crate::base::finding::Findings;
use crate::base::origin::SheetName;
use crate::source::raw::RawSheet;
use crate::table::contract::Contract;
use crate::table::grid::Grid;
use crate::table::mapping::Mappings;
use crate::table::tables::SheetUse;
use catalogue::Catalogue;
use rayon::prelude::*;
use std::sync::Arc;

/// What became of the sheets: the grids cut from them, and one entry a sheet.
pub type Cut<'s> = (Vec<Grid<'s>>, Vec<(Arc<SheetName>, SheetUse)>, Findings);

/// Cuts every sheet into grids, by the mappings where they apply and else by Excel tables, names and headers. The
/// contracts that `mappings` declare are added to `contracts`.
#[must_use]
pub fn cut<'s>(sheets: &'s [RawSheet], mappings: &Mappings, contracts: &[Arc<Contract>]) -> Cut<'s> {
    let catalogue = Catalogue::of(contracts.iter().chain(&mappings.contracts));
    let mut findings = Findings::new();
    let mut grids = Vec::new();
    let mut uses = Vec::new();
    let mut mapped = mapped::apply(sheets, mappings, &catalogue, &mut findings);
    let guessed = |(index, sheet): (usize, &'s RawSheet)| {
        let mut found = Findings::new();
        let known = mapped.tables.contains_key(&index) || mapped.not_data.contains_key(&index);
        (!known).then(|| (default::lay_out(sheet, &catalogue, &mut found), found))
    };
    let laid_out: Vec<_> = sheets.par_iter().enumerate().map(guessed).collect();
    for ((index, sheet), guessed) in sheets.iter().enumerate().zip(laid_out) {
        let usage = match (mapped.tables.remove(&index), mapped.not_data.remove(&index)) {
            (Some(tables), _) => SheetUse::Mapped(tables),
            (None, Some(reason)) => SheetUse::NotData(reason),
            (None, None) => {
                let Some(((mut more, usage), found)) = guessed else { continue };
                let from = findings.0.len();
                findings.extend(found);
                given::apply(&mappings.sources, &sheet.name.file, &mut more, &mut findings.0, from);
                grids.extend(more.into_iter().map(|grid| (index, grid)));
                usage
            }
        };
        uses.push((Arc::clone(&sheet.name), usage));
    }
    grids.extend(mapped.grids);
    grids.sort_by_key(|(index, _)| *index);
    (grids.into_iter().map(|(_, grid)| grid).collect(), uses, findings)
}
