//! Choices of the scheduling method: two named profiles, and every option of which they are made.
//!
//! An option has one name and one set of words wherever it is written: in `portfolio.toml`, in the Schedule options table,
//! in a planner's own file, and in the output, which records them all. Sources: Oracle, *Primavera P6 Professional User
//! Guide*, "Schedule options"; Microsoft, *Project Options: Schedule*, "Calculation".

use crate::model::activity::LagCalendar;

/// A choice of words, each with its meaning.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$meaning:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$meaning])* $variant),+ }

        impl $name {
            /// Its words, in order.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word of a choice.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The choice of a word; none where it is not one.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

words! {
    /// Whose rules a schedule follows where no option says otherwise.
    Profile {
        /// Oracle Primavera P6.
        P6 = "p6",
        /// Microsoft Project.
        MicrosoftProject = "microsoft-project",
    }
}

words! {
    /// What becomes of the rest of an activity that began before its predecessors allowed it.
    OutOfSequence {
        /// The rest waits for the unfinished predecessors.
        RetainedLogic = "retained-logic",
        /// The rest goes on from the data date, whatever is unfinished before it.
        ProgressOverride = "progress-override",
        /// As progress override; late dates of what is out of sequence follow from actual dates too.
        ActualDates = "actual-dates",
    }
}

words! {
    /// From when the work left of a started activity counts.
    WorkLeft {
        /// From the data date.
        FromDataDate = "from-data-date",
        /// Right after the work done, the data date notwithstanding.
        AfterWorkDone = "after-work-done",
    }
}

words! {
    /// The earliest moment of what has not started.
    NotStarted {
        /// The data date.
        FromDataDate = "from-data-date",
        /// The start of the project.
        FromProjectStart = "from-project-start",
    }
}

words! {
    /// What a start-to-start lag counts from, where the predecessor has started.
    StartLag {
        /// The early start of its remaining work.
        FromEarlyStart = "from-early-start",
        /// Its actual start.
        FromActualStart = "from-actual-start",
    }
}

words! {
    /// What "no later than" does.
    LateConstraints {
        /// It pulls late dates alone, and shows as negative float.
        LateDatesOnly = "late-dates-only",
        /// It pulls early dates too, logic notwithstanding.
        EarlyDatesToo = "early-dates-too",
    }
}

words! {
    /// Which float is the total float.
    TotalFloatBasis {
        /// Late finish less early finish.
        Finish = "finish",
        /// Late start less early start.
        Start = "start",
        /// The smaller of the two.
        Smallest = "smallest",
        /// The smaller of the two until an activity starts, then finish float.
        SmallestUntilStarted = "smallest-until-started",
    }
}

words! {
    /// The free float of an activity without successors.
    OpenEndFloat {
        /// Up to the finish of the project.
        ToProjectFinish = "to-project-finish",
        /// Its total float.
        TotalFloat = "total-float",
    }
}

words! {
    /// What a late date is counted back from.
    FloatAnchor {
        /// The early finish of the activity's own initiative, or the date that it must finish by.
        Initiative = "initiative",
        /// The early finish of the last initiative of the portfolio.
        Portfolio = "portfolio",
    }
}

words! {
    /// What makes an activity critical.
    CriticalBy {
        /// Total float at or below the limit.
        TotalFloat = "total-float",
        /// Lying on the longest path.
        LongestPath = "longest-path",
    }
}

words! {
    /// Where an activity goes that is to be as late as possible.
    AsLateAsPossible {
        /// Up to its successors' early dates.
        ZeroFreeFloat = "zero-free-float",
        /// To its late dates.
        LateDates = "late-dates",
    }
}

words! {
    /// What an activity does whose finish is held by a link.
    FinishDriven {
        /// It starts later too, and keeps its duration.
        Contiguous = "contiguous",
        /// It starts when it can, and stretches.
        Stretch = "stretch",
    }
}

words! {
    /// What becomes of a link on a summary.
    SummaryLinks {
        /// It is read as links between the activities below.
        Expand = "expand",
        /// It is left out.
        Reject = "reject",
    }
}

words! {
    /// How multiple float paths are told apart.
    FloatPathsBy {
        /// By free float of the links: path 1 is the driving chain.
        FreeFloat = "free-float",
        /// By total float.
        TotalFloat = "total-float",
    }
}

/// Choices of the scheduling method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleOptions {
    /// Whose rules these are, but for what was set by hand.
    pub profile: Profile,
    /// What becomes of work out of sequence.
    pub out_of_sequence: OutOfSequence,
    /// From when work left counts.
    pub work_left: WorkLeft,
    /// The earliest moment of what has not started.
    pub not_started: NotStarted,
    /// The calendar on which a lag is walked where its link names none.
    pub lag_calendar: LagCalendar,
    /// What a start-to-start lag counts from.
    pub start_lag: StartLag,
    /// What "no later than" does.
    pub late_constraints: LateConstraints,
    /// Expected finishes set the work left.
    pub expected_finish: bool,
    /// Which float is the total float.
    pub total_float: TotalFloatBasis,
    /// The free float of an activity without successors.
    pub open_end_float: OpenEndFloat,
    /// What late dates are counted back from.
    pub anchor: FloatAnchor,
    /// Activities without successors are counted back from their own finish.
    pub open_ends_critical: bool,
    /// What makes an activity critical.
    pub critical_by: CriticalBy,
    /// Total float up to which an activity is critical, in working minutes.
    pub critical_float: i64,
    /// Upper bounds, in days of the activity's calendar, of the near-critical bands; ascending.
    pub near_critical_days: [i64; 3],
    /// Where an activity goes that is to be as late as possible.
    pub as_late_as_possible: AsLateAsPossible,
    /// What an activity does whose finish is held by a link.
    pub finish_driven: FinishDriven,
    /// Activities whose dates come from their resources follow the resources' calendars.
    pub resource_calendars: bool,
    /// What becomes of a link on a summary.
    pub summary_links: SummaryLinks,
    /// How many float paths are told apart.
    pub float_paths: usize,
    /// How they are told apart.
    pub float_paths_by: FloatPathsBy,
    /// Id of the activity that they lead to; none for the last one of the initiative.
    pub float_paths_to: Option<String>,
}

