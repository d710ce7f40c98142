use super::judge::{Judge, family, origin};
use super::*;
use proptest::prelude::*;

fn day(text: &str) -> Day {
    text.parse().expect("a date")
}

fn at(text: &str) -> Moment {
    let (date, time) = text.split_once(' ').expect("a date and a time");
    let (hour, minute) = time.split_once(':').expect("a time");
    Moment::at(day(date), hour.parse().expect("hours"), minute.parse().expect("minutes"))
}

fn plain(id: &str, base: Option<&str>) -> CalendarDefinition {
    let weekdays = std::array::from_fn(|_| None);
    CalendarDefinition {
        id: CalendarId::new(id),
        name: id.into(),
        base: base.map(CalendarId::new),
        weekdays,
        minutes_per_day: None,
        exceptions: vec![],
    }
}

/// Monday to Friday 08:00-12:00 and 13:00-17:00.
fn office(id: &str) -> CalendarDefinition {
    let hours = parse_hours("8").expect("hours");
    CalendarDefinition { weekdays: std::array::from_fn(|day| (day < 5).then(|| hours.clone())), ..plain(id, None) }
}

fn closed(from: &str, to: &str, name: &str) -> CalendarException {
    CalendarException { from: day(from), to: day(to), intervals: vec![], name: name.into() }
}

fn compiled(definitions: &[CalendarDefinition], id: &str) -> WorkCalendar {
    WorkCalendar::compile(definitions, &CalendarId::new(id)).expect("a calendar")
}

#[test]
fn work_starts_at_starts_and_ends_at_ends() {
    let calendar = WorkCalendar::standard();
    // 2026-11-27 is a Friday.
    for (t, next, previous) in [
        ("2026-11-27 07:59", "2026-11-27 08:00", "2026-11-26 17:00"),
        ("2026-11-27 08:00", "2026-11-27 08:00", "2026-11-26 17:00"),
        ("2026-11-27 08:01", "2026-11-27 08:01", "2026-11-27 08:01"),
        ("2026-11-27 12:00", "2026-11-27 13:00", "2026-11-27 12:00"),
        ("2026-11-27 12:30", "2026-11-27 13:00", "2026-11-27 12:00"),
        ("2026-11-27 13:00", "2026-11-27 13:00", "2026-11-27 12:00"),
        ("2026-11-27 17:00", "2026-11-30 08:00", "2026-11-27 17:00"),
        ("2026-11-29 00:00", "2026-11-30 08:00", "2026-11-27 17:00"),
    ] {
        assert_eq!((calendar.next_work_start(at(t)), calendar.prev_work_finish(at(t))), (at(next), at(previous)), "{t}");
    }
    for (t, minutes, end) in [
        ("2026-11-27 08:00", 240, "2026-11-27 12:00"),
        ("2026-11-27 08:00", 241, "2026-11-27 13:01"),
        ("2026-11-27 08:00", 480, "2026-11-27 17:00"),
        ("2026-11-27 17:00", 480, "2026-11-30 17:00"),
        ("2026-11-28 09:00", 1, "2026-11-30 08:01"),
        ("2026-11-27 08:00", 5 * 480, "2026-12-03 17:00"),
        ("2026-11-28 09:00", 0, "2026-11-28 09:00"),
    ] {
        assert_eq!(calendar.add(at(t), minutes), at(end), "{t} + {minutes}");
    }
    assert_eq!(calendar.sub(at("2026-11-30 08:00"), 480), at("2026-11-27 08:00"));
    assert_eq!(calendar.sub(at("2026-11-30 08:00"), 240), at("2026-11-27 13:00"));
    assert_eq!(calendar.sub(at("2026-11-28 10:00"), 0), at("2026-11-28 10:00"));
    assert_eq!(calendar.work(at("2026-11-27 08:00"), at("2026-11-30 09:00")), 540);
    assert_eq!(calendar.work(at("2026-11-30 09:00"), at("2026-11-27 08:00")), -540);
}

