//! KPIs: latest reading against target, rating by the KPI's own thresholds, trend.

use super::context::{Context, difference, ratio};
use crate::analysis::kpi::{KpiStatus, Trend as Direction3};
use crate::analysis::measure::Measure;
use crate::model::kpi::{Direction, Kpi};
use crate::report::book::{Cell, Column, Kind, Mark, Sheet, Table, Tone, Trend, Value, this_row};

/// The table of KPIs.
pub const TABLE: &str = "tbl_kpis";

/// The page.
#[must_use]
pub fn sheet(context: &Context<'_>) -> Sheet {
    let board = &context.input.analyses.kpis;
    let counts = board.counts;
    Sheet::data("KPIs", "KPIs: latest reading against target")
        .subtitle(format!(
            "{} green, {} amber, {} red, {} not rated; {} of {} have a current reading. Each in its own unit",
            counts.green,
            counts.amber,
            counts.red,
            counts.unrated,
            board.current,
            board.kpis.len()
        ))
        .about("Latest reading, target, rating with its rule, and trend of every KPI.")
        .block(table(context))
}

/// Every KPI.
#[must_use]
pub fn table(context: &Context<'_>) -> Table {
    let own = |header: &str| this_row(TABLE, header);
    let stale = vec![("stale".to_string(), Tone::Warn), ("current".to_string(), Tone::Muted)];
    let better = vec![("improving".to_string(), Tone::Good), ("worsening".to_string(), Tone::Bad)];
    let figure = |words: &str| Column::new(words, Kind::Number(2));
    let columns = vec![
        Column::text("KPI"),
        Column::text("Name").wide(36),
        Column::text("Measures").help("The objective or initiative."),
        Column::text("Unit"),
        Column::text("Better is"),
        figure("Baseline"),
        figure("Reading"),
        figure("Target"),
        figure("Gap").formula(difference(&own("Reading"), &own("Target"))).help("Reading less target."),
        Column::new("Way gone", Kind::Percent).mark(Mark::Bar).help("Share of the way from baseline to target."),
        figure("Green at"),
        figure("Red at"),
        Column::new("RAG", Kind::Rag).formula(rag_formula()),
        Column::new("Trend", Kind::Trend).help("Direction of the last three readings."),
        Column::text("Direction").mark(Mark::Words(better)),
        Column::text("Latest period").detail(),
        Column::text("Age").mark(Mark::Words(stale)),
        Column::text("Owner"),
        Column::new("Rule", Kind::Prose).wide(40).detail(),
    ];
    let board = &context.input.analyses.kpis;
    let rows = context.portfolio().kpis.iter().zip(&board.kpis).map(|(kpi, status)| row(context, kpi, status)).collect();
    Table::new(TABLE, columns).keys(2).rows(rows).when_empty("No KPI is defined.")
}

/// Turned so that less is better: the distance for "target", the negative for "up".
fn rag_formula() -> String {
    let own = |header: &str| this_row(TABLE, header);
    let (value, target, green, red, way) = (own("Reading"), own("Target"), own("Green at"), own("Red at"), own("Better is"));
    let sign = format!("IF({way}=\"up\",-1,1)");
    let distance = format!("IF({way}=\"target\",ABS({value}-{target}),{sign}*{value})");
    let judged = format!("IF({distance}<={sign}*{green},\"G\",IF({distance}>={sign}*{red},\"R\",\"A\"))");
    let known = format!("COUNT({value},{green},{red})=3");
    format!(
        "IF({known},IF(AND({way}=\"target\",NOT(ISNUMBER({target}))),\"n/a\",IF({sign}*{green}>{sign}*{red},\"n/a\",{judged})),\"n/a\")"
    )
}

fn row(context: &Context<'_>, kpi: &Kpi, status: &KpiStatus) -> Vec<Cell> {
    let scope = match (&kpi.initiative, &kpi.objective) {
        (Some(initiative), _) => initiative.to_string(),
        (None, Some(objective)) => objective.to_string(),
        (None, None) => String::new(),
    };
    let way = match kpi.direction {
        Direction::Up => "up",
        Direction::Down => "down",
        Direction::Target => "target",
    };
    let number = |value: Measure<f64>| Cell::new(ratio(value));
    let given = |value: Option<f64>, reason: &str| Cell::number(value, reason);
    vec![
        Cell::text(kpi.id.to_string()).from_source(&kpi.origin),
        Cell::text(&kpi.name),
        Cell::text(scope),
        Cell::maybe_text(kpi.unit.as_ref()),
        Cell::text(way),
        given(kpi.baseline, "no baseline"),
        number(status.value),
        number(status.target),
        number(status.gap),
        number(status.progress),
        given(kpi.green_threshold, "no thresholds"),
        given(kpi.red_threshold, "no thresholds"),
        status.rag.map_or_else(|none| Cell::not_available(none.reason()), |rag| Value::Rag(rag).into()),
        status.trend.map_or_else(|none| Cell::not_available(none.reason()), |trend| Value::Trend(arrow(trend)).into()),
        Cell::text(match status.improving {
            Some(true) => "improving",
            Some(false) => "worsening",
            None => "steady",
        }),
        status.period.map_or_else(|none| Cell::not_available(none.reason()), |period| Cell::text(period.to_string())),
        Cell::text(if status.stale { "stale" } else { "current" }),
        Cell::text(context.person(kpi.owner.as_ref())),
        Cell::text(&status.rule),
    ]
}

const fn arrow(trend: Direction3) -> Trend {
    match trend {
        Direction3::Up => Trend::Up,
        Direction3::Down => Trend::Down,
        Direction3::Flat => Trend::Flat,
    }
}
