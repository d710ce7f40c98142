//! Bars over time in cells: conditional formats over a row of dates, which any spreadsheet program shows and which move
//! when the dates do.

use super::cells::{self, Slot};
use super::formats::colour;
use super::layout::{Placed, to_col};
use super::{Canvas, RenderError, Scene};
use crate::base::day::{Day, Moment};
use crate::base::origin::{cell_name, column_name};
use crate::report::book::{Cell, Gantt, GanttRow, Kind, Value};
use chrono::{Datelike as _, Days, Months};
use rust_xlsxwriter::{ConditionalFormatFormula, Format, FormatAlign, FormatBorder, FormatPattern};

/// The most steps across; beyond it a step is longer.
const MOST_STEPS: usize = 130;
const HEADERS: [&str; 5] = ["Activity", "Start", "Finish", "Baseline start", "Baseline finish"];

/// The first days of the steps: weeks, or months where weeks would be too many.
#[must_use]
pub fn steps(gantt: &Gantt) -> Vec<Day> {
    let days =
        gantt.rows.iter().flat_map(|row| row.dates.into_iter().chain(row.baseline)).flat_map(|(start, finish)| [start, finish]);
    let (Some(first), Some(last)) = (days.clone().min(), days.max()) else { return Vec::new() };
    let monday = first - Days::new(u64::from(first.weekday().num_days_from_monday()));
    let weeks = each(monday, last, |day| day.checked_add_days(Days::new(7)));
    if weeks.len() <= MOST_STEPS {
        return weeks;
    }
    let month = first.with_day(1).unwrap_or(first);
    each(month, last, |day| day.checked_add_months(Months::new(1))).into_iter().take(MOST_STEPS).collect()
}

fn each(from: Day, to: Day, next: impl Fn(Day) -> Option<Day>) -> Vec<Day> {
    std::iter::successors(Some(from), |day| next(*day)).take_while(|day| *day <= to).take(5_000).collect()
}

/// Writes the rows, the dates above them and the bars.
pub fn write(canvas: &mut Canvas<'_, '_>, placed: &Placed<'_>, gantt: &Gantt, scene: &mut Scene<'_>) -> Result<(), RenderError> {
    let (row, col) = (placed.row, placed.col);
    let steps = steps(gantt);
    write_header(canvas, &steps, (row, col), scene)?;
    for (index, line) in gantt.rows.iter().enumerate() {
        write_row(canvas, line, (row + 2 + u32::try_from(index).unwrap_or(0), col), scene)?;
    }
    canvas.sheet.group_columns(col + 3, col + 4)?;
    canvas.sheet.set_freeze_panes(row + 2, col + 1)?;
    if steps.is_empty() || gantt.rows.is_empty() {
        return Ok(());
    }
    draw_bars(canvas, gantt, &steps, (row, col), scene)
}

/// Years and months above, the first day of each step below.
fn write_header(
    canvas: &mut Canvas<'_, '_>,
    steps: &[Day],
    (row, col): (u32, u16),
    scene: &Scene<'_>,
) -> Result<(), RenderError> {
    let header = scene.formats.header(&Kind::Date);
    for (offset, words) in HEADERS.iter().enumerate() {
        let kind = if offset == 0 { Kind::Text } else { Kind::Date };
        canvas.sheet.write_blank(row, col + to_col(offset), &header)?;
        canvas.sheet.write_string_with_format(row + 1, col + to_col(offset), *words, &scene.formats.header(&kind))?;
    }
    let plain = header.clone().set_align(FormatAlign::Left);
    let plain = Format::merge(&plain, &Format::new().unset_text_wrap()).set_font_size(8);
    let dated = plain.clone().set_num_format("d").set_align(FormatAlign::Center).set_shrink();
    let mut labelled: Option<Day> = None;
    for (offset, day) in steps.iter().enumerate() {
        let at = col + 5 + to_col(offset);
        let is_new = labelled.is_none_or(|last| last.month() != day.month() && (*day - last).num_days() > 45);
        if is_new {
            labelled = Some(*day);
            canvas.sheet.write_string_with_format(row, at, day.format("%b %Y").to_string(), &plain)?;
        } else {
            canvas.sheet.write_blank(row, at, &plain)?;
        }
        canvas.sheet.write_number_with_format(row + 1, at, Moment::start_of(*day).excel_serial(), &dated)?;
    }
    Ok(())
}

