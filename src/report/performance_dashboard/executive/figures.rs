//! The headline figures: what each is, the formula over the tables behind it, its rating, and where it leads.

use crate::base::finding::Severity;
use crate::model::initiative::Rag;
use crate::report::book::{Book, Cell, Good, Kind, Link, Table, Tile, Value, column_of, header_of};
use crate::report::headline::Unit;
use crate::report::parts::Headlined;
use crate::report::performance_dashboard::context::{Context, figure, over, quotient, sum};
use crate::report::performance_dashboard::{
    about, benefits, cost, curve, decisions, earned_value, initiatives, milestones, people, risks,
};

/// A column of a table of the book: its name in formulas, its values.
pub(super) struct Source<'b> {
    pub(super) name: String,
    values: Vec<&'b Value>,
}

impl<'b> Source<'b> {
    pub(super) fn of(detail: &'b Book, table: &str, header: &str) -> Self {
        let found: Option<(&Table, usize)> = detail.table(table).and_then(|table| Some((table, table.position(header)?)));
        let values = found.map(|(table, at)| table.rows.iter().map(|row| row[at].result()).collect()).unwrap_or_default();
        Self { name: column_of(table, header), values }
    }

    pub(super) fn sum(&self) -> Value {
        sum(self.values.iter().copied())
    }

    /// True where any row has a figure.
    pub(super) fn is_known(&self) -> bool {
        self.values.iter().any(|value| figure(value).is_some())
    }

    /// The sum as a live cell; `n/a` where no row has a figure.
    pub(super) fn total(&self, reason: &str) -> Cell {
        if self.is_known() { Cell::formula(format!("SUM({})", self.name), self.sum()) } else { Cell::not_available(reason) }
    }

    fn count(&self, test: impl Fn(&Value) -> bool) -> i64 {
        i64::try_from(self.values.iter().filter(|value| test(value)).count()).unwrap_or(i64::MAX)
    }
}

/// Every headline figure, in reading order.
#[must_use]
pub fn all(context: &Context<'_>, detail: &Book) -> Vec<Headlined> {
    let mut all = super::money::tiles(context, detail);
    all.push(finish(context, detail));
    all.extend(indices(context, detail));
    all.push(late_milestones(context, detail));
    all.push(realised(context, detail));
    all.push(double_bookings(context, detail));
    all.push(overdue_decisions(context, detail));
    all.push(errors(context));
    all
}

/// Figures that the next run compares with, and that stand on pages of their own.
#[must_use]
pub fn behind(context: &Context<'_>, detail: &Book) -> Vec<Headlined> {
    let mut all = money(context, detail);
    all.push(exposure(context, detail));
    all
}

fn to_table(table: &str) -> Link {
    Link::Table { table: table.into(), row: None }
}

/// A share in whole per cent.
fn share(a: &Value, b: &Value) -> Option<f64> {
    Some(figure(a)? / figure(b).filter(|b| *b != 0.0)?)
}

fn money(context: &Context<'_>, detail: &Book) -> Vec<Headlined> {
    let column = |words: &str| Source::of(detail, cost::LIFE, &header_of(words, &context.money()));
    let (budget, actual, outlook) = (column("PL"), column("AC"), column("Outlook"));
    let of_budget = |value: &Value| {
        share(value, &budget.sum()).map_or_else(|| "no budget".into(), |share| format!("{:.0}% of budget", share * 100.0))
    };
    let known = outlook.count(|value| figure(value).is_some());
    let rows = outlook.values.len();
    let covers =
        if usize::try_from(known).is_ok_and(|known| known < rows) { format!(", {known} of {rows} lines") } else { String::new() };
    let limits = &context.portfolio().settings.thresholds;
    let index = share(&budget.sum(), &outlook.sum());
    let rag = index.map(|index| by_index(index, limits.index_green, limits.index_red));
    let tile = |label: &str, cell: Cell, note: String| {
        Tile::new(label, cell, context.headline_money()).note(note).link(to_table(cost::LIFE))
    };
    let unit = Unit::Money(context.currency());
    let line = |tile: Tile, measure: &'static str, good: Good| Headlined { tile, measure, unit, good };
    let unit_words = header_of("", &context.headline_money()).trim().trim_matches(['(', ')']).to_string();
    vec![
        line(
            tile(&format!("Budget, whole life, {unit_words}"), budget.total("no budget"), "budget lines of all periods".into()),
            "budget",
            Good::Neither,
        ),
        line(
            tile(&format!("Actual cost to date, {unit_words}"), actual.total("no ledger"), of_budget(&actual.sum())),
            "actual_cost",
            Good::Neither,
        ),
        line(
            tile(
                &format!("Forecast outlook, {unit_words}"),
                outlook.total("no forecast"),
                format!("{}{covers}", of_budget(&outlook.sum())),
            )
            .rag(rag),
            "outlook",
            Good::Down,
        ),
    ]
}

