//! Chains worked by hand, on the standard calendar: five days a week, eight hours a day.

use super::*;
use crate::analysis::analyse;
use crate::model::past::{ClosedBuffer, ClosedMonth, Past};
use crate::model::testing::{TestTables, told};
use proptest::prelude::*;

const DAY: i64 = 480;

const ACTIVITIES: &str = "Initiative|Activity ID|WBS|Type|Duration|Optimistic|Most likely|Pessimistic|Baseline start|Baseline finish|Actual start|Actual finish";

/// A, B, C in a row before the project buffer and the finish; D and E feed C through a feeding buffer.
fn plan(activities: &[&str], as_of: &str) -> Portfolio {
    let (portfolio, _) = TestTables::new()
        .with("Initiatives", "Initiative ID|Name|Start", &["P|Project|2026-03-02"])
        .with("Activities", ACTIVITIES, activities)
        .with(
            "Dependencies",
            "Initiative|Predecessor|Successor|Type",
            &["P|A|B|FS", "P|B|C|FS", "P|C|PB|FS", "P|PB|M|FS", "P|D|E|FS", "P|E|FB|FS", "P|FB|C|FS"],
        )
        .build(as_of);
    portfolio
}

fn rows(a: &str, d: &str) -> Vec<String> {
    [
        a,
        "P|B|2|task|8d|7d|8d|16d|2026-03-16|2026-03-25||",
        "P|C|3|task|12d|10d|12d|24d|2026-03-26|2026-04-10||",
        d,
        "P|E|5|task|4d|3d|4d|8d|2026-03-09|2026-03-12||",
        "P|FB|6|buffer|3d||||2026-03-13|2026-03-17||",
        "P|PB|7|buffer|15d||||2026-04-13|2026-05-01||",
        "P|M|8|milestone|0d||||2026-05-01|2026-05-01||",
    ]
    .map(String::from)
    .to_vec()
}

const A: &str = "P|A|1|task|10d|8d|10d|20d|2026-03-02|2026-03-13||";
const D: &str = "P|D|4|task|5d|4d|5d|9d|2026-03-02|2026-03-06||";

fn result(rows: &[String], as_of: &str) -> (Portfolio, Vec<Buffer>, Findings) {
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let portfolio = plan(&rows, as_of);
    let (analyses, findings) = analyse(&portfolio, &Past::default());
    (portfolio, analyses.buffers.buffers, findings)
}

fn ids(portfolio: &Portfolio, chain: &[ActivityIndex]) -> Vec<String> {
    chain.iter().map(|&each| portfolio.activity(each).key.id.to_string()).collect()
}

#[test]
fn chains_and_sizes_as_worked_by_hand() {
    let (portfolio, buffers, _) = result(&rows(A, D), "2026-02-27");
    let [feeding, project] = &buffers[..] else { panic!("two buffers") };
    assert_eq!((feeding.kind, project.kind), (BufferKind::Feeding, BufferKind::Project));
    assert_eq!(
        (ids(&portfolio, &feeding.chain), ids(&portfolio, &project.chain)),
        (vec!["D".into(), "E".into()], vec!["A".into(), "B".into(), "C".into()])
    );
    assert_eq!((feeding.chain_minutes, project.chain_minutes), (9 * DAY, 30 * DAY));
    // Half of 9 and of 30 days.
    assert_eq!((feeding.cut_and_paste, project.cut_and_paste), (Ok(2160), Ok(15 * DAY)));
    // Safety 4 and 4 days: √32 = 5.65685 days. Safety 10, 8 and 12 days: √308 = 17.54993 days.
    assert_eq!((feeding.root_sum_square, project.root_sum_square), (Ok(2715), Ok(8424)));
    assert_eq!((feeding.planned_minutes, project.planned_minutes), (3 * DAY, 15 * DAY));
    assert_eq!((project.consumed_share, project.chain_done_share, project.zone), (Ok(0.0), Ok(0.0), Ok(FeverZone::Green)));
    assert_eq!(project.history, Err(Undefined::NoClosedMonth));
}

