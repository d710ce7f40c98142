//! Small tables written as text; every expected finding is told with its cell, and no other.

use crate::base::finding::Findings;
use crate::model::budget_control::Approver;
use crate::model::portfolio::Portfolio;
use crate::model::settings::Settings;
use crate::model::testing::{TestTables, settings, told};

const CHANGES: &str = "Change ID | Type | From | To | Amount | Currency | Period | To period | Category | To category | \
                       Funding source | Reason | Requester | Approver | Approved on | Status";

fn registers() -> TestTables {
    TestTables::new()
        .with("People", "Person ID | Name", &["P1 | Ann Lee", "P2 | Bo Chan"])
        .with("Initiatives", "Initiative ID | Name | Currency", &["I1 | One |", "I2 | Two | JPY", "I3 | Three |"])
        .with("Authority limits", "Body or role | Kind | Limit | Escalates to", &["Board | any | |"])
}

/// The portfolio and its findings but for those of currencies without a rate, which these tables do not give.
fn built(tables: TestTables, settings: &Settings) -> (Portfolio, Vec<String>) {
    let (portfolio, findings) = tables.build_with(settings);
    let findings = findings.0.into_iter().filter(|finding| finding.code.id != "M094").collect();
    (portfolio, told(&Findings(findings)))
}

fn totals(portfolio: &Portfolio, table: &str) -> Vec<String> {
    let mine = portfolio.plan_totals.iter().filter(|total| total.table == table);
    mine.map(|total| {
        assert!(total.residual().is_zero(), "{total:?}");
        let sums = [total.read, total.used, total.left_out].map(|sum| sum.normalize().to_string());
        format!("{} {}: {}", total.currency, total.lines, sums.join(" "))
    })
    .collect()
}

#[test]
fn each_kind_of_change_has_its_sides() {
    let rows = [
        "C1 | virement | I1 | I3 | 100 | | 2026-10 | | Labour | Travel | | why | P1 | P2 | 2026-10-05 | approved",
        "C2 | increase | | I1 | 50.5 | | 2026-11 | | Labour | | | why | P1 | Board | 2026-10-05 |",
        "C3 | decrease | I2 | | 7 | | 2026-10 | | Labour | | | why | P1 | | |",
        "C4 | re-phase | I1 | | 20 | | 2026-09 | 2026-12 | Labour | | | why | P1 | board | 2026-11-02 | approved",
    ];
    let (portfolio, findings) = built(registers().with("Budget changes", CHANGES, &rows), &settings("2026-10-31"));
    let shown: Vec<String> = portfolio
        .budget_changes
        .iter()
        .map(|change| {
            let side = |place: &Option<crate::model::budget_control::BudgetPlace>| {
                place.as_ref().map_or("-".into(), |place| format!("{} {} {}", place.initiative, place.category, place.period))
            };
            let approver = change.approver.as_ref().map_or("-", Approver::name);
            let (from, to) = (side(&change.from), side(&change.to));
            format!("{} {} {}: {from} > {to}, {} {approver}", change.id, change.amount, change.currency, change.status.word())
        })
        .collect();
    assert_eq!(
        shown,
        [
            "C1 100 GBP: I1 Labour FY2026-P10 > I3 Travel FY2026-P10, approved P2",
            "C2 50.5 GBP: - > I1 Labour FY2026-P11, approved Board",
            "C3 7 JPY: I2 Labour FY2026-P10 > -, proposed -",
            "C4 20 GBP: I1 Labour FY2026-P09 > I1 Labour FY2026-P12, approved Board",
        ]
    );
    assert_eq!(findings, ["M166 Budget changes O5: 2026-11-02"]);
    assert_eq!(totals(&portfolio, "Budget changes"), ["GBP 3: 170.5 170.5 0", "JPY 1: 7 7 0"]);
}

