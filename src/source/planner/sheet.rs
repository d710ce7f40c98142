//! A raw sheet under the headers of one of the plan's tables, filled row by row.

use crate::base::day::{Day, Moment};
use crate::base::origin::{RowPlace, RowPlaces, SheetName};
use crate::source::intern::Texts;
use crate::source::raw::{FormatClass, RawColumn, RawSheet, Rect, Style, TableRegion, Value};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

const DATE: u16 = 1;
const PERCENT: u16 = 2;

/// A sheet in the making. A column appears where a row has something in it, or where every row must.
pub(super) struct Filler {
    table: &'static str,
    headers: &'static [&'static str],
    /// How many of the first headers are always there.
    needed: usize,
    columns: Vec<RawColumn>,
    texts: Texts,
    places: Vec<RowPlace>,
}

impl Filler {
    /// A sheet for a table, with its headers; the first so many of them are always there.
    pub fn new(table: &'static str, needed: usize, headers: &'static [&'static str]) -> Self {
        let columns = vec![RawColumn::default(); headers.len()];
        Self { table, headers, needed, columns, texts: Texts::default(), places: Vec::new() }
    }

    /// Begins a row.
    pub fn row(&mut self, place: &RowPlace) {
        self.places.push(place.clone());
    }

    fn put(&mut self, header: &'static str, value: Value, style: u16) {
        let row = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        let Some(column) = self.headers.iter().position(|known| *known == header).map(|at| &mut self.columns[at]) else { return };
        column.rows.push(row);
        column.values.push(value);
        column.styles.push(style);
    }

    pub fn text(&mut self, header: &'static str, text: &str) {
        if !text.is_empty() {
            let number = self.texts.number(text);
            self.put(header, Value::Text(number), 0);
        }
    }

    pub fn word(&mut self, header: &'static str, text: Option<&str>) {
        self.text(header, text.unwrap_or_default());
    }

    pub fn moment(&mut self, header: &'static str, at: Option<Moment>) {
        if let Some(at) = at {
            self.put(header, Value::Number(at.excel_serial()), DATE);
        }
    }

    pub fn day(&mut self, header: &'static str, day: Option<Day>) {
        self.moment(header, day.map(Moment::start_of));
    }

    pub fn number(&mut self, header: &'static str, number: Option<Decimal>) {
        self.numeric(header, number, 0);
    }

    pub fn percent(&mut self, header: &'static str, share: Option<Decimal>) {
        self.numeric(header, share, PERCENT);
    }

    fn numeric(&mut self, header: &'static str, number: Option<Decimal>, style: u16) {
        if let Some(number) = number.and_then(|number| number.to_f64()) {
            self.put(header, Value::Number(number), style);
        }
    }

    /// The sheet; none where it has no rows.
    pub fn finish(mut self, file: &str, position: u32) -> Option<RawSheet> {
        if self.places.is_empty() {
            return None;
        }
        let mut columns = Vec::new();
        let mut names = Vec::new();
        for (at, (header, mut column)) in self.headers.iter().zip(std::mem::take(&mut self.columns)).enumerate() {
            if at >= self.needed && column.rows.is_empty() {
                continue;
            }
            column.rows.insert(0, 0);
            column.values.insert(0, Value::Text(self.texts.number(header)));
            column.styles.insert(0, 0);
            columns.push((u32::try_from(columns.len()).unwrap_or(u32::MAX), column));
            names.push((*header).to_string());
        }
        let bottom = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        let right = u32::try_from(columns.len()).unwrap_or(1).saturating_sub(1);
        let name = SheetName { rows: RowPlaces::Records(self.places.into()), ..SheetName::new(file, self.table) };
        let style = |code: &str, class| Style { code: code.into(), class, ..Style::general() };
        Some(RawSheet {
            position,
            columns,
            texts: self.texts.list,
            styles: vec![Style::general(), style("yyyy-mm-dd hh:mm", FormatClass::Date), style("0.00%", FormatClass::Percent)],
            tables: vec![TableRegion {
                name: format!("tbl_{}", self.table.to_lowercase().replace(' ', "_")),
                rect: Rect { top: 0, left: 0, bottom, right },
                header_rows: 1,
                totals_rows: 0,
                columns: names,
            }],
            ..RawSheet::empty(name)
        })
    }
}
