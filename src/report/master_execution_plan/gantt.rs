//! The plan over time, twice: the road map, initiatives with their milestones; and every row of the plan.

use super::outline::{Line, Outline, days};
use super::plan;
use crate::analysis::schedule::ActivityState;
use crate::base::day::{Day, Moment};
use crate::model::activity::{ActivityIndex, ActivityType};
use crate::report::book::{Cell, Column, Gantt, GanttPath, GanttPoint, GanttRow, Kind, Link, Mark, Note, Sheet, Tone, Value};

/// How to read the bars, in short.
const SHORT: &str = "Solid: done · hatched: to do, red where critical · lines: baseline · ◇ baseline of a milestone";
/// How to read the bars.
const LEGEND: &str = "Solid: done. Hatched: to do; red is critical (an initiative: it cannot meet a date), brown near-critical, grey neither. Lines above and below a bar: \
    its baseline. ◆ milestone, ▲ decision gate, ● review, ★ celebration, red where critical; ◇ where the baseline had it. \
    The vertical line is the as-of date. Float: total float in working days, the least of what is rolled up.";

/// Initiatives with their milestones, gates and reviews.
#[must_use]
pub fn roadmap(outline: &Outline<'_>) -> Sheet {
    let mut rows = Vec::new();
    for (position, initiative) in outline.portfolio().initiatives.iter().enumerate() {
        let points: Vec<ActivityIndex> = outline.members(initiative).filter(|index| outline.at(*index).kind.is_point()).collect();
        rows.push(initiative_row(outline, position, &points));
        let mut points = points;
        points.sort_by_key(|index| (outline.at(*index).finish, *index));
        rows.extend(points.into_iter().map(|index| activity_row(outline, index, 1)));
    }
    let gantt = Gantt::new("tbl_roadmap", outline.context.as_of(), rows).labelled("Initiative, milestone");
    Sheet::page("Roadmap", "Road map: initiatives and their milestones")
        .subtitle(SHORT)
        .about("Every initiative and its milestones, gates and reviews over time, against the baseline.")
        .block(gantt.columns(columns()).steps(60))
        .block(legend())
}

/// Plans of more rows than this open with their detail folded away.
const MANY: usize = 400;
/// Initiatives and the first two levels of their work breakdown structure stay.
const SHOWN_LEVELS: u8 = 2;

/// Every row of the plan.
#[must_use]
pub fn full(outline: &Outline<'_>) -> Sheet {
    let folded = (outline.lines.len() > MANY).then_some(SHOWN_LEVELS);
    let rows = outline.lines.iter().map(|line| match line {
        Line::Initiative(position, _) => initiative_row(outline, *position, &[]),
        Line::Activity(index, level) => activity_row(outline, *index, *level),
    });
    let gantt = Gantt::new("tbl_gantt", outline.context.as_of(), rows.collect()).columns(columns()).folded(folded);
    Sheet::page("Gantt", "Gantt: the whole plan over time")
        .subtitle(SHORT)
        .about("Every row of the plan as a bar: done, to do, critical, baseline.")
        .block(gantt)
        .block(legend())
}

fn columns() -> Vec<Column> {
    let float = Mark::Variance { more_is_good: true };
    vec![Column::text("Id").wide(12), Column::new("Float", Kind::Number(1)).wide(9).mark(float)]
}

