//! Cash: what leaves and comes in by month, how fast money is spent, and how long the budget lasts.

use super::context::{Context, difference, lookup, minus, over};
use super::cost_position::{TABLE as POSITION, header};
use super::initiatives;
use super::money::{added, amount, column, message, total, unit, words};
use crate::analysis::cost::{Burn, CashMonth};
use crate::base::money::Money;
use crate::report::book::{
    Band, Block, Cell, Chart, ChartKind, Column, Kind, Mark, Note, Role, Series, Sheet, Table, Tone, Total, Value, column_of,
    this_row,
};
use rust_decimal::Decimal;

/// By month.
pub const TABLE: &str = "tbl_cash";
/// Burn rate and runway.
const BURN: &str = "tbl_burn";
/// Months ahead that the headline counts.
const SOON: usize = 3;
/// The word of those months.
pub const NEXT: &str = "next 3";
const NONE: &str = "Not available: no ledger, forecast or funding came in.";

/// The page.
#[must_use]
pub fn sheet(context: &Context<'_>) -> Sheet {
    let days = context.portfolio().settings.finance.payment_days;
    let sheet = Sheet::page("Cash Flow", "Cash flow: what leaves, what comes in, and how long the budget lasts")
        .subtitle(format!(
            "{}; AC paid, FC expected to leave {days} days after the cost arises; figures shown are rounded",
            context.currency()
        ))
        .about("Cash out and funding in by month, burn rate and runway.")
        .block(headline(context));
    if context.input.analyses.cost.cash.months.is_empty() {
        return sheet;
    }
    sheet
        .band(Band::of(charts(context)))
        .band(Band::headed("Burn rate and runway", vec![burn(context).into()]))
        .block(Note::plain(vec![format!(
            "Burn rate: the mean actual cost of the last {} whole periods. Runway: current budget less actual cost, at that rate; short where it ends before the forecast finish.",
            context.portfolio().settings.finance.burn_periods.max(1)
        )]))
        .band(Band::headed("By month", vec![table(context).into()]).on_new_page())
}

