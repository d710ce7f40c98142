//! Budget and forecast lines: who they are for, which version counts, where their money went.

use crate::base::id::{ActivityId, ActivityKey, InitiativeId};
use crate::base::money::Currency;
use crate::model::activity::Activity;
use crate::model::build::context::{Context, flag};
use crate::model::build::ledger::expenditure;
use crate::model::codes;
use crate::model::finance::{PlanLine, PlanTotal};
use crate::table::tables::Row;
use std::collections::{BTreeMap, BTreeSet};

/// The lines of Budgets and Forecast, each with the totals of its money.
pub(super) struct Plans {
    pub budgets: Vec<PlanLine>,
    pub superseded: Vec<PlanLine>,
    pub forecast: Vec<PlanLine>,
    pub totals: Vec<PlanTotal>,
}

/// The WBS codes of each initiative's plan.
pub(super) type Works<'a> = BTreeSet<(&'a InitiativeId, &'a str)>;

/// The WBS codes of all activities.
pub(super) fn works(activities: &[Activity]) -> Works<'_> {
    activities.iter().map(|activity| (&activity.key.initiative, activity.wbs.as_str())).collect()
}

/// Reads both tables. Of several budget versions of an initiative only the latest counts.
pub(super) fn plans(context: &mut Context<'_>, works: &Works<'_>) -> Plans {
    let mut totals = Totals::default();
    let budgets = lines(context, "Budgets", "activity_or_wbs", works, &mut totals);
    let (budgets, superseded) = latest_versions(context, budgets);
    for line in &superseded {
        totals.entry("Budgets", line.currency).superseded += line.amount;
    }
    let forecast = lines(context, "Forecast", "wbs", works, &mut totals);
    for (table, line) in budgets.iter().map(|line| ("Budgets", line)).chain(forecast.iter().map(|line| ("Forecast", line))) {
        totals.entry(table, line.currency).used += line.amount;
    }
    let (budgets, superseded, forecast) = (in_order(budgets), in_order(superseded), in_order(forecast));
    Plans { budgets, superseded, forecast, totals: totals.0.into_values().collect() }
}

/// By initiative, period, category, work and amount.
fn in_order(mut lines: Vec<PlanLine>) -> Vec<PlanLine> {
    let key = |line: &PlanLine| {
        let whose = (line.initiative.clone(), line.period, line.category.clone(), line.work.clone());
        (whose, line.currency, line.amount, line.expenditure, line.origin.clone())
    };
    lines.sort_by_cached_key(key);
    lines
}

#[derive(Default)]
struct Totals(BTreeMap<(&'static str, Currency), PlanTotal>);

impl Totals {
    fn entry(&mut self, table: &'static str, currency: Currency) -> &mut PlanTotal {
        self.0.entry((table, currency)).or_insert_with(|| PlanTotal::empty(table, currency))
    }
}

fn lines(
    context: &mut Context<'_>,
    table: &'static str,
    work_key: &str,
    works: &Works<'_>,
    totals: &mut Totals,
) -> Vec<PlanLine> {
    let mut found = Vec::new();
    for row in context.rows(table) {
        let (Some(amount), Some(period)) = (context.amount(row, "amount"), row.period("period")) else { continue };
        let initiative = context.initiative(row, "initiative");
        let currency = context.currency(row, initiative.as_ref());
        let total = totals.entry(table, currency);
        total.lines += 1;
        total.read += amount;
        let Some(initiative) = initiative else {
            total.left_out += amount;
            continue;
        };
        let text = |key| row.text(key).map(String::from);
        check_work(context, row, work_key, &initiative, works);
        found.push(PlanLine {
            work: text(work_key),
            category: text("category").unwrap_or_default(),
            expenditure: expenditure(row.text("capex_opex")),
            funding_source: text("funding_source"),
            period,
            amount,
            currency,
            version: text("version").or_else(|| text("basis")),
            origin: row.origin("amount"),
            initiative,
        });
    }
    found
}

/// The activity or WBS code that a row names should be one of the initiative's plan, where it has one.
pub(super) fn check_work(context: &mut Context<'_>, row: Row<'_>, key: &str, initiative: &InitiativeId, works: &Works<'_>) {
    let Some(text) = row.text(key) else { return };
    let activity = ActivityKey { initiative: initiative.clone(), id: ActivityId::new(text) };
    let below = format!("{text}.");
    let known = context.activities.by_key.contains_key(&activity)
        || works.iter().any(|(of, code)| *of == initiative && (*code == text || code.starts_with(&below)));
    let planned = works.iter().any(|(of, _)| *of == initiative);
    if planned && !known {
        let finding =
            flag(row, codes::UNKNOWN_WORK, key).expected(format!("an activity or WBS code of the plan of {initiative}"));
        context.push(finding.hint("correct it, or clear it; the money counts at the initiative until then"));
    }
}

/// The lines of the version that counts for each initiative, and those of the others. A line without a version belongs to
/// the one that counts.
fn latest_versions(context: &mut Context<'_>, lines: Vec<PlanLine>) -> (Vec<PlanLine>, Vec<PlanLine>) {
    let mut versions: BTreeMap<InitiativeId, BTreeSet<(Vec<u64>, String)>> = BTreeMap::new();
    for line in &lines {
        let version = line.version.iter().map(|version| (numbers_in(version), version.clone()));
        versions.entry(line.initiative.clone()).or_default().extend(version);
    }
    for (initiative, found) in versions.iter().filter(|(_, found)| found.len() > 1) {
        let names: Vec<&str> = found.iter().map(|(_, name)| name.as_str()).collect();
        let used = names.last().copied().unwrap_or_default();
        let finding =
            codes::BUDGET_VERSIONS.nowhere().field("Budgets", "Version").found(format!("{} for {initiative}", names.join(", ")));
        context.push(
            finding
                .expected("one version, or the latest last by number and name")
                .hint(format!("version {used} is used: delete the others if that is wrong")),
        );
    }
    let latest = |line: &PlanLine| versions.get(&line.initiative).and_then(|found| found.last()).map(|(_, name)| name);
    lines.into_iter().partition(|line| line.version.is_none() || line.version.as_ref() == latest(line))
}

/// The numbers in a version's name: `Revision 10` comes after `Revision 9`.
fn numbers_in(name: &str) -> Vec<u64> {
    name.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}
