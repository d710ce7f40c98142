//! Who owns what, due when: unfinished activities, points, deliverables not accepted and decisions not taken.
//!
//! Promises: an item is due on its deadline or due date, else on its baseline finish, else when the forecast says; overdue
//! is what was due before the as-of date; days are calendar days. Nobody is made an owner: what names none is listed so.

use crate::analysis::commitments::Commitments;
use crate::analysis::schedule::{ActivityState, Schedule, ScheduledActivity};
use crate::base::day::{Day, Moment};
use crate::base::id::{DecisionId, DeliverableId, InitiativeId, PersonId};
use crate::model::activity::{ActivityIndex, ActivityType};
use crate::model::governance::{Decision, DecisionStatus};
use crate::model::initiative::{Deliverable, Person};
use crate::model::portfolio::Portfolio;
use std::collections::{BTreeMap, BTreeSet};

/// What is due within so many calendar days counts as due soon.
pub const DUE_SOON_DAYS: i64 = 30;

/// Open items and their owners.
#[derive(Clone, Debug)]
pub struct Accountability {
    /// By due date (none last), then kind and id.
    pub items: Vec<AccountableItem>,
    /// By owner as in People; last, what nobody owns, where there is any.
    pub owners: Vec<OwnerLoad>,
}

/// What an item is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// An activity with work left, a buffer or a hammock included.
    Activity(ActivityIndex),
    /// A milestone, gate, review point or celebration not reached.
    Point(ActivityIndex),
    /// A deliverable not accepted.
    Deliverable(DeliverableId),
    /// A decision open or put off.
    Decision(DecisionId),
}

/// Where a due date comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueFrom {
    /// Its own deadline or due date.
    Given,
    /// The baseline finish.
    Baseline,
    /// The forecast finish: nobody has committed to a date.
    Forecast,
    /// Nothing gives a date.
    Nothing,
}

/// Whether there is somebody to answer for an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnerState {
    /// Yes.
    Here,
    /// The owner's last day was before the as-of date.
    HasLeft(Day),
    /// The owner's first day is after the as-of date.
    NotHereYet(Day),
    /// Nobody is named.
    Nobody,
}

/// Something somebody has to bring about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountableItem {
    /// What.
    pub kind: ItemKind,
    /// Its id as people write it: `I1/A10`, `DEC-014`.
    pub id: String,
    /// Name or title.
    pub name: String,
    /// The initiative it belongs to.
    pub initiative: Option<InitiativeId>,
    /// Owner; of a decision, the person who is to take it.
    pub owner: Option<PersonId>,
    /// Whether there is somebody.
    pub owner_state: OwnerState,
    /// Due.
    pub due: Option<Day>,
    /// Where the due date comes from.
    pub due_from: DueFrom,
    /// When the schedule says that it will be done.
    pub forecast: Option<Day>,
    /// Begun or not; none for decisions and for deliverables without an activity.
    pub state: Option<ActivityState>,
    /// Calendar days since it was due, where it was due before the as-of date.
    pub days_overdue: Option<i64>,
    /// Calendar days from the due date to the forecast; negative where it will be early.
    pub days_late: Option<i64>,
}

/// What one owner has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnerLoad {
    /// Who; none for what nobody owns.
    pub owner: Option<PersonId>,
    /// Whether there is somebody.
    pub owner_state: OwnerState,
    /// Open items.
    pub open: usize,
    /// Of those, due before the as-of date.
    pub overdue: usize,
    /// Due from the as-of date to [`DUE_SOON_DAYS`] days after it.
    pub due_soon: usize,
    /// Forecast later than due.
    pub late: usize,
    /// Initiatives that the items belong to.
    pub initiatives: usize,
    /// The next item not overdue: a position in [`Accountability::items`].
    pub next: Option<usize>,
}

