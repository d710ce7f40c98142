//! What takes more than one sheet written as text: declared contracts, merged cells, 1904, several sheets, scale.

use crate::source::raw::Rect;
use crate::table::check::check_grids;
use crate::table::contract::build::{contract, id, number, reference, references, text};
use crate::table::contract::{Contract, Field};
use crate::table::contracts;
use crate::table::grid::{Binding, From, Reading, RecordAt};
use crate::table::tables::ValueState;
use crate::table::testing::{grid, lines, read, read_sheet, settings, sheet, sheet_of};
use std::fmt::Write as _;
use std::sync::Arc;

fn declared() -> Arc<Contract> {
    let with_pattern = |field: Field, pattern: &'static str| Field { pattern: Some(pattern.into()), ..field };
    let unique = |field: Field| Field { unique: true, ..field };
    let fields = vec![
        id("Asset").needed(),
        unique(with_pattern(text("Tag"), "[A-Z]{2}-[0-9]{3}").example("AB-123")),
        reference("Owner", "People"),
        references("Tasks", "Activities"),
        reference("Site", "Sites"),
        with_pattern(text("Lot"), "[0-9"),
        number("Value"),
    ];
    Arc::new(contract("Assets", "", "Declared by the user.").fields(fields).key("asset"))
}

#[test]
fn a_declared_contract_is_checked_like_ours() {
    let people = sheet("People", "Person ID|Name\nP-1|Ann\nP-O2|Bob");
    let plan = sheet("Activities", "Initiative|Activity ID|WBS|Name|Duration\nA|'10|'1|x|5d\nB|'10|'1|x|5d\nA|'20|'2|x|5d");
    let text = "Asset|Tag|Owner|Tasks|Site|Lot|Value
A1|AB-001|P-1|A/10; 20|S1|'1|5
A2|AB-1|P-3|99|S1||
A3|AB-001|P-02|'10|||-2.5";
    let assets = sheet("Assets", text);
    let ours = |name: &str| contracts::find(name).expect("ours");
    let grids = vec![grid(&ours("People"), &people), grid(&ours("Activities"), &plan), grid(&declared(), &assets)];
    let (tables, findings) = check_grids(grids, &settings());
    assert_eq!(tables.assert_reconciled(), Ok(()));
    let of_assets: Vec<String> = lines(&findings).into_iter().filter(|line| !line.starts_with("T042")).collect();
    assert_eq!(
        of_assets,
        [
            "T013 B3 Tag: not written in the agreed form; found \"AB-1\"; expected text such as AB-123 | Write it in the agreed form.",
            "T014  Lot: a pattern in the settings cannot be read; found \"[0-9\"; expected a regular expression | Correct the pattern in portfolio.toml; brackets and backslashes must match.",
            "T024 D3 Tasks: a code stored as a number; found \"99\"; expected a code stored as text | Type the code into a cell with a text format.",
            "T051 B4 Tag: a second row with the same value; found \"AB-001\"; expected a value that is used once; the first is at book.xlsx > Assets!B2 | Delete the row that is wrong, or give it a key of its own.",
            "T061 C3 Owner: no such row in the other table; found \"P-3\"; expected a code of People | Correct the code, or add the row to the other table.",
            "T061 D3 Tasks: no such row in the other table; found \"99\"; expected a code of Activities | Correct the code, or add the row to the other table.",
            "T064  Site: references that could not be checked; expected a table Sites | Add the table, if its rows should be checked.",
        ]
    );
}

#[test]
fn a_reference_that_looks_right_or_fits_twice_is_told() {
    let people = sheet("People", "Person ID|Name\nP-1|Ann\nP-O2|Bob");
    let plan = sheet("Activities", "Initiative|Activity ID|WBS|Name|Duration\nA|'10|'1|x|5d\nB|'10|'1|x|5d");
    let assets = sheet("Assets", "Asset|Owner|Tasks\nA1|P-02|'10");
    let ours = |name: &str| contracts::find(name).expect("ours");
    let grids = vec![grid(&ours("People"), &people), grid(&ours("Activities"), &plan), grid(&declared(), &assets)];
    let (_, findings) = check_grids(grids, &settings());
    assert_eq!(
        lines(&findings).into_iter().filter(|line| line.starts_with("T06")).collect::<Vec<_>>(),
        [
            "T062 B2 Owner: a code that only looks like one of the other table; found \"P-02\"; expected a code of People | Write \"P-O2\", if that is meant.",
            "T063 C2 Tasks: a code that fits several rows of the other table; found \"10\"; expected a code of Activities | It could be A/10 or B/10: write the one that is meant.",
        ]
    );
}

