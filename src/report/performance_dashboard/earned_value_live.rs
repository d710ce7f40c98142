//! Formulas over the base measures of a table's row, each beside what it comes to: variances, indices, estimates.
//!
//! Promises: the value is worked out from the figures that the row shows, by the same steps as its formula, so that a
//! spreadsheet program comes to the same; where the engine has no value, neither has the formula, for the same reason.

use super::context::{difference, figure, minus};
use crate::analysis::measure::Undefined;
use crate::report::book::Value;

/// Names of a row's base measures, as formulas write them.
#[derive(Clone, Debug)]
pub struct Names {
    /// Budget at completion.
    pub bac: String,
    /// Planned value.
    pub pv: String,
    /// Earned value.
    pub ev: String,
    /// Actual cost.
    pub ac: String,
}

/// A row's base measures, as its cells hold them.
#[derive(Clone, Debug)]
pub struct Figures {
    /// Budget at completion.
    pub bac: Value,
    /// Planned value.
    pub pv: Value,
    /// Earned value.
    pub ev: Value,
    /// Actual cost.
    pub ac: Value,
}

impl Names {
    /// EV, held at the budget.
    fn capped(&self) -> String {
        format!("MIN({},{})", self.ev, self.bac)
    }

    /// True where indices exist at all: a budget, and nothing negative.
    fn sound(&self) -> String {
        format!("AND(COUNT({0},{1})=2,{0}>0,{1}>=0,N({2})>=0)", self.bac, self.ev, self.ac)
    }

    /// SV = EV - PV.
    pub fn schedule_variance(&self) -> String {
        difference(&self.ev, &self.pv)
    }

    /// CV = EV - AC.
    pub fn cost_variance(&self) -> String {
        difference(&self.ev, &self.ac)
    }

    fn index(&self, over: &str) -> String {
        format!("IF(AND(COUNT({over})=1,{}),IF({over}>0,{}/{over},\"n/a\"),\"n/a\")", self.sound(), self.capped())
    }

    /// SPI = EV / PV.
    pub fn schedule_index(&self) -> String {
        self.index(&self.pv)
    }

    /// CPI = EV / AC.
    pub fn cost_index(&self) -> String {
        self.index(&self.ac)
    }

    /// EV / BAC.
    pub fn complete(&self) -> String {
        format!("IF({},{}/{},\"n/a\")", self.sound(), self.capped(), self.bac)
    }

    /// TCPI to a target, the budget or an estimate: (BAC - EV) / (target - AC).
    pub fn to_complete(&self, target: &str) -> String {
        let Self { bac, ac, .. } = self;
        let left = format!("IF({target}-{ac}>0,({bac}-{})/({target}-{ac}),\"n/a\")", self.capped());
        format!("IF(AND(COUNT({target},{ac})=2,{},{}<{bac}),{left},\"n/a\")", self.sound(), self.capped())
    }

    /// EAC = AC + (BAC - EV) / factor; what is complete has cost what it has cost.
    pub fn estimate(&self, factor: &str) -> String {
        let Self { bac, ac, .. } = self;
        let ahead = format!("IF(N({factor})<>0,{ac}+({bac}-{})/{factor},\"n/a\")", self.capped());
        format!("IF(AND(COUNT({ac})=1,{bac}>0),IF({}>={bac},{ac},{ahead}),\"n/a\")", self.capped())
    }

    /// EAC by CPI; as planned where there is no CPI.
    pub fn headline_estimate(&self) -> String {
        let Self { bac, ac, .. } = self;
        let capped = self.capped();
        let by_cost =
            format!("IF(AND({},{ac}>0,{capped}>0),{ac}+({bac}-{capped})*{ac}/{capped},{ac}+{bac}-{capped})", self.sound());
        format!("IF(AND(COUNT({ac})=1,{bac}>0),IF({capped}>={bac},{ac},{by_cost}),\"n/a\")")
    }
}

