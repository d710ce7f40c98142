//! Resources, rates and assignments.

use crate::base::calendar::{Calendars, WorkCalendar};
use crate::base::id::ResourceId;
use crate::base::money::Currency;
use crate::model::activity::{Activity, ActivityIndex};
use crate::model::build::context::{Context, Names, Register, Unique, flag};
use crate::model::build::{calendars, status};
use crate::model::codes;
use crate::model::resource::{Assignment, Bearer, Rate, RateUnit, Resource, ResourceKind};
use crate::table::tables::Row;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// The resources, by id, and their register.
pub(super) fn resources(context: &mut Context<'_>) -> Vec<Resource> {
    let rows = context.rows("Resources");
    let names = Names::of(context.has("Resources"), rows.iter().filter_map(|row| row.text("resource_id")));
    context.registers.insert(Register::Resources, names);
    let mut unique = Unique::new();
    let mut resources = Vec::new();
    for row in rows {
        let Some(id) = row.text("resource_id").map(ResourceId::new) else { continue };
        if unique.admits(context, row, "resource_id", id.clone()) {
            resources.push(resource(context, row, id));
        }
    }
    resources.sort_by(|a, b| a.id.cmp(&b.id));
    resources
}

fn resource(context: &mut Context<'_>, row: Row<'_>, id: ResourceId) -> Resource {
    let (from, to) = (row.day("available_from"), row.day("available_to"));
    let text = |key| row.text(key).map(String::from);
    Resource {
        name: row.text("name").unwrap_or(id.as_str()).to_string(),
        kind: kind(row),
        role: text("role"),
        team: text("team"),
        site: text("site"),
        calendar: calendars::calendar_of(context, row),
        capacity: row.number("capacity"),
        consumable: row.yes("consumable").unwrap_or(false),
        available_from: from,
        available_to: to,
        vendor: text("vendor"),
        shareable: row.yes("shareable"),
        origin: row.place(),
        id,
    }
}

fn kind(row: Row<'_>) -> ResourceKind {
    match row.text("kind").unwrap_or_default() {
        "technology" => ResourceKind::Technology,
        "physical" => ResourceKind::Physical,
        "external" => ResourceKind::External,
        "financial" => ResourceKind::Financial,
        _ => ResourceKind::Human,
    }
}

/// Who a row is for. A resource goes before a role; neither is a finding.
fn bearer(context: &mut Context<'_>, row: Row<'_>) -> Option<Bearer> {
    if row.text("resource").is_some() {
        return context.reference(row, "resource", Register::Resources).map(|id| Bearer::Resource(ResourceId::new(&id)));
    }
    if let Some(role) = row.text("role") {
        return Some(Bearer::Role(role.to_string()));
    }
    let finding = flag(row, codes::NO_BEARER, "resource").expected("a Resource or a Role");
    context.push(finding.hint("say who does the work; the row is left out until then"));
    None
}

/// The rates, by bearer, then date.
pub(super) fn rates(context: &mut Context<'_>) -> Vec<Rate> {
    let mut rates: Vec<Rate> = Vec::new();
    let mut seen: BTreeSet<(Bearer, crate::base::day::Day)> = BTreeSet::new();
    for row in context.rows("Rates") {
        let Some(bearer) = bearer(context, row) else { continue };
        let (Some(from), Some(rate)) = (row.day("from"), context.amount(row, "rate")) else { continue };
        if !seen.insert((bearer.clone(), from)) {
            let finding = flag(row, codes::LISTED_TWICE, "from").expected("one rate from a day on");
            context.push(finding.hint("delete one; only the first counts"));
            continue;
        }
        let currency = row.text("currency").and_then(Currency::parse);
        let cost_per_use = context.amount(row, "cost_per_use");
        rates.push(Rate { bearer, from, rate, unit: rate_unit(row), cost_per_use, currency, origin: row.place() });
    }
    rates.sort_by(|a, b| (&a.bearer, a.from).cmp(&(&b.bearer, b.from)));
    rates
}

fn rate_unit(row: Row<'_>) -> RateUnit {
    match row.text("unit").unwrap_or("hour") {
        "day" => RateUnit::Day,
        "week" => RateUnit::Week,
        "month" => RateUnit::Month,
        "unit" => RateUnit::Each,
        _ => RateUnit::Hour,
    }
}