/// An option as it stands, for the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionEntry {
    /// Its name, as in `portfolio.toml`.
    pub name: &'static str,
    /// Its value, as it would be written.
    pub value: String,
    /// What it decides.
    pub meaning: &'static str,
}

/// Names and meanings, in the order of the record.
const OPTIONS: [(&str, &str); 22] = [
    ("profile", "whose rules are followed where no option says otherwise"),
    ("out_of_sequence", "the rest of work that began before its predecessors allowed it"),
    ("work_left", "from when the work left of a started activity counts"),
    ("not_started", "the earliest moment of what has not started"),
    ("lag_calendar", "the calendar of a lag whose link names none"),
    ("start_lag", "what a start-to-start lag counts from once the predecessor has started"),
    ("late_constraints", "what a \"no later than\" constraint pulls"),
    ("expected_finish", "whether expected finishes set the work left"),
    ("total_float", "which float is the total float"),
    ("open_end_float", "the free float of an activity without successors"),
    ("float_to", "the finish that late dates are counted back from"),
    ("open_ends_critical", "whether an activity without successors is counted back from its own finish"),
    ("critical_by", "what makes an activity critical"),
    ("critical_float_hours", "total float, in working hours, up to which an activity is critical"),
    ("near_critical_days", "upper bounds, in days, of the near-critical bands"),
    ("as_late_as_possible", "where an activity goes that is to be as late as possible"),
    ("finish_driven", "what an activity does whose finish is held by a link"),
    ("resource_calendars", "whether activities scheduled by their resources follow the resources' calendars"),
    ("summary_links", "what becomes of a link on a summary"),
    ("float_paths", "how many float paths are told apart"),
    ("float_paths_by", "how float paths are told apart"),
    ("float_paths_to", "the activity that float paths lead to"),
];

impl Default for ScheduleOptions {
    fn default() -> Self {
        Self::p6()
    }
}

