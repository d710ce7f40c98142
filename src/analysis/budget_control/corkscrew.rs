//! From the original to the current budget, by initiative.

use super::{in_force, is_pending, moves_only, sides};
use crate::analysis::budget_rate;
use crate::analysis::measure::{Measure, Undefined};
use crate::base::id::InitiativeId;
use crate::base::money::{Currency, Money, apportion};
use crate::base::period::Period;
use crate::model::budget_control::{BudgetChange, ChangeKind};
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The budget of one initiative from its original to its current state.
#[derive(Clone, Debug, PartialEq)]
pub struct BudgetCorkscrew {
    /// Which.
    pub initiative: InitiativeId,
    /// In the initiative's own currency.
    pub own: CorkscrewAmounts,
    /// In the reporting currency.
    pub reporting: CorkscrewAmounts,
}

/// Steps from the original to the current budget. Each is signed, so that they add up:
/// `original + increases + decreases + virements_in + virements_out + rephasing = current`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CorkscrewAmounts {
    /// Budget of the version that counts, before any change.
    pub original: Measure<Money>,
    /// Increases in force.
    pub increases: Measure<Money>,
    /// Decreases in force, below zero.
    pub decreases: Measure<Money>,
    /// What virements in force bring.
    pub virements_in: Measure<Money>,
    /// What virements in force take away, below zero.
    pub virements_out: Measure<Money>,
    /// What re-phasings in force leave over: nothing, but for rounding and rates that differ between periods.
    pub rephasing: Measure<Money>,
    /// What re-phasings in force move from one period to another.
    pub rephased: Measure<Money>,
    /// The current budget.
    pub current: Measure<Money>,
    /// What pending changes would add; in none of the other figures.
    pub pending: Measure<Money>,
}

impl CorkscrewAmounts {
    /// All that changes in force add.
    ///
    /// # Errors
    /// The reason of the first step that has none.
    pub fn changes(&self, currency: Currency) -> Measure<Money> {
        let steps = [self.increases, self.decreases, self.virements_in, self.virements_out, self.rephasing];
        budget_rate::sum(currency, steps)
    }
}

/// What a side of a change, or a budget line, is to the corkscrew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Original,
    Increase,
    Decrease,
    VirementIn,
    VirementOut,
    RephaseIn,
    RephaseOut,
    Pending,
}

impl Step {
    const fn of(kind: ChangeKind, gives: bool) -> Self {
        match (kind, gives) {
            (ChangeKind::Increase, _) => Self::Increase,
            (ChangeKind::Decrease, _) => Self::Decrease,
            (ChangeKind::Virement, true) => Self::VirementIn,
            (ChangeKind::Virement, false) => Self::VirementOut,
            (ChangeKind::Rephase, true) => Self::RephaseIn,
            (ChangeKind::Rephase, false) => Self::RephaseOut,
        }
    }

    /// Which of the three facts it is part of: money of one fact is rounded together.
    const fn fact(self) -> u8 {
        match self {
            Self::Original => 0,
            Self::Pending => 2,
            _ => 1,
        }
    }
}

/// What is rounded together: a fact, an initiative, a category, a period, a currency. The cell of the cost position.
type Cell<'p> = (u8, &'p InitiativeId, &'p str, Period, Currency);

/// The exact amounts of each cell, by step, in major units of the cell's currency.
type Cells<'p> = BTreeMap<Cell<'p>, BTreeMap<Step, Measure<Decimal>>>;

fn cells<'p>(portfolio: &'p Portfolio) -> Cells<'p> {
    let mut cells = Cells::new();
    let mut add = |cell: Cell<'p>, step: Step, amount: Decimal| {
        let sum = cells.entry(cell).or_default().entry(step).or_insert(Ok(Decimal::ZERO));
        *sum = sum.and_then(|sum| sum.checked_add(amount).ok_or(Undefined::TooLarge));
    };
    for line in &portfolio.budgets {
        add((0, &line.initiative, &line.category, line.period, line.currency), Step::Original, line.amount);
    }
    for change in &portfolio.budget_changes {
        let step = |amount: Decimal| match (in_force(portfolio, change), is_pending(portfolio, change)) {
            (true, _) => Some(Step::of(change.kind, amount > Decimal::ZERO)),
            (false, true) => Some(Step::Pending),
            (false, false) => None,
        };
        for (place, amount) in sides(change) {
            let Some(step) = step(amount) else { continue };
            add((step.fact(), &place.initiative, &place.category, place.period, change.currency), step, amount);
        }
    }
    cells
}

/// Minor units by initiative and step.
type Sums = BTreeMap<InitiativeId, BTreeMap<Step, Measure<i128>>>;

/// The corkscrew of every initiative with a budget or a change, each in the currency wanted for it.
pub(super) fn by_initiative(
    portfolio: &Portfolio,
    wanted: impl Fn(&InitiativeId) -> Currency,
) -> BTreeMap<InitiativeId, CorkscrewAmounts> {
    let mut sums = Sums::new();
    for ((_, initiative, _, period, currency), steps) in cells(portfolio) {
        let shares = rounded(portfolio, &steps, (currency, wanted(initiative)), period);
        let sums = sums.entry(initiative.clone()).or_default();
        for (step, share) in steps.keys().zip(shares) {
            let sum = sums.entry(*step).or_insert(Ok(0));
            *sum = sum.and_then(|sum| Ok(sum + i128::from(share?)));
        }
    }
    sums.into_iter().map(|(initiative, steps)| (initiative.clone(), amounts(&steps, wanted(&initiative)))).collect()
}

