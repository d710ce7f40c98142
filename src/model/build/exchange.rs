//! Exchange rates: read, checked against themselves, and against what the portfolio needs.

use crate::base::money::Currency;
use crate::base::number;
use crate::base::period::Period;
use crate::model::build::context::{Context, flag, flag_at, shown};
use crate::model::codes;
use crate::model::exchange::{FxTable, When};
use crate::model::finance::{EntryKind, FxRate, Ledger, PlanLine, RateKind};
use crate::table::tables::Row;
use polars::datatypes::PlHashSet;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// The rates, by pair, kind and time, and the table made of them.
pub(super) fn rates(context: &mut Context<'_>) -> (Vec<FxRate>, FxTable) {
    let mut found: Vec<FxRate> = Vec::new();
    for row in context.rows("FX rates") {
        let (Some(from), Some(to)) = (row.text("from").and_then(Currency::parse), row.text("to").and_then(Currency::parse))
        else {
            continue;
        };
        let (Some(kind), Some(rate)) = (row.text("kind").and_then(kind), row.decimal("rate")) else { continue };
        if rate <= Decimal::ZERO {
            let finding = flag(row, codes::RATE_NOT_POSITIVE, "rate").expected("a rate above zero");
            context.push(finding.hint(format!("say how many {to} one {from} is worth; left out until then")));
            continue;
        }
        if from == to {
            let finding = flag(row, codes::RATE_OF_ONE, "to").found(format!("{from} to {to}, {}", shown(row, "rate")));
            context.push(finding.expected("two different currencies").hint("correct one of them, or delete the row"));
            continue;
        }
        found.push(rate_of(row, (from, to, kind), rate));
    }
    found.sort_by_key(|rate| (rate.from, rate.to, rate.kind, rate.period, rate.date));
    let table = FxTable::new(&found, context.settings.fiscal, context.settings.reporting_currency);
    check_twice(context, &table, &found);
    check_agreement(context, &table, &found);
    (found, table)
}

fn rate_of(row: Row<'_>, (from, to, kind): (Currency, Currency, RateKind), rate: Decimal) -> FxRate {
    let source = row.text("source").map(String::from);
    FxRate { from, to, kind, period: row.period("period"), date: row.day("date"), rate, source, origin: row.origin("rate") }
}

fn kind(word: &str) -> Option<RateKind> {
    Some(match word {
        "spot" => RateKind::Spot,
        "average" => RateKind::Average,
        "closing" => RateKind::Closing,
        "budget" => RateKind::Budget,
        _ => return None,
    })
}

const fn kind_word(kind: RateKind) -> &'static str {
    match kind {
        RateKind::Spot => "spot",
        RateKind::Average => "average",
        RateKind::Closing => "closing",
        RateKind::Budget => "budget",
    }
}

/// Rates of one pair, kind and time, once by a period and once by a date in it.
fn check_twice(context: &mut Context<'_>, table: &FxTable, rates: &[FxRate]) {
    let mut seen: BTreeMap<(Currency, Currency, RateKind, i64), &FxRate> = BTreeMap::new();
    for rate in rates {
        let Some(slot) = table.slot(rate) else { continue };
        if let Some(first) = seen.get(&(rate.from, rate.to, rate.kind, slot)) {
            let finding = flag_at(&rate.origin, codes::RATE_TWICE, "FX rates", "Rate").found(rate.rate.to_string());
            context.push(
                finding
                    .expected(format!("one rate; the first is {} at {}", first.rate, first.origin))
                    .hint("delete one of the rows"),
            );
        } else {
            seen.insert((rate.from, rate.to, rate.kind, slot), rate);
        }
    }
}

