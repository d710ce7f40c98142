//! Changes judged by hand, corkscrews that end where the cost position does, and sums that hold whatever is changed.

use super::*;
use crate::analysis::cost::cost_position;
use crate::analysis::measure::Undefined;
use crate::base::id::InitiativeId;
use crate::base::period::Period;
use crate::model::testing::{TestTables, day, settings, told};
use std::collections::BTreeMap;

const CHANGES: &str = "Change ID | Type | From | To | Amount | Currency | Period | To period | Category | To category | Capex/Opex | To capex/opex | Requester | Approver | Approved on | Status | Reason";

fn tables(changes: &[&str]) -> TestTables {
    TestTables::new()
        .with("Initiatives", "Initiative ID | Name | Currency", &["I1 | One | GBP", "I2 | Two | EUR"])
        .with("People", "Person ID | Name | Role", &["P1 | Ann | Project manager", "P2 | Bob | Controller", "P3 | Cas |"])
        .with(
            "FX rates",
            "From | To | Kind | Period | Rate",
            &[
                "EUR | GBP | budget | 2026-01 | 0.85",
                "EUR | GBP | budget | 2026-11 | 0.90",
                "EUR | GBP | average | 2026-10 | 0.95",
                "EUR | GBP | closing | 2026-10 | 0.80",
            ],
        )
        .with(
            "Budgets",
            "Initiative | Category | Capex/Opex | Period | Amount",
            &[
                "I1 | Labour | opex | 2026-09 | 1000",
                "I1 | Travel | opex | 2026-10 | 300",
                "I2 | Services | capex | 2026-10 | 2000",
            ],
        )
        .with(
            "Actuals",
            "Entry ID | Posting date | Initiative | Category | Type | Amount | Currency",
            &[
                "E1 | 2026-10-05 | I1 | Travel | actual | 150 | GBP",
                "E2 | 2026-10-06 | I1 | Travel | commitment | 100 | GBP",
                "E3 | 2026-10-07 | I2 | Services | actual | 1000 | EUR",
            ],
        )
        .with(
            "Authority limits",
            "Body or role | Kind | Limit | Currency | Escalates to",
            &[
                "Project manager | virement | 100 | GBP | Programme board",
                "Programme board | any | 1000 | GBP | Executive",
                "P2 | increase | 60 | GBP | Executive",
                "Executive | any | | GBP |",
            ],
        )
        .with("Budget changes", CHANGES, changes)
}

fn control_of(tables: TestTables) -> (Portfolio, CostPosition, BudgetControl, Findings) {
    let mut settings = settings("2026-10-31");
    settings.finance.closed_through = Some(Period::new(2026, 8));
    let (portfolio, _) = tables.build_with(&settings);
    let (cost, _) = cost_position(&portfolio, &BTreeMap::new(), &[]);
    let (control, findings) = budget_control(&portfolio, &cost);
    (portfolio, cost, control, findings)
}

fn shown(figure: Measure<Money>) -> String {
    figure.map_or_else(|why| why.reason().to_string(), |money| money.amount().to_string())
}

fn steps(of: &CorkscrewAmounts) -> String {
    let steps = [of.original, of.increases, of.decreases, of.virements_in, of.virements_out, of.rephasing, of.current];
    steps.map(shown).join(" ")
}

/// `C1 rule: why` of every rule that is broken.
fn broken(changes: &[&str]) -> Vec<String> {
    let (portfolio, _, control, _) = control_of(tables(changes));
    let mut broken = Vec::new();
    for judged in &control.changes {
        let id = &portfolio.budget_changes[judged.change].id;
        for verdict in judged.verdicts.iter().filter(|verdict| verdict.holds == Ok(false)) {
            broken.push(format!("{id} {}: {}", verdict.rule.label(), verdict.why));
        }
    }
    broken
}

/// What a rule says of the first change: whether it holds, and why.
fn verdict(rule: ChangeRule, change: &str) -> (Measure<bool>, String) {
    let (_, _, control, _) = control_of(tables(&[change]));
    let verdict = control.changes[0].verdict(rule).expect("every rule").clone();
    (verdict.holds, verdict.why)
}

