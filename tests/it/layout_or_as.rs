//! The project sheets of the OR-AS database, read through the mapping that ships with the program. What comes out is
//! counted against the cells themselves, by rules simpler than the mapping's.

use crate::harness::{reference, root};
use libtest_mimic::Trial;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use throughline::base::disk::Disk;
use throughline::base::finding::Severity;
use throughline::source::raw::{RawSheet, SourceFile, Value};
use throughline::source::{self, Limits};
use throughline::table::check::CheckSettings;
use throughline::table::contracts;
use throughline::table::grid::{From, Grid};
use throughline::table::layout;
use throughline::table::mapping::Mappings;
use throughline::table::tables::SheetUse;

pub fn trials() -> Vec<Trial> {
    vec![
        reference("layout_or_as::every_project_is_read_whole", "projects", every_project_is_read_whole),
        reference("layout_or_as::every_project_is_checked", "projects", every_project_is_checked),
        reference("layout_or_as::one_project_cell_by_cell", "projects", one_project_cell_by_cell),
        reference("layout_or_as::original_sheets_without_agenda", "projects", original_sheets_without_agenda),
    ]
}

fn mapping() -> Mappings {
    let settings = "[[source]]\nfiles = \"*.xlsx\"\nuse = \"or-as.toml\"\n";
    let text = std::fs::read_to_string(root().join("templates/mappings/or-as-project-sheet.toml")).expect("the mapping");
    let (mappings, findings) = Mappings::from_toml(settings, |_| Some(text.clone()));
    assert!(findings.0.is_empty(), "{findings:?}");
    mappings
}

fn sheets(folder: &Path, wanted: impl Fn(&str) -> bool) -> Vec<RawSheet> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.retain(|name| Path::new(name).extension().is_some_and(|kind| kind == "xlsx") && wanted(name));
    names.sort();
    let files: Vec<SourceFile> = names.into_iter().map(|name| SourceFile { path: folder.join(&name), name }).collect();
    source::read(&Disk::real(), &files, &Limits::default()).0.sheets
}

/// The text of a field of a record, as the layout points at it.
fn value(grid: &Grid<'_>, record: usize, key: &str) -> Option<String> {
    let field = grid.contract.position(key).unwrap_or_else(|| panic!("{key}"));
    let binding = grid.bindings.iter().find(|binding| binding.field == field)?;
    let at = grid.records[record];
    let text = match &binding.from {
        From::Column(col) => text(grid.sheet, at.row, *col),
        From::Row(row) => text(grid.sheet, *row, at.col),
        From::Own => text(grid.sheet, at.row, at.col),
        From::Cell(row, col) => text(grid.sheet, *row, *col),
        From::Constant(text) => Some(text.clone()),
        From::Derived { texts, .. } => texts[record].clone(),
        From::DebitCredit { .. } => None,
    }?;
    let translated = binding.translate.iter().find(|(from, _)| from.eq_ignore_ascii_case(&text));
    Some(translated.map_or(text, |(_, to)| to.clone()))
}

