//! KPIs with their targets and readings.

use crate::base::id::{KpiId, ObjectiveId};
use crate::model::build::context::{Context, Names, Register, Unique, flag};
use crate::model::codes;
use crate::model::kpi::{Direction, Kpi, KpiValue};
use crate::table::tables::Row;
use std::collections::BTreeMap;

/// How far weights may miss 100 % by rounding.
const WEIGHT_TOLERANCE: f64 = 0.005;

/// The KPIs, by id, and their register.
pub(super) fn kpis(context: &mut Context<'_>) -> Vec<Kpi> {
    let rows = context.rows("KPIs");
    let names = Names::of(context.has("KPIs"), rows.iter().filter_map(|row| row.text("kpi_id")));
    context.registers.insert(Register::Kpis, names);
    let mut targets = values(context, "KPI targets", false);
    let mut readings = values(context, "KPI readings", true);
    let mut unique = Unique::new();
    let mut found: BTreeMap<KpiId, (Kpi, Row<'_>)> = BTreeMap::new();
    for row in rows {
        let Some(id) = row.text("kpi_id").map(KpiId::new) else { continue };
        if unique.admits(context, row, "kpi_id", id.clone()) {
            let kpi = kpi(context, row, &id, targets.remove(&id), readings.remove(&id));
            check(context, row, &kpi);
            found.insert(id, (kpi, row));
        }
    }
    break_circles(context, &mut found);
    check_tree(context, &found);
    found.into_values().map(|(kpi, _)| kpi).collect()
}

/// Values by KPI, ascending by period. Readings of periods that begin after the as-of date are kept out.
fn values(context: &mut Context<'_>, table: &str, measured: bool) -> BTreeMap<KpiId, Vec<KpiValue>> {
    let mut by_kpi: BTreeMap<KpiId, Vec<KpiValue>> = BTreeMap::new();
    for row in context.rows(table) {
        let Some(id) = context.reference(row, "kpi", Register::Kpis).map(|id| KpiId::new(&id)) else { continue };
        let (Some(period), Some(value)) = (row.period("period"), row.number("value")) else { continue };
        if measured && context.settings.fiscal.start(period) > context.as_of() {
            let finding =
                flag(row, codes::READING_IN_FUTURE, "period").expected(format!("a period that has begun by {}", context.as_of()));
            context.push(finding.hint("correct the period; kept out until then"));
            continue;
        }
        let values = by_kpi.entry(id).or_default();
        if let Some(first) = values.iter().find(|known| known.period == period) {
            let expected = format!("one value for a KPI and period; the first is at {}", first.origin);
            context.push(flag(row, codes::LISTED_TWICE, "period").expected(expected).hint("delete one; only the first counts"));
            continue;
        }
        let comment = row.text("comment").map(String::from);
        values.push(KpiValue { period, value, comment, origin: row.origin("value") });
    }
    for values in by_kpi.values_mut() {
        values.sort_by_key(|value| value.period);
    }
    by_kpi
}

fn kpi(
    context: &mut Context<'_>,
    row: Row<'_>,
    id: &KpiId,
    targets: Option<Vec<KpiValue>>,
    readings: Option<Vec<KpiValue>>,
) -> Kpi {
    let text = |key| row.text(key).map(String::from);
    Kpi {
        id: id.clone(),
        name: row.text("name").unwrap_or(id.as_str()).to_string(),
        kind: row.text("kind").unwrap_or_default().to_string(),
        objective: context.reference(row, "objective", Register::Objectives).map(|id| ObjectiveId::new(&id)),
        initiative: context.initiative(row, "initiative"),
        formula: text("formula_or_source"),
        unit: text("unit"),
        direction: direction(row),
        baseline: row.number("baseline"),
        green_threshold: row.number("green_threshold"),
        red_threshold: row.number("red_threshold"),
        owner: context.person(row, "owner", true),
        parent: context.reference(row, "parent", Register::Kpis).map(|id| KpiId::new(&id)),
        weight: row.number("weight"),
        aggregation: text("aggregation"),
        frequency: text("frequency"),
        targets: targets.unwrap_or_default(),
        readings: readings.unwrap_or_default(),
        origin: row.place(),
    }
}

fn direction(row: Row<'_>) -> Direction {
    match row.text("direction").unwrap_or("up") {
        "down" => Direction::Down,
        "target" => Direction::Target,
        _ => Direction::Up,
    }
}

/// Thresholds in the order of the direction. For "target" both are distances from the target: green the smaller.
fn check(context: &mut Context<'_>, row: Row<'_>, kpi: &Kpi) {
    if let Some((green, red)) = kpi.green_threshold.zip(kpi.red_threshold) {
        let (wrong, expected) = match kpi.direction {
            Direction::Up => (green < red, "a green threshold at or above the red one, since more is better"),
            Direction::Down => (green > red, "a green threshold at or below the red one, since less is better"),
            Direction::Target => (green > red, "a green distance from the target at or below the red one"),
        };
        if wrong {
            let finding = flag(row, codes::THRESHOLDS, "green_threshold").expected(expected);
            context.push(finding.hint("swap the thresholds, or correct the direction; the KPI is not rated until then"));
        }
    }
    if kpi.readings.is_empty() {
        let finding = flag(row, codes::KPI_WITHOUT_READING, "kpi_id").expected("a row in KPI readings");
        context.push(finding.hint("read it, or say in Formula or source where its value comes from"));
    }
}

/// Cuts the parent at which a circle of KPIs closes.
fn break_circles(context: &mut Context<'_>, kpis: &mut BTreeMap<KpiId, (Kpi, Row<'_>)>) {
    let ids: Vec<KpiId> = kpis.keys().cloned().collect();
    for id in ids {
        let parent_of = |id: &KpiId| kpis.get(id).and_then(|(kpi, _)| kpi.parent.clone());
        let chain: Vec<KpiId> = std::iter::successors(parent_of(&id), |above| if *above == id { None } else { parent_of(above) })
            .take(kpis.len())
            .collect();
        if chain.last() == Some(&id) {
            let loop_text: Vec<&str> = std::iter::once(&id).chain(&chain).map(KpiId::as_str).collect();
            if let Some((kpi, row)) = kpis.get_mut(&id) {
                let finding = flag(*row, codes::CIRCULAR_PARENT, "parent").found(loop_text.join(" > "));
                context.push(
                    finding
                        .expected("parents that end at a KPI without one")
                        .hint("cut one parent; this one is left out until then"),
                );
                kpi.parent = None;
            }
        }
    }
}

