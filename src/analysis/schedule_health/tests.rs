//! The points on a case counted by hand, and the status checks one by one.

use super::*;
use crate::analysis::{Analyses, analyse};
use crate::model::past::Past;
use crate::model::testing::{TestTables, told};

const ACTIVITIES: &str = "Initiative|Activity ID|WBS|Name|Type|Duration|Baseline start|Baseline finish|Actual start|\
                          Actual finish|Percent complete|Remaining duration|Fixed cost|Constraint type|Constraint date";

/// A plan as of Friday 13 March 2026; the project starts on Monday 2 March.
fn analysed(activities: &[&str], links: &[&str]) -> (Portfolio, Analyses, Vec<String>) {
    let (portfolio, _) = TestTables::new()
        .with("Initiatives", "Initiative ID|Name|Start", &["P|Project|2026-03-02"])
        .with("Activities", ACTIVITIES, activities)
        .with("Dependencies", "Initiative|Predecessor|Successor|Type|Lag", links)
        .build("2026-03-13");
    let (analyses, findings) = analyse(&portfolio, &Past::default());
    (portfolio, analyses, told(&findings))
}

/// Twelve rows that count and two that do not: J adds up, K spans.
///
/// Working days by hand. B has two days left: 16 and 17 March. D: 18 to 31 March. E: sixty days from 16 March to Friday
/// 5 June, the finish. F: a day before D ends, so 31 March to 2 April. G: 16 to 19 March. H: 1 and 2 April. L ends with D.
fn case() -> (Portfolio, Analyses, Vec<String>) {
    analysed(
        &[
            "P|J|1|All|summary||||||||||",
            "P|S|1.1|Start|milestone|0d|2026-03-02|2026-03-02|2026-03-02|2026-03-02|100%||||",
            "P|A|1.2|A||5d|2026-03-02|2026-03-06|2026-03-02|2026-03-06|100%||10||",
            "P|B|1.3|B||5d|2026-03-09|2026-03-13|2026-03-09||60%|2d|50||",
            "P|C|1.4|C||5d|2026-03-02|2026-03-06|2026-03-02|2026-03-10|100%||10||",
            "P|D|1.5|D||10d|2026-03-16|2026-03-27|||||100||",
            "P|E|1.6|E||60d|2026-03-09|2026-05-29|||||100||",
            "P|F|1.7|F||3d|2026-03-30|2026-04-01|||||10||",
            "P|G|1.8|G||4d|2026-03-16|2026-03-19|||||||",
            "P|H|1.9|H||2d|2026-03-30|2026-03-31|2026-03-20||||||",
            "P|L|1.10|L||4h|2026-03-27|2026-03-27||||||finish no later than|2026-03-20",
            "P|K|1.11|K|hammock|1d|||||||||",
            "P|I|1.12|End|milestone|0d|2026-05-29|2026-05-29|||||||",
        ],
        &[
            "P|S|A|FS|",
            "P|S|C|FS|",
            "P|A|B|FS|",
            "P|B|D|FS|",
            "P|C|E|FS|2d",
            "P|D|F|FS|-1d",
            "P|G|F|FS|",
            "P|D|H|FS|",
            "P|E|I|FS|",
            "P|F|I|FS|",
            "P|D|L|FF|",
            "P|L|I|FS|",
            "P|S|K|SS|",
            "P|I|K|FF|",
        ],
    )
}

fn offenders(portfolio: &Portfolio, point: &HealthPoint) -> String {
    let ids: Vec<&str> = point.offenders.iter().map(|row| portfolio.activity(row.activity).key.id.as_str()).collect();
    ids.join(" ")
}

