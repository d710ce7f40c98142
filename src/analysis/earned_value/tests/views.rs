//! The views: every partition adds up to the same exact sums; planned value against a count of every working minute; what
//! periods tell, baselines, variances, ranges, staffing.

use super::*;
use crate::base::day::Day;
use crate::base::period::{FiscalCalendar, Period};
use crate::model::testing::day;
use std::collections::BTreeMap;

const ACTIVITIES: &str = "Initiative|Activity ID|WBS|Name|Type|Duration|Baseline start|Baseline finish|Fixed cost|Cost per hour|Cost accrual|EV technique|Control account|Responsible organisation";

/// A drawn activity: days from the start, days long, fixed cost, cost per hour in hundredths, and small choices.
type Drawn = (u32, u32, i64, i64, [usize; 4]);

fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    let choices = [0usize..3, 0usize..3, 0usize..3, 0usize..4];
    prop::collection::vec((0u32..90, 0u32..25, 0i64..5_000, 0i64..9_999, choices), 1..12)
}

/// Rows of Activities in two initiatives, and what they say.
fn rows_of(plan: &[Drawn]) -> Vec<(String, Day, Day)> {
    let row = |(position, (from, long, fixed, hourly, choice)): (usize, &Drawn)| {
        let start = working(day("2026-01-05") + chrono::Days::new(u64::from(*from)));
        let finish = working(start + chrono::Days::new(u64::from(*long)));
        let accrual = ["start", "prorated", "end"][choice[0]];
        let technique = ["percent complete", "50/50", "level of effort"][choice[1]];
        let account = ["CA1", "CA2", ""][choice[2]];
        let organisation = ["North", "South", "", "West"][choice[3]];
        let (initiative, wbs) = (["P", "Q"][position % 2], format!("{}.{}.{}", position % 3 + 1, position % 2 + 1, position + 1));
        let money = format!("{fixed}|{}.{:02}", hourly / 100, hourly % 100);
        let text = format!(
            "{initiative}|A{position}|{wbs}|Work|task|5d|{start} 08:00|{finish} 17:00|{money}|{accrual}|{technique}|{account}|{organisation}"
        );
        (text, start, finish)
    };
    plan.iter().enumerate().map(row).collect()
}

/// The day, or the Monday after it.
fn working(mut at: Day) -> Day {
    use chrono::Datelike as _;
    while at.weekday().number_from_monday() > 5 {
        at = at.succ_opt().expect("a day");
    }
    at
}

fn plan_of(plan: &[Drawn], readings: &[(u32, i64)], ledger: &[(u32, i64, usize)]) -> TestTables {
    let rows = rows_of(plan);
    let texts: Vec<&str> = rows.iter().map(|row| row.0.as_str()).collect();
    let reading = |(position, (days, percent)): (usize, &(u32, i64))| {
        let at = working(day("2026-01-05") + chrono::Days::new(u64::from(*days)));
        let activity = position % plan.len();
        format!("{at}|{}|A{activity}|{percent}%|{}||", ["P", "Q"][activity % 2], rows[activity].1)
    };
    let readings: BTreeMap<String, String> =
        readings.iter().enumerate().map(reading).map(|row| (row.split('|').take(3).collect::<Vec<_>>().join("|"), row)).collect();
    let readings: Vec<&str> = readings.values().map(String::as_str).collect();
    let line = |(position, (days, cents, place)): (usize, &(u32, i64, usize))| {
        let at = day("2026-01-05") + chrono::Days::new(u64::from(*days));
        let activity = position % plan.len();
        let wbs = [format!("A{activity}"), format!("{}", activity % 3 + 1), String::new()][*place].clone();
        let (initiative, currency) = (["P", "Q"][activity % 2], ["GBP", "EUR"][position % 2]);
        let sign = if *cents < 0 { "-" } else { "" };
        format!(
            "{position}|{at}|{initiative}|{wbs}|Labour|actual|{sign}{}.{:02}|{currency}",
            cents.abs() / 100,
            cents.abs() % 100
        )
    };
    let lines: Vec<String> = ledger.iter().enumerate().map(line).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let rates = [
        "EUR|GBP|budget|2026-01|0.83",
        "EUR|GBP|average|2026-01|0.8417",
        "EUR|GBP|average|2026-02|0.8533",
        "EUR|GBP|average|2026-03|0.8611",
        "EUR|GBP|average|2026-04|0.8699",
        "EUR|GBP|average|2026-05|0.8701",
    ];
    TestTables::new()
        .with("Initiatives", "Initiative ID|Name|Currency", &["P|Pounds|GBP", "Q|Euros|EUR"])
        .with("Activities", ACTIVITIES, &texts)
        .with("Progress", READING, &readings)
        .with("Actuals", LEDGER, &lines)
        .with("FX rates", "From|To|Kind|Period|Rate", &rates)
}

