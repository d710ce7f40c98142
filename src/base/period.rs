//! Fiscal periods.

/// A fiscal period: `FY2027-P04`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The fiscal year's label.
    pub year: i32,
    /// The period's number in that year, from 1.
    pub number: u8,
}

impl Period {
    /// The period of an ordinal.
    #[must_use]
    pub fn from_ordinal(ordinal: i32) -> Self {
        Self { year: ordinal.div_euclid(100), number: u8::try_from(ordinal.rem_euclid(100)).unwrap_or(0) }
    }
}
