//! The few things that decide whether the plan delivers, in words with their figures, all from the run's results.

use super::more;
use crate::analysis::baselines::InitiativeComparison;
use crate::analysis::interdependency::{CrossLink, LinkHealth};
use crate::analysis::words::{count, days};
use crate::base::day::Moment;
use crate::model::initiative::Rag;
use crate::report::book::{Link, Table};
use crate::report::master_execution_plan::outline::Outline;
use crate::report::master_execution_plan::{initiatives, interdependency};
use crate::report::parts::message;
pub use crate::report::parts::message::Message;
use crate::report::parts::words;

/// Most messages.
const MOST: usize = 5;

/// The messages, worst first.
#[must_use]
pub fn table(outline: &Outline<'_>) -> Table {
    message::table(messages(outline), "Limit", "Nothing stands out: finishes, hand-overs and buffers are within their limits.")
}

fn messages(outline: &Outline<'_>) -> Vec<Message> {
    let mut all: Vec<Message> = finishes(outline);
    let others = [
        handover(outline),
        more::buffer(outline),
        more::gate(outline),
        more::bottleneck(outline),
        more::owners(outline),
        more::health(outline),
    ];
    all.extend(others.into_iter().flatten());
    all.sort_by_key(|message| message.rag);
    all.truncate(MOST);
    all
}

pub fn to_table(table: &str) -> Link {
    Link::Table { table: table.into(), row: None }
}

pub fn written(at: Option<Moment>) -> String {
    at.map_or_else(String::new, |at| words::day(at.finish_day()))
}

/// Parts as sentences, each with a capital and a full stop.
pub fn sentences(parts: Vec<String>) -> String {
    let sentence = |part: String| {
        let mut letters = part.trim_end_matches('.').chars();
        letters.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
    };
    parts.into_iter().filter(|part| !part.is_empty()).map(sentence).collect::<Vec<_>>().join(" ")
}

/// The initiative that misses its must-finish-by date by most, and the one that finishes latest against its baseline.
fn finishes(outline: &Outline<'_>) -> Vec<Message> {
    let comparison = &outline.context.input.analyses.baseline_comparison.initiatives;
    let missed = |each: &&InitiativeComparison| {
        let by = outline.portfolio().initiative(&each.initiative)?.must_finish_by?;
        each.finish.map(|at| (at.finish_day() - by.given_day()).num_days()).filter(|days| *days > 0)
    };
    let worst_missed = comparison.iter().filter(|each| missed(each).is_some()).max_by_key(missed);
    let days = |each: &&InitiativeComparison| each.finish_variance.unwrap_or(0.0);
    let late = comparison.iter().filter(|each| days(each) > 0.0);
    let worst_late = late.max_by(|a, b| days(a).total_cmp(&days(b)));
    let same = worst_missed.zip(worst_late).is_some_and(|(a, b)| a.initiative == b.initiative);
    let all = worst_missed.into_iter().chain(worst_late.filter(|_| !same));
    all.filter_map(|worst| finish(outline, worst)).collect()
}

/// An initiative that finishes late.
fn finish(outline: &Outline<'_>, worst: &InitiativeComparison) -> Option<Message> {
    let comparison = &outline.context.input.analyses.baseline_comparison;
    let many = comparison.initiatives.iter().filter(|each| each.finish_variance.is_some_and(|days| days > 0.0)).count();
    let position = outline.portfolio().initiatives.iter().position(|each| each.id == worst.initiative)?;
    let initiative = &outline.portfolio().initiatives[position];
    let limit = outline.portfolio().settings.thresholds.milestone_red_days;
    let slip = worst.finish_variance?;
    let plan = outline.schedule().initiatives.get(position)?;
    let held = initiatives::holder(outline, plan).map(|index| {
        let at = outline.at(index);
        let by = outline.activity(index).responsible_organisation.as_ref().map_or_else(String::new, |name| format!(" ({name})"));
        format!("{}{by}, forecast {}, holds the finish", outline.context.activity(index), words::day(at.finish.finish_day()))
    });
    let missed = initiative.must_finish_by.zip(worst.finish).filter(|(by, at)| at.finish_day() > by.given_day());
    let must = missed.map(|(by, _)| format!("it misses {}, the date that it must finish by", words::day(by.given_day())));
    let others =
        if many > 1 { format!("{many} of {} initiatives finish late", comparison.initiatives.len()) } else { String::new() };
    #[expect(clippy::cast_precision_loss, reason = "a limit in days is small")]
    let rag = if slip >= limit as f64 { Rag::Red } else { Rag::Amber };
    Some(Message {
        topic: "Finish",
        place: format!("{} {}", initiative.id, initiative.name),
        rag,
        figures: [written(worst.finish), written(worst.baseline_finish), format!("+{slip:.0} days"), format!("{limit} days")],
        what: sentences(vec![
            format!("finishes {} after its baseline", days(slip).replace("day", "working day")),
            must.unwrap_or_default(),
        ]),
        why: sentences(vec![held.unwrap_or_default(), others]),
        owner: outline.context.person(initiative.owner.as_ref()),
        link: to_table(initiatives::TABLE),
    })
}

/// The worst hand-over between initiatives.
fn handover(outline: &Outline<'_>) -> Option<Message> {
    let links = &outline.context.input.analyses.interdependencies.links;
    let open = |status: LinkHealth| links.iter().filter(move |link| link.status == status);
    let least = |a: &&CrossLink, b: &&CrossLink| a.float.unwrap_or(0).cmp(&b.float.unwrap_or(0));
    let worst = open(LinkHealth::Late).min_by(least).or_else(|| open(LinkHealth::AtRisk).min_by(least))?;
    let spec = &outline.portfolio().dependencies[worst.dependency];
    let (giver, taker) = (outline.activity(spec.predecessor), outline.activity(spec.successor));
    let (late, risk) = (open(LinkHealth::Late).count(), open(LinkHealth::AtRisk).count());
    Some(Message {
        topic: "Hand-over",
        place: format!("{} to {}", giver.key.initiative, taker.key.initiative),
        rag: if worst.status == LinkHealth::Late { Rag::Red } else { Rag::Amber },
        figures: [
            words::day(worst.forecast.finish_day()),
            written(worst.needed),
            worst.float_days.map_or_else(String::new, |days| format!("{days:+.0} days float")),
            worst.promised.map_or_else(String::new, |day| format!("promised {}", words::day(day))),
        ],
        what: sentences(vec![format!("{} {} is handed to {} {}", giver.key, giver.name, taker.key, taker.name)]),
        why: sentences(vec![worst.why.clone(), format!("in all: {} late and {risk} at risk", count(late, "hand-over"))]),
        owner: outline.owner(spec.predecessor),
        link: to_table(interdependency::LINKS),
    })
}
