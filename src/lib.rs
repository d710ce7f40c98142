//! # Throughline
//!
//! One integrated execution plan and the month's reporting pack, from the workbooks that a PMO and a finance team already
//! keep. This page is the map; `README.md` is for users, [`docs`] is the manual.
//!
//! ## The pipeline is the tree
//!
//! Data flows one way, top to bottom. A module may use only the modules above it in this list, and [`base`]. A test reads
//! the `use` lines and holds the law.
//!
//! | module | turns | into |
//! |---|---|---|
//! | [`base`] | | the words every layer shares: money, periods, days and calendars, ids, places, findings, digests, the door to the disk |
//! | [`source`] | files | raw sheets of cells; knows files, not initiatives; the only user of calamine |
//! | [`table`] | raw sheets | checked dataframes, by the contracts of the data dictionary and the user's mappings; quarantine; control totals |
//! | [`model`] | dataframes | the typed, immutable [`model::portfolio::Portfolio`]; nothing after it sees a header or a cell |
//! | [`analysis`] | the portfolio | schedules, earned value, cost, risk, KPIs, benefits, capacity, health: pure functions |
//! | [`report`] | results | [`report::book::Book`]s of sheets of blocks: plain data, testable as text |
//! | [`render`] | books | bytes: workbooks (the only user of `rust_xlsxwriter`), CSV and Parquet |
//! | [`pipeline`] | a workspace | a published set: the imperative shell; [`pipeline::run::run`] reads as a table of contents |
//! | [`docs`] | declarations | the manual |
//! | [`cli`] | arguments | a run, a summary and an exit code: the only user of clap and of the terminal |
//!
//! ## The types, in the order of the flow
//!
//! [`source::raw::SourceFile`] → [`source::raw::RawSheet`] → [`table::grid::Grid`] (which cells are which fields) →
//! [`table::tables::Table`] with [`table::tables::ControlTotal`]s and [`table::tables::QuarantinedRow`]s →
//! [`model::portfolio::Portfolio`] → [`analysis::Analyses`] → [`report::book::Book`] → bytes. Beside them:
//! [`base::finding::Finding`], [`base::origin::Origin`], [`base::period::Period`], [`base::money::Money`],
//! [`base::run::RunFacts`].
//!
//! ## Invariants, each one a test
//!
//! 1. Wrong user data is a value, never an abort: a stage returns what it could do and all its findings.
//! 2. Every record knows its origin, and every reported number its lineage.
//! 3. Nothing disappears: rows seen = accepted + quarantined + blank + totals + declared no data; money in = sum of buckets,
//!    per currency; asserted in every run.
//! 4. Money is exact: one rounding policy (half away from zero), each figure rounded once, splits by largest remainder.
//! 5. Same inputs, settings and as-of: the same bytes, whatever the threads, locale, time zone or order of files.
//! 6. Outputs appear whole or not at all, as a set.
//! 7. A written formula recalculates to its cached value in a real spreadsheet program.
//! 8. Text from a workbook never becomes a formula, and never a path outside the output folder.
//! 9. Every limit is named, documented and tested at its edge; refusal comes before allocation.
//! 10. [`analysis`] knows no files; [`source`] knows no initiatives; [`report`] names no writer; [`cli`] decides no numbers.
//!
//! ## Adding things
//!
//! An input is one contract in [`table::contracts`], one model file, and the templates written anew. An analysis is one
//! file in [`analysis`], one line in [`analysis::analyse`], one section of a report. A chart is one
//! [`report::book::Block`] and one arm in each renderer.
//!
#![doc = include_str!("docs/glossary.md")]

pub mod analysis;
pub mod base;
pub mod cli;
pub mod docs;
pub mod model;
pub mod pipeline;
pub mod render;
pub mod report;
pub mod source;
pub mod table;
