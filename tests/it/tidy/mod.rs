//! The house rules, held by tests: layers, doors, banned calls, sizes, words. Each rule is a function from the source
//! files to a list of `file:line: what is wrong`.

mod rules;
mod scan;

use crate::harness::{root, test};
use libtest_mimic::Trial;
use scan::Source;
use std::path::Path;

/// A rule of the house.
type Rule = fn(&[Source]) -> Vec<String>;

const RULES: &[(&str, Rule)] = &[
    ("tidy::a_layer_uses_only_layers_above_it", rules::layers),
    ("tidy::each_library_has_its_layer", rules::libraries),
    ("tidy::no_banned_calls", rules::banned_calls),
    ("tidy::the_disk_has_one_door", rules::one_door),
    ("tidy::files_are_short", rules::file_lengths),
    ("tidy::functions_are_short", rules::function_lengths),
    ("tidy::modules_say_what_they_are_for", rules::module_docs),
];

pub fn trials() -> Vec<Trial> {
    let mut trials: Vec<Trial> = RULES.iter().map(|&(name, rule)| test(name, move || hold(rule))).collect();
    trials.push(test("tidy::no_file_speaks_of_a_machine", || report(&rules::machine_words(root()))));
    trials.push(test("tidy::every_rule_notices_what_it_forbids", every_rule_notices));
    trials
}

fn hold(rule: Rule) {
    let sources = scan::sources(root());
    assert!(sources.len() > 20, "only {} source files were found", sources.len());
    report(&rule(&sources));
}

fn report(broken: &[String]) {
    assert!(broken.is_empty(), "{} places break the rule:\n{}", broken.len(), broken.join("\n"));
}

/// Small files that each break one rule, and one that looks as if it did.
fn every_rule_notices() {
    let long_function = format!("//! Doc.\nfn long() {{\n{}}}\n", "    step();\n".repeat(70));
    let long_file = format!("//! Doc.\n{}", "const X: u8 = 1;\n".repeat(601));
    let offences: &[(Rule, &str, &str)] = &[
        (rules::layers, "src/table/x.rs", "//! Doc.\nuse crate::model::Portfolio;\n"),
        (rules::layers, "src/base/x.rs", "//! Doc.\nfn f() { crate::source::read() }\n"),
        (rules::layers, "src/model/x.rs", "//! Doc.\nuse crate::{base, report};\n"),
        (rules::layers, "src/odd/x.rs", "//! Doc.\nfn f() {}\n"),
        (rules::libraries, "src/report/x.rs", "//! Doc.\nuse rust_xlsxwriter::Workbook;\n"),
        (rules::libraries, "src/source/csv.rs", "//! Doc.\nuse calamine::Reader;\n"),
        (rules::libraries, "src/report/x.rs", "//! Doc.\nfn f(frame: &polars::frame::DataFrame) {}\n"),
        (rules::libraries, "src/pipeline/x.rs", "//! Doc.\nuse clap::Parser;\n"),
        (rules::banned_calls, "src/model/x.rs", "//! Doc.\nfn f() { g().unwrap(); }\n"),
        (rules::banned_calls, "src/model/x.rs", "//! Doc.\nfn f() { g()\n    .expect(\"x\"); }\n"),
        (rules::banned_calls, "src/model/x.rs", "//! Doc.\nfn f() { println!(\"x\"); }\n"),
        (rules::banned_calls, "src/model/x.rs", "//! Doc.\nfn f() { Instant::now(); }\n"),
        (rules::banned_calls, "src/model/x.rs", "//! Doc.\n#[allow(dead_code)]\nfn f() {}\n"),
        (
            rules::banned_calls,
            "src/model/x.rs",
            "//! Doc.\n#[cfg(test)]\nmod tests { fn f() { x.unwrap() } }\nfn g() { panic!(); }\n",
        ),
        (rules::one_door, "src/source/x.rs", "//! Doc.\nuse std::fs;\n"),
        (rules::one_door, "src/source/x.rs", "//! Doc.\nuse std::{fs, io};\n"),
        (rules::one_door, "src/base/digest.rs", "//! Doc.\nfn f() { std::fs::read(\"x\"); }\n"),
        (rules::function_lengths, "src/model/x.rs", &long_function),
        (rules::file_lengths, "src/model/x.rs", &long_file),
        (rules::module_docs, "src/model/x.rs", "use std::fmt;\n"),
    ];
    for (rule, path, text) in offences {
        let source = Source::new(Path::new(path), text);
        assert_eq!(rule(&[source]).len(), 1, "{path}:\n{text}");
    }
    let innocent = "//! Doc: panic!(), std::fs.\nuse crate::base::day;\n// x.unwrap()\nconst X: &str = \"println!( std::fs \\\" {\";\n\
        const Y: &str = r#\"x.unwrap() \"{\"#;\nconst Z: char = '{';\nfn f<'a>(x: &'a str) -> &'a str { x }\n\
        #[cfg(test)]\nmod tests {\n    use crate::report::Book;\n    fn f() { x.unwrap(); std::fs::read(); }\n}\n";
    for (name, rule) in RULES {
        let source = Source::new(Path::new("src/model/x.rs"), innocent);
        assert_eq!(rule(&[source]), Vec::<String>::new(), "{name}");
    }
    assert_eq!(rules::words_in("see /wo\u{72}k/notes").len(), 1);
}
