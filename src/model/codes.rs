//! The kinds of finding that building the portfolio raises.

use crate::base::finding::{Code, Severity};

/// No such record.
pub const UNKNOWN_REFERENCE: Code = Code::new(
    "M001",
    Severity::Error,
    "no such record",
    "The cell names a record that its register does not hold. Nothing that merely looks alike is used; the hint proposes it.",
);
/// References not checked.
pub const REGISTER_MISSING: Code = Code::new(
    "M002",
    Severity::Info,
    "references not checked",
    "Records name ids of a register that no workbook gives, so that they could not be checked.",
);
/// Initiative not listed.
pub const INITIATIVE_NOT_LISTED: Code = Code::new(
    "M003",
    Severity::Warning,
    "initiative not listed",
    "Activities belong to an initiative that the Initiatives table does not list. It is used with the reporting currency and without owner or budget.",
);
/// Initiative known only from other tables.
pub const NO_INITIATIVES_TABLE: Code = Code::new(
    "M004",
    Severity::Info,
    "initiative known only from other tables",
    "No workbook gives the Initiatives table; initiatives are taken from the records that name them.",
);
/// Several activities have this id.
pub const AMBIGUOUS_ACTIVITY: Code = Code::new(
    "M005",
    Severity::Error,
    "several activities have this id",
    "An activity id without its initiative is found in several initiatives.",
);
/// Previous id used.
pub const PREVIOUS_ID: Code =
    Code::new("M006", Severity::Info, "previous id used", "The cell names an initiative by an id that it had before.");
/// Person named by name.
pub const NAMED_BY_NAME: Code = Code::new(
    "M007",
    Severity::Info,
    "person named by name",
    "The cell holds a person's name, which one person alone bears, instead of the Person ID.",
);
/// Listed twice.
pub const LISTED_TWICE: Code =
    Code::new("M008", Severity::Error, "listed twice", "Two rows have the same key. The first counts.");
/// Owner has left.
pub const OWNER_HAS_LEFT: Code =
    Code::new("M009", Severity::Warning, "owner has left", "Somebody whose last day has passed still owns something open.");
/// Rating without a reason.
pub const OVERRIDE_WITHOUT_REASON: Code = Code::new(
    "M010",
    Severity::Warning,
    "rating without a reason",
    "An owner's own rating needs a reason; without one the computed rating stands.",
);
/// Dates in the wrong order.
pub const DATES_OUT_OF_ORDER: Code =
    Code::new("M011", Severity::Error, "dates in the wrong order", "A first date lies after the date that must follow it.");
/// Previous id is not unique.
pub const PREVIOUS_ID_CLASH: Code = Code::new(
    "M012",
    Severity::Warning,
    "previous id is not unique",
    "A previous id is another initiative's id, or is claimed by two. It stands for neither.",
);
/// Names itself.
pub const NAMES_ITSELF: Code = Code::new("M013", Severity::Warning, "names itself", "A record points at itself.");
/// Initiative without an objective.
pub const NO_OBJECTIVE: Code = Code::new(
    "M014",
    Severity::Warning,
    "initiative without an objective",
    "An initiative should serve an objective of the strategy.",
);
/// Weights do not add up.
pub const WEIGHTS: Code =
    Code::new("M015", Severity::Warning, "weights do not add up", "Weights of one group must add up to 100 %.");
/// Parents lead back.
pub const CIRCULAR_PARENT: Code = Code::new(
    "M016",
    Severity::Error,
    "parents lead back",
    "A chain of parents, or of records that replace one another, leads back to where it began.",
);
/// Milestone with a duration.
pub const MILESTONE_WITH_DURATION: Code = Code::new(
    "M020",
    Severity::Warning,
    "milestone with a duration",
    "Milestones, gates, reviews and celebrations are points in time.",
);
/// Duration cannot be used.
pub const DURATION_UNUSABLE: Code = Code::new(
    "M021",
    Severity::Error,
    "duration cannot be used",
    "A duration below zero, or a share of another, is no duration of an activity.",
);
/// Constraint without its date.
pub const CONSTRAINT_WITHOUT_DATE: Code =
    Code::new("M022", Severity::Error, "constraint without its date", "A date constraint needs its date.");
/// Constraint date without a type.
pub const CONSTRAINT_WITHOUT_TYPE: Code = Code::new(
    "M023",
    Severity::Warning,
    "constraint date without a type",
    "A constraint date means nothing without a constraint type.",
);
/// Complete without a finish.
pub const COMPLETE_WITHOUT_FINISH: Code =
    Code::new("M024", Severity::Error, "complete without a finish", "100 % complete needs an actual finish.");
