//! Messages from the registers: benefits that leak, people booked twice, risks that happened, decisions that wait.

use super::messages::{Message, named, owner_of, sentences, to_table, written};
use crate::analysis::benefits::BenefitStatus;
use crate::base::money::Money;
use crate::model::benefit::Benefit;
use crate::model::initiative::Rag;
use crate::model::risk::{Issue, Risk, RiskStatus};
use crate::report::book::{Kind, Link, Scale, Value, show};
use crate::report::performance_dashboard::context::Context;
use crate::report::performance_dashboard::{benefits, decisions, people, risks};

/// Most messages of one kind.
const MOST: usize = 3;

/// The messages.
#[must_use]
pub fn messages(context: &Context<'_>) -> Vec<Message> {
    let mut all = leaking_benefits(context);
    all.extend(double_bookings(context));
    all.extend(risks_that_happened(context));
    all.extend(waiting_decisions(context));
    all
}

/// `GBP 0.3 m` or `GBP 120.0 k`.
fn words_of(money: Money) -> String {
    let amount = money.amount();
    let (scale, unit) =
        if amount.abs() >= rust_decimal::Decimal::from(1_000_000) { (Scale::Million, "m") } else { (Scale::Thousand, "k") };
    format!("{} {} {unit}", money.currency, show(&Value::Money(amount), &Kind::Money(money.currency, scale)))
}

/// Benefits whose realisation lies below the red limit; the largest leakage first.
fn leaking_benefits(context: &Context<'_>) -> Vec<Message> {
    let limit = context.portfolio().settings.thresholds.index_red;
    let statuses = &context.input.analyses.benefits.benefits;
    let mut leaking: Vec<(&Benefit, &BenefitStatus, f64)> = context
        .portfolio()
        .benefits
        .iter()
        .zip(statuses)
        .filter_map(|(benefit, status)| Some((benefit, status, realised_share(status)?)))
        .filter(|(_, _, share)| *share < limit)
        .collect();
    leaking.sort_by_key(|(benefit, status, _)| {
        (std::cmp::Reverse(status.counted.leakage.map_or(0, |money| money.minor)), benefit.id.clone())
    });
    leaking.into_iter().take(MOST).map(|(benefit, status, share)| benefit_message(context, benefit, status, share)).collect()
}

/// Realised over the business case, to date; none where nothing was planned.
fn realised_share(status: &BenefitStatus) -> Option<f64> {
    let planned = status.counted.business_case.to_date.ok().filter(|money| money.minor > 0)?;
    let realised = status.counted.realised.to_date.ok()?;
    crate::base::number::ratio(realised.amount(), planned.amount())
}

fn benefit_message(context: &Context<'_>, benefit: &Benefit, status: &BenefitStatus, share: f64) -> Message {
    let counted = &status.counted;
    let money = |value: crate::analysis::measure::Measure<Money>| value.map_or_else(|_| "n/a".to_string(), words_of);
    let limit = context.portfolio().settings.thresholds.index_red;
    let row = context.portfolio().benefits.iter().position(|each| each.id == benefit.id);
    let mut why = vec![format!(
        "business case in full {}, forecast now {}",
        money(counted.business_case.total),
        money(counted.forecast.total)
    )];
    let claimed = counted.claimed.to_date.ok().filter(|claimed| claimed.minor != 0);
    why.extend(claimed.map(|claimed| format!("{} more is claimed without evidence or finance's validation", words_of(claimed))));
    why.extend(super::messages::spoken(context, &benefit.initiative, "benefits"));
    Message {
        topic: "Benefits",
        place: format!("{} {}", benefit.id, benefit.name),
        rag: Rag::Red,
        figures: [
            money(counted.realised.to_date),
            money(counted.business_case.to_date),
            format!("{:+.0}%", (share - 1.0) * 100.0),
            format!("below {:.0}%", limit * 100.0),
        ],
        what: sentences(vec![
            format!("{:.0}% of what the business case promised by now is realised", share * 100.0),
            format!("from {}", named(context, &benefit.initiative)),
        ]),
        why: sentences(why),
        owner: context.person(benefit.owner.as_ref()),
        link: Link::Table { table: benefits::TABLE.into(), row },
    }
}

/// People asked for above capacity by several initiatives: each one's worst period.
fn double_bookings(context: &Context<'_>) -> Vec<Message> {
    let all = &context.input.analyses.resources.over_allocations;
    let mut worst: Vec<&crate::analysis::capacity::OverAllocation> = Vec::new();
    for over in all.iter().filter(|over| over.initiatives.len() > 1) {
        match worst.iter_mut().find(|known| known.resource == over.resource) {
            Some(known) if over.utilisation.unwrap_or(0.0) > known.utilisation.unwrap_or(0.0) => *known = over,
            Some(_) => {}
            None => worst.push(over),
        }
    }
    worst.sort_by(|a, b| b.utilisation.unwrap_or(0.0).total_cmp(&a.utilisation.unwrap_or(0.0)));
    worst.into_iter().take(MOST).map(|over| booking_message(context, over)).collect()
}

