//! Earned value by fiscal period, of the portfolio and of each initiative: what each period added, and where it led.

use super::context::Context;
use super::earned_value::low;
use super::earned_value_live::{Figures, Names};
use crate::analysis::earned_value::{Cumulative, PeriodEarnedValue, PeriodState, Scope};
use crate::analysis::measure::Measure;
use crate::base::number;
use crate::report::book::{Cell, Chart, ChartKind, Column, Kind, Mark, Role, Series, Table, Value, column_of, this_row};
use rust_decimal::Decimal;

/// The table.
pub const TABLE: &str = "tbl_ev_periods";

/// The key of the portfolio's rows.
const PORTFOLIO: &str = "Portfolio";

/// Base measures as they are reported: the cumulative ones rounded, a period's the difference of two of them.
#[derive(Clone, Copy, Debug)]
struct Rounded {
    planned: Decimal,
    earned: Measure<Decimal>,
    actual: Measure<Decimal>,
}

impl Rounded {
    const ZERO: Self = Self { planned: Decimal::ZERO, earned: Ok(Decimal::ZERO), actual: Ok(Decimal::ZERO) };

    fn of(at: &Cumulative, places: u32) -> Self {
        let rounded = |amount: Decimal| number::round(amount, places);
        Self { planned: rounded(at.planned), earned: at.earned.map(rounded), actual: at.actual.map(rounded) }
    }

    fn since(&self, before: &Self) -> Self {
        let less = |now: Measure<Decimal>, then: Measure<Decimal>| now.and_then(|now| Ok(now - then?));
        Self {
            planned: self.planned - before.planned,
            earned: less(self.earned, before.earned),
            actual: less(self.actual, before.actual),
        }
    }
}

/// A row in the making.
struct Row<'a> {
    key: String,
    of: &'a PeriodEarnedValue,
    own: Rounded,
    cumulative: Rounded,
    /// True where the sums of the periods so far are the cumulative figures: planned, earned, actual.
    adds_up: [bool; 3],
}

/// Periods of the portfolio first, then of each initiative.
fn rows<'a>(context: &Context<'a>) -> Vec<Row<'a>> {
    let periods = &context.input.analyses.earned_value.periods;
    let wanted = |each: &&PeriodEarnedValue| matches!(each.scope, Scope::Portfolio | Scope::Initiative(_));
    let mut sorted: Vec<&PeriodEarnedValue> = periods.iter().filter(wanted).collect();
    sorted.sort_by_key(|each| (each.scope != Scope::Portfolio, each.initiative.clone(), each.period));
    let mut rows: Vec<Row<'a>> = Vec::with_capacity(sorted.len());
    for series in sorted.chunk_by(|a, b| a.scope == b.scope) {
        rows.extend(series_rows(series));
    }
    rows
}

fn series_rows<'a>(series: &[&'a PeriodEarnedValue]) -> Vec<Row<'a>> {
    let (mut before, mut sums) = (Rounded::ZERO, [Decimal::ZERO; 3]);
    let row = |each: &&'a PeriodEarnedValue| {
        let cumulative = Rounded::of(&each.cumulative, each.currency.exponent());
        let own = cumulative.since(&before);
        let parts = [Ok(own.planned), own.earned, own.actual];
        for (sum, part) in sums.iter_mut().zip(parts) {
            *sum += part.unwrap_or_default();
        }
        let wholes = [Ok(cumulative.planned), cumulative.earned, cumulative.actual];
        let adds_up = [0, 1, 2].map(|at: usize| wholes[at] == Ok(sums[at]));
        before = cumulative;
        Row {
            key: each.initiative.as_ref().map_or_else(|| PORTFOLIO.to_string(), ToString::to_string),
            of: each,
            own,
            cumulative,
            adds_up,
        }
    };
    series.iter().map(row).collect()
}

/// What each period added, and the sums so far.
#[must_use]
pub fn table(context: &Context<'_>) -> Table {
    let [pv, ev, ac] = ["PV to date", "EV to date", "AC to date"].map(|header| this_row(TABLE, header));
    let names = Names { bac: this_row(TABLE, "BAC"), pv, ev, ac };
    let plain = |words: &str| Column::new(words, Kind::Number(0));
    let variance = |words: &str| plain(words).mark(Mark::Variance { more_is_good: true });
    let columns = vec![
        Column::text("Scope"),
        Column::text("Period"),
        Column::new("Up to", Kind::Date).help("The end of the period; the data date in the period in which it lies."),
        Column::text("Currency"),
        plain("BAC"),
        plain("PV").help("Planned in the period."),
        plain("EV").help("Earned in the period: not available where no status date of the scope lies in it."),
        plain("AC").help("Spent in the period."),
        plain("PV to date"),
        plain("EV to date"),
        plain("AC to date"),
        variance("SV to date"),
        variance("CV to date"),
        Column::new("SPI to date", Kind::Ratio).mark(low(context)),
        Column::new("CPI to date", Kind::Ratio).mark(low(context)),
    ];
    let rows = rows(context).iter().map(|row| cells(context, row, &names)).collect();
    Table::new(TABLE, columns).keys(3).rows(rows).when_empty("No baseline dates to plan value over.")
}

