//! What reports are made from, for trials that build their own portfolio.

use throughline::analysis::Analyses;
use throughline::base::finding::Findings;
use throughline::base::run::RunFacts;
use throughline::model::past::Past;
use throughline::model::portfolio::Portfolio;
use throughline::report::ReportInput;
use throughline::table::tables::Tables;

/// Hands over the input of reports: a run that read no files.
pub fn reported<R>(
    portfolio: &Portfolio,
    analyses: &Analyses,
    (tables, findings): (&Tables, &Findings),
    then: impl FnOnce(&ReportInput<'_>) -> R,
) -> R {
    let run = RunFacts {
        run_id: "0123456789ab".into(),
        version: "0.0.0".into(),
        portfolio: portfolio.settings.name.clone(),
        as_of: portfolio.settings.as_of,
        inputs: Vec::new(),
        settings_sha256: String::new(),
        seed: portfolio.settings.seed,
    };
    then(&ReportInput {
        run: &run,
        files: &[],
        tables,
        findings,
        portfolio,
        past: &Past::default(),
        previous: None,
        analyses,
        inputs: None,
    })
}
