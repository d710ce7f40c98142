//! Risks: the heat map before and after the response, the register with scores and expected values, and the issues.

use super::context::Context;
use super::pick::pick;
use super::settings;
use crate::analysis::health::{AMBER_SCORE, RED_SCORE};
use crate::analysis::measure::Measure;
use crate::analysis::risk::{AssessedRisk, Exposure, HeatCell as Assessed};
use crate::base::id::InitiativeId;
use crate::base::money::Money;
use crate::model::initiative::Rag;
use crate::model::risk::{Issue, IssueStatus, Risk, RiskStatus};
use crate::report::book::{
    Band, Cell, Column, HeatCell, HeatMap, Kind, Link, Mark, Note, Sheet, Table, Tone, Total, Value, header_of, this_row,
};
use crate::report::parts::message::{FIGURE, KEY, NAME, OWNER, WORDS};

/// The register.
pub const TABLE: &str = "tbl_risks";
/// The issues.
pub const ISSUES: &str = "tbl_issues";
const MOST: usize = 8;
/// Header of the score.
const SCORE: &str = "Score";

/// The pages.
#[must_use]
pub fn sheets(context: &Context<'_>) -> Vec<Sheet> {
    vec![sheet(context), register_sheet(context), issues_sheet(context)]
}

fn sheet(context: &Context<'_>) -> Sheet {
    let exposure = &context.input.analyses.risk;
    let counts = exposure.counts;
    let words = format!(
        "{} open, {} occurred, {} closed, {} in draft. A score is an order, not a quantity: read the expected value beside it. Probability bands and cost bands are settings.",
        counts.open, counts.occurred, counts.closed, counts.draft
    );
    Sheet::page("Risks", "Risks: where they lie and what they may cost")
        .subtitle("Open threats by probability and impact; each stands by its id in the Risk Register")
        .about("Heat maps before and after the response, and exposure by initiative.")
        .block(heat_map("Threats before the response", &exposure.threats_inherent))
        .block(heat_map("Threats after the response", &exposure.threats_residual))
        .block(Note::plain(vec![words]))
        .band(
            Band::headed("Exposure by initiative: expected value of open risks", vec![by_initiative(context).into()])
                .on_new_page(),
        )
}

fn heat_map(title: &str, cells: &[Assessed]) -> HeatMap {
    let cell = |probability: u8, impact: u8| {
        let found = cells.iter().find(|cell| cell.probability == probability && cell.impact == impact);
        HeatCell {
            ids: found.map(|cell| cell.risks.iter().map(ToString::to_string).collect()).unwrap_or_default(),
            tone: match i64::from(probability) * i64::from(impact) {
                score if score >= RED_SCORE => Tone::Bad,
                score if score >= AMBER_SCORE => Tone::Warn,
                _ => Tone::Good,
            },
        }
    };
    let band = |names: [&str; 5]| names.map(String::from).to_vec();
    HeatMap {
        title: title.to_string(),
        x_label: "Impact".into(),
        y_label: "Probability".into(),
        x_names: band(["1 very low", "2 low", "3 medium", "4 high", "5 very high"]),
        y_names: band(["1 rare", "2 unlikely", "3 possible", "4 likely", "5 almost certain"]),
        cells: (1..=5).map(|probability| (1..=5).map(|impact| cell(probability, impact)).collect()).collect(),
        link: None,
    }
}

fn by_initiative(context: &Context<'_>) -> Table {
    let kind = context.money();
    let columns = vec![
        Column::text("Initiative").total(Total::Label("Total".into())),
        Column::new("Name", Kind::Prose).wide(26),
        Column::new("Open threats", Kind::Integer).sum(),
        Column::new("Expected cost", kind.clone()).sum().help("Probability x mean cost, before the response."),
        Column::new("After response", kind.clone()).sum(),
        Column::new("Opportunities", kind).sum().help("Expected gain; never netted in the total of threats."),
        Column::new("Contingency cover", Kind::Percent).help("Contingency as a share of the exposure after the response."),
    ];
    let row = |(id, exposure): &(InitiativeId, Exposure)| {
        vec![
            context.initiative_cell(id),
            Cell::text(context.name_of(id)),
            Cell::count(exposure.threats.count),
            amount(exposure.threats.expected),
            amount(exposure.threats.residual),
            amount(exposure.opportunities.expected),
            super::context::ratio(exposure.contingency_cover).into(),
        ]
    };
    let rows = context.input.analyses.risk.initiatives.iter().map(row).collect();
    Table::new("tbl_exposure", columns).keys(2).rows(rows).when_empty("No open risks.")
}

