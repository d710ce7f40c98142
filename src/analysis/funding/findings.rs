//! What is unfunded, not needed, outside its window or without its match.

use super::allocate::same;
use super::{FundingLinePosition, FundingPosition, GapReason, SourcePosition};
use crate::analysis::codes;
use crate::base::finding::{Finding, Findings};
use crate::base::id::InitiativeId;
use crate::base::money::Money;
use crate::base::origin::Origin;
use crate::base::period::Period;
use crate::model::portfolio::Portfolio;
use std::collections::BTreeMap;

pub(super) fn findings(portfolio: &Portfolio, position: &FundingPosition) -> Findings {
    let mut findings = Findings::new();
    if !position.is_available() {
        return findings;
    }
    findings.0.extend(gaps(portfolio, position));
    for line in &position.lines {
        findings.0.extend(unneeded(portfolio, line));
    }
    for source in &position.sources {
        findings.0.extend(outside_window(portfolio, source));
        findings.0.extend(without_match(portfolio, source));
    }
    findings.0.extend(below_budget(position));
    findings
}

/// Whose cost nothing pays for, and why.
type GapKey = (Option<InitiativeId>, Option<String>, GapReason);

/// Gaps of one initiative, source and reason together: how much, from when to when. A source that the Funding table does
/// not have is told where the budget names it; cost to date outside a window, at the window.
fn gaps(portfolio: &Portfolio, position: &FundingPosition) -> Vec<Finding> {
    let mut sums: BTreeMap<GapKey, (i64, Period, Period)> = BTreeMap::new();
    for gap in &position.gaps {
        let key = (gap.initiative.clone(), gap.source.clone(), gap.why);
        let sum = sums.entry(key).or_insert((0, gap.period, gap.period));
        *sum = (sum.0.saturating_add(gap.amount.minor), sum.1.min(gap.period), sum.2.max(gap.period));
    }
    let told = sums.into_iter().filter(|((_, _, why), _)| *why != GapReason::UnknownSource);
    told.map(|((initiative, source, why), (minor, first, last))| {
        let amount = Money::new(minor, position.currency);
        let whose = initiative.as_ref().map_or("cost of no initiative".to_string(), ToString::to_string);
        let from = source.as_ref().map_or(String::new(), |source| format!(" of {source}"));
        let when = if first == last { first.to_string() } else { format!("{first} to {last}") };
        let found = format!("{amount}{from} for {whose} in {when}: {}", why.label());
        let finding = at(codes::COST_WITHOUT_FUNDING, gap_place(portfolio, initiative.as_ref()));
        let finding =
            finding.field("Initiatives", "Initiative ID").found(found).expected("a source of funding that is open, and enough");
        finding.hint("Add the source to Funding, move the cost, or name another source in Budgets.")
    })
    .collect()
}

fn gap_place(portfolio: &Portfolio, initiative: Option<&InitiativeId>) -> Option<Origin> {
    Some(portfolio.initiative(initiative?)?.origin.clone())
}

fn at(code: crate::base::finding::Code, place: Option<Origin>) -> Finding {
    place.map_or_else(|| code.nowhere(), |place| code.at(place))
}

/// Money of a line that no cost needs.
fn unneeded(portfolio: &Portfolio, line: &FundingLinePosition) -> Option<Finding> {
    let left = line.unallocated.ok().filter(|left| left.minor > 0)?;
    let given = &portfolio.funding[line.line];
    let Some(until) = line.until else {
        let finding = codes::FUNDING_NOT_NEEDED.at(given.origin.clone()).field("Funding", "Amount");
        let finding = finding.found(format!("{left} of {}", given.source)).expected("a cost for all of it");
        return Some(finding.hint("Release it, or check that the forecast is complete."));
    };
    let field = if given.expiry == Some(until) { "Expiry" } else { "To" };
    let finding = codes::FUNDING_LAPSES.at(given.origin.clone()).field("Funding", field);
    let when = if line.is_over { "was not used by" } else { "is not needed by" };
    let finding = finding.found(format!("{left} of {} {when} {until}", given.source)).expected("a cost for all of it by then");
    Some(finding.hint("Bring cost forward, ask for a longer window, or release it."))
}

fn outside_window(portfolio: &Portfolio, source: &SourcePosition) -> Option<Finding> {
    let spent = source.outside_window.ok().filter(|spent| spent.minor > 0)?;
    let first = portfolio.funding.iter().find(|line| same(&line.source, &source.source))?;
    let field = if first.from.is_some() { "From" } else { "To" };
    let finding = codes::SPENT_OUTSIDE_WINDOW.at(first.origin.clone()).field("Funding", field);
    let finding =
        finding.found(format!("{spent} of cost to date of {}", source.source)).expected("cost inside a window of the source");
    Some(finding.hint("Have the window extended, or fund the cost from another source."))
}

fn without_match(portfolio: &Portfolio, source: &SourcePosition) -> Option<Finding> {
    if source.match_met != Ok(false) {
        return None;
    }
    let (required, found) = (source.match_required.ok()?, source.match_found.ok()?);
    let line = source.lines.iter().map(|line| &portfolio.funding[*line]).find(|line| line.match_share.is_some())?;
    let finding = codes::MATCH_NOT_MET.at(line.origin.clone()).field("Funding", "Match %");
    let finding = finding.found(format!("{found} beside {}", source.source)).expected(format!("{required} from other sources"));
    Some(finding.hint("Add the source that bears the rest, or reduce what this one is to pay."))
}

fn below_budget(position: &FundingPosition) -> Option<Finding> {
    let total = &position.total;
    let short = total.over_budget.ok().filter(|over| over.minor < 0)?;
    let (funding, budget) = (total.funding.ok()?, total.budget.ok()?);
    let finding = codes::FUNDING_BELOW_BUDGET.nowhere().field("Funding", "Amount");
    let finding =
        finding.found(format!("{funding} of funding, {short} against the budget")).expected(format!("at least {budget}"));
    Some(finding.hint("Add the sources that are missing, or reduce the budget."))
}