/// A cell's steps in minor units of another currency: the cell rounded once, its steps shares of that.
fn rounded(
    portfolio: &Portfolio,
    steps: &BTreeMap<Step, Measure<Decimal>>,
    (from, to): (Currency, Currency),
    period: Period,
) -> Vec<Measure<i64>> {
    let shares = || -> Measure<Vec<i64>> {
        let exact = |amount: &Measure<Decimal>| budget_rate::exact(portfolio, (*amount)?, (from, to), period);
        let exact: Vec<Decimal> = steps.values().map(exact).collect::<Result<_, _>>()?;
        let sum = exact.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(*part)).ok_or(Undefined::TooLarge)?;
        let total = Money::rounded(sum, to).map_err(|_| Undefined::TooLarge)?;
        let scale = Decimal::from(10i64.pow(to.exponent()));
        let minor = exact.iter().map(|part| part.checked_mul(scale).ok_or(Undefined::TooLarge));
        Ok(apportion(total.minor, &minor.collect::<Result<Vec<_>, _>>()?))
    };
    match shares() {
        Ok(shares) => shares.into_iter().map(Ok).collect(),
        Err(why) => vec![Err(why); steps.len()],
    }
}

fn amounts(steps: &BTreeMap<Step, Measure<i128>>, currency: Currency) -> CorkscrewAmounts {
    let minor = |step: Step| steps.get(&step).copied().unwrap_or(Ok(0));
    let money = |minor: i128| i64::try_from(minor).map(|minor| Money::new(minor, currency)).map_err(|_| Undefined::TooLarge);
    let figure = |step: Step| minor(step).and_then(money);
    let rephasing = minor(Step::RephaseIn).and_then(|given| money(given + minor(Step::RephaseOut)?));
    let in_force = steps.iter().filter(|(step, _)| **step != Step::Pending);
    let any = in_force.clone().next().is_some();
    let current = in_force.map(|(_, minor)| *minor).try_fold(0i128, |sum, minor| Ok(sum + minor?));
    CorkscrewAmounts {
        original: if steps.contains_key(&Step::Original) { figure(Step::Original) } else { Err(Undefined::NoBudget) },
        increases: figure(Step::Increase),
        decreases: figure(Step::Decrease),
        virements_in: figure(Step::VirementIn),
        virements_out: figure(Step::VirementOut),
        rephasing,
        rephased: figure(Step::RephaseIn),
        current: if any { current.and_then(money) } else { Err(Undefined::NoBudget) },
        pending: figure(Step::Pending),
    }
}

/// The corkscrews in both currencies.
pub(super) fn corkscrews(portfolio: &Portfolio, reporting: BTreeMap<InitiativeId, CorkscrewAmounts>) -> Vec<BudgetCorkscrew> {
    let currency = portfolio.settings.reporting_currency;
    let own = by_initiative(portfolio, |id| portfolio.initiative(id).map_or(currency, |known| known.currency));
    let both = reporting.into_iter().zip(own.into_values());
    both.map(|((initiative, reporting), own)| BudgetCorkscrew { initiative, own, reporting }).collect()
}

/// All initiatives together. An initiative without an original budget adds nothing to the original; where none has one,
/// there is none.
pub(super) fn total(by_initiative: &BTreeMap<InitiativeId, CorkscrewAmounts>, currency: Currency) -> CorkscrewAmounts {
    let sum = |pick: fn(&CorkscrewAmounts) -> Measure<Money>| {
        let known = || by_initiative.values().map(pick).filter(|figure| *figure != Err(Undefined::NoBudget));
        if known().next().is_none() { Err(Undefined::NoBudget) } else { budget_rate::sum(currency, known()) }
    };
    let steps = |pick: fn(&CorkscrewAmounts) -> Measure<Money>| budget_rate::sum(currency, by_initiative.values().map(pick));
    CorkscrewAmounts {
        original: sum(|amounts| amounts.original),
        increases: steps(|amounts| amounts.increases),
        decreases: steps(|amounts| amounts.decreases),
        virements_in: steps(|amounts| amounts.virements_in),
        virements_out: steps(|amounts| amounts.virements_out),
        rephasing: steps(|amounts| amounts.rephasing),
        rephased: steps(|amounts| amounts.rephased),
        current: sum(|amounts| amounts.current),
        pending: steps(|amounts| amounts.pending),
    }
}

/// What virements and re-phasings leave over, and why.
pub(super) struct Virements {
    pub net: Measure<Money>,
    pub rate_effect: Measure<Money>,
    pub rounding: Measure<Money>,
}

/// What virements and re-phasings in force leave over in the reporting currency.
pub(super) fn virements(portfolio: &Portfolio, total: &CorkscrewAmounts) -> Virements {
    let currency = portfolio.settings.reporting_currency;
    let net = budget_rate::sum(currency, [total.virements_in, total.virements_out, total.rephasing]);
    let moves = portfolio.budget_changes.iter().filter(|change| moves_only(change.kind) && in_force(portfolio, change));
    let exact = moves
        .map(|change| difference(portfolio, change))
        .try_fold(Decimal::ZERO, |sum, effect| sum.checked_add(effect?).ok_or(Undefined::TooLarge));
    let rate_effect = exact.and_then(|exact| Money::rounded(exact, currency).map_err(|_| Undefined::TooLarge));
    let rounding = net.and_then(|net| net.checked_sub(rate_effect?).map_err(|_| Undefined::TooLarge));
    Virements { net, rate_effect, rounding }
}

/// What a change gives more than it takes, exactly, in major units of the reporting currency.
pub(super) fn difference(portfolio: &Portfolio, change: &BudgetChange) -> Measure<Decimal> {
    let to = portfolio.settings.reporting_currency;
    sides(change).try_fold(Decimal::ZERO, |sum, (place, amount)| {
        let converted = budget_rate::exact(portfolio, amount, (change.currency, to), place.period)?;
        sum.checked_add(converted).ok_or(Undefined::TooLarge)
    })
}
