//! Forecasts: every estimate at completion with the range they span, both sums at the top, and every forecast of the
//! finish.

use super::context::{Context, date, difference, figure, minus, money, over, quotient, ratio, rounded, sum};
use super::earned_value::{Headers, TABLE, initiatives, low};
use super::earned_value_live::{Figures, Names};
use super::earned_value_scopes::SCOPES;
use crate::analysis::earned_value::{InitiativeEarnedValue, Performance, PerformanceFactor, Scope, TimeForecast};
use crate::analysis::measure::{Measure, Undefined};
use crate::report::book::{
    Band, Cell, Chart, ChartKind, Column, Kind, Link, Mark, Role, Series, Sheet, Table, Tone, Value, column_of, header_of,
    this_row,
};
use crate::report::parts::context::lookup;
use rust_decimal::Decimal;

/// Estimates at completion by initiative.
const ESTIMATES: &str = "tbl_eac";
/// The range of the estimates, for the chart.
const RANGE: &str = "tbl_eac_range";
/// The portfolio's estimates.
const TOP: &str = "tbl_eac_portfolio";
/// Forecasts in time.
const TIME: &str = "tbl_time";

/// The pages.
#[must_use]
pub fn sheets(context: &Context<'_>) -> Vec<Sheet> {
    let page = Sheet::page("Forecasts", "Estimates at completion and the range they span")
        .subtitle("EAC = AC + (BAC - EV) / PF, each initiative in its own currency; no formula is the right one: the range is the message")
        .about("Every estimate at completion by initiative, lowest and highest, and the index needed from here on.")
        .band(Band::headed(format!("The portfolio, {}: sums and formulas side by side", context.currency()), vec![top(context).into()]))
        .band(Band::headed("The range of the formulas as a share of the budget", vec![range(context).into(), chart(context).into()]))
        .band(Band::headed("Estimates at completion by performance factor PF", vec![estimates(context).into()]));
    let time = Sheet::data("Earned Schedule", "Time: earned schedule and every forecast of the finish")
        .subtitle("Working days of each initiative's calendar; PV planned value, ED earned duration, ES earned schedule method")
        .about("How much of the planned time is earned, and when each method expects the finish.")
        .block(time(context));
    vec![page, time]
}

/// The portfolio's estimates, each with what it leaves of the budget.
fn top(context: &Context<'_>) -> Table {
    let kind = context.money();
    let amount = header_of("EAC", &kind);
    let bac = format!("SUM({})", column_of(TABLE, &Headers::of(context).bac));
    let budget = {
        let table = initiatives(context);
        let at = table.position(&Headers::of(context).bac).unwrap_or_default();
        sum(table.rows.iter().map(|row| &row[at].value))
    };
    let rows = top_rows(context).into_iter().map(|(name, words, cell)| {
        let vac = number_difference(&budget, cell.result());
        vec![Cell::text(name), Cell::text(words), cell, vac.into()]
    });
    let columns = vec![
        Column::new("Estimate", Kind::Prose).wide(15),
        Column::new("How", Kind::Prose).wide(40),
        Column::new("EAC", kind.clone()),
        Column::new("VAC", kind.clone())
            .formula(difference(&bac, &this_row(TOP, &amount)))
            .mark(Mark::Variance { more_is_good: true })
            .help("BAC - EAC. Negative: over budget at the end."),
    ];
    Table::new(TOP, columns).rows(rows.collect()).when_empty("No estimate.")
}

/// `a - b` where either may be an amount or a number.
fn number_difference(a: &Value, b: &Value) -> Value {
    match (figure(a), figure(b)) {
        (Some(a), Some(b)) => Value::Number(a - b),
        _ => minus(a, b),
    }
}

