//! Pure functions of the portfolio, the closed months and earlier results. No files, no clock, no unseeded chance.

pub mod benefits;
pub mod capacity;
pub mod codes;
pub mod cost;
pub mod decisions;
pub mod earned_value;
pub mod exchange;
pub mod health;
pub mod kpi;
pub mod lateness;
pub mod measure;
pub mod milestones;
pub mod outlook;
pub mod progress;
pub mod risk;
pub mod schedule;

use crate::base::finding::Findings;
use crate::model::past::Past;
use crate::model::portfolio::Portfolio;
use earned_value::EarnedValue;
use exchange::PortfolioRates;
use health::{Health, Outlooks};
use milestones::MilestoneStatus;
use schedule::{ScheduleOptions, Schedules};

/// Every result.
#[derive(Clone, Debug)]
pub struct Analyses {
    /// Dates, float and paths.
    pub schedules: Schedules,
    /// Planned value, earned value, actual cost, and what follows.
    pub earned_value: EarnedValue,
    /// Milestones, gates and other points.
    pub milestones: Vec<MilestoneStatus>,
    /// Health by initiative.
    pub health: Vec<Health>,
}

/// Runs every analysis, each on what the ones before it found.
#[must_use]
pub fn analyse(portfolio: &Portfolio, _past: &Past) -> (Analyses, Findings) {
    let mut findings = Findings::new();
    let mut keep = |more: Findings| findings.extend(more);
    let (schedules, found) = schedule::schedules(portfolio, &ScheduleOptions::default());
    keep(found);
    let (earned_value, found) = earned_value::earned_value(portfolio, &schedules, &PortfolioRates(portfolio));
    keep(found);
    let milestones = milestones::milestones(portfolio, &schedules.current, &earned_value);
    let health = health::health(portfolio, &schedules, &earned_value, &milestones, &|_| Outlooks::default());
    (Analyses { schedules, earned_value, milestones, health }, findings)
}
