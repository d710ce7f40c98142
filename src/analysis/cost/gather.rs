//! What the tables say, exactly: amounts by fact, cell, currency and what is finer than a cell, before any conversion.

use super::cube::{CellKey, Fact, FineKey};
use crate::analysis::ledger_review::OrderBalance;
use crate::analysis::measure::Undefined;
use crate::base::id::InitiativeId;
use crate::base::money::Currency;
use crate::base::period::Period;
use crate::model::budget_control::{BudgetPlace, ChangeStatus};
use crate::model::finance::{EntryKind, Expenditure, PlanLine};
use crate::model::portfolio::Portfolio;
use polars::datatypes::PlHashMap;
use polars::prelude::DataFrame;
use rayon::prelude::*;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

/// A cell of a fact in a currency.
pub type NativeKey = (Fact, CellKey, Currency);

/// Amounts as they were given, in major units. A cell whose sum is too large to calculate with holds the reason.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Native {
    /// By cell, and within by what is finer.
    pub amounts: BTreeMap<NativeKey, Result<BTreeMap<FineKey, Decimal>, Undefined>>,
    told: Told,
}

/// What the budget lines of an initiative and a category, and of an initiative as a whole, say with one voice: capital or
/// operating, and the funding source. Lines that do not tell take it from there.
#[derive(Clone, Debug, Default, PartialEq)]
struct Told {
    expenditure: BTreeMap<(InitiativeId, Option<String>), Option<Expenditure>>,
    funding_source: BTreeMap<(InitiativeId, Option<String>), Option<Arc<str>>>,
}

impl Told {
    fn of(lines: &[PlanLine]) -> Self {
        let mut told = Self::default();
        for line in lines {
            for category in [None, Some(line.category.clone())] {
                let key = (line.initiative.clone(), category);
                agree(told.expenditure.entry(key.clone()), line.expenditure);
                agree(told.funding_source.entry(key), line.funding_source.as_deref().map(Arc::from));
            }
        }
        told
    }

    fn completed(&self, cell: &CellKey, fine: FineKey) -> FineKey {
        let Some(initiative) = &cell.initiative else { return fine };
        let (own, whole) = ((initiative.clone(), Some(cell.category.clone())), (initiative.clone(), None));
        let of_lines = |key| (self.expenditure.get(key).copied(), self.funding_source.get(key).cloned());
        let ((expenditure, source), (of_all, source_of_all)) = (of_lines(&own), of_lines(&whole));
        FineKey {
            expenditure: fine.expenditure.or_else(|| expenditure.unwrap_or(of_all?)),
            funding_source: fine.funding_source.or_else(|| source.unwrap_or(source_of_all?)),
            work: fine.work,
        }
    }
}

/// Keeps what all lines say; none once two differ.
fn agree<K: Ord, T: PartialEq>(slot: Entry<'_, K, Option<T>>, said: Option<T>) {
    match slot {
        Entry::Vacant(slot) => drop(slot.insert(said)),
        Entry::Occupied(mut slot) if *slot.get() != said => *slot.get_mut() = None,
        Entry::Occupied(_) => {}
    }
}

impl Native {
    fn add(&mut self, key: NativeKey, fine: FineKey, amount: Decimal) {
        let fine = self.told.completed(&key.1, fine);
        let slot = self.amounts.entry(key).or_insert_with(|| Ok(BTreeMap::new()));
        let Ok(parts) = slot else { return };
        let part = parts.entry(fine).or_default();
        match part.checked_add(amount) {
            Some(sum) => *part = sum,
            None => *slot = Err(Undefined::TooLarge),
        }
    }

    /// The sum of a cell.
    ///
    /// # Errors
    /// [`Undefined::TooLarge`].
    pub fn total(parts: &Result<BTreeMap<FineKey, Decimal>, Undefined>) -> Result<Decimal, Undefined> {
        let parts = parts.as_ref().map_err(|why| *why)?;
        parts.values().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(*part)).ok_or(Undefined::TooLarge)
    }
}

