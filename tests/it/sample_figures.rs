//! The sample portfolio's money against figures added up from the same cells by a separate program (pandas and decimal
//! arithmetic over the workbooks, with the known flaws of the sample left out).

use crate::harness;
use crate::sample::prepared;
use libtest_mimic::Trial;
use throughline::analysis::cost::{Figures, Windows};
use throughline::analysis::measure::Measure;
use throughline::base::money::Money;

pub fn trials() -> Vec<Trial> {
    vec![
        harness::test("sample_figures::cost_by_initiative", cost_by_initiative),
        harness::test("sample_figures::ledger_and_risks", ledger_and_risks),
    ]
}

fn shown(figure: Measure<Money>) -> String {
    figure.map_or_else(|_| "-".into(), |money| money.amount().to_string())
}

fn row(windows: &Windows) -> String {
    let figures = |of: &Figures| format!("{} {}", shown(of.budget), shown(of.actual));
    let ahead = |of: &Figures| format!("{} {}", figures(of), shown(of.to_come));
    format!(
        "{} {} | {} | {} | {} | {}",
        figures(&windows.month),
        shown(windows.month.accrued),
        figures(&windows.year_to_date),
        ahead(&windows.full_year),
        ahead(&windows.life),
        shown(windows.open_commitments)
    )
}

/// Budget and actual cost of the month (with accruals), of the year to date, of the full year and of the whole life (with
/// what is to come), and open commitments, in pounds.
const COST: &[(&str, &str)] = &[
    (
        "LU-101",
        "1430340.00 176189.14 -70654.10 | 4587142.00 1259663.80 | 12784833.00 1259663.80 7267781.60 | 16120000.00 4284208.37 12222687.95 | 2364245.47",
    ),
    (
        "LU-102",
        "212028.00 213364.71 11791.17 | 1386825.00 1369174.67 | 1541639.00 1369174.67 859512.45 | 4360000.00 4280275.37 1115167.04 | 0.00",
    ),
    (
        "LU-103",
        "47468.56 47943.82 -27497.46 | 1342472.04 1366232.85 | 1460519.94 1366232.85 117778.10 | 4094149.23 3866049.74 117778.10 | 0.00",
    ),
    (
        "LU-104",
        "1175190.00 946182.94 86030.76 | 5756869.00 5570819.87 | 7131541.00 5570819.87 1407131.44 | 8625000.00 7095091.78 1407131.44 | 960047.29",
    ),
    (
        "LU-105",
        "0.00 41948.84 28164.43 | 425683.00 575863.20 | 425683.00 575863.20 30024.99 | 2040000.00 2057151.61 30024.99 | 0.00",
    ),
    (
        "LU-106",
        "206567.00 203187.00 -33448.67 | 1225939.00 1166387.48 | 1379603.00 1166387.48 178218.21 | 1730000.00 1499162.99 178218.21 | -4500.00",
    ),
    (
        "LU-107",
        "192637.00 0.00 0.00 | 1234620.00 794333.51 | 2145186.00 794333.51 456169.93 | 2220000.00 865200.89 1429408.49 | 119910.87",
    ),
    ("LU-108", "0.00 0.00 0.00 | 0.00 0.00 | 0.00 0.00 0.00 | 635000.00 613462.69 0.00 | 0.00"),
];

fn cost_by_initiative() {
    let prepared = prepared();
    let cost = &prepared.analyses.cost;
    let found: Vec<(&str, String)> = cost.initiatives.iter().map(|one| (one.initiative.as_str(), row(&one.reporting))).collect();
    let expected: Vec<(&str, String)> = COST.iter().map(|(id, row)| (*id, (*row).to_string())).collect();
    assert_eq!(found, expected);
    assert_eq!(shown(cost.unassigned.life.actual), "4682.87");
}

fn ledger_and_risks() {
    let prepared = prepared();
    assert!(prepared.analyses.cost.ledger_checks.iter().all(|check| check.residual().is_zero()));
    let total = &prepared.analyses.risk.total;
    let threats = (total.threats.quantified, shown(total.threats.expected));
    let opportunities = (total.opportunities.quantified, shown(total.opportunities.expected));
    assert_eq!(threats, (28, "1491366.66".to_string()));
    assert_eq!(opportunities, (4, "195690.00".to_string()));
}
