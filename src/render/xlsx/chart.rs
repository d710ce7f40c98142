//! Charts over the columns of the Book's tables, so that they move with the figures.

use super::formats::colour;
use super::layout::Placed;
use super::{Canvas, RenderError, Scene, text};
use crate::report::book::{Chart, ChartKind, Kind, Role, Scale, Series};
use crate::report::theme::{Theme, number_format};
use rust_xlsxwriter::{
    Chart as ExcelChart, ChartAxisDateUnitType, ChartAxisLabelPosition, ChartDataLabel, ChartDataLabelPosition, ChartErrorBars,
    ChartErrorBarsDirection, ChartErrorBarsType, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType,
    ChartMarker, ChartMarkerType, ChartPatternFill, ChartPatternFillType, ChartPoint, ChartSeries, ChartSolidFill, ChartType,
    ObjectMovement,
};

/// Draws a chart where it was placed.
pub fn write(canvas: &mut Canvas<'_, '_>, placed: &Placed<'_>, spec: &Chart, scene: &Scene<'_>) -> Result<(), RenderError> {
    let mut chart = draw(spec, scene)?;
    chart.set_width(placed.width.max(240)).set_height(spec.height);
    chart.set_alt_text(text::alternative(&spec.alt_text)).set_object_movement(ObjectMovement::MoveButDontSizeWithCells);
    let (col, offset) = canvas.layout.column_at(placed.x);
    canvas.sheet.insert_chart_with_offset(placed.row, col, &chart, offset, 2)?;
    Ok(())
}

/// Series of one shape make one chart; others are laid over it.
fn draw(spec: &Chart, scene: &Scene<'_>) -> Result<ExcelChart, RenderError> {
    let mut main = ExcelChart::new(main_type(spec));
    let mut other: Option<ExcelChart> = None;
    for series in &spec.series {
        let shape = series.kind.unwrap_or(spec.kind);
        let drawn = draw_series(series, shape, scene)?;
        // A line over points shares their horizontal axis, which a chart laid over another does not.
        if shape == spec.kind || spec.kind == ChartKind::Scatter {
            push(&mut main, drawn, shape);
        } else {
            push(other.get_or_insert_with(|| ExcelChart::new(chart_type(shape))), drawn, shape);
        }
    }
    if let Some(over) = &other {
        main.combine(over);
    }
    frame(&mut main, spec, scene.theme);
    axes(&mut main, spec, scene)?;
    Ok(main)
}

/// The library takes the marks off the lines that are pushed to it, so that a line takes the place of an empty one.
fn push(chart: &mut ExcelChart, drawn: ChartSeries, shape: ChartKind) {
    if shape == ChartKind::Line {
        *chart.add_series() = drawn;
    } else {
        chart.push_series(&drawn);
    }
}

/// Points among lines: a chart of points alone draws no line, whatever its series ask for.
fn main_type(spec: &Chart) -> ChartType {
    let lines = spec.series.iter().any(|series| series.kind == Some(ChartKind::Line));
    if spec.kind == ChartKind::Scatter && lines { ChartType::ScatterStraightWithMarkers } else { chart_type(spec.kind) }
}

const fn chart_type(kind: ChartKind) -> ChartType {
    match kind {
        ChartKind::Line => ChartType::Line,
        ChartKind::Columns | ChartKind::Variances | ChartKind::Pins => ChartType::Column,
        ChartKind::StackedColumns => ChartType::ColumnStacked,
        ChartKind::Bars => ChartType::Bar,
        ChartKind::StackedBars => ChartType::BarStacked,
        ChartKind::Scatter => ChartType::Scatter,
    }
}

fn draw_series(series: &Series, shape: ChartKind, scene: &Scene<'_>) -> Result<ChartSeries, RenderError> {
    let mut drawn = ChartSeries::new();
    let categories = scene.places.range(&series.categories)?;
    let values = scene.places.range(&series.values)?;
    drawn.set_name(plain(&series.name).as_str()).set_categories(categories.as_str()).set_values(values.as_str());
    drawn.set_secondary_axis(series.secondary);
    let rgb = scene.theme.role(series.role);
    match shape {
        ChartKind::Line => line_look(&mut drawn, series.role, rgb),
        ChartKind::Scatter => point_look(&mut drawn, rgb, scene.theme),
        _ => column_look(&mut drawn, series, shape, scene.theme),
    }
    if series.labels {
        let kind = column_kind(series, scene);
        let mut label = ChartDataLabel::new();
        label.show_value().set_font(&font(scene.theme, 8, false));
        if matches!(shape, ChartKind::Variances | ChartKind::Pins) {
            label.set_num_format(signed(&axis_format(&kind))).set_position(ChartDataLabelPosition::OutsideEnd);
        } else {
            label.set_num_format(axis_format(&kind));
        }
        drawn.set_data_label(&label);
    }
    if !series.label_words.is_empty() {
        let labels: Vec<ChartDataLabel> = series.label_words.iter().map(|words| label_of(words, scene.theme)).collect();
        let mut label = ChartDataLabel::new();
        label.show_value().set_position(ChartDataLabelPosition::Above).set_font(&font(scene.theme, 8, false));
        drawn.set_data_label(&label).set_custom_data_labels(&labels);
    }
    Ok(drawn)
}

