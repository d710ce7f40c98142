//! The kinds of finding that checking tables raises. `T001` to `T099`: values, rows and totals; `T100` to `T199`: sheets,
//! headers and mappings.

use crate::base::finding::Code;

/// Every code of this layer.
pub const ALL: &[Code] = &[];
