//! Cases a planner can check by hand, written as tables; and what no order of rows may change.

use super::*;
use crate::base::day::Moment;
use crate::model::activity::{ActivityIndex, ActivityType};
use crate::model::testing::{TestTables, told};
use proptest::prelude::*;
use std::collections::BTreeSet;

const ACTIVITIES: &str = "Initiative|Activity ID|WBS|Name|Type|Duration|Calendar|Constraint type|Constraint date|Deadline|Actual start|Actual finish|Percent complete|Remaining duration|Resume date";
const LINKS: &str = "Predecessor|Successor|Type|Lag|Lag calendar";
const WEEK: &str = "Calendar ID|Name|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday";
const SEVEN: &str = "ALL|Every day|8-12,13-17|8-12,13-17|8-12,13-17|8-12,13-17|8-12,13-17|8-12,13-17|8-12,13-17";

/// An initiative that starts on Monday 2 March 2026: one line an activity (id, type, duration, and the rest of the header),
/// one a link.
fn tables(activities: &[&str], links: &[&str]) -> TestTables {
    let rows: Vec<String> = activities
        .iter()
        .map(|row| {
            let (id, rest) = row.split_once('|').expect("an id");
            format!("P|{id}|{id}|Work {id}|{rest}")
        })
        .collect();
    TestTables::new()
        .with("Initiatives", "Initiative ID|Name|Start", &["P|Project|2026-03-02"])
        .with("Calendars", WEEK, &[SEVEN])
        .with("Activities", ACTIVITIES, &rows.iter().map(String::as_str).collect::<Vec<_>>())
        .with("Dependencies", LINKS, links)
}

struct Case {
    portfolio: Portfolio,
    schedules: Schedules,
    codes: Vec<String>,
}

fn case(activities: &[&str], links: &[&str], as_of: &str) -> Case {
    let (portfolio, _) = tables(activities, links).build(as_of);
    let (schedules, findings) = schedules(&portfolio);
    Case { portfolio, schedules, codes: told(&findings).iter().map(|text| text[..4].to_string()).collect() }
}

impl Case {
    fn find<'s>(&self, schedule: &'s Schedule, id: &str) -> &'s ScheduledActivity {
        let position = self.portfolio.activities.iter().position(|activity| activity.key.id.as_str() == id).expect("an activity");
        schedule.activity(ActivityIndex(position))
    }

    /// Early and late dates of the plan, total and free float in days: `03-02 08:00 > 03-06 17:00 | 03-03 08:00 > ... | 1 0`.
    fn plan(&self, id: &str) -> String {
        let each = self.find(&self.schedules.baseline_early, id);
        let float = |days: Option<f64>| days.map_or_else(|| "-".into(), |days| days.to_string());
        format!(
            "{} > {} | {} > {} | {} {}",
            short(each.early_start),
            short(each.early_finish),
            short(each.late_start),
            short(each.late_finish),
            float(each.total_float_days()),
            float(each.free_float_days())
        )
    }

    /// Dates as things stand, and what holds the early start.
    fn now(&self, id: &str) -> String {
        let each = self.find(&self.schedules.current, id);
        let driver = self.schedules.current.driver_text(&self.portfolio, each.activity);
        format!("{} > {} by {driver}", short(each.start), short(each.finish))
    }
}

fn short(at: Moment) -> String {
    at.datetime().format("%m-%d %H:%M").to_string()
}

/// Before anything starts.
const BEFORE: &str = "2026-02-27";

#[test]
fn links_of_every_kind_with_working_lags() {
    // A runs from Monday 2 to Friday 6 March; its successor takes two days.
    for (link, early) in [
        ("FS|", "03-09 08:00 > 03-10 17:00"),
        ("FS|2d", "03-11 08:00 > 03-12 17:00"),
        ("FS|-1d", "03-06 08:00 > 03-09 17:00"),
        ("SS|1d", "03-03 08:00 > 03-04 17:00"),
        ("FF|", "03-05 08:00 > 03-06 17:00"),
        ("FF|1d", "03-06 08:00 > 03-09 17:00"),
        ("SF|3d", "03-03 08:00 > 03-04 17:00"),
        ("SF|", "03-02 08:00 > 03-03 17:00"),
        ("FS|20%", "03-10 08:00 > 03-11 17:00"),
        ("FS|1ed", "03-09 08:00 > 03-10 17:00"),
        ("FS|4ed", "03-11 08:00 > 03-12 17:00"),
        ("FS|3d|24-hour", "03-10 08:00 > 03-11 17:00"),
    ] {
        let case = case(&["A|task|5d", "B|task|2d"], &[&format!("P/A|P/B|{link}")], BEFORE);
        let each = case.find(&case.schedules.baseline_early, "B");
        assert_eq!(format!("{} > {}", short(each.early_start), short(each.early_finish)), early, "{link}");
    }
}

