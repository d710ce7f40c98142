//! Budget changes: from the original to the current budget by initiative, and every change with what each rule says of it.

use super::context::{Context, lookup, minus};
use super::cost_position::{TABLE as POSITION, header};
use super::money::{added, amount, amounts, capital, column, message, sentence, total, verdict, words};
use crate::analysis::budget_control::{BudgetControl, BudgetCorkscrew, ChangeRule, JudgedChange};
use crate::analysis::cost::Dimension;
use crate::analysis::measure::Measure;
use crate::model::budget_control::{Approver, BudgetChange, BudgetPlace, ChangeStatus};
use crate::report::book::{
    Band, Cell, Column, Kind, Link, Mark, Note, Scale, Sheet, Table, Tone, Total, Value, column_of, this_row,
};

/// From the original to the current budget, by initiative.
pub const CORKSCREW: &str = "tbl_budget_corkscrew";
/// Every change.
pub const REGISTER: &str = "tbl_budget_changes";
const NET: &str = "tbl_virement_net";
const NONE: &str = "Not available: no Budget changes table came in.";
/// Width of names and words, which the tables of the page share.
const WORDS: u16 = 58;
/// The word of a broken rule.
const BROKEN: &str = "broken";

/// The pages.
#[must_use]
pub fn sheets(context: &Context<'_>) -> Vec<Sheet> {
    let mut sheets = vec![sheet(context)];
    if !context.portfolio().budget_changes.is_empty() {
        sheets.push(register_sheet(context));
    }
    sheets
}

fn sheet(context: &Context<'_>) -> Sheet {
    let sheet = Sheet::page("Budget Changes", "Budget changes: from the original to the current budget")
        .subtitle(format!("{}, at budget rates; approved by the as-of date; figures shown are rounded", context.currency()))
        .about("What approved changes made of each budget, and which changes break a rule.")
        .block(headline(context))
        .band(Band::headed("From the original to the current budget", vec![corkscrew(context).into()]));
    if context.portfolio().budget_changes.is_empty() {
        return sheet;
    }
    sheet
        .band(Band::headed("Changes that break a rule", vec![broken(context).into()]))
        .band(Band::headed("What virements and re-phasing leave over", vec![net(context).into()]))
        .block(Note::plain(vec![
            "A virement takes what it gives, in one currency. In the reporting currency each side is converted at the budget rate of its own period and rounded in its own cell: what is left over is told apart by cause.".into(),
        ]))
}

fn control<'a>(context: &Context<'a>) -> &'a BudgetControl {
    &context.input.analyses.budget_control
}

fn headline(context: &Context<'_>) -> Note {
    let control = control(context);
    let changes = &context.portfolio().budget_changes;
    if changes.is_empty() {
        let why = if context.portfolio().has_table("Budget changes") { "No budget change came in." } else { NONE };
        return message(Tone::Neutral, &[why.into(), "The current budget is the original one.".into()]);
    }
    let counts = ChangeStatus::ALL.iter().zip(control.counts).filter(|(_, count)| *count > 0);
    let counts: Vec<String> = counts.map(|(status, count)| format!("{count} {}", status.word())).collect();
    let mut told = vec![format!("{} changes: {}.", changes.len(), counts.join(", "))];
    told.extend(control.approved_total.ok().map(|total| match total.minor {
        0 => "Together they leave the budget as it was.".to_string(),
        above if above > 0 => format!("In force they add {} to the budget.", words(total)),
        _ => format!("In force they take {} from the budget.", words(total)),
    }));
    told.extend(
        control
            .pending_total
            .ok()
            .filter(|total| total.minor != 0)
            .map(|total| format!("What is pending would {} {}.", if total.minor > 0 { "add" } else { "take" }, words(total))),
    );
    let unsound: Vec<&JudgedChange> = control.changes.iter().filter(|judged| !judged.is_sound()).collect();
    if !unsound.is_empty() {
        told.push(format!("{} break a rule of budget control.", unsound.len()));
    }
    message(if unsound.is_empty() { Tone::Good } else { Tone::Warn }, &told)
}

