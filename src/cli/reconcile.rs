//! `throughline reconcile [DIR]`: from every source total to the reported one, exception first.

use super::exit::Exit;
use super::look::look;
use super::parse_as_of;
use crate::analysis::reconciliation::{BackFilled, Candidate, PositionException, PositionsCheck, Reconciliation, Statement};
use crate::base::number::grouped;
use crate::base::origin::Origin;
use crate::pipeline::run::Prepared;
use crate::pipeline::workspace::AsOf;
use anstyle::Style;
use rust_decimal::Decimal;
use serde::Serialize;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Say of every total where it came from, what was taken away or added and why, and what does not tie
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The workspace: the folder that holds portfolio.toml
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// As-of date (2026-10-31), instant (2026-10-31T17:00), or month-end for the last completed period
    #[arg(long, value_name = "DATE", value_parser = parse_as_of)]
    as_of: Option<AsOf>,
    /// Show what ties too; without it, what ties is counted
    #[arg(long)]
    all: bool,
    /// Print one JSON document for machines
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args) -> Exit {
    match look(&args.dir, args.as_of, args.json) {
        Ok(prepared) if args.json => {
            anstream::println!("{}", json(&prepared));
            Exit::Done
        }
        Ok(prepared) => {
            anstream::print!("{}", text(&prepared, args.all));
            Exit::Done
        }
        Err(exit) => exit,
    }
}

/// How wide a line is, at most.
const WIDTH: usize = 100;
/// Where amounts end.
const AMOUNTS_END: usize = 78;
/// Exceptions of positions that are shown before the rest is left to `--all`.
const EXCEPTIONS_SHOWN: usize = 20;

fn text(prepared: &Prepared, all: bool) -> String {
    let reconciliation = &prepared.analyses.reconciliation;
    let bold = Style::new().bold();
    let mut text = format!("{bold}{}{bold:#}, as of {}\n\n", prepared.facts.portfolio, prepared.facts.as_of);
    text.push_str(&verdict(reconciliation));
    let open = reconciliation.open();
    if !open.is_empty() {
        heading(&mut text, "What does not tie: two figures of your own that differ");
        for each in open {
            statement(&mut text, each);
        }
    }
    positions(&mut text, prepared, all);
    if all {
        heading(&mut text, "What ties");
        for each in reconciliation.statements.iter().filter(|each| each.ties()) {
            statement(&mut text, each);
        }
    } else if reconciliation.tied() > 0 {
        text.push_str("\n--all shows what ties too.\n");
    }
    text
}

/// How many of how many, before anything else.
fn verdict(reconciliation: &Reconciliation) -> String {
    let (all, tied) = (reconciliation.statements.len(), reconciliation.tied());
    let bold = Style::new().bold();
    let mut text = format!("{bold}Totals{bold:#}     ");
    let _ = match (all, all - tied) {
        (0, _) => writeln!(text, "none: no workbook gives money"),
        (_, 0) => writeln!(text, "all {} tie, each with a difference of 0.00", count(all)),
        (_, open) => writeln!(text, "{} of {} tie with a difference of 0.00; {} do not", count(tied), count(all), count(open)),
    };
    let positions = &reconciliation.positions;
    if positions.positions > 0 {
        let _ = writeln!(
            text,
            "{bold}Positions{bold:#}  {} changes tested in {} series: {} tie, {} do not",
            count(positions.moves_tested),
            count(positions.series),
            count(positions.moves_tie),
            count(positions.moves_tested - positions.moves_tie)
        );
    }
    text
}

fn heading(text: &mut String, words: &str) {
    let bold = Style::new().bold();
    let _ = writeln!(text, "\n{bold}{words}{bold:#}");
}