const fn by_index(index: f64, green: f64, red: f64) -> Rag {
    if index >= green {
        Rag::Green
    } else if index < red {
        Rag::Red
    } else {
        Rag::Amber
    }
}

fn indices(context: &Context<'_>, detail: &Book) -> Vec<Headlined> {
    let column = |words: &str| Source::of(detail, earned_value::TABLE, &header_of(words, &context.money()));
    let (ev, ac) = (column("EV"), column("AC"));
    let cpi = Cell::formula(
        quotient(&format!("SUM({})", ev.name), &format!("SUM({})", ac.name)),
        over(&ev.sum(), &ac.sum(), "nothing spent yet"),
    );
    let history = Source::of(detail, curve::HISTORY, "SPI(t)");
    let latest = history.values.last().map_or_else(|| Value::NotAvailable("no status date".into()), |value| (*value).clone());
    let spi = Cell::formula(format!("INDEX({0},ROWS({0}))", history.name), latest);
    let limits = &context.portfolio().settings.thresholds;
    let line = |label: &str, cell: Cell, measure: &'static str, note: &str| {
        let rag = figure(&cell.value).map(|index| by_index(index, limits.index_green, limits.index_red));
        let tile = Tile::new(label, cell, Kind::Ratio).rag(rag).note(note).link(to_table(earned_value::TABLE));
        Headlined { tile, measure, unit: Unit::Index, good: Good::Up }
    };
    vec![
        line("Cost index CPI", cpi, "cost_performance_index", "value earned per cost; 1.00 on plan"),
        line("Schedule index SPI(t)", spi, "schedule_performance_index_time", "earned time per time; 1.00 on plan"),
    ]
}

fn finish(context: &Context<'_>, detail: &Book) -> Headlined {
    let (finish, late) =
        (Source::of(detail, initiatives::TABLE, "Forecast finish"), Source::of(detail, initiatives::TABLE, "Late (days)"));
    let latest = finish.values.iter().filter_map(|value| if let Value::Date(day) = value { Some(*day) } else { None }).max();
    let value = latest.map_or_else(|| Value::NotAvailable("no activities".into()), Value::Date);
    let worst = late.values.iter().filter_map(|value| figure(value)).fold(f64::NEG_INFINITY, f64::max);
    #[expect(clippy::cast_precision_loss, reason = "a limit in days is small")]
    let limit = context.portfolio().settings.thresholds.milestone_red_days as f64;
    let rag = worst.is_finite().then_some(if worst >= limit {
        Rag::Red
    } else if worst > 0.0 {
        Rag::Amber
    } else {
        Rag::Green
    });
    let note = if worst.is_finite() { format!("worst: {worst:+.0} working days on baseline") } else { "no baseline".into() };
    let cell = Cell::formula(format!("IF(COUNT({0})>0,MAX({0}),\"n/a\")", finish.name), value);
    let tile = Tile::new("Last forecast finish", cell, Kind::Date).rag(rag).note(note).link(to_table(initiatives::TABLE));
    Headlined { tile, measure: "forecast_finish", unit: Unit::Date, good: Good::Down }
}

fn count_tile(label: &str, cell: Cell, bad: Rag, note: String, table: &str, measure: &'static str) -> Headlined {
    let none = figure(&cell.value).is_some_and(|count| count == 0.0);
    let tile =
        Tile::new(label, cell, Kind::Integer).rag(Some(if none { Rag::Green } else { bad })).note(note).link(to_table(table));
    Headlined { tile, measure, unit: Unit::Count, good: Good::Down }
}

fn late_milestones(context: &Context<'_>, detail: &Book) -> Headlined {
    let (reached, late) =
        (Source::of(detail, milestones::TABLE, "Reached"), Source::of(detail, milestones::TABLE, "Late (days)"));
    let open = |value: &Value| value == &Value::Text("no".into());
    let count = reached
        .values
        .iter()
        .zip(&late.values)
        .filter(|(reached, late)| open(reached) && figure(late).is_some_and(|late| late > 0.0))
        .count();
    let text = format!("COUNTIFS({},\"no\",{},\">0\")", reached.name, late.name);
    let cell = Cell::formula(text, Value::Integer(i64::try_from(count).unwrap_or(i64::MAX)));
    let note = format!("of {} still open", reached.count(open));
    let _ = context;
    count_tile("Milestones forecast late", cell, Rag::Red, note, milestones::TABLE, "milestones_late")
}

