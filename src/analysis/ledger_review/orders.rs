//! Orders: what was ordered, by the Commitments table and by the ledger, and what came of it.
//!
//! Where the ledger books orders, it decides what is still on order; the table is held against it. An order that the table
//! alone knows is taken apart by initiative. Lines with the number
//! of an order that neither the table nor a commitment line knows are no order here.

use super::lines::Lines;
use super::{LedgerLineRef, OrderBalance, OrderIssue, OrderState, in_order};
use crate::base::day::Day;
use crate::base::id::InitiativeId;
use crate::base::money::{Currency, Money};
use crate::base::origin::Origin;
use crate::model::budget_control::{Commitment, CommitmentStatus};
use crate::model::finance::EntryKind;
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The orders, and those whose sums are beyond all bounds.
pub(super) struct Orders {
    pub balances: Vec<OrderBalance>,
    pub too_large: Vec<(String, Currency, Option<Origin>)>,
}

/// Ledger lines of one order in one currency.
#[derive(Clone, Default)]
struct OfLedger<'p> {
    commitments: Vec<usize>,
    releases: Vec<usize>,
    actuals: Vec<usize>,
    initiatives: BTreeSet<&'p str>,
    categories: BTreeSet<&'p str>,
    works: BTreeSet<&'p str>,
    vendors: BTreeSet<&'p str>,
    /// The first line of each initiative.
    firsts: BTreeMap<&'p str, usize>,
}

/// Rows of the Commitments table of one order in one currency.
type OfTable<'p> = Vec<&'p Commitment>;

type OrderKey<'p> = (&'p str, &'p str);

/// Every order, by number, then currency.
pub(super) fn orders(portfolio: &Portfolio, lines: &Lines<'_>) -> Orders {
    let mut table: BTreeMap<OrderKey<'_>, OfTable<'_>> = BTreeMap::new();
    for order in &portfolio.commitments {
        table.entry((&order.po, order.currency.code())).or_default().push(order);
    }
    let mut ledger = of_ledger(lines);
    ledger.retain(|key, of| !of.commitments.is_empty() || !of.releases.is_empty() || table.contains_key(key));
    let mut currencies: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (po, currency) in table.keys().chain(ledger.keys()) {
        currencies.entry(po).or_default().insert(currency);
    }
    let books = Books {
        portfolio,
        lines,
        table_given: portfolio.has_table("Commitments"),
        ledger_books_orders: ledger.values().any(|of| !of.commitments.is_empty()),
    };
    let keys: BTreeSet<OrderKey<'_>> = table.keys().chain(ledger.keys()).copied().collect();
    let mut orders = Orders { balances: Vec::new(), too_large: Vec::new() };
    let (nothing, no_rows) = (OfLedger::default(), Vec::new());
    for key in keys {
        let (of_table, of_ledger) = (table.get(&key).unwrap_or(&no_rows), ledger.get(&key).unwrap_or(&nothing));
        let Some(currency) = Currency::parse(key.1) else { continue };
        let several = currencies.get(key.0).is_some_and(|all| all.len() > 1);
        for (of_table, of_ledger) in books.parts(of_table, of_ledger) {
            match books.balance(key.0, currency, &of_table, &of_ledger, several) {
                Some(balance) => orders.balances.push(balance),
                None => orders.too_large.push((key.0.to_string(), currency, books.origin(&of_table, &of_ledger))),
            }
        }
    }
    orders
}

fn of_ledger<'p>(lines: &Lines<'p>) -> HashMap<OrderKey<'p>, OfLedger<'p>> {
    let mut ledger: HashMap<OrderKey<'p>, OfLedger<'p>> = HashMap::new();
    for line in 0..lines.len() {
        let (Some(po), Some(currency)) = (lines.po(line), lines.currency(line)) else { continue };
        let of = ledger.entry((po, currency)).or_default();
        match lines.kind(line) {
            EntryKind::Commitment => of.commitments.push(line),
            EntryKind::CommitmentRelease => of.releases.push(line),
            EntryKind::Actual => of.actuals.push(line),
            EntryKind::Accrual | EntryKind::Reversal => {}
        }
        if let Some(initiative) = lines.initiative(line) {
            of.initiatives.insert(initiative);
            of.firsts.entry(initiative).or_insert(line);
        }
        of.categories.extend(lines.category(line).filter(|category| !category.is_empty()));
        of.works.extend(lines.wbs(line));
        of.vendors.extend(lines.vendor(line));
    }
    ledger
}

