//! What the schedule says, by activity, link and initiative.

use super::compile::Plan;
use super::network::{Network, Progress};
use super::passes::{self, FinishHold, Hold, LateHold, Passes};
use super::paths;
use super::rollup;
use crate::analysis::codes;
use crate::base::day::Moment;
use crate::base::finding::Findings;
use crate::base::id::InitiativeId;
use crate::model::activity::{ActivityIndex, ActivityType};
use crate::model::portfolio::Portfolio;
use crate::model::scheduling::{CriticalBy, ScheduleOptions};

/// Both schedules.
#[derive(Clone, Debug)]
pub struct Schedules {
    /// The early-start pass from planned durations, as if nothing had happened.
    pub baseline_early: Schedule,
    /// As things stand at the data date.
    pub current: Schedule,
}

/// A schedule of all initiatives.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// The data date; none where progress is left out.
    pub data_date: Option<Moment>,
    /// By activity, as [`Portfolio::activities`].
    pub activities: Vec<ScheduledActivity>,
    /// By link, as [`Portfolio::dependencies`].
    pub links: Vec<LinkStatus>,
    /// By initiative, as [`Portfolio::initiatives`].
    pub initiatives: Vec<InitiativeSchedule>,
}

impl Schedule {
    /// An activity by position.
    #[must_use]
    pub fn activity(&self, index: ActivityIndex) -> &ScheduledActivity {
        &self.activities[index.0]
    }

    /// The latest finish of all activities; none where there is no activity.
    #[must_use]
    pub fn finish(&self) -> Option<Moment> {
        self.activities.iter().map(|activity| activity.finish).max()
    }

    /// What holds an activity's early start, as a sentence part: `data date`, `P1/A10 FS+3d`.
    #[must_use]
    pub fn driver_text(&self, portfolio: &Portfolio, index: ActivityIndex) -> String {
        match self.activities[index.0].driver {
            Driver::ProjectStart => "project start".into(),
            Driver::DataDate => "data date".into(),
            Driver::Constraint => "date constraint".into(),
            Driver::SecondaryConstraint => "second date constraint".into(),
            Driver::External => "work outside these plans".into(),
            Driver::Manual => "placed by hand".into(),
            Driver::WorkDone => "work done so far".into(),
            Driver::AsLateAsPossible => "as late as possible".into(),
            Driver::Resume => "resume date".into(),
            Driver::Actual => "actual dates".into(),
            Driver::RolledUp => "rolled up".into(),
            Driver::Predecessor { dependency } => {
                let link = &portfolio.dependencies[dependency];
                let sign = if link.lag.is_zero() || link.lag.is_negative() { "" } else { "+" };
                let lag = if link.lag.is_zero() { String::new() } else { link.lag.to_string() };
                format!("{} {}{sign}{lag}", portfolio.activity(link.predecessor).key, link_name(link.link))
            }
        }
    }
}

/// `FS`, `SS`, `FF` or `SF`.
const fn link_name(kind: crate::model::activity::LinkType) -> &'static str {
    use crate::model::activity::LinkType;
    match kind {
        LinkType::FinishToStart => "FS",
        LinkType::StartToStart => "SS",
        LinkType::FinishToFinish => "FF",
        LinkType::StartToFinish => "SF",
    }
}

/// What holds an activity's early start where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Driver {
    /// The start of the initiative's project.
    ProjectStart,
    /// The data date: nothing happens before it any more.
    DataDate,
    /// A link, as a position in [`Portfolio::dependencies`]. The first one where several hold it.
    Predecessor {
        /// Position of the link.
        dependency: usize,
    },
    /// The activity's own date constraint.
    Constraint,
    /// Its second date constraint.
    SecondaryConstraint,
    /// Work outside the plans: its external early start.
    External,
    /// It was placed by hand.
    Manual,
    /// The work done so far, which the rest follows.
    WorkDone,
    /// It is to be as late as possible.
    AsLateAsPossible,
    /// The date on which its work resumes.
    Resume,
    /// It is done: its dates are facts.
    Actual,
    /// Taken from the activities below it, or that it spans.
    RolledUp,
}

