//! Funds worked out by hand, and sums that hold whatever moves.

use super::*;
use crate::analysis::measure::Undefined;
use crate::analysis::risk::risk_exposure;
use crate::analysis::schedule::schedules;
use crate::model::testing::{TestTables, told};

const MOVEMENTS: &str = "Fund | Initiative | Date | Movement | Amount | Currency | Risk | Approver";
const RISKS: &str = "Risk ID | Initiative | Event | Kind | Probability | Cost min | Cost likely | Cost max | Residual probability | Residual cost likely | Proximity date | Activities hit | Status";

const REGISTER: &[&str] = &[
    "R1 | I1 | a | threat | 50% | 100 | 200 | 600 | 20% | 300 | 2027-01-15 | | open",
    "R2 | I1 | b | threat | 10% | | 400 | | | | | | open",
    "R3 | I2 | c | threat | 50% | | 100 | | | | | I2/A1 | open",
    "R4 | I1 | d | opportunity | 50% | | 900 | | | | | | open",
    "R5 | I1 | e | threat | 50% | | 900 | | | | | | closed",
    "R6 | I1 | f | threat | 50% | | | | | | | | open",
    "R7 | I3 | g | threat | 25% | | 80 | | | | 2026-10-01 | | open",
];

const STORY: &[&str] = &[
    "contingency | I1 | 2026-08-05 | opening | 1000 | | |",
    "contingency | I1 | 2026-09-01 | addition | 100 | | |",
    "contingency | I1 | 2026-09-10 | drawdown | 250 | | R1 | P1",
    "contingency | I1 | 2026-10-02 | drawdown | 450 | | R1 | Board",
    "contingency | I1 | 2026-10-20 | release | 50 | | |",
    "contingency | I2 | 2026-09-01 | opening | 400 | | |",
    "contingency | I2 | 2026-09-02 | drawdown | 450 | | | P3",
    "contingency | I2 | 2026-10-02 | addition | 80 | GBP | |",
    "management reserve | | 2026-09-01 | opening | 5000 | | |",
    "management reserve | | 2026-09-30 | drawdown | 100 | | | Board",
];

fn tables(register: &[&str], movements: &[&str]) -> TestTables {
    TestTables::new()
        .with(
            "Initiatives",
            "Initiative ID | Name | Currency | Contingency | Finish",
            &["I1 | One | GBP | 1000 | 2026-12-31", "I2 | Two | EUR | 500 |", "I3 | Three | GBP | 70 |"],
        )
        .with("People", "Person ID | Name | Role", &["P1 | Ann | Project manager", "P3 | Cas |"])
        .with("FX rates", "From | To | Kind | Period | Rate", &["EUR | GBP | budget | 2026-01 | 0.8"])
        .with("Activities", "Activity ID | Initiative | WBS | Name | Duration", &["A1 | I2 | 1 | Dig | 30d"])
        .with(
            "Authority limits",
            "Body or role | Kind | Limit | Currency | Escalates to",
            &["Project manager | contingency | 200 | GBP | Board", "Board | any | | GBP |"],
        )
        .with("Risks", RISKS, register)
        .with("Contingency", MOVEMENTS, movements)
}

fn reserves_of(tables: TestTables) -> (Reserves, Findings, Portfolio) {
    let (portfolio, _) = tables.build("2026-10-31");
    let (schedules, _) = schedules(&portfolio);
    let (found, findings) = reserves(&portfolio, &risk_exposure(&portfolio), &schedules.current);
    (found, findings, portfolio)
}

fn shown<const N: usize>(figures: [Measure<Money>; N]) -> String {
    figures
        .map(|figure| figure.map_or_else(|why| why.reason().to_string(), |money| money.amount().normalize().to_string()))
        .join(" ")
}

fn rows(fund: &ReserveFund) -> Vec<String> {
    let row = |of: &CorkscrewRow| shown([of.opening, of.additions, of.drawdowns, of.releases, of.closing]);
    fund.corkscrew.iter().map(|of| format!("{} {}", of.period, row(of))).collect()
}

