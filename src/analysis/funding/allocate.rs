//! Which money pays which need.

use super::GapReason;
use super::need::Need;
use crate::analysis::budget_rate;
use crate::analysis::measure::Measure;
use crate::base::day::Day;
use crate::base::money::Money;
use crate::base::number;
use crate::model::budget_control::FundingLine;
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

/// What a line of funding (by position) pays of a need, in minor units.
pub(super) type Payment = (usize, i64);

/// A line of funding.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Purse {
    pub amount: Measure<Money>,
    pub from: Option<Day>,
    pub until: Option<Day>,
    /// What is not allocated.
    pub left: i64,
}

/// Who pays what.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Allocation {
    /// By line, as the Funding table.
    pub purses: Vec<Purse>,
    /// By need, in the order of allocation.
    pub payments: Vec<Vec<Payment>>,
    /// What nothing pays for, by need.
    pub open: Vec<i64>,
    /// Why, by need.
    pub why: Vec<Option<GapReason>>,
}

/// Pays the needs in the order of the module's rule.
pub(super) fn allocate(portfolio: &Portfolio, needs: &[Need]) -> Allocation {
    let purses = portfolio.funding.iter().map(|line| purse(portfolio, line)).collect();
    let open: Vec<i64> = needs.iter().map(|need| need.minor).collect();
    let (why, payments) = (vec![None; needs.len()], vec![Vec::new(); needs.len()]);
    let mut desk = Desk { portfolio, needs, done: Allocation { purses, payments, open, why } };
    let named = |at: &usize| needs[*at].source.is_some();
    for at in (0..needs.len()).filter(named) {
        desk.pay(at, Phase::BySource);
    }
    for at in 0..needs.len() {
        desk.pay(at, if named(&at) { Phase::Match } else { Phase::Any });
    }
    for at in 0..needs.len() {
        desk.done.why[at] = desk.reason(at);
    }
    desk.done
}

fn purse(portfolio: &Portfolio, line: &FundingLine) -> Purse {
    let settings = &portfolio.settings;
    let opens = settings.fiscal.period_of(line.from.unwrap_or(settings.as_of.day()));
    let amount = budget_rate::money(portfolio, line.amount, (line.currency, settings.reporting_currency), opens);
    let until = [line.to, line.expiry].into_iter().flatten().min();
    Purse { amount, from: line.from, until, left: amount.map_or(0, |amount| amount.minor) }
}

/// What may be paid now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// A need that names its source, by that source.
    BySource,
    /// The part of such a need that others are to bear, by others.
    Match,
    /// A need that names no source, by any.
    Any,
}

struct Desk<'d> {
    portfolio: &'d Portfolio,
    needs: &'d [Need],
    done: Allocation,
}

