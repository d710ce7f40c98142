//! What a workbook holds arrives whole: values, styles, formulas, hidden parts, merged ranges, tables, names; in any writing
//! of the XML that the standard allows; the same with any number of threads; and odd bytes never break the reader.

use super::kit::{codes, container, good, part, read_files, sheet, workbook, workbook_parts};
use crate::harness::test;
use libtest_mimic::Trial;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Table, TableColumn, Workbook};
use throughline::source::Limits;
use throughline::source::raw::{CellError, FormatClass, Rect, Value, Visibility};
use throughline::source::raw::{FileStatus, Intake, RawSheet};

pub fn trials() -> Vec<Trial> {
    vec![
        test("source::formats::everything_a_workbook_holds_arrives", everything_arrives),
        test("source::formats::any_prefix_and_the_strict_form_are_read", any_prefix),
        test("source::formats::formulas_keep_their_text_and_never_become_zero", formulas),
        test("source::formats::faulty_cells_are_errors_at_their_place", faulty_cells),
        test("source::formats::cells_without_addresses_are_counted", without_addresses),
        test("source::formats::iso_dates_and_the_1904_system", iso_dates),
        test("source::formats::texts_are_shared_and_unescaped", texts),
        test("source::formats::a_sheet_that_ends_where_a_format_ends", full_sheet),
        test("source::formats::bad_counts_of_shared_texts_do_no_harm", bad_counts),
        test("source::formats::threads_do_not_change_the_result", threads),
        test("source::formats::flipped_bytes_never_break_the_reader", flipped_bytes),
    ]
}

fn only_sheet(intake: &Intake) -> &RawSheet {
    assert_eq!(intake.sheets.len(), 1);
    &intake.sheets[0]
}

fn read_rows(rows: &str) -> (RawSheet, Vec<&'static str>) {
    let (intake, codes) = codes("a.xlsx", workbook(rows), &Limits::default());
    (only_sheet(&intake).clone(), codes)
}

fn sample() -> Vec<u8> {
    let mut book = Workbook::new();
    let first = book.add_worksheet().set_name("Plan").unwrap();
    let (bold, indent) = (Format::new().set_bold(), Format::new().set_indent(2).set_num_format("0.0%"));
    first.write_with_format(0, 0, "Task", &bold).unwrap().write_with_format(1, 0, 0.64, &indent).unwrap();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    first.write_with_format(2, 1, ExcelDateTime::from_ymd(2026, 10, 31).unwrap(), &day).unwrap();
    first.write(3, 1, true).unwrap().write(4, 1, " padded ").unwrap().write(5, 1, "<&>\n\u{1F600}").unwrap();
    first.write_formula(6, 1, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    first.merge_range(8, 0, 9, 2, "merged", &Format::new()).unwrap();
    first.set_row_hidden(4).unwrap().set_row_hidden(5).unwrap().set_column_hidden(1).unwrap();
    first.group_rows(2, 3).unwrap();
    let second = book.add_worksheet().set_name("Bob's risks").unwrap();
    second.set_hidden(true);
    let columns = vec![TableColumn::new().set_header("Risk"), TableColumn::new().set_header("Cost").set_total_label("t")];
    second.add_table(1, 1, 4, 2, &Table::new().set_name("tbl_risks").set_columns(&columns).set_total_row(true)).unwrap();
    second.write(2, 1, "R1").unwrap();
    book.define_name("Costs", "='Bob''s risks'!$C$3:$C$4").unwrap();
    book.save_to_buffer().unwrap()
}

fn everything_arrives() {
    // Once: a workbook made a second later differs in its creation time.
    let bytes = sample();
    let (intake, findings) = read_files(&[("plan.xlsx", bytes.clone())], &Limits::default());
    let [plan, risks] = intake.sheets.as_slice() else { panic!("{} sheets", intake.sheets.len()) };
    assert_eq!((plan.name.sheet.as_str(), plan.position, risks.position), ("Plan", 0, 1));
    let (value, style) = plan.cell(0, 0).unwrap();
    assert!(matches!(value, Value::Text(_)) && style.bold);
    let (value, style) = plan.cell(1, 0).unwrap();
    assert_eq!((value, style.class, style.indent, style.bold), (Value::Number(0.64), FormatClass::Percent, 2, false));
    let (value, style) = plan.cell(2, 1).unwrap();
    assert_eq!((value, style.class, style.code.as_str()), (Value::Number(46_326.0), FormatClass::Date, "yyyy-mm-dd"));
    assert_eq!(plan.cell(3, 1).unwrap().0, Value::Bool(true));
    assert_eq!(plan.cell_text(4, 1), Some(" padded "));
    assert_eq!(plan.cell_text(5, 1), Some("<&>\n\u{1F600}"));
    assert_eq!(plan.merged, [Rect { top: 8, left: 0, bottom: 9, right: 2 }]);
    assert_eq!((plan.hidden_rows.as_slice(), plan.hidden_cols.as_slice()), (&[(4, 5)][..], &[(1, 1)][..]));
    assert_eq!(plan.outline_levels, [(2, 1), (3, 1)]);
    assert_eq!(risks.visibility, Visibility::Hidden);
    let table = &risks.tables[0];
    assert_eq!((table.name.as_str(), table.header_rows, table.totals_rows), ("tbl_risks", 1, 1));
    assert_eq!(
        (table.rect, table.columns.as_slice()),
        (Rect { top: 1, left: 1, bottom: 4, right: 2 }, &["Risk".to_string(), "Cost".to_string()][..])
    );
    assert_eq!(risks.named_ranges[0].rect, Rect { top: 2, left: 2, bottom: 3, right: 2 });
    let mut ids: Vec<&str> = findings.0.iter().map(|finding| finding.code.id).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["S040", "S041", "S042"]);
    let facts = &intake.files[0];
    assert_eq!((facts.status.clone(), facts.sha256.len(), facts.bytes), (FileStatus::Read, 64, bytes.len() as u64));
}

