//! Laws that hold for every schedule, whatever its numbers: they need no second implementation, only the engine and the
//! same network turned a little.

use super::case::{Activity, Bond, Case, State};
use super::draw::{self, Draw, Flavour};
use super::engine::{difference, scheduled};
use super::shrink::told;
use throughline::analysis::schedule::NodeDates;
use throughline::model::activity::{Constraint, LinkType};
use throughline::model::scheduling::ScheduleOptions;

/// Minutes of a week.
const WEEK: i64 = 7 * 1_440;

/// The engine's dates of a case.
fn dates(case: &Case) -> Vec<NodeDates> {
    let (network, passes) = scheduled(case);
    (0..case.activities.len()).map(|at| passes.dates(&network, at)).collect()
}

fn drawn(seed: u64, flavour: Flavour) -> Case {
    draw::case(seed, flavour, ScheduleOptions::p6())
}

/// Rows and links in any other order: the same dates.
pub fn order_changes_nothing(seed: u64, flavour: Flavour) {
    let case = drawn(seed, flavour);
    let draw = &mut Draw(seed ^ 0xABCD);
    let mut place: Vec<usize> = (0..case.activities.len()).collect();
    for at in (1..place.len()).rev() {
        place.swap(at, draw.at(at + 1));
    }
    let mut turned = case.clone();
    for (at, &to) in place.iter().enumerate() {
        turned.activities[to] = case.activities[at].clone();
    }
    for bond in &mut turned.bonds {
        (bond.from, bond.to) = (place[bond.from], place[bond.to]);
    }
    turned.bonds.reverse();
    let (before, after) = (dates(&case), dates(&turned));
    for (at, &to) in place.iter().enumerate() {
        let (before, after) = (numbers(&before[at]), numbers(&after[to]));
        assert_eq!(before, after, "A{at}, seed {seed}\n{}", told(&case));
    }
}

fn numbers(dates: &NodeDates) -> [Option<i64>; 8] {
    [
        Some(dates.early_start.0),
        Some(dates.early_finish.0),
        Some(dates.late_start.0),
        Some(dates.late_finish.0),
        dates.total_float,
        dates.free_float,
        dates.start_float,
        dates.finish_float,
    ]
}

/// One more link: no early date is earlier for it, and, against the same anchor, no late date later.
pub fn another_link_only_narrows(seed: u64, flavour: Flavour) {
    let mut case = drawn(seed, flavour);
    case.finish_by = case.starts.iter().map(|start| Some(start + 40 * WEEK)).collect();
    let draw = &mut Draw(seed ^ 0x11_4E);
    let to = 1 + draw.at(case.activities.len() - 1);
    let kinds = [LinkType::FinishToStart, LinkType::StartToStart, LinkType::FinishToFinish, LinkType::StartToFinish];
    let calendar = draw.at(case.calendars.len());
    let extra = Bond { from: draw.at(to), to, kind: draw.pick(&kinds), lag: draw.between(-5, 30) * 30, calendar };
    let mut more = case.clone();
    more.bonds.push(extra);
    for (at, (before, after)) in dates(&case).iter().zip(&dates(&more)).enumerate() {
        let earlier = after.early_start < before.early_start || after.early_finish < before.early_finish;
        let later = after.late_start > before.late_start || after.late_finish > before.late_finish;
        assert!(!earlier && !later, "A{at}, seed {seed}, {extra:?}: {before:?} became {after:?}\n{}", told(&case));
    }
}

/// An activity that starts later by its free float, or is longer by it, moves no other early date; by its total float, not
/// the finish; a minute more than that does move it.
pub fn float_is_room(seed: u64, flavour: Flavour) {
    let case = drawn(seed, flavour);
    let before = dates(&case);
    let last = |dates: &[NodeDates]| dates.iter().map(|dates| dates.early_finish).max();
    for at in 0..case.activities.len() {
        let (free, total) = (before[at].free_float.expect("unfinished"), before[at].total_float.expect("unfinished"));
        assert!(0 <= free && 0 <= total, "A{at}, seed {seed}: {:?}\n{}", before[at], told(&case));
        let slipped = |minutes: i64| {
            let mut slipped = case.clone();
            slipped.activities[at].constraint = Some(Constraint::StartNoEarlierThan(before[at].early_start.plus(minutes)));
            dates(&slipped)
        };
        let grown = |minutes: i64| {
            let mut grown = case.clone();
            grown.activities[at].duration += minutes;
            dates(&grown)
        };
        for after in [slipped(free), grown(free)] {
            for (other, (old, new)) in before.iter().zip(&after).enumerate().filter(|(other, _)| *other != at) {
                assert_eq!(old.early_start, new.early_start, "A{other} by {free} of A{at}, seed {seed}\n{}", told(&case));
            }
        }
        for after in [slipped(total), grown(total)] {
            assert_eq!(last(&after), last(&before), "the finish by {total} of A{at}, seed {seed}\n{}", told(&case));
        }
        assert!(last(&slipped(total + 1)) > last(&before), "A{at} by {total} and a minute, seed {seed}\n{}", told(&case));
    }
}

