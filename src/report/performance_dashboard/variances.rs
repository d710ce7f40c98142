//! Variances that ask for an explanation: the thresholds, each variance that passes them, the words carried in with their
//! author, or that they are asked for.

use super::context::{Context, figure, over};
use super::earned_value_scopes::{SCOPES, key, scopes};
use super::settings;
use crate::analysis::earned_value::{Scope, VarianceMeasure, VarianceToExplain};
use crate::report::book::{Band, Cell, Column, Kind, Link, Mark, Note, Sheet, Table, Tone, Total, Value, column_of, this_row};

/// The variances.
pub const TABLE: &str = "tbl_variances";
/// How many are explained, by measure.
const COUNTS: &str = "tbl_variance_counts";

const NEEDED: &str = "EXPLANATION NEEDED";
const GIVEN: &str = "explained";
const MEASURES: [VarianceMeasure; 3] = [VarianceMeasure::Cost, VarianceMeasure::Schedule, VarianceMeasure::AtCompletion];

/// The page.
#[must_use]
pub fn sheet(context: &Context<'_>) -> Sheet {
    let detail = scopes(context);
    Sheet::page("Variances", "Variances to explain: cost, schedule and at completion")
        .subtitle("Initiatives and control accounts, each in its own currency; negative is behind plan or over cost")
        .about("Each variance that passes the thresholds, with the owner's words or that they are asked for.")
        .block(Note::plain(vec![thresholds(context)]))
        .band(Band::headed("How many, by measure", vec![counts(context).into()]))
        .band(Band::headed("Each of them: those without an explanation first", vec![table(context, &detail).into()]))
}

/// The thresholds in words, as they are set.
fn thresholds(context: &Context<'_>) -> String {
    let limits = &context.portfolio().settings.thresholds;
    let share = crate::report::book::show(&Value::Number(limits.variance_share), &Kind::Percent);
    let amount = limits.variance_amount.map_or_else(
        || "of any amount".to_string(),
        |amount| {
            format!("and {} {} or more", context.currency(), crate::report::book::show(&Value::Money(amount), &Kind::Number(0)))
        },
    );
    format!(
        "A variance is listed where it is more than {share} of its base, {amount}: CV of EV, SV of PV, VAC of BAC. \
         The share is the limit {} of the Methods page; both are settings of [thresholds].",
        settings::VARIANCE
    )
}

fn variances<'a>(context: &Context<'a>) -> Vec<&'a VarianceToExplain> {
    let mut all: Vec<&VarianceToExplain> = context.input.analyses.earned_value.variances.iter().collect();
    all.sort_by_key(|each| !each.needed);
    all
}

/// How many variances pass, and how many of them are explained.
fn counts(context: &Context<'_>) -> Table {
    let all = variances(context);
    let counted = |measure: VarianceMeasure, state: Option<&str>| {
        let (measures, states) = (column_of(TABLE, "Variance"), column_of(TABLE, "State"));
        let judged = state.map(|word| format!(",{states},\"{word}\"")).unwrap_or_default();
        let text = format!("COUNTIFS({measures},{}{judged})", this_row(COUNTS, "Variance"));
        let holds = |each: &&&VarianceToExplain| each.measure == measure && state.is_none_or(|word| state_of(each) == word);
        Cell::formula(text, Value::Integer(i64::try_from(all.iter().filter(holds).count()).unwrap_or(i64::MAX)))
    };
    let row = |measure: VarianceMeasure| {
        vec![Cell::text(measure.label()), counted(measure, None), counted(measure, Some(GIVEN)), counted(measure, Some(NEEDED))]
    };
    let count = |words: &str| Column::new(words, Kind::Integer).wide(18).sum();
    let columns = vec![
        Column::text("Variance").wide(14).total(Total::Label("All".into())),
        count("Pass the thresholds"),
        count("Explained"),
        count("Explanation needed").mark(Mark::High { bad: 0.0, warn: 0.0 }),
    ];
    let rows = if all.is_empty() { Vec::new() } else { MEASURES.into_iter().map(row).collect() };
    Table::new(COUNTS, columns).rows(rows).when_empty("No variance passes the thresholds.")
}

const fn state_of(each: &VarianceToExplain) -> &'static str {
    if each.needed { NEEDED } else { GIVEN }
}

/// The headers of the table of scopes that hold a variance and what it is a share of.
const fn headers(measure: VarianceMeasure) -> (&'static str, &'static str) {
    match measure {
        VarianceMeasure::Cost => ("CV", "EV"),
        VarianceMeasure::Schedule => ("SV", "PV"),
        VarianceMeasure::AtCompletion => ("VAC", "BAC"),
    }
}

