//! How much the reader takes in before it says no. Every limit has a name that its finding prints.
//!
//! A limit guards memory and time against a damaged or hostile file; it stands far above what an honest file needs. It is
//! checked before the memory is taken, on sizes that the file declares and that the reader then holds the file to.

use std::path::PathBuf;

/// The limits of reading. The defaults suit a machine with 4 GB of memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file. Default 256 MiB.
    pub file_bytes: u64,
    /// Parts in one workbook's container. Default 10,000.
    pub parts: u64,
    /// Bytes of all parts of one workbook together, inflated. Default 2 GiB.
    pub inflated_bytes: u64,
    /// How many times larger a part may be inflated than packed. Default 200. Parts of up to [`Self::ratio_free_bytes`]
    /// are not asked.
    pub inflate_ratio: u64,
    /// Inflated size up to which a part may have any ratio. Default 10,000,000 bytes.
    pub ratio_free_bytes: u64,
    /// Bytes of one part that is read whole (relationships, workbook, styles, a table). Default 64 MiB.
    pub part_bytes: u64,
    /// Bytes of one tag, or of one text between two tags, outside the rows of a sheet. Default 4 MiB.
    pub item_bytes: usize,
    /// Bytes of one row's XML. Default 16 MiB.
    pub row_bytes: usize,
    /// Shared texts of one workbook. Default 8,000,000.
    pub shared_texts: usize,
    /// Sheets of one workbook. Default 1,000.
    pub sheets: usize,
    /// Stored cells of one sheet. Default 20,000,000.
    pub cells: usize,
    /// Characters of one cell's text, as Excel counts them (UTF-16 units). Default 32,767, which is Excel's own limit.
    pub text_chars: usize,
    /// Merged ranges of one sheet. Default 100,000.
    pub merged_ranges: usize,
    /// Nesting of XML elements. Default 100.
    pub xml_depth: usize,
    /// Cells of one sheet that could not be read, after which the sheet is given up. Default 1,000.
    pub bad_cells: usize,
    /// Bytes of one line of a text file. Default 1 MiB.
    pub line_bytes: usize,
    /// Lines of one text file. Default 5,000,000.
    pub lines: usize,
    /// Records (activities, links, calendars and so on) of one planner's file. Default 3,000,000.
    pub plan_records: usize,
    /// Elements in one record of a planner's XML file. Default 200,000.
    pub record_elements: usize,
    /// Dates that the exceptions of one calendar of a planner's file may come to, once repeats are written out. Default 20,000.
    pub calendar_dates: usize,
    /// Findings of one kind in one planner's file, after which the rest are counted. Default 1,000.
    pub plan_findings: usize,
    /// Memory of the helper that reads xls, xlsb and ods, in bytes. Default 1 GiB.
    pub helper_memory: u64,
    /// Seconds that the helper may take for one file. Default 120.
    pub helper_seconds: u64,
    /// Bytes that the helper may hand back for one file. Default 512 MiB.
    pub helper_answer: u64,
    /// The program to start as the helper (this program itself); none: xls, xlsb and ods are not read.
    pub helper: Option<PathBuf>,
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: u64 = 1024 * 1024;
        Self {
            file_bytes: 256 * MIB,
            parts: 10_000,
            inflated_bytes: 2_048 * MIB,
            inflate_ratio: 200,
            ratio_free_bytes: 10_000_000,
            part_bytes: 64 * MIB,
            item_bytes: 4 * 1024 * 1024,
            row_bytes: 16 * 1024 * 1024,
            shared_texts: 8_000_000,
            sheets: 1_000,
            cells: 20_000_000,
            text_chars: 32_767,
            merged_ranges: 100_000,
            xml_depth: 100,
            bad_cells: 1_000,
            line_bytes: 1024 * 1024,
            lines: 5_000_000,
            plan_records: 3_000_000,
            record_elements: 200_000,
            calendar_dates: 20_000,
            plan_findings: 1_000,
            helper_memory: 1_024 * MIB,
            helper_seconds: 120,
            helper_answer: 512 * MIB,
            helper: None,
        }
    }
}

/// Rows of a worksheet: Excel's own limit.
pub const GRID_ROWS: u32 = 1_048_576;
/// Columns of a worksheet: Excel's own limit.
pub const GRID_COLS: u32 = 16_384;
/// Rows of a worksheet in the format of Excel 97 to 2003.
pub const GRID_ROWS_BEFORE_2007: u32 = 65_536;
