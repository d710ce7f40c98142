//! Reconciliation, exception first: what does not tie and what could explain it, then how much ties, then every
//! statement from its source total to the reported one, then every row and amount that came in.
//!
//! Promises: differences are formulas over the totals beside them; a candidate is a proposal and changes no figure.

mod control;
mod exceptions;
mod statements;

pub use control::verdict_formula;
pub use statements::fault_formula;

use super::context::Context;
use crate::analysis::reconciliation::Statement;
use crate::report::book::{Band, Note, Sheet, Tone};

/// The pages.
#[must_use]
pub fn sheets(context: &Context<'_>) -> Vec<Sheet> {
    vec![first(context), statements::sheet(context), control::sheet(context)]
}

fn first(context: &Context<'_>) -> Sheet {
    let result = &context.input.analyses.reconciliation;
    let open = exceptions::open(context);
    let mut sheet = Sheet::page("Reconciliation", "Reconciliation: what does not tie, then what does")
        .subtitle("Source + adjustments - reported = difference, exact, each statement in its own currency")
        .about("What does not tie with its candidates, how much ties, and the positions reported elsewhere.")
        .block(verdict(context))
        .band(Band::headed("What does not tie, and what could explain it", vec![open.into()]))
        .band(Band::headed(exceptions::positions_heading(&result.positions), vec![exceptions::positions(context).into()]));
    if !result.positions.back_filled.is_empty() {
        let heading = "Totals that were filled in afterwards: they hold no history";
        sheet = sheet.band(Band::headed(heading, vec![exceptions::back_filled(context).into()]));
    }
    sheet.band(Band::headed("How much ties, by subject", vec![statements::counts(context).into()]))
}

/// The result in one sentence.
fn verdict(context: &Context<'_>) -> Note {
    let result = &context.input.analyses.reconciliation;
    let count = |test: &dyn Fn(&Statement) -> bool| result.statements.iter().filter(|each| test(each)).count();
    let (must, faults) = (count(&|each| each.must_tie), count(&|each| each.must_tie && !each.ties()));
    let (compared, differ) = (count(&|each| !each.must_tie), count(&|each| !each.must_tie && !each.ties()));
    let own = match faults {
        0 => format!("All {must} totals of this run tie to their sources, to the smallest unit."),
        _ => format!(
            "{faults} of {must} totals of this run do not tie to their sources: a fault of the program; please report it."
        ),
    };
    let others = match (compared, differ) {
        (0, _) => "There are no two figures of the company's own to compare.".to_string(),
        (_, 0) => format!("All {compared} comparisons between two of the company's own figures agree."),
        _ => format!("{differ} of {compared} comparisons between two of the company's own figures differ: theirs to explain."),
    };
    let positions = &result.positions;
    let moves = match (positions.moves_tested, positions.exceptions.len()) {
        (0, _) => "No change between reported positions could be tested.".to_string(),
        (tested, 0) => format!("All {tested} stated changes of reported positions are the difference of their values."),
        (tested, wrong) => {
            format!("{wrong} of {tested} stated changes of reported positions are not the difference of their values.")
        }
    };
    let tone = match (faults, differ + positions.exceptions.len()) {
        (0, 0) => Tone::Good,
        (0, _) => Tone::Warn,
        _ => Tone::Bad,
    };
    Note::toned(tone, format!("{own} {others} {moves}"))
}
