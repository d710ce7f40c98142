//! The kinds of finding that reading files raises.

use crate::base::finding::{Code, Severity};

/// Every code of this layer.
pub const ALL: &[Code] = &[
    PASSWORD,
    DAMAGED,
    OLD_FORMAT_NEW_NAME,
    NEW_FORMAT_OTHER_NAME,
    WEB_PAGE,
    TEXT_NAMED_WORKBOOK,
    NOT_A_WORKBOOK,
    EMPTY_FILE,
    CANNOT_OPEN,
    CHANGED_WHILE_READ,
    OVER_LIMIT,
    REPEATED_PARTS,
    OVERLAPPING_PARTS,
    MISSING_PART,
    BAD_XML,
    DOCUMENT_TYPE,
    READER_FAULT,
    MACROS,
    EXTERNAL_LINKS,
    BINARY_WORKBOOK,
    OLDER_FORMAT,
    NO_HELPER,
    HELPER_FAILED,
    HELPER_TIMEOUT,
    OUTSIDE_GRID,
    BAD_CELL,
    TEXT_TOO_LONG,
    NOT_FINITE,
    REPEATED_CELL,
    HIDDEN_SHEET,
    HIDDEN_ROWS,
    HIDDEN_COLUMNS,
    FULL_SHEET,
    UNUSUAL_XML,
    BINARY_TEXT,
    ASSUMED_ENCODING,
    BAD_CHARACTERS,
    OPEN_QUOTE,
    PLAN_CUT_SHORT,
    PLAN_TABLE_MISSING,
    PLAN_FIELD_MISSING,
    PLAN_ROW_LENGTH,
    PLAN_VALUE,
    PLAN_WORD,
    PLAN_REFERENCE,
    PLAN_TWICE,
    PLAN_CALENDAR,
    PLAN_DIFFERENT,
    PLAN_UNUSED,
    PLAN_MORE,
];

/// A workbook that asks for a password.
pub const PASSWORD: Code = Code::new(
    "S001",
    Severity::Error,
    "the workbook is protected by a password",
    "An encrypted workbook cannot be read. The rest of the run goes on without it.",
);
/// A file that is cut short or otherwise broken.
pub const DAMAGED: Code = Code::new(
    "S002",
    Severity::Error,
    "the file is damaged",
    "The file's container is cut short or broken, so nothing in it can be trusted. The rest of the run goes on without it.",
);
/// An xls under the name of an xlsx.
pub const OLD_FORMAT_NEW_NAME: Code = Code::new(
    "S003",
    Severity::Warning,
    "an Excel 97-2003 workbook under another name",
    "The file's content is that of an .xls workbook although its name says otherwise. It is read as what it is.",
);
/// An xlsx, xlsb or ods under another name.
pub const NEW_FORMAT_OTHER_NAME: Code = Code::new(
    "S004",
    Severity::Warning,
    "a workbook whose name ends wrongly",
    "The file's content is a workbook of another kind than its name says. It is read as what it is.",
);
/// A web page saved under the name of a workbook.
pub const WEB_PAGE: Code = Code::new(
    "S005",
    Severity::Error,
    "a web page under the name of a workbook",
    "Some systems export a web page and call it .xls. It is not a workbook and is not read.",
);
/// Plain text under the name of a workbook.
pub const TEXT_NAMED_WORKBOOK: Code = Code::new(
    "S006",
    Severity::Warning,
    "a text file under the name of a workbook",
    "The file holds delimited text although its name is that of a workbook. It is read as text.",
);
/// Something else altogether.
pub const NOT_A_WORKBOOK: Code = Code::new(
    "S007",
    Severity::Error,
    "the file is not a workbook",
    "The content is neither a workbook nor delimited text, whatever the name says.",
);
/// A file of no bytes.
pub const EMPTY_FILE: Code =
    Code::new("S008", Severity::Error, "the file is empty", "A file of no bytes is most often a copy that failed.");
