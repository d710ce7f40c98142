//! Text as a workbook may hold it.

/// The most that a cell holds, in UTF-16 units. Source: Microsoft, "Excel specifications and limits".
pub const MOST: usize = 32_767;
const MARKER: &str = " … [cut: longer than a cell may be]";

/// Text without what no workbook shows: control characters (other than tab and line feed) and non-characters.
#[must_use]
pub fn clean(text: &str) -> String {
    let allowed = |letter: &char| match letter {
        '\t' | '\n' => true,
        '\u{FFFE}' | '\u{FFFF}' => false,
        other => !other.is_control(),
    };
    if text.chars().all(|letter| allowed(&letter)) {
        return text.to_string();
    }
    text.replace("\r\n", "\n").chars().filter(allowed).collect()
}

/// Text as the value of a formula: what looks like an escaped character (`_x0041_`) stays what it is. The library does
/// this for cells of text, but not for the values of formulas.
#[must_use]
pub fn literal(text: &str) -> String {
    let is_escape = |rest: &str| {
        let code = rest.as_bytes();
        code.len() >= 7 && code.starts_with(b"_x") && code[6] == b'_' && code[2..6].iter().all(u8::is_ascii_hexdigit)
    };
    let mut out = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        out.push_str(if is_escape(&text[at..]) { "_x005F" } else { "" });
        out.push(letter);
    }
    out
}

/// Clean text of at most a cell's length; a cut is marked in the cell and remarked upon.
pub fn fit(text: &str, place: impl Fn() -> String, remarks: &mut Vec<String>) -> String {
    let clean = clean(text);
    if clean.len() <= MOST || clean.encode_utf16().count() <= MOST {
        return clean;
    }
    remarks.push(format!("{}: a text of more than {MOST} characters was cut", place()));
    let room = MOST - MARKER.encode_utf16().count();
    let mut used = 0;
    let mut cut: String = clean
        .chars()
        .take_while(|letter| {
            used += letter.len_utf16();
            used <= room
        })
        .collect();
    cut.push_str(MARKER);
    cut
}

/// Words for readers who cannot see a drawing, at most as long as a workbook holds (255), cut after a word.
#[must_use]
pub fn alternative(words: &str) -> String {
    const MOST: usize = 255;
    let clean = clean(words);
    if clean.encode_utf16().count() <= MOST {
        return clean;
    }
    let mut used = 0;
    let fits = |letter: &char| {
        used += letter.len_utf16();
        used < MOST
    };
    let cut: String = clean.chars().take_while(fits).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([',', ';', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_text_is_cut_and_says_so() {
        let mut remarks = Vec::new();
        for length in [MOST - 1, MOST, MOST + 1] {
            let shown = fit(&"x".repeat(length), || "Findings, row 7".to_string(), &mut remarks);
            assert_eq!(shown.encode_utf16().count(), length.min(MOST));
        }
        assert_eq!(remarks.len(), 1);
        let pairs = fit(&"𝔘".repeat(MOST), String::new, &mut remarks);
        assert!(pairs.encode_utf16().count() <= MOST && pairs.ends_with(MARKER));
    }

    #[test]
    fn alternative_text_ends_after_a_word() {
        let short = "x".repeat(255);
        assert_eq!(alternative(&short), short);
        let long = "word ".repeat(60);
        let shown = alternative(&long);
        assert!(shown.encode_utf16().count() <= 255 && shown.ends_with("word…"), "{shown}");
        assert!(alternative(&"𝔘".repeat(200)).encode_utf16().count() <= 255);
    }

    #[test]
    fn control_characters_are_dropped() {
        assert_eq!(clean("a\u{0}b\u{7}c\td\r\ne\u{FFFF}"), "abc\td\ne");
    }
}
