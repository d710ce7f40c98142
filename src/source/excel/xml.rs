//! Small XML parts, event by event, with a limit on nesting and no document types.

use super::{Outcome, over_limit, refuse};
use crate::source::codes;
use crate::source::limits::Limits;
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::io::{self, BufRead, Read};

/// A source that gives no more than so many bytes for one item (a tag, or a text between two tags), so that a huge one is refused before it is held.
pub struct Rationed<R> {
    inner: R,
    ration: usize,
    left: usize,
}

impl<R: BufRead> Rationed<R> {
    /// A source with a full ration.
    pub const fn new(inner: R, limits: &Limits) -> Self {
        Self { inner, ration: limits.item_bytes, left: limits.item_bytes }
    }

    /// A full ration for the next item.
    pub const fn next_item(&mut self) {
        self.left = self.ration;
    }

    /// The source itself.
    pub fn into_inner(self) -> R {
        self.inner
    }
}

impl<R: BufRead> BufRead for Rationed<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let left = self.left;
        let held = self.inner.fill_buf()?;
        if left == 0 && !held.is_empty() {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(&held[..held.len().min(left)])
    }

    fn consume(&mut self, count: usize) {
        self.left = self.left.saturating_sub(count);
        self.inner.consume(count);
    }
}

impl<R: BufRead> Read for Rationed<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(to)?;
        self.consume(count);
        Ok(count)
    }
}

/// A step through a part. Names are local: any prefix is accepted.
pub enum Step<'a> {
    /// An element begins; an empty element is followed by its [`Step::Close`].
    Open(BytesStart<'a>),
    /// An element ends.
    Close(String),
    /// Characters, with entities resolved.
    Text(String),
    /// The part ends.
    End,
}

/// A reader of one part.
pub struct Xml<'a, R> {
    reader: Reader<Rationed<R>>,
    part: String,
    buffer: Vec<u8>,
    depth: usize,
    limits: &'a Limits,
}

impl<'a, R: BufRead> Xml<'a, R> {
    /// Reads `part` from the start of an element or of the document; end tags without a start are let through, so that
    /// a reader may begin in the middle.
    pub fn new(source: R, part: &str, limits: &'a Limits) -> Self {
        let mut reader = Reader::from_reader(Rationed::new(source, limits));
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_unmatched_ends = true;
        Self { reader, part: part.to_string(), buffer: Vec::new(), depth: 0, limits }
    }

    /// The next step.
    pub fn step(&mut self) -> Outcome<Step<'_>> {
        self.buffer.clear();
        self.reader.get_mut().next_item();
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(Event::Start(open)) => {
                self.depth += 1;
                check_depth(&self.part, self.depth, self.limits)?;
                Ok(Step::Open(open))
            }
            Ok(Event::End(close)) => {
                self.depth = self.depth.saturating_sub(1);
                Ok(Step::Close(close.local_name().as_ref().to_string()))
            }
            Ok(Event::Text(text)) => Ok(Step::Text(text.xml10_content().into_owned())),
            Ok(Event::CData(text)) => Ok(Step::Text(text.xml10_content().into_owned())),
            Ok(Event::GeneralRef(reference)) => {
                resolve(&reference).map(Step::Text).ok_or_else(|| unknown_entity(&self.part, &reference))
            }
            Ok(Event::DocType(_)) => Err(document_type(&self.part)),
            Ok(Event::Eof) => Ok(Step::End),
            Ok(_) => Ok(Step::Text(String::new())),
            Err(fault) => Err(broken(&self.part, &fault, self.limits)),
        }
    }

    /// Runs to the end of the part and calls `visit` with every element that begins.
    pub fn each_element(mut self, mut visit: impl FnMut(&BytesStart<'_>) -> Outcome<()>) -> Outcome<()> {
        loop {
            match self.step()? {
                Step::Open(open) => visit(&open)?,
                Step::End => return Ok(()),
                _ => {}
            }
        }
    }

    /// The characters up to the end of the element that has just begun, inner elements left out.
    pub fn text_of(&mut self) -> Outcome<String> {
        let mut text = String::new();
        let mut inner = 0usize;
        loop {
            match self.step()? {
                Step::Open(_) => inner += 1,
                Step::Text(more) if inner == 0 => text.push_str(&more),
                Step::Text(_) => {}
                Step::Close(_) if inner == 0 => return Ok(text),
                Step::Close(_) => inner -= 1,
                Step::End => return Err(cut_short(&self.part)),
            }
        }
    }
}

