//! Corkscrews of the funds, and their cover.

use super::draws::{Draw, JudgedDraw};
use super::forward::{self, RiskAhead};
use super::{CorkscrewRow, FundTotal, ReserveFund};
use crate::analysis::budget_rate;
use crate::analysis::measure::{Measure, Undefined};
use crate::analysis::risk::{self, AssessedRisk, RiskExposure};
use crate::analysis::schedule::Schedule;
use crate::base::id::{InitiativeId, RiskId};
use crate::base::money::{Currency, Money};
use crate::base::number;
use crate::base::period::Period;
use crate::model::budget_control::{Fund, Movement, ReserveMovement};
use crate::model::portfolio::Portfolio;
use crate::model::risk::{Risk, RiskStatus};
use std::collections::{BTreeMap, BTreeSet};

/// A fund's key.
type FundKey = (Fund, Option<InitiativeId>);

/// Every fund with a movement, by kind and initiative.
pub(super) fn funds(portfolio: &Portfolio, risk: &RiskExposure, schedule: &Schedule) -> Vec<ReserveFund> {
    let mut groups: BTreeMap<FundKey, Vec<usize>> = BTreeMap::new();
    for (at, movement) in portfolio.reserves.iter().enumerate() {
        groups.entry((movement.fund, movement.initiative.clone())).or_default().push(at);
    }
    let covered: BTreeSet<InitiativeId> =
        groups.keys().filter(|(fund, _)| *fund == Fund::Contingency).filter_map(|(_, initiative)| initiative.clone()).collect();
    let fund = |((fund, initiative), movements): (FundKey, Vec<usize>)| {
        let covers = |of: &InitiativeId| match (fund, &initiative) {
            (Fund::ManagementReserve, _) => false,
            (Fund::Contingency, Some(initiative)) => of == initiative,
            (Fund::Contingency, None) => !covered.contains(of),
        };
        let threats = risk.risks.iter().filter(|risk| !risk.opportunity && covers(&risk.initiative));
        let cover = Cover::of(portfolio, schedule, fund, &threats.collect::<Vec<_>>(), retired(portfolio, &covers));
        reserve_fund(portfolio, (fund, initiative.clone()), movements, cover)
    };
    groups.into_iter().map(fund).collect()
}

/// Expected cost, before any response, of the threats that are over: what the forecast had the fund used for by now.
fn retired(portfolio: &Portfolio, covers: &dyn Fn(&InitiativeId) -> bool) -> Measure<Money> {
    let over = |risk: &&Risk| matches!(risk.status, RiskStatus::Closed | RiskStatus::Occurred);
    let threats = portfolio.risks.iter().filter(over).filter(|risk| !risk.opportunity && covers(&risk.initiative));
    together(portfolio, threats.map(|risk| risk::assess(portfolio, risk).expected))
}

/// The sum of what threats are expected to cost. Those without an amount add nothing; where none has one, there is no sum.
fn together(portfolio: &Portfolio, expected: impl Iterator<Item = Measure<Money>>) -> Measure<Money> {
    if !portfolio.has_table("Risks") {
        return Err(Undefined::NoTable);
    }
    let (without, known): (Vec<_>, Vec<_>) = expected.partition(|cost| *cost == Err(Undefined::NoAmount));
    if known.is_empty() && !without.is_empty() {
        return Err(Undefined::NoAmount);
    }
    budget_rate::sum(portfolio.settings.reporting_currency, known)
}

/// What a fund has to cover, in the reporting currency.
struct Cover {
    exposure: Measure<Money>,
    retired: Measure<Money>,
    threats: (usize, usize),
    ahead: Vec<RiskAhead>,
    by_period: BTreeMap<Period, i64>,
}

impl Cover {
    fn of(portfolio: &Portfolio, schedule: &Schedule, fund: Fund, threats: &[&AssessedRisk], retired: Measure<Money>) -> Self {
        let none = Err(Undefined::NotApplicable);
        let mut cover = Self { exposure: none, retired: none, threats: (0, 0), ahead: Vec::new(), by_period: BTreeMap::new() };
        if fund == Fund::ManagementReserve {
            return cover;
        }
        let without = threats.iter().filter(|risk| risk.residual_expected.is_err()).count();
        cover.threats = (threats.len(), without);
        cover.retired = retired;
        cover.exposure = together(portfolio, threats.iter().map(|risk| risk.residual_expected));
        let known = threats.iter().filter(|risk| cover.exposure.is_ok() && risk.residual_expected.is_ok());
        for (ahead, periods) in known.filter_map(|risk| forward::place(portfolio, schedule, risk)) {
            cover.ahead.push(ahead);
            for (period, minor) in periods.into_iter().filter(|(_, minor)| *minor != 0) {
                *cover.by_period.entry(period).or_default() += minor;
            }
        }
        cover.ahead.sort_by(|one, other| one.risk.cmp(&other.risk));
        cover
    }
}

