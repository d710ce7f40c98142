//! Headers: which field a header means.
//!
//! Promises: case, spacing, punctuation, accents of layout (line breaks, non-breaking spaces), a unit in brackets and a
//! definition after a line break make no difference; a field's name wins over an alias; nothing is matched by
//! likeness, which only ever serves a "did you mean". Does not read cells below the header.

use crate::base::money::Currency;
use crate::table::contract::{Contract, Field};
use std::collections::HashMap;
use std::sync::Arc;

/// What a header means in a contract.
#[derive(Clone, Debug, PartialEq)]
pub enum HeaderMatch {
    /// This field, by position.
    Field(usize),
    /// A column of the open family (`Score: cost`): the name after the prefix.
    Open(String),
    /// No field; the nearest one by likeness (0 to 1) where one is near.
    Unknown {
        /// Position of the nearest field, and its likeness.
        nearest: Option<(usize, f64)>,
    },
}

/// A likeness below this is no help to anybody.
const LIKE_ENOUGH: f64 = 0.72;

/// The headers of a contract, ready to be looked up. Build it once a contract.
#[derive(Clone, Debug)]
pub struct HeaderIndex {
    fields: HashMap<String, usize>,
    open_prefix: Option<String>,
    field_count: usize,
}

impl HeaderIndex {
    /// The index of a contract's headers, keys and aliases.
    #[must_use]
    pub fn of(contract: &Contract) -> Self {
        let mut fields = HashMap::new();
        let names: [fn(&Field) -> Vec<&str>; 3] = [
            |field| vec![field.header.as_ref()],
            |field| vec![field.key.as_ref()],
            |field| field.aliases.iter().map(AsRef::as_ref).collect(),
        ];
        for names_of in names {
            for (position, field) in contract.fields.iter().enumerate() {
                for name in names_of(field) {
                    fields.entry(normalise(name)).or_insert(position);
                }
            }
        }
        fields.remove("");
        let open_prefix = contract.open_prefix.as_deref().map(str::trim).map(str::to_lowercase);
        Self { fields, open_prefix, field_count: contract.fields.len() }
    }

    /// The field of a header, by name or alias.
    #[must_use]
    pub fn field(&self, text: &str) -> Option<usize> {
        readings(text).iter().find_map(|reading| self.fields.get(reading).copied())
    }

    /// What a header means.
    #[must_use]
    pub fn find(&self, text: &str) -> HeaderMatch {
        if let Some(position) = self.field(text) {
            return HeaderMatch::Field(position);
        }
        if let Some(name) = self.open_name(text) {
            return HeaderMatch::Open(name);
        }
        HeaderMatch::Unknown { nearest: self.nearest(text) }
    }

    fn open_name(&self, text: &str) -> Option<String> {
        let prefix = self.open_prefix.as_ref()?;
        let spaced = spaced(text);
        let head: String = spaced.chars().take(prefix.chars().count()).collect();
        let rest = spaced[head.len()..].trim();
        (head.to_lowercase() == *prefix && !rest.is_empty()).then(|| rest.to_string())
    }

    fn nearest(&self, text: &str) -> Option<(usize, f64)> {
        let found = normalise(text);
        let mut best: Option<(usize, f64)> = None;
        for (name, &position) in &self.fields {
            let likeness = likeness(&found, name);
            let better = best.is_none_or(|(at, value)| likeness > value || (likeness >= value && position < at));
            if likeness >= LIKE_ENOUGH && better {
                best = Some((position, likeness));
            }
        }
        best
    }
}

/// What a header means in a contract. Where many headers are looked up, build a [`HeaderIndex`] instead.
#[must_use]
pub fn match_header(contract: &Contract, text: &str) -> HeaderMatch {
    HeaderIndex::of(contract).find(text)
}

/// How well a row of texts fits a contract as its header row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeaderScore {
    /// Different fields that the row names.
    pub fields: usize,
    /// Required fields among them.
    pub required: usize,
    /// Texts that name no field and no open column.
    pub unknown: usize,
    /// From 0 to 1: share of the required fields named, share of the texts known, and a little for every field named.
    pub score: f64,
}