const STORY: &[&str] = &[
    "C1 | virement | I1 | I2 | 100 | GBP | 2026-09 | 2026-10 | Labour | Services | | | P2 | P1 | 2026-09-10 | approved | x",
    "C2 | increase | | I1 | 50 | GBP | 2026-10 | | Labour | | | | P1 | P2 | 2026-09-11 | approved | x",
    "C3 | decrease | I2 | | 200 | EUR | 2026-10 | | Services | | | | P1 | Executive | 2026-09-12 | approved | x",
    "C4 | re-phase | I2 | | 1000 | EUR | 2026-10 | 2026-11 | Services | | | | P1 | Executive | 2026-09-13 | approved | x",
    "C5 | increase | | I1 | 30 | GBP | 2026-10 | | Labour | | | | P1 | | | proposed | x",
    "C6 | increase | | I1 | 999 | GBP | 2026-10 | | Labour | | | | P1 | P2 | 2026-09-11 | rejected | x",
];

#[test]
fn the_corkscrew_by_hand_in_both_currencies() {
    let (_, cost, control, findings) = control_of(tables(STORY));
    let [one, two] = control.corkscrew.as_slice() else { panic!("two initiatives") };
    assert_eq!(steps(&one.own), "1300.00 50.00 0.00 0.00 -100.00 0.00 1250.00");
    assert_eq!(one.own, one.reporting);
    // 100 GBP / 0.85 = 117.647… EUR.
    assert_eq!(steps(&two.own), "2000.00 0.00 -200.00 117.65 0.00 0.00 1917.65");
    // 2000 × 0.85; 200 × 0.85; the re-phasing takes 1000 × 0.85 and gives 1000 × 0.90.
    assert_eq!(steps(&two.reporting), "1700.00 0.00 -170.00 100.00 0.00 50.00 1680.00");
    assert_eq!([two.own.rephased, two.reporting.rephased, one.own.pending].map(shown), ["1000.00", "900.00", "30.00"]);
    assert_eq!(steps(&control.total), "3000.00 50.00 -170.00 100.00 -100.00 50.00 2930.00");
    let sums = [control.approved_total, control.net_of_virements, control.virement_rate_effect, control.virement_rounding];
    assert_eq!(sums.map(shown), ["-70.00", "50.00", "50.00", "0.00"]);
    assert_eq!((control.pending.len(), shown(control.pending_total).as_str(), control.counts), (1, "30.00", [1, 4, 1, 0]));
    for (corkscrew, cost) in control.corkscrew.iter().zip(&cost.initiatives) {
        assert_eq!(corkscrew.reporting.current, cost.reporting.life.budget);
        assert_eq!(corkscrew.own.current, cost.own.life.budget);
    }
    assert_eq!(
        told(&findings),
        ["A216 Budget changes 5:5: C4: takes 850.00 GBP, gives 900.00 GBP"],
        "the one change whose rates differ"
    );
}

#[test]
fn a_residue_of_rounding_stays_where_it_arises_and_is_told() {
    let mut tables = tables(&[]);
    tables = tables
        .with("FX rates", "From | To | Kind | Period | Rate", &["EUR | GBP | budget | 2026-01 | 0.50"])
        .with("Initiatives", "Initiative ID | Name | Currency", &["I2 | Two | EUR"])
        .with(
            "Budget changes",
            CHANGES,
            &[
                "C1 | virement | I2 | | 0.01 | EUR | 2026-10 | | Services | A | | | P1 | Executive | 2026-09-10 | approved | x",
                "C2 | virement | I2 | | 0.01 | EUR | 2026-10 | | Services | B | | | P1 | Executive | 2026-09-10 | approved | x",
            ],
        );
    let (_, _, control, _) = control_of(tables);
    // Services gives 0.02 EUR = 0.01 GBP; A and B receive 0.005 GBP each, rounded to 0.01.
    let sums = [control.total.virements_out, control.total.virements_in, control.virement_rounding, control.virement_rate_effect];
    assert_eq!(sums.map(shown), ["-0.01", "0.02", "0.01", "0.00"]);
    assert!(control.changes.iter().all(|change| change.verdict(ChangeRule::NetsToZero).map(|it| it.holds) == Some(Ok(true))));
}

#[test]
fn without_a_rate_there_is_a_reason_and_no_amount() {
    let (_, _, control, _) = control_of(tables(STORY).with("FX rates", "From | To | Kind | Period | Rate", &[]));
    assert_eq!(control.corkscrew[1].reporting.original, Err(Undefined::NoExchangeRate));
    assert_eq!(control.corkscrew[1].reporting.current, Err(Undefined::NoExchangeRate));
    assert_eq!(shown(control.corkscrew[0].reporting.current), "1250.00");
    assert_eq!(control.total.current, Err(Undefined::NoExchangeRate));
    assert_eq!(control.net_of_virements, Err(Undefined::NoExchangeRate));
}

