//! A logical table cut out of a sheet: the seam between layout (which cells are which fields of which records, from our
//! templates or a mapping) and checking (what those cells hold).

use crate::source::raw::RawSheet;
use crate::table::contract::Contract;
use std::sync::Arc;

/// A logical table: records × fields, each with the cell it comes from.
#[derive(Clone, Debug)]
pub struct Grid<'s> {
    /// The sheet it lies on.
    pub sheet: &'s RawSheet,
    /// The contract it is read by.
    pub contract: Arc<Contract>,
    /// Who owns the source, where settings name one.
    pub owner: Option<String>,
    /// One entry a field that the layout gives; a field without one is missing for the whole grid.
    pub bindings: Vec<Binding>,
    /// Columns of the contract's open family (`Score: cost`): the name after the prefix, and the column.
    pub open: Vec<(String, u32)>,
    /// The row of headers, where there is one: what the columns of a row that is held back are called.
    pub header_row: Option<u32>,
    /// The records, in the order of the sheet.
    pub records: Vec<RecordAt>,
    /// Rows inside the region that are no records, for the control totals.
    pub set_aside: SetAside,
    /// Settings of the source that change how cells are understood.
    pub reading: Reading,
}

/// The anchor of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordAt {
    /// Row of the record (of its value cell, in a crosstab; of its first cell, in a form).
    pub row: u32,
    /// Column of the record's own cell, for crosstabs and transposed tables; 0 where it has none.
    pub col: u32,
}

/// Where a field of every record comes from.
#[derive(Clone, Debug)]
pub struct Binding {
    /// Position of the field in the contract.
    pub field: usize,
    /// Where its value is found.
    pub from: From,
    /// Words of the source and the words they stand for, compared without case and outer space.
    pub translate: Vec<(String, String)>,
    /// Multiplies numbers (a unit such as thousands; -1 flips the sign); 1 where nothing is said.
    pub factor: f64,
}

/// Where a value is found.
#[derive(Clone, Debug)]
pub enum From {
    /// This column, in the record's row.
    Column(u32),
    /// This row, in the record's column (transposed tables; the header above a crosstab's cell).
    Row(u32),
    /// The record's own cell.
    Own,
    /// One fixed cell, for every record.
    Cell(u32, u32),
    /// The same words for every record: a constant of the mapping, or taken from the file's or sheet's name.
    Constant(String),
    /// One text a record, worked out by the layout (a WBS code from indents, one link out of a list), with the column
    /// of the cell it was taken from.
    Derived {
        /// One entry a record.
        texts: Vec<Option<String>>,
        /// Column of the cell that it was taken from.
        col: u32,
    },
    /// Debit minus credit, in the record's row.
    DebitCredit {
        /// Column of debits.
        debit: u32,
        /// Column of credits.
        credit: u32,
    },
}

/// Rows of the region that are not records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SetAside {
    /// Empty rows inside the region.
    pub blank: Vec<u32>,
    /// Total and subtotal rows, recognised or declared.
    pub totals: Vec<u32>,
    /// Rows (or cells, for a crosstab) that the mapping declares to be no data.
    pub declared: Vec<u32>,
}

/// How the cells of a source are to be understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Decimal comma in numbers given as text; none to tell from the column itself.
    pub decimal_comma: Option<bool>,
    /// Day before month in dates given as text; none to tell from the column itself.
    pub day_first: Option<bool>,
    /// Texts that mean "withheld".
    pub withheld: Vec<String>,
    /// Texts that mean "not applicable".
    pub not_applicable: Vec<String>,
    /// The currency of amounts without one of their own.
    pub currency: Option<String>,
    /// Unit of spans given as bare numbers: minutes, hours, days, weeks or months.
    pub span_unit: Option<String>,
}
