//! Texts with `{placeholders}`.

/// What came of a placeholder.
pub enum Filled {
    /// All had values.
    Text(String),
    /// One stands for an empty cell.
    Blank,
    /// One stands for nothing that is known.
    Unknown,
}

/// A placeholder's value: unknown, known and empty, or a text.
pub type Value = Option<Option<String>>;

/// Fills the placeholders of a text.
pub fn fill(text: &str, value: impl Fn(&str) -> Value) -> Filled {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else { break };
        out.push_str(before);
        match value(name.trim()) {
            Some(Some(filled)) => out.push_str(&filled),
            Some(None) => return Filled::Blank,
            None => return Filled::Unknown,
        }
        rest = tail;
    }
    out.push_str(rest);
    Filled::Text(out)
}

/// The names of a text's placeholders.
pub fn names(text: &str) -> Vec<&str> {
    text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name.trim()).collect()
}
