//! One column from cells to typed values. Each text is read once, however often it stands in the column.

use super::cells::{self, Cell};
use super::codes;
use super::outcome::{Data, Datum, Note, Outcome, Slot};
use super::parse::{self, Context, Parser};
use crate::base::finding::{Code, Severity};
use crate::source::raw::RawSheet;
use crate::table::tables::ValueState;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A finding in the making: what was found in which records.
#[derive(Clone, Debug)]
pub(super) struct Noted {
    pub code: Code,
    pub found: String,
    pub expected: String,
    pub hint: Cow<'static, str>,
    pub records: Vec<u32>,
}

/// A column that has been read.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    pub data: Data,
    pub noted: Vec<Noted>,
    pub states: Vec<(u32, ValueState)>,
    /// Records of which a required value cannot be used, each with the position in `noted` of the reason.
    pub unusable: Vec<(u32, usize)>,
}

/// Codes that speak of the way a whole column is stored: one finding a column, with all its places.
const OF_THE_COLUMN: [Code; 7] = [
    codes::ID_CHANGED,
    codes::NUMBER_AS_TEXT,
    codes::ID_AS_NUMBER,
    codes::DATE_AS_TEXT,
    codes::DATE_AS_NUMBER,
    codes::TWO_DIGIT_YEAR,
    codes::NO_UNIT,
];

/// Different things found in one column by one code that are told one by one; further ones are told together, with all
/// their places, so that a ruined column does not fill the memory with sentences.
pub(super) const TOLD_ONE_BY_ONE: usize = 1_000;

/// What the finding that stands for all further ones says it found.
pub(super) const MANY_MORE: &str = "many more";

/// Reads the cells of a field.
pub(super) fn check<'c>(context: &'c Context<'c>, cells: &[Cell<'c>], parser: &'c dyn Parser) -> Checked {
    let mut reader = Reader::new(context, parser, cells);
    for (record, cell) in (0u32..).zip(cells) {
        reader.read(record, *cell);
    }
    reader.out
}

/// The column of a field that no column gives: each record lacks it.
pub(super) fn absent(field_required: bool, header: &str, records: usize) -> Checked {
    let mut out = Checked { data: Data::Absent, noted: Vec::new(), states: Vec::new(), unusable: Vec::new() };
    if field_required {
        let expected = format!("a column {header}");
        out.noted.push(Noted {
            code: codes::REQUIRED_MISSING,
            found: String::new(),
            expected,
            hint: "".into(),
            records: Vec::new(),
        });
        out.unusable = (0u32..).take(records).map(|record| (record, 0)).collect();
    }
    out
}

/// What a text came to, so that it need not be read again.
#[derive(Clone)]
struct Known {
    slot: Slot,
    state: Option<ValueState>,
    noted: Vec<usize>,
}

struct Reader<'c> {
    context: &'c Context<'c>,
    parser: &'c dyn Parser,
    /// By text index: 1 + position in `known`; 0 where the text has not been read.
    memo: Vec<u32>,
    known: Vec<Known>,
    /// The last words that stand in no cell: a constant is the same for every record.
    last_words: Option<(&'c str, Known)>,
    missing: Option<usize>,
    /// Different things found, by code.
    told: BTreeMap<&'static str, usize>,
    required: bool,
    out: Checked,
}

