//! What the review tells, at the cell to look at first. Up to [`TOLD_ONE_BY_ONE`] of a kind are told one by one with their
//! amounts; of more, the places alone are told, together.

use super::lines::Lines;
use super::{AccrualPair, AccrualState, LedgerLineRef, LedgerReview, OrderBalance, OrderIssue, Unmatched};
use crate::analysis::codes;
use crate::base::finding::{Code, Finding, Findings};
use crate::base::money::{Currency, Money};
use crate::base::origin::Origin;
use crate::model::finance::EntryKind;
use crate::model::portfolio::Portfolio;
use std::collections::BTreeMap;

/// Up to so many findings of a kind name their entries and amounts.
pub(super) const TOLD_ONE_BY_ONE: usize = 200;

pub(super) fn findings(
    portfolio: &Portfolio,
    lines: &Lines<'_>,
    review: &LedgerReview,
    too_large: &[(String, Currency, Option<Origin>)],
) -> Findings {
    let mut findings = Findings::new();
    findings.0.extend(review.accruals.iter().filter_map(|pair| of_pair(portfolio, pair)));
    for order in &review.orders {
        findings.0.extend(order.issues.iter().map(|issue| of_order(lines, order, *issue)));
    }
    for (po, currency, origin) in too_large {
        let finding = codes::LEDGER_TOO_LARGE.nowhere().field("Actuals", "Amount").found(format!("order {po} in {currency}"));
        let finding = finding
            .expected("sums within a thousand million millions")
            .hint("correct the amounts; until then it is in no balance of orders");
        findings.push(Finding { origin: origin.clone(), ..finding });
    }
    duplicates(review, &mut findings);
    for line in review.unmatched.iter().filter(|line| !line.proposals.is_empty()) {
        findings.push(proposal(line));
    }
    told_together(&mut findings);
    findings
}

fn at_line(code: Code, line: &LedgerLineRef, field: &str) -> Finding {
    code.at(line.origin.clone()).field("Actuals", field)
}

/// Of kinds that are found too often, what is told of each place is made the same, so that they can be rolled up.
fn told_together(findings: &mut Findings) {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for finding in &findings.0 {
        *counts.entry(finding.code.id).or_default() += 1;
    }
    for finding in &mut findings.0 {
        let count = counts.get(finding.code.id).copied().unwrap_or_default();
        if count > TOLD_ONE_BY_ONE {
            finding.found = format!("{count} of this kind");
            finding.expected = String::new();
            finding.hint =
                "Look for what they have in common: so many often have one cause, such as a setting of the export.".into();
        }
    }
}

fn of_pair(portfolio: &Portfolio, pair: &AccrualPair) -> Option<Finding> {
    let name = |line: &LedgerLineRef| format!("{}, {}", line.entry, line.amount);
    match (pair.state, &pair.accrual, &pair.reversal) {
        (AccrualState::Overdue, Some(accrual), _) => {
            let next = portfolio.settings.fiscal.label(portfolio.settings.fiscal.next(accrual.period));
            let finding = at_line(codes::ACCRUAL_OVERDUE, accrual, "Amount").found(format!("{}, not reversed", name(accrual)));
            let hint = match &pair.invoice {
                Some(invoice) => {
                    format!(
                        "Entry {} of {} looks like its invoice: reverse the accrual, or the cost counts twice.",
                        invoice.entry, invoice.posted
                    )
                }
                None => "Reverse it, or say why it still stands: until then it counts as cost.".to_string(),
            };
            Some(finding.expected(format!("a reversal in {next}")).hint(hint))
        }
        (AccrualState::ReversalAlone, _, Some(reversal)) => {
            let finding =
                at_line(codes::REVERSAL_ALONE, reversal, "Amount").found(format!("{}, with no accrual", name(reversal)));
            let expected = "an earlier accrual of the same initiative, category, currency and amount";
            Some(finding.expected(expected).hint("Check initiative, category and amount on both lines; or book it as a credit."))
        }
        (AccrualState::Differs, Some(accrual), Some(reversal)) => {
            let finding = at_line(codes::REVERSAL_DIFFERS, reversal, "Amount").found(name(reversal));
            let back = Money::new(accrual.amount.minor.checked_neg()?, accrual.amount.currency);
            let finding = finding.expected(format!("{back}, the accrual {} taken back", accrual.entry));
            Some(finding.hint(format!("Correct the reversal, or book the rest: {} is left in the cost.", pair.difference)))
        }
        _ => None,
    }
}

