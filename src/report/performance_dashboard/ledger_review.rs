//! Ledger review: what the lines of the ledger say against one another, exceptions alone, each leading to its cell.
//!
//! Promises: what is in order is counted and not listed; a proposal is shown and never used.

use super::context::Context;
use crate::analysis::ledger_review::{
    AccrualPair, AccrualState, LateItem, LedgerLineRef, LedgerReview, OrderBalance, OrderState, Unmatched,
};
use crate::base::id::InitiativeId;
use crate::base::money::Money;
use crate::report::book::{Band, Cell, Column, Kind, Mark, Note, Sheet, Table, Tone, Value, column_of, this_row};

/// Accruals that are not taken back in full.
const ACCRUALS: &str = "tbl_review_accruals";
/// Orders with a balance, or with something wrong.
const ORDERS: &str = "tbl_review_orders";
/// Lines that look like one line booked several times.
const DUPLICATES: &str = "tbl_review_duplicates";
/// Lines entered after their period had closed.
const LATE: &str = "tbl_review_late";
/// Lines of no initiative.
const UNMATCHED: &str = "tbl_review_unmatched";

/// The page.
#[must_use]
pub fn sheet(context: &Context<'_>) -> Sheet {
    let review = &context.input.analyses.ledger_review;
    Sheet::page("Ledger Review", "Ledger review: accruals, orders, duplicates, late and unmatched lines")
        .subtitle("Each line in its own currency; what is in order is counted and not listed; the first column leads to the line")
        .about("Open accruals, orders, double bookings, late items, and lines of no initiative with proposals.")
        .band(Band::headed("What was found", vec![summary(review).into()]))
        .band(Band::headed("Lines of no initiative, and where they may belong", vec![unmatched(context).into()]))
        .block(Note::plain(vec![unmatched_total(review)]))
        .band(Band::headed("Accruals that are not taken back in full", vec![accruals(context).into()]))
        .band(Band::headed("Orders with a balance or with something wrong", vec![orders(context).into()]))
        .band(Band::headed("Lines that look like one line booked several times", vec![duplicates(review).into()]))
        .band(Band::headed("Lines entered after their period had closed", vec![late(context).into()]))
}

/// What was found of each kind, counted over the tables below.
fn summary(review: &LedgerReview) -> Table {
    let state = |state: AccrualState| review.accruals.iter().filter(|pair| pair.state == state).count();
    let cell = |text: String, count: usize| Cell::formula(text, Value::Integer(i64::try_from(count).unwrap_or(i64::MAX)));
    let of_state = |of: AccrualState| cell(format!("COUNTIF({},\"{}\")", column_of(ACCRUALS, "State"), of.label()), state(of));
    let filled = |table: &str, header: &str, count: usize| cell(format!("COUNTA({})", column_of(table, header)), count);
    let wrong = review.orders.iter().filter(|order| !order.issues.is_empty()).count();
    let listed = review.orders.iter().filter(|order| is_listed(order)).count();
    let groups = review.duplicates.len();
    let rows = vec![
        ("unmatched", "lines of no initiative", filled(UNMATCHED, "Entry", review.unmatched.len())),
        ("overdue", "accruals whose next period is over", of_state(AccrualState::Overdue)),
        ("differ", "accruals taken back with another amount", of_state(AccrualState::Differs)),
        ("alone", "reversals without an accrual", of_state(AccrualState::ReversalAlone)),
        ("open", "accruals that are still in time", of_state(AccrualState::Open)),
        ("orders", "orders with something wrong", cell(format!("COUNTIF({},\"?*\")", column_of(ORDERS, "What is wrong")), wrong)),
        ("on order", "orders listed below", filled(ORDERS, "Order", listed)),
        ("duplicates", "groups of lines that look alike", cell(format!("MAX(0,{})", column_of(DUPLICATES, "Group")), groups)),
        ("late", "lines entered after their period had closed", filled(LATE, "Entry", review.late.len())),
    ];
    let settled = review.orders.len() - listed;
    let in_order = [
        ("reversed", "accruals taken back in full: in order", state(AccrualState::Reversed)),
        ("settled", "orders delivered and taken off: in order", settled),
    ];
    let rows = rows.into_iter().map(|(what, words, count)| vec![Cell::text(what), Cell::text(words), count]);
    let in_order = in_order.into_iter().map(|(what, words, count)| vec![Cell::text(what), Cell::text(words), Cell::count(count)]);
    let columns = vec![
        Column::text("What").wide(16),
        Column::new("Meaning", Kind::Prose).wide(38),
        Column::new("How many", Kind::Integer).wide(12),
    ];
    Table::new("tbl_review", columns).rows(rows.chain(in_order).collect())
}