const STEPS: [&str; 6] = ["Original", "Increases", "Decreases", "Virements in", "Virements out", "Re-phasing"];

/// From the original to the current budget, by initiative.
#[must_use]
pub fn corkscrew(context: &Context<'_>) -> Table {
    let own = |words: &str| this_row(CORKSCREW, &header(context, words));
    let steps: Vec<String> = STEPS.iter().map(|words| own(words)).collect();
    let mut columns = vec![Column::text("Initiative").total(Total::Label("Total".into())), Column::text("Name").wide(WORDS)];
    columns.extend(STEPS.iter().map(|words| column(context, words).sum().help(help(words))));
    let sum = added(&steps.iter().map(String::as_str).collect::<Vec<_>>());
    let position = lookup(
        &column_of(POSITION, &header(context, "PL")),
        &this_row(CORKSCREW, "Initiative"),
        &column_of(POSITION, "Initiative"),
    );
    let check = format!(
        "IFERROR(IF(COUNT({0},{position})=2,IF(ROUND({0}-{position},2)=0,\"ok\",\"fault\"),\"look\"),\"look\")",
        own("PL current")
    );
    columns.extend([
        column(context, "PL current").formula(sum).sum().help("Original budget and every step."),
        verdict(check).help("Against the current budget of the Cost Position page."),
        column(context, "Pending").sum().help("What pending changes would add; in none of the other figures."),
    ]);
    let position = super::cost_position::table(context, Dimension::Initiative);
    let rows = control(context).corkscrew.iter().map(|row| corkscrew_row(context, row, &position)).collect();
    Table::new(CORKSCREW, columns).keys(2).rows(rows).when_empty("Not available: no Budgets table came in.")
}

fn help(words: &str) -> &'static str {
    match words {
        "Original" => "Budget of the version that counts.",
        "Re-phasing" => "What moving budget between periods leaves over: rounding and budget rates that differ.",
        "Virements in" | "Virements out" => "Moved between places of the budget; the whole does not change.",
        _ => "Approved by the as-of date.",
    }
}

fn corkscrew_row(context: &Context<'_>, row: &BudgetCorkscrew, position: &Table) -> Vec<Cell> {
    let of = &row.reporting;
    let at = position.position(&header(context, "PL")).unwrap_or(0);
    let found = position.rows.iter().find(|cells| cells[0].result() == &Value::Text(row.initiative.to_string()));
    let budget = found.map_or_else(|| Value::NotAvailable("no money on it".into()), |cells| cells[at].result().clone());
    let current = amount(of.current);
    let residual = minus(&current, &budget);
    let word = match &residual {
        Value::Money(left) if left.is_zero() => "ok",
        Value::Money(_) => "fault",
        _ => "look",
    };
    let mut cells = vec![context.initiative_cell(&row.initiative), Cell::text(context.name_of(&row.initiative))];
    cells.extend(amounts([of.original, of.increases, of.decreases, of.virements_in, of.virements_out, of.rephasing]));
    cells.extend([current.into(), Cell::text(word), amount(of.pending).into()]);
    cells
}

/// What moves of budget leave over, and by what cause: a check.
fn net(context: &Context<'_>) -> Table {
    let exact = |words: &str| Column::new(words, Kind::Money(context.currency(), Scale::Exact));
    let own = |words: &str| this_row(NET, &exact(words).header);
    let (rates, rounding) = (format!("-{}", own("Rates")), format!("-{}", own("Rounding")));
    let columns = vec![
        Column::text("Scope"),
        Column::new("What", Kind::Prose).wide(WORDS),
        exact("Virements in"),
        exact("Virements out"),
        exact("Re-phasing"),
        exact("Left over").formula(added(&[&own("Virements in"), &own("Virements out"), &own("Re-phasing")])),
        exact("Rates").help("Budget rates that differ between the periods or currencies of the two sides."),
        exact("Rounding").help("Each side is rounded in its own cell."),
        exact("Residual").formula(added(&[&own("Left over"), &rates, &rounding])),
        verdict(format!("IF(ISNUMBER({0}),IF(ROUND({0},2)=0,\"ok\",\"fault\"),\"look\")", own("Residual"))),
    ];
    Table::new(NET, columns).rows(vec![net_row(context)])
}

