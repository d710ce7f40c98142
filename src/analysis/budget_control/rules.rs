//! Each change judged by each rule.

use super::authority;
use super::balance::{Balances, Reduced};
use super::corkscrew;
use super::split::{self, SplitSet};
use super::{in_force, is_pending, moves_only};
use crate::analysis::budget_rate;
use crate::analysis::measure::{Measure, Undefined};
use crate::base::money::{Currency, Money};
use crate::model::budget_control::{Approver, BudgetChange, BudgetPlace, ChangeKind, ChangeStatus};
use crate::model::closing::closing_day;
use crate::model::finance::Expenditure;
use crate::model::portfolio::Portfolio;
use rust_decimal::Decimal;

/// A change and what the rules say of it.
#[derive(Clone, Debug, PartialEq)]
pub struct JudgedChange {
    /// Position in [`Portfolio::budget_changes`].
    pub change: usize,
    /// True where it is in the current budget.
    pub in_force: bool,
    /// True where it may still come into force.
    pub pending: bool,
    /// One for each of [`ChangeRule::ALL`], in that order.
    pub verdicts: Vec<Verdict>,
}

impl JudgedChange {
    /// What a rule says of it.
    #[must_use]
    pub fn verdict(&self, rule: ChangeRule) -> Option<&Verdict> {
        self.verdicts.iter().find(|verdict| verdict.rule == rule)
    }

    /// True where no rule is broken; rules that cannot be judged break nothing.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.verdicts.iter().all(|verdict| verdict.holds != Ok(false))
    }
}

/// What a rule says of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The rule.
    pub rule: ChangeRule,
    /// True where it holds; the reason where it cannot be judged.
    pub holds: Measure<bool>,
    /// What it was judged by, in words.
    pub why: String,
}

/// The rules that changes of the budget keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeRule {
    /// It takes from one place and gives to another.
    PlacesDiffer,
    /// What moves budget gives as much as it takes.
    NetsToZero,
    /// The line that it reduces does not fall below nothing.
    LineNotNegative,
    /// Nor below what is spent on it or on order for it.
    LineCoversSpending,
    /// The approver's limit covers it.
    WithinLimit,
    /// Nobody approves what they asked for.
    NotSelfApproved,
    /// It is no part of a change split to stay below a limit.
    NotSplit,
    /// Its periods were open when it was approved.
    PeriodOpen,
    /// Capital becomes operating budget by the highest authority alone.
    CapitalToRevenue,
}

impl ChangeRule {
    /// All, in the order of reports.
    pub const ALL: [Self; 9] = [
        Self::PlacesDiffer,
        Self::NetsToZero,
        Self::LineNotNegative,
        Self::LineCoversSpending,
        Self::WithinLimit,
        Self::NotSelfApproved,
        Self::NotSplit,
        Self::PeriodOpen,
        Self::CapitalToRevenue,
    ];

    /// For a sheet.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::PlacesDiffer => "from differs from to",
            Self::NetsToZero => "nets to zero",
            Self::LineNotNegative => "line not below zero",
            Self::LineCoversSpending => "line covers spent and on order",
            Self::WithinLimit => "within the approver's limit",
            Self::NotSelfApproved => "not self-approved",
            Self::NotSplit => "not split",
            Self::PeriodOpen => "period open",
            Self::CapitalToRevenue => "capital to operating by the highest authority",
        }
    }
}

/// Judges every change by every rule. Changes rejected or withdrawn are not judged.
pub(super) fn judge(portfolio: &Portfolio, balances: &Balances, splits: &[SplitSet]) -> Vec<JudgedChange> {
    let judged = |(at, change): (usize, &BudgetChange)| {
        let (in_force, pending) = (in_force(portfolio, change), is_pending(portfolio, change));
        let case = Case { portfolio, change, at, reduced: balances.at(at), splits };
        let verdict = |rule: ChangeRule| {
            let judgement = if in_force || pending { case.judge(rule) } else { not_applicable("not in force and not proposed") };
            Verdict { rule, holds: judgement.0, why: judgement.1 }
        };
        JudgedChange { change: at, in_force, pending, verdicts: ChangeRule::ALL.into_iter().map(verdict).collect() }
    };
    portfolio.budget_changes.iter().enumerate().map(judged).collect()
}

