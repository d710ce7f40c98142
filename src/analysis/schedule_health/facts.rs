//! What the points count: activities and links of an initiative or of the portfolio, looked up once.

use crate::analysis::baselines::BaselineComparison;
use crate::analysis::schedule::{ActivityState, Schedule, ScheduledActivity};
use crate::base::origin::Origin;
use crate::model::activity::{Activity, ActivityIndex, ActivityType, Dependency};
use crate::model::portfolio::Portfolio;
use std::collections::BTreeMap;

/// What every point looks things up in.
pub struct Facts<'a> {
    /// The portfolio.
    pub portfolio: &'a Portfolio,
    /// The current schedule.
    pub schedule: &'a Schedule,
    /// Baseline dates.
    pub baselines: &'a BaselineComparison,
    /// Initiative by activity; the number of initiatives where it is not listed.
    pub group_of: Vec<usize>,
    /// Links into each activity from others that count.
    pub into: Vec<Vec<usize>>,
    /// Links out of each activity to others that count.
    pub out_of: Vec<Vec<usize>>,
    /// True for activities with an assignment.
    pub staffed: Vec<bool>,
}

impl<'a> Facts<'a> {
    /// Looks everything up.
    pub fn gather(portfolio: &'a Portfolio, schedule: &'a Schedule, baselines: &'a BaselineComparison) -> Self {
        let count = portfolio.activities.len();
        let by_id: BTreeMap<&str, usize> =
            portfolio.initiatives.iter().enumerate().map(|(group, each)| (each.id.as_str(), group)).collect();
        let group = |activity: &Activity| by_id.get(activity.key.initiative.as_str()).copied();
        let group_of = portfolio.activities.iter().map(|each| group(each).unwrap_or(portfolio.initiatives.len())).collect();
        let (mut into, mut out_of) = (vec![Vec::new(); count], vec![Vec::new(); count]);
        for (position, link) in portfolio.dependencies.iter().enumerate().filter(|(_, link)| counts(portfolio, link)) {
            into[link.successor.0].push(position);
            out_of[link.predecessor.0].push(position);
        }
        let mut staffed = vec![false; count];
        portfolio.assignments.iter().for_each(|assignment| staffed[assignment.activity.0] = true);
        Self { portfolio, schedule, baselines, group_of, into, out_of, staffed }
    }

    /// An activity by position.
    pub fn activity(&self, index: usize) -> &'a Activity {
        &self.portfolio.activities[index]
    }

    /// Its dates.
    pub fn dates(&self, index: usize) -> &'a ScheduledActivity {
        &self.schedule.activities[index]
    }

    /// True for work that is not finished.
    pub fn is_unfinished(&self, index: usize) -> bool {
        is_work(self.activity(index)) && self.dates(index).state != ActivityState::Complete
    }

    /// The cell of a field of an activity.
    pub fn cell(&self, index: usize, field: &str) -> Origin {
        self.portfolio.activity_cell(ActivityIndex(index), field)
    }
}

/// True for what the passes schedule: neither summaries nor hammocks.
pub const fn is_work(activity: &Activity) -> bool {
    !matches!(activity.kind, ActivityType::Summary | ActivityType::Hammock)
}

/// True for links between two activities that the passes schedule; a hammock's link drives nothing.
fn counts(portfolio: &Portfolio, link: &Dependency) -> bool {
    is_work(portfolio.activity(link.predecessor)) && is_work(portfolio.activity(link.successor))
}

/// The activities and links that a table counts.
pub struct Scope {
    /// Work, finished or not.
    pub work: Vec<usize>,
    /// Work that is not finished.
    pub unfinished: Vec<usize>,
    /// Links into unfinished work.
    pub links: Vec<usize>,
}

impl Scope {
    /// One initiative, as a position in the portfolio. A link between two initiatives belongs to its successor's.
    pub fn initiative(facts: &Facts<'_>, group: usize) -> Self {
        Self::of(facts, |index| facts.group_of[index] == group)
    }

    /// The whole portfolio.
    pub fn portfolio(facts: &Facts<'_>) -> Self {
        Self::of(facts, |_| true)
    }

    fn of(facts: &Facts<'_>, member: impl Fn(usize) -> bool) -> Self {
        let all = 0..facts.portfolio.activities.len();
        let work: Vec<usize> = all.filter(|&index| member(index) && is_work(facts.activity(index))).collect();
        let unfinished: Vec<usize> = work.iter().copied().filter(|&index| facts.is_unfinished(index)).collect();
        let mut links: Vec<usize> = unfinished.iter().flat_map(|&index| facts.into[index].iter().copied()).collect();
        links.sort_unstable();
        Self { work, unfinished, links }
    }
}
