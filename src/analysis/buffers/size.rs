//! How large a buffer should be, by the two rules in common use.

use crate::analysis::measure::{Measure, Undefined};
use crate::analysis::schedule::Schedule;
use crate::analysis::schedule::calendar_of;
use crate::model::activity::ActivityIndex;
use crate::model::portfolio::Portfolio;

/// Cut and paste: this part of the chain's planned length, once safety has been cut out of its activities.
const PART_OF_CHAIN: i64 = 2;

/// An activity of a chain that has a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Planned duration, the aggressive estimate, in minutes of its calendar.
    pub planned: i64,
    /// Pessimistic estimate, the safe one, in minutes of its calendar.
    pub safe: Option<i64>,
}

/// The activities of a chain that have a duration.
pub fn pieces(portfolio: &Portfolio, schedule: &Schedule, chain: &[ActivityIndex]) -> Vec<Piece> {
    let piece = |&index: &ActivityIndex| {
        let activity = portfolio.activity(index);
        let calendar = calendar_of(portfolio, activity);
        let safe = activity.estimate.as_ref().and_then(|estimate| estimate.pessimistic.minutes(&calendar));
        Piece { planned: schedule.activity(index).duration, safe }
    };
    chain.iter().map(piece).filter(|piece| piece.planned > 0).collect()
}

/// Half of the chain's planned durations added up. Source: Goldratt, Critical Chain (1997).
///
/// # Errors
/// [`Undefined::NoChain`].
pub fn cut_and_paste(pieces: &[Piece]) -> Measure<i64> {
    if pieces.is_empty() {
        return Err(Undefined::NoChain);
    }
    Ok(pieces.iter().map(|piece| piece.planned).sum::<i64>() / PART_OF_CHAIN)
}

/// The root of the sum of the squares of what each activity's safe estimate adds to its planned duration; one that is not
/// longer adds nothing. Source: Newbold, Project Management in the Fast Lane (1998).
///
/// # Errors
/// [`Undefined::NoChain`]; [`Undefined::NoPessimisticEstimate`] where any activity lacks one.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "minutes of a chain are far below 2^52")]
pub fn root_sum_square(pieces: &[Piece]) -> Measure<i64> {
    if pieces.is_empty() {
        return Err(Undefined::NoChain);
    }
    let squares = pieces.iter().map(|piece| {
        let safety = (piece.safe? - piece.planned).max(0) as f64;
        Some(safety * safety)
    });
    let sum: f64 = squares.sum::<Option<f64>>().ok_or(Undefined::NoPessimisticEstimate)?;
    Ok(sum.sqrt().round() as i64)
}
