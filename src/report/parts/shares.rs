//! Rounding that adds up: parts of a whole, each rounded to the unit shown, whose sum is the whole rounded once.

use crate::base::number;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

/// Rounds parts to a number of decimal places so that they add up to their rounded sum. The units left over go to the
/// largest remainders (earlier parts first where they tie), so that a part without a remainder never moves.
#[must_use]
pub fn rounded_parts(parts: &[Decimal], places: u32) -> Vec<Decimal> {
    let unit = Decimal::new(1, places);
    let down = |part: &Decimal| part.round_dp_with_strategy(places, rust_decimal::RoundingStrategy::ToNegativeInfinity);
    let mut rounded: Vec<Decimal> = parts.iter().map(down).collect();
    let remainder = |index: usize| parts[index] - down(&parts[index]);
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|&index| (std::cmp::Reverse(remainder(index)), index));
    let whole = number::round(parts.iter().sum(), places);
    let left_over = ((whole - rounded.iter().sum::<Decimal>()) / unit).to_usize().unwrap_or(0);
    for &index in order.iter().take(left_over) {
        rounded[index] += unit;
    }
    rounded
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(texts: &[&str]) -> Vec<Decimal> {
        texts.iter().map(|text| text.parse().expect("a decimal")).collect()
    }

    #[test]
    fn thirds_add_up_to_their_whole() {
        assert_eq!(rounded_parts(&of(&["33.333", "33.333", "33.334"]), 2), of(&["33.33", "33.33", "33.34"]));
        assert_eq!(rounded_parts(&of(&["0.005", "0.005", "7"]), 2), of(&["0.01", "0.00", "7"]));
        assert_eq!(rounded_parts(&of(&["-0.4", "-0.4", "-0.4"]), 0), of(&["0", "0", "-1"]));
        assert_eq!(rounded_parts(&[], 2), Vec::<Decimal>::new());
    }

    proptest! {
        /// The sum is the sum rounded, and no part moves by a whole unit.
        #[test]
        fn parts_add_up(parts in prop::collection::vec((-1_000_000_000_i64..1_000_000_000, 0_u32..6), 0..30)) {
            let parts: Vec<Decimal> = parts.into_iter().map(|(digits, scale)| Decimal::new(digits, scale)).collect();
            let rounded = rounded_parts(&parts, 2);
            prop_assert_eq!(rounded.iter().sum::<Decimal>(), number::round(parts.iter().sum(), 2));
            for (part, rounded) in parts.iter().zip(&rounded) {
                prop_assert!((part - rounded).abs() < Decimal::new(1, 2), "{} {}", part, rounded);
            }
        }
    }
}
