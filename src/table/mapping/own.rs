//! The user's own contracts: `[[contract]]` in the settings.

use super::codes;
use super::words::{OneOrMany, Scalar};
use crate::base::finding::{Finding, Findings};
use crate::table::contract::{Choice, Contract, Crosstab, Field, Kind, RowRule, Words, snake_case};
use crate::table::headers::did_you_mean;
use serde::Deserialize;

/// A contract as written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnContract {
    name: String,
    #[serde(default)]
    about: String,
    #[serde(default)]
    key: OneOrMany<String>,
    #[serde(default)]
    field: Vec<OwnField>,
    crosstab: Option<OwnCrosstab>,
    open_prefix: Option<String>,
    #[serde(default)]
    one_of: OneOrMany<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnCrosstab {
    header: String,
    value: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnField {
    name: String,
    #[serde(rename = "type", default)]
    kind: Option<OwnKind>,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    unique: bool,
    #[serde(default)]
    allowed: OneOrMany<Scalar>,
    pattern: Option<String>,
    min: Option<f64>,
    max: Option<f64>,
    reference: Option<String>,
    #[serde(default)]
    aliases: OneOrMany<String>,
    #[serde(default)]
    help: String,
    #[serde(default)]
    example: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum OwnKind {
    Id,
    Text,
    Reference,
    List,
    Date,
    Moment,
    Period,
    Number,
    Integer,
    Money,
    Ledger,
    Percent,
    Choice,
    #[serde(rename = "yes/no")]
    YesNo,
    Span,
    Currency,
}

/// The contract that was written, unless it contradicts itself.
pub fn contract(own: OwnContract, findings: &mut Findings) -> Option<Contract> {
    let wrong = wrongs(&own);
    if !wrong.is_empty() {
        findings.0.extend(wrong);
        return None;
    }
    let rules = if own.one_of.0.is_empty() { Vec::new() } else { vec![RowRule::OneOf(keys(&own.one_of.0))] };
    let crosstab =
        own.crosstab.map(|form| Crosstab { header: snake_case(&form.header).into(), value: snake_case(&form.value).into() });
    Some(Contract {
        name: own.name.into(),
        workbook: Words::default(),
        about: own.about.into(),
        key: keys(&own.key.0),
        fields: own.field.into_iter().map(field).collect(),
        rules,
        open_prefix: own.open_prefix.map(Words::from),
        crosstab,
    })
}

fn keys(names: &[String]) -> Vec<Words> {
    names.iter().map(|name| snake_case(name).into()).collect()
}

fn field(own: OwnField) -> Field {
    let kind = kind(&own);
    Field {
        key: snake_case(&own.name).into(),
        header: own.name.into(),
        aliases: own.aliases.0.into_iter().map(Words::from).collect(),
        kind,
        required: own.required,
        unique: own.unique,
        pattern: own.pattern.map(Words::from),
        help: own.help.into(),
        example: own.example.into(),
    }
}

fn kind(own: &OwnField) -> Kind {
    let table = || own.reference.clone().unwrap_or_default().into();
    match own.kind.unwrap_or_else(|| assumed_kind(own)) {
        OwnKind::Id => Kind::Id,
        OwnKind::Text => Kind::Text,
        OwnKind::Reference => Kind::Reference(table()),
        OwnKind::List => Kind::References(table()),
        OwnKind::Date => Kind::Date,
        OwnKind::Moment => Kind::Moment,
        OwnKind::Period => Kind::Period,
        OwnKind::Number => Kind::Number { min: own.min, max: own.max },
        OwnKind::Integer => Kind::Integer { min: own.min.map(whole), max: own.max.map(whole) },
        OwnKind::Money => Kind::Money,
        OwnKind::Ledger => Kind::LedgerAmount,
        OwnKind::Percent => Kind::Percent,
        OwnKind::Choice => {
            Kind::Choice(own.allowed.0.iter().map(|word| Choice { word: word.0.clone().into(), aliases: Vec::new() }).collect())
        }
        OwnKind::YesNo => Kind::YesNo,
        OwnKind::Span => Kind::Span,
        OwnKind::Currency => Kind::Currency,
    }
}

fn assumed_kind(own: &OwnField) -> OwnKind {
    match (own.reference.is_some(), own.allowed.0.is_empty(), own.min.is_some() || own.max.is_some()) {
        (true, _, _) => OwnKind::Reference,
        (_, false, _) => OwnKind::Choice,
        (_, _, true) => OwnKind::Number,
        _ => OwnKind::Text,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a bound beyond 64 bits is held at its edge, which no cell passes")]
fn whole(bound: f64) -> i64 {
    bound as i64
}

/// What contradicts itself in a contract.
fn wrongs(own: &OwnContract) -> Vec<Finding> {
    let names: Vec<&str> = own.field.iter().map(|field| field.name.as_str()).collect();
    let mut out = Vec::new();
    let mut wrong = |field: &str, found: String, expected: &str, hint: String| {
        out.push(codes::CONTRACT_WRONG.nowhere().field(own.name.clone(), field).found(found).expected(expected).hint(hint));
    };
    if own.name.trim().is_empty() || names.is_empty() {
        wrong(
            "",
            format!("[[contract]] \"{}\" with {} fields", own.name, names.len()),
            "a name and at least one [[contract.field]]",
            String::new(),
        );
    }
    let mut asked: Vec<&str> = own.key.0.iter().chain(&own.one_of.0).map(String::as_str).collect();
    asked.extend(own.crosstab.iter().flat_map(|form| [form.header.as_str(), form.value.as_str()]));
    for name in asked.into_iter().filter(|name| !names.iter().any(|known| snake_case(known) == snake_case(name))) {
        let near = did_you_mean(name, names.iter().copied()).map(|near| format!("Did you mean \"{near}\"?"));
        wrong("", format!("\"{name}\""), "the name of one of its fields", near.unwrap_or_default());
    }
    for (position, field) in own.field.iter().enumerate() {
        let words = matches!(field.kind, None | Some(OwnKind::Choice));
        if snake_case(&field.name).is_empty()
            || names[..position].iter().any(|known| snake_case(known) == snake_case(&field.name))
        {
            wrong(&field.name, "a name that is empty or taken".into(), "a different name for each field", String::new());
        }
        if !field.allowed.0.is_empty() && !words {
            wrong(&field.name, "`allowed` beside another type".into(), "type = \"choice\", or no type", String::new());
        }
        if matches!(field.kind, Some(OwnKind::Reference | OwnKind::List)) && field.reference.is_none() {
            wrong(&field.name, "no `reference`".into(), "the table it refers to", "Write reference = \"People\", say.".into());
        }
        if field.kind == Some(OwnKind::Choice) && field.allowed.0.is_empty() {
            wrong(&field.name, "no `allowed` words".into(), "the words that are allowed", String::new());
        }
        if let Some(error) = field.pattern.as_ref().and_then(|pattern| regex::Regex::new(pattern).err()) {
            wrong(&field.name, error.to_string(), "a regular expression", String::new());
        }
    }
    out
}
