//! Codes that look alike: letters and digits that are easily confused, capitals, letters of other alphabets.

/// The Latin letter that a Cyrillic or Greek one looks like.
const fn latin_letter(c: char) -> Option<char> {
    Some(match c {
        'А' | 'Α' => 'A',
        'В' | 'Β' => 'B',
        'С' => 'C',
        'Е' | 'Ε' => 'E',
        'Н' | 'Η' => 'H',
        'І' | 'Ι' => 'I',
        'Ј' => 'J',
        'К' | 'Κ' => 'K',
        'М' | 'Μ' => 'M',
        'Ν' => 'N',
        'О' | 'Ο' => 'O',
        'Р' | 'Ρ' => 'P',
        'Ѕ' => 'S',
        'Т' | 'Τ' => 'T',
        'Х' | 'Χ' => 'X',
        'У' | 'Υ' => 'Y',
        'Ζ' => 'Z',
        'а' | 'α' => 'a',
        'с' => 'c',
        'е' => 'e',
        'і' | 'ι' => 'i',
        'ј' => 'j',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'ѕ' => 's',
        'х' => 'x',
        'у' => 'y',
        'ν' => 'v',
        _ => return None,
    })
}

/// True where a text of Latin letters or digits holds a letter that only looks Latin.
pub(super) fn mixes_alphabets(text: &str) -> bool {
    let foreign = text.chars().any(|c| latin_letter(c).is_some());
    let latin = text.chars().any(|c| c.is_ascii_alphanumeric());
    let others = text.chars().any(|c| c.is_alphabetic() && !c.is_ascii() && latin_letter(c).is_none());
    foreign && latin && !others
}

/// The text with letters that look Latin made Latin.
pub(super) fn latin(text: &str) -> String {
    text.chars().map(|c| latin_letter(c).unwrap_or(c)).collect()
}

/// What is left of a code when everything that is easily confused is made the same: two codes with one skeleton look alike.
pub(super) fn skeleton(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    for c in code.chars().map(|c| latin_letter(c).unwrap_or(c)) {
        let upper = c.to_ascii_uppercase();
        match upper {
            'O' => out.push('0'),
            'I' | 'L' | '|' => out.push('1'),
            'S' => out.push('5'),
            'B' => out.push('8'),
            'Z' => out.push('2'),
            '_' | '-' | '‐' | '‑' | '–' | '—' | '−' | '.' | '/' => out.push('-'),
            c if c.is_whitespace() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_that_look_alike_share_a_skeleton() {
        for (a, b) in [("A10", "AIO"), ("R-01", "r-O1"), ("INI 01", "INI01"), ("P-001", "Р-001"), ("GL_1", "GL-1")] {
            assert_eq!(skeleton(a), skeleton(b), "{a} {b}");
        }
        assert_ne!(skeleton("A-10"), skeleton("A-11"));
    }

    #[test]
    fn a_cyrillic_letter_among_latin_ones_is_seen() {
        assert!(mixes_alphabets("Р-001"));
        assert!(!mixes_alphabets("P-001") && !mixes_alphabets("Проект-1") && !mixes_alphabets("Größe 1"));
        assert_eq!(latin("Р-001"), "P-001");
    }
}
