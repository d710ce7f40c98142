//! The cube behind the cost position: budget, actual cost, commitments and forecast by initiative, category, period and
//! currency, converted and rounded once, there.

use crate::base::id::InitiativeId;
use crate::base::money::{Currency, Money};
use crate::base::period::Period;
use crate::model::exchange::When;
use crate::model::finance::{EntryKind, PlanLine, RateKind};
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What an amount is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// Budget of the version that counts.
    Budget,
    /// Actual cost: actuals, accruals and reversals.
    Actual,
    /// The part of actual cost that is accrued: accruals and reversals.
    Accrued,
    /// Orders placed, less what was released.
    Commitment,
    /// Forecast.
    Forecast,
}

impl Fact {
    /// The kind of rate that converts it: actual cost at the average rate, plans at the budget rate.
    #[must_use]
    pub const fn rate_kind(self) -> RateKind {
        match self {
            Self::Budget | Self::Forecast => RateKind::Budget,
            Self::Actual | Self::Accrued | Self::Commitment => RateKind::Average,
        }
    }
}

/// Where an amount belongs. No initiative: the unassigned bucket. An empty category: none given.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellKey {
    /// Initiative.
    pub initiative: Option<InitiativeId>,
    /// Category.
    pub category: String,
    /// Period.
    pub period: Period,
}

/// Amounts as they were given: exact, in major units, by fact, cell and currency.
pub type Native = BTreeMap<(Fact, CellKey, Currency), Decimal>;

/// The amounts of one cell in one currency. None: no line says anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CellAmounts {
    /// Budget, in minor units.
    pub budget: Option<i64>,
    /// Actual cost.
    pub actual: Option<i64>,
    /// The part of actual cost that is accrued.
    pub accrued: Option<i64>,
    /// Actual cost at the budget rate.
    pub actual_at_budget_rate: Option<i64>,
    /// Orders placed less released, in the period.
    pub commitment: Option<i64>,
    /// Forecast.
    pub forecast: Option<i64>,
}

/// Money that no rate leads to the wanted currency. It is in no converted figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unconverted {
    /// What it is.
    pub fact: Fact,
    /// Where it belongs.
    pub cell: CellKey,
    /// Its amount, in major units.
    pub amount: Decimal,
    /// Its currency.
    pub currency: Currency,
}

/// The converted cube.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cube {
    /// By cell.
    pub cells: BTreeMap<CellKey, CellAmounts>,
    /// What could not be converted.
    pub unconverted: Vec<Unconverted>,
}

/// Gathers what the tables say, exactly.
#[must_use]
pub fn native(portfolio: &Portfolio) -> Native {
    let mut native = Native::new();
    for (fact, lines) in [(Fact::Budget, &portfolio.budgets), (Fact::Forecast, &portfolio.forecast)] {
        for line in lines {
            *native.entry((fact, key_of(line), line.currency)).or_default() += line.amount;
        }
    }
    for ((fact, key, currency), minor) in ledger_sums(portfolio) {
        *native.entry((fact, key, currency)).or_default() += Decimal::from_i128_with_scale(minor, currency.exponent());
    }
    native
}

fn key_of(line: &PlanLine) -> CellKey {
    CellKey { initiative: Some(line.initiative.clone()), category: line.category.clone(), period: line.period }
}

/// Sums of ledger lines in minor units.
fn ledger_sums(portfolio: &Portfolio) -> BTreeMap<(Fact, CellKey, Currency), i128> {
    let mut by_text: BTreeMap<(Option<&str>, &str, i32, &str, &str), i128> = BTreeMap::new();
    let frame = &portfolio.ledger.frame;
    let text = |key: &str| frame.column(key).ok().and_then(|column| column.str().ok());
    let columns = (text("initiative"), text("category"), text("kind"), text("currency"));
    let (Some(initiatives), Some(categories), Some(kinds), Some(currencies)) = columns else { return BTreeMap::new() };
    let Some(periods) = frame.column("period").ok().and_then(|column| column.i32().ok()) else { return BTreeMap::new() };
    let Some(minors) = frame.column("minor").ok().and_then(|column| column.i64().ok()) else { return BTreeMap::new() };
    let words = kinds.iter().zip(currencies.iter());
    for ((initiative, category), ((period, minor), (kind, currency))) in
        initiatives.iter().zip(categories.iter()).zip(periods.iter().zip(minors.iter()).zip(words))
    {
        let (Some(period), Some(minor), Some(kind), Some(currency)) = (period, minor, kind, currency) else { continue };
        *by_text.entry((initiative, category.unwrap_or(""), period, kind, currency)).or_default() += i128::from(minor);
    }
    let mut sums = BTreeMap::new();
    for ((initiative, category, period, kind, currency), minor) in by_text {
        let (Some(period), Some(kind), Some(currency)) =
            (Period::from_ordinal(period), EntryKind::parse(kind), Currency::parse(currency))
        else {
            continue;
        };
        let key = CellKey { initiative: initiative.map(InitiativeId::new), category: category.to_string(), period };
        for fact in facts_of(kind) {
            *sums.entry((*fact, key.clone(), currency)).or_default() += minor;
        }
    }
    sums
}

const fn facts_of(kind: EntryKind) -> &'static [Fact] {
    match kind {
        EntryKind::Actual => &[Fact::Actual],
        EntryKind::Accrual | EntryKind::Reversal => &[Fact::Actual, Fact::Accrued],
        EntryKind::Commitment | EntryKind::CommitmentRelease => &[Fact::Commitment],
    }
}

/// Converts each amount into the currency wanted for its cell and rounds it there, once.
#[must_use]
pub fn convert(portfolio: &Portfolio, native: &Native, wanted: impl Fn(Option<&InitiativeId>) -> Currency) -> Cube {
    let mut cube = Cube::default();
    for ((fact, key, currency), amount) in native {
        let to = wanted(key.initiative.as_ref());
        let converted = |kind| in_currency(portfolio, *amount, (*currency, to), kind, key.period);
        let Some(minor) = converted(fact.rate_kind()) else {
            cube.unconverted.push(Unconverted { fact: *fact, cell: key.clone(), amount: *amount, currency: *currency });
            continue;
        };
        let cell = cube.cells.entry(key.clone()).or_default();
        add(slot(cell, *fact), minor);
        if *fact == Fact::Actual {
            // Without a budget rate the effect of exchange cannot be told; the amount then stands at its own rate.
            add(&mut cell.actual_at_budget_rate, converted(RateKind::Budget).unwrap_or(minor));
        }
    }
    cube
}

fn slot(cell: &mut CellAmounts, fact: Fact) -> &mut Option<i64> {
    match fact {
        Fact::Budget => &mut cell.budget,
        Fact::Actual => &mut cell.actual,
        Fact::Accrued => &mut cell.accrued,
        Fact::Commitment => &mut cell.commitment,
        Fact::Forecast => &mut cell.forecast,
    }
}

fn add(slot: &mut Option<i64>, minor: i64) {
    *slot = Some(slot.unwrap_or(0).saturating_add(minor));
}

fn in_currency(
    portfolio: &Portfolio,
    amount: Decimal,
    (from, to): (Currency, Currency),
    kind: RateKind,
    period: Period,
) -> Option<i64> {
    let rate = portfolio.exchange.convert_rate(from, to, kind, When::Period(period))?;
    Money::rounded(amount.checked_mul(rate)?, to).ok().map(|money| money.minor)
}
