//! Format 3: the performance measurement baseline, from the first through its changes to the one in force, with what lies
//! outside it, and how it is phased.

use crate::analysis::earned_value::{ChangeLogEntry, InitiativeEarnedValue, PeriodEarnedValue, PeriodState, Scope};
use crate::analysis::measure::{Measure, Undefined};
use crate::base::day::Moment;
use crate::base::id::InitiativeId;
use crate::base::number;
use crate::model::budget_control::Fund;
use crate::report::book::{Band, Cell, Column, Kind, Mark, Sheet, Table, Tone, Value, column_of, this_row};
use crate::report::parts::context::{difference, lookup, minus, money, rounded};
use crate::report::parts::earned::ReportedActivities;
use crate::report::performance_dashboard::context::Context;
use rust_decimal::Decimal;

/// From the first baseline to the one in force.
const PMB: &str = "tbl_ipmr_3";
/// Every change.
const CHANGES: &str = "tbl_ipmr_3_changes";
/// The baseline by month.
const PHASING: &str = "tbl_ipmr_3_phasing";
/// Months shown one by one.
const MONTHS: usize = 6;

/// The page.
#[must_use]
pub fn sheet(context: &Context<'_>) -> Sheet {
    Sheet::page(super::BASELINE, "IPMR-style Format 3: baseline")
        .subtitle("Each initiative in its own currency; CBB = PMB + management reserve; PMB = distributed budget + undistributed budget")
        .about("The measurement baseline, its changes by reason, reserve, undistributed budget and phasing.")
        .band(Band::headed("From the first baseline to the one in force", vec![baselines(context).into()]))
        .band(Band::headed("Changes, by initiative in the order of approval", vec![changes(context).into()]))
        .band(Band::headed("Phasing of the baseline: planned value by month", vec![phasing(context).into()]))
}

/// The entries of an initiative up to the baseline in force; drafts and what came after it do not count.
fn counted<'a>(context: &Context<'a>, id: &InitiativeId) -> Vec<&'a ChangeLogEntry> {
    let entries: Vec<&ChangeLogEntry> =
        context.input.analyses.earned_value.change_log.iter().filter(|entry| entry.initiative == *id).collect();
    let last = entries.iter().position(|entry| entry.governs);
    entries.into_iter().take(last.map_or(0, |last| last + 1)).collect()
}

/// True where a baseline was approved in the period of the as-of date.
fn is_new(context: &Context<'_>, entry: &ChangeLogEntry) -> bool {
    let fiscal = &context.portfolio().settings.fiscal;
    entry.approved_on.is_some_and(|day| fiscal.period_of(day) == fiscal.period_of(context.as_of()))
}

