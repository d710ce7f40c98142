//! The portfolio depends on what the rows say, not on their order.

use crate::model::portfolio::Portfolio;
use crate::model::testing::{TestTables, told};
use proptest::prelude::*;
use regex::Regex;

type Rows = (&'static str, &'static str, &'static [&'static str]);

const TABLES: &[Rows] = &[
    ("People", "Person ID | Name | To", &["P1 | Ann |", "P2 | Bo | 2026-01-31", "P3 | Cy |"]),
    ("Initiatives", "Initiative ID | Name | Owner | Currency", &["I1 | One | P1 |", "I2 | Two | P2 | EUR", "I3 | Three | Cy |"]),
    (
        "Activities",
        "Initiative | Activity ID | WBS | Type | Duration | Owner",
        &[
            "I1 | S | 1 | summary | |",
            "I1 | A | 1.1 | | 2d | P1",
            "I1 | B | 1.10 | | 3d | P2",
            "I2 | A | 1 | | 1d |",
            "I9 | Z | 1 | | 1d |",
        ],
    ),
    (
        "Dependencies",
        "Initiative | Predecessor | Successor | Type",
        &["I1 | A | B |", "I1 | B | A |", "I1 | S | I2/A | FS", "I2 | A | Z |", "I2 | A | Q |"],
    ),
    (
        "Progress",
        "As-of | Initiative | Activity | Percent complete",
        &["2026-10-31 | I1 | A | 40%", "2026-09-30 | I1 | A | 50%", "2026-12-31 | I1 | B | 1%"],
    ),
    (
        "Budgets",
        "Initiative | Category | Capex/Opex | Period | Amount | Version",
        &["I1 | L | opex | 2026-10 | 10 | R9", "I1 | L | opex | 2026-11 | 20 | R10", "I2 | M | capex | 2026-10 | 5 |"],
    ),
    (
        "Risks",
        "Risk ID | Initiative | Event | Owner | Probability | Activities hit",
        &["R1 | I1 | a | P1 | 10% | A;B", "R2 | I2 | b | P2 | 20% | A"],
    ),
    ("KPIs", "KPI ID | Name | Direction | Parent", &["K1 | a | up | K2", "K2 | b | up | K3", "K3 | c | up | K1"]),
    ("KPI readings", "KPI | Period | Value", &["K1 | 2026-10 | 3", "K1 | 2026-09 | 2"]),
    (
        "FX rates",
        "From | To | Kind | Period | Rate",
        &["EUR | GBP | budget | 2026-10 | 0.8", "GBP | EUR | budget | 2026-10 | 1.4"],
    ),
];

/// The tables with rows in the order of some keys.
fn built(keys: &[u32]) -> (Portfolio, Vec<String>) {
    let mut tables = TestTables::new();
    for (name, header, rows) in TABLES {
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|&row| (keys.get(row).copied().unwrap_or(0), row));
        let rows: Vec<&str> = order.into_iter().map(|row| rows[row]).collect();
        tables = tables.with(name, header, &rows);
    }
    let (portfolio, findings) = tables.build("2026-10-31");
    let address = Regex::new(r" [A-Z]*\d+(:\d+)?:").expect("a pattern");
    let mut told: Vec<String> = told(&findings).iter().map(|line| address.replace(line, ":").into_owned()).collect();
    told.sort();
    (portfolio, told)
}

/// Everything but places.
fn placeless(portfolio: &Portfolio) -> String {
    let place = Regex::new(r"Origin \{ sheet: SheetName \{[^}]*\}, row: [^,]*, col: [^}]*\}").expect("a pattern");
    let p = portfolio;
    let told = format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        p.people,
        p.initiatives,
        p.activities,
        p.activity_index,
        p.dependencies,
        p.progress,
        p.budgets,
        p.plan_totals,
        p.risks,
        p.kpis,
        p.exchange
    );
    place.replace_all(&told, "").into_owned()
}

proptest! {
    #[test]
    fn rows_in_any_order_make_one_portfolio(keys in prop::collection::vec(any::<u32>(), 5)) {
        let (straight, findings) = built(&[]);
        let (turned, other) = built(&keys);
        prop_assert!(placeless(&straight) == placeless(&turned), "another portfolio");
        prop_assert_eq!(findings, other);
    }
}
