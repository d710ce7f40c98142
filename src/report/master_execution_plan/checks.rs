//! Checks: what the workbook counts over its own tables against what the engine counted.

use super::outline::Outline;
use super::{accountability, buffers, health, interdependency, logic, milestones, paths, plan};
use crate::analysis::buffers::FeverZone;
use crate::analysis::interdependency::LinkHealth;
use crate::model::activity::ActivityType;
use crate::report::book::{Cell, Column, Kind, Mark, Sheet, Table, Tone, Value, column_of, this_row};

/// The table of checks.
pub const TABLE: &str = "tbl_plan_checks";

/// The page.
#[must_use]
pub fn sheet(outline: &Outline<'_>) -> Sheet {
    Sheet::data("Checks", "Checks: the workbook's counts against the engine's")
        .subtitle("Counted here: live over the tables of this workbook. Engine: what the run counted. Both must agree")
        .about("Counts over the workbook's tables against those of the scheduling engine.")
        .block(table(outline))
}

/// One line a check: what, how the workbook counts it, the engine's count.
fn lines(outline: &Outline<'_>) -> Vec<(&'static str, String, usize)> {
    let of = |header: &str| column_of(plan::TABLE, header);
    let schedule = outline.schedule();
    let activities = outline.portfolio().activities.len();
    let kinds = |is: fn(ActivityType) -> bool| schedule.activities.iter().filter(|at| is(at.kind)).count();
    let sum = |pick: fn(&crate::analysis::schedule::InitiativeSchedule) -> usize| schedule.initiatives.iter().map(pick).sum();
    let driving = schedule.links.iter().filter(|link| link.driving).count();
    let initiatives = outline.portfolio().initiatives.len();
    vec![
        ("Rows of the plan that are no initiatives", format!("ROWS({0})-COUNTIF({0},\"initiative\")", of("Type")), activities),
        ("Initiatives", format!("COUNTIF({},\"initiative\")", of("Type")), initiatives),
        ("Summaries", format!("COUNTIF({},\"summary\")", of("Type")), kinds(|kind| kind == ActivityType::Summary)),
        ("Critical activities", format!("COUNTIF({},\"{}\")", of("Path"), plan::CRITICAL), sum(|plan| plan.critical)),
        (
            "Unfinished activities, summaries and hammocks excepted",
            format!("SUM({})", column_of(paths::COUNTS, "Unfinished")),
            sum(|plan| plan.unfinished),
        ),
        (
            "Steps of the longest paths",
            format!("COUNT({})", column_of(paths::LONGEST, "Step")),
            sum(|plan| plan.longest_path.len()),
        ),
        ("Links", format!("COUNTA({})", column_of(logic::TABLE, "Successor")), outline.portfolio().dependencies.len()),
        ("Driving links", format!("COUNTIF({},\"yes\")", column_of(logic::TABLE, "Driving")), driving),
    ]
    .into_iter()
    .chain(others(outline))
    .collect()
}

/// Checks of what the other analyses found.
fn others(outline: &Outline<'_>) -> Vec<(&'static str, String, usize)> {
    let analyses = outline.context.input.analyses;
    let points = &analyses.schedule_health.portfolio.points;
    let late = analyses.interdependencies.links.iter().filter(|link| link.status == LinkHealth::Late).count();
    let matrix = analyses.interdependencies.matrix.iter().flatten().map(|cell| cell.links).sum();
    let overdue = analyses.accountability.items.iter().filter(|item| item.days_overdue.is_some_and(|days| days > 0)).count();
    let reached = analyses.framework.points.iter().filter(|point| point.is_reached()).count();
    let steps = outline.schedule().initiatives.iter().flat_map(|plan| &plan.float_paths).map(|path| path.activities.len()).sum();
    let red = analyses.buffers.buffers.iter().filter(|buffer| buffer.zone == Ok(FeverZone::Red)).count();
    vec![
        ("Steps of the float paths", format!("SUM({})", column_of(paths::FLOAT_PATHS, "Steps")), steps),
        ("Points reached", format!("COUNTIF({},\"reached\")", column_of(milestones::TABLE, "State")), reached),
        ("Links between initiatives, in the matrix", format!("SUM({})", column_of(interdependency::MATRIX, "All")), matrix),
        ("Late hand-overs", format!("COUNTIF({},\"late\")", column_of(interdependency::LINKS, "Status")), late),
        ("Buffers in the red zone", format!("COUNTIF({},\"red\")", column_of(buffers::TABLE, "Zone")), red),
        (
            "DCMA points passed",
            format!("COUNTIF({},\"pass\")", column_of(health::TABLE, "Verdict")),
            analyses.schedule_health.portfolio.passed().0,
        ),
        (
            "Rows behind the DCMA points",
            format!("COUNT({})", column_of(health::OFFENDERS, "Point")),
            points.iter().map(|point| point.offenders.len()).sum(),
        ),
        ("Overdue items", format!("COUNTIF({},\">0\")", column_of(accountability::ITEMS, "Overdue (days)")), overdue),
        (
            "Open items, by owner",
            format!("SUM({})", column_of(accountability::OWNERS, "Open")),
            analyses.accountability.items.len(),
        ),
    ]
}

fn table(outline: &Outline<'_>) -> Table {
    let own = |header: &str| this_row(TABLE, header);
    let tones = vec![("ok".to_string(), Tone::Good), ("fault".to_string(), Tone::Bad)];
    let columns = vec![
        Column::text("Check").wide(56),
        Column::new("Counted here", Kind::Integer),
        Column::new("Engine", Kind::Integer),
        Column::new("Difference", Kind::Integer).formula(format!("{}-{}", own("Counted here"), own("Engine"))),
        Column::text("Verdict").formula(format!("IF({}=0,\"ok\",\"fault\")", own("Difference"))).mark(Mark::Words(tones)),
    ];
    let rows = lines(outline).into_iter().map(|(what, formula, engine)| {
        let engine = Value::Integer(i64::try_from(engine).unwrap_or(i64::MAX));
        vec![Cell::text(what), Cell::formula(formula, engine.clone()), engine.into(), Value::Integer(0).into(), Cell::text("ok")]
    });
    Table::new(TABLE, columns).rows(rows.collect())
}

/// The formula of a verdict over all checks, for the About page.
#[must_use]
pub fn verdict_formula() -> String {
    format!("IF(COUNTIF({},\"fault\")=0,\"ok\",\"fault\")", column_of(TABLE, "Verdict"))
}
