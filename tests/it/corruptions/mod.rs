//! One cell of the sample spoilt at a time: each spoilt cell is told at its place, or changes nothing that is read.
//!
//! What no program can tell (one plausible number for another, an optional cell left empty) is not tried.

mod money;

use crate::harness::{is_full_tier, root, test};
use libtest_mimic::Trial;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use throughline::base::disk::Disk;
use throughline::base::finding::Findings;
use throughline::base::origin::Origin;
use throughline::model::portfolio::Portfolio;
use throughline::pipeline::workspace::{Request, Workspace};
use throughline::source::raw::{CellError, FormatClass, RawSheet, Value};
use throughline::source::{self, Limits};
use throughline::table::check::CheckSettings;
use throughline::table::contract::{Field, Kind};
use throughline::table::tables::{FieldPlace, Table, Tables};

pub fn trials() -> Vec<Trial> {
    vec![
        test("corruptions::one_spoilt_cell_is_told_or_changes_nothing", spoilt_cells),
        test("corruptions::one_spoilt_cell_of_money_is_told_or_changes_no_result", money::money_is_told_or_changes_nothing),
    ]
}

/// A way to spoil a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Damage {
    Words,
    ErrorValue,
    NeverCalculated,
    Emptied,
    NumberAsText,
    SpaceAfter,
    LetterForDigit,
    UnknownWord,
    HundredTimes,
    NoSuchDay,
    TwoCenturiesLater,
    Range,
    KeyOfTheRowAbove,
    TrailingMinus,
    OtherSeparators,
    FinerThanAPenny,
    SwappedLetters,
    HardSpaceAfter,
    TrueForNumber,
}

const ALL: [Damage; 13] = [
    Damage::Words,
    Damage::ErrorValue,
    Damage::NeverCalculated,
    Damage::Emptied,
    Damage::NumberAsText,
    Damage::SpaceAfter,
    Damage::LetterForDigit,
    Damage::UnknownWord,
    Damage::HundredTimes,
    Damage::NoSuchDay,
    Damage::TwoCenturiesLater,
    Damage::Range,
    Damage::KeyOfTheRowAbove,
];

/// A cell of the sample, and the field that it holds.
struct Target<'t> {
    sheet: usize,
    row: u32,
    col: u32,
    table: &'t Table,
    field: &'t Field,
}

/// Workspace, sheets, and what comes of them as they are.
struct Sample {
    workspace: Workspace,
    sheets: Vec<RawSheet>,
}

type Place = (&'static str, Option<Origin>);

impl Sample {
    fn open() -> Self {
        let disk = Disk::real();
        let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 15).expect("a date");
        let request = Request { root: root().join("sample_data"), as_of: None, out: None, today };
        let workspace = Workspace::open(&disk, &request).expect("the sample opens");
        let tree = disk.list_tree(&workspace.inputs).expect("the sample has inputs");
        let (files, _) = source::discover(tree);
        let (intake, _) = source::read(&disk, &files, &Limits::default());
        Self { workspace, sheets: intake.sheets }
    }

    fn read(&self, sheets: &[RawSheet]) -> (Tables, BTreeMap<Place, usize>) {
        let settings = &self.workspace.settings;
        let check = CheckSettings { fiscal: settings.fiscal, currency: Some(settings.reporting_currency) };
        let (tables, mut findings) = throughline::table::read(sheets, &self.workspace.mappings, &check);
        assert_eq!(tables.assert_reconciled(), Ok(()));
        findings.extend(Portfolio::build(&tables, settings).1);
        (tables, places(&findings))
    }
}

/// How often each kind of finding stands at each place.
fn places(findings: &Findings) -> BTreeMap<Place, usize> {
    let mut out = BTreeMap::new();
    for finding in &findings.0 {
        for place in finding.origin.iter().chain(&finding.repeats) {
            *out.entry((finding.code.id, Some(place.clone()))).or_default() += 1;
        }
        if finding.origin.is_none() {
            *out.entry((finding.code.id, None)).or_default() += 1;
        }
    }
    out
}

/// Every cell of a record that was read out of a column.
fn targets<'t>(sheets: &[RawSheet], tables: &'t Tables) -> Vec<Target<'t>> {
    let mut out = Vec::new();
    for table in tables.tables.values() {
        for record in 0..table.len() {
            let part = &table.origins.parts[table.origins.part[record] as usize];
            let sheet = sheets.iter().position(|sheet| sheet.name == part.sheet).expect("a sheet that was read");
            let row = table.origins.row[record];
            for (field, place) in table.contract.fields.iter().zip(&part.places) {
                let FieldPlace::Column(col) = *place else { continue };
                if sheets[sheet].cell(row, col).is_some() {
                    out.push(Target { sheet, row, col, table, field });
                }
            }
        }
    }
    out
}

