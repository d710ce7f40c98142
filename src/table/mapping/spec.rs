//! The parts of a mapping: sources, tables, and what is declared to be no data.

use super::rule::{Condition, FieldMap};
use super::words::{self, Area, CellAt, Glob, OneOrMany, Pattern, RowAt, Scalar};
use serde::Deserialize;
use serde::de::{Deserializer, Error};
use std::collections::BTreeMap;

/// Some files, and the tables read from them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Source {
    /// What the source is called in messages; its files where nothing is said.
    pub name: Option<String>,
    /// The files, below the inputs folder.
    pub files: OneOrMany<Glob>,
    /// Files among them that are not meant.
    pub except_files: OneOrMany<Glob>,
    /// A file of mappings whose tables and declarations are added to these.
    #[serde(rename = "use")]
    pub uses: Option<String>,
    /// Who owns these files.
    pub owner: Option<String>,
    /// Matched against the file's name; each named group becomes a placeholder, such as `(?P<initiative>C\d+)`.
    pub file_pattern: Option<Pattern>,
    /// Placeholders and what they stand for.
    pub set: BTreeMap<String, Scalar>,
    /// How cells are understood.
    pub reading: ReadingMap,
    /// The tables.
    pub table: Vec<TableMap>,
    /// Sheets of these files that hold no data.
    pub not_data: Vec<NotData>,
}

impl Source {
    /// What to call it in a message.
    #[must_use]
    pub fn title(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.files.text())
    }

    /// True where the file is one of its files.
    #[must_use]
    pub fn takes(&self, file: &str) -> bool {
        let fits = |globs: &OneOrMany<Glob>| globs.0.iter().any(|glob| glob.fits_file(file));
        fits(&self.files) && !fits(&self.except_files)
    }

    /// Adds what a file of mappings says; where both speak, the source wins.
    pub fn adopt(&mut self, used: Self) {
        if self.files.0.is_empty() {
            self.files = used.files;
            self.except_files.0.extend(used.except_files.0);
        }
        self.name = self.name.take().or(used.name);
        self.owner = self.owner.take().or(used.owner);
        self.file_pattern = self.file_pattern.take().or(used.file_pattern);
        for (name, value) in used.set {
            self.set.entry(name).or_insert(value);
        }
        self.reading = std::mem::take(&mut self.reading).or(used.reading);
        self.table.extend(used.table);
        self.not_data.extend(used.not_data);
    }
}

/// Sheets that hold no data.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotData {
    /// The files; all of them (of the source) where nothing is said.
    #[serde(default)]
    pub files: OneOrMany<Glob>,
    /// The sheets.
    pub sheets: OneOrMany<Glob>,
    /// Why.
    pub reason: String,
}

/// How cells are understood.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReadingMap {
    /// True for `1.234,56`.
    pub decimal_comma: Option<bool>,
    /// Order of dates given as text.
    pub date_order: Option<DateOrder>,
    /// Words that mean "withheld".
    pub withheld: OneOrMany<String>,
    /// Words that mean "not applicable".
    pub not_applicable: OneOrMany<String>,
    /// Currency of amounts without one.
    #[serde(deserialize_with = "words::currency")]
    pub currency: Option<String>,
    /// Unit of bare durations: minutes, hours, days, weeks or months.
    #[serde(deserialize_with = "words::span_unit")]
    pub span_unit: Option<String>,
}

impl ReadingMap {
    /// This reading, filled up from another.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let longer = |mine: OneOrMany<String>, theirs: OneOrMany<String>| if mine.0.is_empty() { theirs } else { mine };
        Self {
            decimal_comma: self.decimal_comma.or(other.decimal_comma),
            date_order: self.date_order.or(other.date_order),
            withheld: longer(self.withheld, other.withheld),
            not_applicable: longer(self.not_applicable, other.not_applicable),
            currency: self.currency.or(other.currency),
            span_unit: self.span_unit.or(other.span_unit),
        }
    }
}

/// Order of day and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum DateOrder {
    /// 31/10/2026.
    #[serde(rename = "day first")]
    DayFirst,
    /// 10/31/2026.
    #[serde(rename = "month first")]
    MonthFirst,
}

