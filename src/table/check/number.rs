//! Numbers written as text: `1,234.56`, `1.234,56`, `(1 250)`, `£1.2m`, `64 %`, `1250.00-`, `300.00 CR`.
//!
//! Promises: a text is one number or none; where two readings are possible it says so and leaves the choice to the
//! column. Ranges are recognised and never averaged.

use crate::base::money::Currency;
use crate::base::number;
use rust_decimal::Decimal;
use std::str::FromStr as _;

/// A number out of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    /// The number, with its sign and abbreviation worked in; a percentage is not yet divided.
    pub value: Decimal,
    /// What it shows about decimal signs.
    pub style: DecimalSign,
    /// A percent sign follows.
    pub percent: bool,
    /// `k`, `m` or `bn` was worked in.
    pub abbreviated: bool,
}

/// What a written number shows about the decimal sign of its writer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DecimalSign {
    /// Nothing: there is no sign in it.
    Unknown,
    /// Certainly a point.
    Point,
    /// Certainly a comma.
    Comma,
    /// `1,234` or `1.234`: it depends on the writer.
    Ambiguous,
}

/// Reads a number; where it is ambiguous, with a decimal comma or not.
pub(super) fn read(text: &str, decimal_comma: bool) -> Option<Written> {
    let (body, negative) = sign(text.trim())?;
    let (body, abbreviation, percent) = suffix(without_currency(body));
    let (body, inner_negative) = body.strip_prefix(['-', '−', '–']).map_or((body, false), |rest| (rest.trim_start(), true));
    if negative && inner_negative {
        return None;
    }
    let body = without_currency(body);
    let (digits, style) = digits(body, decimal_comma)?;
    let size = Decimal::from_str(&digits).ok().or_else(|| Decimal::from_scientific(&digits).ok())?;
    let scaled = size.checked_mul(Decimal::from(abbreviation))?;
    let value = if negative || inner_negative { -scaled } else { scaled };
    Some(Written { value: value.normalize(), style, percent, abbreviated: abbreviation != 1 })
}

/// True for two numbers joined by a dash, `to` or dots.
pub(super) fn is_range(text: &str) -> bool {
    let both = |left: &str, right: &str| !left.trim().is_empty() && read(left, false).is_some() && read(right, false).is_some();
    ["-", "–", "—", " to ", "...", "..", "…"].iter().any(|sign| {
        let text = text.trim();
        text.match_indices(sign).any(|(at, _)| at > 0 && both(&text[..at], &text[at + sign.len()..]))
    })
}

fn sign(text: &str) -> Option<(&str, bool)> {
    if let Some(inner) = text.strip_prefix('(') {
        return Some((inner.strip_suffix(')')?.trim(), true));
    }
    if let Some(rest) = text.strip_prefix(['-', '−', '–']) {
        return Some((rest.trim_start(), true));
    }
    if let Some(rest) = text.strip_suffix(['-', '−']) {
        return Some((rest.trim_end(), true));
    }
    for (ending, negative) in [("CR", true), ("Cr", true), ("DR", false), ("Dr", false)] {
        if let Some(rest) = text.strip_suffix(ending) {
            return Some((rest.trim_end(), negative));
        }
    }
    Some((text.strip_prefix('+').unwrap_or(text).trim_start(), false))
}

fn without_currency(text: &str) -> &str {
    const SIGNS: [char; 6] = ['£', '$', '€', '¥', '₹', '₣'];
    let bare = text.trim_matches(|c: char| SIGNS.contains(&c) || c.is_whitespace());
    let is_code = |code: &str| code.bytes().all(|byte| byte.is_ascii_uppercase()) && Currency::parse(code).is_some();
    if let Some((head, tail)) = bare.split_at_checked(3)
        && is_code(head)
    {
        return tail.trim();
    }
    match bare.len().checked_sub(3).and_then(|at| bare.split_at_checked(at)) {
        Some((head, tail)) if is_code(tail) => head.trim(),
        _ => bare,
    }
}

