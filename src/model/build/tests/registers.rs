//! Budgets, benefits, decisions, deliverables, positions reported elsewhere, and rules across registers.

use crate::model::benefit::BenefitReading;
use crate::model::testing::{TestTables, told};
use rust_decimal::Decimal;

#[test]
fn the_latest_budget_version_counts_and_all_money_is_accounted_for() {
    let (portfolio, findings) = TestTables::new()
        .with(
            "Initiatives",
            "Initiative ID | Name | Start | Finish | Approved budget",
            &["I1 | One | 2026-10-01 | 2026-12-31 | 130", "I2 | Two | | |"],
        )
        .with("Activities", "Initiative | Activity ID | WBS | Duration", &["I1 | A | 1.2 | 1d"])
        .with(
            "Budgets",
            "Initiative | Activity or WBS | Category | Capex/Opex | Period | Amount | Version",
            &[
                "I1 | 1 | L | opex | 2026-10 | 10.005 | Revision 9",
                "I1 | A | L | opex | 2026-11 | 20 | Revision 10",
                "I1 | 2 | L | opex | 2027-01 | 100 |",
                "I8 | | L | opex | 2026-10 | 7 |",
            ],
        )
        .build("2026-10-31");
    let amounts: Vec<String> = portfolio.budgets.iter().map(|line| line.amount.to_string()).collect();
    assert_eq!(amounts, ["20", "100"]);
    let total = &portfolio.plan_totals[0];
    let sums = [total.read, total.used, total.superseded, total.left_out].map(|sum| sum.to_string());
    assert_eq!(sums, ["137.005", "120", "10.005", "7"]);
    assert_eq!((total.residual(), total.lines), (Decimal::ZERO, 4));
    assert_eq!(
        told(&findings),
        [
            "M001 Budgets A5: I8",
            "M087 Budgets F4: FY2027-P01 for I1",
            "M088 Budgets B4: 2",
            "M089 : Revision 9, Revision 10 for I1",
            "M146 Initiatives 2:2: 130",
        ]
    );
}

#[test]
fn shares_readings_and_dates_of_benefits_are_checked() {
    let (portfolio, findings) = TestTables::new()
        .with("People", "Person ID | Name", &["P1 | Ann"])
        .with("Initiatives", "Initiative ID | Name | Start | Owner", &["I1 | One | 2026-06-01 | P1"])
        .with(
            "Benefits",
            "Benefit ID | Name | Initiative | Class | Measure | Baseline | Target | Start date | Owner in operations | Double-count group | Group share",
            &[
                "B1 | a | I1 | revenue | m | 1 | 1 | 2026-05-01 | P1 | G | 70%",
                "B2 | b | I1 | revenue | m | 1 | 2 | 2026-10-01 | P7 | G | 40%",
            ],
        )
        .with(
            "Benefit readings",
            "Benefit | Period | Amount | Evidence | Validated by | Validated on",
            &[
                "B1 | 2026-11 | 5 | x | P1 | 2026-10-30",
                "B2 | 2026-09 | 5 | x | P1 | 2026-10-30",
                "B2 | 2026-10 | 5 | x | P1 | 2026-11-30",
                "B3 | 2026-10 | 5 | | |",
            ],
        )
        .build("2026-10-31");
    assert_eq!(portfolio.benefits[1].readings.iter().map(BenefitReading::is_realised).collect::<Vec<_>>(), [true, false]);
    assert_eq!(
        told(&findings),
        [
            "M001 Benefit readings A5: B3",
            "M001 Benefits I3: P7",
            "M110 Benefits 2:2: 110.0 % in all for G (B1, B2)",
            "M111 Benefits G2: 1",
            "M112 Benefits H3: 2026-10-01",
            "M113 Benefit readings B2: FY2026-P11",
            "M114 Benefit readings E4: P1",
            "M145 Benefits 2:2: 2026-05-01",
        ]
    );
}

