//! Benefits planned against benefits realised.
//!
//! - Plan: the business case and the current forecast, each by period. Where a benefit has no current forecast, its
//!   business case stands in, and the result says so.
//! - Realised: readings with evidence and finance's validation. Claimed: the others. The two are never added.
//! - Leakage: current forecast up to the as-of period less realised. Confidence weighs the forecast beside it, not in it.
//! - Totals take each benefit at its share of a group that must not be counted twice; harms are subtracted; cash that is
//!   released stands apart from the rest. Qualitative benefits are listed and have no amount.
//!
//! Source: HM Treasury, The Green Book (2022), benefits register; Infrastructure and Projects Authority, Guide for
//! effective benefits management in major projects (2017). Plans are converted at budget rates, readings at average rates,
//! each at (benefit, period), rounded there.

use crate::analysis::measure::{Measure, Undefined};
use crate::base::id::{BenefitId, InitiativeId};
use crate::base::money::{Currency, Money};
use crate::base::number;
use crate::base::period::Period;
use crate::model::benefit::{Benefit, BenefitClass, ProfileLine, ProfileVersion};
use crate::model::exchange::When;
use crate::model::finance::RateKind;
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Benefits of the portfolio.
#[derive(Clone, Debug, PartialEq)]
pub struct BenefitsRealisation {
    /// The period in which the as-of date lies.
    pub period: Period,
    /// Reporting currency.
    pub currency: Currency,
    /// By id.
    pub benefits: Vec<BenefitStatus>,
    /// By class, in the order of [`BenefitClass`]; last those without a class.
    pub classes: Vec<(Option<BenefitClass>, BenefitFigures)>,
    /// By initiative, by id.
    pub initiatives: Vec<(InitiativeId, BenefitFigures)>,
    /// Benefits that release cash.
    pub cash_releasing: BenefitFigures,
    /// All benefits with amounts, harms subtracted.
    pub total: BenefitFigures,
    /// Benefits without an amount anywhere, qualitative ones included: listed, in no total.
    pub without_amount: Vec<BenefitId>,
    /// Benefits that have an amount in their profile, of how many.
    pub coverage: (usize, usize),
}

/// One benefit.
#[derive(Clone, Debug, PartialEq)]
pub struct BenefitStatus {
    /// Which.
    pub benefit: BenefitId,
    /// The initiative that brings it.
    pub initiative: InitiativeId,
    /// Class.
    pub class: Option<BenefitClass>,
    /// The benefit's own currency.
    pub own_currency: Currency,
    /// True where the business case stands in for the missing current forecast.
    pub forecast_is_business_case: bool,
    /// In the benefit's own currency, as given.
    pub own: BenefitFigures,
    /// In the reporting currency, as given.
    pub reporting: BenefitFigures,
    /// In the reporting currency at its group share, and below zero for a harm: what totals add.
    pub counted: BenefitFigures,
    /// Current forecast of all periods times confidence, in the reporting currency.
    pub weighted: Measure<Money>,
    /// How far its measure has gone from baseline to target by the latest quantity read, as a fraction.
    pub progress: Measure<f64>,
    /// The latest quantity read.
    pub latest_quantity: Measure<f64>,
    /// Annual value at the pace of the latest realised period: its amount times 12, for a benefit that recurs.
    pub run_rate: Measure<Money>,
}

/// Amounts of a scope, all in one currency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BenefitFigures {
    /// The business case.
    pub business_case: Stretch,
    /// The current forecast.
    pub forecast: Stretch,
    /// Realised up to the as-of period.
    pub realised: Stretch,
    /// Claimed and not validated, up to the as-of period.
    pub claimed: Stretch,
    /// Forecast up to the as-of period less realised: positive is what leaks away.
    pub leakage: Measure<Money>,
}

/// An amount over three stretches of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// Up to and with the as-of period.
    pub to_date: Measure<Money>,
    /// The fiscal year of the as-of period.
    pub this_year: Measure<Money>,
    /// All periods.
    pub total: Measure<Money>,
}

