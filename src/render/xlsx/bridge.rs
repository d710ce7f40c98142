//! A bridge as stacked columns: an invisible base, and rises, falls and levels upon it. The figures behind it stand on a
//! sheet of their own, so that the chart is live.

use crate::base::number;
use crate::report::book::{
    Block, Book, Bridge, Cell, Chart, ChartKind, Column, Kind, Role, Series, Sheet, Step, Table, Value, show,
};
use rust_decimal::Decimal;

/// Height of the chart in pixels.
pub const HEIGHT: u32 = 320;
const STEP: &str = "Step";
const LEVEL: &str = "Level";
const RISE: &str = "Rise";
const FALL: &str = "Fall";
const BASE: &str = "Base";
const TOP: &str = "Top";
const UNDER: [&str; 3] = ["Level below zero", "Rise below zero", "Fall below zero"];

/// The sheet with the figures of a Book's bridges; none where it has no bridge.
#[must_use]
pub fn sheet(book: &Book) -> Option<Sheet> {
    let bridges: Vec<&Bridge> = book
        .sheets
        .iter()
        .flat_map(Sheet::blocks)
        .filter_map(|block| if let Block::Bridge(bridge) = block { Some(bridge) } else { None })
        .collect();
    if bridges.is_empty() {
        return None;
    }
    let sheet =
        Sheet::data("Chart data", "Figures behind the bridge charts").subtitle("Written by the program; charts refer to it");
    Some(bridges.into_iter().fold(sheet, |sheet, bridge| sheet.block(table(bridge))))
}

fn table(bridge: &Bridge) -> Table {
    let figure = |words: &str| Column { header: words.to_string(), ..Column::new(words, bridge.kind.clone()) };
    let mut columns = vec![
        Column::text(STEP),
        Column::new("Change", bridge.kind.clone()),
        figure(BASE),
        figure(LEVEL),
        figure(RISE),
        figure(FALL),
    ];
    columns.extend(UNDER.iter().map(|words| figure(words)));
    columns.push(figure(TOP));
    let mut table = Table::new(&bridge.name, columns).titled(&bridge.title);
    let mut level = Decimal::ZERO;
    for step in &bridge.steps {
        let from = if step.is_total { Decimal::ZERO } else { level };
        level = if step.is_total { step.value } else { level + step.value };
        let slot = if step.is_total {
            0
        } else if step.value >= Decimal::ZERO {
            1
        } else {
            2
        };
        let mut cells = row(&step.label, step.value, (from, level), slot);
        cells.push(money(from.max(level)));
        table.push(cells);
    }
    table
}

/// The part of a step above zero and the part below it, each on its own base.
fn row(label: &str, change: Decimal, (from, to): (Decimal, Decimal), slot: usize) -> Vec<Cell> {
    let (low, high) = (from.min(to), from.max(to));
    let base = if low > Decimal::ZERO { low } else { high.min(Decimal::ZERO) };
    let above = high.max(Decimal::ZERO) - low.max(Decimal::ZERO);
    let below = low.min(Decimal::ZERO) - high.min(Decimal::ZERO);
    let mut cells = vec![Cell::text(label), money(change), money(base)];
    cells.extend((0..3).map(|index| if index == slot { money(above) } else { Cell::blank() }));
    cells.extend((0..3).map(|index| if index == slot { money(below) } else { Cell::blank() }));
    cells
}

/// The figure that stands above a step: a change with its sign.
fn label(step: &Step, kind: &Kind) -> String {
    let shown = show(&Value::Money(step.value.abs()), kind);
    match (step.is_total, step.value.is_sign_negative()) {
        (true, false) => shown,
        (false, false) => format!("+{shown}"),
        (_, true) => format!("-{shown}"),
    }
}

fn money(amount: Decimal) -> Cell {
    Cell::new(Value::Money(number::round(amount, 6).normalize()))
}

/// The chart over that table.
#[must_use]
pub fn chart(bridge: &Bridge) -> Chart {
    let series = |column: &str, role: Role| Series::new(&bridge.name, STEP, column, role);
    let (rise, fall) = if bridge.more_is_good { (Role::Good, Role::Bad) } else { (Role::Bad, Role::Good) };
    let list = vec![
        series(BASE, Role::Base),
        series(LEVEL, Role::Actual),
        series(RISE, rise),
        series(FALL, fall),
        series(UNDER[0], Role::Actual),
        series(UNDER[1], rise),
        series(UNDER[2], fall),
        series(TOP, Role::Base)
            .shape(ChartKind::Line)
            .labelled_with(bridge.steps.iter().map(|step| label(step, &bridge.kind)).collect()),
    ];
    let unit = match &bridge.kind {
        Kind::Money(..) => crate::report::book::header_of("", &bridge.kind).trim().trim_matches(['(', ')']).to_string(),
        _ => String::new(),
    };
    let chart = Chart::new(&bridge.title, ChartKind::StackedColumns, list).axes("", unit).size(bridge.twelfths, HEIGHT);
    chart.alt(&bridge.alt_text)
}
