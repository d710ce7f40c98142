//! Any cell under any kind of field: no panic, nothing lost, nothing zeroed.

use crate::base::finding::Severity;
use crate::source::raw::{CellError, FormatClass, RawColumn, RawSheet, Style, Value};
use crate::table::check::check_grids;
use crate::table::contract::Contract;
use crate::table::contract::build::{
    choice, contract, currency, date, id, integer, ledger, moment, money, number, percent, period, reference, references, span,
    text, yes_no,
};
use crate::table::testing::{grid, settings, sheet};
use proptest::prelude::*;
use std::sync::Arc;

/// A contract with a field of every kind, all required or none.
fn every_kind(required: bool) -> Arc<Contract> {
    let fields = vec![
        id("Key"),
        text("Words"),
        reference("Link", "People"),
        references("Links", "People"),
        date("Day"),
        moment("At"),
        period("Period"),
        number("Ratio"),
        integer("Count").between(1.0, 9.0),
        money("Plan"),
        ledger("Amount"),
        percent("Share"),
        choice("Colour", "red=r|green=g"),
        yes_no("Agreed"),
        span("Length"),
        currency("Currency"),
    ];
    let fields = fields.into_iter().map(|field| if required { field.needed() } else { field }).collect();
    Arc::new(contract("Everything", "", "For the tests.").fields(fields))
}

#[derive(Clone, Debug)]
enum Any {
    Empty,
    Number(f64, u16),
    Text(String),
    Bool(bool),
    Error,
    Never,
}

fn any_cell() -> impl Strategy<Value = Any> {
    let tricky = prop::sample::select(vec![
        "",
        " ",
        "1,234",
        "1.234,56",
        "(5)",
        "10-20",
        "n/a",
        "TBC",
        "confidential",
        "31/12/2026",
        "03/04/05",
        "Oct 2026",
        "FY2026-P03",
        "5d",
        "-2 wks",
        "yes",
        "red",
        "GBP",
        "£",
        "64 %",
        "\u{a0}",
        "\u{200b}",
        "Total",
        "Р-1",
        "a;b,c",
        "1e308",
        "-",
        "=1+1",
        "99999999999999999999",
        "0.00001",
    ]);
    prop_oneof![
        Just(Any::Empty),
        (any::<f64>().prop_filter("cells are finite", |number| number.is_finite()), 0u16..5)
            .prop_map(|(number, style)| Any::Number(number, style)),
        (-100.0..60_000.0f64, 0u16..5).prop_map(|(number, style)| Any::Number(number.round(), style)),
        tricky.prop_map(|text| Any::Text(text.to_string())),
        any::<String>().prop_map(Any::Text),
        any::<bool>().prop_map(Any::Bool),
        Just(Any::Error),
        Just(Any::Never),
    ]
}

fn build(contract: &Contract, rows: &[Vec<Any>]) -> RawSheet {
    let headers: Vec<&str> = contract.fields.iter().map(|field| field.header.as_ref()).collect();
    let mut out = sheet("Everything", &headers.join("|"));
    for class in [FormatClass::Percent, FormatClass::Date, FormatClass::Time, FormatClass::Text] {
        out.styles.push(Style { code: "x".into(), class, indent: 0, bold: false });
    }
    for (row, cells) in (1u32..).zip(rows) {
        for (cell, (_, column)) in cells.iter().zip(&mut out.columns) {
            let (value, style) = match cell {
                Any::Empty => continue,
                Any::Number(number, style) => (Value::Number(*number), *style),
                Any::Text(text) => {
                    out.texts.push(Arc::from(text.as_str()));
                    (Value::Text(u32::try_from(out.texts.len() - 1).expect("few")), 0)
                }
                Any::Bool(yes) => (Value::Bool(*yes), 0),
                Any::Error => (Value::Error(CellError::Ref), 0),
                Any::Never => (Value::NeverCalculated, 0),
            };
            let RawColumn { rows, values, styles } = column;
            rows.push(row);
            values.push(value);
            styles.push(style);
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn rows_and_money_are_conserved_whatever_the_cells(rows in prop::collection::vec(prop::collection::vec(any_cell(), 16), 1..12), required in any::<bool>()) {
        let contract = every_kind(required);
        let sheet = build(&contract, &rows);
        let (tables, _) = check_grids(vec![grid(&contract, &sheet)], &settings());
        prop_assert_eq!(tables.assert_reconciled(), Ok(()));
        let total = &tables.control_totals[0];
        prop_assert_eq!(total.rows_seen, sheet.extent().map_or(0, |extent| u64::from(extent.bottom)));
    }

    #[test]
    fn a_cell_that_holds_something_is_a_value_a_state_or_a_finding(cells in prop::collection::vec(any_cell(), 16)) {
        let contract = every_kind(false);
        let sheet = build(&contract, &[cells]);
        let (tables, findings) = check_grids(vec![grid(&contract, &sheet)], &settings());
        let Some(table) = tables.get("Everything").filter(|table| table.len() == 1) else { return Ok(()) };
        for (position, field) in contract.fields.iter().enumerate() {
            let col = u32::try_from(position).expect("few");
            let Some((value, _)) = sheet.cell(1, col) else { continue };
            let blank = matches!(value, Value::Text(index) if sheet.text(index).chars().all(|c| c.is_whitespace() || c.is_control() || c == '\u{200b}'));
            let null = table.frame.column(&field.key).expect("a column").null_count() == 1;
            let told = findings.0.iter().any(|finding| finding.field == field.header.as_ref());
            prop_assert!(blank || !null || told, "{}: {:?}", field.header, value);
        }
    }

    #[test]
    fn a_required_field_without_a_value_holds_the_row_back_and_says_so(cells in prop::collection::vec(any_cell(), 16)) {
        let contract = every_kind(true);
        let sheet = build(&contract, &[cells]);
        if sheet.extent().is_none_or(|extent| extent.bottom == 0) { return Ok(()) }
        let (tables, findings) = check_grids(vec![grid(&contract, &sheet)], &settings());
        let table = tables.get("Everything").expect("read");
        for field in &contract.fields {
            prop_assert_eq!(table.frame.column(&field.key).expect("a column").null_count(), 0);
        }
        prop_assert!(tables.quarantine.is_empty() || findings.count(Severity::Error) > 0);
        prop_assert!(tables.quarantine.iter().all(|row| row.reasons.iter().all(|reason| reason.starts_with('T'))));
    }

    #[test]
    fn the_order_of_rows_changes_nothing_but_the_order(rows in prop::collection::vec(prop::collection::vec(any_cell(), 16), 2..8)) {
        // Duplicate keys and totals depend on what comes first; each row's own values do not.
        let contract = every_kind(false);
        let turned: Vec<_> = rows.iter().rev().cloned().collect();
        let count = |rows: &[Vec<Any>]| {
            let sheet = build(&contract, rows);
            let (tables, _) = check_grids(vec![grid(&contract, &sheet)], &settings());
            let table = tables.get("Everything").expect("read");
            let mut money: Vec<String> = table.rows().map(|row| format!("{:?} {:?} {:?}", row.integer("amount"), row.number("share"), row.day("day"))).collect();
            money.sort();
            money
        };
        prop_assume!(rows.iter().all(|row| !row.iter().any(|cell| matches!(cell, Any::Text(text) if text == "Total"))));
        prop_assume!(rows.iter().all(|row| row.iter().any(|cell| !matches!(cell, Any::Empty))));
        prop_assert_eq!(count(&rows), count(&turned));
    }
}
