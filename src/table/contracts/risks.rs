//! Risks: threats and opportunities, with their effect on cost and time.

use crate::table::contract::build::{
    choice, contract, currency, date, id, integer, money, number, percent, reference, references, text,
};
use crate::table::contract::{Contract, Field};

pub(super) fn risks() -> Contract {
    contract(
        "Risks",
        "risks.xlsx",
        "Threats and opportunities, with how likely they are and what they would do to cost and time.",
    )
    .fields([identity(), impact(), response()].concat())
    .key("risk_id")
    .ascending("cost_min|cost_likely|cost_max")
    .ascending("days_min|days_likely|days_max")
    .ordered("raised", "closed_date")
    .needs_when("status", "closed", "closed_date")
    .open("Impact: ")
}

fn identity() -> Vec<Field> {
    vec![
        id("Risk ID")
            .needed()
            .also("Risk number|Risk no|Risk ref|ID|Ref|Risk code")
            .help("A short code that issues use to name this risk.")
            .example("R-07"),
        reference("Initiative", "Initiatives")
            .needed()
            .also("Initiative ID|Project|Project ID|Project code")
            .help("Initiative ID that it threatens or favours.")
            .example("INI-01"),
        text("Cause")
            .also("Risk cause|Because|Root cause")
            .help("Because of this fact…")
            .example("One firm holds the only licence"),
        text("Event")
            .needed()
            .also("Risk|Risk event|Title|Risk title|Description|Risk description|Name|Risk name")
            .help("…this may happen…")
            .example("Licence is not renewed"),
        text("Effect")
            .also("Impact description|Consequence|Consequences|Risk effect")
            .help("…with this effect.")
            .example("Portal stops for a month"),
        text("Category").also("Risk category|Risk type|Type").help("Your own grouping.").example("Supplier"),
        reference("Owner", "People")
            .needed()
            .also("Owner ID|Risk owner|Responsible")
            .help("Person ID of the person who manages it.")
            .example("P-001"),
        choice("Kind", "threat=T,risk,negative,downside|opportunity=O,positive,upside,opp")
            .also("Threat/opportunity|Threat or opportunity|T/O|Nature")
            .help("Threat where blank.")
            .example("threat"),
        percent("Probability")
            .needed()
            .also("Likelihood|Prob|P|Chance|Inherent probability")
            .help("Chance that it happens. At 100 % it is an issue.")
            .example("30%"),
    ]
}

fn impact() -> Vec<Field> {
    vec![
        money("Cost min")
            .also("Minimum cost|Cost impact min|Cost low|Min cost|Optimistic cost")
            .help("Least cost if it happens.")
            .example("20000"),
        money("Cost likely")
            .also("Likely cost|Cost impact|Cost impact likely|Most likely cost|Cost|ML cost")
            .help("Most likely cost if it happens.")
            .example("50000"),
        money("Cost max")
            .also("Maximum cost|Cost impact max|Cost high|Max cost|Pessimistic cost")
            .help("Most cost if it happens.")
            .example("120000"),
        number("Days min")
            .also("Minimum days|Days impact min|Schedule impact min|Min days|Time impact min")
            .help("Least delay, in working days (or least factor).")
            .example("5"),
        number("Days likely")
            .also("Likely days|Days impact|Schedule impact|Most likely days|Delay|Time impact|Schedule impact days")
            .help("Most likely delay, in working days (or factor).")
            .example("10"),
        number("Days max")
            .also("Maximum days|Days impact max|Schedule impact max|Max days|Time impact max")
            .help("Longest delay, in working days (or largest factor).")
            .example("25"),
        choice(
            "Impact kind",
            "added days=days,delay,additive|duration factor=factor,multiplier,percentage|branch=probabilistic branch",
        )
        .also("Impact type|Schedule impact kind")
        .help("Whether the days are added or multiply the duration; added days where blank.")
        .example("added days"),
        references("Activities hit", "Activities")
            .also("Activities|Affected activities|Activity IDs|Tasks affected|Impacted activities")
            .help("Activities that it would delay, separated by ;.")
            .example("A230; A240"),
        integer("Impact score")
            .also("Impact|Severity|Impact rating|Overall impact")
            .between(1.0, 5.0)
            .help("1 (slight) to 5 (severe).")
            .example("4"),
        date("Proximity date")
            .also("Proximity|Expected date|Impact date|When")
            .help("The day from which it could happen.")
            .example("2026-11-30"),
    ]
}

fn response() -> Vec<Field> {
    vec![
        choice("Response", "avoid=avoidance|transfer|mitigate=reduce,treat,mitigation|accept=tolerate,retain|escalate|exploit|share|enhance")
            .also("Response strategy|Strategy|Response type|Treatment")
            .help("What is done about it.")
            .example("mitigate"),
        percent("Residual probability").also("Residual likelihood|Post-mitigation probability|Target probability|Residual prob").help("Chance after the response.").example("10%"),
        money("Residual cost likely").also("Residual cost|Residual cost impact|Post-mitigation cost").help("Most likely cost after the response.").example("20000"),
        number("Residual days likely").also("Residual days|Residual delay|Residual schedule impact").help("Most likely delay after the response, in working days.").example("3"),
        integer("Target score").also("Target rating|Target risk score|Target").between(1.0, 25.0).help("Probability × impact that is aimed at.").example("4"),
        text("Trigger").also("Trigger event|Early warning|Triggers").help("The sign that it is about to happen.").example("No answer by 15 November"),
        text("Contingency plan").also("Contingency|Fallback|Fallback plan|Plan B").help("What is done if it happens.").example("Move to provider B"),
        date("Raised").also("Raised on|Date raised|Identified on|Raised date|Date identified").help("The day it was written down.").example("2026-06-10"),
        choice("Status", "open=active,live,new|closed=retired,expired|occurred=materialised,materialized,realised,happened,issue|draft=proposed").also("Risk status|State").help("Open where blank.").example("open"),
        date("Closed date").also("Closed|Closed on|Date closed|Closure date").help("The day it was closed; blank until then.").example(""),
        currency("Currency").also("Ccy|Curr|Currency code").help("The initiative's currency where blank.").example("GBP"),
    ]
}
