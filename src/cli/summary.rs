//! What a command says when it is done: a summary a manager understands, or one JSON document.

use super::Talk;
use crate::base::disk::PublishOutcome;
use crate::base::finding::{Finding, Findings, Severity};
use crate::base::money::Money;
use crate::pipeline::manifest::Counts;
use crate::pipeline::run::{Prepared, Published};
use crate::report::headline;
use crate::source::raw::FileStatus;
use crate::table::tables::SheetUse;
use anstyle::{AnsiColor, Style};
use rust_decimal::Decimal;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Findings shown in a summary before the rest is left to the workbook.
const SHOWN: usize = 8;
/// Findings that `check` shows before the rest is left to the workbook or to `--all`.
const CHECK_SHOWN: usize = 30;

/// After a run.
pub fn published(done: &Published, talk: Talk) {
    let text = || {
        let mut text = opening(&done.prepared);
        text.push_str(&headlines(&done.prepared));
        text.push_str(&findings(&done.prepared.findings, SHOWN));
        text.push_str(&closing(done));
        text
    };
    say(talk, &done.prepared, Some(done), text);
}

/// After a check.
pub fn checked(done: &Published, talk: Talk, all: bool) {
    let text = || {
        let mut text = opening(&done.prepared);
        text.push_str(&sheets(&done.prepared));
        text.push_str(&findings(&done.prepared.findings, if all { usize::MAX } else { CHECK_SHOWN }));
        text.push_str(&closing(done));
        text
    };
    say(talk, &done.prepared, Some(done), text);
}

/// After a strict run that met errors.
pub fn strict(prepared: &Prepared, talk: Talk) {
    let text = || {
        let mut text = opening(prepared);
        text.push_str(&findings(&prepared.findings, SHOWN));
        text
    };
    say(talk, prepared, None, text);
    let errors = prepared.findings.count(Severity::Error);
    anstream::eprintln!("error: nothing was published: {errors} errors, and --strict was asked for");
}

fn say(talk: Talk, prepared: &Prepared, done: Option<&Published>, text: impl FnOnce() -> String) {
    match talk {
        Talk::Summary => anstream::print!("{}", text()),
        Talk::Json => anstream::println!("{}", json(prepared, done)),
        Talk::Quiet => {}
    }
}

fn bold() -> Style {
    Style::new().bold()
}

/// One labelled line.
fn line(label: &str, words: &str) -> String {
    let style = bold();
    format!("{style}{label:<10}{style:#} {words}\n")
}

/// What was read and how it adds up.
fn opening(prepared: &Prepared) -> String {
    let bold = bold();
    let facts = &prepared.facts;
    let mut text = format!("{bold}{}{bold:#}, as of {} (run {})\n\n", facts.portfolio, facts.as_of, facts.run_id);
    let count = |wanted: fn(&FileStatus) -> bool| prepared.files.iter().filter(|file| wanted(&file.status)).count();
    let read = count(|status| matches!(status, FileStatus::Read));
    let refused = count(|status| matches!(status, FileStatus::Refused));
    let skipped = count(|status| matches!(status, FileStatus::Skipped(_)));
    let mut words = format!("{read} files, {} sheets", prepared.tables.sheets.len());
    if refused > 0 {
        let _ = write!(words, "; {refused} could not be read");
    }
    if skipped > 0 {
        let _ = write!(words, "; {skipped} skipped");
    }
    text.push_str(&line("Read", &words));
    text.push_str(&line("Rows", &rows(prepared)));
    for words in ledger(prepared) {
        text.push_str(&line("Ledger", &words));
    }
    text
}

/// The ledger by currency: everything read and the buckets it is in.
fn ledger(prepared: &Prepared) -> Vec<String> {
    let mut by_currency: BTreeMap<_, [Decimal; 5]> = BTreeMap::new();
    for total in &prepared.portfolio.ledger.totals {
        let sums = by_currency.entry(total.currency).or_default();
        let parts = [total.read, total.assigned, total.unassigned, total.after_as_of, total.held_back];
        sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
    }
    let words = |(currency, sums): (_, [Decimal; 5])| {
        let names = ["assigned", "unassigned", "after the as-of date", "held back"];
        let money = |amount| Money::rounded(amount, currency).map_or_else(|_| amount.to_string(), |money| money.to_string());
        let parts: Vec<String> = sums[1..]
            .iter()
            .zip(names)
            .filter(|(sum, _)| !sum.is_zero())
            .map(|(sum, name)| format!("{} {name}", money(*sum)))
            .collect();
        format!("{} = {}", money(sums[0]), parts.join(" + "))
    };
    by_currency.into_iter().map(words).collect()
}

