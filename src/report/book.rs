//! A report as plain data: a [`Book`] of [`Sheet`]s of [`Block`]s. The same Book becomes a workbook, text for snapshot
//! tests, or a page, and none of the types here knows which.
//!
//! Promises: a formula is text beside the value that the engine computed; an unknown is [`Value::NotAvailable`] with its
//! reason, never zero; a figure's number format follows from its meaning ([`Kind`]). Does not measure, place or colour
//! anything: that is the renderer's work, with a [`crate::report::theme::Theme`].

mod cell;
mod show;
mod table;
mod visual;

pub use cell::{Cell, Kind, Link, Scale, Trend, Value};
pub use show::{NOT_AVAILABLE, header_of, rag_name, show};
pub use table::{Column, Mark, Sparkline, Table, Tone, Total, Validation, Width, column_of, this_row, total_of};
pub use visual::{
    Bridge, Change, Chart, ChartKind, ColumnRef, Gantt, GanttPath, GanttPoint, GanttRow, Good, HeatCell, HeatMap, Note, Role,
    Series, Step, Tile,
};

use crate::base::day::{Day, Moment};

/// A workbook to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Book {
    /// File name without folder or extension, such as `Performance Dashboard`.
    pub file_name: String,
    /// Title, such as `Performance Dashboard`.
    pub title: String,
    /// What every sheet says about the run it comes from.
    pub stamp: Stamp,
    /// Relative path from the workbook's folder to the inputs folder, with a trailing `/`; none where cells of the
    /// inputs are named but not linked.
    pub inputs: Option<String>,
    /// The sheets, in order; the first one opens.
    pub sheets: Vec<Sheet>,
    /// Names for single figures that formulas use, such as `as_of`: name and the table cell it stands for.
    pub names: Vec<DefinedName>,
}

/// What every sheet says about where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Name of the portfolio or of the product.
    pub portfolio: String,
    /// The as-of date; also the creation date of the file.
    pub as_of: Option<Moment>,
    /// The run's id; none for templates.
    pub run_id: Option<String>,
    /// Version of the program.
    pub version: String,
}

impl Stamp {
    /// `As of 31 Oct 2026 · run 3fa9c0d1e2b4`, as far as known.
    #[must_use]
    pub fn line(&self) -> String {
        let as_of = self.as_of.map(|at| format!("As of {}", show(&Value::Moment(at), &Kind::Moment)));
        let run = self.run_id.as_ref().map(|id| format!("run {id}"));
        let parts: Vec<String> = [as_of, run].into_iter().flatten().collect();
        parts.join(" · ")
    }

    /// The day the file is dated.
    #[must_use]
    pub fn day(&self) -> Option<Day> {
        self.as_of.map(Moment::day)
    }
}

/// A name that formulas may use for one cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefinedName {
    /// The name, such as `as_of`.
    pub name: String,
    /// The table that holds the cell.
    pub table: String,
    /// Row of the table, from 0.
    pub row: usize,
    /// The column's header text.
    pub column: String,
}

/// What a sheet is for, which decides how it is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetKind {
    /// A page to read and print: no grid lines.
    Page,
    /// A table to filter: its header and key columns stay in view.
    Data,
    /// Lists behind dropdowns: hidden.
    Hidden,
}

/// One sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Name of the tab.
    pub name: String,
    /// Title in A1.
    pub title: String,
    /// Line below the title: what is shown and in which unit. The stamp is added by the renderer.
    pub subtitle: String,
    /// What the sheet answers, for the Contents sheet; one sentence.
    pub about: String,
    /// How it is set up.
    pub kind: SheetKind,
    /// Its content: bands from top to bottom.
    pub bands: Vec<Band>,
}

/// Blocks that stand side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// Heading above the band; none where the blocks speak for themselves.
    pub heading: Option<String>,
    /// The blocks, from left to right.
    pub blocks: Vec<Block>,
    /// True where a printed page should begin here.
    pub new_page: bool,
}

