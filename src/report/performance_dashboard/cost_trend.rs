//! Actual cost by initiative over the last twelve periods, with its trend as a small chart in each row.

use super::context::Context;
use super::money::unit;
use crate::base::id::InitiativeId;
use crate::base::money::Money;
use crate::base::period::Period;
use crate::report::book::{Cell, Column, Sheet, Table, Total, Value, header_of, this_row};
use rust_decimal::Decimal;

const TABLE: &str = "tbl_cost_trend";
/// How many periods, the as-of period included.
const PERIODS: i32 = 12;

/// The page.
#[must_use]
pub fn sheet(context: &Context<'_>) -> Sheet {
    Sheet::data("Cost Trend", "Actual cost by initiative: the last twelve periods")
        .subtitle(format!("AC, {}; the small charts share one scale; figures shown are rounded", unit(&context.money())))
        .about("Actual cost of each initiative in each of the last twelve periods, with its trend.")
        .block(table(context))
}

fn table(context: &Context<'_>) -> Table {
    let position = &context.input.analyses.cost;
    let fiscal = &context.portfolio().settings.fiscal;
    let periods = fiscal.range(fiscal.moved(position.period, 1 - PERIODS), position.period);
    let labels: Vec<String> = periods.iter().map(|period| fiscal.label(*period)).collect();
    let (Some(first), Some(last)) = (labels.first(), labels.last()) else { return Table::new(TABLE, Vec::new()) };
    let whole = labels.iter().map(|label| this_row(TABLE, label)).collect::<Vec<_>>().join(",");
    let mut columns = vec![
        Column::text("Initiative").total(Total::Label("Total".into())),
        Column::text("Name").wide(30),
        Column::sparkline("Trend", first, last, true),
        Column { header: header_of("AC, all twelve", &context.money()), ..Column::new("AC", context.money()) }
            .formula(format!("SUM({whole})"))
            .sum(),
    ];
    columns.extend(labels.iter().map(|label| Column { header: label.clone(), ..Column::new(label, context.money()) }.sum()));
    let ids = position.initiatives.iter().map(|each| Some(&each.initiative)).chain(std::iter::once(None));
    let rows = ids.filter_map(|id| row(context, id, &periods)).collect();
    Table::new(TABLE, columns).keys(2).rows(rows).when_empty("Not available: no ledger came in.")
}

/// None for what had no cost in these periods.
fn row(context: &Context<'_>, id: Option<&InitiativeId>, periods: &[Period]) -> Option<Vec<Cell>> {
    let figures: Vec<Option<Decimal>> = periods.iter().map(|period| actual(context, id, *period)).collect();
    let total = Value::Money(figures.iter().flatten().sum());
    figures.iter().any(Option::is_some).then(|| {
        let mut row = match id {
            Some(id) => vec![context.initiative_cell(id), Cell::text(context.name_of(id))],
            None => vec![Cell::text("(none)"), Cell::text("Unassigned: no initiative on the line")],
        };
        row.extend([Cell::blank(), total.into()]);
        row.extend(figures.into_iter().map(|figure| figure.map_or_else(Cell::blank, |figure| Value::Money(figure).into())));
        row
    })
}

/// Actual cost of a period; none where no line says anything.
fn actual(context: &Context<'_>, id: Option<&InitiativeId>, period: Period) -> Option<Decimal> {
    let position = &context.input.analyses.cost;
    let cells = position.cube.of(id).filter(|(key, _)| key.period == period);
    let minors: Vec<i128> = cells.filter_map(|(_, cell)| cell.actual.map(i128::from)).collect();
    let minor = i64::try_from(minors.iter().sum::<i128>()).ok()?;
    (!minors.is_empty()).then(|| Money::new(minor, position.currency).amount())
}
