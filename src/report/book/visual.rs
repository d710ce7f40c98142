//! What is drawn: tiles, charts, bars over time, heat maps, bridges, and words between them.

use super::{Cell, Column, Kind, Link, Tone};
use crate::base::day::Day;
use crate::model::initiative::Rag;
use rust_decimal::Decimal;

/// A headline figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Tile {
    /// What it is, such as `Cost performance index`.
    pub label: String,
    /// The figure: best a formula over a table of the book.
    pub value: Cell,
    /// What the figure means.
    pub kind: Kind,
    /// Its rating; none where it has none.
    pub rag: Option<Rag>,
    /// What changed.
    pub change: Option<Change>,
    /// A short line below, such as `target 1.00`.
    pub note: String,
    /// Where the detail is.
    pub link: Option<Link>,
}

/// How a headline moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// By how much.
    pub value: Cell,
    /// Which way is good.
    pub good: Good,
    /// Since when, such as `since last run, 30 Sep 2026, not closed`.
    pub since: String,
}

/// Which way a figure should move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Good {
    /// More is good.
    Up,
    /// Less is good.
    Down,
    /// Neither is.
    Neither,
}

impl Tile {
    /// A tile of a figure.
    #[must_use]
    pub fn new(label: impl Into<String>, value: impl Into<Cell>, kind: Kind) -> Self {
        Self { label: label.into(), value: value.into(), kind, rag: None, change: None, note: String::new(), link: None }
    }

    /// Rates it.
    #[must_use]
    pub const fn rag(mut self, rag: Option<Rag>) -> Self {
        self.rag = rag;
        self
    }

    /// Says how it moved.
    #[must_use]
    pub fn change(mut self, value: impl Into<Cell>, good: Good, since: impl Into<String>) -> Self {
        self.change = Some(Change { value: value.into(), good, since: since.into() });
        self
    }

    /// Adds a short line.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.note = text.into();
        self
    }

    /// Leads to the detail.
    #[must_use]
    pub fn link(mut self, link: Link) -> Self {
        self.link = Some(link);
        self
    }
}

/// The shape of a chart or of one of its series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// Lines over time or steps.
    Line,
    /// Columns side by side.
    Columns,
    /// Columns on top of one another.
    StackedColumns,
    /// Bars side by side; the first category on top.
    Bars,
    /// Bars end to end; the first category on top.
    StackedBars,
    /// Points.
    Scatter,
    /// Absolute variances: columns of good and of bad news in one place, with their sign.
    Variances,
    /// Relative variances: pins (IBCS), drawn as thin columns with their sign at the head.
    Pins,
}

/// A chart over columns of tables, so that it stays live.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Title: the message, or what is shown, of whom, when, in which unit.
    pub title: String,
    /// What it shows, in words, for readers who cannot see it.
    pub alt_text: String,
    /// Its shape.
    pub kind: ChartKind,
    /// Its series, from back to front.
    pub series: Vec<Series>,
    /// Title of the category axis; empty for none.
    pub x_title: String,
    /// Title of the value axis; empty for none.
    pub y_title: String,
    /// Smallest and largest value shown on the value axis, where fixed.
    pub y_range: (Option<f64>, Option<f64>),
    /// Smallest and largest value shown on a scatter chart's horizontal axis, where fixed.
    pub x_range: (Option<f64>, Option<f64>),
    /// Its share of the page's width, in twelfths.
    pub twelfths: u8,
    /// Its height in pixels.
    pub height: u32,
}

/// One series.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name in the legend.
    pub name: String,
    /// Category labels (horizontal values, for a scatter chart).
    pub categories: ColumnRef,
    /// Values.
    pub values: ColumnRef,
    /// What it stands for, which decides its look.
    pub role: Role,
    /// A shape of its own, for combined charts.
    pub kind: Option<ChartKind>,
    /// True where it is measured on the second axis.
    pub secondary: bool,
    /// True where values stand at the marks.
    pub labels: bool,
    /// Words that stand at the marks instead, one a row; empty for none.
    pub label_words: Vec<String>,
    /// What each row stands for, where rows differ; empty where the role holds for all.
    pub row_roles: Vec<Role>,
}

/// The data rows of a table's column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnRef {
    /// The table.
    pub table: String,
    /// The column's header.
    pub column: String,
    /// First row and number of rows, where not all.
    pub rows: Option<(usize, usize)>,
}

/// What a series stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// What happened: solid dark.
    Actual,
    /// What was planned or budgeted: outlined.
    Plan,
    /// What is expected: hatched or dashed.
    Forecast,
    /// The year or run before: light.
    Previous,
    /// Work done at its planned worth.
    Earned,
    /// One point at the as-of date, drawn as a vertical line.
    AsOf,
    /// Good news.
    Good,
    /// To be watched.
    Warn,
    /// Bad news.
    Bad,
    /// A limit or target line.
    Limit,
    /// The n-th of several equals.
    Palette(u8),
    /// Carries others or their labels, and is not seen.
    Base,
}

