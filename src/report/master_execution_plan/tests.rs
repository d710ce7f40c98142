//! The plan of a small portfolio whose figures are worked out by hand.

use super::*;
use crate::model::testing::TestTables;
use crate::report::book::{Block, GanttPath, Table, Value, show};
use crate::report::testing::{columns_named, table, with_input};

/// Standard week, data date Friday 6 March 2026, 17:00.
///
/// P1 starts on Monday 2 March. A: 5 days, begun, half done, 3 days left: Monday 9 to Wednesday 11 March; baseline Friday 6,
/// so 3 working days late. B after A, 5 days: Thursday 12 to Wednesday 18. C after A, 2 days: Thursday 12 and Friday 13,
/// then free until B finishes: 3 days of total float, near-critical. M after B and C: Wednesday 18, baseline Friday 13.
/// P2: D waits for B, promised by 20 March, needed by 16 March: it is handed over on 18 March, 2 working days late.
fn tables() -> TestTables {
    TestTables::new()
        .with("People", "Person ID|Name", &["X|Xenia", "Y|Yusuf"])
        .with("Initiatives", "Initiative ID|Name|Owner|Must finish by", &["P1|First|X|2026-03-16", "P2|Second|Y|"])
        .with(
            "Activities",
            "Initiative|Activity ID|WBS|Name|Type|Duration|Baseline start|Baseline finish|Owner",
            &[
                "P1|S|1|Phase|summary||||",
                "P1|A|1.1|Build|task|5d|2026-03-02|2026-03-06|",
                "P1|B|1.2|Test|task|5d|2026-03-09|2026-03-13|",
                "P1|C|1.3|Write|task|2d|2026-03-09|2026-03-10|Y",
                "P1|M|2|Live|decision gate|0d|2026-03-13 17:00|2026-03-13 17:00|",
                "P2|D|1|Use|task|4d|2026-03-16|2026-03-19|",
            ],
        )
        .with(
            "Dependencies",
            "Initiative|Predecessor|Successor|Type|Need by|Promised date|Agreed",
            &["P1|A|B|FS|||", "P1|A|C|FS|||", "P1|B|M|FS|||", "P1|C|M|FS|||", "P1|B|P2/D|FS|2026-03-16|2026-03-20|yes"],
        )
        .with(
            "Progress",
            "As-of|Initiative|Activity|Percent complete|Actual start|Remaining duration",
            &["2026-03-06|P1|A|0.5|2026-03-02|3d"],
        )
}

fn book_of(tables: TestTables) -> Book {
    with_input(tables, None, book)
}

/// A row of a table as its cells show, by its first cell, some columns.
fn shown(table: &Table, key: &str, headers: &[&str]) -> Vec<String> {
    let at = |header: &&str| table.position(header).unwrap_or_else(|| panic!("{} has no {header}", table.name));
    let row = table.rows.iter().find(|row| row[0].result() == &Value::Text(key.into())).expect("the row");
    headers.iter().map(|header| show(&row[at(header)].value, &table.columns[at(header)].kind)).collect()
}

#[test]
fn the_plan_is_what_the_hand_works_out() {
    let book = book_of(tables());
    let plan = table(&book, "tbl_plan");
    let headers = [
        "Start",
        "Finish",
        "Finish variance (days)",
        "Remaining (days)",
        "Total float (days)",
        "Free float (days)",
        "Interfering float (days)",
        "Path",
    ];
    let rows = [
        ("P1/A", ["02 Mar 2026", "11 Mar 2026", "3.0", "3.0", "-2.0", "0.0", "-2.0", "critical"]),
        ("P1/B", ["12 Mar 2026", "18 Mar 2026", "3.0", "5.0", "-2.0", "0.0", "-2.0", "critical"]),
        ("P1/C", ["12 Mar 2026", "13 Mar 2026", "3.0", "2.0", "1.0", "3.0", "", "near 1"]),
        ("P2/D", ["19 Mar 2026", "24 Mar 2026", "3.0", "4.0", "0.0", "0.0", "0.0", "critical"]),
    ];
    for (key, expected) in rows {
        assert_eq!(shown(plan, key, &headers), expected, "{key}");
    }
    assert_eq!(shown(plan, "P1/A", &["Complete", "State", "Owner"]), ["50.0%", "in progress", "Xenia"]);
    assert_eq!(shown(plan, "P1/C", &["Owner"]), ["Yusuf"]);
    let names: Vec<String> = plan.rows.iter().map(|row| show(&row[0].value, &plan.columns[0].kind)).collect();
    assert_eq!(names, ["P1", "P1/S", "P1/A", "P1/B", "P1/C", "P1/M", "P2", "P2/D"]);
    assert_eq!(plan.levels, [0, 1, 2, 2, 2, 1, 0, 1]);
}

