//! Headline figures as cells: label and rating, figure, change, note.

use super::formats::colour;
use super::layout::{Placed, tile_columns};
use super::needs::TILE_ROWS;
use super::{Canvas, RenderError, Scene, cells, text};
use crate::model::initiative::Rag;
use crate::report::book::{Change, Good, Kind, Tile, Tone, Value, show};
use crate::report::theme::number_format;
use cells::Slot;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

/// Writes tiles, several to a row.
pub fn write(canvas: &mut Canvas<'_, '_>, placed: &Placed<'_>, tiles: &[Tile], scene: &mut Scene<'_>) -> Result<(), RenderError> {
    let runs = tile_columns(canvas.layout, tiles);
    let height = u32::try_from(TILE_ROWS.len() + 1).unwrap_or(5);
    for (index, tile) in tiles.iter().enumerate() {
        let line = u32::try_from(index / runs.len().max(1)).unwrap_or(0);
        let (first, last) = runs[index % runs.len().max(1)];
        write_tile(canvas, tile, placed.row + line * height, (first, last), scene)?;
    }
    Ok(())
}

/// Edge and fill of a tile.
fn ground(scene: &Scene<'_>, tile: &Tile, is_first: bool, is_last: bool) -> Format {
    let palette = &scene.theme.palette;
    let edge = tile.rag.map_or(palette.accent, |rag| scene.theme.rag(rag).0);
    let mut format =
        scene.formats.default.clone().set_background_color(colour(palette.tile)).set_align(FormatAlign::VerticalCenter);
    if is_first {
        format = format.set_border_left(FormatBorder::Thick).set_border_left_color(colour(edge)).set_indent(1);
    }
    if is_last {
        format = format.set_border_right(FormatBorder::Thick).set_border_right_color(colour(palette.paper));
    }
    format
}

fn write_tile(
    canvas: &mut Canvas<'_, '_>,
    tile: &Tile,
    row: u32,
    (first, last): (u16, u16),
    scene: &mut Scene<'_>,
) -> Result<(), RenderError> {
    for line in 0..u32::try_from(TILE_ROWS.len()).unwrap_or(4) {
        for col in first..=last {
            canvas.sheet.write_blank(row + line, col, &ground(scene, tile, col == first, col == last))?;
        }
    }
    let palette = scene.theme.palette.clone();
    let base = ground(scene, tile, true, first == last).set_align(FormatAlign::Left);
    let label = base.clone().set_font_size(9).set_font_color(colour(palette.muted));
    canvas.sheet.write_string_with_format(row, first, text::clean(&tile.label), &label)?;
    write_figure(canvas, tile, (row + 1, first), &base, scene)?;
    if let Some(change) = &tile.change {
        let format = base.clone().set_font_size(9).set_font_color(colour(scene.theme.tone(change_tone(change)).0));
        canvas.sheet.write_string_with_format(row + 2, first, change_words(tile, change), &format)?;
    }
    canvas.sheet.write_string_with_format(row + 3, first, text::clean(&tile.note), &label)?;
    match tile.rag {
        Some(rag) if last > first => write_rating(canvas, tile, rag, (row + 1, last), scene),
        _ => Ok(()),
    }
}

/// A square in the rating's colour and its letters, beside the figure: the rows of words need the whole width.
fn write_rating(
    canvas: &mut Canvas<'_, '_>,
    tile: &Tile,
    rag: Rag,
    (row, col): (u32, u16),
    scene: &Scene<'_>,
) -> Result<(), RenderError> {
    let format = ground(scene, tile, false, true).set_align(FormatAlign::Right).set_indent(1);
    let part = |rgb| scene.formats.default.clone().set_bold().set_font_color(colour(rgb));
    let letters = format!(" {}", rag.letter());
    let (square, ink) = (part(scene.theme.rag(rag).0), part(scene.theme.palette.ink));
    canvas.sheet.write_rich_string_with_format(row, col, &[(&square, "■"), (&ink, letters.as_str())], &format)?;
    Ok(())
}

fn write_figure(
    canvas: &mut Canvas<'_, '_>,
    tile: &Tile,
    (row, col): (u32, u16),
    base: &Format,
    scene: &mut Scene<'_>,
) -> Result<(), RenderError> {
    let palette = scene.theme.palette.clone();
    let format = base.clone().set_font_size(18).set_bold().set_num_format(number_format(&tile.kind).replace("_)", ""));
    let format = format.set_font_color(colour(palette.header)).set_shrink();
    let missing = format.clone().set_font_color(colour(palette.muted));
    let mut cell = tile.value.clone();
    if let Some(link) = &tile.link {
        cell = cell.link(link.clone());
    }
    let slot = Slot { row, col, kind: &tile.kind, format: &format, missing: &missing, linked: &format };
    cells::write(canvas, &slot, &cell, None, scene)
}

/// `▲ +2.3 since last run, 30 Sep 2026, not closed`; where the change is not known, why.
#[must_use]
pub fn change_words(tile: &Tile, change: &Change) -> String {
    if let Value::NotAvailable(reason) = change.value.result() {
        return text::clean(&format!("change n/a: {reason}"));
    }
    let number = cells::as_number(&change.value.value).unwrap_or(0.0);
    let kind = if matches!(tile.kind, Kind::Date | Kind::Moment) { &Kind::Days } else { &tile.kind };
    let size = show(&Value::Number(number.abs()), kind);
    let moved = match number.partial_cmp(&0.0) {
        Some(std::cmp::Ordering::Greater) => format!("▲ +{size}"),
        Some(std::cmp::Ordering::Less) => format!("▼ -{size}"),
        _ => "no change".to_string(),
    };
    text::clean(&format!("{moved} {}", change.since))
}

/// Good or bad news by the direction that is good.
fn change_tone(change: &Change) -> Tone {
    let Some(number) = cells::as_number(&change.value.value) else { return Tone::Muted };
    let rising = number > 0.0;
    match change.good {
        Good::Neither => Tone::Muted,
        _ if number == 0.0 => Tone::Muted,
        Good::Up => {
            if rising {
                Tone::Good
            } else {
                Tone::Bad
            }
        }
        Good::Down => {
            if rising {
                Tone::Bad
            } else {
                Tone::Good
            }
        }
    }
}
