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

/// The share of what is earned out of sequence that stays earned.
///
/// # Errors
/// [`WorkspaceError::Settings`] where it is not from 0 to 1.
pub(super) fn usable_share(share: Option<f64>) -> Result<Option<f64>, WorkspaceError> {
    match share {
        Some(share) if !(0.0..=1.0).contains(&share) => Err(settings_error(
            format!("earned_value: usable_out_of_sequence cannot be {share}"),
            "write a share from 0 to 1, such as 0.5 for half of it",
        )),
        share => Ok(share),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::disk::Disk;
    use crate::model::settings::{EarnedScheduleConvention, Settings};
    use crate::pipeline::workspace::{Request, Workspace};
    use chrono::NaiveDate;

    const HEAD: &str = "name = \"x\"\nreporting_currency = \"GBP\"\nas_of = \"2026-10-31\"\n";

    /// The settings of a file, or the message and hint with which it is refused.
    fn opened(body: &str) -> Result<Settings, (String, String)> {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("portfolio.toml"), format!("{HEAD}{body}")).expect("written");
        let today = NaiveDate::from_ymd_opt(2026, 11, 5).expect("a date");
        let request = Request { root: folder.path().to_path_buf(), as_of: None, out: None, today };
        match Workspace::open(&Disk::real(), &request) {
            Ok(workspace) => Ok(workspace.settings),
            Err(WorkspaceError::Settings { message, hint }) => Err((message, hint)),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn a_file_that_says_nothing_gives_the_defaults() {
        let settings = opened("").expect("accepted");
        let (closed, periods) = (settings.finance.closed_through, settings.finance.burn_periods);
        assert_eq!((settings.finance, closed, periods), (FinanceSettings::default(), None, 3));
        assert_eq!((settings.thresholds.variance_share, settings.thresholds.variance_amount), (0.10, None));
        assert_eq!((settings.earned_schedule, settings.percent_cap), (EarnedScheduleConvention::Continuous, None));
    }

    #[test]
    fn every_setting_is_taken_over() {
        let body = "[fiscal_year]\nstart_month = 4\n[finance]\nclosed_through = \"FY2027-P06\"\ncloses_after_days = 8\n\
                    forecast_holds_orders = false\npayment_days = 45\nsplit_days = 14\nburn_periods = 6\n\
                    [thresholds]\nvariance_share = 0.05\nvariance_amount = 50_000.5\n\
                    [earned_value]\nearned_schedule = \"periodic\"\npercent_cap = 0.8\n";
        let settings = opened(body).expect("accepted");
        let expected = FinanceSettings {
            closed_through: Some(Period::new(2027, 6)),
            closes_after_days: 8,
            forecast_holds_orders: false,
            payment_days: 45,
            split_days: 14,
            burn_periods: 6,
        };
        assert_eq!(settings.finance, expected);
        let limits = (settings.thresholds.variance_share, settings.thresholds.variance_amount);
        assert_eq!(limits, (0.05, Some(Decimal::new(500_005, 1))));
        assert_eq!((settings.earned_schedule, settings.percent_cap), (EarnedScheduleConvention::Periodic, Some(0.8)));
    }

    #[test]
    fn a_closed_period_is_written_as_people_write_it() {
        for text in ["\"FY2026-P09\"", "\"2026-09\"", "\"Sep 2026\"", "2026-09-30", "\"2026-09-30\""] {
            let settings = opened(&format!("[finance]\nclosed_through = {text}\n")).expect("accepted");
            assert_eq!(settings.finance.closed_through, Some(Period::new(2026, 9)), "{text}");
        }
    }

    #[test]
    fn a_value_that_cannot_be_is_refused_with_its_bounds() {
        for (body, message, hint) in [
            ("[finance]\nclosed_through = \"soon\"", "closed_through: `soon` is no period", "FY2027-P06"),
            ("[finance]\ncloses_after_days = 367", "closes_after_days cannot be 367", "from 0 to 366"),
            ("[finance]\ncloses_after_days = -1", "closes_after_days cannot be -1", "from 0 to 366"),
            ("[finance]\npayment_days = 3654", "payment_days cannot be 3654", "from 0 to 3653"),
            ("[finance]\nsplit_days = -1", "split_days cannot be -1", "from 0 to 3653"),
            ("[finance]\nburn_periods = 0", "burn_periods cannot be 0", "from 1 to 120"),
            ("[finance]\nburn_periods = 121", "burn_periods cannot be 121", "from 1 to 120"),
            ("[finance]\nclosed_thru = \"2026-09\"", "closed_thru", "did you mean `closed_through`"),
            ("[earned_value]\npercent_cap = 0", "percent_cap cannot be 0", "at most 1"),
            ("[earned_value]\npercent_cap = 1.01", "percent_cap cannot be 1.01", "at most 1"),
            ("[earned_value]\nearned_schedule = \"perodic\"", "perodic", "did you mean `periodic`"),
            ("[thresholds]\nvariance_share = -0.1", "variance_share cannot be -0.1", "0 or more"),
            ("[thresholds]\nvariance_amount = -1", "`-1` is no amount", "such as 50000"),
            ("[thresholds]\nvariance_amount = \"a lot\"", "`a lot` is no amount", "such as 50000"),
        ] {
            let (found, hinted) = opened(body).expect_err("refused");
            assert!(found.contains(message) && hinted.contains(hint), "{body}: {found} / {hinted}");
        }
        for accepted in ["closes_after_days = 0", "closes_after_days = 366", "payment_days = 3653", "burn_periods = 120"] {
            assert!(opened(&format!("[finance]\n{accepted}\n")).is_ok(), "{accepted}");
        }
        assert_eq!(opened("[earned_value]\npercent_cap = 1").map(|settings| settings.percent_cap), Ok(Some(1.0)));
    }
}