/// What an activity's early finish follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FinishDriver {
    /// Its early start and the work left, on its calendar or its resources' calendars.
    Work,
    /// The date on which its owner expects it to finish.
    Expected,
    /// The finish to which a buffer's baseline commits it.
    Committed,
    /// A link that stretches it, as a position in [`Portfolio::dependencies`].
    Predecessor {
        /// Position of the link.
        dependency: usize,
    },
    /// It is done.
    Actual,
    /// Taken from the activities below it, or that it spans.
    RolledUp,
}

/// What holds an activity's late finish where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LateDriver {
    /// The early finish of its initiative, or of the portfolio where floats are counted from there.
    ProjectFinish,
    /// The date that its initiative must finish by.
    MustFinishBy,
    /// Its own early finish: nothing follows it, and open ends are critical.
    OwnFinish,
    /// A link, as a position in [`Portfolio::dependencies`]. The first one where several hold it.
    Successor {
        /// Position of the link.
        dependency: usize,
    },
    /// Its own date constraint.
    Constraint,
    /// Its second date constraint.
    SecondaryConstraint,
    /// Its deadline.
    Deadline,
    /// Work outside the plans: its external late finish.
    External,
    /// It is done.
    Actual,
    /// Taken from the activities below it, or that it spans.
    RolledUp,
}

/// How far an activity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActivityState {
    /// Not started.
    NotStarted,
    /// Started and not finished.
    InProgress,
    /// Finished.
    Complete,
}

/// The dates of an activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduledActivity {
    /// Which.
    pub activity: ActivityIndex,
    /// What kind.
    pub kind: ActivityType,
    /// How far it is.
    pub state: ActivityState,
    /// Actual start, else early start.
    pub start: Moment,
    /// Actual finish, else early finish.
    pub finish: Moment,
    /// Earliest start; of the work left where it has started.
    pub early_start: Moment,
    /// Earliest finish.
    pub early_finish: Moment,
    /// Latest start that delays nothing; of the work left where it has started.
    pub late_start: Moment,
    /// Latest finish that delays nothing.
    pub late_finish: Moment,
    /// Planned duration, in minutes of its calendar; of summaries and hammocks, the span they cover.
    pub duration: i64,
    /// Work left, in minutes of its calendar.
    pub remaining: i64,
    /// Minutes that count as one day on its calendar.
    pub minutes_per_day: i64,
    /// Total float, in minutes of its calendar: finish float, start float or the smaller, as the options say; none for what
    /// is complete and for hammocks. A summary has the smallest of the activities below it.
    pub total_float: Option<i64>,
    /// Late start less early start, in minutes of its calendar.
    pub start_float: Option<i64>,
    /// Late finish less early finish, in minutes of its calendar.
    pub finish_float: Option<i64>,
    /// Free float, in minutes of its calendar; none for what is complete, hammocks and summaries.
    pub free_float: Option<i64>,
    /// Critical: total float at or below the limit, or on the longest path, as the options say. A summary is where any
    /// activity below it is.
    pub critical: bool,
    /// Which near-critical band its total float lies in, 0 to 2; none where it is critical or beyond the last.
    pub near_critical: Option<usize>,
    /// Which float path of its initiative it lies on, from 1; none where it is on none of those told apart.
    pub float_path: Option<usize>,
    /// On the longest path: on a chain of driving links to the last finish of an initiative.
    pub on_longest_path: bool,
    /// What holds its early start.
    pub driver: Driver,
    /// What its early finish follows from.
    pub finish_driver: FinishDriver,
    /// What holds its late finish.
    pub late_driver: LateDriver,
}

impl ScheduledActivity {
    /// Minutes of its calendar as days.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "minutes of a schedule are far below 2^52")]
    pub fn days(&self, minutes: i64) -> f64 {
        minutes as f64 / self.minutes_per_day.max(1) as f64
    }

    /// Interfering float, in minutes of its calendar: what of its total float it shares with those that follow; none where a
    /// date of its own leaves it less total float than the free float it has.
    #[must_use]
    pub fn interfering_float(&self) -> Option<i64> {
        let (total, free) = (self.total_float?, self.free_float?);
        (free <= total.max(0)).then_some(total - free)
    }

    /// Total float in days of its calendar.
    #[must_use]
    pub fn total_float_days(&self) -> Option<f64> {
        self.total_float.map(|minutes| self.days(minutes))
    }

    /// Free float in days of its calendar.
    #[must_use]
    pub fn free_float_days(&self) -> Option<f64> {
        self.free_float.map(|minutes| self.days(minutes))
    }
}

