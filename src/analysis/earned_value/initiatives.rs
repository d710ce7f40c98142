//! Every initiative followed over time, with its scopes.

use super::actuals;
use super::budget::Plans;
use super::context::Context;
use super::ledger_cost::cost_lines;
use super::members::{Member, members};
use super::periods::{Phases, Timeline, phases};
use super::scopes::Ground;
use super::track::Track;

/// An initiative over time.
pub struct Followed {
    /// What it earned and spent.
    pub track: Track,
    /// Its periods.
    pub timeline: Timeline,
    /// Its scopes; the first is itself.
    pub members: Vec<Member>,
    /// The scopes by period, in the same order.
    pub phases: Vec<Phases>,
}

/// What the figures of every scope are taken from.
pub struct Book<'a, 'c> {
    /// The portfolio.
    pub context: &'c Context<'a>,
    /// By initiative.
    pub plans: &'c [Plans],
    /// By initiative.
    pub followed: Vec<Followed>,
}

impl<'a, 'c> Book<'a, 'c> {
    /// Follows every initiative.
    pub fn open(context: &'c Context<'a>, plans: &'c [Plans]) -> Self {
        let lines = cost_lines(context);
        let follow = |(group, lines): (usize, &Vec<_>)| {
            let track = Track::of(context, plans, group, actuals::actuals(context, group, lines));
            let timeline = Timeline::of(context, group, &plans[group], &track);
            let members = members(context, group, &track.actuals);
            let phases = phases(context, plans, group, &track, &members, &timeline);
            Followed { track, timeline, members, phases }
        };
        Self { context, plans, followed: lines.iter().enumerate().map(follow).collect() }
    }

    /// What the figures of an initiative's scopes are taken from.
    pub fn ground(&self, group: usize) -> Ground<'a, '_> {
        let followed = &self.followed[group];
        Ground { context: self.context, group, plans: &self.plans[group], track: &followed.track, timeline: &followed.timeline }
    }
}
