//! The plan: parents, links on summaries, calendars, progress, baselines, resources.

use crate::base::id::{CalendarId, ResourceId};
use crate::model::activity::{ActivityType, EarnedValueTechnique, LagCalendar, LinkType};
use crate::model::portfolio::Portfolio;
use crate::model::resource::Bearer;
use crate::model::scheduling::ScheduleOptions;
use crate::model::testing::{TestTables, moment, told};

const ACTIVITIES: &str = "Initiative | Activity ID | WBS | Name | Type | Duration";

fn links(portfolio: &Portfolio) -> Vec<String> {
    let name = |index| portfolio.activity(index).key.id.to_string();
    let kind = |link| match link {
        LinkType::FinishToStart => "FS",
        LinkType::StartToStart => "SS",
        LinkType::FinishToFinish => "FF",
        LinkType::StartToFinish => "SF",
    };
    portfolio
        .dependencies
        .iter()
        .map(|link| format!("{} {} {}", name(link.predecessor), kind(link.link), name(link.successor)))
        .collect()
}

#[test]
fn a_row_above_others_is_a_summary_unless_it_says_otherwise() {
    let (portfolio, findings) = TestTables::new()
        .with(
            "Activities",
            ACTIVITIES,
            &[
                "I | P | 1 | | | 9d",
                "I | A | 1.1 | | | 1d",
                "I | Q | 2 | | task | 9d",
                "I | B | 2.1 | | | 1d",
                "I | M | 3 | | | 0d",
                "I | N | 4 | | milestone | 2d",
            ],
        )
        .build("2026-10-31");
    let kinds: Vec<(&str, ActivityType, Option<usize>)> =
        portfolio.activities.iter().map(|a| (a.key.id.as_str(), a.kind, a.parent.map(|parent| parent.0))).collect();
    assert_eq!(
        kinds,
        [
            ("P", ActivityType::Summary, None),
            ("A", ActivityType::Task, Some(0)),
            ("Q", ActivityType::Task, None),
            ("B", ActivityType::Task, None),
            ("M", ActivityType::Milestone, None),
            ("N", ActivityType::Milestone, None)
        ]
    );
    assert!(portfolio.activities[0].duration.is_zero() && portfolio.activities[5].duration.is_zero());
    assert_eq!(told(&findings), ["M004 Activities A2: I", "M020 Activities F7: 2d", "M033 Activities E2: nothing"]);
}

#[test]
fn links_on_summaries_become_links_of_the_work_below() {
    let rows = [
        "I | S1 | 1 | | summary |",
        "I | A | 1.1 | | task | 1d",
        "I | B | 1.2 | | task | 1d",
        "I | H | 1.3 | | hammock | 1d",
        "I | S2 | 2 | | summary |",
        "I | C | 2.1 | | task | 1d",
        "I | D | 2.2 | | task | 1d",
        "I | S3 | 3 | | summary |",
    ];
    let built = |links: &[&str]| {
        let tables = TestTables::new().with("Activities", ACTIVITIES, &rows);
        tables.with("Dependencies", "Predecessor | Successor | Type", links).build("2026-10-31")
    };
    let (portfolio, findings) = built(&["S1 | S2 | FS", "A | C |"]);
    assert_eq!(links(&portfolio), ["A FS C", "A FS D", "B FS C", "B FS D"]);
    assert_eq!(told(&findings).iter().filter(|line| line.starts_with("M053")).count(), 1);
    // From a summary's start only the earliest of its work counts: without dates the first by code.
    assert_eq!(links(&built(&["S1 | C | SS"]).0), ["A SS C"]);
    assert_eq!(links(&built(&["A | S2 | FF"]).0), ["A FF C", "A FF D"]);
    let (portfolio, findings) = built(&["S1 | B | FS", "S3 | A | FS"]);
    assert!(portfolio.dependencies.is_empty());
    assert_eq!(
        told(&findings)[1..],
        ["M054 Dependencies B2: S1 > B", "M054 Dependencies B3: S3 > A", "M147 Activities 9:9: I/S3"].map(String::from)
    );
}

