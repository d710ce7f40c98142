//! What a source says of files that need no mapping: their owner, how cells are read, and words for fields that the
//! sheets leave out.

use super::codes;
use super::mapped::rules::Vars;
use super::mapped::{file_vars, plan};
use crate::base::finding::Finding;
use crate::table::contract::Contract;
use crate::table::grid::{Binding, From, Grid, Reading};
use crate::table::mapping::spec::Source;

/// Gives grids that were laid out without a mapping what the sources of their file say. A field without a column takes the
/// placeholder of the same name, where there is one; the finding that it is missing goes with it.
pub fn apply(sources: &[Source], file: &str, grids: &mut [Grid<'_>], findings: &mut Vec<Finding>, from: usize) {
    for source in sources.iter().filter(|source| source.takes(file)) {
        let vars = file_vars(source, file, None);
        for grid in grids.iter_mut() {
            fill(grid, source, &vars);
        }
    }
    let owner = sources.iter().filter(|source| source.takes(file)).find_map(|source| source.owner.clone());
    let given = |finding: &Finding| {
        let grid = grids.iter().find(|grid| grid.contract.name == finding.table);
        grid.is_some_and(|grid| position(&grid.contract, &finding.field).is_some_and(|field| is_bound(grid, field)))
    };
    let mut at = from;
    while let Some(finding) = findings.get_mut(at) {
        if finding.code == codes::HEADER_MISSING && given(finding) {
            findings.remove(at);
            continue;
        }
        finding.owner.clone_from(&owner);
        at += 1;
    }
}

fn position(contract: &Contract, header: &str) -> Option<usize> {
    contract.fields.iter().position(|field| field.header == header)
}

fn is_bound(grid: &Grid<'_>, field: usize) -> bool {
    grid.bindings.iter().any(|binding| binding.field == field)
}

fn fill(grid: &mut Grid<'_>, source: &Source, vars: &Vars) {
    grid.owner = grid.owner.take().or_else(|| source.owner.clone());
    grid.reading = merged(std::mem::take(&mut grid.reading), plan::reading(&source.reading));
    for (name, text) in vars {
        if let Some(field) = grid.contract.position(name).filter(|field| !is_bound(grid, *field)) {
            grid.bindings.push(Binding { field, from: From::Constant(text.clone()), translate: Vec::new(), factor: 1.0 });
        }
    }
}

/// What the headers say wins over what the source says.
fn merged(own: Reading, source: Reading) -> Reading {
    let longer = |own: Vec<String>, other: Vec<String>| if own.is_empty() { other } else { own };
    Reading {
        decimal_comma: own.decimal_comma.or(source.decimal_comma),
        day_first: own.day_first.or(source.day_first),
        withheld: longer(own.withheld, source.withheld),
        not_applicable: longer(own.not_applicable, source.not_applicable),
        currency: own.currency.or(source.currency),
        span_unit: own.span_unit.or(source.span_unit),
    }
}
