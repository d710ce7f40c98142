//! Faults that make a spreadsheet program repair, refuse or misread a workbook, and that schema validators miss.

use super::package::{Node, Package};
use std::collections::{BTreeMap, BTreeSet};
use throughline::base::origin::{parse_cell, parse_column};

/// A rectangle: first row, first column, last row, last column.
type Rect = (u32, u32, u32, u32);

/// Every fault found, each with its part.
pub fn faults(bytes: &[u8]) -> Vec<String> {
    let package = Package::open(bytes);
    let mut faults = Vec::new();
    content_types(&package, &mut faults);
    relations(&package, &mut faults);
    let sheets = package.sheets();
    let tables = tables(&package, &sheets, &mut faults);
    names(&package, &sheets, &tables, &mut faults);
    let styles = Styles::of(&package);
    for (index, (name, part)) in sheets.iter().enumerate() {
        let sheet = package.xml(part);
        cells(&package, name, &sheet, &styles, &tables, &mut faults);
        rules(name, &sheet, &styles, &mut faults);
        links(&package, name, part, &sheet, &sheets, &mut faults);
        set_up(name, &sheet, index, &mut faults);
        drawings(&package, name, part, &sheets, &mut faults);
        merges(name, &sheet, &tables, &mut faults);
    }
    faults
}

fn content_types(package: &Package, faults: &mut Vec<String>) {
    let types = package.xml("[Content_Types].xml");
    let endings: BTreeSet<String> = types.all("Default").iter().map(|node| node.get("Extension").to_lowercase()).collect();
    let parts: BTreeSet<String> =
        types.all("Override").iter().map(|node| node.get("PartName").trim_start_matches('/').to_string()).collect();
    for part in package.parts.keys().filter(|part| *part != "[Content_Types].xml") {
        let ending = part.rsplit('.').next().unwrap_or("").to_lowercase();
        if !parts.contains(part) && !endings.contains(&ending) {
            faults.push(format!("{part} has no content type"));
        }
    }
    faults.extend(
        parts.iter().filter(|part| !package.parts.contains_key(*part)).map(|part| format!("{part} has a type and is not there")),
    );
}

fn relations(package: &Package, faults: &mut Vec<String>) {
    for part in package.parts.keys().filter(|part| std::path::Path::new(part).extension().is_none_or(|kind| kind != "rels")) {
        let mut ids = BTreeSet::new();
        for (id, kind, target, outside) in package.relations(part) {
            if !ids.insert(id.clone()) {
                faults.push(format!("{part}: relationship {id} is there twice"));
            }
            if outside && (kind != "hyperlink" || target.contains("://") || target.starts_with('\\') || target.starts_with('/')) {
                faults.push(format!("{part}: {kind} leads outside to {target}"));
            }
            if !outside && !package.parts.contains_key(&target) && !target.starts_with('#') {
                faults.push(format!("{part}: {target} is not there"));
            }
        }
    }
}

/// A table as the checks need it.
pub struct TableAt {
    sheet: String,
    name: String,
    rect: Rect,
    columns: Vec<String>,
}

fn tables(package: &Package, sheets: &[(String, String)], faults: &mut Vec<String>) -> Vec<TableAt> {
    let mut found: Vec<TableAt> = Vec::new();
    let mut ids = BTreeSet::new();
    for (sheet, part) in sheets {
        let grid = Grid::of(package, &package.xml(part));
        for (_, _, target, _) in package.relations(part).into_iter().filter(|relation| relation.1 == "table") {
            let node = package.xml(&target);
            let table = node.child("table").expect("a table").clone();
            let rect = rect(table.get("ref")).expect("a table's range");
            let columns: Vec<Node> = table.all("tableColumn").into_iter().cloned().collect();
            let names: Vec<String> = columns.iter().map(|column| unescaped(column.get("name"))).collect();
            let name = table.get("displayName").to_string();
            let mut fault = |words: String| faults.push(format!("{sheet}: table {name}: {words}"));
            if !ids.insert(table.get("id").to_string()) || found.iter().any(|other| other.name.eq_ignore_ascii_case(&name)) {
                fault("its id or name is there twice".to_string());
            }
            if usize::try_from(rect.3 - rect.1 + 1).ok() != Some(names.len()) {
                fault(format!("{} columns on {}", names.len(), table.get("ref")));
            }
            if names.iter().map(|name| name.to_lowercase()).collect::<BTreeSet<_>>().len() != names.len() {
                fault("two columns share a name".to_string());
            }
            for (offset, name) in names.iter().enumerate() {
                let at = (rect.0, rect.1 + u32::try_from(offset).unwrap_or(0));
                if grid.text(at) != Some(name) {
                    fault(format!("header {name:?} reads {:?} in its cell", grid.text(at)));
                }
            }
            let totals = table.get("totalsRowCount") == "1";
            if rect.2 < rect.0 + 1 + u32::from(totals) {
                fault("no row of data".to_string());
            }
            for (offset, column) in columns.iter().enumerate().filter(|(_, column)| !column.get("totalsRowLabel").is_empty()) {
                let at = (rect.2, rect.1 + u32::try_from(offset).unwrap_or(0));
                if grid.text(at) != Some(&unescaped(column.get("totalsRowLabel"))) {
                    fault("its totals label is not in its cell".to_string());
                }
            }
            if found.iter().any(|other| other.sheet == *sheet && overlap(other.rect, rect)) {
                fault("it overlaps another".to_string());
            }
            found.push(TableAt { sheet: sheet.clone(), name, rect, columns: names });
        }
    }
    found
}

