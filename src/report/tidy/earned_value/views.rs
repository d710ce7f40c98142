//! Earned value by scope and by period, its forecasts, and the variances to explain.

use crate::analysis::earned_value::{
    EstimateRange, PeriodEarnedValue, PeriodState, Scope, ScopeEarnedValue, TimeForecast, VarianceToExplain,
};
use crate::analysis::measure::{Measure, Undefined};
use crate::base::day::Moment;
use crate::base::id::InitiativeId;
use crate::base::number;
use crate::report::ReportInput;
use crate::report::parts::earned::{Reported, ReportedActivities};
use crate::report::tidy::{TidyTable, TidyTableBuilder};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// A scope with its reported figures.
struct ScopeRow<'a> {
    of: &'a ScopeEarnedValue,
    reported: Reported,
}

/// Every scope at the data date.
#[must_use]
pub fn scopes(input: &ReportInput<'_>) -> TidyTable {
    let results = &input.analyses.earned_value;
    let reported: BTreeMap<&InitiativeId, ReportedActivities> =
        results.initiatives.iter().map(|each| (&each.initiative, ReportedActivities::of(each))).collect();
    let row = |of| ScopeRow { of, reported: figures(of, &reported) };
    let rows: Vec<ScopeRow<'_>> = results.scopes.iter().map(row).collect();
    let table = TidyTable::over(
        "earned_value_scopes",
        "A scope at the data date: portfolio, initiative, control account, organisation or work package. Packages hold what lies below them.",
        &rows,
    )
    .text("scope", "portfolio, initiative, control account, organisation or work package.", |row| Some(row.of.scope.kind()))
    .text("initiative", "Id of the initiative; none for scopes over several.", |row| row.of.initiative.as_ref())
    .text("code", "Code or name of the scope; none where none is given.", |row| some(row.of.scope.name()))
    .text("title", "What the plan calls it.", |row| some(&row.of.title))
    .whole("depth", "Parts of a work package's code; 0 for other scopes.", |row| i64::try_from(row.of.depth).ok())
    .yes_no("holds_activities", "True for a work package that holds activities directly.", |row| Some(row.of.holds_activities))
    .moment("status_date", "The data date.", |row| Some(row.of.current.base.status))
    .text("currency", "Currency of the amounts.", |row| Some(row.of.currency.code().to_string()))
    .amount("budget_at_completion", "BAC.", |row| Some(row.reported.budget_at_completion))
    .amount("planned_value", "PV.", |row| Some(row.reported.planned_value))
    .amount("earned_value", "EV.", |row| Some(row.reported.earned_value))
    .amount("actual_cost", "AC; none where it is not told at this level.", |row| row.reported.actual_cost.ok())
    .text("actual_cost_reason", "Why there is no actual cost.", |row| row.reported.actual_cost.err().map(Undefined::reason));
    indices(table).done()
}

fn indices<'r, 'a>(table: TidyTableBuilder<'r, ScopeRow<'a>>) -> TidyTableBuilder<'r, ScopeRow<'a>> {
    table
        .number("schedule_performance_index", "SPI.", |row| row.of.current.cost.schedule_performance_index.ok())
        .number("cost_performance_index", "CPI.", |row| row.of.current.cost.cost_performance_index.ok())
        .number("schedule_performance_index_time", "SPI(t).", |row| row.of.current.time.schedule_performance_index.ok())
        .number("percent_complete", "EV / BAC, a share of one.", |row| row.of.current.cost.percent_complete.ok())
        .number("to_complete_index", "TCPI to meet the budget.", |row| row.of.current.cost.to_complete_index_budget.ok())
        .amount("estimate_at_completion", "EAC by the scope's own CPI; as planned where there is none.", |row| {
            row.amount(row.of.current.cost.estimate_at_completion)
        })
        .amount("sum_of_estimates", "The EACs of its control accounts, added up.", |row| row.amount(row.of.sum_of_estimates))
        .amount("lowest_estimate", "The lowest EAC of the formulas.", |row| row.amount(row.of.range.low))
        .amount("highest_estimate", "The highest EAC of the formulas.", |row| row.amount(row.of.range.high))
        .amount("stated_estimate", "The EAC from the bottom up; none below the initiative.", |row| {
            row.amount(row.of.range.stated)
        })
        .number("level_of_effort_share", "Share of the budget that level of effort makes up.", |row| {
            row.of.level_of_effort_share.ok()
        })
        .number("hours_budget", "Hours of work planned in all.", |row| row.of.hours.budget.ok())
        .number("hours_planned", "Hours of work planned by the data date.", |row| row.of.hours.planned.ok())
        .number("hours_earned", "Hours of work earned.", |row| row.of.hours.earned.ok())
        .number("hours_actual", "Hours of work done.", |row| row.of.hours.actual.ok())
}

