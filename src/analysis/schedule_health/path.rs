//! The points about the critical path: 12, the test that it drives the finish, and 13, how tight it is.

use super::facts::Facts;
use super::{HealthPoint, Offender};
use crate::analysis::lateness::working_days;
use crate::analysis::measure::{Measure, Undefined};
use crate::analysis::schedule::{self, SlipTrial};
use crate::base::calendar::WorkCalendar;
use crate::base::day::Moment;
use crate::model::activity::ActivityIndex;
use std::sync::Arc;

/// Working days by which the tested activity is made longer.
pub const TEST_DAYS: i64 = 600;
/// Share of them by which the finish must move: calendars along the path may differ by a few days.
const LEAST_MOVE: f64 = 0.99;
/// The least critical path length index.
const LEAST_INDEX: f64 = 0.95;

/// The critical path test of an initiative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PathTest {
    /// The activity that was made longer.
    pub activity: ActivityIndex,
    /// Working days, on its calendar, by which the finish of the initiative moved.
    pub moved: f64,
    /// Working days, on its calendar, by which its own finish moved: those added.
    pub own: f64,
}

/// Tests every initiative; each by a schedule of its own.
pub fn critical_path_tests(facts: &Facts<'_>) -> Vec<Measure<PathTest>> {
    let mut trial = SlipTrial::new(facts.portfolio);
    (0..facts.portfolio.initiatives.len()).map(|group| test(facts, &mut trial, group)).collect()
}

fn test(facts: &Facts<'_>, trial: &mut SlipTrial<'_>, group: usize) -> Measure<PathTest> {
    let index = tested(facts, group).ok_or(Undefined::NoCriticalWork)?;
    let activity = ActivityIndex(index);
    let slipped = trial.lengthen(activity, TEST_DAYS).ok_or(Undefined::NoCriticalWork)?;
    let (before, after) = slipped.finishes[group].ok_or(Undefined::NoCriticalWork)?;
    let calendar = schedule::calendar_of(facts.portfolio, facts.activity(index));
    let own = working_days(&calendar, slipped.own.0, slipped.own.1);
    let moved = working_days(&calendar, before, after);
    // One that is nailed to its finish moves nothing, not even itself: the test fails.
    #[expect(clippy::cast_precision_loss, reason = "a few hundred days")]
    let own = if own > 0.0 { own } else { TEST_DAYS as f64 };
    Ok(PathTest { activity, moved, own })
}

/// The activity to be made longer: critical and unfinished, with work left, the least float first, then the earliest; where
/// none is critical by float, the first on the longest path.
fn tested(facts: &Facts<'_>, group: usize) -> Option<usize> {
    let open =
        |index: &usize| facts.group_of[*index] == group && facts.is_unfinished(*index) && facts.dates(*index).remaining > 0;
    let critical = (0..facts.portfolio.activities.len()).filter(|index| open(index) && facts.dates(*index).critical);
    let first = critical.min_by_key(|&index| (facts.dates(index).total_float, facts.dates(index).early_start, index));
    first.or_else(|| facts.schedule.initiatives[group].longest_path.iter().map(|index| index.0).find(|index| open(index)))
}

/// Point 12, of one initiative or of several.
pub fn critical_path_test(facts: &Facts<'_>, tests: &[Measure<PathTest>]) -> HealthPoint {
    let index = |test: &PathTest| test.moved / test.own;
    let done: Vec<&PathTest> = tests.iter().flatten().collect();
    let offenders: Vec<Offender> =
        done.iter().filter(|test| index(test) < LEAST_MOVE).map(|test| held_back(facts, test)).collect();
    let none = tests.iter().find_map(|test| test.err()).unwrap_or(Undefined::NothingToCount);
    let value = done.iter().map(|test| index(test)).min_by(f64::total_cmp).ok_or(none);
    let (limit, at_least) = (Some(LEAST_MOVE), true);
    HealthPoint {
        number: 12,
        name: "Critical path test",
        rule: "the initiative's finish moves by as much when 600 working days are added to the work left of a critical activity: \
               the finish's move by the activity's; at least 0.99, since calendars along the path may differ by days",
        count: offenders.len(),
        of: done.len(),
        value,
        limit,
        at_least,
        passes: HealthPoint::judged(value, limit, at_least),
        offenders,
    }
}

