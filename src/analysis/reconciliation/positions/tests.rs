use super::*;
use crate::model::testing::{TestTables, told};

const HEADER: &str = "Item | As-of | Measure | Value | Stated change | Stated total | Currency";

/// The check of these rows, each `Item | As-of | Measure | Value | Stated change | Stated total | Currency`.
fn checked(rows: &[&str]) -> (PositionsCheck, Findings) {
    let (portfolio, _) = TestTables::new().with("Reported positions", HEADER, rows).build("2026-12-31");
    check(&portfolio)
}

/// Tested, tied, and each exception as `item date: difference`.
fn outcome(rows: &[&str]) -> (usize, usize, Vec<String>) {
    let (check, _) = checked(rows);
    let exception = |each: &PositionException| format!("{} {}: {}", each.item, each.as_of, each.difference);
    (check.moves_tested, check.moves_tie, check.exceptions.iter().map(exception).collect())
}

/// What could explain the first exception.
fn candidates(rows: &[&str]) -> Vec<String> {
    let (check, _) = checked(rows);
    check.exceptions[0].candidates.iter().map(|each| format!("{}: {}", each.what, each.why)).collect()
}

#[test]
fn a_change_is_tested_between_two_values_and_nowhere_else() {
    let rows = [
        "A | 2026-01-31 | cost | 100 | 7 | |",
        "A | 2026-02-28 | cost | 110 | 10 | |",
        "A | 2026-03-31 | cost | | 5 | |",
        "A | 2026-04-30 | cost | 130 | 20 | |",
        "A | 2026-05-31 | cost | 131 | | |",
        "A | 2026-06-30 | cost | 140 | 8 | |",
    ];
    assert_eq!(outcome(&rows), (2, 1, vec!["A 2026-06-30: 1".to_string()]));
    let (check, _) = checked(&rows);
    let untested: Vec<(&str, usize)> = check.untested.iter().map(|(reason, count)| (reason.as_str(), *count)).collect();
    assert_eq!(
        untested,
        [
            ("it is the first report of its series", 1),
            ("no value is reported beside the change", 1),
            ("the report before it has no value", 1),
        ]
    );
}

#[test]
fn series_are_kept_apart_and_the_order_of_rows_does_not_matter() {
    let rows = [
        "B | 2026-02-28 | cost | 60 | 10 | | GBP",
        "A | 2026-02-28 | cost | 12 | 2 | | GBP",
        "A | 2026-01-31 | days | 3 | | | ",
        "A | 2026-01-31 | cost | 90 | | | EUR",
        "B | 2026-01-31 | cost | 50 | | | GBP",
        "A | 2026-02-28 | days | 5 | 3 | | ",
        "A | 2026-01-31 | cost | 10 | | | GBP",
        "A | 2026-02-28 | cost | 95 | 5 | | EUR",
    ];
    let expected = (4, 3, vec!["A 2026-02-28: -1".to_string()]);
    assert_eq!(outcome(&rows), expected);
    let mut turned = rows;
    turned.reverse();
    assert_eq!(outcome(&turned), expected);
    assert_eq!(checked(&rows).0.series, 4);
}

#[test]
fn the_tolerance_is_half_of_the_last_digit_that_the_change_gives() {
    let at = |before: &str, now: &str, stated: &str| {
        let rows = [format!("A | 2026-01-31 | cost | {before} | | |"), format!("A | 2026-02-28 | cost | {now} | {stated} | |")];
        outcome(&[&rows[0], &rows[1]]).1 == 1
    };
    assert!(at("100.5", "110", "9"), "9.5 is rounded to 9 or to 10");
    assert!(at("100.5", "110", "10"));
    assert!(!at("100.49", "110", "9"), "9.51 is not 9");
    assert!(at("1.105", "2.355", "1.25"), "exact");
    assert!(at("1.105", "2.35", "1.25"), "1.245 is rounded to 1.25");
    assert!(!at("1.105", "2.349", "1.25"), "1.244 is not");
    assert!(at("100", "110", "9.12"), "whole values may each be half a unit off, and the change half a hundredth");
    assert!(!at("100", "110", "8.99"));
}

#[test]
fn slips_of_the_hand_are_named() {
    let one = |before: &str, now: &str, stated: &str| {
        let rows = [format!("A | 2026-01-31 | cost | {before} | | |"), format!("A | 2026-02-28 | cost | {now} | {stated} | |")];
        candidates(&[&rows[0], &rows[1]])
    };
    assert_eq!(one("500", "400", "100"), ["the stated change: it has the opposite sign"]);
    let swapped = one("1000", "2350", "1530");
    assert_eq!(swapped[0], "the stated change: 1,530 with 5 and 3 the other way round is 1,350");
    assert_eq!(swapped[1], "the value now: 2,350 with 3 and 5 the other way round is 2,530");
    assert_eq!(one("1000", "2350", "1.35"), ["the stated change: it is 1,000 times smaller than 1,350"]);
    assert_eq!(one("6213", "7000", "877")[1], "the value before: 6,213 with 2 and 1 the other way round is 6,123");
    assert_eq!(one("1100", "12500", "150"), ["the value now: it is 10 times larger than 1,250"]);
    assert_eq!(one("1000", "2350", "1111"), [""; 0], "nothing explains it");
}

