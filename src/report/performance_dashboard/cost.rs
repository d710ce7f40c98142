//! Cost: month, year to date, full year and whole life, budget against actual cost and outlook, by initiative and category.

use super::context::{Context, difference, figure, minus, over, quotient, sum};
use super::money::amount;
use super::pick::pick;
use super::settings;
use crate::analysis::cost::{Figures, InitiativeCost, Window, Windows};
use crate::base::money::Money;
use crate::model::initiative::Rag;
use crate::report::book::{
    Band, Cell, Chart, ChartKind, Column, Kind, Mark, Role, Series, Sheet, Table, Total, Value, column_of, header_of, this_row,
};
use crate::report::parts::message::{FIGURE, KEY, NAME, OWNER, WORDS};

/// The whole life, by initiative: the table of the tiles.
pub const LIFE: &str = "tbl_cost_life";
/// The year to date, by initiative: the table of the variances.
pub const YEAR_TO_DATE: &str = "tbl_cost_ytd";
/// By period.
const PERIODS: &str = "tbl_cost_periods";
/// Most variances on the Executive page.
const MOST: usize = 6;

/// The pages.
#[must_use]
pub fn sheets(context: &Context<'_>) -> Vec<Sheet> {
    vec![sheet(context), detail(context), periods_sheet(context)]
}

fn name_of(window: Window) -> &'static str {
    match window {
        Window::Month => "tbl_cost_month",
        Window::YearToDate => YEAR_TO_DATE,
        Window::FullYear => "tbl_cost_year",
        Window::Life => LIFE,
    }
}

fn heading(context: &Context<'_>, window: Window) -> String {
    let fiscal = &context.portfolio().settings.fiscal;
    let period = context.input.analyses.cost.period;
    match window {
        Window::Month => format!("Month: {} ({period})", fiscal.label(period)),
        Window::YearToDate => format!("Year to date: FY{}, up to {}", period.year, fiscal.label(period)),
        Window::FullYear => format!("Full year: FY{}, actual cost and what is still to come", period.year),
        Window::Life => "Whole life: all periods, actual cost and what is still to come".into(),
    }
}

fn sheet(context: &Context<'_>) -> Sheet {
    let mut sheet = Sheet::page("Cost", "Cost: budget, actual cost and forecast by initiative")
        .subtitle(format!(
            "{}; PL budget, AC actual cost, FC forecast still to come; dPL above zero is over budget; figures shown are rounded",
            context.currency()
        ))
        .about("What was budgeted, spent and is still to come: month, year to date, full year, whole life.")
        .block(chart(context));
    for window in [Window::YearToDate, Window::FullYear, Window::Month, Window::Life] {
        sheet = sheet.band(Band::headed(heading(context, window), vec![table(context, window).into()]));
    }
    sheet.band(Band::headed(format!("By category. {}", heading(context, Window::YearToDate)), vec![categories(context).into()]))
}

fn headers(context: &Context<'_>) -> [String; 5] {
    ["PL", "AC", "FC to come", "Outlook", "dPL"].map(|words| header_of(words, &context.money()))
}

/// A window by initiative.
#[must_use]
pub fn table(context: &Context<'_>, window: Window) -> Table {
    let position = &context.input.analyses.cost;
    let mut rows: Vec<Vec<Cell>> = position.initiatives.iter().map(|each| initiative_row(context, each, window)).collect();
    let unassigned = position.unassigned.of(window);
    if unassigned.actual.is_ok_and(|money| money.minor != 0) {
        let mut row = vec![Cell::text("(none)"), Cell::text("Unassigned: no initiative on the line")];
        row.extend(figures(context, unassigned, window));
        row.extend([Cell::blank(), Cell::blank(), Cell::blank()]);
        rows.push(row);
    }
    let name = name_of(window);
    let mut columns = vec![Column::text("Initiative").total(Total::Label("Total".into())), Column::text("Name").wide(30)];
    columns.extend(figure_columns(context, name, window, &rows, 2));
    columns.extend([
        Column::new("Commentary", Kind::Prose).wide(60),
        Column::text("Owner"),
        Column::new("Owner on schedule", Kind::Prose).wide(40).detail(),
    ]);
    Table::new(name, columns).keys(2).rows(rows).when_empty("No initiative has cost.")
}

