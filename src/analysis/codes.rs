//! The kinds of finding that the analyses raise.

pub use super::earned_value::codes::*;
use crate::base::finding::{Code, Severity};

/// Links in a circle.
pub const LINKS_IN_A_CIRCLE: Code = Code::new(
    "A002",
    Severity::Error,
    "links lead back to where they began",
    "Activities that wait for one another can never start. The links named are left out of the schedule.",
);
/// Complete, but when?
pub const COMPLETE_WITHOUT_FINISH: Code = Code::new(
    "A005",
    Severity::Warning,
    "complete without an actual finish",
    "An activity at 100 % needs the date on which it finished: float, forecast and lateness depend on it.",
);
/// Begun, but when?
pub const PROGRESS_WITHOUT_START: Code = Code::new(
    "A006",
    Severity::Warning,
    "progress without an actual start",
    "An activity with progress needs the date on which it started. A start is worked out from the work done.",
);
/// Work out of sequence.
pub const OUT_OF_SEQUENCE: Code = Code::new(
    "A007",
    Severity::Warning,
    "started before its predecessor finished",
    "The plan says that one follows the other, and progress says otherwise. One of the two is wrong.",
);
/// A mandatory date against the logic.
pub const MANDATORY_DATE_BREAKS_LINK: Code = Code::new(
    "A008",
    Severity::Warning,
    "mandatory date breaks a link",
    "A \"must start on\" or \"must finish on\" date overrides the links. The schedule shows what cannot happen.",
);
/// No rate.
pub const EXCHANGE_RATE_MISSING: Code = Code::new(
    "A009",
    Severity::Error,
    "exchange rate missing",
    "An amount in another currency can be added only at a rate. It is left out until the rate is given, never taken one for one.",
);
/// No baseline.
pub const NO_BASELINE: Code = Code::new(
    "A010",
    Severity::Warning,
    "no baseline",
    "Earned value compares with a plan that stays fixed. Without one, the plan is compared with itself.",
);
/// Several baselines.
pub const BASELINE_AMBIGUOUS: Code = Code::new(
    "A011",
    Severity::Warning,
    "which baseline governs is not said",
    "Several baselines are given, none is approved and the settings name none.",
);
/// Work outside the baseline.
pub const NOT_IN_BASELINE: Code = Code::new(
    "A012",
    Severity::Warning,
    "activity is not in the baseline",
    "Work outside the baseline has no planned value and no budget, so it can cost but not earn.",
);
/// No budget.
pub const NO_ACTIVITY_BUDGET: Code =
    Code::new("A013", Severity::Warning, "no budget on any activity", "Earned value needs a budget for each piece of work.");
/// No actual cost.
pub const ACTUALS_MISSING: Code = Code::new(
    "A014",
    Severity::Warning,
    "value earned and nothing spent",
    "Work is done and no actual cost is recorded: the cost is missing, late or booked elsewhere.",
);
/// Below zero.
pub const NEGATIVE_MEASURE: Code = Code::new(
    "A015",
    Severity::Warning,
    "earned value or actual cost is negative",
    "Credits and reversals can bring a total below zero. No index is taken from it.",
);
/// Above the budget.
pub const EARNED_ABOVE_BUDGET: Code = Code::new(
    "A016",
    Severity::Warning,
    "more earned than budgeted",
    "Earned value cannot pass the budget of the work. Indices take it as the budget.",
);

/// A forecast that cannot be met.
pub const OUTLOOK_BELOW_COMMITTED: Code = Code::new(
    "A100",
    Severity::Warning,
    "outlook below actual cost and commitments",
    "What is spent and ordered is already more than actual cost and forecast together: the forecast leaves something out.",
);
/// A variance that nobody explains.
pub const COMMENTARY_NEEDED: Code = Code::new(
    "A101",
    Severity::Info,
    "variance without a commentary",
    "The variance of the year to date passes the threshold above which the owner's words are asked for.",
);
/// Above capacity.
pub const OVER_CAPACITY: Code = Code::new(
    "A102",
    Severity::Warning,
    "resource above capacity",
    "In this month the work assigned is more than the resource can do.",
);
/// A role without a name.
pub const ROLE_UNFILLED: Code =
    Code::new("A103", Severity::Info, "role nobody fills", "Work is assigned to a role and not to anybody by name.");
