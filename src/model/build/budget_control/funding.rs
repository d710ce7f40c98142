//! Funding.

use super::{Tally, not_negative, same_name};
use crate::base::lookalike::did_you_mean;
use crate::model::budget_control::FundingLine;
use crate::model::build::context::{Context, flag};
use crate::model::codes;
use crate::model::finance::PlanTotal;
use crate::table::tables::Row;
use std::collections::BTreeSet;

/// The lines of funding, by source, first day and row, and where their money went.
pub(super) fn funding(context: &mut Context<'_>) -> (Vec<FundingLine>, Vec<PlanTotal>) {
    let mut tally = Tally::of("Funding");
    let mut found = Vec::new();
    for row in context.rows("Funding") {
        let (Some(source), Some(amount)) = (row.text("source"), context.amount(row, "amount")) else { continue };
        let initiative = context.initiative(row, "initiative");
        let currency = context.currency(row, initiative.as_ref());
        tally.read(amount, currency);
        let amount = not_negative(context, row, "amount", amount, "write what the source gives");
        let lost = row.text("initiative").is_some() && initiative.is_none();
        let (Some(amount), false) = (amount, lost) else { continue };
        tally.used(amount, currency);
        check_expiry(context, row);
        found.push(FundingLine {
            source: source.to_string(),
            from: row.day("from"),
            to: row.day("to"),
            conditions: row.text("conditions").map(String::from),
            match_share: match_share(context, row),
            expiry: row.day("expiry"),
            origin: row.place(),
            initiative,
            amount,
            currency,
        });
    }
    found.sort_by(|a, b| (&a.source, a.from, &a.origin).cmp(&(&b.source, b.from, &b.origin)));
    check_sources(context, &found);
    (found, tally.totals().collect())
}

/// A share above 0 % and at most 100 %.
fn match_share(context: &mut Context<'_>, row: Row<'_>) -> Option<f64> {
    let share = row.number("match")?;
    if share > 0.0 && share <= 1.0 {
        return Some(share);
    }
    let finding = flag(row, codes::MATCH_SHARE, "match").expected("a share above 0 % and at most 100 %");
    context.push(finding.hint("write the share of each cost that this source bears; until then it is taken to bear all of it"));
    None
}

/// Where no last day is given, the table's own rules do not compare the first day with the expiry.
fn check_expiry(context: &mut Context<'_>, row: Row<'_>) {
    let (Some(from), None, Some(expiry)) = (row.day("from"), row.day("to"), row.day("expiry")) else { return };
    if expiry < from {
        let finding = flag(row, codes::FUNDING_LAPSES_FIRST, "expiry").expected(format!("a day on or after {from}"));
        context.push(finding.hint("check both dates; nothing of it can be used as they stand"));
    }
}

/// Sources that budgets name and Funding does not list.
fn check_sources(context: &mut Context<'_>, funding: &[FundingLine]) {
    if !context.has("Funding") {
        return;
    }
    let known: BTreeSet<&str> = funding.iter().map(|line| line.source.as_str()).collect();
    for (table, key) in
        [("Budgets", "funding_source"), ("Budget changes", "funding_source"), ("Budget changes", "to_funding_source")]
    {
        for row in context.rows(table) {
            let unknown = |text: &&str| !known.iter().any(|name| same_name(name, text));
            let Some(text) = row.text(key).filter(unknown) else { continue };
            let near = did_you_mean(text, known.iter().copied());
            let hint = near.unwrap_or_else(|| "correct the name, or add the source to Funding".into());
            let expected = "a source of the table Funding";
            context.push(flag(row, codes::FUNDING_SOURCE_UNKNOWN, key).expected(expected).hint(hint));
        }
    }
}
