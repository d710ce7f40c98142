//! What the rules find, at the cell that breaks them.

use super::BudgetControl;
use super::authority;
use super::rules::{ChangeRule, JudgedChange, Verdict};
use crate::analysis::codes;
use crate::analysis::measure::Undefined;
use crate::base::finding::{Code, Findings};
use crate::model::portfolio::Portfolio;

/// A rule's kind of finding, the field that breaks it, what is expected, and how to mend it.
struct Told {
    code: Code,
    field: &'static str,
    expected: &'static str,
    hint: &'static str,
}

/// How a broken rule is told.
const fn told(rule: ChangeRule) -> Told {
    let (code, field, expected, hint) = match rule {
        ChangeRule::PeriodOpen => (
            codes::CHANGE_IN_CLOSED_PERIOD,
            "Period",
            "a period that was open on the day of the approval",
            "Move the change to an open period, or have the period opened again.",
        ),
        ChangeRule::PlacesDiffer => (
            codes::CHANGE_TO_ITSELF,
            "To",
            "two places; a re-phasing differs in the period alone, a virement in more than the period",
            "Correct the place, or the type of the change.",
        ),
        ChangeRule::NetsToZero => (
            codes::VIREMENT_DOES_NOT_NET,
            "Amount",
            "as much given as taken",
            "Name both places; where budget rates differ between the periods, record the difference as an increase or decrease.",
        ),
        ChangeRule::LineNotNegative => (
            codes::BUDGET_LINE_NEGATIVE,
            "Amount",
            "no more than the line holds",
            "Reduce the amount, take it from another line, or record the increase that comes first.",
        ),
        ChangeRule::LineCoversSpending => (
            codes::BUDGET_LINE_BELOW_SPENDING,
            "Amount",
            "at least what is spent and on order",
            "Give back part of it, release the order, or post the cost where it belongs.",
        ),
        ChangeRule::WithinLimit => (
            codes::ABOVE_AUTHORITY,
            "Approver",
            "an approver whose limit covers the amount",
            "Have it approved by the authority named, or correct the limit.",
        ),
        ChangeRule::NotSelfApproved => {
            (codes::SELF_APPROVED, "Approver", "somebody other than the requester", "Have it approved by somebody else.")
        }
        ChangeRule::NotSplit => (
            codes::SPLIT_CHANGE,
            "Amount",
            "changes that stay within the limit together",
            "Have them approved as one, by the authority that covers the sum.",
        ),
        ChangeRule::CapitalToRevenue => (
            codes::CAPITAL_TO_OPERATING,
            "Approver",
            "the highest authority, since capital becomes operating budget",
            "Have it approved by the highest authority, or keep the money capital.",
        ),
    };
    Told { code, field, expected, hint }
}

pub(super) fn findings(portfolio: &Portfolio, control: &BudgetControl) -> Findings {
    let mut findings = Findings::new();
    for judged in &control.changes {
        for verdict in &judged.verdicts {
            broken(portfolio, judged, verdict, &mut findings);
        }
    }
    findings
}

fn broken(portfolio: &Portfolio, judged: &JudgedChange, verdict: &Verdict, findings: &mut Findings) {
    let change = &portfolio.budget_changes[judged.change];
    let origin = || change.origin.clone();
    if verdict.holds == Ok(false) {
        let told = told(verdict.rule);
        let (code, rule) = if judged.pending {
            (codes::PROPOSED_CHANGE_BREAKS_RULE, format!("{}, ", verdict.rule.label()))
        } else {
            (told.code, String::new())
        };
        let finding = code.at(origin()).field("Budget changes", told.field);
        let finding = finding.found(format!("{}: {rule}{}", change.id, verdict.why));
        findings.push(finding.expected(told.expected).hint(told.hint));
    }
    let unknown = match (verdict.holds, &change.approver) {
        (Err(Undefined::NoRole), _) => true,
        // A body that no limit names is told where the table is read.
        (Err(Undefined::NoAuthorityLimit), Some(approver)) => authority::is_named(portfolio, approver),
        _ => false,
    };
    if verdict.rule == ChangeRule::WithinLimit && unknown {
        findings.push(authority::unknown_at(origin(), "Budget changes", &format!("{}: {}", change.id, verdict.why)));
    }
}
