//! Load and capacity of resources by period, across initiatives.
//!
//! An assignment loads its resource over the dates of its activity (its own start and finish where given): units × working
//! time of the resource's calendar, or its work where no units are given, spread by its profile. Capacity is units ×
//! working time of the resource's calendar inside its availability. Both are working minutes; a period is a fiscal one.
//! Consumables and money are not loaded. Dates come from the caller; this file does not schedule.

mod load;
#[cfg(test)]
mod tests;

use crate::analysis::codes;
use crate::analysis::measure::Measure;
use crate::base::day::Moment;
use crate::base::finding::Findings;
use crate::base::id::{InitiativeId, ResourceId};
use crate::base::period::Period;
use crate::model::activity::ActivityIndex;
use crate::model::portfolio::Portfolio;
use crate::model::resource::{Bearer, Resource, ResourceKind};
use load::Share;
use std::collections::{BTreeMap, BTreeSet};

/// Start and finish of activities.
pub type Dates = BTreeMap<ActivityIndex, (Moment, Moment)>;

/// Load and capacity of the portfolio's resources.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourcePlan {
    /// By resource, by id; those that time is counted of.
    pub resources: Vec<ResourceLoad>,
    /// Roles to which work is assigned by no name, by role.
    pub roles: Vec<RoleLoad>,
    /// Periods in which a resource is above capacity, from the as-of period on, by resource, then period.
    pub over_allocations: Vec<OverAllocation>,
    /// Assignments that could not be placed in time: their activity has no dates.
    pub undated: Vec<ActivityIndex>,
}

/// One resource.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourceLoad {
    /// Which.
    pub resource: ResourceId,
    /// By period, from the first to the last with load, gaps included.
    pub periods: Vec<PeriodLoad>,
}

/// One role.
#[derive(Clone, Debug, PartialEq)]
pub struct RoleLoad {
    /// Which.
    pub role: String,
    /// By period with load.
    pub periods: Vec<(Period, f64)>,
    /// Activities that wait for somebody.
    pub activities: Vec<ActivityIndex>,
}

/// One period of a resource.
#[derive(Clone, Debug, PartialEq)]
pub struct PeriodLoad {
    /// Which.
    pub period: Period,
    /// Working minutes assigned.
    pub load_minutes: f64,
    /// Working minutes that it can do.
    pub capacity_minutes: Measure<f64>,
    /// Load as a share of capacity.
    pub utilisation: Measure<f64>,
    /// Most units booked at any one instant of the period; assignments given by work alone are left out.
    pub peak_units: f64,
    /// The activities behind the load and their minutes, largest first.
    pub activities: Vec<(ActivityIndex, f64)>,
}

/// A resource above capacity in a period.
#[derive(Clone, Debug, PartialEq)]
pub struct OverAllocation {
    /// Which.
    pub resource: ResourceId,
    /// When.
    pub period: Period,
    /// Working minutes above capacity.
    pub excess_minutes: f64,
    /// Load as a share of capacity; none where there is no capacity at all in the period.
    pub utilisation: Measure<f64>,
    /// The initiatives that ask for it, by id.
    pub initiatives: Vec<InitiativeId>,
    /// The activities that cause it and their minutes, largest first.
    pub activities: Vec<(ActivityIndex, f64)>,
}

/// Works out load and capacity. Activities without an entry in `dates` take their actual or baseline dates.
#[must_use]
pub fn resource_plan(portfolio: &Portfolio, dates: &Dates) -> (ResourcePlan, Findings) {
    let shares = load::shares(portfolio, dates);
    let resources: Vec<ResourceLoad> = portfolio
        .resources
        .iter()
        .filter(|resource| is_timed(resource))
        .map(|resource| of_resource(portfolio, resource, &shares.placed))
        .collect();
    let plan = ResourcePlan {
        over_allocations: over_allocations(portfolio, &resources),
        roles: roles(&shares.placed),
        undated: shares.undated,
        resources,
    };
    let findings = findings(portfolio, &plan);
    (plan, findings)
}

/// True for what is counted in time.
fn is_timed(resource: &Resource) -> bool {
    !resource.consumable && resource.kind != ResourceKind::Financial
}

