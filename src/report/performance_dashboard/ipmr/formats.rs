//! Formats 1 and 2: current period, cumulative and at completion, by work package and by organisation.

use crate::analysis::earned_value::{PeriodEarnedValue, Scope, ScopeEarnedValue};
use crate::analysis::measure::{Measure, Undefined};
use crate::base::id::InitiativeId;
use crate::base::money::Currency;
use crate::base::number;
use crate::report::book::{Cell, Column, Kind, Mark, Table, Value, this_row};
use crate::report::parts::context::{difference, figure, minus, money};
use crate::report::parts::earned::{Reported, ReportedActivities};
use crate::report::performance_dashboard::context::Context;
use crate::report::performance_dashboard::earned_value_live::{Figures, Names};
use crate::report::performance_dashboard::earned_value_scopes::{figures, organisation, scopes_of};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

const BY_WORK: &str = "tbl_ipmr_1";
const BY_ORGANISATION: &str = "tbl_ipmr_2";

type Periods<'a> = BTreeMap<(Option<&'a InitiativeId>, &'a Scope), &'a PeriodEarnedValue>;

/// Every scope in the period of the as-of date.
fn current<'a>(context: &Context<'a>) -> Periods<'a> {
    let period = context.portfolio().settings.fiscal.period_of(context.as_of());
    let periods = context.input.analyses.earned_value.periods.iter().filter(|each| each.period == period);
    periods.map(|each| ((each.initiative.as_ref(), &each.scope), each)).collect()
}

/// Format 1: every initiative and its work packages.
#[must_use]
pub fn by_work(context: &Context<'_>) -> Table {
    let periods = current(context);
    let (mut rows, mut levels) = (Vec::new(), Vec::new());
    for each in &context.input.analyses.earned_value.initiatives {
        let reported = ReportedActivities::of(each);
        for scope in scopes_of(context, each) {
            let (level, code, name) = match &scope.scope {
                Scope::Initiative(id) => (0, context.initiative_cell(id), context.name_of(id)),
                Scope::WorkPackage(code) => (level(scope.depth), Cell::text(organisation(code)), scope.title.clone()),
                _ => continue,
            };
            let mut cells =
                vec![Cell::text(each.initiative.to_string()), code, Cell::text(name), Cell::text(each.currency.code())];
            cells.extend(measures(
                scope,
                &reported.scope(scope),
                periods.get(&(scope.initiative.as_ref(), &scope.scope)).copied(),
            ));
            rows.push(cells);
            levels.push(level);
        }
    }
    let heads =
        vec![Column::text("Initiative"), Column::text("WBS").wide(14), Column::text("Name").wide(36), Column::text("Currency")];
    table(BY_WORK, heads, rows).levels(levels).when_empty("No initiative has a budget and dates to measure against.")
}

fn level(depth: usize) -> u8 {
    u8::try_from(depth.clamp(1, 6)).unwrap_or(6)
}

/// An organisation's scope with its figures.
struct Part<'a> {
    name: &'a str,
    scope: &'a ScopeEarnedValue,
    figures: Reported,
}

/// Initiatives whose actual cost names no organisation: the unnamed one carries cost and no budget.
fn without_organisations<'a>(scopes: &[Part<'a>]) -> Vec<&'a InitiativeId> {
    let carries = |part: &&Part<'a>| {
        part.name.is_empty()
            && part.figures.budget_at_completion.is_zero()
            && part.figures.actual_cost.is_ok_and(|actual| !actual.is_zero())
    };
    scopes.iter().filter(carries).filter_map(|part| part.scope.initiative.as_ref()).collect()
}

/// Every organisation, the whole first, then by initiative; none of those that hold nothing.
fn parts<'a>(context: &Context<'a>) -> Vec<Part<'a>> {
    let results = &context.input.analyses.earned_value;
    let reported: BTreeMap<&InitiativeId, ReportedActivities> =
        results.initiatives.iter().map(|each| (&each.initiative, ReportedActivities::of(each))).collect();
    let part = |scope: &'a ScopeEarnedValue| {
        let Scope::Organisation(name) = &scope.scope else { return None };
        let own = scope.initiative.as_ref().and_then(|id| reported.get(id));
        let figures = own.map_or_else(|| Reported::alone(&scope.current.base), |own| own.scope(scope));
        let is_empty = figures.budget_at_completion.is_zero() && figures.actual_cost == Ok(Decimal::ZERO);
        (!is_empty).then_some(Part { name, scope, figures })
    };
    let mut parts: Vec<Part<'a>> = results.scopes.iter().filter_map(part).collect();
    parts.sort_by_key(|part| (part.name, part.scope.initiative.clone()));
    let untold = without_organisations(&parts);
    let holds_untold = |part: &Part<'_>| match &part.scope.initiative {
        Some(id) => untold.contains(&id),
        None => parts
            .iter()
            .any(|other| other.name == part.name && other.scope.initiative.as_ref().is_some_and(|id| untold.contains(&id))),
    };
    let unknown: Vec<bool> = parts.iter().map(|part| !part.name.is_empty() && holds_untold(part)).collect();
    for (part, unknown) in parts.iter_mut().zip(unknown) {
        if unknown {
            part.figures.actual_cost = Err(Undefined::NoActualCost);
        }
    }
    // Nobody is all that is not named: there is no sum over it.
    parts.retain(|part| !part.name.is_empty() || part.scope.initiative.is_some());
    parts
}