fn curve(rows: &[ForwardRow]) -> Vec<String> {
    rows.iter()
        .map(|of| format!("{} {}", of.period, shown([Ok(of.expected), Ok(of.exposure_ahead), of.remaining, of.shortfall])))
        .collect()
}

#[test]
fn a_corkscrew_by_hand() {
    let (found, _, _) = reserves_of(tables(REGISTER, STORY));
    let [one, two, reserve] = found.funds.as_slice() else { panic!("three funds") };
    assert_eq!(rows(one), ["FY2026-P08 1000 0 0 0 1000", "FY2026-P09 1000 100 250 0 850", "FY2026-P10 850 0 450 50 350"]);
    assert_eq!(
        shown([one.opening, one.additions, one.drawdowns, one.releases, one.remaining, one.stated]),
        "1000 100 700 50 350 1000"
    );
    // 80 GBP are 100 EUR at the budget rate.
    assert_eq!(rows(two), ["FY2026-P09 400 0 450 0 -50", "FY2026-P10 -50 100 0 0 50"]);
    assert_eq!((two.currency.code(), shown([two.remaining, two.remaining_reporting])), ("EUR", "50 40".into()));
    assert_eq!(
        (reserve.fund, shown([reserve.remaining, reserve.stated])),
        (Fund::ManagementReserve, "4900 does not apply".into())
    );
    let [contingency, management] = found.totals.as_slice() else { panic!("two kinds") };
    // 1000 + 400 × 0.8; 700 + 450 × 0.8; 350 + 40.
    assert_eq!(shown([contingency.opening, contingency.drawdowns, contingency.remaining]), "1320 1060 390");
    assert_eq!((management.exposure, management.coverage), (Err(Undefined::NotApplicable), Err(Undefined::NotApplicable)));
}

#[test]
fn cover_is_what_is_left_over_the_residual_exposure_of_open_threats() {
    let (found, _, _) = reserves_of(tables(REGISTER, STORY));
    let one = &found.funds[0];
    // R1: 20 % of 300; R2: 10 % of 400; R6 has no amount; R4 is no threat and R5 is closed.
    assert_eq!((shown([one.exposure]), one.threats, one.coverage), ("100".into(), (3, 1), Ok(3.5)));
    assert_eq!(shown([one.use_at_completion, one.surplus]), "800 250");
    // Over is R5 alone: 50 % of 900; 700 was drawn. Nothing of I2 is over.
    assert_eq!(shown([one.drawn_reporting, one.retired]), "700 450");
    assert_eq!(shown([found.funds[1].drawn_reporting, found.funds[1].retired]), "360 0");
    assert_eq!(found.funds[2].retired, Err(Undefined::NotApplicable));
    // R3: 50 % of 100 EUR at 0.8; 40 left.
    assert_eq!((shown([found.funds[1].exposure, found.funds[1].surplus]), found.funds[1].coverage), ("40 0".into(), Ok(1.0)));
    let total = &found.totals[0];
    assert_eq!(
        (shown([total.exposure]), total.coverage.map(|cover| (cover * 1e9).round() / 1e9)),
        ("140".into(), Ok(2.785_714_286))
    );
}

#[test]
fn the_forward_curve_follows_proximity_activities_and_the_finish() {
    let (found, _, _) = reserves_of(tables(REGISTER, STORY));
    let one = &found.funds[0];
    // R2's 40.00 over the 61 days of November and December: 19.67 and 20.33. R1's 60.00 in January.
    assert_eq!(curve(&one.forward), ["FY2026-P11 19.67 80.33 330.33 0", "FY2026-P12 20.33 60 310 0", "FY2027-P01 60 0 250 0"]);
    let basis: Vec<(&str, TimingBasis)> = one.ahead.iter().map(|ahead| (ahead.risk.as_str(), ahead.basis)).collect();
    assert_eq!(basis, [("R1", TimingBasis::Proximity), ("R2", TimingBasis::InitiativeFinish)]);
    // A1: 30 working days from Monday 2 November to Friday 11 December: 29 and 11 of 40 days.
    assert_eq!(curve(&found.funds[1].forward), ["FY2026-P11 29 11 11 0", "FY2026-P12 11 0 0 0"]);
    assert_eq!(found.funds[1].ahead[0].basis, TimingBasis::Activities);
    assert_eq!((one.runs_short, found.funds[1].runs_short), (None, None));
    assert_eq!(curve(&found.totals[0].forward)[0], "FY2026-P11 48.67 91.33 341.33 0");
}

