//! Initiatives: the projects and programmes that carry out the strategy.

use crate::table::contract::build::{
    choice, contract, currency, date, id, integer, moment, money, reference, references, text, yes_no,
};
use crate::table::contract::{Contract, Field};

pub(super) fn initiatives() -> Contract {
    contract("Initiatives", "initiatives.xlsx", "The projects and programmes that carry out the strategy. One row an initiative.")
        .fields([identity(), standing(), money_and_links()].concat())
        .key("initiative_id")
        .ordered("start", "finish")
        .needs("rag_override", "rag_reason")
        .open("Score: ")
}

fn identity() -> Vec<Field> {
    vec![
        id("Initiative ID")
            .needed()
            .also("Initiative|Initiative code|Project ID|Project code|Project number|Programme ID|Program ID|Proj ID")
            .help("A short code that every other table uses to name this initiative. It never changes.")
            .example("INI-01"),
        text("Name")
            .needed()
            .also("Initiative name|Project name|Project title|Title|Project|Programme name")
            .help("The initiative in a few words.")
            .example("Customer portal"),
        reference("Objective", "Objectives")
            .also("Objective ID|Strategic objective|Goal")
            .help("Objective ID of the main objective it serves.")
            .example("OBJ-01"),
        text("Workstream")
            .also("Work stream|Programme|Portfolio|Stream")
            .help("The group of initiatives it is managed in.")
            .example("Digital"),
        reference("Sponsor", "People")
            .also("Sponsor ID|Executive sponsor|SRO|Senior responsible owner")
            .help("Person ID of the sponsor.")
            .example("P-002"),
        reference("Owner", "People")
            .needed()
            .also("Owner ID|Project manager|PM|Initiative owner|Project owner|Lead|Project lead|Accountable")
            .help("Person ID of the person who delivers it.")
            .example("P-001"),
        text("Category")
            .also("Type|Initiative type|Project type|Class")
            .help("Your own grouping, such as Growth or Compliance.")
            .example("Growth"),
        text("Stage").also("Phase|Lifecycle stage|Gate stage").help("Stage of your lifecycle.").example("Delivery"),
    ]
}

fn standing() -> Vec<Field> {
    vec![
        choice(
            "Status",
            "proposed=idea,pipeline,draft,not started|approved=authorised,authorized,planned|active=in progress,running,live,open,started,on track|\
             on hold=paused,suspended,hold|complete=completed,done,closed,finished|cancelled=canceled,stopped,terminated,withdrawn",
        )
        .also("Initiative status|Project status|State")
        .help("Where it stands in its life.")
        .example("active"),
        integer("Priority").also("Rank|Prio").at_least(0.0).help("1 is the most important.").example("1"),
        date("Start").also("Start date|Planned start|Begin|Project start").help("First day of the initiative.").example("2026-04-01"),
        date("Finish").also("Finish date|End|End date|Planned finish|Planned end|Target finish|Project finish").help("Last day of the initiative.").example("2027-09-30"),
        moment("Must finish by")
            .also("Must-finish-by|Project must finish by|Must finish by date")
            .help("The date its schedule is measured against; later work shows as negative float.")
            .example(""),
        currency("Currency").also("Ccy|Curr|Currency code").help("Currency of every amount of this initiative that names no other.").example("GBP"),
    ]
}

fn money_and_links() -> Vec<Field> {
    vec![
        money("Approved budget").also("Budget|Approved funding|Total budget|Authorised budget").help("Budget approved for the whole life, contingency left out.").example("1850000"),
        money("Contingency").also("Contingency budget|Risk budget|Contingency reserve").help("Contingency approved on top of the budget.").example("150000"),
        money("Business case NPV").also("NPV|Net present value").help("Net present value in the approved business case.").example("620000"),
        yes_no("Mandatory").also("Mandatory?|Must do|Compulsory|Regulatory").help("Yes where it must be done whatever its value.").example("no"),
        references("Excludes", "Initiatives").also("Mutually exclusive with|Conflicts with|Excludes initiatives").help("Initiatives that cannot be chosen together with it, separated by ;.").example(""),
        references("Requires", "Initiatives").also("Depends on|Prerequisites|Requires initiatives").help("Initiatives that must be chosen for it to make sense, separated by ;.").example(""),
        choice("RAG override", "R=red|A/R=R/A,red amber,red/amber,amber/red,amber red|A=amber,yellow|A/G=G/A,amber green,amber/green,green/amber|G=green|B=blue,complete")
            .also("RAG|RAG status|Status override|Overall RAG")
            .help("The owner's own rating, where it differs from the computed one.")
            .example(""),
        text("RAG reason").also("RAG comment|Override reason|Reason|RAG commentary").help("Why the override differs; needed with an override.").example(""),
        text("Previous IDs").also("Old IDs|Former IDs|Aliases|Previous ID|Former ID").help("Codes it had before, separated by ;. Confirmed renames only.").example("PRJ-104"),
    ]
}
