//! The points on a case counted by hand.

use super::*;
use crate::analysis::{Analyses, analyse};
use crate::model::past::Past;
use crate::model::testing::TestTables;

fn analysed(activities: &[&str], links: &[&str]) -> (Portfolio, Analyses) {
    let header = "Initiative|Activity ID|WBS|Name|Type|Duration|Baseline start|Baseline finish|Actual start|Actual finish|\
                  Percent complete|Constraint type|Constraint date|Fixed cost";
    let (portfolio, _) = TestTables::new()
        .with("Initiatives", "Initiative ID|Name|Start", &["P|Project|2026-03-02"])
        .with("Activities", header, activities)
        .with("Dependencies", "Initiative|Predecessor|Successor|Type|Lag", links)
        .build("2026-03-13");
    let (analyses, _) = analyse(&portfolio, &Past::default());
    (portfolio, analyses)
}

#[test]
fn without_a_baseline_what_needs_one_is_not_available_and_nothing_passes_by_silence() {
    let (_, analyses) = analysed(&["P|A|1|A||5d||||||||", "P|B|2|B||5d||||||||"], &["P|A|B||"]);
    let points = &analyses.schedule_health.portfolio.points;
    for number in [11, 13, 14] {
        assert_eq!(points[number - 1].value, Err(Undefined::NoBaseline), "point {number}");
        assert_eq!(points[number - 1].passes, Err(Undefined::NoBaseline), "point {number}");
    }
    assert_eq!(points[11].value, Ok(1.0), "the finish moves by the 600 days added");
}
