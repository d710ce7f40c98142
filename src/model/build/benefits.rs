//! Benefits with their profiles and readings.

use crate::base::id::{BenefitId, InitiativeId, ObjectiveId};
use crate::model::benefit::{Benefit, BenefitClass, BenefitReading, ProfileLine, ProfileVersion};
use crate::model::build::context::{Context, Names, Register, Unique, flag};
use crate::model::codes;
use crate::table::tables::Row;
use std::collections::{BTreeMap, BTreeSet};

/// How far shares of a group may pass 100 % by rounding.
const SHARE_TOLERANCE: f64 = 0.005;

/// The benefits, by id, and their register.
pub(super) fn benefits(context: &mut Context<'_>) -> Vec<Benefit> {
    let rows = context.rows("Benefits");
    let names = Names::of(context.has("Benefits"), rows.iter().filter_map(|row| row.text("benefit_id")));
    context.registers.insert(Register::Benefits, names);
    let mut profiles = profiles(context);
    let mut readings = readings(context);
    let mut unique = Unique::new();
    let mut benefits = Vec::new();
    for row in rows {
        let Some(id) = row.text("benefit_id").map(BenefitId::new) else { continue };
        if !unique.admits(context, row, "benefit_id", id.clone()) {
            continue;
        }
        let Some(initiative) = context.initiative(row, "initiative") else { continue };
        let mut benefit = benefit(context, row, id, initiative);
        benefit.profile = profiles.remove(&benefit.id).unwrap_or_default();
        benefit.readings = readings.remove(&benefit.id).unwrap_or_default();
        check(context, row, &benefit);
        benefits.push(benefit);
    }
    benefits.sort_by(|a, b| a.id.cmp(&b.id));
    check_groups(context, &benefits);
    benefits
}

fn benefit(context: &mut Context<'_>, row: Row<'_>, id: BenefitId, initiative: InitiativeId) -> Benefit {
    let text = |key| row.text(key).map(String::from);
    Benefit {
        name: row.text("name").unwrap_or(id.as_str()).to_string(),
        objective: context.reference(row, "objective", Register::Objectives).map(|id| ObjectiveId::new(&id)),
        class: row.text("class").and_then(class),
        recurring: row.text("recurrence").map(|word| word == "recurring"),
        direct: row.text("directness").map(|word| word == "direct"),
        measure: row.text("measure").unwrap_or_default().to_string(),
        baseline: row.number("baseline").unwrap_or(f64::NAN),
        target: row.number("target").unwrap_or(f64::NAN),
        unit: text("unit"),
        full_year_value: context.amount(row, "full_year_value"),
        currency: context.currency(row, Some(&initiative)),
        start: row.day("start_date"),
        ramp: text("ramp"),
        confidence: row.number("confidence"),
        owner: context.person(row, "owner_in_operations", true),
        responsible_officer: context.person(row, "responsible_officer", true),
        budget_line: text("budget_line"),
        double_count: text("double_count_group").map(|group| (group, row.number("group_share").unwrap_or(1.0))),
        evidence_needed: text("evidence_needed"),
        profile: Vec::new(),
        readings: Vec::new(),
        origin: row.place(),
        id,
        initiative,
    }
}

fn class(word: &str) -> Option<BenefitClass> {
    Some(match word {
        "cash-releasing" => BenefitClass::CashReleasing,
        "non-cash-releasing" => BenefitClass::NonCashReleasing,
        "cost avoidance" => BenefitClass::CostAvoidance,
        "revenue" => BenefitClass::Revenue,
        "qualitative" => BenefitClass::Qualitative,
        "disbenefit" => BenefitClass::Disbenefit,
        _ => return None,
    })
}

/// Profile lines by benefit, by version and period.
fn profiles(context: &mut Context<'_>) -> BTreeMap<BenefitId, Vec<ProfileLine>> {
    let mut by_benefit: BTreeMap<BenefitId, Vec<ProfileLine>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for row in context.rows("Benefit profile") {
        let Some(id) = context.reference(row, "benefit", Register::Benefits).map(|id| BenefitId::new(&id)) else { continue };
        let Some(period) = row.period("period") else { continue };
        let forecast = row.text("version") == Some("current forecast");
        let version = if forecast { ProfileVersion::CurrentForecast } else { ProfileVersion::BusinessCase };
        if seen.insert((id.clone(), version, period)) {
            let line = ProfileLine {
                period,
                amount: context.amount(row, "amount"),
                quantity: row.number("quantity"),
                version,
                origin: row.place(),
            };
            by_benefit.entry(id).or_default().push(line);
        } else {
            twice(context, row);
        }
    }
    for lines in by_benefit.values_mut() {
        lines.sort_by_key(|line| (line.version, line.period));
    }
    by_benefit
}