fn text(sheet: &RawSheet, row: u32, col: u32) -> Option<String> {
    match sheet.cell(row, col)?.0 {
        Value::Text(index) => Some(sheet.text(index).trim().to_string()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        other => Some(format!("{other:?}")),
    }
}

fn rows<'g>(grids: &'g [Grid<'g>], table: &'g str) -> impl Iterator<Item = (&'g Grid<'g>, usize)> {
    let grids = grids.iter().filter(move |grid| grid.contract.name == table);
    grids.flat_map(|grid| (0..grid.records.len()).map(move |record| (grid, record)))
}

fn line(grid: &Grid<'_>, record: usize, keys: &[&str]) -> String {
    keys.iter().map(|key| value(grid, record, key).unwrap_or_default()).collect::<Vec<_>>().join(" | ")
}

fn every_project_is_read_whole(folder: &Path) {
    let sheets = sheets(folder, |name| !name.contains("original"));
    let (grids, uses, findings) = layout::cut(&sheets, &mapping(), &contracts::all());
    assert!(findings.0.is_empty(), "{:#?}", findings.0.iter().take(5).collect::<Vec<_>>());
    assert!(uses.iter().all(|(_, usage)| matches!(usage, SheetUse::Mapped(_))), "{uses:?}");
    let mut expected: BTreeMap<&str, usize> = BTreeMap::new();
    for sheet in &sheets {
        count(sheet, &mut expected);
    }
    for (table, count) in expected {
        assert_eq!(rows(&grids, table).count(), count, "{table}");
    }
    for (grid, record) in rows(&grids, "Activities") {
        let unsized_row = text(grid.sheet, grid.records[record].row, 6).is_none();
        assert_eq!(value(grid, record, "type").as_deref() == Some("summary"), unsized_row, "{}", grid.sheet.name.file);
    }
    ids_agree(&grids);
}

/// Counts what a sheet holds by the plainest rules.
fn count(sheet: &RawSheet, expected: &mut BTreeMap<&'static str, usize>) {
    let mut add = |table: &'static str, count: usize| *expected.entry(table).or_default() += count;
    let last = sheet.extent().map_or(0, |extent| extent.bottom);
    let pieces = |col: u32| -> usize {
        (2..=last)
            .filter_map(|row| text(sheet, row, col))
            .map(|text| text.split(';').filter(|piece| !piece.trim().is_empty()).count())
            .sum()
    };
    let held = |first: u32, col: u32| (first..=last).filter(|row| text(sheet, *row, col).is_some()).count();
    match sheet.name.sheet.as_str() {
        "Baseline Schedule" => {
            add("Initiatives", 1);
            add("Activities", held(2, 0));
            add("Dependencies", pieces(2));
            add("Assignments", pieces(7));
            add("Baselines", held(2, 4));
        }
        "Resources" => {
            add("Resources", held(2, 0));
            add("Rates", held(2, 0));
        }
        "Agenda" => {
            add("Calendars", 1);
            add("Calendar exceptions", held(1, 6));
        }
        "Risk Analysis" => {}
        _ => add("Progress", held(4, 3)),
    }
}

/// Every id that one table uses, another one gives.
fn ids_agree(grids: &[Grid<'_>]) {
    let ids = |table: &str, keys: &[&str]| -> BTreeSet<String> {
        rows(grids, table).map(|(grid, record)| line(grid, record, keys)).collect()
    };
    let activities = ids("Activities", &["initiative", "activity_id"]);
    assert_eq!(activities.len(), rows(grids, "Activities").count());
    for used in [
        ids("Dependencies", &["initiative", "predecessor"]),
        ids("Dependencies", &["initiative", "successor"]),
        ids("Assignments", &["initiative", "activity"]),
        ids("Progress", &["initiative", "activity"]),
    ] {
        assert!(used.is_subset(&activities), "{:?}", used.difference(&activities).take(3).collect::<Vec<_>>());
    }
    let resources = ids("Resources", &["resource_id"]);
    assert_eq!(resources.len(), rows(grids, "Resources").count());
    assert!(ids("Assignments", &["resource"]).is_subset(&resources));
    assert!(ids("Rates", &["resource"]).is_subset(&resources));
    assert!(ids("Activities", &["calendar"]).is_subset(&ids("Calendars", &["calendar_id"])));
}

fn one_project_cell_by_cell(folder: &Path) {
    let sheets = sheets(folder, |name| name == "C2011-12.xlsx");
    let (grids, _, _) = layout::cut(&sheets, &mapping(), &contracts::all());
    let first = |table: &str, wanted: &str, keys: &[&str]| {
        rows(&grids, table)
            .map(|(grid, record)| line(grid, record, keys))
            .find(|line| line.starts_with(wanted))
            .unwrap_or_default()
    };
    let keys = ["activity_id", "wbs", "name", "type", "duration", "optimistic", "most_likely", "pessimistic", "distribution"];
    assert_eq!(first("Activities", "0 |", &keys[..5]), "0 | 1 | CLAEYS-VERHELST PREMISES | summary | 0h");
    assert_eq!(first("Activities", "46 |", &keys[..5]), "46 | 1.1 | preparation | summary | 0h");
    assert_eq!(
        first("Activities", "2 |", &keys),
        "2 | 1.1.1 | building permit | task | 60d | 402 hours | 480 hours | 812 hours | triangular"
    );
    assert_eq!(first("Activities", "4 |", &keys), "4 | 1.1.3 | temporary offices | task | 20d | 16d | 20d | 24d | triangular");
    assert_eq!(first("Activities", "16 |", &keys[8..]), "");
    assert_eq!(first("Activities", "16 |", &["activity_id", "distribution"]), "16 | none");
    assert_eq!(first("Activities", "17 |", &["activity_id", "wbs"]), "17 | 1.2.1");
    assert_eq!(first("Dependencies", "69 | 18", &["predecessor", "successor", "type", "lag"]), "69 | 18 | FS | ");
    assert_eq!(first("Assignments", "18 |", &["activity", "resource", "units"]), "18 | C2011-12:team VDW | 3,00");
    assert_eq!(
        first("Resources", "C2011-12:team VDW", &["resource_id", "capacity", "consumable"]),
        "C2011-12:team VDW | 8,00 | no"
    );
    let calendar = first("Calendars", "C2011-12", &["calendar_id", "monday", "friday", "saturday"]);
    assert_eq!(calendar, "C2011-12 | 08:00-12:00, 13:00-17:00 | 08:00-12:00, 13:00-17:00 | off");
    assert_eq!(first("Initiatives", "C2011-12", &["initiative_id", "name"]), "C2011-12 | CLAEYS-VERHELST PREMISES");
    let dates: BTreeSet<String> = rows(&grids, "Progress").filter_map(|(grid, record)| value(grid, record, "as_of")).collect();
    assert_eq!(dates.len(), 8);
}

fn original_sheets_without_agenda(folder: &Path) {
    for name in ["C2011-12 original input sheet.xlsx", "C2011-12 original input sheet extended.xlsx"] {
        let sheets = sheets(folder, |file| file == name);
        let (grids, _, findings) = layout::cut(&sheets, &mapping(), &contracts::all());
        assert!(findings.0.is_empty(), "{name}: {:#?}", findings.0);
        assert_eq!(rows(&grids, "Activities").count(), 59, "{name}");
        assert_eq!(rows(&grids, "Calendars").count(), 1);
        let wbs: Vec<String> =
            rows(&grids, "Activities").map(|(grid, record)| line(grid, record, &["activity_id", "wbs", "type"])).collect();
        assert_eq!(&wbs[..3], ["0 | 1 | summary", "46 | 1.1 | summary", "2 | 1.1.1 | task"]);
        ids_agree(&grids);
    }
}

/// Checked cell by cell, every row is accepted. What is told of them is true of the files: an id that is a number (the
/// root's 0, in every file), and one amount that stands out.
fn every_project_is_checked(folder: &Path) {
    let sheets = sheets(folder, |name| !name.contains("original"));
    let (tables, findings) = throughline::table::read(&sheets, &mapping(), &CheckSettings::default());
    assert!(tables.control_totals.iter().all(|total| total.residual() == 0 && total.quarantined == 0));
    assert_eq!(findings.count(Severity::Error), 0, "{:?}", findings.0);
    let told: BTreeSet<&str> =
        findings.0.iter().filter(|finding| finding.severity() == Severity::Warning).map(|finding| finding.code.id).collect();
    assert!(told.is_subset(&BTreeSet::from(["T024", "T055"])), "{told:?}");
    let activities = tables.get("Activities").expect("activities");
    let permit = activities
        .rows()
        .find(|row| row.text("initiative") == Some("C2011-12") && row.text("activity_id") == Some("2"))
        .expect("a row");
    assert_eq!(permit.origin("duration").to_string(), "C2011-12.xlsx > Baseline Schedule!G5");
    assert_eq!(permit.text("duration"), Some("60d"));
}
