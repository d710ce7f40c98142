//! Sheets without a mapping: Excel tables and named ranges first, then what the headers say.

use super::bind;
use super::catalogue::{Catalogue, Known};
use super::cells::{excerpt, holds, text_of};
use super::codes;
use super::example;
use super::find;
use super::region::Region;
use crate::base::finding::Findings;
use crate::base::origin::Origin;
use crate::source::raw::{RawSheet, Rect, TableRegion};
use crate::table::grid::Grid;
use crate::table::headers;
use crate::table::tables::SheetUse;

/// Names of sheets that tell people what to do and hold no data.
const GUIDE_SHEETS: [&str; 7] = ["about", "guide", "lists", "readme", "instructions", "contents", "help"];

/// Lays out a sheet without a mapping.
pub fn lay_out<'s>(sheet: &'s RawSheet, catalogue: &Catalogue, findings: &mut Findings) -> (Vec<Grid<'s>>, SheetUse) {
    if sheet.cell_count() == 0 {
        report_emptied(sheet, catalogue, findings);
        return (Vec::new(), SheetUse::Empty);
    }
    let mut regions = declared_regions(sheet, catalogue, findings);
    if regions.is_empty() {
        regions = find::tables(sheet, catalogue).into_iter().map(|found| (found.known, found.region)).collect();
    }
    if regions.is_empty() {
        return (Vec::new(), unread(sheet, catalogue, findings));
    }
    report_outside(sheet, &regions, findings);
    let grids: Vec<Grid<'s>> = regions
        .iter()
        .map(|(known, region)| {
            let mut grid = bind::grid(sheet, known, region, findings);
            example::set_aside(&mut grid, findings);
            grid
        })
        .collect();
    let usage = SheetUse::Mapped(grids.iter().map(|grid| grid.contract.name.to_string()).collect());
    (grids, usage)
}

/// A sheet that has a table's name was meant to be that table.
fn report_emptied(sheet: &RawSheet, catalogue: &Catalogue, findings: &mut Findings) {
    let Some(known) = catalogue.of_sheet(sheet) else { return };
    let table = &known.contract.name;
    findings.push(
        codes::SHEET_EMPTIED
            .at(Origin::sheet(&sheet.name))
            .found("an empty sheet")
            .expected(format!("the headers and rows of {table}"))
            .hint(format!("Bring the rows back, keep the headers alone where there are none, or delete the sheet. `throughline fields \"{table}\"` lists the headers.")),
    );
}

/// Excel tables and named ranges that are a contract by name or by headers.
fn declared_regions<'k>(sheet: &RawSheet, catalogue: &'k Catalogue, findings: &mut Findings) -> Vec<(&'k Known, Region)> {
    let mut out: Vec<(&Known, Region)> = Vec::new();
    for table in &sheet.tables {
        let mut region = Region::of_table(sheet, table);
        if let Some(known) = contract_of_table(sheet, table, &region, catalogue) {
            grow(sheet, &mut region, &known.contract.name, findings);
            out.push((known, region));
        }
    }
    for range in &sheet.named_ranges {
        let apart = out.iter().all(|(_, region)| region.body().is_none_or(|body| !overlap(body, range.rect)));
        let Some(known) = catalogue.named(&range.name).filter(|_| apart && range.rect.bottom > range.rect.top) else { continue };
        let region = Region::of_rect(sheet, range.rect);
        if known.believes(&region.texts()) {
            out.push((known, region));
        }
    }
    out.sort_by_key(|(_, region)| (region.header_row.unwrap_or(region.first), region.columns.first().map(|header| header.col)));
    out
}

fn contract_of_table<'k>(sheet: &RawSheet, table: &TableRegion, region: &Region, catalogue: &'k Catalogue) -> Option<&'k Known> {
    let ours = table.name.to_lowercase().starts_with("tbl_");
    let by_name = catalogue.named(&table.name).filter(|known| ours || known.believes(&region.texts()));
    let by_sheet = catalogue.of_sheet(sheet).filter(|known| sheet.tables.len() == 1 && known.believes(&region.texts()));
    by_name.or(by_sheet).or_else(|| catalogue.by_headers(&region.texts(), None).map(|(known, _)| known))
}

fn overlap(a: Rect, b: Rect) -> bool {
    a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom
}