/// Finished with work left.
pub const FINISH_WITH_WORK_LEFT: Code = Code::new(
    "M025",
    Severity::Warning,
    "finished with work left",
    "An activity with an actual finish is complete and has nothing remaining.",
);
/// Finish without a start.
pub const FINISH_WITHOUT_START: Code =
    Code::new("M026", Severity::Error, "finish without a start", "An activity with an actual finish must have started.");
/// Actual date in the future.
pub const ACTUAL_AFTER_AS_OF: Code =
    Code::new("M027", Severity::Error, "actual date in the future", "An actual date lies after the as-of date. It is left out.");
/// Progress without a start.
pub const PROGRESS_WITHOUT_START: Code =
    Code::new("M028", Severity::Warning, "progress without a start", "There is progress on an activity that has not started.");
/// Estimate lacks a point.
pub const ESTIMATE_INCOMPLETE: Code =
    Code::new("M029", Severity::Warning, "estimate lacks a point", "A three-point estimate needs all three points.");
/// Apportioned to nothing.
pub const APPORTIONED_TO_NOTHING: Code = Code::new(
    "M030",
    Severity::Error,
    "apportioned to nothing",
    "An apportioned activity must follow another one, and no circle of them.",
);
/// Steps cannot be read.
pub const STEPS_UNREADABLE: Code = Code::new(
    "M031",
    Severity::Warning,
    "steps cannot be read",
    "Weighted steps are weights and names such as 40 design; 60 build.",
);
/// Step weights are not 100.
pub const STEP_WEIGHTS: Code =
    Code::new("M032", Severity::Info, "step weights are not 100", "The weights of the steps are taken in proportion.");
/// Taken as a summary row.
pub const SUMMARY_INFERRED: Code = Code::new(
    "M033",
    Severity::Info,
    "taken as a summary row",
    "The row has no type and stands above other rows by its WBS code.",
);
/// Two summary rows with one code.
pub const SUMMARY_CODE_TWICE: Code = Code::new(
    "M034",
    Severity::Warning,
    "two summary rows with one code",
    "Two summary rows of an initiative have the same WBS code.",
);
/// Constraint on a hammock.
pub const HAMMOCK_WITH_CONSTRAINT: Code = Code::new(
    "M035",
    Severity::Warning,
    "constraint on a hammock",
    "A hammock takes its dates from the activities that it spans.",
);
/// Calendar cannot be used.
pub const CALENDAR_UNUSABLE: Code = Code::new(
    "M040",
    Severity::Error,
    "calendar cannot be used",
    "A calendar's definition has a fault. The default calendar takes its place.",
);
/// No such calendar.
pub const UNKNOWN_CALENDAR: Code = Code::new(
    "M041",
    Severity::Error,
    "no such calendar",
    "A record names a calendar that the Calendars table does not hold. The default calendar takes its place.",
);
/// Working hours cannot be read.
pub const HOURS_UNREADABLE: Code =
    Code::new("M042", Severity::Error, "working hours cannot be read", "The working hours of a day cannot be understood.");
/// Dependency on itself.
pub const LINK_TO_ITSELF: Code = Code::new(
    "M050",
    Severity::Error,
    "dependency on itself",
    "A dependency must join two different activities. It is left out.",
);
/// Dependency listed twice.
pub const LINK_TWICE: Code = Code::new(
    "M051",
    Severity::Warning,
    "dependency listed twice",
    "Two rows give the same type of link between the same activities. The first counts.",
);
/// Circle of dependencies.
pub const CIRCLE: Code = Code::new(
    "M052",
    Severity::Error,
    "circle of dependencies",
    "The links lead back to where they began, so that no date can be computed. The link that closes the loop is left out.",
);
/// Dependency on a summary row.
pub const LINK_ON_SUMMARY: Code = Code::new(
    "M053",
    Severity::Warning,
    "dependency on a summary row",
    "Links belong between activities. This one is read as links of the activities below the summary row.",
);
/// Dependency on a summary row cannot be used.
pub const LINK_INSIDE_SUMMARY: Code = Code::new(
    "M054",
    Severity::Error,
    "dependency on a summary row cannot be used",
    "A link between a summary row and its own part, on a summary row without work, or beyond the limit of links, is left out.",
);
/// Lead (negative lag).
pub const NEGATIVE_LAG: Code = Code::new(
    "M055",
    Severity::Info,
    "lead (negative lag)",
    "A lead hides what the successor really waits for. Source: DCMA 14-point assessment, check 2.",
);
/// Start-to-finish dependency.
pub const START_TO_FINISH: Code = Code::new("M056", Severity::Info, "start-to-finish dependency", "SF links are rarely meant.");
/// Promised later than needed.
pub const PROMISED_TOO_LATE: Code = Code::new(
    "M057",
    Severity::Warning,
    "promised later than needed",
    "The promised date of a dependency lies after its need-by date.",
);
/// Dependency not agreed.
pub const LINK_NOT_AGREED: Code =
    Code::new("M058", Severity::Warning, "dependency not agreed", "The two sides of a dependency have not agreed.");