#[test]
fn float_and_the_critical_path() {
    // Two ways from A to D: B takes five days, C takes two.
    let case = case(
        &["A|task|5d", "B|task|5d", "C|task|2d", "D|task|1d"],
        &["P/A|P/B|FS", "P/A|P/C|FS", "P/B|P/D|FS", "P/C|P/D|FS"],
        BEFORE,
    );
    assert_eq!(case.plan("A"), "03-02 08:00 > 03-06 17:00 | 03-02 08:00 > 03-06 17:00 | 0 0");
    assert_eq!(case.plan("B"), "03-09 08:00 > 03-13 17:00 | 03-09 08:00 > 03-13 17:00 | 0 0");
    assert_eq!(case.plan("C"), "03-09 08:00 > 03-10 17:00 | 03-12 08:00 > 03-13 17:00 | 3 3");
    assert_eq!(case.plan("D"), "03-16 08:00 > 03-16 17:00 | 03-16 08:00 > 03-16 17:00 | 0 0");
    let path = &case.schedules.baseline_early.initiatives[0].longest_path;
    let ids: Vec<&str> = path.iter().map(|index| case.portfolio.activity(*index).key.id.as_str()).collect();
    assert_eq!(ids, ["A", "B", "D"]);
    let critical = case.schedules.baseline_early.activities.iter().filter(|each| each.critical).count();
    assert_eq!(critical, 3);
}

#[test]
fn each_activity_keeps_its_own_calendar() {
    // Friday 6 March ends A; B works every day and starts on Saturday, C waits for Monday.
    let case = case(&["A|task|5d", "B|task|2d|ALL", "C|task|1d"], &["P/A|P/B|FS", "P/B|P/C|FS"], BEFORE);
    assert_eq!(case.plan("B"), "03-07 08:00 > 03-08 17:00 | 03-07 08:00 > 03-08 17:00 | 0 0");
    assert_eq!(case.plan("C"), "03-09 08:00 > 03-09 17:00 | 03-09 08:00 > 03-09 17:00 | 0 0");
}

#[test]
fn constraints_move_what_they_say() {
    // A takes three days; Z, twenty days long, leaves it 17 days of float.
    for (constraint, expected) in [
        ("||", "03-02 08:00 > 03-04 17:00 | 03-25 08:00 > 03-27 17:00 | 17 17"),
        ("start no earlier than|2026-03-04|", "03-04 08:00 > 03-06 17:00 | 03-25 08:00 > 03-27 17:00 | 15 15"),
        ("start no earlier than|2026-03-07|", "03-09 08:00 > 03-11 17:00 | 03-25 08:00 > 03-27 17:00 | 12 12"),
        ("finish no earlier than|2026-03-06|", "03-04 08:00 > 03-06 17:00 | 03-25 08:00 > 03-27 17:00 | 15 15"),
        ("start no later than|2026-03-04|", "03-02 08:00 > 03-04 17:00 | 03-04 08:00 > 03-06 17:00 | 2 17"),
        ("finish no later than|2026-03-06|", "03-02 08:00 > 03-04 17:00 | 03-04 08:00 > 03-06 17:00 | 2 17"),
        ("finish no later than|2026-03-03|", "03-02 08:00 > 03-04 17:00 | 02-27 08:00 > 03-03 17:00 | -1 17"),
        ("start on|2026-03-04|", "03-04 08:00 > 03-06 17:00 | 03-04 08:00 > 03-06 17:00 | 0 15"),
        ("finish on|2026-03-06|", "03-04 08:00 > 03-06 17:00 | 03-04 08:00 > 03-06 17:00 | 0 15"),
        ("must start on|2026-03-04|", "03-04 08:00 > 03-06 17:00 | 03-04 08:00 > 03-06 17:00 | 0 15"),
        ("must finish on|2026-03-06|", "03-04 08:00 > 03-06 17:00 | 03-04 08:00 > 03-06 17:00 | 0 0"),
        ("as late as possible||", "03-25 08:00 > 03-27 17:00 | 03-25 08:00 > 03-27 17:00 | 0 0"),
        ("||2026-03-05", "03-02 08:00 > 03-04 17:00 | 03-03 08:00 > 03-05 17:00 | 1 17"),
    ] {
        let case = case(&[&format!("A|task|3d||{constraint}"), "Z|task|20d"], &[], BEFORE);
        assert_eq!(case.plan("A"), expected, "{constraint}");
    }
}

