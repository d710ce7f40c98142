//! Cost position: from the original budget to the estimate at completion and what is still available, by every dimension
//! in which the tables tell it; each dimension adds up to the same totals.

use super::context::{Context, difference, minus, over, quotient, sum};
use super::money::{added, amount, amounts, column, column_sum, message, verdict, words};
use super::{cost_bridge, cost_trend};
use crate::analysis::cost::{Dimension, PositionGroup, PositionLine};
use crate::base::id::InitiativeId;
use crate::base::number;
use crate::report::book::{
    Band, Cell, Column, Kind, Mark, Note, Sheet, Table, Tone, Total, Value, column_of, header_of, this_row,
};

/// By initiative: the table of the tiles.
pub const TABLE: &str = "tbl_position";
/// Each dimension against the first.
pub const CONTROL: &str = "tbl_position_control";

/// The pages.
#[must_use]
pub fn sheets(context: &Context<'_>) -> Vec<Sheet> {
    vec![
        sheet(context),
        cost_bridge::sheet(context),
        data(context, Dimension::WorkPackage, "Cost by Work Package", "Cost position by work package"),
        data(context, Dimension::Period, "Position by Period", "Cost position by period"),
        cost_trend::sheet(context),
    ]
}

const fn name_of(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Initiative => TABLE,
        Dimension::WorkPackage => "tbl_position_work",
        Dimension::Category => "tbl_position_category",
        Dimension::Expenditure => "tbl_position_expenditure",
        Dimension::FundingSource => "tbl_position_funding",
        Dimension::Period => "tbl_position_period",
    }
}

fn sheet(context: &Context<'_>) -> Sheet {
    let currency = context.currency();
    let mut sheet = Sheet::page("Cost Position", "Cost position: from the original budget to the estimate at completion")
        .subtitle(format!(
            "{currency}; PL current budget, AC actual cost, EAC = AC + on order + forecast beyond orders; dPL above zero is over budget; figures shown are rounded"
        ))
        .about("Original and current budget, actual cost, orders, forecast, estimate at completion and what is available, by every dimension.")
        .block(headline(context))
        .band(Band::of(vec![cost_bridge::bridge(context, 12).into()]))
        .band(Band::of(vec![cost_bridge::absolute(context).into(), cost_bridge::relative(context).into()]))
        .band(Band::headed("By initiative", vec![table(context, Dimension::Initiative).into()]).on_new_page());
    for (heading, dimension) in [
        ("By category", Dimension::Category),
        ("Capital and operating", Dimension::Expenditure),
        ("By funding source", Dimension::FundingSource),
    ] {
        sheet = sheet.band(Band::headed(heading, vec![table(context, dimension).into()]));
    }
    sheet
        .band(Band::headed("Control: every dimension adds up to the same totals", vec![control(context).into()]))
        .block(Note::plain(basis(context)))
}

fn basis(context: &Context<'_>) -> Vec<String> {
    let holds = if context.portfolio().settings.finance.forecast_holds_orders {
        "The forecast to come counts orders first, by initiative and category; what it holds beyond them is the forecast beyond orders."
    } else {
        "By the settings the forecast holds no orders: all of it counts beyond them."
    };
    let untold: Vec<&str> =
        Dimension::ALL.into_iter().filter(|dimension| !is_told(context, *dimension)).map(Dimension::label).collect();
    let mut notes = vec![
        "Basis: budgets and forecast at budget rates, actual cost at the average rate of its period, orders as a balance at the closing rate.".into(),
        holds.into(),
    ];
    if !untold.is_empty() {
        notes.push(format!(
            "No variance by {}: budgets tell it, and actual cost, orders or forecast stand under (none given) because their lines do not.",
            untold.join(", ")
        ));
    }
    notes
}

