//! Books as text, for snapshot tests and for reading a report without a spreadsheet program.
//!
//! Promises: everything a reader of the workbook is told appears once, in the same words and figures; the same Book gives
//! the same text. Shows formulas beside their values, links and notes on request only.

use crate::report::book::{
    Block, Book, Bridge, Cell, Chart, Gantt, HeatMap, Kind, Link, Note, Sheet, Table, Tile, Value, show, total_of,
};
use std::fmt::Write as _;

/// What to show beside the values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Detail {
    /// Formulas, below the header of their column or behind their value.
    pub formulas: bool,
    /// Links and notes, behind their cell.
    pub links: bool,
}

/// A Book as text.
#[must_use]
pub fn text(book: &Book, detail: Detail) -> String {
    let mut out = format!("# {}\n{} · {}\n", book.title, book.stamp.portfolio, book.stamp.line());
    for sheet in &book.sheets {
        out.push_str(&sheet_text(sheet, detail));
    }
    out
}

/// One sheet as text.
#[must_use]
pub fn sheet_text(sheet: &Sheet, detail: Detail) -> String {
    let mut out = format!("\n## {}: {}\n", sheet.name, sheet.title);
    if !sheet.subtitle.is_empty() {
        let _ = writeln!(out, "{}", sheet.subtitle);
    }
    for band in &sheet.bands {
        if let Some(heading) = &band.heading {
            let _ = write!(out, "\n### {heading}\n");
        }
        for block in &band.blocks {
            out.push('\n');
            out.push_str(&block_text(block, detail));
        }
    }
    out
}

fn block_text(block: &Block, detail: Detail) -> String {
    match block {
        Block::Title(words) => format!("### {words}\n"),
        Block::Tiles(tiles) => tiles.iter().map(|tile| tile_text(tile, detail)).collect(),
        Block::Table(table) => table_text(table, detail),
        Block::Chart(chart) => chart_text(chart),
        Block::Gantt(gantt) => gantt_text(gantt),
        Block::HeatMap(map) => heat_map_text(map),
        Block::Bridge(bridge) => bridge_text(bridge),
        Block::Note(note) => note_text(note),
    }
}

fn note_text(note: &Note) -> String {
    note.paragraphs.iter().fold(String::new(), |text, words| text + "> " + words + "\n")
}

fn tile_text(tile: &Tile, detail: Detail) -> String {
    let mut line = format!("[{}] {}", tile.label, cell_text(&tile.value, &tile.kind, detail));
    if let Some(rag) = tile.rag {
        let _ = write!(line, " ({})", rag.letter());
    }
    if let Some(change) = &tile.change {
        let _ = write!(line, "; change {} {}", cell_text(&change.value, &tile.kind, detail), change.since);
    }
    if !tile.note.is_empty() {
        let _ = write!(line, "; {}", tile.note);
    }
    if let Some(link) = tile.link.as_ref().filter(|_| detail.links) {
        let _ = write!(line, " -> {}", link_text(link));
    }
    line + "\n"
}

fn link_text(link: &Link) -> String {
    match link {
        Link::Sheet(name) => name.clone(),
        Link::Table { table, row: Some(row) } => format!("{table} row {}", row + 1),
        Link::Table { table, row: None } => table.clone(),
        Link::Source(origin) => origin.to_string(),
    }
}

fn cell_text(cell: &Cell, kind: &Kind, detail: Detail) -> String {
    let mut words = show(&cell.value, kind).replace('\n', " / ");
    if let Value::NotAvailable(reason) = cell.result() {
        let _ = write!(words, " ({reason})");
    }
    if let (Value::Formula { text, .. }, true) = (&cell.value, detail.formulas) {
        let _ = write!(words, " {{={text}}}");
    }
    if let Some(more) = cell.more.as_ref().filter(|_| detail.links) {
        let note = more.note.iter().map(|note| format!(" [note: {}]", note.replace('\n', " / ")));
        let parts: String = more.link.iter().map(|link| format!(" -> {}", link_text(link))).chain(note).collect();
        words.push_str(&parts);
    }
    words
}

/// Columns aligned, a line below the header, totals below a line of their own.
fn table_text(table: &Table, detail: Detail) -> String {
    let header: Vec<String> = table.columns.iter().map(|column| column.header.clone()).collect();
    let mut lines: Vec<Vec<String>> = vec![header];
    lines.extend(table.rows.iter().map(|row| {
        let cells = row.iter().zip(&table.columns);
        cells.map(|(cell, column)| cell_text(cell, &column.kind, detail)).collect()
    }));
    if table.has_totals() {
        let columns = table.columns.iter().enumerate();
        lines.push(columns.map(|(index, column)| show(&total_of(table, index), &column.kind)).collect());
    }
    let mut out = format!("{}{}\n", table.name, table.title.as_ref().map(|title| format!(": {title}")).unwrap_or_default());
    out.push_str(&aligned(&lines, &table.columns.iter().map(|column| column.kind.is_figure()).collect::<Vec<_>>()));
    if table.rows.is_empty() {
        let _ = writeln!(out, "  {}", table.when_empty);
    }
    if detail.formulas {
        for column in &table.columns {
            let _ = column.formula.iter().try_for_each(|formula| writeln!(out, "  {} = {formula}", column.header));
        }
    }
    out
}

