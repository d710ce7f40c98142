//! Buffers of the critical chain: how large they are, how large they should be, how much is used up for the work done, on
//! a fever chart.

use super::outline::Outline;
use super::paths::row_of;
use crate::analysis::buffers::{AMBER_FROM, Buffer, BufferKind, FeverZone, RED_FROM};
use crate::analysis::measure::Measure;
use crate::report::book::{
    Band, Cell, Chart, ChartKind, Column, Kind, Mark, Note, Role, Series, Sheet, Table, Tone, Value, column_of, this_row,
};

/// Every buffer.
pub const TABLE: &str = "tbl_buffers";
/// Bounds of the zones.
const ZONES: &str = "tbl_fever_zones";
const DONE: &str = "Chain done";
const USED: &str = "Buffer used";

/// The pages.
#[must_use]
pub fn sheets(outline: &Outline<'_>) -> Vec<Sheet> {
    let page = Sheet::page("Fever Chart", "Buffers: how much is used for the work done")
        .subtitle("Each point is a buffer; above the upper line win time back, between the lines plan how to")
        .about("The fever chart of every buffer, with the bounds of its zones.");
    let page = if outline.context.input.analyses.buffers.buffers.is_empty() {
        page.block(Note::plain(vec!["The plan has no buffers.".into()]))
    } else {
        page.block(chart(outline))
    };
    vec![
        page.band(Band::headed("Bounds of the zones", vec![zones().into()])),
        Sheet::data("Buffers", "Buffers of the critical chain")
            .subtitle("Lengths in working days of the buffer's calendar; shares and zones are live")
            .about("Size, use and zone of each project and feeding buffer, and how large two rules would make it.")
            .block(table(outline)),
    ]
}

/// Shares used at which amber and red begin, with nothing and with all of the chain done.
fn zones() -> Table {
    let share = |words: &str| Column::new(words, Kind::Percent).wide(16);
    let row = |done: f64, amber: f64, red: f64| [done, amber, red].map(|share| Value::Number(share).into()).to_vec();
    Table::new(ZONES, vec![share(DONE), share("Amber above"), share("Red above")])
        .rows(vec![row(0.0, AMBER_FROM.0, RED_FROM.0), row(1.0, AMBER_FROM.1, RED_FROM.1)])
}

/// The formula of a zone's bound at the row's share done.
fn bound(header: &str) -> String {
    let (column, done) = (column_of(ZONES, header), this_row(TABLE, DONE));
    format!("(INDEX({column},1)+(INDEX({column},2)-INDEX({column},1))*MIN(1,MAX(0,{done})))")
}

/// Every buffer.
#[must_use]
pub fn table(outline: &Outline<'_>) -> Table {
    let own = |header: &str| this_row(TABLE, header);
    let (done, used) = (own(DONE), own(USED));
    let zone = format!(
        "IF(COUNT({done},{used})=2,IF({used}>{},\"red\",IF({used}>{},\"amber\",\"green\")),\"n/a\")",
        bound("Red above"),
        bound("Amber above"),
    );
    let tones = [(FeverZone::Green, Tone::Good), (FeverZone::Amber, Tone::Warn), (FeverZone::Red, Tone::Bad)];
    let tones = tones.map(|(zone, tone)| (zone.label().to_string(), tone)).to_vec();
    let days = |header: &str| Column::new(header, Kind::Days);
    let columns = vec![
        Column::text("Buffer"),
        Column::text("Name").wide(36),
        Column::text("Kind"),
        Column::text("Zone").formula(zone).mark(Mark::Words(tones)),
        Column::new(DONE, Kind::Percent).mark(Mark::Bar),
        Column::new(USED, Kind::Percent).mark(Mark::Bar).help("Above 100 %: the chain has eaten through it."),
        days("Chain"),
        days("Chain so far").help("Working days of the chain that are done."),
        days("Buffer"),
        days("Used"),
        days("Cut and paste").help("Half of the chain. Goldratt (1997)."),
        days("Root of squares").help("Root of the sum of squares of (pessimistic less planned). Newbold (1998)."),
        Column::text("Chain, first to last").wide(44),
        Column::text("Owner").wide(20),
        Column::new("Why", Kind::Prose).wide(70),
    ];
    let rows = outline.context.input.analyses.buffers.buffers.iter().map(|buffer| row(outline, buffer)).collect();
    Table::new(TABLE, columns).keys(2).rows(rows).when_empty("The plan has no buffers.")
}

