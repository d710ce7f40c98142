//! What is worth saying of a sheet that was read: hidden parts that hold data, and data that end where a format ends.

use crate::base::finding::Findings;
use crate::base::origin::{Origin, column_name};
use crate::source::codes;
use crate::source::limits::{GRID_ROWS, GRID_ROWS_BEFORE_2007};
use crate::source::raw::{RawSheet, Visibility};

/// Notes on a sheet.
pub fn of_sheet(sheet: &RawSheet, findings: &mut Findings) {
    let Some(extent) = sheet.extent() else { return };
    let place = Origin::sheet(&sheet.name);
    if sheet.visibility != Visibility::Visible {
        let found = format!("{} cells", sheet.cell_count());
        findings
            .push(codes::HIDDEN_SHEET.at(place.clone()).found(found).hint("Unhide the sheet, or delete it if it is not needed."));
    }
    let hidden: Vec<&(u32, u32)> = sheet.hidden_rows.iter().filter(|range| holds_data(sheet, **range)).collect();
    if let Some(first) = hidden.first() {
        let rows: Vec<String> = hidden.iter().map(|range| row_range(range)).collect();
        let hint = "Unhide the rows, or delete them if they are not needed.";
        findings.push(codes::HIDDEN_ROWS.at(Origin::row(&sheet.name, first.0)).found(format!("row {}", list(&rows))).hint(hint));
    }
    let in_use = |range: &&(u32, u32)| sheet.columns.iter().any(|(col, _)| (range.0..=range.1).contains(col));
    let cols: Vec<String> = joined(&sheet.hidden_cols).iter().filter(in_use).map(column_range).collect();
    if !cols.is_empty() {
        let hint = "Unhide the columns, or delete them if they are not needed.";
        findings.push(codes::HIDDEN_COLUMNS.at(place).found(list(&cols)).hint(hint));
    }
    if [GRID_ROWS, GRID_ROWS_BEFORE_2007].contains(&(extent.bottom + 1)) {
        let found = format!("data up to row {}", extent.bottom + 1);
        let hint = "Compare the number of rows and the total with the system the data came from; export in two files or as csv.";
        findings.push(codes::FULL_SHEET.at(Origin::row(&sheet.name, extent.bottom)).found(found).hint(hint));
    }
}

fn holds_data(sheet: &RawSheet, (first, last): (u32, u32)) -> bool {
    sheet.columns.iter().any(|(_, column)| {
        let place = column.rows.partition_point(|row| *row < first);
        column.rows.get(place).is_some_and(|row| *row <= last)
    })
}

/// Ranges that touch, joined.
fn joined(ranges: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut out: Vec<(u32, u32)> = Vec::new();
    for &(first, last) in ranges {
        match out.last_mut() {
            Some(open) if first <= open.1.saturating_add(1) => open.1 = open.1.max(last),
            _ => out.push((first, last)),
        }
    }
    out
}

fn row_range(&(first, last): &(u32, u32)) -> String {
    if first == last { format!("{}", first + 1) } else { format!("{}-{}", first + 1, last + 1) }
}

fn column_range(&(first, last): &(u32, u32)) -> String {
    if first == last { column_name(first) } else { format!("{}-{}", column_name(first), column_name(last)) }
}

fn list(ranges: &[String]) -> String {
    const SHOWN: usize = 10;
    let more = ranges.len().saturating_sub(SHOWN);
    let shown = ranges[..ranges.len().min(SHOWN)].join(", ");
    if more == 0 { shown } else { format!("{shown} and {more} more") }
}
