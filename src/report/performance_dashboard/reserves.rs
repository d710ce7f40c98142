//! Contingency and management reserve: what is left of each fund, what it has to cover, when it will be asked for.

use super::budget_changes::{verdict_cell, verdict_column};
use super::context::{Context, difference, minus, over, quotient};
use super::cost_position::header;
use super::money::{added, amount, amounts, capital, column, message, sentence, unit, verdict, words};
use crate::analysis::measure::{Measure, Undefined};
use crate::analysis::reserves::{CorkscrewRow, DrawRule, ForwardRow, FundTotal, JudgedDraw, ReserveFund, Reserves};
use crate::base::id::InitiativeId;
use crate::base::money::Money;
use crate::base::period::Period;
use crate::model::budget_control::{Approver, Fund};
use crate::report::book::{
    Band, Block, Cell, Chart, ChartKind, Column, Kind, Mark, Note, Role, Series, Sheet, Table, Tone, Total, Value, column_of,
    this_row,
};
use rust_decimal::Decimal;

/// By fund.
pub const FUNDS: &str = "tbl_reserves";
/// Each kind of fund.
pub const TOTALS: &str = "tbl_reserve_totals";
/// Cover below this is red: what is left does not cover what is expected.
pub const COVER_RED: f64 = 1.0;
/// Cover below this is amber.
pub const COVER_AMBER: f64 = 1.25;
/// Every fund, period by period.
pub const CORKSCREW: &str = "tbl_reserve_corkscrew";
const FORWARD: &str = "tbl_reserve_forward";
const DRAWS: &str = "tbl_reserve_draws";
/// Widths that the tables of the page share.
const KEY: u16 = 20;
const WORDS: u16 = 42;
const NONE: &str = "Not available: no Contingency table came in.";

/// The pages.
#[must_use]
pub fn sheets(context: &Context<'_>) -> Vec<Sheet> {
    let reserves = reserves(context);
    let mut sheets = vec![sheet(context)];
    if reserves.funds.is_empty() {
        return sheets;
    }
    sheets.push(corkscrew_sheet(context));
    if has_forward(context) {
        sheets.push(forward_sheet(context));
    }
    if reserves.funds.iter().any(|fund| !fund.draws.is_empty()) {
        sheets.push(draws_sheet(context));
    }
    sheets
}

fn reserves<'a>(context: &Context<'a>) -> &'a Reserves {
    &context.input.analyses.reserves
}

fn has_forward(context: &Context<'_>) -> bool {
    reserves(context).totals.iter().any(|total| !total.forward.is_empty())
}

fn sheet(context: &Context<'_>) -> Sheet {
    let sheet = Sheet::page("Contingency", "Contingency and management reserve: what is left, and what it has to cover")
        .subtitle(format!(
            "{}, at budget rates; exposure is the residual expected cost of open threats; figures shown are rounded",
            context.currency()
        ))
        .about("Contingency and management reserve: corkscrews, coverage against residual exposure, draws to come.")
        .block(headline(context));
    if reserves(context).funds.is_empty() {
        return sheet;
    }
    let mut sheet = sheet.band(Band::headed("Each kind of fund", vec![totals(context).into()]));
    if has_forward(context) {
        sheet = sheet.band(Band::of(charts(context)));
    }
    sheet
        .band(Band::headed("By fund", vec![funds(context).into()]))
        .band(Band::headed("Draws that break a rule", vec![broken(context).into()]))
        .block(Note::plain(vec![
            "Contingency is for known risks and lies inside the baseline; management reserve is for what nobody knows yet and lies outside it: no register measures what it has to cover.".into(),
            "What is left is compared with the exposure that lies ahead, period by period, and not with past use. A draw is held against the largest cost that the register foresees for its risk.".into(),
        ]))
}

fn whose(context: &Context<'_>, initiative: Option<&InitiativeId>) -> String {
    initiative.map_or_else(|| "Portfolio".into(), |id| format!("{id} {}", context.name_of(id)))
}

