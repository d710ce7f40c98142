//! Funds below zero, draws above what was foreseen or allowed, and funds that run short.

use super::Reserves;
use crate::base::finding::Findings;
use crate::model::portfolio::Portfolio;

pub(super) fn findings(_portfolio: &Portfolio, _reserves: &Reserves) -> Findings {
    Findings::new()
}