fn exposure(context: &Context<'_>, detail: &Book) -> Headlined {
    let expected = Source::of(detail, risks::TABLE, &header_of("Expected value", &context.money()));
    let kind = Source::of(detail, risks::TABLE, "Kind");
    let threat = Value::Text("threat".into());
    let threats: Vec<&Value> =
        expected.values.iter().zip(&kind.values).filter(|(_, kind)| **kind == &threat).map(|(value, _)| *value).collect();
    let open = threats.iter().filter(|value| figure(value).is_some()).count();
    let cell = Cell::formula(format!("SUMIFS({},{},\"threat\")", expected.name, kind.name), sum(threats.into_iter()));
    let cell = if open == 0 { Cell::not_available("no open threat has an amount") } else { cell };
    let cover = context.input.analyses.risk.total.contingency_cover;
    let note = cover.map_or_else(
        |_| format!("{open} open threats"),
        |cover| format!("{open} open threats; contingency {cover:.1} times that"),
    );
    let unit_words = header_of("", &context.headline_money()).trim().trim_matches(['(', ')']).to_string();
    let tile =
        Tile::new(format!("Risk exposure, {unit_words}"), cell, context.headline_money()).note(note).link(to_table(risks::TABLE));
    Headlined { tile, measure: "risk_exposure", unit: Unit::Money(context.currency()), good: Good::Down }
}

/// Cash-releasing benefits: other classes are never added to them.
fn realised(context: &Context<'_>, detail: &Book) -> Headlined {
    let column = |words: &str| Source::of(detail, benefits::TABLE, &header_of(words, &context.money()));
    let (realised, case, class) =
        (column("Realised to date"), column("Case to date"), Source::of(detail, benefits::TABLE, "Class"));
    let cash = "cash-releasing";
    let of_class = |source: &Source<'_>, is_cash: bool| {
        let rows = source.values.iter().zip(&class.values);
        sum(rows.filter(|(_, class)| (**class == &Value::Text(cash.into())) == is_cash).map(|(value, _)| *value))
    };
    let any = class.values.contains(&&Value::Text(cash.into()));
    let cell = Cell::formula(format!("SUMIFS({},{},\"{cash}\")", realised.name, class.name), of_class(&realised, true));
    let cell = if any { cell } else { Cell::not_available("no cash-releasing benefit") };
    let percent = |is_cash: bool| share(&of_class(&realised, is_cash), &of_class(&case, is_cash));
    let words = |share: Option<f64>| share.map_or_else(|| "n/a".into(), |share| format!("{:.0}%", share * 100.0));
    let limits = &context.portfolio().settings.thresholds;
    let rag = percent(true).map(|share| by_index(share, limits.index_green, limits.index_red));
    let unit_words = header_of("", &context.headline_money()).trim().trim_matches(['(', ')']).to_string();
    let note = format!("{} of case to date; others {}", words(percent(true)), words(percent(false)));
    let tile = Tile::new(format!("Cash benefits realised, {unit_words}"), cell, context.headline_money());
    let tile = tile.rag(rag).note(note).link(to_table(benefits::TABLE));
    Headlined { tile, measure: "cash_benefits_realised", unit: Unit::Money(context.currency()), good: Good::Up }
}

fn double_bookings(context: &Context<'_>, detail: &Book) -> Headlined {
    let count = Source::of(detail, people::TABLE, "Initiatives");
    let booked = count.count(|value| figure(value).is_some_and(|count| count > 1.0));
    let cell = Cell::formula(format!("COUNTIF({},\">1\")", count.name), Value::Integer(booked));
    let people = people::across(context);
    let note = format!("{people} {} wanted by several initiatives", if people == 1 { "person" } else { "people" });
    count_tile("Double-booked person-months", cell, Rag::Red, note, people::TABLE, "double_bookings")
}

fn overdue_decisions(context: &Context<'_>, detail: &Book) -> Headlined {
    let late = Source::of(detail, decisions::TABLE, "Overdue (days)");
    let overdue = late.count(|value| figure(value).is_some_and(|days| days > 0.0));
    let cell = Cell::formula(format!("COUNTIF({},\">0\")", late.name), Value::Integer(overdue));
    let needed = &context.input.analyses.decisions;
    let note = format!("of {} open; {} more due soon", needed.open.len(), needed.due_soon);
    count_tile("Decisions overdue", cell, Rag::Red, note, decisions::TABLE, "decisions_overdue")
}

fn errors(context: &Context<'_>) -> Headlined {
    let findings = context.input.findings;
    let cell = Cell::count(findings.count(Severity::Error));
    let note = format!("and {} warnings: Data Quality", findings.count(Severity::Warning));
    count_tile("Open errors in the data", cell, Rag::Amber, note, about::CHECKS, "errors")
}
