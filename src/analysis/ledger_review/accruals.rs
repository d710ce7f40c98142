//! Accruals and what takes them back.
//!
//! A reversal belongs to an earlier accrual of the same initiative, category and currency. In this order: the same amount
//! and the same document, order or vendor; the same amount where one of the two names none of these; another amount and
//! the same document or order. Within each, an accrual of the period before comes first, then the oldest, then one of the
//! same period. An accrual below zero that nothing reverses may itself take back one above zero.

use super::lines::Lines;
use super::{AccrualPair, AccrualState, LedgerLineRef};
use crate::base::id::InitiativeId;
use crate::base::period::{FiscalCalendar, Period};
use crate::model::finance::EntryKind;
use crate::model::portfolio::Portfolio;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

/// What a line must have to be paired under a rule; none where the rule is not for it.
type Trait = for<'p> fn(&Lines<'p>, usize) -> Option<&'p str>;

/// Two lines are a pair where their traits are the same text.
#[derive(Clone, Copy)]
struct Rule {
    accrual: Trait,
    taker: Trait,
    /// True where the amounts must cancel out.
    same_amount: bool,
}

const fn both(of: Trait, same_amount: bool) -> Rule {
    Rule { accrual: of, taker: of, same_amount }
}

const BY_AMOUNT: [Rule; 5] = [
    both(document, true),
    both(order, true),
    both(vendor, true),
    Rule { accrual: anything, taker: nothing_named, same_amount: true },
    Rule { accrual: nothing_named, taker: anything, same_amount: true },
];

const WHATEVER_AMOUNT: [Rule; 2] = [both(document, false), both(order, false)];

fn document<'p>(lines: &Lines<'p>, line: usize) -> Option<&'p str> {
    lines.document(line)
}

fn order<'p>(lines: &Lines<'p>, line: usize) -> Option<&'p str> {
    lines.po(line)
}

fn vendor<'p>(lines: &Lines<'p>, line: usize) -> Option<&'p str> {
    lines.vendor(line)
}

#[expect(clippy::unnecessary_wraps, reason = "a trait that every line has")]
const fn anything<'p>(_: &Lines<'p>, _: usize) -> Option<&'p str> {
    Some("")
}

fn nothing_named<'p>(lines: &Lines<'p>, line: usize) -> Option<&'p str> {
    let named = lines.document(line).or_else(|| lines.po(line)).or_else(|| lines.vendor(line));
    if named.is_none() { Some("") } else { None }
}

/// A line, in the order in which lines are paired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate<'p> {
    period: i32,
    posted: i32,
    entry: &'p str,
    place: (u32, u32),
    /// Its row in the frame.
    line: usize,
}

/// Initiative, category, currency, the trait, and the amount where it must be the same.
type Key<'p> = (Option<&'p str>, &'p str, &'p str, &'p str, Option<i64>);

#[derive(Default)]
struct Bucket<'p> {
    accruals: Vec<Candidate<'p>>,
    takers: Vec<Candidate<'p>>,
}

struct Matcher<'a, 'p> {
    lines: &'a Lines<'p>,
    fiscal: FiscalCalendar,
    /// By accrual, what takes it back.
    pairs: HashMap<usize, usize>,
    /// Lines that take something back.
    takers: HashSet<usize>,
}

/// Every accrual and every reversal, in exactly one pair.
pub(super) fn accruals(portfolio: &Portfolio, lines: &Lines<'_>) -> Vec<AccrualPair> {
    let of_kind = |kind: EntryKind| (0..lines.len()).filter(move |line| lines.kind(*line) == kind).collect::<Vec<usize>>();
    let (accruals, reversals) = (of_kind(EntryKind::Accrual), of_kind(EntryKind::Reversal));
    let fiscal = portfolio.settings.fiscal;
    let mut matcher = Matcher { lines, fiscal, pairs: HashMap::new(), takers: HashSet::new() };
    for rule in BY_AMOUNT.iter().chain(&WHATEVER_AMOUNT) {
        matcher.run(*rule, &accruals, &reversals);
    }
    let (below, above): (Vec<usize>, Vec<usize>) = accruals.iter().partition(|line| lines.minor(**line) < 0);
    let unused: Vec<usize> = below.into_iter().filter(|line| !matcher.pairs.contains_key(line)).collect();
    for rule in &BY_AMOUNT {
        matcher.run(*rule, &above, &unused);
    }
    let mut found = pairs(portfolio, &matcher, &accruals, &reversals);
    let first = |pair: &AccrualPair| {
        let first = pair.accrual.as_ref().or(pair.reversal.as_ref());
        first.map(|line| (line.period, line.entry.clone(), line.origin.clone()))
    };
    found.sort_by_cached_key(first);
    add_invoices(lines, &mut found);
    found
}

