//! What a board should know: messages in words with their figures, worst first, one row each.
//!
//! The tables of an Executive page stand below one another and share their columns, so that all have one shape: a key, a
//! name, a rating, four figures, two columns of words and an owner. Widths are in characters.

use crate::model::initiative::Rag;
use crate::report::book::{Cell, Column, Kind, Link, Table, Value};

/// The table's name.
const TABLE: &str = "tbl_messages";

/// One thing to know.
#[derive(Clone, Debug)]
pub struct Message {
    /// What it is about, such as `Schedule`.
    pub topic: &'static str,
    /// Which initiative, person, benefit or link.
    pub place: String,
    /// How bad it is.
    pub rag: Rag,
    /// The figure that speaks, as it is; as it should be; the difference; the limit it passes. As words.
    pub figures: [String; 4],
    /// What happens.
    pub what: String,
    /// Why, and what follows.
    pub why: String,
    /// Who answers for it.
    pub owner: String,
    /// Where the detail is.
    pub link: Link,
}

/// Width of what leads to the detail, on an Executive page.
pub const KEY: u16 = 15;
/// Width of a name.
pub const NAME: u16 = 30;
/// Width of a figure.
pub const FIGURE: u16 = 12;
/// Width of words.
pub const WORDS: u16 = 38;
/// Width of a person.
pub const OWNER: u16 = 15;

/// The messages as a table; `limit` names the column of limits, `calm` is said where there is no message.
#[must_use]
pub fn table(messages: Vec<Message>, limit: &str, calm: &str) -> Table {
    let figure = |words: &str| Column::text(words).wide(FIGURE);
    let columns = vec![
        Column::text("Topic").wide(KEY),
        Column::new("Where", Kind::Prose).wide(NAME),
        Column::new("RAG", Kind::Rag).wide(9),
        figure("Now"),
        figure("Plan"),
        figure("Difference"),
        figure(limit),
        Column::new("What happens", Kind::Prose).wide(WORDS),
        Column::new("Why, and what follows", Kind::Prose).wide(WORDS),
        Column::new("Owner", Kind::Prose).wide(OWNER),
    ];
    Table::new(TABLE, columns).rows(messages.into_iter().map(row).collect()).when_empty(calm)
}

fn row(message: Message) -> Vec<Cell> {
    let [now, plan, difference, limit] = message.figures.map(Cell::text);
    vec![
        Cell::text(message.topic).link(message.link),
        Cell::text(message.place),
        Value::Rag(message.rag).into(),
        now,
        plan,
        difference,
        limit,
        Cell::text(message.what),
        Cell::text(message.why),
        Cell::text(message.owner),
    ]
}