/// Format 2: every organisation, and below it what it does in each initiative. Actual cost that names no organisation
/// stands in a row of its own, and that of the initiative's organisations is then not told.
#[must_use]
pub fn by_organisation(context: &Context<'_>) -> Table {
    let periods = current(context);
    let (mut rows, mut levels) = (Vec::new(), Vec::new());
    for part in parts(context) {
        let initiative = part.scope.initiative.as_ref();
        let mut cells = vec![
            Cell::text(initiative.map_or_else(|| "all".to_string(), ToString::to_string)),
            Cell::text(organisation(part.name)),
            Cell::text(initiative.map_or_else(|| "all initiatives".to_string(), |id| context.name_of(id))),
            Cell::text(part.scope.currency.code()),
        ];
        let mut figures = measures(part.scope, &part.figures, periods.get(&(initiative, &part.scope.scope)).copied());
        if part.figures.actual_cost.is_err() {
            // Actual cost and cost variance of the period.
            for at in [2, 4] {
                figures[at] = Cell::not_available(Undefined::NoActualCost.reason());
            }
        }
        cells.extend(figures);
        rows.push(cells);
        levels.push(u8::from(initiative.is_some() && !part.name.is_empty()));
    }
    let heads = vec![
        Column::text("Initiative"),
        Column::text("Organisation").wide(28),
        Column::text("Name").wide(30),
        Column::text("Currency"),
    ];
    table(BY_ORGANISATION, heads, rows)
        .levels(levels)
        .when_empty("No activity has a budget, or none names a responsible organisation.")
}

/// Headers of the base measures of a span of time.
fn headers(span: &str) -> [String; 3] {
    ["BCWS", "BCWP", "ACWP"].map(|name| format!("{name}, {span}"))
}

const PERIOD: &str = "period";
const CUMULATIVE: &str = "cumulative";

fn table(name: &str, heads: Vec<Column>, rows: Vec<Vec<Cell>>) -> Table {
    let plain = |words: &str| Column::new(words, Kind::Number(0));
    let variance = |words: String, formula: String| plain(&words).formula(formula).mark(Mark::Variance { more_is_good: true });
    let mut columns = heads;
    for span in [PERIOD, CUMULATIVE] {
        let [bcws, bcwp, acwp] = headers(span);
        let own = |header: &str| this_row(name, header);
        columns.extend([plain(&bcws), plain(&bcwp), plain(&acwp)]);
        columns.push(variance(format!("SV, {span}"), difference(&own(&bcwp), &own(&bcws))));
        columns.push(variance(format!("CV, {span}"), difference(&own(&bcwp), &own(&acwp))));
    }
    let (bac, eac) = (this_row(name, "BAC"), this_row(name, "EAC"));
    columns.push(plain("BAC"));
    columns.push(
        plain("EAC").formula(names(name).headline_estimate()).help("By the scope's own CPI; as planned where there is none."),
    );
    columns.push(variance("VAC".into(), difference(&bac, &eac)));
    Table::new(name, columns).keys(3).rows(rows)
}

fn names(table: &str) -> Names {
    let [pv, ev, ac] = headers(CUMULATIVE).map(|header| this_row(table, &header));
    Names { bac: this_row(table, "BAC"), pv, ev, ac }
}

/// Current period, cumulative and at completion.
fn measures(scope: &ScopeEarnedValue, reported: &Reported, period: Option<&PeriodEarnedValue>) -> Vec<Cell> {
    let to_date = figures(reported, scope.currency);
    let mut cells = in_period(scope.currency, period);
    cells.extend([&to_date.pv, &to_date.ev, &to_date.ac].map(|value| Cell::new(value.clone())));
    cells.extend([to_date.schedule_variance(), to_date.cost_variance()].map(Cell::new));
    let eac = to_date.headline_estimate();
    let vac = left(&to_date, &eac);
    cells.extend([to_date.bac.clone(), eac, vac].map(Cell::new));
    cells
}

fn left(figures: &Figures, eac: &Value) -> Value {
    match (figure(&figures.bac), figure(eac)) {
        (Some(bac), Some(eac)) => Value::Number(bac - eac),
        _ => eac.clone(),
    }
}

/// What the scope planned, earned and spent in the period; nothing where it has no such period.
fn in_period(currency: Currency, period: Option<&PeriodEarnedValue>) -> Vec<Cell> {
    let rounded = |value: Measure<Decimal>| money(value.map(|amount| number::round(amount, currency.exponent())), currency);
    let nothing = (Ok(Decimal::ZERO), Ok(Decimal::ZERO), Ok(Decimal::ZERO));
    let (planned, earned, actual): (Measure<Decimal>, Measure<Decimal>, Measure<Decimal>) =
        period.map_or(nothing, |each| (Ok(each.planned_to_date), each.earned, each.actual));
    let (planned, earned, actual) = (rounded(planned), rounded(earned), rounded(actual));
    let (schedule, cost) = (minus(&earned, &planned), minus(&earned, &actual));
    [planned, earned, actual, schedule, cost].map(Cell::new).to_vec()
}
