//! The Executive page: what a board needs to know of the plan, and decide, on one page and its overleaf.

mod few;
mod messages;
mod more;
mod tiles;

use super::outline::Outline;
use super::{initiatives, paths};
use crate::report::book::{Band, Block, Book, Chart, ChartKind, Role, Series, Sheet};

pub use tiles::headlines;

/// The page. `detail` holds the pages whose tables it looks things up in.
#[must_use]
pub fn sheet(outline: &Outline<'_>, detail: &Book) -> Sheet {
    let name = &outline.context.input.run.portfolio;
    let mut sheet = Sheet::page("Executive", format!("{name}: will the plan deliver?"))
        .subtitle("Click a figure for its detail")
        .about("Headlines, what the board should know, finishes, what is next, hand-overs and decisions.")
        .block(tiles::tiles(outline, detail))
        .band(Band::of(vec![late_chart(outline).into(), critical_chart().into()]))
        .band(Band::headed("What the board should know", vec![messages::table(outline).into()]).on_new_page());
    for (heading, table) in few::tables(outline, detail) {
        sheet = sheet.band(Band::headed(heading, vec![Block::Table(table)]));
    }
    sheet
}

/// Working days late of every initiative.
fn late_chart(outline: &Outline<'_>) -> Chart {
    let late = Series::new(initiatives::TABLE, "Initiative", "Late (days)", Role::Forecast).named("Late").labelled();
    let comparison = &outline.context.input.analyses.baseline_comparison;
    let told = comparison.initiatives.iter().map(|each| {
        let days = each.finish_variance.map_or_else(|| "no baseline".into(), |days| format!("{days:.0}"));
        format!("{} {days}", each.initiative)
    });
    Chart::new("Forecast finish less baseline finish by initiative, working days", ChartKind::Bars, vec![late])
        .alt(format!("Bars of working days late by initiative: {}.", told.collect::<Vec<_>>().join("; ")))
        .size(6, 320)
}

/// How much of each initiative's unfinished work is critical and near-critical.
fn critical_chart() -> Chart {
    let series = |header: &str, role: Role| Series::new(paths::COUNTS, "Initiative", header, role);
    let bars = vec![
        series("Critical", Role::Bad),
        series("Near-critical", Role::Warn),
        series("Unfinished", Role::Plan).named("All unfinished"),
    ];
    Chart::new("Unfinished activities: critical, near-critical, all", ChartKind::Bars, bars)
        .alt("Bars of critical, near-critical and all unfinished activities by initiative, as on the Criticality sheet.")
        .size(6, 320)
}
