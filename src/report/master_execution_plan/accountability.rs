//! Accountability: who owns what, due when, and how much each owner carries.

use super::outline::Outline;
use super::paths::row_of;
use crate::analysis::accountability::{AccountableItem, DUE_SOON_DAYS, DueFrom, ItemKind, OwnerLoad, OwnerState};
use crate::base::id::PersonId;
use crate::report::book::{Cell, Column, Kind, Mark, Sheet, Table, Tone, Total, Value, column_of, this_row};
use crate::report::parts::words;

/// Open items.
pub const ITEMS: &str = "tbl_accountability";
/// What each owner carries.
pub const OWNERS: &str = "tbl_owner_load";
const NOBODY: &str = "nobody";

/// The pages.
#[must_use]
pub fn sheets(outline: &Outline<'_>) -> Vec<Sheet> {
    vec![
        Sheet::data("Accountability", "Accountability: who owns what, due when")
            .subtitle("Unfinished activities and points, deliverables not accepted, decisions not taken; days are calendar days")
            .about("Every open item with its owner, due date, forecast and lateness.")
            .block(items(outline)),
        Sheet::data("Owner Load", "Owner load: what each owner carries")
            .subtitle(format!(
                "Live counts over the Accountability sheet; due soon: within {DUE_SOON_DAYS} days of the as-of date"
            ))
            .about("Open, overdue, soon due and late items of each owner.")
            .block(owners(outline)),
    ]
}

/// Every open item, by due date.
#[must_use]
pub fn items(outline: &Outline<'_>) -> Table {
    let own = |header: &str| this_row(ITEMS, header);
    let overdue = format!("IF(ISNUMBER({0}),MAX(0,as_of-{0}),0)", own("Due"));
    let late = || Mark::Variance { more_is_good: false };
    let gone = vec![(NOBODY.to_string(), Tone::Bad)];
    let columns = vec![
        Column::text("Item").total(Total::Label("Items shown".into())),
        Column::text("Name").wide(48).total(Total::Count),
        Column::text("Kind"),
        Column::text("Initiative"),
        Column::text("Owner").wide(22).mark(Mark::Words(gone)),
        Column::text("Owner id").detail(),
        Column::text("Owner is").wide(20),
        Column::new("Due", Kind::Date),
        Column::text("Due by").help("Where the due date comes from."),
        Column::new("Forecast", Kind::Date),
        Column::text("State"),
        Column::new("Overdue", Kind::Days).formula(overdue).mark(late()).help("Days from the due date to the as-of date."),
        Column::new("Late", Kind::Days).mark(late()).help("Days from the due date to the forecast."),
    ];
    let rows = outline.context.input.analyses.accountability.items.iter().map(|item| item_row(outline, item)).collect();
    Table::new(ITEMS, columns).keys(2).rows(rows).when_empty("Nothing is open.")
}

fn item_row(outline: &Outline<'_>, item: &AccountableItem) -> Vec<Cell> {
    let link = match &item.kind {
        ItemKind::Activity(index) | ItemKind::Point(index) => Some(row_of(outline, *index)),
        _ => None,
    };
    let id = Cell::text(&item.id);
    let text = format!("{}-{}", this_row(ITEMS, "Forecast"), this_row(ITEMS, "Due"));
    vec![
        link.into_iter().fold(id, Cell::link),
        Cell::text(&item.name),
        Cell::text(kind(outline, item)),
        Cell::maybe_text(item.initiative.as_ref().map(ToString::to_string)),
        Cell::text(owner(outline, item.owner.as_ref())),
        Cell::text(id_of(item.owner.as_ref())),
        Cell::text(here(item.owner_state)),
        Cell::date(item.due),
        Cell::text(match item.due_from {
            DueFrom::Given => "deadline or due date",
            DueFrom::Baseline => "baseline",
            DueFrom::Forecast => "forecast",
            DueFrom::Nothing => "no date",
        }),
        Cell::date(item.forecast),
        Cell::maybe_text(item.state.map(words::state)),
        Value::Integer(item.days_overdue.unwrap_or(0)).into(),
        item.days_late.map_or_else(Cell::blank, |days| Cell::formula(text, Value::Integer(days))),
    ]
}

fn kind(outline: &Outline<'_>, item: &AccountableItem) -> &'static str {
    match &item.kind {
        ItemKind::Activity(index) | ItemKind::Point(index) => words::kind(outline.at(*index).kind),
        ItemKind::Deliverable(_) => "deliverable",
        ItemKind::Decision(_) => "decision",
    }
}

fn owner(outline: &Outline<'_>, id: Option<&PersonId>) -> String {
    id.map_or_else(|| NOBODY.into(), |id| outline.context.person(Some(id)))
}

fn id_of(id: Option<&PersonId>) -> String {
    id.map_or_else(|| NOBODY.into(), ToString::to_string)
}

fn here(state: OwnerState) -> String {
    match state {
        OwnerState::Here => "here".into(),
        OwnerState::HasLeft(day) => format!("left {}", words::day(day)),
        OwnerState::NotHereYet(day) => format!("comes {}", words::day(day)),
        OwnerState::Nobody => "not named".into(),
    }
}

/// What each owner carries, live over the items.
#[must_use]
pub fn owners(outline: &Outline<'_>) -> Table {
    let of = |header: &str| column_of(ITEMS, header);
    let mine = format!("{},{}", of("Owner id"), this_row(OWNERS, "Owner id"));
    let count = |header: &str, test: &str| Column::new(header, Kind::Integer).formula(format!("COUNTIFS({mine}{test})")).sum();
    let soon = format!(",{0},\">=\"&as_of,{0},\"<=\"&(as_of+{DUE_SOON_DAYS})", of("Due"));
    let columns = vec![
        Column::text("Owner").wide(26).total(Total::Label("All".into())),
        Column::text("Owner id"),
        Column::text("Owner is").wide(20),
        count("Open", "").mark(Mark::Bar),
        count("Overdue", &format!(",{},\">0\"", of("Overdue (days)"))).mark(Mark::High { bad: 0.0, warn: 0.0 }),
        count("Due soon", &soon),
        count("Forecast late", &format!(",{},\">0\"", of("Late (days)"))).mark(Mark::Bar),
        Column::new("Initiatives", Kind::Integer).help("Initiatives that the items belong to."),
        Column::text("Next item").wide(44),
        Column::new("Next due", Kind::Date),
    ];
    let rows = outline.context.input.analyses.accountability.owners.iter().map(|load| owner_row(outline, load)).collect();
    Table::new(OWNERS, columns).keys(1).rows(rows).when_empty("Nobody owns an open item.")
}

fn owner_row(outline: &Outline<'_>, load: &OwnerLoad) -> Vec<Cell> {
    let items = &outline.context.input.analyses.accountability.items;
    let next = load.next.and_then(|next| items.get(next));
    vec![
        Cell::text(owner(outline, load.owner.as_ref())),
        Cell::text(id_of(load.owner.as_ref())),
        Cell::text(here(load.owner_state)),
        Cell::count(load.open),
        Cell::count(load.overdue),
        Cell::count(load.due_soon),
        Cell::count(load.late),
        Cell::count(load.initiatives),
        Cell::maybe_text(next.map(|next| format!("{} {}", next.id, next.name))),
        Cell::date(next.and_then(|next| next.due)),
    ]
}
