//! Mappings of foreign layouts and the user's own contracts, as `portfolio.toml` declares them.

use crate::table::contract::Contract;
use std::sync::Arc;

/// All that `portfolio.toml` says about foreign layouts and own tables.
#[derive(Clone, Debug, Default)]
pub struct Mappings {
    /// The user's own contracts.
    pub contracts: Vec<Arc<Contract>>,
}