fn net_row(context: &Context<'_>) -> Vec<Cell> {
    let control = control(context);
    let moved = [control.total.virements_in, control.total.virements_out, control.total.rephasing].map(amount);
    let headers = ["Virements in", "Virements out", "Re-phasing"].map(|words| column_of(CORKSCREW, &header(context, words)));
    let over = total(&moved.iter().collect::<Vec<_>>());
    let (rates, rounding) = (amount(control.virement_rate_effect), amount(control.virement_rounding));
    let residual = minus(&minus(&over, &rates), &rounding);
    let word = match &residual {
        Value::Money(left) if left.is_zero() => "ok",
        Value::Money(_) => "fault",
        _ => "look",
    };
    let mut cells = vec![Cell::text("All"), Cell::text("virements and re-phasing in force")];
    cells.extend(headers.iter().zip(moved).map(|(column, value)| match value {
        Value::Money(_) => Cell::formula(format!("SUM({column})"), value),
        other => other.into(),
    }));
    cells.extend([over, rates, rounding, residual].map(Cell::new));
    cells.push(Cell::text(word));
    cells
}

/// Changes that break a rule, with what speaks against them.
fn broken(context: &Context<'_>) -> Table {
    let unsound = control(context).changes.iter().enumerate().filter(|(_, judged)| !judged.is_sound());
    let row = |(at, judged): (usize, &JudgedChange)| {
        let change = &context.portfolio().budget_changes[judged.change];
        let broken = judged.verdicts.iter().filter(|verdict| verdict.holds == Ok(false));
        let (rules, why): (Vec<&str>, Vec<String>) = broken.map(|verdict| (verdict.rule.label(), sentence(&verdict.why))).unzip();
        let what = format!("{}. {}: {}", capital(&places(change)), capital(&rules.join("; ")), why.join(" "));
        vec![
            Cell::text(change.id.to_string()).link(Link::Table { table: REGISTER.into(), row: Some(at) }),
            Cell::text(what),
            Value::Money(change.amount).into(),
            Cell::text(change.currency.code()),
            Cell::text(change.status.word()),
            Cell::text(approver(context, change.approver.as_ref())),
        ]
    };
    let columns = vec![
        Column::text("Change"),
        Column::new("What speaks against it", Kind::Prose).wide(WORDS),
        Column::new("Amount", Kind::Number(0)),
        Column::text("Currency"),
        Column::text("Status"),
        Column::text("Approver").wide(12),
    ];
    Table::new("tbl_changes_broken", columns).rows(unsound.map(row).collect()).when_empty("No change breaks a rule.")
}

/// `LU-101 hardware to LU-102 labour`.
fn places(change: &BudgetChange) -> String {
    let place = |place: &BudgetPlace| {
        [place.initiative.as_str(), &place.category].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
    };
    match (&change.from, &change.to) {
        (Some(from), Some(to)) => format!("{}: {} to {}", change.kind.word(), place(from), place(to)),
        (Some(one), None) | (None, Some(one)) => format!("{}: {}", change.kind.word(), place(one)),
        (None, None) => change.kind.word().into(),
    }
}

fn approver(context: &Context<'_>, approver: Option<&Approver>) -> String {
    match approver {
        Some(Approver::Person(id)) => context.person(Some(id)),
        Some(Approver::Body(name)) => name.clone(),
        None => "nobody named".into(),
    }
}

