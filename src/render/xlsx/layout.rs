//! Where the blocks of a sheet stand: bands from top to bottom, the blocks of a band side by side, columns as wide as
//! the widest of what shares them. Pure arithmetic; writes nothing.

use super::needs::{self, Need};
use crate::report::book::{Band, Block, Sheet, SheetKind, Tile};
use std::collections::BTreeMap;

/// Height of an ordinary row in pixels.
pub const ROW: u32 = 20;
/// Rows above the first band: title, subtitle, way back, space.
pub const HEAD_ROWS: u32 = 4;
/// Width that a page aims at, in pixels: A4 landscape at about nine tenths.
const PAGE_WIDTH: u32 = 1_180;
const SPARE_COLUMN: u32 = 98;
const GUTTER: u32 = 24;
const MARGIN: u32 = 18;
const GAP_ROW: u32 = 14;
const MOST_TILES: usize = 6;

/// A block in its place.
#[derive(Clone, Debug)]
pub struct Placed<'b> {
    /// The block; none for a band's heading.
    pub block: Option<&'b Block>,
    /// The heading's words.
    pub heading: &'b str,
    /// First row.
    pub row: u32,
    /// First column.
    pub col: u16,
    /// Last column that belongs to it.
    pub last_col: u16,
    /// Left edge in pixels from the sheet's.
    pub x: u32,
    /// Width in pixels.
    pub width: u32,
}

/// A sheet laid out.
#[derive(Clone, Debug)]
pub struct Layout<'b> {
    /// Widths of the columns in pixels.
    pub columns: Vec<u32>,
    /// Heights of the rows that are not ordinary, in pixels.
    pub rows: BTreeMap<u32, u32>,
    /// Blocks and headings.
    pub placed: Vec<Placed<'b>>,
    /// The last row used.
    pub last_row: u32,
    /// Rows before which a printed page should break.
    pub breaks: Vec<u32>,
    /// The first column of content.
    pub first_col: u16,
    /// Width of the columns at the right that open folded away, in pixels: what floats does not reach over them.
    pub folded: u32,
}

impl Layout<'_> {
    /// The last column of content.
    #[must_use]
    pub fn last_col(&self) -> u16 {
        to_col(self.columns.len().saturating_sub(1))
    }

    /// Left edge of a column in pixels.
    #[must_use]
    pub fn left_of(&self, col: u16) -> u32 {
        self.columns.iter().take(usize::from(col)).sum()
    }

    /// The column that holds a pixel, and how far inside it lies.
    #[must_use]
    pub fn column_at(&self, x: u32) -> (u16, u32) {
        let mut rest = x;
        for (index, width) in self.columns.iter().enumerate() {
            if rest < *width {
                return (to_col(index), rest);
            }
            rest -= width;
        }
        (self.last_col(), 0)
    }
}

/// A number of columns as a column number.
#[must_use]
pub fn to_col(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

/// Lays a sheet out.
#[must_use]
pub fn lay_out(sheet: &Sheet) -> Layout<'_> {
    let first_col = u16::from(sheet.kind == SheetKind::Page);
    let bands: Vec<Vec<Need>> = sheet.bands.iter().map(|band| band.blocks.iter().map(needs::of).collect()).collect();
    let mut columns = if sheet.kind == SheetKind::Page { vec![MARGIN] } else { Vec::new() };
    for _ in 0..4 {
        let before = columns.clone();
        for band in &bands {
            place_columns(band, first_col, &mut columns);
        }
        if columns == before {
            break;
        }
    }
    let floats = bands.iter().map(|band| room_for_floats(band, first_col, &columns)).max().unwrap_or(0);
    fill_page(sheet.kind, floats, &mut columns);
    let folded = folded(sheet, first_col, &columns);
    let mut layout =
        Layout { columns, rows: BTreeMap::new(), placed: Vec::new(), last_row: 0, breaks: Vec::new(), first_col, folded };
    widen_for_tiles(sheet, &mut layout);
    let mut row = HEAD_ROWS;
    for (band, needs) in sheet.bands.iter().zip(&bands) {
        row = place_band(band, needs, row, &mut layout);
    }
    layout.last_row = row.saturating_sub(1);
    layout.breaks = page_breaks(sheet, &layout);
    layout
}

