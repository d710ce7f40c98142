//! The fever chart: share of the buffer used up against share of the chain done, in three zones with sloping bounds.
//!
//! Early in a chain little of the buffer may be used; the more is done, the more may be gone. The bounds are straight
//! lines, a common choice of critical-chain practice; they are printed wherever a zone is. Source: Leach, Critical Chain
//! Project Management (3rd ed., 2014), on fever charts.

use crate::analysis::measure::{Measure, Undefined};
use crate::base::id::ActivityKey;
use crate::model::past::{ClosedMonth, Past};

/// Green ends at this share used when nothing of the chain is done, and when all of it is.
pub const AMBER_FROM: (f64, f64) = (0.15, 0.75);

/// Amber ends, and red begins, at this share used when nothing of the chain is done, and when all of it is.
pub const RED_FROM: (f64, f64) = (0.30, 0.90);

/// A zone of the fever chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeverZone {
    /// No action.
    Green,
    /// Plan how to win time back.
    Amber,
    /// Win time back.
    Red,
}

impl FeverZone {
    /// For a sentence or a cell.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
        }
    }
}

/// A point of the fever chart as a month closed.
#[derive(Clone, Debug, PartialEq)]
pub struct FeverPoint {
    /// The period, as `FYyyyy-Pnn`.
    pub period: String,
    /// Share of the chain done.
    pub chain_done_share: f64,
    /// Share of the buffer used up.
    pub consumed_share: f64,
    /// The zone that it lay in.
    pub zone: FeverZone,
}

/// The points of a buffer's fever chart at the closed months that held it, oldest first.
///
/// # Errors
/// [`Undefined::NoClosedMonth`].
pub fn history(past: &Past, key: &ActivityKey) -> Measure<Vec<FeverPoint>> {
    if past.closed.is_empty() {
        return Err(Undefined::NoClosedMonth);
    }
    let then = |month: &ClosedMonth| {
        let closed = month.buffers.iter().find(|buffer| buffer.key == *key)?;
        let chain_done_share = share(closed.chain_done_minutes, closed.chain_minutes).ok()?;
        let consumed_share = share(closed.consumed_minutes, closed.planned_minutes).ok()?;
        let zone = zone(chain_done_share, consumed_share);
        Some(FeverPoint { period: month.period.clone(), chain_done_share, consumed_share, zone })
    };
    Ok(past.closed.iter().filter_map(then).collect())
}

/// The share used above which a buffer is amber, by the share of its chain that is done.
#[must_use]
pub fn amber_above(done: f64) -> f64 {
    along(AMBER_FROM, done)
}

/// The share used above which a buffer is red, by the share of its chain that is done.
#[must_use]
pub fn red_above(done: f64) -> f64 {
    along(RED_FROM, done)
}

fn along((at_none, at_all): (f64, f64), done: f64) -> f64 {
    (at_all - at_none).mul_add(done.clamp(0.0, 1.0), at_none)
}

/// The zone; a point on a bound belongs to the better one.
#[must_use]
pub fn zone(done: f64, used: f64) -> FeverZone {
    /// Bounds are sums of fractions: what differs by less than this lies on one.
    const ON_BOUND: f64 = 1e-9;
    if used <= amber_above(done) + ON_BOUND {
        FeverZone::Green
    } else if used <= red_above(done) + ON_BOUND {
        FeverZone::Amber
    } else {
        FeverZone::Red
    }
}

/// Minutes as a share of others.
///
/// # Errors
/// [`Undefined::NoDuration`] where there are none to be a share of.
#[expect(clippy::cast_precision_loss, reason = "minutes of a schedule are far below 2^52")]
pub fn share(part: i64, whole: i64) -> Measure<f64> {
    if whole <= 0 { Err(Undefined::NoDuration) } else { Ok(part as f64 / whole as f64) }
}
