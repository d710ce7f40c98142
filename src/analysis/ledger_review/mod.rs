//! The lines of the ledger held against one another: accruals and their reversals, orders and what came of them, invoices
//! booked twice, late items, and lines of no initiative with proposals where they belong.
//!
//! Promises: every accrual and every reversal is in exactly one pair; the open balance of an order of the ledger is its
//! commitment lines and its releases, to the minor unit; the result does not depend on the order of the lines. A proposal
//! is only ever shown, never used. Works on whole columns in sorted order, without comparing every line with every other.
//! Changes no figure of the cost position.

mod accruals;
mod duplicates;
mod findings;
mod lines;
mod orders;
#[cfg(test)]
mod tests;
mod unmatched;

use crate::base::day::Day;
use crate::base::finding::Findings;
use crate::base::id::InitiativeId;
use crate::base::money::{Currency, Money};
use crate::base::origin::Origin;
use crate::base::period::Period;
use crate::model::portfolio::Portfolio;
use lines::Lines;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What the review of the ledger found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LedgerReview {
    /// Accruals with their reversals, by period of the accrual (of the reversal, where it stands alone), then entry.
    pub accruals: Vec<AccrualPair>,
    /// Orders, by number, then currency; one that the Commitments table alone knows has one balance an initiative.
    pub orders: Vec<OrderBalance>,
    /// Lines that look like one line booked several times, by day and entry; each group has two lines or more.
    pub duplicates: Vec<Vec<LedgerLineRef>>,
    /// Lines that were entered after their period had closed, by day of posting and entry.
    pub late: Vec<LateItem>,
    /// Lines of no initiative, by day of posting and entry.
    pub unmatched: Vec<Unmatched>,
    /// Their actual cost (actuals, accruals and reversals) by currency, in major units.
    pub unmatched_total: BTreeMap<Currency, Decimal>,
}

/// A line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerLineRef {
    /// Its row in the ledger's frame.
    pub line: usize,
    /// Its entry id.
    pub entry: String,
    /// The day of the booking.
    pub posted: Day,
    /// The period in which it counts.
    pub period: Period,
    /// Its amount.
    pub amount: Money,
    /// Where the record is.
    pub origin: Origin,
}

/// An accrual and its reversal, or one of them alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccrualPair {
    /// The initiative; none for lines of no initiative.
    pub initiative: Option<InitiativeId>,
    /// The accrual; none for a reversal that stands alone.
    pub accrual: Option<LedgerLineRef>,
    /// What takes it back; none where nothing does.
    pub reversal: Option<LedgerLineRef>,
    /// What is left: the accrual and the reversal added up. Zero where one takes the other back.
    pub difference: Money,
    /// How they stand.
    pub state: AccrualState,
    /// The entry of an invoice of the same vendor and amount that came since, where nothing reverses the accrual.
    pub invoice: Option<LedgerLineRef>,
}

/// How an accrual stands on the as-of date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccrualState {
    /// Taken back in full.
    Reversed,
    /// Not taken back, and its next period is not over.
    Open,
    /// Not taken back, and its next period is over.
    Overdue,
    /// A reversal without an accrual.
    ReversalAlone,
    /// Taken back with another amount.
    Differs,
}

impl AccrualState {
    /// All, in the order of reports.
    pub const ALL: [Self; 5] = [Self::Reversed, Self::Open, Self::Overdue, Self::ReversalAlone, Self::Differs];

    /// What a reader calls it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Reversed => "reversed",
            Self::Open => "open",
            Self::Overdue => "overdue",
            Self::ReversalAlone => "reversal alone",
            Self::Differs => "amounts differ",
        }
    }
}

/// What became of an order, in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderBalance {
    /// Number of the purchase order.
    pub po: String,
    /// Vendor, where one is told and no other.
    pub vendor: Option<String>,
    /// Initiative, where it is for one alone.
    pub initiative: Option<InitiativeId>,
    /// Category, where it is of one alone; else empty.
    pub category: String,
    /// Activity or WBS text, where it is for one alone.
    pub work: Option<String>,
    /// Currency.
    pub currency: Currency,
    /// What the Commitments table says was ordered; none where it does not list the order.
    pub in_table: Option<Money>,
    /// The commitment lines of the ledger; none where there are none.
    pub in_ledger: Option<Money>,
    /// What release lines of the ledger take off; above zero where they do.
    pub released: Money,
    /// Actual lines of the ledger that name the order.
    pub invoiced: Money,
    /// What is still on order: commitment lines less releases; of an order that only the table knows, what was ordered less
    /// what was invoiced, and nothing once it is closed or cancelled.
    pub open: Money,
    /// How it stands.
    pub state: OrderState,
    /// What is wrong with it, worst first; empty where nothing is.
    pub issues: Vec<OrderIssue>,
    /// Day by which all was to be delivered: the last of its rows.
    pub delivery: Option<Day>,
    /// Its row in Commitments, else its first line in the ledger.
    pub origin: Origin,
    /// The line to look at first, where the ledger is at fault.
    pub suspect: Option<LedgerLineRef>,
}

