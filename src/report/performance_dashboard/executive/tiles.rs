//! The tiles: a headline each, live over the tables behind it, with its change since the last run.

use super::figures::{Headlined, all};
use crate::base::number;
use crate::report::book::{Book, Cell};
use crate::report::book::{Good, Tile, Value};
use crate::report::headline::{Figure, PORTFOLIO, Unit};
use crate::report::performance_dashboard::context::Context;
use rust_decimal::Decimal;

/// All tiles, in reading order.
#[must_use]
pub fn tiles(context: &Context<'_>, detail: &Book) -> Vec<Tile> {
    all(context, detail).into_iter().map(|headlined| changed(context, headlined)).collect()
}

/// Says how a tile moved since the last run, or that this is not available.
fn changed(context: &Context<'_>, headlined: Headlined) -> Tile {
    let Headlined { tile, measure, unit, good } = headlined;
    let since = since(context);
    let Some(previous) = context.input.previous else {
        return tile.change(not_available("no earlier run to compare with"), Good::Neither, since);
    };
    let before = previous.figure(PORTFOLIO, measure, unit);
    let change = match (tile.value.result(), before) {
        (Value::Money(now), Some(Figure::Number(before))) => Value::Money(now - before),
        (Value::Integer(now), Some(Figure::Number(before))) => Value::Number(number::to_f64(Decimal::from(*now) - before)),
        (Value::Number(now), Some(Figure::Number(before))) => Value::Number(now - number::to_f64(before)),
        #[expect(clippy::cast_precision_loss, reason = "days between dates of a plan")]
        (Value::Date(now), Some(Figure::Date(before))) => Value::Number((*now - before).num_days() as f64),
        _ => return tile.change(not_available("the last run had no such figure"), Good::Neither, since),
    };
    tile.change(change, good, since)
}

fn not_available(reason: &str) -> Cell {
    Cell::not_available(reason)
}

fn since(context: &Context<'_>) -> String {
    context.input.previous.map_or_else(
        || "change: not available".into(),
        |previous| format!("since last run, {}, not closed", previous.as_of.day().format("%d %b %Y")),
    )
}

/// The value of a tile as a headline keeps it.
pub fn kept(value: &Value) -> Result<Figure, String> {
    const RATIO_DIGITS: u32 = 6;
    match value.result() {
        Value::Money(amount) => Ok(Figure::Number(amount.normalize())),
        Value::Integer(whole) => Ok(Figure::Number(Decimal::from(*whole))),
        Value::Number(ratio) => number::from_excel(*ratio)
            .map(|ratio| Figure::Number(number::round(ratio, RATIO_DIGITS).normalize()))
            .ok_or_else(|| "not a figure".to_string()),
        Value::Date(day) => Ok(Figure::Date(*day)),
        Value::NotAvailable(reason) => Err(reason.clone()),
        _ => Err("not a figure".into()),
    }
}

/// The headlines of the tiles.
#[must_use]
pub fn headlines(context: &Context<'_>, detail: &Book) -> Vec<(&'static str, Unit, Result<Figure, String>)> {
    all(context, detail).into_iter().map(|each| (each.measure, each.unit, kept(&each.tile.value.value))).collect()
}