#[test]
fn a_fund_runs_short_in_the_first_period_whose_draws_pass_it() {
    let (found, findings, _) = reserves_of(tables(
        REGISTER,
        &[
            "contingency | I1 | 2026-08-05 | opening | 1000 | | |",
            "contingency | I1 | 2026-08-06 | drawdown | 970 | | R1 | Board",
        ],
    ));
    let one = &found.funds[0];
    assert_eq!(curve(&one.forward), ["FY2026-P11 19.67 80.33 10.33 0", "FY2026-P12 20.33 60 0 10", "FY2027-P01 60 0 0 70"]);
    assert_eq!(one.runs_short.map(|period| period.to_string()).as_deref(), Some("FY2026-P12"));
    let told = told(&findings);
    assert!(
        told.contains(
            &"A234 Initiatives 2:2: 30.00 GBP left of the contingency of I1, -70.00 GBP against exposure, short from FY2026-P12"
                .into()
        ),
        "{told:?}"
    );
    assert!(told.contains(&"A235 Initiatives 3:3: 500 EUR of I2".into()), "{told:?}");
}

#[test]
fn a_contingency_of_the_portfolio_covers_who_has_none() {
    let (found, _, _) = reserves_of(tables(
        REGISTER,
        &["contingency | | 2026-08-05 | opening | 100 | | |", "contingency | I1 | 2026-08-05 | opening | 1000 | | |"],
    ));
    let portfolio = &found.funds[0];
    // R3 of I2, 40, and R7 of I3, 25 % of 80; R7's day is past and I3 has no finish, so it lies in the first period ahead.
    assert_eq!((portfolio.initiative.as_ref(), shown([portfolio.exposure])), (None, "60".into()));
    assert_eq!(curve(&portfolio.forward), ["FY2026-P11 49 11 51 0", "FY2026-P12 11 0 40 0"]);
}

#[test]
fn draws_are_judged() {
    let (found, findings, portfolio) = reserves_of(tables(REGISTER, STORY));
    let broken: Vec<String> = found
        .funds
        .iter()
        .flat_map(|fund| &fund.draws)
        .flat_map(|draw| draw.verdicts.iter().map(move |verdict| (draw, verdict)))
        .filter(|(_, verdict)| verdict.holds == Ok(false))
        .map(|(draw, verdict)| format!("{} {}: {}", portfolio.reserves[draw.movement].date, verdict.rule.label(), verdict.why))
        .collect();
    assert_eq!(
        broken,
        [
            "2026-09-10 within the approver's limit: Project manager (200.00 GBP), above it Board (no limit); Board (no limit) could approve",
            // 250 + 450 for R1, of which the register foresees 600 at most.
            "2026-10-02 within the risk's allocation: 700.00 GBP drawn, at most 600.00 GBP foreseen",
            "2026-09-02 fund not below zero: -50.00 EUR left",
            "2026-09-02 names its risk: no risk named",
        ]
    );
    let draws = &found.funds[0].draws;
    assert_eq!(shown([draws[0].allocation, draws[0].drawn_for_risk, draws[0].balance]), "600 250 850");
    let of_management = &found.funds[2].draws[0];
    assert_eq!(of_management.verdicts.iter().filter(|verdict| verdict.holds == Err(Undefined::NotApplicable)).count(), 2);
    assert!(found.funds.iter().flat_map(|fund| &fund.draws).all(|draw| draw.verdicts.iter().map(|it| it.rule).eq(DrawRule::ALL)));
    assert_eq!(
        told(&findings),
        [
            "A219 Contingency 4:4: Project manager (200.00 GBP), above it Board (no limit); Board (no limit) could approve",
            "A224 Contingency 8:8: P3: the person has no role in People",
            "A231 Contingency 8:8: -50.00 EUR left of the contingency of I2 on 2026-09-02",
            "A232 Contingency 7:7: the contingency of I2 opens with 400.00 EUR",
            "A233 Contingency 5:5: R1: 700.00 GBP drawn, at most 600.00 GBP foreseen",
            "A235 Initiatives 4:4: 70 GBP of I3",
        ]
    );
}

