//! Planners' own files as sources of the plan: Primavera P6 exports (XER, XML) and Microsoft Project plans (MSPDI XML).
//!
//! A file becomes a typed [`plan::Plan`], and that the sheets of plan.xlsx and resources.xlsx, so that every value passes
//! through the checks that a typed workbook passes through, and every later finding leads to the line of the file. What a
//! file holds and nothing here uses is listed, one finding a table. Dates that the other program computed are not taken
//! over: they are computed again.

mod desk;
mod mspdi;
mod p6;
mod p6_xml;
mod plan;
mod recurrence;
mod shared;
mod sheet;
mod sheets;
#[cfg(test)]
mod tests;
mod wbs;
mod xer;
mod xml;

use crate::base::finding::Findings;
use crate::source::kind::Kind;
use crate::source::limits::Limits;
use crate::source::raw::RawSheet;
use desk::Desk;

pub(super) use shared::leave_out_repeats;

/// Reads a planner's file.
#[must_use]
pub(super) fn read(file: &str, bytes: &[u8], kind: Kind, limits: &Limits) -> (Option<Vec<RawSheet>>, Findings) {
    let mut desk = Desk::new(file, limits);
    let plan = match kind {
        Kind::Xer => xer::read(bytes, &mut desk),
        Kind::PrimaveraXml => p6_xml::read(bytes, &mut desk),
        _ => mspdi::read(bytes, &mut desk),
    };
    let sheets = plan.map(|plan| sheets::sheets(plan, &mut desk));
    (sheets, desk.finish())
}