#[test]
fn a_change_that_cannot_be_placed_is_left_out_and_told() {
    let rows = [
        "C1 | virement | I1 | I9 | 1 | | 2026-10 | | | | | why | P1 | | | proposed",
        "C2 | virement | | | 2 | | 2026-10 | | | | | why | P1 | | | proposed",
        "C3 | increase | I1 | I3 | 4 | | 2026-10 | | | | | why | P1 | | | proposed",
        "C4 | re-phase | I1 | I3 | 8 | | 2026-10 | 2026-11 | | | | why | P1 | | | proposed",
        "C5 | increase | | I1 | -16 | | 2026-10 | | | | | why | P1 | | | proposed",
        "C6 | increase | | I1 | 0 | | 2026-10 | | | | | why | P1 | | | proposed",
        "C7 | re-phase | I1 | | 32 | | 2026-10 | | | | | why | P1 | | | proposed",
        "C7 | increase | | I1 | 64 | | 2026-10 | | | | | why | P1 | | | proposed",
    ];
    let (portfolio, findings) = built(registers().with("Budget changes", CHANGES, &rows), &settings("2026-10-31"));
    assert_eq!(portfolio.budget_changes.len(), 0);
    // 1 + 2 + 4 + 8 - 16 + 0 + 32 + 64. That C7 lacks its To period is for the rules of the table.
    assert_eq!(totals(&portfolio, "Budget changes"), ["GBP 8: 95 0 95"]);
    assert_eq!(
        findings,
        [
            "M001 Budget changes D2: I9",
            "M008 Budget changes A9: C7",
            "M160 Budget changes E6: -16",
            "M160 Budget changes E7: 0",
            "M162 Budget changes B4: increase from I1 to I3",
            "M162 Budget changes B5: re-phase from I1 to I3",
            "M162 Budget changes C3: virement from nothing to nothing",
        ]
    );
}

#[test]
fn a_change_is_questioned_where_it_says_too_little() {
    let rows = [
        "C1 | virement | I1 | I1 | 1 | | 2026-10 | | Labour | Labour | | why | P1 | Ann Lee | 2026-10-05 |",
        "C2 | virement | I1 | I2 | 1 | | 2026-10 | | Labour | | | | | Bord | 2026-10-05 |",
        "C3 | virement | I1 | I1 | 1 | | 2026-10 | | Labour | Travel | | why | P1 | P2 | 2026-10-05 |",
        "C4 | virement | I1 | I1 | 1 | | 2026-10 | | Labour | | | | | | | rejected",
    ];
    let (portfolio, findings) = built(registers().with("Budget changes", CHANGES, &rows), &settings("2026-10-31"));
    assert_eq!(portfolio.budget_changes[1].approver, Some(Approver::Body("Bord".into())));
    assert_eq!(
        findings,
        [
            "M007 Budget changes N2: Ann Lee",
            "M164 Budget changes L3: nothing",
            "M164 Budget changes M3: nothing",
            "M165 Budget changes N3: Bord",
            "M168 Budget changes F3: nothing, between GBP and JPY",
        ]
    );
}

