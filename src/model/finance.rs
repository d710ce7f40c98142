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

/// The ledger as a frame, one row a line that counts (posted on or before the as-of date or later: see `posted`).
/// Columns: `entry` String, `posted` Int32 (days since 1970-01-01), `period` Int32 (ordinal; the posting date decides),
/// `initiative` String (null: the unassigned bucket), `wbs` String, `category` String, `kind` String (actual, accrual,
/// reversal, commitment, commitment release), `minor` Int64 (minor units of `currency`), `currency` String, `capex`
/// Boolean (null: not told), `part` UInt32, `row` UInt32 (origin, see [`Ledger::origin`]).
#[derive(Clone, Debug)]
pub struct Ledger {
    /// The lines, in the order of files, sheets and rows.
    pub frame: DataFrame,
    /// The sheets that `part` counts.
    pub parts: Vec<Arc<SheetName>>,
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
    /// The value reported.
    pub value: Decimal,
    /// The change reported beside it.
    pub stated_change: Option<Decimal>,
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
