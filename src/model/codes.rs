//! The kinds of finding that building the portfolio raises.

use crate::base::finding::Code;

/// Every code of this layer.
pub const ALL: &[Code] = &[];
