//! From budget to estimate at completion by cause: a table by initiative, the bridge over its sums, and the variances.
//!
//! Causes: approved changes; price and volume of what was spent (at budget rates, against the budget up to the as-of
//! period); exchange; forecast against the budget of later periods; orders above the forecast; cost without a budget.
//! They add up: each row has its residual, and so has the bridge.

use super::context::{Context, lookup, minus, over, quotient};
use super::cost_position::{TABLE as POSITION, header};
use super::money::{amount, column, total, unit, verdict};
use crate::analysis::cost::{CellKey, Dimension, PositionLine};
use crate::base::id::InitiativeId;
use crate::base::money::Money;
use crate::report::book::{
    Bridge, Cell, Chart, ChartKind, Column, Kind, Mark, Role, Series, Sheet, Step, Table, Total, Value, column_of, this_row,
};
use rust_decimal::Decimal;

/// By initiative and cause.
pub const TABLE: &str = "tbl_causes";
/// Whether a row is part of the bridge.
const COUNTS: &str = "In the bridge";
/// The causes between the current budget and the estimate at completion.
const CAUSES: [&str; 5] = ["Price and volume", "FX", "FC against later PL", "Orders above FC", "Without budget"];

/// The page.
#[must_use]
pub fn sheet(context: &Context<'_>) -> Sheet {
    Sheet::data("Budget to EAC", "From budget to estimate at completion, by cause")
        .subtitle(format!(
            "{}; above zero costs more; every row adds up from its budget to its estimate at completion; figures shown are rounded",
            context.currency()
        ))
        .about("Why each initiative's estimate at completion differs from its budget, by cause.")
        .block(table(context))
}

/// One initiative, or the unassigned bucket.
struct Row {
    id: Option<InitiativeId>,
    name: String,
    original: Value,
    changes: Value,
    budget: Value,
    causes: [Value; 5],
    estimate: Value,
    variance: Value,
}

impl Row {
    fn counts(&self) -> bool {
        matches!(self.estimate, Value::Money(_))
    }

    fn residual(&self) -> Decimal {
        let parts = std::iter::once(&self.budget).chain(&self.causes);
        let explained: Decimal = parts.filter_map(|part| if let Value::Money(part) = part { Some(*part) } else { None }).sum();
        if let Value::Money(estimate) = self.estimate { estimate - explained } else { Decimal::ZERO }
    }
}

fn rows(context: &Context<'_>) -> Vec<Row> {
    let group = context.input.analyses.cost.groups.iter().find(|group| group.dimension == Dimension::Initiative);
    group.map_or_else(Vec::new, |group| group.lines.iter().map(|(label, line)| row(context, label, line)).collect())
}

fn row(context: &Context<'_>, label: &str, line: &PositionLine) -> Row {
    let id = (!label.is_empty()).then(|| InitiativeId::new(label));
    let name = id.as_ref().map_or_else(|| "Unassigned: no initiative on the line".into(), |id| context.name_of(id));
    let (budget, estimate) = (amount(line.budget), amount(line.estimate_at_completion));
    Row {
        causes: causes(context, id.as_ref(), line),
        original: amount(line.original),
        changes: amount(line.changes),
        variance: minus(&estimate, &budget),
        id,
        name,
        budget,
        estimate,
    }
}

fn causes(context: &Context<'_>, id: Option<&InitiativeId>, line: &PositionLine) -> [Value; 5] {
    let (actual, to_come) = (amount(line.actual), amount(line.to_come));
    let estimate = amount(line.estimate_at_completion);
    let none = |why: &str| Value::NotAvailable(why.into());
    let (Value::Money(_), Value::Money(_)) = (&estimate, amount(line.budget)) else {
        let without = if matches!(estimate, Value::Money(_)) { estimate } else { none("no estimate at completion") };
        return [none("no budget"), none("no budget"), none("no budget"), none("no budget"), without];
    };
    let spent_by = budget_to_date(context, id);
    let later = minus(&amount(line.budget), &spent_by);
    let exchange = exchange_effect(context, id);
    let at_budget_rates = if matches!(exchange, Value::Money(_)) { minus(&actual, &exchange) } else { actual.clone() };
    let above = minus(&minus(&estimate, &actual), &to_come);
    [minus(&at_budget_rates, &spent_by), exchange, minus(&to_come, &later), above, Value::Money(Decimal::ZERO)]
}

