//! A bridge as stacked columns: an invisible base, and rises, falls and levels upon it. The figures behind it stand on a
//! sheet of their own, so that the chart is live.

use crate::base::number;
use crate::report::book::{
    Block, Book, Bridge, Cell, Chart, ChartKind, Column, Kind, Mark, Role, Series, Sheet, Step, Table, Tone, Value, column_of,
    header_of, show, this_row,
};
use rust_decimal::Decimal;

/// Height of the chart in pixels.
pub const HEIGHT: u32 = 320;
const STEP: &str = "Step";
const KIND: &str = "Kind";
const NUMBER: &str = "No.";
const SINCE: &str = "Since";
const FROM: &str = "From";
const TO: &str = "To";
const LEVEL: &str = "Level";
const RISE: &str = "Rise";
const FALL: &str = "Fall";
const BASE: &str = "Base";
const TOP: &str = "Top";
const UNDER: [&str; 3] = ["Level below zero", "Rise below zero", "Fall below zero"];
const RESIDUAL: &str = "Residual";
const CHECK: &str = "Check";

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
    let sheet = Sheet::data("Chart data", "Figures behind the bridge charts")
        .subtitle("Live formulas; a level's residual is what the steps since the level before it leave unexplained");
    Some(bridges.into_iter().fold(sheet, |sheet, bridge| sheet.block(table(bridge))))
}

/// The header of the changes.
fn change_of(bridge: &Bridge) -> String {
    header_of("Change", &bridge.kind)
}

fn table(bridge: &Bridge) -> Table {
    let mut columns = vec![
        Column::text(STEP),
        Column::text(KIND).help("level: an amount reached; change: a move by one cause."),
        Column::new(NUMBER, Kind::Integer),
        Column::new(SINCE, Kind::Integer).help("The last level above this row."),
        Column::new("Change", bridge.kind.clone()),
    ];
    let figures = formulas(bridge)
        .into_iter()
        .map(|(words, formula)| Column { header: words.to_string(), ..Column::new(words, bridge.kind.clone()) }.formula(formula));
    columns.extend(figures);
    let words = vec![("ok".to_string(), Tone::Good), ("fault".to_string(), Tone::Bad)];
    let verdict = format!("IF({}=0,\"ok\",\"fault\")", this_row(&bridge.name, RESIDUAL));
    columns.push(Column::text(CHECK).formula(verdict).mark(Mark::Words(words)));
    Table::new(&bridge.name, columns).titled(&bridge.title).rows(rows(bridge))
}

/// Every figure that follows from the changes, as one formula a column.
fn formulas(bridge: &Bridge) -> Vec<(&'static str, String)> {
    let own = |header: &str| this_row(&bridge.name, header);
    let (from, to) = (own(FROM), own(TO));
    let change = own(&change_of(bridge));
    let is_level = format!("{}=\"level\"", own(KIND));
    let (changes, numbers) = (column_of(&bridge.name, &change_of(bridge)), column_of(&bridge.name, NUMBER));
    let since = |test: &str| format!("SUMIFS({changes},{numbers},\">=\"&{},{numbers},\"{test}\"&{})", own(SINCE), own(NUMBER));
    let (low, high) = (format!("MIN({from},{to})"), format!("MAX({from},{to})"));
    let above = format!("MAX({high},0)-MAX({low},0)");
    let below = format!("MIN({low},0)-MIN({high},0)");
    let part = |test: &str, size: &str| format!("IF({test},{size},0)");
    let (rises, falls) =
        (format!("AND({}=\"change\",{change}>=0)", own(KIND)), format!("AND({}=\"change\",{change}<0)", own(KIND)));
    vec![
        (TO, format!("IF({is_level},{change},{})", since("<="))),
        (FROM, format!("IF({is_level},0,{to}-{change})")),
        (BASE, format!("IF({low}>0,{low},MIN({high},0))")),
        (LEVEL, part(&is_level, &above)),
        (RISE, part(&rises, &above)),
        (FALL, part(&falls, &above)),
        (UNDER[0], part(&is_level, &below)),
        (UNDER[1], part(&rises, &below)),
        (UNDER[2], part(&falls, &below)),
        (TOP, high),
        (RESIDUAL, format!("IF(AND({is_level},{}>0),ROUND({change}-{},4),0)", own(SINCE), since("<"))),
    ]
}

fn rows(bridge: &Bridge) -> Vec<Vec<Cell>> {
    let (mut level, mut last_level) = (Decimal::ZERO, 0);
    let steps = bridge.steps.iter().enumerate().map(|(index, step)| {
        let from = if step.is_total { Decimal::ZERO } else { level };
        let residual = if step.is_total && last_level > 0 { step.value - level } else { Decimal::ZERO };
        level = if step.is_total { step.value } else { level + step.value };
        let count = |number: usize| Cell::count(number);
        let mut cells = vec![Cell::text(&step.label), Cell::text(if step.is_total { "level" } else { "change" })];
        cells.extend([count(index + 1), count(last_level), changed(step)]);
        cells.extend(figures(step, (from, level)).map(money));
        cells.push(money(residual));
        cells.push(Cell::text(if residual.is_zero() { "ok" } else { "fault" }));
        last_level = if step.is_total { index + 1 } else { last_level };
        cells
    });
    steps.collect()
}

fn changed(step: &Step) -> Cell {
    match &step.formula {
        Some(text) => Cell::formula(text.clone(), money(step.value).value),
        None => money(step.value),
    }
}

/// To, from, base; the part of a step above zero and the part below it, each in the column of its kind; top.
fn figures(step: &Step, (from, to): (Decimal, Decimal)) -> [Decimal; 10] {
    let zero = Decimal::ZERO;
    let (low, high) = (from.min(to), from.max(to));
    let base = if low > zero { low } else { high.min(zero) };
    let (above, below) = (high.max(zero) - low.max(zero), low.min(zero) - high.min(zero));
    let slot = match (step.is_total, step.value >= zero) {
        (true, _) => 0,
        (false, true) => 1,
        (false, false) => 2,
    };
    let part = |index: usize, size: Decimal| if index == slot { size } else { zero };
    [to, from, base, part(0, above), part(1, above), part(2, above), part(0, below), part(1, below), part(2, below), high]
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
    let roles: Vec<Role> = bridge.steps.iter().map(|step| step.role).collect();
    let list = vec![
        series(BASE, Role::Base),
        series(LEVEL, Role::Actual).row_roles(roles),
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
        Kind::Money(..) => header_of("", &bridge.kind).trim().trim_matches(['(', ')']).to_string(),
        _ => String::new(),
    };
    let chart = Chart::new(&bridge.title, ChartKind::StackedColumns, list).axes("", unit).size(bridge.twelfths, HEIGHT);
    chart.alt(&bridge.alt_text)
}
