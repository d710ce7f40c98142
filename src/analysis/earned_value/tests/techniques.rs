//! Every technique with every accrual of the fixed cost in every state, worked by hand; the cap; steps.

use super::*;

const HEADER: &str = "Initiative|Activity ID|WBS|Name|Type|Duration|Baseline start|Baseline finish|Fixed cost|Cost per hour|Cost accrual|EV technique|Apportioned to|Steps|Percent complete|Actual start|Actual finish";

/// Ten days from Monday 2 March 2026: 100 fixed and 10 an hour, 900 in all. At half time, 6 March 17:00.
fn earned(accrual: &str, technique: &str, state: &str, settings: &Settings) -> i64 {
    let apportioned = if technique == "apportioned" { "B" } else { "" };
    let steps = if technique == "weighted steps" { "30 design (done); 70 build" } else { "" };
    let rows = [
        format!("P|A|1|Work|task|10d|2026-03-02|2026-03-13|100|10|{accrual}|{technique}|{apportioned}|{steps}|{state}"),
        format!("P|B|2|Followed|task|10d|2026-03-02|2026-03-13|0|1|||||{state}"),
    ];
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let (analyses, _) = analysed_with(TestTables::new().with("Activities", HEADER, &rows), settings);
    let activity = analyses.earned_value.initiatives[0].activities.iter().find(|row| row.activity.0 == 0).expect("A");
    let base = activity.history.last().expect("a status");
    assert_eq!(whole(base.budget_at_completion), 900);
    let planned = [("start", 500), ("prorated", 450), ("end", 400)].into_iter().find(|each| each.0 == accrual).expect("listed").1;
    assert_eq!(whole(base.planned_value), planned, "{accrual}");
    whole(base.earned_value)
}

#[test]
fn every_technique_with_every_accrual_in_every_state() {
    // Not started, 40 % done, finished. With 100 at the start, with the share, at the end.
    let states = ["||", "40%|2026-03-02|", "100%|2026-03-02|2026-03-06"];
    let table: &[(&str, [[i64; 3]; 3])] = &[
        ("0/100", [[0, 100, 900], [0, 0, 900], [0, 0, 900]]),
        ("50/50", [[0, 500, 900], [0, 450, 900], [0, 400, 900]]),
        ("25/75", [[0, 300, 900], [0, 225, 900], [0, 200, 900]]),
        ("percent complete", [[0, 420, 900], [0, 360, 900], [0, 320, 900]]),
        ("units", [[0, 420, 900], [0, 360, 900], [0, 320, 900]]),
        ("weighted steps", [[240, 340, 900], [270, 270, 900], [240, 240, 900]]),
        ("apportioned", [[0, 360, 900]; 3]),
        ("level of effort", [[500; 3], [450; 3], [400; 3]]),
    ];
    for (technique, by_accrual) in table {
        for (accrual, expected) in ["start", "prorated", "end"].into_iter().zip(by_accrual) {
            for (state, expected) in states.iter().zip(expected) {
                let got = earned(accrual, technique, state, &settings("2026-03-06"));
                assert_eq!(got, *expected, "{technique}, fixed cost {accrual}, {state}");
            }
        }
    }
}

#[test]
fn a_cap_holds_judged_percentages_until_the_actual_finish() {
    let mut capped = settings("2026-03-06");
    capped.percent_cap = Some(0.8);
    // Percent complete, its fixed cost prorated: 0.8 of 900. What is counted in units is no judgement.
    for (technique, state, expected) in [
        ("percent complete", "95%|2026-03-02|", 720),
        ("percent complete", "70%|2026-03-02|", 630),
        ("percent complete", "100%|2026-03-02|", 720),
        ("percent complete", "100%|2026-03-02|2026-03-06", 900),
        ("units", "95%|2026-03-02|", 855),
        ("50/50", "95%|2026-03-02|", 450),
        ("apportioned", "95%|2026-03-02|", 720),
    ] {
        assert_eq!(earned("prorated", technique, state, &capped), expected, "{technique} {state}");
    }
    assert_eq!(earned("end", "percent complete", "100%|2026-03-02|", &capped), 640, "a fixed cost at the end waits for the end");
    assert_eq!(earned("end", "percent complete", "100%|2026-03-02|", &settings("2026-03-06")), 900);
}

#[test]
fn percent_counts_between_steps_where_the_settings_say_so() {
    let mut between = settings("2026-03-06");
    between.percent_between_steps = true;
    // Design, 30 %, is done; of build, 70 %, as much as the percentage says beyond the 30 %.
    for (state, expected) in [("20%|2026-03-02|", 270), ("50%|2026-03-02|", 450), ("99%|2026-03-02|", 891)] {
        assert_eq!(earned("prorated", "weighted steps", state, &between), expected, "{state}");
    }
    between.percent_cap = Some(0.5);
    assert_eq!(earned("prorated", "weighted steps", "99%|2026-03-02|", &between), 585, "30 % and half of 70 %");
}

#[test]
fn before_the_data_date_the_steps_count_that_the_reading_covers() {
    let header = "Initiative|Activity ID|WBS|Name|Type|Duration|Baseline start|Baseline finish|Baseline cost|EV technique|Steps";
    let rows = ["P|A|1|Work|task|10d|2026-03-02|2026-03-13|1000|weighted steps|20 a (done); 30 b (done); 50 c"];
    let readings = ["2026-03-03|P|A|15%|2026-03-02||", "2026-03-05|P|A|40%|||", "2026-03-06|P|A|55%|||"];
    let tables = TestTables::new().with("Activities", header, &rows).with("Progress", READING, &readings);
    let (analyses, _) = analysed(tables, "2026-03-06");
    let earned: Vec<i64> = analyses.earned_value.initiatives[0].history.iter().map(|at| whole(at.base.earned_value)).collect();
    assert_eq!(earned, [0, 200, 500]);
}

#[test]
fn level_of_effort_is_told_and_left_out_of_spi_on_request() {
    let header = "Initiative|Activity ID|WBS|Name|Type|Duration|Baseline start|Baseline finish|Baseline cost|EV technique|Percent complete|Actual start";
    let rows = [
        "P|A|1|Work|task|10d|2026-03-02|2026-03-13|3000|percent complete|25%|2026-03-02",
        "P|L|2|Lead|task|10d|2026-03-02|2026-03-13|1000|level of effort||",
    ];
    let (analyses, _) = analysed(TestTables::new().with("Activities", header, &rows), "2026-03-06");
    let whole_initiative = scope(&analyses, &Scope::Initiative(InitiativeId::new("P")));
    // PV 1500 + 500; EV 750 + 500. SPI 1250 / 2000 = 0.625 with, 750 / 1500 = 0.5 without.
    assert_eq!(whole_initiative.current.cost.schedule_performance_index, Ok(0.625));
    assert_eq!(whole_initiative.schedule_index_without_level_of_effort, Ok(0.5));
    assert_eq!(whole_initiative.level_of_effort_share, Ok(0.25));
    let lead = scope(&analyses, &Scope::WorkPackage("2".into()));
    assert_eq!(
        (lead.level_of_effort_share, lead.schedule_index_without_level_of_effort),
        (Ok(1.0), Err(Undefined::NothingPlannedYet))
    );
}
