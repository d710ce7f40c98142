//! Budget changes, orders, funding, reserves and limits of authority: what their rows say, and every rule that a row, or
//! the rows of one table together, can break.
//!
//! Promises: of each table the money read is the money used and the money left out, by currency; every row left out has a
//! finding at its cell. Whether an approver may approve, and whether a fund lasts, is for the analyses.

mod authority;
mod changes;
mod commitments;
mod funding;
mod reserves;
#[cfg(test)]
mod tests;

use crate::base::id::PersonId;
use crate::base::lookalike::did_you_mean;
use crate::base::money::Currency;
use crate::model::budget_control::{Approver, AuthorityLimit, BudgetChange, Commitment, FundingLine, ReserveMovement};
use crate::model::build::budgets::Works;
use crate::model::build::context::{Context, Register, flag};
use crate::model::codes;
use crate::model::finance::PlanTotal;
use crate::model::risk::Risk;
use crate::table::tables::Row;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The records of all five tables, and where their money went.
pub(super) struct Records {
    pub changes: Vec<BudgetChange>,
    pub commitments: Vec<Commitment>,
    pub funding: Vec<FundingLine>,
    pub reserves: Vec<ReserveMovement>,
    pub authority: Vec<AuthorityLimit>,
    pub totals: Vec<PlanTotal>,
}

/// Reads the five tables; limits of authority first, since approvers are looked up there.
pub(super) fn records(context: &mut Context<'_>, works: &Works<'_>, risks: &[Risk]) -> Records {
    let authority = authority::authority(context);
    let (changes, mut totals) = changes::changes(context, works, &authority);
    let (commitments, of_orders) = commitments::commitments(context, works);
    let (funding, of_funding) = funding::funding(context);
    let (reserves, of_reserves) = reserves::reserves(context, risks, &authority);
    totals.extend(of_orders.into_iter().chain(of_funding).chain(of_reserves));
    Records { changes, commitments, funding, reserves, authority, totals }
}

/// Where the money of one table goes, by currency. No sum can overflow: each amount is at most a million thousand millions.
struct Tally {
    table: &'static str,
    totals: BTreeMap<Currency, PlanTotal>,
}

impl Tally {
    fn of(table: &'static str) -> Self {
        Self { table, totals: BTreeMap::new() }
    }

    fn entry(&mut self, currency: Currency) -> &mut PlanTotal {
        let table = self.table;
        self.totals.entry(currency).or_insert_with(|| PlanTotal::empty(table, currency))
    }

    /// An amount was read. It is left out until it is used.
    fn read(&mut self, amount: Decimal, currency: Currency) {
        let total = self.entry(currency);
        total.lines += 1;
        total.read += amount;
        total.left_out += amount;
    }

    /// An amount that was read has become a record.
    fn used(&mut self, amount: Decimal, currency: Currency) {
        let total = self.entry(currency);
        total.left_out -= amount;
        total.used += amount;
    }

    /// A record is taken out again.
    fn unused(&mut self, amount: Decimal, currency: Currency) {
        let total = self.entry(currency);
        total.used -= amount;
        total.left_out += amount;
    }

    fn totals(self) -> impl Iterator<Item = PlanTotal> {
        self.totals.into_values()
    }
}

/// An amount that is never below zero; a finding, and none, where it is.
fn not_negative(context: &mut Context<'_>, row: Row<'_>, key: &str, amount: Decimal, hint: &str) -> Option<Decimal> {
    if amount < Decimal::ZERO {
        let finding = flag(row, codes::BELOW_ZERO, key).found(amount.to_string()).expected("0 or more");
        context.push(finding.hint(format!("{hint}; the row is left out until then")));
        return None;
    }
    Some(amount)
}

/// Who approved: a person by id or name, else a body or role of Authority limits. Anybody else is kept as a body, and told.
fn approver(context: &mut Context<'_>, row: Row<'_>, limits: &[AuthorityLimit]) -> Option<Approver> {
    let text = row.text("approver")?;
    if context.names(Register::People).is_some_and(|people| people.find(text).is_some()) {
        return context.reference(row, "approver", Register::People).map(|id| Approver::Person(PersonId::new(&id)));
    }
    if let Some(limit) = limits.iter().find(|limit| same_name(&limit.holder, text)) {
        return Some(Approver::Body(limit.holder.clone()));
    }
    tell_unknown_approver(context, row, text, limits);
    Some(Approver::Body(text.to_string()))
}

/// Two names of bodies are the same where they differ in capitals and spaces alone.
fn same_name(a: &str, b: &str) -> bool {
    let words = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    words(a) == words(b)
}

fn tell_unknown_approver(context: &mut Context<'_>, row: Row<'_>, text: &str, limits: &[AuthorityLimit]) {
    let people = context.names(Register::People).filter(|people| people.present);
    if people.is_none() && limits.is_empty() {
        *context.unchecked.entry(Register::People).or_default() += 1;
        return;
    }
    let known = people.into_iter().flat_map(|people| people.known.iter().chain(people.aliases.keys()).map(String::as_str));
    let near = did_you_mean(text, known.chain(limits.iter().map(|limit| limit.holder.as_str())));
    let hint = near.unwrap_or_else(|| "write the Person ID, or add the body to Authority limits".into());
    let expected = "a person of People, or a body or role of Authority limits";
    context.push(flag(row, codes::APPROVER_UNKNOWN, "approver").expected(expected).hint(hint));
}

/// Says that a row lies after the as-of date; true where it does.
fn is_later(context: &mut Context<'_>, row: Row<'_>, key: &str) -> bool {
    let later = row.day(key).is_some_and(|day| day > context.as_of());
    if later {
        let expected = format!("a day up to {}", context.as_of());
        let hint = "it counts from that day on; correct the date if it is wrong";
        context.push(flag(row, codes::DATED_LATER, key).expected(expected).hint(hint));
    }
    later
}
