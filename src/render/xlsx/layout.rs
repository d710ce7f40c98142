//! Where the blocks of a sheet stand: bands from top to bottom, the blocks of a band side by side, columns as wide as
//! the widest of what shares them. Pure arithmetic; writes nothing.

use super::needs::{self, Need};
use crate::report::book::{Band, Block, Sheet, SheetKind};
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
    fill_page(sheet.kind, &mut columns);
    let mut layout = Layout { columns, rows: BTreeMap::new(), placed: Vec::new(), last_row: 0, breaks: Vec::new(), first_col };
    widen_for_tiles(sheet, &mut layout);
    let mut row = HEAD_ROWS;
    for (band, needs) in sheet.bands.iter().zip(&bands) {
        row = place_band(band, needs, row, &mut layout);
    }
    layout.last_row = row.saturating_sub(1);
    layout.breaks = page_breaks(sheet, &layout);
    layout
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

/// Adds even columns until a page has its width.
fn fill_page(kind: SheetKind, columns: &mut Vec<u32>) {
    let used: u32 = columns.iter().sum();
    if kind == SheetKind::Page && used + SPARE_COLUMN / 2 < PAGE_WIDTH {
        let rest = PAGE_WIDTH - used;
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

/// The columns of each tile of the first row of tiles: as even as the sheet's columns allow, at least two each.
#[must_use]
pub fn tile_columns(layout: &Layout<'_>, tiles: &[crate::report::book::Tile]) -> Vec<(u16, u16)> {
    let first = usize::from(layout.first_col);
    let available = layout.columns.len().saturating_sub(first);
    let widest = tiles.iter().map(needs::tile).max().unwrap_or(0);
    let total: u32 = layout.columns.iter().skip(first).sum();
    let by_width = usize::try_from(total / widest.max(1)).unwrap_or(1);
    let per_row = tiles.len().min(by_width).min(available / 2).clamp(1, 6);
    let rows = tiles.len().div_ceil(per_row);
    let per_row = tiles.len().div_ceil(rows.max(1)).max(1);
    let mut runs = Vec::new();
    let mut start = first;
    for index in 0..per_row {
        let target = total * u32::try_from(index + 1).unwrap_or(1) / u32::try_from(per_row).unwrap_or(1);
        let latest = layout.columns.len() - 2 * (per_row - index - 1).min(available / 2);
        let end = nearest_edge(layout, first, target).clamp(start + 2.min(available), latest.max(start + 1));
        runs.push((to_col(start), to_col(end - 1)));
        start = end;
    }
    runs
}

/// The column whose left edge lies nearest to a distance from the first column.
fn nearest_edge(layout: &Layout<'_>, first: usize, target: u32) -> usize {
    let mut edge = 0;
    for (index, width) in layout.columns.iter().enumerate().skip(first) {
        if edge + width / 2 >= target {
            return index;
        }
        edge += width;
    }
    layout.columns.len()
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
    for ((block, need), (col, last_col, x, width)) in band.blocks.iter().zip(needs).zip(flex) {
        layout.placed.push(Placed { block: Some(block), heading: "", row, col, last_col, x, width });
        let heights = needs::heights(block, need, layout, (col, last_col), width);
        for (offset, height) in heights.iter().enumerate().filter(|(_, height)| **height != ROW) {
            let slot = layout.rows.entry(row + u32::try_from(offset).unwrap_or(0)).or_insert(*height);
            *slot = (*slot).max(*height);
        }
        bottom = bottom.max(row + u32::try_from(heights.len()).unwrap_or(0));
    }
    layout.rows.insert(bottom, GAP_ROW);
    bottom + 1
}

/// Columns, left edge and width of every block of a band: columns where it has its own, else what is left of the page.
fn flex_places(needs: &[Need], places: &[Option<(u16, u16)>], layout: &Layout<'_>) -> Vec<(u16, u16, u32, u32)> {
    let right = layout.left_of(layout.last_col() + 1);
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

/// Breaks before bands that would straddle two printed pages.
fn page_breaks(sheet: &Sheet, layout: &Layout<'_>) -> Vec<u32> {
    if sheet.kind != SheetKind::Page {
        return Vec::new();
    }
    const PRINTED: (u64, u64) = (1_045, 660);
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
