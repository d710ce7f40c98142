//! The rows of a sheet's part, cut into blocks at row boundaries, so that cores can share them and memory stays bounded.
//!
//! The cutter looks at row tags only: their numbers, which rows are hidden, their outline levels. It rewrites comments and
//! literal sections, which no spreadsheet program writes, so that nothing inside them is taken for a tag.

use super::package::unreadable;
use super::xml::{cut_short, damaged};
use super::{Outcome, over_limit, refuse};
use crate::source::codes;
use crate::source::limits::{GRID_ROWS, Limits};
use memchr::{memchr, memmem};
use std::io::Read;

/// Whole rows of a sheet.
pub struct Block {
    /// Its place among the blocks.
    pub index: usize,
    /// The row (from 0) at which a first row without a number stands.
    pub first_row: u32,
    /// The XML of the rows.
    pub bytes: Vec<u8>,
}

/// What the row tags say.
#[derive(Default)]
pub struct RowFacts {
    /// Hidden rows, as ranges.
    pub hidden: Vec<(u32, u32)>,
    /// Outline levels above 0.
    pub outline: Vec<(u32, u8)>,
    /// True where comments or literal sections stood among the rows.
    pub unusual: bool,
}

/// Cuts a sheet's rows into blocks.
pub struct Blocks<'a, R> {
    source: R,
    part: &'a str,
    limits: &'a Limits,
    row_tag: Vec<u8>,
    end_tag: Vec<u8>,
    pending: Vec<u8>,
    next_row: u32,
    index: usize,
    ended: bool,
    /// What the row tags said so far.
    pub facts: RowFacts,
}

const BLOCK_BYTES: usize = 1024 * 1024;

impl<'a, R: Read> Blocks<'a, R> {
    /// Begins right after the start tag of the sheet's data; `prefix` is that tag's prefix with its colon, or empty.
    pub fn new(source: R, prefix: &str, part: &'a str, limits: &'a Limits) -> Self {
        Self {
            source,
            part,
            limits,
            row_tag: format!("<{prefix}row").into_bytes(),
            end_tag: format!("</{prefix}sheetData").into_bytes(),
            pending: Vec::with_capacity(BLOCK_BYTES + 64 * 1024),
            next_row: 0,
            index: 0,
            ended: false,
            facts: RowFacts::default(),
        }
    }

    /// The next block; none after the last row.
    pub fn next(&mut self) -> Outcome<Option<Block>> {
        if self.ended {
            return Ok(None);
        }
        let cut = loop {
            let at_end = self.fill()?;
            let in_comment = self.rewrite_literals()?;
            if let Some(end) = memmem::find(&self.pending, &self.end_tag) {
                self.ended = true;
                break end;
            }
            if at_end {
                return Err(cut_short(self.part));
            }
            if let Some(cut) = memmem::rfind(&self.pending, &self.row_tag).filter(|&cut| cut > 0 && !in_comment) {
                break cut;
            }
            self.check_length(self.pending.len())?;
        };
        self.take(cut).map(Some)
    }

    fn check_length(&self, bytes: usize) -> Outcome<()> {
        if bytes > self.limits.row_bytes {
            let found = format!("{bytes} bytes or more in the rows from {}", self.next_row + 1);
            return Err(over_limit(found, "row_bytes", self.limits.row_bytes));
        }
        Ok(())
    }

    /// What follows the rows: the bytes already read, from the end tag on, and the source.
    pub fn into_rest(self) -> (Vec<u8>, R) {
        (self.pending, self.source)
    }

    fn fill(&mut self) -> Outcome<bool> {
        let mut wanted = BLOCK_BYTES as u64;
        if let Ok(held) = u64::try_from(self.pending.len()) {
            wanted = wanted.saturating_sub(held % wanted);
        }
        let read = self.source.by_ref().take(wanted).read_to_end(&mut self.pending);
        read.map(|count| count == 0).map_err(|fault| unreadable(self.part, &fault))
    }

