//! From what the tables say to the cost position in the reporting currency, and from its total to its parts.

use super::statement::{SideTotal, Statement, Topic};
use crate::analysis::cost::{CellAmounts, CostPosition, Cube, Fact, Native, Windows, convert};
use crate::analysis::measure::{Measure, Undefined};
use crate::base::money::{Currency, Money};
use crate::base::period::Period;
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// A fact of the cost position, and what the statements call it.
struct Part {
    topic: Topic,
    fact: Fact,
    name: &'static str,
    words: &'static str,
    rate: &'static str,
    of: fn(&CellAmounts) -> Option<i64>,
}

const PARTS: [Part; 4] = [
    Part {
        topic: Topic::Cost,
        fact: Fact::Actual,
        name: "Actual cost to the Cost page",
        words: "actual cost",
        rate: "average",
        of: |cell| cell.actual,
    },
    Part {
        topic: Topic::Budget,
        fact: Fact::Original,
        name: "Original budget to the Cost page",
        words: "original budget",
        rate: "budget",
        of: |cell| cell.original,
    },
    Part {
        topic: Topic::Budget,
        fact: Fact::Change,
        name: "Approved changes to the Cost page",
        words: "approved changes",
        rate: "budget",
        of: |cell| cell.changes,
    },
    Part {
        topic: Topic::Forecast,
        fact: Fact::Forecast,
        name: "Forecast to the Cost page",
        words: "forecast",
        rate: "budget",
        of: |cell| cell.forecast,
    },
];

/// The statements of the cost position.
pub(super) fn statements(portfolio: &Portfolio, cost: &CostPosition) -> Vec<Statement> {
    let by_currency = by_currency(portfolio, cost);
    let mut statements: Vec<Statement> = PARTS.iter().filter_map(|part| converted(cost, &by_currency, part)).collect();
    statements.extend(to_parts(cost));
    statements.extend(forecast_to_come(cost));
    statements
}

/// The cube of the amounts of each currency alone, in the reporting currency.
fn by_currency(portfolio: &Portfolio, cost: &CostPosition) -> BTreeMap<Currency, Cube> {
    let currencies: BTreeSet<Currency> = cost.native.amounts.keys().map(|(_, _, currency)| *currency).collect();
    let alone = |currency: Currency| {
        let mut native = cost.native.clone();
        native.amounts.retain(|(_, _, of), _| *of == currency);
        (currency, convert(portfolio, &native, |_| cost.currency))
    };
    currencies.into_iter().map(alone).collect()
}

/// The sum of a cube's cells, in major units.
fn sum(cube: &Cube, currency: Currency, of: impl Fn(&CellAmounts) -> Option<i64>) -> Decimal {
    let minor: i128 = cube.cells.values().filter_map(of).map(i128::from).sum();
    Decimal::try_from_i128_with_scale(minor, currency.exponent()).unwrap_or(Decimal::MAX)
}

/// From the amounts in the reporting currency, and those of others at their rates, to what the Cost page holds.
fn converted(cost: &CostPosition, by_currency: &BTreeMap<Currency, Cube>, part: &Part) -> Option<Statement> {
    let to = cost.currency;
    let amounts = |currency: Currency| {
        let mine = cost.native.amounts.iter().filter(move |((fact, _, of), _)| *fact == part.fact && *of == currency);
        mine.map(|(_, parts)| Native::total(parts).ok()).collect::<Option<Vec<Decimal>>>()
    };
    if !cost.native.amounts.keys().any(|(fact, _, _)| *fact == part.fact) {
        return None;
    }
    let own = amounts(to)?;
    let exact: Decimal = own.iter().sum();
    let source = SideTotal::new(format!("{} in {to}", part.words), exact);
    let mut statement = Statement::tie(part.topic, part.name, "portfolio", to, source);
    let rounded = by_currency.get(&to).map_or(Decimal::ZERO, |cube| sum(cube, to, part.of));
    statement = statement.adjust("rounded to the smallest unit in each cell", rounding(exact, rounded, own.len(), to), 0);
    for (currency, cube) in by_currency.iter().filter(|(currency, _)| **currency != to) {
        let without: Vec<_> = cube.unconverted.iter().filter(|left| left.fact == part.fact).collect();
        let amounts = amounts(*currency)?;
        let there: u64 = (amounts.len() - without.len()) as u64;
        let left_out: Decimal = without.iter().filter_map(|left| left.amount).sum();
        let given: Decimal = amounts.iter().sum::<Decimal>() - left_out;
        let reason = format!("{} {currency} converted at {} rates", super::clues::shown(given), part.rate);
        statement = statement.adjust(reason, sum(cube, to, part.of), there);
        let reason = format!("no rate for {} {currency}: left out", super::clues::shown(left_out));
        statement = statement.adjust(reason, Decimal::ZERO, without.len() as u64);
    }
    Some(statement.reported(SideTotal::new(format!("{} on the Cost page", part.words), sum(&cost.cube, to, part.of))))
}