fn amount(words: &str) -> Column {
    Column::new(words, Kind::Number(2)).wide(15)
}

fn day(words: &str) -> Column {
    Column::new(words, Kind::Date).wide(13)
}

fn money(money: Option<Money>) -> Cell {
    money.map_or_else(Cell::blank, |money| Value::Money(money.amount()).into())
}

/// A line's entry id, leading to the line.
fn entry(line: &LedgerLineRef) -> Cell {
    Cell::text(&line.entry).from_source(&line.origin)
}

fn initiative(context: &Context<'_>, id: Option<&InitiativeId>) -> Cell {
    Cell::text(id.map_or_else(|| "(no initiative)".to_string(), |id| format!("{id} {}", context.name_of(id))))
}

fn accruals(context: &Context<'_>) -> Table {
    let own = |header: &str| this_row(ACCRUALS, header);
    let words = [
        (AccrualState::Overdue, Tone::Bad),
        (AccrualState::Differs, Tone::Bad),
        (AccrualState::ReversalAlone, Tone::Warn),
        (AccrualState::Open, Tone::Neutral),
    ];
    let columns = vec![
        Column::text("State").wide(16).mark(Mark::Words(words.map(|(state, tone)| (state.label().to_string(), tone)).to_vec())),
        Column::new("Initiative", Kind::Prose).wide(38),
        Column::text("Currency").wide(12),
        Column::text("Accrual").wide(15),
        day("Posted"),
        amount("Amount"),
        Column::text("Reversal").wide(15),
        day("Reversed"),
        amount("Taken back"),
        amount("Left")
            .formula(format!("N({})+N({})", own("Amount"), own("Taken back")))
            .help("The accrual and its reversal added up."),
        Column::new("Invoice since", Kind::Prose)
            .wide(40)
            .help("An invoice of the same vendor and amount, where nothing reverses the accrual."),
    ];
    let mut pairs: Vec<&AccrualPair> =
        context.input.analyses.ledger_review.accruals.iter().filter(|pair| pair.state != AccrualState::Reversed).collect();
    let order = |state: AccrualState| words.iter().position(|(of, _)| *of == state);
    pairs.sort_by_key(|pair| order(pair.state));
    let rows = pairs.into_iter().map(|pair| accrual_row(context, pair)).collect();
    Table::new(ACCRUALS, columns).keys(2).rows(rows).when_empty("Every accrual is taken back in full.")
}

fn accrual_row(context: &Context<'_>, pair: &AccrualPair) -> Vec<Cell> {
    let side = |line: Option<&LedgerLineRef>| {
        let amount = money(line.map(|line| line.amount));
        [line.map_or_else(Cell::blank, entry), Cell::date(line.map(|line| line.posted)), amount]
    };
    let mut cells = vec![
        Cell::text(pair.state.label()),
        initiative(context, pair.initiative.as_ref()),
        Cell::text(pair.difference.currency.code()),
    ];
    cells.extend(side(pair.accrual.as_ref()));
    cells.extend(side(pair.reversal.as_ref()));
    cells.push(Value::Money(pair.difference.amount()).into());
    cells.push(pair.invoice.as_ref().map_or_else(Cell::blank, |line| {
        Cell::text(format!("{}, {}", line.entry, line.posted.format("%d %b %Y"))).from_source(&line.origin)
    }));
    cells
}

