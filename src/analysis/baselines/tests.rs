//! Variances against dates worked out by hand. The standard calendar; Monday is 2 March 2026.

use super::*;
use crate::analysis::{Analyses, analyse};
use crate::base::id::ActivityId;
use crate::model::past::ClosedMonth;
use crate::model::testing::{TestTables, moment};

/// As of Friday 27 February nothing has begun. A: 2 to 6 March; B: 9 to 20 March; M: at its end; D beside them.
fn analysed(past: &Past) -> (Portfolio, Analyses) {
    let (portfolio, _) = TestTables::new()
        .with("People", "Person ID|Name", &["X|Xenia", "Y|Yann"])
        .with("Initiatives", "Initiative ID|Name|Start", &["P|Project|2026-03-02", "Q|Quiet|2026-03-02"])
        .with(
            "Activities",
            "Initiative|Activity ID|WBS|Name|Type|Duration",
            &["P|S|1|All|summary|", "P|A|1.1|A||5d", "P|B|1.2|B||10d", "P|M|1.3|M|milestone|0d", "P|D|1.4|D||2d", "Q|E|1|E||5d"],
        )
        .with("Dependencies", "Initiative|Predecessor|Successor|Type", &["P|A|B|FS", "P|B|M|FS", "P|D|M|FS"])
        .with(
            "Baselines",
            "Baseline|Initiative|Activity|Start|Finish|Cost|Approved by|Approved on|Reason",
            &[
                "Second|P|A|2026-03-03|2026-03-06|100|Y|2026-02-10|scope",
                "Second|P|B|2026-03-09|2026-03-18|200|Y|2026-02-10|scope",
                "Second|P|M||2026-03-18|||2026-02-10|",
                "Second|P|Z|2026-03-02|2026-03-04|50||2026-02-10|",
                "First|P|A|2026-03-02|2026-03-06|90|X|2026-01-05|",
                "First|P|B|2026-03-09|2026-03-16|190|X|2026-01-05|",
            ],
        )
        .build("2026-02-27");
    let (analyses, _) = analyse(&portfolio, past);
    (portfolio, analyses)
}

fn closed(period: &str, dates: &[(&str, &str, &str)]) -> ClosedMonth {
    let activity = |(id, start, finish): &(&str, &str, &str)| ClosedActivity {
        key: ActivityKey { initiative: InitiativeId::new("P"), id: ActivityId::new(id) },
        start: moment(start),
        finish: moment(finish),
        complete: false,
    };
    ClosedMonth { period: period.into(), schedule: dates.iter().map(activity).collect(), ..ClosedMonth::default() }
}

fn of<'a>(portfolio: &Portfolio, comparison: &'a BaselineComparison, id: &str) -> &'a ActivityComparison {
    let index = portfolio.activities.iter().position(|each| each.key.id.as_str() == id).expect("known");
    &comparison.activities[index]
}

#[test]
fn the_governing_baseline_is_the_one_approved_last() {
    let (_, analyses) = analysed(&Past::default());
    let names: Vec<(&str, usize, bool, Option<&str>)> = (analyses.baseline_comparison.baselines.iter())
        .map(|each| (each.name.as_str(), each.activities, each.governs, each.reason.as_deref()))
        .collect();
    assert_eq!(names, [("First", 2, false, None), ("Second", 3, true, Some("scope"))]);
    let second = &analyses.baseline_comparison.baselines[1];
    assert_eq!((second.start, second.finish), (Some(moment("2026-03-03 08:00")), Some(moment("2026-03-18 17:00"))));
    assert_eq!(second.cost_by_initiative, [(InitiativeId::new("P"), Decimal::from(300))]);
    assert_eq!(second.approved_by, [PersonId::new("Y")]);
    assert_eq!(second.governed, [InitiativeId::new("P")], "nothing governs an initiative without a baseline");
}

#[test]
fn variances_are_working_days_and_late_is_positive() {
    let (portfolio, analyses) = analysed(&Past::default());
    let comparison = &analyses.baseline_comparison;
    let told = |id: &str| {
        let each = of(&portfolio, comparison, id);
        (each.start_variance, each.finish_variance, each.duration_variance, each.added)
    };
    assert_eq!(told("A"), (Some(-1.0), Some(0.0), Some(1.0), false), "a day earlier and a day longer");
    assert_eq!(told("B"), (Some(0.0), Some(2.0), Some(2.0), false), "until the 20th instead of the 18th");
    assert_eq!(told("M"), (Some(2.0), Some(2.0), Some(0.0), false), "a whole day is the end of it, where the point rests");
    assert_eq!(told("D"), (None, None, None, true), "not in the baseline");
    assert_eq!(told("S"), (None, None, None, false), "a summary is never added");
    assert_eq!(told("E"), (None, None, None, false), "nothing was added where there is no baseline");
    assert_eq!(of(&portfolio, comparison, "B").others, [(0, moment("2026-03-09 08:00"), moment("2026-03-16 17:00"))]);
}

