//! The S-curve: planned value, earned value, actual cost and the way to the estimate at completion, over time.

use super::context::{Context, difference, minus, money, over, quotient, ratio, rounded};
use crate::analysis::earned_value::{Performance, Side};
use crate::analysis::outlook;
use crate::base::day::{Day, Moment};
use crate::report::book::{Cell, Chart, ChartKind, Column, Kind, Mark, Role, Series, Table, Value, header_of, this_row};
use rust_decimal::Decimal;

/// The portfolio at each status date.
pub const HISTORY: &str = "tbl_ev_history";
/// Points of the S-curve.
pub const CURVE: &str = "tbl_curve";

/// Most points of the curve; a longer plan is shown by quarters or years.
const MOST_POINTS: i64 = 120;

/// The portfolio's measures at each status date.
#[must_use]
pub fn history(context: &Context<'_>) -> Table {
    let money_kind = context.money();
    let name = |words: &str| this_row(HISTORY, &header_of(words, &money_kind));
    let (bac, pv, ev, ac) = (name("BAC"), name("PV"), name("EV"), name("AC"));
    let capped = format!("MIN({ev},{bac})");
    let columns = vec![
        Column::new("Status date", Kind::Date),
        Column::new("BAC", money_kind.clone()),
        Column::new("PV", money_kind.clone()),
        Column::new("EV", money_kind.clone()),
        Column::new("AC", money_kind.clone()),
        Column::new("SV", money_kind.clone()).formula(difference(&ev, &pv)).mark(Mark::Variance { more_is_good: true }),
        Column::new("CV", money_kind).formula(difference(&ev, &ac)).mark(Mark::Variance { more_is_good: true }),
        Column::new("SPI", Kind::Ratio).formula(quotient(&capped, &pv)),
        Column::new("CPI", Kind::Ratio).formula(quotient(&capped, &ac)),
        Column::new("SPI(t)", Kind::Ratio),
        Column::new("On plan", Kind::Ratio).help("1.00: as planned."),
    ];
    let rows = context.input.analyses.earned_value.portfolio.history.iter().map(|at| history_row(context, at)).collect();
    Table::new(HISTORY, columns).rows(rows).when_empty("No status date yet.")
}

fn history_row(context: &Context<'_>, at: &Performance) -> Vec<Cell> {
    let currency = context.currency();
    let amount = |amount: Decimal| Value::Money(rounded(amount, currency));
    let (bac, pv, ev) = (amount(at.base.budget_at_completion), amount(at.base.planned_value), amount(at.base.earned_value));
    let ac = money(at.base.actual_cost, currency);
    let capped = if at.base.earned_value > at.base.budget_at_completion { bac.clone() } else { ev.clone() };
    vec![
        Value::Date(at.base.status.finish_day()).into(),
        bac.into(),
        pv.clone().into(),
        ev.clone().into(),
        ac.clone().into(),
        minus(&ev, &pv).into(),
        minus(&ev, &ac).into(),
        over(&capped, &pv, "not started by plan").into(),
        over(&capped, &ac, "nothing spent yet").into(),
        ratio(at.time.schedule_performance_index).into(),
        Value::Number(1.0).into(),
    ]
}

/// Indices of the portfolio over time, from the first date at which all of them exist.
#[must_use]
pub fn indices_chart(context: &Context<'_>) -> Chart {
    let table = history(context);
    let defined = |row: &Vec<Cell>| row[7..10].iter().all(|cell| matches!(cell.result(), Value::Number(_)));
    let first = table.rows.iter().rposition(|row| !defined(row)).map_or(0, |last| last + 1);
    let count = table.rows.len().saturating_sub(first);
    let series = |header: &str, role: Role| Series::new(HISTORY, "Status date", header, role).rows(first, count);
    let lines = vec![
        series("On plan", Role::Limit),
        series("SPI", Role::Palette(3)),
        series("SPI(t)", Role::Earned),
        series("CPI", Role::Actual),
    ];
    let lowest = table.rows.iter().skip(first).flat_map(|row| &row[7..10]).filter_map(|cell| super::context::figure(&cell.value));
    let floor = (lowest.fold(1.0, f64::min) * 10.0).floor() / 10.0;
    Chart::new("Portfolio: cost and schedule indices by status date (1.00 = on plan)", ChartKind::Line, lines)
        .y_range(Some(floor.max(0.0)), None)
        .alt("Lines of CPI, SPI and SPI(t) of the portfolio over the status dates, with 1.00 as the line of plan.")
        .size(6, 320)
}

/// One point of the S-curve.
struct Point {
    day: Day,
    status: Option<usize>,
    is_as_of: bool,
}

