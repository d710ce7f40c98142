//! Findings of earned value through its views, A250 to A269.

use crate::base::finding::{Code, Severity};

/// A forecast below zero.
pub const ESTIMATE_BELOW_COST: Code = Code::new(
    "A250",
    Severity::Error,
    "estimate at completion below actual cost",
    "What is still to be spent cannot be negative, so that the estimate from the bottom up cannot lie below what is spent.",
);
/// A forecast that performance does not bear out.
pub const ESTIMATE_OUTSIDE_RANGE: Code = Code::new(
    "A251",
    Severity::Info,
    "estimate outside the independent range",
    "The estimate from the bottom up lies outside what the formulas of earned value span.",
);
/// A variance that nobody explains.
pub const VARIANCE_UNEXPLAINED: Code = Code::new(
    "A252",
    Severity::Info,
    "earned value variance without an explanation",
    "A cost or schedule variance of an initiative or control account passes the thresholds, and the Commentary table says nothing about it for the period.",
);
/// More planned than given.
pub const OVER_TARGET_BASELINE: Code = Code::new(
    "A253",
    Severity::Warning,
    "over-target baseline",
    "The baseline in force costs more than was approved: progress against it looks better than it is.",
);
/// Later than given.
pub const OVER_TARGET_SCHEDULE: Code = Code::new(
    "A254",
    Severity::Warning,
    "over-target schedule",
    "The baseline in force finishes after the date that was approved.",
);
/// A change without its why.
pub const BASELINE_WITHOUT_REASON: Code = Code::new(
    "A255",
    Severity::Warning,
    "baseline changed without a reason or approver",
    "What was planned was replaced, and nothing says why or who agreed.",
);
