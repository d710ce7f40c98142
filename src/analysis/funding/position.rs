//! The figures that follow from who pays what.

use super::allocate::{Allocation, Payment, same, share_of};
use super::need::{Need, Needs, Timing};
use super::{
    FundingGap, FundingLinePosition, FundingPeriod, FundingPosition, FundingTotal, GapReason, InitiativeFunding, SourcePosition,
};
use crate::analysis::cost::{CostPosition, Dimension, PositionLine};
use crate::analysis::measure::{Measure, Undefined};
use crate::base::id::InitiativeId;
use crate::base::money::{Currency, Money};
use crate::base::number;
use crate::base::period::Period;
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use std::collections::{BTreeMap, BTreeSet};

/// The most periods after the last need that unused money is followed.
const FOLLOWED: i32 = 120;

pub(super) fn position(portfolio: &Portfolio, cost: &CostPosition, needs: &Needs, allocation: &Allocation) -> FundingPosition {
    let figures = Figures::of(portfolio, cost, needs, allocation);
    FundingPosition {
        currency: figures.currency,
        lines: (0..portfolio.funding.len()).map(|line| figures.line(line)).collect(),
        sources: figures.sources(),
        periods: figures.periods(),
        initiatives: figures.initiatives(),
        gaps: figures.gaps(),
        total: figures.total(),
    }
}

/// What is known, and the sums that every figure needs.
struct Figures<'f> {
    portfolio: &'f Portfolio,
    cost: &'f CostPosition,
    needs: &'f Needs,
    allocation: &'f Allocation,
    currency: Currency,
    /// Whether the Funding table came in.
    given: Result<(), Undefined>,
    /// Whether cost to date is known.
    spent: Result<(), Undefined>,
    /// Whether cost to come is known too.
    whole: Result<(), Undefined>,
}

impl<'f> Figures<'f> {
    fn of(portfolio: &'f Portfolio, cost: &'f CostPosition, needs: &'f Needs, allocation: &'f Allocation) -> Self {
        let total = cost.groups.first().map(|group| &group.total);
        let known = |figure: Option<Measure<Money>>| figure.unwrap_or(Err(Undefined::NoTable)).map(|_| ());
        Self {
            portfolio,
            cost,
            needs,
            allocation,
            currency: portfolio.settings.reporting_currency,
            given: if portfolio.has_table("Funding") { Ok(()) } else { Err(Undefined::NoTable) },
            spent: known(total.map(|total| total.actual)),
            whole: known(total.map(|total| total.estimate_at_completion)),
        }
    }

    fn money(&self, known: Result<(), Undefined>, minor: impl Into<i128>) -> Measure<Money> {
        known?;
        i64::try_from(minor.into()).map(|minor| Money::new(minor, self.currency)).map_err(|_| Undefined::TooLarge)
    }

    /// What is known of cost with a timing.
    const fn known(&self, timing: Timing) -> Result<(), Undefined> {
        match timing {
            Timing::ToDate => self.spent,
            Timing::ToCome => self.whole,
        }
    }

    fn need(&self, wanted: impl Fn(&Need) -> bool) -> i128 {
        self.needs.needs.iter().filter(|need| wanted(need)).map(|need| i128::from(need.minor)).sum()
    }

    fn open(&self, wanted: impl Fn(&Need) -> bool) -> i128 {
        let both = self.needs.needs.iter().zip(&self.allocation.open);
        both.filter(|(need, _)| wanted(need)).map(|(_, open)| i128::from(*open)).sum()
    }

    /// Every payment with its need.
    fn payments(&self) -> impl Iterator<Item = (&'f Need, Payment)> {
        let both = self.needs.needs.iter().zip(&self.allocation.payments);
        both.flat_map(|(need, paid)| paid.iter().map(move |payment| (need, *payment)))
    }

    fn paid(&self, wanted: impl Fn(&Need, usize) -> bool) -> i128 {
        self.payments().filter(|(need, (line, _))| wanted(need, *line)).map(|(_, (_, minor))| i128::from(minor)).sum()
    }

