//! A case that fails, made as small as it can be and still fail, and printed so that it can be typed in again.

use super::case::{Activity, Case, State};
use super::engine::show;
use std::fmt::Write as _;

/// The smallest case found that still fails, and how it fails.
pub fn shrunk(mut case: Case, fails: &dyn Fn(&Case) -> Option<String>) -> (Case, String) {
    let mut message = fails(&case).unwrap_or_default();
    while let Some((smaller, why)) = simpler(&case).into_iter().find_map(|case| fails(&case).map(|why| (case, why))) {
        (case, message) = (smaller, why);
    }
    (case, message)
}

/// Cases one step simpler.
fn simpler(case: &Case) -> Vec<Case> {
    let mut simpler = Vec::new();
    for at in 0..case.activities.len() {
        simpler.push(without(case, at));
    }
    for bond in 0..case.bonds.len() {
        let mut fewer = case.clone();
        fewer.bonds.remove(bond);
        simpler.push(fewer);
        if case.bonds[bond].lag != 0 {
            let mut no_lag = case.clone();
            no_lag.bonds[bond].lag = 0;
            simpler.push(no_lag);
        }
    }
    for at in 0..case.activities.len() {
        simpler.extend(plainer(&case.activities[at]).into_iter().map(|plain| {
            let mut plainer = case.clone();
            plainer.activities[at] = plain;
            plainer
        }));
    }
    for group in 0..case.starts.len() {
        if case.finish_by[group].is_some() {
            let mut free = case.clone();
            free.finish_by[group] = None;
            simpler.push(free);
        }
    }
    for calendar in 0..case.calendars.len() {
        for day in case.calendars[calendar].dates.keys() {
            let mut regular = case.clone();
            regular.calendars[calendar].dates.remove(day);
            simpler.push(regular);
        }
    }
    simpler
}

fn without(case: &Case, at: usize) -> Case {
    let mut smaller = case.clone();
    smaller.activities.remove(at);
    smaller.bonds.retain(|bond| bond.from != at && bond.to != at);
    for bond in &mut smaller.bonds {
        bond.from -= usize::from(bond.from > at);
        bond.to -= usize::from(bond.to > at);
    }
    smaller
}

fn plainer(activity: &Activity) -> Vec<Activity> {
    let mut plainer = Vec::new();
    let mut push = |change: &dyn Fn(&mut Activity)| {
        let mut plain = activity.clone();
        change(&mut plain);
        if format!("{plain:?}") != format!("{activity:?}") {
            plainer.push(plain);
        }
    };
    push(&|activity| activity.constraint = None);
    push(&|activity| activity.secondary = None);
    push(&|activity| activity.deadline = None);
    push(&|activity| activity.expected_finish = None);
    push(&|activity| activity.external_start = None);
    push(&|activity| activity.external_finish = None);
    push(&|activity| activity.state = State::NotStarted);
    push(&|activity| activity.group = 0);
    push(&|activity| activity.calendar = 0);
    push(&|activity| {
        if let State::InProgress { resume, .. } = &mut activity.state {
            *resume = None;
        }
    });
    plainer
}

/// A case in words, every number in it.
pub fn told(case: &Case) -> String {
    let mut text = format!("data date {}\n", case.data_date.map_or_else(|| "none".into(), show));
    for (group, start) in case.starts.iter().enumerate() {
        let by = case.finish_by[group].map_or_else(|| "none".into(), show);
        let _ = writeln!(text, "group {group} starts {}, must finish by {by}", show(*start));
    }
    for (at, calendar) in case.calendars.iter().enumerate() {
        let _ = writeln!(text, "calendar {at}: {calendar:?}");
    }
    for (at, activity) in case.activities.iter().enumerate() {
        let _ = writeln!(text, "A{at}: {activity:?}");
    }
    for (at, bond) in case.bonds.iter().enumerate() {
        let _ =
            writeln!(text, "link {at}: A{} {:?} {:+} A{} on calendar {}", bond.from, bond.kind, bond.lag, bond.to, bond.calendar);
    }
    text
}
