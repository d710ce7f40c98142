//! The column of a field on the sheet that a record came from, so that a row and a field lead to a cell.
//!
//! Promises: a row of a known sheet and a field that has a column there give that cell; anything else stays as it was.
//! Does not know transposed forms and crosstabs, where a field has no column of its own.

use crate::base::origin::{Origin, SheetName};
use crate::table::tables::{FieldPlace, Part, Table, Tables};
use std::collections::BTreeMap;
use std::sync::Arc;

type Columns = BTreeMap<(String, String), Option<u32>>;

/// Columns by sheet, table and field, as the headers are called in the contracts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CellPlaces {
    sheets: BTreeMap<Arc<SheetName>, Columns>,
}

impl CellPlaces {
    /// The columns of these tables.
    #[must_use]
    pub fn of(tables: &Tables) -> Self {
        let mut places = Self::default();
        for table in tables.tables.values() {
            table.origins.parts.iter().for_each(|part| places.add(table, part));
        }
        places
    }

    fn add(&mut self, table: &Table, part: &Part) {
        let columns = self.sheets.entry(Arc::clone(&part.sheet)).or_default();
        for (field, place) in table.contract.fields.iter().zip(&part.places) {
            let FieldPlace::Column(column) = place else { continue };
            let known = columns.entry((table.contract.name.to_string(), field.header.to_string())).or_insert(Some(*column));
            // Two layouts on one sheet: the row alone does not say which column is meant.
            *known = known.filter(|known| known == column);
        }
    }

    /// The cell of a field of the record at a row; the row itself where it is not known.
    #[must_use]
    pub fn cell(&self, row: &Origin, table: &str, field: &str) -> Origin {
        let key = (table.to_string(), field.to_string());
        let column = self.sheets.get(&row.sheet).and_then(|columns| columns.get(&key).copied().flatten());
        match (row.row, row.col, column) {
            (Some(at), None, Some(column)) => Origin::cell(&row.sheet, at, column),
            _ => row.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::TestTables;

    #[test]
    fn a_row_and_a_field_lead_to_a_cell() {
        let tables = TestTables::new().with("Activities", "Activity ID|WBS|Duration", &["A|1|5d", "B|2|3d"]).tables();
        let places = CellPlaces::of(&tables);
        let sheet = Arc::new(SheetName::new("t.xlsx", "Activities"));
        let row = Origin::row(&sheet, 2);
        assert_eq!(places.cell(&row, "Activities", "Duration").address(), "C3");
        assert_eq!(places.cell(&row, "Activities", "Deadline"), row, "no such column on the sheet");
        assert_eq!(places.cell(&Origin::sheet(&sheet), "Activities", "Duration"), Origin::sheet(&sheet));
        let cell = Origin::cell(&sheet, 2, 0);
        assert_eq!(places.cell(&cell, "Activities", "Duration"), cell, "a cell stays");
    }
}
