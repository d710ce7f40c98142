//! The kinds of finding that reconciliation raises.

use crate::base::finding::{Code, Severity};

/// A change that is not the difference of two values.
pub const STATED_CHANGE_DIFFERS: Code = Code::new(
    "A240",
    Severity::Warning,
    "stated change differs",
    "A change reported elsewhere is not the difference of the values reported, beyond what rounding explains.",
);
/// A column that is no history.
pub const STATED_COLUMN_BACK_FILLED: Code = Code::new(
    "A241",
    Severity::Warning,
    "stated figure was filled in afterwards",
    "A stated change or total holds one figure at every date, though the value moves. It tells what is known today, and nothing of what was reported then.",
);
/// A report that is not there.
pub const REPORT_MISSING: Code = Code::new(
    "A242",
    Severity::Info,
    "report missing between two others",
    "An item has no report for a date on which most others have one. Its change is tested from the report before.",
);