#[test]
fn merged_words_fill_down_and_merged_amounts_do_not() {
    let mut sheet =
        sheet("Budgets", "Initiative|Category|Capex/Opex|Period|Amount\nA|x|capex|FY2026-P01|100\n|y|capex|FY2026-P01|\n");
    sheet.merged = vec![Rect { top: 1, left: 0, bottom: 2, right: 0 }, Rect { top: 1, left: 4, bottom: 2, right: 4 }];
    let (tables, findings) = read_sheet("Budgets", &sheet);
    assert_eq!(
        lines(&findings),
        [
            "T001 E3 Amount: a value is missing; expected an amount such as 1234.50 | Fill in the cell.",
            "T046 A2 Initiative: merged cells inside the table; found \"A\"; expected one value a row; it was taken for every row | Unmerge the cells and fill in every row.",
            "T046 E2 Amount: merged cells inside the table; found \"100\"; expected one value a row; it was taken for the first row only | Unmerge the cells and fill in every row.",
        ]
    );
    assert_eq!(tables.quarantine[0].reasons, ["T001 Amount: a value is missing; expected an amount such as 1234.50"]);
    assert_eq!(
        tables.quarantine[0].cells,
        [("Category", "y"), ("Capex/Opex", "capex"), ("Period", "FY2026-P01")].map(|(a, b)| (a.to_string(), b.to_string()))
    );
}

#[test]
fn dates_of_a_1904_workbook_are_four_years_later() {
    let mut sheet = sheet("Objectives", "Objective ID|Name|Target date\nO-1|a|@43829");
    sheet.date_1904 = true;
    let (tables, findings) = read_sheet("Objectives", &sheet);
    let row = tables.get("Objectives").and_then(|table| table.rows().next()).and_then(|row| row.day("target_date"));
    assert_eq!(row.map(|day| day.to_string()).as_deref(), Some("2023-12-31"));
    assert_eq!(
        lines(&findings),
        ["T037  a workbook that counts days from 1904 | Nothing to do; take care when copying dates to another workbook."]
    );
}

#[test]
fn the_first_of_two_sheets_keeps_the_key() {
    let (first, second) = (
        sheet("Ledger 1", "Entry ID|Posting date|Type|Amount\nG-1|2026-07-01|actual|1"),
        sheet("Ledger 2", "Entry ID|Posting date|Type|Amount\nG-1|2026-07-01|actual|2\nG-2|2026-07-01|actual|3"),
    );
    let contract = contracts::find("Actuals").expect("ours");
    let (tables, findings) = check_grids(vec![grid(&contract, &first), grid(&contract, &second)], &settings());
    assert_eq!(findings.0.len(), 1);
    assert_eq!(findings.0[0].expected, "a key that is used once; the first is at book.xlsx > Ledger 1!A2");
    let amounts: Vec<_> = tables
        .get("Actuals")
        .expect("read")
        .rows()
        .map(|row| (row.integer("amount"), row.origin("amount").to_string()))
        .collect();
    assert_eq!(
        amounts,
        [(Some(10_000), "book.xlsx > Ledger 1!D2".to_string()), (Some(30_000), "book.xlsx > Ledger 2!D3".to_string())]
    );
    assert_eq!(
        tables.control_totals.iter().map(|total| (total.accepted, total.quarantined)).collect::<Vec<_>>(),
        [(1, 0), (1, 1)]
    );
}

#[test]
fn a_csv_file_is_all_text_and_that_is_no_finding() {
    let sheet = sheet_of(
        "ledger.csv",
        "",
        "Entry ID|Posting date|Type|Amount\n'1|'31/10/2026|'actual|'1,234.50\n'2|'01/11/2026|'actual|'5.00",
    );
    let (tables, findings) = read_sheet("Actuals", &sheet);
    let codes: Vec<&str> = findings.0.iter().map(|finding| finding.code.id).collect();
    assert_eq!(codes, [""; 0]);
    let rows: Vec<_> = tables.get("Actuals").expect("read").rows().map(|row| row.integer("amount")).collect();
    assert_eq!(rows, [Some(12_345_000), Some(50_000)]);
}