impl ScheduleOptions {
    /// As Primavera P6 schedules by default: retained logic, lags on the predecessor's calendar, finish float.
    #[must_use]
    pub fn p6() -> Self {
        Self {
            profile: Profile::P6,
            out_of_sequence: OutOfSequence::RetainedLogic,
            work_left: WorkLeft::FromDataDate,
            not_started: NotStarted::FromDataDate,
            lag_calendar: LagCalendar::Predecessor,
            start_lag: StartLag::FromEarlyStart,
            late_constraints: LateConstraints::LateDatesOnly,
            expected_finish: true,
            total_float: TotalFloatBasis::Finish,
            open_end_float: OpenEndFloat::ToProjectFinish,
            anchor: FloatAnchor::Initiative,
            open_ends_critical: false,
            critical_by: CriticalBy::TotalFloat,
            critical_float: 0,
            near_critical_days: [5, 10, 20],
            as_late_as_possible: AsLateAsPossible::ZeroFreeFloat,
            finish_driven: FinishDriven::Contiguous,
            resource_calendars: true,
            summary_links: SummaryLinks::Expand,
            float_paths: 10,
            float_paths_by: FloatPathsBy::FreeFloat,
            float_paths_to: None,
        }
    }

    /// As Microsoft Project schedules by default: the status date moves nothing, lags run on the successor's calendar,
    /// constraints bind early dates.
    #[must_use]
    pub fn microsoft_project() -> Self {
        Self {
            profile: Profile::MicrosoftProject,
            out_of_sequence: OutOfSequence::ActualDates,
            work_left: WorkLeft::AfterWorkDone,
            not_started: NotStarted::FromProjectStart,
            lag_calendar: LagCalendar::Successor,
            start_lag: StartLag::FromActualStart,
            late_constraints: LateConstraints::EarlyDatesToo,
            expected_finish: false,
            total_float: TotalFloatBasis::SmallestUntilStarted,
            open_end_float: OpenEndFloat::TotalFloat,
            as_late_as_possible: AsLateAsPossible::LateDates,
            ..Self::p6()
        }
    }

    /// The options of a profile.
    #[must_use]
    pub fn of(profile: Profile) -> Self {
        match profile {
            Profile::P6 => Self::p6(),
            Profile::MicrosoftProject => Self::microsoft_project(),
        }
    }

