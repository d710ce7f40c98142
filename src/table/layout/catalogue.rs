//! The contracts that a sheet may keep, ready to be looked up by name and by header.

use crate::source::raw::RawSheet;
use crate::table::contract::{Contract, Field};
use crate::table::headers::{self, HeaderIndex, HeaderScore};
use std::collections::HashSet;
use std::sync::Arc;

/// A contract and its headers.
pub struct Known {
    /// The contract.
    pub contract: Arc<Contract>,
    /// Its headers.
    pub index: HeaderIndex,
}

/// All contracts, ours and the user's own.
pub struct Catalogue {
    entries: Vec<Known>,
    /// Every name of every field, so that a row without any is passed over quickly.
    words: HashSet<String>,
}

/// A row of headers scoring below this for every contract is no header row.
const ENOUGH: f64 = 0.7;

impl Catalogue {
    /// The catalogue of some contracts; the first of two with the same name counts.
    pub fn of<'c>(contracts: impl Iterator<Item = &'c Arc<Contract>>) -> Self {
        let mut entries: Vec<Known> = Vec::new();
        for contract in contracts {
            if entries.iter().all(|known| known.contract.name != contract.name) {
                entries.push(Known { contract: Arc::clone(contract), index: HeaderIndex::of(contract) });
            }
        }
        let names = |field: &Field| -> Vec<String> {
            [&field.header, &field.key].into_iter().chain(&field.aliases).map(|name| headers::normalise(name)).collect()
        };
        let words = entries.iter().flat_map(|known| &known.contract.fields).flat_map(names).collect();
        Self { entries, words }
    }

    /// A contract by name, ignoring case, spaces and punctuation.
    pub fn by_name(&self, name: &str) -> Option<&Known> {
        let wanted = headers::normalise(name);
        self.entries.iter().find(|known| headers::normalise(&known.contract.name) == wanted)
    }

    /// True for a text that heads a column of some table.
    pub fn knows(&self, text: &str) -> bool {
        headers::readings(text).iter().any(|reading| self.words.contains(reading))
    }

    /// The names of all contracts.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|known| known.contract.name.as_ref())
    }

    /// The contract that a sheet, table or range is named after: `Risks`, `tbl_risks`, `Budgets wide`, `Actuals 2026-10`.
    pub fn named(&self, name: &str) -> Option<&Known> {
        let lower = name.trim().to_lowercase();
        let bare = headers::normalise(lower.strip_prefix("tbl_").unwrap_or(&lower));
        let undated = bare.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let narrow = undated.strip_suffix("wide").unwrap_or(undated);
        [bare.as_str(), undated, narrow].into_iter().find_map(|wanted| {
            self.entries.iter().find(|known| !wanted.is_empty() && headers::normalise(&known.contract.name) == wanted)
        })
    }

    /// The contract that a sheet is named after; a csv file counts by its own name.
    pub fn of_sheet(&self, sheet: &RawSheet) -> Option<&Known> {
        if !sheet.name.sheet.is_empty() {
            return self.named(&sheet.name.sheet);
        }
        let base = sheet.name.file.rsplit('/').next().unwrap_or("");
        self.named(base.rsplit_once('.').map_or(base, |(stem, _)| stem))
    }

    /// The contract whose headers these are, with its score. A contract that the sheet is named after is believed with
    /// fewer of its headers.
    pub fn by_headers<'k>(&'k self, texts: &[&str], named: Option<&'k Known>) -> Option<(&'k Known, f64)> {
        if let Some(known) = named {
            let score = headers::score(&known.contract, &known.index, texts);
            if believable(&score, texts.len()) {
                return Some((known, score.score + 1.0));
            }
        }
        if !texts.iter().any(|text| self.knows(text)) {
            return None;
        }
        let scored = self.entries.iter().map(|known| (known, headers::score(&known.contract, &known.index, texts)));
        let good = scored.filter(|(_, score)| score.fields >= 2 && score.score >= ENOUGH);
        good.fold(None, |best, (known, score)| match best {
            Some((_, value)) if value >= score.score => best,
            _ => Some((known, score.score)),
        })
    }

    /// The contracts themselves.
    pub fn contracts(&self) -> Vec<Arc<Contract>> {
        self.entries.iter().map(|known| Arc::clone(&known.contract)).collect()
    }
}

/// On a sheet named after the contract, two fields are a header row, and so is one where nothing else stands beside it.
fn believable(score: &HeaderScore, texts: usize) -> bool {
    score.fields >= 2 || (score.fields == 1 && texts == 1)
}