/// A decision that is late.
pub const DECISION_OVERDUE: Code =
    Code::new("A104", Severity::Warning, "decision overdue", "A decision was needed before the as-of date and is not taken.");
/// A measure nobody reads any more.
pub const KPI_STALE: Code = Code::new(
    "A105",
    Severity::Warning,
    "KPI not read for longer than its frequency",
    "The last reading is older than the KPI's frequency allows, so its rating says little.",
);

/// No effect of exchange.
pub const NO_BUDGET_RATE: Code = Code::new(
    "A106",
    Severity::Warning,
    "the effect of exchange cannot be told",
    "Part of the actual cost is in another currency and has no budget rate: the variance cannot be split into price and exchange.",
);
/// Too large.
pub const AMOUNT_TOO_LARGE: Code = Code::new(
    "A107",
    Severity::Error,
    "too large to calculate",
    "Amounts are held in whole minor units up to 9.2 quintillion. What is larger stays out of every figure, and the figures say so.",
);
/// Money on a summary row.
pub const COST_ON_SUMMARY: Code = Code::new(
    "A017",
    Severity::Info,
    "cost on a summary row",
    "Summary rows add up what is below them. A budget or an actual cost of their own is not counted, or it would count twice.",
);

/// A buffer for nothing.
pub const BUFFER_WITHOUT_CHAIN: Code = Code::new(
    "A120",
    Severity::Warning,
    "buffer protects no chain",
    "A buffer stands behind the chain of work whose overruns it takes up. With no work of its own before it, it is time added for nothing.",
);
/// A buffer that is eaten up.
pub const BUFFER_IN_RED: Code = Code::new(
    "A121",
    Severity::Warning,
    "buffer used up faster than its chain is done",
    "The fever chart puts the buffer in the red zone: more of it is gone than the work done can explain.",
);

/// Finished, but begun when?
pub const FINISH_WITHOUT_START: Code = Code::new(
    "A020",
    Severity::Warning,
    "actual finish without an actual start",
    "What is finished has started. Without the date its actual duration is not known.",
);
/// Not done, and already past.
pub const WORK_BEFORE_DATA_DATE: Code = Code::new(
    "A021",
    Severity::Warning,
    "unfinished work before the data date",
    "What is not done by the data date cannot be done before it. A fixed date, or a rule of scheduling that lets the data date pass, keeps it there.",
);
/// It waits for nothing.
pub const NO_PREDECESSOR: Code = Code::new(
    "A022",
    Severity::Warning,
    "activity without a predecessor",
    "Nothing moves its start, so that a delay before it does not show. Source: DCMA 14-point assessment, check 1. The first activity of an initiative is not told.",
);
/// It leads to nothing.
pub const NO_SUCCESSOR: Code = Code::new(
    "A023",
    Severity::Warning,
    "activity without a successor",
    "Its delay moves nothing, and its float is too large. Source: DCMA 14-point assessment, check 1. The last activity of an initiative and celebrations are not told.",
);
/// One end loose.
pub const DANGLING_LOGIC: Code = Code::new(
    "A024",
    Severity::Warning,
    "dangling logic",
    "An activity whose finish moves nothing, or whose start nothing holds, can grow without anybody noticing.",
);
/// It moves on with the data date.
pub const RIDING_THE_DATA_DATE: Code = Code::new(
    "A025",
    Severity::Info,
    "activity rides the data date",
    "It could have started, has not, and is put off with every status date.",
);
/// A wait in disguise.
pub const LAG_LONGER_THAN_WORK: Code = Code::new(
    "A026",
    Severity::Info,
    "lag longer than the work before it",
    "A long lag often hides work that nobody owns, or is a slip of the keyboard.",
);
/// Too far away.
pub const BEYOND_HORIZON: Code = Code::new(
    "A027",
    Severity::Error,
    "date beyond the horizon",
    "The schedule reckons up to 100 years from the data date. What lies beyond is a slip of the keyboard.",
);
/// A resource and an activity that never work at the same time.
pub const NO_COMMON_TIME: Code = Code::new(
    "A030",
    Severity::Warning,
    "calendars without common time",
    "An activity is scheduled in the time that its own calendar and its resource's share, and they share none.",
);

