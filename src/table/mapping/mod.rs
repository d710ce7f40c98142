//! Mappings of foreign layouts and the user's own contracts, as `portfolio.toml` declares them.
//!
//! Promises: an unknown key is refused with the line and the nearest known one; nothing is read from disk here, a mapping
//! file that a source uses is handed in. Does not touch cells: [`crate::table::layout`] applies what is declared here.

pub mod codes;
mod own;
pub mod rule;
pub mod spec;
#[cfg(test)]
mod tests;
pub mod words;

use crate::base::finding::{Finding, Findings};
use crate::table::contract::{Contract, Kind};
use crate::table::contracts;
use crate::table::headers::did_you_mean;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use spec::{NotData, Source};
use std::sync::Arc;

/// All that `portfolio.toml` says about foreign layouts and own tables.
#[derive(Clone, Debug, Default)]
pub struct Mappings {
    /// Sources, in the order of the settings.
    pub sources: Vec<Source>,
    /// The user's own contracts.
    pub contracts: Vec<Arc<Contract>>,
    /// Sheets of any file that hold no data.
    pub not_data: Vec<NotData>,
}

/// The parts of `portfolio.toml` that are ours. Its other keys belong to others.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Settings {
    source: Vec<Source>,
    contract: Vec<own::OwnContract>,
    not_data: Vec<NotData>,
}

/// A file of mappings: a source without files, and contracts that it brings along.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct MappingFile {
    name: Option<String>,
    owner: Option<String>,
    file_pattern: Option<words::Pattern>,
    set: std::collections::BTreeMap<String, words::Scalar>,
    reading: spec::ReadingMap,
    table: Vec<spec::TableMap>,
    not_data: Vec<NotData>,
    contract: Vec<own::OwnContract>,
}

impl Mappings {
    /// Who owns a file, by the first source that names an owner for it.
    #[must_use]
    pub fn owner_of(&self, file: &str) -> Option<&str> {
        self.sources.iter().filter(|source| source.owner.is_some()).find(|source| source.takes(file))?.owner.as_deref()
    }

    /// Reads the `[[source]]`, `[[contract]]` and `[[not_data]]` parts of the settings' text; all else in it is left to
    /// others. `included` gives the text of a mapping file by the name that `use` gives.
    #[must_use]
    pub fn from_toml(text: &str, included: impl Fn(&str) -> Option<String>) -> (Self, Findings) {
        let mut findings = Findings::new();
        let mut mappings = Self::default();
        let Some(settings) = parse::<Settings>(text, "portfolio.toml", &mut findings) else { return (mappings, findings) };
        mappings.not_data = settings.not_data;
        mappings.add_contracts(settings.contract, &mut findings);
        for mut source in settings.source {
            if let Some(name) = source.uses.clone() {
                mappings.adopt(&mut source, &name, included(&name), &mut findings);
            }
            mappings.sources.push(source);
        }
        mappings.check_references(&mut findings);
        (mappings, findings)
    }

    /// Says which tables that own contracts refer to do not exist.
    fn check_references(&self, findings: &mut Findings) {
        let ours = contracts::all();
        let known: Vec<&str> = ours.iter().chain(&self.contracts).map(|contract| contract.name.as_ref()).collect();
        for contract in &self.contracts {
            for field in &contract.fields {
                let (Kind::Reference(table) | Kind::References(table)) = &field.kind else { continue };
                if !known.contains(&table.as_ref()) {
                    let near = did_you_mean(table, known.iter().copied());
                    let hint =
                        near.map_or_else(|| "Correct `reference`.".to_string(), |near| format!("Did you mean \"{near}\"?"));
                    let wrong = codes::CONTRACT_WRONG.nowhere().field(contract.name.to_string(), field.header.to_string());
                    findings.push(wrong.found(format!("reference = \"{table}\"")).expected("a table that exists").hint(hint));
                }
            }
        }
    }

    fn adopt(&mut self, source: &mut Source, name: &str, text: Option<String>, findings: &mut Findings) {
        let Some(text) = text else {
            findings.push(
                codes::USE_MISSING
                    .nowhere()
                    .found(format!("use = \"{name}\""))
                    .expected("a file of mappings beside portfolio.toml")
                    .hint("Correct the path; it counts from the folder of portfolio.toml."),
            );
            return;
        };
        let Some(used) = parse::<MappingFile>(&text, name, findings) else { return };
        self.add_contracts(used.contract, findings);
        source.adopt(Source {
            name: used.name,
            owner: used.owner,
            file_pattern: used.file_pattern,
            set: used.set,
            reading: used.reading,
            table: used.table,
            not_data: used.not_data,
            ..Source::default()
        });
    }

    fn add_contracts(&mut self, owns: Vec<own::OwnContract>, findings: &mut Findings) {
        for declared in owns {
            let Some(contract) = own::contract(declared, findings) else { continue };
            if self.contracts.iter().all(|known| known.name != contract.name) {
                self.contracts.push(Arc::new(contract));
            }
        }
    }
}

fn parse<T: DeserializeOwned>(text: &str, file: &str, findings: &mut Findings) -> Option<T> {
    match toml::from_str(text) {
        Ok(value) => Some(value),
        Err(error) => {
            findings.push(unreadable(&error, text, file));
            None
        }
    }
}

/// The message of a settings error: file and line, what is wrong, and the nearest key where one is unknown.
fn unreadable(error: &toml::de::Error, text: &str, file: &str) -> Finding {
    let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
    let message = error.message().to_string();
    let words: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let near = words.split_first().and_then(|(unknown, known)| did_you_mean(unknown, known.iter().copied()));
    let hint = near.map_or_else(|| "Compare with the mapping guide.".to_string(), |near| format!("Did you mean \"{near}\"?"));
    codes::UNREADABLE
        .nowhere()
        .found(format!("{file} line {line}: {message}"))
        .expected("the keys of the mapping guide")
        .hint(hint)
}
