//! Objectives: what the strategy wants, which initiatives serve.

use crate::table::contract::Contract;
use crate::table::contract::build::{contract, date, id, percent, reference, text};

pub(super) fn objectives() -> Contract {
    contract(
        "Objectives",
        "initiatives.xlsx",
        "What the strategy wants to reach. Initiatives, KPIs and benefits point at an objective.",
    )
    .fields(vec![
        id("Objective ID")
            .needed()
            .also("Objective|Objective code|Goal ID|Strategic objective ID")
            .help("A short code that other tables use to name this objective.")
            .example("OBJ-01"),
        text("Name")
            .needed()
            .also("Objective name|Title|Goal|Description")
            .help("The objective in a few words.")
            .example("Serve customers online first"),
        text("Theme")
            .also("Strategic theme|Pillar|Perspective")
            .help("The part of the strategy it belongs to. Weights add up to 100 % in a theme.")
            .example("Customer"),
        reference("Owner", "People")
            .also("Owner ID|Objective owner|Accountable|Responsible")
            .help("Person ID of the accountable person.")
            .example("P-001"),
        date("Target date")
            .also("Target|Due date|By when|Due")
            .help("The day by which it is to be reached.")
            .example("2028-03-31"),
        percent("Weight").also("Weighting|Importance").help("Share of the theme, as a percentage.").example("40%"),
    ])
    .key("objective_id")
}
