//! Benefits: what an initiative is for, its profile and its readings.

use crate::table::contract::build::{choice, contract, currency, date, id, money, number, percent, period, reference, text};
use crate::table::contract::{Contract, Field};

pub(super) fn benefits() -> Contract {
    contract(
        "Benefits",
        "benefits.xlsx",
        "What each initiative is for, in measurable terms. What is not measured is not claimed.",
    )
    .fields([identity(), value(), accountability()].concat())
    .key("benefit_id")
    .needs_when("class", "cash-releasing", "budget_line")
    .needs("group_share", "double_count_group")
}

fn identity() -> Vec<Field> {
    vec![
        id("Benefit ID").needed().also("Benefit|Benefit code|Benefit number|Benefit ref").help("A short code that profile and readings use.").example("BEN-01"),
        text("Name").needed().also("Benefit name|Title|Description|Benefit description").help("The benefit in a few words.").example("Fewer calls"),
        reference("Initiative", "Initiatives").needed().also("Initiative ID|Project|Project ID|Project code").help("Initiative ID that brings it.").example("INI-01"),
        reference("Objective", "Objectives").also("Objective ID|Strategic objective|Goal").help("Objective ID that it serves.").example("OBJ-01"),
        choice(
            "Class",
            "cash-releasing=cash releasing,cashable,cash|non-cash-releasing=non-cash,non cash releasing,non-cashable,efficiency|cost avoidance=avoidance,avoided cost|revenue=income,growth|\
             qualitative=intangible,non-financial|disbenefit=dis-benefit,negative",
        )
        .also("Benefit class|Benefit type|Type|Category")
        .help("Cash-releasing needs the budget line that it reduces.")
        .example("cash-releasing"),
        choice("Recurrence", "one-off=one off,once,non-recurring|recurring=ongoing,annual,recurrent").also("One-off/recurring|One-off or recurring|Frequency").help("Once, or every year.").example("recurring"),
        choice("Directness", "direct|indirect").also("Direct/indirect|Direct or indirect").help("Whether the initiative alone brings it.").example("direct"),
    ]
}

fn value() -> Vec<Field> {
    vec![
        text("Measure").needed().also("Metric|Measured by|KPI").help("What is measured.").example("Calls a month"),
        number("Baseline")
            .needed()
            .also("Baseline value|Start value|Before")
            .help("The measure before the change.")
            .example("42000"),
        number("Target").needed().also("Target value|Goal value|After").help("The measure aimed at.").example("30000"),
        text("Unit").also("Unit of measure|UOM|Units").help("Unit of the measure.").example("calls"),
        money("Full-year value")
            .also("Full year value|Annual value|Annual benefit|Yearly value|Annual saving")
            .help("Money a full year at target.")
            .example("480000"),
        currency("Currency").also("Ccy|Curr|Currency code").help("The initiative's currency where blank.").example("GBP"),
        date("Start date").also("Start|Benefit start|From|Realisation start").help("The day it begins.").example("2027-01-01"),
        text("Ramp")
            .also("Ramp-up|Ramp up|Profile")
            .help("How it grows to the full value: 25%, 50%, 100%, one step a quarter.")
            .example("25%, 50%, 100%"),
        percent("Confidence")
            .also("Confidence level|Probability|Likelihood")
            .help("How sure it is, as a percentage.")
            .example("70%"),
    ]
}

fn accountability() -> Vec<Field> {
    vec![
        reference("Owner in operations", "People")
            .needed()
            .also("Owner|Owner ID|Benefit owner|Operations owner|Business owner")
            .help("Person ID of the person in operations who will have it.")
            .example("P-003"),
        reference("Responsible officer", "People")
            .also("Responsible|SRO|Accountable|Sponsor")
            .help("Person ID of the accountable officer.")
            .example("P-002"),
        text("Budget line")
            .also("Budget line it reduces|Budget line reduced|Cost line|Budget reduced")
            .help("The budget that is cut; needed for cash-releasing.")
            .example("Contact centre staff"),
        text("Double-count group")
            .also("Double count group|Group|Overlap group")
            .help("A name shared by benefits that claim the same effect.")
            .example(""),
        percent("Group share")
            .also("Share|Share of group|Double-count share")
            .help("Its share of that effect; shares of a group do not exceed 100 %.")
            .example(""),
        text("Evidence needed").also("Evidence|Evidence required|Proof").help("What will prove it.").example("Telephony report"),
    ]
}

pub(super) fn benefit_profile() -> Contract {
    contract("Benefit profile", "benefits.xlsx", "When a benefit is expected, period by period.")
        .fields(vec![
            reference("Benefit", "Benefits").needed().also("Benefit ID|Benefit code").help("Benefit ID.").example("BEN-01"),
            period("Period")
                .needed()
                .also("Fiscal period|Month|Date")
                .help("FY2027-P04, a date, or a month.")
                .example("FY2028-P01"),
            money("Amount")
                .also("Value|Amt|Benefit amount|Planned amount|Forecast")
                .help("Money expected in the period; or give a quantity.")
                .example("20000"),
            number("Quantity")
                .also("Qty|Volume|Measure value|Units")
                .help("The measure expected in the period; or give an amount.")
                .example(""),
            choice("Version", "business case=bc,original,baseline,approved|current forecast=forecast,current,latest")
                .also("Scenario|Profile version")
                .help("Current forecast where blank.")
                .example("business case"),
        ])
        .key("benefit|period|version")
        .one_of("amount|quantity")
}

pub(super) fn benefit_readings() -> Contract {
    contract(
        "Benefit readings",
        "benefits.xlsx",
        "What came of a benefit, period by period. It counts as realised with evidence and finance's validation.",
    )
    .fields(vec![
        reference("Benefit", "Benefits").needed().also("Benefit ID|Benefit code").help("Benefit ID.").example("BEN-01"),
        period("Period").needed().also("Fiscal period|Month|Date").help("FY2027-P04, a date, or a month.").example("FY2028-P01"),
        money("Amount")
            .also("Value|Amt|Actual|Actual amount|Realised amount")
            .help("Money realised in the period; or give a quantity.")
            .example("18500"),
        number("Quantity")
            .also("Qty|Volume|Measure value|Actual quantity|Units")
            .help("The measure in the period; or give an amount.")
            .example(""),
        text("Evidence").also("Proof|Source|Evidence reference").help("What proves it.").example("Telephony report January"),
        reference("Validated by", "People")
            .also("Validator|Confirmed by|Signed off by")
            .help("Person ID of the person in finance who validated it.")
            .example("P-004"),
        date("Validated on")
            .also("Validation date|Date validated|Confirmed on")
            .help("The day of the validation.")
            .example("2027-05-12"),
    ])
    .key("benefit|period")
    .one_of("amount|quantity")
    .needs("validated_on", "validated_by")
}
