//! The data dictionary: every table that may come in, one file a topic.

use crate::table::contract::Contract;
use std::sync::{Arc, LazyLock};

static ALL: LazyLock<Vec<Arc<Contract>>> = LazyLock::new(Vec::new);

/// Every contract, in the order of the templates.
#[must_use]
pub fn all() -> Vec<Arc<Contract>> {
    ALL.clone()
}

/// A contract by name, without regard to case.
#[must_use]
pub fn find(name: &str) -> Option<Arc<Contract>> {
    ALL.iter().find(|contract| contract.name.eq_ignore_ascii_case(name.trim())).cloned()
}
