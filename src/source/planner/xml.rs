//! XML files record by record: each record becomes a small tree with the line on which it begins. Nesting, the parts of
//! one record and the number of records are limited, and a file that declares entities of its own is refused.

use super::desk::{Desk, Record};
use crate::base::finding::{Code, Finding};
use crate::base::origin::{Origin, RowPlace};
use crate::source::codes;
use crate::source::kind::encoding_of_xml;
use encoding_rs::{Encoding, UTF_8};
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, Event};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// The text of a file: by its mark, else as its declaration says, else UTF-8.
pub(super) fn decode<'b>(bytes: &'b [u8], desk: &mut Desk<'_>) -> Cow<'b, str> {
    let (encoding, bytes) = match encoding_of_xml(bytes) {
        Some((encoding, mark)) => (encoding, &bytes[mark..]),
        None => (declared(bytes), bytes),
    };
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    if bad {
        let finding =
            codes::BAD_CHARACTERS.at(Origin::file(desk.file())).found(format!("bytes that are not {}", encoding.name()));
        desk.say(
            finding
                .expected("the encoding that the file declares")
                .hint("Export the file again; compare names with accented letters."),
        );
    }
    text
}

fn declared(bytes: &[u8]) -> &'static Encoding {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    let label = start.split_once("encoding=").and_then(|(_, rest)| rest.get(1..)?.split(['"', '\'']).next());
    label
        .and_then(|label| Encoding::for_label(label.as_bytes()))
        .filter(|encoding| encoding.is_ascii_compatible())
        .unwrap_or(UTF_8)
}

/// An element with what is in it. Names are local: any prefix is accepted.
#[derive(Clone, Debug, Default)]
pub(super) struct Element {
    pub name: String,
    /// The line on which it begins, from 1.
    pub line: u32,
    pub text: String,
    pub children: Vec<Element>,
}

impl Element {
    /// The first child of a name.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// All children of a name.
    pub fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of a child; none where it is empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.trim()).filter(|text| !text.is_empty())
    }

    /// A whole number in a child.
    pub fn whole<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name)?.parse().ok()
    }

    /// True where a child says 1 or true.
    pub fn is(&self, name: &str) -> bool {
        matches!(self.get(name), Some("1" | "true"))
    }
}

/// A step through a file.
pub(super) enum Step {
    Open { name: String, line: u32 },
    Text(String),
    Close,
    End,
}

/// Walks through a file.
pub(super) struct Walker<'t> {
    reader: Reader<&'t [u8]>,
    text: &'t str,
    /// Elements that are open.
    pub depth: usize,
    line: u32,
    counted: usize,
    /// Elements of the record that is being read.
    parts: usize,
}

impl<'t> Walker<'t> {
    pub fn new(text: &'t str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, text, depth: 0, line: 1, counted: 0, parts: 0 }
    }

