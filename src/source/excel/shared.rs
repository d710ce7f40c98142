//! The texts that the cells of a workbook share.
//!
//! calamine looks a shared text up in the table it is given and hands it back. We give it a table of numbers written
//! out ([`Keys`]), so that what comes back is the number of the text. Cells can then be read while the texts still are,
//! and each text is stored once whatever the number of cells.

use super::package::Package;
use super::xml::{
    Rationed, Step, Xml, attribute, broken, check_depth, cut_short, damaged, document_type, resolve, unescape_excel,
};
use super::{Outcome, over_limit};
use crate::source::intern::Texts;
use crate::source::limits::Limits;
use memchr::memchr;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashSet;
use std::io::BufRead;
use std::sync::{Arc, OnceLock};

/// The shared texts of a workbook, without repeats.
#[derive(Default)]
pub struct Shared {
    /// The texts.
    pub texts: Vec<Arc<str>>,
    /// For each index that a cell may hold, the place of its text in [`Self::texts`].
    pub places: Vec<u32>,
    /// The places of texts that are longer than a cell can hold.
    pub too_long: HashSet<u32>,
}

/// The table for calamine: each index written out, when calamine is first asked to read anything.
pub struct Keys {
    count: usize,
    written: OnceLock<Vec<String>>,
}

impl Keys {
    /// The indices below a number.
    pub const fn new(count: usize) -> Self {
        Self { count, written: OnceLock::new() }
    }

    /// How many.
    pub const fn count(&self) -> usize {
        self.count
    }

    /// The table.
    pub fn written(&self) -> &[String] {
        self.written.get_or_init(|| (0..self.count).map(|index| index.to_string()).collect())
    }
}

/// How many texts the part declares; none where it does not say. A number that its bytes cannot hold is refused: the
/// shortest text takes five bytes (`<si/>`).
pub fn declared(package: &Package<'_>, part: Option<&str>, limits: &Limits) -> Outcome<Option<usize>> {
    let Some(part) = part.filter(|part| package.has(part)) else { return Ok(Some(0)) };
    let size = package.size(part);
    let count = package.stream(part, |source| declared_count(source, part, limits))?;
    if count.is_some_and(|count| count > size / 5 + 1) {
        let count = count.unwrap_or(0);
        return Err(damaged(part, &format!("it declares {count} texts, and its {size} bytes cannot hold as many")));
    }
    Ok(count.and_then(|count| usize::try_from(count).ok()).filter(|count| *count <= limits.shared_texts))
}

fn declared_count(source: impl BufRead, part: &str, limits: &Limits) -> Outcome<Option<u64>> {
    let mut xml = Xml::new(source, part, limits);
    loop {
        match xml.step()? {
            Step::Open(element) if element.local_name().as_ref() == "sst" => {
                return Ok(attribute(&element, "uniqueCount").and_then(|text| text.trim().parse().ok()));
            }
            Step::End => return Err(cut_short(part)),
            _ => {}
        }
    }
}

/// Reads the shared texts; a workbook without the part has none.
pub fn read(package: &Package<'_>, part: Option<&str>, limits: &Limits) -> Outcome<Shared> {
    let Some(part) = part.filter(|part| package.has(part)) else { return Ok(Shared::default()) };
    package.stream(part, |source| Collector::new(part, limits).run(source))
}

/// True where a text has more characters, counted as Excel counts them, than a cell can hold.
pub fn is_too_long(text: &str, limits: &Limits) -> bool {
    text.len() > limits.text_chars && text.encode_utf16().count() > limits.text_chars
}

struct Collector<'a> {
    part: &'a str,
    limits: &'a Limits,
    shared: Shared,
    texts: Texts,
    depth: usize,
    item: String,
    run: String,
    in_run: bool,
    keep_space: bool,
    phonetic: bool,
}

impl<'a> Collector<'a> {
    fn new(part: &'a str, limits: &'a Limits) -> Self {
        Self {
            part,
            limits,
            shared: Shared::default(),
            texts: Texts::default(),
            depth: 0,
            item: String::new(),
            run: String::new(),
            in_run: false,
            keep_space: false,
            phonetic: false,
        }
    }

    fn run(mut self, source: impl BufRead) -> Outcome<Shared> {
        let mut reader = Reader::from_reader(Rationed::new(source, self.limits));
        reader.config_mut().expand_empty_elements = true;
        reader.config_mut().check_end_names = false;
        let mut buffer = Vec::with_capacity(4096);
        loop {
            buffer.clear();
            reader.get_mut().next_item();
            match reader.read_event_into(&mut buffer).map_err(|fault| broken(self.part, &fault, self.limits))? {
                Event::Start(open) => self.open(&open)?,
                Event::End(close) => {
                    self.depth = self.depth.saturating_sub(1);
                    match close.local_name().as_ref() {
                        "si" => {
                            self.end_item()?;
                            self.plain_items(reader.get_mut())?;
                        }
                        "t" => self.end_run(),
                        "rPh" => self.phonetic = false,
                        "sst" => return Ok(Shared { texts: self.texts.list, ..self.shared }),
                        _ => {}
                    }
                }
                Event::Text(text) if self.in_run => self.push(&text.xml10_content()),
                Event::CData(text) if self.in_run => self.push(&text.xml10_content()),
                Event::GeneralRef(reference) => {
                    let text = resolve(&reference).ok_or_else(|| damaged(self.part, &"it uses an unknown entity"))?;
                    self.push(&text);
                }
                Event::DocType(_) => return Err(document_type(self.part)),
                Event::Eof => return Err(cut_short(self.part)),
                _ => {}
            }
        }
    }

