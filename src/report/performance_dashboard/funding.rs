//! Funding: what each source gives and pays, which periods and initiatives nothing pays for, and what is lost.

use super::context::{Context, difference, minus, over, quotient};
use super::cost_position::header;
use super::money::{added, amount, amounts, column, message, unit, verdict, words};
use crate::analysis::funding::{FundingGap, FundingPeriod, FundingPosition, InitiativeFunding, SourcePosition};
use crate::report::book::{
    Band, Block, Cell, Chart, ChartKind, Column, Kind, Mark, Note, Role, Series, Sheet, Table, Tone, Total, Value, column_of,
    this_row,
};

/// By source.
pub const SOURCES: &str = "tbl_funding_sources";
/// By period.
pub const PERIODS: &str = "tbl_funding_periods";
/// By initiative.
const INITIATIVES: &str = "tbl_funding_initiatives";
/// Widths that the tables of the page share.
const KEY: u16 = 28;
const WORDS: u16 = 45;
const NONE: &str = "Not available: no Funding table came in.";

/// The pages.
#[must_use]
pub fn sheets(context: &Context<'_>) -> Vec<Sheet> {
    let position = position(context);
    let mut sheets = vec![sheet(context)];
    if position.is_available() {
        sheets.extend([periods_sheet(context), lines_sheet(context)]);
    }
    if position.is_available() && !position.gaps.is_empty() {
        sheets.push(gaps_sheet(context));
    }
    sheets
}

fn position<'a>(context: &Context<'a>) -> &'a FundingPosition {
    &context.input.analyses.funding
}

fn sheet(context: &Context<'_>) -> Sheet {
    let sheet = Sheet::page("Funding", "Funding: what each source pays, and what nothing pays for")
        .subtitle(format!("{}; need is actual cost and what is still to come; figures shown are rounded", context.currency()))
        .about("Funding by source and initiative: windows, gaps, money that no cost needs, match.")
        .block(headline(context));
    if !position(context).is_available() {
        return sheet;
    }
    sheet
        .band(Band::of(charts(context)))
        .band(Band::headed("By source", vec![sources(context).into()]))
        .band(Band::headed("By initiative", vec![initiatives(context).into()]))
        .block(Note::plain(vec![
            "Need belongs to the sources that the current budget names for the same initiative, category and period; else any source may pay. Money tied to the initiative pays first, then what expires earliest; it pays within its window and never more than its share of a cost.".into(),
            "Which invoice a source really paid is not known here: this is the allocation by these rules.".into(),
        ]))
}

fn headline(context: &Context<'_>) -> Note {
    let position = position(context);
    if !position.is_available() {
        return message(Tone::Neutral, &[NONE.into()]);
    }
    let total = &position.total;
    let mut told = Vec::new();
    if let (Ok(funding), Ok(need)) = (total.funding, total.need) {
        told.push(format!("Sources give {}; actual cost and what is still to come need {}.", words(funding), words(need)));
    }
    let unfunded = total.unfunded.ok().filter(|money| money.minor > 0);
    told.extend(unfunded.map(|money| {
        let first = position.periods.iter().find(|each| !each.is_past && each.unfunded.is_ok_and(|money| money.minor > 0));
        let since =
            first.map_or_else(String::new, |each| format!(", from {}", context.portfolio().settings.fiscal.label(each.period)));
        format!("Nothing pays for {} of it{since}.", words(money))
    }));
    told.extend(total.unallocated.ok().filter(|money| money.minor > 0).map(|money| {
        let expiring = total.expiring.ok().filter(|money| money.minor > 0);
        let lost =
            expiring.map_or_else(String::new, |money| format!(", of which {} is lost when its window closes", words(money)));
        format!("{} of funding is needed by no cost{lost}.", words(money))
    }));
    let unmet = position.sources.iter().filter(|each| each.match_met == Ok(false)).count();
    if unmet > 0 {
        told.push(format!("{unmet} {} not matched as required.", if unmet == 1 { "source is" } else { "sources are" }));
    }
    message(if unfunded.is_some() { Tone::Warn } else { Tone::Good }, &told)
}

