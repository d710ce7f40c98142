//! What initiatives owe each other: the matrix of links, every hand-over with its dates, and the activities whose slip
//! would move most.

use super::outline::Outline;
use super::paths::row_of;
use crate::analysis::interdependency::{AT_RISK_DAYS, Bottleneck, CrossLink, LinkHealth, MatrixCell, NeededFrom, SLIP_DAYS};
use crate::base::day::Moment;
use crate::report::book::{Band, Cell, Column, Kind, Mark, Note, Scale, Sheet, Table, Tone, Total, Value, column_of, this_row};
use crate::report::parts::context::rounded;
use crate::report::parts::words;
use std::collections::BTreeMap;

/// Every hand-over.
pub const LINKS: &str = "tbl_cross_links";
/// Counts of hand-overs.
pub const MATRIX: &str = "tbl_matrix_links";
const AT_RISK: &str = "tbl_matrix_at_risk";
const FLOAT: &str = "tbl_matrix_float";
/// Activities whose slip moves most.
pub const BOTTLENECKS: &str = "tbl_bottlenecks";

/// The pages.
#[must_use]
pub fn sheets(outline: &Outline<'_>) -> Vec<Sheet> {
    let found = &outline.context.input.analyses.interdependencies;
    vec![
        Sheet::page("Interdependency", "Interdependency map: who hands over to whom")
            .subtitle("Rows hand over to columns; counts are live over the Cross-links sheet")
            .about("Links between initiatives as matrices: how many, how many late or at risk, the least float.")
            .band(Band::headed("Links, all", vec![matrix(outline, MATRIX, "", |cell| cell.links).into()]))
            .band(Band::headed("Links late or at risk", vec![matrix(outline, AT_RISK, "risk", |cell| cell.at_risk).into()]))
            .band(Band::headed("Least float of a hand-over still to come, working days", vec![floats(outline).into()]))
            .block(Note::plain(vec![format!(
                "At risk: in time, but promised later than needed, forecast later than promised, or with less than {AT_RISK_DAYS:.0} \
                 working days of float. Late: forecast after it is needed."
            )])),
        Sheet::data("Cross-links", "Cross-links: every hand-over between initiatives")
            .subtitle("Needed: the need-by date, else the latest hand-over that delays nothing in the taker's plan; + is late")
            .about("Need-by against promised against forecast for each link between initiatives.")
            .block(links(outline)),
        Sheet::data("Bottlenecks", "Bottlenecks: the activities whose slip would move most")
            .subtitle(format!(
                "Each slips by {SLIP_DAYS} working days and the portfolio is scheduled anew; {} of {} candidates tried",
                found.tried, found.candidates
            ))
            .about("Activities whose slip would move most initiatives or most money.")
            .block(bottlenecks(outline)),
    ]
}

/// Counts from each initiative to each other, live over the links.
fn matrix(outline: &Outline<'_>, name: &str, only: &str, pick: fn(&MatrixCell) -> usize) -> Table {
    let found = &outline.context.input.analyses.interdependencies;
    let of = |header: &str| column_of(LINKS, header);
    let count = |to: &str, status: &str| {
        let to = to.replace('"', "\"\"");
        format!("COUNTIFS({},{},{},\"{to}\"{status})", of("From"), this_row(name, "Gives"), of("To"))
    };
    let status = |word: &str| format!(",{},\"{word}\"", of("Status"));
    let text = |to: &str| match only {
        "" => count(to, ""),
        _ => format!("{}+{}", count(to, &status("late")), count(to, &status("at risk"))),
    };
    let tint = if only.is_empty() { Mark::Shade } else { Mark::High { bad: 0.0, warn: 0.0 } };
    let mut columns = vec![Column::text("Gives").wide(14).total(Total::Label("All".into())), Column::text("Name").wide(30)];
    columns.extend(found.initiatives.iter().map(|id| {
        Column::new(id.as_str(), Kind::Integer).wide(10).sum().formula(text(id.as_str())).mark(Mark::QuietZero).mark(tint.clone())
    }));
    let sum = found.initiatives.iter().map(|id| this_row(name, id.as_str())).collect::<Vec<_>>().join(",");
    columns.push(Column::new("All", Kind::Integer).wide(10).sum().formula(format!("SUM({sum})")));
    let rows = found.initiatives.iter().zip(&found.matrix).map(|(id, cells)| {
        let mut row = vec![outline.context.initiative_cell(id), Cell::text(outline.context.name_of(id))];
        row.extend(cells.iter().map(|cell| Cell::count(pick(cell))));
        row.push(Cell::count(cells.iter().map(pick).sum()));
        row
    });
    Table::new(name, columns).keys(2).rows(rows.collect()).when_empty("The portfolio has no initiatives.")
}

