//! The tiles: a headline each, live over the tables behind it, with its change since the last run.

use crate::analysis::measure::Undefined;
use crate::base::number;
use crate::model::initiative::Rag;
use crate::report::book::{Cell, Good, Kind, Link, Tile, Value, column_of};
use crate::report::headline::{Figure, PORTFOLIO, Unit};
use crate::report::performance_dashboard::context::{Context, figure, quotient};
use crate::report::performance_dashboard::{earned_value, initiatives};
use rust_decimal::Decimal;

/// All tiles, in reading order.
#[must_use]
pub fn tiles(context: &Context<'_>) -> Vec<Tile> {
    let mut all = money_tiles(context);
    all.extend(index_tiles(context));
    all.push(finish_tile(context));
    all.push(errors_tile(context));
    all
}

fn to_table(table: &str) -> Link {
    Link::Table { table: table.into(), row: None }
}

fn money_tiles(context: &Context<'_>) -> Vec<Tile> {
    let names = earned_value::Headers::of(context);
    let table = earned_value::initiatives(context);
    let total = |position: usize| super::super::context::sum(table.rows.iter().map(|row| &row[position].value));
    let tile = |label: &str, header: &str, position: usize, measure: &str, good: Good, note: String| {
        let value = Cell::formula(format!("SUM({})", column_of(earned_value::TABLE, header)), total(position));
        let unit = Unit::Money(context.currency());
        let tile = Tile::new(label, value.clone(), context.headline_money()).note(note).link(to_table(earned_value::TABLE));
        changed(context, tile, &value.value, measure, unit, good)
    };
    let share = |a: &Value, b: &Value| match (figure(a), figure(b)) {
        (Some(a), Some(b)) if b != 0.0 => format!("{:.0}% of budget", a / b * 100.0),
        _ => "no budget".to_string(),
    };
    let (budget, actual, outlook) = (total(2), total(5), total(13));
    vec![
        tile("Budget at completion", &names.bac, 2, "budget_at_completion", Good::Neither, "baseline, BAC".into()),
        tile("Actual cost to date", &names.ac, 5, "actual_cost", Good::Neither, share(&actual, &budget)),
        tile("Forecast outlook", &names.eac, 13, "estimate_at_completion", Good::Down, share(&outlook, &budget)),
    ]
}

fn index_tiles(context: &Context<'_>) -> Vec<Tile> {
    let names = earned_value::Headers::of(context);
    let results = &context.input.analyses.earned_value.portfolio;
    let current = results.history.last();
    let table = earned_value::initiatives(context);
    let total = |position: usize| super::super::context::sum(table.rows.iter().map(|row| &row[position].value));
    let sum_of = |header: &str| format!("SUM({})", column_of(earned_value::TABLE, header));
    let cpi = super::super::context::over(&total(4), &total(5), "nothing spent yet");
    let spi = current.map_or(Err(Undefined::NoBudget), |at| at.time.schedule_performance_index);
    let spi = super::super::context::ratio(spi);
    let history = column_of(super::super::curve::HISTORY, "SPI(t)");
    let pair = [
        (
            "Cost index CPI",
            Cell::formula(quotient(&sum_of(&names.ev), &sum_of(&names.ac)), cpi),
            "cost_performance_index",
            "value earned per unit of cost",
        ),
        (
            "Schedule index SPI(t)",
            Cell::formula(format!("INDEX({history},ROWS({history}))"), spi),
            "schedule_performance_index_time",
            "earned time per time passed",
        ),
    ];
    let tile = |(label, value, measure, note): (&str, Cell, &str, &str)| {
        let rag = rated(context, &value.value);
        let tile = Tile::new(label, value.clone(), Kind::Ratio).rag(rag).note(note).link(to_table(earned_value::TABLE));
        changed(context, tile, &value.value, measure, Unit::Index, Good::Up)
    };
    pair.into_iter().map(tile).collect()
}