/// What a reader should take from the page.
fn headline(context: &Context<'_>) -> Note {
    let Some(group) = group(context, Dimension::Initiative) else {
        return message(Tone::Neutral, &["Not available: no budget, ledger or forecast came in.".into()]);
    };
    let all = &group.total;
    let (Ok(estimate), Ok(budget), Ok(variance)) = (all.estimate_at_completion, all.budget, all.variance) else {
        let why = all.variance.err().map_or("", crate::analysis::measure::Undefined::reason);
        return message(Tone::Neutral, &[format!("No estimate at completion against budget: {why}.")]);
    };
    let share =
        number::ratio(variance.amount(), budget.amount()).map_or_else(String::new, |share| format!(" ({:+.1}%)", share * 100.0));
    let way = if variance.minor > 0 { "over" } else { "under" };
    let mut told = vec![format!(
        "The portfolio is estimated to end at {}, {}{share} {way} its current budget of {}.",
        words(estimate),
        words(variance),
        words(budget)
    )];
    told.extend(worst(context, group));
    told.extend(all.available.ok().map(|available| {
        if available.minor >= 0 {
            format!("{} of the budget is neither spent nor on order.", words(available))
        } else {
            format!("Spent and on order are {} above the budget.", words(available))
        }
    }));
    message(if variance.minor > 0 { Tone::Warn } else { Tone::Good }, &told)
}

/// The initiative that is most over its budget.
fn worst(context: &Context<'_>, group: &PositionGroup) -> Option<String> {
    let named = group.lines.iter().filter(|(label, _)| !label.is_empty());
    let over = named.filter_map(|(label, line)| Some((label, line.variance.ok().filter(|variance| variance.minor > 0)?)));
    let (label, variance) = over.max_by_key(|(_, variance)| variance.minor)?;
    Some(format!("Most of all {label} {}: {} over.", context.name_of(&InitiativeId::new(label)), words(variance)))
}

fn group<'a>(context: &Context<'a>, dimension: Dimension) -> Option<&'a PositionGroup> {
    context.input.analyses.cost.groups.iter().find(|group| group.dimension == dimension)
}

fn data(context: &Context<'_>, dimension: Dimension, name: &str, title: &str) -> Sheet {
    let about = match dimension {
        Dimension::Period => "The cost position of every period; orders name no period and stand in a line of their own.",
        _ => "The cost position of every work package: the first level of each initiative's WBS.",
    };
    Sheet::data(name, title)
        .subtitle(format!(
            "{}; PL current budget, AC actual cost, EAC estimate at completion; figures shown are rounded",
            context.currency()
        ))
        .about(about)
        .block(table(context, dimension))
}

/// The position by a dimension.
#[must_use]
pub fn table(context: &Context<'_>, dimension: Dimension) -> Table {
    let name = name_of(dimension);
    let lines = group(context, dimension).map_or(&[][..], |group| &group.lines);
    let rows = lines.iter().enumerate().map(|(index, (label, line))| {
        let mut row = keys(context, dimension, index, label);
        row.extend(figures(line, dimension));
        row
    });
    let mut rows: Vec<Vec<Cell>> = rows.collect();
    let (first, second) = headings(dimension);
    let mut columns = vec![Column::text(first).total(Total::Label("Total".into())), Column::text(second).wide(30)];
    columns.extend(figure_columns(context, name, dimension, &rows));
    if !is_told(context, dimension) {
        columns.truncate(columns.len() - JUDGED);
        for row in &mut rows {
            row.truncate(columns.len());
        }
    }
    Table::new(name, columns).keys(2).rows(rows).when_empty("Not available: no budget, ledger or forecast came in.")
}

/// The last columns compare a line's cost with its budget: available, dPL, dPL %.
const JUDGED: usize = 3;
/// The largest share of the estimate at completion without a label at which lines are still compared with their budgets.
const MOST_UNTOLD: f64 = 0.05;

/// True where cost and forecast tell the dimension, as budgets do: else a line's variance would only say that they do not.
fn is_told(context: &Context<'_>, dimension: Dimension) -> bool {
    if matches!(dimension, Dimension::Initiative | Dimension::Period) {
        return true;
    }
    let Some(group) = group(context, dimension) else { return true };
    let untold = group.lines.iter().find(|(label, _)| label.is_empty()).and_then(|(_, line)| line.estimate_at_completion.ok());
    let share = untold.and_then(|untold| number::ratio(untold.amount(), group.total.estimate_at_completion.ok()?.amount()));
    share.is_none_or(|share| share.abs() <= MOST_UNTOLD)
}

