//! Words that stand for a state instead of a value: withheld, not applicable, still to come.

use super::Context;
use crate::table::check::codes;
use crate::table::check::outcome::{Note, Outcome};
use crate::table::contract::Kind;
use crate::table::tables::ValueState;

const WITHHELD: [&str; 6] = ["withheld", "confidential", "redacted", "restricted", "commercial in confidence", "classified"];
const NOT_APPLICABLE: [&str; 8] = ["n/a", "na", "n.a.", "n.a", "not applicable", "-", "–", "—"];
const PLACEHOLDERS: [&str; 14] = [
    "tbc",
    "tbd",
    "tba",
    "tbn",
    "?",
    "??",
    "???",
    "unknown",
    "pending",
    "to be confirmed",
    "to be decided",
    "to be determined",
    "to be advised",
    "to follow",
];

/// What the source's own word stands for, where the mapping translates it.
pub(super) fn translated<'g>(context: &Context<'g>, text: &str) -> Option<&'g str> {
    let wanted = text.trim();
    let same = |(from, _): &&(String, String)| from.trim() == wanted || from.trim().to_lowercase() == wanted.to_lowercase();
    context.translate.iter().find(same).map(|(_, to)| to.as_str())
}

/// The state that a text stands for. Free text may say anything, so only the settings' own words count there.
pub(super) fn state_of(context: &Context<'_>, text: &str) -> Option<Outcome> {
    let free = matches!(context.field.kind, Kind::Text);
    if text.len() > 40 || (free && context.reading.withheld.is_empty() && context.reading.not_applicable.is_empty()) {
        return None;
    }
    let word = text.trim().to_lowercase();
    let listed = |list: &[String]| list.iter().any(|own| own.trim().to_lowercase() == word);
    let known = |list: &[&str]| !free && list.contains(&word.as_str());
    if listed(&context.reading.withheld) || known(&WITHHELD) {
        return Some(without_value(context, ValueState::Withheld, codes::WITHHELD, "Nothing to do, if it is meant."));
    }
    let none_of_it = matches!(context.field.kind, Kind::Reference(_) | Kind::References(_)) && word == "none";
    let codes_may_be_dashes = matches!(context.field.kind, Kind::Choice(_)) && is_choice(context, &word);
    if !codes_may_be_dashes && (listed(&context.reading.not_applicable) || known(&NOT_APPLICABLE) || none_of_it) {
        return Some(without_value(context, ValueState::NotApplicable, codes::NOT_APPLICABLE, "Nothing to do, if it is meant."));
    }
    if known(&PLACEHOLDERS) && !is_choice(context, &word) {
        return Some(without_value(
            context,
            ValueState::Prose,
            codes::PLACEHOLDER,
            "Give the value when it is known, or leave the cell empty.",
        ));
    }
    None
}

fn without_value(context: &Context<'_>, state: ValueState, code: crate::base::finding::Code, hint: &'static str) -> Outcome {
    if context.field.required {
        let hint = "Give the value: without it the row cannot be used.";
        return Outcome::unusable(state, Note::new(codes::REQUIRED_MISSING, context.expected(), hint));
    }
    Outcome::unusable(state, Note::new(code, String::new(), hint))
}

fn is_choice(context: &Context<'_>, word: &str) -> bool {
    let Kind::Choice(choices) = &context.field.kind else { return false };
    choices
        .iter()
        .any(|choice| choice.word.to_lowercase() == word || choice.aliases.iter().any(|alias| alias.to_lowercase() == word))
}

/// Control characters and characters of no width.
pub(super) fn is_invisible(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{202a}'..='\u{202e}')
}
