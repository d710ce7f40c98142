//! The steps of a time axis in cells: days, weeks, months, quarters or years, the shortest that need no more columns than
//! allowed. A span that even years cannot hold is cut at its end.

use crate::base::day::Day;
use crate::report::book::Gantt;
use chrono::{Datelike as _, Days, Months};

/// How long a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// A day.
    Day,
    /// A week, from Monday.
    Week,
    /// A calendar month.
    Month,
    /// A calendar quarter.
    Quarter,
    /// A calendar year.
    Year,
}

impl Scale {
    const ALL: [Self; 5] = [Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// The shortest steps that need no more columns than the Gantt allows.
    #[must_use]
    pub fn of(gantt: &Gantt) -> Self {
        let Some((first, last)) = span(gantt) else { return Self::Week };
        let fits = |scale: &Self| scale.each(first, last, gantt.most_steps + 1).len() <= gantt.most_steps;
        Self::ALL.into_iter().find(fits).unwrap_or(Self::Year)
    }

    /// The first days of the steps.
    #[must_use]
    pub fn steps(self, gantt: &Gantt) -> Vec<Day> {
        span(gantt).map_or_else(Vec::new, |(first, last)| self.each(first, last, gantt.most_steps.max(1)))
    }

    /// Width of a step in pixels.
    #[must_use]
    pub const fn width(self) -> u32 {
        match self {
            Self::Day | Self::Week => 18,
            Self::Month | Self::Quarter => 28,
            Self::Year => 38,
        }
    }

    /// The first day of the step that follows one.
    #[must_use]
    pub fn next(self, day: Day) -> Option<Day> {
        match self {
            Self::Day => day.checked_add_days(Days::new(1)),
            Self::Week => day.checked_add_days(Days::new(7)),
            Self::Month => day.checked_add_months(Months::new(1)),
            Self::Quarter => day.checked_add_months(Months::new(3)),
            Self::Year => day.checked_add_months(Months::new(12)),
        }
    }

    /// The same as a formula over the cell of the step's first day.
    #[must_use]
    pub fn next_formula(self, cell: &str) -> String {
        match self {
            Self::Day => format!("{cell}+1"),
            Self::Week => format!("{cell}+7"),
            Self::Month => format!("EDATE({cell},1)"),
            Self::Quarter => format!("EDATE({cell},3)"),
            Self::Year => format!("EDATE({cell},12)"),
        }
    }

    /// The number format under which a step's first day names the step.
    #[must_use]
    pub fn format(self, day: Day) -> String {
        match self {
            Self::Day | Self::Week => "d".into(),
            Self::Month => "mmm".into(),
            Self::Quarter => format!("\"Q{}\"", day.month0() / 3 + 1),
            Self::Year => "yyyy".into(),
        }
    }

    /// What stands above the steps: the month of days and weeks, the year of months and quarters.
    #[must_use]
    pub fn group(self, day: Day) -> String {
        match self {
            Self::Day | Self::Week => day.format("%b %Y").to_string(),
            Self::Month | Self::Quarter => day.year().to_string(),
            Self::Year => String::new(),
        }
    }

    /// How many steps the words above them need.
    #[must_use]
    pub const fn group_room(self) -> usize {
        match self {
            Self::Day | Self::Week => 3,
            Self::Month | Self::Quarter => 2,
            Self::Year => 1,
        }
    }

    fn start(self, day: Day) -> Day {
        let first_of = |month: u32| day.with_day(1).and_then(|first| first.with_month(month)).unwrap_or(day);
        match self {
            Self::Day => day,
            Self::Week => day - Days::new(u64::from(day.weekday().num_days_from_monday())),
            Self::Month => first_of(day.month()),
            Self::Quarter => first_of(day.month0() / 3 * 3 + 1),
            Self::Year => first_of(1),
        }
    }

    fn each(self, first: Day, last: Day, most: usize) -> Vec<Day> {
        let steps = std::iter::successors(Some(self.start(first)), |day| self.next(*day));
        steps.take_while(|day| *day <= last).take(most).collect()
    }
}

/// The first and the last day of anything drawn.
fn span(gantt: &Gantt) -> Option<(Day, Day)> {
    let pairs = gantt.rows.iter().flat_map(|row| row.dates.into_iter().chain(row.baseline));
    let days = pairs.flat_map(|(start, finish)| [start, finish]);
    let days = days.chain(gantt.rows.iter().flat_map(|row| row.points.iter().map(|point| point.day)));
    Some((days.clone().min()?, days.max()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::book::GanttRow;

    fn day(text: &str) -> Day {
        text.parse().expect("a date")
    }

    fn gantt(start: &str, finish: &str, most: usize) -> Gantt {
        let row = GanttRow { dates: Some((day(start), day(finish))), ..GanttRow::new("A", 0) };
        Gantt::new("g", day(start), vec![row]).steps(most)
    }

    #[test]
    fn steps_are_as_short_as_the_columns_allow() {
        // Wednesday 4 March to Tuesday 17 March 2026: 14 days, 3 weeks, 1 month.
        for (most, scale, count) in [(14, Scale::Day, 14), (13, Scale::Week, 3), (2, Scale::Month, 1)] {
            let gantt = gantt("2026-03-04", "2026-03-17", most);
            assert_eq!((Scale::of(&gantt), scale.steps(&gantt).len()), (scale, count), "{most}");
        }
        let long = gantt("2024-11-20", "2027-02-03", 12);
        assert_eq!(Scale::of(&long), Scale::Quarter);
        assert_eq!(Scale::Quarter.steps(&long).first(), Some(&day("2024-10-01")));
        assert_eq!(Scale::Quarter.steps(&long).len(), 10);
        let endless = gantt("2026-01-01", "2099-01-01", 20);
        assert_eq!((Scale::of(&endless), Scale::Year.steps(&endless).len()), (Scale::Year, 20));
    }

    #[test]
    fn weeks_begin_on_monday_and_months_follow_the_calendar() {
        let weeks = Scale::Week.steps(&gantt("2026-03-04", "2026-03-17", 50));
        assert_eq!(weeks, ["2026-03-02", "2026-03-09", "2026-03-16"].map(day));
        assert_eq!(Scale::Month.next(day("2026-02-01")), Some(day("2026-03-01")));
        assert_eq!(Scale::Quarter.format(day("2026-10-01")), "\"Q4\"");
    }
}
