//! What is unfunded, overfunded, outside its window or without its match.

use super::FundingPosition;
use crate::base::finding::Findings;
use crate::model::portfolio::Portfolio;

pub(super) fn findings(_portfolio: &Portfolio, _position: &FundingPosition) -> Findings {
    Findings::new()
}
