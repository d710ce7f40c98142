//! A headline: a tile whose figure the next run finds again, to say how it moved.

use crate::base::number;
use crate::report::book::{Cell, Good, Tile, Value};
use crate::report::headline::{Figure, PreviousRun, Unit};
use rust_decimal::Decimal;

/// A tile, and how the next run finds its figure.
#[derive(Clone, Debug)]
pub struct Headlined {
    /// The tile.
    pub tile: Tile,
    /// Which figure.
    pub measure: &'static str,
    /// Its unit.
    pub unit: Unit,
    /// Which way is good.
    pub good: Good,
}

impl Headlined {
    /// The tile, saying how it moved since the last run, or that this is not available.
    #[must_use]
    pub fn changed(self, scope: &str, previous: Option<&PreviousRun>) -> Tile {
        let Self { tile, measure, unit, good } = self;
        let since = since(previous);
        let Some(previous) = previous else {
            return tile.change(Cell::not_available("no earlier run to compare with"), Good::Neither, since);
        };
        let before = previous.figure(scope, measure, unit);
        let change = match (tile.value.result(), before) {
            (Value::Money(now), Some(Figure::Number(before))) => Value::Money(now - before),
            (Value::Integer(now), Some(Figure::Number(before))) => Value::Number(number::to_f64(Decimal::from(*now) - before)),
            (Value::Number(now), Some(Figure::Number(before))) => Value::Number(now - number::to_f64(before)),
            #[expect(clippy::cast_precision_loss, reason = "days between dates of a plan")]
            (Value::Date(now), Some(Figure::Date(before))) => Value::Number((*now - before).num_days() as f64),
            _ => return tile.change(Cell::not_available("the last run had no such figure"), Good::Neither, since),
        };
        tile.change(change, good, since)
    }
}

fn since(previous: Option<&PreviousRun>) -> String {
    previous.map_or_else(
        || "change: not available".into(),
        |previous| format!("since last run, {}, not closed", previous.as_of.day().format("%d %b %Y")),
    )
}

/// The value of a tile as a headline keeps it.
///
/// # Errors
/// Why there is no figure.
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
