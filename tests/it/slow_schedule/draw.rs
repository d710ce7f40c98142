//! Random cases: the same ones every time, each from its own seed.

use super::calendar::{Hours, SlowCalendar};
use super::case::{Activity, Bond, Case, Rest, State};
use throughline::base::day::{MINUTES_PER_DAY as DAY, Moment};
use throughline::model::activity::{Constraint, LinkType};
use throughline::model::scheduling::{
    FloatAnchor, LateConstraints, OpenEndFloat, Profile, ScheduleOptions, StartLag, TotalFloatBasis,
};

/// Monday 2 March 2026, in days since the epoch.
pub const MONDAY: i64 = 20_514;

/// A sequence of numbers: `SplitMix64` (Steele, Lea & Flood 2014).
pub struct Draw(pub u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, bound: i64) -> i64 {
        (self.next() % bound.unsigned_abs().max(1)) as i64
    }

    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        from + self.below(to - from + 1)
    }

    /// True so many times in a hundred.
    pub fn chance(&mut self, percent: i64) -> bool {
        self.below(100) < percent
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as i64) as usize]
    }

    pub fn at(&mut self, count: usize) -> usize {
        self.below(count as i64) as usize
    }
}

/// What may occur in a case.
#[expect(clippy::struct_excessive_bools, reason = "each kind of thing is in or out by itself")]
#[derive(Clone, Copy, Debug)]
pub struct Flavour {
    pub activities: (usize, usize),
    pub calendars: bool,
    pub constraints: bool,
    pub hard_constraints: bool,
    pub progress: bool,
    pub groups: bool,
    pub points: bool,
    pub rich: bool,
}

impl Flavour {
    /// Links and lags alone, on one calendar without time off.
    pub const PLAIN: Self = Self {
        activities: (2, 12),
        calendars: false,
        constraints: false,
        hard_constraints: false,
        progress: false,
        groups: false,
        points: false,
        rich: false,
    };
}

/// Options of either profile, some of them turned. The profile itself stays that of P6, for Microsoft Project keeps moments
/// of finishes that the judge knows nothing of.
pub fn options(seed: u64) -> ScheduleOptions {
    let draw = &mut Draw(seed ^ 0x00_0971);
    let mut options = if draw.chance(50) { ScheduleOptions::p6() } else { ScheduleOptions::microsoft_project() };
    let as_late_as_possible = ScheduleOptions::p6().as_late_as_possible;
    let out_of_sequence = ScheduleOptions::p6().out_of_sequence;
    options = ScheduleOptions { profile: Profile::P6, out_of_sequence, as_late_as_possible, ..options };
    for (name, words) in [
        ("total_float", TotalFloatBasis::WORDS),
        ("open_end_float", OpenEndFloat::WORDS),
        ("float_to", FloatAnchor::WORDS),
        ("open_ends_critical", &["yes", "no"]),
        ("start_lag", StartLag::WORDS),
        ("late_constraints", LateConstraints::WORDS),
        ("expected_finish", &["yes", "no"]),
    ] {
        let word = draw.pick(words);
        if draw.chance(40) {
            options.set(name, word).expect("one of its words");
        }
    }
    options
}

/// A case of a seed.
pub fn case(seed: u64, flavour: Flavour, options: ScheduleOptions) -> Case {
    let draw = &mut Draw(seed.wrapping_mul(0xD134_2543_DE82_EF95));
    let calendars = calendars(draw, flavour);
    let count = draw.between(flavour.activities.0 as i64, flavour.activities.1 as i64) as usize;
    let groups = if flavour.groups { draw.at(3) + 1 } else { 1 };
    let start = (MONDAY + draw.below(7)) * DAY + if flavour.calendars { draw.below(24) * 60 } else { 0 };
    let mut case = Case {
        activities: (0..count).map(|_| activity(draw, flavour, calendars.len(), groups)).collect(),
        bonds: Vec::new(),
        starts: (0..groups).map(|group| start + group as i64 * draw.below(3) * DAY).collect(),
        finish_by: vec![None; groups],
        data_date: None,
        options,
        calendars,
    };
    case.bonds = bonds(draw, &case);
    let span = 3 * DAY + count as i64 * DAY / 2;
    if flavour.progress {
        progress(draw, &mut case, start, span);
    }
    if flavour.constraints {
        for at in 0..count {
            constrain(draw, &mut case, at, flavour, start, span);
        }
    }
    if flavour.rich && draw.chance(30) {
        let (at, by) = (draw.at(groups), start + draw.below(2 * span));
        let has_work = case.activities.iter().any(|activity| activity.group == at);
        case.finish_by[at] = has_work.then_some(by);
    }
    case
}

fn activity(draw: &mut Draw, flavour: Flavour, calendars: usize, groups: usize) -> Activity {
    let minutes =
        if flavour.calendars { draw.pick(&[1, 30, 60, 240, 480, 480, 960, 1_440, 2_400, 4_807]) } else { draw.between(1, 9) };
    let point = draw.chance(if flavour.points { 15 } else { 0 });
    let mut activity = Activity::work(draw.at(calendars), if point { 0 } else { minutes });
    if point {
        activity.rest = draw.pick(&[Rest::Either, Rest::Start, Rest::Finish]);
    }
    activity.group = draw.at(groups);
    activity
}

