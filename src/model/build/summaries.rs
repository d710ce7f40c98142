//! Summary rows as families: who is below whom, and which activities a link on a summary row means.

use crate::model::activity::{Activity, ActivityIndex, ActivityType, Dependency, LinkType};
use std::collections::{BTreeMap, BTreeSet};

/// Summary rows with all the work below them.
pub(super) struct Family {
    /// For each summary row, the activities below it that are no summaries, at any depth, in order.
    below: BTreeMap<ActivityIndex, Vec<ActivityIndex>>,
    /// For each activity, the rows above it.
    above: Vec<BTreeSet<ActivityIndex>>,
}

impl Family {
    pub fn of(activities: &[Activity]) -> Self {
        let rows = || activities.iter().enumerate().map(|(position, activity)| (ActivityIndex(position), activity));
        let summaries = rows().filter(|(_, activity)| activity.kind == ActivityType::Summary);
        let mut below: BTreeMap<ActivityIndex, Vec<ActivityIndex>> = summaries.map(|(index, _)| (index, Vec::new())).collect();
        let mut above = Vec::with_capacity(activities.len());
        for (index, activity) in rows() {
            let chain: BTreeSet<ActivityIndex> =
                std::iter::successors(activity.parent, |parent| activities[parent.0].parent).collect();
            if activity.kind != ActivityType::Summary {
                for summary in &chain {
                    below.entry(*summary).or_default().push(index);
                }
            }
            above.push(chain);
        }
        Self { below, above }
    }

    pub fn is_summary(&self, index: ActivityIndex) -> bool {
        self.below.contains_key(&index)
    }

    /// True where the first row stands above the second.
    pub fn is_above(&self, above: ActivityIndex, below: ActivityIndex) -> bool {
        self.above[below.0].contains(&above)
    }

    /// The pairs of activities that a link means, hammocks excepted. A successor summary stands for all work below it; so
    /// does a predecessor summary whose finish counts; where its start counts, the earliest of the work below.
    pub fn pairs(&self, activities: &[Activity], link: &Dependency) -> Vec<(ActivityIndex, ActivityIndex)> {
        let from_start = matches!(link.link, LinkType::StartToStart | LinkType::StartToFinish);
        let mut predecessors = self.work(activities, link.predecessor);
        if from_start && self.is_summary(link.predecessor) {
            predecessors = earliest(activities, &predecessors).into_iter().collect();
        }
        let successors = self.work(activities, link.successor);
        let each = |from: ActivityIndex| successors.iter().filter(move |to| **to != from).map(move |to| (from, *to));
        predecessors.iter().copied().flat_map(each).collect()
    }

    fn work(&self, activities: &[Activity], index: ActivityIndex) -> Vec<ActivityIndex> {
        match self.below.get(&index) {
            None => vec![index],
            Some(below) => below.iter().copied().filter(|index| activities[index.0].kind != ActivityType::Hammock).collect(),
        }
    }
}

/// The activity that is planned to start first: by actual start, else baseline start, else by WBS order.
fn earliest(activities: &[Activity], indexes: &[ActivityIndex]) -> Option<ActivityIndex> {
    let start = |index: &ActivityIndex| activities[index.0].actual_start.or(activities[index.0].baseline_start);
    indexes.iter().copied().min_by_key(|index| (start(index).is_none(), start(index), *index))
}