/// True for an order with a balance or with something wrong.
fn is_listed(order: &OrderBalance) -> bool {
    order.state != OrderState::Settled || !order.issues.is_empty()
}

fn orders(context: &Context<'_>) -> Table {
    let words =
        [(OrderState::Overdrawn, Tone::Bad), (OrderState::PartlyReleased, Tone::Neutral), (OrderState::Open, Tone::Neutral)];
    let columns = vec![
        Column::text("Order").wide(16),
        Column::new("Initiative", Kind::Prose).wide(38),
        Column::text("Currency").wide(12),
        Column::text("State").wide(15).mark(Mark::Words(words.map(|(state, tone)| (state.label().to_string(), tone)).to_vec())),
        day("Delivery"),
        amount("In Commitments"),
        amount("In the ledger"),
        amount("Released"),
        amount("Invoiced"),
        amount("Still on order")
            .help("Commitment lines less releases; without such lines, what was ordered less what was invoiced."),
        Column::new("What is wrong", Kind::Prose).wide(40),
        Column::new("Vendor", Kind::Prose).wide(28),
    ];
    let mut listed: Vec<&OrderBalance> =
        context.input.analyses.ledger_review.orders.iter().filter(|order| is_listed(order)).collect();
    listed.sort_by_key(|order| (order.issues.is_empty(), order.issues.first().copied()));
    let rows = listed.into_iter().map(|order| order_row(context, order)).collect();
    Table::new(ORDERS, columns).keys(2).rows(rows).when_empty("No order has a balance.")
}

fn order_row(context: &Context<'_>, order: &OrderBalance) -> Vec<Cell> {
    let open = Value::Money(order.open.amount());
    let own = |header: &str| this_row(ORDERS, header);
    let by_ledger = order.in_ledger.is_some_and(|ledger| ledger.amount() - order.released.amount() == order.open.amount());
    let text = format!("{}-{}", own("In the ledger"), own("Released"));
    let wrong: Vec<&str> = order.issues.iter().map(|issue| issue.label()).collect();
    vec![
        Cell::text(&order.po).from_source(&order.origin),
        initiative(context, order.initiative.as_ref()),
        Cell::text(order.currency.code()),
        Cell::text(order.state.label()),
        Cell::date(order.delivery),
        money(order.in_table),
        money(order.in_ledger),
        money(Some(order.released)),
        money(Some(order.invoiced)),
        if by_ledger { Cell::formula(text, open) } else { open.into() },
        match &order.suspect {
            Some(line) if !wrong.is_empty() => Cell::text(wrong.join("; ")).from_source(&line.origin),
            _ => Cell::maybe_text((!wrong.is_empty()).then(|| wrong.join("; "))),
        },
        Cell::maybe_text(order.vendor.as_deref()),
    ]
}

fn duplicates(review: &LedgerReview) -> Table {
    let columns = vec![
        Column::text("Entry").wide(16),
        Column::new("Where", Kind::Prose).wide(38),
        Column::text("Currency").wide(12),
        Column::new("Group", Kind::Integer).wide(15),
        day("Posted"),
        amount("Amount"),
        Column::text("Counts in").wide(15),
    ];
    let rows = review.duplicates.iter().enumerate().flat_map(|(group, lines)| {
        lines.iter().map(move |line| {
            vec![
                entry(line),
                Cell::text(line.origin.to_string()),
                Cell::text(line.amount.currency.code()),
                Cell::count(group + 1),
                Value::Date(line.posted).into(),
                money(Some(line.amount)),
                Cell::text(line.period.to_string()),
            ]
        })
    });
    Table::new(DUPLICATES, columns).keys(2).rows(rows.collect()).when_empty("No line looks like another.")
}