/// Budget of the periods up to that of the as-of date.
fn budget_to_date(context: &Context<'_>, id: Option<&InitiativeId>) -> Value {
    let position = &context.input.analyses.cost;
    let past = |key: &CellKey| key.period <= position.period;
    let minor =
        position.cube.of(id).filter(|(key, _)| past(key)).filter_map(|(_, cell)| cell.budget()).map(i128::from).sum::<i128>();
    i64::try_from(minor).map_or_else(
        |_| Value::NotAvailable("too large to calculate".into()),
        |minor| Value::Money(Money::new(minor, position.currency).amount()),
    )
}

fn exchange_effect(context: &Context<'_>, id: Option<&InitiativeId>) -> Value {
    let position = &context.input.analyses.cost;
    let found = position.initiatives.iter().find(|each| Some(&each.initiative) == id);
    amount(found.map_or(&position.unassigned, |each| &each.reporting).life.exchange_effect)
}

/// By initiative and cause.
#[must_use]
pub fn table(context: &Context<'_>) -> Table {
    let own = |words: &str| this_row(TABLE, &header(context, words));
    let looked = |words: &str| {
        lookup(&column_of(POSITION, &header(context, words)), &this_row(TABLE, "Initiative"), &column_of(POSITION, "Initiative"))
    };
    let mut columns = vec![Column::text("Initiative").total(Total::Label("Total".into())), Column::text("Name").wide(30)];
    columns.extend(["Original", "Changes", "PL"].map(|words| column(context, words).formula(looked(words)).sum()));
    columns
        .extend(CAUSES.map(|words| column(context, words).sum().mark(Mark::Variance { more_is_good: false }).help(help(words))));
    let parts: Vec<String> = std::iter::once("PL").chain(CAUSES).map(own).collect();
    columns.push(column(context, "EAC").formula(looked("EAC")).sum());
    let residual = format!("IF(ISNUMBER({0}),ROUND({0}-SUM({1}),2),0)", own("EAC"), parts.join(","));
    columns.push(column(context, "Residual").formula(residual).sum());
    columns.push(verdict(format!("IF({}=0,\"ok\",\"fault\")", own("Residual"))));
    columns.push(Column::text(COUNTS).formula(format!("IF(ISNUMBER({}),\"yes\",\"no\")", own("EAC"))));
    let rows = rows(context);
    columns.extend(variance_columns(context, &rows));
    let rows = rows.into_iter().map(cells).collect();
    Table::new(TABLE, columns).keys(2).rows(rows).when_empty("Not available: no budget, ledger or forecast came in.")
}

/// Variances split by good and bad news, for the charts.
fn variance_columns(context: &Context<'_>, rows: &[Row]) -> Vec<Column> {
    let sum = |words: &str| format!("SUM({})", column_of(TABLE, &header(context, words)));
    let value = |pick: fn(&Row) -> &Value| super::context::sum(rows.iter().map(pick));
    let whole = Total::Formula {
        text: format!("ROUND({}-{},4)", sum("EAC"), sum("PL")),
        value: minus(&value(|row| &row.estimate), &value(|row| &row.budget)),
    };
    let own = |words: &str| this_row(TABLE, &header(context, words));
    let (share, variance) = (this_row(TABLE, "dPL %"), own("dPL"));
    let part = |of: &str, side: &str| format!("IF(ISNUMBER({of}),{side}({of},0),0)");
    let percent = |words: &str, text: String| Column::new(words, Kind::Percent).formula(text);
    vec![
        column(context, "dPL").formula(super::context::difference(&own("EAC"), &own("PL"))).total(whole),
        percent("dPL %", quotient(&variance, &own("PL"))),
        column(context, "Over budget").formula(part(&variance, "MAX")),
        column(context, "Under budget").formula(part(&variance, "MIN")),
        percent("Over budget %", part(&share, "MAX")),
        percent("Under budget %", part(&share, "MIN")),
    ]
}

fn help(words: &str) -> &'static str {
    match words {
        "Price and volume" => "Actual cost at budget rates less the budget of the periods up to the as-of date.",
        "FX" => "Actual cost at average rates less the same cost at budget rates.",
        "FC against later PL" => "Forecast to come less the budget of later periods.",
        "Orders above FC" => "What is on order above the forecast to come.",
        _ => "Cost and forecast of what has no budget lines.",
    }
}