fn charts(context: &Context<'_>) -> Vec<Block> {
    let unit = unit(&context.money());
    let by_period = |words: &str, role: Role| Series::new(PERIODS, "Period end", &header(context, words), role).named(words);
    let by_source =
        |words: &str, role: Role, name: &str| Series::new(SOURCES, "Source", &header(context, words), role).named(name);
    let portfolio = &context.input.run.portfolio;
    let roles = position(context).periods.iter().map(|each| if each.is_past { Role::Actual } else { Role::Forecast }).collect();
    vec![
        Chart::new(
            format!("{portfolio}: need by period, funded and unfunded, {unit}"),
            ChartKind::StackedColumns,
            vec![
                by_period("Funded", Role::Actual).named("Funded: AC, then FC").row_roles(roles),
                by_period("Unfunded", Role::Bad),
            ],
        )
        .alt("Columns of need by period: what is funded, and what nothing pays for.")
        .size(7, 280)
        .into(),
        Chart::new(
            format!("Funding by source, {unit}"),
            ChartKind::StackedBars,
            vec![
                by_source("Used to date", Role::Actual, "Used to date AC"),
                by_source("To be used", Role::Forecast, "To be used FC"),
                by_source("Unallocated", Role::Previous, "Needed by no cost"),
            ],
        )
        .alt("Bars of funding by source: used to date, to be used, needed by no cost.")
        .size(5, 280)
        .into(),
    ]
}

/// By source.
#[must_use]
pub fn sources(context: &Context<'_>) -> Table {
    let own = |words: &str| this_row(SOURCES, &header(context, words));
    let words = [("met", Tone::Good), ("short", Tone::Bad)].map(|(word, tone)| (word.to_string(), tone)).to_vec();
    let columns = vec![
        Column::text("Source").wide(KEY).total(Total::Label("Total".into())),
        Column::new("Window and conditions", Kind::Prose).wide(WORDS),
        column(context, "Amount").sum().help("What its lines give, at budget rates."),
        column(context, "Need")
            .sum()
            .help("Actual cost and what is still to come that belongs to it; cost that names no source is in no line."),
        column(context, "Used to date").sum(),
        column(context, "To be used").sum().help("What it pays of cost still to come."),
        column(context, "Unallocated")
            .formula(added(&[&own("Amount"), &format!("-{}", own("Used to date")), &format!("-{}", own("To be used"))]))
            .sum()
            .help("What no cost needs: overfunded."),
        column(context, "Expiring")
            .sum()
            .mark(Mark::High { bad: 0.0, warn: 0.0 })
            .help("The part of it that is lost when its window closes."),
        Column::new("Expires on", Kind::Date),
        column(context, "Unfunded")
            .sum()
            .mark(Mark::High { bad: 0.0, warn: 0.0 })
            .help("Need that belongs to it and that nothing pays for."),
        Column::new("Match share", Kind::Percent).help("The share of each cost that it bears, where less than all."),
        column(context, "Match found").sum(),
        Column::text("Match").mark(Mark::Words(words)),
    ];
    let rows = position(context).sources.iter().map(|each| source_row(context, each)).collect();
    Table::new(SOURCES, columns).rows(rows).when_empty(NONE)
}

fn source_row(context: &Context<'_>, each: &SourcePosition) -> Vec<Cell> {
    let (used, allocated) = (amount(each.used_to_date), amount(each.allocated));
    let first = each.lines.first().and_then(|line| context.portfolio().funding.get(*line));
    let name = Cell::text(&each.source);
    let name = first.map_or(name.clone(), |line| name.from_source(&line.origin));
    let mut cells = vec![name, Cell::text(windows(context, each))];
    cells.extend(amounts([each.amount, each.need]));
    cells.extend([used.clone(), minus(&allocated, &used), amount(each.unallocated), amount(each.expiring)].map(Cell::new));
    cells.push(Cell::date(each.expires_on));
    cells.push(amount(each.unfunded).into());
    cells.push(each.match_share.map_or_else(Cell::blank, |share| Value::Number(share).into()));
    cells.push(if each.match_share.is_some() { amount(each.match_found).into() } else { Cell::blank() });
    cells.push(match (each.match_share, each.match_met) {
        (None, _) => Cell::blank(),
        (Some(_), Ok(met)) => Cell::text(if met { "met" } else { "short" }),
        (Some(_), Err(why)) => Cell::not_available(why.reason()),
    });
    cells
}

/// When each line of a source may pay, and on which conditions.
fn windows(context: &Context<'_>, each: &SourcePosition) -> String {
    let lines = each.lines.iter().filter_map(|at| position(context).lines.iter().find(|line| line.line == *at));
    let words = lines.map(|line| {
        let day = |day: crate::base::day::Day| day.format("%d %b %Y").to_string();
        let window = match (line.from, line.until) {
            (Some(from), Some(until)) => format!("{} to {}", day(from), day(until)),
            (Some(from), None) => format!("from {}", day(from)),
            (None, Some(until)) => format!("until {}", day(until)),
            (None, None) => "at any time".into(),
        };
        let conditions = context.portfolio().funding.get(line.line).and_then(|line| line.conditions.clone());
        conditions.map_or(window.clone(), |conditions| format!("{window}: {}", conditions.trim_end_matches('.')))
    });
    let words: Vec<String> = words.collect();
    if words.is_empty() { "named by budgets alone: no such line in Funding".into() } else { words.join("; ") }
}