/// Sums of the scopes of a kind: BAC, PV, EV, and AC where all tell it.
fn sums<'a>(scopes: impl Iterator<Item = &'a Base>) -> ([Decimal; 3], Measure<Decimal>) {
    let mut total = ([Decimal::ZERO; 3], Ok(Decimal::ZERO));
    for base in scopes {
        let amounts = [base.budget_at_completion, base.planned_value, base.earned_value];
        total.0.iter_mut().zip(amounts).for_each(|(sum, amount)| *sum += amount);
        total.1 = series::sum(total.1, base.actual_cost);
    }
    total
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_partition_adds_up_to_the_same(
        plan in drawn(),
        readings in prop::collection::vec((0u32..120, 0i64..100), 0..10),
        ledger in prop::collection::vec((0u32..118, -20_000i64..900_000, 0usize..3), 0..12),
    ) {
        let (analyses, _) = analysed(plan_of(&plan, &readings, &ledger), "2026-05-03");
        let results = &analyses.earned_value;
        for initiative in results.initiatives.iter().filter(|each| each.current().is_some()) {
            let own: Vec<&ScopeEarnedValue> =
                results.scopes.iter().filter(|scope| scope.initiative.as_ref() == Some(&initiative.initiative)).collect();
            let is_top = |scope: &ScopeEarnedValue| matches!(scope.scope, Scope::WorkPackage(_)) && scope.depth == 1;
            let kinds: [&dyn Fn(&ScopeEarnedValue) -> bool; 4] = [
                &|scope| matches!(scope.scope, Scope::Initiative(_)),
                &|scope| matches!(scope.scope, Scope::ControlAccount(_)),
                &|scope| matches!(scope.scope, Scope::Organisation(_)),
                &is_top,
            ];
            for (at, performance) in initiative.history.iter().enumerate() {
                let base = &performance.base;
                let expected = [base.budget_at_completion, base.planned_value, base.earned_value];
                for kind in kinds {
                    let (amounts, actual) = sums(own.iter().filter(|scope| kind(scope)).map(|scope| &scope.history[at]));
                    prop_assert_eq!(amounts, expected);
                    // A part whose cost the ledger does not tell has no sum; else it is the whole, to the last minor unit.
                    prop_assert!(actual.is_err() || actual == base.actual_cost, "{:?} {:?}", actual, base.actual_cost);
                }
                let holding = own.iter().filter(|scope| scope.holds_activities).map(|scope| &scope.history[at]);
                prop_assert_eq!(sums(holding).0, expected);
                let activities = initiative.activities.iter().map(|row| &row.history[at]);
                prop_assert_eq!(sums(activities).0, expected);
            }
            for scope in own {
                periods_add_up(results, scope)?;
            }
        }
        for scope in results.scopes.iter().filter(|scope| scope.initiative.is_none()) {
            periods_add_up_nearly(results, scope)?;
        }
        let across = results.scopes.iter().filter(|scope| scope.initiative.is_none() && scope.scope != Scope::Portfolio);
        if let Some(top) = results.scopes.iter().find(|scope| scope.scope == Scope::Portfolio) {
            let (amounts, actual) = sums(across.map(|scope| &scope.current.base));
            let base = &top.current.base;
            prop_assert_eq!(amounts, [base.budget_at_completion, base.planned_value, base.earned_value]);
            prop_assert!(actual.is_err() || actual == base.actual_cost);
        }
    }

    #[test]
    fn planned_value_is_what_a_count_of_every_working_minute_gives(plan in drawn(), hours in 0i64..3_000) {
        let as_of = moment("2026-01-05 08:00").plus(hours * 61);
        let mut at = settings("2026-01-05");
        at.as_of = if as_of.is_date_only() { as_of.plus(1) } else { as_of };
        let (analyses, _) = analysed_with(plan_of(&plan, &[], &[]), &at);
        let results = &analyses.earned_value;
        for row in results.initiatives.iter().flat_map(|each| &each.activities) {
            let (position, base) = (row.activity.0, row.history.last().expect("the data date"));
            let drawn = name_of(&plan, results, position);
            let slow = counted(&rows_of(&plan)[drawn], &plan[drawn], base.status);
            let apart = (crate::base::number::to_f64(base.planned_value) - slow).abs();
            prop_assert!(apart < 1e-6, "A{}: {} against {}", drawn, base.planned_value, slow);
        }
    }
}

