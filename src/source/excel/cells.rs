//! The cells of one block of rows, read by calamine.
//!
//! calamine reads a sheet from a container, so each block is put into a small container of its own, unpacked. Its reader
//! is given no number formats: every number comes back as it is stored, and the style says what it means. A cell that
//! cannot be read becomes an error value with a finding; the cells after it are read on.

use super::blocks::Block;
use super::shared::{Keys, is_too_long};
use super::styles::Styles;
use super::xml::damaged;
use super::{Outcome, refuse};
use crate::base::finding::{Code, Finding};
use crate::source::codes;
use crate::source::intern::Texts;
use crate::source::limits::{GRID_COLS, GRID_ROWS, Limits};
use crate::source::raw::{CellError, RawColumn, Value};
use calamine::{CellErrorType, DataRef, XlsxCellReader, XlsxError, XlsxFormulaMetadata};
use std::collections::HashMap;
use std::io::{BufReader, Cursor, Write};
use std::sync::Arc;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Text numbers from here up are those of a block's own texts; below, of the workbook's shared texts.
pub const OWN_TEXTS: u32 = 1 << 31;

/// The style of a date that the file stores as an ISO date rather than as a number with a date format.
pub const ISO_DATE_STYLE: u16 = u16::MAX;

/// What the cells of a sheet have in common.
pub struct Sources<'a> {
    /// The sheet's part, for messages.
    pub part: &'a str,
    /// The table of shared texts: each index written out.
    pub keys: &'a Keys,
    /// Styles.
    pub styles: &'a Styles,
    /// True where serial 0 is 1904-01-01.
    pub date_1904: bool,
    /// Limits.
    pub limits: &'a Limits,
}

/// The cells of a block.
#[derive(Default)]
pub struct Cells {
    /// Columns by number; those without cells are empty. Styles index [`Styles::list`].
    pub columns: Vec<RawColumn>,
    /// How many cells.
    pub count: usize,
    /// Texts that are not shared.
    pub texts: Vec<Arc<str>>,
    /// Formulas.
    pub formulas: Vec<FormulaNote>,
    /// Cells that could not be read.
    pub faults: Vec<CellFault>,
}

/// A formula as a block tells it; a shared one is complete only with its master, which may lie in another block.
pub struct FormulaNote {
    /// Row.
    pub row: u32,
    /// Column.
    pub col: u32,
    /// Its text.
    pub text: FormulaText,
}

/// The text of a formula.
pub enum FormulaText {
    /// Its own.
    Own(Arc<str>),
    /// Its own, shared under a number with cells that follow.
    Master(usize, Arc<str>),
    /// That of the master with this number.
    Derived(usize),
}

/// A cell that could not be read.
pub struct CellFault {
    /// Row.
    pub row: u32,
    /// Column.
    pub col: u32,
    /// The kind of finding.
    pub code: Code,
    /// What was found.
    pub found: String,
}

/// Reads the cells of a block: the fast way where they are plain, else by calamine.
pub fn read(block: &Block, sources: &Sources<'_>) -> Outcome<Cells> {
    let formulas = holds_formulas(&block.bytes);
    if !formulas {
        let mut builder = Builder::new(sources);
        if super::plain::read(block, &mut builder).is_some() {
            return Ok(builder.finish());
        }
    }
    read_slowly(block, sources, formulas)
}

fn read_slowly(block: &Block, sources: &Sources<'_>, formulas: bool) -> Outcome<Cells> {
    let wrapped = wrap(block).map_err(|fault| damaged(sources.part, &fault))?;
    let mut builder = Builder::new(sources);
    if formulas {
        builder.uncalculated = read_formulas(block, &wrapped, sources, &mut builder.cells)?;
    }
    builder.run(block, &wrapped)
}

/// A container with one unpacked part: the block's rows between the tags that calamine looks for. An empty row in front
/// tells it where rows without a number begin.
fn wrap(block: &Block) -> zip::result::ZipResult<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(block.bytes.len() + 512)));
    writer.start_file("s", SimpleFileOptions::default().compression_method(CompressionMethod::Stored))?;
    writer.write_all(b"<worksheet><sheetData>")?;
    if block.first_row > 0 {
        write!(writer, "<row r=\"{}\"></row>", block.first_row)?;
    }
    writer.write_all(&block.bytes)?;
    writer.write_all(b"</sheetData></worksheet>")?;
    Ok(writer.finish()?.into_inner())
}

