//! A sheet's frame: title, way back, columns and rows, views, and how it prints.

use super::layout::{Placed, to_col};
use super::{Canvas, RenderError, Scene, is_page, measure, text};
use crate::report::book::{Block, Sheet, SheetKind, Table};
use crate::report::theme::Theme;
use rust_xlsxwriter::{Format, Image, Url, Workbook};
use std::io::Write as _;

/// The sheet to which the way back leads.
pub const CONTENTS: &str = "Contents";
const A4: u8 = 9;
const A3: u8 = 8;
/// Sheets wider than this, in pixels, print on A3, where A4 would show them at less than about half their size.
const WIDE: u32 = 1_900;

/// Sets a sheet up and writes what stands above its first band.
pub fn set_up(canvas: &mut Canvas<'_, '_>, spec: &Sheet, scene: &Scene<'_>) -> Result<(), RenderError> {
    for (index, width) in canvas.layout.columns.iter().enumerate() {
        canvas.sheet.set_column_width_pixels(to_col(index), *width)?;
    }
    for (row, height) in &canvas.layout.rows {
        canvas.sheet.set_row_height_pixels(*row, *height)?;
    }
    if spec.kind == SheetKind::Hidden {
        canvas.sheet.set_hidden(true);
    }
    write_head(canvas, spec, scene)?;
    set_view(canvas, spec)?;
    set_print(canvas, spec, scene)
}

fn write_head(canvas: &mut Canvas<'_, '_>, spec: &Sheet, scene: &Scene<'_>) -> Result<(), RenderError> {
    let formats = &scene.formats;
    let inset = |format: &Format| if is_page(spec.kind) { format.clone().set_indent(2) } else { format.clone() };
    canvas.sheet.set_row_height_pixels(0, 34)?;
    canvas.sheet.write_string_with_format(0, 0, text::clean(&spec.title), &inset(&formats.title))?;
    canvas.sheet.write_string_with_format(1, 0, text::clean(&subtitle(spec, scene)), &inset(&formats.subtitle))?;
    if let Some(contents) = scene.places.sheet(CONTENTS).filter(|contents| *contents != canvas.name) {
        let url = Url::new(format!("internal:{}!A1", super::names::quoted(contents)));
        canvas.sheet.write_url_with_options(2, 0, url, "◂ Contents", "Back to the contents", Some(&inset(&formats.back)))?;
    }
    canvas.sheet.set_row_height_pixels(3, 10)?;
    place_logo(canvas, spec, scene)
}

/// The line below the title.
fn subtitle(spec: &Sheet, scene: &Scene<'_>) -> String {
    let stamp = scene.book.stamp.line();
    let parts = [scene.book.stamp.portfolio.as_str(), &spec.subtitle, &stamp];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The last column to be printed: that of the blocks, or as many more as the title and the line below it run over, since what
/// lies beyond is cut.
fn last_printed(canvas: &Canvas<'_, '_>, spec: &Sheet, scene: &Scene<'_>) -> u16 {
    /// Pixels by which a page's first lines are set in, at most; and the width of a column that nothing sets.
    const INDENT: u32 = 24;
    const COLUMN: u32 = 64;
    let last = canvas.layout.last_col();
    let head = measure::width(&spec.title, measure::TITLE).max(measure::width(&subtitle(spec, scene), measure::BODY)) + INDENT;
    let over = head.saturating_sub(canvas.layout.left_of(last + 1)).div_ceil(COLUMN);
    last + u16::try_from(over).unwrap_or(0)
}

/// The room for a logo, in pixels.
const BOX: (u32, u32) = (150, 48);

fn place_logo(canvas: &mut Canvas<'_, '_>, spec: &Sheet, scene: &Scene<'_>) -> Result<(), RenderError> {
    let Some(logo) = scene.theme.logo.as_ref().filter(|_| is_page(spec.kind)) else { return Ok(()) };
    let image = Image::new_from_buffer(&logo.bytes)?
        .set_scale_to_size(BOX.0, BOX.1, true)
        .set_alt_text(text::alternative(&logo.alt_text));
    let right = canvas.layout.left_of(canvas.layout.last_col() + 1);
    let (col, offset) = canvas.layout.column_at(right.saturating_sub(BOX.0));
    canvas.sheet.insert_image_with_offset(0, col, &image, offset, 4)?;
    Ok(())
}

/// The table of a data sheet, and where its header stands.
fn first_table<'b>(canvas: &Canvas<'_, 'b>) -> Option<(&'b Table, u32)> {
    canvas.layout.placed.iter().find_map(|placed| match placed.block {
        Some(Block::Table(table)) => Some((table, placed.row + u32::from(table.title.is_some()))),
        _ => None,
    })
}

