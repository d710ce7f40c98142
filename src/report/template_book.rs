//! The blank input workbooks as Books: one form a table, with its dropdowns, its notes and an example row; an About sheet,
//! a Guide to every column, and a hidden sheet of long lists. Made from the contracts, so that what a form asks for is
//! what the checks expect.

use crate::base::day::Moment;
use crate::report::book::{
    Band, Block, Book, Cell, Column, Kind, Link, Note, Sheet, Stamp, Table, Tone, Validation, Value, Width,
};
use crate::source;
use crate::source::raw::{FormatClass, RawSheet};
use crate::table::contracts;
use crate::table::template::{
    Dropdown, ExampleCell, TemplateColumn, TemplateFormat, TemplateSheet, TemplateWorkbook, blank_workbooks,
};

/// Rows of a form: the example and room to type.
const ROWS: usize = 100;
/// The narrowest and the widest column of a filled form, in characters.
const WIDTHS: (u16, u16) = (12, 44);
/// Rows of room below records that fill a form.
const ROOM: usize = 20;
/// The longest list that a dropdown carries itself. Source: Microsoft, "Data validation", list of at most 255 characters.
const LONGEST_LIST: usize = 255;

/// Every blank workbook.
#[must_use]
pub fn books() -> Vec<Book> {
    blank_workbooks(&contracts::all()).iter().map(book).collect()
}

/// One blank workbook.
#[must_use]
pub fn book(workbook: &TemplateWorkbook) -> Book {
    let stamp =
        Stamp { portfolio: "Throughline".to_string(), as_of: None, run_id: None, version: env!("CARGO_PKG_VERSION").to_string() };
    let name = workbook.file.trim_end_matches(".xlsx");
    let book = Book::new(name, format!("Input workbook: {name}"), stamp).sheet(about(workbook, &HOW));
    let book = workbook.sheets.iter().fold(book, |book, sheet| book.sheet(form(sheet)));
    let book = book.sheet(guide(workbook));
    match lists(workbook) {
        Some(sheet) => book.sheet(sheet),
        None => book,
    }
}

const HOW: [&str; 4] = [
    "Fill in the sheets that you keep; leave the others empty or delete them. The order of columns does not matter, and columns of your own do no harm.",
    "The first row of a form is an example (wide forms have none): type over it or delete it. A form grows when you type or paste below its last row.",
    "Dark headers are required, light ones are optional. Point at a header to read what it means and what it takes; the Guide sheet lists the same.",
    "Leave a cell empty where you do not know. Never type 0 for unknown: a zero is a figure.",
];

/// The workbook with records filled in: each sheet from the raw sheet of its name, cell by cell, under the same headers. Sheets
/// without records stay blank forms.
#[must_use]
pub fn filled(workbook: &TemplateWorkbook, title: &str, records: &[RawSheet]) -> Book {
    let stamp = Stamp { portfolio: title.to_string(), as_of: None, run_id: None, version: env!("CARGO_PKG_VERSION").to_string() };
    let name = workbook.file.trim_end_matches(".xlsx");
    let book = Book::new(name, format!("Plan of {title}"), stamp).sheet(about(workbook, &HOW_FILLED));
    let add = |book: Book, sheet: &TemplateSheet| {
        let raw = records.iter().find(|raw| raw.name.sheet == sheet.name);
        book.sheet(form_of(sheet, raw.map_or_else(Vec::new, |raw| cells_of(sheet, raw)), true))
    };
    let book = workbook.sheets.iter().fold(book, add).sheet(guide(workbook));
    match lists(workbook) {
        Some(sheet) => book.sheet(sheet),
        None => book,
    }
}

/// The records of a raw sheet, in the columns of a form.
fn cells_of(sheet: &TemplateSheet, raw: &RawSheet) -> Vec<Vec<Cell>> {
    let column = |header: &str| raw.columns.iter().map(|(col, _)| *col).find(|col| raw.cell_text(0, *col) == Some(header));
    let columns: Vec<Option<u32>> = sheet.columns.iter().map(|each| column(&each.header)).collect();
    let bottom = raw.extent().map_or(0, |extent| extent.bottom);
    let cell = |row: u32, col: &Option<u32>| col.map_or_else(Cell::blank, |col| cell_of(raw, row, col));
    (1..=bottom).map(|row| columns.iter().map(|col| cell(row, col)).collect()).collect()
}