fn floats(outline: &Outline<'_>) -> Table {
    let found = &outline.context.input.analyses.interdependencies;
    let mark = Mark::Low { bad: 0.0, warn: AT_RISK_DAYS };
    let mut columns = vec![Column::text("Gives").wide(14), Column::text("Name").wide(30)];
    columns.extend(found.initiatives.iter().map(|id| Column::new(id.as_str(), Kind::Number(1)).wide(10).mark(mark.clone())));
    columns.push(Column::new("Least", Kind::Number(1)).wide(10).mark(mark));
    let figure = |days: Option<f64>| days.map_or_else(Cell::blank, |days| Value::Number(days).into());
    let rows = found.initiatives.iter().zip(&found.matrix).map(|(id, cells)| {
        let mut row = vec![outline.context.initiative_cell(id), Cell::text(outline.context.name_of(id))];
        row.extend(cells.iter().map(|cell| figure(cell.least_float_days)));
        row.push(figure(cells.iter().filter_map(|cell| cell.least_float_days).min_by(f64::total_cmp)));
        row
    });
    Table::new(FLOAT, columns).keys(2).rows(rows.collect()).when_empty("The portfolio has no initiatives.")
}

/// Tones of the states of a hand-over.
fn states() -> Mark {
    let tones = [
        (LinkHealth::Met, Tone::Muted),
        (LinkHealth::OnTrack, Tone::Good),
        (LinkHealth::NotAgreed, Tone::Warn),
        (LinkHealth::AtRisk, Tone::Warn),
        (LinkHealth::Late, Tone::Bad),
    ];
    Mark::Words(tones.map(|(state, tone)| (state.label().to_string(), tone)).to_vec())
}

/// Every hand-over; what is late first, then by its forecast.
#[must_use]
pub fn ordered<'a>(outline: &Outline<'a>) -> Vec<&'a CrossLink> {
    let mut all: Vec<&CrossLink> = outline.context.input.analyses.interdependencies.links.iter().collect();
    all.sort_by_key(|link| (std::cmp::Reverse(link.status), link.forecast, link.dependency));
    all
}

/// Every hand-over, as a table.
#[must_use]
pub fn links(outline: &Outline<'_>) -> Table {
    let late = || Mark::Variance { more_is_good: false };
    let date = |header: &str| Column::new(header, Kind::Date).wide(13);
    let columns = vec![
        Column::text("Link").wide(15).total(Total::Label("Links shown".into())),
        Column::text("What is handed over").wide(34).total(Total::Count),
        Column::text("Taker"),
        Column::text("What waits for it").wide(34),
        Column::text("From"),
        Column::text("To"),
        Column::text("Type"),
        Column::text("Status").mark(states()),
        date("Need-by"),
        date("Promised"),
        date("Forecast"),
        date("Needed"),
        Column::text("Needed from"),
        Column::new("Float", Kind::Days)
            .mark(Mark::Variance { more_is_good: true })
            .help("Working days of the giver's calendar."),
        Column::new("Promised after need", Kind::Days).wide(14).mark(late()).help("Calendar days; negative: before."),
        Column::new("Forecast after needed", Kind::Days).wide(14).mark(late()).help("Calendar days; negative: before."),
        Column::text("Driving"),
        Column::text("Agreed"),
        Column::text("Giver owner").wide(20),
        Column::text("Taker owner").wide(20),
        Column::new("Why", Kind::Prose).wide(56),
    ];
    let all = ordered(outline);
    let rows = names(outline, &all).into_iter().zip(&all).map(|(name, link)| link_row(outline, &name, link)).collect();
    Table::new(LINKS, columns).keys(2).rows(rows).when_empty("No link crosses initiatives.")
}

/// Short names of the links: the giver's key, numbered where it gives more than once.
fn names(outline: &Outline<'_>, links: &[&CrossLink]) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let name = |link: &&CrossLink| {
        let key = outline.activity(outline.portfolio().dependencies[link.dependency].predecessor).key.to_string();
        let times = seen.entry(key.clone()).or_default();
        *times += 1;
        if *times == 1 { key } else { format!("{key} ({times})") }
    };
    links.iter().map(name).collect()
}

