//! What happens to the schedule when one activity slips: the network is compiled once and scheduled again for each slip.

use super::compile::{self, Plan};
use super::network::{DateRules, Node, Progress};
use super::passes::{self, Passes};
use crate::base::day::Moment;
use crate::model::activity::{ActivityIndex, Constraint};
use crate::model::portfolio::Portfolio;

/// A portfolio ready for slips.
#[derive(Clone, Debug)]
pub struct SlipTrial<'a> {
    portfolio: &'a Portfolio,
    plan: Plan,
    before: Passes,
}

/// What a slip does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slipped {
    /// The finish before and after, by initiative as in the portfolio; none where it has no activity.
    pub finishes: Vec<Option<(Moment, Moment)>>,
    /// The early finish of the slipped activity itself, before and after.
    pub own: (Moment, Moment),
    /// Activities whose early start or early finish moves, as in the portfolio; summaries and hammocks aside.
    pub moved: Vec<ActivityIndex>,
}

impl<'a> SlipTrial<'a> {
    /// Compiles the portfolio and schedules it as it stands.
    #[must_use]
    pub fn new(portfolio: &'a Portfolio) -> Self {
        let (plan, _) = compile::plan(portfolio);
        let before = passes::run_early(&plan.network, Some(portfolio.data_date), &portfolio.schedule_options);
        Self { portfolio, plan, before }
    }

    /// The schedule with one activity slipped by some working days of its calendar: started so much later than it would be,
    /// or, where it has started, with so much more work left. None for what is finished or not scheduled by links.
    pub fn slip(&mut self, activity: ActivityIndex, days: i64) -> Option<Slipped> {
        let node = self.plan.node_of.get(activity.0).copied().flatten()?;
        let kept = self.plan.network.nodes[node].clone();
        let calendar = self.plan.network.calendar(node);
        let minutes = days * calendar.minutes_per_day();
        let later = |at: Moment| calendar.add(at, minutes);
        let slipped = slipped(&kept, self.before.early_dates(&self.plan.network, node).0, minutes, &later)?;
        Some(self.with(node, slipped, kept))
    }

    /// The schedule with some working days of its calendar added to the work left of one activity, whatever date it is
    /// expected or committed to finish on. None for what is finished or not scheduled by links.
    pub fn lengthen(&mut self, activity: ActivityIndex, days: i64) -> Option<Slipped> {
        let node = self.plan.node_of.get(activity.0).copied().flatten()?;
        let kept = self.plan.network.nodes[node].clone();
        let minutes = days.saturating_mul(self.plan.network.calendar(node).minutes_per_day());
        let longer = longer(&kept, minutes)?;
        Some(self.with(node, longer, kept))
    }

    /// The schedule with another activity in a node's place.
    fn with(&mut self, node: usize, by: Node, kept: Node) -> Slipped {
        self.plan.network.replace(node, by);
        let after = passes::run_early(&self.plan.network, Some(self.portfolio.data_date), &self.portfolio.schedule_options);
        self.plan.network.replace(node, kept);
        self.compared(node, &after)
    }

    fn compared(&self, slipped: usize, after: &Passes) -> Slipped {
        let (before, nodes) = (&self.before, 0..self.plan.network.nodes.len());
        let early = |passes: &Passes, node: usize| passes.early_dates(&self.plan.network, node);
        let moves = |node: &usize| early(before, *node) != early(after, *node);
        let finishes = (0..self.portfolio.initiatives.len()).map(|group| {
            let of = |passes: &Passes| passes.group_finish.get(group).copied().flatten();
            of(before).zip(of(after))
        });
        let mut moved: Vec<ActivityIndex> = nodes.filter(moves).map(|node| ActivityIndex(self.plan.activity_of[node])).collect();
        moved.sort_unstable();
        let own = (early(before, slipped).1, early(after, slipped).1);
        Slipped { finishes: finishes.collect(), own, moved }
    }
}

/// A node after its slip. A date that fixes it, by constraint, by hand or by expectation, slips with it.
fn slipped(node: &Node, early_start: Moment, minutes: i64, later: &dyn Fn(Moment) -> Moment) -> Option<Node> {
    let mut node = node.clone();
    match &mut node.progress {
        Progress::NotStarted => node.floor = node.floor.max(later(early_start)),
        Progress::InProgress { remaining, .. } => *remaining += minutes,
        Progress::Complete { .. } => return None,
    }
    if let Some(rules) = &mut node.rules {
        let DateRules { constraint, secondary, expected_finish, .. } = &mut **rules;
        (*constraint, *secondary) =
            (constraint.map(|each| fixed_later(each, later)), secondary.map(|each| fixed_later(each, later)));
        *expected_finish = expected_finish.map(later);
    }
    Some(node)
}

/// A constraint that fixes a date, later; any other as it is.
fn fixed_later(constraint: Constraint, later: &dyn Fn(Moment) -> Moment) -> Constraint {
    match constraint {
        Constraint::MustStartOn(at) => Constraint::MustStartOn(later(at)),
        Constraint::MustFinishOn(at) => Constraint::MustFinishOn(later(at)),
        other => other,
    }
}

/// A node with more work left.
fn longer(node: &Node, minutes: i64) -> Option<Node> {
    let mut node = node.clone();
    let before = node.duration;
    match &mut node.progress {
        Progress::NotStarted => node.duration += minutes,
        Progress::InProgress { remaining, .. } => *remaining += minutes,
        Progress::Complete { .. } => return None,
    }
    if let Some(rules) = &mut node.rules {
        (rules.expected_finish, rules.committed_finish) = (None, None);
        let grows = node.duration > before;
        rules.crew.iter_mut().filter(|_| grows).for_each(|member| member.minutes += minutes);
    }
    Some(node)
}