fn rated(context: &Context<'_>, value: &Value) -> Option<Rag> {
    let limits = &context.portfolio().settings.thresholds;
    let index = figure(value)?;
    Some(if index >= limits.index_green {
        Rag::Green
    } else if index < limits.index_red {
        Rag::Red
    } else {
        Rag::Amber
    })
}

fn finish_tile(context: &Context<'_>) -> Tile {
    let table = initiatives::table(context);
    let finish = column_of(initiatives::TABLE, "Forecast finish");
    let dates = table.rows.iter().filter_map(|row| match row[initiatives::FORECAST].result() {
        Value::Date(day) => Some(*day),
        _ => None,
    });
    let latest = dates.max();
    let value = latest.map_or_else(|| Value::NotAvailable("no activities".into()), Value::Date);
    let worst = table.rows.iter().filter_map(|row| figure(&row[initiatives::LATE].value)).fold(f64::NEG_INFINITY, f64::max);
    let note = if worst.is_finite() { format!("worst {worst:+.0} working days on baseline") } else { "no baseline".into() };
    let limit = context.portfolio().settings.thresholds.milestone_red_days;
    let rag = worst.is_finite().then(|| match worst {
        #[expect(clippy::cast_precision_loss, reason = "a limit in days is small")]
        late if late >= limit as f64 => Rag::Red,
        late if late > 0.0 => Rag::Amber,
        _ => Rag::Green,
    });
    let cell = Cell::formula(format!("IF(COUNT({finish})>0,MAX({finish}),\"n/a\")"), value);
    let tile = Tile::new("Last forecast finish", cell, Kind::Date).rag(rag).note(note).link(to_table(initiatives::TABLE));
    let before = context.input.previous.and_then(|previous| previous.figure(PORTFOLIO, "forecast_finish", Unit::Date));
    match (latest, before) {
        #[expect(clippy::cast_precision_loss, reason = "days between dates of a plan")]
        (Some(now), Some(Figure::Date(before))) => {
            tile.change(Value::Number((now - before).num_days() as f64), Good::Down, since(context))
        }
        _ => tile.change(not_available(), Good::Neither, since(context)),
    }
}

fn errors_tile(context: &Context<'_>) -> Tile {
    let errors = context.input.findings.count(crate::base::finding::Severity::Error);
    let warnings = context.input.findings.count(crate::base::finding::Severity::Warning);
    let value = Cell::count(errors);
    let rag = Some(if errors == 0 { Rag::Green } else { Rag::Amber });
    let tile = Tile::new("Open errors in the data", value.clone(), Kind::Integer)
        .rag(rag)
        .note(format!("and {warnings} warnings: Data Quality"))
        .link(to_table(super::super::about::CHECKS));
    changed(context, tile, &value.value, "errors", Unit::Count, Good::Down)
}

/// Says how a tile moved since the last run, or that this is not available.
fn changed(context: &Context<'_>, tile: Tile, now: &Value, measure: &str, unit: Unit, good: Good) -> Tile {
    let before = context.input.previous.and_then(|previous| previous.figure(PORTFOLIO, measure, unit));
    let change = match (now.result(), before) {
        (Value::Money(now), Some(Figure::Number(before))) => Value::Money(now - before),
        (Value::Integer(now), Some(Figure::Number(before))) => difference(Decimal::from(*now), before),
        (Value::Number(now), Some(Figure::Number(before))) => Value::Number(now - number::to_f64(before)),
        _ => return tile.change(not_available(), Good::Neither, since(context)),
    };
    tile.change(change, good, since(context))
}

fn difference(now: Decimal, before: Decimal) -> Value {
    Value::Number(number::to_f64(now - before))
}

fn not_available() -> Value {
    Value::NotAvailable("no earlier run to compare with".into())
}

fn since(context: &Context<'_>) -> String {
    context.input.previous.map_or_else(
        || "change: not available".into(),
        |previous| format!("since last run, {}, not closed", previous.as_of.day().format("%d %b %Y")),
    )
}
