//! Activities whose dates follow the calendars of the resources that work on them.

use super::compile::Plan;
use super::network::CrewMember;
use crate::analysis::codes;
use crate::base::calendar::WorkCalendar;
use crate::base::finding::Findings;
use crate::base::id::ResourceId;
use crate::model::activity::CalendarBasis;
use crate::model::portfolio::Portfolio;
use crate::model::resource::{Assignment, Bearer, Resource, ResourceKind};
use rust_decimal::prelude::ToPrimitive as _;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Who an activity's dates follow.
#[derive(Clone, Debug, Default)]
pub struct Crews {
    /// By activity: calendars, with working minutes where the assignment gives work of its own.
    members: BTreeMap<usize, Vec<Member>>,
}

/// A calendar, and working minutes where the assignment gives work of its own.
type Member = (Arc<WorkCalendar>, Option<i64>);

impl Crews {
    /// The members of an activity's crew; none where its dates follow its own calendar. A member without work of its own
    /// works for the whole duration.
    pub fn of(&self, activity: usize, duration: i64, mut position: impl FnMut(&Arc<WorkCalendar>) -> usize) -> Vec<CrewMember> {
        let members = self.members.get(&activity).map_or(&[][..], Vec::as_slice);
        let mut crew: Vec<CrewMember> = members
            .iter()
            .map(|(calendar, minutes)| CrewMember { calendar: position(calendar), minutes: minutes.unwrap_or(duration) })
            .collect();
        crew.dedup();
        crew
    }
}

/// The crews of all activities that follow their resources' calendars.
pub fn crews(portfolio: &Portfolio, plan: &Plan, findings: &mut Findings) -> Crews {
    let resources: BTreeMap<&ResourceId, &Resource> =
        portfolio.resources.iter().map(|resource| (&resource.id, resource)).collect();
    let mut crews = Crews::default();
    for assignment in &portfolio.assignments {
        let index = assignment.activity.0;
        let activity = portfolio.activity(assignment.activity);
        let follows = activity.calendar_basis != CalendarBasis::Activity && !activity.kind.is_point() && plan.minutes[index] > 0;
        if !follows || !portfolio.schedule_options[plan.group_of[index]].resource_calendars {
            continue;
        }
        let Bearer::Resource(id) = &assignment.bearer else { continue };
        let Some(resource) = resources.get(id).filter(|resource| works_by_the_clock(resource.kind)) else { continue };
        let own = portfolio.calendars.get_or_default(resource.calendar.as_ref());
        let calendar = if activity.calendar_basis == CalendarBasis::Both && activity.calendar.is_some() {
            common_time(portfolio, assignment, own, &plan.calendars[index], findings)
        } else {
            Arc::clone(own)
        };
        crews.members.entry(index).or_default().push((calendar.clone(), minutes(assignment, &calendar)));
    }
    for (index, members) in &mut crews.members {
        members.sort_by(|a, b| (a.0.id(), a.1).cmp(&(b.0.id(), b.1)));
        if portfolio.activities[*index].calendar_basis == CalendarBasis::Both {
            *members = vec![(united(members), None)];
        }
    }
    crews
}

/// The time that any member works: what Microsoft Project walks an activity's duration on.
fn united(members: &[Member]) -> Arc<WorkCalendar> {
    let mut calendars: Vec<&Arc<WorkCalendar>> = members.iter().map(|(calendar, _)| calendar).collect();
    calendars.dedup_by_key(|calendar| calendar.id());
    let first = Arc::clone(calendars[0]);
    calendars[1..].iter().fold(first, |united, calendar| Arc::new(united.unite(calendar)))
}

/// People and machines have hours; materials and money do not.
const fn works_by_the_clock(kind: ResourceKind) -> bool {
    matches!(kind, ResourceKind::Human | ResourceKind::Technology | ResourceKind::Physical | ResourceKind::External)
}

/// Time that the activity and the resource both work; the resource's own where there is none (a finding).
fn common_time(
    portfolio: &Portfolio,
    assignment: &Assignment,
    own: &Arc<WorkCalendar>,
    of_activity: &Arc<WorkCalendar>,
    findings: &mut Findings,
) -> Arc<WorkCalendar> {
    if own.id() == of_activity.id() {
        return Arc::clone(own);
    }
    own.intersect(of_activity).map_or_else(
        |_| {
            let finding = codes::NO_COMMON_TIME.at(assignment.origin.clone()).field("Assignments", "Resource");
            let activity = &portfolio.activity(assignment.activity).key;
            findings.push(
                finding
                    .found(format!("{activity} on calendar {} and its resource on {}", of_activity.id(), own.id()))
                    .expected("calendars that share some working time")
                    .hint("Give one of them other hours. The resource's calendar is used until then."),
            );
            Arc::clone(own)
        },
        Arc::new,
    )
}

/// Working minutes that an assignment's own work takes at its units; none where it gives no work.
fn minutes(assignment: &Assignment, calendar: &WorkCalendar) -> Option<i64> {
    let work = assignment.work.as_ref()?.minutes(calendar)?;
    let units = rust_decimal::Decimal::try_from(assignment.units?).ok().filter(|units| !units.is_zero())?;
    let minutes = rust_decimal::Decimal::from(work).checked_div(units)?;
    crate::base::number::round(minutes, 0).to_i64().filter(|minutes| *minutes > 0)
}
