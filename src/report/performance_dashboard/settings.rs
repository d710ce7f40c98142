//! The limits behind each rating, as a table whose cells have names: formulas use the names, so that a reader can see
//! what another limit would show.

use super::context::Context;
use super::reserves;
use crate::analysis::decisions::SOON_DAYS;
use crate::analysis::health::{AMBER_SCORE, RED_SCORE};
use crate::report::book::{Cell, Column, DefinedName, Kind, Table, Value};

/// The table of limits.
pub const TABLE: &str = "tbl_limits";
/// An index at or above this is green.
pub const INDEX_GREEN: &str = "index_green";
/// An index below this is red.
pub const INDEX_RED: &str = "index_red";
/// A variance beyond this share asks for commentary.
pub const COMMENTARY: &str = "commentary_share";
/// An earned value variance beyond this share asks for an explanation.
pub const VARIANCE: &str = "variance_share";
/// Days late at which a milestone is red.
pub const MILESTONE_RED: &str = "milestone_red_days";
/// Allocation above this share of capacity is over capacity.
pub const OVER_ALLOCATION: &str = "over_allocation";

/// A risk score at or above this is red.
pub const RISK_RED: &str = "risk_red_score";
/// A risk score at or above this is amber.
pub const RISK_AMBER: &str = "risk_amber_score";
/// Contingency below this cover is red.
pub const COVER_RED: &str = "contingency_cover_red";
/// Contingency below this cover is amber.
pub const COVER_AMBER: &str = "contingency_cover_amber";
/// Days ahead within which a decision is due soon.
pub const DECISION_SOON: &str = "decision_soon_days";

fn limits(context: &Context<'_>) -> [(&'static str, f64, &'static str); 11] {
    let limits = &context.portfolio().settings.thresholds;
    #[expect(clippy::cast_precision_loss, reason = "limits are small")]
    let [days, red, amber, soon] = [limits.milestone_red_days, RED_SCORE, AMBER_SCORE, SOON_DAYS].map(|limit| limit as f64);
    [
        (INDEX_GREEN, limits.index_green, "CPI and SPI(t) at or above this are green."),
        (INDEX_RED, limits.index_red, "CPI and SPI(t) below this are red; in between they are amber."),
        (COMMENTARY, limits.commentary_share, "A variance beyond this share of its reference asks for the owner's commentary."),
        (VARIANCE, limits.variance_share, "An earned value variance beyond this share of its base asks for an explanation."),
        (MILESTONE_RED, days, "A milestone this many working days late, or more, is red; late at all, amber."),
        (OVER_ALLOCATION, limits.over_allocation, "Booked units above this share of capacity are over capacity."),
        (RISK_RED, red, "An open risk with this score, or more, is red. Scores run from 1 to 25."),
        (RISK_AMBER, amber, "An open risk with this score, or more, is amber."),
        (COVER_RED, reserves::COVER_RED, "Contingency that covers less than this many times the residual exposure is red."),
        (COVER_AMBER, reserves::COVER_AMBER, "Contingency that covers less than this many times the residual exposure is amber."),
        (DECISION_SOON, soon, "An open decision needed within this many days is amber; past its date, red."),
    ]
}

/// The limits.
#[must_use]
pub fn table(context: &Context<'_>) -> Table {
    let rows = limits(context)
        .into_iter()
        .map(|(name, value, words)| vec![Cell::text(name), Value::Number(value).into(), Cell::text(words)])
        .collect();
    let columns =
        vec![Column::text("Limit").wide(24), Column::new("Value", Kind::Number(3)), Column::new("Meaning", Kind::Prose).wide(80)];
    Table::new(TABLE, columns).rows(rows)
}

/// Names for the limits.
#[must_use]
pub fn names(context: &Context<'_>) -> Vec<DefinedName> {
    let name = |(row, (name, _, _)): (usize, (&str, f64, &str))| DefinedName {
        name: name.to_string(),
        table: TABLE.to_string(),
        row,
        column: "Value".to_string(),
    };
    limits(context).into_iter().enumerate().map(name).collect()
}
