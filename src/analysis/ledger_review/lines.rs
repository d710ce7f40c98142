//! The columns of the ledger's frame, read line by line.

use super::LedgerLineRef;
use crate::base::day::{Day, day_from_epoch};
use crate::base::money::{Currency, Money};
use crate::base::origin::Origin;
use crate::base::period::Period;
use crate::model::finance::{EntryKind, Ledger};
use crate::model::portfolio::Portfolio;
use polars::prelude::{DataFrame, Int32Chunked, Int64Chunked, StringChunked, UInt32Chunked};

/// The ledger's lines.
pub(super) struct Lines<'p> {
    ledger: &'p Ledger,
    kinds: Vec<EntryKind>,
    entry: &'p StringChunked,
    posted: &'p Int32Chunked,
    period: &'p Int32Chunked,
    minor: &'p Int64Chunked,
    currency: &'p StringChunked,
    initiative: &'p StringChunked,
    unknown_initiative: &'p StringChunked,
    category: &'p StringChunked,
    wbs: &'p StringChunked,
    vendor: &'p StringChunked,
    po: &'p StringChunked,
    document: &'p StringChunked,
    cost_code: &'p StringChunked,
    entered: &'p Int32Chunked,
    original_period: &'p Int32Chunked,
    part: &'p UInt32Chunked,
    row: &'p UInt32Chunked,
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        pub fn $name(&self, line: usize) -> Option<&'p str> {
            self.$name.get(line)
        }
    )*};
}

impl<'p> Lines<'p> {
    /// The lines; none where there are none.
    pub fn of(portfolio: &'p Portfolio) -> Option<Self> {
        let ledger = &portfolio.ledger;
        let frame: &'p DataFrame = &ledger.frame;
        let texts = |name: &str| frame.column(name).ok()?.str().ok();
        let wholes = |name: &str| frame.column(name).ok()?.i32().ok();
        let counts = |name: &str| frame.column(name).ok()?.u32().ok();
        let kinds = texts("kind")?.iter().map(|kind| kind.and_then(EntryKind::parse)).collect::<Option<Vec<EntryKind>>>()?;
        Some(Self {
            kinds,
            entry: texts("entry")?,
            posted: wholes("posted")?,
            period: wholes("period")?,
            minor: frame.column("minor").ok()?.i64().ok()?,
            currency: texts("currency")?,
            initiative: texts("initiative")?,
            unknown_initiative: texts("unknown_initiative")?,
            category: texts("category")?,
            wbs: texts("wbs")?,
            vendor: texts("vendor")?,
            po: texts("po")?,
            document: texts("document")?,
            cost_code: texts("cost_code")?,
            entered: wholes("entered")?,
            original_period: wholes("original_period")?,
            part: counts("part")?,
            row: counts("row")?,
            ledger,
        })
    }

    pub fn len(&self) -> usize {
        self.kinds.len()
    }

    pub fn kind(&self, line: usize) -> EntryKind {
        self.kinds[line]
    }

    texts! {
        /// Initiative; none for the unassigned bucket.
        initiative;
        /// What an unassigned line names as its initiative.
        unknown_initiative;
        /// Category; empty where there is none.
        category;
        /// WBS code.
        wbs;
        /// Vendor.
        vendor;
        /// Order.
        po;
        /// Document.
        document;
        /// Cost code.
        cost_code;
        /// Currency code.
        currency;
        /// Entry id.
        entry;
    }

    /// Amount in minor units.
    pub fn minor(&self, line: usize) -> i64 {
        self.minor.get(line).unwrap_or_default()
    }

    /// Ordinal of the period in which it counts.
    pub fn period_ordinal(&self, line: usize) -> i32 {
        self.period.get(line).unwrap_or_default()
    }

    /// Day of posting, in days since 1970-01-01.
    pub fn posted_days(&self, line: usize) -> i32 {
        self.posted.get(line).unwrap_or_default()
    }

    /// The period of its posting date, where the line counts in a later one.
    pub fn original_period(&self, line: usize) -> Option<Period> {
        self.original_period.get(line).and_then(Period::from_ordinal)
    }

    /// The day it was entered.
    pub fn entered(&self, line: usize) -> Option<Day> {
        self.entered.get(line).map(|days| day_from_epoch(i64::from(days)))
    }

    /// Where it stands: sheet and row, for comparing two lines.
    pub fn place(&self, line: usize) -> (u32, u32) {
        (self.part.get(line).unwrap_or_default(), self.row.get(line).unwrap_or_default())
    }

    /// Its row.
    pub fn origin(&self, line: usize) -> Option<Origin> {
        self.ledger.origin(line)
    }

    /// What a result says of it.
    pub fn reference(&self, line: usize) -> Option<LedgerLineRef> {
        let currency = Currency::parse(self.currency(line)?)?;
        Some(LedgerLineRef {
            line,
            entry: self.entry(line).unwrap_or_default().to_string(),
            posted: day_from_epoch(i64::from(self.posted_days(line))),
            period: Period::from_ordinal(self.period_ordinal(line))?,
            amount: Money::new(self.minor(line), currency),
            origin: self.origin(line)?,
        })
    }
}