impl ColumnRef {
    /// All rows of a column.
    #[must_use]
    pub fn new(table: impl Into<String>, column: impl Into<String>) -> Self {
        Self { table: table.into(), column: column.into(), rows: None }
    }

    /// Some rows of a column.
    #[must_use]
    pub fn rows(mut self, first: usize, count: usize) -> Self {
        self.rows = Some((first, count));
        self
    }
}

impl Series {
    /// A series of two columns of one table, named as its value column.
    #[must_use]
    pub fn new(table: &str, categories: &str, values: &str, role: Role) -> Self {
        Self {
            name: values.to_string(),
            categories: ColumnRef::new(table, categories),
            values: ColumnRef::new(table, values),
            role,
            kind: None,
            secondary: false,
            labels: false,
            label_words: Vec::new(),
            row_roles: Vec::new(),
        }
    }

    /// Names it for the legend.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Gives it a shape of its own.
    #[must_use]
    pub const fn shape(mut self, kind: ChartKind) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Measures it on the second axis.
    #[must_use]
    pub const fn on_second_axis(mut self) -> Self {
        self.secondary = true;
        self
    }

    /// Writes values at the marks.
    #[must_use]
    pub const fn labelled(mut self) -> Self {
        self.labels = true;
        self
    }

    /// Writes these words at the marks, one a row.
    #[must_use]
    pub fn labelled_with(mut self, words: Vec<String>) -> Self {
        self.label_words = words;
        self
    }

    /// Gives each row a look of its own.
    #[must_use]
    pub fn row_roles(mut self, roles: Vec<Role>) -> Self {
        self.row_roles = roles;
        self
    }

    /// Keeps to some rows of the table.
    #[must_use]
    pub fn rows(mut self, first: usize, count: usize) -> Self {
        self.categories = self.categories.rows(first, count);
        self.values = self.values.rows(first, count);
        self
    }
}

impl Chart {
    /// A chart of half the page's width.
    #[must_use]
    pub fn new(title: impl Into<String>, kind: ChartKind, series: Vec<Series>) -> Self {
        let title = title.into();
        Self {
            alt_text: title.clone(),
            title,
            kind,
            series,
            x_title: String::new(),
            y_title: String::new(),
            y_range: (None, None),
            x_range: (None, None),
            twelfths: 6,
            height: 320,
        }
    }

    /// Says in words what it shows.
    #[must_use]
    pub fn alt(mut self, text: impl Into<String>) -> Self {
        self.alt_text = text.into();
        self
    }

    /// Names its axes.
    #[must_use]
    pub fn axes(mut self, x: impl Into<String>, y: impl Into<String>) -> Self {
        (self.x_title, self.y_title) = (x.into(), y.into());
        self
    }

    /// Takes this many twelfths of the page's width and this many pixels of height.
    #[must_use]
    pub const fn size(mut self, twelfths: u8, height: u32) -> Self {
        (self.twelfths, self.height) = (twelfths, height);
        self
    }

    /// Fixes the value axis.
    #[must_use]
    pub const fn y_range(mut self, min: Option<f64>, max: Option<f64>) -> Self {
        self.y_range = (min, max);
        self
    }

    /// Fixes a scatter chart's horizontal axis.
    #[must_use]
    pub const fn x_range(mut self, min: Option<f64>, max: Option<f64>) -> Self {
        self.x_range = (min, max);
        self
    }
}

/// Bars over time, drawn in cells so that any spreadsheet program shows them.
#[derive(Clone, Debug, PartialEq)]
pub struct Gantt {
    /// Its name, such as `tbl_gantt`.
    pub name: String,
    /// Header of the labels, such as `Activity`.
    pub label: String,
    /// Columns between the labels and the dates.
    pub columns: Vec<Column>,
    /// Its rows, in order.
    pub rows: Vec<GanttRow>,
    /// The as-of date.
    pub as_of: Day,
    /// The most steps across: days, weeks, months, quarters or years, the shortest that need no more.
    pub most_steps: usize,
    /// Rows deeper than this open folded away; none where all rows show.
    pub folded_below: Option<u8>,
}

/// One row of bars and signs.
#[derive(Clone, Debug, PartialEq)]
pub struct GanttRow {
    /// What it is.
    pub label: Cell,
    /// One cell for each of the columns between the labels and the dates.
    pub cells: Vec<Cell>,
    /// Outline level, from 0.
    pub level: u8,
    /// Baseline start and finish.
    pub baseline: Option<(Day, Day)>,
    /// Start and finish by the plan of record: actual dates where known, else forecast.
    pub dates: Option<(Day, Day)>,
    /// The day up to which work is done.
    pub done_to: Option<Day>,
    /// How near it is to the critical path.
    pub path: GanttPath,
    /// Drawn as signs alone, without a bar: a milestone.
    pub is_point: bool,
    /// Its label stands out: an initiative, a summary.
    pub is_strong: bool,
    /// Signs on the row.
    pub points: Vec<GanttPoint>,
}