fn of_resource(portfolio: &Portfolio, resource: &Resource, shares: &[Share<'_>]) -> ResourceLoad {
    let bearer = Bearer::Resource(resource.id.clone());
    let mine: Vec<&Share<'_>> = shares.iter().filter(|share| share.assignment.bearer == bearer).collect();
    let periods: BTreeSet<Period> = mine.iter().flat_map(|share| share.minutes.keys().copied()).collect();
    let (Some(first), Some(last)) = (periods.first(), periods.last()) else {
        return ResourceLoad { resource: resource.id.clone(), periods: Vec::new() };
    };
    let range = portfolio.settings.fiscal.range(*first, *last);
    ResourceLoad {
        resource: resource.id.clone(),
        periods: range.into_iter().map(|period| of_period(portfolio, resource, &mine, period)).collect(),
    }
}

fn of_period(portfolio: &Portfolio, resource: &Resource, shares: &[&Share<'_>], period: Period) -> PeriodLoad {
    let mut by_activity: BTreeMap<ActivityIndex, f64> = BTreeMap::new();
    for share in shares {
        if let Some(minutes) = share.minutes.get(&period) {
            *by_activity.entry(share.assignment.activity).or_default() += minutes;
        }
    }
    let load_minutes: f64 = by_activity.values().sum();
    let capacity_minutes = load::capacity(portfolio, resource, period);
    let mut activities: Vec<(ActivityIndex, f64)> = by_activity.into_iter().collect();
    activities.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let utilisation = capacity_minutes.and_then(|capacity| load::ratio(load_minutes, capacity));
    let peak_units = load::peak_units(portfolio, shares, period);
    PeriodLoad { period, load_minutes, capacity_minutes, utilisation, peak_units, activities }
}

fn over_allocations(portfolio: &Portfolio, resources: &[ResourceLoad]) -> Vec<OverAllocation> {
    let settings = &portfolio.settings;
    let now = settings.fiscal.period_of(settings.as_of.day());
    let mut found = Vec::new();
    for resource in resources {
        for load in resource.periods.iter().filter(|load| load.period >= now) {
            let Ok(capacity) = load.capacity_minutes else { continue };
            let allowed = capacity * settings.thresholds.over_allocation;
            if load.load_minutes <= allowed + load::ROUNDING_MINUTES {
                continue;
            }
            let initiatives: BTreeSet<&InitiativeId> =
                load.activities.iter().map(|(activity, _)| &portfolio.activity(*activity).key.initiative).collect();
            found.push(OverAllocation {
                resource: resource.resource.clone(),
                period: load.period,
                excess_minutes: load.load_minutes - capacity,
                utilisation: load.utilisation,
                initiatives: initiatives.into_iter().cloned().collect(),
                activities: load.activities.clone(),
            });
        }
    }
    found
}

fn roles(shares: &[Share<'_>]) -> Vec<RoleLoad> {
    let mut roles: BTreeMap<&str, (BTreeMap<Period, f64>, BTreeSet<ActivityIndex>)> = BTreeMap::new();
    for share in shares {
        let Bearer::Role(role) = &share.assignment.bearer else { continue };
        let (periods, activities) = roles.entry(role).or_default();
        activities.insert(share.assignment.activity);
        for (period, minutes) in &share.minutes {
            *periods.entry(*period).or_default() += minutes;
        }
    }
    let load = |(role, (periods, activities)): (&str, (BTreeMap<Period, f64>, BTreeSet<ActivityIndex>))| RoleLoad {
        role: role.to_string(),
        periods: periods.into_iter().collect(),
        activities: activities.into_iter().collect(),
    };
    roles.into_iter().map(load).collect()
}

/// How many activities a finding names.
const NAMED: usize = 4;

fn findings(portfolio: &Portfolio, plan: &ResourcePlan) -> Findings {
    let mut findings = Findings::new();
    for over in &plan.over_allocations {
        let Some(resource) = portfolio.resources.iter().find(|resource| resource.id == over.resource) else { continue };
        let share = over
            .utilisation
            .map_or_else(|_| "work without capacity".to_string(), |share| format!("{:.0} % of capacity", share * 100.0));
        let named: Vec<String> =
            over.activities.iter().take(NAMED).map(|(activity, _)| portfolio.activity(*activity).key.to_string()).collect();
        let more = over.activities.len().saturating_sub(NAMED);
        let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
        let finding = codes::OVER_CAPACITY.at(resource.origin.clone()).field("Resources", "Capacity");
        let finding = finding.found(format!("{} in {}: {share}", over.resource, over.period)).expected("at most 100 %");
        findings.push(finding.hint(format!("Move or share the work of {}{rest}.", named.join(", "))));
    }
    for role in &plan.roles {
        let Some(first) = portfolio.assignments.iter().find(|assignment| assignment.bearer == Bearer::Role(role.role.clone()))
        else {
            continue;
        };
        let finding = codes::ROLE_UNFILLED.at(first.origin.clone()).field("Assignments", "Role").found(role.role.clone());
        findings.push(finding.expected("a resource by name").hint("Name who does it, or plan to hire."));
    }
    findings
}