fn headline(context: &Context<'_>) -> Note {
    let reserves = reserves(context);
    if reserves.funds.is_empty() {
        let why =
            if context.portfolio().has_table("Contingency") { "No movement of a fund came in by the as-of date." } else { NONE };
        return message(Tone::Neutral, &[why.into()]);
    }
    let mut told: Vec<String> = reserves.totals.iter().flat_map(|total| total_words(context, total)).collect();
    told.extend(weakest(context).map(|fund| fund_words(context, fund)));
    let broken = reserves.funds.iter().flat_map(|fund| &fund.draws).filter(|draw| !draw.is_sound()).count();
    if broken > 0 {
        told.push(format!("{broken} {} a rule.", if broken == 1 { "draw breaks" } else { "draws break" }));
    }
    let short = reserves.totals.iter().any(|total| total.runs_short.is_some()) || broken > 0 || weakest(context).is_some();
    message(if short { Tone::Warn } else { Tone::Good }, &told)
}

/// The fund of contingency that covers least of its exposure, where that is not all of it: one initiative's fund does not
/// pay for another's threats.
#[must_use]
pub fn weakest<'a>(context: &Context<'a>) -> Option<&'a ReserveFund> {
    let covers = |fund: &ReserveFund| fund.coverage.ok().filter(|cover| *cover < COVER_RED);
    let funds = reserves(context).funds.iter().filter_map(|fund| Some((fund, covers(fund)?)));
    funds.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(fund, _)| fund)
}

/// `LU-102 ERP: 27.0k is left against an exposure of 166.5k; drawn as expected it runs short in Dec 2026.`
#[must_use]
pub fn fund_words(context: &Context<'_>, fund: &ReserveFund) -> String {
    let shown = |money: Measure<Money>| money.map_or_else(|_| "n/a".into(), words);
    let fiscal = &context.portfolio().settings.fiscal;
    let short = fund
        .runs_short
        .map_or_else(String::new, |period| format!("; drawn as expected it runs short in {}", fiscal.label(period)));
    format!(
        "{}: {} is left against an exposure of {}{short}.",
        whose(context, fund.initiative.as_ref()),
        shown(fund.remaining_reporting),
        shown(fund.exposure)
    )
}

fn total_words(context: &Context<'_>, total: &FundTotal) -> Vec<String> {
    let name = capital(total.fund.word());
    let mut told = Vec::new();
    told.extend(total.remaining.ok().map(|left| format!("{name}: {} is left.", words(left))));
    told.extend(
        total
            .coverage
            .ok()
            .zip(total.exposure.ok())
            .map(|(cover, exposure)| format!("It covers the residual exposure of {} {cover:.1} times.", words(exposure))),
    );
    let fiscal = &context.portfolio().settings.fiscal;
    told.extend(total.runs_short.map(|period| format!("Drawn as expected it runs short in {}.", fiscal.label(period))));
    told
}

fn totals(context: &Context<'_>) -> Table {
    let own = |words: &str| this_row(TOTALS, &header(context, words));
    let mut columns =
        vec![Column::text("Fund").wide(KEY), Column::new("What it covers", Kind::Prose).wide(WORDS), Column::text("Currency")];
    columns.extend(["Opening", "Additions", "Drawdowns", "Releases"].map(|words| column(context, words)));
    columns.extend([
        column(context, "Left").formula(closing(&own)).help("Opening and additions less drawdowns and releases."),
        column(context, "Exposure").help("Residual expected cost of the open threats that it covers."),
        Column::new("Coverage", Kind::Ratio)
            .formula(quotient(&own("Left"), &own("Exposure")))
            .mark(Mark::Low { bad: COVER_RED, warn: COVER_AMBER })
            .help("What is left over the exposure: below 1 it does not cover what is expected."),
        column(context, "Surplus")
            .formula(difference(&own("Left"), &own("Exposure")))
            .mark(Mark::Variance { more_is_good: true })
            .help("To be released where above zero, missing where below."),
        Column::text("Runs short in"),
    ]);
    let rows = reserves(context).totals.iter().map(|total| total_row(context, total)).collect();
    Table::new(TOTALS, columns).rows(rows).when_empty(NONE)
}

/// How many funds of a kind there are, and how many threats they cover.
fn covers(context: &Context<'_>, kind: Fund) -> String {
    let funds: Vec<&ReserveFund> = reserves(context).funds.iter().filter(|fund| fund.fund == kind).collect();
    let number = format!("{} {}", funds.len(), if funds.len() == 1 { "fund" } else { "funds" });
    if kind == Fund::ManagementReserve {
        return format!("{number}, for what nobody knows yet");
    }
    let (threats, without) = funds.iter().fold((0, 0), |sum, fund| (sum.0 + fund.threats.0, sum.1 + fund.threats.1));
    format!("{number}, for {threats} open threats, {without} of them without an amount")
}

