//! The sample portfolio's money against figures added up from the same cells by a separate program (pandas and decimal
//! arithmetic over the workbooks, with the known flaws of the sample left out).

use crate::harness;
use crate::sample::prepared;
use libtest_mimic::Trial;
use throughline::analysis::cost::{Dimension, Figures, PositionLine, Windows};
use throughline::analysis::earned_value::Scope;
use throughline::analysis::measure::Measure;
use throughline::base::id::InitiativeId;
use throughline::base::money::Money;

pub fn trials() -> Vec<Trial> {
    vec![
        harness::test("sample_figures::cost_by_initiative", cost_by_initiative),
        harness::test("sample_figures::ledger_and_risks", ledger_and_risks),
        harness::test("sample_figures::position_by_initiative", position_by_initiative),
        harness::test("sample_figures::burn_and_runway", burn_and_runway),
        harness::test("sample_figures::a_control_account_by_hand", a_control_account_by_hand),
        harness::test("sample_figures::what_is_left_of_contingency", what_is_left_of_contingency),
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
        "1430340.00 176189.14 -70654.10 | 4587142.00 1259663.80 | 11784833.00 1259663.80 7267781.60 | 16120000.00 4284208.37 12222687.95 | 2364245.47",
    ),
    (
        "LU-102",
        "239528.00 213364.71 11791.17 | 1414325.00 1369174.67 | 1629139.00 1369174.67 859512.45 | 4447500.00 4280275.37 1115167.04 | 0.00",
    ),
    (
        "LU-103",
        "47468.56 60264.33 -27497.46 | 1342472.04 1366249.61 | 1460519.94 1366249.61 117778.10 | 4094149.23 3866066.50 117778.10 | 0.00",
    ),
    (
        "LU-104",
        "1175190.00 946182.94 86030.76 | 5756869.00 5570819.87 | 7131541.00 5570819.87 1407131.44 | 8625000.00 7095091.78 1407131.44 | 956107.29",
    ),
    (
        "LU-105",
        "0.00 41948.84 28164.43 | 425683.00 575863.20 | 425683.00 575863.20 30024.99 | 2040000.00 2057151.61 30024.99 | 0.00",
    ),
    (
        "LU-106",
        "206567.00 220664.77 -33448.67 | 1225939.00 1166387.48 | 1419603.00 1166387.48 178218.21 | 1770000.00 1499162.99 178218.21 | -4500.00",
    ),
    (
        "LU-107",
        "192637.00 0.00 0.00 | 1234620.00 794333.51 | 1960186.00 794333.51 456169.93 | 2035000.00 865200.89 1429408.49 | 119910.87",
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

fn of_position(line: &PositionLine) -> String {
    let budget = [line.original, line.changes, line.budget].map(shown).join(" ");
    let estimate = [line.actual, line.commitments, line.uncommitted, line.estimate_at_completion].map(shown).join(" ");
    format!("{budget} | {estimate} | {}", shown(line.available))
}

/// Original budget, changes and current budget; actual cost, what is on order at the closing rate, what the forecast holds
/// beyond the orders, and the estimate at completion; what is available. In pounds.
const POSITION: &[(&str, &str)] = &[
    ("LU-101", "16120000.00 0.00 16120000.00 | 4284208.37 2364245.47 9858442.48 16506896.32 | 9471546.16"),
    ("LU-102", "4360000.00 87500.00 4447500.00 | 4280275.37 0.00 1115167.04 5395442.41 | 167224.63"),
    ("LU-103", "4094149.23 0.00 4094149.23 | 3866066.50 0.00 117778.10 3983844.60 | 228082.73"),
    ("LU-104", "8625000.00 0.00 8625000.00 | 7095091.78 956107.29 451024.15 8502223.22 | 573800.93"),
    ("LU-105", "2040000.00 0.00 2040000.00 | 2057151.61 0.00 30024.99 2087176.60 | -17151.61"),
    ("LU-106", "1730000.00 40000.00 1770000.00 | 1499162.99 -4500.00 182718.21 1677381.20 | 275337.01"),
    ("LU-107", "2220000.00 -185000.00 2035000.00 | 865200.89 119910.87 1309497.62 2294609.38 | 1049888.24"),
    ("LU-108", "635000.00 0.00 635000.00 | 613462.69 0.00 0.00 613462.69 | 21537.31"),
];

fn position_by_initiative() {
    let cost = &prepared().analyses.cost;
    let group = cost.groups.iter().find(|group| group.dimension == Dimension::Initiative).expect("by initiative");
    let of_initiatives = group.lines.iter().filter(|(label, _)| !label.is_empty());
    let found: Vec<(&str, String)> = of_initiatives.map(|(label, line)| (label.as_str(), of_position(line))).collect();
    let expected: Vec<(&str, String)> = POSITION.iter().map(|(id, row)| (*id, (*row).to_string())).collect();
    assert_eq!(found, expected);
}

/// Mean actual cost of August to October 2026, current budget less actual cost, and how many months that lasts.
fn burn_and_runway() {
    let burns = &prepared().analyses.cost.burn;
    let row = |id: Option<&str>| {
        let burn = burns.iter().find(|burn| burn.initiative.as_ref().map(InitiativeId::as_str) == id).expect("a burn rate");
        let runway = burn.runway_periods.map_or_else(|_| "-".into(), |periods| format!("{periods:.4}"));
        format!("{} {} {runway}", shown(burn.per_period), shown(burn.remaining))
    };
    assert_eq!(row(None), "1704039.20 15201346.16 8.9208");
    assert_eq!(row(Some("LU-102")), "191220.34 167224.63 0.8745");
    assert_eq!(row(Some("LU-104")), "887768.84 1529908.22 1.7233");
}

/// The head-end system of LU-101: five activities done, one at 95 % and two not begun, whose baseline ended in September;
/// baseline costs of 307,283.20, 1,025,456.00, 247,936.00, 69,408.00, 56,760.00, 1,408,937.95, 79,096.96 and 72,633.60; and
/// every cost line of WBS 2, converted by category, period and currency.
fn a_control_account_by_hand() {
    let scopes = &prepared().analyses.earned_value.scopes;
    let account = scopes.iter().find(|scope| scope.scope == Scope::ControlAccount("CA-101-2".into())).expect("the account");
    let base = &account.current.base;
    let actual = base.actual_cost.expect("actual cost");
    let measures = [base.budget_at_completion, base.planned_value, base.earned_value, actual];
    let shown = measures.map(|amount| amount.round_dp(2).to_string());
    assert_eq!(shown, ["3267511.71", "3267511.71", "3045334.25", "3191230.09"]);
}

/// Opening less drawdowns and releases, in each fund's currency, as finance wrote them.
fn what_is_left_of_contingency() {
    let funds = &prepared().analyses.reserves.funds;
    let left: Vec<String> = funds.iter().map(|fund| shown(fund.remaining)).collect();
    // LU-101 1,290,000 - 18,000 - 70,000 - 45,000; LU-102 262,000 - 35,000 - 60,000 - 65,000 - 75,000; LU-103, in euro,
    // 337,000 - 30,000 - 55,000 - 100,000; LU-104 776,000 - 420,000 - 40,000; LU-105 102,000 - 15,000 - 8,000;
    // LU-106 86,000 - 20,000; LU-107 178,000 - 30,000; LU-108 32,000 - 6,000 - 9,000 - 17,000; the management reserve
    // 1,200,000 + 17,000 - 250,000 + 87,000.
    let expected =
        ["1157000.00", "27000.00", "152000.00", "316000.00", "79000.00", "66000.00", "148000.00", "0.00", "1054000.00"];
    assert_eq!(left, expected);
}