/// How a link stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinkStatus {
    /// It holds its successor's early start.
    pub driving: bool,
    /// A mandatory date breaks it.
    pub broken: bool,
    /// Minutes of the predecessor's calendar by which it could slip; none where an end of it is done or it is left out.
    pub float: Option<i64>,
}

/// The schedule of an initiative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InitiativeSchedule {
    /// Which.
    pub initiative: InitiativeId,
    /// The start of its project: nothing unstarted lies before it.
    pub project_start: Moment,
    /// Earliest start of its activities; none where it has no activity.
    pub start: Option<Moment>,
    /// Latest finish of its activities.
    pub finish: Option<Moment>,
    /// Smallest total float of its unfinished activities, in minutes of the activity's calendar.
    pub least_float: Option<i64>,
    /// Activities critical by float.
    pub critical: usize,
    /// Unfinished activities, without summaries and hammocks.
    pub unfinished: usize,
    /// The driving chains to its finish, in order of start; activities of other initiatives included.
    pub longest_path: Vec<ActivityIndex>,
    /// The chains that lead to its last finish, the one with the least float first.
    pub float_paths: Vec<InitiativePath>,
    /// The rules by which it was scheduled.
    pub options: ScheduleOptions,
}

/// A float path of an initiative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InitiativePath {
    /// Its activities, first to last; those of other initiatives included.
    pub activities: Vec<ActivityIndex>,
    /// Minutes by which it can slip before it moves the finish; by total float, the total float of its last activity.
    pub float: i64,
}

/// Runs the passes over a network and puts the result in terms of the portfolio.
pub fn schedule(portfolio: &Portfolio, plan: &Plan, network: &Network, data_date: Option<Moment>) -> Schedule {
    let passes = passes::run(network, data_date, &portfolio.schedule_options);
    let mut activities: Vec<ScheduledActivity> = (0..portfolio.activities.len())
        .map(|index| match plan.node_of[index] {
            Some(node) => scheduled(portfolio, plan, network, &passes, node),
            None => rollup::placeholder(portfolio, plan, index),
        })
        .collect();
    let paths = paths::longest_paths(&passes, network);
    for &node in paths.iter().flatten() {
        activities[plan.activity_of[node]].on_longest_path = true;
    }
    let float_paths = float_paths(portfolio, plan, network, &passes, &paths);
    grade(portfolio, plan, &float_paths, &mut activities);
    rollup::hammocks(portfolio, plan, &mut activities);
    rollup::summaries(plan, &mut activities);
    let initiatives = initiatives(portfolio, plan, &activities, &paths, float_paths);
    Schedule { data_date, activities, links: link_statuses(portfolio, network, &passes), initiatives }
}

/// By initiative, the float paths to the last activity of its longest path.
fn float_paths(
    portfolio: &Portfolio,
    plan: &Plan,
    network: &Network,
    passes: &Passes,
    longest: &[Vec<usize>],
) -> Vec<Vec<InitiativePath>> {
    let of = |group: usize| {
        let options = &portfolio.schedule_options[group];
        let path = longest.get(group).map_or(&[][..], Vec::as_slice);
        let last = || path.iter().rev().copied().find(|&node| network.nodes[node].group == group);
        let chosen = options.float_paths_to.as_ref().and_then(|id| {
            let is_it = |&index: &usize| plan.group_of[index] == group && portfolio.activities[index].key.id.as_str() == id;
            (0..portfolio.activities.len()).find(is_it).and_then(|index| plan.node_of[index])
        });
        let Some(end) = chosen.or_else(last) else { return Vec::new() };
        let paths = paths::float_paths(passes, network, end, options.float_paths_by, options.float_paths);
        let told = |path: paths::FloatPath| InitiativePath {
            activities: path.nodes.iter().map(|&node| ActivityIndex(plan.activity_of[node])).collect(),
            float: path.float,
        };
        paths.into_iter().map(told).collect()
    };
    (0..portfolio.initiatives.len()).map(of).collect()
}

