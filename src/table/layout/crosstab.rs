//! Crosstabs: a range of columns whose headers are one field (a period, a role) and whose cells are another.

use super::cells::{decimal_of, text_of};
use super::codes;
use super::region::{HeaderCell, Region};
use crate::base::finding::Findings;
use crate::base::origin::Origin;
use crate::source::raw::RawSheet;
use crate::table::check;
use crate::table::grid::{RecordAt, SetAside};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// The columns of a crosstab.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wide {
    /// Columns whose cells are records.
    pub values: Vec<u32>,
    /// Columns that total them.
    pub totals: Vec<u32>,
}

/// The columns of a region that look like a crosstab over periods: at least two headers that are dates or periods. None
/// where there are fewer.
pub fn recognise(headers: &[&HeaderCell]) -> Option<Wide> {
    let values: Vec<u32> =
        headers.iter().filter(|header| header.date || is_period(&header.text)).map(|header| header.col).collect();
    let totals = headers.iter().filter(|header| is_total(&header.text)).map(|header| header.col).collect();
    (values.len() >= 2).then_some(Wide { values, totals })
}

/// True for words that head a column of totals.
pub fn is_total(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.iter().any(|word| matches!(*word, "total" | "totals" | "sum")) || lower.trim() == "full year"
}

/// True for `FY2027-P04`, `2026-10`, `2026-10-31`, `Oct 2026`, `Oct-26`, `October 2026`, `10/2026`.
pub fn is_period(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    let parts: Vec<&str> = lower.split(['-', ' ', '/', '.', '\'']).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [year, month] if is_year(year) => is_month_number(month),
        [year, period] if year.strip_prefix("fy").is_some_and(is_any_year) => {
            period.strip_prefix('p').is_some_and(is_month_number)
        }
        [month, year] if is_month_name(month) => is_any_year(year),
        [month, year] if is_year(year) => is_month_number(month),
        [year, month, day] if is_year(year) => is_month_number(month) && is_day(day),
        [day, month, year] if is_year(year) => is_day(day) && (is_month_number(month) || is_month_name(month)),
        _ => false,
    }
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse::<u16>().is_ok_and(|year| (1900..2200).contains(&year))
}

fn is_any_year(text: &str) -> bool {
    is_year(text) || (text.len() == 2 && text.bytes().all(|digit| digit.is_ascii_digit()))
}

fn is_month_number(text: &str) -> bool {
    text.len() <= 2 && text.parse::<u8>().is_ok_and(|month| (1..=14).contains(&month))
}

fn is_day(text: &str) -> bool {
    text.len() <= 2 && text.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day))
}

fn is_month_name(text: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    text.len() >= 3 && MONTHS.iter().any(|month| month.starts_with(text) || (text == "sept" && *month == "september"))
}

/// The records of a crosstab: its cells that hold something. Empty cells count as blank, totals as totals.
pub fn records(sheet: &RawSheet, region: &Region, wide: &Wide, used: impl Fn(u32) -> bool) -> (Vec<RecordAt>, SetAside) {
    let in_wide = |col: u32| wide.values.contains(&col) || wide.totals.contains(&col);
    let (rows, mut aside) = region.rows(sheet, |col| in_wide(col) || used(col));
    let beside = beside(region.columns.iter().map(|header| header.col), wide);
    let mut records = Vec::new();
    for at in rows {
        if is_total_row(sheet, &beside, at.row) {
            let holds = |col: &&u32| text_of(sheet, at.row, **col).is_some();
            aside.totals.extend(wide.values.iter().chain(&wide.totals).filter(holds).map(|_| at.row));
            aside.blank.extend(wide.values.iter().filter(|col| !holds(col)).map(|_| at.row));
            continue;
        }
        for &col in &wide.values {
            if text_of(sheet, at.row, col).is_some() {
                records.push(RecordAt { row: at.row, col });
            } else {
                aside.blank.push(at.row);
            }
        }
        aside.totals.extend(wide.totals.iter().filter(|col| text_of(sheet, at.row, **col).is_some()).map(|_| at.row));
    }
    (records, aside)
}

/// True where a cell beside the crosstab's own says that the row is a total.
pub fn is_total_row(sheet: &RawSheet, beside: &[u32], row: u32) -> bool {
    beside.iter().filter_map(|col| text_of(sheet, row, *col)).any(|text| says_total(&text))
}

/// The columns of a region that are none of its crosstab's.
pub fn beside(columns: impl Iterator<Item = u32>, wide: &Wide) -> Vec<u32> {
    let own: BTreeSet<u32> = wide.values.iter().chain(&wide.totals).copied().collect();
    columns.filter(|col| !own.contains(col)).collect()
}

