//! The small parts that say what a workbook holds: relationships, sheets, names and the date system.

use super::package::Package;
use super::xml::{Step, Xml, attribute, is_true};
use super::{Outcome, over_limit, refuse};
use crate::base::origin::parse_cell;
use crate::source::codes;
use crate::source::limits::Limits;
use crate::source::raw::{NamedRange, Rect, Visibility};

/// One sheet as the workbook lists it.
pub struct SheetEntry {
    /// Its name.
    pub name: String,
    /// Its position among all sheets, from 0.
    pub position: u32,
    /// How it shows.
    pub visibility: Visibility,
    /// Its part.
    pub part: String,
    /// Named ranges on it.
    pub named_ranges: Vec<NamedRange>,
}

/// What a workbook holds.
pub struct Workbook {
    /// The sheets that hold cells (chart and dialogue sheets are left out).
    pub sheets: Vec<SheetEntry>,
    /// True where serial 0 is 1904-01-01.
    pub date_1904: bool,
    /// The part of the shared texts.
    pub shared_part: Option<String>,
    /// The part of the styles.
    pub styles_part: Option<String>,
    /// How many other workbooks it links to.
    pub external_links: usize,
}

/// One relationship of a part.
pub struct Relationship {
    id: String,
    /// The last word of its type, such as `worksheet`: one for the transitional and the strict form.
    pub kind: String,
    /// The part it points at, from the root of the container.
    pub target: String,
}

struct Listed {
    name: String,
    visibility: Visibility,
    relationship: String,
}

#[derive(Default)]
struct Contents {
    listed: Vec<Listed>,
    names: Vec<(String, String)>,
    date_1904: bool,
}

impl Workbook {
    /// Reads the workbook part and its relationships.
    pub fn read(package: &Package<'_>, limits: &Limits) -> Outcome<Self> {
        let root = relationships(package, "", limits)?;
        let main = root.iter().find(|relationship| relationship.kind == "officeDocument");
        let part = main.map_or_else(|| "xl/workbook.xml".to_string(), |relationship| relationship.target.clone());
        if !package.has(&part) {
            return Err(refuse(
                codes::NOT_A_WORKBOOK,
                "a zip container without a workbook",
                "Send the workbook itself, not a document or a zip folder.",
            ));
        }
        let related = relationships(package, &part, limits)?;
        let contents = contents(package, &part, limits)?;
        let target = |kind: &str| related.iter().find(|relationship| relationship.kind == kind).map(|found| found.target.clone());
        Ok(Self {
            date_1904: contents.date_1904,
            shared_part: target("sharedStrings"),
            styles_part: target("styles"),
            external_links: related.iter().filter(|relationship| relationship.kind == "externalLink").count(),
            sheets: entries(contents, &related),
        })
    }
}

fn entries(contents: Contents, related: &[Relationship]) -> Vec<SheetEntry> {
    let mut sheets = Vec::new();
    for (position, listed) in (0u32..).zip(contents.listed) {
        let Some(relationship) = related.iter().find(|relationship| relationship.id == listed.relationship) else { continue };
        if relationship.kind != "worksheet" {
            continue;
        }
        let on_this = |(name, text): &(String, String)| named_range(name, text, &listed.name);
        let named_ranges = contents.names.iter().filter_map(on_this).collect();
        let part = relationship.target.clone();
        sheets.push(SheetEntry { name: listed.name, position, visibility: listed.visibility, part, named_ranges });
    }
    sheets
}

/// The relationships of a part; of the container itself where `part` is empty. A part without any has none.
pub fn relationships(package: &Package<'_>, part: &str, limits: &Limits) -> Outcome<Vec<Relationship>> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let path = join(folder, &format!("_rels/{name}.rels"));
    if !package.has(&path) {
        return Ok(Vec::new());
    }
    let text = package.text(&path)?;
    let mut found = Vec::new();
    Xml::new(text.as_bytes(), &path, limits).each_element(|element| {
        if element.local_name().as_ref() == "Relationship" {
            let get = |name| attribute(element, name).unwrap_or_default();
            let kind = get("Type").rsplit('/').next().unwrap_or_default().to_string();
            found.push(Relationship { id: get("Id"), kind, target: join(folder, &get("Target")) });
        }
        Ok(())
    })?;
    Ok(found)
}