/// Says of every activity whether it is critical or nearly so, and which float path of its own initiative it lies on.
fn grade(portfolio: &Portfolio, plan: &Plan, paths: &[Vec<InitiativePath>], activities: &mut [ScheduledActivity]) {
    for (index, activity) in activities.iter_mut().enumerate().filter(|(index, _)| plan.node_of[*index].is_some()) {
        let options = &portfolio.schedule_options[plan.group_of[index]];
        activity.critical = match options.critical_by {
            CriticalBy::TotalFloat => activity.total_float.is_some_and(|float| float <= options.critical_float),
            CriticalBy::LongestPath => activity.on_longest_path,
        };
        let band = activity.total_float.and_then(|float| options.near_critical_band(float, activity.minutes_per_day));
        activity.near_critical = band.filter(|_| !activity.critical);
    }
    for (group, paths) in paths.iter().enumerate() {
        for (number, path) in paths.iter().enumerate() {
            for each in path.activities.iter().filter(|each| plan.group_of[each.0] == group) {
                activities[each.0].float_path = Some(number + 1);
            }
        }
    }
}

fn scheduled(portfolio: &Portfolio, plan: &Plan, network: &Network, passes: &Passes, node: usize) -> ScheduledActivity {
    let index = plan.activity_of[node];
    let dates = passes.dates(network, node);
    let (state, start) = match network.nodes[node].progress {
        Progress::NotStarted => (ActivityState::NotStarted, dates.early_start),
        Progress::InProgress { start, .. } => (ActivityState::InProgress, start),
        Progress::Complete { start, .. } => (ActivityState::Complete, start),
    };
    let complete = state == ActivityState::Complete;
    let late = |late: Moment, fact: Moment| if complete { fact } else { late };
    ScheduledActivity {
        activity: ActivityIndex(index),
        kind: portfolio.activities[index].kind,
        state,
        start,
        finish: dates.early_finish,
        early_start: dates.early_start,
        early_finish: dates.early_finish,
        late_start: late(dates.late_start, start),
        late_finish: late(dates.late_finish, dates.early_finish),
        duration: network.nodes[node].duration,
        remaining: dates.work,
        minutes_per_day: plan.calendars[index].minutes_per_day(),
        total_float: dates.total_float,
        start_float: dates.start_float,
        finish_float: dates.finish_float,
        free_float: dates.free_float,
        critical: false,
        near_critical: None,
        float_path: None,
        on_longest_path: false,
        driver: driver(network, dates.hold),
        finish_driver: finish_driver(network, dates.finish_hold),
        late_driver: late_driver(network, dates.late_hold),
    }
}

fn finish_driver(network: &Network, hold: FinishHold) -> FinishDriver {
    match hold {
        FinishHold::Work => FinishDriver::Work,
        FinishHold::Expected => FinishDriver::Expected,
        FinishHold::Committed => FinishDriver::Committed,
        FinishHold::Link(link) => FinishDriver::Predecessor { dependency: network.links[link].dependency },
        FinishHold::Actual => FinishDriver::Actual,
    }
}

fn late_driver(network: &Network, hold: LateHold) -> LateDriver {
    match hold {
        LateHold::ProjectFinish => LateDriver::ProjectFinish,
        LateHold::MustFinishBy => LateDriver::MustFinishBy,
        LateHold::OwnFinish => LateDriver::OwnFinish,
        LateHold::Link(link) => LateDriver::Successor { dependency: network.links[link].dependency },
        LateHold::Constraint => LateDriver::Constraint,
        LateHold::SecondaryConstraint => LateDriver::SecondaryConstraint,
        LateHold::Deadline => LateDriver::Deadline,
        LateHold::External => LateDriver::External,
        LateHold::Actual => LateDriver::Actual,
    }
}

fn driver(network: &Network, hold: Hold) -> Driver {
    match hold {
        Hold::ProjectStart => Driver::ProjectStart,
        Hold::DataDate => Driver::DataDate,
        Hold::Link(link) => Driver::Predecessor { dependency: network.links[link].dependency },
        Hold::Constraint => Driver::Constraint,
        Hold::SecondaryConstraint => Driver::SecondaryConstraint,
        Hold::External => Driver::External,
        Hold::Manual => Driver::Manual,
        Hold::WorkDone => Driver::WorkDone,
        Hold::AsLateAsPossible => Driver::AsLateAsPossible,
        Hold::Resume => Driver::Resume,
        Hold::Actual => Driver::Actual,
    }
}

fn link_statuses(portfolio: &Portfolio, network: &Network, passes: &Passes) -> Vec<LinkStatus> {
    let mut statuses = vec![LinkStatus::default(); portfolio.dependencies.len()];
    for (position, link) in network.links.iter().enumerate() {
        let status = &mut statuses[link.dependency];
        status.driving |= passes.driving[position];
        status.broken |= passes.is_broken(position);
        status.float = match (status.float, passes.relationship_float(position)) {
            (Some(before), Some(float)) => Some(before.min(float)),
            (before, float) => before.or(float),
        };
    }
    statuses
}