fn any_prefix() {
    let strict = "http://purl.oclc.org/ooxml/spreadsheetml/main";
    let xml = format!(
        r#"<x:worksheet xmlns:x="{strict}"><x:cols><x:col min="1" max="1" hidden="true"/></x:cols><x:sheetData>
        <x:row hidden='1' r='2'><x:c t='str' r='A2'><x:f>A1&amp;"é"</x:f><x:v>caf&#233;</x:v></x:c></x:row></x:sheetData>
        <x:mergeCells><x:mergeCell ref="A2:B2"/></x:mergeCells></x:worksheet>"#
    );
    let mut parts = workbook_parts(xml);
    for part in &mut parts {
        let text = String::from_utf8(part.bytes.clone()).unwrap();
        let text = text.replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        );
        *part = super::kit::part(&part.name, text);
    }
    let (intake, _) = codes("strict.xlsx", container(&parts, &[]), &Limits::default());
    let sheet = only_sheet(&intake);
    assert_eq!(sheet.cell_text(1, 0), Some("café"));
    assert_eq!(&*sheet.formulas[0].text, "A1&\"é\"");
    assert_eq!((sheet.hidden_rows.len(), sheet.hidden_cols.len(), sheet.merged.len()), (1, 1, 1));
}

fn formulas() {
    let rows = r#"<row r="1"><c r="A1"><f>SUM(B1:B9)</f></c><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*2</f><v>6</v></c></row>
        <row r="2"><c r="A2" t="str"><f>""</f><v></v></c><c r="B2"><f t="shared" si="0"/><v>8</v></c></row>
        <row r="3"><c r="A3" t="e"><f>X()</f><v>#SPILL!</v></c><c r="B3"><f t="shared" si="0"/></c></row>"#;
    let (sheet, codes) = read_rows(rows);
    assert_eq!(codes, [""; 0]);
    let value = |row, col| sheet.cell(row, col).map(|cell| cell.0);
    assert_eq!(value(0, 0), Some(Value::NeverCalculated));
    assert_eq!(value(0, 1), Some(Value::Number(6.0)));
    assert_eq!(sheet.cell_text(1, 0), Some(""));
    assert_eq!(value(2, 0), Some(Value::Error(CellError::Other)));
    assert_eq!(value(2, 1), Some(Value::NeverCalculated));
    let texts: Vec<(u32, u32, &str)> = sheet.formulas.iter().map(|formula| (formula.row, formula.col, &*formula.text)).collect();
    assert_eq!(texts, [(0, 0, "SUM(B1:B9)"), (0, 1, "A1*2"), (1, 0, "\"\""), (1, 1, "A1*2"), (2, 0, "X()"), (2, 1, "A1*2")]);
}