/// Whether a rule holds, and why.
type Judgement = (Measure<bool>, String);

fn not_applicable(why: &str) -> Judgement {
    (Err(Undefined::NotApplicable), why.to_string())
}

/// A change with what it is judged by.
struct Case<'c> {
    portfolio: &'c Portfolio,
    change: &'c BudgetChange,
    at: usize,
    reduced: Option<&'c Reduced>,
    splits: &'c [SplitSet],
}

impl Case<'_> {
    fn judge(&self, rule: ChangeRule) -> Judgement {
        match rule {
            ChangeRule::PlacesDiffer => self.places_differ(),
            ChangeRule::NetsToZero => self.nets_to_zero(),
            ChangeRule::LineNotNegative => self.line_not_negative(),
            ChangeRule::LineCoversSpending => self.line_covers_spending(),
            ChangeRule::WithinLimit => self.within_limit(),
            ChangeRule::NotSelfApproved => self.not_self_approved(),
            ChangeRule::NotSplit => self.not_split(),
            ChangeRule::PeriodOpen => self.period_open(),
            ChangeRule::CapitalToRevenue => self.capital_to_revenue(),
        }
    }

    fn both(&self) -> Option<(&BudgetPlace, &BudgetPlace)> {
        self.change.from.as_ref().zip(self.change.to.as_ref())
    }

    fn places_differ(&self) -> Judgement {
        let Some((from, to)) = self.both() else { return not_applicable("one side only") };
        let same_but_period = BudgetPlace { period: to.period, ..from.clone() } == *to;
        match (self.change.kind, same_but_period, from.period == to.period) {
            (_, true, true) => (Ok(false), format!("both are {}", place(from))),
            (ChangeKind::Rephase, false, _) => (Ok(false), format!("a re-phasing from {} to {}", place(from), place(to))),
            (ChangeKind::Virement, true, false) => {
                (Ok(false), format!("only the period differs: {} and {}", from.period, to.period))
            }
            _ => (Ok(true), format!("{} to {}", place(from), place(to))),
        }
    }

    fn nets_to_zero(&self) -> Judgement {
        let change = self.change;
        if !moves_only(change.kind) {
            return not_applicable(if change.kind == ChangeKind::Increase { "an increase" } else { "a decrease" });
        }
        let Some((from, to)) = self.both() else {
            return (Ok(false), format!("the {} names one place only", change.kind.word()));
        };
        let reporting = self.portfolio.settings.reporting_currency;
        let side =
            |place: &BudgetPlace| budget_rate::money(self.portfolio, change.amount, (change.currency, reporting), place.period);
        match (corkscrew::difference(self.portfolio, change), side(from), side(to)) {
            (Ok(left), Ok(takes), Ok(gives)) => {
                let nets = Money::rounded(left, reporting).is_ok_and(|left| left.minor == 0);
                (Ok(nets), format!("takes {takes}, gives {gives}"))
            }
            (Err(why), _, _) | (_, Err(why), _) | (_, _, Err(why)) => (Err(why), format!("in {reporting}: {}", why.reason())),
        }
    }

    fn line_not_negative(&self) -> Judgement {
        let Some(reduced) = self.reduced else { return not_applicable("no line is reduced") };
        let shown = |amount| shown(amount, reduced.currency);
        match (reduced.before, reduced.after) {
            (Ok(before), Ok(after)) => (Ok(after >= Decimal::ZERO), format!("{} before, {} after", shown(before), shown(after))),
            (Err(why), _) | (_, Err(why)) => (Err(why), why.reason().into()),
        }
    }

    fn line_covers_spending(&self) -> Judgement {
        let Some(reduced) = self.reduced else { return not_applicable("no line is reduced") };
        if !reduced.last {
            return not_applicable("a later change reduces the same line");
        }
        let used = || reduced.spent?.amount().checked_add(reduced.on_order?.amount()).ok_or(Undefined::TooLarge);
        let (used, now) = match (used(), reduced.now) {
            (Ok(used), Ok(now)) => (used, now),
            (Err(why), _) | (_, Err(why)) => return (Err(why), why.reason().into()),
        };
        let part = |money: Measure<Money>| money.map_or_else(|why| why.to_string(), |money| money.to_string());
        let why = format!(
            "{} left, {} spent and {} on order",
            shown(now, reduced.currency),
            part(reduced.spent),
            part(reduced.on_order)
        );
        (Ok(now >= used), why)
    }

    fn within_limit(&self) -> Judgement {
        let Some(request) = split::request(self.change) else { return not_applicable("no place is named") };
        if self.change.status == ChangeStatus::Proposed && self.change.approver.is_none() {
            let could = authority::could_approve(self.portfolio, &request, None).map(authority::shown);
            let why = could.map_or_else(|| "not approved yet".into(), |could| format!("not approved yet; {could} could approve"));
            return (Err(Undefined::NotApproved), why);
        }
        let authority = authority::judge(self.portfolio, self.change.approver.as_ref(), &request);
        (authority.holds, authority.why)
    }

    fn not_self_approved(&self) -> Judgement {
        match (&self.change.requester, &self.change.approver) {
            (_, None) => (Err(Undefined::NoApprover), "no approver is named".into()),
            (_, Some(Approver::Body(name))) => (Ok(true), format!("approved by {name}")),
            (None, Some(Approver::Person(by))) => {
                (Err(Undefined::NoRequester), format!("approved by {by}, asked for by nobody named"))
            }
            (Some(requester), Some(Approver::Person(by))) => {
                (Ok(requester != by), format!("asked for by {requester}, approved by {by}"))
            }
        }
    }

    fn not_split(&self) -> Judgement {
        let Some(set) = self.splits.iter().find(|set| set.changes.contains(&self.at)) else {
            return (Ok(true), "no other change within the days of a split takes it above the limit".into());
        };
        let name = |at: &usize| self.portfolio.budget_changes[*at].id.to_string();
        let names: Vec<String> = set.changes.iter().map(name).collect();
        (Ok(false), format!("{} together {}, limit {}", names.join(", "), set.together, set.limit))
    }

    fn period_open(&self) -> Judgement {
        let finance = &self.portfolio.settings.finance;
        let Some(closed_through) = finance.closed_through else { return not_applicable("no period is closed") };
        let periods = [&self.change.from, &self.change.to].into_iter().flatten().map(|place| place.period);
        let Some(first) = periods.min() else { return not_applicable("no place is named") };
        if first > closed_through {
            return (Ok(true), format!("{first} is open"));
        }
        let closed = closing_day(&self.portfolio.settings, self.portfolio.calendars.default_calendar(), first);
        match self.change.approved_on {
            Some(on) => (Ok(on <= closed), format!("approved on {on}, {first} closed on {closed}")),
            None if self.change.status == ChangeStatus::Proposed => (Ok(false), format!("{first} closed on {closed}")),
            None => (Err(Undefined::NoDate), format!("{first} closed on {closed}; the day of approval is not given")),
        }
    }

    fn capital_to_revenue(&self) -> Judgement {
        let Some((from, to)) = self.both() else { return not_applicable("one side only") };
        if (from.expenditure, to.expenditure) != (Some(Expenditure::Capex), Some(Expenditure::Opex)) {
            return not_applicable("no capital becomes operating budget");
        }
        let highest = authority::highest(self.portfolio, authority::kind_of(self.change.kind), from.period);
        let names: Vec<String> = highest.iter().map(|limit| authority::shown(limit)).collect();
        let needs = if names.is_empty() { "no limits came in".to_string() } else { format!("highest: {}", names.join(", ")) };
        let Some(approver) = &self.change.approver else { return (Err(Undefined::NoApprover), needs) };
        let kind = authority::kind_of(self.change.kind);
        match authority::limit_for(self.portfolio, approver, kind, self.change.currency) {
            Ok(limit) => (Ok(authority::is_among(&highest, limit)), format!("approved by {}; {needs}", limit.holder)),
            Err(why) => (Err(why), needs),
        }
    }
}

fn place(place: &BudgetPlace) -> String {
    let expenditure = place.expenditure.map(|kind| if kind == Expenditure::Capex { "capital" } else { "operating" });
    let parts = [
        Some(place.initiative.to_string()),
        Some(place.category.clone()).filter(|category| !category.is_empty()),
        place.work.clone(),
        expenditure.map(String::from),
        place.funding_source.clone(),
        Some(place.period.to_string()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn shown(amount: Decimal, currency: Currency) -> String {
    Money::rounded(amount, currency).map_or_else(|_| amount.to_string(), |money| money.to_string())
}
