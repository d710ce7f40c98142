//! Decisions: what was asked, decided, deferred or reversed.

use crate::table::contract::Contract;
use crate::table::contract::build::{choice, contract, date, id, reference, text};

pub(super) fn decisions() -> Contract {
    contract("Decisions", "governance.xlsx", "What was asked of whom, and what was decided. Ageing is counted from the day it was raised.")
        .fields(vec![
            id("Decision ID").needed().also("Decision number|Decision no|ID|Ref|Reference").help("A short code that other decisions use.").example("DEC-014"),
            text("Title").needed().also("Name|Subject|Decision title|Decision needed").help("The question in a few words.").example("Choose payment provider"),
            reference("Initiative", "Initiatives").also("Initiative ID|Project|Project ID|Project code").help("Initiative ID that it concerns.").example("INI-01"),
            date("Date raised").needed().also("Raised|Raised on|Raised date|Requested on|Date").help("The day it was asked for.").example("2026-09-01"),
            date("Needed by").also("Required by|Due|Due date|Need by|Decision due").help("The day by which work depends on it.").example("2026-09-30"),
            text("Options").also("Options considered|Alternatives").help("The options.").example("A: stay; B: change"),
            text("Decision").also("Outcome|Decision made|Decision taken|Resolution").help("What was decided.").example("B"),
            text("Rationale").also("Reason|Why|Justification").help("Why.").example("Lower fee, same service"),
            reference("Made by", "People").also("Decided by|Decision maker|Approver|Approved by").help("Person ID of the decider.").example("P-002"),
            date("Decided on").also("Decision date|Date decided|Approved on").help("The day of the decision; blank until then.").example("2026-09-24"),
            text("Items").also("Related items|Affects|Links|Concerns").help("Ids of what it concerns, separated by ;.").example("A230; R-07"),
            reference("Supersedes", "Decisions").also("Replaces|Supersedes decision").help("Decision ID that it replaces.").example(""),
            date("Review date").also("Review on|Review").help("The day it is looked at again.").example("2027-03-31"),
            choice("Status", "open=pending,raised,new,in progress|decided=made,approved,closed,done|deferred=postponed,on hold|reversed=overturned,withdrawn,superseded")
                .also("State|Decision status")
                .help("Open where blank and not decided.")
                .example("decided"),
        ])
        .key("decision_id")
        .ordered("date_raised", "decided_on")
        .needs_when("status", "decided", "decided_on")
}
