//! Files made to hurt a reader. Each is refused, or read, within a second and 200 MB, with a finding that names the matter,
//! and a good file after it is still read. Each runs in a process of its own, so that an abort would show.

use super::kit::{Part, bomb, container, part, read_apart, sheet, workbook, workbook_parts};
use crate::harness::test;
use libtest_mimic::Trial;

struct Case {
    name: &'static str,
    file: &'static str,
    bytes: fn() -> Vec<u8>,
    /// The codes expected; empty where the file is read without a word.
    codes: &'static [&'static str],
    /// The cells expected.
    cells: usize,
}

const fn case(name: &'static str, bytes: fn() -> Vec<u8>, codes: &'static [&'static str], cells: usize) -> Case {
    Case { name, file: "hostile.xlsx", bytes, codes, cells }
}

const fn named(
    name: &'static str,
    file: &'static str,
    bytes: fn() -> Vec<u8>,
    codes: &'static [&'static str],
    cells: usize,
) -> Case {
    Case { name, file, bytes, codes, cells }
}

const CASES: &[Case] = &[
    case("two cells at opposite corners", || workbook(&(cell("A1", "1") + &cell("XFD1048576", "2"))), &["S043"], 2),
    case("an incredible number of shared texts", || shared(r#"uniqueCount="20000000000""#, ""), &["S015"], 0),
    case("an impossible number of shared texts", || shared(r#"uniqueCount="1000000000000000000""#, ""), &["S015"], 0),
    case("shared texts nested deep", || shared("", &deep()), &["S011"], 0),
    case("an entity among shared texts", || shared("", "<si><t>&lol;</t></si>"), &["S015"], 0),
    case("a shared formula with a huge number", || workbook(&formula("4000000000")), &[], 2),
    case("a column that wraps", || workbook(&cell("ZZZZZZZZZZ1", "1")), &["S030"], 0),
    case("a row that wraps", || workbook(&cell("A99999999999", "1")), &["S030"], 0),
    case("a column after the last", || workbook(&cell("XFE1", "1")), &["S030"], 0),
    case("a row after the last", || workbook(&cell("A1048577", "1")), &["S030"], 0),
    case("a row tag after the last", || workbook(r#"<row r="4294967295"><c><v>1</v></c></row>"#), &["S030"], 0),
    case("a dimension upside down", || dimension("C3:A1"), &[], 1),
    case("a dimension without sense", || dimension("ZZZZZZZZ1:A999999999999"), &[], 1),
    case("268 MB of one text", || with_sheet(bomb("", b'a', 268_000_003)), &["S011"], 0),
    case("268 MB that claim to be one", || with_sheet(Part { declared: 1_000_000, ..bomb("", b' ', 268_000_003) }), &["S002"], 0),
    case("thousands of parts", many_parts, &["S011"], 0),
    case("parts that overlap", || container(&workbook_parts(sheet("")), &[("xl/a.xml", 3), ("xl/b.xml", 3)]), &["S013"], 0),
    case("elements nested deep before the data", || container(&workbook_parts(deep()), &[]), &["S011"], 0),
    case("elements nested deep in a cell", || workbook(&format!(r#"<row r="1"><c r="A1">{}</c></row>"#, deep())), &["S011"], 0),
    case(
        "elements nested deep after the data",
        || container(&workbook_parts(sheet("").replace("</worksheet>", &deep())), &[]),
        &["S011"],
        0,
    ),
    case("a million merged ranges", merges, &["S011"], 0),
    case("a document type in the workbook", || in_workbook("<!DOCTYPE x [<!ENTITY a \"aaaa\">]>"), &["S016"], 0),
    case("a document type in the sheet", || container(&workbook_parts(format!("<!DOCTYPE x>{}", sheet(""))), &[]), &["S016"], 0),
    case("an unknown entity in a cell", || workbook(&cell("A1", "&lol9;").replace("<c ", "<c t=\"str\" ")), &["S015"], 0),
    case("two parts of one name", || twice("xl/worksheets/sheet1.xml"), &["S012"], 0),
    case("two parts of one name but for case", || twice("XL/Worksheets/Sheet1.xml"), &["S012"], 0),
    case("a file cut short", || super::kit::good()[..700].to_vec(), &["S002"], 0),
    case(
        "a sheet cut short",
        || container(&workbook_parts(sheet(&cell("A1", "1")).replace("</sheetData></worksheet>", "")), &[]),
        &["S015"],
        0,
    ),
    case(
        "a sheet cut short after its data",
        || container(&workbook_parts(sheet(&cell("A1", "1")).replace("</worksheet>", "")), &[]),
        &["S015"],
        0,
    ),
    case("an empty file", Vec::new, &["S008"], 0),
    case("a sheet that is not there", no_sheet, &["S014"], 0),
    case("a path out of the container", || in_rels("worksheets/sheet1.xml", "../../../../etc/passwd"), &["S014"], 0),
    case(
        "nine megabytes in a cell",
        || workbook(&cell("A1", &"x".repeat(9_000_000)).replace("<c ", "<c t=\"str\" ")),
        &["S032"],
        1,
    ),
    case(
        "numbers that are none",
        || workbook(&(cell("A1", "NaN") + &cell("A2", "1e999") + &cell("A3", "-INF"))),
        &["S033", "S033", "S033"],
        3,
    ),
    case("a million rows without a number", || workbook(&"<row/>".repeat(1_048_577)), &["S030"], 0),
    case("a thousand faults", || workbook(&cell("A1", "?").replace("<c ", "<c t=\"n\" ").repeat(1_001)), &["S011"], 0),
    case("thousands of texts that are not there", || workbook(&missing_texts()), &["S011"], 0),
    case("a cell thousands of times", || workbook(&cell("A1", "1").repeat(2_000)), &["S034"], 1),
    case("thousands of numbers that are none", || workbook(&cell("A1", "NaN").repeat(2_000)), &["S011"], 0),
    case(
        "bytes without sense",
        || (0..60_000u32).map(|place| (place.wrapping_mul(2_654_435_761) >> 13) as u8).collect(),
        &["S007"],
        0,
    ),
    named(
        "a web page called xls",
        "report.xls",
        || b"<html><body><table><tr><td>1</td></tr></table></body></html>".to_vec(),
        &["S005"],
        0,
    ),
    named("a text called xlsx", "ledger.xlsx", || b"id;amount\nL1;5\n".to_vec(), &["S006"], 4),
    named("an xls called xlsx", "old.xlsx", || compound("Workbook"), &["S024", "S003"], 0),
    named("an encrypted workbook", "secret.xlsx", || compound("EncryptedPackage"), &["S001"], 0),
    named("a workbook called csv", "plan.csv", super::kit::good, &["S004"], 1),
    named("a document called xlsx", "text.xlsx", || container(&[part("word/document.xml", "<w/>")], &[]), &["S007"], 0),
    named("a zip folder called xlsx", "folder.xlsx", || container(&[part("a.txt", "a")], &[]), &["S007"], 0),
    named("a PDF called xlsx", "scan.xlsx", || b"%PDF-1.7 ...".to_vec(), &["S007"], 0),
    named("a binary file called csv", "ledger.csv", || b"id,amount\n\0\0\0\n".to_vec(), &["S050"], 0),
    named("a line of two megabytes", "ledger.csv", || [b"id,amount\n".to_vec(), vec![b'x'; 2_000_000]].concat(), &["S011"], 0),
];

pub fn trials() -> Vec<Trial> {
    CASES.iter().map(|case| test(&format!("source::hostile::{}", case.name.replace(' ', "_")), || hold(case))).collect()
}

fn hold(case: &Case) {
    let bytes = (case.bytes)();
    let reported = read_apart(case.file, &bytes);
    let mut codes = reported.codes.clone();
    codes.sort();
    let mut expected: Vec<&str> = case.codes.to_vec();
    expected.sort_unstable();
    assert_eq!(codes, expected);
    assert_eq!(reported.cells, case.cells);
    let seconds = if cfg!(debug_assertions) { 10.0 } else { 1.0 };
    assert!(reported.took.as_secs_f64() <= seconds, "it took {:?}", reported.took);
    let file_kib = bytes.len() as u64 / 1024;
    assert!(reported.peak_kib <= 200 * 1024 + file_kib, "it took {} KiB", reported.peak_kib);
}

fn cell(address: &str, value: &str) -> String {
    let row: String = address.chars().filter(char::is_ascii_digit).collect();
    let row = if row.len() > 7 || row.parse::<u32>().is_ok_and(|row| row > 1_048_576) { "1" } else { &row };
    format!(r#"<row r="{row}"><c r="{address}"><v>{value}</v></c></row>"#)
}

fn formula(number: &str) -> String {
    let cell = |address: &str, rest: &str| format!(r#"<c r="{address}"><f t="shared" si="{number}"{rest}</f><v>3</v></c>"#);
    format!(r#"<row r="1">{}{}</row>"#, cell("A1", r#" ref="A1:B1">1+2"#), cell("B1", ">"))
}

fn deep() -> String {
    "<a>".repeat(300_000)
}

fn missing_texts() -> String {
    r#"<row><c t="s"><v>9</v></c></row>"#.repeat(2_000)
}

fn shared(attributes: &str, inner: &str) -> Vec<u8> {
    let mut parts = workbook_parts(sheet(&cell("A1", "1")));
    parts.push(part("xl/sharedStrings.xml", format!("<sst {attributes}>{inner}</sst>")));
    container(&parts, &[])
}

fn dimension(area: &str) -> Vec<u8> {
    let with = sheet(&cell("A1", "1")).replace("<sheetData>", &format!(r#"<dimension ref="{area}"/><sheetData>"#));
    container(&workbook_parts(with), &[])
}

fn with_sheet(sheet: Part) -> Vec<u8> {
    let mut parts = workbook_parts("");
    parts[3] = Part { name: parts[3].name.clone(), ..sheet };
    container(&parts, &[])
}

fn many_parts() -> Vec<u8> {
    let mut parts = workbook_parts(sheet(""));
    parts.extend((0..20_000).map(|number| part(&format!("x/{number}"), "")));
    container(&parts, &[])
}

fn merges() -> Vec<u8> {
    let merge = |number: u32| format!(r#"<mergeCell ref="A{0}:B{0}"/>"#, number + 1);
    let all = (0..1_000_000).map(merge).collect::<Vec<_>>().concat();
    container(&workbook_parts(sheet("").replace("</worksheet>", &format!("<mergeCells>{all}</mergeCells></worksheet>"))), &[])
}

fn in_workbook(start: &str) -> Vec<u8> {
    let mut parts = workbook_parts(sheet(""));
    let text = String::from_utf8(parts[1].bytes.clone()).unwrap();
    parts[1] = part(&parts[1].name.clone(), format!("{start}{text}"));
    container(&parts, &[])
}

fn in_rels(from: &str, to: &str) -> Vec<u8> {
    let mut parts = workbook_parts(sheet(""));
    let text = String::from_utf8(parts[2].bytes.clone()).unwrap();
    parts[2] = part(&parts[2].name.clone(), text.replace(from, to));
    container(&parts, &[])
}

fn no_sheet() -> Vec<u8> {
    container(&workbook_parts("")[..3], &[])
}

fn twice(name: &str) -> Vec<u8> {
    let mut parts = workbook_parts(sheet(""));
    parts.push(part(name, sheet(&cell("A1", "1"))));
    container(&parts, &[])
}

/// The start of a compound file with an entry of this name in its directory.
fn compound(entry: &str) -> Vec<u8> {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.resize(1_024, 0);
    bytes.extend(entry.encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(4_096, 0);
    bytes
}