#[test]
fn a_negative_walk_goes_the_other_way() {
    let calendar = WorkCalendar::standard();
    let t = at("2026-11-27 10:00");
    assert_eq!(calendar.add(t, -600), calendar.sub(t, 600));
    assert_eq!(calendar.sub(t, -600), calendar.add(t, 600));
}

#[test]
fn holidays_are_not_worked_and_can_have_hours_of_their_own() {
    let mut calendar = office("uk");
    calendar.exceptions =
        vec![closed("2026-12-24", "2027-01-01", "Christmas shutdown"), closed("2026-08-31", "2026-08-31", "Summer")];
    calendar.exceptions.push(CalendarException {
        from: day("2026-12-29"),
        to: day("2026-12-29"),
        intervals: vec![(540, 600)],
        name: "Stocktake".into(),
    });
    let calendar = compiled(&[calendar], "uk");
    assert_eq!(calendar.add(at("2026-12-23 08:00"), 480), at("2026-12-23 17:00"));
    assert_eq!(
        calendar.add(at("2026-12-23 08:00"), 481),
        at("2026-12-29 09:01"),
        "the stocktake stands after the shutdown in the list"
    );
    assert_eq!(calendar.add(at("2026-12-23 08:00"), 541), at("2027-01-04 08:01"));
    assert_eq!(calendar.work(at("2026-12-24 00:00"), at("2027-01-04 00:00")), 60);
    assert_eq!(calendar.hours_on(day("2026-12-29")), [(540, 600)]);
    assert!(!calendar.is_working_day(day("2026-08-31")) && calendar.is_working_day(day("2026-09-01")));
    assert_eq!(calendar.describe(), "Mon-Fri 08:00-12:00, 13:00-17:00; Sat-Sun off; 4 exceptions");
}

#[test]
fn a_calendar_takes_over_what_it_does_not_say() {
    let mut base = office("base");
    base.exceptions = vec![closed("2026-12-25", "2026-12-25", "Christmas Day"), closed("2026-12-26", "2026-12-26", "Boxing Day")];
    base.minutes_per_day = Some(450);
    let mut own = plain("own", Some("base"));
    own.weekdays[4] = Some(vec![(480, 720)]);
    own.weekdays[5] = Some(vec![(540, 600)]);
    own.exceptions = vec![CalendarException {
        from: day("2026-12-26"),
        to: day("2026-12-26"),
        intervals: vec![(0, 60)],
        name: "Inventory".into(),
    }];
    let own = compiled(&[own, base], "own");
    assert_eq!(own.minutes_on(day("2026-12-17")), 480, "Thursday as the base");
    assert_eq!(own.minutes_on(day("2026-12-18")), 240, "Friday of its own");
    assert_eq!(own.minutes_on(day("2026-12-19")), 60, "Saturday of its own");
    assert_eq!(own.minutes_on(day("2026-12-25")), 0, "the base's holiday");
    assert_eq!(own.hours_on(day("2026-12-26")), [(0, 60)], "its own exception before the base's");
    assert_eq!(own.minutes_per_day(), 450);
    assert_eq!(own.minutes_per_week(), 4 * 480 + 240 + 60);
    assert_eq!(own.minutes_per_month(), 20 * 450);
}

#[test]
fn a_night_shift_runs_over_midnight() {
    let mut night = plain("night", None);
    for weekday in 0..5 {
        night.weekdays[weekday] = Some(vec![(22 * 60, 24 * 60)]);
        if weekday > 0 {
            night.weekdays[weekday] = Some(vec![(0, 6 * 60), (22 * 60, 24 * 60)]);
        }
    }
    night.weekdays[5] = Some(vec![(0, 6 * 60)]);
    let night = compiled(&[night], "night");
    // 2026-11-23 is a Monday.
    assert_eq!(night.add(at("2026-11-23 12:00"), 120), at("2026-11-24 00:00"));
    assert_eq!(night.add(at("2026-11-23 12:00"), 480), at("2026-11-24 06:00"));
    assert_eq!(night.next_work_start(at("2026-11-24 00:00")), at("2026-11-24 00:00"));
    assert_eq!(night.prev_work_finish(at("2026-11-24 00:00")), at("2026-11-24 00:00"));
    assert_eq!(night.add(at("2026-11-27 22:00"), 481), at("2026-11-30 22:01"), "from Saturday 06:00 to Monday 22:00");
    assert_eq!(night.minutes_per_week(), 5 * 480);
    assert_eq!(night.minutes_per_day(), 480, "the commonest day");
}

