//! Planned value over time: each activity's budget laid over its baseline dates.

use crate::base::calendar::WorkCalendar;
use crate::base::day::Moment;
use crate::model::activity::CostAccrual;
use rust_decimal::Decimal;
use std::sync::Arc;

/// The planned value of one activity. The fixed cost falls as its accrual says; the rest is spread evenly over the
/// baseline's working time.
#[derive(Clone, Debug)]
pub struct PlannedItem {
    /// Baseline start.
    pub start: Moment,
    /// Baseline finish.
    pub finish: Moment,
    /// Its calendar.
    pub calendar: Arc<WorkCalendar>,
    /// Fixed cost.
    pub fixed: Decimal,
    /// When the fixed cost falls.
    pub accrual: CostAccrual,
    /// Cost spread over the working time.
    pub variable: Decimal,
}

/// Which side of a jump a value is taken on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What is planned before the moment: a start at that very moment has not begun.
    Before,
    /// What is planned once the moment has come.
    After,
}

impl PlannedItem {
    /// The whole budget.
    #[must_use]
    pub fn total(&self) -> Decimal {
        self.fixed + self.variable
    }

    /// Planned value at a moment. An activity of no length is planned in full at its moment.
    #[must_use]
    pub fn value(&self, at: Moment, side: Side) -> Decimal {
        if at >= self.finish {
            return self.total();
        }
        if at < self.start {
            return Decimal::ZERO;
        }
        let begun = at > self.start || side == Side::After;
        let share = self.share(at);
        let fixed = match self.accrual {
            CostAccrual::Start if begun => self.fixed,
            CostAccrual::Prorated => self.fixed * share,
            CostAccrual::Start | CostAccrual::End => Decimal::ZERO,
        };
        fixed + self.variable * share
    }

    /// The share of the working time that lies before a moment.
    fn share(&self, at: Moment) -> Decimal {
        let (done, all) = (self.calendar.work(self.start, at), self.calendar.work(self.start, self.finish));
        if all <= 0 { Decimal::ONE } else { Decimal::from(done.clamp(0, all)) / Decimal::from(all) }
    }
}

/// Planned value of a project over time.
#[derive(Clone, Debug, Default)]
pub struct PlannedCurve {
    /// Its activities.
    pub items: Vec<PlannedItem>,
    /// The project's calendar; none without activities.
    pub calendar: Option<Arc<WorkCalendar>>,
    /// Start of the first activity.
    pub start: Option<Moment>,
    /// Finish of the last one.
    pub finish: Option<Moment>,
}