fn top_rows(context: &Context<'_>) -> Vec<(&'static str, String, Cell)> {
    let results = &context.input.analyses.earned_value;
    let portfolio = &results.portfolio;
    let whole = results.scopes.iter().find(|scope| scope.scope == Scope::Portfolio);
    let range = whole.map_or(&portfolio.range, |scope| &scope.range);
    let amount = |value: Measure<Decimal>| Cell::new(money(value, context.currency()));
    let accounts = whole.map_or(Err(Undefined::NoBudget), |scope| scope.sum_of_estimates);
    let by = |label: &str| if label.is_empty() { String::new() } else { format!("of the formulas over the sums: PF = {label}") };
    vec![
        ("Initiatives", "sum of the initiatives' estimates, each by its own CPI".to_string(), sum_of_initiatives(context)),
        ("Control accounts", "sum of the control accounts' estimates, each by its own CPI".to_string(), amount(accounts)),
        ("The whole", "by the portfolio's own CPI: AC + (BAC - EV) / CPI of the sums".to_string(), by_own_index(context)),
        ("Lowest", by(&range.low_by), amount(range.low)),
        ("Highest", by(&range.high_by), amount(range.high)),
        ("Bottom up", "actual cost, open orders and forecast of the cost position".to_string(), amount(range.stated)),
    ]
}

fn sum_of_initiatives(context: &Context<'_>) -> Cell {
    let (table, header) = (initiatives(context), Headers::of(context).eac);
    let at = table.position(&header).unwrap_or_default();
    Cell::formula(format!("SUM({})", column_of(TABLE, &header)), sum(table.rows.iter().map(|row| &row[at].value)))
}

/// The formula over the sums of the table of initiatives.
fn by_own_index(context: &Context<'_>) -> Cell {
    let (table, headers) = (initiatives(context), Headers::of(context));
    let column = |header: &String| {
        let at = table.position(header).unwrap_or_default();
        (format!("SUM({})", column_of(TABLE, header)), sum(table.rows.iter().map(|row| &row[at].value)))
    };
    let [bac, pv, ev, ac] = [&headers.bac, &headers.pv, &headers.ev, &headers.ac].map(column);
    let names = Names { bac: bac.0, pv: pv.0, ev: ev.0, ac: ac.0 };
    let figures = Figures { bac: bac.1, pv: pv.1, ev: ev.1, ac: ac.1 };
    Cell::formula(names.headline_estimate(), figures.headline_estimate())
}

/// Headers of the base measures and indices in the table of estimates.
fn names() -> Names {
    let [bac, pv, ev, ac] = ["BAC", "PV", "EV", "AC"].map(|header| this_row(ESTIMATES, header));
    Names { bac, pv, ev, ac }
}

/// How a formula writes a performance factor; none for one that the engine alone knows.
fn factor_text(label: &str) -> Option<String> {
    let factor = PerformanceFactor::ALL.into_iter().find(|factor| factor.label() == label)?;
    let [spi, cpi, time] = ["SPI", "CPI", "SPI(t)"].map(|header| this_row(ESTIMATES, header));
    let both = |a: &str, b: &str, text: String| format!("IF(COUNT({a},{b})=2,{text},0)");
    Some(match factor {
        PerformanceFactor::Planned => "1".to_string(),
        PerformanceFactor::Cpi => cpi,
        PerformanceFactor::Spi => spi,
        PerformanceFactor::SpiTime => time,
        PerformanceFactor::Sci => both(&spi, &cpi, format!("{spi}*{cpi}")),
        PerformanceFactor::SciTime => both(&time, &cpi, format!("{time}*{cpi}")),
        PerformanceFactor::WeightedSpi => both(&spi, &cpi, format!("0.8*{cpi}+0.2*{spi}")),
        PerformanceFactor::WeightedSpiTime => both(&time, &cpi, format!("0.8*{cpi}+0.2*{time}")),
        PerformanceFactor::LastThree | PerformanceFactor::LastSix => return None,
    })
}

