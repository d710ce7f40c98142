//! How the baselines of each initiative came about: one entry a baseline, in the order of approval, drafts last.
//!
//! A baseline is over target where it costs more, or finishes later, than what was approved by the day of its own approval:
//! the approved budget of the initiative with the budget changes approved by then, and the date that it must finish by.
//! Source: ANSI/EIA-748, guidelines 28 to 32; IPMR, format 3.

use super::context::Context;
use super::result::{BaselineDates, InitiativeEarnedValue};
use super::views::{BaselineChange, ChangeLogEntry};
use crate::analysis::codes;
use crate::analysis::measure::{Measure, Undefined};
use crate::analysis::progress::{finish_moment, start_moment};
use crate::base::day::{Day, Moment};
use crate::base::finding::Findings;
use crate::base::id::PersonId;
use crate::model::budget_control::{BudgetChange, ChangeKind, ChangeStatus};
use crate::model::finance::RateKind;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// The change log of an initiative.
pub fn change_log(
    context: &Context<'_>,
    group: usize,
    result: &InitiativeEarnedValue,
    findings: &mut Findings,
) -> Vec<ChangeLogEntry> {
    let mut versions = versions(context, group);
    versions.sort_by_key(|version| (version.approved_on.is_none(), version.approved_on, version.name));
    let mut log: Vec<ChangeLogEntry> = Vec::new();
    for (position, version) in versions.iter().enumerate() {
        let before = position.checked_sub(1).map(|before| &versions[before]);
        let entry = entry(context, group, before, version, result);
        report(context, group, &entry, findings);
        log.push(entry);
    }
    log
}

type Line = (Option<Moment>, Option<Moment>, Option<Decimal>);

/// A baseline as its rows give it.
struct Version<'a> {
    name: &'a str,
    lines: BTreeMap<&'a str, Line>,
    approved_on: Option<Day>,
    approved_by: Vec<PersonId>,
    reasons: Vec<&'a str>,
}

impl Version<'_> {
    fn cost(&self) -> Measure<Decimal> {
        let costs: Vec<Decimal> = self.lines.values().filter_map(|line| line.2).collect();
        if costs.is_empty() { Err(Undefined::NoBudget) } else { Ok(costs.into_iter().sum()) }
    }

    fn finish(&self) -> Option<Moment> {
        self.lines.values().filter_map(|line| line.1).max()
    }
}

fn versions<'a>(context: &Context<'a>, group: usize) -> Vec<Version<'a>> {
    let mut versions: BTreeMap<&str, Version<'a>> = BTreeMap::new();
    let new = |name| Version { name, lines: BTreeMap::new(), approved_on: None, approved_by: Vec::new(), reasons: Vec::new() };
    for entry in &context.baselines[group] {
        let version = versions.entry(&entry.baseline).or_insert_with(|| new(&entry.baseline));
        let calendar = &context.calendars[entry.activity.0];
        let start = entry.start.map(|start| start_moment(start, calendar));
        let finish = entry.finish.map(|finish| finish_moment(finish, calendar));
        version.lines.insert(context.activity(entry.activity.0).key.id.as_str(), (start, finish, entry.cost));
        version.approved_on = version.approved_on.max(entry.approved_on);
        if let Some(person) = entry.approved_by.as_ref().filter(|person| !version.approved_by.contains(person)) {
            version.approved_by.push(person.clone());
        }
        if let Some(reason) = entry.reason.as_deref().filter(|reason| !version.reasons.contains(reason)) {
            version.reasons.push(reason);
        }
    }
    let id = &context.portfolio.initiatives[group].id;
    let calendar = context.portfolio.calendars.default_calendar();
    for row in context.portfolio.removed_from_plan.iter().filter(|row| row.initiative.as_ref() == Some(id)) {
        let version = versions.entry(&row.baseline).or_insert_with(|| new(&row.baseline));
        let finish = row.finish.map(|finish| finish_moment(finish, calendar));
        version.lines.insert(&row.activity, (row.start.map(|start| start_moment(start, calendar)), finish, row.cost));
    }
    versions.into_values().collect()
}

