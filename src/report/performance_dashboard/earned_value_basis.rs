//! The basis of earned value by initiative, and the check of its sums.

use super::context::{Context, minus, money, rounded, sum};
use super::earned_value::{Headers, TABLE, initiatives, own_result};
use super::earned_value_scopes::{SCOPES, scopes_of};
use crate::analysis::earned_value::{Contribution, InitiativeEarnedValue, Performance, Scope};
use crate::analysis::measure::{Measure, Undefined};
use crate::base::number;
use crate::report::book::{Cell, Column, Kind, Mark, Table, Tone, Value, column_of, header_of, this_row};
use crate::report::parts::context::lookup;
use crate::report::parts::earned::ReportedActivities;
use rust_decimal::Decimal;

/// Where each initiative's figures come from.
const BASIS: &str = "tbl_ev_basis";

/// Where dates, budgets and actual cost come from; the budget of the accounts at the budget rate beside the table above.
#[must_use]
pub fn table(context: &Context<'_>) -> Table {
    let own = |header: &str| this_row(BASIS, header);
    let at_rate = header_of("BAC at the rate", &context.money());
    let bac = Headers::of(context).bac;
    let above = lookup(&column_of(TABLE, &bac), &own("Initiative"), &column_of(TABLE, "Initiative"));
    let words = [("ok", Tone::Good), ("fault", Tone::Bad)].map(|(word, tone)| (word.to_string(), tone)).to_vec();
    let columns = vec![
        Column::text("Initiative"),
        Column::new("Planned dates from", Kind::Prose).wide(26),
        Column::new("Budget from", Kind::Prose).wide(26),
        Column::text("Actual cost from").wide(20),
        Column::new("Level of effort", Kind::Percent).help("Share of the budget that earns what is planned, by definition."),
        Column::new("SPI without it", Kind::Ratio).help("SPI of all work that is not level of effort."),
        Column::text("Currency"),
        Column::new("Budget rate", Kind::Number(4)),
        Column::new("BAC, own currency", Kind::Number(2)).help("The sum of the initiative's control accounts."),
        Column::new("BAC at the rate", context.money()).formula(format!("{}*{}", own("BAC, own currency"), own("Budget rate"))),
        Column::new("Less the table above", context.money())
            .formula(format!("IF(COUNT({0},{above})=2,ROUND({0}-{above},2),\"n/a\")", own(&at_rate))),
        Column::text("Check")
            .formula(format!("IF(ABS({})<1,\"ok\",\"fault\")", own(&header_of("Less the table above", &context.money()))))
            .mark(Mark::Words(words)),
    ];
    let contributions = &context.input.analyses.earned_value.portfolio.contributions;
    let rows = contributions.iter().filter_map(|part| Some(row(context, part, own_result(context, part)?))).collect();
    Table::new(BASIS, columns).rows(rows).when_empty("No initiative has a budget and dates to measure against.")
}

fn row(context: &Context<'_>, part: &Contribution, each: &InitiativeEarnedValue) -> Vec<Cell> {
    let scopes = scopes_of(context, each);
    let whole = scopes.iter().find(|scope| matches!(scope.scope, Scope::Initiative(_)));
    let measured = |value: Option<Measure<f64>>| super::context::ratio(value.unwrap_or(Err(Undefined::NoBudget)));
    let all: Vec<_> = each.activities.iter().map(|activity| activity.activity).collect();
    let own = ReportedActivities::of(each).sum(&all).budget_at_completion;
    let [bac, initiative, level] = ["BAC", "Initiative", "Level"].map(|header| column_of(SCOPES, header));
    let sum = format!("SUMIFS({bac},{initiative},{},{level},\"control account\")", this_row(BASIS, "Initiative"));
    let at_rate = own * part.rate;
    let above = rounded(part.base.budget_at_completion, context.currency());
    let is_near = (at_rate - above).abs() < Decimal::ONE;
    vec![
        context.initiative_cell(&part.initiative),
        Cell::text(each.dates.label()),
        Cell::text(each.basis.label()),
        Cell::text(each.actual_cost.label()),
        measured(whole.map(|scope| scope.level_of_effort_share)).into(),
        measured(whole.map(|scope| scope.schedule_index_without_level_of_effort)).into(),
        Cell::text(each.currency.code()),
        Value::Money(part.rate).into(),
        Cell::formula(sum, Value::Money(own)),
        Value::Money(at_rate).into(),
        Value::Money(number::round(at_rate - above, 2)).into(),
        Cell::text(if is_near { "ok" } else { "fault" }),
    ]
}

/// The sums of the table beside the engine's own, so that nobody needs to trust either.
#[must_use]
pub fn check(context: &Context<'_>) -> Table {
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
