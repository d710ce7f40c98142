//! Checked tables to the typed, immutable [`Portfolio`]: the hub that every analysis reads.
//!
//! Promises: every record knows its origin; a reference either points at a record or is a finding; nothing is dropped
//! silently. Does no analysis and reads no file.

pub mod activity;
pub mod benefit;
pub mod budget_control;
mod build;
pub mod cells;
pub mod closing;
pub mod codes;
pub mod exchange;
pub mod finance;
pub mod governance;
pub mod initiative;
pub mod kpi;
pub mod past;
pub mod portfolio;
pub mod resource;
pub mod risk;
pub mod scheduling;
pub mod settings;
#[cfg(test)]
#[expect(
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    clippy::return_self_not_must_use,
    clippy::cast_possible_truncation,
    reason = "helpers of tests: they panic where a test is written wrongly, and count a handful of rows"
)]
pub mod testing;
