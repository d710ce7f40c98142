//! Regions of one table into one frame with its origins, its control totals and its quarantine.

use super::cells;
use super::outcome::Data;
use super::region::Region;
use crate::base::number::from_excel;
use crate::base::origin::{Origin, column_name};
use crate::table::contract::{Contract, Field, Kind};
use crate::table::tables::{ControlTotal, MoneyTotal, Origins, Part, QuarantinedRow, Table, ValueState, in_totals};
use polars::prelude::{Column, DataFrame, DataType, IntoColumn as _, NamedFrom as _, Series};
use rayon::prelude::*;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The records that stay, region by region.
struct Kept<'r, 's> {
    region: &'r Region<'s>,
    records: Vec<u32>,
}

/// The table of some regions.
pub(super) fn table(contract: &Arc<Contract>, regions: &[Region<'_>]) -> Table {
    let kept: Vec<Kept<'_, '_>> = regions.iter().map(kept).collect();
    let height = kept.iter().map(|kept| kept.records.len()).sum();
    let columns = contract.fields.par_iter().enumerate().map(|(position, field)| column(field, position, &kept)).collect();
    // The columns have one length each by construction; a frame that is refused shows as an empty table, which the
    // control totals then report as an internal fault.
    let frame = DataFrame::new(height, columns).unwrap_or_default();
    Table {
        contract: Arc::clone(contract),
        frame,
        origins: origins(&kept),
        states: states(&kept),
        open_columns: open_columns(&kept),
    }
}

fn kept<'r, 's>(region: &'r Region<'s>) -> Kept<'r, 's> {
    let all = (0u32..).take(region.grid.records.len());
    Kept { region, records: all.filter(|record| !region.reasons.contains_key(record)).collect() }
}

/// Every value of a field, in order.
fn values<'k, T>(kept: &'k [Kept<'_, '_>], field: usize, value: impl Fn(&'k Data, usize) -> Option<T>) -> Vec<Option<T>> {
    let mut out = Vec::with_capacity(kept.iter().map(|kept| kept.records.len()).sum());
    for part in kept {
        let data = &part.region.columns[field].data;
        out.extend(part.records.iter().map(|record| value(data, *record as usize)));
    }
    out
}

fn column(field: &Field, position: usize, kept: &[Kept<'_, '_>]) -> Column {
    let name = field.key.as_ref().into();
    let small = |data: &Data, at: usize| if let Data::Small(values) = data { values[at] } else { None };
    let int = |data: &Data, at: usize| if let Data::Int(values) = data { values[at] } else { None };
    let float = |data: &Data, at: usize| if let Data::Float(values) = data { values[at] } else { None };
    let yes = |data: &Data, at: usize| if let Data::Bool(values) = data { values[at] } else { None };
    let series = match Data::for_kind(&field.kind, 0) {
        Data::Float(_) => Series::new(name, values(kept, position, float)),
        Data::Int(_) => Series::new(name, values(kept, position, int)),
        Data::Bool(_) => Series::new(name, values(kept, position, yes)),
        Data::Small(_) => {
            let days = Series::new(name, values(kept, position, small));
            if field.kind == Kind::Date { days.cast(&DataType::Date).unwrap_or(days) } else { days }
        }
        Data::Text { .. } | Data::Absent => Series::new(name, values(kept, position, Data::text)),
    };
    series.into_column()
}

fn origins(kept: &[Kept<'_, '_>]) -> Origins {
    let mut out = Origins::default();
    for (index, part) in (0u32..).zip(kept) {
        let grid = &part.region.grid;
        out.parts.push(Part {
            sheet: Arc::clone(&grid.sheet.name),
            owner: grid.owner.clone(),
            places: part.region.places.clone(),
        });
        for record in &part.records {
            let at = grid.records[*record as usize];
            out.part.push(index);
            out.row.push(at.row);
            out.col.push(at.col);
        }
    }
    out
}

fn states(kept: &[Kept<'_, '_>]) -> BTreeMap<(u32, u16), ValueState> {
    let mut out = BTreeMap::new();
    let mut shift = 0u32;
    for part in kept {
        for (field, column) in (0u16..).zip(&part.region.columns) {
            for (record, state) in &column.states {
                if let Ok(position) = part.records.binary_search(record) {
                    out.insert((shift + u32::try_from(position).unwrap_or(0), field), state.clone());
                }
            }
        }
        shift += u32::try_from(part.records.len()).unwrap_or(0);
    }
    out
}

fn open_columns(kept: &[Kept<'_, '_>]) -> Vec<(String, Vec<Option<f64>>)> {
    let names: BTreeSet<&str> = kept.iter().flat_map(|part| part.region.open.iter().map(|(name, _)| name.as_str())).collect();
    let one = |name: &str| {
        let values = kept.iter().flat_map(|part| {
            let column = part.region.open.iter().find(|(own, _)| own == name).map(|(_, column)| &column.data);
            part.records.iter().map(move |record| column.and_then(|data| data.comparable(*record as usize)))
        });
        (name.to_string(), values.collect())
    };
    names.into_iter().map(one).collect()
}

/// The rows of a region that are held back, as they stand.
pub(super) fn quarantine(region: &Region<'_>) -> Vec<QuarantinedRow> {
    let grid = &region.grid;
    let held_back = |(record, reasons): (&u32, &Vec<String>)| QuarantinedRow {
        table: grid.contract.name.to_string(),
        place: Origin::row(&grid.sheet.name, grid.records[*record as usize].row),
        owner: grid.owner.clone(),
        reasons: reasons.clone(),
        cells: as_it_stands(region, *record),
        money: money_of(region, *record),
    };
    region.reasons.iter().map(held_back).collect()
}

/// Header and text of every cell of a record: of its whole row in a table, of its fields elsewhere.
fn as_it_stands(region: &Region<'_>, record: u32) -> Vec<(String, String)> {
    let grid = &region.grid;
    let row = grid.records[record as usize].row;
    let in_rows = grid.bindings.iter().any(|binding| matches!(binding.from, crate::table::grid::From::Column(_)));
    let own_cells = grid.bindings.iter().any(|binding| matches!(binding.from, crate::table::grid::From::Own));
    if !in_rows || own_cells {
        let field = |binding: &crate::table::grid::Binding| {
            let header = grid.contract.fields[binding.field].header.to_string();
            (header, region.found(record, binding.field).trim_matches('"').to_string())
        };
        return grid.bindings.iter().map(field).collect();
    }
    let header = |col: u32| {
        let text = grid.header_row.map(|row| cells::shown_at(grid.sheet, row, col)).unwrap_or_default();
        if text.trim().is_empty() { format!("Column {}", column_name(col)) } else { text }
    };
    let cell = |(col, _): &(u32, _)| (header(*col), cells::shown_at(grid.sheet, row, *col));
    grid.sheet.columns.iter().map(cell).filter(|(_, text)| !text.is_empty()).collect()
}

/// Rows and money of a region.
pub(super) fn control_total(region: &Region<'_>) -> ControlTotal {
    let grid = &region.grid;
    let held_back = region.reasons.len() as u64;
    ControlTotal {
        sheet: Arc::clone(&grid.sheet.name),
        table: grid.contract.name.to_string(),
        rows_seen: region.rows_seen,
        accepted: grid.records.len() as u64 - held_back,
        quarantined: held_back,
        blank: grid.set_aside.blank.len() as u64,
        totals: grid.set_aside.totals.len() as u64,
        declared: grid.set_aside.declared.len() as u64,
        money: money(region),
    }
}

/// An amount as an exact decimal.
fn exact(data: &Data, record: usize) -> Option<Decimal> {
    match data {
        Data::Int(values) => values[record].map(|amount| Decimal::from_i128_with_scale(i128::from(amount), 4)),
        Data::Float(values) => values[record].and_then(from_excel),
        _ => None,
    }
}

/// Amount and currency code of a record.
fn money_of(region: &Region<'_>, record: u32) -> Option<(Decimal, String)> {
    let contract = &region.grid.contract;
    let amount = exact(&region.columns[contract.amount_field()?].data, record as usize)?;
    let code = currency_field(contract).and_then(|field| region.columns[field].data.text(record as usize)).unwrap_or("");
    Some((amount, code.to_string()))
}

fn currency_field(contract: &Contract) -> Option<usize> {
    contract.fields.iter().position(|field| field.kind == Kind::Currency && field.key == "currency")
}

fn money(region: &Region<'_>) -> Vec<MoneyTotal> {
    let contract = &region.grid.contract;
    let Some(amounts) = contract.amount_field().map(|field| &region.columns[field].data) else { return Vec::new() };
    let currency = currency_field(contract);
    let mut sums: BTreeMap<&str, [Decimal; 3]> = BTreeMap::new();
    for record in 0..region.grid.records.len() {
        let Some(amount) = exact(amounts, record).and_then(in_totals) else { continue };
        let code = currency.and_then(|field| region.columns[field].data.text(record)).unwrap_or("");
        let held_back = u32::try_from(record).is_ok_and(|record| region.reasons.contains_key(&record));
        let sums = sums.entry(code).or_default();
        sums[0] += amount;
        sums[if held_back { 2 } else { 1 }] += amount;
    }
    let total = |(currency, [seen, accepted, quarantined]): (&str, [Decimal; 3])| MoneyTotal {
        currency: currency.to_string(),
        seen: seen.normalize(),
        accepted: accepted.normalize(),
        quarantined: quarantined.normalize(),
    };
    sums.into_iter().map(total).collect()
}
