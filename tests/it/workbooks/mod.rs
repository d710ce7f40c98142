//! Written workbooks, checked as files: their structure, their formulas recalculated by two other programs, their bytes.
//!
//! With `THROUGHLINE_KEEP` naming a folder, the workbooks of these trials are left there to be looked at.

mod demo;
mod large;
mod package;
mod quality;
mod recalculate;
mod sample;
mod structure;

use crate::harness::{needs_program, test};
use libtest_mimic::Trial;
use std::collections::BTreeMap;
use throughline::render::xlsx;
use throughline::report::book::{Book, Cell, Column, Sheet, Table};
use throughline::report::template_book;
use throughline::report::theme::{Logo, OfficeTheme, Theme};

pub fn trials() -> Vec<Trial> {
    vec![
        test("workbooks: two renders give the same bytes", same_bytes),
        test("workbooks: no structural fault", no_structural_fault),
        test("workbooks: structural checks notice faults", checks_notice),
        test("workbooks: IronCalc recalculates every formula to its cached value", iron_calc_agrees),
        needs_program("workbooks: LibreOffice recalculates every formula to its cached value", "soffice", libre_office_agrees),
        test("workbooks: ten thousand texts stay text", texts_stay_text),
        test("workbooks: an organisation's theme and logo are taken", own_theme),
        test("workbooks: links stop at their limit and say so", links_stop),
        test("workbooks: a plan of three thousand rows stays small", large::stays_small),
        test("workbooks: titles and the lines below them end on their page", heads_fit),
    ]
}

/// The books of these trials.
fn books() -> Vec<Book> {
    let mut books = vec![demo::book(), quality::book(), quality::empty()];
    books.extend(template_book::books());
    books.extend(sample::books());
    books
}

/// Renders, and leaves a copy to look at where asked to.
fn rendered(book: &Book, theme: &Theme) -> Vec<u8> {
    let bytes = xlsx::bytes(book, theme).expect("a workbook").bytes;
    if let Some(folder) = std::env::var_os("THROUGHLINE_KEEP") {
        let path = std::path::Path::new(&folder).join(format!("{}-{}.xlsx", book.file_name, theme.name));
        std::fs::write(path, &bytes).expect("the folder to keep workbooks in");
    }
    bytes
}

fn same_bytes() {
    for theme in [Theme::default(), Theme::colour_blind_safe()] {
        for book in books() {
            assert!(rendered(&book, &theme) == rendered(&book, &theme), "two renders of {} differ", book.title);
        }
    }
}

fn no_structural_fault() {
    for book in books() {
        let faults = structure::faults(&rendered(&book, &Theme::default()));
        assert!(faults.is_empty(), "{}:\n{}", book.title, faults.join("\n"));
    }
}

/// A judge that finds nothing must be shown to find something.
fn checks_notice() {
    let bytes = rendered(&demo::book(), &Theme::default());
    let spoilt = [
        ("xl/tables/table1.xml", "name=\"Sheet\"", "name=\"Sheets\"", "header"),
        ("xl/tables/table2.xml", "ref=\"B", "ref=\"A", "columns on"),
        ("xl/worksheets/sheet1.xml", "s=\"", "s=\"9", "format is not there"),
        ("xl/worksheets/sheet5.xml", "tbl_cost[[#This Row],[Budget", "tbl_cost[[#This Row],[Budgit", "has no column"),
        ("xl/charts/chart1.xml", "'S-curve'!", "'S-turn'!", "there is no sheet"),
        ("[Content_Types].xml", "/xl/tables/table3.xml", "/xl/tables/table99.xml", "is not there"),
    ];
    for (part, from, to, expected) in spoilt {
        let faults = structure::faults(&replaced(&bytes, part, from, to));
        assert!(faults.iter().any(|fault| fault.contains(expected)), "{part}: {from} to {to}: {faults:?}");
    }
}

