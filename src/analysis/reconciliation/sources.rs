//! From the sheets of money to the lines that were read from them, by sheet and currency.

use super::facts::Group;
use super::statement::{SideTotal, Statement, Topic};
use crate::base::money::Currency;
use crate::base::origin::{Origin, SheetName};
use crate::model::finance::{PlanTotal, SourceTotal};
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What an amount is whose cell and source name no currency.
const NO_CURRENCY: &str = "cells that name no currency: the initiative's own";

/// The statements of every sheet.
pub(super) fn statements(portfolio: &Portfolio, groups: &[Group]) -> Vec<Statement> {
    let mut statements = Vec::new();
    let ledger: Vec<&SourceTotal> = portfolio.source_totals.iter().filter(|total| total.table == "Actuals").collect();
    for of_sheet in ledger.chunk_by(|a, b| a.sheet == b.sheet) {
        let read = lines_of(portfolio, groups, &of_sheet[0].sheet);
        statements.extend(of_scope(of_sheet, &read, &Origin::sheet(&of_sheet[0].sheet).to_string(), Some(&of_sheet[0].sheet)));
    }
    for table in ["Budgets", "Forecast"] {
        let sources: Vec<&SourceTotal> = portfolio.source_totals.iter().filter(|total| total.table == table).collect();
        if sources.is_empty() {
            continue;
        }
        let totals = portfolio.plan_totals.iter().filter(|total| total.table == table);
        let read = totals.map(|total: &PlanTotal| (total.currency, (total.read, total.lines))).collect();
        statements.extend(of_scope(&sources, &read, table, None));
    }
    statements
}

/// Money and lines by currency.
type Read = BTreeMap<Currency, (Decimal, u64)>;

/// The lines of a sheet of the ledger, whatever became of them.
fn lines_of(portfolio: &Portfolio, groups: &[Group], sheet: &Arc<SheetName>) -> Read {
    let is_mine = |part: u32| portfolio.ledger.parts.get(part as usize) == Some(sheet);
    let mut read = Read::new();
    let mut add = |currency, amount, lines| {
        let sum = read.entry(currency).or_default();
        *sum = (sum.0 + amount, sum.1 + lines);
    };
    for group in groups.iter().filter(|group| is_mine(group.part)) {
        add(group.currency, group.amount, group.lines);
    }
    for line in portfolio.ledger.held_back.iter().filter(|line| line.origin.sheet == *sheet) {
        add(line.currency, line.amount, 1);
    }
    read
}

/// The statements of some sheets together: one a currency, and one for the amounts whose cells name none.
fn of_scope(sources: &[&SourceTotal], read: &Read, scope: &str, sheet: Option<&Arc<SheetName>>) -> Vec<Statement> {
    let currencies: BTreeSet<Currency> =
        sources.iter().filter_map(|source| source.currency).chain(read.keys().copied()).collect();
    let nameless: Vec<&SourceTotal> = sources.iter().filter(|source| source.currency.is_none()).copied().collect();
    let mut own: BTreeMap<Currency, Decimal> = BTreeMap::new();
    let mut statements = Vec::new();
    for currency in currencies {
        let named: Vec<&SourceTotal> = sources.iter().filter(|source| source.currency == Some(currency)).copied().collect();
        let (amount, _) = read.get(&currency).copied().unwrap_or_default();
        let mut statement = begin(&named, scope, Some(currency), sheet);
        if !nameless.is_empty() {
            let without = amount - accepted(&named);
            own.insert(currency, without);
            statement = statement.adjust(NO_CURRENCY, without, 0);
        }
        statements.push(statement.reported(SideTotal::new("lines that were read", amount)));
    }
    if !nameless.is_empty() {
        let mut statement = begin(&nameless, scope, None, sheet);
        for (currency, amount) in own {
            statement = statement.adjust(format!("taken as {currency}, the initiative's own currency"), -amount, 0);
        }
        statements.push(statement.reported(SideTotal::new("amounts left without a currency", Decimal::ZERO)));
    }
    statements
}

