//! One long table in the shape of the IPMDAR contract performance dataset (DI-MGMT-81861; CPD v1.0): budgeted cost,
//! earned value and actual cost to date, budget and estimate to complete, by control account, work package and period.
//!
//! Promises: records of nothing are left out; amounts are rounded so that the detail of an initiative adds up, to the
//! minor unit, to its PMB less undistributed budget; each initiative stands for a contract. Detail is by work package
//! where each package lies in one control account, else by control account; what no account is told for stands at the
//! initiative, with neither. Is the data, not the package of JSON files.

use super::TidyTable;
use crate::analysis::earned_value::{InitiativeEarnedValue, PeriodEarnedValue, PeriodState, Scope, ScopeEarnedValue};
use crate::analysis::measure::Measure;
use crate::base::day::Day;
use crate::base::money::Currency;
use crate::base::number;
use crate::base::period::Period;
use crate::model::budget_control::Fund;
use crate::report::ReportInput;
use crate::report::parts::shares::rounded_parts;
use rust_decimal::Decimal;

/// A record of the dataset.
#[derive(Clone, Debug)]
struct Record {
    table: &'static str,
    initiative: String,
    control_account: Option<String>,
    work_package: Option<String>,
    summary_element: Option<&'static str>,
    measure: Option<&'static str>,
    period: Option<(Period, Day, Day)>,
    currency: Currency,
    dollars: Decimal,
    hours: Option<f64>,
}

/// A control account or work package whose figures are not part of another's.
struct Element<'a> {
    account: Option<String>,
    package: Option<String>,
    /// The periods of its scope, and those of the deeper packages that its figures are to be freed of.
    periods: Series<'a>,
    without: Vec<Series<'a>>,
}

/// The periods of a scope, from its first to its last.
#[derive(Clone, Debug, Default)]
struct Series<'a>(Vec<&'a PeriodEarnedValue>);

impl Series<'_> {
    /// A cumulative figure at a period: nothing before the first, that of the last after it.
    fn cumulative(&self, period: Period, pick: Pick) -> Option<Decimal> {
        match self.0.iter().rev().find(|each| each.period <= period) {
            Some(each) => pick(each).ok(),
            None => Some(Decimal::ZERO),
        }
    }

    /// Hours of a period; nothing outside.
    fn hours(&self, period: Period, pick: Hours) -> Option<f64> {
        self.0.iter().find(|each| each.period == period).map_or(Some(0.0), |each| pick(each).ok())
    }
}

/// Hours of a period.
type Hours = fn(&PeriodEarnedValue) -> Measure<f64>;

/// A figure of a period, of an element without its deeper packages.
type Pick = fn(&PeriodEarnedValue) -> Measure<Decimal>;

/// The dataset of every initiative.
#[must_use]
pub fn table(input: &ReportInput<'_>) -> TidyTable {
    let records: Vec<Record> = input.analyses.earned_value.initiatives.iter().flat_map(|each| records(input, each)).collect();
    TidyTable::over("ipmdar", "A record of the contract performance dataset: a figure of a control account, a work package or a summary element, of a period where it is phased.", &records)
        .text("table", "Table of the dataset: BCWS_ToDate, BCWP_ToDate, ACWP_ToDate, BCWS_ToComplete, EST_ToComplete or SummaryPerformance.", |row| Some(row.table))
        .text("initiative", "Id of the initiative, which stands for a contract.", |row| Some(&row.initiative))
        .text("control_account_id", "Control account; none for summary elements, and where none is told.", |row| row.control_account.as_ref())
        .text("work_package_id", "Work package; none for records at a control account or above.", |row| row.work_package.as_ref())
        .text("summary_element_id", "PMB, UB, MR or CBB; none for detail.", |row| row.summary_element)
        .text("summary_measure", "BAC, EAC, BCWS_ToDate, BCWP_ToDate or ACWP_ToDate of a summary element; none for detail.", |row| row.measure)
        .text("reporting_period_id", "Fiscal period; none for summary elements.", |row| row.period.map(|(period, ..)| period))
        .date("start_date", "First day of the period.", |row| row.period.map(|(_, start, _)| start))
        .date("end_date", "Last day of the period.", |row| row.period.map(|(.., end)| end))
        .text("currency", "Currency of the amount: the initiative's.", |row| Some(row.currency.code().to_string()))
        .amount("value_dollars", "The amount, in major units of the currency.", |row| Some(row.dollars))
        .number("value_hours", "The same in hours of work; none where no hours are known.", |row| row.hours)
        .done()
}

