use super::*;
use chrono::{TimeDelta, Weekday};
use proptest::prelude::*;

fn day(text: &str) -> Day {
    text.parse().expect("a date")
}

fn months(start_month: u8, label: YearLabel) -> FiscalCalendar {
    FiscalCalendar::new(PeriodScheme::CalendarMonths { start_month }, label).expect("a calendar")
}

fn weeks(pattern: WeekPattern, rule: YearEndRule, weekday: Weekday, month: u8, label: YearLabel) -> FiscalCalendar {
    FiscalCalendar::new(PeriodScheme::Weeks { pattern, year_end: YearEnd { rule, weekday, month } }, label).expect("a calendar")
}

/// The retail calendar of the National Retail Federation: 4-5-4, to the Saturday nearest to the end of January.
fn retail() -> FiscalCalendar {
    weeks(WeekPattern::FourFiveFour, YearEndRule::Nearest, Weekday::Sat, 1, YearLabel::Start)
}

/// Weeks in a year.
fn weeks_of(calendar: &FiscalCalendar, year: i32) -> i64 {
    (1..=12).filter_map(|number| calendar.weeks_in(Period { year, number })).sum()
}

#[test]
fn years_of_months_start_and_are_named_as_they_are_published() {
    // UK local government 1 April, US federal 1 October, Australia 1 July: each named by the year in which it ends.
    for (start_month, date, period) in [
        (4, "2026-04-01", "FY2027-P01"),
        (4, "2027-03-31", "FY2027-P12"),
        (4, "2026-03-31", "FY2026-P12"),
        (10, "2026-09-30", "FY2026-P12"),
        (10, "2026-10-01", "FY2027-P01"),
        (7, "2026-07-01", "FY2027-P01"),
        (7, "2026-12-31", "FY2027-P06"),
        (1, "2026-12-31", "FY2026-P12"),
    ] {
        assert_eq!(
            months(start_month, YearLabel::End).period_of(day(date)).to_string(),
            period,
            "{date} from month {start_month}"
        );
    }
    assert_eq!(months(4, YearLabel::Start).period_of(day("2026-10-31")).to_string(), "FY2026-P07");
    assert_eq!(months(1, YearLabel::Start).period_of(day("2026-10-31")).to_string(), "FY2026-P10");
    let april = months(4, YearLabel::End);
    let february = april.period_of(day("2028-02-10"));
    assert_eq!((april.start(february), april.end(february)), (day("2028-02-01"), day("2028-02-29")));
}

#[test]
fn the_retail_calendar_has_its_published_53_week_years() {
    let calendar = retail();
    let long: Vec<i32> = (2007..=2027).filter(|&year| weeks_of(&calendar, year) == 53).collect();
    assert_eq!(long, [2012, 2017, 2023]);
    let last = |year| calendar.end(Period { year, number: 12 });
    assert_eq!([last(2012), last(2017), last(2023)], ["2013-02-02", "2018-02-03", "2024-02-03"].map(day));
    assert_eq!(calendar.weeks_in(Period { year: 2023, number: 12 }), Some(5), "the extra week goes to the last period");
    assert_eq!(calendar.weeks_in(Period { year: 2023, number: 2 }), Some(5));
    assert_eq!(calendar.weeks_in(Period { year: 2024, number: 12 }), Some(4));
}

#[test]
fn a_year_that_ends_on_the_last_saturday_of_august_ends_on_its_published_dates() {
    let last = weeks(WeekPattern::FourFourFive, YearEndRule::Last, Weekday::Sat, 8, YearLabel::End);
    let end = |calendar: &FiscalCalendar, year| calendar.end(Period { year, number: 12 });
    assert_eq!((end(&last, 2006), end(&last, 2007)), (day("2006-08-26"), day("2007-08-25")));
    let nearest = weeks(WeekPattern::FourFourFive, YearEndRule::Nearest, Weekday::Sat, 8, YearLabel::End);
    assert_eq!((end(&nearest, 2006), end(&nearest, 2007)), (day("2006-09-02"), day("2007-09-01")));
    assert_eq!(last.period_of(day("2006-08-27")).to_string(), "FY2007-P01");
    let shown: Vec<String> = [1, 3, 12].map(|number| last.label(Period { year: 2007, number })).into();
    assert_eq!(shown, ["FY2007-P01 (4 w)", "FY2007-P03 (5 w)", "FY2007-P12 (5 w)"]);
}

