//! Actual cost of an initiative at each status date: from the ledger or from progress, never both.

use super::Context;
use super::result::ActualCostBasis;
use crate::analysis::measure::{Measure, Undefined};
use crate::base::day::{Day, Moment};
use crate::base::money::{Currency, Money};
use crate::base::number;
use crate::model::finance::RateKind;
use crate::model::settings::ActualCostSource;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// A line of the ledger that is a cost: an actual, an accrual or a reversal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CostLine {
    /// Posted on.
    pub day: Day,
    /// Category.
    pub category: String,
    /// Currency.
    pub currency: Currency,
    /// Minor units.
    pub minor: i64,
    /// The activity that the line names.
    pub activity: Option<usize>,
}

/// Actual cost by status date.
#[derive(Clone, Debug)]
pub struct Actuals {
    /// Where it comes from.
    pub basis: ActualCostBasis,
    /// In the initiative's currency.
    pub own: Vec<Measure<Decimal>>,
    /// In the reporting currency.
    pub reporting: Vec<Measure<Decimal>>,
    /// By activity, in the initiative's currency.
    pub by_activity: BTreeMap<usize, Vec<Measure<Decimal>>>,
}

impl Actuals {
    /// An activity's actual cost at a status date.
    pub fn of_activity(&self, activity: usize, status: usize) -> Measure<Decimal> {
        match self.basis {
            ActualCostBasis::LedgerByInitiative => Err(Undefined::LedgerWithoutActivities),
            ActualCostBasis::None => Err(Undefined::NoActualCost),
            _ => self.by_activity.get(&activity).map_or(Ok(Decimal::ZERO), |amounts| amounts[status]),
        }
    }
}

/// The ledger's cost lines by initiative, oldest first.
#[must_use]
pub fn cost_lines(context: &Context<'_>) -> Vec<Vec<CostLine>> {
    let mut lines = vec![Vec::new(); context.members.len()];
    let frame = &context.portfolio.ledger.frame;
    let columns = (
        frame.column("initiative").and_then(|column| column.str().cloned()),
        frame.column("kind").and_then(|column| column.str().cloned()),
        frame.column("posted").and_then(|column| column.i32().cloned()),
        frame.column("minor").and_then(|column| column.i64().cloned()),
        frame.column("currency").and_then(|column| column.str().cloned()),
        frame.column("category").and_then(|column| column.str().cloned()),
        frame.column("wbs").and_then(|column| column.str().cloned()),
    );
    let (Ok(initiative), Ok(kind), Ok(posted), Ok(minor), Ok(currency), Ok(category), Ok(wbs)) = columns else { return lines };
    let works = context.works();
    for row in 0..frame.height() {
        let is_cost = matches!(kind.get(row), Some("actual" | "accrual" | "reversal"));
        let group = initiative.get(row).and_then(|id| context.group_by_id.get(id).copied());
        let parts = (posted.get(row), minor.get(row), currency.get(row).and_then(Currency::parse));
        let (true, Some(group), (Some(posted), Some(minor), Some(currency))) = (is_cost, group, parts) else { continue };
        let activity = wbs.get(row).and_then(|work| works.get(&(group, work)).copied());
        let day = crate::base::day::day_from_epoch(i64::from(posted));
        let category = category.get(row).unwrap_or_default().to_string();
        lines[group].push(CostLine { day, category, currency, minor, activity });
    }
    for lines in &mut lines {
        lines.sort();
    }
    lines
}

/// Actual cost of an initiative at these status dates.
#[must_use]
pub fn actuals(context: &Context<'_>, group: usize, lines: &[CostLine], statuses: &[Moment]) -> Actuals {
    let from_ledger = match context.portfolio.settings.actual_cost {
        ActualCostSource::Automatic => !lines.is_empty(),
        ActualCostSource::Ledger => true,
        ActualCostSource::Progress => false,
    };
    if from_ledger { by_ledger(context, group, lines, statuses) } else { by_progress(context, group, statuses) }
}

/// Sums by what shares an exchange rate and a rounding: period, category, currency.
type Sums<'a> = BTreeMap<((i32, u8), &'a str, Currency), (Day, i64)>;

