//! The contracts that a sheet may keep, ready to be looked up by name and by header.

use super::crosstab;
use crate::source::raw::RawSheet;
use crate::table::contract::{Contract, Field, RowRule};
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

impl Known {
    /// True where a row may head a table that is named after the contract: two of its fields, or one where nothing else
    /// stands beside it.
    pub fn believes(&self, texts: &[&str]) -> bool {
        let fields = headers::score(&self.contract, &self.index, texts).fields;
        fields >= 2 || (fields == 1 && texts.len() == 1)
    }
}

/// All contracts, ours and the user's own.
pub struct Catalogue {
    entries: Vec<Known>,
    /// Every name of every field, so that a row without any is passed over quickly.
    words: HashSet<String>,
}

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
        if let Some(known) = named.filter(|known| known.believes(texts)) {
            return Some((known, headers::score(&known.contract, &known.index, texts).score + 1.0));
        }
        if !texts.iter().any(|text| self.knows(text)) {
            return None;
        }
        let scored = self.entries.iter().map(|known| (known, headers::score(&known.contract, &known.index, texts)));
        let good = scored.filter(|(known, score)| convincing(known, score, texts));
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

/// On a sheet of any name, a row is a contract's header row where it names all that every row must give, hardly anything
/// else, and more than two fields that any table might have.
fn convincing(known: &Known, score: &HeaderScore, texts: &[&str]) -> bool {
    let contract = &known.contract;
    let named = |key: &str| contract.position(key).is_some_and(|at| texts.iter().any(|text| known.index.field(text) == Some(at)));
    let one_of = |rule: &RowRule| match rule {
        RowRule::OneOf(keys) => keys.iter().any(|key| named(key)),
        _ => true,
    };
    // In a crosstab, the periods in the headers stand for two of the fields.
    let periods = texts.iter().filter(|text| contract.crosstab.is_some() && crosstab::is_period(text)).count();
    let crossed =
        |key: &str| periods >= 2 && contract.crosstab.as_ref().is_some_and(|form| form.header == key || form.value == key);
    let whole = contract.fields.iter().all(|field| !field.required || crossed(&field.key) || named(&field.key));
    let unknown = score.unknown - periods.min(score.unknown);
    let pure = unknown == 0 && score.fields >= 2;
    let ample = score.fields >= 3 && unknown * 2 <= score.fields;
    whole && contract.rules.iter().all(one_of) && (pure || ample)
}