#[test]
fn a_mandatory_date_breaks_the_logic_and_is_told() {
    let case = case(&["A|task|5d", "B|task|2d||must start on|2026-03-04"], &["P/A|P/B|FS"], BEFORE);
    assert_eq!(case.plan("B"), "03-04 08:00 > 03-05 17:00 | 03-04 08:00 > 03-05 17:00 | 0 1");
    assert_eq!(case.find(&case.schedules.baseline_early, "A").total_float_days(), Some(-3.0));
    assert_eq!(case.codes, ["A008"]);
}

#[test]
fn a_latest_date_that_binds_early_dates_breaks_the_logic_and_is_told() {
    let rows = ["P|A|1|Work A|task|5d||||||||", "P|B|2|Work B|task|2d||start no later than|2026-03-04||||||"];
    let scheduled = |options: &[&str]| {
        let (portfolio, _) = TestTables::new()
            .with("Initiatives", "Initiative ID|Name|Start", &["P|Project|2026-03-02"])
            .with("Activities", ACTIVITIES, &rows)
            .with("Dependencies", LINKS, &["P/A|P/B|FS||"])
            .with("Schedule options", "Initiative|Option|Value", options)
            .build(BEFORE);
        let (schedules, findings) = schedules(&portfolio);
        let codes: Vec<String> = told(&findings).iter().map(|text| text[..4].to_string()).collect();
        (short(schedules.current.activities[1].start), codes)
    };
    assert_eq!(scheduled(&["P|late_constraints|early-dates-too"]), ("03-04 08:00".into(), vec!["A008".into()]));
    assert_eq!(scheduled(&[]), ("03-09 08:00".into(), Vec::new()));
}

#[test]
fn as_late_as_possible_waits_for_its_successor_alone() {
    let case = case(&["A|task|2d||as late as possible|", "B|task|5d", "C|task|1d"], &["P/A|P/C|FS", "P/B|P/C|FS"], BEFORE);
    assert_eq!(case.plan("A"), "03-05 08:00 > 03-06 17:00 | 03-05 08:00 > 03-06 17:00 | 0 0");
}

#[test]
fn points_rest_where_work_ends() {
    let case = case(&["A|task|5d", "M|milestone|0d", "B|task|1d"], &["P/A|P/M|FS", "P/M|P/B|FS"], BEFORE);
    assert_eq!(case.plan("M"), "03-06 17:00 > 03-06 17:00 | 03-06 17:00 > 03-06 17:00 | 0 0");
    assert_eq!(case.plan("B"), "03-09 08:00 > 03-09 17:00 | 03-09 08:00 > 03-09 17:00 | 0 0");
}

#[test]
fn progress_moves_what_is_left_to_the_data_date() {
    // Friday 6 March, 17:00: A is done a day late, B has started and is 40 % done, C has not.
    let case = case(
        &[
            "A|task|3d|||||2026-03-02|2026-03-05|100%",
            "B|task|5d|||||2026-03-06||40%",
            "C|task|2d",
            "D|task|1d|||||2026-03-05||50%||2026-03-11",
        ],
        &["P/A|P/B|FS", "P/B|P/C|FS"],
        "2026-03-06",
    );
    for (id, expected) in [
        ("A", "03-02 08:00 > 03-05 17:00 by actual dates"),
        ("B", "03-06 08:00 > 03-11 17:00 by data date"),
        ("C", "03-12 08:00 > 03-13 17:00 by P/B FS"),
        ("D", "03-05 08:00 > 03-11 12:00 by resume date"),
    ] {
        assert_eq!(case.now(id), expected);
    }
    assert_eq!(case.find(&case.schedules.current, "A").total_float, None);
    assert!(case.codes.is_empty(), "{:?}", case.codes);
}