fn amount(money: Measure<Money>) -> Cell {
    Cell::new(money.map_or_else(|none| Value::NotAvailable(none.reason().into()), |money| Value::Money(money.amount())))
}

fn register_sheet(context: &Context<'_>) -> Sheet {
    Sheet::data("Risk Register", "Risk register: every risk with its score and expected value")
        .subtitle(format!("{}; expected value = probability x mean cost at the budget rate", context.currency()))
        .about("Every risk with cause, event, effect, score, expected value, owner and response.")
        .block(table(context))
}

/// The register.
#[must_use]
pub fn table(context: &Context<'_>) -> Table {
    let kind = context.money();
    let (band, impact, score) = (this_row(TABLE, "Probability band"), this_row(TABLE, "Impact"), this_row(TABLE, SCORE));
    let columns = vec![
        Column::text("Risk"),
        Column::text("Initiative"),
        Column::new("Event", Kind::Prose).wide(46),
        Column::text("Kind"),
        Column::text("Status"),
        Column::text("Owner"),
        Column::new("Probability", Kind::Percent),
        Column::new("Probability band", Kind::Integer),
        Column::new("Impact", Kind::Integer),
        Column::new(SCORE, Kind::Integer).formula(format!("IF(COUNT({band},{impact})=2,{band}*{impact},\"n/a\")")),
        Column::new("RAG", Kind::Rag).formula(format!(
            "IF(ISNUMBER({score}),IF({score}>={red},\"R\",IF({score}>={amber},\"A\",\"G\")),\"n/a\")",
            red = settings::RISK_RED,
            amber = settings::RISK_AMBER
        )),
        Column::new("Mean cost", Kind::Number(0)).help("If it happens; in the risk's own currency."),
        Column::new("Expected value", kind.clone()).sum().mark(Mark::Bar),
        Column::new("After response", kind).sum(),
        Column::new("Residual score", Kind::Integer),
        Column::new("Expected delay", Kind::Days).help("Probability x mean of the days, in working days."),
        Column::new("Proximity", Kind::Date),
        Column::text("Response"),
        Column::new("Cause", Kind::Prose).wide(40).detail(),
        Column::new("Effect", Kind::Prose).wide(40).detail(),
        Column::text("Category").detail(),
        Column::text("Currency").detail(),
    ];
    let rows = context.portfolio().risks.iter().map(|risk| row(context, risk)).collect();
    Table::new(TABLE, columns).keys(2).rows(rows).when_empty("No risk is registered.")
}

fn row(context: &Context<'_>, risk: &Risk) -> Vec<Cell> {
    let assessed = context.input.analyses.risk.risks.iter().find(|each| each.risk == risk.id);
    let reason = format!("{}: only open risks are assessed", status(risk.status));
    let none = || Cell::not_available(reason.clone());
    let whole = |value: Measure<u8>| {
        value.map_or_else(|none| Cell::not_available(none.reason()), |value| Value::Integer(value.into()).into())
    };
    let of = |pick: &dyn Fn(&AssessedRisk) -> Cell| assessed.map_or_else(none, pick);
    let score = assessed.and_then(|each| each.score.ok());
    vec![
        Cell::text(risk.id.to_string()).from_source(&risk.origin),
        Cell::text(risk.initiative.to_string()),
        Cell::text(&risk.event),
        Cell::text(if risk.opportunity { "opportunity" } else { "threat" }),
        Cell::text(status(risk.status)),
        Cell::text(context.person(risk.owner.as_ref())),
        Value::Number(risk.probability).into(),
        of(&|each| Value::Integer(each.probability_band.into()).into()),
        of(&|each| whole(each.impact)),
        of(&|each| whole(each.score)),
        score.map_or_else(none, |score| Value::Rag(rated(i64::from(score))).into()),
        of(&|each| amount(each.mean_cost)),
        of(&|each| amount(each.expected)),
        of(&|each| amount(each.residual_expected)),
        of(&|each| whole(each.residual_score)),
        of(&|each| super::context::ratio(each.expected_days).into()),
        Cell::date(risk.proximity),
        Cell::maybe_text(risk.response.as_ref()),
        Cell::maybe_text(risk.cause.as_ref()),
        Cell::maybe_text(risk.effect.as_ref()),
        Cell::maybe_text(risk.category.as_ref()),
        Cell::text(risk.currency.code()),
    ]
}

const fn rated(score: i64) -> Rag {
    if score >= RED_SCORE {
        Rag::Red
    } else if score >= AMBER_SCORE {
        Rag::Amber
    } else {
        Rag::Green
    }
}

