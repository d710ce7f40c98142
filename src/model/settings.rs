//! Settings of the model and the analyses: the typed part of `portfolio.toml` that concerns them.

use crate::base::day::Moment;
use crate::base::id::CalendarId;
use crate::base::money::Currency;
use crate::base::period::FiscalCalendar;

/// Where actual cost is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActualCostSource {
    /// The ledger when any line maps to the initiative, else progress.
    Automatic,
    /// The ledger.
    Ledger,
    /// Progress reports.
    Progress,
}

/// Which point of a flat planned-value curve earned schedule takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlatCurve {
    /// The earliest instant at which planned value reaches earned value.
    Earliest,
    /// The last period whose planned value is not above earned value (Lipke).
    Latest,
}

/// Limits behind each rating; printed beside every RAG.
#[derive(Clone, Debug, PartialEq)]
pub struct Thresholds {
    /// An index at or above this is green.
    pub index_green: f64,
    /// An index below this is red.
    pub index_red: f64,
    /// A cost or schedule variance beyond this share asks for commentary.
    pub commentary_share: f64,
    /// Days late at which a milestone is red.
    pub milestone_red_days: i64,
    /// Allocation above this share of capacity is over capacity.
    pub over_allocation: f64,
}

/// Settings of the portfolio.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Name of the portfolio.
    pub name: String,
    /// As-of date or instant, as given: 00:00 means a date.
    pub as_of: Moment,
    /// Reporting currency.
    pub reporting_currency: Currency,
    /// Fiscal year and period scheme.
    pub fiscal: FiscalCalendar,
    /// Default calendar; none for Monday to Friday, 08:00 to 12:00 and 13:00 to 17:00.
    pub default_calendar: Option<CalendarId>,
    /// Where actual cost is taken from.
    pub actual_cost: ActualCostSource,
    /// Freeze the actual time at the actual finish.
    pub freeze_at_finish: bool,
    /// Which point of a flat planned-value curve earned schedule takes.
    pub flat_curve: FlatCurve,
    /// Name of the baseline that governs; none for the latest approved, else the only one.
    pub baseline: Option<String>,
    /// Limits behind each rating.
    pub thresholds: Thresholds,
    /// Seed of every random stream.
    pub seed: u64,
}
