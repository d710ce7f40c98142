//! The plan as a tree, in the order in which it is read: initiatives, then the rows of their work breakdown structure,
//! each below its parent; with what is known of each row.

use crate::analysis::baselines::ActivityComparison;
use crate::analysis::explain::explanation;
use crate::analysis::progress::ProgressBook;
use crate::analysis::schedule::{Schedule, ScheduledActivity, calendar_of};
use crate::base::day::{Day, Moment};
use crate::model::activity::{Activity, ActivityIndex, ActivityType};
use crate::model::initiative::Initiative;
use crate::model::portfolio::Portfolio;
use crate::report::ReportInput;
use crate::report::parts::context::Context;
use std::collections::BTreeMap;

/// The plan, ready to be written down.
#[derive(Debug)]
pub struct Outline<'a> {
    /// Names, people, units.
    pub context: Context<'a>,
    /// Its rows.
    pub lines: Vec<Line<'a>>,
    progress: Vec<f64>,
    rows: BTreeMap<ActivityIndex, usize>,
}

/// A row of the outline.
#[derive(Clone, Copy, Debug)]
pub enum Line<'a> {
    /// An initiative, with its position in the portfolio.
    Initiative(usize, &'a Initiative),
    /// An activity and how deep it lies: 1 right below its initiative.
    Activity(ActivityIndex, u8),
}

impl<'a> Outline<'a> {
    /// Puts the plan in order.
    #[must_use]
    pub fn new(input: &'a ReportInput<'a>) -> Self {
        let portfolio = input.portfolio;
        let book = ProgressBook::open(portfolio);
        let share = |index: usize| {
            let (at, activity) = (ActivityIndex(index), &portfolio.activities[index]);
            let calendar = portfolio.calendars.get_or_default(activity.calendar.as_ref());
            book.state(at, portfolio.data_date, calendar).share_done()
        };
        let progress = (0..portfolio.activities.len()).map(share).collect();
        let lines = lines(portfolio);
        let row = |(row, line): (usize, &Line<'_>)| if let Line::Activity(index, _) = line { Some((*index, row)) } else { None };
        let rows = lines.iter().enumerate().filter_map(row).collect();
        Self { context: Context::new(input), lines, progress, rows }
    }

    /// The portfolio.
    #[must_use]
    pub const fn portfolio(&self) -> &'a Portfolio {
        self.context.portfolio()
    }

    /// The schedule as things stand.
    #[must_use]
    pub const fn schedule(&self) -> &'a Schedule {
        &self.context.input.analyses.schedules.current
    }

    /// An activity of the plan.
    #[must_use]
    pub fn activity(&self, index: ActivityIndex) -> &'a Activity {
        self.portfolio().activity(index)
    }

    /// Its dates.
    #[must_use]
    pub fn at(&self, index: ActivityIndex) -> &'a ScheduledActivity {
        self.schedule().activity(index)
    }

    /// Its baseline dates in the baseline that governs.
    #[must_use]
    pub fn baseline(&self, index: ActivityIndex) -> Option<(Moment, Moment)> {
        let against = self.compared(index);
        against.baseline_start.zip(against.baseline_finish)
    }

    /// How it stands against its baselines.
    #[must_use]
    pub fn compared(&self, index: ActivityIndex) -> &'a ActivityComparison {
        self.context.input.analyses.baseline_comparison.activity(index)
    }

    /// What holds its dates, in words.
    #[must_use]
    pub fn driven_by(&self, index: ActivityIndex) -> String {
        self.schedule().driver_text(self.portfolio(), index)
    }

    /// Why its dates are what they are, in a sentence.
    #[must_use]
    pub fn explained(&self, index: ActivityIndex) -> String {
        explanation(self.portfolio(), self.schedule(), index)
    }

    /// Share done, as reported; none for rows that are rolled up.
    #[must_use]
    pub fn share_done(&self, index: ActivityIndex) -> Option<f64> {
        (self.at(index).kind != ActivityType::Summary).then(|| self.progress[index.0])
    }

    /// The name of the calendar that an activity's dates follow.
    #[must_use]
    pub fn calendar(&self, index: ActivityIndex) -> String {
        calendar_of(self.portfolio(), self.activity(index)).name().to_string()
    }

    /// The row of an activity in the table of the plan.
    #[must_use]
    pub fn row_of(&self, index: ActivityIndex) -> Option<usize> {
        self.rows.get(&index).copied()
    }

    /// Who answers for an activity: its owner, else its initiative's.
    #[must_use]
    pub fn owner(&self, index: ActivityIndex) -> String {
        let activity = self.activity(index);
        let initiative = self.portfolio().initiative(&activity.key.initiative);
        let owner = activity.owner.as_ref().or(initiative.and_then(|initiative| initiative.owner.as_ref()));
        owner.map_or_else(String::new, |owner| self.context.person(Some(owner)))
    }

    /// Positions of an initiative's activities.
    pub fn members(&self, initiative: &Initiative) -> impl Iterator<Item = ActivityIndex> + '_ {
        let id = initiative.id.clone();
        let all = self.portfolio().activities.iter().enumerate();
        all.filter(move |(_, activity)| activity.key.initiative == id).map(|(index, _)| ActivityIndex(index))
    }
}

/// The first and the last day of a pair of moments.
#[must_use]
pub fn days((start, finish): (Moment, Moment)) -> (Day, Day) {
    (start.day().min(finish.finish_day()), finish.finish_day())
}

fn lines(portfolio: &Portfolio) -> Vec<Line<'_>> {
    let mut below: BTreeMap<Option<ActivityIndex>, Vec<ActivityIndex>> = BTreeMap::new();
    for (index, activity) in portfolio.activities.iter().enumerate() {
        below.entry(activity.parent).or_default().push(ActivityIndex(index));
    }
    let mut lines = Vec::with_capacity(portfolio.activities.len() + portfolio.initiatives.len());
    for (position, initiative) in portfolio.initiatives.iter().enumerate() {
        lines.push(Line::Initiative(position, initiative));
        let roots = below.get(&None).into_iter().flatten();
        let mut stack: Vec<(ActivityIndex, u8)> =
            roots.filter(|root| portfolio.activity(**root).key.initiative == initiative.id).map(|root| (*root, 1)).collect();
        stack.reverse();
        while let Some((index, level)) = stack.pop() {
            lines.push(Line::Activity(index, level));
            let children = below.get(&Some(index)).into_iter().flatten().rev();
            stack.extend(children.map(|child| (*child, level.saturating_add(1))));
        }
    }
    lines
}
