//! Binds the columns of a region to the fields of its contract by their headers, and says what could not be bound.

use super::catalogue::Known;
use super::codes;
use super::crosstab::{self, Wide};
use super::region::{HeaderCell, Region, header_name};
use crate::base::finding::{Finding, Findings};
use crate::base::origin::Origin;
use crate::source::raw::RawSheet;
use crate::table::contract::{Contract, Field, Kind};
use crate::table::grid::{Binding, From, Grid, Reading};
use crate::table::headers::{HeaderMatch, header_unit};
use std::sync::Arc;

/// Columns by what they are.
#[derive(Default)]
struct Sorted<'r> {
    fields: Vec<(usize, &'r HeaderCell)>,
    open: Vec<(String, u32)>,
    repeated: Vec<(usize, &'r HeaderCell)>,
    unknown: Vec<(&'r HeaderCell, Option<usize>)>,
}

/// The grid of a region read by a contract.
pub fn grid<'s>(sheet: &'s RawSheet, known: &Known, region: &Region, findings: &mut Findings) -> Grid<'s> {
    let mut sorted = sort(known, region);
    let wide = wide_form(&known.contract, &mut sorted);
    let place = Place { sheet, contract: &known.contract, region };
    report(&place, &sorted, wide.is_some(), findings);
    let mut bindings: Vec<Binding> =
        sorted.fields.iter().map(|(field, header)| column_binding(&known.contract, *field, header)).collect();
    let bound =
        |col: u32| sorted.fields.iter().any(|(_, header)| header.col == col) || sorted.open.iter().any(|(_, open)| *open == col);
    let (records, set_aside) = match &wide {
        Some(wide) => {
            bindings.extend(wide_bindings(&place));
            crosstab::check_totals(sheet, region, wide, &known.contract.name, findings);
            crosstab::check_total_rows(sheet, region, wide, &known.contract.name, findings);
            crosstab::records(sheet, region, wide, bound)
        }
        None => region.rows(sheet, |col| bound(col) || region.columns.iter().any(|header| header.col == col)),
    };
    let reading = reading_of(&known.contract, &sorted);
    let contract = Arc::clone(&known.contract);
    Grid { sheet, contract, owner: None, bindings, open: sorted.open, header_row: region.header_row, records, set_aside, reading }
}

fn sort<'r>(known: &Known, region: &'r Region) -> Sorted<'r> {
    let mut sorted = Sorted::default();
    for header in &region.columns {
        match known.index.find(&header.text) {
            _ if header.text.is_empty() => sorted.unknown.push((header, None)),
            HeaderMatch::Field(field) if sorted.fields.iter().any(|(taken, _)| *taken == field) => {
                sorted.repeated.push((field, header))
            }
            HeaderMatch::Field(field) => sorted.fields.push((field, header)),
            HeaderMatch::Open(name) => sorted.open.push((name, header.col)),
            HeaderMatch::Unknown { nearest } => sorted.unknown.push((header, nearest.map(|(field, _)| field))),
        }
    }
    sorted
}

/// The crosstab form, where the contract has one, the long form's columns are absent and periods stand in the headers.
fn wide_form(contract: &Contract, sorted: &mut Sorted<'_>) -> Option<Wide> {
    let form = contract.crosstab.as_ref()?;
    let (header, value) = (contract.position(&form.header)?, contract.position(&form.value)?);
    let long = |(field, bound): &(usize, &HeaderCell)| *field == header || (*field == value && !crosstab::is_total(&bound.text));
    if sorted.fields.iter().any(long) {
        return None;
    }
    let headers: Vec<&HeaderCell> = sorted.unknown.iter().map(|(header, _)| *header).collect();
    let mut wide = crosstab::recognise(&headers)?;
    sorted.unknown.retain(|(header, _)| !wide.values.contains(&header.col) && !wide.totals.contains(&header.col));
    // A column headed "Total" is an amount by its name, and here a total of the others.
    wide.totals.extend(sorted.fields.iter().filter(|(field, _)| *field == value).map(|(_, bound)| bound.col));
    sorted.fields.retain(|(field, _)| *field != value);
    Some(wide)
}

fn column_binding(contract: &Contract, field: usize, header: &HeaderCell) -> Binding {
    let counted = matches!(contract.fields[field].kind, Kind::Money | Kind::LedgerAmount | Kind::Number { .. });
    let factor = if counted { header_unit(&header.text).factor } else { 1.0 };
    Binding { field, from: From::Column(header.col), translate: Vec::new(), factor }
}

fn wide_bindings(place: &Place<'_>) -> Vec<Binding> {
    let Some(form) = &place.contract.crosstab else { return Vec::new() };
    let plain =
        |key: &str, from: From| Some(Binding { field: place.contract.position(key)?, from, translate: Vec::new(), factor: 1.0 });
    let header = plain(&form.header, place.region.header_row.map_or(From::Own, From::Row));
    [header, plain(&form.value, From::Own)].into_iter().flatten().collect()
}

