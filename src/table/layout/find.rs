//! Finds the tables of a sheet that has no Excel table: header rows below titles and notes, several tables below or beside
//! one another.

use super::catalogue::{Catalogue, Known};
use super::cells::{self, Occupied, text_of};
use super::region::{HeaderCell, Region};
use crate::source::raw::{RawSheet, Rect};
use std::borrow::Cow;

/// Rows from the top of a sheet that may hold the first header row. Further down, only a row below an empty one may.
pub const HEADER_SEARCH_ROWS: u32 = 60;

/// A table found by its headers.
pub struct Found<'k> {
    /// The contract whose headers they are.
    pub known: &'k Known,
    /// Where it lies.
    pub region: Region,
}

/// A header row, or a part of one.
struct Candidate<'k> {
    row: u32,
    left: u32,
    right: u32,
    known: &'k Known,
    score: f64,
}

/// The tables of a sheet, from top to bottom and from left to right.
pub fn tables<'k>(sheet: &RawSheet, catalogue: &'k Catalogue) -> Vec<Found<'k>> {
    let Some(extent) = sheet.extent() else { return Vec::new() };
    let occupied = Occupied::of(sheet, extent, |_| true);
    let named = catalogue.of_sheet(sheet);
    let mut rows: Vec<Vec<Candidate<'k>>> = Vec::new();
    for (row, free) in candidate_rows(&occupied, extent) {
        if !free && !rows.is_empty() {
            continue;
        }
        let found = candidates(sheet, catalogue, named, row, extent);
        if !found.is_empty() {
            rows.push(better_of_two_rows(sheet, catalogue, named, found, extent));
        }
    }
    regions(sheet, &rows, extent)
}

/// Rows that may hold headers, and whether each may begin a further table: the first ones of the sheet, and each that
/// follows an empty row.
fn candidate_rows(occupied: &Occupied, extent: Rect) -> Vec<(u32, bool)> {
    let held = (extent.top..=extent.bottom).filter(|row| occupied.at(*row));
    held.zip(0u32..)
        .map(|(row, order)| (order, row, row == extent.top || !occupied.at(row - 1)))
        .filter(|(order, _, free)| *free || *order < HEADER_SEARCH_ROWS)
        .map(|(_, row, free)| (row, free))
        .collect()
}

/// Header rows that a row holds: one over all its texts, or one for each run of texts between empty cells where every run
/// is a header row of its own.
fn candidates<'k>(sheet: &RawSheet, all: &'k Catalogue, named: Option<&'k Known>, row: u32, extent: Rect) -> Vec<Candidate<'k>> {
    let cells = texts_of_row(sheet, row, extent);
    let whole = candidate(all, named, row, &cells);
    let runs: Vec<Vec<(u32, Cow<'_, str>)>> = runs_of(&cells).into_iter().filter(|run| run.len() > 1).collect();
    let apart: Vec<Candidate<'k>> = runs.iter().filter_map(|run| candidate(all, named, row, run)).collect();
    let side_by_side = apart.len() > 1 && (different_contracts(&apart) || repeat_themselves(&runs));
    if side_by_side { apart } else { whole.or_else(|| apart.into_iter().next()).into_iter().collect() }
}

fn different_contracts(parts: &[Candidate<'_>]) -> bool {
    parts.windows(2).all(|pair| pair[0].known.contract.name != pair[1].known.contract.name)
}

/// True where two runs share a header, as two tables of one kind do.
fn repeat_themselves(runs: &[Vec<(u32, Cow<'_, str>)>]) -> bool {
    runs.windows(2).any(|pair| pair[0].iter().any(|(_, text)| pair[1].iter().any(|(_, other)| other == text)))
}

/// A group row above the real headers may name a few fields itself: the row below wins where it names more.
fn better_of_two_rows<'k>(
    sheet: &RawSheet,
    all: &'k Catalogue,
    named: Option<&'k Known>,
    found: Vec<Candidate<'k>>,
    extent: Rect,
) -> Vec<Candidate<'k>> {
    let Some(first) = found.first() else { return found };
    let next = candidates(sheet, all, named, first.row + 1, extent);
    let best = |list: &[Candidate<'k>]| list.iter().map(|one| one.score).fold(0.0, f64::max);
    if best(&next) > best(&found) { next } else { found }
}

fn texts_of_row(sheet: &RawSheet, row: u32, extent: Rect) -> Vec<(u32, Cow<'_, str>)> {
    let columns = sheet.columns.iter().map(|(col, _)| *col).filter(|col| *col >= extent.left);
    columns.filter_map(|col| Some((col, text_of(sheet, row, col)?))).collect()
}

fn runs_of<'t>(cells: &[(u32, Cow<'t, str>)]) -> Vec<Vec<(u32, Cow<'t, str>)>> {
    let mut runs: Vec<Vec<(u32, Cow<'t, str>)>> = Vec::new();
    for (col, text) in cells {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|(last, _)| last + 1 == *col) => run.push((*col, text.clone())),
            _ => runs.push(vec![(*col, text.clone())]),
        }
    }
    runs
}

fn candidate<'k>(all: &'k Catalogue, named: Option<&'k Known>, row: u32, cells: &[(u32, Cow<'_, str>)]) -> Option<Candidate<'k>> {
    let texts: Vec<&str> = cells.iter().map(|(_, text)| text.as_ref()).collect();
    let (known, score) = all.by_headers(&texts, named)?;
    Some(Candidate { row, left: cells.first()?.0, right: cells.last()?.0, known, score })
}

/// Each header row's table ends above the next one.
fn regions<'k>(sheet: &RawSheet, rows: &[Vec<Candidate<'k>>], extent: Rect) -> Vec<Found<'k>> {
    let mut found = Vec::new();
    for (order, parts) in rows.iter().enumerate() {
        let bottom = rows.get(order + 1).and_then(|next| next.first()).map_or(extent.bottom, |next| next.row - 1);
        for (place, part) in parts.iter().enumerate() {
            let edge = parts.get(place + 1).map(|next| next.left - 1);
            found.push(Found { known: part.known, region: region_of(sheet, part, bottom, edge) });
        }
    }
    found
}

/// The region below a header row. Columns that touch it on either side and hold something belong to it, header or none.
fn region_of(sheet: &RawSheet, part: &Candidate<'_>, bottom: u32, edge: Option<u32>) -> Region {
    let body = |col: u32| Rect { top: part.row + 1, left: col, bottom: bottom.max(part.row + 1), right: col };
    let holds = |col: u32| cells::holds(sheet, body(col));
    let (mut left, mut right) = (part.left, part.right);
    while right < u32::MAX && edge.is_none_or(|edge| right + 1 < edge) && holds(right + 1) {
        right += 1;
    }
    while left > 0 && holds(left - 1) && text_of(sheet, part.row, left - 1).is_none() {
        left -= 1;
    }
    let region = Region::of_rect(sheet, Rect { top: part.row, left, bottom, right });
    Region { columns: region.columns.into_iter().filter(|header| keeps(header, &holds)).collect(), ..region }
}

/// An empty column under no header is a gap, not a column.
fn keeps(header: &HeaderCell, holds: &impl Fn(u32) -> bool) -> bool {
    !header.text.is_empty() || holds(header.col)
}
