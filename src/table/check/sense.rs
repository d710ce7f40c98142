//! What single cells cannot show: amounts a thousand times off, amounts finer than a penny, days and
//! months that changed places on the way into Excel.

use super::cells::{self, Cell};
use super::column::Noted;
use super::date::{self, Order};
use super::outcome::Data;
use super::region::Region;
use super::{CheckSettings, codes};
use crate::base::day::day_from_epoch;
use crate::base::money::Currency;
use crate::source::raw::FormatClass;
use crate::table::contract::Kind;
use chrono::Datelike as _;
use std::collections::BTreeMap;

/// Ten-thousandths of the major unit, by the number of decimals of a currency.
const STEP: [i64; 5] = [10_000, 1_000, 100, 10, 1];

/// Looks at whole columns.
pub(super) fn check(region: &mut Region<'_>, settings: &CheckSettings) {
    for field in 0..region.columns.len() {
        match region.contract().fields[field].kind {
            Kind::LedgerAmount => {
                smallest_units(region, field, settings);
                magnitude(region, field);
            }
            Kind::Money => magnitude(region, field),
            Kind::Date | Kind::Moment => swapped(region, field),
            _ => {}
        }
    }
}

/// The currency of a record's amounts, where it is known yet.
fn currencies(region: &Region<'_>, settings: &CheckSettings) -> Vec<Option<Currency>> {
    let position = region.contract().fields.iter().position(|field| field.kind == Kind::Currency && field.key == "currency");
    let Some(Data::Text { codes, pool }) = position.map(|position| &region.columns[position].data) else {
        return vec![settings.currency; region.grid.records.len()];
    };
    let known: Vec<Option<Currency>> = pool.iter().map(|code| Currency::parse(code)).collect();
    codes.iter().map(|code| known.get(*code as usize).copied().flatten().or(settings.currency)).collect()
}

/// Ledgers book whole smallest units. A currency that only the initiative gives is checked with the initiative.
fn smallest_units(region: &mut Region<'_>, field: usize, settings: &CheckSettings) {
    let Data::Int(amounts) = &region.columns[field].data else { return };
    if amounts.iter().flatten().all(|amount| amount % STEP[0] == 0) {
        return;
    }
    let currencies = currencies(region, settings);
    let step = |currency: &Option<Currency>| currency.map_or(1, |currency| STEP[currency.exponent().min(4) as usize]);
    let finer = |(amount, currency): (&Option<i64>, &Option<Currency>)| amount.is_some_and(|amount| amount % step(currency) != 0);
    let records: Vec<u32> =
        (0u32..).zip(amounts.iter().zip(&currencies)).filter(|(_, pair)| finer(*pair)).map(|(record, _)| record).collect();
    let noted = |record: &u32| {
        let code = currencies[*record as usize].map_or_else(String::new, |currency| currency.to_string());
        let noted = Noted {
            code: codes::AMOUNT_TOO_FINE,
            found: region.found(*record, field),
            expected: format!("an amount in whole smallest units of {code}"),
            hint: "Round it at the source, or correct the currency.".into(),
            records: vec![*record],
        };
        (field, noted)
    };
    let all = records.iter().map(noted).collect();
    for (record, reason) in records.into_iter().zip(region.tell(all)) {
        region.hold_back(record, reason);
    }
}

/// Amounts about a thousand times off the others of the same group (initiative and category), or of a column whose
/// amounts otherwise lie close together.
fn magnitude(region: &mut Region<'_>, field: usize) {
    let data = &region.columns[field].data;
    let sizes: Vec<(u32, f64)> = (0..u32::try_from(data.len()).unwrap_or(0))
        .filter_map(|record| data.comparable(record as usize).map(|size| (record, size.abs())))
        .filter(|(_, size)| *size > 0.0)
        .collect();
    let mut off = outliers(&sizes, 8);
    for group in groups(region, &sizes) {
        off.extend(outliers(&group, 4));
    }
    off.sort_by_key(|(record, _)| *record);
    off.dedup_by_key(|(record, _)| *record);
    let scale = if matches!(region.columns[field].data, Data::Int(_)) { 10_000.0 } else { 1.0 };
    let noted = |(record, usual): (u32, f64)| {
        let noted = Noted {
            code: codes::MAGNITUDE,
            found: region.found(record, field),
            expected: format!("an amount of the size of its neighbours, about {}", rounded(usual / scale)),
            hint: "Check whether it is in thousands and the others are not, or the other way round.".into(),
            records: vec![record],
        };
        (field, noted)
    };
    let all = off.into_iter().map(noted).collect();
    region.tell(all);
}

