//! Exact arithmetic on measures: what is too large is said to be.

use crate::analysis::measure::{Measure, Undefined};
use crate::base::number;
use rust_decimal::Decimal;

/// For a sheet or a chart.
pub fn fraction(measure: Measure<Decimal>) -> Measure<f64> {
    measure.map(number::to_f64)
}

/// a + b.
pub fn sum(a: Decimal, b: Decimal) -> Measure<Decimal> {
    a.checked_add(b).ok_or(Undefined::TooLarge)
}

/// a × b.
pub fn product(a: Decimal, b: Decimal) -> Measure<Decimal> {
    a.checked_mul(b).ok_or(Undefined::TooLarge)
}

/// a / b, of a divisor that is not 0.
pub fn quotient(a: Decimal, b: Decimal) -> Measure<Decimal> {
    a.checked_div(b).ok_or(Undefined::TooLarge)
}