/// What that text comes to.
fn factor_value(label: &str, spi: &Value, cpi: &Value, time: &Value) -> Option<Value> {
    let factor = PerformanceFactor::ALL.into_iter().find(|factor| factor.label() == label)?;
    let both = |a: &Value, f: fn(f64, f64) -> f64| match (figure(a), figure(cpi)) {
        (Some(a), Some(cpi)) => Value::Number(f(a, cpi)),
        (None, _) => a.result().clone(),
        _ => cpi.result().clone(),
    };
    Some(match factor {
        PerformanceFactor::Planned => Value::Number(1.0),
        PerformanceFactor::Cpi => cpi.clone(),
        PerformanceFactor::Spi => spi.clone(),
        PerformanceFactor::SpiTime => time.clone(),
        PerformanceFactor::Sci => both(spi, |a, cpi| a * cpi),
        PerformanceFactor::SciTime => both(time, |a, cpi| a * cpi),
        PerformanceFactor::WeightedSpi => both(spi, |a, cpi| 0.8 * cpi + 0.2 * a),
        PerformanceFactor::WeightedSpiTime => both(time, |a, cpi| 0.8 * cpi + 0.2 * a),
        PerformanceFactor::LastThree | PerformanceFactor::LastSix => return None,
    })
}

fn header(label: &str) -> String {
    format!("EAC, PF = {label}")
}

/// The performance factors of the range, in its order; all of them where there is no range, so that formulas name columns
/// that are there.
fn labels(context: &Context<'_>) -> Vec<String> {
    let results = &context.input.analyses.earned_value.initiatives;
    let longest = results.iter().map(|each| &each.range.by).filter(|by| !by.is_empty()).max_by_key(|by| by.len());
    longest.map_or_else(
        || PerformanceFactor::ALL.iter().map(|factor| factor.label().to_string()).collect(),
        |by| by.iter().map(|(label, _)| label.clone()).collect(),
    )
}

/// Estimates at completion by performance factor, and the range they span.
#[must_use]
pub fn estimates(context: &Context<'_>) -> Table {
    let labels = labels(context);
    let rows = (context.input.analyses.earned_value.initiatives.iter())
        .filter_map(|each| Some(estimate_cells(context, each, each.current()?, &labels)))
        .collect();
    Table::new(ESTIMATES, columns(context, &labels)).keys(2).rows(rows).when_empty("No initiative has a budget.")
}

fn columns(context: &Context<'_>, labels: &[String]) -> Vec<Column> {
    let (own, plain) = (names(), Kind::Number(0));
    let index = |words: &str| Column::new(words, Kind::Ratio);
    let mut columns = vec![Column::text("Initiative").wide(15), Column::text("Name").wide(40), Column::text("Currency").wide(12)];
    columns.extend(["BAC", "PV", "EV", "AC"].map(|words| Column::new(words, plain.clone())));
    columns.extend([
        index("SPI").formula(own.schedule_index()).mark(low(context)),
        index("CPI").formula(own.cost_index()).mark(low(context)),
        index("SPI(t)").mark(low(context)),
    ]);
    columns.extend(labels.iter().map(|label| {
        let column = Column::new(&header(label), plain.clone());
        match factor_text(label) {
            Some(text) => column.formula(own.estimate(&text)),
            None => column,
        }
    }));
    let all: Vec<String> = labels.iter().map(|label| this_row(ESTIMATES, &header(label))).collect();
    let end = |pick: &str| format!("IF(COUNT({0})>0,{pick}({0}),\"n/a\")", all.join(","));
    let words = [("inside", Tone::Good), ("below", Tone::Bad), ("above", Tone::Warn)];
    let (lowest, highest, stated) =
        (this_row(ESTIMATES, "Lowest"), this_row(ESTIMATES, "Highest"), this_row(ESTIMATES, "Bottom up"));
    let lies = format!(
        "IF(COUNT({lowest},{highest},{stated})=3,IF({stated}<{lowest},\"below\",IF({stated}>{highest},\"above\",\"inside\")),\"n/a\")"
    );
    let by_cost = this_row(ESTIMATES, &header(PerformanceFactor::Cpi.label()));
    columns.extend([
        Column::new("Lowest", plain.clone()).formula(end("MIN")),
        Column::new("Highest", plain.clone()).formula(end("MAX")),
        Column::new("Bottom up", plain.clone()).help("Actual cost, open orders and forecast of the cost position."),
        Column::text("Lies")
            .formula(lies)
            .mark(Mark::Words(words.map(|(word, tone)| (word.to_string(), tone)).to_vec()))
            .help("Where the estimate from the bottom up lies. Below the range: more is promised than any formula sees."),
        Column::new("Sum of control accounts", plain).formula(accounts_formula()).help("Each control account by its own CPI."),
        index("TCPI to BAC").formula(own.to_complete(&own.bac)).help("Index needed on the work left to finish on budget."),
        index("TCPI to EAC").formula(own.to_complete(&by_cost)).help("Index needed to finish on the estimate by CPI."),
    ]);
    columns
}

