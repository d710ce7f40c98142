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
/// Amount finer than the currency's smallest unit.
pub const FINER_THAN_MINOR_UNIT: Code = Code::new(
    "M080",
    Severity::Error,
    "amount finer than the currency's smallest unit",
    "A ledger holds whole pence, cents or yen. The line is held back, and its amount listed.",
);
/// Ledger line maps to no initiative.
pub const LEDGER_UNASSIGNED: Code = Code::new(
    "M081",
    Severity::Warning,
    "ledger line maps to no initiative",
    "Neither the line's initiative nor its cost code leads to an initiative. Its money is in the bucket \"unassigned\".",
);
/// Ledger line after the as-of date.
pub const LEDGER_AFTER_AS_OF: Code = Code::new(
    "M082",
    Severity::Info,
    "ledger line after the as-of date",
    "The line is posted after the as-of date. It is counted apart and enters no figure.",
);
/// Period differs from the posting date.
pub const PERIOD_DIFFERS: Code = Code::new(
    "M083",
    Severity::Warning,
    "period differs from the posting date",
    "The posting date decides the period; the cell says another.",
);
/// Cost code leads to another initiative.
pub const COST_CODE_DIFFERS: Code = Code::new(
    "M084",
    Severity::Warning,
    "cost code leads to another initiative",
    "The line names one initiative and its cost code leads to another. The line's own counts.",
);
/// Amounts mostly negative.
pub const MOSTLY_NEGATIVE: Code = Code::new(
    "M085",
    Severity::Warning,
    "amounts mostly negative",
    "Positive is cost; a source whose lines are mostly negative probably has its sign turned.",
);
/// Reversal or release above zero.
pub const REVERSAL_ADDS: Code = Code::new(
    "M086",
    Severity::Warning,
    "reversal or release above zero",
    "Reversals and releases take back; their amounts are below zero.",
);
/// Money outside the initiative's life.
pub const PLAN_OUTSIDE_LIFE: Code = Code::new(
    "M087",
    Severity::Warning,
    "money outside the initiative's life",
    "A budget line lies in a period before the initiative starts or after it finishes.",
);
/// No such activity or WBS code.
pub const UNKNOWN_WORK: Code = Code::new(
    "M088",
    Severity::Warning,
    "no such activity or WBS code",
    "A budget or forecast line names an activity or WBS code that the initiative's plan does not have.",
);
/// Several budget versions.
pub const BUDGET_VERSIONS: Code = Code::new(
    "M089",
    Severity::Info,
    "several budget versions",
    "An initiative has budget lines of several versions; the latest counts.",
);
/// Exchange rate given twice.
pub const RATE_TWICE: Code = Code::new(
    "M090",
    Severity::Error,
    "exchange rate given twice",
    "Two rows give a rate of the same kind for the same day or period. The first counts.",
);
/// Exchange rate is not positive.
pub const RATE_NOT_POSITIVE: Code =
    Code::new("M091", Severity::Error, "exchange rate is not positive", "An exchange rate is above zero. The row is left out.");
/// Exchange rates disagree.
pub const RATES_DISAGREE: Code = Code::new(
    "M092",
    Severity::Warning,
    "exchange rates disagree",
    "A rate and its inverse, or a rate and the two through a third currency, differ by more than the tolerance.",
);
/// Exchange rate of a currency to itself.
pub const RATE_OF_ONE: Code = Code::new(
    "M093",
    Severity::Warning,
    "exchange rate of a currency to itself",
    "A currency is worth itself; the row says nothing, or something wrong.",
);
/// Exchange rate missing.
pub const RATE_MISSING: Code = Code::new(
    "M094",
    Severity::Error,
    "exchange rate missing",
    "Money in this currency cannot be converted; it is shown in its own currency and left out of totals. A missing rate is never taken as 1.",
);
/// Stated change differs.
pub const CHANGE_DIFFERS: Code = Code::new(
    "M095",
    Severity::Warning,
    "stated change differs",
    "A change reported elsewhere is not the difference of the values reported.",
);
/// Certain risk.
pub const RISK_IS_ISSUE: Code =
    Code::new("M100", Severity::Warning, "certain risk", "A risk of 100 % probability has happened or will: it is an issue.");
