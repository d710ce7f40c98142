//! Hand-worked ledgers, written as text; and laws that hold for any ledger.

use super::*;
use crate::model::finance::EntryKind;
use crate::model::settings::Settings;
use crate::model::testing::{TestTables, settings, told};

const LINES: &str =
    "Entry ID | Posting date | Initiative | Cost code | Category | Type | Amount | Currency | Vendor | PO | Document";

fn tables(rows: &[&str]) -> TestTables {
    TestTables::new()
        .with("Initiatives", "Initiative ID | Name", &["I1 | One", "I2 | Two", "LU-106 | Three"])
        .with("Cost codes", "Cost code | Initiative", &["C1-LAB | I1", "C2-LAB | I2"])
        .with("Actuals", LINES, rows)
}

/// The review as of 31 October 2026, and what it tells.
fn reviewed(tables: TestTables) -> (LedgerReview, Vec<String>) {
    reviewed_with(tables, &settings("2026-10-31"))
}

fn reviewed_with(tables: TestTables, settings: &Settings) -> (LedgerReview, Vec<String>) {
    let (portfolio, _) = tables.build_with(settings);
    let (review, mut findings) = ledger_review(&portfolio);
    for finding in &mut findings.0 {
        finding.origin = finding.origin.take().map(|place| portfolio.cells.cell(&place, &finding.table, &finding.field));
    }
    (review, told(&findings))
}

fn pairs(review: &LedgerReview) -> Vec<String> {
    let entry = |line: &Option<LedgerLineRef>| line.as_ref().map_or("-".to_string(), |line| line.entry.clone());
    let shown = |pair: &AccrualPair| {
        format!("{} {} {} {}", entry(&pair.accrual), entry(&pair.reversal), pair.difference.amount(), pair.state.label())
    };
    review.accruals.iter().map(shown).collect()
}