/// A rate against its inverse, and against two rows through a third currency.
fn check_agreement(context: &mut Context<'_>, table: &FxTable, rates: &[FxRate]) {
    for rate in rates {
        let when = match (rate.date, rate.period) {
            (Some(date), _) => When::Day(date),
            (None, Some(period)) => When::Period(period),
            (None, None) => continue,
        };
        let row = |from, to| table.row(from, to, rate.kind, when);
        if let Some(inverse) = row(rate.to, rate.from).filter(|_| rate.from < rate.to) {
            let implied = Decimal::ONE.checked_div(inverse);
            disagree(context, rate, implied, format!("1 / {inverse}, the rate from {} to {}", rate.to, rate.from));
        }
        for third in table.currencies().filter(|third| *third != rate.from && *third != rate.to) {
            if let Some((first, second)) = row(rate.from, third).zip(row(third, rate.to)) {
                disagree(context, rate, first.checked_mul(second), format!("{first} × {second}, through {third}"));
            }
        }
    }
}

fn disagree(context: &mut Context<'_>, rate: &FxRate, implied: Option<Decimal>, how: String) {
    let Some(ratio) = implied.and_then(|implied| number::ratio(rate.rate, implied)) else { return };
    if (ratio - 1.0).abs() > context.settings.thresholds.exchange_tolerance {
        let finding = flag_at(&rate.origin, codes::RATES_DISAGREE, "FX rates", "Rate").found(rate.rate.to_string());
        context.push(
            finding.expected(how).hint(format!("they differ by {:.2} %; correct the wrong one", (ratio - 1.0).abs() * 100.0)),
        );
    }
}

/// Money that cannot be converted to the reporting currency: actual cost at average rates, plan money at budget rates.
pub(super) fn check_needed(context: &mut Context<'_>, table: &FxTable, ledger: &Ledger, plans: &[(&'static str, &[PlanLine])]) {
    let to = context.settings.reporting_currency;
    let mut missing: BTreeMap<(&'static str, Currency, RateKind), BTreeSet<Period>> = BTreeMap::new();
    let mut need = |name, from, kind, period| {
        if table.convert_rate(from, to, kind, When::Period(period)).is_none() {
            missing.entry((name, from, kind)).or_default().insert(period);
        }
    };
    for (currency, period) in ledger_needs(ledger) {
        need("Actuals", currency, RateKind::Average, period);
    }
    for (name, lines) in plans {
        let needs: BTreeSet<(Currency, Period)> = lines.iter().map(|line| (line.currency, line.period)).collect();
        for (currency, period) in needs {
            need(name, currency, RateKind::Budget, period);
        }
    }
    for ((name, from, kind), periods) in missing {
        let list: Vec<String> = periods.iter().map(Period::to_string).collect();
        let finding = codes::RATE_MISSING.nowhere().field("FX rates", "Rate").found(format!(
            "no {} rate from {from} to {to} for {}",
            kind_word(kind),
            list.join(", ")
        ));
        let hint = format!("add it to FX rates; until then this money of {name} stays in {from} and out of totals in {to}");
        context.push(finding.expected(format!("a rate for every period in which {name} has {from}")).hint(hint));
    }
}

/// Currencies and periods of actual cost.
fn ledger_needs(ledger: &Ledger) -> BTreeSet<(Currency, Period)> {
    let frame = &ledger.frame;
    let text = |key: &str| frame.column(key).ok().and_then(|column| column.str().ok());
    let (Some(currencies), Some(kinds)) = (text("currency"), text("kind")) else { return BTreeSet::new() };
    let Some(periods) = frame.column("period").ok().and_then(|column| column.i32().ok()) else { return BTreeSet::new() };
    let lines = currencies.iter().zip(kinds.iter()).zip(periods.iter());
    let cost = lines.filter(|((_, kind), _)| kind.and_then(EntryKind::parse).is_some_and(EntryKind::is_cost));
    let pairs: PlHashSet<(&str, i32)> = cost.filter_map(|((currency, _), period)| Some((currency?, period?))).collect();
    pairs.into_iter().filter_map(|(currency, period)| Some((Currency::parse(currency)?, Period::from_ordinal(period)?))).collect()
}