fn cells(row: Row) -> Vec<Cell> {
    let (residual, counts) = (row.residual(), row.counts());
    let share = over(&row.variance, &row.budget, "no budget");
    let split = |value: &Value, positive: bool| match value {
        Value::Money(amount) => Value::Money(if positive { (*amount).max(Decimal::ZERO) } else { (*amount).min(Decimal::ZERO) }),
        Value::Number(number) => Value::Number(if positive { number.max(0.0) } else { number.min(0.0) }),
        _ => Value::Money(Decimal::ZERO),
    };
    let sides = [&row.variance, &share].map(|value| [split(value, true), split(value, false)]);
    let mut cells = vec![Cell::text(row.id.map_or_else(|| "(none)".into(), |id| id.to_string())), Cell::text(row.name)];
    cells.extend([row.original, row.changes, row.budget].map(Cell::new));
    cells.extend(row.causes.map(Cell::new));
    cells.extend([row.estimate.into(), Value::Money(residual).into()]);
    cells.push(Cell::text(if residual.is_zero() { "ok" } else { "fault" }));
    cells.push(Cell::text(if counts { "yes" } else { "no" }));
    cells.extend([row.variance, share].map(Cell::new));
    cells.extend(sides.into_iter().flatten().map(Cell::new));
    cells
}

/// The bridge of the portfolio: rows with an estimate at completion.
#[must_use]
pub fn bridge(context: &Context<'_>, twelfths: u8) -> Bridge {
    let rows: Vec<Row> = rows(context).into_iter().filter(Row::counts).collect();
    let kind = context.headline_money();
    let formula =
        |words: &str| format!("SUMIFS({},{},\"yes\")", column_of(TABLE, &header(context, words)), column_of(TABLE, COUNTS));
    let sum = |pick: &dyn Fn(&Row) -> &Value| match total(
        &rows.iter().map(pick).filter(|value| matches!(value, Value::Money(_))).collect::<Vec<_>>(),
    ) {
        Value::Money(amount) => amount,
        _ => Decimal::ZERO,
    };
    let mut steps = vec![
        Step::level("Original budget", sum(&|row| &row.original), Role::Plan).live(formula("Original")),
        Step::change("Approved changes", sum(&|row| &row.changes)).live(formula("Changes")),
        Step::level("Current budget", sum(&|row| &row.budget), Role::Plan).live(formula("PL")),
    ];
    for (index, words) in CAUSES.iter().enumerate() {
        let value = sum(&|row| &row.causes[index]);
        if index < 3 || !value.is_zero() {
            steps.push(Step::change(*words, value).live(formula(words)));
        }
    }
    steps.push(Step::level("Estimate at completion", sum(&|row| &row.estimate), Role::Forecast).live(formula("EAC")));
    Bridge {
        name: "tbl_bridge_eac".into(),
        title: format!("{}: from original budget PL to estimate at completion EAC, by cause, {}", context.input.run.portfolio, unit(&kind)),
        alt_text: "Bridge from the original budget over approved changes to the current budget, and by cause to the estimate at completion.".into(),
        kind,
        more_is_good: false,
        steps,
        twelfths,
    }
}

fn sides(context: &Context<'_>, over: &str, under: &str) -> Vec<Series> {
    let column = |words: &str| if words.ends_with('%') { words.to_string() } else { header(context, words) };
    vec![
        Series::new(TABLE, "Initiative", &column(over), Role::Bad).named("Over budget").labelled(),
        Series::new(TABLE, "Initiative", &column(under), Role::Good).named("Under budget").labelled(),
    ]
}

/// Absolute variances by initiative.
#[must_use]
pub fn absolute(context: &Context<'_>) -> Chart {
    let title = format!("EAC less current budget by initiative: dPL, {}", unit(&context.money()));
    Chart::new(title, ChartKind::Variances, sides(context, "Over budget", "Under budget"))
        .alt("Columns of estimate at completion less current budget by initiative; over budget is red, under budget green.")
        .size(6, 250)
}

/// Relative variances by initiative.
#[must_use]
pub fn relative(context: &Context<'_>) -> Chart {
    Chart::new("EAC less current budget by initiative: dPL %", ChartKind::Pins, sides(context, "Over budget %", "Under budget %"))
        .alt("Pins of estimate at completion less current budget as a share of the budget by initiative.")
        .size(6, 250)
}