fn closing(own: &dyn Fn(&str) -> String) -> String {
    let (down, back) = (format!("-{}", own("Drawdowns")), format!("-{}", own("Releases")));
    added(&[&own("Opening"), &own("Additions"), &down, &back])
}

fn short_in(context: &Context<'_>, period: Option<Period>) -> Cell {
    Cell::maybe_text(period.map(|period| context.portfolio().settings.fiscal.label(period)))
}

fn total_row(context: &Context<'_>, total: &FundTotal) -> Vec<Cell> {
    let (left, exposure) = (amount(total.remaining), amount(total.exposure));
    let mut cells = vec![
        Cell::text(capital(total.fund.word())),
        Cell::text(covers(context, total.fund)),
        Cell::text(context.currency().code()),
    ];
    cells.extend(amounts([total.opening, total.additions, total.drawdowns, total.releases]));
    let cover = over(&left, &exposure, total.coverage.err().map_or("no exposure", Undefined::reason));
    let surplus = minus(&left, &exposure);
    cells.extend([left, exposure, cover, surplus].map(Cell::new));
    cells.push(short_in(context, total.runs_short));
    cells
}

/// Each fund in its own currency, and in the reporting currency against its exposure.
#[must_use]
pub fn funds(context: &Context<'_>) -> Table {
    let own = |words: &str| this_row(FUNDS, words);
    let plain = |words: &str| Column::new(words, Kind::Number(0));
    let (left, exposure) = (this_row(FUNDS, &header(context, "Left")), this_row(FUNDS, &header(context, "Exposure")));
    let columns = vec![
        Column::text("Fund").wide(KEY).total(Total::Label("Total".into())),
        Column::new("Whose", Kind::Prose).wide(WORDS),
        Column::text("Currency"),
        plain("Opening"),
        plain("Additions"),
        plain("Drawdowns"),
        plain("Releases"),
        plain("Left, own").formula(closing(&own)).help("In the fund's own currency."),
        column(context, "Left").sum().help("At the budget rate of the as-of period."),
        column(context, "Exposure"),
        Column::new("Coverage", Kind::Ratio)
            .formula(quotient(&left, &exposure))
            .mark(Mark::Low { bad: COVER_RED, warn: COVER_AMBER }),
        column(context, "Surplus").formula(difference(&left, &exposure)).mark(Mark::Variance { more_is_good: true }),
        Column::text("Runs short in"),
        Column::new("Threats", Kind::Integer).help("Open threats that it covers."),
    ];
    let rows = reserves(context).funds.iter().map(|fund| fund_row(context, fund)).collect();
    Table::new(FUNDS, columns).keys(2).rows(rows).when_empty(NONE)
}

fn fund_row(context: &Context<'_>, fund: &ReserveFund) -> Vec<Cell> {
    let (left, exposure) = (amount(fund.remaining_reporting), amount(fund.exposure));
    let mut cells = vec![
        Cell::text(capital(fund.fund.word())),
        Cell::text(whose(context, fund.initiative.as_ref())),
        Cell::text(fund.currency.code()),
    ];
    cells.extend(amounts([fund.opening, fund.additions, fund.drawdowns, fund.releases, fund.remaining]));
    let cover = over(&left, &exposure, fund.coverage.err().map_or("no exposure", Undefined::reason));
    let surplus = minus(&left, &exposure);
    cells.extend([left, exposure, cover, surplus].map(Cell::new));
    cells.extend([short_in(context, fund.runs_short), Cell::count(fund.threats.0)]);
    cells
}

/// A curve ahead: of a kind of fund in all, or of one fund.
struct Curve<'a> {
    key: String,
    left: Measure<Money>,
    rows: &'a [ForwardRow],
}

