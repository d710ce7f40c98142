//! What an activity has earned, by its technique. Source: ANSI/EIA-748, guideline 10; the techniques of common use.
//!
//! The technique says which share is earned of the cost that is spread over time. A fixed cost is earned as it is planned:
//! in full at the start, with the share, or in full at the end, whatever the technique. Level of effort earns what is
//! planned, and apportioned work the share of the work that it follows.

use super::Context;
use super::budget::Plans;
use super::curve::{PlannedItem, Side, held};
use crate::analysis::progress::ProgressState;
use crate::base::day::Moment;
use crate::base::number;
use crate::model::activity::{Activity, CostAccrual, EarnedValueTechnique, PercentKind};
use crate::model::settings::Settings;
use rust_decimal::Decimal;

/// How deep apportioned activities may follow one another.
const APPORTION_DEPTH: usize = 16;

/// Earned value of an activity at a status date, given what is known of it then.
#[must_use]
pub fn earned(
    context: &Context<'_>,
    plans: &[Plans],
    activity: usize,
    item: &PlannedItem,
    status: Moment,
    state: &ProgressState,
) -> Decimal {
    let settings = &context.portfolio.settings;
    held(match context.activity(activity).technique {
        EarnedValueTechnique::LevelOfEffort => item.value(status, Side::Before),
        EarnedValueTechnique::ApportionedTo(base) => item.total() * share_earned(context, plans, base.0, status, APPORTION_DEPTH),
        _ => {
            let known =
                Known { activity: context.activity(activity), state, settings, now: status >= context.portfolio.data_date };
            known.accrued(item)
        }
    })
}

/// True where what an activity earns may change without a reading.
#[must_use]
pub fn goes_with_time(technique: &EarnedValueTechnique) -> bool {
    matches!(technique, EarnedValueTechnique::LevelOfEffort | EarnedValueTechnique::ApportionedTo(_))
}

/// What is known of an activity that earns by what was done.
struct Known<'a> {
    activity: &'a Activity,
    state: &'a ProgressState,
    settings: &'a Settings,
    /// True at the data date.
    now: bool,
}

impl Known<'_> {
    /// The fixed cost as it accrues, and the share done of the rest.
    fn accrued(&self, item: &PlannedItem) -> Decimal {
        let share = self.share_done();
        let fixed = match item.accrual {
            CostAccrual::Start if self.state.is_started() => item.fixed,
            CostAccrual::End if self.is_done() => item.fixed,
            CostAccrual::Prorated => item.fixed * share,
            CostAccrual::Start | CostAccrual::End => Decimal::ZERO,
        };
        fixed + item.variable * share
    }

    /// The share done, by the technique.
    fn share_done(&self) -> Decimal {
        let at_start = match self.activity.technique {
            EarnedValueTechnique::ZeroHundred => Decimal::ZERO,
            EarnedValueTechnique::FiftyFifty => Decimal::new(5, 1),
            EarnedValueTechnique::TwentyFiveSeventyFive => Decimal::new(25, 2),
            EarnedValueTechnique::WeightedSteps if !self.activity.steps.is_empty() => return self.steps_done(),
            _ => return percent(self.activity, self.state, self.settings),
        };
        match (self.state.is_complete(), self.state.is_started()) {
            (true, _) => Decimal::ONE,
            (false, true) => at_start,
            (false, false) => Decimal::ZERO,
        }
    }

    /// The weights of the steps that are done; with the percentage of the work for the step that is under way, where the
    /// settings let it count. The table says which steps are done now; before the data date, those that the percentage read
    /// then covers.
    fn steps_done(&self) -> Decimal {
        if self.state.is_complete() {
            return Decimal::ONE;
        }
        let weight = |weight: f64| number::from_excel(weight).unwrap_or_default();
        let given = given_percent(self.state);
        let (mut done, mut open) = (Decimal::ZERO, None);
        for (share, _, marked) in &self.activity.steps {
            let counts = if self.now { *marked } else { open.is_none() && done + weight(*share) <= given };
            match (counts, open) {
                (true, _) => done += weight(*share),
                (false, None) => open = Some(weight(*share)),
                _ => {}
            }
        }
        let done = done.min(Decimal::ONE);
        let Some(next) = open.filter(|_| self.settings.percent_between_steps) else { return done };
        let cap = self.settings.percent_cap.map_or(Decimal::ONE, weight);
        given.clamp(done, done + next * cap).min(Decimal::ONE)
    }

    /// True for what is done: an actual finish; else 100 %, unless that is a judgement which the cap holds.
    fn is_done(&self) -> bool {
        let by_percent = self.activity.technique == EarnedValueTechnique::PercentComplete && is_judged(self.activity);
        if by_percent && self.settings.percent_cap.is_some_and(|cap| cap < 1.0) {
            return self.state.actual_finish.is_some();
        }
        self.state.is_complete()
    }
}

/// Percent complete. What somebody judges is held at the cap until the actual finish; what is counted in units is not. Above
/// 100 % it stays as it was given: earned value above budget is shown, not hidden.
fn percent(activity: &Activity, state: &ProgressState, settings: &Settings) -> Decimal {
    let given = given_percent(state);
    match settings.percent_cap.and_then(number::from_excel).filter(|_| is_judged(activity) && state.actual_finish.is_none()) {
        Some(cap) => given.min(cap),
        None => given,
    }
}

fn given_percent(state: &ProgressState) -> Decimal {
    let given = if state.actual_finish.is_some() { 1.0 } else { state.percent.unwrap_or(0.0) };
    number::from_excel(given).unwrap_or_default()
}

/// True where percent complete is somebody's judgement.
fn is_judged(activity: &Activity) -> bool {
    activity.technique != EarnedValueTechnique::Units && activity.percent_kind != PercentKind::Units
}

/// The share of its budget that an activity has earned; what it is apportioned to decides, where it is.
fn share_earned(context: &Context<'_>, plans: &[Plans], activity: usize, status: Moment, depth: usize) -> Decimal {
    if let (EarnedValueTechnique::ApportionedTo(base), true) = (&context.activity(activity).technique, depth > 0) {
        return share_earned(context, plans, base.0, status, depth - 1);
    }
    if depth == 0 {
        return Decimal::ZERO;
    }
    let state = context.state(activity, status);
    let budget = plans.get(context.group_of[activity]).map(|plans| plans.at(status));
    let item = budget.and_then(|budget| Some(&budget.curve.items[budget.item_of(activity)?]));
    match item.filter(|item| !item.total().is_zero()) {
        Some(item) => earned(context, plans, activity, item, status, &state) / item.total(),
        None => percent(context.activity(activity), &state, &context.portfolio.settings),
    }
}
