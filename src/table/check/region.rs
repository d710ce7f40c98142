//! One grid from cells to columns: what every record holds, what is wrong, and which records cannot be used.

use super::cells::{self, Cell};
use super::column::{self, Checked, Noted};
use super::outcome::Data;
use super::parse::{self, Context};
use super::{CheckSettings, codes, merged, rules, sense, totals};
use crate::base::finding::{Finding, Findings, Severity};
use crate::base::number;
use crate::base::origin::Origin;
use crate::base::span::Unit;
use crate::table::contract::{Contract, Field, Kind};
use crate::table::grid::{Binding, From, Grid, RecordAt};
use crate::table::tables::FieldPlace;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// A grid that has been read.
pub(super) struct Region<'s> {
    pub grid: Grid<'s>,
    /// Rows (or crosstab cells) seen, of every sort.
    pub rows_seen: u64,
    /// One entry a field of the contract.
    pub columns: Vec<Checked>,
    pub places: Vec<FieldPlace>,
    pub open: Vec<(String, Checked)>,
    pub findings: Findings,
    /// Why records are held back, by record.
    pub reasons: BTreeMap<u32, Vec<String>>,
}

/// Reads a grid.
pub(super) fn check<'s>(mut grid: Grid<'s>, settings: &CheckSettings) -> Region<'s> {
    let rows_seen = seen(&grid);
    let total_rows = totals::set_aside(&mut grid);
    let ours = crate::table::contracts::find(&grid.contract.name).is_some_and(|known| known == grid.contract);
    let columns = columns(&grid, settings, ours);
    let open = open_columns(&grid, settings);
    let places = places(&grid);
    let mut region = Region { grid, rows_seen, columns, places, open, findings: Findings::new(), reasons: BTreeMap::new() };
    region.fill_currency();
    region.report_columns();
    region.report_epoch();
    rules::check(&mut region);
    sense::check(&mut region, settings);
    totals::compare(&mut region, &total_rows);
    let owner = region.grid.owner.clone();
    for finding in &mut region.findings.0 {
        finding.owner.clone_from(&owner);
    }
    region
}

fn seen(grid: &Grid<'_>) -> u64 {
    let aside = &grid.set_aside;
    (grid.records.len() + aside.blank.len() + aside.totals.len() + aside.declared.len()) as u64
}

fn columns(grid: &Grid<'_>, settings: &CheckSettings, ours: bool) -> Vec<Checked> {
    let units = units(grid, settings);
    let contract = &grid.contract;
    let one = |(position, field): (usize, &Field)| match grid.bindings.iter().find(|binding| binding.field == position) {
        Some(binding) => bound(grid, field, binding, settings, ours, &units),
        None => column::absent(field.required, &field.header, grid.records.len()),
    };
    contract.fields.par_iter().enumerate().map(one).collect()
}

fn bound(
    grid: &Grid<'_>,
    field: &Field,
    binding: &Binding,
    settings: &CheckSettings,
    ours: bool,
    units: &[Option<Unit>],
) -> Checked {
    let context = Context {
        sheet: grid.sheet,
        reading: &grid.reading,
        field,
        translate: &binding.translate,
        factor: binding.factor,
        settings,
        ours,
    };
    if let From::DebitCredit { debit, credit } = binding.from {
        return debit_less_credit(grid, &context, debit, credit);
    }
    let mut cells = cells::of(grid, &binding.from);
    let merged = if let From::Column(col) = binding.from { merged::fill(grid, field, col, &mut cells) } else { Vec::new() };
    let units = if matches!(field.kind, Kind::Span) { units.to_vec() } else { Vec::new() };
    let parser = parse::parser(context, &cells, units);
    let mut checked = column::check(&context, &cells, parser.as_ref());
    checked.noted.extend(merged);
    if matches!(binding.from, From::Constant(_) | From::Derived { .. }) {
        unblame_storage(&mut checked);
    }
    checked
}

/// A text that the layout made is no cell that somebody typed as text.
fn unblame_storage(checked: &mut Checked) {
    let storage = [codes::NUMBER_AS_TEXT, codes::DATE_AS_TEXT];
    checked.noted.iter_mut().filter(|noted| storage.contains(&noted.code)).for_each(|noted| noted.records.clear());
}

