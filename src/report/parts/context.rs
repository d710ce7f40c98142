//! What the pages share: names of people and initiatives, figures as cells, formulas that say "n/a" where they must.

use crate::analysis::measure::Measure;
use crate::base::day::{Day, Moment};
use crate::base::id::{InitiativeId, PersonId};
use crate::base::money::Currency;
use crate::base::number;
use crate::model::activity::ActivityIndex;
use crate::model::portfolio::Portfolio;
use crate::report::ReportInput;
use crate::report::book::{Cell, Kind, Scale, Value};
use rust_decimal::Decimal;

/// The run's results, and the units in which they are shown.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The results.
    pub input: &'a ReportInput<'a>,
    /// Unit of headline amounts.
    headline_scale: Scale,
}

impl<'a> Context<'a> {
    /// Headline amounts show in millions where the portfolio is that large, else in thousands or units.
    #[must_use]
    pub fn new(input: &'a ReportInput<'a>) -> Self {
        let total = input.analyses.earned_value.portfolio.curve.total();
        let headline_scale = match total {
            large if large >= Decimal::from(5_000_000) => Scale::Million,
            middle if middle >= Decimal::from(50_000) => Scale::Thousand,
            _ => Scale::One,
        };
        Self { input, headline_scale }
    }

    /// The portfolio.
    #[must_use]
    pub const fn portfolio(&self) -> &'a Portfolio {
        self.input.portfolio
    }

    /// The reporting currency.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.input.portfolio.settings.reporting_currency
    }

    /// Headline amounts in the reporting currency.
    #[must_use]
    pub const fn headline_money(&self) -> Kind {
        Kind::Money(self.currency(), self.headline_scale)
    }

    /// Table amounts in the reporting currency: one unit finer than the headlines.
    #[must_use]
    pub const fn money(&self) -> Kind {
        let scale = match self.headline_scale {
            Scale::Million => Scale::Thousand,
            _ => Scale::One,
        };
        Kind::Money(self.currency(), scale)
    }

    /// The as-of day.
    #[must_use]
    pub fn as_of(&self) -> Day {
        let at = self.input.run.as_of;
        if at.is_date_only() { at.day() } else { at.finish_day() }
    }

    /// The name of an initiative; its id where it has none.
    #[must_use]
    pub fn name_of(&self, id: &InitiativeId) -> String {
        self.portfolio().initiative(id).map_or_else(|| id.to_string(), |initiative| initiative.name.clone())
    }

    /// The name of a person; words where nobody is named.
    #[must_use]
    pub fn person(&self, id: Option<&PersonId>) -> String {
        match id {
            None => "nobody named".into(),
            Some(id) => self.portfolio().person(id).map_or_else(|| id.to_string(), |person| person.name.clone()),
        }
    }

    /// The owner's words on an initiative and a measure for the period.
    #[must_use]
    pub fn words(&self, id: &InitiativeId, measure: &str) -> Option<&'a str> {
        let period = self.portfolio().settings.fiscal.period_of(self.as_of());
        let mut said = self.input.portfolio.commentary.iter().filter(|said| said.item == id.as_str() && said.period == period);
        said.find(|said| said.measure.eq_ignore_ascii_case(measure)).map(|said| said.text.as_str())
    }

    /// `LU-101 A270 Install meters`.
    #[must_use]
    pub fn activity(&self, index: ActivityIndex) -> String {
        let activity = self.portfolio().activity(index);
        format!("{} {} {}", activity.key.initiative, activity.key.id, activity.name)
    }

    /// A cell with the initiative's id, leading to its record.
    #[must_use]
    pub fn initiative_cell(&self, id: &InitiativeId) -> Cell {
        let cell = Cell::text(id.to_string());
        match self.portfolio().initiative(id) {
            Some(initiative) => cell.from_source(&initiative.origin),
            None => cell,
        }
    }
}

/// An amount rounded to its currency's minor unit, once.
#[must_use]
pub fn rounded(amount: Decimal, currency: Currency) -> Decimal {
    number::round(amount, currency.exponent())
}

/// An amount as a value, or why there is none.
#[must_use]
pub fn money(amount: Measure<Decimal>, currency: Currency) -> Value {
    amount.map_or_else(|none| Value::NotAvailable(none.reason().into()), |amount| Value::Money(rounded(amount, currency)))
}

/// A ratio as a value, or why there is none.
#[must_use]
pub fn ratio(ratio: Measure<f64>) -> Value {
    ratio.map_or_else(|none| Value::NotAvailable(none.reason().into()), Value::Number)
}

/// A date as a value, or why there is none.
#[must_use]
pub fn date(at: Measure<Moment>) -> Value {
    at.map_or_else(|none| Value::NotAvailable(none.reason().into()), |at| Value::Date(at.finish_day()))
}

/// A finish as a date, or `n/a` with a reason.
#[must_use]
pub fn finish(at: Option<Moment>, reason: &str) -> Cell {
    at.map_or_else(|| Cell::not_available(reason), |at| Cell::new(Value::Date(at.finish_day())))
}

/// `a - b` of two amounts as the formula `difference` gives it.
#[must_use]
pub fn minus(a: &Value, b: &Value) -> Value {
    match (a.result(), b.result()) {
        (Value::Money(a), Value::Money(b)) => Value::Money(a - b),
        (Value::NotAvailable(reason), _) | (_, Value::NotAvailable(reason)) => Value::NotAvailable(reason.clone()),
        _ => Value::NotAvailable("no figure to compare with".into()),
    }
}

/// `a / b` as the formula `quotient` gives it; the reason where it has no value.
#[must_use]
pub fn over(a: &Value, b: &Value, reason: &str) -> Value {
    match (figure(a), figure(b)) {
        (Some(a), Some(b)) if b != 0.0 => Value::Number(a / b),
        _ => match (a.result(), b.result()) {
            (Value::NotAvailable(reason), _) | (_, Value::NotAvailable(reason)) => Value::NotAvailable(reason.clone()),
            _ => Value::NotAvailable(reason.into()),
        },
    }
}

/// The number of a value, as a spreadsheet program holds it.
#[must_use]
pub fn figure(value: &Value) -> Option<f64> {
    match value.result() {
        Value::Money(amount) => Some(number::to_f64(*amount)),
        Value::Number(number) => Some(*number),
        #[expect(clippy::cast_precision_loss, reason = "a cell holds a double")]
        Value::Integer(whole) => Some(*whole as f64),
        _ => None,
    }
}

/// The exact sum of amounts; what is not available counts for nothing, as in `SUBTOTAL`.
#[must_use]
pub fn sum<'v>(values: impl Iterator<Item = &'v Value>) -> Value {
    Value::Money(values.filter_map(|value| if let Value::Money(amount) = value.result() { Some(*amount) } else { None }).sum())
}

/// The formula of `a - b` where both are figures, else `n/a`.
#[must_use]
pub fn difference(a: &str, b: &str) -> String {
    format!("IF(COUNT({a},{b})=2,{a}-{b},\"n/a\")")
}

/// The formula of `a / b` where both are figures and b is not 0, else `n/a`.
#[must_use]
pub fn quotient(a: &str, b: &str) -> String {
    format!("IF(COUNT({a},{b})=2,IF({b}<>0,{a}/{b},\"n/a\"),\"n/a\")")
}

/// The formula that finds a value of another table by the id in this row.
#[must_use]
pub fn lookup(value: &str, id: &str, ids: &str) -> String {
    format!("INDEX({value},MATCH({id},{ids},0))")
}
