//! Actual cost from the ledger: each line in one place of the plan, converted once by period, category and currency.

use super::Context;
use super::actuals::{Actuals, BookedDays};
use super::result::ActualCostBasis;
use super::series::{Amounts, Place};
use crate::analysis::measure::{Measure, Undefined};
use crate::base::day::{Day, Moment, day_from_epoch};
use crate::base::money::Currency;
use crate::base::period::Period;
use crate::model::finance::RateKind;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// A line of the ledger that is a cost: an actual, an accrual or a reversal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CostLine {
    /// Posted on; the first day of its period where it was put off to a later one.
    pub day: Day,
    /// Its period.
    pub period: Period,
    /// Category.
    pub category: String,
    /// Currency.
    pub currency: Currency,
    /// Minor units.
    pub minor: i64,
    /// Where it belongs.
    pub place: Place,
}

/// The ledger's cost lines by initiative, oldest first.
#[must_use]
pub fn cost_lines(context: &Context<'_>) -> Vec<Vec<CostLine>> {
    let mut lines = vec![Vec::new(); context.members.len()];
    let frame = &context.portfolio.ledger.frame;
    let text = |name: &str| frame.column(name).and_then(|column| column.str().cloned());
    let whole = |name: &str| frame.column(name).and_then(|column| column.i32().cloned());
    let columns =
        (text("initiative"), text("kind"), whole("posted"), whole("period"), text("currency"), text("category"), text("wbs"));
    let (Ok(initiative), Ok(kind), Ok(posted), Ok(period), Ok(currency), Ok(category), Ok(wbs)) = columns else { return lines };
    let Ok(minor) = frame.column("minor").and_then(|column| column.i64().cloned()) else { return lines };
    let places = Places::of(context);
    for row in 0..frame.height() {
        let is_cost = matches!(kind.get(row), Some("actual" | "accrual" | "reversal"));
        let group = initiative.get(row).and_then(|id| context.group_by_id.get(id).copied());
        let parts = (posted.get(row), minor.get(row), currency.get(row).and_then(Currency::parse));
        let (true, Some(group), (Some(posted), Some(minor), Some(currency))) = (is_cost, group, parts) else { continue };
        let (day, period) = dated(context, day_from_epoch(i64::from(posted)), period.get(row));
        let place = wbs.get(row).map_or(Place::Initiative, |work| places.find(group, work));
        let category = category.get(row).unwrap_or_default().to_string();
        lines[group].push(CostLine { day, period, category, currency, minor, place });
    }
    for lines in &mut lines {
        lines.sort();
    }
    lines
}

/// The day on which a line counts, and its period: that of its posting date, or a later one that it was put off to.
fn dated(context: &Context<'_>, posted: Day, period: Option<i32>) -> (Day, Period) {
    let fiscal = &context.portfolio.settings.fiscal;
    let own = fiscal.period_of(posted);
    match period.and_then(Period::from_ordinal) {
        Some(later) if later > own => (fiscal.start(later).min(context.portfolio.data_date.finish_day()).max(posted), later),
        _ => (posted, own),
    }
}

/// What a ledger may name work by.
struct Places<'a> {
    activities: BTreeMap<(usize, &'a str), usize>,
    packages: BTreeMap<(usize, &'a str), &'a str>,
}

impl<'a> Places<'a> {
    fn of(context: &Context<'a>) -> Self {
        let (mut activities, mut packages) = (BTreeMap::new(), BTreeMap::new());
        let mut shared = BTreeSet::new();
        for (index, activity) in context.portfolio.activities.iter().enumerate() {
            let group = context.group_of[index];
            let code = activity.wbs.as_str();
            let above = std::iter::successors(Some(code), |code| code.rsplit_once('.').map(|(above, _)| above));
            packages.extend(above.map(|code| ((group, code), code)));
            if !context.is_work(index) {
                packages.insert((group, activity.key.id.as_str()), code);
            } else if activities.insert((group, code), index).is_some() {
                shared.insert((group, code));
            }
        }
        activities.retain(|key, _| !shared.contains(key));
        let work = context.portfolio.activities.iter().enumerate().filter(|(index, _)| context.is_work(*index));
        activities.extend(work.map(|(index, activity)| ((context.group_of[index], activity.key.id.as_str()), index)));
        Self { activities, packages }
    }

    fn find(&self, group: usize, work: &str) -> Place {
        match (self.activities.get(&(group, work)), self.packages.get(&(group, work))) {
            (Some(activity), _) => Place::Activity(*activity),
            (None, Some(code)) => Place::Package((*code).to_string()),
            (None, None) => Place::Initiative,
        }
    }
}

/// What shares an exchange rate and a rounding: period, category, currency; with the minor units of each place, and what
/// they come to in the currency wanted.
#[derive(Default)]
struct Cell {
    minor: BTreeMap<Place, i128>,
    converted: BTreeMap<Place, Decimal>,
}

type CellKey<'a> = (Period, &'a str, Currency);