/// Works out the benefits.
#[must_use]
pub fn benefits_realisation(portfolio: &Portfolio) -> BenefitsRealisation {
    let settings = &portfolio.settings;
    let (period, currency) = (settings.fiscal.period_of(settings.as_of.day()), settings.reporting_currency);
    let benefits: Vec<BenefitStatus> = portfolio.benefits.iter().map(|benefit| status(portfolio, benefit, period)).collect();
    let has_amount = |status: &&BenefitStatus| {
        status.own.forecast.total.is_ok() || status.own.realised.total.is_ok() || status.own.claimed.total.is_ok()
    };
    let cash = benefits.iter().filter(|status| status.class == Some(BenefitClass::CashReleasing));
    BenefitsRealisation {
        classes: grouped(&benefits, currency, |status| (status.class.is_none(), status.class))
            .into_iter()
            .map(|((_, class), sum)| (class, sum))
            .collect(),
        initiatives: grouped(&benefits, currency, |status| status.initiative.clone()),
        cash_releasing: sum(&cash.collect::<Vec<_>>(), currency),
        total: sum(&benefits.iter().collect::<Vec<_>>(), currency),
        without_amount: benefits.iter().filter(|status| !has_amount(status)).map(|status| status.benefit.clone()).collect(),
        coverage: (benefits.iter().filter(|status| status.own.forecast.total.is_ok()).count(), benefits.len()),
        benefits,
        period,
        currency,
    }
}

/// The exact amounts of a benefit by period.
struct Amounts {
    business_case: BTreeMap<Period, Decimal>,
    forecast: BTreeMap<Period, Decimal>,
    realised: BTreeMap<Period, Decimal>,
    claimed: BTreeMap<Period, Decimal>,
}

impl Amounts {
    fn of(benefit: &Benefit, as_of: Period) -> Self {
        let planned = |version: ProfileVersion| {
            let lines = benefit.profile.iter().filter(move |line| line.version == version);
            lines.filter_map(|line: &ProfileLine| Some((line.period, line.amount?))).collect()
        };
        let read = |realised: bool| {
            let readings =
                benefit.readings.iter().filter(move |reading| reading.is_realised() == realised && reading.period <= as_of);
            readings.filter_map(|reading| Some((reading.period, reading.amount?))).collect()
        };
        let business_case: BTreeMap<Period, Decimal> = planned(ProfileVersion::BusinessCase);
        let forecast: BTreeMap<Period, Decimal> = planned(ProfileVersion::CurrentForecast);
        let forecast = if forecast.is_empty() { business_case.clone() } else { forecast };
        Self { business_case, forecast, realised: read(true), claimed: read(false) }
    }
}

fn status(portfolio: &Portfolio, benefit: &Benefit, period: Period) -> BenefitStatus {
    let amounts = Amounts::of(benefit, period);
    let reporting_currency = portfolio.settings.reporting_currency;
    let own = figures(portfolio, &amounts, (benefit.currency, benefit.currency), period, Decimal::ONE);
    let reporting = figures(portfolio, &amounts, (benefit.currency, reporting_currency), period, Decimal::ONE);
    let share = benefit.double_count.as_ref().and_then(|(_, share)| number::from_excel(*share)).unwrap_or(Decimal::ONE);
    let harm = benefit.class == Some(BenefitClass::Disbenefit);
    // A harm may be written above or below zero; either way it takes away.
    let written_above = harm && amounts.forecast.values().chain(amounts.realised.values()).sum::<Decimal>() > Decimal::ZERO;
    let counted =
        figures(portfolio, &amounts, (benefit.currency, reporting_currency), period, if written_above { -share } else { share });
    let confidence = benefit.confidence.and_then(number::from_excel).ok_or(Undefined::NothingToCompare);
    let weighted = reporting.forecast.total.and_then(|total| {
        let amount = total.amount().checked_mul(confidence?).ok_or(Undefined::TooLarge)?;
        Money::rounded(amount, reporting_currency).map_err(|_| Undefined::TooLarge)
    });
    let latest_quantity = benefit.readings.iter().rev().find_map(|reading| reading.quantity).ok_or(Undefined::NoReading);
    BenefitStatus {
        benefit: benefit.id.clone(),
        initiative: benefit.initiative.clone(),
        class: benefit.class,
        own_currency: benefit.currency,
        forecast_is_business_case: !benefit.profile.iter().any(|line| line.version == ProfileVersion::CurrentForecast),
        own,
        reporting,
        counted,
        weighted,
        progress: latest_quantity.and_then(|quantity| progress(benefit, quantity)),
        latest_quantity,
        run_rate: run_rate(benefit, &amounts),
    }
}

fn progress(benefit: &Benefit, quantity: f64) -> Measure<f64> {
    let way = benefit.target - benefit.baseline;
    if way.is_finite() && way != 0.0 { Ok((quantity - benefit.baseline) / way) } else { Err(Undefined::NothingToCompare) }
}

/// Latest realised amount times 12, in the benefit's own currency.
fn run_rate(benefit: &Benefit, amounts: &Amounts) -> Measure<Money> {
    if benefit.recurring != Some(true) {
        return Err(Undefined::NothingToCompare);
    }
    let latest = amounts.realised.values().next_back().ok_or(Undefined::NoReading)?;
    let year = latest.checked_mul(Decimal::from(12)).ok_or(Undefined::TooLarge)?;
    Money::rounded(year, benefit.currency).map_err(|_| Undefined::TooLarge)
}

