//! The tiles: a headline each, live over the tables behind it, with its change since the last run.

use super::figures::{all, behind};
use crate::report::book::{Book, Tile};
use crate::report::headline::{Figure, PORTFOLIO, Unit};
use crate::report::parts::kept;
use crate::report::performance_dashboard::context::Context;

/// All tiles, in reading order.
#[must_use]
pub fn tiles(context: &Context<'_>, detail: &Book) -> Vec<Tile> {
    let previous = context.input.previous;
    all(context, detail).into_iter().map(|headlined| headlined.changed(PORTFOLIO, previous)).collect()
}

/// The headlines of the tiles, and of the figures behind them.
#[must_use]
pub fn headlines(context: &Context<'_>, detail: &Book) -> Vec<(&'static str, Unit, Result<Figure, String>)> {
    all(context, detail)
        .into_iter()
        .chain(behind(context, detail))
        .map(|each| (each.measure, each.unit, kept(&each.tile.value.value)))
        .collect()
}