/// Float paths that lead to no activity.
pub const FLOAT_PATH_END_UNKNOWN: Code = Code::new(
    "A031",
    Severity::Warning,
    "float paths lead to no activity",
    "The option float_paths_to names an activity that the initiative does not have.",
);

/// Still there.
pub const ACCRUAL_OVERDUE: Code = Code::new(
    "A200",
    Severity::Warning,
    "accrual not reversed",
    "An accrual is taken back in the next period, when the invoice comes. One that still stands after it counts as cost, perhaps twice.",
);
/// Of what?
pub const REVERSAL_ALONE: Code = Code::new(
    "A201",
    Severity::Warning,
    "reversal of no accrual",
    "A reversal takes back an earlier accrual of the same initiative, category and currency. Without one it lowers the cost for nothing.",
);
/// Not quite.
pub const REVERSAL_DIFFERS: Code = Code::new(
    "A202",
    Severity::Warning,
    "reversal differs from its accrual",
    "The accrual and its reversal do not cancel out; what is left stays in the cost.",
);
/// More than there was.
pub const RELEASED_BEYOND_ORDER: Code = Code::new(
    "A203",
    Severity::Error,
    "released more than was ordered",
    "Releases of an order cannot take off more than its commitment lines put on.",
);
/// More than agreed.
pub const INVOICED_BEYOND_ORDER: Code = Code::new(
    "A204",
    Severity::Warning,
    "invoiced more than was ordered",
    "The invoices that name the order add up to more than the order.",
);
/// Twice in the books.
pub const INVOICED_WITHOUT_RELEASE: Code = Code::new(
    "A205",
    Severity::Warning,
    "invoiced without release",
    "What is invoiced is no longer on order. Without its release it counts as cost and as a commitment.",
);
/// Two truths.
pub const ORDER_DIFFERS: Code = Code::new(
    "A206",
    Severity::Warning,
    "order differs between Commitments and ledger",
    "The table and the ledger say different amounts, currencies, vendors or categories for one order.",
);
/// On whose account?
pub const ORDER_OF_ANOTHER: Code = Code::new(
    "A207",
    Severity::Warning,
    "order charged to another initiative",
    "Ledger lines that name the order belong to an initiative that Commitments does not name for it.",
);
/// Not quite closed.
pub const CLOSED_WITH_BALANCE: Code = Code::new(
    "A208",
    Severity::Warning,
    "closed order with an open balance",
    "Commitments says that the order is closed or cancelled, and the ledger still holds part of it.",
);
/// Late.
pub const PAST_DELIVERY: Code = Code::new(
    "A209",
    Severity::Warning,
    "order past its delivery date",
    "The day by which all was to be delivered has passed, and part of it is still on order.",
);
/// Nobody listed it.
pub const ORDER_NOT_LISTED: Code = Code::new(
    "A210",
    Severity::Warning,
    "order not in Commitments",
    "The ledger holds an order that the table Commitments does not list.",
);
/// Nobody booked it.
pub const ORDER_NOT_BOOKED: Code = Code::new(
    "A211",
    Severity::Warning,
    "order not in the ledger",
    "The ledger books orders, and has no commitment line for this one.",
);
/// Once is enough.
pub const BOOKED_TWICE: Code = Code::new(
    "A212",
    Severity::Warning,
    "perhaps booked twice",
    "Two actual lines have the same vendor, document and amount under different entry ids, and nothing takes one of them back.",
);
/// Where it may belong.
pub const BELONGS_TO: Code = Code::new(
    "A213",
    Severity::Info,
    "unassigned line, and where it may belong",
    "The line's order, document, vendor or codes point to an initiative. It is proposed, never used.",
);
/// Beyond all bounds.
pub const LEDGER_TOO_LARGE: Code = Code::new(
    "A214",
    Severity::Error,
    "sum of the ledger too large",
    "The amounts of an order add up to more than can be reckoned with. It is left out of the orders.",
);

