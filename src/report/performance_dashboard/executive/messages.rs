//! What the board should know: the few things that decide whether the portfolio delivers, in words with their figures.

use crate::analysis::earned_value::Performance;
use crate::analysis::lateness::{self, Finish, LatePromise};
use crate::base::day::Day;
use crate::base::id::InitiativeId;
use crate::model::initiative::Rag;
use crate::report::book::{Kind, Link, Table, Value, show};
use crate::report::parts::message;
pub use crate::report::parts::message::Message;
use crate::report::performance_dashboard::context::{Context, money};
use crate::report::performance_dashboard::{earned_value, milestones};

use super::more;
use rust_decimal::Decimal;

/// Most messages of one kind.
const MOST: usize = 3;

/// The messages.
#[must_use]
pub fn table(context: &Context<'_>) -> Table {
    message::table(messages(context), "Red from", "Nothing stands out: every rating is within its limits.")
}

fn messages(context: &Context<'_>) -> Vec<Message> {
    let mut all = late_initiatives(context);
    all.extend(costly_initiatives(context));
    all.extend(super::money::messages(context));
    all.extend(more::messages(context));
    all.sort_by_key(|message| message.rag);
    all
}

pub fn to_table(table: &str) -> Link {
    Link::Table { table: table.into(), row: None }
}

pub fn written(day: Day) -> String {
    day.format("%d %b %Y").to_string()
}

/// Initiatives whose finish slips by as much as makes a milestone red; the latest first.
fn late_initiatives(context: &Context<'_>) -> Vec<Message> {
    let input = context.input;
    let schedule = &input.analyses.schedules.current;
    let finishes = lateness::finishes(input.portfolio, schedule, &input.analyses.earned_value);
    let promises = lateness::late_promises(input.portfolio, schedule);
    #[expect(clippy::cast_precision_loss, reason = "a limit in days is small")]
    let limit = input.portfolio.settings.thresholds.milestone_red_days as f64;
    let mut late: Vec<&Finish> = finishes.iter().filter(|finish| finish.days_late.is_some_and(|days| days >= limit)).collect();
    late.sort_by(|a, b| b.days_late.unwrap_or(0.0).total_cmp(&a.days_late.unwrap_or(0.0)));
    let held = |finish: &&&Finish| promises.iter().any(|promise| successor_of(context, promise) == finish.initiative);
    let (behind, others): (Vec<&Finish>, Vec<&Finish>) = late.iter().copied().partition(|finish| held(&finish));
    let all = behind.into_iter().chain(others).take(MOST);
    all.map(|finish| late_message(context, finish, &promises)).collect()
}

fn successor_of(context: &Context<'_>, promise: &LatePromise) -> InitiativeId {
    let link = &context.portfolio().dependencies[promise.dependency];
    context.portfolio().activity(link.successor).key.initiative.clone()
}

fn late_message(context: &Context<'_>, finish: &Finish, promises: &[LatePromise]) -> Message {
    let days = finish.days_late.unwrap_or(0.0);
    let date = |at: Option<crate::base::day::Moment>| at.map_or_else(String::new, |at| written(at.finish_day()));
    let promise = promises.iter().find(|promise| successor_of(context, promise) == finish.initiative);
    let mut why: Vec<String> = promise.map(|promise| promised(context, promise)).into_iter().collect();
    why.extend(spoken(context, &finish.initiative, "schedule"));
    let mut what = vec![format!("finishes {days:.0} working days after its baseline")];
    what.extend(missed_deadline(context, &finish.initiative));
    Message {
        topic: "Schedule",
        place: named(context, &finish.initiative),
        rag: Rag::Red,
        figures: [
            date(finish.forecast),
            date(finish.baseline),
            format!("{days:+.0} days"),
            format!("{} days", context.portfolio().settings.thresholds.milestone_red_days),
        ],
        what: sentences(what),
        why: sentences(why),
        owner: owner_of(context, &finish.initiative),
        link: to_table(milestones::TABLE),
    }
}

/// The owner's words on an initiative and a measure for the period; those on the whole of it where there are none.
pub fn spoken(context: &Context<'_>, id: &InitiativeId, measure: &str) -> Option<String> {
    let words = context.words(id, measure).or_else(|| context.words(id, "overall"))?;
    Some(format!("owner: {}", words.trim_end_matches('.')))
}

