use super::*;
use crate::table::contract::{Kind, RowRule};
use crate::table::headers::{self, HeaderIndex, HeaderMatch};
use std::collections::BTreeMap;

#[test]
fn there_are_35_and_each_is_found_by_name() {
    assert_eq!(all().len(), 35);
    for contract in all() {
        assert_eq!(find(&contract.name.to_uppercase()), Some(contract));
    }
}

#[test]
fn no_two_fields_of_a_contract_answer_to_one_header() {
    for contract in all() {
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        for field in &contract.fields {
            let mut own: Vec<String> =
                std::iter::once(&field.header).chain(&field.aliases).map(|name| headers::normalise(name)).collect();
            own.sort();
            own.dedup();
            for name in own {
                let other = names.insert(name.clone(), field.header.to_string());
                assert_eq!(other, None, "{} > {}: {name} is taken", contract.name, field.header);
            }
        }
    }
}

#[test]
fn every_header_and_alias_finds_its_field() {
    for contract in all() {
        let index = HeaderIndex::of(&contract);
        for (position, field) in contract.fields.iter().enumerate() {
            for name in std::iter::once(&field.header).chain(&field.aliases) {
                assert_eq!(index.find(name), HeaderMatch::Field(position), "{} > {name}", contract.name);
            }
        }
    }
}

#[test]
fn every_field_says_what_it_is_for() {
    for contract in all() {
        assert!(!contract.about.is_empty());
        for field in &contract.fields {
            assert!(field.help.ends_with(['.', '…']), "{} > {}", contract.name, field.header);
            assert!(!field.required || !field.example.is_empty(), "{} > {}", contract.name, field.header);
        }
    }
}

#[test]
fn keys_and_rules_name_fields_that_exist() {
    for contract in all() {
        let mut keys: Vec<&str> = contract.key.iter().map(AsRef::as_ref).collect();
        for rule in &contract.rules {
            match rule {
                RowRule::Ordered(first, second) => keys.extend([first.as_ref(), second.as_ref()]),
                RowRule::Ascending(fields) | RowRule::OneOf(fields) => keys.extend(fields.iter().map(AsRef::as_ref)),
                RowRule::Needs { given, needed, word } => {
                    keys.extend([given.as_ref(), needed.as_ref()]);
                    let field = &contract.fields[contract.position(given).expect("declared")];
                    let Some(word) = word else { continue };
                    let Kind::Choice(choices) = &field.kind else { panic!("{given} is no choice") };
                    assert!(choices.iter().any(|choice| choice.word == *word), "{} > {given}: {word}", contract.name);
                }
            }
        }
        if let Some(crosstab) = &contract.crosstab {
            keys.extend([crosstab.header.as_ref(), crosstab.value.as_ref()]);
        }
        for key in keys {
            assert!(contract.position(key).is_some(), "{} has no field {key}", contract.name);
        }
    }
}

#[test]
fn references_lead_to_contracts_and_words_are_said_once() {
    for contract in all() {
        for field in &contract.fields {
            match &field.kind {
                Kind::Reference(table) | Kind::References(table) => {
                    assert!(find(table).is_some(), "{} > {}", contract.name, field.header)
                }
                Kind::Choice(choices) => {
                    let mut words: Vec<String> = Vec::new();
                    for choice in choices {
                        words.push(choice.word.to_lowercase());
                        words.extend(choice.aliases.iter().map(|alias| alias.to_lowercase()));
                    }
                    let count = words.len();
                    words.sort();
                    words.dedup();
                    assert_eq!(words.len(), count, "{} > {}", contract.name, field.header);
                }
                _ => {}
            }
        }
    }
}
