//! A table as an Excel table: header, filter, totals, formulas with their values, colours by meaning.

use super::cells::{self, Slot};
use super::formats::Formats;
use super::layout::{Placed, to_col};
use super::{Canvas, RenderError, Scene, formula, marks, names, sparklines, text, validation};
use crate::report::book::{Cell, Column, Kind, Table, Total, column_of, total_of};
use rust_xlsxwriter::{Format, Table as ExcelTable, TableColumn, TableFunction, TableStyle};

/// The formats of one column.
struct ColumnFormats {
    body: Format,
    missing: Format,
    linked: Format,
    total: Format,
}

impl ColumnFormats {
    fn of(formats: &Formats, column: &Column, is_form: bool, top: bool) -> Self {
        let body = if is_form { formats.input(&column.kind) } else { formats.body(&column.kind, top) };
        let (missing, linked) = (formats.missing(&body), formats.linked(&body));
        Self { body, missing, linked, total: formats.total(&column.kind) }
    }
}

/// Writes a table where it was placed.
pub fn write(canvas: &mut Canvas<'_, '_>, placed: &Placed<'_>, table: &Table, scene: &mut Scene<'_>) -> Result<(), RenderError> {
    if let Some(title) = &table.title {
        canvas.sheet.write_string_with_format(placed.row, placed.col, text::clean(title), &scene.formats.caption)?;
    }
    let at = scene.places.table(&table.name)?.clone();
    let last_data = at.header_row + at.rows;
    let last_row = last_data + u32::from(table.has_totals());
    let last_col = at.col + to_col(table.columns.len().saturating_sub(1));
    let excel = excel_table(table, &at.headers, scene);
    canvas.sheet.add_table(at.header_row, at.col, last_row, last_col, &excel)?;
    let top = table.columns.iter().any(|column| column.kind == Kind::Prose);
    for (index, column) in table.columns.iter().enumerate() {
        let formats = ColumnFormats::of(&scene.formats, column, table.is_form, top);
        write_column(canvas, table, index, (at.header_row + 1, at.col + to_col(index)), &formats, scene)?;
    }
    for (index, column) in table.columns.iter().enumerate() {
        let range = (at.header_row + 1, at.col + to_col(index), last_data);
        marks::apply(canvas, column, range, scene)?;
        if !table.is_form {
            marks::band(canvas, range, scene)?;
        }
        validation::apply(canvas, column, range)?;
        write_help(canvas, column, at.header_row, range.1, scene)?;
        sparklines::write(canvas, table, column, &at, scene)?;
    }
    if table.rows.is_empty() && !table.is_form {
        canvas.sheet.write_string_with_format(last_row + 1, at.col, text::clean(&table.when_empty), &scene.formats.small)?;
    }
    outline(canvas, table, at.header_row + 1, at.col)
}

fn excel_table(table: &Table, headers: &[String], scene: &Scene<'_>) -> ExcelTable {
    let columns: Vec<TableColumn> = table
        .columns
        .iter()
        .zip(headers)
        .map(|(column, header)| {
            let spec = TableColumn::new().set_header(header).set_header_format(scene.formats.header_of(column));
            let spec = match &column.formula {
                Some(text) => spec.set_formula(format!("={text}").as_str()),
                None => spec,
            };
            match &column.total {
                Total::None => spec,
                Total::Label(words) => spec.set_total_label(text::clean(words)),
                Total::Sum => spec.set_total_function(TableFunction::Sum),
                Total::Count => spec.set_total_function(TableFunction::Count),
                Total::Formula { text, .. } => spec.set_total_function(TableFunction::Custom(format!("={text}").as_str().into())),
            }
        })
        .collect();
    let excel = ExcelTable::new().set_name(&table.name).set_columns(&columns).set_style(TableStyle::None);
    let excel = excel.set_total_row(table.has_totals()).set_banded_rows(true);
    match &table.title {
        Some(title) => excel.set_alt_text_title(text::clean(title)),
        None => excel,
    }
}

