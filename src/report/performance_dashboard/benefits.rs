//! Benefits: planned against realised, what leaks away, by benefit and by class. Classes are never added to one another.

use super::context::{Context, difference, minus, over, quotient, sum};
use super::settings;
use crate::analysis::benefits::BenefitStatus;
use crate::analysis::measure::Measure;
use crate::base::money::Money;
use crate::model::benefit::{Benefit, BenefitClass};
use crate::model::initiative::Rag;
use crate::report::book::{
    Band, Cell, Chart, ChartKind, Column, Kind, Mark, Note, Role, Series, Sheet, Table, Value, column_of, header_of, this_row,
};
use std::collections::BTreeSet;

/// The table of benefits.
pub const TABLE: &str = "tbl_benefits";
/// Positions of forecast and realised to date.
pub const FORECAST: usize = 6;
/// Realised to date.
pub const REALISED: usize = 7;
const CLASSES: &str = "tbl_benefit_classes";

/// The pages.
#[must_use]
pub fn sheets(context: &Context<'_>) -> Vec<Sheet> {
    let all = Sheet::data("Benefits", "Benefits: planned against realised")
        .subtitle(format!(
            "{}, at each benefit's share of a group that must not be counted twice; harms below zero; figures shown are rounded",
            context.currency()
        ))
        .about("Every benefit: business case, forecast, realised with evidence, and what leaks away.")
        .block(table(context));
    vec![class_sheet(context), all]
}

fn class_sheet(context: &Context<'_>) -> Sheet {
    let kind = context.money();
    let names = headers(context);
    let unit = header_of("", &kind);
    let bars = vec![
        Series::new(TABLE, "Benefit", &names[0], Role::Plan).named("Business case to date"),
        Series::new(TABLE, "Benefit", &names[2], Role::Actual).named("Realised to date"),
    ];
    let chart = Chart::new(format!("Benefits to date: business case against realised {}", unit.trim()), ChartKind::Columns, bars)
        .alt("Columns of the business case and of what is realised, to date, for every benefit.")
        .size(12, 300);
    let result = &context.input.analyses.benefits;
    let none = result.without_amount.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let words = vec![
        format!(
            "Realised counts readings with evidence that finance has validated; claimed counts the others. {} of {} benefits have amounts.",
            result.coverage.0, result.coverage.1
        ),
        if none.is_empty() {
            "No benefit is without an amount.".into()
        } else {
            format!("Without an amount, in no total: {none}.")
        },
    ];
    Sheet::page("Benefits Summary", "Benefits: realised against planned, by class")
        .subtitle(format!("{}; cash-releasing benefits stand apart and are never added to the others", context.currency()))
        .about("Benefits by class, to date and in full.")
        .block(classes(context))
        .block(chart)
        .band(Band::of(vec![Note::plain(words).into()]))
}

/// Business case, forecast, realised, claimed to date; business case and forecast in full.
fn headers(context: &Context<'_>) -> [String; 6] {
    ["Case to date", "Forecast to date", "Realised to date", "Claimed to date", "Case in full", "Forecast in full"]
        .map(|words| header_of(words, &context.money()))
}

/// Every benefit.
#[must_use]
pub fn table(context: &Context<'_>) -> Table {
    let kind = context.money();
    let names = headers(context);
    let own = |header: &str| this_row(TABLE, header);
    let (case, forecast, realised) = (own(&names[0]), own(&names[1]), own(&names[2]));
    let share = own("Realised %");
    let rag = format!(
        "IF(ISNUMBER({share}),IF({share}>={},\"G\",IF({share}<{},\"R\",\"A\")),\"n/a\")",
        settings::INDEX_GREEN,
        settings::INDEX_RED
    );
    let money = |words: &str| Column::new(words, kind.clone());
    let columns = vec![
        Column::text("Benefit"),
        Column::text("Name").wide(34),
        Column::text("Initiative"),
        Column::text("Class"),
        Column::text("Owner").detail(),
        money("Case to date").help("Business case up to the as-of period."),
        money("Forecast to date").help("Current forecast up to the as-of period; the business case where there is none."),
        money("Realised to date").help("Readings with evidence and finance's validation."),
        money("Claimed to date").help("Readings without them."),
        money("Leakage")
            .formula(difference(&forecast, &realised))
            .mark(Mark::Variance { more_is_good: false })
            .help("Forecast less realised, to date."),
        Column::new("Realised %", Kind::Percent)
            .formula(quotient(&realised, &case))
            .mark(Mark::Bar)
            .help("Realised over the business case, to date."),
        Column::new("RAG", Kind::Rag).formula(rag).help("By the limits of indices: realised over the business case, to date."),
        money("Case in full"),
        money("Forecast in full"),
        money("dPL in full").formula(difference(&own(&names[5]), &own(&names[4]))).mark(Mark::Variance { more_is_good: true }),
        money("Weighted").help("Forecast in full x confidence."),
        Column::new("Way gone", Kind::Percent).help("Of the measure, from baseline to target.").detail(),
        Column::text("Measure").wide(36).detail(),
    ];
    let result = &context.input.analyses.benefits;
    let rows = context
        .portfolio()
        .benefits
        .iter()
        .zip(&result.benefits)
        .map(|(benefit, status)| row(context, benefit, status))
        .collect();
    Table::new(TABLE, columns).keys(2).rows(rows).when_empty("No benefit is registered.")
}

