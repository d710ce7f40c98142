//! Planned value over time: each activity's budget laid over its baseline dates.

use crate::analysis::measure::{Measure, Undefined};
use crate::base::calendar::WorkCalendar;
use crate::base::day::Moment;
use crate::base::number;
use crate::model::activity::CostAccrual;
use rust_decimal::Decimal;
use std::sync::Arc;

/// Decimal places to which the amounts of an activity are held: far finer than any minor unit, and few enough that sums are
/// exact in whatever order they are taken.
const PLACES: u32 = 12;

/// An amount of an activity as it is held.
#[must_use]
pub fn held(amount: Decimal) -> Decimal {
    if amount.scale() > PLACES { number::round(amount, PLACES) } else { amount }
}

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
        held(fixed + self.variable * share)
    }

    /// The share of the working time that lies before a moment.
    #[must_use]
    pub fn share(&self, at: Moment) -> Decimal {
        if at >= self.finish {
            return Decimal::ONE;
        }
        if at <= self.start {
            return Decimal::ZERO;
        }
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

impl PlannedCurve {
    /// The curve of some activities on the calendar of their project.
    #[must_use]
    pub fn new(items: Vec<PlannedItem>, calendar: Arc<WorkCalendar>) -> Self {
        let start = items.iter().map(|item| item.start).min();
        let finish = items.iter().map(|item| item.finish).max();
        Self { items, calendar: Some(calendar), start, finish }
    }

    /// The curve of some of its activities, by position.
    #[must_use]
    pub fn part(&self, items: &[usize]) -> Self {
        let chosen: Vec<PlannedItem> = items.iter().map(|&item| self.items[item].clone()).collect();
        let start = chosen.iter().map(|item| item.start).min();
        let finish = chosen.iter().map(|item| item.finish).max();
        Self { items: chosen, calendar: self.calendar.clone(), start, finish }
    }

    /// Planned value at a moment.
    #[must_use]
    pub fn value(&self, at: Moment, side: Side) -> Decimal {
        self.items.iter().map(|item| item.value(at, side)).sum()
    }

    /// The whole budget.
    #[must_use]
    pub fn total(&self) -> Decimal {
        self.items.iter().map(PlannedItem::total).sum()
    }

    /// Planned duration, PD: working minutes from the first start to the last finish.
    #[must_use]
    pub fn duration(&self) -> i64 {
        self.minutes_to(self.finish)
    }

    /// Working minutes from the first start to a moment; 0 where it lies before the start.
    #[must_use]
    pub fn minutes_to(&self, at: Option<Moment>) -> i64 {
        match (&self.calendar, self.start, at) {
            (Some(calendar), Some(start), Some(at)) => calendar.work(start, at).max(0),
            _ => 0,
        }
    }

    /// The moment some working minutes after the first start.
    #[must_use]
    pub fn moment_after(&self, minutes: i64) -> Option<Moment> {
        Some(self.calendar.as_ref()?.add(self.start?, minutes))
    }

    /// Schedule adherence, the p-factor: of what is planned by earned schedule, the share that is earned in the activities
    /// where it is planned. `earned` goes by item. Source: Lipke, "Connecting Earned Value to the Schedule" (2004).
    ///
    /// # Errors
    /// [`Undefined::NothingPlannedYet`] where nothing is planned by then, or the reason why there is no earned schedule.
    pub fn adherence(&self, earned: &[Decimal], earned_schedule: Measure<i64>) -> Measure<Decimal> {
        let at = self.moment_after(earned_schedule?).ok_or(Undefined::NoBaseline)?;
        let (mut planned, mut kept) = (Decimal::ZERO, Decimal::ZERO);
        for (item, earned) in self.items.iter().zip(earned) {
            let value = item.value(at, Side::After);
            planned += value;
            kept += value.min(*earned);
        }
        if planned.is_zero() { Err(Undefined::NothingPlannedYet) } else { Ok(kept / planned) }
    }
}