fn begin(sources: &[&SourceTotal], scope: &str, currency: Option<Currency>, sheet: Option<&Arc<SheetName>>) -> Statement {
    let mut source = SideTotal::new("amounts on the sheet", sources.iter().map(|source| source.seen).sum());
    source.origin = sheet.map(Origin::sheet);
    if sheet.is_none() {
        source.label = format!("amounts on the sheets of {scope}");
    }
    let name = if currency.is_some() { "Source to lines" } else { "Source to lines, currency not named" };
    let mut statement = Statement::tie(Topic::Source, name, scope, currency, source);
    for held in sources.iter().flat_map(|source| &source.held_back) {
        statement = statement.adjust(held.reason.clone(), -held.amount, held.rows);
    }
    for (amount, rows) in sources.iter().map(|source| source.too_large) {
        statement = statement.adjust("too large to be meant: left out", -amount, rows);
    }
    statement
}

fn accepted(sources: &[&SourceTotal]) -> Decimal {
    let held = |source: &SourceTotal| source.held_back.iter().map(|held| held.amount).sum::<Decimal>() + source.too_large.0;
    sources.iter().map(|source| source.seen - held(source)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<Currency> {
        Currency::parse(text)
    }

    fn source(currency: &str, seen: i64, held: &[(&str, i64)]) -> SourceTotal {
        SourceTotal {
            table: "Actuals".into(),
            sheet: Arc::new(SheetName::new("ledger.xlsx", "Actuals")),
            currency: of(currency),
            seen: seen.into(),
            held_back: held
                .iter()
                .map(|(reason, amount)| crate::model::finance::HeldBackMoney {
                    reason: (*reason).into(),
                    amount: (*amount).into(),
                    rows: 1,
                })
                .collect(),
            too_large: (Decimal::ZERO, 0),
        }
    }

    fn told(sources: &[SourceTotal], read: &[(&str, i64)]) -> Vec<String> {
        let sources: Vec<&SourceTotal> = sources.iter().collect();
        let read: Read = read.iter().filter_map(|(code, amount)| Some((of(code)?, ((*amount).into(), 1)))).collect();
        let tell = |each: &Statement| {
            let steps: Vec<String> = each.adjustments.iter().map(|step| step.amount.to_string()).collect();
            format!(
                "{:?}: {} {} = {}, {}",
                each.currency,
                each.source.amount,
                steps.join(" "),
                each.reported.amount,
                each.difference
            )
        };
        of_scope(&sources, &read, "ledger.xlsx", None).iter().map(tell).collect()
    }

    #[test]
    fn what_is_held_back_is_taken_off_by_reason() {
        let sources = [source("GBP", 100, &[("a", 7), ("b", 3)])];
        assert_eq!(told(&sources, &[("GBP", 90)]), ["Some(GBP): 100 -7 -3 = 90, 0"]);
        assert_eq!(told(&sources, &[("GBP", 89)]), ["Some(GBP): 100 -7 -3 = 89, 1"], "a line that got lost");
        assert_eq!(told(&sources, &[]), ["Some(GBP): 100 -7 -3 = 0, 90"]);
    }

    #[test]
    fn amounts_without_a_currency_are_followed_into_the_initiatives_own() {
        let sources = [source("EUR", 10, &[]), source("", 50, &[("a", 5)])];
        let read = [("EUR", 25), ("GBP", 30)];
        assert_eq!(told(&sources, &read), ["Some(EUR): 10 15 = 25, 0", "Some(GBP): 0 30 = 30, 0", "None: 50 -5 -15 -30 = 0, 0"]);
        let lost = [("EUR", 25), ("GBP", 29)];
        assert_eq!(told(&sources, &lost)[2], "None: 50 -5 -15 -29 = 0, 1");
    }
}