/// From a place to itself.
pub const CHANGE_TO_ITSELF: Code = Code::new(
    "A215",
    Severity::Error,
    "budget change leads nowhere",
    "A change takes from one place of the budget and gives to another. A re-phasing differs in the period alone, a virement in more.",
);
/// Takes more than it gives.
pub const VIREMENT_DOES_NOT_NET: Code = Code::new(
    "A216",
    Severity::Warning,
    "virement does not net to zero",
    "What moves budget gives as much as it takes, in the reporting currency too. A side is missing, or budget rates differ between the two periods.",
);
/// Less than nothing.
pub const BUDGET_LINE_NEGATIVE: Code = Code::new(
    "A217",
    Severity::Error,
    "budget line below zero",
    "A line (initiative and category) cannot give more than it holds, counting approved changes in the order of their approval.",
);
/// Less than what is used.
pub const BUDGET_LINE_BELOW_SPENDING: Code = Code::new(
    "A218",
    Severity::Warning,
    "budget line below what is spent or on order",
    "The line was reduced and no longer covers its actual cost and its open orders.",
);
/// Too much for the approver.
pub const ABOVE_AUTHORITY: Code = Code::new(
    "A219",
    Severity::Error,
    "above the approver's limit",
    "The amount is above what the body or role may approve. The chain above it is told, and who could approve.",
);
/// Approved by who asked for it.
pub const SELF_APPROVED: Code =
    Code::new("A220", Severity::Error, "approved by its requester", "Nobody approves what they asked for themselves.");
/// Cut into pieces.
pub const SPLIT_CHANGE: Code = Code::new(
    "A221",
    Severity::Warning,
    "change may have been split",
    "Changes between the same two places within a few days are each within the approver's limit and together above it.",
);
/// Not like this.
pub const PROPOSED_CHANGE_BREAKS_RULE: Code = Code::new(
    "A222",
    Severity::Warning,
    "proposed change would break a rule",
    "The change is not in the budget yet. Approved as it stands, it would break the rule that is named.",
);
/// Capital is spent.
pub const CAPITAL_TO_OPERATING: Code = Code::new(
    "A223",
    Severity::Warning,
    "capital to operating without the highest authority",
    "A move from capital to operating budget needs the highest authority, whatever its amount.",
);
/// Nobody knows.
pub const AUTHORITY_UNKNOWN: Code = Code::new(
    "A224",
    Severity::Warning,
    "authority of the approver not known",
    "Nobody is named, the person has no role, or the body or role has no limit, so that the approval cannot be judged.",
);
/// Nobody pays.
pub const COST_WITHOUT_FUNDING: Code = Code::new(
    "A225",
    Severity::Warning,
    "cost without funding",
    "Cost to date or to come that no source of funding pays for: there is none, its window is closed, it is used up, or the share that others are to bear is missing.",
);
/// Too early or too late.
pub const SPENT_OUTSIDE_WINDOW: Code = Code::new(
    "A226",
    Severity::Warning,
    "spent outside the window of its funding",
    "Cost to date belongs to a source of funding and lies in a period that none of the source's windows touches.",
);
/// Use it or lose it.
pub const FUNDING_LAPSES: Code = Code::new(
    "A227",
    Severity::Warning,
    "funding lapses unused",
    "By the forecast, part of the money is not needed before its last day, and is lost then.",
);
/// More than enough.
pub const FUNDING_NOT_NEEDED: Code =
    Code::new("A228", Severity::Info, "funding that no cost needs", "By the forecast, part of the money is not needed at all.");
/// Half of nothing.
pub const MATCH_NOT_MET: Code = Code::new(
    "A229",
    Severity::Warning,
    "match funding missing",
    "The source bears a share of each cost, and other sources do not pay the rest.",
);
/// Less than planned.
pub const FUNDING_BELOW_BUDGET: Code =
    Code::new("A230", Severity::Warning, "funding below the budget", "All funding together is less than the current budget.");
/// Overdrawn.
pub const RESERVE_BELOW_ZERO: Code =
    Code::new("A231", Severity::Error, "reserve below zero", "More was drawn or released than the fund held on that day.");
/// Two truths.
pub const RESERVE_OPENING_DIFFERS: Code = Code::new(
    "A232",
    Severity::Warning,
    "opening of the contingency differs",
    "The fund opens with another amount than the contingency that the Initiatives table gives.",
);
/// More than foreseen.
pub const DRAW_ABOVE_ALLOCATION: Code = Code::new(
    "A233",
    Severity::Warning,
    "more drawn than foreseen for the risk",
    "Draws for a risk stay within the largest cost that the register foresees for it. Above that, the estimate was wrong or the draw is for something else.",
);
/// Not enough.
pub const RESERVE_RUNS_SHORT: Code = Code::new(
    "A234",
    Severity::Warning,
    "reserve runs short",
    "What is left of the fund is less than the residual exposure to open threats that lies ahead.",
);
/// Never opened.
pub const CONTINGENCY_NOT_MOVED: Code = Code::new(
    "A235",
    Severity::Info,
    "contingency without an opening",
    "The Initiatives table gives a contingency, and the Contingency table has no movement of it, so that what is left is not known.",
);
/// Too late to change.
pub const CHANGE_IN_CLOSED_PERIOD: Code = Code::new(
    "A236",
    Severity::Warning,
    "budget change in a closed period",
    "A period whose figures have been reported does not change any more. The change counts as it stands: move it to an open period.",
);

