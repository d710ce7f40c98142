//! Earned Value: base measures, indices and estimates by initiative, forecasts in time, and the series behind the S-curve.

use super::context::{Context, date, difference, minus, money, over, quotient, ratio, rounded, sum};
use super::curve;
use crate::analysis::earned_value::{Contribution, InitiativeEarnedValue, Performance, PerformanceFactor, TimeForecast};
use crate::analysis::measure::{Measure, Undefined};
use crate::report::book::{
    Band, Cell, Column, Kind, Link, Mark, Note, Sheet, Table, Tone, Total, Value, column_of, header_of, this_row,
};
use rust_decimal::Decimal;

/// The table of initiatives in the reporting currency.
pub const TABLE: &str = "tbl_ev";
/// The table of initiatives in time.
pub const TIME: &str = "tbl_time";

/// Headers of [`TABLE`] that other pages refer to.
#[derive(Clone, Debug)]
pub struct Headers {
    /// Initiative's id.
    pub id: String,
    /// Budget at completion.
    pub bac: String,
    /// Planned value.
    pub pv: String,
    /// Earned value.
    pub ev: String,
    /// Actual cost.
    pub ac: String,
    /// Estimate at completion.
    pub eac: String,
}

impl Headers {
    /// Headers with their unit.
    #[must_use]
    pub fn of(context: &Context<'_>) -> Self {
        let money = |words: &str| header_of(words, &context.money());
        Self { id: "Initiative".into(), bac: money("BAC"), pv: money("PV"), ev: money("EV"), ac: money("AC"), eac: money("EAC") }
    }
}

/// The pages.
#[must_use]
pub fn sheets(context: &Context<'_>) -> Vec<Sheet> {
    vec![
        sheet(context),
        Sheet::data("Earned Schedule", "Time: earned schedule and forecast finish")
            .subtitle("Working days of each initiative's calendar; forecasts as dates")
            .about("How much of the planned time is earned, and when each method expects the finish.")
            .block(time(context)),
        Sheet::data("Estimates", "Estimates at completion by performance factor")
            .subtitle("Each in the initiative's own currency; EAC = AC + (BAC - EV) / PF")
            .about("The family of estimates at completion, and the index needed from here on.")
            .block(estimates(context)),
        Sheet::data("Earned Value History", "The portfolio at each status date")
            .subtitle(format!("{}; figures shown are rounded", context.currency()))
            .about("Base measures and indices of the portfolio over time.")
            .block(curve::history(context)),
        Sheet::data("S-Curve", "Series behind the S-curve")
            .subtitle(format!("{}; empty cells end a line at the as-of date", context.currency()))
            .about("Planned value, earned value, actual cost and forecast over time.")
            .block(curve::table(context)),
    ]
}

fn sheet(context: &Context<'_>) -> Sheet {
    let mut sheet = Sheet::page("Earned Value", "Earned value by initiative")
        .subtitle(format!(
            "{}; budgets, planned and earned value at the budget rate, actual cost at the rate of its period; figures shown are rounded",
            context.currency()
        ))
        .about("How much work is done for what it cost, when it should have been done, and where that leads.")
        .block(initiatives(context));
    if let Some(note) = left_out(context) {
        sheet = sheet.block(note);
    }
    sheet
        .band(Band::of(vec![curve::chart(context, 6).into(), curve::indices_chart(context).into()]))
        .band(Band::headed("Check: the table re-added, beside the engine's own sums", vec![check(context).into()]))
}

/// Base measures and what follows, by initiative, with live formulas.
#[must_use]
pub fn initiatives(context: &Context<'_>) -> Table {
    let rows: Vec<Vec<Cell>> =
        context.input.analyses.earned_value.portfolio.contributions.iter().map(|part| row(context, part)).collect();
    let columns = columns(context, &rows);
    Table::new(TABLE, columns).keys(2).rows(rows).when_empty("No initiative has a budget and dates to measure against.")
}

