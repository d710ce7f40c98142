//! The tables of an XER file: lines cut into fields, each with its line.

use crate::base::origin::{Origin, RowPlace};
use crate::source::codes;
use crate::source::planner::desk::{Desk, Record};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Bytes that Windows-1252 does not have.
const NOT_WESTERN: [u8; 5] = [0x81, 0x8D, 0x8F, 0x90, 0x9D];

/// The text of a file: by its mark, else UTF-8 where all of it is that, else Windows-1252, which P6 writes.
pub fn decode<'b>(bytes: &'b [u8], desk: &mut Desk<'_>) -> Cow<'b, str> {
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, &bytes[mark..]),
        None if std::str::from_utf8(bytes).is_ok() => (UTF_8, bytes),
        None => (WINDOWS_1252, bytes),
    };
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    let odd = encoding == WINDOWS_1252 && bytes.iter().any(|byte| NOT_WESTERN.contains(byte));
    if bad || odd || text.contains('\0') {
        let finding =
            codes::BAD_CHARACTERS.at(Origin::file(desk.file())).found(format!("bytes that are not {}", encoding.name()));
        desk.say(
            finding.expected("Windows-1252, UTF-8 or UTF-16").hint("Export the file again; compare names with accented letters."),
        );
    }
    if text.contains('\r') && !text.contains('\n') { Cow::Owned(text.replace('\r', "\n")) } else { text }
}

/// A table.
pub struct Table<'t> {
    /// Its name.
    pub name: Arc<str>,
    /// The line of its `%T`.
    pub line: u32,
    fields: BTreeMap<&'t str, usize>,
    rows: Vec<(u32, &'t str)>,
    /// Fields that somebody has asked for.
    asked: RefCell<Vec<bool>>,
}

impl Table<'_> {
    /// True where it has a field.
    pub fn has(&self, field: &str) -> bool {
        self.fields.contains_key(field)
    }

    /// How many rows it has.
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Fields that nobody asked for and that hold something, with the number of rows that do, in their order.
    pub fn unused(&self) -> Vec<(&str, usize)> {
        let asked = self.asked.borrow();
        let mut counts = vec![0usize; asked.len()];
        for (_, row) in &self.rows {
            for (count, value) in counts.iter_mut().zip(row.split('\t')) {
                *count += usize::from(!value.trim().is_empty());
            }
        }
        let mut fields: Vec<(&str, usize)> = self.fields.iter().map(|(name, at)| (*name, *at)).collect();
        fields.sort_by_key(|(_, at)| *at);
        fields.into_iter().filter(|(_, at)| !asked[*at] && counts[*at] > 0).map(|(name, at)| (name, counts[at])).collect()
    }
}

/// A row of a table.
pub struct Row<'t> {
    table: &'t Table<'t>,
    line: u32,
    values: Vec<&'t str>,
}

impl Record for Row<'_> {
    fn get(&self, field: &'static str) -> Option<&str> {
        let at = *self.table.fields.get(field)?;
        if let Some(asked) = self.table.asked.borrow_mut().get_mut(at) {
            *asked = true;
        }
        self.values.get(at).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    fn place(&self) -> RowPlace {
        RowPlace::Line { table: Arc::clone(&self.table.name), line: self.line }
    }
}

/// The tables of a file, in its order.
#[derive(Default)]
pub struct Tables<'t>(Vec<Table<'t>>);

