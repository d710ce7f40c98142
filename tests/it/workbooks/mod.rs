//! Written workbooks, checked as files: their structure, their formulas recalculated by two other programs, their bytes.
//!
//! With `THROUGHLINE_KEEP` naming a folder, the workbooks of these trials are left there to be looked at.

mod demo;

use crate::harness::test;
use libtest_mimic::Trial;
use throughline::render::xlsx;
use throughline::report::theme::Theme;

pub fn trials() -> Vec<Trial> {
    vec![test("workbooks: two renders give the same bytes", same_bytes)]
}

/// Renders, and leaves a copy to look at where asked to.
fn rendered(book: &throughline::report::book::Book, theme: &Theme) -> Vec<u8> {
    let bytes = xlsx::bytes(book, theme).expect("a workbook").bytes;
    if let Some(folder) = std::env::var_os("THROUGHLINE_KEEP") {
        let path = std::path::Path::new(&folder).join(format!("{}-{}.xlsx", book.file_name, theme.name));
        std::fs::write(path, &bytes).expect("the folder to keep workbooks in");
    }
    bytes
}

fn same_bytes() {
    for theme in [Theme::default(), Theme::colour_blind_safe()] {
        assert!(rendered(&demo::book(), &theme) == rendered(&demo::book(), &theme), "two renders differ");
    }
}
