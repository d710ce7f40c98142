//! Values as the text a reader sees, in the same form as the workbook's number formats give.

use super::{Kind, Scale, Value};
use crate::base::money::Currency;
use crate::base::number;
use crate::model::initiative::Rag;
use rust_decimal::Decimal;

/// What stands where there is no value.
pub const NOT_AVAILABLE: &str = "n/a";

/// A value as the text its cell shows.
#[must_use]
pub fn show(value: &Value, kind: &Kind) -> String {
    match value.result() {
        Value::Blank | Value::Formula { .. } => String::new(),
        Value::Text(text) => text.clone(),
        Value::Number(number) => show_number(*number, kind),
        Value::Integer(whole) => show_decimal(Decimal::from(*whole), kind),
        Value::Money(amount) => show_decimal(*amount, kind),
        Value::Date(day) => day.format("%d %b %Y").to_string(),
        Value::Moment(at) if at.is_date_only() || matches!(kind, Kind::Date) => at.day().format("%d %b %Y").to_string(),
        Value::Moment(at) => at.datetime().format("%d %b %Y %H:%M").to_string(),
        Value::Bool(yes) => (if *yes { "Yes" } else { "No" }).to_string(),
        Value::Rag(rag) => rag.letter().to_string(),
        Value::Trend(trend) => trend.arrow().to_string(),
        Value::NotAvailable(_) => NOT_AVAILABLE.to_string(),
    }
}

fn show_number(number: f64, kind: &Kind) -> String {
    if !number.is_finite() {
        return NOT_AVAILABLE.to_string();
    }
    number::from_excel(number).map_or_else(|| format!("{number:e}"), |decimal| show_decimal(decimal, kind))
}

fn show_decimal(value: Decimal, kind: &Kind) -> String {
    match kind {
        Kind::Integer => grouped(value, 0),
        Kind::Number(places) => grouped(value, u32::from(*places)),
        Kind::Money(currency, scale) => show_money(value, *currency, *scale),
        Kind::Ratio => grouped(value, 2),
        Kind::Percent => format!("{}%", grouped(value * Decimal::ONE_HUNDRED, 1)),
        Kind::Days => grouped(value, 1),
        _ => value.normalize().to_string(),
    }
}

fn show_money(value: Decimal, currency: Currency, scale: Scale) -> String {
    let (divisor, places) = match scale {
        Scale::Exact => (1, currency.exponent()),
        Scale::One => (1, 0),
        Scale::Thousand => (1_000, 1),
        Scale::Million => (1_000_000, 1),
    };
    if value.is_zero() {
        return "-".to_string();
    }
    let text = grouped(value.abs() / Decimal::from(divisor), places);
    if value.is_sign_negative() { format!("({text})") } else { text }
}

/// `-1,234.50`: rounded half away from zero, thousands grouped.
fn grouped(value: Decimal, places: u32) -> String {
    let rounded = number::round(value, places);
    let text = format!("{:.*}", usize::try_from(places).unwrap_or(0), rounded.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::from(if rounded.is_sign_negative() && !rounded.is_zero() { "-" } else { "" });
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// A header with its unit, said once: `Budget (GBP m)`.
#[must_use]
pub fn header_of(words: &str, kind: &Kind) -> String {
    match kind {
        Kind::Money(currency, Scale::Exact | Scale::One) => format!("{words} ({currency})"),
        Kind::Money(currency, Scale::Thousand) => format!("{words} ({currency}k)"),
        Kind::Money(currency, Scale::Million) => format!("{words} ({currency}m)"),
        Kind::Days => format!("{words} (days)"),
        _ => words.to_string(),
    }
}

/// A rating in words, for legends and screen readers.
#[must_use]
pub const fn rag_name(rag: Rag) -> &'static str {
    match rag {
        Rag::Red => "Red",
        Rag::AmberRed => "Amber-red",
        Rag::Amber => "Amber",
        Rag::AmberGreen => "Amber-green",
        Rag::Green => "Green",
        Rag::Blue => "Blue: complete",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_show_by_their_meaning() {
        let gbp = Currency::parse("GBP").expect("listed");
        let money = |scale| Kind::Money(gbp, scale);
        let cases = [
            (Value::Money(Decimal::new(-123_456_789, 2)), money(Scale::Exact), "(1,234,567.89)"),
            (Value::Money(Decimal::new(1_250_000, 0)), money(Scale::Million), "1.3"),
            (Value::Money(Decimal::ZERO), money(Scale::One), "-"),
            (Value::Number(0.125), Kind::Percent, "12.5%"),
            (Value::Number(f64::NAN), Kind::Ratio, "n/a"),
            (Value::Number(-0.001), Kind::Ratio, "0.00"),
            (Value::Integer(1_234_567), Kind::Integer, "1,234,567"),
        ];
        for (value, kind, expected) in cases {
            assert_eq!(show(&value, &kind), expected);
        }
    }
}
