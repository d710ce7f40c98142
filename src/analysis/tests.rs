//! All analyses on any subset of the tables: nothing panics, and what a missing table holds is never a zero.

use super::*;
use crate::analysis::measure::Undefined;
use crate::model::testing::TestTables;
use proptest::prelude::*;

type Rows = (&'static str, &'static str, &'static [&'static str]);

const TABLES: &[Rows] = &[
    ("People", "Person ID | Name", &["P1 | Ann"]),
    ("Objectives", "Objective ID | Name | Owner", &["O1 | Grow | P1"]),
    (
        "Initiatives",
        "Initiative ID | Name | Owner | Objective | Currency | Approved budget",
        &["I1 | One | P1 | O1 | | 90", "I2 | Two | P1 | O1 | EUR | 50"],
    ),
    ("Deliverables", "Deliverable ID | Initiative | Name | Activity", &["L1 | I1 | a | A"]),
    (
        "Activities",
        "Initiative | Activity ID | WBS | Duration | Calendar | Fixed cost | Actual start | Percent complete",
        &["I1 | A | 1 | 9d | C1 | 50 | 2026-10-01 | 50%", "I1 | B | 2 | 5d | | 40 | |", "I2 | A | 1 | 3d | | 10 | |"],
    ),
    ("Dependencies", "Initiative | Predecessor | Successor | Type", &["I1 | A | B |", "I1 | B | I2/A |"]),
    ("Calendars", "Calendar ID | Name | Monday | Tuesday", &["C1 | Two days | 8 | 8"]),
    ("Calendar exceptions", "Calendar | Date | Working", &["C1 | 2026-10-05 | no"]),
    ("Progress", "As-of | Initiative | Activity | Percent complete | Actual cost", &["2026-10-31 | I1 | A | 60% | 20"]),
    ("Baselines", "Baseline | Initiative | Activity | Start | Finish | Cost", &["B | I1 | A | 2026-10-01 | 2026-10-30 | 50"]),
    ("Resources", "Resource ID | Name | Kind | Capacity", &["R1 | Ann | human | 1"]),
    ("Rates", "Resource | From | Rate | Unit", &["R1 | 2026-01-01 | 10 | hour"]),
    ("Assignments", "Initiative | Activity | Resource | Role | Units", &["I1 | A | R1 | | 1", "I1 | B | | Guide | 1"]),
    (
        "Budgets",
        "Initiative | Category | Capex/Opex | Period | Amount",
        &["I1 | L | opex | 2026-10 | 90", "I2 | L | opex | 2026-11 | 50"],
    ),
    ("Forecast", "Initiative | Category | Period | Amount", &["I1 | L | 2026-11 | 60"]),
    ("Cost codes", "Cost code | Initiative", &["K1 | I2"]),
    (
        "Actuals",
        "Entry ID | Posting date | Initiative | Cost code | Type | Amount",
        &["E1 | 2026-10-05 | I1 | | actual | 30", "E2 | 2026-10-05 | | K1 | commitment | 5"],
    ),
    (
        "FX rates",
        "From | To | Kind | Period | Rate",
        &["EUR | GBP | budget | 2026-10 | 0.8", "EUR | GBP | average | 2026-10 | 0.9"],
    ),
    ("Commentary", "Item | Measure | Period | Text", &["I1 | cost | 2026-10 | Well"]),
    ("Decisions", "Decision ID | Title | Date raised", &["D1 | a | 2026-10-01"]),
    ("Risks", "Risk ID | Initiative | Event | Owner | Probability | Cost likely", &["R1 | I1 | a | P1 | 10% | 10"]),
    ("Issues", "Issue ID | Initiative | Title | Raised | Severity | Owner | Risk", &["S1 | I2 | a | 2026-10-01 | 2 | P1 | R1"]),
    ("KPIs", "KPI ID | Name | Direction | Objective", &["K1 | a | up | O1"]),
    ("KPI readings", "KPI | Period | Value", &["K1 | 2026-10 | 3"]),
    ("Benefits", "Benefit ID | Name | Initiative | Measure | Baseline | Target", &["B1 | a | I1 | m | 0 | 1"]),
    ("Benefit profile", "Benefit | Period | Amount | Version", &["B1 | 2026-10 | 10 | business case"]),
];

/// The results of the tables that a mask lets in.
fn analysed(mask: u32) -> (Portfolio, Analyses) {
    let wanted = TABLES.iter().enumerate().filter(|(position, _)| mask & (1 << position) != 0);
    let tables = wanted.fold(TestTables::new(), |tables, (_, (name, header, rows))| tables.with(name, header, rows));
    let (portfolio, _) = tables.build("2026-10-31");
    let (analyses, _) = analyse(&portfolio, &Past::default());
    (portfolio, analyses)
}

proptest! {
    #[test]
    fn any_subset_of_tables_is_analysed_without_false_zeros(mask in any::<u32>()) {
        let (portfolio, analyses) = analysed(mask);
        let total = &analyses.cost.total;
        if !portfolio.has_table("Actuals") {
            prop_assert_eq!(total.life.actual, Err(Undefined::NoTable));
        }
        if !portfolio.has_table("Budgets") {
            prop_assert_eq!(total.life.budget, Err(Undefined::NoTable));
        }
        if !portfolio.has_table("Forecast") {
            prop_assert_eq!(total.full_year.outlook, Err(Undefined::NoTable));
        }
        if !portfolio.has_table("Benefit profile") {
            prop_assert!(analyses.benefits.total.forecast.total.is_err());
        }
        if !portfolio.has_table("KPI readings") {
            prop_assert!(analyses.kpis.kpis.iter().all(|kpi| kpi.value.is_err() && kpi.rag.is_err()));
        }
        if !portfolio.has_table("Risks") {
            prop_assert!(analyses.risk.total.threats.expected.is_err());
        }
    }
}

#[test]
fn with_every_table_the_figures_are_there() {
    let (_, analyses) = analysed(u32::MAX);
    let one = &analyses.cost.initiatives[0];
    let minor = |figure: measure::Measure<crate::base::money::Money>| figure.map(|money| money.minor);
    assert_eq!((minor(one.own.life.actual), minor(one.own.full_year.outlook)), (Ok(3000), Ok(9000)));
    assert_eq!(minor(analyses.risk.total.threats.expected), Ok(100));
    assert_eq!(minor(analyses.benefits.total.forecast.total), Ok(1000));
    assert_eq!(analyses.kpis.kpis[0].value, Ok(3.0));
    assert_eq!(analyses.decisions.open.len(), 1);
    assert_eq!(analyses.resources.roles.len(), 1);
}
