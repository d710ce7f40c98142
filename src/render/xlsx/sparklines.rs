//! Small charts in cells, one a row, over neighbouring columns of the same row.

use super::cells::as_number;
use super::formats::colour;
use super::names::{TableAt, quoted};
use super::{Canvas, RenderError, Scene};
use crate::report::book::{Cell, Column, Sparkline, Table};
use rust_xlsxwriter::{ChartEmptyCells, Sparkline as ExcelSparkline, SparklineType};

/// A trend needs as many figures.
const LEAST_POINTS: usize = 3;

/// Draws the charts of a column that asks for them. All share the bounds of the column's largest and smallest figure.
pub fn write(
    canvas: &mut Canvas<'_, '_>,
    table: &Table,
    column: &Column,
    at: &TableAt,
    scene: &Scene<'_>,
) -> Result<(), RenderError> {
    let Some(spec) = &column.sparkline else { return Ok(()) };
    let (Some(first), Some(last)) = (table.position(&spec.first), table.position(&spec.last)) else {
        return Err(RenderError(format!("{} has no columns from {} to {}", table.name, spec.first, spec.last)));
    };
    let points: Vec<Vec<f64>> = table.rows.iter().map(|row| figures(&row[first..=last])).collect();
    let drawn = points.iter().filter(|points| points.len() >= LEAST_POINTS);
    let (low, high) = drawn.flatten().fold((0.0_f64, 0.0_f64), |(low, high), figure| (low.min(*figure), high.max(*figure)));
    let (from, to, col) = (at.column(&spec.first)?, at.column(&spec.last)?, at.column(&column.header)?);
    for (index, _) in points.iter().enumerate().filter(|(_, points)| points.len() >= LEAST_POINTS) {
        let row = at.header_row + 1 + u32::try_from(index).unwrap_or(0);
        let chart = look(spec, scene).set_range((quoted(&at.sheet).trim_matches('\''), row, from, row, to));
        canvas.sheet.add_sparkline(row, col, &chart.set_custom_min(low).set_custom_max(high))?;
    }
    Ok(())
}

fn figures(cells: &[Cell]) -> Vec<f64> {
    cells.iter().filter_map(|cell| as_number(&cell.value)).collect()
}

fn look(spec: &Sparkline, scene: &Scene<'_>) -> ExcelSparkline {
    let palette = &scene.theme.palette;
    let chart = ExcelSparkline::new().set_sparkline_color(colour(palette.actual)).show_hidden_data(true);
    let chart =
        chart.show_empty_cells_as(ChartEmptyCells::Gaps).show_last_point(true).set_last_point_color(colour(palette.accent));
    if spec.is_columns { chart.set_type(SparklineType::Column) } else { chart.set_line_weight(1.5) }
}
