//! Numbers in sentences.

/// Days in words: `1 day`, `2.5 days`, rounded to a tenth.
#[must_use]
pub fn days(days: f64) -> String {
    let rounded = (days * 10.0).round() / 10.0;
    let number = if rounded.fract().abs() < 0.05 { format!("{rounded:.0}") } else { format!("{rounded:.1}") };
    if number == "1" { "1 day".into() } else { format!("{number} days") }
}

/// A share as a whole percentage: `45 %`.
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// A count with its noun: `1 link`, `3 links`.
#[must_use]
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!([days(1.0), days(-2.0), days(2.46), days(0.0)], ["1 day", "-2 days", "2.5 days", "0 days"]);
        assert_eq!((percent(0.455), count(1, "link"), count(0, "link")), ("46 %".into(), "1 link".into(), "0 links".into()));
    }
}