    /// The line that the reader has come to.
    fn line(&mut self) -> u32 {
        let at = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX).min(self.text.len());
        let passed = self.text.as_bytes().get(self.counted..at).unwrap_or_default();
        let lines = memchr::memchr_iter(b'\n', passed).count();
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.counted = self.counted.max(at);
        self.line
    }

    /// The next step. What cannot be gone past comes back as the finding that tells it.
    pub fn step(&mut self, desk: &mut Desk<'_>) -> Result<Step, Box<Finding>> {
        loop {
            let line = self.line();
            match self.reader.read_event() {
                Ok(Event::Start(open)) => {
                    self.depth += 1;
                    let name: String = open.local_name().as_ref().chars().take(200).collect();
                    if self.depth > desk.limits.xml_depth {
                        return Err(over_limit(
                            format!("elements nested {} deep", self.depth),
                            "xml_depth",
                            desk.limits.xml_depth,
                            desk,
                        ));
                    }
                    return Ok(Step::Open { name, line });
                }
                Ok(Event::End(_)) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Step::Close);
                }
                Ok(Event::Text(text)) => return Ok(Step::Text(text.xml10_content().into_owned())),
                Ok(Event::CData(text)) => return Ok(Step::Text(text.xml10_content().into_owned())),
                Ok(Event::GeneralRef(reference)) => {
                    return resolve(&reference).map(Step::Text).ok_or_else(|| {
                        let found = format!("the entity &{};", reference.xml10_content());
                        self.refusal(codes::BAD_XML, found, "no entity but those of XML itself", desk)
                    });
                }
                Ok(Event::DocType(_)) => {
                    return Err(self.refusal(codes::DOCUMENT_TYPE, "a DOCTYPE".into(), "a file without a document type", desk));
                }
                Ok(Event::Eof) if self.depth > 0 => return Err(self.cut_short(desk)),
                Ok(Event::Eof) => return Ok(Step::End),
                Ok(_) => {}
                Err(fault) => return Err(self.broken(&fault, desk)),
            }
        }
    }

    /// The element that has just begun, with all that is in it but the children of the names to skip, which are counted by
    /// an empty element.
    pub fn element(&mut self, name: String, line: u32, skip: &[&str], desk: &mut Desk<'_>) -> Result<Element, Box<Finding>> {
        self.parts = 0;
        let mut open = vec![Element { name, line, ..Element::default() }];
        let mut skipping = 0usize;
        loop {
            match self.step(desk)? {
                Step::Open { name, line } => {
                    self.parts += 1;
                    if self.parts > desk.limits.record_elements {
                        let allowed = desk.limits.record_elements;
                        return Err(over_limit(
                            format!("more than {allowed} elements in one record"),
                            "record_elements",
                            allowed,
                            desk,
                        ));
                    }
                    if skipping > 0 || skip.contains(&name.as_str()) {
                        if skipping == 0 {
                            attach(&mut open, Element { name, line, ..Element::default() });
                        }
                        skipping += 1;
                    } else {
                        open.push(Element { name, line, ..Element::default() });
                    }
                }
                Step::Text(text) if skipping == 0 => {
                    if let Some(element) = open.last_mut() {
                        element.text.push_str(&text);
                    }
                }
                Step::Text(_) => {}
                Step::Close if skipping > 0 => skipping -= 1,
                Step::Close => {
                    let Some(done) = open.pop() else { continue };
                    if open.is_empty() {
                        return Ok(done);
                    }
                    attach(&mut open, done);
                }
                Step::End => return Err(self.cut_short(desk)),
            }
        }
    }

    fn refusal(&mut self, code: Code, found: String, expected: &str, desk: &mut Desk<'_>) -> Box<Finding> {
        let line = self.line();
        let hint = "Open the plan in its own program and export it again.";
        Box::new(desk.at_line(code, "XML", line).found(found).expected(expected).hint(hint))
    }

    fn cut_short(&mut self, desk: &mut Desk<'_>) -> Box<Finding> {
        let found = format!("the end of the file with {} element(s) open", self.depth);
        self.refusal(codes::PLAN_CUT_SHORT, found, "an end of every element", desk)
    }

    /// Broken XML; where it breaks off at the very end, a file that was cut short.
    fn broken(&mut self, fault: &quick_xml::Error, desk: &mut Desk<'_>) -> Box<Finding> {
        let at = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        if at >= self.text.len() && matches!(fault, quick_xml::Error::Syntax(_)) {
            return self.cut_short(desk);
        }
        self.refusal(codes::BAD_XML, fault.to_string(), "well-formed XML", desk)
    }
}

fn attach(open: &mut [Element], child: Element) {
    if let Some(above) = open.last_mut() {
        above.children.push(child);
    }
}

fn over_limit(found: String, name: &str, allowed: usize, desk: &Desk<'_>) -> Box<Finding> {
    let finding = desk.at_file(codes::OVER_LIMIT).found(found).expected(format!("at most {allowed} ({name})"));
    Box::new(finding.hint(format!("If the file is honest, split it: it is over the limit `{name}`.")))
}

/// The character of an entity or a character reference; none where it is unknown.
fn resolve(reference: &BytesRef<'_>) -> Option<String> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Some(character.to_string());
    }
    resolve_predefined_entity(&reference.xml10_content()).map(str::to_string)
}

/// What was seen of one kind of record.
#[derive(Default)]
struct Seen {
    line: u32,
    count: usize,
    /// Children that say something, with the number of records that have them.
    children: BTreeMap<String, usize>,
    asked: RefCell<BTreeSet<&'static str>>,
}