fn late(context: &Context<'_>) -> Table {
    let columns = vec![
        Column::text("Entry").wide(16),
        Column::new("Initiative", Kind::Prose).wide(38),
        Column::text("Currency").wide(12),
        Column::text("Its period").wide(15).help("The period of its posting date, closed when it was entered."),
        day("Posted"),
        amount("Amount"),
        Column::text("Counts in").wide(15),
        day("Entered"),
    ];
    let row = |item: &LateItem| {
        vec![
            entry(&item.line),
            initiative(context, item.initiative.as_ref()),
            Cell::text(item.line.amount.currency.code()),
            Cell::text(item.original_period.to_string()),
            Value::Date(item.line.posted).into(),
            money(Some(item.line.amount)),
            Cell::text(item.line.period.to_string()),
            Cell::date(item.entered),
        ]
    };
    let rows = context.input.analyses.ledger_review.late.iter().map(row).collect();
    Table::new(LATE, columns)
        .keys(2)
        .rows(rows)
        .when_empty("No line was entered after its period had closed, or no period is closed.")
}

fn unmatched(context: &Context<'_>) -> Table {
    let words = [("strong", Tone::Good), ("fair", Tone::Neutral), ("weak", Tone::Muted)];
    let columns = vec![
        Column::text("Entry").wide(16),
        Column::new("It may belong to", Kind::Prose).wide(38),
        Column::text("Currency").wide(12),
        Column::text("Likelihood").wide(15).mark(Mark::Words(words.map(|(word, tone)| (word.to_string(), tone)).to_vec())),
        day("Posted"),
        amount("Amount"),
        Column::text("Cost code").wide(15),
        Column::text("Order").wide(13),
        Column::text("Names").wide(15).help("What the line names as its initiative, which no initiative is."),
        Column::new("Vendor", Kind::Prose).wide(15),
        Column::new("Why", Kind::Prose).wide(40),
    ];
    let rows = context.input.analyses.ledger_review.unmatched.iter().map(|line| unmatched_row(context, line)).collect();
    Table::new(UNMATCHED, columns).keys(2).rows(rows).when_empty("Every line belongs to an initiative.")
}

fn unmatched_row(context: &Context<'_>, of: &Unmatched) -> Vec<Cell> {
    let best = of.proposals.first();
    let strength = best.map_or("", |best| match best.strength {
        3.. => "strong",
        2 => "fair",
        _ => "weak",
    });
    let others: Vec<String> =
        of.proposals.iter().skip(1).map(|other| format!("or {}: {}", other.initiative, other.why)).collect();
    let why = best.map(|best| std::iter::once(best.why.clone()).chain(others).collect::<Vec<_>>().join("; "));
    vec![
        entry(&of.line),
        best.map_or_else(|| Cell::text("nothing points anywhere"), |best| initiative(context, Some(&best.initiative))),
        Cell::text(of.line.amount.currency.code()),
        Cell::text(strength),
        Value::Date(of.line.posted).into(),
        money(Some(of.line.amount)),
        Cell::maybe_text(of.cost_code.as_deref()),
        Cell::maybe_text(of.po.as_deref()),
        Cell::maybe_text(of.named.as_deref()),
        Cell::maybe_text(of.vendor.as_deref()),
        Cell::maybe_text(why),
    ]
}

fn unmatched_total(review: &LedgerReview) -> String {
    let amounts: Vec<String> = review
        .unmatched_total
        .iter()
        .map(|(currency, amount)| format!("{} {currency}", crate::report::book::show(&Value::Money(*amount), &Kind::Number(2))))
        .collect();
    if amounts.is_empty() {
        return "No actual cost stands outside the initiatives.".to_string();
    }
    format!("Actual cost of no initiative: {}. It stands in the cost position as unassigned.", amounts.join(", "))
}
