//! Rows held back as they were, files read or not, and what became of each sheet.

use super::findings::{NO_OWNER, place};
use crate::base::origin::{Origin, SheetName};
use crate::report::book::{Band, Block, Cell, Column, Kind, Mark, Note, Sheet, Table, Tone, Value};
use crate::source::raw::{FileFacts, FileStatus};
use crate::table::contract::snake_case;
use crate::table::tables::{QuarantinedRow, SheetUse};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The held-back rows: one table a contract, with the columns that its rows had.
#[must_use]
pub fn quarantine(rows: &[QuarantinedRow]) -> Sheet {
    let mut groups: BTreeMap<&str, Vec<&QuarantinedRow>> = BTreeMap::new();
    for row in rows {
        groups.entry(&row.table).or_default().push(row);
    }
    let sheet = Sheet::page("Quarantine", "Rows held back")
        .subtitle("As they stood in the source; none of them is in the figures")
        .about("The rows that could not be used, as they were, with the reason.");
    if groups.is_empty() {
        return sheet.block(Note::toned(Tone::Good, "No row is held back."));
    }
    groups.into_iter().fold(sheet, |sheet, (table, rows)| {
        sheet.band(Band::headed(format!("{table}: {} held back", rows.len()), vec![Block::Table(held(table, &rows))]))
    })
}

fn held(name: &str, rows: &[&QuarantinedRow]) -> Table {
    let mut headers: Vec<&str> = Vec::new();
    for (header, _) in rows.iter().flat_map(|row| &row.cells) {
        if !headers.contains(&header.as_str()) {
            headers.push(header);
        }
    }
    let mut columns = vec![
        Column::text("Source file").wide(24),
        Column::text("Source sheet").wide(18),
        Column::text("Source row"),
        Column::text("Source owner"),
        Column::new("Why", Kind::Prose).wide(44),
    ];
    columns.extend(headers.iter().map(|header| Column { header: (*header).to_string(), ..Column::text("") }));
    let cells = rows.iter().map(|row| {
        let sheet = &row.place.sheet;
        let owner = row.owner.as_deref().unwrap_or(NO_OWNER);
        let mut cells = vec![
            Cell::text(&sheet.file),
            Cell::text(&sheet.sheet),
            place(&row.place),
            Cell::text(owner),
            Cell::text(row.reasons.join("; ")),
        ];
        cells.extend(headers.iter().map(|header| {
            let found = row.cells.iter().find(|(known, _)| known == header).map(|(_, text)| text.as_str());
            found.filter(|text| !text.is_empty()).map_or_else(Cell::blank, Cell::text)
        }));
        cells
    });
    Table::new(format!("tbl_held_{}", snake_case(name)), columns).rows(cells.collect())
}

/// Every file of the inputs folder.
#[must_use]
pub fn files(files: &[FileFacts]) -> Sheet {
    let tones = vec![("refused".to_string(), Tone::Bad), ("skipped".to_string(), Tone::Warn), ("read".to_string(), Tone::Good)];
    let columns = vec![
        Column::text("File").wide(44),
        Column::text("What happened").mark(Mark::Words(tones)),
        Column::new("Why", Kind::Prose).wide(60),
        Column::new("Bytes", Kind::Integer).sum(),
        Column::text("SHA-256").wide(68),
    ];
    let rows = files.iter().map(|file| {
        let (status, why) = match &file.status {
            FileStatus::Read => ("read", ""),
            FileStatus::Refused => ("refused", "A finding says why."),
            FileStatus::Skipped(reason) => ("skipped", reason.as_str()),
        };
        let bytes = i64::try_from(file.bytes).unwrap_or(i64::MAX);
        let name = Cell::text(&file.name).from_source(&Origin::file(&file.name));
        vec![name, Cell::text(status), Cell::text(why), Cell::new(Value::Integer(bytes)), Cell::text(&file.sha256)]
    });
    let table = Table::new("tbl_files", columns).when_empty("The inputs folder is empty.").rows(rows.collect());
    Sheet::data("Files", "Files of the inputs folder")
        .subtitle("Read, refused or skipped")
        .about("Every file of the inputs folder: read, refused or skipped, and why.")
        .block(table)
}

/// What became of each sheet.
#[must_use]
pub fn sheets(sheets: &[(Arc<SheetName>, SheetUse)]) -> Sheet {
    let tones = vec![("unknown".to_string(), Tone::Warn), ("mapped".to_string(), Tone::Good)];
    let columns = vec![
        Column::text("File").wide(36),
        Column::text("Sheet").wide(28),
        Column::text("Use").mark(Mark::Words(tones)),
        Column::new("Detail", Kind::Prose).wide(70),
    ];
    let rows = sheets.iter().map(|(name, used)| {
        let (word, detail) = match used {
            SheetUse::Mapped(tables) => ("mapped", format!("Read as {}.", tables.join(", "))),
            SheetUse::NotData(reason) => ("not data", reason.clone()),
            SheetUse::Unknown { nearest: Some(table) } => ("unknown", format!("Not read. It looks most like {table}.")),
            SheetUse::Unknown { nearest: None } => ("unknown", "Not read. It looks like no table that is known.".to_string()),
            SheetUse::Empty => ("empty", String::new()),
        };
        vec![
            Cell::text(&name.file),
            Cell::text(&name.sheet).from_source(&Origin::sheet(name)),
            Cell::text(word),
            Cell::text(detail),
        ]
    });
    let table = Table::new("tbl_sheets", columns).when_empty("No sheet was read.").rows(rows.collect());
    Sheet::data("Sheets", "What became of each sheet")
        .subtitle("Mapped to a table, declared to be no data, empty, or unknown")
        .about("Which sheet was read as which table, which are no data, which nobody knows.")
        .block(table)
}
