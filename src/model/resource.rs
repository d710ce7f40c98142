//! Resources, their rates and their assignments.

use crate::base::day::{Day, Moment};
use crate::base::id::{CalendarId, ResourceId};
use crate::base::money::Currency;
use crate::base::origin::Origin;
use crate::base::span::Span;
use crate::model::activity::ActivityIndex;
use rust_decimal::Decimal;

/// What a resource is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResourceKind {
    /// A person or team.
    Human,
    /// Systems, licences, environments.
    Technology,
    /// Rooms, plant, material.
    Physical,
    /// Somebody of another organisation.
    External,
    /// Money.
    Financial,
}

/// A resource.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// Key.
    pub id: ResourceId,
    /// Name.
    pub name: String,
    /// What it is.
    pub kind: ResourceKind,
    /// Role.
    pub role: Option<String>,
    /// Team.
    pub team: Option<String>,
    /// Site.
    pub site: Option<String>,
    /// Calendar; none for the default one.
    pub calendar: Option<CalendarId>,
    /// Units that can be used at once; 1 is one full-time person.
    pub capacity: Option<f64>,
    /// Used up by use.
    pub consumable: bool,
    /// First day.
    pub available_from: Option<Day>,
    /// Last day.
    pub available_to: Option<Day>,
    /// Vendor.
    pub vendor: Option<String>,
    /// May be shared across initiatives.
    pub shareable: Option<bool>,
    /// Where the record is.
    pub origin: Origin,
}

/// Who a rate or an assignment is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bearer {
    /// A named resource.
    Resource(ResourceId),
    /// A role, not yet filled by name.
    Role(String),
}

/// What one unit of a rate buys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateUnit {
    /// An hour of work.
    Hour,
    /// A day of the calendar.
    Day,
    /// A week of the calendar.
    Week,
    /// A month of the calendar.
    Month,
    /// One unit of a consumable.
    Each,
}

/// The rate of a resource or a role from a day on.
#[derive(Clone, Debug, PartialEq)]
pub struct Rate {
    /// Whose.
    pub bearer: Bearer,
    /// Valid from.
    pub from: Day,
    /// Rate in major units.
    pub rate: Decimal,
    /// What one unit buys.
    pub unit: RateUnit,
    /// Cost of each use, whatever its length.
    pub cost_per_use: Option<Decimal>,
    /// Currency; none for the reporting one.
    pub currency: Option<Currency>,
    /// Where the record is.
    pub origin: Origin,
}

/// An assignment of a resource or role to an activity.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// The activity.
    pub activity: ActivityIndex,
    /// Who.
    pub bearer: Bearer,
    /// Units, 1 for 100 %; 1 where neither units, work nor fixed cost is given.
    pub units: Option<f64>,
    /// Work.
    pub work: Option<Span>,
    /// Fixed cost.
    pub fixed_cost: Option<Decimal>,
    /// Profile as given: flat, front, back, bell.
    pub profile: Option<String>,
    /// Own start.
    pub start: Option<Moment>,
    /// Own finish.
    pub finish: Option<Moment>,
    /// Where the record is.
    pub origin: Origin,
}
