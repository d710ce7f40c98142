//! Files to raw sheets of cells. Knows files and sheets; knows nothing of initiatives or budgets.
//!
//! Promises: a file that cannot be read becomes a finding and the rest goes on; nothing is allocated on the word of a
//! file before its declared sizes were checked against [`Limits`]; a value, its formula and its number format stay
//! together. Does not interpret headers, dates or money: that is `table/`.

pub mod codes;
pub mod raw;
