//! A probability-impact grid: counts and ids in cells, the worst corner at the top right.

use super::formats::colour;
use super::layout::{Placed, to_col};
use super::{Canvas, RenderError, Scene, links, text};
use crate::report::book::{HeatCell, HeatMap};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

/// Writes the grid.
pub fn write(canvas: &mut Canvas<'_, '_>, placed: &Placed<'_>, map: &HeatMap, scene: &mut Scene<'_>) -> Result<(), RenderError> {
    let (row, col) = (placed.row, placed.col);
    let small = scene.formats.small.clone();
    canvas.sheet.write_string_with_format(row, col, text::clean(&map.title), &scene.formats.caption)?;
    canvas.sheet.write_string_with_format(row + 1, col, format!("{} ▲", text::clean(&map.y_label)), &small)?;
    let rows = map.y_names.len();
    for (index, name) in map.y_names.iter().enumerate() {
        let line = row + 2 + u32::from(to_col(rows - 1 - index));
        let format = small.clone().set_align(FormatAlign::Right).set_text_wrap();
        canvas.sheet.write_string_with_format(line, col, text::clean(name), &format)?;
        for (offset, cell) in map.cells.get(index).into_iter().flatten().enumerate().take(map.x_names.len()) {
            write_cell(canvas, map, cell, (line, col + 1 + to_col(offset)), scene)?;
        }
    }
    let below = row + 2 + u32::from(to_col(rows));
    for (offset, name) in map.x_names.iter().enumerate() {
        let format = small.clone().set_align(FormatAlign::Center);
        canvas.sheet.write_string_with_format(below, col + 1 + to_col(offset), text::clean(name), &format)?;
    }
    let format = small.set_align(FormatAlign::Left);
    canvas.sheet.write_string_with_format(below + 1, col + 1, format!("{} ►", text::clean(&map.x_label)), &format)?;
    Ok(())
}

fn write_cell(
    canvas: &mut Canvas<'_, '_>,
    map: &HeatMap,
    cell: &HeatCell,
    (row, col): (u32, u16),
    scene: &mut Scene<'_>,
) -> Result<(), RenderError> {
    let format = cell_format(cell, scene);
    let words = text::fit(&cell_text(&cell.ids), || format!("{}, heat map", canvas.name), &mut scene.remarks);
    let url = map.link.as_ref().filter(|_| !cell.ids.is_empty()).and_then(|link| links::url(link, &scene.places, None));
    match url {
        Some(url) => {
            canvas.links += 1;
            canvas.sheet.write_url_with_options(row, col, url, words, "To the register", Some(&format))?;
        }
        None if words.is_empty() => {
            canvas.sheet.write_blank(row, col, &format)?;
        }
        None => {
            canvas.sheet.write_string_with_format(row, col, words, &format)?;
        }
    }
    Ok(())
}

fn cell_format(cell: &HeatCell, scene: &Scene<'_>) -> Format {
    let (ink, fill) = scene.theme.tone(cell.tone);
    let paper = colour(scene.theme.palette.paper);
    let format = scene.formats.default.clone().set_background_color(colour(fill)).set_font_color(colour(ink)).set_text_wrap();
    let format = format.set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter).set_font_size(9);
    format.set_border(FormatBorder::Medium).set_border_color(paper)
}

/// `3, R-09`; beyond what a cell shows, the count of the rest.
fn cell_text(ids: &[String]) -> String {
    const SHOWN: usize = 8;
    if ids.is_empty() {
        return String::new();
    }
    let shown = ids.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    let rest = ids.len().saturating_sub(SHOWN);
    let more = if rest > 0 { format!(" +{rest}") } else { String::new() };
    format!("{}: {shown}{more}", ids.len())
}
