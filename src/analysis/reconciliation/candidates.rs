//! What could explain a difference: the lines that a bookkeeper would look at first.
//!
//! In order: a line outside that would be the difference (late, superseded, not yet approved); a line that is the
//! difference, and whether it has a twin; a line with half of it, as one on the wrong side is; a line whose decimal point
//! may have slid; a line with two digits the other way round; two lines that make it up together. The work is bounded: one
//! look-up of an amount for each line and each kind of slip, never every line against every other.

use super::clues::shown;
use super::statement::Candidate;
use crate::base::origin::Origin;
use polars::datatypes::PlHashMap;
use rust_decimal::Decimal;

/// How many candidates are named.
const NAMED: usize = 5;
/// How many of one kind are looked for; what is beyond is noise.
const OF_A_KIND: usize = 100;

/// A line that could be behind a difference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Line {
    /// Where the record is.
    pub origin: Option<Origin>,
    /// What it is, for a sentence: `ledger entry E-17 of 2026-10-03`.
    pub what: String,
    /// Its amount, in the currency of the statement.
    pub amount: Decimal,
    /// Why it is outside of both totals; none for a line that is in one of them.
    pub outside: Option<String>,
}

/// The best candidates, and how many more there are. The order of the lines does not matter.
pub(super) fn candidates(difference: Decimal, mut lines: Vec<Line>) -> (Vec<Candidate>, usize) {
    let difference = difference.normalize();
    if difference.is_zero() || lines.is_empty() {
        return (Vec::new(), 0);
    }
    lines.retain(|line| !line.amount.is_zero());
    lines.sort();
    let index = Index::of(&lines);
    let kinds = [whole, half, slid, swapped, pairs];
    let mut found: Vec<Candidate> = kinds.iter().flat_map(|kind| kind(difference, &index)).collect();
    let more = found.len().saturating_sub(NAMED);
    found.truncate(NAMED);
    (found, more)
}

/// The lines by their amount, without its sign.
struct Index<'l> {
    lines: &'l [Line],
    by_amount: PlHashMap<Decimal, Vec<usize>>,
}

impl<'l> Index<'l> {
    fn of(lines: &'l [Line]) -> Self {
        let mut by_amount: PlHashMap<Decimal, Vec<usize>> = PlHashMap::default();
        for (at, line) in lines.iter().enumerate() {
            by_amount.entry(line.amount.abs().normalize()).or_default().push(at);
        }
        Self { lines, by_amount }
    }

    /// Lines of an amount, whatever its sign.
    fn with(&self, amount: Decimal) -> impl Iterator<Item = &'l Line> {
        let places = self.by_amount.get(&amount.abs().normalize()).map_or(&[][..], Vec::as_slice);
        places.iter().map(|at| &self.lines[*at])
    }
}

fn candidate(line: &Line, why: String) -> Candidate {
    Candidate { what: line.what.clone(), amount: line.amount, why, origin: line.origin.clone() }
}

/// Lines that are the difference, those outside of both totals first.
fn whole(difference: Decimal, index: &Index<'_>) -> Vec<Candidate> {
    let twins = index.with(difference).filter(|line| line.outside.is_none()).count();
    let why = |line: &Line| match &line.outside {
        Some(outside) => format!("its {} is the difference; {outside}", shown(line.amount)),
        None if twins > 1 => {
            format!("its {} is the difference, and {twins} lines have it: perhaps one too many", shown(line.amount))
        }
        None => format!("its {} is the difference", shown(line.amount)),
    };
    let outside = index.with(difference).filter(|line| line.outside.is_some());
    let inside = index.with(difference).filter(|line| line.outside.is_none());
    outside.chain(inside).take(OF_A_KIND).map(|line| candidate(line, why(line))).collect()
}