/// Who owns what at the as-of date.
#[must_use]
pub fn accountability(portfolio: &Portfolio, schedule: &Schedule, commitments: &Commitments) -> Accountability {
    let roster = Roster::of(portfolio);
    let activities = schedule.activities.iter().filter(|activity| is_open(activity));
    let mut facts: Vec<Facts> = activities.map(|each| of_activity(portfolio, each, commitments)).collect();
    let deliverables = portfolio.deliverables.iter().filter(|deliverable| deliverable.accepted_on.is_none());
    facts.extend(deliverables.map(|each| of_deliverable(schedule, each, commitments)));
    let waiting = |decision: &&Decision| matches!(decision.status, DecisionStatus::Open | DecisionStatus::Deferred);
    facts.extend(portfolio.decisions.iter().filter(waiting).map(of_decision));
    let mut items: Vec<AccountableItem> = facts.into_iter().map(|facts| roster.item(facts)).collect();
    items.sort_by(|a, b| (a.due.is_none(), a.due, &a.kind).cmp(&(b.due.is_none(), b.due, &b.kind)));
    Accountability { owners: roster.owners(&items), items }
}

/// True for what somebody still has to do: neither finished nor a summary row.
fn is_open(activity: &ScheduledActivity) -> bool {
    activity.state != ActivityState::Complete && activity.kind != ActivityType::Summary
}

/// What is known before an item's lateness is worked out.
struct Facts {
    kind: ItemKind,
    id: String,
    name: String,
    initiative: Option<InitiativeId>,
    owner: Option<PersonId>,
    due: (Option<Day>, DueFrom),
    forecast: Option<Day>,
    state: Option<ActivityState>,
}

fn of_activity(portfolio: &Portfolio, scheduled: &ScheduledActivity, commitments: &Commitments) -> Facts {
    let activity = portfolio.activity(scheduled.activity);
    let kind = if scheduled.kind.is_point() { ItemKind::Point } else { ItemKind::Activity };
    let forecast = scheduled.finish.finish_day();
    let deadline = activity.deadline.map(Moment::given_day);
    Facts {
        kind: kind(scheduled.activity),
        id: activity.key.to_string(),
        name: activity.name.clone(),
        initiative: Some(activity.key.initiative.clone()),
        owner: activity.owner.clone(),
        due: due(deadline, scheduled.activity, commitments, Some(forecast)),
        forecast: Some(forecast),
        state: Some(scheduled.state),
    }
}

fn due(given: Option<Day>, of: ActivityIndex, commitments: &Commitments, forecast: Option<Day>) -> (Option<Day>, DueFrom) {
    let baseline = || commitments.of_activity(of).map(|(_, finish)| (Some(finish.finish_day()), DueFrom::Baseline));
    let own = given.map(|day| (Some(day), DueFrom::Given));
    own.or_else(baseline).unwrap_or((forecast, if forecast.is_some() { DueFrom::Forecast } else { DueFrom::Nothing }))
}

fn of_deliverable(schedule: &Schedule, deliverable: &Deliverable, commitments: &Commitments) -> Facts {
    let made_by = deliverable.activity.map(|activity| schedule.activity(activity));
    let forecast = made_by.map(|activity| activity.finish.finish_day());
    let due_date = match deliverable.activity {
        Some(activity) => due(deliverable.due, activity, commitments, forecast),
        None => (deliverable.due, if deliverable.due.is_some() { DueFrom::Given } else { DueFrom::Nothing }),
    };
    Facts {
        kind: ItemKind::Deliverable(deliverable.id.clone()),
        id: deliverable.id.to_string(),
        name: deliverable.name.clone(),
        initiative: Some(deliverable.initiative.clone()),
        owner: deliverable.owner.clone(),
        due: due_date,
        forecast,
        state: made_by.map(|activity| activity.state),
    }
}

