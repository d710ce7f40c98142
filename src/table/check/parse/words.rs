//! Codes, lists of codes, free text, choices, yes and no, currencies.

use super::states::is_invisible;
use super::{Context, Parser};
use crate::base::money::Currency;
use crate::source::raw::{FormatClass, Style};
use crate::table::check::outcome::{Datum, Note, Outcome};
use crate::table::check::{cells, codes, lookalike};
use crate::table::contract::Choice;
use crate::table::headers;
use crate::table::tables::ValueState;
use regex::Regex;
use std::collections::BTreeMap;

/// A number from here on has lost digits when it was typed.
const DIGITS_LOST: f64 = 1e15;

/// The field's pattern, to be matched by the whole text.
fn pattern_of(context: &Context<'_>) -> Option<Regex> {
    let pattern = context.field.pattern.as_ref()?;
    Regex::new(&format!("^(?:{pattern})$")).ok()
}

fn matched(context: &Context<'_>, pattern: Option<&Regex>, outcome: Outcome) -> Outcome {
    let text = if let Some(Datum::Text(text)) = &outcome.datum { text.as_str() } else { return outcome };
    if pattern.is_none_or(|pattern| pattern.is_match(text)) {
        return outcome;
    }
    let form = context.field.pattern.as_deref().unwrap_or("");
    let expected = if context.field.example.is_empty() {
        format!("text of the form {form}")
    } else {
        format!("text such as {}", context.field.example)
    };
    Outcome::unusable(ValueState::Prose, Note::new(codes::PATTERN, expected, "Write it in the agreed form."))
}

/// Reads codes: keys and references.
pub(super) struct Key<'g> {
    context: Context<'g>,
    pattern: Option<Regex>,
}

impl<'g> Key<'g> {
    pub fn new(context: Context<'g>) -> Self {
        Self { context, pattern: pattern_of(&context) }
    }
}

impl Parser for Key<'_> {
    fn number(&self, number: f64, style: &Style, _record: usize) -> Outcome {
        matched(&self.context, self.pattern.as_ref(), code_of_number(number, style, self.context.sheet.date_1904))
    }

    fn text(&self, text: &str, _record: usize) -> Outcome {
        matched(&self.context, self.pattern.as_ref(), clean_code(text))
    }

    fn boolean(&self, yes: bool) -> Outcome {
        Outcome::text(if yes { "TRUE" } else { "FALSE" })
    }
}

/// The text of a code that is stored as a number, as its cell shows it.
fn code_of_number(number: f64, style: &Style, date_1904: bool) -> Outcome {
    let hint = "Type the code into a cell with a text format.";
    if style.class == FormatClass::Date {
        let text = cells::shown_value(number, style, date_1904);
        return Outcome::text(&text).noted(Note::new(codes::ID_CHANGED, "a code stored as text", hint));
    }
    let text = cells::padded(number, &style.code).unwrap_or_else(|| cells::plain(number));
    let changed = number.abs() >= DIGITS_LOST || style.code.contains("E+") || style.code.contains("e+");
    if changed {
        return Outcome::text(&text).noted(Note::new(codes::ID_CHANGED, "a code stored as text", hint));
    }
    Outcome::text(text).noted(Note::new(codes::ID_AS_NUMBER, "a code stored as text", hint))
}

/// A code without spaces around it, unusual spaces and characters that nobody sees.
fn clean_code(text: &str) -> Outcome {
    if text.is_ascii() && text == text.trim() && !text.bytes().any(|byte| byte.is_ascii_control()) && !text.contains("  ") {
        return Outcome::text(text);
    }
    let hidden = text.chars().any(is_invisible);
    let visible: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    let clean = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    if clean.is_empty() {
        return Outcome::empty();
    }
    let spaces = clean != visible;
    let foreign = lookalike::mixes_alphabets(&clean);
    Outcome::text(&clean)
        .noted_if(hidden, || Note::new(codes::HIDDEN_CHARACTERS, clean.clone(), "Type the code again instead of pasting it."))
        .noted_if(spaces, || Note::new(codes::SPACES_IN_KEY, clean.clone(), "Take the spaces away (TRIM and CLEAN in Excel)."))
        .noted_if(foreign, || {
            let latin = lookalike::latin(&clean);
            Note::new(codes::MIXED_ALPHABETS, format!("Latin letters, as in {latin}"), "Type the code again on a Latin keyboard.")
        })
}

/// Reads several codes in one cell.
pub(super) struct KeyList<'g> {
    key: Key<'g>,
}

impl<'g> KeyList<'g> {
    pub fn new(context: Context<'g>) -> Self {
        Self { key: Key::new(context) }
    }
}

impl Parser for KeyList<'_> {
    fn number(&self, number: f64, style: &Style, record: usize) -> Outcome {
        self.key.number(number, style, record)
    }

    fn text(&self, text: &str, record: usize) -> Outcome {
        let mut codes: Vec<String> = Vec::new();
        let mut notes: Vec<Note> = Vec::new();
        for part in text.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
            let outcome = self.key.text(part, record);
            notes.extend(outcome.notes);
            match outcome.datum {
                Some(Datum::Text(code)) => codes.push(code),
                _ if outcome.state.is_some() => return Outcome { datum: None, state: outcome.state, notes },
                _ => {}
            }
        }
        if codes.is_empty() {
            return Outcome::empty();
        }
        Outcome { notes, ..Outcome::text(codes.join(";")) }
    }

    fn boolean(&self, yes: bool) -> Outcome {
        self.key.boolean(yes)
    }
}

/// Reads free text.
pub(super) struct Plain<'g> {
    context: Context<'g>,
    pattern: Option<Regex>,
}

