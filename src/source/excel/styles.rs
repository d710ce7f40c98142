//! The styles of a workbook, cut down to what carries meaning: number format, indent, bold.

use super::Outcome;
use super::formats::{built_in, class_of};
use super::package::Package;
use super::xml::{Step, Xml, attribute, is_true};
use crate::source::limits::Limits;
use crate::source::raw::Style;
use quick_xml::events::BytesStart;
use std::collections::HashMap;

/// The styles of a workbook; many cell formats share one.
pub struct Styles {
    /// The different styles; the first is General.
    pub list: Vec<Style>,
    by_format: Vec<u16>,
}

impl Styles {
    /// The index in [`Self::list`] of a cell format; General where the file names one that it does not hold.
    pub fn of(&self, format: usize) -> u16 {
        self.by_format.get(format).copied().unwrap_or(0)
    }
}

#[cfg(test)]
impl Styles {
    /// Styles for tests: so many formats, each with a style of its own.
    pub fn plain(count: u16) -> Self {
        let style = |indent: u16| Style { indent: u8::try_from(indent).unwrap_or(0), ..Style::general() };
        Self { list: (0..count).map(style).collect(), by_format: (0..count).collect() }
    }
}

#[derive(Default)]
struct Collected {
    section: String,
    codes: HashMap<u32, String>,
    bold: Vec<bool>,
    formats: Vec<Format>,
}

#[derive(Clone, Copy)]
struct Format {
    code: u32,
    font: usize,
    indent: u8,
}

/// Reads the styles part; a workbook without one has only General.
pub fn read(package: &Package<'_>, part: Option<&str>, limits: &Limits) -> Outcome<Styles> {
    let mut collected = Collected::default();
    if let Some(part) = part.filter(|part| package.has(part)) {
        let text = package.text(part)?;
        let mut xml = Xml::new(text.as_bytes(), part, limits);
        loop {
            match xml.step()? {
                Step::Open(element) => collected.open(&element),
                Step::Close(name) if name == collected.section => collected.section.clear(),
                Step::End => break,
                _ => {}
            }
        }
    }
    Ok(collected.finish())
}

impl Collected {
    /// Fonts and formats also occur in other sections (named styles, conditional formats); those do not count.
    fn open(&mut self, element: &BytesStart<'_>) {
        let number = |name: &str| attribute(element, name).and_then(|text| text.trim().parse::<u32>().ok()).unwrap_or(0);
        let local = element.local_name();
        match (self.section.as_str(), local.as_ref()) {
            ("", name @ ("numFmts" | "fonts" | "cellXfs" | "cellStyleXfs" | "dxfs")) => self.section = name.to_string(),
            ("numFmts", "numFmt") => {
                self.codes.insert(number("numFmtId"), attribute(element, "formatCode").unwrap_or_default());
            }
            ("fonts", "font") => self.bold.push(false),
            ("fonts", "b") => {
                if let Some(last) = self.bold.last_mut() {
                    *last = attribute(element, "val").is_none_or(|value| is_true(&value));
                }
            }
            ("cellXfs", "xf") => {
                let font = usize::try_from(number("fontId")).unwrap_or(usize::MAX);
                self.formats.push(Format { code: number("numFmtId"), font, indent: 0 });
            }
            ("cellXfs", "alignment") => {
                if let Some(last) = self.formats.last_mut() {
                    last.indent = u8::try_from(number("indent")).unwrap_or(u8::MAX);
                }
            }
            _ => {}
        }
    }

    fn finish(self) -> Styles {
        let mut list = vec![Style::general()];
        let mut places: HashMap<Style, u16> = HashMap::from([(Style::general(), 0)]);
        let mut by_format = Vec::with_capacity(self.formats.len());
        for format in &self.formats {
            let style = self.style(*format);
            let next = u16::try_from(list.len()).unwrap_or(0);
            let place = *places.entry(style).or_insert_with_key(|style| {
                list.push(style.clone());
                next
            });
            by_format.push(place);
        }
        Styles { list, by_format }
    }

    fn style(&self, format: Format) -> Style {
        let code = self.codes.get(&format.code).map_or_else(|| built_in(format.code), String::as_str);
        let class = class_of(code);
        let code = if code.eq_ignore_ascii_case("general") { "" } else { code };
        Style { code: code.to_string(), class, indent: format.indent, bold: self.bold.get(format.font).copied().unwrap_or(false) }
    }
}
