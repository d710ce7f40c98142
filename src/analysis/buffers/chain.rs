//! The chain that a buffer protects, traced back through the plan as if nothing had happened.
//!
//! Rules: of an activity's predecessors the chain follows the one that holds it, the link with the least float (a buffer is
//! no part of a chain, and is stepped around where another predecessor waits with it); where several hold it, the one that
//! takes longest, then the first. It ends where a date, not a link, holds an activity. A feeding chain ends before it meets
//! a project buffer's critical chain, or any other chain that leads to the same successor without what the buffer stands
//! directly behind: what lies behind both reaches the successor whatever the buffer takes up.

use super::{BufferKind, is_buffer};
use crate::analysis::schedule::Schedule;
use crate::model::activity::{ActivityIndex, ActivityType};
use crate::model::portfolio::Portfolio;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// A buffer with what leads to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    pub buffer: ActivityIndex,
    pub kind: BufferKind,
    /// In order of the plan.
    pub activities: Vec<ActivityIndex>,
}

/// Links by their ends, as positions in [`Portfolio::dependencies`].
struct Ends {
    into: Vec<Vec<usize>>,
    out_of: Vec<Vec<usize>>,
}

impl Ends {
    fn of(portfolio: &Portfolio) -> Self {
        let count = portfolio.activities.len();
        let mut ends = Self { into: vec![Vec::new(); count], out_of: vec![Vec::new(); count] };
        for (position, link) in portfolio.dependencies.iter().enumerate() {
            ends.into[link.successor.0].push(position);
            ends.out_of[link.predecessor.0].push(position);
        }
        ends
    }
}

/// The chains of all buffers, in order of the portfolio.
pub fn chains(portfolio: &Portfolio, plan: &Schedule) -> Vec<Chain> {
    let buffers: Vec<ActivityIndex> =
        (0..portfolio.activities.len()).map(ActivityIndex).filter(|&activity| is_buffer(portfolio, activity)).collect();
    if buffers.is_empty() {
        return Vec::new();
    }
    let ends = Ends::of(portfolio);
    let trace = Trace { portfolio, plan, ends: &ends };
    let nothing = BTreeSet::new();
    let project = project_buffers(portfolio, &ends, &buffers, &trace);
    let critical: BTreeSet<ActivityIndex> = project.values().flatten().copied().collect();
    let until = |buffer: ActivityIndex| critical.iter().copied().chain(trace.joined_by(buffer)).collect();
    let chain = |&buffer: &ActivityIndex| match project.get(&buffer) {
        Some(_) => Chain { buffer, kind: BufferKind::Project, activities: trace.back_from(buffer, &nothing) },
        None => Chain { buffer, kind: BufferKind::Feeding, activities: trace.back_from(buffer, &until(buffer)) },
    };
    buffers.iter().map(chain).collect()
}

/// The project buffers with their chains. Of several buffers that lead to one final point, the one with the longest chain
/// is the project buffer: its chain is the critical one.
fn project_buffers(
    portfolio: &Portfolio,
    ends: &Ends,
    buffers: &[ActivityIndex],
    trace: &Trace<'_>,
) -> BTreeMap<ActivityIndex, Vec<ActivityIndex>> {
    let nothing = BTreeSet::new();
    let mut found: Vec<(ActivityIndex, BTreeSet<ActivityIndex>, Vec<ActivityIndex>)> = Vec::new();
    for &buffer in buffers {
        if let Some(points) = points_after(portfolio, ends, buffer) {
            found.push((buffer, points, trace.back_from(buffer, &nothing)));
        }
    }
    found.sort_by_key(|(buffer, _, chain)| (Reverse(trace.minutes(chain)), *buffer));
    let mut taken: BTreeSet<ActivityIndex> = BTreeSet::new();
    let mut project = BTreeMap::new();
    for (buffer, points, chain) in found {
        if points.is_disjoint(&taken) {
            taken.extend(points);
            project.insert(buffer, chain);
        }
    }
    project
}

/// The points that come after a buffer in its own initiative; none where work or another buffer does.
fn points_after(portfolio: &Portfolio, ends: &Ends, buffer: ActivityIndex) -> Option<BTreeSet<ActivityIndex>> {
    let initiative = &portfolio.activity(buffer).key.initiative;
    let mut points = BTreeSet::new();
    let mut waiting = vec![buffer];
    while let Some(at) = waiting.pop() {
        for successor in ends.out_of[at.0].iter().map(|&link| portfolio.dependencies[link].successor) {
            let activity = portfolio.activity(successor);
            if activity.key.initiative != *initiative || activity.kind == ActivityType::Hammock {
                continue;
            }
            if !activity.kind.is_point() {
                return None;
            }
            if points.insert(successor) {
                waiting.push(successor);
            }
        }
    }
    Some(points)
}

struct Trace<'a> {
    portfolio: &'a Portfolio,
    plan: &'a Schedule,
    ends: &'a Ends,
}

impl Trace<'_> {
    /// The chain behind a buffer, up to `until`, in order of the plan.
    fn back_from(&self, buffer: ActivityIndex, until: &BTreeSet<ActivityIndex>) -> Vec<ActivityIndex> {
        let mut chain = Vec::new();
        let mut at = buffer;
        while let Some(before) = self.holder_of(at).filter(|before| !until.contains(before)) {
            chain.push(before);
            at = before;
        }
        chain.reverse();
        chain
    }

    /// The chains that a buffer joins: what leads to its successors past the buffer and past what the buffer stands behind.
    fn joined_by(&self, buffer: ActivityIndex) -> Vec<ActivityIndex> {
        let nothing = BTreeSet::new();
        let before = |at: ActivityIndex| self.ends.into[at.0].iter().map(|&link| self.portfolio.dependencies[link].predecessor);
        let own: BTreeSet<ActivityIndex> = before(buffer).collect();
        let work = |at: ActivityIndex| !matches!(self.portfolio.activity(at).kind, ActivityType::Buffer | ActivityType::Hammock);
        let mut joined = Vec::new();
        for &link in &self.ends.out_of[buffer.0] {
            let successor = self.portfolio.dependencies[link].successor;
            for beside in before(successor).filter(|&beside| work(beside)) {
                let mut chain = self.back_from(beside, &nothing);
                chain.push(beside);
                if chain.iter().all(|each| !own.contains(each)) {
                    joined.extend(chain);
                }
            }
        }
        joined
    }

    /// The predecessor that holds an activity's start in the plan; buffers aside.
    fn holder_of(&self, activity: ActivityIndex) -> Option<ActivityIndex> {
        let links = || self.ends.into[activity.0].iter().copied();
        let from = |link: usize| self.portfolio.dependencies[link].predecessor;
        let held_by_buffer = links().any(|link| self.plan.links[link].driving && is_buffer(self.portfolio, from(link)));
        links()
            .filter(|&link| !is_buffer(self.portfolio, from(link)))
            .filter(|&link| self.plan.links[link].driving || held_by_buffer)
            .filter_map(|link| Some((self.plan.links[link].float?, link)))
            .min_by_key(|&(float, link)| (float, Reverse(self.plan.activity(from(link)).duration), from(link)))
            .map(|(_, link)| from(link))
    }

    fn minutes(&self, chain: &[ActivityIndex]) -> i64 {
        chain.iter().map(|&activity| self.plan.activity(activity).duration).sum()
    }
}
