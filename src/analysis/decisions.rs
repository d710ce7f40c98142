//! Decisions that are needed: open ones by the date they are needed by, and how long they have waited.

use crate::analysis::codes;
use crate::base::day::Day;
use crate::base::finding::Findings;
use crate::base::id::{DecisionId, InitiativeId};
use crate::model::governance::{Decision, DecisionStatus};
use crate::model::portfolio::Portfolio;

/// Days ahead within which a decision is due soon.
pub const SOON_DAYS: i64 = 30;

/// The decisions that somebody must take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionsNeeded {
    /// Open decisions, by the date they are needed by (none last), then by id.
    pub open: Vec<DecisionNeeded>,
    /// Deferred decisions whose review date has come, by that date, then by id.
    pub review_due: Vec<DecisionId>,
    /// Open ones that were needed before the as-of date.
    pub overdue: usize,
    /// Open ones needed within [`SOON_DAYS`] days from the as-of date.
    pub due_soon: usize,
    /// Number of decisions taken.
    pub decided: usize,
    /// Number put off.
    pub deferred: usize,
    /// Number taken back.
    pub reversed: usize,
}

/// An open decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionNeeded {
    /// Which.
    pub decision: DecisionId,
    /// The initiative concerned.
    pub initiative: Option<InitiativeId>,
    /// Calendar days since it was raised.
    pub age_days: i64,
    /// The date it is needed by.
    pub needed_by: Option<Day>,
    /// Calendar days until then; negative where it is overdue.
    pub days_left: Option<i64>,
}

impl DecisionNeeded {
    /// True where it was needed before the as-of date.
    #[must_use]
    pub fn is_overdue(&self) -> bool {
        self.days_left.is_some_and(|days| days < 0)
    }
}

/// Works out the decisions needed.
#[must_use]
pub fn decisions_needed(portfolio: &Portfolio) -> (DecisionsNeeded, Findings) {
    let as_of = portfolio.settings.as_of.day();
    let with = |status| portfolio.decisions.iter().filter(move |decision| decision.status == status);
    let mut open: Vec<DecisionNeeded> = with(DecisionStatus::Open).map(|decision| needed(decision, as_of)).collect();
    open.sort_by_key(|decision| (decision.needed_by.is_none(), decision.needed_by, decision.decision.clone()));
    let mut review: Vec<(Day, &DecisionId)> = with(DecisionStatus::Deferred)
        .filter_map(|decision| Some((decision.review_date?, &decision.id)))
        .filter(|(day, _)| *day <= as_of)
        .collect();
    review.sort();
    let result = DecisionsNeeded {
        review_due: review.into_iter().map(|(_, id)| id.clone()).collect(),
        overdue: open.iter().filter(|decision| decision.is_overdue()).count(),
        due_soon: open.iter().filter(|decision| decision.days_left.is_some_and(|days| (0..=SOON_DAYS).contains(&days))).count(),
        decided: with(DecisionStatus::Decided).count(),
        deferred: with(DecisionStatus::Deferred).count(),
        reversed: with(DecisionStatus::Reversed).count(),
        open,
    };
    let findings = findings(portfolio, &result);
    (result, findings)
}

fn needed(decision: &Decision, as_of: Day) -> DecisionNeeded {
    DecisionNeeded {
        decision: decision.id.clone(),
        initiative: decision.initiative.clone(),
        age_days: (as_of - decision.raised).num_days(),
        needed_by: decision.needed_by,
        days_left: decision.needed_by.map(|day| (day - as_of).num_days()),
    }
}

fn findings(portfolio: &Portfolio, result: &DecisionsNeeded) -> Findings {
    let mut findings = Findings::new();
    for open in result.open.iter().filter(|decision| decision.is_overdue()) {
        let Some(decision) = portfolio.decisions.iter().find(|decision| decision.id == open.decision) else { continue };
        let needed = open.needed_by.map(|day| day.to_string()).unwrap_or_default();
        let finding = codes::DECISION_OVERDUE
            .at(decision.origin.clone())
            .field("Decisions", "Needed by")
            .found(format!("{}, {needed}", open.decision));
        findings.push(finding.expected("a decision by then").hint("Take it, defer it with a review date, or move the date."));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::{TestTables, told};

    #[test]
    fn open_decisions_come_by_need() {
        let (portfolio, _) = TestTables::new()
            .with(
                "Decisions",
                "Decision ID | Title | Date raised | Needed by | Review date | Status",
                &[
                    "D1 | a | 2026-10-01 | | | open",
                    "D2 | b | 2026-09-01 | 2026-11-30 | |",
                    "D3 | c | 2026-09-01 | 2026-10-15 | | open",
                    "D4 | d | 2026-09-01 | 2026-12-01 | | open",
                    "D5 | e | 2026-09-01 | | 2026-10-31 | deferred",
                    "D6 | f | 2026-09-01 | 2026-09-02 | | decided",
                ],
            )
            .build("2026-10-31");
        let (decisions, findings) = decisions_needed(&portfolio);
        let order: Vec<_> = decisions.open.iter().map(|open| (open.decision.as_str(), open.age_days, open.days_left)).collect();
        assert_eq!(order, [("D3", 60, Some(-16)), ("D2", 60, Some(30)), ("D4", 60, Some(31)), ("D1", 30, None)]);
        assert_eq!((decisions.overdue, decisions.due_soon, decisions.decided, decisions.deferred), (1, 1, 1, 1));
        assert_eq!(decisions.review_due.len(), 1);
        assert_eq!(told(&findings), ["A104 Decisions 4:4: D3, 2026-10-15"]);
    }
}