fn reserve_fund(portfolio: &Portfolio, (fund, initiative): FundKey, movements: Vec<usize>, cover: Cover) -> ReserveFund {
    let reporting = portfolio.settings.reporting_currency;
    let owner = initiative.as_ref().and_then(|id| portfolio.initiative(id));
    let currency = owner.map_or(reporting, |owner| owner.currency);
    let as_of = portfolio.settings.as_of.day();
    let up_to_now = movements.into_iter().filter(|at| portfolio.reserves[*at].date <= as_of);
    let walk = Walk::of(portfolio, currency, up_to_now.collect());
    let sum = |kind: Movement| walk.sum(|movement| movement.movement == kind);
    let remaining = if walk.steps.is_empty() { Err(Undefined::NoMovement) } else { walk.balance() };
    let to_reporting = |money: Measure<Money>| {
        budget_rate::money(portfolio, money?.amount(), (currency, reporting), budget_rate::period_now(portfolio))
    };
    let remaining_reporting = to_reporting(remaining);
    let (forward, runs_short) = forward::curve(portfolio, &cover.by_period, remaining_reporting, reporting);
    let stated = match (fund, owner) {
        (Fund::Contingency, Some(owner)) => owner
            .contingency
            .ok_or(Undefined::NoAmount)
            .and_then(|stated| Money::rounded(stated, currency).map_err(|_| Undefined::TooLarge)),
        _ => Err(Undefined::NotApplicable),
    };
    ReserveFund {
        corkscrew: walk.corkscrew(),
        opening: walk.beginning.and(sum(Movement::Opening)),
        additions: sum(Movement::Addition),
        drawdowns: sum(Movement::Drawdown),
        releases: sum(Movement::Release),
        coverage: coverage(remaining_reporting, cover.exposure),
        use_at_completion: both(to_reporting(sum(Movement::Drawdown)), cover.exposure, Money::checked_add),
        surplus: both(remaining_reporting, cover.exposure, Money::checked_sub),
        overdrawn: walk.overdrawn(),
        draws: walk.draws(),
        exposure: cover.exposure,
        retired: cover.retired,
        drawn_reporting: to_reporting(sum(Movement::Drawdown)),
        threats: cover.threats,
        ahead: cover.ahead,
        fund,
        initiative,
        currency,
        remaining,
        remaining_reporting,
        stated,
        forward,
        runs_short,
    }
}

fn both(
    one: Measure<Money>,
    other: Measure<Money>,
    with: fn(Money, Money) -> Result<Money, crate::base::money::MoneyError>,
) -> Measure<Money> {
    with(one?, other?).map_err(|_| Undefined::TooLarge)
}

fn coverage(remaining: Measure<Money>, exposure: Measure<Money>) -> Measure<f64> {
    number::ratio(remaining?.amount(), exposure?.amount()).ok_or(Undefined::NothingToCompare)
}

/// What a fund holds before its first day. A first day on which movements only take tells that an opening is missing: what
/// it held is not known then, and not nothing.
fn beginning<'m>(currency: Currency, mut first_day: impl Iterator<Item = &'m ReserveMovement>) -> Measure<Money> {
    let zero = Money::zero(currency);
    let Some(first) = first_day.next() else { return Ok(zero) };
    if first.movement.adds() || first_day.any(|movement| movement.movement.adds()) { Ok(zero) } else { Err(Undefined::NoOpening) }
}

/// A movement in the fund's currency, with the balance after it.
struct Step<'p> {
    at: usize,
    movement: &'p ReserveMovement,
    period: Period,
    amount: Measure<Money>,
    balance: Measure<Money>,
}

/// The movements of a fund up to the as-of date, in order of date; an opening first on its day.
struct Walk<'p> {
    portfolio: &'p Portfolio,
    currency: Currency,
    /// What there is before the first movement: nothing, or nobody knows.
    beginning: Measure<Money>,
    steps: Vec<Step<'p>>,
}

impl<'p> Walk<'p> {
    fn of(portfolio: &'p Portfolio, currency: Currency, mut movements: Vec<usize>) -> Self {
        let of = |at: &usize| &portfolio.reserves[*at];
        movements.sort_by_key(|at| (of(at).date, of(at).movement != Movement::Opening, *at));
        let first = movements.first().map(|at| of(at).date);
        let begins = movements.iter().map(of).take_while(|movement| Some(movement.date) == first);
        let beginning = beginning(currency, begins);
        let mut balance = beginning;
        let mut steps = Vec::new();
        for at in movements {
            let movement = of(&at);
            let period = portfolio.settings.fiscal.period_of(movement.date);
            let amount = budget_rate::money(portfolio, movement.amount, (movement.currency, currency), period);
            balance = both(balance, amount, if movement.movement.adds() { Money::checked_add } else { Money::checked_sub });
            steps.push(Step { at, movement, period, amount, balance });
        }
        Self { portfolio, currency, beginning, steps }
    }

