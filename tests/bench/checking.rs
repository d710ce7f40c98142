//! How fast a ledger is checked: `cargo bench --bench checking [ROWS]`; 200,000 rows by 9 columns on one thread.

#![allow(clippy::print_stdout, clippy::expect_used, reason = "a bench reports figures")]

use std::sync::Arc;
use std::time::Instant;
use throughline::base::origin::SheetName;
use throughline::source::raw::{FormatClass, RawColumn, RawSheet, Style, Value};
use throughline::table::check::{CheckSettings, check_grids};
use throughline::table::contracts;
use throughline::table::grid::{Binding, From, Grid, Reading, RecordAt, SetAside};

const FIELDS: [&str; 9] =
    ["entry_id", "posting_date", "period", "cost_code", "type", "amount", "currency", "vendor", "description"];

fn main() {
    let rows: u32 = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(200_000);
    let sheet = ledger(rows);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    for round in 0..5 {
        let grid = grid(&sheet, rows);
        let start = Instant::now();
        let (tables, findings) = pool.install(|| check_grids(vec![grid], &CheckSettings::default()));
        let checked = start.elapsed().as_secs_f64();
        let reconciled = tables.assert_reconciled();
        let seconds = start.elapsed().as_secs_f64();
        let accepted = tables.control_totals[0].accepted;
        println!(
            "round {round}: {rows} rows checked in {checked:.3} s, reconciled after {seconds:.3} s ({accepted} accepted, {} findings, {reconciled:?})",
            findings.0.len()
        );
    }
}

fn ledger(rows: u32) -> RawSheet {
    let mut sheet = RawSheet::empty(SheetName { file: "ledger.xlsx".into(), sheet: "Actuals".into() });
    let style = |class, code: &str| Style { code: code.into(), class, indent: 0, bold: false };
    sheet.styles.extend([style(FormatClass::Date, "yyyy-mm-dd"), style(FormatClass::Number, "#,##0.00")]);
    let mut columns = vec![RawColumn::default(); FIELDS.len()];
    let shared = ["FY2026-P07", "actual", "accrual", "GBP", "EUR"];
    sheet.texts.extend(shared.iter().map(|text| Arc::from(*text)));
    let mut text = |text: String| {
        sheet.texts.push(Arc::from(text));
        Value::Text(u32::try_from(sheet.texts.len() - 1).expect("few"))
    };
    let vendors: Vec<Value> = (0..500).map(|number| text(format!("Vendor {number}"))).collect();
    let cost_codes: Vec<Value> = (0..200).map(|number| text(format!("CC-{number:04}"))).collect();
    for row in 1..=rows {
        let at = row as usize;
        let amount = f64::from(row.wrapping_mul(2_654_435_761) % 10_000_000) / 100.0;
        let values = [
            (text(format!("GL-{row:07}")), 0),
            (Value::Number(f64::from(46_000 + row % 365)), 1),
            (Value::Text(0), 0),
            (cost_codes[at % cost_codes.len()], 0),
            (Value::Text(1 + row % 2), 0),
            (Value::Number(amount), 2),
            (Value::Text(3 + u32::from(row % 50 == 0)), 0),
            (vendors[at % vendors.len()], 0),
            (text(format!("Line {row} of the month")), 0),
        ];
        for (column, (value, style)) in columns.iter_mut().zip(values) {
            column.rows.push(row);
            column.values.push(value);
            column.styles.push(style);
        }
    }
    sheet.columns = (0u32..).zip(columns).collect();
    sheet
}

fn grid(sheet: &RawSheet, rows: u32) -> Grid<'_> {
    let contract = contracts::find("Actuals").expect("ours");
    let field = |key: &&str| contract.position(key).expect("a field");
    let bindings = (0u32..).zip(FIELDS.iter().map(field)).map(|(col, field)| Binding {
        field,
        from: From::Column(col),
        translate: Vec::new(),
        factor: 1.0,
    });
    Grid {
        sheet,
        owner: None,
        bindings: bindings.collect(),
        open: Vec::new(),
        header_row: None,
        records: (1..=rows).map(|row| RecordAt { row, col: 0 }).collect(),
        set_aside: SetAside::default(),
        reading: Reading::default(),
        contract: Arc::clone(&contract),
    }
}
