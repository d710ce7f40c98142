//! Earned Value: base measures and what follows from them by initiative, with the basis of each and a check of the sums.

use super::context::{Context, difference, minus, money, over, quotient, ratio, rounded, sum};
use super::{curve, earned_value_basis as basis, earned_value_forecasts, earned_value_periods, earned_value_scopes};
use crate::analysis::earned_value::{Contribution, InitiativeEarnedValue, Performance};
use crate::analysis::measure::{Measure, Undefined};
use crate::report::book::{
    Band, Cell, Column, Kind, Mark, Note, Sheet, Table, Tone, Total, Value, column_of, header_of, this_row,
};
use rust_decimal::Decimal;

/// The table of initiatives in the reporting currency.
pub const TABLE: &str = "tbl_ev";

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
    let mut sheets = vec![sheet(context)];
    sheets.extend(earned_value_scopes::sheets(context));
    sheets.push(by_period(context));
    sheets.extend(earned_value_forecasts::sheets(context));
    sheets
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
        .band(Band::headed("Basis: where dates, budgets and actual cost come from", vec![basis::table(context).into()]))
        .band(Band::headed("Check: the table re-added, beside the engine's own sums", vec![basis::check(context).into()]))
}

fn by_period(context: &Context<'_>) -> Sheet {
    Sheet::page("EV by Period", "Earned value by period")
        .subtitle(
            "Portfolio in the reporting currency, each initiative in its own; earned value and actual cost end at the data date",
        )
        .about("What was planned, earned and spent in each period, and the sums up to it.")
        .band(Band::of(vec![curve::chart(context, 6).into(), earned_value_periods::chart(context).into()]))
        .band(Band::headed("By fiscal period", vec![earned_value_periods::table(context).into()]))
        .band(Band::headed("The portfolio at each status date", vec![curve::history(context).into()]).on_new_page())
        .band(Band::headed(
            "Series behind the S-curve: empty cells end a line at the as-of date",
            vec![curve::table(context).into()],
        ))
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

pub fn own_result<'a>(context: &Context<'a>, part: &Contribution) -> Option<&'a InitiativeEarnedValue> {
    context.input.analyses.earned_value.initiatives.iter().find(|each| each.initiative == part.initiative)
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
