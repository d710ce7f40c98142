//! The plan: activities, dependencies, progress and baselines.

use crate::base::day::{Day, Moment};
use crate::base::id::{ActivityKey, CalendarId, DeliverableId, InitiativeId, PersonId};
use crate::base::origin::Origin;
use crate::base::span::Span;
use rust_decimal::Decimal;

/// Position of an activity in [`crate::model::portfolio::Portfolio::activities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActivityIndex(pub usize);

/// What an activity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActivityType {
    /// Work.
    Task,
    /// A milestone; zero duration. It rests at the end of a working day or at the start of the next, as its links say.
    Milestone,
    /// A milestone that marks a start: it rests where work can begin.
    StartMilestone,
    /// A milestone that marks a finish: it rests where work can end.
    FinishMilestone,
    /// A decision gate; zero duration.
    DecisionGate,
    /// A review point; zero duration.
    ReviewPoint,
    /// A celebration point; zero duration.
    Celebration,
    /// Level of effort that spans others; never drives.
    Hammock,
    /// A parent row of the work breakdown structure; rolled up, never scheduled.
    Summary,
    /// A buffer.
    Buffer,
}

impl ActivityType {
    /// True for the kinds with no duration.
    #[must_use]
    pub const fn is_point(self) -> bool {
        matches!(
            self,
            Self::Milestone
                | Self::StartMilestone
                | Self::FinishMilestone
                | Self::DecisionGate
                | Self::ReviewPoint
                | Self::Celebration
        )
    }
}

/// A date constraint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// Start on or after.
    StartNoEarlierThan(Moment),
    /// Start on or before.
    StartNoLaterThan(Moment),
    /// Finish on or after.
    FinishNoEarlierThan(Moment),
    /// Finish on or before.
    FinishNoLaterThan(Moment),
    /// Start exactly then, whatever the logic says.
    MustStartOn(Moment),
    /// Finish exactly then, whatever the logic says.
    MustFinishOn(Moment),
    /// Start then, if logic allows.
    StartOn(Moment),
    /// Finish then, if logic allows.
    FinishOn(Moment),
    /// As late as possible.
    AsLateAsPossible,
}

/// Whose working time an activity's dates follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CalendarBasis {
    /// Its own calendar's.
    #[default]
    Activity,
    /// The calendars of the resources that work on it.
    Resources,
    /// Time that its own calendar and the resource's both work.
    Both,
}

/// How percent complete was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PercentKind {
    /// Share of the duration that has passed.
    Duration,
    /// Physical progress.
    Physical,
    /// Units done.
    Units,
}

/// How earned value is taken. Source: EIA-748, guideline 10 and the techniques in common use.
#[derive(Clone, Debug, PartialEq)]
pub enum EarnedValueTechnique {
    /// Nothing until done.
    ZeroHundred,
    /// Half at the start, half when done.
    FiftyFifty,
    /// A quarter at the start, the rest when done.
    TwentyFiveSeventyFive,
    /// Steps with weights.
    WeightedSteps,
    /// Percent complete.
    PercentComplete,
    /// Units complete.
    Units,
    /// Earns what was planned; level of effort.
    LevelOfEffort,
    /// Follows another activity's percentage.
    ApportionedTo(ActivityIndex),
}

/// When a fixed cost is planned and earned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CostAccrual {
    /// In full when the activity starts.
    Start,
    /// Linear over the working time.
    Prorated,
    /// In full when the activity ends.
    End,
}

/// An estimate with three points.
#[derive(Clone, Debug, PartialEq)]
pub struct ThreePoint {
    /// Optimistic.
    pub optimistic: Span,
    /// Most likely.
    pub most_likely: Span,
    /// Pessimistic.
    pub pessimistic: Span,
    /// Distribution as given; triangular where nothing is said.
    pub distribution: Option<String>,
}