#[test]
fn orders_and_funding_are_placed_or_told() {
    let tables = registers()
        .with(
            "Commitments",
            "PO | Vendor | Initiative | Amount | Currency | Raised | Status",
            &[
                "PO-2 | North | I1 | 100 | | 2026-06-01 |",
                "PO-1 | North | I2 | 50000 | | 2026-06-01 | partly delivered",
                "PO-3 | South | I1 | -5 | | |",
                "PO-4 | South | I9 | 7 | EUR | |",
                "PO-5 | South | I1 | 9 | | 2026-11-01 |",
            ],
        )
        .with(
            "Funding",
            "Source | Amount | Currency | From | To | Match % | Expiry | Initiative",
            &[
                "Grant | 1000 | EUR | 2026-04-01 | | 150% | 2026-03-01 |",
                "Digital fund | 500 | | 2026-04-01 | 2027-03-31 | 50% | |",
                "Digital fund | 500 | | | | | | I9",
                "Loan | -1 | | | | | |",
            ],
        )
        .with(
            "Budgets",
            "Initiative | Category | Capex/Opex | Funding source | Period | Amount",
            &[
                "I1 | Labour | opex | Dgital fund | 2026-10 | 5",
                "I1 | Labour | opex | digital  Fund | 2026-10 | 5",
                "I1 | Labour | opex | Grant | 2026-10 | 5",
            ],
        );
    let (portfolio, findings) = built(tables, &settings("2026-10-31"));
    let orders: Vec<String> = portfolio.commitments.iter().map(|order| format!("{} {}", order.po, order.status.word())).collect();
    assert_eq!(orders, ["PO-1 partly delivered", "PO-2 open"]);
    assert_eq!(totals(&portfolio, "Commitments"), ["EUR 1: 7 0 7", "GBP 3: 104 100 4", "JPY 1: 50000 50000 0"]);
    assert_eq!(totals(&portfolio, "Funding"), ["EUR 1: 1000 1000 0", "GBP 3: 999 500 499"]);
    assert_eq!(portfolio.funding.iter().map(|line| line.match_share).collect::<Vec<_>>(), [Some(0.5), None]);
    assert_eq!(
        findings,
        [
            "M001 Commitments C5: I9",
            "M001 Funding H4: I9",
            "M161 Commitments D4: -5",
            "M161 Funding B5: -1",
            "M169 Commitments F6: 2026-11-01",
            "M173 Funding F2: 150 %",
            "M174 Funding G2: 2026-03-01",
            "M175 Budgets D2: Dgital fund",
        ]
    );
}

#[test]
fn reserves_open_once_and_draw_for_their_own_risks() {
    let tables = registers()
        .with(
            "Risks",
            "Risk ID | Initiative | Event | Owner | Probability | Cost likely",
            &["R1 | I1 | Rain | P1 | 30% | 5", "R3 | I3 | Snow | P1 | 30% | 5"],
        )
        .with(
            "Contingency",
            "Fund | Initiative | Date | Movement | Amount | Risk | Approver",
            &[
                "contingency | I1 | 2026-05-01 | drawdown | 10 | R1 | P2",
                "contingency | I1 | 2026-04-10 | opening | 100 | |",
                "contingency | I1 | 2026-04-01 | drawdown | 1 | R3 | P2",
                "contingency | I1 | 2026-06-01 | opening | 40 | |",
                "management reserve | | 2026-04-01 | opening | 500 | |",
                "management reserve | | 2026-11-01 | release | 500 | |",
                "contingency | I1 | 2026-07-01 | drawdown | -3 | R1 | P2",
                "contingency | I1 | 2026-07-01 | drawdown | 2 | R9 | P2",
            ],
        );
    let (portfolio, findings) = built(tables, &settings("2026-10-31"));
    let shown: Vec<String> = portfolio
        .reserves
        .iter()
        .map(|each| {
            let risk = each.risk.as_ref().map_or("-", |risk| risk.as_str());
            format!("{} {} {} {} {risk}", each.fund.word(), each.date, each.movement.word(), each.amount)
        })
        .collect();
    assert_eq!(
        shown,
        [
            "contingency 2026-04-01 drawdown 1 R3",
            "contingency 2026-04-10 opening 100 -",
            "contingency 2026-05-01 drawdown 10 R1",
            "contingency 2026-07-01 drawdown 2 -",
            "management reserve 2026-04-01 opening 500 -",
        ]
    );
    // 10 + 100 + 1 + 40 + 500 + 500 - 3 + 2; left out are 40, 500 and -3.
    assert_eq!(totals(&portfolio, "Contingency"), ["GBP 8: 1150 613 537"]);
    assert_eq!(
        findings,
        [
            "M001 Contingency F9: R9",
            "M161 Contingency E8: -3",
            "M169 Contingency C7: 2026-11-01",
            "M170 Contingency 5:5: opening of the contingency of I1 in GBP",
            "M171 Contingency 4:4: drawdown on 2026-04-01 from the contingency of I1 in GBP",
            "M172 Contingency F4: R3, a risk of I3",
        ]
    );
}

