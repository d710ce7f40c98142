//! Critical chain: what each buffer protects, how large it should be, how much of it is used up for the work done.
//!
//! Promises: the chain is that of the plan as if nothing had happened, so that it does not change with progress; a size
//! that lacks an estimate is no number; every zone comes with the sentence that explains it.
//!
//! Does not level resources: a chain follows links, so a resource that two activities share joins them only where a link
//! says so. Sources: Goldratt, Critical Chain (1997); Newbold, Project Management in the Fast Lane (1998); Leach, Critical
//! Chain Project Management (3rd ed., 2014).

mod chain;
mod consumption;
mod fever;
mod size;
#[cfg(test)]
mod tests;

pub use fever::{AMBER_FROM, FeverPoint, FeverZone, RED_FROM, amber_above, red_above};

use crate::analysis::commitments::Commitments;
use crate::analysis::measure::{Measure, Undefined};
use crate::analysis::schedule::{ActivityState, Schedules};
use crate::analysis::{codes, words};
use crate::base::finding::Findings;
use crate::model::activity::{ActivityIndex, ActivityType};
use crate::model::past::Past;
use crate::model::portfolio::Portfolio;

/// All buffers.
#[derive(Clone, Debug)]
pub struct Buffers {
    /// In order of the portfolio.
    pub buffers: Vec<Buffer>,
}

/// What a buffer protects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BufferKind {
    /// The finish of the initiative: after it come only milestones, gates and other points of the initiative.
    Project,
    /// The critical chain, or what else comes after it, from the chain that joins it there.
    Feeding,
}

/// A buffer.
#[derive(Clone, Debug, PartialEq)]
pub struct Buffer {
    /// Which.
    pub activity: ActivityIndex,
    /// What it protects.
    pub kind: BufferKind,
    /// Its chain, in order of the plan; points and finished activities included.
    pub chain: Vec<ActivityIndex>,
    /// Planned durations of the chain added up, in working minutes.
    pub chain_minutes: i64,
    /// Working minutes of the chain that are done.
    pub chain_done_minutes: i64,
    /// The buffer's own planned length, in minutes of its calendar.
    pub planned_minutes: i64,
    /// Minutes that count as one day on the buffer's calendar.
    pub minutes_per_day: i64,
    /// Size by cut and paste: half of the chain, in minutes. Source: Goldratt (1997).
    pub cut_and_paste: Measure<i64>,
    /// Size by the root of the sum of squares: √ Σ (pessimistic − planned)², in minutes. Source: Newbold (1998).
    pub root_sum_square: Measure<i64>,
    /// Minutes used up: working time from the buffer's baseline start to the moment at which its chain lets it start.
    pub consumed_minutes: Measure<i64>,
    /// Share of the planned length used up; above 1 where the chain has eaten through it.
    pub consumed_share: Measure<f64>,
    /// Share of the chain that is done.
    pub chain_done_share: Measure<f64>,
    /// Zone of the fever chart.
    pub zone: Measure<FeverZone>,
    /// The points of the fever chart at the closed months, oldest first.
    pub history: Measure<Vec<FeverPoint>>,
    /// How the zone comes about, in words.
    pub why: String,
}

/// Every buffer of the portfolio, with what is wrong with it.
#[must_use]
pub fn buffers(portfolio: &Portfolio, schedules: &Schedules, commitments: &Commitments, past: &Past) -> (Buffers, Findings) {
    let chains = chain::chains(portfolio, &schedules.baseline_early);
    let buffers: Vec<Buffer> =
        chains.into_iter().map(|traced| Facts { portfolio, schedules, commitments, past }.buffer(traced)).collect();
    let findings = findings(portfolio, schedules, &buffers);
    (Buffers { buffers }, findings)
}

struct Facts<'a> {
    portfolio: &'a Portfolio,
    schedules: &'a Schedules,
    commitments: &'a Commitments,
    past: &'a Past,
}

