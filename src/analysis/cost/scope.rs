//! Parts of the cube: an initiative, a category, all of it; over windows of time.

use super::InitiativeCost;
use super::cube::{CellAmounts, CellKey, Cube, Fact};
use super::figures::{Figures, Known, Sums, Window, Windows, to_money};
use super::position::PositionLine;
use crate::analysis::measure::{Measure, Undefined};
use crate::base::id::InitiativeId;
use crate::base::money::{Currency, Money};
use crate::base::period::Period;
use crate::model::initiative::{Initiative, InitiativeStatus};
use crate::model::portfolio::Portfolio;
use std::collections::{BTreeMap, BTreeSet};

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
        own_position: PositionLine,
    ) -> InitiativeCost {
        let mine = Part::Initiative(&initiative.id);
        let over = is_over(initiative);
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
            own_position,
            commentary_needed: passed && commentary.is_empty() && said.clone().all(|said| said.measure != "overall"),
            commentary,
            reporting,
        }
    }

    /// The windows of a part of the cube.
    pub fn windows(&self, cube: &Cube, currency: Currency, part: Part<'_>) -> Windows {
        self.sums(cube, currency, Strict { over: false, whole: false }, part)
    }

    /// By category, by name.
    pub fn by_category(&self, cube: &Cube, currency: Currency, part: Part<'_>) -> Vec<(String, Windows)> {
        let mut categories: BTreeMap<&str, Vec<(&CellKey, &CellAmounts)>> = BTreeMap::new();
        for (key, cell) in part.cells(cube) {
            categories.entry(&key.category).or_default().push((key, cell));
        }
        let one =
            |cells: &[(&CellKey, &CellAmounts)]| self.windows_of(cells, currency, false, &|fact| too_large(cube, part, fact));
        categories.into_iter().map(|(category, cells)| (category.to_string(), one(&cells))).collect()
    }

    fn sums(&self, cube: &Cube, currency: Currency, strict: Strict, part: Part<'_>) -> Windows {
        let lost = |fact: Fact| if strict.whole { lost(cube, part, fact) } else { too_large(cube, part, fact) };
        self.windows_of(&part.cells(cube), currency, strict.over, &lost)
    }

    fn windows_of(
        &self,
        cells: &[(&CellKey, &CellAmounts)],
        currency: Currency,
        over: bool,
        lost: &dyn Fn(Fact) -> Option<Undefined>,
    ) -> Windows {
        let known = self.known(cells, over, lost);
        let figures = |window: Window| self.figures(cells, window, &known, currency);
        Windows {
            month: figures(Window::Month),
            year_to_date: figures(Window::YearToDate),
            full_year: figures(Window::FullYear),
            life: figures(Window::Life),
            open_commitments: self.open_commitments(cells, currency, lost),
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

    /// What of a cell's forecast is still to come.
    pub fn to_come(&self, period: Period, cell: &CellAmounts) -> i64 {
        still_to_come((self.period, self.incomplete), period, cell)
    }

    /// What of some cells is known; `lost` tells why money of a fact is in none of them.
    pub fn known(&self, cells: &[(&CellKey, &CellAmounts)], over: bool, lost: &dyn Fn(Fact) -> Option<Undefined>) -> Known {
        let has = |pick: fn(&CellAmounts) -> Option<i64>| cells.iter().any(|(_, cell)| pick(cell).is_some());
        let told = |table: bool, any: bool, none: Undefined| match (table, any) {
            (_, true) => Ok(()),
            (true, false) => Err(none),
            (false, false) => Err(Undefined::NoTable),
        };
        let whole = |fact: Fact| lost(fact).map_or(Ok(()), Err);
        let forecast = told(self.has(Fact::Forecast), has(|cell| cell.forecast), Undefined::NoForecast);
        let actual = if self.has(Fact::Actual) { Ok(()) } else { Err(Undefined::NoTable) };
        let orders = if self.has(Fact::Actual) || self.has(Fact::OnOrder) { Ok(()) } else { Err(Undefined::NoTable) };
        Known {
            budget: whole(Fact::Original).and(told(self.has(Fact::Original), has(CellAmounts::budget), Undefined::NoBudget)),
            actual: whole(Fact::Actual).and(actual),
            forecast: whole(Fact::Forecast).and(if over { Ok(()) } else { forecast }),
            orders: whole(Fact::OnOrder).and(orders),
        }
    }

    /// What of a part is known.
    pub fn known_of(&self, cube: &Cube, part: Part<'_>, over: bool) -> Known {
        self.known(&part.cells(cube), over, &|fact| lost(cube, part, fact))
    }

    /// What is known of many initiatives together: what no line tells is nothing.
    pub fn overall(&self, cube: &Cube, has_budget: bool) -> Known {
        let sound = |fact: Fact| too_large(cube, Part::All, fact).map_or(Ok(()), Err);
        let has = |fact: Fact| if self.has(fact) { Ok(()) } else { Err(Undefined::NoTable) };
        let budget = if has_budget { Ok(()) } else { has(Fact::Original).and(Err(Undefined::NoBudget)) };
        let orders = has(Fact::Actual).or(has(Fact::OnOrder));
        Known {
            budget: sound(Fact::Original).and(budget),
            actual: sound(Fact::Actual).and(has(Fact::Actual)),
            forecast: sound(Fact::Forecast).and(has(Fact::Forecast)),
            orders: sound(Fact::OnOrder).and(orders),
        }
    }

    fn open_commitments(
        &self,
        cells: &[(&CellKey, &CellAmounts)],
        currency: Currency,
        lost: &dyn Fn(Fact) -> Option<Undefined>,
    ) -> Measure<Money> {
        self.known(&[], true, lost).orders?;
        to_money(cells.iter().map(|(_, cell)| i128::from(cell.on_order.unwrap_or(0))).sum(), currency)
    }
}

/// What of a cell's forecast is still to come: all of a later period's; of a period that the as-of date cuts, what is
/// above its actual cost; nothing of a period that is over. `now`: the period of the as-of date, and whether it is cut.
pub(super) fn still_to_come((now, incomplete): (Period, bool), period: Period, cell: &CellAmounts) -> i64 {
    let forecast = cell.forecast.unwrap_or(0);
    if period > now {
        forecast
    } else if period == now && incomplete && cell.forecast.is_some() {
        forecast.saturating_sub(cell.actual.unwrap_or(0)).max(0)
    } else {
        0
    }
}

/// True where nothing more is to come of an initiative.
pub(super) const fn is_over(initiative: &Initiative) -> bool {
    matches!(initiative.status, InitiativeStatus::Complete | InitiativeStatus::Cancelled)
}

/// Why some money of a fact in a part is in no converted figure; none where all of it is.
fn lost(cube: &Cube, part: Part<'_>, fact: Fact) -> Option<Undefined> {
    let of_part = cube.unconverted.iter().filter(|money| money.fact.concerns(fact) && part.holds(&money.cell));
    of_part.map(|money| money.why).next()
}

/// Money of a fact in a part that is too large for any figure: no total may do without it.
fn too_large(cube: &Cube, part: Part<'_>, fact: Fact) -> Option<Undefined> {
    let of_part = cube.unconverted.iter().filter(|money| money.fact.concerns(fact) && part.holds(&money.cell));
    of_part.map(|money| money.why).find(|why| *why == Undefined::TooLarge)
}

/// A part of the cube.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part<'p> {
    /// An initiative's cells.
    Initiative(&'p InitiativeId),
    /// Money of no initiative.
    Unassigned,
    /// Everything.
    All,
}

impl Part<'_> {
    pub fn cells<'c>(&self, cube: &'c Cube) -> Vec<(&'c CellKey, &'c CellAmounts)> {
        match self {
            Self::Initiative(id) => cube.of(Some(id)).collect(),
            Self::Unassigned => cube.of(None).collect(),
            Self::All => cube.cells.iter().collect(),
        }
    }

    fn holds(&self, key: &CellKey) -> bool {
        match self {
            Self::Initiative(id) => key.initiative.as_ref() == Some(*id),
            Self::Unassigned => key.initiative.is_none(),
            Self::All => true,
        }
    }
}

impl Fact {
    /// True where money of this fact belongs to a figure of the other: changes are budget.
    fn concerns(self, figure: Self) -> bool {
        self == figure || (self == Self::Change && figure == Self::Original)
    }
}

fn came_in(portfolio: &Portfolio) -> BTreeSet<Fact> {
    let tables =
        [("Budgets", Fact::Original), ("Actuals", Fact::Actual), ("Commitments", Fact::OnOrder), ("Forecast", Fact::Forecast)];
    tables.into_iter().filter(|(table, _)| portfolio.has_table(table)).map(|(_, fact)| fact).collect()
}
