//! People: who is booked above capacity, when, and by which initiatives.

use super::context::{Context, quotient};
use super::pick::pick;
use super::settings;
use crate::analysis::capacity::OverAllocation;
use crate::base::id::ResourceId;
use crate::model::initiative::Rag;
use crate::model::resource::Resource;
use crate::report::book::{Cell, Column, Kind, Sheet, Table, Value, this_row};
use crate::report::parts::message::{FIGURE, KEY, NAME, OWNER, WORDS};

/// The table of bookings above capacity.
pub const TABLE: &str = "tbl_people";
const MOST: usize = 8;
/// Position of the count of initiatives.
const COUNT: usize = 8;
/// Position of the booked share.
const BOOKED_SHARE: usize = 6;

/// The page.
#[must_use]
pub fn sheet(context: &Context<'_>) -> Sheet {
    Sheet::data("People", "People and resources booked above capacity")
        .subtitle("Days of work booked by the forecast dates against days that can be worked, by fiscal period from now on")
        .about("Who is booked above capacity, when, and by which initiatives.")
        .block(table(context))
}

/// Every period in which a resource is above capacity.
#[must_use]
pub fn table(context: &Context<'_>) -> Table {
    let (booked, capacity) = (this_row(TABLE, "Booked (days)"), this_row(TABLE, "Capacity (days)"));
    let share = this_row(TABLE, "Booked share");
    let rag = format!("IF(ISNUMBER({share}),IF({share}>{},\"R\",\"G\"),\"n/a\")", settings::OVER_ALLOCATION);
    let columns = vec![
        Column::text("Booking"),
        Column::text("Name").wide(28),
        Column::text("Role"),
        Column::text("Period"),
        Column::new("Booked", Kind::Days),
        Column::new("Capacity", Kind::Days),
        Column::new("Booked share", Kind::Percent).formula(quotient(&booked, &capacity)),
        Column::new("RAG", Kind::Rag).formula(rag),
        Column::new("Initiatives", Kind::Integer).help("How many initiatives ask for it in the period."),
        Column::new("Asked for by", Kind::Prose).wide(60),
        Column::text("Team"),
    ];
    let rows = context.input.analyses.resources.over_allocations.iter().map(|over| row(context, over)).collect();
    Table::new(TABLE, columns).keys(2).rows(rows).when_empty("Nobody is booked above capacity.")
}

fn resource<'a>(context: &Context<'a>, id: &ResourceId) -> Option<&'a Resource> {
    context.portfolio().resources.iter().find(|resource| resource.id == *id)
}

fn row(context: &Context<'_>, over: &OverAllocation) -> Vec<Cell> {
    let found = resource(context, &over.resource);
    #[expect(clippy::cast_precision_loss, reason = "minutes of a day")]
    let day = context.portfolio().calendars.default_calendar().minutes_per_day().max(1) as f64;
    let load = context.input.analyses.resources.resources.iter().find(|each| each.resource == over.resource);
    let period = load.and_then(|load| load.periods.iter().find(|each| each.period == over.period));
    let (booked, capacity) = period
        .map_or((None, None), |each| (Some(each.load_minutes / day), each.capacity_minutes.ok().map(|minutes| minutes / day)));
    let share = match (booked, capacity) {
        (Some(booked), Some(capacity)) if capacity != 0.0 => Value::Number(booked / capacity),
        _ => Value::NotAvailable("no capacity in the period".into()),
    };
    let limit = context.portfolio().settings.thresholds.over_allocation;
    let rag = match &share {
        Value::Number(share) => Value::Rag(if *share > limit { Rag::Red } else { Rag::Green }),
        none => none.clone(),
    };
    let key = Cell::text(format!("{} {:02}-P{:02}", over.resource, over.period.year.rem_euclid(100), over.period.number));
    vec![
        found.map_or_else(|| key.clone(), |resource| key.clone().from_source(&resource.origin)),
        Cell::text(found.map_or_else(|| over.resource.to_string(), |resource| resource.name.clone())),
        Cell::maybe_text(found.and_then(|resource| resource.role.as_ref())),
        Cell::text(context.portfolio().settings.fiscal.label(over.period)),
        Cell::number(booked, "not booked"),
        Cell::number(capacity, "no capacity given"),
        share.into(),
        rag.into(),
        Cell::count(over.initiatives.len()),
        Cell::text(asked(context, over, day)),
        Cell::maybe_text(found.and_then(|resource| resource.team.as_ref())),
    ]
}

/// `LU-101 A350 Integration design 10.5 days; …`.
fn asked(context: &Context<'_>, over: &OverAllocation, day: f64) -> String {
    let part = |(activity, minutes): &(crate::model::activity::ActivityIndex, f64)| {
        format!("{} {:.1} days", context.activity(*activity), minutes / day)
    };
    over.activities.iter().take(5).map(part).collect::<Vec<_>>().join("; ")
}

/// How many people are asked for above capacity by more than one initiative.
#[must_use]
pub fn across(context: &Context<'_>) -> usize {
    let over = context.input.analyses.resources.over_allocations.iter().filter(|over| over.initiatives.len() > 1);
    over.map(|over| &over.resource).collect::<std::collections::BTreeSet<_>>().len()
}

/// Bookings across initiatives, the soonest first of the most overbooked.
#[must_use]
pub fn few(detail: &Table) -> Table {
    let count = |row: usize| if let Value::Integer(count) = detail.rows[row][COUNT].result() { *count } else { 0 };
    let share = |row: usize| if let Value::Number(share) = detail.rows[row][BOOKED_SHARE].result() { *share } else { 0.0 };
    let mut rows: Vec<usize> = (0..detail.rows.len()).filter(|row| count(*row) > 1).collect();
    rows.sort_by(|a, b| share(*b).total_cmp(&share(*a)).then(a.cmp(b)));
    rows.truncate(MOST);
    rows.sort_unstable();
    let days = |words: &str, header: &str| (Column::new(words, Kind::Days).wide(FIGURE), header.to_string());
    let shown = vec![
        (Column::new("Name", Kind::Prose).wide(NAME), "Name".to_string()),
        (Column::new("RAG", Kind::Rag), "RAG".into()),
        (Column::text("Period").wide(FIGURE), "Period".into()),
        days("Booked", "Booked (days)"),
        days("Capacity", "Capacity (days)"),
        (Column::new("Booked share", Kind::Percent).wide(FIGURE), "Booked share".into()),
        (Column::new("Asked for by", Kind::Prose).wide(WORDS), "Asked for by".into()),
        (Column::new("Role", Kind::Prose).wide(WORDS), "Role".into()),
        (Column::new("Team", Kind::Prose).wide(OWNER), "Team".into()),
    ];
    pick("tbl_exec_people", Column::new("Booking", Kind::Prose).wide(KEY), detail, &rows, shown)
        .when_empty("Nobody is asked for above capacity by more than one initiative.")
}