/// The text without its ending, what the ending multiplies by, and whether it is a percent sign.
fn suffix(text: &str) -> (&str, i64, bool) {
    if let Some(rest) = text.strip_suffix('%') {
        return (rest.trim_end(), 1, true);
    }
    let digits_end = text.rfind(|c: char| c.is_ascii_digit()).map_or(0, |at| at + 1);
    let (body, word) = text.split_at(digits_end);
    match word.trim().to_ascii_lowercase().as_str() {
        "k" => (body, 1_000, false),
        "m" | "mn" | "mio" | "million" => (body, 1_000_000, false),
        "bn" | "billion" => (body, 1_000_000_000, false),
        _ => (text, 1, false),
    }
}

/// Plain digits with a point, and what the text shows about the decimal sign.
fn digits(body: &str, decimal_comma: bool) -> Option<(String, DecimalSign)> {
    if body.len() > 40 || !body.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if let Some((mantissa, exponent)) = body.split_once(['e', 'E']) {
        let (mantissa, style) = digits(mantissa, decimal_comma)?;
        let power: i32 = exponent.parse().ok().filter(|power: &i32| power.abs() <= 27)?;
        return Some((format!("{mantissa}e{power}"), style));
    }
    let is_space = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’');
    if !body.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',' || is_space(c)) {
        return None;
    }
    let (points, commas) = (body.matches('.').count(), body.matches(',').count());
    let (decimal, style) = match (points, commas) {
        (0, 0) => (None, DecimalSign::Unknown),
        (1, 0) => lone_sign(body, '.', decimal_comma, is_space),
        (0, 1) => lone_sign(body, ',', decimal_comma, is_space),
        (_, 0) => (None, DecimalSign::Comma),
        (0, _) => (None, DecimalSign::Point),
        _ if body.rfind('.') > body.rfind(',') => (Some('.'), DecimalSign::Point),
        _ => (Some(','), DecimalSign::Comma),
    };
    let (whole, fraction) = decimal.and_then(|sign| body.rsplit_once(sign)).unwrap_or((body, ""));
    let fraction_ok = fraction.bytes().all(|byte| byte.is_ascii_digit());
    let whole = ungrouped(whole, is_space)?;
    (fraction_ok && (!whole.is_empty() || !fraction.is_empty())).then(|| {
        let whole = if whole.is_empty() { "0" } else { &whole };
        (if fraction.is_empty() { whole.to_string() } else { format!("{whole}.{fraction}") }, style)
    })
}

/// What the only point or comma of a number is: the decimal sign, a sign of grouping (none), or either.
fn lone_sign(body: &str, sign: char, decimal_comma: bool, is_space: impl Fn(char) -> bool) -> (Option<char>, DecimalSign) {
    let certain = if sign == '.' { DecimalSign::Point } else { DecimalSign::Comma };
    let (before, after) = body.split_once(sign).unwrap_or((body, ""));
    let could_group = after.len() == 3 && (1..=3).contains(&before.len()) && !before.starts_with('0');
    if !could_group || before.chars().any(is_space) {
        return (Some(sign), certain);
    }
    let is_decimal = (sign == ',') == decimal_comma;
    (is_decimal.then_some(sign), DecimalSign::Ambiguous)
}

/// The digits of a whole number whose groups, if any, have three digits (or two, as in India, before the last).
fn ungrouped(whole: &str, is_space: impl Fn(char) -> bool) -> Option<String> {
    let mut separators = whole.chars().filter(|c| !c.is_ascii_digit()).map(|c| if is_space(c) { ' ' } else { c });
    let first = separators.next();
    if separators.any(|separator| Some(separator) != first) {
        return None;
    }
    let groups: Vec<&str> = whole.split(|c: char| !c.is_ascii_digit()).collect();
    let (last, front) = groups.split_last()?;
    let well_formed = front.is_empty()
        || (last.len() == 3
            && (1..=3).contains(&front[0].len())
            && front[1..].iter().all(|group| (2..=3).contains(&group.len())));
    well_formed.then(|| groups.concat())
}