    fn take(&mut self, cut: usize) -> Outcome<Block> {
        let first_row = self.next_row;
        let mut rest = Vec::with_capacity(BLOCK_BYTES + 64 * 1024);
        rest.extend_from_slice(&self.pending[cut..]);
        let mut bytes = std::mem::replace(&mut self.pending, rest);
        bytes.truncate(cut);
        self.note_rows(&bytes)?;
        let index = self.index;
        self.index += 1;
        Ok(Block { index, first_row, bytes })
    }

    fn note_rows(&mut self, bytes: &[u8]) -> Outcome<()> {
        let row_tag = std::mem::take(&mut self.row_tag);
        let mut start = 0;
        for at in memmem::find_iter(bytes, &row_tag) {
            self.check_length(at - start)?;
            start = at;
            let after = &bytes[at + row_tag.len()..];
            if after.first().is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'>' | b'/')) {
                self.note_row(&after[..memchr(b'>', after).unwrap_or(after.len())])?;
            }
        }
        self.row_tag = row_tag;
        self.check_length(bytes.len() - start)
    }

    fn note_row(&mut self, tag: &[u8]) -> Outcome<()> {
        let (mut row, mut hidden, mut level) = (self.next_row, false, 0u8);
        for (name, value) in attributes(tag) {
            match name {
                b"r" => row = row_number(value).ok_or_else(|| outside(value))?,
                b"hidden" => hidden = matches!(value, b"1" | b"true"),
                b"outlineLevel" => level = std::str::from_utf8(value).ok().and_then(|text| text.parse().ok()).unwrap_or(0),
                _ => {}
            }
        }
        if row >= GRID_ROWS {
            return Err(outside(b"a row without a number"));
        }
        if hidden {
            note_hidden(&mut self.facts.hidden, row);
        }
        if level > 0 {
            self.facts.outline.push((row, level));
        }
        self.next_row = row + 1;
        Ok(())
    }

    /// Takes comments out and writes literal sections as plain text; true where one goes on beyond what was read.
    fn rewrite_literals(&mut self) -> Outcome<bool> {
        let mut from = 0;
        while let Some(at) = memmem::find(&self.pending[from..], b"<!").map(|at| from + at) {
            if memmem::find(&self.pending[..at], &self.end_tag).is_some() {
                return Ok(false);
            }
            let (end, literal) = match &self.pending[at..] {
                rest if rest.starts_with(b"<!--") => (&b"-->"[..], false),
                rest if rest.starts_with(b"<![CDATA[") => (&b"]]>"[..], true),
                rest if rest.len() < 9 => return Ok(true),
                _ => return Err(damaged(self.part, &"it holds a declaration among its rows")),
            };
            let Some(close) = memmem::find(&self.pending[at + 4..], end).map(|found| at + 4 + found) else { return Ok(true) };
            self.facts.unusual = true;
            let text = if literal { escaped(&self.pending[at + 9..close]) } else { Vec::new() };
            from = at + text.len();
            self.pending.splice(at..close + end.len(), text);
        }
        Ok(false)
    }
}

fn escaped(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for &byte in text {
        match byte {
            b'<' => out.extend_from_slice(b"&lt;"),
            b'&' => out.extend_from_slice(b"&amp;"),
            b'>' => out.extend_from_slice(b"&gt;"),
            other => out.push(other),
        }
    }
    out
}

fn outside(value: &[u8]) -> Box<crate::base::finding::Finding> {
    let found = format!("row {}", String::from_utf8_lossy(&value[..value.len().min(40)]));
    refuse(codes::OUTSIDE_GRID, found, "Open the file in Excel, let it repair the file, and save it under a new name.")
}

/// The row (from 0) of a row's number; none where no worksheet has it.
pub fn row_number(value: &[u8]) -> Option<u32> {
    let number: u32 = std::str::from_utf8(value).ok()?.parse().ok()?;
    (1..=GRID_ROWS).contains(&number).then(|| number - 1)
}

fn note_hidden(ranges: &mut Vec<(u32, u32)>, row: u32) {
    match ranges.last_mut() {
        Some(last) if last.1.checked_add(1) == Some(row) => last.1 = row,
        _ => ranges.push((row, row)),
    }
}

