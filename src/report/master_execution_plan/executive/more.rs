//! More messages: buffers, gates, bottlenecks, owners, and how far the schedule can be trusted.

use super::messages::{Message, sentences, to_table, written};
use crate::analysis::accountability::{OwnerLoad, OwnerState};
use crate::analysis::buffers::{Buffer, FeverZone};
use crate::analysis::words::{count, percent};
use crate::base::number;
use crate::model::activity::ActivityType;
use crate::model::initiative::Rag;
use crate::report::book::{Kind, Scale, Value, show};
use crate::report::master_execution_plan::outline::Outline;
use crate::report::master_execution_plan::{accountability, buffers, health as health_page, interdependency, limits, milestones};
use crate::report::parts::context::rounded;

/// The buffer that is used up most for the work done.
pub fn buffer(outline: &Outline<'_>) -> Option<Message> {
    let all = &outline.context.input.analyses.buffers.buffers;
    let zone = |buffer: &&Buffer| buffer.zone.is_ok_and(|zone| zone != FeverZone::Green);
    let excess = |buffer: &Buffer| buffer.consumed_share.unwrap_or(0.0) - buffer.chain_done_share.unwrap_or(0.0);
    let worst = all
        .iter()
        .filter(zone)
        .max_by(|a, b| (a.zone.ok(), excess(a)).partial_cmp(&(b.zone.ok(), excess(b))).unwrap_or(std::cmp::Ordering::Equal))?;
    let red = all.iter().filter(|buffer| buffer.zone == Ok(FeverZone::Red)).count();
    let activity = outline.activity(worst.activity);
    let share = |value: Result<f64, _>| value.map_or_else(|_: crate::analysis::measure::Undefined| "n/a".into(), percent);
    Some(Message {
        topic: "Buffer",
        place: format!("{} {}", activity.key, activity.name),
        rag: if worst.zone == Ok(FeverZone::Red) { Rag::Red } else { Rag::Amber },
        figures: [
            format!("{} used", share(worst.consumed_share)),
            format!("{} done", share(worst.chain_done_share)),
            String::new(),
            "see zones".into(),
        ],
        what: sentences(vec![worst.why.clone()]),
        why: sentences(vec![format!("in all: {} of {} in the red zone", red, count(all.len(), "buffer"))]),
        owner: outline.owner(worst.activity),
        link: to_table(buffers::TABLE),
    })
}

/// The next decision gate that is late, or soon.
pub fn gate(outline: &Outline<'_>) -> Option<Message> {
    let points = &outline.context.input.analyses.framework.points;
    let ahead = || points.iter().filter(|point| !point.is_reached());
    let gate = ahead().find(|point| point.status.kind == ActivityType::DecisionGate)?;
    let until = outline.context.as_of() + chrono::Days::new(u64::try_from(limits::AHEAD_DAYS).unwrap_or(0));
    let late = gate.status.days_late.unwrap_or(0);
    if late <= 0 && gate.status.date.finish_day() > until {
        return None;
    }
    let behind = ahead().filter(|point| point.status.days_late.is_some_and(|days| days > 0)).count();
    let limit = outline.portfolio().settings.thresholds.milestone_red_days;
    let activity = outline.activity(gate.status.activity);
    Some(Message {
        topic: "Gate",
        place: format!("{} {}", activity.key, activity.name),
        rag: if late >= limit { Rag::Red } else { Rag::Amber },
        figures: [
            written(Some(gate.status.date)),
            written(gate.status.baseline),
            format!("{late:+} days"),
            format!("{limit} days"),
        ],
        what: sentences(vec![format!("the next decision gate is forecast for {}", written(Some(gate.status.date)))]),
        why: sentences(vec![
            format!("driven by {}", outline.driven_by(gate.status.activity)),
            format!("{behind} of {} ahead are forecast after their baseline", count(ahead().count(), "point")),
        ]),
        owner: outline.owner(gate.status.activity),
        link: to_table(milestones::TABLE),
    })
}

