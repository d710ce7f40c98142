//! Delimited text (csv, tsv, txt) to one raw sheet without a name, in which every value is text.
//!
//! Promises: the encoding and the delimiter are found, and said where they had to be guessed; a row is the line on which
//! its record begins, as an editor counts lines. Does not interpret numbers: `1.234,56` stays as it stands, for `table/`.

mod decode;
mod sniff;

use crate::base::finding::{Finding, Findings};
use crate::base::origin::{Origin, SheetName};
use crate::source::intern::Texts;
use crate::source::limits::Limits;
use crate::source::raw::{CellError, RawColumn, RawSheet, Value};
use crate::source::{codes, notes};

/// Reads the bytes of a text file.
#[must_use]
pub fn read(file: &str, bytes: &[u8], limits: &Limits) -> (Option<Vec<RawSheet>>, Findings) {
    let mut findings = Findings::new();
    match read_sheet(file, bytes, limits, &mut findings) {
        Ok(sheet) => (Some(vec![sheet]), findings),
        Err(mut refusal) => {
            refusal.origin.get_or_insert_with(|| Origin::file(file));
            findings.push(*refusal);
            (None, findings)
        }
    }
}

fn read_sheet(file: &str, bytes: &[u8], limits: &Limits, findings: &mut Findings) -> Result<RawSheet, Box<Finding>> {
    let text = decode::text(file, bytes, findings)?;
    check_lines(&text, limits)?;
    let (delimiter, start) = sniff::delimiter(&text);
    let name = SheetName::new(file, String::new());
    let mut filler = Filler { sheet: RawSheet::empty(name), columns: Vec::new(), texts: Texts::default(), cells: 0, limits };
    filler.run(&text[start..], u32::from(start > 0), delimiter, findings)?;
    let sheet = filler.finish();
    notes::of_sheet(&sheet, findings);
    Ok(sheet)
}

fn over_limit(what: String, limit: &str, allowed: usize) -> Box<Finding> {
    let hint = format!("If the file is honest, split it: it is over the limit `{limit}`.");
    Box::new(codes::OVER_LIMIT.nowhere().found(what).expected(format!("at most {allowed} ({limit})")).hint(hint))
}

fn check_lines(text: &str, limits: &Limits) -> Result<(), Box<Finding>> {
    let (mut start, mut lines) = (0, 0);
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        lines += usize::from(end > start || end < text.len());
        if end - start > limits.line_bytes {
            return Err(over_limit(format!("{} bytes in line {lines}", end - start), "line_bytes", limits.line_bytes));
        }
        if lines > limits.lines {
            return Err(over_limit(format!("more than {} lines", limits.lines), "lines", limits.lines));
        }
        start = end + 1;
    }
    Ok(())
}

struct Filler<'a> {
    sheet: RawSheet,
    columns: Vec<RawColumn>,
    texts: Texts,
    cells: usize,
    limits: &'a Limits,
}

/// A field that spans more lines than this has most likely lost its closing quotation mark.
const LONGEST_FIELD_LINES: u32 = 200;

