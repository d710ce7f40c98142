//! Handovers worked by hand; random portfolios against a full new schedule of a changed plan.

use super::*;
use crate::analysis::schedule::{ActivityState, ScheduledActivity, calendar_of};
use crate::analysis::{Analyses, analyse};
use crate::base::span::Span;
use crate::model::activity::ActivityIndex;
use crate::model::past::Past;
use crate::model::testing::{TestTables, moment};
use proptest::prelude::*;

/// Two initiatives; X gives to Y. A (10 days) gives to K (5 days); B (2 days) gives to L (3 days), which has slack behind K.
fn two(links: &[&str], activities: &[&str], as_of: &str) -> (Portfolio, Analyses) {
    let (portfolio, _) = TestTables::new()
        .with("Initiatives", "Initiative ID|Name|Start", &["X|Giver|2026-03-02", "Y|Taker|2026-03-02"])
        .with("Activities", "Initiative|Activity ID|WBS|Duration|Budget|Actual start|Actual finish", activities)
        .with("Dependencies", "Initiative|Predecessor|Successor|Type|Lag|Need by|Promised date|Agreed", links)
        .build(as_of);
    let (analyses, _) = analyse(&portfolio, &Past::default());
    (portfolio, analyses)
}

const PLAIN: &[&str] = &["X|A|1|10d|1000||", "X|B|2|2d|200||", "Y|K|1|5d|500||", "Y|L|2|3d|300||"];

fn only(link: &str) -> CrossLink {
    let (_, analyses) = two(&[link], PLAIN, "2026-02-27");
    analyses.interdependencies.links[0].clone()
}

#[test]
fn a_handover_without_dates_is_needed_when_the_taker_must_start() {
    // A finishes on Friday 13 March; K takes 5 days and Y ends with it: no float.
    let link = only("X|A|Y/K|FS||||yes");
    assert_eq!(link.forecast, moment("2026-03-13 17:00"));
    assert_eq!((link.needed_from, link.float_days, link.driving), (Some(NeededFrom::LateDate), Some(0.0), true));
    assert_eq!((link.status, link.why.as_str()), (LinkHealth::AtRisk, "0 days to spare"));
}

#[test]
fn need_by_and_promise_decide_the_status() {
    // B finishes on 3 March; L takes 3 days, K 5 days from 2 March: L must start by 4 March with no lag, so 2 days to spare
    // on K's 6 March; the need-by dates say more.
    let late = only("X|B|Y/L|FS||2026-03-02|2026-03-02|yes");
    assert_eq!((late.status, late.float_days), (LinkHealth::Late, Some(-1.0)));
    assert_eq!(late.why, "forecast 2026-03-03, needed by 2026-03-02; forecast 2026-03-03, promised for 2026-03-02");
    let promised_late = only("X|B|Y/L|FS||2026-03-31|2026-04-01|yes");
    assert_eq!((promised_late.status, promised_late.float_days), (LinkHealth::AtRisk, Some(20.0)));
    assert_eq!(promised_late.why, "promised for 2026-04-01, needed by 2026-03-31");
    let refused = only("X|B|Y/L|FS||2026-03-31|2026-03-31|no");
    assert_eq!((refused.status, refused.why.as_str()), (LinkHealth::NotAgreed, "the two sides have not agreed"));
    let silent = only("X|B|Y/L|FS||2026-03-31||");
    assert_eq!(
        (silent.status, silent.why.as_str()),
        (LinkHealth::OnTrack, "20 days to spare; nothing says whether it is agreed")
    );
    let fine = only("X|B|Y/L|FS||2026-03-10||yes");
    assert_eq!((fine.status, fine.float_days), (LinkHealth::OnTrack, Some(5.0)));
    let tight = only("X|B|Y/L|FS||2026-03-09||yes");
    assert_eq!((tight.status, tight.float_days), (LinkHealth::AtRisk, Some(4.0)));
}

#[test]
fn a_lag_comes_off_the_latest_handover() {
    // L must start by 18 March (K waits for A until the 13th, then takes 5 days to the 20th; L takes 3): with 2 days of lag,
    // B must be there by 16 March 08:00; it finishes on 3 March 17:00: 8 days of float.
    let (_, analyses) = two(&["X|A|Y/K|FS||||yes", "X|B|Y/L|FS|2d|||yes"], PLAIN, "2026-02-27");
    let link = &analyses.interdependencies.links[1];
    assert_eq!((link.latest, link.float_days), (Some(moment("2026-03-16 08:00")), Some(8.0)));
    assert_eq!(link.status, LinkHealth::OnTrack);
}

