//! What earned value analysis says: the base measures of each scope at each status date, and what follows from them.
//! Amounts are exact decimals in major units of the scope's currency; time is working minutes since the project's start.

use super::curve::PlannedCurve;
use super::views::{ChangeLogEntry, EstimateRange, PeriodEarnedValue, ScopeEarnedValue, Staffing, VarianceToExplain};
use crate::analysis::measure::{Measure, Undefined};
use crate::base::day::Moment;
use crate::base::id::InitiativeId;
use crate::base::money::{Currency, Money, MoneyError};
use crate::model::activity::ActivityIndex;
use rust_decimal::Decimal;

/// Earned value of the whole portfolio.
#[derive(Clone, Debug)]
pub struct EarnedValue {
    /// Every status date of any initiative, oldest first; the last is the data date.
    pub status_dates: Vec<Moment>,
    /// The portfolio, in the reporting currency.
    pub portfolio: PortfolioEarnedValue,
    /// By initiative, as [`crate::model::portfolio::Portfolio::initiatives`].
    pub initiatives: Vec<InitiativeEarnedValue>,
    /// Every scope: the portfolio, its organisations, then by initiative itself, its control accounts, its organisations and
    /// its work packages in the order of the plan.
    pub scopes: Vec<ScopeEarnedValue>,
    /// Every scope by period, in the order of `scopes`, each from its first to its last period.
    pub periods: Vec<PeriodEarnedValue>,
    /// Variances of initiatives and control accounts that pass the thresholds.
    pub variances: Vec<VarianceToExplain>,
    /// Baselines by initiative, in the order of approval.
    pub change_log: Vec<ChangeLogEntry>,
    /// Hours of work by initiative, organisation and period.
    pub staffing: Vec<Staffing>,
}

/// The portfolio: sums of its initiatives, indices worked out anew from the sums.
#[derive(Clone, Debug)]
pub struct PortfolioEarnedValue {
    /// Reporting currency.
    pub currency: Currency,
    /// At each of [`EarnedValue::status_dates`].
    pub history: Vec<Performance>,
    /// Sum of the initiatives' own estimates at completion at the data date, beside the one worked out from the sums.
    pub sum_of_estimates: Measure<Decimal>,
    /// Initiatives that the sums hold.
    pub counted: Vec<InitiativeId>,
    /// Initiatives that they do not hold, and why.
    pub left_out: Vec<(InitiativeId, Undefined)>,
    /// What each counted initiative adds to the sums at the data date.
    pub contributions: Vec<Contribution>,
    /// Planned value over time.
    pub curve: PlannedCurve,
    /// What the formulas span, of the sums.
    pub range: EstimateRange,
    /// The part of the cost variance that comes from exchange: actual cost at budget rates less as booked. Negative where
    /// exchange made it dearer. The rest of the cost variance is performance.
    pub exchange_variance: Measure<Decimal>,
}

/// What an initiative adds to the portfolio's sums, in the reporting currency.
#[derive(Clone, Debug)]
pub struct Contribution {
    /// Which.
    pub initiative: InitiativeId,
    /// Its budget rate: units of the reporting currency for one of its own.
    pub rate: Decimal,
    /// Base measures at the data date.
    pub base: Base,
    /// Actual cost at the budget rate: less the actual cost as booked, it is the effect of exchange.
    pub actual_at_budget_rate: Measure<Decimal>,
    /// Its own estimate at completion at the budget rate.
    pub estimate_at_completion: Measure<Decimal>,
}

/// One initiative.
#[derive(Clone, Debug)]
pub struct InitiativeEarnedValue {
    /// Which.
    pub initiative: InitiativeId,
    /// Its currency, of every amount here.
    pub currency: Currency,
    /// Where planned dates come from.
    pub dates: BaselineDates,
    /// Where budgets come from.
    pub basis: CostBasis,
    /// Where actual cost comes from.
    pub actual_cost: ActualCostBasis,
    /// At its own status dates, oldest first; the last is the data date.
    pub history: Vec<Performance>,
    /// By activity that has a budget, progress or actual cost; in the order of the portfolio.
    pub activities: Vec<ActivityEarnedValue>,
    /// Planned value over time.
    pub curve: PlannedCurve,
    /// What the formulas span at the data date, and the estimate from the bottom up.
    pub range: EstimateRange,
    /// Measures in time of the longest path of the plan alone, from its activities' planned and earned value; none without a
    /// path. Source: Lipke, *Earned Schedule* (2009), on the critical path.
    pub critical_path: Option<CriticalPath>,
    /// Undistributed budget, UB: the current budget of the cost position that is not in the budget at completion. Negative
    /// where more is in the plan than the budget holds. Contingency that is planned as work is in BAC; management reserve
    /// is in neither.
    pub undistributed_budget: Measure<Decimal>,
}