/// The only one of several texts.
fn only<'t>(mut texts: impl Iterator<Item = &'t str>) -> Option<&'t str> {
    let first = texts.next()?;
    texts.all(|text| text == first).then_some(first)
}

/// Sums of one order, in minor units.
struct Sums {
    in_table: Option<i128>,
    /// What the table still expects: its rows that are not cancelled.
    live: i128,
    closed: bool,
    in_ledger: Option<i128>,
    released: i128,
    invoiced: i128,
}

struct Books<'a, 'p> {
    portfolio: &'a Portfolio,
    lines: &'a Lines<'p>,
    table_given: bool,
    ledger_books_orders: bool,
}

impl<'p> Books<'_, 'p> {
    /// An order that the ledger does not book, one part an initiative of the table, each with its invoices; those of no
    /// initiative of the table are with the first part. Any other order is one.
    fn parts<'t>(&self, table: &OfTable<'t>, ledger: &OfLedger<'p>) -> Vec<(OfTable<'t>, OfLedger<'p>)> {
        let initiatives: BTreeSet<&str> = table.iter().map(|row| row.initiative.as_str()).collect();
        let booked = !ledger.commitments.is_empty() || !ledger.releases.is_empty();
        if booked || initiatives.len() < 2 {
            return vec![(table.clone(), ledger.clone())];
        }
        let part = |(at, of): (usize, &&str)| {
            let mine = |initiative: Option<&str>| match initiative.filter(|initiative| initiatives.contains(initiative)) {
                Some(initiative) => initiative == *of,
                None => at == 0,
            };
            let mut part = ledger.clone();
            part.actuals.retain(|line| mine(self.lines.initiative(*line)));
            part.initiatives.retain(|initiative| mine(Some(initiative)));
            part.firsts.retain(|initiative, _| mine(Some(initiative)));
            (table.iter().copied().filter(|row| row.initiative.as_str() == *of).collect(), part)
        };
        initiatives.iter().enumerate().map(part).collect()
    }

    fn origin(&self, table: &OfTable<'_>, ledger: &OfLedger<'_>) -> Option<Origin> {
        let lines = ledger.commitments.iter().chain(&ledger.releases).chain(&ledger.actuals);
        let first = lines.filter_map(|line| self.lines.reference(*line)).min_by(|a, b| in_order(a).cmp(&in_order(b)));
        table.first().map(|row| row.origin.clone()).or(first.map(|line| line.origin))
    }

    fn sum(&self, lines: &[usize]) -> i128 {
        lines.iter().map(|line| i128::from(self.lines.minor(*line))).sum()
    }

    /// The sums; none where the table's amount is beyond all bounds.
    fn sums(&self, currency: Currency, table: &OfTable<'_>, ledger: &OfLedger<'_>) -> Option<Sums> {
        let minor = |counts: fn(&Commitment) -> bool| {
            let mut rows = table.iter().filter(|row| counts(row));
            let sum = rows.try_fold(Decimal::ZERO, |sum, row| sum.checked_add(row.amount))?;
            Money::rounded(sum, currency).ok().map(|money| i128::from(money.minor))
        };
        let over = |row: &&Commitment| matches!(row.status, CommitmentStatus::Closed | CommitmentStatus::Cancelled);
        Some(Sums {
            in_table: if table.is_empty() { None } else { Some(minor(|_| true)?) },
            live: minor(|row| row.status != CommitmentStatus::Cancelled)?,
            closed: !table.is_empty() && table.iter().all(over),
            in_ledger: (!ledger.commitments.is_empty()).then(|| self.sum(&ledger.commitments)),
            released: -self.sum(&ledger.releases),
            invoiced: self.sum(&ledger.actuals),
        })
    }

    /// The balance of an order; none where a sum does not fit into 64 bits of minor units.
    fn balance(
        &self,
        po: &str,
        currency: Currency,
        table: &OfTable<'_>,
        ledger: &OfLedger<'_>,
        several_currencies: bool,
    ) -> Option<OrderBalance> {
        let sums = self.sums(currency, table, ledger)?;
        let money = |minor: i128| i64::try_from(minor).ok().map(|minor| Money::new(minor, currency));
        let booked = sums.in_ledger.is_some() || !ledger.releases.is_empty();
        let open = match (booked, sums.closed) {
            (true, _) => sums.in_ledger.unwrap_or(0) - sums.released,
            (false, true) => 0,
            (false, false) => (sums.live - sums.invoiced).max(0),
        };
        let delivery = table.iter().filter_map(|row| row.delivery).max();
        let mut issues = self.issues(&sums, open, delivery, several_currencies);
        let strangers = strangers(table, ledger);
        if !strangers.is_empty() {
            issues.push(OrderIssue::OtherInitiative);
        }
        if differs(&ledger.vendors, table.iter().filter_map(|row| row.vendor.as_deref())) {
            issues.push(OrderIssue::OtherVendor);
        }
        if differs(&ledger.categories, table.iter().map(|row| row.category.as_str()).filter(|text| !text.is_empty())) {
            issues.push(OrderIssue::OtherCategory);
        }
        issues.sort_unstable();
        let initiatives = table.iter().map(|row| row.initiative.as_str());
        let in_ledger = ledger.initiatives.iter().copied();
        let initiative = if table.is_empty() { only(in_ledger) } else { only(initiatives) };
        let told = |of_table: &dyn Fn(&Commitment) -> Option<String>, of_ledger: &BTreeSet<&str>| {
            let rows: BTreeSet<String> = table.iter().filter_map(|row| of_table(row)).filter(|text| !text.is_empty()).collect();
            if rows.is_empty() {
                only(of_ledger.iter().copied()).map(String::from)
            } else {
                only(rows.iter().map(String::as_str)).map(String::from)
            }
        };
        Some(OrderBalance {
            po: po.to_string(),
            vendor: told(&|row| row.vendor.clone(), &ledger.vendors),
            initiative: initiative.map(InitiativeId::new),
            category: told(&|row| Some(row.category.clone()), &ledger.categories).unwrap_or_default(),
            work: told(&|row| row.work.clone(), &ledger.works),
            currency,
            in_table: sums.in_table.map(|minor| money(minor).ok_or(())).transpose().ok()?,
            in_ledger: sums.in_ledger.map(|minor| money(minor).ok_or(())).transpose().ok()?,
            released: money(sums.released)?,
            invoiced: money(sums.invoiced)?,
            open: money(open)?,
            state: state(&sums, open),
            suspect: self.suspect(&issues, ledger, &strangers),
            issues,
            delivery,
            origin: self.origin(table, ledger)?,
        })
    }

    fn issues(&self, sums: &Sums, open: i128, delivery: Option<Day>, several_currencies: bool) -> Vec<OrderIssue> {
        let ordered = sums.in_ledger.unwrap_or(sums.live);
        let lone = sums.in_table.is_some() != sums.in_ledger.is_some();
        let late = delivery.is_some_and(|day| day < self.portfolio.settings.as_of.day());
        [
            (sums.released > sums.in_ledger.unwrap_or(0) && sums.released > 0, OrderIssue::ReleasedBeyondOrder),
            (sums.invoiced > ordered && ordered >= 0, OrderIssue::InvoicedBeyondOrder),
            (
                sums.in_ledger.is_some_and(|in_ledger| sums.invoiced.min(in_ledger) > sums.released),
                OrderIssue::InvoicedWithoutRelease,
            ),
            (sums.in_table.zip(sums.in_ledger).is_some_and(|(table, ledger)| table != ledger), OrderIssue::TableDiffers),
            (several_currencies && lone, OrderIssue::CurrencyDiffers),
            (sums.closed && open > 0, OrderIssue::ClosedWithBalance),
            (!sums.closed && open > 0 && late, OrderIssue::PastDelivery),
            (self.table_given && sums.in_table.is_none() && !several_currencies, OrderIssue::NotInTable),
            (
                self.ledger_books_orders && sums.in_ledger.is_none() && !sums.closed && !several_currencies,
                OrderIssue::NotInLedger,
            ),
        ]
        .into_iter()
        .filter_map(|(holds, issue)| holds.then_some(issue))
        .collect()
    }

    /// The line to look at first: of too much released, the last release that no invoice equals, else the one that passes
    /// the order; of too little, the last invoice that no release equals; else the first line of another initiative.
    fn suspect(&self, issues: &[OrderIssue], ledger: &OfLedger<'_>, strangers: &[usize]) -> Option<LedgerLineRef> {
        let has = |issue: OrderIssue| issues.contains(&issue);
        let line = if has(OrderIssue::ReleasedBeyondOrder) {
            self.odd_one(&ledger.releases, &ledger.actuals).or_else(|| self.passing(ledger))
        } else if has(OrderIssue::InvoicedWithoutRelease) {
            self.odd_one(&ledger.actuals, &ledger.releases)
        } else {
            strangers.first().copied()
        };
        line.and_then(|line| self.lines.reference(line))
    }

    fn by_day(&self, lines: &[usize]) -> Vec<usize> {
        let key = |line: &usize| (self.lines.posted_days(*line), self.lines.entry(*line), self.lines.place(*line));
        let mut lines = lines.to_vec();
        lines.sort_by_key(key);
        lines
    }

    /// The last of some lines for which there is no line of the same size among the others.
    fn odd_one(&self, some: &[usize], others: &[usize]) -> Option<usize> {
        let mut sizes: HashMap<u64, usize> = HashMap::new();
        for line in others {
            *sizes.entry(self.lines.minor(*line).unsigned_abs()).or_default() += 1;
        }
        let odd = |line: &usize| match sizes.get_mut(&self.lines.minor(*line).unsigned_abs()) {
            Some(left) if *left > 0 => {
                *left -= 1;
                false
            }
            _ => true,
        };
        self.by_day(some).into_iter().filter(odd).last()
    }

    /// The release with which more is released than was ordered.
    fn passing(&self, ledger: &OfLedger<'_>) -> Option<usize> {
        let mut left = self.sum(&ledger.commitments);
        self.by_day(&ledger.releases).into_iter().find(|line| {
            left += i128::from(self.lines.minor(*line));
            left < 0
        })
    }
}