fn replaced(bytes: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
    use std::io::Write as _;
    let package = package::Package::open(bytes);
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in &package.parts {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).expect("an entry");
        let text = String::from_utf8_lossy(content);
        assert!(name != part || text.contains(from), "{part} has no {from}");
        let content = if name == part { text.replace(from, to).into_bytes() } else { content.clone() };
        writer.write_all(&content).expect("written");
    }
    writer.finish().expect("a zip archive").into_inner()
}

/// Without the empty month: IronCalc takes the one row of an empty table for a single value, and refuses to sum it by
/// conditions.
fn iron_calc_agrees() {
    let books = [demo::book(), quality::book()].into_iter().chain(sample::books());
    for book in books {
        let bytes = rendered(&book, &Theme::default());
        let ours = recalculate::cached(&bytes);
        let differences = recalculate::differences(&ours, &recalculate::iron_calc(&bytes));
        assert!(
            !ours.is_empty() && differences.is_empty(),
            "{} of {}:\n{}",
            differences.len(),
            ours.len(),
            differences.join("\n")
        );
    }
}

fn libre_office_agrees(program: &std::path::Path) {
    let mut books = vec![demo::book(), quality::book(), quality::empty()];
    books.extend(sample::books());
    let written: Vec<Vec<u8>> = books.iter().map(|book| rendered(book, &Theme::default())).collect();
    let theirs = recalculate::libre_office(program, &written);
    for ((book, bytes), theirs) in books.iter().zip(&written).zip(&theirs) {
        let ours = recalculate::cached(bytes);
        let differences = recalculate::differences(&ours, theirs);
        let told = differences.join("\n");
        assert!(!ours.is_empty() && differences.is_empty(), "{}: {} of {}:\n{told}", book.title, differences.len(), ours.len());
    }
}

/// R37: whatever a text begins with, it is a text in the file, and no formula is.
fn texts_stay_text() {
    let starts = ["=", "+", "-", "@", "\t", "\r", "=cmd|' /C calc'!", "=HYPERLINK(\"http://x\")", "-1+", "@SUM("];
    let text = |index: usize| format!("{}{}A{index}", starts[index % starts.len()], " ".repeat(index % 3));
    let mut table = Table::new("tbl_texts", vec![Column::text("Text"), Column::text("=Header")]).titled("=1+1");
    table.rows = (0..10_000).map(|index| vec![Cell::text(text(index)).note("=1+1"), Cell::text(text(index + 1))]).collect();
    let book = Book::new("texts", "=Title", demo::stamp()).sheet(Sheet::data("=Sheet", "=1+1").subtitle("+1").block(table));
    let bytes = rendered(&book, &Theme::default());
    assert!(recalculate::cached(&bytes).is_empty(), "a text became a formula");
    let package = package::Package::open(&bytes);
    let sheet = package.xml("xl/worksheets/sheet1.xml");
    assert!(sheet.all("f").is_empty());
    let texts = sheet.all("c").iter().filter(|cell| cell.get("t") == "s").count();
    assert!(texts >= 20_000, "{texts} of the cells are texts");
}

/// The smallest picture: one grey pixel.
const PIXEL: [u8; 67] = [
    0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0,
    0x3A, 0x7E, 0x9B, 0x55, 0, 0, 0, 10, b'I', b'D', b'A', b'T', 0x78, 0x9C, 0x63, 0x68, 0, 0, 0, 0x82, 0, 0x81, 0x77, 0xCD,
    0x72, 0xB6, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xAE, 0x42, 0x60, 0x82,
];

