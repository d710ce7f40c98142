//! What is said, word for word, on plans small enough to be worked out by hand.

use super::*;
use crate::analysis::analyse;
use crate::model::past::Past;
use crate::model::testing::TestTables;

const ACTIVITIES: &str = "Initiative|Activity ID|WBS|Name|Type|Duration|Actual start|Actual finish|Percent complete|\
                          Constraint type|Constraint date|Deadline";

/// The lines of an answer, with their cells, as of Friday 13 March 2026; the project starts on Monday 2 March.
fn asked(activities: &[&str], links: &[&str], id: &str, measure: Option<Measure>) -> Vec<String> {
    let (portfolio, _) = TestTables::new()
        .with("Initiatives", "Initiative ID|Name|Start", &["P|Project|2026-03-02", "Q|Other|2026-04-06"])
        .with("Activities", ACTIVITIES, activities)
        .with("Dependencies", "Initiative|Predecessor|Successor|Type|Lag", links)
        .build("2026-03-13");
    let (analyses, _) = analyse(&portfolio, &Past::default());
    let subject = find(&portfolio, id).expect("known");
    let answer = explain(&portfolio, &analyses.schedules.current, subject, measure);
    let cell = |line: &Line| line.origin.as_ref().map(|origin| format!(" [{}]", origin.address())).unwrap_or_default();
    answer.lines.iter().map(|line| format!("{}{}{}", "> ".repeat(line.depth), line.text, cell(line))).collect()
}

const PLAN: &[&str] = &[
    "P|A|1|Design||5d|2026-03-02|2026-03-06|100%|||",
    "P|B|2|Build||8d|2026-03-09||50%|||",
    "P|C|3|Test||3d||||||",
    "P|D|4|Live|milestone|0d||||||2026-03-25",
];
const LINKS: &[&str] = &["P|A|B|FS|", "P|B|C|FS|2d", "P|C|D|FS|"];

#[test]
fn a_start_is_followed_back_to_the_data_date() {
    // B has four days left: 16 to 19 March. Two days of lag: until 23 March 17:00. C starts on the 24th.
    assert_eq!(
        asked(PLAN, LINKS, "P/C", Some(Measure::Start)),
        [
            "C Test starts 2026-03-24 08:00 because B (finish 2026-03-19 17:00) FS+2d on calendar standard gives \
             2026-03-23 17:00; calendar standard next works at 2026-03-24 08:00 [C3]",
            "> B Build started 2026-03-09 08:00; what is left goes on from 2026-03-16 08:00 because no work lies before the \
             data date 2026-03-13 17:00; calendar standard next works at 2026-03-16 08:00 [B3]",
        ]
    );
}

#[test]
fn a_finish_is_its_start_and_the_work_then_the_chain() {
    let lines = asked(PLAN, LINKS, "C", Some(Measure::Finish));
    assert_eq!(
        lines[0],
        "C Test finishes 2026-03-26 17:00 because it starts 2026-03-24 08:00 and takes 3d (24h) on calendar standard [F4]"
    );
    assert_eq!(lines.len(), 3);
}

#[test]
fn a_late_date_is_followed_on_to_what_limits_it() {
    // The deadline is Wednesday 25 March: C must finish then, start on the 23rd; two days of lag before it leave the 18th.
    assert_eq!(
        asked(PLAN, LINKS, "B", Some(Measure::LateFinish)),
        [
            "B Build must finish by 2026-03-18 17:00 because C must start by 2026-03-23 08:00 and follows it by FS+2d, which \
             back on calendar standard leaves 2026-03-19 08:00; calendar standard works until 2026-03-18 17:00 [C3]",
            "> C Test must finish by 2026-03-25 17:00 because D must start by 2026-03-25 17:00 and follows it by FS [C4]",
            "> > D Live must finish by 2026-03-25 17:00 because its deadline is 2026-03-25 17:00 [L5]",
        ]
    );
}

#[test]
fn floats_are_said_as_sums() {
    let total = asked(PLAN, LINKS, "C", Some(Measure::TotalFloat));
    assert_eq!(
        total[0],
        "C Test has a total float of -1d (-8h): from early finish 2026-03-26 17:00 to late finish 2026-03-25 17:00 on calendar \
         standard"
    );
    assert_eq!(
        asked(PLAN, LINKS, "C", Some(Measure::FreeFloat)),
        ["C Test has a free float of 0d (0h): the first that would move is D (FS; early start 2026-03-26 17:00, early finish \
          2026-03-26 17:00) [C4]"]
    );
    assert_eq!(
        asked(PLAN, LINKS, "C", Some(Measure::Critical))[0],
        "C Test is critical: total float -1d (-8h) against a limit of 0h; it lies on the longest path"
    );
}