/// Count, of, value, whether it passes, and the rows.
type Counted = (usize, usize, f64, Result<bool, Undefined>, &'static str);

#[test]
fn the_points_are_those_counted_by_hand() {
    let (portfolio, analyses, _) = case();
    // Unfinished work: B D E F G H L I, eight. Links into it: ten, without the two of the hammock.
    let expected: [Counted; 14] = [
        (3, 8, 0.375, Ok(false), "G H I"), // G follows nothing; nothing follows H, nor I but for the hammock
        (1, 10, 0.1, Ok(false), "F"),      // D to F, a day early
        (1, 10, 0.1, Ok(false), "E"),      // C to E, two days late
        (9, 10, 0.9, Ok(true), "L"),       // D to L is finish to finish
        (1, 8, 0.125, Ok(false), "L"),     // finish no later than 20 March
        (3, 8, 0.375, Ok(false), "F G H"), // 46, 53 and 46 days up to the finish on 5 June
        (3, 8, 0.375, Ok(false), "B D L"), // L is seven days late on 31 March, and so is what leads to it
        (1, 8, 0.125, Ok(false), "E"),     // sixty days
        (1, 11, 1.0 / 11.0, Ok(false), "H"), // a start on 20 March has not happened on the 13th
        (2, 6, 1.0 / 3.0, Err(Undefined::ReportedOnly), "G H"), // B D E F G H last a day or more; two have no cost
        (2, 4, 0.5, Ok(false), "B C"),     // S A B C were due; B is open, C was two days late
        (1, 1, 554.0 / 600.0, Ok(false), "B"), // B is critical by its float, and F behind it has 46 days of its own
        (1, 1, 55.0 / 60.0, Ok(false), "I"), // sixty days to go, five days after the baseline's 29 May
        (3, 4, 0.75, Ok(false), "B"),      // S A C done of S A B C due
    ];
    let tables = [&analyses.schedule_health.portfolio, &analyses.schedule_health.initiatives[0].1];
    for table in tables {
        assert_eq!(table.points.len(), 14);
        for (number, (point, (count, of, value, passes, rows))) in (1..).zip(table.points.iter().zip(&expected)) {
            assert_eq!(point.number, number);
            assert_eq!((point.count, point.of, point.passes), (*count, *of, *passes), "point {number}");
            assert!(point.value.is_ok_and(|found| (found - value).abs() < 1e-9), "point {number}: {:?}", point.value);
            assert_eq!(offenders(&portfolio, point), *rows, "point {number}");
        }
        assert_eq!(table.passed(), (1, 13));
    }
}

#[test]
fn offenders_name_their_cells() {
    let (_, analyses, _) = case();
    let points = &analyses.schedule_health.portfolio.points;
    let places: Vec<String> = [1, 4, 7].iter().map(|number| points[*number].offenders[0].origin.to_string()).collect();
    assert_eq!(places, ["t.xlsx > Dependencies!E7", "t.xlsx > Activities!N12", "t.xlsx > Activities!F8"]);
}

#[test]
fn without_a_baseline_what_needs_one_is_not_available_and_nothing_passes_by_silence() {
    let (_, analyses, _) = analysed(&["P|A|1|A||5d|||||||||", "P|B|2|B||5d|||||||||"], &["P|A|B||"]);
    let points = &analyses.schedule_health.portfolio.points;
    for number in [11, 13, 14] {
        assert_eq!(points[number - 1].value, Err(Undefined::NoBaseline), "point {number}");
        assert_eq!(points[number - 1].passes, Err(Undefined::NoBaseline), "point {number}");
    }
    assert_eq!(points[11].value, Ok(1.0), "the finish moves by the 600 days added");
}

#[test]
fn an_empty_plan_passes_nothing() {
    let (_, analyses, _) = analysed(&[], &[]);
    assert_eq!(analyses.schedule_health.portfolio.passed(), (0, 0));
    assert_eq!(analyses.schedule_health.portfolio.points[0].value, Err(Undefined::NothingToCount));
}

/// Findings of the status checks alone.
fn checks(activities: &[&str], links: &[&str]) -> Vec<String> {
    let wanted = ["A007", "A020", "A021", "A022", "A023", "A024", "A025", "A026", "A027"];
    let (_, _, all) = analysed(activities, links);
    all.into_iter().filter(|told| wanted.iter().any(|code| told.starts_with(code))).collect()
}

#[test]
fn one_open_start_and_one_open_end_are_normal() {
    let plan = ["P|A|1|A||5d|||||||||", "P|B|2|B||5d|||||||||", "P|C|3|C||1d|||||||||"];
    let open: Vec<String> = checks(&plan, &["P|A|B||"]).into_iter().filter(|told| !told.starts_with("A025")).collect();
    assert_eq!(open, ["A022 Activities B4: no predecessor", "A023 Activities B4: no successor"]);
}

#[test]
fn dangling_logic_is_told_at_both_ends() {
    let plan = ["P|A|1|A||5d|||||||||", "P|B|2|B||9d|||||||||", "P|C|3|C|milestone|0d|||||||||"];
    let found = checks(&plan, &["P|A|B|SS|", "P|B|C|FS|"]);
    assert_eq!(
        found.iter().filter(|told| told.starts_with("A024")).collect::<Vec<_>>(),
        ["A024 Activities B2: all its successors hang on its start, so that its finish moves nothing"]
    );
    let found = checks(&plan, &["P|A|B|FF|", "P|B|C|FS|"]);
    assert_eq!(
        found.iter().filter(|told| told.starts_with("A024")).collect::<Vec<_>>(),
        ["A024 Activities B3: all its predecessors hold its finish, so that nothing holds its start"]
    );
}

#[test]
fn what_only_the_data_date_holds_rides_it() {
    // A could have started on 2 March; B waits for it.
    let found = checks(&["P|A|1|A||5d|||||||||", "P|B|2|B||5d|||||||||"], &["P|A|B||"]);
    assert_eq!(found, ["A025 Activities B2: held by nothing but the data date"]);
}

#[test]
fn progress_against_links_of_every_kind_is_out_of_sequence() {
    let plan = ["P|A|1|A||5d|||||||||", "P|B|2|B||5d|||2026-03-09||20%||||", "P|C|3|C||5d|||2026-03-02|2026-03-06|100%||||"];
    assert_eq!(
        checks(&plan, &["P|A|B|SS|", "P|B|C|FF|", "P|A|C|SF|"])
            .into_iter()
            .filter(|told| told.starts_with("A007"))
            .collect::<Vec<_>>(),
        [
            "A007 Dependencies C2: P/B has started and P/A has not",
            "A007 Dependencies C3: P/C is finished and P/B is not",
            "A007 Dependencies C4: P/C is finished and P/A has not started",
        ]
    );
}

#[test]
fn lags_dates_and_facts_that_look_wrong() {
    let lag = checks(&["P|A|1|A||5d|||||||||", "P|B|2|B||5d|||||||||"], &["P|A|B|FS|6d"]);
    assert!(lag.contains(&"A026 Dependencies E2: a lag of 6d after work that is shorter".to_string()), "{lag:?}");
    let pinned = checks(&["P|A|1|A||5d||||||||must start on|2026-03-04"], &[]);
    assert!(pinned.contains(&"A021 Activities B2: unfinished work before the data date".to_string()), "{pinned:?}");
    let finished = checks(&["P|A|1|A||5d||||2026-03-06|100%||||"], &[]);
    assert_eq!(finished, ["A020 Activities I2: "]);
    let far = checks(&["P|A|1|A||40000d|||||||||"], &[]);
    assert!(far.contains(&"A027 Activities F2: a date more than 100 years from the data date".to_string()), "{far:?}");
}