/// Which of the drawn activities stands at a position: they are sorted by initiative and WBS code.
fn name_of(plan: &[Drawn], _: &EarnedValue, position: usize) -> usize {
    let mut order: Vec<usize> = (0..plan.len()).collect();
    order.sort_by_key(|&each| (each % 2, each % 3 + 1, each % 2 + 1, each + 1));
    order[position]
}

/// Planned value minute by minute: Monday to Friday, 08:00 to 12:00 and 13:00 to 17:00.
#[expect(clippy::cast_precision_loss, reason = "figures far below 2^52")]
fn counted((_, start, finish): &(String, Day, Day), (_, _, fixed, hourly, choice): &Drawn, at: Moment) -> f64 {
    use chrono::Datelike as _;
    let (from, to) = (Moment::at(*start, 8, 0), Moment::at(*finish, 17, 0));
    let works = |minute: i64| {
        let here = Moment(minute);
        let open = [(480, 720), (780, 1020)].iter().any(|(a, b)| (*a..*b).contains(&here.minute_of_day()));
        open && here.day().weekday().number_from_monday() <= 5
    };
    let all = (from.0..to.0).filter(|minute| works(*minute)).count() as f64;
    let done = (from.0..at.0.clamp(from.0, to.0)).filter(|minute| works(*minute)).count() as f64;
    let share = if at >= to { 1.0 } else { done / all };
    let fixed_share = match choice[0] {
        0 => f64::from(u8::from(at > from)),
        1 => share,
        _ => f64::from(u8::from(at >= to)),
    };
    *fixed as f64 * fixed_share + *hourly as f64 / 100.0 * all / 60.0 * share
}

fn periods<'a>(results: &'a EarnedValue, scope: &ScopeEarnedValue) -> Vec<&'a PeriodEarnedValue> {
    results.periods.iter().filter(|row| row.scope == scope.scope && row.initiative == scope.initiative).collect()
}

/// All periods together are the budget, those to date what is planned by now; the running one ends where the scope stands.
fn periods_add_up(results: &EarnedValue, scope: &ScopeEarnedValue) -> Result<(), TestCaseError> {
    let rows = periods(results, scope);
    let base = &scope.current.base;
    prop_assert_eq!(rows.iter().map(|row| row.planned).sum::<Decimal>(), base.budget_at_completion);
    prop_assert_eq!(rows.iter().map(|row| row.planned_to_date).sum::<Decimal>(), base.planned_value);
    if let Some(now) = rows.iter().rev().find(|row| row.state != PeriodState::ToCome) {
        prop_assert_eq!((now.cumulative.planned, now.cumulative.earned), (base.planned_value, Ok(base.earned_value)));
        prop_assert_eq!(now.cumulative.actual, base.actual_cost);
    }
    Ok(())
}