/// Columns and bars: how far apart, and whether series share a place.
fn column_look(drawn: &mut ChartSeries, series: &Series, shape: ChartKind, theme: &Theme) {
    drawn.set_format(&mut area_look(series.role, theme.role(series.role)));
    if !series.row_roles.is_empty() {
        let rows = series.row_roles.iter().map(|role| ChartPoint::new().set_format(&mut area_look(*role, theme.role(*role))));
        drawn.set_points(&rows.collect::<Vec<_>>());
    }
    let (gap, in_one_place) = match shape {
        ChartKind::StackedColumns | ChartKind::StackedBars => (50, true),
        ChartKind::Variances => (60, true),
        ChartKind::Pins => (500, true),
        _ => (60, false),
    };
    drawn.set_gap(gap);
    if in_one_place {
        drawn.set_overlap(100);
    }
}

fn label_of(words: &str, theme: &Theme) -> ChartDataLabel {
    ChartDataLabel::new().set_value(plain(words).as_str()).set_font(&font(theme, 8, false)).to_custom()
}

/// Actual solid and dark, plan lighter, forecast dashed; the as-of point drops a line to the axis.
fn line_look(series: &mut ChartSeries, role: Role, rgb: u32) {
    let (width, dash) = match role {
        Role::Actual | Role::Earned => (2.5, ChartLineDashType::Solid),
        Role::Forecast => (2.0, ChartLineDashType::Dash),
        Role::Limit => (1.25, ChartLineDashType::SquareDot),
        _ => (1.75, ChartLineDashType::Solid),
    };
    let mut line = ChartLine::new();
    line.set_color(colour(rgb)).set_width(width).set_dash_type(dash).set_hidden(role == Role::Base);
    if role == Role::AsOf {
        let mut drop = ChartLine::new();
        drop.set_color(colour(rgb)).set_width(1.25).set_dash_type(ChartLineDashType::SquareDot);
        let mut bars = ChartErrorBars::new();
        bars.set_type(ChartErrorBarsType::Percentage(100.0)).set_direction(ChartErrorBarsDirection::Minus).set_end_cap(false);
        bars.set_format(ChartFormat::new().set_line(&drop));
        series.set_y_error_bars(&bars);
        line.set_hidden(true);
        let mut fill = ChartSolidFill::new();
        fill.set_color(colour(rgb));
        let mut marker = ChartMarker::new();
        marker.set_type(ChartMarkerType::Diamond).set_size(7);
        series.set_marker(marker.set_format(ChartFormat::new().set_solid_fill(&fill).set_no_border()));
    } else {
        series.set_marker(ChartMarker::new().set_none());
    }
    series.set_format(ChartFormat::new().set_line(&line));
}

fn point_look(series: &mut ChartSeries, rgb: u32, theme: &Theme) {
    let mut fill = ChartSolidFill::new();
    fill.set_color(colour(rgb));
    let mut edge = ChartLine::new();
    edge.set_color(colour(theme.palette.paper)).set_width(0.75);
    let mut marker = ChartMarker::new();
    marker.set_type(ChartMarkerType::Circle).set_size(9).set_format(ChartFormat::new().set_solid_fill(&fill).set_border(&edge));
    series.set_marker(&marker);
    let mut none = ChartLine::new();
    none.set_hidden(true);
    series.set_format(ChartFormat::new().set_line(&none));
}

/// Actual solid, plan outlined, forecast hatched, a base unseen.
fn area_look(role: Role, rgb: u32) -> ChartFormat {
    let mut format = ChartFormat::new();
    let mut edge = ChartLine::new();
    edge.set_color(colour(rgb)).set_width(1.25);
    match role {
        Role::Base => {
            format.set_no_fill().set_no_border();
        }
        Role::Plan => {
            format.set_no_fill().set_border(&edge);
        }
        Role::Forecast => {
            let mut hatch = ChartPatternFill::new();
            hatch
                .set_pattern(ChartPatternFillType::DiagonalStripesWideUpwards)
                .set_foreground_color(colour(rgb))
                .set_background_color("FFFFFF");
            format.set_pattern_fill(&hatch).set_border(&edge);
        }
        _ => {
            let mut fill = ChartSolidFill::new();
            fill.set_color(colour(rgb));
            format.set_solid_fill(&fill).set_no_border();
        }
    }
    format
}

fn font(theme: &Theme, points: u8, bold: bool) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name(&theme.font).set_size(points).set_color(colour(theme.palette.muted));
    if bold {
        font.set_bold()
    } else {
        font.unset_bold()
    };
    font
}

