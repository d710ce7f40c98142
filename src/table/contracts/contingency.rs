//! Contingency: movements of contingency and management reserve.

use crate::table::contract::Contract;
use crate::table::contract::build::{choice, contract, currency, date, money, reference, text};

pub(super) fn contingency() -> Contract {
    contract(
        "Contingency",
        "finance.xlsx",
        "Movements of contingency (known risks, inside the baseline) and management reserve (what nobody knows yet, outside it). A drawdown names its risk.",
    )
    .fields(vec![
        choice(
            "Fund",
            "contingency=project contingency,risk allowance,risk budget,cost contingency|management reserve=mr,reserve,programme reserve,portfolio reserve,unallocated reserve",
        )
        .needed()
        .also("Reserve|Fund type|Reserve type|Pot")
        .help("Which reserve moves.")
        .example("contingency"),
        reference("Initiative", "Initiatives")
            .also("Initiative ID|Project|Project ID|Project code")
            .help("Initiative ID whose reserve it is; blank for the portfolio's.")
            .example("INI-01"),
        date("Date").needed().also("Movement date|Posted on|Approved on|Drawn on|Day").help("The day of the movement.").example("2026-09-14"),
        choice(
            "Movement",
            "opening=opening balance,initial,start,brought forward|addition=add,top-up,top up,increase,transfer in|\
             drawdown=draw,draw down,drawn,used,use,spend,call|release=released,return,returned,give back,hand back",
        )
        .needed()
        .also("Movement type|Type|Transaction|Entry")
        .help("A drawdown is used for a risk; a release is given back because it is not needed.")
        .example("drawdown"),
        money("Amount").needed().also("Amt|Value|Movement amount").help("Never below zero; the movement says which way it goes.").example("18000"),
        currency("Currency").also("Ccy|Curr|Currency code").help("The initiative's currency where blank, else the reporting currency.").example("GBP"),
        reference("Risk", "Risks").also("Risk ID|Risk number|Drawn for|Linked risk").help("Risk ID that it is drawn for.").example("R-012"),
        text("Approver").also("Approved by|Authorised by|Authorized by|Approving body").help("Person ID, or the name of the body or role, as in Authority limits.").example("Programme board"),
        text("Reason").also("Justification|Why|Description|Comment|Notes").help("Why, in a sentence.").example("Second survey after flooding"),
    ])
    .needs_when("movement", "drawdown", "risk")
    .needs_when("movement", "drawdown", "approver")
}