/// What rounding each cell once adds; nothing where it is more than rounding can be, so that it shows.
fn rounding(exact: Decimal, rounded: Decimal, cells: usize, currency: Currency) -> Decimal {
    let most = Decimal::new(5, currency.exponent() + 1) * Decimal::from(cells);
    let effect = rounded - exact;
    if effect.abs() <= most { effect } else { Decimal::ZERO }
}

/// The total of actual cost and its parts: initiatives and what belongs to none, categories, periods.
fn to_parts(cost: &CostPosition) -> Vec<Statement> {
    let total = sum(&cost.cube, cost.currency, |cell| cell.actual);
    if !cost.native.amounts.keys().any(|(fact, _, _)| *fact == Fact::Actual) {
        return Vec::new();
    }
    let unassigned = cost.cube.of(None).filter_map(|(_, cell)| cell.actual).map(i128::from).sum::<i128>();
    let unassigned = Decimal::try_from_i128_with_scale(unassigned, cost.currency.exponent()).unwrap_or(Decimal::MAX);
    let begin = |scope: &str| {
        let source = SideTotal::new("actual cost on the Cost page", total);
        Statement::tie(Topic::Cost, "Actual cost to its parts", scope, cost.currency, source)
    };
    let of_windows = |windows: &mut dyn Iterator<Item = &Windows>| windows.map(|each| each.life.actual).collect::<Vec<_>>();
    let initiatives = of_windows(&mut cost.initiatives.iter().map(|each| &each.reporting));
    let categories = of_windows(&mut cost.categories.iter().map(|(_, windows)| windows));
    let periods: i128 = cost.periods.iter().filter_map(|each| each.amounts.actual).map(i128::from).sum();
    let periods = Decimal::try_from_i128_with_scale(periods, cost.currency.exponent()).unwrap_or(Decimal::MAX);
    let mut statements = Vec::new();
    if let Some(sum) = whole(&initiatives) {
        let statement = begin("initiatives").adjust("of no initiative (unassigned)", -unassigned, 0);
        statements.push(statement.reported(SideTotal::new("actual cost of the initiatives", sum)));
    }
    if let Some(sum) = whole(&categories) {
        statements.push(begin("categories").reported(SideTotal::new("actual cost of the categories", sum)));
    }
    statements.push(begin("periods").reported(SideTotal::new("actual cost of the periods", periods)));
    statements
}

/// The sum of figures where all of them are known; what has no source adds nothing.
fn whole(figures: &[Measure<Money>]) -> Option<Decimal> {
    let known = |figure: &Measure<Money>| match figure {
        Ok(money) => Some(money.amount()),
        Err(Undefined::NoTable | Undefined::NoAmount | Undefined::NoActualCost) => Some(Decimal::ZERO),
        Err(_) => None,
    };
    figures.iter().map(known).sum()
}

/// From all forecast to what is still to come.
fn forecast_to_come(cost: &CostPosition) -> Option<Statement> {
    let reported = cost.total.life.to_come.ok()?;
    let forecast = |wanted: &dyn Fn(Period) -> bool| {
        let cells = cost.cube.cells.iter().filter(|(key, cell)| wanted(key.period) && cell.forecast.is_some());
        let (minor, count) =
            cells.fold((0i128, 0), |(minor, count), (_, cell)| (minor + i128::from(cell.forecast.unwrap_or(0)), count + 1));
        (Decimal::try_from_i128_with_scale(minor, cost.currency.exponent()).unwrap_or(Decimal::MAX), count)
    };
    let ahead = |minor: i128| Decimal::try_from_i128_with_scale(minor, cost.currency.exponent()).unwrap_or(Decimal::MAX);
    let (all, cells) = forecast(&|_| true);
    if cells == 0 {
        return None;
    }
    let (over, over_cells) = forecast(&|period| period < cost.period);
    let (now, now_cells) = forecast(&|period| period == cost.period);
    let left: i128 = cost
        .cube
        .cells
        .iter()
        .filter(|(key, _)| key.period == cost.period)
        .map(|(key, cell)| i128::from(cost.to_come(key.period, cell)))
        .sum();
    let source = SideTotal::new("forecast on the Cost page", all);
    let statement = Statement::tie(Topic::Forecast, "Forecast to what is to come", "portfolio", cost.currency, source)
        .adjust("forecast of periods that are over", -over, over_cells)
        .adjust(format!("forecast of {} that is spent, or whose period is over", cost.period), ahead(left) - now, now_cells);
    Some(statement.reported(SideTotal::new("forecast still to come", reported.amount())))
}