/// Readings by benefit, by period. Those of periods that begin after the as-of date are kept out.
fn readings(context: &mut Context<'_>) -> BTreeMap<BenefitId, Vec<BenefitReading>> {
    let mut by_benefit: BTreeMap<BenefitId, Vec<BenefitReading>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for row in context.rows("Benefit readings") {
        let Some(id) = context.reference(row, "benefit", Register::Benefits).map(|id| BenefitId::new(&id)) else { continue };
        let Some(period) = row.period("period") else { continue };
        if context.settings.fiscal.start(period) > context.as_of() {
            let finding =
                flag(row, codes::READING_IN_FUTURE, "period").expected(format!("a period that has begun by {}", context.as_of()));
            context.push(finding.hint("correct the period; kept out until then"));
        } else if seen.insert((id.clone(), period)) {
            let reading = reading(context, row, period);
            by_benefit.entry(id).or_default().push(reading);
        } else {
            twice(context, row);
        }
    }
    for readings in by_benefit.values_mut() {
        readings.sort_by_key(|reading| reading.period);
    }
    by_benefit
}

fn reading(context: &mut Context<'_>, row: Row<'_>, period: crate::base::period::Period) -> BenefitReading {
    let reading = BenefitReading {
        period,
        amount: context.amount(row, "amount"),
        quantity: row.number("quantity"),
        evidence: row.text("evidence").map(String::from),
        validated_by: context.person(row, "validated_by", false),
        validated_on: row.day("validated_on").filter(|day| *day <= context.as_of()),
        origin: row.place(),
    };
    if !reading.is_realised() {
        let key = if reading.evidence.is_none() { "evidence" } else { "validated_by" };
        let finding = flag(row, codes::CLAIM_NOT_VALIDATED, key).expected("evidence, and who in finance validated it and when");
        context.push(finding.hint("it counts as claimed; add what is missing to count it as realised"));
    }
    reading
}

fn twice(context: &mut Context<'_>, row: Row<'_>) {
    let finding = flag(row, codes::LISTED_TWICE, "period").expected("one row for a benefit and period");
    context.push(finding.hint("delete one; only the first counts"));
}

fn check(context: &mut Context<'_>, row: Row<'_>, benefit: &Benefit) {
    #[expect(clippy::float_cmp, reason = "both are cells as given, compared for sameness")]
    let unchanged = benefit.baseline == benefit.target && benefit.class != Some(BenefitClass::Qualitative);
    if unchanged {
        let finding = flag(row, codes::BENEFIT_WITHOUT_CHANGE, "target").expected("a target that differs from the baseline");
        context.push(finding.hint("say what will change"));
    }
    let fiscal = context.settings.fiscal;
    if let Some((start, early)) =
        benefit.start.and_then(|start| Some((start, benefit.readings.iter().find(|reading| fiscal.end(reading.period) < start)?)))
    {
        let finding = flag(row, codes::REALISED_BEFORE_START, "start_date")
            .expected(format!("a start by {}, which has a reading", early.period));
        context
            .push(finding.found(start.to_string()).hint(format!("correct the start date, or the reading at {}", early.origin)));
    }
}

/// Shares of a group that must not be counted twice.
fn check_groups(context: &mut Context<'_>, benefits: &[Benefit]) {
    let mut groups: BTreeMap<&str, (f64, Vec<&Benefit>)> = BTreeMap::new();
    for benefit in benefits {
        if let Some((group, share)) = &benefit.double_count {
            let entry = groups.entry(group).or_default();
            entry.0 += share;
            entry.1.push(benefit);
        }
    }
    for (group, (sum, members)) in groups.into_iter().filter(|(_, (sum, _))| *sum > 1.0 + SHARE_TOLERANCE) {
        let names: Vec<&str> = members.iter().map(|benefit| benefit.id.as_str()).collect();
        let finding = codes::SHARES_ABOVE_WHOLE.at(members[0].origin.clone()).field("Benefits", "Group share");
        let finding =
            finding.found(format!("{:.1} % in all for {group} ({})", sum * 100.0, names.join(", "))).expected("at most 100 %");
        context.push(finding.hint("give each benefit the share of the group that it really brings"));
    }
}
