//! Rules of fields, resolved to the places of one sheet, and the values they give.

use super::explode::Parts;
use super::frame::Frame;
use super::hierarchy::Node;
use super::join::Joined;
use super::template::{self, Filled};
use super::view::View;
use crate::source::raw::RawSheet;
use crate::table::mapping::rule::{Condition, HierarchyPart, Rule};
use regex::Regex;
use rust_decimal::Decimal;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::LazyLock;

/// Placeholders and what they stand for.
pub type Vars = BTreeMap<String, String>;

/// A record to be: its line, its own cell in a crosstab, the parts of its entry, its place in the hierarchy.
pub struct Item {
    /// Its line.
    pub line: u32,
    /// The place of its own cell.
    pub place: Option<u32>,
    /// Parts of its entry in an exploded list.
    pub parts: Rc<Parts>,
    /// What the hierarchy says of its line.
    pub node: Option<Rc<Node>>,
}

/// Where a rule's value comes from, on this sheet.
pub enum Taken<'s> {
    /// A place on the record's line.
    Place(u32),
    /// The same text for all, or a text with placeholders of the line.
    Text(String),
    /// A fixed cell (row, column).
    Cell(u32, u32),
    /// A part of the entry.
    Part(String),
    /// Of the hierarchy.
    Node(HierarchyPart),
    /// The header over the record's cell.
    Header,
    /// The record's cell.
    Own,
    /// Debit and credit.
    DebitCredit(u32, u32),
    /// A place on the joined line; the key's text with placeholders.
    Joined(Rc<Joined<'s>>, u32, String),
}

/// A rule, resolved.
pub struct Prepared<'m, 's> {
    /// As written.
    pub rule: &'m Rule,
    /// Where its value comes from.
    pub taken: Taken<'s>,
    /// Conditions and their places.
    pub conditions: Vec<(u32, &'m Condition)>,
    /// The place of the duration that the value is a percentage of.
    pub percent_of: Option<u32>,
}

/// All that a value may depend on.
pub struct Context<'a, 's> {
    /// The sheet.
    pub sheet: &'s RawSheet,
    /// The table's headers and lines.
    pub frame: Option<&'a Frame<'s>>,
    /// Placeholders.
    pub vars: &'a Vars,
    /// True for `1.234,56`.
    pub decimal_comma: bool,
    /// Keys that joins did not find, with the line that asked.
    pub missed: RefCell<BTreeSet<(u32, String, String)>>,
}

impl<'s> Context<'_, 's> {
    fn view(&self) -> View<'s> {
        self.frame.map_or(View { sheet: self.sheet, turned: false }, |frame| frame.view)
    }

    /// The value that a rule gives a record.
    pub fn value(&self, prepared: &Prepared<'_, 's>, item: &Item) -> Option<String> {
        let given = self.raw(prepared, item).and_then(|raw| self.worked(prepared, item, raw));
        given.or_else(|| {
            let default = prepared.rule.default.as_ref().filter(|_| self.applies(prepared, item))?;
            self.fill(&default.0, item, None)
        })
    }

    fn raw(&self, prepared: &Prepared<'_, 's>, item: &Item) -> Option<String> {
        if !self.applies(prepared, item) {
            return None;
        }
        let view = self.view();
        let own = |place: u32| view.text(item.line, place).map(std::borrow::Cow::into_owned);
        match &prepared.taken {
            Taken::Place(place) => own(*place),
            Taken::Text(text) => self.fill(text, item, None),
            Taken::Cell(row, col) => View { sheet: self.sheet, turned: false }.text(*row, *col).map(std::borrow::Cow::into_owned),
            Taken::Part(part) => item.parts.get(part).cloned(),
            Taken::Node(part) => item.node.as_ref()?.part(*part),
            Taken::Header => {
                item.place.and_then(|place| Some(self.frame?.header(place).to_string())).filter(|text| !text.is_empty())
            }
            Taken::Own => item.place.and_then(own),
            Taken::DebitCredit(debit, credit) => self.debit_less_credit(own(*debit), own(*credit)),
            Taken::Joined(joined, place, _) => {
                let line = self.joined_line(prepared, item)?;
                joined.frame.view.text(line, *place).map(std::borrow::Cow::into_owned)
            }
        }
    }

    fn debit_less_credit(&self, debit: Option<String>, credit: Option<String>) -> Option<String> {
        if debit.is_none() && credit.is_none() {
            return None;
        }
        let number = |text: Option<String>| text.map_or(Some(Decimal::ZERO), |text| decimal(&text, self.decimal_comma));
        Some((number(debit)? - number(credit)?).to_string())
    }

    /// The line of the joined sheet; a key that it lacks is noted.
    fn joined_line(&self, prepared: &Prepared<'_, 's>, item: &Item) -> Option<u32> {
        let Taken::Joined(joined, _, on) = &prepared.taken else { return None };
        let key = self.fill(on, item, None)?;
        let line = joined.line(&key);
        if line.is_none() {
            let sheet = joined.frame.view.sheet.name.sheet.clone();
            self.missed.borrow_mut().insert((item.line, sheet, key));
        }
        line
    }

    fn applies(&self, prepared: &Prepared<'_, 's>, item: &Item) -> bool {
        if prepared.conditions.is_empty() {
            return true;
        }
        let (view, line) = match &prepared.taken {
            Taken::Joined(joined, _, _) => match self.joined_line(prepared, item) {
                Some(line) => (joined.frame.view, line),
                None => return false,
            },
            _ => (self.view(), item.line),
        };
        prepared.conditions.iter().all(|(place, condition)| holds(condition, view.text(line, *place).as_deref()))
    }

    /// What the rule does to a value.
    fn worked(&self, prepared: &Prepared<'_, 's>, item: &Item, raw: String) -> Option<String> {
        let rule = prepared.rule;
        let mut value = match &rule.take {
            Some(pattern) => taken(&pattern.0, &raw)?,
            None => raw,
        };
        if let Some((_, word)) = rule.translate.iter().find(|(from, _)| same_word(from, &value)) {
            value.clone_from(&word.0);
        }
        if let Some(place) = prepared.percent_of {
            let whole = self.view().text(item.line, place)?;
            let percent = decimal(value.trim_end_matches('%'), self.decimal_comma)?;
            value = share_of(&whole, percent / Decimal::ONE_HUNDRED)?;
        }
        if let Some(factor) = factor(rule) {
            value = scaled(&value, factor, self.decimal_comma).unwrap_or(value);
        }
        if let Some(unit) = rule.unit.as_ref().filter(|_| decimal(&value, self.decimal_comma).is_some()) {
            value = format!("{value} {unit}");
        }
        match &rule.text {
            Some(text) => self.fill(text, item, Some(&value)),
            None => Some(value),
        }
    }

    fn fill(&self, text: &str, item: &Item, value: Option<&str>) -> Option<String> {
        match template::fill(text, |name| self.placeholder(name, item, value)) {
            Filled::Text(text) => Some(text).filter(|text| !text.trim().is_empty()),
            Filled::Blank | Filled::Unknown => None,
        }
    }

    fn placeholder(&self, name: &str, item: &Item, value: Option<&str>) -> template::Value {
        if name == "value" {
            return Some(value.map(str::to_string));
        }
        if let Some(known) = item.parts.get(name).or_else(|| self.vars.get(name)) {
            return Some(Some(known.clone()));
        }
        let frame = self.frame?;
        if name == "header" {
            return Some(item.place.map(|place| frame.header(place).to_string()));
        }
        let place = frame.place(name)?;
        Some(frame.view.text(item.line, place).map(std::borrow::Cow::into_owned))
    }
}