/// The totals first, then each fund.
fn curves<'a>(context: &Context<'a>) -> Vec<Curve<'a>> {
    let reserves = reserves(context);
    let all = reserves.totals.iter().map(|total| Curve {
        key: format!("{}, all", capital(total.fund.word())),
        left: total.remaining,
        rows: &total.forward,
    });
    let each = reserves.funds.iter().map(|fund| Curve {
        key: format!("{}, {}", capital(fund.fund.word()), whose(context, fund.initiative.as_ref())),
        left: fund.remaining_reporting,
        rows: &fund.forward,
    });
    all.chain(each).filter(|curve| !curve.rows.is_empty()).collect()
}

fn forward_sheet(context: &Context<'_>) -> Sheet {
    Sheet::data("Reserve Forward", "Draws to come: what each fund has to meet, period by period")
        .subtitle(format!(
            "{}; exposure placed at the time its threats may strike; figures shown are rounded",
            context.currency()
        ))
        .about("The draws to be expected in each period ahead, and what they leave of each fund.")
        .block(forward(context))
}

fn forward(context: &Context<'_>) -> Table {
    let own = |words: &str| this_row(FORWARD, &header(context, words));
    let (fund, end) = (this_row(FORWARD, "Fund"), this_row(FORWARD, "Period end"));
    let drawn = format!(
        "SUMIFS({},{},{fund},{},\"<=\"&{end})",
        column_of(FORWARD, &header(context, "Expected draw")),
        column_of(FORWARD, "Fund"),
        column_of(FORWARD, "Period end")
    );
    let left = own("Left now");
    let clipped = |a: &str, b: &str| format!("IF(ISNUMBER({left}),MAX({a}-{b},0),\"n/a\")");
    let columns = vec![
        Column::text("Fund").wide(44),
        Column::new("Period end", Kind::Date),
        Column::text("Period"),
        column(context, "Expected draw").help("Exposure placed in the period."),
        column(context, "Drawn by then").formula(drawn),
        column(context, "Exposure ahead").help("Exposure still ahead at its end."),
        column(context, "Left now"),
        column(context, "Left by then")
            .formula(clipped(&left, &own("Drawn by then")))
            .help("If drawn as expected; nothing less than zero."),
        column(context, "Missing by then")
            .formula(clipped(&own("Drawn by then"), &left))
            .mark(Mark::High { bad: 0.0, warn: 0.0 }),
    ];
    let rows = curves(context).into_iter().flat_map(|curve| forward_rows(context, &curve)).collect();
    Table::new(FORWARD, columns).keys(3).rows(rows).when_empty("No open threat has an amount.")
}

fn forward_rows(context: &Context<'_>, curve: &Curve<'_>) -> Vec<Vec<Cell>> {
    let fiscal = &context.portfolio().settings.fiscal;
    let left = amount(curve.left);
    let mut drawn = Decimal::ZERO;
    let row = |row: &ForwardRow| {
        drawn += row.expected.amount();
        let clipped = |sign: Decimal| match &left {
            Value::Money(left) => Value::Money(((*left - drawn) * sign).max(Decimal::ZERO)),
            other => other.clone(),
        };
        vec![
            Cell::text(&curve.key),
            Value::Date(fiscal.end(row.period)).into(),
            Cell::text(row.period.to_string()),
            Value::Money(row.expected.amount()).into(),
            Value::Money(drawn).into(),
            Value::Money(row.exposure_ahead.amount()).into(),
            left.clone().into(),
            clipped(Decimal::ONE).into(),
            clipped(Decimal::NEGATIVE_ONE).into(),
        ]
    };
    curve.rows.iter().map(row).collect()
}

fn charts(context: &Context<'_>) -> Vec<Block> {
    let unit = unit(&context.money());
    let mut first = 0;
    let mut charts: Vec<Block> = Vec::new();
    let kinds = reserves(context).totals.len();
    for curve in curves(context).iter().take(kinds).filter(|curve| curve.key.ends_with(", all")) {
        let series = |words: &str, role: Role, name: &str| {
            Series::new(FORWARD, "Period end", &header(context, words), role).named(name).rows(first, curve.rows.len())
        };
        let title = format!(
            "{}: what is left if drawn as expected, and the exposure still ahead, {unit}",
            curve.key.trim_end_matches(", all")
        );
        let lines =
            vec![series("Exposure ahead", Role::Bad, "Exposure ahead"), series("Left by then", Role::Forecast, "Left, FC")];
        charts.push(Chart::new(title, ChartKind::Line, lines).alt("Lines of what is left of the fund if drawn as expected and of the exposure that still lies ahead, by period.").size(7, 280).into());
        let draws = vec![series("Expected draw", Role::Forecast, "Expected draw FC")];
        charts.push(
            Chart::new(format!("Draws to be expected by period, {unit}"), ChartKind::Columns, draws)
                .alt("Columns of the draws to be expected by period.")
                .size(5, 280)
                .into(),
        );
        first += curve.rows.len();
    }
    charts.truncate(2);
    charts
}