fn overlap(a: Rect, b: Rect) -> bool {
    a.0 <= b.2 && b.0 <= a.2 && a.1 <= b.3 && b.1 <= a.3
}

fn names(package: &Package, sheets: &[(String, String)], tables: &[TableAt], faults: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for node in package.xml("xl/workbook.xml").all("definedName") {
        let name = node.get("name");
        if !seen.insert((name.to_lowercase(), node.get("localSheetId").to_string())) {
            faults.push(format!("the name {name} is there twice"));
        }
        if tables.iter().any(|table| table.name.eq_ignore_ascii_case(name)) {
            faults.push(format!("the name {name} is a table's too"));
        }
        for reference in node.words().split(',') {
            check_reference(reference, sheets, &format!("name {name}"), faults);
        }
    }
}

/// `'Sheet'!$A$1:$B$2`: the sheet must be there and the cells must be cells.
fn check_reference(reference: &str, sheets: &[(String, String)], place: &str, faults: &mut Vec<String>) {
    let Some((sheet, cells)) = reference.rsplit_once('!') else {
        faults.push(format!("{place}: {reference} names no sheet"));
        return;
    };
    let sheet = sheet.trim_matches('\'').replace("''", "'");
    if !sheets.iter().any(|(name, _)| *name == sheet) {
        faults.push(format!("{place}: there is no sheet {sheet}"));
    }
    let whole_rows = cells.split(':').all(|part| part.trim_start_matches('$').parse::<u32>().is_ok());
    if rect(&cells.replace('$', "")).is_none() && !whole_rows {
        faults.push(format!("{place}: {cells} are no cells"));
    }
}

fn rect(reference: &str) -> Option<Rect> {
    let (from, to) = reference.split_once(':').unwrap_or((reference, reference));
    let (first, last) = (parse_cell(from)?, parse_cell(to)?);
    (first.0 <= last.0 && first.1 <= last.1).then_some((first.0, first.1, last.0, last.1))
}

struct Styles {
    formats: usize,
    differential: usize,
}

impl Styles {
    fn of(package: &Package) -> Self {
        let styles = package.xml("xl/styles.xml");
        let count = |name: &str| styles.all(name).first().map_or(0, |node| node.children.len());
        Self { formats: count("cellXfs"), differential: count("dxfs") }
    }
}

/// The texts of a sheet's cells.
struct Grid {
    texts: BTreeMap<(u32, u32), String>,
}

impl Grid {
    fn of(package: &Package, sheet: &Node) -> Self {
        let strings = strings(package);
        let mut texts = BTreeMap::new();
        for cell in sheet.all("c").into_iter().filter(|cell| cell.get("t") == "s") {
            let index: usize = cell.child("v").map(Node::words).and_then(|text| text.parse().ok()).unwrap_or(usize::MAX);
            texts.insert(parse_cell(cell.get("r")).expect("a cell"), strings.get(index).cloned().unwrap_or_default());
        }
        Self { texts }
    }

    fn text(&self, at: (u32, u32)) -> Option<&String> {
        self.texts.get(&at)
    }
}

fn strings(package: &Package) -> Vec<String> {
    if !package.parts.contains_key("xl/sharedStrings.xml") {
        return Vec::new();
    }
    package.xml("xl/sharedStrings.xml").all("si").into_iter().map(|node| unescaped(&node.words())).collect()
}

fn unescaped(text: &str) -> String {
    text.replace("_x005F_", "_")
}