fn register_sheet(context: &Context<'_>) -> Sheet {
    Sheet::data("Budget Change Register", "Budget changes: every change, and what each rule says of it")
        .subtitle("Amounts in the currency of each change. ok: the rule holds; broken: it does not; n/a: it does not apply or cannot be judged")
        .about("Every budget change with its places, approval and verdicts.")
        .block(register(context))
}

fn register(context: &Context<'_>) -> Table {
    let rules: Vec<Column> = ChangeRule::ALL.iter().map(|rule| verdict_column(rule.label())).collect();
    let broken =
        ChangeRule::ALL.iter().map(|rule| format!("IF({}=\"{BROKEN}\",1,0)", this_row(REGISTER, &capital(rule.label()))));
    let mut columns = vec![
        Column::text("Change").total(Total::Label("All".into())),
        Column::text("Type"),
        Column::text("Status"),
        Column::new("In force", Kind::YesNo),
        Column::text("From"),
        Column::text("From category"),
        Column::text("From period"),
        Column::text("To"),
        Column::text("To category"),
        Column::text("To period"),
        Column::new("Amount", Kind::Number(2)),
        Column::text("Currency"),
        Column::new("Reason", Kind::Prose).wide(36),
        Column::text("Requester"),
        Column::text("Approver"),
        Column::new("Approved on", Kind::Date),
        Column::new("Rules broken", Kind::Integer)
            .formula(broken.collect::<Vec<_>>().join("+"))
            .sum()
            .mark(Mark::High { bad: 0.0, warn: 0.0 }),
    ];
    columns.extend(rules);
    let rows = control(context).changes.iter().map(|judged| register_row(context, judged)).collect();
    Table::new(REGISTER, columns).keys(1).rows(rows).when_empty(NONE)
}

/// A column of verdicts.
#[must_use]
pub fn verdict_column(rule: &str) -> Column {
    let words = [("ok", Tone::Good), (BROKEN, Tone::Bad)].map(|(word, tone)| (word.to_string(), tone)).to_vec();
    Column::text(&capital(rule)).wide(14).mark(Mark::Words(words))
}

/// A verdict as a cell.
#[must_use]
pub fn verdict_cell(holds: Measure<bool>, why: &str) -> Cell {
    match holds {
        Ok(true) => Cell::text("ok"),
        Ok(false) => Cell::text(BROKEN).note(why),
        Err(none) => Cell::not_available(if why.is_empty() { none.reason() } else { why }),
    }
}

fn register_row(context: &Context<'_>, judged: &JudgedChange) -> Vec<Cell> {
    let change = &context.portfolio().budget_changes[judged.change];
    let place = |place: Option<&BudgetPlace>| match place {
        Some(place) => [
            Cell::text(place.initiative.to_string()),
            Cell::maybe_text((!place.category.is_empty()).then_some(place.category.as_str())),
            Cell::text(place.period.to_string()),
        ],
        None => [Cell::blank(), Cell::blank(), Cell::blank()],
    };
    let broken = judged.verdicts.iter().filter(|verdict| verdict.holds == Ok(false)).count();
    let mut cells = vec![
        Cell::text(change.id.to_string()).from_source(&change.origin),
        Cell::text(change.kind.word()),
        Cell::text(change.status.word()),
        Value::Bool(judged.in_force).into(),
    ];
    cells.extend(place(change.from.as_ref()));
    cells.extend(place(change.to.as_ref()));
    cells.extend([
        Value::Money(change.amount).into(),
        Cell::text(change.currency.code()),
        Cell::maybe_text(change.reason.as_deref()),
        change.requester.as_ref().map_or_else(Cell::blank, |id| Cell::text(context.person(Some(id)))),
        change.approver.as_ref().map_or_else(Cell::blank, |of| Cell::text(approver(context, Some(of)))),
        Cell::date(change.approved_on),
        Cell::count(broken),
    ]);
    cells.extend(judged.verdicts.iter().map(|verdict| verdict_cell(verdict.holds, &verdict.why)));
    cells
}
