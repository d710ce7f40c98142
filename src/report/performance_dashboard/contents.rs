//! Contents: every page, with what it answers.

use crate::report::book::{Cell, Column, Kind, Link, Sheet, Table};

/// The page, for the pages that follow it.
#[must_use]
pub fn sheet(pages: &[&Sheet]) -> Sheet {
    let row = |page: &&Sheet| vec![Cell::text(&page.name).link(Link::Sheet(page.name.clone())), Cell::text(&page.about)];
    let columns = vec![Column::text("Page").wide(24), Column::new("What it answers", Kind::Prose).wide(100)];
    let table = Table::new("tbl_contents", columns).rows(pages.iter().map(row).collect());
    Sheet::page("Contents", "Contents").subtitle("Click a page to go there").about("Every page of this workbook.").block(table)
}