/// Risk that cannot happen.
pub const RISK_IMPOSSIBLE: Code =
    Code::new("M101", Severity::Warning, "risk that cannot happen", "An open risk of 0 % probability does nothing.");
/// Residual above inherent.
pub const RESIDUAL_ABOVE_INHERENT: Code = Code::new(
    "M102",
    Severity::Warning,
    "residual above inherent",
    "After the response a threat should not be larger than before, nor an opportunity smaller.",
);
/// Risk without an impact.
pub const RISK_WITHOUT_IMPACT: Code = Code::new(
    "M103",
    Severity::Info,
    "risk without an impact",
    "An open risk has no cost, no days and no impact score; it cannot be ranked.",
);
/// Open with a closing date.
pub const OPEN_BUT_CLOSED: Code = Code::new(
    "M104",
    Severity::Warning,
    "open with a closing date",
    "The status says open and a date says closed, or the other way round.",
);
/// Severity 1 not escalated.
pub const ISSUE_UNESCALATED: Code = Code::new(
    "M105",
    Severity::Warning,
    "severity 1 not escalated",
    "An open issue of severity 1 names nobody to whom it is escalated.",
);
/// Dated after the as-of date.
pub const FUTURE_RECORD: Code = Code::new(
    "M106",
    Severity::Warning,
    "dated after the as-of date",
    "Something that has happened is dated after the as-of date.",
);
/// Group shares above 100 %.
pub const SHARES_ABOVE_WHOLE: Code = Code::new(
    "M110",
    Severity::Error,
    "group shares above 100 %",
    "The shares of benefits that must not be counted twice add up to more than 100 %.",
);
/// Target equals baseline.
pub const BENEFIT_WITHOUT_CHANGE: Code = Code::new(
    "M111",
    Severity::Warning,
    "target equals baseline",
    "A benefit or KPI whose target equals its baseline changes nothing.",
);
/// Benefit before its start.
pub const REALISED_BEFORE_START: Code =
    Code::new("M112", Severity::Warning, "benefit before its start", "A benefit is read in a period before it starts.");
/// Reading of a later period.
pub const READING_IN_FUTURE: Code = Code::new(
    "M113",
    Severity::Warning,
    "reading of a later period",
    "A reading belongs to a period that begins after the as-of date. It is kept out.",
);
/// Claimed, not validated.
pub const CLAIM_NOT_VALIDATED: Code = Code::new(
    "M114",
    Severity::Info,
    "claimed, not validated",
    "A reading without evidence or without finance's validation counts as claimed, not as realised.",
);
/// Thresholds in the wrong order.
pub const THRESHOLDS: Code = Code::new(
    "M120",
    Severity::Error,
    "thresholds in the wrong order",
    "Where more is better the green threshold lies above the red one; where less is better, below it.",
);
/// Lagging KPI without a leading one.
pub const LAGGING_WITHOUT_LEADING: Code = Code::new(
    "M121",
    Severity::Info,
    "lagging KPI without a leading one",
    "A lagging KPI should have a leading one below it, which warns in time.",
);
/// KPI without a reading.
pub const KPI_WITHOUT_READING: Code =
    Code::new("M122", Severity::Info, "KPI without a reading", "Nothing has been read for the KPI up to the as-of date.");
/// Decision incomplete.
pub const DECISION_INCOMPLETE: Code = Code::new(
    "M130",
    Severity::Warning,
    "decision incomplete",
    "A decision that is taken says what was decided, by whom and when.",
);
/// Needed after it was due.
pub const GATE_DATE: Code =
    Code::new("M131", Severity::Warning, "needed after it was due", "An open decision was needed before the as-of date.");
/// Budget without a plan.
pub const BUDGET_WITHOUT_PLAN: Code =
    Code::new("M140", Severity::Warning, "budget without a plan", "An initiative has a budget and no activities.");