#[test]
fn work_out_of_sequence_waits_for_its_predecessor() {
    // B started while A is unfinished: retained logic holds the rest of B, and through the finished C, D too.
    let case = case(
        &[
            "A|task|5d|||||2026-03-02||60%",
            "B|task|4d|||||2026-03-03||50%",
            "C|task|1d|||||2026-03-04|2026-03-04|100%",
            "D|task|1d",
        ],
        &["P/A|P/B|FS", "P/A|P/C|FS", "P/C|P/D|FS"],
        "2026-03-04",
    );
    assert_eq!(case.now("A"), "03-02 08:00 > 03-06 17:00 by data date");
    assert_eq!(case.now("B"), "03-03 08:00 > 03-10 17:00 by P/A FS");
    assert_eq!(case.now("D"), "03-09 08:00 > 03-09 17:00 by P/C FS");
    assert_eq!(case.codes, ["A007", "A007"]);
}

#[test]
fn what_has_not_started_waits_for_the_data_date() {
    let case = case(&["A|task|2d"], &[], "2026-03-10");
    assert_eq!(case.now("A"), "03-11 08:00 > 03-12 17:00 by data date");
    assert_eq!(
        case.find(&case.schedules.baseline_early, "A").early_start,
        Moment::at("2026-03-02".parse().expect("a date"), 8, 0)
    );
}

#[test]
fn a_day_of_work_may_end_after_hours() {
    // The data date is 17:00; what finished at 18:30 that day has finished.
    let case = case(&["A|task|5d|||||2026-03-02|2026-03-06 18:30", "B|task|1d"], &["P/A|P/B|FS"], "2026-03-06");
    assert_eq!(case.now("A"), "03-02 08:00 > 03-06 18:30 by actual dates");
    assert_eq!(case.now("B"), "03-09 08:00 > 03-09 17:00 by P/A FS");
}

#[test]
fn progress_without_dates_is_placed_before_the_data_date_and_told() {
    let (portfolio, _) = tables(&["A|task|5d", "B|task|5d", "C|task|5d"], &[])
        .with(
            "Progress",
            "As-of|Initiative|Activity|Percent complete|Actual start|Actual duration",
            &["2026-03-06|P|A|0.4||", "2026-03-06|P|B|1|2026-03-02|", "2026-03-06|P|C|1|2026-03-02|3d"],
        )
        .build("2026-03-06");
    let (schedules, findings) = schedules(&portfolio);
    let dates = |at: usize| {
        format!("{} > {}", short(schedules.current.activities[at].start), short(schedules.current.activities[at].finish))
    };
    assert_eq!(
        [dates(0), dates(1), dates(2)],
        ["03-05 08:00 > 03-11 17:00", "03-02 08:00 > 03-06 17:00", "03-02 08:00 > 03-04 17:00"]
    );
    assert_eq!(findings.0.iter().map(|finding| finding.code.id).collect::<Vec<_>>(), ["A006", "A005"]);
}

#[test]
fn hammocks_span_and_summaries_roll_up() {
    let case = case(
        &["1|summary|0d", "1.1|task|5d", "1.2|task|3d", "H|hammock|0d"],
        &["P/1.1|P/1.2|FS", "P/1.1|P/H|SS", "P/1.2|P/H|FF"],
        BEFORE,
    );
    for id in ["1", "H"] {
        let each = case.find(&case.schedules.baseline_early, id);
        assert_eq!(format!("{} > {}", short(each.start), short(each.finish)), "03-02 08:00 > 03-11 17:00", "{id}");
        assert_eq!((each.duration, each.driver), (8 * 480, Driver::RolledUp));
    }
    let summary = case.find(&case.schedules.baseline_early, "1");
    assert_eq!((summary.kind, summary.critical, summary.total_float), (ActivityType::Summary, true, Some(0)));
    assert_eq!(case.find(&case.schedules.baseline_early, "H").total_float, None);
}

