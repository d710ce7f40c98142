//! A workbook's parts, and its XML as a small tree.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

/// An element without its namespace prefix.
#[derive(Clone, Debug, Default)]
pub struct Node {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    pub children: Vec<Node>,
    pub text: String,
}

impl Node {
    /// An attribute, or nothing.
    pub fn get(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    /// Every element of this name, at any depth.
    pub fn all<'n>(&'n self, name: &str) -> Vec<&'n Node> {
        let mut found = Vec::new();
        self.collect(name, &mut found);
        found
    }

    fn collect<'n>(&'n self, name: &str, found: &mut Vec<&'n Node>) {
        for child in &self.children {
            if child.name == name {
                found.push(child);
            }
            child.collect(name, found);
        }
    }

    /// A child of this name.
    pub fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.name == name)
    }

    /// All text below.
    pub fn words(&self) -> String {
        let below: String = self.children.iter().map(Node::words).collect();
        format!("{}{below}", self.text)
    }
}

/// The parts of a workbook by name.
pub struct Package {
    pub parts: BTreeMap<String, Vec<u8>>,
}

impl Package {
    pub fn open(bytes: &[u8]) -> Self {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip archive");
        let mut parts = BTreeMap::new();
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).expect("an entry");
            let mut content = Vec::new();
            entry.read_to_end(&mut content).expect("a readable entry");
            assert!(parts.insert(entry.name().expect("a name").into_owned(), content).is_none(), "a part is there twice");
        }
        Self { parts }
    }

    pub fn xml(&self, part: &str) -> Node {
        let bytes = self.parts.get(part).unwrap_or_else(|| panic!("there is no part {part}"));
        parse(std::str::from_utf8(bytes).expect("UTF-8"))
    }

    /// Relationships of a part: id, kind (its last word), target part, and whether it leads outside.
    pub fn relations(&self, part: &str) -> Vec<(String, String, String, bool)> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let path = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        if !self.parts.contains_key(&path) {
            return Vec::new();
        }
        let relation = |node: &Node| {
            let outside = node.get("TargetMode") == "External";
            let target = if outside { node.get("Target").to_string() } else { resolved(folder, node.get("Target")) };
            (node.get("Id").to_string(), node.get("Type").rsplit('/').next().unwrap_or("").to_string(), target, outside)
        };
        self.xml(&path).all("Relationship").into_iter().map(relation).collect()
    }

    /// Sheets in order: name and part.
    pub fn sheets(&self) -> Vec<(String, String)> {
        let relations = self.relations("xl/workbook.xml");
        let part = |id: &str| {
            relations.iter().find(|relation| relation.0 == id).map(|relation| relation.2.clone()).expect("a sheet's part")
        };
        self.xml("xl/workbook.xml")
            .all("sheet")
            .into_iter()
            .map(|sheet| (sheet.get("name").to_string(), part(sheet.get("id"))))
            .collect()
    }
}

fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_string();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    parts.join("/")
}

pub fn parse(xml: &str) -> Node {
    let mut reader = Reader::from_str(xml);
    let mut open = vec![Node::default()];
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(start) => open.push(element(&start)),
            Event::Empty(start) => {
                let node = element(&start);
                open.last_mut().expect("a parent").children.push(node);
            }
            Event::End(_) => {
                let node = open.pop().expect("an open element");
                open.last_mut().expect("a parent").children.push(node);
            }
            Event::Text(text) => {
                open.last_mut().expect("a parent").text.push_str(&text.xml_content(quick_xml::XmlVersion::Implicit1_0))
            }
            Event::GeneralRef(reference) => {
                let letter = reference.resolve_char_ref().expect("a reference").map_or_else(
                    || {
                        match reference.as_ref() {
                            "amp" => "&",
                            "lt" => "<",
                            "gt" => ">",
                            "quot" => "\"",
                            _ => "'",
                        }
                        .to_string()
                    },
                    |letter| letter.to_string(),
                );
                open.last_mut().expect("a parent").text.push_str(&letter);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open.len(), 1, "an element is left open");
    open.pop().expect("the root")
}

fn element(start: &BytesStart<'_>) -> Node {
    let name = |text: &str| text.to_string();
    let attributes = start.attributes().map(|attribute| {
        let attribute = attribute.expect("an attribute");
        let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).expect("a value").into_owned();
        (name(attribute.key.local_name().as_ref()), value)
    });
    Node { name: name(start.local_name().as_ref()), attributes: attributes.collect(), ..Node::default() }
}