/// Takes in rows typed directly below an Excel table that did not grow with them.
fn grow(sheet: &RawSheet, region: &mut Region, table: &str, findings: &mut Findings) {
    let Some(body) = region.body().filter(|_| region.totals.is_empty()) else { return };
    let mut last = body.bottom;
    while holds(sheet, Rect { top: last + 1, bottom: last + 1, ..body }) {
        last += 1;
    }
    if last > body.bottom {
        region.last = Some(last);
        findings.push(
            codes::BELOW_TABLE
                .at(Origin::row(&sheet.name, body.bottom + 1))
                .field(table, "")
                .found(format!("{} row(s) below the table's last row {}", last - body.bottom, body.bottom + 1))
                .expected("rows inside the Excel table")
                .hint("Drag the table's corner down over these rows."),
        );
    }
}

/// Says which cells below the first header row no table explains.
fn report_outside(sheet: &RawSheet, regions: &[(&Known, Region)], findings: &mut Findings) {
    let Some(top) = regions.iter().map(|(_, region)| region.header_row.unwrap_or(region.first)).min() else { return };
    let mut first: Option<(u32, u32)> = None;
    let mut count = 0usize;
    for (col, column) in &sheet.columns {
        let covered: Vec<(u32, u32)> = regions.iter().filter_map(|(_, region)| covered_rows(region, *col)).collect();
        let mut at = column.rows.partition_point(|row| *row < top);
        while let Some(&row) = column.rows.get(at) {
            if let Some((_, bottom)) = covered.iter().find(|(top, bottom)| (*top..=*bottom).contains(&row)) {
                at = column.rows.partition_point(|row| row <= bottom);
                continue;
            }
            at += 1;
            if text_of(sheet, row, *col).is_some() {
                count += 1;
                first = first.map_or(Some((row, *col)), |at| Some(at.min((row, *col))));
            }
        }
    }
    if let Some((row, col)) = first {
        let text = text_of(sheet, row, col).map(|text| excerpt(&text)).unwrap_or_default();
        findings.push(
            codes::CELLS_OUTSIDE
                .at(sheet.origin(row, col))
                .found(format!("{count} cell(s), the first one \"{text}\""))
                .expected("cells under the headers of a table")
                .hint("Move notes above the headers or to a sheet of their own; give a further table its own headers below an empty row."),
        );
    }
}

/// First and last row that a region explains in a column; none where the column is not its own.
fn covered_rows(region: &Region, col: u32) -> Option<(u32, u32)> {
    region.columns.binary_search_by_key(&col, |header| header.col).ok()?;
    let top = region.header_row.unwrap_or(region.first);
    let bottom = region.last.unwrap_or(top).max(region.totals.iter().copied().max().unwrap_or(0)).max(top);
    Some((top, bottom))
}

/// What becomes of a sheet on which no table was found.
fn unread(sheet: &RawSheet, catalogue: &Catalogue, findings: &mut Findings) -> SheetUse {
    if GUIDE_SHEETS.contains(&headers::normalise(&sheet.name.sheet).as_str()) {
        return SheetUse::NotData("a guide for people".to_string());
    }
    let nearest = nearest(sheet, catalogue);
    let hint = nearest.as_ref().map_or_else(
        || "Map the sheet in portfolio.toml, or list it there under [[not_data]] with the reason.".to_string(),
        |name| format!("Is it \"{name}\"? Name the sheet so and use its headers, or map it; or list it under [[not_data]] with the reason."),
    );
    findings.push(
        codes::SHEET_UNKNOWN
            .at(Origin::sheet(&sheet.name))
            .found(format!("{} cell(s)", sheet.cell_count()))
            .expected("a table that is known or mapped, or a sheet declared to be no data")
            .hint(hint),
    );
    SheetUse::Unknown { nearest }
}

/// The contract that a sheet comes nearest to, by its name and the row with the most words that head a column somewhere.
pub fn nearest(sheet: &RawSheet, catalogue: &Catalogue) -> Option<String> {
    let extent = sheet.extent()?;
    let bottom = extent.bottom.min(extent.top + find::HEADER_SEARCH_ROWS);
    let row_texts = |row: u32| -> Vec<String> {
        let texts = sheet.columns.iter().filter_map(|(col, _)| text_of(sheet, row, *col));
        texts.map(std::borrow::Cow::into_owned).collect()
    };
    let known = |texts: &[String]| texts.iter().filter(|text| catalogue.knows(text)).count();
    let fullest = (extent.top..=bottom).map(row_texts).rev().max_by_key(|texts| known(texts)).filter(|texts| known(texts) > 0);
    let texts = fullest.unwrap_or_default();
    let borrowed: Vec<&str> = texts.iter().map(String::as_str).collect();
    let name = if sheet.name.sheet.is_empty() { &sheet.name.file } else { &sheet.name.sheet };
    headers::nearest_contract(&catalogue.contracts(), name, &borrowed).map(|(contract, _)| contract.name.to_string())
}