/// Budget, actual cost, what is to come, outlook, variance and its share, as live formulas.
fn figure_columns(context: &Context<'_>, name: &str, window: Window, rows: &[Vec<Cell>], first: usize) -> Vec<Column> {
    let kind = context.money();
    let names = headers(context);
    let own = |index: usize| this_row(name, &names[index]);
    let stands = if window.looks_ahead() { own(3) } else { own(1) };
    let share_total = {
        let (top, bottom) = (column_of(name, &names[4]), column_of(name, &names[0]));
        let total = |index: usize| sum(rows.iter().map(|row| &row[first + index].value));
        let text = quotient(&format!("SUM({top})"), &format!("SUM({bottom})"));
        Total::Formula { text, value: over(&total(4), &total(0), "no budget") }
    };
    vec![
        Column::new("PL", kind.clone()).sum().help("Budget of the window's periods."),
        Column::new("AC", kind.clone()).sum().help("Actual cost: actuals, accruals and reversals posted by the as-of date."),
        Column::new("FC to come", kind.clone()).sum().help("Forecast of what is still to come in the window."),
        Column::new("Outlook", kind.clone())
            .formula(format!("IF(COUNT({a},{b})=2,{a}+{b},\"n/a\")", a = own(1), b = own(2)))
            .sum()
            .help("Actual cost and what is still to come."),
        Column::new("dPL", kind)
            .formula(difference(&stands, &own(0)))
            .sum()
            .mark(Mark::Variance { more_is_good: false })
            .help(if window.looks_ahead() { "Outlook less budget." } else { "Actual cost less budget." }),
        Column::new("dPL %", Kind::Percent)
            .formula(quotient(&own(4), &own(0)))
            .total(share_total)
            .mark(Mark::VarianceBar { more_is_good: false })
            .wide(18),
        Column::new("RAG", Kind::Rag)
            .formula(rag_formula(&own(0), &stands))
            .help("Budget over what stands against it, by the limits of indices."),
    ]
}

fn rag_formula(budget: &str, stands: &str) -> String {
    let judged = format!(
        "IF({budget}/{stands}>={},\"G\",IF({budget}/{stands}<{},\"R\",\"A\"))",
        settings::INDEX_GREEN,
        settings::INDEX_RED
    );
    format!("IF(COUNT({budget},{stands})=2,IF({stands}>0,{judged},\"n/a\"),\"n/a\")")
}

/// As `rag_formula` rates it.
fn rated(context: &Context<'_>, budget: &Value, stands: &Value) -> Value {
    let limits = &context.portfolio().settings.thresholds;
    match (figure(budget), figure(stands)) {
        (Some(budget), Some(stands)) if stands > 0.0 => Value::Rag(match budget / stands {
            index if index >= limits.index_green => Rag::Green,
            index if index < limits.index_red => Rag::Red,
            _ => Rag::Amber,
        }),
        (Some(_), Some(_)) => Value::NotAvailable("nothing spent in these periods".into()),
        _ => Value::NotAvailable("no budget or no actual cost to compare".into()),
    }
}

fn figures(context: &Context<'_>, figures: &Figures, window: Window) -> Vec<Cell> {
    let (budget, actual, to_come) = (amount(figures.budget), amount(figures.actual), amount(figures.to_come));
    let outlook = match (&actual, &to_come) {
        (Value::Money(a), Value::Money(b)) => Value::Money(a + b),
        (Value::NotAvailable(why), _) | (_, Value::NotAvailable(why)) => Value::NotAvailable(why.clone()),
        _ => Value::Blank,
    };
    let stands = if window.looks_ahead() { &outlook } else { &actual };
    let variance = minus(stands, &budget);
    let share = over(&variance, &budget, "no budget in these periods");
    let rag = rated(context, &budget, stands);
    [budget, actual, to_come, outlook, variance, share, rag].map(Cell::new).to_vec()
}