/// Two significant digits are enough to compare with.
fn rounded(size: f64) -> String {
    if size <= 0.0 {
        return "0".to_string();
    }
    let unit = 10f64.powf(size.log10().floor() - 1.0);
    cells::plain((size / unit).round() * unit)
}

/// The amounts of each initiative and category, in the order of their first records.
fn groups(region: &Region<'_>, sizes: &[(u32, f64)]) -> Vec<Vec<(u32, f64)>> {
    let keys: Vec<usize> =
        ["initiative", "category", "cost_code", "benefit"].iter().filter_map(|key| region.contract().position(key)).collect();
    let bound = keys.iter().any(|key| !matches!(region.columns[*key].data, Data::Absent));
    // A ledger has lines of every size in every group.
    if !bound || region.contract().fields.iter().any(|field| field.kind == Kind::LedgerAmount) {
        return Vec::new();
    }
    let mut groups: BTreeMap<Vec<&str>, Vec<(u32, f64)>> = BTreeMap::new();
    for (record, size) in sizes {
        let key = keys.iter().map(|key| region.columns[*key].data.text(*record as usize).unwrap_or("")).collect();
        groups.entry(key).or_default().push((*record, *size));
    }
    groups.into_values().collect()
}

/// Amounts 500 to 2,000 times the median or below it, where all others lie within a factor of 30 of it.
fn outliers(sizes: &[(u32, f64)], enough: usize) -> Vec<(u32, f64)> {
    const OFF: std::ops::RangeInclusive<f64> = 500.0..=2_000.0;
    const CLOSE: f64 = 30.0;
    if sizes.len() < enough {
        return Vec::new();
    }
    let mut sorted: Vec<f64> = sizes.iter().map(|(_, size)| *size).collect();
    let middle = sorted.len() / 2;
    let (_, median, _) = sorted.select_nth_unstable_by(middle, f64::total_cmp);
    let median = *median;
    let apart = |size: f64| if size > median { size / median } else { median / size };
    let far = sizes.iter().filter(|(_, size)| apart(*size) > CLOSE).count();
    let off: Vec<(u32, f64)> =
        sizes.iter().filter(|(_, size)| OFF.contains(&apart(*size))).map(|(record, _)| (*record, median)).collect();
    if far == off.len() && far * 4 <= sizes.len() { off } else { Vec::new() }
}

/// Real dates whose days are all 12 or less beside text dates whose days are all above 12.
fn swapped(region: &mut Region<'_>, field: usize) {
    const ENOUGH: usize = 3;
    let has_texts = region.columns[field].noted.iter().any(|noted| noted.code == codes::DATE_AS_TEXT);
    let Some(binding) = region.grid.bindings.iter().find(|binding| binding.field == field).filter(|_| has_texts) else { return };
    let sheet = region.grid.sheet;
    let mut real: Vec<u32> = Vec::new();
    let (mut above, mut other) = (0usize, 0usize);
    for (record, cell) in (0u32..).zip(cells::of(&region.grid, &binding.from)) {
        match cell {
            Cell::Number(serial, style) if cells::style(sheet, style).class == FormatClass::Date => {
                let day = date::serial_days(serial, sheet.date_1904).map(day_from_epoch);
                if day.is_some_and(|day| day.day() <= 12) { real.push(record) } else { other += 1 }
            }
            Cell::Text(index) => match date::read(sheet.text(index)).and_then(|written| written.order()) {
                Some(Order::DayFirst | Order::MonthFirst) => above += 1,
                _ => other += 1,
            },
            _ => {}
        }
    }
    if real.len() >= ENOUGH && above > 0 && other == 0 {
        let noted = Noted {
            code: codes::DATES_SWAPPED,
            found: format!("{} real dates with a day of 12 or less, {above} text with a day above 12, and no others", real.len()),
            expected: "real dates throughout".to_string(),
            hint: "Import the file again with the right order of day and month (Data > From Text > Date: DMY).".into(),
            records: real,
        };
        region.tell(vec![(field, noted)]);
    }
}