fn byte_of(position: &csv::Position, text: &str) -> usize {
    let byte = usize::try_from(position.byte()).unwrap_or(text.len()).min(text.len());
    (byte..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

fn line_ends(text: &str) -> u32 {
    u32::try_from(memchr::memchr_iter(b'\n', text.as_bytes()).count()).unwrap_or(u32::MAX)
}

impl Filler<'_> {
    fn run(&mut self, text: &str, skipped: u32, delimiter: u8, findings: &mut Findings) -> Result<(), Box<Finding>> {
        let mut builder = csv::ReaderBuilder::new();
        let mut reader = builder.delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut record = csv::StringRecord::new();
        let (mut row, mut seen) = (skipped, 0);
        while reader.read_record(&mut record).map_err(|fault| self.broken(&fault))? {
            let start = record.position().map_or(seen, |position| byte_of(position, text));
            let begin = start + text[start..].bytes().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            row += line_ends(&text[seen..begin]);
            seen = begin;
            self.add(row, &record, findings);
            if self.cells > self.limits.cells {
                return Err(over_limit(format!("more than {} cells", self.limits.cells), "cells", self.limits.cells));
            }
            let end = byte_of(reader.position(), text).max(begin);
            let lines = line_ends(&text[begin..end]);
            let open = end == text.len() && memchr::memchr_iter(b'"', &text.as_bytes()[begin..]).count() % 2 == 1;
            if open || lines > LONGEST_FIELD_LINES {
                findings.push(self.open_quote(row, lines));
            }
        }
        Ok(())
    }

    fn broken(&self, fault: &csv::Error) -> Box<Finding> {
        Box::new(codes::DAMAGED.at(Origin::sheet(&self.sheet.name)).found(fault.to_string()).hint("Export the file again."))
    }

    fn open_quote(&self, row: u32, lines: u32) -> Finding {
        let hint = "Look for a lone quotation mark on this line, remove or double it, and export the file again.";
        codes::OPEN_QUOTE.at(Origin::row(&self.sheet.name, row)).found(format!("a field over {} lines", lines.max(1))).hint(hint)
    }

    fn add(&mut self, row: u32, record: &csv::StringRecord, findings: &mut Findings) {
        if self.columns.len() < record.len() {
            self.columns.resize_with(record.len(), RawColumn::default);
        }
        for (col, field) in (0u32..).zip(record.iter()) {
            if field.is_empty() {
                continue;
            }
            let value = if field.len() > self.limits.text_chars && field.encode_utf16().count() > self.limits.text_chars {
                let found = format!("more than {} characters", self.limits.text_chars);
                let place = self.sheet.origin(row, col);
                findings.push(
                    codes::TEXT_TOO_LONG.at(place).found(found).hint("Shorten the text, or look for a missing quotation mark."),
                );
                Value::Error(CellError::Other)
            } else {
                Value::Text(self.texts.number(field))
            };
            let column = &mut self.columns[col as usize];
            column.rows.push(row);
            column.values.push(value);
            column.styles.push(0);
            self.cells += 1;
        }
    }

    fn finish(mut self) -> RawSheet {
        let columns = (0u32..).zip(self.columns).filter(|(_, column)| !column.rows.is_empty());
        self.sheet.columns = columns.collect();
        self.sheet.texts = self.texts.list;
        self.sheet
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(bytes: &[u8]) -> (Vec<(u32, u32, String)>, Vec<&'static str>) {
        let (sheets, findings) = read("ledger.csv", bytes, &Limits::default());
        let mut cells = Vec::new();
        for sheet in sheets.unwrap_or_default() {
            for (col, column) in &sheet.columns {
                cells.extend(column.rows.iter().map(|row| (*row, *col, sheet.cell_text(*row, *col).unwrap_or("?").to_string())));
            }
        }
        cells.sort();
        (cells, findings.0.iter().map(|finding| finding.code.id).collect())
    }

    fn grid(bytes: &[u8]) -> String {
        cells(bytes).0.iter().map(|(row, col, text)| format!("{row}.{col}={text} ")).collect::<Vec<_>>().concat()
    }

    #[test]
    fn numbers_with_a_decimal_comma_stay_text() {
        assert_eq!(
            grid(b"Id;Amount\r\nL1;1.234,56\r\n\r\nL2;-7,00\r\n"),
            "0.0=Id 0.1=Amount 1.0=L1 1.1=1.234,56 3.0=L2 3.1=-7,00 "
        );
    }

    #[test]
    fn every_usual_delimiter_is_found() {
        for delimiter in [",", ";", "\t", "|"] {
            let text = ["a", "b\n1", "2\n3", "4"].join(delimiter);
            assert_eq!(grid(text.as_bytes()), "0.0=a 0.1=b 1.0=1 1.1=2 2.0=3 2.1=4 ", "{delimiter:?}");
        }
        assert_eq!(grid(b"sep=|\na|b,c\n1|2,5"), "1.0=a 1.1=b,c 2.0=1 2.1=2,5 ");
    }

    #[test]
    fn quoted_fields_hold_delimiters_quotes_and_line_ends() {
        assert_eq!(grid(b"id,text\n1,\"a, \"\"b\"\"\nc\"\n2,d\n"), "0.0=id 0.1=text 1.0=1 1.1=a, \"b\"\nc 3.0=2 3.1=d ");
    }

    #[test]
    fn encodings_are_found_or_said() {
        let plain = "0.0=id 0.1=naïve 1.0=1 1.1=£5 ";
        let text = "id,naïve\n1,£5\n";
        let wide = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        assert_eq!(grid(text.as_bytes()), plain);
        assert_eq!(grid(&[b"\xEF\xBB\xBF", text.as_bytes()].concat()), plain);
        assert_eq!(grid(&[b"\xFF\xFE".to_vec(), wide(u16::to_le_bytes)].concat()), plain);
        assert_eq!(grid(&[b"\xFE\xFF".to_vec(), wide(u16::to_be_bytes)].concat()), plain);
        assert_eq!(grid(&wide(u16::to_le_bytes)), plain);
        let western: Vec<u8> = text.chars().map(|character| u8::try_from(u32::from(character)).unwrap_or(b'?')).collect();
        assert_eq!(grid(&western), plain);
        assert_eq!(cells(&western).1, [codes::ASSUMED_ENCODING.id]);
        assert_eq!(cells("id,é\n1,é\n2,é\n3,\u{ff}x".replace('\u{ff}', "\u{fe}").as_bytes()).1, [""; 0]);
    }

    #[test]
    fn what_is_not_text_and_what_is_never_closed_are_named() {
        assert_eq!(cells(b"a,b\n1,\x00\n").1, [codes::BINARY_TEXT.id]);
        assert_eq!(cells(b"a,b\n1,\"open\n2,x\n").1, [codes::OPEN_QUOTE.id]);
        assert_eq!(cells(b"a,b\r1,2\r3,4").0.len(), 6);
    }

    #[test]
    fn lines_and_their_length_are_limited() {
        let limits = Limits { line_bytes: 5, lines: 3, cells: 4, text_chars: 4, ..Limits::default() };
        let code = |text: &str| read("x.csv", text.as_bytes(), &limits).1.0.first().map(|finding| finding.code.id);
        for (text, expected) in [
            ("a,bc\n", None),
            ("a,bcd\n", None),
            ("a,bcde\n", Some(codes::OVER_LIMIT.id)),
            ("a\nb\n", None),
            ("a\nb\nc\n", None),
            ("a\nb\nc\nd", Some(codes::OVER_LIMIT.id)),
            ("a,b\na,b\n", None),
            ("a,b\na,b\na", Some(codes::OVER_LIMIT.id)),
            ("abcd", None),
            ("abcde", Some(codes::TEXT_TOO_LONG.id)),
        ] {
            assert_eq!(code(text), expected, "{text:?}");
        }
    }
}
