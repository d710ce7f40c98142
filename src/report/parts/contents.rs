//! The Contents page: every sheet, what it answers, and a way to it.

use crate::report::book::{Book, Cell, Column, Kind, Link, Sheet, SheetKind, Table};

/// Puts a Contents page behind the first sheet.
#[must_use]
pub fn with_contents(mut book: Book) -> Book {
    let columns = vec![Column::text("Sheet").wide(28), Column::new("What it answers", Kind::Prose).wide(110)];
    let shown = book.sheets.iter().filter(|sheet| sheet.kind != SheetKind::Hidden);
    let rows = shown.map(|sheet| vec![Cell::text(&sheet.name).link(Link::Sheet(sheet.name.clone())), Cell::text(about(sheet))]);
    let table = Table::new("tbl_contents", columns).rows(rows.collect());
    let contents =
        Sheet::page("Contents", "Contents").subtitle(book.title.clone()).about("Every sheet and what it answers.").block(table);
    let position = book.sheets.len().min(1);
    book.sheets.insert(position, contents);
    book
}

fn about(sheet: &Sheet) -> &str {
    if sheet.about.is_empty() { &sheet.title } else { &sheet.about }
}