/// The value of an attribute, by its local name, with entities resolved.
pub fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found =
        element.attributes().with_checks(false).flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

/// True for `1`, `true` and `on`.
pub fn is_true(value: &str) -> bool {
    matches!(value.trim(), "1" | "true" | "on")
}

/// The character of an entity or a character reference; none where it is unknown.
pub fn resolve(reference: &BytesRef<'_>) -> Option<String> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Some(character.to_string());
    }
    resolve_predefined_entity(&reference.xml10_content()).map(str::to_string)
}

/// Excel writes a character that XML cannot hold as `_x000D_`; this undoes it. A literal `_x005F_` is an underscore.
pub fn unescape_excel(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let escape = rest.get(at..at + 7).and_then(escaped_character);
        let taken = if escape.is_some() { 7 } else { 2 };
        out.push_str(&escape.map_or_else(|| "_x".to_string(), String::from));
        rest = &rest[at + taken..];
    }
    out.push_str(rest);
    out
}

fn escaped_character(escape: &str) -> Option<char> {
    let digits = escape.strip_prefix("_x")?.strip_suffix('_')?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    char::from_u32(u32::from_str_radix(digits, 16).ok()?)
}

fn unknown_entity(part: &str, reference: &BytesRef<'_>) -> Box<crate::base::finding::Finding> {
    damaged(part, &format!("the entity &{}; is not known", reference.xml10_content()))
}

/// Refuses elements that are nested too deep.
pub fn check_depth(part: &str, depth: usize, limits: &Limits) -> Outcome<()> {
    if depth > limits.xml_depth {
        return Err(over_limit(format!("elements nested {depth} deep in {part}"), "xml_depth", limits.xml_depth));
    }
    Ok(())
}

/// What a fault of the XML reader means: an item beyond the ration, a container that breaks off, or broken XML.
pub fn broken(part: &str, fault: &quick_xml::Error, limits: &Limits) -> Box<crate::base::finding::Finding> {
    match fault {
        quick_xml::Error::Io(fault) if fault.kind() == io::ErrorKind::FileTooLarge => {
            over_limit(format!("one tag or text of {part} is longer"), "item_bytes", limits.item_bytes)
        }
        quick_xml::Error::Io(fault) => super::package::unreadable(part, fault),
        other => damaged(part, other),
    }
}

/// A part whose XML is broken.
pub fn damaged(part: &str, fault: &dyn std::fmt::Display) -> Box<crate::base::finding::Finding> {
    refuse(
        codes::BAD_XML,
        format!("{part}: {fault}"),
        "Open the file in Excel, let it repair the file, and save it under a new name.",
    )
}

/// A part that ends too early.
pub fn cut_short(part: &str) -> Box<crate::base::finding::Finding> {
    damaged(part, &"it ends too early")
}

/// A part with a document type.
pub fn document_type(part: &str) -> Box<crate::base::finding::Finding> {
    refuse(
        codes::DOCUMENT_TYPE,
        part,
        "Ask where the file came from; open it in Excel and save it under a new name if it is trusted.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excel_escapes_are_undone() {
        for (text, plain) in [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x0041_", "_x0041_"),
            ("_x", "_x"),
            ("no_xylophone", "no_xylophone"),
            ("é_x00e9_", "éé"),
        ] {
            assert_eq!(unescape_excel(text), plain);
        }
    }

    #[test]
    fn nesting_and_items_are_limited_and_document_types_refused() {
        let limits = Limits { xml_depth: 100, item_bytes: 1_000, ..Limits::default() };
        let nested = |depth: usize| "<a>".repeat(depth) + &"</a>".repeat(depth);
        let walk =
            |text: &str| Xml::new(text.as_bytes(), "p.xml", &limits).each_element(|_| Ok(())).map_err(|refusal| refusal.code.id);
        assert_eq!((walk(&nested(99)), walk(&nested(100))), (Ok(()), Ok(())));
        assert_eq!(walk(&nested(101)), Err(codes::OVER_LIMIT.id));
        // The reader looks one byte beyond a text to see that it ends.
        let long = |bytes: usize| walk(&format!("<a>{}</a>", " ".repeat(bytes)));
        assert_eq!((long(998), long(999)), (Ok(()), Ok(())));
        assert_eq!(long(1_000 + 1), Err(codes::OVER_LIMIT.id));
        assert_eq!(walk("<!DOCTYPE a><a/>"), Err(codes::DOCUMENT_TYPE.id));
        assert_eq!(walk("<a>&laugh;</a>"), Err(codes::BAD_XML.id));
    }
}
