mod cases;
mod gallery;
mod properties;

use crate::table::testing::{lines, read};

#[test]
fn a_clean_ledger_comes_through_without_a_word() {
    let (tables, findings) = read(
        "Actuals",
        "
Entry ID | Posting date | Period    | Type    | Amount  | Currency | Cost code
GL-1     | 2026-07-14   | FY2026-P07 | actual  | 1250.5  | GBP      | CC-1
GL-2     | 2026-07-15   | FY2026-P07 | Accrual | -12.25  | GBP      | CC-1
",
    );
    assert_eq!(lines(&findings), Vec::<String>::new());
    let table = tables.get("Actuals").expect("read");
    let rows: Vec<_> = table.rows().collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].integer("amount"), Some(12_505_000));
    assert_eq!(rows[1].text("type"), Some("accrual"));
    assert_eq!(rows[1].day("posting_date").map(|day| day.to_string()).as_deref(), Some("2026-07-15"));
    assert_eq!(rows[0].period("period").map(|period| period.to_string()).as_deref(), Some("FY2026-P07"));
    assert_eq!(rows[0].origin("amount").to_string(), "book.xlsx > Actuals!E2");
    assert_eq!(tables.control_totals[0].residual(), 0);
    assert_eq!(tables.control_totals[0].money[0].accepted.to_string(), "1238.25");
}
