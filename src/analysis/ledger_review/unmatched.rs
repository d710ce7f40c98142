//! Lines of no initiative, and where they may belong: by their order, their document, a cost code or an initiative written
//! nearly the same, and the initiative that their vendor usually works for. Proposed, never used.

use super::lines::Lines;
use super::{Proposal, Unmatched, in_order};
use crate::base::id::InitiativeId;
use crate::base::lookalike::{Nearness, nearest};
use crate::base::money::Currency;
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Strengths of a proposal.
const WEAK: u8 = 1;
const FAIR: u8 = 2;
const STRONG: u8 = 3;

/// The fewest lines of a vendor from which a habit is read, and the share of them that makes it one: three in four.
const FEWEST_OF_VENDOR: u64 = 3;

/// The most comparisons of a mistyped code with a known one; with more, look-alikes are not searched for.
const MOST_COMPARISONS: usize = 4_000_000;

/// What the lines of initiatives say about orders, documents and vendors that lines of none name.
#[derive(Default)]
struct Habits<'p> {
    /// Initiatives of an order, from the Commitments table and the ledger.
    orders: HashMap<&'p str, BTreeSet<&'p str>>,
    documents: HashMap<(Option<&'p str>, &'p str), BTreeSet<&'p str>>,
    /// Lines of a vendor by initiative.
    vendors: HashMap<&'p str, BTreeMap<&'p str, u64>>,
}

/// Each line of no initiative, by day of posting and entry.
pub(super) fn unmatched(portfolio: &Portfolio, lines: &Lines<'_>) -> Vec<Unmatched> {
    within(portfolio, lines, MOST_COMPARISONS)
}

/// The same, with at most so many comparisons of codes.
pub(super) fn within(portfolio: &Portfolio, lines: &Lines<'_>, most: usize) -> Vec<Unmatched> {
    let unassigned: Vec<usize> = (0..lines.len()).filter(|line| lines.initiative(*line).is_none()).collect();
    if unassigned.is_empty() {
        return Vec::new();
    }
    let habits = habits(portfolio, lines, &unassigned);
    let alike = look_alikes(portfolio, lines, &unassigned, most);
    let text = |text: Option<&str>| text.map(String::from);
    let one = |line: &usize| {
        Some(Unmatched {
            line: lines.reference(*line)?,
            cost_code: text(lines.cost_code(*line)),
            named: text(lines.unknown_initiative(*line)),
            vendor: text(lines.vendor(*line)),
            po: text(lines.po(*line)),
            proposals: proposals(lines, *line, &habits, &alike),
        })
    };
    let mut found: Vec<Unmatched> = unassigned.iter().filter_map(one).collect();
    found.sort_by(|a, b| in_order(&a.line).cmp(&in_order(&b.line)));
    found
}

/// The actual cost of the lines of no initiative, by currency. It cannot overflow: a frame has fewer than 2^32 lines.
pub(super) fn total(lines: &Lines<'_>) -> BTreeMap<Currency, Decimal> {
    let mut sums: BTreeMap<&str, i128> = BTreeMap::new();
    for line in (0..lines.len()).filter(|line| lines.initiative(*line).is_none() && lines.kind(*line).is_cost()) {
        *sums.entry(lines.currency(line).unwrap_or_default()).or_default() += i128::from(lines.minor(line));
    }
    let amount = |(code, minor): (&str, i128)| {
        let currency = Currency::parse(code)?;
        Some((currency, Decimal::try_from_i128_with_scale(minor, currency.exponent()).ok()?))
    };
    sums.into_iter().filter_map(amount).collect()
}

/// Reads the habits in one pass, of what the unassigned lines name alone.
fn habits<'p>(portfolio: &'p Portfolio, lines: &Lines<'p>, unassigned: &[usize]) -> Habits<'p> {
    let mut habits = Habits::default();
    for line in unassigned {
        if let Some(po) = lines.po(*line) {
            habits.orders.entry(po).or_default();
        }
        if let Some(document) = lines.document(*line) {
            habits.documents.entry((lines.vendor(*line), document)).or_default();
        }
        if let Some(vendor) = lines.vendor(*line) {
            habits.vendors.entry(vendor).or_default();
        }
    }
    for order in &portfolio.commitments {
        if let Some(known) = habits.orders.get_mut(order.po.as_str()) {
            known.insert(order.initiative.as_str());
        }
    }
    for line in 0..lines.len() {
        let Some(initiative) = lines.initiative(line) else { continue };
        if let Some(known) = lines.po(line).and_then(|po| habits.orders.get_mut(po)) {
            known.insert(initiative);
        }
        let document = lines.document(line).map(|document| (lines.vendor(line), document));
        if let Some(known) = document.and_then(|document| habits.documents.get_mut(&document)) {
            known.insert(initiative);
        }
        if let Some(known) = lines.vendor(line).and_then(|vendor| habits.vendors.get_mut(vendor)) {
            *known.entry(initiative).or_default() += 1;
        }
    }
    habits
}

