//! Random ledgers with all that goes wrong in them, the same ones every time, and the sheets they stand on.

use super::book::{Cell, Sheet};
use crate::slow_schedule::draw::Draw;
use chrono::{Datelike, Days, NaiveDate};

pub const AS_OF: NaiveDate = NaiveDate::from_ymd_opt(2026, 10, 31).expect("a date");
/// Currencies and the decimals of their smallest units.
pub const CURRENCIES: [(&str, u32); 4] = [("GBP", 2), ("EUR", 2), ("JPY", 0), ("KWD", 3)];
pub const KINDS: [&str; 5] = ["actual", "accrual", "reversal", "commitment", "commitment release"];
const CATEGORIES: [&str; 3] = ["Labour", "Travel", "Licences"];
const FIRST: NaiveDate = NaiveDate::from_ymd_opt(2026, 5, 20).expect("a date");

/// A line of the ledger as it stands on its sheet.
#[derive(Clone, Debug)]
pub struct Line {
    pub entry: String,
    pub posted: NaiveDate,
    pub initiative: Option<&'static str>,
    pub code: Option<&'static str>,
    pub category: Option<&'static str>,
    pub kind: &'static str,
    /// In ten-thousandths; none: words stand there.
    pub amount: Option<i64>,
    pub currency: Option<&'static str>,
}

/// A rate to pounds, in ten-thousandths.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    pub from: &'static str,
    pub kind: &'static str,
    pub month: u32,
    pub worth: i64,
}

/// An amount of a budget or forecast in pence, or of a change of the budget.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub initiative: &'static str,
    pub category: &'static str,
    pub month: u32,
    pub minor: i64,
}

/// A change of the budget: type, giving and receiving place, pence, status.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    pub kind: &'static str,
    pub from: Option<Plan>,
    pub to: Option<Plan>,
    pub minor: i64,
    pub status: &'static str,
}

/// Everything that stands on the sheets.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// Initiatives and their currencies.
    pub initiatives: Vec<(&'static str, &'static str)>,
    /// Cost code, initiative, category.
    pub codes: Vec<(&'static str, &'static str, Option<&'static str>)>,
    pub rates: Vec<Rate>,
    pub budgets: Vec<Plan>,
    pub forecast: Vec<Plan>,
    pub changes: Vec<Change>,
    pub lines: Vec<Line>,
}

impl Drawn {
    /// The ledger of a seed.
    pub fn of(seed: u64, most_lines: i64) -> Self {
        let draw = &mut Draw(seed.wrapping_mul(0x2545_f491_4f6c_dd1d));
        let initiatives = vec![("I1", "GBP"), ("I2", draw.pick(&["EUR", "JPY"])), ("I3", "GBP")];
        let code = |draw: &mut Draw, code| {
            let category = draw.chance(70).then(|| draw.pick(&CATEGORIES));
            (code, draw.pick(&["I1", "I2", "I3"]), category)
        };
        let codes = ["C1", "C2", "C3"].map(|name| code(draw, name)).to_vec();
        let rates = rates(draw);
        let (budgets, forecast) = (plans(draw, 5), plans(draw, 10));
        let changes = (0..draw.at(6)).map(|_| change(draw)).collect();
        let count = draw.between(1, most_lines);
        let mut lines: Vec<Line> = Vec::new();
        for number in 0..count {
            let line = line(draw, number, &lines);
            lines.push(line);
        }
        Self { initiatives, codes, rates, budgets, forecast, changes, lines }
    }

    /// The sheets, the ledger cut into as many workbooks as are wanted.
    pub fn sheets(&self, ledgers: usize) -> Vec<Sheet> {
        let mut sheets = self.registers();
        sheets.extend([plan("Budgets", &self.budgets), plan("Forecast", &self.forecast), self.change_sheet()]);
        let each = self.lines.len().div_ceil(ledgers).max(1);
        for (number, lines) in self.lines.chunks(each).enumerate() {
            sheets.push(ledger(&format!("ledger-{number}.xlsx"), lines));
        }
        sheets
    }