#[test]
fn a_link_on_a_summary_counts_for_what_is_below_it() {
    let case = case(&["1|summary|0d", "1.1|task|5d", "1.2|task|3d", "2|task|1d"], &["P/1|P/2|FS"], BEFORE);
    assert_eq!(case.plan("2"), "03-09 08:00 > 03-09 17:00 | 03-09 08:00 > 03-09 17:00 | 0 0");
}

#[test]
fn initiatives_wait_for_one_another_and_keep_their_own_finish() {
    let (portfolio, _) = TestTables::new()
        .with("Initiatives", "Initiative ID|Name|Start", &["P|One|2026-03-02", "Q|Two|2026-03-04"])
        .with(
            "Activities",
            "Initiative|Activity ID|WBS|Name|Type|Duration",
            &["P|A|1|Build|task|5d", "P|B|2|Close|task|10d", "Q|A|1|Use|task|2d"],
        )
        .with("Dependencies", LINKS, &["P/A|Q/A|FS"])
        .build(BEFORE);
    let (schedules, _) = schedules(&portfolio);
    let early = &schedules.baseline_early;
    let use_it = early.activities.iter().find(|each| portfolio.activity(each.activity).key.to_string() == "Q/A").expect("Q/A");
    assert_eq!((short(use_it.early_start), use_it.total_float), ("03-09 08:00".into(), Some(0)));
    let finishes: Vec<String> = early.initiatives.iter().map(|each| short(each.finish.expect("a finish"))).collect();
    assert_eq!(finishes, ["03-13 17:00", "03-10 17:00"]);
    let paths: Vec<usize> = early.initiatives.iter().map(|each| each.longest_path.len()).collect();
    assert_eq!(paths, [1, 2], "the path to Q's finish begins in P");
}

/// Whatever is said of activities, by id.
fn by_id(portfolio: &Portfolio, schedule: &Schedule) -> Vec<String> {
    let mut lines: Vec<String> = schedule
        .activities
        .iter()
        .map(|each| {
            let dates = [each.early_start, each.early_finish, each.late_start, each.late_finish].map(short).join(" ");
            let marks = (each.total_float, each.free_float, each.critical, each.on_longest_path);
            format!("{} {dates} {marks:?}", portfolio.activity(each.activity).key)
        })
        .collect();
    lines.sort();
    lines
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn the_order_of_rows_changes_nothing(
        durations in prop::collection::vec(0u8..6, 2..9),
        links in prop::collection::vec((0usize..9, 0usize..9, 0usize..4, -2i8..3), 0..12),
        seed in any::<u64>(),
    ) {
        let rows: Vec<String> = durations.iter().enumerate().map(|(at, days)| format!("A{at}|task|{days}d|{}", if at % 3 == 0 { "ALL" } else { "" })).collect();
        let count = durations.len();
        let mut linked = BTreeSet::new();
        let bonds: Vec<String> = links
            .iter()
            .filter(|(from, to, _, _)| from < to && *to < count && linked.insert((*from, *to)))
            .map(|(from, to, kind, lag)| format!("P/A{from}|P/A{to}|{}|{lag}d", ["FS", "SS", "FF", "SF"][*kind]))
            .collect();
        let shuffled = |rows: &[String]| {
            let mut rows: Vec<&String> = rows.iter().collect();
            rows.sort_by_key(|row| row.bytes().fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)));
            rows.into_iter().cloned().collect::<Vec<_>>()
        };
        let run = |rows: &[String], bonds: &[String]| {
            let text = |rows: &[String]| rows.to_vec();
            let (rows, bonds) = (text(rows), text(bonds));
            let (portfolio, _) = tables(&rows.iter().map(String::as_str).collect::<Vec<_>>(), &bonds.iter().map(String::as_str).collect::<Vec<_>>()).build("2026-03-04");
            let (schedules, _) = schedules(&portfolio);
            (by_id(&portfolio, &schedules.baseline_early), by_id(&portfolio, &schedules.current))
        };
        prop_assert_eq!(run(&rows, &bonds), run(&shuffled(&rows), &shuffled(&bonds)));
    }
}