/// Status dates up to the as-of date; ends of periods before the first of them and after the last.
fn points(context: &Context<'_>) -> Vec<Point> {
    let results = &context.input.analyses.earned_value;
    let portfolio = &results.portfolio;
    let Some(start) = portfolio.curve.start else { return Vec::new() };
    let as_of = context.as_of();
    let last = portfolio.curve.finish.max(outlook::last_finish(results, &context.input.analyses.schedules.current));
    let last = last.map_or(as_of, |last| last.finish_day().max(as_of));
    let fiscal = &context.portfolio().settings.fiscal;
    let periods = fiscal.range(fiscal.period_of(start.day()), fiscal.period_of(last));
    let step = usize::try_from(i64::try_from(periods.len()).unwrap_or(i64::MAX) / MOST_POINTS + 1).unwrap_or(1);
    let mut points: Vec<Point> = (portfolio.history.iter().enumerate())
        .map(|(index, at)| {
            let is_as_of = index + 1 == portfolio.history.len();
            let day = if is_as_of { as_of } else { at.base.status.finish_day() };
            Point { day, status: Some(index), is_as_of }
        })
        .collect();
    let first = points.first().map_or(as_of, |point| point.day);
    let ends = periods.iter().map(|period| fiscal.end(*period)).enumerate().filter(|(index, _)| index % step == 0);
    let outside = ends.map(|(_, end)| end).filter(|end| *end < first || *end > as_of);
    let beginning = start.day().pred_opt().filter(|day| *day < first);
    points.extend(outside.chain(beginning).map(|day| Point { day, status: None, is_as_of: false }));
    points.sort_by_key(|point| point.day);
    points
}

/// The table behind the S-curve. Cells without a meaning at their date are empty, so that lines end where they should.
#[must_use]
pub fn table(context: &Context<'_>) -> Table {
    let kind = context.headline_money();
    let rows: Vec<Vec<Cell>> = points(context).iter().map(|point| point_row(context, point)).collect();
    let columns = vec![
        Column::new("Date", Kind::Date),
        Column::new("PV", kind.clone()).help("Planned value."),
        Column::new("EV", kind.clone()).help("Earned value, up to the as-of date."),
        Column::new("AC", kind.clone()).help("Actual cost, up to the as-of date."),
        Column::new("FC", kind.clone())
            .help("Forecast: from actual cost to the estimates at completion, each initiative in a straight line to its forecast finish."),
        Column::new("As of", kind).help("Marks the as-of date in the chart."),
    ];
    Table::new(CURVE, columns).rows(rows).when_empty("No baseline dates to plan value over.")
}

fn point_row(context: &Context<'_>, point: &Point) -> Vec<Cell> {
    let currency = context.currency();
    let results = &context.input.analyses.earned_value;
    let schedule = &context.input.analyses.schedules.current;
    let at = point.status.and_then(|index| results.portfolio.history.get(index));
    let moment = Moment::end_of(point.day);
    let planned = at.map_or_else(|| results.portfolio.curve.value(moment, Side::Before), |at| at.base.planned_value);
    let amount = |amount: Decimal| Cell::new(Value::Money(rounded(amount, currency)));
    let when = at.map_or(moment, |at| at.base.status);
    let is_ahead = point.day > context.as_of() || point.is_as_of;
    let forecast = is_ahead.then(|| outlook::expected_cost(results, schedule, when)).and_then(Result::ok);
    let top = results.portfolio.sum_of_estimates.unwrap_or_default().max(results.portfolio.curve.total());
    vec![
        Value::Date(point.day).into(),
        amount(planned),
        at.map_or_else(Cell::blank, |at| amount(at.base.earned_value)),
        at.and_then(|at| at.base.actual_cost.ok()).map_or_else(Cell::blank, amount),
        forecast.map_or_else(Cell::blank, amount),
        if point.is_as_of { amount(top) } else { Cell::blank() },
    ]
}

/// The S-curve.
#[must_use]
pub fn chart(context: &Context<'_>, twelfths: u8) -> Chart {
    let kind = context.headline_money();
    let series = |words: &str, role: Role, name: &str| Series::new(CURVE, "Date", &header_of(words, &kind), role).named(name);
    let lines = vec![
        series("PV", Role::Plan, "Planned value PV"),
        series("FC", Role::Forecast, "Forecast FC to EAC"),
        series("EV", Role::Earned, "Earned value EV"),
        series("AC", Role::Actual, "Actual cost AC"),
        series("As of", Role::AsOf, "As of"),
    ];
    let title = format!(
        "{}: cumulative cost and value, {}",
        context.input.run.portfolio,
        header_of("", &kind).trim().trim_matches(['(', ')'])
    );
    Chart::new(title, ChartKind::Line, lines).alt(alt_text(context)).size(twelfths, 340)
}

fn alt_text(context: &Context<'_>) -> String {
    let portfolio = &context.input.analyses.earned_value.portfolio;
    let Some(at) = portfolio.history.last() else { return "S-curve without data.".into() };
    let kind = context.headline_money();
    let show = |value: Value| crate::report::book::show(&value, &kind);
    let currency = context.currency();
    format!(
        "S-curve up to {}: planned value {}, earned value {}, actual cost {}; budget {}, estimate at completion {} ({}).",
        context.as_of(),
        show(money(Ok(at.base.planned_value), currency)),
        show(money(Ok(at.base.earned_value), currency)),
        show(money(at.base.actual_cost, currency)),
        show(money(Ok(at.base.budget_at_completion), currency)),
        show(money(portfolio.sum_of_estimates, currency)),
        header_of("", &kind).trim().trim_matches(['(', ')']),
    )
}