const fn headings(dimension: Dimension) -> (&'static str, &'static str) {
    match dimension {
        Dimension::Initiative => ("Initiative", "Name"),
        Dimension::WorkPackage => ("Work package", "Name"),
        Dimension::Category => ("No.", "Category"),
        Dimension::Expenditure => ("No.", "Capital or operating"),
        Dimension::FundingSource => ("No.", "Funding source"),
        Dimension::Period => ("Period", "Month"),
    }
}

/// What identifies a line.
fn keys(context: &Context<'_>, dimension: Dimension, index: usize, label: &str) -> Vec<Cell> {
    let none = |words: &str| vec![Cell::text("(none)"), Cell::text(words)];
    match (dimension, label) {
        (Dimension::Initiative, "") => none("Unassigned: no initiative on the line"),
        (Dimension::WorkPackage, "") => none("No work package on the line"),
        (Dimension::Period, "") => none("Orders above the forecast: they name no period"),
        (Dimension::Initiative, id) => {
            let id = InitiativeId::new(id);
            vec![context.initiative_cell(&id), Cell::text(context.name_of(&id))]
        }
        (Dimension::WorkPackage, label) => vec![Cell::text(label), Cell::text(work_name(context, label))],
        (Dimension::Period, label) => vec![Cell::text(label), Cell::text(month(context, label))],
        (Dimension::Expenditure, "capex") => numbered(index, "Capital (capex)"),
        (Dimension::Expenditure, "opex") => numbered(index, "Operating (opex)"),
        (_, "") => numbered(index, "(none given)"),
        (_, label) => numbered(index, label),
    }
}

fn numbered(index: usize, words: &str) -> Vec<Cell> {
    vec![Cell::text(format!("{}", index + 1)), Cell::text(words)]
}

/// The name of the row of the work breakdown structure; that of the initiative where there is none.
fn work_name(context: &Context<'_>, label: &str) -> String {
    let Some((id, work)) = label.split_once(' ') else { return String::new() };
    let found = context.portfolio().activities.iter().find(|each| each.key.initiative.as_str() == id && each.wbs == work);
    found.map_or_else(|| context.name_of(&InitiativeId::new(id)), |each| each.name.clone())
}

fn month(context: &Context<'_>, label: &str) -> String {
    let fiscal = &context.portfolio().settings.fiscal;
    let found = context.input.analyses.cost.periods.iter().find(|each| each.period.to_string() == label);
    found.map_or_else(String::new, |each| fiscal.label(each.period))
}

const FIGURES: [&str; 11] = [
    "Original",
    "Changes",
    "PL",
    "AC",
    "Of which accrued",
    "On order",
    "FC to come",
    "FC beyond orders",
    "EAC",
    "Available",
    "dPL",
];

/// The header of a figure.
#[must_use]
pub fn header(context: &Context<'_>, words: &str) -> String {
    header_of(words, &context.money())
}