fn by_ledger(context: &Context<'_>, group: usize, lines: &[CostLine], statuses: &[Moment]) -> Actuals {
    let named = lines.iter().any(|line| line.activity.is_some());
    let basis = match (lines.is_empty(), named) {
        (true, _) => ActualCostBasis::None,
        (_, true) => ActualCostBasis::Ledger,
        (_, false) => ActualCostBasis::LedgerByInitiative,
    };
    let (own, reporting) = (context.currency(group), context.portfolio.settings.reporting_currency);
    let mut result = Actuals { basis, own: Vec::new(), reporting: Vec::new(), by_activity: BTreeMap::new() };
    let mut all = Sums::new();
    let mut of_activity: BTreeMap<usize, Sums<'_>> = BTreeMap::new();
    let mut next = 0;
    for status in statuses {
        while let Some(line) = lines.get(next).filter(|line| line.day <= status.day()) {
            add(context, &mut all, line);
            if let Some(activity) = line.activity {
                add(context, of_activity.entry(activity).or_default(), line);
            }
            next += 1;
        }
        let missing = basis == ActualCostBasis::None;
        result.own.push(if missing { Err(Undefined::NoActualCost) } else { converted(context, &all, own) });
        result.reporting.push(if missing { Err(Undefined::NoActualCost) } else { converted(context, &all, reporting) });
        let done = result.own.len();
        for (activity, sums) in &of_activity {
            let amounts = result.by_activity.entry(*activity).or_default();
            amounts.resize(done - 1, Ok(Decimal::ZERO));
            amounts.push(converted(context, sums, own));
        }
    }
    result
}

fn add<'a>(context: &Context<'_>, sums: &mut Sums<'a>, line: &'a CostLine) {
    let period = context.portfolio.settings.fiscal.period_of(line.day);
    let sum = sums.entry(((period.year, period.number), &line.category, line.currency)).or_insert((line.day, 0));
    sum.1 = sum.1.saturating_add(line.minor);
}

/// The sums in a currency, at the average rate of each period, each rounded once.
fn converted(context: &Context<'_>, sums: &Sums<'_>, to: Currency) -> Measure<Decimal> {
    let mut total = Decimal::ZERO;
    for ((_, _, from), (day, minor)) in sums {
        let amount = Money::new(*minor, *from).amount();
        let rate = context.exchange(RateKind::Average, *from, to, *day)?;
        let exact = amount.checked_mul(rate).ok_or(Undefined::TooLarge)?;
        let amount = if *from == to { amount } else { number::round(exact, to.exponent()) };
        total = total.checked_add(amount).ok_or(Undefined::TooLarge)?;
    }
    Ok(total)
}

/// Each reading's actual cost is the total to date; what is new at a status date is converted at that date's rate.
fn by_progress(context: &Context<'_>, group: usize, statuses: &[Moment]) -> Actuals {
    let (own, reporting) = (context.currency(group), context.portfolio.settings.reporting_currency);
    let members: Vec<usize> = context.members[group].iter().copied().filter(|&index| context.is_work(index)).collect();
    let has_cost = context.has_actual_cost(&members);
    let basis = if has_cost { ActualCostBasis::Progress } else { ActualCostBasis::None };
    let mut result = Actuals { basis, own: Vec::new(), reporting: Vec::new(), by_activity: BTreeMap::new() };
    let mut before = Decimal::ZERO;
    let mut in_reporting = Ok(Decimal::ZERO);
    for status in statuses {
        if !has_cost {
            result.own.push(Err(Undefined::NoActualCost));
            result.reporting.push(Err(Undefined::NoActualCost));
            continue;
        }
        let mut total = Decimal::ZERO;
        for &member in &members {
            let cost = context.state(member, *status).actual_cost.unwrap_or_default();
            total += cost;
            result.by_activity.entry(member).or_default().push(Ok(cost));
        }
        let new = total - before;
        in_reporting = in_reporting.and_then(|sum| Ok(sum + exchanged(context, new, own, reporting, status.day())?));
        before = total;
        result.own.push(Ok(total));
        result.reporting.push(in_reporting);
    }
    result
}

fn exchanged(context: &Context<'_>, amount: Decimal, from: Currency, to: Currency, day: Day) -> Measure<Decimal> {
    if amount.is_zero() {
        return Ok(Decimal::ZERO);
    }
    let rate = context.exchange(RateKind::Average, from, to, day)?;
    amount.checked_mul(rate).ok_or(Undefined::TooLarge)
}