/// Which months the headline counts.
fn when(context: &Context<'_>, index: usize) -> &'static str {
    let months = &context.input.analyses.cost.cash.months;
    let past = months.iter().take_while(|month| month.is_past).count();
    if index < past {
        "past"
    } else if index < past + SOON {
        NEXT
    } else {
        "later"
    }
}

/// Cash expected to leave in the next months.
#[must_use]
pub fn soon(context: &Context<'_>) -> Value {
    let months = context.input.analyses.cost.cash.months.iter().enumerate();
    let next: Vec<Value> = months.filter(|(index, _)| when(context, *index) == NEXT).map(|(_, month)| out(month)).collect();
    if next.is_empty() {
        return Value::NotAvailable("no forecast of later months".into());
    }
    total(&next.iter().collect::<Vec<_>>())
}

fn out(month: &CashMonth) -> Value {
    total(&[&amount(month.paid), &amount(month.expected)])
}

fn headline(context: &Context<'_>) -> Note {
    let position = &context.input.analyses.cost;
    if position.cash.months.is_empty() {
        return message(Tone::Neutral, &[NONE.into()]);
    }
    let mut told = Vec::new();
    if let Value::Money(soon) = soon(context) {
        let money = Money::rounded(soon, context.currency());
        told.extend(money.ok().map(|money| format!("{} is expected to leave in the next three months.", words(money))));
    }
    let whole = position.burn.iter().find(|burn| burn.initiative.is_none());
    told.extend(whole.and_then(runway_words));
    let short = shortfall(&position.cash.months);
    told.extend(short.map(|(month, gap)| {
        format!(
            "Funding falls short from {}: {} is missing by then.",
            context.portfolio().settings.fiscal.label(month.period),
            words(gap)
        )
    }));
    message(if short.is_some() { Tone::Warn } else { Tone::Neutral }, &told)
}

fn runway_words(burn: &Burn) -> Option<String> {
    let rate = burn.per_period.ok()?;
    let lasts = match (burn.runway_periods, burn.runs_out) {
        (Ok(periods), Ok(day)) => format!("at that rate the budget lasts {periods:.1} periods, until {}", day.format("%d %b %Y")),
        (Err(why), _) | (_, Err(why)) => format!("no runway: {}", why.reason()),
    };
    Some(format!("{} a period was spent lately; {lasts}.", words(rate)))
}

/// The first month to come by which more has left than came in, and by how much.
fn shortfall(months: &[CashMonth]) -> Option<(&CashMonth, Money)> {
    months.iter().filter(|month| !month.is_past).find_map(|month| {
        let gap = month.cumulative_out.ok()?.checked_sub(month.cumulative_in.ok()?).ok()?;
        (gap.minor > 0).then_some((month, gap))
    })
}

/// Cash by month.
#[must_use]
pub fn table(context: &Context<'_>) -> Table {
    let own = |words: &str| this_row(TABLE, &header(context, words));
    let end = this_row(TABLE, "Month end");
    let running = |words: &str| {
        let cells = column_of(TABLE, &header(context, words));
        format!("IF(ISNUMBER({}),SUMIFS({cells},{},\"<=\"&{end}),\"n/a\")", own(words), column_of(TABLE, "Month end"))
    };
    let columns = vec![
        Column::new("Month end", Kind::Date).total(Total::Label("Total".into())),
        Column::text("Period"),
        Column::text("When"),
        column(context, "AC paid").sum().help("Actuals posted in the month, without accruals."),
        column(context, "FC expected").sum().help("Open accruals and forecast, at the month in which they are paid."),
        column(context, "Out").formula(added(&[&own("AC paid"), &own("FC expected")])).sum(),
        column(context, "Out, cumulative").formula(running("Out")),
        column(context, "Funding").sum().help("Funding whose window opens in the month."),
        column(context, "Funding, cumulative").formula(running("Funding")),
        column(context, "Funding less out")
            .formula(difference(&own("Funding, cumulative"), &own("Out, cumulative")))
            .mark(Mark::Variance { more_is_good: true })
            .help("Cumulative; below zero more has left than came in."),
        column(context, "As of").help("Marks the as-of date in the chart."),
    ];
    let months = &context.input.analyses.cost.cash.months;
    let rows = months.iter().enumerate().map(|(index, month)| month_row(context, index, month)).collect();
    Table::new(TABLE, columns).keys(2).rows(rows).when_empty(NONE)
}

fn month_row(context: &Context<'_>, index: usize, month: &CashMonth) -> Vec<Cell> {
    let fiscal = &context.portfolio().settings.fiscal;
    let months = &context.input.analyses.cost.cash.months;
    let (spent, funds) = (amount(month.cumulative_out), amount(month.cumulative_in));
    let is_as_of = month.is_past && months.get(index + 1).is_none_or(|next| !next.is_past);
    let top =
        months.iter().flat_map(|month| [month.cumulative_out, month.cumulative_in]).filter_map(Result::ok).map(Money::amount);
    vec![
        Value::Date(fiscal.end(month.period)).into(),
        Cell::text(month.period.to_string()),
        Cell::text(when(context, index)),
        amount(month.paid).into(),
        amount(month.expected).into(),
        out(month).into(),
        spent.clone().into(),
        amount(month.funding).into(),
        funds.clone().into(),
        minus(&funds, &spent).into(),
        if is_as_of { Value::Money(top.max().unwrap_or(Decimal::ZERO)).into() } else { Cell::blank() },
    ]
}

fn charts(context: &Context<'_>) -> Vec<Block> {
    let series = |words: &str, role: Role, name: &str| Series::new(TABLE, "Month end", &header(context, words), role).named(name);
    let unit = unit(&context.money());
    let months = vec![series("AC paid", Role::Actual, "Paid AC"), series("FC expected", Role::Forecast, "Expected FC")];
    let mut running = vec![series("Out, cumulative", Role::Actual, "Out: AC and FC")];
    if context.input.analyses.cost.cash.months.iter().any(|month| month.cumulative_in.is_ok()) {
        running.push(series("Funding, cumulative", Role::Earned, "Funding"));
    }
    running.push(series("As of", Role::AsOf, "As of"));
    let portfolio = &context.input.run.portfolio;
    vec![
        Chart::new(format!("{portfolio}: cash out by month, {unit}"), ChartKind::StackedColumns, months)
            .alt("Columns of cash paid, and expected to be paid, by month.")
            .size(7, 280)
            .into(),
        Chart::new(format!("Cash out and funding, cumulative, {unit}"), ChartKind::Line, running)
            .alt("Lines of cumulative cash out and cumulative funding by month, with the as-of date marked.")
            .size(5, 280)
            .into(),
    ]
}

/// Burn rate and runway.
#[must_use]
pub fn burn(context: &Context<'_>) -> Table {
    let own = |words: &str| this_row(BURN, &header(context, words));
    let (left, rate) = (own("Remaining"), own("Burn a period"));
    let runway = format!("IF(COUNT({left},{rate})=2,IF(AND({left}>0,{rate}>0),{left}/{rate},\"n/a\"),\"n/a\")");
    let (ends, finish) = (this_row(BURN, "Runs out"), this_row(BURN, "Forecast finish"));
    let words = [("short", Tone::Warn), ("lasts", Tone::Good)].map(|(word, tone)| (word.to_string(), tone)).to_vec();
    let columns = vec![
        Column::text("Initiative"),
        Column::text("Name").wide(30),
        column(context, "PL"),
        column(context, "AC"),
        column(context, "Remaining")
            .formula(difference(&own("PL"), &own("AC")))
            .mark(Mark::Low { bad: 0.0, warn: 0.0 })
            .help("Current budget less actual cost."),
        column(context, "Burn a period").help("Mean actual cost of the last whole periods."),
        Column::new("Runway (periods)", Kind::Number(1)).formula(runway).help("Remaining budget over the burn rate."),
        Column::new("Runs out", Kind::Date),
        Column::new("Forecast finish", Kind::Date),
        Column::text("Verdict")
            .formula(format!("IF(COUNT({ends},{finish})=2,IF({ends}<{finish},\"short\",\"lasts\"),\"n/a\")"))
            .mark(Mark::Words(words)),
    ];
    let rows = context.input.analyses.cost.burn.iter().map(|burn| burn_row(context, burn)).collect();
    Table::new(BURN, columns).keys(2).rows(rows).when_empty(NONE)
}

fn burn_row(context: &Context<'_>, burn: &Burn) -> Vec<Cell> {
    let id = burn.initiative.as_ref().map_or_else(|| "Portfolio".to_string(), ToString::to_string);
    let name = burn.initiative.as_ref().map_or_else(|| context.input.run.portfolio.clone(), |id| context.name_of(id));
    let [budget, actual] = ["PL", "AC"].map(|words| position_figure(context, burn, words));
    let left = minus(budget.result(), actual.result());
    let rate = amount(burn.per_period);
    let above_zero = |value: &Value| super::context::figure(value).is_some_and(|figure| figure > 0.0);
    let runway = if above_zero(&left) && above_zero(&rate) {
        over(&left, &rate, "nothing spent lately")
    } else {
        Value::NotAvailable(burn.runway_periods.err().map_or("no figure", crate::analysis::measure::Undefined::reason).into())
    };
    let ends = burn.runs_out.map_or_else(|why| Value::NotAvailable(why.reason().into()), Value::Date);
    let finish = finish(context, burn);
    let verdict = match (&ends, finish.result()) {
        (Value::Date(ends), Value::Date(finish)) => Cell::text(if ends < finish { "short" } else { "lasts" }),
        (Value::NotAvailable(why), _) => Cell::not_available(why.clone()),
        _ => Cell::not_available("no forecast finish"),
    };
    vec![Cell::text(id), Cell::text(name), budget, actual, left.into(), rate.into(), runway.into(), ends.into(), finish, verdict]
}

/// A figure of the position: the row of the initiative, or the whole of those that have a budget.
fn position_figure(context: &Context<'_>, burn: &Burn, figure: &str) -> Cell {
    let table = super::cost_position::table(context, crate::analysis::cost::Dimension::Initiative);
    let (values, ids) = (column_of(POSITION, &header(context, figure)), column_of(POSITION, "Initiative"));
    let Some(at) = table.position(&header(context, figure)) else { return Cell::blank() };
    let Some(id) = &burn.initiative else {
        return super::money::live_sum(&table, &header(context, figure), "no such figure");
    };
    let row = table.rows.iter().find(|row| row[0].result() == &Value::Text(id.to_string()));
    let Some(row) = row else { return Cell::not_available("no money on it") };
    let value = row[at].result().clone();
    Cell::formula(lookup(&values, &this_row(BURN, "Initiative"), &ids), value)
}

/// The forecast finish of the initiative, or the last of all.
fn finish(context: &Context<'_>, burn: &Burn) -> Cell {
    let table = initiatives::table(context);
    let finishes = column_of(&table.name, "Forecast finish");
    let (Some(at), Some(key)) = (table.position("Forecast finish"), table.position("Initiative")) else { return Cell::blank() };
    let Some(id) = &burn.initiative else {
        let days = table.rows.iter().filter_map(|row| if let Value::Date(day) = row[at].result() { Some(*day) } else { None });
        let last = days.max().map_or_else(|| Value::NotAvailable("no activities".into()), Value::Date);
        return Cell::formula(format!("IF(COUNT({finishes})>0,MAX({finishes}),\"n/a\")"), last);
    };
    let Some(row) = table.rows.iter().find(|row| row[key].result() == &Value::Text(id.to_string())) else {
        return Cell::not_available("no such initiative");
    };
    let text = lookup(&finishes, &this_row(BURN, "Initiative"), &column_of(&table.name, "Initiative"));
    Cell::formula(text, row[at].result().clone())
}

/// The formula of `soon`.
#[must_use]
pub fn soon_formula(context: &Context<'_>) -> String {
    format!("SUMIFS({},{},\"{NEXT}\")", column_of(TABLE, &header(context, "Out")), column_of(TABLE, "When"))
}
