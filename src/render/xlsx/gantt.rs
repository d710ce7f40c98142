//! Bars over time in cells: conditional formats over a row of dates, which any spreadsheet program shows and which move
//! when the dates do. A handful of rules over one rectangle, however many rows: some programs apply the first rule that
//! holds and no other, so each look has a rule of its own.

mod scale;

use super::cells::{self, Slot};
use super::formats::colour;
use super::layout::{Placed, to_col};
use super::{Canvas, RenderError, Scene, tables};
use crate::base::day::{Day, Moment};
use crate::base::origin::{cell_name, column_name};
use crate::report::book::{Cell, Column, Gantt, GanttPath, GanttRow, Kind};
use rust_xlsxwriter::{ConditionalFormatFormula, Format, FormatAlign, FormatBorder, FormatPattern};
pub use scale::Scale;

/// Columns of dates and flags before the steps; all but the first two are folded away.
const BEFORE: [&str; 7] = ["Start", "Finish", "Baseline start", "Baseline finish", "Done to", "Path", "Drawn as"];
const BAR: &str = "bar";
const POINT: &str = "point";

/// One rectangle of steps and what stands beside it.
struct Grid {
    /// Row of the first bar.
    row: u32,
    /// First column of the block.
    col: u16,
    /// Rows of bars.
    rows: u32,
    /// Columns before the dates.
    before: usize,
    scale: Scale,
    steps: Vec<Day>,
}

impl Grid {
    /// The first column of dates and flags.
    fn dates(&self) -> u16 {
        self.col + to_col(self.before)
    }

    fn first_step(&self) -> u16 {
        self.dates() + to_col(BEFORE.len())
    }

    /// A cell of a column of dates and flags, in the rule of the first bar.
    fn beside(&self, column: u16) -> String {
        format!("${}", cell_name(self.row, u32::from(self.dates() + column)))
    }

    /// The cell of a step's first day, in the rule of the first bar.
    fn step(&self) -> String {
        format!("{}${}", column_name(u32::from(self.first_step())), self.row)
    }

    fn holds(&self, offset: usize, day: Day) -> bool {
        self.steps[offset] <= day && self.scale.next(self.steps[offset]).is_none_or(|next| day < next)
    }

    /// The step that holds a day, and true where the day lies in its second half.
    fn place_of(&self, day: Day) -> Option<(usize, bool)> {
        let offset = (0..self.steps.len()).find(|offset| self.holds(*offset, day))?;
        let next = self.scale.next(self.steps[offset])?;
        Some((offset, (day - self.steps[offset]).num_days() * 2 >= (next - self.steps[offset]).num_days()))
    }
}

/// Writes the rows, the dates above them and the bars.
pub fn write(canvas: &mut Canvas<'_, '_>, placed: &Placed<'_>, gantt: &Gantt, scene: &mut Scene<'_>) -> Result<(), RenderError> {
    let (row, col) = (placed.row, placed.col);
    let scale = Scale::of(gantt);
    let rows = u32::try_from(gantt.rows.len()).unwrap_or(0);
    let grid = Grid { row: row + 2, col, rows, before: 1 + gantt.columns.len(), scale, steps: scale.steps(gantt) };
    write_header(canvas, gantt, &grid, scene)?;
    write_rows(canvas, gantt, &grid, scene)?;
    canvas.sheet.group_columns_collapsed(grid.dates() + 2, grid.first_step() - 1)?;
    canvas.sheet.set_freeze_panes(row + 2, col + 1)?;
    canvas.sheet.set_repeat_rows(row, row + 1)?;
    let levels: Vec<u8> = gantt.rows.iter().map(|row| row.level).collect();
    tables::group_rows(canvas, &levels, grid.row, gantt.folded_below)?;
    if grid.steps.is_empty() || gantt.rows.is_empty() {
        return Ok(());
    }
    write_steps(canvas, gantt, &grid, scene)?;
    draw_bars(canvas, &grid, scene)
}