/// Everything a number of whole weeks later, where no calendar has dated exceptions: every date as much later.
pub fn whole_weeks_shift_everything(seed: u64, flavour: Flavour) {
    let mut case = drawn(seed, flavour);
    case.calendars.iter_mut().for_each(|calendar| calendar.dates.clear());
    let by = WEEK * (1 + Draw(seed).below(200));
    let later = shifted(&case, by);
    for (at, (before, after)) in dates(&case).iter().zip(&dates(&later)).enumerate() {
        let moved = [
            after.early_start.0 - before.early_start.0,
            after.early_finish.0 - before.early_finish.0,
            after.late_start.0 - before.late_start.0,
            after.late_finish.0 - before.late_finish.0,
        ];
        assert_eq!(moved, [by; 4], "A{at}, seed {seed}\n{}", told(&case));
        assert_eq!((before.total_float, before.free_float), (after.total_float, after.free_float), "A{at}, seed {seed}");
    }
}

fn shifted(case: &Case, by: i64) -> Case {
    let mut later = case.clone();
    let shift = |at: &mut Option<i64>| *at = at.map(|at| at + by);
    later.starts.iter_mut().for_each(|start| *start += by);
    later.finish_by.iter_mut().for_each(shift);
    shift(&mut later.data_date);
    for activity in &mut later.activities {
        activity.constraint = activity.constraint.map(|constraint| moved(constraint, by));
        activity.secondary = activity.secondary.map(|constraint| moved(constraint, by));
        for date in
            [&mut activity.deadline, &mut activity.expected_finish, &mut activity.external_start, &mut activity.external_finish]
        {
            shift(date);
        }
        match &mut activity.state {
            State::NotStarted => {}
            State::InProgress { start, resume, .. } => {
                *start += by;
                shift(resume);
            }
            State::Complete { start, finish } => (*start, *finish) = (*start + by, *finish + by),
        }
    }
    later
}

fn moved(constraint: Constraint, by: i64) -> Constraint {
    match constraint {
        Constraint::StartNoEarlierThan(at) => Constraint::StartNoEarlierThan(at.plus(by)),
        Constraint::StartNoLaterThan(at) => Constraint::StartNoLaterThan(at.plus(by)),
        Constraint::FinishNoEarlierThan(at) => Constraint::FinishNoEarlierThan(at.plus(by)),
        Constraint::FinishNoLaterThan(at) => Constraint::FinishNoLaterThan(at.plus(by)),
        Constraint::MustStartOn(at) => Constraint::MustStartOn(at.plus(by)),
        Constraint::MustFinishOn(at) => Constraint::MustFinishOn(at.plus(by)),
        Constraint::StartOn(at) => Constraint::StartOn(at.plus(by)),
        Constraint::FinishOn(at) => Constraint::FinishOn(at.plus(by)),
        Constraint::AsLateAsPossible => Constraint::AsLateAsPossible,
    }
}

/// Time reversed, around the clock: late dates are the early dates of the mirrored network, mirrored.
pub fn late_dates_are_early_dates_in_a_mirror(seed: u64) {
    let case = drawn(seed, Flavour { activities: (2, 30), ..Flavour::PLAIN });
    let before = dates(&case);
    let finish = before.iter().map(|dates| dates.early_finish.0).max().expect("an activity");
    let mut mirror = case.clone();
    for bond in &mut mirror.bonds {
        (bond.from, bond.to) = (bond.to, bond.from);
        bond.kind = match bond.kind {
            LinkType::StartToStart => LinkType::FinishToFinish,
            LinkType::FinishToFinish => LinkType::StartToStart,
            kind => kind,
        };
    }
    for (at, (ours, mirrored)) in before.iter().zip(&dates(&mirror)).enumerate() {
        let image = |t: i64| finish - (t - case.starts[0]);
        let expected = [image(mirrored.early_finish.0), image(mirrored.early_start.0)];
        assert_eq!([ours.late_start.0, ours.late_finish.0], expected, "A{at}, seed {seed}\n{}", told(&case));
    }
}

/// What is added to a plan after its end, with a link from all of it, changes no early date before.
pub fn what_comes_after_moves_nothing_before(seed: u64, flavour: Flavour) {
    let case = drawn(seed, flavour);
    let mut longer = case.clone();
    let last = longer.activities.len();
    longer.activities.push(Activity::work(0, 480));
    let follows = |from| Bond { from, to: last, kind: LinkType::FinishToStart, lag: 60, calendar: 0 };
    longer.bonds.extend((0..last).map(follows));
    let (before, after) = (dates(&case), dates(&longer));
    let end = after[last];
    assert!(before.iter().all(|dates| dates.early_finish <= end.early_start), "seed {seed}\n{}", told(&case));
    for at in 0..last {
        let as_late = case.activities[at].constraint == Some(Constraint::AsLateAsPossible);
        let same = before[at].early_start == after[at].early_start && before[at].early_finish == after[at].early_finish;
        assert!(same || as_late, "A{at}, seed {seed}\n{}", told(&case));
    }
    assert_eq!(difference(&longer), None, "seed {seed}");
}