fn initiative_row(context: &Context<'_>, each: &InitiativeCost, window: Window) -> Vec<Cell> {
    let mut row = vec![context.initiative_cell(&each.initiative), Cell::text(context.name_of(&each.initiative))];
    row.extend(figures(context, each.reporting.of(window), window));
    let owner = context.portfolio().initiative(&each.initiative).and_then(|initiative| initiative.owner.as_ref());
    row.extend([
        commentary(context, each),
        Cell::text(context.person(owner)),
        Cell::maybe_text(context.words(&each.initiative, "schedule")),
    ]);
    row
}

/// The owner's words on cost, else on the whole, else that they are asked for.
fn commentary(context: &Context<'_>, each: &InitiativeCost) -> Cell {
    if !each.commentary.is_empty() {
        return Cell::text(each.commentary.join(" "));
    }
    if each.commentary_needed {
        return Cell::text(
            "COMMENTARY ASKED FOR: the variance of the year to date passes the limit and the owner has given no words.",
        );
    }
    Cell::maybe_text(context.words(&each.initiative, "overall").map(|words| format!("On the whole: {words}")))
}

fn categories(context: &Context<'_>) -> Table {
    let name = "tbl_cost_category";
    let rows: Vec<Vec<Cell>> = context
        .input
        .analyses
        .cost
        .categories
        .iter()
        .map(|(category, windows)| category_row(context, category, windows))
        .collect();
    let mut columns = vec![Column::text("No.").total(Total::Label("Total".into())), Column::text("Category").wide(30)];
    columns.extend(figure_columns(context, name, Window::YearToDate, &rows, 2));
    let rows = rows.into_iter().enumerate().map(|(index, mut row)| {
        row[0] = Cell::text(format!("{}", index + 1));
        row
    });
    Table::new(name, columns).keys(2).rows(rows.collect()).when_empty("No category has cost.")
}

fn category_row(context: &Context<'_>, category: &str, windows: &Windows) -> Vec<Cell> {
    let shown = if category.is_empty() { "(none given)" } else { category };
    let mut row = vec![Cell::blank(), Cell::text(shown)];
    row.extend(figures(context, windows.of(Window::YearToDate), Window::YearToDate));
    row
}

/// By initiative and category, in a sheet of its own.
fn detail(context: &Context<'_>) -> Sheet {
    let name = "tbl_cost_detail";
    let mut rows = Vec::new();
    for each in &context.input.analyses.cost.initiatives {
        for (category, windows) in &each.categories {
            for window in Window::ALL {
                let mut row = vec![
                    context.initiative_cell(&each.initiative),
                    Cell::text(context.name_of(&each.initiative)),
                    Cell::text(if category.is_empty() { "(none given)" } else { category }),
                    Cell::text(window.label()),
                ];
                row.extend(figures(context, windows.of(window), window));
                rows.push(row);
            }
        }
    }
    let names = headers(context);
    let own = |index: usize| this_row(name, &names[index]);
    let window = this_row(name, "Window");
    let ahead = format!("OR({window}=\"{}\",{window}=\"{}\")", Window::FullYear.label(), Window::Life.label());
    let variance = format!("IF({ahead},{},{})", difference(&own(3), &own(0)), difference(&own(1), &own(0)));
    let mut columns =
        vec![Column::text("Initiative"), Column::text("Name").wide(30), Column::text("Category"), Column::text("Window")];
    let mut figures = figure_columns(context, name, Window::Life, &[], 4);
    for column in &mut figures {
        column.total = Total::None;
    }
    figures[4].formula = Some(variance);
    let stands = format!("IF({ahead},{},{})", own(3), own(1));
    figures[6].formula = Some(rag_formula(&own(0), &stands));
    figures[4].help = Some("Outlook less budget for the full year and the whole life; else actual cost less budget.".into());
    columns.extend(figures);
    Sheet::data("Cost Detail", "Cost by initiative, category and window")
        .subtitle(format!("{}; filter by window: windows overlap and are not added to one another", context.currency()))
        .about("Every initiative's cost by category and window.")
        .block(Table::new(name, columns).keys(2).rows(rows).when_empty("No initiative has cost."))
}