/// Gathers what the tables say.
#[must_use]
pub fn native(portfolio: &Portfolio, orders: &[OrderBalance]) -> Native {
    let mut native = Native { told: Told::of(&portfolio.budgets), ..Native::default() };
    for (fact, lines) in [(Fact::Original, &portfolio.budgets), (Fact::Forecast, &portfolio.forecast)] {
        for line in lines {
            native.add((fact, key_of(line), line.currency), fine_of(portfolio, line), line.amount);
        }
    }
    changes(portfolio, &mut native);
    ledger(portfolio, &mut native);
    listed_orders(portfolio, orders, &mut native);
    native
}

/// Orders that the Commitments table alone knows; what the ledger books stands among its lines.
fn listed_orders(portfolio: &Portfolio, orders: &[OrderBalance], native: &mut Native) {
    let now = portfolio.settings.fiscal.period_of(portfolio.settings.as_of.day());
    for order in orders.iter().filter(|order| order.in_ledger.is_none() && order.released.minor == 0 && order.open.minor != 0) {
        let cell = CellKey { initiative: order.initiative.clone(), category: order.category.clone(), period: now };
        let work = order.initiative.as_ref().zip(order.work.as_deref()).and_then(|(of, work)| work_package(portfolio, of, work));
        native.add((Fact::OnOrder, cell, order.currency), FineKey { work, ..FineKey::default() }, order.open.amount());
    }
}

fn key_of(line: &PlanLine) -> CellKey {
    CellKey { initiative: Some(line.initiative.clone()), category: line.category.clone(), period: line.period }
}

fn fine_of(portfolio: &Portfolio, line: &PlanLine) -> FineKey {
    FineKey {
        work: line.work.as_deref().and_then(|work| work_package(portfolio, &line.initiative, work)),
        expenditure: line.expenditure,
        funding_source: line.funding_source.as_deref().map(Arc::from),
    }
}

/// The work package of an activity id or WBS code: the first level of the code.
fn work_package(portfolio: &Portfolio, initiative: &InitiativeId, work: &str) -> Option<Arc<str>> {
    let key = crate::base::id::ActivityKey { initiative: initiative.clone(), id: crate::base::id::ActivityId::new(work) };
    let code = portfolio.activity_index.get(&key).map_or(work, |index| portfolio.activity(*index).wbs.as_str());
    code.split('.').next().map(str::trim).filter(|code| !code.is_empty()).map(Arc::from)
}

/// Approved changes up to the as-of date: what they take and what they give.
fn changes(portfolio: &Portfolio, native: &mut Native) {
    let as_of = portfolio.settings.as_of.day();
    let counts = |approved: Option<crate::base::day::Day>| approved.is_none_or(|day| day <= as_of);
    let approved = portfolio.budget_changes.iter().filter(|change| change.status == ChangeStatus::Approved);
    for change in approved.filter(|change| counts(change.approved_on)) {
        for (place, amount) in
            change.from.iter().map(|from| (from, -change.amount)).chain(change.to.iter().map(|to| (to, change.amount)))
        {
            let (cell, fine) = place_of(portfolio, place);
            native.add((Fact::Change, cell, change.currency), fine, amount);
        }
    }
}

fn place_of(portfolio: &Portfolio, place: &BudgetPlace) -> (CellKey, FineKey) {
    let cell = CellKey { initiative: Some(place.initiative.clone()), category: place.category.clone(), period: place.period };
    let fine = FineKey {
        work: place.work.as_deref().and_then(|work| work_package(portfolio, &place.initiative, work)),
        expenditure: place.expenditure,
        funding_source: place.funding_source.as_deref().map(Arc::from),
    };
    (cell, fine)
}

/// The texts of a column as small numbers: a ledger names the same few things a million times.
struct Texts<'t> {
    ids: Vec<u32>,
    names: Vec<Option<&'t str>>,
}

impl<'t> Texts<'t> {
    fn of(frame: &'t DataFrame, column: &str) -> Option<Self> {
        let texts = frame.column(column).ok()?.str().ok()?;
        let mut known: PlHashMap<Option<&str>, u32> = PlHashMap::default();
        let mut names = Vec::new();
        let mut ids = Vec::with_capacity(texts.len());
        for text in texts.iter() {
            let next = u32::try_from(names.len()).ok()?;
            ids.push(*known.entry(text).or_insert_with(|| {
                names.push(text);
                next
            }));
        }
        Some(Self { ids, names })
    }