#[test]
fn what_is_handed_over_is_met_however_late() {
    let done = &["X|A|1|10d|1000|2026-03-02|2026-03-13", "X|B|2|2d|200||", "Y|K|1|5d|500||", "Y|L|2|3d|300||"];
    let (_, analyses) = two(&["X|A|Y/K|FS||2026-03-11||"], done, "2026-03-13");
    let link = &analyses.interdependencies.links[0];
    assert_eq!((link.status, link.float), (LinkHealth::Met, None));
    assert_eq!(link.why, "handed over 2026-03-13, needed by 2026-03-11");
    assert_eq!(
        analyses.interdependencies.matrix[0][1],
        MatrixCell { links: 1, met: 1, driving: link.driving.into(), ..MatrixCell::default() }
    );
}

#[test]
fn a_bottleneck_moves_both_initiatives_and_their_money() {
    // A is the longest in X (13 March) and holds K, the last of Y (20 March). 20 days later each ends 20 days later; what
    // moves is A and K: 1,500 of budget not earned. B and L do not move.
    let (portfolio, analyses) = two(&["X|A|Y/K|FS||||yes"], PLAIN, "2026-02-27");
    let first = &analyses.interdependencies.bottlenecks[0];
    assert_eq!(portfolio.activity(first.activity).key.to_string(), "X/A");
    assert_eq!(first.initiatives_moved.len(), 2);
    assert_eq!(first.days_moved, [20.0, 20.0]);
    assert_eq!(first.activities_moved, [ActivityIndex(0), ActivityIndex(2)]);
    assert_eq!(first.money_moved, Ok(1500.into()));
    // K alone moves Y alone.
    let second = &analyses.interdependencies.bottlenecks[1];
    assert_eq!((portfolio.activity(second.activity).key.to_string(), second.initiatives_moved.len()), ("Y/K".into(), 1));
    assert_eq!((analyses.interdependencies.tried, analyses.interdependencies.candidates), (2, 2));
}

#[test]
fn money_in_another_currency_needs_a_rate() {
    let (portfolio, _) = TestTables::new()
        .with("Initiatives", "Initiative ID|Name|Start|Currency", &["X|Giver|2026-03-02|EUR"])
        .with("Activities", "Initiative|Activity ID|WBS|Duration|Budget", &["X|A|1|10d|1000"])
        .build("2026-02-27");
    let (analyses, _) = analyse(&portfolio, &Past::default());
    assert_eq!(analyses.interdependencies.bottlenecks[0].money_moved, Err(crate::analysis::measure::Undefined::NoExchangeRate));
}

#[test]
fn equal_effects_are_told_once() {
    let rows = &["X|A|1|10d|1000||", "X|B|2|2d|200||"];
    let (portfolio, analyses) = two(&["X|A|B|FS||||"], rows, "2026-02-27");
    let found = &analyses.interdependencies.bottlenecks;
    assert_eq!(found.len(), 1);
    assert_eq!(portfolio.activity(found[0].activity).key.to_string(), "X/A");
    assert_eq!(found[0].same_effect, [ActivityIndex(1)]);
}

#[test]
fn a_date_that_fixes_an_activity_slips_with_it() {
    let (portfolio, _) = TestTables::new()
        .with("Initiatives", "Initiative ID|Name|Start", &["X|Giver|2026-03-02"])
        .with(
            "Activities",
            "Initiative|Activity ID|WBS|Duration|Constraint type|Constraint date",
            &["X|A|1|10d|must start on|2026-03-02"],
        )
        .build("2026-02-27");
    let (analyses, _) = analyse(&portfolio, &Past::default());
    assert_eq!(analyses.interdependencies.bottlenecks[0].days_moved, [20.0]);
    assert_eq!(analyses.interdependencies.bottlenecks[0].money_moved, Err(crate::analysis::measure::Undefined::NoBudget));
}

/// A random plan: three initiatives, activities of some days, links from lower to higher numbers.
#[derive(Clone, Debug)]
struct Random {
    durations: Vec<u32>,
    links: Vec<(usize, usize, usize, i32)>,
    started: Vec<bool>,
    late: Vec<bool>,
}

