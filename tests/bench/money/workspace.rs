//! A workspace with a ledger of any size in four workbooks: drawn from whole numbers, so that it is the same every time.
//!
//! Of ten lines, six are invoices, two an accrual and its reversal, two an order and the release of its rest. Half name their
//! category, a quarter their initiative; the cost code leads to the rest. One in a thousand has a cost code that nobody knows,
//! and what is posted in November lies after the as-of date.

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use std::path::Path;

/// Workbooks of the ledger.
pub const BOOKS: u32 = 4;

const INITIATIVES: u32 = 40;
const COST_CODES: u32 = 300;
const CATEGORIES: [&str; 8] = ["Labour", "Contractors", "Hardware", "Software", "Services", "Travel", "Training", "Facilities"];
const CURRENCIES: [&str; 4] = ["GBP", "EUR", "USD", "CHF"];
/// Excel's number of 2025-04-01, and the days that lines are posted on: up to 2026-11-03.
const FIRST_DAY: u32 = 45_748;
const DAYS: u32 = 582;
/// First days of the months from April 2025 to December 2026.
const MONTHS: [u32; 21] = [
    45_748, 45_778, 45_809, 45_839, 45_870, 45_901, 45_931, 45_962, 45_992, 46_023, 46_054, 46_082, 46_113, 46_143, 46_174,
    46_204, 46_235, 46_266, 46_296, 46_327, 46_357,
];

const SETTINGS: &str = r#"name = "A large ledger"
as_of = "2026-10-31"
reporting_currency = "GBP"

[fiscal_year]
start_month = 4
named_after = "end"
"#;

/// Writes settings, initiatives, the finance tables and the ledger.
pub fn write(root: &Path, lines: u32) -> Result<(), Box<dyn std::error::Error>> {
    let inputs = root.join("inputs");
    std::fs::create_dir_all(&inputs)?;
    std::fs::write(root.join("portfolio.toml"), SETTINGS)?;
    write_initiatives(&inputs.join("initiatives.xlsx"))?;
    write_finance(&inputs.join("finance.xlsx"))?;
    let each = lines.div_ceil(BOOKS);
    let book =
        |number: u32| write_ledger(&inputs.join(format!("ledger-{}.xlsx", number + 1)), number * each, (number + 1) * each);
    for halves in [[0, 1], [2, 3]] {
        let (first, second) = rayon::join(|| book(halves[0]), || book(halves[1]));
        first.and(second)?;
    }
    Ok(())
}

/// A number drawn for a line: the finisher of `SplitMix64`.
fn draw(seed: u32, salt: u32) -> u32 {
    let mut mixed = (u64::from(seed) << 8 | u64::from(salt)).wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed >> 33) as u32
}

/// One line of the ledger.
struct Line {
    event: u32,
    kind: &'static str,
    day: u32,
    minor: i64,
}

impl Line {
    /// The line of a number. The two lines of a pair share their event.
    fn of(number: u32) -> Self {
        let slot = number % 10;
        let event = if slot < 6 { number } else { number - slot % 2 };
        let minor = i64::from(draw(event, 1) % 2_000_000 + 100);
        let posted = FIRST_DAY + draw(event, 2) % DAYS;
        let month = MONTHS.partition_point(|first| *first <= posted);
        let month_end = MONTHS.get(month).copied().unwrap_or(posted + 1) - 1;
        let (kind, day, minor) = match slot {
            6 => ("accrual", month_end, minor),
            7 => ("reversal", month_end + 1, -minor),
            8 => ("commitment", posted, minor * 3),
            9 => ("commitment release", posted + draw(event, 3) % 60, -minor),
            _ => ("actual", posted, minor),
        };
        Self { event, kind, day, minor }
    }
}

fn write_ledger(path: &Path, from: u32, to: u32) -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Actuals")?;
    let (day, money) = (Format::new().set_num_format("yyyy-mm-dd"), Format::new().set_num_format("#,##0.00"));
    let headers = [
        "Entry ID",
        "Posting date",
        "Initiative",
        "Cost code",
        "Category",
        "Type",
        "Amount",
        "Currency",
        "Vendor",
        "PO",
        "Document",
        "Description",
    ];
    sheet.write_row(0, 0, headers)?;
    for number in from..to {
        write_line(sheet, number - from + 1, number, (&day, &money))?;
    }
    book.save(path)
}

