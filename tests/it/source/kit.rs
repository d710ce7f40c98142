//! Containers made part by part, honest or not, and ways to read them.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use throughline::base::disk::Disk;
use throughline::base::finding::Findings;
use throughline::source::raw::{FileStatus, Intake, SourceFile};
use throughline::source::{Limits, read};

/// A part of a container, with what its headers say of it.
#[derive(Clone)]
pub struct Part {
    pub name: String,
    pub bytes: Vec<u8>,
    /// 0: as it is; 8: deflated.
    pub method: u16,
    /// The inflated size that the headers declare.
    pub declared: u64,
}

pub fn part(name: &str, bytes: impl Into<Vec<u8>>) -> Part {
    let bytes = bytes.into();
    Part { name: name.into(), declared: bytes.len() as u64, bytes, method: 0 }
}

/// A part of `count` equal bytes, deflated by hand to about a 160th.
pub fn bomb(name: &str, byte: u8, count: usize) -> Part {
    Part { name: name.into(), bytes: deflated_run(byte, count), method: 8, declared: count as u64 }
}

/// A deflate stream of `count` (a multiple of 258, plus 1) equal bytes: one literal, then matches of 258 at distance 1, in one
/// block of fixed codes (RFC 1951, 3.2.6).
pub fn deflated_run(byte: u8, count: usize) -> Vec<u8> {
    let mut bits = Bits::default();
    bits.low_first(0b011, 3);
    bits.high_first(
        if byte < 144 { 0x30 + u32::from(byte) } else { 0x190 + u32::from(byte) - 144 },
        if byte < 144 { 8 } else { 9 },
    );
    for _ in 0..(count - 1) / 258 {
        bits.high_first(0b1100_0101, 8);
        bits.high_first(0, 5);
    }
    bits.high_first(0, 7);
    bits.finish()
}

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    filled: u32,
}

impl Bits {
    fn push(&mut self, bit: bool) {
        if self.filled.is_multiple_of(8) {
            self.bytes.push(0);
        }
        if bit {
            *self.bytes.last_mut().unwrap() |= 1 << (self.filled % 8);
        }
        self.filled += 1;
    }

    fn low_first(&mut self, value: u32, count: u32) {
        (0..count).for_each(|place| self.push(value >> place & 1 == 1));
    }

    fn high_first(&mut self, value: u32, count: u32) {
        (0..count).rev().for_each(|place| self.push(value >> place & 1 == 1));
    }

    fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

/// A container of these parts. The directory may list parts again, pointing at bytes already there: `overlaps`.
pub fn container(parts: &[Part], overlaps: &[(&str, usize)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut offsets = Vec::new();
    for part in parts {
        offsets.push(bytes.len());
        bytes.extend(local_header(part));
        bytes.extend(&part.bytes);
    }
    let listed = parts.iter().cloned().zip(offsets.clone());
    let again =
        overlaps.iter().map(|(name, place)| (Part { name: (*name).to_string(), ..parts[*place].clone() }, offsets[*place]));
    let directory: Vec<Vec<u8>> = listed.chain(again).map(|(part, offset)| directory_entry(&part, offset)).collect();
    let start = bytes.len();
    let count = u16::try_from(directory.len()).unwrap_or(u16::MAX);
    let directory = directory.concat();
    bytes.extend(&directory);
    bytes.extend(end_record(count, directory.len(), start));
    bytes
}

fn local_header(part: &Part) -> Vec<u8> {
    [b"PK\x03\x04".to_vec(), vec![20, 0, 0, 0], common(part), u16_of(part.name.len()), vec![0, 0], part.name.clone().into_bytes()]
        .concat()
}

fn directory_entry(part: &Part, offset: usize) -> Vec<u8> {
    let rest = [u16_of(part.name.len()), vec![0; 12], u32_of(offset), part.name.clone().into_bytes()].concat();
    [b"PK\x01\x02".to_vec(), vec![20, 0, 20, 0, 0, 0], common(part), rest].concat()
}

fn common(part: &Part) -> Vec<u8> {
    let declared = usize::try_from(part.declared).unwrap();
    [
        part.method.to_le_bytes().to_vec(),
        vec![0, 0, 0x21, 0x28],
        crc32(&part.bytes).to_le_bytes().to_vec(),
        u32_of(part.bytes.len()),
        u32_of(declared),
    ]
    .concat()
}

fn end_record(count: u16, size: usize, start: usize) -> Vec<u8> {
    [
        b"PK\x05\x06".to_vec(),
        vec![0; 4],
        count.to_le_bytes().to_vec(),
        count.to_le_bytes().to_vec(),
        u32_of(size),
        u32_of(start),
        vec![0, 0],
    ]
    .concat()
}

fn u16_of(value: usize) -> Vec<u8> {
    u16::try_from(value).unwrap().to_le_bytes().to_vec()
}

fn u32_of(value: usize) -> Vec<u8> {
    u32::try_from(value).unwrap().to_le_bytes().to_vec()
}

/// CRC-32 as zip files use it (reflected 0xEDB88320).
pub fn crc32(bytes: &[u8]) -> u32 {
    let table: Vec<u32> = (0..256)
        .map(|start: u32| (0..8).fold(start, |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 }))
        .collect();
    !bytes.iter().fold(!0u32, |crc, byte| crc >> 8 ^ table[((crc ^ u32::from(*byte)) & 0xFF) as usize])
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const DOCUMENT: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// The parts of a workbook with one sheet, `Data`.
pub fn workbook_parts(sheet: impl Into<Vec<u8>>) -> Vec<Part> {
    let relation =
        |id: u32, kind: &str, target: &str| format!(r#"<Relationship Id="rId{id}" Type="{DOCUMENT}/{kind}" Target="{target}"/>"#);
    let relations = |inner: String| format!(r#"<?xml version="1.0"?><Relationships xmlns="{PACKAGE}">{inner}</Relationships>"#);
    let related = [
        relation(1, "worksheet", "worksheets/sheet1.xml"),
        relation(2, "sharedStrings", "sharedStrings.xml"),
        relation(3, "styles", "styles.xml"),
    ];
    let book = format!(
        r#"<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>"#
    );
    vec![
        part("_rels/.rels", relations(relation(1, "officeDocument", "xl/workbook.xml"))),
        part("xl/workbook.xml", book),
        part("xl/_rels/workbook.xml.rels", relations(related.concat())),
        part("xl/worksheets/sheet1.xml", sheet),
    ]
}

/// A sheet with these rows.
pub fn sheet(rows: &str) -> String {
    format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>"#)
}

/// A workbook with one sheet that has these rows.
pub fn workbook(rows: &str) -> Vec<u8> {
    container(&workbook_parts(sheet(rows)), &[])
}

/// A workbook whose cell A1 is 42.
pub fn good() -> Vec<u8> {
    workbook(r#"<row r="1"><c r="A1"><v>42</v></c></row>"#)
}

/// Reads files of these names and bytes.
pub fn read_files(files: &[(&str, Vec<u8>)], limits: &Limits) -> (Intake, Findings) {
    let folder = tempfile::tempdir().unwrap();
    let sources: Vec<SourceFile> = files.iter().map(|(name, bytes)| write(folder.path(), name, bytes)).collect();
    read(&Disk::real(), &sources, limits)
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> SourceFile {
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    SourceFile { path, name: name.to_string() }
}

/// Reads one file; the codes of its findings.
pub fn codes(name: &str, bytes: Vec<u8>, limits: &Limits) -> (Intake, Vec<&'static str>) {
    let (intake, findings) = read_files(&[(name, bytes)], limits);
    (intake, findings.0.iter().map(|finding| finding.code.id).collect())
}

/// The argument that makes this test binary read files and report; see [`report`].
pub const REPORT_COMMAND: &str = "read-and-report";

/// Reads the files named and prints, a line each: the codes of its findings, and how many cells came of it; at last the
/// process's peak memory in KiB, where the system tells it.
pub fn report(names: &[String]) {
    for name in names {
        let file = SourceFile { path: name.into(), name: name.clone() };
        let (intake, findings) = read(&Disk::real(), &[file], &Limits::default());
        let ids: Vec<&str> = findings.0.iter().map(|finding| finding.code.id).collect();
        let cells: usize = intake.sheets.iter().map(throughline::source::raw::RawSheet::cell_count).sum();
        println!("{}|{cells}|{}", ids.join(" "), intake.files[0].status == FileStatus::Read);
    }
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
    println!("{}", peak.trim().trim_end_matches(" kB"));
}

/// What became of a hostile file read in a process of its own, with a good file after it.
pub struct Reported {
    pub codes: Vec<String>,
    pub cells: usize,
    pub took: Duration,
    pub peak_kib: u64,
}

/// Reads a hostile file and then a good one in a process of its own, so that an abort or a hunger for memory shows.
pub fn read_apart(name: &str, bytes: &[u8]) -> Reported {
    let folder = tempfile::tempdir().unwrap();
    let hostile = write(folder.path(), name, bytes);
    let fine = write(folder.path(), "fine.xlsx", &good());
    let start = Instant::now();
    let mut command = Command::new(std::env::current_exe().unwrap());
    let output = command.arg(REPORT_COMMAND).arg(&hostile.path).arg(&fine.path).output().unwrap();
    let took = start.elapsed();
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{name}: {}: {words}", output.status);
    assert!(words.is_empty(), "{name} made the reader talk: {words}");
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[1], "|1|true", "{name}: the good file beside it was not read");
    let mut parts = lines[0].split('|');
    let codes = parts.next().unwrap().split_whitespace().map(str::to_string).collect();
    let cells = parts.next().unwrap().parse().unwrap();
    Reported { codes, cells, took, peak_kib: lines[2].parse().unwrap_or(0) }
}