impl<'t> Tables<'t> {
    /// Cuts a text into tables; none where it is over a limit.
    pub fn read(text: &'t str, desk: &mut Desk<'_>) -> Option<Self> {
        let mut tables = Self::default();
        let (mut records, mut last, mut ended) = (0usize, 0u32, false);
        for (number, line) in (1u32..).zip(text.lines()) {
            last = number;
            if line.len() > desk.limits.item_bytes || records > desk.limits.plan_records {
                over_limit(line.len(), desk);
                return None;
            }
            let (mark, rest) = line.split_once('\t').unwrap_or((line, ""));
            match mark.trim_end() {
                "%T" => tables.0.push(Table::named(rest.trim(), number)),
                "%F" => tables.fields(rest),
                "%R" => {
                    records += 1;
                    tables.row(rest, number, desk);
                }
                "%E" => ended = true,
                "ERMHDR" | "" => {}
                _ => tables.stray(number, line, desk),
            }
        }
        if !ended {
            let name = tables.0.last().map_or_else(|| Arc::from("XER"), |table| Arc::clone(&table.name));
            let finding = desk.at_line(codes::PLAN_CUT_SHORT, &name, last).found("no %E at the end");
            desk.say(finding.expected("the line %E, which ends an export").hint("Export or copy the file again."));
        }
        Some(tables)
    }

    fn fields(&mut self, rest: &'t str) {
        if let Some(table) = self.0.last_mut() {
            let names: Vec<&str> = rest.split('\t').map(str::trim).collect();
            table.asked = RefCell::new(vec![false; names.len()]);
            table.fields = names.into_iter().zip(0..).filter(|(name, _)| !name.is_empty()).collect();
        }
    }

    fn row(&mut self, rest: &'t str, line: u32, desk: &mut Desk<'_>) {
        let Some(table) = self.0.last_mut() else { return };
        let (values, fields) = (rest.split('\t').count(), table.asked.borrow().len());
        if values != fields && rest.trim_end_matches('\t').split('\t').count() != fields {
            let finding = desk.at_line(codes::PLAN_ROW_LENGTH, &table.name, line).found(format!("{values} values"));
            desk.say(
                finding
                    .expected(format!("{fields}, as the table has fields"))
                    .hint("Look for a tab or a line break inside a text of the record."),
            );
        }
        table.rows.push((line, rest));
    }

    /// A line that belongs to nothing: most often the rest of a text with a line break inside.
    fn stray(&self, line: u32, text: &str, desk: &mut Desk<'_>) {
        let table = self.0.last().map_or("XER", |table| table.name.as_ref());
        let finding = desk.at_line(codes::PLAN_ROW_LENGTH, table, line).found(super::super::desk::excerpt(text));
        desk.say(
            finding
                .expected("a line that begins with %T, %F, %R or %E")
                .hint("It is left out: most often it is the rest of a text with a line break."),
        );
    }

    /// A table; where the file has several of one name, the first.
    pub fn get(&self, name: &str) -> Option<&Table<'t>> {
        self.0.iter().find(|table| table.name.as_ref() == name)
    }

    /// Every table.
    pub fn iter(&self) -> impl Iterator<Item = &Table<'t>> {
        self.0.iter()
    }

    /// The rows of a table, of every part of the file that has one.
    pub fn rows<'s>(&'s self, name: &'s str) -> impl Iterator<Item = Row<'s>> {
        let tables = self.0.iter().filter(move |table| table.name.as_ref() == name);
        tables.flat_map(|table| {
            table.rows.iter().map(|(line, rest)| Row { table, line: *line, values: rest.split('\t').collect() })
        })
    }
}

impl Table<'_> {
    fn named(name: &str, line: u32) -> Self {
        Self { name: Arc::from(name), line, fields: BTreeMap::new(), rows: Vec::new(), asked: RefCell::new(Vec::new()) }
    }
}

fn over_limit(bytes: usize, desk: &mut Desk<'_>) {
    let (found, name, allowed) = if bytes > desk.limits.item_bytes {
        (format!("{bytes} bytes in one line"), "item_bytes", desk.limits.item_bytes)
    } else {
        (format!("more than {} records", desk.limits.plan_records), "plan_records", desk.limits.plan_records)
    };
    let finding = desk.at_file(codes::OVER_LIMIT).found(found).expected(format!("at most {allowed} ({name})"));
    desk.say(finding.hint(format!("If the file is honest, split it: it is over the limit `{name}`.")));
}