impl<'g> Plain<'g> {
    pub fn new(context: Context<'g>) -> Self {
        Self { context, pattern: pattern_of(&context) }
    }
}

impl Parser for Plain<'_> {
    fn number(&self, number: f64, style: &Style, _record: usize) -> Outcome {
        let text = cells::shown_value(number, style, self.context.sheet.date_1904);
        let is_code = self.context.field.key.contains("wbs");
        let changed = is_code && (number.fract() != 0.0 || style.class == FormatClass::Date);
        let outcome = Outcome::text(&text).noted_if(changed, || {
            let hint = "Type WBS codes into cells with a text format: as a number, 1.10 becomes 1.1.";
            Note::new(codes::ID_CHANGED, "a code stored as text", hint)
        });
        matched(&self.context, self.pattern.as_ref(), outcome)
    }

    fn text(&self, text: &str, _record: usize) -> Outcome {
        let plain = !text.contains('\u{a0}') && !text.chars().any(is_invisible);
        let clean = if plain {
            text.trim().to_string()
        } else {
            let visible: String =
                text.chars().filter(|c| !is_invisible(*c)).map(|c| if c == '\u{a0}' { ' ' } else { c }).collect();
            visible.trim().to_string()
        };
        matched(&self.context, self.pattern.as_ref(), Outcome::text(clean))
    }

    fn boolean(&self, yes: bool) -> Outcome {
        Outcome::text(if yes { "TRUE" } else { "FALSE" })
    }
}

/// Reads one word of a list.
pub(super) struct OneOf<'g> {
    context: Context<'g>,
    words: BTreeMap<String, &'g str>,
}

impl<'g> OneOf<'g> {
    pub fn new(context: Context<'g>, choices: &'g [Choice]) -> Self {
        let mut words = BTreeMap::new();
        for choice in choices {
            words.entry(headers::normalise(&choice.word)).or_insert(choice.word.as_ref());
        }
        for choice in choices {
            for alias in &choice.aliases {
                words.entry(headers::normalise(alias)).or_insert(choice.word.as_ref());
            }
        }
        Self { context, words }
    }
}

impl Parser for OneOf<'_> {
    fn number(&self, number: f64, style: &Style, record: usize) -> Outcome {
        self.text(&cells::shown_value(number, style, self.context.sheet.date_1904), record)
    }

    fn text(&self, text: &str, _record: usize) -> Outcome {
        let found = headers::normalise(text);
        if let Some(word) = self.words.get(&found) {
            return Outcome::text(*word);
        }
        let near = headers::did_you_mean(text, self.words.keys().map(String::as_str)).and_then(|near| self.words.get(near));
        let hint = near.map_or_else(
            || "Use a word of the list, or translate yours in the settings.".to_string(),
            |near| format!("Did you mean {near}? Use a word of the list, or translate yours in the settings."),
        );
        Outcome::unusable(ValueState::Prose, Note::new(codes::NOT_ON_LIST, self.context.expected(), hint))
    }

    fn boolean(&self, yes: bool) -> Outcome {
        self.text(if yes { "TRUE" } else { "FALSE" }, 0)
    }
}

/// Reads yes and no.
pub(super) struct YesNo;

impl YesNo {
    fn unusable() -> Outcome {
        Outcome::unusable(ValueState::Prose, Note::new(codes::NOT_YES_OR_NO, "yes or no", "Write yes or no."))
    }
}

impl Parser for YesNo {
    fn number(&self, number: f64, _style: &Style, _record: usize) -> Outcome {
        if number == 0.0 || (number - 1.0).abs() < f64::EPSILON {
            Outcome::value(Datum::Bool(number != 0.0))
        } else {
            Self::unusable()
        }
    }

    fn text(&self, text: &str, _record: usize) -> Outcome {
        match text.trim().to_lowercase().as_str() {
            "yes" | "y" | "true" | "t" | "1" | "x" | "✓" | "✔" => Outcome::value(Datum::Bool(true)),
            "no" | "n" | "false" | "f" | "0" => Outcome::value(Datum::Bool(false)),
            _ => Self::unusable(),
        }
    }

    fn boolean(&self, yes: bool) -> Outcome {
        Outcome::value(Datum::Bool(yes))
    }
}

/// Reads currency codes.
pub(super) struct CurrencyCode<'g>(pub Context<'g>);

impl CurrencyCode<'_> {
    fn unusable(&self, hint: &'static str) -> Outcome {
        Outcome::unusable(ValueState::Prose, Note::new(codes::NOT_A_CURRENCY, self.0.expected(), hint))
    }
}

impl Parser for CurrencyCode<'_> {
    fn number(&self, _number: f64, _style: &Style, _record: usize) -> Outcome {
        self.unusable("Write the three letters of the currency.")
    }

    fn text(&self, text: &str, _record: usize) -> Outcome {
        if let Some(currency) = Currency::parse(text) {
            return Outcome::text(currency.code());
        }
        let by_sign = match text.trim() {
            "£" | "GB£" => "GBP",
            "€" => "EUR",
            "US$" => "USD",
            "A$" => "AUD",
            "C$" => "CAD",
            "₹" => "INR",
            "$" => return self.unusable("$ is the sign of many currencies: write USD, AUD, CAD or whichever is meant."),
            "¥" => return self.unusable("¥ is the sign of two currencies: write JPY or CNY."),
            _ => return self.unusable("Write the three letters of the currency, as in ISO 4217."),
        };
        Outcome::text(by_sign).noted(Note::new(codes::CURRENCY_SIGN, by_sign, "Write the code instead of the sign."))
    }

    fn boolean(&self, _yes: bool) -> Outcome {
        self.unusable("Write the three letters of the currency.")
    }
}
