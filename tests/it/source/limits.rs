//! Every limit at one below, at, and one above.

use super::kit::{codes, container, part, sheet, workbook, workbook_parts};
use crate::harness::test;
use libtest_mimic::Trial;
use throughline::source::Limits;

/// Makes a file that asks for a given amount.
type Make = fn(usize) -> Vec<u8>;
/// The limits with one of them set.
type Set = fn(usize) -> Limits;

/// The limit's name, how to set it, the amount that is allowed, and a file that asks for an amount.
const LIMITS: &[(&str, Set, usize, Make)] = &[
    ("file_bytes", |at| Limits { file_bytes: at as u64, ..Limits::default() }, 5_000, |bytes| padded(bytes)),
    ("parts", |at| Limits { parts: at as u64, ..Limits::default() }, 12, |count| parts(count)),
    ("inflated_bytes", |at| Limits { inflated_bytes: at as u64, ..Limits::default() }, 9_000, |bytes| inflated(bytes)),
    (
        "inflate_ratio",
        |at| Limits { inflate_ratio: at as u64, ratio_free_bytes: 10, ..Limits::default() },
        20,
        |ratio| ratios(ratio, 100),
    ),
    (
        "ratio_free_bytes",
        |at| Limits { ratio_free_bytes: at as u64, inflate_ratio: 1, ..Limits::default() },
        2_000,
        |bytes| ratios(bytes, 1),
    ),
    ("part_bytes", |at| Limits { part_bytes: at as u64, ..Limits::default() }, 3_000, |bytes| with_styles(bytes)),
    ("item_bytes", |at| Limits { item_bytes: at, ..Limits::default() }, 600, |bytes| with_text(bytes)),
    ("row_bytes", |at| Limits { row_bytes: at, ..Limits::default() }, 4_000, |bytes| workbook(&row_of(bytes).repeat(2))),
    ("shared_texts", |at| Limits { shared_texts: at, ..Limits::default() }, 7, |count| with_shared(&"<si/>".repeat(count))),
    ("sheets", |at| Limits { sheets: at, ..Limits::default() }, 3, |count| sheets(count)),
    (
        "cells",
        |at| Limits { cells: at, ..Limits::default() },
        9,
        |count| workbook(&format!("<row>{}</row>", "<c><v>1</v></c>".repeat(count))),
    ),
    ("text_chars", |at| Limits { text_chars: at, ..Limits::default() }, 50, |count| workbook(&text(count))),
    (
        "text_chars",
        |at| Limits { text_chars: at, ..Limits::default() },
        50,
        |count| with_shared(&format!("<si><t>{}</t></si>", "é".repeat(count))),
    ),
    ("merged_ranges", |at| Limits { merged_ranges: at, ..Limits::default() }, 4, |count| merged(count)),
    ("xml_depth", |at| Limits { xml_depth: at, ..Limits::default() }, 30, |depth| nested(depth)),
    (
        "bad_cells",
        |at| Limits { bad_cells: at, ..Limits::default() },
        4,
        |count| workbook(&r#"<row><c t="n"><v>?</v></c></row>"#.repeat(count)),
    ),
];

pub fn trials() -> Vec<Trial> {
    let name = |place: usize, limit: &str| format!("source::limits::{limit}_{place}");
    LIMITS.iter().enumerate().map(|(place, entry)| test(&name(place, entry.0), || hold(entry))).collect()
}

fn hold((name, set, at, make): &(&str, Set, usize, Make)) {
    let over = if *name == "text_chars" { "S032" } else { "S011" };
    for (amount, refused) in [(at - 1, false), (*at, false), (at + 1, true)] {
        let found = codes("limit.xlsx", make(amount), &set(*at)).1;
        assert_eq!(found.contains(&over), refused, "{name} at {amount}: {found:?}");
    }
}

fn padded(bytes: usize) -> Vec<u8> {
    let mut parts = workbook_parts(sheet(""));
    let bare = container(&[parts.clone(), vec![part("p", "")]].concat(), &[]).len();
    parts.push(part("p", vec![b' '; bytes - bare]));
    container(&parts, &[])
}

fn parts(count: usize) -> Vec<u8> {
    let mut all = workbook_parts(sheet(""));
    all.extend((all.len()..count).map(|number| part(&format!("p{number}"), "")));
    container(&all, &[])
}

fn inflated(bytes: usize) -> Vec<u8> {
    let mut all = workbook_parts(sheet(""));
    let so_far: usize = all.iter().map(|part| part.bytes.len()).sum();
    all.push(part("p", vec![b' '; bytes - so_far]));
    container(&all, &[])
}

/// A part that inflates so many times; it is never read, so only its declared size matters.
fn ratios(times: usize, packed: usize) -> Vec<u8> {
    let mut all = workbook_parts(sheet(""));
    let mut odd = part("p", vec![b' '; packed]);
    odd.declared = (times * packed) as u64;
    odd.method = 8;
    all.push(odd);
    container(&all, &[])
}

fn with_styles(bytes: usize) -> Vec<u8> {
    let mut all = workbook_parts(sheet(""));
    all.push(part(
        "xl/styles.xml",
        format!("<styleSheet>{}</styleSheet>", " ".repeat(bytes - "<styleSheet></styleSheet>".len())),
    ));
    container(&all, &[])
}

/// A text counts with the mark that ends it.
fn with_text(bytes: usize) -> Vec<u8> {
    let mut all = workbook_parts(sheet(""));
    all.push(part("xl/styles.xml", format!("<styleSheet>{}</styleSheet>", " ".repeat(bytes - 1))));
    container(&all, &[])
}

fn row_of(bytes: usize) -> String {
    format!("<row>{}</row>", " ".repeat(bytes - "<row></row>".len()))
}

fn with_shared(items: &str) -> Vec<u8> {
    let mut all = workbook_parts(sheet(r#"<row><c t="s"><v>0</v></c></row>"#));
    all.push(part("xl/sharedStrings.xml", format!("<sst>{items}</sst>")));
    container(&all, &[])
}

fn sheets(count: usize) -> Vec<u8> {
    let mut all = workbook_parts(sheet(""));
    let entry = |number: usize| format!(r#"<sheet name="S{number}" sheetId="{number}" r:id="rId1"/>"#);
    let listed = (0..count).map(entry).collect::<Vec<_>>().concat();
    all[1] = part("xl/workbook.xml", format!(r#"<workbook xmlns:r="r"><sheets>{listed}</sheets></workbook>"#));
    container(&all, &[])
}

fn text(count: usize) -> String {
    format!(r#"<row><c t="inlineStr"><is><t>{}</t></is></c></row>"#, "é".repeat(count))
}

fn merged(count: usize) -> Vec<u8> {
    let merges = r#"<mergeCell ref="A1:B2"/>"#.repeat(count);
    container(&workbook_parts(sheet("").replace("</worksheet>", &format!("<mergeCells>{merges}</mergeCells></worksheet>"))), &[])
}

fn nested(depth: usize) -> Vec<u8> {
    let mut all = workbook_parts(sheet(""));
    all.push(part("xl/styles.xml", "<a>".repeat(depth) + &"</a>".repeat(depth)));
    container(&all, &[])
}