impl ScopeRow<'_> {
    fn amount(&self, amount: Measure<Decimal>) -> Option<Decimal> {
        amount.ok().map(|amount| number::round(amount, self.of.currency.exponent()))
    }
}

fn figures(of: &ScopeEarnedValue, reported: &BTreeMap<&InitiativeId, ReportedActivities>) -> Reported {
    let own = of.initiative.as_ref().and_then(|id| reported.get(id));
    own.map_or_else(|| Reported::alone(&of.current.base), |own| own.scope(of))
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

const fn state(state: PeriodState) -> &'static str {
    match state {
        PeriodState::Past => "past",
        PeriodState::Running => "running",
        PeriodState::ToCome => "to come",
    }
}

/// Every scope by period.
#[must_use]
pub fn periods(input: &ReportInput<'_>) -> TidyTable {
    let fiscal = &input.portfolio.settings.fiscal;
    let rows: Vec<&PeriodEarnedValue> = input.analyses.earned_value.periods.iter().collect();
    let money = |row: &&PeriodEarnedValue, amount: Measure<Decimal>| {
        amount.ok().map(|amount| number::round(amount, row.currency.exponent()))
    };
    TidyTable::over("earned_value_periods", "A scope in a fiscal period, and from the beginning up to it.", &rows)
        .text("scope", "portfolio, initiative, control account, organisation or work package.", |row| Some(row.scope.kind()))
        .text("initiative", "Id of the initiative; none for scopes over several.", |row| row.initiative.as_ref())
        .text("code", "Code or name of the scope; none where none is given.", |row| some(row.scope.name()))
        .text("period", "Fiscal period.", |row| Some(row.period))
        .date("period_end", "Last day of the period.", |row| Some(fiscal.end(row.period)))
        .text("state", "past, running or to come, as seen from the data date.", |row| Some(state(row.state)))
        .moment(
            "up_to",
            "The moment up to which the cumulative figures count: the period's end, the data date in the running one.",
            |row| Some(row.until),
        )
        .text("currency", "Currency of the amounts.", |row| Some(row.currency.code().to_string()))
        .amount("planned", "PV of the whole period.", |row| money(row, Ok(row.planned)))
        .amount("planned_to_date", "PV of its part up to the data date.", |row| money(row, Ok(row.planned_to_date)))
        .amount("earned", "EV of the period; none where no reading tells it.", |row| money(row, row.earned))
        .amount("actual", "AC of the period.", |row| money(row, row.actual))
        .amount("cumulative_planned", "PV from the beginning.", |row| money(row, Ok(row.cumulative.planned)))
        .amount("cumulative_earned", "EV from the beginning.", |row| money(row, row.cumulative.earned))
        .amount("cumulative_actual", "AC from the beginning.", |row| money(row, row.cumulative.actual))
        .number("hours_planned", "Hours of work planned in the period.", |row| row.hours_planned.ok())
        .number("hours_earned", "Hours of work earned in the period.", |row| row.hours_earned.ok())
        .number("hours_actual", "Hours of work done in the period.", |row| row.hours_actual.ok())
        .done()
}

/// One forecast of a scope.
struct Forecast {
    scope: &'static str,
    initiative: Option<InitiativeId>,
    kind: &'static str,
    method: String,
    currency: Option<String>,
    amount: Option<Decimal>,
    finish: Option<Moment>,
    reason: Option<&'static str>,
}