fn corkscrew_sheet(context: &Context<'_>) -> Sheet {
    Sheet::data("Reserve Corkscrew", "Contingency and management reserve: corkscrew of every fund")
        .subtitle("In each fund's own currency; opening + additions - drawdowns - releases = closing")
        .about("Every fund, period by period, from its opening to what is left.")
        .block(corkscrew(context))
}

fn corkscrew(context: &Context<'_>) -> Table {
    let own = |words: &str| this_row(CORKSCREW, words);
    let plain = |words: &str| Column::new(words, Kind::Number(2));
    let (fund, number) = (own("Fund"), own("No."));
    let of_before = format!("{},{fund},{},{number}-1", column_of(CORKSCREW, "Fund"), column_of(CORKSCREW, "No."));
    let before = format!("SUMIFS({},{of_before})", column_of(CORKSCREW, "Closing"));
    let check = format!(
        "IF({number}=1,\"ok\",IF(ISNUMBER({open}),IF(ROUND({open}-{before},2)=0,\"ok\",\"fault\"),\"look\"))",
        open = own("Opening")
    );
    let columns = vec![
        Column::text("Fund").wide(44),
        Column::text("Currency"),
        Column::new("Period end", Kind::Date),
        Column::text("Period"),
        Column::new("No.", Kind::Integer),
        plain("Opening"),
        plain("Additions"),
        plain("Drawdowns"),
        plain("Releases"),
        plain("Closing").formula(closing(&own)),
        verdict(check).help("Opens with what the period before closed with."),
    ];
    let funds = reserves(context).funds.iter();
    let rows = funds.flat_map(|fund| fund.corkscrew.iter().enumerate().map(|(at, row)| corkscrew_row(context, fund, at, row)));
    Table::new(CORKSCREW, columns).keys(4).rows(rows.collect()).when_empty(NONE)
}

fn corkscrew_row(context: &Context<'_>, fund: &ReserveFund, at: usize, row: &CorkscrewRow) -> Vec<Cell> {
    let before = at.checked_sub(1).and_then(|before| fund.corkscrew.get(before));
    let word = match before.map(|before| minus(&amount(row.opening), &amount(before.closing))) {
        None => "ok",
        Some(Value::Money(left)) if left.is_zero() => "ok",
        Some(Value::Money(_)) => "fault",
        Some(_) => "look",
    };
    let mut cells = vec![
        Cell::text(format!("{}, {}", capital(fund.fund.word()), whose(context, fund.initiative.as_ref()))),
        Cell::text(fund.currency.code()),
        Value::Date(context.portfolio().settings.fiscal.end(row.period)).into(),
        Cell::text(row.period.to_string()),
        Cell::count(at + 1),
    ];
    cells.extend(amounts([row.opening, row.additions, row.drawdowns, row.releases, row.closing]));
    cells.push(Cell::text(word));
    cells
}

/// Every draw with its fund.
fn draws<'a>(context: &Context<'a>) -> Vec<(&'a ReserveFund, &'a JudgedDraw)> {
    reserves(context).funds.iter().flat_map(|fund| fund.draws.iter().map(move |draw| (fund, draw))).collect()
}

fn draws_sheet(context: &Context<'_>) -> Sheet {
    Sheet::data("Drawdowns", "Drawdowns of contingency and management reserve, and what each rule says of them")
        .subtitle("Amounts in each fund's own currency. ok: the rule holds; broken: it does not; n/a: it does not apply or cannot be judged")
        .about("Every drawdown with its risk, approval and verdicts.")
        .block(draw_table(context))
}