fn write_line(sheet: &mut Worksheet, row: u32, number: u32, (day, money): (&Format, &Format)) -> Result<(), XlsxError> {
    let line = Line::of(number);
    let of = |salt: u32, among: u32| draw(line.event, salt) % among;
    let code = of(4, COST_CODES);
    sheet.write(row, 0, format!("GL-{number:07}"))?.write_with_format(row, 1, line.day, day)?;
    if of(5, 4) == 0 && of(6, 1_000) > 0 {
        sheet.write(row, 2, initiative(code % INITIATIVES))?;
    }
    sheet.write(row, 3, if of(6, 1_000) == 0 { format!("CC-X{:02}", of(7, 20)) } else { cost_code(code) })?;
    if of(8, 2) == 0 {
        sheet.write(row, 4, CATEGORIES[of(9, 8) as usize])?;
    }
    sheet.write(row, 5, line.kind)?.write_with_format(row, 6, major(line.minor), money)?;
    sheet.write(row, 7, CURRENCIES[[0, 0, 0, 0, 0, 1, 1, 1, 2, 3][of(10, 10) as usize]])?;
    sheet.write(row, 8, format!("Vendor {:04}", of(11, 2_000)))?;
    if line.kind.starts_with("commitment") || of(12, 2) == 0 {
        sheet.write(row, 9, format!("PO-{:06}", if line.kind == "actual" { of(13, 100_000) } else { 100_000 + line.event }))?;
    }
    sheet.write(row, 10, format!("DOC-{:07}", line.event))?;
    sheet.write(row, 11, format!("{} for {}", ["Invoice", "Work", "Delivery", "Licence"][of(14, 4) as usize], of(15, 5_000)))?;
    Ok(())
}

fn major(minor: i64) -> f64 {
    minor as f64 / 100.0
}

fn initiative(number: u32) -> String {
    format!("INIT-{:02}", number + 1)
}

fn cost_code(number: u32) -> String {
    format!("CC-{number:04}")
}

fn write_initiatives(path: &Path) -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Initiatives")?;
    sheet.write_row(0, 0, ["Initiative ID", "Name", "Owner", "Status", "Currency"])?;
    for number in 0..INITIATIVES {
        let id = initiative(number);
        let currency = CURRENCIES[(number % 8 / 5) as usize];
        sheet.write_row(number + 1, 0, [id.as_str(), &format!("Initiative {number}"), "P-1", "active", currency])?;
    }
    let sheet = book.add_worksheet().set_name("People")?;
    sheet.write_row(0, 0, ["Person ID", "Name"])?.write_row(1, 0, ["P-1", "A Person"])?;
    book.save(path)
}

fn write_finance(path: &Path) -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    write_cost_codes(book.add_worksheet().set_name("Cost codes")?)?;
    write_rates(book.add_worksheet().set_name("FX rates")?, &day)?;
    write_plan(book.add_worksheet().set_name("Budgets")?, &day, (0, 21))?;
    write_plan(book.add_worksheet().set_name("Forecast")?, &day, (18, 21))?;
    book.save(path)
}

fn write_cost_codes(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.write_row(0, 0, ["Cost code", "Initiative", "WBS", "Category", "Capex/Opex"])?;
    for code in 0..COST_CODES {
        let (category, kind) = (CATEGORIES[(code % 8) as usize], ["capex", "opex"][(code % 2) as usize]);
        sheet.write_row(code + 1, 0, [&cost_code(code), &initiative(code % INITIATIVES), "1", category, kind])?;
    }
    Ok(())
}

/// Rates to pounds: average and closing of each month, and one for budgets.
fn write_rates(sheet: &mut Worksheet, day: &Format) -> Result<(), XlsxError> {
    sheet.write_row(0, 0, ["From", "To", "Kind", "Period", "Rate"])?;
    let mut row = 0;
    for (number, currency) in CURRENCIES.iter().enumerate().skip(1) {
        for (month, first) in MONTHS.iter().enumerate() {
            for kind in ["average", "closing", "budget"].iter().take(if month == 0 { 3 } else { 2 }) {
                row += 1;
                let rate = f64::from(7_000 + 400 * number as u32 + draw(row, 20) % 900) / 10_000.0;
                sheet.write(row, 0, *currency)?.write(row, 1, "GBP")?.write(row, 2, *kind)?;
                sheet.write_with_format(row, 3, *first, day)?.write(row, 4, rate)?;
            }
        }
    }
    Ok(())
}

/// Amounts by initiative, category and month.
fn write_plan(sheet: &mut Worksheet, day: &Format, (from, to): (usize, usize)) -> Result<(), XlsxError> {
    sheet.write_row(0, 0, ["Initiative", "Category", "Capex/Opex", "Period", "Amount"])?;
    let mut row = 0;
    for number in 0..INITIATIVES {
        for category in CATEGORIES {
            for first in &MONTHS[from..to] {
                row += 1;
                sheet.write(row, 0, initiative(number))?.write(row, 1, category)?.write(row, 2, "opex")?;
                sheet.write_with_format(row, 3, *first, day)?.write(row, 4, draw(row, 21) % 5_000_000)?;
            }
        }
    }
    Ok(())
}