/// A file that the disk does not give.
pub const CANNOT_OPEN: Code = Code::new(
    "S009",
    Severity::Error,
    "the file cannot be opened",
    "The file is missing, locked by another program, or may not be read with the present rights.",
);
/// A file that changed under the reader's hands.
pub const CHANGED_WHILE_READ: Code = Code::new(
    "S010",
    Severity::Error,
    "the file changed while it was read",
    "Somebody saved the file during the run. A mixture of two versions is never used.",
);
/// A named limit.
pub const OVER_LIMIT: Code = Code::new(
    "S011",
    Severity::Error,
    "larger than a limit allows",
    "The file asks for more memory or time than an honest workbook needs. The limits are those of the reader.",
);
/// Two parts of one name.
pub const REPEATED_PARTS: Code = Code::new(
    "S012",
    Severity::Error,
    "two parts of the workbook have one name",
    "Programs differ in which of the two they show, so what one person saw may not be what another reads.",
);
/// Parts that share bytes.
pub const OVERLAPPING_PARTS: Code = Code::new(
    "S013",
    Severity::Error,
    "parts of the workbook overlap",
    "No spreadsheet program writes such a file; it is the mark of a hostile or damaged one.",
);
/// A part that is named and not there.
pub const MISSING_PART: Code = Code::new(
    "S014",
    Severity::Error,
    "a part of the workbook is missing",
    "The workbook names a part that its container does not hold. What needs it is not read.",
);
/// XML that is not well formed.
pub const BAD_XML: Code = Code::new(
    "S015",
    Severity::Error,
    "a part of the workbook is damaged",
    "The part's XML breaks off or is not well formed. The sheet or the file that needs it is not read.",
);
/// A document type declaration.
pub const DOCUMENT_TYPE: Code = Code::new(
    "S016",
    Severity::Error,
    "a part declares a document type",
    "Workbooks never hold such declarations; they are a known way to attack a reader. The part is not read.",
);
/// A panic in a reader, caught.
pub const READER_FAULT: Code = Code::new(
    "S017",
    Severity::Error,
    "the reader gave up on this file",
    "The file is so unusual that the reader met a fault of its own. The rest of the run goes on without it.",
);
/// A workbook with macros.
pub const MACROS: Code = Code::new(
    "S020",
    Severity::Info,
    "the workbook holds macros",
    "Macros are never run and never copied. Values that a macro would have refreshed are as they were saved.",
);
/// Links to other workbooks.
pub const EXTERNAL_LINKS: Code = Code::new(
    "S021",
    Severity::Info,
    "the workbook links to other workbooks",
    "Links are never followed: the values are those of the last time somebody refreshed them.",
);
/// An xlsb workbook.
pub const BINARY_WORKBOOK: Code = Code::new(
    "S022",
    Severity::Info,
    "a binary workbook (.xlsb)",
    "Values are read; cell styles, tables, hidden rows and columns are not.",
);
/// An xls or ods workbook.
pub const OLDER_FORMAT: Code = Code::new(
    "S023",
    Severity::Info,
    "a workbook in the format of another program or an earlier Excel",
    "Values and formulas are read; cell styles, tables, hidden rows and columns are not.",
);
/// No program to read it with.
pub const NO_HELPER: Code = Code::new(
    "S024",
    Severity::Error,
    "this format needs the helper program",
    "Workbooks in xls, xlsb and ods are read by a second process with a memory limit, and none was given.",
);
/// The helper broke.
pub const HELPER_FAILED: Code = Code::new(
    "S025",
    Severity::Error,
    "the workbook could not be read",
    "The process that reads older formats stopped on this file: it is damaged or asks for too much memory.",
);
/// The helper took too long.
pub const HELPER_TIMEOUT: Code = Code::new(
    "S026",
    Severity::Error,
    "reading the workbook took too long",
    "The process that reads older formats was stopped at its time limit.",
);
/// A cell address that no worksheet has.
pub const OUTSIDE_GRID: Code = Code::new(
    "S030",
    Severity::Error,
    "a cell lies outside the worksheet",
    "A worksheet has 1,048,576 rows and 16,384 columns (XFD). The sheet's addresses cannot be trusted; it is not read.",
);
/// A cell that cannot be read.
pub const BAD_CELL: Code = Code::new(
    "S031",
    Severity::Error,
    "a cell cannot be read",
    "The cell is stored in a way that has no meaning. It is treated as an error value, never as empty or zero.",
);
/// A text above the limit.
pub const TEXT_TOO_LONG: Code = Code::new(
    "S032",
    Severity::Error,
    "a text is longer than a cell can hold",
    "Excel allows 32,767 characters in a cell. The cell is treated as an error value.",
);
/// NaN or an infinity.
pub const NOT_FINITE: Code = Code::new(
    "S033",
    Severity::Error,
    "a number that is not a number",
    "The cell is stored as NaN or infinity, which Excel cannot hold. It is treated as an error value.",
);
/// One address twice.
pub const REPEATED_CELL: Code = Code::new(
    "S034",
    Severity::Warning,
    "a cell is stored twice",
    "The file gives two values for one address. The later one is used, as most programs do.",
);
/// A hidden sheet with data.
pub const HIDDEN_SHEET: Code =
    Code::new("S040", Severity::Info, "a hidden sheet holds data", "Hidden sheets are read like the others.");