/// The number as a float, as cells hold numbers.
pub(super) fn float(value: Decimal) -> f64 {
    number::to_f64(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value(text: &str) -> Option<String> {
        read(text, false).map(|written| written.value.to_string())
    }

    #[test]
    fn numbers_in_every_dress() {
        let cases = [
            ("1234.56", "1234.56"),
            ("1,234.56", "1234.56"),
            ("1.234,56", "1234.56"),
            ("1 234,56", "1234.56"),
            ("1\u{a0}234\u{a0}567", "1234567"),
            ("1'234.50", "1234.5"),
            ("12,34,567", "1234567"),
            ("(1,250)", "-1250"),
            ("-1250", "-1250"),
            ("−1250", "-1250"),
            ("1250.00-", "-1250"),
            ("300.00 CR", "-300"),
            ("£1.2m", "1200000"),
            ("-£1,200", "-1200"),
            ("£-1,200", "-1200"),
            ("EUR 1.200,50", "1200.5"),
            ("1200.50 GBP", "1200.5"),
            ("64 %", "64"),
            ("+5", "5"),
            (".5", "0.5"),
            ("0.123", "0.123"),
            ("1.5E+03", "1500"),
            ("25k", "25000"),
        ];
        for (text, expected) in cases {
            assert_eq!(value(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn words_dates_and_crooked_groups_are_no_numbers() {
        for text in [
            "",
            "-",
            "n/a",
            "abc",
            "1,23.4,5",
            "12,34.5",
            "1.2.3",
            "2026-10-31",
            "1 23",
            "5 days",
            "12abc",
            "--5",
            "()",
            "%",
            "£",
            "1e99",
        ] {
            assert_eq!(value(text), None, "{text}");
        }
    }

    #[test]
    fn a_lone_group_of_three_is_ambiguous() {
        assert_eq!(read("1,234", false).map(|w| (w.value.to_string(), w.style)), Some(("1234".into(), DecimalSign::Ambiguous)));
        assert_eq!(read("1,234", true).map(|w| (w.value.to_string(), w.style)), Some(("1.234".into(), DecimalSign::Ambiguous)));
        assert_eq!(read("1.234", true).map(|w| w.value.to_string()).as_deref(), Some("1234"));
        assert_eq!(read("1234,5", false).map(|w| w.style), Some(DecimalSign::Comma));
        assert_eq!(read("1,234,567", true).map(|w| (w.value.to_string(), w.style)), Some(("1234567".into(), DecimalSign::Point)));
    }

    #[test]
    fn ranges_are_told_from_negative_numbers() {
        assert!(is_range("10-20") && is_range("10 – 20") && is_range("5 to 8") && is_range("£10k-£20k"));
        assert!(!is_range("-20") && !is_range("20-") && !is_range("2026-10-31") && !is_range("ten-twenty"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in any::<String>(), comma in any::<bool>()) {
            let _ = read(&text, comma);
            let _ = is_range(&text);
        }

        #[test]
        fn a_number_shown_with_groups_reads_back(minor in -99_999_999_999i64..99_999_999_999, comma in any::<bool>()) {
            let decimal = Decimal::new(minor, 2);
            let plain = format!("{:.2}", decimal.abs());
            let (whole, fraction) = plain.split_once('.').expect("two places");
            let mut grouped = String::new();
            for (at, digit) in whole.chars().enumerate() {
                if at > 0 && (whole.len() - at) % 3 == 0 { grouped.push(if comma { '.' } else { ',' }); }
                grouped.push(digit);
            }
            let text = format!("{}{grouped}{}{fraction}", if minor < 0 { "-" } else { "" }, if comma { ',' } else { '.' });
            prop_assert_eq!(read(&text, !comma).map(|written| written.value), Some(decimal.normalize()));
        }
    }
}
