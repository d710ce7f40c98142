//! Circles in the network: found, shown as a loop, and opened by leaving out the links that close them.

use crate::model::activity::{Activity, Dependency};
use crate::model::build::context::{Context, flag};
use crate::model::codes;
use crate::table::tables::Row;
use std::collections::BTreeSet;

/// The longest loop that is shown in full.
const SHOWN: usize = 12;

/// The links without those that close a circle; each of these is a finding that shows its loop.
///
/// A depth-first walk in the order of activities and links: a link back to an activity still on the path closes a
/// circle. Which link of a circle is left out therefore depends on the plan alone, not on the order of rows.
pub(super) fn without_cycles(
    context: &mut Context<'_>,
    links: Vec<(Dependency, Row<'_>)>,
    activities: &[Activity],
) -> Vec<Dependency> {
    let edges: Vec<(usize, usize)> = links.iter().map(|(link, _)| (link.predecessor.0, link.successor.0)).collect();
    let mut closing: BTreeSet<usize> = BTreeSet::new();
    for (edge, path) in closing_edges(activities.len(), &edges) {
        let row = links[edge].1;
        let finding =
            flag(row, codes::CIRCLE, "successor").found(show(&path, activities)).expected("links that lead to no circle");
        context.push(finding.hint("delete or turn one link of the loop; this one is left out until then"));
        closing.insert(edge);
    }
    links.into_iter().enumerate().filter(|(position, _)| !closing.contains(position)).map(|(_, (link, _))| link).collect()
}

/// `A > B > C > A`.
fn show(path: &[usize], activities: &[Activity]) -> String {
    let first = &activities[path[0]].key.initiative;
    let one = path.iter().all(|&index| activities[index].key.initiative == *first);
    let name = |&index: &usize| if one { activities[index].key.id.to_string() } else { activities[index].key.to_string() };
    let mut names: Vec<String> = path.iter().chain(&path[..1]).map(name).collect();
    if names.len() > SHOWN {
        let left_out = names.len() - SHOWN;
        names.splice(SHOWN / 2..SHOWN / 2 + left_out, [format!("… {left_out} more …")]);
    }
    names.join(" > ")
}

/// Edges that close a circle, each with the path from its head to its tail. Without them no circle is left.
fn closing_edges(nodes: usize, edges: &[(usize, usize)]) -> Vec<(usize, Vec<usize>)> {
    let mut outgoing: Vec<Vec<usize>> = vec![Vec::new(); nodes];
    for (edge, (from, _)) in edges.iter().enumerate() {
        outgoing[*from].push(edge);
    }
    let mut place_on_path: Vec<Option<usize>> = vec![None; nodes];
    let mut done = vec![false; nodes];
    let mut closing = Vec::new();
    for root in 0..nodes {
        // Each entry: a node of the path and how many of its links have been followed.
        let mut path: Vec<(usize, usize)> = Vec::new();
        enter(root, &mut path, &mut place_on_path, &done);
        while let Some((node, followed)) = path.last_mut() {
            let Some(&edge) = outgoing[*node].get(*followed) else {
                done[*node] = true;
                place_on_path[*node] = None;
                path.pop();
                continue;
            };
            *followed += 1;
            let to = edges[edge].1;
            match place_on_path[to] {
                Some(place) => closing.push((edge, path[place..].iter().map(|(node, _)| *node).collect())),
                None => enter(to, &mut path, &mut place_on_path, &done),
            }
        }
    }
    closing
}

fn enter(node: usize, path: &mut Vec<(usize, usize)>, place_on_path: &mut [Option<usize>], done: &[bool]) {
    if !done[node] {
        place_on_path[node] = Some(path.len());
        path.push((node, 0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use petgraph::graph::DiGraph;
    use proptest::prelude::*;

    fn is_cyclic(nodes: usize, edges: impl Iterator<Item = (usize, usize)>) -> bool {
        let mut graph: DiGraph<(), ()> = DiGraph::new();
        let ids: Vec<_> = (0..nodes).map(|_| graph.add_node(())).collect();
        for (from, to) in edges {
            graph.add_edge(ids[from], ids[to], ());
        }
        petgraph::algo::is_cyclic_directed(&graph)
    }

    proptest! {
        #[test]
        fn what_is_left_has_no_circle_and_no_more_is_taken_than_needed(
            edges in prop::collection::vec((0usize..7, 0usize..7), 0..25)
        ) {
            let edges: Vec<(usize, usize)> = edges.into_iter().filter(|(from, to)| from != to).collect();
            let closing = closing_edges(7, &edges);
            let taken: BTreeSet<usize> = closing.iter().map(|(edge, _)| *edge).collect();
            let kept = || edges.iter().enumerate().filter(|(at, _)| !taken.contains(at)).map(|(_, edge)| *edge);
            prop_assert!(!is_cyclic(7, kept()));
            prop_assert_eq!(closing.is_empty(), !is_cyclic(7, edges.iter().copied()));
            for (edge, path) in &closing {
                // The path and its closing edge are a circle of the given links.
                prop_assert_eq!((path[path.len() - 1], path[0]), edges[*edge]);
                prop_assert!(path.windows(2).all(|pair| edges.contains(&(pair[0], pair[1]))));
                // Putting the edge back makes a circle.
                prop_assert!(is_cyclic(7, kept().chain([edges[*edge]])));
            }
        }
    }
}