/// The control accounts' estimates, added up; none where one of them has none.
fn accounts_formula() -> String {
    let [eac, level, initiative] = ["EAC", "Level", "Initiative"].map(|header| column_of(SCOPES, header));
    let tests = format!("{level},\"control account\",{initiative},{}", this_row(ESTIMATES, "Initiative"));
    format!("IF(COUNTIFS({tests},{eac},\"n/a\")+(COUNTIFS({tests})=0)=0,SUMIFS({eac},{tests}),\"n/a\")")
}

/// As the formula adds them up, over the rows of the table of scopes.
fn accounts_sum(context: &Context<'_>, each: &InitiativeEarnedValue) -> Value {
    let table = super::earned_value_scopes::scopes(context);
    let at = |header: &str| table.position(header).unwrap_or_default();
    let (level, initiative, eac) = (at("Level"), at("Initiative"), at("EAC"));
    let is_account = |row: &&Vec<Cell>| {
        row[level].result() == &Value::Text("control account".into())
            && row[initiative].result() == &Value::Text(each.initiative.to_string())
    };
    let estimates: Vec<&Value> = table.rows.iter().filter(is_account).map(|row| row[eac].result()).collect();
    let missing = estimates.iter().find(|value| figure(value).is_none());
    match missing {
        Some(none) => (*none).clone(),
        None if estimates.is_empty() => Value::NotAvailable(Undefined::NoBudget.reason().into()),
        None => Value::Number(estimates.into_iter().filter_map(figure).sum()),
    }
}

fn estimate_cells(context: &Context<'_>, each: &InitiativeEarnedValue, current: &Performance, labels: &[String]) -> Vec<Cell> {
    let amount = |amount: Decimal| Value::Money(rounded(amount, each.currency));
    let base = &current.base;
    let figures = Figures {
        bac: amount(base.budget_at_completion),
        pv: amount(base.planned_value),
        ev: amount(base.earned_value),
        ac: money(base.actual_cost, each.currency),
    };
    let (spi, cpi) = (figures.schedule_index(), figures.cost_index());
    let time = ratio(current.time.schedule_performance_index);
    let engine =
        |label: &String| each.range.by.iter().find(|(of, _)| of == label).map_or(Err(Undefined::NoBudget), |(_, value)| *value);
    let estimates: Vec<Value> = labels
        .iter()
        .map(|label| match factor_value(label, &spi, &cpi, &time) {
            Some(factor) => figures.estimate(&factor),
            None => money(engine(label), each.currency),
        })
        .collect();
    let by_cost = labels.iter().position(|label| label == PerformanceFactor::Cpi.label()).map(|at| estimates[at].clone());
    let mut cells = vec![
        context.initiative_cell(&each.initiative).link(Link::Table { table: TABLE.into(), row: None }),
        Cell::text(context.name_of(&each.initiative)),
        Cell::text(each.currency.code()),
    ];
    cells.extend([&figures.bac, &figures.pv, &figures.ev, &figures.ac, &spi, &cpi, &time].map(|value| Cell::new(value.clone())));
    cells.extend(ends(&estimates, &money(each.range.stated, each.currency)).into_iter().map(Cell::new));
    cells.push(accounts_sum(context, each).into());
    cells.push(figures.to_complete(&figures.bac, Undefined::NotAchievable).into());
    let target = by_cost.unwrap_or_else(|| Value::NotAvailable(Undefined::NoBudget.reason().into()));
    cells.push(figures.to_complete(&target, Undefined::EstimateSpent).into());
    cells
}