fn write_row(
    canvas: &mut Canvas<'_, '_>,
    line: &GanttRow,
    (row, col): (u32, u16),
    scene: &mut Scene<'_>,
) -> Result<(), RenderError> {
    let words = Format::merge(&scene.formats.body(&Kind::Text, false), &Format::new().unset_text_wrap()).set_indent(line.level);
    let words = if line.level == 0 { words.set_bold() } else { words };
    let linked = scene.formats.linked(&words);
    let slot = Slot { row, col, kind: &Kind::Text, format: &words, missing: &words, linked: &linked };
    let mut label = line.label.clone();
    if line.milestone {
        label.value = Value::Text(format!("◆ {}", crate::report::book::show(&line.label.value, &Kind::Text)));
    }
    cells::write(canvas, &slot, &label, None, scene)?;
    let dates = scene.formats.body(&Kind::Date, false);
    let pair =
        |dates: Option<(Day, Day)>| [Cell::date(dates.map(|(start, _)| start)), Cell::date(dates.map(|(_, finish)| finish))];
    for (offset, cell) in pair(line.dates).iter().chain(&pair(line.baseline)).enumerate() {
        let slot =
            Slot { row, col: col + 1 + to_col(offset), kind: &Kind::Date, format: &dates, missing: &dates, linked: &dates };
        cells::write(canvas, &slot, cell, None, scene)?;
    }
    Ok(())
}

/// Rules from the strongest to the weakest: done, critical, to do, baseline; the as-of line crosses all.
fn draw_bars(
    canvas: &mut Canvas<'_, '_>,
    gantt: &Gantt,
    steps: &[Day],
    (row, col): (u32, u16),
    scene: &Scene<'_>,
) -> Result<(), RenderError> {
    let palette = &scene.theme.palette;
    let (first_row, first_col) = (row + 2, col + 5);
    let last_row = first_row + u32::try_from(gantt.rows.len() - 1).unwrap_or(0);
    let last_col = first_col + to_col(steps.len() - 1);
    let length = if steps.len() > 1 { (steps[1] - steps[0]).num_days() } else { 7 };
    let step = format!("{}${}", column_name(u32::from(first_col)), row + 2);
    let start = format!("${}", cell_name(first_row, u32::from(col + 1)));
    let finish = format!("${}", cell_name(first_row, u32::from(col + 2)));
    let (base_start, base_finish) =
        (format!("${}", cell_name(first_row, u32::from(col + 3))), format!("${}", cell_name(first_row, u32::from(col + 4))));
    let inside = |from: &str, to: &str| format!("{from}<>\"\",{step}+{length}>{from},{step}<={to}");
    let as_of = Moment::start_of(gantt.as_of).excel_serial();
    let solid = |rgb| Format::new().set_background_color(colour(rgb));
    let hatched = |rgb| {
        Format::new()
            .set_pattern(FormatPattern::LightUp)
            .set_foreground_color(colour(rgb))
            .set_background_color(colour(palette.paper))
    };
    let line = Format::new().set_border_left(FormatBorder::Thin).set_border_left_color(colour(palette.accent));
    let outline = Format::new().set_border_bottom(FormatBorder::Thin).set_border_bottom_color(colour(palette.plan));
    let bar = inside(&start, &finish);
    let mut rules = vec![(format!("=AND({step}<={as_of},{step}+{length}>{as_of})"), line)];
    for (index, spec) in gantt.rows.iter().enumerate().filter(|(_, spec)| spec.critical) {
        let _ = spec;
        rules.push((critical_rule(&bar, first_row + u32::try_from(index).unwrap_or(0)), solid(palette.bad)));
    }
    rules.push((format!("=AND({bar},{step}<={as_of})"), solid(palette.actual)));
    rules.push((format!("=AND({bar})"), hatched(palette.forecast)));
    rules.push((format!("=AND({})", inside(&base_start, &base_finish)), outline));
    for (rule, format) in rules {
        let rule = ConditionalFormatFormula::new().set_rule(rule.as_str()).set_format(format);
        canvas.sheet.add_conditional_format(first_row, first_col, last_row, last_col, &rule)?;
    }
    Ok(())
}

fn critical_rule(bar: &str, row: u32) -> String {
    format!("=AND(ROW()={},{bar})", row + 1)
}
