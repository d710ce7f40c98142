//! The money pages of a small portfolio whose figures are worked out by hand.

use super::tests::shown;
use super::{book, context::figure};
use crate::model::testing::TestTables;
use crate::report::book::{Block, Book, Bridge, Sheet, Value, show, total_of};
use crate::report::testing::{columns_named, table, with_input};
use crate::report::tidy;
use rust_decimal::Decimal;

/// As of Friday 6 March 2026. P1: budget 1,500, of which 1,000 in February; an increase of 100 and a virement of 200 make it
/// 1,800. Spent 1,050, of which 150 accrued; 120 on order; forecast 700 in April, of which orders cover 120. So the estimate
/// at completion is 1,050 + 120 + 580 = 1,750, 50 below budget, and 1,800 - 1,050 - 120 = 630 is available. P2: budget 2,000
/// less 200; spent 1,900; forecast 100: estimate 2,000, 200 above budget.
fn tables() -> TestTables {
    TestTables::new()
        .with("Initiatives", "Initiative ID | Name", &["P1 | First", "P2 | Second"])
        .with("People", "Person ID | Name", &["A | Ann", "B | Bob"])
        .with(
            "Budgets",
            "Initiative | Category | Period | Amount",
            &["P1 | Labour | 2026-02 | 1000", "P1 | Labour | 2026-04 | 500", "P2 | Build | 2026-02 | 2000"],
        )
        .with(
            "Budget changes",
            "Change ID | Type | From | To | Amount | Period | Category | To category | Requester | Approver | Approved on | Status",
            &[
                "C1 | increase | | P1 | 100 | 2026-04 | Labour | | A | B | 2026-03-01 | approved",
                "C2 | virement | P2 | P1 | 200 | 2026-02 | Build | Labour | A | A | 2026-03-02 | approved",
                "C3 | increase | | P2 | 50 | 2026-04 | Build | | A | | | proposed",
            ],
        )
        .with(
            "Actuals",
            "Entry ID | Posting date | Initiative | Category | Type | Amount",
            &[
                "E1 | 2026-02-10 | P1 | Labour | actual | 900",
                "E2 | 2026-02-20 | P1 | Labour | accrual | 150",
                "E3 | 2026-02-11 | P2 | Build | actual | 1900",
                "E4 | 2026-02-12 | P1 | Labour | commitment | 120",
            ],
        )
        .with("Forecast", "Initiative | Category | Period | Amount", &["P1 | Labour | 2026-04 | 700", "P2 | Build | 2026-04 | 100"])
        .with("Funding", "Source | Amount | From", &["Fund A | 3000 | 2026-01-01"])
        .with(
            "Risks",
            "Risk ID | Initiative | Event | Kind | Probability | Cost likely | Residual probability | Residual cost likely | Status",
            &["R1 | P1 | It rains | threat | 50% | 400 | 50% | 200 | open"],
        )
        .with(
            "Contingency",
            "Fund | Initiative | Date | Movement | Amount | Risk",
            &["contingency | P1 | 2026-01-05 | opening | 500 |", "contingency | P1 | 2026-02-05 | drawdown | 100 | R1"],
        )
}

fn book_of(tables: TestTables) -> Book {
    with_input(tables, None, book)
}

fn total(book: &Book, name: &str, header: &str) -> String {
    let table = table(book, name);
    let at = table.position(header).unwrap_or_else(|| panic!("{name} has no {header}"));
    show(&total_of(table, at), &table.columns[at].kind)
}

