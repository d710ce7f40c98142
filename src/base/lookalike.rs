//! "Did you mean": the known id that a mistyped one looks most like. Only ever proposed in a hint, never used.

use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Letters of other alphabets, and letters and digits, that look the same in common fonts.
const TWINS: &[(&str, char)] = &[
    ("oо0ο", '0'),
    ("lіi1|ι", '1'),
    ("sѕ5", '5'),
    ("zᴢ2", '2'),
    ("b8в", '8'),
    ("aаα", 'a'),
    ("eеε", 'e'),
    ("cс", 'c'),
    ("pрρ", 'p'),
    ("xхχ", 'x'),
    ("yу", 'y'),
    ("kкκ", 'k'),
    ("mм", 'm'),
    ("hн", 'h'),
    ("tт", 't'),
];

/// What a text looks like: lower case, look-alike letters made one, spaces and dashes gone.
fn looks(text: &str) -> String {
    let letters = text.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric() || *c == '|');
    letters.map(|c| TWINS.iter().find(|(twins, _)| twins.contains(c)).map_or(c, |(_, one)| *one)).collect()
}

/// How alike two texts must be, from 0 to 1 (normalised Damerau-Levenshtein), to be proposed.
const ALIKE: f64 = 0.7;

/// The known text that looks most like this one, with the words of a hint; none where nothing is near.
#[must_use]
pub fn did_you_mean<'k>(text: &str, known: impl Iterator<Item = &'k str>) -> Option<String> {
    let sight = looks(text);
    let mut nearest: BTreeMap<u64, &'k str> = BTreeMap::new();
    for candidate in known {
        if looks(candidate) == sight {
            return Some(twin_hint(text, candidate));
        }
        let alike = strsim::normalized_damerau_levenshtein(&text.to_lowercase(), &candidate.to_lowercase());
        if alike >= ALIKE {
            nearest.entry(((1.0 - alike) * 1e6).round().to_bits()).or_insert(candidate);
        }
    }
    nearest.values().next().map(|candidate| format!("did you mean {candidate}?"))
}

/// How near a known text is to a mistyped one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    /// It looks the same: other capitals, dashes or spaces, or letters that are easily confused.
    Looks,
    /// Two neighbouring letters are swapped.
    Swap,
    /// One letter is missing, too many or another.
    Letter,
}

/// The known texts nearest to this one: those that look the same, else one swap away, else one letter away; each kind in
/// the order given.
#[must_use]
pub fn nearest<'k>(text: &str, known: impl Iterator<Item = &'k str>) -> Vec<(&'k str, Nearness)> {
    let (sight, lower) = (looks(text), text.to_lowercase());
    let mut found: Vec<(&'k str, Nearness)> = Vec::new();
    for candidate in known {
        let Some(nearness) = nearness(&sight, &lower, candidate) else { continue };
        match found.first().map(|(_, best)| nearness.cmp(best)) {
            Some(Ordering::Greater) => {}
            Some(Ordering::Less) => found = vec![(candidate, nearness)],
            Some(Ordering::Equal) | None => found.push((candidate, nearness)),
        }
    }
    found
}

fn nearness(sight: &str, lower: &str, candidate: &str) -> Option<Nearness> {
    if !sight.is_empty() && looks(candidate) == sight {
        return Some(Nearness::Looks);
    }
    let candidate = candidate.to_lowercase();
    // Two texts one slip apart differ by one in length at most; most pairs end here.
    if candidate.len().abs_diff(lower.len()) > 4 {
        return None;
    }
    match (strsim::osa_distance(lower, &candidate), strsim::levenshtein(lower, &candidate)) {
        (1, 2) => Some(Nearness::Swap),
        (1, _) => Some(Nearness::Letter),
        _ => None,
    }
}

/// Says which letter is not what it looks like.
fn twin_hint(text: &str, candidate: &str) -> String {
    if text.to_lowercase() == candidate.to_lowercase() {
        return format!("did you mean {candidate}? Capital and small letters count");
    }
    let differing =
        text.chars().zip(candidate.chars()).find(|(a, b)| a != b && text.chars().count() == candidate.chars().count());
    match differing {
        Some((found, meant)) => format!("did you mean {candidate}? It has {} where this has {}", name(meant), name(found)),
        None => format!("did you mean {candidate}? It is written with other spaces or dashes"),
    }
}

fn name(c: char) -> String {
    match c {
        '0'..='9' => format!("the digit {c}"),
        c if c.is_ascii_alphabetic() => format!("the letter {c}"),
        c => format!("the sign {c} (U+{:04X})", u32::from(c)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hint(text: &str) -> Option<String> {
        did_you_mean(text, ["LU-101", "LU-102", "A110", "RES-01"].into_iter())
    }

    #[test]
    fn letters_and_digits_that_look_alike_are_named() {
        assert_eq!(hint("LU-1O1").as_deref(), Some("did you mean LU-101? It has the digit 0 where this has the letter O"));
        assert_eq!(hint("lu-101").as_deref(), Some("did you mean LU-101? Capital and small letters count"));
        assert_eq!(hint("А110").as_deref(), Some("did you mean A110? It has the letter A where this has the sign А (U+0410)"));
        assert_eq!(
            hint("LU 101").as_deref(),
            Some("did you mean LU-101? It has the sign - (U+002D) where this has the sign   (U+0020)")
        );
        assert_eq!(hint("LU101").as_deref(), Some("did you mean LU-101? It is written with other spaces or dashes"));
    }

    #[test]
    fn the_nearest_are_told_by_how_near_they_are() {
        let known = ["C105-5-LAB", "C105-5-LBA1", "C105-6-LAB", "LU-101", "LU-102"];
        let near = |text| nearest(text, known.into_iter());
        assert_eq!(near("C105-5-LBA"), [("C105-5-LAB", Nearness::Swap)]);
        assert_eq!(near("LU-1O1"), [("LU-101", Nearness::Looks)]);
        assert_eq!(near("LU-103"), [("LU-101", Nearness::Letter), ("LU-102", Nearness::Letter)]);
        assert_eq!(near("C105-5-LA"), [("C105-5-LAB", Nearness::Letter)]);
        assert_eq!(near("something else"), []);
    }

    #[test]
    fn a_slip_of_the_finger_finds_the_nearest() {
        assert_eq!(hint("LU-103").as_deref(), Some("did you mean LU-101?"));
        assert_eq!(hint("RES-011").as_deref(), Some("did you mean RES-01?"));
        assert_eq!(hint("something else"), None);
    }
}