    fn line(&self, line: usize) -> FundingLinePosition {
        let purse = &self.allocation.purses[line];
        let known = purse.amount.map(|_| ());
        FundingLinePosition {
            line,
            amount: purse.amount,
            from: purse.from,
            until: purse.until,
            used_to_date: self
                .money(known.and(self.spent), self.paid(|need, paid| paid == line && need.timing == Timing::ToDate)),
            allocated: self.money(known.and(self.whole), self.paid(|_, paid| paid == line)),
            unallocated: self.money(known.and(self.whole), purse.left),
            is_over: purse.until.is_some_and(|until| until < self.portfolio.settings.as_of.day()),
        }
    }

    /// Names of sources: those of the table as they are first written, then those that only the budget names.
    fn names(&self) -> Vec<String> {
        let given = self.portfolio.funding.iter().map(|line| line.source.trim().to_string());
        let named = self.cost.cube.parts.values().flat_map(BTreeMap::keys);
        let named = named.filter_map(|fine| fine.funding_source.as_deref()).map(|source| source.trim().to_string());
        let mut names: Vec<String> = Vec::new();
        for name in given.chain(named.collect::<BTreeSet<_>>()) {
            if !names.iter().any(|known| same(known, &name)) {
                names.push(name);
            }
        }
        names.sort();
        names
    }

    fn sources(&self) -> Vec<SourcePosition> {
        self.names().into_iter().map(|source| self.source(source)).collect()
    }

    fn source(&self, source: String) -> SourcePosition {
        let funding = &self.portfolio.funding;
        let lines: Vec<usize> = (0..funding.len()).filter(|line| same(&funding[*line].source, &source)).collect();
        let mine = |need: &Need| need.source.as_ref().is_some_and(|named| same(named, &source));
        let whole = self.whole.and(self.amount(&lines).map(|_| ()));
        let spent = self.spent.and(self.amount(&lines).map(|_| ()));
        let left = |line: &&usize| self.allocation.purses[**line].left > 0;
        let ends = lines.iter().filter(left).filter_map(|line| self.allocation.purses[*line].until);
        let (required, found) = self.matching(&lines);
        let met = if lines.iter().any(|line| self.bears_less(*line)) {
            whole.map(|()| found >= required)
        } else {
            Err(Undefined::NotApplicable)
        };
        let matched = |minor: i128| met.and_then(|_| self.money(whole, minor));
        let outside = self.needs.needs.iter().zip(&self.allocation.open).zip(&self.allocation.why);
        let outside = outside
            .filter(|((need, _), why)| mine(need) && need.timing == Timing::ToDate && **why == Some(GapReason::OutsideWindow));
        let outside: i128 = outside.map(|((_, open), _)| i128::from(*open)).sum();
        SourcePosition {
            amount: self.amount(&lines),
            budget: self.budget(&source),
            need: self.money(self.whole, self.need(mine)),
            used_to_date: self.money(spent, self.paid(|need, line| lines.contains(&line) && need.timing == Timing::ToDate)),
            allocated: self.money(whole, self.paid(|_, line| lines.contains(&line))),
            unallocated: self.money(whole, self.left(&lines, |_| true)),
            expiring: self.money(whole, self.left(&lines, |line| self.allocation.purses[line].until.is_some())),
            expires_on: ends.min(),
            unfunded: self.money(self.given.and(self.whole), self.open(mine)),
            outside_window: self.money(self.given.and(self.spent), outside),
            match_share: self.smallest_share(&lines),
            match_required: matched(required),
            match_found: matched(found.min(required)),
            match_met: met,
            source,
            lines,
        }
    }

    /// What some lines give together.
    fn amount(&self, lines: &[usize]) -> Measure<Money> {
        self.given?;
        if lines.is_empty() {
            return Err(Undefined::NoFunding);
        }
        crate::analysis::budget_rate::sum(self.currency, lines.iter().map(|line| self.allocation.purses[*line].amount))
    }

    fn left(&self, lines: &[usize], wanted: impl Fn(usize) -> bool) -> i128 {
        lines.iter().filter(|line| wanted(**line)).map(|line| i128::from(self.allocation.purses[*line].left)).sum()
    }

    fn budget(&self, source: &str) -> Measure<Money> {
        let group = self.cost.groups.iter().find(|group| group.dimension == Dimension::FundingSource);
        let lines = group.map(|group| group.lines.as_slice()).unwrap_or_default();
        let mine = lines.iter().filter(|(label, _)| same(label, source)).map(|(_, line)| line.budget);
        let known: Vec<Measure<Money>> = mine.filter(|budget| *budget != Err(Undefined::NoBudget)).collect();
        if known.is_empty() { Err(Undefined::NoBudget) } else { crate::analysis::budget_rate::sum(self.currency, known) }
    }

