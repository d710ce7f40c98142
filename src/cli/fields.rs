//! `throughline fields [TABLE]`: what each input table holds.

use super::exit::Exit;
use crate::table::contract::{Contract, snake_case};
use crate::table::{contracts, template};
use std::fmt::Write as _;
use std::sync::Arc;

/// List the input tables, or the fields of one
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The table, such as Risks or "Cost codes"
    table: Vec<String>,
}

pub fn run(args: &Args) -> Exit {
    let contracts = contracts::all();
    if args.table.is_empty() {
        anstream::print!("{}", list(&contracts));
        return Exit::Done;
    }
    let asked = args.table.join(" ");
    let found = contracts.iter().find(|contract| snake_case(&contract.name) == snake_case(&asked));
    if let Some(contract) = found {
        anstream::print!("{}", template::describe(contract));
        return Exit::Done;
    }
    let scored =
        contracts.iter().map(|contract| (strsim::jaro_winkler(&snake_case(&contract.name), &snake_case(&asked)), contract));
    let nearest = scored.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, contract)| contract.name.to_string());
    anstream::eprintln!("error: there is no table `{asked}`");
    if let Some(nearest) = nearest {
        anstream::eprintln!("hint: did you mean `{nearest}`? `throughline fields` lists them all");
    }
    Exit::Usage
}

fn list(contracts: &[Arc<Contract>]) -> String {
    let mut text = String::new();
    let mut workbook = "";
    for contract in contracts {
        if contract.workbook != workbook {
            workbook = &contract.workbook;
            let gap = if text.is_empty() { "" } else { "\n" };
            let _ = writeln!(text, "{gap}{workbook}");
        }
        let about = contract.about.split(". ").next().unwrap_or("").trim_end_matches('.');
        let _ = writeln!(text, "  {:<20} {about}", contract.name);
    }
    text.push_str("\n`throughline fields TABLE` tells every field of a table.\n");
    text
}
