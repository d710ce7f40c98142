//! Dependencies: both ends resolved, links on summary rows expanded, duplicates and circles left out.

use crate::base::finding::Code;
use crate::base::id::InitiativeId;
use crate::base::span::Span;
use crate::model::activity::{Activity, ActivityIndex, ActivityType, Dependency, LagCalendar, LinkType};
use crate::model::build::context::{Context, flag};
use crate::model::build::cycles;
use crate::model::build::summaries::Family;
use crate::model::codes;
use crate::model::scheduling::SummaryLinks;
use crate::table::tables::Row;
use std::collections::BTreeSet;

/// The most links that links on summary rows may become, in one portfolio.
pub(super) const MOST_EXPANDED: usize = 200_000;

/// The links of the network, in the order of predecessor, successor and kind; acyclic among activities that are no
/// summaries.
pub(super) fn dependencies(
    context: &mut Context<'_>,
    activities: &[Activity],
    summary_links: &dyn Fn(&InitiativeId) -> SummaryLinks,
) -> Vec<Dependency> {
    let family = Family::of(activities);
    let mut links: Vec<(Dependency, Row<'_>)> = Vec::new();
    let mut given: BTreeSet<(ActivityIndex, ActivityIndex, LinkType)> = BTreeSet::new();
    for row in context.rows("Dependencies") {
        let Some(link) = dependency(context, row) else { continue };
        if link.predecessor == link.successor {
            reject(context, row, codes::LINK_TO_ITSELF, "two different activities", "correct one end, or delete the row");
        } else if given.insert((link.predecessor, link.successor, link.link)) {
            check(context, row, &link, activities);
            links.push((link, row));
        } else {
            reject(
                context,
                row,
                codes::LINK_TWICE,
                "one row for each pair and type of link",
                "delete one; only the first counts",
            );
        }
    }
    let links = without_summaries(context, links, activities, &family, summary_links);
    let expanded = expand(context, links, activities, &family);
    cycles::without_cycles(context, expanded, activities)
}

fn dependency(context: &mut Context<'_>, row: Row<'_>) -> Option<Dependency> {
    let home = context.initiative(row, "initiative").or_else(|| other_home(context, row));
    let predecessor = context.activity(row, "predecessor", home.as_ref());
    let successor = context.activity(row, "successor", home.as_ref());
    Some(Dependency {
        predecessor: predecessor?,
        successor: successor?,
        link: link_type(row),
        lag: row.span("lag").unwrap_or(Span::ZERO),
        lag_calendar: lag_calendar(row),
        external: row.text("boundary") == Some("external"),
        owner: context.person(row, "owner", true),
        agreed: row.yes("agreed"),
        need_by: row.day("need_by"),
        promised: row.day("promised_date"),
        origin: row.place(),
    })
}

/// Where the row names no initiative but one end is written `INIT/ID`, the other end is looked for there first.
fn other_home(context: &Context<'_>, row: Row<'_>) -> Option<InitiativeId> {
    let mut homes = ["successor", "predecessor"].into_iter().filter_map(|key| {
        let (initiative, _) = row.text(key)?.split_once('/')?;
        context.names(crate::model::build::context::Register::Initiatives)?.find(initiative.trim()).map(InitiativeId::new)
    });
    homes.next()
}

fn link_type(row: Row<'_>) -> LinkType {
    match row.text("type").unwrap_or("FS") {
        "SS" => LinkType::StartToStart,
        "FF" => LinkType::FinishToFinish,
        "SF" => LinkType::StartToFinish,
        _ => LinkType::FinishToStart,
    }
}

fn lag_calendar(row: Row<'_>) -> Option<LagCalendar> {
    Some(match row.text("lag_calendar")? {
        "predecessor" => LagCalendar::Predecessor,
        "successor" => LagCalendar::Successor,
        "24-hour" => LagCalendar::RoundTheClock,
        _ => LagCalendar::Project,
    })
}

fn reject(context: &mut Context<'_>, row: Row<'_>, code: Code, expected: &str, hint: &str) {
    context.push(flag(row, code, "successor").found(ends(row)).expected(expected).hint(hint));
}

fn ends(row: Row<'_>) -> String {
    format!("{} > {}", row.text("predecessor").unwrap_or("?"), row.text("successor").unwrap_or("?"))
}

/// What is worth a look on a link that is used.
fn check(context: &mut Context<'_>, row: Row<'_>, link: &Dependency, activities: &[Activity]) {
    if link.need_by.zip(link.promised).is_some_and(|(need, promised)| promised > need) {
        let finding = flag(row, codes::PROMISED_TOO_LATE, "promised_date")
            .expected(format!("on or before the need-by date {}", link.need_by.unwrap_or_default()));
        context.push(finding.hint("agree an earlier date, or move what needs it"));
    }
    if link.agreed == Some(false) {
        let finding = flag(row, codes::LINK_NOT_AGREED, "agreed").expected("both sides to agree on give and get");
        context.push(finding.hint("settle it with the owner of the other side"));
    }
    if link.lag.is_negative() {
        let finding =
            flag(row, codes::NEGATIVE_LAG, "lag").expected("no lead: a successor that does not start before its reason");
        context.push(finding.hint("split the predecessor, or link from the part that matters"));
    }
    let touches_summary = [link.predecessor, link.successor].iter().any(|end| activities[end.0].kind == ActivityType::Summary);
    if link.link == LinkType::StartToFinish && !touches_summary {
        let finding = flag(row, codes::START_TO_FINISH, "type").expected("FS, SS or FF in all but rare cases");
        context.push(finding.hint("check that the ends are not swapped"));
    }
}

/// Leaves out links on summary rows where the rules of the successor's initiative say so.
fn without_summaries<'t>(
    context: &mut Context<'_>,
    mut links: Vec<(Dependency, Row<'t>)>,
    activities: &[Activity],
    family: &Family,
    summary_links: &dyn Fn(&InitiativeId) -> SummaryLinks,
) -> Vec<(Dependency, Row<'t>)> {
    links.retain(|(link, row)| {
        let on_summary = family.is_summary(link.predecessor) || family.is_summary(link.successor);
        let rejected = on_summary && summary_links(&activities[link.successor.0].key.initiative) == SummaryLinks::Reject;
        if rejected {
            let hint = "link the activities below it, or set summary_links = \"expand\"; left out until then";
            reject(context, *row, codes::LINK_INSIDE_SUMMARY, "links between activities: summary_links is \"reject\"", hint);
        }
        !rejected
    });
    links
}

/// Replaces links on summary rows by links on the work below them.
fn expand<'t>(
    context: &mut Context<'_>,
    links: Vec<(Dependency, Row<'t>)>,
    activities: &[Activity],
    family: &Family,
) -> Vec<(Dependency, Row<'t>)> {
    let mut expanded: Vec<(Dependency, Row<'t>)> = Vec::with_capacity(links.len());
    let mut made = 0;
    for (link, row) in links {
        if !family.is_summary(link.predecessor) && !family.is_summary(link.successor) {
            expanded.push((link, row));
            continue;
        }
        if family.is_above(link.predecessor, link.successor) || family.is_above(link.successor, link.predecessor) {
            reject(
                context,
                row,
                codes::LINK_INSIDE_SUMMARY,
                "ends that do not contain each other",
                "delete the row; left out until then",
            );
            continue;
        }
        let pairs = family.pairs(activities, &link);
        made += pairs.len();
        if made > MOST_EXPANDED || pairs.is_empty() {
            let expected = if pairs.is_empty() { "a summary row with work below it" } else { "fewer links on summary rows" };
            reject(context, row, codes::LINK_INSIDE_SUMMARY, expected, "link the activities themselves; left out until then");
            continue;
        }
        let finding = flag(row, codes::LINK_ON_SUMMARY, "successor").found(ends(row)).expected("links between activities");
        context.push(
            finding.hint(format!("it was read as {} between the activities below; write those instead", count(pairs.len()))),
        );
        expanded.extend(
            pairs.into_iter().map(|(predecessor, successor)| (Dependency { predecessor, successor, ..link.clone() }, row)),
        );
    }
    expanded.sort_by_key(|(link, row)| (link.predecessor, link.successor, link.link, row.index));
    expanded.dedup_by(|(later, _), (first, _)| {
        (later.predecessor, later.successor, later.link, &later.lag)
            == (first.predecessor, first.successor, first.link, &first.lag)
    });
    expanded
}

fn count(links: usize) -> String {
    if links == 1 { "1 link".into() } else { format!("{links} links") }
}