/// The assignments, by activity, then bearer.
pub(super) fn assignments(
    context: &mut Context<'_>,
    (activities, calendars): (&[Activity], &Calendars),
    resources: &[Resource],
    rates: &[Rate],
) -> Vec<Assignment> {
    let by_id: BTreeMap<&ResourceId, &Resource> = resources.iter().map(|resource| (&resource.id, resource)).collect();
    let priced: BTreeSet<&Bearer> = rates.iter().map(|rate| &rate.bearer).collect();
    let mut found: Vec<(Assignment, usize)> = Vec::new();
    for row in context.rows("Assignments") {
        let home = context.initiative(row, "initiative");
        let activity = context.activity(row, "activity", home.as_ref());
        let (Some(activity), Some(bearer)) = (activity, bearer(context, row)) else { continue };
        let mut assignment = assignment(context, row, activity, bearer);
        if row.yes("units_rounded") == Some(true) {
            let activity = &activities[activity.0];
            let calendar = calendars.get_or_default(activity.calendar.as_ref());
            assignment.units = assignment.units.map(|units| unrounded(units, activity, calendar));
        }
        check(context, row, &assignment, &activities[activity.0], &by_id);
        if context.has("Rates") && !is_priced(&assignment, &by_id, &priced) {
            let finding = flag(row, codes::NO_RATE, if row.text("resource").is_some() { "resource" } else { "role" });
            context.push(finding.expected("a row in Rates for it").hint("add a rate; the work has no cost until then"));
        }
        check_rate_start(context, row, (&assignment, &activities[activity.0]), (&by_id, rates));
        found.push((assignment, row.index));
    }
    found.sort_by(|(a, i), (b, j)| (a.activity, &a.bearer, i).cmp(&(b.activity, &b.bearer, j)));
    found.into_iter().map(|(assignment, _)| assignment).collect()
}

fn assignment(context: &mut Context<'_>, row: Row<'_>, activity: ActivityIndex, bearer: Bearer) -> Assignment {
    let (units, work, fixed_cost) = (row.number("units"), row.span("work"), context.amount(row, "fixed_cost"));
    Assignment {
        activity,
        bearer,
        units: if units.is_none() && work.is_none() && fixed_cost.is_none() { Some(1.0) } else { units },
        work,
        fixed_cost,
        profile: row.text("profile").map(String::from),
        start: row.moment("start"),
        finish: row.moment("finish"),
        origin: row.place(),
    }
}

/// Units that were shown to two decimals, as exactly as they can be known: of the whole hours of work that would show as
/// these units, whole days go first, then half days, then what is nearest. Units without a fraction, and those that no
/// whole hour explains, are taken as they stand.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "hours of an activity are far below 2^52")]
fn unrounded(units: f64, activity: &Activity, calendar: &WorkCalendar) -> f64 {
    const HALF_A_HUNDREDTH: f64 = 0.005;
    const MARGIN: f64 = 1e-9;
    let hours = activity.duration.minutes(calendar).unwrap_or(0) as f64 / 60.0;
    if units.fract() == 0.0 || hours <= 0.0 {
        return units;
    }
    let shown = units * hours;
    let from = (shown - HALF_A_HUNDREDTH * hours - MARGIN).ceil() as i64;
    let to = (shown + HALF_A_HUNDREDTH * hours + MARGIN).floor() as i64;
    let day = calendar.minutes_per_day();
    let rank = |work: &i64| (work * 60 % day != 0, work * 120 % day != 0, ((*work as f64 - shown).abs() * 60.0).round() as i64);
    (from..=to).min_by_key(rank).map_or(units, |work| work as f64 / hours)
}

/// A rate of its own, or of its role; none is needed where only a fixed cost counts.
fn is_priced(assignment: &Assignment, resources: &BTreeMap<&ResourceId, &Resource>, priced: &BTreeSet<&Bearer>) -> bool {
    if assignment.units.is_none() && assignment.work.is_none() || priced.contains(&assignment.bearer) {
        return true;
    }
    let Bearer::Resource(id) = &assignment.bearer else { return false };
    let Some(resource) = resources.get(id) else { return true };
    let role = resource.role.clone().map(Bearer::Role);
    resource.kind == ResourceKind::Financial || role.is_some_and(|role| priced.contains(&role))
}