/// The example of eight activities at PM Knowledge Center (OR-AS), "Sizing CC/BM buffers": critical chain 2-6-8, feeding
/// chains 1-4 and 3-5-7. By cut and paste the article gives 6, 1 and 3 days; its safe estimates give √14, √2 and √6.
#[test]
fn the_published_example_of_eight_activities() {
    let (portfolio, _) = TestTables::new()
        .with("Initiatives", "Initiative ID|Name|Start", &["P|Project|2026-03-02"])
        .with(
            "Activities",
            "Initiative|Activity ID|WBS|Type|Duration|Optimistic|Most likely|Pessimistic",
            &[
                "P|1|1|task|1d|1d|1d|2d",
                "P|2|2|task|6d|6d|6d|9d",
                "P|3|3|task|3d|3d|3d|5d",
                "P|4|4|task|1d|1d|1d|2d",
                "P|5|5|task|2d|2d|2d|3d",
                "P|6|6|task|4d|4d|4d|6d",
                "P|7|7|task|1d|1d|1d|2d",
                "P|8|8|task|2d|2d|2d|3d",
                "P|FB46|9|buffer|1d|||",
                "P|FB78|10|buffer|3d|||",
                "P|PB|11|buffer|6d|||",
                "P|E|12|milestone|0d|||",
            ],
        )
        .with(
            "Dependencies",
            "Initiative|Predecessor|Successor",
            &["P|2|6", "P|6|8", "P|8|PB", "P|PB|E", "P|1|4", "P|4|FB46", "P|FB46|6", "P|3|5", "P|5|7", "P|7|FB78", "P|FB78|8"],
        )
        .build("2026-02-27");
    let (analyses, _) = analyse(&portfolio, &Past::default());
    let told: Vec<(Vec<String>, Measure<i64>, Measure<i64>)> = (analyses.buffers.buffers.iter())
        .map(|buffer| (ids(&portfolio, &buffer.chain), buffer.cut_and_paste, buffer.root_sum_square))
        .collect();
    let names = |text: &str| text.split(' ').map(String::from).collect::<Vec<_>>();
    // √2 = 1.41421, √6 = 2.44949 and √14 = 3.74166 days of 480 minutes.
    let expected =
        [(names("1 4"), Ok(DAY), Ok(679)), (names("3 5 7"), Ok(3 * DAY), Ok(1176)), (names("2 6 8"), Ok(6 * DAY), Ok(1796))];
    assert_eq!(told, expected);
}

#[test]
fn a_feeding_buffer_that_holds_the_chain_is_stepped_around() {
    // D takes 20 days: the feeding chain with its buffer ends after A and B, and holds C.
    let long = "P|D|4|task|20d|18d|20d|30d|2026-03-02|2026-03-27||";
    let (portfolio, buffers, _) = result(&rows(A, long), "2026-02-27");
    let project = buffers.iter().find(|buffer| buffer.kind == BufferKind::Project).expect("a project buffer");
    assert_eq!(ids(&portfolio, &project.chain), ["A", "B", "C"]);
}

#[test]
fn a_chain_without_a_pessimistic_estimate_has_no_root_of_squares() {
    let (_, buffers, _) = result(&rows("P|A|1|task|10d||||2026-03-02|2026-03-13||", D), "2026-02-27");
    assert_eq!(buffers[1].root_sum_square, Err(Undefined::NoPessimisticEstimate));
    assert_eq!(buffers[1].cut_and_paste, Ok(15 * DAY));
    assert!(buffers[0].root_sum_square.is_ok());
}

#[test]
fn consumption_against_progress_in_the_fever_chart() {
    // A finishes 5 days late: 5 of 15 days used with 10 of 30 done; the green zone ends at 15 % + 60 % × 1/3 = 35 %.
    let late = "P|A|1|task|10d|8d|10d|20d|2026-03-02|2026-03-13|2026-03-02|2026-03-20";
    let fed = "P|D|4|task|5d|4d|5d|9d|2026-03-02|2026-03-06|2026-03-02|2026-03-06";
    let (_, buffers, findings) = result(&rows(late, fed), "2026-03-20");
    let project = &buffers[1];
    assert_eq!((project.consumed_minutes, project.chain_done_minutes), (Ok(5 * DAY), 10 * DAY));
    assert_eq!(project.zone, Ok(FeverZone::Green));
    // E starts on 23 March instead of the 9th: its buffer of 3 days should have started on the 13th and starts on the 27th.
    assert_eq!((buffers[0].consumed_minutes, buffers[0].zone), (Ok(10 * DAY), Ok(FeverZone::Red)));
    assert_eq!(told(&findings).iter().filter(|told| told.starts_with("A121")).count(), 1);
    // Another 5 days late: 10 of 15 used, red above 30 % + 60 % × 1/3 = 50 %.
    let later = "P|A|1|task|10d|8d|10d|20d|2026-03-02|2026-03-13|2026-03-02|2026-03-27";
    let (_, buffers, _) = result(&rows(later, fed), "2026-03-27");
    assert_eq!((buffers[1].consumed_minutes, buffers[1].zone), (Ok(10 * DAY), Ok(FeverZone::Red)));
    assert_eq!(
        buffers[1].why,
        "protects the finish; chain of 3 activities from P/A to P/C; 67 % used with 33 % of the chain done: red (amber above 35 %, red above 50 %)"
    );
}

