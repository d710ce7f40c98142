//! Findings counted by severity, owner, file and rule: live formulas over the Findings table.

use super::QualityInput;
use super::findings::{file_of, owner_of};
use crate::base::finding::{Finding, Severity};
use crate::model::initiative::Rag;
use crate::report::book::{
    Band, Block, Cell, Column, Kind, Link, Note, Sheet, Table, Tile, Tone, Total, Value, column_of, this_row,
};
use crate::source::raw::FileStatus;
use std::collections::BTreeSet;

const SEVERITIES: [Severity; 4] = [Severity::Error, Severity::Warning, Severity::Info, Severity::Trial];
const FINDINGS: &str = "tbl_findings";

/// The sheet.
#[must_use]
pub fn sheet(input: &QualityInput<'_>) -> Sheet {
    let findings = &input.findings.0;
    let by_owner = counts("tbl_by_owner", "Owner", findings, owner_of, false);
    let by_file = counts("tbl_by_file", "File", findings, file_of, false);
    let by_rule = counts("tbl_by_rule", "Code", findings, |finding| finding.code.id, true);
    Sheet::page("Summary", "Findings at a glance")
        .subtitle("Counts of places, not of rows: forty alike cells count forty")
        .about("How much is wrong, whose it is, in which file, against which rule.")
        .block(verdict(input))
        .block(tiles(input))
        .band(Band::of(vec![Block::Table(by_owner.titled("By owner")), Block::Table(by_file.titled("By file"))]))
        .band(Band::of(vec![Block::Table(by_rule.titled("By rule"))]))
}

fn verdict(input: &QualityInput<'_>) -> Note {
    let errors = input.findings.count(Severity::Error);
    let held = input.tables.quarantine.len();
    match (errors, held) {
        (0, _) => Note::toned(Tone::Good, "No errors: every row that was given is in the figures."),
        (_, 0) => Note::toned(Tone::Warn, format!("{} to mend; no row had to be held back.", places(errors))),
        _ => Note::toned(
            Tone::Bad,
            format!("{} to mend; {held} rows are held back and missing from the figures (see Quarantine).", places(errors)),
        ),
    }
}

fn places(count: usize) -> String {
    if count == 1 { "1 error".to_string() } else { format!("{count} errors") }
}

fn tiles(input: &QualityInput<'_>) -> Vec<Tile> {
    let detail = Link::Table { table: FINDINGS.to_string(), row: None };
    let times = column_of(FINDINGS, "Times");
    let severity = column_of(FINDINGS, "Severity");
    let count = |kind: Severity, label: &str, note: &str| {
        let formula = format!("SUMIFS({times},{severity},\"{kind}\")");
        let value = Value::Integer(i64::try_from(input.findings.count(kind)).unwrap_or(i64::MAX));
        Tile::new(label, Cell::formula(formula, value), Kind::Integer).note(note).link(detail.clone())
    };
    let errors = input.findings.count(Severity::Error);
    let read = input.files.iter().filter(|file| file.status == FileStatus::Read).count();
    let held = input.tables.quarantine.len();
    vec![
        count(Severity::Error, "Errors", "kept out of the figures").rag(Some(if errors == 0 { Rag::Green } else { Rag::Red })),
        count(Severity::Warning, "Warnings", "used, and want a look"),
        count(Severity::Info, "Information", "nothing to mend"),
        Tile::new("Rows held back", Cell::count(held), Kind::Integer)
            .note("as they were, under Quarantine")
            .link(Link::Sheet("Quarantine".to_string())),
        Tile::new("Files read", Cell::count(read), Kind::Integer)
            .note(format!("of {} in the inputs folder", input.files.len()))
            .link(Link::Sheet("Files".to_string())),
    ]
}

/// A table of counts by a key. Names from the world may hold wildcards, so they are compared, not matched; codes are ours.
fn counts(name: &str, header: &str, findings: &[Finding], key: impl Fn(&Finding) -> &str, with_title: bool) -> Table {
    let own = this_row(name, header);
    let (times, severity, keys) = (column_of(FINDINGS, "Times"), column_of(FINDINGS, "Severity"), column_of(FINDINGS, header));
    let first = if with_title { "Rule" } else { header };
    let mut columns = vec![Column::text(first).total(Total::Label("Total".to_string())).wide(34)];
    for kind in SEVERITIES {
        let formula = if with_title {
            format!("SUMIFS({times},{keys},{own},{severity},\"{kind}\")")
        } else {
            format!("SUMPRODUCT(({keys}={own})*({severity}=\"{kind}\")*{times})")
        };
        columns.push(Column::new(plural(kind), Kind::Integer).formula(formula).sum());
    }
    if with_title {
        columns.push(Column::text(header));
        columns.push(Column::new("What it means", Kind::Prose).wide(70));
    }
    let names: BTreeSet<&str> = findings.iter().map(&key).collect();
    let rows = names.into_iter().map(|name| {
        let same = |finding: &&Finding| key(finding).to_lowercase() == name.to_lowercase();
        let code = findings.iter().find(same).map(|finding| finding.code).filter(|_| with_title);
        let mut row = vec![code.map_or_else(|| Cell::text(name), |code| Cell::text(code.title))];
        row.extend(SEVERITIES.iter().map(|kind| {
            Cell::count(findings.iter().filter(same).filter(|finding| finding.severity() == *kind).map(Finding::count).sum())
        }));
        row.extend(code.iter().flat_map(|code| [Cell::text(name), Cell::text(code.meaning)]));
        row
    });
    Table::new(name, columns).when_empty("No findings.").rows(rows.collect())
}

const fn plural(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Errors",
        Severity::Warning => "Warnings",
        Severity::Info => "Information",
        Severity::Trial => "Trial",
    }
}