type Reader<'a> = XlsxCellReader<'a, Cursor<&'a [u8]>>;

/// Opens the container and hands its reader to `work`.
fn with_reader<T>(wrapped: &[u8], sources: &Sources<'_>, work: impl FnOnce(&mut Reader<'_>) -> Outcome<T>) -> Outcome<T> {
    let broken = |fault: &dyn std::fmt::Display| damaged(sources.part, fault);
    let mut archive = ZipArchive::new(Cursor::new(wrapped)).map_err(|fault| broken(&fault))?;
    let file = archive.by_index(0).map_err(|fault| broken(&fault))?;
    let mut xml = quick_xml::Reader::from_reader(BufReader::with_capacity(64 * 1024, file));
    let config = xml.config_mut();
    config.check_end_names = false;
    config.expand_empty_elements = true;
    let reader = XlsxCellReader::new(xml, sources.keys.written(), &[], &[], sources.date_1904);
    work(&mut reader.map_err(|fault| broken(&fault))?)
}

/// A quick look that never misses a formula and may rarely see one in a text.
fn holds_formulas(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, b"<f").is_some() || memchr::memmem::find(bytes, b":f").is_some()
}

/// Notes the block's formulas and returns the cells whose formula has no value.
fn read_formulas(block: &Block, wrapped: &[u8], sources: &Sources<'_>, cells: &mut Cells) -> Outcome<Vec<(u32, u32)>> {
    let mut uncalculated = Vec::new();
    let mut unread = Vec::new();
    let mut known: HashMap<String, Arc<str>> = HashMap::new();
    let mut intern = |text: String| Arc::clone(known.entry(text).or_insert_with_key(|text| Arc::from(text.as_str())));
    with_reader(wrapped, sources, |reader| {
        for ordinal in 0.. {
            let record = match reader.next_cell_with_formula_metadata() {
                Ok(Some(record)) => record,
                Ok(None) => break,
                Err(fault) if breaks_off(&fault) => return Err(damaged(sources.part, &fault)),
                Err(_) => {
                    unread.push(ordinal);
                    continue;
                }
            };
            let (row, col) = record.pos;
            let Some(formula) = record.formula else { continue };
            if record.value == DataRef::Empty {
                uncalculated.push((row, col));
            }
            let text = match formula {
                XlsxFormulaMetadata::Shared { shared_index, formula, .. } => FormulaText::Master(shared_index, intern(formula)),
                XlsxFormulaMetadata::SharedDerived { shared_index } => FormulaText::Derived(shared_index),
                XlsxFormulaMetadata::Normal { formula } => FormulaText::Own(intern(formula)),
                _ => FormulaText::Own(Arc::from("")),
            };
            cells.formulas.push(FormulaNote { row, col, text });
        }
        Ok(())
    })?;
    if !unread.is_empty() {
        let places = super::locate::cells(block, sources)?;
        cells.formulas.extend(unread.into_iter().filter_map(|ordinal: usize| formula_of(places.get(ordinal)?)));
    }
    Ok(uncalculated)
}

/// The formula of a cell whose value calamine stepped over.
fn formula_of(place: &super::locate::Place) -> Option<FormulaNote> {
    let (number, text) = place.formula.as_ref()?;
    let own: Arc<str> = Arc::from(text.as_str());
    let text = match number {
        Some(number) if text.is_empty() => FormulaText::Derived(*number),
        Some(number) => FormulaText::Master(*number, own),
        None => FormulaText::Own(own),
    };
    Some(FormulaNote { row: place.row, col: place.col, text })
}

/// True where nothing after the fault can be read.
const fn breaks_off(fault: &XlsxError) -> bool {
    matches!(fault, XlsxError::Io(_) | XlsxError::Zip(_) | XlsxError::Xml(_) | XlsxError::XmlAttr(_) | XlsxError::XmlEof(_))
}

/// The cells of a block in the making.
pub struct Builder<'a> {
    sources: &'a Sources<'a>,
    cells: Cells,
    uncalculated: Vec<(u32, u32)>,
    next_uncalculated: usize,
    texts: Texts,
}