/// How an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OrderState {
    /// All of it is still on order.
    Open,
    /// Part of it is.
    PartlyReleased,
    /// None of it is.
    Settled,
    /// More was taken off than was ordered.
    Overdrawn,
}

impl OrderState {
    /// What a reader calls it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::PartlyReleased => "partly released",
            Self::Settled => "settled",
            Self::Overdrawn => "overdrawn",
        }
    }
}

/// What can be wrong with an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OrderIssue {
    /// Released more than was ordered.
    ReleasedBeyondOrder,
    /// Invoiced more than was ordered.
    InvoicedBeyondOrder,
    /// Invoiced, and not released by as much.
    InvoicedWithoutRelease,
    /// The table and the ledger say different amounts.
    TableDiffers,
    /// The table and the ledger say different currencies.
    CurrencyDiffers,
    /// Lines of a vendor that the table does not name for it.
    OtherVendor,
    /// Lines of a category that the table does not name for it.
    OtherCategory,
    /// Lines of an initiative that the table does not name for it.
    OtherInitiative,
    /// Closed or cancelled, and the ledger still holds a balance.
    ClosedWithBalance,
    /// Past its delivery date, and not all delivered.
    PastDelivery,
    /// In the ledger and not in the table.
    NotInTable,
    /// In the table and not in the ledger.
    NotInLedger,
}

impl OrderIssue {
    /// What a reader calls it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::ReleasedBeyondOrder => "released more than ordered",
            Self::InvoicedBeyondOrder => "invoiced more than ordered",
            Self::InvoicedWithoutRelease => "invoiced without release",
            Self::TableDiffers => "Commitments and ledger differ",
            Self::CurrencyDiffers => "two currencies",
            Self::OtherVendor => "lines of another vendor",
            Self::OtherCategory => "lines of another category",
            Self::OtherInitiative => "lines of another initiative",
            Self::ClosedWithBalance => "closed with a balance",
            Self::PastDelivery => "past its delivery date",
            Self::NotInTable => "not in Commitments",
            Self::NotInLedger => "no commitment in the ledger",
        }
    }
}

/// A line that was entered after its period had closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LateItem {
    /// The line, with the period in which it counts.
    pub line: LedgerLineRef,
    /// The initiative.
    pub initiative: Option<InitiativeId>,
    /// The period of its posting date.
    pub original_period: Period,
    /// The day it was entered.
    pub entered: Option<Day>,
}

/// A line of no initiative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmatched {
    /// The line.
    pub line: LedgerLineRef,
    /// Its cost code, as it stands.
    pub cost_code: Option<String>,
    /// What it names as its initiative, which no initiative is.
    pub named: Option<String>,
    /// Its vendor.
    pub vendor: Option<String>,
    /// Its order.
    pub po: Option<String>,
    /// Where it may belong, the most likely first.
    pub proposals: Vec<Proposal>,
}

/// An initiative that a line may belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The initiative.
    pub initiative: InitiativeId,
    /// Why, in words.
    pub why: String,
    /// 1 weak, 2 fair, 3 strong.
    pub strength: u8,
}

/// Reviews the ledger.
#[must_use]
pub fn ledger_review(portfolio: &Portfolio) -> (LedgerReview, Findings) {
    let Some(lines) = Lines::of(portfolio) else { return (LedgerReview::default(), Findings::new()) };
    let ((accruals, orders), (duplicates, unmatched)) = rayon::join(
        || rayon::join(|| accruals::accruals(portfolio, &lines), || orders::orders(portfolio, &lines)),
        || rayon::join(|| duplicates::duplicates(&lines), || unmatched::unmatched(portfolio, &lines)),
    );
    let mut review = LedgerReview {
        accruals,
        orders: orders.balances,
        duplicates,
        late: late(portfolio, &lines),
        unmatched_total: unmatched::total(&lines),
        unmatched,
    };
    review.late.sort_by(|a, b| in_order(&a.line).cmp(&in_order(&b.line)));
    let findings = findings::findings(portfolio, &lines, &review, &orders.too_large);
    (review, findings)
}

/// By day of posting, entry and place.
fn in_order(line: &LedgerLineRef) -> (Day, &str, &Origin) {
    (line.posted, &line.entry, &line.origin)
}

fn late(portfolio: &Portfolio, lines: &Lines<'_>) -> Vec<LateItem> {
    if portfolio.settings.finance.closed_through.is_none() {
        return Vec::new();
    }
    let item = |line: usize| {
        let original_period = lines.original_period(line)?;
        Some(LateItem {
            line: lines.reference(line)?,
            initiative: lines.initiative(line).map(InitiativeId::new),
            original_period,
            entered: lines.entered(line),
        })
    };
    (0..lines.len()).filter_map(item).collect()
}