fn entry(
    context: &Context<'_>,
    group: usize,
    before: Option<&Version<'_>>,
    version: &Version<'_>,
    result: &InitiativeEarnedValue,
) -> ChangeLogEntry {
    let ids = |version: &Version<'_>| -> BTreeSet<String> { version.lines.keys().map(ToString::to_string).collect() };
    let (old, new) = (before.map(ids).unwrap_or_default(), ids(version));
    let (added, removed) = (new.difference(&old).count(), old.difference(&new).count());
    let differs =
        |(id, line): &(&&str, &Line)| before.is_some_and(|before| before.lines.get(**id).is_some_and(|old| old != *line));
    let changed = version.lines.iter().filter(differs).count();
    let kind = match (before, added, removed, changed) {
        (None, ..) => BaselineChange::Initial,
        (_, 0, 0, 0) => BaselineChange::Unchanged,
        (_, 0, 0, _) => BaselineChange::Replan,
        (_, _, 0, _) => BaselineChange::ScopeAdded,
        (_, 0, ..) => BaselineChange::ScopeRemoved,
        _ => BaselineChange::ScopeChanged,
    };
    let cost_after = version.cost();
    let approved = approved_cost(context, group, version.approved_on);
    let reasons = version.reasons.join("; ");
    ChangeLogEntry {
        baseline: version.name.to_string(),
        initiative: context.portfolio.initiatives[group].id.clone(),
        kind,
        approved_on: version.approved_on,
        approved_by: version.approved_by.clone(),
        reason: Some(reasons).filter(|reasons| !reasons.is_empty()),
        currency: context.currency(group),
        cost_before: before.map_or(Err(Undefined::NothingToCompare), Version::cost),
        cost_after,
        finish_before: before.and_then(Version::finish),
        finish_after: version.finish(),
        added: if before.is_some() { added } else { 0 },
        removed,
        changed,
        over_target_cost: approved.and_then(|approved| Ok(cost_after? > approved)),
        over_target_schedule: over_target_schedule(context, group, version.finish()),
        governs: result.dates == BaselineDates::Named(version.name.to_string()),
    }
}

/// What was approved for an initiative by a day, in its currency: the approved budget, and the changes approved by then.
fn approved_cost(context: &Context<'_>, group: usize, by: Option<Day>) -> Measure<Decimal> {
    let initiative = &context.portfolio.initiatives[group];
    let mut total = initiative.approved_budget.ok_or(Undefined::NoBudget)?;
    let day = context.portfolio.data_date.day();
    let by = by.unwrap_or(context.portfolio.settings.as_of.day());
    let in_force = |change: &&BudgetChange| {
        change.status == ChangeStatus::Approved
            && change.kind != ChangeKind::Rephase
            && change.approved_on.is_some_and(|on| on <= by)
    };
    for change in context.portfolio.budget_changes.iter().filter(in_force) {
        let touches = |place: &Option<crate::model::budget_control::BudgetPlace>| {
            place.as_ref().is_some_and(|place| place.initiative == initiative.id)
        };
        let sign = i64::from(touches(&change.to)) - i64::from(touches(&change.from));
        if sign != 0 {
            let rate = context.exchange(RateKind::Budget, change.currency, initiative.currency, day)?;
            total += change.amount * rate * Decimal::from(sign);
        }
    }
    Ok(total)
}

fn over_target_schedule(context: &Context<'_>, group: usize, finish: Option<Moment>) -> Measure<bool> {
    let initiative = &context.portfolio.initiatives[group];
    let limit = initiative.must_finish_by.map(|by| if by.is_date_only() { Moment::end_of(by.day()) } else { by });
    let limit = limit.or(initiative.finish.map(Moment::end_of)).ok_or(Undefined::NoTarget)?;
    Ok(finish.ok_or(Undefined::NoBaseline)? > limit)
}

fn report(context: &Context<'_>, group: usize, entry: &ChangeLogEntry, findings: &mut Findings) {
    let origin = context.baselines[group].iter().find(|row| row.baseline == entry.baseline).map(|row| row.origin.clone());
    let origin = origin.unwrap_or_else(|| context.initiative_origin(group));
    let (name, id) = (&entry.baseline, &entry.initiative);
    let replaced = entry.approved_on.is_some() && !matches!(entry.kind, BaselineChange::Initial | BaselineChange::Unchanged);
    if replaced && (entry.reason.is_none() || entry.approved_by.is_empty()) {
        let missing = if entry.reason.is_none() { "Reason" } else { "Approved by" };
        let finding = codes::BASELINE_WITHOUT_REASON.at(origin.clone()).field("Baselines", missing);
        let finding = finding.found(format!("{name} of {id}: {}", entry.kind.label())).expected("a reason and an approver");
        findings.push(finding.hint("Give both on a row of the baseline."));
    }
    if entry.governs && entry.over_target_cost == Ok(true) {
        let approved = approved_cost(context, group, entry.approved_on).map(super::initiative::number_text).unwrap_or_default();
        let cost = entry.cost_after.map(super::initiative::number_text).unwrap_or_default();
        let finding = codes::OVER_TARGET_BASELINE.at(origin.clone()).field("Baselines", "Cost");
        let finding = finding.found(format!("{cost} {} in {name} of {id}", entry.currency));
        let finding = finding.expected(format!("at most {approved}, the approved budget with its changes"));
        findings.push(
            finding.hint("Have the budget raised by a budget change, or say in the reason that the target is passed knowingly."),
        );
    }
    if entry.governs && entry.over_target_schedule == Ok(true) {
        let finish = entry.finish_after.map(|finish| finish.finish_day().to_string()).unwrap_or_default();
        let finding = codes::OVER_TARGET_SCHEDULE.at(origin).field("Baselines", "Finish");
        let finding =
            finding.found(format!("{finish} in {name} of {id}")).expected("a finish by the date of the Initiatives table");
        findings.push(finding.hint("Have the date moved, or say in the reason that the target is passed knowingly."));
    }
}
