//! Applies mappings: which sheets of which files they mean, and what they make of them.
//!
//! Promises: a mapping that fits no file, sheet, column or field is a finding that names the nearest; two mappings never
//! read the same cells as the same field; every column of a mapped sheet is read, ignored on purpose, or reported.

mod claims;
mod explode;
mod form;
mod frame;
mod hierarchy;
mod join;
pub mod plan;
mod prepare;
pub mod rules;
mod table;
mod template;
#[cfg(test)]
mod tests;
mod unmapped;
mod view;
mod working_time;

use super::catalogue::Catalogue;
use crate::base::finding::{Finding, Findings};
use crate::base::origin::Origin;
use crate::source::raw::RawSheet;
use crate::table::grid::Grid;
use crate::table::headers::did_you_mean;
use crate::table::mapping::spec::{NotData, Source, TableMap};
use crate::table::mapping::words::{Glob, OneOrMany, Pattern, Scalar};
use crate::table::mapping::{Mappings, codes};
use plan::Plan;
use rules::Vars;
use std::collections::BTreeMap;
use table::{Explained, Scene};

/// What mappings made of the sheets.
#[derive(Default)]
pub struct Mapped<'s> {
    /// Grids, with the index of their sheet.
    pub grids: Vec<(usize, Grid<'s>)>,
    /// Tables read from each mapped sheet, by index, looked-up sheets included.
    pub tables: BTreeMap<usize, Vec<String>>,
    /// Sheets declared to be no data, by index, with the reason.
    pub not_data: BTreeMap<usize, String>,
}

/// Applies all mappings to all sheets.
pub fn apply<'s>(sheets: &'s [RawSheet], mappings: &Mappings, catalogue: &Catalogue, findings: &mut Findings) -> Mapped<'s> {
    let mut files: BTreeMap<&str, Vec<&'s RawSheet>> = BTreeMap::new();
    for sheet in sheets {
        files.entry(&sheet.name.file).or_default().push(sheet);
    }
    let mut mapped = Mapped::default();
    let mut explained: Vec<Explained<'s>> = Vec::new();
    for source in &mappings.sources {
        let from = findings.0.len();
        let plans: Vec<Plan<'_>> = source.table.iter().filter_map(|map| Plan::of(source, map, catalogue, findings)).collect();
        let mut taken = files.iter().filter(|(file, _)| source.takes(file)).peekable();
        if taken.peek().is_none() {
            findings.push(no_file(source, files.keys().copied()));
        }
        for (file, group) in taken {
            explained.extend(apply_to_file(source, &plans, file, group, findings, &mut mapped.grids, sheets));
            declare(&source.not_data, group, sheets, &mut mapped.not_data, findings, true);
        }
        findings.0[from..].iter_mut().for_each(|finding| finding.owner.clone_from(&source.owner));
    }
    let all: Vec<&RawSheet> = sheets.iter().collect();
    declare(&mappings.not_data, &all, sheets, &mut mapped.not_data, findings, false);
    claims::settle(&mut mapped.grids, findings);
    unmapped::report(&explained, findings);
    note_tables(&explained, sheets, &mut mapped);
    mapped
}

