//! Issues: what has gone wrong and is being mended.

use crate::table::contract::Contract;
use crate::table::contract::build::{choice, contract, date, id, integer, reference, text};

pub(super) fn issues() -> Contract {
    contract("Issues", "risks.xlsx", "What has gone wrong, who mends it and by when.")
        .fields(vec![
            id("Issue ID").needed().also("Issue number|Issue no|Issue ref|ID|Ref|Issue code").help("A short code.").example("ISS-03"),
            reference("Initiative", "Initiatives").needed().also("Initiative ID|Project|Project ID|Project code").help("Initiative ID that it concerns.").example("INI-01"),
            text("Title").needed().also("Issue|Name|Description|Issue title|Summary|Issue description").help("The issue in a few words.").example("Test data arrives late"),
            date("Raised").needed().also("Raised on|Date raised|Opened|Raised date|Created|Created on").help("The day it was raised.").example("2026-10-05"),
            integer("Severity").needed().also("Priority|Sev|Impact").between(1.0, 4.0).help("1 is the worst, 4 the least.").example("2"),
            reference("Owner", "People").needed().also("Owner ID|Issue owner|Responsible|Assigned to|Assignee").help("Person ID of the person who mends it.").example("P-001"),
            date("Due date").also("Due|Target date|Due by|Resolve by|Target resolution date").help("The day it should be mended by.").example("2026-11-06"),
            reference("Risk", "Risks").also("Risk ID|Related risk|From risk").help("Risk ID that it came from.").example("R-07"),
            text("Escalated to").also("Escalation|Escalated|Escalation level").help("The body or person it was taken to.").example("Steering board"),
            date("Escalated on").also("Escalation date|Date escalated").help("The day it was taken there.").example(""),
            date("Acknowledged").also("Acknowledged on|Date acknowledged").help("The day its owner took it on.").example("2026-10-06"),
            text("Resolution").also("Resolution notes|Outcome|Action taken|Resolution description").help("How it was mended.").example(""),
            date("Resolved date").also("Resolved|Resolved on|Date resolved|Closed on|Closed date|Date closed").help("The day it was mended; blank until then.").example(""),
            date("Reopened date").also("Reopened|Reopened on|Date reopened").help("The day it came back.").example(""),
            choice("Status", "open=new,raised,active|in progress=working,ongoing,wip,being resolved|resolved=fixed,done|closed=complete,completed|reopened=re-opened").also("Issue status|State").help("Open where blank.").example("in progress"),
        ])
        .key("issue_id")
        .ordered("raised", "due_date")
        .ordered("raised", "resolved_date")
        .ordered("resolved_date", "reopened_date")
        .needs_when("status", "closed", "resolution")
        .needs_when("status", "resolved", "resolution")
}