/// Lines of half the difference: a line on the wrong side counts twice.
fn half(difference: Decimal, index: &Index<'_>) -> Vec<Candidate> {
    let half = difference / Decimal::TWO;
    let lines = index.with(half).filter(|line| line.outside.is_none()).take(OF_A_KIND);
    lines
        .map(|line| candidate(line, format!("its {} is half of the difference: perhaps its sign is turned", shown(line.amount))))
        .collect()
}

/// Lines whose amount, ten, a hundred or a thousand times as large or as small, would make up the difference.
fn slid(difference: Decimal, index: &Index<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    for power in [10, 100, 1_000] {
        let power = Decimal::from(power);
        let smaller = difference / (power - Decimal::ONE);
        for (amount, words) in [(smaller, "too small"), (smaller * power, "too large")] {
            let lines = index.with(amount).filter(|line| line.outside.is_none());
            let why = |line: &Line| {
                format!("its {} would explain the difference if it were {} times {words}", shown(line.amount), shown(power))
            };
            found.extend(lines.take(OF_A_KIND).map(|line| candidate(line, why(line))));
        }
    }
    found
}

/// Lines with two neighbouring digits the other way round. Such a slip changes an amount by 9 × 10ⁿ times the difference of
/// the digits, so that most differences cannot be one, and the place of the digits follows from the difference.
fn swapped(difference: Decimal, index: &Index<'_>) -> Vec<Candidate> {
    let scale = difference.scale().max(index.lines.iter().map(|line| line.amount.scale()).max().unwrap_or(0));
    let Some((apart, place)) = units(difference, scale).and_then(nine_times) else { return Vec::new() };
    let inside = index.lines.iter().filter(|line| line.outside.is_none());
    let told = |line: &Line| {
        let digits = units(line.amount, scale)?;
        let (low, high) = (digits / place % 10, digits / (place * 10) % 10);
        let fits = low.abs_diff(high) == apart;
        let turned = digits - (high * 10 + low) * place + (low * 10 + high) * place;
        let turned = Decimal::try_from_i128_with_scale(i128::try_from(turned).ok()?, scale).ok().filter(|_| fits)?;
        let turned = shown(if line.amount.is_sign_negative() { -turned } else { turned });
        let way = format!("with {high} and {low} the other way round");
        Some(candidate(line, format!("its {} {way}, {turned}, would explain the difference", shown(line.amount))))
    };
    inside.filter_map(told).take(OF_A_KIND).collect()
}

/// An amount without its sign, in units of a number of decimal places.
fn units(amount: Decimal, scale: u32) -> Option<u128> {
    let mut amount = amount.abs();
    amount.rescale(scale);
    (amount.scale() == scale).then(|| amount.mantissa().unsigned_abs())
}

/// How far two digits are apart, and the place of the lower one, where a number is 9 times that at a power of ten.
fn nine_times(units: u128) -> Option<(u128, u128)> {
    if units == 0 || !units.is_multiple_of(9) {
        return None;
    }
    let (mut apart, mut place) = (units / 9, 1u128);
    while apart.is_multiple_of(10) {
        apart /= 10;
        place *= 10;
    }
    (apart < 10).then_some((apart, place))
}

