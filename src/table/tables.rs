//! Checked tables: typed frames with the origin of every value, and what did not get in.

use crate::base::day::{Day, Moment, day_from_epoch};
use crate::base::number;
use crate::base::origin::{Origin, SheetName};
use crate::base::period::Period;
use crate::base::span::Span;
use crate::table::contract::{Contract, Kind};
use polars::prelude::{Column, DataFrame};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a cell came to, where it is not an ordinary value. Only values enter arithmetic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueState {
    /// A range such as `10-20` where one number is expected.
    Range,
    /// Withheld on purpose, such as `confidential`.
    Withheld,
    /// Not applicable, such as `n/a`.
    NotApplicable,
    /// Empty.
    Missing,
    /// Words where a value is expected.
    Prose,
    /// An error value such as `#REF!`.
    Error,
    /// A formula that was never calculated.
    NeverCalculated,
}

/// Where the fields of one sheet's records are found.
#[derive(Clone, Debug)]
pub struct Part {
    /// The sheet.
    pub sheet: Arc<SheetName>,
    /// Who owns the source.
    pub owner: Option<String>,
    /// For each field of the contract, where its cells are.
    pub places: Vec<FieldPlace>,
}

/// The largest amount that enters a control total, either way, in major units: a million million millions. Sums of 2^32 of
/// them stay exact. What is larger is no amount of money; whoever uses it says so at its cell.
pub const LARGEST_IN_TOTALS: i64 = 1_000_000_000_000_000_000;

/// An amount as control totals count it.
#[must_use]
pub fn in_totals(amount: Decimal) -> Option<Decimal> {
    (amount.abs() <= Decimal::from(LARGEST_IN_TOTALS)).then_some(amount)
}

/// Where the cells of a field are, for the records of one part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldPlace {
    /// The layout does not give this field.
    Absent,
    /// This column of the record's row.
    Column(u32),
    /// This row of the record's column.
    Row(u32),
    /// The record's own cell.
    Own,
    /// A fixed cell.
    Cell(u32, u32),
    /// A constant of the settings: no cell.
    Constant,
}

/// The origins of a table's records: which part, row and column each came from.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    /// The sheets that the records came from.
    pub parts: Vec<Part>,
    /// For each record, the index of its part.
    pub part: Vec<u32>,
    /// For each record, its row.
    pub row: Vec<u32>,
    /// For each record, its column where it has one of its own (crosstab, transposed), else 0.
    pub col: Vec<u32>,
}

impl Origins {
    /// The place of a field of a record; the row where the field has no cell of its own.
    #[must_use]
    pub fn of(&self, record: usize, field: usize) -> Origin {
        let part = &self.parts[self.part[record] as usize];
        let (row, col) = (self.row[record], self.col[record]);
        match part.places.get(field).copied().unwrap_or(FieldPlace::Absent) {
            FieldPlace::Column(col) => Origin::cell(&part.sheet, row, col),
            FieldPlace::Row(row) => Origin::cell(&part.sheet, row, col),
            FieldPlace::Own => Origin::cell(&part.sheet, row, col),
            FieldPlace::Cell(row, col) => Origin::cell(&part.sheet, row, col),
            FieldPlace::Absent | FieldPlace::Constant => Origin::row(&part.sheet, row),
        }
    }

    /// The row of a record.
    #[must_use]
    pub fn row_of(&self, record: usize) -> Origin {
        Origin::row(&self.parts[self.part[record] as usize].sheet, self.row[record])
    }
}

/// A checked table: one row an accepted record, one column a field (by [`crate::table::contract::Field::key`]).
#[derive(Clone, Debug)]
pub struct Table {
    /// The contract it keeps.
    pub contract: Arc<Contract>,
    /// The typed values; a null is a cell that holds no value (see `states`).
    pub frame: DataFrame,
    /// Where each record came from, in the order of the frame.
    pub origins: Origins,
    /// States of the cells that are neither a value nor simply empty, by (record, field).
    pub states: BTreeMap<(u32, u16), ValueState>,
    /// Columns of the open family (`Score: cost`): name after the prefix, and one optional number a record.
    pub open_columns: Vec<(String, Vec<Option<f64>>)>,
}

impl Table {
    /// How many records.
    #[must_use]
    pub fn len(&self) -> usize {
        self.frame.height()
    }

