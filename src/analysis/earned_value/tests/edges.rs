//! The edge rules of the measures in one table; what goes beyond single measures, beside it.

use super::*;

/// What is asserted of a case.
type Check = fn(&Performance);

/// By case: budget, planned, earned, actual cost, and what must hold.
const RULES: &[(&str, [i64; 4], Check)] = &[
    ("PV = 0: no SPI, SV = EV", [100, 0, 10, 5], |at| {
        assert_eq!(at.cost.schedule_performance_index, Err(Undefined::NothingPlannedYet));
        assert_eq!(at.cost.schedule_variance, Decimal::from(10));
    }),
    ("AC = 0, EV = 0: no CPI, EAC = BAC", [100, 50, 0, 0], |at| {
        assert_eq!(at.cost.cost_performance_index, Err(Undefined::NothingSpentYet));
        assert_eq!(at.cost.estimate_at_completion, Ok(Decimal::from(100)));
        assert!(at.cost.oddities.is_empty());
    }),
    ("AC = 0, EV > 0: no CPI, a warning, EAC = BAC - EV + AC", [100, 50, 40, 0], |at| {
        assert_eq!(at.cost.cost_performance_index, Err(Undefined::ActualsMissing));
        assert_eq!(at.cost.estimate_at_completion, Ok(Decimal::from(60)));
        assert_eq!(at.cost.oddities, [Oddity::ActualsMissing]);
    }),
    ("AC > 0, EV = 0: CPI = 0, none by CPI, as planned instead; TCPI = BAC / (BAC - AC)", [100, 50, 0, 20], |at| {
        assert_eq!(at.cost.cost_performance_index, Ok(0.0));
        assert_eq!(at.cost.estimate(CPI), Err(Undefined::NothingEarnedYet));
        assert_eq!((at.cost.estimate_at_completion, at.cost.estimate_factor), (Ok(Decimal::from(120)), PLANNED));
        assert_eq!(at.cost.to_complete_index_budget, Ok(1.25));
    }),
    ("AC < 0: variances, no indices, a warning", [100, 50, 40, -5], |at| {
        assert_eq!((at.cost.schedule_variance, at.cost.cost_variance), (Decimal::from(-10), Ok(Decimal::from(45))));
        assert_eq!(at.cost.cost_performance_index, Err(Undefined::Negative));
        assert_eq!(at.cost.schedule_performance_index, Err(Undefined::Negative));
        assert_eq!(at.cost.oddities, [Oddity::Negative]);
    }),
    ("EV < 0: variances, no indices, a warning", [100, 50, -5, 40], |at| {
        assert_eq!((at.cost.schedule_variance, at.cost.cost_variance), (Decimal::from(-55), Ok(Decimal::from(-45))));
        assert_eq!(at.cost.percent_complete, Err(Undefined::Negative));
        assert_eq!(at.cost.oddities, [Oddity::Negative]);
    }),
    ("EV = BAC: EAC = AC, ETC = 0, TCPI complete, SPI = 1 however late, SPI(t) tells", [100, 100, 100, 130], |at| {
        assert_eq!(at.cost.estimates.into_iter().take(8).collect::<Vec<_>>(), vec![Ok(Decimal::from(130)); 8]);
        assert_eq!(at.cost.estimate_to_complete, Ok(Decimal::ZERO));
        assert_eq!(at.cost.to_complete_index_budget, Err(Undefined::Complete));
        assert_eq!(at.cost.to_complete_index_estimate, Err(Undefined::Complete));
        assert_eq!(at.time.to_complete_index, Err(Undefined::Complete));
        assert_eq!((at.cost.schedule_performance_index, at.time.schedule_performance_index), (Ok(1.0), Ok(0.8)));
    }),
    ("EV > BAC: indices take the budget, a warning", [100, 80, 120, 60], |at| {
        assert_eq!((at.cost.percent_complete, at.cost.schedule_performance_index), (Ok(1.0), Ok(1.25)));
        assert_eq!(
            (at.cost.schedule_variance, at.cost.oddities.as_slice()),
            (Decimal::from(40), [Oddity::EarnedAboveBudget].as_slice())
        );
    }),
    ("AC = BAC, EV < BAC: TCPI(BAC) not achievable, TCPI(EAC) instead", [100, 80, 60, 100], |at| {
        assert_eq!(at.cost.to_complete_index_budget, Err(Undefined::NotAchievable));
        assert_eq!(at.cost.to_complete_index_estimate, Ok(0.6));
    }),
    ("AC > BAC, EV < BAC: the same", [100, 80, 60, 110], |at| {
        assert_eq!(at.cost.to_complete_index_budget, Err(Undefined::NotAchievable));
        assert_eq!(at.cost.to_complete_index_estimate, at.cost.cost_performance_index);
    }),
    ("BAC = 0: nothing", [0, 0, 0, 10], |at| {
        for index in
            [at.cost.schedule_performance_index, at.cost.cost_performance_index, at.cost.percent_complete, at.cost.percent_spent]
        {
            assert_eq!(index, Err(Undefined::NoBudget));
        }
        assert!(
            at.cost
                .estimates
                .iter()
                .chain([&at.cost.estimate_at_completion])
                .all(|estimate| *estimate == Err(Undefined::NoBudget))
        );
        assert_eq!(at.time.forecasts, [Err(Undefined::NoBudget); 9]);
    }),
    ("status after the baseline's finish: PV = BAC, SPI on its way to 1, ES <= PD < AT", [100, 100, 95, 90], |at| {
        assert_eq!(at.cost.schedule_performance_index, Ok(0.95));
        assert_eq!(at.time.to_complete_index, Ok(0.5), "2 days of plan left, 4 of time in the table below");
    }),
];

#[test]
fn the_edge_rules() {
    for (case, [budget, planned, earned, actual], check) in RULES {
        // Ten days planned; eight earned in ten days, or in six where the last case needs time left.
        let passed = if case.starts_with("status after") { 6 } else { 10 };
        let at = performance(base(*budget, *planned, *earned, Ok(*actual)), &time(passed, 8));
        let held = std::panic::catch_unwind(|| check(&at));
        assert!(held.is_ok(), "{case}");
        let numbers = [at.cost.schedule_performance_index, at.cost.cost_performance_index, at.cost.schedule_cost_index];
        assert!(numbers.into_iter().flatten().all(f64::is_finite), "{case}: never infinite");
    }
}

#[test]
fn an_estimate_below_what_is_spent_is_refused() {
    assert_eq!(bottom_up_estimate(50.into(), (-1).into()), Err(Undefined::Negative));
    assert_eq!(bottom_up_estimate(50.into(), 30.into()), Ok(80.into()));
}

#[test]
fn after_the_baselines_finish_everything_is_planned_and_earned_schedule_stays_within_it() {
    let readings = ["2026-03-27|P|A|100%|2026-03-02||900", "2026-03-27|P|B|90%|2026-03-16||2800"];
    let (analyses, _) = analysed(plan().with("Progress", READING, &readings), "2026-04-10");
    let current = analyses.earned_value.initiatives[0].current().expect("a status").clone();
    assert_eq!((whole(current.base.planned_value), whole(current.base.earned_value)), (4000, 3700));
    let (earned, time) = (current.time.earned_schedule.expect("ES"), &current.time);
    assert!(earned <= time.planned_duration && time.planned_duration < time.actual_time);
    assert_eq!(time.actual_time, 30 * 480);
    assert_eq!(time.to_complete_index, Err(Undefined::PlannedTimeUsedUp));
}