#[test]
fn a_calendar_that_is_not_there_or_not_usable_gives_way_to_the_default() {
    let (portfolio, findings) = TestTables::new()
        .with(
            "Calendars",
            "Calendar ID | Name | Base calendar | Monday | Tuesday | Saturday | Hours per day",
            &[
                "SIX | Six days | | 08:00-12:00 | 8 | 08:00-12:00 | 8",
                "NONE | No work | | off | | |",
                "ODD | Odd | SIX | nine to five | | |",
            ],
        )
        .with(
            "Calendar exceptions",
            "Calendar | Date | To date | Working | Hours",
            &["SIX | 2026-10-05 | 2026-10-06 | no |", "SAX | 2026-10-05 | | no |"],
        )
        .with(
            "Activities",
            "Initiative | Activity ID | WBS | Duration | Calendar",
            &["I | A | 1 | 1d | SIX", "I | B | 2 | 1d | SIXX", "I | C | 3 | 1d | NONE"],
        )
        .build("2026-10-31");
    let six = portfolio.calendars.get(&CalendarId::new("SIX")).expect("usable");
    let minutes = |date: &str| six.minutes_on(date.parse().expect("a date"));
    assert_eq!([minutes("2026-10-05"), minutes("2026-10-10"), minutes("2026-10-12"), minutes("2026-10-13")], [0, 240, 240, 480]);
    assert_eq!(portfolio.activities[1].calendar, None);
    assert_eq!(
        told(&findings),
        [
            "M001 Calendar exceptions A3: SAX",
            "M004 Activities A2: I",
            "M040 Calendars A3: calendar NONE has no working time at all",
            "M041 Activities E3: SIXX",
            "M042 Calendars D4: nine to five"
        ]
    );
}

#[test]
fn later_reports_wait_and_falls_are_told() {
    let (portfolio, findings) = TestTables::new()
        .with(
            "Activities",
            "Initiative | Activity ID | WBS | Duration | Percent complete | Actual start | Actual finish",
            &[
                "I | A | 1 | 9d | 50% | 2026-10-01 | 2026-11-03",
                "I | B | 2 | 9d | 100% | 2026-10-01 | ",
                "I | C | 3 | 9d | 40% | 2026-10-01 | 2026-10-20",
                "I | D | 4 | 9d | 40% | | ",
            ],
        )
        .with(
            "Progress",
            "As-of | Initiative | Activity | Percent complete | Actual finish",
            &[
                "2026-09-30 | I | A | 60% |",
                "2026-10-31 | I | A | 50% | 2026-11-05",
                "2026-10-31 12:00 | I | B | 10% |",
                "2026-11-15 | I | A | 90% |",
                "2026-10-31 | I | A | 55% |",
                "2026-10-31 | I | Z | 5% |",
            ],
        )
        .build("2026-10-31");
    // The 31st is a Saturday: a date alone means Friday, 17:00.
    let told_at: Vec<String> = portfolio.progress.iter().map(|reading| reading.as_of.to_string()).collect();
    assert_eq!(told_at, ["2026-09-30 17:00", "2026-10-30 17:00", "2026-10-31 12:00"]);
    assert_eq!(portfolio.data_date, moment("2026-10-30 17:00"));
    assert_eq!(portfolio.progress[1].actual_finish, None);
    assert_eq!(portfolio.activities[0].actual_finish, None);
    assert_eq!(portfolio.left_out_actuals.len(), 2, "both stay known, for the count of invalid dates");
    assert_eq!(
        told(&findings),
        [
            "M001 Progress C7: Z",
            "M004 Activities A2: I",
            "M008 Progress C6: A",
            "M024 Activities G3: nothing",
            "M025 Activities E4: 40 %",
            "M027 Activities G2: 2026-11-03",
            "M027 Progress E3: 2026-11-05",
            "M028 Activities F5: nothing",
            "M060 Progress A5: a later status date",
            "M061 Progress D3: 50 %",
        ]
    );
}

#[test]
fn a_rebaseline_is_explained_and_an_apportioned_activity_follows_another() {
    let (portfolio, findings) = TestTables::new()
        .with(
            "Activities",
            "Initiative | Activity ID | WBS | Duration | EV technique | Apportioned to | Steps",
            &[
                "I | A | 1 | 9d | weighted steps | | 40 design (done); 60 build",
                "I | B | 2 | 9d | apportioned | A |",
                "I | C | 3 | 9d | apportioned | D |",
                "I | D | 4 | 9d | apportioned | C |",
                "I | E | 5 | 9d | weighted steps | | design",
                "I | F | 6 | 9d | weighted steps | | 1 a; 3 b",
            ],
        )
        .with(
            "Baselines",
            "Baseline | Initiative | Activity | Start | Finish | Cost | Approved by | Approved on | Reason",
            &[
                "First | I | A | 2026-01-05 | 2026-02-05 | 100 | | 2026-01-01 |",
                "Second | I | A | 2026-01-05 | 2026-03-05 | 120 | | 2026-02-01 | Scope",
                "Second | I | A | 2026-01-05 | 2026-03-05 | 120 | | |",
            ],
        )
        .build("2026-10-31");
    assert_eq!(portfolio.activities[0].steps, [(0.4, "design".to_string(), true), (0.6, "build".to_string(), false)]);
    assert_eq!(portfolio.activities[5].steps.iter().map(|step| step.0).collect::<Vec<_>>(), [0.25, 0.75]);
    assert!(matches!(portfolio.activities[1].technique, EarnedValueTechnique::ApportionedTo(base) if base.0 == 0));
    assert_eq!(portfolio.activities[2].technique, EarnedValueTechnique::PercentComplete);
    assert_eq!(portfolio.baselines.len(), 2);
    assert_eq!(
        told(&findings),
        [
            "M004 Activities A2: I",
            "M008 Baselines C4: A",
            "M030 Activities F4: D",
            "M030 Activities F5: C",
            "M031 Activities G6: design",
            "M032 Activities G7: 1 a; 3 b",
            "M062 Baselines 3:3: none for Second",
        ]
    );
}