/// `held by A260 Meter firmware (Voltara): promised 12 Jan 2027, needed by 30 Oct 2026`.
fn promised(context: &Context<'_>, promise: &LatePromise) -> String {
    let link = &context.portfolio().dependencies[promise.dependency];
    let before = context.portfolio().activity(link.predecessor);
    let by = before.responsible_organisation.as_ref().map_or_else(String::new, |name| format!(" ({name})"));
    let critical = context.input.analyses.schedules.current.activity(link.predecessor).on_longest_path;
    let path = if critical { "; it lies on the critical path" } else { "" };
    format!(
        "it waits for {} {}{by}: promised for {}, needed by {}{path}",
        before.key.id,
        before.name,
        written(promise.promised),
        written(promise.need_by)
    )
}

/// The open deadline that is missed by most.
fn missed_deadline(context: &Context<'_>, initiative: &InitiativeId) -> Option<String> {
    let activities = (0..context.portfolio().activities.len()).map(crate::model::activity::ActivityIndex);
    let schedule = &context.input.analyses.schedules.current;
    let missed = activities.filter_map(|index| {
        let activity = context.portfolio().activity(index);
        let at = schedule.activity(index);
        let float = at.total_float_days().filter(|float| *float < 0.0)?;
        (activity.key.initiative == *initiative).then_some((activity.deadline?, float, activity))
    });
    let (deadline, float, activity) = missed.min_by(|a, b| a.1.total_cmp(&b.1))?;
    Some(format!(
        "the deadline {} of {} {} is missed by {:.0} working days",
        written(deadline.given_day()),
        activity.key.id,
        activity.name,
        -float
    ))
}

/// Initiatives whose cost index is red; the worst first.
fn costly_initiatives(context: &Context<'_>) -> Vec<Message> {
    let limit = context.portfolio().settings.thresholds.index_red;
    let results = context.input.analyses.earned_value.initiatives.iter();
    let mut costly: Vec<(f64, &InitiativeId, &Performance)> = results
        .filter_map(|each| {
            let current = each.current()?;
            let index = current.cost.cost_performance_index.ok().filter(|index| *index < limit)?;
            Some((index, &each.initiative, current))
        })
        .collect();
    costly.sort_by(|a, b| a.0.total_cmp(&b.0));
    costly.into_iter().take(MOST).map(|(index, id, current)| cost_message(context, index, id, current)).collect()
}

fn cost_message(context: &Context<'_>, index: f64, id: &InitiativeId, current: &Performance) -> Message {
    let currency = current.base.currency;
    let scale = if current.base.budget_at_completion >= Decimal::from(1_000_000) {
        crate::report::book::Scale::Million
    } else {
        crate::report::book::Scale::Thousand
    };
    let kind = Kind::Money(currency, scale);
    let unit = if scale == crate::report::book::Scale::Million { "m" } else { "k" };
    let amount = |value: Value| match show(&value, &kind) {
        text if text == "n/a" => text,
        text => format!("{currency} {text} {unit}"),
    };
    let (estimate, over) = (current.cost.estimate_at_completion, current.cost.variance_at_completion);
    let what = match (estimate, over) {
        (Ok(estimate), Ok(over)) => format!(
            "at this rate it ends at {}, {} over its budget of {}",
            amount(money(Ok(estimate), currency)),
            amount(money(Ok(-over), currency)),
            amount(money(Ok(current.base.budget_at_completion), currency))
        ),
        _ => String::new(),
    };
    let why = vec![format!("earns {index:.2} of planned work for each {currency} spent")];
    Message {
        topic: "Cost",
        place: named(context, id),
        rag: Rag::Red,
        figures: [
            format!("CPI {index:.2}"),
            "1.00".into(),
            format!("{:+.2}", index - 1.0),
            format!("below {:.2}", context.portfolio().settings.thresholds.index_red),
        ],
        what: sentences(vec![what]),
        why: sentences(why.into_iter().chain(spoken(context, id, "cost")).collect()),
        owner: owner_of(context, id),
        link: to_table(earned_value::TABLE),
    }
}

/// The owner of an initiative.
pub fn owner_of(context: &Context<'_>, id: &InitiativeId) -> String {
    context.person(context.portfolio().initiative(id).and_then(|initiative| initiative.owner.as_ref()))
}

pub fn named(context: &Context<'_>, id: &InitiativeId) -> String {
    format!("{id} {}", context.name_of(id))
}

/// Parts as sentences, each with a capital and a full stop.
pub fn sentences(parts: Vec<String>) -> String {
    let sentence = |part: String| {
        let mut letters = part.chars();
        letters.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
    };
    parts.into_iter().filter(|part| !part.is_empty()).map(sentence).collect::<Vec<_>>().join(" ")
}
