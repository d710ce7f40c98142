//! What the settings of money mean: closed periods, orders, payment, and the limits behind explanations.

use crate::base::period::{FiscalCalendar, Period};
use crate::model::settings::FinanceSettings;
use crate::pipeline::settings_file::FinanceChoices;
use crate::pipeline::workspace::{WorkspaceError, settings_error};
use rust_decimal::Decimal;

/// The most days that any of these settings can be: ten years.
const MOST_DAYS: i64 = 3_653;

/// The most working days after a period's end on which it may close: a year.
const MOST_WORKING_DAYS: i64 = 366;

/// The most periods over which a rate is averaged: ten years.
const MOST_PERIODS: i64 = 120;

/// The settings of closing, orders and payment.
///
/// # Errors
/// [`WorkspaceError::Settings`] where a period cannot be read or a number is outside its bounds.
pub(super) fn resolve(choice: &FinanceChoices, fiscal: &FiscalCalendar) -> Result<FinanceSettings, WorkspaceError> {
    let base = FinanceSettings::default();
    let burn = within("burn_periods", choice.burn_periods, 1..=MOST_PERIODS)?;
    Ok(FinanceSettings {
        closed_through: choice.closed_through.as_ref().map(|value| period(value, fiscal)).transpose()?,
        closes_after_days: within("closes_after_days", choice.closes_after_days, 0..=MOST_WORKING_DAYS)?
            .unwrap_or(base.closes_after_days),
        forecast_holds_orders: choice.forecast_holds_orders.unwrap_or(base.forecast_holds_orders),
        payment_days: within("payment_days", choice.payment_days, 0..=MOST_DAYS)?.unwrap_or(base.payment_days),
        split_days: within("split_days", choice.split_days, 0..=MOST_DAYS)?.unwrap_or(base.split_days),
        burn_periods: burn.and_then(|periods| usize::try_from(periods).ok()).unwrap_or(base.burn_periods),
    })
}

fn within(name: &str, value: Option<i64>, bounds: std::ops::RangeInclusive<i64>) -> Result<Option<i64>, WorkspaceError> {
    match value {
        Some(value) if !bounds.contains(&value) => {
            let hint = format!("write a whole number from {} to {}", bounds.start(), bounds.end());
            Err(settings_error(format!("finance: {name} cannot be {value}"), hint))
        }
        value => Ok(value),
    }
}

fn period(value: &toml::Value, fiscal: &FiscalCalendar) -> Result<Period, WorkspaceError> {
    let text = value.as_str().map_or_else(|| value.to_string(), ToString::to_string);
    fiscal.parse(&text).ok_or_else(|| {
        let message = format!("finance: closed_through: `{text}` is no period");
        settings_error(message, "write \"FY2027-P06\", a month such as \"2026-09\", or a day of the last closed period")
    })
}

/// The largest share that percent complete earns before the finish.
///
/// # Errors
/// [`WorkspaceError::Settings`] where it is not above 0 and at most 1.
pub(super) fn percent_cap(cap: Option<f64>) -> Result<Option<f64>, WorkspaceError> {
    match cap {
        Some(cap) if !(cap > 0.0 && cap <= 1.0) => Err(settings_error(
            format!("earned_value: percent_cap cannot be {cap}"),
            "write a share above 0 and at most 1, such as 0.8 for 80 %",
        )),
        cap => Ok(cap),
    }
}

/// The share beyond which a variance asks for an explanation.
///
/// # Errors
/// [`WorkspaceError::Settings`] where it is below zero or no number.
pub(super) fn variance_share(share: Option<f64>) -> Result<Option<f64>, WorkspaceError> {
    match share {
        Some(share) if !(share.is_finite() && share >= 0.0) => Err(settings_error(
            format!("thresholds: variance_share cannot be {share}"),
            "write a share of 0 or more, such as 0.1 for 10 %",
        )),
        share => Ok(share),
    }
}

/// The amount beyond which a variance asks for an explanation: a number, or a number in quotes where every digit counts.
///
/// # Errors
/// [`WorkspaceError::Settings`] where it is no amount, or below zero.
pub(super) fn variance_amount(value: Option<&toml::Value>) -> Result<Option<Decimal>, WorkspaceError> {
    let Some(value) = value else { return Ok(None) };
    let text = value.as_str().map_or_else(|| value.to_string(), ToString::to_string);
    let amount: Option<Decimal> = text.replace(['_', ','], "").parse().ok();
    match amount.filter(|amount| !amount.is_sign_negative()) {
        Some(amount) => Ok(Some(amount)),
        None => Err(settings_error(
            format!("thresholds: variance_amount: `{text}` is no amount"),
            "write an amount of the reporting currency, such as 50000",
        )),
    }
}
