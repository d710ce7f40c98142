//! `throughline explain ID [MEASURE] [DIR]`: why a date or float is what it is.

use super::exit::Exit;
use super::look::look;
use super::parse_as_of;
use crate::analysis::explain::{self, Explanation, Measure};
use crate::pipeline::run::Prepared;
use crate::pipeline::workspace::AsOf;
use serde::Serialize;
use std::path::PathBuf;

/// Say why a date or a float of an activity, milestone or initiative is what it is, step by step and cell by cell
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which: an activity (LU-101/A10, or A10 where one initiative alone has it), a milestone or an initiative
    id: String,
    /// What about it: start, finish, early-start, early-finish, late-start, late-finish, total-float, free-float, critical
    /// or duration; everything in brief where it is left out
    measure: Option<String>,
    /// The workspace: the folder that holds portfolio.toml [default: .]
    dir: Option<PathBuf>,
    /// As-of date (2026-10-31), instant (2026-10-31T17:00), or month-end for the last completed period
    #[arg(long, value_name = "DATE", value_parser = parse_as_of)]
    as_of: Option<AsOf>,
    /// Print one JSON document for machines
    #[arg(long)]
    json: bool,
}

/// A question as it is meant.
struct Question {
    measure: Option<Measure>,
    dir: PathBuf,
}

impl Args {
    /// A second word that is no measure names the folder, where there is no third.
    fn question(&self) -> Result<Question, String> {
        let here = || PathBuf::from(".");
        let Some(word) = &self.measure else {
            return Ok(Question { measure: None, dir: here() });
        };
        match (Measure::parse(word), &self.dir) {
            (Some(measure), dir) => Ok(Question { measure: Some(measure), dir: dir.clone().unwrap_or_else(here) }),
            (None, None) if PathBuf::from(word).is_dir() => Ok(Question { measure: None, dir: PathBuf::from(word) }),
            (None, _) => Err(word.clone()),
        }
    }
}

pub fn run(args: &Args) -> Exit {
    let question = match args.question() {
        Ok(question) => question,
        Err(word) => return no_such_measure(&word),
    };
    match look(&question.dir, args.as_of, args.json) {
        Ok(prepared) => answer(args, &question, &prepared),
        Err(exit) => exit,
    }
}

fn answer(args: &Args, question: &Question, prepared: &Prepared) -> Exit {
    match explain::find(&prepared.portfolio, &args.id) {
        Ok(subject) => {
            let schedule = &prepared.analyses.schedules.current;
            let explanation = explain::explain(&prepared.portfolio, schedule, subject, question.measure);
            if args.json {
                print_json(&explanation, question.measure)
            } else {
                print_text(&explanation)
            }
            Exit::Done
        }
        Err(not_found) => {
            anstream::eprintln!("error: {}", not_found.message);
            anstream::eprintln!("hint: {}", not_found.hint);
            Exit::Usage
        }
    }
}

fn no_such_measure(word: &str) -> Exit {
    let names = Measure::ALL.map(|(name, _)| name);
    let likeness = |name: &str| strsim::normalized_damerau_levenshtein(&word.to_lowercase(), name);
    let near = names.into_iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b))).filter(|name| likeness(name) >= 0.5);
    anstream::eprintln!("error: \"{word}\" is neither a measure nor a folder");
    match near {
        Some(name) => anstream::eprintln!("hint: did you mean {name}? Measures are {}", names.join(", ")),
        None => anstream::eprintln!("hint: measures are {}", names.join(", ")),
    }
    Exit::Usage
}

fn print_text(explanation: &Explanation) {
    let bold = anstyle::Style::new().bold();
    let dim = anstyle::Style::new().dimmed();
    anstream::println!("{bold}{}{bold:#}", explanation.subject);
    for line in &explanation.lines {
        let indent = "  ".repeat(line.depth.min(2));
        anstream::println!("  {indent}{}", line.text);
        if let Some(origin) = &line.origin {
            anstream::println!("  {indent}{dim}[{origin}]{dim:#}");
        }
    }
}

#[derive(Serialize)]
struct Document<'a> {
    subject: &'a str,
    measure: Option<&'static str>,
    lines: Vec<DocumentLine<'a>>,
}

#[derive(Serialize)]
struct DocumentLine<'a> {
    depth: usize,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<String>,
}

fn print_json(explanation: &Explanation, measure: Option<Measure>) {
    let lines = explanation.lines.iter().map(|line| DocumentLine {
        depth: line.depth,
        text: &line.text,
        file: line.origin.as_ref().map(|origin| origin.sheet.file.as_str()),
        sheet: line.origin.as_ref().map(|origin| origin.sheet.sheet.as_str()),
        cell: line.origin.as_ref().map(crate::base::origin::Origin::address),
    });
    let document = Document { subject: &explanation.subject, measure: measure.map(Measure::name), lines: lines.collect() };
    anstream::println!("{}", serde_json::to_string_pretty(&document).unwrap_or_default());
}
