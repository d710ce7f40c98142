//! The Methods page: how each figure is worked out, and after whom.

use crate::report::book::{Cell, Column, Kind, Note, Sheet, Table};

/// How one figure is worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Method {
    /// The figure, such as `Cost performance index`.
    pub figure: String,
    /// How it is worked out, in words and signs.
    pub rule: String,
    /// The standard, paper or page it follows.
    pub source: String,
}

impl Method {
    /// A method.
    #[must_use]
    pub fn new(figure: &str, rule: &str, source: &str) -> Self {
        Self { figure: figure.to_string(), rule: rule.to_string(), source: source.to_string() }
    }
}

/// The page: settings of this run that change figures, then the methods.
#[must_use]
pub fn methods(settings: Vec<String>, methods: &[Method]) -> Sheet {
    let columns = vec![
        Column::text("Figure").wide(30),
        Column::new("How it is worked out", Kind::Prose).wide(80),
        Column::new("Source", Kind::Prose).wide(44),
    ];
    let rows =
        methods.iter().map(|method| vec![Cell::text(&method.figure), Cell::text(&method.rule), Cell::text(&method.source)]);
    let sheet = Sheet::page("Methods", "Methods")
        .subtitle("How each figure is worked out")
        .about("How each figure is worked out, and after whom.");
    let sheet = if settings.is_empty() { sheet } else { sheet.block(Note::plain(settings)) };
    sheet.block(Table::new("tbl_methods", columns).rows(rows.collect()))
}
