//! `portfolio.toml` as it is written. Unknown keys are errors with a suggestion; [`super::workspace`] resolves what it
//! means.

use serde::Deserialize;

/// The whole file, but for its sources and contracts, which `table::mapping` reads.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettingsFile {
    /// Name of the portfolio.
    pub name: String,
    /// As-of date, instant, or `month-end`.
    pub as_of: Option<toml::Value>,
    /// ISO 4217 code.
    pub reporting_currency: String,
    /// Fiscal year.
    #[serde(default)]
    pub fiscal_year: FiscalYear,
    /// Id of the default calendar.
    pub default_calendar: Option<String>,
    /// Earned value.
    #[serde(default)]
    pub earned_value: EarnedValueChoices,
    /// Closing, orders, payment.
    #[serde(default)]
    pub finance: FinanceChoices,
    /// Rules of scheduling, by the names of their options.
    #[serde(default)]
    pub schedule: toml::Table,
    /// Limits behind ratings.
    #[serde(default)]
    pub thresholds: ThresholdChoices,
    /// Bands of risk scores.
    #[serde(default)]
    pub risk_bands: RiskBandChoices,
    /// Where inputs are.
    #[serde(default)]
    pub inputs: InputChoices,
    /// What outputs look like.
    #[serde(default)]
    pub output: OutputChoices,
}

/// The fiscal year.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FiscalYear {
    /// Month in which it starts, 1 to 12; January where nothing is said.
    pub start_month: Option<u8>,
    /// The calendar year it is named after.
    pub named_after: Option<NamedAfter>,
    /// How it is divided.
    pub periods: Option<Periods>,
    /// For week-based years: the day on which the year ends.
    pub year_end: Option<YearEndChoice>,
}

/// The calendar year that names a fiscal year.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NamedAfter {
    /// The one in which it starts.
    Start,
    /// The one in which it ends.
    End,
}

/// How a fiscal year is divided.
#[derive(Clone, Copy, Debug, Deserialize)]
pub enum Periods {
    /// Calendar months.
    #[serde(rename = "calendar-months")]
    CalendarMonths,
    /// Weeks, 4-4-5.
    #[serde(rename = "4-4-5")]
    FourFourFive,
    /// Weeks, 4-5-4.
    #[serde(rename = "4-5-4")]
    FourFiveFour,
    /// Weeks, 5-4-4.
    #[serde(rename = "5-4-4")]
    FiveFourFour,
}

/// The day on which a week-based year ends.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearEndChoice {
    /// Day of the week, in English.
    pub weekday: String,
    /// Month, 1 to 12.
    pub month: u8,
    /// Last such day of the month, or the one nearest its end.
    pub rule: YearEndRuleChoice,
}

/// Which such day.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum YearEndRuleChoice {
    /// The last of the month.
    Last,
    /// The one nearest to the month's end.
    Nearest,
}

/// Choices of earned value.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EarnedValueChoices {
    /// automatic, ledger or progress.
    pub actual_cost: Option<ActualCostChoice>,
    /// Name of the governing baseline.
    pub baseline: Option<String>,
    /// Freeze the actual time at the actual finish.
    pub freeze_at_finish: Option<bool>,
    /// earliest or latest.
    pub flat_curve: Option<FlatCurveChoice>,
    /// continuous or periodic.
    pub earned_schedule: Option<EarnedScheduleChoice>,
    /// The largest share that percent complete earns before the finish.
    pub percent_cap: Option<f64>,
    /// Percent complete counts between weighted steps.
    pub percent_between_steps: Option<bool>,
    /// The share of what is earned out of sequence that will not have to be done again.
    pub usable_out_of_sequence: Option<f64>,
}

/// How earned schedule reads the curve of planned value.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EarnedScheduleChoice {
    /// At every instant.
    Continuous,
    /// At the ends of periods.
    Periodic,
}

/// Choices of closing, orders and payment.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FinanceChoices {
    /// The last closed period: `FY2027-P06`, a month or a date.
    pub closed_through: Option<toml::Value>,
    /// Working days after a period's end on which it closes.
    pub closes_after_days: Option<i64>,
    /// True where the forecast holds what orders will cost.
    pub forecast_holds_orders: Option<bool>,
    /// Days from a cost to its payment.
    pub payment_days: Option<i64>,
    /// Days within which changes between the same places are looked at as one.
    pub split_days: Option<i64>,
    /// Periods over which the burn rate is averaged.
    pub burn_periods: Option<i64>,
}

/// Where actual cost is taken from.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActualCostChoice {
    /// The ledger when any line maps, else progress.
    Automatic,
    /// The ledger.
    Ledger,
    /// Progress reports.
    Progress,
}

/// Which point of a flat planned-value curve earned schedule takes.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FlatCurveChoice {
    /// The earliest.
    Earliest,
    /// The latest.
    Latest,
}

/// Limits behind ratings.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThresholdChoices {
    /// An index at or above this is green.
    pub index_green: Option<f64>,
    /// An index below this is red.
    pub index_red: Option<f64>,
    /// A variance beyond this share asks for commentary.
    pub commentary_share: Option<f64>,
    /// An earned value variance beyond this share asks for an explanation.
    pub variance_share: Option<f64>,
    /// And beyond this amount of the reporting currency.
    pub variance_amount: Option<toml::Value>,
    /// Days late at which a milestone is red.
    pub milestone_red_days: Option<i64>,
    /// Allocation above this share of capacity is over capacity.
    pub over_allocation: Option<f64>,
    /// By how much, as a share, exchange rates may disagree with their inverse or a third currency.
    pub exchange_tolerance: Option<f64>,
}

/// Bands of risk scores: upper bounds of bands 1 to 4, as shares.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiskBandChoices {
    /// Of probability.
    pub probability: Option<[f64; 4]>,
    /// Of likely cost over the initiative's approved budget.
    pub cost_share: Option<[f64; 4]>,
}

/// Where inputs are.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputChoices {
    /// Folder of inputs, below the workspace; `inputs` where nothing is said.
    pub folder: Option<String>,
}

/// What outputs look like.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutputChoices {
    /// Folder of outputs, below the workspace; `out` where nothing is said.
    pub folder: Option<String>,
    /// `default`, `colour-blind-safe`, or a `.thmx` or workbook file below the workspace.
    pub theme: Option<String>,
    /// A png or jpg file below the workspace.
    pub logo: Option<String>,
}