fn write_column(
    canvas: &mut Canvas<'_, '_>,
    table: &Table,
    index: usize,
    (first_row, col): (u32, u16),
    formats: &ColumnFormats,
    scene: &mut Scene<'_>,
) -> Result<(), RenderError> {
    let column = &table.columns[index];
    let blank = Cell::blank();
    let rows = table.rows.len().max(1);
    let strong = (formats.body.clone().set_bold(), formats.linked.clone().set_bold());
    for row in 0..rows {
        let cell = table.rows.get(row).and_then(|cells| cells.get(index)).unwrap_or(&blank);
        let (body, linked) = if stands_above(table, row) { (&strong.0, &strong.1) } else { (&formats.body, &formats.linked) };
        let indented;
        let (body, linked) = match table.levels.get(row) {
            Some(level) if index + 1 == table.key_columns.max(1) && *level > 0 => {
                indented = (body.clone().set_indent(1 + 2 * *level), linked.clone().set_indent(1 + 2 * *level));
                (&indented.0, &indented.1)
            }
            _ => (body, linked),
        };
        let row = first_row + u32::try_from(row).unwrap_or(0);
        let slot = Slot { row, col, kind: &column.kind, format: body, missing: &formats.missing, linked };
        let computed = column.formula.as_deref().filter(|_| !table.rows.is_empty());
        cells::write(canvas, &slot, cell, computed, scene)?;
    }
    if table.has_totals() {
        let row = first_row + u32::try_from(rows).unwrap_or(0);
        write_total(canvas, table, index, (row, col), &formats.total)?;
    }
    Ok(())
}

/// True for a row of an outline with rows below it: it stands out.
fn stands_above(table: &Table, row: usize) -> bool {
    let level = |row: usize| table.levels.get(row);
    level(row).zip(level(row + 1)).is_some_and(|(own, next)| next > own)
}

/// The long form evaluates in every spreadsheet program; the library's own totals do not.
fn write_total(
    canvas: &mut Canvas<'_, '_>,
    table: &Table,
    index: usize,
    (row, col): (u32, u16),
    format: &Format,
) -> Result<(), RenderError> {
    let column = &table.columns[index];
    let value = total_of(table, index);
    let cells = column_of(&table.name, &names::headers(table)[index]);
    let text = match &column.total {
        Total::None => {
            canvas.sheet.write_blank(row, col, format)?;
            return Ok(());
        }
        Total::Label(words) => {
            canvas.sheet.write_string_with_format(row, col, text::clean(words), format)?;
            return Ok(());
        }
        Total::Sum => format!("SUBTOTAL(109,{cells})"),
        Total::Count => format!("SUBTOTAL(103,{cells})"),
        Total::Formula { text, .. } => text.clone(),
    };
    let (result, is_text) = cells::cached(&value, &column.kind);
    match formula(&text, &result, is_text) {
        Some(formula) => canvas.sheet.write_formula_with_format(row, col, formula, format)?,
        None => canvas.sheet.write_string_with_format(row, col, result, format)?,
    };
    Ok(())
}

fn write_help(
    canvas: &mut Canvas<'_, '_>,
    column: &Column,
    row: u32,
    col: u16,
    scene: &mut Scene<'_>,
) -> Result<(), RenderError> {
    match &column.help {
        Some(words) => cells::insert_note(canvas, row, col, words, scene),
        None => Ok(()),
    }
}

/// Folds detail: columns that say so, rows below the first level.
fn outline(canvas: &mut Canvas<'_, '_>, table: &Table, first_row: u32, first_col: u16) -> Result<(), RenderError> {
    for (index, _) in table.columns.iter().enumerate().filter(|(_, column)| column.is_detail) {
        let col = first_col + to_col(index);
        canvas.sheet.group_columns_collapsed(col, col)?;
    }
    group_rows(canvas, &table.levels, first_row, None)
}

/// Groups rows by their outline levels; a spreadsheet program knows seven. Rows deeper than a level may open folded away.
pub fn group_rows(
    canvas: &mut Canvas<'_, '_>,
    levels: &[u8],
    first_row: u32,
    folded_below: Option<u8>,
) -> Result<(), RenderError> {
    let deepest = levels.iter().copied().max().unwrap_or(0).min(7);
    for level in 1..=deepest {
        let mut start: Option<usize> = None;
        for index in 0..=levels.len() {
            let inside = levels.get(index).is_some_and(|own| *own >= level);
            match (inside, start) {
                (true, None) => start = Some(index),
                (false, Some(first)) => {
                    let rows = (first_row + row_number(first), first_row + row_number(index) - 1);
                    if folded_below.is_some_and(|below| level > below) {
                        canvas.sheet.group_rows_collapsed(rows.0, rows.1)?;
                    } else {
                        canvas.sheet.group_rows(rows.0, rows.1)?;
                    }
                    start = None;
                }
                _ => {}
            }
        }
    }
    Ok(())
}

fn row_number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
