//! The plan against its baselines: each initiative's finish, every activity, and the register of baselines with their
//! approvals.

use super::outline::Outline;
use super::paths::row_of;
use super::plan;
use crate::analysis::baselines::{ActivityComparison, InitiativeComparison, NamedBaseline, RemovedActivity};
use crate::analysis::measure::Measure;
use crate::base::day::Moment;
use crate::model::activity::ActivityType;
use crate::report::book::{Cell, Column, Kind, Mark, Scale, Sheet, Table, Total, Value, column_of, this_row};

/// Initiatives against their baselines.
pub const INITIATIVES: &str = "tbl_baseline_initiatives";
/// Activities against their baselines.
pub const ACTIVITIES: &str = "tbl_baseline_activities";
/// The register of baselines.
pub const REGISTER: &str = "tbl_baselines";
/// Cost of each baseline by initiative.
const COSTS: &str = "tbl_baseline_costs";
/// What a baseline holds and the plan does not.
const REMOVED: &str = "tbl_baseline_removed";
/// The most baselines that get a column of their own; the latest ones do.
const MOST_COLUMNS: usize = 6;

/// The pages.
#[must_use]
pub fn sheets(outline: &Outline<'_>) -> Vec<Sheet> {
    let comparison = &outline.context.input.analyses.baseline_comparison;
    let closed = match &comparison.last_closed {
        Ok(period) => format!("Last closed month: {period}"),
        Err(reason) => format!("Last closed month: {}", reason.reason()),
    };
    let mut sheets = vec![
        Sheet::data("Baseline Comparison", "Baseline comparison by initiative")
            .subtitle(format!("Working days, + is late. {closed}"))
            .about("Each initiative's start and finish against its governing baseline and the last closed month.")
            .block(initiatives(outline)),
        Sheet::data("Baseline Activities", "Baseline comparison by activity")
            .subtitle("Working days of each activity's calendar, + is late or longer; finishes of other baselines beside them")
            .about("Every activity against the baseline that governs, the other baselines and the last closed month.")
            .block(activities(outline)),
        Sheet::data("Baselines", "Register of baselines")
            .subtitle("Every baseline with its approvals, reasons and what it governs")
            .about("Which baselines there are, who approved them, when and why.")
            .block(register(outline)),
        Sheet::data("Baseline Costs", "Cost of each baseline by initiative")
            .subtitle("Each in its initiative's own currency; never added across currencies")
            .about("The cost that each baseline approves for each initiative.")
            .block(costs(outline)),
    ];
    if !comparison.removed.is_empty() {
        sheets.push(
            Sheet::data("Removed", "Rows of a baseline that the plan does not hold")
                .subtitle("Either scope was taken out or the row's key was changed")
                .about("What baselines hold and the plan does not, with its cell.")
                .block(removed(outline)),
        );
    }
    sheets
}

fn late() -> Mark {
    Mark::Variance { more_is_good: false }
}

fn day(at: Option<Moment>) -> Cell {
    Cell::date(at.map(Moment::finish_day))
}

fn figure(days: Option<f64>) -> Cell {
    days.map_or_else(Cell::blank, |days| Value::Number(days).into())
}

/// A date of the last closed month; where no month is closed the subtitle says so once.
fn closed(at: &Measure<Moment>) -> Cell {
    at.as_ref().map_or_else(|_| Cell::blank(), |at| Value::Date(at.finish_day()).into())
}

fn moved(days: &Measure<f64>) -> Cell {
    days.as_ref().map_or_else(|_| Cell::blank(), |days| Value::Number(*days).into())
}

