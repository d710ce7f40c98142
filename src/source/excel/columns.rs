//! Blocks of cells joined into the columns of a sheet.

use super::cells::{CellFault, Cells, FormulaNote, FormulaText, ISO_DATE_STYLE, OWN_TEXTS, too_long};
use super::shared::Shared;
use super::styles::Styles;
use crate::base::finding::Code;
use crate::source::codes;
use crate::source::limits::Limits;
use crate::source::raw::{CellError, FormatClass, FormulaCell, RawColumn, RawSheet, Style, Value};
use std::collections::HashMap;
use std::sync::Arc;

/// What was noticed while the blocks were joined.
#[derive(Default)]
pub struct Noticed {
    /// Cells that the file stores twice.
    pub repeats: Vec<(u32, u32)>,
    /// Cells whose text is missing from the shared texts or too long.
    pub faults: Vec<CellFault>,
}

/// Joins the blocks of a sheet, in order.
pub fn join(sheet: &mut RawSheet, blocks: Vec<Cells>, shared: &Shared, styles: &Styles, limits: &Limits) -> Noticed {
    let mut noticed = Noticed::default();
    let mut columns = reserved(&blocks);
    let mut texts = Texts::new(shared, limits, blocks.iter().any(|block| !block.texts.is_empty()));
    let mut used_styles = UsedStyles::new(styles);
    let mut masters: HashMap<usize, Arc<str>> = HashMap::new();
    for block in blocks {
        noticed.faults.extend(block.faults);
        let own: Vec<u32> = block.texts.iter().map(|text| texts.own(text)).collect();
        for (col, (to, from)) in (0u32..).zip(columns.iter_mut().zip(block.columns)) {
            for (value, row) in from.values.into_iter().zip(&from.rows) {
                let known = texts.renumber(value, &own).unwrap_or_else(|(code, found)| {
                    if noticed.faults.len() <= limits.bad_cells {
                        noticed.faults.push(CellFault { row: *row, col, code, found });
                    }
                    Value::Error(CellError::Other)
                });
                to.values.push(known);
            }
            to.rows.extend_from_slice(&from.rows);
            to.styles.extend(from.styles.into_iter().map(|style| used_styles.renumber(style)));
        }
        sheet.formulas.extend(block.formulas.into_iter().map(|note| formula(note, &mut masters)));
    }
    sheet.formulas.sort_by_key(|formula| (formula.row, formula.col));
    sheet.formulas.dedup_by_key(|formula| (formula.row, formula.col));
    sheet.texts = texts.list;
    sheet.styles = used_styles.list;
    for (col, mut column) in (0u32..).zip(columns) {
        if !column.rows.is_empty() {
            noticed.repeats.extend(put_in_order(&mut column).into_iter().map(|row| (row, col)));
            sheet.columns.push((col, column));
        }
    }
    noticed
}

fn formula(note: FormulaNote, masters: &mut HashMap<usize, Arc<str>>) -> FormulaCell {
    let text = match note.text {
        FormulaText::Own(text) => text,
        FormulaText::Master(number, text) => {
            masters.insert(number, Arc::clone(&text));
            text
        }
        FormulaText::Derived(number) => masters.get(&number).cloned().unwrap_or_else(|| Arc::from("")),
    };
    FormulaCell { row: note.row, col: note.col, text }
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
    limits: &'a Limits,
    list: Vec<Arc<str>>,
    by_shared: Vec<u32>,
    by_text: Option<HashMap<Arc<str>, u32>>,
}

const UNUSED: u32 = u32::MAX;

impl<'a> Texts<'a> {
    fn new(shared: &'a Shared, limits: &'a Limits, mixed: bool) -> Self {
        Self { shared, limits, list: Vec::new(), by_shared: Vec::new(), by_text: mixed.then(HashMap::new) }
    }

    /// The value with the number that its text has in this sheet, or what is wrong with the text.
    fn renumber(&mut self, value: Value, own: &[u32]) -> Result<Value, (Code, String)> {
        match value {
            Value::Text(number) if number >= OWN_TEXTS => {
                Ok(Value::Text(own.get((number - OWN_TEXTS) as usize).copied().unwrap_or(0)))
            }
            Value::Text(index) => self.of_shared(index).map(Value::Text),
            other => Ok(other),
        }
    }

    fn of_shared(&mut self, index: u32) -> Result<u32, (Code, String)> {
        let Some(&place) = self.shared.places.get(index as usize) else {
            return Err((codes::BAD_CELL, format!("shared text {index} of {}", self.shared.places.len())));
        };
        if self.by_shared.is_empty() {
            self.by_shared = vec![UNUSED; self.shared.texts.len()];
        }
        let known = self.by_shared[place as usize];
        if known != UNUSED {
            return Ok(known);
        }
        if self.shared.too_long.contains(&place) {
            return Err((codes::TEXT_TOO_LONG, too_long(self.limits)));
        }
        let added = self.own(&self.shared.texts[place as usize]);
        self.by_shared[place as usize] = added;
        Ok(added)
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