impl<'c> Reader<'c> {
    fn new(context: &'c Context<'c>, parser: &'c dyn Parser, cells: &[Cell<'c>]) -> Self {
        let any_text = cells.iter().any(|cell| matches!(cell, Cell::Text(_)));
        let memo = if any_text && parser.same_everywhere() { vec![0; context.sheet.texts.len()] } else { Vec::new() };
        let data = Data::for_kind(&context.field.kind, cells.len());
        let out = Checked { data, noted: Vec::new(), states: Vec::new(), unusable: Vec::new() };
        Self {
            context,
            parser,
            memo,
            known: Vec::new(),
            last_words: None,
            missing: None,
            told: BTreeMap::new(),
            required: context.field.required,
            out,
        }
    }

    fn read(&mut self, record: u32, cell: Cell<'c>) {
        if let Cell::Words(words) = cell
            && let Some((_, known)) = self.last_words.take_if(|(last, _)| *last == words && self.parser.same_everywhere())
        {
            self.keep(record, &known);
            self.last_words = Some((words, known));
            return;
        }
        let slot = if let Cell::Text(index) = cell {
            usize::try_from(index).ok().filter(|index| *index < self.memo.len())
        } else {
            None
        };
        let known = match slot.map(|index| self.memo[index]) {
            Some(position @ 1..) => {
                let position = position as usize - 1;
                let ordinary = self.known[position].noted.is_empty() && self.known[position].state.is_none();
                if ordinary && self.known[position].slot != Slot::Null {
                    self.out.data.push(self.known[position].slot);
                    return;
                }
                self.known[position].clone()
            }
            _ => {
                let outcome = parse::outcome(self.context, self.parser, cell, record as usize);
                let known = self.know(cell, outcome);
                if let Cell::Words(words) = cell {
                    self.last_words = Some((words, known.clone()));
                }
                if let Some(index) = slot {
                    self.known.push(known.clone());
                    self.memo[index] = u32::try_from(self.known.len()).unwrap_or(0);
                }
                known
            }
        };
        self.keep(record, &known);
    }

    /// Takes over a value and its notes.
    fn know(&mut self, cell: Cell<'_>, outcome: Outcome) -> Known {
        let Outcome { datum, state, notes } = outcome;
        let noted = notes.into_iter().map(|note| self.note(cell, note)).collect();
        let slot = match datum {
            Some(Datum::Float(number)) => Slot::Float(number),
            datum => self.out.data.store(datum),
        };
        Known { slot, state, noted }
    }

    fn note(&mut self, cell: Cell<'_>, note: Note) -> usize {
        let shown = quoted(self.context.sheet, cell);
        if OF_THE_COLUMN.contains(&note.code)
            && let Some(at) = self.out.noted.iter().position(|noted| noted.code == note.code)
        {
            join_found(&mut self.out.noted[at], &shown);
            return at;
        }
        let told = self.told.entry(note.code.id).or_default();
        *told += 1;
        let found = if *told > TOLD_ONE_BY_ONE { MANY_MORE.to_string() } else { shown };
        if *told > TOLD_ONE_BY_ONE + 1
            && let Some(at) = self.out.noted.iter().position(|noted| noted.code == note.code && noted.found == MANY_MORE)
        {
            return at;
        }
        self.out.noted.push(Noted { code: note.code, found, expected: note.expected, hint: note.hint, records: Vec::new() });
        self.out.noted.len() - 1
    }

    fn keep(&mut self, record: u32, known: &Known) {
        self.out.data.push(known.slot);
        for &at in &known.noted {
            self.out.noted[at].records.push(record);
        }
        if let Some(state) = &known.state {
            self.out.states.push((record, state.clone()));
        }
        if known.slot == Slot::Null && self.required {
            let reason = known.noted.iter().copied().find(|&at| self.out.noted[at].code.severity == Severity::Error);
            let reason = reason.unwrap_or_else(|| self.missing(record));
            self.out.unusable.push((record, reason));
        }
    }

    fn missing(&mut self, record: u32) -> usize {
        let at = *self.missing.get_or_insert_with(|| {
            let expected = crate::table::contract::words::expectation(self.context.field);
            let hint = "Fill in the cell.".into();
            self.out.noted.push(Noted {
                code: codes::REQUIRED_MISSING,
                found: String::new(),
                expected,
                hint,
                records: Vec::new(),
            });
            self.out.noted.len() - 1
        });
        self.out.noted[at].records.push(record);
        at
    }
}

/// What was found, verbatim, in quotes.
pub(super) fn quoted(sheet: &RawSheet, cell: Cell<'_>) -> String {
    const LONGEST: usize = 80;
    let shown = cells::shown(sheet, cell);
    let mut short: String = shown.chars().take(LONGEST).collect();
    if short.len() < shown.len() {
        short.push('…');
    }
    format!("\"{}\"", short.replace('\n', " "))
}

/// Names up to three of the things found.
fn join_found(noted: &mut Noted, shown: &str) {
    const AND_OTHERS: &str = " and others";
    if noted.found.ends_with(AND_OTHERS) || noted.found.contains(shown) {
        return;
    }
    if noted.found.matches("\", \"").count() >= 2 {
        noted.found.push_str(AND_OTHERS);
    } else {
        noted.found.push_str(", ");
        noted.found.push_str(shown);
    }
}