/// Title, legend and paper.
fn frame(chart: &mut ExcelChart, spec: &Chart, theme: &Theme) {
    let mut title = font(theme, 11, true);
    title.set_color(colour(theme.palette.header));
    chart.title().set_name(plain(&spec.title).as_str()).set_font(&title).set_overlay(false);
    let (own, over): (Vec<&Series>, Vec<&Series>) =
        spec.series.iter().partition(|series| series.kind.unwrap_or(spec.kind) == spec.kind);
    let unseen = |series: &&Series| series.role == Role::Base || series.name.ends_with("below zero");
    let hidden: Vec<usize> =
        own.iter().chain(&over).enumerate().filter(|(_, series)| unseen(series)).map(|(index, _)| index).collect();
    if spec.series.len() > hidden.len() + 1 {
        chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(theme, 9, false)).delete_entries(&hidden);
    } else {
        chart.legend().set_hidden();
    }
    let mut edge = ChartLine::new();
    edge.set_color(colour(theme.palette.line)).set_width(0.75);
    let mut fill = ChartSolidFill::new();
    fill.set_color(colour(theme.palette.paper));
    chart.chart_area().set_format(ChartFormat::new().set_border(&edge).set_solid_fill(&fill));
}

fn axes(chart: &mut ExcelChart, spec: &Chart, scene: &Scene<'_>) -> Result<(), RenderError> {
    let theme = scene.theme;
    let small = font(theme, 9, false);
    let mut grid = ChartLine::new();
    grid.set_color(colour(theme.palette.line)).set_width(0.5);
    let mut base = ChartLine::new();
    base.set_color(colour(theme.palette.muted)).set_width(0.75);
    let bars = matches!(spec.kind, ChartKind::Bars | ChartKind::StackedBars);
    let value_kind = spec.series.first().map_or(Kind::Integer, |series| column_kind(series, scene));
    {
        let values = if bars { chart.x_axis() } else { chart.y_axis() };
        values
            .set_font(&small)
            .set_num_format(axis_format(&value_kind))
            .set_major_gridlines(true)
            .set_major_gridlines_line(&grid);
        values.set_format(ChartFormat::new().set_no_line());
        if let Some(min) = spec.y_range.0 {
            values.set_min(min);
        }
        if let Some(max) = spec.y_range.1 {
            values.set_max(max);
        }
        if !spec.y_title.is_empty() {
            values.set_name(plain(&spec.y_title).as_str()).set_name_font(&small);
        }
        if bars {
            values.set_label_position(ChartAxisLabelPosition::High);
        }
    }
    let categories = if bars { chart.y_axis() } else { chart.x_axis() };
    categories.set_font(&small).set_label_position(ChartAxisLabelPosition::Low).set_major_gridlines(false);
    categories.set_format(ChartFormat::new().set_line(&base));
    if !spec.x_title.is_empty() {
        categories.set_name(plain(&spec.x_title).as_str()).set_name_font(&small);
    }
    if bars {
        categories.set_reverse();
    }
    if spec.kind == ChartKind::Scatter {
        if let Some(kind) = spec.series.first().and_then(|series| scene.places.kind(&series.categories)) {
            categories.set_num_format(axis_format(kind));
        }
        if let Some(min) = spec.x_range.0 {
            categories.set_min(min);
        }
        if let Some(max) = spec.x_range.1 {
            categories.set_max(max);
        }
    }
    date_axis(chart, spec, scene)
}

/// Dates stand on a date axis, labelled by month at an interval that fits.
fn date_axis(chart: &mut ExcelChart, spec: &Chart, scene: &Scene<'_>) -> Result<(), RenderError> {
    let Some(series) = spec.series.first() else { return Ok(()) };
    let dated = scene
        .book
        .table(&series.categories.table)
        .and_then(|table| Some(&table.columns[table.position(&series.categories.column)?].kind));
    if !matches!(dated, Some(Kind::Date)) || spec.kind == ChartKind::Scatter {
        return Ok(());
    }
    let all = u64::from(scene.places.table(&series.categories.table)?.rows);
    let points = series.categories.rows.map_or(all, |(_, count)| u64::try_from(count).unwrap_or(all).min(all));
    let every = u32::try_from((points / 10).clamp(1, 12)).unwrap_or(1);
    let axis = chart.x_axis();
    axis.set_date_axis(true)
        .set_num_format("mmm yy")
        .set_major_unit_date_type(ChartAxisDateUnitType::Months)
        .set_major_unit(f64::from(every));
    Ok(())
}

/// What the figures of a series mean.
fn column_kind(series: &Series, scene: &Scene<'_>) -> Kind {
    scene.places.kind(&series.values).cloned().unwrap_or(Kind::Number(1))
}

/// Axis figures carry no more decimals than they need.
fn axis_format(kind: &Kind) -> String {
    match kind {
        Kind::Percent => "0%".to_string(),
        Kind::Money(_, Scale::Thousand) => "#,##0.0,".to_string(),
        Kind::Money(_, Scale::Million) => "#,##0.0,,".to_string(),
        Kind::Money(..) => "#,##0".to_string(),
        other => number_format(other).replace("_)", ""),
    }
}

/// A variance with its sign; nothing where there is none.
fn signed(format: &str) -> String {
    format!("+{format};-{format};")
}

/// Text that the library cannot take for a reference: a title is words.
fn plain(words: &str) -> String {
    text::clean(words).trim_start_matches(['=', ' ']).replace('!', ".")
}
