//! The manual: the pages of `src/docs/`, the field reference and the list of findings, as `throughline help TOPIC` shows
//! them. Pages that can be made from declarations are made from them, so that guide and program cannot differ.

use crate::base::finding::Code;
use crate::table::template;
use std::borrow::Cow;
use std::fmt::Write as _;

/// A page of the manual.
#[derive(Clone, Debug)]
pub struct Topic {
    /// The word to ask for it by.
    pub name: &'static str,
    /// What it is about.
    pub about: &'static str,
    /// The page, in Markdown.
    pub text: Cow<'static, str>,
}

/// Every page.
#[must_use]
pub fn topics() -> Vec<Topic> {
    let page = |name, about, text| Topic { name, about, text: Cow::Borrowed(text) };
    let made = |name, about, text: String| Topic { name, about, text: Cow::Owned(text) };
    vec![
        page("cookbook", "how to do the usual things, step by step", include_str!("cookbook.md")),
        page("settings", "every setting of portfolio.toml", include_str!("settings.md")),
        page("mapping", "reading workbooks laid out in your own way", include_str!("mapping.md")),
        made("tables", "every field of every input table", template::field_reference()),
        made("findings", "every kind of finding and what it means", findings()),
        page("methods", "how the numbers are worked out, with sources", include_str!("methods.md")),
        page("outputs", "the workbooks and the tidy results", include_str!("outputs.md")),
        page("exit-codes", "what the program's exit code tells a scheduler", include_str!("exit_codes.md")),
        page("glossary", "the words used", include_str!("glossary.md")),
        page("decisions", "what was chosen, and why", include_str!("decisions.md")),
        page("changelog", "what changed", include_str!("changelog.md")),
    ]
}

/// Every kind of finding, by layer.
#[must_use]
pub fn codes() -> Vec<Code> {
    let layers: [&[Code]; 5] = [
        crate::source::codes::ALL,
        crate::table::codes::ALL,
        crate::model::codes::ALL,
        crate::analysis::codes::ALL,
        crate::pipeline::codes::ALL,
    ];
    layers.concat()
}

fn findings() -> String {
    let mut text = String::from(
        "# Findings\n\nEvery kind of finding, by code. S: reading files; T: checking tables; M: the portfolio; A: analysis; R: the run.\n",
    );
    let mut codes = codes();
    codes.sort_by_key(|code| code.id);
    for code in codes {
        let _ = writeln!(text, "\n**{}** ({}) {}.\n{}", code.id, code.severity, code.title, code.meaning);
    }
    text
}