/// Offices, shifts and every minute of the day, with days off, long days and one whole week off.
fn calendars(draw: &mut Draw, flavour: Flavour) -> Vec<SlowCalendar> {
    if !flavour.calendars {
        return vec![SlowCalendar::round_the_clock()];
    }
    let office: Hours = vec![(480, 720), (780, 1_020)];
    let night: Hours = vec![(0, 180), (240, 480), (1_380, 1_440)];
    let mut calendars = vec![
        SlowCalendar::of(5, &office),
        SlowCalendar::of(6, &[(420, 930)]),
        SlowCalendar::of(3, &[(360, 660), (690, 1_110)]),
        SlowCalendar::of(7, &night),
        SlowCalendar::round_the_clock(),
    ];
    calendars.truncate(1 + draw.at(5));
    for calendar in calendars.iter_mut().take(4) {
        for _ in 0..draw.below(8) {
            let hours = draw.pick(&[&[] as &[(i64, i64)], &[], &[(540, 600)], &[(0, 1_440)]]);
            calendar.dates.insert(MONDAY + draw.below(60), hours.to_vec());
        }
        if draw.chance(20) {
            let from = MONDAY + draw.below(40);
            calendar.dates.extend((from..from + 7).map(|day| (day, Vec::new())));
        }
    }
    calendars.push(SlowCalendar::round_the_clock());
    calendars
}

/// Links from earlier to later rows, several between one pair among them.
fn bonds(draw: &mut Draw, case: &Case) -> Vec<Bond> {
    let count = case.activities.len();
    let wanted = draw.below(count as i64 * 3) as usize;
    let reach = draw.pick(&[2, 5, count as i64]);
    let mut bonds: Vec<Bond> = Vec::new();
    while bonds.len() < wanted {
        let from = draw.at(count - 1);
        let to = from + 1 + draw.below(reach.min((count - 1 - from) as i64)) as usize;
        bonds.push(bond(draw, case, from, to));
    }
    bonds
}

fn bond(draw: &mut Draw, case: &Case, from: usize, to: usize) -> Bond {
    use LinkType::{FinishToFinish, FinishToStart, StartToFinish, StartToStart};
    let kind = draw.pick(&[FinishToStart, FinishToStart, FinishToStart, StartToStart, FinishToFinish, StartToFinish]);
    let unit = if case.calendars.len() > 1 { 60 } else { 1 };
    let lag = if draw.chance(60) { 0 } else { draw.between(-8, 20) * unit };
    let own = [case.activities[from].calendar, case.activities[to].calendar, 0, case.calendars.len() - 1];
    Bond { from, to, kind, lag, calendar: draw.pick(&own) }
}

/// What has happened up to a data date: in order at first, then some of it out of sequence.
fn progress(draw: &mut Draw, case: &mut Case, start: i64, span: i64) {
    let now = start + draw.below(span);
    case.data_date = Some(now);
    for at in 0..case.activities.len() {
        let early = at * 3 < case.activities.len() * 2;
        let chance = if early { 55 } else { 8 };
        if !draw.chance(chance) {
            continue;
        }
        let calendar = &case.calendars[case.activities[at].calendar];
        let begun = calendar.next_start(start + draw.below((now - start).max(1)));
        if begun >= now {
            continue;
        }
        let duration = case.activities[at].duration;
        let finish = calendar.add(begun, duration.max(1)).min(now);
        case.activities[at].state = if duration == 0 || draw.chance(55) {
            State::Complete { start: begun, finish: if duration == 0 { begun } else { finish } }
        } else {
            let resume = draw.chance(15).then(|| now + draw.below(5 * DAY));
            State::InProgress { start: begun, remaining: draw.between(1, duration), resume }
        };
    }
}

fn constrain(draw: &mut Draw, case: &mut Case, at: usize, flavour: Flavour, start: i64, span: i64) {
    let date = |draw: &mut Draw| Moment(start + draw.below(span + 10 * DAY) / 30 * 30);
    if draw.chance(20) {
        let t = date(draw);
        case.activities[at].constraint = Some(match draw.below(if flavour.hard_constraints { 9 } else { 6 }) {
            0 => Constraint::StartNoEarlierThan(t),
            1 => Constraint::FinishNoEarlierThan(t),
            2 => Constraint::StartNoLaterThan(t),
            3 => Constraint::FinishNoLaterThan(t),
            4 => Constraint::StartOn(t),
            5 => Constraint::FinishOn(t),
            6 => Constraint::MustStartOn(t),
            7 => Constraint::MustFinishOn(t),
            _ => Constraint::AsLateAsPossible,
        });
    }
    if draw.chance(10) {
        case.activities[at].deadline = Some(date(draw).0);
    }
    if flavour.rich {
        let t = date(draw);
        let late = draw.pick(&[Constraint::StartNoLaterThan(t), Constraint::FinishNoLaterThan(t)]);
        case.activities[at].secondary = draw.chance(8).then_some(late);
        case.activities[at].external_start = draw.chance(6).then(|| date(draw).0);
        case.activities[at].external_finish = draw.chance(6).then(|| date(draw).0);
        case.activities[at].expected_finish = draw.chance(6).then(|| date(draw).0);
    }
}
