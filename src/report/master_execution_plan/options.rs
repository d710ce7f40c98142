//! The rules by which the plan was scheduled: every option of every initiative as it stands, and the calendars.

use super::outline::Outline;
use crate::model::activity::ActivityType;
use crate::report::book::{Cell, Column, Kind, Sheet, Table, Total};

/// The table of options.
pub const TABLE: &str = "tbl_options";
/// The table of calendars.
pub const CALENDARS: &str = "tbl_calendars";

/// The pages.
#[must_use]
pub fn sheets(outline: &Outline<'_>) -> Vec<Sheet> {
    vec![
        Sheet::data("Options", "Scheduling options of each initiative")
            .subtitle("As they stood in this run: the profile, then every option of which it is made")
            .about("The rules of scheduling that each initiative follows, as recorded.")
            .block(options(outline)),
        Sheet::data("Calendars", "Working calendars")
            .subtitle("Hours of the usual week; a day is the working time that counts as one day of duration and float")
            .about("Working time of each calendar and how many activities follow it.")
            .block(calendars(outline)),
    ]
}

/// One line an option, one column an initiative: where initiatives differ shows at a glance.
#[must_use]
pub fn options(outline: &Outline<'_>) -> Table {
    let portfolio = outline.portfolio();
    let initiatives = &portfolio.initiatives;
    let entries: Vec<_> = outline.schedule().initiatives.iter().map(|plan| plan.options.entries()).collect();
    let mut columns = vec![Column::text("Option").wide(24), Column::new("What it decides", Kind::Prose).wide(60)];
    columns.push(Column::text("Same for all"));
    columns.extend(initiatives.iter().map(|initiative| Column::text(initiative.id.as_str()).wide(22)));
    let names = entries.first().map_or(0, Vec::len);
    let rows = (0..names).map(|at| {
        let same = entries.windows(2).all(|pair| pair[0][at].value == pair[1][at].value);
        let mut row = vec![
            Cell::text(entries[0][at].name),
            Cell::text(entries[0][at].meaning),
            Cell::text(if same { "yes" } else { "no" }),
        ];
        row.extend(entries.iter().map(|entries| Cell::text(&entries[at].value)));
        row
    });
    Table::new(TABLE, columns).keys(1).rows(rows.collect()).when_empty("The portfolio has no initiatives.")
}

fn calendars(outline: &Outline<'_>) -> Table {
    let columns = vec![
        Column::text("Calendar").total(Total::Label("All".into())),
        Column::text("Id"),
        Column::new("Hours a day", Kind::Number(2)).help("Working hours that count as one day."),
        Column::new("Working time", Kind::Prose).wide(90),
        Column::new("Activities", Kind::Integer).sum().help("Activities whose dates follow it, summaries excepted."),
    ];
    let work = || outline.portfolio().activities.iter().filter(|activity| activity.kind != ActivityType::Summary);
    let used: Vec<_> = work().map(|activity| crate::analysis::schedule::calendar_of(outline.portfolio(), activity)).collect();
    let mut all: Vec<_> = outline.portfolio().calendars.iter().cloned().collect();
    for calendar in &used {
        if !all.iter().any(|known| known.id() == calendar.id()) {
            all.push(calendar.clone());
        }
    }
    let rows = all.iter().map(|calendar| {
        let count = used.iter().filter(|used| used.id() == calendar.id()).count();
        #[expect(clippy::cast_precision_loss, reason = "minutes of a day")]
        let hours = calendar.minutes_per_day() as f64 / 60.0;
        vec![
            Cell::text(calendar.name()),
            Cell::text(calendar.id().to_string()),
            Cell::number(Some(hours), ""),
            Cell::text(calendar.describe()),
            Cell::count(count),
        ]
    });
    Table::new(CALENDARS, columns).rows(rows.collect())
}