fn records(input: &ReportInput<'_>, each: &InitiativeEarnedValue) -> Vec<Record> {
    if each.current().is_none() {
        return Vec::new();
    }
    let dataset = Dataset::of(input, each);
    let mut records =
        dataset.phased("BCWS_ToDate", &dataset.elements, |each| Ok(each.cumulative.planned), |each| each.hours_planned);
    records.extend(dataset.phased("BCWP_ToDate", &dataset.elements, |each| each.cumulative.earned, |each| each.hours_earned));
    records.extend(dataset.actual());
    records.extend(dataset.to_complete());
    records.extend(dataset.estimates());
    let detail =
        |table: &str| records.iter().filter(|record| record.table == table).map(|record| record.dollars).sum::<Decimal>();
    let sums = ["BCWS_ToDate", "BCWP_ToDate", "ACWP_ToDate", "BCWS_ToComplete", "EST_ToComplete"].map(detail);
    let estimated = records.iter().any(|record| record.table == "EST_ToComplete")
        || each.current().is_some_and(|at| at.cost.estimate_to_complete == Ok(Decimal::ZERO));
    records.extend(dataset.summary(sums, estimated));
    records
}

/// What an initiative's records are made of.
struct Dataset<'a> {
    input: &'a ReportInput<'a>,
    each: &'a InitiativeEarnedValue,
    /// Work packages, or control accounts where a package lies in several.
    elements: Vec<Element<'a>>,
    accounts: Vec<Element<'a>>,
    whole: Vec<Element<'a>>,
}

