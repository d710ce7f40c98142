//! Resolves the rules of a table to the places of one sheet, and says which of them fit nothing.

use super::frame::{Frame, Lookup};
use super::join::Joined;
use super::rules::{Prepared, Taken, Vars};
use super::template;
use crate::base::finding::{Code, Finding, Findings};
use crate::base::origin::Origin;
use crate::source::raw::RawSheet;
use crate::table::layout::codes as layout_codes;
use crate::table::mapping::codes;
use crate::table::mapping::rule::{CrosstabPart, Join, Rule};
use std::collections::BTreeSet;
use std::rc::Rc;

/// Columns of a second sheet that a join looks at.
pub struct LookedUp<'s> {
    /// The sheet.
    pub sheet: &'s RawSheet,
    /// Its header line.
    pub header_line: Option<u32>,
    /// The columns.
    pub used: Vec<u32>,
    /// Columns that the join declares to hold no data.
    pub ignored: Vec<String>,
}

/// What rules are resolved against.
pub struct Preparing<'a, 's> {
    /// The sheet.
    pub sheet: &'s RawSheet,
    /// The sheets of its file.
    pub file: &'a [&'s RawSheet],
    /// The table's headers and lines; none for a form.
    pub frame: Option<&'a Frame<'s>>,
    /// Placeholders of file and sheet.
    pub vars: &'a Vars,
    /// Names of the parts that lists and grids of the table give.
    pub parts: BTreeSet<String>,
    /// Name of the contract.
    pub table: &'a str,
    /// Name of the field at hand.
    pub field: String,
    /// Places of this sheet that the mapping explains.
    pub used: BTreeSet<u32>,
    /// Places of joined sheets that the mapping explains, by sheet.
    pub joined: Vec<LookedUp<'s>>,
    /// What does not fit.
    pub findings: Findings,
}