#[test]
fn an_accrual_is_paired_by_document_then_order_then_vendor() {
    let (review, told) = reviewed(tables(&[
        "A1 | 2026-08-31 | I1 | | Work | accrual | 100 | | North | PO1 | ACC-1",
        "A2 | 2026-08-31 | I1 | | Work | accrual | 100 | | North | PO2 | ACC-2",
        "A3 | 2026-08-31 | I1 | | Work | accrual | 100 | | North | PO3 | ACC-3",
        "R1 | 2026-09-01 | I1 | | Work | reversal | -100 | | North | | ",
        "R2 | 2026-09-01 | I1 | | Work | reversal | -100 | | North | PO1 | ",
        "R3 | 2026-09-01 | I1 | | Work | reversal | -100 | | North | PO1 | ACC-2",
    ]));
    assert_eq!(pairs(&review), ["A1 R2 0.00 reversed", "A2 R3 0.00 reversed", "A3 R1 0.00 reversed"]);
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn the_accrual_of_the_period_before_comes_first_then_the_oldest_then_the_same_period() {
    let (review, _) = reviewed(tables(&[
        "A1 | 2026-06-30 | I1 | | Work | accrual | 50 | | North | | ",
        "A2 | 2026-08-31 | I1 | | Work | accrual | 50 | | North | | ",
        "R1 | 2026-09-01 | I1 | | Work | reversal | -50 | | North | | ",
        "R2 | 2026-09-02 | I1 | | Work | reversal | -50 | | North | | ",
        "A3 | 2026-09-03 | I1 | | Work | accrual | 50 | | North | | ",
        "R3 | 2026-09-04 | I1 | | Work | reversal | -50 | | North | | ",
        // A reversal never comes before its accrual.
        "R4 | 2026-05-01 | I1 | | Work | reversal | -50 | | North | | ",
    ]));
    let expected = ["- R4 -50.00 reversal alone", "A1 R2 0.00 reversed", "A2 R1 0.00 reversed", "A3 R3 0.00 reversed"];
    assert_eq!(pairs(&review), expected);
}

#[test]
fn an_accrual_is_overdue_once_its_next_period_is_over() {
    let rows = [
        "A1 | 2026-09-30 | I1 | | Work | accrual | 10 | | North | | ACC-1",
        "A2 | 2026-10-30 | I1 | | Work | accrual | 20 | | North | | ACC-2",
        "A3 | 2026-09-30 | I2 | | Work | accrual | 30 | | South | | ACC-3",
        "E1 | 2026-10-05 | I2 | | Work | actual | 30 | | South | | INV-9",
    ];
    let (review, told) = reviewed(tables(&rows));
    assert_eq!(pairs(&review), ["A1 - 10.00 overdue", "A3 - 30.00 overdue", "A2 - 20.00 open"]);
    assert_eq!(review.accruals[1].invoice.as_ref().map(|line| line.entry.as_str()), Some("E1"));
    assert_eq!(told, ["A200 Actuals G2: A1, 10.00 GBP, not reversed", "A200 Actuals G4: A3, 30.00 GBP, not reversed"]);
    // On the day before October ends, September's accruals may still be reversed.
    let (review, told) = reviewed_with(tables(&rows), &settings("2026-10-30"));
    assert_eq!(pairs(&review), ["A1 - 10.00 open", "A3 - 30.00 open", "A2 - 20.00 open"]);
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn what_does_not_cancel_out_is_told() {
    let (review, told) = reviewed(tables(&[
        "A1 | 2026-08-31 | I1 | | Work | accrual | 100 | | North | | ACC-1",
        "R1 | 2026-09-01 | I1 | | Work | reversal | -90 | | North | | ACC-1",
        // Another category, another initiative, another currency: none of them is its reversal.
        "A2 | 2026-09-30 | I1 | | Work | accrual | 7 | | North | | ACC-2",
        "R2 | 2026-10-01 | I1 | | Travel | reversal | -7 | | North | | ACC-2",
        "R3 | 2026-10-02 | I2 | | Work | reversal | -7 | | North | | ACC-2",
        "R4 | 2026-10-01 | I1 | | Work | reversal | -7 | EUR | North | | ACC-2",
        // An accrual below zero that takes back one above it.
        "A5 | 2026-08-31 | I1 | | Work | accrual | 33 | | East | | ",
        "A6 | 2026-09-01 | I1 | | Work | accrual | -33 | | East | | ",
    ]));
    let mut found = pairs(&review);
    found.sort();
    assert_eq!(
        found,
        [
            "- R2 -7.00 reversal alone",
            "- R3 -7.00 reversal alone",
            "- R4 -7.00 reversal alone",
            "A1 R1 10.00 amounts differ",
            "A2 - 7.00 overdue",
            "A5 A6 0.00 reversed",
        ]
    );
    assert_eq!(
        told,
        [
            "A200 Actuals G4: A2, 7.00 GBP, not reversed",
            "A201 Actuals G5: R2, -7.00 GBP, with no accrual",
            "A201 Actuals G6: R3, -7.00 GBP, with no accrual",
            "A201 Actuals G7: R4, -7.00 EUR, with no accrual",
            "A202 Actuals G3: R1, -90.00 GBP",
        ]
    );
}

fn orders(review: &LedgerReview) -> Vec<String> {
    let amount = |money: Option<Money>| money.map_or("-".to_string(), |money| money.amount().to_string());
    let shown = |order: &OrderBalance| {
        let issues: Vec<&str> = order.issues.iter().map(|issue| issue.label()).collect();
        let (table, ledger) = (amount(order.in_table), amount(order.in_ledger));
        let (released, invoiced) = (order.released.amount(), order.invoiced.amount());
        let open = order.open.amount();
        format!("{}: {table} {ledger} {released} {invoiced} {open} {} [{}]", order.po, order.state.label(), issues.join(", "))
    };
    review.orders.iter().map(shown).collect()
}

const ORDERS: &str = "PO | Vendor | Initiative | Category | Amount | Currency | Delivery | Status";

#[test]
fn an_order_is_what_was_committed_less_what_was_released() {
    let tables = tables(&[
        "K1 | 2026-06-01 | I1 | | Work | commitment | 100 | | North | PO1 |",
        "L1 | 2026-07-01 | I1 | | Work | commitment release | -40 | | North | PO1 |",
        "E1 | 2026-07-01 | I1 | | Work | actual | 40 | | North | PO1 | INV-1",
        "K2 | 2026-06-01 | I1 | | Work | commitment | 100 | | North | PO2 |",
        "E2 | 2026-07-01 | I1 | | Work | actual | 25 | | North | PO2 | INV-2",
        "K3 | 2026-06-01 | I1 | | Work | commitment | 100 | | North | PO3 |",
        "E3 | 2026-07-01 | I1 | | Work | actual | 30 | | North | PO3 | INV-3",
        "E4 | 2026-08-01 | I1 | | Work | actual | 80 | | North | PO3 | INV-4",
        "L3 | 2026-07-01 | I1 | | Work | commitment release | -30 | | North | PO3 |",
        "L4 | 2026-08-01 | I1 | | Work | commitment release | -88 | | North | PO3 |",
        "K5 | 2026-06-01 | I1 | | Work | commitment | 100 | | North | PO5 |",
        "L5 | 2026-07-01 | I1 | | Work | commitment release | -100 | | North | PO5 |",
        // Not an order: nothing was ever committed.
        "E6 | 2026-07-01 | I1 | | Work | actual | 5 | | North | PO6 | INV-6",
    ]);
    let (review, told) = reviewed(tables);
    assert_eq!(
        orders(&review),
        [
            "PO1: - 100.00 40.00 40.00 60.00 partly released []",
            "PO2: - 100.00 0.00 25.00 100.00 open [invoiced without release]",
            "PO3: - 100.00 118.00 110.00 -18.00 overdrawn [released more than ordered, invoiced more than ordered]",
            "PO5: - 100.00 100.00 0.00 0.00 settled []",
        ]
    );
    assert_eq!(
        told,
        [
            // The release of 88 is the one that no invoice equals.
            "A203 Actuals G11: PO3: 118.00 GBP released",
            "A204 Actuals J7: PO3: 110.00 GBP invoiced",
            "A205 Actuals G6: PO2: 25.00 GBP invoiced, 0.00 GBP released",
        ]
    );
}

#[test]
fn the_table_is_held_against_the_ledger() {
    let rows = [
        "K1 | 2026-06-01 | I1 | | Work | commitment | 100 | | North | PO1 |",
        "K2 | 2026-06-01 | I1 | | Work | commitment | 100 | | North | PO2 |",
        "K3 | 2026-06-01 | I2 | | Work | commitment | 100 | | North | PO3 |",
        "K4 | 2026-06-01 | I1 | | Work | commitment | 100 | EUR | North | PO4 |",
        "K5 | 2026-06-01 | I1 | | Work | commitment | 100 | | North | PO5 |",
        "E8 | 2026-06-01 | I1 | | Work | actual | 30 | | North | PO8 |",
    ];
    let table = [
        "PO1 | North | I1 | Work | 100 | | 2026-10-30 | open",
        "PO2 | North | I1 | Work | 90 | | 2026-10-31 | closed",
        "PO3 | North | I1 | Work | 100 | | | open",
        "PO4 | North | I1 | Work | 100 | | | open",
        "PO8 | North | I1 | Work | 70 | | | open",
        "PO8 | North | I2 | Work | 50 | | | partly delivered",
        "PO9 | North | I1 | Work | 70 | | | cancelled",
    ];
    let (review, told) = reviewed(tables(&rows).with("Commitments", ORDERS, &table));
    assert_eq!(
        orders(&review),
        [
            "PO1: 100.00 100.00 0.00 0.00 100.00 open [past its delivery date]",
            "PO2: 90.00 100.00 0.00 0.00 100.00 open [Commitments and ledger differ, closed with a balance]",
            "PO3: 100.00 100.00 0.00 0.00 100.00 open [lines of another initiative]",
            "PO4: - 100.00 0.00 0.00 100.00 open [two currencies]",
            "PO4: 100.00 - 0.00 0.00 100.00 open [two currencies]",
            "PO5: - 100.00 0.00 0.00 100.00 open [not in Commitments]",
            "PO8: 70.00 - 0.00 30.00 40.00 partly released [no commitment in the ledger]",
            "PO8: 50.00 - 0.00 0.00 50.00 open [no commitment in the ledger]",
            "PO9: 70.00 - 0.00 0.00 0.00 settled []",
        ]
    );
    let initiatives: Vec<Option<&str>> =
        review.orders.iter().map(|order| order.initiative.as_ref().map(InitiativeId::as_str)).collect();
    assert_eq!(initiatives[2..8], [Some("I1"), Some("I1"), Some("I1"), Some("I1"), Some("I1"), Some("I2")]);
    assert_eq!(
        told,
        [
            "A206 Actuals J5: PO4: in EUR here, and in another currency elsewhere",
            "A206 Commitments E3: PO2: 90.00 GBP in Commitments, 100.00 GBP in the ledger",
            "A206 Commitments F5: PO4: in GBP here, and in another currency elsewhere",
            "A207 Actuals C4: PO3: lines of an initiative that Commitments does not name for it",
            "A208 Commitments H3: PO2: closed, and 100.00 GBP on order in the ledger",
            "A209 Commitments G2: PO1: due 2026-10-30, 100.00 GBP on order",
            "A210 Actuals J6: PO5: 100.00 GBP in the ledger, not in Commitments",
            "A211 Commitments A6: PO8: 70.00 GBP in Commitments, no commitment in the ledger",
            "A211 Commitments A7: PO8: 50.00 GBP in Commitments, no commitment in the ledger",
        ]
    );
}

#[test]
fn vendor_and_category_of_an_order_are_held_against_the_ledger() {
    let rows = [
        "K1 | 2026-06-01 | I1 | | Work | commitment | 100 | | north  LTD | PO1 |",
        "K2 | 2026-06-01 | I1 | | Work | commitment | 100 | | South | PO2 |",
        "K3 | 2026-06-01 | I1 | | Travel | commitment | 100 | | | PO3 |",
    ];
    let table =
        ["PO1 | North Ltd | I1 | Work | 100 | | |", "PO2 | North | I1 | | 100 | | |", "PO3 | North | I1 | Work | 100 | | |"];
    let (review, told) = reviewed(tables(&rows).with("Commitments", ORDERS, &table));
    let issues: Vec<Vec<OrderIssue>> = review.orders.iter().map(|order| order.issues.clone()).collect();
    assert_eq!(issues, [vec![], vec![OrderIssue::OtherVendor], vec![OrderIssue::OtherCategory]]);
    assert_eq!(
        told,
        [
            "A206 Commitments B3: PO2: the ledger has a vendor that Commitments does not name for it",
            "A206 Commitments D4: PO3: the ledger has a category that Commitments does not name for it",
        ]
    );
}

#[test]
fn an_invoice_booked_twice_is_found_unless_it_was_taken_back() {
    let (review, told) = reviewed(tables(&[
        "E3 | 2026-07-07 | I1 | | Work | actual | 40 | | North | PO1 | INV-1",
        "E1 | 2026-07-01 | I2 | | Work | actual | 40 | | North | PO1 | INV-1",
        // Taken back: one of the two stands.
        "E4 | 2026-07-02 | I1 | | Work | actual | 41 | | North | | INV-2",
        "E5 | 2026-07-02 | I1 | | Work | actual | 41 | | North | | INV-2",
        "E6 | 2026-07-03 | I1 | | Work | actual | -41 | | North | | INV-2",
        // Another amount, currency, document, vendor, kind; no vendor at all.
        "E7 | 2026-07-01 | I1 | | Work | actual | 39 | | North | | INV-1",
        "E8 | 2026-07-01 | I1 | | Work | actual | 40 | EUR | North | | INV-1",
        "E9 | 2026-07-01 | I1 | | Work | actual | 40 | | North | | INV-3",
        "F0 | 2026-07-01 | I1 | | Work | actual | 40 | | South | | INV-1",
        "F1 | 2026-07-01 | I1 | | Work | accrual | 40 | | North | | INV-1",
        "F2 | 2026-07-01 | I1 | | Work | actual | 9 | | | | TS-1",
        "F3 | 2026-07-01 | I1 | | Work | actual | 9 | | | | TS-1",
        // The order's own number: equal parts of it.
        "F4 | 2026-07-01 | I1 | | Work | actual | 9 | | North | PO2 | PO2",
        "F5 | 2026-08-01 | I1 | | Work | actual | 9 | | North | PO2 | PO2",
        // A series; its August came twice on one day.
        "G1 | 2026-07-01 | I1 | | Work | actual | 70 | | East | | RENT",
        "G2 | 2026-08-01 | I1 | | Work | actual | 70 | | East | | RENT",
        "G3 | 2026-08-01 | I1 | | Work | actual | 70 | | East | | RENT",
        "G4 | 2026-09-01 | I1 | | Work | actual | 70 | | East | | RENT",
    ]));
    let groups: Vec<Vec<&str>> =
        review.duplicates.iter().map(|group| group.iter().map(|line| line.entry.as_str()).collect()).collect();
    assert_eq!(groups, [["E1", "E3"], ["G2", "G3"]]);
    let doubles: Vec<&String> = told.iter().filter(|line| line.starts_with("A212")).collect();
    assert_eq!(doubles, ["A212 Actuals A18: G3, 70.00 GBP on 2026-08-01", "A212 Actuals A2: E3, 40.00 GBP on 2026-07-07"]);
}

#[test]
fn a_line_of_no_initiative_is_proposed_one() {
    let (review, told) = reviewed(
        tables(&[
            "E1 | 2026-07-01 | | | Work | actual | 1 | | | PO7 |",
            "E2 | 2026-07-02 | | C2-LBA | Work | actual | 2 | | | |",
            "E3 | 2026-07-03 | LU-1O6 | | Work | actual | 4 | | | |",
            "E4 | 2026-07-04 | | | Work | actual | 8 | | North | | INV-5",
            "E5 | 2026-07-05 | I1 | | Work | actual | 16 | | North | | INV-5",
            "E6 | 2026-07-06 | I1 | | Work | actual | 16 | | North | |",
            "E7 | 2026-07-07 | I1 | | Work | actual | 16 | | North | |",
            "E8 | 2026-07-08 | I2 | | Work | actual | 16 | | North | |",
            "E9 | 2026-07-09 | | | Work | actual | 32 | | North | |",
            "F1 | 2026-07-10 | | | Work | accrual | 64 | | East | |",
            "F2 | 2026-07-11 | | | Work | commitment | 128 | | East | PO8 |",
            // A time sheet of two initiatives says nothing about the third line of it.
            "F3 | 2026-07-12 | I1 | | Work | actual | 1 | | | | TS-1",
            "F4 | 2026-07-12 | I2 | | Work | actual | 1 | | | | TS-1",
            "F5 | 2026-07-12 | | | Work | actual | 256 | | | | TS-1",
        ])
        .with("Commitments", ORDERS, &["PO7 | North | I2 | Work | 100 | | |"]),
    );
    let shown: Vec<String> = review
        .unmatched
        .iter()
        .map(|line| {
            let one = |proposal: &Proposal| format!("{} {}: {}", proposal.strength, proposal.initiative, proposal.why);
            format!("{} | {}", line.line.entry, line.proposals.iter().map(one).collect::<Vec<_>>().join(" | "))
        })
        .collect();
    assert_eq!(
        shown,
        [
            "E1 | 3 I2: PO7 is I2's",
            "E2 | 2 I2: C2-LBA is one swap from C2-LAB, a cost code of I2",
            "E3 | 3 LU-106: LU-1O6 looks like LU-106",
            "E4 | 3 I1: other lines of INV-5 are I1's; 3 of 4 lines of North are I1's",
            "E9 | 1 I1: 3 of 4 lines of North are I1's",
            "F1 | ",
            "F2 | ",
            "F5 | ",
        ]
    );
    // 1 + 2 + 4 + 8 + 32 + 64 + 256: the commitment is no cost.
    let gbp = Currency::parse("GBP").expect("listed");
    assert_eq!(review.unmatched_total, BTreeMap::from([(gbp, Decimal::from(367))]));
    let proposed: Vec<&String> = told.iter().filter(|line| line.starts_with("A213")).collect();
    assert_eq!(proposed.len(), 5);
    assert_eq!(proposed[0], "A213 Actuals A10: E9, 32.00 GBP");
}

#[test]
fn many_of_a_kind_are_told_together() {
    let told_of = |count: usize| {
        let rows: Vec<String> =
            (0..count).map(|at| format!("A{at} | 2026-08-31 | I1 | | Work | accrual | {} | | North | |", at + 1)).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let (portfolio, _) = tables(&rows).build("2026-10-31");
        let (review, findings) = ledger_review(&portfolio);
        assert_eq!(review.accruals.len(), count);
        let rolled = findings.rolled_up();
        (rolled.0.len(), rolled.0.iter().map(crate::base::finding::Finding::count).sum::<usize>())
    };
    let most = findings::TOLD_ONE_BY_ONE;
    for (count, findings) in [(most - 1, most - 1), (most, most), (most + 1, 1)] {
        assert_eq!(told_of(count), (findings, count));
    }
}

#[test]
fn look_alikes_are_searched_for_up_to_a_limit() {
    // So many codes that one unknown code is compared with all of them, and a second one would be too many.
    let proposals = |known: usize, lines: &[&str]| {
        let codes: Vec<String> = (0..known).map(|at| format!("K{at:07}X | I1")).collect();
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        let (portfolio, _) = TestTables::new()
            .with("Initiatives", "Initiative ID | Name", &["I1 | One"])
            .with("Cost codes", "Cost code | Initiative", &codes)
            .with("Actuals", LINES, lines)
            .build("2026-10-31");
        let lines = Lines::of(&portfolio).expect("a ledger");
        unmatched::within(&portfolio, &lines, 3 * known).iter().map(|line| line.proposals.len()).collect::<Vec<_>>()
    };
    let line = |entry: &str, code: &str| format!("{entry} | 2026-07-01 | | {code} | Work | actual | 1 | | | |");
    let rows = [line("E1", "K0000000Y"), line("E2", "K0000001Y"), line("E3", "K0000002Y"), line("E4", "K0000003Y")];
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    assert_eq!(proposals(20, &rows[..2]), [1, 1]);
    assert_eq!(proposals(20, &rows[..3]), [1, 1, 1]);
    assert_eq!(proposals(20, &rows), [0, 0, 0, 0]);
}

#[test]
fn late_items_are_listed_with_both_periods() {
    let mut settings = settings("2026-10-31");
    settings.finance.closed_through = settings.fiscal.parse("2026-09");
    let tables = TestTables::new().with("Initiatives", "Initiative ID | Name", &["I1 | One"]).with(
        "Actuals",
        "Entry ID | Posting date | Entered on | Initiative | Type | Amount",
        &["E1 | 2026-09-29 | 2026-10-07 | I1 | actual | 1", "E2 | 2026-09-29 | 2026-10-08 | I1 | actual | 2"],
    );
    let (review, _) = reviewed_with(tables, &settings);
    let shown: Vec<String> = review
        .late
        .iter()
        .map(|item| format!("{} {} from {} {:?}", item.line.entry, item.line.period, item.original_period, item.entered))
        .collect();
    assert_eq!(shown, ["E2 FY2026-P10 from FY2026-P09 Some(2026-10-08)"]);
}

#[test]
fn without_a_ledger_there_is_nothing_to_review() {
    let (review, told) = reviewed(TestTables::new().with("Initiatives", "Initiative ID | Name", &["I1 | One"]));
    assert_eq!((review, told), (LedgerReview::default(), Vec::new()));
}

mod laws {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    type Words = (&'static str, &'static str, &'static str);
    type Drawn = ((u32, &'static str, &'static str), &'static str, &'static str, &'static str, Words);

    /// A ledger of a few initiatives, vendors, orders, documents and amounts, so that lines often fit one another.
    fn ledger() -> impl Strategy<Value = Vec<String>> {
        let line = (
            (0u32..120, prop::sample::select(vec!["", "I1", "I2"]), prop::sample::select(vec!["Work", "Travel"])),
            prop::sample::select(vec!["actual", "accrual", "reversal", "commitment", "commitment release"]),
            prop::sample::select(vec!["100", "-100", "40", "-40", "7.5"]),
            prop::sample::select(vec!["", "EUR"]),
            (
                prop::sample::select(vec!["", "North", "South"]),
                prop::sample::select(vec!["", "PO1", "PO2"]),
                prop::sample::select(vec!["", "D1", "D2"]),
            ),
        );
        let text = |((day, initiative, category), kind, amount, currency, (vendor, po, document)): Drawn| {
            let posted = crate::model::testing::day("2026-07-01") + chrono::Days::new(u64::from(day));
            format!("| {posted} | {initiative} | | {category} | {kind} | {amount} | {currency} | {vendor} | {po} | {document}")
        };
        let numbered = |lines: Vec<String>| lines.into_iter().enumerate().map(|(at, line)| format!("E{at:03} {line}")).collect();
        prop::collection::vec(line.prop_map(text), 0..40).prop_map(numbered)
    }

    fn portfolio(rows: &[String]) -> Portfolio {
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        tables(&rows).build("2026-10-31").0
    }

    fn shown(review: &LedgerReview) -> Vec<String> {
        let mut shown = pairs(review);
        shown.extend(orders(review));
        let entries = |group: &Vec<LedgerLineRef>| group.iter().map(|line| line.entry.clone()).collect::<Vec<_>>().join(" ");
        shown.extend(review.duplicates.iter().map(entries));
        shown.extend(review.unmatched.iter().map(|line| format!("{} {:?}", line.line.entry, line.proposals)));
        shown
    }

    proptest! {
        #[test]
        fn every_accrual_and_reversal_is_in_exactly_one_pair(rows in ledger()) {
            let portfolio = portfolio(&rows);
            let (review, _) = ledger_review(&portfolio);
            let mut paired: Vec<usize> = Vec::new();
            for pair in &review.accruals {
                paired.extend(pair.accrual.iter().chain(&pair.reversal).map(|line| line.line));
                let sum: i64 = pair.accrual.iter().chain(&pair.reversal).map(|line| line.amount.minor).sum();
                prop_assert_eq!(pair.difference.minor, sum);
                prop_assert_eq!(pair.state == AccrualState::Reversed, sum == 0 && pair.reversal.is_some() && pair.accrual.is_some());
                if let (Some(accrual), Some(reversal)) = (&pair.accrual, &pair.reversal) {
                    prop_assert!(accrual.period < reversal.period || accrual.posted <= reversal.posted);
                    prop_assert_eq!(accrual.amount.currency, reversal.amount.currency);
                }
            }
            paired.sort_unstable();
            let kinds = portfolio.ledger.frame.column("kind").expect("a column").str().expect("texts").clone();
            let expected: Vec<usize> = (0..kinds.len())
                .filter(|line| matches!(kinds.get(*line).and_then(EntryKind::parse), Some(EntryKind::Accrual | EntryKind::Reversal)))
                .collect();
            prop_assert_eq!(paired, expected);
        }

        #[test]
        fn open_balances_are_commitment_lines_and_releases(rows in ledger()) {
            let portfolio = portfolio(&rows);
            let (review, _) = ledger_review(&portfolio);
            let mut expected: BTreeMap<String, Decimal> = BTreeMap::new();
            for row in &rows {
                let cells: Vec<&str> = row.split('|').map(str::trim).collect();
                if cells[5].starts_with("commitment") && !cells[9].is_empty() && cells[1] <= "2026-10-31" {
                    let amount: Decimal = cells[6].parse().expect("an amount");
                    *expected.entry(cells[7].replace("EUR", "€")).or_default() += amount;
                }
            }
            let mut open: BTreeMap<String, Decimal> = BTreeMap::new();
            for order in &review.orders {
                let currency = if order.currency.code() == "EUR" { "€" } else { "" };
                *open.entry(currency.to_string()).or_default() += order.open.amount();
            }
            prop_assert_eq!(open, expected);
        }

        #[test]
        fn the_order_of_lines_does_not_matter(rows in ledger()) {
            let turned: Vec<String> = rows.iter().rev().cloned().collect();
            let (review, _) = ledger_review(&portfolio(&rows));
            let (other, _) = ledger_review(&portfolio(&turned));
            prop_assert_eq!(shown(&review), shown(&other));
        }

        #[test]
        fn unmatched_cost_is_the_unassigned_bucket(rows in ledger()) {
            let portfolio = portfolio(&rows);
            let (review, _) = ledger_review(&portfolio);
            let mut expected: BTreeMap<Currency, Decimal> = BTreeMap::new();
            for total in portfolio.ledger.totals.iter().filter(|total| total.kind.is_cost()) {
                *expected.entry(total.currency).or_default() += total.unassigned;
            }
            expected.retain(|_, sum| !sum.is_zero());
            let mut found = review.unmatched_total.clone();
            found.retain(|_, sum| !sum.is_zero());
            prop_assert_eq!(found, expected);
            let lines: BTreeSet<usize> = review.unmatched.iter().map(|line| line.line.line).collect();
            prop_assert_eq!(lines.len(), review.unmatched.len());
        }
    }
}