/// By mistyped code or initiative: the initiatives that those written nearly the same lead to, and why.
type Alike<'p> = HashMap<&'p str, Vec<(&'p str, String, u8)>>;

fn look_alikes<'p>(portfolio: &'p Portfolio, lines: &Lines<'p>, unassigned: &[usize], most: usize) -> Alike<'p> {
    let codes: BTreeSet<&str> = unassigned.iter().filter_map(|line| lines.cost_code(*line)).collect();
    let named: BTreeSet<&str> = unassigned.iter().filter_map(|line| lines.unknown_initiative(*line)).collect();
    let comparisons = codes.len() * portfolio.cost_codes.len() + named.len() * portfolio.initiatives.len();
    if comparisons > most {
        return Alike::new();
    }
    let mut alike = Alike::new();
    for code in codes {
        let known = nearest(code, portfolio.cost_codes.iter().map(|known| known.code.as_str()));
        let leads = |text: &str| portfolio.cost_codes.iter().find(|known| known.code.as_str() == text);
        let found = known.into_iter().filter_map(|(text, near)| {
            let (why, strength) = likeness(code, text, near);
            Some((leads(text)?.initiative.as_str(), format!("{why}, a cost code of {}", leads(text)?.initiative), strength))
        });
        alike.entry(code).or_default().extend(found);
    }
    for name in named {
        let known = nearest(name, portfolio.initiatives.iter().map(|known| known.id.as_str()));
        let found = known.into_iter().map(|(text, near)| {
            let (why, strength) = likeness(name, text, near);
            (text, why, strength)
        });
        alike.entry(name).or_default().extend(found);
    }
    alike
}

fn likeness(text: &str, known: &str, near: Nearness) -> (String, u8) {
    match near {
        Nearness::Looks => (format!("{text} looks like {known}"), STRONG),
        Nearness::Swap => (format!("{text} is one swap from {known}"), FAIR),
        Nearness::Letter => (format!("{text} is one letter from {known}"), WEAK),
    }
}

fn proposals<'p>(lines: &Lines<'p>, line: usize, habits: &Habits<'p>, alike: &Alike<'p>) -> Vec<Proposal> {
    let mut reasons: Vec<(&str, String, u8)> = Vec::new();
    if let Some(po) = lines.po(line) {
        let known = habits.orders.get(po).into_iter().flatten();
        let strength = if habits.orders.get(po).is_some_and(|known| known.len() == 1) { STRONG } else { WEAK };
        reasons.extend(known.map(|initiative| (*initiative, format!("{po} is {initiative}'s"), strength)));
    }
    if let Some(document) = lines.document(line) {
        // A document of several initiatives, such as a time sheet, says nothing of one more line.
        let known = habits.documents.get(&(lines.vendor(line), document)).filter(|known| known.len() == 1);
        let strength = if lines.vendor(line).is_some() { STRONG } else { WEAK };
        let why = |initiative: &&str| format!("other lines of {document} are {initiative}'s");
        reasons.extend(known.into_iter().flatten().map(|initiative| (*initiative, why(initiative), strength)));
    }
    for text in [lines.cost_code(line), lines.unknown_initiative(line)].into_iter().flatten() {
        reasons.extend(alike.get(text).into_iter().flatten().cloned());
    }
    reasons.extend(lines.vendor(line).and_then(|vendor| usual(vendor, habits.vendors.get(vendor)?)));
    ranked(reasons)
}

/// The initiative of at least three in four lines of a vendor.
fn usual<'p>(vendor: &str, lines: &BTreeMap<&'p str, u64>) -> Option<(&'p str, String, u8)> {
    let all: u64 = lines.values().sum();
    let (initiative, most) = lines.iter().max_by_key(|(initiative, count)| (**count, std::cmp::Reverse(**initiative)))?;
    let usual = all >= FEWEST_OF_VENDOR && most * 4 >= all * 3;
    let strength = if most == &all { FAIR } else { WEAK };
    usual.then(|| (*initiative, format!("{most} of {all} lines of {vendor} are {initiative}'s"), strength))
}

/// One proposal an initiative, with all its reasons; the strongest first, then the one with more reasons.
fn ranked(reasons: Vec<(&str, String, u8)>) -> Vec<Proposal> {
    let mut by_initiative: BTreeMap<&str, Vec<(u8, String)>> = BTreeMap::new();
    for (initiative, why, strength) in reasons {
        by_initiative.entry(initiative).or_default().push((strength, why));
    }
    let mut found: Vec<(usize, Proposal)> = by_initiative
        .into_iter()
        .map(|(initiative, mut reasons)| {
            reasons.sort_by_key(|(strength, _)| std::cmp::Reverse(*strength));
            reasons.dedup_by(|a, b| a.1 == b.1);
            let strength = reasons.first().map_or(WEAK, |(strength, _)| *strength);
            let why: Vec<&str> = reasons.iter().map(|(_, why)| why.as_str()).collect();
            (reasons.len(), Proposal { initiative: InitiativeId::new(initiative), why: why.join("; "), strength })
        })
        .collect();
    found.sort_by(|(many, a), (other, b)| (b.strength, other, &a.initiative).cmp(&(a.strength, many, &b.initiative)));
    found.into_iter().map(|(_, proposal)| proposal).collect()
}
