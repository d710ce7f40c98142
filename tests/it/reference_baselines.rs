//! The baselines of the 31 projects of the OR-AS database: their timestamps against working hours, both ways, and their
//! dates against their links. Source: Batselier & Vanhoucke, "Construction and evaluation framework for a real-life project
//! database", International Journal of Project Management 33 (2015).

use crate::harness::reference;
use crate::reference_projects::{holds, portfolio, projects};
use libtest_mimic::Trial;
use std::path::Path;
use throughline::base::day::Moment;

pub fn trials() -> Vec<Trial> {
    vec![
        reference("reference_baselines::timestamps_and_hours_convert_both_ways", "projects", conversions),
        reference("reference_baselines::no_baseline_violates_a_link", "projects", feasible),
    ]
}

/// From an activity's start, its working hours lead to its finish, and back; from the start of the project, the hours that
/// lie before either date lead to it again.
fn conversions(folder: &Path) {
    let mut compared = 0;
    let mut wrong = Vec::new();
    for code in projects(folder) {
        let portfolio = portfolio(folder, &code, true);
        let first = portfolio.baselines.iter().filter_map(|entry| entry.start).min().expect("a start");
        for entry in &portfolio.baselines {
            let activity = portfolio.activity(entry.activity);
            let calendar = portfolio.calendars.get_or_default(activity.calendar.as_ref());
            let (Some(start), Some(finish)) = (entry.start, entry.finish) else { panic!("{code} {} has no dates", activity.key) };
            let hours = activity.duration.minutes(calendar).expect("a duration in time");
            let before = |at: Moment| calendar.work(first, at);
            let got = [
                (calendar.add(start, hours), finish),
                (calendar.sub(finish, hours), start),
                (calendar.next_work_start(calendar.add(first, before(start))), calendar.next_work_start(start)),
                (calendar.prev_work_finish(calendar.add(first, before(finish))), calendar.prev_work_finish(finish)),
            ];
            if got.iter().any(|(got, expected)| got != expected) || calendar.work(start, finish) != hours {
                wrong.push(format!("{code} {} {} to {}: {} minutes, {got:?}", activity.key, start, finish, hours));
            }
            compared += 1;
        }
    }
    println!("{compared} activities");
    assert!(wrong.is_empty(), "{} of {compared}: {:#?}", wrong.len(), &wrong[..wrong.len().min(40)]);
    assert!(compared > 1_500, "only {compared} activities");
}

fn feasible(folder: &Path) {
    let mut compared = 0;
    let mut wrong = Vec::new();
    for code in projects(folder) {
        let portfolio = portfolio(folder, &code, true);
        let mut dates = vec![None; portfolio.activities.len()];
        for entry in &portfolio.baselines {
            dates[entry.activity.0] = entry.start.zip(entry.finish);
        }
        for link in &portfolio.dependencies {
            let Some((before, after)) = dates[link.predecessor.0].zip(dates[link.successor.0]) else { continue };
            let calendar = portfolio.calendars.get_or_default(portfolio.activity(link.predecessor).calendar.as_ref());
            if !holds(link, calendar, [before.0, before.1, after.0, after.1]) {
                let ends = [link.predecessor, link.successor].map(|end| portfolio.activity(end).key.to_string());
                wrong.push(format!("{code} {ends:?} {:?} {:?}: {before:?} {after:?}", link.link, link.lag));
            }
            compared += 1;
        }
    }
    println!("{compared} links");
    assert!(wrong.is_empty(), "{} of {compared}: {:#?}", wrong.len(), &wrong[..wrong.len().min(40)]);
    assert!(compared > 2_000, "only {compared} links");
}