#[test]
fn the_position_is_what_the_hand_works_out() {
    let book = book_of(tables());
    let headers = [
        "Original (GBP)",
        "Changes (GBP)",
        "PL (GBP)",
        "AC (GBP)",
        "Of which accrued (GBP)",
        "On order (GBP)",
        "FC to come (GBP)",
        "FC beyond orders (GBP)",
        "EAC (GBP)",
        "Available (GBP)",
        "dPL (GBP)",
        "dPL %",
    ];
    let position = table(&book, "tbl_position");
    let first = ["1,500", "300", "1,800", "1,050", "150", "120", "700", "580", "1,750", "630", "(50)", "-2.8%"];
    assert_eq!(shown(position, 0, &headers), first);
    let second = ["2,000", "(200)", "1,800", "1,900", "-", "-", "100", "100", "2,000", "(100)", "200", "11.1%"];
    assert_eq!(shown(position, 1, &headers), second);
    let whole = ["3,500", "100", "3,600", "2,950", "150", "120", "800", "680", "3,750", "530", "150", "4.2%"];
    assert_eq!(headers.map(|header| total(&book, "tbl_position", header)), whole);
}

#[test]
fn every_check_of_the_money_pages_is_good() {
    let book = book_of(tables());
    let mut seen = 0;
    for table in book.sheets.iter().flat_map(Sheet::tables) {
        let Some(at) = table.position("Check").filter(|at| *at > 0) else { continue };
        for row in &table.rows {
            assert_eq!(row[at].result(), &Value::Text("ok".into()), "{}: {row:?}", table.name);
            seen += 1;
        }
    }
    assert!(seen > 12, "{seen}");
}

fn bridge(book: &Book) -> &Bridge {
    let mut blocks = book.sheets.iter().flat_map(Sheet::blocks);
    blocks.find_map(|block| if let Block::Bridge(bridge) = block { Some(bridge) } else { None }).expect("a bridge")
}

#[test]
fn the_bridge_leaves_nothing_unexplained() {
    let book = book_of(tables());
    let steps: Vec<(&str, Decimal)> = bridge(&book).steps.iter().map(|step| (step.label.as_str(), step.value)).collect();
    let expected = [
        ("Original budget", 3_500),
        ("Approved changes", 100),
        ("Current budget", 3_600),
        ("Price and volume", -50),
        ("FX", 0),
        ("FC against later PL", 200),
        ("Estimate at completion", 3_750),
    ];
    assert_eq!(steps, expected.map(|(label, value)| (label, Decimal::from(value))));
    assert!(bridge(&book).steps.iter().all(|step| step.formula.is_some()));
    let moves: Decimal = bridge(&book).steps.iter().filter(|step| !step.is_total).map(|step| step.value).sum();
    assert_eq!(steps[0].1 + moves, steps[6].1);
}

#[test]
fn cash_and_runway_are_what_the_hand_works_out() {
    let book = book_of(tables());
    let cash = table(&book, "tbl_cash");
    assert_eq!(total(&book, "tbl_cash", "AC paid (GBP)"), "2,800");
    assert_eq!(total(&book, "tbl_cash", "FC expected (GBP)"), "950");
    let last = cash.rows.len() - 1;
    let ends = ["Out, cumulative (GBP)", "Funding, cumulative (GBP)", "Funding less out (GBP)"];
    assert_eq!(shown(cash, last, &ends), ["3,750", "3,000", "(750)"]);
    let burn = shown(table(&book, "tbl_burn"), 0, &["Remaining (GBP)", "Burn a period (GBP)", "Runway (periods)"]);
    assert_eq!(burn, ["650", "983", "0.7"], "2,950 over three periods; 650 / 983.33");
}

#[test]
fn budgets_funding_and_funds_are_what_the_hand_works_out() {
    let book = book_of(tables());
    let steps =
        ["Original (GBP)", "Increases (GBP)", "Virements in (GBP)", "Virements out (GBP)", "PL current (GBP)", "Pending (GBP)"];
    let corkscrew = table(&book, "tbl_budget_corkscrew");
    assert_eq!(shown(corkscrew, 0, &steps), ["1,500", "100", "200", "-", "1,800", "-"]);
    assert_eq!(shown(corkscrew, 1, &steps), ["2,000", "-", "-", "(200)", "1,800", "50"]);
    let net =
        shown(table(&book, "tbl_virement_net"), 0, &["Virements in (GBP)", "Virements out (GBP)", "Left over (GBP)", "Check"]);
    assert_eq!(net, ["200.00", "(200.00)", "-", "ok"]);
    let broken = table(&book, "tbl_changes_broken");
    assert_eq!(shown(broken, 0, &["Change"]), ["C2"], "asked for and approved by Ann");
    let funding = ["Amount (GBP)", "Used to date (GBP)", "To be used (GBP)", "Unallocated (GBP)"];
    assert_eq!(shown(table(&book, "tbl_funding_sources"), 0, &funding), ["3,000", "2,950", "50", "-"]);
    assert_eq!(total(&book, "tbl_funding_initiatives", "Unfunded (GBP)"), "750");
    let funds = ["Opening", "Drawdowns", "Left, own", "Exposure (GBP)", "Coverage", "Surplus (GBP)"];
    assert_eq!(shown(table(&book, "tbl_reserves"), 0, &funds), ["500", "100", "400", "100", "4.00", "300"]);
}