impl<'a> Builder<'a> {
    fn new(sources: &'a Sources<'a>) -> Self {
        Self { sources, cells: Cells::default(), uncalculated: Vec::new(), next_uncalculated: 0, texts: Texts::default() }
    }

    /// Adds a cell as it is.
    pub fn add_plain(&mut self, row: u32, col: u32, value: Value, format: usize) {
        self.push(row, col, value, self.sources.styles.of(format));
    }

    /// Adds a text that is not shared.
    pub fn add_plain_text(&mut self, row: u32, col: u32, text: &str, format: usize) {
        self.add_own(row, col, text, self.sources.styles.of(format));
    }

    /// True where there is a shared text with this index.
    pub const fn has_key(&self, index: u32) -> bool {
        (index as usize) < self.sources.keys.count()
    }

    fn run(mut self, block: &Block, wrapped: &[u8]) -> Outcome<Cells> {
        let sources = self.sources;
        let mut unread: Vec<(usize, String)> = Vec::new();
        with_reader(wrapped, sources, |reader| {
            for ordinal in 0.. {
                match reader.next_cell_with_style_id() {
                    Ok(Some((cell, format))) => {
                        let (row, col) = cell.get_position();
                        if row >= GRID_ROWS || col >= GRID_COLS {
                            return Err(outside_grid(row, col));
                        }
                        self.add(row, col, cell.get_value(), format);
                    }
                    Ok(None) => break,
                    Err(fault) if breaks_off(&fault) => return Err(damaged(sources.part, &self.after(&fault))),
                    Err(fault) => unread.push((ordinal, fault.to_string())),
                }
                check_faults(unread.len() + self.cells.faults.len(), sources.limits)?;
            }
            Ok(())
        })?;
        if !unread.is_empty() {
            self.add_unread(&unread, &super::locate::cells(block, sources)?);
        }
        Ok(self.finish())
    }

    fn finish(self) -> Cells {
        Cells { texts: self.texts.list, ..self.cells }
    }

    fn after(&self, fault: &XlsxError) -> String {
        let last = self.cells.columns.iter().zip(0u32..).filter_map(|(column, col)| Some((*column.rows.last()?, col))).max();
        last.map_or_else(
            || fault.to_string(),
            |(row, col)| format!("{fault}, after cell {}", crate::base::origin::cell_name(row, col)),
        )
    }

    fn add(&mut self, row: u32, col: u32, value: &DataRef<'_>, format: usize) {
        let style = self.sources.styles.of(format);
        match value {
            DataRef::Float(number) if number.is_finite() => self.push(row, col, Value::Number(*number), style),
            DataRef::Float(number) => self.fault(row, col, codes::NOT_FINITE, number.to_string(), style, CellError::Num),
            DataRef::SharedString(key) => self.push(row, col, Value::Text(key.parse().unwrap_or(0)), style),
            DataRef::String(text) | DataRef::DurationIso(text) => self.add_own(row, col, text, style),
            DataRef::Bool(truth) => self.push(row, col, Value::Bool(*truth), style),
            DataRef::Error(error) => self.push(row, col, Value::Error(error_of(error)), style),
            DataRef::DateTimeIso(text) => match super::dates::serial(text, self.sources.date_1904) {
                Some(serial) => self.push(row, col, Value::Number(serial), ISO_DATE_STYLE),
                None => self.add_own(row, col, text, style),
            },
            #[expect(clippy::cast_precision_loss, reason = "whole numbers do not occur in xlsx, and elsewhere are below 2^30")]
            DataRef::Int(number) => self.push(row, col, Value::Number(*number as f64), style),
            DataRef::DateTime(serial) => self.push(row, col, Value::Number(serial.as_f64()), style),
            DataRef::Empty => self.add_empty(row, col, style),
        }
    }

    fn add_own(&mut self, row: u32, col: u32, text: &str, style: u16) {
        if is_too_long(text, self.sources.limits) {
            let found = too_long(self.sources.limits);
            return self.fault(row, col, codes::TEXT_TOO_LONG, found, style, CellError::Other);
        }
        let number = self.texts.number(text);
        self.push(row, col, Value::Text(OWN_TEXTS | number), style);
    }

