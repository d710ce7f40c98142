//! How much room each kind of block asks for: widths of its columns, heights of its rows.

use super::layout::{Layout, ROW};
use super::measure::{self, BODY, FIGURE, Face, SMALL, STRONG};
use crate::base::number;
use crate::report::book::{Block, Column, Gantt, Kind, Table, Tile, Value, Width, show, total_of};

/// Least width of a tile's figure, in pixels.
pub const TILE_FIGURE: u32 = 96;
/// Rows whose heights are worked out one by one; below them the spreadsheet program fits rows itself.
const MEASURED_ROWS: usize = 5_000;
/// Cell padding and the filter button, in pixels.
const PADDING: u32 = 12;
const FILTER: u32 = 18;
/// Most width of a Gantt's labels, width of a date, and of a flag.
pub const GANTT_COLUMNS: [u32; 3] = [320, 84, 60];
/// Widths of a heat map's columns (names, then cells) and the height of its cells.
pub const HEAT_COLUMNS: [u32; 2] = [120, 138];
const HEAT_ROW: u32 = 54;
/// Heights of a tile's rows: label, figure, change, note.
pub const TILE_ROWS: [u32; 4] = [22, 34, 20, 20];

/// What a block asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Need {
    /// Widths of the columns it lives in; empty where it floats or flows.
    pub columns: Vec<u32>,
    /// Its share of the page, where it has no columns.
    pub twelfths: u8,
}

/// What a block asks for across.
#[must_use]
pub fn of(block: &Block) -> Need {
    match block {
        Block::Table(table) => Need { columns: table_columns(table), twelfths: 12 },
        Block::HeatMap(map) => {
            let mut columns = vec![HEAT_COLUMNS[0]];
            columns.extend(map.x_names.iter().map(|_| HEAT_COLUMNS[1]));
            Need { columns, twelfths: 12 }
        }
        Block::Gantt(gantt) => Need { columns: gantt_columns(gantt), twelfths: 12 },
        Block::Chart(chart) => Need { columns: Vec::new(), twelfths: chart.twelfths },
        Block::Bridge(bridge) => Need { columns: Vec::new(), twelfths: bridge.twelfths },
        Block::Title(_) | Block::Tiles(_) | Block::Note(_) => Need { columns: Vec::new(), twelfths: 12 },
    }
}

fn gantt_columns(gantt: &Gantt) -> Vec<u32> {
    let label =
        gantt.rows.iter().map(|row| measure::width(&show(&row.label.value, &Kind::Text), STRONG) + 16 * u32::from(row.level));
    let label = label.max().unwrap_or(0).saturating_add(PADDING).clamp(160, GANTT_COLUMNS[0]);
    let mut columns = vec![label];
    columns.extend(table_columns(&gantt_cells(gantt)));
    columns.extend([GANTT_COLUMNS[1]; 5]);
    columns.extend([GANTT_COLUMNS[2]; 2]);
    let scale = super::gantt::Scale::of(gantt);
    columns.extend(scale.steps(gantt).iter().map(|_| scale.width()));
    columns
}

/// The columns between labels and dates, as a table to be measured.
fn gantt_cells(gantt: &Gantt) -> Table {
    Table::new("", gantt.columns.clone()).keys(0).rows(gantt.rows.iter().map(|row| row.cells.clone()).collect())
}

fn table_columns(table: &Table) -> Vec<u32> {
    let widths = table.columns.iter().enumerate();
    widths.map(|(index, column)| column_width(table, index, column)).collect()
}

/// Bounds of a column's content in pixels, by its kind: least, and most before it wraps.
const fn bounds(kind: &Kind) -> (u32, u32) {
    match kind {
        Kind::Text => (56, 300),
        Kind::Prose => (180, 380),
        Kind::Rag | Kind::Trend | Kind::YesNo => (48, 120),
        Kind::Date => (88, 110),
        Kind::Moment => (124, 150),
        _ => (64, 220),
    }
}

fn column_width(table: &Table, index: usize, column: &Column) -> u32 {
    if let Width::Characters(characters) = column.width {
        return u32::from(characters) * 7 + 5;
    }
    let (least, most) = bounds(&column.kind);
    let content = widest_value(table, index, &column.kind).saturating_add(PADDING + indent(table, index, &column.kind));
    let content = if column.kind.is_figure() { content } else { content.min(most) };
    let header = header_width(&column.header) + if column.kind.is_centred() { 0 } else { 9 };
    content.max(header).max(least)
}

/// Words and figures stand a little from the edge of their cell, and further in the deeper their row lies.
fn indent(table: &Table, index: usize, kind: &Kind) -> u32 {
    const STEP: u32 = 9;
    let deepest = table.levels.iter().copied().max().unwrap_or(0);
    match kind {
        Kind::Text | Kind::Prose if index + 1 == table.key_columns.max(1) => STEP + 2 * STEP * u32::from(deepest),
        kind if kind.is_centred() => 0,
        _ => STEP,
    }
}

/// A header may take three lines: the widest word, or a third of the text.
fn header_width(header: &str) -> u32 {
    let whole = measure::width(header, STRONG);
    let word = measure::widest_word(header, STRONG);
    let lines = if whole > 180 { 3 } else { 2 };
    let mut width = word.max(whole / lines);
    while measure::lines(header, STRONG, width) > lines {
        width += 6;
    }
    width + PADDING + FILTER
}

