//! Resources, their rates and their assignments.

use crate::table::contract::Contract;
use crate::table::contract::build::{choice, contract, currency, date, id, moment, money, number, reference, span, text, yes_no};

pub(super) fn resources() -> Contract {
    contract("Resources", "resources.xlsx", "People, machines, materials and money that the work uses.")
        .fields(vec![
            id("Resource ID").needed().also("Resource|Resource code|Employee ID|Resource number").help("A short code that assignments and rates use.").example("R-01"),
            text("Name").needed().also("Resource name|Full name|Description").help("Name of the person, team or thing.").example("Amara Okafor"),
            choice(
                "Kind",
                "human=person,people,labour,labor,work,staff|technology=software,system,it,equipment|physical=material,facility,nonlabor,nonlabour|external=contractor,vendor,supplier,consultant|financial=cost,money,budget",
            )
            .needed()
            .also("Resource type|Type|Resource kind|Category")
            .help("What it is; it decides the unit of its capacity.")
            .example("human"),
            text("Role").also("Primary role|Job role|Job title|Skill").help("The role it fills. Rates and assignments may name a role instead of a resource.").example("Developer"),
            text("Team").also("Group|Department|Squad").help("The team it belongs to.").example("Payments"),
            text("Site").also("Location|Office|Country").help("Where it works.").example("Leeds"),
            reference("Calendar", "Calendars").also("Calendar ID|Resource calendar|Base calendar").help("Calendar ID; the default calendar where blank.").example("STD"),
            number("Capacity").also("Max units|FTE|Units|Availability|Max. units").at_least(0.0).help("How many at once; 1 is one full-time person.").example("1"),
            yes_no("Consumable").also("Consumable?|Consumed").help("Yes where using it up leaves less, as materials.").example("no"),
            date("Available from").also("Available start|From|Start date|Start").help("First day it can be used; blank for always.").example("2026-01-05"),
            date("Available to").also("Available until|To|End date|End|Available end").help("Last day it can be used; blank for no end.").example(""),
            text("Vendor").also("Supplier|Vendor name|Company").help("The firm that provides it, where one does.").example(""),
            yes_no("Shareable").also("Shareable?|Shared|Can be shared").help("Yes where other initiatives may use it too.").example("yes"),
        ])
        .key("resource_id")
        .ordered("available_from", "available_to")
}

pub(super) fn rates() -> Contract {
    contract("Rates", "resources.xlsx", "What a resource, or a role, costs from a date on. Work is costed at the rate of its day.")
        .fields(vec![
            reference("Resource", "Resources").also("Resource ID|Resource code").help("Resource ID; or give a role.").example("R-01"),
            text("Role").also("Job role|Grade").help("Role, where the rate holds for everybody in it.").example(""),
            date("From").needed().also("From date|Effective from|Effective date|Valid from|Start date").help("First day that the rate holds.").example("2026-04-01"),
            money("Rate").needed().also("Cost rate|Price|Standard rate|Std rate|Amount|Day rate|Hourly rate").help("Cost of one unit.").example("85"),
            choice("Unit", "hour=h,hr,hourly,hours,per hour,/h|day=d,daily,days,per day|week=w,weekly,weeks,per week|month=monthly,months,per month|unit=each,piece,ea,per unit")
                .also("Per|Rate unit|Rate basis|UOM")
                .help("What the rate is for; hour where blank.")
                .example("hour"),
            money("Cost per use").also("Per use|Cost/use").help("Cost each time it is assigned.").example(""),
            currency("Currency").also("Ccy|Curr|Currency code").help("Currency of the rate; the reporting currency where blank.").example("GBP"),
        ])
        .key("resource|role|from")
        .one_of("resource|role")
}

pub(super) fn assignments() -> Contract {
    contract("Assignments", "resources.xlsx", "Who or what works on which activity, and how much.")
        .fields(vec![
            reference("Initiative", "Initiatives")
                .also("Initiative ID|Project|Project ID|Project code")
                .help("Initiative ID of the activity.")
                .example("INI-01"),
            reference("Activity", "Activities")
                .needed()
                .also("Activity ID|Task|Task ID|Activity code")
                .help("The activity; INIT/ID works too.")
                .example("A230"),
            reference("Resource", "Resources")
                .also("Resource ID|Resource code|Assigned to|Resource name")
                .help("Resource ID; or give a role that is still to be filled.")
                .example("R-01"),
            text("Role").also("Job role|Resource role").help("Role, where nobody is named yet.").example(""),
            number("Units")
                .also("Assignment units|FTE|Allocation|Max units")
                .at_least(0.0)
                .help("Share of the time: 1 or 100% is full time.")
                .example("0.5"),
            yes_no("Units rounded")
                .also("Units shown rounded")
                .help(
                    "Yes where Units are shown to two decimals, such as 0.67 for two thirds: whole hours of work tell the rest.",
                )
                .example(""),
            span("Work")
                .also("Planned work|Effort|Budgeted units|Hours|Scheduled work")
                .help("Work to do: 60h, 8d.")
                .example("60h"),
            money("Fixed cost").also("Cost|Budgeted cost|Lump sum").help("A lump sum instead of units or work.").example(""),
            choice(
                "Profile",
                "flat=uniform,linear,even|front=front loaded,front-loaded|back=back loaded,back-loaded|bell=bell shaped,turtle",
            )
            .also("Curve|Work contour|Resource curve|Contour")
            .help("How the work is spread; flat where blank.")
            .example("flat"),
            moment("Start")
                .also("Start date|Assignment start|From")
                .help("Start, where it differs from the activity's.")
                .example(""),
            moment("Finish")
                .also("Finish date|Assignment finish|End|End date|To")
                .help("Finish, where it differs from the activity's.")
                .example(""),
        ])
        .key("initiative|activity|resource|role|start")
        .one_of("resource|role")
        .ordered("start", "finish")
}
