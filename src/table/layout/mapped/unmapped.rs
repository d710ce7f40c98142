//! Columns of mapped sheets that no mapping reads and none declares to hold no data.

use super::frame::place_of;
use super::table::Explained;
use crate::base::finding::Findings;
use crate::source::raw::{RawSheet, Rect};
use crate::table::headers::normalise;
use crate::table::layout::cells::{excerpt, holds, text_of};
use crate::table::mapping::codes;
use std::collections::BTreeSet;

/// Reports them, one finding a column.
pub fn report(explained: &[Explained<'_>], findings: &mut Findings) {
    let mut done: Vec<&RawSheet> = Vec::new();
    for part in explained {
        if part.header_line.is_some() && !done.iter().any(|sheet| std::ptr::eq(*sheet, part.sheet)) {
            done.push(part.sheet);
            let parts: Vec<&Explained<'_>> = explained.iter().filter(|other| std::ptr::eq(other.sheet, part.sheet)).collect();
            report_sheet(part.sheet, &parts, findings);
        }
    }
}

fn report_sheet(sheet: &RawSheet, parts: &[&Explained<'_>], findings: &mut Findings) {
    let lines: BTreeSet<u32> = parts.iter().filter_map(|part| part.header_line).collect();
    let (Some(&line), Some(extent)) = (lines.last(), sheet.extent()) else { return };
    for (col, _) in &sheet.columns {
        let header = lines.iter().rev().find_map(|line| text_of(sheet, *line, *col));
        let body = Rect { top: line + 1, left: *col, bottom: extent.bottom.max(line + 1), right: *col };
        let known = parts.iter().any(|part| part.used.contains(col));
        let ignored = parts.iter().flat_map(|part| &part.ignored).any(|name| ignores(name, *col, header.as_deref()));
        if !known && !ignored && holds(sheet, body) {
            let text = header.as_ref().map_or_else(|| "no header".to_string(), |text| format!("\"{}\"", excerpt(text)));
            findings.push(
                codes::COLUMN_UNMAPPED
                    .at(sheet.origin(line, *col))
                    .found(text)
                    .expected("a column that is mapped to a field or listed under `ignore`")
                    .hint("Map it, or add its header (or its letter, such as \"@M\") to `ignore` of one of the sheet's tables."),
            );
        }
    }
}

/// True where an entry of `ignore` means the column: `*`, `@M`, `@M:Q` or its header.
fn ignores(name: &str, col: u32, header: Option<&str>) -> bool {
    if name.trim() == "*" {
        return true;
    }
    let Some(address) = name.strip_prefix('@') else {
        return header.is_some_and(|header| normalise(header) == normalise(name));
    };
    let (first, last) = address.split_once(':').unwrap_or((address, address));
    matches!((place_of(first), place_of(last)), (Some(first), Some(last)) if (first..=last).contains(&col))
}
