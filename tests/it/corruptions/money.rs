//! The money of the sample spoilt one cell at a time, through the whole run to its tidy results: each spoilt cell is told at
//! its place, or every tidy result is the same to the byte.

use super::{ALL, Damage, Fate, Sample, Target, chosen, places, spoil, targets};
use crate::harness::is_full_tier;
use crate::reported::reported;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use throughline::analysis;
use throughline::base::origin::Origin;
use throughline::model::past::Past;
use throughline::model::portfolio::Portfolio;
use throughline::render::tidy;
use throughline::report;
use throughline::source::raw::RawSheet;
use throughline::table::check::CheckSettings;

/// The tables of money.
const MONEY: [&str; 12] = [
    "Budgets",
    "Budget changes",
    "Actuals",
    "Cost codes",
    "Commitments",
    "Forecast",
    "Funding",
    "FX rates",
    "Contingency",
    "Authority limits",
    "Reported positions",
    "Commentary",
];

/// What happens to money besides.
const MORE: [Damage; 6] = [
    Damage::TrailingMinus,
    Damage::OtherSeparators,
    Damage::FinerThanAPenny,
    Damage::SwappedLetters,
    Damage::HardSpaceAfter,
    Damage::TrueForNumber,
];

type Places = BTreeMap<super::Place, usize>;

/// What the run knows before it writes: where it finds what, and its tidy results.
struct Known {
    early: Places,
    all: Places,
    tidy: Vec<(String, Vec<u8>)>,
}

impl Sample {
    /// Findings of tables and model, which are cheap to have.
    fn early(&self, sheets: &[RawSheet]) -> Places {
        self.read(sheets).1
    }

    /// Everything.
    fn known(&self, sheets: &[RawSheet]) -> Known {
        let settings = &self.workspace.settings;
        let check = CheckSettings { fiscal: settings.fiscal, currency: Some(settings.reporting_currency) };
        let (tables, mut findings) = throughline::table::read(sheets, &self.workspace.mappings, &check);
        let (portfolio, found) = Portfolio::build(&tables, settings);
        findings.extend(found);
        let early = places(&findings);
        let past = Past::default();
        let (analyses, found) = analysis::analyse(&portfolio, &past);
        findings.extend(found);
        let all = places(&findings);
        let findings = findings.rolled_up();
        let results = reported(&portfolio, &analyses, (&tables, &findings), report::tidy::tables);
        let tidy = results.iter().map(|table| (table.name.to_string(), tidy::csv(table).expect("a result"))).collect();
        Known { early, all, tidy }
    }
}

/// Where findings came that were not there before.
fn new_places<'p>(before: &Places, after: &'p Places) -> BTreeSet<&'p Origin> {
    let more = after.iter().filter(|(place, count)| before.get(*place).copied().unwrap_or(0) < **count);
    more.filter_map(|((_, origin), _)| origin.as_ref()).collect()
}

fn fate(sample: &Sample, clean: &Known, target: &Target<'_>, spoilt: RawSheet) -> Fate {
    let cell = Origin::cell(&spoilt.name, target.row, target.col);
    let mut sheets = sample.sheets.clone();
    sheets[target.sheet] = spoilt;
    // Most are told by the checks of the tables already; only the others need the whole run.
    if new_places(&clean.early, &sample.early(&sheets)).contains(&cell) {
        return Fate::ToldAtTheCell;
    }
    let known = sample.known(&sheets);
    let new = new_places(&clean.all, &known.all);
    if new.contains(&cell) {
        return Fate::ToldAtTheCell;
    }
    if new.iter().any(|origin| origin.sheet == cell.sheet && origin.row == cell.row) {
        return Fate::ToldInTheRow;
    }
    if !new.is_empty() {
        return Fate::ToldElsewhere;
    }
    if known.tidy == clean.tidy { Fate::Harmless } else { Fate::Missed }
}

/// The trial.
pub fn money_is_told_or_changes_nothing() {
    let sample = Sample::open();
    let clean = sample.known(&sample.sheets);
    let (tables, _) = sample.read(&sample.sheets);
    let all: Vec<Target<'_>> = targets(&sample.sheets, &tables).into_iter().filter(is_money).collect();
    let held: BTreeSet<&str> = all.iter().map(|target| target.table.contract.name.as_ref()).collect();
    assert_eq!(held, MONEY.into_iter().collect::<BTreeSet<_>>(), "each table of money is in the sample");
    let damages = [&ALL[..], &MORE[..]].concat();
    let wanted = if is_full_tier() { 720 } else { 36 };
    let chosen = chosen(&sample.sheets, &all, &damages, wanted);
    assert!(chosen.len() >= wanted * 8 / 10, "only {} cells could be spoilt", chosen.len());
    let fates: Vec<(Damage, Fate, String)> = chosen
        .into_par_iter()
        .map(|(target, damage)| {
            let spoilt = spoil(&sample.sheets[target.sheet], target, damage).expect("it applies");
            let place = Origin::cell(&spoilt.name, target.row, target.col);
            let what = format!("{damage:?} at {place} ({} > {})", target.table.contract.name, target.field.header);
            (damage, fate(&sample, &clean, target, spoilt), what)
        })
        .collect();
    print(&damages, &fates);
    let of = |wanted: &[Fate]| -> Vec<&str> {
        fates.iter().filter(|(_, fate, _)| wanted.contains(fate)).map(|(.., what)| what.as_str()).collect()
    };
    assert_eq!(of(&[Fate::Missed]), Vec::<&str>::new());
    let (exact, near) = (of(&[Fate::ToldAtTheCell]).len(), of(&[Fate::ToldInTheRow, Fate::ToldElsewhere]));
    assert!(near.len() * 100 <= exact + near.len(), "{exact} told at the cell, elsewhere: {near:#?}");
}

fn is_money(target: &Target<'_>) -> bool {
    MONEY.contains(&target.table.contract.name.as_ref())
}

/// Kinds of damage and what became of them.
fn print(damages: &[Damage], fates: &[(Damage, Fate, String)]) {
    const ORDER: [Fate; 5] = [Fate::ToldAtTheCell, Fate::ToldInTheRow, Fate::ToldElsewhere, Fate::Harmless, Fate::Missed];
    let line = |name: &str, of: &dyn Fn(&Damage) -> bool| {
        let mine: Vec<Fate> = fates.iter().filter(|(damage, ..)| of(damage)).map(|(_, fate, _)| *fate).collect();
        let [cell, row, elsewhere, harmless, missed] = ORDER.map(|wanted| mine.iter().filter(|fate| **fate == wanted).count());
        println!("{name:<20} {:>6} {cell:>8} {row:>7} {elsewhere:>10} {harmless:>9} {missed:>7}", mine.len());
    };
    println!(
        "{:<20} {:>6} {:>8} {:>7} {:>10} {:>9} {:>7}",
        "damage", "tried", "at cell", "in row", "elsewhere", "harmless", "missed"
    );
    for damage in damages {
        line(&format!("{damage:?}"), &|of| of == damage);
    }
    line("all", &|_| true);
}