    fn name(&self, id: u32) -> Option<&'t str> {
        self.names[id as usize]
    }
}

/// What lines of the ledger share: initiative, category, kind, currency, WBS (by number), period, capital or not.
type LineKey = ([u32; 5], i32, Option<bool>);

/// Sums of ledger lines.
fn ledger(portfolio: &Portfolio, native: &mut Native) {
    let frame = &portfolio.ledger.frame;
    let texts = ["initiative", "category", "kind", "currency", "wbs"].par_iter().map(|column| Texts::of(frame, column));
    let texts: Option<Vec<Texts<'_>>> = texts.collect();
    let Some([initiatives, categories, kinds, currencies, works]) = texts.as_deref() else { return };
    let Some(sums) = line_sums(frame, [initiatives, categories, kinds, currencies, works]) else { return };
    for (([initiative, category, kind, currency, work], period, capex), minor) in sums {
        let (Some(period), Some(kind)) = (Period::from_ordinal(period), kinds.name(kind).and_then(EntryKind::parse)) else {
            continue;
        };
        let Some(currency) = currencies.name(currency).and_then(Currency::parse) else { continue };
        let initiative = initiatives.name(initiative).map(InitiativeId::new);
        let work = initiative.as_ref().zip(works.name(work)).and_then(|(of, work)| work_package(portfolio, of, work));
        let expenditure = capex.map(|capex| if capex { Expenditure::Capex } else { Expenditure::Opex });
        let fine = FineKey { work, expenditure, funding_source: None };
        let category = categories.name(category).unwrap_or("").to_string();
        let cell = CellKey { initiative, category, period };
        for fact in facts_of(kind) {
            let key = (*fact, open_at(portfolio, *fact, &cell), currency);
            match Decimal::try_from_i128_with_scale(minor, currency.exponent()) {
                Ok(amount) => native.add(key, fine.clone(), amount),
                Err(_) => drop(native.amounts.insert(key, Err(Undefined::TooLarge))),
            }
        }
    }
}

/// Lines summed one after the other by one thread.
const LINES_AT_ONCE: usize = 64 * 1024;

/// Minor units by what lines share; none where the frame lacks a column.
fn line_sums(frame: &DataFrame, texts: [&Texts<'_>; 5]) -> Option<PlHashMap<LineKey, i128>> {
    let periods = frame.column("period").ok()?.i32().ok()?;
    let minors = frame.column("minor").ok()?.i64().ok()?;
    let capex = frame.column("capex").ok()?.bool().ok()?;
    let some = |chunk: usize| {
        let mut sums: PlHashMap<LineKey, i128> = PlHashMap::default();
        for row in chunk * LINES_AT_ONCE..((chunk + 1) * LINES_AT_ONCE).min(frame.height()) {
            let (Some(period), Some(minor)) = (periods.get(row), minors.get(row)) else { continue };
            *sums.entry((texts.map(|texts| texts.ids[row]), period, capex.get(row))).or_default() += i128::from(minor);
        }
        sums
    };
    let chunks = (0..frame.height().div_ceil(LINES_AT_ONCE)).into_par_iter().map(some);
    Some(chunks.reduce(PlHashMap::default, |mut sums, more| {
        more.into_iter().for_each(|(key, minor)| *sums.entry(key).or_default() += minor);
        sums
    }))
}

/// What is on order is a balance: it stands in the period of the as-of date.
fn open_at(portfolio: &Portfolio, fact: Fact, cell: &CellKey) -> CellKey {
    let now = portfolio.settings.fiscal.period_of(portfolio.settings.as_of.day());
    let period = if fact == Fact::OnOrder { now } else { cell.period };
    CellKey { period, ..cell.clone() }
}

const fn facts_of(kind: EntryKind) -> &'static [Fact] {
    match kind {
        EntryKind::Actual => &[Fact::Actual],
        EntryKind::Accrual | EntryKind::Reversal => &[Fact::Actual, Fact::Accrued],
        EntryKind::Commitment | EntryKind::CommitmentRelease => &[Fact::Commitment, Fact::OnOrder],
    }
}