fn booking_message(context: &Context<'_>, over: &crate::analysis::capacity::OverAllocation) -> Message {
    let all = &context.input.analyses.resources.over_allocations;
    let row = all.iter().position(|each| each == over);
    let periods = all.iter().filter(|each| each.resource == over.resource).count();
    let fiscal = &context.portfolio().settings.fiscal;
    let found = context.portfolio().resources.iter().find(|resource| resource.id == over.resource);
    let name = found.map_or_else(|| over.resource.to_string(), |resource| resource.name.clone());
    let role = found.and_then(|resource| resource.role.clone()).map_or_else(String::new, |role| format!(" ({role})"));
    let share = over.utilisation.map_or_else(|none| none.to_string(), |share| format!("{:.0}%", share * 100.0));
    let above = over.utilisation.map_or_else(|_| "n/a".into(), |share| format!("{:+.0}%", (share - 1.0) * 100.0));
    let asked: Vec<String> = over.activities.iter().take(3).map(|(activity, _)| context.activity(*activity)).collect();
    let limit = context.portfolio().settings.thresholds.over_allocation;
    Message {
        topic: "People",
        place: format!("{name}{role}"),
        rag: Rag::Red,
        figures: [share, "100%".into(), above, format!("above {:.0}%", limit * 100.0)],
        what: sentences(vec![
            format!("booked above capacity by {} initiatives, worst in {}", over.initiatives.len(), fiscal.label(over.period)),
            format!("{periods} periods are above capacity from now on"),
        ]),
        why: sentences(vec![
            format!("asked for by {}", asked.join("; ")),
            "one of them will wait unless priorities are set".into(),
        ]),
        owner: over.initiatives.iter().map(|id| owner_of(context, id)).collect::<Vec<_>>().join(", "),
        link: Link::Table { table: people::TABLE.into(), row },
    }
}

/// Risks that happened and whose issue is still open.
fn risks_that_happened(context: &Context<'_>) -> Vec<Message> {
    let occurred = context.portfolio().risks.iter().filter(|risk| risk.status == RiskStatus::Occurred);
    let with_issue = occurred.filter_map(|risk| {
        let issue =
            context.portfolio().issues.iter().find(|issue| issue.risk.as_ref() == Some(&risk.id) && risks::is_open(issue))?;
        Some((risk, issue))
    });
    let mut all: Vec<(&Risk, &Issue)> = with_issue.collect();
    all.sort_by_key(|(_, issue)| (issue.severity, issue.id.clone()));
    all.into_iter().take(MOST).map(|(risk, issue)| issue_message(context, risk, issue)).collect()
}

fn issue_message(context: &Context<'_>, risk: &Risk, issue: &Issue) -> Message {
    let row = context.portfolio().issues.iter().position(|each| each.id == issue.id);
    let due = issue.due.map_or_else(|| "no date".into(), written);
    let late = issue.due.map_or_else(String::new, |due| match (context.as_of() - due).num_days() {
        late if late > 0 => format!("{late} days overdue"),
        left => format!("{} days left", -left),
    });
    let mut why: Vec<String> =
        risk.cause.as_ref().map(|cause| format!("cause: {}", cause.trim_end_matches('.'))).into_iter().collect();
    why.extend(risk.effect.as_ref().map(|effect| format!("effect: {}", effect.trim_end_matches('.'))));
    why.extend(issue.escalated_to.as_ref().map(|to| format!("escalated to {to}")));
    Message {
        topic: "Risk to issue",
        place: named(context, &issue.initiative),
        rag: if issue.severity <= 1 { Rag::Red } else { Rag::Amber },
        figures: [format!("severity {}", issue.severity), format!("due {due}"), late, "severity 1".into()],
        what: sentences(vec![format!(
            "risk {} happened and is now issue {}: {}",
            risk.id,
            issue.id,
            issue.title.trim_end_matches('.')
        )]),
        why: sentences(why),
        owner: context.person(issue.owner.as_ref()),
        link: Link::Table { table: risks::ISSUES.into(), row },
    }
}

/// One message for all decisions that are overdue.
fn waiting_decisions(context: &Context<'_>) -> Vec<Message> {
    let needed = &context.input.analyses.decisions;
    let overdue: Vec<&crate::analysis::decisions::DecisionNeeded> = needed.open.iter().filter(|open| open.is_overdue()).collect();
    let Some(oldest) = overdue.first() else { return Vec::new() };
    let title = |id: &crate::base::id::DecisionId| {
        let found = context.portfolio().decisions.iter().find(|decision| decision.id == *id);
        found.map_or_else(|| id.to_string(), |decision| format!("{id} {}", decision.title.trim_end_matches('.')))
    };
    let names: Vec<String> = overdue.iter().take(MOST).map(|open| title(&open.decision)).collect();
    let days = oldest.days_left.map_or(0, |left| -left);
    vec![Message {
        topic: "Decisions",
        place: "Portfolio".into(),
        rag: Rag::Red,
        figures: [
            format!("{} overdue", overdue.len()),
            format!("{} open", needed.open.len()),
            format!("{days} days"),
            "1 day late".into(),
        ],
        what: sentences(vec![format!(
            "{} of {} open decisions are past the date they were needed by",
            overdue.len(),
            needed.open.len()
        )]),
        why: sentences(vec![format!("waiting: {}", names.join("; "))]),
        owner: "the board".into(),
        link: to_table(decisions::TABLE),
    }]
}