#[test]
fn a_chain_done_in_time_uses_up_nothing_as_days_go_by() {
    let mut done = rows(
        "P|A|1|task|10d||||2026-03-02|2026-03-13|2026-03-02|2026-03-13",
        "P|D|4|task|5d||||2026-03-02|2026-03-06|2026-03-02|2026-03-06",
    );
    done[1] = "P|B|2|task|8d||||2026-03-16|2026-03-25|2026-03-16|2026-03-25".into();
    done[2] = "P|C|3|task|12d||||2026-03-26|2026-04-10|2026-03-26|2026-04-10".into();
    done[4] = "P|E|5|task|4d||||2026-03-09|2026-03-12|2026-03-09|2026-03-12".into();
    done[5] = "P|FB|6|buffer|3d||||2026-03-13|2026-03-17|2026-03-13|2026-03-13".into();
    let (_, buffers, _) = result(&done, "2026-04-24");
    assert_eq!((buffers[1].consumed_minutes, buffers[1].chain_done_share), (Ok(0), Ok(1.0)));
}

#[test]
fn without_a_baseline_nothing_is_said_of_consumption() {
    let bare: Vec<String> = [
        "P|A|1|task|10d",
        "P|B|2|task|8d",
        "P|C|3|task|12d",
        "P|D|4|task|5d",
        "P|E|5|task|4d",
        "P|FB|6|buffer|3d",
        "P|PB|7|buffer|15d",
        "P|M|8|milestone|0d",
    ]
    .map(String::from)
    .to_vec();
    let (_, buffers, _) = result(&bare, "2026-02-27");
    assert!(
        buffers
            .iter()
            .all(|buffer| buffer.consumed_share == Err(Undefined::NoBaseline) && buffer.zone == Err(Undefined::NoBaseline))
    );
    assert!(buffers[1].cut_and_paste.is_ok());
}

#[test]
fn of_two_buffers_before_one_finish_the_longer_chain_has_the_project_buffer() {
    let (portfolio, _) = TestTables::new()
        .with("Initiatives", "Initiative ID|Name|Start", &["P|Project|2026-03-02"])
        .with(
            "Activities",
            "Initiative|Activity ID|WBS|Type|Duration",
            &["P|A|1|task|10d", "P|B|2|task|4d", "P|X|3|buffer|2d", "P|Y|4|buffer|5d", "P|M|5|milestone|0d", "P|Z|6|buffer|1d"],
        )
        .with("Dependencies", "Initiative|Predecessor|Successor|Type", &["P|A|Y|FS", "P|B|X|FS", "P|X|M|FS", "P|Y|M|FS"])
        .build("2026-02-27");
    let (analyses, findings) = analyse(&portfolio, &Past::default());
    let kinds: Vec<BufferKind> = analyses.buffers.buffers.iter().map(|buffer| buffer.kind).collect();
    assert_eq!(kinds, [BufferKind::Feeding, BufferKind::Project, BufferKind::Project]);
    // Z stands alone: it protects nothing, and that is said.
    assert_eq!(analyses.buffers.buffers[2].cut_and_paste, Err(Undefined::NoChain));
    assert_eq!(told(&findings).iter().filter(|told| told.starts_with("A120")).count(), 1);
}

/// A, B, M and D in a row, 35 days; C leaves A and comes back to M through its buffer.
fn without_project_buffer(links: &[&str]) -> Vec<String> {
    let (portfolio, _) = TestTables::new()
        .with("Initiatives", "Initiative ID|Name|Start", &["P|Project|2026-03-02"])
        .with(
            "Activities",
            "Initiative|Activity ID|WBS|Type|Duration",
            &[
                "P|A|1|task|10d",
                "P|B|2|task|20d",
                "P|M|3|milestone|0d",
                "P|C|4|task|5d",
                "P|FB|5|buffer|3d",
                "P|D|6|task|5d",
                "P|E|7|task|90d",
            ],
        )
        .with("Dependencies", "Initiative|Predecessor|Successor", links)
        .build("2026-02-27");
    let (analyses, _) = analyse(&portfolio, &Past::default());
    let [feeding] = &analyses.buffers.buffers[..] else { panic!("one buffer") };
    assert_eq!(feeding.kind, BufferKind::Feeding);
    ids(&portfolio, &feeding.chain)
}