/// The unit of durations, record by record, where the contract has a Unit column of time units.
fn units(grid: &Grid<'_>, settings: &CheckSettings) -> Vec<Option<Unit>> {
    let is_unit = |field: &Field| match &field.kind {
        Kind::Choice(choices) => field.key == "unit" && choices.iter().all(|choice| Unit::parse(&choice.word).is_some()),
        _ => false,
    };
    let Some(position) = grid.contract.fields.iter().position(is_unit) else { return Vec::new() };
    let Some(binding) = grid.bindings.iter().find(|binding| binding.field == position) else { return Vec::new() };
    let checked = bound(grid, &grid.contract.fields[position], binding, settings, true, &[]);
    (0..grid.records.len()).map(|record| checked.data.text(record).and_then(Unit::parse)).collect()
}

/// An amount given in two columns.
fn debit_less_credit(grid: &Grid<'_>, context: &Context<'_>, debit: u32, credit: u32) -> Checked {
    let mut optional = context.field.clone();
    optional.required = false;
    let context = Context { field: &optional, ..*context };
    let side = |col| {
        let cells = cells::in_column(grid.sheet, &grid.records, col);
        let parser = parse::parser(context, &cells, Vec::new());
        column::check(&context, &cells, parser.as_ref())
    };
    let (mut out, other) = (side(debit), side(credit));
    subtract(&mut out.data, &other.data);
    out.noted.extend(other.noted);
    out.states.extend(other.states);
    out.states.sort_by_key(|(record, _)| *record);
    out.states.dedup_by_key(|(record, _)| *record);
    // An amount of which one side cannot be read is not half an amount.
    for (record, _) in &out.states {
        out.data.clear(*record as usize);
    }
    if grid.contract.fields.iter().any(|field| field.key == context.field.key && field.required) {
        require(&mut out, &context);
    }
    out
}

/// Marks the records that have neither debit nor credit, or one that cannot be read.
fn require(out: &mut Checked, context: &Context<'_>) {
    let expected = crate::table::contract::words::expectation(context.field);
    let hint = "Fill in the debit or the credit.".into();
    let mut missing = Noted { code: codes::REQUIRED_MISSING, found: String::new(), expected, hint, records: Vec::new() };
    let missing_at = out.noted.len();
    let count = u32::try_from(out.data.len()).unwrap_or(u32::MAX);
    let errors = out.noted.iter().enumerate().filter(|(_, noted)| noted.code.severity == Severity::Error);
    let told: BTreeMap<u32, usize> =
        errors.flat_map(|(at, noted)| noted.records.iter().map(move |record| (*record, at))).collect();
    for record in (0..count).filter(|record| out.data.is_null(*record as usize)) {
        let known = told.get(&record).copied();
        if known.is_none() {
            missing.records.push(record);
        }
        out.unusable.push((record, known.unwrap_or(missing_at)));
    }
    if !missing.records.is_empty() {
        out.noted.push(missing);
    }
}

fn subtract(debit: &mut Data, credit: &Data) {
    match (debit, credit) {
        (Data::Int(debits), Data::Int(credits)) => {
            for (debit, credit) in debits.iter_mut().zip(credits) {
                *debit = match (*debit, *credit) {
                    (None, None) => None,
                    (debit, credit) => debit.unwrap_or(0).checked_sub(credit.unwrap_or(0)),
                };
            }
        }
        (Data::Float(debits), Data::Float(credits)) => {
            for (debit, credit) in debits.iter_mut().zip(credits) {
                *debit = match (*debit, *credit) {
                    (debit, None) => debit,
                    (debit, Some(credit)) => exact_difference(debit.unwrap_or(0.0), credit),
                };
            }
        }
        _ => {}
    }
}

fn exact_difference(debit: f64, credit: f64) -> Option<f64> {
    Some(number::to_f64(number::from_excel(debit)?.checked_sub(number::from_excel(credit)?)?))
}

/// The numbers of the open family.
fn open_columns(grid: &Grid<'_>, settings: &CheckSettings) -> Vec<(String, Checked)> {
    let column = |(name, col): &(String, u32)| {
        let header = grid.contract.open_prefix.as_deref().map_or_else(|| name.clone(), |prefix| format!("{prefix}{name}"));
        let field = Field { header: header.into(), ..crate::table::contract::build::number("Score") };
        let context = Context {
            sheet: grid.sheet,
            reading: &grid.reading,
            field: &field,
            translate: &[],
            factor: 1.0,
            settings,
            ours: true,
        };
        let cells = cells::in_column(grid.sheet, &grid.records, *col);
        let parser = parse::parser(context, &cells, Vec::new());
        (name.clone(), column::check(&context, &cells, parser.as_ref()))
    };
    grid.open.iter().map(column).collect()
}