/// Initiatives against their governing baselines.
#[must_use]
pub fn initiatives(outline: &Outline<'_>) -> Table {
    let own = |header: &str| this_row(INITIATIVES, header);
    let date = |header: &str| Column::new(header, Kind::Date);
    let late_count = format!(
        "COUNTIFS({},{},{},\"<>initiative\",{},\"<>summary\",{},\">0\")",
        column_of(plan::TABLE, "Initiative"),
        own("Initiative"),
        column_of(plan::TABLE, "Type"),
        column_of(plan::TABLE, "Type"),
        column_of(plan::TABLE, "Finish variance (days)"),
    );
    let columns = vec![
        Column::text("Initiative").total(Total::Label("All".into())),
        Column::text("Name").wide(30),
        Column::text("Governing baseline").wide(24),
        date("Baseline start"),
        date("Start"),
        Column::new("Start variance", Kind::Days).mark(late()),
        date("Baseline finish"),
        date("Finish"),
        Column::new("Finish variance", Kind::Days)
            .mark(late())
            .help("Working days of the calendar of the activity that finishes last."),
        Column::new("Slip on the calendar", Kind::Days)
            .mark(late())
            .help("Calendar days from the baseline finish to the finish."),
        Column::new("Activities late", Kind::Integer)
            .formula(late_count)
            .sum()
            .help("Rows of the plan that finish after their baseline, without summaries."),
        Column::new("Added", Kind::Integer).sum().help("Activities that the baseline does not hold."),
        Column::new("Removed", Kind::Integer).sum().help("Activities of the baseline that the plan does not hold any more."),
        date("Finish at last close"),
        Column::new("Moved since close", Kind::Days).mark(late()),
    ];
    let comparison = &outline.context.input.analyses.baseline_comparison;
    let rows = comparison.initiatives.iter().map(|each| initiative_row(outline, each)).collect();
    Table::new(INITIATIVES, columns).keys(2).rows(rows).when_empty("The portfolio has no initiatives.")
}

fn initiative_row(outline: &Outline<'_>, each: &InitiativeComparison) -> Vec<Cell> {
    let baselines = &outline.context.input.analyses.baseline_comparison.baselines;
    let governing = each.baseline.and_then(|at| baselines.get(at)).map(|baseline| baseline.name.clone());
    let slip = each.finish.zip(each.baseline_finish).map(|(now, then)| (now.finish_day() - then.finish_day()).num_days());
    let slip_text = format!("{}-{}", this_row(INITIATIVES, "Finish"), this_row(INITIATIVES, "Baseline finish"));
    vec![
        outline.context.initiative_cell(&each.initiative),
        Cell::text(outline.context.name_of(&each.initiative)),
        governing.map_or_else(|| Cell::not_available("no baseline"), Cell::text),
        Cell::date(each.baseline_start.map(Moment::day)),
        Cell::date(each.start.map(Moment::day)),
        figure(each.start_variance),
        day(each.baseline_finish),
        day(each.finish),
        figure(each.finish_variance),
        slip.map_or_else(Cell::blank, |days| Cell::formula(slip_text, Value::Integer(days))),
        Cell::count(each.late),
        Cell::count(each.added),
        Cell::count(each.removed),
        closed(&each.last_closed_finish),
        moved(&each.moved_since_close),
    ]
}

/// The baselines that get a column: the latest ones, in order.
fn shown<'a>(outline: &Outline<'a>) -> Vec<(usize, &'a NamedBaseline)> {
    let all = &outline.context.input.analyses.baseline_comparison.baselines;
    all.iter().enumerate().skip(all.len().saturating_sub(MOST_COLUMNS)).collect()
}

/// Every activity against its baselines.
#[must_use]
pub fn activities(outline: &Outline<'_>) -> Table {
    let date = |header: &str| Column::new(header, Kind::Date).wide(13);
    let days = |header: &str| Column::new(header, Kind::Days).wide(12).mark(late());
    let mut columns = vec![
        Column::text("Activity"),
        Column::text("Name").wide(48),
        Column::text("Initiative"),
        date("Baseline start"),
        date("Start"),
        days("Start variance"),
        date("Baseline finish"),
        date("Finish"),
        days("Finish variance"),
        days("Duration variance"),
        Column::text("Added").total(Total::Count),
        date("Finish at last close"),
        days("Moved since close"),
    ];
    columns.extend(shown(outline).iter().map(|(_, baseline)| date(&format!("Finish in {}", baseline.name))));
    let comparison = &outline.context.input.analyses.baseline_comparison;
    let work = comparison.activities.iter().filter(|each| outline.at(each.activity).kind != ActivityType::Summary);
    let rows = work.map(|each| activity_row(outline, each)).collect();
    Table::new(ACTIVITIES, columns).keys(2).rows(rows).when_empty("There is no plan.")
}

