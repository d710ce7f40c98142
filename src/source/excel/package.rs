//! The container of a workbook: examined before anything in it is inflated.
//!
//! The number of parts, their declared sizes, how far they inflate, repeated names and overlaps are checked here. The
//! inflating reader holds each part to its declared size, so the sum of declared sizes bounds the memory.

use super::{Outcome, over_limit, refuse};
use crate::base::finding::Finding;
use crate::source::codes;
use crate::source::limits::Limits;
use std::collections::HashMap;
use std::io::{BufReader, Cursor, Read};
use zip::ZipArchive;
use zip::read::ZipFile;

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// An examined container.
pub struct Package<'a> {
    archive: Archive<'a>,
    by_name: HashMap<String, usize>,
    part_bytes: u64,
}

impl<'a> Package<'a> {
    /// Examines a container.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Outcome<Self> {
        check_declared_parts(bytes, limits)?;
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|fault| broken(&fault))?;
        if archive.has_duplicate_names() {
            return Err(repeated("a name is used twice"));
        }
        let by_name = names(&archive)?;
        check_sizes(&mut archive, limits)?;
        if archive.has_overlapping_entries().map_err(|fault| broken(&fault))? {
            return Err(refuse(
                codes::OVERLAPPING_PARTS,
                "two parts share bytes",
                "Ask where the file came from; have it saved anew in Excel.",
            ));
        }
        Ok(Self { archive, by_name, part_bytes: limits.part_bytes })
    }

    /// True where the container holds this part; case does not matter.
    pub fn has(&self, part: &str) -> bool {
        self.by_name.contains_key(&key(part))
    }

    /// True where the workbook holds macros.
    pub fn has_macros(&self) -> bool {
        self.by_name.keys().any(|name| name.ends_with("vbaproject.bin"))
    }

    /// The inflated size of a part; 0 where it is missing.
    pub fn size(&self, part: &str) -> u64 {
        let index = self.by_name.get(&key(part));
        index.and_then(|&index| self.archive.by_index_data(index).ok()).map_or(0, |entry| entry.size())
    }

    /// Streams a part to `work`.
    pub fn stream<T>(&self, part: &str, work: impl FnOnce(BufReader<ZipFile<'_, Cursor<&'a [u8]>>>) -> Outcome<T>) -> Outcome<T> {
        let Some(&index) = self.by_name.get(&key(part)) else {
            return Err(refuse(
                codes::MISSING_PART,
                part,
                "Open the file in Excel, let it repair the file, and save it under a new name.",
            ));
        };
        let mut archive = self.archive.clone();
        let file = archive.by_index(index).map_err(|fault| broken(&fault))?;
        work(BufReader::with_capacity(64 * 1024, file))
    }

    /// The whole of a small part.
    pub fn text(&self, part: &str) -> Outcome<String> {
        let size = self.size(part);
        if size > self.part_bytes {
            return Err(over_limit(format!("{size} bytes in {part}"), "part_bytes", self.part_bytes));
        }
        self.stream(part, |mut reader| {
            let mut bytes = Vec::new();
            reader.read_to_end(&mut bytes).map_err(|fault| unreadable(part, &fault))?;
            decode(part, bytes)
        })
    }
}

/// A part that breaks off while it is inflated.
pub fn unreadable(part: &str, fault: &std::io::Error) -> Box<Finding> {
    refuse(codes::DAMAGED, format!("{part}: {fault}"), "Copy the file again from where it came, or have it saved anew in Excel.")
}

fn decode(part: &str, bytes: Vec<u8>) -> Outcome<String> {
    let text = String::from_utf8(bytes).map_err(|_| super::xml::damaged(part, &"it is not written in UTF-8"))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_string).unwrap_or(text))
}

fn key(part: &str) -> String {
    part.trim_start_matches('/').replace('\\', "/").to_lowercase()
}

fn broken(fault: &zip::result::ZipError) -> Box<Finding> {
    let text = fault.to_string();
    if text.to_lowercase().contains("password") {
        return refuse(codes::PASSWORD, text, "Save the workbook without a password, or send the figures in another file.");
    }
    refuse(codes::DAMAGED, text, "Copy the file again from where it came, or have it saved anew in Excel.")
}

fn repeated(found: impl Into<String>) -> Box<Finding> {
    refuse(codes::REPEATED_PARTS, found, "Ask where the file came from; have it saved anew in Excel.")
}

fn names(archive: &Archive<'_>) -> Outcome<HashMap<String, usize>> {
    let mut by_name = HashMap::with_capacity(archive.len());
    for index in 0..archive.len() {
        let Some(Ok(name)) = archive.name_for_index(index) else { continue };
        if by_name.insert(key(&name), index).is_some() {
            return Err(repeated(name.into_owned()));
        }
    }
    Ok(by_name)
}

fn check_sizes(archive: &mut Archive<'_>, limits: &Limits) -> Outcome<()> {
    let mut total = 0u64;
    for index in 0..archive.len() {
        let entry = archive.by_index_data(index).map_err(|fault| broken(&fault))?;
        let (size, packed) = (entry.size(), entry.compressed_size());
        total = total.saturating_add(size);
        if size > limits.ratio_free_bytes && size / packed.max(1) > limits.inflate_ratio {
            let name = archive.name_for_index(index).and_then(Result::ok).unwrap_or_default();
            let found = format!("{name} inflates from {packed} to {size} bytes, {} times", size / packed.max(1));
            return Err(over_limit(found, "inflate_ratio", limits.inflate_ratio));
        }
    }
    if total > limits.inflated_bytes {
        return Err(over_limit(format!("{total} bytes when inflated"), "inflated_bytes", limits.inflated_bytes));
    }
    Ok(())
}

const END_RECORD: &[u8] = b"PK\x05\x06";
const END_RECORD_64: &[u8] = b"PK\x06\x06";

/// Reads the number of parts that every end record declares, before a directory of that length is built.
fn check_declared_parts(bytes: &[u8], limits: &Limits) -> Outcome<()> {
    let tail = &bytes[bytes.len().saturating_sub(22 + 4 + 65_536)..];
    let mut most = 0u64;
    for at in memchr::memmem::find_iter(tail, END_RECORD) {
        let declared = number_at::<2>(tail, at + 10);
        most = most.max(if declared == 0xFFFF { declared_64(bytes) } else { declared });
    }
    if most > limits.parts {
        return Err(over_limit(format!("{most} parts"), "parts", limits.parts));
    }
    Ok(())
}

fn declared_64(bytes: &[u8]) -> u64 {
    memchr::memmem::find_iter(bytes, END_RECORD_64).map(|at| number_at::<8>(bytes, at + 32)).max().unwrap_or(0xFFFF)
}

fn number_at<const N: usize>(bytes: &[u8], at: usize) -> u64 {
    let digits = bytes.get(at..at + N).unwrap_or(&[]);
    digits.iter().rev().fold(0, |sum, byte| (sum << 8) | u64::from(*byte))
}