/// Months or years above, the steps below.
fn write_header(canvas: &mut Canvas<'_, '_>, gantt: &Gantt, grid: &Grid, scene: &Scene<'_>) -> Result<(), RenderError> {
    let (upper, lower) = (grid.row - 2, grid.row - 1);
    let named = std::iter::once((gantt.label.as_str(), Kind::Text));
    let named = named.chain(gantt.columns.iter().map(|column| (column.header.as_str(), column.kind.clone())));
    for (offset, (words, kind)) in named.chain(BEFORE.map(|words| (words, Kind::Date))).enumerate() {
        let at = grid.col + to_col(offset);
        canvas.sheet.write_blank(upper, at, &scene.formats.header(&kind))?;
        canvas.sheet.write_string_with_format(lower, at, words, &scene.formats.header(&kind))?;
    }
    let header = scene.formats.header(&Kind::Date).unset_text_wrap().set_font_size(8);
    let groups = header.clone().set_align(FormatAlign::Left);
    let today = grid.place_of(gantt.as_of).map(|(offset, _)| offset);
    let mut last: Option<(usize, String)> = None;
    for (offset, day) in grid.steps.iter().enumerate() {
        let at = grid.first_step() + to_col(offset);
        let group = grid.scale.group(*day);
        let is_new = last.as_ref().is_none_or(|(_, words)| *words != group);
        if is_new && !group.is_empty() && has_room(grid, offset) {
            canvas.sheet.write_string_with_format(upper, at, &group, &groups)?;
        } else {
            canvas.sheet.write_blank(upper, at, &groups)?;
        }
        if is_new {
            last = Some((offset, group));
        }
        let format = header.clone().unset_bold().set_num_format(grid.scale.format(*day)).set_align(FormatAlign::Center);
        let format = if today == Some(offset) {
            format.set_background_color(colour(scene.theme.palette.accent)).set_bold()
        } else {
            format
        };
        canvas.sheet.write_number_with_format(lower, at, Moment::start_of(*day).excel_serial(), &format.set_shrink())?;
    }
    Ok(())
}

/// True where the words of a group end before the next group begins, or the steps do.
fn has_room(grid: &Grid, offset: usize) -> bool {
    let group = grid.scale.group(grid.steps[offset]);
    let same = grid.steps[offset..].iter().take_while(|day| grid.scale.group(**day) == group).count();
    same >= grid.scale.group_room()
}

/// The formats that all rows share, made once.
struct RowFormats {
    label: Format,
    strong: Format,
    dates: Format,
    columns: Vec<Format>,
}

fn write_rows(canvas: &mut Canvas<'_, '_>, gantt: &Gantt, grid: &Grid, scene: &mut Scene<'_>) -> Result<(), RenderError> {
    let label = scene.formats.body(&Kind::Text, false).unset_text_wrap();
    let formats = RowFormats {
        strong: label.clone().set_bold(),
        label,
        dates: scene.formats.body(&Kind::Date, false).set_num_format("dd mmm yy"),
        columns: gantt.columns.iter().map(|column| scene.formats.body(&column.kind, false).unset_text_wrap()).collect(),
    };
    for (index, line) in gantt.rows.iter().enumerate() {
        let at = (grid.row + u32::try_from(index).unwrap_or(0), grid);
        write_row(canvas, line, &gantt.columns, at, &formats, scene)?;
    }
    Ok(())
}

fn write_row(
    canvas: &mut Canvas<'_, '_>,
    line: &GanttRow,
    columns: &[Column],
    (row, grid): (u32, &Grid),
    formats: &RowFormats,
    scene: &mut Scene<'_>,
) -> Result<(), RenderError> {
    let words = if line.is_strong { &formats.strong } else { &formats.label };
    let words = words.clone().set_indent(1 + 2 * line.level);
    let slot = Slot { row, col: grid.col, kind: &Kind::Text, format: &words, missing: &words, linked: &words };
    cells::write(canvas, &slot, &line.label, None, scene)?;
    for (offset, (cell, column)) in line.cells.iter().zip(columns).enumerate() {
        let (format, col) = (&formats.columns[offset], grid.col + 1 + to_col(offset));
        let missing = scene.formats.missing(format);
        let slot = Slot { row, col, kind: &column.kind, format, missing: &missing, linked: format };
        cells::write(canvas, &slot, cell, None, scene)?;
    }
    let (start, finish) = line.dates.unzip();
    let (base_start, base_finish) = line.baseline.unzip();
    let mut values: Vec<Cell> = [start, finish, base_start, base_finish, line.done_to].into_iter().map(Cell::date).collect();
    values.push(if line.path == GanttPath::Other { Cell::blank() } else { Cell::text(line.path.word()) });
    values.push(Cell::text(if line.is_point { POINT } else { BAR }));
    let dates = &formats.dates;
    for (offset, cell) in values.iter().enumerate() {
        let slot =
            Slot { row, col: grid.dates() + to_col(offset), kind: &Kind::Date, format: dates, missing: dates, linked: dates };
        cells::write(canvas, &slot, cell, None, scene)?;
    }
    Ok(())
}

