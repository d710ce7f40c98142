//! Where a record came from: file, sheet, row, column.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// A sheet of a file. A csv file has one sheet whose name is empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SheetName {
    /// Path below the inputs folder, with `/` between parts.
    pub file: String,
    /// Name of the sheet; empty for csv.
    pub sheet: String,
    /// What its rows are in the file.
    pub rows: RowPlaces,
}

impl SheetName {
    /// A sheet whose rows are rows of a worksheet, or lines of a csv file.
    #[must_use]
    pub fn new(file: impl Into<String>, sheet: impl Into<String>) -> Self {
        Self { file: file.into(), sheet: sheet.into(), rows: RowPlaces::Cells }
    }

    /// True where its rows and columns can be gone to in a spreadsheet program.
    #[must_use]
    pub const fn is_grid(&self) -> bool {
        matches!(self.rows, RowPlaces::Cells)
    }
}

/// What the rows of a sheet are in their file. It takes no part in comparing two sheets: their names tell them apart.
#[derive(Clone, Debug, Default)]
pub enum RowPlaces {
    /// Rows of cells.
    #[default]
    Cells,
    /// Lines of a text file of which the sheet's name is a part: row 123 is `TASK line 124`.
    Lines,
    /// The row below the header is the first of these places, and so on.
    Records(Arc<[RowPlace]>),
}

/// Where a record stands in a file that is no spreadsheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowPlace {
    /// A line of a table of a text file: `TASK line 124`.
    Line {
        /// The table.
        table: Arc<str>,
        /// The line, from 1.
        line: u32,
    },
    /// An element of an XML file: `Task UID 12 (line 340)`.
    Element {
        /// What it is, and its id.
        name: Arc<str>,
        /// The line on which it begins, from 1.
        line: u32,
    },
}

impl fmt::Display for RowPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line { table, line } => write!(f, "{table} line {line}"),
            Self::Element { name, line } => write!(f, "{name} (line {line})"),
        }
    }
}

impl PartialEq for RowPlaces {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for RowPlaces {}

impl PartialOrd for RowPlaces {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for RowPlaces {
    fn cmp(&self, _: &Self) -> Ordering {
        Ordering::Equal
    }
}

impl Hash for RowPlaces {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

/// The place of a file, a sheet, a row or a cell. Rows and columns count from zero, and show as Excel shows them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// File and sheet.
    pub sheet: Arc<SheetName>,
    /// Row, from 0; none for the whole sheet or file.
    pub row: Option<u32>,
    /// Column, from 0; none for a whole row.
    pub col: Option<u32>,
}

impl Origin {
    /// A whole file.
    #[must_use]
    pub fn file(file: impl Into<String>) -> Self {
        Self::sheet(&Arc::new(SheetName::new(file, String::new())))
    }

    /// A whole sheet.
    #[must_use]
    pub fn sheet(sheet: &Arc<SheetName>) -> Self {
        Self { sheet: Arc::clone(sheet), row: None, col: None }
    }

    /// A whole row.
    #[must_use]
    pub fn row(sheet: &Arc<SheetName>, row: u32) -> Self {
        Self { sheet: Arc::clone(sheet), row: Some(row), col: None }
    }

    /// One cell.
    #[must_use]
    pub fn cell(sheet: &Arc<SheetName>, row: u32, col: u32) -> Self {
        Self { sheet: Arc::clone(sheet), row: Some(row), col: Some(col) }
    }

    /// Where its row stands in a file that is no spreadsheet, such as `TASK line 124`.
    #[must_use]
    pub fn record(&self) -> Option<String> {
        let row = self.row?;
        match &self.sheet.rows {
            RowPlaces::Cells => None,
            RowPlaces::Lines => Some(format!("{} line {}", self.sheet.sheet, row + 1)),
            RowPlaces::Records(places) => places.get(usize::try_from(row.checked_sub(1)?).ok()?).map(ToString::to_string),
        }
    }

