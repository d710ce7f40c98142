//! A second, plain way to sort and convert a ledger: whole numbers only, line by line, sharing no code with the program.

use super::draw::{AS_OF, CURRENCIES, Drawn, Line, month_of};
use std::collections::{BTreeMap, BTreeSet};

/// Where a line ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bucket {
    /// Not accepted into the table.
    Quarantined,
    /// Finer than the currency's smallest unit.
    HeldBack,
    Later,
    Assigned,
    Unassigned,
}

/// A cell: initiative (empty: none), category, month.
pub type Cell = (&'static str, &'static str, u32);

/// Lines, ten-thousandths of all, ten-thousandths by bucket.
pub type Total = (u64, i128, BTreeMap<Bucket, i128>);

/// What must come of a ledger.
#[derive(Debug, Default)]
pub struct Verdict {
    /// By line.
    pub buckets: Vec<Bucket>,
    /// Ten-thousandths by currency as the cell gives it (empty: blank): seen, accepted, quarantined.
    pub table: BTreeMap<&'static str, [i128; 3]>,
    /// Ten-thousandths by currency and kind: lines, read, then by bucket.
    pub totals: BTreeMap<(&'static str, &'static str), Total>,
    /// Smallest units of the reporting currency by fact and cell.
    pub cube: BTreeMap<(&'static str, Cell), i128>,
    /// Cells without a rate, by fact and currency.
    pub unconverted: BTreeSet<(&'static str, Cell, &'static str)>,
}

fn decimals(currency: &str) -> u32 {
    CURRENCIES.iter().find(|(code, _)| *code == currency).expect("known").1
}

fn is_finer(amount: i64, currency: &str) -> bool {
    amount % 10i64.pow(4 - decimals(currency)) != 0
}

/// The initiative of a line, and the category of its cost code.
fn home(drawn: &Drawn, line: &Line) -> (Option<&'static str>, Option<&'static str>) {
    let code = line.code.and_then(|code| drawn.codes.iter().find(|known| known.0 == code));
    let category = code.and_then(|code| code.2);
    let known = |id: &&str| drawn.initiatives.iter().any(|initiative| initiative.0 == *id);
    match line.initiative {
        Some(own) => (Some(own).filter(known), category),
        None => (code.map(|code| code.1), category),
    }
}

/// Judges every line.
pub fn judge(drawn: &Drawn) -> Verdict {
    let mut verdict = Verdict::default();
    let mut seen = BTreeSet::new();
    let mut sums: BTreeMap<(&'static str, Cell, &'static str), i128> = BTreeMap::new();
    for line in &drawn.lines {
        let own = line.currency.unwrap_or("");
        let amount = i128::from(line.amount.unwrap_or(0));
        let as_read = if own.is_empty() { "GBP" } else { own };
        let usable = line.amount.is_some_and(|amount| !is_finer(amount, as_read)) && seen.insert(line.entry.clone());
        let money = verdict.table.entry(own).or_default();
        money[0] += amount;
        money[if usable { 1 } else { 2 }] += amount;
        if !usable {
            verdict.buckets.push(Bucket::Quarantined);
            continue;
        }
        let (initiative, category) = home(drawn, line);
        let of_initiative = |id: &str| drawn.initiatives.iter().find(|known| known.0 == id).expect("known").1;
        let currency = line.currency.or(initiative.map(of_initiative)).unwrap_or("GBP");
        let bucket = match initiative {
            _ if is_finer(line.amount.expect("usable"), currency) => Bucket::HeldBack,
            _ if line.posted > AS_OF => Bucket::Later,
            Some(_) => Bucket::Assigned,
            None => Bucket::Unassigned,
        };
        verdict.buckets.push(bucket);
        let total = verdict.totals.entry((currency, line.kind)).or_default();
        total.0 += 1;
        total.1 += amount;
        *total.2.entry(bucket).or_default() += amount;
        if matches!(bucket, Bucket::Assigned | Bucket::Unassigned) {
            let cell = (initiative.unwrap_or(""), line.category.or(category).unwrap_or(""), month_of(line.posted));
            let facts: &[&str] = match line.kind {
                "actual" => &["actual"],
                "accrual" | "reversal" => &["actual", "accrued"],
                _ => &["commitment", "on order"],
            };
            for fact in facts {
                let cell = if *fact == "on order" { (cell.0, cell.1, month_of(AS_OF)) } else { cell };
                *sums.entry((*fact, cell, currency)).or_default() += amount;
            }
        }
    }
    for ((fact, cell, currency), ten_thousandths) in sums {
        match rate(drawn, fact, cell.2, currency) {
            Some(rate) => *verdict.cube.entry((fact, cell)).or_default() += pence(ten_thousandths, rate),
            None => drop(verdict.unconverted.insert((fact, cell, currency))),
        }
    }
    verdict
}

/// The rate to pounds in ten-thousandths: average for flows, closing for what is on order.
fn rate(drawn: &Drawn, fact: &str, month: u32, currency: &str) -> Option<i64> {
    if currency == "GBP" {
        return Some(10_000);
    }
    let kind = if fact == "on order" { "closing" } else { "average" };
    drawn.rates.iter().find(|rate| (rate.from, rate.kind, rate.month) == (currency, kind, month)).map(|rate| rate.worth)
}

/// Ten-thousandths times a rate in ten-thousandths, as pence, half away from zero.
fn pence(ten_thousandths: i128, rate: i64) -> i128 {
    let (exact, unit) = (ten_thousandths * i128::from(rate), 1_000_000i128);
    let half = if exact < 0 { -unit / 2 } else { unit / 2 };
    (exact + half) / unit
}