fn activity_row(outline: &Outline<'_>, each: &ActivityComparison) -> Vec<Cell> {
    let activity = outline.activity(each.activity);
    let governing = (outline.context.input.analyses.baseline_comparison.initiatives.iter())
        .find(|of| of.initiative == activity.key.initiative)
        .and_then(|of| of.baseline);
    let start = |at: Option<Moment>, finish: Option<Moment>| {
        Cell::date(at.map(|at| finish.map_or(at.day(), |finish| at.day().min(finish.finish_day()))))
    };
    let mut row = vec![
        Cell::text(activity.key.to_string()).link(row_of(outline, each.activity)),
        Cell::text(&activity.name),
        Cell::text(activity.key.initiative.to_string()),
        start(each.baseline_start, each.baseline_finish),
        start(Some(each.start), Some(each.finish)),
        figure(each.start_variance),
        day(each.baseline_finish),
        day(Some(each.finish)),
        figure(each.finish_variance),
        figure(each.duration_variance),
        if each.added { Cell::text("yes") } else { Cell::blank() },
        closed(&each.last_closed_finish),
        moved(&each.moved_since_close),
    ];
    row.extend(shown(outline).iter().map(|(position, _)| {
        let other = each.others.iter().find(|(at, ..)| at == position).map(|(_, _, finish)| *finish);
        day(if Some(*position) == governing { each.baseline_finish } else { other })
    }));
    row
}

/// The register of baselines.
#[must_use]
pub fn register(outline: &Outline<'_>) -> Table {
    let columns = vec![
        Column::text("Baseline").wide(32),
        Column::new("Activities", Kind::Integer),
        Column::new("Start", Kind::Date),
        Column::new("Finish", Kind::Date),
        Column::text("Approved by").wide(28),
        Column::new("Approved on", Kind::Date),
        Column::new("Reason", Kind::Prose).wide(56),
        Column::text("Governs").wide(40),
    ];
    let people = |baseline: &NamedBaseline| {
        let names: Vec<String> = baseline.approved_by.iter().map(|id| outline.context.person(Some(id))).collect();
        if names.is_empty() { Cell::not_available("no approval is recorded") } else { Cell::text(names.join(", ")) }
    };
    let row = |baseline: &NamedBaseline| {
        let governed: Vec<&str> = baseline.governed.iter().map(crate::base::id::InitiativeId::as_str).collect();
        vec![
            Cell::text(&baseline.name),
            Cell::count(baseline.activities),
            Cell::date(baseline.start.map(Moment::day)),
            day(baseline.finish),
            people(baseline),
            Cell::date(baseline.approved_on),
            Cell::maybe_text(baseline.reason.as_ref()),
            if governed.is_empty() { Cell::text("nothing any more") } else { Cell::text(governed.join(", ")) },
        ]
    };
    let baselines = &outline.context.input.analyses.baseline_comparison.baselines;
    Table::new(REGISTER, columns).rows(baselines.iter().map(row).collect()).when_empty("No baseline came in.")
}

fn costs(outline: &Outline<'_>) -> Table {
    let exact = |currency| Kind::Money(currency, Scale::One);
    let any = outline.context.currency();
    let amount = Column { header: "Cost".into(), ..Column::new("Cost", exact(any)) };
    let columns = vec![Column::text("Baseline").wide(32), Column::text("Initiative"), Column::text("Currency"), amount];
    let baselines = &outline.context.input.analyses.baseline_comparison.baselines;
    let rows = baselines.iter().flat_map(|baseline| {
        baseline.cost_by_initiative.iter().map(|(initiative, cost)| {
            let currency = outline.portfolio().initiative(initiative).map_or(any, |initiative| initiative.currency);
            vec![
                Cell::text(&baseline.name),
                Cell::text(initiative.as_str()),
                Cell::text(currency.code()),
                Value::Money(crate::report::parts::context::rounded(*cost, currency)).into(),
            ]
        })
    });
    Table::new(COSTS, columns).keys(2).rows(rows.collect()).when_empty("No baseline gives a cost.")
}

fn removed(outline: &Outline<'_>) -> Table {
    let columns = vec![
        Column::text("Activity"),
        Column::text("Initiative"),
        Column::text("Baseline").wide(32),
        Column::new("Start", Kind::Date),
        Column::new("Finish", Kind::Date),
        Column::text("Cell").wide(48),
    ];
    let comparison = &outline.context.input.analyses.baseline_comparison;
    let row = |each: &RemovedActivity| {
        let baseline = each.baseline.and_then(|at| comparison.baselines.get(at)).map(|baseline| baseline.name.clone());
        vec![
            Cell::text(&each.activity),
            Cell::maybe_text(each.initiative.as_ref().map(ToString::to_string)),
            Cell::maybe_text(baseline),
            Cell::date(each.start.map(Moment::day)),
            day(each.finish),
            Cell::text(each.origin.to_string()).from_source(&each.origin),
        ]
    };
    Table::new(REMOVED, columns).rows(comparison.removed.iter().map(row).collect())
}