impl InitiativeEarnedValue {
    /// How things stand at the data date; none where the initiative has no activities.
    #[must_use]
    pub fn current(&self) -> Option<&Performance> {
        self.history.last()
    }
}

/// Earned schedule of the longest path.
#[derive(Clone, Debug)]
pub struct CriticalPath {
    /// Its activities, in order.
    pub activities: Vec<ActivityIndex>,
    /// What they add up to at the data date.
    pub current: Performance,
}

/// One activity.
#[derive(Clone, Debug)]
pub struct ActivityEarnedValue {
    /// Which.
    pub activity: ActivityIndex,
    /// Baseline start and finish; none where it is not in the baseline.
    pub baseline: Option<(Moment, Moment)>,
    /// Base measures at each status date of its initiative.
    pub history: Vec<Base>,
}

/// Where planned dates come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BaselineDates {
    /// A baseline of the Baselines table.
    Named(String),
    /// Baseline start and finish of the Activities table.
    Activities,
    /// No baseline is given: the early dates of the planned schedule stand in.
    EarlySchedule,
}

impl BaselineDates {
    /// For a sheet.
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Self::Named(name) => format!("baseline {name}"),
            Self::Activities => "baseline dates of the Activities table".into(),
            Self::EarlySchedule => "early dates of the plan (no baseline given)".into(),
        }
    }
}

/// Where budgets come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CostBasis {
    /// Cost of the baseline's activities.
    BaselineCost,
    /// The activities' fixed cost, cost per hour and priced assignments.
    ActivityCost,
    /// Budget column of the Activities table.
    ActivityBudget,
    /// Nothing gives a budget.
    None,
}

impl CostBasis {
    /// For a sheet.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::BaselineCost => "baseline cost",
            Self::ActivityCost => "fixed cost, cost per hour and assignments × rates",
            Self::ActivityBudget => "budget of the activities",
            Self::None => "no budget given",
        }
    }
}

/// Where actual cost comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActualCostBasis {
    /// The ledger, to the activity.
    Ledger,
    /// The ledger, which names no activity: initiative level alone.
    LedgerByInitiative,
    /// Actual cost of the progress readings.
    Progress,
    /// Nothing gives an actual cost.
    None,
}

impl ActualCostBasis {
    /// For a sheet.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Ledger => "ledger",
            Self::LedgerByInitiative => "ledger, by initiative",
            Self::Progress => "progress reports",
            Self::None => "not recorded",
        }
    }
}

/// Base measures of a scope at a status date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Base {
    /// Status date.
    pub status: Moment,
    /// Currency of the amounts.
    pub currency: Currency,
    /// Budget at completion, BAC.
    pub budget_at_completion: Decimal,
    /// Planned value, PV (budgeted cost of work scheduled).
    pub planned_value: Decimal,
    /// Earned value, EV (budgeted cost of work performed).
    pub earned_value: Decimal,
    /// Actual cost, AC (actual cost of work performed).
    pub actual_cost: Measure<Decimal>,
}

impl Base {
    /// Nothing, to add to.
    #[must_use]
    pub const fn zero(status: Moment, currency: Currency) -> Self {
        Self {
            status,
            currency,
            budget_at_completion: Decimal::ZERO,
            planned_value: Decimal::ZERO,
            earned_value: Decimal::ZERO,
            actual_cost: Ok(Decimal::ZERO),
        }
    }

    /// Adds the measures of another scope in the same currency. Without one of the actual costs there is no sum of them.
    pub fn add(&mut self, other: &Self) {
        self.budget_at_completion += other.budget_at_completion;
        self.planned_value += other.planned_value;
        self.earned_value += other.earned_value;
        self.actual_cost = self.actual_cost.and_then(|sum| sum.checked_add(other.actual_cost?).ok_or(Undefined::TooLarge));
    }

    /// An amount of this scope rounded to the minor unit, as it is reported.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn money(&self, amount: Decimal) -> Result<Money, MoneyError> {
        Money::rounded(amount, self.currency)
    }
}

/// Base measures and all that follows from them.
#[derive(Clone, Debug, PartialEq)]
pub struct Performance {
    /// Base measures.
    pub base: Base,
    /// Variances, indices and estimates in money.
    pub cost: CostMeasures,
    /// Measures and forecasts in time.
    pub time: TimeMeasures,
}