#[test]
fn places() {
    let says = |change: &str| verdict(ChangeRule::PlacesDiffer, change);
    assert_eq!(
        says("C | virement | I1 | | 10 | GBP | 2026-09 | 2026-10 | Labour | | | | P2 | P1 | 2026-09-10 | approved | x"),
        (Ok(false), "only the period differs: FY2026-P09 and FY2026-P10".into())
    );
    assert_eq!(
        says("C | re-phase | I1 | | 10 | GBP | 2026-09 | 2026-10 | Labour | Travel | | | P2 | P1 | 2026-09-10 | approved | x"),
        (Ok(false), "a re-phasing from I1, Labour, FY2026-P09 to I1, Travel, FY2026-P10".into())
    );
    assert_eq!(
        says("C | virement | I1 | | 10 | GBP | 2026-09 | | Labour | | | | P2 | P1 | 2026-09-10 | approved | x"),
        (Ok(false), "both are I1, Labour, FY2026-P09".into())
    );
    assert!(
        says("C | virement | I1 | | 10 | GBP | 2026-09 | | Labour | | capex | opex | P2 | P1 | 2026-09-10 | approved | x").0
            == Ok(true)
    );
    assert_eq!(
        says("C | increase | | I1 | 10 | GBP | 2026-09 | | Labour | | | | P2 | P1 | 2026-09-10 | approved | x").0,
        Err(Undefined::NotApplicable)
    );
}

#[test]
fn a_line_is_not_reduced_below_zero_in_the_order_of_approval() {
    // Travel holds 300. In order of approval: 250 leaves 50, then 60 leaves -10; the increase that would cover it comes last.
    let changes = [
        "C1 | virement | I1 | | 60 | GBP | 2026-10 | | Travel | Labour | | | P2 | P1 | 2026-09-20 | approved | x",
        "C2 | decrease | I1 | | 250 | GBP | 2026-10 | | Travel | | | | P1 | Executive | 2026-09-10 | approved | x",
        "C3 | increase | | I1 | 20 | GBP | 2026-10 | | Travel | | | | P1 | P2 | 2026-09-30 | approved | x",
    ];
    assert_eq!(
        broken(&changes),
        [
            "C1 line not below zero: 50.00 GBP before, -10.00 GBP after",
            "C1 line covers spent and on order: 10.00 GBP left, 150.00 GBP spent and 100.00 GBP on order",
        ]
    );
    // Exactly to zero is not below it.
    let to_zero = "C1 | decrease | I1 | | 1000 | GBP | 2026-09 | | Labour | | | | P1 | Executive | 2026-09-10 | approved | x";
    assert_eq!(verdict(ChangeRule::LineNotNegative, to_zero), (Ok(true), "1,000.00 GBP before, 0.00 GBP after".into()));
}

#[test]
fn a_line_covers_what_is_spent_and_on_order_in_its_own_currency() {
    let says = |change: &str| verdict(ChangeRule::LineCoversSpending, change);
    // Travel: 300 - 50 = 250 = 150 spent + 100 on order; a penny more is too much.
    let travel = |amount: &str| {
        format!("C | decrease | I1 | | {amount} | GBP | 2026-10 | | Travel | | | | P1 | Executive | 2026-09-10 | approved | x")
    };
    assert_eq!(says(&travel("50")), (Ok(true), "250.00 GBP left, 150.00 GBP spent and 100.00 GBP on order".into()));
    assert_eq!(says(&travel("50.01")).0, Ok(false));
    // Services of I2 in euros: 2000 - 1000 = 1000 spent, whatever the pound does.
    let services = |amount: &str| {
        format!("C | decrease | I2 | | {amount} | EUR | 2026-10 | | Services | | | | P1 | Executive | 2026-09-10 | approved | x")
    };
    assert_eq!(says(&services("1000")).0, Ok(true));
    assert_eq!(says(&services("1000.01")).0, Ok(false));
    // Without a category the whole initiative is held against: 1300 - 1051 < 250.
    let whole = |amount: &str| {
        format!("C | decrease | I1 | | {amount} | GBP | 2026-10 | | | | | | P1 | Executive | 2026-09-10 | approved | x")
    };
    assert_eq!((says(&whole("1050")).0, says(&whole("1051")).0), (Ok(true), Ok(false)));
}