#[test]
fn a_feeding_chain_ends_at_the_chain_that_it_joins() {
    let links = ["P|A|B", "P|B|M", "P|A|C", "P|C|FB", "P|FB|M", "P|M|D"];
    assert_eq!(without_project_buffer(&links), ["C"]);
    // A second link from C past its buffer changes nothing.
    assert_eq!(without_project_buffer(&[&links[..], &["P|C|M"]].concat()), ["C"]);
    // With E, 90 days from the start, holding M in the place of B, what B and C have in common is still left out.
    let beside = ["P|A|B", "P|B|M", "P|A|C", "P|C|FB", "P|FB|M", "P|M|D", "P|E|M"];
    assert_eq!(without_project_buffer(&beside), ["C"]);
    // A second way from C, which ends later than its buffer, does not take C from it.
    let second = ["P|A|B", "P|B|M", "P|A|C", "P|C|FB", "P|FB|M", "P|M|D", "P|C|E", "P|E|M"];
    assert_eq!(without_project_buffer(&second), ["C"]);
    // A buffer in the middle of the only chain protects what follows from all that is before.
    assert_eq!(without_project_buffer(&["P|A|B", "P|B|FB", "P|FB|M", "P|M|D", "P|A|C"]), ["A", "B"]);
}

#[test]
fn closed_months_give_the_chart_its_earlier_points() {
    let rows: Vec<String> = rows(A, D);
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let portfolio = plan(&rows, "2026-02-27");
    let key = portfolio.activities[6].key.clone();
    let closed =
        ClosedBuffer { key, consumed_minutes: 3600, planned_minutes: 7200, chain_done_minutes: 3600, chain_minutes: 14400 };
    let past = Past { closed: vec![ClosedMonth { period: "FY2026-P02".into(), schedule: Vec::new(), buffers: vec![closed] }] };
    let (analyses, _) = analyse(&portfolio, &past);
    let history = analyses.buffers.buffers[1].history.clone().expect("a closed month");
    // Half used with a quarter done: red above 30 % + 15 % = 45 %.
    assert_eq!((history[0].consumed_share, history[0].chain_done_share, history[0].zone), (0.5, 0.25, FeverZone::Red));
    assert_eq!(analyses.buffers.buffers[0].history, Ok(Vec::new()));
}

#[test]
fn the_stand_in_for_a_baseline_is_no_commitment() {
    let (portfolio, _) = TestTables::new()
        .with("Initiatives", "Initiative ID|Name|Start", &["P|Project|2026-03-02"])
        .with("Activities", "Initiative|Activity ID|WBS|Duration", &["P|A|1|10d"])
        .build("2026-02-27");
    let (analyses, _) = analyse(&portfolio, &Past::default());
    let commitments = Commitments::of(&portfolio, &analyses.earned_value);
    assert!(analyses.earned_value.initiatives[0].activities[0].baseline.is_some());
    assert_eq!(commitments.of_activity(ActivityIndex(0)), None);
}

#[test]
fn bounds_of_the_zones_belong_to_the_better_one() {
    let expected = [
        ((0.0, 0.15), FeverZone::Green),
        ((0.0, 0.16), FeverZone::Amber),
        ((0.0, 0.30), FeverZone::Amber),
        ((0.0, 0.31), FeverZone::Red),
        ((0.5, 0.45), FeverZone::Green),
        ((0.5, 0.60), FeverZone::Amber),
        ((1.0, 0.75), FeverZone::Green),
        ((1.0, 0.90), FeverZone::Amber),
        ((1.0, 1.20), FeverZone::Red),
    ];
    for ((done, used), zone) in expected {
        assert_eq!(fever::zone(done, used), zone, "{done} done, {used} used");
    }
}

proptest! {
    #[test]
    fn the_root_of_squares_lies_between_the_largest_safety_and_their_sum(pieces in prop::collection::vec((1i64..100_000, 0i64..100_000), 1..40)) {
        let safety: Vec<i64> = pieces.iter().map(|(_, safety)| *safety).collect();
        let pieces: Vec<size::Piece> =
            pieces.iter().map(|&(planned, safety)| size::Piece { planned, safe: Some(planned + safety) }).collect();
        let size = size::root_sum_square(&pieces).expect("every estimate is given");
        prop_assert!(size >= *safety.iter().max().expect("one at least"));
        prop_assert!(size <= safety.iter().sum::<i64>());
        let chain: i64 = pieces.iter().map(|piece| piece.planned).sum();
        prop_assert_eq!(size::cut_and_paste(&pieces), Ok(chain / 2));
    }

    #[test]
    fn using_more_or_doing_less_is_never_better(done in 0.0f64..1.0, used in 0.0f64..1.5, step in 0.0f64..0.5) {
        prop_assert!(fever::zone(done, used) <= fever::zone(done, used + step));
        prop_assert!(fever::zone(done, used) >= fever::zone((done + step).min(1.0), used));
    }
}
