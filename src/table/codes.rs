//! The kinds of finding that checking tables raises.

use crate::base::finding::Code;

/// Every code of this layer.
pub const ALL: &[Code] = &[];
