//! A figure that may not exist. Where it does not, the reason takes its place: never 0, infinity or NaN.

use std::fmt;

/// A figure, or the reason why there is none.
pub type Measure<T> = Result<T, Undefined>;

/// Why a figure does not exist. Shown as `n/a` with [`Undefined::reason`] beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Undefined {
    /// Nothing is planned to have started yet: planned value is 0.
    NothingPlannedYet,
    /// There is no budget: budget at completion is 0.
    NoBudget,
    /// Nothing spent and nothing earned yet.
    NothingSpentYet,
    /// Value is earned and no actual cost is recorded.
    ActualsMissing,
    /// No source gives an actual cost.
    NoActualCost,
    /// The ledger names no activity of the initiative.
    LedgerWithoutActivities,
    /// Money is spent and nothing is earned yet, so no rate can be taken from it.
    NothingEarnedYet,
    /// Earned value or actual cost is below zero.
    Negative,
    /// All the budget is earned.
    Complete,
    /// The rest of the budget is spent, or more than it: the budget cannot be met.
    NotAchievable,
    /// The estimate at completion is spent, or more than it.
    EstimateSpent,
    /// The project has not started, so no time has passed.
    NoTimePassed,
    /// The planned duration is 0.
    NoDuration,
    /// The time left until the planned finish is used up.
    PlannedTimeUsedUp,
    /// The rate to be divided by is 0.
    ZeroRate,
    /// There are no dates to plan value over.
    NoBaseline,
    /// No exchange rate leads to the reporting currency.
    NoExchangeRate,
    /// Part of the actual cost has no budget rate.
    NoBudgetRate,
    /// Orders and what they cover are not told by period.
    NotByPeriod,
    /// The budget is used up.
    BudgetUsedUp,
    /// Nothing was spent in the periods that the rate is taken from.
    NothingSpentLately,
    /// A fund whose first movement takes from it: what it opened with is not told.
    NoOpening,
    /// Too large to calculate with.
    TooLarge,
    /// The initiative is not approved yet.
    NotApproved,
    /// The initiative is cancelled.
    Cancelled,
    /// No workbook gives the table that this is taken from.
    NoTable,
    /// There is no forecast of what is still to come.
    NoForecast,
    /// Nothing has been measured up to the as-of date.
    NoReading,
    /// No target is given for it.
    NoTarget,
    /// No thresholds are given, or they are in the wrong order.
    NoThresholds,
    /// Too few readings to tell.
    TooFewReadings,
    /// No impact is given, in money, days or points.
    NoImpact,
    /// No amount of money is given.
    NoAmount,
    /// The capacity is not given.
    NoCapacity,
    /// What it is to be compared with is 0.
    NothingToCompare,
    /// No month is closed yet.
    NoClosedMonth,
    /// The last closed month did not hold it.
    NotInClosedMonth,
    /// Nothing of the kind that is counted is there.
    NothingToCount,
    /// By the baseline nothing was due yet.
    NothingDueYet,
    /// The figure is reported, and no limit is set for it.
    ReportedOnly,
    /// No unfinished work is on the critical path.
    NoCriticalWork,
    /// An activity of the chain has no pessimistic estimate.
    NoPessimisticEstimate,
    /// No activity with a duration leads to the buffer that is not on the critical chain already.
    NoChain,
    /// No hours of work are given.
    NoHours,
    /// No reading lies in the period, so what was earned by its end is not told.
    NotToldForPeriod,
    /// The rule or figure does not apply to it.
    NotApplicable,
    /// Nobody is named who approved it.
    NoApprover,
    /// Nobody is named who asked for it.
    NoRequester,
    /// The People table gives the person no role, so that no limit of authority is theirs.
    NoRole,
    /// No limit of authority is given for the body or role.
    NoAuthorityLimit,
    /// No date is given.
    NoDate,
    /// No movement of a reserve is recorded up to the as-of date.
    NoMovement,
    /// No risk is named.
    NoRiskNamed,
    /// No funding is given for it.
    NoFunding,
    /// The periods that it is taken over are not all told.
    TooFewPeriods,
}

impl Undefined {
    /// The reason in words, to follow "n/a:".
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::NothingPlannedYet => "not started by plan",
            Self::NoBudget => "no budget",
            Self::NothingSpentYet => "nothing spent and nothing earned yet",
            Self::ActualsMissing => "value is earned and no actual cost is recorded",
            Self::NoActualCost => "no actual cost recorded",
            Self::LedgerWithoutActivities => "the ledger names no activities",
            Self::NothingEarnedYet => "nothing earned yet",
            Self::Negative => "earned value or actual cost is negative",
            Self::Complete => "complete",
            Self::NotAchievable => "not achievable: the budget is spent",
            Self::EstimateSpent => "the estimate is spent",
            Self::NoTimePassed => "no time has passed since the start",
            Self::NoDuration => "no planned duration",
            Self::PlannedTimeUsedUp => "the planned time is used up",
            Self::ZeroRate => "the rate is 0",
            Self::NoBaseline => "no baseline dates",
            Self::NoExchangeRate => "no exchange rate to the reporting currency",
            Self::NoBudgetRate => "no budget rate for part of the actual cost",
            Self::NotByPeriod => "orders name no period",
            Self::BudgetUsedUp => "the budget is used up",
            Self::NothingSpentLately => "nothing spent in the last periods",
            Self::NoOpening => "no opening before the first draw",
            Self::TooLarge => "too large to calculate",
            Self::NotApproved => "not approved yet",
            Self::Cancelled => "cancelled",
            Self::NoTable => "not available: no such table came in",
            Self::NoForecast => "no forecast",
            Self::NoReading => "no reading",
            Self::NoTarget => "no target",
            Self::NoThresholds => "no usable thresholds",
            Self::TooFewReadings => "fewer than three readings",
            Self::NoImpact => "no impact given",
            Self::NoAmount => "no amount given",
            Self::NoCapacity => "no capacity given",
            Self::NothingToCompare => "nothing to compare with",
            Self::NoClosedMonth => "not available: no closed month",
            Self::NotInClosedMonth => "not in the last closed month",
            Self::NothingToCount => "nothing to count",
            Self::NothingDueYet => "nothing was due yet by the baseline",
            Self::ReportedOnly => "reported only: no limit is set",
            Self::NoCriticalWork => "no unfinished work on the critical path",
            Self::NoPessimisticEstimate => "an activity of the chain has no pessimistic estimate",
            Self::NoChain => "no chain of its own leads to the buffer",
            Self::NoHours => "no hours of work given",
            Self::NotToldForPeriod => "no reading in the period",
            Self::NotApplicable => "does not apply",
            Self::NoApprover => "no approver is named",
            Self::NoRequester => "no requester is named",
            Self::NoRole => "the person has no role in People",
            Self::NoAuthorityLimit => "no limit of authority is given",
            Self::NoDate => "no date given",
            Self::NoMovement => "no movement recorded",
            Self::NoRiskNamed => "no risk named",
            Self::NoFunding => "no funding given",
            Self::TooFewPeriods => "too few periods are told",
        }
    }
}

impl fmt::Display for Undefined {
    /// `n/a: no budget`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "n/a: {}", self.reason())
    }
}