fn set_view(canvas: &mut Canvas<'_, '_>, spec: &Sheet) -> Result<(), RenderError> {
    let table = first_table(canvas);
    let gantt = spec.blocks().any(|block| matches!(block, Block::Gantt(_)));
    canvas.sheet.set_screen_gridlines(false).set_zoom(if is_page(spec.kind) { 90 } else { 100 });
    canvas.sheet.group_symbols_above(true);
    match (spec.kind, table) {
        (SheetKind::Data, Some((table, header))) => {
            let keys = to_col(table.key_columns.min(table.columns.len().saturating_sub(1)));
            canvas.sheet.set_freeze_panes(header + 1, canvas.layout.first_col + keys)?;
        }
        (SheetKind::Page, _) if gantt => {}
        _ => {
            canvas.sheet.set_freeze_panes(3, 0)?;
        }
    }
    canvas.sheet.set_selection(0, 0, 0, 0)?;
    Ok(())
}

fn set_print(canvas: &mut Canvas<'_, '_>, spec: &Sheet, scene: &Scene<'_>) -> Result<(), RenderError> {
    let table = first_table(canvas).filter(|_| spec.kind == SheetKind::Data);
    let (last_row, last_col) = (canvas.layout.last_row, last_printed(canvas, spec, scene));
    let paper = if canvas.layout.left_of(canvas.layout.last_col() + 1) > WIDE { A3 } else { A4 };
    let sheet = &mut *canvas.sheet;
    sheet.set_paper_size(paper).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.4, 0.5, 0.2, 0.25);
    sheet.set_print_area(0, 0, last_row, last_col)?;
    if let Some((_, header)) = table {
        sheet.set_repeat_rows(header, header)?;
    }
    if !canvas.layout.breaks.is_empty() {
        sheet.set_page_breaks(&canvas.layout.breaks)?;
    }
    let stamp = &scene.book.stamp;
    let left = shortened(&stamp.portfolio, 60);
    let centre = shortened(&stamp.line(), 80);
    let tab = shortened(&scene.book.title, 50);
    sheet.set_footer(format!("&L&8{left} · {tab}&C&8{centre}&R&8&A, page &P of &N"));
    Ok(())
}

/// Text for a footer, where `&` begins a command and 255 characters are the most.
fn shortened(words: &str, most: usize) -> String {
    text::clean(words).chars().take(most).collect::<String>().replace('&', "&&")
}

/// A heading: of a band, or between blocks.
pub fn heading(canvas: &mut Canvas<'_, '_>, placed: &Placed<'_>, words: &str, scene: &Scene<'_>) -> Result<(), RenderError> {
    canvas.sheet.write_string_with_format(placed.row, placed.col, text::clean(words), &scene.formats.heading)?;
    Ok(())
}

/// Takes an organisation's own theme. The library reads it by path, so it is handed a temporary copy.
pub fn use_office_theme(workbook: &mut Workbook, theme: &Theme) -> Result<(), RenderError> {
    let Some(office) = &theme.office_theme else { return Ok(()) };
    let suffix = office.file_name.rfind('.').map_or("", |dot| &office.file_name[dot..]);
    let failed = |error: std::io::Error| RenderError(format!("the theme {} could not be read: {error}", office.file_name));
    let mut copy = tempfile::Builder::new().suffix(suffix).tempfile().map_err(failed)?;
    copy.write_all(&office.bytes).and_then(|()| copy.flush()).map_err(failed)?;
    workbook.use_custom_theme(copy.path())?;
    Ok(())
}