/// The theme of a workbook, with its colours changed so that it can be told apart.
fn own_theme() {
    let plain = rendered(&quality::empty(), &Theme::default());
    let office = replaced(&plain, "xl/theme/theme1.xml", "4F81BD", "0A7B3C");
    let theme = Theme {
        office_theme: Some(OfficeTheme { file_name: "ours.xlsx".to_string(), bytes: office }),
        logo: Some(Logo { bytes: PIXEL.to_vec(), alt_text: "Northgate & Sons".to_string() }),
        ..Theme::default()
    };
    let bytes = xlsx::bytes(&quality::empty(), &theme).expect("a workbook").bytes;
    let package = package::Package::open(&bytes);
    assert!(String::from_utf8_lossy(&package.parts["xl/theme/theme1.xml"]).contains("0A7B3C"), "the theme was not taken");
    assert!(package.parts.contains_key("xl/media/image1.png"), "the logo is not there");
    let faults = structure::faults(&bytes);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let broken =
        Theme { office_theme: Some(OfficeTheme { file_name: "x.thmx".to_string(), bytes: vec![1, 2] }), ..Theme::default() };
    assert!(xlsx::bytes(&quality::empty(), &broken).is_err(), "a theme that is none is refused");
}

/// One below the limit, at it, and one above.
fn links_stop() {
    use throughline::report::book::Link;
    for (rows, links, told) in [(64_999, 64_999, false), (65_000, 65_000, false), (65_001, 65_000, true)] {
        let mut table = Table::new("tbl_links", vec![Column::text("Link")]);
        table.rows = (0..rows)
            .map(|row| vec![Cell::text("x").link(Link::Table { table: "tbl_links".to_string(), row: Some(row) })])
            .collect();
        let book = Book::new("links", "Links", demo::stamp()).sheet(Sheet::data("Links", "Links").block(table));
        let written = xlsx::bytes(&book, &Theme::default()).expect("a workbook");
        let sheet =
            String::from_utf8(package::Package::open(&written.bytes).parts["xl/worksheets/sheet1.xml"].clone()).expect("text");
        assert_eq!((sheet.matches("<hyperlink ").count(), written.remarks.len() == 1), (links, told), "{rows}");
    }
}

/// A line that runs past the print area is cut. Arial's letters are about half as wide as high: at 10 points, 5.6 pixels with
/// the spaces, at 18 points and bold 10; a column's unit is 7 pixels, and a column that nothing sets has 64.
fn heads_fit() {
    let mut seen = 0;
    for book in sample::books() {
        let package = package::Package::open(&rendered(&book, &Theme::default()));
        let (workbook, texts) = (package.xml("xl/workbook.xml"), package.xml("xl/sharedStrings.xml"));
        let texts: Vec<String> = texts.all("si").into_iter().map(package::Node::words).collect();
        let areas = workbook.all("definedName").into_iter().filter(|name| name.get("name") == "_xlnm.Print_Area");
        let areas: BTreeMap<usize, u32> =
            areas.map(|area| (area.get("localSheetId").parse().expect("a sheet"), last_column(&area.text))).collect();
        for (position, (name, part)) in package.sheets().into_iter().enumerate() {
            let sheet = package.xml(&part);
            let pixels: f64 = (1..=areas[&position] + 1).map(|col| column_pixels(&sheet, col)).sum();
            for (cell, each) in [("A1", 10.0), ("A2", 5.6)] {
                let Some(cell) = sheet.all("c").into_iter().find(|found| found.get("r") == cell) else { continue };
                let line = &texts[cell.child("v").expect("a value").words().parse::<usize>().expect("a shared text")];
                assert!(line.chars().count() as f64 * each <= pixels, "{} > {name}, {pixels} pixels: {line}", book.title);
                seen += 1;
            }
        }
    }
    assert!(seen > 100, "{seen} lines");
}

/// The last column, from 0, of a print area such as `'Ledger to Cost'!$A$1:$F$9`.
fn last_column(area: &str) -> u32 {
    let corner = area.rsplit(':').next().expect("a corner");
    throughline::base::origin::parse_cell(corner).expect("a cell").1
}

fn column_pixels(sheet: &package::Node, col: u32) -> f64 {
    let bound = |node: &package::Node, key: &str| node.get(key).parse::<u32>().expect("a column");
    let set = sheet.all("col").into_iter().find(|each| (bound(each, "min")..=bound(each, "max")).contains(&col));
    set.map_or(64.0, |each| each.get("width").parse::<f64>().expect("a width") * 7.0)
}
