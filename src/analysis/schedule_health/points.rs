//! The points that count rows: 1 to 11, and 14.

use super::facts::{Facts, Scope};
use super::{HealthPoint, Offender};
use crate::analysis::measure::{Measure, Undefined};
use crate::analysis::schedule::{ActivityState, ScheduledActivity};
use crate::base::origin::Origin;
use crate::model::activity::{ActivityIndex, Constraint, LinkType};

/// Working days above which a float or a duration is high: two months of 22.
const HIGH_DAYS: f64 = 44.0;

/// What a point counts, and how it is judged.
struct Rule {
    number: u8,
    name: &'static str,
    words: &'static str,
    limit: Option<f64>,
    at_least: bool,
}

impl Rule {
    const fn at_most(number: u8, name: &'static str, limit: f64, words: &'static str) -> Self {
        Self { number, name, words, limit: Some(limit), at_least: false }
    }

    fn point(self, of: usize, offenders: Vec<Offender>) -> HealthPoint {
        let count = offenders.len();
        let value = share(count, of).ok_or(Undefined::NothingToCount);
        self.judged(count, of, value, offenders)
    }

    fn judged(self, count: usize, of: usize, value: Measure<f64>, offenders: Vec<Offender>) -> HealthPoint {
        let Self { number, name, words: rule, limit, at_least } = self;
        let passes = HealthPoint::judged(value, limit, at_least);
        HealthPoint { number, name, rule, count, of, value, limit, at_least, passes, offenders }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of rows are far below 2^52")]
fn share(count: usize, of: usize) -> Option<f64> {
    (of > 0).then(|| count as f64 / of as f64)
}

/// Points 1 to 11.
pub fn counted(facts: &Facts<'_>, scope: &Scope) -> Vec<HealthPoint> {
    vec![
        missing_logic(facts, scope),
        leads(facts, scope),
        lags(facts, scope),
        finish_to_start(facts, scope),
        hard_constraints(facts, scope),
        high_float(facts, scope),
        negative_float(facts, scope),
        high_duration(facts, scope),
        invalid_dates(facts, scope),
        resources(facts, scope),
        missed(facts, scope),
    ]
}

fn offender(activity: usize, what: String, origin: Origin) -> Offender {
    Offender { activity: ActivityIndex(activity), dependency: None, what, origin }
}

/// The unfinished work for which a text is found, at a field.
fn unfinished(facts: &Facts<'_>, scope: &Scope, field: &str, found: impl Fn(usize) -> Option<String>) -> Vec<Offender> {
    let rows = scope.unfinished.iter().filter_map(|&index| Some((index, found(index)?)));
    rows.map(|(index, what)| offender(index, what, facts.cell(index, field))).collect()
}

/// The links for which a text is found, at a field.
fn linked(facts: &Facts<'_>, scope: &Scope, field: &str, found: impl Fn(usize) -> Option<String>) -> Vec<Offender> {
    let rows = scope.links.iter().filter_map(|&link| Some((link, found(link)?)));
    let row = |(link, what): (usize, String)| Offender {
        activity: facts.portfolio.dependencies[link].successor,
        dependency: Some(link),
        what: format!("{what}, after {}", facts.portfolio.activity(facts.portfolio.dependencies[link].predecessor).key),
        origin: facts.portfolio.dependency_cell(link, field),
    };
    rows.map(row).collect()
}

fn missing_logic(facts: &Facts<'_>, scope: &Scope) -> HealthPoint {
    let rule = "unfinished activities without a predecessor or without a successor, of all unfinished activities; links of \
                hammocks do not count; at most 5 %";
    let found = |index: usize| match (facts.into[index].is_empty(), facts.out_of[index].is_empty()) {
        (true, true) => Some("no predecessor and no successor".to_string()),
        (true, false) => Some("no predecessor".to_string()),
        (false, true) => Some("no successor".to_string()),
        (false, false) => None,
    };
    let found = unfinished(facts, scope, "Activity ID", found);
    Rule::at_most(1, "Missing logic", 0.05, rule).point(scope.unfinished.len(), found)
}

fn leads(facts: &Facts<'_>, scope: &Scope) -> HealthPoint {
    let lag = |link: usize| &facts.portfolio.dependencies[link].lag;
    let found = linked(facts, scope, "Lag", |link| lag(link).is_negative().then(|| format!("lead of {}", lag(link).negated())));
    let rule = "links with a negative lag, of all links into unfinished activities; none";
    Rule::at_most(2, "Leads", 0.0, rule).point(scope.links.len(), found)
}

fn lags(facts: &Facts<'_>, scope: &Scope) -> HealthPoint {
    let lag = |link: usize| &facts.portfolio.dependencies[link].lag;
    let positive = |link: usize| !lag(link).is_zero() && !lag(link).is_negative();
    let found = linked(facts, scope, "Lag", |link| positive(link).then(|| format!("lag of {}", lag(link))));
    let rule = "links with a positive lag, of all links into unfinished activities; at most 5 %";
    Rule::at_most(3, "Lags", 0.05, rule).point(scope.links.len(), found)
}

/// Offenders are the links of other types; the count is that of finish-to-start links.
fn finish_to_start(facts: &Facts<'_>, scope: &Scope) -> HealthPoint {
    let other = |link: usize| match facts.portfolio.dependencies[link].link {
        LinkType::FinishToStart => None,
        LinkType::StartToStart => Some("start to start".to_string()),
        LinkType::FinishToFinish => Some("finish to finish".to_string()),
        LinkType::StartToFinish => Some("start to finish".to_string()),
    };
    let others = linked(facts, scope, "Type", other);
    let rule = "finish-to-start links, of all links into unfinished activities; at least 90 %";
    let of = scope.links.len();
    let count = of - others.len();
    let value = share(count, of).ok_or(Undefined::NothingToCount);
    Rule { number: 4, name: "Relationship types", words: rule, limit: Some(0.90), at_least: true }
        .judged(count, of, value, others)
}

fn hard_constraints(facts: &Facts<'_>, scope: &Scope) -> HealthPoint {
    let found = |index: usize| {
        let activity = facts.activity(index);
        let hard = [activity.constraint, activity.secondary_constraint].into_iter().flatten().find_map(hard);
        hard.map(String::from).or_else(|| activity.manual.then(|| "placed by hand".to_string()))
    };
    let rule = "unfinished activities that must start or finish on a date, or no later than one, or are placed by hand, of all \
                unfinished activities; at most 5 %";
    let found = unfinished(facts, scope, "Constraint type", found);
    Rule::at_most(5, "Hard constraints", 0.05, rule).point(scope.unfinished.len(), found)
}

fn hard(constraint: Constraint) -> Option<&'static str> {
    match constraint {
        Constraint::MustStartOn(_) => Some("must start on"),
        Constraint::MustFinishOn(_) => Some("must finish on"),
        Constraint::StartNoLaterThan(_) => Some("start no later than"),
        Constraint::FinishNoLaterThan(_) => Some("finish no later than"),
        _ => None,
    }
}

fn high_float(facts: &Facts<'_>, scope: &Scope) -> HealthPoint {
    let days = |index: usize| facts.dates(index).total_float_days().filter(|days| *days > HIGH_DAYS);
    let found = unfinished(facts, scope, "Activity ID", |index| days(index).map(|days| format!("total float of {days:.1} days")));
    let rule = "unfinished activities with a total float of more than 44 working days, of all unfinished activities; at most 5 %";
    Rule::at_most(6, "High float", 0.05, rule).point(scope.unfinished.len(), found)
}

fn negative_float(facts: &Facts<'_>, scope: &Scope) -> HealthPoint {
    let days = |index: usize| facts.dates(index).total_float_days().filter(|days| *days < 0.0);
    let found = unfinished(facts, scope, "Activity ID", |index| days(index).map(|days| format!("total float of {days:.1} days")));
    let rule = "unfinished activities with a total float below zero, of all unfinished activities; none";
    Rule::at_most(7, "Negative float", 0.0, rule).point(scope.unfinished.len(), found)
}

fn high_duration(facts: &Facts<'_>, scope: &Scope) -> HealthPoint {
    let days = |dates: &ScheduledActivity| Some(dates.days(dates.duration)).filter(|days| *days > HIGH_DAYS);
    let found = |index: usize| days(facts.dates(index)).map(|days| format!("duration of {days:.1} days"));
    let rule = "unfinished activities with a planned duration of more than 44 working days, of all unfinished activities; at most \
                5 %";
    Rule::at_most(8, "High duration", 0.05, rule).point(scope.unfinished.len(), unfinished(facts, scope, "Duration", found))
}

/// Forecasts before the data date, and actual dates after it, which the plan leaves out. An activity counts once.
fn invalid_dates(facts: &Facts<'_>, scope: &Scope) -> HealthPoint {
    let data_date = facts.portfolio.data_date;
    let past = |index: usize| {
        let dates = facts.dates(index);
        let unstarted = dates.state == ActivityState::NotStarted && dates.start < data_date;
        (unstarted || dates.finish < data_date)
            .then(|| format!("forecast before the data date: {}", dates.finish.min(dates.start)))
    };
    let mut found = unfinished(facts, scope, "Activity ID", past);
    for actual in &facts.portfolio.left_out_actuals {
        let known = found.iter().any(|row| row.activity == actual.activity);
        if !known && scope.work.binary_search(&actual.activity.0).is_ok() {
            let what =
                format!("actual {} after the as-of date: {}", if actual.is_finish { "finish" } else { "start" }, actual.at);
            found.push(offender(actual.activity.0, what, actual.origin.clone()));
        }
    }
    found.sort_by_key(|row| row.activity);
    let rule = "activities with an actual date after the data date, or unfinished with a forecast before it, of all activities; \
                none";
    Rule::at_most(9, "Invalid dates", 0.0, rule).point(scope.work.len(), found)
}

fn resources(facts: &Facts<'_>, scope: &Scope) -> HealthPoint {
    let long = |index: &usize| facts.dates(*index).days(facts.dates(*index).duration) >= 1.0;
    let of: Vec<usize> = scope.unfinished.iter().copied().filter(long).collect();
    let missing = of.iter().filter(|&&index| !facts.staffed[index] && !has_cost(facts, index));
    let what = || "neither a resource nor a cost".to_string();
    let found = missing.map(|&index| offender(index, what(), facts.cell(index, "Activity ID"))).collect();
    let rule = "unfinished activities of a day or more with neither an assignment nor a cost, of all unfinished activities of a \
                day or more; reported, no limit";
    Rule { number: 10, name: "Resources", words: rule, limit: None, at_least: false }.point(of.len(), found)
}

fn has_cost(facts: &Facts<'_>, index: usize) -> bool {
    let activity = facts.activity(index);
    let costs = [activity.budget, activity.fixed_cost, activity.cost_per_hour, activity.baseline_cost];
    costs.into_iter().flatten().any(|cost| !cost.is_zero())
}

/// Work that the baseline has finished by the data date.
fn due(facts: &Facts<'_>, scope: &Scope) -> Vec<usize> {
    let is_due =
        |index: usize| facts.baselines.activities[index].baseline_finish.is_some_and(|at| at <= facts.portfolio.data_date);
    scope.work.iter().copied().filter(|&index| is_due(index)).collect()
}

/// Why a figure that needs due work does not exist, where none is due.
fn nothing_due(facts: &Facts<'_>, scope: &Scope) -> Undefined {
    let baselined = |&index: &usize| facts.baselines.activities[index].baseline_finish.is_some();
    if scope.work.iter().any(baselined) { Undefined::NothingDueYet } else { Undefined::NoBaseline }
}

fn missed(facts: &Facts<'_>, scope: &Scope) -> HealthPoint {
    let due = due(facts, scope);
    let late = |index: usize| {
        let (plan, now) = (&facts.baselines.activities[index], facts.dates(index));
        let baseline = plan.baseline_finish?;
        match now.state {
            ActivityState::Complete => (now.finish > baseline).then(|| format!("finished {}, due {baseline}", now.finish)),
            _ => Some(format!("not finished, due {baseline}")),
        }
    };
    let rows = due.iter().filter_map(|&index| Some((index, late(index)?)));
    let found: Vec<Offender> = rows.map(|(index, what)| offender(index, what, facts.cell(index, "Actual finish"))).collect();
    let rule = "activities that finished after their baseline finish or are not finished, of all activities that the baseline \
                finishes by the data date; at most 5 %";
    let (count, of) = (found.len(), due.len());
    let value = share(count, of).ok_or_else(|| nothing_due(facts, scope));
    Rule::at_most(11, "Missed tasks", 0.05, rule).judged(count, of, value, found)
}

/// Point 14: work done by work due. Work that is done before it is due counts, so that the index can pass 1.
pub fn execution_index(facts: &Facts<'_>, scope: &Scope) -> HealthPoint {
    let due = due(facts, scope);
    let done = |index: &&usize| {
        facts.dates(**index).state == ActivityState::Complete && facts.baselines.activities[**index].baseline_finish.is_some()
    };
    let count = scope.work.iter().filter(done).count();
    let open = due.iter().copied().filter(|&index| facts.is_unfinished(index));
    let what = |index: usize| match facts.baselines.activities[index].baseline_finish {
        Some(at) => format!("not finished, due {at}"),
        None => String::new(),
    };
    let found = open.map(|index| offender(index, what(index), facts.cell(index, "Actual finish"))).collect();
    let value = share(count, due.len()).ok_or_else(|| nothing_due(facts, scope));
    let rule = "finished activities of the baseline by those that the baseline finishes by the data date; at least 0.95";
    Rule { number: 14, name: "Baseline execution index (BEI)", words: rule, limit: Some(0.95), at_least: true }.judged(
        count,
        due.len(),
        value,
        found,
    )
}
