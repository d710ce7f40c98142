//! Resources that several planners' files share, as exports of one P6 database do: the first file's row counts, and the same
//! row in a later file, whatever its calendar is called there, is left out.

use crate::base::finding::Findings;
use crate::base::origin::Origin;
use crate::source::codes;
use crate::source::raw::{RawSheet, Value};
use std::collections::BTreeMap;

/// Tables of records that belong to no single plan.
const SHARED: [&str; 2] = ["Resources", "Rates"];

/// Blanks the rows that an earlier file gives in the same words. The sheets come sorted by file.
pub(in crate::source) fn leave_out_repeats(sheets: &mut [RawSheet], findings: &mut Findings) {
    for table in SHARED {
        let mut seen: BTreeMap<Vec<String>, String> = BTreeMap::new();
        for sheet in sheets.iter_mut().filter(|sheet| !sheet.name.is_grid() && sheet.name.sheet == table) {
            let bottom = sheet.extent().map_or(0, |extent| extent.bottom);
            let mut repeats: Vec<(u32, String)> = Vec::new();
            for row in 1..=bottom {
                let cells = cells(sheet, row);
                match seen.get(&cells) {
                    Some(file) if *file != sheet.name.file => repeats.push((row, file.clone())),
                    Some(_) => {}
                    None => drop(seen.insert(cells, sheet.name.file.clone())),
                }
            }
            if let Some((first, file)) = repeats.first() {
                let found = format!("{} row(s) of {table} that {file} gives in the same words", repeats.len());
                let place = Origin::row(&sheet.name, *first);
                findings.push(codes::PLAN_UNUSED.at(place).found(found).hint("Nothing to mend: each counts once."));
            }
            let rows: Vec<u32> = repeats.into_iter().map(|(row, _)| row).collect();
            blank(sheet, &rows);
        }
    }
}

/// The cells of a row with their headers, the calendar left out: each file gives calendars ids of its own.
fn cells(sheet: &RawSheet, row: u32) -> Vec<String> {
    let cell = |col: u32| {
        let header = sheet.cell_text(0, col).filter(|header| *header != "Calendar")?;
        let value = match sheet.cell(row, col)?.0 {
            Value::Text(index) => sheet.text(index).to_string(),
            other => format!("{other:?}"),
        };
        Some(format!("{header}={value}"))
    };
    sheet.columns.iter().filter_map(|(col, _)| cell(*col)).collect()
}

fn blank(sheet: &mut RawSheet, rows: &[u32]) {
    for (_, column) in &mut sheet.columns {
        let keep: Vec<bool> = column.rows.iter().map(|row| rows.binary_search(row).is_err()).collect();
        let mut at = keep.iter();
        column.rows.retain(|_| at.next() == Some(&true));
        let mut at = keep.iter();
        column.values.retain(|_| at.next() == Some(&true));
        let mut at = keep.iter();
        column.styles.retain(|_| at.next() == Some(&true));
    }
}
