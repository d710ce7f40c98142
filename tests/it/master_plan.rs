//! The Master Execution Plan of the sample portfolio: its figures are those of the analyses, and its pages hold together.

use crate::harness;
use crate::sample::prepared;
use libtest_mimic::Trial;
use throughline::model::activity::ActivityType;
use throughline::report::book::{Book, Table, Value};
use throughline::report::master_execution_plan;

pub fn trials() -> Vec<Trial> {
    vec![
        harness::test("master_plan::rows_are_those_of_the_schedule", rows_are_those_of_the_schedule),
        harness::test("master_plan::every_check_holds", every_check_holds),
        harness::test("master_plan::points_buffers_and_links_are_those_of_the_analyses", points_buffers_and_links),
        harness::test("master_plan::every_page_has_something_to_show", every_page_has_something_to_show),
    ]
}

fn table<'b>(book: &'b Book, name: &str) -> &'b Table {
    book.table(name).unwrap_or_else(|| panic!("no table {name}"))
}

fn column<'t>(table: &'t Table, header: &str) -> Vec<&'t Value> {
    let at = table.position(header).unwrap_or_else(|| panic!("{} has no {header}", table.name));
    table.rows.iter().map(|row| row[at].result()).collect()
}

fn text(value: &Value) -> &str {
    if let Value::Text(text) = value { text } else { "" }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => Some(*number),
        Value::Integer(whole) => Some(*whole as f64),
        _ => None,
    }
}

/// Dates, floats and paths of every row, against the schedule.
fn rows_are_those_of_the_schedule() {
    let prepared = prepared();
    let book = master_execution_plan::book(&prepared.report_input());
    let plan = table(&book, "tbl_plan");
    let schedule = &prepared.analyses.schedules.current;
    let (keys, finishes) = (column(plan, "Activity"), column(plan, "Finish"));
    let (floats, paths) = (column(plan, "Total float (days)"), column(plan, "Path"));
    let (free, interfering) = (column(plan, "Free float (days)"), column(plan, "Interfering float (days)"));
    let mut seen = 0;
    for at in &schedule.activities {
        let key = prepared.portfolio.activity(at.activity).key.to_string();
        let row = keys.iter().position(|value| text(value) == key).unwrap_or_else(|| panic!("{key} is not in the plan"));
        assert_eq!(finishes[row], &Value::Date(at.finish.finish_day()), "{key}");
        assert_eq!(number(floats[row]), at.total_float_days(), "{key}");
        if let (Some(total), Some(free)) = (number(floats[row]), number(free[row])) {
            let expected = (free <= total.max(0.0)).then_some(total - free);
            assert_eq!(
                number(interfering[row]).map(|days| (days * 1e6).round()),
                expected.map(|days| (days * 1e6).round()),
                "{key}"
            );
        }
        let counts = at.kind != ActivityType::Summary;
        assert_eq!(text(paths[row]) == "critical", counts && at.critical && at.total_float.is_some(), "{key}");
        seen += 1;
    }
    assert_eq!(seen + prepared.portfolio.initiatives.len(), plan.rows.len());
    let deepest = plan.levels.iter().max().copied().unwrap_or(0);
    assert!(deepest >= 2, "rows are grouped");
}

/// No check of the workbook says `fault`, and there are as many as it promises.
fn every_check_holds() {
    let prepared = prepared();
    let book = master_execution_plan::book(&prepared.report_input());
    let checks = table(&book, "tbl_plan_checks");
    let (here, engine) = (column(checks, "Counted here"), column(checks, "Engine"));
    assert!(checks.rows.len() >= 17);
    // A portfolio may be free of these two; a check of nothing else would prove nothing.
    let may_be_none = ["Late hand-overs", "Buffers in the red zone"];
    for (name, count) in column(checks, "Check").into_iter().zip(&engine) {
        assert!(may_be_none.contains(&text(name)) || number(count).is_some_and(|count| count > 0.0), "{name:?} counts nothing");
    }
    assert_eq!(here, engine);
}

fn points_buffers_and_links() {
    let prepared = prepared();
    let (book, analyses) = (master_execution_plan::book(&prepared.report_input()), &prepared.analyses);
    let dcma = table(&book, "tbl_dcma");
    let passed = column(dcma, "Verdict").iter().filter(|verdict| text(verdict) == "pass").count();
    assert_eq!((passed, dcma.rows.len()), (analyses.schedule_health.portfolio.passed().0, 14));
    for (point, count) in analyses.schedule_health.portfolio.points.iter().zip(column(dcma, "Count")) {
        assert_eq!(number(count), Some(point.count as f64), "{}", point.name);
    }
    let offenders: usize = analyses.schedule_health.portfolio.points.iter().map(|point| point.offenders.len()).sum();
    assert_eq!(table(&book, "tbl_offenders").rows.len(), offenders);
    let links = table(&book, "tbl_cross_links");
    assert_eq!(links.rows.len(), analyses.interdependencies.links.len());
    let total = |table: &Table, header: &str| -> usize {
        let whole = |value: &&Value| if let Value::Integer(whole) = value { usize::try_from(*whole).ok() } else { None };
        column(table, header).iter().filter_map(whole).sum()
    };
    assert_eq!(total(table(&book, "tbl_matrix_links"), "All"), links.rows.len());
    let zones: Vec<&str> = column(table(&book, "tbl_buffers"), "Zone").into_iter().map(text).collect();
    let ours: Vec<&str> = analyses.buffers.buffers.iter().map(|buffer| buffer.zone.map_or("", |zone| zone.label())).collect();
    assert_eq!(zones, ours);
    assert_eq!(table(&book, "tbl_framework").rows.len(), analyses.framework.points.len());
    assert_eq!(total(table(&book, "tbl_owner_load"), "Open"), analyses.accountability.items.len());
}

/// The sample carries all of it: no page of its plan is empty.
fn every_page_has_something_to_show() {
    let prepared = prepared();
    let book = master_execution_plan::book(&prepared.report_input());
    let empty = ["Removed", "Review Rhythm"];
    for sheet in book.sheets.iter().filter(|sheet| !empty.contains(&sheet.name.as_str())) {
        for table in sheet.tables() {
            assert!(!table.rows.is_empty(), "{}: {} has no rows", sheet.name, table.name);
        }
        assert!(!sheet.about.is_empty() && !sheet.subtitle.is_empty(), "{} does not say what it answers", sheet.name);
    }
    let messages = table(&book, "tbl_messages");
    assert!((3..=5).contains(&messages.rows.len()), "{} messages", messages.rows.len());
}
