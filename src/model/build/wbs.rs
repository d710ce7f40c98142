//! The work breakdown structure: dotted codes, their order, and the summary rows above an activity.

use crate::base::id::InitiativeId;
use crate::base::span::Span;
use crate::model::activity::{Activity, ActivityIndex, ActivityType};
use crate::model::build::context::{Context, flag};
use crate::model::codes;
use crate::table::tables::Row;
use std::collections::{BTreeMap, BTreeSet};

/// A code in a form that sorts as people count: `1.2` before `1.10`, a parent before its children.
pub(super) fn natural(code: &str) -> Vec<(u64, String)> {
    let part = |text: &str| match text.parse::<u64>() {
        Ok(number) => (number, String::new()),
        Err(_) => (u64::MAX, text.to_string()),
    };
    code.split('.').map(str::trim).filter(|text| !text.is_empty()).map(part).collect()
}

/// The codes above a code, nearest first: `1.2.3` has `1.2` and `1`.
fn codes_above(code: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(code.rsplit_once('.').map(|(above, _)| above), |code| code.rsplit_once('.').map(|(above, _)| above))
}

/// Makes rows without a type that stand above others summaries, then gives each activity the nearest summary above it:
/// one with its own code (unless it is a summary itself), else one with a code above.
pub(super) fn give_parents(context: &mut Context<'_>, activities: &mut [Activity], rows: &[Row<'_>]) {
    infer_summaries(context, activities, rows);
    let mut summaries: BTreeMap<(InitiativeId, String), ActivityIndex> = BTreeMap::new();
    for (position, activity) in activities.iter().enumerate().filter(|(_, activity)| activity.kind == ActivityType::Summary) {
        let slot = summaries.entry((activity.key.initiative.clone(), activity.wbs.clone()));
        if let std::collections::btree_map::Entry::Occupied(taken) = &slot {
            let other = taken.get().0;
            let finding = flag(rows[position], codes::SUMMARY_CODE_TWICE, "wbs").expected("a code that no other summary row has");
            context.push(finding.hint(format!(
                "{} has the same code; children go to that row",
                rows[other].text("activity_id").unwrap_or_default()
            )));
        }
        slot.or_insert(ActivityIndex(position));
    }
    for activity in activities.iter_mut() {
        let initiative = activity.key.initiative.clone();
        let at = |code: &str| summaries.get(&(initiative.clone(), code.to_string())).copied();
        let own = (activity.kind != ActivityType::Summary).then(|| at(&activity.wbs)).flatten();
        activity.parent = own.or_else(|| codes_above(&activity.wbs).find_map(at));
    }
}

/// A row without a type whose code is its own and stands above the codes of others is a summary.
fn infer_summaries(context: &mut Context<'_>, activities: &mut [Activity], rows: &[Row<'_>]) {
    let mut uses: BTreeMap<(&InitiativeId, &str), usize> = BTreeMap::new();
    let mut above: BTreeSet<(&InitiativeId, &str)> = BTreeSet::new();
    for activity in activities.iter() {
        *uses.entry((&activity.key.initiative, &activity.wbs)).or_default() += 1;
        above.extend(codes_above(&activity.wbs).map(|code| (&activity.key.initiative, code)));
    }
    let place = |activity: &Activity| {
        let code = (&activity.key.initiative, activity.wbs.as_str());
        above.contains(&code) && uses.get(&code) == Some(&1)
    };
    let untyped = |position: &usize| rows[*position].text("type").is_none() && place(&activities[*position]);
    let inferred: Vec<usize> = (0..rows.len()).filter(untyped).collect();
    for position in inferred {
        activities[position].kind = ActivityType::Summary;
        activities[position].duration = Span::ZERO;
        let finding =
            flag(rows[position], codes::SUMMARY_INFERRED, "type").expected("summary, since other rows have codes below its own");
        context.push(finding.hint("set Type to summary, or to task if it is work of its own"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_sort_as_people_count() {
        let mut codes = vec!["1.10", "2", "1.2", "1", "1.2.1", "A.1", "10"];
        codes.sort_by_key(|code| natural(code));
        assert_eq!(codes, ["1", "1.2", "1.2.1", "1.10", "2", "10", "A.1"]);
    }

    #[test]
    fn the_codes_above_come_nearest_first() {
        assert_eq!(codes_above("1.2.3").collect::<Vec<_>>(), ["1.2", "1"]);
        assert_eq!(codes_above("1").count(), 0);
    }
}
