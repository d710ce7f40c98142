//! stub
use crate::report::ReportInput;
use crate::report::book::*;
/// x
pub fn book(i: &ReportInput<'_>) -> Book {
    Book {
        file_name: "Data Quality".into(),
        title: "DQ".into(),
        stamp: Stamp { portfolio: i.run.portfolio.clone(), as_of: Some(i.run.as_of), run_id: None, version: String::new() },
        inputs: None,
        sheets: vec![Sheet::page("a", "b")],
        names: vec![],
    }
}