fn of_decision(decision: &Decision) -> Facts {
    let review = decision.review_date.filter(|_| decision.status == DecisionStatus::Deferred);
    let due = review.or(decision.needed_by);
    Facts {
        kind: ItemKind::Decision(decision.id.clone()),
        id: decision.id.to_string(),
        name: decision.title.clone(),
        initiative: decision.initiative.clone(),
        owner: decision.made_by.clone(),
        due: (due, if due.is_some() { DueFrom::Given } else { DueFrom::Nothing }),
        forecast: None,
        state: None,
    }
}

/// People in their order, and the day it is.
struct Roster<'a> {
    as_of: Day,
    people: BTreeMap<&'a PersonId, (usize, &'a Person)>,
}

impl<'a> Roster<'a> {
    fn of(portfolio: &'a Portfolio) -> Self {
        let people = portfolio.people.iter().enumerate().map(|(position, person)| (&person.id, (position, person)));
        Self { as_of: portfolio.settings.as_of.day(), people: people.collect() }
    }

    fn item(&self, facts: Facts) -> AccountableItem {
        let (due, due_from) = facts.due;
        AccountableItem {
            owner_state: self.state_of(facts.owner.as_ref()),
            days_overdue: due.map(|due| (self.as_of - due).num_days()).filter(|days| *days > 0),
            days_late: due.zip(facts.forecast).map(|(due, forecast)| (forecast - due).num_days()),
            kind: facts.kind,
            id: facts.id,
            name: facts.name,
            initiative: facts.initiative,
            owner: facts.owner,
            due,
            due_from,
            forecast: facts.forecast,
            state: facts.state,
        }
    }

    fn state_of(&self, owner: Option<&PersonId>) -> OwnerState {
        let Some(owner) = owner else { return OwnerState::Nobody };
        let person = self.people.get(owner).map(|(_, person)| *person);
        let left = person.and_then(|person| person.to).filter(|last| *last < self.as_of);
        let coming = person.and_then(|person| person.from).filter(|first| *first > self.as_of);
        match (left, coming) {
            (Some(last), _) => OwnerState::HasLeft(last),
            (None, Some(first)) => OwnerState::NotHereYet(first),
            (None, None) => OwnerState::Here,
        }
    }

    fn owners(&self, items: &[AccountableItem]) -> Vec<OwnerLoad> {
        let mut owned: BTreeMap<(usize, Option<&PersonId>), Vec<usize>> = BTreeMap::new();
        for (position, item) in items.iter().enumerate() {
            let owner = item.owner.as_ref();
            let rank = owner.map_or(usize::MAX, |owner| self.people.get(owner).map_or(self.people.len(), |(rank, _)| *rank));
            owned.entry((rank, owner)).or_default().push(position);
        }
        owned.into_iter().map(|((_, owner), of_owner)| self.load(items, owner, &of_owner)).collect()
    }