/// What the headers say of the whole table: a currency, a unit of durations, where they agree.
fn reading_of(contract: &Contract, sorted: &Sorted<'_>) -> Reading {
    let of_kind = |wanted: fn(&Kind) -> bool| {
        let headers = sorted.fields.iter().filter(move |(field, _)| wanted(&contract.fields[*field].kind));
        headers.map(|(_, header)| header_unit(&header.text)).collect::<Vec<_>>()
    };
    let money = of_kind(|kind| matches!(kind, Kind::Money | Kind::LedgerAmount));
    let spans = of_kind(|kind| matches!(kind, Kind::Span));
    let currency = agreed(money.iter().map(|unit| unit.currency));
    let span_unit = agreed(spans.iter().map(|unit| unit.span_unit));
    Reading { currency: currency.map(str::to_string), span_unit: span_unit.map(str::to_string), ..Reading::default() }
}

fn agreed<'t>(mut words: impl Iterator<Item = Option<&'t str>>) -> Option<&'t str> {
    let first = words.next()??;
    words.all(|word| word == Some(first)).then_some(first)
}

/// A region on a sheet, for findings.
struct Place<'p> {
    sheet: &'p RawSheet,
    contract: &'p Contract,
    region: &'p Region,
}

impl Place<'_> {
    fn at(&self, header: &HeaderCell) -> Origin {
        self.sheet.origin(self.region.header_row.unwrap_or(self.region.first), header.col)
    }

    fn row(&self) -> Origin {
        Origin::row(&self.sheet.name, self.region.header_row.unwrap_or(self.region.first))
    }
}

fn report(place: &Place<'_>, sorted: &Sorted<'_>, wide: bool, findings: &mut Findings) {
    for (field, header) in &sorted.repeated {
        findings.push(repeated(place, &place.contract.fields[*field], header));
    }
    for (header, nearest) in &sorted.unknown {
        if header.text.is_empty() {
            findings.push(blank(place, header));
        } else {
            findings.push(unknown(place, header, nearest.map(|field| &place.contract.fields[field])));
        }
    }
    for (position, field) in place.contract.fields.iter().enumerate().filter(|(_, field)| field.required) {
        let given = sorted.fields.iter().any(|(bound, _)| *bound == position);
        let crossed =
            wide && place.contract.crosstab.as_ref().is_some_and(|form| form.header == field.key || form.value == field.key);
        if !given && !crossed {
            findings.push(missing(place, field, sorted));
        }
    }
}

fn repeated(place: &Place<'_>, field: &Field, header: &HeaderCell) -> Finding {
    codes::HEADER_REPEATED
        .at(place.at(header))
        .field(place.contract.name.clone(), field.header.clone())
        .found(header_name(header))
        .expected(format!("one column for {}", field.header))
        .hint("Rename or delete the column that should not be read, or say in a mapping which one counts.")
}

fn blank(place: &Place<'_>, header: &HeaderCell) -> Finding {
    codes::HEADER_BLANK
        .at(place.at(header))
        .field(place.contract.name.clone(), "")
        .found(header_name(header))
        .expected("a header over every column that holds something")
        .hint("Write the field's name above the column, or delete its cells.")
}

fn unknown(place: &Place<'_>, header: &HeaderCell, nearest: Option<&Field>) -> Finding {
    let hint = nearest.map_or_else(
        || "Rename it as in the template, map it, or list it under `ignore` in a mapping of this sheet.".to_string(),
        |field| format!("Did you mean \"{}\"? Rename the header, or map the column to that field.", field.header),
    );
    codes::HEADER_UNKNOWN
        .at(place.at(header))
        .field(place.contract.name.clone(), "")
        .found(format!("\"{}\"", header_name(header)))
        .expected(format!("a field of {}", place.contract.name))
        .hint(hint)
}

fn missing(place: &Place<'_>, field: &Field, sorted: &Sorted<'_>) -> Finding {
    let near = sorted.unknown.iter().find(|(_, nearest)| nearest.is_some_and(|at| place.contract.fields[at].key == field.key));
    let hint = near.map_or_else(
        || format!("Add a column headed \"{}\", or map the column that holds it.", field.header),
        |(header, _)| format!("Is it the column headed \"{}\"? Rename that header to \"{}\".", header_name(header), field.header),
    );
    codes::HEADER_MISSING
        .at(place.row())
        .field(place.contract.name.clone(), field.header.clone())
        .found("no such header")
        .expected(format!("a column headed \"{}\"", field.header))
        .hint(hint)
}