/// The estimates, the lowest, the highest, the one from the bottom up, and where it lies.
fn ends(estimates: &[Value], stated: &Value) -> Vec<Value> {
    let known: Vec<f64> = estimates.iter().filter_map(figure).collect();
    let reason = estimates.iter().find(|value| figure(value).is_none()).cloned();
    let none = || reason.clone().unwrap_or_else(|| Value::NotAvailable(Undefined::NoBudget.reason().into()));
    let end = |pick: fn(f64, f64) -> f64| known.iter().copied().reduce(pick).map_or_else(none, Value::Number);
    let (lowest, highest) = (end(f64::min), end(f64::max));
    let lies = match (figure(&lowest), figure(&highest), figure(stated)) {
        (Some(lowest), _, Some(stated)) if stated < lowest => Value::Text("below".into()),
        (_, Some(highest), Some(stated)) if stated > highest => Value::Text("above".into()),
        (Some(_), Some(_), Some(_)) => Value::Text("inside".into()),
        (Some(_), Some(_), None) => stated.clone(),
        _ => none(),
    };
    estimates.iter().cloned().chain([lowest, highest, stated.clone(), lies]).collect()
}

/// The ends of the range and the estimate by CPI as shares of the budget.
fn range(context: &Context<'_>) -> Table {
    let detail = estimates(context);
    let of =
        |header: &str| lookup(&column_of(ESTIMATES, header), &this_row(RANGE, "Initiative"), &column_of(ESTIMATES, "Initiative"));
    let by_cost = header(PerformanceFactor::Cpi.label());
    let share = |top: &str| quotient(&of(top), &of("BAC"));
    let step = |to: &str, from: &str| {
        let (a, b, bac) = (of(to), of(from), of("BAC"));
        format!("IF(COUNT({a},{b},{bac})=3,({a}-{b})/{bac},\"n/a\")")
    };
    let column = |words: &str, formula: String| Column::new(words, Kind::Percent).formula(formula);
    let columns = vec![
        Column::text("Initiative").wide(15),
        Column::text("Name").wide(40),
        column("Lowest", share("Lowest")),
        column("Lowest to CPI", step(&by_cost, "Lowest")),
        column("CPI to highest", step("Highest", &by_cost)),
        column("Bottom up", share("Bottom up")),
    ];
    let at = |header: &str| detail.position(header).unwrap_or_default();
    let (bac, lowest, middle, highest, stated) = (at("BAC"), at("Lowest"), at(&by_cost), at("Highest"), at("Bottom up"));
    let row = |row: &Vec<Cell>| {
        let value = |column: usize| row[column].result();
        let part = |to: usize, from: usize| match (figure(value(to)), figure(value(from)), figure(value(bac))) {
            (Some(to), Some(from), Some(bac)) if bac != 0.0 => Value::Number((to - from) / bac),
            (None, ..) => value(to).clone(),
            _ => value(from).clone(),
        };
        let share = |of: usize| over(value(of), value(bac), Undefined::NoBudget.reason());
        vec![
            row[0].clone(),
            row[1].clone(),
            share(lowest).into(),
            part(middle, lowest).into(),
            part(highest, middle).into(),
            share(stated).into(),
        ]
    };
    let is_drawn = |row: &&Vec<Cell>| figure(row[middle].result()).is_some();
    let rows = detail.rows.iter().filter(is_drawn).map(row).collect();
    Table::new(RANGE, columns).rows(rows).when_empty("No initiative has a CPI yet.")
}

fn chart(context: &Context<'_>) -> Chart {
    let table = range(context);
    let series = |column: &str, role: Role| Series::new(RANGE, "Initiative", column, role);
    let bars = vec![
        series("Lowest", Role::Base),
        series("Lowest to CPI", Role::Previous).named("Lowest to the estimate by CPI"),
        series("CPI to highest", Role::Forecast).named("Estimate by CPI to the highest"),
    ];
    let lowest = table.rows.iter().filter_map(|row| figure(row[2].result())).fold(1.0, f64::min);
    let floor = ((lowest - 0.05) * 10.0).floor() / 10.0;
    Chart::new("Estimates at completion as a share of the budget: lowest, by CPI, highest (100% = budget)", ChartKind::StackedColumns, bars)
        .alt("Columns from the lowest to the highest estimate at completion of each initiative, as a share of its budget; the change of pattern is the estimate by CPI.")
        .y_range(Some(floor.max(0.0)), None)
        .size(7, 320)
}