fn initiatives(
    portfolio: &Portfolio,
    plan: &Plan,
    activities: &[ScheduledActivity],
    paths: &[Vec<usize>],
    float_paths: Vec<Vec<InitiativePath>>,
) -> Vec<InitiativeSchedule> {
    let longest = |group: usize| paths.get(group).map_or(&[][..], Vec::as_slice);
    let mut initiatives: Vec<InitiativeSchedule> = portfolio
        .initiatives
        .iter()
        .zip(float_paths)
        .enumerate()
        .map(|(group, (initiative, float_paths))| InitiativeSchedule {
            initiative: initiative.id.clone(),
            project_start: plan.project_start[group],
            start: None,
            finish: None,
            least_float: None,
            critical: 0,
            unfinished: 0,
            longest_path: longest(group).iter().map(|&node| ActivityIndex(plan.activity_of[node])).collect(),
            float_paths,
            options: portfolio.schedule_options[group].clone(),
        })
        .collect();
    for (index, activity) in activities.iter().enumerate().filter(|(index, _)| plan.node_of[*index].is_some()) {
        let Some(initiative) = initiatives.get_mut(plan.group_of[index]) else { continue };
        initiative.start = Some(initiative.start.map_or(activity.start, |start| start.min(activity.start)));
        initiative.finish = initiative.finish.max(Some(activity.finish));
        initiative.least_float = match (initiative.least_float, activity.total_float) {
            (Some(least), Some(float)) => Some(least.min(float)),
            (least, float) => least.or(float),
        };
        initiative.critical += usize::from(activity.critical);
        initiative.unfinished += usize::from(activity.state != ActivityState::Complete);
    }
    initiatives
}

/// Mandatory dates that break links, work out of sequence, dates that cannot be met.
pub fn check(portfolio: &Portfolio, schedule: &Schedule) -> Findings {
    let mut findings = Findings::new();
    for initiative in &portfolio.initiatives {
        let Some(options) = schedule.initiatives.iter().find(|each| each.initiative == initiative.id).map(|each| &each.options)
        else {
            continue;
        };
        let Some(id) = &options.float_paths_to else { continue };
        let known = portfolio
            .activities
            .iter()
            .any(|activity| activity.key.initiative == initiative.id && activity.key.id.as_str() == id);
        // In portfolio.toml the option holds for every initiative that has such an activity.
        if !known && portfolio.settings.schedule.float_paths_to.as_ref() != Some(id) {
            findings.push(
                codes::FLOAT_PATH_END_UNKNOWN
                    .at(initiative.origin.clone())
                    .field("Schedule options", "Value")
                    .found(format!("{id} for {}", initiative.id))
                    .expected("the id of an activity of the initiative")
                    .hint("Correct float_paths_to; the last activity is used until then."),
            );
        }
    }
    for (dependency, status) in portfolio.dependencies.iter().zip(&schedule.links) {
        let ends = [dependency.predecessor, dependency.successor].map(|end| &portfolio.activity(end).key);
        if status.broken {
            findings.push(
                codes::MANDATORY_DATE_BREAKS_LINK
                    .at(portfolio.activity(dependency.successor).origin.clone())
                    .field("Activities", "Constraint date")
                    .found(format!("{} starts before {} allows it", ends[1], ends[0]))
                    .expected("a date that the link allows")
                    .hint("Move the date, change the constraint to \"start no earlier than\", or mend the link."),
            );
        }
        let states = [dependency.predecessor, dependency.successor].map(|end| schedule.activity(end).state);
        let waits_for_finish = dependency.link == crate::model::activity::LinkType::FinishToStart;
        if waits_for_finish && states[0] != ActivityState::Complete && states[1] != ActivityState::NotStarted {
            findings.push(
                codes::OUT_OF_SEQUENCE
                    .at(dependency.origin.clone())
                    .field("Dependencies", "Successor")
                    .found(format!("{} has started and {} is not finished", ends[1], ends[0]))
                    .expected("a predecessor that is finished first")
                    .hint("The rest of the work waits for the predecessor (retained logic). Correct the progress or the link."),
            );
        }
    }
    findings
}