/// The widest value of a column, in pixels: figures by their extremes, text by its longest.
fn widest_value(table: &Table, index: usize, kind: &Kind) -> u32 {
    let mut extremes = (f64::INFINITY, f64::NEG_INFINITY);
    let mut widest = 0;
    let mut longest = 0;
    for value in table.rows.iter().filter_map(|row| row.get(index)).map(|cell| cell.value.result()) {
        match figure(value) {
            Some(number) => extremes = (extremes.0.min(number), extremes.1.max(number)),
            None if matches!(value, Value::Text(text) if text.len() + 3 <= longest) => {}
            None => {
                let text = show(value, kind);
                longest = longest.max(text.len());
                widest = widest.max(text.lines().map(|line| measure::width(line, BODY)).max().unwrap_or(0));
            }
        }
    }
    let total = if table.has_totals() { measure::width(&show(&total_of(table, index), kind), STRONG) } else { 0 };
    let shown = |number: f64| if number.is_finite() { measure::width(&show(&Value::Number(number), kind), BODY) } else { 0 };
    widest.max(shown(extremes.0)).max(shown(extremes.1)).max(total)
}

fn figure(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => Some(*number),
        #[expect(clippy::cast_precision_loss, reason = "only its width matters")]
        Value::Integer(whole) => Some(*whole as f64),
        Value::Money(amount) => Some(number::to_f64(*amount)),
        _ => None,
    }
}

/// The width that a tile's texts ask for.
#[must_use]
pub fn tile(tile: &Tile) -> u32 {
    let figure = measure::width(&show(&tile.value.value, &tile.kind), FIGURE) + if tile.rag.is_some() { 56 } else { 12 };
    let label = measure::width(&tile.label, SMALL) + 8;
    let change = tile.change.as_ref().map_or(0, |change| measure::width(&super::tiles::change_words(tile, change), SMALL));
    let note = measure::width(&tile.note, SMALL);
    figure.max(label).max(change).max(note).saturating_add(PADDING).clamp(150, 560)
}

/// Heights of the rows that a block takes.
#[must_use]
pub fn heights(block: &Block, need: &Need, layout: &Layout<'_>, columns: (u16, u16), width: u32) -> Vec<u32> {
    match block {
        Block::Title(_) => vec![26],
        Block::Table(table) => table_heights(table, layout, columns),
        Block::Tiles(tiles) => {
            let per_row = super::layout::tile_columns(layout, tiles).len().max(1);
            let rows = tiles.len().div_ceil(per_row);
            let mut heights: Vec<u32> = (0..rows).flat_map(|_| TILE_ROWS.into_iter().chain([10])).collect();
            heights.pop();
            heights
        }
        Block::Chart(_) | Block::Bridge(_) => Vec::new(),
        Block::HeatMap(map) => heat_heights(map.y_names.len()),
        Block::Gantt(gantt) => {
            let mut heights = vec![ROW, 22];
            heights.extend(gantt.rows.iter().map(|_| ROW));
            heights
        }
        Block::Note(note) => note.paragraphs.iter().map(|text| paragraph_height(text, width.max(need_width(need)))).collect(),
    }
}

fn need_width(need: &Need) -> u32 {
    need.columns.iter().sum()
}

/// Title, axis name, the cells, names of the columns, axis name.
fn heat_heights(rows: usize) -> Vec<u32> {
    let mut heights = vec![24, ROW];
    heights.extend((0..rows).map(|_| HEAT_ROW));
    heights.extend([ROW, ROW]);
    heights
}

/// The height of what floats over the rows, with a little air below.
#[must_use]
pub fn floating(block: &Block) -> Option<u32> {
    match block {
        Block::Chart(chart) => Some(chart.height + 8),
        Block::Bridge(_) => Some(super::bridge::HEIGHT + 8),
        _ => None,
    }
}

fn paragraph_height(text: &str, width: u32) -> u32 {
    let lines = measure::lines(text, BODY, width.saturating_sub(PADDING + width / 16));
    (lines * 17 + 5).clamp(ROW, 540)
}

/// Title (where there is one), header, rows, totals, words for an empty table.
fn table_heights(table: &Table, layout: &Layout<'_>, columns: (u16, u16)) -> Vec<u32> {
    let widths: Vec<u32> = (columns.0..=columns.1).map(|col| layout.columns[usize::from(col)]).collect();
    let mut heights = Vec::with_capacity(table.rows.len() + 4);
    heights.extend(table.title.as_ref().map(|_| 24));
    heights.push(header_height(table, &widths));
    heights.extend(table.rows.iter().enumerate().map(|(index, row)| {
        if index >= MEASURED_ROWS {
            return ROW;
        }
        let cells = row.iter().zip(&table.columns).zip(&widths);
        let cells = cells.enumerate();
        let lines = cells.map(|(index, ((cell, column), width))| {
            cell_lines(&cell.value, &column.kind, width.saturating_sub(indent(table, index, &column.kind)))
        });
        line_height(lines.max().unwrap_or(1), BODY)
    }));
    if table.rows.is_empty() {
        heights.push(ROW);
    }
    if table.has_totals() {
        heights.push(ROW);
    }
    if table.rows.is_empty() {
        heights.push(ROW);
    }
    heights
}

fn header_height(table: &Table, widths: &[u32]) -> u32 {
    let lines = table.columns.iter().zip(widths);
    let lines = lines.map(|(column, width)| measure::lines(&column.header, STRONG, width.saturating_sub(PADDING + FILTER)));
    (lines.max().unwrap_or(1) * 16 + 8).max(26)
}

/// Text wraps; figures never do.
fn cell_lines(value: &Value, kind: &Kind, width: u32) -> u32 {
    match value.result() {
        Value::Text(text) if matches!(kind, Kind::Text | Kind::Prose) => {
            measure::lines(text, BODY, width.saturating_sub(PADDING - 2)).min(30)
        }
        _ => 1,
    }
}

fn line_height(lines: u32, face: Face) -> u32 {
    if lines <= 1 { ROW } else { lines * (face.points * 8 / 5) + 6 }
}