fn faulty_cells() {
    let rows = r#"<row r="1"><c r="A1" t="n"><v>1,5</v></c><c r="B1"><v>2</v></c></row><row r="7"><c r="C7" t="b"><v>perhaps</v></c>
        <c r="D7" t="s"><v>9</v></c><c r="E7" t="zz"><v>1</v></c><c r="F7"><v>3</v></c></row><row r="8"><c r="A8"><v>1</v></c><c r="A8"><v>2</v></c></row>"#;
    let (intake, findings) = read_files(&[("a.xlsx", workbook(rows))], &Limits::default());
    let sheet = only_sheet(&intake);
    let mut told: Vec<(String, &str, String)> = findings
        .0
        .iter()
        .map(|finding| (finding.origin.as_ref().unwrap().address(), finding.code.id, finding.found.clone()))
        .collect();
    told.sort();
    let places: Vec<(&str, &str)> = told.iter().map(|(address, id, _)| (address.as_str(), *id)).collect();
    assert_eq!(places, [("A1", "S031"), ("A8", "S034"), ("C7", "S031"), ("D7", "S031"), ("E7", "S031")]);
    assert!(told[0].2.contains("`1,5`"), "{}", told[0].2);
    for (row, col) in [(0, 0), (6, 2), (6, 3), (6, 4)] {
        assert_eq!(sheet.cell(row, col).unwrap().0, Value::Error(CellError::Other));
    }
    let good = [(0, 1, 2.0), (6, 5, 3.0), (7, 0, 2.0)];
    assert!(good.iter().all(|(row, col, number)| sheet.cell(*row, *col).unwrap().0 == Value::Number(*number)));
}

fn without_addresses() {
    let (sheet, _) = read_rows(
        "<row><c><v>1</v></c><c><v>2</v></c></row><row/><row r='9'><c r='D9'><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>",
    );
    let cells = [(0, 0, 1.0), (0, 1, 2.0), (8, 3, 3.0), (8, 4, 4.0), (9, 0, 5.0)];
    assert_eq!(sheet.cell_count(), cells.len());
    assert!(cells.iter().all(|(row, col, number)| sheet.cell(*row, *col).unwrap().0 == Value::Number(*number)));
}