fn columns(context: &Context<'_>, rows: &[Vec<Cell>]) -> Vec<Column> {
    let (kind, names) = (context.money(), Headers::of(context));
    let own = |header: &str| this_row(TABLE, header);
    let (bac, pv, ev, ac, eac) = (own(&names.bac), own(&names.pv), own(&names.ev), own(&names.ac), own(&names.eac));
    let spent = format!("IF(ISNUMBER({ac}),{ac},0)");
    let index = |over: &str| {
        format!("IF(AND(COUNT({over})=1,{bac}>0,{ev}>=0,{spent}>=0),IF({over}>0,MIN({ev},{bac})/{over},\"n/a\"),\"n/a\")")
    };
    let total = |position: usize| sum(rows.iter().map(|row| &row[position].value));
    let ratio_total = |top: &str, bottom: &str, values: (usize, usize)| {
        let (top, bottom) = (format!("SUM({})", column_of(TABLE, top)), format!("SUM({})", column_of(TABLE, bottom)));
        let value = over(&total(values.0), &total(values.1), "nothing to divide by");
        Total::Formula { text: quotient(&top, &bottom), value }
    };
    vec![
        Column::text(&names.id).total(Total::Label("Portfolio".into())),
        Column::text("Name").wide(26),
        Column::new("BAC", kind.clone()).sum().help("Budget at completion: the budget of the baseline's activities."),
        Column::new("PV", kind.clone()).sum().help("Planned value: the budget of the work planned by now."),
        Column::new("EV", kind.clone()).sum().help("Earned value: the budget of the work done by now."),
        Column::new("AC", kind.clone()).sum().help("Actual cost of the work done by now."),
        Column::new("SV", kind.clone())
            .formula(difference(&ev, &pv))
            .sum()
            .mark(Mark::Variance { more_is_good: true })
            .help("Schedule variance, EV - PV. Negative: behind plan."),
        Column::new("CV", kind.clone())
            .formula(difference(&ev, &ac))
            .sum()
            .mark(Mark::Variance { more_is_good: true })
            .help("Cost variance, EV - AC. Negative: over cost."),
        Column::new("SPI", Kind::Ratio)
            .formula(index(&pv))
            .mark(low(context))
            .total(ratio_total(&names.ev, &names.pv, (4, 3)))
            .help("Schedule performance index, EV / PV."),
        Column::new("CPI", Kind::Ratio)
            .formula(index(&ac))
            .mark(low(context))
            .total(ratio_total(&names.ev, &names.ac, (4, 5)))
            .help("Cost performance index, EV / AC."),
        Column::new("SPI(t)", Kind::Ratio).mark(low(context)).total(portfolio_spi_time(context)).help(
            "Schedule performance index of time, earned schedule / actual time. It does not drift to 1 at the end as SPI does.",
        ),
        Column::new("Complete", Kind::Percent)
            .formula(format!("IF({bac}>0,MIN({ev},{bac})/{bac},\"n/a\")"))
            .total(ratio_total(&names.ev, &names.bac, (4, 2)))
            .help("EV / BAC."),
        Column::new("Spent", Kind::Percent)
            .formula(quotient(&ac, &bac))
            .total(ratio_total(&names.ac, &names.bac, (5, 2)))
            .help("AC / BAC."),
        Column::new("EAC", kind.clone()).sum().help("Estimate at completion: by CPI; as planned where there is no CPI yet."),
        Column::new("ETC", kind.clone()).formula(difference(&eac, &ac)).sum().help("Estimate to complete, EAC - AC."),
        Column::new("VAC", kind)
            .formula(difference(&bac, &eac))
            .sum()
            .mark(Mark::Variance { more_is_good: true })
            .help("Variance at completion, BAC - EAC. Negative: over budget at the end."),
    ]
}

/// Amber and red by the thresholds of the settings.
pub fn low(context: &Context<'_>) -> Mark {
    let limits = &context.portfolio().settings.thresholds;
    Mark::Low { bad: limits.index_red, warn: limits.index_green }
}

fn portfolio_spi_time(context: &Context<'_>) -> Total {
    let current = context.input.analyses.earned_value.portfolio.history.last();
    let value = current.map_or(Err(Undefined::NoBudget), |current| current.time.schedule_performance_index);
    let column = column_of(curve::HISTORY, "SPI(t)");
    Total::Formula { text: format!("INDEX({column},ROWS({column}))"), value: ratio(value) }
}

fn row(context: &Context<'_>, part: &Contribution) -> Vec<Cell> {
    let currency = context.currency();
    let base = &part.base;
    let own = own_result(context, part);
    let amount = |amount: Decimal| Value::Money(rounded(amount, currency));
    let (bac, pv, ev) = (amount(base.budget_at_completion), amount(base.planned_value), amount(base.earned_value));
    let (ac, eac) = (money(base.actual_cost, currency), money(part.estimate_at_completion, currency));
    let measured = |pick: fn(&Performance) -> Measure<f64>| {
        own.and_then(InitiativeEarnedValue::current).map_or(Err(Undefined::NoBaseline), pick)
    };
    let index = |engine: Measure<f64>, below: &Value| match engine {
        Err(none) => Value::NotAvailable(none.reason().into()),
        Ok(_) => over(&capped(&ev, &bac), below, "nothing to divide by"),
    };
    vec![
        context.initiative_cell(&part.initiative),
        Cell::text(context.name_of(&part.initiative)),
        bac.clone().into(),
        pv.clone().into(),
        ev.clone().into(),
        ac.clone().into(),
        minus(&ev, &pv).into(),
        minus(&ev, &ac).into(),
        index(measured(|at| at.cost.schedule_performance_index), &pv).into(),
        index(measured(|at| at.cost.cost_performance_index), &ac).into(),
        ratio(measured(|at| at.time.schedule_performance_index)).into(),
        over(&capped(&ev, &bac), &bac, "no budget").into(),
        over(&ac, &bac, "no budget").into(),
        eac.clone().into(),
        minus(&eac, &ac).into(),
        minus(&bac, &eac).into(),
    ]
}