/// How near a bar is to the critical path.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GanttPath {
    /// On it.
    Critical,
    /// Near it.
    Near,
    /// Neither.
    #[default]
    Other,
}

impl GanttPath {
    /// The word that its column holds.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::Near => "near",
            Self::Other => "",
        }
    }
}

/// A sign on a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GanttPoint {
    /// When.
    pub day: Day,
    /// The sign, such as `◆`.
    pub sign: char,
    /// How it looks.
    pub tone: Tone,
}

impl Gantt {
    /// Bars of these rows, in at most 110 steps.
    #[must_use]
    pub fn new(name: impl Into<String>, as_of: Day, rows: Vec<GanttRow>) -> Self {
        Self {
            name: name.into(),
            label: "Activity".into(),
            columns: Vec::new(),
            rows,
            as_of,
            most_steps: 110,
            folded_below: None,
        }
    }

    /// Shows columns between the labels and the dates.
    #[must_use]
    pub fn columns(mut self, columns: Vec<Column>) -> Self {
        self.columns = columns;
        self
    }

    /// Names what the labels are.
    #[must_use]
    pub fn labelled(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Opens with rows deeper than this folded away.
    #[must_use]
    pub const fn folded(mut self, below: Option<u8>) -> Self {
        self.folded_below = below;
        self
    }

    /// Takes at most this many steps across.
    #[must_use]
    pub const fn steps(mut self, most: usize) -> Self {
        self.most_steps = most;
        self
    }
}

impl GanttRow {
    /// A row without dates.
    #[must_use]
    pub fn new(label: impl Into<Cell>, level: u8) -> Self {
        Self {
            label: label.into(),
            cells: Vec::new(),
            level,
            baseline: None,
            dates: None,
            done_to: None,
            path: GanttPath::Other,
            is_point: false,
            is_strong: level == 0,
            points: Vec::new(),
        }
    }
}

/// A probability-impact grid with counts and ids.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatMap {
    /// Heading.
    pub title: String,
    /// What the columns are, such as `Impact`.
    pub x_label: String,
    /// What the rows are, such as `Probability`.
    pub y_label: String,
    /// Names of the columns, from low to high.
    pub x_names: Vec<String>,
    /// Names of the rows, from low to high; the highest is drawn on top.
    pub y_names: Vec<String>,
    /// Cells by row (low to high), then column.
    pub cells: Vec<Vec<HeatCell>>,
    /// Where the detail is.
    pub link: Option<Link>,
}

/// One cell of the grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeatCell {
    /// Ids of what lies here, in the order they should show.
    pub ids: Vec<String>,
    /// How bad it is to lie here.
    pub tone: Tone,
}

/// From an opening figure to a closing one, by cause. Beside its figures stands the residual of each level: what the steps
/// before it leave unexplained, which is zero where the bridge closes.
#[derive(Clone, Debug, PartialEq)]
pub struct Bridge {
    /// Name of its table, such as `tbl_bridge_cost`.
    pub name: String,
    /// Title of the chart.
    pub title: String,
    /// What it shows, in words.
    pub alt_text: String,
    /// What the amounts mean.
    pub kind: Kind,
    /// True where a rise is good news.
    pub more_is_good: bool,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// Its share of the page's width, in twelfths.
    pub twelfths: u8,
}

/// A step of a bridge.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What it is.
    pub label: String,
    /// The change; for a total, the level reached.
    pub value: Decimal,
    /// True where it is a level (opening, closing), not a change.
    pub is_total: bool,
    /// The formula that gives the value, over tables of the book; none for a value of the program.
    pub formula: Option<String>,
    /// What a level stands for, which decides its look.
    pub role: Role,
}

impl Step {
    /// A level: opening, closing or in between.
    #[must_use]
    pub fn level(label: impl Into<String>, value: Decimal, role: Role) -> Self {
        Self { label: label.into(), value, is_total: true, formula: None, role }
    }

    /// A move by one cause.
    #[must_use]
    pub fn change(label: impl Into<String>, value: Decimal) -> Self {
        Self { label: label.into(), value, is_total: false, formula: None, role: Role::Actual }
    }

    /// Follows a formula over tables of the book.
    #[must_use]
    pub fn live(mut self, formula: impl Into<String>) -> Self {
        self.formula = Some(formula.into());
        self
    }
}

/// Words.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// How it looks.
    pub tone: Tone,
    /// The paragraphs.
    pub paragraphs: Vec<String>,
}

impl Note {
    /// Plain words.
    #[must_use]
    pub fn plain(paragraphs: Vec<String>) -> Self {
        Self { tone: Tone::Muted, paragraphs }
    }

    /// Words with a tone.
    #[must_use]
    pub fn toned(tone: Tone, text: impl Into<String>) -> Self {
        Self { tone, paragraphs: vec![text.into()] }
    }
}
