//! Excel tables (ListObjects): where they lie and what their columns are called.

use super::Outcome;
use super::package::Package;
use super::workbook::{rect, relationships};
use super::xml::{Xml, attribute, unescape_excel};
use crate::source::limits::Limits;
use crate::source::raw::{Rect, TableRegion};

/// The tables of a sheet's part, in the order of its relationships.
pub fn read(package: &Package<'_>, sheet_part: &str, limits: &Limits) -> Outcome<Vec<TableRegion>> {
    let mut tables = Vec::new();
    for relationship in relationships(package, sheet_part, limits)? {
        if relationship.kind == "table" && package.has(&relationship.target) {
            tables.extend(table(&package.text(&relationship.target)?, &relationship.target, limits)?);
        }
    }
    Ok(tables)
}

fn table(text: &str, part: &str, limits: &Limits) -> Outcome<Option<TableRegion>> {
    let mut region: Option<TableRegion> = None;
    Xml::new(text.as_bytes(), part, limits).each_element(|element| {
        match element.local_name().as_ref() {
            "table" if region.is_none() => {
                let get = |name| attribute(element, name);
                let count = |name, usual| get(name).and_then(|text| text.trim().parse().ok()).unwrap_or(usual);
                let name = get("displayName").or_else(|| get("name")).unwrap_or_default();
                let area: Option<Rect> = get("ref").as_deref().and_then(rect);
                region = area.map(|rect| TableRegion {
                    name,
                    rect,
                    header_rows: count("headerRowCount", 1),
                    totals_rows: count("totalsRowCount", 0),
                    columns: Vec::new(),
                });
            }
            "tableColumn" => {
                let name = attribute(element, "name").unwrap_or_default();
                if let Some(region) = region.as_mut() {
                    region.columns.push(unescape_excel(&name));
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(region)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_with_totals_and_a_prefix_is_read() -> Result<(), String> {
        let text = r#"<x:table xmlns:x="u" id="1" name="t" displayName="tbl_risks" ref="B3:D9" totalsRowCount="1">
            <x:tableColumns count="3"><x:tableColumn id="1" name="Risk"/><x:tableColumn id="2" name="a_x000a_b"/><x:tableColumn id="3" name="R&amp;D"/></x:tableColumns></x:table>"#;
        let region = table(text, "t.xml", &Limits::default()).map_err(|refusal| refusal.message())?;
        let expected = TableRegion {
            name: "tbl_risks".into(),
            rect: Rect { top: 2, left: 1, bottom: 8, right: 3 },
            header_rows: 1,
            totals_rows: 1,
            columns: vec!["Risk".into(), "a\nb".into(), "R&D".into()],
        };
        assert_eq!(region, Some(expected));
        Ok(())
    }
}