fn draw_table(context: &Context<'_>) -> Table {
    let plain = |words: &str| Column::new(words, Kind::Number(2));
    let broken = DrawRule::ALL.iter().map(|rule| format!("IF({}=\"broken\",1,0)", this_row(DRAWS, &capital(rule.label()))));
    let mut columns = vec![
        Column::new("Date", Kind::Date),
        Column::text("Fund").wide(44),
        Column::text("Currency"),
        plain("Amount"),
        plain("Left after it"),
        Column::text("Risk"),
        plain("Drawn for the risk"),
        plain("Allocation").help("The largest cost that the register foresees for the risk."),
        Column::text("Approver"),
        Column::new("Reason", Kind::Prose).wide(40),
        Column::new("Rules broken", Kind::Integer)
            .formula(broken.collect::<Vec<_>>().join("+"))
            .mark(Mark::High { bad: 0.0, warn: 0.0 }),
    ];
    columns.extend(DrawRule::ALL.iter().map(|rule| verdict_column(rule.label())));
    let rows = draws(context).into_iter().filter_map(|(fund, draw)| draw_row(context, fund, draw)).collect();
    Table::new(DRAWS, columns).keys(2).rows(rows).when_empty("Nothing was drawn.")
}

fn approver(context: &Context<'_>, approver: Option<&Approver>) -> Cell {
    match approver {
        Some(Approver::Person(id)) => Cell::text(context.person(Some(id))),
        Some(Approver::Body(name)) => Cell::text(name),
        None => Cell::blank(),
    }
}

fn draw_row(context: &Context<'_>, fund: &ReserveFund, draw: &JudgedDraw) -> Option<Vec<Cell>> {
    let movement = context.portfolio().reserves.get(draw.movement)?;
    let broken = draw.verdicts.iter().filter(|verdict| verdict.holds == Ok(false)).count();
    let mut cells = vec![
        Cell::new(Value::Date(movement.date)).from_source(&movement.origin),
        Cell::text(format!("{}, {}", capital(fund.fund.word()), whose(context, fund.initiative.as_ref()))),
        Cell::text(fund.currency.code()),
        amount(draw.amount).into(),
        amount(draw.balance).into(),
        Cell::maybe_text(draw.risk.as_ref().map(ToString::to_string)),
        amount(draw.drawn_for_risk).into(),
        amount(draw.allocation).into(),
        approver(context, movement.approver.as_ref()),
        Cell::maybe_text(movement.reason.as_deref()),
        Cell::count(broken),
    ];
    cells.extend(draw.verdicts.iter().map(|verdict| verdict_cell(verdict.holds, &verdict.why)));
    Some(cells)
}

/// Draws that break a rule, with what speaks against them.
fn broken(context: &Context<'_>) -> Table {
    let row = |(fund, draw): (&ReserveFund, &JudgedDraw)| {
        let movement = context.portfolio().reserves.get(draw.movement)?;
        let broken = draw.verdicts.iter().filter(|verdict| verdict.holds == Ok(false));
        let (rules, why): (Vec<&str>, Vec<String>) = broken.map(|verdict| (verdict.rule.label(), sentence(&verdict.why))).unzip();
        let what = format!("{}: {}", capital(&rules.join("; ")), why.join(" "));
        Some(vec![
            Cell::text(capital(fund.fund.word())),
            Cell::text(format!("{}. {what}", whose(context, fund.initiative.as_ref()))),
            Cell::text(fund.currency.code()),
            amount(draw.amount).into(),
            Cell::new(Value::Date(movement.date)).from_source(&movement.origin),
            Cell::maybe_text(draw.risk.as_ref().map(ToString::to_string)),
        ])
    };
    let columns = vec![
        Column::text("Fund").wide(KEY),
        Column::new("What speaks against it", Kind::Prose).wide(WORDS),
        Column::text("Currency"),
        Column::new("Amount", Kind::Number(0)),
        Column::new("Date", Kind::Date),
        Column::text("Risk"),
    ];
    let rows = draws(context).into_iter().filter(|(_, draw)| !draw.is_sound()).filter_map(row).collect();
    Table::new("tbl_draws_broken", columns).rows(rows).when_empty("No draw breaks a rule.")
}

/// The total of contingency, for the Executive page.
#[must_use]
pub fn contingency<'a>(context: &Context<'a>) -> Option<&'a FundTotal> {
    reserves(context).totals.iter().find(|total| total.fund == Fund::Contingency)
}