fn row(outline: &Outline<'_>, buffer: &Buffer) -> Vec<Cell> {
    let activity = outline.activity(buffer.activity);
    #[expect(clippy::cast_precision_loss, reason = "minutes of a schedule are far below 2^52")]
    let days = |minutes: i64| Value::Number(minutes as f64 / buffer.minutes_per_day.max(1) as f64).into();
    let measured = |minutes: Measure<i64>| minutes.map_or_else(|reason| Cell::not_available(reason.reason()), days);
    let share = |value: Measure<f64>, part: &str, whole: &str| {
        let text = format!("{}/{}", this_row(TABLE, part), this_row(TABLE, whole));
        value.map_or_else(|reason| Cell::not_available(reason.reason()), |value| Cell::formula(text, Value::Number(value)))
    };
    let key = |index: Option<&crate::model::activity::ActivityIndex>| {
        index.map_or_else(String::new, |index| outline.activity(*index).key.to_string())
    };
    let chain = match buffer.chain.len() {
        0 => Cell::blank(),
        1 => Cell::text(key(buffer.chain.first())),
        steps => Cell::text(format!("{} to {}, {steps} steps", key(buffer.chain.first()), key(buffer.chain.last()))),
    };
    vec![
        Cell::text(activity.key.to_string()).link(row_of(outline, buffer.activity)),
        Cell::text(&activity.name),
        Cell::text(match buffer.kind {
            BufferKind::Project => "project",
            BufferKind::Feeding => "feeding",
        }),
        buffer.zone.map_or_else(|reason| Cell::not_available(reason.reason()), |zone| Cell::text(zone.label())),
        share(buffer.chain_done_share, "Chain so far (days)", "Chain (days)"),
        share(buffer.consumed_share, "Used (days)", "Buffer (days)"),
        days(buffer.chain_minutes),
        days(buffer.chain_done_minutes),
        days(buffer.planned_minutes),
        measured(buffer.consumed_minutes),
        measured(buffer.cut_and_paste),
        measured(buffer.root_sum_square),
        chain,
        Cell::text(outline.owner(buffer.activity)),
        Cell::text(&buffer.why),
    ]
}

/// Share used against share done, with the bounds of the zones.
fn chart(outline: &Outline<'_>) -> Chart {
    let buffers = &outline.context.input.analyses.buffers.buffers;
    let names: Vec<String> = buffers.iter().map(|buffer| outline.activity(buffer.activity).key.to_string()).collect();
    let line = |header: &str, role: Role| Series::new(ZONES, DONE, header, role).shape(ChartKind::Line);
    let points = Series::new(TABLE, DONE, USED, Role::Actual).named("Buffers").labelled_with(names);
    let zone = |buffer: &Buffer| buffer.zone.map_or("no zone", FeverZone::label);
    let told = buffers.iter().map(|buffer| format!("{} {}", outline.activity(buffer.activity).key, zone(buffer)));
    let highest = buffers.iter().filter_map(|buffer| buffer.consumed_share.ok()).fold(1.0_f64, f64::max);
    Chart::new(
        "Share of each buffer used against share of its chain done",
        ChartKind::Scatter,
        vec![points, line("Amber above", Role::Warn), line("Red above", Role::Bad)],
    )
    .alt(format!("Fever chart of buffers by zone: {}.", told.collect::<Vec<_>>().join("; ")))
    .axes("Share of the chain done", "Share of the buffer used")
    .x_range(Some(0.0), Some(1.0))
    .y_range(Some(0.0), Some((highest * 5.0).ceil() / 5.0))
    .size(12, 420)
}