fn of_order(lines: &Lines<'_>, order: &OrderBalance, issue: OrderIssue) -> Finding {
    let (code, field, hint) = kind_of(issue);
    let of_ledger =
        matches!(issue, OrderIssue::ReleasedBeyondOrder | OrderIssue::InvoicedWithoutRelease | OrderIssue::OtherInitiative);
    let suspect = order.suspect.as_ref().filter(|line| of_ledger && fits(lines, line, issue));
    let in_table = order.in_table.is_some();
    let finding = match suspect {
        Some(line) => at_line(code, line, if issue == OrderIssue::OtherInitiative { "Initiative" } else { "Amount" }),
        None if in_table => code.at(order.origin.clone()).field("Commitments", field),
        None => code.at(order.origin.clone()).field("Actuals", "PO"),
    };
    let [found, expected] = words(order, issue);
    finding.found(found).expected(expected).hint(hint)
}

/// True where the line that the order points at is of the kind that the issue speaks of.
fn fits(lines: &Lines<'_>, line: &LedgerLineRef, issue: OrderIssue) -> bool {
    match issue {
        OrderIssue::ReleasedBeyondOrder => lines.kind(line.line) == EntryKind::CommitmentRelease,
        OrderIssue::InvoicedWithoutRelease => lines.kind(line.line) == EntryKind::Actual,
        _ => true,
    }
}

/// Code, field of Commitments, and how to mend it.
const fn kind_of(issue: OrderIssue) -> (Code, &'static str, &'static str) {
    match issue {
        OrderIssue::ReleasedBeyondOrder => {
            let hint = "Correct the release, or book the order that it belongs to: until then what is on order is too low.";
            (codes::RELEASED_BEYOND_ORDER, "Amount", hint)
        }
        OrderIssue::InvoicedBeyondOrder => (codes::INVOICED_BEYOND_ORDER, "Amount", "Raise the order, or query the invoice."),
        OrderIssue::InvoicedWithoutRelease => {
            let hint = "Book the release: until then the amount counts as cost and as still on order.";
            (codes::INVOICED_WITHOUT_RELEASE, "Amount", hint)
        }
        OrderIssue::TableDiffers => (codes::ORDER_DIFFERS, "Amount", "Bring the two together; figures take the ledger's."),
        OrderIssue::CurrencyDiffers => {
            (codes::ORDER_DIFFERS, "Currency", "Correct the currency in Commitments or in the ledger.")
        }
        OrderIssue::OtherVendor => (codes::ORDER_DIFFERS, "Vendor", EITHER),
        OrderIssue::OtherCategory => (codes::ORDER_DIFFERS, "Category", EITHER),
        OrderIssue::OtherInitiative => {
            let hint = "Correct the initiative of the line, or add a row for its part to Commitments.";
            (codes::ORDER_OF_ANOTHER, "Initiative", hint)
        }
        OrderIssue::ClosedWithBalance => {
            (codes::CLOSED_WITH_BALANCE, "Status", "Release the rest in the ledger, or open the order again.")
        }
        OrderIssue::PastDelivery => {
            (codes::PAST_DELIVERY, "Delivery", "Chase the delivery, agree a new date, or close the order.")
        }
        OrderIssue::NotInTable => (codes::ORDER_NOT_LISTED, "PO", "Add it to Commitments, or correct the number of the order."),
        OrderIssue::NotInLedger => {
            let hint = "Have it booked; until then what Commitments says, less its invoices, counts as on order.";
            (codes::ORDER_NOT_BOOKED, "PO", hint)
        }
    }
}

