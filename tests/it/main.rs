//! The one integration binary: a second one would link the dataframe library again.
//!
//! Each module gives `pub fn trials() -> Vec<Trial>`; a trial fails by panicking or by returning a message. `cargo test
//! --test it NAME` runs those whose name contains NAME. A trial that needs data or a program that is not there is ignored,
//! and says so; the reference data is looked for in the folder that `THROUGHLINE_REFERENCE` names.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails by panicking, reports figures, compares them as floats, and draws small numbers"
)]

mod command_line;
mod corruptions;
mod dashboard;
mod explanations;
mod harness;
mod layout_drift;
mod layout_or_as;
mod layout_workbooks;
mod master_plan;
mod money;
mod msproject_schedule;
mod networks;
mod p6_calendars;
mod p6_schedule;
mod planner_files;
mod plans_end_to_end;
mod reconciliation;
mod reference_baselines;
mod reference_projects;
mod reference_views;
mod reported;
mod sample;
mod sample_figures;
mod sample_schedule;
mod slow_schedule;
mod source;
mod tidy;
mod workbooks;
mod workspace_lock;
mod xer;

use libtest_mimic::{Arguments, Trial};

fn main() {
    if workspace_lock::run_as_child() || source::run_as_child() {
        return;
    }
    let arguments = Arguments::from_args();
    // One a line, so that two people who add one each do not meet.
    #[rustfmt::skip]
    let modules: &[fn() -> Vec<Trial>] = &[
        command_line::trials,
        corruptions::trials,
        dashboard::trials,
        explanations::trials,
        layout_drift::trials,
        layout_or_as::trials,
        layout_workbooks::trials,
        master_plan::trials,
        money::trials,
        msproject_schedule::trials,
        networks::trials,
        p6_calendars::trials,
        p6_schedule::trials,
        planner_files::trials,
        plans_end_to_end::trials,
        reconciliation::trials,
        reference_baselines::trials,
        reference_projects::trials,
        reference_views::trials,
        sample_figures::trials,
        sample_schedule::trials,
        slow_schedule::trials,
        source::trials,
        tidy::trials,
        workbooks::trials,
        workspace_lock::trials,
    ];
    libtest_mimic::run(&arguments, modules.iter().flat_map(|trials| trials()).collect()).exit();
}