#[test]
fn a_day_on_which_two_calendars_only_meet_is_no_working_day() {
    let shift = |hours: &str| {
        let mut calendar = office("a");
        calendar.weekdays[0] = Some(parse_hours(hours).expect("hours"));
        compiled(&[calendar], "a")
    };
    let common = shift("06:00-14:00").intersect(&shift("14:00-22:00")).expect("the other days are common");
    assert!(!common.is_working_day(day("2026-11-23")) && common.is_working_day(day("2026-11-24")));
    assert_eq!(common.hours_on(day("2026-11-23")), []);
}

#[test]
fn what_cannot_be_a_calendar_is_said() {
    let id = CalendarId::new;
    let compile = |definitions: &[CalendarDefinition]| WorkCalendar::compile(definitions, &id("a")).expect_err("a problem");
    assert_eq!(compile(&[]), CalendarProblem::Unknown { id: id("a") });
    assert_eq!(compile(&[plain("a", None)]), CalendarProblem::NoWorkingTime { id: id("a") });
    assert_eq!(compile(&[plain("a", Some("b"))]), CalendarProblem::UnknownBase { id: id("a"), base: id("b") });
    let circle = [plain("a", Some("b")), plain("b", Some("c")), plain("c", Some("b"))];
    assert_eq!(compile(&circle), CalendarProblem::BaseCycle { ids: vec![id("b"), id("c"), id("b")] });
    assert_eq!(compile(&[plain("a", Some("a"))]), CalendarProblem::BaseCycle { ids: vec![id("a"), id("a")] });
    let with_monday = |hours: Vec<(u16, u16)>| {
        let mut calendar = office("a");
        calendar.weekdays[0] = Some(hours);
        compile(&[calendar])
    };
    assert!(matches!(with_monday(vec![(480, 720), (719, 800)]), CalendarProblem::Overlap { place, .. } if place == "Monday"));
    for bad in [(480, 480), (481, 480), (480, 1441)] {
        assert!(matches!(with_monday(vec![bad]), CalendarProblem::BadInterval { .. }), "{bad:?}");
    }
    let backwards = CalendarDefinition { exceptions: vec![closed("2026-12-26", "2026-12-25", "")], ..office("a") };
    assert!(matches!(compile(&[backwards]), CalendarProblem::BackwardsException { .. }));
    for (minutes, good) in [(0, false), (1, true), (1440, true), (1441, false)] {
        let calendar = CalendarDefinition { minutes_per_day: Some(minutes), ..office("a") };
        assert_eq!(WorkCalendar::compile(&[calendar], &id("a")).is_ok(), good, "{minutes}");
    }
}

#[test]
fn calendars_that_cannot_be_used_are_left_out() {
    let definitions = [office("a"), plain("b", None), plain("c", Some("a"))];
    let (calendars, problems) = Calendars::build(&definitions, Some(&CalendarId::new("c")));
    assert_eq!(problems, [CalendarProblem::NoWorkingTime { id: CalendarId::new("b") }]);
    assert_eq!(calendars.iter().map(|calendar| calendar.id().as_str()).collect::<Vec<_>>(), ["a", "c"]);
    assert_eq!(calendars.default_calendar().id().as_str(), "c");
    assert_eq!(calendars.get_or_default(Some(&CalendarId::new("b"))).id().as_str(), "c");
    let (calendars, problems) = Calendars::build(&definitions[..1], Some(&CalendarId::new("x")));
    assert_eq!(problems, [CalendarProblem::Unknown { id: CalendarId::new("x") }]);
    assert_eq!(calendars.default_calendar().id().as_str(), "standard");
}

