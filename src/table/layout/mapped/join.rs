//! A second sheet of the same file, joined by a key.

use super::frame::{Bounds, Frame, Lookup};
use super::view::View;
use crate::base::finding::Findings;
use crate::source::raw::RawSheet;
use crate::table::mapping::codes;
use crate::table::mapping::rule::Join;
use std::collections::BTreeMap;

/// A joined sheet, looked up by key.
pub struct Joined<'s> {
    /// The sheet's table.
    pub frame: Frame<'s>,
    /// The place of the key.
    pub key: u32,
    lines: BTreeMap<String, u32>,
}

impl<'s> Joined<'s> {
    /// Locates the sheet, its headers and its keys. None, with a finding, where it has none.
    pub fn open(sheets: &[&'s RawSheet], join: &Join, wanted: &[&str], from: &RawSheet, findings: &mut Findings) -> Option<Self> {
        let Some(sheet) = sheets.iter().find(|sheet| join.sheet.fits(&sheet.name.sheet)) else {
            findings.push(
                codes::NO_SHEET
                    .at(crate::base::origin::Origin::sheet(&from.name))
                    .found(format!("join with \"{}\"", join.sheet.text))
                    .expected("a sheet of the same file")
                    .hint("Correct the name, or mark the rule `optional = true` where not every file has the sheet."),
            );
            return None;
        };
        let bounds = Bounds { header: &join.header_row.0, first: None, last: None, area: None };
        let names: Vec<&str> = std::iter::once(join.key.as_str()).chain(wanted.iter().copied()).collect();
        let view = View { sheet, turned: false };
        let frame = Frame::locate(view, &bounds, &names);
        let key = frame.as_ref().map(|frame| frame.find(&join.key));
        let (Some(frame), Some(Lookup::Place(key) | Lookup::Several(key, _))) = (frame, key) else {
            findings.push(
                codes::NO_COLUMN
                    .at(crate::base::origin::Origin::sheet(&sheet.name))
                    .found(format!("no column \"{}\"", join.key))
                    .expected("the key of the join")
                    .hint("Correct `key`, or give the `header_row` of the joined sheet."),
            );
            return None;
        };
        let lines = index(&frame, key, findings);
        Some(Self { frame, key, lines })
    }

    /// The line of a key.
    pub fn line(&self, key: &str) -> Option<u32> {
        self.lines.get(key.trim()).copied()
    }
}

fn index(frame: &Frame<'_>, key: u32, findings: &mut Findings) -> BTreeMap<String, u32> {
    let mut lines = BTreeMap::new();
    for line in frame.first..=frame.last {
        let Some(text) = frame.view.text(line, key) else { continue };
        if let Some(first) = lines.get(text.as_ref()) {
            findings.push(
                codes::JOIN_REPEATED
                    .at(frame.view.origin(line, key))
                    .found(format!("\"{text}\", as in row {}", first + 1))
                    .expected("each key once")
                    .hint("Delete or renumber one of the rows."),
            );
        } else {
            lines.insert(text.into_owned(), line);
        }
    }
    lines
}
