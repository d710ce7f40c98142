//! Where everything is: names of sheets, places of tables, named lists.

use super::RenderError;
use super::layout::{Layout, to_col};
use crate::base::origin::cell_name;
use crate::report::book::{Block, ColumnRef, Kind, Sheet, Table, Validation};
use std::collections::{BTreeMap, BTreeSet};

/// Where a table stands.
#[derive(Clone, Debug)]
pub struct TableAt {
    /// The sheet's name.
    pub sheet: String,
    /// Row of the header.
    pub header_row: u32,
    /// First column.
    pub col: u16,
    /// Headers, as written.
    pub headers: Vec<String>,
    /// What the figures of each column mean.
    pub kinds: Vec<Kind>,
    /// Rows of data, at least one.
    pub rows: u32,
}

/// Everything's place.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// Names of the sheets, as written, in order.
    pub sheets: Vec<String>,
    /// Asked-for names of sheets and the names written.
    written: BTreeMap<String, String>,
    tables: BTreeMap<String, TableAt>,
    /// Names of lists behind dropdowns, with their ranges.
    pub lists: BTreeMap<String, String>,
}

impl Places {
    /// Finds every sheet's name and every table's place.
    ///
    /// # Errors
    /// [`RenderError`] where two tables share a name, or a dropdown's list is nowhere.
    pub fn of(sheets: &[&Sheet], layouts: &[Layout<'_>]) -> Result<Self, RenderError> {
        let mut places = Self::default();
        for sheet in sheets {
            let name = unique_name(&sheet.name, &places.sheets);
            places.written.insert(sheet.name.clone(), name.clone());
            places.sheets.push(name);
        }
        for (name, layout) in places.sheets.clone().iter().zip(layouts) {
            for placed in &layout.placed {
                if let Some(Block::Table(table)) = placed.block {
                    places.add_table(table, name, placed.row, placed.col)?;
                }
            }
        }
        places.name_lists(sheets)?;
        Ok(places)
    }

    fn add_table(&mut self, table: &Table, sheet: &str, row: u32, col: u16) -> Result<(), RenderError> {
        let at = TableAt {
            sheet: sheet.to_string(),
            header_row: row + u32::from(table.title.is_some()),
            col,
            headers: headers(table),
            kinds: table.columns.iter().map(|column| column.kind.clone()).collect(),
            rows: u32::try_from(table.rows.len().max(1)).unwrap_or(u32::MAX),
        };
        if self.tables.insert(table.name.to_lowercase(), at).is_some() {
            return Err(RenderError(format!("two tables are called {}", table.name)));
        }
        Ok(())
    }

    fn name_lists(&mut self, sheets: &[&Sheet]) -> Result<(), RenderError> {
        let columns = sheets.iter().flat_map(|sheet| sheet.tables()).flat_map(|table| &table.columns);
        for validation in columns.filter_map(|column| column.validation.as_ref()) {
            if let Validation::From { table, column, .. } = validation {
                let range = self.range(&ColumnRef::new(table, column))?;
                self.lists.insert(list_name(table, column), range);
            }
        }
        Ok(())
    }

    /// The place of a table.
    ///
    /// # Errors
    /// [`RenderError`] where the Book has no such table.
    pub fn table(&self, name: &str) -> Result<&TableAt, RenderError> {
        self.tables.get(&name.to_lowercase()).ok_or_else(|| RenderError(format!("there is no table {name}")))
    }

    /// The written name of a sheet; none where the Book has no such sheet.
    #[must_use]
    pub fn sheet(&self, asked: &str) -> Option<&str> {
        self.written.get(asked).map(String::as_str)
    }

    /// What the figures of a column mean; none where there is no such column.
    #[must_use]
    pub fn kind(&self, column: &ColumnRef) -> Option<&Kind> {
        let at = self.table(&column.table).ok()?;
        let index = at.column(&column.column).ok()? - at.col;
        at.kinds.get(usize::from(index))
    }

    /// The data cells of a column, as `'Sheet'!$B$6:$B$20`.
    ///
    /// # Errors
    /// [`RenderError`] where there is no such column.
    pub fn range(&self, column: &ColumnRef) -> Result<String, RenderError> {
        let at = self.table(&column.table)?;
        let col = at.column(&column.column)?;
        let (first, count) = column.rows.unwrap_or((0, usize::MAX));
        let first = u32::try_from(first).unwrap_or(u32::MAX).min(at.rows - 1);
        let count = u32::try_from(count).unwrap_or(u32::MAX).clamp(1, at.rows - first);
        let top = at.header_row + 1 + first;
        Ok(format!("{}!{}:{}", quoted(&at.sheet), absolute(top, col), absolute(top + count - 1, col)))
    }
}

impl TableAt {
    /// The sheet's column of a header.
    ///
    /// # Errors
    /// [`RenderError`] where there is no such column.
    pub fn column(&self, header: &str) -> Result<u16, RenderError> {
        let index = self.headers.iter().position(|known| known.eq_ignore_ascii_case(header));
        let index = index.ok_or_else(|| RenderError(format!("there is no column {header} on {}", self.sheet)))?;
        Ok(self.col + to_col(index))
    }