    fn registers(&self) -> Vec<Sheet> {
        let mut initiatives =
            Sheet::new("initiatives.xlsx", "Initiatives", &["Initiative ID", "Name", "Owner", "Status", "Currency"]);
        for (id, currency) in &self.initiatives {
            initiatives = initiatives.row([*id, "A name", "P1", "active", *currency].map(Cell::text).to_vec());
        }
        let people = Sheet::new("initiatives.xlsx", "People", &["Person ID", "Name"]);
        let people = people.row(vec![Cell::text("P1"), Cell::text("Ann")]).row(vec![Cell::text("P2"), Cell::text("Bob")]);
        let mut codes = Sheet::new("finance.xlsx", "Cost codes", &["Cost code", "Initiative", "Category"]);
        for (code, initiative, category) in &self.codes {
            codes = codes.row(vec![Cell::text(*code), Cell::text(*initiative), Cell::maybe(*category)]);
        }
        let mut rates = Sheet::new("finance.xlsx", "FX rates", &["From", "To", "Kind", "Period", "Rate"]);
        for rate in &self.rates {
            let month = Cell::Date(month(rate.month));
            let words = [rate.from, "GBP", rate.kind].map(Cell::text);
            rates = rates.row([words.to_vec(), vec![month, Cell::Number(rate.worth as f64 / 10_000.0)]].concat());
        }
        vec![initiatives, people, codes, rates]
    }

    fn change_sheet(&self) -> Sheet {
        let headers = [
            "Change ID",
            "Type",
            "From",
            "To",
            "Amount",
            "Currency",
            "Period",
            "To period",
            "Category",
            "To category",
            "Reason",
            "Requester",
            "Approver",
            "Approved on",
            "Status",
        ];
        let mut sheet = Sheet::new("finance.xlsx", "Budget changes", &headers);
        for (number, change) in self.changes.iter().enumerate() {
            let approved = change.status == "approved";
            let first = change.from.or(change.to).expect("a side");
            let words = |text: Option<&'static str>| Cell::maybe(text);
            sheet = sheet.row(vec![
                Cell::text(format!("BC-{number}")),
                Cell::text(change.kind),
                words(change.from.map(|from| from.initiative)),
                words(change.to.map(|to| to.initiative)),
                Cell::Number(change.minor as f64 / 100.0),
                Cell::text("GBP"),
                Cell::Date(month(first.month)),
                change.from.and(change.to).map_or(Cell::Nothing, |to| Cell::Date(month(to.month))),
                Cell::text(first.category),
                words(change.from.and(change.to).map(|to| to.category)),
                Cell::text("needed"),
                Cell::text("P1"),
                if approved { Cell::text("P2") } else { Cell::Nothing },
                if approved { Cell::Date(AS_OF - Days::new(40)) } else { Cell::Nothing },
                Cell::text(change.status),
            ]);
        }
        sheet
    }
}

/// A sheet of a budget or a forecast.
fn plan(name: &str, lines: &[Plan]) -> Sheet {
    let mut sheet = Sheet::new("finance.xlsx", name, &["Initiative", "Category", "Capex/Opex", "Period", "Amount", "Currency"]);
    if name == "Forecast" {
        sheet.headers[2] = "Basis";
    }
    for line in lines {
        let words = [line.initiative, line.category, "opex"].map(Cell::text).to_vec();
        let rest = vec![Cell::Date(month(line.month)), Cell::Number(line.minor as f64 / 100.0), Cell::text("GBP")];
        sheet = sheet.row([words, rest].concat());
    }
    sheet
}