/// Something odd about base measures, to be shown beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Oddity {
    /// Value is earned and nothing is spent: actual costs are missing.
    ActualsMissing,
    /// Earned value or actual cost is negative.
    Negative,
    /// Earned value is above the budget; indices take it as the budget.
    EarnedAboveBudget,
}

/// The rate at which the work left is expected to be done: the performance factor of an estimate at completion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PerformanceFactor {
    /// As planned: 1.
    Planned,
    /// Cost performance index, CPI.
    Cpi,
    /// Schedule performance index, SPI.
    Spi,
    /// Schedule performance index of time, SPI(t).
    SpiTime,
    /// Schedule cost index, SCI = SPI × CPI.
    Sci,
    /// Schedule cost index of time, SCI(t) = SPI(t) × CPI.
    SciTime,
    /// 0.8 CPI + 0.2 SPI.
    WeightedSpi,
    /// 0.8 CPI + 0.2 SPI(t).
    WeightedSpiTime,
    /// CPI of the last three periods.
    LastThree,
    /// CPI of the last six periods.
    LastSix,
}

impl PerformanceFactor {
    /// All, in the order of the tables.
    pub const ALL: [Self; 10] = [
        Self::Planned,
        Self::Cpi,
        Self::Spi,
        Self::SpiTime,
        Self::Sci,
        Self::SciTime,
        Self::WeightedSpi,
        Self::WeightedSpiTime,
        Self::LastThree,
        Self::LastSix,
    ];

    /// As it is written in a table.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Planned => "1",
            Self::Cpi => "CPI",
            Self::Spi => "SPI",
            Self::SpiTime => "SPI(t)",
            Self::Sci => "SCI",
            Self::SciTime => "SCI(t)",
            Self::WeightedSpi => "0.8 CPI + 0.2 SPI",
            Self::WeightedSpiTime => "0.8 CPI + 0.2 SPI(t)",
            Self::LastThree => "CPI of 3 periods",
            Self::LastSix => "CPI of 6 periods",
        }
    }
}

/// Variances, indices and estimates in money. Sources: ANSI/EIA-748; PMI, Practice Standard for Earned Value Management.
#[derive(Clone, Debug, PartialEq)]
pub struct CostMeasures {
    /// SV = EV − PV.
    pub schedule_variance: Decimal,
    /// CV = EV − AC.
    pub cost_variance: Measure<Decimal>,
    /// SV % = SV / PV, as a fraction.
    pub schedule_variance_share: Measure<f64>,
    /// CV % = CV / EV, as a fraction.
    pub cost_variance_share: Measure<f64>,
    /// SPI = EV / PV.
    pub schedule_performance_index: Measure<f64>,
    /// CPI = EV / AC.
    pub cost_performance_index: Measure<f64>,
    /// SCI = SPI × CPI.
    pub schedule_cost_index: Measure<f64>,
    /// CPI of the last three and of the last six periods: what was earned in them by what was spent.
    pub recent_cost_indices: [Measure<f64>; 2],
    /// Share of the budget that is earned: EV / BAC.
    pub percent_complete: Measure<f64>,
    /// Share of the budget that is spent: AC / BAC.
    pub percent_spent: Measure<f64>,
    /// Budgeted cost of the work left: BAC − EV.
    pub work_remaining: Measure<Decimal>,
    /// Estimates at completion, one by performance factor, as [`PerformanceFactor::ALL`].
    pub estimates: [Measure<Decimal>; 10],
    /// The headline estimate at completion, EAC: by CPI; as planned where there is no CPI yet.
    pub estimate_at_completion: Measure<Decimal>,
    /// The factor behind the headline.
    pub estimate_factor: PerformanceFactor,
    /// ETC = EAC − AC.
    pub estimate_to_complete: Measure<Decimal>,
    /// VAC = BAC − EAC.
    pub variance_at_completion: Measure<Decimal>,
    /// TCPI to meet the budget: (BAC − EV) / (BAC − AC).
    pub to_complete_index_budget: Measure<f64>,
    /// TCPI to meet the estimate: (BAC − EV) / (EAC − AC).
    pub to_complete_index_estimate: Measure<f64>,
    /// What is odd about the base measures.
    pub oddities: Vec<Oddity>,
}

impl CostMeasures {
    /// The estimate at completion by a performance factor.
    ///
    /// # Errors
    /// The reason why there is none.
    pub fn estimate(&self, factor: PerformanceFactor) -> Measure<Decimal> {
        let position = PerformanceFactor::ALL.iter().position(|each| *each == factor).unwrap_or(0);
        self.estimates[position]
    }
}

