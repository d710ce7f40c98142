//! Where starts and finishes may lie: on the activity's calendar, its resources' calendars, as its kind of point says.

use crate::analysis::schedule::network::{CrewMember, Network, Node, PointRest};
use crate::base::calendar::{HORIZON_MINUTES, WorkCalendar};
use crate::base::day::Moment;

/// An activity's working time: its own calendar, or those of the resources that its dates follow.
pub struct Pace<'a> {
    pub calendar: &'a WorkCalendar,
    crew: &'a [CrewMember],
    network: &'a Network,
    duration: i64,
    point: PointRest,
}

impl<'a> Pace<'a> {
    pub fn of(network: &'a Network, node: &'a Node) -> Self {
        let crew = node.rules.as_ref().map_or(&[][..], |rules| &rules.crew);
        Self { calendar: &network.calendars[node.calendar], crew, network, duration: node.duration, point: node.point }
    }

    /// The members' calendars, and their shares of the activity's work.
    fn members(&self, work: i64) -> impl Iterator<Item = (&WorkCalendar, i64)> {
        self.crew
            .iter()
            .map(move |member| (&*self.network.calendars[member.calendar], scaled(member.minutes, work, self.duration)))
    }

    /// Where work may start: the next working time; a point may also rest at the end of working time.
    pub fn rest(&self, at: Moment, work: i64) -> Moment {
        if work == 0 && self.point != PointRest::Start && self.calendar.prev_work_finish(at) == at {
            return at;
        }
        let of_crew = self.members(work).map(|(calendar, _)| calendar.next_work_start(at)).min();
        of_crew.unwrap_or_else(|| self.calendar.next_work_start(at))
    }

    /// Where work may finish: the previous end of working time; a point that begins something may also rest at a start.
    pub fn rest_back(&self, at: Moment, work: i64, begins: bool) -> Moment {
        if work == 0 && begins && self.calendar.next_work_start(at) == at {
            return at;
        }
        let of_crew = self.members(work).map(|(calendar, _)| calendar.prev_work_finish(at)).max();
        of_crew.unwrap_or_else(|| self.calendar.prev_work_finish(at))
    }

    /// True where a point rests at a start of working time rather than at its end.
    pub fn begins(&self, early_start: Moment, work: i64) -> bool {
        work > 0 || self.point == PointRest::Start || self.calendar.next_work_start(early_start) == early_start
    }

    /// Where work ends that starts then.
    pub fn finish_of(&self, start: Moment, work: i64) -> Moment {
        self.members(work)
            .map(|(calendar, minutes)| calendar.add(start, minutes))
            .max()
            .unwrap_or_else(|| self.calendar.add(start, work))
    }

    /// Where work starts that ends then.
    pub fn start_of(&self, finish: Moment, work: i64) -> Moment {
        self.members(work)
            .map(|(calendar, minutes)| calendar.sub(finish, minutes))
            .min()
            .unwrap_or_else(|| self.calendar.sub(finish, work))
    }
}

/// A member's minutes when so much of the activity's duration is left.
fn scaled(minutes: i64, work: i64, duration: i64) -> i64 {
    if work == duration || duration == 0 {
        return if work == 0 { 0 } else { minutes };
    }
    let product = i128::from(minutes) * i128::from(work);
    i64::try_from((product + i128::from(duration) / 2) / i128::from(duration)).unwrap_or(i64::MAX)
}

/// A moment beyond all calendars, on the side of a sum of work.
pub fn horizon(work: i64) -> Moment {
    Moment(if work < 0 { -HORIZON_MINUTES } else { 3 * HORIZON_MINUTES })
}
