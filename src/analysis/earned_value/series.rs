//! A total over time: what it amounts to from each moment on.

use crate::analysis::measure::{Measure, Undefined};
use crate::base::day::Moment;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Cumulative amounts, oldest first. Before the first there is nothing.
#[derive(Clone, Debug, Default)]
pub struct Series(Vec<(Moment, Measure<Decimal>)>);

impl Series {
    /// The total from a moment on; moments are given in order, and a later total of the same moment takes its place.
    pub fn set(&mut self, from: Moment, total: Measure<Decimal>) {
        match self.0.last_mut() {
            Some(last) if last.0 == from => last.1 = total,
            _ => self.0.push((from, total)),
        }
    }

    /// The total at a moment.
    pub fn at(&self, moment: Moment) -> Measure<Decimal> {
        let count = self.0.partition_point(|(from, _)| *from <= moment);
        count.checked_sub(1).map_or(Ok(Decimal::ZERO), |last| self.0[last].1)
    }

    /// The last total.
    pub fn last(&self) -> Measure<Decimal> {
        self.0.last().map_or(Ok(Decimal::ZERO), |(_, total)| *total)
    }

    /// The first and the last moment of a change.
    pub fn span(&self) -> Option<(Moment, Moment)> {
        Some((self.0.first()?.0, self.0.last()?.0))
    }
}

/// Where an amount belongs in the plan.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// An activity.
    Activity(usize),
    /// The work below a WBS code.
    Package(String),
    /// No place inside the initiative is named.
    Initiative,
}

/// Amounts of one currency over time: the total, and what of it belongs where. The parts add up to the total.
#[derive(Clone, Debug, Default)]
pub struct Amounts {
    /// All.
    pub total: Series,
    /// By place.
    pub by_place: BTreeMap<Place, Series>,
}

impl Amounts {
    /// Adds to a place from a moment on.
    pub fn add(&mut self, place: &Place, from: Moment, amount: Measure<Decimal>) {
        let plus = |series: &mut Series| series.set(from, sum(series.last(), amount));
        plus(&mut self.total);
        match self.by_place.get_mut(place) {
            Some(series) => plus(series),
            None => plus(self.by_place.entry(place.clone()).or_default()),
        }
    }
}

/// The sum of two measures; none where either is none.
pub fn sum(a: Measure<Decimal>, b: Measure<Decimal>) -> Measure<Decimal> {
    a?.checked_add(b?).ok_or(Undefined::TooLarge)
}
