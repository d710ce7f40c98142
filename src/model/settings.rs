//! Settings of the model and the analyses: the typed part of `portfolio.toml` that concerns them.

use crate::base::day::Moment;
use crate::base::id::CalendarId;
use crate::base::money::Currency;
use crate::base::period::FiscalCalendar;
use crate::model::scheduling::ScheduleOptions;

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
    /// By how much, as a share, exchange rates may disagree with their inverse or with two rates through a third currency.
    pub exchange_tolerance: f64,
}

/// Upper bounds of the bands 1 to 4 of a risk's score; what lies above the last is in band 5. A value on a bound belongs
/// to the lower band.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RiskBands {
    /// Of probability, as a fraction.
    pub probability: [f64; 4],
    /// Of likely cost as a share of the initiative's approved budget, for risks without an impact score of their own.
    pub cost_share: [f64; 4],
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
    /// Bands of risk scores.
    pub risk_bands: RiskBands,
    /// Choices of the scheduling method, where an initiative has none of its own.
    pub schedule: ScheduleOptions,
    /// Seed of every random stream.
    pub seed: u64,
}

impl Settings {
    /// The settings of a portfolio for which `portfolio.toml` says nothing else: calendar years, the standard calendar,
    /// the limits of [`Thresholds::default`] and [`RiskBands::default`].
    #[must_use]
    pub fn new(name: &str, as_of: Moment, reporting_currency: Currency) -> Self {
        Self {
            name: name.to_string(),
            as_of,
            reporting_currency,
            fiscal: FiscalCalendar::default(),
            default_calendar: None,
            actual_cost: ActualCostSource::Automatic,
            freeze_at_finish: true,
            flat_curve: FlatCurve::Earliest,
            baseline: None,
            thresholds: Thresholds::default(),
            risk_bands: RiskBands::default(),
            schedule: ScheduleOptions::p6(),
            seed: 1,
        }
    }
}

impl Default for Thresholds {
    /// Indices: green from 0.95, red below 0.85; commentary from 10 %; a milestone is red from 10 days late; over
    /// capacity above 100 %; exchange rates agree within 0.5 %.
    fn default() -> Self {
        Self {
            index_green: 0.95,
            index_red: 0.85,
            commentary_share: 0.10,
            milestone_red_days: 10,
            over_allocation: 1.0,
            exchange_tolerance: 0.005,
        }
    }
}

impl Default for RiskBands {
    /// Probability: 10 %, 30 %, 50 %, 70 %. Cost as a share of the approved budget: 1 %, 2.5 %, 5 %, 10 %.
    fn default() -> Self {
        Self { probability: [0.10, 0.30, 0.50, 0.70], cost_share: [0.01, 0.025, 0.05, 0.10] }
    }
}
