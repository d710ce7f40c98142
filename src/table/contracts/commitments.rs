//! Commitments: what has been ordered.

use crate::table::contract::Contract;
use crate::table::contract::build::{choice, contract, currency, date, id, money, reference, text};

pub(super) fn commitments() -> Contract {
    contract(
        "Commitments",
        "finance.xlsx",
        "Orders placed with vendors. What the ledger shows as invoiced or released is taken off; an order of several parts has one row a part.",
    )
    .fields(vec![
        id("PO").needed().also("PO number|Purchase order|Purchase order number|Order number|Order|PO no|Contract number").help("Number of the purchase order, as the ledger writes it.").example("PO-7781"),
        text("Vendor").also("Supplier|Vendor name|Supplier name|Vendor ID|Supplier ID|Contractor").help("Who delivers.").example("Northwind Ltd"),
        reference("Initiative", "Initiatives").needed().also("Initiative ID|Project|Project ID|Project code").help("Initiative ID that the order is for.").example("INI-01"),
        text("Category").also("Cost category|Cost type|Account|Expense type|Cost element").help("What is bought, as in Budgets.").example("Licences"),
        text("WBS").also("WBS code|WBS element|Work package|Activity|Activity or WBS").help("Activity ID or WBS code, where the order is that fine.").example("1.2"),
        money("Amount").needed().also("Order value|Value|Amt|Order amount|PO amount|PO value|Ordered|Committed amount|Total").help("What was ordered, whatever has been invoiced since.").example("84000"),
        currency("Currency").also("Ccy|Curr|Currency code").help("The initiative's currency where blank.").example("GBP"),
        date("Raised").also("Raised on|Order date|PO date|Date raised|Ordered on|Created on|Date").help("The day the order was placed.").example("2026-06-01"),
        date("Delivery").also("Delivery date|Due date|Due|Expected delivery|Deliver by|Completion date").help("The day by which all is to be delivered.").example("2026-12-15"),
        choice(
            "Status",
            "open=raised,approved,issued,active,outstanding|partly delivered=partially delivered,part delivered,partially received,partly invoiced,partial|\
             closed=delivered,complete,completed,fully invoiced,finished|cancelled=canceled,void,withdrawn",
        )
        .also("State|Order status|PO status")
        .help("Open where blank. Nothing is left to pay on a closed or cancelled order.")
        .example("partly delivered"),
    ])
    .key("po|initiative|category|wbs")
    .ordered("raised", "delivery")
}
