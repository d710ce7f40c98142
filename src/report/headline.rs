//! The headlines of a run: the few figures that the Executive page opens with, kept as tidy data so that the next run can
//! say what changed.
//!
//! Promises: what is written is read back the same; a file that is not a table of headlines is none, never a guess.

use crate::base::day::{Day, Moment};
use crate::base::money::{Currency, Money};
use crate::base::number;
use crate::report::ReportInput;
use crate::report::tidy::TidyTable;
use rust_decimal::Decimal;

/// Name of the tidy table.
pub const TABLE: &str = "headlines";

/// The scope of the portfolio's own headlines.
pub const PORTFOLIO: &str = "portfolio";

/// The scope of the headlines of the Master Execution Plan.
pub const PLAN: &str = "plan";

/// One headline of the portfolio, of its plan or of an initiative.
#[derive(Clone, Debug, PartialEq)]
pub struct Headline {
    /// `portfolio`, `plan`, or the id of an initiative.
    pub scope: String,
    /// Which figure, such as `cost_performance_index`.
    pub measure: String,
    /// Its unit.
    pub unit: Unit,
    /// The figure, or the reason why there is none.
    pub value: Result<Figure, String>,
}

/// What a headline is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Major units of a currency.
    Money(Currency),
    /// An index such as CPI.
    Index,
    /// A share of one.
    Share,
    /// Working days.
    Days,
    /// A count.
    Count,
    /// A date.
    Date,
}

/// The value of a headline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// A number.
    Number(Decimal),
    /// A date.
    Date(Day),
}

/// The headlines of an earlier run that is not closed.
#[derive(Clone, Debug, PartialEq)]
pub struct PreviousRun {
    /// Its as-of date.
    pub as_of: Moment,
    /// Its headlines.
    pub headlines: Vec<Headline>,
}

impl PreviousRun {
    /// A figure of the earlier run in the same unit; none where it had none.
    #[must_use]
    pub fn figure(&self, scope: &str, measure: &str, unit: Unit) -> Option<Figure> {
        let same = |headline: &&Headline| headline.scope == scope && headline.measure == measure && headline.unit == unit;
        self.headlines.iter().find(same).and_then(|headline| headline.value.clone().ok())
    }
}

impl Unit {
    fn text(self) -> String {
        match self {
            Self::Money(currency) => currency.code().to_string(),
            Self::Index => "index".into(),
            Self::Share => "share".into(),
            Self::Days => "working days".into(),
            Self::Count => "count".into(),
            Self::Date => "date".into(),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let plain = [Self::Index, Self::Share, Self::Days, Self::Count, Self::Date];
        plain.into_iter().find(|unit| unit.text() == text).or_else(|| Currency::parse(text).map(Self::Money))
    }
}

impl Headline {
    /// The measure in words: `cost_performance_index` as `Cost performance index`.
    #[must_use]
    pub fn label(&self) -> String {
        let words = self.measure.replace('_', " ");
        let mut letters = words.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }

