//! The edge rules, one test a row; the techniques; where costs come from; the roll-up.

mod edges;
mod techniques;
mod views;

use super::*;
use crate::analysis::codes;
use crate::analysis::{Analyses, analyse};
use crate::base::calendar::WorkCalendar;
use crate::base::money::Currency;
use crate::model::past::Past;
use crate::model::settings::{EarnedScheduleConvention, FlatCurve, Settings};
use crate::model::testing::{TestTables, moment, settings};
use proptest::prelude::*;
use std::sync::Arc;

fn base(budget: i64, planned: i64, earned: i64, actual: Measure<i64>) -> Base {
    Base {
        status: moment("2026-03-13 17:00"),
        currency: Currency::parse("GBP").expect("listed"),
        budget_at_completion: Decimal::from(budget),
        planned_value: Decimal::from(planned),
        earned_value: Decimal::from(earned),
        actual_cost: actual.map(Decimal::from),
    }
}

/// Ten days planned, some of them passed, some earned.
fn time(actual_days: i64, earned_days: i64) -> TimeBase {
    TimeBase {
        calendar: Arc::new(WorkCalendar::standard()),
        start: Some(moment("2026-03-02 08:00")),
        planned_duration: 10 * 480,
        actual_time: actual_days * 480,
        earned_schedule: Ok(earned_days * 480),
        adherence: Ok(Decimal::ONE),
        usable_share: Decimal::new(5, 1),
        recent: [Ok(Decimal::new(8, 1)), Err(Undefined::TooFewPeriods)],
    }
}

fn measured(budget: i64, planned: i64, earned: i64, actual: i64) -> Performance {
    performance(base(budget, planned, earned, Ok(actual)), &time(5, 4))
}

const CPI: PerformanceFactor = PerformanceFactor::Cpi;
const PLANNED: PerformanceFactor = PerformanceFactor::Planned;

#[test]
fn the_textbook_case() {
    // PMI, Practice Standard for Earned Value Management: formulas worked by hand on BAC 100, PV 50, EV 40, AC 60.
    let Performance { cost, time, .. } = measured(100, 50, 40, 60);
    assert_eq!((cost.schedule_variance, cost.cost_variance), (Decimal::from(-10), Ok(Decimal::from(-20))));
    assert_eq!((cost.schedule_performance_index, cost.schedule_variance_share), (Ok(0.8), Ok(-0.2)));
    assert_eq!((cost.cost_performance_index.map(percent), cost.cost_variance_share), (Ok(67), Ok(-0.5)));
    assert_eq!((cost.percent_complete, cost.percent_spent), (Ok(0.4), Ok(0.6)));
    assert_eq!((cost.estimate(PLANNED), cost.estimate(CPI).map(|eac| eac.round())), (Ok(120.into()), Ok(150.into())));
    assert_eq!(cost.estimate(PerformanceFactor::Spi), Ok(Decimal::from(135)));
    assert_eq!((cost.estimate_factor, cost.variance_at_completion.map(|vac| vac.round())), (CPI, Ok((-50).into())));
    assert_eq!((cost.to_complete_index_budget, cost.to_complete_index_estimate.map(percent)), (Ok(1.5), Ok(67)));
    assert_eq!((time.schedule_performance_index, time.schedule_variance), (Ok(0.8), Ok(-480)));
    assert_eq!((time.earned_duration, time.to_complete_index), (Ok(4 * 480), Ok(1.2)));
    let days = |method: usize| time.forecasts[method].map(|minutes| time.days(minutes));
    assert_eq!([days(0), days(1), days(3), days(4)], [Ok(11.0), Ok(12.5), Ok(11.0), Ok(12.5)]);
    assert_eq!([days(6), days(7)], [Ok(11.0), Ok(12.5)]);
}

fn percent(share: f64) -> i64 {
    format!("{:.0}", share * 100.0).parse().expect("a whole number")
}

#[test]
fn no_actual_cost_leaves_the_schedule_measures() {
    let cost = performance(base(100, 50, 40, Err(Undefined::NoActualCost)), &time(5, 4)).cost;
    assert_eq!((cost.schedule_performance_index, cost.percent_complete), (Ok(0.8), Ok(0.4)));
    for missing in [cost.cost_variance, cost.estimate_at_completion, cost.variance_at_completion] {
        assert_eq!(missing, Err(Undefined::NoActualCost));
    }
}