    /// Names of all options, in the order of the record. `profile` sets all others, and so is to be set first.
    pub fn names() -> impl Iterator<Item = &'static str> {
        OPTIONS.iter().map(|(name, _)| *name)
    }

    /// The words that an option can take; none where it takes numbers, or is none.
    #[must_use]
    pub fn words(name: &str) -> Option<&'static [&'static str]> {
        Some(match name {
            "profile" => Profile::WORDS,
            "out_of_sequence" => OutOfSequence::WORDS,
            "work_left" => WorkLeft::WORDS,
            "not_started" => NotStarted::WORDS,
            "lag_calendar" => LAG_CALENDARS,
            "start_lag" => StartLag::WORDS,
            "late_constraints" => LateConstraints::WORDS,
            "total_float" => TotalFloatBasis::WORDS,
            "open_end_float" => OpenEndFloat::WORDS,
            "float_to" => FloatAnchor::WORDS,
            "critical_by" => CriticalBy::WORDS,
            "as_late_as_possible" => AsLateAsPossible::WORDS,
            "finish_driven" => FinishDriven::WORDS,
            "summary_links" => SummaryLinks::WORDS,
            "float_paths_by" => FloatPathsBy::WORDS,
            "expected_finish" | "open_ends_critical" | "resource_calendars" => YES_NO,
            _ => return None,
        })
    }

    /// Sets an option as it is written.
    ///
    /// # Errors
    /// What is expected instead, as a sentence part; where the name is unknown, the names there are.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        let value = value.trim();
        match name {
            "profile" => *self = Self::of(word(value, Profile::from_word, Profile::WORDS)?),
            "out_of_sequence" => self.out_of_sequence = word(value, OutOfSequence::from_word, OutOfSequence::WORDS)?,
            "work_left" => self.work_left = word(value, WorkLeft::from_word, WorkLeft::WORDS)?,
            "not_started" => self.not_started = word(value, NotStarted::from_word, NotStarted::WORDS)?,
            "lag_calendar" => self.lag_calendar = word(value, lag_calendar, LAG_CALENDARS)?,
            "start_lag" => self.start_lag = word(value, StartLag::from_word, StartLag::WORDS)?,
            "late_constraints" => self.late_constraints = word(value, LateConstraints::from_word, LateConstraints::WORDS)?,
            "expected_finish" => self.expected_finish = yes(value)?,
            "total_float" => self.total_float = word(value, TotalFloatBasis::from_word, TotalFloatBasis::WORDS)?,
            "open_end_float" => self.open_end_float = word(value, OpenEndFloat::from_word, OpenEndFloat::WORDS)?,
            "float_to" => self.anchor = word(value, FloatAnchor::from_word, FloatAnchor::WORDS)?,
            "open_ends_critical" => self.open_ends_critical = yes(value)?,
            "critical_by" => self.critical_by = word(value, CriticalBy::from_word, CriticalBy::WORDS)?,
            "critical_float_hours" => self.critical_float = hours(value)?,
            "near_critical_days" => self.near_critical_days = bands(value)?,
            "as_late_as_possible" => {
                self.as_late_as_possible = word(value, AsLateAsPossible::from_word, AsLateAsPossible::WORDS)?
            }
            "finish_driven" => self.finish_driven = word(value, FinishDriven::from_word, FinishDriven::WORDS)?,
            "resource_calendars" => self.resource_calendars = yes(value)?,
            "summary_links" => self.summary_links = word(value, SummaryLinks::from_word, SummaryLinks::WORDS)?,
            "float_paths" => self.float_paths = paths(value)?,
            "float_paths_by" => self.float_paths_by = word(value, FloatPathsBy::from_word, FloatPathsBy::WORDS)?,
            "float_paths_to" => self.float_paths_to = end_activity(value)?,
            _ => return Err(format!("one of {}", Self::names().collect::<Vec<_>>().join(", "))),
        }
        Ok(())
    }

    /// Every option as it stands.
    #[must_use]
    pub fn entries(&self) -> Vec<OptionEntry> {
        let values = [
            self.profile.word().to_string(),
            self.out_of_sequence.word().to_string(),
            self.work_left.word().to_string(),
            self.not_started.word().to_string(),
            lag_calendar_word(self.lag_calendar).to_string(),
            self.start_lag.word().to_string(),
            self.late_constraints.word().to_string(),
            yes_word(self.expected_finish),
            self.total_float.word().to_string(),
            self.open_end_float.word().to_string(),
            self.anchor.word().to_string(),
            yes_word(self.open_ends_critical),
            self.critical_by.word().to_string(),
            hours_word(self.critical_float),
            self.near_critical_days.map(|days| days.to_string()).join(", "),
            self.as_late_as_possible.word().to_string(),
            self.finish_driven.word().to_string(),
            yes_word(self.resource_calendars),
            self.summary_links.word().to_string(),
            self.float_paths.to_string(),
            self.float_paths_by.word().to_string(),
            self.float_paths_to.clone().unwrap_or_else(|| LAST_ACTIVITY.to_string()),
        ];
        OPTIONS.iter().zip(values).map(|(&(name, meaning), value)| OptionEntry { name, value, meaning }).collect()
    }

    /// The near-critical band of a total float in minutes, 0 to 2, on a calendar of so many minutes a day; none where it is
    /// critical, negative or beyond the last band.
    #[must_use]
    pub fn near_critical_band(&self, total_float: i64, minutes_per_day: i64) -> Option<usize> {
        if total_float <= self.critical_float {
            return None;
        }
        self.near_critical_days.iter().position(|days| total_float <= days.saturating_mul(minutes_per_day))
    }
}

const YES_NO: &[&str] = &["yes", "no"];

const LAG_CALENDARS: &[&str] = &["predecessor", "successor", "project", "24-hour"];

fn lag_calendar(word: &str) -> Option<LagCalendar> {
    Some(match word {
        "predecessor" => LagCalendar::Predecessor,
        "successor" => LagCalendar::Successor,
        "project" => LagCalendar::Project,
        "24-hour" => LagCalendar::RoundTheClock,
        _ => return None,
    })
}

const fn lag_calendar_word(calendar: LagCalendar) -> &'static str {
    match calendar {
        LagCalendar::Predecessor => LAG_CALENDARS[0],
        LagCalendar::Successor => LAG_CALENDARS[1],
        LagCalendar::Project => LAG_CALENDARS[2],
        LagCalendar::RoundTheClock => LAG_CALENDARS[3],
    }
}

fn word<T>(value: &str, parse: impl Fn(&str) -> Option<T>, words: &[&str]) -> Result<T, String> {
    parse(value.to_lowercase().as_str()).ok_or_else(|| format!("one of {}", words.join(", ")))
}

