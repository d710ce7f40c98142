//! Bytes to text: which encoding a text file is in.

use crate::base::finding::{Finding, Findings};
use crate::base::origin::Origin;
use crate::source::codes;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// The text of a file. Lone carriage returns as line ends become line feeds.
pub fn text<'a>(file: &str, bytes: &'a [u8], findings: &mut Findings) -> Result<Cow<'a, str>, Box<Finding>> {
    let (encoding, marked) = encoding_of(bytes);
    if !marked && encoding != UTF_16LE && encoding != UTF_16BE {
        check_text(bytes)?;
    }
    let (text, _, bad) = encoding.decode(bytes);
    let place = || Origin::file(file);
    if encoding == WINDOWS_1252 {
        findings
            .push(codes::ASSUMED_ENCODING.at(place()).found("bytes that are not UTF-8").hint("Export the file as “CSV UTF-8”."));
    }
    if bad {
        findings.push(
            codes::BAD_CHARACTERS
                .at(place())
                .found(format!("bytes that are not {}", encoding.name()))
                .hint("Export the file again."),
        );
    }
    let text = match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_end_matches('\u{1a}')),
        Cow::Owned(text) => Cow::Owned(text.trim_end_matches('\u{1a}').to_string()),
    };
    if text.contains('\r') && !text.contains('\n') {
        return Ok(Cow::Owned(text.replace('\r', "\n")));
    }
    Ok(text)
}

/// The encoding, and whether the file says so itself by a mark at its start.
fn encoding_of(bytes: &[u8]) -> (&'static Encoding, bool) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding, true);
    }
    if let Some(encoding) = unmarked_utf_16(&bytes[..bytes.len().min(4096)]) {
        return (encoding, false);
    }
    (if is_mostly_utf_8(bytes) { UTF_8 } else { WINDOWS_1252 }, false)
}

/// Western text in UTF-16 has a zero in every other byte.
fn unmarked_utf_16(start: &[u8]) -> Option<&'static Encoding> {
    let zeros = |offset: usize| start.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, units) = (zeros(0), zeros(1), start.len() / 2);
    match () {
        () if units < 2 => None,
        () if odd * 10 >= units * 9 && even == 0 => Some(UTF_16LE),
        () if even * 10 >= units * 9 && odd == 0 => Some(UTF_16BE),
        () => None,
    }
}

/// True where all is UTF-8, or where more characters beyond ASCII are good UTF-8 than are not: then a few bytes are broken.
fn is_mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad == 0 || good > bad
}

/// Refuses NUL bytes and a start that is full of control characters.
fn check_text(bytes: &[u8]) -> Result<(), Box<Finding>> {
    let hint = "Send the workbook or the csv file itself.";
    if let Some(at) = memchr::memchr(0, bytes) {
        return Err(Box::new(codes::BINARY_TEXT.nowhere().found(format!("a NUL character at byte {}", at + 1)).hint(hint)));
    }
    let start = &bytes[..bytes.len().min(64 * 1024)];
    let controls = start.iter().filter(|byte| matches!(byte, 1..=8 | 14..=25 | 27..=31)).count();
    if controls * 100 > start.len() {
        return Err(Box::new(codes::BINARY_TEXT.nowhere().found(format!("{controls} control characters")).hint(hint)));
    }
    Ok(())
}
