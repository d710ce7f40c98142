//! A mapped table with its contract: rules by field, and the headers it needs.

use crate::base::finding::Findings;
use crate::table::contract::Contract;
use crate::table::grid::Reading;
use crate::table::headers::did_you_mean;
use crate::table::layout::catalogue::{Catalogue, Known};
use crate::table::mapping::codes;
use crate::table::mapping::rule::{CrosstabPart, Rule};
use crate::table::mapping::spec::{DateOrder, ReadingMap, Source, TableMap};
use std::sync::Arc;

/// Keys of the days of the week in a calendar.
pub const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// A mapped table, ready to be cut from sheets.
pub struct Plan<'m> {
    /// As written.
    pub map: &'m TableMap,
    /// Its contract.
    pub contract: Arc<Contract>,
    /// Rules by position of the field.
    pub fields: Vec<(usize, Vec<Rule>)>,
    /// How cells are understood.
    pub reading: Reading,
    /// Who owns the source.
    pub owner: Option<String>,
}

impl<'m> Plan<'m> {
    /// The plan of a table of a source. None, with a finding, where its contract is unknown.
    pub fn of(source: &Source, map: &'m TableMap, catalogue: &Catalogue, findings: &mut Findings) -> Option<Self> {
        let Some(known) = catalogue.by_name(&map.contract) else {
            let near = did_you_mean(&map.contract, catalogue.names()).map(|near| format!("Did you mean \"{near}\"?"));
            findings.push(
                codes::NO_CONTRACT
                    .nowhere()
                    .found(format!("as = \"{}\" in the mapping of {}", map.contract, source.title()))
                    .expected("one of our tables, or one declared by [[contract]]")
                    .hint(near.unwrap_or_else(|| "Correct the name, or declare the table.".to_string())),
            );
            return None;
        };
        let mut fields = declared_fields(source, map, known, findings);
        implied_fields(map, known, &mut fields);
        fields.sort_by_key(|(field, _)| *field);
        let reading = reading(&map.reading.clone().or(source.reading.clone()));
        Some(Self { map, contract: Arc::clone(&known.contract), fields, reading, owner: source.owner.clone() })
    }

    /// True where every field is a fixed cell or a constant: one record a sheet.
    pub fn is_form(&self) -> bool {
        let map = self.map;
        let lined =
            map.explode.is_some() || map.crosstab.is_some() || !map.hierarchy.0.is_empty() || !map.header_row.0.is_empty();
        let fixed =
            |rule: &Rule| rule.column.is_none() && rule.hierarchy.is_none() && rule.from.is_none() && rule.debit.is_none();
        map.working_time.is_some()
            || (!lined && map.range.is_none() && self.fields.iter().flat_map(|(_, rules)| rules).all(fixed))
    }

    /// The headers that the table needs on its own sheet.
    pub fn wanted(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for rule in self.fields.iter().flat_map(|(_, rules)| rules).filter(|rule| !rule.optional) {
            names.extend(rule.percent_of.iter().chain(&rule.debit).chain(&rule.credit).cloned());
            if rule.join.is_none() {
                names.extend(rule.column.iter().cloned());
                names.extend(rule.conditions.0.iter().map(|condition| condition.column.clone()));
            }
        }
        let map = self.map;
        names.extend(map.conditions.0.iter().map(|condition| condition.column.clone()));
        names.extend(map.hierarchy.0.iter().take(1).filter(|_| map.hierarchy.0.len() == 1).map(|shape| shape.column.clone()));
        names.extend(map.explode.iter().map(|list| list.column.clone()));
        names.extend(map.crosstab.iter().flat_map(|form| form.first.iter().chain(&form.last)).cloned());
        names.extend(map.until_blank.clone());
        names.sort();
        names.dedup();
        names
    }
}

fn declared_fields(source: &Source, map: &TableMap, known: &Known, findings: &mut Findings) -> Vec<(usize, Vec<Rule>)> {
    let rules = map.fields.iter().map(|(name, rules)| (name, rules.0.clone()));
    let cells = map.cells.iter().map(|(name, cell)| (name, vec![Rule { cell: Some(*cell), ..Rule::default() }]));
    let mut fields: Vec<(usize, Vec<Rule>)> = Vec::new();
    for (name, rules) in rules.chain(cells) {
        let Some(field) = known.contract.position(name).or_else(|| known.index.field(name)) else {
            findings.push(no_field(source, map, known, name));
            continue;
        };
        match fields.iter_mut().find(|(taken, _)| *taken == field) {
            Some((_, more)) => more.extend(rules),
            None => fields.push((field, rules)),
        }
    }
    fields
}

fn no_field(source: &Source, map: &TableMap, known: &Known, name: &str) -> crate::base::finding::Finding {
    let near = did_you_mean(name, known.contract.fields.iter().map(|field| field.key.as_ref()));
    let hint =
        near.map_or_else(|| "See the table's fields in the guide.".to_string(), |near| format!("Did you mean \"{near}\"?"));
    codes::NO_FIELD
        .nowhere()
        .field(map.contract.clone(), name)
        .found(format!("field \"{name}\" in the mapping of {}", source.title()))
        .expected(format!("a field of {}", known.contract.name))
        .hint(hint)
}

/// Fields that a grid of working time or a crosstab gives without being asked.
fn implied_fields(map: &TableMap, known: &Known, fields: &mut Vec<(usize, Vec<Rule>)>) {
    let mut imply = |key: &str, rule: Rule| {
        let field = known.contract.position(key).filter(|field| fields.iter().all(|(taken, _)| taken != field));
        fields.extend(field.map(|field| (field, vec![rule])));
    };
    for day in WEEKDAYS.iter().filter(|_| map.working_time.is_some()) {
        imply(day, Rule { part: Some((*day).to_string()), ..Rule::default() });
    }
    if let Some(form) = known.contract.crosstab.as_ref().filter(|_| map.crosstab.is_some()) {
        imply(&form.header, Rule { from: Some(CrosstabPart::Header), ..Rule::default() });
        imply(&form.value, Rule { from: Some(CrosstabPart::Value), ..Rule::default() });
    }
}

/// How cells are understood, as checking wants it.
pub fn reading(map: &ReadingMap) -> Reading {
    Reading {
        decimal_comma: map.decimal_comma,
        day_first: map.date_order.map(|order| order == DateOrder::DayFirst),
        withheld: map.withheld.0.clone(),
        not_applicable: map.not_applicable.0.clone(),
        currency: map.currency.clone(),
        span_unit: map.span_unit.clone(),
    }
}
