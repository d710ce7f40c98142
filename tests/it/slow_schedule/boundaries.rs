//! Ends of ranges: no work, much work, little working time, none at all within a lifetime, long chains, many links.

use super::calendar::SlowCalendar;
use super::case::{Activity, Bond, Case, State};
use super::draw::MONDAY;
use super::engine::{difference, scheduled, show};
use throughline::analysis::schedule::NodeDates;
use throughline::base::calendar::HORIZON_MINUTES;
use throughline::base::day::MINUTES_PER_DAY as DAY;
use throughline::model::activity::LinkType;
use throughline::model::scheduling::ScheduleOptions;

const OFFICE: &[(i64, i64)] = &[(480, 720), (780, 1_020)];

fn plan(calendars: Vec<SlowCalendar>, activities: Vec<Activity>, bonds: Vec<Bond>) -> Case {
    Case {
        calendars,
        activities,
        bonds,
        starts: vec![MONDAY * DAY + 480],
        finish_by: vec![None],
        data_date: None,
        options: ScheduleOptions::p6(),
    }
}

fn chain(count: usize, lag: i64, kind: LinkType) -> Vec<Bond> {
    (1..count).map(|to| Bond { from: to - 1, to, kind, lag, calendar: 0 }).collect()
}

fn dates(case: &Case) -> Vec<NodeDates> {
    let (network, passes) = scheduled(case);
    (0..case.activities.len()).map(|at| passes.dates(&network, at)).collect()
}

fn agrees(case: &Case) {
    assert_eq!(difference(case), None);
}

/// Nothing but activities without duration: all of them at the start.
pub fn no_work_at_all() {
    let case = plan(vec![SlowCalendar::of(5, OFFICE)], vec![Activity::work(0, 0); 40], chain(40, 0, LinkType::FinishToStart));
    let start = case.starts[0];
    assert!(dates(&case).iter().all(|dates| [dates.early_start.0, dates.late_finish.0] == [start; 2]));
    agrees(&case);
}

/// Lags of years, both ways: forward they count, backward they stop at the start of the project.
pub fn huge_lags() {
    let year = 365 * DAY;
    for kind in [LinkType::FinishToStart, LinkType::StartToStart, LinkType::FinishToFinish, LinkType::StartToFinish] {
        for lag in [30 * year, -30 * year] {
            agrees(&plan(vec![SlowCalendar::round_the_clock()], vec![Activity::work(0, 480); 3], chain(3, lag, kind)));
        }
    }
    let forward = chain(3, 30 * year, LinkType::FinishToStart);
    let case = plan(vec![SlowCalendar::round_the_clock()], vec![Activity::work(0, 480); 3], forward);
    assert_eq!(dates(&case)[2].early_start.0, case.starts[0] + 2 * (480 + 30 * year));
    let back = chain(3, -30 * year, LinkType::FinishToStart);
    let case = plan(vec![SlowCalendar::round_the_clock()], vec![Activity::work(0, 480); 3], back);
    assert_eq!(dates(&case)[2].early_start.0, case.starts[0]);
}

/// One working minute a week: three minutes of work take two weeks and a minute.
pub fn one_minute_a_week() {
    let calendars = vec![SlowCalendar::of(1, &[(600, 601)])];
    let case = plan(calendars, vec![Activity::work(0, 3), Activity::work(0, 1)], chain(2, 2, LinkType::FinishToStart));
    let monday = MONDAY * DAY + 600;
    let dates = dates(&case);
    assert_eq!((dates[0].early_start.0, dates[0].early_finish.0), (monday, monday + 14 * DAY + 1));
    assert_eq!((dates[1].early_start.0, dates[1].early_finish.0), (monday + 35 * DAY, monday + 35 * DAY + 1));
    agrees(&case);
}