fn aligned(lines: &[Vec<String>], right: &[bool]) -> String {
    let widths: Vec<usize> = (0..right.len())
        .map(|index| lines.iter().filter_map(|line| line.get(index)).map(|cell| cell.chars().count()).max().unwrap_or(0))
        .collect();
    let pad = |((cell, width), right): ((&String, &usize), &bool)| {
        let width = *width;
        if *right { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
    };
    let mut out = String::new();
    for line in lines {
        let padded: Vec<String> = line.iter().zip(&widths).zip(right).map(pad).collect();
        let _ = writeln!(out, "  {}", padded.join(" | ").trim_end());
    }
    out
}

fn chart_text(chart: &Chart) -> String {
    let mut out = format!("(chart, {:?}) {}\n  {}\n", chart.kind, chart.title, chart.alt_text);
    for series in &chart.series {
        let _ = writeln!(
            out,
            "  {}: {:?}, {} by {} of {}",
            series.name, series.role, series.values.column, series.categories.column, series.values.table
        );
    }
    out
}

fn gantt_text(gantt: &Gantt) -> String {
    let mut out = format!("(bars over time) {} as of {}\n", gantt.name, gantt.as_of);
    for row in &gantt.rows {
        let dates = row.dates.map_or_else(|| "no dates".to_string(), |(start, finish)| format!("{start} to {finish}"));
        let baseline = row.baseline.map(|(start, finish)| format!(", baseline {start} to {finish}")).unwrap_or_default();
        let path = row.path.word();
        let flags = [(!path.is_empty(), ", "), (true, path), (row.is_point, ", milestone")];
        let flags: String = flags.iter().filter(|(on, _)| *on).map(|(_, words)| *words).collect();
        let indent = "  ".repeat(usize::from(row.level) + 1);
        let _ = writeln!(out, "{indent}{}: {dates}{baseline}{flags}", show(&row.label.value, &Kind::Text));
    }
    out
}

fn heat_map_text(map: &HeatMap) -> String {
    let mut out = format!("(heat map) {}: {} up, {} across\n", map.title, map.y_label, map.x_label);
    let mut lines = vec![std::iter::once(String::new()).chain(map.x_names.iter().cloned()).collect::<Vec<_>>()];
    for (name, cells) in map.y_names.iter().zip(&map.cells).rev() {
        let cells = cells.iter().map(|cell| {
            if cell.ids.is_empty() { ".".to_string() } else { format!("{}: {}", cell.ids.len(), cell.ids.join(", ")) }
        });
        lines.push(std::iter::once(name.clone()).chain(cells).collect());
    }
    out.push_str(&aligned(&lines, &vec![false; map.x_names.len() + 1]));
    out
}

fn bridge_text(bridge: &Bridge) -> String {
    let mut out = format!("(bridge) {}\n  {}\n", bridge.title, bridge.alt_text);
    for step in &bridge.steps {
        let sign = if step.is_total { "=" } else { "" };
        let _ = writeln!(out, "  {}: {sign}{}", step.label, show(&Value::Money(step.value), &bridge.kind));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::book::{Column, Stamp, Total};
    use rust_decimal::Decimal;

    #[test]
    fn a_table_reads_as_it_shows() {
        let columns = vec![
            Column::text("Item").total(Total::Label("Total".into())),
            Column::new("Amount", Kind::Number(1)).sum(),
            Column::new("Share", Kind::Percent).formula("tbl_x[[#This Row],[Amount]]/3"),
        ];
        let row =
            |item: &str, amount: i64, share: Cell| vec![Cell::text(item), Cell::new(Value::Money(Decimal::from(amount))), share];
        let table = Table::new("tbl_x", columns)
            .rows(vec![row("One", 1, Cell::number(Some(1.0 / 3.0), "")), row("Two", 2000, Cell::not_available("no plan"))]);
        let stamp = Stamp { portfolio: "P".into(), as_of: None, run_id: Some("abc".into()), version: String::new() };
        let book = Book::new("x", "X", stamp).sheet(Sheet::data("S", "Title").block(table));
        let expected = "# X\nP · run abc\n\n## S: Title\n\ntbl_x\n  Item  |  Amount |         Share\n  One   |     1.0 |         33.3%\n  \
            Two   | 2,000.0 | n/a (no plan)\n  Total | 2,001.0 |\n  Share = tbl_x[[#This Row],[Amount]]/3\n";
        assert_eq!(text(&book, Detail { formulas: true, links: false }), expected);
    }
}