/// Functions that LibreOffice 7.4 or Excel 2013 lack.
const TOO_NEW: [&str; 12] =
    ["XLOOKUP", "FILTER", "LET", "SORT", "SORTBY", "UNIQUE", "SEQUENCE", "LAMBDA", "TEXTJOIN", "CONCAT", "IFS", "MAXIFS"];

fn cells(package: &Package, name: &str, sheet: &Node, styles: &Styles, tables: &[TableAt], faults: &mut Vec<String>) {
    let strings = strings(package).len();
    let mut last = None;
    for cell in sheet.all("c") {
        let at = parse_cell(cell.get("r"));
        let mut fault = |words: String| faults.push(format!("{name}!{}: {words}", cell.get("r")));
        if at.is_none() || at <= last {
            fault("cells are out of order".to_string());
        }
        last = at;
        if cell.get("s").parse::<usize>().unwrap_or(0) >= styles.formats {
            fault("its format is not there".to_string());
        }
        let value = cell.child("v").map(Node::words);
        let is_number = value.as_deref().unwrap_or("0").parse::<f64>().is_ok_and(f64::is_finite);
        match cell.get("t") {
            "s" if value.as_deref().and_then(|text| text.parse::<usize>().ok()).is_none_or(|index| index >= strings) => {
                fault("its text is not there".to_string());
            }
            "" | "n" if !is_number => fault(format!("{value:?} is no number")),
            "e" => fault(format!("it shows the error {value:?}")),
            _ => {}
        }
        if let Some(formula) = cell.child("f") {
            if value.is_none() {
                fault("its formula has no value".to_string());
            }
            formula_faults(&formula.words(), tables).into_iter().for_each(fault);
        }
    }
}

/// A formula must be portable, and name tables and columns that are there.
fn formula_faults(formula: &str, tables: &[TableAt]) -> Vec<String> {
    let mut faults = Vec::new();
    let code: String = formula.split('"').step_by(2).collect();
    if code.contains("[@") || code.contains("_xlfn") || TOO_NEW.iter().any(|function| calls(&code, function)) {
        faults.push(format!("not portable: {formula}"));
    }
    for (start, _) in code.match_indices("tbl_") {
        let rest = &code[start..];
        let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
        let Some(table) = tables.iter().find(|table| table.name.eq_ignore_ascii_case(&rest[..end])) else {
            faults.push(format!("there is no table {}", &rest[..end]));
            continue;
        };
        let column = column_name(&rest[end..]);
        if column.as_ref().is_some_and(|column| !table.columns.iter().any(|known| known.eq_ignore_ascii_case(column))) {
            faults.push(format!("{} has no column {column:?}", table.name));
        }
    }
    faults
}

fn calls(code: &str, function: &str) -> bool {
    code.match_indices(&format!("{function}("))
        .any(|(at, _)| !code[..at].ends_with(|letter: char| letter.is_alphanumeric() || letter == '.'))
}

/// The column that `[Col]` or `[[#This Row],[Col]]` names.
fn column_name(rest: &str) -> Option<String> {
    let inner = rest.strip_prefix("[[#This Row],[").or_else(|| rest.strip_prefix('['))?;
    let mut name = String::new();
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\'' => name.extend(letters.next()),
            ']' => return Some(name),
            other => name.push(other),
        }
    }
    None
}

fn rules(name: &str, sheet: &Node, styles: &Styles, faults: &mut Vec<String>) {
    for (kind, node) in ["conditionalFormatting", "dataValidation"]
        .iter()
        .flat_map(|kind| sheet.all(kind).into_iter().map(move |node| (kind, node)))
    {
        let ranges = if node.get("sqref").is_empty() {
            node.all("sqref").first().map_or(String::new(), |node| node.words())
        } else {
            node.get("sqref").to_string()
        };
        if ranges.is_empty() || ranges.split(' ').any(|range| rect(range).is_none()) {
            faults.push(format!("{name}: {kind} over {ranges:?}"));
        }
        let list = node.child("formula1").map(Node::words).unwrap_or_default();
        if *kind == "dataValidation" && list.starts_with('"') && list.encode_utf16().count() > 257 {
            faults.push(format!("{name}: a dropdown's list is too long"));
        }
    }
    for rule in sheet.all("cfRule") {
        if rule.get("dxfId").parse::<usize>().is_ok_and(|index| index >= styles.differential) {
            faults.push(format!("{name}: a rule's format is not there"));
        }
    }
}