/// Hidden rows with data.
pub const HIDDEN_ROWS: Code = Code::new(
    "S041",
    Severity::Info,
    "hidden rows hold data",
    "Hidden rows are read like the others; totals that a person sees on screen may leave them out.",
);
/// Hidden columns with data.
pub const HIDDEN_COLUMNS: Code =
    Code::new("S042", Severity::Info, "hidden columns hold data", "Hidden columns are read like the others.");
/// Data up to the last row that a format allows.
pub const FULL_SHEET: Code = Code::new(
    "S043",
    Severity::Warning,
    "the data end at the last row a worksheet can have",
    "Data that end exactly at row 65,536 or 1,048,576 were most often cut off there by the program that wrote them.",
);
/// Comments or CDATA among the cells.
pub const UNUSUAL_XML: Code = Code::new(
    "S044",
    Severity::Warning,
    "the sheet is written in an unusual way",
    "The sheet's XML holds comments or literal sections among its cells, which no known program writes. Compare some values.",
);
/// Bytes that no text has.
pub const BINARY_TEXT: Code = Code::new(
    "S050",
    Severity::Error,
    "the file is not text",
    "A text file holds no NUL characters and few control characters. The file is not read.",
);
/// A text file that is not UTF-8.
pub const ASSUMED_ENCODING: Code = Code::new(
    "S051",
    Severity::Info,
    "the text is not in UTF-8",
    "The file is read as Windows-1252, the usual encoding of Excel's csv files in Western Europe. Check accented letters.",
);
/// Characters that the encoding does not have.
pub const BAD_CHARACTERS: Code = Code::new(
    "S052",
    Severity::Warning,
    "characters that the file's encoding does not have",
    "They are replaced by the replacement character. The file was cut or joined from parts in different encodings.",
);
/// A quotation mark that is never closed.
pub const OPEN_QUOTE: Code = Code::new(
    "S053",
    Severity::Error,
    "a quotation mark is never closed",
    "Everything after it was taken into one field, so lines may have been swallowed.",
);
/// A planner's file without its end.
pub const PLAN_CUT_SHORT: Code = Code::new(
    "S060",
    Severity::Error,
    "the planner's file ends too early",
    "The end that every export of its kind has is missing, so records may be missing too. What was there is used.",
);
/// A table that a plan cannot do without.
pub const PLAN_TABLE_MISSING: Code = Code::new(
    "S061",
    Severity::Error,
    "the planner's file lacks a table",
    "Without it there is no plan to read: an export holds its projects and their activities.",
);
/// A field that a table cannot do without.
pub const PLAN_FIELD_MISSING: Code = Code::new(
    "S062",
    Severity::Error,
    "the planner's file lacks a field",
    "The records of the table cannot be used without it. Export again with the standard fields.",
);
/// A row of another length than its header.
pub const PLAN_ROW_LENGTH: Code = Code::new(
    "S063",
    Severity::Warning,
    "a record has more or fewer values than its table has fields",
    "Values are taken in order; those that are missing count as empty, those too many are left out. A tab or a line break inside a text is the usual cause.",
);
/// A bad date, number or duration.
pub const PLAN_VALUE: Code = Code::new(
    "S064",
    Severity::Error,
    "a value of the planner's file cannot be read",
    "It is left out; the rest of its record is used.",
);
/// An unknown type, constraint or option.
pub const PLAN_WORD: Code = Code::new(
    "S065",
    Severity::Warning,
    "a word of the planner's file is not known",
    "The record is used as if the field were empty.",
);
/// A reference to nothing.
pub const PLAN_REFERENCE: Code = Code::new(
    "S066",
    Severity::Error,
    "a record of the planner's file names another that is not in it",
    "What depends on the other record is left out: a link without one of its ends, a calendar that is not there.",
);
/// An id given twice.
pub const PLAN_TWICE: Code =
    Code::new("S067", Severity::Error, "two records of the planner's file have one id", "Only the first is used.");
/// Malformed working time.
pub const PLAN_CALENDAR: Code = Code::new(
    "S068",
    Severity::Error,
    "the working time of a calendar cannot be read",
    "The part that cannot be read is left out; check the calendar in the planner's program and export again.",
);
/// What is scheduled differently.
pub const PLAN_DIFFERENT: Code = Code::new(
    "S069",
    Severity::Warning,
    "part of the plan is not scheduled as its own program does",
    "It is read, but a rule behind it is not one that is followed here, so dates may differ.",
);
/// What a file holds and nothing reads.
pub const PLAN_UNUSED: Code = Code::new(
    "S070",
    Severity::Info,
    "part of the planner's file is not used",
    "It is listed so that nobody looks for it in vain.",
);
/// The rest of many findings of one kind.
pub const PLAN_MORE: Code = Code::new(
    "S071",
    Severity::Warning,
    "more findings of one kind than are listed",
    "A file with so many of them was most often damaged, or written by another program.",
);
