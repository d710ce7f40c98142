//! How the helper hands sheets back: a compact encoding of raw sheets. Both ends are of one version of this program.
//!
//! Reading it back never trusts a length: what does not add up is no answer at all.

use crate::base::origin::SheetName;
use crate::source::raw::{CellError, FormatClass, FormulaCell, NamedRange, RawColumn, RawSheet, Rect, Style, Value, Visibility};
use std::collections::HashMap;
use std::sync::Arc;

/// What the helper has to say of a file.
#[derive(Debug, Default, PartialEq)]
pub struct Answer {
    /// The sheets that could be read. Their file name is empty.
    pub sheets: Vec<RawSheet>,
    /// Sheets that could not, with the reason.
    pub failed: Vec<(String, String)>,
    /// Why the whole file could not be read; empty where it could.
    pub refused: String,
    /// True where the file asks for a password.
    pub password: bool,
}

const MARK: &[u8; 4] = b"TLS1";

const CLASSES: [FormatClass; 7] = [
    FormatClass::General,
    FormatClass::Number,
    FormatClass::Percent,
    FormatClass::Currency,
    FormatClass::Date,
    FormatClass::Time,
    FormatClass::Text,
];
const ERRORS: [CellError; 8] = [
    CellError::Div0,
    CellError::NotAvailable,
    CellError::Name,
    CellError::Null,
    CellError::Num,
    CellError::Ref,
    CellError::Value,
    CellError::Other,
];
const VISIBILITIES: [Visibility; 3] = [Visibility::Visible, Visibility::Hidden, Visibility::VeryHidden];

/// Encodes an answer.
pub fn encode(answer: &Answer) -> Vec<u8> {
    let mut to = Writer(MARK.to_vec());
    to.text(&answer.refused);
    to.byte(u8::from(answer.password));
    to.list(&answer.failed, |to, (sheet, reason)| {
        to.text(sheet);
        to.text(reason);
    });
    to.list(&answer.sheets, Writer::sheet);
    to.0.extend_from_slice(MARK);
    to.0
}

/// Decodes an answer; none where it is cut short or garbled.
pub fn decode(bytes: &[u8]) -> Option<Answer> {
    let mut from = Reader(bytes.strip_prefix(MARK)?);
    let refused = from.text()?;
    let password = from.byte()? == 1;
    let failed = from.list(|from| Some((from.text()?, from.text()?)))?;
    let sheets = from.list(Reader::sheet)?;
    (from.0 == MARK).then_some(Answer { sheets, failed, refused, password })
}

struct Writer(Vec<u8>);

impl Writer {
    fn byte(&mut self, value: u8) {
        self.0.push(value);
    }

    fn number(&mut self, value: u32) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.number(u32::try_from(text.len()).unwrap_or(0));
        self.0.extend_from_slice(text.as_bytes());
    }

    fn list<T>(&mut self, items: &[T], mut each: impl FnMut(&mut Self, &T)) {
        self.number(u32::try_from(items.len()).unwrap_or(0));
        for item in items {
            each(self, item);
        }
    }

    fn sheet(&mut self, sheet: &RawSheet) {
        self.text(&sheet.name.sheet);
        self.number(sheet.position);
        self.byte(place_of(&VISIBILITIES, &sheet.visibility));
        self.byte(u8::from(sheet.date_1904));
        self.list(&sheet.columns, Self::column);
        self.list(&sheet.texts, |to, text| to.text(text));
        self.list(&sheet.styles, |to, style| {
            to.text(&style.code);
            to.byte(place_of(&CLASSES, &style.class));
            to.byte(style.indent);
            to.byte(u8::from(style.bold));
        });
        self.formulas(&sheet.formulas);
        self.list(&sheet.merged, Self::rect);
        self.list(&sheet.named_ranges, |to, range| {
            to.text(&range.name);
            to.rect(&range.rect);
        });
    }

    fn column(&mut self, (col, column): &(u32, RawColumn)) {
        self.number(*col);
        self.list(&column.rows, |to, row| to.number(*row));
        self.list(&column.values, |to, value| to.value(*value));
        self.list(&column.styles, |to, style| to.0.extend_from_slice(&style.to_le_bytes()));
    }

    fn value(&mut self, value: Value) {
        match value {
            Value::Number(number) => {
                self.byte(0);
                self.0.extend_from_slice(&number.to_le_bytes());
            }
            Value::Text(text) => {
                self.byte(1);
                self.number(text);
            }
            Value::Bool(truth) => self.0.extend_from_slice(&[2, u8::from(truth)]),
            Value::Error(error) => self.0.extend_from_slice(&[3, place_of(&ERRORS, &error)]),
            Value::NeverCalculated => self.byte(4),
        }
    }

    /// Each formula's text once.
    fn formulas(&mut self, formulas: &[FormulaCell]) {
        let mut places: HashMap<&str, u32> = HashMap::new();
        let mut texts: Vec<&str> = Vec::new();
        for formula in formulas {
            places.entry(&formula.text).or_insert_with(|| {
                texts.push(&formula.text);
                u32::try_from(texts.len() - 1).unwrap_or(0)
            });
        }
        self.list(&texts, |to, text| to.text(text));
        self.list(formulas, |to, formula| {
            to.number(formula.row);
            to.number(formula.col);
            to.number(places.get(formula.text.as_ref()).copied().unwrap_or(0));
        });
    }

    fn rect(&mut self, rect: &Rect) {
        for side in [rect.top, rect.left, rect.bottom, rect.right] {
            self.number(side);
        }
    }
}