/// The same across currencies, where a rate that does not come out leaves less than a millionth.
fn periods_add_up_nearly(results: &EarnedValue, scope: &ScopeEarnedValue) -> Result<(), TestCaseError> {
    let rows = periods(results, scope);
    let base = &scope.current.base;
    let near = |a: Decimal, b: Decimal| (a - b).abs() < Decimal::new(1, 6);
    prop_assert!(near(rows.iter().map(|row| row.planned).sum(), base.budget_at_completion));
    prop_assert!(near(rows.iter().map(|row| row.planned_to_date).sum(), base.planned_value));
    if let Some(now) = rows.iter().rev().find(|row| row.state != PeriodState::ToCome) {
        prop_assert!(near(now.cumulative.earned.expect("told"), base.earned_value));
        prop_assert_eq!(now.cumulative.actual, base.actual_cost);
    }
    Ok(())
}

/// Four months at 100, 150, 200 and nothing, a fifth at 150, from January 2026; whole months of working days.
fn months() -> PlannedCurve {
    let item = |start: &str, finish: &str, cost: i64| PlannedItem {
        start: moment(start),
        finish: moment(finish),
        calendar: Arc::new(WorkCalendar::standard()),
        fixed: Decimal::ZERO,
        accrual: crate::model::activity::CostAccrual::Prorated,
        variable: Decimal::from(cost),
    };
    let items = vec![
        item("2026-01-01 08:00", "2026-01-30 17:00", 100),
        item("2026-02-02 08:00", "2026-02-27 17:00", 150),
        item("2026-03-02 08:00", "2026-03-31 17:00", 200),
        item("2026-05-01 08:00", "2026-05-29 17:00", 150),
    ];
    PlannedCurve::new(items, Arc::new(WorkCalendar::standard()))
}

#[test]
fn earned_schedule_by_period_is_c_and_the_share_of_the_next_period() {
    let rule =
        |flat| EarnedScheduleRule { convention: EarnedScheduleConvention::Periodic, flat, fiscal: FiscalCalendar::default() };
    let curve = months();
    let at = |earned: &str, flat| {
        curve
            .earned_periods(earned.parse().expect("an amount"), &rule(flat))
            .map(|periods| periods.round_dp(6).normalize().to_string())
    };
    // Lipke: ES = C + (EV - PV at C) / (PV at C + 1 - PV at C), with PV 100, 250, 450, 450, 600.
    for (earned, earliest, latest) in [
        ("0", "0", "0"),
        ("50", "0.5", "0.5"),
        ("100", "1", "1"),
        ("300", "2.25", "2.25"),
        ("450", "3", "4"),
        ("525", "4.5", "4.5"),
        ("600", "5", "5"),
        ("700", "5", "5"),
    ] {
        assert_eq!(at(earned, FlatCurve::Earliest).as_deref(), Ok(earliest), "{earned}");
        assert_eq!(at(earned, FlatCurve::Latest).as_deref(), Ok(latest), "{earned}, latest");
    }
    // In working time: January has 22 days, February 20, March 22; a quarter of March is 5.5 days.
    let minutes = curve.earned_schedule(Decimal::from(300), moment("2026-04-01 08:00"), &rule(FlatCurve::Earliest));
    assert_eq!(minutes, Ok((22 + 20) * 480 + 480 * 11 / 2));
}

#[test]
fn effective_earned_value_leaves_out_what_is_done_again() {
    // Lipke: EV(e) = EV [p + (1 - p) R]. Of 200, 0.8 in sequence, half of the rest stays: 180.
    let [earned, p, half] = ["200", "0.8", "0.5"].map(|text| text.parse::<Decimal>().expect("a number"));
    assert_eq!(effective_earned_value(earned, p, half).map(|value| value.normalize()), Ok(Decimal::from(180)));
    assert_eq!(effective_earned_value(earned, Decimal::ONE, Decimal::ZERO), Ok(earned));
}

