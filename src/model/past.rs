//! Closed months as plain data. Until a month is closed there is none, and what needs one says so.

/// The closed months, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// Closed months; empty until the first close.
    pub closed: Vec<ClosedMonth>,
}

/// A closed month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedMonth {
    /// The period, as `FYyyyy-Pnn`.
    pub period: String,
}
