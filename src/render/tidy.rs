//! Tidy results as CSV and Parquet bytes.
//!
//! Promises: CSV after RFC 4180 in UTF-8, ISO dates, plain decimals with a point, an empty field for what is not known;
//! Parquet with the columns' meanings in its metadata; the same table gives the same bytes. Text that a spreadsheet
//! program would take for a formula gets an apostrophe in front in CSV (OWASP, "CSV Injection"), in no other column and
//! nowhere in Parquet.

use crate::base::day::{Day, Moment, days_since_epoch};
use crate::report::tidy::{TidyColumn, TidyTable, Values};
use polars::io::parquet::write::{KeyValueMetadata, ParquetCompression, ParquetWriter};
use polars::prelude::{Column, DataFrame, DataType, IntoSeries as _, NamedFrom as _, NewChunkedArray as _, PolarsError, Series};
use polars::prelude::{Int32Chunked, Int128Chunked};
use rust_decimal::Decimal;
use std::fmt;

/// A fault of the program: a table that cannot be written, such as one whose columns differ in length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TidyError(pub String);

impl fmt::Display for TidyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the data file could not be written: {}", self.0)
    }
}

impl std::error::Error for TidyError {}

impl From<PolarsError> for TidyError {
    fn from(error: PolarsError) -> Self {
        Self(error.to_string())
    }
}

impl From<csv::Error> for TidyError {
    fn from(error: csv::Error) -> Self {
        Self(error.to_string())
    }
}

/// Digits of a decimal in Parquet, the most that 128 bits hold.
const PRECISION: usize = 38;

/// A table as CSV.
///
/// # Errors
/// [`TidyError`] where the columns differ in length.
pub fn csv(table: &TidyTable) -> Result<Vec<u8>, TidyError> {
    check(table)?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(table.columns.iter().map(|column| column.name))?;
    for row in 0..table.rows {
        writer.write_record(table.columns.iter().map(|column| field(&column.values, row)))?;
    }
    writer.into_inner().map_err(|error| TidyError(error.to_string()))
}

fn check(table: &TidyTable) -> Result<(), TidyError> {
    let odd = table.columns.iter().find(|column| column.values.len() != table.rows);
    odd.map_or(Ok(()), |column| Err(TidyError(format!("column {} of {} has not one value a row", column.name, table.name))))
}

fn field(values: &Values, row: usize) -> String {
    let shown = match values {
        Values::Text(texts) => texts[row].as_deref().map(harmless),
        Values::Whole(numbers) => numbers[row].map(|number| number.to_string()),
        Values::Number(numbers) => numbers[row].filter(|number| number.is_finite()).map(|number| number.to_string()),
        Values::Amount(amounts) => amounts[row].map(|amount| amount.to_string()),
        Values::Date(days) => days[row].map(|day| day.to_string()),
        Values::Moment(moments) => moments[row].map(iso),
        Values::YesNo(answers) => answers[row].map(|yes| yes.to_string()),
    };
    shown.unwrap_or_default()
}

/// Text that no spreadsheet program takes for a formula.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_string() }
}

/// `2026-10-31T17:00`.
fn iso(at: Moment) -> String {
    at.datetime().format("%Y-%m-%dT%H:%M").to_string()
}

/// A table as Parquet. Dates with a time are ISO text; amounts are exact decimals.
///
/// # Errors
/// [`TidyError`] where the columns differ in length, or an amount needs more than 38 digits.
pub fn parquet(table: &TidyTable) -> Result<Vec<u8>, TidyError> {
    check(table)?;
    let columns: Vec<Column> = table.columns.iter().map(column).collect::<Result<_, _>>()?;
    let mut frame = DataFrame::new(table.rows, columns)?;
    let mut meanings = vec![(table.name.to_string(), table.about.to_string())];
    meanings.extend(table.columns.iter().map(|column| (format!("{}.{}", table.name, column.name), column.about.to_string())));
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes)
        .with_compression(ParquetCompression::Snappy)
        .with_key_value_metadata(Some(KeyValueMetadata::from_static(meanings)))
        .set_parallel(false)
        .finish(&mut frame)?;
    Ok(bytes)
}

fn column(column: &TidyColumn) -> Result<Column, TidyError> {
    let name = column.name;
    let series = match &column.values {
        Values::Text(texts) => Series::new(name.into(), texts),
        Values::Whole(numbers) => Series::new(name.into(), numbers),
        Values::Number(numbers) => {
            Series::new(name.into(), numbers.iter().map(|number| number.filter(|number| number.is_finite())).collect::<Vec<_>>())
        }
        Values::Amount(amounts) => decimals(name, amounts)?,
        Values::Date(days) => dates(name, days)?,
        Values::Moment(moments) => Series::new(name.into(), moments.iter().map(|at| at.map(iso)).collect::<Vec<_>>()),
        Values::YesNo(answers) => Series::new(name.into(), answers),
    };
    Ok(series.into())
}