/// A board member finds the money where the page opens.
#[test]
fn the_executive_page_opens_with_the_money() {
    let book = book_of(tables());
    let mut blocks = book.sheets.iter().flat_map(Sheet::blocks);
    let tiles = blocks.find_map(|block| if let Block::Tiles(tiles) = block { Some(tiles) } else { None }).expect("tiles");
    let shown: Vec<(String, Option<f64>)> =
        tiles.iter().take(4).map(|tile| (tile.label.clone(), figure(&tile.value.value))).collect();
    let expected = [
        ("Estimate at completion, GBP", 3_750.0),
        ("Available budget, GBP", 530.0),
        ("Cash out, next 3 months, GBP", 950.0),
        ("Contingency cover", 4.0),
    ];
    assert_eq!(shown, expected.map(|(label, value)| (label.to_string(), Some(value))));
}

#[test]
fn what_did_not_come_in_is_said_and_leaves_no_empty_page() {
    let book = book_of(TestTables::new().with("Initiatives", "Initiative ID | Name", &["P1 | First"]));
    for name in ["Cost Position", "Budget Changes", "Cash Flow", "Funding", "Contingency"] {
        let sheet = book.sheets.iter().find(|sheet| sheet.name == name).unwrap_or_else(|| panic!("no sheet {name}"));
        let told = sheet.blocks().any(|block| match block {
            Block::Note(note) => {
                note.paragraphs.iter().any(|words| words.to_lowercase().contains("not available") || words.contains("No "))
            }
            _ => false,
        });
        assert!(told, "{name}");
    }
    for absent in ["Funding by Period", "Reserve Corkscrew", "Budget Change Register"] {
        assert!(book.sheets.iter().all(|sheet| sheet.name != absent), "{absent}");
    }
    columns_named(&book);
}

#[test]
fn every_formula_of_the_money_pages_names_what_is_there() {
    let seen = columns_named(&book_of(tables()));
    assert!(seen > 400, "{seen}");
}

/// R26: the same numbers as the workbook, and every dimension adds up to the same totals.
#[test]
fn tidy_results_add_up_by_every_dimension() {
    with_input(tables(), None, |input| {
        let results = tidy::tables(input);
        let position = results.iter().find(|table| table.name == "cost_position").expect("a position");
        let column = |name: &str| position.column(name).expect("a column").values.clone();
        let (tidy::Values::Text(dimensions), tidy::Values::Amount(estimates)) =
            (column("dimension"), column("estimate_at_completion"))
        else {
            panic!("types")
        };
        for dimension in ["initiative", "work package", "category", "capital and operating", "funding source", "period"] {
            let rows = dimensions.iter().zip(&estimates).filter(|(of, _)| of.as_deref() == Some(dimension));
            let sum: Decimal = rows.filter_map(|(_, estimate)| *estimate).sum();
            assert_eq!(sum, Decimal::from(3_750), "{dimension}");
        }
        let lines = results.iter().find(|table| table.name == "cost_lines").expect("lines");
        let tidy::Values::Amount(spent) = lines.column("actual_cost").expect("a column").values.clone() else { panic!("type") };
        assert_eq!(spent.iter().flatten().sum::<Decimal>(), Decimal::from(2_950));
    });
}
