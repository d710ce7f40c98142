//! Plain cells, read fast: those written the way every spreadsheet program writes them, without formulas or entities.
//!
//! Promises: what it reads, calamine reads the same (held by a test); at the first thing that is not plain it gives the whole
//! block up, and calamine reads it. So it decides nothing about odd files.

use super::blocks::{Block, attributes, row_number};
use super::cells::{Builder, error_named};
use crate::source::limits::{GRID_COLS, GRID_ROWS};
use crate::source::raw::Value;
use memchr::{memchr, memmem};

/// Adds the cells of a block; none where the block is not plain, and what was added is then to be thrown away.
pub fn read(block: &Block, builder: &mut Builder<'_>) -> Option<()> {
    let mut scan = Scan { rest: &block.bytes };
    let mut row = block.first_row;
    loop {
        scan.skip_space();
        if scan.rest.is_empty() {
            return Some(());
        }
        scan.take(b"<row")?;
        let tag = scan.until(b'>')?;
        let (tag, empty) = tag.strip_suffix(b"/").map_or((tag, false), |tag| (tag, true));
        if !tag.is_empty() && !tag.starts_with(b" ") {
            return None;
        }
        for (name, value) in attributes(tag) {
            if name == b"r" {
                row = row_number(value)?;
            }
        }
        if !empty {
            cells_of_row(&mut scan, row, builder)?;
        }
        row += 1;
    }
}

fn cells_of_row(scan: &mut Scan<'_>, row: u32, builder: &mut Builder<'_>) -> Option<()> {
    let mut next_col = 0;
    loop {
        scan.skip_space();
        if scan.take(b"</row>").is_some() {
            return Some(());
        }
        scan.take(b"<c")?;
        let tag = scan.cell_tag()?;
        let (at_row, at_col) = tag.address.unwrap_or((row, next_col));
        if at_row >= GRID_ROWS || at_col >= GRID_COLS {
            return None;
        }
        next_col = at_col + 1;
        if !tag.empty {
            add_value(scan, &tag, at_row, at_col, builder)?;
        }
    }
}

/// What the tag of a cell says.
struct CellTag<'a> {
    address: Option<(u32, u32)>,
    format: usize,
    kind: &'a [u8],
    empty: bool,
}

fn add_value(scan: &mut Scan<'_>, tag: &CellTag<'_>, row: u32, col: u32, builder: &mut Builder<'_>) -> Option<()> {
    if scan.take(b"</c>").is_some() {
        return Some(());
    }
    if tag.kind == b"inlineStr" {
        let text = scan.inline_text()?;
        builder.add_plain_text(row, col, text, tag.format);
        return Some(());
    }
    scan.take(b"<v>")?;
    let text = scan.until(b'<')?;
    scan.take(b"/v></c>")?;
    let value = match tag.kind {
        b"" | b"n" => Value::Number(number(text)?),
        b"s" => Value::Text(digits(text).filter(|index| builder.has_key(*index))?),
        b"b" => Value::Bool(truth(text)?),
        b"e" => Value::Error(error_named(std::str::from_utf8(text).ok()?)?),
        b"str" => {
            builder.add_plain_text(row, col, plain_text(text)?, tag.format);
            return Some(());
        }
        _ => return None,
    };
    builder.add_plain(row, col, value, tag.format);
    Some(())
}

/// A finite number written with digits, sign, point and exponent only.
fn number(text: &[u8]) -> Option<f64> {
    if !text.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E')) {
        return None;
    }
    std::str::from_utf8(text).ok()?.parse().ok().filter(|number: &f64| number.is_finite())
}

fn digits(text: &[u8]) -> Option<u32> {
    if text.is_empty() || text.len() > 9 {
        return None;
    }
    text.iter().try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0')))
}

fn truth(text: &[u8]) -> Option<bool> {
    match text {
        b"0" => Some(false),
        b"1" => Some(true),
        _ => None,
    }
}

/// Text that stands for itself: no entity, no carriage return, nothing that Excel escapes.
pub fn plain_text(text: &[u8]) -> Option<&str> {
    if memchr::memchr2(b'&', b'\r', text).is_some() || memmem::find(text, b"_x").is_some() {
        return None;
    }
    std::str::from_utf8(text).ok()
}

/// The zero-based row and column of an address such as `F214`, in capitals.
fn address(text: &[u8]) -> Option<(u32, u32)> {
    let letters = text.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    if letters == 0 || letters > 3 {
        return None;
    }
    let col = text[..letters].iter().fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1);
    let row = digits(&text[letters..]).filter(|row| *row > 0)?;
    Some((row - 1, col - 1))
}

struct Scan<'a> {
    rest: &'a [u8],
}

impl<'a> Scan<'a> {
    fn skip_space(&mut self) {
        self.rest = self.rest.trim_ascii_start();
    }

    fn take(&mut self, expected: &[u8]) -> Option<()> {
        self.rest = self.rest.strip_prefix(expected)?;
        Some(())
    }

    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    /// What stands before a byte, which is passed over.
    fn until(&mut self, end: u8) -> Option<&'a [u8]> {
        // Most values are short, and a plain loop finds their end sooner than a vector search begins.
        let near = self.rest.iter().take(16).position(|byte| *byte == end);
        let at = near.or_else(|| memchr(end, self.rest))?;
        let before = &self.rest[..at];
        self.rest = &self.rest[at + 1..];
        Some(before)
    }

    fn cell_tag(&mut self) -> Option<CellTag<'a>> {
        let mut tag = CellTag { address: None, format: 0, kind: b"", empty: false };
        loop {
            match self.next()? {
                b'>' => return Some(tag),
                b'/' => {
                    tag.empty = true;
                    return self.take(b">").map(|()| tag);
                }
                b' ' => {}
                _ => return None,
            }
            let name = *self.rest.first()?;
            if matches!(name, b'>' | b'/' | b' ') {
                continue;
            }
            self.rest = self.rest[1..].strip_prefix(b"=\"")?;
            let value = self.until(b'"')?;
            match name {
                b'r' => tag.address = Some(address(value)?),
                b's' => tag.format = digits(value)? as usize,
                b't' => tag.kind = value,
                _ => return None,
            }
        }
    }

    fn inline_text(&mut self) -> Option<&'a str> {
        self.take(b"<is><t")?;
        let kept = self.take(b" xml:space=\"preserve\">").is_some();
        if !kept {
            self.take(b">")?;
        }
        let text = plain_text(self.until(b'<')?)?;
        self.take(b"/t></is></c>")?;
        (kept || text.trim_matches([' ', '\t', '\r', '\n']) == text).then_some(text)
    }
}