fn dates(name: &str, days: &[Option<Day>]) -> Result<Series, TidyError> {
    let since = days.iter().map(|day| day.and_then(|day| i32::try_from(days_since_epoch(day)).ok()));
    Ok(Int32Chunked::from_iter_options(name.into(), since).into_series().cast(&DataType::Date)?)
}

/// All amounts of a column at the finest scale that any of them has.
fn decimals(name: &str, amounts: &[Option<Decimal>]) -> Result<Series, TidyError> {
    let scale = amounts.iter().flatten().map(|amount| amount.normalize().scale()).max().unwrap_or(0);
    let mut units = Vec::with_capacity(amounts.len());
    for amount in amounts {
        units.push(amount.map(|amount| in_units(amount, scale)).transpose()?);
    }
    let whole = Int128Chunked::from_iter_options(name.into(), units.into_iter());
    Ok(whole.into_decimal(PRECISION, usize::try_from(scale).unwrap_or(0))?.into_series())
}

fn in_units(amount: Decimal, scale: u32) -> Result<i128, TidyError> {
    let amount = amount.normalize();
    let factor = 10i128.checked_pow(scale - amount.scale());
    let units = factor.and_then(|factor| amount.mantissa().checked_mul(factor));
    units.ok_or_else(|| TidyError(format!("{amount} does not fit beside amounts with {scale} decimals")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use polars::prelude::{ParquetReader, SerReader as _};

    fn table() -> TidyTable {
        let day = |year, month, day| Day::from_ymd_opt(year, month, day).expect("a date");
        let texts = ["=1+1", "-5", "a,\"b\"\nc", ""].map(|text| Some(text.to_string())).to_vec();
        let column = |name, values| TidyColumn { name, about: "For the test.", values };
        TidyTable {
            name: "sample",
            about: "A row a case.",
            columns: vec![
                column("text", Values::Text(texts)),
                column("whole", Values::Whole(vec![Some(-1), None, Some(i64::MAX), Some(0)])),
                column("number", Values::Number(vec![Some(0.1), Some(f64::NAN), None, Some(1e21)])),
                column(
                    "amount",
                    Values::Amount(vec![Some(Decimal::new(-150, 2)), Some(Decimal::new(1, 4)), None, Some(Decimal::ZERO)]),
                ),
                column("day", Values::Date(vec![Some(day(2026, 10, 31)), Some(day(1969, 12, 31)), None, None])),
                column("moment", Values::Moment(vec![Some(Moment::at(day(2026, 10, 31), 17, 0)), None, None, None])),
                column("yes", Values::YesNo(vec![Some(true), Some(false), None, None])),
            ],
            rows: 4,
        }
    }

    #[test]
    fn csv_is_plain_and_harmless() {
        let text = String::from_utf8(csv(&table()).expect("csv")).expect("text");
        let expected = "text,whole,number,amount,day,moment,yes\r\n\
            '=1+1,-1,0.1,-1.50,2026-10-31,2026-10-31T17:00,true\r\n\
            '-5,,,0.0001,1969-12-31,,false\r\n\
            \"a,\"\"b\"\"\nc\",9223372036854775807,,,,,\r\n\
            ,0,1000000000000000000000,0,,,\r\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn parquet_comes_back_as_it_went() {
        let bytes = parquet(&table()).expect("parquet");
        assert_eq!(bytes, parquet(&table()).expect("parquet"), "the same table, the same bytes");
        let frame = ParquetReader::new(std::io::Cursor::new(bytes)).finish().expect("a frame");
        assert_eq!(frame.height(), 4);
        let amounts = frame.column("amount").expect("amount").decimal().expect("decimals").clone();
        assert_eq!(amounts.scale(), 4);
        let units: Vec<Option<i128>> = amounts.physical().iter().collect();
        assert_eq!(units, [Some(-15_000), Some(1), None, Some(0)]);
        let days: Vec<Option<i32>> = frame.column("day").expect("day").date().expect("dates").physical().iter().collect();
        assert_eq!(days, [Some(20_757), Some(-1), None, None]);
        assert_eq!(frame.column("number").expect("number").null_count(), 2);
        assert_eq!(frame.column("text").expect("text").str().expect("text").get(0), Some("=1+1"));
    }

    #[test]
    fn uneven_columns_are_refused() {
        let mut table = table();
        table.rows = 5;
        assert!(csv(&table).is_err() && parquet(&table).is_err());
    }
}
