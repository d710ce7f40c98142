//! The imperative shell: a workspace in, a published set out. [`run::run`] reads as a table of contents.
//!
//! Promises: every stage's findings are kept; what must add up is asserted before anything is published; a set appears
//! whole or not at all. Works out no numbers of its own.

pub mod codes;
pub mod control;
mod finance_settings;
pub mod import;
pub mod init;
pub mod manifest;
pub mod previous;
pub mod run;
pub mod sample;
mod schedule_settings;
pub mod settings_file;
pub mod workspace;
