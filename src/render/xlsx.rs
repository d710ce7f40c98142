//! Books to Excel workbooks. The only module that knows the library which writes them.
//!
//! Promises: the same Book and Theme give the same bytes; text stays text whatever it begins with; every formula carries
//! the value that the engine computed; every column is as wide as its figures; nothing overlaps. Does not touch the disk
//! (but for a temporary copy of an organisation's theme, which the library reads by path) and computes no figures.

mod bridge;
mod cells;
mod chart;
mod formats;
mod gantt;
mod heat_map;
mod layout;
mod links;
mod marks;
mod measure;
mod names;
mod needs;
mod page;
mod sparklines;
mod tables;
mod text;
mod tiles;
mod validation;

use crate::report::book::{Block, Book, Note, Sheet, SheetKind};
use crate::report::theme::Theme;
use formats::Formats;
use layout::{Layout, Placed};
use names::Places;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Formula, Workbook, Worksheet, XlsxError};
use std::fmt;

/// A workbook and what the reader of it should be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The file.
    pub bytes: Vec<u8>,
    /// What could not be shown in full, such as a text of more than 32,767 characters.
    pub remarks: Vec<String>,
}

/// A fault of the program: a Book that cannot be a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderError(pub String);

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the workbook could not be written: {}", self.0)
    }
}

impl std::error::Error for RenderError {}

impl From<XlsxError> for RenderError {
    fn from(error: XlsxError) -> Self {
        Self(error.to_string())
    }
}

/// What every part of the renderer needs to know.
struct Scene<'b> {
    book: &'b Book,
    theme: &'b Theme,
    formats: Formats,
    places: Places,
    remarks: Vec<String>,
}

/// One sheet while it is written.
struct Canvas<'a, 'b> {
    sheet: &'a mut Worksheet,
    layout: &'a Layout<'b>,
    name: &'a str,
    links: u32,
    notes: u32,
}

/// Writes a Book as a workbook.
///
/// # Errors
/// [`RenderError`] where the Book breaks a rule of workbooks, such as two tables of one name.
pub fn bytes(book: &Book, theme: &Theme) -> Result<Rendered, RenderError> {
    let chart_data = bridge::sheet(book);
    let sheets: Vec<&Sheet> = book.sheets.iter().chain(&chart_data).collect();
    let layouts: Vec<Layout<'_>> = sheets.iter().map(|sheet| layout::lay_out(sheet)).collect();
    let places = Places::of(&sheets, &layouts)?;
    let mut scene = Scene { book, theme, formats: Formats::new(theme), places, remarks: Vec::new() };
    let mut workbook = new_workbook(&scene)?;
    for (index, (sheet, layout)) in sheets.iter().zip(&layouts).enumerate() {
        let name = scene.places.sheets[index].clone();
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(&name)?;
        let mut canvas = Canvas { sheet: worksheet, layout, name: &name, links: 0, notes: 0 };
        page::set_up(&mut canvas, sheet, &scene)?;
        for placed in &layout.placed {
            write_block(&mut canvas, placed, &mut scene)?;
        }
        if index == 0 {
            canvas.sheet.set_active(true);
        }
    }
    define_names(&mut workbook, &scene)?;
    Ok(Rendered { bytes: workbook.save_to_buffer()?, remarks: scene.remarks })
}

fn new_workbook(scene: &Scene<'_>) -> Result<Workbook, RenderError> {
    const DEFAULT_COLUMN: u32 = 64;
    let mut workbook = Workbook::new();
    page::use_office_theme(&mut workbook, scene.theme)?;
    workbook.set_default_format(&scene.formats.default, layout::ROW, DEFAULT_COLUMN)?;
    let stamp = &scene.book.stamp;
    let properties = DocProperties::new()
        .set_title(text::clean(&scene.book.title))
        .set_subject(text::clean(&stamp.line()))
        .set_company(text::clean(&stamp.portfolio))
        .set_comment(text::clean(&format!("Made by Throughline {}", stamp.version)))
        .set_creation_datetime(&creation_date(scene.book)?);
    workbook.set_properties(&properties);
    Ok(workbook)
}

/// The file is dated by its as-of date, never by the clock; a template by a fixed day.
fn creation_date(book: &Book) -> Result<ExcelDateTime, RenderError> {
    use chrono::Datelike as _;
    let (year, month, day) = book.stamp.day().map_or((2000, 1, 1), |day| (day.year(), day.month(), day.day()));
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    Ok(ExcelDateTime::from_ymd(u16::try_from(year).unwrap_or(2000).clamp(1900, 9999), part(month), part(day))?)
}

fn define_names(workbook: &mut Workbook, scene: &Scene<'_>) -> Result<(), RenderError> {
    for name in &scene.book.names {
        let place = scene.places.table(&name.table)?;
        let address = place.cell_address(name.row, &name.column)?;
        workbook.define_name(&name.name, &format!("={address}"))?;
    }
    for (name, range) in &scene.places.lists {
        workbook.define_name(name, &format!("={range}"))?;
    }
    Ok(())
}

fn write_block(canvas: &mut Canvas<'_, '_>, placed: &Placed<'_>, scene: &mut Scene<'_>) -> Result<(), RenderError> {
    match placed.block {
        None => page::heading(canvas, placed, placed.heading, scene),
        Some(Block::Title(words)) => page::heading(canvas, placed, words, scene),
        Some(Block::Note(note)) => write_note(canvas, placed, note, scene),
        Some(Block::Tiles(list)) => tiles::write(canvas, placed, list, scene),
        Some(Block::Table(table)) => tables::write(canvas, placed, table, scene),
        Some(Block::Chart(spec)) => chart::write(canvas, placed, spec, scene),
        Some(Block::Bridge(spec)) => chart::write(canvas, placed, &bridge::chart(spec), scene),
        Some(Block::HeatMap(map)) => heat_map::write(canvas, placed, map, scene),
        Some(Block::Gantt(spec)) => gantt::write(canvas, placed, spec, scene),
    }
}

/// Prose may stand on merged cells; data never does.
fn write_note(canvas: &mut Canvas<'_, '_>, placed: &Placed<'_>, note: &Note, scene: &mut Scene<'_>) -> Result<(), RenderError> {
    let format = scene.formats.note(note.tone);
    for (index, paragraph) in note.paragraphs.iter().enumerate() {
        let row = placed.row + u32::try_from(index).unwrap_or(0);
        let shown = text::fit(paragraph, || format!("{}, row {}", canvas.name, row + 1), &mut scene.remarks);
        if placed.last_col > placed.col {
            canvas.sheet.merge_range(row, placed.col, row, placed.last_col, "", &format)?;
        }
        canvas.sheet.write_string_with_format(row, placed.col, shown, &format)?;
    }
    Ok(())
}

/// A formula with its value; none where the value is text that the library would take for a number, a truth value or an
/// error, and so would corrupt: such a cell holds the text alone.
fn formula(text: &str, result: &str, is_text: bool) -> Option<Formula> {
    let taken = result.parse::<f64>().is_ok() || matches!(result, "TRUE" | "FALSE") || result.starts_with('#');
    (!(is_text && taken)).then(|| Formula::new(format!("={text}")).set_result(result))
}

/// True where a sheet is a page to read.
fn is_page(kind: SheetKind) -> bool {
    kind == SheetKind::Page
}