/// The attributes of a tag, as raw bytes.
pub fn attributes(tag: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = tag;
    std::iter::from_fn(move || {
        let start = rest.iter().position(|byte| !byte.is_ascii_whitespace() && *byte != b'/')?;
        rest = &rest[start..];
        let equals = memchr(b'=', rest)?;
        let name = rest[..equals].trim_ascii_end();
        rest = rest[equals + 1..].trim_ascii_start();
        let quote = *rest.first().filter(|byte| matches!(byte, b'"' | b'\''))?;
        let close = memchr(quote, &rest[1..])?;
        let value = &rest[1..=close];
        rest = &rest[close + 2..];
        Some((name, value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, limits: &Limits) -> Result<(Vec<Block>, RowFacts), String> {
        let mut blocks = Blocks::new(text.as_bytes(), "x:", "s.xml", limits);
        let mut all = Vec::new();
        while let Some(block) = blocks.next().map_err(|refusal| refusal.message())? {
            all.push(block);
        }
        Ok((all, blocks.facts))
    }

    #[test]
    fn blocks_join_up_to_the_rows() -> Result<(), String> {
        let row = |row: u32| format!("<x:row r=\"{row}\" spans='1:3'><x:c r=\"A{row}\"><x:v>{row}</x:v></x:c></x:row>");
        let rows = (1..=60_000).map(row).collect::<Vec<_>>().concat();
        let (blocks, _) = cut(&format!("{rows}</x:sheetData></x:worksheet>"), &Limits::default())?;
        assert!(blocks.len() > 2);
        let joined: Vec<u8> = blocks.iter().flat_map(|block| block.bytes.clone()).collect();
        assert!(joined == rows.as_bytes());
        for block in &blocks {
            assert!(block.bytes.starts_with(format!("<x:row r=\"{}\"", block.first_row + 1).as_bytes()));
        }
        Ok(())
    }

    #[test]
    fn row_tags_tell_hidden_rows_and_outlines() -> Result<(), String> {
        let text = r#"<x:row r="3" hidden="1"/><x:row hidden='true' outlineLevel="2"></x:row><x:row r="9" outlineLevel="1"/></x:sheetData>"#;
        let (_, facts) = cut(text, &Limits::default())?;
        assert_eq!(facts.hidden, [(2, 3)]);
        assert_eq!(facts.outline, [(3, 2), (8, 1)]);
        Ok(())
    }

    #[test]
    fn comments_vanish_and_literals_become_text() -> Result<(), String> {
        let (blocks, facts) =
            cut("<x:row><!-- <x:row r='0'> --><x:c><x:v><![CDATA[a<b]]></x:v></x:c></x:row></x:sheetData>", &Limits::default())?;
        assert_eq!(blocks[0].bytes, b"<x:row><x:c><x:v>a&lt;b</x:v></x:c></x:row>");
        assert!(facts.unusual);
        Ok(())
    }

    #[test]
    fn rows_outside_the_grid_and_endless_rows_are_refused() {
        let numbered = |row: &str| cut(&format!("<x:row r=\"{row}\"/></x:sheetData>"), &Limits::default());
        assert!(numbered("1048576").is_ok());
        for row in ["0", "1048577", "99999999999", "x"] {
            assert!(numbered(row).is_err(), "{row}");
        }
        assert!(cut("<x:row>", &Limits::default()).is_err());
    }

    #[test]
    fn the_length_of_a_row_is_limited_to_the_byte() {
        let limits = Limits { row_bytes: 3_000_000, ..Limits::default() };
        let row = |bytes: usize| format!("<x:row>{}</x:row>", " ".repeat(bytes - "<x:row></x:row>".len()));
        let read = |bytes: usize| cut(&format!("<x:row/>{}<x:row/></x:sheetData>", row(bytes)), &limits);
        assert!(read(2_999_999).is_ok() && read(3_000_000).is_ok());
        assert!(read(3_000_001).is_err() && read(9_000_000).is_err());
    }
}
