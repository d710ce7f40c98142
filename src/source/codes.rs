//! The kinds of finding that reading files raises.

use crate::base::finding::{Code, Severity};

/// Every code of this layer.
pub const ALL: &[Code] = &[PASSWORD];

/// A workbook that asks for a password.
pub const PASSWORD: Code = Code::new(
    "S001",
    Severity::Error,
    "the workbook is protected by a password",
    "An encrypted workbook cannot be read. The rest of the run goes on without it.",
);
