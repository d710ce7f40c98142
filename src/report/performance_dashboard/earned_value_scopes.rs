//! Earned value from the activity up: every activity, and above it work packages, control accounts and initiatives whose
//! figures are sums over the table of activities.

use super::context::Context;
use super::earned_value::low;
use super::earned_value_live::{Figures, Names};
use crate::analysis::earned_value::{InitiativeEarnedValue, Scope, ScopeEarnedValue};
use crate::analysis::measure::{Measure, Undefined};
use crate::base::money::Currency;
use crate::model::activity::{ActivityIndex, EarnedValueTechnique};
use crate::report::book::{Cell, Column, Kind, Link, Mark, Sheet, Table, Value, column_of, this_row};
use crate::report::parts::context::money;
use crate::report::parts::earned::{Reported, ReportedActivities};

/// Every activity.
pub const ACTIVITIES: &str = "tbl_ev_activities";
/// Initiatives, control accounts and work packages.
pub const SCOPES: &str = "tbl_ev_scopes";

/// What stands where no control account, organisation or package is named.
pub const UNNAMED: &str = "(none named)";

/// The pages.
#[must_use]
pub fn sheets(context: &Context<'_>) -> Vec<Sheet> {
    vec![
        Sheet::data("EV Control Accounts", "Earned value by initiative, control account and work package")
            .subtitle("Each initiative in its own currency; every figure is a sum over the sheet EV Activities; figures shown are rounded")
            .about("Where in each initiative value is earned, and at what cost.")
            .block(scopes(context)),
        Sheet::data("EV Activities", "Earned value by activity")
            .subtitle("Each initiative in its own currency; rounded so that the activities add up to their initiative")
            .about("Budget, planned value, earned value and actual cost of every activity, with its technique.")
            .block(activities(context)),
    ]
}

/// Headers of the base measures, the same in both tables.
const BASE: [&str; 4] = ["BAC", "PV", "EV", "AC"];

fn names(table: &str) -> Names {
    let [bac, pv, ev, ac] = BASE.map(|header| this_row(table, header));
    Names { bac, pv, ev, ac }
}

/// The names of the scopes that an activity belongs to, as formulas compare them: with the initiative before them, so
/// that no spreadsheet program takes a code such as `1.10` for a number.
struct Place {
    account: String,
    organisation: String,
    package: String,
}

/// A code with its initiative before it.
pub fn key(initiative: &str, code: &str) -> String {
    match code {
        "" => format!("{initiative} {UNNAMED}"),
        same if same == initiative => initiative.to_string(),
        _ => format!("{initiative} {code}"),
    }
}

/// Where an activity belongs, by the engine's scopes: of work packages, the deepest.
fn place(initiative: &str, activity: ActivityIndex, scopes: &[&ScopeEarnedValue]) -> Place {
    let named = |is_kind: fn(&Scope) -> bool| {
        let holding = scopes.iter().filter(|each| is_kind(&each.scope) && each.activities.contains(&activity));
        holding.max_by_key(|each| each.depth).map_or("", |each| each.scope.name())
    };
    Place {
        account: key(initiative, named(|scope| matches!(scope, Scope::ControlAccount(_)))),
        organisation: organisation(named(|scope| matches!(scope, Scope::Organisation(_)))),
        package: key(initiative, named(is_package)),
    }
}

/// An organisation's name; words where none is given.
pub fn organisation(name: &str) -> String {
    if name.is_empty() { UNNAMED.to_string() } else { name.to_string() }
}

const fn is_package(scope: &Scope) -> bool {
    matches!(scope, Scope::WorkPackage(_))
}

/// The scopes of an initiative.
pub fn scopes_of<'a>(context: &Context<'a>, initiative: &InitiativeEarnedValue) -> Vec<&'a ScopeEarnedValue> {
    let all = &context.input.analyses.earned_value.scopes;
    all.iter().filter(|each| each.initiative.as_ref() == Some(&initiative.initiative)).collect()
}