/// A figure's words on the page of a dimension: orders name no period, so that there they stand above the forecast.
fn shown(words: &'static str, dimension: Dimension) -> &'static str {
    match (words, dimension) {
        ("FC beyond orders", Dimension::Period) => "Orders above FC",
        _ => words,
    }
}

fn figure_columns(context: &Context<'_>, name: &str, dimension: Dimension, rows: &[Vec<Cell>]) -> Vec<Column> {
    let own = |words: &'static str| this_row(name, &header(context, shown(words, dimension)));
    let committed = if dimension == Dimension::Period { own("FC to come") } else { own("On order") };
    let formula = |words: &str| match words {
        "PL" => Some(added(&[&own("Original"), &own("Changes")])),
        "EAC" => Some(added(&[&own("AC"), &committed, &own("FC beyond orders")])),
        "Available" => Some(added(&[&own("PL"), &format!("-{}", own("AC")), &format!("-{}", own("On order"))])),
        "dPL" => Some(difference(&own("EAC"), &own("PL"))),
        _ => None,
    };
    let whole = Whole { context, name, rows };
    let figure = |words: &&'static str| {
        let column = column(context, shown(words, dimension)).sum().help(help(shown(words, dimension)));
        let column = match formula(words) {
            Some(text) => column.formula(text),
            None => column,
        };
        match *words {
            "dPL" => column.total(whole.of(&["EAC", "-PL"])).mark(Mark::Variance { more_is_good: false }),
            "Available" => column.total(whole.of(&["PL", "-AC", "-On order"])).mark(Mark::Low { bad: 0.0, warn: 0.0 }),
            _ => column,
        }
    };
    let mut columns: Vec<Column> = FIGURES.iter().map(figure).collect();
    columns.push(share_column(&whole));
    columns
}

/// Totals that follow from other totals: cost without a budget counts in them, though its own line has no variance.
struct Whole<'w> {
    context: &'w Context<'w>,
    name: &'w str,
    rows: &'w [Vec<Cell>],
}

impl Whole<'_> {
    fn formula(&self, words: &str) -> String {
        format!("SUM({})", column_of(self.name, &header(self.context, words)))
    }

    fn value(&self, words: &str) -> Value {
        let at = FIGURES.iter().position(|each| *each == words).unwrap_or(0) + 2;
        sum(self.rows.iter().map(|row| &row[at].value))
    }

    /// True where any line has a budget.
    fn has_budget(&self) -> bool {
        self.rows.iter().any(|row| matches!(row[4].result(), Value::Money(_)))
    }

    /// The first, less the others, which begin with `-`.
    fn sum(&self, parts: &[&str]) -> (String, Value) {
        let budgets = column_of(self.name, &header(self.context, "PL"));
        let text = parts.iter().fold(String::new(), |text, part| match part.strip_prefix('-') {
            Some(words) => format!("{text}-{}", self.formula(words)),
            None => text + &self.formula(part),
        });
        let value =
            parts.iter().skip(1).fold(self.value(parts[0]), |left, part| minus(&left, &self.value(part.trim_start_matches('-'))));
        let value = if self.has_budget() { value } else { Value::NotAvailable("no budget".into()) };
        (format!("IF(COUNT({budgets})>0,ROUND({text},4),\"n/a\")"), value)
    }

    fn of(&self, parts: &[&str]) -> Total {
        let (text, value) = self.sum(parts);
        Total::Formula { text, value }
    }
}

/// dPL as a share of the budget, with the whole's share below.
fn share_column(whole: &Whole<'_>) -> Column {
    let (_, variance) = whole.sum(&["EAC", "-PL"]);
    let (estimate, budget) = (whole.formula("EAC"), whole.formula("PL"));
    let text = format!("IF({budget}<>0,({estimate}-{budget})/{budget},\"n/a\")");
    let own = |words: &str| this_row(whole.name, &header(whole.context, words));
    Column::new("dPL %", Kind::Percent)
        .formula(quotient(&own("dPL"), &own("PL")))
        .total(Total::Formula { text, value: over(&variance, &whole.value("PL"), "no budget") })
        .mark(Mark::VarianceBar { more_is_good: false })
        .wide(14)
}

fn help(words: &str) -> &'static str {
    match words {
        "Original" => "Budget of the version that counts, at budget rates.",
        "Changes" => "Approved budget changes: increases, decreases, virements and re-phasing.",
        "PL" => "Current budget: original and approved changes.",
        "AC" => "Actual cost posted by the as-of date, accruals included, at average rates.",
        "Of which accrued" => "The part of actual cost that is accrued and not yet invoiced.",
        "On order" => "Orders placed and neither invoiced nor released, at the closing rate.",
        "FC to come" => "Forecast of later periods; in a period that the as-of date cuts, what it has above its actual cost.",
        "Orders above FC" => "What orders hold above the forecast to come; they name no period.",
        "FC beyond orders" => "What the forecast to come holds beyond what is on order.",
        "EAC" => "Estimate at completion: actual cost, what is on order, and the forecast beyond orders.",
        "Available" => "Current budget less actual cost and orders.",
        _ => "Estimate at completion less current budget; above zero is over budget.",
    }
}