fn figures(
    portfolio: &Portfolio,
    amounts: &Amounts,
    pair: (Currency, Currency),
    period: Period,
    share: Decimal,
) -> BenefitFigures {
    let stretch = |by_period: &BTreeMap<Period, Decimal>, kind: RateKind| Stretch {
        to_date: total(portfolio, by_period, (pair, kind, share), |at| at <= period),
        this_year: total(portfolio, by_period, (pair, kind, share), |at| at.year == period.year),
        total: total(portfolio, by_period, (pair, kind, share), |_| true),
    };
    let forecast = stretch(&amounts.forecast, RateKind::Budget);
    let realised = stretch(&amounts.realised, RateKind::Average);
    BenefitFigures {
        business_case: stretch(&amounts.business_case, RateKind::Budget),
        leakage: leakage(forecast.to_date, realised.to_date, pair.1),
        forecast,
        realised,
        claimed: stretch(&amounts.claimed, RateKind::Average),
    }
}

/// Nothing realised yet is a realised amount of nothing, where something was forecast.
fn leakage(forecast: Measure<Money>, realised: Measure<Money>, currency: Currency) -> Measure<Money> {
    let realised = match realised {
        Err(Undefined::NoReading) => Money::zero(currency),
        other => other?,
    };
    forecast?.checked_sub(realised).map_err(|_| Undefined::TooLarge)
}

type Conversion = ((Currency, Currency), RateKind, Decimal);

/// The sum over the periods wanted, each converted and rounded. None where there is no amount at all, in any period.
fn total(
    portfolio: &Portfolio,
    by_period: &BTreeMap<Period, Decimal>,
    how: Conversion,
    wanted: impl Fn(Period) -> bool,
) -> Measure<Money> {
    let ((from, to), kind, share) = how;
    if by_period.is_empty() {
        return Err(if kind == RateKind::Average { Undefined::NoReading } else { Undefined::NoAmount });
    }
    let mut sum = Money::zero(to);
    for (period, amount) in by_period.iter().filter(|(period, _)| wanted(**period)) {
        let rate = portfolio.exchange.convert_rate(from, to, kind, When::Period(*period)).ok_or(Undefined::NoExchangeRate)?;
        let converted = amount.checked_mul(share).and_then(|amount| amount.checked_mul(rate)).ok_or(Undefined::TooLarge)?;
        let money = Money::rounded(converted, to).map_err(|_| Undefined::TooLarge)?;
        sum = sum.checked_add(money).map_err(|_| Undefined::TooLarge)?;
    }
    Ok(sum)
}

fn grouped<K: Ord>(
    benefits: &[BenefitStatus],
    currency: Currency,
    key: impl Fn(&BenefitStatus) -> K,
) -> Vec<(K, BenefitFigures)> {
    let mut groups: BTreeMap<K, Vec<&BenefitStatus>> = BTreeMap::new();
    for status in benefits {
        groups.entry(key(status)).or_default().push(status);
    }
    groups.into_iter().map(|(key, members)| (key, sum(&members, currency))).collect()
}