/// Six months of one activity at 100 a month, each read and booked at its end; the last two are dearer and slower.
fn half_year() -> TestTables {
    let ends = ["2026-01-30", "2026-02-27", "2026-03-31", "2026-04-30", "2026-05-29", "2026-06-30"];
    let progress = [(10, 100), (20, 200), (30, 300), (40, 400), (45, 520), (50, 640)];
    let readings: Vec<String> =
        ends.iter().zip(progress).map(|(end, (percent, cost))| format!("{end}|P|A|{percent}%|2026-01-01||{cost}")).collect();
    let readings: Vec<&str> = readings.iter().map(String::as_str).collect();
    TestTables::new()
        .with(
            "Activities",
            "Initiative|Activity ID|WBS|Name|Type|Duration|Baseline start|Baseline finish|Baseline cost",
            &["P|A|1|Work|task|200d|2026-01-01|2026-10-30|1000"],
        )
        .with("Progress", READING, &readings)
}

#[test]
fn recent_periods_have_an_index_and_an_estimate_of_their_own() {
    let (analyses, _) = analysed(half_year(), "2026-06-30");
    let initiative = &analyses.earned_value.initiatives[0];
    let current = initiative.current().expect("a status");
    // Three periods: 500 - 300 earned for 640 - 300. Six: 500 for 640.
    let [three, six] = current.cost.recent_cost_indices.map(|index| index.expect("told"));
    assert!((three - 200.0 / 340.0).abs() < 1e-12 && (six - 500.0 / 640.0).abs() < 1e-12);
    assert_eq!(current.cost.estimate(PerformanceFactor::LastThree).map(whole), Ok(1490), "640 + 500 / (200 / 340)");
    assert_eq!(initiative.history[1].cost.recent_cost_indices, [Err(Undefined::TooFewPeriods); 2]);
    assert_eq!((initiative.range.low_by.as_str(), initiative.range.high.map(whole)), ("1", Ok(1490)));
    assert_eq!(initiative.range.high_by, "CPI of 3 periods");
}

#[test]
fn a_period_without_a_reading_tells_nothing_earned() {
    let readings = ["2026-01-30|P|A|10%|2026-01-01||100", "2026-03-31|P|A|30%|||300"];
    let header = "Initiative|Activity ID|WBS|Name|Type|Duration|Baseline start|Baseline finish|Baseline cost";
    let tables = TestTables::new()
        .with("Activities", header, &["P|A|1|Work|task|200d|2026-01-01|2026-10-30|1000"])
        .with("Progress", READING, &readings);
    let (analyses, _) = analysed(tables, "2026-03-31");
    let rows: Vec<&PeriodEarnedValue> =
        analyses.earned_value.periods.iter().filter(|row| matches!(row.scope, Scope::Initiative(_))).collect();
    let none = Err(Undefined::NotToldForPeriod);
    let earned: Vec<Measure<i64>> = rows.iter().take(4).map(|row| row.earned.map(whole)).collect();
    assert_eq!(earned, [Ok(100), none, none, Err(Undefined::NothingDueYet)]);
    let by_then: Vec<Measure<i64>> = rows.iter().take(3).map(|row| row.cumulative.actual.map(whole)).collect();
    assert_eq!(by_then, [Ok(100), none, Ok(300)]);
    assert_eq!(rows.iter().map(|row| row.period).next(), Some(Period::new(2026, 1)));
    assert_eq!(rows.len(), 10);
}

#[test]
fn what_is_done_stays_earned_without_further_readings() {
    let header = "Initiative|Activity ID|WBS|Name|Type|Duration|Baseline start|Baseline finish|Baseline cost";
    let tables = TestTables::new().with("Activities", header, &["P|A|1|Work|task|10d|2026-01-05|2026-01-16|1000"]).with(
        "Progress",
        READING,
        &["2026-01-30|P|A|100%|2026-01-05|2026-01-29|700"],
    );
    let (analyses, _) = analysed(tables, "2026-03-31");
    let rows = analyses.earned_value.periods.iter().filter(|row| matches!(row.scope, Scope::Initiative(_)));
    let earned: Vec<Measure<i64>> = rows.map(|row| row.earned.map(whole)).collect();
    assert_eq!(earned, [Ok(1000), Ok(0), Ok(0)]);
}

