//! The rules themselves.

use super::scan::{self, Source};
use std::path::Path;

/// The layers in the order of the flow; each may use those before it.
const LAYERS: &[&str] =
    &["base", "source", "table", "model", "analysis", "history", "report", "render", "pipeline", "docs", "cli"];

/// Longest file and longest function, in lines.
const FILE_LINES: usize = 600;
const FUNCTION_LINES: usize = 70;

/// A library, and the beginnings of the paths that may use it.
const LIBRARIES: &[(&str, &[&str])] = &[
    ("calamine", &["src/source/excel"]),
    ("clap", &["src/cli"]),
    ("clap_complete", &["src/cli"]),
    ("clap_mangen", &["src/cli"]),
    ("indicatif", &["src/cli"]),
    ("anstream", &["src/cli"]),
    ("rust_xlsxwriter", &["src/render/xlsx"]),
    ("polars", &["src/table/", "src/model/", "src/analysis/", "src/history/", "src/render/tidy"]),
];

/// What no product code calls, why, and the beginnings of the paths that may.
const BANNED: &[(&str, &str, &[&str])] = &[
    (".unwrap()", "handle the other case", &[]),
    (".expect(", "handle the other case", &[]),
    ("panic!(", "return a finding or an error", &[]),
    ("unreachable!(", "make the case impossible by a type", &[]),
    ("todo!(", "finish it", &[]),
    ("unimplemented!(", "finish it", &[]),
    ("dbg!(", "remove it", &[]),
    ("println!(", "only the command line prints", &["src/cli/"]),
    ("eprintln!(", "only the command line prints", &["src/cli/"]),
    ("print!(", "only the command line prints", &["src/cli/"]),
    ("Instant::now", "nothing depends on a clock", &["src/cli/"]),
    ("SystemTime", "nothing depends on a clock", &["src/cli/"]),
    ("Utc::now", "nothing depends on a clock", &["src/cli/"]),
    ("Local::now", "nothing depends on a clock", &["src/cli/"]),
    ("#[allow(", "write #[expect(..., reason = \"...\")]", &[]),
    ("#![allow(", "write #![expect(..., reason = \"...\")]", &[]),
];

pub fn layers(sources: &[Source]) -> Vec<String> {
    let mut broken = Vec::new();
    for source in sources {
        let Some(layer) = source.layer() else { continue };
        let Some(rank) = LAYERS.iter().position(|each| *each == layer) else {
            broken.push(format!("{}: {layer}/ is not a layer of the house", source.name));
            continue;
        };
        broken.extend(source.product_lines(move |line| uses_of_the_crate(line).any(|used| !is_above(used, rank))));
    }
    broken
}

/// What a line uses of the crate; an empty name where it uses several at once.
fn uses_of_the_crate(line: &str) -> impl Iterator<Item = &str> {
    let paths = line.match_indices("crate::").filter(|(index, _)| !line[..*index].ends_with(['$', '_']));
    paths.map(|(index, word)| {
        line[index + word.len()..].split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
    })
}

fn is_above(used: &str, rank: usize) -> bool {
    LAYERS.iter().position(|layer| *layer == used).is_some_and(|position| position <= rank)
}

pub fn libraries(sources: &[Source]) -> Vec<String> {
    let mut broken = Vec::new();
    for source in sources.iter().filter(|source| source.name.starts_with("src/")) {
        for (library, homes) in LIBRARIES {
            if homes.iter().all(|home| !source.name.starts_with(home)) {
                broken.extend(source.product_lines(move |line| names(line, library)));
            }
        }
    }
    broken
}

/// True where a line names a library as a path or in a `use`.
fn names(line: &str, library: &str) -> bool {
    line.match_indices(library).any(|(index, _)| {
        let before = line[..index].chars().next_back();
        let after = &line[index + library.len()..];
        let whole = before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != ':' && c != '.');
        whole && (after.starts_with("::") || (line.trim_start().starts_with("use ") && after.starts_with([';', ' '])))
    })
}

