//! The lines behind a statement, as candidates are looked for among them.

use super::candidates::Line;
use crate::analysis::earned_value::InitiativeEarnedValue;
use crate::base::day::day_from_epoch;
use crate::base::id::InitiativeId;
use crate::base::money::Currency;
use crate::model::budget_control::{BudgetChange, ChangeStatus};
use crate::model::finance::PlanLine;
use crate::model::portfolio::Portfolio;
use polars::prelude::DataFrame;
use rust_decimal::Decimal;

/// How many days after the as-of date a line of the ledger is still looked at.
const DAYS_AFTER: i32 = 10;

fn plan_line(table: &str, line: &PlanLine, outside: Option<&str>) -> Line {
    let category = if line.category.is_empty() { String::new() } else { format!(", {}", line.category) };
    Line {
        origin: Some(line.origin.clone()),
        what: format!("{table} line of {}{category}, {}", line.initiative, line.period),
        amount: line.amount,
        outside: outside.map(String::from),
    }
}

/// Budget lines of an initiative in a currency, those of replaced versions as lines outside.
pub(super) fn budget(portfolio: &Portfolio, initiative: Option<&InitiativeId>, currency: Currency) -> Vec<Line> {
    let mine = |line: &&PlanLine| initiative.is_none_or(|id| line.initiative == *id) && line.currency == currency;
    let counted = portfolio.budgets.iter().filter(mine).map(|line| plan_line("Budgets", line, None));
    let replaced = "it is of a version that a later one replaces";
    let superseded = portfolio.superseded_budgets.iter().filter(mine).map(|line| plan_line("Budgets", line, Some(replaced)));
    counted.chain(superseded).chain(changes(portfolio, initiative, currency)).collect()
}

/// Budget changes of an initiative: what is not in force is outside.
fn changes<'p>(portfolio: &'p Portfolio, initiative: Option<&'p InitiativeId>, currency: Currency) -> impl Iterator<Item = Line> {
    let as_of = portfolio.settings.as_of.day();
    let concerned = move |change: &&BudgetChange| {
        let sides = change.from.iter().chain(&change.to);
        change.currency == currency && sides.into_iter().any(|place| initiative.is_none_or(|id| place.initiative == *id))
    };
    let outside = move |change: &BudgetChange| match (change.status, change.approved_on) {
        (ChangeStatus::Approved, Some(day)) if day > as_of => Some(format!("it is approved on {day}, after the as-of date")),
        (ChangeStatus::Approved, _) => None,
        (ChangeStatus::Proposed, _) => Some("it is proposed, and not approved yet".to_string()),
        (ChangeStatus::Rejected | ChangeStatus::Withdrawn, _) => Some("it was turned down or taken back".to_string()),
    };
    portfolio.budget_changes.iter().filter(concerned).map(move |change| Line {
        origin: Some(change.origin.clone()),
        what: format!("budget change {}", change.id),
        amount: change.amount,
        outside: outside(change),
    })
}

/// The budgets of an initiative's activities.
pub(super) fn activities(portfolio: &Portfolio, initiative: &InitiativeEarnedValue) -> Vec<Line> {
    let line = |row: &crate::analysis::earned_value::ActivityEarnedValue| {
        let activity = portfolio.activity(row.activity);
        Some(Line {
            origin: Some(activity.origin.clone()),
            what: format!("activity {}", activity.key),
            amount: row.history.last()?.budget_at_completion,
            outside: None,
        })
    };
    initiative.activities.iter().filter_map(line).collect()
}

/// Funding lines in a currency.
pub(super) fn funding(portfolio: &Portfolio, currency: Currency) -> Vec<Line> {
    let lines = portfolio.funding.iter().filter(|line| line.currency == currency);
    let line = |line: &crate::model::budget_control::FundingLine| Line {
        origin: Some(line.origin.clone()),
        what: format!("funding by {}", line.source),
        amount: line.amount,
        outside: None,
    };
    lines.map(line).collect()
}

/// Lines of the ledger in a currency; those just after the as-of date as lines outside.
pub(super) fn ledger(portfolio: &Portfolio, currency: Currency) -> Vec<Line> {
    let as_of = i32::try_from(crate::base::day::days_since_epoch(portfolio.settings.as_of.day())).unwrap_or(i32::MAX);
    let mut lines = of_frame(portfolio, &portfolio.ledger.frame, currency, &|_| Some(None)).unwrap_or_default();
    let near = |posted: i32| {
        let day = day_from_epoch(i64::from(posted));
        (posted <= as_of.saturating_add(DAYS_AFTER))
            .then(|| Some(format!("it is posted on {day}, and counts after the as-of date")))
    };
    lines.extend(of_frame(portfolio, &portfolio.ledger.later, currency, &near).unwrap_or_default());
    lines
}

/// The lines of a frame in a currency. `outside` says of the day of posting whether the line is looked at, and why it is in
/// no figure.
fn of_frame(
    portfolio: &Portfolio,
    frame: &DataFrame,
    currency: Currency,
    outside: &dyn Fn(i32) -> Option<Option<String>>,
) -> Option<Vec<Line>> {
    let (entries, currencies) = (frame.column("entry").ok()?.str().ok()?, frame.column("currency").ok()?.str().ok()?);
    let (posted, minors) = (frame.column("posted").ok()?.i32().ok()?, frame.column("minor").ok()?.i64().ok()?);
    let (parts, rows) = (frame.column("part").ok()?.u32().ok()?, frame.column("row").ok()?.u32().ok()?);
    let line = |at: usize| {
        if currencies.get(at) != Some(currency.code()) {
            return None;
        }
        let day = posted.get(at)?;
        let sheet = portfolio.ledger.parts.get(parts.get(at)? as usize)?;
        Some(Line {
            origin: Some(crate::base::origin::Origin::row(sheet, rows.get(at)?)),
            what: format!("ledger entry {} of {}", entries.get(at).unwrap_or_default(), day_from_epoch(i64::from(day))),
            amount: Decimal::new(minors.get(at)?, currency.exponent()),
            outside: outside(day)?,
        })
    };
    Some((0..frame.height()).filter_map(line).collect())
}