fn links(package: &Package, name: &str, part: &str, sheet: &Node, sheets: &[(String, String)], faults: &mut Vec<String>) {
    let links = sheet.all("hyperlink");
    if links.len() > 65_530 {
        faults.push(format!("{name}: {} links", links.len()));
    }
    let relations = package.relations(part);
    for link in links {
        let place = format!("{name}!{}", link.get("ref"));
        if link.get("id").is_empty() {
            check_reference(link.get("location"), sheets, &place, faults);
            continue;
        }
        let target = relations.iter().find(|relation| relation.0 == link.get("id"));
        let fine = target.is_some_and(|(_, _, target, outside)| {
            *outside && target.starts_with("../../inputs/") && !target["../../inputs/".len()..].contains("..")
        });
        if !fine {
            faults.push(format!("{place}: leads to {target:?}"));
        }
    }
}

/// Title in A1, A1 selected, landscape A4 or A3 one page wide, a footer with page numbers.
fn set_up(name: &str, sheet: &Node, index: usize, faults: &mut Vec<String>) {
    let first = |kind: &str| sheet.all(kind).first().map(|node| (*node).clone()).unwrap_or_default();
    let (page, fit) = (first("pageSetup"), first("pageSetUpPr"));
    let printed = page.get("orientation") == "landscape"
        && ["8", "9"].contains(&page.get("paperSize"))
        && page.get("fitToHeight") == "0"
        && fit.get("fitToPage") == "1";
    if !printed {
        faults.push(format!("{name}: not set up to print"));
    }
    let footer = first("oddFooter").words();
    if !footer.contains("page &P of &N") || footer.encode_utf16().count() > 255 {
        faults.push(format!("{name}: footer {footer:?}"));
    }
    let title = sheet.all("c").first().is_some_and(|cell| cell.get("r") == "A1" && cell.child("v").is_some());
    if !title {
        faults.push(format!("{name}: no title in A1"));
    }
    let view = first("sheetView");
    if (index == 0) != (view.get("tabSelected") == "1") {
        faults.push(format!("{name}: the first sheet alone should be active"));
    }
    let selected = view
        .all("selection")
        .iter()
        .all(|node| node.get("activeCell").is_empty() || node.get("activeCell") == "A1" || !node.get("pane").is_empty());
    if !selected {
        faults.push(format!("{name}: A1 is not selected"));
    }
}

/// Pictures and charts are described, refer to cells that are there, and do not overlap.
fn drawings(package: &Package, name: &str, part: &str, sheets: &[(String, String)], faults: &mut Vec<String>) {
    for (_, _, drawing, _) in package.relations(part).into_iter().filter(|relation| relation.1 == "drawing") {
        let node = package.xml(&drawing);
        let mut anchors: Vec<(Rect, String)> = Vec::new();
        for anchor in node.all("twoCellAnchor") {
            let corner =
                |end: &str| anchor.child(end).map(|node| (position(node, "row"), position(node, "col"))).expect("a corner");
            let ((top, left), (bottom, right)) = (corner("from"), corner("to"));
            let properties = anchor.all("cNvPr").first().map(|node| (*node).clone()).unwrap_or_default();
            if properties.get("descr").is_empty() {
                faults.push(format!("{name}: {} has no description", properties.get("name")));
            }
            let area = (
                top.0 * 1_000_000 + top.1 / 1_000,
                left.0 * 1_000_000 + left.1 / 1_000,
                bottom.0 * 1_000_000 + bottom.1 / 1_000,
                right.0 * 1_000_000 + right.1 / 1_000,
            );
            for (other, words) in &anchors {
                if overlap(*other, area) {
                    faults.push(format!("{name}: {} overlaps {words}", properties.get("name")));
                }
            }
            anchors.push((area, properties.get("name").to_string()));
        }
        for (_, _, chart, _) in package.relations(&drawing).into_iter().filter(|relation| relation.1 == "chart") {
            for reference in package.xml(&chart).all("f") {
                check_reference(&reference.words(), sheets, &chart, faults);
            }
        }
    }
}

/// A row or column and the offset inside it.
fn position(node: &Node, axis: &str) -> (u32, u32) {
    let read = |name: &str| node.child(name).and_then(|node| node.words().parse().ok()).unwrap_or(0);
    (read(axis), read(&format!("{axis}Off")))
}

/// No data on merged cells.
fn merges(name: &str, sheet: &Node, tables: &[TableAt], faults: &mut Vec<String>) {
    for merge in sheet.all("mergeCell") {
        let Some(area) = rect(merge.get("ref")) else { continue };
        if tables.iter().any(|table| table.sheet == name && overlap(table.rect, area)) {
            faults.push(format!("{name}: merged cells in a table at {}", merge.get("ref")));
        }
    }
    let _ = parse_column("A");
}