fn capped(ev: &Value, bac: &Value) -> Value {
    match (ev, bac) {
        (Value::Money(ev), Value::Money(bac)) => Value::Money(*ev.min(bac)),
        _ => ev.clone(),
    }
}

fn own_result<'a>(context: &Context<'a>, part: &Contribution) -> Option<&'a InitiativeEarnedValue> {
    context.input.analyses.earned_value.initiatives.iter().find(|each| each.initiative == part.initiative)
}

/// The sums of the table beside the engine's own, so that nobody needs to trust either.
fn check(context: &Context<'_>) -> Table {
    let name = "tbl_ev_check";
    let kind = context.money();
    let names = Headers::of(context);
    let table = initiatives(context);
    let portfolio = &context.input.analyses.earned_value.portfolio;
    let current = portfolio.history.last();
    let base = |pick: fn(&Performance) -> Measure<Decimal>| current.map_or(Err(Undefined::NoBudget), pick);
    let checks: [(&str, &str, &str, usize, Measure<Decimal>); 5] = [
        ("BAC", "Budget at completion", &names.bac, 2, base(|at| Ok(at.base.budget_at_completion))),
        ("PV", "Planned value", &names.pv, 3, base(|at| Ok(at.base.planned_value))),
        ("EV", "Earned value", &names.ev, 4, base(|at| Ok(at.base.earned_value))),
        ("AC", "Actual cost", &names.ac, 5, base(|at| at.base.actual_cost)),
        ("EAC", "Sum of the initiatives' estimates", &names.eac, 13, portfolio.sum_of_estimates),
    ];
    let (sum_header, engine_header) = (header_of("Sum of the table", &kind), header_of("Worked out as one", &kind));
    let (a, b) = (this_row(name, &sum_header), this_row(name, &engine_header));
    let judged = format!("IF(COUNT({a},{b})=2,IF(ABS({a}-{b})<1,\"ok\",\"fault\"),\"n/a\")");
    let rows = checks.into_iter().map(|(short, words, header, position, engine)| {
        let shown = sum(table.rows.iter().map(|row| &row[position].value));
        let engine = money(engine, context.currency());
        let verdict = match minus(&shown, &engine) {
            Value::Money(difference) if difference.abs() < Decimal::ONE => Value::Text("ok".into()),
            Value::Money(_) => Value::Text("fault".into()),
            none => none,
        };
        vec![
            Cell::text(short),
            Cell::text(words),
            Cell::formula(format!("SUM({})", column_of(TABLE, header)), shown),
            engine.into(),
            verdict.into(),
        ]
    });
    let rows = rows.chain(std::iter::once(estimate_row(context))).collect();
    let words = vec![("ok".to_string(), Tone::Good), ("fault".to_string(), Tone::Bad)];
    Table::new(
        name,
        vec![
            Column::text("Check"),
            Column::text("Of").wide(26),
            Column::new("Sum of the table", kind.clone()),
            Column::new("Worked out as one", kind),
            Column::text("Verdict").formula(judged).mark(Mark::Words(words)),
        ],
    )
    .rows(rows)
}

/// The estimate of the portfolio as one project differs from the sum of its initiatives' estimates; both are shown.
fn estimate_row(context: &Context<'_>) -> Vec<Cell> {
    let current = context.input.analyses.earned_value.portfolio.history.last();
    let estimate = current.map_or(Err(Undefined::NoBudget), |current| current.cost.estimate_at_completion);
    let reason = "a second opinion: the portfolio's own CPI applied to all work left; no sum to compare with";
    vec![
        Cell::text("EAC by CPI"),
        Cell::text("By the portfolio's own CPI"),
        Cell::not_available(reason),
        money(estimate, context.currency()).into(),
        Cell::not_available(reason),
    ]
}

