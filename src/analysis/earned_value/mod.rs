//! Earned value: what was planned, what was done, what it cost, and where that leads, in money and in time.
//!
//! Promises: amounts are exact until they are reported; a measure that does not exist says why; the portfolio's figures
//! are sums whose indices are worked out anew, never averages.
//!
//! Does not set budgets or baselines. Sources: ANSI/EIA-748; Lipke, "Schedule is Different" (2003); Vanhoucke, "Measuring
//! Time" (2009).

mod curve;
mod result;

pub use curve::{PlannedCurve, PlannedItem, Side};
pub use result::{
    ActivityEarnedValue, ActualCostBasis, Base, BaselineDates, CostBasis, CostMeasures, EarnedValue, InitiativeEarnedValue,
    Oddity, Performance, PerformanceFactor, PortfolioEarnedValue, TimeForecast, TimeMeasures,
};
