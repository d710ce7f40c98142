//! A few rows of a detail table, looked up live by their key: what the Executive page shows is what the detail says.

use super::context::lookup;
use crate::report::book::{Cell, Column, Link, Table, Value, column_of, this_row};

/// Rows of a detail table by position. The first column shows the detail's first column, whose values are unique, and
/// leads there; the others look their values up by it.
#[must_use]
pub fn pick(name: &str, key: Column, detail: &Table, rows: &[usize], shown: Vec<(Column, String)>) -> Table {
    let id = this_row(name, &key.header);
    let ids = detail.columns.first().map(|column| column_of(&detail.name, &column.header)).unwrap_or_default();
    let sources: Vec<Option<(usize, String)>> = shown
        .iter()
        .map(|(_, header)| Some((detail.position(header)?, lookup(&column_of(&detail.name, header), &id, &ids))))
        .collect();
    let picked = rows.iter().filter_map(|&row| Some((row, detail.rows.get(row)?)));
    let cells = picked.map(|(row, cells)| {
        let link = Link::Table { table: detail.name.clone(), row: Some(row) };
        let mut out = vec![Cell::new(cells[0].result().clone()).link(link)];
        out.extend(
            sources.iter().map(|source| source.as_ref().map_or_else(Cell::blank, |(at, text)| looked_up(&cells[*at], text))),
        );
        out
    });
    let rows = cells.collect();
    let columns = std::iter::once(key).chain(shown.into_iter().map(|(column, _)| column)).collect();
    Table::new(name, columns).rows(rows)
}

/// A lookup of an empty cell would show 0, so that it stays empty.
fn looked_up(cell: &Cell, text: &str) -> Cell {
    match cell.result() {
        Value::Blank => Cell::blank(),
        value => Cell::formula(text, value.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::book::Kind;

    #[test]
    fn picked_rows_look_up_their_detail() {
        let columns = vec![Column::text("Id"), Column::new("Days", Kind::Number(0)), Column::text("Words")];
        let rows = (0..3).map(|n| vec![Cell::text(format!("K{n}")), Value::Integer(n).into(), Cell::blank()]).collect();
        let detail = Table::new("tbl_detail", columns).rows(rows);
        let shown =
            vec![(Column::new("Days", Kind::Number(0)), "Days".to_string()), (Column::text("Words"), "Words".to_string())];
        let table = pick("tbl_few", Column::text("Id"), &detail, &[2, 0, 9], shown);
        assert_eq!(table.rows.len(), 2);
        assert_eq!(table.rows[0][0].result(), &Value::Text("K2".into()));
        let text = "INDEX(tbl_detail[Days],MATCH(tbl_few[[#This Row],[Id]],tbl_detail[Id],0))";
        assert_eq!(table.rows[0][1], Cell::formula(text, Value::Integer(2)));
        assert_eq!(table.rows[0][2], Cell::blank());
    }
}
