//! Results to Books: plain data that any renderer can draw.
//!
//! Promises: every report is a value that can be tested as text; every figure carries its reason where it is missing, a
//! formula the value that the engine computed, a cell its way back to the source. Names no writer of files, decides no
//! numbers.

pub mod book;
pub mod data_quality;
pub mod headline;
mod input;
pub mod master_execution_plan;
pub mod parts;
pub mod performance_dashboard;
pub mod template_book;
#[cfg(test)]
mod testing;
pub mod theme;
pub mod tidy;

pub use input::ReportInput;

/// Every workbook of a run.
#[must_use]
pub fn books(input: &ReportInput<'_>) -> Vec<book::Book> {
    vec![performance_dashboard::book(input), master_execution_plan::book(input), data_quality::book(&input.into())]
}