fn state(sums: &Sums, open: i128) -> OrderState {
    let used = if sums.in_ledger.is_some() { sums.released } else { sums.invoiced };
    match open.cmp(&0) {
        std::cmp::Ordering::Less => OrderState::Overdrawn,
        std::cmp::Ordering::Equal => OrderState::Settled,
        std::cmp::Ordering::Greater if used == 0 => OrderState::Open,
        std::cmp::Ordering::Greater => OrderState::PartlyReleased,
    }
}

/// True where the ledger says something that the table does not, capitals and spaces aside; false where the table says
/// nothing.
fn differs<'t>(of_ledger: &BTreeSet<&str>, of_table: impl Iterator<Item = &'t str>) -> bool {
    let words = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<String>>();
    let known: BTreeSet<Vec<String>> = of_table.map(words).collect();
    !known.is_empty() && of_ledger.iter().any(|text| !known.contains(&words(text)))
}

/// First lines of initiatives that the table does not name for the order.
fn strangers(table: &OfTable<'_>, ledger: &OfLedger<'_>) -> Vec<usize> {
    if table.is_empty() {
        return Vec::new();
    }
    let known: BTreeSet<&str> = table.iter().map(|row| row.initiative.as_str()).collect();
    let strange = ledger.firsts.iter().filter(|(initiative, _)| !known.contains(**initiative));
    strange.map(|(_, line)| *line).collect()
}
