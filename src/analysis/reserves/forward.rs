//! When the exposure that lies ahead will be asked for.
//!
//! A threat is placed in the period of its proximity, the first in which it can strike; without one, or where that day is
//! past, over the unfinished activities that it hits, in proportion to the days of each period between their first start
//! and last finish; else from the as-of date to the finish of its initiative, in the same way. What should be over by now
//! is placed in the first period ahead.

use crate::analysis::measure::{Measure, Undefined};
use crate::analysis::risk::AssessedRisk;
use crate::analysis::schedule::{ActivityState, Schedule};
use crate::base::day::{Day, Moment};
use crate::base::id::RiskId;
use crate::base::money::{Currency, Money, split};
use crate::base::period::Period;
use crate::model::portfolio::Portfolio;
use crate::model::risk::Risk;
use std::collections::BTreeMap;

/// What places a threat in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimingBasis {
    /// Its proximity.
    Proximity,
    /// The activities that it hits.
    Activities,
    /// The time to the finish of its initiative.
    InitiativeFinish,
}

impl TimingBasis {
    /// For a sheet.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Proximity => "proximity",
            Self::Activities => "dates of the activities it hits",
            Self::InitiativeFinish => "spread to the initiative's finish",
        }
    }
}

/// A threat that lies ahead.
#[derive(Clone, Debug, PartialEq)]
pub struct RiskAhead {
    /// Which.
    pub risk: RiskId,
    /// Residual expected cost, in the reporting currency.
    pub expected: Measure<Money>,
    /// What places it.
    pub basis: TimingBasis,
    /// The first period in which it may strike.
    pub first: Period,
    /// The last one.
    pub last: Period,
}

/// What a fund has to meet in a period ahead, in the reporting currency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ForwardRow {
    /// Which.
    pub period: Period,
    /// Exposure placed in the period: the draw to be expected.
    pub expected: Money,
    /// Exposure still ahead at its end.
    pub exposure_ahead: Money,
    /// What is left of the fund at its end if it is drawn as expected; nothing less than zero.
    pub remaining: Measure<Money>,
    /// By how much the draws to be expected pass what is left now.
    pub shortfall: Measure<Money>,
}

/// The first day that lies ahead.
fn first_day(portfolio: &Portfolio) -> Day {
    let as_of = portfolio.settings.as_of.day();
    as_of.succ_opt().unwrap_or(as_of)
}

/// A threat with the days between which it may strike.
fn window(portfolio: &Portfolio, schedule: &Schedule, risk: &Risk) -> (TimingBasis, Day, Day) {
    let from = first_day(portfolio);
    if let Some(day) = risk.proximity.filter(|day| *day >= from) {
        return (TimingBasis::Proximity, day, day);
    }
    let unfinished = risk.activities.iter().map(|index| schedule.activity(*index));
    let unfinished = unfinished.filter(|activity| activity.state != ActivityState::Complete);
    let start = unfinished.clone().map(|activity| activity.start.day()).min();
    let finish = unfinished.map(|activity| activity.finish.finish_day()).max();
    if let Some((start, finish)) = start.zip(finish) {
        let start = start.max(from);
        return (TimingBasis::Activities, start, finish.max(start));
    }
    let scheduled = schedule.initiatives.iter().find(|one| one.initiative == risk.initiative).and_then(|one| one.finish);
    let planned = portfolio.initiative(&risk.initiative).and_then(|initiative| initiative.finish);
    let finish = scheduled.map(Moment::finish_day).or(planned);
    (TimingBasis::InitiativeFinish, from, finish.unwrap_or(from).max(from))
}

/// Places a threat.
pub(super) fn place(
    portfolio: &Portfolio,
    schedule: &Schedule,
    assessed: &AssessedRisk,
) -> Option<(RiskAhead, Vec<(Period, i64)>)> {
    let risk = portfolio.risks.iter().find(|risk| risk.id == assessed.risk)?;
    let fiscal = &portfolio.settings.fiscal;
    let (basis, from, to) = window(portfolio, schedule, risk);
    let (first, last) = (fiscal.period_of(from), fiscal.period_of(to));
    let ahead = RiskAhead { risk: risk.id.clone(), expected: assessed.residual_expected, basis, first, last };
    let periods = fiscal.range(first, last);
    let days = |period: &Period| {
        let days = (fiscal.end(*period).min(to) - fiscal.start(*period).max(from)).num_days() + 1;
        u64::try_from(days).unwrap_or(0)
    };
    let weights: Vec<u64> = periods.iter().map(days).collect();
    let minor = assessed.residual_expected.map_or(0, |expected| expected.minor);
    Some((ahead, periods.into_iter().zip(split(minor, &weights)).collect()))
}

/// The curve of what is to be expected in each period, against what is left now.
pub(super) fn curve(
    portfolio: &Portfolio,
    expected: &BTreeMap<Period, i64>,
    left: Measure<Money>,
    currency: Currency,
) -> (Vec<ForwardRow>, Option<Period>) {
    let fiscal = &portfolio.settings.fiscal;
    let Some(last) = expected.keys().next_back() else { return (Vec::new(), None) };
    let mut ahead: i128 = expected.values().map(|minor| i128::from(*minor)).sum();
    let mut drawn = 0i128;
    let money = |minor: i128| i64::try_from(minor).map(|minor| Money::new(minor, currency)).map_err(|_| Undefined::TooLarge);
    let mut rows = Vec::new();
    for period in fiscal.range(fiscal.period_of(first_day(portfolio)), *last) {
        let here = i128::from(expected.get(&period).copied().unwrap_or(0));
        ahead -= here;
        drawn += here;
        let (Ok(here), Ok(exposure_ahead)) = (money(here), money(ahead)) else { return (Vec::new(), None) };
        let after = left.map(|left| i128::from(left.minor) - drawn);
        rows.push(ForwardRow {
            period,
            expected: here,
            exposure_ahead,
            remaining: after.and_then(|after| money(after.max(0))),
            shortfall: after.and_then(|after| money((-after).max(0))),
        });
    }
    let short = rows.iter().find(|row| row.shortfall.is_ok_and(|short| short.minor > 0)).map(|row| row.period);
    (rows, short)
}