fn iso_dates() {
    let rows = r#"<row r="1"><c r="A1" t="d"><v>2026-10-31T12:00:00</v></c><c r="B1" t="d"><v>soon</v></c></row>"#;
    let (sheet_1900, _) = read_rows(rows);
    let (value, style) = sheet_1900.cell(0, 0).unwrap();
    assert_eq!((value, style.class), (Value::Number(46_326.5), FormatClass::Date));
    assert_eq!(sheet_1900.cell_text(0, 1), Some("soon"));
    let mut parts = workbook_parts(sheet(rows));
    let text = String::from_utf8(parts[1].bytes.clone()).unwrap();
    parts[1] = part("xl/workbook.xml", text.replace("<sheets>", r#"<workbookPr date1904="1"/><sheets>"#));
    let (intake, _) = codes("a.xlsx", container(&parts, &[]), &Limits::default());
    assert!(only_sheet(&intake).date_1904);
    assert_eq!(only_sheet(&intake).cell(0, 0).unwrap().0, Value::Number(46_326.5 - 1_462.0));
}

fn texts() {
    let mut parts = workbook_parts(sheet(
        r#"<row><c t="s"><v>1</v></c><c t="s"><v>0</v></c><c t="inlineStr"><is><t>a</t></is></c><c t="s"><v>1</v></c></row>"#,
    ));
    parts.push(part(
        "xl/sharedStrings.xml",
        r#"<sst uniqueCount="2"><si><t>a</t></si><si><r><t>x_x000D_</t></r><r><t xml:space="preserve"> y</t></r></si></sst>"#,
    ));
    let (intake, _) = codes("a.xlsx", container(&parts, &[]), &Limits::default());
    let sheet = only_sheet(&intake);
    let row: Vec<&str> = (0..4).map(|col| sheet.cell_text(0, col).unwrap()).collect();
    assert_eq!(row, ["x\r y", "a", "a", "x\r y"]);
    assert_eq!(sheet.texts.len(), 2);
}

fn full_sheet() {
    for (row, warned) in [(65_535, false), (65_536, true), (65_537, false), (1_048_575, false), (1_048_576, true)] {
        let (_, codes) = read_rows(&format!(r#"<row r="1"><c><v>1</v></c></row><row r="{row}"><c><v>1</v></c></row>"#));
        assert_eq!(codes.contains(&"S043"), warned, "{row}");
    }
}

fn bad_counts() {
    for attributes in ["", r#"uniqueCount="1""#, r#"uniqueCount="7""#, r#"uniqueCount="x""#] {
        let mut parts = workbook_parts(sheet(r#"<row><c t="s"><v>1</v></c></row>"#));
        parts.push(part("xl/sharedStrings.xml", format!("<sst {attributes}><si><t>a</t></si><si><t>b</t></si></sst>")));
        let (intake, codes) = codes("a.xlsx", container(&parts, &[]), &Limits::default());
        assert_eq!((only_sheet(&intake).cell_text(0, 0), codes.len()), (Some("b"), 0), "{attributes}");
    }
}

fn big() -> Vec<u8> {
    let mut book = Workbook::new();
    for name in ["One", "Two"] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for row in 0..12_000 {
            sheet.write(row, 0, f64::from(row) / 7.0).unwrap().write(row, 1, format!("text {}", row % 500)).unwrap();
            sheet.write_formula(row, 2, Formula::new(format!("=A{}*2", row + 1)).set_result("5")).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

fn threads() {
    let files = [("b.xlsx", big()), ("a.xlsx", sample()), ("c.csv", b"a;b\n1;2\n".to_vec())];
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let (intake, findings) = pool.install(|| read_files(&files, &Limits::default()));
        (intake.sheets, intake.files, findings.rolled_up())
    };
    let once = with(1);
    assert_eq!(
        once.0.iter().map(RawSheet::cell_count).sum::<usize>(),
        72_000 + once.0[0].cell_count() + once.0[1].cell_count() + 4
    );
    assert!(once == with(2) && once == with(5));
}

/// A small generator with a fixed seed (Marsaglia's xorshift), so that a failure can be found again.
fn flipped_bytes() {
    let (whole, mut state) = (sample(), 0x9E37_79B9_7F4A_7C15u64);
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap()
    };
    let unpacked = unpack(&whole);
    for round in 0..200 {
        let bytes = if round % 2 == 0 {
            let mut bytes = whole.clone();
            (0..=(next() % 8)).for_each(|_| bytes[next() % whole.len()] ^= 1 << (next() % 8));
            bytes
        } else {
            let mut parts = unpacked.clone();
            let chosen = next() % parts.len();
            let length = parts[chosen].bytes.len();
            (0..=(next() % 8)).for_each(|_| parts[chosen].bytes[next() % length] = b"<>/\"=&A1 \0\xFF0"[next() % 12]);
            container(&parts, &[])
        };
        let (intake, findings) = read_files(&[("odd.xlsx", bytes), ("fine.xlsx", good())], &Limits::default());
        assert_eq!(intake.files[0].status, FileStatus::Read, "round {round}");
        assert!(intake.files[1].status == FileStatus::Read || !findings.0.is_empty(), "round {round}");
        assert!(findings.0.iter().all(|finding| finding.code.id != "S017"), "round {round}: {findings:?}");
    }
}

fn unpack(bytes: &[u8]) -> Vec<super::kit::Part> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).unwrap();
        let mut inner = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut inner).unwrap();
        parts.push(part(&file.name().unwrap(), inner));
    }
    parts
}