fn initiatives(context: &Context<'_>) -> Table {
    let own = |words: &str| this_row(INITIATIVES, &header(context, words));
    let columns = vec![
        Column::text("Initiative").wide(KEY).total(Total::Label("Total".into())),
        Column::new("Paid by", Kind::Prose).wide(WORDS),
        column(context, "PL").sum().help("Current budget."),
        column(context, "Tied").sum().help("Funding that only this initiative may use."),
        column(context, "Need").sum(),
        column(context, "Funded").sum(),
        column(context, "Unfunded")
            .formula(difference(&own("Need"), &own("Funded")))
            .sum()
            .mark(Mark::High { bad: 0.0, warn: 0.0 }),
        Column::new("Funded %", Kind::Percent).formula(quotient(&own("Funded"), &own("Need"))).mark(Mark::Bar).wide(12),
    ];
    let rows = position(context).initiatives.iter().map(|each| initiative_row(context, each)).collect();
    Table::new(INITIATIVES, columns).rows(rows).when_empty("No initiative has cost or funding.")
}

fn initiative_row(context: &Context<'_>, each: &InitiativeFunding) -> Vec<Cell> {
    let (need, funded) = (amount(each.need), amount(each.funded));
    let name =
        each.initiative.as_ref().map_or_else(|| "Cost of no initiative".into(), |id| format!("{id} {}", context.name_of(id)));
    let paid: Vec<String> = each.by_source.iter().map(|(source, money)| format!("{source} {}", words(*money))).collect();
    let mut cells = vec![Cell::text(name), Cell::text(if paid.is_empty() { "nothing".into() } else { paid.join("; ") })];
    cells.extend(amounts([each.budget, each.tied]));
    cells.extend([need.clone(), funded.clone(), minus(&need, &funded), over(&funded, &need, "no need")].map(Cell::new));
    cells
}

fn periods_sheet(context: &Context<'_>) -> Sheet {
    Sheet::data("Funding by Period", "Funding by period: money that is there, and what it pays")
        .subtitle(format!(
            "{}; brought forward + opened - funded - lapsed = carried forward; figures shown are rounded",
            context.currency()
        ))
        .about("Funding and need of every period as a corkscrew, with unfunded periods and money that lapses.")
        .block(periods(context))
}

/// The corkscrew of all funding.
fn periods(context: &Context<'_>) -> Table {
    let own = |words: &str| this_row(PERIODS, &header(context, words));
    let (carried, brought) = (header(context, "Carried forward"), own("Brought forward"));
    let number = this_row(PERIODS, "No.");
    let before = format!("SUMIFS({},{},{number}-1)", column_of(PERIODS, &carried), column_of(PERIODS, "No."));
    let columns = vec![
        Column::new("Period end", Kind::Date).total(Total::Label("Total".into())),
        Column::text("Period"),
        Column::new("No.", Kind::Integer),
        column(context, "Brought forward"),
        column(context, "Opened").sum().help("Funding whose window opens."),
        column(context, "Need").sum().help("Actual cost and what is still to come, after credits."),
        column(context, "Funded").sum(),
        column(context, "Unfunded")
            .formula(difference(&own("Need"), &own("Funded")))
            .sum()
            .mark(Mark::High { bad: 0.0, warn: 0.0 }),
        column(context, "Lapsed").sum().help("Unused money whose last day lies in the period."),
        column(context, "Carried forward").formula(added(&[
            &brought,
            &own("Opened"),
            &format!("-{}", own("Funded")),
            &format!("-{}", own("Lapsed")),
        ])),
        verdict(format!("IF(ISNUMBER({brought}),IF(ROUND({brought}-{before},2)=0,\"ok\",\"fault\"),\"look\")"))
            .help("What is brought forward is what the period before carried forward."),
    ];
    let rows = position(context).periods.iter().enumerate().map(|(index, each)| period_row(context, index, each)).collect();
    Table::new(PERIODS, columns).keys(2).rows(rows).when_empty("No period has need or funding.")
}