/// Two activities of ten days each, one after the other, from Monday 2 March 2026; 480 an hour for the first, a lump sum
/// for the second.
fn plan() -> TestTables {
    TestTables::new()
        .with(
            "Activities",
            "Initiative|Activity ID|WBS|Name|Type|Duration|Baseline start|Baseline finish|Baseline cost",
            &["P|A|1|First|task|10d|2026-03-02|2026-03-13|1000", "P|B|2|Second|task|10d|2026-03-16|2026-03-27|3000"],
        )
        .with("Dependencies", "Initiative|Predecessor|Successor|Type", &["P|A|B|FS"])
}

fn analysed(tables: TestTables, as_of: &str) -> (Analyses, Vec<&'static str>) {
    analysed_with(tables, &settings(as_of))
}

fn analysed_with(tables: TestTables, settings: &Settings) -> (Analyses, Vec<&'static str>) {
    let (portfolio, _) = tables.build_with(settings);
    let (analyses, findings) = analyse(&portfolio, &Past::default());
    (analyses, findings.0.iter().map(|finding| finding.code.id).collect())
}

const READING: &str = "As-of|Initiative|Activity|Percent complete|Actual start|Actual finish|Actual cost";

#[test]
fn status_dates_carry_what_earlier_readings_said() {
    let readings =
        ["2026-03-06|P|A|40%|2026-03-02||500", "2026-03-13|P|A|100%||2026-03-13|900", "2026-03-20|P|B|20%|2026-03-16||400"];
    let (analyses, _) = analysed(plan().with("Progress", READING, &readings), "2026-03-27");
    let history = &analyses.earned_value.initiatives[0].history;
    let told: Vec<(i64, i64, i64)> = history
        .iter()
        .map(|each| [each.base.planned_value, each.base.earned_value, each.base.actual_cost.expect("AC")].map(whole))
        .map(|[pv, ev, ac]| (pv, ev, ac))
        .collect();
    assert_eq!(told, vec![(500, 400, 500), (1000, 1000, 900), (2500, 1600, 1300), (4000, 1600, 1300)]);
    let time = &history[2].time;
    assert_eq!((time.days(time.earned_schedule.expect("ES")), time.days(time.actual_time)), (12.0, 15.0));
}

/// A scope of the results.
fn scope<'a>(analyses: &'a Analyses, wanted: &Scope) -> &'a ScopeEarnedValue {
    analyses.earned_value.scopes.iter().find(|scope| scope.scope == *wanted).expect("the scope")
}

fn whole(amount: Decimal) -> i64 {
    amount.round().try_into().expect("in range")
}

#[test]
fn apportioned_work_follows_its_base() {
    let header = "Initiative|Activity ID|WBS|Name|Type|Duration|Baseline start|Baseline finish|Baseline cost|EV technique|Apportioned to|Percent complete|Actual start";
    let rows = [
        "P|A|1|Build|task|10d|2026-03-02|2026-03-13|1000|percent complete||30%|2026-03-02",
        "P|B|2|Inspect|task|10d|2026-03-02|2026-03-13|200|apportioned|A||",
    ];
    let (analyses, _) = analysed(TestTables::new().with("Activities", header, &rows), "2026-03-06");
    assert_eq!(whole(analyses.earned_value.initiatives[0].current().expect("a status").base.earned_value), 360);
}

#[test]
fn a_fixed_cost_falls_as_its_accrual_says() {
    // Ten days, 100 fixed and 10 an hour: 900 in all. At the start, at half time, at the end; planned, earned at half.
    for (accrual, planned, earned) in
        [("start", [0, 500, 900], 500), ("prorated", [0, 450, 900], 450), ("end", [0, 400, 900], 400)]
    {
        let header = "Initiative|Activity ID|WBS|Name|Type|Duration|Baseline start|Baseline finish|Fixed cost|Cost per hour|Cost accrual|Percent complete|Actual start";
        let row = format!("P|A|1|Work|task|10d|2026-03-02|2026-03-13|100|10|{accrual}|50%|2026-03-02");
        for (as_of, planned) in ["2026-03-02 08:00", "2026-03-06 17:00", "2026-03-13 17:00"].into_iter().zip(planned) {
            let (analyses, _) = analysed(TestTables::new().with("Activities", header, &[&row]), as_of);
            let current = analyses.earned_value.initiatives[0].current().expect("a status");
            assert_eq!(whole(current.base.planned_value), planned, "{accrual} at {as_of}");
            if as_of != "2026-03-02 08:00" {
                assert_eq!(whole(current.base.earned_value), earned, "{accrual}");
            }
        }
    }
}