/// Weights of one parent's children add up to 100 %; a lagging KPI has a leading one below it.
fn check_tree(context: &mut Context<'_>, kpis: &BTreeMap<KpiId, (Kpi, Row<'_>)>) {
    let mut children: BTreeMap<&KpiId, Vec<&Kpi>> = BTreeMap::new();
    for (kpi, _) in kpis.values() {
        if let Some(parent) = &kpi.parent {
            children.entry(parent).or_default().push(kpi);
        }
    }
    for (parent, below) in &children {
        let sum: f64 = below.iter().filter_map(|kpi| kpi.weight).sum();
        let weighted = below.iter().any(|kpi| kpi.weight.is_some());
        if let Some((_, row)) = kpis.get(*parent).filter(|_| weighted && (sum - 1.0).abs() > WEIGHT_TOLERANCE) {
            let finding = flag(*row, codes::WEIGHTS, "weight").found(format!("{:.1} % in all below {parent}", sum * 100.0));
            context.push(finding.expected("100 %").hint("correct the weights of the KPIs whose parent this is"));
        }
    }
    for (id, (kpi, row)) in kpis {
        let leading = |kpi: &&Kpi| kpi.kind == "leading";
        if kpi.kind == "lagging" && children.contains_key(id) && !children[id].iter().any(leading) {
            let finding = flag(*row, codes::LAGGING_WITHOUT_LEADING, "kind").expected("a leading KPI among those below it");
            context.push(finding.hint("add one that moves before this one does"));
        }
    }
}
