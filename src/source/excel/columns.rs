//! Blocks of cells joined into the columns of a sheet.

use super::cells::{Cells, FormulaText, ISO_DATE_STYLE, OWN_TEXTS};
use super::shared::Shared;
use super::styles::Styles;
use crate::source::raw::{FormatClass, FormulaCell, RawColumn, RawSheet, Style, Value};
use std::collections::HashMap;
use std::sync::Arc;

/// A cell that the file stores twice.
pub type Repeat = (u32, u32);

/// Joins the blocks of a sheet, in order, and returns the cells that were stored twice.
pub fn join(sheet: &mut RawSheet, blocks: Vec<Cells>, shared: &Shared, styles: &Styles) -> Vec<Repeat> {
    let mut columns = reserved(&blocks);
    let mut texts = Texts::new(shared, blocks.iter().any(|block| !block.texts.is_empty()));
    let mut used_styles = UsedStyles::new(styles);
    let mut masters: HashMap<usize, Arc<str>> = HashMap::new();
    for block in blocks {
        let own: Vec<u32> = block.texts.iter().map(|text| texts.own(text)).collect();
        for (to, from) in columns.iter_mut().zip(block.columns) {
            to.rows.extend_from_slice(&from.rows);
            to.values.extend(from.values.into_iter().map(|value| texts.renumber(value, &own)));
            to.styles.extend(from.styles.into_iter().map(|style| used_styles.renumber(style)));
        }
        for note in block.formulas {
            let text = match note.text {
                FormulaText::Own(text) => text,
                FormulaText::Master(number, text) => {
                    masters.insert(number, Arc::clone(&text));
                    text
                }
                FormulaText::Derived(number) => masters.get(&number).cloned().unwrap_or_else(|| Arc::from("")),
            };
            sheet.formulas.push(FormulaCell { row: note.row, col: note.col, text });
        }
    }
    sheet.formulas.sort_by_key(|formula| (formula.row, formula.col));
    sheet.formulas.dedup_by_key(|formula| (formula.row, formula.col));
    sheet.texts = texts.list;
    sheet.styles = used_styles.list;
    let mut repeats = Vec::new();
    for (col, mut column) in (0u32..).zip(columns) {
        if !column.rows.is_empty() {
            repeats.extend(put_in_order(&mut column).into_iter().map(|row| (row, col)));
            sheet.columns.push((col, column));
        }
    }
    repeats
}

fn reserved(blocks: &[Cells]) -> Vec<RawColumn> {
    let width = blocks.iter().map(|block| block.columns.len()).max().unwrap_or(0);
    let mut counts = vec![0; width];
    for block in blocks {
        for (count, column) in counts.iter_mut().zip(&block.columns) {
            *count += column.rows.len();
        }
    }
    let column = |count: usize| RawColumn {
        rows: Vec::with_capacity(count),
        values: Vec::with_capacity(count),
        styles: Vec::with_capacity(count),
    };
    counts.into_iter().map(column).collect()
}

/// Sorts a column by row where the file did not; of repeated rows the last is kept. Returns the repeated rows.
fn put_in_order(column: &mut RawColumn) -> Vec<u32> {
    if column.rows.is_sorted_by(|a, b| a < b) {
        return Vec::new();
    }
    let mut order: Vec<usize> = (0..column.rows.len()).collect();
    order.sort_by_key(|&place| (column.rows[place], place));
    let mut repeats = Vec::new();
    let mut kept: Vec<usize> = Vec::with_capacity(order.len());
    for place in order {
        if kept.last().is_some_and(|&last| column.rows[last] == column.rows[place]) {
            repeats.push(column.rows[place]);
            kept.pop();
        }
        kept.push(place);
    }
    *column = RawColumn {
        rows: kept.iter().map(|&place| column.rows[place]).collect(),
        values: kept.iter().map(|&place| column.values[place]).collect(),
        styles: kept.iter().map(|&place| column.styles[place]).collect(),
    };
    repeats.dedup();
    repeats
}

/// The texts of a sheet, from the workbook's shared ones and its own, without repeats.
struct Texts<'a> {
    shared: &'a Shared,
    list: Vec<Arc<str>>,
    by_shared: Vec<u32>,
    by_text: Option<HashMap<Arc<str>, u32>>,
}

const UNUSED: u32 = u32::MAX;

impl<'a> Texts<'a> {
    fn new(shared: &'a Shared, mixed: bool) -> Self {
        Self { shared, list: Vec::new(), by_shared: Vec::new(), by_text: mixed.then(HashMap::new) }
    }

    fn renumber(&mut self, value: Value, own: &[u32]) -> Value {
        match value {
            Value::Text(number) if number >= OWN_TEXTS => {
                Value::Text(own.get((number - OWN_TEXTS) as usize).copied().unwrap_or(0))
            }
            Value::Text(number) => Value::Text(self.of_shared(number)),
            other => other,
        }
    }

    fn of_shared(&mut self, number: u32) -> u32 {
        if self.by_shared.is_empty() {
            self.by_shared = vec![UNUSED; self.shared.texts.len()];
        }
        let place = number as usize;
        let Some(known) = self.by_shared.get(place).copied() else { return self.own(&Arc::from("")) };
        if known != UNUSED {
            return known;
        }
        let text = Arc::clone(&self.shared.texts[place]);
        let added = self.own(&text);
        self.by_shared[place] = added;
        added
    }

    fn own(&mut self, text: &Arc<str>) -> u32 {
        let next = u32::try_from(self.list.len()).unwrap_or(UNUSED);
        if let Some(by_text) = &mut self.by_text {
            if let Some(&known) = by_text.get(text) {
                return known;
            }
            by_text.insert(Arc::clone(text), next);
        }
        self.list.push(Arc::clone(text));
        next
    }
}

/// The styles that a sheet uses, General first.
struct UsedStyles<'a> {
    styles: &'a Styles,
    list: Vec<Style>,
    places: Vec<Option<u16>>,
    iso_date: Option<u16>,
}

impl<'a> UsedStyles<'a> {
    fn new(styles: &'a Styles) -> Self {
        let mut places = vec![None; styles.list.len()];
        places[0] = Some(0);
        Self { styles, list: vec![Style::general()], places, iso_date: None }
    }

    fn renumber(&mut self, style: u16) -> u16 {
        let next = u16::try_from(self.list.len()).unwrap_or(0);
        if style == ISO_DATE_STYLE {
            if self.iso_date.is_none() {
                self.list.push(Style { code: "yyyy-mm-dd".into(), class: FormatClass::Date, ..Style::general() });
            }
            return *self.iso_date.get_or_insert(next);
        }
        let Some(place) = self.places.get_mut(usize::from(style)) else { return 0 };
        if place.is_none() {
            self.list.push(self.styles.list[usize::from(style)].clone());
        }
        *place.get_or_insert(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_out_of_order_are_sorted_and_the_last_of_a_repeat_stays() {
        let value = |number: u32| Value::Number(f64::from(number));
        let mut column = RawColumn { rows: vec![5, 2, 5, 9], values: (0..4).map(value).collect(), styles: vec![0; 4] };
        assert_eq!(put_in_order(&mut column), [5]);
        assert_eq!(column.rows, [2, 5, 9]);
        assert_eq!(column.values, [value(1), value(2), value(3)]);
    }
}