#[test]
fn a_milestone_with_a_cost_is_planned_at_its_moment() {
    let header = "Initiative|Activity ID|WBS|Name|Type|Duration|Baseline start|Baseline finish|Fixed cost|Cost accrual";
    let rows = [
        "P|M|1|Gate|milestone|0d|2026-03-06 17:00|2026-03-06 17:00|100|start",
        "P|A|2|Work|task|10d|2026-03-02|2026-03-13|1|start",
    ];
    for (as_of, planned) in [("2026-03-06 16:00", 1), ("2026-03-06 17:00", 101)] {
        let (analyses, _) = analysed(TestTables::new().with("Activities", header, &rows), as_of);
        assert_eq!(whole(analyses.earned_value.initiatives[0].current().expect("a status").base.planned_value), planned);
    }
}

#[test]
fn assignments_are_priced_at_the_rates_of_their_days() {
    // Two weeks of 40 hours: the first at 10 an hour, the second at 15; half of it; and 50 for each use.
    let tables = plan()
        .with(
            "Activities",
            "Initiative|Activity ID|WBS|Name|Type|Duration|Baseline start|Baseline finish",
            &["P|A|1|Work|task|10d|2026-03-02|2026-03-13"],
        )
        .with("Dependencies", "Initiative|Predecessor|Successor|Type", &[])
        .with("Resources", "Resource ID|Name|Kind", &["R|Ann|human"])
        .with("Rates", "Resource|From|Rate|Unit|Cost per use", &["R|2026-01-01|10|hour|50", "R|2026-03-09|120|day|70"])
        .with("Assignments", "Initiative|Activity|Resource|Units", &["P|A|R|0.5"]);
    let (analyses, _) = analysed(tables, "2026-03-06");
    let initiative = &analyses.earned_value.initiatives[0];
    assert_eq!((initiative.basis, whole(initiative.curve.total())), (CostBasis::ActivityCost, 200 + 300 + 50));
}

const LEDGER: &str = "Entry ID|Posting date|Initiative|WBS|Category|Type|Amount|Currency";

#[test]
fn the_ledger_goes_before_progress_and_is_never_added_to_it() {
    let readings = ["2026-03-06|P|A|40%|2026-03-02||999"];
    let lines = [
        "1|2026-03-03|P|A|Labour|actual|300|GBP",
        "2|2026-03-04|P||Labour|accrual|50|GBP",
        "3|2026-03-05|P|A|Labour|commitment|1000|GBP",
        "4|2026-03-20|P|A|Labour|actual|7|GBP",
    ];
    let tables = || plan().with("Progress", READING, &readings).with("Actuals", LEDGER, &lines);
    let (analyses, _) = analysed(tables(), "2026-03-13");
    let initiative = &analyses.earned_value.initiatives[0];
    assert_eq!(initiative.actual_cost, ActualCostBasis::Ledger);
    assert_eq!(initiative.current().expect("a status").base.actual_cost, Ok(350.into()));
    assert_eq!(initiative.activities[0].history.last().expect("a status").actual_cost, Ok(300.into()));
    let mut by_progress = settings("2026-03-13");
    by_progress.actual_cost = crate::model::settings::ActualCostSource::Progress;
    let (analyses, _) = analysed_with(tables(), &by_progress);
    assert_eq!(analyses.earned_value.initiatives[0].current().expect("a status").base.actual_cost, Ok(999.into()));
}

#[test]
fn a_ledger_without_activities_leaves_theirs_open() {
    let (analyses, _) = analysed(plan().with("Actuals", LEDGER, &["1|2026-03-03|P||Labour|actual|300|GBP"]), "2026-03-13");
    let initiative = &analyses.earned_value.initiatives[0];
    assert_eq!(initiative.actual_cost, ActualCostBasis::LedgerByInitiative);
    assert_eq!(initiative.activities[0].history[0].actual_cost, Err(Undefined::LedgerWithoutActivities));
}

const TWO: &str =
    "Initiative|Activity ID|WBS|Name|Type|Duration|Baseline start|Baseline finish|Baseline cost|Percent complete|Actual start";

fn two_currencies() -> TestTables {
    TestTables::new()
        .with("Initiatives", "Initiative ID|Name|Currency", &["P|Pounds|GBP", "Q|Euros|EUR"])
        .with(
            "Activities",
            TWO,
            &[
                "P|A|1|Work|task|10d|2026-03-02|2026-03-13|1000|50%|2026-03-02",
                "Q|B|1|Work|task|10d|2026-03-02|2026-03-13|2000|25%|2026-03-02",
            ],
        )
        .with("Actuals", LEDGER, &["1|2026-03-03|P||Labour|actual|400|GBP", "2|2026-03-03|Q||Labour|actual|1000|EUR"])
}