    fn balance(&self) -> Measure<Money> {
        self.steps.last().map_or(Err(Undefined::NoMovement), |step| step.balance)
    }

    fn sum(&self, wanted: impl Fn(&ReserveMovement) -> bool) -> Measure<Money> {
        budget_rate::sum(self.currency, self.steps.iter().filter(|step| wanted(step.movement)).map(|step| step.amount))
    }

    fn corkscrew(&self) -> Vec<CorkscrewRow> {
        let Some(first) = self.steps.first().map(|step| step.period) else { return Vec::new() };
        let mut balance = self.beginning;
        let row = |period: Period| {
            let of = |kind: Movement| {
                let mine = self.steps.iter().filter(|step| step.period == period && step.movement.movement == kind);
                budget_rate::sum(self.currency, mine.map(|step| step.amount))
            };
            // An opening after the first period adds: it is told where it differs from what is there.
            let begins = of(Movement::Opening);
            let (opening, additions) = if period == first {
                (balance.and(begins), of(Movement::Addition))
            } else {
                (balance, both(begins, of(Movement::Addition), Money::checked_add))
            };
            let (drawdowns, releases) = (of(Movement::Drawdown), of(Movement::Release));
            let added = both(opening, additions, Money::checked_add);
            let closing = both(both(added, drawdowns, Money::checked_sub), releases, Money::checked_sub);
            balance = closing;
            CorkscrewRow { period, opening, additions, drawdowns, releases, closing }
        };
        self.portfolio.settings.fiscal.range(first, budget_rate::period_now(self.portfolio)).into_iter().map(row).collect()
    }

    /// Movements that take something from a fund and leave less than nothing.
    fn overdrawn(&self) -> Vec<(usize, Money)> {
        let takes = self.steps.iter().filter(|step| !step.movement.movement.adds());
        takes.filter_map(|step| Some((step.at, step.balance.ok().filter(|balance| balance.minor < 0)?))).collect()
    }

    fn draws(&self) -> Vec<JudgedDraw> {
        let mut for_risk: BTreeMap<&RiskId, Measure<Money>> = BTreeMap::new();
        let mut draws = Vec::new();
        for step in self.steps.iter().filter(|step| step.movement.movement == Movement::Drawdown) {
            let drawn_for_risk = step.movement.risk.as_ref().map_or(Err(Undefined::NoRiskNamed), |risk| {
                let sum = for_risk.entry(risk).or_insert(Ok(Money::zero(self.currency)));
                *sum = both(*sum, step.amount, Money::checked_add);
                *sum
            });
            let draw = Draw {
                portfolio: self.portfolio,
                at: step.at,
                movement: step.movement,
                currency: self.currency,
                amount: step.amount,
                balance: step.balance,
                drawn_for_risk,
            };
            draws.push(draw.judge());
        }
        draws
    }
}

/// Each kind of fund over all that have one.
pub(super) fn totals(portfolio: &Portfolio, funds: &[ReserveFund]) -> Vec<FundTotal> {
    let present = Fund::ALL.into_iter().filter(|kind| funds.iter().any(|fund| fund.fund == *kind));
    present.map(|kind| total(portfolio, kind, &funds.iter().filter(|fund| fund.fund == kind).collect::<Vec<_>>())).collect()
}

fn total(portfolio: &Portfolio, kind: Fund, funds: &[&ReserveFund]) -> FundTotal {
    let reporting = portfolio.settings.reporting_currency;
    let now = budget_rate::period_now(portfolio);
    let sum = |pick: fn(&ReserveFund) -> Measure<Money>| {
        let each = funds.iter().map(|fund| budget_rate::money(portfolio, pick(fund)?.amount(), (fund.currency, reporting), now));
        budget_rate::sum(reporting, each)
    };
    let remaining = budget_rate::sum(reporting, funds.iter().map(|fund| fund.remaining_reporting));
    let exposures: Vec<Measure<Money>> =
        funds.iter().map(|fund| fund.exposure).filter(|exposure| *exposure != Err(Undefined::NoAmount)).collect();
    let exposure = if exposures.is_empty() { Err(Undefined::NoAmount) } else { budget_rate::sum(reporting, exposures) };
    let mut expected: BTreeMap<Period, i64> = BTreeMap::new();
    // What is expected of any period is part of the exposure: where that can be held, so can its parts.
    for row in funds.iter().filter(|_| exposure != Err(Undefined::TooLarge)).flat_map(|fund| &fund.forward) {
        *expected.entry(row.period).or_default() += row.expected.minor;
    }
    let (forward, runs_short) = forward::curve(portfolio, &expected, remaining, reporting);
    FundTotal {
        fund: kind,
        opening: sum(|fund| fund.opening),
        additions: sum(|fund| fund.additions),
        drawdowns: sum(|fund| fund.drawdowns),
        releases: sum(|fund| fund.releases),
        coverage: coverage(remaining, exposure),
        remaining,
        exposure,
        forward,
        runs_short,
    }
}