/// A part of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading inside the sheet.
    Title(String),
    /// Headline figures.
    Tiles(Vec<Tile>),
    /// A table.
    Table(Table),
    /// A chart over columns of tables.
    Chart(Chart),
    /// Bars over time.
    Gantt(Gantt),
    /// A probability-impact grid.
    HeatMap(HeatMap),
    /// From an opening figure to a closing one, by cause.
    Bridge(Bridge),
    /// Words.
    Note(Note),
}

impl Sheet {
    /// A page.
    #[must_use]
    pub fn page(name: impl Into<String>, title: impl Into<String>) -> Self {
        Self::new(name.into(), title.into(), SheetKind::Page)
    }

    /// A sheet of data: one table.
    #[must_use]
    pub fn data(name: impl Into<String>, title: impl Into<String>) -> Self {
        Self::new(name.into(), title.into(), SheetKind::Data)
    }

    /// A hidden sheet of lists.
    #[must_use]
    pub fn hidden(name: impl Into<String>) -> Self {
        let name = name.into();
        Self::new(name.clone(), name, SheetKind::Hidden)
    }

    const fn new(name: String, title: String, kind: SheetKind) -> Self {
        Self { name, title, subtitle: String::new(), about: String::new(), kind, bands: Vec::new() }
    }

    /// Says what is shown and in which unit.
    #[must_use]
    pub fn subtitle(mut self, text: impl Into<String>) -> Self {
        self.subtitle = text.into();
        self
    }

    /// Says what the sheet answers.
    #[must_use]
    pub fn about(mut self, text: impl Into<String>) -> Self {
        self.about = text.into();
        self
    }

    /// Adds a band of one block.
    #[must_use]
    pub fn block(self, block: impl Into<Block>) -> Self {
        self.band(Band::of(vec![block.into()]))
    }

    /// Adds a band.
    #[must_use]
    pub fn band(mut self, band: Band) -> Self {
        self.bands.push(band);
        self
    }

    /// Every block, in order.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.bands.iter().flat_map(|band| &band.blocks)
    }

    /// Every table, in order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None })
    }
}

impl Band {
    /// Blocks side by side.
    #[must_use]
    pub const fn of(blocks: Vec<Block>) -> Self {
        Self { heading: None, blocks, new_page: false }
    }

    /// Blocks side by side under a heading.
    #[must_use]
    pub fn headed(heading: impl Into<String>, blocks: Vec<Block>) -> Self {
        Self { heading: Some(heading.into()), ..Self::of(blocks) }
    }

    /// Lets a printed page begin here.
    #[must_use]
    pub const fn on_new_page(mut self) -> Self {
        self.new_page = true;
        self
    }
}

impl Book {
    /// An empty book.
    #[must_use]
    pub fn new(file_name: impl Into<String>, title: impl Into<String>, stamp: Stamp) -> Self {
        let (file_name, title) = (file_name.into(), title.into());
        Self { file_name, title, stamp, inputs: None, sheets: Vec::new(), names: Vec::new() }
    }

    /// Says where the inputs folder lies, as seen from the workbook.
    #[must_use]
    pub fn inputs(mut self, path: impl Into<String>) -> Self {
        self.inputs = Some(path.into());
        self
    }

    /// Adds a sheet.
    #[must_use]
    pub fn sheet(mut self, sheet: Sheet) -> Self {
        self.sheets.push(sheet);
        self
    }

    /// A table of any sheet, by name.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.sheets.iter().flat_map(Sheet::tables).find(|table| table.name == name)
    }
}

macro_rules! blocks {
    ($($variant:ident($type:ty)),* $(,)?) => {$(
        impl From<$type> for Block {
            fn from(block: $type) -> Self {
                Self::$variant(block)
            }
        }
    )*};
}

blocks!(Tiles(Vec<Tile>), Table(Table), Chart(Chart), Gantt(Gantt), HeatMap(HeatMap), Bridge(Bridge), Note(Note));
