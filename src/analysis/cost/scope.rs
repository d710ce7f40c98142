//! Parts of the cube: an initiative, a category, all of it; over windows of time.

use super::InitiativeCost;
use super::cube::{CellAmounts, CellKey, Cube, Fact};
use super::figures::{Figures, Known, Sums, Window, Windows, to_money};
use crate::analysis::measure::{Measure, Undefined};
use crate::base::money::{Currency, Money};
use crate::base::period::Period;
use crate::model::initiative::{Initiative, InitiativeStatus};
use crate::model::portfolio::Portfolio;
use std::collections::BTreeSet;

/// How a scope is to be summed up.
#[derive(Clone, Copy)]
struct Strict {
    /// Nothing more is to come, so that no forecast is needed.
    over: bool,
    /// A figure that lacks money for want of a rate is none. Totals of many initiatives show what they have, and coverage.
    whole: bool,
}

/// What every roll-up needs to know.
pub(super) struct Scope {
    /// The period in which the as-of date lies.
    pub period: Period,
    /// True where that period is not over.
    pub incomplete: bool,
    /// Facts of which a table came in.
    tables: BTreeSet<Fact>,
}

impl Scope {
    pub fn of(portfolio: &Portfolio) -> Self {
        let (fiscal, as_of) = (&portfolio.settings.fiscal, portfolio.settings.as_of.day());
        let period = fiscal.period_of(as_of);
        Self { period, incomplete: as_of < fiscal.end(period), tables: came_in(portfolio) }
    }

    fn has(&self, fact: Fact) -> bool {
        self.tables.contains(&fact)
    }

    /// One initiative in both currencies. `cubes`: in the reporting currency, in its own.
    pub fn initiative(
        &self,
        portfolio: &Portfolio,
        initiative: &Initiative,
        cubes: (&Cube, &Cube),
        mine: &dyn Fn(&CellKey) -> bool,
    ) -> InitiativeCost {
        let over = matches!(initiative.status, InitiativeStatus::Complete | InitiativeStatus::Cancelled);
        let currency = portfolio.settings.reporting_currency;
        let reporting = self.sums(cubes.0, currency, Strict { over, whole: true }, mine);
        let said = portfolio.commentary.iter().filter(|said| said.item == initiative.id.as_str() && said.period == self.period);
        let words = |measure: &str| said.clone().filter(|said| said.measure == measure).map(|said| said.text.clone()).collect();
        let commentary: Vec<String> = words("cost");
        let limit = portfolio.settings.thresholds.commentary_share;
        let passed = reporting.year_to_date.variance_share.is_ok_and(|share| share.abs() > limit);
        InitiativeCost {
            initiative: initiative.id.clone(),
            own: self.sums(cubes.1, initiative.currency, Strict { over, whole: true }, mine),
            categories: self.by_category(cubes.0, currency, mine),
            commentary_needed: passed && commentary.is_empty() && said.clone().all(|said| said.measure != "overall"),
            commentary,
            reporting,
        }
    }

    /// The windows of the cells that are wanted.
    pub fn windows(&self, cube: &Cube, currency: Currency, wanted: impl Fn(&CellKey) -> bool) -> Windows {
        self.sums(cube, currency, Strict { over: false, whole: false }, &wanted)
    }

    /// By category, by name.
    pub fn by_category(&self, cube: &Cube, currency: Currency, wanted: impl Fn(&CellKey) -> bool) -> Vec<(String, Windows)> {
        let categories: BTreeSet<&str> = cube.cells.keys().filter(|key| wanted(key)).map(|key| key.category.as_str()).collect();
        let one = |category: &str| self.windows(cube, currency, |key| key.category == category && wanted(key));
        categories.into_iter().map(|category| (category.to_string(), one(category))).collect()
    }

    fn sums(&self, cube: &Cube, currency: Currency, strict: Strict, wanted: &dyn Fn(&CellKey) -> bool) -> Windows {
        let cells: Vec<(&CellKey, &CellAmounts)> = cube.cells.iter().filter(|(key, _)| wanted(key)).collect();
        let lost = |fact: Fact| strict.whole && cube.unconverted.iter().any(|money| money.fact == fact && wanted(&money.cell));
        let known = self.known(&cells, strict.over, &lost);
        let figures = |window: Window| self.figures(&cells, window, &known, currency);
        Windows {
            month: figures(Window::Month),
            year_to_date: figures(Window::YearToDate),
            full_year: figures(Window::FullYear),
            life: figures(Window::Life),
            open_commitments: self.open_commitments(&cells, currency),
        }
    }

    fn figures(&self, cells: &[(&CellKey, &CellAmounts)], window: Window, known: &Known, currency: Currency) -> Figures {
        let mut sums = Sums::default();
        for (key, cell) in cells.iter().filter(|(key, _)| self.holds(window, key.period)) {
            sums.add(cell, self.to_come(key.period, cell));
        }
        sums.figures(window, known, currency)
    }

    const fn holds(&self, window: Window, period: Period) -> bool {
        let this_year = period.year == self.period.year;
        match window {
            Window::Month => this_year && period.number == self.period.number,
            Window::YearToDate => this_year && period.number <= self.period.number,
            Window::FullYear => this_year,
            Window::Life => true,
        }
    }

    /// What of a cell's forecast is still to come: all of a later period's; of a period that the as-of date cuts, what is
    /// above its actual cost; nothing of a period that is over.
    fn to_come(&self, period: Period, cell: &CellAmounts) -> i64 {
        let forecast = cell.forecast.unwrap_or(0);
        if period > self.period {
            forecast
        } else if period == self.period && self.incomplete && cell.forecast.is_some() {
            forecast.saturating_sub(cell.actual.unwrap_or(0)).max(0)
        } else {
            0
        }
    }

    fn known(&self, cells: &[(&CellKey, &CellAmounts)], over: bool, lost: &dyn Fn(Fact) -> bool) -> Known {
        let has = |pick: fn(&CellAmounts) -> Option<i64>| cells.iter().any(|(_, cell)| pick(cell).is_some());
        let told = |table: bool, any: bool, none: Undefined| match (table, any) {
            (_, true) => Ok(()),
            (true, false) => Err(none),
            (false, false) => Err(Undefined::NoTable),
        };
        let convertible = |fact: Fact| if lost(fact) { Err(Undefined::NoExchangeRate) } else { Ok(()) };
        let forecast = told(self.has(Fact::Forecast), has(|cell| cell.forecast), Undefined::NoForecast);
        let actual = if self.has(Fact::Actual) { Ok(()) } else { Err(Undefined::NoTable) };
        Known {
            budget: convertible(Fact::Budget).and(told(self.has(Fact::Budget), has(|cell| cell.budget), Undefined::NoBudget)),
            actual: convertible(Fact::Actual).and(actual),
            forecast: convertible(Fact::Forecast).and(if over { Ok(()) } else { forecast }),
        }
    }

    fn open_commitments(&self, cells: &[(&CellKey, &CellAmounts)], currency: Currency) -> Measure<Money> {
        if !self.has(Fact::Actual) {
            return Err(Undefined::NoTable);
        }
        to_money(cells.iter().map(|(_, cell)| i128::from(cell.commitment.unwrap_or(0))).sum(), currency)
    }
}

fn came_in(portfolio: &Portfolio) -> BTreeSet<Fact> {
    let tables = [("Budgets", Fact::Budget), ("Actuals", Fact::Actual), ("Forecast", Fact::Forecast)];
    tables.into_iter().filter(|(table, _)| portfolio.has_table(table)).map(|(_, fact)| fact).collect()
}