/// Report later than the as-of date.
pub const PROGRESS_AFTER_AS_OF: Code = Code::new(
    "M060",
    Severity::Info,
    "report later than the as-of date",
    "Progress reported for a later status date is kept out of this run.",
);
/// Progress falls.
pub const PROGRESS_FALLS: Code =
    Code::new("M061", Severity::Warning, "progress falls", "Percent complete is lower than in an earlier report.");
/// Re-baseline without reason or approver.
pub const REBASELINE_UNEXPLAINED: Code = Code::new(
    "M062",
    Severity::Warning,
    "re-baseline without reason or approver",
    "A baseline that replaces another needs a reason and an approver.",
);
/// Neither resource nor role.
pub const NO_BEARER: Code =
    Code::new("M070", Severity::Error, "neither resource nor role", "A rate or an assignment needs a resource or a role.");
/// No rate.
pub const NO_RATE: Code =
    Code::new("M071", Severity::Warning, "no rate", "Work is assigned to somebody for whom Rates has no row; it has no cost.");
/// Assignment below zero.
pub const NEGATIVE_ASSIGNMENT: Code =
    Code::new("M072", Severity::Error, "assignment below zero", "Units and fixed costs of an assignment are 0 or more.");
/// Resource used when not available.
pub const RESOURCE_UNAVAILABLE: Code = Code::new(
    "M073",
    Severity::Error,
    "resource used when not available",
    "Work is assigned outside the days on which the resource is available.",
);

/// Every code of this layer.
pub const ALL: &[Code] = &[
    UNKNOWN_REFERENCE,
    REGISTER_MISSING,
    INITIATIVE_NOT_LISTED,
    NO_INITIATIVES_TABLE,
    AMBIGUOUS_ACTIVITY,
    PREVIOUS_ID,
    NAMED_BY_NAME,
    LISTED_TWICE,
    OWNER_HAS_LEFT,
    OVERRIDE_WITHOUT_REASON,
    DATES_OUT_OF_ORDER,
    PREVIOUS_ID_CLASH,
    NAMES_ITSELF,
    NO_OBJECTIVE,
    WEIGHTS,
    CIRCULAR_PARENT,
    MILESTONE_WITH_DURATION,
    DURATION_UNUSABLE,
    CONSTRAINT_WITHOUT_DATE,
    CONSTRAINT_WITHOUT_TYPE,
    COMPLETE_WITHOUT_FINISH,
    FINISH_WITH_WORK_LEFT,
    FINISH_WITHOUT_START,
    ACTUAL_AFTER_AS_OF,
    PROGRESS_WITHOUT_START,
    ESTIMATE_INCOMPLETE,
    APPORTIONED_TO_NOTHING,
    STEPS_UNREADABLE,
    STEP_WEIGHTS,
    SUMMARY_INFERRED,
    SUMMARY_CODE_TWICE,
    HAMMOCK_WITH_CONSTRAINT,
    CALENDAR_UNUSABLE,
    UNKNOWN_CALENDAR,
    HOURS_UNREADABLE,
    LINK_TO_ITSELF,
    LINK_TWICE,
    CIRCLE,
    LINK_ON_SUMMARY,
    LINK_INSIDE_SUMMARY,
    NEGATIVE_LAG,
    START_TO_FINISH,
    PROMISED_TOO_LATE,
    LINK_NOT_AGREED,
    PROGRESS_AFTER_AS_OF,
    PROGRESS_FALLS,
    REBASELINE_UNEXPLAINED,
    NO_BEARER,
    NO_RATE,
    NEGATIVE_ASSIGNMENT,
    RESOURCE_UNAVAILABLE,
];
