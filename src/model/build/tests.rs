//! What the builders make of small tables written as text.

use crate::model::activity::ActivityType;
use crate::model::testing::{TestTables, told};

#[test]
fn a_plan_becomes_a_network() {
    let (portfolio, findings) = TestTables::new()
        .with("Initiatives", "Initiative ID | Name | Objective | Owner", &["I1 | One | | ", "I2 | Two | |"])
        .with(
            "Activities",
            "Initiative | Activity ID | WBS | Name | Type | Duration:span",
            &[
                "I1 | S | 1 | Phase | summary |",
                "I1 | A | 1.2 | Dig | task | 5d",
                "I1 | B | 1.10 | Fill | | 2d",
                "I2 | A | 1 | Other | | 1d",
            ],
        )
        .with(
            "Dependencies",
            "Initiative | Predecessor | Successor | Type | Lag:span",
            &["I1 | A | B | FS | 1d", "I1 | B | I2/A | | "],
        )
        .build("2026-10-31");
    assert_eq!(told(&findings), Vec::<String>::new());
    let ids: Vec<String> = portfolio.activities.iter().map(|activity| activity.key.to_string()).collect();
    assert_eq!(ids, ["I1/S", "I1/A", "I1/B", "I2/A"]);
    assert_eq!(portfolio.activities[1].parent.map(|parent| parent.0), Some(0));
    assert_eq!(portfolio.activities[0].kind, ActivityType::Summary);
    let links: Vec<(usize, usize)> = portfolio.dependencies.iter().map(|link| (link.predecessor.0, link.successor.0)).collect();
    assert_eq!(links, [(1, 2), (2, 3)]);
    assert_eq!(portfolio.data_date.to_string(), "2026-10-30 17:00");
}

#[test]
fn a_circle_is_shown_and_opened() {
    let (portfolio, findings) = TestTables::new()
        .with(
            "Activities",
            "Initiative | Activity ID | WBS | Duration:span",
            &["I1 | A | 1 | 1d", "I1 | B | 2 | 1d", "I1 | C | 3 | 1d"],
        )
        .with("Dependencies", "Predecessor | Successor", &["A | B", "B | C", "C | A", "A | A", "A | B", "A | X"])
        .build("2026-10-31");
    assert_eq!(portfolio.dependencies.len(), 2);
    assert_eq!(
        told(&findings),
        [
            "M001 Dependencies B7: X",
            "M004 Activities A2: I1",
            "M050 Dependencies B5: A > A",
            "M051 Dependencies B6: A > B",
            "M052 Dependencies B4: A > B > C > A",
        ]
    );
}