#[test]
fn a_source_can_say_how_it_is_to_be_read() {
    let sheet = sheet(
        "Actuals",
        "Entry ID|Posting date|Type|Debit|Credit\nG-1|'03/04/2026|KR|'1.234|\nG-2|'05/04/2026|KR||'0,5\nG-3|'05/04/2026|KR||\nG-4|'05/04/2026|KR|soon|1",
    );
    let contract = contracts::find("Actuals").expect("ours");
    let mut grid = grid(&contract, &sheet);
    grid.reading =
        Reading { decimal_comma: Some(true), day_first: Some(false), currency: Some("EUR".into()), ..Reading::default() };
    for binding in &mut grid.bindings {
        if contract.fields[binding.field].key == "type" {
            binding.translate = vec![("kr".into(), "actual".into())];
        }
    }
    let amount = contract.position("amount").expect("a field");
    grid.bindings.push(Binding {
        field: amount,
        from: From::DebitCredit { debit: 3, credit: 4 },
        translate: Vec::new(),
        factor: 1.0,
    });
    let (tables, findings) = check_grids(vec![grid], &settings());
    let told: Vec<(String, String)> = findings
        .0
        .iter()
        .filter(|finding| finding.severity() == crate::base::finding::Severity::Error)
        .map(|finding| (finding.code.id.to_string(), finding.addresses()))
        .collect();
    assert_eq!(told, [("T003".to_string(), "D5".to_string()), ("T001".to_string(), "D4".to_string())]);
    let rows: Vec<_> = tables.get("Actuals").expect("read").rows().collect();
    let shown: Vec<_> = rows
        .iter()
        .map(|row| {
            (row.integer("amount"), row.text("type"), row.text("currency"), row.day("posting_date").map(|day| day.to_string()))
        })
        .collect();
    assert_eq!(
        shown,
        [
            (Some(12_340_000), Some("actual"), Some("EUR"), Some("2026-03-04".to_string())),
            (Some(-5_000), Some("actual"), Some("EUR"), Some("2026-05-04".to_string())),
        ]
    );
    assert_eq!(tables.assert_reconciled(), Ok(()));
}

#[test]
fn a_factor_is_exact() {
    let sheet =
        sheet("Budgets", "Initiative|Category|Capex/Opex|Period|Amount\nA|x|capex|FY2026-P01|1.005\nA|x|capex|FY2026-P02|'0.29");
    let contract = contracts::find("Budgets").expect("ours");
    let mut grid = grid(&contract, &sheet);
    for binding in &mut grid.bindings {
        binding.factor = if contract.fields[binding.field].key == "amount" { -1_000.0 } else { 1.0 };
    }
    let (tables, _) = check_grids(vec![grid], &settings());
    let amounts: Vec<_> =
        tables.get("Budgets").expect("read").rows().map(|row| row.decimal("amount").map(|amount| amount.to_string())).collect();
    assert_eq!(amounts, [Some("-1005".to_string()), Some("-290".to_string())]);
}

#[test]
fn states_are_kept_for_the_cells_that_have_them() {
    let (tables, _) = read(
        "Risks",
        "Risk ID|Initiative|Event|Owner|Probability|Cost likely|Days likely\nR-0||x|P|30%|1|1\nR-1|A|x|P|30%|n/a|10-20\nR-2|A|x|P|30%|5|confidential",
    );
    let table = tables.get("Risks").expect("read");
    let field = |key: &str| u16::try_from(table.contract.position(key).expect("a field")).expect("few fields");
    let states: Vec<_> = table.states.iter().map(|(at, state)| (*at, state.clone())).collect();
    assert_eq!(
        states,
        [
            ((0, field("cost_likely")), ValueState::NotApplicable),
            ((0, field("days_likely")), ValueState::Range),
            ((1, field("days_likely")), ValueState::Withheld),
        ]
    );
}

#[test]
fn open_columns_are_numbers_by_name() {
    let (tables, findings) = read("Initiatives", "Initiative ID|Name|Owner|Score: Fit|Score: Risk\nA|x|P|3|low\nB|y|P|4.5|");
    assert_eq!(
        tables.get("Initiatives").expect("read").open_columns,
        [("Fit".to_string(), vec![Some(3.0), Some(4.5)]), ("Risk".to_string(), vec![None, None])]
    );
    assert_eq!(
        lines(&findings),
        ["T003 E2 Score: Risk: not a number; found \"low\"; expected a number | Type a number; put words into a text column."]
    );
}

#[test]
fn fifty_defects_are_fifty_findings_in_one_pass() {
    let mut text = String::from("Entry ID|Posting date|Type|Amount|Currency\n");
    for row in 0..10 {
        let _ = writeln!(text, "G-{row}|soon {row}|actul {row}|abc {row}|XX{row}\n|2026-07-01|actual|{row}|GBP");
    }
    let (tables, findings) = read("Actuals", &text);
    assert_eq!(findings.0.iter().map(crate::base::finding::Finding::count).sum::<usize>(), 50);
    assert_eq!(tables.quarantine.len(), 20);
    assert_eq!(tables.assert_reconciled(), Ok(()));
}

#[test]
fn a_row_that_only_carries_the_word_total_stays() {
    let (tables, findings) =
        read("Initiatives", "Initiative ID|Name|Owner|Approved budget\nA|Total rewards|P|100\nB|Other|P|200\nC|Third|P|300");
    assert_eq!(lines(&findings), Vec::<String>::new());
    assert_eq!(tables.get("Initiatives").expect("read").len(), 3);
}

