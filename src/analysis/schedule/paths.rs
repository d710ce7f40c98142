//! Chains through the network: the longest path of each initiative, and its float paths.
//!
//! The longest path leads back from the last finish along driving links. Float paths peel the network that leads to one
//! end activity: path 1 is the chain with the least float, path 2 the chain that joins it with the least float of what is
//! left, and so on. Source: Oracle, *Primavera P6 Professional User Guide*, "Analyze multiple float paths".

use super::network::Network;
use super::passes::Passes;
use crate::model::scheduling::FloatPathsBy;

/// A chain of activities that leads to the end activity or joins an earlier path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FloatPath {
    /// Its activities, first to last, as nodes.
    pub nodes: Vec<usize>,
    /// Its float: minutes by which it can slip before it moves the end activity, each link's on its predecessor's calendar;
    /// by total float, the total float of its last activity.
    pub float: i64,
}

/// By group: the unfinished nodes on the driving chains that lead to the group's last finish, in order of start.
#[must_use]
pub fn longest_paths(passes: &Passes, network: &Network) -> Vec<Vec<usize>> {
    let mut paths: Vec<Vec<usize>> = vec![Vec::new(); passes.group_finish.len()];
    for (place, stop) in network.stops.iter().enumerate().filter(|(_, stop)| !stop.complete) {
        let (node, group) = (network.order()[place], stop.group as usize);
        if Some(passes.early_finish(network, node)) == passes.group_finish[group] {
            paths[group].push(node);
        }
    }
    let mut seen_by = vec![usize::MAX; network.nodes.len()];
    for (group, path) in paths.iter_mut().enumerate() {
        trace(passes, network, path, &mut seen_by, group);
    }
    paths
}

fn trace(passes: &Passes, network: &Network, path: &mut Vec<usize>, seen_by: &mut [usize], group: usize) {
    for &node in &*path {
        seen_by[node] = group;
    }
    let mut next = 0;
    while next < path.len() {
        for link in network.links_into(path[next]).filter(|&link| passes.driving[link]) {
            let predecessor = network.links[link].predecessor;
            if seen_by[predecessor] != group {
                seen_by[predecessor] = group;
                path.push(predecessor);
            }
        }
        next += 1;
    }
    path.retain(|&node| !network.nodes[node].is_complete());
    path.sort_by_cached_key(|&node| (passes.early_start(network, node), passes.early_finish(network, node), node));
}

/// Up to `count` paths to an end activity, the least float first.
#[must_use]
pub fn float_paths(passes: &Passes, network: &Network, end: usize, by: FloatPathsBy, count: usize) -> Vec<FloatPath> {
    let leading = Leading::to(passes, network, end, by);
    let mut taken = vec![false; network.nodes.len()];
    let mut paths = Vec::new();
    for &start in &leading.in_order {
        if paths.len() == count {
            break;
        }
        if taken[start] {
            continue;
        }
        let mut nodes = vec![start];
        taken[start] = true;
        while let Some(before) = leading.best_before(passes, network, nodes[nodes.len() - 1], &taken) {
            taken[before] = true;
            nodes.push(before);
        }
        nodes.reverse();
        paths.push(FloatPath { nodes, float: leading.float[start] });
    }
    paths
}

/// The unfinished activities that lead to an end activity.
struct Leading {
    /// By node: its float towards the end; [`i64::MAX`] where it does not lead there.
    float: Vec<i64>,
    /// Them, by float, then the later first.
    in_order: Vec<usize>,
    /// How paths are told apart.
    by: FloatPathsBy,
}

impl Leading {
    fn to(passes: &Passes, network: &Network, end: usize, by: FloatPathsBy) -> Self {
        let mut float = vec![i64::MAX; network.nodes.len()];
        let own = |node: usize| passes.dates(network, node).total_float.unwrap_or(0);
        float[end] = if by == FloatPathsBy::TotalFloat { own(end) } else { 0 };
        for &node in network.order()[..=network.place_of(end)].iter().rev() {
            if float[node] == i64::MAX {
                continue;
            }
            for link in network.links_into(node) {
                let predecessor = network.links[link].predecessor;
                let Some(slack) = passes.relationship_float(link) else { continue };
                let through = match by {
                    FloatPathsBy::FreeFloat => float[node].saturating_add(slack.max(0)),
                    FloatPathsBy::TotalFloat => own(predecessor),
                };
                float[predecessor] = float[predecessor].min(through);
            }
        }
        let mut in_order: Vec<usize> = (0..float.len()).filter(|&node| float[node] != i64::MAX).collect();
        in_order.sort_by_key(|&node| (float[node], std::cmp::Reverse(network.place_of(node))));
        let at = in_order.iter().position(|&node| node == end).unwrap_or(0);
        in_order[..=at].rotate_right(1);
        Self { float, in_order, by }
    }

    /// The free predecessor through which the least float leads to a node.
    fn best_before(&self, passes: &Passes, network: &Network, node: usize, taken: &[bool]) -> Option<usize> {
        let before = network.links_into(node).filter_map(|link| {
            let predecessor = network.links[link].predecessor;
            let slack = passes.relationship_float(link)?.max(0);
            let float = match self.by {
                FloatPathsBy::FreeFloat => slack,
                FloatPathsBy::TotalFloat => self.float[predecessor],
            };
            (!taken[predecessor]).then_some((float, std::cmp::Reverse(network.place_of(predecessor)), predecessor))
        });
        before.min().map(|(_, _, predecessor)| predecessor)
    }
}