/// The factor of a rule, with its sign.
pub fn factor(rule: &Rule) -> Option<f64> {
    let sign = if rule.flip { -1.0 } else { 1.0 };
    match rule.factor {
        Some(factor) => Some(factor * sign),
        None => rule.flip.then_some(sign),
    }
}

/// True where a condition holds of a text.
pub fn holds(condition: &Condition, text: Option<&str>) -> bool {
    let among = |words: &[crate::table::mapping::words::Scalar]| words.iter().any(|word| same_word(&word.0, text.unwrap_or("")));
    let is = condition.is.0.is_empty() || among(&condition.is.0);
    let is_not = condition.is_not.0.is_empty() || !among(&condition.is_not.0);
    let matches = condition.matches.as_ref().is_none_or(|pattern| text.is_some_and(|text| pattern.0.is_match(text)));
    let blank = condition.blank.is_none_or(|blank| blank == text.is_none());
    is && is_not && matches && blank
}

/// True where two words are the same without case and outer space.
pub fn same_word(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

fn taken(pattern: &Regex, text: &str) -> Option<String> {
    let groups = pattern.captures(text)?;
    let found = groups.get(1).or_else(|| groups.get(0))?;
    Some(found.as_str().trim().to_string()).filter(|text| !text.is_empty())
}

/// The exact number of a text.
fn decimal(text: &str, comma: bool) -> Option<Decimal> {
    let plain: String =
        text.chars().filter(|letter| !letter.is_whitespace() && *letter != if comma { '.' } else { ',' }).collect();
    plain.replace(',', ".").parse().ok()
}

fn scaled(text: &str, factor: f64, comma: bool) -> Option<String> {
    let exact = decimal(text, comma)?.checked_mul(crate::base::number::from_excel(factor)?)?;
    Some(exact.normalize().to_string())
}

/// A share of a duration, amount by amount: 0.8 of `12d 4h` is `9.6d 3.2h`.
fn share_of(whole: &str, share: Decimal) -> Option<String> {
    static AMOUNT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(\d+(?:[.,]\d+)?)\s*([a-zA-Z]*)").ok());
    let mut parts = Vec::new();
    for groups in AMOUNT.as_ref()?.captures_iter(whole) {
        let amount: Decimal = groups.get(1)?.as_str().replace(',', ".").parse().ok()?;
        parts.push(format!("{}{}", amount.checked_mul(share)?.normalize(), groups.get(2).map_or("", |unit| unit.as_str())));
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_a_duration_keeps_its_units() {
        let share = |whole: &str, percent: i64| share_of(whole, Decimal::new(percent, 2));
        assert_eq!(share("12d 4h", 80).as_deref(), Some("9.6d 3.2h"));
        assert_eq!(share("60d", 120).as_deref(), Some("72d"));
        assert_eq!(share("0", 80).as_deref(), Some("0"));
        assert_eq!(share("soon", 80), None);
    }

    #[test]
    fn conditions_ask_for_all_that_they_say() {
        let condition = |toml: &str| toml::from_str::<Condition>(&format!("column = \"c\"\n{toml}")).expect("a condition");
        assert!(holds(&condition("is = [\"Renewable\", 7]"), Some(" renewable ")) && holds(&condition("is = 7"), Some("7")));
        assert!(!holds(&condition("is = \"x\""), None) && holds(&condition("is_not = \"x\""), None));
        assert!(holds(&condition("blank = true"), None) && !holds(&condition("blank = true"), Some("x")));
        assert!(
            holds(&condition("matches = '^manual'"), Some("manual - absolute"))
                && !holds(&condition("matches = 'm'\nis_not = \"m\""), Some("m"))
        );
    }
}