/// The sheet with one cell spoilt; none where this damage does not apply to what stands there.
fn spoil(sheet: &RawSheet, target: &Target<'_>, damage: Damage) -> Option<RawSheet> {
    let (value, style) = sheet.cell(target.row, target.col)?;
    let shown = sheet.cell_text(target.row, target.col);
    let kind = &target.field.kind;
    let is_code = matches!(kind, Kind::Id | Kind::Reference(_));
    let is_number = matches!(kind, Kind::Number { .. } | Kind::Integer { .. } | Kind::Money | Kind::LedgerAmount | Kind::Percent);
    let is_date = matches!(kind, Kind::Date | Kind::Moment);
    let text = |text: &str| Some(New::Text(text.to_string()));
    let new = match damage {
        Damage::Words if is_number || is_date || matches!(kind, Kind::Period | Kind::Span | Kind::YesNo) => text("see my note"),
        Damage::ErrorValue if !matches!(kind, Kind::Text) => Some(New::Value(Value::Error(CellError::Ref))),
        Damage::NeverCalculated if is_number => Some(New::Value(Value::NeverCalculated)),
        Damage::Emptied if target.field.required => Some(New::Nothing),
        Damage::NumberAsText if is_number => {
            if let Value::Number(number) = value {
                text(&number.to_string())
            } else {
                None
            }
        }
        Damage::SpaceAfter if is_code => text(&format!("{} ", shown?)),
        Damage::LetterForDigit if matches!(kind, Kind::Reference(_)) => {
            shown?.contains('0').then(|| New::Text(shown.unwrap_or("").replacen('0', "O", 1)))
        }
        Damage::UnknownWord if matches!(kind, Kind::Choice(_) | Kind::Currency) => text("purple"),
        Damage::HundredTimes if matches!(kind, Kind::Percent) && style.class == FormatClass::Percent => {
            if let Value::Number(number) = value {
                (number > 0.1).then_some(New::Value(Value::Number(number * 100.0)))
            } else {
                None
            }
        }
        Damage::NoSuchDay if is_date => text("31/02/2026"),
        Damage::TwoCenturiesLater if is_date => {
            if let Value::Number(serial) = value {
                Some(New::Value(Value::Number(serial + 73_050.0)))
            } else {
                None
            }
        }
        Damage::Range if is_number => text("10-20"),
        Damage::KeyOfTheRowAbove if matches!(kind, Kind::Id) && target.table.contract.key.len() == 1 => sheet
            .cell(target.row.checked_sub(1)?, target.col)
            .filter(|(above, _)| matches!(above, Value::Text(_)) && *above != value && is_record(target))
            .map(|(above, _)| New::Value(above)),
        Damage::TrailingMinus | Damage::OtherSeparators | Damage::FinerThanAPenny => return odd_number(sheet, target, damage),
        Damage::SwappedLetters if matches!(kind, Kind::Currency) => text("GPB"),
        Damage::HardSpaceAfter if is_code => text(&format!("{}\u{a0}", shown?)),
        Damage::TrueForNumber if is_number || is_date => Some(New::Value(Value::Bool(true))),
        _ => None,
    };
    Some(with(sheet, target, new?))
}

/// A number as other programs write it.
fn odd_number(sheet: &RawSheet, target: &Target<'_>, damage: Damage) -> Option<RawSheet> {
    let amount = matches!(target.field.kind, Kind::Money | Kind::LedgerAmount);
    let (Value::Number(number), true) = (sheet.cell(target.row, target.col)?.0, amount) else { return None };
    let new = match damage {
        Damage::TrailingMinus => New::Text(format!("{}-", number.abs())),
        Damage::OtherSeparators => New::Text(format!("{number:.2}").replace('.', ",")),
        _ if matches!(target.field.kind, Kind::LedgerAmount) => New::Value(Value::Number(number + 0.0011)),
        _ => return None,
    };
    Some(with(sheet, target, new))
}

/// True where the row above the target is a record of the same table too.
fn is_record(target: &Target<'_>) -> bool {
    let origins = &target.table.origins;
    (1..origins.row.len()).any(|at| {
        origins.row[at] == target.row && origins.part[at] == origins.part[at - 1] && origins.row[at - 1] + 1 == target.row
    })
}

enum New {
    Nothing,
    Value(Value),
    Text(String),
}

fn with(sheet: &RawSheet, target: &Target<'_>, new: New) -> RawSheet {
    let mut sheet = sheet.clone();
    let value = match new {
        New::Nothing => None,
        New::Value(value) => Some(value),
        New::Text(text) => {
            sheet.texts.push(Arc::from(text));
            Some(Value::Text(u32::try_from(sheet.texts.len() - 1).expect("few")))
        }
    };
    let at = sheet.columns.iter().position(|(col, _)| *col == target.col).expect("a column");
    let column = &mut sheet.columns[at].1;
    let position = column.position(target.row).expect("a cell");
    if let Some(value) = value {
        column.values[position] = value;
    } else {
        column.rows.remove(position);
        column.values.remove(position);
        column.styles.remove(position);
    }
    sheet
}

/// What became of a spoilt cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    ToldAtTheCell,
    ToldInTheRow,
    ToldElsewhere,
    Harmless,
    Missed,
}