/// Every estimate at completion and every forecast finish, of initiatives and the portfolio.
#[must_use]
pub fn forecasts(input: &ReportInput<'_>) -> TidyTable {
    let results = &input.analyses.earned_value;
    let scopes = results.scopes.iter().filter(|each| matches!(each.scope, Scope::Portfolio | Scope::Initiative(_)));
    let rows: Vec<Forecast> = scopes.flat_map(forecasts_of).collect();
    TidyTable::over("earned_value_forecasts", "A forecast of a scope by a method: of its cost, or of its finish.", &rows)
        .text("scope", "portfolio or initiative.", |row| Some(row.scope))
        .text("initiative", "Id of the initiative; none for the portfolio.", |row| row.initiative.as_ref())
        .text("kind", "cost: an estimate at completion; finish: a date.", |row| Some(row.kind))
        .text(
            "method",
            "Performance factor or method; lowest, highest, bottom up and sum of control accounts beside them.",
            |row| Some(&row.method),
        )
        .text("currency", "Currency of the amount.", |row| row.currency.as_ref())
        .amount("estimate_at_completion", "EAC.", |row| row.amount)
        .moment("finish", "Forecast finish.", |row| row.finish)
        .text("reason", "Why there is none.", |row| row.reason)
        .done()
}

fn forecasts_of(of: &ScopeEarnedValue) -> Vec<Forecast> {
    let empty = || Forecast {
        scope: of.scope.kind(),
        initiative: of.initiative.clone(),
        kind: "cost",
        method: String::new(),
        currency: None,
        amount: None,
        finish: None,
        reason: None,
    };
    let cost = |(method, amount): (String, Measure<Decimal>)| Forecast {
        method,
        currency: Some(of.currency.code().to_string()),
        amount: amount.ok().map(|amount| number::round(amount, of.currency.exponent())),
        reason: amount.err().map(Undefined::reason),
        ..empty()
    };
    let time = |method: TimeForecast| {
        let finish = of.current.time.finish(method);
        Forecast {
            kind: "finish",
            method: method.label().to_string(),
            finish: finish.ok(),
            reason: finish.err().map(Undefined::reason),
            ..empty()
        }
    };
    estimates(&of.range, of.sum_of_estimates).into_iter().map(cost).chain(TimeForecast::ALL.into_iter().map(time)).collect()
}

fn estimates(range: &EstimateRange, accounts: Measure<Decimal>) -> Vec<(String, Measure<Decimal>)> {
    let factors = range.by.iter().map(|(label, amount)| (format!("PF = {label}"), *amount));
    let ends =
        [("lowest", range.low), ("highest", range.high), ("bottom up", range.stated), ("sum of control accounts", accounts)];
    factors.chain(ends.map(|(name, amount)| (name.to_string(), amount))).collect()
}

/// Variances that pass the thresholds.
#[must_use]
pub fn variances(input: &ReportInput<'_>) -> TidyTable {
    let rows: Vec<&VarianceToExplain> = input.analyses.earned_value.variances.iter().collect();
    TidyTable::over("variances", "A variance of a scope that passes the thresholds.", &rows)
        .text("scope", "initiative or control account.", |row| Some(row.scope.kind()))
        .text("initiative", "Id of the initiative.", |row| row.initiative.as_ref())
        .text("code", "Code or name of the scope.", |row| some(row.scope.name()))
        .text("measure", "cost, schedule or at completion.", |row| Some(row.measure.label()))
        .text("currency", "Currency of the amount.", |row| Some(row.currency.code().to_string()))
        .amount("amount", "The variance; negative is behind plan or over cost.", |row| {
            Some(number::round(row.amount, row.currency.exponent()))
        })
        .number("share", "The variance as a share of EV (cost), PV (schedule) or BAC (at completion).", |row| Some(row.share))
        .yes_no("explanation_needed", "True where nobody has given words for the period.", |row| Some(row.needed))
        .text("explanation", "The words given.", |row| {
            let words: Vec<&str> = row.explanation.iter().map(|said| said.text.as_str()).collect();
            (!words.is_empty()).then(|| words.join(" "))
        })
        .text("authors", "Ids of those who gave them.", |row| {
            let authors: Vec<String> =
                row.explanation.iter().filter_map(|said| said.author.as_ref()).map(ToString::to_string).collect();
            (!authors.is_empty()).then(|| authors.join(", "))
        })
        .done()
}
