//! What two amounts have to do with one another: slips of the hand that bookkeepers look for first.
//!
//! Source: the casting-out rules of manual bookkeeping: a difference that divides by 9 points to digits that changed
//! places or to a slid decimal point, half a difference to an entry on the wrong side.

use rust_decimal::Decimal;

/// Whole units of the last digit that either amount gives, so that both can be looked at digit by digit.
fn in_units(a: Decimal, b: Decimal) -> Option<(String, String)> {
    let scale = a.normalize().scale().max(b.normalize().scale());
    let digits = |amount: Decimal| {
        let mut amount = amount.abs().normalize();
        amount.rescale(scale);
        (amount.scale() == scale).then(|| amount.mantissa().to_string())
    };
    digits(a).zip(digits(b))
}

/// The two neighbouring digits that changed places between two amounts, as the first amount has them.
#[must_use]
pub(super) fn swapped_digits(a: Decimal, b: Decimal) -> Option<(char, char)> {
    if a.is_sign_negative() != b.is_sign_negative() {
        return None;
    }
    let (mut a, mut b) = in_units(a, b)?;
    let longer = a.len().max(b.len());
    a = format!("{a:0>longer$}");
    b = format!("{b:0>longer$}");
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let differing: Vec<usize> = (0..longer).filter(|&at| a[at] != b[at]).collect();
    let &[first, second] = differing.as_slice() else { return None };
    let swapped = second == first + 1 && a[first] == b[second] && a[second] == b[first];
    swapped.then(|| (char::from(a[first]), char::from(a[second])))
}

/// The power of ten by which the first amount is larger than the second: 3 where it is a thousand times as large, −1 where
/// it is a tenth. None where it is no power from a thousandth to a thousand, or a million.
#[must_use]
pub(super) fn power_of_ten(a: Decimal, b: Decimal) -> Option<i32> {
    if a.is_zero() || b.is_zero() {
        return None;
    }
    let times = |large: Decimal, small: Decimal| {
        [1, 2, 3, 6].into_iter().find(|power| small.checked_mul(Decimal::from(10i64.pow(*power))) == Some(large))
    };
    let larger = times(a, b).and_then(|power| i32::try_from(power).ok());
    larger.or_else(|| times(b, a).and_then(|power| i32::try_from(power).ok()).map(|power| -power))
}

/// `1,234.50`: an amount for a sentence.
#[must_use]
pub(super) fn shown(amount: Decimal) -> String {
    let text = amount.normalize().abs().to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if amount.is_sign_negative() && !amount.is_zero() { "-" } else { "" };
    match fraction.len() {
        0 => format!("{sign}{grouped}"),
        1 => format!("{sign}{grouped}.{fraction}0"),
        _ => format!("{sign}{grouped}.{fraction}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Decimal {
        text.parse().expect("an amount")
    }

    #[test]
    fn digits_that_changed_places() {
        assert_eq!(swapped_digits(of("1530.00"), of("1350")), Some(('5', '3')));
        assert_eq!(swapped_digits(of("10.25"), of("10.52")), Some(('2', '5')));
        assert_eq!(swapped_digits(of("90"), of("9")), Some(('9', '0')), "90 and 09");
        assert_eq!(swapped_digits(of("1530"), of("1359")), None, "more than one pair");
        assert_eq!(swapped_digits(of("1530"), of("-1350")), None, "another sign");
        assert_eq!(swapped_digits(of("153"), of("351")), None, "not neighbours");
        assert_eq!(swapped_digits(of("7"), of("7")), None);
    }

    #[test]
    fn a_decimal_point_that_slid() {
        assert_eq!(power_of_ten(of("1250"), of("1.25")), Some(3));
        assert_eq!(power_of_ten(of("-12.5"), of("-125")), Some(-1));
        assert_eq!(power_of_ten(of("12.5"), of("-125")), None);
        assert_eq!(power_of_ten(of("12.5"), of("12.5")), None);
        assert_eq!(power_of_ten(of("0"), of("0")), None);
        assert_eq!(power_of_ten(of("2000000"), of("2")), Some(6));
    }

    #[test]
    fn amounts_in_sentences() {
        assert_eq!(shown(of("-1234567.5")), "-1,234,567.50");
        assert_eq!(shown(of("999")), "999");
        assert_eq!(shown(of("-0.00")), "0");
    }
}