impl Facts<'_> {
    fn buffer(&self, traced: chain::Chain) -> Buffer {
        let current = &self.schedules.current;
        let own = current.activity(traced.buffer);
        let pieces = size::pieces(self.portfolio, current, &traced.activities);
        let chain_minutes = pieces.iter().map(|piece| piece.planned).sum();
        let chain_done_minutes = traced.activities.iter().map(|&each| consumption::done_minutes(current.activity(each))).sum();
        let consumed_minutes = consumption::consumed(self.portfolio, current, self.commitments, traced.buffer);
        let consumed_share = consumed_minutes.and_then(|minutes| fever::share(minutes, own.duration));
        let chain_done_share =
            if chain_minutes == 0 { Err(Undefined::NoChain) } else { fever::share(chain_done_minutes, chain_minutes) };
        let zone = consumed_share.and_then(|used| chain_done_share.map(|done| fever::zone(done, used)));
        let mut buffer = Buffer {
            activity: traced.buffer,
            kind: traced.kind,
            chain: traced.activities,
            chain_minutes,
            chain_done_minutes,
            planned_minutes: own.duration,
            minutes_per_day: own.minutes_per_day,
            cut_and_paste: size::cut_and_paste(&pieces),
            root_sum_square: size::root_sum_square(&pieces),
            consumed_minutes,
            consumed_share,
            chain_done_share,
            zone,
            history: fever::history(self.past, &self.portfolio.activity(traced.buffer).key),
            why: String::new(),
        };
        buffer.why = explain(self.portfolio, &buffer);
        buffer
    }
}

/// `protects the finish; chain of 12 activities from I1/A10 to I1/A90; 40 % used with 50 % of the chain done: …`.
fn explain(portfolio: &Portfolio, buffer: &Buffer) -> String {
    let protects = match buffer.kind {
        BufferKind::Project => "protects the finish",
        BufferKind::Feeding => "protects the chain that it joins",
    };
    let key = |at: Option<&ActivityIndex>| at.map(|at| portfolio.activity(*at).key.to_string()).unwrap_or_default();
    let chain = match buffer.chain.len() {
        0 => "no chain leads to it".to_string(),
        1 => format!("its chain is {}", key(buffer.chain.first())),
        length => format!("chain of {length} activities from {} to {}", key(buffer.chain.first()), key(buffer.chain.last())),
    };
    let state = match (buffer.consumed_share, buffer.chain_done_share, buffer.zone) {
        (Ok(used), Ok(done), Ok(zone)) => format!(
            "{} used with {} of the chain done: {} (amber above {}, red above {})",
            words::percent(used),
            words::percent(done),
            zone.label(),
            words::percent(amber_above(done)),
            words::percent(red_above(done))
        ),
        (Err(reason), _, _) | (_, Err(reason), _) | (_, _, Err(reason)) => reason.to_string(),
    };
    format!("{protects}; {chain}; {state}")
}

fn findings(portfolio: &Portfolio, schedules: &Schedules, buffers: &[Buffer]) -> Findings {
    let mut findings = Findings::new();
    for buffer in buffers {
        let activity = portfolio.activity(buffer.activity);
        let open = schedules.current.activity(buffer.activity).state != ActivityState::Complete;
        if buffer.chain_minutes == 0 {
            findings.push(
                codes::BUFFER_WITHOUT_CHAIN
                    .at(activity.origin.clone())
                    .field("Activities", "Type")
                    .found(format!("buffer {}", activity.key))
                    .expected("a buffer behind the work that it protects against")
                    .hint("Link the last activity of the chain to the buffer, finish to start."),
            );
        } else if open && buffer.zone == Ok(FeverZone::Red) {
            findings.push(
                codes::BUFFER_IN_RED
                    .at(activity.origin.clone())
                    .field("Activities", "Duration")
                    .found(format!("buffer {}: {}", activity.key, buffer.why))
                    .expected("a buffer that is used up no faster than its chain is done")
                    .hint("Decide how the chain wins back time: more people, less scope, work side by side; or tell the date."),
            );
        }
    }
    findings
}

/// True for a buffer.
fn is_buffer(portfolio: &Portfolio, activity: ActivityIndex) -> bool {
    portfolio.activity(activity).kind == ActivityType::Buffer
}