#[test]
fn finishes_handovers_and_what_is_next() {
    let book = book_of(tables());
    let initiatives = table(&book, "tbl_initiatives");
    let headers = ["Baseline finish", "Finish", "Late (days)", "Margin (days)", "Critical", "Near-critical", "Next point"];
    assert_eq!(shown(initiatives, "P1", &headers), ["13 Mar 2026", "18 Mar 2026", "3.0", "-2.0", "3", "1", "Live"]);
    let links = table(&book, "tbl_cross_links");
    let headers = ["Status", "Need-by", "Promised", "Forecast", "Promised after need (days)", "Forecast after needed (days)"];
    let expected = ["late", "16 Mar 2026", "20 Mar 2026", "18 Mar 2026", "4.0", "2.0"];
    assert_eq!(shown(links, "P1/B", &headers), expected);
    assert_eq!(shown(table(&book, "tbl_matrix_links"), "P1", &["P1", "P2", "All"]), ["0", "1", "1"]);
    assert_eq!(shown(table(&book, "tbl_matrix_at_risk"), "P1", &["P2", "All"]), ["1", "1"]);
    let framework = table(&book, "tbl_framework");
    assert_eq!(shown(framework, "P1/M", &["Kind", "Gate", "Late (days)", "RAG"]), ["gate", "G1", "5.0", "A"]);
    // Xenia answers for A, B and M, and her initiative's; Yusuf for C and D.
    let owners = table(&book, "tbl_owner_load");
    assert_eq!(owners.rows.len(), 2, "nobody is without an owner");
}

#[test]
fn messages_name_the_missed_date_and_the_late_handover() {
    let book = book_of(tables());
    let messages = table(&book, "tbl_messages");
    let topics: Vec<String> = messages.rows.iter().map(|row| show(&row[0].value, &messages.columns[0].kind)).collect();
    assert!(topics.contains(&"Finish".to_string()) && topics.contains(&"Hand-over".to_string()), "{topics:?}");
    assert!(topics.len() <= 5);
    let finish = shown(messages, "Finish", &["Where", "Now", "Plan", "What happens"]);
    assert_eq!(finish[..3], ["P1 First", "18 Mar 2026", "13 Mar 2026"]);
    assert!(finish[3].contains("16 Mar 2026"), "{}", finish[3]);
}

#[test]
fn bars_tell_done_from_to_do_and_critical_from_near() {
    use GanttPath::{Critical, Near, Other};
    let book = book_of(tables());
    let gantt = book.sheets.iter().flat_map(Sheet::blocks).find_map(|block| match block {
        Block::Gantt(gantt) if gantt.name == "tbl_gantt" => Some(gantt),
        _ => None,
    });
    let rows = &gantt.expect("bars").rows;
    let paths: Vec<GanttPath> = rows.iter().map(|row| row.path).collect();
    assert_eq!(paths, [Critical, Critical, Critical, Critical, Near, Critical, Other, Critical]);
    let day = |text: &str| text.parse().expect("a date");
    assert_eq!((rows[2].done_to, rows[3].done_to), (Some(day("2026-03-06")), None));
    assert!(rows[5].is_point && rows[5].points.len() == 2, "the gate, and where the baseline had it");
}

#[test]
fn checks_count_again_what_the_engine_counted() {
    let book = book_of(tables());
    let checks = table(&book, "tbl_plan_checks");
    assert!(checks.rows.len() >= 17);
    assert_eq!(shown(checks, "Critical activities", &["Counted here", "Engine"]), ["4", "4"]);
    assert_eq!(shown(checks, "Links", &["Counted here"]), ["5"]);
}

#[test]
fn nothing_at_all_still_makes_a_book() {
    let book = book_of(TestTables::new());
    assert!(book.sheets.len() > 15);
}

#[test]
fn every_formula_names_tables_and_columns_that_are_there() {
    let book = book_of(tables());
    let seen = columns_named(&book);
    assert!(seen > 200, "{seen}");
}