    /// An empty cell is not kept, unless it should hold the value of a formula.
    fn add_empty(&mut self, row: u32, col: u32, style: u16) {
        if self.uncalculated.get(self.next_uncalculated) == Some(&(row, col)) {
            self.next_uncalculated += 1;
            self.push(row, col, Value::NeverCalculated, style);
        }
    }

    fn push(&mut self, row: u32, col: u32, value: Value, style: u16) {
        let place = col as usize;
        if self.cells.columns.len() <= place {
            self.cells.columns.resize_with(place + 1, RawColumn::default);
        }
        let column = &mut self.cells.columns[place];
        column.rows.push(row);
        column.values.push(value);
        column.styles.push(style);
        self.cells.count += 1;
    }

    fn fault(&mut self, row: u32, col: u32, code: Code, found: String, style: u16, error: CellError) {
        self.cells.faults.push(CellFault { row, col, code, found });
        self.push(row, col, Value::Error(error), style);
    }

    /// Cells that calamine stepped over, found again by their order. An error value that it does not know is no fault.
    fn add_unread(&mut self, unread: &[(usize, String)], places: &[super::locate::Place]) {
        for (ordinal, fault) in unread {
            let Some(place) = places.get(*ordinal) else { continue };
            let style = self.sources.styles.of(place.format);
            if place.kind == "e" && place.text.starts_with('#') {
                self.push(place.row, place.col, Value::Error(CellError::Other), style);
            } else {
                let found = if place.text.is_empty() { fault.clone() } else { format!("`{}` ({fault})", place.text) };
                self.fault(place.row, place.col, codes::BAD_CELL, found, style, CellError::Other);
            }
        }
    }
}

/// What is found where a text is too long: its length alone, never the text.
pub fn too_long(limits: &Limits) -> String {
    format!("more than {} characters", limits.text_chars)
}

/// Gives a sheet up that has too many cells that cannot be used.
pub fn check_faults(count: usize, limits: &Limits) -> Outcome<()> {
    if count > limits.bad_cells {
        let found = format!("more than {} cells that cannot be read", limits.bad_cells);
        return Err(super::over_limit(found, "bad_cells", limits.bad_cells));
    }
    Ok(())
}

/// A refusal of a sheet with an address that no worksheet has.
pub fn outside_grid(row: u32, col: u32) -> Box<Finding> {
    let found = format!("a cell in row {}, column {}", u64::from(row) + 1, u64::from(col) + 1);
    refuse(codes::OUTSIDE_GRID, found, "Open the file in Excel, let it repair the file, and save it under a new name.")
}

/// Our name for an error value that calamine knows; none for any other text.
pub fn error_named(text: &str) -> Option<CellError> {
    text.parse().ok().as_ref().map(error_of)
}