    /// The figure as a line of text shows it, with its unit; `n/a` with the reason where there is none.
    #[must_use]
    pub fn shown(&self) -> String {
        match (&self.value, self.unit) {
            (Err(reason), _) => format!("n/a ({reason})"),
            (Ok(Figure::Date(day)), _) => day.to_string(),
            (Ok(Figure::Number(number)), Unit::Money(currency)) => {
                Money::rounded(*number, currency).map_or_else(|_| number.to_string(), |money| money.to_string())
            }
            (Ok(Figure::Number(number)), Unit::Index) => format!("{:.2}", number::round(*number, 2)),
            (Ok(Figure::Number(share)), Unit::Share) => format!("{:.1} %", number::round(*share * Decimal::ONE_HUNDRED, 1)),
            (Ok(Figure::Number(days)), Unit::Days) => format!("{} working days", number::round(*days, 1).normalize()),
            (Ok(Figure::Number(number)), Unit::Count | Unit::Date) => number.normalize().to_string(),
        }
    }
}

/// The headlines of this run.
#[must_use]
pub fn headlines(input: &ReportInput<'_>) -> Vec<Headline> {
    let mut all = crate::report::performance_dashboard::headlines(input);
    all.extend(crate::report::master_execution_plan::headlines(input));
    all
}

/// Headlines as a tidy table.
#[must_use]
pub fn tidy(headlines: &[Headline]) -> TidyTable {
    let figure = |headline: &Headline| headline.value.clone().ok();
    TidyTable::over(TABLE, "A headline figure of the portfolio, of its plan or of an initiative.", headlines)
        .text("scope", "portfolio, plan, or the id of an initiative.", |headline| Some(&headline.scope))
        .text("measure", "Which figure.", |headline| Some(&headline.measure))
        .text("unit", "A currency code, index, share, working days, count or date.", |headline| Some(headline.unit.text()))
        .amount("value", "The figure; empty for a date, and where there is none.", |headline| match figure(headline) {
            Some(Figure::Number(number)) => Some(number),
            _ => None,
        })
        .date("date", "The date, where the figure is one.", |headline| match figure(headline) {
            Some(Figure::Date(day)) => Some(day),
            _ => None,
        })
        .text("reason", "Why there is no figure.", |headline| headline.value.as_ref().err())
        .done()
}

/// Reads the headlines of an earlier run from its CSV file; none where it is no such table.
#[must_use]
pub fn parse(bytes: &[u8]) -> Option<Vec<Headline>> {
    let mut reader = csv::Reader::from_reader(bytes);
    let headers = reader.headers().ok()?.clone();
    let column = |name: &str| headers.iter().position(|header| header.trim_start_matches('\u{feff}') == name);
    let at = [column("scope")?, column("measure")?, column("unit")?, column("value")?, column("date")?, column("reason")?];
    reader.records().map(|record| headline_of(&record.ok()?, at)).collect()
}

fn headline_of(record: &csv::StringRecord, at: [usize; 6]) -> Option<Headline> {
    let [scope, measure, unit, value, date, reason] = at.map(|index| record.get(index).unwrap_or("").trim());
    let value = match (value, date) {
        ("", "") => Err(reason.to_string()),
        ("", date) => Ok(Figure::Date(date.parse().ok()?)),
        (value, _) => Ok(Figure::Number(value.parse().ok()?)),
    };
    Some(Headline { scope: scope.to_string(), measure: measure.to_string(), unit: Unit::parse(unit)?, value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_are_read_back_from_csv() {
        let text = "scope,measure,unit,value,date,reason\n\
            portfolio,actual_cost,GBP,1234.50,,\n\
            LU-101,cost_performance_index,index,0.96,,\n\
            LU-101,forecast_finish,date,,2027-06-25,\n\
            LU-102,schedule_performance_index,index,,,\"not started, by plan\"\n";
        let read = parse(text.as_bytes()).expect("headlines");
        let previous = PreviousRun { as_of: Moment(0), headlines: read };
        let gbp = Unit::Money(Currency::parse("GBP").expect("listed"));
        assert_eq!(previous.figure(PORTFOLIO, "actual_cost", gbp), Some(Figure::Number(Decimal::new(123_450, 2))));
        let finish = previous.figure("LU-101", "forecast_finish", Unit::Date);
        assert_eq!(finish, Day::from_ymd_opt(2027, 6, 25).map(Figure::Date));
        assert_eq!(previous.figure("LU-102", "schedule_performance_index", Unit::Index), None);
        assert_eq!(previous.headlines[3].value, Err("not started, by plan".into()));
    }

    #[test]
    fn another_file_is_no_table_of_headlines() {
        for text in ["", "a,b\n1,2\n", "scope,measure,unit,value,date,reason\nportfolio,x,furlongs,1,,\n"] {
            assert!(parse(text.as_bytes()).is_none_or(|read| read.is_empty()), "{text}");
        }
    }

    #[test]
    fn an_empty_table_keeps_its_columns() {
        let table = tidy(&[]);
        assert_eq!((table.rows, table.columns.len()), (0, 6));
        assert!(table.columns.iter().all(|column| column.values.is_empty() && !column.about.is_empty()));
    }
}
