//! Working time of planners' files against another reader, and against what the file itself writes out.

use super::{column, files, sheets};
use crate::harness::reference;
use crate::xer::Xer;
use libtest_mimic::Trial;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use throughline::base::calendar::Calendars;
use throughline::base::day::{Day, Moment, day_from_epoch, days_since_epoch};
use throughline::base::money::Currency;
use throughline::model::portfolio::Portfolio;
use throughline::model::settings::Settings;
use throughline::source::raw::{RawSheet, Value};
use throughline::table::check::CheckSettings;
use throughline::table::mapping::Mappings;

pub fn trials() -> Vec<Trial> {
    vec![
        reference("planner_files::every_day_of_p6_calendars_has_its_hours", "p6", p6_days),
        reference("planner_files::recurring_exceptions_are_the_dates_that_the_file_writes_out", "msproject", recurring),
    ]
}

/// The calendars as a run has them: through the checks of tables and the building of the portfolio.
fn built(sheets: &[RawSheet]) -> Calendars {
    let (tables, _) = throughline::table::read(sheets, &Mappings::default(), &CheckSettings::default());
    let gbp = Currency::parse("GBP").expect("a currency");
    let (portfolio, _) = Portfolio::build(&tables, &Settings::new("Plans", Moment::start_of(day("2026-10-31")), gbp));
    portfolio.calendars
}

fn day(text: &str) -> Day {
    text.parse().expect("a date")
}

fn p6_days(folder: &Path) {
    let mut compared = 0;
    for path in files(folder, "xer") {
        let (theirs, problems) = Calendars::build(&Xer::read(&path).calendars(), None);
        assert!(problems.is_empty());
        let (sheets, _) = sheets(&path);
        let ours = built(&sheets);
        assert!(ours.iter().count() >= 1, "{}", path.display());
        for calendar in ours.iter() {
            let twin = theirs.iter().find(|twin| twin.name() == calendar.name()).expect("a calendar of that name");
            assert_eq!(calendar.minutes_per_day(), twin.minutes_per_day());
            for date in (days_since_epoch(day("2004-01-01"))..days_since_epoch(day("2031-01-01"))).map(day_from_epoch) {
                assert_eq!(calendar.hours_on(date), twin.hours_on(date), "{} on {date}", calendar.name());
                compared += 1;
            }
        }
    }
    assert!(compared > 49_000, "only {compared} days");
}

/// Dates with the hours of each: none for a day off.
type Dates = BTreeMap<Day, bool>;

/// Since 2007 a file carries its exceptions twice: as rules, which are read, and written out day by day.
fn recurring(folder: &Path) {
    let folder = folder.join("calendar-recurring-exceptions");
    let paths = files(&folder, "xml");
    assert_eq!(paths.len(), 4);
    let mut versions: BTreeSet<Vec<(Day, bool)>> = BTreeSet::new();
    for path in paths {
        let (sheets, _) = sheets(&path);
        let ours = exceptions(&sheets);
        let theirs = written_out(&std::fs::read_to_string(&path).expect("read"));
        assert_eq!(ours, theirs, "{}", path.display());
        assert!(ours.len() > 130, "only {} dates", ours.len());
        let calendars = built(&sheets);
        let standard = calendars.iter().find(|calendar| calendar.name() == "Standard").expect("Standard");
        assert_eq!(standard.minutes_on(day("2010-03-06")), 7 * 60, "a Saturday that the exception makes work");
        assert_eq!(standard.minutes_on(day("2001-02-13")), 0);
        versions.insert(ours.into_iter().collect());
    }
    assert_eq!(versions.len(), 1, "every version of Microsoft Project says the same");
}

/// The dates of the sheet of exceptions, ranges written out, with whether they are worked.
fn exceptions(sheets: &[RawSheet]) -> Dates {
    let sheet = sheets.iter().find(|sheet| sheet.name.sheet == "Calendar exceptions").expect("exceptions");
    let header = |name: &str| sheet.columns.iter().map(|(col, _)| *col).find(|col| sheet.cell_text(0, *col) == Some(name));
    let date = |row: u32, name: &str| match sheet.cell(row, header(name)?)?.0 {
        Value::Number(serial) => Some(day_from_epoch(serial as i64 - 25_569)),
        _ => None,
    };
    let mut dates = Dates::new();
    for (row, working) in (1u32..).zip(column(sheets, "Calendar exceptions", "Working")) {
        let from = date(row, "Date").expect("a date");
        let to = date(row, "To date").unwrap_or(from);
        for each in (days_since_epoch(from)..=days_since_epoch(to)).map(day_from_epoch) {
            dates.entry(each).or_insert(working == "yes");
        }
    }
    dates
}

fn written_out(text: &str) -> Dates {
    let pattern = r"(?s)<DayType>0</DayType>\s*<DayWorking>(\d)</DayWorking>\s*<TimePeriod>\s*<FromDate>([0-9-]+)T[^<]*</FromDate>\s*<ToDate>([0-9-]+)T";
    let mut dates = Dates::new();
    for found in Regex::new(pattern).expect("a pattern").captures_iter(text) {
        for each in (days_since_epoch(day(&found[2]))..=days_since_epoch(day(&found[3]))).map(day_from_epoch) {
            dates.entry(each).or_insert(&found[1] == "1");
        }
    }
    dates
}
