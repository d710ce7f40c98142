//! Bars over time in cells: conditional formats over a row of dates, which any spreadsheet program shows and which move
//! when the dates do.

use super::cells::{self, Slot};
use super::formats::colour;
use super::layout::{Placed, to_col};
use super::{Canvas, RenderError, Scene};
use crate::base::day::{Day, Moment};
use crate::base::origin::{cell_name, column_name};
use crate::report::book::{Cell, Gantt, GanttRow, Kind};
use chrono::{Datelike as _, Days, Months};
use rust_xlsxwriter::{ConditionalFormatFormula, Format, FormatAlign, FormatBorder, FormatPattern};

/// The most steps across; beyond it a step is longer.
const MOST_STEPS: usize = 130;
/// Columns before the steps.
const HEADERS: [&str; 7] = ["Activity", "Start", "Finish", "Baseline start", "Baseline finish", "Done to", "Path"];
const CRITICAL: &str = "critical";

/// One rectangle of steps and what stands beside it.
struct Grid<'s> {
    /// Row of the first bar.
    row: u32,
    /// First column of the block.
    col: u16,
    /// Rows of bars.
    rows: u32,
    steps: &'s [Day],
}

impl Grid<'_> {
    fn first_step(&self) -> u16 {
        self.col + to_col(HEADERS.len())
    }

    /// A cell of a column before the steps, in the rule of the first bar.
    fn beside(&self, column: u16) -> String {
        format!("${}", cell_name(self.row, u32::from(self.col + column)))
    }

    /// Days in a step.
    fn length(&self) -> i64 {
        self.steps.windows(2).map(|pair| (pair[1] - pair[0]).num_days()).max().unwrap_or(7)
    }
}

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
    let grid = Grid { row: row + 2, col, rows: u32::try_from(gantt.rows.len()).unwrap_or(0), steps: &steps };
    write_header(canvas, &grid, scene)?;
    for (index, line) in gantt.rows.iter().enumerate() {
        write_row(canvas, line, (grid.row + u32::try_from(index).unwrap_or(0), col), scene)?;
    }
    canvas.sheet.group_columns_collapsed(col + 3, col + 6)?;
    canvas.sheet.set_freeze_panes(row + 2, col + 1)?;
    if steps.is_empty() || gantt.rows.is_empty() {
        return Ok(());
    }
    write_steps(canvas, gantt, &grid, scene)?;
    draw_bars(canvas, &grid, scene)
}

/// Months above, the first day of each step below.
fn write_header(canvas: &mut Canvas<'_, '_>, grid: &Grid<'_>, scene: &Scene<'_>) -> Result<(), RenderError> {
    let header = scene.formats.header(&Kind::Date);
    let (months, days) = (grid.row - 2, grid.row - 1);
    for (offset, words) in HEADERS.iter().enumerate() {
        let kind = if offset == 0 { Kind::Text } else { Kind::Date };
        let at = grid.col + to_col(offset);
        canvas.sheet.write_blank(months, at, &header)?;
        canvas.sheet.write_string_with_format(days, at, *words, &scene.formats.header(&kind).unset_text_wrap())?;
    }
    let plain = header.unset_text_wrap().set_align(FormatAlign::Left).set_font_size(8);
    let dated = plain.clone().unset_bold().set_num_format("d").set_align(FormatAlign::Center).set_shrink();
    let mut labelled: Option<usize> = None;
    for (offset, day) in grid.steps.iter().enumerate() {
        let at = grid.first_step() + to_col(offset);
        let has_room = offset + 3 <= grid.steps.len();
        let is_new = has_room && labelled.is_none_or(|last| grid.steps[last].month() != day.month() && offset - last >= 4);
        if is_new {
            labelled = Some(offset);
            canvas.sheet.write_string_with_format(months, at, day.format("%b %Y").to_string(), &plain)?;
        } else {
            canvas.sheet.write_blank(months, at, &plain)?;
        }
        canvas.sheet.write_number_with_format(days, at, Moment::start_of(*day).excel_serial(), &dated)?;
    }
    Ok(())
}