impl<'p> Matcher<'_, 'p> {
    /// Pairs what is left of both sides under one rule. Buckets have no line in common, so their order makes no difference.
    fn run(&mut self, rule: Rule, accruals: &[usize], takers: &[usize]) {
        let mut buckets: HashMap<Key<'p>, Bucket<'p>> = HashMap::new();
        for line in accruals.iter().filter(|line| !self.pairs.contains_key(*line) && !self.takers.contains(*line)) {
            let Some(key) = self.key(*line, rule.accrual, rule.same_amount, 1) else { continue };
            buckets.entry(key).or_default().accruals.push(self.line(*line));
        }
        for line in takers.iter().filter(|line| !self.takers.contains(*line)) {
            let Some(key) = self.key(*line, rule.taker, rule.same_amount, -1) else { continue };
            let Some(bucket) = buckets.get_mut(&key) else { continue };
            bucket.takers.push(self.line(*line));
        }
        for bucket in buckets.into_values().filter(|bucket| !bucket.takers.is_empty()) {
            self.pair(bucket);
        }
    }

    fn key(&self, line: usize, of: Trait, same_amount: bool, sign: i64) -> Option<Key<'p>> {
        let amount = if same_amount { Some(self.lines.minor(line).checked_mul(sign)?) } else { None };
        let text = of(self.lines, line)?;
        let category = self.lines.category(line).unwrap_or_default();
        Some((self.lines.initiative(line), category, self.lines.currency(line).unwrap_or_default(), text, amount))
    }

    fn line(&self, line: usize) -> Candidate<'p> {
        Candidate {
            period: self.lines.period_ordinal(line),
            posted: self.lines.posted_days(line),
            entry: self.lines.entry(line).unwrap_or_default(),
            place: self.lines.place(line),
            line,
        }
    }

    fn pair(&mut self, mut bucket: Bucket<'p>) {
        bucket.accruals.sort_unstable();
        bucket.takers.sort_unstable();
        let mut open: BTreeMap<i32, VecDeque<Candidate<'p>>> = BTreeMap::new();
        for accrual in bucket.accruals {
            open.entry(accrual.period).or_default().push_back(accrual);
        }
        let fiscal = self.fiscal;
        let before = |taker: &Candidate<'p>, _: &BTreeMap<i32, VecDeque<Candidate<'p>>>| {
            Period::from_ordinal(taker.period).map(|period| fiscal.prev(period).ordinal())
        };
        let oldest = |taker: &Candidate<'p>, open: &BTreeMap<i32, VecDeque<Candidate<'p>>>| {
            open.range(..taker.period).next().map(|(period, _)| *period)
        };
        let same = |taker: &Candidate<'p>, open: &BTreeMap<i32, VecDeque<Candidate<'p>>>| {
            let first = open.get(&taker.period).and_then(VecDeque::front);
            first.filter(|accrual| accrual.posted <= taker.posted).map(|accrual| accrual.period)
        };
        let left = self.take(&mut open, bucket.takers, before);
        let left = self.take(&mut open, left, oldest);
        self.take(&mut open, left, same);
    }

    /// Gives each taker the first accrual of the period chosen; what finds none is given back.
    fn take(
        &mut self,
        open: &mut BTreeMap<i32, VecDeque<Candidate<'p>>>,
        takers: Vec<Candidate<'p>>,
        choose: impl Fn(&Candidate<'p>, &BTreeMap<i32, VecDeque<Candidate<'p>>>) -> Option<i32>,
    ) -> Vec<Candidate<'p>> {
        let mut left = Vec::new();
        for taker in takers {
            let found = choose(&taker, open).and_then(|period| {
                let accruals = open.get_mut(&period)?;
                let found = accruals.pop_front();
                if accruals.is_empty() {
                    open.remove(&period);
                }
                found
            });
            match found {
                Some(accrual) => {
                    self.pairs.insert(accrual.line, taker.line);
                    self.takers.insert(taker.line);
                }
                None => left.push(taker),
            }
        }
        left
    }
}

