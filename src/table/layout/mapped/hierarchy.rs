//! Levels of rows from indents, outline levels or dotted codes, as work breakdown structure codes.

use super::view::View;
use crate::table::mapping::rule::HierarchyPart;
use crate::table::mapping::spec::HierarchyBy;
use std::collections::BTreeSet;

/// What the hierarchy says of one row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Node {
    /// Its dotted code.
    pub code: String,
    /// True where rows lie below it in the hierarchy.
    pub summary: bool,
}

impl Node {
    /// One of its parts as text.
    pub fn part(&self, part: HierarchyPart) -> Option<String> {
        match part {
            HierarchyPart::Code => (!self.code.is_empty()).then(|| self.code.clone()),
            HierarchyPart::Summary => self.summary.then(|| "summary".to_string()),
            HierarchyPart::Level => (!self.code.is_empty()).then(|| self.code.split('.').count().to_string()),
            HierarchyPart::Parent => self.code.rsplit_once('.').map(|(parent, _)| parent.to_string()),
        }
    }
}

/// The nodes of some lines, in their order.
pub fn nodes(view: View<'_>, lines: &[u32], place: u32, by: HierarchyBy) -> Vec<Node> {
    let depth: &dyn Fn(u32) -> usize = match by {
        HierarchyBy::LeadingSpaces => &|line| view.leading_spaces(line, place),
        HierarchyBy::Indent => &|line| view.indent(line, place),
        HierarchyBy::OutlineLevel => &|line| view.outline(line),
        HierarchyBy::DottedCodes => {
            let codes = lines.iter().map(|line| view.text(*line, place).map(|text| text.trim_end_matches('.').to_string()));
            return coded(&codes.map(Option::unwrap_or_default).collect::<Vec<_>>());
        }
    };
    from_depths(&lines.iter().map(|line| depth(*line)).collect::<Vec<_>>())
}

/// A row belongs to the nearest row above it that is less deep, whatever the depths are.
fn from_depths(depths: &[usize]) -> Vec<Node> {
    struct Open {
        depth: usize,
        node: usize,
        children: usize,
    }
    let mut nodes: Vec<Node> = Vec::with_capacity(depths.len());
    let mut open: Vec<Open> = Vec::new();
    let mut roots = 0usize;
    for (node, &depth) in depths.iter().enumerate() {
        while open.last().is_some_and(|above| above.depth >= depth) {
            open.pop();
        }
        let code = if let Some(above) = open.last_mut() {
            above.children += 1;
            nodes[above.node].summary = true;
            format!("{}.{}", nodes[above.node].code, above.children)
        } else {
            roots += 1;
            roots.to_string()
        };
        nodes.push(Node { code, summary: false });
        open.push(Open { depth, node, children: 0 });
    }
    nodes
}

fn coded(codes: &[String]) -> Vec<Node> {
    let parents: BTreeSet<&str> = codes.iter().flat_map(|code| code.match_indices('.').map(|(at, _)| &code[..at])).collect();
    codes.iter().map(|code| Node { code: code.clone(), summary: parents.contains(code.as_str()) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(nodes: &[Node]) -> String {
        nodes.iter().map(|node| format!("{}{}", node.code, if node.summary { "+" } else { "" })).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn indents_become_codes_and_parents_summaries() {
        assert_eq!(told(&from_depths(&[1, 3, 6, 6, 3, 6])), "1+ 1.1+ 1.1.1 1.1.2 1.2+ 1.2.1");
    }

    #[test]
    fn an_indent_never_seen_before_still_has_one_parent_and_a_code_of_its_own() {
        assert_eq!(told(&from_depths(&[0, 6, 4, 6, 0])), "1+ 1.1 1.2+ 1.2.1 2");
    }

    #[test]
    fn dotted_codes_stand_and_their_prefixes_are_summaries() {
        let codes = ["1", "1.1", "1.1.1", "1.10"].map(String::from);
        assert_eq!(told(&coded(&codes)), "1+ 1.1+ 1.1.1 1.10");
        assert_eq!(coded(&codes)[3].part(HierarchyPart::Parent).as_deref(), Some("1"));
    }
}
