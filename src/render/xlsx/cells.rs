//! One cell: its value, its way back, its note.

use super::{Canvas, RenderError, Scene, formula, links, text};
use crate::base::day::Moment;
use crate::base::number;
use crate::report::book::{Cell, Kind, NOT_AVAILABLE, Value, show};
use rust_xlsxwriter::{Format, Note, ObjectMovement};

/// The most notes on a sheet; each is a drawing of its own.
const MOST_NOTES: u32 = 4_000;

/// Where a cell stands and how it looks.
pub struct Slot<'a> {
    /// Row.
    pub row: u32,
    /// Column.
    pub col: u16,
    /// What its figure means.
    pub kind: &'a Kind,
    /// Its format.
    pub format: &'a Format,
    /// Its format where there is no value.
    pub missing: &'a Format,
    /// Its format where it leads somewhere.
    pub linked: &'a Format,
}

/// Writes a cell; `column_formula` is the formula of a table's column, which then computes the cell's value.
pub fn write(
    canvas: &mut Canvas<'_, '_>,
    slot: &Slot<'_>,
    cell: &Cell,
    column_formula: Option<&str>,
    scene: &mut Scene<'_>,
) -> Result<(), RenderError> {
    let link = cell.more.as_ref().and_then(|more| more.link.as_ref());
    let url = link.and_then(|link| links::url(link, &scene.places, scene.book.inputs.as_deref()));
    let within = canvas.links < links::MOST;
    let format = match (&url, cell.result()) {
        (Some(_), _) if within => slot.linked,
        (_, Value::NotAvailable(_)) => slot.missing,
        _ => slot.format,
    };
    if let Some(url) = url {
        canvas.links += 1;
        if within {
            let shown: String = show(&cell.value, slot.kind).chars().take(200).collect();
            canvas.sheet.write_url_with_text(slot.row, slot.col, url, shown)?;
        } else if canvas.links == links::MOST + 1 {
            scene.remarks.push(format!(
                "{}: links stop after {}; later cells name their source as text",
                canvas.name,
                links::MOST
            ));
        }
    }
    match (&cell.value, column_formula) {
        (Value::Formula { text, value }, _) => write_formula(canvas, slot, text, value, format, scene)?,
        (value, Some(text)) => write_formula(canvas, slot, text, value, format, scene)?,
        (value, None) => write_value(canvas, slot, value, format, scene)?,
    }
    write_note(canvas, slot, cell, scene)
}

fn write_value(
    canvas: &mut Canvas<'_, '_>,
    slot: &Slot<'_>,
    value: &Value,
    format: &Format,
    scene: &mut Scene<'_>,
) -> Result<(), RenderError> {
    let sheet = &mut *canvas.sheet;
    if let Some(number) = as_number(value) {
        sheet.write_number_with_format(slot.row, slot.col, number, format)?;
        return Ok(());
    }
    if matches!(value, Value::Blank) {
        sheet.write_blank(slot.row, slot.col, format)?;
        return Ok(());
    }
    let place = || format!("{}, {}", canvas.name, crate::base::origin::cell_name(slot.row, u32::from(slot.col)));
    let shown = text::fit(&show(value, slot.kind), place, &mut scene.remarks);
    if shown.starts_with(['=', '+', '-', '@', '\t', '\'']) {
        sheet.write_string_with_format(slot.row, slot.col, shown, &format.clone().set_quote_prefix())?;
    } else {
        sheet.write_string_with_format(slot.row, slot.col, shown, format)?;
    }
    Ok(())
}

fn write_formula(
    canvas: &mut Canvas<'_, '_>,
    slot: &Slot<'_>,
    text: &str,
    value: &Value,
    format: &Format,
    scene: &mut Scene<'_>,
) -> Result<(), RenderError> {
    let (result, is_text) = cached(value, slot.kind);
    match formula(text, &result, is_text) {
        Some(formula) => {
            canvas.sheet.write_formula_with_format(slot.row, slot.col, formula, format)?;
            Ok(())
        }
        None => write_value(canvas, slot, value, format, scene),
    }
}

/// A value as the library takes the result of a formula, and whether it is text.
#[must_use]
pub fn cached(value: &Value, kind: &Kind) -> (String, bool) {
    match as_number(value) {
        Some(number) => (format!("{number}"), false),
        None => (text::literal(&text::clean(&show(value, kind))), true),
    }
}

/// The number that a cell of this value holds; none where it holds text or nothing.
#[must_use]
pub fn as_number(value: &Value) -> Option<f64> {
    match value.result() {
        Value::Number(number) => number.is_finite().then_some(*number),
        #[expect(clippy::cast_precision_loss, reason = "a cell holds a double")]
        Value::Integer(whole) => Some(*whole as f64),
        Value::Money(amount) => Some(number::to_f64(*amount)),
        Value::Date(day) => Some(Moment::start_of(*day).excel_serial()),
        Value::Moment(at) => Some(at.excel_serial()),
        _ => None,
    }
}

fn write_note(canvas: &mut Canvas<'_, '_>, slot: &Slot<'_>, cell: &Cell, scene: &mut Scene<'_>) -> Result<(), RenderError> {
    let own = cell.more.as_ref().and_then(|more| more.note.as_deref());
    let reason = match cell.result() {
        Value::NotAvailable(reason) if !reason.is_empty() => Some(format!("{NOT_AVAILABLE}: {reason}")),
        Value::Number(number) if !number.is_finite() => Some(format!("{NOT_AVAILABLE}: not a finite number")),
        _ => None,
    };
    let words: Vec<&str> = own.into_iter().chain(reason.as_deref()).collect();
    if words.is_empty() {
        return Ok(());
    }
    insert_note(canvas, slot.row, slot.col, &words.join("\n"), scene)
}

/// Hangs a note on a cell.
pub fn insert_note(
    canvas: &mut Canvas<'_, '_>,
    row: u32,
    col: u16,
    words: &str,
    scene: &mut Scene<'_>,
) -> Result<(), RenderError> {
    canvas.notes += 1;
    if canvas.notes > MOST_NOTES {
        if canvas.notes == MOST_NOTES + 1 {
            scene.remarks.push(format!("{}: notes stop after {MOST_NOTES}", canvas.name));
        }
        return Ok(());
    }
    let words: String = text::clean(words).chars().take(2_000).collect();
    let lines = super::measure::lines(&words, super::measure::BODY, 250);
    let note = Note::new(words)
        .set_author("Throughline")
        .add_author_prefix(false)
        .set_font_name(&scene.theme.font)
        .set_font_size(9)
        .set_width(280)
        .set_height((lines * 17 + 16).min(600))
        .set_object_movement(ObjectMovement::MoveButDontSizeWithCells);
    canvas.sheet.insert_note(row, col, &note)?;
    Ok(())
}
