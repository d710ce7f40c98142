//! Money tables: budgets, forecast, ledger, cost codes, exchange rates, commentary, reported positions.

use crate::base::day::Day;
use crate::base::id::{CostCodeId, InitiativeId, PersonId};
use crate::base::money::{Currency, Money};
use crate::base::origin::{Origin, SheetName};
use crate::base::period::Period;
use polars::prelude::DataFrame;
use rust_decimal::Decimal;
use std::sync::Arc;

/// Capital or operating expenditure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Expenditure {
    /// Capital.
    Capex,
    /// Operating.
    Opex,
}

/// A line of the budget or of the forecast: an exact plan amount in a period.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanLine {
    /// The initiative.
    pub initiative: InitiativeId,
    /// Activity or WBS text as given.
    pub work: Option<String>,
    /// Category; empty where the forecast gives none.
    pub category: String,
    /// Capital or operating, where given.
    pub expenditure: Option<Expenditure>,
    /// Funding source.
    pub funding_source: Option<String>,
    /// The period.
    pub period: Period,
    /// Amount in major units; positive is cost.
    pub amount: Decimal,
    /// Currency: its own, else the initiative's.
    pub currency: Currency,
    /// Version or basis.
    pub version: Option<String>,
    /// Where the record is.
    pub origin: Origin,
}

/// The ledger as a frame, one row a line posted on or before the as-of date; later lines have a frame of their own.
/// Columns: `entry` String, `posted` Int32 (days since 1970-01-01), `period` Int32 (ordinal; the posting date decides),
/// `initiative` String (null: the unassigned bucket), `wbs` String, `category` String (empty: none), `kind` String (one
/// of [`EntryKind::word`]), `minor` Int64 (minor units of `currency`), `currency` String, `capex` Boolean (null: not
/// told), `unknown_initiative` String (what an unassigned line names as its initiative; null: nothing), `vendor`, `po`, `document` and `cost_code`, all String (null: none), `entered` Int32 (days since 1970-01-01;
/// null: none), `original_period` Int32 (ordinal of the posting date's period where the line came too late for it and
/// `period` is the next open one; else null), `part` and `row`, both `UInt32` (origin, see [`Ledger::origin`]).
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// The lines that count, in the order of files, sheets and rows.
    pub frame: DataFrame,
    /// The lines posted after the as-of date, with the same columns. They enter no figure.
    pub later: DataFrame,
    /// The sheets that `part` counts.
    pub parts: Vec<Arc<SheetName>>,
    /// Where the money of every line went.
    pub totals: Vec<LedgerTotal>,
    /// Lines whose amount cannot be a ledger's: kept as they were, in no figure.
    pub held_back: Vec<HeldBackLine>,
}

/// What a ledger line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// Paid or invoiced.
    Actual,
    /// Cost of work received, not yet invoiced.
    Accrual,
    /// The taking back of an accrual.
    Reversal,
    /// An order placed.
    Commitment,
    /// The part of an order that has been invoiced or cancelled.
    CommitmentRelease,
}

impl EntryKind {
    /// All, in the order of reports.
    pub const ALL: [Self; 5] = [Self::Actual, Self::Accrual, Self::Reversal, Self::Commitment, Self::CommitmentRelease];

    /// The word in the ledger.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Accrual => "accrual",
            Self::Reversal => "reversal",
            Self::Commitment => "commitment",
            Self::CommitmentRelease => "commitment release",
        }
    }

    /// The kind of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// True for what is actual cost: actuals, accruals and reversals. False for commitments and their release.
    #[must_use]
    pub const fn is_cost(self) -> bool {
        matches!(self, Self::Actual | Self::Accrual | Self::Reversal)
    }
}

/// Where the money of the ledger went, for one currency and kind of line. Amounts in major units, exact:
/// `read` = `assigned` + `unassigned` + `after_as_of` + `held_back`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerTotal {
    /// Currency.
    pub currency: Currency,
    /// Kind of line.
    pub kind: EntryKind,
    /// Number of lines.
    pub lines: u64,
    /// All lines.
    pub read: Decimal,
    /// Lines of an initiative.
    pub assigned: Decimal,
    /// Lines of no initiative.
    pub unassigned: Decimal,
    /// Lines posted after the as-of date.
    pub after_as_of: Decimal,
    /// Lines whose amount is finer than the currency's minor unit.
    pub held_back: Decimal,
}

impl LedgerTotal {
    /// What is left unexplained: zero, or an internal fault.
    #[must_use]
    pub fn residual(&self) -> Decimal {
        self.read - self.assigned - self.unassigned - self.after_as_of - self.held_back
    }
}

/// A ledger line that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldBackLine {
    /// Entry id.
    pub entry: String,
    /// Amount as it stands, in major units.
    pub amount: Decimal,
    /// Currency.
    pub currency: Currency,
    /// Where the record is.
    pub origin: Origin,
}