    /// The cell's address as Excel writes it, such as `F214`; `214:214` for a row; empty for a sheet. In a file that is no
    /// spreadsheet, the place of its row.
    #[must_use]
    pub fn address(&self) -> String {
        if !self.sheet.is_grid() {
            return self.record().unwrap_or_default();
        }
        match (self.row, self.col) {
            (Some(row), Some(col)) => cell_name(row, col),
            (Some(row), None) => format!("{0}:{0}", row + 1),
            (None, Some(col)) => format!("{0}:{0}", column_name(col)),
            (None, None) => String::new(),
        }
    }
}

impl fmt::Display for Origin {
    /// `budgets.xlsx > Budgets!F214`, `budgets.xlsx > Budgets row 214`, `budgets.xlsx > Budgets`, `budgets.xlsx`,
    /// `plan.xer > TASK line 124`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.sheet.file)?;
        if let Some(record) = self.record() {
            return write!(f, " > {record}");
        }
        match (self.sheet.sheet.is_empty(), self.row, self.col) {
            (true, None, _) => Ok(()),
            (true, Some(row), None) => write!(f, " line {}", row + 1),
            (true, Some(row), Some(col)) => write!(f, " line {}, column {}", row + 1, col + 1),
            (false, None, None) => write!(f, " > {}", self.sheet.sheet),
            (false, Some(row), None) => write!(f, " > {} row {}", self.sheet.sheet, row + 1),
            (false, _, Some(_)) => write!(f, " > {}!{}", self.sheet.sheet, self.address()),
        }
    }
}

/// `A`, `Z`, `AA`, `XFD`: the letters of a column counted from zero.
#[must_use]
pub fn column_name(col: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(col) + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// `F214`: the address of a cell counted from zero.
#[must_use]
pub fn cell_name(row: u32, col: u32) -> String {
    format!("{}{}", column_name(col), u64::from(row) + 1)
}

/// The zero-based row and column of an address such as `F214` or `$F$214`; none where it is not one.
#[must_use]
pub fn parse_cell(address: &str) -> Option<(u32, u32)> {
    let clean: String = address.trim().chars().filter(|c| *c != '$').collect();
    let split = clean.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = clean.split_at(split);
    let row: u32 = digits.parse().ok()?;
    Some((row.checked_sub(1)?, parse_column(letters)?))
}

/// The zero-based column of letters such as `F` or `xfd`; none where they are not a column of a worksheet.
#[must_use]
pub fn parse_column(letters: &str) -> Option<u32> {
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let number = letters.chars().try_fold(0u32, |sum, letter| {
        let upper = letter.to_ascii_uppercase();
        upper.is_ascii_uppercase().then(|| sum * 26 + (u32::from(upper) - u32::from('A') + 1))
    })?;
    (number <= 16_384).then(|| number - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_excel_names_them() {
        for (col, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(column_name(col), name);
            assert_eq!(parse_column(name), Some(col));
        }
        assert_eq!(parse_column("XFE"), None);
        assert_eq!(parse_cell("$F$214"), Some((213, 5)));
        assert_eq!(parse_cell("F0"), None);
    }

    #[test]
    fn a_record_of_another_file_is_named_by_its_line() {
        let sheet = |rows| Arc::new(SheetName { rows, ..SheetName::new("plan.xer", "TASK") });
        let lines = sheet(RowPlaces::Lines);
        assert_eq!(Origin::cell(&lines, 123, 4).to_string(), "plan.xer > TASK line 124");
        let places =
            [RowPlace::Line { table: "TASK".into(), line: 20 }, RowPlace::Element { name: "Task UID 12".into(), line: 340 }];
        let records = sheet(RowPlaces::Records(places.into()));
        let shown: Vec<String> = (0..4).map(|row| Origin::row(&records, row).to_string()).collect();
        let header = "plan.xer > TASK row 1";
        assert_eq!(shown, [header, "plan.xer > TASK line 20", "plan.xer > Task UID 12 (line 340)", "plan.xer > TASK row 4"]);
        assert_eq!(Origin::sheet(&records).to_string(), "plan.xer > TASK");
        assert!(lines == records && !records.is_grid() && SheetName::new("a.xlsx", "S").is_grid());
    }

    #[test]
    fn a_place_reads_as_a_person_would_say_it() {
        let sheet = Arc::new(SheetName::new("budgets.xlsx", "Budgets"));
        assert_eq!(Origin::cell(&sheet, 213, 5).to_string(), "budgets.xlsx > Budgets!F214");
        assert_eq!(Origin::row(&sheet, 213).to_string(), "budgets.xlsx > Budgets row 214");
        assert_eq!(Origin::file("budgets.xlsx").to_string(), "budgets.xlsx");
    }
}