/// Our name for calamine's error value.
pub const fn error_of(error: &CellErrorType) -> CellError {
    match error {
        CellErrorType::Div0 => CellError::Div0,
        CellErrorType::NA => CellError::NotAvailable,
        CellErrorType::Name => CellError::Name,
        CellErrorType::Null => CellError::Null,
        CellErrorType::Num => CellError::Num,
        CellErrorType::Ref => CellError::Ref,
        CellErrorType::Value => CellError::Value,
        CellErrorType::GettingData => CellError::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use proptest::prelude::*;

    /// Cells as programs write them, and with every oddity that should send the block to calamine.
    fn cell() -> impl Strategy<Value = String> {
        let address = prop_oneof![4 => "[A-C][1-9]", 1 => Just(String::new()), 1 => "[a-dX-Z]{1,3}[0-9]{1,3}"];
        let start = (address, "( s=\"[0-4]\")?", prop_oneof![4 => Just(""), 1 => Just(" cm=\"1\""), 1 => Just("  ")]);
        let number = "-?[0-9]{1,17}(\\.[0-9]{1,17})?([eE][+-]?[0-9]{1,3})?";
        let inner = prop_oneof![
            4 => number.prop_map(|text| format!(">|<v>{text}</v></c>")),
            2 => "[0-9]{1,2}".prop_map(|text| format!(" t=\"s\">|<v>{text}</v></c>")),
            2 => "[a-z &;_x<é\r\n]{0,9}".prop_map(|text| format!(" t=\"str\">|<v>{}</v></c>", text.replace(['&', '<'], "&amp;"))),
            2 => " ?[a-z _x]{0,9} ?".prop_map(|text| format!(" t=\"inlineStr\">|<is><t>{text}</t></is></c>")),
            1 => " ?[a-z]{0,3} ?".prop_map(|text| format!(" t=\"inlineStr\">|<is><t xml:space=\"preserve\">{text}</t></is></c>")),
            1 => prop_oneof![Just("0"), Just("1"), Just("true")].prop_map(|text| format!(" t=\"b\">|<v>{text}</v></c>")),
            1 => prop_oneof![Just("#REF!"), Just("#N/A"), Just("#SPILL!")].prop_map(|text| format!(" t=\"e\">|<v>{text}</v></c>")),
            1 => prop_oneof![Just(">|</c>"), Just("/>|"), Just(" />|"), Just(">|<v/></c>"), Just(">|<v></v></c>"), Just(">|<v> 5 </v></c>"), Just(" t=\"d\">|<v>2026-10-31</v></c>")].prop_map(str::to_string),
        ];
        (start, inner).prop_map(|((address, style, odd), inner)| {
            let address = if address.is_empty() { address } else { format!(" r=\"{address}\"") };
            format!("<c{address}{style}{odd}{}", inner.replace('|', ""))
        })
    }

    fn rows() -> impl Strategy<Value = String> {
        let row = ("( r=\"[1-9]\")?( spans=\"1:3\")?", prop::collection::vec(cell(), 0..5), "[ \n]{0,2}");
        let row = row.prop_map(|(attributes, cells, space)| format!("<row{attributes}>{}</row>{space}", cells.join(&space)));
        prop::collection::vec(row, 0..4).prop_map(|rows| rows.concat())
    }

    fn with_sources<T>(work: impl FnOnce(&Sources<'_>) -> T) -> T {
        let keys = Keys::new(40);
        let (styles, limits) = (Styles::plain(5), Limits::default());
        work(&Sources { part: "s.xml", keys: &keys, styles: &styles, date_1904: false, limits: &limits })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3_000))]
        #[test]
        fn the_fast_way_and_calamine_agree(rows in rows()) {
            let block = Block { index: 0, first_row: 2, bytes: rows.into_bytes() };
            with_sources(|sources| {
                let mut fast = Builder::new(sources);
                if super::super::plain::read(&block, &mut fast).is_none() {
                    return Ok(());
                }
                let fast = fast.finish();
                let slow = read_slowly(&block, sources, false).map_err(|refusal| TestCaseError::fail(refusal.message()))?;
                prop_assert!(slow.faults.is_empty());
                prop_assert_eq!((fast.columns, fast.texts, fast.count), (slow.columns, slow.texts, slow.count));
                Ok(())
            })?;
        }
    }

    #[test]
    fn plain_rows_go_the_fast_way_and_odd_ones_do_not() {
        let is_fast = |rows: &str| {
            let block = Block { index: 0, first_row: 0, bytes: rows.as_bytes().to_vec() };
            with_sources(|sources| super::super::plain::read(&block, &mut Builder::new(sources)).is_some())
        };
        let row = |cell: &str| format!("<row r=\"1\" spans=\"1:2\">{cell}</row>\n<row r=\"2\"/>");
        for cell in [
            r#"<c r="A1" s="1" t="s"><v>3</v></c><c r="B1"><v>-1.5E-3</v></c>"#,
            r#"<c r="A1" t="str"><v>a</v></c><c r="XFD1048576" s="2"/>"#,
            r#"<c r="A1" t="inlineStr"><is><t>a b</t></is></c>"#,
        ] {
            assert!(is_fast(&row(cell)), "{cell}");
        }
        for cell in [
            r#"<c r="A1"><f>1</f><v>3</v></c>"#,
            r#"<c r="XFE1"><v>3</v></c>"#,
            r#"<c r="A1"><v>NaN</v></c>"#,
            r#"<c r="A1"><v>1e999</v></c>"#,
            r#"<c r="A1" t="s"><v>40</v></c>"#,
            r#"<c r="A1" t="str"><v>a&amp;b</v></c>"#,
            r#"<c r="A1" vm="1"><v>1</v></c>"#,
        ] {
            assert!(!is_fast(&row(cell)), "{cell}");
        }
    }
}