impl<'a> Dataset<'a> {
    fn of(input: &'a ReportInput<'a>, each: &'a InitiativeEarnedValue) -> Self {
        let results = &input.analyses.earned_value;
        let own: Vec<&ScopeEarnedValue> =
            results.scopes.iter().filter(|scope| scope.initiative.as_ref() == Some(&each.initiative)).collect();
        let periods = |scope: &Scope| -> Series<'a> {
            let of = |period: &&PeriodEarnedValue| period.initiative.as_ref() == Some(&each.initiative) && period.scope == *scope;
            Series(results.periods.iter().filter(of).collect())
        };
        let account = |scope: &ScopeEarnedValue| Element {
            account: named(scope.scope.name()),
            package: None,
            periods: periods(&scope.scope),
            without: Vec::new(),
        };
        let accounts: Vec<&ScopeEarnedValue> =
            own.iter().copied().filter(|scope| matches!(scope.scope, Scope::ControlAccount(_))).collect();
        let packages = packages(&own, &accounts, &periods);
        let whole = own.iter().find(|scope| matches!(scope.scope, Scope::Initiative(_)));
        let whole =
            whole.map(|scope| Element { account: None, package: None, periods: periods(&scope.scope), without: Vec::new() });
        let accounts: Vec<Element<'a>> = accounts.into_iter().map(account).collect();
        let again =
            || own.iter().filter(|scope| matches!(scope.scope, Scope::ControlAccount(_))).map(|scope| account(scope)).collect();
        Self { input, each, elements: packages.unwrap_or_else(again), accounts, whole: whole.into_iter().collect() }
    }

    /// The periods of the initiative.
    fn timeline(&self) -> impl Iterator<Item = &'a PeriodEarnedValue> {
        self.whole.iter().flat_map(|whole| whole.periods.0.iter().copied())
    }

    /// Records of a cumulative figure up to the data date, each period's the difference of two rounded sums.
    fn phased(&self, table: &'static str, elements: &[Element<'a>], pick: Pick, hours: Hours) -> Vec<Record> {
        let mut before = vec![Decimal::ZERO; elements.len()];
        let mut records = Vec::new();
        for place in self.timeline().filter(|place| place.state != PeriodState::ToCome) {
            let told = elements.iter().map(|element| element.value(place.period, pick)).collect::<Option<Vec<Decimal>>>();
            let Some(exact) = told else { continue };
            let rounded = rounded_parts(&exact, self.each.currency.exponent());
            for (index, element) in elements.iter().enumerate() {
                let dollars = rounded[index] - before[index];
                records.extend(self.record(table, element, place.period, dollars, element.hours(place.period, hours)));
            }
            before = rounded;
        }
        records
    }

    /// Actual cost at the deepest level at which it is told for all at the data date.
    fn actual(&self) -> Vec<Record> {
        let last = self.timeline().filter(|place| place.state != PeriodState::ToCome).last();
        let known = |elements: &[Element<'a>]| {
            let told = |element: &Element<'a>| {
                last.is_some_and(|place| element.value(place.period, |each| each.cumulative.actual).is_some())
            };
            !elements.is_empty() && elements.iter().all(told)
        };
        let level = [&self.elements, &self.accounts, &self.whole].into_iter().find(|elements| known(elements));
        level.map_or_else(Vec::new, |elements| {
            self.phased("ACWP_ToDate", elements, |each| each.cumulative.actual, |each| each.hours_actual)
        })
    }

    /// Budget of the periods to come, and of the rest of the running one.
    fn to_complete(&self) -> Vec<Record> {
        let places = self.each.currency.exponent();
        let mut before: Option<Vec<Decimal>> = None;
        let mut records = Vec::new();
        for place in self.timeline() {
            let ends: Vec<Decimal> = self.elements.iter().map(|element| element.planned_by_end(place.period)).collect();
            let planned = |element: &Element<'a>| element.value(place.period, |each| Ok(each.cumulative.planned));
            let to_date: Vec<Decimal> = self.elements.iter().map(|element| planned(element).unwrap_or_default()).collect();
            let rounded = rounded_parts(&ends, places);
            // A period that is over as dates go may hold work after the data date's last working instant.
            let is_ahead = place.state == PeriodState::ToCome;
            let from = match before.filter(|_| is_ahead) {
                Some(before) => before,
                None if is_ahead => vec![Decimal::ZERO; self.elements.len()],
                None => rounded_parts(&to_date, places),
            };
            for (index, element) in self.elements.iter().enumerate() {
                let hours = element
                    .hours(place.period, |each| if each.state == PeriodState::ToCome { each.hours_planned } else { Ok(0.0) });
                records.extend(self.record("BCWS_ToComplete", element, place.period, rounded[index] - from[index], hours));
            }
            before = Some(rounded);
        }
        records
    }

    /// Estimates to complete by control account, by its own CPI, spread over what is planned to come; all of it in the next
    /// period where nothing is. At the initiative where an account has none.
    fn estimates(&self) -> Vec<Record> {
        let results = &self.input.analyses.earned_value.scopes;
        let estimate = |name: &Option<String>| {
            let is_own = |scope: &&ScopeEarnedValue| {
                scope.initiative.as_ref() == Some(&self.each.initiative)
                    && matches!(&scope.scope, Scope::ControlAccount(account) if named(account) == *name)
            };
            results.iter().find(is_own).and_then(|scope| scope.current.cost.estimate_to_complete.ok())
        };
        let by_account: Option<Vec<Decimal>> = self.accounts.iter().map(|element| estimate(&element.account)).collect();
        let own = self.each.current().and_then(|at| at.cost.estimate_to_complete.ok());
        let (elements, amounts) = match (by_account.filter(|amounts| !amounts.is_empty()), own) {
            (Some(amounts), _) => (&self.accounts, amounts),
            (None, Some(own)) => (&self.whole, vec![own]),
            (None, None) => return Vec::new(),
        };
        let amounts = rounded_parts(&amounts, self.each.currency.exponent());
        elements.iter().zip(amounts).flat_map(|(element, amount)| self.spread(element, amount)).collect()
    }

    /// An amount over the periods to come, as the budget to come is phased.
    fn spread(&self, element: &Element<'a>, amount: Decimal) -> Vec<Record> {
        let fiscal = &self.input.portfolio.settings.fiscal;
        let ahead = |each: &&&PeriodEarnedValue| each.state == PeriodState::ToCome;
        let weights: Vec<(Period, Decimal)> =
            element.periods.0.iter().filter(ahead).map(|each| (each.period, each.planned)).collect();
        let whole: Decimal = weights.iter().map(|(_, planned)| planned).sum();
        if whole <= Decimal::ZERO || weights.iter().any(|(_, planned)| planned.is_sign_negative()) {
            let next = fiscal.next(fiscal.period_of(self.input.portfolio.data_date.finish_day()));
            return self.record("EST_ToComplete", element, next, amount, None).into_iter().collect();
        }
        let exact: Vec<Decimal> = weights.iter().map(|(_, planned)| amount * planned / whole).collect();
        let mut parts = rounded_parts(&exact, self.each.currency.exponent());
        let rest = amount - parts.iter().sum::<Decimal>();
        if let Some(last) = parts.last_mut() {
            *last += rest;
        }
        let periods = weights.into_iter().map(|(period, _)| period);
        periods.zip(parts).filter_map(|(period, part)| self.record("EST_ToComplete", element, period, part, None)).collect()
    }

    /// A record, unless it holds nothing.
    fn record(
        &self,
        table: &'static str,
        element: &Element<'a>,
        period: Period,
        dollars: Decimal,
        hours: Option<f64>,
    ) -> Option<Record> {
        let fiscal = &self.input.portfolio.settings.fiscal;
        let hours = hours.filter(|hours| *hours != 0.0);
        (!dollars.is_zero() || hours.is_some()).then(|| Record {
            table,
            initiative: self.each.initiative.to_string(),
            control_account: element.account.clone(),
            work_package: element.package.clone(),
            summary_element: None,
            measure: None,
            period: Some((period, fiscal.start(period), fiscal.end(period))),
            currency: self.each.currency,
            dollars,
            hours,
        })
    }

    /// Sums of the detail, undistributed budget, reserve, and what they come to.
    fn summary(&self, [planned, earned, actual, ahead, estimate]: [Decimal; 5], estimated: bool) -> Vec<Record> {
        let places = self.each.currency.exponent();
        let undistributed = self.each.undistributed_budget.ok().map(|amount| number::round(amount, places));
        let reserve = self.reserve();
        let pmb = planned + ahead + undistributed.unwrap_or_default();
        let element = |element: &'static str, measure: &'static str, dollars: Option<Decimal>| {
            let dollars = dollars.filter(|dollars| !dollars.is_zero())?;
            Some(Record {
                table: "SummaryPerformance",
                initiative: self.each.initiative.to_string(),
                control_account: None,
                work_package: None,
                summary_element: Some(element),
                measure: Some(measure),
                period: None,
                currency: self.each.currency,
                dollars,
                hours: None,
            })
        };
        [
            element("PMB", "BCWS_ToDate", Some(planned)),
            element("PMB", "BCWP_ToDate", Some(earned)),
            element("PMB", "ACWP_ToDate", Some(actual)),
            element("PMB", "BAC", Some(pmb)),
            element("PMB", "EAC", estimated.then_some(actual + estimate + undistributed.unwrap_or_default())),
            element("UB", "BAC", undistributed),
            element("MR", "BAC", reserve),
            element("CBB", "BAC", Some(pmb + reserve.unwrap_or_default())),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn reserve(&self) -> Option<Decimal> {
        let funds = &self.input.analyses.reserves.funds;
        let own = |fund: &&crate::analysis::reserves::ReserveFund| {
            fund.fund == Fund::ManagementReserve && fund.initiative.as_ref() == Some(&self.each.initiative)
        };
        funds.iter().find(own)?.remaining.ok().map(crate::base::money::Money::amount)
    }
}

impl Element<'_> {
    /// A cumulative figure at a period, without that of the deeper packages; none where it is not told.
    fn value(&self, period: Period, pick: Pick) -> Option<Decimal> {
        let own = self.periods.cumulative(period, pick)?;
        self.without.iter().try_fold(own, |rest, deeper| Some(rest - deeper.cumulative(period, pick)?))
    }

    /// Planned up to the end of a period, whether it is over or not.
    fn planned_by_end(&self, period: Period) -> Decimal {
        self.value(period, |each| Ok(each.cumulative.planned + each.planned - each.planned_to_date)).unwrap_or_default()
    }

    fn hours(&self, period: Period, pick: Hours) -> Option<f64> {
        let own = self.periods.hours(period, pick)?;
        self.without.iter().try_fold(own, |rest, deeper| Some(rest - deeper.hours(period, pick)?))
    }
}