/// The activity whose slip would move most.
pub fn bottleneck(outline: &Outline<'_>) -> Option<Message> {
    let found = outline.context.input.analyses.interdependencies.bottlenecks.first()?;
    let activity = outline.activity(found.activity);
    let currency = outline.context.currency();
    let moved = found.initiatives_moved.iter().zip(&found.days_moved).map(|(id, days)| format!("{id} by {days:.0}"));
    let money = found.money_moved.ok().map(|amount| {
        let kind = Kind::Money(currency, Scale::Million);
        format!("{currency} {} m of work not yet done moves with it", show(&Value::Money(rounded(amount, currency)), &kind))
    });
    let several = found.initiatives_moved.len() > 1;
    Some(Message {
        topic: "Bottleneck",
        place: format!("{} {}", activity.key, activity.name),
        rag: Rag::Amber,
        figures: [
            count(found.initiatives_moved.len(), "initiative"),
            String::new(),
            format!("{:+.0} days", found.total_days()),
            format!("slip of {}", found.slip_days),
        ],
        what: sentences(vec![format!(
            "a slip of {} working days would move {} working days",
            found.slip_days,
            moved.collect::<Vec<_>>().join(", ")
        )]),
        why: sentences(vec![
            money.unwrap_or_default(),
            if several { "protect it first: no other slip moves more initiatives".into() } else { "protect it first".into() },
        ]),
        owner: outline.owner(found.activity),
        link: to_table(interdependency::BOTTLENECKS),
    })
}

/// The owner with most overdue items; what nobody answers for.
pub fn owners(outline: &Outline<'_>) -> Option<Message> {
    let all = &outline.context.input.analyses.accountability;
    let overdue: usize = all.owners.iter().map(|load| load.overdue).sum();
    let lost: usize = all.owners.iter().filter(|load| load.owner_state != OwnerState::Here).map(|load| load.open).sum();
    let owned = all.owners.iter().filter(|load| load.owner.is_some() && load.overdue > 0);
    let worst: Option<&OwnerLoad> = owned.reduce(|best, load| if load.overdue > best.overdue { load } else { best });
    if overdue + lost == 0 {
        return None;
    }
    let who = worst.map(|load| {
        let name = outline.context.person(load.owner.as_ref());
        format!("{name} carries {} of them, with {} open in all", load.overdue, load.open)
    });
    let nobody = if lost > 0 {
        format!("{} no owner who is here", count(lost, "open item"))
            .replace("items no", "items have no")
            .replace("item no", "item has no")
    } else {
        String::new()
    };
    Some(Message {
        topic: "Owners",
        place: worst.map_or_else(|| "portfolio".into(), |load| outline.context.person(load.owner.as_ref())),
        rag: Rag::Amber,
        figures: [format!("{overdue} overdue"), "none".into(), String::new(), String::new()],
        what: sentences(vec![format!("{} of {} open are overdue", count(overdue, "item"), all.items.len())]),
        why: sentences(vec![who.unwrap_or_default(), nobody]),
        owner: worst.map_or_else(String::new, |load| outline.context.person(load.owner.as_ref())),
        link: to_table(accountability::OWNERS),
    })
}

/// How many of the 14 points fail, and which.
pub fn health(outline: &Outline<'_>) -> Option<Message> {
    let table = &outline.context.input.analyses.schedule_health.portfolio;
    let (passed, judged) = table.passed();
    let failed: Vec<String> = table
        .points
        .iter()
        .filter(|point| point.limit.is_some() && point.passes == Ok(false))
        .map(|point| format!("{} {}", point.number, point.name))
        .collect();
    if failed.is_empty() {
        return None;
    }
    let share = |part: usize, whole: usize| number::from_excel(f64::from(u32::try_from(part * 100 / whole.max(1)).unwrap_or(0)));
    let below_half = share(passed, judged).is_some_and(|share| share < rust_decimal::Decimal::from(50));
    Some(Message {
        topic: "Plan quality",
        place: "portfolio".into(),
        rag: if below_half { Rag::Red } else { Rag::Amber },
        figures: [
            format!("{passed} of {judged}"),
            format!("{judged} of {judged}"),
            format!("-{}", judged - passed),
            String::new(),
        ],
        what: sentences(vec![format!("{} of the DCMA assessment fail", count(failed.len(), "point"))]),
        why: sentences(vec![format!("points {}", failed.join(", ")), "dates are as good as the plan behind them".into()]),
        owner: String::new(),
        link: to_table(health_page::TABLE),
    })
}