/// Either of the two may be wrong.
const EITHER: &str = "Correct the row in Commitments, or the line of the ledger that names the order.";

/// What was found, and what was expected.
fn words(order: &OrderBalance, issue: OrderIssue) -> [String; 2] {
    let po = &order.po;
    let zero = Money::zero(order.currency);
    let (listed, booked) = (order.in_table.unwrap_or(zero), order.in_ledger.unwrap_or(zero));
    let ordered = order.in_ledger.unwrap_or(listed);
    let other = |what: &str| format!("{po}: the ledger has a {what} that Commitments does not name for it");
    let owner = || order.initiative.as_ref().map(|of| format!("{of}, whose order it is"));
    match issue {
        OrderIssue::ReleasedBeyondOrder => {
            [format!("{po}: {} released", order.released), format!("at most {booked}, which was ordered")]
        }
        OrderIssue::InvoicedBeyondOrder => {
            [format!("{po}: {} invoiced", order.invoiced), format!("at most {ordered}, which was ordered")]
        }
        OrderIssue::InvoicedWithoutRelease => {
            [format!("{po}: {} invoiced, {} released", order.invoiced, order.released), "a release for each invoice".into()]
        }
        OrderIssue::TableDiffers => [format!("{po}: {listed} in Commitments, {booked} in the ledger"), "one amount".into()],
        OrderIssue::CurrencyDiffers => {
            [format!("{po}: in {} here, and in another currency elsewhere", order.currency), "one currency".into()]
        }
        OrderIssue::OtherVendor => [other("vendor"), "one vendor".into()],
        OrderIssue::OtherCategory => [other("category"), "one category".into()],
        OrderIssue::OtherInitiative => [
            format!("{po}: lines of an initiative that Commitments does not name for it"),
            owner().unwrap_or_else(|| "an initiative of the order".into()),
        ],
        OrderIssue::ClosedWithBalance => {
            [format!("{po}: closed, and {} on order in the ledger", order.open), "nothing left on order".into()]
        }
        OrderIssue::PastDelivery => [
            format!("{po}: due {}, {} on order", order.delivery.unwrap_or_default(), order.open),
            "delivered, or a later date".into(),
        ],
        OrderIssue::NotInTable => [format!("{po}: {booked} in the ledger, not in Commitments"), "a row of Commitments".into()],
        OrderIssue::NotInLedger => {
            [format!("{po}: {listed} in Commitments, no commitment in the ledger"), "a commitment line".into()]
        }
    }
}

/// One finding for each line after the first of its group.
fn duplicates(review: &LedgerReview, findings: &mut Findings) {
    for group in &review.duplicates {
        let Some((first, rest)) = group.split_first() else { continue };
        for line in rest {
            let found = format!("{}, {} on {}", line.entry, line.amount, line.posted);
            let finding = at_line(codes::BOOKED_TWICE, line, "Entry ID").found(found);
            let expected =
                format!("one line; entry {} of {} has the same vendor, document and amount", first.entry, first.posted);
            findings.push(
                finding
                    .expected(expected)
                    .hint("Cancel one of them, unless the document has several equal lines: both count until then."),
            );
        }
    }
}

fn proposal(line: &Unmatched) -> Finding {
    let found = format!("{}, {}", line.line.entry, line.line.amount);
    let words = ["weak", "fair", "strong"];
    let told: Vec<String> = line
        .proposals
        .iter()
        .take(3)
        .map(|proposal| {
            let strength = words[usize::from(proposal.strength.clamp(1, 3)) - 1];
            format!("{} ({strength}: {})", proposal.initiative, proposal.why)
        })
        .collect();
    let finding = at_line(codes::BELONGS_TO, &line.line, "Entry ID").found(found);
    finding
        .expected(format!("an initiative; likely {}", told.join(", or ")))
        .hint("Write the initiative or a listed cost code on the line, if that is right.")
}