fn figures(line: &PositionLine, dimension: Dimension) -> Vec<Cell> {
    let mut cells =
        amounts([line.original, line.changes, line.budget, line.actual, line.accrued, line.commitments, line.to_come]);
    let (estimate, budget) = (amount(line.estimate_at_completion), amount(line.budget));
    let beyond = match dimension {
        Dimension::Period => minus(&minus(&estimate, &amount(line.actual)), &amount(line.to_come)),
        _ => amount(line.uncommitted),
    };
    let variance = amount(line.variance);
    let share = over(&variance, &budget, "no budget");
    cells.extend([beyond, estimate, amount(line.available), variance, share].map(Cell::new));
    cells
}

/// Totals of every dimension against those by initiative.
fn control(context: &Context<'_>) -> Table {
    let parts = ["PL", "AC", "On order", "EAC"];
    let own = |words: &str| this_row(CONTROL, &header(context, words));
    let by_initiative = table(context, Dimension::Initiative);
    let first = |words: &str| format!("SUM({})", column_of(TABLE, &header(context, words)));
    let residual: Vec<String> = parts.iter().map(|words| format!("ABS({}-{})", own(words), first(words))).collect();
    let mut columns = vec![Column::text("No."), Column::text("Dimension").wide(30), Column::new("Lines", Kind::Integer)];
    columns.extend(parts.iter().map(|words| column(context, words)));
    columns.push(Column::new("Lines without EAC", Kind::Integer).help("A line without an estimate is in no sum of EAC."));
    columns.push(column(context, "Residual").formula(format!("ROUND({},2)", residual.join("+"))));
    columns.push(verdict(format!(
        "IF({}=0,\"ok\",IF({}+{}>0,\"look\",\"fault\"))",
        own("Residual"),
        this_row(CONTROL, "Lines without EAC"),
        format_args!("COUNTIF({},\"n/a\")", column_of(TABLE, &header(context, "EAC")))
    )));
    let rows =
        Dimension::ALL.iter().enumerate().map(|(index, dimension)| control_row(context, index, *dimension, &by_initiative));
    Table::new(CONTROL, columns).keys(2).rows(rows.collect())
}

fn control_row(context: &Context<'_>, index: usize, dimension: Dimension, first: &Table) -> Vec<Cell> {
    let parts = ["PL", "AC", "On order", "EAC"].map(|words| header(context, words));
    let of = table(context, dimension);
    let missing = |table: &Table| {
        let at = table.position(&parts[3]).unwrap_or(0);
        table.rows.iter().filter(|row| matches!(row[at].result(), Value::NotAvailable(_))).count()
    };
    let mut row = numbered(index, dimension.label());
    row.push(Cell::count(of.rows.len()));
    row.extend(
        parts.iter().map(|header| Cell::formula(format!("SUM({})", column_of(&of.name, header)), column_sum(&of, header))),
    );
    let without = format!("COUNTIF({},\"n/a\")", column_of(&of.name, &parts[3]));
    row.push(Cell::formula(without, Value::Integer(i64::try_from(missing(&of)).unwrap_or(0))));
    let differences = parts.iter().map(|header| match minus(&column_sum(&of, header), &column_sum(first, header)) {
        Value::Money(amount) => amount.abs(),
        _ => rust_decimal::Decimal::ZERO,
    });
    let residual: rust_decimal::Decimal = differences.sum();
    let word = if residual.is_zero() {
        "ok"
    } else if missing(&of) + missing(first) > 0 {
        "look"
    } else {
        "fault"
    };
    row.extend([Value::Money(residual).into(), Cell::text(word)]);
    row
}