#[test]
fn a_year_near_the_end_of_december_keeps_its_name_past_new_year() {
    let calendar = weeks(WeekPattern::FourFourFive, YearEndRule::Nearest, Weekday::Sat, 12, YearLabel::End);
    // 2026-01-03 is the Saturday nearest to 2025-12-31.
    assert_eq!(calendar.end(Period { year: 2025, number: 12 }), day("2026-01-03"));
    assert_eq!(calendar.period_of(day("2026-01-03")).to_string(), "FY2025-P12");
    assert_eq!(calendar.period_of(day("2026-01-04")).to_string(), "FY2026-P01");
    let by_start = weeks(WeekPattern::FourFourFive, YearEndRule::Nearest, Weekday::Sat, 12, YearLabel::Start);
    assert_eq!(by_start.period_of(day("2026-01-03")).to_string(), "FY2025-P12");
}

#[test]
fn periods_are_read_as_people_write_them() {
    let calendar = months(4, YearLabel::End);
    for (text, expected) in [
        ("FY2027-P07", "FY2027-P07"),
        ("fy2027 p7", "FY2027-P07"),
        ("FY27 P7", "FY2027-P07"),
        ("FY27P07", "FY2027-P07"),
        ("2027-P07", "FY2027-P07"),
        ("FY2026/27-P07", "FY2027-P07"),
        ("FY26/27 P7", "FY2027-P07"),
        ("Oct 2026", "FY2027-P07"),
        ("October 2026", "FY2027-P07"),
        ("Oct-26", "FY2027-P07"),
        ("2026-10", "FY2027-P07"),
        ("10/2026", "FY2027-P07"),
        ("2026-10-31", "FY2027-P07"),
        ("31 Oct 2026", "FY2027-P07"),
        (" sept. 2026 ", "FY2027-P06"),
        ("2027-03-31", "FY2027-P12"),
    ] {
        assert_eq!(calendar.parse(text).map(|period| period.to_string()).as_deref(), Some(expected), "{text}");
    }
    for text in [
        "",
        "P7",
        "FY2027",
        "FY2027-P13",
        "FY2027-P00",
        "FY2026/28-P07",
        "2026-13",
        "31/10/2026",
        "03/04/2026",
        "Oct",
        "10",
        "Octopus 2026",
        "2026-02-30",
        "FY2027_P07",
    ] {
        assert_eq!(calendar.parse(text), None, "{text}");
    }
    assert_eq!(months(4, YearLabel::Start).parse("FY2026/27-P07").map(|period| period.year), Some(2026));
    assert_eq!(calendar.label(Period { year: 2027, number: 7 }), "Oct 2026");
}

#[test]
fn a_calendar_month_of_a_week_based_year_is_the_period_that_holds_its_middle() {
    let calendar = retail();
    for (month, number) in [("Feb 2023", 1), ("Mar 2023", 2), ("Apr 2023", 3), ("Dec 2023", 11), ("Jan 2024", 12)] {
        assert_eq!(calendar.parse(month), Some(Period { year: 2023, number }), "{month}");
    }
}

#[test]
fn ordinals_sort_and_return() {
    let period = Period { year: 2027, number: 4 };
    assert_eq!(period.ordinal(), 202_704);
    assert_eq!(Period::from_ordinal(202_704), Some(period));
    for ordinal in [202_700, 202_713, 0, -1, i32::MAX, i32::MIN] {
        assert_eq!(Period::from_ordinal(ordinal), None, "{ordinal}");
    }
    assert_eq!(
        (1..=12).map(|number| Period { year: 2027, number }.quarter()).collect::<Vec<_>>(),
        [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]
    );
}

#[test]
fn a_month_that_does_not_exist_is_refused() {
    for (start_month, good) in [(0, false), (1, true), (12, true), (13, false)] {
        let scheme = PeriodScheme::CalendarMonths { start_month };
        assert_eq!(FiscalCalendar::new(scheme, YearLabel::End).is_ok(), good, "{start_month}");
    }
}

#[test]
fn the_first_and_the_last_year_hold() {
    for calendar in [months(4, YearLabel::End), months(4, YearLabel::Start), retail()] {
        let (first, last) = (Period { year: 1, number: 1 }, Period { year: 9_999, number: 12 });
        assert_eq!((calendar.prev(first), calendar.next(last)), (first, last));
        assert_eq!((calendar.period_of(Day::MIN), calendar.period_of(Day::MAX)), (first, last));
        for year in [1, 9_999] {
            assert!((1..=12).all(|number| calendar.is_valid(Period { year, number })), "{year}");
        }
        assert!(!calendar.is_valid(Period { year: 10_000, number: 1 }) && !calendar.is_valid(Period { year: 2027, number: 13 }));
        assert!(calendar.start(first) < calendar.end(last));
        assert_eq!(calendar.moved(first, i32::MAX), last);
    }
}

