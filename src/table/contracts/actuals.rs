//! Actuals: the lines of the ledger, and the codes that tie them to initiatives.

use crate::table::contract::Contract;
use crate::table::contract::build::{choice, contract, currency, date, id, ledger, period, reference, text};

pub(super) fn actuals() -> Contract {
    contract("Actuals", "finance.xlsx", "Lines of the ledger: actuals, accruals, reversals and commitments. Positive is cost. A line without initiative and cost code is unassigned.")
        .fields(vec![
            id("Entry ID")
                .needed()
                .also("Entry|Entry number|Journal ID|Journal line|Journal number|Transaction ID|Line ID|Posting ID|Voucher|Voucher number")
                .help("The ledger's own number of the line; never used twice.")
                .example("GL-100234"),
            date("Posting date").needed().also("Date|GL date|Post date|Booking date|Accounting date|Transaction date|Posted on").help("The day of the booking. It decides the period.").example("2026-07-14"),
            date("Entered on").also("Entry date|Date entered|Created on|Creation date|Recorded on|Keyed on|Entered").help("The day the line was entered. One entered after its period closed counts in the next open period.").example("2026-07-15"),
            period("Period").also("Fiscal period|Posting period|Accounting period|GL period|Month").help("The ledger's own period; reported where it differs from the posting date.").example("FY2027-P04"),
            reference("Initiative", "Initiatives").also("Initiative ID|Project|Project ID|Project code").help("Initiative ID, where the ledger knows it.").example("INI-01"),
            text("WBS").also("WBS code|WBS element|Work package|Activity").help("WBS code, where the ledger knows it.").example("1.2"),
            reference("Cost code", "Cost codes").also("Cost centre|Cost center|Internal order|Charge code|Project cost code|Account code|GL code").help("Cost code; its row in Cost codes leads to the initiative.").example("CC-4410"),
            text("Category").also("Cost category|Cost type|Account|Expense type|Cost element|Account name").help("What it was spent on, as in Budgets.").example("Contractors"),
            choice(
                "Type",
                "actual=act,invoice,posting,payment,expense|accrual=accr,accrued|reversal=rev,reversed,accrual reversal|commitment=purchase order,po,committed,encumbrance|\
                 commitment release=release,po release,commitment reversal,encumbrance release",
            )
            .needed()
            .also("Entry type|Posting type|Document type|Line type|Transaction type|Doc type")
            .help("What kind of line it is.")
            .example("actual"),
            ledger("Amount").needed().also("Amt|Value|Amount in local currency|Net amount|Posted amount|Cost|Net|Amount LC").help("Not finer than the currency's smallest unit. Positive is cost.").example("1250.00"),
            currency("Currency").also("Ccy|Curr|Currency code|Currency key").help("The initiative's currency where blank.").example("GBP"),
            text("Vendor").also("Supplier|Vendor name|Supplier name|Payee").help("Who was paid.").example("Northwind Ltd"),
            text("PO").also("Purchase order|PO number|Order number|Order").help("Purchase order.").example("PO-7781"),
            text("Document").also("Document number|Invoice|Invoice number|Doc no|Reference|Ref|Doc number").help("Invoice or document number.").example("INV-2231"),
            text("Description").also("Text|Line text|Narrative|Details|Memo|Line description|Comment").help("What the ledger says about it.").example("July developers"),
        ])
        .key("entry_id")
}

pub(super) fn cost_codes() -> Contract {
    contract("Cost codes", "finance.xlsx", "Which initiative a cost code of the ledger belongs to.")
        .fields(vec![
            id("Cost code")
                .needed()
                .also("Code|Cost centre|Cost center|Internal order|Charge code|Account code|GL code")
                .help("The code as the ledger writes it.")
                .example("CC-4410"),
            reference("Initiative", "Initiatives")
                .needed()
                .also("Initiative ID|Project|Project ID|Project code")
                .help("Initiative ID that its lines belong to.")
                .example("INI-01"),
            text("WBS")
                .also("WBS code|WBS element|Work package|Activity")
                .help("WBS code, where it is that fine.")
                .example("1.2"),
            text("Category")
                .also("Cost category|Cost type|Expense type|Cost element|Account name")
                .help("Category of its lines that name none.")
                .example("Contractors"),
            choice(
                "Capex/Opex",
                "capex=capital,capital expenditure,c|opex=revenue,operating,operating expenditure,operational,o",
            )
            .also("Capex or opex|Capex opex|Cost class|Capital/revenue|Treatment")
            .help("Capital or operating expenditure.")
            .example("capex"),
        ])
        .key("cost_code")
}