fn write_row(
    canvas: &mut Canvas<'_, '_>,
    line: &GanttRow,
    (row, col): (u32, u16),
    scene: &mut Scene<'_>,
) -> Result<(), RenderError> {
    let words = scene.formats.body(&Kind::Text, false).unset_text_wrap().set_indent(1 + 2 * line.level);
    let words = if line.level == 0 { words.set_bold() } else { words };
    let linked = scene.formats.linked(&words);
    let slot = Slot { row, col, kind: &Kind::Text, format: &words, missing: &words, linked: &linked };
    cells::write(canvas, &slot, &line.label, None, scene)?;
    let dates = scene.formats.body(&Kind::Date, false);
    let (start, finish) = line.dates.unzip();
    let (base_start, base_finish) = line.baseline.unzip();
    let mut values: Vec<Cell> = [start, finish, base_start, base_finish, line.done_to].into_iter().map(Cell::date).collect();
    values.push(if line.critical { Cell::text(CRITICAL) } else { Cell::blank() });
    for (offset, cell) in values.iter().enumerate() {
        let slot =
            Slot { row, col: col + 1 + to_col(offset), kind: &Kind::Date, format: &dates, missing: &dates, linked: &dates };
        cells::write(canvas, &slot, cell, None, scene)?;
    }
    Ok(())
}

/// The as-of line down the steps, and a diamond for each milestone.
fn write_steps(canvas: &mut Canvas<'_, '_>, gantt: &Gantt, grid: &Grid<'_>, scene: &Scene<'_>) -> Result<(), RenderError> {
    let palette = &scene.theme.palette;
    let plain =
        scene.formats.default.clone().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter).set_font_size(9);
    let lined = plain.clone().set_border_left(FormatBorder::Medium).set_border_left_color(colour(palette.accent));
    let holds = |offset: usize, day: Day| grid.steps[offset] <= day && grid.steps.get(offset + 1).is_none_or(|next| *next > day);
    for (index, line) in gantt.rows.iter().enumerate() {
        let row = grid.row + u32::try_from(index).unwrap_or(0);
        for offset in 0..grid.steps.len() {
            let col = grid.first_step() + to_col(offset);
            let today = holds(offset, gantt.as_of);
            let format = if today { &lined } else { &plain };
            let diamond = line.milestone && line.dates.is_some_and(|(_, finish)| holds(offset, finish));
            if diamond {
                canvas.sheet.write_string_with_format(row, col, "◆", format)?;
            } else if today {
                canvas.sheet.write_blank(row, col, format)?;
            }
        }
    }
    Ok(())
}

/// Rules from the strongest to the weakest: done, critical, to do, baseline.
fn draw_bars(canvas: &mut Canvas<'_, '_>, grid: &Grid<'_>, scene: &Scene<'_>) -> Result<(), RenderError> {
    let palette = &scene.theme.palette;
    let step = format!("{}${}", column_name(u32::from(grid.first_step())), grid.row);
    let length = grid.length();
    let inside = |from: u16, to: u16| {
        let (from, to) = (grid.beside(from), grid.beside(to));
        format!("{from}<>\"\",{from}<>{to},{step}+{length}>{from},{step}<={to}")
    };
    let bar = inside(1, 2);
    let done = grid.beside(5);
    let hatched = |rgb| {
        let format = Format::new().set_pattern(FormatPattern::LightUp).set_foreground_color(colour(rgb));
        format.set_background_color(colour(palette.paper))
    };
    let outline = Format::new().set_border_bottom(FormatBorder::Thin).set_border_bottom_color(colour(palette.plan));
    let rules = [
        (format!("=AND({bar},{done}<>\"\",{step}<={done})"), Format::new().set_background_color(colour(palette.actual))),
        (format!("=AND({bar},{}=\"{CRITICAL}\")", grid.beside(6)), hatched(palette.bad)),
        (format!("=AND({bar})"), hatched(palette.forecast)),
        (format!("=AND({})", inside(3, 4)), outline),
    ];
    let last_row = grid.row + grid.rows - 1;
    let last_col = grid.first_step() + to_col(grid.steps.len() - 1);
    for (rule, format) in rules {
        let rule = ConditionalFormatFormula::new().set_rule(rule.as_str()).set_format(format);
        canvas.sheet.add_conditional_format(grid.row, grid.first_step(), last_row, last_col, &rule)?;
    }
    Ok(())
}