/// Every variance that passes, with amounts looked up in the table of scopes.
#[must_use]
pub fn table(context: &Context<'_>, detail: &Table) -> Table {
    let own = |header: &str| this_row(TABLE, header);
    let words = vec![(NEEDED.to_string(), Tone::Bad), (GIVEN.to_string(), Tone::Good)];
    let columns = vec![
        Column::text("Variance").wide(14),
        Column::text("Level").wide(18),
        Column::text("Code").wide(18),
        Column::new("Name", Kind::Prose).wide(30),
        Column::text("Currency").wide(10),
        Column::new("Amount", Kind::Number(0)).wide(14).mark(Mark::Variance { more_is_good: true }),
        Column::new("Base", Kind::Number(0)).wide(14).help("EV for cost, PV for schedule, BAC at completion."),
        Column::new("Share", Kind::Percent)
            .wide(16)
            .formula(format!("IF({0}<>0,{1}/{0},\"n/a\")", own("Base"), own("Amount")))
            .mark(Mark::VarianceBar { more_is_good: true }),
        Column::text("State").wide(24).mark(Mark::Words(words)),
        Column::new("Explanation", Kind::Prose).wide(60),
        Column::new("Author", Kind::Prose).wide(18),
        Column::text("Initiative").wide(12),
        Column::text("Control account").wide(20),
    ];
    let rows = variances(context).into_iter().filter_map(|each| row(context, each, detail)).collect();
    Table::new(TABLE, columns).keys(3).rows(rows).when_empty("No variance passes the thresholds.")
}

fn row(context: &Context<'_>, each: &VarianceToExplain, detail: &Table) -> Option<Vec<Cell>> {
    let initiative = each.initiative.as_ref()?.to_string();
    let scope = Place::of(detail, &initiative, &each.scope)?;
    let (variance, base) = headers(each.measure);
    let (amount, of) = (scope.value(variance), scope.value(base));
    let share = over(&amount, &of, "nothing to measure it against");
    let said: Vec<&str> = each.explanation.iter().map(|said| said.text.as_str()).collect();
    let mut authors: Vec<String> =
        each.explanation.iter().filter_map(|said| said.author.as_ref()).map(|author| context.person(Some(author))).collect();
    authors.dedup();
    Some(vec![
        Cell::text(each.measure.label()),
        Cell::text(each.scope.kind()),
        Cell::text(scope.text("Code")).link(Link::Table { table: SCOPES.into(), row: Some(scope.row) }),
        Cell::text(name(context, each, &scope)),
        Cell::text(each.currency.code()),
        Cell::formula(scope.lookup(variance), amount),
        Cell::formula(scope.lookup(base), of),
        share.into(),
        Cell::text(state_of(each)),
        if said.is_empty() {
            Cell::text("The variance passes the thresholds and nobody has given words for this period.")
        } else {
            Cell::text(said.join(" "))
        },
        Cell::text(authors.join(", ")),
        Cell::text(&initiative),
        Cell::text(scope.text("Control account")),
    ])
}

fn name(context: &Context<'_>, each: &VarianceToExplain, scope: &Place<'_>) -> String {
    let own = scope.text("Name");
    match &each.initiative {
        Some(id) if own.is_empty() => context.name_of(id),
        _ => own,
    }
}

/// A row of the table of scopes, and how formulas find it.
struct Place<'t> {
    detail: &'t Table,
    row: usize,
    header: &'static str,
}

impl<'t> Place<'t> {
    fn of(detail: &'t Table, initiative: &str, scope: &Scope) -> Option<Self> {
        let (header, key) = match scope {
            Scope::Initiative(_) => ("Initiative", initiative.to_string()),
            Scope::ControlAccount(name) => ("Control account", key(initiative, name)),
            _ => return None,
        };
        let (level, at) = (detail.position("Level")?, detail.position(header)?);
        let holds = |row: &Vec<Cell>| {
            row[level].result() == &Value::Text(scope.kind().into()) && row[at].result() == &Value::Text(key.clone())
        };
        let row = detail.rows.iter().position(holds)?;
        Some(Self { detail, row, header })
    }

    fn value(&self, header: &str) -> Value {
        let at = self.detail.position(header).unwrap_or_default();
        let value = self.detail.rows[self.row][at].result();
        // The sum of what is not available is 0.
        figure(value).map_or(Value::Number(0.0), |_| value.clone())
    }

    fn text(&self, header: &str) -> String {
        let at = self.detail.position(header).unwrap_or_default();
        if let Value::Text(text) = self.detail.rows[self.row][at].result() { text.clone() } else { String::new() }
    }

    /// The sum over the one row of the table of scopes.
    fn lookup(&self, header: &str) -> String {
        let tests = ["Level", self.header].map(|header| format!("{},{}", column_of(SCOPES, header), this_row(TABLE, header)));
        format!("SUMIFS({},{})", column_of(SCOPES, header), tests.join(","))
    }
}