fn pairs(portfolio: &Portfolio, matcher: &Matcher<'_, '_>, accruals: &[usize], reversals: &[usize]) -> Vec<AccrualPair> {
    let mut found = Vec::new();
    for line in accruals.iter().filter(|line| !matcher.takers.contains(line)) {
        match matcher.pairs.get(line).and_then(|taker| pair(matcher.lines, *line, *taker)) {
            Some(pair) => found.push(pair),
            None => {
                found.extend(alone(portfolio, matcher.lines, *line));
                // Two amounts whose sum is beyond all bounds are told apart.
                found.extend(matcher.pairs.get(line).and_then(|taker| reversal_alone(matcher.lines, *taker)));
            }
        }
    }
    let unused = reversals.iter().filter(|line| !matcher.takers.contains(line));
    found.extend(unused.filter_map(|line| reversal_alone(matcher.lines, *line)));
    found
}

fn initiative(lines: &Lines<'_>, line: usize) -> Option<InitiativeId> {
    lines.initiative(line).map(InitiativeId::new)
}

fn pair(lines: &Lines<'_>, accrual: usize, taker: usize) -> Option<AccrualPair> {
    let (first, second) = (lines.reference(accrual)?, lines.reference(taker)?);
    let difference = first.amount.checked_add(second.amount).ok()?;
    let state = if difference.minor == 0 { AccrualState::Reversed } else { AccrualState::Differs };
    let initiative = initiative(lines, accrual);
    Some(AccrualPair { initiative, accrual: Some(first), reversal: Some(second), difference, state, invoice: None })
}

/// An accrual that nothing takes back: overdue from the day on which its next period is over.
fn alone(portfolio: &Portfolio, lines: &Lines<'_>, line: usize) -> Option<AccrualPair> {
    let accrual = lines.reference(line)?;
    let fiscal = portfolio.settings.fiscal;
    let over = fiscal.end(fiscal.next(accrual.period)) <= portfolio.settings.as_of.day();
    let state = if over { AccrualState::Overdue } else { AccrualState::Open };
    let difference = accrual.amount;
    let initiative = initiative(lines, line);
    Some(AccrualPair { initiative, accrual: Some(accrual), reversal: None, difference, state, invoice: None })
}

fn reversal_alone(lines: &Lines<'_>, line: usize) -> Option<AccrualPair> {
    let reversal = lines.reference(line)?;
    let (difference, initiative) = (reversal.amount, initiative(lines, line));
    let state = AccrualState::ReversalAlone;
    Some(AccrualPair { initiative, accrual: None, reversal: Some(reversal), difference, state, invoice: None })
}

/// What an invoice shares with the accrual that it may be for: initiative, vendor, currency, amount.
type InvoiceKey<'p> = (Option<&'p str>, &'p str, &'p str, i64);

/// Beside each overdue accrual, the first invoice of the same vendor and amount that came since; each invoice once.
fn add_invoices(lines: &Lines<'_>, found: &mut [AccrualPair]) {
    let key = |line: usize| -> Option<InvoiceKey<'_>> {
        Some((lines.initiative(line), lines.vendor(line)?, lines.currency(line)?, lines.minor(line)))
    };
    let mut wanted: HashMap<InvoiceKey<'_>, VecDeque<usize>> = HashMap::new();
    for (at, pair) in found.iter().enumerate().filter(|(_, pair)| pair.state == AccrualState::Overdue) {
        let Some(key) = pair.accrual.as_ref().and_then(|accrual| key(accrual.line)) else { continue };
        wanted.entry(key).or_default().push_back(at);
    }
    if wanted.is_empty() {
        return;
    }
    let is_wanted =
        |line: &usize| lines.kind(*line) == EntryKind::Actual && key(*line).is_some_and(|key| wanted.contains_key(&key));
    let mut invoices: Vec<LedgerLineRef> = (0..lines.len()).filter(is_wanted).filter_map(|line| lines.reference(line)).collect();
    invoices.sort_by(|a, b| super::in_order(a).cmp(&super::in_order(b)));
    for invoice in invoices {
        let Some(waiting) = key(invoice.line).and_then(|key| wanted.get_mut(&key)) else { continue };
        let came_since = |at: &usize| found[*at].accrual.as_ref().is_some_and(|accrual| accrual.posted <= invoice.posted);
        if let Some(at) = waiting.front().copied().filter(came_since) {
            waiting.pop_front();
            found[at].invoice = Some(invoice);
        }
    }
}