/// Scores a row of texts (empty ones do not count) against a contract.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a row holds at most 16,384 headers")]
pub fn score(contract: &Contract, index: &HeaderIndex, texts: &[&str]) -> HeaderScore {
    let mut named = vec![false; index.field_count];
    let (mut known, mut unknown) = (0usize, 0usize);
    for text in texts.iter().filter(|text| !text.trim().is_empty()) {
        if let Some(position) = index.field(text) {
            named[position] = true;
            known += 1;
        } else if index.open_name(text).is_some() {
            known += 1;
        } else {
            unknown += 1;
        }
    }
    let count = |wanted: &dyn Fn(&Field) -> bool| {
        contract.fields.iter().zip(&named).filter(|(field, named)| **named && wanted(field)).count()
    };
    let (fields, required) = (count(&|_| true), count(&|field| field.required));
    let all_required = contract.fields.iter().filter(|field| field.required).count();
    let share = |part: usize, whole: usize| if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
    let fullness = share(fields, index.field_count);
    let score = if fields == 0 {
        0.0
    } else {
        0.6 * share(required, all_required) + 0.3 * share(known, known + unknown) + 0.1 * fullness
    };
    HeaderScore { fields, required, unknown, score }
}

/// The contract that a sheet most likely is, by its name and its header row, with a likeness from 0 to 1.
#[must_use]
pub fn nearest_contract(contracts: &[Arc<Contract>], name: &str, headers: &[&str]) -> Option<(Arc<Contract>, f64)> {
    let sheet = normalise(name.trim_start_matches("tbl_"));
    let rate = |contract: &Arc<Contract>| {
        let by_name = likeness(&sheet, &normalise(&contract.name));
        let by_headers = score(contract, &HeaderIndex::of(contract), headers).score;
        by_name.max(by_headers).max(f64::midpoint(by_name, by_headers))
    };
    let mut best: Option<(&Arc<Contract>, f64)> = None;
    for contract in contracts {
        let rating = rate(contract);
        if rating >= LIKE_ENOUGH && best.is_none_or(|(_, value)| rating > value) {
            best = Some((contract, rating));
        }
    }
    best.map(|(contract, rating)| (Arc::clone(contract), rating))
}

/// Likeness of two normalised names, 0 to 1.
#[must_use]
pub fn likeness(a: &str, b: &str) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    strsim::normalized_damerau_levenshtein(a, b)
}

/// The nearest of some words to a text, where one is near.
#[must_use]
pub fn did_you_mean<'w>(text: &str, words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let found = normalise(text);
    let mut best: Option<(&str, f64)> = None;
    for word in words {
        let likeness = likeness(&found, &normalise(word));
        if likeness >= LIKE_ENOUGH && best.is_none_or(|(_, value)| likeness > value) {
            best = Some((word, likeness));
        }
    }
    best.map(|(word, _)| word)
}

/// What a header says about the numbers below it, in brackets or after a comma: `Amount (£k)`, `Duration [days]`.
#[derive(Clone, Debug, PartialEq)]
pub struct HeaderUnit {
    /// Multiplies the numbers: 1,000 for thousands, 1,000,000 for millions, else 1.
    pub factor: f64,
    /// Currency code, where a code or an unambiguous sign is given.
    pub currency: Option<&'static str>,
    /// Unit of bare durations: minutes, hours, days, weeks or months.
    pub span_unit: Option<&'static str>,
    /// True for `%`.
    pub percent: bool,
}

/// The unit that a header gives.
#[must_use]
pub fn header_unit(text: &str) -> HeaderUnit {
    let lower = spaced(text).to_lowercase();
    let bracketed = brackets(&lower);
    let words: Vec<&str> = bracketed.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()).collect();
    let joined: String = bracketed.chars().filter(|c| !c.is_whitespace()).collect();
    HeaderUnit {
        factor: factor_of(&words, &joined),
        currency: currency_of(&words, &bracketed),
        span_unit: words.iter().find_map(|word| span_unit_of(word)),
        percent: lower.contains('%'),
    }
}