/// The width of the columns of detail at the right end of the sheet.
fn folded(sheet: &Sheet, first_col: u16, columns: &[u32]) -> u32 {
    let first = usize::from(first_col);
    let is_detail = |col: usize| {
        sheet.tables().any(|table| col >= first && table.columns.get(col - first).is_some_and(|column| column.is_detail))
    };
    (0..columns.len()).rev().take_while(|col| is_detail(*col)).map(|col| columns[col]).sum()
}

/// Gives the blocks that live in columns theirs, from left to right, and widens what is too narrow.
fn place_columns(band: &[Need], first_col: u16, columns: &mut Vec<u32>) -> Vec<Option<(u16, u16)>> {
    let last_fixed = band.iter().rposition(|need| !need.columns.is_empty());
    let mut cursor = usize::from(first_col);
    let mut places = Vec::new();
    for (index, need) in band.iter().enumerate() {
        if last_fixed.is_none_or(|last| index > last) {
            places.push(None);
            continue;
        }
        let start = cursor;
        if need.columns.is_empty() {
            cursor += columns_for(share(need.twelfths, PAGE_WIDTH), start, columns);
        } else {
            for width in &need.columns {
                grow(columns, cursor, *width);
                cursor += 1;
            }
        }
        places.push(Some((to_col(start), to_col(cursor - 1))));
        if index + 1 < band.len() {
            grow(columns, cursor, GUTTER);
            cursor += 1;
        }
    }
    places
}

fn grow(columns: &mut Vec<u32>, index: usize, width: u32) {
    if columns.len() <= index {
        columns.resize(index + 1, 0);
    }
    columns[index] = columns[index].max(width);
}

fn columns_for(pixels: u32, start: usize, columns: &mut Vec<u32>) -> usize {
    let (mut count, mut covered) = (0, 0);
    while covered < pixels {
        if columns.len() <= start + count || columns[start + count] == 0 {
            grow(columns, start + count, SPARE_COLUMN);
        }
        covered += columns[start + count];
        count += 1;
    }
    count
}

fn share(twelfths: u8, page: u32) -> u32 {
    page * u32::from(twelfths.clamp(1, 12)) / 12
}

/// The width that a band asks for where something floats beside its columns.
fn room_for_floats(band: &[Need], first_col: u16, columns: &[u32]) -> u32 {
    let mut columns = columns.to_vec();
    let places = place_columns(band, first_col, &mut columns);
    let Some(last) = places.iter().flatten().map(|(_, last)| usize::from(*last)).max() else { return 0 };
    let floats = band.iter().zip(&places).filter(|(_, place)| place.is_none());
    let wanted: u32 = floats.map(|(need, _)| share(need.twelfths, PAGE_WIDTH) + GUTTER).sum();
    if wanted == 0 { 0 } else { columns.iter().take(last + 1).sum::<u32>() + wanted }
}

/// Adds even columns until a page has its width.
fn fill_page(kind: SheetKind, floats: u32, columns: &mut Vec<u32>) {
    let used: u32 = columns.iter().sum();
    let wanted = if kind == SheetKind::Page { PAGE_WIDTH.max(floats) } else { floats };
    if used + SPARE_COLUMN / 2 < wanted {
        let rest = wanted - used;
        let count = ((rest + SPARE_COLUMN / 2) / SPARE_COLUMN).max(1);
        columns.extend((0..count).map(|index| rest * (index + 1) / count - rest * index / count));
    }
    if columns.is_empty() {
        columns.push(SPARE_COLUMN);
    }
}

