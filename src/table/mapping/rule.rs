//! How one field of a mapped table gets its value.

use super::words::{self, CellAt, Glob, OneOrMany, Pattern, RowAt, Scalar};
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor, value};
use std::collections::BTreeMap;
use std::fmt;

/// The rules of a field: the first one that gives a value counts. A plain text is the header of a column.
#[derive(Clone, Debug, Default)]
pub struct FieldMap(pub Vec<Rule>);

/// One way to a field's value. Exactly one of `column`, `constant`, `cell`, `named_cell`, `part`, `hierarchy`, `from`, or
/// `debit` with `credit` says where it comes from; the rest says what is done to it, in the order of this list.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rule {
    /// A column: its header, or `@C` by letter, or `@3` by number.
    pub column: Option<String>,
    /// The same words for every record; may hold `{placeholders}`.
    pub constant: Option<Scalar>,
    /// One fixed cell, such as `C1`.
    pub cell: Option<CellAt>,
    /// The first cell of a named range.
    pub named_cell: Option<String>,
    /// A part of an exploded list, such as `predecessor`, or of a working-time grid, such as `monday`.
    pub part: Option<String>,
    /// A result of the table's hierarchy.
    pub hierarchy: Option<HierarchyPart>,
    /// The header or the cell of a crosstab.
    pub from: Option<CrosstabPart>,
    /// Column of debits.
    pub debit: Option<String>,
    /// Column of credits.
    pub credit: Option<String>,
    /// Looks the value up on another sheet of the file: `column` is then a column of that sheet.
    pub join: Option<Join>,
    /// The rule gives a value only where all of these hold (of the joined row, where there is a join).
    #[serde(rename = "where")]
    pub conditions: OneOrMany<Condition>,
    /// Takes what the first group of this pattern matches; nothing where it does not match.
    pub take: Option<Pattern>,
    /// Words of the source and the words they stand for.
    pub translate: BTreeMap<String, Scalar>,
    /// The value is a percentage of the duration in this column.
    pub percent_of: Option<String>,
    /// Multiplies the number, such as 1000.
    pub factor: Option<f64>,
    /// Turns the sign.
    pub flip: bool,
    /// Unit of a bare number that is a duration: minutes, hours, days, weeks or months.
    #[serde(deserialize_with = "words::span_unit")]
    pub unit: Option<String>,
    /// A text around the value, such as `{initiative}:{value}`.
    pub text: Option<String>,
    /// What stands where the cell is empty; may hold `{placeholders}`.
    pub default: Option<Scalar>,
    /// True where a file may lack the column.
    pub optional: bool,
}

/// A result of the hierarchy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HierarchyPart {
    /// The dotted code, such as `1.2.3`.
    Code,
    /// The word `summary` for rows with rows below them; nothing for the others.
    Summary,
    /// The level, from 1.
    Level,
    /// The dotted code of the row above in the hierarchy.
    Parent,
}

/// Which part of a crosstab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CrosstabPart {
    /// The header over the cell.
    Header,
    /// The cell.
    Value,
}

/// A second sheet of the same file, joined by a key.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Join {
    /// Its name.
    pub sheet: Glob,
    /// Its header row, or rows; found where nothing is said.
    #[serde(default)]
    pub header_row: OneOrMany<RowAt>,
    /// The column of that sheet that holds the key.
    pub key: String,
    /// Columns of that sheet that hold no data.
    #[serde(default)]
    pub ignore: OneOrMany<String>,
    /// The record's key, with `{placeholders}`; the column of the same header where nothing is said.
    pub on: Option<String>,
}

/// Something true or false of a row. All that is said must hold.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The column.
    pub column: String,
    /// The text is one of these, without case.
    #[serde(default)]
    pub is: OneOrMany<Scalar>,
    /// The text is none of these.
    #[serde(default)]
    pub is_not: OneOrMany<Scalar>,
    /// The text matches.
    pub matches: Option<Pattern>,
    /// The cell is empty (`true`), or it is not.
    pub blank: Option<bool>,
}

impl<'de> Deserialize<'de> for FieldMap {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FieldMapVisitor).map(Self)
    }
}

struct FieldMapVisitor;

impl<'de> Visitor<'de> for FieldMapVisitor {
    type Value = Vec<Rule>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the header of a column, a rule in braces, or a list of rules")
    }

    fn visit_str<E: Error>(self, header: &str) -> Result<Vec<Rule>, E> {
        Ok(vec![Rule { column: Some(header.to_string()), ..Rule::default() }])
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Vec<Rule>, A::Error> {
        Rule::deserialize(value::MapAccessDeserializer::new(map)).map(|rule| vec![rule])
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<Rule>, A::Error> {
        let mut rules = Vec::new();
        while let Some(FieldMap(more)) = list.next_element()? {
            rules.extend(more);
        }
        Ok(rules)
    }
}