fn link_row(outline: &Outline<'_>, name: &str, link: &CrossLink) -> Vec<Cell> {
    let spec = &outline.portfolio().dependencies[link.dependency];
    let (giver, taker) = (outline.activity(spec.predecessor), outline.activity(spec.successor));
    let lag = if spec.lag.is_zero() { String::new() } else { format!(" {}", spec.lag) };
    let between = |from: &str, to: &str, days: Option<i64>| {
        let text = format!("{}-{}", this_row(LINKS, to), this_row(LINKS, from));
        days.map_or_else(Cell::blank, |days| Cell::formula(text, Value::Integer(days)))
    };
    let needed = link.needed.map(Moment::finish_day);
    let yes = |is: bool| if is { Cell::text("yes") } else { Cell::blank() };
    vec![
        Cell::text(name).from_source(&spec.origin),
        Cell::text(&giver.name),
        Cell::text(taker.key.to_string()).link(row_of(outline, spec.successor)),
        Cell::text(&taker.name),
        Cell::text(giver.key.initiative.to_string()),
        Cell::text(taker.key.initiative.to_string()),
        Cell::text(format!("{}{lag}", words::link(spec.link))),
        Cell::text(link.status.label()),
        Cell::date(link.need_by),
        Cell::date(link.promised),
        Value::Date(link.forecast.finish_day()).into(),
        Cell::date(needed),
        Cell::maybe_text(link.needed_from.map(|from| match from {
            NeededFrom::NeedBy => "need-by date",
            NeededFrom::LateDate => "late date",
        })),
        link.float_days.map_or_else(Cell::blank, |days| Value::Number(days).into()),
        between("Need-by", "Promised", link.need_by.zip(link.promised).map(|(need, promised)| (promised - need).num_days())),
        between("Needed", "Forecast", needed.map(|needed| (link.forecast.finish_day() - needed).num_days())),
        yes(link.driving),
        Cell::text(link.agreed.map_or("not said", |agreed| if agreed { "yes" } else { "no" })),
        Cell::text(outline.owner(spec.predecessor)),
        Cell::text(outline.owner(spec.successor)),
        Cell::text(&link.why),
    ]
}

/// Activities whose slip moves most.
#[must_use]
pub fn bottlenecks(outline: &Outline<'_>) -> Table {
    let money = Kind::Money(outline.context.currency(), Scale::Thousand);
    let columns = vec![
        Column::text("Activity"),
        Column::text("Name").wide(40),
        Column::text("Owner").wide(20),
        Column::new("Finish", Kind::Date),
        Column::new("Float", Kind::Days).mark(Mark::Variance { more_is_good: true }),
        Column::new("Initiatives moved", Kind::Integer).mark(Mark::Bar),
        Column::text("Which, by working days").wide(44),
        Column::new("Moved in all", Kind::Days).help("Working days of all initiatives together."),
        Column::new("Activities moved", Kind::Integer),
        Column::new("Work moved", money)
            .mark(Mark::Bar)
            .help("Budget not yet earned of the activities that move, at the budget rate."),
        Column::text("Same effect").wide(44).help("Other activities whose slip moves the same initiatives by the same days."),
        Column::text("Organisation").wide(24),
    ];
    let found = &outline.context.input.analyses.interdependencies.bottlenecks;
    let rows = found.iter().map(|each| bottleneck_row(outline, each)).collect();
    Table::new(BOTTLENECKS, columns).keys(2).rows(rows).when_empty("No slip that was tried moves an initiative.")
}

fn bottleneck_row(outline: &Outline<'_>, each: &Bottleneck) -> Vec<Cell> {
    let (activity, at) = (outline.activity(each.activity), outline.at(each.activity));
    let currency = outline.context.currency();
    let moved = each.initiatives_moved.iter().zip(&each.days_moved).map(|(id, days)| format!("{id} {days:+.0}"));
    let same: Vec<String> = each.same_effect.iter().map(|index| outline.activity(*index).key.to_string()).collect();
    vec![
        Cell::text(activity.key.to_string()).link(row_of(outline, each.activity)),
        Cell::text(&activity.name),
        Cell::text(outline.owner(each.activity)),
        Value::Date(at.finish.finish_day()).into(),
        at.total_float_days().map_or_else(Cell::blank, |days| Value::Number(days).into()),
        Cell::count(each.initiatives_moved.len()),
        Cell::text(moved.collect::<Vec<_>>().join(", ")),
        Value::Number(each.total_days()).into(),
        Cell::count(each.activities_moved.len()),
        each.money_moved
            .map_or_else(|reason| Cell::not_available(reason.reason()), |amount| Value::Money(rounded(amount, currency)).into()),
        if same.is_empty() { Cell::blank() } else { Cell::text(shortened(&same)) },
        Cell::maybe_text(activity.responsible_organisation.as_ref()),
    ]
}

/// The first few of a list, and how many more there are.
fn shortened(list: &[String]) -> String {
    const MOST: usize = 8;
    let more = if list.len() > MOST { format!(" and {} more", list.len() - MOST) } else { String::new() };
    format!("{}{more}", list.iter().take(MOST).cloned().collect::<Vec<_>>().join(", "))
}