/// A tile's figure stands in its first column, which must not cut it off.
fn widen_for_tiles(sheet: &Sheet, layout: &mut Layout<'_>) {
    for block in sheet.blocks() {
        if let Block::Tiles(tiles) = block {
            for run in tile_columns(layout, tiles) {
                let index = usize::from(run.0);
                layout.columns[index] = layout.columns[index].max(needs::TILE_FIGURE);
            }
        }
    }
}

/// The columns of each tile of a row of tiles: as many to a row as their words allow, as even as the sheet's columns
/// allow.
#[must_use]
pub fn tile_columns(layout: &Layout<'_>, tiles: &[Tile]) -> Vec<(u16, u16)> {
    let first = usize::from(layout.first_col);
    let widths = layout.columns.get(first..).unwrap_or_default();
    let widest = tiles.iter().map(needs::tile).max().unwrap_or(0);
    let most = tiles.len().clamp(1, MOST_TILES);
    let fitting = (1..=most).rev().find(|count| {
        let even = tiles.len().div_ceil(tiles.len().div_ceil(*count).max(1)) == *count;
        even && even_runs(widths, *count).is_some_and(|runs| runs.iter().all(|run| sum(widths, *run) >= widest))
    });
    let runs = even_runs(widths, fitting.unwrap_or(1)).unwrap_or_else(|| vec![(0, widths.len().max(1))]);
    runs.into_iter().map(|(start, end)| (to_col(first + start), to_col(first + end - 1))).collect()
}

fn sum(widths: &[u32], (start, end): (usize, usize)) -> u32 {
    widths[start..end].iter().sum()
}

/// Cuts columns into runs of at least two whose widths differ as little as may be (least squares, by dynamic
/// programming); none where there are too few columns.
fn even_runs(widths: &[u32], count: usize) -> Option<Vec<(usize, usize)>> {
    let total = widths.len();
    if total < 2 * count {
        return (count == 1 && total > 0).then(|| vec![(0, total)]);
    }
    let target = u64::from(widths.iter().sum::<u32>()) / u64::try_from(count).unwrap_or(1);
    let cost = |start: usize, end: usize| u64::from(sum(widths, (start, end))).abs_diff(target).pow(2);
    let mut best: Vec<Vec<Option<(u64, usize)>>> = vec![vec![None; total + 1]; count + 1];
    best[0][0] = Some((0, 0));
    for run in 1..=count {
        for end in 2 * run..=total {
            let options = (2 * (run - 1)..=end - 2).filter_map(|start| Some((best[run - 1][start]?.0 + cost(start, end), start)));
            best[run][end] = options.min();
        }
    }
    let mut runs = Vec::new();
    let mut end = total;
    for run in (1..=count).rev() {
        let (_, start) = best[run][end]?;
        runs.push((start, end));
        end = start;
    }
    runs.reverse();
    Some(runs)
}

fn place_band<'b>(band: &'b Band, needs: &[Need], mut row: u32, layout: &mut Layout<'b>) -> u32 {
    if let Some(heading) = &band.heading {
        let (col, last_col) = (layout.first_col, layout.last_col());
        let (x, width) = (layout.left_of(col), 0);
        layout.placed.push(Placed { block: None, heading, row, col, last_col, x, width });
        layout.rows.insert(row, 26);
        row += 1;
    }
    let mut columns = layout.columns.clone();
    let places = place_columns(needs, layout.first_col, &mut columns);
    let flex = flex_places(needs, &places, layout);
    let mut bottom = row;
    for (index, (block, (col, last_col, x, width))) in band.blocks.iter().zip(flex).enumerate() {
        layout.placed.push(Placed { block: Some(block), heading: "", row, col, last_col, x, width });
        let heights = needs::heights(block, &needs[index], layout, (col, last_col), width);
        for (offset, height) in heights.iter().enumerate().filter(|(_, height)| **height != ROW) {
            let slot = layout.rows.entry(row + row_number(offset)).or_insert(*height);
            *slot = (*slot).max(*height);
        }
        bottom = bottom.max(row + row_number(heights.len()));
    }
    for height in band.blocks.iter().filter_map(needs::floating) {
        let (mut covered, mut last) = (0, row);
        while covered < height {
            covered += layout.rows.get(&last).copied().unwrap_or(ROW);
            last += 1;
        }
        bottom = bottom.max(last);
    }
    layout.rows.insert(bottom, GAP_ROW);
    bottom + 1
}