impl<'s> Preparing<'_, 's> {
    fn say(&mut self, code: Code, found: impl Into<String>, expected: impl Into<String>, hint: impl Into<String>) {
        let place = match self.frame.and_then(|frame| frame.header_line.filter(|_| !frame.view.turned)) {
            Some(row) => Origin::row(&self.sheet.name, row),
            None => Origin::sheet(&self.sheet.name),
        };
        let finding: Finding = code.at(place).field(self.table, self.field.clone());
        self.findings.push(finding.found(found).expected(expected).hint(hint));
    }

    /// The place of a column of this sheet; a finding where it has none.
    pub fn column(&mut self, name: &str, optional: bool) -> Option<u32> {
        let frame = self.frame?;
        match frame.find(name) {
            Lookup::Place(place) => {
                self.used.insert(place);
                Some(place)
            }
            Lookup::Several(place, other) => {
                self.used.extend([place, other]);
                let other = frame.view.origin(frame.header_line.unwrap_or(0), other).address();
                self.say(
                    layout_codes::HEADER_REPEATED,
                    format!("\"{name}\" again at {other}"),
                    "one column under the header that the mapping names",
                    "Name the column by its letter, such as \"@C\", or give both header rows.",
                );
                Some(place)
            }
            Lookup::Nowhere => {
                if !optional {
                    let near = frame.nearest(name).map(|near| format!("Did you mean \"{near}\"?"));
                    let hint = near.unwrap_or_else(|| "Correct the header, or mark the rule `optional = true`.".to_string());
                    self.say(codes::NO_COLUMN, format!("no column \"{name}\""), "a column under that header", hint);
                }
                None
            }
        }
    }

    /// A rule, resolved; none where it cannot give a value on this sheet.
    pub fn rule<'m>(&mut self, rule: &'m Rule) -> Option<Prepared<'m, 's>> {
        let taken = self.taken(rule)?;
        let mut conditions = Vec::new();
        for condition in &rule.conditions.0 {
            let place = match &taken {
                Taken::Joined(joined, _, _) => {
                    let joined = Rc::clone(joined);
                    self.joined_column(&joined, &condition.column, rule.optional)
                }
                _ => self.column(&condition.column, rule.optional),
            };
            conditions.push((place?, condition));
        }
        let percent_of = match &rule.percent_of {
            Some(name) => Some(self.column(name, rule.optional)?),
            None => None,
        };
        let texts = [rule.text.as_deref(), rule.default.as_ref().map(|text| text.0.as_str())];
        texts.into_iter().flatten().all(|text| self.placeholders_known(text, rule.optional)).then_some(Prepared {
            rule,
            taken,
            conditions,
            percent_of,
        })
    }

    fn taken(&mut self, rule: &Rule) -> Option<Taken<'s>> {
        let said = [
            rule.column.is_some(),
            rule.constant.is_some(),
            rule.cell.is_some(),
            rule.named_cell.is_some(),
            rule.part.is_some(),
            rule.hierarchy.is_some(),
            rule.from.is_some(),
            rule.debit.is_some() || rule.credit.is_some(),
        ];
        let bare = rule.text.is_some() || rule.default.is_some();
        match said.iter().filter(|said| **said).count() {
            0 if bare && rule.join.is_none() => return Some(Taken::Text(rule.text.clone().unwrap_or_default())),
            1 => {}
            _ => {
                let all = "exactly one of column, constant, cell, named_cell, part, hierarchy, from, or debit with credit";
                self.say(codes::RULE_UNCLEAR, format!("{} of them", said.iter().filter(|said| **said).count()), all, "");
                return None;
            }
        }
        if let Some(text) = &rule.constant {
            return self.placeholders_known(&text.0, rule.optional).then(|| Taken::Text(text.0.clone()));
        }
        if let Some(cell) = rule.cell {
            return Some(Taken::Cell(cell.0, cell.1));
        }
        if let Some(name) = &rule.named_cell {
            return self.named_cell(name, rule.optional);
        }
        if let Some(part) = &rule.part {
            return Some(self.part(part));
        }
        match (&rule.column, &rule.join) {
            (Some(column), Some(join)) => self.joined(column, join, rule),
            (Some(column), None) => self.column(column, rule.optional).map(Taken::Place),
            _ => self.special(rule),
        }
    }

    fn special(&mut self, rule: &Rule) -> Option<Taken<'s>> {
        if let Some(part) = rule.hierarchy {
            return Some(Taken::Node(part));
        }
        if let Some(part) = rule.from {
            return Some(if part == CrosstabPart::Header { Taken::Header } else { Taken::Own });
        }
        let (Some(debit), Some(credit)) = (&rule.debit, &rule.credit) else {
            self.say(codes::RULE_UNCLEAR, "only one of them", "debit and credit together", "Name both columns.");
            return None;
        };
        let (debit, credit) = (self.column(debit, rule.optional), self.column(credit, rule.optional));
        Some(Taken::DebitCredit(debit?, credit?))
    }

    fn named_cell(&mut self, name: &str, optional: bool) -> Option<Taken<'s>> {
        let ranges = self.file.iter().flat_map(|sheet| sheet.named_ranges.iter().map(move |range| (sheet, range)));
        let found =
            ranges.into_iter().find(|(sheet, range)| range.name.eq_ignore_ascii_case(name) && sheet.name == self.sheet.name);
        let cell = found.map(|(_, range)| Taken::Cell(range.rect.top, range.rect.left));
        if cell.is_none() && !optional {
            self.say(
                codes::NO_REGION,
                format!("no name \"{name}\" on this sheet"),
                "a named cell",
                "Correct the name, or give the cell's address.",
            );
        }
        cell
    }

    fn part(&mut self, part: &str) -> Taken<'s> {
        if !self.parts.is_empty() && !self.parts.contains(part) {
            let known: Vec<&str> = self.parts.iter().map(String::as_str).collect();
            let list = known.join(", ");
            self.say(codes::RULE_UNCLEAR, format!("part \"{part}\""), format!("one of {list}"), "");
        }
        Taken::Part(part.to_string())
    }

    fn joined(&mut self, column: &str, join: &Join, rule: &Rule) -> Option<Taken<'s>> {
        let mut quiet = Findings::new();
        let wanted: Vec<&str> =
            std::iter::once(column).chain(rule.conditions.0.iter().map(|condition| condition.column.as_str())).collect();
        let said = if rule.optional { &mut quiet } else { &mut self.findings };
        let joined = Rc::new(Joined::open(self.file, join, &wanted, self.sheet, said)?);
        let place = self.joined_column(&joined, column, rule.optional)?;
        let on = join.on.clone().unwrap_or_else(|| format!("{{{}}}", join.key));
        if !self.placeholders_known(&on, rule.optional) {
            return None;
        }
        self.look_up(&joined, joined.key, join.ignore.0.clone());
        Some(Taken::Joined(joined, place, on))
    }

    fn look_up(&mut self, joined: &Joined<'s>, place: u32, ignored: Vec<String>) {
        let (sheet, header_line) = (joined.frame.view.sheet, joined.frame.header_line);
        self.joined.push(LookedUp { sheet, header_line, used: vec![place], ignored });
    }

    fn joined_column(&mut self, joined: &Joined<'s>, name: &str, optional: bool) -> Option<u32> {
        let place = joined.frame.place(name);
        match place {
            Some(place) => self.look_up(joined, place, Vec::new()),
            None if !optional => {
                let near = joined.frame.nearest(name).map(|near| format!("Did you mean \"{near}\"?")).unwrap_or_default();
                let sheet = joined.frame.view.sheet.name.sheet.clone();
                self.say(codes::NO_COLUMN, format!("no column \"{name}\" on \"{sheet}\""), "a column of the joined sheet", near);
            }
            None => {}
        }
        place
    }

    /// True where all placeholders of a text are known; columns that it names count as used.
    fn placeholders_known(&mut self, text: &str, optional: bool) -> bool {
        let mut known = true;
        for name in template::names(text) {
            let place = self.frame.and_then(|frame| frame.place(name));
            let fixed = matches!(name, "value" | "header") || self.vars.contains_key(name) || self.parts.contains(name);
            self.used.extend(place.filter(|_| !fixed));
            if !fixed && place.is_none() {
                known = false;
                if !optional {
                    let list = self.vars.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
                    self.say(
                        codes::NO_VALUE,
                        format!("{{{name}}}"),
                        format!("value, a header of the sheet, or one of: {list}"),
                        "Set it under `set`, or name a group of `file_pattern` or `sheet_pattern` after it.",
                    );
                }
            }
        }
        known
    }
}