fn period_row(context: &Context<'_>, index: usize, each: &FundingPeriod) -> Vec<Cell> {
    let (need, funded) = (amount(each.need), amount(each.funded));
    let before = index.checked_sub(1).and_then(|before| position(context).periods.get(before));
    let before = before.map_or(Value::Money(rust_decimal::Decimal::ZERO), |before| amount(before.carried_forward));
    let word = match minus(&amount(each.brought_forward), &before) {
        Value::Money(left) if left.is_zero() => "ok",
        Value::Money(_) => "fault",
        _ => "look",
    };
    vec![
        Value::Date(context.portfolio().settings.fiscal.end(each.period)).into(),
        Cell::text(each.period.to_string()),
        Cell::count(index + 1),
        amount(each.brought_forward).into(),
        amount(each.opened).into(),
        need.clone().into(),
        funded.clone().into(),
        minus(&need, &funded).into(),
        amount(each.lapsed).into(),
        amount(each.carried_forward).into(),
        Cell::text(word),
    ]
}

fn lines_sheet(context: &Context<'_>) -> Sheet {
    Sheet::data("Funding Lines", "Funding: every line with its window and what it pays")
        .subtitle(format!("{}; figures shown are rounded", context.currency()))
        .about("Every line of the Funding table with its window, conditions and use.")
        .block(lines(context))
}

fn lines(context: &Context<'_>) -> Table {
    const NAME: &str = "tbl_funding_lines";
    let own = |words: &str| this_row(NAME, &header(context, words));
    let columns = vec![
        Column::text("Source").total(Total::Label("Total".into())),
        Column::text("Initiative"),
        Column::new("From", Kind::Date),
        Column::new("Until", Kind::Date).help("The last day of its window or its expiry, whichever comes first."),
        Column::new("Over", Kind::YesNo).help("Its last day lies before the as-of date."),
        column(context, "Amount").sum(),
        column(context, "Used to date").sum(),
        column(context, "Allocated").sum(),
        column(context, "Unallocated").formula(difference(&own("Amount"), &own("Allocated"))).sum(),
        Column::new("Match share", Kind::Percent),
        Column::new("Conditions", Kind::Prose).wide(50),
    ];
    let row = |each: &crate::analysis::funding::FundingLinePosition| {
        let line = context.portfolio().funding.get(each.line)?;
        let (whole, allocated) = (amount(each.amount), amount(each.allocated));
        Some(vec![
            Cell::text(&line.source).from_source(&line.origin),
            Cell::text(line.initiative.as_ref().map_or_else(|| "any".into(), ToString::to_string)),
            Cell::date(each.from),
            Cell::date(each.until),
            Value::Bool(each.is_over).into(),
            whole.clone().into(),
            amount(each.used_to_date).into(),
            allocated.clone().into(),
            minus(&whole, &allocated).into(),
            line.match_share.map_or_else(Cell::blank, |share| Value::Number(share).into()),
            Cell::maybe_text(line.conditions.as_deref()),
        ])
    };
    let rows = position(context).lines.iter().filter_map(row).collect();
    Table::new(NAME, columns).rows(rows).when_empty(NONE)
}

fn gaps_sheet(context: &Context<'_>) -> Sheet {
    Sheet::data("Funding Gaps", "Funding: cost that nothing pays for")
        .subtitle(format!("{}; figures shown are rounded", context.currency()))
        .about("Every cost that nothing pays for, by period and initiative, with the reason.")
        .block(gaps(context))
}

fn gaps(context: &Context<'_>) -> Table {
    let columns = vec![
        Column::new("Period end", Kind::Date).total(Total::Label("Total".into())),
        Column::text("Period"),
        Column::text("Initiative"),
        Column::text("Name").wide(30),
        Column::text("Source"),
        Column::text("Timing"),
        column(context, "Unfunded").sum(),
        Column::text("Why").wide(28),
    ];
    let fiscal = &context.portfolio().settings.fiscal;
    let row = |gap: &FundingGap| {
        vec![
            Value::Date(fiscal.end(gap.period)).into(),
            Cell::text(gap.period.to_string()),
            gap.initiative.as_ref().map_or_else(|| Cell::text("(none)"), |id| context.initiative_cell(id)),
            Cell::text(gap.initiative.as_ref().map_or_else(String::new, |id| context.name_of(id))),
            Cell::text(gap.source.clone().unwrap_or_else(|| "(none named)".into())),
            Cell::text(match gap.timing {
                crate::analysis::funding::Timing::ToDate => "to date",
                crate::analysis::funding::Timing::ToCome => "to come",
            }),
            Value::Money(gap.amount.amount()).into(),
            Cell::text(gap.why.label()),
        ]
    };
    Table::new("tbl_funding_gaps", columns)
        .keys(3)
        .rows(position(context).gaps.iter().map(row).collect())
        .when_empty("Nothing is unfunded.")
}