/// A target from the root of the container: absolute, or relative to a folder with `..` steps.
fn join(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_string();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            other => steps.push(other),
        }
    }
    steps.join("/")
}

fn contents(package: &Package<'_>, part: &str, limits: &Limits) -> Outcome<Contents> {
    let text = package.text(part)?;
    let mut xml = Xml::new(text.as_bytes(), part, limits);
    let mut contents = Contents::default();
    loop {
        let name = match xml.step()? {
            Step::End => break,
            Step::Open(element) => match element.local_name().as_ref() {
                "sheet" => {
                    contents.listed.push(listed(&element));
                    continue;
                }
                "workbookPr" => {
                    contents.date_1904 |= attribute(&element, "date1904").is_some_and(|value| is_true(&value));
                    continue;
                }
                "definedName" => attribute(&element, "name").unwrap_or_default(),
                _ => continue,
            },
            _ => continue,
        };
        contents.names.push((name, xml.text_of()?));
    }
    if contents.listed.len() > limits.sheets {
        return Err(over_limit(format!("{} sheets", contents.listed.len()), "sheets", limits.sheets));
    }
    Ok(contents)
}

fn listed(element: &quick_xml::events::BytesStart<'_>) -> Listed {
    let visibility = match attribute(element, "state").as_deref() {
        Some("hidden") => Visibility::Hidden,
        Some("veryHidden") => Visibility::VeryHidden,
        _ => Visibility::Visible,
    };
    let name = attribute(element, "name").unwrap_or_default();
    Listed { name, visibility, relationship: attribute(element, "id").unwrap_or_default() }
}

/// A name that points at one rectangle of this sheet; Excel's own names (print areas, filters) are left out.
pub fn named_range(name: &str, text: &str, sheet: &str) -> Option<NamedRange> {
    if name.starts_with("_xlnm.") {
        return None;
    }
    let (quoted, area) = text.trim().rsplit_once('!')?;
    let inner = quoted.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    let owner = inner.map_or_else(|| quoted.to_string(), |inner| inner.replace("''", "'"));
    if owner.to_lowercase() != sheet.to_lowercase() {
        return None;
    }
    Some(NamedRange { name: name.to_string(), rect: rect(area)? })
}

/// The rectangle of `A1:C9` or `B4`, with or without `$`; none for anything else.
pub fn rect(area: &str) -> Option<Rect> {
    let (first, last) = area.split_once(':').unwrap_or((area, area));
    let (a, b) = (parse_cell(first)?, parse_cell(last)?);
    Some(Rect { top: a.0.min(b.0), left: a.1.min(b.1), bottom: a.0.max(b.0), right: a.1.max(b.1) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_found_from_any_folder() {
        for (folder, target, part) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/worksheets", "../tables/t1.xml", "xl/tables/t1.xml"),
            ("xl", "/xl/styles.xml", "xl/styles.xml"),
            ("", "workbook.xml", "workbook.xml"),
        ] {
            assert_eq!(join(folder, target), part);
        }
    }

    #[test]
    fn a_name_belongs_to_the_sheet_it_points_at() {
        let rect = Rect { top: 1, left: 0, bottom: 8, right: 2 };
        assert_eq!(named_range("Costs", "'Bob''s plan'!$A$2:$C$9", "Bob's plan").map(|range| range.rect), Some(rect));
        assert_eq!(named_range("Costs", "Other!$A$2:$C$9", "Plan"), None);
        assert_eq!(named_range("_xlnm.Print_Area", "Plan!$A$2:$C$9", "Plan"), None);
        assert_eq!(named_range("Factor", "1.5", "Plan"), None);
        assert_eq!(named_range("Moving", "OFFSET(Plan!$A$1,1,1)", "Plan"), None);
    }
}
