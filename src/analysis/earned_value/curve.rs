//! Planned value over time: each activity's budget laid over its baseline dates.

use crate::analysis::measure::{Measure, Undefined};
use crate::base::calendar::WorkCalendar;
use crate::base::day::Moment;
use crate::model::activity::CostAccrual;
use crate::model::settings::FlatCurve;
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

/// Working minutes of the step in which earned schedule is counted.
const HOUR: i64 = 60;

/// Amounts closer than this are equal: what is left of a division that does not come out.
const TOLERANCE: Decimal = Decimal::from_parts(1, 0, 0, false, 6);

impl PlannedCurve {
    /// The curve of some activities on the calendar of their project.
    #[must_use]
    pub fn new(items: Vec<PlannedItem>, calendar: Arc<WorkCalendar>) -> Self {
        let start = items.iter().map(|item| item.start).min();
        let finish = items.iter().map(|item| item.finish).max();
        Self { items, calendar: Some(calendar), start, finish }
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

    /// Earned schedule, ES, at a status date: working minutes from the start after which the plan has earned this much, in
    /// whole hours, down; the planned duration where it never does. What is exactly on plan has the time that has passed.
    /// On a flat stretch of the plan the earliest such hour, or the last one at which no more is planned than is earned.
    ///
    /// Source: Lipke (2003), with the hour as the period and nothing between; so the ES that `ProTrack` exports comes out.
    ///
    /// # Errors
    /// [`Undefined::NoBaseline`] without dates, [`Undefined::NoBudget`] without a budget.
    pub fn earned_schedule(&self, earned: Decimal, status: Moment, flat: FlatCurve) -> Measure<i64> {
        if self.start.is_none() {
            return Err(Undefined::NoBaseline);
        }
        if self.total().is_zero() {
            return Err(Undefined::NoBudget);
        }
        let duration = self.duration();
        let end = duration.div_euclid(HOUR) + 1;
        let planned =
            |hour: i64| self.moment_after((hour * HOUR).min(duration)).map_or(Decimal::ZERO, |at| self.value(at, Side::Before));
        let above = |hour: i64| planned(hour) > earned + TOLERANCE;
        if flat == FlatCurve::Latest {
            return Ok(((first(end + 1, above) - 1).max(0) * HOUR).min(duration));
        }
        if (self.value(status, Side::Before) - earned).abs() <= TOLERANCE {
            return Ok(self.minutes_to(Some(status)).min(duration));
        }
        let hour = first(end, |hour| planned(hour) + TOLERANCE >= earned);
        Ok((if above(hour) { (hour - 1).max(0) * HOUR } else { hour * HOUR }).min(duration))
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

/// The first of `0..limit` that passes; `limit` where none does. Once one passes, all after it do.
fn first(limit: i64, passes: impl Fn(i64) -> bool) -> i64 {
    let (mut low, mut high) = (0, limit);
    while low < high {
        let middle = low + (high - low) / 2;
        if passes(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}