    /// True where there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The sum of its amount column by currency code, where not nothing.
    fn money(&self) -> BTreeMap<&str, Decimal> {
        let mut sums: BTreeMap<&str, Decimal> = BTreeMap::new();
        let Some(field) = self.contract.amount_field().map(|position| &self.contract.fields[position]) else { return sums };
        let ledger = field.kind == Kind::LedgerAmount;
        for row in self.rows() {
            let exact = |ten_thousandths: i64| Decimal::from_i128_with_scale(i128::from(ten_thousandths), 4);
            let amount = if ledger { row.integer(&field.key).map(exact) } else { row.decimal(&field.key) };
            let Some(amount) = amount.and_then(in_totals) else { continue };
            *sums.entry(row.text("currency").unwrap_or("")).or_default() += amount;
        }
        sums.retain(|_, sum| !sum.is_zero());
        sums
    }

    /// The records, in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.len()).map(|index| Row { table: self, index })
    }
}

/// One record of a table, read by field key. A key that the contract lacks gives none.
#[derive(Clone, Copy, Debug)]
pub struct Row<'t> {
    /// The table.
    pub table: &'t Table,
    /// The record's position.
    pub index: usize,
}

impl<'t> Row<'t> {
    fn column(&self, key: &str) -> Option<&'t Column> {
        self.table.frame.column(key).ok()
    }

    /// Text, id, choice, reference or currency.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&'t str> {
        self.column(key)?.str().ok()?.get(self.index)
    }

    /// The ids of a list field.
    #[must_use]
    pub fn list(&self, key: &str) -> Vec<&'t str> {
        let parts = self.text(key).unwrap_or("").split(';').map(str::trim);
        parts.filter(|part| !part.is_empty()).collect()
    }

    /// A number or a percentage (as a fraction).
    #[must_use]
    pub fn number(&self, key: &str) -> Option<f64> {
        self.column(key)?.f64().ok()?.get(self.index)
    }

    /// A number or a plan amount as the decimal that the cell shows.
    #[must_use]
    pub fn decimal(&self, key: &str) -> Option<Decimal> {
        number::from_excel(self.number(key)?)
    }

    /// A whole number, or a ledger amount in ten-thousandths.
    #[must_use]
    pub fn integer(&self, key: &str) -> Option<i64> {
        self.column(key)?.i64().ok()?.get(self.index)
    }

    /// A date.
    #[must_use]
    pub fn day(&self, key: &str) -> Option<Day> {
        let days = self.column(key)?.date().ok()?.physical().get(self.index)?;
        Some(day_from_epoch(i64::from(days)))
    }

    /// A moment.
    #[must_use]
    pub fn moment(&self, key: &str) -> Option<Moment> {
        self.integer(key).map(Moment)
    }

    /// A fiscal period.
    #[must_use]
    pub fn period(&self, key: &str) -> Option<Period> {
        self.column(key)?.i32().ok()?.get(self.index).and_then(Period::from_ordinal)
    }

    /// A duration.
    #[must_use]
    pub fn span(&self, key: &str) -> Option<Span> {
        Span::parse(self.text(key)?, None).ok()
    }

    /// Yes or no.
    #[must_use]
    pub fn yes(&self, key: &str) -> Option<bool> {
        self.column(key)?.bool().ok()?.get(self.index)
    }

    /// The cell of a field of this record.
    #[must_use]
    pub fn origin(&self, key: &str) -> Origin {
        self.table.contract.position(key).map_or_else(|| self.place(), |field| self.table.origins.of(self.index, field))
    }

    /// The row of this record.
    #[must_use]
    pub fn place(&self) -> Origin {
        self.table.origins.row_of(self.index)
    }

    /// Who owns the source of this record.
    #[must_use]
    pub fn owner(&self) -> Option<&'t str> {
        let origins = &self.table.origins;
        origins.parts[origins.part[self.index] as usize].owner.as_deref()
    }
}

/// A row that could not be used, as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuarantinedRow {
    /// The contract it was meant for.
    pub table: String,
    /// Its row.
    pub place: Origin,
    /// Who owns the source.
    pub owner: Option<String>,
    /// Why, as finding codes and messages.
    pub reasons: Vec<String>,
    /// Header and text of every cell of the row, as it stood.
    pub cells: Vec<(String, String)>,
    /// Its amount in major units and the currency code that it gives, empty where none; none where no amount could be read.
    pub money: Option<(Decimal, String)>,
}

/// Rows and money of one sheet as one table: what came in and where it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ControlTotal {
    /// The sheet.
    pub sheet: Arc<SheetName>,
    /// The contract.
    pub table: String,
    /// Rows (or crosstab cells) seen in the region.
    pub rows_seen: u64,
    /// Rows that became records.
    pub accepted: u64,
    /// Rows held back.
    pub quarantined: u64,
    /// Empty rows.
    pub blank: u64,
    /// Total and subtotal rows.
    pub totals: u64,
    /// Rows that the settings declare to be no data.
    pub declared: u64,
    /// Money of the ledger or plan amount column by currency code ("" where the cell gives none): amount in, accepted,
    /// quarantined; in major units, exact.
    pub money: Vec<MoneyTotal>,
}

