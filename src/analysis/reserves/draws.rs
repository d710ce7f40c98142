//! Each draw judged by each rule.

use crate::analysis::budget_control::authority::{self, Request};
use crate::analysis::budget_rate;
use crate::analysis::measure::{Measure, Undefined};
use crate::base::id::RiskId;
use crate::base::money::{Currency, Money};
use crate::base::period::Period;
use crate::model::budget_control::{AuthorityKind, Fund, ReserveMovement};
use crate::model::portfolio::Portfolio;
use crate::model::risk::Risk;

/// A draw and what the rules say of it.
#[derive(Clone, Debug, PartialEq)]
pub struct JudgedDraw {
    /// Position in [`Portfolio::reserves`].
    pub movement: usize,
    /// Amount, in the fund's currency.
    pub amount: Measure<Money>,
    /// What the fund holds after it.
    pub balance: Measure<Money>,
    /// The risk that it names.
    pub risk: Option<RiskId>,
    /// What was drawn for this risk up to and with this draw.
    pub drawn_for_risk: Measure<Money>,
    /// The largest cost that the register foresees for the risk.
    pub allocation: Measure<Money>,
    /// One for each of [`DrawRule::ALL`], in that order.
    pub verdicts: Vec<DrawVerdict>,
}

impl JudgedDraw {
    /// What a rule says of it.
    #[must_use]
    pub fn verdict(&self, rule: DrawRule) -> Option<&DrawVerdict> {
        self.verdicts.iter().find(|verdict| verdict.rule == rule)
    }

    /// True where no rule is broken; rules that cannot be judged break nothing.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.verdicts.iter().all(|verdict| verdict.holds != Ok(false))
    }
}

/// What a rule says of a draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawVerdict {
    /// The rule.
    pub rule: DrawRule,
    /// True where it holds; the reason where it cannot be judged.
    pub holds: Measure<bool>,
    /// What it was judged by, in words.
    pub why: String,
}

/// The rules that draws keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DrawRule {
    /// The fund holds what is drawn.
    FundNotNegative,
    /// A draw on contingency names a risk of the fund's initiative.
    NamesItsRisk,
    /// Draws for a risk stay within its allocation.
    WithinAllocation,
    /// The approver's limit covers it.
    WithinLimit,
}

impl DrawRule {
    /// All, in the order of reports.
    pub const ALL: [Self; 4] = [Self::FundNotNegative, Self::NamesItsRisk, Self::WithinAllocation, Self::WithinLimit];

    /// For a sheet.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::FundNotNegative => "fund not below zero",
            Self::NamesItsRisk => "names its risk",
            Self::WithinAllocation => "within the risk's allocation",
            Self::WithinLimit => "within the approver's limit",
        }
    }
}

/// A draw as the fund sees it.
pub(super) struct Draw<'d> {
    pub portfolio: &'d Portfolio,
    pub at: usize,
    pub movement: &'d ReserveMovement,
    pub currency: Currency,
    pub amount: Measure<Money>,
    pub balance: Measure<Money>,
    pub drawn_for_risk: Measure<Money>,
}

impl Draw<'_> {
    pub fn judge(self) -> JudgedDraw {
        let allocation = self.allocation();
        let verdict = |rule: DrawRule| {
            let (holds, why) = match rule {
                DrawRule::FundNotNegative => self.fund_not_negative(),
                DrawRule::NamesItsRisk => self.names_its_risk(),
                DrawRule::WithinAllocation => self.within_allocation(allocation),
                DrawRule::WithinLimit => self.within_limit(),
            };
            DrawVerdict { rule, holds, why }
        };
        JudgedDraw {
            movement: self.at,
            verdicts: DrawRule::ALL.into_iter().map(verdict).collect(),
            amount: self.amount,
            balance: self.balance,
            risk: self.movement.risk.clone(),
            drawn_for_risk: self.drawn_for_risk,
            allocation,
        }
    }

    fn risk(&self) -> Option<&Risk> {
        let id = self.movement.risk.as_ref()?;
        self.portfolio.risks.iter().find(|risk| risk.id == *id)
    }

    fn period(&self) -> Period {
        self.portfolio.settings.fiscal.period_of(self.movement.date)
    }

    /// The largest cost foreseen for the risk, in the fund's currency.
    fn allocation(&self) -> Measure<Money> {
        if self.movement.fund == Fund::ManagementReserve {
            return Err(Undefined::NotApplicable);
        }
        let risk = self.risk().ok_or(Undefined::NoRiskNamed)?;
        let [min, likely, max] = risk.cost;
        let largest = max.or(likely).or(min).ok_or(Undefined::NoAmount)?;
        budget_rate::money(self.portfolio, largest, (risk.currency, self.currency), self.period())
    }

    fn fund_not_negative(&self) -> (Measure<bool>, String) {
        match self.balance {
            Ok(balance) => (Ok(balance.minor >= 0), format!("{balance} left")),
            Err(why) => (Err(why), why.reason().into()),
        }
    }

    fn names_its_risk(&self) -> (Measure<bool>, String) {
        let movement = self.movement;
        if movement.fund == Fund::ManagementReserve {
            return (Err(Undefined::NotApplicable), "management reserve is for what no register knows".into());
        }
        match (&movement.risk, self.risk(), &movement.initiative) {
            (None, _, _) => (Ok(false), "no risk named".into()),
            (Some(id), None, _) => (Ok(false), format!("{id} is not in Risks")),
            (Some(id), Some(risk), Some(initiative)) if risk.initiative != *initiative => {
                (Ok(false), format!("{id} is a risk of {}, the fund is {initiative}'s", risk.initiative))
            }
            (Some(id), Some(_), _) => (Ok(true), id.to_string()),
        }
    }

    fn within_allocation(&self, allocation: Measure<Money>) -> (Measure<bool>, String) {
        match (allocation, self.drawn_for_risk) {
            (Ok(allocation), Ok(drawn)) => {
                (Ok(drawn.minor <= allocation.minor), format!("{drawn} drawn, at most {allocation} foreseen"))
            }
            (Err(why), _) | (_, Err(why)) => (Err(why), why.reason().into()),
        }
    }

    fn within_limit(&self) -> (Measure<bool>, String) {
        let kind = match self.movement.fund {
            Fund::Contingency => AuthorityKind::Contingency,
            Fund::ManagementReserve => AuthorityKind::ManagementReserve,
        };
        let request = Request { kind, amount: self.movement.amount, currency: self.movement.currency, period: self.period() };
        let authority = authority::judge(self.portfolio, self.movement.approver.as_ref(), &request);
        (authority.holds, authority.why)
    }
}