/// By period: the series of the chart.
fn periods(context: &Context<'_>) -> Table {
    let position = &context.input.analyses.cost;
    let kind = context.money();
    let fiscal = &context.portfolio().settings.fiscal;
    let money = |minor: Option<i64>| {
        minor.map_or_else(Cell::blank, |minor| Value::Money(Money::new(minor, position.currency).amount()).into())
    };
    let rows = position.periods.iter().map(|each| {
        let ahead = each.period > position.period;
        vec![
            Value::Date(fiscal.end(each.period)).into(),
            Cell::text(each.period.to_string()),
            money(each.amounts.budget()),
            if ahead { Cell::blank() } else { money(each.amounts.actual) },
            if ahead { money(each.amounts.forecast) } else { Cell::blank() },
        ]
    });
    let columns = vec![
        Column::new("Period end", Kind::Date).total(Total::Label("Total".into())),
        Column::text("Period"),
        Column::new("PL", kind.clone()).sum(),
        Column::new("AC", kind.clone()).sum(),
        Column::new("FC", kind).sum().help("Forecast of later periods."),
    ];
    Table::new(PERIODS, columns).rows(rows.collect()).when_empty("No period has money.")
}

fn periods_sheet(context: &Context<'_>) -> Sheet {
    Sheet::data("Cost by Period", "Cost by period")
        .subtitle(format!("{}; AC up to the as-of period, FC after it", context.currency()))
        .about("Budget, actual cost and forecast of the portfolio by period.")
        .block(periods(context))
}

fn chart(context: &Context<'_>) -> Chart {
    let kind = context.money();
    let series =
        |words: &str, role: Role, name: &str| Series::new(PERIODS, "Period end", &header_of(words, &kind), role).named(name);
    let bars = vec![
        series("PL", Role::Plan, "Budget PL"),
        series("AC", Role::Actual, "Actual cost AC"),
        series("FC", Role::Forecast, "Forecast FC"),
    ];
    let unit = header_of("", &kind);
    let title = format!("{}: budget, actual cost and forecast by period {}", context.input.run.portfolio, unit.trim());
    Chart::new(title, ChartKind::Columns, bars)
        .alt("Columns of budget, actual cost and forecast by fiscal period; actual cost up to the as-of period, forecast after it.")
        .size(12, 280)
}

/// The largest variances of the year to date, with the owners' words.
#[must_use]
pub fn few(context: &Context<'_>, detail: &Table) -> Table {
    let size = |row: usize| figure(&detail.rows[row][6].value).unwrap_or(0.0).abs();
    let mut rows: Vec<usize> = (0..detail.rows.len()).filter(|row| size(*row) > 0.0).collect();
    rows.sort_by(|a, b| size(*b).total_cmp(&size(*a)).then(a.cmp(b)));
    rows.truncate(MOST);
    let names = headers(context);
    let money = |words: &str, header: &str| (Column::new(words, context.money()).wide(FIGURE), header.to_string());
    let (words, header) = money("dPL", &names[4]);
    let shown = vec![
        (Column::new("Name", Kind::Prose).wide(NAME), "Name".to_string()),
        (Column::new("RAG", Kind::Rag), "RAG".into()),
        money("PL", &names[0]),
        money("AC", &names[1]),
        (words.mark(Mark::Variance { more_is_good: false }), header),
        (Column::new("dPL %", Kind::Percent).wide(FIGURE), "dPL %".into()),
        (Column::new("Owner's commentary on cost", Kind::Prose).wide(WORDS), "Commentary".into()),
        (Column::new("Owner on schedule", Kind::Prose).wide(WORDS), "Owner on schedule".into()),
        (Column::new("Owner", Kind::Prose).wide(OWNER), "Owner".into()),
    ];
    pick("tbl_exec_variances", Column::new("Initiative", Kind::Prose).wide(KEY), detail, &rows, shown)
        .when_empty("No variance to show.")
}