/// The row of the opening is missing, as where its date could not be read.
#[test]
fn a_fund_that_begins_with_a_draw_has_no_balance() {
    let (found, findings, _) = reserves_of(tables(
        REGISTER,
        &[
            "contingency | I1 | 2026-10-02 | drawdown | 450 | | R1 | Board",
            "contingency | I1 | 2026-10-05 | addition | 100 | | |",
        ],
    ));
    let fund = &found.funds[0];
    assert_eq!(
        (fund.remaining, fund.opening, fund.coverage),
        (Err(Undefined::NoOpening), Err(Undefined::NoOpening), Err(Undefined::NoOpening))
    );
    let none = Undefined::NoOpening.reason();
    assert_eq!(rows(fund), [format!("FY2026-P10 {none} 100 450 0 {none}")]);
    let of_all = found.totals.iter().find(|total| total.fund == Fund::Contingency).expect("a total");
    assert_eq!((of_all.remaining, of_all.coverage), (Err(Undefined::NoOpening), Err(Undefined::NoOpening)));
    let opening: Vec<String> = told(&findings).into_iter().filter(|line| line.contains("opens with")).collect();
    assert_eq!(opening.len(), 1, "{:?}", told(&findings));
    assert!(opening[0].ends_with("the contingency of I1 opens with nothing that is told"), "{opening:?}");
}

#[test]
fn what_is_not_known_is_not_zero() {
    let lost = tables(REGISTER, STORY).with("FX rates", "From | To | Kind | Period | Rate", &[]);
    let (found, _, _) = reserves_of(lost);
    let two = &found.funds[1];
    assert_eq!((two.remaining, two.coverage), (Err(Undefined::NoExchangeRate), Err(Undefined::NoExchangeRate)));
    assert_eq!((two.exposure, two.forward.len()), (Err(Undefined::NoExchangeRate), 0));
    assert_eq!(shown([two.opening]), "400");
    assert_eq!(found.totals[0].remaining, Err(Undefined::NoExchangeRate));
    let (none, findings, _) = reserves_of(tables(&["R6 | I1 | f | threat | 50% | | | | | | | | open"], &STORY[..5]));
    assert_eq!((none.funds[0].exposure, none.funds[0].coverage), (Err(Undefined::NoAmount), Err(Undefined::NoAmount)));
    assert!(none.funds[0].forward.is_empty());
    assert!(told(&findings).iter().all(|told| !told.starts_with("A234")));
    let (quiet, _, _) = reserves_of(tables(&[], &STORY[..5]));
    assert_eq!((shown([quiet.funds[0].exposure]), quiet.funds[0].coverage), ("0".into(), Err(Undefined::NothingToCompare)));
}

mod sums {
    use super::*;
    use crate::base::day::day_from_epoch;
    use crate::base::origin::Origin;
    use crate::model::budget_control::{Movement, ReserveMovement};
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    /// 2026-06-01.
    const FIRST_DAY: i64 = 20_605;

    fn movement() -> impl Strategy<Value = ReserveMovement> {
        let kind = prop::sample::select(Movement::ALL.to_vec());
        (kind, 0i64..150, 0i64..9_999_999, prop::sample::select(vec![None, Some("I1"), Some("I2")])).prop_map(
            |(movement, days, minor, initiative)| ReserveMovement {
                fund: Fund::Contingency,
                initiative: initiative.map(InitiativeId::new),
                date: day_from_epoch(FIRST_DAY + days),
                movement,
                amount: Decimal::new(minor, 2),
                currency: Currency::parse(if initiative == Some("I2") { "EUR" } else { "GBP" }).expect("listed"),
                risk: None,
                approver: None,
                reason: None,
                origin: Origin::file("t.xlsx"),
            },
        )
    }

