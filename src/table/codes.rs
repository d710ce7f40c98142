//! The kinds of finding that checking tables raises. `T001` to `T099`: values, rows and totals ([`super::check::codes`]);
//! above, sheets, headers and mappings.

use crate::base::finding::Code;
use crate::table::check;

/// Every code of this layer.
pub const ALL: &[Code] = check::codes::ALL;
