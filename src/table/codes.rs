//! The kinds of finding that checking tables raises. `T001` to `T099`: values, rows and totals ([`super::check::codes`]);
//! `T300` to `T329`: layout ([`super::layout::codes`]); `T330` on: mappings ([`super::mapping::codes`]).

use crate::base::finding::Code;
use crate::table::{check, layout, mapping};

const LISTS: [&[Code]; 3] = [check::codes::ALL, layout::codes::ALL, mapping::codes::ALL];
const COUNT: usize = LISTS[0].len() + LISTS[1].len() + LISTS[2].len();

/// Every code of this layer.
pub const ALL: &[Code] = &joined();

const fn joined() -> [Code; COUNT] {
    let mut out = [LISTS[0][0]; COUNT];
    let (mut list, mut at, mut next) = (0, 0, 0);
    while list < LISTS.len() {
        while at < LISTS[list].len() {
            out[next] = LISTS[list][at];
            at += 1;
            next += 1;
        }
        list += 1;
        at = 0;
    }
    out
}