/// Rows seen and where they went.
fn rows(prepared: &Prepared) -> String {
    let totals = &prepared.tables.control_totals;
    let sum = |part: fn(&crate::table::tables::ControlTotal) -> u64| totals.iter().map(part).sum::<u64>();
    let mut words = format!("{} seen = {} accepted", group(sum(|t| t.rows_seen)), group(sum(|t| t.accepted)));
    let parts = [
        (sum(|t| t.quarantined), "quarantined"),
        (sum(|t| t.blank), "blank"),
        (sum(|t| t.totals), "totals"),
        (sum(|t| t.declared), "declared no data"),
    ];
    for (count, name) in parts.into_iter().filter(|(count, _)| *count > 0) {
        let _ = write!(words, " + {} {name}", group(count));
    }
    words
}

fn group(number: u64) -> String {
    crate::base::number::grouped(&number.to_string())
}

/// The portfolio's headlines, as the Executive page opens with them.
fn headlines(prepared: &Prepared) -> String {
    let input = prepared.report_input();
    let own = headline::headlines(&input).into_iter().filter(|headline| headline.scope == headline::PORTFOLIO);
    let lines = own.fold(String::new(), |mut text, headline| {
        let _ = writeln!(text, "  {:<34} {}", headline.label(), headline.shown());
        text
    });
    if lines.is_empty() { lines } else { format!("\n{lines}") }
}

/// What each sheet was read as.
fn sheets(prepared: &Prepared) -> String {
    let mut text = String::from("\n");
    for (name, usage) in &prepared.tables.sheets {
        let place = if name.sheet.is_empty() { name.file.clone() } else { format!("{} > {}", name.file, name.sheet) };
        let words = match usage {
            SheetUse::Mapped(tables) => format!("read as {}", tables.join(", ")),
            SheetUse::NotData(reason) => format!("no data: {reason}"),
            SheetUse::Unknown { nearest: Some(nearest) } => format!("unknown; nearest is {nearest}"),
            SheetUse::Unknown { nearest: None } => "unknown: map it, or declare it no data".to_string(),
            SheetUse::Empty => "empty".to_string(),
        };
        let _ = writeln!(text, "  {place:<48} {words}");
    }
    text
}

/// The findings: counts, then the first ones, errors first.
fn findings(findings: &Findings, most: usize) -> String {
    let counts = Counts::of(findings);
    let mut words = format!("{}, {}", plural(counts.errors, "error"), plural(counts.warnings, "warning"));
    for (count, name) in [(counts.info, "note"), (counts.trial, "trial finding")] {
        if count > 0 {
            let _ = write!(words, ", {}", plural(count, name));
        }
    }
    let mut text = format!("\n{}", line("Findings", &words));
    let mut sorted: Vec<&Finding> = findings.0.iter().filter(|finding| finding.severity() < Severity::Info).collect();
    sorted.sort_by_key(|finding| finding.severity());
    let groups = if most == usize::MAX { sorted.iter().map(|finding| (*finding, 0)).collect() } else { alike(&sorted) };
    for (first, more) in groups.iter().take(most) {
        text.push_str(&shown(first));
        if *more > 0 {
            let _ = writeln!(text, "      and {} like it in that column", group(*more as u64));
        }
    }
    if groups.len() > most {
        let _ = writeln!(text, "  … and {} more in the Data Quality workbook", plural(groups.len() - most, "kind of finding"));
    }
    text
}

/// Findings of one kind in one column of one sheet, as the first of them and how many places the others stand for.
fn alike<'f>(findings: &[&'f Finding]) -> Vec<(&'f Finding, usize)> {
    let key = |finding: &'f Finding| {
        let place = finding.origin.as_ref().map(|origin| (&origin.sheet, origin.col));
        (finding.code.id, place, &finding.table, &finding.field)
    };
    let mut groups: Vec<(&Finding, usize)> = Vec::new();
    for finding in findings {
        match groups.iter_mut().find(|(first, _)| first.origin.is_some() && key(first) == key(finding)) {
            Some((_, more)) => *more += finding.count(),
            None => groups.push((finding, 0)),
        }
    }
    groups
}

fn plural(count: usize, name: &str) -> String {
    match (count, name.split_once(' ')) {
        (1, _) => format!("1 {name}"),
        (_, Some((first, rest))) if rest.starts_with("of") => format!("{count} {first}s {rest}"),
        _ => format!("{count} {name}s"),
    }
}