const fn technique(technique: &EarnedValueTechnique) -> &'static str {
    match technique {
        EarnedValueTechnique::ZeroHundred => "0/100",
        EarnedValueTechnique::FiftyFifty => "50/50",
        EarnedValueTechnique::TwentyFiveSeventyFive => "25/75",
        EarnedValueTechnique::WeightedSteps => "weighted steps",
        EarnedValueTechnique::PercentComplete => "percent complete",
        EarnedValueTechnique::Units => "units",
        EarnedValueTechnique::LevelOfEffort => "level of effort",
        EarnedValueTechnique::ApportionedTo(_) => "apportioned",
    }
}

/// Every activity with a budget or cost.
#[must_use]
pub fn activities(context: &Context<'_>) -> Table {
    let own = names(ACTIVITIES);
    let plain = |words: &str| Column::new(words, Kind::Number(0));
    let variance = |words: &str, formula: String| plain(words).formula(formula).mark(Mark::Variance { more_is_good: true });
    let columns = vec![
        Column::text("Initiative"),
        Column::text("Activity"),
        Column::text("Name").wide(34),
        Column::text("WBS"),
        Column::text("Work package").help("Initiative and the code above the activity in the work breakdown structure."),
        Column::text("Control account"),
        Column::text("Organisation").wide(22),
        Column::text("Technique"),
        Column::new("Baseline start", Kind::Date),
        Column::new("Baseline finish", Kind::Date),
        Column::text("Currency"),
        plain("BAC"),
        plain("PV"),
        plain("EV"),
        plain("AC"),
        variance("SV", own.schedule_variance()),
        variance("CV", own.cost_variance()),
        Column::new("Complete", Kind::Percent).formula(own.complete()).help("EV / BAC."),
    ];
    let rows = context.input.analyses.earned_value.initiatives.iter().flat_map(|each| activity_rows(context, each)).collect();
    Table::new(ACTIVITIES, columns).keys(3).rows(rows).when_empty("No activity has a budget or cost.")
}

fn activity_rows(context: &Context<'_>, each: &InitiativeEarnedValue) -> Vec<Vec<Cell>> {
    let (reported, scopes) = (ReportedActivities::of(each), scopes_of(context, each));
    let row = |of: &crate::analysis::earned_value::ActivityEarnedValue| {
        let activity = context.portfolio().activity(of.activity);
        let figures = figures(reported.0.get(&of.activity)?, each.currency);
        let place = place(each.initiative.as_str(), of.activity, &scopes);
        let day = |at: Option<crate::base::day::Moment>| Cell::date(at.map(crate::base::day::Moment::finish_day));
        let mut cells = vec![
            Cell::text(activity.key.initiative.to_string()),
            Cell::text(activity.key.id.to_string()).from_source(&activity.origin),
            Cell::text(&activity.name),
            Cell::text(&activity.wbs),
            Cell::text(place.package),
            Cell::text(place.account),
            Cell::text(place.organisation),
            Cell::text(technique(&activity.technique)),
            Cell::date(of.baseline.map(|(start, _)| start.day())),
            day(of.baseline.map(|(_, finish)| finish)),
            Cell::text(each.currency.code()),
        ];
        cells.extend([figures.bac.clone(), figures.pv.clone(), figures.ev.clone(), figures.ac.clone()].map(Cell::new));
        cells.extend([figures.schedule_variance(), figures.cost_variance(), figures.complete()].map(Cell::new));
        Some(cells)
    };
    each.activities.iter().filter_map(row).collect()
}

/// Reported measures as cells hold them.
pub fn figures(reported: &Reported, currency: Currency) -> Figures {
    Figures {
        bac: Value::Money(reported.budget_at_completion),
        pv: Value::Money(reported.planned_value),
        ev: Value::Money(reported.earned_value),
        ac: money(reported.actual_cost, currency),
    }
}

