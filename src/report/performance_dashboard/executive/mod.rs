//! The Executive page: what a board needs to know, and decide, on one page and its overleaf.

mod figures;
mod headlines;
mod messages;
mod money;
mod more;
mod tiles;

use super::context::Context;
use super::{cost, coverage, curve, decisions, initiatives, milestones, people, risks};
use crate::report::book::{Band, Block, Book, Chart, ChartKind, Note, Role, Series, Sheet, Table};

pub use headlines::headlines;

/// The page. `detail` holds the pages whose tables it looks things up in.
#[must_use]
pub fn sheet(context: &Context<'_>, detail: &Book) -> Sheet {
    let mut sheet = Sheet::page("Executive", format!("{}: where the portfolio stands", context.input.run.portfolio))
        .subtitle(format!("{}; figures shown are rounded. Click a figure for its detail", context.currency()))
        .about("Headlines, what the board should know, milestones, risks, variances, people and decisions.")
        .block(tiles::tiles(context, detail))
        .band(Band::of(vec![curve::chart(context, 7).into(), index_chart(context).into()]))
        .band(Band::headed("What the board should know", vec![messages::table(context).into()]).on_new_page())
        .band(Band::headed("Initiatives", vec![initiatives::few(context).into()]));
    for (heading, block) in sections(context, detail) {
        sheet = sheet.band(Band::headed(heading, vec![block]));
    }
    sheet.block(Note::plain(vec![format!("Coverage: {}.", coverage::sentence(context))]))
}

fn sections(context: &Context<'_>, detail: &Book) -> Vec<(&'static str, Block)> {
    let of = |name: &str, few: &dyn Fn(&Table) -> Table| detail.table(name).map(|table| Block::Table(few(table)));
    let all = [
        ("Milestones: the latest of those still open", of(milestones::TABLE, &milestones::few)),
        (
            "Largest variances, year to date, with the owner's commentary",
            of(cost::YEAR_TO_DATE, &|table| cost::few(context, table)),
        ),
        ("Top risks: largest expected value", of(risks::TABLE, &|table| risks::few(context, table))),
        ("People asked for above capacity by several initiatives", of(people::TABLE, &people::few)),
        ("Decisions needed", of(decisions::TABLE, &decisions::few)),
    ];
    all.into_iter().filter_map(|(heading, block)| Some((heading, block?))).collect()
}

/// Cost and schedule index of every initiative, side by side.
fn index_chart(context: &Context<'_>) -> Chart {
    let series = |header: &str, role: Role| Series::new(super::earned_value::TABLE, "Initiative", header, role).labelled();
    let bars = vec![series("CPI", Role::Actual).named("Cost CPI"), series("SPI(t)", Role::Earned).named("Schedule SPI(t)")];
    Chart::new("Cost and schedule index by initiative (1.00 = on plan)", ChartKind::Bars, bars)
        .alt(alt_text(context))
        .y_range(Some(0.0), None)
        .size(5, 340)
}

fn alt_text(context: &Context<'_>) -> String {
    let index = |value: Result<f64, crate::analysis::measure::Undefined>| {
        value.map_or_else(|_| "n/a".into(), |value| format!("{value:.2}"))
    };
    let parts = context.input.analyses.earned_value.initiatives.iter().filter_map(|each| {
        let current = each.current()?;
        let (cpi, spi) = (current.cost.cost_performance_index, current.time.schedule_performance_index);
        Some(format!("{} {} and {}", each.initiative, index(cpi), index(spi)))
    });
    format!("Bars of CPI and SPI(t) by initiative: {}.", parts.collect::<Vec<_>>().join("; "))
}