#[test]
fn an_unlabelled_total_is_found_by_its_sum() {
    let (tables, findings) = read(
        "Budgets",
        "Initiative|Category|Capex/Opex|Period|Amount\nA|x|capex|FY2026-P01|100.10\nA|x|capex|FY2026-P02|110.20\nA|x|capex|FY2026-P03|0.70\n||||211",
    );
    assert_eq!(
        lines(&findings),
        [
            "T053 row 5 a total inside the data; found a total row that adds up | Nothing to do; better keep totals outside the table."
        ]
    );
    assert_eq!((tables.control_totals[0].accepted, tables.control_totals[0].totals), (3, 1));
}

#[test]
fn a_ruined_column_is_told_place_by_place_without_filling_the_memory() {
    let rows: Vec<String> = (0..1_500).map(|row| format!("GL-{row}|2026-07-01|actual|x{row}")).collect();
    let (tables, findings) = read("Actuals", &format!("Entry ID|Posting date|Type|Amount\n{}", rows.join("\n")));
    assert_eq!(findings.0.len(), 1_001);
    assert_eq!(findings.count(crate::base::finding::Severity::Error), 1_500);
    assert_eq!(tables.quarantine.len(), 1_500);
    assert_eq!(findings.0[1_000].message(), "Amount: not a number; found many more; expected an amount such as 1234.50");
}

#[test]
fn a_whole_ledger_pasted_twice_is_held_back_row_by_row() {
    let rows: Vec<String> = (0..3_000).map(|row| format!("GL-{}|2026-07-01|actual|{}", row % 1_500, row % 1_500)).collect();
    let (tables, findings) = read("Actuals", &format!("Entry ID|Posting date|Type|Amount\n{}", rows.join("\n")));
    assert_eq!((tables.control_totals[0].accepted, tables.control_totals[0].quarantined), (1_500, 1_500));
    assert_eq!(findings.count(crate::base::finding::Severity::Error), 1_500);
    assert_eq!(tables.assert_reconciled(), Ok(()));
}

#[test]
fn what_all_records_share_is_told_once() {
    let sheet = sheet("Wide", "Initiative|Category|Capex/Opex|sometime|FY2026-P02\nA|x|capex|1|2\nA|y|capex|3|4");
    let contract = contracts::find("Budgets").expect("ours");
    let field = |key: &str| contract.position(key).expect("a field");
    let mut grid = grid(&contract, &sheet);
    let binding = |key: &str, from: From| Binding { field: field(key), from, translate: Vec::new(), factor: 1.0 };
    grid.bindings.push(binding("period", From::Row(0)));
    grid.bindings.push(binding("amount", From::Own));
    grid.bindings.push(binding("currency", From::Constant("sterling".into())));
    grid.records = [(1, 3), (1, 4), (2, 3), (2, 4)].map(|(row, col)| RecordAt { row, col }).to_vec();
    let (tables, findings) = check_grids(vec![grid], &settings());
    assert_eq!(
        lines(&findings),
        [
            "T008 D1 Period: not a period; found \"sometime\"; expected a period such as FY2027-P04, or a month such as Jul 2026 | Write FY2027-P04, a month such as Jul 2026, or a date.",
            "T011 row 2:3 Currency: not a currency code; found \"sterling\"; expected a currency code such as GBP | Write the three letters of the currency, as in ISO 4217.",
        ]
    );
    let amounts: Vec<_> =
        tables.get("Budgets").expect("read").rows().map(|row| (row.number("amount"), row.origin("amount").address())).collect();
    assert_eq!(amounts, [(Some(2.0), "E2".to_string()), (Some(4.0), "E3".to_string())]);
}

#[test]
fn control_totals_stay_exact_up_to_the_largest_amount_and_leave_out_what_is_beyond() {
    let sum = |amounts: &[&str]| {
        let rows: Vec<String> = amounts.iter().map(|amount| format!("A|x|capex|FY2026-P01|{amount}")).collect();
        let (tables, _) = read("Budgets", &format!("Initiative|Category|Capex/Opex|Period|Amount\n{}", rows.join("\n")));
        assert_eq!(tables.assert_reconciled(), Ok(()));
        tables.control_totals[0].money.iter().map(|money| money.seen.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(sum(&["1000000000000000000", "1000000000000000000"]), ["2000000000000000000"]);
    // Two amounts of 5 and 28 noughts would add up to more than can be held.
    assert_eq!(sum(&["7", "1000100000000000000", "5e28", "5e28"]), ["7"]);
}