    fn bears_less(&self, line: usize) -> bool {
        self.portfolio.funding[line].match_share.is_some_and(|share| share < 1.0)
    }

    fn smallest_share(&self, lines: &[usize]) -> Option<f64> {
        let shares =
            lines.iter().filter(|line| self.bears_less(**line)).filter_map(|line| self.portfolio.funding[*line].match_share);
        shares.min_by(f64::total_cmp)
    }

    /// What others are to pay beside some lines of a source, and what they pay, need by need.
    fn matching(&self, lines: &[usize]) -> (i128, i128) {
        let mut sums = (0, 0);
        for (need, payments) in self.needs.needs.iter().zip(&self.allocation.payments) {
            let of_need = |line: &usize| self.bears_less(*line) && share_of(&self.portfolio.funding[*line], need.minor) > 0;
            let required: i128 = payments
                .iter()
                .filter(|(line, _)| lines.contains(line) && of_need(line))
                .map(|(line, minor)| self.beside(*line, *minor))
                .sum();
            let others: i128 =
                payments.iter().filter(|(line, _)| !lines.contains(line)).map(|(_, minor)| i128::from(*minor)).sum();
            sums = (sums.0 + required, sums.1 + others.min(required));
        }
        sums
    }

    /// What others are to pay beside a payment: payment × (1 - share) / share, rounded to the minor unit.
    fn beside(&self, line: usize, paid: i64) -> i128 {
        let share = self.portfolio.funding[line].match_share.and_then(number::from_excel).unwrap_or(Decimal::ONE);
        let exact = Decimal::from(paid).checked_mul(Decimal::ONE - share).and_then(|part| part.checked_div(share));
        exact.and_then(|exact| number::round(exact, 0).to_i128()).unwrap_or(0)
    }

    fn periods(&self) -> Vec<FundingPeriod> {
        let fiscal = &self.portfolio.settings.fiscal;
        let purses = &self.allocation.purses;
        let needed: BTreeSet<Period> = self.needs.needs.iter().map(|need| need.period).collect();
        let first_need = needed.first().copied().unwrap_or(self.cost.period).min(self.cost.period);
        let opens = |line: usize| match (purses[line].from, purses[line].until) {
            (Some(from), None) => fiscal.period_of(from),
            (from, Some(until)) => fiscal.period_of(until).min(from.map_or(first_need, |from| fiscal.period_of(from))),
            (None, None) => first_need,
        };
        let horizon = fiscal.moved(needed.last().copied().unwrap_or(self.cost.period), FOLLOWED);
        let ends = |line: usize| purses[line].until.map(|until| fiscal.period_of(until)).filter(|period| *period <= horizon);
        let lines = 0..purses.len();
        let all: BTreeSet<Period> =
            needed.iter().copied().chain(lines.clone().map(opens)).chain(lines.clone().filter_map(ends)).collect();
        let (Some(first), Some(last)) = (all.first().copied(), all.last().copied()) else { return Vec::new() };
        let mut carried = 0i128;
        let given = self.given.and(self.funding().map(|_| ()));
        let period = |period: Period| {
            let opened: i128 = lines
                .clone()
                .filter(|line| opens(*line) == period)
                .filter_map(|line| purses[line].amount.ok())
                .map(|amount| i128::from(amount.minor))
                .sum();
            let lapsed: i128 =
                lines.clone().filter(|line| ends(*line) == Some(period)).map(|line| i128::from(purses[line].left)).sum();
            let (need, open) = (self.need(|need| need.period == period), self.open(|need| need.period == period));
            let brought = carried;
            carried += opened - (need - open) - lapsed;
            let known = self.known(if period < self.cost.period { Timing::ToDate } else { Timing::ToCome });
            let both = given.and(known);
            FundingPeriod {
                period,
                brought_forward: self.money(both, brought),
                opened: self.money(given, opened),
                need: self.money(known, need),
                funded: self.money(both, need - open),
                unfunded: self.money(both, open),
                lapsed: self.money(both, lapsed),
                carried_forward: self.money(both, carried),
                is_past: period <= self.cost.period,
            }
        };
        fiscal.range(first, last).into_iter().map(period).collect()
    }

