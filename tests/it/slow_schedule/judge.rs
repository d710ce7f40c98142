//! The rules of the critical path method written down once more, activity by activity, with nothing in mind but that they
//! can be read: no ordering kept, no index, every calendar walked day by day.

use super::calendar::SlowCalendar;
use super::case::{Activity, Bond, Case, Rest, State};
use std::collections::BTreeSet;
use throughline::model::activity::{Constraint, LinkType};
use throughline::model::scheduling::{
    AsLateAsPossible, FinishDriven, FloatAnchor, LateConstraints, NotStarted, OpenEndFloat, OutOfSequence, StartLag,
    TotalFloatBasis, WorkLeft,
};

/// The dates of every activity, in minutes since the epoch.
#[derive(Clone, Debug, Default)]
pub struct Dates {
    pub early_start: Vec<i64>,
    pub early_finish: Vec<i64>,
    pub late_start: Vec<i64>,
    pub late_finish: Vec<i64>,
    pub start_float: Vec<Option<i64>>,
    pub finish_float: Vec<Option<i64>>,
    pub total_float: Vec<Option<i64>>,
    pub free_float: Vec<Option<i64>>,
    /// By link: it holds its successor's early date.
    pub driving: Vec<bool>,
    /// By group.
    pub finish: Vec<Option<i64>>,
    /// By group: what lies on a driving chain to its last finish.
    pub longest_path: Vec<BTreeSet<usize>>,
}

/// What a link asks of its successor.
#[derive(Clone, Copy, Debug)]
enum Asks {
    Start(i64),
    Finish(i64),
}

struct Judge<'a> {
    case: &'a Case,
    dates: Dates,
    /// What each activity passes on to its successors: its early dates, or, where it is done, those of the logic behind it.
    sent_start: Vec<i64>,
    sent_finish: Vec<i64>,
    /// Work left, expected finishes applied.
    left: Vec<i64>,
    /// What the successors of something done still allow the unfinished work before it; none where they are silent.
    handed_back: Vec<Option<i64>>,
}

/// Schedules a case.
pub fn judge(case: &Case) -> Dates {
    let count = case.activities.len();
    let dates = Dates {
        early_start: vec![0; count],
        early_finish: vec![0; count],
        late_start: vec![0; count],
        late_finish: vec![0; count],
        start_float: vec![None; count],
        finish_float: vec![None; count],
        total_float: vec![None; count],
        free_float: vec![None; count],
        driving: vec![false; case.bonds.len()],
        ..Dates::default()
    };
    let mut judge = Judge {
        case,
        dates,
        sent_start: vec![0; count],
        sent_finish: vec![0; count],
        left: vec![0; count],
        handed_back: vec![None; count],
    };
    let order = in_order(case);
    for &at in &order {
        judge.forward(at);
    }
    let groups = 0..case.starts.len();
    judge.dates.finish = groups.map(|group| judge.last_finish(|activity| activity.group == group)).collect();
    for &at in order.iter().rev() {
        judge.backward(at);
    }
    for &at in order.iter().rev() {
        judge.as_late_as_possible(at);
    }
    for at in 0..count {
        judge.floats(at);
    }
    for bond in 0..case.bonds.len() {
        judge.dates.driving[bond] = judge.is_driving(bond);
    }
    judge.dates.longest_path = (0..case.starts.len()).map(|group| judge.longest_path(group)).collect();
    judge.dates
}

/// Every activity after all its predecessors: again and again, whatever has nothing left to wait for.
pub fn in_order(case: &Case) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::new();
    let mut done = vec![false; case.activities.len()];
    while order.len() < done.len() {
        let before = order.len();
        for at in 0..done.len() {
            if !done[at] && case.bonds.iter().all(|bond| bond.to != at || done[bond.from]) {
                done[at] = true;
                order.push(at);
            }
        }
        assert!(order.len() > before, "the case has a cycle");
    }
    order
}

