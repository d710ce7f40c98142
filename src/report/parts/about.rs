//! The About page: what the workbook is, the run it comes from, its inputs, its checks, what colours and signs mean.

use crate::base::run::RunFacts;
use crate::model::initiative::Rag;
use crate::report::book::{Band, Block, Cell, Column, Kind, Mark, Note, Sheet, Stamp, Table, Tone, Value, rag_name, show};

/// A check that the workbook carries.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// What is checked, such as `Rows seen are all accounted for`.
    pub name: String,
    /// `ok` or `fault`: best a formula over the workbook's own tables.
    pub result: Cell,
    /// What it means, or where to look.
    pub detail: String,
}

/// What every sheet of a run says about where it comes from.
#[must_use]
pub fn stamp(run: &RunFacts) -> Stamp {
    Stamp {
        portfolio: run.portfolio.clone(),
        as_of: Some(run.as_of),
        run_id: Some(run.run_id.clone()),
        version: run.version.clone(),
    }
}

/// The page.
#[must_use]
pub fn about(run: &RunFacts, title: &str, what: &str, checks: Vec<Check>) -> Sheet {
    Sheet::page("About", title)
        .subtitle("About this workbook")
        .about("What this workbook is, the run it comes from, its inputs and its checks.")
        .block(Note::plain(vec![what.to_string()]))
        .band(Band::headed("The run", vec![Block::Table(facts(run)), Block::Table(legend())]))
        .band(Band::headed("Checks", vec![Block::Table(check_table(checks))]))
        .band(Band::headed("Inputs", vec![Block::Table(inputs(run))]))
}

fn facts(run: &RunFacts) -> Table {
    let as_of = show(&Value::Moment(run.as_of), &Kind::Moment);
    let rows = [
        ("Portfolio", run.portfolio.clone()),
        ("As of", as_of),
        ("Run id", run.run_id.clone()),
        ("Made by", format!("Throughline {}", run.version)),
        ("Inputs", format!("{} files", run.inputs.len())),
        ("Settings, SHA-256", run.settings_sha256.clone()),
        ("Seed of random numbers", run.seed.to_string()),
    ];
    let columns = vec![Column::text("Fact").wide(26), Column::text("Value").wide(74)];
    Table::new("tbl_run", columns).rows(rows.into_iter().map(|(fact, value)| vec![Cell::text(fact), Cell::text(value)]).collect())
}

/// What letters, colours and signs mean.
#[must_use]
pub fn legend() -> Table {
    let mut table = Table::new("tbl_legend", vec![Column::new("Sign", Kind::Rag), Column::text("What it means").wide(46)]);
    for rag in [Rag::Red, Rag::AmberRed, Rag::Amber, Rag::AmberGreen, Rag::Green, Rag::Blue] {
        table.push(vec![Cell::new(Value::Rag(rag)), Cell::text(rag_name(rag))]);
    }
    let words = [
        ("n/a", "Not available; the note on the cell says why. Never counted as zero."),
        ("-", "Zero."),
        ("( )", "Negative amount of money."),
    ];
    table.rows.extend(words.into_iter().map(|(sign, meaning)| vec![Cell::text(sign), Cell::text(meaning)]));
    table
}

fn check_table(checks: Vec<Check>) -> Table {
    let tones = vec![("ok".to_string(), Tone::Good), ("fault".to_string(), Tone::Bad), ("look".to_string(), Tone::Warn)];
    let columns = vec![
        Column::text("Check").wide(26),
        Column::new("What it means", Kind::Prose).wide(74),
        Column::text("Result").mark(Mark::Words(tones)),
    ];
    let rows = checks.into_iter().map(|check| vec![Cell::text(check.name), Cell::text(check.detail), check.result]);
    Table::new("tbl_checks", columns).when_empty("This workbook carries no checks.").rows(rows.collect())
}

fn inputs(run: &RunFacts) -> Table {
    let columns =
        vec![Column::text("File").wide(26), Column::text("SHA-256").wide(74), Column::new("Bytes", Kind::Integer).sum()];
    let rows = run.inputs.iter().map(|input| {
        let bytes = i64::try_from(input.bytes).unwrap_or(i64::MAX);
        vec![Cell::text(&input.file), Cell::text(&input.sha256), Cell::new(Value::Integer(bytes))]
    });
    Table::new("tbl_inputs", columns).when_empty("No input was read.").rows(rows.collect())
}