/// Keeps account of what a file holds, so that what nobody asked for can be listed.
#[derive(Default)]
pub(super) struct Account {
    records: BTreeMap<String, Seen>,
    unused: BTreeMap<String, (u32, usize)>,
    total: usize,
}

/// Values that say nothing.
const NOTHING: [&str; 9] = ["", "0", "0.0", "0.00", "-1", "PT0H0M0S", "false", "N", "0000"];

impl Account {
    /// Notes a record; false where the file has more than the limit allows.
    pub fn note(&mut self, element: &Element, desk: &mut Desk<'_>) -> bool {
        self.total += 1;
        let seen = self.records.entry(element.name.clone()).or_default();
        if seen.count == 0 {
            seen.line = element.line;
        }
        seen.count += 1;
        let mut names = BTreeSet::new();
        for child in &element.children {
            let speaks = !child.children.is_empty() || !NOTHING.contains(&child.text.trim()) || child.name == "TimephasedData";
            if speaks && names.insert(child.name.as_str()) {
                match seen.children.get_mut(&child.name) {
                    Some(count) => *count += 1,
                    None => drop(seen.children.insert(child.name.clone(), 1)),
                }
            }
        }
        if self.total == desk.limits.plan_records + 1 {
            let limit = desk.limits.plan_records;
            desk.say(*over_limit(format!("more than {limit} records"), "plan_records", limit, desk));
        }
        self.total <= desk.limits.plan_records
    }

    /// Notes an element that nothing reads.
    pub fn unused(&mut self, name: &str, line: u32) {
        self.unused.entry(name.to_string()).or_insert((line, 0)).1 += 1;
    }

    /// A record with named fields. `names` translates from the names asked for; where it is empty they are the file's own.
    pub fn record<'e>(
        &'e self,
        element: &'e Element,
        id: Option<&str>,
        names: &'static [(&'static str, &'static str)],
    ) -> Fields<'e> {
        let name = id.map_or_else(|| element.name.clone(), |id| format!("{} {id}", element.name));
        let place = RowPlace::Element { name: name.into(), line: element.line };
        Fields { element, place, names, project: None, asked: self.records.get(&element.name).map(|seen| &seen.asked) }
    }

    /// Lists what nobody asked for.
    pub fn report(&self, desk: &mut Desk<'_>) {
        for (name, seen) in &self.records {
            let asked = seen.asked.borrow();
            let left = seen.children.iter().filter(|(child, _)| !asked.contains(child.as_str()));
            let left: Vec<String> = left.map(|(child, count)| format!("{child} ({count})")).collect();
            if !left.is_empty() {
                let found = format!("{name}, {} in all: fields (and records with a value): {}", seen.count, left.join(", "));
                let finding = desk.at_line(codes::PLAN_UNUSED, name, seen.line).found(found);
                desk.say(finding.hint("Nothing to mend."));
            }
        }
        for (name, (line, count)) in &self.unused {
            let finding = desk.at_line(codes::PLAN_UNUSED, name, *line).found(format!("{name}: {count}"));
            desk.say(finding.hint("Nothing to mend."));
        }
    }
}

/// An element as a record.
pub(super) struct Fields<'e> {
    pub element: &'e Element,
    place: RowPlace,
    names: &'static [(&'static str, &'static str)],
    /// The project that the record lies in, where it does not say so itself.
    pub project: Option<&'e str>,
    asked: Option<&'e RefCell<BTreeSet<&'static str>>>,
}

impl Fields<'_> {
    /// Marks a child as used.
    pub fn uses(&self, name: &'static str) {
        if let Some(asked) = self.asked {
            asked.borrow_mut().insert(name);
        }
    }
}

impl Record for Fields<'_> {
    fn get(&self, field: &'static str) -> Option<&str> {
        if self.names.is_empty() {
            self.uses(field);
            return self.element.get(field);
        }
        let names = self.names.iter().filter(|(ours, _)| *ours == field).map(|(_, theirs)| *theirs);
        let found = names.inspect(|name| self.uses(name)).find_map(|name| self.element.get(name));
        found.or_else(|| self.project.filter(|_| field == "proj_id"))
    }

    fn place(&self) -> RowPlace {
        self.place.clone()
    }
}
