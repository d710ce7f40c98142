//! Loads worked out by hand on the standard calendar: October 2026 has 22 working days, November 21.

use super::load::done;
use super::*;
use crate::analysis::measure::Undefined;
use crate::model::testing::{TestTables, moment, told};

const DAY: f64 = 480.0;

fn plan(assignments: &[&str]) -> (ResourcePlan, Findings) {
    let (portfolio, _) = TestTables::new()
        .with("Initiatives", "Initiative ID | Name", &["I1 | One", "I2 | Two"])
        .with(
            "Activities",
            "Initiative | Activity ID | WBS | Duration | Baseline start | Baseline finish",
            &["I1 | A | 1 | 22d | 2026-10-01 | 2026-10-30", "I2 | B | 1 | 43d | 2026-10-01 | 2026-11-30", "I2 | C | 2 | 5d | |"],
        )
        .with(
            "Resources",
            "Resource ID | Name | Kind | Capacity | Consumable | Available to",
            &["R1 | Ann | human | 1 | | 2026-11-13", "R2 | Steel | physical | 5 | yes |", "R3 | Bo | human | | |"],
        )
        .with("Assignments", "Initiative | Activity | Resource | Role | Units | Work | Profile", assignments)
        .build("2026-10-01");
    let dates = Dates::from([(ActivityIndex(1), (moment("2026-10-01 08:00"), moment("2026-11-30 17:00")))]);
    resource_plan(&portfolio, &dates)
}

#[test]
fn load_across_initiatives_is_held_against_capacity() {
    let (plan, findings) =
        plan(&["I1 | A | R1 | | 0.8 | |", "I2 | B | R1 | | 0.5 | |", "I1 | A | R2 | | 9 | |", "I2 | C | R1 | | 1 | |"]);
    let ann = &plan.resources[0];
    let told_periods: Vec<_> =
        ann.periods.iter().map(|load| (load.load_minutes / DAY, load.capacity_minutes.map(|minutes| minutes / DAY))).collect();
    // October: 22 days × 1.3; November: 21 days × 0.5, of which Ann is here for 10 days (2 to 13 November).
    assert_eq!(told_periods.len(), 2);
    assert!((told_periods[0].0 - 28.6).abs() < 1e-9 && told_periods[0].1 == Ok(22.0));
    assert!((told_periods[1].0 - 10.5).abs() < 1e-9 && told_periods[1].1 == Ok(10.0));
    assert!((ann.periods[0].peak_units - 1.3).abs() < 1e-9);
    let over = &plan.over_allocations[0];
    assert!((over.excess_minutes / DAY - 6.6).abs() < 1e-9);
    assert_eq!(over.initiatives.iter().map(InitiativeId::as_str).collect::<Vec<_>>(), ["I1", "I2"]);
    assert_eq!(over.activities[0].0, ActivityIndex(0));
    assert_eq!(plan.undated, [ActivityIndex(2)]);
    assert_eq!(
        told(&findings),
        ["A102 Resources 2:2: R1 in FY2026-P10: 130 % of capacity", "A102 Resources 2:2: R1 in FY2026-P11: 105 % of capacity"]
    );
    assert!(plan.resources.iter().all(|load| load.resource.as_str() != "R2"), "a consumable is not counted in time");
}

#[test]
fn work_is_spread_and_a_role_waits_for_a_name() {
    let (plan, findings) = plan(&["I2 | B | R3 | | | 43d | back", "I2 | B | | Manager | 1 | |"]);
    let bo = &plan.resources[1];
    // Back-loaded: by the end of October 22 of 43 days have passed, so (22/43)² of the work is done.
    let october = 43.0 * (22.0f64 / 43.0).powi(2);
    assert!((bo.periods[0].load_minutes / DAY - october).abs() < 1e-9);
    assert!((bo.periods[1].load_minutes / DAY - (43.0 - october)).abs() < 1e-9);
    assert_eq!(bo.periods[0].utilisation, Err(Undefined::NoCapacity));
    assert_eq!((plan.roles[0].role.as_str(), plan.roles[0].periods.len()), ("Manager", 2));
    assert_eq!(told(&findings), ["A103 Assignments 3:3: Manager"]);
}

#[test]
fn profiles_run_from_nothing_to_all() {
    for profile in [None, Some("flat"), Some("front"), Some("back"), Some("bell")] {
        assert!(done(profile, 0.0).abs() < 1e-12 && (done(profile, 1.0) - 1.0).abs() < 1e-12);
        assert!((1..=10).all(|step| done(profile, f64::from(step) / 10.0) > done(profile, f64::from(step - 1) / 10.0)));
    }
    assert!((done(Some("bell"), 0.5) - 0.5).abs() < 1e-12);
    assert!((done(Some("front"), 0.25) + done(Some("back"), 0.75) - 1.0).abs() < 1e-12);
}
