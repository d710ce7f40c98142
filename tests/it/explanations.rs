//! Every date of the sample's plan has an explanation, and every sum in one comes to the date that the schedule has.

use crate::harness;
use crate::sample::{looked_at, prepared};
use libtest_mimic::Trial;
use std::fs;
use throughline::analysis::explain::{Explainer, Line, Measure, Reason, Subject, explain, explanation, find};
use throughline::analysis::schedule::{ActivityState, Driver, FinishDriver, LateDriver, ScheduledActivity};
use throughline::base::day::Moment;
use throughline::model::activity::{ActivityIndex, CalendarBasis, LinkType};
use throughline::pipeline::run::Prepared;
use throughline::pipeline::sample::SAMPLE;

pub fn trials() -> Vec<Trial> {
    vec![
        harness::test("explanations::sums_come_to_the_dates", sums_come_to_the_dates),
        harness::test("explanations::dates_in_a_sentence_work_out_by_hand", dates_in_a_sentence_work_out_by_hand),
        harness::test("explanations::chains_end_and_name_cells", chains_end_and_name_cells),
        harness::test("explanations::looking_writes_nothing", looking_writes_nothing),
    ]
}

/// A reason, what it must come to, and whether it must be a sum.
fn hold(activity: &ScheduledActivity, what: &str, reason: &Reason, date: Moment, must_be_a_sum: bool) -> bool {
    assert!(!reason.words.is_empty(), "{activity:?}: {what} has no reason");
    assert!(
        reason.gives.is_none_or(|given| given == date),
        "{what} {date}: {} gives {:?}\n{activity:?}",
        reason.words,
        reason.gives
    );
    assert!(reason.gives.is_some() || !must_be_a_sum, "{what} {date}: {} is no sum\n{activity:?}", reason.words);
    reason.gives.is_some()
}

fn sums_come_to_the_dates() {
    let prepared = prepared();
    let schedule = &prepared.analyses.schedules.current;
    let explainer = Explainer::new(&prepared.portfolio, schedule);
    let mut sums = 0;
    for activity in schedule.activities.iter().filter(|each| each.state != ActivityState::Complete) {
        let index = activity.activity;
        let crewed = prepared.portfolio.activity(index).calendar_basis != CalendarBasis::default();
        let plain = !crewed && !matches!(activity.driver, Driver::RolledUp | Driver::AsLateAsPossible | Driver::WorkDone);
        sums += usize::from(hold(
            activity,
            "early start",
            &explainer.start_reason(index),
            activity.early_start,
            plain && !by_retained_logic(prepared, activity),
        ));
        let plain = !crewed && activity.finish_driver == FinishDriver::Work;
        sums += usize::from(hold(activity, "early finish", &finish(&explainer, activity), activity.early_finish, plain));
        let plain = !crewed && !matches!(activity.late_driver, LateDriver::RolledUp);
        sums += usize::from(hold(activity, "late finish", &explainer.late_reason(index), activity.late_finish, plain));
    }
    assert!(sums > 100, "only {sums} sums");
}

/// A summary's finish is another sum than its start.
fn finish(explainer: &Explainer<'_>, activity: &ScheduledActivity) -> Reason {
    let reason = explainer.finish_reason(activity.activity);
    if activity.driver == Driver::RolledUp { Reason { gives: None, ..reason } } else { reason }
}

/// True where the driving link comes from a finished activity: what holds may lie before it.
fn by_retained_logic(prepared: &Prepared, activity: &ScheduledActivity) -> bool {
    let Driver::Predecessor { dependency } = activity.driver else { return false };
    let before = prepared.portfolio.dependencies[dependency].predecessor;
    prepared.analyses.schedules.current.activity(before).state == ActivityState::Complete
}

/// The dates that stand in a sentence.
fn dates_in(text: &str) -> Vec<String> {
    let bytes = text.as_bytes();
    let is_date = |at: usize| {
        text.is_char_boundary(at)
            && bytes.len() >= at + 16
            && bytes[at..at + 4].iter().all(u8::is_ascii_digit)
            && [(4, b'-'), (7, b'-'), (10, b' '), (13, b':')].iter().all(|(off, sign)| bytes[at + off] == *sign)
    };
    (0..bytes.len()).filter(|at| is_date(*at)).map(|at| text[at..at + 16].to_string()).collect()
}

/// The plainest sentence, worked out again from the words alone: a link from finish to start on one calendar.
fn dates_in_a_sentence_work_out_by_hand() {
    let prepared = prepared();
    let (portfolio, schedule) = (&prepared.portfolio, &prepared.analyses.schedules.current);
    let mut checked = 0;
    for activity in schedule.activities.iter().filter(|each| each.state == ActivityState::NotStarted && each.duration > 0) {
        let Driver::Predecessor { dependency } = activity.driver else { continue };
        let link = &portfolio.dependencies[dependency];
        let own = portfolio.activity(activity.activity);
        if link.link != LinkType::FinishToStart || !link.lag.is_zero() || own.calendar_basis != CalendarBasis::default() {
            continue;
        }
        let text = explanation(portfolio, schedule, activity.activity);
        let dates = dates_in(&text);
        assert!(dates.len() >= 2, "{text}");
        let calendar = portfolio.calendars.get_or_default(own.calendar.as_ref());
        let finish = chrono::NaiveDateTime::parse_from_str(&dates[1], "%Y-%m-%d %H:%M").expect("a date");
        let start = calendar.next_work_start(Moment::from_datetime(finish));
        assert_eq!(start.datetime().format("%Y-%m-%d %H:%M").to_string(), dates[0], "{text}");
        assert_eq!(start, activity.early_start, "{text}");
        checked += 1;
    }
    assert!(checked > 20, "only {checked} sentences");
}

fn chains_end_and_name_cells() {
    let prepared = prepared();
    let (portfolio, schedule) = (&prepared.portfolio, &prepared.analyses.schedules.current);
    let named = |line: &Line| line.origin.as_ref().is_some_and(|origin| origin.row.is_some());
    for index in (0..portfolio.activities.len()).map(ActivityIndex) {
        for measure in Measure::ALL.map(|(_, measure)| Some(measure)).into_iter().chain([None]) {
            let answer = explain(portfolio, schedule, Subject::Activity(index), measure);
            assert!(!answer.lines.is_empty() && answer.lines.len() < 500, "{} {measure:?}", answer.subject);
            let unnamed = answer.lines.iter().filter(|line| !named(line));
            // Sums of two lines above them, and the finish of the project, stand in no cell.
            let follows =
                |line: &&Line| ["float", "critical", "finishes", "open ends"].iter().any(|word| line.text.contains(word));
            assert_eq!(unnamed.filter(|line| !follows(line)).count(), 0, "{:?}", answer.lines);
        }
    }
    for group in 0..portfolio.initiatives.len() {
        assert!(!explain(portfolio, schedule, Subject::Initiative(group), None).lines.is_empty());
    }
    assert_eq!(find(portfolio, "LU-101"), Ok(Subject::Initiative(0)));
}

fn looking_writes_nothing() {
    let before: Vec<String> = SAMPLE.iter().map(|(name, _)| (*name).to_string()).collect();
    looked_at(|folder| {
        assert!(!folder.join("out").exists(), "nothing is published");
        let entries = fs::read_dir(folder).expect("a folder").count();
        assert_eq!(entries, 2, "portfolio.toml and inputs, no lock: {before:?}");
    });
}