/// Earned schedule by initiative: results of the engine, in days of each initiative's calendar.
#[must_use]
pub fn time(context: &Context<'_>) -> Table {
    let results = &context.input.analyses.earned_value.initiatives;
    let rows = results.iter().filter_map(|each| Some(time_row(context, each, each.current()?))).collect();
    let [es, at] = ["Earned schedule ES (days)", "Actual time AT (days)"].map(|header| this_row(TIME, header));
    let methods: Vec<String> = TimeForecast::ALL.iter().map(|method| this_row(TIME, method.label())).collect();
    let end = |pick: &str| format!("IF(COUNT({0})>0,{pick}({0}),\"n/a\")", methods.join(","));
    let mut columns = vec![
        Column::text("Initiative"),
        Column::text("Name").wide(26),
        Column::new("Planned duration PD", Kind::Days),
        Column::new("Actual time AT", Kind::Days),
        Column::new("Earned schedule ES", Kind::Days),
        Column::new("SV(t)", Kind::Days).mark(Mark::Variance { more_is_good: true }).formula(difference(&es, &at)),
        Column::new("SPI(t)", Kind::Ratio).mark(low(context)).formula(quotient(&es, &at)),
        Column::new("TSPI", Kind::Ratio).help("Pace needed on the time left to finish as planned: (PD - ES) / (PD - AT)."),
        Column::new("TSPI to forecast", Kind::Ratio).help("Pace needed to finish as ES with SPI(t) forecasts."),
        Column::new("Adherence p", Kind::Ratio).help("Share of the work planned by ES that was done where it was planned."),
        Column::new("Baseline finish", Kind::Date),
        Column::new("By plan logic", Kind::Date).help("From the network of activities, as on the Initiatives page."),
    ];
    columns.extend(TimeForecast::ALL.iter().map(|method| Column::new(method.label(), Kind::Date)));
    columns.extend([
        Column::new("Earliest", Kind::Date).formula(end("MIN")).help("Of the nine methods."),
        Column::new("Latest", Kind::Date).formula(end("MAX")).help("Of the nine methods."),
    ]);
    Table::new(TIME, columns).keys(2).rows(rows).when_empty("No initiative has baseline dates.")
}

fn time_row(context: &Context<'_>, each: &InitiativeEarnedValue, current: &Performance) -> Vec<Cell> {
    let time = &current.time;
    let days = |minutes: Measure<i64>| ratio(minutes.map(|minutes| time.days(minutes)));
    let (spent, earned) = (days(Ok(time.actual_time)), days(time.earned_schedule));
    let difference = match (&earned, &spent) {
        (Value::Number(earned), Value::Number(spent)) => Value::Number(earned - spent),
        (none, _) => none.clone(),
    };
    let plan = context.input.analyses.schedules.current.initiatives.iter().find(|plan| plan.initiative == each.initiative);
    let finishes: Vec<Value> = TimeForecast::ALL.iter().map(|method| date(time.finish(*method))).collect();
    let dates = || finishes.iter().filter_map(|value| if let Value::Date(day) = value { Some(*day) } else { None });
    let none = || finishes[0].clone();
    let (earliest, latest) = (dates().min().map_or_else(none, Value::Date), dates().max().map_or_else(none, Value::Date));
    let mut cells = vec![
        context.initiative_cell(&each.initiative),
        Cell::text(context.name_of(&each.initiative)),
        days(Ok(time.planned_duration)).into(),
        spent.clone().into(),
        earned.clone().into(),
        difference.into(),
        over(&earned, &spent, "no time has passed since the start").into(),
        ratio(time.to_complete_index).into(),
        ratio(time.to_complete_index_estimate).into(),
        ratio(time.schedule_adherence).into(),
        super::context::finish(each.curve.finish, "no baseline dates"),
        super::context::finish(plan.and_then(|plan| plan.finish), "no activities"),
    ];
    cells.extend(finishes.iter().cloned().chain([earliest, latest]).map(Cell::new));
    cells
}
