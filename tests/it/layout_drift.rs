//! Headers that drift: renamed, moved, new, missing and repeated columns, in every table of the data dictionary. Each is
//! named at its cell, and nothing else is told.

use crate::harness::test;
use libtest_mimic::Trial;
use std::sync::{Arc, LazyLock};
use throughline::base::finding::Finding;
use throughline::base::origin::SheetName;
use throughline::source::raw::{RawColumn, RawSheet, Value};
use throughline::table::contract::Contract;
use throughline::table::contracts;
use throughline::table::grid::From;
use throughline::table::layout;
use throughline::table::mapping::Mappings;

pub fn trials() -> Vec<Trial> {
    vec![
        test("layout_drift::a_template_is_read_without_a_word", template),
        test("layout_drift::moved_columns_change_nothing", moved),
        test("layout_drift::a_renamed_column_is_named_with_the_field_it_was", renamed),
        test("layout_drift::a_new_column_is_named", new_column),
        test("layout_drift::a_missing_column_is_named_where_it_is_needed", missing),
        test("layout_drift::a_repeated_column_is_named", repeated),
    ]
}

static ALL: LazyLock<Vec<Arc<Contract>>> = LazyLock::new(contracts::all);

/// A title, an empty row, the headers, and two rows of one letter each.
fn sheet(contract: &Contract, headers: &[String]) -> RawSheet {
    let mut sheet = RawSheet::empty(SheetName::new("book.xlsx", contract.name.to_string()));
    sheet.texts.push(Arc::from("x"));
    for (col, header) in headers.iter().enumerate() {
        sheet.texts.push(Arc::from(header.as_str()));
        let text = Value::Text(u32::try_from(sheet.texts.len() - 1).expect("few"));
        let mut column =
            RawColumn { rows: vec![2, 3, 4], values: vec![text, Value::Text(0), Value::Text(0)], styles: vec![0; 3] };
        if col == 0 {
            column.rows.insert(0, 0);
            column.values.insert(0, Value::Text(0));
            column.styles.insert(0, 0);
        }
        sheet.columns.push((u32::try_from(col).expect("few"), column));
    }
    sheet
}

fn headers(contract: &Contract) -> Vec<String> {
    contract.fields.iter().map(|field| field.header.to_string()).collect()
}

/// For a sheet: its fields in the order of the contract with their headers, the number of records, and the findings.
fn read(contract: &Contract, headers: &[String]) -> (Vec<(usize, String)>, usize, Vec<Finding>) {
    let sheets = [sheet(contract, headers)];
    let (grids, _, findings) = layout::cut(&sheets, &Mappings::default(), &ALL);
    assert_eq!(grids.len(), 1, "{}", contract.name);
    assert_eq!(grids[0].contract.name, contract.name);
    let column = |from: &From| if let From::Column(col) = from { headers[*col as usize].clone() } else { String::new() };
    let mut fields: Vec<(usize, String)> =
        grids[0].bindings.iter().map(|binding| (binding.field, column(&binding.from))).collect();
    fields.sort();
    (fields, grids[0].records.len(), findings.0)
}

fn codes(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.code.id).collect()
}

/// No word of any table: a name that nothing is like.
const STRANGE: &str = "Qwxyz vjk";

fn template() {
    for contract in ALL.iter() {
        let (fields, records, findings) = read(contract, &headers(contract));
        assert_eq!((fields.len(), records), (contract.fields.len(), 2), "{}", contract.name);
        assert!(findings.is_empty(), "{}: {findings:?}", contract.name);
    }
}

fn moved() {
    for contract in ALL.iter() {
        let plain = headers(contract);
        for turn in [0, 1, plain.len() / 2] {
            let mut turned = plain.clone();
            turned.rotate_left(turn);
            turned.reverse();
            assert_eq!(read(contract, &turned), read(contract, &plain), "{}", contract.name);
        }
    }
}

fn renamed() {
    for contract in ALL.iter() {
        for (at, field) in contract.fields.iter().enumerate() {
            let mut headers = headers(contract);
            headers[at] = STRANGE.to_string();
            if headers.len() == 2 {
                continue;
            }
            let (_, _, findings) = read(contract, &headers);
            let mut expected = vec!["T301"];
            expected.extend(field.required.then_some("T303"));
            assert_eq!(codes(&findings), expected, "{} {}", contract.name, field.header);
            assert!(
                findings[0].found.contains(STRANGE) && findings[0].origin.as_ref().is_some_and(|origin| origin.row == Some(2))
            );
            assert!(findings.iter().skip(1).all(|finding| finding.field == field.header));
        }
    }
}

fn new_column() {
    for contract in ALL.iter() {
        for at in 0..=contract.fields.len() {
            let mut headers = headers(contract);
            headers.insert(at, STRANGE.to_string());
            let (fields, _, findings) = read(contract, &headers);
            assert_eq!((fields.len(), codes(&findings)), (contract.fields.len(), vec!["T301"]), "{}", contract.name);
            assert_eq!(findings[0].origin.as_ref().and_then(|origin| origin.col), u32::try_from(at).ok());
        }
    }
}

fn missing() {
    for contract in ALL.iter().filter(|contract| contract.fields.len() > 2) {
        for (at, field) in contract.fields.iter().enumerate() {
            let mut headers = headers(contract);
            headers.remove(at);
            let (_, _, findings) = read(contract, &headers);
            let expected: Vec<&str> = field.required.then_some("T303").into_iter().collect();
            assert_eq!(codes(&findings), expected, "{} {}", contract.name, field.header);
            assert!(findings.iter().all(|finding| finding.field == field.header));
        }
    }
}

fn repeated() {
    for contract in ALL.iter() {
        for field in &contract.fields {
            let mut headers = headers(contract);
            headers.push(field.header.to_uppercase());
            let (fields, _, findings) = read(contract, &headers);
            assert_eq!(
                (fields.len(), codes(&findings)),
                (contract.fields.len(), vec!["T302"]),
                "{} {}",
                contract.name,
                field.header
            );
            assert_eq!(findings[0].field, field.header);
        }
    }
}