#[test]
fn the_past_stays_as_it_was_planned_then() {
    let baselines = [
        "BL1|P|A|2026-03-02|2026-03-13|1000|2026-02-20||",
        "BL2|P|A|2026-03-02|2026-03-27|1600|2026-03-16|P1|More to do",
        "BL2|P|B|2026-03-16|2026-03-27|400|2026-03-16|P1|More to do",
    ];
    let readings = ["2026-03-06|P|A|40%|2026-03-02||300", "2026-03-20|P|A|60%|||700"];
    let tables = TestTables::new()
        .with("People", "Person ID|Name", &["P1|Ann"])
        .with("Initiatives", "Initiative ID|Name|Approved budget|Finish", &["P|Project|1500|2026-03-20"])
        .with("Activities", "Initiative|Activity ID|WBS|Name|Type|Duration", &["P|A|1|Work|task|10d", "P|B|2|More|task|10d"])
        .with("Baselines", "Baseline|Initiative|Activity|Start|Finish|Cost|Approved on|Approved by|Reason", &baselines)
        .with("Progress", READING, &readings);
    let (analyses, codes) = analysed(tables, "2026-03-20");
    let results = &analyses.earned_value;
    let told: Vec<[i64; 3]> = results.initiatives[0]
        .history
        .iter()
        .map(|at| [at.base.budget_at_completion, at.base.planned_value, at.base.earned_value].map(whole))
        .collect();
    // Then: 1000 over two weeks. Now: 1600 over four, three of them passed, and one of two weeks of 400.
    assert_eq!(told, [[1000, 500, 400], [2000, 1400, 960]]);
    let log: Vec<_> = results.change_log.iter().map(|entry| (entry.baseline.as_str(), entry.kind, entry.governs)).collect();
    assert_eq!(log, [("BL1", BaselineChange::Initial, false), ("BL2", BaselineChange::ScopeAdded, true)]);
    let [first, second] = &results.change_log[..] else { panic!("two baselines") };
    assert_eq!(
        (first.cost_before, second.cost_before.map(whole), second.cost_after.map(whole)),
        (Err(Undefined::NothingToCompare), Ok(1000), Ok(2000))
    );
    assert_eq!((second.added, second.removed, second.changed), (1, 0, 1));
    assert_eq!((first.over_target_cost, second.over_target_cost), (Ok(false), Ok(true)));
    assert_eq!((first.over_target_schedule, second.over_target_schedule), (Ok(false), Ok(true)));
    assert_eq!((second.reason.as_deref(), second.approved_by.len()), (Some("More to do"), 1));
    assert!([codes::OVER_TARGET_BASELINE.id, codes::OVER_TARGET_SCHEDULE.id].iter().all(|id| codes.contains(id)));
    assert!(!codes.contains(&codes::BASELINE_WITHOUT_REASON.id));
}

fn with_accounts() -> TestTables {
    let header = "Initiative|Activity ID|WBS|Name|Type|Duration|Baseline start|Baseline finish|Baseline cost|Control account|Percent complete|Actual start";
    let rows = [
        "P|A|1.1|Work|task|10d|2026-03-02|2026-03-13|1000|CA1|40%|2026-03-02",
        "P|B|1.2|Work|task|10d|2026-03-02|2026-03-13|1000|CA2|50%|2026-03-02",
    ];
    let lines = ["1|2026-03-03|P|A|Labour|actual|600|GBP", "2|2026-03-03|P|B|Labour|actual|500|GBP"];
    TestTables::new()
        .with("Initiatives", "Initiative ID|Name", &["P|Project"])
        .with("Activities", header, &rows)
        .with("Actuals", LEDGER, &lines)
}