/// True for `Total`, `Sub-total`, `Grand total 2026`, `Sum`.
fn says_total(text: &str) -> bool {
    let lower = text.to_lowercase().replace('-', "");
    let mut words = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    match words.next() {
        Some("total" | "totals" | "subtotal" | "subtotals" | "sum") => true,
        Some("grand" | "overall") => matches!(words.next(), Some("total" | "totals")),
        _ => false,
    }
}

/// Says which rows are totals, and compares each with the columns above it: since the total row before it, or all of them.
pub fn check_total_rows(sheet: &RawSheet, region: &Region, wide: &Wide, table: &str, findings: &mut Findings) {
    let Some(body) = region.body() else { return };
    let beside = beside(region.columns.iter().map(|header| header.col), wide);
    let totals: Vec<u32> = (body.top..=body.bottom).filter(|row| is_total_row(sheet, &beside, *row)).collect();
    for row in &totals {
        let place = Origin::row(&sheet.name, *row);
        let hint = "Nothing to do; better keep totals outside the table.";
        findings.push(check::codes::TOTAL_ROW.at(place).field(table, "").found("a total row").hint(hint));
    }
    let columns = if totals.is_empty() { Vec::new() } else { [&wide.values[..], &wide.totals[..]].concat() };
    for col in columns {
        let (mut all, mut block) = (Decimal::ZERO, Decimal::ZERO);
        for row in body.top..=body.bottom {
            let Some(value) = decimal_of(sheet, row, col) else { continue };
            if totals.binary_search(&row).is_err() {
                (all, block) = (all.saturating_add(value), block.saturating_add(value));
                continue;
            }
            if !agrees(value, block) && !agrees(value, all) {
                let header = region.columns.iter().find(|header| header.col == col).map_or("", |header| header.text.as_str());
                findings.push(
                    check::codes::TOTAL_WRONG
                        .at(sheet.origin(row, col))
                        .field(table, header)
                        .found(format!("\"{value}\""))
                        .expected(format!("{block}, the sum of the rows above it"))
                        .hint("Look for a row that is missing, was overwritten, or stands outside the formula."),
                );
            }
            block = Decimal::ZERO;
        }
    }
}

/// Compares each row's stated total with the sum of its cells. Where there are several total columns, each is compared
/// with the cells between it and the total column before it, and otherwise with all cells.
pub fn check_totals(sheet: &RawSheet, region: &Region, wide: &Wide, table: &str, findings: &mut Findings) {
    let Some(body) = region.body() else { return };
    let beside = beside(region.columns.iter().map(|header| header.col), wide);
    for row in body.top..=body.bottom {
        for &col in wide.totals.iter().filter(|_| !is_total_row(sheet, &beside, row)) {
            let Some(stated) = decimal_of(sheet, row, col) else { continue };
            let sums = possible_sums(sheet, row, wide, col);
            if !sums.iter().any(|sum| agrees(*sum, stated)) {
                let header = region.columns.iter().find(|header| header.col == col).map_or("", |header| header.text.as_str());
                findings.push(
                    codes::TOTAL_COLUMN
                        .at(sheet.origin(row, col))
                        .field(table, header)
                        .found(stated.to_string())
                        .expected(format!("{}, the sum of the cells it totals", sums.first().copied().unwrap_or_default()))
                        .hint("Correct the cell that is wrong, or let the total be a formula over the whole row."),
                );
            }
        }
    }
}

/// True where two sums differ by no more than the noise of a spreadsheet's own addition.
fn agrees(a: Decimal, b: Decimal) -> bool {
    (a.saturating_sub(b)).abs() <= (a.abs().max(b.abs()) * Decimal::new(1, 12)).max(Decimal::new(1, 9))
}

fn possible_sums(sheet: &RawSheet, row: u32, wide: &Wide, total: u32) -> Vec<Decimal> {
    let sum_of = |wanted: &dyn Fn(u32) -> bool| {
        let columns = wide.values.iter().filter(|col| wanted(**col));
        columns.filter_map(|col| decimal_of(sheet, row, *col)).fold(Decimal::ZERO, Decimal::saturating_add)
    };
    let before = wide.totals.iter().copied().filter(|col| *col < total).max();
    let part = sum_of(&|col| col < total && before.is_none_or(|before| col > before));
    vec![sum_of(&|_| true), part, sum_of(&|col| col < total)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_told_from_words() {
        for yes in [
            "FY2027-P04",
            "FY27-P04",
            "2026-10",
            "2026-10-31",
            "Oct 2026",
            "Oct-26",
            "October 2026",
            "10/2026",
            "Sept 26",
            "31 Oct 2026",
        ] {
            assert!(is_period(yes), "{yes}");
        }
        for no in ["Amount", "2026", "Q1 2026", "Total 2026", "13 apples", "May", "1-2", "Phase 2", "2026-15"] {
            assert!(!is_period(no), "{no}");
        }
        assert!(is_total("FY27 total") && is_total("Full year") && !is_total("Totality"));
    }
}
