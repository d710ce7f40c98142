//! Methods: how each figure of the plan is worked out, and after whom.

use super::limits;
use super::outline::Outline;
use crate::report::book::{Band, Sheet};
use crate::report::parts::{Method, methods};

/// The page.
#[must_use]
pub fn sheet(outline: &Outline<'_>) -> Sheet {
    methods(Vec::new(), &METHODS.map(|[figure, rule, source]| Method::new(figure, rule, source)))
        .band(Band::headed("Limits, by the names that formulas use", vec![limits::table(outline).into()]))
}

const METHODS: [[&str; 3]; 14] = [
    [
        "Dates",
        "Critical path method: a forward pass for early dates and a backward pass for late dates over the network of all \
         initiatives, with finish-to-start, start-to-start, finish-to-finish and start-to-finish links, lags, constraints and \
         calendars, from the data date on. Start and Finish show what happened where it is known, else early dates.",
        "Kelley and Walker (1959); Primavera P6 where tools differ",
    ],
    [
        "Total float",
        "Working time by which an activity can slip before it delays the finish of its initiative, its must-finish-by date or a \
         deadline; late finish less early finish on its own calendar unless the Options sheet says otherwise. Negative: a date \
         cannot be met.",
        "AACE International 49R-06",
    ],
    [
        "Free float",
        "Working time by which an activity can slip before it moves the early date of any successor.",
        "AACE International 49R-06",
    ],
    ["Interfering float", "Total float less free float: what it takes from its successors when it is used.", ""],
    [
        "Critical, near-critical",
        "Critical: total float at or below the limit of the Options sheet, or on the longest path where that is chosen. \
         Near-critical: total float above it and up to the bounds of the three bands.",
        "AACE International 49R-06",
    ],
    [
        "Longest path",
        "Back from the last finish of an initiative along driving links: those that hold their successor's early start.",
        "AACE International 49R-06",
    ],
    [
        "Variance",
        "Working days of the activity's calendar from the baseline date to the forecast or actual date; + is late. The baseline \
         is the one that governs the initiative.",
        "",
    ],
    [
        "Schedule health",
        "The 14 points, each with its rule beside it; unless a point says otherwise it counts unfinished activities that are \
         neither summaries nor hammocks. Limits are those of the source.",
        "DCMA, 14-Point Assessment, DCMA-EA PAM 200.1 (2012)",
    ],
    [
        "Hand-overs between initiatives",
        "Needed: the need-by date of the link, else the latest hand-over that delays nothing in the taker's plan. Late: forecast \
         after it is needed. At risk: in time, but promised later than needed, forecast later than promised, or with little float.",
        "",
    ],
    [
        "Bottlenecks",
        "Each candidate slips, the portfolio is scheduled anew, and initiatives, days and budget not yet earned that move are \
         counted. An estimate from floats is not used.",
        "",
    ],
    [
        "Buffers",
        "Share used: working time from the buffer's baseline start to the moment at which its chain lets it start, over its length. \
         Share done: working time of the chain that is done, over all of it. Zones by the two lines of the fever chart.",
        "Goldratt, Critical Chain (1997); Newbold (1998); Leach (2014)",
    ],
    ["Due dates", "Deadline or due date, else baseline finish, else forecast. Overdue: due before the as-of date.", ""],
    [
        "Baselines",
        "The baseline that governs an initiative is the one that earned value is measured against. What a baseline does not hold has \
         no variance.",
        "PMI, Practice Standard for Scheduling (2019)",
    ],
    ["Complete", "The percentage last reported, of the kind that the activity names (duration, physical or units).", ""],
];
