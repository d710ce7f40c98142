//! Settings as people write them, rightly and wrongly.

use super::*;

fn read(text: &str) -> (Mappings, Vec<String>) {
    let (mappings, findings) = Mappings::from_toml(text, |name| (name == "one.toml").then(|| ONE.to_string()));
    let told = findings.0.iter().map(|finding| format!("{} {} | {}", finding.code.id, finding.found, finding.hint)).collect();
    (mappings, told)
}

const ONE: &str = r#"
set = { unit = "days", who = "mapping" }
[[table]]
as = "Activities"
fields = { name = "Task", id = { column = "No", text = "{unit}:{value}" } }
[[contract]]
name = "RACI"
key = ["Item", "Role"]
field = [{ name = "Item", required = true }, { name = "Role" }, { name = "Letter", allowed = ["R", "A"] }]
"#;

#[test]
fn other_parts_of_the_settings_are_left_alone() {
    let (mappings, told) = read("name = \"x\"\n[thresholds]\nspi = 0.9\n[[not_data]]\nsheets = \"Notes*\"\nreason = \"prose\"");
    assert!(told.is_empty());
    assert_eq!(mappings.not_data[0].reason, "prose");
}

#[test]
fn an_unknown_key_is_refused_with_its_line_and_the_nearest_one() {
    let (_, told) = read("[[source]]\nfiles = \"a.xlsx\"\n[[source.table]]\nas = \"Risks\"\nshets = \"R*\"");
    assert!(told[0].starts_with("T330 portfolio.toml line 5: unknown field `shets`"), "{}", told[0]);
    assert!(told[0].ends_with("Did you mean \"sheets\"?"), "{}", told[0]);
}

#[test]
fn a_key_inside_a_rule_is_refused_too() {
    let (_, told) = read(
        "[[source]]\nfiles = \"a.xlsx\"\n[[source.table]]\nas = \"Risks\"\n[source.table.fields]\nevent = { colum = \"E\" }",
    );
    assert!(told[0].contains("line 6") && told[0].ends_with("Did you mean \"column\"?"), "{}", told[0]);
}

#[test]
fn a_wrong_pattern_cell_or_row_is_refused() {
    for (wrong, say) in [
        ("file_pattern = \"(\"", "regular expression"),
        ("reading = { currency = \"QQQ\" }", "no currency"),
        ("reading = { span_unit = \"moons\" }", "no unit"),
        ("[[source.table]]\nwhere = { is = 3 }", "missing field `column`"),
        ("[[source.table]]\nrepeat = { count = 10001 }", "1 to 10000"),
        ("[[source.table]]\nheader_row = 0", "rows count from 1"),
        ("[[source.table]]\ncells = { name = \"5C\" }", "no cell"),
    ] {
        let (_, told) = read(&format!("[[source]]\n{wrong}"));
        assert!(told.len() == 1 && told[0].contains(say), "{told:?}");
    }
}

#[test]
fn a_used_file_is_added_and_the_source_wins() {
    let (mappings, told) = read("[[source]]\nfiles = \"a.xlsx\"\nuse = \"one.toml\"\nset = { who = \"source\" }");
    assert!(told.is_empty(), "{told:?}");
    let source = &mappings.sources[0];
    assert_eq!((source.set["who"].0.as_str(), source.set["unit"].0.as_str()), ("source", "days"));
    assert_eq!(source.table[0].fields["name"].0[0].column.as_deref(), Some("Task"));
    assert_eq!(mappings.contracts[0].fields[2].key, "letter");
}

#[test]
fn a_missing_mapping_file_is_told() {
    assert_eq!(read("[[source]]\nfiles = \"a.xlsx\"\nuse = \"two.toml\"").1.len(), 1);
}

#[test]
fn a_reference_to_no_table_names_the_nearest() {
    let (_, told) = read(
        "[[contract]]\nname = \"X\"\nfield = [{ name = \"Who\", reference = \"Poeple\" }, { name = \"Self\", reference = \"X\" }]",
    );
    assert_eq!(told, ["T345 reference = \"Poeple\" | Did you mean \"People\"?"]);
}

#[test]
fn a_contract_that_contradicts_itself_is_told() {
    let (mappings, told) =
        read("[[contract]]\nname = \"X\"\nkey = [\"Itm\"]\nfield = [{ name = \"Item\", pattern = \"(\" }, { name = \"item\" }]");
    assert!(mappings.contracts.is_empty());
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].contains("Did you mean \"Item\"?"));
}

/// Every example of the guide is a mapping that is understood.
#[test]
fn the_guides_examples_are_understood() {
    let guide = include_str!("../../docs/mapping.md");
    let examples: Vec<&str> = guide.split("```toml").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(examples.len() > 10);
    for example in examples {
        let (_, findings) = Mappings::from_toml(example, |_| Some(String::new()));
        assert!(findings.0.is_empty(), "{findings:?}\n{example}");
    }
}

/// Every key that the settings take is explained in the guide.
#[test]
fn the_guide_names_every_key() {
    let guide = include_str!("../../docs/mapping.md");
    let keys = |part: &str| -> Vec<String> {
        let (_, told) = read(&format!("[[source]]\n{part}"));
        told[0].split('`').skip(3).step_by(2).map(str::to_string).collect()
    };
    let rule = "table = [{ as = \"Risks\", fields = { event = { nonsense = 1 } } }]";
    for part in ["nonsense = 1", "table = [{ nonsense = 1 }]", rule] {
        let keys = keys(part);
        assert!(keys.len() > 8, "{keys:?}");
        for key in keys {
            assert!(guide.contains(&format!("`{key}`")), "the guide does not explain {key}");
        }
    }
}
