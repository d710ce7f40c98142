//! Views in the shape of the Integrated Program Management Report: the formats that make sense in a workbook, and where
//! the others are.
//!
//! Promises: every format is shown once, in the words of the report (BCWS, BCWP, ACWP), over the same figures as the other
//! pages. Is no submission: for that there is the tidy result `ipmdar`. Source: DI-MGMT-81861; EIA-748.

mod baseline;
mod formats;
mod schedule;
mod staffing;

use super::context::Context;
use super::earned_value_periods;
use super::variances;
use crate::report::book::{Band, Cell, Column, Kind, Link, Note, Sheet, Table};

/// The table of formats.
const FORMATS: &str = "tbl_ipmr";
/// Format 1: by work breakdown structure.
const WBS: &str = "IPMR 1 WBS";
/// Format 2: by organisation.
const ORGANISATION: &str = "IPMR 2 Organisation";
/// Format 3: the baseline and its changes.
const BASELINE: &str = "IPMR 3 Baseline";
/// Format 4: staffing.
const STAFFING: &str = "IPMR 4 Staffing";

/// The pages.
#[must_use]
pub fn sheets(context: &Context<'_>) -> Vec<Sheet> {
    vec![
        index(context),
        Sheet::data(WBS, "IPMR-style Format 1: work breakdown structure")
            .subtitle("Each initiative in its own currency; packages hold what lies below them, so rows of different depth do not add up; rounded")
            .about("Current period, cumulative and at completion, by the work breakdown structure.")
            .block(formats::by_work(context)),
        Sheet::data(ORGANISATION, "IPMR-style Format 2: organisation")
            .subtitle("The portfolio in the reporting currency, below it each initiative in its own; figures shown are rounded")
            .about("Current period, cumulative and at completion, by responsible organisation.")
            .block(formats::by_organisation(context)),
        baseline::sheet(context),
        Sheet::data(STAFFING, "IPMR-style Format 4: staffing")
            .subtitle("Hours of work; worked up to the data date, then as the current plan has them")
            .about("Hours worked and to come, by organisation and month.")
            .block(staffing::table(context)),
    ]
}

/// What the views are, what they are not, and where each is.
fn index(context: &Context<'_>) -> Sheet {
    Sheet::page("IPMR", "Views in the shape of the Integrated Program Management Report")
        .subtitle("The seven formats of the report, over the figures of this workbook")
        .about("The seven IPMR-style formats: where each is, and the schedule's key dates.")
        .block(Note::plain(words(context)))
        .band(Band::headed("The formats", vec![formats_table().into()]))
        .band(Band::headed("Format 6: the schedule in brief", vec![schedule::table(context).into()]))
}

fn words(context: &Context<'_>) -> Vec<String> {
    let settings = &context.portfolio().settings;
    let fiscal = &settings.fiscal;
    let period = fiscal.period_of(context.as_of());
    vec![
        format!(
            "These are views of this portfolio's earned value in the layout that readers of the report know. Current period: {} ({period}). \
             BCWS is PV, BCWP is EV, ACWP is AC.",
            fiscal.label(period)
        ),
        "They are not a contract submission: no contract data, no signatures, no overheads by element. For a submission take the tidy \
         result ipmdar (data/ipmdar.csv), which has the columns of the IPMDAR contract performance dataset."
            .to_string(),
    ]
}

fn formats_table() -> Table {
    let rows: [(&str, &str, &str, &str); 7] = [
        ("1", "Work breakdown structure", WBS, "Current period, cumulative, at completion, by work package."),
        ("2", "Organisation", ORGANISATION, "The same by responsible organisation."),
        ("3", "Baseline", BASELINE, "The measurement baseline, its changes by reason, reserve and phasing."),
        ("4", "Staffing", STAFFING, "Hours by organisation: worked, and to come by month."),
        ("5", "Explanations", "Variances", "Variances that pass the thresholds, with the owners' words."),
        (
            "6",
            "Master schedule",
            "IPMR",
            "Below in brief; the whole network stands in Master Execution Plan.xlsx beside this workbook.",
        ),
        ("7", "History", "EV by Period", "Base measures of portfolio and initiatives by period, and up to it."),
    ];
    let columns = vec![
        Column::text("Format").wide(13),
        Column::new("Name", Kind::Prose).wide(30),
        Column::text("Sheet").wide(22),
        Column::new("What it shows", Kind::Prose).wide(60),
    ];
    let link = |sheet: &str, format: &str| match format {
        "5" => Link::Table { table: variances::TABLE.into(), row: None },
        "6" => Link::Table { table: schedule::TABLE.into(), row: None },
        "7" => Link::Table { table: earned_value_periods::TABLE.into(), row: None },
        _ => Link::Sheet(sheet.to_string()),
    };
    let row = |(format, name, sheet, shows): (&str, &str, &str, &str)| {
        vec![Cell::text(format), Cell::text(name), Cell::text(sheet).link(link(sheet, format)), Cell::text(shows)]
    };
    Table::new(FORMATS, columns).rows(rows.into_iter().map(row).collect())
}