fn cell_of(raw: &RawSheet, row: u32, col: u32) -> Cell {
    match raw.cell(row, col) {
        Some((source::raw::Value::Text(index), _)) => Cell::text(raw.text(index)),
        Some((source::raw::Value::Number(serial), style)) if style.class == FormatClass::Date => {
            Cell::new(Value::Moment(Moment::of_excel_serial(serial)))
        }
        Some((source::raw::Value::Number(number), _)) => Cell::new(Value::Number(number)),
        Some((source::raw::Value::Bool(yes), _)) => Cell::new(Value::Bool(yes)),
        _ => Cell::blank(),
    }
}

/// What a workbook that was filled from a planner's file says first.
const HOW_FILLED: [&str; 3] = [
    "Filled from a planner's own file. Go on here, or keep to the planner's program and make this workbook again; not both.",
    "The order of columns does not matter, and columns of your own do no harm. A form grows when you type or paste below its last row.",
    "Dark headers are required, light ones are optional. Point at a header to read what it means and what it takes; the Guide sheet lists the same.",
];

fn about(workbook: &TemplateWorkbook, how: &[&str]) -> Sheet {
    let columns = vec![Column::text("Sheet").wide(28), Column::new("What it is for", Kind::Prose).wide(110)];
    let rows = workbook.sheets.iter().map(|sheet| {
        let name = Cell::text(&sheet.name).link(Link::Sheet(sheet.name.clone()));
        vec![name, Cell::text(sheet.about.join("\n"))]
    });
    Sheet::page("About", format!("Input workbook: {}", workbook.file))
        .subtitle("How to fill it in")
        .block(Note { tone: Tone::Accent, paragraphs: how.iter().map(ToString::to_string).collect() })
        .band(Band::headed("Sheets", vec![Block::Table(Table::new("tbl_about_sheets", columns).rows(rows.collect()))]))
}

fn form(sheet: &TemplateSheet) -> Sheet {
    let example = if sheet.wide { Vec::new() } else { vec![sheet.columns.iter().map(example).collect()] };
    form_of(sheet, example, false)
}

/// Characters of a text.
fn characters(cell: &Cell) -> Option<u16> {
    if let Value::Text(text) = &cell.value { u16::try_from(text.chars().count()).ok() } else { None }
}

/// A form with these rows, and room to type below them. Columns of a filled one are as wide as their texts, within bounds.
fn form_of(sheet: &TemplateSheet, rows: Vec<Vec<Cell>>, is_filled: bool) -> Sheet {
    let is_timed = |index: usize| {
        let timed = |cell: &Cell| matches!(cell.value, Value::Moment(at) if !at.is_date_only());
        rows.iter().filter_map(|row| row.get(index)).any(timed)
    };
    let column = |(index, column): (usize, &TemplateColumn)| {
        let column = form_column(sheet, index, column);
        let width = rows.iter().filter_map(|row| characters(row.get(index)?)).max().filter(|_| is_filled);
        let width = width.map_or(column.width, |width| Width::Characters((width + 2).clamp(WIDTHS.0, WIDTHS.1)));
        if is_timed(index) {
            Column { kind: Kind::Moment, width: Width::Characters(20), ..column }
        } else {
            Column { width, ..column }
        }
    };
    let columns = sheet.columns.iter().enumerate().map(column).collect();
    let mut table = Table::new(&sheet.table_name, columns).keys(1);
    table.is_form = true;
    let room = if rows.len() < ROWS { ROWS } else { rows.len() + ROOM };
    table.rows = rows;
    table.rows.resize_with(room, || vec![Cell::blank(); sheet.columns.len()]);
    let subtitle = sheet.about.first().cloned().unwrap_or_default();
    Sheet::data(&sheet.name, &sheet.name).subtitle(subtitle).about(sheet.about.join(" ")).block(table)
}