fn named(name: &str) -> Option<String> {
    (!name.is_empty()).then(|| name.to_string())
}

/// Work packages that hold activities, each freed of the packages right below it; none where one lies in several accounts.
fn packages<'a>(
    own: &[&'a ScopeEarnedValue],
    accounts: &[&'a ScopeEarnedValue],
    periods: &impl Fn(&Scope) -> Series<'a>,
) -> Option<Vec<Element<'a>>> {
    let packages: Vec<&&ScopeEarnedValue> = own.iter().filter(|scope| matches!(scope.scope, Scope::WorkPackage(_))).collect();
    let mut elements = Vec::new();
    for package in packages.iter().filter(|package| package.holds_activities) {
        let below: Vec<&&&ScopeEarnedValue> = packages
            .iter()
            .filter(|other| {
                other.depth == package.depth + 1 && other.activities.iter().any(|each| package.activities.contains(each))
            })
            .collect();
        let direct: Vec<_> =
            package.activities.iter().filter(|each| !below.iter().any(|other| other.activities.contains(each))).collect();
        let mut holding = accounts.iter().filter(|account| direct.iter().any(|each| account.activities.contains(each)));
        let account = holding.next();
        if holding.next().is_some() {
            return None;
        }
        elements.push(Element {
            account: account.and_then(|account| named(account.scope.name())),
            package: named(package.scope.name()),
            periods: periods(&package.scope),
            without: below.into_iter().map(|other| periods(&other.scope)).collect(),
        });
    }
    (!elements.is_empty()).then_some(elements)
}