/// Two lines that make up the difference together, each line in one pair at most.
fn pairs(difference: Decimal, index: &Index<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut taken = vec![false; index.lines.len()];
    for sum in [difference, -difference] {
        for (at, line) in index.lines.iter().enumerate() {
            if found.len() >= OF_A_KIND {
                return found;
            }
            let Some(rest) = sum.checked_sub(line.amount).filter(|rest| !rest.is_zero()) else { continue };
            let places = index.by_amount.get(&rest.abs().normalize()).map_or(&[][..], Vec::as_slice);
            let fits = |other: &&usize| **other > at && !taken[**other] && index.lines[**other].amount == rest;
            let Some(&other) = places.iter().find(fits).filter(|_| !taken[at]) else { continue };
            let second = &index.lines[other];
            if line.outside.is_some() || second.outside.is_some() {
                continue;
            }
            (taken[at], taken[other]) = (true, true);
            found.push(Candidate {
                what: format!("{} and {}", line.what, second.what),
                amount: sum,
                why: format!("{} and {} make up the difference together", shown(line.amount), shown(second.amount)),
                origin: line.origin.clone(),
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(text: &str) -> Decimal {
        text.parse().expect("an amount")
    }

    fn line(what: &str, amount: &str) -> Line {
        Line { origin: None, what: what.into(), amount: of(amount), outside: None }
    }

    fn told(difference: &str, lines: &[(&str, &str)]) -> Vec<String> {
        let lines = lines.iter().map(|(what, amount)| line(what, amount)).collect();
        candidates(of(difference), lines).0.iter().map(|each| format!("{}: {}", each.what, each.why)).collect()
    }

    #[test]
    fn a_line_that_is_the_difference() {
        assert_eq!(told("120.50", &[("A", "17"), ("B", "-120.5"), ("C", "3")]), ["B: its -120.50 is the difference"]);
        assert_eq!(
            told("40", &[("A", "40"), ("B", "40")])[0],
            "A: its 40 is the difference, and 2 lines have it: perhaps one too many"
        );
    }

    #[test]
    fn a_line_outside_comes_first() {
        let outside = Line { outside: Some("posted on 2026-11-02, after the as-of date".into()), ..line("Z", "40") };
        let (found, _) = candidates(of("40"), vec![line("A", "40"), outside]);
        assert_eq!((found[0].what.as_str(), found[1].what.as_str()), ("Z", "A"));
        assert!(found[0].why.ends_with("after the as-of date"));
    }

    #[test]
    fn half_of_the_difference_is_a_turned_sign() {
        let lines = [("A", "75"), ("B", "11.10")];
        assert_eq!(told("-150", &lines)[0], "A: its 75 is half of the difference: perhaps its sign is turned");
    }

    #[test]
    fn a_decimal_point_that_slid() {
        // 12.50 that should be 1,250: 1,237.50 short.
        let small = told("1237.50", &[("A", "12.50"), ("B", "7")]);
        assert_eq!(small, ["A: its 12.50 would explain the difference if it were 100 times too small"]);
        // 9,000 that should be 9: 8,991 too much.
        let large = told("8991", &[("A", "9000")]);
        assert_eq!(large, ["A: its 9,000 would explain the difference if it were 1,000 times too large"]);
    }

    #[test]
    fn two_digits_the_other_way_round() {
        // 1,530 for 1,350: 180 = 9 × 10 × (5 − 3) at the tens.
        let found = told("180", &[("A", "1530"), ("B", "1111")]);
        assert_eq!(found, ["A: its 1,530 with 5 and 3 the other way round, 1,350, would explain the difference"]);
        assert_eq!(told("181", &[("A", "1530")]), [""; 0], "181 does not divide by 9");
        assert_eq!(told("990", &[("A", "1530")]), [""; 0], "990 is 9 × 110: no two digits are 11 apart");
        assert_eq!(
            told("0.27", &[("A", "5.14")])[0],
            "A: its 5.14 with 1 and 4 the other way round, 5.41, would explain the difference"
        );
    }

    #[test]
    fn two_lines_together() {
        let found = told("100", &[("A", "63"), ("B", "37"), ("C", "5"), ("D", "-41"), ("E", "-59")]);
        assert_eq!(
            found,
            ["A and B: 63 and 37 make up the difference together", "D and E: -41 and -59 make up the difference together"]
        );
        assert_eq!(told("100", &[("A", "50")]).len(), 1, "one line is no pair of itself");
        assert_eq!(told("100", &[("A", "63"), ("B", "37"), ("C", "37")]).len(), 1, "each line is in one pair");
    }

    #[test]
    fn few_are_named_and_the_rest_counted() {
        let lines: Vec<Line> = (0..30).map(|at| line(&format!("{at:02}"), "12")).collect();
        let (named, more) = candidates(of("12"), lines);
        assert_eq!((named.len(), more), (NAMED, 25));
        let many: Vec<Line> = (0..5_000).map(|at| line(&format!("{at:04}"), "12")).collect();
        assert_eq!(candidates(of("12"), many).1, OF_A_KIND - NAMED, "beyond a hundred of a kind nobody counts");
    }

    #[test]
    fn a_million_lines_are_looked_through_once() {
        let lines: Vec<Line> = (0..1_000_000i64)
            .map(|at| Line {
                origin: None,
                what: String::new(),
                amount: Decimal::new(at * 7_919 % 1_000_003 + 1, 2),
                outside: None,
            })
            .collect();
        let begun = std::time::Instant::now();
        assert!(!candidates(of("123.45"), lines).0.is_empty());
        assert!(begun.elapsed().as_secs() < 60, "no line is held against every other");
    }

    fn amounts() -> impl Strategy<Value = Vec<i64>> {
        prop::collection::vec(1i64..100_000_000, 1..80)
    }

    fn lines(minor: &[i64]) -> Vec<Line> {
        let line = |(at, minor): (usize, &i64)| Line { amount: Decimal::new(*minor, 2), ..line(&format!("{at:03}"), "0") };
        minor.iter().enumerate().map(line).collect()
    }

    /// Every candidate, however many.
    fn all(difference: Decimal, lines: &[Line]) -> Vec<Candidate> {
        let index = Index::of(lines);
        [whole, half, slid, swapped, pairs].iter().flat_map(|kind| kind(difference.normalize(), &index)).collect()
    }

    proptest! {
        #[test]
        fn a_planted_slip_is_found(minor in amounts(), pick in any::<prop::sample::Index>(), kind in 0usize..5) {
            let at = pick.index(minor.len());
            let (given, name) = (minor[at], format!("{at:03}"));
            // What the amount should have been, by the slip that was made.
            let meant = match kind {
                0 => 0,
                1 => -given,
                2 => given * 100,
                3 => given * 1_000,
                _ => {
                    let (low, high) = (given % 10, given / 10 % 10);
                    given - high * 10 - low + low * 10 + high
                }
            };
            prop_assume!(meant != given);
            let found = all(Decimal::new(given - meant, 2), &lines(&minor));
            prop_assert!(found.iter().any(|each| each.what == name), "{given} for {meant}: {found:?}");
        }

        #[test]
        fn a_planted_pair_is_found(minor in prop::collection::vec(1i64..100_000_000, 2..60), pick in any::<prop::sample::Index>()) {
            let first = pick.index(minor.len() - 1);
            let sum = Decimal::new(minor[first] + minor[first + 1], 2);
            let lines = lines(&minor);
            let found = pairs(sum.normalize(), &Index::of(&lines));
            prop_assert!(found.iter().any(|each| each.amount.abs() == sum.abs()), "{found:?}");
        }

        #[test]
        fn the_order_of_lines_does_not_matter(minor in amounts(), difference in 1i64..1_000_000) {
            let (forth, mut back) = (lines(&minor), lines(&minor));
            back.reverse();
            let difference = Decimal::new(difference, 2);
            prop_assert_eq!(candidates(difference, forth), candidates(difference, back));
        }

        #[test]
        fn every_candidate_explains_the_difference(minor in amounts(), difference in 1i64..1_000_000) {
            let difference = Decimal::new(difference, 2);
            let factors = [1, 2, 9, 99, 999].map(Decimal::from);
            for each in whole(difference, &Index::of(&lines(&minor))).iter().chain(&half(difference, &Index::of(&lines(&minor)))) {
                prop_assert!(factors.iter().any(|factor| each.amount * factor == difference));
            }
            for each in pairs(difference, &Index::of(&lines(&minor))) {
                prop_assert_eq!(each.amount.abs(), difference);
            }
        }
    }
}
