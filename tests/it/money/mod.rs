//! Money that ties out: random ledgers from sheet to position and from file to re-read workbook, against a judge that shares
//! no code with the program; splits; amounts at the limits.

mod book;
mod draw;
mod judge;
mod laws;
mod memory;
mod published;

use crate::harness::{is_full_tier, test};
use libtest_mimic::Trial;

pub fn trials() -> Vec<Trial> {
    let ledgers = if is_full_tier() { 10_000 } else { 150 };
    let published = if is_full_tier() { 50 } else { 4 };
    vec![
        test("money::published_workbooks_read_again_add_up", move || published::tie_out(published)),
        test("money::rows_and_money_of_random_ledgers_are_conserved", move || memory::conserved(ledgers)),
        test("money::splits_add_up", laws::splits),
        test("money::what_is_too_large_is_an_error", laws::too_large),
    ]
}
