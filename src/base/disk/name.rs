//! Names of files that come from data: made safe, so that none leaves its folder or means something to a system.

/// The longest name made, in bytes of UTF-8; every common file system takes 255.
pub const MAX_NAME_BYTES: usize = 120;

/// Names that Windows keeps for devices, with or without an extension.
const DEVICES: &[&str] = &[
    "con", "prn", "aux", "nul", "conin$", "conout$", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "com¹", "com²", "com³", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "lpt¹",
    "lpt²", "lpt³",
];

/// A name for one file or folder, made from any text: no separators, no control or invisible characters, none that Windows
/// forbids, no leading or trailing dot or space, no device name, at most [`MAX_NAME_BYTES`] long with its extension kept.
/// Made twice, it stays the same. An empty text becomes `_`.
///
/// Source for the forbidden names: Microsoft, "Naming Files, Paths, and Namespaces".
#[must_use]
pub fn safe_file_name(text: &str) -> String {
    let replaced: String = text.chars().filter(|c| !is_invisible(*c)).map(|c| if is_forbidden(c) { '_' } else { c }).collect();
    let name = trimmed(&shortened(trimmed(&replaced))).to_string();
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    if name.is_empty() {
        return "_".into();
    }
    if DEVICES.contains(&stem.as_str()) { format!("_{name}") } else { name }
}

/// True for a name that [`safe_file_name`] leaves as it is.
#[must_use]
pub fn is_safe_file_name(name: &str) -> bool {
    safe_file_name(name) == name
}

fn trimmed(name: &str) -> &str {
    name.trim_matches(|c: char| c == '.' || c.is_whitespace())
}

fn is_forbidden(c: char) -> bool {
    c.is_control() || matches!(c, '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*')
}

/// Characters without width, and those that turn the direction of writing and so hide an extension.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn shortened(name: &str) -> String {
    const LONGEST_EXTENSION: usize = 16;
    if name.len() <= MAX_NAME_BYTES {
        return name.into();
    }
    let dot = name.rfind('.').filter(|dot| name.len() - dot <= LONGEST_EXTENSION).unwrap_or(name.len());
    let (stem, extension) = name.split_at(dot);
    let end = stem.floor_char_boundary(MAX_NAME_BYTES - extension.len());
    format!("{}{extension}", trimmed(&stem[..end]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::path::{Component, Path};

    #[test]
    fn names_that_would_escape_or_mean_something_are_changed() {
        for (text, safe) in [
            ("Budget 2026.xlsx", "Budget 2026.xlsx"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("/absolute", "_absolute"),
            ("C:\\temp\\x", "C__temp_x"),
            ("..", "_"),
            ("", "_"),
            (" . ", "_"),
            ("con", "_con"),
            ("CON.xlsx", "_CON.xlsx"),
            ("Lpt1 .txt", "_Lpt1 .txt"),
            ("console", "console"),
            ("a\0b\tc\u{7f}", "a_b_c_"),
            ("gpj\u{202e}exe.csv", "gpjexe.csv"),
            (".hidden", "hidden"),
            ("trailing. ", "trailing"),
            ("Größe €", "Größe €"),
        ] {
            assert_eq!(safe_file_name(text), safe, "{text:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_extension() {
        for length in [MAX_NAME_BYTES - 6, MAX_NAME_BYTES - 5, MAX_NAME_BYTES - 4, 5_000] {
            let name = safe_file_name(&format!("{}.xlsx", "é".repeat(length)));
            assert!(name.len() <= MAX_NAME_BYTES && name.ends_with("é.xlsx"), "{name}");
        }
        for (extension, kept) in [(14, true), (15, true), (16, false)] {
            let name = safe_file_name(&format!("{}.{}", "x".repeat(MAX_NAME_BYTES), "y".repeat(extension)));
            assert_eq!((name.len(), name.ends_with('y')), (MAX_NAME_BYTES, kept), "an extension of {extension} letters");
        }
        assert_eq!(safe_file_name(&"x".repeat(MAX_NAME_BYTES)).len(), MAX_NAME_BYTES);
        assert_eq!(safe_file_name(&"x".repeat(MAX_NAME_BYTES + 1)).len(), MAX_NAME_BYTES);
    }

    proptest! {
        #[test]
        fn any_text_becomes_one_plain_part_of_a_path(text in any::<String>()) {
            let name = safe_file_name(&text);
            let components: Vec<Component> = Path::new(&name).components().collect();
            prop_assert!(matches!(components.as_slice(), [Component::Normal(part)] if part.to_str() == Some(name.as_str())));
            prop_assert_eq!(safe_file_name(&name), name.clone());
            prop_assert!(name.len() <= MAX_NAME_BYTES + 1);
        }
    }
}