fn factor_of(words: &[&str], joined: &str) -> f64 {
    let signs = ["£", "$", "€", "gbp", "usd", "eur"];
    let money =
        |suffix: &str| signs.iter().any(|sign| *joined == format!("{sign}{suffix}") || *joined == format!("{suffix}{sign}"));
    let named = |list: &[&str]| words.iter().any(|word| list.contains(word));
    if named(&["thousand", "thousands", "000", "000s", "'000", "'000s", "k"]) || money("k") {
        1_000.0
    } else if named(&["million", "millions", "mn", "mio"]) || money("m") || money("mn") {
        1_000_000.0
    } else {
        1.0
    }
}

fn currency_of(words: &[&str], bracketed: &str) -> Option<&'static str> {
    const SIGNS: &[(char, &str)] = &[('£', "GBP"), ('€', "EUR"), ('₹', "INR")];
    const CODES: &[&str] =
        &["GBP", "EUR", "USD", "CHF", "JPY", "AUD", "CAD", "SEK", "NOK", "DKK", "INR", "CNY", "SGD", "NZD", "ZAR", "PLN"];
    let by_sign = SIGNS.iter().find(|(sign, _)| bracketed.contains(*sign)).map(|(_, code)| *code);
    by_sign.or_else(|| {
        CODES.iter().copied().find(|code| words.iter().any(|word| word.trim_end_matches(['k', 'm']).eq_ignore_ascii_case(code)))
    })
}

fn span_unit_of(word: &str) -> Option<&'static str> {
    Some(match word {
        "min" | "mins" | "minutes" => "minutes",
        "h" | "hr" | "hrs" | "hours" => "hours",
        "d" | "day" | "days" | "wd" => "days",
        "w" | "wk" | "wks" | "weeks" => "weeks",
        "mo" | "mth" | "mths" | "months" => "months",
        _ => return None,
    })
}

/// The ways to read a header, surest first: all of it, without brackets, its first line, its first line without brackets,
/// without a currency code at its end.
#[must_use]
pub fn readings(text: &str) -> Vec<String> {
    let first_line = text.trim_start().lines().next().unwrap_or("");
    let bare = without_brackets(text);
    let bare_first = without_brackets(first_line);
    let mut out: Vec<String> = Vec::new();
    for reading in [text, &bare, first_line, &bare_first, without_currency(&bare_first), without_percent(&bare_first)] {
        let normal = normalise(reading);
        if !normal.is_empty() && !out.contains(&normal) {
            out.push(normal);
        }
    }
    out
}

/// Letters and digits in lower case; `%` is percent, `#` is number, `&` is and; everything else is left out.
#[must_use]
pub fn normalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '%' => out.push_str("percent"),
            '#' | '№' => out.push_str("number"),
            '&' => out.push_str("and"),
            _ if letter.is_alphanumeric() => out.extend(letter.to_lowercase()),
            _ => {}
        }
    }
    out
}

/// The text with every run of white space as one space.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0usize;
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(letter),
            _ => {}
        }
    }
    out
}

/// What stands inside brackets, or after the last comma or dash where there are none.
fn brackets(text: &str) -> String {
    let inside: Vec<&str> = text.split(['(', '[']).skip(1).filter_map(|rest| rest.split([')', ']']).next()).collect();
    if !inside.is_empty() {
        return inside.join(" ");
    }
    let last = text.rsplit([',', '–', ' ']).next().unwrap_or("");
    if last.len() < text.len() { last.to_string() } else { String::new() }
}

fn without_currency(text: &str) -> &str {
    let trimmed = text.trim_end();
    match trimmed.rsplit_once(char::is_whitespace) {
        Some((head, code)) if code.len() == 3 && Currency::parse(code).is_some() => head,
        _ => trimmed,
    }
}

