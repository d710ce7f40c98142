//! A raw sheet: columnar, sparse, typed as the file typed it. Rows and columns count from zero.

use crate::base::origin::{Origin, SheetName};
use std::path::PathBuf;
use std::sync::Arc;

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceFile {
    /// Where it lies on disk.
    pub path: PathBuf,
    /// Its name below the inputs folder, with `/` between parts: the name users see.
    pub name: String,
}

/// What happened to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileStatus {
    /// Read.
    Read,
    /// Could not be read; a finding says why.
    Refused,
    /// Left alone on purpose (owner file, hidden, temporary, unknown kind), with the reason.
    Skipped(String),
}

/// Facts of one file of the inputs folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFacts {
    /// Name below the inputs folder.
    pub name: String,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 of the bytes that were read; empty where they were not.
    pub sha256: String,
    /// What happened.
    pub status: FileStatus,
}

/// How a sheet shows in Excel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// An ordinary tab.
    Visible,
    /// Hidden; the user can unhide it.
    Hidden,
    /// Hidden from the user interface too.
    VeryHidden,
}

/// An error value in a cell, as Excel writes it, such as `#REF!`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellError {
    /// `#DIV/0!`
    Div0,
    /// `#N/A`
    NotAvailable,
    /// `#NAME?`
    Name,
    /// `#NULL!`
    Null,
    /// `#NUM!`
    Num,
    /// `#REF!`
    Ref,
    /// `#VALUE!`
    Value,
    /// Any other, such as `#SPILL!` or `#GETTING_DATA`.
    Other,
}

impl CellError {
    /// The text Excel shows.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Div0 => "#DIV/0!",
            Self::NotAvailable => "#N/A",
            Self::Name => "#NAME?",
            Self::Null => "#NULL!",
            Self::Num => "#NUM!",
            Self::Ref => "#REF!",
            Self::Value => "#VALUE!",
            Self::Other => "#ERROR",
        }
    }
}

/// The value of a stored cell. Empty cells are not stored.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// A number; whether it is a date is told by the cell's [`Style`]. Always finite.
    Number(f64),
    /// Text: an index into [`RawSheet::texts`].
    Text(u32),
    /// TRUE or FALSE.
    Bool(bool),
    /// An error value.
    Error(CellError),
    /// A formula that was never calculated: there is no value.
    NeverCalculated,
}

/// What a number format makes of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FormatClass {
    /// General.
    General,
    /// A plain number format.
    Number,
    /// A percentage: 0.64 shows as 64 %.
    Percent,
    /// A number with a currency sign or code.
    Currency,
    /// A date, with or without a time of day.
    Date,
    /// A time of day, or elapsed time.
    Time,
    /// Text (`@`).
    Text,
}

/// The part of a cell's style that carries meaning.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Style {
    /// The number format's code, such as `0.0%`.
    pub code: String,
    /// What the code makes of a number.
    pub class: FormatClass,
    /// Indent of the cell's alignment, 0 to 250: often the outline level of a name.
    pub indent: u8,
    /// Bold font: often a summary row.
    pub bold: bool,
}

impl Style {
    /// The General format.
    #[must_use]
    pub const fn general() -> Self {
        Self { code: String::new(), class: FormatClass::General, indent: 0, bold: false }
    }
}

/// The stored cells of one column, by ascending row. The three vectors have one length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawColumn {
    /// Rows, ascending, without repeats.
    pub rows: Vec<u32>,
    /// Values.
    pub values: Vec<Value>,
    /// Styles: indices into [`RawSheet::styles`].
    pub styles: Vec<u16>,
}

impl RawColumn {
    /// The position of a row among the stored cells; constant time where the column has no gaps.
    #[must_use]
    pub fn position(&self, row: u32) -> Option<usize> {
        let first = *self.rows.first()?;
        let guess = usize::try_from(row.checked_sub(first)?).ok()?;
        if self.rows.get(guess) == Some(&row) {
            return Some(guess);
        }
        self.rows.binary_search(&row).ok()
    }
}

/// A rectangle of cells, both corners included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rect {
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u32,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u32,
}

/// An Excel table (`ListObject`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRegion {
    /// Its display name, such as `tbl_risks`.
    pub name: String,
    /// The whole table, header and totals rows included.
    pub rect: Rect,
    /// Header rows: 0 or 1.
    pub header_rows: u32,
    /// Totals rows: 0 or 1.
    pub totals_rows: u32,
    /// Column names, in order.
    pub columns: Vec<String>,
}

/// A named range of the workbook that points at one rectangle of this sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedRange {
    /// The name.
    pub name: String,
    /// Where it points.
    pub rect: Rect,
}

