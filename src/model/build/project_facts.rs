//! Facts of an initiative's project that planners' programs keep beside their options, and that the Schedule options table
//! holds too: its start, the date it must finish by, its own calendar, and the data date that it was scheduled to.

use crate::base::calendar::Calendars;
use crate::base::day::Moment;
use crate::base::id::{CalendarId, InitiativeId};
use crate::model::build::calendars::data_date;
use crate::model::build::context::{Context, Register, flag};
use crate::model::build::schedule_options::option;
use crate::model::codes;
use crate::model::initiative::Initiative;
use crate::table::tables::Row;
use chrono::{NaiveDate, NaiveDateTime};
use std::collections::BTreeMap;

/// Names of the facts, as the Option column gives them.
pub(super) const NAMES: [&str; 4] = ["project_start", "must_finish_by", "project_calendar", "data_date"];

/// Gives the initiatives the facts of their projects. What the Initiatives table says itself goes before.
pub(super) fn apply(context: &mut Context<'_>, initiatives: &mut [Initiative], calendars: &Calendars) {
    let position: BTreeMap<InitiativeId, usize> =
        initiatives.iter().enumerate().map(|(index, initiative)| (initiative.id.clone(), index)).collect();
    for row in context.rows("Schedule options") {
        let name = option(row);
        if !NAMES.contains(&name.as_str()) {
            continue;
        }
        let Some(&index) = context.initiative(row, "initiative").and_then(|id| position.get(&id)) else { continue };
        if name == "project_calendar" {
            initiatives[index].calendar = calendar(context, row).or(initiatives[index].calendar.take());
            continue;
        }
        let Some(at) = moment(context, row) else { continue };
        match name.as_str() {
            "project_start" => initiatives[index].project_start = Some(at),
            "must_finish_by" => initiatives[index].must_finish_by = initiatives[index].must_finish_by.or(Some(at)),
            _ => compare(context, row, at, calendars),
        }
    }
}

fn calendar(context: &mut Context<'_>, row: Row<'_>) -> Option<CalendarId> {
    let text = row.text("value")?;
    let found = context.names(Register::Calendars).and_then(|names| names.find(text)).map(CalendarId::new);
    if found.is_none() {
        let finding = flag(row, codes::UNKNOWN_CALENDAR, "value").expected("an id of the table Calendars");
        context.push(finding.hint("correct the id; the default calendar is used until then"));
    }
    found
}

/// `2026-10-31` or `2026-10-31 17:00`.
fn moment(context: &mut Context<'_>, row: Row<'_>) -> Option<Moment> {
    let text = row.text("value")?.trim();
    let day = || NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(Moment::start_of);
    let instant = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").ok().map(Moment::from_datetime);
    let found = instant.or_else(day);
    if found.is_none() {
        let finding = flag(row, codes::OPTION_VALUE_UNKNOWN, "value").expected("a date such as 2026-10-31, or 2026-10-31 17:00");
        context.push(finding.hint("correct the cell; until then the row changes nothing"));
    }
    found
}

/// Says where a plan was scheduled to another data date than this run's.
fn compare(context: &mut Context<'_>, row: Row<'_>, theirs: Moment, calendars: &Calendars) {
    let ours = data_date(calendars, context.settings.as_of);
    if calendars.default_calendar().work(ours, theirs) == 0 {
        return;
    }
    let written = if theirs.is_date_only() {
        format!("{}", theirs.plus(-1).day())
    } else {
        theirs.datetime().format("%Y-%m-%dT%H:%M").to_string()
    };
    let finding = flag(row, codes::OTHER_DATA_DATE, "value").expected(format!("{ours}, the data date of this run"));
    context.push(finding.hint(format!(
        "what has not happened by this run's data date is scheduled from it; to see the plan as its file has it, run with --as-of {written}"
    )));
}

#[cfg(test)]
mod tests {
    use crate::base::day::Moment;
    use crate::model::testing::{TestTables, told};

    fn tables(rows: &[&str]) -> TestTables {
        TestTables::new()
            .with("Initiatives", "Initiative ID|Name|Owner|Must finish by", &["P|North|X|", "Q|South|X|2027-03-31"])
            .with("Calendars", "Calendar ID|Monday", &["SITE|8"])
            .with("Schedule options", "Initiative|Option|Value", rows)
    }

    #[test]
    fn facts_of_a_project_are_kept_and_the_initiatives_table_goes_before() {
        let rows = [
            "P|project_start|2026-10-05 08:30",
            "P|Must finish by|2027-01-29 17:00",
            "P|project_calendar|SITE",
            "Q|must_finish_by|2027-01-29",
        ];
        let (portfolio, findings) = tables(&rows).build("2026-10-30");
        let findings = told(&findings);
        let [north, south] = &portfolio.initiatives[..] else { panic!("two initiatives") };
        let shown = |at: Option<Moment>| at.map(|at| at.to_string()).unwrap_or_default();
        assert_eq!(shown(north.project_start), "2026-10-05 08:30");
        assert_eq!((shown(north.must_finish_by), shown(south.must_finish_by)), ("2027-01-29 17:00".into(), "2027-03-31".into()));
        assert_eq!(portfolio.project_calendar(0).id().as_str(), "SITE");
        assert_eq!(portfolio.project_calendar(1).id(), portfolio.calendars.default_calendar().id());
        assert!(!findings.iter().any(|finding| finding.contains("M15") || finding.contains("M041")), "{findings:#?}");
    }

    #[test]
    fn another_data_date_and_what_cannot_be_are_told() {
        for (row, as_of, code) in [
            ("P|data_date|2026-10-30 17:00", "2026-10-30", None),
            ("P|data_date|2026-10-31", "2026-10-30", None),
            ("P|data_date|2026-10-30 12:00", "2026-10-30", Some("M152")),
            ("P|data_date|2026-09-30 17:00", "2026-10-30", Some("M152")),
            ("P|data_date|soon", "2026-10-30", Some("M151")),
            ("P|project_calendar|NIGHT", "2026-10-30", Some("M041")),
        ] {
            let findings = told(&tables(&[row]).build(as_of).1);
            let is_told = |code: &&str| findings.iter().any(|finding| finding.contains(code));
            assert_eq!(["M152", "M151", "M041"].into_iter().find(is_told), code, "{row}: {findings:#?}");
        }
    }
}
