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

#[cfg(test)]
mod tests {
    use crate::analysis::buffers::{AMBER_FROM, RED_FROM};
    use crate::model::scheduling::ScheduleOptions;

    /// The `[schedule]` section of the settings page, as written there.
    fn section() -> &'static str {
        let page = include_str!("settings.md");
        let from = page.find("[schedule]").expect("the section");
        let length = page[from..].find("\n[thresholds]").expect("the next section");
        &page[from..from + length]
    }

    #[test]
    fn the_settings_page_gives_every_schedule_option_with_its_default_and_its_words() {
        let written: toml::Table = toml::from_str(section()).expect("toml");
        let written = written["schedule"].as_table().expect("a section");
        assert_eq!(written.len(), ScheduleOptions::names().count());
        let mut options = ScheduleOptions::microsoft_project();
        for name in ScheduleOptions::names() {
            let text = written[name].as_str().map_or_else(|| written[name].to_string(), ToString::to_string);
            options.set(name, text.trim_matches(['[', ']'])).expect(name);
            let from = section().find(&format!("\n{name} = ")).expect(name) + 1;
            let lines: Vec<&str> = section()[from..].lines().collect();
            let more = lines.iter().skip(1).take_while(|line| line.starts_with(' ')).count();
            let told = lines[..=more].join(" ");
            let words = ScheduleOptions::words(name).unwrap_or_default();
            let missing = words.iter().find(|word| !["yes", "no"].contains(word) && !told.contains(&format!("\"{word}\"")));
            assert_eq!(missing, None, "{told}");
        }
        assert_eq!(options, ScheduleOptions::default());
    }

    #[test]
    fn the_methods_page_sets_the_profiles_side_by_side_as_they_are() {
        let page = include_str!("methods.md");
        let cells = |name: &str| -> Vec<&str> {
            let row = page.lines().find(|line| line.starts_with(&format!("| `{name}`: "))).expect(name);
            row.trim_matches('|').split('|').map(str::trim).collect()
        };
        let both = ScheduleOptions::p6().entries().into_iter().zip(ScheduleOptions::microsoft_project().entries());
        for (p6, project) in both.skip(1) {
            let told = cells(p6.name);
            let theirs = if project.value == p6.value { "the same" } else { project.value.as_str() };
            assert_eq!(told, [format!("`{}`: {}", p6.name, p6.meaning).as_str(), p6.value.as_str(), theirs]);
        }
    }

    #[test]
    fn the_methods_page_gives_the_bounds_of_the_fever_chart() {
        let page = include_str!("methods.md");
        for ((from, to), colour) in [(AMBER_FROM, "green"), (RED_FROM, "amber")] {
            let (from, to) = (format!("{colour} up to {:.0} %", 100.0 * from), format!("rising to {:.0} %", 100.0 * to));
            assert!(page.contains(&from) && page.contains(&to), "{from}, {to}");
        }
    }
}
