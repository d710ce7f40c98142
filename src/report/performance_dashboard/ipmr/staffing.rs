//! Format 4: hours of work by organisation, worked and to come.

use crate::analysis::earned_value::Staffing;
use crate::analysis::measure::{Measure, Undefined};
use crate::base::id::InitiativeId;
use crate::base::period::Period;
use crate::report::book::{Cell, Column, Kind, Mark, Table, Total, Value, this_row};
use crate::report::parts::context::{figure, minus, ratio};
use crate::report::performance_dashboard::context::Context;
use crate::report::performance_dashboard::earned_value_scopes::organisation;

/// The table.
const TABLE: &str = "tbl_ipmr_4";
/// Months shown one by one.
const MONTHS: i32 = 6;

/// Hours by organisation and initiative.
#[must_use]
pub fn table(context: &Context<'_>) -> Table {
    let fiscal = &context.portfolio().settings.fiscal;
    let now = fiscal.period_of(context.as_of());
    let months: Vec<Period> = (1..=MONTHS).map(|ahead| fiscal.moved(now, ahead)).collect();
    let mut ahead: Vec<String> = vec!["Rest of this period".into()];
    ahead.extend(months.iter().map(|period| fiscal.label(*period)));
    ahead.push("Later".into());
    let hours = |words: &str| Column::new(words, Kind::Number(0)).sum();
    let mut columns = vec![
        Column::text("Organisation").wide(28).total(Total::Label("All".into())),
        Column::text("Initiative"),
        Column::text("Name").wide(26),
        hours("Worked this period"),
        hours("Worked to date"),
    ];
    columns.extend(ahead.iter().map(|words| hours(words)));
    let own = |header: &str| this_row(TABLE, header);
    let to_come: Vec<String> = ahead.iter().map(|header| own(header)).collect();
    let known = format!("COUNT({})=1", own("Worked to date"));
    columns.push(hours("At completion").formula(format!(
        "IF({known},{}+SUM({}),\"n/a\")",
        own("Worked to date"),
        to_come.join(",")
    )));
    columns.push(hours("By the baseline").help("Hours of work that the baseline holds."));
    let difference = super::super::context::difference(&own("At completion"), &own("By the baseline"));
    columns.push(hours("Less baseline").formula(difference).mark(Mark::Variance { more_is_good: false }));
    let rows: Vec<Vec<Cell>> = groups(context).into_iter().map(|group| row(context, &group, now, &months)).collect();
    for (at, column) in columns.iter_mut().enumerate().skip(3) {
        // A total of what nobody knows would be 0.
        if !rows.iter().any(|row| figure(row[at].result()).is_some()) {
            column.total = Total::None;
        }
    }
    Table::new(TABLE, columns)
        .keys(2)
        .rows(rows)
        .when_empty("No activity carries work in hours: no assignments and no baseline work came in.")
}

/// The periods of an organisation in an initiative.
type Group<'a> = (&'a str, &'a InitiativeId, Vec<&'a Staffing>);

fn groups<'a>(context: &Context<'a>) -> Vec<Group<'a>> {
    let mut all: Vec<&Staffing> = context.input.analyses.earned_value.staffing.iter().collect();
    all.sort_by_key(|each| (each.organisation.as_str(), each.initiative.clone(), each.period));
    let same = |a: &&Staffing, b: &&Staffing| (&a.organisation, &a.initiative) == (&b.organisation, &b.initiative);
    all.chunk_by(same).map(|group| (group[0].organisation.as_str(), &group[0].initiative, group.to_vec())).collect()
}

fn row(context: &Context<'_>, (name, initiative, periods): &Group<'_>, now: Period, months: &[Period]) -> Vec<Cell> {
    let sum = |holds: &dyn Fn(Period) -> bool, part: fn(&Staffing) -> Measure<f64>| -> Value {
        let parts: Vec<Measure<f64>> = periods.iter().filter(|each| holds(each.period)).map(|each| part(each)).collect();
        total(&parts)
    };
    let to_come: fn(&Staffing) -> Measure<f64> = |each| each.to_come;
    let last = months.last().copied().unwrap_or(now);
    let to_date = sum(&|period| period <= now, |each| each.actual);
    let (this_period, known) = (sum(&|period| period == now, |each| each.actual), figure(&to_date).is_some());
    let mut ahead = vec![sum(&|period| period <= now, to_come)];
    ahead.extend(months.iter().map(|month| sum(&|period| period == *month, to_come)));
    ahead.push(sum(&|period| period > last, to_come));
    let completion = match figure(&to_date) {
        Some(worked) => Value::Number(worked + ahead.iter().filter_map(figure).sum::<f64>()),
        None => to_date.clone(),
    };
    let planned = sum(&|_| true, |each| each.planned);
    let less = match (figure(&completion), figure(&planned)) {
        (Some(completion), Some(planned)) => Value::Number(completion - planned),
        _ => minus(&completion, &planned),
    };
    let mut cells = vec![
        Cell::text(organisation(name)),
        context.initiative_cell(initiative),
        Cell::text(context.name_of(initiative)),
        if known { this_period.into() } else { Cell::new(to_date.clone()) },
        to_date.into(),
    ];
    cells.extend(ahead.into_iter().map(Cell::new));
    cells.extend([completion, planned, less].map(Cell::new));
    cells
}

/// The sum of what is known; not available where nothing is, nothing where there is nothing to add.
fn total(parts: &[Measure<f64>]) -> Value {
    let known: Vec<f64> = parts.iter().filter_map(|part| part.ok()).collect();
    match (known.is_empty(), parts.first()) {
        (true, Some(Err(none))) => ratio(Err(*none)),
        (true, _) => ratio(if parts.is_empty() { Ok(0.0) } else { Err(Undefined::NothingToCount) }),
        _ => Value::Number(known.into_iter().sum()),
    }
}
