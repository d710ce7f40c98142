//! Every finding, one row each, with its cell.

use crate::base::finding::{Finding, Findings};
use crate::base::origin::Origin;
use crate::report::book::{Cell, Column, Kind, Mark, Sheet, Table, Tone};

/// What stands where no owner is named.
pub const NO_OWNER: &str = "(no owner named)";
/// What stands where a finding belongs to no file.
pub const NO_FILE: &str = "(the whole portfolio)";

/// Tones of severities.
#[must_use]
pub fn tones() -> Vec<(String, Tone)> {
    [("error", Tone::Bad), ("warning", Tone::Warn), ("info", Tone::Neutral), ("trial", Tone::Muted)]
        .map(|(word, tone)| (word.to_string(), tone))
        .to_vec()
}

/// The sheet.
#[must_use]
pub fn sheet(findings: &Findings) -> Sheet {
    let columns = vec![
        Column::new("No.", Kind::Integer),
        Column::text("Severity").mark(Mark::Words(tones())),
        Column::text("Code"),
        Column::text("Finding").wide(28),
        Column::text("File").wide(22),
        Column::text("Sheet").wide(16),
        Column::text("Cell").help("Opens the source cell."),
        Column::text("Table"),
        Column::text("Field"),
        Column::new("Found", Kind::Prose).wide(26),
        Column::new("Expected", Kind::Prose).wide(26),
        Column::new("How to mend", Kind::Prose).wide(36),
        Column::text("Owner"),
        Column::new("Times", Kind::Integer).sum().help("How many places are alike."),
        Column::new("All places", Kind::Prose).wide(22),
    ];
    let rows = findings.0.iter().enumerate().map(|(index, finding)| row(index, finding));
    let table = Table::new("tbl_findings", columns).keys(3).when_empty("No findings.").rows(rows.collect());
    Sheet::data("Findings", "Findings")
        .subtitle("One row a finding; alike ones are one row, with their number under Times")
        .about("Every finding: what, where, what was expected, how to mend it, whose it is.")
        .block(table)
}

fn row(index: usize, finding: &Finding) -> Vec<Cell> {
    let origin = finding.origin.as_ref();
    vec![
        Cell::count(index + 1),
        Cell::text(finding.severity().label()),
        Cell::text(finding.code.id),
        Cell::text(finding.code.title),
        Cell::text(file_of(finding)),
        Cell::text(origin.map_or("", |origin| &origin.sheet.sheet)),
        origin.map_or_else(Cell::blank, place),
        Cell::text(&finding.table),
        Cell::text(&finding.field),
        Cell::text(&finding.found),
        Cell::text(&finding.expected),
        Cell::text(&finding.hint),
        Cell::text(owner_of(finding)),
        Cell::count(finding.count()),
        if finding.repeats.is_empty() { Cell::blank() } else { Cell::text(finding.addresses()) },
    ]
}

/// The address, leading to the cell.
#[must_use]
pub fn place(origin: &Origin) -> Cell {
    let words = match (origin.sheet.sheet.is_empty(), origin.row) {
        (_, None) => "open".to_string(),
        _ if !origin.sheet.is_grid() => origin.address(),
        (true, Some(row)) => format!("line {}", row + 1),
        (false, Some(row)) if origin.col.is_none() => format!("row {}", row + 1),
        _ => origin.address(),
    };
    Cell::text(words).from_source(origin)
}

/// The file of a finding.
#[must_use]
pub fn file_of(finding: &Finding) -> &str {
    finding.origin.as_ref().map_or(NO_FILE, |origin| &origin.sheet.file)
}

/// The owner of a finding's source.
#[must_use]
pub fn owner_of(finding: &Finding) -> &str {
    finding.owner.as_deref().unwrap_or(NO_OWNER)
}
