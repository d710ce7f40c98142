//! Weighted steps: `40 design; 60 build (done)`.

use crate::base::number;
use crate::model::build::context::{Context, flag};
use crate::model::codes;
use crate::table::tables::Row;
use rust_decimal::Decimal;

/// The largest weight of a step.
const LARGEST_WEIGHT: i64 = 1_000_000_000;

/// The steps of an activity: weight as a share of all weights, name, done. None where a step has no weight (a finding).
pub(super) fn steps(context: &mut Context<'_>, row: Row<'_>) -> Vec<(f64, String, bool)> {
    let Some(text) = row.text("steps") else { return Vec::new() };
    let parsed: Option<Vec<(Decimal, String, bool)>> =
        text.split([';', '\n']).map(str::trim).filter(|step| !step.is_empty()).map(step).collect();
    let total: Decimal = parsed.iter().flatten().map(|(weight, ..)| *weight).sum();
    let Some(parsed) = parsed.filter(|_| total > Decimal::ZERO) else {
        let finding = flag(row, codes::STEPS_UNREADABLE, "steps").expected("weights and names such as 40 design; 60 build");
        context.push(finding.hint("write each step as weight and name, with ; between; percent complete is used until then"));
        return Vec::new();
    };
    if total != Decimal::ONE_HUNDRED {
        let finding = flag(row, codes::STEP_WEIGHTS, "steps").expected(format!("weights that add up to 100, not {total}"));
        context.push(finding.hint("the weights are taken in proportion"));
    }
    let share = |weight| number::ratio(weight, total).unwrap_or(0.0);
    parsed.into_iter().map(|(weight, name, done)| (share(weight), name, done)).collect()
}

/// `40 design`, `40% design`, `40 design (done)`, `40 [x] design`.
fn step(text: &str) -> Option<(Decimal, String, bool)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let weight: Decimal = text[..end].parse().ok().filter(|weight| *weight <= Decimal::from(LARGEST_WEIGHT))?;
    let name = text[end..].trim_start_matches(['%', ' ', ':', '-']).trim();
    let lower = name.to_lowercase();
    let marks = ["[x]", "(done)", "✓", "✔"];
    let done = marks.iter().any(|mark| lower.contains(mark));
    let clean = marks.iter().fold(name.replace("[X]", "[x]").replace("(Done)", "(done)"), |name, mark| name.replace(mark, ""));
    Some((weight, clean.split_whitespace().collect::<Vec<_>>().join(" "), done))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_has_a_weight_a_name_and_perhaps_a_mark() {
        for (text, weight, name, done) in [
            ("40 design", 40, "design", false),
            ("60% build it", 60, "build it", false),
            ("20 approved (done)", 20, "approved", true),
            ("20 [X] approved", 20, "approved", true),
            ("5", 5, "", false),
        ] {
            assert_eq!(step(text), Some((Decimal::from(weight), name.to_string(), done)), "{text}");
        }
        assert_eq!(step("design 40"), None);
        assert!(step("1000000000 all").is_some() && step("1000000001 all").is_none());
    }
}