/// The word in the column that says how an entry enters the sums.
fn entry_kind(context: &Context<'_>, entry: &ChangeLogEntry, position: usize, counts: bool) -> &'static str {
    match (counts, position, is_new(context, entry)) {
        (false, ..) => "not in force",
        (true, 0, _) => "first",
        (true, _, false) => "before",
        (true, _, true) => "this period",
    }
}

/// First baseline, changes, baseline in force; what is distributed, undistributed and in reserve.
fn baselines(context: &Context<'_>) -> Table {
    let own = |header: &str| this_row(PMB, header);
    let plain = |words: &str| Column::new(words, Kind::Number(0)).wide(15);
    let sum = |parts: &[&str]| {
        let names: Vec<String> = parts.iter().map(|part| own(part)).collect();
        format!("IF(COUNT({})={},{},\"n/a\")", names.join(","), names.len(), names.join("+"))
    };
    let columns = vec![
        Column::text("Initiative").wide(13),
        Column::new("Name", Kind::Prose).wide(28),
        Column::text("Currency").wide(10),
        plain("First baseline"),
        plain("Changes before"),
        plain("Start of period").formula(sum(&["First baseline", "Changes before"])),
        plain("Changes this period"),
        plain("Baseline in force").formula(sum(&["Start of period", "Changes this period"])),
        plain("BAC").help(
            "Budget at completion of the plan that earned value follows; costs of the activities where no baseline has costs.",
        ),
        plain("Less baseline")
            .formula(difference(&own("BAC"), &own("Baseline in force")))
            .mark(Mark::Variance { more_is_good: false }),
        plain("Undistributed").help("Current budget that is not in BAC. Negative: the plan holds more than the budget."),
        plain("PMB").formula(sum(&["BAC", "Undistributed"])).help("Performance measurement baseline."),
        plain("Reserve").help("Management reserve that is left; outside the baseline."),
        plain("CBB").formula(sum(&["PMB", "Reserve"])).help("Contract budget base: PMB + management reserve."),
    ];
    let initiatives = &context.input.analyses.earned_value.initiatives;
    let rows = initiatives.iter().filter(|each| each.current().is_some()).map(|each| baseline_row(context, each)).collect();
    Table::new(PMB, columns).keys(2).rows(rows).when_empty("No initiative has baseline dates.")
}

fn baseline_row(context: &Context<'_>, each: &InitiativeEarnedValue) -> Vec<Cell> {
    let entries = counted(context, &each.initiative);
    let amount = |value: Measure<Decimal>| money(value, each.currency);
    let first = amount(entries.first().map_or(Err(Undefined::NoBaseline), |entry| entry.cost_after));
    let moved = |new: bool| {
        let of = entries.iter().skip(1).filter(|entry| is_new(context, entry) == new);
        amount(of.map(|entry| change(entry)).sum())
    };
    let has_log = !context.input.analyses.earned_value.change_log.is_empty();
    let of_kind = |kind: &str, value: Value| {
        let [changes, owners, kinds] = ["Change", "Initiative", "Counts as"].map(|header| column_of(CHANGES, header));
        let text = format!("SUMIFS({changes},{owners},{},{kinds},\"{kind}\")", this_row(PMB, "Initiative"));
        if matches!(value, Value::Money(_)) && has_log { Cell::formula(text, value) } else { value.into() }
    };
    let (before, now) = (moved(false), moved(true));
    let start = plus(&first, &before);
    let force = plus(&start, &now);
    let all: Vec<_> = each.activities.iter().map(|activity| activity.activity).collect();
    let bac = Value::Money(ReportedActivities::of(each).sum(&all).budget_at_completion);
    let undistributed = amount(each.undistributed_budget);
    let pmb = plus(&bac, &undistributed);
    let reserve = reserve(context, each);
    vec![
        context.initiative_cell(&each.initiative),
        Cell::text(context.name_of(&each.initiative)),
        Cell::text(each.currency.code()),
        of_kind("first", first),
        of_kind("before", before),
        start.into(),
        of_kind("this period", now),
        force.clone().into(),
        bac.clone().into(),
        minus(&bac, &force).into(),
        undistributed.into(),
        pmb.clone().into(),
        reserve.clone().into(),
        plus(&pmb, &reserve).into(),
    ]
}

fn plus(a: &Value, b: &Value) -> Value {
    match (a, b) {
        (Value::Money(a), Value::Money(b)) => Value::Money(a + b),
        (Value::Money(_), none) | (none, _) => none.clone(),
    }
}

/// What an entry adds to the baseline; the first one adds all of itself.
fn change(entry: &ChangeLogEntry) -> Measure<Decimal> {
    Ok(rounded(entry.cost_after?, entry.currency) - rounded(entry.cost_before?, entry.currency))
}

/// Management reserve left of the initiative: 0 where it has no such fund.
fn reserve(context: &Context<'_>, each: &InitiativeEarnedValue) -> Value {
    let funds = &context.input.analyses.reserves.funds;
    let own =
        funds.iter().find(|fund| fund.fund == Fund::ManagementReserve && fund.initiative.as_ref() == Some(&each.initiative));
    own.map_or(Value::Money(Decimal::ZERO), |fund| money(fund.remaining.map(crate::base::money::Money::amount), each.currency))
}

/// The change log.
fn changes(context: &Context<'_>) -> Table {
    let own = |header: &str| this_row(CHANGES, header);
    let plain = |words: &str| Column::new(words, Kind::Number(0)).wide(15);
    let kinds = vec![("this period".to_string(), Tone::Warn), ("not in force".to_string(), Tone::Muted)];
    let date = |words: &str| Column::new(words, Kind::Date).wide(15);
    let before = own("Cost before");
    let columns = vec![
        Column::text("Initiative").wide(13),
        Column::new("Baseline", Kind::Prose).wide(28),
        Column::text("Currency").wide(10),
        Column::new("What changed", Kind::Prose).wide(15),
        date("Approved on"),
        Column::new("Approved by", Kind::Prose).wide(15),
        plain("Cost before"),
        plain("Change").formula(format!("IF(COUNT({0})=1,{0}-N({before}),\"n/a\")", own("Cost after"))),
        plain("Cost after"),
        date("Finish before"),
        date("Finish after"),
        Column::text("Activities").wide(15).help("Came in, left, changed."),
        Column::text("Counts as").wide(15).mark(Mark::Words(kinds)),
        Column::new("Reason", Kind::Prose).wide(36),
        Column::text("Over target")
            .wide(12)
            .help("OTB: its cost is above the approved budget. OTS: its finish is after the approved date."),
    ];
    let mut rows = Vec::new();
    for each in &context.input.analyses.earned_value.initiatives {
        let in_force = counted(context, &each.initiative).len();
        let log = context.input.analyses.earned_value.change_log.iter().filter(|entry| entry.initiative == each.initiative);
        rows.extend(log.enumerate().map(|(at, entry)| change_row(context, entry, entry_kind(context, entry, at, at < in_force))));
    }
    Table::new(CHANGES, columns).keys(2).rows(rows).when_empty("No initiative has a named baseline.")
}

fn change_row(context: &Context<'_>, entry: &ChangeLogEntry, counts: &'static str) -> Vec<Cell> {
    let (before, after) = (money(entry.cost_before, entry.currency), money(entry.cost_after, entry.currency));
    let is_first = matches!(before, Value::NotAvailable(_));
    let change = if is_first { after.clone() } else { minus(&after, &before) };
    let day = |at: Option<Moment>| Cell::date(at.map(Moment::finish_day));
    let people: Vec<String> = entry.approved_by.iter().map(|person| context.person(Some(person))).collect();
    let over = |is: Measure<bool>, word: &'static str| is.unwrap_or(false).then_some(word);
    let targets: Vec<&str> =
        [over(entry.over_target_cost, "OTB"), over(entry.over_target_schedule, "OTS")].into_iter().flatten().collect();
    vec![
        Cell::text(entry.initiative.to_string()),
        Cell::text(&entry.baseline),
        Cell::text(entry.currency.code()),
        Cell::text(entry.kind.label()),
        entry.approved_on.map_or_else(|| Cell::not_available("a draft"), |day| Value::Date(day).into()),
        Cell::text(people.join(", ")),
        before.into(),
        change.into(),
        after.into(),
        day(entry.finish_before),
        day(entry.finish_after),
        Cell::text(format!("+{} -{} ~{}", entry.added, entry.removed, entry.changed)),
        Cell::text(counts),
        Cell::maybe_text(entry.reason.as_deref()),
        Cell::text(targets.join(", ")),
    ]
}

/// Planned value to date, by month for six months, and after; with what it comes to.
fn phasing(context: &Context<'_>) -> Table {
    let fiscal = &context.portfolio().settings.fiscal;
    let now = fiscal.period_of(context.as_of());
    let months: Vec<_> =
        (1..=MONTHS).filter_map(|ahead| i32::try_from(ahead).ok()).map(|ahead| fiscal.moved(now, ahead)).collect();
    let mut heads: Vec<String> = vec!["To date".into(), "Rest of this period".into()];
    heads.extend(months.iter().map(|period| fiscal.label(*period)));
    heads.push("Later".into());
    let plain = |words: &str| Column::new(words, Kind::Number(0)).wide(15);
    let mut columns =
        vec![Column::text("Initiative").wide(13), Column::new("Name", Kind::Prose).wide(28), Column::text("Currency").wide(10)];
    columns.extend(heads.iter().map(|head| plain(head)));
    let parts: Vec<String> = heads.iter().map(|head| this_row(PHASING, head)).collect();
    let bac = lookup(&column_of(PMB, "BAC"), &this_row(PHASING, "Initiative"), &column_of(PMB, "Initiative"));
    columns.push(plain("In all").formula(parts.join("+")));
    columns.push(plain("Less BAC").formula(format!("ROUND({}-{bac},2)", this_row(PHASING, "In all"))).mark(Mark::QuietZero));
    let rows =
        context.input.analyses.earned_value.initiatives.iter().filter_map(|each| phasing_row(context, each, &months)).collect();
    Table::new(PHASING, columns).keys(2).rows(rows).when_empty("No baseline dates to plan value over.")
}

fn phasing_row(context: &Context<'_>, each: &InitiativeEarnedValue, months: &[crate::base::period::Period]) -> Option<Vec<Cell>> {
    let scope = Scope::Initiative(each.initiative.clone());
    let all = &context.input.analyses.earned_value.periods;
    let periods: Vec<&PeriodEarnedValue> = all.iter().filter(|period| period.scope == scope).collect();
    each.current()?;
    let sum = |holds: &dyn Fn(&PeriodEarnedValue) -> bool, part: &dyn Fn(&PeriodEarnedValue) -> Decimal| -> Decimal {
        periods.iter().filter(|period| holds(period)).map(|period| part(period)).sum()
    };
    let last = months.last().copied();
    let mut exact = vec![
        sum(&|period| period.state != PeriodState::ToCome, &|period| period.planned_to_date),
        sum(&|period| period.state != PeriodState::ToCome, &|period| period.planned - period.planned_to_date),
    ];
    exact.extend(
        months
            .iter()
            .map(|month| sum(&|period| period.period == *month && period.state == PeriodState::ToCome, &|period| period.planned)),
    );
    exact.push(sum(&|period| last.is_some_and(|last| period.period > last), &|period| period.planned));
    let parts = crate::report::parts::shares::rounded_parts(&exact, each.currency.exponent());
    let whole: Decimal = parts.iter().sum();
    let activities: Vec<_> = each.activities.iter().map(|activity| activity.activity).collect();
    let bac = ReportedActivities::of(each).sum(&activities).budget_at_completion;
    let mut cells = vec![
        Cell::text(each.initiative.to_string()),
        Cell::text(context.name_of(&each.initiative)),
        Cell::text(each.currency.code()),
    ];
    cells.extend(parts.into_iter().map(|part| Cell::new(Value::Money(part))));
    cells.extend([Value::Money(whole), Value::Money(number::round(whole - bac, 2))].map(Cell::new));
    Some(cells)
}
