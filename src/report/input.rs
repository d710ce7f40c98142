//! What every report is made from.

use crate::analysis::Analyses;
use crate::base::finding::Findings;
use crate::base::run::RunFacts;
use crate::model::past::Past;
use crate::model::portfolio::Portfolio;
use crate::report::headline::PreviousRun;
use crate::source::raw::FileFacts;
use crate::table::tables::Tables;

/// Everything that is known when the reports are written.
#[derive(Clone, Debug)]
pub struct ReportInput<'a> {
    /// Facts of the run.
    pub run: &'a RunFacts,
    /// Files of the inputs folder, read or not.
    pub files: &'a [FileFacts],
    /// Checked tables, control totals and held-back rows.
    pub tables: &'a Tables,
    /// Findings of every stage, rolled up and sorted by place.
    pub findings: &'a Findings,
    /// The portfolio.
    pub portfolio: &'a Portfolio,
    /// Closed months.
    pub past: &'a Past,
    /// The last run, not closed; none where there is no earlier one.
    pub previous: Option<&'a PreviousRun>,
    /// Results.
    pub analyses: &'a Analyses,
    /// Relative path from the set's folder to the inputs folder, with a trailing `/`; none where they are not linked.
    pub inputs: Option<String>,
}