    /// Takes the items that follow as long as they are plain: one run, nothing to resolve. The first that is not, or that
    /// the buffer cuts, is left to the XML reader, which stands between two items here and has read no further.
    fn plain_items(&mut self, source: &mut Rationed<impl BufRead>) -> Outcome<()> {
        if self.phonetic || self.in_run {
            return Ok(());
        }
        loop {
            source.next_item();
            // What cannot be read is told by the XML reader, which comes to it next.
            let Ok(held) = source.fill_buf() else { return Ok(()) };
            let mut rest = held;
            while let Some((text, after)) = plain_item(rest) {
                self.item.push_str(text);
                self.end_item()?;
                rest = after;
            }
            let taken = held.len() - rest.len();
            source.consume(taken);
            if taken == 0 {
                return Ok(());
            }
        }
    }

    /// A text that is too long already grows no further: its end does not matter any more.
    fn push(&mut self, text: &str) {
        if self.run.len() + self.item.len() <= 4 * self.limits.text_chars {
            self.run.push_str(text);
        }
    }

    fn open(&mut self, element: &BytesStart<'_>) -> Outcome<()> {
        self.depth += 1;
        check_depth(self.part, self.depth, self.limits)?;
        match element.local_name().as_ref() {
            "rPh" => self.phonetic = true,
            "t" if !self.phonetic => {
                self.in_run = true;
                self.run.clear();
                self.keep_space = element.attributes_raw().contains("preserve");
            }
            _ => {}
        }
        Ok(())
    }

    fn end_run(&mut self) {
        if !self.in_run {
            return;
        }
        let text = if self.keep_space { self.run.as_str() } else { self.run.trim_matches([' ', '\t', '\r', '\n']) };
        if text.contains("_x") {
            self.item.push_str(&unescape_excel(text))
        } else {
            self.item.push_str(text)
        }
        self.in_run = false;
    }

    fn end_item(&mut self) -> Outcome<()> {
        if self.shared.places.len() >= self.limits.shared_texts {
            return Err(over_limit(
                format!("more than {} shared texts", self.limits.shared_texts),
                "shared_texts",
                self.limits.shared_texts,
            ));
        }
        let seen = self.texts.list.len();
        let number = self.texts.number(&self.item);
        if self.texts.list.len() > seen && is_too_long(&self.item, self.limits) {
            self.shared.too_long.insert(number);
        }
        self.shared.places.push(number);
        self.item.clear();
        Ok(())
    }
}

/// The text of an item in one run that stands for itself, and what follows the item.
fn plain_item(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let rest = bytes.strip_prefix(b"<si><t")?;
    let kept = rest.strip_prefix(b" xml:space=\"preserve\">");
    let rest = kept.or_else(|| rest.strip_prefix(b">"))?;
    let end = memchr(b'<', rest)?;
    let text = super::plain::plain_text(&rest[..end])?;
    let after = rest[end..].strip_prefix(b"</t></si>")?;
    Some((if kept.is_some() { text } else { text.trim_matches([' ', '\t', '\r', '\n']) }, after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn collect(text: &str, limits: &Limits) -> Result<Shared, String> {
        Collector::new("sst.xml", limits).run(text.as_bytes()).map_err(|refusal| refusal.message())
    }

    #[test]
    fn runs_are_joined_and_phonetic_guides_left_out() -> Result<(), String> {
        let text = r#"<sst uniqueCount="4"><si><r><t xml:space="preserve">a </t></r><r><t>b&amp;c</t></r><rPh><t>no</t></rPh></si><si><t> x </t></si><si/><si><t>x</t></si></sst>"#;
        let shared = collect(text, &Limits::default())?;
        assert_eq!(shared.texts, ["a b&c".into(), "x".into(), Arc::from("")]);
        assert_eq!(shared.places, [0, 1, 2, 1]);
        Ok(())
    }

    fn item() -> impl Strategy<Value = String> {
        let text = prop::sample::select(vec!["", "a", " a ", "b&amp;c", "Vendor 1", "_x0041_", "x\r\ny", "£ é", "a>b"]);
        let (open, own) = (prop::sample::select(vec!["<t>", "<t xml:space=\"preserve\">", "<t >"]), text.clone());
        let plain = (open, own).prop_map(|(open, text)| format!("<si>{open}{text}</t></si>"));
        let runs = text.prop_map(|text| format!("<si><r><rPr/><t>{text}</t></r><r><t>{text}</t></r><rPh><t>no</t></rPh></si>"));
        prop_oneof![6 => plain, 1 => runs, 1 => prop::sample::select(vec!["<si/>", "<si></si>", "<si><t/></si>", "\n ", "<!-- -->"]).prop_map(String::from)]
    }

    proptest! {
        #[test]
        fn the_fast_way_and_the_xml_reader_agree(items in prop::collection::vec(item(), 0..12)) {
            let text = format!("<sst>{}</sst>", items.concat());
            // A buffer of seven bytes holds no whole item: then every item goes to the XML reader.
            let held = [7, 64 * 1024].map(|bytes| {
                let limits = Limits::default();
                let shared = Collector::new("sst.xml", &limits).run(std::io::BufReader::with_capacity(bytes, text.as_bytes()));
                shared.map(|shared| (shared.texts, shared.places)).map_err(|refusal| refusal.message())
            });
            prop_assert_eq!(&held[0], &held[1]);
        }
    }

    #[test]
    fn the_number_of_texts_is_limited() {
        let limits = Limits { shared_texts: 3, ..Limits::default() };
        let text = |count: usize| format!("<sst>{}</sst>", "<si/>".repeat(count));
        assert!(collect(&text(2), &limits).is_ok() && collect(&text(3), &limits).is_ok());
        assert!(collect(&text(4), &limits).is_err());
    }
}