/// A formula of a cell. A formula filled over many cells is stored once and shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormulaCell {
    /// Row.
    pub row: u32,
    /// Column.
    pub col: u32,
    /// The formula's text without the leading `=`; for a cell filled from another, the text of its master cell.
    pub text: Arc<str>,
}

/// One sheet of one file.
#[derive(Clone, Debug, PartialEq)]
pub struct RawSheet {
    /// File and sheet.
    pub name: Arc<SheetName>,
    /// Position of the sheet in its file, from 0.
    pub position: u32,
    /// How it shows.
    pub visibility: Visibility,
    /// True where serial 0 is 1904-01-01.
    pub date_1904: bool,
    /// Columns that hold cells, by ascending column number.
    pub columns: Vec<(u32, RawColumn)>,
    /// The texts of the sheet, without repeats.
    pub texts: Vec<Arc<str>>,
    /// The styles of the sheet; index 0 is General.
    pub styles: Vec<Style>,
    /// Formulas, by row then column.
    pub formulas: Vec<FormulaCell>,
    /// Hidden rows, as ranges (first, last), ascending.
    pub hidden_rows: Vec<(u32, u32)>,
    /// Hidden columns, as ranges (first, last), ascending.
    pub hidden_cols: Vec<(u32, u32)>,
    /// Outline levels of rows where above 0, ascending.
    pub outline_levels: Vec<(u32, u8)>,
    /// Merged rectangles.
    pub merged: Vec<Rect>,
    /// Excel tables.
    pub tables: Vec<TableRegion>,
    /// Named ranges on this sheet.
    pub named_ranges: Vec<NamedRange>,
}

impl RawSheet {
    /// An empty visible sheet.
    #[must_use]
    pub fn empty(name: SheetName) -> Self {
        Self {
            name: Arc::new(name),
            position: 0,
            visibility: Visibility::Visible,
            date_1904: false,
            columns: Vec::new(),
            texts: Vec::new(),
            styles: vec![Style::general()],
            formulas: Vec::new(),
            hidden_rows: Vec::new(),
            hidden_cols: Vec::new(),
            outline_levels: Vec::new(),
            merged: Vec::new(),
            tables: Vec::new(),
            named_ranges: Vec::new(),
        }
    }

    /// The cells of one column.
    #[must_use]
    pub fn column(&self, col: u32) -> Option<&RawColumn> {
        let index = self.columns.binary_search_by_key(&col, |(number, _)| *number).ok()?;
        Some(&self.columns[index].1)
    }

    /// The value and style of one cell; none where it is empty.
    #[must_use]
    pub fn cell(&self, row: u32, col: u32) -> Option<(Value, &Style)> {
        let column = self.column(col)?;
        let position = column.position(row)?;
        let style = self.styles.get(usize::from(column.styles[position])).unwrap_or(&self.styles[0]);
        Some((column.values[position], style))
    }

    /// The text behind an index.
    #[must_use]
    pub fn text(&self, index: u32) -> &str {
        usize::try_from(index).ok().and_then(|index| self.texts.get(index)).map_or("", |text| text)
    }

    /// The text of a cell that holds text.
    #[must_use]
    pub fn cell_text(&self, row: u32, col: u32) -> Option<&str> {
        match self.cell(row, col)?.0 {
            Value::Text(index) => Some(self.text(index)),
            _ => None,
        }
    }

    /// The smallest rectangle that holds every cell; none for an empty sheet.
    #[must_use]
    pub fn extent(&self) -> Option<Rect> {
        let left = self.columns.first()?.0;
        let right = self.columns.last()?.0;
        let top = self.columns.iter().filter_map(|(_, column)| column.rows.first()).min()?;
        let bottom = self.columns.iter().filter_map(|(_, column)| column.rows.last()).max()?;
        Some(Rect { top: *top, left, bottom: *bottom, right })
    }

    /// How many cells hold something.
    #[must_use]
    pub fn cell_count(&self) -> usize {
        self.columns.iter().map(|(_, column)| column.rows.len()).sum()
    }

    /// The place of a cell of this sheet.
    #[must_use]
    pub fn origin(&self, row: u32, col: u32) -> Origin {
        Origin::cell(&self.name, row, col)
    }
}

/// What came of reading the files.
#[derive(Debug, Default)]
pub struct Intake {
    /// Every sheet of every file that could be read, sorted by file name, then by position.
    pub sheets: Vec<RawSheet>,
    /// Every file of the folder, sorted by name, read or not.
    pub files: Vec<FileFacts>,
}