/// A sheet of ledger lines.
pub fn ledger(file: &str, lines: &[Line]) -> Sheet {
    let headers = ["Entry ID", "Posting date", "Initiative", "Cost code", "Category", "Type", "Amount", "Currency"];
    let mut sheet = Sheet::new(file, "Actuals", &headers);
    for line in lines {
        let amount = line.amount.map_or_else(|| Cell::text("see my note"), |amount| Cell::Number(amount as f64 / 10_000.0));
        sheet = sheet.row(vec![
            Cell::text(&line.entry),
            Cell::Date(line.posted),
            Cell::maybe(line.initiative),
            Cell::maybe(line.code),
            Cell::maybe(line.category),
            Cell::text(line.kind),
            amount,
            Cell::maybe(line.currency),
        ]);
    }
    sheet
}

/// The first day of a month of 2026.
pub fn month(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, number, 1).expect("a month")
}

/// Average rates of most months, closing rates of October, one budget rate: some are missing.
fn rates(draw: &mut Draw) -> Vec<Rate> {
    let mut rates = Vec::new();
    for (from, _) in &CURRENCIES[1..] {
        let usual = if *from == "JPY" { 53 } else { draw.between(7_000, 26_000) };
        let mut add = |draw: &mut Draw, kind, month| {
            if draw.chance(96) {
                rates.push(Rate { from, kind, month, worth: usual + draw.below(usual / 20 + 2) });
            }
        };
        (5..=10).for_each(|month| add(draw, "average", month));
        add(draw, "closing", 10);
        add(draw, "budget", 1);
    }
    rates
}

fn plans(draw: &mut Draw, from: i64) -> Vec<Plan> {
    (0..draw.at(6))
        .map(|_| Plan {
            initiative: draw.pick(&["I1", "I2", "I3"]),
            category: draw.pick(&CATEGORIES),
            month: draw.between(from, 12) as u32,
            minor: draw.between(1, 10_000_000),
        })
        .collect()
}

fn change(draw: &mut Draw) -> Change {
    let kind = draw.pick(&["virement", "increase", "decrease"]);
    let minor = draw.between(1, 1_000_000);
    let mut place = |initiative| Plan { initiative, category: draw.pick(&CATEGORIES), month: draw.between(5, 12) as u32, minor };
    let (mut from, mut to) = (Some(place("I1")), Some(place("I3")));
    if kind == "increase" {
        from = None;
    } else if kind == "decrease" {
        to = None;
    } else if let (Some(from), Some(to)) = (from, &mut to) {
        // A virement moves within a period; a re-phase would move between two.
        to.month = from.month;
    }
    Change { kind, from, to, minor, status: draw.pick(&["approved", "approved", "proposed", "rejected"]) }
}

fn line(draw: &mut Draw, number: i64, before: &[Line]) -> Line {
    let kind = draw.pick(&KINDS);
    let currency = draw.chance(60).then(|| draw.pick(&CURRENCIES).0);
    let taken_back = matches!(kind, "reversal" | "commitment release");
    let size = draw.between(1, 9);
    let units = draw.between(1, 10i64.pow(size as u32)) * if taken_back || draw.chance(8) { -1 } else { 1 };
    // Whole units of a currency, now and then one decimal finer than pence.
    let step = match currency {
        Some("JPY") | None => 10_000,
        Some("KWD") => 10,
        _ => 100,
    };
    let finer = if draw.chance(3) { 5 } else { 0 };
    let repeated = before.last().filter(|_| draw.chance(3)).map(|line| line.entry.clone());
    Line {
        entry: repeated.unwrap_or_else(|| format!("E{number:03}")),
        posted: FIRST + Days::new(draw.below(185) as u64),
        initiative: if draw.chance(45) {
            Some(draw.pick(&["I1", "I2", "I3", "I1", "I2", "I3", "I1", "I2", "I3", "X9"]))
        } else {
            None
        },
        code: if draw.chance(60) { Some(draw.pick(&["C1", "C2", "C3", "C1", "C2", "C3", "C1", "C2", "C3", "C7"])) } else { None },
        category: draw.chance(50).then(|| draw.pick(&CATEGORIES)),
        kind,
        amount: (!draw.chance(3)).then_some(units * step + finer),
        currency,
    }
}

/// Number of the month of a day.
pub fn month_of(day: NaiveDate) -> u32 {
    day.month()
}