fn apply_to_file<'s>(
    source: &Source,
    plans: &[Plan<'_>],
    file: &str,
    group: &[&'s RawSheet],
    findings: &mut Findings,
    grids: &mut Vec<(usize, Grid<'s>)>,
    sheets: &'s [RawSheet],
) -> Vec<Explained<'s>> {
    let vars = file_vars(source, file, Some(findings));
    let mut explained = Vec::new();
    for plan in plans {
        if plan.map.unless_sheet.0.iter().any(|glob| group.iter().any(|sheet| glob.fits(&sheet.name.sheet))) {
            continue;
        }
        let wanted: Vec<&'s RawSheet> = group.iter().copied().filter(|sheet| takes_sheet(plan.map, sheet)).collect();
        if wanted.is_empty() && !plan.map.optional {
            findings.push(no_sheet(plan, file, group));
        }
        for sheet in wanted {
            let scene = Scene { sheet, file: group, vars: sheet_vars(plan.map, sheet, vars.clone()) };
            let cut =
                if plan.is_form() { Some(table::cut_form(&scene, plan, findings)) } else { table::cut(&scene, plan, findings) };
            let Some(cut) = cut else { continue };
            let index = sheets.iter().position(|one| std::ptr::eq(one, sheet)).unwrap_or(0);
            grids.extend(cut.grids.into_iter().map(|grid| (index, grid)));
            explained.extend(cut.explained);
        }
    }
    explained
}

fn takes_sheet(map: &TableMap, sheet: &RawSheet) -> bool {
    let fits = |globs: &OneOrMany<Glob>| globs.0.iter().any(|glob| glob.fits(&sheet.name.sheet));
    let patterned = map.sheet_pattern.as_ref().is_none_or(|pattern| pattern.0.is_match(&sheet.name.sheet));
    (map.sheets.0.is_empty() || fits(&map.sheets)) && !fits(&map.except_sheets) && patterned
}

/// Placeholders of a file: its name, the groups of the source's pattern, and what is set.
pub fn file_vars(source: &Source, file: &str, findings: Option<&mut Findings>) -> Vars {
    let last = file.rsplit('/').next().unwrap_or(file);
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let mut vars = Vars::from([("file".to_string(), file.to_string()), ("file_stem".to_string(), stem.to_string())]);
    if let Some(pattern) = &source.file_pattern
        && !capture(pattern, file, &mut vars)
        && let Some(findings) = findings
    {
        findings.push(
            codes::NO_VALUE
                .at(Origin::file(file))
                .found(format!("the file's name, which does not match {}", pattern.0.as_str()))
                .expected("a name from which the placeholders can be taken")
                .hint("Rename the file, or correct `file_pattern`."),
        );
    }
    add_set(&source.set, &mut vars);
    vars
}

fn sheet_vars(map: &TableMap, sheet: &RawSheet, mut vars: Vars) -> Vars {
    vars.insert("sheet".to_string(), sheet.name.sheet.clone());
    if let Some(pattern) = &map.sheet_pattern {
        capture(pattern, &sheet.name.sheet, &mut vars);
    }
    add_set(&map.set, &mut vars);
    vars
}

/// What is set may use what was captured before it.
fn add_set(set: &BTreeMap<String, Scalar>, vars: &mut Vars) {
    for (name, value) in set {
        let filled = template::fill(&value.0, |name| vars.get(name).map(|value| Some(value.clone())));
        let text = if let template::Filled::Text(text) = filled { text } else { value.0.clone() };
        vars.insert(name.clone(), text);
    }
}

fn capture(pattern: &Pattern, name: &str, vars: &mut Vars) -> bool {
    let Some(groups) = pattern.0.captures(name) else { return false };
    for group in pattern.0.capture_names().flatten() {
        vars.extend(groups.name(group).map(|text| (group.to_string(), text.as_str().trim().to_string())));
    }
    true
}

fn declare(
    declared: &[NotData],
    group: &[&RawSheet],
    sheets: &[RawSheet],
    out: &mut BTreeMap<usize, String>,
    findings: &mut Findings,
    quiet: bool,
) {
    for entry in declared {
        let fits = |sheet: &RawSheet| {
            let file = entry.files.0.is_empty() || entry.files.0.iter().any(|glob| glob.fits_file(&sheet.name.file));
            file && entry.sheets.0.iter().any(|glob| glob.fits(&sheet.name.sheet))
        };
        let mut any = false;
        for sheet in group.iter().filter(|sheet| fits(sheet)) {
            any = true;
            let index = sheets.iter().position(|one| std::ptr::eq(one, *sheet)).unwrap_or(0);
            out.entry(index).or_insert_with(|| entry.reason.clone());
        }
        if !any && !quiet {
            let near = entry
                .sheets
                .0
                .first()
                .and_then(|glob| did_you_mean(&glob.text, group.iter().map(|sheet| sheet.name.sheet.as_str())));
            findings.push(
                codes::NOT_DATA_UNUSED
                    .nowhere()
                    .found(format!("sheets = {}", entry.sheets.text()))
                    .expected("a sheet of that name")
                    .hint(
                        near.map_or_else(
                            || "Correct or delete the entry.".to_string(),
                            |near| format!("Did you mean \"{near}\"?"),
                        ),
                    ),
            );
        }
    }
}

fn no_file<'f>(source: &Source, files: impl Iterator<Item = &'f str>) -> Finding {
    let Some(wanted) = source.files.0.first() else {
        let unnamed = codes::NO_FILE.nowhere().found("a [[source]] without `files`").expected("the files that it speaks of");
        return unnamed.hint("Write files = \"*.xlsx\", say.");
    };
    let near = did_you_mean(&wanted.text, files);
    let hint = near.map_or_else(
        || "Correct `files`; names count from the inputs folder.".to_string(),
        |near| format!("Did you mean \"{near}\"?"),
    );
    codes::NO_FILE
        .nowhere()
        .found(format!("files = {}", source.files.text()))
        .expected("at least one file of the inputs folder")
        .hint(hint)
}

fn no_sheet(plan: &Plan<'_>, file: &str, group: &[&RawSheet]) -> Finding {
    let wanted = plan.map.sheets.0.first().map_or("", |glob| glob.text.as_str());
    let names = group.iter().map(|sheet| sheet.name.sheet.as_str());
    let near = did_you_mean(wanted, names.clone());
    let hint = near.map_or_else(
        || format!("The file has: {}.", names.collect::<Vec<_>>().join(", ")),
        |near| format!("Did you mean \"{near}\"?"),
    );
    codes::NO_SHEET
        .at(Origin::file(file))
        .field(plan.contract.name.clone(), "")
        .found(format!("no sheet {}", plan.map.sheets.text()))
        .expected(format!("a sheet to be read as {}", plan.contract.name))
        .hint(hint)
}

fn note_tables(explained: &[Explained<'_>], sheets: &[RawSheet], mapped: &mut Mapped<'_>) {
    for (index, grid) in &mapped.grids {
        let names = mapped.tables.entry(*index).or_default();
        let name = grid.contract.name.to_string();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    for part in explained {
        let index = sheets.iter().position(|one| std::ptr::eq(one, part.sheet)).unwrap_or(0);
        let names = mapped.tables.entry(index).or_default();
        for table in part.tables.iter().filter(|table| !names.contains(table)).cloned().collect::<Vec<_>>() {
            names.push(table);
        }
    }
}
