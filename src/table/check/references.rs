//! References between tables: each code should lead to a row. Nothing is corrected: a likeness only ever serves the hint.

use super::{codes, lookalike};
use crate::base::finding::{Code, Finding, Findings};
use crate::table::contract::{Contract, Kind};
use crate::table::headers::likeness;
use crate::table::tables::{Row, Table, Tables};
use std::collections::{BTreeMap, BTreeSet};

/// The codes of a table, and of whom they are codes where its key has two parts (an activity's initiative).
struct Known<'t> {
    /// Code to the qualifiers under which it exists (one empty one where the key has one part).
    codes: BTreeMap<&'t str, BTreeSet<&'t str>>,
    /// Skeleton to a code.
    skeletons: BTreeMap<String, &'t str>,
    /// Key of the qualifying field, such as `initiative`.
    qualifier: Option<&'t str>,
}

impl<'t> Known<'t> {
    fn of(table: &'t Table) -> Option<Self> {
        let key = &table.contract.key;
        let code_key: &str = key.last()?;
        let qualifier = (key.len() > 1).then(|| key[0].as_ref());
        let mut known = Self { codes: BTreeMap::new(), skeletons: BTreeMap::new(), qualifier };
        for row in table.rows() {
            let Some(code) = row.text(code_key) else { continue };
            let of = qualifier.and_then(|key| row.text(key)).unwrap_or("");
            if known.codes.entry(code).or_default().insert(of) {
                known.skeletons.entry(lookalike::skeleton(code)).or_insert(code);
            }
        }
        Some(known)
    }

    /// What is wrong with a reference; none where it leads to one row.
    fn fault(&self, row: &Row<'_>, text: &str) -> Option<(Code, String)> {
        let Some(qualifier) = self.qualifier else {
            return (!self.codes.contains_key(text)).then(|| self.unknown(text));
        };
        if let Some((of, code)) = text.split_once('/') {
            let exists = self.codes.get(code.trim()).is_some_and(|under| under.contains(of.trim()));
            if exists {
                return None;
            }
        }
        let Some(under) = self.codes.get(text) else { return Some(self.unknown(text)) };
        match row.text(qualifier) {
            Some(own) if under.contains(own) => None,
            _ if under.len() == 1 => None,
            _ => {
                let all: Vec<String> = under.iter().map(|of| format!("{of}/{text}")).collect();
                Some((codes::AMBIGUOUS_REFERENCE, format!("It could be {}: write the one that is meant.", all.join(" or "))))
            }
        }
    }

    fn unknown(&self, text: &str) -> (Code, String) {
        if let Some(like) = self.skeletons.get(&lookalike::skeleton(text)) {
            return (codes::LOOK_ALIKE_REFERENCE, format!("Write \"{like}\", if that is meant."));
        }
        let hint = match self.nearest(text) {
            Some(near) => format!("Did you mean \"{near}\"? Correct the code, or add the row to the other table."),
            None => "Correct the code, or add the row to the other table.".to_string(),
        };
        (codes::UNKNOWN_REFERENCE, hint)
    }

    fn nearest(&self, text: &str) -> Option<&'t str> {
        const NEAR: f64 = 0.7;
        const WORTH_SEARCHING: usize = 20_000;
        if self.codes.len() > WORTH_SEARCHING {
            return None;
        }
        let rated = self.codes.keys().map(|code| (likeness(text, code), *code)).filter(|(rating, _)| *rating >= NEAR);
        rated.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1))).map(|(_, code)| code)
    }
}

/// Checks the references of the tables whose contract is wanted. Where the other table was not given at all, it says so
/// once a field. The places of a code that leads nowhere are told together.
#[must_use]
pub fn check(tables: &Tables, wanted: impl Fn(&Contract) -> bool) -> Findings {
    let mut findings = Findings::new();
    let mut known: BTreeMap<&str, Option<Known<'_>>> = BTreeMap::new();
    for table in tables.tables.values().filter(|table| wanted(&table.contract)) {
        for (position, field) in table.contract.fields.iter().enumerate() {
            let (Kind::Reference(to) | Kind::References(to)) = &field.kind else { continue };
            let known = known.entry(to).or_insert_with(|| tables.get(to).and_then(Known::of));
            check_field(table, position, to, known.as_ref(), &mut findings);
        }
    }
    findings
}

fn check_field(table: &Table, position: usize, to: &str, known: Option<&Known<'_>>, findings: &mut Findings) {
    let field = &table.contract.fields[position];
    let name = || (table.contract.name.to_string(), field.header.to_string());
    let Some(known) = known else {
        if table.rows().any(|row| row.text(&field.key).is_some()) {
            let (table, header) = name();
            let finding = codes::REFERENCE_UNCHECKED.nowhere().field(table, header).expected(format!("a table {to}"));
            findings.push(finding.hint("Add the table, if its rows should be checked."));
        }
        return;
    };
    let mut faults: BTreeMap<(&str, &'static str), Finding> = BTreeMap::new();
    for row in table.rows() {
        for text in row.list(&field.key) {
            let Some((code, hint)) = known.fault(&row, text) else { continue };
            let place = table.origins.of(row.index, position);
            if let Some(first) = faults.get_mut(&(text, code.id)) {
                first.repeats.push(place);
                continue;
            }
            let (table, header) = name();
            let finding =
                code.at(place).field(table, header).found(format!("\"{text}\"")).expected(format!("a code of {to}")).hint(hint);
            faults.insert((text, code.id), Finding { owner: row.owner().map(String::from), ..finding });
        }
    }
    findings.0.extend(faults.into_values());
}
