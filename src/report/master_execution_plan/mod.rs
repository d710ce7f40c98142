//! The Master Execution Plan: what is to be done, by whom, when, what drives it, and how far the plan can be trusted.
//!
//! Promises: dates, floats and paths are those of the scheduling engine, under the run's id; what can be counted or added
//! in the workbook is a formula over its own tables, and a page of checks counts again what the engine counted; every
//! date says what drives it. Decides no numbers.

mod about;
mod accountability;
mod baselines;
mod buffers;
mod checks;
mod executive;
mod gantt;
mod health;
mod initiatives;
mod interdependency;
mod limits;
mod logic;
mod methods;
mod milestones;
mod options;
mod outline;
mod paths;
mod plan;
#[cfg(test)]
mod tests;

use crate::report::ReportInput;
use crate::report::book::{Book, Sheet};
use crate::report::headline::Headline;
use crate::report::parts::{stamp, with_contents};
use outline::Outline;

/// The workbook.
#[must_use]
pub fn book(input: &ReportInput<'_>) -> Book {
    let outline = Outline::new(input);
    let mut book = detail(&outline);
    let about = about::sheet(&outline, &book);
    let executive = executive::sheet(&outline, &book);
    book.sheets.splice(0..0, [about, executive]);
    with_contents(book)
}

/// The headlines of the plan, for the next run to compare with.
#[must_use]
pub fn headlines(input: &ReportInput<'_>) -> Vec<Headline> {
    let outline = Outline::new(input);
    executive::headlines(&outline, &counted(&outline))
}

/// The tables that the headlines count over, and no more.
fn counted(outline: &Outline<'_>) -> Book {
    let tables = [
        initiatives::table(outline),
        milestones::table(outline),
        paths::counts(outline),
        interdependency::links(outline),
        buffers::table(outline),
        health::portfolio(outline),
        baselines::initiatives(outline),
        accountability::items(outline),
    ];
    let sheet = tables.into_iter().fold(Sheet::data("Headlines", "Headlines"), Sheet::block);
    Book::new("Headlines", "Headlines", stamp(outline.context.input.run)).sheet(sheet)
}

/// The book without its first pages.
fn detail(outline: &Outline<'_>) -> Book {
    let input = outline.context.input;
    let empty = Book::new("Master Execution Plan", "Master Execution Plan", stamp(input.run));
    let mut book = input.inputs.iter().fold(empty, |book, path| book.inputs(path.clone()));
    book.sheets = details(outline);
    book.names = about::names().into_iter().chain(limits::names(outline)).collect();
    book
}

/// The pages behind the Executive page.
fn details(outline: &Outline<'_>) -> Vec<Sheet> {
    let mut sheets = vec![initiatives::sheet(outline), gantt::roadmap(outline), plan::sheet(outline), gantt::full(outline)];
    sheets.extend(milestones::sheets(outline));
    sheets.extend(paths::sheets(outline));
    sheets.extend(interdependency::sheets(outline));
    sheets.extend(buffers::sheets(outline));
    sheets.extend(health::sheets(outline));
    sheets.extend(baselines::sheets(outline));
    sheets.extend(accountability::sheets(outline));
    sheets.push(logic::sheet(outline));
    sheets.extend(options::sheets(outline));
    sheets.push(checks::sheet(outline));
    sheets.push(methods::sheet(outline));
    sheets
}