/// The ways to forecast the finish. Source: Vandevoorde & Vanhoucke, International Journal of Project Management 24 (2006).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeForecast {
    /// Planned value method, as planned.
    PlannedValue,
    /// Planned value method by SPI.
    PlannedValueSpi,
    /// Planned value method by SCI.
    PlannedValueSci,
    /// Earned duration method, as planned.
    EarnedDuration,
    /// Earned duration method by SPI.
    EarnedDurationSpi,
    /// Earned duration method by SCI.
    EarnedDurationSci,
    /// Earned schedule method, as planned.
    EarnedSchedule,
    /// Earned schedule method by SPI(t).
    EarnedScheduleSpiTime,
    /// Earned schedule method by SCI(t).
    EarnedScheduleSciTime,
}

impl TimeForecast {
    /// All, in the order of the tables.
    pub const ALL: [Self; 9] = [
        Self::PlannedValue,
        Self::PlannedValueSpi,
        Self::PlannedValueSci,
        Self::EarnedDuration,
        Self::EarnedDurationSpi,
        Self::EarnedDurationSci,
        Self::EarnedSchedule,
        Self::EarnedScheduleSpiTime,
        Self::EarnedScheduleSciTime,
    ];

    /// As it is written in a table.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::PlannedValue => "PV, PF = 1",
            Self::PlannedValueSpi => "PV, PF = SPI",
            Self::PlannedValueSci => "PV, PF = SCI",
            Self::EarnedDuration => "ED, PF = 1",
            Self::EarnedDurationSpi => "ED, PF = SPI",
            Self::EarnedDurationSci => "ED, PF = SCI",
            Self::EarnedSchedule => "ES, PF = 1",
            Self::EarnedScheduleSpiTime => "ES, PF = SPI(t)",
            Self::EarnedScheduleSciTime => "ES, PF = SCI(t)",
        }
    }
}

/// Measures and forecasts in time, in working minutes of the project's calendar from the project's start.
/// Source: Lipke, "Schedule is Different", The Measurable News (2003).
#[derive(Clone, Debug, PartialEq)]
pub struct TimeMeasures {
    /// The project's start on the baseline; none without baseline dates.
    pub start: Option<Moment>,
    /// Minutes that count as one day.
    pub minutes_per_day: i64,
    /// PD: from the baseline's start to its finish.
    pub planned_duration: i64,
    /// AT: from the start to the status date; frozen at the actual finish where the setting says so.
    pub actual_time: i64,
    /// ES: the time at which the plan should have earned what is earned.
    pub earned_schedule: Measure<i64>,
    /// The moment of ES.
    pub earned_schedule_at: Measure<Moment>,
    /// SV(t) = ES − AT.
    pub schedule_variance: Measure<i64>,
    /// SPI(t) = ES / AT.
    pub schedule_performance_index: Measure<f64>,
    /// SCI(t) = SPI(t) × CPI.
    pub schedule_cost_index: Measure<f64>,
    /// ED = AT × SPI.
    pub earned_duration: Measure<i64>,
    /// TSPI = (PD − ES) / (PD − AT).
    pub to_complete_index: Measure<f64>,
    /// TSPI to meet the forecast by earned schedule and SPI(t): (PD − ES) / (that forecast − AT).
    pub to_complete_index_estimate: Measure<f64>,
    /// p-factor: the share of what is planned by ES that is earned where it was planned. Source: Lipke (2004).
    pub schedule_adherence: Measure<f64>,
    /// EV(e): earned value without what is earned out of sequence and will be done again.
    pub effective_earned_value: Measure<Decimal>,
    /// Forecast durations, by method, as [`TimeForecast::ALL`].
    pub forecasts: [Measure<i64>; 9],
    /// The finishes of those durations.
    pub finishes: [Measure<Moment>; 9],
}

impl TimeMeasures {
    /// Minutes as days of the project's calendar.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "minutes of a project are far below 2^52")]
    pub fn days(&self, minutes: i64) -> f64 {
        minutes as f64 / self.minutes_per_day.max(1) as f64
    }

    /// The forecast finish by a method.
    ///
    /// # Errors
    /// The reason why there is none.
    pub fn finish(&self, method: TimeForecast) -> Measure<Moment> {
        let position = TimeForecast::ALL.iter().position(|each| *each == method).unwrap_or(0);
        self.finishes[position]
    }
}