/// A statement as a column of figures, with its candidates below it.
fn statement(text: &mut String, statement: &Statement) {
    let currency = statement.currency.map(|currency| format!(" ({currency})")).unwrap_or_default();
    text.push('\n');
    wrapped(text, "  ", &format!("{}{currency}", statement.title()));
    figure(text, &statement.source.label, statement.source.amount, "");
    for adjustment in &statement.adjustments {
        let lines = if adjustment.count > 0 {
            format!("{} {}", group(adjustment.count), plural(adjustment.count))
        } else {
            String::new()
        };
        figure(text, &adjustment.reason, adjustment.amount, &lines);
    }
    figure(text, &statement.reported.label, statement.reported.amount, "reported");
    figure(text, "difference", statement.difference, "");
    if statement.candidates.is_empty() && !statement.ties() {
        let _ = writeln!(text, "    no line stands out by its amount, sign, digits or date");
    }
    candidates(text, &statement.candidates, statement.more_candidates);
}

const fn plural(count: u64) -> &'static str {
    if count == 1 { "line" } else { "lines" }
}

/// A label, its amount in the column of amounts, and a few words behind it.
fn figure(text: &mut String, label: &str, amount: Decimal, behind: &str) {
    let amount = money(amount);
    let room = AMOUNTS_END.saturating_sub(4 + 1 + amount.chars().count());
    let mut lines = wrap(label, room.max(20)).into_iter();
    let first = lines.next().unwrap_or_default();
    let gap = AMOUNTS_END.saturating_sub(4 + first.chars().count());
    let _ = writeln!(text, "{}", format!("    {first}{amount:>gap$}  {behind}").trim_end());
    for line in lines {
        let _ = writeln!(text, "      {line}");
    }
}

fn candidates(text: &mut String, candidates: &[Candidate], more: usize) {
    for candidate in candidates {
        wrapped(text, "    perhaps: ", &format!("{}: {}", candidate.what, candidate.why));
        place(text, candidate.origin.as_ref());
    }
    if more > 0 {
        let _ = writeln!(text, "    and {} more that could be", count(more));
    }
}

fn place(text: &mut String, origin: Option<&Origin>) {
    if let Some(origin) = origin {
        let dim = Style::new().dimmed();
        let _ = writeln!(text, "             {dim}[{origin}]{dim:#}");
    }
}

/// Positions reported elsewhere: what does not tie, what is no history, what is missing.
fn positions(text: &mut String, prepared: &Prepared, all: bool) {
    let check = &prepared.analyses.reconciliation.positions;
    if check.positions == 0 {
        return;
    }
    heading(text, "Reported positions: changes recomputed from the values");
    let shown = if all { check.exceptions.len() } else { EXCEPTIONS_SHOWN };
    for exception in check.exceptions.iter().take(shown) {
        position(text, exception);
    }
    if check.exceptions.len() > shown {
        let _ = writeln!(text, "\n  and {} more; --all shows them", count(check.exceptions.len() - shown));
    }
    for column in &check.back_filled {
        text.push('\n');
        wrapped(
            text,
            "  ",
            &format!("{}, {}: no history, filled in afterwards. It holds {}.", column.measure, column.field, column.why),
        );
    }
    untested(text, check, all);
}

fn position(text: &mut String, exception: &PositionException) {
    let currency = exception.currency.map(|currency| format!(" ({currency})")).unwrap_or_default();
    text.push('\n');
    let title = format!("{}, {}, {} to {}{currency}", exception.item, exception.measure, exception.previous, exception.as_of);
    wrapped(text, "  ", &title);
    figure(text, &format!("value on {}", exception.previous), exception.opening, "");
    figure(text, &exception.field.header().to_lowercase(), exception.stated, "");
    figure(text, &format!("value on {}", exception.as_of), exception.closing, "reported");
    figure(text, "difference: recomputed less stated", exception.difference, "");
    place(text, Some(&exception.origin));
    candidates(text, &exception.candidates, 0);
}