#[test]
fn a_search_ends_after_a_hundred_years() {
    let mut once = plain("once", None);
    once.exceptions = vec![CalendarException {
        from: day("2026-03-02"),
        to: day("2026-03-02"),
        intervals: vec![(480, 540)],
        name: String::new(),
    }];
    let once = compiled(&[once], "once");
    let after = at("2026-03-02 09:00");
    assert_eq!(once.next_work_start(after), after.plus(HORIZON_MINUTES));
    assert_eq!(once.add(after, 1), after.plus(HORIZON_MINUTES));
    assert_eq!(once.add(at("2020-01-01 00:00"), 60), after, "found where there is one");
    let before = at("2026-03-02 08:00");
    assert_eq!(once.prev_work_finish(before), before.plus(-HORIZON_MINUTES));
    assert_eq!(once.sub(before, 1), before.plus(-HORIZON_MINUTES));
    assert_eq!((once.minutes_per_day(), once.minutes_per_week()), (480, 5 * 480), "no weekday works: eight hours");
}

#[test]
fn no_moment_is_too_far() {
    for calendar in [WorkCalendar::standard(), WorkCalendar::round_the_clock()] {
        for t in [i64::MIN, -1_000_000_000_000, 0, 1_000_000_000_000, i64::MAX].map(Moment) {
            for minutes in [0, 1, 480, HORIZON_MINUTES, i64::MAX] {
                let (later, earlier) = (calendar.add(t, minutes), calendar.sub(t, minutes));
                let _ = (calendar.work(earlier, later), calendar.next_work_start(t), calendar.prev_work_finish(t));
            }
        }
    }
    let t = at("2026-11-27 08:00");
    assert_eq!(WorkCalendar::standard().add(t, i64::MAX), t.plus(HORIZON_MINUTES));
    assert_eq!(WorkCalendar::round_the_clock().add(t, HORIZON_MINUTES), t.plus(HORIZON_MINUTES));
}

#[test]
fn a_century_has_the_minutes_of_its_days() {
    let definition = CalendarDefinition { exceptions: vec![closed("1999-12-24", "2000-01-03", "")], ..office("a") };
    let calendar = compiled(&[definition], "a");
    let days = (0..36_525).map(|offset| day("1950-01-01") + chrono::TimeDelta::days(offset));
    let total: i64 = days.map(|day| calendar.minutes_on(day)).sum();
    assert_eq!(calendar.work(at("1950-01-01 00:00"), Moment::start_of(day("1950-01-01")).plus(HORIZON_MINUTES)), total);
}

