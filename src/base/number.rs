//! Numbers out of cells. Excel keeps 15 significant digits; a file may carry 17 of binary noise.

use rust_decimal::{Decimal, RoundingStrategy};
use std::str::FromStr as _;

/// The decimal that a cell shows: the number to 15 significant digits, exactly. None for NaN, infinities and
/// magnitudes outside a decimal's range.
///
/// Source: Microsoft, "Excel specifications and limits", number precision 15 digits.
#[must_use]
pub fn from_excel(number: f64) -> Option<Decimal> {
    if !number.is_finite() {
        return None;
    }
    let text = format!("{number:.14e}");
    Decimal::from_scientific(&text).ok().or_else(|| Decimal::from_str(&text).ok()).map(|decimal| decimal.normalize())
}

/// Rounds to a number of decimal places by the one policy of this program: half away from zero, as Excel's ROUND does,
/// so that a formula in a written workbook gives the same figure.
#[must_use]
pub fn round(value: Decimal, places: u32) -> Decimal {
    value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

/// Digits in groups of three, with commas between: `1,234,567`.
#[must_use]
pub fn grouped(digits: &str) -> String {
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The nearest `f64`, for ratios, charts and cells.
#[must_use]
pub fn to_f64(value: Decimal) -> f64 {
    value.to_string().parse().unwrap_or(f64::NAN)
}

/// `a / b` as a ratio; none where b is zero.
#[must_use]
pub fn ratio(a: Decimal, b: Decimal) -> Option<f64> {
    (!b.is_zero()).then(|| to_f64(a) / to_f64(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binary_noise_is_dropped() {
        assert_eq!(from_excel(0.1 + 0.2).map(|d| d.to_string()).as_deref(), Some("0.3"));
        assert_eq!(from_excel(3_765.310_058_593_75).map(|d| d.to_string()).as_deref(), Some("3765.31005859375"));
        assert_eq!(from_excel(-1234.5).map(|d| d.to_string()).as_deref(), Some("-1234.5"));
        assert_eq!(from_excel(0.0), Some(Decimal::ZERO));
        assert_eq!(from_excel(f64::NAN), None);
        assert_eq!(from_excel(1e300), None);
    }

    #[test]
    fn halves_go_away_from_zero() {
        assert_eq!(round(Decimal::new(25, 1), 0), Decimal::from(3));
        assert_eq!(round(Decimal::new(-25, 1), 0), Decimal::from(-3));
    }
}