/// What could not be tested, and what is missing.
fn untested(text: &mut String, check: &PositionsCheck, all: bool) {
    if !check.untested.is_empty() || !check.gaps.is_empty() {
        text.push('\n');
    }
    for (reason, number) in &check.untested {
        wrapped(
            text,
            "  ",
            &format!("{} stated {} not tested: {reason}", count(*number), if *number == 1 { "change" } else { "changes" }),
        );
    }
    let missing: usize = check.gaps.iter().map(|gap| gap.missing.len()).sum();
    if missing > 0 {
        let words =
            format!("{} missing in {} series; the change is tested across each gap", reports(missing), count(check.gaps.len()));
        wrapped(text, "  ", &words);
    }
    if all {
        for gap in &check.gaps {
            wrapped(text, "    ", &gap.to_string());
        }
    }
}

fn reports(number: usize) -> String {
    if number == 1 { "1 report is".into() } else { format!("{} reports are", count(number)) }
}

/// Words after an indent, on as many lines as they need.
fn wrapped(text: &mut String, lead: &str, words: &str) {
    let width = lead.chars().count();
    for (index, line) in wrap(words, WIDTH - width).iter().enumerate() {
        let lead = if index == 0 { lead.to_string() } else { " ".repeat(width) };
        let _ = writeln!(text, "{lead}{line}");
    }
}

/// Lines of at most so many characters, broken between words; a longer word stands alone.
fn wrap(words: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words.split(' ') {
        let last = lines.len() - 1;
        let line = &mut lines[last];
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_string());
        }
    }
    lines
}

/// `-1,234.50`: at least two decimal places, more where the amount has them.
fn money(amount: Decimal) -> String {
    let text = amount.normalize().abs().to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let sign = if amount.is_sign_negative() && !amount.is_zero() { "-" } else { "" };
    format!("{sign}{}.{fraction:0<2}", grouped(whole))
}

fn count(number: usize) -> String {
    grouped(&number.to_string())
}

fn group(number: u64) -> String {
    grouped(&number.to_string())
}

#[derive(Serialize)]
struct Document<'a> {
    portfolio: &'a str,
    as_of: String,
    totals: usize,
    tied: usize,
    statements: Vec<JsonStatement<'a>>,
    positions: JsonPositions<'a>,
}

#[derive(Serialize)]
struct JsonStatement<'a> {
    topic: &'static str,
    name: &'a str,
    scope: &'a str,
    currency: Option<String>,
    must_tie: bool,
    ties: bool,
    source: JsonSide<'a>,
    adjustments: Vec<JsonAdjustment<'a>>,
    reported: JsonSide<'a>,
    difference: String,
    candidates: Vec<JsonCandidate<'a>>,
    more_candidates: usize,
}

#[derive(Serialize)]
struct JsonSide<'a> {
    label: &'a str,
    amount: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
}

#[derive(Serialize)]
struct JsonAdjustment<'a> {
    reason: &'a str,
    amount: String,
    count: u64,
}

#[derive(Serialize)]
struct JsonCandidate<'a> {
    what: &'a str,
    amount: String,
    why: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
}

#[derive(Serialize)]
struct JsonPositions<'a> {
    positions: usize,
    series: usize,
    changes_tested: usize,
    changes_tie: usize,
    exceptions: Vec<JsonException<'a>>,
    back_filled: Vec<JsonBackFilled<'a>>,
    untested: Vec<JsonUntested<'a>>,
    gaps: Vec<JsonGap<'a>>,
}

#[derive(Serialize)]
struct JsonException<'a> {
    item: &'a str,
    measure: &'a str,
    currency: Option<String>,
    field: &'static str,
    from: String,
    to: String,
    opening: String,
    stated: String,
    closing: String,
    recomputed: String,
    difference: String,
    tolerance: String,
    place: String,
    candidates: Vec<JsonCandidate<'a>>,
}

#[derive(Serialize)]
struct JsonBackFilled<'a> {
    measure: &'a str,
    field: &'a str,
    series: usize,
    of: usize,
    why: &'a str,
    place: Option<String>,
}