/// Work before the first rate of its bearer (of the resource itself, else of its role) holds.
fn check_rate_start(
    context: &mut Context<'_>,
    row: Row<'_>,
    (assignment, activity): (&Assignment, &Activity),
    (resources, rates): (&BTreeMap<&ResourceId, &Resource>, &[Rate]),
) {
    let first = |bearer: &Bearer| rates.iter().find(|rate| rate.bearer == *bearer).map(|rate| rate.from);
    let role = match &assignment.bearer {
        Bearer::Resource(id) => resources.get(id).and_then(|resource| resource.role.clone()).map(Bearer::Role),
        Bearer::Role(_) => None,
    };
    let Some(from) = first(&assignment.bearer).or_else(|| first(&role?)) else { return };
    let start = assignment.start.or(activity.actual_start).or(activity.baseline_start);
    if let Some(start) = start.filter(|start| start.day() < from) {
        let key = if row.text("resource").is_some() { "resource" } else { "role" };
        let finding =
            flag(row, codes::RATE_STARTS_LATE, key).expected(format!("a rate from {} on, not from {from}", start.day()));
        context.push(finding.hint("add the rate that held before"));
    }
}

/// An assignment outside the resource's availability: by its own dates, else the baseline's.
fn check(
    context: &mut Context<'_>,
    row: Row<'_>,
    assignment: &Assignment,
    activity: &Activity,
    resources: &BTreeMap<&ResourceId, &Resource>,
) {
    if assignment.units.is_some_and(|units| units < 0.0) || assignment.fixed_cost.is_some_and(|cost| cost < Decimal::ZERO) {
        context.push(flag(row, codes::NEGATIVE_ASSIGNMENT, "units").expected("0 or more").hint("correct the sign"));
    }
    let Bearer::Resource(id) = &assignment.bearer else { return };
    let Some(resource) = resources.get(id) else { return };
    let unfinished = activity.actual_finish.is_none();
    let finish = assignment.finish.or(if unfinished { activity.baseline_finish } else { activity.actual_finish });
    let start = assignment.start.or(activity.actual_start).or(activity.baseline_start);
    if let Some((last, at)) =
        resource.available_to.zip(finish).filter(|(last, at)| status::finish_instant(*at).finish_day() > *last)
    {
        let expected = format!("work that ends by {last}, the last day of {id}");
        let finding = flag(row, codes::RESOURCE_UNAVAILABLE, "resource").found(format!("{id} until {}", at.day()));
        context.push(finding.expected(expected).hint("name a successor, or correct Available to"));
    }
    if let Some((first, at)) = resource.available_from.zip(start).filter(|(first, at)| at.day() < *first) {
        let expected = format!("work from {first}, the first day of {id}");
        let finding = flag(row, codes::RESOURCE_UNAVAILABLE, "resource").found(format!("{id} from {}", at.day()));
        context.push(finding.expected(expected).hint("move the work, or correct Available from"));
    }
}

#[cfg(test)]
mod tests {
    use crate::model::testing::TestTables;

    #[test]
    fn units_shown_to_two_decimals_are_worked_out_from_whole_hours() {
        for (units, duration, exact) in [
            ("0.67", "3d", 2.0 / 3.0),
            ("3.33", "1d 4h", 10.0 / 3.0),
            ("1.71", "17d 4h", 12.0 / 7.0),
            ("1.14", "8d 6h", 8.0 / 7.0),
            ("0.10", "8d", 0.1),
            ("2", "3d", 2.0),
        ] {
            let row = format!("P|A|1|Work|task|{duration}");
            let (portfolio, _) = TestTables::new()
                .with("Activities", "Initiative|Activity ID|WBS|Name|Type|Duration", &[&row])
                .with("Resources", "Resource ID|Name|Kind", &["R|Mason|human"])
                .with("Assignments", "Initiative|Activity|Resource|Units|Units rounded", &[&format!("P|A|R|{units}|yes")])
                .build("2026-10-31");
            assert_eq!(portfolio.assignments[0].units, Some(exact), "{units} over {duration}");
        }
    }
}