/// Where the money of a table of plan amounts went, for one currency. Amounts in major units, exact: `read` = `used` + `superseded`
/// + `left_out`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanTotal {
    /// Budgets, Budget changes, Forecast, Commitments, Funding or Contingency.
    pub table: String,
    /// Currency.
    pub currency: Currency,
    /// Number of lines.
    pub lines: u64,
    /// All lines.
    pub read: Decimal,
    /// Lines in the figures.
    pub used: Decimal,
    /// Lines of budget versions that a later one replaces.
    pub superseded: Decimal,
    /// Lines in no figure: of no known initiative, unusable, or dated after the as-of date. Each has a finding.
    pub left_out: Decimal,
}

impl PlanTotal {
    /// Nothing yet.
    #[must_use]
    pub fn empty(table: &str, currency: Currency) -> Self {
        let zero = Decimal::ZERO;
        Self { table: table.into(), currency, lines: 0, read: zero, used: zero, superseded: zero, left_out: zero }
    }

    /// What is left unexplained: zero, or an internal fault.
    #[must_use]
    pub fn residual(&self) -> Decimal {
        self.read - self.used - self.superseded - self.left_out
    }
}

/// The money of one sheet as one table, in one currency, before anything was done with it. Amounts in major units, exact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceTotal {
    /// Actuals, Budgets or Forecast.
    pub table: String,
    /// The sheet.
    pub sheet: Arc<SheetName>,
    /// Currency, as the cells give it; none for amounts whose cell gives none.
    pub currency: Option<Currency>,
    /// All amounts that could be read.
    pub seen: Decimal,
    /// What was held back, by reason.
    pub held_back: Vec<HeldBackMoney>,
    /// Accepted amounts that are too large to be meant, and in no figure.
    pub too_large: (Decimal, u64),
}

/// Rows that were held back for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldBackMoney {
    /// Why: the kind of finding in words, and its code.
    pub reason: String,
    /// Their amounts, in major units.
    pub amount: Decimal,
    /// How many rows.
    pub rows: u64,
}

/// A cost code: the bridge from ledger to plan.
#[derive(Clone, Debug, PartialEq)]
pub struct CostCode {
    /// Key.
    pub code: CostCodeId,
    /// Its initiative.
    pub initiative: InitiativeId,
    /// WBS code.
    pub wbs: Option<String>,
    /// Category.
    pub category: Option<String>,
    /// Capital or operating.
    pub expenditure: Option<Expenditure>,
    /// Where the record is.
    pub origin: Origin,
}

/// What an exchange rate is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RateKind {
    /// Of one day.
    Spot,
    /// Average of a period.
    Average,
    /// At a period's end.
    Closing,
    /// Fixed for the budget.
    Budget,
}

/// An exchange rate: one unit of `from` is `rate` units of `to`.
#[derive(Clone, Debug, PartialEq)]
pub struct FxRate {
    /// From.
    pub from: Currency,
    /// To.
    pub to: Currency,
    /// What for.
    pub kind: RateKind,
    /// Its period, for average, closing and budget rates.
    pub period: Option<Period>,
    /// Its date.
    pub date: Option<Day>,
    /// The rate.
    pub rate: Decimal,
    /// Source.
    pub source: Option<String>,
    /// Where the record is.
    pub origin: Origin,
}

/// An owner's words on a variance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commentary {
    /// Initiative id, or `portfolio`.
    pub item: String,
    /// cost, schedule, benefits, risk, KPI or overall.
    pub measure: String,
    /// The period.
    pub period: Period,
    /// The words.
    pub text: String,
    /// Who wrote them.
    pub author: Option<PersonId>,
    /// Where the record is.
    pub origin: Origin,
}

/// A total that was reported elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportedPosition {
    /// What it is about.
    pub item: String,
    /// Its date.
    pub as_of: Day,
    /// Its measure.
    pub measure: String,
    /// The value reported; none where the report gives none.
    pub value: Option<Decimal>,
    /// The change since the report before, as reported beside it.
    pub stated_change: Option<Decimal>,
    /// The total of all changes, as reported beside it.
    pub stated_total: Option<Decimal>,
    /// Currency; none for the item's.
    pub currency: Option<Currency>,
    /// Where the record is.
    pub origin: Origin,
}

impl Ledger {
    /// The sheet and row of a line by its position in the frame.
    #[must_use]
    pub fn origin(&self, line: usize) -> Option<Origin> {
        let part = self.frame.column("part").ok()?.u32().ok()?.get(line)?;
        let row = self.frame.column("row").ok()?.u32().ok()?.get(line)?;
        Some(Origin::row(self.parts.get(part as usize)?, row))
    }

    /// The amount of a line.
    #[must_use]
    pub fn money(&self, line: usize) -> Option<Money> {
        let minor = self.frame.column("minor").ok()?.i64().ok()?.get(line)?;
        let currency = Currency::parse(self.frame.column("currency").ok()?.str().ok()?.get(line)?)?;
        Some(Money::new(minor, currency))
    }
}