fn form_column(sheet: &TemplateSheet, index: usize, column: &TemplateColumn) -> Column {
    let kind = kind_of(column.format);
    let validation = match &column.dropdown {
        Some(Dropdown::Words(words)) if fits(words) => Some(Validation::OneOf(words.clone())),
        Some(Dropdown::Words(_)) => {
            Some(Validation::From { table: list_table(sheet, index), column: column.header.clone(), lenient: false })
        }
        Some(Dropdown::Column { table_name, header, .. }) => {
            Some(Validation::From { table: table_name.clone(), column: header.clone(), lenient: true })
        }
        None => None,
    };
    Column {
        header: column.header.clone(),
        width: width_of(column),
        help: Some(column.note.clone()).filter(|note| !note.is_empty()),
        validation,
        is_optional: !column.required,
        ..Column::new("", kind)
    }
}

/// Wide enough for the header and the example, and no wider than a reader needs.
fn width_of(column: &TemplateColumn) -> Width {
    let example = match &column.example {
        ExampleCell::Text(text) => text.chars().count(),
        ExampleCell::Empty => 0,
        ExampleCell::Number(_) | ExampleCell::Date(_) => 12,
    };
    let characters = example.max(column.header.chars().count() + 4).clamp(12, 34);
    Width::Characters(u16::try_from(characters).unwrap_or(34))
}

const fn kind_of(format: TemplateFormat) -> Kind {
    match format {
        TemplateFormat::Text => Kind::Text,
        TemplateFormat::Date => Kind::Date,
        TemplateFormat::Number | TemplateFormat::Money => Kind::Number(2),
        TemplateFormat::Integer => Kind::Integer,
        TemplateFormat::Percent => Kind::Percent,
    }
}

fn example(column: &TemplateColumn) -> Cell {
    match &column.example {
        ExampleCell::Empty => Cell::blank(),
        ExampleCell::Text(text) => Cell::text(text),
        ExampleCell::Number(number) => Cell::new(Value::Number(*number)),
        ExampleCell::Date(day) => Cell::date(Some(*day)),
    }
}

/// A list fits into its dropdown where it is short and no word holds the comma that separates words.
fn fits(words: &[String]) -> bool {
    let length: usize = words.iter().map(|word| word.encode_utf16().count() + 1).sum();
    length <= LONGEST_LIST && words.iter().all(|word| !word.contains(','))
}

fn list_table(sheet: &TemplateSheet, column: usize) -> String {
    format!("{}_list_{}", sheet.table_name, column + 1)
}

/// The lists that are too long for their dropdowns.
fn lists(workbook: &TemplateWorkbook) -> Option<Sheet> {
    let mut tables = Vec::new();
    for sheet in &workbook.sheets {
        for (index, column) in sheet.columns.iter().enumerate() {
            if let Some(Dropdown::Words(words)) =
                column.dropdown.as_ref().filter(|dropdown| matches!(dropdown, Dropdown::Words(words) if !fits(words)))
            {
                let list = vec![Column { header: column.header.clone(), ..Column::text("") }];
                let rows = words.iter().map(|word| vec![Cell::text(word)]).collect();
                tables.push(Block::Table(Table::new(list_table(sheet, index), list).rows(rows)));
            }
        }
    }
    (!tables.is_empty()).then(|| Sheet::hidden("Lists").band(Band::of(tables)))
}

fn guide(workbook: &TemplateWorkbook) -> Sheet {
    let columns = vec![
        Column::text("Sheet").wide(22),
        Column::text("Column").wide(24),
        Column::text("Required"),
        Column::new("What it means and what it takes", Kind::Prose).wide(80),
        Column::new("Choices", Kind::Prose).wide(44),
    ];
    let rows = workbook.sheets.iter().filter(|sheet| !sheet.wide).flat_map(|sheet| {
        sheet.columns.iter().map(move |column| {
            let choices = match &column.dropdown {
                Some(Dropdown::Words(words)) => words.join(" · "),
                Some(Dropdown::Column { sheet, header, .. }) => format!("{header} of {sheet}"),
                None => String::new(),
            };
            vec![
                Cell::text(&sheet.name),
                Cell::text(&column.header),
                if column.required { Cell::text("required") } else { Cell::blank() },
                Cell::text(&column.note),
                if choices.is_empty() { Cell::blank() } else { Cell::text(choices) },
            ]
        })
    });
    let table = Table::new("tbl_guide", columns).keys(2).rows(rows.collect());
    Sheet::data("Guide", "Guide to every column").subtitle(format!("What each column of {} means", workbook.file)).block(table)
}