/// A row of scopes: which activities it adds up, and what follows.
struct Row {
    level: u8,
    kind: &'static str,
    code: Cell,
    name: String,
    /// Headers of both tables whose cells must agree.
    by: &'static [&'static str],
    account: String,
    package: String,
    reported: Reported,
    /// True where the actual cost is the sum of that of the activities.
    adds_up: bool,
    level_of_effort: Measure<f64>,
    index_in_time: Measure<f64>,
}

/// Initiatives, their control accounts, and the work packages of those.
#[must_use]
pub fn scopes(context: &Context<'_>) -> Table {
    let mut levels = Vec::new();
    let mut rows = Vec::new();
    for each in &context.input.analyses.earned_value.initiatives {
        for row in (Plan::of(context, each)).rows() {
            levels.push(row.level);
            rows.push(cells(&row, each));
        }
    }
    Table::new(SCOPES, columns(context))
        .keys(3)
        .rows(rows)
        .levels(levels)
        .when_empty("No initiative has a budget and dates to measure against.")
}

fn columns(context: &Context<'_>) -> Vec<Column> {
    let own = names(SCOPES);
    let plain = |words: &str| Column::new(words, Kind::Number(0));
    let variance = |words: &str, formula: String| plain(words).formula(formula).mark(Mark::Variance { more_is_good: true });
    let index = |words: &str| Column::new(words, Kind::Ratio);
    let eac = this_row(SCOPES, "EAC");
    vec![
        Column::text("Level").wide(16),
        Column::text("Code").wide(16),
        Column::text("Name").wide(34),
        Column::text("Currency"),
        plain("BAC"),
        plain("PV"),
        plain("EV"),
        plain("AC").help("Not available where the ledger or the progress reports do not name it at this level."),
        variance("SV", own.schedule_variance()),
        variance("CV", own.cost_variance()),
        index("SPI").formula(own.schedule_index()).mark(low(context)),
        index("CPI").formula(own.cost_index()).mark(low(context)),
        index("SPI(t)").mark(low(context)).help("Earned schedule / actual time of the scope: worked out by the program."),
        index("TCPI").formula(own.to_complete(&own.bac)).help("Index needed on the work left to finish on budget."),
        Column::new("Complete", Kind::Percent).formula(own.complete()),
        plain("EAC").formula(own.headline_estimate()).help("By the scope's own CPI; as planned where there is none."),
        variance("VAC", super::context::difference(&own.bac, &eac)),
        Column::new("Level of effort", Kind::Percent).help("Share of the budget that earns what is planned, by definition."),
        Column::text("Initiative"),
        Column::text("Control account"),
        Column::text("Work package"),
    ]
}

fn cells(row: &Row, each: &InitiativeEarnedValue) -> Vec<Cell> {
    let figures = figures(&row.reported, each.currency);
    let sum = |header: &str, value: &Value| Cell::formula(sum_formula(header, row.by), value.clone());
    let ac = if row.adds_up && row.reported.actual_cost.is_ok() { sum("AC", &figures.ac) } else { Cell::new(figures.ac.clone()) };
    let eac = figures.headline_estimate();
    let vac = match (super::context::figure(&figures.bac), super::context::figure(&eac)) {
        (Some(bac), Some(eac)) => Value::Number(bac - eac),
        _ => eac.clone(),
    };
    let mut cells = vec![
        Cell::text(row.kind),
        row.code.clone(),
        Cell::text(&row.name),
        Cell::text(each.currency.code()),
        sum("BAC", &figures.bac),
        sum("PV", &figures.pv),
        sum("EV", &figures.ev),
        ac,
        figures.schedule_variance().into(),
        figures.cost_variance().into(),
        figures.schedule_index().into(),
        figures.cost_index().into(),
        super::context::ratio(row.index_in_time).into(),
        figures.to_complete(&figures.bac, Undefined::NotAchievable).into(),
        figures.complete().into(),
        eac.into(),
        vac.into(),
    ];
    cells.push(super::context::ratio(row.level_of_effort).into());
    cells.extend([Cell::text(each.initiative.to_string()), Cell::text(&row.account), Cell::text(&row.package)]);
    cells
}