fn amount(money: Measure<Money>) -> Value {
    money.map_or_else(|none| Value::NotAvailable(none.reason().into()), |money| Value::Money(money.amount()))
}

fn row(context: &Context<'_>, benefit: &Benefit, status: &BenefitStatus) -> Vec<Cell> {
    let counted = &status.counted;
    let (case, forecast, realised) =
        (amount(counted.business_case.to_date), amount(counted.forecast.to_date), amount(counted.realised.to_date));
    let (full_case, full_forecast) = (amount(counted.business_case.total), amount(counted.forecast.total));
    let share = over(&realised, &case, "nothing planned to date");
    let forecast_cell = Cell::new(forecast.clone());
    vec![
        Cell::text(benefit.id.to_string()).from_source(&benefit.origin),
        Cell::text(&benefit.name),
        Cell::text(benefit.initiative.to_string()),
        Cell::text(class_name(benefit.class)),
        Cell::text(context.person(benefit.owner.as_ref())),
        case.into(),
        if status.forecast_is_business_case {
            forecast_cell.note("No current forecast: the business case stands in.")
        } else {
            forecast_cell
        },
        realised.clone().into(),
        amount(counted.claimed.to_date).into(),
        minus(&forecast, &realised).into(),
        share.clone().into(),
        rated(context, &share).into(),
        full_case.clone().into(),
        full_forecast.clone().into(),
        minus(&full_forecast, &full_case).into(),
        amount(status.weighted).into(),
        super::context::ratio(status.progress).into(),
        Cell::text(&benefit.measure),
    ]
}

fn rated(context: &Context<'_>, share: &Value) -> Value {
    let limits = &context.portfolio().settings.thresholds;
    match share {
        Value::Number(share) if *share >= limits.index_green => Value::Rag(Rag::Green),
        Value::Number(share) if *share < limits.index_red => Value::Rag(Rag::Red),
        Value::Number(_) => Value::Rag(Rag::Amber),
        none => none.clone(),
    }
}

/// The class for a sheet.
#[must_use]
pub const fn class_name(class: Option<BenefitClass>) -> &'static str {
    match class {
        Some(BenefitClass::CashReleasing) => "cash-releasing",
        Some(BenefitClass::NonCashReleasing) => "non-cash-releasing",
        Some(BenefitClass::CostAvoidance) => "cost avoidance",
        Some(BenefitClass::Revenue) => "revenue",
        Some(BenefitClass::Qualitative) => "qualitative",
        Some(BenefitClass::Disbenefit) => "disbenefit",
        None => "no class",
    }
}

/// Sums by class, live over the table of benefits.
fn classes(context: &Context<'_>) -> Table {
    let detail = table(context);
    let kind = context.money();
    let names = headers(context);
    let used: BTreeSet<Option<BenefitClass>> = context.portfolio().benefits.iter().map(|benefit| benefit.class).collect();
    let class = column_of(TABLE, "Class");
    let own = this_row(CLASSES, "Class");
    let row = |found: &Option<BenefitClass>| {
        let name = Value::Text(class_name(*found).into());
        let mine: Vec<&Vec<Cell>> = detail.rows.iter().filter(|row| row[3].result() == &name).collect();
        let summed = |position: usize, header: &str| {
            let text = format!("SUMIFS({},{class},{own})", column_of(TABLE, header));
            Cell::formula(text, sum(mine.iter().map(|row| &row[position].value)))
        };
        let positions = [5, FORECAST, REALISED, 8, 12, 13];
        let mut cells = vec![Cell::new(name.clone()), Cell::count(mine.len())];
        cells.extend(positions.iter().zip(&names).map(|(position, header)| summed(*position, header)));
        let share = over(&cells[4].value, &cells[2].value, "nothing planned to date");
        cells.push(share.into());
        cells
    };
    let mut columns = vec![Column::text("Class").wide(24), Column::new("Benefits", Kind::Integer)];
    columns.extend(
        ["Case to date", "Forecast to date", "Realised to date", "Claimed to date", "Case in full", "Forecast in full"]
            .map(|words| Column::new(words, kind.clone())),
    );
    let (case, realised) = (this_row(CLASSES, &names[0]), this_row(CLASSES, &names[2]));
    columns.push(
        Column::new("Realised %", Kind::Percent).formula(quotient(&realised, &case)).help("Of the business case, to date."),
    );
    Table::new(CLASSES, columns).rows(used.iter().map(row).collect()).when_empty("No benefit is registered.")
}
