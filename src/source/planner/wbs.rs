//! Work breakdown structures kept as a tree of nodes: dotted codes, and a summary row for each node.

use super::desk::Desk;
use super::plan::{Activity, Key};
use crate::base::origin::RowPlace;
use crate::source::codes;
use std::collections::{BTreeMap, BTreeSet};

/// Levels that a structure may have; deeper ones begin again at the top.
const DEEPEST: usize = 100;
/// What the key and the id of a node's row begin with.
const ROW: &str = "WBS:";

/// A node.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub key: Key,
    pub project: Key,
    pub parent: Option<Key>,
    /// Its own part of the code.
    pub code: String,
    pub name: String,
    pub place: RowPlace,
}

/// True for the row of a node.
pub(super) fn is_row(activity: &Activity) -> bool {
    activity.key.starts_with(ROW)
}

/// The full code of each node by its key, and a summary row for each, in the order of the nodes.
pub(super) fn outline(nodes: &[Node], desk: &mut Desk<'_>) -> (BTreeMap<Key, String>, Vec<Activity>) {
    let by_key: BTreeMap<&str, &Node> = nodes.iter().map(|node| (node.key.as_str(), node)).collect();
    let mut codes = BTreeMap::new();
    let mut taken = BTreeSet::new();
    let mut rows = Vec::new();
    for node in nodes {
        let mut code = path(node, &by_key, desk);
        if !taken.insert((node.project.clone(), code.clone())) {
            code = format!("{code}~{}", node.key);
        }
        let mut row =
            Activity::new(format!("{ROW}{}", node.key), node.project.clone(), format!("{ROW}{code}"), node.place.clone());
        row.kind = "summary";
        row.wbs.clone_from(&code);
        row.name.clone_from(if node.name.is_empty() { &code } else { &node.name });
        rows.push(row);
        codes.insert(node.key.clone(), code);
    }
    (codes, rows)
}

/// The codes from the top down to a node, joined by dots.
fn path(node: &Node, by_key: &BTreeMap<&str, &Node>, desk: &mut Desk<'_>) -> String {
    let mut parts = vec![part(node)];
    let mut at = node;
    while let Some(above) = at.parent.as_deref().and_then(|key| by_key.get(key)).filter(|above| above.project == node.project) {
        if parts.len() >= DEEPEST {
            let finding =
                desk.at(codes::PLAN_REFERENCE, &node.place).found(format!("more than {DEEPEST} levels above {}", node.key));
            desk.say(finding.expected("a tree of WBS nodes").hint("Correct the parents of the WBS nodes and export again."));
            break;
        }
        parts.push(part(above));
        at = above;
    }
    parts.reverse();
    parts.join(".")
}

/// A node's own part of the code, without the dot that parts are joined by.
fn part(node: &Node) -> String {
    let clean: String = node.code.chars().map(|c| if c == '.' || c.is_control() { '-' } else { c }).collect();
    let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    if clean.is_empty() { node.key.clone() } else { clean }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::limits::Limits;

    fn node(key: &str, parent: Option<&str>, code: &str) -> Node {
        let place = RowPlace::Line { table: "PROJWBS".into(), line: 1 };
        Node {
            key: key.into(),
            project: "P".into(),
            parent: parent.map(String::from),
            code: code.into(),
            name: String::new(),
            place,
        }
    }

    #[test]
    fn codes_lead_from_the_top_and_a_circle_ends() {
        let limits = Limits::default();
        let mut desk = Desk::new("p.xer", &limits);
        let nodes = [
            node("1", Some("0"), "P"),
            node("2", Some("1"), "A.1"),
            node("3", Some("2"), ""),
            node("4", Some("1"), "A-1"),
            node("5", Some("6"), "X"),
            node("6", Some("5"), "Y"),
        ];
        let (codes, rows) = outline(&nodes, &mut desk);
        assert_eq!([&codes["1"], &codes["2"], &codes["3"], &codes["4"]], ["P", "P.A-1", "P.A-1.3", "P.A-1~4"]);
        assert_eq!((rows.len(), rows[1].id.as_str(), rows[1].kind), (6, "WBS:P.A-1", "summary"));
        assert_eq!(desk.finish().0.len(), 2);
    }
}
