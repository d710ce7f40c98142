//! Hours of work: planned by the baseline or the assignments. Held in minutes, as exact decimals.

use super::Context;
use super::pricing::minutes_used;
use crate::analysis::measure::{Measure, Undefined};
use crate::base::number;
use crate::model::activity::BaselineEntry;
use crate::model::resource::{Assignment, Bearer, ResourceKind};
use rust_decimal::Decimal;

/// Planned minutes of work of an activity: the baseline's, else those of the Activities table's baseline, else those of the
/// people assigned to it over its baseline's working time; none where nothing gives them.
pub fn planned(context: &Context<'_>, index: usize, entry: Option<&BaselineEntry>, minutes: i64) -> Option<Decimal> {
    let baseline = entry.and_then(|entry| entry.work.as_ref()).or(context.activity(index).baseline_work.as_ref());
    if let Some(work) = baseline.and_then(|work| work.minutes(&context.calendars[index])) {
        return Some(Decimal::from(work));
    }
    let people = || context.assignments[index].iter().filter(|assignment| is_people(context, assignment));
    people().next()?;
    Some(people().map(|assignment| minutes_used(context, index, assignment, minutes)).sum())
}

/// True for the work of people: a role, a person or team, somebody of another organisation.
pub fn is_people(context: &Context<'_>, assignment: &Assignment) -> bool {
    match &assignment.bearer {
        Bearer::Role(_) => true,
        Bearer::Resource(id) => {
            let kind = context.resource_kinds.get(id).copied();
            matches!(kind, Some(ResourceKind::Human | ResourceKind::External) | None)
        }
    }
}

/// Minutes as hours.
pub fn hours(minutes: Measure<Decimal>) -> Measure<f64> {
    let hours = minutes?.checked_div(Decimal::from(60)).ok_or(Undefined::TooLarge)?;
    Ok(number::to_f64(hours))
}