/// The as-of line down the steps, and the signs of each row.
fn write_steps(canvas: &mut Canvas<'_, '_>, gantt: &Gantt, grid: &Grid, scene: &Scene<'_>) -> Result<(), RenderError> {
    let plain = scene.formats.default.clone().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
    let today = grid.place_of(gantt.as_of);
    let accent = colour(scene.theme.palette.accent);
    let lined = |format: Format| match today {
        Some((_, true)) => format.set_border_right(FormatBorder::Medium).set_border_right_color(accent),
        _ => format.set_border_left(FormatBorder::Medium).set_border_left_color(accent),
    };
    for (index, line) in gantt.rows.iter().enumerate() {
        let row = grid.row + u32::try_from(index).unwrap_or(0);
        if let Some((offset, _)) = today {
            canvas.sheet.write_blank(row, grid.first_step() + to_col(offset), &lined(plain.clone()))?;
        }
        for point in &line.points {
            let Some((offset, _)) = grid.place_of(point.day) else { continue };
            let format = plain.clone().set_font_color(colour(scene.theme.tone(point.tone).0));
            let format = if today.is_some_and(|(at, _)| at == offset) { lined(format) } else { format };
            let col = grid.first_step() + to_col(offset);
            canvas.sheet.write_string_with_format(row, col, point.sign.to_string(), &format)?;
        }
    }
    Ok(())
}

/// Rules from the strongest to the weakest: done, critical, near critical, to do, each with the baseline's outline and
/// without; the baseline alone; a line where a month or a year begins.
fn draw_bars(canvas: &mut Canvas<'_, '_>, grid: &Grid, scene: &Scene<'_>) -> Result<(), RenderError> {
    let last_row = grid.row + grid.rows - 1;
    let last_col = grid.first_step() + to_col(grid.steps.len() - 1);
    for (rule, format) in rules(grid, scene) {
        let rule = ConditionalFormatFormula::new().set_rule(rule.as_str()).set_format(format).set_stop_if_true(true);
        canvas.sheet.add_conditional_format(grid.row, grid.first_step(), last_row, last_col, &rule)?;
    }
    Ok(())
}

fn rules(grid: &Grid, scene: &Scene<'_>) -> Vec<(String, Format)> {
    let palette = &scene.theme.palette;
    let step = grid.step();
    let next = grid.scale.next_formula(&step);
    let inside = |from: u16, to: u16| {
        let (from, to) = (grid.beside(from), grid.beside(to));
        format!("{from}<>\"\",{next}>{from},{step}<={to}")
    };
    let (done, path) = (grid.beside(4), grid.beside(5));
    let bar = format!("{}=\"{BAR}\",{}", grid.beside(6), inside(0, 1));
    let baseline = format!("{}=\"{BAR}\",{}", grid.beside(6), inside(2, 3));
    let hatched = |rgb| {
        let format = Format::new().set_pattern(FormatPattern::LightUp).set_foreground_color(colour(rgb));
        format.set_background_color(colour(palette.paper))
    };
    let edged = |format: Format, rgb| {
        let format = format.set_border_bottom(FormatBorder::Thin).set_border_bottom_color(colour(rgb));
        format.set_border_top(FormatBorder::Thin).set_border_top_color(colour(rgb))
    };
    let outlined = |format: Format| edged(format, palette.ink);
    let solid = Format::new().set_background_color(colour(palette.actual)).set_font_color(colour(palette.paper));
    let word = |path_word: GanttPath| format!("{bar},{path}=\"{}\"", path_word.word());
    let looks = [
        (format!("{bar},{done}<>\"\",{step}<={done}"), solid),
        (word(GanttPath::Critical), hatched(palette.bad)),
        (word(GanttPath::Near), hatched(palette.warn)),
        (bar.clone(), hatched(palette.forecast)),
    ];
    let mut rules = Vec::new();
    for (test, format) in looks {
        rules.push((format!("=AND({test},{baseline})"), outlined(format.clone())));
        // A white edge keeps the bars of neighbouring rows apart.
        rules.push((format!("=AND({test})"), edged(format, palette.paper)));
    }
    rules.push((format!("=AND({baseline})"), outlined(Format::new())));
    let line = Format::new().set_border_left(FormatBorder::Thin).set_border_left_color(colour(palette.line));
    rules.push((format!("={}${}<>\"\"", column_name(u32::from(grid.first_step())), grid.row - 1), line));
    rules
}