#[derive(Serialize)]
struct JsonUntested<'a> {
    reason: &'a str,
    count: usize,
}

#[derive(Serialize)]
struct JsonGap<'a> {
    item: &'a str,
    measure: &'a str,
    missing: Vec<String>,
}

/// Amounts are text, so that no digit is lost on the way.
fn json(prepared: &Prepared) -> String {
    let reconciliation = &prepared.analyses.reconciliation;
    let document = Document {
        portfolio: &prepared.facts.portfolio,
        as_of: prepared.facts.as_of.to_string(),
        totals: reconciliation.statements.len(),
        tied: reconciliation.tied(),
        statements: reconciliation.statements.iter().map(json_statement).collect(),
        positions: json_positions(&reconciliation.positions),
    };
    serde_json::to_string_pretty(&document).unwrap_or_default()
}

fn json_statement(statement: &Statement) -> JsonStatement<'_> {
    let adjustments = statement.adjustments.iter();
    JsonStatement {
        topic: statement.topic.label(),
        name: &statement.name,
        scope: &statement.scope,
        currency: statement.currency.map(|currency| currency.to_string()),
        must_tie: statement.must_tie,
        ties: statement.ties(),
        source: json_side(&statement.source),
        adjustments: adjustments
            .map(|each| JsonAdjustment { reason: &each.reason, amount: each.amount.to_string(), count: each.count })
            .collect(),
        reported: json_side(&statement.reported),
        difference: statement.difference.to_string(),
        candidates: statement.candidates.iter().map(json_candidate).collect(),
        more_candidates: statement.more_candidates,
    }
}

fn json_side(side: &crate::analysis::reconciliation::SideTotal) -> JsonSide<'_> {
    JsonSide { label: &side.label, amount: side.amount.to_string(), place: side.origin.as_ref().map(Origin::to_string) }
}

fn json_candidate(candidate: &Candidate) -> JsonCandidate<'_> {
    let place = candidate.origin.as_ref().map(Origin::to_string);
    JsonCandidate { what: &candidate.what, amount: candidate.amount.to_string(), why: &candidate.why, place }
}

fn json_positions(check: &PositionsCheck) -> JsonPositions<'_> {
    let gaps = check.gaps.iter().map(|gap| JsonGap {
        item: &gap.item,
        measure: &gap.measure,
        missing: gap.missing.iter().map(ToString::to_string).collect(),
    });
    JsonPositions {
        positions: check.positions,
        series: check.series,
        changes_tested: check.moves_tested,
        changes_tie: check.moves_tie,
        exceptions: check.exceptions.iter().map(|each| json_exception(each)).collect(),
        back_filled: check.back_filled.iter().map(json_back_filled).collect(),
        untested: check.untested.iter().map(|(reason, count)| JsonUntested { reason, count: *count }).collect(),
        gaps: gaps.collect(),
    }
}

fn json_exception(exception: &PositionException) -> JsonException<'_> {
    JsonException {
        item: &exception.item,
        measure: &exception.measure,
        currency: exception.currency.map(|currency| currency.to_string()),
        field: exception.field.header(),
        from: exception.previous.to_string(),
        to: exception.as_of.to_string(),
        opening: exception.opening.to_string(),
        stated: exception.stated.to_string(),
        closing: exception.closing.to_string(),
        recomputed: exception.recomputed.to_string(),
        difference: exception.difference.to_string(),
        tolerance: exception.tolerance.to_string(),
        place: exception.origin.to_string(),
        candidates: exception.candidates.iter().map(json_candidate).collect(),
    }
}

fn json_back_filled(column: &BackFilled) -> JsonBackFilled<'_> {
    JsonBackFilled {
        measure: &column.measure,
        field: &column.field,
        series: column.series,
        of: column.of,
        why: &column.why,
        place: column.origin.as_ref().map(Origin::to_string),
    }
}