fn any_calendar() -> impl Strategy<Value = FiscalCalendar> {
    let label = prop_oneof![Just(YearLabel::Start), Just(YearLabel::End)];
    let pattern = prop_oneof![Just(WeekPattern::FourFourFive), Just(WeekPattern::FourFiveFour), Just(WeekPattern::FiveFourFour)];
    let rule = prop_oneof![Just(YearEndRule::Last), Just(YearEndRule::Nearest)];
    (1u8..=12, label, any::<bool>(), pattern, rule, 0u8..7).prop_map(|(month, label, by_weeks, pattern, rule, weekday)| {
        let weekday = Weekday::try_from(weekday).expect("a weekday");
        if by_weeks { weeks(pattern, rule, weekday, month, label) } else { months(month, label) }
    })
}

proptest! {
    #[test]
    fn periods_tile_the_years(calendar in any_calendar(), year in 1_900i32..2_200) {
        let first = Period { year, number: 1 };
        let periods = calendar.range(first, calendar.moved(first, 36));
        prop_assert_eq!(periods.len(), 37);
        for pair in periods.windows(2) {
            prop_assert_eq!(calendar.end(pair[0]) + TimeDelta::days(1), calendar.start(pair[1]));
            prop_assert_eq!((calendar.next(pair[0]), calendar.prev(pair[1])), (pair[1], pair[0]));
            prop_assert!(pair[0] < pair[1] && pair[0].ordinal() < pair[1].ordinal());
        }
        for period in &periods {
            let (start, end) = (calendar.start(*period), calendar.end(*period));
            prop_assert_eq!((calendar.period_of(start), calendar.period_of(end)), (*period, *period));
            prop_assert_eq!(calendar.parse(&period.to_string()), Some(*period));
            prop_assert_eq!(calendar.parse(&start.to_string()), Some(*period));
            prop_assert!(calendar.is_valid(*period));
            prop_assert_eq!(calendar.year_to_date(*period).len(), usize::from(period.number));
        }
    }

    #[test]
    fn a_week_based_year_has_52_or_53_weeks_and_ends_on_its_weekday(calendar in any_calendar(), year in 1_900i32..2_200) {
        if let PeriodScheme::Weeks { year_end, .. } = calendar.scheme() {
            let end = calendar.end(Period { year, number: 12 });
            prop_assert_eq!(end.weekday(), year_end.weekday);
            prop_assert!([52, 53].contains(&weeks_of(&calendar, year)));
            // The nearest weekday is never more than three days away; the last one is in the month, within a week of its end.
            let month_end = (0..40).map(|days| end + TimeDelta::days(days - 10)).find(|day| day.month() == u32::from(year_end.month) && day.succ_opt().is_some_and(|next| next.month() != day.month()));
            let away = (end - month_end.expect("the month ends near")).num_days();
            let allowed = if year_end.rule == YearEndRule::Nearest { -3..=3 } else { -6..=0 };
            prop_assert!(allowed.contains(&away));
        }
    }

    #[test]
    fn any_text_is_a_period_that_exists_or_none(calendar in any_calendar(), text in prop_oneof!["\\PC{0,14}", "(FY)?[0-9]{1,6}[-/ ]?P?[0-9]{1,4}", "[0-9]{1,5}-[0-9]{1,3}-[0-9]{1,3}"]) {
        if let Some(period) = calendar.parse(&text) {
            prop_assert!(calendar.is_valid(period));
        }
    }

    #[test]
    fn every_day_lies_in_its_period(calendar in any_calendar(), days in -30_000i64..60_000) {
        let day = day("1970-01-01") + TimeDelta::days(days);
        let period = calendar.period_of(day);
        prop_assert!(calendar.start(period) <= day && day <= calendar.end(period));
    }

    #[test]
    fn a_year_is_named_by_the_year_it_starts_or_ends_in(month in 1u8..=12, year in 1_900i32..2_200) {
        prop_assert_eq!(months(month, YearLabel::Start).start(Period { year, number: 1 }).year(), year);
        prop_assert_eq!(months(month, YearLabel::End).end(Period { year, number: 12 }).year(), year);
    }
}