fn without_percent(text: &str) -> &str {
    text.trim_matches(|c: char| c == '%' || c == '#' || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::contract::build::{contract, date, id, ledger, number, percent, span};

    fn ledger_contract() -> Contract {
        contract("Actuals", "finance.xlsx", "For the tests.")
            .fields(vec![
                id("Entry ID").needed().also("Document no|Journal line"),
                date("Posting date").needed().also("GL date"),
                ledger("Amount").needed().also("Amt|Value"),
                percent("Percent complete").also("Complete"),
                span("Duration"),
                number("Cost min"),
            ])
            .open("Score: ")
    }

    #[test]
    fn headers_match_in_every_dress() {
        let contract = ledger_contract();
        let cases: &[(&str, usize)] = &[
            ("Entry ID", 0),
            ("entry_id", 0),
            (" ENTRY-ID* ", 0),
            ("Entry\nID", 0),
            ("Document No.", 0),
            ("GL\u{a0}Date", 1),
            ("Posting date\nThe day the ledger booked the line", 1),
            ("Amount (£k)", 2),
            ("Amount GBP", 2),
            ("Amt.", 2),
            ("% complete", 3),
            ("Percent complete (%)", 3),
            ("Duration [days]", 4),
            ("Cost (min)", 5),
        ];
        for (text, field) in cases {
            assert_eq!(match_header(&contract, text), HeaderMatch::Field(*field), "{text}");
        }
    }

    #[test]
    fn an_open_column_gives_its_name() {
        assert_eq!(match_header(&ledger_contract(), "score:  Strategic fit"), HeaderMatch::Open("Strategic fit".into()));
        assert_eq!(match_header(&ledger_contract(), "Score:"), HeaderMatch::Unknown { nearest: None });
    }

    #[test]
    fn an_unknown_header_names_the_nearest_and_is_never_taken_for_it() {
        let HeaderMatch::Unknown { nearest: Some((field, likeness)) } = match_header(&ledger_contract(), "Postng date") else {
            panic!("not matched by likeness");
        };
        assert_eq!(field, 1);
        assert!(likeness > 0.85);
        assert_eq!(match_header(&ledger_contract(), "Weather"), HeaderMatch::Unknown { nearest: None });
    }

    #[test]
    fn a_header_tells_its_unit() {
        let unit = |text: &str| header_unit(text);
        assert_eq!((unit("Amount (£k)").factor, unit("Amount (£k)").currency), (1_000.0, Some("GBP")));
        assert_eq!(
            unit("Budget ($ million)"),
            HeaderUnit { factor: 1_000_000.0, currency: None, span_unit: None, percent: false }
        );
        assert_eq!(
            unit("Amount (£'000)"),
            HeaderUnit { factor: 1_000.0, currency: Some("GBP"), span_unit: None, percent: false }
        );
        assert_eq!(unit("Amount, EUR").currency, Some("EUR"));
        assert_eq!(unit("Duration (wks)").span_unit, Some("weeks"));
        assert!(unit("Probability (%)").percent);
        assert_eq!(unit("Amount"), HeaderUnit { factor: 1.0, currency: None, span_unit: None, percent: false });
    }

    #[test]
    fn the_header_row_scores_above_a_title_row() {
        let contract = ledger_contract();
        let index = HeaderIndex::of(&contract);
        let header = score(&contract, &index, &["Entry ID", "GL date", "Amt", "Vendor"]);
        let title = score(&contract, &index, &["Ledger extract for October", ""]);
        assert_eq!((header.fields, header.required, header.unknown), (3, 3, 1));
        assert!(header.score > 0.8 && title.score == 0.0);
    }

    #[test]
    fn the_nearest_contract_goes_by_name_or_headers() {
        let contracts = vec![Arc::new(ledger_contract())];
        assert!(nearest_contract(&contracts, "Actual", &[]).is_some());
        assert!(nearest_contract(&contracts, "Sheet1", &["Entry ID", "Posting date", "Amount"]).is_some());
        assert!(nearest_contract(&contracts, "Sheet1", &["Colour"]).is_none());
    }
}