    /// One data cell, as `'Sheet'!$B$6`.
    ///
    /// # Errors
    /// [`RenderError`] where there is no such column.
    pub fn cell_address(&self, row: usize, header: &str) -> Result<String, RenderError> {
        let row = self.header_row + 1 + u32::try_from(row).unwrap_or(0);
        Ok(format!("{}!{}", quoted(&self.sheet), absolute(row, self.column(header)?)))
    }
}

/// The name of the list behind a dropdown.
#[must_use]
pub fn list_name(table: &str, column: &str) -> String {
    format!("lst_{}_{}", crate::table::contract::snake_case(table), crate::table::contract::snake_case(column))
}

/// A sheet's name inside a reference.
#[must_use]
pub fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.replace('\'', "''"))
}

fn absolute(row: u32, col: u16) -> String {
    let name = cell_name(row, u32::from(col));
    let split = name.find(|letter: char| letter.is_ascii_digit()).unwrap_or(0);
    format!("${}${}", &name[..split], &name[split..])
}

/// Headers as Excel demands them: one line, never empty, unique without regard to case.
#[must_use]
pub fn headers(table: &Table) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for (index, column) in table.columns.iter().enumerate() {
        let mut words: String = super::text::clean(&column.header).replace(['\n', '\t'], " ").chars().take(255).collect();
        if words.trim().is_empty() {
            words = format!("Column {}", index + 1);
        }
        let mut header = words.clone();
        let mut number = 2;
        while !seen.insert(header.to_lowercase()) {
            header = format!("{words} ({number})");
            number += 1;
        }
        out.push(header);
    }
    out
}

/// A name that Excel allows for a tab: at most 31 UTF-16 units, none of `[ ] : * ? / \`, not `History`, and unique.
#[must_use]
pub fn unique_name(asked: &str, taken: &[String]) -> String {
    let clean = super::text::clean(asked);
    let clean: String = clean
        .chars()
        .map(|c| if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\n' | '\t') { ' ' } else { c })
        .collect();
    let clean = clean.trim().trim_matches('\'');
    let clean = match clean {
        "" => "Sheet",
        reserved if reserved.eq_ignore_ascii_case("history") => "History sheet",
        fine => fine,
    };
    let mut name = shortened(clean, 31);
    let mut number = 2;
    while taken.iter().any(|other| other.to_lowercase() == name.to_lowercase()) {
        let suffix = format!(" ({number})");
        name = format!("{}{suffix}", shortened(clean, 31 - suffix.len()));
        number += 1;
    }
    name
}

fn shortened(text: &str, most: usize) -> String {
    let mut used = 0;
    let cut: String = text
        .chars()
        .take_while(|letter| {
            used += letter.len_utf16();
            used <= most
        })
        .collect();
    cut.trim_end().trim_end_matches('\'').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheet_names_are_those_that_excel_allows() {
        let mut taken = Vec::new();
        for asked in ["a/b:c*d?e[f]g\\h", "'quoted'", "", "History", "x".repeat(40).as_str(), "X".repeat(40).as_str(), "=1+1"] {
            let name = unique_name(asked, &taken);
            assert!(rust_xlsxwriter::utility::check_sheet_name(&name).is_ok(), "{name}");
            taken.push(name);
        }
        assert_eq!(taken[5], format!("{} (2)", "X".repeat(27)));
    }

    #[test]
    fn addresses_are_absolute() {
        assert_eq!(absolute(213, 5), "$F$214");
    }
}