    fn load(&self, items: &[AccountableItem], owner: Option<&PersonId>, owned: &[usize]) -> OwnerLoad {
        let with = |test: &dyn Fn(&AccountableItem) -> bool| owned.iter().filter(|&&at| test(&items[at])).count();
        let days_ahead = |item: &AccountableItem| item.due.map(|due| (due - self.as_of).num_days());
        let initiatives: BTreeSet<&InitiativeId> = owned.iter().filter_map(|&at| items[at].initiative.as_ref()).collect();
        OwnerLoad {
            owner: owner.cloned(),
            owner_state: self.state_of(owner),
            open: owned.len(),
            overdue: with(&|item| item.days_overdue.is_some()),
            due_soon: with(&|item| days_ahead(item).is_some_and(|days| (0..=DUE_SOON_DAYS).contains(&days))),
            late: with(&|item| item.days_late.is_some_and(|days| days > 0)),
            initiatives: initiatives.len(),
            next: owned.iter().copied().find(|&at| days_ahead(&items[at]).is_some_and(|days| days >= 0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::model::past::Past;
    use crate::model::testing::{TestTables, day};

    fn sample() -> Accountability {
        let (portfolio, _) = TestTables::new()
            .with("People", "Person ID|Name|From|To", &["P1|Ann||", "P2|Bob||2026-01-31", "P3|Cy|2026-06-01|"])
            .with("Initiatives", "Initiative ID|Name|Start", &["X|One|2026-03-02"])
            .with(
                "Activities",
                "Initiative|Activity ID|WBS|Type|Duration|Owner|Deadline|Baseline start|Baseline finish|Actual start|Actual finish",
                &[
                    "X|A|1|task|10d|P1||2026-02-02|2026-02-13||",
                    "X|B|2|task|5d|P2|2026-03-20|2026-02-02|2026-02-13||",
                    "X|M|3|milestone|0d|||||",
                    "X|D|4|task|5d|P1||2026-02-02|2026-02-06|2026-02-02|2026-02-06",
                ],
            )
            .with("Dependencies", "Initiative|Predecessor|Successor|Type", &["X|A|M|FS"])
            .with(
                "Deliverables",
                "Deliverable ID|Initiative|Name|Activity|Owner|Due date|Accepted on",
                &["L1|X|Manual|A|P1|2026-03-31|", "L2|X|Old|D|P1|2026-02-28|2026-02-20", "L3|X|Loose||P3||"],
            )
            .with(
                "Decisions",
                "Decision ID|Title|Date raised|Needed by|Made by|Review date|Status",
                &["D1|Choose|2026-02-01|2026-02-25|P1||open", "D2|Wait|2026-02-01|2026-02-01||2026-04-01|deferred", "D3|Done|2026-02-01||P1||decided"],
            )
            .build("2026-03-02");
        let (analyses, _) = analyse(&portfolio, &Past::default());
        analyses.accountability
    }

    #[test]
    fn items_are_due_as_promised_and_late_as_forecast() {
        let found = sample();
        let tell = |item: &AccountableItem| (item.id.clone(), item.due, item.due_from, item.days_overdue, item.days_late);
        let told: Vec<_> = found.items.iter().map(tell).collect();
        // At the end of 2 March: A takes 10 working days to 16 March, B 5 to 9 March.
        let expected = [
            ("X/A".to_string(), Some(day("2026-02-13")), DueFrom::Baseline, Some(17), Some(31)),
            ("D1".to_string(), Some(day("2026-02-25")), DueFrom::Given, Some(5), None),
            ("X/M".to_string(), Some(day("2026-03-16")), DueFrom::Forecast, None, Some(0)),
            ("X/B".to_string(), Some(day("2026-03-20")), DueFrom::Given, None, Some(-11)),
            ("L1".to_string(), Some(day("2026-03-31")), DueFrom::Given, None, Some(-15)),
            ("D2".to_string(), Some(day("2026-04-01")), DueFrom::Given, None, None),
            ("L3".to_string(), None, DueFrom::Nothing, None, None),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn owners_come_with_their_load_and_nobody_comes_last() {
        let found = sample();
        let counts = |load: &OwnerLoad| (load.owner_state, load.open, load.overdue, load.due_soon, load.late);
        let told: Vec<_> = found.owners.iter().map(|load| (load.owner.as_ref().map(PersonId::as_str), counts(load))).collect();
        let expected = [
            (Some("P1"), (OwnerState::Here, 3, 2, 1, 1)),
            (Some("P2"), (OwnerState::HasLeft(day("2026-01-31")), 1, 0, 1, 0)),
            (Some("P3"), (OwnerState::NotHereYet(day("2026-06-01")), 1, 0, 0, 0)),
            (None, (OwnerState::Nobody, 2, 0, 2, 0)),
        ];
        assert_eq!(told, expected);
        assert_eq!(found.owners.iter().map(|load| load.open).sum::<usize>(), found.items.len());
        assert_eq!(found.owners[0].next.map(|at| found.items[at].id.as_str()), Some("L1"));
    }
}