/// The sum of a column of the activities that agree with the row.
fn sum_formula(header: &str, by: &[&str]) -> String {
    let tests: Vec<String> =
        by.iter().map(|header| format!("{},{}", column_of(ACTIVITIES, header), this_row(SCOPES, header))).collect();
    format!("SUMIFS({},{})", column_of(ACTIVITIES, header), tests.join(","))
}

/// An initiative with its scopes and the reported figures of its activities.
struct Plan<'a> {
    context: &'a Context<'a>,
    each: &'a InitiativeEarnedValue,
    reported: ReportedActivities,
    scopes: Vec<&'a ScopeEarnedValue>,
}

impl<'a> Plan<'a> {
    fn of(context: &'a Context<'a>, each: &'a InitiativeEarnedValue) -> Self {
        Self { context, each, reported: ReportedActivities::of(each), scopes: scopes_of(context, each) }
    }

    fn rows(&self) -> Vec<Row> {
        let Some(whole) = self.scopes.iter().find(|scope| matches!(scope.scope, Scope::Initiative(_))) else { return Vec::new() };
        let link = Link::Table { table: super::earned_value::TABLE.into(), row: None };
        let code = Cell::text(self.each.initiative.to_string()).link(link);
        let mut rows = vec![Row { code, name: self.context.name_of(&self.each.initiative), ..self.row(whole) }];
        for account in self.scopes.iter().filter(|scope| matches!(scope.scope, Scope::ControlAccount(_))) {
            rows.push(self.account(account));
            rows.extend(
                self.scopes.iter().filter(|scope| is_package(&scope.scope)).filter_map(|each| self.package(account, each)),
            );
        }
        rows
    }

    /// A row of all that a scope holds.
    fn row(&self, scope: &ScopeEarnedValue) -> Row {
        Row {
            level: 0,
            kind: "initiative",
            code: Cell::text(organisation(scope.scope.name())),
            name: if scope.title == scope.scope.name() { String::new() } else { scope.title.clone() },
            by: &["Initiative"],
            account: String::new(),
            package: String::new(),
            adds_up: self.reported.sum(&scope.activities).actual_cost.is_ok(),
            reported: self.reported.scope(scope),
            level_of_effort: scope.level_of_effort_share,
            index_in_time: scope.current.time.schedule_performance_index,
        }
    }

    fn account(&self, scope: &ScopeEarnedValue) -> Row {
        let account = key(self.each.initiative.as_str(), scope.scope.name());
        Row { level: 1, kind: "control account", by: &["Initiative", "Control account"], account, ..self.row(scope) }
    }

    /// The activities that a work package holds itself, as far as they are the account's; none where there are none.
    fn package(&self, account: &ScopeEarnedValue, scope: &ScopeEarnedValue) -> Option<Row> {
        let is_deeper = |activity: &ActivityIndex| {
            let packages = self.scopes.iter().filter(|other| is_package(&other.scope));
            packages.into_iter().any(|other| other.depth > scope.depth && other.activities.contains(activity))
        };
        let own: Vec<ActivityIndex> =
            scope.activities.iter().copied().filter(|each| account.activities.contains(each) && !is_deeper(each)).collect();
        let whole = own.len() == scope.activities.len();
        let sum = self.reported.sum(&own);
        let row = Row {
            level: 2,
            kind: "work package",
            by: &["Initiative", "Control account", "Work package"],
            account: key(self.each.initiative.as_str(), account.scope.name()),
            package: key(self.each.initiative.as_str(), scope.scope.name()),
            ..self.row(scope)
        };
        (!own.is_empty()).then(|| if whole { row } else { part(row, sum) })
    }
}

/// A row of a part of its scope: what the engine says of the whole does not hold for it.
fn part(row: Row, sum: Reported) -> Row {
    Row {
        adds_up: sum.actual_cost.is_ok(),
        reported: sum,
        level_of_effort: Err(Undefined::NothingToCount),
        index_in_time: Err(Undefined::NothingToCount),
        ..row
    }
}