fn place_of<T: PartialEq>(all: &[T], one: &T) -> u8 {
    all.iter().position(|other| other == one).and_then(|place| u8::try_from(place).ok()).unwrap_or(0)
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn byte(&mut self) -> Option<u8> {
        self.array::<1>().map(|[byte]| byte)
    }

    fn number(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    fn text(&mut self) -> Option<String> {
        let length = self.number()?;
        String::from_utf8(self.take(usize::try_from(length).ok()?)?.to_vec()).ok()
    }

    /// Memory is taken as items arrive, never for a length that is only claimed.
    fn list<T>(&mut self, mut each: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.number()?;
        (0..count).map(|_| each(self)).collect()
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        all.get(usize::from(self.byte()?)).copied()
    }

    fn sheet(&mut self) -> Option<RawSheet> {
        let mut sheet = RawSheet::empty(SheetName::new(String::new(), self.text()?));
        sheet.position = self.number()?;
        sheet.visibility = self.of(&VISIBILITIES)?;
        sheet.date_1904 = self.byte()? == 1;
        sheet.columns = self.list(Self::column)?;
        sheet.texts = self.list(|from| from.text().map(Arc::from))?;
        sheet.styles = self.list(Self::style)?;
        sheet.formulas = self.formulas()?;
        sheet.merged = self.list(Self::rect)?;
        sheet.named_ranges = self.list(|from| Some(NamedRange { name: from.text()?, rect: from.rect()? }))?;
        Some(sheet)
    }

    fn style(&mut self) -> Option<Style> {
        Some(Style { code: self.text()?, class: self.of(&CLASSES)?, indent: self.byte()?, bold: self.byte()? == 1 })
    }

    fn column(&mut self) -> Option<(u32, RawColumn)> {
        let col = self.number()?;
        let rows = self.list(Self::number)?;
        let values = self.list(Self::value)?;
        let styles = self.list(|from| from.array().map(u16::from_le_bytes))?;
        let whole = rows.len() == values.len() && rows.len() == styles.len();
        whole.then_some((col, RawColumn { rows, values, styles }))
    }

    fn value(&mut self) -> Option<Value> {
        Some(match self.byte()? {
            0 => Value::Number(f64::from_le_bytes(self.array()?)),
            1 => Value::Text(self.number()?),
            2 => Value::Bool(self.byte()? == 1),
            3 => Value::Error(self.of(&ERRORS)?),
            4 => Value::NeverCalculated,
            _ => return None,
        })
    }

    fn formulas(&mut self) -> Option<Vec<FormulaCell>> {
        let texts: Vec<Arc<str>> = self.list(|from| from.text().map(Arc::from))?;
        self.list(|from| {
            let (row, col, text) = (from.number()?, from.number()?, from.number()?);
            Some(FormulaCell { row, col, text: Arc::clone(texts.get(usize::try_from(text).ok()?)?) })
        })
    }

    fn rect(&mut self) -> Option<Rect> {
        Some(Rect { top: self.number()?, left: self.number()?, bottom: self.number()?, right: self.number()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer() -> Answer {
        let mut sheet = RawSheet::empty(SheetName::new(String::new(), "Käse"));
        sheet.visibility = Visibility::VeryHidden;
        sheet.date_1904 = true;
        let values =
            vec![Value::Number(-0.1), Value::Text(0), Value::Bool(true), Value::Error(CellError::Ref), Value::NeverCalculated];
        sheet.columns = vec![(3, RawColumn { rows: vec![0, 1, 2, 7, 9], values, styles: vec![0, 1, 0, 0, 1] })];
        sheet.texts = vec!["text".into()];
        sheet.styles.push(Style { code: "0%".into(), class: FormatClass::Percent, indent: 3, bold: true });
        let formula = |row| FormulaCell { row, col: 3, text: "A1+1".into() };
        sheet.formulas = vec![formula(2), formula(7)];
        sheet.merged = vec![Rect { top: 1, left: 2, bottom: 3, right: 4 }];
        sheet.named_ranges = vec![NamedRange { name: "n".into(), rect: sheet.merged[0] }];
        Answer { sheets: vec![sheet], failed: vec![("S".into(), "why".into())], ..Answer::default() }
    }

    #[test]
    fn what_is_sent_arrives() {
        assert_eq!(decode(&encode(&answer())), Some(answer()));
    }

    #[test]
    fn a_garbled_answer_is_none_and_takes_no_memory() {
        let whole = encode(&answer());
        for length in 0..whole.len() {
            assert_eq!(decode(&whole[..length]), None);
        }
        let mut huge = MARK.to_vec();
        huge.extend_from_slice(&[0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]);
        assert_eq!(decode(&huge), None);
    }
}