/// One table read from some sheets.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TableMap {
    /// The contract, such as `Activities`.
    #[serde(rename = "as")]
    pub contract: String,
    /// The sheets; all of the file's where nothing is said.
    pub sheets: OneOrMany<Glob>,
    /// Sheets among them that are not meant.
    pub except_sheets: OneOrMany<Glob>,
    /// Matched against the sheet's name; each named group becomes a placeholder.
    pub sheet_pattern: Option<Pattern>,
    /// Only in files that have no such sheet.
    pub unless_sheet: OneOrMany<Glob>,
    /// True where a file may lack the sheet.
    pub optional: bool,
    /// Row of the headers, or rows of a header in several lines; found where nothing is said.
    pub header_row: OneOrMany<RowAt>,
    /// First row of the records; the one below the headers where nothing is said.
    pub first_row: Option<RowAt>,
    /// Last row of the records.
    pub last_row: Option<RowAt>,
    /// The table ends above the first row in which this column is empty.
    pub until_blank: Option<String>,
    /// The rectangle, headers included.
    pub range: Option<Area>,
    /// The named range, headers included.
    pub named_range: Option<String>,
    /// The Excel table.
    pub excel_table: Option<String>,
    /// True where headers stand in a column and each record is a column; rows and columns change places everywhere.
    pub transposed: bool,
    /// Where each field comes from, by key or header.
    pub fields: BTreeMap<String, FieldMap>,
    /// Fields from one fixed cell each.
    pub cells: BTreeMap<String, CellAt>,
    /// Further records of a form, at a distance from the first.
    pub repeat: Option<Repeat>,
    /// Conditions for a row to be a record; the others are declared to be no data.
    #[serde(rename = "where")]
    pub conditions: OneOrMany<Condition>,
    /// How an indented or coded name becomes a hierarchy: the first one whose column the sheet has.
    pub hierarchy: OneOrMany<Hierarchy>,
    /// A list in a cell that becomes one record an entry.
    pub explode: Option<Explode>,
    /// Columns whose headers are a field.
    pub crosstab: Option<CrosstabMap>,
    /// A grid of working hours and days.
    pub working_time: Option<WorkingTime>,
    /// Columns that hold no data: headers, `@M`, `@M:Q`, or `*` for all others.
    pub ignore: OneOrMany<String>,
    /// How cells are understood.
    pub reading: ReadingMap,
    /// Placeholders and what they stand for.
    pub set: BTreeMap<String, Scalar>,
}

/// Most records that one form may repeat.
pub const MOST_REPEATS: u32 = 10_000;

/// Further records of a form.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repeat {
    /// How many at most, up to [`MOST_REPEATS`].
    #[serde(deserialize_with = "repeats")]
    pub count: u32,
    /// Rows from one to the next.
    #[serde(default)]
    pub down: u32,
    /// Columns from one to the next.
    #[serde(default)]
    pub across: u32,
}

fn repeats<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    let count = i64::deserialize(deserializer)?;
    let allowed = u32::try_from(count).ok().filter(|count| (1..=MOST_REPEATS).contains(count));
    allowed.ok_or_else(|| D::Error::custom(format!("a form repeats 1 to {MOST_REPEATS} times, not {count}")))
}

/// How rows are ordered into a hierarchy.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hierarchy {
    /// The column that shows it.
    pub column: String,
    /// What shows it.
    pub by: HierarchyBy,
}

/// What shows the level of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum HierarchyBy {
    /// Spaces before the name.
    #[serde(rename = "leading spaces")]
    LeadingSpaces,
    /// The indent of the cell's alignment.
    #[serde(rename = "indent")]
    Indent,
    /// The outline level of the row.
    #[serde(rename = "outline level")]
    OutlineLevel,
    /// Codes such as `1.2.3`.
    #[serde(rename = "dotted codes")]
    DottedCodes,
}

/// A list in a cell that becomes one record an entry.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explode {
    /// The column that holds the lists.
    pub column: String,
    /// What the entries are.
    pub by: ExplodeBy,
    /// Characters that part the entries.
    pub separators: Option<String>,
    /// For `by = "list"`: each named group becomes a part; else the part `entry` is the whole text.
    pub pattern: Option<Pattern>,
}

/// What the entries of a list are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum ExplodeBy {
    /// `2FS+3d;4SS-1d`: parts `activity`, `type` and `lag`.
    #[serde(rename = "links")]
    Links,
    /// `mason[2,00 #8];crane`: parts `name`, `units` and `available`.
    #[serde(rename = "demand")]
    Demand,
    /// Anything else.
    #[serde(rename = "list")]
    List,
}

/// The columns of a crosstab.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CrosstabMap {
    /// The first column of the range, by header or `@C`.
    pub first: Option<String>,
    /// The last one.
    pub last: Option<String>,
    /// Columns whose header matches.
    pub pattern: Option<Pattern>,
    /// Columns among them that are totals.
    pub totals: OneOrMany<String>,
    /// Words in a cell that mean nothing, such as `-`.
    pub empty: OneOrMany<Scalar>,
}

/// A grid of working hours and days, each with a yes or no beside it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkingTime {
    /// Two columns: `8:00 - 9:00`, and yes or no.
    pub hours: Area,
    /// Two columns: `Monday`, and yes or no.
    pub days: Area,
    /// Words that mean yes.
    #[serde(default)]
    pub yes: OneOrMany<String>,
}