const fn status(status: RiskStatus) -> &'static str {
    match status {
        RiskStatus::Draft => "draft",
        RiskStatus::Open => "open",
        RiskStatus::Closed => "closed",
        RiskStatus::Occurred => "occurred",
    }
}

/// The largest open threats, by expected value.
#[must_use]
pub fn few(context: &Context<'_>, detail: &Table) -> Table {
    let ranked = &context.input.analyses.risk.ranked_threats;
    let of = |id: &crate::base::id::RiskId| detail.rows.iter().position(|row| row[0].result() == &Value::Text(id.to_string()));
    let rows: Vec<usize> = ranked.iter().filter_map(of).take(MOST).collect();
    let kind = context.money();
    let shown = vec![
        (Column::new("Event", Kind::Prose).wide(NAME), "Event".to_string()),
        (Column::new("RAG", Kind::Rag), "RAG".into()),
        (Column::new("Probability", Kind::Percent).wide(FIGURE), "Probability".into()),
        (Column::new(SCORE, Kind::Integer).wide(FIGURE), SCORE.into()),
        (Column::new("Expected value", kind.clone()).wide(FIGURE), header_of("Expected value", &kind)),
        (Column::new("Proximity", Kind::Date).wide(FIGURE), "Proximity".into()),
        (Column::new("Response", Kind::Prose).wide(WORDS), "Response".into()),
        (Column::new("Effect", Kind::Prose).wide(WORDS), "Effect".into()),
        (Column::new("Owner", Kind::Prose).wide(OWNER), "Owner".into()),
    ];
    pick("tbl_exec_risks", Column::new("Risk", Kind::Prose).wide(KEY), detail, &rows, shown).when_empty("No open threats.")
}

fn issues_sheet(context: &Context<'_>) -> Sheet {
    let open = format!("OR({s}=\"open\",{s}=\"in progress\",{s}=\"reopened\")", s = this_row(ISSUES, "Status"));
    let due = this_row(ISSUES, "Due");
    let columns = vec![
        Column::text("Issue"),
        Column::text("Initiative"),
        Column::new("Title", Kind::Prose).wide(56),
        Column::new("Severity", Kind::Integer).help("1 is worst."),
        Column::text("Status"),
        Column::text("Owner"),
        Column::new("Raised", Kind::Date),
        Column::new("Due", Kind::Date),
        Column::new("Overdue", Kind::Days)
            .formula(format!("IF(AND({open},ISNUMBER({due})),MAX(0,as_of-{due}),0)"))
            .mark(Mark::Variance { more_is_good: false })
            .help("Calendar days past the due date, while open."),
        Column::text("Was risk").help("The risk that it was."),
        Column::text("Escalated to"),
        Column::new("Resolution", Kind::Prose).wide(46),
    ];
    let rows = context.portfolio().issues.iter().map(|issue| issue_row(context, issue)).collect();
    Sheet::data("Issues", "Issues: what has happened and must be solved")
        .subtitle("Severity 1 is worst; overdue in calendar days at the as-of date")
        .about("Every issue, with the risk that it was.")
        .block(Table::new(ISSUES, columns).keys(2).rows(rows).when_empty("No issue is registered."))
}

/// True while somebody must do something.
#[must_use]
pub const fn is_open(issue: &Issue) -> bool {
    matches!(issue.status, IssueStatus::Open | IssueStatus::InProgress | IssueStatus::Reopened)
}

fn issue_row(context: &Context<'_>, issue: &Issue) -> Vec<Cell> {
    let status = match issue.status {
        IssueStatus::Open => "open",
        IssueStatus::InProgress => "in progress",
        IssueStatus::Resolved => "resolved",
        IssueStatus::Closed => "closed",
        IssueStatus::Reopened => "reopened",
    };
    let late = issue.due.filter(|_| is_open(issue)).map_or(0, |due| (context.as_of() - due).num_days().max(0));
    let risk = issue.risk.as_ref().map_or_else(Cell::blank, |risk| {
        let row = context.portfolio().risks.iter().position(|each| each.id == *risk);
        Cell::text(risk.to_string()).link(Link::Table { table: TABLE.into(), row })
    });
    vec![
        Cell::text(issue.id.to_string()).from_source(&issue.origin),
        Cell::text(issue.initiative.to_string()),
        Cell::text(&issue.title),
        Value::Integer(issue.severity).into(),
        Cell::text(status),
        Cell::text(context.person(issue.owner.as_ref())),
        Value::Date(issue.raised).into(),
        Cell::date(issue.due),
        Value::Integer(late).into(),
        risk,
        Cell::maybe_text(issue.escalated_to.as_ref()),
        Cell::maybe_text(issue.resolution.as_ref()),
    ]
}