/// More work than a hundred years hold: dates stop at the horizon, in order, and nothing panics.
pub fn beyond_the_horizon() {
    let calendars = vec![SlowCalendar::of(1, &[(600, 601)])];
    let case = plan(calendars, vec![Activity::work(0, 1_000_000); 4], chain(4, 1_000_000, LinkType::FinishToStart));
    let dates = dates(&case);
    for pair in dates.windows(2) {
        assert!(pair[0].early_start <= pair[0].early_finish && pair[0].early_finish <= pair[1].early_finish);
    }
    let far = dates[3].early_finish.0 - case.starts[0];
    assert!(far > 50 * 365 * DAY && far <= 8 * HORIZON_MINUTES, "{}", show(dates[3].early_finish.0));
}

/// A data date at night, on a holiday, and long after everything: what is left begins at the next working time.
pub fn data_date_in_time_off() {
    let mut office = SlowCalendar::of(5, OFFICE);
    office.dates.insert(MONDAY + 1, Vec::new());
    for (now, expected) in [
        (MONDAY * DAY + 1_300, (MONDAY + 2) * DAY + 480),
        ((MONDAY + 1) * DAY + 700, (MONDAY + 2) * DAY + 480),
        ((MONDAY + 5) * DAY + 700, (MONDAY + 7) * DAY + 480),
        ((MONDAY + 7_000) * DAY + 750, (MONDAY + 7_000) * DAY + 780),
    ] {
        let mut activities = vec![Activity::work(0, 480); 2];
        activities[0].state = State::InProgress { start: MONDAY * DAY + 480, remaining: 120, resume: None };
        let mut case = plan(vec![office.clone()], activities, Vec::new());
        case.data_date = Some(now);
        let dates = dates(&case);
        assert_eq!(dates.iter().map(|dates| dates.early_start.0).collect::<Vec<_>>(), [expected; 2], "{}", show(now));
        agrees(&case);
    }
}

/// Ten thousand activities one behind another: the last is as far on as all the work, and the stack holds.
pub fn a_long_chain() {
    let count = 10_000;
    let bonds = chain(count, 0, LinkType::FinishToStart);
    let case = plan(vec![SlowCalendar::round_the_clock()], vec![Activity::work(0, 60); count], bonds);
    let small = std::thread::Builder::new().stack_size(256 * 1_024).spawn(move || {
        let dates = dates(&case);
        assert_eq!(dates[count - 1].early_finish.0, case.starts[0] + 60 * count as i64);
        assert!(dates.iter().all(|dates| dates.total_float == Some(0)));
    });
    small.expect("a thread").join().expect("a stack that holds");
}

/// A thousand links between one pair, all kinds and lags: the strictest of each end holds.
pub fn a_thousand_links_between_two() {
    let kinds = [LinkType::FinishToStart, LinkType::StartToStart, LinkType::FinishToFinish, LinkType::StartToFinish];
    let bond = |at: i64| Bond { from: 0, to: 1, kind: kinds[at as usize % 4], lag: at % 173 - 80, calendar: 0 };
    let bonds: Vec<Bond> = (0..1_000).map(bond).collect();
    let strictest = bonds.iter().map(|bond| match bond.kind {
        LinkType::FinishToStart => 300 + bond.lag,
        LinkType::StartToStart => bond.lag,
        LinkType::FinishToFinish => 300 + bond.lag - 50,
        LinkType::StartToFinish => bond.lag - 50,
    });
    let strictest = strictest.max().expect("links");
    let case = plan(vec![SlowCalendar::round_the_clock()], vec![Activity::work(0, 300), Activity::work(0, 50)], bonds);
    assert_eq!(dates(&case)[1].early_start.0, case.starts[0] + strictest);
    agrees(&case);
}

/// One activity, and none.
pub fn almost_nothing() {
    agrees(&plan(vec![SlowCalendar::of(5, OFFICE)], vec![Activity::work(0, 1)], Vec::new()));
    let nothing = plan(vec![SlowCalendar::of(5, OFFICE)], Vec::new(), Vec::new());
    assert!(dates(&nothing).is_empty());
}