fn places(grid: &Grid<'_>) -> Vec<FieldPlace> {
    let mut places = vec![FieldPlace::Absent; grid.contract.fields.len()];
    for binding in grid.bindings.iter().rev() {
        if let Some(place) = places.get_mut(binding.field) {
            *place = cells::place(&binding.from);
        }
    }
    places
}

impl Region<'_> {
    pub fn contract(&self) -> &Contract {
        &self.grid.contract
    }

    /// The cell of a field of a record; its row where the field has none.
    pub fn origin(&self, record: u32, field: usize) -> Origin {
        let RecordAt { row, col } = self.grid.records[record as usize];
        let sheet = &self.grid.sheet.name;
        match self.places.get(field).copied().unwrap_or(FieldPlace::Absent) {
            FieldPlace::Column(col) => Origin::cell(sheet, row, col),
            FieldPlace::Row(row) => Origin::cell(sheet, row, col),
            FieldPlace::Own => Origin::cell(sheet, row, col),
            FieldPlace::Cell(row, col) => Origin::cell(sheet, row, col),
            FieldPlace::Absent | FieldPlace::Constant => Origin::row(sheet, row),
        }
    }

    /// What stands in the cell of a field of a record, in quotes.
    pub fn found(&self, record: u32, field: usize) -> String {
        let Some(binding) = self.grid.bindings.iter().find(|binding| binding.field == field) else { return String::new() };
        let at = self.grid.records[record as usize];
        let cell = match &binding.from {
            From::Derived { texts, .. } => texts.get(record as usize).and_then(Option::as_deref).map_or(Cell::Empty, Cell::Words),
            From::Constant(words) => Cell::Words(words),
            _ => {
                let origin = self.origin(record, field);
                let shown = cells::shown_at(self.grid.sheet, origin.row.unwrap_or(at.row), origin.col.unwrap_or(at.col));
                return if shown.is_empty() { shown } else { format!("\"{shown}\"") };
            }
        };
        column::quoted(self.grid.sheet, cell)
    }

    /// A finding at the first of some records, repeated at the others.
    pub fn finding(&self, noted: &Noted, field: usize) -> Option<Finding> {
        let header = self.contract().fields.get(field).map_or("", |field| field.header.as_ref());
        let mut origins: Vec<Origin> = noted.records.iter().map(|record| self.origin(*record, field)).collect();
        // Several records may share a cell: the header above a crosstab's cells, or one cell for all.
        if matches!(self.places.get(field), Some(FieldPlace::Row(_) | FieldPlace::Cell(..))) {
            origins.sort_unstable();
        }
        origins.dedup();
        self.finding_at(noted, header, origins)
    }

    fn finding_at(&self, noted: &Noted, header: &str, origins: Vec<Origin>) -> Option<Finding> {
        let mut origins = origins.into_iter();
        let first = origins.next()?;
        let table = self.grid.contract.name.to_string();
        let found = self.with_formula(noted, &first);
        let base = noted.code.at(first).field(table, header).found(found);
        Some(Finding { repeats: origins.collect(), ..base.expected(noted.expected.clone()).hint(noted.hint.clone()) })
    }

    /// Tells of rules that records break, each at a field, and gives the reasons in the same order. The first ones are told
    /// one by one, the rest of a field together.
    pub fn tell(&mut self, broken: Vec<(usize, Noted)>) -> Vec<String> {
        let mut rest: BTreeMap<usize, Noted> = BTreeMap::new();
        let mut reasons = Vec::with_capacity(broken.len());
        let owner = self.grid.owner.clone();
        for (at, (field, noted)) in broken.into_iter().enumerate() {
            let finding = self.finding(&noted, field);
            reasons.push(reason(&noted, finding.as_ref()));
            if at < column::TOLD_ONE_BY_ONE {
                self.findings.0.extend(finding.map(|finding| Finding { owner: owner.clone(), ..finding }));
                continue;
            }
            match rest.get_mut(&field) {
                Some(first) => first.records.extend(noted.records),
                None => {
                    rest.insert(field, Noted { found: column::MANY_MORE.into(), ..noted });
                }
            }
        }
        let rest: Vec<Finding> = rest.iter().filter_map(|(field, noted)| self.finding(noted, *field)).collect();
        self.findings.0.extend(rest.into_iter().map(|finding| Finding { owner: owner.clone(), ..finding }));
        reasons
    }

    /// What was found, with the formula of a cell whose formula is to blame.
    fn with_formula(&self, noted: &Noted, place: &Origin) -> String {
        let blamed = [codes::ERROR_VALUE, codes::NEVER_CALCULATED].contains(&noted.code);
        let at = (place.row.unwrap_or(0), place.col.unwrap_or(0));
        let formulas = &self.grid.sheet.formulas;
        match formulas.binary_search_by_key(&at, |formula| (formula.row, formula.col)) {
            Ok(position) if blamed && noted.code == codes::ERROR_VALUE => {
                format!("{} from ={}", noted.found, formulas[position].text)
            }
            Ok(position) if blamed => format!("\"={}\" without a value", formulas[position].text),
            _ => noted.found.clone(),
        }
    }

    /// Holds a record back, with a reason.
    pub fn hold_back(&mut self, record: u32, reason: String) {
        self.reasons.entry(record).or_default().push(reason);
    }

    /// The source's currency for amounts without one of their own.
    fn fill_currency(&mut self) {
        let position = self.contract().fields.iter().position(|field| field.kind == Kind::Currency && field.key == "currency");
        let (Some(position), Some(code)) = (position, self.grid.reading.currency.clone()) else { return };
        let records = self.grid.records.len();
        let column = &mut self.columns[position];
        if matches!(column.data, Data::Absent) {
            column.data = Data::Text { codes: vec![u32::MAX; records], pool: Vec::new() };
        }
        if column.states.is_empty() {
            column.data.fill_text(&code);
        }
    }

    fn report_columns(&mut self) {
        for field in 0..self.columns.len() {
            let column = &self.columns[field];
            let findings: Vec<Option<Finding>> = column.noted.iter().map(|noted| self.finding(noted, field)).collect();
            let reasons: Vec<String> =
                column.noted.iter().zip(&findings).map(|(noted, finding)| reason(noted, finding.as_ref())).collect();
            let unusable = column.unusable.clone();
            self.findings.0.extend(findings.into_iter().flatten());
            for (record, at) in unusable {
                self.hold_back(record, reasons.get(at).cloned().unwrap_or_default());
            }
        }
        for at in 0..self.open.len() {
            let (name, column) = &self.open[at];
            let prefix = self.contract().open_prefix.as_deref().unwrap_or("");
            let header = format!("{prefix}{name}");
            let col = self.grid.open[at].1;
            let place = |record: &u32| Origin::cell(&self.grid.sheet.name, self.grid.records[*record as usize].row, col);
            let finding = |noted: &Noted| self.finding_at(noted, &header, noted.records.iter().map(place).collect());
            let findings: Vec<Finding> = column.noted.iter().filter_map(finding).collect();
            self.findings.0.extend(findings);
        }
    }

    /// Says once a sheet that its dates count from 1904.
    fn report_epoch(&mut self) {
        let dated = |(field, column): (&Field, &Checked)| {
            matches!(field.kind, Kind::Date | Kind::Moment | Kind::Period)
                && (0..self.grid.records.len()).any(|record| !column.data.is_null(record))
        };
        if self.grid.sheet.date_1904 && self.contract().fields.iter().zip(&self.columns).any(dated) {
            let place = Origin::sheet(&self.grid.sheet.name);
            let finding =
                codes::DATES_FROM_1904.at(place).hint("Nothing to do; take care when copying dates to another workbook.");
            self.findings.push(Finding { table: self.contract().name.to_string(), ..finding });
        }
    }
}

/// A reason for holding a row back, as its code and message.
pub(super) fn reason(noted: &Noted, finding: Option<&Finding>) -> String {
    match finding {
        Some(finding) => format!("{} {}", noted.code.id, finding.message()),
        None => format!("{} {}; expected {}", noted.code.id, noted.code.title, noted.expected),
    }
}