fn random() -> impl Strategy<Value = Random> {
    (4usize..16).prop_flat_map(|count| {
        let links = prop::collection::vec((0..count, 0..count, 0usize..4, 0i32..3), 0..count * 2);
        let flags = || prop::collection::vec(prop::bool::weighted(0.2), count);
        (prop::collection::vec(0u32..9, count), links, flags(), flags()).prop_map(|(durations, links, started, late)| Random {
            durations,
            links,
            started,
            late,
        })
    })
}

fn portfolio_of(random: &Random) -> Portfolio {
    let initiative = |at: usize| ["X", "Y", "Z"][at % 3];
    let activity = |at: usize| {
        let started = if random.started[at] && random.durations[at] > 0 { "2026-02-23" } else { "" };
        let late = if random.late[at] { "as late as possible" } else { "" };
        format!("{}|A{at}|{}|{}d|{}|{started}|{late}", initiative(at), at + 1, random.durations[at], at * 10)
    };
    let activities: Vec<String> = (0..random.durations.len()).map(activity).collect();
    let link = |&(a, b, kind, lag): &(usize, usize, usize, i32)| {
        let (from, to, kind) = (a.min(b), a.max(b), ["FS", "SS", "FF", "FS"][kind]);
        format!("{}|A{from}|{}/A{to}|{kind}|{lag}d", initiative(from), initiative(to))
    };
    let links: Vec<String> = random.links.iter().filter(|link| link.0 != link.1).map(link).collect();
    let (activities, links): (Vec<&str>, Vec<&str>) =
        (activities.iter().map(String::as_str).collect(), links.iter().map(String::as_str).collect());
    let (portfolio, _) = TestTables::new()
        .with("Initiatives", "Initiative ID|Name|Start", &["X|X|2026-02-23", "Y|Y|2026-02-23", "Z|Z|2026-02-23"])
        .with("Activities", "Initiative|Activity ID|WBS|Duration|Budget|Actual start|Constraint type", &activities)
        .with("Dependencies", "Initiative|Predecessor|Successor|Type|Lag", &links)
        .build("2026-02-27");
    portfolio
}

/// The portfolio with an activity slipped in its own cells: a later start, or more work left.
fn changed(portfolio: &Portfolio, scheduled: &ScheduledActivity) -> Portfolio {
    let mut changed = portfolio.clone();
    let calendar = calendar_of(portfolio, portfolio.activity(scheduled.activity));
    let minutes = SLIP_DAYS * calendar.minutes_per_day();
    let activity = &mut changed.activities[scheduled.activity.0];
    if scheduled.state == ActivityState::NotStarted {
        activity.external_early_start = Some(calendar.add(scheduled.early_start, minutes));
    } else {
        activity.remaining = Some(Span::from_minutes(scheduled.remaining + minutes));
    }
    changed
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]
    #[test]
    fn the_matrix_counts_the_links_and_a_new_schedule_proves_the_bottlenecks(random in random()) {
        let portfolio = portfolio_of(&random);
        let (analyses, _) = analyse(&portfolio, &Past::default());
        let found = &analyses.interdependencies;
        let cross = portfolio.dependencies.iter().filter(|link| {
            portfolio.activity(link.predecessor).key.initiative != portfolio.activity(link.successor).key.initiative
        });
        prop_assert_eq!(found.matrix.iter().flatten().map(|cell| cell.links).sum::<usize>(), cross.count());
        prop_assert_eq!(found.links.len(), found.matrix.iter().flatten().map(|cell| cell.links).sum::<usize>());
        for each in &found.bottlenecks {
            let before = &analyses.schedules.current;
            let changed = changed(&portfolio, before.activity(each.activity));
            let (after, _) = analyse(&changed, &Past::default());
            let after = &after.schedules.current;
            let calendar = portfolio.calendars.default_calendar();
            let days: Vec<f64> = (before.initiatives.iter().zip(&after.initiatives))
                .filter_map(|(before, after)| Some((before.finish?, after.finish?)))
                .filter(|(before, after)| after > before)
                .map(|(before, after)| crate::analysis::lateness::working_days(calendar, before, after))
                .collect();
            prop_assert_eq!(&each.days_moved, &days);
            let moved = |activity: &&ScheduledActivity| {
                let then = after.activity(activity.activity);
                (activity.early_start, activity.early_finish) != (then.early_start, then.early_finish)
            };
            let moved: Vec<ActivityIndex> = before.activities.iter().filter(moved).map(|activity| activity.activity).collect();
            prop_assert_eq!(&each.activities_moved, &moved);
        }
    }
}
