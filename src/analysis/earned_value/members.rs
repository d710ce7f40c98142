//! The scopes of an initiative: which activities and which costs each holds.

use super::actuals::Actuals;
use super::context::{Context, is_below};
use super::series::Place;
use super::views::Scope;
use std::collections::BTreeMap;

/// A scope of an initiative with its activities, in order.
#[derive(Clone, Debug)]
pub struct Member {
    /// Which.
    pub scope: Scope,
    /// What the plan calls it.
    pub title: String,
    /// Parts of the code of a work package.
    pub depth: usize,
    /// True for a work package that holds activities directly.
    pub holds_activities: bool,
    /// True where it holds all work of its initiative.
    pub holds_all: bool,
    /// Its activities that are work.
    pub activities: Vec<usize>,
    /// Where its costs are booked: its activities, and work packages that lie wholly in it.
    pub places: Vec<Place>,
}

impl Member {
    fn named(scope: Scope, activities: Vec<usize>) -> Self {
        Self {
            title: scope.name().to_string(),
            scope,
            depth: 0,
            holds_activities: false,
            holds_all: false,
            activities,
            places: Vec::new(),
        }
    }
}

/// The codes of the work packages that an activity lies in, from the top: the codes above its own; its own where there is
/// none above.
fn packages(code: &str) -> Vec<&str> {
    let next = |code: &str| code.rfind('.');
    let mut above: Vec<&str> = Vec::new();
    let mut end = next(code);
    while let Some(at) = end {
        above.push(&code[..at]);
        end = next(&code[..at]);
    }
    above.reverse();
    if above.is_empty() { vec![code] } else { above }
}

/// Every scope of an initiative: itself, its control accounts and organisations by name, its work packages in the order of
/// the plan. What is booked in none of a kind is held by one of that kind without a name.
pub fn members(context: &Context<'_>, group: usize, actuals: &Actuals) -> Vec<Member> {
    let work: Vec<usize> = context.members[group].iter().copied().filter(|&index| context.is_work(index)).collect();
    let initiative = &context.portfolio.initiatives[group];
    let has_accounts = work.iter().any(|&index| context.activity(index).control_account.is_some());
    let account = |index: usize| match &context.activity(index).control_account {
        Some(account) => account.clone(),
        None if has_accounts => String::new(),
        None => initiative.id.to_string(),
    };
    let organisation = |index: usize| context.activity(index).responsible_organisation.clone().unwrap_or_default();
    let whole =
        Member { title: initiative.name.clone(), ..Member::named(Scope::Initiative(initiative.id.clone()), work.clone()) };
    let kinds = [
        vec![whole],
        by_name(&work, account, Scope::ControlAccount),
        by_name(&work, organisation, Scope::Organisation),
        work_packages(context, group, &work),
    ];
    kinds.into_iter().flat_map(|kind| with_places(context, group, actuals, kind)).collect()
}

fn by_name(work: &[usize], name: impl Fn(usize) -> String, scope: impl Fn(String) -> Scope) -> Vec<Member> {
    let mut names: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for &index in work {
        names.entry(name(index)).or_default().push(index);
    }
    names.into_iter().map(|(name, activities)| Member::named(scope(name), activities)).collect()
}

fn work_packages(context: &Context<'_>, group: usize, work: &[usize]) -> Vec<Member> {
    let mut titles: BTreeMap<&str, &str> = BTreeMap::new();
    for &index in context.members[group].iter().filter(|&&index| !context.is_work(index)) {
        let activity = context.activity(index);
        titles.entry(&activity.wbs).or_insert(&activity.name);
    }
    let mut position: BTreeMap<&str, usize> = BTreeMap::new();
    let mut members: Vec<Member> = Vec::new();
    for &index in work {
        let codes = packages(&context.activity(index).wbs);
        for (level, code) in codes.iter().enumerate() {
            let at = *position.entry(code).or_insert_with(|| {
                let title = titles.get(code).copied().unwrap_or(code).to_string();
                let scope = Scope::WorkPackage((*code).to_string());
                members.push(Member { title, depth: level + 1, ..Member::named(scope, Vec::new()) });
                members.len() - 1
            });
            members[at].activities.push(index);
            members[at].holds_activities |= level + 1 == codes.len();
        }
    }
    members
}

/// Gives the scopes of one kind the places of their costs; what none of them holds goes to the one without a name.
fn with_places(context: &Context<'_>, group: usize, actuals: &Actuals, mut kind: Vec<Member>) -> Vec<Member> {
    let mut scopes: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (position, member) in kind.iter().enumerate() {
        member.activities.iter().for_each(|activity| scopes.entry(*activity).or_default().push(position));
    }
    let all = context.members[group].iter().filter(|&&index| context.is_work(index)).count();
    let whole: Vec<usize> = (0..kind.len()).filter(|&position| kind[position].activities.len() == all).collect();
    for &position in &whole {
        kind[position].holds_all = true;
    }
    let mut rest = Vec::new();
    for place in actuals.own.by_place.keys() {
        let mut holders = match place {
            Place::Initiative => Vec::new(),
            Place::Activity(activity) => scopes.get(activity).cloned().unwrap_or_default(),
            Place::Package(code) => holders(context, group, &kind, &scopes, code),
        };
        holders.extend(&whole);
        holders.sort_unstable();
        holders.dedup();
        for &holder in &holders {
            kind[holder].places.push(place.clone());
        }
        if holders.is_empty() {
            rest.push(place.clone());
        }
    }
    let Some(scope) = kind.first().map(|member| unnamed(&member.scope)).filter(|_| !rest.is_empty()) else { return kind };
    match kind.iter_mut().find(|member| Some(&member.scope) == scope.as_ref()) {
        Some(member) => member.places.extend(rest),
        None => kind.extend(scope.map(|scope| Member { places: rest, depth: 1, ..Member::named(scope, Vec::new()) })),
    }
    kind
}

/// The scope of a kind for what names none; an initiative holds everything.
fn unnamed(scope: &Scope) -> Option<Scope> {
    match scope {
        Scope::WorkPackage(_) => Some(Scope::WorkPackage(String::new())),
        Scope::ControlAccount(_) => Some(Scope::ControlAccount(String::new())),
        Scope::Organisation(_) => Some(Scope::Organisation(String::new())),
        Scope::Initiative(_) | Scope::Portfolio => None,
    }
}

/// The scopes of a kind that a work package lies wholly in.
fn holders(context: &Context<'_>, group: usize, kind: &[Member], scopes: &BTreeMap<usize, Vec<usize>>, code: &str) -> Vec<usize> {
    if let Some(Scope::WorkPackage(_)) = kind.first().map(|member| &member.scope) {
        let above = |member: &Member| matches!(&member.scope, Scope::WorkPackage(own) if is_below(code, own));
        return (0..kind.len()).filter(|&position| above(&kind[position])).collect();
    }
    let mut below = context.below(group, code).filter_map(|activity| scopes.get(&activity));
    let Some(first) = below.next() else { return Vec::new() };
    if below.all(|scopes| scopes == first) { first.clone() } else { Vec::new() }
}
