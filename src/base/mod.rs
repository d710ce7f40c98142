//! Words every layer shares: money, periods, days and working calendars, ids, places, findings, digests and the one
//! door to the disk. Uses nothing else of the crate.

pub mod calendar;
pub mod day;
pub mod digest;
pub mod disk;
pub mod finding;
pub mod id;
pub mod lookalike;
pub mod money;
pub mod number;
pub mod origin;
pub mod period;
pub mod run;
pub mod span;