/// An activity of the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Activity {
    /// Key: initiative and id.
    pub key: ActivityKey,
    /// Dotted code of the work breakdown structure.
    pub wbs: String,
    /// Name.
    pub name: String,
    /// What it is.
    pub kind: ActivityType,
    /// Planned duration; zero for points and summaries.
    pub duration: Span,
    /// Its calendar; none for the default one.
    pub calendar: Option<CalendarId>,
    /// Whose working time its dates follow.
    pub calendar_basis: CalendarBasis,
    /// Placed by hand: it stays on its constraint's date, whatever its links say.
    pub manual: bool,
    /// Date constraint.
    pub constraint: Option<Constraint>,
    /// A second date constraint.
    pub secondary_constraint: Option<Constraint>,
    /// When its owner expects it to finish; sets the work left.
    pub expected_finish: Option<Moment>,
    /// The earliest start that work outside the plans allows.
    pub external_early_start: Option<Moment>,
    /// The latest finish that work outside the plans can take.
    pub external_late_finish: Option<Moment>,
    /// Deadline: shown and used in the backward pass only.
    pub deadline: Option<Moment>,
    /// Baseline start as the Activities table gives it.
    pub baseline_start: Option<Moment>,
    /// Baseline finish as the Activities table gives it.
    pub baseline_finish: Option<Moment>,
    /// Baseline work.
    pub baseline_work: Option<Span>,
    /// Baseline cost, in the initiative's currency.
    pub baseline_cost: Option<Decimal>,
    /// Actual start.
    pub actual_start: Option<Moment>,
    /// Actual finish.
    pub actual_finish: Option<Moment>,
    /// Percent complete as a fraction.
    pub percent_complete: Option<f64>,
    /// How it was measured; duration where nothing is said.
    pub percent_kind: PercentKind,
    /// Remaining duration.
    pub remaining: Option<Span>,
    /// Work resumes on.
    pub resume: Option<Moment>,
    /// Technique; percent complete where nothing is said.
    pub technique: EarnedValueTechnique,
    /// Steps with weights: (weight as a share of all weights, name, done).
    pub steps: Vec<(f64, String, bool)>,
    /// Budget.
    pub budget: Option<Decimal>,
    /// Fixed cost.
    pub fixed_cost: Option<Decimal>,
    /// Cost per working hour.
    pub cost_per_hour: Option<Decimal>,
    /// When the fixed cost is planned and earned; prorated where nothing is said.
    pub accrual: CostAccrual,
    /// Control account.
    pub control_account: Option<String>,
    /// Responsible organisation.
    pub responsible_organisation: Option<String>,
    /// Duration when crashed.
    pub crash_duration: Option<Span>,
    /// Cost of crashing.
    pub crash_cost: Option<Decimal>,
    /// Owner.
    pub owner: Option<PersonId>,
    /// The deliverable it makes.
    pub deliverable: Option<DeliverableId>,
    /// Estimate with three points.
    pub estimate: Option<ThreePoint>,
    /// Levelling priority, 1 first.
    pub levelling_priority: Option<i64>,
    /// The summary row it belongs to.
    pub parent: Option<ActivityIndex>,
    /// Where the record is.
    pub origin: Origin,
}

/// The four kinds of link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkType {
    /// Finish to start.
    FinishToStart,
    /// Start to start.
    StartToStart,
    /// Finish to finish.
    FinishToFinish,
    /// Start to finish.
    StartToFinish,
}

/// The calendar on which a lag is walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LagCalendar {
    /// The predecessor's.
    Predecessor,
    /// The successor's.
    Successor,
    /// The project's default.
    Project,
    /// Around the clock.
    RoundTheClock,
}

/// A link between two activities.
#[derive(Clone, Debug, PartialEq)]
pub struct Dependency {
    /// Predecessor.
    pub predecessor: ActivityIndex,
    /// Successor.
    pub successor: ActivityIndex,
    /// Kind.
    pub link: LinkType,
    /// Lag, signed; working time, elapsed time or a percentage of the predecessor's duration.
    pub lag: Span,
    /// Calendar of the lag; none for the setting's.
    pub lag_calendar: Option<LagCalendar>,
    /// True where it crosses the boundary of the organisation or initiative by declaration.
    pub external: bool,
    /// Owner.
    pub owner: Option<PersonId>,
    /// Both sides agreed.
    pub agreed: Option<bool>,
    /// The successor needs it by.
    pub need_by: Option<Day>,
    /// The predecessor promises it by.
    pub promised: Option<Day>,
    /// Where the record is.
    pub origin: Origin,
}

/// A progress report on an activity at a status date.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgressReading {
    /// Status date; a date alone means the last working instant of that day.
    pub as_of: Moment,
    /// The activity.
    pub activity: ActivityIndex,
    /// Percent complete as a fraction.
    pub percent_complete: Option<f64>,
    /// Actual start.
    pub actual_start: Option<Moment>,
    /// Actual finish.
    pub actual_finish: Option<Moment>,
    /// Actual duration.
    pub actual_duration: Option<Span>,
    /// Remaining duration.
    pub remaining: Option<Span>,
    /// Actual cost to date, in the initiative's currency.
    pub actual_cost: Option<Decimal>,
    /// Actual work to date.
    pub actual_work: Option<Span>,
    /// Where the record is.
    pub origin: Origin,
}

/// An actual date after the as-of date. It is left out of the plan, and counts as an invalid date.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOutActual {
    /// The activity.
    pub activity: ActivityIndex,
    /// The date as given.
    pub at: Moment,
    /// True for a finish, false for a start.
    pub is_finish: bool,
    /// Where the date is.
    pub origin: Origin,
}

/// What a named baseline holds and the plan does not hold any more.
#[derive(Clone, Debug, PartialEq)]
pub struct RemovedFromPlan {
    /// Name of the baseline.
    pub baseline: String,
    /// Initiative, where the row names one.
    pub initiative: Option<InitiativeId>,
    /// The activity as the row writes it.
    pub activity: String,
    /// Start.
    pub start: Option<Moment>,
    /// Finish.
    pub finish: Option<Moment>,
    /// Cost.
    pub cost: Option<Decimal>,
    /// Where the record is.
    pub origin: Origin,
}

/// One activity of a named baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct BaselineEntry {
    /// Name of the baseline.
    pub baseline: String,
    /// The activity.
    pub activity: ActivityIndex,
    /// Start.
    pub start: Option<Moment>,
    /// Finish.
    pub finish: Option<Moment>,
    /// Cost, in the initiative's currency.
    pub cost: Option<Decimal>,
    /// Work.
    pub work: Option<Span>,
    /// Approver.
    pub approved_by: Option<PersonId>,
    /// Approved on.
    pub approved_on: Option<Day>,
    /// Reason of a re-baseline.
    pub reason: Option<String>,
    /// Where the record is.
    pub origin: Origin,
}