/// A figure or the reason why there is none.
fn shown(value: Result<f64, Undefined>) -> Value {
    value.map_or_else(|none| Value::NotAvailable(none.reason().into()), Value::Number)
}

impl Figures {
    fn known(&self) -> Option<(f64, f64)> {
        Some((figure(&self.bac)?, figure(&self.ev)?))
    }

    /// BAC and EV held at it, where indices exist at all.
    fn sound(&self) -> Result<(f64, f64), Undefined> {
        let (bac, ev) = self.known().ok_or(Undefined::NoBudget)?;
        if bac <= 0.0 {
            return Err(Undefined::NoBudget);
        }
        if ev < 0.0 || figure(&self.ac).is_some_and(|ac| ac < 0.0) {
            return Err(Undefined::Negative);
        }
        Ok((bac, ev.min(bac)))
    }

    /// SV.
    pub fn schedule_variance(&self) -> Value {
        minus(&self.ev, &self.pv)
    }

    /// CV.
    pub fn cost_variance(&self) -> Value {
        minus(&self.ev, &self.ac)
    }

    /// SPI.
    pub fn schedule_index(&self) -> Value {
        shown(self.sound().and_then(|(_, ev)| match figure(&self.pv) {
            Some(pv) if pv > 0.0 => Ok(ev / pv),
            _ => Err(Undefined::NothingPlannedYet),
        }))
    }

    /// CPI.
    pub fn cost_index(&self) -> Value {
        let Some(ac) = figure(&self.ac) else { return self.ac.result().clone() };
        shown(self.sound().and_then(|(_, ev)| match (ac > 0.0, ev > 0.0) {
            (true, _) => Ok(ev / ac),
            (false, true) => Err(Undefined::ActualsMissing),
            (false, false) => Err(Undefined::NothingSpentYet),
        }))
    }

    /// EV / BAC.
    pub fn complete(&self) -> Value {
        shown(self.sound().map(|(bac, ev)| ev / bac))
    }

    /// TCPI to a target; `spent` is said where the target is spent.
    pub fn to_complete(&self, target: &Value, spent: Undefined) -> Value {
        let (Some(target), Some(ac)) = (figure(target), figure(&self.ac)) else {
            return if figure(&self.ac).is_none() { self.ac.result().clone() } else { target.result().clone() };
        };
        shown(self.sound().and_then(|(bac, ev)| match (ev < bac, target - ac > 0.0) {
            (false, _) => Err(Undefined::Complete),
            (true, false) => Err(spent),
            (true, true) => Ok((bac - ev) / (target - ac)),
        }))
    }

    /// EAC by a factor.
    pub fn estimate(&self, factor: &Value) -> Value {
        let Some(ac) = figure(&self.ac) else { return self.ac.result().clone() };
        let Some((bac, ev)) = self.known().filter(|(bac, _)| *bac > 0.0) else { return shown(Err(Undefined::NoBudget)) };
        if ev.min(bac) >= bac {
            return Value::Number(ac);
        }
        match figure(factor) {
            Some(rate) if rate != 0.0 => Value::Number(ac + (bac - ev.min(bac)) / rate),
            Some(_) => shown(Err(if ev > 0.0 { Undefined::ZeroRate } else { Undefined::NothingEarnedYet })),
            None => factor.result().clone(),
        }
    }

    /// EAC by CPI; as planned where there is no CPI.
    pub fn headline_estimate(&self) -> Value {
        let Some(ac) = figure(&self.ac) else { return self.ac.result().clone() };
        let Some((bac, ev)) = self.known().filter(|(bac, _)| *bac > 0.0) else { return shown(Err(Undefined::NoBudget)) };
        let ev = ev.min(bac);
        if ev >= bac {
            return Value::Number(ac);
        }
        let by_cost = self.sound().is_ok() && ac > 0.0 && ev > 0.0;
        Value::Number(if by_cost { ac + (bac - ev) * ac / ev } else { ac + bac - ev })
    }
}