/// Sums of what the benefits count for. A benefit without an amount, or without a rate, adds nothing; coverage and the
/// benefit's own row say so.
fn sum(benefits: &[&BenefitStatus], currency: Currency) -> BenefitFigures {
    let add = |pick: &dyn Fn(&BenefitFigures) -> Measure<Money>, none: Undefined| {
        let mut known = benefits.iter().filter_map(|status| pick(&status.counted).ok()).map(|money| money.minor).peekable();
        known.peek().ok_or(none)?;
        let sum = known.try_fold(0, |sum: i64, minor| sum.checked_add(minor)).ok_or(Undefined::TooLarge)?;
        Ok(Money::new(sum, currency))
    };
    let stretch = |pick: fn(&BenefitFigures) -> &Stretch, none: Undefined| Stretch {
        to_date: add(&|figures| pick(figures).to_date, none),
        this_year: add(&|figures| pick(figures).this_year, none),
        total: add(&|figures| pick(figures).total, none),
    };
    BenefitFigures {
        business_case: stretch(|figures| &figures.business_case, Undefined::NoAmount),
        forecast: stretch(|figures| &figures.forecast, Undefined::NoAmount),
        realised: stretch(|figures| &figures.realised, Undefined::NoReading),
        claimed: stretch(|figures| &figures.claimed, Undefined::NoReading),
        leakage: add(&|figures| figures.leakage, Undefined::NoAmount),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::TestTables;

    fn shown(figure: Measure<Money>) -> String {
        figure.map_or_else(|why| why.reason().to_string(), |money| money.amount().to_string())
    }

    fn stretch(of: &Stretch) -> String {
        [of.to_date, of.this_year, of.total].map(shown).join(" ")
    }

    fn realisation() -> BenefitsRealisation {
        let (portfolio, _) = TestTables::new()
            .with("People", "Person ID | Name", &["P1 | Ann"])
            .with("Initiatives", "Initiative ID | Name | Currency", &["I1 | One |", "I2 | Two | EUR"])
            .with(
                "FX rates",
                "From | To | Kind | Period | Rate",
                &["EUR | GBP | budget | 2026-01 | 0.5", "EUR | GBP | average | 2026-10 | 0.6"],
            )
            .with(
                "Benefits",
                "Benefit ID | Name | Initiative | Class | Recurrence | Measure | Baseline | Target | Confidence | Double-count group | Group share",
                &[
                    "B1 | a | I1 | cash-releasing | recurring | calls | 100 | 50 | 80% | |",
                    "B2 | b | I2 | non-cash-releasing | one-off | hours | 0 | 10 | | G | 50%",
                    "B3 | c | I1 | disbenefit | recurring | traffic | 0 | 1 | | |",
                    "B4 | d | I1 | qualitative | one-off | mood | 1 | 5 | | |",
                ],
            )
            .with(
                "Benefit profile",
                "Benefit | Period | Amount | Version",
                &[
                    "B1 | 2025-12 | 10 | business case",
                    "B1 | 2026-10 | 100 | business case",
                    "B1 | 2026-11 | 100 | business case",
                    "B1 | 2026-10 | 90 | current forecast",
                    "B1 | 2026-12 | 110 | current forecast",
                    "B2 | 2026-10 | 40 | business case",
                    "B3 | 2026-10 | 7 | business case",
                ],
            )
            .with(
                "Benefit readings",
                "Benefit | Period | Amount | Quantity | Evidence | Validated by | Validated on",
                &[
                    "B1 | 2026-09 | 25 | 90 | report | P1 | 2026-10-10",
                    "B1 | 2026-10 | 30 | 80 | report | |",
                    "B2 | 2026-10 | 20 | | sheet | P1 | 2026-10-30",
                    "B4 | 2026-10 | | 3 | survey | P1 | 2026-10-30",
                ],
            )
            .build("2026-10-31");
        benefits_realisation(&portfolio)
    }

    #[test]
    fn planned_realised_and_claimed_stand_apart() {
        let one = &realisation().benefits[0];
        assert_eq!(stretch(&one.own.business_case), "110.00 200.00 210.00");
        assert_eq!(stretch(&one.own.forecast), "90.00 200.00 200.00");
        assert_eq!(stretch(&one.own.realised), "25.00 25.00 25.00");
        assert_eq!(stretch(&one.own.claimed), "30.00 30.00 30.00");
        assert_eq!(shown(one.own.leakage), "65.00");
        assert_eq!(shown(one.weighted), "160.00");
        assert_eq!(shown(one.run_rate), "300.00");
        assert_eq!(one.progress, Ok(0.4));
        assert!(!one.forecast_is_business_case);
    }

    #[test]
    fn totals_take_shares_and_subtract_harms() {
        let result = realisation();
        // B2: 40 EUR × 0.5 = 20.00, counted half; realised 20 EUR × 0.6 = 12.00, counted half. B3 takes 7 away.
        assert_eq!(stretch(&result.benefits[1].reporting.forecast), "20.00 20.00 20.00");
        assert_eq!(stretch(&result.benefits[1].counted.realised), "6.00 6.00 6.00");
        assert_eq!(stretch(&result.total.forecast), "93.00 203.00 203.00");
        assert_eq!(stretch(&result.total.realised), "31.00 31.00 31.00");
        assert_eq!(stretch(&result.cash_releasing.realised), "25.00 25.00 25.00");
        // Leakage: 65 of B1, 10 - 6 of B2, and the harm of 7 that has not come.
        assert_eq!(shown(result.total.leakage), "62.00");
        assert_eq!(result.coverage, (3, 4));
        assert_eq!(result.without_amount.iter().map(BenefitId::as_str).collect::<Vec<_>>(), ["B4"]);
        assert_eq!(result.benefits[3].progress, Ok(0.5));
        let classes: Vec<_> = result.classes.iter().map(|(class, _)| *class).collect();
        let wanted =
            [BenefitClass::CashReleasing, BenefitClass::NonCashReleasing, BenefitClass::Qualitative, BenefitClass::Disbenefit];
        assert_eq!(classes, wanted.map(Some));
    }
}
