//! A statement: from a source total to a reported one, step by step.

use crate::base::money::Currency;
use crate::base::origin::Origin;
use rust_decimal::Decimal;
use std::fmt;

/// What a statement is about; the order is that of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// What a file holds, and what was read of it.
    Source,
    /// The ledger, and the cost in the figures.
    Ledger,
    /// The cost position, and its parts.
    Cost,
    /// Budget lines, their versions and changes.
    Budget,
    /// Forecast lines.
    Forecast,
    /// Orders.
    Commitments,
    /// Sources of funding.
    Funding,
    /// Contingency and management reserve.
    Reserves,
    /// Earned value, and its parts.
    EarnedValue,
}

impl Topic {
    /// For a sheet.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Source => "sources",
            Self::Ledger => "ledger",
            Self::Cost => "cost",
            Self::Budget => "budget",
            Self::Forecast => "forecast",
            Self::Commitments => "commitments",
            Self::Funding => "funding",
            Self::Reserves => "reserves",
            Self::EarnedValue => "earned value",
        }
    }
}

impl fmt::Display for Statement {
    /// One sentence: what should be, what is, and what is left unexplained.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let currency = self.currency.map(|currency| format!(" {currency}")).unwrap_or_default();
        write!(f, "{}: {} {}{currency}", self.title(), self.source.label, self.source.amount)?;
        for adjustment in &self.adjustments {
            write!(f, ", {} {}", adjustment.reason, adjustment.amount)?;
        }
        write!(f, ", {} {}: {} is left unexplained", self.reported.label, self.reported.amount, self.difference)
    }
}

/// One end of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideTotal {
    /// What it is.
    pub label: String,
    /// In major units, exact.
    pub amount: Decimal,
    /// Where it stands, where it has a place.
    pub origin: Option<Origin>,
}

impl SideTotal {
    /// A total without a place of its own.
    #[must_use]
    pub fn new(label: impl Into<String>, amount: Decimal) -> Self {
        Self { label: label.into(), amount, origin: None }
    }

    /// Says where it stands.
    #[must_use]
    pub fn at(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }
}

/// What was added to a total (above zero) or taken from it (below), and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adjustment {
    /// Why.
    pub reason: String,
    /// In major units, exact.
    pub amount: Decimal,
    /// How many lines or amounts.
    pub count: u64,
}

/// What could explain a difference. A proposal: it changes no figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Which line, or pair of lines.
    pub what: String,
    /// The amount that it holds, in the currency of the statement; in major units.
    pub amount: Decimal,
    /// Why it could be it.
    pub why: String,
    /// Where it stands.
    pub origin: Option<Origin>,
}

/// From a source total to a reported one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What it is about.
    pub topic: Topic,
    /// What ties to what.
    pub name: String,
    /// Of which initiative, currency or file.
    pub scope: String,
    /// Currency of every amount; none where the file names none.
    pub currency: Option<Currency>,
    /// Where the money comes from.
    pub source: SideTotal,
    /// What was added or taken away, by reason.
    pub adjustments: Vec<Adjustment>,
    /// What is reported.
    pub reported: SideTotal,
    /// Source and adjustments less reported.
    pub difference: Decimal,
    /// True where a difference is a fault of the program; false for a comparison of two of the company's own figures.
    pub must_tie: bool,
    /// What could explain the difference, the likeliest first; a few at most.
    pub candidates: Vec<Candidate>,
    /// How many more there are.
    pub more_candidates: usize,
}

impl Statement {
    /// A statement that must tie.
    #[must_use]
    pub fn tie(
        topic: Topic,
        name: &str,
        scope: impl Into<String>,
        currency: impl Into<Option<Currency>>,
        source: SideTotal,
    ) -> Self {
        let reported = SideTotal::new(String::new(), source.amount);
        Self {
            topic,
            name: name.to_string(),
            scope: scope.into(),
            currency: currency.into(),
            source,
            adjustments: Vec::new(),
            reported,
            difference: Decimal::ZERO,
            must_tie: true,
            candidates: Vec::new(),
            more_candidates: 0,
        }
    }

    /// A comparison of two of the company's own figures.
    #[must_use]
    pub fn compare(topic: Topic, name: &str, scope: impl Into<String>, currency: Currency, source: SideTotal) -> Self {
        Self { must_tie: false, ..Self::tie(topic, name, scope, currency, source) }
    }

    /// Adds an adjustment; one without lines and without money is left out.
    #[must_use]
    pub fn adjust(mut self, reason: impl Into<String>, amount: Decimal, count: u64) -> Self {
        if count > 0 || !amount.is_zero() {
            self.adjustments.push(Adjustment { reason: reason.into(), amount: amount.normalize(), count });
        }
        self
    }

    /// Says what is reported, and works out the difference.
    #[must_use]
    pub fn reported(mut self, reported: SideTotal) -> Self {
        let adjusted: Decimal = self.adjustments.iter().map(|adjustment| adjustment.amount).sum();
        self.difference = (self.source.amount + adjusted - reported.amount).normalize();
        self.reported = reported;
        self
    }

    /// What it is, in a few words: `Ledger to actual cost, GBP`.
    #[must_use]
    pub fn title(&self) -> String {
        if self.scope.is_empty() { self.name.clone() } else { format!("{}, {}", self.name, self.scope) }
    }

    /// True where the difference is zero.
    #[must_use]
    pub const fn ties(&self) -> bool {
        self.difference.is_zero()
    }
}