#[test]
fn what_was_decided_delivered_and_reported() {
    let (portfolio, findings) = TestTables::new()
        .with("Initiatives", "Initiative ID | Name", &["I1 | One"])
        .with(
            "Decisions",
            "Decision ID | Title | Initiative | Date raised | Decision | Status | Supersedes",
            &["D1 | a | I1 | 2026-10-01 | | decided | D1", "D2 | b | I1 | 2026-11-09 | | open |"],
        )
        .with(
            "Deliverables",
            "Deliverable ID | Initiative | Name | Due date | Accepted on",
            &["L1 | I1 | a | 2026-10-30 |", "L2 | I1 | b | 2026-10-30 | 2026-11-02", "L3 | I1 | c | 2026-10-31 |"],
        )
        .with(
            "Reported positions",
            "Item | As-of | Measure | Value | Stated change",
            &[
                "I1 | 2026-09-30 | cost | 100.5 |",
                "I1 | 2026-10-31 | cost | 110 | 9.5",
                "I1 | 2026-08-31 | cost | 90 |",
                "I1 | 2026-07-31 | risk | 3 | 1",
                "I1 | 2026-08-31 | risk | 5 | 1",
            ],
        )
        .with(
            "Commentary",
            "Item | Measure | Period | Text",
            &["Portfolio | overall | 2026-10 | Well", "I7 | cost | 2026-10 | Ill"],
        )
        .build("2026-10-31");
    assert_eq!(portfolio.deliverables[1].accepted_on, None);
    assert_eq!(portfolio.commentary.iter().map(|said| said.item.as_str()).collect::<Vec<_>>(), ["portfolio"]);
    assert_eq!(portfolio.reported.len(), 5);
    assert_eq!(
        told(&findings),
        [
            "M001 Commentary A3: I7",
            "M013 Decisions G2: D1",
            "M106 Decisions D3: 2026-11-09",
            "M106 Deliverables E3: 2026-11-02",
            "M130 Decisions 2:2: nothing",
            "M130 Decisions E2: nothing",
            "M148 Deliverables D2: L1, due 2026-10-30",
        ]
    );
}

#[test]
fn words_may_speak_of_a_control_account() {
    let (portfolio, findings) = TestTables::new()
        .with("Initiatives", "Initiative ID | Name", &["I1 | One", "I2 | Two"])
        .with("Activities", "Initiative | Activity ID | WBS | Name | Duration | Control account", &["I1 | A | 1 | a | 1d | CA-1"])
        .with(
            "Commentary",
            "Item | Measure | Period | Text",
            &["I1 CA-1 | cost | 2026-10 | Dear", "I2 CA-1 | cost | 2026-10 | Not its own", "I1 CA-2 | cost | 2026-10 | None"],
        )
        .build("2026-10-31");
    assert_eq!(portfolio.commentary.iter().map(|said| said.item.as_str()).collect::<Vec<_>>(), ["I1 CA-1"]);
    let of_words: Vec<String> = told(&findings).into_iter().filter(|line| line.contains("Commentary")).collect();
    assert_eq!(of_words, ["M001 Commentary A3: I2 CA-1", "M001 Commentary A4: I1 CA-2"]);
}

#[test]
fn money_and_progress_belong_together() {
    let (_, findings) = TestTables::new()
        .with("Initiatives", "Initiative ID | Name | Approved budget", &["I1 | One | 5", "I2 | Two |", "I3 | Three | 9"])
        .with(
            "Activities",
            "Initiative | Activity ID | WBS | Duration | Percent complete | Actual start",
            &["I1 | A | 1 | 1d | 50% | 2026-10-01", "I2 | A | 1 | 1d | |"],
        )
        .with("Budgets", "Initiative | Category | Capex/Opex | Period | Amount", &["I1 | L | opex | 2026-10 | 5"])
        .with("Actuals", super::LEDGER, &["E1 | 2026-10-05 | | I2 | | | actual | 10 |"])
        .build("2026-10-31");
    assert_eq!(
        told(&findings),
        ["M140 Initiatives 4:4: I3", "M141 Initiatives 3:3: I2", "M142 Initiatives 2:2: I1", "M143 Initiatives 3:3: I2"]
    );
}

#[test]
fn an_amount_beyond_the_limit_is_left_out() {
    for (amount, used) in [
        ("999999999999999", true),
        ("1000000000000000", true),
        ("1000000000000010", false),
        ("-1000000000000010", false),
        ("7e28", false),
        ("1e300", false),
    ] {
        let row = format!("I1 | L | opex | 2026-10 | {amount}");
        let tables = TestTables::new().with("Initiatives", "Initiative ID | Name", &["I1 | One"]);
        let (portfolio, findings) =
            tables.with("Budgets", "Initiative | Category | Capex/Opex | Period | Amount", &[&row, &row]).build("2026-10-31");
        assert_eq!(portfolio.budgets.len(), if used { 2 } else { 0 }, "{amount}");
        assert_eq!(told(&findings).iter().filter(|line| line.starts_with("M017")).count(), if used { 0 } else { 2 }, "{amount}");
    }
}

#[test]
fn initiatives_that_exclude_or_need_each_other() {
    let (_, findings) = TestTables::new()
        .with(
            "Initiatives",
            "Initiative ID | Name | Status | Excludes | Requires",
            &[
                "I1 | One | active | I2;I4 | I3",
                "I2 | Two | approved | | I1",
                "I3 | Three | cancelled | I1 |",
                "I4 | Four | complete | | I4",
            ],
        )
        .build("2026-10-31");
    assert_eq!(told(&findings), ["M013 Initiatives E5: I4", "M018 Initiatives 2:2: I1 and I2", "M019 Initiatives 2:2: I3"]);
}