#[test]
fn a_variance_beyond_the_thresholds_carries_its_words_or_asks_for_them() {
    let words = ["P CA1|cost|2026-03|A dearer supplier.|", "P|cost|2026-02|Old.|"];
    let tables = with_accounts().with("Commentary", "Item|Measure|Period|Text|Author", &words);
    let (analyses, found) = analysed(tables, "2026-03-06");
    let told: Vec<_> = analyses
        .earned_value
        .variances
        .iter()
        .map(|each| (each.scope.name(), each.measure, whole(each.amount), format!("{:.3}", each.share), each.needed))
        .collect();
    // P: CV 900 - 1100, 22 % of EV; SV 900 - 1000 is 10 %, not beyond; CA1: CV 400 - 600, SV 400 - 500. CA2 is on plan.
    assert_eq!(
        told,
        [
            ("P", VarianceMeasure::Cost, -200, "-0.222".into(), true),
            ("P", VarianceMeasure::AtCompletion, -444, "-0.222".into(), true),
            ("CA1", VarianceMeasure::Cost, -200, "-0.500".into(), false),
            ("CA1", VarianceMeasure::Schedule, -100, "-0.200".into(), true),
            ("CA1", VarianceMeasure::AtCompletion, -500, "-0.500".into(), false),
        ]
    );
    assert_eq!(analyses.earned_value.variances[2].explanation[0].text, "A dearer supplier.");
    assert_eq!(found.iter().filter(|id| **id == codes::VARIANCE_UNEXPLAINED.id).count(), 2);
    let mut large = settings("2026-03-06");
    large.thresholds.variance_amount = Some(Decimal::from(300));
    let (analyses, _) = analysed_with(with_accounts(), &large);
    assert_eq!(analyses.earned_value.variances.len(), 2, "what is beyond 300 alone");
}

#[test]
fn the_top_shows_the_sum_of_its_accounts_and_its_own_formula() {
    let (analyses, _) = analysed(with_accounts(), "2026-03-06");
    let top = scope(&analyses, &Scope::Initiative(InitiativeId::new("P")));
    // CA1: 600 + 600 / (400 / 600) = 1500; CA2: 1000. The initiative: 1100 + 1100 / (900 / 1100).
    assert_eq!(top.sum_of_estimates.map(whole), Ok(2500));
    assert_eq!(top.current.cost.estimate_at_completion.map(whole), Ok(2444));
}

#[test]
fn a_cost_booked_on_a_work_package_stays_there_and_its_activities_do_not_know_theirs() {
    let lines = [
        "1|2026-03-03|P|1|Labour|actual|600|GBP",
        "2|2026-03-03|P|B|Labour|actual|500|GBP",
        "3|2026-03-04|P||Travel|actual|7|GBP",
    ];
    let (analyses, _) = analysed(with_accounts().with("Actuals", LEDGER, &lines), "2026-03-06");
    let cost = |wanted: Scope| scope(&analyses, &wanted).current.base.actual_cost.map(whole);
    assert_eq!(cost(Scope::Initiative(InitiativeId::new("P"))), Ok(1107));
    assert_eq!((cost(Scope::ControlAccount("CA2".into())), cost(Scope::ControlAccount(String::new()))), (Ok(500), Ok(607)));
    assert_eq!(cost(Scope::WorkPackage("1".into())), Ok(1107), "it holds all the work");
    let activity = &analyses.earned_value.initiatives[0].activities[1];
    assert_eq!(activity.history[0].actual_cost, Err(Undefined::LedgerWithoutActivities));
}

#[test]
fn the_estimate_from_the_bottom_up_stands_beside_the_range_and_what_is_not_distributed_is_told() {
    let money = |tables: TestTables| {
        tables.with("Budgets", "Initiative|Category|Capex/Opex|Period|Amount", &["P|Labour|opex|2026-03|2300"]).with(
            "Forecast",
            "Initiative|Category|Period|Amount",
            &["P|Labour|2026-04|900"],
        )
    };
    let (analyses, found) = analysed(money(with_accounts()), "2026-03-06");
    let initiative = &analyses.earned_value.initiatives[0];
    assert_eq!(initiative.undistributed_budget.map(whole), Ok(300));
    assert_eq!((initiative.range.stated.map(whole), initiative.range.stated_inside), (Ok(2000), Ok(false)));
    assert!(found.contains(&codes::ESTIMATE_OUTSIDE_RANGE.id));
    assert_eq!(initiative.range.low.map(whole), Ok(2200), "1100 + 1100");
}