#[test]
fn a_change_of_another_report_is_named() {
    let rows = [
        "A | 2026-01-31 | cost | 100 | | |",
        "A | 2026-02-28 | cost | 117 | 17 | |",
        "A | 2026-03-31 | cost | 150 | 50 | |",
        "A | 2026-04-30 | cost | 180 | 17 | |",
    ];
    let (check, _) = checked(&rows);
    let all: Vec<Vec<String>> = check
        .exceptions
        .iter()
        .map(|each| each.candidates.iter().map(|each| format!("{}: {}", each.what, each.why)).collect())
        .collect();
    assert_eq!(all[0], ["the report of 2026-01-31: the stated change is measured from its 100"]);
    assert_eq!(all[1], ["the change on 2026-02-28: the stated change is the one of that report"]);
}

#[test]
fn a_value_that_is_out_puts_both_changes_beside_it_out() {
    let rows =
        ["A | 2026-01-31 | cost | 100 | | |", "A | 2026-02-28 | cost | 125 | 20 | |", "A | 2026-03-31 | cost | 150 | 30 | |"];
    let (check, _) = checked(&rows);
    let first = |at: usize| {
        let candidate = &check.exceptions[at].candidates[0];
        format!("{}: {}", candidate.what, candidate.why)
    };
    assert_eq!(check.exceptions.len(), 2);
    assert_eq!(first(0), "the value on 2026-02-28: both changes beside it would tie if it were 120");
    assert_eq!(first(1), first(0));
}

#[test]
fn reports_that_most_others_have_are_missed() {
    let rows = [
        "A | 2026-01-31 | cost | 1 | | |",
        "A | 2026-02-28 | cost | 2 | 1 | |",
        "A | 2026-03-31 | cost | 3 | 1 | |",
        "B | 2026-01-31 | cost | 10 | | |",
        "B | 2026-03-31 | cost | 30 | 5 | |",
        "C | 2026-01-31 | cost | 1 | | |",
        "C | 2026-02-15 | cost | 1 | 0 | |",
        "C | 2026-02-28 | cost | 1 | 0 | |",
        "C | 2026-03-31 | cost | 1 | 0 | |",
    ];
    let (check, findings) = checked(&rows);
    let gaps: Vec<String> = check.gaps.iter().map(ToString::to_string).collect();
    assert_eq!(gaps, ["B, cost: no report for 2026-02-28"], "the fifteenth is a date of one series alone");
    let exception: Vec<String> =
        check.exceptions[0].candidates.iter().map(|each| format!("{}: {}", each.what, each.why)).collect();
    assert_eq!(exception, ["no report for 2026-02-28: the stated change would be right from 25 then"]);
    assert_eq!(
        told(&findings),
        [
            "A240 Reported positions 6:6: 5 for B on 2026-03-31".replace("6:6", "E6"),
            "A242 Reported positions 6:6: B, cost: no report for 2026-02-28".into(),
        ]
    );
}

#[test]
fn a_total_that_never_moves_while_the_value_does_is_back_filled() {
    let rows = [
        "A | 2026-01-31 | cost | 100 | | 25 |",
        "A | 2026-02-28 | cost | 110 | 10 | 25 |",
        "A | 2026-03-31 | cost | 125 | 15 | 25 |",
        "B | 2026-01-31 | cost | 50 | | 3 |",
        "B | 2026-02-28 | cost | 50 | 0 | 3 |",
    ];
    let (check, findings) = checked(&rows);
    assert_eq!(check.back_filled.len(), 1);
    let found = &check.back_filled[0];
    assert_eq!((found.stated, found.series, found.of, found.equal_final_total), (StatedIn::Total, 1, 1, 1));
    assert_eq!((check.moves_tested, check.moves_tie, check.totals_tested), (3, 3, 0), "what is no history is not tested");
    assert_eq!(told(&findings).len(), 1);
    assert_eq!(findings.0[0].code, codes::STATED_COLUMN_BACK_FILLED);
}

#[test]
fn a_total_that_runs_with_the_value_is_a_history_and_is_tested() {
    let rows = [
        "A | 2026-01-31 | cost | 100 | | 5 |",
        "A | 2026-02-28 | cost | 110 | 10 | 15 |",
        "A | 2026-03-31 | cost | 125 | 15 | 32 |",
    ];
    let (check, _) = checked(&rows);
    assert_eq!(check.back_filled, []);
    assert_eq!((check.totals_tested, check.totals_tie), (2, 1));
    assert_eq!((check.exceptions[0].field, check.exceptions[0].difference), (StatedIn::Total, (-2).into()));
}

#[test]
fn one_change_at_every_date_is_back_filled_where_the_steps_differ() {
    let steady = ["A | 2026-01-31 | cost | 1 | 5 | |", "A | 2026-02-28 | cost | 6 | 5 | |", "A | 2026-03-31 | cost | 11 | 5 | |"];
    assert_eq!(checked(&steady).0.back_filled, [], "a value that grows by 5 each time has that change");
    let filled = ["A | 2026-01-31 | cost | 1 | 9 | |", "A | 2026-02-28 | cost | 4 | 9 | |", "A | 2026-03-31 | cost | 10 | 9 | |"];
    assert_eq!(checked(&filled).0.back_filled[0].stated, StatedIn::Change);
}
