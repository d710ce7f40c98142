//! Durations as people write them: `60d`, `12d 4h`, `8 wks`, `-1d`, `10%`, `3ed`.

/// Unit of a bare number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Days of the calendar.
    Days,
}

/// A duration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span;

/// Why a text is no duration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpanError;

impl Span {
    /// Reads a duration.
    ///
    /// # Errors
    /// Where the text is none.
    pub fn parse(_text: &str, _unit: Option<Unit>) -> Result<Self, SpanError> {
        Err(SpanError)
    }
}
