//! Settings of the model and the analyses: the typed part of `portfolio.toml` that concerns them.

use crate::base::day::Moment;
use crate::base::id::CalendarId;
use crate::base::money::Currency;
use crate::base::period::{FiscalCalendar, Period};
use crate::model::scheduling::ScheduleOptions;
use rust_decimal::Decimal;

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

/// How earned schedule reads the curve of planned value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EarnedScheduleConvention {
    /// At every instant, on the time-phased baseline.
    Continuous,
    /// At the ends of periods, with straight lines between them (Lipke).
    Periodic,
}

/// How money is closed, committed and paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FinanceSettings {
    /// The last period that is closed; none where no period is.
    pub closed_through: Option<Period>,
    /// Working days after a period's end on which it closes; what is entered later is late.
    pub closes_after_days: i64,
    /// True where the forecast also holds what orders will cost; false where it comes on top of them.
    pub forecast_holds_orders: bool,
    /// Days from a cost that is forecast or accrued to its payment.
    pub payment_days: i64,
    /// Changes between the same two places within this many days are looked at as one.
    pub split_days: i64,
    /// Periods over which the burn rate is averaged.
    pub burn_periods: usize,
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
    /// An earned value variance beyond this share of its base asks for an explanation, where it also passes the amount.
    pub variance_share: f64,
    /// The amount, in major units of the reporting currency, that such a variance must pass too; none for no amount.
    pub variance_amount: Option<Decimal>,
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
    /// How earned schedule reads the curve of planned value.
    pub earned_schedule: EarnedScheduleConvention,
    /// The largest share that percent complete earns before an activity has finished, as a fraction; none for no cap.
    pub percent_cap: Option<f64>,
    /// True where percent complete counts between weighted steps, up to the weight of the step that is under way.
    pub percent_between_steps: bool,
    /// The share of what is earned out of sequence that will not have to be done again, as a fraction (Lipke's R).
    pub usable_out_of_sequence: f64,
    /// How money is closed, committed and paid.
    pub finance: FinanceSettings,
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
            earned_schedule: EarnedScheduleConvention::Continuous,
            percent_cap: None,
            percent_between_steps: false,
            usable_out_of_sequence: 0.5,
            finance: FinanceSettings::default(),
            baseline: None,
            thresholds: Thresholds::default(),
            risk_bands: RiskBands::default(),
            schedule: ScheduleOptions::p6(),
            seed: 1,
        }
    }
}

impl Default for Thresholds {
    /// Indices: green from 0.95, red below 0.85; commentary and explanations from 10 %, of any amount; a milestone is red from 10 days late; over
    /// capacity above 100 %; exchange rates agree within 0.5 %.
    fn default() -> Self {
        Self {
            index_green: 0.95,
            index_red: 0.85,
            commentary_share: 0.10,
            variance_share: 0.10,
            variance_amount: None,
            milestone_red_days: 10,
            over_allocation: 1.0,
            exchange_tolerance: 0.005,
        }
    }
}

impl Default for FinanceSettings {
    /// No period closed; a period closes five working days after its end; the forecast holds the orders; paid after 30
    /// days; changes within 30 days looked at as one; burn over three periods.
    fn default() -> Self {
        Self {
            closed_through: None,
            closes_after_days: 5,
            forecast_holds_orders: true,
            payment_days: 30,
            split_days: 30,
            burn_periods: 3,
        }
    }
}

impl Default for RiskBands {
    /// Probability: 10 %, 30 %, 50 %, 70 %. Cost as a share of the approved budget: 1 %, 2.5 %, 5 %, 10 %.
    fn default() -> Self {
        Self { probability: [0.10, 0.30, 0.50, 0.70], cost_share: [0.01, 0.025, 0.05, 0.10] }
    }
}
