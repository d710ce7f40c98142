//! Rules of scheduling: those of the settings, and what an initiative's own rows change.

use crate::base::finding::Finding;
use crate::base::id::InitiativeId;
use crate::base::lookalike::did_you_mean;
use crate::model::build::context::{Context, flag};
use crate::model::build::project_facts;
use crate::model::codes;
use crate::model::initiative::Initiative;
use crate::model::scheduling::ScheduleOptions;
use crate::table::tables::Row;
use std::collections::BTreeMap;

/// The rules of each initiative, and at the end those of activities whose initiative is not listed. A row that cannot be
/// read changes nothing (a finding). `profile` sets all others, and so goes first.
pub(super) fn schedule_options(context: &mut Context<'_>, initiatives: &[Initiative]) -> Vec<ScheduleOptions> {
    let mut options = vec![context.settings.schedule.clone(); initiatives.len() + 1];
    let position: BTreeMap<&InitiativeId, usize> =
        initiatives.iter().enumerate().map(|(index, initiative)| (&initiative.id, index)).collect();
    let (profiles, others): (Vec<Row<'_>>, Vec<Row<'_>>) =
        context.rows("Schedule options").into_iter().partition(|row| option(*row) == "profile");
    for row in profiles.into_iter().chain(others) {
        if project_facts::NAMES.contains(&option(row).as_str()) {
            continue;
        }
        let Some(initiative) = context.initiative(row, "initiative") else { continue };
        let Some(&index) = position.get(&initiative) else { continue };
        if let Err(expected) = options[index].set(&option(row), row.text("value").unwrap_or_default()) {
            context.push(refused(row, expected));
        }
    }
    options
}

/// The option's name as the settings write it.
pub(super) fn option(row: Row<'_>) -> String {
    row.text("option").unwrap_or_default().trim().to_lowercase().replace([' ', '-'], "_")
}

/// What is wrong with a row: the option, or the value that it is to take.
fn refused(row: Row<'_>, expected: String) -> Finding {
    let name = option(row);
    let known = ScheduleOptions::names().any(|known| known == name);
    let (finding, nearest) = if known {
        let words = ScheduleOptions::words(&name).unwrap_or_default();
        let value = row.text("value").unwrap_or_default();
        (flag(row, codes::OPTION_VALUE_UNKNOWN, "value"), did_you_mean(value.trim(), words.iter().copied()))
    } else {
        (flag(row, codes::OPTION_UNKNOWN, "option"), did_you_mean(&name, ScheduleOptions::names().chain(project_facts::NAMES)))
    };
    let near = nearest.map(|nearest| format!(" ({nearest})")).unwrap_or_default();
    finding.expected(expected).hint(format!("correct the cell{near}; until then the row changes nothing"))
}
