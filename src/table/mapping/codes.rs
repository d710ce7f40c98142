//! The kinds of finding that mappings raise: settings that fit no file, sheet, column or field, and cells that a mapping
//! promised to explain and could not.

use crate::base::finding::{Code, Severity};

/// The settings cannot be understood.
pub const UNREADABLE: Code = Code::new(
    "T330",
    Severity::Error,
    "mapping cannot be understood",
    "A [[source]], [[contract]] or [[not_data]] part of the settings has a key or a value that means nothing. Nothing of that file's mapping was used.",
);

/// A mapping file that does not exist.
pub const USE_MISSING: Code = Code::new(
    "T331",
    Severity::Error,
    "mapping file not found",
    "A source says `use = \"…\"`, and there is no such file, so the source maps nothing.",
);

/// A source without files.
pub const NO_FILE: Code = Code::new(
    "T332",
    Severity::Warning,
    "source matches no file",
    "No file of the inputs folder has a name that the source's `files` describe.",
);

/// A mapped table without a sheet.
pub const NO_SHEET: Code = Code::new(
    "T333",
    Severity::Error,
    "mapping matches no sheet",
    "The file has no sheet that the mapping's `sheets` describe, so the table was not read from it. A table that not every file has is marked `optional = true`.",
);

/// A mapped column that is not there.
pub const NO_COLUMN: Code = Code::new(
    "T334",
    Severity::Error,
    "mapped column not found",
    "The sheet has no column under the header that the mapping names. A column that not every file has is marked `optional = true`.",
);

/// A mapping to a field that the table does not have.
pub const NO_FIELD: Code =
    Code::new("T335", Severity::Error, "no such field", "The mapping names a field that its table does not have.");

/// A mapping to a table that does not exist.
pub const NO_CONTRACT: Code = Code::new(
    "T336",
    Severity::Error,
    "no such table",
    "The mapping names a table that is neither one of ours nor declared by a [[contract]].",
);

/// A named range or Excel table that is not there.
pub const NO_REGION: Code = Code::new(
    "T337",
    Severity::Error,
    "named range or Excel table not found",
    "The mapping names a range or an Excel table that the sheet does not have.",
);

/// A placeholder without a value.
pub const NO_VALUE: Code = Code::new(
    "T338",
    Severity::Error,
    "placeholder without a value",
    "A text of the mapping holds a {placeholder} that is neither set, nor captured from the file's or sheet's name, nor a header of the sheet.",
);

/// Two mappings read one cell as the same field.
pub const CLAIMED_TWICE: Code = Code::new(
    "T339",
    Severity::Error,
    "two mappings claim the same cells",
    "Two mappings read the same cells as the same field of the same table, so the records would count twice. Only the first one was used.",
);

/// A column of a mapped sheet that nobody maps.
pub const COLUMN_UNMAPPED: Code = Code::new(
    "T340",
    Severity::Warning,
    "column neither mapped nor ignored",
    "The column of a mapped sheet holds cells, but no mapping reads them and none lists the column under `ignore`.",
);

/// No row looks like the headers.
pub const NO_HEADER_ROW: Code = Code::new(
    "T341",
    Severity::Error,
    "header row not found",
    "No row of the sheet holds the headers that the mapping names, so the table was not read.",
);

/// A link or a demand that cannot be understood.
pub const PART_UNREADABLE: Code = Code::new(
    "T342",
    Severity::Error,
    "entry of a list not understood",
    "The cell holds a list (links, resource demand), and one entry of it is not written in a way that the mapping understands. It was passed on as it stands.",
);

/// A value that the joined sheet does not have.
pub const NO_JOIN: Code = Code::new(
    "T343",
    Severity::Warning,
    "no such key on the joined sheet",
    "The mapping takes fields from a second sheet by a key, and that sheet has no row with the record's key.",
);

/// A rule that says nothing, or too much.
pub const RULE_UNCLEAR: Code = Code::new(
    "T344",
    Severity::Error,
    "mapping rule unclear",
    "A field's rule does not say where its value comes from, or asks for something that its table does not provide.",
);

/// A wrong contract of the user's own.
pub const CONTRACT_WRONG: Code = Code::new(
    "T345",
    Severity::Error,
    "own table declared wrongly",
    "A [[contract]] of the settings contradicts itself, so it was not used.",
);

/// A filter that keeps nothing.
pub const KEEPS_NOTHING: Code = Code::new(
    "T346",
    Severity::Warning,
    "filter keeps no row",
    "The conditions under `where` are true of no row of the sheet, so the table is empty.",
);

/// A key that occurs twice on a joined sheet.
pub const JOIN_REPEATED: Code = Code::new(
    "T347",
    Severity::Warning,
    "key occurs twice on the joined sheet",
    "The mapping takes fields from a second sheet by a key that two of its rows share. The first row was used.",
);

/// A declaration of no data that matches nothing.
pub const NOT_DATA_UNUSED: Code = Code::new(
    "T348",
    Severity::Warning,
    "declaration of no data matches no sheet",
    "A [[not_data]] entry names sheets that no file has.",
);

/// Every code of mappings.
pub const ALL: &[Code] = &[
    UNREADABLE,
    USE_MISSING,
    NO_FILE,
    NO_SHEET,
    NO_COLUMN,
    NO_FIELD,
    NO_CONTRACT,
    NO_REGION,
    NO_VALUE,
    CLAIMED_TWICE,
    COLUMN_UNMAPPED,
    NO_HEADER_ROW,
    PART_UNREADABLE,
    NO_JOIN,
    RULE_UNCLEAR,
    CONTRACT_WRONG,
    KEEPS_NOTHING,
    JOIN_REPEATED,
    NOT_DATA_UNUSED,
];