/// One finding: place, message, remedy.
fn shown(finding: &Finding) -> String {
    let colour = match finding.severity() {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Info | Severity::Trial => AnsiColor::Blue,
    };
    let style = Style::new().fg_color(Some(colour.into())).bold();
    let place = finding.origin.as_ref().map(ToString::to_string).unwrap_or_default();
    let times =
        if finding.repeats.is_empty() { String::new() } else { format!(" ({} places: {})", finding.count(), places(finding)) };
    let label = finding.severity().label();
    let gap = if place.is_empty() { "" } else { "  " };
    let mut text = format!("  {style}{label} {}{style:#}{gap}{place}{times}\n      {}\n", finding.code.id, finding.message());
    if !finding.hint.is_empty() {
        let _ = writeln!(text, "      to mend it: {}", finding.hint);
    }
    text
}

/// The addresses of a finding that stands in several places, cut where they are many.
fn places(finding: &Finding) -> String {
    let all = finding.addresses();
    if all.chars().count() <= 60 { all } else { format!("{} …", all.chars().take(58).collect::<String>()) }
}

/// Where the outputs are.
fn closing(done: &Published) -> String {
    let folder = match &done.outcome {
        PublishOutcome::Published { folder } | PublishOutcome::Staged { folder, .. } => folder,
    };
    let mut text = format!("\n{}", line("Written", &folder.display().to_string()));
    let (data, top): (Vec<&String>, Vec<&String>) = done.files.iter().partition(|file| file.starts_with("data/"));
    for file in top {
        let _ = writeln!(text, "           {file}");
    }
    if !data.is_empty() {
        let _ = writeln!(text, "           data/ ({} files)", data.len());
    }
    text
}

#[derive(Serialize)]
struct Document<'a> {
    portfolio: &'a str,
    as_of: String,
    run_id: &'a str,
    published: Option<Set<'a>>,
    counts: Counts,
    rows: BTreeMap<&'static str, u64>,
    headlines: BTreeMap<String, BTreeMap<String, String>>,
    findings: Vec<FindingDocument<'a>>,
}

#[derive(Serialize)]
struct Set<'a> {
    folder: String,
    staged: bool,
    files: &'a [String],
}

#[derive(Serialize)]
struct FindingDocument<'a> {
    code: &'static str,
    severity: &'static str,
    file: &'a str,
    sheet: &'a str,
    cells: String,
    count: usize,
    table: &'a str,
    field: &'a str,
    message: String,
    hint: &'a str,
    owner: Option<&'a str>,
}

fn json(prepared: &Prepared, done: Option<&Published>) -> String {
    let totals = &prepared.tables.control_totals;
    let sum = |part: fn(&crate::table::tables::ControlTotal) -> u64| totals.iter().map(part).sum::<u64>();
    let document = Document {
        portfolio: &prepared.facts.portfolio,
        as_of: prepared.facts.as_of.to_string(),
        run_id: &prepared.facts.run_id,
        published: done.map(set),
        counts: Counts::of(&prepared.findings),
        rows: BTreeMap::from([
            ("seen", sum(|t| t.rows_seen)),
            ("accepted", sum(|t| t.accepted)),
            ("quarantined", sum(|t| t.quarantined)),
            ("blank", sum(|t| t.blank)),
            ("totals", sum(|t| t.totals)),
            ("declared", sum(|t| t.declared)),
        ]),
        headlines: headlines_document(prepared),
        findings: prepared.findings.0.iter().map(finding_document).collect(),
    };
    serde_json::to_string_pretty(&document).unwrap_or_else(|error| format!("{{\"error\": \"{error}\"}}"))
}

/// Scope to measure to value.
fn headlines_document(prepared: &Prepared) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut document: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for headline in headline::headlines(&prepared.report_input()) {
        let shown = headline.shown();
        document.entry(headline.scope).or_default().insert(headline.measure, shown);
    }
    document
}

fn set(done: &Published) -> Set<'_> {
    match &done.outcome {
        PublishOutcome::Published { folder } => Set { folder: folder.display().to_string(), staged: false, files: &done.files },
        PublishOutcome::Staged { staged, .. } => Set { folder: staged.display().to_string(), staged: true, files: &done.files },
    }
}

fn finding_document(finding: &Finding) -> FindingDocument<'_> {
    let place = finding.origin.as_ref();
    FindingDocument {
        code: finding.code.id,
        severity: finding.severity().label(),
        file: place.map_or("", |origin| &origin.sheet.file),
        sheet: place.map_or("", |origin| &origin.sheet.sheet),
        cells: finding.addresses(),
        count: finding.count(),
        table: &finding.table,
        field: &finding.field,
        message: finding.message(),
        hint: &finding.hint,
        owner: finding.owner.as_deref(),
    }
}