fn row_number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// Columns, left edge and width of every block of a band: columns where it has its own, else what is left of the page.
fn flex_places(needs: &[Need], places: &[Option<(u16, u16)>], layout: &Layout<'_>) -> Vec<(u16, u16, u32, u32)> {
    let right = layout.left_of(layout.last_col() + 1).saturating_sub(layout.folded);
    let fixed_end = places.iter().flatten().map(|(_, last)| layout.left_of(last + 1) + GUTTER).max();
    let mut x = fixed_end.unwrap_or_else(|| layout.left_of(layout.first_col));
    let floating: Vec<&Need> = needs.iter().zip(places).filter(|(_, place)| place.is_none()).map(|(need, _)| need).collect();
    let twelfths: u32 = floating.iter().map(|need| u32::from(need.twelfths)).sum::<u32>().max(1);
    let gutters = GUTTER * u32::try_from(floating.len().saturating_sub(1)).unwrap_or(0);
    let room = right.saturating_sub(x).saturating_sub(gutters).max(360);
    let scale = if fixed_end.is_none() { twelfths.max(12) } else { twelfths };
    let mut out = Vec::new();
    for (need, place) in needs.iter().zip(places) {
        if let Some((col, last)) = place {
            let left = layout.left_of(*col);
            out.push((*col, *last, left, layout.left_of(last + 1) - left));
        } else {
            let width = room * u32::from(need.twelfths) / scale;
            let col = layout.column_at(x).0;
            out.push((col, layout.column_at((x + width).saturating_sub(1)).0.max(col), x, width));
            x += width + GUTTER;
        }
    }
    out
}

/// What an A4 page in landscape shows inside its margins, in pixels.
const PRINTED: (u64, u64) = (1_045, 705);

/// Breaks before bands that would straddle two printed pages.
fn page_breaks(sheet: &Sheet, layout: &Layout<'_>) -> Vec<u32> {
    if sheet.kind != SheetKind::Page {
        return Vec::new();
    }
    let width = u64::from(layout.left_of(layout.last_col() + 1)).max(PRINTED.0);
    let page = PRINTED.1 * width / PRINTED.0;
    let height_to = |row: u32| (0..row).map(|row| u64::from(*layout.rows.get(&row).unwrap_or(&ROW))).sum::<u64>();
    let starts = band_starts(sheet, layout);
    let mut breaks = Vec::new();
    let mut top = 0;
    for (index, (start, forced)) in starts.iter().enumerate() {
        let end = starts.get(index + 1).map_or(layout.last_row + 1, |next| next.0);
        let (above, below) = (height_to(*start), height_to(end));
        if index > 0 && (*forced || (below - top > page && above > top)) {
            breaks.push(*start);
            top = above;
        }
        while below - top > page {
            top += page;
        }
    }
    breaks
}

fn band_starts(sheet: &Sheet, layout: &Layout<'_>) -> Vec<(u32, bool)> {
    let mut placed = layout.placed.iter();
    let mut starts = Vec::new();
    for band in &sheet.bands {
        let count = band.blocks.len() + usize::from(band.heading.is_some());
        let rows: Vec<u32> = placed.by_ref().take(count).map(|item| item.row).collect();
        starts.extend(rows.first().map(|row| (*row, band.new_page)));
    }
    starts
}
