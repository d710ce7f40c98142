//! What the figures cover: n of m.

use super::context::Context;
use crate::table::tables::ControlTotal;

/// Rows used of rows with content, and initiatives counted of all.
#[must_use]
pub fn sentence(context: &Context<'_>) -> String {
    let totals = &context.input.tables.control_totals;
    let sum = |pick: fn(&ControlTotal) -> u64| totals.iter().map(pick).sum::<u64>();
    let (used, held) = (sum(|total| total.accepted), sum(|total| total.quarantined));
    let portfolio = &context.input.analyses.earned_value.portfolio;
    let all = context.portfolio().initiatives.len();
    format!(
        "{used} of {} rows used ({held} held back); earned value covers {} of {all} initiatives",
        used + held,
        portfolio.counted.len()
    )
}