impl Judge<'_> {
    fn calendar(&self, at: usize) -> &SlowCalendar {
        &self.case.calendars[self.case.activities[at].calendar]
    }

    fn links_into(&self, at: usize) -> impl Iterator<Item = (usize, Bond)> + '_ {
        self.case.bonds.iter().copied().enumerate().filter(move |(_, bond)| bond.to == at)
    }

    fn out_of(&self, at: usize) -> impl Iterator<Item = (usize, Bond)> + '_ {
        self.case.bonds.iter().copied().enumerate().filter(move |(_, bond)| bond.from == at)
    }

    fn last_finish(&self, belongs: impl Fn(&Activity) -> bool) -> Option<i64> {
        let all = self.case.activities.iter().zip(&self.dates.early_finish);
        all.filter(|(activity, _)| belongs(activity)).map(|(_, finish)| *finish).max()
    }

    /// Progress counts from the data date: the rules of P6. Where it does not, what is done passes on its actual dates.
    fn minds_data_date(&self) -> bool {
        self.case.options.not_started == NotStarted::FromDataDate
    }

    /// True where a link says nothing because its successor went ahead without it.
    fn is_overridden(&self, bond: &Bond) -> bool {
        let ends = [bond.from, bond.to].map(|end| &self.case.activities[end]);
        self.case.options.out_of_sequence != OutOfSequence::RetainedLogic && !ends[0].is_complete() && !ends[1].is_unstarted()
    }

    /// What a link asks; none where it has nothing to say.
    fn asks(&self, bond: &Bond) -> Option<Asks> {
        if self.is_overridden(bond) {
            return None;
        }
        let lags = &self.case.calendars[bond.calendar];
        let from = bond.from;
        let start = || lags.add(self.counted_start(from), bond.lag);
        let finish = || lags.add(self.sent_finish[from], self.lag_left(bond));
        Some(match bond.kind {
            LinkType::FinishToStart => Asks::Start(finish()),
            LinkType::StartToStart => Asks::Start(start()),
            LinkType::FinishToFinish => Asks::Finish(finish()),
            LinkType::StartToFinish => Asks::Finish(start()),
        })
    }

    /// What a lag from a start counts from: of what is done, always its actual start.
    fn counted_start(&self, at: usize) -> i64 {
        match self.case.activities[at].state {
            State::InProgress { start, .. } if self.case.options.start_lag == StartLag::FromActualStart => start,
            State::Complete { start, .. } => start,
            _ => self.sent_start[at],
        }
    }

    /// The lag that has not passed yet: of a lag from the finish of something done, the part before the data date has.
    fn lag_left(&self, bond: &Bond) -> i64 {
        let State::Complete { finish, .. } = self.case.activities[bond.from].state else { return bond.lag };
        match self.case.data_date.filter(|_| self.is_retained() && bond.lag > 0) {
            Some(now) => (bond.lag - self.case.calendars[bond.calendar].work(finish, now).max(0)).max(0),
            None => bond.lag,
        }
    }

    fn forward(&mut self, at: usize) {
        let activity = &self.case.activities[at];
        match activity.state {
            State::Complete { start, finish } => {
                (self.dates.early_start[at], self.dates.early_finish[at]) = (start, finish);
                let sent = self.sent_when_done(at);
                (self.sent_start[at], self.sent_finish[at]) = sent.unwrap_or((start, finish));
            }
            _ => {
                self.left[at] = match activity.state {
                    State::InProgress { remaining, .. } => remaining,
                    _ => activity.duration,
                };
                let (start, finish) = self.place(at);
                (self.dates.early_start[at], self.dates.early_finish[at]) = (start, finish);
                (self.sent_start[at], self.sent_finish[at]) = (start, finish);
            }
        }
    }

    /// Under retained logic, what is done passes on the data date, or later where an unfinished predecessor says so.
    fn sent_when_done(&self, at: usize) -> Option<(i64, i64)> {
        let now = self.case.data_date.filter(|_| self.is_retained())?;
        let asked = self.links_into(at).filter(|(_, bond)| self.forces(bond)).filter_map(|(_, bond)| self.asks(&bond));
        let forced = asked.map(|asks| match asks {
            Asks::Start(t) | Asks::Finish(t) => t,
        });
        let sent = forced.fold(now, i64::max);
        Some((sent, sent))
    }

    /// True for a link that carries the finish of something unfinished, or of something done that such a link leads to.
    fn forces(&self, bond: &Bond) -> bool {
        let from_finish = matches!(bond.kind, LinkType::FinishToStart | LinkType::FinishToFinish);
        let is_done = self.case.activities[bond.from].is_complete();
        from_finish && (!is_done || self.links_into(bond.from).any(|(_, before)| self.forces(&before)))
    }

    /// The earliest dates of what is not done.
    fn place(&mut self, at: usize) -> (i64, i64) {
        let activity = &self.case.activities[at];
        let mut start = self.earliest_of_its_own(at);
        let mut finish = i64::MIN;
        for (_, bond) in self.links_into(at) {
            match self.asks(&bond) {
                Some(Asks::Start(t)) => start = start.max(t),
                Some(Asks::Finish(t)) => finish = finish.max(t),
                None => {}
            }
        }
        for bound in self.early_constraint(at) {
            match bound {
                Asks::Start(t) => start = start.max(t),
                Asks::Finish(t) => finish = finish.max(t),
            }
        }
        let left = self.left[at];
        if self.case.options.finish_driven == FinishDriven::Contiguous && finish > i64::MIN {
            start = start.max(self.calendar(at).sub(finish, left));
        }
        let start = self.settled(at, start).0.min(self.latest_by_constraint(at));
        let start = self.forced_dates(at).map_or(start, |(start, _)| start);
        let counts = self.case.options.expected_finish && activity.duration > 0 && !self.has_held_finish(at);
        let expected = activity.expected_finish.filter(|_| counts);
        if let Some(expected) = expected {
            self.left[at] = self.calendar(at).work(start, expected).max(0);
        }
        let own_finish = self.calendar(at).add(start, self.left[at]);
        let stretched = self.case.options.finish_driven == FinishDriven::Stretch && finish > own_finish;
        let finish = if stretched { self.calendar(at).previous_finish(finish).max(own_finish) } else { own_finish };
        (start, finish)
    }

    /// True where a link holds the finish: then an expected finish does not.
    fn has_held_finish(&self, at: usize) -> bool {
        self.links_into(at).any(|(_, bond)| matches!(bond.kind, LinkType::FinishToFinish | LinkType::StartToFinish))
    }

    /// The data date, the project's start, and where work goes on.
    fn earliest_of_its_own(&self, at: usize) -> i64 {
        let activity = &self.case.activities[at];
        let options = &self.case.options;
        let now = self.case.data_date;
        match activity.state {
            State::InProgress { start, remaining, resume } => {
                let done = (activity.duration - remaining).max(0);
                let from = match (options.work_left, now) {
                    (WorkLeft::FromDataDate, Some(now)) => now,
                    _ => self.calendar(at).add(start, done),
                };
                from.max(resume.unwrap_or(from))
            }
            _ => {
                let floor = self.case.starts[activity.group].max(activity.external_start.unwrap_or(i64::MIN));
                now.filter(|_| self.minds_data_date()).map_or(floor, |now| floor.max(now))
            }
        }
    }

    /// Early constraints; of work under way, those on its finish alone.
    fn early_constraint(&self, at: usize) -> Vec<Asks> {
        let activity = &self.case.activities[at];
        let unstarted = activity.is_unstarted();
        let asks = match activity.constraint {
            Some(Constraint::StartNoEarlierThan(t) | Constraint::StartOn(t)) if unstarted => Some(Asks::Start(t.0)),
            Some(Constraint::FinishNoEarlierThan(t) | Constraint::FinishOn(t)) => Some(Asks::Finish(t.0)),
            _ => None,
        };
        asks.into_iter().collect()
    }

    /// The latest start that a "no later than" constraint leaves, where it binds early dates too.
    fn latest_by_constraint(&self, at: usize) -> i64 {
        let activity = &self.case.activities[at];
        if self.case.options.late_constraints == LateConstraints::LateDatesOnly {
            return i64::MAX;
        }
        let latest = |constraint: Constraint| match constraint {
            Constraint::StartNoLaterThan(t) => self.settled(at, t.0).0,
            Constraint::FinishNoLaterThan(t) => self.start_to_finish_at(at, t.0),
            _ => i64::MAX,
        };
        let own = [activity.constraint, activity.secondary].into_iter().flatten().filter(|_| activity.is_unstarted());
        own.map(latest).min().unwrap_or(i64::MAX)
    }

    /// Dates that hold whatever the logic says.
    fn forced_dates(&self, at: usize) -> Option<(i64, i64)> {
        let activity = &self.case.activities[at];
        let (calendar, left) = (self.calendar(at), self.left[at]);
        match activity.constraint? {
            Constraint::MustStartOn(t) if activity.is_unstarted() => Some(self.settled(at, t.0)),
            Constraint::MustFinishOn(t) => {
                let start = self.start_to_finish_at(at, t.0);
                Some((start, calendar.add(start, left)))
            }
            _ => None,
        }
    }

    /// The start of work that finishes then, or at the end of working time before it; a point may rest at a start too.
    fn start_to_finish_at(&self, at: usize, t: i64) -> i64 {
        let (calendar, left) = (self.calendar(at), self.left[at]);
        let rests_at_a_start = left == 0 && calendar.next_start(t) == t;
        calendar.sub(if rests_at_a_start { t } else { calendar.previous_finish(t) }, left)
    }

    /// A start on working time, and its finish.
    fn settled(&self, at: usize, start: i64) -> (i64, i64) {
        let (calendar, left) = (self.calendar(at), self.left[at]);
        if self.case.activities[at].duration == 0 {
            let rest = self.resting(at, start);
            return (rest, rest);
        }
        let start = calendar.next_start(start);
        (start, calendar.add(start, left))
    }

    /// Where a point rests: at the end of working time if it is there, else where work can start.
    fn resting(&self, at: usize, t: i64) -> i64 {
        let calendar = self.calendar(at);
        let may_end_a_day = self.case.activities[at].rest != Rest::Start;
        if may_end_a_day && calendar.previous_finish(t) == t { t } else { calendar.next_start(t) }
    }

    /// What late dates are counted back from.
    fn anchor(&self, at: usize) -> i64 {
        let activity = &self.case.activities[at];
        let own = |group: usize| self.case.finish_by[group].or(self.dates.finish[group]);
        let anchor = match self.case.options.anchor {
            FloatAnchor::Initiative => own(activity.group),
            FloatAnchor::Portfolio => {
                let with_work = |group: &usize| self.dates.finish[*group].is_some();
                (0..self.case.starts.len()).filter(with_work).filter_map(own).max()
            }
        };
        let is_open = self.out_of(at).next().is_none();
        let finish = self.dates.early_finish[at];
        if is_open && self.case.options.open_ends_critical { finish } else { anchor.unwrap_or(finish) }
    }

    fn backward(&mut self, at: usize) {
        let activity = &self.case.activities[at];
        if activity.is_complete() {
            let allowed = self.out_of(at).filter_map(|(_, bond)| self.allowed(&bond)).map(|allowed| match allowed {
                Asks::Start(t) | Asks::Finish(t) => t,
            });
            self.handed_back[at] = allowed.min().filter(|_| self.is_retained());
            return;
        }
        let (calendar, left) = (self.calendar(at), self.left[at]);
        let mut finish = self.anchor(at);
        for (_, bond) in self.out_of(at) {
            if let Some(allowed) = self.allowed(&bond) {
                finish = finish.min(match allowed {
                    Asks::Finish(t) => t,
                    Asks::Start(t) => calendar.add(t, left),
                });
            }
        }
        for constraint in [activity.constraint, activity.secondary].into_iter().flatten() {
            finish = match constraint {
                Constraint::MustFinishOn(t) => t.0,
                Constraint::MustStartOn(t) if activity.is_unstarted() && left == 0 => self.resting(at, t.0),
                Constraint::MustStartOn(t) if activity.is_unstarted() => self.settled(at, t.0).1,
                _ => finish.min(self.late_constraint(at, constraint)),
            };
        }
        let own = activity.deadline.into_iter().chain(activity.external_finish);
        let finish = self.late_rest(at, own.fold(finish, i64::min));
        self.dates.late_finish[at] = finish;
        self.dates.late_start[at] = self.calendar(at).sub(finish, left);
    }

    /// A late finish on working time; a point that rests early where work starts may do so late.
    fn late_rest(&self, at: usize, finish: i64) -> i64 {
        let calendar = self.calendar(at);
        let early = self.dates.early_start[at];
        let begins = self.case.activities[at].rest == Rest::Start || calendar.next_start(early) == early;
        if self.left[at] == 0 && begins && calendar.next_start(finish) == finish {
            return finish;
        }
        calendar.previous_finish(finish)
    }

    /// Logic behind what is done still holds for what comes after it.
    fn is_retained(&self) -> bool {
        self.case.options.out_of_sequence == OutOfSequence::RetainedLogic
            && self.case.data_date.is_some()
            && self.case.options.work_left == WorkLeft::FromDataDate
    }

    /// What a link allows its predecessor: by a successor that is not finished, or by what follows one that is.
    fn allowed(&self, bond: &Bond) -> Option<Asks> {
        let successor = &self.case.activities[bond.to];
        let (mut start, mut finish) = (self.dates.late_start[bond.to], self.dates.late_finish[bond.to]);
        let from_start = matches!(bond.kind, LinkType::StartToStart | LinkType::StartToFinish);
        if successor.is_complete() {
            if from_start {
                return None;
            }
            (start, finish) = self.handed_back[bond.to].map(|t| (t, t))?;
        }
        if self.is_overridden(bond) {
            match (self.case.options.out_of_sequence, successor.state) {
                (OutOfSequence::ActualDates, State::InProgress { start: actual, .. }) => start = actual,
                _ => return None,
            }
        }
        let lags = &self.case.calendars[bond.calendar];
        let started = !self.case.activities[bond.from].is_unstarted();
        let from_fact = self.case.options.start_lag == StartLag::FromActualStart || self.case.activities[bond.from].is_complete();
        let counts_from_fact = started && from_fact;
        let lag = self.lag_left(bond);
        match bond.kind {
            LinkType::FinishToStart => Some(Asks::Finish(lags.sub(start, lag))),
            LinkType::FinishToFinish => Some(Asks::Finish(lags.sub(finish, lag))),
            LinkType::StartToStart | LinkType::StartToFinish if counts_from_fact => None,
            LinkType::StartToStart => Some(Asks::Start(lags.sub(start, lag))),
            LinkType::StartToFinish => Some(Asks::Start(lags.sub(finish, lag))),
        }
    }

    /// The latest finish that a constraint allows.
    fn late_constraint(&self, at: usize, constraint: Constraint) -> i64 {
        let unstarted = self.case.activities[at].is_unstarted();
        match constraint {
            Constraint::StartNoLaterThan(t) | Constraint::StartOn(t) if unstarted => self.calendar(at).add(t.0, self.left[at]),
            Constraint::FinishNoLaterThan(t) | Constraint::FinishOn(t) => t.0,
            _ => i64::MAX,
        }
    }

    /// Moves early dates to where the successors still allow them, or to the late ones.
    fn as_late_as_possible(&mut self, at: usize) {
        let activity = &self.case.activities[at];
        if activity.constraint != Some(Constraint::AsLateAsPossible) || !activity.is_unstarted() {
            return;
        }
        let (calendar, left) = (self.calendar(at), self.left[at]);
        if self.case.options.as_late_as_possible == AsLateAsPossible::LateDates {
            let (start, finish) = (self.dates.late_start[at], self.dates.late_finish[at]);
            if finish > self.dates.early_finish[at] {
                (self.dates.early_start[at], self.dates.early_finish[at]) = (start, finish);
            }
            return;
        }
        let mut finish = i64::MAX;
        for (_, bond) in self.out_of(at).filter(|(_, bond)| !self.case.activities[bond.to].is_complete()) {
            let lags = &self.case.calendars[bond.calendar];
            let start = lags.sub(self.dates.early_start[bond.to], bond.lag);
            let end = lags.sub(self.dates.early_finish[bond.to], bond.lag);
            finish = finish.min(match bond.kind {
                LinkType::FinishToStart => start,
                LinkType::FinishToFinish => end,
                LinkType::StartToStart => calendar.add(start, left),
                LinkType::StartToFinish => calendar.add(end, left),
            });
        }
        if finish == i64::MAX {
            finish = self.dates.finish[activity.group].unwrap_or(finish);
        }
        let finish = self.late_rest(at, finish.min(self.dates.late_finish[at]));
        if finish > self.dates.early_finish[at] {
            let start = calendar.sub(finish, left);
            (self.dates.early_start[at], self.dates.early_finish[at]) = (start, finish);
        }
    }

    fn floats(&mut self, at: usize) {
        let activity = &self.case.activities[at];
        if activity.is_complete() {
            return;
        }
        let calendar = self.calendar(at);
        let start = calendar.work(self.dates.early_start[at], self.dates.late_start[at]);
        let finish = calendar.work(self.dates.early_finish[at], self.dates.late_finish[at]);
        let total = match self.case.options.total_float {
            TotalFloatBasis::Finish => finish,
            TotalFloatBasis::Start => start,
            TotalFloatBasis::Smallest => start.min(finish),
            TotalFloatBasis::SmallestUntilStarted => {
                if activity.is_unstarted() {
                    start.min(finish)
                } else {
                    finish
                }
            }
        };
        let free = self.free_float(at, total);
        (self.dates.start_float[at], self.dates.finish_float[at]) = (Some(start), Some(finish));
        (self.dates.total_float[at], self.dates.free_float[at]) = (Some(total), Some(free));
    }

    fn free_float(&self, at: usize, total: i64) -> i64 {
        let activity = &self.case.activities[at];
        if matches!(activity.constraint, Some(Constraint::MustFinishOn(_))) {
            return 0;
        }
        let calendar = self.calendar(at);
        let gaps = self.out_of(at).filter_map(|(_, bond)| {
            if self.case.activities[bond.to].is_complete() {
                return None;
            }
            let gap = match self.asks_with_moved_dates(&bond)? {
                Asks::Start(t) => calendar.work(t, self.dates.early_start[bond.to]),
                Asks::Finish(t) => calendar.work(t, self.dates.early_finish[bond.to]),
            };
            Some(gap.max(0))
        });
        gaps.min().unwrap_or_else(|| match self.case.options.open_end_float {
            OpenEndFloat::TotalFloat => total.max(0),
            OpenEndFloat::ToProjectFinish => {
                let finish = self.dates.finish[activity.group].unwrap_or(self.dates.early_finish[at]);
                calendar.work(self.dates.early_finish[at], finish).max(0)
            }
        })
    }

    /// What a link asks of its successor, counted from the dates as they stand in the end.
    fn asks_with_moved_dates(&self, bond: &Bond) -> Option<Asks> {
        if self.is_overridden(bond) {
            return None;
        }
        let lags = &self.case.calendars[bond.calendar];
        let started = !self.case.activities[bond.from].is_unstarted();
        let from_start = matches!(bond.kind, LinkType::StartToStart | LinkType::StartToFinish);
        if from_start && started && self.case.options.start_lag == StartLag::FromActualStart {
            return None;
        }
        if self.case.activities[bond.from].is_complete() {
            return self.asks(bond);
        }
        let (start, finish) = (self.dates.early_start[bond.from], self.dates.early_finish[bond.from]);
        Some(match bond.kind {
            LinkType::FinishToStart => Asks::Start(lags.add(finish, bond.lag)),
            LinkType::StartToStart => Asks::Start(lags.add(start, bond.lag)),
            LinkType::FinishToFinish => Asks::Finish(lags.add(finish, bond.lag)),
            LinkType::StartToFinish => Asks::Finish(lags.add(start, bond.lag)),
        })
    }

    /// A link drives where its successor could not be a working minute earlier for it.
    fn is_driving(&self, bond: usize) -> bool {
        let bond = &self.case.bonds[bond];
        if self.case.activities[bond.to].is_complete() {
            return false;
        }
        let calendar = self.calendar(bond.to);
        let start = self.dates.early_start[bond.to];
        match self.asks(bond) {
            Some(Asks::Start(t) | Asks::Finish(t)) if self.case.activities[bond.to].duration == 0 => {
                self.resting(bond.to, t) == start
            }
            Some(Asks::Start(t)) => calendar.work(t, start) == 0,
            Some(Asks::Finish(t)) => calendar.work(t, self.dates.early_finish[bond.to]) == 0,
            None => false,
        }
    }

    fn longest_path(&self, group: usize) -> BTreeSet<usize> {
        let members = |at: &usize| self.case.activities[*at].group == group && !self.case.activities[*at].is_complete();
        let ends: Vec<usize> = (0..self.case.activities.len()).filter(members).collect();
        let last = self.dates.finish[group];
        let mut open: Vec<usize> = ends.into_iter().filter(|&at| Some(self.dates.early_finish[at]) == last).collect();
        let mut path = BTreeSet::new();
        while let Some(at) = open.pop() {
            if path.insert(at) {
                let drives = self
                    .links_into(at)
                    .filter(|(link, bond)| self.dates.driving[*link] && !self.case.activities[bond.from].is_complete());
                open.extend(drives.map(|(_, bond)| bond.from));
            }
        }
        path
    }
}