fn yes(value: &str) -> Result<bool, String> {
    match value.to_lowercase().as_str() {
        "yes" | "true" => Ok(true),
        "no" | "false" => Ok(false),
        _ => Err("yes or no".into()),
    }
}

fn yes_word(yes: bool) -> String {
    if yes { "yes".into() } else { "no".into() }
}

/// Hours, to the minute.
#[expect(clippy::cast_possible_truncation, reason = "bounded below")]
fn hours(value: &str) -> Result<i64, String> {
    let hours: f64 = value.parse().map_err(|_| "a number of hours".to_string())?;
    if hours.is_finite() && hours.abs() <= 1.0e6 { Ok((hours * 60.0).round() as i64) } else { Err("a number of hours".into()) }
}

fn hours_word(minutes: i64) -> String {
    if minutes % 60 == 0 {
        (minutes / 60).to_string()
    } else {
        rust_decimal::Decimal::from(minutes).checked_div(60.into()).unwrap_or_default().round_dp(4).to_string()
    }
}

fn bands(value: &str) -> Result<[i64; 3], String> {
    let expected = || "three whole numbers of days, ascending, such as 5, 10, 20".to_string();
    let days: Vec<i64> = value.split(',').map(|part| part.trim().parse()).collect::<Result<_, _>>().map_err(|_| expected())?;
    let days: [i64; 3] = days.try_into().map_err(|_| expected())?;
    let ascending = days[0] > 0 && days[0] < days[1] && days[1] < days[2] && days[2] <= 10_000;
    if ascending { Ok(days) } else { Err(expected()) }
}

/// The word for the last activity of an initiative.
const LAST_ACTIVITY: &str = "last-activity";

fn end_activity(value: &str) -> Result<Option<String>, String> {
    match value {
        "" => Err(format!("{LAST_ACTIVITY}, or the id of an activity")),
        LAST_ACTIVITY => Ok(None),
        id => Ok(Some(id.to_string())),
    }
}

fn paths(value: &str) -> Result<usize, String> {
    let count: usize = value.parse().map_err(|_| "a number from 1 to 100".to_string())?;
    if (1..=100).contains(&count) { Ok(count) } else { Err("a number from 1 to 100".into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_option_is_recorded_as_it_can_be_set() {
        for options in [ScheduleOptions::p6(), ScheduleOptions::microsoft_project()] {
            let mut copy =
                ScheduleOptions::of(if options.profile == Profile::P6 { Profile::MicrosoftProject } else { Profile::P6 });
            for entry in options.entries() {
                copy.set(entry.name, &entry.value).expect("its own value");
            }
            assert_eq!(copy, options);
        }
    }

    #[test]
    fn every_word_of_an_option_is_one_that_it_takes() {
        let mut options = ScheduleOptions::p6();
        let mut worded = 0;
        for name in ScheduleOptions::names() {
            for word in ScheduleOptions::words(name).into_iter().flatten() {
                worded += 1;
                assert_eq!(options.set(name, word), Ok(()), "{name} = {word}");
                let kept = options.entries().into_iter().find(|entry| entry.name == name).map(|entry| entry.value);
                assert_eq!(kept.as_deref(), Some(*word), "{name}");
            }
        }
        assert_eq!(worded, 41);
    }

    #[test]
    fn what_is_no_value_is_told_what_would_be() {
        let mut options = ScheduleOptions::p6();
        assert_eq!(options.set("total_float", "finnish"), Err("one of finish, start, smallest, smallest-until-started".into()));
        assert!(options.set("flote", "finish").expect_err("unknown").contains("total_float"));
        assert!(options.set("near_critical_days", "5, 4, 20").is_err() && options.set("float_paths", "0").is_err());
        assert_eq!(options, ScheduleOptions::p6());
    }

    #[test]
    fn bands_count_days_of_the_calendar_and_leave_out_the_critical() {
        let options = ScheduleOptions::p6();
        let band = |hours: i64| options.near_critical_band(hours * 60, 480);
        assert_eq!(
            [band(0), band(1), band(40), band(41), band(160), band(161)],
            [None, Some(0), Some(0), Some(1), Some(2), None]
        );
        assert_eq!(options.near_critical_band(-60, 480), None);
    }
}
