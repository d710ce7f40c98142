//! Cost.

use super::context::Context;
use crate::report::book::Band;

/// Bands of the Reconciliation page.
#[must_use]
pub fn reconciliation(_context: &Context<'_>) -> Vec<Band> {
    Vec::new()
}