/// Actual cost of an initiative by its lines of the ledger.
#[must_use]
pub fn by_ledger(context: &Context<'_>, group: usize, lines: &[CostLine]) -> Actuals {
    let named: BTreeSet<&Place> = lines.iter().map(|line| &line.place).collect();
    let basis = match (lines.is_empty(), named.iter().all(|place| **place == Place::Initiative)) {
        (true, _) => ActualCostBasis::None,
        (_, true) => ActualCostBasis::LedgerByInitiative,
        (_, false) => ActualCostBasis::Ledger,
    };
    let (own, reporting) = (context.currency(group), context.portfolio.settings.reporting_currency);
    let in_own = amounts(context, lines, own);
    let in_reporting = if own == reporting { in_own.clone() } else { amounts(context, lines, reporting) };
    let covered = named.into_iter().filter_map(|place| if let Place::Package(code) = place { Some(code) } else { None });
    let covered = covered.flat_map(|code| context.below(group, code)).collect();
    Actuals { basis, own: in_own, reporting: in_reporting, minutes: BTreeMap::new(), covered, days: BookedDays::of(context) }
}

/// The lines in a currency, at the average rate of each period, each cell rounded once and split by largest remainder.
fn amounts(context: &Context<'_>, lines: &[CostLine], to: Currency) -> Amounts {
    let mut result = Amounts::default();
    let mut cells: BTreeMap<CellKey<'_>, Cell> = BTreeMap::new();
    for of_day in lines.chunk_by(|a, b| a.day == b.day) {
        let from = Moment::start_of(of_day[0].day);
        let mut touched: BTreeSet<CellKey<'_>> = BTreeSet::new();
        for line in of_day {
            let exact = Decimal::new(line.minor, line.currency.exponent());
            if line.currency == to {
                result.add(&line.place, from, Ok(exact));
                continue;
            }
            let key = (line.period, line.category.as_str(), line.currency);
            *cells.entry(key).or_default().minor.entry(line.place.clone()).or_default() += i128::from(line.minor);
            touched.insert(key);
        }
        for key in touched {
            let Some(cell) = cells.get_mut(&key) else { continue };
            for (place, change) in cell.convert(context, key, to) {
                result.add(&place, from, change);
            }
        }
    }
    result
}

impl Cell {
    /// Converts the cell anew, and says what changed by place.
    fn convert(&mut self, context: &Context<'_>, (period, _, from): CellKey<'_>, to: Currency) -> Vec<(Place, Measure<Decimal>)> {
        let rate = context.exchange_in(RateKind::Average, from, to, period);
        let parts: Measure<Vec<Decimal>> = rate.and_then(|rate| split(&self.minor, from, to, rate));
        match parts {
            Err(none) => self.minor.keys().map(|place| (place.clone(), Err(none))).collect(),
            Ok(parts) => {
                let changed = self.minor.keys().zip(parts).map(|(place, now)| {
                    let before = self.converted.insert(place.clone(), now).unwrap_or_default();
                    (place.clone(), Ok(now - before))
                });
                changed.collect()
            }
        }
    }
}

/// The places' shares of the cell's amount at a rate, rounded once for the cell: each rounded down, and what is left over
/// given to the largest remainders.
fn split(minor: &BTreeMap<Place, i128>, from: Currency, to: Currency, rate: Decimal) -> Measure<Vec<Decimal>> {
    let exact = |units: i128| {
        let amount = Decimal::try_from_i128_with_scale(units, from.exponent()).map_err(|_| Undefined::TooLarge)?;
        amount.checked_mul(rate).ok_or(Undefined::TooLarge)
    };
    let places = to.exponent();
    let unit = Decimal::new(1, places);
    let total = crate::base::number::round(exact(minor.values().sum())?, places);
    let raw: Vec<Decimal> = minor.values().map(|units| exact(*units)).collect::<Measure<_>>()?;
    let mut parts: Vec<Decimal> = raw
        .iter()
        .map(|amount| amount.round_dp_with_strategy(places, rust_decimal::RoundingStrategy::ToNegativeInfinity))
        .collect();
    let mut order: Vec<usize> = (0..raw.len()).collect();
    order.sort_by_key(|&part| std::cmp::Reverse(raw[part] - parts[part]));
    let mut left = total - parts.iter().sum::<Decimal>();
    for part in order {
        if left < unit {
            break;
        }
        parts[part] += unit;
        left -= unit;
    }
    Ok(parts)
}