pub fn banned_calls(sources: &[Source]) -> Vec<String> {
    let mut broken = Vec::new();
    for source in sources {
        for (call, remedy, homes) in BANNED {
            if homes.iter().all(|home| !source.name.starts_with(home)) {
                broken.extend(source.product_lines(|line| calls(line, call)).map(|place| format!("{place}  ({remedy})")));
            }
        }
    }
    broken
}

/// True where a line holds a call that is not the end of a longer name.
fn calls(line: &str, call: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let starts_a_word = call.starts_with(is_word);
    line.match_indices(call).any(|(index, _)| !(starts_a_word && line[..index].ends_with(is_word)))
}

pub fn one_door(sources: &[Source]) -> Vec<String> {
    let opens = |line: &str| line.contains("std::fs") || (line.contains("std::{") && calls(line, "fs"));
    sources
        .iter()
        .filter(|source| !source.name.starts_with("src/base/disk"))
        .flat_map(|source| source.product_lines(opens))
        .collect()
}

pub fn file_lengths(sources: &[Source]) -> Vec<String> {
    let lines = |source: &Source| source.text.lines().count();
    let long = sources.iter().filter(|source| lines(source) > FILE_LINES);
    long.map(|source| format!("{}: {} lines, and {FILE_LINES} are enough", source.name, lines(source))).collect()
}

pub fn function_lengths(sources: &[Source]) -> Vec<String> {
    let product: Vec<&Source> = sources.iter().filter(|source| source.name.starts_with("src/")).collect();
    let mut lengths: Vec<usize> = product.iter().flat_map(|source| Source::functions(&source.product)).map(|f| f.lines).collect();
    lengths.sort_unstable();
    if lengths.len() > 20 {
        let at = |share: usize| lengths[(lengths.len() - 1) * share / 100];
        println!("{} functions; lines: median {}, p90 {}, longest {}", lengths.len(), at(50), at(90), at(100));
    }
    let all =
        sources.iter().flat_map(|source| Source::functions(&source.code).into_iter().map(move |function| (source, function)));
    let long = all.filter(|(_, function)| function.lines > FUNCTION_LINES);
    long.map(|(source, function)| format!("{}:{}: {} has {} lines", source.name, function.line, function.name, function.lines))
        .collect()
}

pub fn module_docs(sources: &[Source]) -> Vec<String> {
    let product = sources.iter().filter(|source| source.name.starts_with("src/") && !source.product.trim().is_empty());
    let silent = product.filter(|source| !source.text.starts_with("//!") && source.name != "src/main.rs");
    silent.map(|source| format!("{}: no word on what the module is for (//!)", source.name)).collect()
}

/// Every text file of the repository is looked through for words that belong to somebody's machine.
pub fn machine_words(root: &Path) -> Vec<String> {
    let mut paths = Vec::new();
    scan::walk(root, &mut paths);
    paths.sort();
    let mut broken = Vec::new();
    for path in paths.iter().filter(|path| !path.ends_with("Cargo.lock") && !path.ends_with(".git")) {
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        let name = path.strip_prefix(root).unwrap_or(path).display();
        broken.extend(words_in(&text).iter().map(|(line, word)| format!("{name}:{line}: {word}")));
    }
    broken
}

/// The lines and words of a text that name a place on a machine. The words are put together from parts, so that this
/// file does not hold them.
pub fn words_in(text: &str) -> Vec<(usize, String)> {
    let folder = |name: [&str; 2]| format!("/{}/", name.concat());
    let mut words: Vec<String> = [["wo", "rk"], ["ro", "ot"], ["ho", "me"], ["Use", "rs"]].into_iter().map(folder).collect();
    words.extend([[".car", "go/"], ["C:\\Use", "rs"], ["work", "tree"], ["TE", "AM.md"]].map(|parts| parts.concat()));
    let lines = text.lines().enumerate();
    lines
        .flat_map(|(index, line)| words.iter().filter(|word| line.contains(*word)).map(move |word| (index + 1, word.clone())))
        .collect()
}