#[test]
fn a_proposed_change_is_judged_on_top_of_what_is_in_force_and_told_as_proposed() {
    let changes = [
        "C1 | decrease | I1 | | 900 | GBP | 2026-09 | | Labour | | | | P1 | Executive | 2026-09-10 | approved | x",
        "C2 | decrease | I1 | | 80 | GBP | 2026-09 | | Labour | | | | P1 | Executive | | proposed | x",
        "C3 | decrease | I1 | | 101 | GBP | 2026-09 | | Labour | | | | P1 | Executive | | proposed | x",
        "C4 | re-phase | I1 | | 101 | GBP | 2026-09 | 2026-12 | Labour | | | | P1 | Executive | | proposed | x",
    ];
    let (_, _, control, findings) = control_of(tables(&changes));
    assert_eq!(control.pending.len(), 3);
    assert_eq!(shown(control.total.current), "2100.00");
    // C2 and C3 each leave something of 100, or not, by themselves; a re-phasing takes nothing from its line.
    let sound: Vec<bool> = control.changes.iter().map(JudgedChange::is_sound).collect();
    assert_eq!(sound, [true, true, false, true]);
    assert_eq!(
        told(&findings),
        [
            "A222 Budget changes 4:4: C3: line covers spent and on order, -1.00 GBP left, 0.00 GBP spent and 0.00 GBP on order",
            "A222 Budget changes 4:4: C3: line not below zero, 100.00 GBP before, -1.00 GBP after",
        ]
    );
}

#[test]
fn an_approver_has_a_limit_and_a_chain_above() {
    let says = |change: &str| verdict(ChangeRule::WithinLimit, change);
    let virement = |amount: &str, by: &str| {
        format!("C | virement | I1 | | {amount} | GBP | 2026-10 | | Labour | Travel | | | P2 | {by} | 2026-09-10 | approved | x")
    };
    assert_eq!(says(&virement("100", "P1")), (Ok(true), "Project manager (100.00 GBP)".into()));
    let above = "Project manager (100.00 GBP), above it Programme board (1,000.00 GBP), above it Executive (no limit)";
    assert_eq!(says(&virement("100.01", "P1")), (Ok(false), format!("{above}; Programme board (1,000.00 GBP) could approve")));
    assert_eq!(says(&virement("2000", "P1")), (Ok(false), format!("{above}; Executive (no limit) could approve")));
    assert_eq!(says(&virement("2000", "executive")), (Ok(true), "Executive (no limit)".into()));
    // A person's own limit comes before the role's; 60 GBP for an increase, none for a virement.
    let increase = |amount: &str| {
        format!("C | increase | | I1 | {amount} | GBP | 2026-10 | | Labour | | | | P1 | P2 | 2026-09-10 | approved | x")
    };
    assert_eq!((says(&increase("60")).0, says(&increase("61")).0), (Ok(true), Ok(false)));
    assert_eq!(says(&virement("1", "P2")).0, Err(Undefined::NoAuthorityLimit));
    assert_eq!(says(&virement("1", "P3")).0, Err(Undefined::NoRole));
    // 70 EUR are 59.50 GBP at the budget rate of October; 71 are 60.35.
    let euros = |amount: &str| {
        format!("C | increase | | I2 | {amount} | EUR | 2026-10 | | Services | | | | P1 | P2 | 2026-09-10 | approved | x")
    };
    assert_eq!((says(&euros("70")).0, says(&euros("71")).0), (Ok(true), Ok(false)));
    let proposed = "C | increase | | I1 | 61 | GBP | 2026-10 | | Labour | | | | P1 | | | proposed | x";
    assert_eq!(
        says(proposed),
        (Err(Undefined::NotApproved), "not approved yet; Programme board (1,000.00 GBP) could approve".into())
    );
}

#[test]
fn a_circle_in_the_chain_ends_where_it_began() {
    let limits = ["A | any | 10 | GBP | B", "B | any | 20 | GBP | A"];
    let tables = tables(&["C | increase | | I1 | 30 | GBP | 2026-10 | | Labour | | | | P1 | A | 2026-09-10 | approved | x"])
        .with("Authority limits", "Body or role | Kind | Limit | Currency | Escalates to", &limits);
    let (_, _, control, _) = control_of(tables);
    let verdict = control.changes[0].verdict(ChangeRule::WithinLimit).expect("judged");
    assert_eq!(verdict.why, "A (10.00 GBP), above it B (20.00 GBP); nobody listed could approve");
}