fn held_back(facts: &Facts<'_>, test: &PathTest) -> Offender {
    let what = format!("{TEST_DAYS} days more move the finish by {:.1} days", test.moved);
    let origin = facts.cell(test.activity.0, "Duration");
    Offender { activity: test.activity, dependency: None, what, origin }
}

/// Point 13, of one initiative or of several: the tightest counts.
pub fn length_index(facts: &Facts<'_>, groups: &[usize]) -> HealthPoint {
    let indices: Vec<(usize, Measure<f64>)> = groups.iter().map(|&group| (group, length_index_of(facts, group))).collect();
    let known: Vec<(usize, f64)> = indices.iter().filter_map(|(group, index)| Some((*group, index.ok()?))).collect();
    let none = indices.iter().find_map(|(_, index)| index.err()).unwrap_or(Undefined::NothingToCount);
    let value = known.iter().map(|(_, index)| *index).min_by(f64::total_cmp).ok_or(none);
    let tight = known.iter().filter(|(_, index)| *index < LEAST_INDEX).filter_map(|(group, index)| tight(facts, *group, *index));
    let offenders: Vec<Offender> = tight.collect();
    let (limit, at_least) = (Some(LEAST_INDEX), true);
    HealthPoint {
        number: 13,
        name: "Critical path length index (CPLI)",
        rule: "(critical path length + total float) by critical path length: working days from the data date to the finish, and \
               the float of the finish against its must-finish-by date or, without one, its baseline finish; at least 0.95; of \
               several initiatives, the least",
        count: offenders.len(),
        of: known.len(),
        value,
        limit,
        at_least,
        passes: HealthPoint::judged(value, limit, at_least),
        offenders,
    }
}

fn length_index_of(facts: &Facts<'_>, group: usize) -> Measure<f64> {
    let plan = &facts.schedule.initiatives[group];
    if plan.unfinished == 0 {
        return Err(if plan.finish.is_some() { Undefined::Complete } else { Undefined::NothingToCount });
    }
    let (calendar, finish) = (closing_calendar(facts, group), plan.finish.ok_or(Undefined::NothingToCount)?);
    let from = facts.portfolio.data_date.max(plan.project_start);
    let length = working_days(&calendar, from, finish);
    let float = working_days(&calendar, finish, target(facts, group)?);
    if length > 0.0 { Ok((length + float) / length) } else { Err(Undefined::NoDuration) }
}

/// What the finish is measured against.
fn target(facts: &Facts<'_>, group: usize) -> Measure<Moment> {
    let must = facts.portfolio.initiatives[group].must_finish_by;
    let must = must.map(|at| crate::analysis::progress::finish_moment(at, &closing_calendar(facts, group)));
    must.or(facts.baselines.initiatives[group].baseline_finish).ok_or(Undefined::NoBaseline)
}

/// The calendar of the activity that finishes last.
fn closing_calendar(facts: &Facts<'_>, group: usize) -> Arc<WorkCalendar> {
    let last = facts.schedule.initiatives[group].longest_path.last();
    last.map_or_else(
        || Arc::clone(facts.portfolio.calendars.default_calendar()),
        |last| schedule::calendar_of(facts.portfolio, facts.portfolio.activity(*last)),
    )
}

fn tight(facts: &Facts<'_>, group: usize, index: f64) -> Option<Offender> {
    let plan = &facts.schedule.initiatives[group];
    let last = *plan.longest_path.last()?;
    let (finish, target) = (plan.finish?, target(facts, group).ok()?);
    let what = format!("index {index:.2}: finish {finish} against {target}");
    Some(Offender { activity: last, dependency: None, what, origin: facts.cell(last.0, "Activity ID") })
}
