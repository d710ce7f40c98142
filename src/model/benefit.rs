//! Benefits, their profiles and readings.

use crate::base::day::Day;
use crate::base::id::{BenefitId, InitiativeId, ObjectiveId, PersonId};
use crate::base::money::Currency;
use crate::base::origin::Origin;
use crate::base::period::Period;
use rust_decimal::Decimal;

/// Class of a benefit. Source: HM Treasury, The Green Book (2022), benefits register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BenefitClass {
    /// Frees cash from a budget line.
    CashReleasing,
    /// Worth money, frees no cash.
    NonCashReleasing,
    /// Cost that will not arise.
    CostAvoidance,
    /// More income.
    Revenue,
    /// Not measured in money.
    Qualitative,
    /// A harm.
    Disbenefit,
}

/// Which forecast a profile line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProfileVersion {
    /// The business case.
    BusinessCase,
    /// The current forecast.
    CurrentForecast,
}

/// A planned amount or quantity of a benefit in a period.
#[derive(Clone, Debug, PartialEq)]
pub struct ProfileLine {
    /// The period.
    pub period: Period,
    /// Amount in major units of the benefit's currency.
    pub amount: Option<Decimal>,
    /// Quantity in the benefit's unit.
    pub quantity: Option<f64>,
    /// Which forecast.
    pub version: ProfileVersion,
    /// Where the record is.
    pub origin: Origin,
}

/// A measured amount or quantity of a benefit in a period.
#[derive(Clone, Debug, PartialEq)]
pub struct BenefitReading {
    /// The period.
    pub period: Period,
    /// Amount in major units of the benefit's currency.
    pub amount: Option<Decimal>,
    /// Quantity in the benefit's unit.
    pub quantity: Option<f64>,
    /// Evidence.
    pub evidence: Option<String>,
    /// Finance's validator.
    pub validated_by: Option<PersonId>,
    /// Validated on.
    pub validated_on: Option<Day>,
    /// Where the record is.
    pub origin: Origin,
}

/// A benefit.
#[derive(Clone, Debug, PartialEq)]
pub struct Benefit {
    /// Key.
    pub id: BenefitId,
    /// Name.
    pub name: String,
    /// The initiative that brings it.
    pub initiative: InitiativeId,
    /// The objective it serves.
    pub objective: Option<ObjectiveId>,
    /// Class, where given.
    pub class: Option<BenefitClass>,
    /// True where it recurs.
    pub recurring: Option<bool>,
    /// True where it is direct.
    pub direct: Option<bool>,
    /// How it is measured.
    pub measure: String,
    /// Value before.
    pub baseline: f64,
    /// Value aimed at.
    pub target: f64,
    /// Unit.
    pub unit: Option<String>,
    /// Value of a full year.
    pub full_year_value: Option<Decimal>,
    /// Currency: its own, else the initiative's.
    pub currency: Currency,
    /// Starts on.
    pub start: Option<Day>,
    /// Ramp, as given.
    pub ramp: Option<String>,
    /// Confidence as a fraction.
    pub confidence: Option<f64>,
    /// Owner in operations.
    pub owner: Option<PersonId>,
    /// Responsible officer.
    pub responsible_officer: Option<PersonId>,
    /// Budget line that it reduces.
    pub budget_line: Option<String>,
    /// Group that must not be counted twice, and this benefit's share of it.
    pub double_count: Option<(String, f64)>,
    /// Evidence needed.
    pub evidence_needed: Option<String>,
    /// Profile, by version and period.
    pub profile: Vec<ProfileLine>,
    /// Readings, by period.
    pub readings: Vec<BenefitReading>,
    /// Where the record is.
    pub origin: Origin,
}

impl BenefitReading {
    /// True where the reading counts as realised: it has evidence and finance's validation, by whom and when.
    ///
    /// Source: Infrastructure and Projects Authority, Guide for effective benefits management in major projects (2017).
    #[must_use]
    pub const fn is_realised(&self) -> bool {
        self.evidence.is_some() && self.validated_by.is_some() && self.validated_on.is_some()
    }
}
