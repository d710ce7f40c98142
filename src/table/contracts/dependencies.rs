//! Dependencies: which activity waits for which.

use crate::table::contract::Contract;
use crate::table::contract::build::{choice, contract, date, reference, span, text, yes_no};

pub(super) fn dependencies() -> Contract {
    contract("Dependencies", "plan.xlsx", "Which activity waits for which, inside an initiative and across initiatives.")
        .fields(vec![
            reference("Initiative", "Initiatives").also("Initiative ID|Project|Project ID|Project code").help("Initiative ID of both activities; an end elsewhere is written INIT/ID.").example("INI-01"),
            reference("Predecessor", "Activities").needed().also("Predecessor ID|Predecessor activity|Pred|From|Predecessor task").help("The activity that goes first.").example("A220"),
            reference("Successor", "Activities").needed().also("Successor ID|Successor activity|Succ|To|Successor task").help("The activity that waits.").example("A230"),
            choice(
                "Type",
                "FS=finish to start,finish-start,PR_FS|SS=start to start,start-start,PR_SS|FF=finish to finish,finish-finish,PR_FF|SF=start to finish,start-finish,PR_SF",
            )
            .also("Link type|Relationship type|Dependency type|Relationship")
            .help("Which ends are tied; FS (finish to start) where blank.")
            .example("FS"),
            span("Lag").also("Lag days|Lag/lead|Lead/lag|Lag time").help("Waiting time: 3d; a lead is negative, -1d; 10% of the predecessor; 3ed for days on the clock.").example("2d"),
            choice("Lag calendar", "predecessor|successor|project=default|24-hour=24 hour,24h,elapsed").help("The calendar that the lag runs on; predecessor where blank.").example(""),
            choice("Boundary", "internal=inside|external=outside,third party").also("Internal/external|Scope|Internal or external").help("External where another organisation owns an end.").example("internal"),
            reference("Owner", "People").also("Owner ID|Responsible|Dependency owner").help("Person ID of the person who looks after it.").example("P-001"),
            yes_no("Agreed").also("Agreed?|Confirmed|Accepted").help("Yes when giver and taker have both agreed.").example("yes"),
            date("Need by").also("Need-by|Needed by|Required by|Need date|Need by date").help("The day the taker needs it.").example("2026-06-01"),
            date("Promised date").also("Promised|Committed date|Promise date|Promised on").help("The day the giver promised it for.").example("2026-05-29"),
        ])
        .key("initiative|predecessor|successor|type")
}

pub(super) fn schedule_options() -> Contract {
    contract(
        "Schedule options",
        "plan.xlsx",
        "Rules of scheduling by which an initiative differs from portfolio.toml. One row an option.",
    )
    .fields(vec![
        reference("Initiative", "Initiatives")
            .needed()
            .also("Initiative ID|Project|Project ID|Project code")
            .help("Initiative ID that the option holds for.")
            .example("INI-01"),
        text("Option")
            .needed()
            .also("Setting|Schedule option")
            .help("Name of the option, as in portfolio.toml under [schedule].")
            .example("total_float"),
        text("Value").needed().also("Set to").help("One of the values that the option can take.").example("smallest"),
    ])
    .key("initiative|option")
}
