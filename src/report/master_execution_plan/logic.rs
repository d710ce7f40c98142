//! The logic: every link of the plan, with its lag, its float and whether it drives its successor.

use super::outline::Outline;
use super::paths::row_of;
use crate::analysis::schedule::LinkStatus;
use crate::model::activity::{Dependency, LagCalendar};
use crate::report::book::{Cell, Column, Kind, Mark, Sheet, Table, Tone, Total, Value};
use crate::report::parts::words;

/// The table of links.
pub const TABLE: &str = "tbl_links";

/// The page.
#[must_use]
pub fn sheet(outline: &Outline<'_>) -> Sheet {
    Sheet::data("Logic", "Logic: every link of the plan")
        .subtitle("Float of a link in working days of its predecessor; a driving link holds its successor's early start")
        .about("Every link: type, lag, float, whether it drives, whether it crosses initiatives.")
        .block(table(outline))
}

/// Every link.
#[must_use]
pub fn table(outline: &Outline<'_>) -> Table {
    let tones = vec![("yes".to_string(), Tone::Accent)];
    let columns = vec![
        Column::text("Predecessor").total(Total::Label("Links shown".into())),
        Column::text("Predecessor name").wide(40),
        Column::text("Successor").total(Total::Count),
        Column::text("Successor name").wide(40),
        Column::text("Type"),
        Column::text("Lag"),
        Column::text("Lag calendar").help("Blank: as the scheduling options say."),
        Column::text("Driving").mark(Mark::Words(tones)).total(Total::Count),
        Column::new("Link float", Kind::Days).mark(Mark::Variance { more_is_good: true }),
        Column::text("Crosses initiatives").total(Total::Count),
        Column::text("Broken").total(Total::Count).help("A mandatory date overrides it."),
    ];
    let links = outline.portfolio().dependencies.iter().zip(&outline.schedule().links);
    let rows = links.map(|(link, status)| row(outline, link, *status)).collect();
    Table::new(TABLE, columns).keys(1).rows(rows).when_empty("The plan has no links.")
}

fn row(outline: &Outline<'_>, link: &Dependency, status: LinkStatus) -> Vec<Cell> {
    let (before, after) = (outline.activity(link.predecessor), outline.activity(link.successor));
    let yes = |is: bool| if is { Cell::text("yes") } else { Cell::blank() };
    let float = status.float.map(|float| outline.at(link.predecessor).days(float));
    let calendar = link.lag_calendar.map(|calendar| match calendar {
        LagCalendar::Predecessor => "predecessor",
        LagCalendar::Successor => "successor",
        LagCalendar::Project => "project",
        LagCalendar::RoundTheClock => "24-hour",
    });
    vec![
        Cell::text(before.key.to_string()).from_source(&link.origin),
        Cell::text(&before.name),
        Cell::text(after.key.to_string()).link(row_of(outline, link.successor)),
        Cell::text(&after.name),
        Cell::text(words::link(link.link)),
        if link.lag.is_zero() { Cell::blank() } else { Cell::text(link.lag.to_string()) },
        Cell::maybe_text(calendar),
        yes(status.driving),
        float.map_or_else(Cell::blank, |days| Value::Number(days).into()),
        yes(before.key.initiative != after.key.initiative),
        yes(status.broken),
    ]
}