fn left_out(context: &Context<'_>) -> Option<Note> {
    let portfolio = &context.input.analyses.earned_value.portfolio;
    if portfolio.left_out.is_empty() {
        return None;
    }
    let all = portfolio.counted.len() + portfolio.left_out.len();
    let names: Vec<String> = portfolio.left_out.iter().map(|(id, why)| format!("{id} ({})", why.reason())).collect();
    let words = format!("Covers {} of {all} initiatives. Not counted: {}.", portfolio.counted.len(), names.join(", "));
    Some(Note::toned(Tone::Warn, words))
}

/// Earned schedule by initiative: results of the engine, in days of each initiative's calendar.
fn time(context: &Context<'_>) -> Table {
    let results = &context.input.analyses.earned_value.initiatives;
    let rows = results.iter().filter_map(|each| Some(time_row(context, each, each.current()?))).collect();
    let columns = vec![
        Column::text("Initiative"),
        Column::text("Name").wide(26),
        Column::new("Planned duration PD", Kind::Days),
        Column::new("Actual time AT", Kind::Days),
        Column::new("Earned schedule ES", Kind::Days),
        Column::new("SV(t)", Kind::Days)
            .mark(Mark::Variance { more_is_good: true })
            .formula(difference(&this_row(TIME, "Earned schedule ES (days)"), &this_row(TIME, "Actual time AT (days)"))),
        Column::new("SPI(t)", Kind::Ratio)
            .mark(low(context))
            .formula(quotient(&this_row(TIME, "Earned schedule ES (days)"), &this_row(TIME, "Actual time AT (days)"))),
        Column::new("To-complete TSPI", Kind::Ratio),
        Column::new("Adherence p", Kind::Ratio).help("Share of the work planned by ES that was done where it was planned."),
        Column::new("Baseline finish", Kind::Date),
        Column::new("Forecast by plan logic", Kind::Date).help("From the network of activities, as on the Initiatives page."),
        Column::new("Forecast by ES at plan", Kind::Date),
        Column::new("Forecast by SPI(t)", Kind::Date),
        Column::text("Baseline").help("Which dates planned value follows."),
    ];
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
    vec![
        context.initiative_cell(&each.initiative),
        Cell::text(context.name_of(&each.initiative)),
        days(Ok(time.planned_duration)).into(),
        spent.clone().into(),
        earned.clone().into(),
        difference.into(),
        over(&earned, &spent, "no time has passed since the start").into(),
        ratio(time.to_complete_index).into(),
        ratio(time.schedule_adherence).into(),
        super::context::finish(each.curve.finish, "no baseline dates"),
        super::context::finish(plan.and_then(|plan| plan.finish), "no activities"),
        date(time.finish(TimeForecast::EarnedSchedule)).into(),
        date(time.finish(TimeForecast::EarnedScheduleSpiTime)).into(),
        Cell::text(each.dates.label()),
    ]
}

/// Estimates at completion by performance factor.
fn estimates(context: &Context<'_>) -> Table {
    let plain = Kind::Number(0);
    let mut columns = vec![
        Column::text("Initiative"),
        Column::text("Name").wide(26),
        Column::text("Currency"),
        Column::new("BAC", plain.clone()),
        Column::new("AC", plain.clone()),
    ];
    columns
        .extend(PerformanceFactor::ALL.iter().map(|factor| Column::new(&format!("EAC, PF = {}", factor.label()), plain.clone())));
    columns.push(Column::new("TCPI to BAC", Kind::Ratio).help("Index needed on the work left to finish on budget."));
    columns.push(Column::new("TCPI to EAC", Kind::Ratio));
    columns.push(Column::text("Actual cost from"));
    let results = &context.input.analyses.earned_value.initiatives;
    let rows = results.iter().filter_map(|each| Some(estimate_cells(context, each, each.current()?))).collect();
    Table::new("tbl_eac", columns).keys(2).rows(rows).when_empty("No initiative has a budget.")
}

fn estimate_cells(context: &Context<'_>, each: &InitiativeEarnedValue, current: &Performance) -> Vec<Cell> {
    let amount = |value: Measure<Decimal>| Cell::new(money(value, each.currency));
    let mut cells = vec![
        context.initiative_cell(&each.initiative).link(Link::Table { table: TABLE.into(), row: None }),
        Cell::text(context.name_of(&each.initiative)),
        Cell::text(each.currency.code()),
        amount(Ok(current.base.budget_at_completion)),
        amount(current.base.actual_cost),
    ];
    cells.extend(PerformanceFactor::ALL.iter().map(|factor| amount(current.cost.estimate(*factor))));
    cells.push(ratio(current.cost.to_complete_index_budget).into());
    cells.push(ratio(current.cost.to_complete_index_estimate).into());
    cells.push(Cell::text(each.actual_cost.label()));
    cells
}