#[test]
fn an_initiative_counts_what_was_added_removed_and_is_late() {
    let (_, analyses) = analysed(&Past::default());
    let comparison = &analyses.baseline_comparison;
    let p = &comparison.initiatives[0];
    assert_eq!((p.baseline, p.baseline_finish, p.finish_variance), (Some(1), Some(moment("2026-03-18 17:00")), Some(2.0)));
    assert_eq!((p.added, p.removed, p.late), (1, 1, 2));
    assert_eq!(p.others, [(0, moment("2026-03-16 17:00"))]);
    let removed: Vec<(&str, Option<usize>)> =
        comparison.removed.iter().map(|each| (each.activity.as_str(), each.baseline)).collect();
    assert_eq!(removed, [("Z", Some(1))]);
    let q = &comparison.initiatives[1];
    assert_eq!((q.baseline, q.finish_variance, q.added), (None, None, 0));
}

#[test]
fn until_a_month_is_closed_what_needs_one_says_so() {
    let (portfolio, analyses) = analysed(&Past::default());
    let comparison = &analyses.baseline_comparison;
    assert_eq!(comparison.last_closed, Err(Undefined::NoClosedMonth));
    assert_eq!(of(&portfolio, comparison, "A").last_closed_finish, Err(Undefined::NoClosedMonth));
    assert_eq!(comparison.initiatives[0].moved_since_close, Err(Undefined::NoClosedMonth));
    assert!(analyses.milestones.iter().all(|each| each.trend == Err(Undefined::NoClosedMonth)));
}

#[test]
fn the_last_closed_month_is_compared_and_the_trend_goes_back_to_the_first() {
    let january = closed("FY2026-P10", &[("M", "2026-03-16 17:00", "2026-03-16 17:00")]);
    let february =
        closed("FY2026-P11", &[("B", "2026-03-09 08:00", "2026-03-19 17:00"), ("M", "2026-03-19 17:00", "2026-03-19 17:00")]);
    let (portfolio, analyses) = analysed(&Past { closed: vec![january, february] });
    let comparison = &analyses.baseline_comparison;
    assert_eq!(comparison.last_closed, Ok("FY2026-P11".to_string()));
    let b = of(&portfolio, comparison, "B");
    assert_eq!((b.last_closed_finish, b.moved_since_close), (Ok(moment("2026-03-19 17:00")), Ok(1.0)));
    assert_eq!(of(&portfolio, comparison, "D").last_closed_finish, Err(Undefined::NotInClosedMonth));
    assert_eq!(comparison.initiatives[0].moved_since_close, Ok(1.0));
    assert_eq!(comparison.initiatives[1].last_closed_finish, Err(Undefined::NotInClosedMonth));
    let trend = analyses.milestones[0].trend.clone().expect("two months");
    let told: Vec<(&str, Moment)> = trend.iter().map(|point| (point.period.as_str(), point.date)).collect();
    assert_eq!(told, [("FY2026-P10", moment("2026-03-16 17:00")), ("FY2026-P11", moment("2026-03-19 17:00"))]);
}

#[test]
fn the_columns_of_the_activities_table_are_a_baseline_too() {
    let (portfolio, _) = TestTables::new()
        .with("Initiatives", "Initiative ID|Name|Start", &["P|Project|2026-03-02"])
        .with(
            "Activities",
            "Initiative|Activity ID|WBS|Name|Type|Duration|Baseline start|Baseline finish",
            &["P|A|1|A||5d|2026-03-02|2026-03-05", "P|B|2|B||2d||2026-03-10"],
        )
        .with("Dependencies", "Initiative|Predecessor|Successor|Type", &["P|A|B|FS"])
        .build("2026-02-27");
    let (analyses, _) = analyse(&portfolio, &Past::default());
    let comparison = &analyses.baseline_comparison;
    assert_eq!(comparison.baselines[0].name, ACTIVITIES_BASELINE);
    assert!(comparison.baselines[0].governs);
    assert_eq!(comparison.activities[0].finish_variance, Some(1.0));
    // B has a finish alone: two days before it is the start, 9 March; it runs on 9 and 10 March.
    assert_eq!(
        (comparison.activities[1].baseline_start, comparison.activities[1].start_variance),
        (Some(moment("2026-03-09 08:00")), Some(0.0))
    );
}