#[test]
fn nobody_approves_what_they_asked_for() {
    let says = |requester: &str, approver: &str| {
        let change = format!(
            "C | increase | | I1 | 10 | GBP | 2026-10 | | Labour | | | | {requester} | {approver} | 2026-09-10 | approved | x"
        );
        verdict(ChangeRule::NotSelfApproved, &change).0
    };
    assert_eq!([says("P1", "P1"), says("P2", "P1"), says("P1", "Executive")], [Ok(false), Ok(true), Ok(true)]);
    assert_eq!([says("", "P1"), says("P1", "")], [Err(Undefined::NoRequester), Err(Undefined::NoApprover)]);
}

#[test]
fn a_change_cut_into_pieces_is_seen() {
    let virement = |id: &str, amount: &str, to: &str, on: &str| {
        format!("{id} | virement | I1 | | {amount} | GBP | 2026-10 | | Labour | {to} | | | P2 | P1 | {on} | approved | x")
    };
    let sets = |rows: &[String]| {
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let (_, _, control, _) = control_of(tables(&rows));
        control.splits.iter().map(|set| (set.changes.clone(), set.together.amount().to_string())).collect::<Vec<_>>()
    };
    // 60 + 60 within 30 days pass the limit of 100; on day 31 they do not; 40 + 60 reach it and do not pass it.
    let pair =
        |one: &str, other: &str, on: &str| [virement("C1", one, "Travel", "2026-09-01"), virement("C2", other, "Travel", on)];
    assert_eq!(sets(&pair("60", "60", "2026-10-01")), [(vec![0, 1], "120.00".to_string())]);
    assert_eq!(sets(&pair("60", "60", "2026-10-02")), []);
    assert_eq!(sets(&pair("40", "60", "2026-09-02")), []);
    // One that passes the limit alone is told as such, and is no piece.
    assert_eq!(sets(&pair("101", "60", "2026-09-02")), []);
    // Another place is another pair.
    assert_eq!(sets(&[virement("C1", "60", "Travel", "2026-09-01"), virement("C2", "60", "Licences", "2026-09-02")]), []);
    // A chain of pieces: the largest windows, none inside another.
    let chain = [
        virement("C1", "50", "Travel", "2026-08-01"),
        virement("C2", "60", "Travel", "2026-08-20"),
        virement("C3", "70", "Travel", "2026-08-25"),
        virement("C4", "40", "Travel", "2026-09-24"),
    ];
    assert_eq!(sets(&chain), [(vec![0, 1, 2], "180.00".to_string()), (vec![2, 3], "110.00".to_string())]);
}

#[test]
fn a_period_is_open_until_its_closing_day() {
    let says = |period: &str, on: &str, status: &str| {
        let by = if on.is_empty() { "" } else { "P2" };
        let change = format!("C | increase | | I1 | 10 | GBP | {period} | | Labour | | | | P1 | {by} | {on} | {status} | x");
        verdict(ChangeRule::PeriodOpen, &change).0
    };
    // August is closed through; it ends on a Monday, and closed five working days later, on Monday 7 September 2026.
    let portfolio = tables(&[]).build("2026-10-31").0;
    let closed =
        crate::model::closing::closing_day(&portfolio.settings, portfolio.calendars.default_calendar(), Period::new(2026, 8));
    assert_eq!(closed, day("2026-09-07"));
    assert_eq!(says("2026-08", "2026-09-07", "approved"), Ok(true));
    assert_eq!(says("2026-08", "2026-09-08", "approved"), Ok(false));
    assert_eq!(says("2026-08", "", "proposed"), Ok(false));
    assert_eq!(says("2026-09", "2026-10-30", "approved"), Ok(true));
}

#[test]
fn capital_becomes_operating_by_the_highest_authority_alone() {
    let says = |from: &str, to: &str, by: &str| {
        let change = format!(
            "C | virement | I1 | | 10 | GBP | 2026-10 | | Labour | Travel | {from} | {to} | P2 | {by} | 2026-09-10 | approved | x"
        );
        verdict(ChangeRule::CapitalToRevenue, &change)
    };
    assert_eq!(says("capex", "opex", "P1"), (Ok(false), "approved by Project manager; highest: Executive (no limit)".into()));
    assert_eq!(says("capex", "opex", "Executive").0, Ok(true));
    assert_eq!(says("opex", "capex", "P1").0, Err(Undefined::NotApplicable));
    assert_eq!(says("capex", "", "P1").0, Err(Undefined::NotApplicable), "the same as the giving side's");
}

