//! The dates of the sample portfolio against those of the script that made it: another program, in another language, with
//! its own calendars and its own forward pass over the same plans. And what the plans hold for a planner to find.

use crate::harness;
use crate::sample::prepared;
use libtest_mimic::Trial;
use std::fs;
use throughline::analysis::schedule::ScheduledActivity;
use throughline::pipeline::run::Prepared;

pub fn trials() -> Vec<Trial> {
    vec![
        harness::test("sample_schedule::dates_are_those_of_another_program", dates_are_those_of_another_program),
        harness::test("sample_schedule::what_holds_each_date_is_what_the_planner_meant", what_holds_each_date),
        harness::test("sample_schedule::floats_are_counted_by_hand", floats_are_counted_by_hand),
        harness::test("sample_schedule::buffers_and_their_use", buffers_and_their_use),
        harness::test("sample_schedule::each_initiative_has_a_gate_a_review_and_a_celebration", framework),
    ]
}

/// The activity `LU-101/A110`, and its position.
fn find<'p>(prepared: &'p Prepared, key: &str) -> &'p ScheduledActivity {
    let at = prepared.portfolio.activities.iter().position(|activity| activity.key.to_string() == key);
    &prepared.analyses.schedules.current.activities[at.unwrap_or_else(|| panic!("no {key}"))]
}

fn dates_are_those_of_another_program() {
    let prepared = prepared();
    let path = harness::root().join("tests/cases/sample_schedule/dates.csv");
    let text = fs::read_to_string(path).expect("the dates of the script");
    let mut differing = Vec::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let activity = find(prepared, &format!("{}/{}", cells[0], cells[1]));
        let dates = [activity.start, activity.finish].map(|at| at.to_string());
        // Owners give points as days; which hour of the day they rest at is a matter of the constraint, or of nobody.
        let told = if activity.kind.is_point() { "2026-10-31".len() } else { cells[2].len() };
        if [&dates[0][..told], &dates[1][..told]] != [&cells[2][..told], &cells[3][..told]] {
            differing.push(format!("{line}; here {} to {}", dates[0], dates[1]));
        }
    }
    assert!(text.lines().count() > 230, "{} lines", text.lines().count());
    assert_eq!(differing, Vec::<String>::new());
}

fn what_holds_each_date() {
    let prepared = prepared();
    let schedule = &prepared.analyses.schedules.current;
    for (key, driver) in [
        ("LU-101/A260", "data date"),
        ("LU-101/A290", "date constraint"),
        ("LU-101/A350", "LU-101/A270 SS+25%"),
        ("LU-101/A510", "date constraint"),
        ("LU-102/A520", "as late as possible"),
        ("LU-102/A580", "LU-102/A560 FS+14ed"),
        ("LU-104/A420", "LU-103/A540 FS"),
        ("LU-104/A520", "LU-104/A410 FS+48h"),
        ("LU-105/A520", "LU-105/A515 FS"),
        ("LU-107/T230", "resume date"),
        ("LU-107/T440", "placed by hand"),
        ("LU-108/A450", "actual dates"),
    ] {
        let at = find(prepared, key).activity;
        assert_eq!(schedule.driver_text(&prepared.portfolio, at), driver, "{key}");
    }
}

/// Working days between dates, counted on the calendar: from 31 March 2027 back to the finish of LU-101 on 25 June there are
/// 60 (1 April to 25 June 2027 has 62 weekdays, less the bank holidays of 3 and 31 May); LU-102 goes live on 5 March and
/// should on 26 February; the project buffer of LU-106 runs out on the day that it was promised for.
fn floats_are_counted_by_hand() {
    let prepared = prepared();
    for (key, days) in [("LU-101/A620", -60.0), ("LU-102/A560", -5.0), ("LU-106/A545", 0.0)] {
        assert_eq!(find(prepared, key).total_float_days(), Some(days), "{key}");
    }
}

/// LU-106's work ends on 5 January 2027 where its baseline ends it on 23 December: three working days of the thirty, the
/// Christmas closure left out. LU-104's weather buffer of six days was to start on 31 October; the yard before it ends on 10
/// November, so that nine working days of six are gone.
fn buffers_and_their_use() {
    let prepared = prepared();
    let buffers = &prepared.analyses.buffers.buffers;
    let used = |key: &str| {
        let at = find(prepared, key).activity;
        let buffer = buffers.iter().find(|buffer| buffer.activity == at).unwrap_or_else(|| panic!("no buffer {key}"));
        (format!("{:?}", buffer.kind), buffer.consumed_share.expect("a share"))
    };
    assert_eq!(buffers.len(), 4);
    assert_eq!(used("LU-106/A545"), ("Project".to_string(), 3.0 / 30.0));
    assert_eq!(used("LU-104/A380"), ("Feeding".to_string(), 9.0 / 6.0));
    assert_eq!(used("LU-106/A455").0, "Feeding");
    assert_eq!(used("LU-106/A515"), ("Feeding".to_string(), 4.0 / 15.0));
}

fn framework() {
    let prepared = prepared();
    for initiative in &prepared.portfolio.initiatives {
        let kinds = |kind: &str| {
            let mine = prepared.portfolio.activities.iter().filter(|activity| activity.key.initiative == initiative.id);
            mine.filter(|activity| format!("{:?}", activity.kind) == kind).count()
        };
        let points = [kinds("DecisionGate"), kinds("ReviewPoint"), kinds("Celebration")];
        // Plans from Microsoft Project and Primavera know milestones alone.
        let from_planner = ["LU-107", "LU-108"].contains(&initiative.id.as_str());
        assert!(from_planner || points.iter().all(|count| *count > 0), "{}: {points:?}", initiative.id);
    }
}