/// Every code of this layer.
pub const ALL: &[Code] = &[
    LINKS_IN_A_CIRCLE,
    COMPLETE_WITHOUT_FINISH,
    PROGRESS_WITHOUT_START,
    OUT_OF_SEQUENCE,
    MANDATORY_DATE_BREAKS_LINK,
    EXCHANGE_RATE_MISSING,
    NO_BASELINE,
    BASELINE_AMBIGUOUS,
    NOT_IN_BASELINE,
    NO_ACTIVITY_BUDGET,
    ACTUALS_MISSING,
    NEGATIVE_MEASURE,
    EARNED_ABOVE_BUDGET,
    COST_ON_SUMMARY,
    crate::analysis::reconciliation::codes::STATED_CHANGE_DIFFERS,
    crate::analysis::reconciliation::codes::STATED_COLUMN_BACK_FILLED,
    crate::analysis::reconciliation::codes::REPORT_MISSING,
    OUTLOOK_BELOW_COMMITTED,
    COMMENTARY_NEEDED,
    OVER_CAPACITY,
    ROLE_UNFILLED,
    DECISION_OVERDUE,
    KPI_STALE,
    NO_BUDGET_RATE,
    AMOUNT_TOO_LARGE,
    BUFFER_WITHOUT_CHAIN,
    BUFFER_IN_RED,
    FINISH_WITHOUT_START,
    WORK_BEFORE_DATA_DATE,
    NO_PREDECESSOR,
    NO_SUCCESSOR,
    DANGLING_LOGIC,
    RIDING_THE_DATA_DATE,
    LAG_LONGER_THAN_WORK,
    BEYOND_HORIZON,
    NO_COMMON_TIME,
    FLOAT_PATH_END_UNKNOWN,
    ACCRUAL_OVERDUE,
    REVERSAL_ALONE,
    REVERSAL_DIFFERS,
    RELEASED_BEYOND_ORDER,
    INVOICED_BEYOND_ORDER,
    INVOICED_WITHOUT_RELEASE,
    ORDER_DIFFERS,
    ORDER_OF_ANOTHER,
    CLOSED_WITH_BALANCE,
    PAST_DELIVERY,
    ORDER_NOT_LISTED,
    ORDER_NOT_BOOKED,
    BOOKED_TWICE,
    BELONGS_TO,
    LEDGER_TOO_LARGE,
    CHANGE_TO_ITSELF,
    VIREMENT_DOES_NOT_NET,
    BUDGET_LINE_NEGATIVE,
    BUDGET_LINE_BELOW_SPENDING,
    ABOVE_AUTHORITY,
    SELF_APPROVED,
    SPLIT_CHANGE,
    PROPOSED_CHANGE_BREAKS_RULE,
    CAPITAL_TO_OPERATING,
    AUTHORITY_UNKNOWN,
    COST_WITHOUT_FUNDING,
    SPENT_OUTSIDE_WINDOW,
    FUNDING_LAPSES,
    FUNDING_NOT_NEEDED,
    MATCH_NOT_MET,
    FUNDING_BELOW_BUDGET,
    RESERVE_BELOW_ZERO,
    RESERVE_OPENING_DIFFERS,
    DRAW_ABOVE_ALLOCATION,
    RESERVE_RUNS_SHORT,
    CONTINGENCY_NOT_MOVED,
    CHANGE_IN_CLOSED_PERIOD,
    ESTIMATE_BELOW_COST,
    ESTIMATE_OUTSIDE_RANGE,
    VARIANCE_UNEXPLAINED,
    OVER_TARGET_BASELINE,
    OVER_TARGET_SCHEDULE,
    BASELINE_WITHOUT_REASON,
];