fn fate(sample: &Sample, before: (&Tables, &BTreeMap<Place, usize>), target: &Target<'_>, spoilt: RawSheet) -> Fate {
    let name = Arc::clone(&spoilt.name);
    let mut sheets = sample.sheets.clone();
    sheets[target.sheet] = spoilt;
    let (tables, after) = sample.read(&sheets);
    let new: BTreeSet<&Origin> = after
        .iter()
        .filter(|(place, count)| before.1.get(*place).copied().unwrap_or(0) < **count)
        .filter_map(|((_, origin), _)| origin.as_ref())
        .collect();
    let here = |origin: &&&Origin| origin.sheet == name && origin.row == Some(target.row);
    if new.iter().filter(here).any(|origin| origin.col == Some(target.col)) {
        return Fate::ToldAtTheCell;
    }
    if new.iter().any(|origin| here(&origin)) {
        return Fate::ToldInTheRow;
    }
    if !new.is_empty() {
        return Fate::ToldElsewhere;
    }
    let same = |name: &String, table: &Table| tables.get(name).is_some_and(|other| table.frame.equals_missing(&other.frame));
    if before.0.tables.iter().all(|(name, table)| same(name, table)) { Fate::Harmless } else { Fate::Missed }
}

fn spoilt_cells() {
    let sample = Sample::open();
    let (tables, places) = sample.read(&sample.sheets);
    let targets = targets(&sample.sheets, &tables);
    assert_eq!(fields_without_a_cell(&targets), Vec::<&str>::new());
    let wanted = if is_full_tier() { 1_500 } else { 60 };
    let all: Vec<(&Target<'_>, Damage)> = chosen(&sample.sheets, &targets, &ALL, wanted);
    assert!(all.len() * 10 >= wanted * 8, "only {} cells could be spoilt", all.len());
    let fates: Vec<(Fate, String)> = all
        .into_par_iter()
        .map(|(target, damage)| {
            let spoilt = spoil(&sample.sheets[target.sheet], target, damage).expect("it applies");
            let place = Origin::cell(&spoilt.name, target.row, target.col);
            let fate = fate(&sample, (&tables, &places), target, spoilt);
            (fate, format!("{damage:?} at {place} ({} > {})", target.table.contract.name, target.field.header))
        })
        .collect();
    let of =
        |wanted: Fate| fates.iter().filter(|(fate, _)| *fate == wanted).map(|(_, what)| what.as_str()).collect::<Vec<&str>>();
    assert_eq!(of(Fate::Missed), Vec::<&str>::new());
    let (exact, near) = (of(Fate::ToldAtTheCell).len(), [of(Fate::ToldInTheRow), of(Fate::ToldElsewhere)].concat());
    assert!(near.len() * 100 <= exact + near.len(), "{exact} told at the cell, elsewhere: {near:#?}");
}

/// Fields of a plan that no cell of the sample holds, so that none can be spoilt. What a buffer, a night shift or a promise
/// needs is in the sample for this too.
fn fields_without_a_cell<'f>(targets: &[Target<'f>]) -> Vec<&'f str> {
    let held: BTreeSet<(&str, &str)> =
        targets.iter().map(|target| (target.table.contract.name.as_ref(), target.field.key.as_ref())).collect();
    let plan = ["Activities", "Dependencies", "Schedule options", "Calendars", "Calendar exceptions", "Progress", "Baselines"];
    let never = ["levelling_priority", "budget", "actual_work", "base_cost"];
    let fields = targets.iter().filter(|target| plan.contains(&target.table.contract.name.as_ref())).flat_map(|target| {
        let contract = &target.table.contract;
        contract.fields.iter().map(|field| (contract.name.as_ref(), field.key.as_ref()))
    });
    let all: BTreeSet<(&str, &str)> = fields.collect();
    all.difference(&held).map(|(_, key)| *key).filter(|key| !never.contains(key)).collect()
}

/// Cells to spoil, spread evenly over tables, fields and damages.
fn chosen<'t>(
    sheets: &[RawSheet],
    targets: &'t [Target<'t>],
    damages: &[Damage],
    wanted: usize,
) -> Vec<(&'t Target<'t>, Damage)> {
    let mut by_field: BTreeMap<(&str, &str), Vec<&Target<'_>>> = BTreeMap::new();
    for target in targets {
        by_field.entry((target.table.contract.name.as_ref(), target.field.key.as_ref())).or_default().push(target);
    }
    let mut all = Vec::new();
    for round in 0..wanted.div_ceil(500) {
        for (number, cells) in by_field.values().enumerate() {
            let cell = cells[(round * 7_919 + number * 31) % cells.len()];
            let applies = |damage: &&Damage| spoil(&sheets[cell.sheet], cell, **damage).is_some();
            all.extend(damages.iter().filter(applies).map(|damage| (cell, *damage)));
        }
    }
    let step = (all.len() / wanted).max(1);
    all.into_iter().step_by(step).take(wanted).collect()
}