#[test]
fn the_portfolio_adds_at_the_budget_rate_and_spends_at_the_average_rate() {
    let rates = ["EUR|GBP|budget|2026-01|0.80", "EUR|GBP|average|2026-03|0.90"];
    let tables = two_currencies().with("FX rates", "From|To|Kind|Period|Rate", &rates);
    let (analyses, _) = analysed(tables, "2026-03-06");
    let portfolio = &analyses.earned_value.portfolio;
    let current = portfolio.history.last().expect("a status");
    let told = [current.base.budget_at_completion, current.base.planned_value, current.base.earned_value].map(whole);
    assert_eq!((told, current.base.actual_cost), ([2600, 1300, 900], Ok(1300.into())));
    assert_eq!(current.cost.cost_performance_index.map(percent), Ok(69), "900 / 1300, no average of 1.25 and 0.50");
    assert_eq!((portfolio.counted.len(), portfolio.left_out.len()), (2, 0));
}

#[test]
fn without_a_rate_an_initiative_is_left_out_and_named() {
    let (analyses, codes) = analysed(two_currencies(), "2026-03-06");
    let portfolio = &analyses.earned_value.portfolio;
    assert_eq!(
        portfolio.left_out,
        vec![("Q", Undefined::NoExchangeRate)]
            .into_iter()
            .map(|(id, reason)| (InitiativeId::new(id), reason))
            .collect::<Vec<_>>()
    );
    assert_eq!(whole(portfolio.history.last().expect("a status").base.budget_at_completion), 1000);
    assert!(codes.contains(&codes::EXCHANGE_RATE_MISSING.id));
}

#[test]
fn the_latest_approved_baseline_governs() {
    let baselines = [
        "Old|P|A|2026-03-02|2026-03-13|1000|2026-01-05",
        "New|P|A|2026-03-02|2026-03-13|1200|2026-02-05",
        "Draft|P|A|2026-03-02|2026-03-13|9999|",
    ];
    let tables = || {
        TestTables::new()
            .with("Activities", "Initiative|Activity ID|WBS|Name|Type|Duration", &["P|A|1|Work|task|10d", "P|B|2|More|task|5d"])
            .with("Dependencies", "Initiative|Predecessor|Successor|Type", &["P|A|B|FS"])
            .with("Initiatives", "Initiative ID|Name|Start", &["P|Project|2026-03-09"])
            .with("Baselines", "Baseline|Initiative|Activity|Start|Finish|Cost|Approved on", &baselines)
    };
    let (analyses, codes) = analysed(tables(), "2026-03-06");
    let initiative = &analyses.earned_value.initiatives[0];
    assert_eq!((initiative.dates.clone(), initiative.basis), (BaselineDates::Named("New".into()), CostBasis::BaselineCost));
    assert_eq!(whole(initiative.curve.total()), 1200);
    let expected = vec![
        codes::NOT_IN_BASELINE.id,
        codes::VARIANCE_UNEXPLAINED.id,
        codes::BASELINE_WITHOUT_REASON.id,
        codes::RIDING_THE_DATA_DATE.id,
    ];
    assert_eq!(codes, expected, "B is in no baseline, New gives no reason, and A has not begun, which nobody explains");
    let mut named = settings("2026-03-06");
    named.baseline = Some("Draft".into());
    let (analyses, _) = analysed_with(tables(), &named);
    assert_eq!(whole(analyses.earned_value.initiatives[0].curve.total()), 9999);
}

#[test]
fn what_a_summary_row_repeats_is_not_counted_twice() {
    let header = "Initiative|Activity ID|WBS|Name|Type|Duration|Baseline start|Baseline finish|Baseline cost";
    let rows = ["P|S|1|All|summary|0d|2026-03-02|2026-03-13|1000", "P|A|1.1|Work|task|10d|2026-03-02|2026-03-13|1000"];
    let readings = ["2026-03-06|P|S|50%|2026-03-02||450", "2026-03-06|P|A|50%|2026-03-02||450"];
    let tables = TestTables::new().with("Activities", header, &rows).with("Progress", READING, &readings);
    let (analyses, codes) = analysed(tables, "2026-03-06");
    let base = analyses.earned_value.initiatives[0].current().expect("a status").base;
    assert_eq!((whole(base.budget_at_completion), base.actual_cost), (1000, Ok(450.into())));
    assert_eq!(codes, vec![codes::COST_ON_SUMMARY.id]);
}

