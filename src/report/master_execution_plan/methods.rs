//! Methods: how each figure of the plan is worked out, and after whom.

use crate::report::book::Sheet;
use crate::report::parts::{Method, methods};

/// The page.
#[must_use]
pub fn sheet() -> Sheet {
    methods(Vec::new(), &METHODS.map(|[figure, rule, source]| Method::new(figure, rule, source)))
}

const METHODS: [[&str; 3]; 8] = [
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
    ["Interfering float", "Total float less free float.", "AACE International 49R-06"],
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
    ["Complete", "The percentage last reported, of the kind that the activity names (duration, physical or units).", ""],
];