#[test]
fn facts_and_durations_name_their_cells() {
    assert_eq!(
        asked(PLAN, LINKS, "A", None),
        [
            "A Design started 2026-03-02 08:00 and finished 2026-03-06 17:00: actual dates [H2]",
            "planned duration 5d: 40h on calendar standard of 8h a day [F2]",
        ]
    );
    assert_eq!(asked(PLAN, LINKS, "A", Some(Measure::LateFinish)), ["A Design is complete: it has no late dates [H2]"]);
    assert_eq!(
        asked(PLAN, LINKS, "B", Some(Measure::Duration)),
        ["planned duration 8d: 64h on calendar standard of 8h a day [F3]", "4d (32h) of it are left [I3]"]
    );
}

#[test]
fn constraints_and_finish_links_are_worked_back() {
    let plan = ["P|A|1|A||10d||||||", "P|B|2|B||3d||||||", "P|C|3|C||2d||||finish no earlier than|2026-04-10|"];
    // A: 16 to 27 March. B ends two days after A, on the 31st, so it starts on the 27th.
    let held = asked(&plan, &["P|A|B|FF|2d"], "B", Some(Measure::Start));
    assert_eq!(
        held[0],
        "B starts 2026-03-27 08:00 because A (finish 2026-03-27 17:00) FF+2d on calendar standard gives 2026-03-31 17:00, a \
         finish; 3d of work on calendar standard before it begin 2026-03-27 08:00 [C2]"
    );
    let bound = asked(&plan, &[], "C", Some(Measure::Start));
    assert_eq!(
        bound,
        ["C starts 2026-04-09 08:00 because it must not finish before 2026-04-10 17:00; 2d of work on calendar standard before \
          that begin 2026-04-09 08:00 [K4]"]
    );
}

#[test]
fn an_initiative_is_explained_by_its_last_activity() {
    let lines = asked(PLAN, LINKS, "P", Some(Measure::Finish));
    assert_eq!(lines[0], "P finishes 2026-03-26 17:00: the last of its activities");
    assert_eq!(lines[1], "> D Live falls on 2026-03-26 17:00 because C (finish 2026-03-26 17:00) FS [C4]");
    assert_eq!(lines.len(), 4);
    assert_eq!(asked(PLAN, LINKS, "Q", None), ["Q has no activities [3:3]"]);
}

#[test]
fn work_before_a_finished_activity_holds_what_follows_it() {
    // B finished before A did: under retained logic C waits for A.
    let plan = ["P|A|1|A||10d||||||", "P|B|2|B||5d|2026-03-02|2026-03-06|100%|||", "P|C|3|C||3d||||||"];
    let lines = asked(&plan, &["P|A|B|FS|", "P|B|C|FS|"], "C", Some(Measure::Start));
    assert_eq!(
        lines[0],
        "C starts 2026-03-30 08:00 because B is finished but A before it is not (finish 2026-03-27 17:00), and its successors \
         wait for that (retained logic), FS [C3]"
    );
}

#[test]
fn summaries_and_the_sentence_for_a_column() {
    let (portfolio, _) = TestTables::new()
        .with("Initiatives", "Initiative ID|Name|Start", &["P|Project|2026-03-16"])
        .with("Activities", ACTIVITIES, &["P|S|1|All|summary|||||||", "P|A|1.1|A||5d||||||", "P|B|1.2|B||5d||||||"])
        .with("Dependencies", "Initiative|Predecessor|Successor|Type", &["P|A|B|FS"])
        .build("2026-03-13");
    let (analyses, _) = analyse(&portfolio, &Past::default());
    let told = |index: usize| explanation(&portfolio, &analyses.schedules.current, ActivityIndex(index));
    assert_eq!(
        told(0),
        "Spans 2026-03-16 08:00 to 2026-03-27 17:00: of the activities below it A starts first and B finishes last"
    );
    assert_eq!(
        told(1),
        "Starts 2026-03-16 08:00 because P starts 2026-03-16 00:00 and nothing holds it later; calendar standard next works at \
         2026-03-16 08:00"
    );
}