/// Money of one currency on one sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoneyTotal {
    /// Currency code; empty where neither cell nor source gives one.
    pub currency: String,
    /// Sum of all amounts that could be read.
    pub seen: Decimal,
    /// Sum of the accepted ones.
    pub accepted: Decimal,
    /// Sum of the quarantined ones.
    pub quarantined: Decimal,
}

impl ControlTotal {
    fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let place = Origin::sheet(&self.sheet);
        if self.residual() != 0 {
            faults.push(format!("{place} as {}: {} rows seen, {} not explained", self.table, self.rows_seen, self.residual()));
        }
        for money in self.money.iter().filter(|money| money.seen != money.accepted + money.quarantined) {
            let MoneyTotal { currency, seen, accepted, quarantined } = money;
            faults
                .push(format!("{place} as {}: {seen} {currency} seen, {accepted} accepted, {quarantined} held back", self.table));
        }
        faults
    }

    /// Adds another part of the same sheet and table.
    pub fn add(&mut self, other: &Self) {
        self.rows_seen += other.rows_seen;
        self.accepted += other.accepted;
        self.quarantined += other.quarantined;
        self.blank += other.blank;
        self.totals += other.totals;
        self.declared += other.declared;
        for money in &other.money {
            match self.money.iter_mut().find(|known| known.currency == money.currency) {
                Some(known) => known.add(money),
                None => self.money.push(money.clone()),
            }
        }
        self.money.sort_by(|a, b| a.currency.cmp(&b.currency));
    }

    /// Rows seen less rows explained: 0, or an internal fault.
    #[must_use]
    pub fn residual(&self) -> i128 {
        let explained = self.accepted + self.quarantined + self.blank + self.totals + self.declared;
        i128::from(self.rows_seen) - i128::from(explained)
    }
}

/// What became of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SheetUse {
    /// Read as these tables.
    Mapped(Vec<String>),
    /// Declared to be no data, with the reason.
    NotData(String),
    /// Neither: somebody should say what it is.
    Unknown {
        /// The nearest contract by name or headers, where one is near.
        nearest: Option<String>,
    },
    /// No cells.
    Empty,
}

/// All that came of reading the tables.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    /// Checked tables by contract name.
    pub tables: BTreeMap<String, Table>,
    /// One entry a sheet and table.
    pub control_totals: Vec<ControlTotal>,
    /// Rows that could not be used.
    pub quarantine: Vec<QuarantinedRow>,
    /// What became of each sheet, in the order of the sheets.
    pub sheets: Vec<(Arc<SheetName>, SheetUse)>,
}

impl MoneyTotal {
    fn add(&mut self, other: &Self) {
        self.seen += other.seen;
        self.accepted += other.accepted;
        self.quarantined += other.quarantined;
    }
}

impl Tables {
    /// Checks that nothing has disappeared: rows seen are rows explained, every sheet's money is accepted or held back, and
    /// the frames and the quarantine, counted and added up again, hold what the control totals say.
    ///
    /// # Errors
    /// What does not agree, one sentence each: an internal fault, on which a run must not publish.
    pub fn assert_reconciled(&self) -> Result<(), Vec<String>> {
        let mut faults: Vec<String> = self.control_totals.iter().flat_map(ControlTotal::faults).collect();
        for (name, table) in &self.tables {
            faults.extend(self.faults_of(name, table));
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    fn faults_of(&self, name: &str, table: &Table) -> Vec<String> {
        let totals = || self.control_totals.iter().filter(|total| total.table == name);
        let accepted: u64 = totals().map(|total| total.accepted).sum();
        let held_back: u64 = totals().map(|total| total.quarantined).sum();
        let listed = self.quarantine.iter().filter(|row| row.table == name).count() as u64;
        let mut faults = Vec::new();
        if accepted != table.len() as u64 || table.origins.row.len() != table.len() {
            faults.push(format!("{name}: {accepted} rows accepted, {} in the table", table.len()));
        }
        if held_back != listed {
            faults.push(format!("{name}: {held_back} rows held back, {listed} in the quarantine"));
        }
        let mut money: BTreeMap<&str, Decimal> = BTreeMap::new();
        for total in totals().flat_map(|total| &total.money) {
            *money.entry(&total.currency).or_default() += total.accepted;
        }
        money.retain(|_, sum| !sum.is_zero());
        let in_frame = table.money();
        if money != in_frame {
            faults.push(format!("{name}: accepted {money:?}, in the table {in_frame:?}"));
        }
        faults
    }

    /// A table by contract name, where any sheet gave it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Table> {
        self.tables.get(name)
    }
}