impl Desk<'_> {
    fn pay(&mut self, at: usize, phase: Phase) {
        let mut asked = self.done.open[at];
        if phase == Phase::Match {
            asked = asked.min(self.needs[at].minor - self.borne(at));
        }
        for line in self.in_order(at, phase) {
            let share = self.share_left(line, at);
            let minor = asked.min(self.done.purses[line].left).min(share);
            if minor > 0 {
                asked -= minor;
                self.done.open[at] -= minor;
                self.done.purses[line].left -= minor;
                self.done.payments[at].push((line, minor));
            }
        }
    }

    /// The lines that may pay a need, first those tied to its initiative, then by earliest last day.
    fn in_order(&self, at: usize, phase: Phase) -> Vec<usize> {
        let funding = &self.portfolio.funding;
        let mut lines: Vec<usize> =
            (0..funding.len()).filter(|line| self.may(*line, at, phase) && self.open_in(*line, at)).collect();
        // Of lines alike in all of that, the smaller pays first, so that the order of rows decides nothing.
        lines.sort_by_key(|line| {
            let (purse, given) = (&self.done.purses[*line], &funding[*line]);
            let first = (given.initiative.is_none(), purse.until.is_none(), purse.until, purse.from);
            (first, given.source.as_str(), given.amount, *line)
        });
        lines
    }

    /// True where a line is for the need's initiative and source.
    fn may(&self, line: usize, at: usize, phase: Phase) -> bool {
        let (line, need) = (&self.portfolio.funding[line], &self.needs[at]);
        let tied = line.initiative.is_none() || line.initiative == need.initiative;
        let named = need.source.as_ref().is_some_and(|source| same(source, &line.source));
        tied && match phase {
            Phase::BySource => named,
            Phase::Match => !named,
            Phase::Any => true,
        }
    }

    /// True where the line's window touches the need's period.
    fn open_in(&self, line: usize, at: usize) -> bool {
        let (fiscal, period) = (&self.portfolio.settings.fiscal, self.needs[at].period);
        let purse = &self.done.purses[line];
        let opens = purse.from.is_none_or(|from| from <= fiscal.end(period));
        let lasts = purse.until.is_none_or(|until| until >= fiscal.start(period));
        // A window that ends before it begins is told where the table is read, and pays for nothing.
        opens && lasts && purse.from.zip(purse.until).is_none_or(|(from, until)| from <= until)
    }

    /// What the source of a line may still bear of a need.
    fn share_left(&self, line: usize, at: usize) -> i64 {
        let source = &self.portfolio.funding[line].source;
        let mine = self.done.payments[at].iter().filter(|(line, _)| same(&self.portfolio.funding[*line].source, source));
        let paid: i64 = mine.map(|(_, minor)| minor).sum();
        share_of(&self.portfolio.funding[line], self.needs[at].minor) - paid
    }

    /// The largest part of a named need that its source bears by its shares.
    fn borne(&self, at: usize) -> i64 {
        let lines = (0..self.portfolio.funding.len()).filter(|line| self.may(*line, at, Phase::BySource));
        let most = lines.map(|line| share_of(&self.portfolio.funding[line], self.needs[at].minor)).max();
        most.unwrap_or(self.needs[at].minor)
    }

    fn reason(&self, at: usize) -> Option<GapReason> {
        let open = self.done.open[at];
        if open == 0 {
            return None;
        }
        let named = self.needs[at].source.is_some();
        let funding = 0..self.portfolio.funding.len();
        let phase = if named { Phase::BySource } else { Phase::Any };
        let mine: Vec<usize> = funding.clone().filter(|line| self.may(*line, at, phase)).collect();
        let known = || {
            funding.clone().any(|line| {
                self.needs[at].source.as_ref().is_some_and(|source| same(source, &self.portfolio.funding[line].source))
            })
        };
        let inside: Vec<&usize> = mine.iter().filter(|line| self.open_in(**line, at)).collect();
        Some(if named && !known() {
            GapReason::UnknownSource
        } else if mine.is_empty() {
            GapReason::NoFunding
        } else if inside.is_empty() {
            GapReason::OutsideWindow
        } else if inside.iter().any(|line| self.done.purses[**line].left > 0)
            || (named && open <= self.needs[at].minor - self.borne(at))
        {
            GapReason::MatchMissing
        } else {
            GapReason::UsedUp
        })
    }
}

/// The part of a need that a line bears by its share, rounded down to the minor unit.
pub(super) fn share_of(line: &FundingLine, minor: i64) -> i64 {
    let Some(share) = line.match_share.and_then(number::from_excel).filter(|share| *share < Decimal::ONE) else { return minor };
    let part = Decimal::from(minor).checked_mul(share.max(Decimal::ZERO)).map(|part| part.floor());
    part.and_then(|part| part.to_i64()).unwrap_or(0)
}

/// True where two names of a source are the same but for case and outer spaces.
pub(super) fn same(one: &str, other: &str) -> bool {
    one.trim().chars().flat_map(char::to_lowercase).eq(other.trim().chars().flat_map(char::to_lowercase))
}