#[test]
fn an_unknown_id_is_told_with_the_nearest() {
    let (portfolio, _) = TestTables::new()
        .with("Initiatives", "Initiative ID|Name", &["P|Project", "Q|Other"])
        .with("Activities", ACTIVITIES, &["P|A100|1|Build||5d||||||", "P|A200|2|Test||5d||||||", "Q|A200|1|Other||5d||||||"])
        .build("2026-03-13");
    assert_eq!(find(&portfolio, "a100"), Ok(Subject::Activity(ActivityIndex(0))));
    assert_eq!(find(&portfolio, "p"), Ok(Subject::Initiative(0)));
    let told = |text: &str| find(&portfolio, text).expect_err("not one").hint;
    assert_eq!(told("A200"), "name the initiative too: P/A200, Q/A200");
    assert_eq!(told("A101"), "did you mean P/A100?");
    assert_eq!(told("zzzzzz"), "write an initiative's id, an activity's id, or both as INITIATIVE/ACTIVITY");
}

#[test]
fn measures_are_read_as_people_write_them() {
    assert_eq!(Measure::parse("Late finish"), Some(Measure::LateFinish));
    assert_eq!(Measure::parse("total_float").map(Measure::name), Some("total-float"));
    assert_eq!(Measure::parse("latefinish"), None);
}

#[test]
fn the_late_start_of_a_summary_is_the_earliest_below_it() {
    let plan = ["P|S|1|All|summary|||||||", "P|A|1.1|A||5d||||||", "P|B|1.2|B||5d||||||"];
    let lines = asked(&plan, &["P|A|B|FS|"], "S", Some(Measure::LateStart));
    assert_eq!(lines[0], "S All must start by 2026-03-16 08:00: the earliest of the late starts below it [F2]");
}

/// A small generator, so that the plans are the same on every machine.
struct Draw(u64);

impl Draw {
    fn below(&mut self, count: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % count
    }

    fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[usize::try_from(self.below(words.len() as u64)).expect("small")]
    }
}

/// A plan of ten activities with dates, constraints, deadlines and links of every kind.
fn drawn(draw: &mut Draw) -> (Vec<String>, Vec<String>) {
    let constraints = [
        "|",
        "|",
        "|",
        "start no earlier than|2026-04-0",
        "finish no earlier than|2026-04-1",
        "start on|2026-04-0",
        "finish on|2026-04-1",
        "must start on|2026-04-1",
        "must finish on|2026-04-1",
        "start no later than|2026-04-0",
        "finish no later than|2026-04-0",
    ];
    let activities = (0..10).map(|at| {
        let (days, constraint) = (draw.below(9), draw.one_of(&constraints));
        let constraint = if constraint == "|" { "|".to_string() } else { format!("{constraint}{}", 1 + draw.below(9)) };
        let deadline = if draw.below(6) == 0 { "2026-04-20" } else { "" };
        format!("P|A{at}|{at}|A||{days}d||||{constraint}|{deadline}")
    });
    let activities = activities.collect();
    let links = (1..10u64).map(|at| {
        let lag = ["", "1d", "2d", "-1d", "25%", "3ed"][usize::try_from(draw.below(6)).expect("small")];
        format!("P|A{}|A{at}|{}|{lag}", draw.below(at), draw.one_of(&["FS", "FS", "SS", "FF", "SF"]))
    });
    (activities, links.collect())
}

#[test]
fn on_any_plan_a_sum_comes_to_the_date_and_few_are_left_out() {
    let mut draw = Draw(2_026);
    let (mut sums, mut reasons) = (0, 0);
    for _ in 0..60 {
        let (activities, links) = drawn(&mut draw);
        let (activities, links): (Vec<&str>, Vec<&str>) =
            (activities.iter().map(String::as_str).collect(), links.iter().map(String::as_str).collect());
        let (portfolio, _) = TestTables::new()
            .with("Initiatives", "Initiative ID|Name|Start", &["P|Project|2026-03-02"])
            .with("Activities", ACTIVITIES, &activities)
            .with("Dependencies", "Initiative|Predecessor|Successor|Type|Lag", &links)
            .build("2026-03-13");
        let (analyses, _) = analyse(&portfolio, &Past::default());
        let explainer = Explainer::new(&portfolio, &analyses.schedules.current);
        for each in &analyses.schedules.current.activities {
            let held = [
                (explainer.start_reason(each.activity), each.early_start),
                (explainer.finish_reason(each.activity), each.early_finish),
                (explainer.late_reason(each.activity), each.late_finish),
            ];
            for (reason, date) in held {
                assert!(reason.gives.is_none_or(|gives| gives == date), "{reason:?} {each:?}\n{activities:?}\n{links:?}");
                reasons += 1;
                sums += usize::from(reason.gives.is_some());
            }
        }
    }
    assert!(sums * 100 >= reasons * 98, "{sums} of {reasons} reasons are sums");
}