fn initiative_row(outline: &Outline<'_>, position: usize, points: &[ActivityIndex]) -> GanttRow {
    let initiative = &outline.portfolio().initiatives[position];
    let plan = outline.schedule().initiatives.get(position);
    let members: Vec<ActivityIndex> = outline.members(initiative).collect();
    let dates = plan.and_then(|plan| plan.start.zip(plan.finish)).map(days);
    let against = outline.context.input.analyses.baseline_comparison.initiatives.get(position);
    let baseline = against.and_then(|each| each.baseline_start.zip(each.baseline_finish)).map(days);
    let open = members.iter().any(|index| outline.at(*index).state != ActivityState::Complete);
    let begun = members.iter().any(|index| outline.at(*index).state != ActivityState::NotStarted);
    let as_of = outline.context.as_of();
    let done_to = dates.map(|(_, finish)| if open { as_of } else { finish }).filter(|_| begun);
    let least = super::paths::least_float(outline, position);
    let label =
        Cell::text(&initiative.name).link(plan_row(outline, |line| matches!(line, Line::Initiative(at, _) if *at == position)));
    GanttRow {
        cells: vec![Cell::text(initiative.id.to_string()), float(least)],
        baseline,
        dates,
        done_to,
        path: if least.is_some_and(|days| days < 0.0) { GanttPath::Critical } else { GanttPath::Other },
        points: points.iter().map(|index| sign(outline, *index)).collect(),
        is_strong: true,
        ..GanttRow::new(label, 0)
    }
}

fn float(days: Option<f64>) -> Cell {
    days.map_or_else(Cell::blank, |days| Value::Number(days).into())
}

fn activity_row(outline: &Outline<'_>, index: ActivityIndex, level: u8) -> GanttRow {
    let (activity, at) = (outline.activity(index), outline.at(index));
    let baseline = outline.baseline(index).map(days);
    let is_point = at.kind.is_point();
    let mut points = Vec::new();
    if is_point {
        let before = baseline.map(|(_, finish)| GanttPoint { day: finish, sign: '◇', tone: Tone::Muted });
        points.extend(before.filter(|before| before.day != at.finish.finish_day()));
        points.push(sign(outline, index));
    }
    let label = Cell::text(&activity.name).from_source(&activity.origin);
    GanttRow {
        cells: vec![Cell::text(activity.key.id.to_string()), float(at.total_float_days())],
        baseline,
        dates: Some((plan::start_day(at), at.finish.finish_day())),
        done_to: done_to(outline, index),
        path: path(outline, index),
        is_point,
        is_strong: at.kind == ActivityType::Summary,
        points,
        ..GanttRow::new(label, level)
    }
}

/// Work done reaches to the finish of what is complete, and to the data date of what has begun.
fn done_to(outline: &Outline<'_>, index: ActivityIndex) -> Option<Day> {
    let at = outline.at(index);
    match at.state {
        ActivityState::NotStarted => None,
        ActivityState::Complete => Some(at.finish.finish_day()),
        ActivityState::InProgress => {
            let done = outline.schedule().data_date.map_or(at.early_start, |data_date| data_date.min(at.finish));
            Some(Moment::finish_day(done).max(plan::start_day(at)))
        }
    }
}

fn path(outline: &Outline<'_>, index: ActivityIndex) -> GanttPath {
    let at = outline.at(index);
    match plan::path(outline, index) {
        plan::CRITICAL => GanttPath::Critical,
        near if near == plan::BANDS[0] => GanttPath::Near,
        _ if at.kind == ActivityType::Summary && at.critical && at.state != ActivityState::Complete => GanttPath::Critical,
        _ => GanttPath::Other,
    }
}

fn sign(outline: &Outline<'_>, index: ActivityIndex) -> GanttPoint {
    let at = outline.at(index);
    let sign = match at.kind {
        ActivityType::DecisionGate => '▲',
        ActivityType::ReviewPoint => '●',
        ActivityType::Celebration => '★',
        _ => '◆',
    };
    let tone = if path(outline, index) == GanttPath::Critical { Tone::Bad } else { Tone::Neutral };
    GanttPoint { day: at.finish.finish_day(), sign, tone }
}

/// The way to a row of the plan.
fn plan_row(outline: &Outline<'_>, is_it: impl Fn(&Line<'_>) -> bool) -> Link {
    Link::Table { table: plan::TABLE.into(), row: outline.lines.iter().position(is_it) }
}

/// A note on how to read the bars, for pages that show them.
#[must_use]
pub fn legend() -> Note {
    Note::plain(vec![LEGEND.to_string()])
}
