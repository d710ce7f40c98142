//! A scanner of Rust source that is good enough for formatted code: it blanks comments and literals, so that a brace or
//! a banned word in a text does not count, and finds test code and functions by their braces.

use std::fs;
use std::path::{Path, PathBuf};

/// A source file.
pub struct Source {
    /// Its path below the repository, with `/` between parts.
    pub name: String,
    /// As it is.
    pub text: String,
    /// Without comments and the contents of literals; lines stay where they are.
    pub code: String,
    /// As `code`, without test code.
    pub product: String,
}

/// A function in a source file.
pub struct Function {
    pub name: String,
    pub line: usize,
    pub lines: usize,
}

impl Source {
    pub fn new(path: &Path, text: &str) -> Self {
        let name = path.to_string_lossy().replace('\\', "/");
        let code = blanked(text);
        let product = if name.starts_with("tests/") { blank_lines(&code) } else { without_tests(&code) };
        Self { name, text: text.into(), code, product }
    }

    /// The folder below `src/`, such as `base`; none outside of folders.
    pub fn layer(&self) -> Option<&str> {
        self.name.strip_prefix("src/")?.split_once('/').map(|(layer, _)| layer)
    }

    /// Lines of product code that a test holds for, as `file:line: text`.
    pub fn product_lines<'a>(&'a self, wrong: impl Fn(&str) -> bool + 'a) -> impl Iterator<Item = String> + 'a {
        let lines = self.product.lines().zip(self.text.lines()).enumerate();
        lines
            .filter(move |(_, (code, _))| wrong(code))
            .map(|(index, (_, line))| format!("{}:{}: {}", self.name, index + 1, line.trim()))
    }

    /// The functions of some code of this file.
    pub fn functions(code: &str) -> Vec<Function> {
        let lines: Vec<&str> = code.lines().collect();
        (0..lines.len()).filter_map(|index| function_at(&lines, index)).collect()
    }
}

/// Every Rust file under `src/` and `tests/`, sorted.
pub fn sources(root: &Path) -> Vec<Source> {
    let mut paths = Vec::new();
    for folder in ["src", "tests"] {
        walk(&root.join(folder), &mut paths);
    }
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "rs"));
    paths.sort();
    let read =
        |path: &PathBuf| Source::new(path.strip_prefix(root).unwrap_or(path), &fs::read_to_string(path).unwrap_or_default());
    let mut sources: Vec<Source> = paths.iter().map(read).collect();
    let tests: Vec<String> = sources.iter().flat_map(test_modules).collect();
    for source in &mut sources {
        if tests.iter().any(|test| source.name == format!("{test}.rs") || source.name.starts_with(&format!("{test}/"))) {
            source.product = blank_lines(&source.code);
        }
    }
    sources
}

/// The modules in files of their own that a file declares under `#[cfg(test)]`, as paths without the ending.
fn test_modules(source: &Source) -> Vec<String> {
    let folder = source.name.strip_suffix("mod.rs").or_else(|| source.name.strip_suffix("lib.rs"));
    let folder = folder.map_or_else(|| source.name.replace(".rs", "/"), str::to_string);
    let after = source.code.split("#[cfg(test)]").skip(1);
    let declared = after.filter_map(|text| text.split_once(';')).map(|(item, _)| item.split_whitespace().collect::<Vec<_>>());
    let named = declared.filter(|words| words.iter().rev().nth(1) == Some(&"mod"));
    named.filter_map(|words| words.last().map(|name| format!("{folder}{name}"))).collect()
}

/// Every file below a folder, but for what is built or not ours.
pub fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() && !["target", ".git", "out"].contains(&name.as_ref()) {
            walk(&path, paths);
        } else if path.is_file() {
            paths.push(path);
        }
    }
}

/// The function whose signature begins on a line: from there to the brace that closes it.
fn function_at(lines: &[&str], index: usize) -> Option<Function> {
    let words: Vec<&str> = lines[index].split_whitespace().collect();
    let position = words.iter().position(|word| *word == "fn")?;
    let qualifiers = words[..position]
        .iter()
        .all(|word| word.starts_with("pub") || ["const", "async", "extern", "unsafe", "in"].contains(word));
    let name = words.get(position + 1)?.split(['(', '<']).next()?.to_string();
    let mut depth = 0i64;
    for (offset, line) in lines[index..].iter().enumerate() {
        for c in line.chars() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ';' if depth == 0 => return None,
                _ => {}
            }
            if c == '}' && depth == 0 {
                return qualifiers.then_some(Function { name, line: index + 1, lines: offset + 1 });
            }
        }
    }
    None
}

/// Blanks the item after each `#[cfg(test)]`.
fn without_tests(code: &str) -> String {
    let mut kept = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(position) = rest.find("#[cfg(test)]") {
        let (before, after) = rest.split_at(position);
        let end = end_of_item(after);
        kept.push_str(before);
        kept.push_str(&blank_lines(&after[..end]));
        rest = &after[end..];
    }
    kept.push_str(rest);
    kept
}

/// Where the item ends that a text begins with: at its closing brace, or at a semicolon before any brace.
fn end_of_item(text: &str) -> usize {
    let mut depth = 0i64;
    for (index, c) in text.char_indices() {
        match c {
            ';' if depth == 0 => return index + 1,
            '{' => depth += 1,
            '}' if depth == 1 => return index + 1,
            '}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

fn blank_lines(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect()
}

/// Blanks comments and what stands in literals of text and characters.
fn blanked(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = literal_or_comment(rest, code.chars().next_back());
        let taken = if length > 0 { length } else { first.len_utf8() };
        let (piece, after) = rest.split_at(taken);
        if length > 0 {
            code.push_str(&blank_lines(piece))
        } else {
            code.push_str(piece)
        }
        rest = after;
    }
    code
}

/// The length of the comment or literal that a text begins with; 0 where it begins with neither.
fn literal_or_comment(text: &str, before: Option<char>) -> usize {
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    if text.starts_with("/*") {
        return text.find("*/").map_or(text.len(), |end| end + 2);
    }
    if text.starts_with('"') {
        return quoted(text);
    }
    if text.starts_with("r\"") || text.starts_with("r#") || text.starts_with("br") {
        return if in_word { 0 } else { raw(text) };
    }
    if text.starts_with('\'') { character(text) } else { 0 }
}

/// The length of a text in quotes.
fn quoted(text: &str) -> usize {
    let mut escaped = true;
    for (index, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return index + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of a raw text, `r#"…"#`; 0 where it is a raw name or a plain one.
fn raw(text: &str) -> usize {
    let start = text.trim_start_matches('b').trim_start_matches('r');
    let hashes = start.len() - start.trim_start_matches('#').len();
    if !start[hashes..].starts_with('"') {
        return 0;
    }
    let close = format!("\"{}", "#".repeat(hashes));
    let opened = text.len() - start.len() + hashes + 1;
    text[opened..].find(&close).map_or(text.len(), |end| opened + end + close.len())
}

/// The length of a character in quotes; 0 for a lifetime.
fn character(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    match (chars.next(), chars.next()) {
        (Some((_, '\\')), Some((after, _))) => text[after + 1..].find('\'').map_or(0, |end| after + 2 + end),
        (Some(_), Some((close, '\''))) => close + 1,
        _ => 0,
    }
}