fn cells(context: &Context<'_>, row: &Row<'_>, names: &Names) -> Vec<Cell> {
    let is_ahead = row.of.state == PeriodState::ToCome;
    let amount = |value: Measure<Decimal>| match value {
        Ok(amount) => Value::Money(amount),
        Err(_) if is_ahead => Value::Blank,
        Err(none) => Value::NotAvailable(none.reason().into()),
    };
    let known = |value: Measure<Decimal>| if is_ahead { Value::Blank } else { amount(value) };
    let running = |header: &str, value: Value, adds_up: bool| match value {
        Value::Money(_) if adds_up => Cell::formula(running_sum(header), value),
        other => Cell::new(other),
    };
    let figures = Figures {
        bac: Value::Money(budget(context, row.of)),
        pv: Value::Money(row.cumulative.planned),
        ev: known(row.cumulative.earned),
        ac: known(row.cumulative.actual),
    };
    let mut cells = vec![
        Cell::text(&row.key),
        Cell::text(row.of.period.to_string()),
        Value::Date(row.of.until.finish_day()).into(),
        Cell::text(row.of.currency.code()),
        figures.bac.clone().into(),
        Value::Money(row.own.planned).into(),
        known(row.own.earned).into(),
        known(row.own.actual).into(),
        running("PV", figures.pv.clone(), row.adds_up[0]),
        running("EV", figures.ev.clone(), row.adds_up[1]),
        running("AC", figures.ac.clone(), row.adds_up[2]),
    ];
    cells.extend(derived(&figures, names, is_ahead));
    cells
}

/// Variances and indices up to the data date; after it there are none.
fn derived(figures: &Figures, names: &Names, is_ahead: bool) -> Vec<Cell> {
    if is_ahead {
        return vec![Cell::blank(); 4];
    }
    vec![
        Cell::formula(names.schedule_variance(), figures.schedule_variance()),
        Cell::formula(names.cost_variance(), figures.cost_variance()),
        Cell::formula(names.schedule_index(), with_reason(figures.schedule_index(), &figures.ev)),
        Cell::formula(names.cost_index(), with_reason(figures.cost_index(), &figures.ev)),
    ]
}

/// Why there is no index where there is no earned value.
fn with_reason(index: Value, earned: &Value) -> Value {
    match (index, earned) {
        (Value::NotAvailable(_), Value::NotAvailable(reason)) => Value::NotAvailable(reason.clone()),
        (index, _) => index,
    }
}

/// The sum of a column over the periods of the scope up to the row's own.
fn running_sum(header: &str) -> String {
    let column = |header: &str| column_of(TABLE, header);
    let own = |header: &str| this_row(TABLE, header);
    format!("SUMIFS({},{},{},{},\"<=\"&{})", column(header), column("Scope"), own("Scope"), column("Up to"), own("Up to"))
}

fn budget(context: &Context<'_>, of: &PeriodEarnedValue) -> Decimal {
    let results = &context.input.analyses.earned_value;
    let whole = match &of.initiative {
        None => results.portfolio.history.last().map(|at| at.base.budget_at_completion),
        Some(id) => results.initiatives.iter().find(|each| each.initiative == *id).map(|each| each.curve.total()),
    };
    number::round(whole.unwrap_or_default(), of.currency.exponent())
}

/// What the portfolio planned, earned and spent period by period.
#[must_use]
pub fn chart(context: &Context<'_>) -> Chart {
    let count = rows(context).iter().filter(|row| row.of.scope == Scope::Portfolio).count();
    let series = |header: &str, role: Role, name: &str| Series::new(TABLE, "Up to", header, role).named(name).rows(0, count);
    let bars = vec![
        series("PV", Role::Plan, "Planned value PV"),
        series("EV", Role::Earned, "Earned value EV"),
        series("AC", Role::Actual, "Actual cost AC"),
    ];
    let title = format!("{}: value planned, earned and spent by period, {}", context.input.run.portfolio, context.currency());
    Chart::new(title, ChartKind::Columns, bars)
        .alt("Columns of planned value, earned value and actual cost of the portfolio by fiscal period; no actual cost after the as-of date.")
        .size(6, 320)
}