#[test]
fn every_change_has_a_verdict_for_every_rule() {
    let (_, _, control, _) = control_of(tables(STORY));
    for judged in &control.changes {
        assert!(judged.verdicts.iter().map(|verdict| verdict.rule).eq(ChangeRule::ALL));
        assert!(judged.verdicts.iter().all(|verdict| !verdict.why.is_empty()));
    }
    let rejected = &control.changes[5];
    assert!(
        !rejected.in_force && !rejected.pending && rejected.verdicts.iter().all(|it| it.holds == Err(Undefined::NotApplicable))
    );
}

mod sums {
    use super::*;
    use crate::base::id::BudgetChangeId;
    use crate::base::money::Currency;
    use crate::base::origin::Origin;
    use proptest::prelude::*;

    fn place() -> impl Strategy<Value = BudgetPlace> {
        let initiative = prop::sample::select(vec!["I1", "I2"]);
        let category = prop::sample::select(vec!["", "Labour", "Services"]);
        (initiative, category, 9u8..=12).prop_map(|(initiative, category, number)| BudgetPlace {
            initiative: InitiativeId::new(initiative),
            work: None,
            category: category.into(),
            expenditure: None,
            funding_source: None,
            period: Period::new(2026, number),
        })
    }

    fn change() -> impl Strategy<Value = BudgetChange> {
        let kind = prop::sample::select(ChangeKind::ALL.to_vec());
        let status = prop::sample::select(vec![
            ChangeStatus::Approved,
            ChangeStatus::Approved,
            ChangeStatus::Proposed,
            ChangeStatus::Rejected,
        ]);
        let currency = prop::sample::select(vec!["GBP", "EUR", "JPY"]);
        (kind, status, place(), place(), 1i64..9_999_999, currency).prop_map(|(kind, status, from, to, amount, currency)| {
            BudgetChange {
                id: BudgetChangeId::new("C"),
                kind,
                from: (kind != ChangeKind::Increase).then_some(from),
                to: (kind != ChangeKind::Decrease).then_some(to),
                amount: Decimal::new(amount, 3),
                currency: Currency::parse(currency).expect("listed"),
                reason: None,
                requester: None,
                approver: None,
                approved_on: None,
                status,
                origin: Origin::file("t.xlsx"),
            }
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        /// The cost position adds the same changes by cells, without knowing of steps: the two must agree.
        #[test]
        fn steps_add_up_to_the_budget_of_the_cost_position(changes in prop::collection::vec(change(), 0..12)) {
            static BASE: std::sync::LazyLock<Portfolio> = std::sync::LazyLock::new(|| {
                let rates = ["EUR | GBP | budget | 2026-01 | 0.8537", "EUR | GBP | budget | 2026-11 | 0.9011", "JPY | GBP | budget | 2026-01 | 0.0053"];
                tables(&[]).with("FX rates", "From | To | Kind | Period | Rate", &rates).build("2026-10-31").0
            });
            let mut portfolio = BASE.clone();
            portfolio.budget_changes = changes;
            let (cost, _) = cost_position(&portfolio, &BTreeMap::new(), &[]);
            let (control, _) = budget_control(&portfolio, &cost);
            for corkscrew in &control.corkscrew {
                let cost = cost.initiatives.iter().find(|cost| cost.initiative == corkscrew.initiative).expect("known");
                prop_assert_eq!(corkscrew.reporting.current, cost.reporting.life.budget);
                prop_assert_eq!(corkscrew.own.current, cost.own.life.budget);
                for amounts in [&corkscrew.own, &corkscrew.reporting] {
                    let original = amounts.original.expect("both have one");
                    let changes = amounts.changes(original.currency).expect("every rate is there");
                    prop_assert_eq!(original.checked_add(changes), Ok(amounts.current.expect("a budget")));
                }
            }
            // Virements net to zero but for rates and rounding: at most half a unit for each cell that is rounded.
            let moves = portfolio.budget_changes.iter().filter(|change| moves_only(change.kind)).count();
            let net = control.net_of_virements.expect("every rate is there");
            let parts = control.virement_rate_effect.expect("a rate").checked_add(control.virement_rounding.expect("a rate"));
            prop_assert_eq!(Ok(net), parts);
            let rounding = control.virement_rounding.expect("a rate").minor;
            prop_assert!(rounding.unsigned_abs() <= 2 * moves as u64 + 1, "{} for {} moves", rounding, moves);
            let total = control.total.original.expect("a budget").checked_add(control.approved_total.expect("a rate"));
            prop_assert_eq!(total, Ok(control.total.current.expect("a budget")));
        }
    }
}
