//! The kinds of finding that laying out sheets raises: which cells are which fields.

use crate::base::finding::{Code, Severity};

/// A sheet that no contract and no mapping explains.
pub const SHEET_UNKNOWN: Code = Code::new(
    "T300",
    Severity::Warning,
    "sheet not recognised",
    "The sheet holds cells but is neither one of the known tables nor mapped nor declared to be no data, so nothing on it was read.",
);

/// A column that belongs to no field.
pub const HEADER_UNKNOWN: Code = Code::new(
    "T301",
    Severity::Warning,
    "column not recognised",
    "The column holds cells under a header that is no field of the table, so it was not read. Correct the header, map the column, or declare it to be no data.",
);

/// A header that stands over two columns.
pub const HEADER_REPEATED: Code = Code::new(
    "T302",
    Severity::Error,
    "two columns for one field",
    "Two columns of the table have a header that means the same field. The first one was read; the other was not.",
);

/// A required field without a column.
pub const HEADER_MISSING: Code = Code::new(
    "T303",
    Severity::Error,
    "required column missing",
    "The table has no column for a field that every row must give.",
);

/// Cells under no header.
pub const HEADER_BLANK: Code = Code::new(
    "T304",
    Severity::Warning,
    "column without a header",
    "The column holds cells but its header is empty, so nobody can say what they are; they were not read.",
);

/// Rows typed below the end of an Excel table.
pub const BELOW_TABLE: Code = Code::new(
    "T305",
    Severity::Warning,
    "rows below the Excel table",
    "Rows were typed directly below an Excel table that did not grow with them. They were read as part of it; formulas that refer to the table do not see them.",
);

/// The template's example row was left in place.
pub const EXAMPLE_ROW: Code = Code::new(
    "T306",
    Severity::Info,
    "example row not read",
    "The row is the example of the blank template, unchanged, so it was set aside.",
);

/// A total column disagrees with the columns it totals.
pub const TOTAL_COLUMN: Code = Code::new(
    "T307",
    Severity::Warning,
    "total column disagrees with its row",
    "The row's stated total is not the sum of the columns that were read. One of them is wrong, or a column was not read.",
);

/// A block of cells beside or below a table that nothing explains.
pub const CELLS_OUTSIDE: Code = Code::new(
    "T308",
    Severity::Warning,
    "cells outside the table",
    "Cells beside or below the table belong to no table that was recognised, so they were not read.",
);

/// A sheet named as a table, with nothing on it.
pub const SHEET_EMPTIED: Code = Code::new(
    "T309",
    Severity::Warning,
    "table without headers or rows",
    "The sheet has the name of a table and holds no cell at all. What the table would have said is missing from every result.",
);

/// Every code of layout.
pub const ALL: &[Code] = &[
    SHEET_UNKNOWN,
    HEADER_UNKNOWN,
    HEADER_REPEATED,
    HEADER_MISSING,
    HEADER_BLANK,
    BELOW_TABLE,
    EXAMPLE_ROW,
    TOTAL_COLUMN,
    CELLS_OUTSIDE,
    SHEET_EMPTIED,
];