    fn initiatives(&self) -> Vec<InitiativeFunding> {
        let mut needs: BTreeMap<Option<InitiativeId>, Vec<usize>> = BTreeMap::new();
        for tied in self.portfolio.funding.iter().filter(|line| line.initiative.is_some()) {
            needs.entry(tied.initiative.clone()).or_default();
        }
        for (at, need) in self.needs.needs.iter().enumerate() {
            needs.entry(need.initiative.clone()).or_default().push(at);
        }
        let none = needs.remove_entry(&None);
        needs.into_iter().chain(none).map(|(initiative, needs)| self.initiative(initiative, &needs)).collect()
    }

    /// The funding of an initiative, by the positions of its needs.
    fn initiative(&self, initiative: Option<InitiativeId>, needs: &[usize]) -> InitiativeFunding {
        let tied: Vec<usize> = (0..self.portfolio.funding.len())
            .filter(|line| initiative.is_some() && self.portfolio.funding[*line].initiative == initiative)
            .collect();
        let both = self.given.and(self.whole);
        let need: i128 = needs.iter().map(|at| i128::from(self.needs.needs[*at].minor)).sum();
        let open: i128 = needs.iter().map(|at| i128::from(self.allocation.open[*at])).sum();
        let mut by_source: BTreeMap<&str, i64> = BTreeMap::new();
        for (line, minor) in needs.iter().flat_map(|at| &self.allocation.payments[*at]) {
            let sum = by_source.entry(self.portfolio.funding[*line].source.trim()).or_default();
            *sum = sum.saturating_add(*minor);
        }
        let currency = self.currency;
        let of_cost = self.position(initiative.as_ref());
        InitiativeFunding {
            budget: of_cost.map_or(Err(Undefined::NoBudget), |line| line.budget),
            tied: self.amount(&tied),
            need: self.money(self.whole, need),
            funded: self.money(both, need - open),
            unfunded: self.money(both, open),
            by_source: by_source.into_iter().map(|(name, minor)| (name.to_string(), Money::new(minor, currency))).collect(),
            initiative,
        }
    }

    fn position(&self, initiative: Option<&InitiativeId>) -> Option<&PositionLine> {
        let group = self.cost.groups.iter().find(|group| group.dimension == Dimension::Initiative)?;
        let label = initiative.map(InitiativeId::as_str).unwrap_or_default();
        group.lines.iter().find(|(name, _)| name == label).map(|(_, line)| line)
    }

    fn gaps(&self) -> Vec<FundingGap> {
        if self.given.is_err() {
            return Vec::new();
        }
        let each = self.needs.needs.iter().zip(&self.allocation.open).zip(&self.allocation.why);
        let gap = |((need, open), why): ((&Need, &i64), &Option<GapReason>)| {
            Some(FundingGap {
                period: need.period,
                initiative: need.initiative.clone(),
                source: need.source.as_deref().map(String::from),
                timing: need.timing,
                amount: Money::new(*open, self.currency),
                why: (*why)?,
            })
        };
        each.filter_map(gap).collect()
    }

    fn funding(&self) -> Measure<Money> {
        self.given?;
        crate::analysis::budget_rate::sum(self.currency, self.allocation.purses.iter().map(|purse| purse.amount))
    }

    fn total(&self) -> FundingTotal {
        let funding = self.funding();
        let budget = self.cost.groups.first().map_or(Err(Undefined::NoTable), |group| group.total.budget);
        let given = funding.map(|_| ());
        let both = given.and(self.whole);
        let (need, open) = (self.need(|_| true), self.open(|_| true));
        let lines: Vec<usize> = (0..self.allocation.purses.len()).collect();
        FundingTotal {
            funding,
            budget,
            over_budget: funding.and_then(|funding| funding.checked_sub(budget?).map_err(|_| Undefined::TooLarge)),
            need: self.money(self.whole, need),
            funded: self.money(both, need - open),
            unfunded: self.money(both, open),
            used_to_date: self.money(given.and(self.spent), self.paid(|need, _| need.timing == Timing::ToDate)),
            unallocated: self.money(both, self.left(&lines, |_| true)),
            expiring: self.money(both, self.left(&lines, |line| self.allocation.purses[line].until.is_some())),
            credits: self.money(self.whole, self.needs.credits),
        }
    }
}
