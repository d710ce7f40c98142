//! Orders.

use super::{Tally, is_later, not_negative};
use crate::model::budget_control::{Commitment, CommitmentStatus};
use crate::model::build::budgets::{Works, check_work};
use crate::model::build::context::Context;
use crate::model::finance::PlanTotal;

/// The orders, by number, then initiative, category and work, and where their money went.
pub(super) fn commitments(context: &mut Context<'_>, works: &Works<'_>) -> (Vec<Commitment>, Vec<PlanTotal>) {
    let mut tally = Tally::of("Commitments");
    let mut found = Vec::new();
    for row in context.rows("Commitments") {
        let (Some(po), Some(amount)) = (row.text("po"), context.amount(row, "amount")) else { continue };
        let initiative = context.initiative(row, "initiative");
        let currency = context.currency(row, initiative.as_ref());
        tally.read(amount, currency);
        let hint = "write what was ordered; what is credited stands in the ledger";
        let amount = not_negative(context, row, "amount", amount, hint);
        let later = is_later(context, row, "raised");
        let (Some(initiative), Some(amount), false) = (initiative, amount, later) else { continue };
        tally.used(amount, currency);
        check_work(context, row, "wbs", &initiative, works);
        let text = |key| row.text(key).map(String::from);
        let status = row.text("status").and_then(|word| CommitmentStatus::ALL.into_iter().find(|status| status.word() == word));
        found.push(Commitment {
            po: po.to_string(),
            vendor: text("vendor"),
            category: text("category").unwrap_or_default(),
            work: text("wbs"),
            raised: row.day("raised"),
            delivery: row.day("delivery"),
            status: status.unwrap_or(CommitmentStatus::Open),
            origin: row.place(),
            initiative,
            amount,
            currency,
        });
    }
    found.sort_by_cached_key(|order| {
        let whose = (order.po.clone(), order.initiative.clone(), order.category.clone(), order.work.clone());
        (whose, order.currency, order.amount, order.origin.clone())
    });
    (found, tally.totals().collect())
}
