//! Deliverables: what an initiative hands over, and who accepted it.

use crate::table::contract::Contract;
use crate::table::contract::build::{contract, date, id, reference, text};

pub(super) fn deliverables() -> Contract {
    contract("Deliverables", "initiatives.xlsx", "What an initiative hands over, by when, and who accepted it.")
        .fields(vec![
            id("Deliverable ID")
                .needed()
                .also("Deliverable|Deliverable code|Product ID|Output ID")
                .help("A short code that other tables use.")
                .example("DEL-01"),
            reference("Initiative", "Initiatives")
                .needed()
                .also("Initiative ID|Project|Project ID|Project code")
                .help("Initiative ID that hands it over.")
                .example("INI-01"),
            text("Name")
                .needed()
                .also("Deliverable name|Title|Description|Product")
                .help("The deliverable in a few words.")
                .example("Portal release 1"),
            text("Acceptance criteria")
                .also("Criteria|Acceptance|Quality criteria|Definition of done")
                .help("What must be true for it to be accepted.")
                .example("All 42 journeys pass"),
            reference("Activity", "Activities")
                .also("Activity ID|Task|Task ID|Milestone")
                .help("Activity at whose finish it is due; INIT/ID for another initiative's.")
                .example("A230"),
            reference("Owner", "People")
                .also("Owner ID|Responsible|Deliverable owner")
                .help("Person ID of the person who hands it over.")
                .example("P-001"),
            date("Due date").also("Due|Target date|Required by|Planned date").help("The day it is due.").example("2026-12-11"),
            date("Accepted on")
                .also("Acceptance date|Date accepted|Signed off on|Sign-off date")
                .help("The day it was accepted; blank until then.")
                .example(""),
            reference("Accepted by", "People")
                .also("Acceptor|Signed off by|Approver|Sign-off")
                .help("Person ID of the person who accepted it.")
                .example(""),
        ])
        .key("deliverable_id")
        .needs("accepted_on", "accepted_by")
        .needs("accepted_on", "acceptance_criteria")
}