/// A week's work for 1000, a week of nothing, a week's work for 1000, from Monday 2 March 2026.
fn plan_with_a_gap() -> PlannedCurve {
    let item = |start: &str, finish: &str| PlannedItem {
        start: moment(start),
        finish: moment(finish),
        calendar: Arc::new(WorkCalendar::standard()),
        fixed: Decimal::ZERO,
        accrual: crate::model::activity::CostAccrual::Prorated,
        variable: Decimal::from(1000),
    };
    let items = vec![item("2026-03-02 08:00", "2026-03-06 17:00"), item("2026-03-16 08:00", "2026-03-20 17:00")];
    PlannedCurve::new(items, Arc::new(WorkCalendar::standard()))
}

fn continuous(flat: FlatCurve) -> EarnedScheduleRule {
    let fiscal = crate::base::period::FiscalCalendar::default();
    EarnedScheduleRule { convention: EarnedScheduleConvention::Continuous, flat, fiscal }
}

#[test]
fn earned_schedule_counts_whole_hours_and_takes_either_end_of_a_flat_stretch() {
    let curve = plan_with_a_gap();
    let hours = |earned: i64, status: &str, flat| {
        curve.earned_schedule(Decimal::from(earned), moment(status), &continuous(flat)).map(|minutes| minutes / 60)
    };
    let late = "2026-03-20 17:00";
    for (earned, status, earliest, latest) in [
        (0, late, 0, 0),
        (500, late, 20, 20),
        (510, late, 20, 20),
        (1000, late, 40, 80),
        (1000, "2026-03-11 12:00", 60, 80),
        (1100, late, 84, 84),
        (2000, late, 120, 120),
        (2500, late, 120, 120),
    ] {
        assert_eq!(hours(earned, status, FlatCurve::Earliest), Ok(earliest), "{earned} at {status}");
        assert_eq!(hours(earned, status, FlatCurve::Latest), Ok(latest), "{earned} at {status}, latest");
    }
    assert_eq!(
        PlannedCurve::default().earned_schedule(Decimal::ONE, moment(late), &continuous(FlatCurve::Earliest)),
        Err(Undefined::NoBaseline)
    );
}

#[test]
fn schedule_adherence_counts_what_is_earned_where_it_was_planned() {
    // 1000 earned: 800 where it was planned by then, 200 ahead of time. Lipke: p = 800 / 1000.
    let curve = plan_with_a_gap();
    let earned = [Decimal::from(800), Decimal::from(200)];
    assert_eq!(curve.adherence(&earned, Ok(40 * 60)), Ok(Decimal::new(8, 1)));
}

proptest! {
    #[test]
    #[expect(clippy::cast_precision_loss, reason = "figures far below 2^52")]
    fn the_identities_hold(budget in 1i64..1_000_000, planned in 1i64..1_000_000, earned in 1i64..1_000_000, actual in 1i64..1_000_000) {
        let (planned, earned) = (planned % budget + 1, earned % budget + 1);
        prop_assume!(earned < budget);
        let Performance { base, cost, time } = measured(budget, planned.min(budget), earned, actual);
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0);
        let value = crate::base::number::to_f64;
        let (cpi, spi) = (cost.cost_performance_index.expect("CPI"), cost.schedule_performance_index.expect("SPI"));
        let estimate = cost.estimate(CPI).expect("EAC");
        prop_assert!(near(value(estimate), budget as f64 / cpi), "EAC by CPI is BAC / CPI");
        prop_assert!(near(cost.schedule_cost_index.expect("SCI"), cpi * spi));
        prop_assert_eq!(cost.estimate_to_complete.expect("ETC"), estimate - Decimal::from(actual));
        prop_assert_eq!(cost.variance_at_completion.expect("VAC"), base.budget_at_completion - estimate);
        prop_assert!(near(cost.to_complete_index_estimate.expect("TCPI"), cpi), "to meet EAC by CPI, go on at CPI");
        prop_assert!(near(cost.percent_complete.expect("PC") / cost.percent_spent.expect("PS"), cpi));
        let minutes = |method: TimeForecast| time.forecasts[TimeForecast::ALL.iter().position(|each| *each == method).expect("listed")].expect("a forecast");
        prop_assert!((minutes(TimeForecast::PlannedValueSpi) as f64 - time.planned_duration as f64 / spi).abs() <= 0.51, "PD / SPI");
        let at_spi_time = time.planned_duration as f64 / time.schedule_performance_index.expect("SPI(t)");
        prop_assert!((minutes(TimeForecast::EarnedScheduleSpiTime) as f64 - at_spi_time).abs() <= 0.51, "PD / SPI(t)");
    }
}