#[test]
fn assignments_need_a_bearer_a_rate_and_an_available_resource() {
    let (portfolio, findings) = TestTables::new()
        .with(
            "Activities",
            "Initiative | Activity ID | WBS | Duration | Baseline start | Baseline finish",
            &["I | A | 1 | 9d | 2026-10-05 | 2026-10-16"],
        )
        .with(
            "Resources",
            "Resource ID | Name | Kind | Role | Available to",
            &["R1 | Ann | human | Fitter |", "R2 | Bo | human | | 2026-10-15", "R3 | Cy | human | |"],
        )
        .with(
            "Rates",
            "Resource | Role | From | Rate | Unit",
            &[
                "| Fitter | 2026-10-06 | 50 | hour",
                "R2 | | 2026-01-01 | 400 | day",
                "R2 | | 2025-01-01 | 380 | day",
                "R2 | | 2026-01-01 | 390 | day",
            ],
        )
        .with(
            "Assignments",
            "Initiative | Activity | Resource | Role | Units",
            &["I | A | R1 | |", "I | A | R2 | | 0.5", "I | A | R3 | | 1", "I | A | R9 | | 1", "I | A | | Guide | 1"],
        )
        .build("2026-10-31");
    assert_eq!(portfolio.assignments.len(), 4);
    assert_eq!(portfolio.assignments[0].units, Some(1.0));
    assert_eq!(portfolio.assignments[3].bearer, Bearer::Role("Guide".into()));
    let mine: Vec<String> = (portfolio.rates.iter())
        .filter(|rate| rate.bearer == Bearer::Resource(ResourceId::new("R2")))
        .map(|rate| rate.rate.to_string())
        .collect();
    assert_eq!(mine, ["380", "400"]);
    assert_eq!(
        told(&findings),
        [
            "M001 Assignments C5: R9",
            "M004 Activities A2: I",
            "M008 Rates C5: 2026-01-01",
            "M071 Assignments C4: R3",
            "M071 Assignments D6: Guide",
            "M073 Assignments C3: R2 until 2026-10-16",
            "M074 Assignments C2: R1",
        ]
    );
}

#[test]
fn an_initiative_has_rules_of_its_own_and_a_slip_in_one_is_told() {
    let (portfolio, findings) = TestTables::new()
        .with("Initiatives", "Initiative ID | Name | Objective | Owner", &["I1 | One | | ", "I2 | Two | | "])
        .with(
            "Schedule options",
            "Initiative | Option | Value",
            &[
                "I1 | Lag calendar | 24-hour",
                "I1 | profile | microsoft-project",
                "I1 | near_critical_days | 3, 6, 9",
                "I2 | total_flote | smallest",
                "I2 | critical_by | longest path",
                "I2 | float-paths | 0",
                "I3 | total_float | start",
            ],
        )
        .build("2026-10-31");
    let [first, second, unlisted] = portfolio.schedule_options.as_slice() else { panic!("two initiatives and the rest") };
    let mut expected = ScheduleOptions::microsoft_project();
    expected.lag_calendar = LagCalendar::RoundTheClock;
    expected.near_critical_days = [3, 6, 9];
    assert_eq!((first, second, unlisted), (&expected, &ScheduleOptions::p6(), &ScheduleOptions::p6()));
    assert_eq!(
        told(&findings),
        [
            "M001 Schedule options A8: I3",
            "M150 Schedule options B5: total_flote",
            "M151 Schedule options C6: longest path",
            "M151 Schedule options C7: 0",
        ]
    );
    let hint = |found: &str| findings.0.iter().find(|finding| finding.found == found).map(|finding| finding.hint.as_str());
    assert_eq!(hint("total_flote"), Some("Correct the cell (did you mean total_float?); until then the row changes nothing."));
    assert!(hint("longest path").is_some_and(|hint| hint.starts_with("Correct the cell (did you mean longest-path?")));
    assert_eq!(hint("0"), Some("Correct the cell; until then the row changes nothing."));
}