/// Limits as `holder | kind | limit | escalates to`, and the findings expected.
fn limits(rows: &[&str]) -> Vec<String> {
    let tables = TestTables::new().with("Authority limits", "Body or role | Kind | Limit | Escalates to", rows);
    let (_, findings) = tables.build("2026-10-31");
    findings.0.iter().map(|finding| format!("{}: {}", finding.code.id, finding.found)).collect()
}

#[test]
fn levels_of_authority_lead_upwards_to_somebody() {
    let none: [&str; 0] = [];
    assert_eq!(limits(&["PM | virement | 100 | board", "Board | virement | 500 | Council", "Council | any | | "]), none);
    assert_eq!(
        limits(&["PM | any | 100 | Board", "Board | any | 100 | Council", "Council | any | |"]),
        ["M176: 100, and 100 of Board above"]
    );
    assert_eq!(limits(&["PM | any | 100 | Bord", "Board | any | | "]), ["M178: Bord"]);
    // A level that decides on another kind alone is none for this one.
    assert_eq!(limits(&["PM | virement | 100 | Board", "Board | increase | | "]), ["M178: Board"]);
    assert_eq!(limits(&["PM | any | 100 |"]), ["M179: nothing"]);
    assert_eq!(limits(&["PM | any | | Board", "Board | any | |"]), ["M180: nothing"]);
    assert_eq!(
        limits(&["A | any | 1 | B", "B | any | 2 | C", "C | any | 3 | B"]),
        ["M176: 3, and 2 of B above", "M177: B > C > B"]
    );
    assert_eq!(limits(&["A | any | 1 | A"]), ["M176: 1, and 1 of A above", "M177: A > A"]);
    assert_eq!(limits(&["A | any | -1 |"]), ["M161: -1"]);
}

#[test]
fn a_late_ledger_line_counts_in_the_next_open_period() {
    let mut settings = settings("2026-10-31");
    settings.finance.closed_through = settings.fiscal.parse("2026-09");
    let rows = [
        "E1 | 2026-09-29 | 2026-10-07 | I1 | actual | 1",
        "E2 | 2026-09-29 | 2026-10-08 | I1 | actual | 2",
        "E3 | 2026-09-30 | 2026-11-02 | I1 | actual | 4",
        "E4 | 2026-10-01 | 2026-12-31 | I1 | actual | 8",
        "E5 | 2026-09-30 | | I1 | actual | 16",
    ];
    let tables = registers().with("Actuals", "Entry ID | Posting date | Entered on | Initiative | Type | Amount", &rows);
    let (portfolio, findings) = built(tables, &settings);
    let frame = &portfolio.ledger.frame;
    let column = |name: &str| frame.column(name).expect("a column").i32().expect("whole numbers").iter().collect::<Vec<_>>();
    let fiscal = settings.fiscal;
    let ordinal = |text: &str| fiscal.parse(text).map(crate::base::period::Period::ordinal);
    let (september, october, november) = (ordinal("2026-09"), ordinal("2026-10"), ordinal("2026-11"));
    // E3 was entered when October was open, though September was long closed.
    assert_eq!(column("period"), [september, october, october, october, september]);
    assert_eq!(column("original_period"), [None, september, september, None, None]);
    assert_eq!(findings, ["M181 Actuals C3: 2026-10-08, for FY2026-P09", "M181 Actuals C4: 2026-11-02, for FY2026-P09"]);
    assert!(portfolio.ledger.totals.iter().all(|total| total.residual().is_zero() && total.assigned == 31.into()));

    // With October closed as well, what came for it after its closing waits for November, which has not begun.
    settings.finance.closed_through = fiscal.parse("2026-10");
    let tables = registers().with("Actuals", "Entry ID | Posting date | Entered on | Initiative | Type | Amount", &rows);
    let (portfolio, _) = built(tables, &settings);
    let later = portfolio.ledger.later.column("period").expect("a column").i32().expect("whole numbers").get(0);
    assert_eq!((later, portfolio.ledger.later.height()), (november, 1));
    let total = &portfolio.ledger.totals[0];
    assert_eq!((total.after_as_of, total.residual()), (8.into(), 0.into()));
}