#[test]
fn hours_are_planned_earned_and_worked_by_organisation_and_period() {
    let header = "Initiative|Activity ID|WBS|Name|Type|Duration|Baseline start|Baseline finish|Baseline work|Baseline cost|Responsible organisation";
    let rows =
        ["P|A|1|Work|task|20d|2026-03-16|2026-04-10|160h|1000|North", "P|B|2|Work|task|10d|2026-03-16|2026-03-27|40h|500|South"];
    let readings = ["2026-03-31|P|A|50%|2026-03-16||||70h", "2026-03-31|P|B|100%|2026-03-16|2026-03-27|||44h"];
    let tables = TestTables::new().with("Activities", header, &rows).with(
        "Progress",
        "As-of|Initiative|Activity|Percent complete|Actual start|Actual finish|Actual cost|Remaining duration|Actual work",
        &readings,
    );
    let (analyses, _) = analysed(tables, "2026-03-31");
    let north = scope(&analyses, &Scope::Organisation("North".into()));
    // 12 of 20 days planned by the end of March, half earned.
    assert_eq!(north.hours, Hours { budget: Ok(160.0), planned: Ok(96.0), earned: Ok(80.0), actual: Ok(70.0) });
    let staffing: Vec<_> = analyses
        .earned_value
        .staffing
        .iter()
        .map(|row| (row.organisation.as_str(), row.period.number, row.planned.expect("given"), row.actual.ok()))
        .collect();
    assert_eq!(staffing[0], ("North", 3, 96.0, Some(70.0)));
    assert_eq!((staffing[1].0, staffing[1].1, staffing[1].2), ("North", 4, 64.0));
    assert_eq!(staffing.last(), Some(&("South", 3, 40.0, Some(44.0))));
    let units = analyses.earned_value.staffing[0].planned_units.expect("March has working time");
    assert!((units - 96.0 / (22.0 * 8.0)).abs() < 1e-12);
    let to_come: f64 = analyses.earned_value.staffing.iter().filter_map(|row| row.to_come.ok()).sum();
    assert!((to_come - 80.0).abs() < 1e-9, "what is not earned of 200 hours: {to_come}");
}

#[test]
fn exchange_stands_apart_from_performance() {
    let rates = ["EUR|GBP|budget|2026-01|0.80", "EUR|GBP|average|2026-03|0.90"];
    let (analyses, _) = analysed(two_currencies().with("FX rates", "From|To|Kind|Period|Rate", &rates), "2026-03-06");
    let portfolio = &analyses.earned_value.portfolio;
    // 1000 euros cost 900 as booked and 800 at the budget rate.
    assert_eq!(portfolio.exchange_variance.map(whole), Ok(-100));
    let variance = portfolio.history.last().expect("a status").cost.cost_variance.expect("CV");
    let local: Decimal =
        portfolio.contributions.iter().map(|each| each.base.earned_value - each.actual_at_budget_rate.expect("AC")).sum();
    assert_eq!(local + portfolio.exchange_variance.expect("told"), variance);
}

#[test]
fn the_longest_path_has_an_earned_schedule_of_its_own() {
    let header = "Initiative|Activity ID|WBS|Name|Type|Duration|Baseline start|Baseline finish|Baseline cost|Percent complete|Actual start";
    let rows = [
        "P|A|1|Long|task|10d|2026-03-02|2026-03-13|1000|20%|2026-03-02",
        "P|B|2|Short|task|5d|2026-03-02|2026-03-06|1000|100%|2026-03-02",
    ];
    let (analyses, _) = analysed(TestTables::new().with("Activities", header, &rows), "2026-03-06");
    let initiative = &analyses.earned_value.initiatives[0];
    let path = initiative.critical_path.as_ref().expect("a path");
    assert_eq!(path.activities.len(), 1);
    // 200 of 1000: two of ten days; five have passed. All work together: 1200 of 2000, where four days earn it.
    assert_eq!(path.current.time.earned_schedule, Ok(2 * 480));
    assert_eq!(initiative.current().expect("a status").time.earned_schedule, Ok(4 * 480));
}