/// Plan without a budget.
pub const PLAN_WITHOUT_BUDGET: Code = Code::new(
    "M141",
    Severity::Warning,
    "plan without a budget",
    "An initiative has activities and neither budget lines nor an approved budget.",
);
/// Progress without cost.
pub const PROGRESS_WITHOUT_COST: Code =
    Code::new("M142", Severity::Warning, "progress without cost", "An initiative reports progress and has no actual cost.");
/// Cost without progress.
pub const COST_WITHOUT_PROGRESS: Code =
    Code::new("M143", Severity::Warning, "cost without progress", "An initiative has actual cost and reports no progress.");
/// Forecast below what is committed.
pub const FORECAST_BELOW_ACTUALS: Code = Code::new(
    "M144",
    Severity::Warning,
    "forecast below what is committed",
    "The forecast of the rest of the year is lower than the open commitments.",
);
/// Benefit before its initiative delivers.
pub const BENEFIT_BEFORE_FINISH: Code = Code::new(
    "M145",
    Severity::Warning,
    "benefit before its initiative delivers",
    "A benefit starts before the initiative that brings it finishes.",
);
/// Budget lines differ from the approved budget.
pub const BUDGET_DIFFERS: Code = Code::new(
    "M146",
    Severity::Info,
    "budget lines differ from the approved budget",
    "The sum of an initiative's budget lines is not its approved budget.",
);
/// Summary row without work.
pub const SUMMARY_WITHOUT_WORK: Code =
    Code::new("M147", Severity::Info, "summary row without work", "A summary row has no activities below it.");
/// Deliverable late.
pub const UNACCEPTED: Code = Code::new("M148", Severity::Warning, "deliverable late", "A deliverable is due and not accepted.");

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
    DATES_OUT_OF_ORDER,
    PREVIOUS_ID_CLASH,
    NAMES_ITSELF,
    NO_OBJECTIVE,
    WEIGHTS,
    CIRCULAR_PARENT,
    MILESTONE_WITH_DURATION,
    DURATION_UNUSABLE,
    CONSTRAINT_WITHOUT_TYPE,
    COMPLETE_WITHOUT_FINISH,
    FINISH_WITH_WORK_LEFT,
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
    FINER_THAN_MINOR_UNIT,
    LEDGER_UNASSIGNED,
    LEDGER_AFTER_AS_OF,
    PERIOD_DIFFERS,
    COST_CODE_DIFFERS,
    MOSTLY_NEGATIVE,
    REVERSAL_ADDS,
    PLAN_OUTSIDE_LIFE,
    UNKNOWN_WORK,
    BUDGET_VERSIONS,
    RATE_TWICE,
    RATE_NOT_POSITIVE,
    RATES_DISAGREE,
    RATE_OF_ONE,
    RATE_MISSING,
    CHANGE_DIFFERS,
    RISK_IS_ISSUE,
    RISK_IMPOSSIBLE,
    RESIDUAL_ABOVE_INHERENT,
    RISK_WITHOUT_IMPACT,
    OPEN_BUT_CLOSED,
    ISSUE_UNESCALATED,
    FUTURE_RECORD,
    SHARES_ABOVE_WHOLE,
    BENEFIT_WITHOUT_CHANGE,
    REALISED_BEFORE_START,
    READING_IN_FUTURE,
    CLAIM_NOT_VALIDATED,
    THRESHOLDS,
    LAGGING_WITHOUT_LEADING,
    KPI_WITHOUT_READING,
    DECISION_INCOMPLETE,
    GATE_DATE,
    BUDGET_WITHOUT_PLAN,
    PLAN_WITHOUT_BUDGET,
    PROGRESS_WITHOUT_COST,
    COST_WITHOUT_PROGRESS,
    FORECAST_BELOW_ACTUALS,
    BENEFIT_BEFORE_FINISH,
    BUDGET_DIFFERS,
    SUMMARY_WITHOUT_WORK,
    UNACCEPTED,
];
