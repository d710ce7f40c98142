//! Links, built here and nowhere else: to sheets and tables of the Book, and to cells of the inputs.

use super::names::{Places, quoted};
use crate::base::origin::{Origin, cell_name};
use crate::report::book::Link;
use rust_xlsxwriter::Url;
use std::fmt::Write as _;

/// The most links that a sheet carries; Excel itself stops at 65,530.
pub const MOST: u32 = 65_000;
/// The longest address that Excel follows, in UTF-16 units.
const LONGEST: usize = 2_080;

/// A link; none where its target is not in this book or cannot be addressed.
#[must_use]
pub fn url(link: &Link, places: &Places, inputs: Option<&str>) -> Option<Url> {
    match link {
        Link::Sheet(name) => places.sheet(name).map(|sheet| internal(sheet, "A1")),
        Link::Table { table, row } => {
            let at = places.table(table).ok()?;
            let row = row.map_or(at.header_row, |row| at.header_row + 1 + u32::try_from(row).unwrap_or(0).min(at.rows - 1));
            Some(internal(&at.sheet, &cell_name(row, u32::from(at.col))))
        }
        Link::Source(origin) => source(origin, inputs?),
    }
}

fn internal(sheet: &str, cell: &str) -> Url {
    Url::new(format!("internal:{}!{cell}", quoted(sheet)))
}

/// `../../inputs/plan.xlsx#'Activities'!F214`.
fn source(origin: &Origin, inputs: &str) -> Option<Url> {
    let path = encoded(&origin.sheet.file)?;
    let place = match (origin.sheet.sheet.is_empty(), origin.address()) {
        _ if !origin.sheet.is_grid() => String::new(),
        (true, _) => String::new(),
        (false, address) if address.is_empty() => format!("#{}!A1", quoted(&origin.sheet.sheet)),
        (false, address) => format!("#{}!{address}", quoted(&origin.sheet.sheet)),
    };
    let target = format!("{inputs}{path}{place}");
    if target.encode_utf16().count() > LONGEST {
        return None;
    }
    Some(Url::new(format!("file://{target}")).set_tip(tip(origin)))
}

fn tip(origin: &Origin) -> String {
    super::text::clean(&origin.to_string()).chars().take(200).collect()
}

/// A file's path below the inputs, percent-encoded; none for a path that would leave the folder, or that the writer
/// cannot encode (a `#` ends an address, and it escapes what is already escaped).
fn encoded(file: &str) -> Option<String> {
    let leaves = file.split('/').any(|part| matches!(part, "" | "." | ".."));
    if leaves || file.contains(['#', ':', '\\', '?']) || file.chars().any(char::is_control) {
        return None;
    }
    let mut path = String::with_capacity(file.len());
    for letter in file.chars() {
        match letter {
            ' ' | '%' | '"' | '<' | '>' | '[' | ']' | '^' | '`' | '{' | '}' => {
                let _ = write!(path, "%{:02X}", u32::from(letter));
            }
            other => path.push(other),
        }
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_encoded_and_stay_inside() {
        assert_eq!(encoded("finance/Budget 2026 [v2].xlsx").as_deref(), Some("finance/Budget%202026%20%5Bv2%5D.xlsx"));
        assert_eq!(encoded("50% done.xlsx").as_deref(), Some("50%25%20done.xlsx"));
        for bad in ["../secret.xlsx", "a//b.xlsx", "/etc/passwd", "c:/x.xlsx", "\\\\host\\x.xlsx", "a#b.xlsx"] {
            assert_eq!(encoded(bad), None, "{bad}");
        }
    }
}
