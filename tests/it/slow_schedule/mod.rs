//! A second implementation of the critical path method, slow and plain, against the engine: random networks of every kind,
//! each drawn from its own seed and compared field by field, and a counterexample shrunk before it is shown.

mod boundaries;
mod calendar;
mod case;
pub mod draw;
mod engine;
mod judge;
mod laws;
mod shrink;

use crate::harness::{is_full_tier, test};
use draw::Flavour;
use libtest_mimic::Trial;
use rayon::prelude::*;
use throughline::model::scheduling::ScheduleOptions;

pub fn trials() -> Vec<Trial> {
    vec![
        law("order_changes_nothing", |seed| laws::order_changes_nothing(seed, EVERYTHING)),
        law("another_link_only_narrows", |seed| laws::another_link_only_narrows(seed, TIMED)),
        law("float_is_room", |seed| laws::float_is_room(seed, Flavour { activities: (2, 20), ..Flavour::PLAIN })),
        law("whole_weeks_shift_everything", |seed| laws::whole_weeks_shift_everything(seed, EVERYTHING)),
        law("late_dates_are_early_dates_in_a_mirror", laws::late_dates_are_early_dates_in_a_mirror),
        law("what_comes_after_moves_nothing_before", |seed| laws::what_comes_after_moves_nothing_before(seed, TIMED)),
        test("slow_schedule::no_work_at_all", boundaries::no_work_at_all),
        test("slow_schedule::huge_lags", boundaries::huge_lags),
        test("slow_schedule::one_minute_a_week", boundaries::one_minute_a_week),
        test("slow_schedule::beyond_the_horizon", boundaries::beyond_the_horizon),
        test("slow_schedule::data_date_in_time_off", boundaries::data_date_in_time_off),
        test("slow_schedule::a_long_chain", boundaries::a_long_chain),
        test("slow_schedule::a_thousand_links_between_two", boundaries::a_thousand_links_between_two),
        test("slow_schedule::almost_nothing", boundaries::almost_nothing),
        plain("links_and_lags", Flavour::PLAIN),
        plain("calendars", Flavour { calendars: true, ..Flavour::PLAIN }),
        plain("points", Flavour { points: true, ..TIMED }),
        plain("progress", Flavour { progress: true, ..TIMED }),
        plain("progress_of_points", Flavour { progress: true, points: true, ..TIMED }),
        plain("constraints", Flavour { constraints: true, ..TIMED }),
        plain("hard_constraints", Flavour { constraints: true, hard_constraints: true, ..TIMED }),
        plain("rich_constraints", Flavour { constraints: true, rich: true, ..TIMED }),
        plain("groups", Flavour { groups: true, constraints: true, ..TIMED }),
        plain("everything", EVERYTHING),
        test("slow_schedule::options", || random("options", EVERYTHING, &draw::options, 600, 40_000)),
        test("slow_schedule::large", || random("large", LARGE, &|_| ScheduleOptions::p6(), 3, 300)),
    ]
}

const TIMED: Flavour = Flavour { calendars: true, ..Flavour::PLAIN };

const EVERYTHING: Flavour = Flavour {
    activities: (2, 40),
    calendars: true,
    constraints: true,
    hard_constraints: true,
    progress: true,
    groups: true,
    points: true,
    rich: true,
};

/// Hundreds of activities, so many that the engine lays the days of its calendars out beforehand.
const LARGE: Flavour = Flavour { activities: (150, 300), ..EVERYTHING };

/// A law that holds for every seed.
fn law(name: &str, holds: impl Fn(u64) + Send + Sync + 'static) -> Trial {
    let count = if is_full_tier() { 5_000 } else { 150 };
    test(&format!("slow_schedule::law::{name}"), move || (0..count).into_par_iter().for_each(&holds))
}

/// Cases of a flavour by the rules of P6.
fn plain(name: &'static str, flavour: Flavour) -> Trial {
    test(&format!("slow_schedule::{name}"), move || random(name, flavour, &|_| ScheduleOptions::p6(), 300, 20_000))
}

/// As many random cases as the tier asks for; the first that fails is told at its smallest.
fn random(name: &str, flavour: Flavour, options: &(dyn Fn(u64) -> ScheduleOptions + Sync), quick: u64, full: u64) {
    let count = if is_full_tier() { full } else { quick };
    let drawn = |seed: u64| draw::case(seed, flavour, options(seed));
    let failed: Vec<u64> = (0..count).into_par_iter().filter(|&seed| engine::difference(&drawn(seed)).is_some()).collect();
    let told = |&seed: &u64| {
        let (case, message) = shrink::shrunk(drawn(seed), &engine::difference);
        format!("seed {seed}: {message}\n{}", shrink::told(&case))
    };
    let smallest: Vec<String> = failed.iter().take(3).map(told).collect();
    assert!(failed.is_empty(), "{name}: {} of {count} differ\n{}", failed.len(), smallest.join("\n"));
}