    fn of_kind(movements: &[ReserveMovement], fund: &ReserveFund, kind: Movement) -> i64 {
        let mine = movements.iter().filter(|one| one.initiative == fund.initiative && one.movement == kind);
        mine.map(|one| Money::rounded(one.amount, one.currency).expect("small").minor).sum()
    }

    /// True where nothing is put into a fund on the first day of its movements.
    fn begins_with_a_draw(movements: &[ReserveMovement], fund: &ReserveFund) -> bool {
        let mine = || movements.iter().filter(|one| one.initiative == fund.initiative);
        let first = mine().map(|one| one.date).min();
        !mine().any(|one| Some(one.date) == first && matches!(one.movement, Movement::Opening | Movement::Addition))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn openings_and_closings_meet(movements in prop::collection::vec(movement(), 1..12)) {
            static BASE: std::sync::LazyLock<(Portfolio, RiskExposure, Schedule)> = std::sync::LazyLock::new(|| {
                let (portfolio, _) = tables(REGISTER, &[]).build("2026-10-31");
                let (schedules, _) = schedules(&portfolio);
                (portfolio.clone(), risk_exposure(&portfolio), schedules.current)
            });
            let (base, risk, schedule) = &*BASE;
            let portfolio = Portfolio { reserves: movements.clone(), ..base.clone() };
            let (found, _) = reserves(&portfolio, risk, schedule);
            let minor = |figure: Measure<Money>| figure.expect("every rate is there").minor;
            let (unknown, told): (Vec<&ReserveFund>, Vec<&ReserveFund>) =
                found.funds.iter().partition(|fund| begins_with_a_draw(&movements, fund));
            for fund in &unknown {
                prop_assert_eq!((fund.remaining, fund.surplus), (Err(Undefined::NoOpening), Err(Undefined::NoOpening)));
                prop_assert!(fund.corkscrew.iter().all(|row| row.closing == Err(Undefined::NoOpening)));
            }
            for fund in &told {
                let sum = |kind| of_kind(&movements, fund, kind);
                let left = sum(Movement::Opening) + sum(Movement::Addition) - sum(Movement::Drawdown) - sum(Movement::Release);
                prop_assert_eq!(minor(fund.remaining), left);
                prop_assert_eq!(minor(fund.corkscrew.last().expect("a period").closing), left);
                for pair in fund.corkscrew.windows(2) {
                    prop_assert_eq!(pair[0].closing, pair[1].opening);
                }
                for row in &fund.corkscrew {
                    let closing = minor(row.opening) + minor(row.additions) - minor(row.drawdowns) - minor(row.releases);
                    prop_assert_eq!(closing, minor(row.closing));
                }
                prop_assert_eq!(fund.forward.iter().map(|row| row.expected.minor).sum::<i64>(), minor(fund.exposure));
                let now = minor(fund.remaining_reporting);
                let mut drawn = 0;
                for row in &fund.forward {
                    drawn += row.expected.minor;
                    prop_assert_eq!(minor(row.remaining) - minor(row.shortfall), now - drawn);
                    prop_assert!(minor(row.remaining) == 0 || minor(row.shortfall) == 0);
                    prop_assert_eq!(row.exposure_ahead.minor, minor(fund.exposure) - drawn);
                }
                prop_assert_eq!(fund.runs_short.is_some(), minor(fund.surplus) < 0 && minor(fund.exposure) > 0);
            }
            let total = &found.totals[0];
            if unknown.is_empty() {
                let each: i64 = told.iter().map(|fund| minor(fund.remaining_reporting)).sum();
                prop_assert_eq!(minor(total.remaining), each);
            } else {
                prop_assert_eq!(total.remaining, Err(Undefined::NoOpening));
            }
        }
    }
}
