//! The kinds of finding that the run itself raises.

use crate::base::finding::{Code, Severity};

/// Every code of this layer.
pub const ALL: &[Code] = &[REPAIRED, NO_INPUTS, SKIPPED, PREVIOUS_UNREADABLE];

/// An earlier run was interrupted; its half state was mended.
pub const REPAIRED: Code = Code::new(
    "R001",
    Severity::Info,
    "an interrupted run was mended",
    "An earlier run ended before it was done. What it left was finished or removed; no published set was lost.",
);

/// The inputs folder holds nothing to read.
pub const NO_INPUTS: Code = Code::new(
    "R002",
    Severity::Error,
    "there are no workbooks to read",
    "The inputs folder is missing, empty, or holds only files of other kinds.",
);

/// A file of the inputs folder was left alone.
pub const SKIPPED: Code = Code::new(
    "R003",
    Severity::Info,
    "the file was skipped",
    "Excel's owner files, hidden and temporary files, and files of other kinds are not read. They are listed so that nothing is missed.",
);

/// The headlines of the last run cannot be read.
pub const PREVIOUS_UNREADABLE: Code = Code::new(
    "R004",
    Severity::Warning,
    "the last run's headlines cannot be read",
    "The change since the last run is left out. The folder of that run was edited or only partly copied.",
);