#[test]
fn many_exceptions_are_no_burden() {
    let exceptions = (0..10_000).map(|index| {
        let date = origin() + chrono::TimeDelta::days(index * 3);
        CalendarException {
            from: date,
            to: date,
            intervals: vec![(0, u16::try_from(index % 1_440 + 1).expect("in range"))],
            name: String::new(),
        }
    });
    let calendar = compiled(&[CalendarDefinition { exceptions: exceptions.collect(), ..office("a") }], "a");
    let start = Moment::start_of(origin());
    for minutes in 1..50_000 {
        let end = calendar.add(start, minutes * 100);
        assert_eq!(calendar.work(start, end), minutes * 100);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_quick_calendar_agrees_with_the_slow_one(family in family(), offsets in prop::collection::vec((-60_000i64..60_000, 1i64..4_000), 6)) {
        let Ok(calendar) = WorkCalendar::compile(&family, &family[0].id) else { return Ok(()) };
        let judge = Judge(&family);
        for (offset, minutes) in offsets {
            let t = Moment::start_of(origin()).plus(offset);
            prop_assert_eq!(calendar.is_working(t), judge.works(t));
            prop_assert_eq!(calendar.work(t, t.plus(minutes * 3)), judge.work(t, t.plus(minutes * 3)));
            for (quick, slow) in [
                (calendar.next_work_start(t), judge.next_work_start(t)),
                (calendar.prev_work_finish(t), judge.prev_work_finish(t)),
                (calendar.add(t, minutes), judge.add(t, minutes)),
                (calendar.sub(t, minutes), judge.sub(t, minutes)),
            ] {
                // The judge gives up after sixty days, where the quick calendar may go on.
                if let Some(slow) = slow {
                    prop_assert_eq!(quick, slow);
                } else {
                    prop_assert!((quick.0 - t.0).abs() >= 59 * 1_440);
                }
            }
        }
    }

    #[test]
    fn days_laid_out_one_by_one_change_no_answer(family in family(), offsets in prop::collection::vec((-60_000i64..60_000, 0i64..400_000, 0i64..3), 24)) {
        let Ok(calendar) = WorkCalendar::compile(&family, &family[0].id) else { return Ok(()) };
        let prepared = calendar.clone();
        prepared.prepare();
        for (offset, minutes, place) in offsets {
            // Around the year of the family, and around both ends of the table.
            let t = Moment::start_of([origin(), day("1990-01-01"), day("2100-01-01")][usize::try_from(place).unwrap_or(0)]).plus(offset);
            prop_assert_eq!(calendar.next_work_start(t), prepared.next_work_start(t));
            prop_assert_eq!(calendar.prev_work_finish(t), prepared.prev_work_finish(t));
            prop_assert_eq!(calendar.add(t, minutes), prepared.add(t, minutes));
            prop_assert_eq!(calendar.sub(t, minutes), prepared.sub(t, minutes));
            prop_assert_eq!(calendar.work(t, t.plus(minutes)), prepared.work(t, t.plus(minutes)));
        }
    }

    #[test]
    fn walking_there_and_back_returns(family in family(), offset in -60_000i64..60_000, minutes in 1i64..400_000) {
        let Ok(calendar) = WorkCalendar::compile(&family, &family[0].id) else { return Ok(()) };
        let t = Moment::start_of(origin()).plus(offset);
        let end = calendar.add(t, minutes);
        prop_assume!(end < t.plus(HORIZON_MINUTES));
        prop_assert_eq!(calendar.work(t, end), minutes);
        prop_assert_eq!(calendar.sub(end, minutes), calendar.next_work_start(t));
        prop_assert_eq!(calendar.prev_work_finish(end), end, "it ends where work can end");
        let start = calendar.sub(t, minutes);
        prop_assume!(start > t.plus(-HORIZON_MINUTES));
        prop_assert_eq!(calendar.work(start, t), minutes);
        prop_assert_eq!(calendar.add(start, minutes), calendar.prev_work_finish(t));
        prop_assert_eq!(calendar.next_work_start(start), start, "it starts where work can start");
    }

    #[test]
    fn the_common_time_is_what_both_work(one in family(), other in family(), offsets in prop::collection::vec(-60_000i64..60_000, 40)) {
        let compile = |family: &[CalendarDefinition]| WorkCalendar::compile(family, &family[0].id);
        let (Ok(a), Ok(b)) = (compile(&one), compile(&other)) else { return Ok(()) };
        let common = a.intersect(&b);
        let either = a.unite(&b);
        for t in offsets.iter().map(|offset| Moment::start_of(origin()).plus(*offset)) {
            prop_assert_eq!(either.is_working(t), a.is_working(t) || b.is_working(t));
        }
        for t in offsets.into_iter().map(|offset| Moment::start_of(origin()).plus(offset)) {
            let both = a.is_working(t) && b.is_working(t);
            prop_assert_eq!(common.as_ref().is_ok_and(|common| common.is_working(t)), both);
        }
        if let Ok(common) = common {
            let (start, swapped) = (Moment::start_of(origin()), b.intersect(&a).expect("the same"));
            prop_assert_eq!(common.work(start.plus(-90_000), start.plus(90_000)), swapped.work(start.plus(-90_000), start.plus(90_000)));
            prop_assert_eq!(common.minutes_per_day(), a.minutes_per_day());
        }
    }
}
