//! What was found and what came in: findings and control totals.

use super::TidyTable;
use crate::base::finding::Finding;
use crate::report::ReportInput;
use crate::table::tables::{ControlTotal, MoneyTotal};
use rust_decimal::Decimal;

/// One row a finding.
#[must_use]
pub fn findings(input: &ReportInput<'_>) -> TidyTable {
    let rows: &[Finding] = &input.findings.0;
    TidyTable::over("findings", "A finding; what is alike in one column of a sheet is one row.", rows)
        .text("code", "Stable code.", |finding| Some(finding.code.id))
        .text("severity", "error, warning, info or trial.", |finding| Some(finding.severity()))
        .text("title", "What kind of finding.", |finding| Some(finding.code.title))
        .text("file", "File below the inputs folder.", |finding| finding.origin.as_ref().map(|at| at.sheet.file.clone()))
        .text("sheet", "Sheet.", |finding| {
            finding.origin.as_ref().map(|at| at.sheet.sheet.clone()).filter(|name| !name.is_empty())
        })
        .text("cells", "Cells or rows, runs joined.", |finding| some(finding.addresses()))
        .text("table", "Table concerned.", |finding| some(finding.table.clone()))
        .text("field", "Field concerned.", |finding| some(finding.field.clone()))
        .text("found", "What was found.", |finding| some(finding.found.clone()))
        .text("expected", "What was expected.", |finding| some(finding.expected.clone()))
        .text("hint", "How to mend it.", |finding| some(finding.hint.clone()))
        .text("owner", "Who owns the source.", |finding| finding.owner.clone())
        .whole("count", "How many places it stands for.", |finding| i64::try_from(finding.count()).ok())
        .done()
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// One row a sheet, table and currency; rows without money have none.
#[must_use]
pub fn control_totals(input: &ReportInput<'_>) -> TidyTable {
    type Row<'a> = (&'a ControlTotal, Option<&'a MoneyTotal>);
    let rows: Vec<Row<'_>> = input
        .tables
        .control_totals
        .iter()
        .flat_map(|total| {
            let money: Vec<Option<&MoneyTotal>> =
                if total.money.is_empty() { vec![None] } else { total.money.iter().map(Some).collect() };
            money.into_iter().map(move |money| (total, money))
        })
        .collect();
    let whole = |pick: fn(&ControlTotal) -> u64| move |(total, _): &Row<'_>| i64::try_from(pick(total)).ok();
    let money = |pick: fn(&MoneyTotal) -> Decimal| move |(_, money): &Row<'_>| money.map(pick);
    TidyTable::over("control_totals", "A sheet read as a table: rows (repeated for each currency) and money, in and out.", &rows)
        .text("file", "File below the inputs folder.", |(total, _)| Some(&total.sheet.file))
        .text("sheet", "Sheet; none for csv.", |(total, _)| some(total.sheet.sheet.clone()))
        .text("table", "Table that it was read as.", |(total, _)| Some(&total.table))
        .whole("rows_seen", "Rows, or cells of a crosstab, seen.", whole(|total| total.rows_seen))
        .whole("accepted", "Became records.", whole(|total| total.accepted))
        .whole("quarantined", "Held back.", whole(|total| total.quarantined))
        .whole("blank", "Empty.", whole(|total| total.blank))
        .whole("totals", "Total and subtotal rows.", whole(|total| total.totals))
        .whole("declared", "Declared to be no data.", whole(|total| total.declared))
        .text("currency", "Currency of the amounts; none where nothing names one.", |(_, money)| {
            money.and_then(|money| some(money.currency.clone()))
        })
        .amount("money_seen", "Sum of all amounts that could be read.", money(|money| money.seen))
        .amount("money_accepted", "Sum of the accepted ones.", money(|money| money.accepted))
        .amount("money_quarantined", "Sum of those held back.", money(|money| money.quarantined))
        .done()
}
