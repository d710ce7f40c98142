//! People: everybody who owns, sponsors, approves or accepts something.

use crate::table::contract::Contract;
use crate::table::contract::build::{contract, date, id, reference, text};

pub(super) fn people() -> Contract {
    contract("People", "initiatives.xlsx", "Everybody who owns, sponsors, approves or accepts something. One row a person.")
        .fields(vec![
            id("Person ID")
                .needed()
                .also("Person|Employee ID|Staff ID|Employee number|Staff number|Payroll number|User ID")
                .help("A short code that other tables use to name this person. It never changes.")
                .example("P-001"),
            text("Name")
                .needed()
                .also("Full name|Person name|Employee name")
                .help("First and last name, as shown in reports.")
                .example("Amara Okafor"),
            text("Email").also("Email address|E-mail|Mail").help("Work address.").example("amara.okafor@example.com"),
            text("Role")
                .also("Job title|Position|Title|Job role")
                .help("Job or role in the portfolio.")
                .example("Programme director"),
            text("Organisation")
                .also("Organization|Department|Company|Business unit|Function|Team")
                .help("Department or company.")
                .example("Operations"),
            reference("Manager", "People")
                .also("Manager ID|Line manager|Reports to")
                .help("Person ID of the line manager.")
                .example("P-002"),
            date("From")
                .also("Start date|Joined|Joined on|Valid from|Start")
                .help("First day in post; blank for always.")
                .example("2024-01-08"),
            date("To")
                .also("End date|Left|Left on|Leave date|Leaving date|Valid to|End")
                .help("Last day in post; blank while in post.")
                .example(""),
        ])
        .key("person_id")
        .ordered("from", "to")
}
