//! Earned value: one row an activity, initiative and portfolio at every status date up to the as-of date.

mod views;

pub use views::{forecasts, periods, scopes, variances};

use super::TidyTable;
use crate::analysis::earned_value::{Base, EarnedValue, Performance};
use crate::analysis::measure::Measure;
use crate::base::number;
use crate::report::ReportInput;
use rust_decimal::Decimal;

struct Row<'a> {
    level: &'static str,
    initiative: String,
    activity: String,
    base: &'a Base,
    performance: Option<&'a Performance>,
}

/// Base measures of every scope; what follows from them for initiatives and the portfolio.
#[must_use]
pub fn table(input: &ReportInput<'_>) -> TidyTable {
    let rows = rows(input, &input.analyses.earned_value);
    let table = TidyTable::over("earned_value", "A scope at a status date: an activity, an initiative, or the portfolio.", &rows)
        .text("level", "portfolio, initiative or activity.", |row| Some(row.level))
        .text("initiative", "Id of the initiative; none for the portfolio.", |row| some(&row.initiative))
        .text("activity", "Id of the activity; none above it.", |row| some(&row.activity))
        .moment("status_date", "Status date: the last working instant on or before it.", |row| Some(row.base.status))
        .text("currency", "Currency of the amounts.", |row| Some(row.base.currency.code().to_string()))
        .amount("budget_at_completion", "BAC.", |row| Some(money(row.base, row.base.budget_at_completion)))
        .amount("planned_value", "PV.", |row| Some(money(row.base, row.base.planned_value)))
        .amount("earned_value", "EV.", |row| Some(money(row.base, row.base.earned_value)))
        .amount("actual_cost", "AC; none where no source gives one.", |row| amount(row.base, row.base.actual_cost))
        .text("actual_cost_reason", "Why there is no actual cost.", |row| {
            row.base.actual_cost.err().map(crate::analysis::measure::Undefined::reason)
        })
        .amount("schedule_variance", "SV = EV - PV.", |row| Some(money(row.base, row.base.earned_value - row.base.planned_value)))
        .amount("cost_variance", "CV = EV - AC.", |row| {
            amount(row.base, row.base.actual_cost.map(|cost| row.base.earned_value - cost))
        });
    measures(table).done()
}

type Builder<'r, 'a> = super::TidyTableBuilder<'r, Row<'a>>;

fn measures<'r, 'a>(table: Builder<'r, 'a>) -> Builder<'r, 'a> {
    table
        .number("schedule_performance_index", "SPI = EV / PV; none for activities.", |row| {
            row.index(|at| at.cost.schedule_performance_index)
        })
        .number("cost_performance_index", "CPI = EV / AC; none for activities.", |row| {
            row.index(|at| at.cost.cost_performance_index)
        })
        .text("cost_performance_reason", "Why there is no CPI.", |row| row.reason(|at| at.cost.cost_performance_index))
        .number("percent_complete", "EV / BAC, a share of one.", |row| row.index(|at| at.cost.percent_complete))
        .amount("estimate_at_completion", "EAC by CPI; as planned where there is no CPI yet.", |row| {
            row.money(|at| at.cost.estimate_at_completion)
        })
        .amount("estimate_to_complete", "ETC = EAC - AC.", |row| row.money(|at| at.cost.estimate_to_complete))
        .amount("variance_at_completion", "VAC = BAC - EAC.", |row| row.money(|at| at.cost.variance_at_completion))
        .number("to_complete_index", "TCPI to meet the budget.", |row| row.index(|at| at.cost.to_complete_index_budget))
        .whole("planned_duration_minutes", "PD in working minutes.", |row| row.performance.map(|at| at.time.planned_duration))
        .whole("actual_time_minutes", "AT in working minutes.", |row| row.performance.map(|at| at.time.actual_time))
        .whole("earned_schedule_minutes", "ES in working minutes.", |row| {
            row.performance.and_then(|at| at.time.earned_schedule.ok())
        })
        .number("schedule_performance_index_time", "SPI(t) = ES / AT.", |row| row.index(|at| at.time.schedule_performance_index))
}

impl Row<'_> {
    fn index(&self, pick: impl Fn(&Performance) -> Measure<f64>) -> Option<f64> {
        self.performance.and_then(|at| pick(at).ok())
    }

    fn reason(&self, pick: impl Fn(&Performance) -> Measure<f64>) -> Option<&'static str> {
        self.performance.and_then(|at| pick(at).err()).map(crate::analysis::measure::Undefined::reason)
    }

    fn money(&self, pick: impl Fn(&Performance) -> Measure<Decimal>) -> Option<Decimal> {
        self.performance.and_then(|at| amount(self.base, pick(at)))
    }
}

fn rows<'a>(input: &ReportInput<'a>, results: &'a EarnedValue) -> Vec<Row<'a>> {
    let scope = |level, initiative: String, at: &'a Performance| Row {
        level,
        initiative,
        activity: String::new(),
        base: &at.base,
        performance: Some(at),
    };
    let mut rows: Vec<Row<'a>> = results.portfolio.history.iter().map(|at| scope("portfolio", String::new(), at)).collect();
    for each in &results.initiatives {
        rows.extend(each.history.iter().map(|at| scope("initiative", each.initiative.to_string(), at)));
        for activity in &each.activities {
            let key = &input.portfolio.activity(activity.activity).key;
            rows.extend(activity.history.iter().map(|base| Row {
                level: "activity",
                initiative: key.initiative.to_string(),
                activity: key.id.to_string(),
                base,
                performance: None,
            }));
        }
    }
    rows
}

fn some(text: &String) -> Option<&String> {
    (!text.is_empty()).then_some(text)
}

/// Rounded once, to the minor unit, as every reported figure.
fn money(base: &Base, amount: Decimal) -> Decimal {
    number::round(amount, base.currency.exponent())
}

fn amount(base: &Base, amount: Measure<Decimal>) -> Option<Decimal> {
    amount.ok().map(|amount| money(base, amount))
}
